/*
 * item.h: items, cites and clusters as the stages see them (stage 1).
 */
#ifndef NKC_SRC_CSL_ITEM_H
#define NKC_SRC_CSL_ITEM_H

#include "csl/out.h"

#include <nkcite/record.h>

/* csl_locator: the labels that a locator can have (specification, "Locators"). */
typedef enum csl_locator {
	CSL_LOCATOR_NONE,
#define CSL_LOCATOR(symbol, name, term) CSL_LOCATOR_##symbol,
#include "csl/locators.def"
#undef CSL_LOCATOR
	CSL_LOCATOR_COUNT
} csl_locator;

/*
 * The locator label of that name ("page", "sub verbo" or "sub-verbo", "article" for article-locator); PAGE for an empty
 * or unknown one.
 */
csl_locator csl_locator_find(nkc_str name);

/* How one item is told apart from others: the choice that disambiguation makes (stage 5). */
typedef struct csl_choice {
	uint8_t names_more;    /* so many names beyond et-al-use-first (disambiguate-add-names) */
	uint8_t conditions;    /* so many tests of disambiguate="true" hold, from the first met */
	uint32_t year_suffix;  /* 1: a, 2: b, ...; 0: none */
	const uint8_t *
		given; /* by name position over all names: 0 as the style says, 1 initials, 2 full; NULL: all 0 */
	unsigned given_count;
} csl_choice;

/* What a variable of an item says, by its kind: a text or number, names, a date, or a list of texts. */
typedef union csl_field {
	nkc_str text;
	struct {
		const nkc_name *list; /* particles found */
		size_t count;
	} names;
	const nkc_date *date;
	struct {
		const nkc_str *list;
		size_t count;
	} texts;
} csl_field;

/*
 * A record as an item of a document. Its variables stand in the order of their numbers, those that are absent or
 * empty are not there: the place of one is the number of bits below its own in `present`.
 */
typedef struct csl_item {
	nkc_str id;
	nkc_type type;
	uint64_t present[2];   /* bit by nkc_var */
	char *packed;          /* what they say (item_pack.c); its own memory */
	csl_field *fields;     /* the same as long as it is evaluated (csl_item_unpack); else NULL or out of date */
	nkc_str language;      /* of the item, else of the style */
	bool english;          /* title case applies to it */
	uint32_t index;        /* in the document */
	uint32_t number;       /* citation-number, from 1; 0: not in the bibliography yet */
	uint32_t first_note;   /* the first note that cites it; 0: none */
	csl_choice choice;
} csl_item;

static inline bool csl_item_has(const csl_item *item, nkc_var var)
{
	return item->present[var / 64] >> (var % 64) & 1;
}

/* Text of a string or number variable; empty when absent or of another kind. */
nkc_str csl_item_text(const csl_item *item, nkc_var var);
/* The names of a name variable. Returns how many. */
size_t csl_item_names(const csl_item *item, nkc_var var, const nkc_name **names);
/* The date of a date variable; NULL when absent. */
const nkc_date *csl_item_date(const csl_item *item, nkc_var var);
/* The texts of a list variable. Returns how many. */
size_t csl_item_list(const csl_item *item, nkc_var var, const nkc_str **texts);

/* One cite of a cluster. */
typedef struct csl_cite {
	csl_item *item;
	nkc_str locator;
	csl_locator label; /* PAGE when none is given */
	nkc_str prefix, suffix; /* rich text */
	bool suppress_author, author_only;
	uint8_t position; /* CSL_POSITION_... bits */
	bool position_given; /* by the caller: not computed */
	uint32_t first_note; /* first-reference-note-number: of an earlier note; 0: none */
} csl_cite;

/* A citation: cites that stand together. */
typedef struct csl_cluster {
	csl_cite *cites;
	unsigned count;
	uint32_t note; /* note number; 0: in the text */
	nkc_str id;
	uint8_t mode;  /* nkc_mode */
	nkc_str infix; /* of a composite citation: between its two parts; rich text */
} csl_cluster;

/*
 * Makes an item of a record's object. Its id and its place are the caller's to set, item->packed to free. `style_language`
 * decides where the item has none. Of abstracts and notes, of which most styles show none, the text is left out where `shown`
 * (bit by nkc_var) has them not. The buffer and the arena are for work.
 */
nkc_status csl_item_make(csl_item *item, nkc_arena *scratch, nkc_buf *room, const nkc_value *root, nkc_str style_language,
                         const uint64_t shown[2]);

/* Appends what a variable says (item_pack.c). */
void csl_pack_field(nkc_buf *out, nkc_var var, const csl_field *field);
/* Sets item->fields; the functions above work until the arena is reset. Out of memory the item has no fields. */
void csl_item_unpack(csl_item *item, nkc_arena *arena);

/* Adds what an item's note says of other variables, a line each, to what was found; the note keeps the rest (note_fields.c). */
void csl_note_fields(nkc_arena *arena, const nkc_value *found[NKC_VAR_COUNT]);

#endif
