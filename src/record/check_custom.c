/*
 * check_custom.c: nkcite's own part of a record, custom.nkcite: what is absent and why, where values were read,
 * captured copies; and what should have a provenance but has none.
 */
#include "record/check.h"
#include "record/record_impl.h"
#include "record/check_date.h"

#include <nkcite/nearest.h>
#include <stdio.h>

static void report_kind(const nkc_check *check, const nkc_value *value, const char *what)
{
	nkc_check_report(check, NKC_CODE_CUSTOM_KIND, nkc_check_at(check, value), NULL, "%s", what);
}

/* --- names of variables --- */

/* The CSL field that a plain word stands for. */
static nkc_var proper_var(const nkc_check *check, nkc_var word)
{
	switch (word) {
	case NKC_VAR_DATE:
		return NKC_VAR_ISSUED;
	case NKC_VAR_URL_SHORT:
		return NKC_VAR_URL;
	case NKC_VAR_OUTLET:
		return nkc_record_outlet_var(check->record);
	default:
		return word;
	}
}

/* The variable that a member of absent or provenance speaks of; a finding when it is none. */
static nkc_var find_var(const nkc_check *check, const nkc_value *member)
{
	nkc_var var = nkc_var_find(member->key), proper = proper_var(check, var);
	char hint[NKC_HINT_SIZE] = "";
	nkc_nearest nearest;
	nkc_buf near = NKC_BUF_INIT;

	if (var != NKC_VAR_NONE && var == proper)
		return var;
	if (var != NKC_VAR_NONE) {
		snprintf(hint, sizeof(hint), "write %s", nkc_var_name(proper));
	} else {
		nkc_nearest_init(&nearest, member->key);
		for (int i = 1; i < NKC_VAR_COUNT; i++)
			nkc_nearest_offer(&nearest, nkc_str_from(nkc_var_name((nkc_var)i)));
		nkc_nearest_hint(&nearest, &near);
		snprintf(hint, sizeof(hint), "%s", near.ptr);
		nkc_buf_release(&near);
	}
	nkc_check_report(check, NKC_CODE_CUSTOM_VARIABLE, nkc_check_key(check, member), hint[0] ? hint : NULL,
	                 "\"%s\" is not a CSL variable", nkc_show(member->key).text);
	return proper;
}

/* --- absent --- */

static bool is_reason(nkc_str word)
{
	return nkc_str_is(word, "none-stated") || nkc_str_is(word, "unknown") || nkc_str_is(word, "withheld");
}

static void check_absent(const nkc_check *check)
{
	const nkc_value *absent = nkc_check_own(check, NKC_STR("absent"));

	if (absent && absent->type != NKC_OBJECT)
		report_kind(check, absent, "absent is an object: {\"author\": \"none-stated\"}");
	const nkc_value *member = nkc_value_is(absent, NKC_OBJECT) ? absent->u.list.first : NULL;
	for (size_t count = 0; member && count < NKC_CHECKED_MAX; member = member->next, count++) {
		nkc_var var = find_var(check, member);
		if (member->type != NKC_STRING)
			report_kind(check, member, "the reason is a word");
		else if (!is_reason(member->u.text))
			nkc_check_report(check, NKC_CODE_CUSTOM_ABSENT_WORD, nkc_check_at(check, member),
			                 NULL, "\"%s\" is not a reason for absence",
			                 nkc_show(member->u.text).text);
		if (var != NKC_VAR_NONE && nkc_check_has(check, var))
			nkc_check_report(check, NKC_CODE_CUSTOM_ABSENT_PRESENT, nkc_check_key(check, member),
			                 NULL, "%s is declared absent, but the record has it",
			                 nkc_var_name(var));
	}
}

/* --- provenance --- */

static void check_origin(const nkc_check *check, const nkc_value *origin)
{
	const nkc_value *from = nkc_value_find(origin, NKC_STR("from"));
	const nkc_value *at = nkc_value_find(origin, NKC_STR("at"));
	const nkc_value *locked = nkc_value_find(origin, NKC_STR("locked"));

	if (origin->type != NKC_OBJECT || !nkc_value_is(from, NKC_STRING) || nkc_value_is_blank(from))
		report_kind(check, origin, "provenance of a value is an object: {\"from\": \"url-path\"}");
	if (at)
		nkc_check_date_value(check, at);
	if (locked && locked->type != NKC_TRUE && locked->type != NKC_FALSE)
		report_kind(check, locked, "locked is true or false");
}

static void check_provenance(const nkc_check *check)
{
	const nkc_value *list = nkc_check_own(check, NKC_STR("provenance"));

	if (list && list->type != NKC_OBJECT)
		report_kind(check, list, "provenance is an object: {\"issued\": {\"from\": \"url-path\"}}");
	const nkc_value *origin = nkc_value_is(list, NKC_OBJECT) ? list->u.list.first : NULL;
	for (size_t count = 0; origin && count < NKC_CHECKED_MAX; origin = origin->next, count++) {
		nkc_var var = find_var(check, origin);
		check_origin(check, origin);
		if (var != NKC_VAR_NONE && !nkc_check_has(check, var))
			nkc_check_report(check, NKC_CODE_CUSTOM_PROVENANCE, nkc_check_key(check, origin),
			                 NULL, "the record has no %s", nkc_var_name(var));
	}
}

