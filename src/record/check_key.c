/*
 * check_key.c: the id as a key: of a file, in BibTeX, in pandoc.
 */
#include "record/check.h"

#include <nkcite/library.h>

/* The file of a record bears its id, and the id is fit for a file name. */
static void check_file(const nkc_check *check)
{
	const nkc_value *id = nkc_record_get(check->record, NKC_VAR_ID);
	nkc_str key = check->options->file_key;
	nkc_place place = nkc_check_at(check, id);

	if (nkc_str_empty(key) || nkc_value_is_blank(id))
		return;
	nkc_key_check(nkc_record_id(check->record), &place, check->diags);
	if (!nkc_str_eq(nkc_record_id(check->record), key))
		nkc_check_report(check, NKC_CODE_LIBRARY_NAME, place, NULL,
		                 "the id is \"%s\", the file is %s.json",
		                 nkc_show(nkc_record_id(check->record)).text, nkc_show(key).text);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What ends or breaks a key in BibTeX, or in LaTeX's \cite. */
static void check_bibtex(const nkc_check *check)
{
	const nkc_value *id = nkc_record_get(check->record, NKC_VAR_ID);
	nkc_str key = nkc_value_text(id);

	for (size_t i = 0; i < key.len; i++) {
		unsigned char c = (unsigned char)key.ptr[i];
		if (c > ' ' && c < 0x7F && !strchr(",{}\"'()=#%~\\", c))
			continue;
		nkc_check_report(check, NKC_CODE_KEY_BIBTEX, nkc_check_part(check, id, i, 1), NULL,
		                 "BibTeX cannot hold the key \"%s\"", nkc_show(key).text);
		return;
	}
}

/* Letters, digits, _ and, between them, single marks (pandoc manual, "Citation syntax"). */
static bool is_pandoc_key(nkc_str key)
{
	bool mark = true;

	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		bool letter = is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
		if (!letter && (mark || !strchr(":.#$%&-+?<>~/", c)))
			return false;
		mark = !letter;
	}
	return !mark;
}

static void check_pandoc(const nkc_check *check)
{
	const nkc_value *id = nkc_record_get(check->record, NKC_VAR_ID);

	if (nkc_value_is(id, NKC_STRING) && !nkc_value_is_blank(id) && !is_pandoc_key(id->u.text))
		nkc_check_report(check, NKC_CODE_KEY_PANDOC, nkc_check_at(check, id), NULL,
		                 "pandoc cites the key \"%s\" only as @{...}", nkc_show(id->u.text).text);
}

const nkc_rule nkc_rules_key[] = {
	{ check_file,
	  { NKC_CODE_LIBRARY_NAME, NKC_CODE_KEY_PATH, NKC_CODE_KEY_DOT, NKC_CODE_KEY_CHARACTER,
	    NKC_CODE_KEY_UTF8, NKC_CODE_KEY_DEVICE, NKC_CODE_KEY_LONG } },
	{ check_bibtex, { NKC_CODE_KEY_BIBTEX } },
	{ check_pandoc, { NKC_CODE_KEY_PANDOC } },
	{ NULL, { NKC_CODE_NONE } },
};
