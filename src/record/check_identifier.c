/*
 * check_identifier.c: DOI, ISBN, ISSN, PMID, PMCID, ORCID iD and arXiv identifiers.
 */
#include "record/check.h"
#include "record/identifier.h"
#include "record/words.h"

#include <stdio.h>

/* The trimmed text of a variable; its value, or NULL when it is no text. */
static const nkc_value *take_text(const nkc_check *check, nkc_var var, nkc_str *text)
{
	const nkc_value *value = nkc_record_get(check->record, var);

	*text = nkc_str_trim(nkc_value_text(value));
	return nkc_str_empty(*text) ? NULL : value;
}

static nkc_place place_of(const nkc_check *check, const nkc_value *value, nkc_str part)
{
	return nkc_check_part(check, value, (size_t)(part.ptr - value->u.text.ptr), part.len);
}

/* --- DOI --- */

static void check_doi(const nkc_check *check)
{
	nkc_str text, bare;
	const nkc_value *value = take_text(check, NKC_VAR_DOI, &text);
	char hint[NKC_HINT_SIZE];

	if (!value)
		return;
	bare = nkc_doi_bare(text);
	if (!nkc_doi_is_valid(bare)) {
		nkc_check_report(check, NKC_CODE_DOI_FORM, nkc_check_at(check, value), NULL,
		                 "\"%s\" is not a DOI", nkc_show(text).text);
		return;
	}
	if (bare.len < text.len) {
		snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(bare).text);
		nkc_check_report(check, NKC_CODE_DOI_PREFIX,
		                 place_of(check, value, nkc_str_slice(text, 0, text.len - bare.len)), hint,
		                 "the DOI is %s alone", nkc_show(bare).text);
	}
	if (strchr(".,;", bare.ptr[bare.len - 1]))
		nkc_check_report(check, NKC_CODE_DOI_END,
		                 place_of(check, value, nkc_str_slice(bare, bare.len - 1, bare.len)), NULL,
		                 "punctuation at the end of the DOI");
}

/* --- check digits --- */

typedef nkc_id_result digits_check(nkc_str text, nkc_id_digits *digits);

static void report_digit(const nkc_check *check, nkc_code code, nkc_place place, const char *name,
                         nkc_str text, const nkc_id_digits *digits)
{
	char hint[NKC_HINT_SIZE];

	snprintf(hint, sizeof(hint), "the check digit would be %c; compare all digits", digits->expected);
	nkc_check_report(check, code, place, hint, "%s %s has a wrong check digit", name,
	                 nkc_show(text).text);
}

/* --- ISBN --- */

/* The digits of an ISBN within the text: a run of digits, X, hyphens and single spaces that fills 10 or 13. */
static bool is_isbn_byte(char c)
{
	return (c >= '0' && c <= '9') || c == 'X' || c == 'x' || c == '-';
}

/* More identifiers than these in one value are not looked at. */
#define PIECES_MAX 64

/* Cuts the next piece without white space, comma or semicolon off the text. */
static bool next_piece(nkc_str *rest, nkc_str *piece)
{
	size_t from = 0, to;

	while (from < rest->len && strchr(" ,;/\t\n", rest->ptr[from]))
		from++;
	to = from;
	while (to < rest->len && !strchr(" ,;/\t\n", rest->ptr[to]))
		to++;
	*piece = nkc_str_slice(*rest, from, to);
	*rest = nkc_str_slice(*rest, to, rest->len);
	return to > from;
}

/* Does it hold a digit, so that it may be part of a number? */
static bool is_numeric(nkc_str piece)
{
	size_t digits = 0;

	for (size_t i = 0; i < piece.len; i++) {
		unsigned char c = (unsigned char)piece.ptr[i];
		if (!is_isbn_byte(piece.ptr[i]) && c < 0x80)
			return false;
		digits += c >= '0' && c <= '9';
	}
	return digits > 0;
}

static void check_one_isbn(const nkc_check *check, const nkc_value *value, nkc_str text)
{
	nkc_id_digits digits;
	nkc_id_result result = nkc_isbn_check(text, &digits);
	char hint[NKC_HINT_SIZE];

	if (result == NKC_ID_CHECK) {
		report_digit(check, NKC_CODE_ISBN_CHECK, place_of(check, value, text), "ISBN", text, &digits);
	} else if (result == NKC_ID_FORM) {
		bool issn = nkc_issn_check(text, &digits) == NKC_ID_GOOD;
		snprintf(hint, sizeof(hint),
		         issn ? "it is an ISSN: write \"ISSN\": \"%s\"" : "an ISBN has 13 digits, or 10",
		         nkc_show(text).text);
		nkc_check_report(check, NKC_CODE_ISBN_FORM, place_of(check, value, text), hint,
		                 "\"%s\" is not an ISBN", nkc_show(text).text);
	}
}

