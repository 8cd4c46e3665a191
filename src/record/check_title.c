/*
 * check_title.c: titles: capitals, the site's name behind them, and what is no title at all.
 */
#include "record/check.h"
#include "record/uri.h"
#include "record/words.h"

#include "base/text.h"

#include <stdio.h>

static const nkc_value *title_of(const nkc_check *check)
{
	const nkc_value *title = nkc_record_get(check->record, NKC_VAR_TITLE);

	return nkc_value_is(title, NKC_STRING) ? title : NULL;
}

/* --- capitals --- */

#define CAPITAL_LETTERS 10
#define CAPITAL_WORDS 2

static void check_capitals(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	size_t letters = 0, words = 0;
	bool inside = false;

	for (size_t at = 0; title && at < title->u.text.len;) {
		uint32_t rune = nkc_utf8_next(title->u.text, &at);
		bool upper = rune < 0x80 ? rune >= 'A' && rune <= 'Z' : nkc_rune_is_upper(rune);
		if (rune < 0x80 ? rune >= 'a' && rune <= 'z' : nkc_rune_is_lower(rune))
			return;
		letters += upper;
		words += upper && !inside;
		inside = upper || rune == '\'' || rune == 0x2019 || (inside && rune > 0x80);
	}
	if (letters >= CAPITAL_LETTERS && words >= CAPITAL_WORDS)
		nkc_check_report(check, NKC_CODE_TITLE_CAPITALS, nkc_check_at(check, title), NULL,
		                 "the title is in capitals");
}

/* --- the name of the site --- */

/* What page titles put before the name of the site; the bar always, the others with that name only. */
static const nkc_str separators[] = {
	NKC_STR_INIT(" | "),
	NKC_STR_INIT(" - "),
	NKC_STR_INIT(" \xE2\x80\x93 "),
	NKC_STR_INIT(" \xE2\x80\x94 "),
	NKC_STR_INIT(" :: "),
	NKC_STR_INIT(" \xC2\xBB "),
	NKC_STR_INIT(" \xC2\xB7 "),
	NKC_STR_INIT(" \xE2\x80\xA2 "),
};

/* Is it the host, or one of its labels but the last: "hrw", "hrw.org", "Human Rights Watch" never? */
static bool is_host_label(nkc_str name, nkc_str url)
{
	nkc_str host = nkc_uri_split(url).host, label;

	if (nkc_words_alike(name, host))
		return true;
	while (nkc_str_split(&host, '.', &label)) {
		if (label.len >= 3 && !nkc_str_empty(host) && nkc_words_alike(name, label))
			return true;
	}
	return false;
}

static bool is_author(const nkc_check *check, nkc_str name)
{
	const nkc_value *first = nkc_value_first(nkc_record_get(check->record, NKC_VAR_AUTHOR));

	return first && nkc_words_alike(name, nkc_value_text(nkc_value_find(first, NKC_STR("literal"))));
}

static bool is_site(const nkc_check *check, nkc_str name)
{
	static const nkc_var vars[] = { NKC_VAR_CONTAINER_TITLE, NKC_VAR_PUBLISHER,
		                        NKC_VAR_CONTAINER_TITLE_SHORT };

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++) {
		if (nkc_words_alike(name, nkc_check_text(check, vars[i])))
			return true;
	}
	return is_author(check, name) || is_host_label(name, nkc_check_text(check, NKC_VAR_URL));
}

/* Offset of the last occurrence of a separator, or text.len. */
static size_t find_last(nkc_str text, nkc_str separator)
{
	size_t last = text.len;

	for (size_t at = 0; at < text.len; at++) {
		at += nkc_str_find(nkc_str_slice(text, at, text.len), separator);
		if (at < text.len)
			last = at;
	}
	return last;
}

static void report_site(const nkc_check *check, const nkc_value *title, size_t at)
{
	nkc_str text = title->u.text;
	char hint[NKC_HINT_SIZE];

	snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(nkc_str_slice(text, 0, at)).text);
	nkc_check_report(check, NKC_CODE_TITLE_SITE, nkc_check_part(check, title, at, text.len - at), hint,
	                 "the title ends in the name of the site");
}

static void check_site(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	nkc_str text = nkc_value_text(title);
	size_t bar;

	for (size_t i = 0; title && i < sizeof(separators) / sizeof(separators[0]); i++) {
		size_t at = find_last(text, separators[i]);
		if (at < text.len && is_site(check, nkc_str_slice(text, at + separators[i].len, text.len))) {
			report_site(check, title, at);
			return;
		}
	}
	bar = nkc_str_find(text, separators[0]);
	if (bar < text.len)
		nkc_check_report(check, NKC_CODE_TITLE_BAR, nkc_check_part(check, title, bar + 1, 1), NULL,
		                 "a bar stands in the title");
}

