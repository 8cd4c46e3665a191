/*
 * position.c: where a cite stands among those of its item (stage 4; specification, "Choose / position").
 */
#include "csl/document.h"

#include "base/mem.h"

/* What is remembered of the cites before. */
typedef struct memory {
	uint32_t *last_note; /* by item index: note of its last cite */
	uint8_t *seen;       /* by item index */
	unsigned near;       /* near-note-distance */
	bool mixed;          /* the note of the cluster before refers to several items */
	const csl_item *note_item; /* the first that it refers to */
} memory;

static bool same_locator(const csl_cite *a, const csl_cite *b)
{
	return a->label == b->label && nkc_str_eq(a->locator, b->locator);
}

/* The ibid bits of a cite that follows `before`, to the same item, with nothing between. */
static uint8_t ibid(const csl_cite *before, const csl_cite *cite)
{
	if (before->locator.len && !cite->locator.len)
		return 0;
	if (cite->locator.len && !(before->locator.len && same_locator(before, cite)))
		return CSL_POSITION_IBID | CSL_POSITION_IBID_WITH_LOCATOR;
	return CSL_POSITION_IBID;
}

/* Do all cites of the cluster refer to one item? Then the next citation may say ibid. */
static const csl_cite *only_cite(const csl_cluster *cluster)
{
	for (unsigned i = 1; cluster && i < cluster->count; i++) {
		if (cluster->cites[i].item != cluster->cites[0].item)
			return NULL;
	}
	return cluster && cluster->count ? &cluster->cites[cluster->count - 1] : NULL;
}

/*
 * The cite that "ibid." at the start of a cluster would repeat. It must be the only thing that the citation before, and in
 * notes the whole note before, refers to.
 */
static const csl_cite *repeated(const csl_cluster *cluster, const csl_cluster *before, bool note_is_mixed)
{
	if (before && cluster->note != before->note && note_is_mixed)
		return NULL;
	return only_cite(before);
}

static uint8_t position_of(const memory *m, const csl_cluster *cluster, unsigned at, const csl_cluster *before)
{
	const csl_cite *cite = &cluster->cites[at];
	if (!m->seen[cite->item->index])
		return CSL_POSITION_FIRST;
	uint8_t position = CSL_POSITION_SUBSEQUENT;
	const csl_cite *last = at ? &cluster->cites[at - 1] : repeated(cluster, before, m->mixed);
	if (last && last->item == cite->item)
		position |= ibid(last, cite);
	uint32_t distance = cluster->note - m->last_note[cite->item->index];
	if (cluster->note && m->last_note[cite->item->index] && distance <= m->near)
		position |= CSL_POSITION_NEAR_NOTE;
	else if (cluster->note)
		position |= CSL_POSITION_FAR_NOTE;
	return position;
}

/* Sets the positions of a cluster's cites; true when one stands elsewhere now. */
static bool place_cluster(memory *m, csl_cluster *cluster, const csl_cluster *before)
{
	bool moved = false;
	for (unsigned i = 0; i < cluster->count; i++) {
		csl_cite *cite = &cluster->cites[i];
		uint8_t position = cite->position_given ? cite->position : position_of(m, cluster, i, before);
		moved |= cite->position != position;
		cite->position = position;
		if (!m->seen[cite->item->index])
			cite->item->first_note = cluster->note;
		m->seen[cite->item->index] = 1;
		m->last_note[cite->item->index] = cluster->note;
	}
	return moved;
}

static void note_items(memory *m, const csl_cluster *cluster, const csl_cluster *before)
{
	if (!cluster->note || !cluster->count)
		return;
	if (!before || before->note != cluster->note) {
		m->mixed = false;
		m->note_item = cluster->cites[0].item;
	}
	for (unsigned i = 0; i < cluster->count; i++)
		m->mixed |= cluster->cites[i].item != m->note_item;
}

nkc_status csl_place(nkc_document *document)
{
	size_t count = document->item_count ? document->item_count : 1;
	memory m = { .last_note = nkc_calloc(count, sizeof *m.last_note), .seen = nkc_calloc(count, 1),
		     .near = document->style->near_note_distance };
	nkc_status status = m.last_note && m.seen ? NKC_OK : NKC_ENOMEM;
	/* Citations in notes and in the text follow each other separately: "ibid." looks at its own kind. */
	const csl_cluster *before[2] = { NULL, NULL };
	for (size_t i = 0; !status && i < document->cluster_count; i++) {
		csl_cluster *cluster = &document->clusters[i]->cluster;
		document->clusters[i]->stale |= place_cluster(&m, cluster, before[cluster->note != 0]);
		note_items(&m, cluster, before[cluster->note != 0]);
		before[cluster->note != 0] = cluster;
	}
	nkc_free(m.last_note);
	nkc_free(m.seen);
	return status;
}
