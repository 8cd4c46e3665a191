/*
 * check_url.c: addresses: URL and archive_location.
 */
#include "record/check.h"
#include "record/identifier.h"
#include "record/uri.h"
#include "record/words.h"

#include <stdio.h>

/* One address. */
typedef struct address {
	const nkc_value *value;
	nkc_str text;
	nkc_uri uri;
} address;

static void report_part(const nkc_check *check, nkc_code code, const address *a, nkc_str part,
                        const char *hint, const char *what)
{
	size_t at = (size_t)(part.ptr - a->value->u.text.ptr);

	nkc_check_report(check, code, nkc_check_part(check, a->value, at, part.len), hint, "%s", what);
}

static bool eq(nkc_str text, const char *word)
{
	return nkc_str_eq_nocase(text, nkc_str_from(word));
}

/* --- syntax --- */

/* Offset of a second address in the text, or text.len; one in a path, as archives have it, is none. */
static size_t find_second(nkc_str text)
{
	for (size_t at = 1; at < text.len; at++) {
		nkc_str rest = nkc_str_slice(text, at, text.len);
		if ((nkc_str_starts(rest, NKC_STR("http://")) || nkc_str_starts(rest, NKC_STR("https://"))) &&
		    strchr(" ,;\n\t|", text.ptr[at - 1]))
			return at;
	}
	return text.len;
}

/* "www.hrw.org/news": a full stop inside of the part before the first slash, and no space. */
static bool looks_like_host(nkc_str text)
{
	nkc_str host = nkc_str_slice(text, 0, nkc_str_find_byte(text, '/'));
	size_t dot = nkc_str_find_byte(host, '.');

	return dot > 0 && dot + 2 < host.len && nkc_str_find_byte(host, ' ') == host.len;
}

static void report_scheme(const nkc_check *check, const address *a)
{
	nkc_str bare =
		nkc_str_starts(a->text, NKC_STR("//")) ? nkc_str_slice(a->text, 2, a->text.len) : a->text;
	nkc_str rest = nkc_str_slice(a->text, nkc_str_find(a->text, NKC_STR("http")), a->text.len);
	char hint[NKC_HINT_SIZE];

	if (nkc_doi_is_valid(nkc_doi_bare(a->text)))
		snprintf(hint, sizeof(hint), "write https://doi.org/%s",
		         nkc_show(nkc_doi_bare(a->text)).text);
	else if (!nkc_str_empty(rest) && rest.ptr > a->text.ptr)
		snprintf(hint, sizeof(hint), "write %s", nkc_show(rest).text);
	else if (looks_like_host(bare))
		snprintf(hint, sizeof(hint), "write https://%s, if it answers there", nkc_show(bare).text);
	else
		hint[0] = '\0';
	nkc_check_report(check, NKC_CODE_URL_SCHEME, nkc_check_at(check, a->value), hint[0] ? hint : NULL,
	                 "\"%s\" has no scheme", nkc_show(a->text).text);
}

static void report_syntax(const nkc_check *check, const address *a, nkc_uri_result result,
                          nkc_uri_fault fault)
{
	nkc_str part = nkc_str_slice(a->text, fault.at, fault.at + fault.length);
	char hint[NKC_HINT_SIZE];

	switch (result) {
	case NKC_URI_NO_SCHEME:
		report_scheme(check, a);
		break;
	case NKC_URI_SPACE:
		report_part(check, NKC_CODE_URL_SPACE, a, part, NULL, "a space in the address");
		break;
	case NKC_URI_PERCENT:
		report_part(check, NKC_CODE_URL_PERCENT, a, part, NULL,
		            "% stands without two hexadecimal digits");
		break;
	case NKC_URI_HOST:
		report_part(check, NKC_CODE_URL_HOST, a, part, NULL, "this is not a host name");
		break;
	case NKC_URI_PORT:
		report_part(check, NKC_CODE_URL_SYNTAX, a, part, NULL, "a port is a number up to 65535");
		break;
	case NKC_URI_CHARACTER:
		if (fault.length == 1)
			snprintf(hint, sizeof(hint), "write %%%02X", (unsigned char)part.ptr[0]);
		report_part(check, NKC_CODE_URL_CHARACTER, a, part, fault.length == 1 ? hint : NULL,
		            "a character that addresses cannot hold");
		break;
	case NKC_URI_GOOD:
		break;
	}
}

