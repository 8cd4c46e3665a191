/*
 * position.c: where a cite stands among those of its item (stage 4; specification, "Choose / position").
 */
#include "csl/document.h"

#include "base/mem.h"

/*
 * What is remembered of the cites before. Citations in notes and in the text follow each other separately: there is one
 * memory of each kind.
 */
typedef struct memory {
	uint32_t *first_note; /* by item index: note of its first cite */
	uint32_t *last_note;  /* note of its last */
	uint8_t *seen;        /* has it any? */
	unsigned near;        /* near-note-distance */
	bool mixed;           /* the note of the cluster before refers to several items */
	const csl_item *note_item;  /* the first that it refers to */
	const csl_cluster *before;
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
 * notes the whole note before, refers to; a note without citations between the two breaks the row (so citeproc-js).
 */
static const csl_cite *repeated(const memory *m, const csl_cluster *cluster)
{
	const csl_cluster *before = m->before;
	if (before && cluster->note != before->note && (m->mixed || before->note + 1 != cluster->note))
		return NULL;
	return only_cite(before);
}

static uint8_t position_of(const memory *m, const csl_cluster *cluster, unsigned at)
{
	const csl_cite *cite = &cluster->cites[at];
	uint32_t index = cite->item->index;
	if (!m->seen[index])
		return CSL_POSITION_FIRST;
	uint8_t position = CSL_POSITION_SUBSEQUENT;
	const csl_cite *last = at ? &cluster->cites[at - 1] : repeated(m, cluster);
	if (last && last->item == cite->item)
		position |= ibid(last, cite);
	bool near = !cluster->note ||
	            cluster->note - m->last_note[index] <= m->near; /* text has no distance: it is near */
	return position | (near ? CSL_POSITION_NEAR_NOTE : CSL_POSITION_FAR_NOTE);
}

/* Sets where a cite stands; true when what it says may change with that. */
static bool place_cite(memory *m, csl_placed *placed, unsigned at)
{
	const csl_cluster *cluster = &placed->cluster;
	csl_cite *cite = &cluster->cites[at];
	uint32_t index = cite->item->index;
	uint8_t position = cite->position_given ? cite->position : position_of(m, cluster, at);
	/* the first note is told by cites in other notes */
	uint32_t first_note = m->seen[index] && m->first_note[index] != cluster->note ? m->first_note[index] : 0;
	bool moved = cite->position != position ||
	             (cite->first_note != first_note && placed->uses & CSL_USES_FIRST_NOTE);
	cite->position = position;
	cite->first_note = first_note;
	if (!m->seen[index]) {
		m->seen[index] = 1;
		m->first_note[index] = cluster->note;
		cite->item->first_note = cluster->note ? cluster->note : cite->item->first_note;
	}
	m->last_note[index] = cluster->note;
	return moved;
}

static void note_items(memory *m, const csl_cluster *cluster)
{
	if (!cluster->note || !cluster->count)
		return;
	if (!m->before || m->before->note != cluster->note) {
		m->mixed = false;
		m->note_item = cluster->cites[0].item;
	}
	for (unsigned i = 0; i < cluster->count; i++)
		m->mixed |= cluster->cites[i].item != m->note_item;
}

/* A cluster that is just an author's name, in a sentence, is no citation of the work. */
static bool is_citation(const csl_cluster *cluster)
{
	bool author_only = cluster->mode == NKC_MODE_AUTHOR_ONLY;
	for (unsigned i = 0; i < cluster->count; i++)
		author_only |= cluster->cites[i].author_only;
	return !author_only;
}

/* In a sentence with a note nothing is "ibid.", but an author may have been named before. */
static void place_author(const memory *m, csl_placed *placed)
{
	for (unsigned i = 0; i < placed->cluster.count; i++) {
		csl_cite *cite = &placed->cluster.cites[i];
		uint8_t position = m->seen[cite->item->index] && placed->cluster.note ? CSL_POSITION_SUBSEQUENT
		                                                                     : CSL_POSITION_FIRST;
		placed->stale |= cite->position != position;
		cite->position = position;
	}
}

static void place_cluster(memory *m, csl_placed *placed)
{
	csl_cluster *cluster = &placed->cluster;
	if (!is_citation(cluster)) {
		place_author(m, placed);
		return;
	}
	for (unsigned i = 0; i < cluster->count; i++)
		placed->stale |= place_cite(m, placed, i);
	note_items(m, cluster);
	m->before = cluster;
}

static bool open_memory(memory *m, size_t items)
{
	m->first_note = nkc_calloc(items + 1, sizeof *m->first_note);
	m->last_note = nkc_calloc(items + 1, sizeof *m->last_note);
	m->seen = nkc_calloc(items + 1, sizeof *m->seen);
	return m->first_note && m->last_note && m->seen;
}

static void close_memory(memory *m)
{
	nkc_free(m->first_note);
	nkc_free(m->last_note);
	nkc_free(m->seen);
}

nkc_status csl_place(nkc_document *document)
{
	memory text = { .near = document->style->near_note_distance }, notes = text;
	bool opened = open_memory(&text, document->item_count) && open_memory(&notes, document->item_count);
	for (size_t i = 0; opened && i < document->cluster_count; i++) {
		csl_placed *placed = document->clusters[i];
		place_cluster(placed->cluster.note ? &notes : &text, placed);
	}
	close_memory(&text);
	close_memory(&notes);
	return opened ? NKC_OK : NKC_ENOMEM;
}
