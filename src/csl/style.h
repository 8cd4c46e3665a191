/*
 * style.h (inner): a compiled style. Immutable once made; threads may share it.
 *
 * Stage 0 of the engine. The XML becomes a tree of elements in the style's
 * arena: variables, terms and types are numbers, macros are pointers, name
 * options are merged down from style, citation or bibliography to each
 * cs:names, so that rendering looks nothing up by name.
 */
#ifndef NKC_SRC_CSL_STYLE_H
#define NKC_SRC_CSL_STYLE_H

#include <nkcite/diag.h>
#include <nkcite/style.h>
#include <nkcite/variables.h>

/* --- formatting (specification, "Formatting" to "Text-case") --- */

typedef enum csl_font {
	CSL_ITALIC = 1,
	CSL_OBLIQUE = 2,
	CSL_NORMAL_STYLE = 4,
	CSL_SMALL_CAPS = 8,
	CSL_NORMAL_VARIANT = 16,
	CSL_BOLD = 32,
	CSL_LIGHT = 64,
	CSL_NORMAL_WEIGHT = 128,
	CSL_UNDERLINE = 256,
	CSL_NO_DECORATION = 512,
	CSL_SUP = 1024,
	CSL_SUB = 2048,
	CSL_BASELINE = 4096
} csl_font; /* bits; none set: as the surroundings are */

typedef enum csl_case {
	CSL_CASE_NONE,
	CSL_CASE_LOWERCASE,
	CSL_CASE_UPPERCASE,
	CSL_CASE_CAPITALIZE_FIRST,
	CSL_CASE_CAPITALIZE_ALL,
	CSL_CASE_SENTENCE,
	CSL_CASE_TITLE
} csl_case;

typedef enum csl_display {
	CSL_DISPLAY_NONE,
	CSL_DISPLAY_BLOCK,
	CSL_DISPLAY_LEFT_MARGIN,
	CSL_DISPLAY_RIGHT_INLINE,
	CSL_DISPLAY_INDENT
} csl_display;

/* The attribute of that name; without it quotation marks in a text stay those of their level. */
typedef enum csl_quotes {
	CSL_QUOTES_UNSET,
	CSL_QUOTES_ON,
	CSL_QUOTES_OFF /* "false": the outermost marks in the text are outer ones, whichever they are */
} csl_quotes;

typedef struct csl_format {
	nkc_str prefix, suffix;
	uint16_t font; /* csl_font bits */
	uint8_t text_case; /* csl_case */
	uint8_t display;   /* csl_display */
	uint8_t quotes;    /* csl_quotes */
	bool strip_periods;
} csl_format;

/* Does the format do anything when a tree is flattened? */
static inline bool csl_format_is_visible(const csl_format *format)
{
	return format->prefix.len || format->suffix.len || format->font || format->display || format->quotes;
}

/* --- terms (specification, "Terms"; csl-terms.rnc) --- */

/* A term's number: an index of the style-independent list of names that grows with what locales define. */
typedef uint16_t csl_term;

typedef enum csl_form {
	CSL_FORM_LONG,
	CSL_FORM_SHORT,
	CSL_FORM_VERB,
	CSL_FORM_VERB_SHORT,
	CSL_FORM_SYMBOL,
	/* of numbers */
	CSL_FORM_NUMERIC,
	CSL_FORM_ORDINAL,
	CSL_FORM_ROMAN,
	CSL_FORM_LONG_ORDINAL,
	/* of date parts */
	CSL_FORM_NUMERIC_LEADING_ZEROS,
	/* of names */
	CSL_FORM_COUNT,
	/* of dates */
	CSL_FORM_TEXT
} csl_form;

typedef enum csl_gender {
	CSL_GENDER_NEUTER,
	CSL_GENDER_FEMININE,
	CSL_GENDER_MASCULINE
} csl_gender;

/* --- names --- */

