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
#define CSL_LOCATOR(symbol, name) CSL_LOCATOR_##symbol,
#include "csl/locators.def"
#undef CSL_LOCATOR
	CSL_LOCATOR_COUNT
} csl_locator;

/* How one item is told apart from others: the choice that disambiguation makes (stage 5). */
typedef struct csl_choice {
	uint8_t names_more;    /* so many names beyond et-al-use-first (disambiguate-add-names) */
	bool condition;        /* disambiguate="true" holds */
	uint32_t year_suffix;  /* 1: a, 2: b, ...; 0: none */
	const uint8_t *given;  /* by name position over all names: 0 as the style says, 1 initials, 2 full; NULL: all 0 */
	unsigned given_count;
} csl_choice;

/* A record as an item of a document. Parsed views are made once. */
typedef struct csl_item {
	nkc_record *record;    /* owned by the document's library */
	nkc_str id;
	nkc_type type;
	uint64_t present[2];   /* which variables are there and not empty */
	nkc_str language;      /* of the item */
	bool english;          /* title case applies to it */
	uint32_t index;        /* in the document */
	uint32_t number;       /* citation-number, from 1; 0: not in the bibliography yet */
	uint32_t first_note;   /* first-reference-note-number; 0: none */
	csl_choice choice;
	const nkc_name *names[NKC_VAR_COUNT]; /* by name variable; NULL until asked for */
	unsigned name_counts[NKC_VAR_COUNT];
} csl_item;

/* One cite of a cluster. */
typedef struct csl_cite {
	csl_item *item;
	nkc_str locator;
	uint8_t label; /* csl_locator; PAGE when none is given */
	nkc_str prefix, suffix; /* rich text */
	bool suppress_author, author_only;
	uint8_t position; /* CSL_POSITION_... bits */
	bool position_given; /* by the caller: not computed */
} csl_cite;

/* A citation: cites that stand together. */
typedef struct csl_cluster {
	csl_cite *cites;
	unsigned count;
	uint32_t note; /* note number; 0: in the text */
	nkc_str id;
	nkc_str prefix, suffix;
	bool composite;
} csl_cluster;

bool csl_item_has(const csl_item *item, nkc_var var);

#endif