/* Several ISBNs may stand in a row; one may have spaces between its groups. */
static void check_isbn(const nkc_check *check)
{
	nkc_str text, rest, piece;
	const nkc_value *value = take_text(check, NKC_VAR_ISBN, &text);
	nkc_id_digits digits;
	bool numbers = false, words = false;

	if (!value || value->type != NKC_STRING || nkc_isbn_check(text, &digits) == NKC_ID_GOOD)
		return;
	rest = text;
	for (int i = 0; i < PIECES_MAX && next_piece(&rest, &piece); i++) {
		numbers |= is_numeric(piece);
		words |= !is_numeric(piece);
	}
	/* 978 0 306 40615 8: groups of one number */
	if (numbers && !words && nkc_isbn_check(text, &digits) == NKC_ID_CHECK) {
		check_one_isbn(check, value, text);
		return;
	}
	rest = text;
	for (int i = 0; i < PIECES_MAX && next_piece(&rest, &piece); i++) {
		if (is_numeric(piece) || !numbers)
			check_one_isbn(check, value, numbers ? piece : text);
		if (!numbers)
			return;
	}
	if (words)
		nkc_check_report(check, NKC_CODE_ISBN_WORDS, nkc_check_at(check, value), NULL,
		                 "words stand beside the ISBN");
}

/* --- ISSN, ORCID --- */

static void check_one_issn(const nkc_check *check, const nkc_value *value, nkc_str text)
{
	nkc_id_digits digits;
	nkc_id_result result = nkc_issn_check(text, &digits);
	char hint[NKC_HINT_SIZE];

	if (result == NKC_ID_FORM) {
		bool isbn = nkc_isbn_check(text, &digits) == NKC_ID_GOOD;
		nkc_check_report(check, NKC_CODE_ISSN_FORM, place_of(check, value, text),
		                 isbn ? "it is an ISBN: move it there" : NULL, "\"%s\" is not an ISSN",
		                 nkc_show(text).text);
	} else if (result == NKC_ID_CHECK) {
		report_digit(check, NKC_CODE_ISSN_CHECK, place_of(check, value, text), "ISSN", text, &digits);
	} else if (text.len == 8) {
		snprintf(hint, sizeof(hint), "write \"%.4s-%.4s\"", digits.text, digits.text + 4);
		nkc_check_report(check, NKC_CODE_ISSN_HYPHEN, place_of(check, value, text), hint,
		                 "the ISSN has no hyphen");
	}
}

static void check_issn(const nkc_check *check)
{
	nkc_str rest, piece;
	const nkc_value *value = take_text(check, NKC_VAR_ISSN, &rest);
	bool words = false, numbers = false;

	if (!nkc_value_is(value, NKC_STRING))
		return;
	for (int i = 0; i < PIECES_MAX && next_piece(&rest, &piece); i++) {
		bool number = is_numeric(piece);
		numbers |= number;
		words |= !number;
		if (number)
			check_one_issn(check, value, piece);
	}
	if (words && numbers)
		nkc_check_report(check, NKC_CODE_ISSN_WORDS, nkc_check_at(check, value), NULL,
		                 "words stand beside the ISSN");
	else if (words)
		check_one_issn(check, value, nkc_str_trim(value->u.text));
}

/* CSL names have no place for an ORCID iD; records have it there all the same. */
static void check_one_orcid(const nkc_check *check, const nkc_value *value)
{
	nkc_id_digits digits;
	nkc_str text = nkc_str_trim(nkc_value_text(value));

	if (!nkc_value_is(value, NKC_STRING) || nkc_str_empty(text))
		return;
	switch (nkc_orcid_check(text, &digits)) {
	case NKC_ID_FORM:
		nkc_check_report(check, NKC_CODE_ORCID_FORM, nkc_check_at(check, value), NULL,
		                 "\"%s\" is not an ORCID iD", nkc_show(text).text);
		break;
	case NKC_ID_CHECK:
		report_digit(check, NKC_CODE_ORCID_CHECK, nkc_check_at(check, value), "ORCID iD", text,
		             &digits);
		break;
	case NKC_ID_GOOD:
		break;
	}
}

