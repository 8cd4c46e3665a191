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

/* What one form of a term says; without plural both say the same. */
typedef struct csl_term_text {
	nkc_str single, multiple;
	bool present;
} csl_term_text;

typedef struct csl_term_entry {
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
	const csl_term_entry **terms; /* by csl_term; NULL: it has no such term */
	unsigned term_count;
	csl_date dates[2];        /* CSL_FORM_NUMERIC, CSL_FORM_TEXT: [0], [1] */
	bool has_date[2];
	bool punctuation_in_quote, has_punctuation_in_quote;
	bool limit_day_ordinals_to_day_1, has_limit_day_ordinals;
	bool has_ordinals;        /* it defines ordinal terms: then those of weaker locales do not count */
} csl_locale;

/*
 * The term of that name, or CSL_TERM_NONE. What CSL does not know has a number only inside a style that defines it in
 * its cs:locale (from CSL_TERM_KNOWN on); elsewhere it is refused.
 */
csl_term csl_term_find(nkc_str name);
/* "container-author"; "" for CSL_TERM_NONE and for a style's own. */
nkc_str csl_term_name(csl_term term);
/* "ordinal" and "ordinal-00" to "ordinal-99": a locale that has one of them replaces those of all weaker ones. */
bool csl_term_is_ordinal(csl_term term);

/*
 * The locale in force for a style and a language (empty: the style's, else en-US), made in the arena; it borrows from
 * both. A language without a file is a finding, and en-US serves. `locales` may be shared by threads.
 */
nkc_status csl_locale_resolve(const nkc_style *style, nkc_locales *locales, nkc_str language, nkc_arena *arena,
                              nkc_diags *diags, const csl_locale **out);

/* "de_at" as "de-AT", in the arena; what is no language gives the empty string. */
nkc_str csl_language_normalize(nkc_arena *arena, nkc_str language);

/*
 * Text of a term. A form that is missing falls back: verb-short to verb, symbol to short, verb and short to
 * long. False when the locale has nothing; *text may be empty and present.
 */
bool csl_locale_term(const csl_locale *locale, csl_term term, csl_form form, bool plural, nkc_str *text);

/* The gender of a noun term (what ordinals agree with). */
csl_gender csl_locale_gender(const csl_locale *locale, csl_term noun);
/* An ordinal term in a gender, falling back on the neuter one. */
bool csl_locale_gendered(const csl_locale *locale, csl_term term, csl_gender gender, nkc_str *text);

#endif
