/*
 * ordinal.c: ordinal suffixes (specification, "Ordinal Suffixes").
 */
#include "csl/eval.h"

/* Does the ordinal term of `n` cover the number? Its match attribute says how. */
static bool covers(const csl_locale *locale, unsigned n, uint64_t number, csl_ordinal_match rule)
{
	const csl_term_entry *entry = locale->terms[CSL_TERM_ORDINAL_00 + n];
	return entry && entry->forms[CSL_FORM_LONG].present && entry->ordinal_match == (uint8_t)rule &&
	       (rule == CSL_WHOLE_NUMBER ? number == n : true);
}

/* The two-digit terms first (10 to 99), then the one-digit ones, then the general one. */
nkc_str csl_ordinal_suffix(const csl_locale *locale, uint64_t number, csl_gender gender)
{
	unsigned two = (unsigned)(number % 100), one = (unsigned)(number % 10);
	nkc_str text = NKC_STR("");
	csl_term term = CSL_TERM_ORDINAL;
	if (number < 100 && covers(locale, two, number, CSL_WHOLE_NUMBER))
		term = (csl_term)(CSL_TERM_ORDINAL_00 + two);
	else if (covers(locale, two, number, CSL_LAST_TWO_DIGITS))
		term = (csl_term)(CSL_TERM_ORDINAL_00 + two);
	else if (covers(locale, one, number, CSL_LAST_DIGIT))
		term = (csl_term)(CSL_TERM_ORDINAL_00 + one);
	csl_locale_gendered(locale, term, gender, &text);
	return text;
}
