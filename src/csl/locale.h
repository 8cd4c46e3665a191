/*
 * locale.h: terms, localised dates and options of a language (specification, "Locale"; "Terms").
 *
 * A locale in use is the chain of the specification flattened once: the style's cs:locale of the
 * dialect, of the language, without a language; then the locale file of the dialect, of the language's primary
 * dialect, en-US.
 */
#ifndef NKC_SRC_CSL_LOCALE_H
#define NKC_SRC_CSL_LOCALE_H

#include "csl/style.h"

/* What one form of a term says. */
typedef struct csl_term_text {
	nkc_str single, multiple;
	bool present;
} csl_term_text;

typedef struct csl_term_entry {
	nkc_str name;
	csl_term_text forms[5]; /* LONG ... SYMBOL */
	uint8_t gender;         /* csl_gender */
	uint8_t ordinal_match;  /* csl_ordinal_match, of ordinal terms */
	csl_term_text gendered[3]; /* by gender-form, of ordinals; [0] is unused */
} csl_term_entry;

typedef enum csl_ordinal_match { CSL_LAST_TWO_DIGITS, CSL_LAST_DIGIT, CSL_WHOLE_NUMBER } csl_ordinal_match;

/* Numbers of the terms that code asks for; the list of names stands in locale.c, other names follow as they come. */
typedef enum csl_known_term {
	CSL_TERM_NONE,
#define CSL_TERM(symbol, name) CSL_TERM_##symbol,
#include "csl/terms.def"
#undef CSL_TERM
	CSL_TERM_KNOWN
} csl_known_term;

typedef struct csl_locale {
	nkc_str language;         /* "de-AT"; empty: any */
	csl_term_entry *terms;    /* by csl_term */
	unsigned term_count;
	csl_date dates[2];        /* CSL_FORM_NUMERIC, CSL_FORM_TEXT: [0], [1] */
	bool has_date[2];
	bool punctuation_in_quote, has_punctuation_in_quote;
	bool limit_day_ordinals_to_day_1, has_limit_day_ordinals;
	bool has_ordinals;        /* it defines ordinal terms: then those of weaker locales do not count */
} csl_locale;

/* The term of that name, or CSL_TERM_NONE. */
csl_term csl_term_find(nkc_str name);

/*
 * Text of a term. A form that is missing falls back: verb-short to verb, symbol to short, verb and short to
 * long. False when the locale has nothing; *text may be empty and present.
 */
bool csl_locale_term(const csl_locale *locale, csl_term term, csl_form form, bool plural, nkc_str *text);

/* The locale in force for a style and a language; it lives in the arena (or longer). */
nkc_status csl_locale_resolve(const nkc_style *style, nkc_locales *locales, nkc_str language, nkc_arena *arena,
                              const csl_locale **out);

#endif
