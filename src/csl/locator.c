/*
 * locator.c: labels of locators (specification, "Locators"): by name, and inside a text that brings its own ("vol. 1, fol. 186").
 */
#include "csl/eval.h"

csl_locator csl_locator_find(nkc_str name)
{
	static const nkc_str names[] = {
		[CSL_LOCATOR_NONE] = NKC_STR_INIT(""),
#define CSL_LOCATOR(symbol, text, term) [CSL_LOCATOR_##symbol] = NKC_STR_INIT(text),
#include "csl/locators.def"
#undef CSL_LOCATOR
	};
	if (nkc_str_is(name, "article"))
		return CSL_LOCATOR_ARTICLE;
	if (nkc_str_is(name, "title"))
		return CSL_LOCATOR_TITLE;
	if (nkc_str_is(name, "sub verbo"))
		return CSL_LOCATOR_SUB_VERBO;
	for (unsigned i = 1; i < CSL_LOCATOR_COUNT; i++) {
		if (nkc_str_eq(name, names[i]))
			return (csl_locator)i;
	}
	return CSL_LOCATOR_PAGE;
}

csl_term csl_locator_term(csl_locator label)
{
	static const csl_term terms[CSL_LOCATOR_COUNT] = {
		[CSL_LOCATOR_NONE] = CSL_TERM_NONE,
#define CSL_LOCATOR(symbol, name, term) [CSL_LOCATOR_##symbol] = CSL_TERM_##term,
#include "csl/locators.def"
#undef CSL_LOCATOR
	};
	return terms[label];
}

size_t csl_locator_read(const csl_locale *locale, nkc_str text, csl_locator *label)
{
	nkc_str term;
	for (unsigned i = 1; i < 2 * CSL_LOCATOR_COUNT; i++) {
		csl_locator one = (csl_locator)(i / 2);
		bool plural = i % 2;
		if (one == CSL_LOCATOR_NONE ||
		    !csl_locale_term(locale, csl_locator_term(one), CSL_FORM_SHORT, plural, &term) ||
		    !nkc_str_ends(term, NKC_STR(".")) || !nkc_str_starts(text, term))
			continue;
		size_t behind = term.len;
		while (behind < text.len && text.ptr[behind] == ' ')
			behind++;
		if (behind > term.len && behind < text.len) {
			*label = one;
			return behind;
		}
	}
	return 0;
}

nkc_str csl_locator_head(const csl_locale *locale, nkc_str text, csl_locator *label, size_t *rest)
{
	size_t length;
	for (size_t at = 0; at + 2 < text.len; at++) {
		if (text.ptr[at] != ',' || text.ptr[at + 1] != ' ')
			continue;
		length = csl_locator_read(locale, nkc_str_slice(text, at + 2, text.len), label);
		*rest = at + 2 + length;
		if (length)
			return nkc_str_slice(text, 0, at);
	}
	*rest = text.len;
	return text;
}
