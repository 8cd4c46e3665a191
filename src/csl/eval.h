/*
 * eval.h: evaluation of style elements (stage 6): style, item, cite and choice in, csl_out out.
 *
 * Each rendering element is one file eval_<name>.c. A function returns NULL when the element renders nothing.
 */
#ifndef NKC_SRC_CSL_EVAL_H
#define NKC_SRC_CSL_EVAL_H

#include "csl/item.h"
#include "csl/locale.h"
#include "csl/out.h"

#define CSL_MACRO_DEPTH_MAX 64 /* calls of macros within macros; the compiler refuses cycles, this bounds the stack */

/*
 * So many bytes of text variables give one cluster or entry: a long title, called again and again, must not fill the
 * memory. (The longest real title has a few thousand.)
 */
#define CSL_TEXT_MAX ((size_t)16 << 20)

/* Facts of the document that an evaluation asked for: bits. What it renders changes with them. */
enum {
	CSL_USES_NUMBER = 1,    /* citation-number */
	CSL_USES_FIRST_NOTE = 2 /* first-reference-note-number */
};

/* A name that an evaluation has rendered (not one that et al. hides): who, and its index in csl_choice.given. */
typedef struct csl_name_seen {
	const nkc_name *name;
	const csl_name_options *options;
	unsigned index;
	unsigned place;   /* in its list */
	uint8_t variable; /* nkc_var */
} csl_name_seen;

/* Filled by cs:names when csl_eval.census is set. */
typedef struct csl_census {
	csl_name_seen *items;
	size_t count, cap;
	bool failed; /* out of memory */
} csl_census;

typedef struct csl_eval {
	nkc_arena *arena; /* scratch */
	const nkc_style *style;
	const csl_locale *locale;
	csl_area area;
	csl_item *item;
	uint64_t has[2];            /* bit by nkc_var: what the item has, and its cite's locator (csl_needs) */
	const csl_cite *cite;       /* NULL in a bibliography */
	const csl_choice *choice;
	const csl_name_options *options; /* in force in this area */
	bool links;                 /* identifiers link */
	const struct csl_abbreviations *abbreviations; /* NULL: none */
	bool sorting;               /* for a sort key: names in sort order, numbers padded, dates YYYYMMDD */
	const csl_sort_key *sort_key;
	bool dates_only;            /* in a macro that holds a date: a sort key has its dates and names alone */
	bool suppress_author;       /* the cs:names that the cite begins with is left out */
	bool subsequent;            /* et-al-subsequent-* applies */

	/* cs:substitute: variables that have been used up, and the options that shorthand cs:names inherit */
	uint64_t used[2];
	bool substituting;
	bool first_only; /* of the children of a choose the first that renders: each is a substitute of its own */
	const csl_names *substitute_for;
	const csl_element *names_element;

	/* the conditional of cs:group: was a variable called, and did one give anything? */
	unsigned calls, hits;
	unsigned macro_depth;

	bool capital_start;         /* a cs:text term at the very start gets a capital ("Ibid.") */
	bool begun;                 /* something was rendered before */

	csl_census *census;         /* NULL: nobody asks */
	uint8_t names_variable;     /* nkc_var: whose names are being rendered */
	bool for_key;               /* the cite is compared with others: the date of access tells no works apart */
	unsigned *uses;             /* CSL_USES_... bits are added there; NULL: nobody asks */
	size_t *spent;              /* of CSL_TEXT_MAX; NULL: nobody counts */

	/* what the stages after want to know */
	unsigned name_offset;       /* names rendered so far: index into choice->given */
	bool author_suppressed;
	unsigned conditions;        /* so many tests of disambiguate were met */
	bool has_year_suffix;       /* a year-suffix was rendered */
	bool short_names;           /* et al. left names out: more names could tell it apart */
	csl_out *first_names;       /* of the entry: subsequent-author-substitute, cite grouping */
} csl_eval;

static inline void csl_eval_note_call(csl_eval *eval, bool hit)
{
	eval->calls++;
	eval->hits += hit;
}

/* A list of elements (a layout, macro, group or branch) into `into`. */
void csl_eval_children(csl_eval *eval, const csl_element *children, unsigned count, csl_out *into);
/*
 * A list of elements as one node: NULL when none renders. What renders alone stands for itself, unless the element around
 * it has a format to give it.
 */
csl_out *csl_eval_list(csl_eval *eval, const csl_element *around, const csl_element *children, unsigned count);
csl_out *csl_eval_element(csl_eval *eval, const csl_element *element);

