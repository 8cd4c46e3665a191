/*
 * document.h: a document in its stages (1 to 5; the driver of the rest).
 */
#ifndef NKC_SRC_CSL_DOCUMENT_H
#define NKC_SRC_CSL_DOCUMENT_H

#include "base/set.h"
#include "base/text.h"
#include "csl/eval.h"
#include "csl/events.h"

#include <nkcite/cite.h>

/* A cluster as it is kept between changes. */
typedef struct csl_placed {
	csl_cluster cluster;
	nkc_arena *arena; /* its cites' texts */
	nkc_buf text;     /* as rendered last */
	bool changed;     /* by the last update */
	bool fresh;       /* put in since then */
} csl_placed;

typedef struct csl_entry {
	csl_item *item;
	nkc_buf text;
} csl_entry;

struct nkc_document {
	const nkc_style *style;
	const csl_locale *locale;
	const nkc_markup *markup;
	nkc_diags *diags;
	nkc_collator *collator;
	nkc_arena *arena;   /* items, locale */
	nkc_arena *scratch; /* one evaluation */
	nkc_str language;
	nkc_buf key;        /* for plain text of evaluations */
	csl_events events;

	csl_item **items;   /* in the order in which they were put in */
	size_t item_count, item_cap;
	nkc_set by_id;      /* fingerprint of the id -> index + 1 */
	csl_placed **clusters; /* in document order */
	size_t cluster_count, cluster_cap;
	csl_item **uncited;
	size_t uncited_count;

	csl_item **listed;  /* the bibliography in order */
	size_t listed_count;
	csl_entry *entries;
	size_t entry_count;
	bool unsorted;
	bool stale;
};

void csl_entries_free(nkc_document *document);

/* Fills an evaluation for an item. cite: NULL in a bibliography. */
void csl_document_eval(nkc_document *document, csl_eval *eval, csl_area area, csl_item *item, const csl_cite *cite);

/* --- order.c (stage 2, 3) --- */

/*
 * Sorts items by the keys of a layout; equals keep their order. Items whose key is empty come last. Each key is
 * made once an item.
 */
nkc_status csl_order_items(nkc_document *document, const csl_layout *layout, csl_area area, csl_item **items,
                           size_t count);
/* Sorts the cites of each cluster. */
nkc_status csl_order_cites(nkc_document *document);

/* --- position.c (stage 4) --- */

/* Sets position bits and first notes: one sweep over the clusters. */
void csl_place(nkc_document *document);

/* --- disamb.c (stage 5) --- */

/* Sets item->choice of every listed item. */
nkc_status csl_disambiguate(nkc_document *document);

#endif
