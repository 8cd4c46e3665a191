/*
 * check_language.c: the language tag (BCP 47).
 */
#include "record/check.h"
#include "record/langtag.h"

#include "base/text.h"

#include <stdio.h>

/* A longer text is neither a name nor a list of languages. */
#define NAME_MAX_LENGTH 100

/* The code for a language written out, whatever the case of its letters; "" when it is none. */
static const char *code_of_name(nkc_str text)
{
	nkc_buf folded = NKC_BUF_INIT;
	const char *code = "";

	if (text.len <= NAME_MAX_LENGTH && nkc_text_fold(text, &folded) == NKC_OK)
		code = nkc_language_from_name(nkc_buf_str(&folded));
	nkc_buf_release(&folded);
	return code;
}

static void report(const nkc_check *check, nkc_code code, const nkc_value *value, const char *meant,
                   const char *what)
{
	char hint[NKC_HINT_SIZE];

	snprintf(hint, sizeof(hint), "write \"%s\"", meant);
	nkc_check_report(check, code, nkc_check_at(check, value), *meant ? hint : NULL, "\"%s\" %s",
	                 nkc_show(nkc_value_text(value)).text, what);
}

/* "en_GB": the tag with hyphens, when it is one. */
static bool check_separator(const nkc_check *check, const nkc_value *value, nkc_str text)
{
	nkc_shown tag = nkc_show(text);
	nkc_langtag parsed;

	for (char *c = tag.text; *c; c++)
		*c = *c == '_' ? '-' : *c;
	if (nkc_str_find_byte(text, '_') == text.len || !nkc_langtag_parse(nkc_str_from(tag.text), &parsed))
		return false;
	report(check, NKC_CODE_LANGUAGE_SEPARATOR, value, tag.text, "has an underscore");
	return true;
}

/* "en; ko", "eng/fre": more than one, each a tag or a name. */
static bool check_several(const nkc_check *check, const nkc_value *value, nkc_str text)
{
	size_t pieces = 0;

	if (text.len > NAME_MAX_LENGTH)
		return false;
	for (size_t at = 0; at < text.len; pieces++) {
		size_t to = at;
		nkc_langtag tag;
		while (to < text.len && !strchr(",;/&+", text.ptr[to]))
			to++;
		nkc_str piece = nkc_str_trim(nkc_str_slice(text, at, to));
		if (!nkc_langtag_parse(piece, &tag) && !*code_of_name(piece))
			return false;
		at = to + 1;
	}
	if (pieces < 2)
		return false;
	report(check, NKC_CODE_LANGUAGE_SEVERAL, value, "", "holds several languages");
	return true;
}

static void report_form(const nkc_check *check, const nkc_value *value, const nkc_langtag *tag)
{
	nkc_check_report(check, NKC_CODE_LANGUAGE_FORM, nkc_check_part(check, value, tag->at, tag->length),
	                 NULL, "\"%s\" is not a language tag", nkc_show(value->u.text).text);
}

static void check_region(const nkc_check *check, const nkc_value *value, const nkc_langtag *tag)
{
	char hint[NKC_HINT_SIZE] = "";
	size_t at = (size_t)(tag->region.ptr - value->u.text.ptr);

	if (tag->region.len != 2 || nkc_region_is_known(tag->region))
		return;
	if (nkc_str_eq_nocase(tag->region, NKC_STR("UK")))
		snprintf(hint, sizeof(hint), "write \"%.*s-GB\"", NKC_STR_ARG(tag->language));
	nkc_check_report(check, NKC_CODE_LANGUAGE_REGION, nkc_check_part(check, value, at, 2),
	                 hint[0] ? hint : NULL, "\"%.*s\" is not a registered region",
	                 NKC_STR_ARG(tag->region));
}

/* A tag that is well-formed: is there such a language? */
static void check_subtags(const nkc_check *check, const nkc_value *value, const nkc_langtag *tag)
{
	const char *two = tag->language.len == 3 ? nkc_language_from_three(tag->language) : "";
	const char *meant = code_of_name(tag->language);
	bool whole = tag->language.len == value->u.text.len;

	if (*two)
		report(check, NKC_CODE_LANGUAGE_LONG, value, whole ? two : "",
		       "has three letters for a language that has two");
	else if (tag->language.len == 2 && !nkc_language_is_known(tag->language))
		report(check, NKC_CODE_LANGUAGE_UNKNOWN, value, whole ? meant : "",
		       "names a language that is not registered");
	else if (tag->language.len > 3 && nkc_str_find_byte(tag->language, '-') == tag->language.len)
		report(check, NKC_CODE_LANGUAGE_UNKNOWN, value, "",
		       "names a language that is not registered");
	check_region(check, value, tag);
}

static void check_language(const nkc_check *check)
{
	const nkc_value *value = nkc_record_get(check->record, NKC_VAR_LANGUAGE);
	nkc_str text = nkc_value_text(value);
	nkc_langtag tag;
	bool good;

	if (!nkc_value_is(value, NKC_STRING) || nkc_value_is_blank(value))
		return;
	good = nkc_langtag_parse(text, &tag);
	if (text.len > 3 && tag.region.len == 0 && *code_of_name(nkc_str_trim(text)))
		report(check, NKC_CODE_LANGUAGE_NAME, value, code_of_name(nkc_str_trim(text)),
		       "is the name of a language");
	else if (good)
		check_subtags(check, value, &tag);
	else if (!check_separator(check, value, text) && !check_several(check, value, text))
		report_form(check, value, &tag);
}

const nkc_rule nkc_rules_language[] = {
	{ check_language,
	  { NKC_CODE_LANGUAGE_FORM, NKC_CODE_LANGUAGE_NAME, NKC_CODE_LANGUAGE_SEPARATOR,
	    NKC_CODE_LANGUAGE_LONG, NKC_CODE_LANGUAGE_UNKNOWN, NKC_CODE_LANGUAGE_REGION,
	    NKC_CODE_LANGUAGE_SEVERAL } },
	{ NULL, { NKC_CODE_NONE } },
};