/*
 * Does the element have nothing to say of this item? Then that is noted, and it need not be evaluated. Whether it would call a
 * variable does not matter where one was called before.
 */
static inline bool csl_eval_passes(csl_eval *eval, const csl_element *element)
{
	const csl_needs *needs = &element->needs;
	if (!needs->silent || (eval->has[0] & needs->any[0]) || (eval->has[1] & needs->any[1]) ||
	    (!needs->calls && !eval->calls))
		return false;
	csl_eval_note_call(eval, false);
	return true;
}

csl_out *csl_eval_text(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_number(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_label(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_date(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_names(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_group(csl_eval *eval, const csl_element *element);
csl_out *csl_eval_choose(csl_eval *eval, const csl_element *element);

/* Gives `node` the element's format: case, strip-periods now, the rest when it is flattened. */
csl_out *csl_eval_finish(csl_eval *eval, const csl_element *element, csl_out *node);

/*
 * The text of a variable as it counts for this cite: locator and label come from the cite, year-suffix,
 * citation-number, citation-label and first-reference-note-number from the item's place. Empty when absent or used up by a
 * substitution. Marks the variable as called (and as used up inside cs:substitute).
 */
nkc_str csl_eval_variable(csl_eval *eval, nkc_var var);
/* The same for a test or a label, which neither calls the variable nor uses it up among substitutes. */
nkc_str csl_eval_look(csl_eval *eval, nkc_var var);
bool csl_eval_has(const csl_eval *eval, nkc_var var);
/* Counts bytes of text against CSL_TEXT_MAX. False: it is passed, and the text must not be rendered. */
bool csl_eval_spend(csl_eval *eval, size_t bytes);

/* The term of a locator's label. */
csl_term csl_locator_term(csl_locator label);
/*
 * Does the text begin with a label of its own: a short term of the locale that ends in a full stop, with a space behind it
 * ("vol. 1")? The length of both, or 0.
 */
size_t csl_locator_read(const csl_locale *locale, nkc_str text, csl_locator *label);
/*
 * What stands before the first ", " with such a label behind it ("7" of "7, p. 3-8"); *rest is the offset behind the label.
 * All of the text, and text.len, when there is none.
 */
nkc_str csl_locator_head(const csl_locale *locale, nkc_str text, csl_locator *label, size_t *rest);

/* The citation-label: the item's own, or one made of names and year. */
nkc_str csl_citation_label(csl_eval *eval);
/* The number in digits, with zeros in front up to `width` (at most 20). */
nkc_str csl_digits(nkc_arena *arena, uint64_t number, unsigned width);
/* 1 is "a", 26 "z", 27 "aa". */
nkc_str csl_letters(nkc_arena *arena, uint32_t number);

/* Is the text of a number variable numeric (specification, "Choose / is-numeric")? (number.c) */
bool csl_number_is_numeric(nkc_str text);
/* Does the content count as plural for a label? (number.c) */
bool csl_number_is_plural(const csl_locale *locale, nkc_var var, nkc_str text);
/* Do two labels make a range: numbers of one kind, or roman numerals? (page.c) */
bool csl_page_is_range(nkc_str first, nkc_str last);
/* A number or list of numbers with ranges in a form (numeric, ordinal, roman, long-ordinal) (number.c). */
csl_out *csl_number_render(csl_eval *eval, nkc_var var, nkc_str text, csl_form form, csl_term noun);
/* A number variable's text with its ranges as locale and page-range-format have them; others as they are (page.c). */
nkc_str csl_page_ranges(const csl_eval *eval, nkc_var var, nkc_str text);
/*
 * What variables are sorted by when a key names them (specification, "Sorting Variables"), in the scratch arena; empty
 * when absent. Compared as text: dates are YYYYMMDD made so that text order is date order (BCE too), numbers padded.
 */
nkc_str csl_names_sort_text(csl_eval *eval, nkc_var var);
nkc_str csl_date_sort_text(csl_eval *eval, nkc_var var);
nkc_str csl_number_sort_text(csl_eval *eval, nkc_str text);
/*
 * One name as these options render it inside a list (not inverted): level 0 as the style says, 1 with initials, 2 with
 * full given names (csl_choice.given). Plain text, in the scratch arena. (name_form.c)
 */
nkc_str csl_name_text(csl_eval *eval, const csl_name_options *options, const nkc_name *name, unsigned level);

/* The n-th ordinal's suffix, or long ordinal, with gender (ordinal.c). */
nkc_str csl_ordinal_suffix(const csl_locale *locale, uint64_t number, csl_gender gender);

#endif