/* --- what it leads to --- */

static void check_scheme(const nkc_check *check, const address *a)
{
	if (!nkc_words_have(NKC_WORDS_SCHEME, a->uri.scheme))
		report_part(check, NKC_CODE_URL_WEB, a, a->uri.scheme, NULL,
		            "this address is not on the web");
}

static void check_network(const nkc_check *check, const address *a)
{
	if (a->uri.has_authority && nkc_uri_is_local(&a->uri))
		report_part(check, NKC_CODE_URL_LOCAL, a, a->uri.host, NULL,
		            "this address is reached from one place only");
	if (a->uri.has_userinfo)
		report_part(check, NKC_CODE_URL_CREDENTIALS, a, a->uri.userinfo, NULL,
		            "a user name or password stands in the address");
}

/* Hosts of EZproxy and its like: "ezproxy.", ".proxy.", "libproxy", "idm.oclc.org", or a login page with the address. */
static bool is_proxy(const nkc_uri *uri)
{
	static const char *const marks[] = { "ezproxy", "libproxy",      ".proxy.",
		                             "-proxy.", ".idm.oclc.org", "proxy.lib" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (nkc_str_find(uri->host, nkc_str_from(marks[i])) < uri->host.len)
			return true;
	}
	return false;
}

static void check_proxy(const nkc_check *check, const address *a)
{
	if (is_proxy(&a->uri))
		report_part(check, NKC_CODE_URL_PROXY, a, a->uri.host, NULL,
		            "this host is the proxy of a library");
}

static void check_tracking(const nkc_check *check, const address *a)
{
	nkc_str rest = a->uri.query, parameter;

	while (nkc_str_split(&rest, '&', &parameter)) {
		if (!nkc_uri_is_tracking(parameter))
			continue;
		report_part(check, NKC_CODE_URL_TRACKING, a, parameter, NULL,
		            "this parameter only follows the reader");
		return;
	}
}

static size_t count_byte(nkc_str text, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == byte;
	return count;
}

static void check_end(const nkc_check *check, const address *a)
{
	nkc_str text = a->text;
	char last = text.len ? text.ptr[text.len - 1] : '\0';

	if (nkc_str_ends(text, NKC_STR("...")) || nkc_str_ends(text, NKC_STR("\xE2\x80\xA6")))
		report_part(check, NKC_CODE_URL_CUT, a, nkc_str_slice(text, text.len - 3, text.len), NULL,
		            "the address was cut short");
	else if (last &&
	         (strchr(".,;", last) || (last == ')' && count_byte(text, '(') < count_byte(text, ')'))))
		report_part(check, NKC_CODE_URL_PUNCTUATION, a, nkc_str_slice(text, text.len - 1, text.len),
		            NULL, "punctuation at the end of the address");
}

static bool is_doi_host(nkc_str host)
{
	return eq(host, "doi.org") || eq(host, "dx.doi.org") || eq(host, "www.doi.org");
}

static void check_doi(const nkc_check *check, const address *a)
{
	const nkc_value *doi = nkc_record_get(check->record, NKC_VAR_DOI);
	nkc_str here = nkc_str_slice(a->uri.path, 1, a->uri.path.len);
	char hint[NKC_HINT_SIZE];

	if (!is_doi_host(a->uri.host) || !nkc_doi_is_valid(here))
		return;
	if (!doi) {
		snprintf(hint, sizeof(hint), "write \"DOI\": \"%s\"", nkc_show(here).text);
		report_part(check, NKC_CODE_URL_DOI, a, here, hint, "the DOI is only in the address");
	} else if (nkc_str_find_byte(here, '%') == here.len &&
	           !nkc_str_eq_nocase(here, nkc_doi_bare(nkc_value_text(doi)))) {
		report_part(check, NKC_CODE_DOI_URL, a, here, NULL,
		            "the address leads to another DOI than DOI names");
	}
}