static void check_orcid(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *list = nkc_value_first(root); list; list = list->next) {
		if (nkc_var_kind((nkc_var)list->atom) != NKC_KIND_NAMES)
			continue;
		const nkc_value *name = nkc_value_first(list);
		for (size_t count = 0; name && count < NKC_CHECKED_MAX; name = name->next, count++) {
			for (const nkc_value *part = nkc_value_first(name); part; part = part->next) {
				if (nkc_str_eq_nocase(part->key, NKC_STR("orcid")))
					check_one_orcid(check, part);
			}
		}
	}
}

/* --- PubMed --- */

static void check_pmid(const nkc_check *check)
{
	nkc_str text, number;
	const nkc_value *value = take_text(check, NKC_VAR_PMID, &text);
	char hint[NKC_HINT_SIZE];

	if (!value || nkc_pmid_is_valid(text))
		return;
	number = nkc_pmid_bare(text);
	if (!nkc_str_empty(number)) {
		snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(number).text);
		nkc_check_report(check, NKC_CODE_PMID_PREFIX, nkc_check_at(check, value), hint,
		                 "a PMID is a number alone");
	} else {
		nkc_check_report(check, NKC_CODE_PMID_FORM, nkc_check_at(check, value), NULL,
		                 "\"%s\" is not a PMID", nkc_show(text).text);
	}
}

static void check_pmcid(const nkc_check *check)
{
	nkc_str text, number;
	const nkc_value *value = take_text(check, NKC_VAR_PMCID, &text);
	char hint[NKC_HINT_SIZE];

	if (!value || nkc_pmcid_is_valid(text))
		return;
	number = nkc_pmcid_number(text);
	if (!nkc_str_empty(number)) {
		snprintf(hint, sizeof(hint), "write \"PMC%s\"", nkc_show(number).text);
		nkc_check_report(check, NKC_CODE_PMCID_PREFIX, nkc_check_at(check, value), hint,
		                 "a PMCID has the form PMC1790863");
	} else {
		nkc_check_report(check, NKC_CODE_PMCID_FORM, nkc_check_at(check, value), NULL,
		                 "\"%s\" is not a PMCID", nkc_show(text).text);
	}
}

/* --- arXiv --- */

static bool has_arxiv_archive(const nkc_check *check)
{
	return nkc_str_eq_nocase(nkc_record_text(check->record, NKC_VAR_ARCHIVE), NKC_STR("arXiv"));
}

/* In number or archive_location behind "arXiv:", or in archive_location when archive is arXiv. */
static void check_arxiv(const nkc_check *check)
{
	static const nkc_var vars[] = { NKC_VAR_NUMBER, NKC_VAR_ARCHIVE_LOCATION };

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++) {
		nkc_str text;
		const nkc_value *value = take_text(check, vars[i], &text);
		bool labelled = nkc_str_eq_nocase(nkc_str_slice(text, 0, 6), NKC_STR("arXiv:"));
		if (!value || nkc_str_starts(text, NKC_STR("http")) ||
		    !(labelled || (vars[i] == NKC_VAR_ARCHIVE_LOCATION && has_arxiv_archive(check))))
			continue;
		nkc_str id = nkc_str_trim(labelled ? nkc_str_slice(text, 6, text.len) : text);
		id = nkc_str_slice(id, 0, nkc_str_find_byte(id, ' ')); /* "arXiv:2101.00001 [cs.CL]" */
		if (!nkc_arxiv_is_valid(id))
			nkc_check_report(check, NKC_CODE_ARXIV_FORM, nkc_check_at(check, value), NULL,
			                 "\"%s\" is not an arXiv identifier", nkc_show(id).text);
	}
}

const nkc_rule nkc_rules_identifier[] = {
	{ check_doi, { NKC_CODE_DOI_FORM, NKC_CODE_DOI_PREFIX, NKC_CODE_DOI_END } },
	{ check_isbn, { NKC_CODE_ISBN_FORM, NKC_CODE_ISBN_CHECK, NKC_CODE_ISBN_WORDS } },
	{ check_issn,
	  { NKC_CODE_ISSN_FORM, NKC_CODE_ISSN_CHECK, NKC_CODE_ISSN_HYPHEN, NKC_CODE_ISSN_WORDS } },
	{ check_pmid, { NKC_CODE_PMID_FORM, NKC_CODE_PMID_PREFIX } },
	{ check_pmcid, { NKC_CODE_PMCID_FORM, NKC_CODE_PMCID_PREFIX } },
	{ check_orcid, { NKC_CODE_ORCID_FORM, NKC_CODE_ORCID_CHECK } },
	{ check_arxiv, { NKC_CODE_ARXIV_FORM } },
	{ NULL, { NKC_CODE_NONE } },
};