typedef enum csl_and { CSL_AND_NONE, CSL_AND_TEXT, CSL_AND_SYMBOL } csl_and;
typedef enum csl_precedes { CSL_CONTEXTUAL, CSL_AFTER_INVERTED, CSL_ALWAYS, CSL_NEVER } csl_precedes;
typedef enum csl_sort_order { CSL_SORT_ORDER_NONE, CSL_SORT_ORDER_FIRST, CSL_SORT_ORDER_ALL } csl_sort_order;

#define CSL_NAMES_ALL UINT16_MAX /* more names than any list has */

/* The attributes of cs:name and those that it inherits. */
typedef struct csl_name_options {
	uint8_t and;                         /* csl_and */
	uint8_t delimiter_precedes_et_al;    /* csl_precedes */
	uint8_t delimiter_precedes_last;     /* csl_precedes */
	uint8_t name_as_sort_order;          /* csl_sort_order */
	uint8_t form;                        /* CSL_FORM_LONG, SHORT or COUNT */
	bool initialize;                     /* default true */
	bool has_initialize_with;            /* initialize-with was given (it may be empty) */
	bool et_al_use_last;
	uint16_t et_al_min;       /* 0: never */
	uint16_t et_al_use_first; /* CSL_NAMES_ALL: not given */
	uint16_t et_al_subsequent_min, et_al_subsequent_use_first; /* 0: as the two above */
	nkc_str initialize_with;
	nkc_str sort_separator;  /* default ", " */
	nkc_str delimiter;       /* between names, default ", " */
	nkc_str names_delimiter; /* between the variables of one cs:names; default "" */
	bool has_names_delimiter;
} csl_name_options;

typedef struct csl_element csl_element;

#define CSL_NAMES_MAX 32 /* variables of one cs:names: more than there are name variables */

/* cs:names and its children. Options are merged for both places from which a macro can be called. */
typedef struct csl_names {
	const nkc_var *variables;
	unsigned variable_count; /* at most CSL_NAMES_MAX */
	csl_name_options options[2]; /* by csl_area */
	csl_format name;             /* of cs:name: each name as a whole */
	csl_format family, given;    /* of cs:name-part */
	csl_format et_al;
	csl_term et_al_term;         /* "et-al" or "and others" */
	const csl_element *label;    /* NULL: none */
	bool label_first;            /* cs:label stands before cs:name */
	bool has_name;               /* there is a cs:name; of none, inherited by substitutes */
	bool has_et_al;
	const csl_element *substitutes; /* children of cs:substitute */
	unsigned substitute_count;
} csl_names;

/* --- dates --- */

typedef enum csl_date_part_name { CSL_DAY, CSL_MONTH, CSL_YEAR } csl_date_part_name;

typedef struct csl_date_part {
	uint8_t name; /* csl_date_part_name */
	uint8_t form; /* csl_form; of a month LONG, SHORT, NUMERIC, NUMERIC_LEADING_ZEROS; of a year LONG or SHORT */
	bool has_form;
	csl_format format;
	nkc_str range_delimiter; /* empty: an en dash */
	bool has_range_delimiter;
} csl_date_part;

typedef struct csl_date {
	nkc_var variable;
	uint8_t form;  /* NUMERIC or TEXT of a localised date; LONG: the parts here are all */
	uint8_t parts_shown; /* date-parts: 1 year, 2 year-month, 3 year-month-day */
	nkc_str delimiter;
	csl_date_part parts[3];
	unsigned part_count;
	csl_format format; /* of a localised date, in a locale; of cs:date it stands in the element */
} csl_date;

/* --- conditions (specification, "Choose") --- */

/* Does the item alone say what the variable is, whatever its cite and its place (variable.c)? */
bool csl_var_is_of_item(nkc_var var);
/* The variable that holds the short form of one ("form" of cs:text); itself where there is none (variable.c). */
nkc_var csl_var_short(nkc_var var);

typedef enum csl_match { CSL_MATCH_ALL, CSL_MATCH_ANY, CSL_MATCH_NONE } csl_match;