/* --- marks --- */

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static void check_full_stop(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	nkc_str text = nkc_value_text(title);
	size_t at = text.len;

	if (!nkc_str_ends(text, NKC_STR(".")))
		return;
	while (at > 1 && is_lower(text.ptr[at - 2]))
		at--;
	nkc_str word = nkc_str_slice(text, at - 1, text.len - 1);
	if (word.len < 4 || nkc_words_have(NKC_WORDS_ABBREVIATION, word) ||
	    (at >= 2 && text.ptr[at - 2] == '.'))
		return;
	nkc_check_report(check, NKC_CODE_TITLE_FULL_STOP, nkc_check_part(check, title, text.len - 1, 1), NULL,
	                 "the title ends in a full stop");
}

static const struct {
	nkc_str open, close;
} quotes[] = {
	{ NKC_STR_INIT("\""), NKC_STR_INIT("\"") },
	{ NKC_STR_INIT("\xE2\x80\x9C"), NKC_STR_INIT("\xE2\x80\x9D") }, /* U+201C U+201D */
	{ NKC_STR_INIT("\xE2\x80\x9E"), NKC_STR_INIT("\xE2\x80\x9C") }, /* U+201E U+201C */
	{ NKC_STR_INIT("\xE2\x80\x9D"), NKC_STR_INIT("\xE2\x80\x9D") },
	{ NKC_STR_INIT("\xC2\xAB"), NKC_STR_INIT("\xC2\xBB") },
};

static void check_quoted(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	nkc_str text = nkc_value_text(title);

	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		nkc_str open = quotes[i].open, close = quotes[i].close;
		if (text.len <= open.len + close.len || !nkc_str_starts(text, open) ||
		    !nkc_str_ends(text, close))
			continue;
		nkc_str inside = nkc_str_slice(text, open.len, text.len - close.len);
		if (nkc_str_find(inside, open) == inside.len && nkc_str_find(inside, close) == inside.len)
			nkc_check_report(check, NKC_CODE_TITLE_QUOTED, nkc_check_at(check, title), NULL,
			                 "the whole title stands in quotation marks");
	}
}

/* --- no titles --- */

static void check_no_title(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	uint64_t types = NKC_TYPES_PAGE | NKC_TYPES_PRESS | NKC_TYPE_BIT(ARTICLE) |
	                 NKC_TYPE_BIT(ARTICLE_JOURNAL) | NKC_TYPE_BIT(REPORT) | NKC_TYPE_BIT(DOCUMENT);

	if (title && nkc_check_is(check, types) &&
	    nkc_words_have(NKC_WORDS_NO_TITLE, nkc_str_trim(title->u.text)))
		nkc_check_report(check, NKC_CODE_TITLE_PLACEHOLDER, nkc_check_at(check, title), NULL,
		                 "\"%s\" is the title of no source", nkc_show(title->u.text).text);
}

static bool has_file_ending(nkc_str text)
{
	static const char *const endings[] = { ".pdf",  ".doc",  ".docx", ".dvi", ".indd", ".ppt",
		                               ".pptx", ".qxd",  ".qxp",  ".rtf", ".tex",  ".wpd",
		                               ".xls",  ".xlsx", ".htm",  ".html" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = nkc_str_from(endings[i]);
		if (text.len > ending.len &&
		    nkc_str_eq_nocase(nkc_str_slice(text, text.len - ending.len, text.len), ending))
			return true;
	}
	return false;
}

static void check_file(const nkc_check *check)
{
	const nkc_value *title = title_of(check);
	nkc_str text = nkc_value_text(title);

	if (nkc_check_is(check, NKC_TYPE_BIT(SOFTWARE) | NKC_TYPE_BIT(DATASET) | NKC_TYPE_BIT(GRAPHIC)))
		return;
	if (nkc_str_starts(text, NKC_STR("Microsoft Word - ")) ||
	    nkc_str_starts(text, NKC_STR("Microsoft PowerPoint - ")) || has_file_ending(text))
		nkc_check_report(check, NKC_CODE_TITLE_FILE, nkc_check_at(check, title), NULL,
		                 "\"%s\" is the name of a file", nkc_show(text).text);
}

const nkc_rule nkc_rules_title[] = {
	{ check_capitals, { NKC_CODE_TITLE_CAPITALS } },
	{ check_site, { NKC_CODE_TITLE_SITE, NKC_CODE_TITLE_BAR } },
	{ check_full_stop, { NKC_CODE_TITLE_FULL_STOP } },
	{ check_quoted, { NKC_CODE_TITLE_QUOTED } },
	{ check_no_title, { NKC_CODE_TITLE_PLACEHOLDER } },
	{ check_file, { NKC_CODE_TITLE_FILE } },
	{ NULL, { NKC_CODE_NONE } },
};
