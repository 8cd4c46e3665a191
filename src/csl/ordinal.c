/*
 * ordinal.c: ordinal suffixes (specification, "Ordinal Suffixes").
 */
#include "csl/eval.h"

/* The ordinal term of n in a gender, if its match attribute is `rule`; NULL: there is none. */
static const csl_term_text *find(const csl_locale *locale, unsigned n, csl_ordinal_match rule, csl_gender gender)
{
	const csl_term_entry *entry = locale->terms[CSL_TERM_ORDINAL_00 + n];
	if (!entry || entry->ordinal_match != (uint8_t)rule)
		return NULL;
	const csl_term_text *text = gender == CSL_GENDER_NEUTER ? &entry->forms[CSL_FORM_LONG] : &entry->gendered[gender];
	return text->present ? text : NULL;
}

/* A whole number counts before its last two digits, these before its last. */
static const csl_term_text *suffix_of(const csl_locale *locale, uint64_t number, csl_gender gender)
{
	unsigned two = (unsigned)(number % 100), one = (unsigned)(number % 10);
	const csl_term_text *text = number < 100 ? find(locale, two, CSL_WHOLE_NUMBER, gender) : NULL;
	if (!text)
		text = find(locale, two, CSL_LAST_TWO_DIGITS, gender);
	return text ? text : find(locale, one, CSL_LAST_DIGIT, gender);
}

/* The terms of the noun's gender first, then the neuter ones, then the general term. */
nkc_str csl_ordinal_suffix(const csl_locale *locale, uint64_t number, csl_gender gender)
{
	const csl_term_text *found = gender ? suffix_of(locale, number, gender) : NULL;
	if (!found)
		found = suffix_of(locale, number, CSL_GENDER_NEUTER);
	nkc_str text = NKC_STR("");
	if (found)
		return found->single;
	csl_locale_gendered(locale, CSL_TERM_ORDINAL, gender, &text);
	return text;
}