/* Positions of a cite (specification, "Locators / position"). Bits: a cite may have several. */
enum {
	CSL_POSITION_FIRST = 1,
	CSL_POSITION_SUBSEQUENT = 2,
	CSL_POSITION_IBID = 4,
	CSL_POSITION_IBID_WITH_LOCATOR = 8,
	CSL_POSITION_NEAR_NOTE = 16,
	CSL_POSITION_FAR_NOTE = 32
};

/*
 * One if, else-if or else. Each list is a set of tests; `match` joins them all. Those that the item alone decides are bits,
 * and most branches have no others.
 */
typedef struct csl_branch {
	uint64_t wanted;     /* items of other types do not pass, whatever else is tested; bit 0: of no known type */
	uint64_t present[2]; /* bit by nkc_var: variables that an item has or has not (csl_var_is_of_item) */
	uint64_t types;    /* bit 1 << nkc_type */
	uint32_t type_tests; /* how many types are named (an unknown type is a test that fails) */
	bool simple;       /* an item that is wanted and has all of `present` passes */
	uint8_t match;
	bool is_else;
	bool disambiguate; /* tests disambiguate="true" */
	bool has_others;   /* there are tests beside types and presence */
	const csl_element *children;
	unsigned child_count;
	uint8_t positions[6];
	unsigned position_count;
	uint64_t locators[2]; /* bits of csl_locator */
	unsigned locator_tests;
	const uint8_t *variables; /* nkc_var: those that the cite or its place decides, too */
	unsigned variable_count;
	const uint8_t *numerics;
	unsigned numeric_count;
	const uint8_t *uncertain; /* is-uncertain-date */
	unsigned uncertain_count;
} csl_branch;

/* --- elements --- */

/* What an item lacks when an element has nothing to say of it (style_needs.c). */
typedef struct csl_needs {
	uint64_t any[2]; /* bit by nkc_var: variables that it may render */
	bool silent;     /* without all of them it renders nothing, and does nothing else */
	bool calls;      /* and calls one of them for certain (see cs:group) */
} csl_needs;

typedef enum csl_kind {
	CSL_TEXT_VARIABLE,
	CSL_TEXT_MACRO,
	CSL_TEXT_TERM,
	CSL_TEXT_VALUE,
	CSL_NUMBER,
	CSL_LABEL,
	CSL_DATE,
	CSL_NAMES,
	CSL_GROUP,
	CSL_CHOOSE
} csl_kind;

typedef enum csl_plural { CSL_PLURAL_CONTEXTUAL, CSL_PLURAL_ALWAYS, CSL_PLURAL_NEVER } csl_plural;

typedef struct csl_macro {
	nkc_str name;
	const csl_element *children;
	unsigned child_count;
	bool has_date; /* it holds a cs:date itself, not only by macros that it calls */
	csl_needs needs;
} csl_macro;

struct csl_element {
	uint8_t kind; /* csl_kind */
	uint8_t form; /* csl_form, of a term, number, label, text variable (LONG or SHORT) */
	uint8_t plural; /* csl_plural of a label; of a term: 1 when plural="true" */
	uint8_t variable; /* nkc_var of text, number, label; NKC_VAR_NONE in a label of cs:names */
	csl_term term; /* of a text; of a label or number that of its variable (of the locator: CSL_TERM_NONE) */
	csl_needs needs;
	csl_format format;
	nkc_str delimiter; /* of a group */
	nkc_str value;     /* of CSL_TEXT_VALUE */
	union {
		const csl_macro *macro;
		const csl_names *names;
		const csl_date *date;
		struct {
			const csl_element *children;
			unsigned child_count;
		} group;
		struct {
			const csl_branch *branches;
			unsigned branch_count;
		} choose;
	} u;
};

/* --- sorting --- */

typedef struct csl_sort_key {
	nkc_var variable;       /* or NKC_VAR_NONE and a macro */
	const csl_macro *macro;
	bool descending;
	uint16_t names_min, names_use_first; /* 0: as elsewhere */
	int8_t names_use_last;               /* -1: as elsewhere */
} csl_sort_key;