static bool has_provenance(const nkc_check *check, nkc_var var)
{
	const nkc_value *list = nkc_check_own(check, NKC_STR("provenance"));

	return nkc_value_find(list, nkc_str_from(nkc_var_name(var))) != NULL;
}

/* --- captures --- */

static bool is_sha256(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return text.len == 64;
}

static void check_capture(const nkc_check *check, const nkc_value *capture)
{
	const nkc_value *hash = nkc_value_find(capture, NKC_STR("sha256"));
	const nkc_value *at = nkc_value_find(capture, NKC_STR("at"));

	if (!nkc_value_is(hash, NKC_STRING))
		report_kind(check, capture, "a capture is an object with \"sha256\"");
	else if (!is_sha256(hash->u.text))
		nkc_check_report(check, NKC_CODE_CUSTOM_HASH, nkc_check_at(check, hash), NULL,
		                 "\"%s\" is not a SHA-256 of 64 hexadecimal digits",
		                 nkc_show(hash->u.text).text);
	if (at)
		nkc_check_date_value(check, at);
}

static void check_captures(const nkc_check *check)
{
	const nkc_value *list = nkc_check_own(check, NKC_STR("captures"));

	if (list && list->type != NKC_ARRAY)
		report_kind(check, list, "captures is a list: [{\"sha256\": ...}]");
	const nkc_value *capture = nkc_value_is(list, NKC_ARRAY) ? list->u.list.first : NULL;
	for (size_t count = 0; capture && count < NKC_CHECKED_MAX; capture = capture->next, count++)
		check_capture(check, capture);
}

/* --- all of it --- */

static void check_own(const nkc_check *check)
{
	const nkc_value *custom = nkc_record_get(check->record, NKC_VAR_CUSTOM);
	const nkc_value *own = nkc_value_find(custom, NKC_STR("nkcite"));

	if (own && own->type != NKC_OBJECT)
		report_kind(check, own, "custom.nkcite is an object");
	for (const nkc_value *member = nkc_value_first(own); member && own->type == NKC_OBJECT;
	     member = member->next) {
		if (nkc_str_is(member->key, "absent") || nkc_str_is(member->key, "provenance") ||
		    nkc_str_is(member->key, "captures"))
			continue;
		nkc_check_report(check, NKC_CODE_CUSTOM_MEMBER, nkc_check_key(check, member), NULL,
		                 "custom.nkcite has no \"%s\"", nkc_show(member->key).text);
	}
}

static bool is_inferred(const nkc_date_point *point)
{
	return point->approximate || point->uncertain;
}

/* All of the title in one pair of square brackets: not stated, but supplied by somebody (ISO 690, 4.3). */
static bool is_bracketed(nkc_str title)
{
	title = nkc_str_trim(title);
	return title.len > 2 && title.ptr[0] == '[' && nkc_str_find_byte(title, ']') == title.len - 1;
}

static void check_inferred_date(const nkc_check *check, nkc_var var)
{
	const nkc_value *value = nkc_record_get(check->record, var);
	nkc_date date;

	if (!value || nkc_date_read(value, &date) != NKC_OK ||
	    !(is_inferred(&date.start) || is_inferred(&date.end)) ||
	    has_provenance(check, proper_var(check, var)))
		return;
	nkc_check_report(check, NKC_CODE_PROVENANCE_MISSING, nkc_check_at(check, value), NULL,
	                 "%s is inferred (%s); provenance does not say from what", nkc_show(value->key).text,
	                 date.start.approximate || date.end.approximate ? "approximate" : "uncertain");
}

static void check_inferred(const nkc_check *check)
{
	static const nkc_var dates[] = { NKC_VAR_DATE,           NKC_VAR_ISSUED,     NKC_VAR_SUBMITTED,
		                         NKC_VAR_AVAILABLE_DATE, NKC_VAR_EVENT_DATE, NKC_VAR_ORIGINAL_DATE,
		                         NKC_VAR_ACCESSED };
	const nkc_value *title = nkc_record_get(check->record, NKC_VAR_TITLE);

	if (is_bracketed(nkc_value_text(title)) && !has_provenance(check, NKC_VAR_TITLE))
		nkc_check_report(check, NKC_CODE_PROVENANCE_MISSING, nkc_check_at(check, title), NULL,
		                 "a title in brackets was inferred; provenance does not say from what");
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		check_inferred_date(check, dates[i]);
}

const nkc_rule nkc_rules_custom[] = {
	{ check_own, { NKC_CODE_CUSTOM_KIND, NKC_CODE_CUSTOM_MEMBER } },
	{ check_absent,
	  { NKC_CODE_CUSTOM_KIND, NKC_CODE_CUSTOM_VARIABLE, NKC_CODE_CUSTOM_ABSENT_WORD,
	    NKC_CODE_CUSTOM_ABSENT_PRESENT } },
	{ check_provenance,
	  { NKC_CODE_CUSTOM_KIND, NKC_CODE_CUSTOM_VARIABLE, NKC_CODE_CUSTOM_PROVENANCE,
	    NKC_DATE_FORM_CODES } },
	{ check_captures, { NKC_CODE_CUSTOM_KIND, NKC_CODE_CUSTOM_HASH, NKC_DATE_FORM_CODES } },
	{ check_inferred, { NKC_CODE_PROVENANCE_MISSING } },
	{ NULL, { NKC_CODE_NONE } },
};