static void check_archived(const nkc_check *check, const address *a)
{
	nkc_str behind = nkc_str_slice(a->text, a->uri.scheme.len + 3, a->text.len);
	nkc_str original = nkc_str_slice(behind, nkc_str_find(behind, NKC_STR("http")), behind.len);
	char hint[NKC_HINT_SIZE];

	if (!nkc_words_have(NKC_WORDS_ARCHIVE_HOST, a->uri.host) || a->uri.path.len < 2)
		return;
	snprintf(hint, sizeof(hint), "write \"URL\": \"%s\" and put the copy into archive_location",
	         nkc_show(original).text);
	report_part(check, NKC_CODE_URL_ARCHIVED, a, a->uri.host, nkc_str_empty(original) ? NULL : hint,
	            "this is the address of an archived copy");
}

/* --- rules --- */

static void check_address(const nkc_check *check, address *a)
{
	nkc_uri_fault fault;
	nkc_uri_result result = nkc_uri_check(a->text, &a->uri, &fault);
	size_t second = find_second(a->text);

	if (second < a->text.len) {
		report_part(check, NKC_CODE_URL_SEVERAL, a, nkc_str_slice(a->text, second, a->text.len), NULL,
		            "a second address");
		return;
	}
	report_syntax(check, a, result, fault);
	check_end(check, a);
	if (result == NKC_URI_NO_SCHEME || result == NKC_URI_HOST)
		return;
	check_scheme(check, a);
	check_network(check, a);
	check_proxy(check, a);
	check_tracking(check, a);
}

static bool take_address(const nkc_check *check, nkc_var var, address *a)
{
	a->value = nkc_check_get(check, var);
	a->text = nkc_str_trim(nkc_value_text(a->value));
	return nkc_value_is(a->value, NKC_STRING) && !nkc_str_empty(a->text);
}

static void check_url(const nkc_check *check)
{
	address a;

	if (!take_address(check, NKC_VAR_URL, &a))
		return;
	check_address(check, &a);
	check_doi(check, &a);
	check_archived(check, &a);
}

/* archive_location is a call number as often; it is an address when it begins like one. */
static void check_archive(const nkc_check *check)
{
	address a;

	if (take_address(check, NKC_VAR_ARCHIVE_LOCATION, &a) &&
	    (nkc_str_starts(a.text, NKC_STR("http:")) || nkc_str_starts(a.text, NKC_STR("https:"))))
		check_address(check, &a);
}

#define SYNTAX_CODES \
	NKC_CODE_URL_SCHEME, NKC_CODE_URL_SYNTAX, NKC_CODE_URL_SPACE, NKC_CODE_URL_CHARACTER, \
		NKC_CODE_URL_PERCENT, NKC_CODE_URL_HOST, NKC_CODE_URL_SEVERAL, NKC_CODE_URL_WEB, \
		NKC_CODE_URL_LOCAL, NKC_CODE_URL_CREDENTIALS, NKC_CODE_URL_PROXY, NKC_CODE_URL_TRACKING, \
		NKC_CODE_URL_CUT, NKC_CODE_URL_PUNCTUATION

const nkc_rule nkc_rules_url[] = {
	{ check_url, { SYNTAX_CODES, NKC_CODE_URL_DOI, NKC_CODE_DOI_URL, NKC_CODE_URL_ARCHIVED } },
	{ check_archive, { SYNTAX_CODES } },
	{ NULL, { NKC_CODE_NONE } },
};