/* --- citation and bibliography --- */

typedef enum csl_area { CSL_CITATION, CSL_BIBLIOGRAPHY } csl_area;

typedef struct csl_layout {
	bool present;
	csl_format format;
	nkc_str delimiter;
	const csl_element *children;
	unsigned child_count;
	const csl_sort_key *sort_keys;
	unsigned sort_key_count;
	csl_name_options options; /* in force here, for what has no cs:names (demotion, sorting) */
} csl_layout;

typedef enum csl_collapse {
	CSL_COLLAPSE_NONE,
	CSL_COLLAPSE_CITATION_NUMBER,
	CSL_COLLAPSE_YEAR,
	CSL_COLLAPSE_YEAR_SUFFIX,
	CSL_COLLAPSE_YEAR_SUFFIX_RANGED
} csl_collapse;

typedef enum csl_givenname_rule {
	CSL_BY_CITE,
	CSL_ALL_NAMES,
	CSL_ALL_NAMES_WITH_INITIALS,
	CSL_PRIMARY_NAME,
	CSL_PRIMARY_NAME_WITH_INITIALS
} csl_givenname_rule;

typedef enum csl_page_range {
	CSL_PAGE_AS_IS,
	CSL_PAGE_EXPANDED,
	CSL_PAGE_MINIMAL,
	CSL_PAGE_MINIMAL_TWO,
	CSL_PAGE_CHICAGO,
	CSL_PAGE_CHICAGO_16
} csl_page_range;

typedef enum csl_demote { CSL_DEMOTE_DISPLAY_AND_SORT, CSL_DEMOTE_NEVER, CSL_DEMOTE_SORT_ONLY } csl_demote;

typedef enum csl_align { CSL_ALIGN_NONE, CSL_ALIGN_FLUSH, CSL_ALIGN_MARGIN } csl_align;

typedef enum csl_subsequent_rule {
	CSL_COMPLETE_ALL,
	CSL_COMPLETE_EACH,
	CSL_PARTIAL_EACH,
	CSL_PARTIAL_FIRST
} csl_subsequent_rule;

struct csl_locale;

struct nkc_style {
	nkc_arena *arena;
	nkc_str id, title, title_short, parent; /* parent: of a dependent style */
	nkc_str default_locale;
	bool is_note;    /* class="note" */
	bool has_ibid;   /* some condition tests position */
	bool has_disambiguate; /* some condition tests disambiguate */
	bool has_year_suffix;  /* the year-suffix variable is rendered explicitly somewhere */
	uint64_t shown[2];     /* bit by nkc_var: variables that it may render, test or sort by */
	csl_layout layouts[2]; /* by csl_area */
	const csl_layout *intext; /* cs:intext; NULL when there is none */

	/* style */
	uint8_t demote;     /* csl_demote */
	uint8_t page_range; /* csl_page_range */
	bool initialize_with_hyphen; /* default true */

	/* citation */
	uint8_t collapse;
	bool disambiguate_add_names, disambiguate_add_givenname, disambiguate_add_year_suffix;
	uint8_t givenname_rule;
	unsigned near_note_distance; /* default 5 */
	nkc_str cite_group_delimiter, after_collapse_delimiter, year_suffix_delimiter;
	bool has_cite_group_delimiter, has_after_collapse_delimiter, has_year_suffix_delimiter;

	/* bibliography */
	bool hanging_indent;
	unsigned line_spacing, entry_spacing; /* default 1, 1 */
	uint8_t second_field_align;
	bool has_subsequent_substitute;
	nkc_str subsequent_substitute;
	uint8_t subsequent_rule;

	/* cs:locale elements of the style, in the order of their precedence for any language */
	const struct csl_locale *locales;
	unsigned locale_count;
	unsigned own_term_count; /* terms that only its locales define; numbers from CSL_TERM_KNOWN on */
	csl_macro *macros;
	unsigned macro_count;
};

#endif
