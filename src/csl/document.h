/*
 * document.h: a document in its stages (1 to 5; the driver of the rest).
 *
 * Everything that an update makes is kept with what it was made of, so that the next one makes only what is out of
 * date. What is new about an item since then stands in csl_held.news; who depends on it looks there.
 */
#ifndef NKC_SRC_CSL_DOCUMENT_H
#define NKC_SRC_CSL_DOCUMENT_H

#include "base/set.h"
#include "base/text.h"
#include "csl/eval.h"
#include "csl/events.h"

#include <nkcite/cite.h>

/* What is new about an item since the last update: bits. */
enum {
	CSL_NEW_DATA = 1,   /* put in, replaced, removed */
	CSL_NEW_NUMBER = 2, /* its citation number */
	CSL_NEW_NOTE = 4,   /* its first note */
	CSL_NEW_CHOICE = 8  /* how it is told apart */
};

/* A name that cites of an item show, and whom it stands for in its three forms (disamb_names.c). */
typedef struct csl_shown_name csl_shown_name;

/* An entry of the bibliography as rendered last. */
typedef struct csl_entry {
	nkc_str text;    /* csl_keep */
	nkc_str names;   /* csl_keep; for subsequent-author-substitute: a line a name */
	unsigned name_count;
	unsigned uses;   /* CSL_USES_... bits of that rendering */
	unsigned label_width;
	uint64_t above;  /* fingerprint of the names above, which it was rendered below */
	bool failed;     /* there was no memory for the names */
	bool made;
	bool empty;      /* this style does not list it */
	bool listed;     /* since the last update */
	bool changed;    /* by the last update */
} csl_entry;

/* A sort key of an item or a cite, and those behind it, as far as a comparison has asked for them (order.c). */
typedef struct csl_key csl_key;

/* An item as a document holds it. */
typedef struct csl_held {
	csl_item item; /* first: every csl_item of a document is inside one of these */
	bool known;    /* put in and not removed since; else only cited so far */
	bool listed;   /* cited or named as uncited */
	bool waiting;  /* on a list of work */
	uint8_t news;  /* CSL_NEW_... bits */
	uint32_t rank; /* in the bibliography, from 0 */
	uint32_t was_number, was_note;
	uint32_t met; /* its place among first cites at the last update, from 1 */

	/* order.c */
	csl_key *keys; /* of the bibliography; NULL: none yet */
	uint32_t key_number; /* the citation number that they were made with */

	/* disamb.c */
	uint64_t bare_key; /* fingerprint of its cite with no name told apart; 0: not known */
	uint64_t own_key; /* fingerprint of its cite before anything is done to tell it apart; 0: in no class */
	uint32_t class_index;
	unsigned own_uses;
	struct csl_held *class_next, *class_before;
	uint8_t *given; /* the memory of choice.given */
	uint64_t choice_mark;
	csl_shown_name *names;
	size_t name_count;

	csl_entry entry;
} csl_held;

/* A cluster as it is kept between changes. It, its cites and their texts are one block. */
typedef struct csl_placed {
	csl_cluster cluster; /* the cites of known items, in the order in which they are rendered */
	csl_cite *given;     /* all cites, as they were put in */
	unsigned given_count;
	unsigned uses;       /* CSL_USES_... bits of its rendering */
	unsigned sort_uses;  /* the same of its sort keys */
	size_t index;        /* in document order; see csl_placed_index */
	uint32_t slot;       /* in nkc_document.named */
	bool stale;          /* to be rendered */
	bool filled;         /* cluster.cites are up to date, and in order */
	bool fresh;          /* put in since the last update */
	bool changed;        /* by the last update */
	nkc_str text;        /* csl_keep; as rendered last */
} csl_placed;

typedef struct csl_classes csl_classes;

struct nkc_document {
	const nkc_style *style;
	const csl_locale *locale;
	const nkc_markup *markup;
	nkc_diags *diags;
	nkc_collator *collator;
	nkc_arena *arena;   /* language, locale */
	nkc_arena *scratch; /* one evaluation */
	nkc_str language;
	nkc_buf key;        /* for plain text of evaluations */
	nkc_buf text;       /* for what is rendered, until it is kept */
	csl_events events;
	unsigned uses;      /* CSL_USES_... bits of the evaluations since it was last cleared */
	size_t spent;       /* of CSL_TEXT_MAX, since then */

	csl_held **items;   /* in the order in which they were first named */
	size_t item_count, item_cap;
	nkc_set by_id;      /* fingerprint of the id -> index + 1 */
	csl_placed **clusters; /* in document order */
	size_t cluster_count, cluster_cap;
	size_t indexed;     /* of the clusters before this one `index` is right */
	nkc_set by_name;    /* fingerprint of a cluster's id -> slot in `named` + 1 */
	csl_placed **named; /* NULL: removed */
	size_t named_count, named_cap;
	csl_held **uncited;
	size_t uncited_count;

	csl_held **met;     /* what is listed, in the order of the first cites */
	size_t met_count;
	csl_held **listed;  /* the bibliography in order */
	size_t listed_count;
	csl_classes *classes; /* disamb.c */
	csl_held **entries; /* those that render something */
	size_t entry_count;
	size_t *changes;    /* indexes of the clusters that the last update changed */
	size_t change_count;
	bool sorted;        /* `listed` was, by the keys of the bibliography */
	bool counted_keys;  /* sort keys of the bibliography have asked for citation numbers */
	bool moved;         /* the last update changed the list of entries */
	bool unsorted;
	bool links;
	bool cite_links;
	bool keeps_author_fonts;
	struct csl_abbreviations *abbreviations; /* NULL: none */
	bool whole_names;
	bool stale;
	bool lost;          /* an update failed: the next makes everything */
};

static inline csl_held *csl_held_of(const csl_item *item)
{
	return (csl_held *)item;
}

/* --- store.c: items and clusters --- */

/* Puts a copy of the text, in no more memory than it needs, in the place of one that was kept before. False: out of memory. */
bool csl_keep(nkc_str *kept, nkc_str text);
/* Empty again. */
void csl_keep_none(nkc_str *kept);

/* The item of that id, whether known or only named so far; NULL: never named. */
csl_held *csl_held_find(const nkc_document *document, nkc_str id);
/* The same; an item that was never named gets a place. NULL: out of memory. */
csl_held *csl_held_name(nkc_document *document, nkc_str id);
void csl_held_free(csl_held *held);
/* The cluster of that id or NULL; its `index` is right. */
csl_placed *csl_placed_find(nkc_document *document, nkc_str id);
void csl_placed_free(csl_placed *placed);
/* Sets its cites: those whose item is known, in the order in which they were put in. */
void csl_placed_fill(csl_placed *placed);
/* Makes room for one more pointer in an array of `count`; false: out of memory. */
bool csl_make_place(void *array, size_t count, size_t *cap);

/* Begins a rendering, sort key or key of ambiguity: the scratch arena is empty, nothing is used or spent. */
void csl_document_begin(nkc_document *document);
/* Fills an evaluation for an item. cite: NULL in a bibliography. */
void csl_document_eval(nkc_document *document, csl_eval *eval, csl_area area, csl_item *item, const csl_cite *cite);

/* --- listing.c --- */

/* All that is rendered is to be rendered again. */
void csl_document_renew(nkc_document *document);

/* Characters of the first field that stands apart (second-field-align) in an entry's events. */
unsigned csl_label_width(const csl_events *events);

/* --- order.c (stages 2 and 3) --- */

/*
 * Sorts items by the keys of the bibliography; equals in the order of their numbers, which are those of the first cite. Items
 * whose key is empty come last. Keys are kept with the items. The first `ordered` items are known to be in order.
 */
nkc_status csl_order_items(nkc_document *document, csl_held **items, size_t ordered, size_t count);
void csl_keys_free(csl_key *keys);
/*
 * Sorts the cites of each cluster that was not sorted yet, or for one of whose items these CSL_NEW_... bits stand; *any: were
 * there such? It comes before telling apart, which asks for first notes, and again behind it.
 */
nkc_status csl_order_cites(nkc_document *document, unsigned news, bool *any);

/* --- position.c (stage 4) --- */

/* Sets position bits and first notes: one sweep over the clusters. Marks clusters whose cites stand elsewhere now. */
nkc_status csl_place(nkc_document *document);

/* --- disamb.c (stage 5) --- */

/* Sets item->choice of every listed item; `news` tells whose has changed. */
nkc_status csl_disambiguate(nkc_document *document);
/* An item is listed no more, or is about to change: takes it out of its class. */
void csl_classes_drop(nkc_document *document, csl_held *held);
/* Frees all that is known of classes. */
void csl_classes_free(nkc_document *document);

#endif
