/*
 * store.c: what a document holds: items and clusters, found by their ids.
 */
#include "csl/document.h"

#include "base/mem.h"

bool csl_make_place(void *array, size_t count, size_t *cap)
{
	if (count < *cap)
		return true;
	size_t wide = *cap ? *cap * 2 : 16;
	void **grown = nkc_realloc(*(void **)array, wide * sizeof *grown);
	if (!grown)
		return false;
	*(void ***)array = grown;
	*cap = wide;
	return true;
}

/* --- texts --- */

void csl_keep_none(nkc_str *kept)
{
	if (kept->len)
		nkc_free((char *)kept->ptr);
	*kept = NKC_STR("");
}

bool csl_keep(nkc_str *kept, nkc_str text)
{
	char *copy = text.len ? nkc_malloc(text.len) : NULL;
	csl_keep_none(kept);
	if (!copy)
		return !text.len;
	memcpy(copy, text.ptr, text.len);
	*kept = nkc_str_make(copy, text.len);
	return true;
}

/* --- items --- */

/* Ids that share a fingerprint try the next seed. */
csl_held *csl_held_find(const nkc_document *document, nkc_str id)
{
	for (uint64_t seed = 0;; seed++) {
		uint32_t index = nkc_set_get(&document->by_id, nkc_hash(id, seed));
		if (!index)
			return NULL;
		if (nkc_str_eq(document->items[index - 1]->item.id, id))
			return document->items[index - 1];
	}
}

/* The id stands behind the item, in one block with it. */
static csl_held *new_held(nkc_document *document, nkc_str id)
{
	csl_held *held = nkc_calloc(1, sizeof *held + id.len);
	if (!held)
		return NULL;
	char *name = (char *)(held + 1);
	memcpy(name, id.ptr, id.len);
	held->item.id = nkc_str_make(name, id.len);
	held->item.index = (uint32_t)document->item_count;
	held->entry.text = held->entry.names = NKC_STR("");
	return held;
}

csl_held *csl_held_name(nkc_document *document, nkc_str id)
{
	csl_held *held = csl_held_find(document, id);
	uint64_t seed = 0;
	uint32_t *index;
	bool added;
	if (held)
		return held;
	if (!csl_make_place(&document->items, document->item_count, &document->item_cap))
		return NULL;
	held = new_held(document, id);
	while (held && nkc_set_has(&document->by_id, nkc_hash(id, seed)))
		seed++;
	if (!held || nkc_set_add(&document->by_id, nkc_hash(id, seed), &added, &index)) {
		nkc_free(held);
		return NULL;
	}
	document->items[document->item_count] = held;
	*index = (uint32_t)++document->item_count;
	return held;
}

void csl_held_free(csl_held *held)
{
	csl_keys_free(held->keys);
	nkc_free(held->item.packed);
	nkc_free(held->given);
	nkc_free(held->names);
	csl_keep_none(&held->entry.text);
	csl_keep_none(&held->entry.names);
	nkc_free(held);
}

nkc_status nkc_document_put_object(nkc_document *document, const nkc_value *object)
{
	nkc_str id = nkc_value_text(nkc_value_find(object, NKC_STR("id")));
	csl_held *held = csl_held_name(document, id);
	csl_item item;
	if (!held)
		return NKC_ENOMEM;
	csl_document_begin(document);
	nkc_status status = csl_item_make(&item, document->scratch, &document->key, object, document->language,
	                                  document->style->shown);
	if (status)
		return status;
	item.id = held->item.id;
	item.index = held->item.index;
	item.number = held->item.number; /* its place in the document stays what it is until the update */
	item.first_note = held->item.first_note;
	item.choice = held->item.choice;
	nkc_free(held->item.packed);
	held->item = item;
	held->known = true;
	held->news |= CSL_NEW_DATA;
	document->stale = true;
	return NKC_OK;
}

nkc_status nkc_document_put_item(nkc_document *document, nkc_record *record)
{
	nkc_record_expand(record);
	nkc_status status = nkc_arena_status(nkc_record_arena(record));
	return status ? status : nkc_document_put_object(document, nkc_record_root(record));
}

nkc_status nkc_document_remove_item(nkc_document *document, nkc_str id)
{
	csl_held *held = csl_held_find(document, id);
	if (!held || !held->known)
		return NKC_ENOTFOUND;
	held->known = false;
	held->news |= CSL_NEW_DATA;
	document->stale = true;
	return NKC_OK;
}

nkc_status nkc_document_set_uncited(nkc_document *document, const nkc_str *ids, size_t count)
{
	csl_held **uncited = nkc_calloc(count ? count : 1, sizeof *uncited);
	nkc_status status = uncited ? NKC_OK : NKC_ENOMEM;
	bool unknown = false;
	for (size_t i = 0; i < count && !status; i++) {
		uncited[i] = csl_held_name(document, ids[i]);
		status = uncited[i] ? NKC_OK : NKC_ENOMEM;
		unknown |= uncited[i] && !uncited[i]->known;
	}
	if (status) {
		nkc_free(uncited);
		return status;
	}
	nkc_free(document->uncited);
	document->uncited = uncited;
	document->uncited_count = count;
	document->stale = true;
	return unknown ? NKC_ENOTFOUND : NKC_OK;
}

/* --- clusters --- */

void csl_placed_free(csl_placed *placed)
{
	if (placed)
		csl_keep_none(&placed->text);
	nkc_free(placed);
}

void csl_placed_fill(csl_placed *placed)
{
	placed->cluster.count = 0;
	placed->sort_uses = 0;
	for (unsigned i = 0; i < placed->given_count; i++) {
		if (csl_held_of(placed->given[i].item)->known)
			placed->cluster.cites[placed->cluster.count++] = placed->given[i];
	}
}

/* Slots of clusters that are gone stay with their fingerprint, for the next of that id. */
static csl_placed *find_named(const nkc_document *document, nkc_str id, uint32_t *free_slot)
{
	*free_slot = 0;
	for (uint64_t seed = 0;; seed++) {
		uint32_t slot = nkc_set_get(&document->by_name, nkc_hash(id, seed));
		if (!slot)
			return NULL;
		csl_placed *placed = document->named[slot - 1];
		if (placed && nkc_str_eq(placed->cluster.id, id))
			return placed;
		if (!placed && !*free_slot)
			*free_slot = slot;
	}
}

/* Brings `index` up to date for all clusters before `end`. */
static void index_clusters(nkc_document *document, size_t end)
{
	for (; document->indexed < end; document->indexed++)
		document->clusters[document->indexed]->index = document->indexed;
}

csl_placed *csl_placed_find(nkc_document *document, nkc_str id)
{
	uint32_t free_slot;
	csl_placed *placed = id.len ? find_named(document, id, &free_slot) : NULL;
	if (placed && (placed->index >= document->indexed || document->clusters[placed->index] != placed))
		index_clusters(document, document->cluster_count);
	return placed;
}

/* Gives a new cluster its slot by name. */
static nkc_status name_placed(nkc_document *document, csl_placed *placed)
{
	uint32_t slot, *index;
	uint64_t seed = 0;
	bool added;
	nkc_str id = placed->cluster.id;
	if (!id.len)
		return NKC_OK;
	(void)find_named(document, id, &slot);
	if (!slot) {
		if (!csl_make_place(&document->named, document->named_count, &document->named_cap))
			return NKC_ENOMEM;
		while (nkc_set_has(&document->by_name, nkc_hash(id, seed)))
			seed++;
		if (nkc_set_add(&document->by_name, nkc_hash(id, seed), &added, &index))
			return NKC_ENOMEM;
		*index = slot = (uint32_t)++document->named_count;
	}
	placed->slot = slot - 1;
	document->named[placed->slot] = placed;
	return NKC_OK;
}

/* CSL_POSITION_... bits of a position that the caller gives. */
static uint8_t forced_position(const nkc_cite *cite)
{
	static const uint8_t positions[] = {
		0,
		CSL_POSITION_FIRST,
		CSL_POSITION_SUBSEQUENT,
		CSL_POSITION_SUBSEQUENT | CSL_POSITION_IBID,
		CSL_POSITION_SUBSEQUENT | CSL_POSITION_IBID | CSL_POSITION_IBID_WITH_LOCATOR,
	};
	uint8_t position = cite->position < sizeof positions ? positions[cite->position] : 0;
	return cite->position && cite->near_note ? position | CSL_POSITION_NEAR_NOTE : position;
}

static nkc_str copy_text(char **at, nkc_str text)
{
	nkc_str copy = nkc_str_make(*at, text.len);
	if (text.len) /* a caller's struct of zeros has no pointers */
		memcpy(*at, text.ptr, text.len);
	*at += text.len;
	return copy;
}

/* One cite has no order: the cites in theirs are the same as those that were put in. */
static size_t ordered_count(const nkc_cluster *from)
{
	return from->count > 1 ? from->count : 0;
}

/* How many bytes a cluster and all that it says take. */
static size_t placed_size(const nkc_cluster *from)
{
	size_t size = sizeof(csl_placed) + (from->count + ordered_count(from)) * sizeof(csl_cite) + from->id.len;
	for (size_t i = 0; i < from->count; i++)
		size += from->cites[i].locator.len + from->cites[i].prefix.len + from->cites[i].suffix.len;
	return size + from->infix.len;
}

/* A locator may bring its own label, which counts: "vol. 1". */
static void read_label(const csl_locale *locale, csl_cite *cite)
{
	size_t length = locale && cite->locator.len ? csl_locator_read(locale, cite->locator, &cite->label) : 0;
	cite->locator = nkc_str_slice(cite->locator, length, cite->locator.len);
}

static csl_cite copy_cite(csl_held *held, const nkc_cite *from, char **at)
{
	csl_cite cite = {
		.item = &held->item,
		.locator = copy_text(at, nkc_str_trim(from->locator)),
		.label = csl_locator_find(from->label),
		.prefix = copy_text(at, from->prefix),
		.suffix = copy_text(at, from->suffix),
		.suppress_author = from->suppress_author,
		.author_only = from->author_only,
		.position = forced_position(from),
		.position_given = from->position != 0,
	};
	return cite;
}

/* A cite of an unknown item is kept for the day when the item comes; the status tells of it. */
static nkc_status make_placed(nkc_document *document, const nkc_cluster *from, csl_placed **out)
{
	nkc_status status = NKC_OK;
	csl_placed *placed = from->count < UINT16_MAX ? nkc_calloc(1, placed_size(from)) : NULL;
	*out = placed;
	if (!placed)
		return from->count < UINT16_MAX ? NKC_ENOMEM : NKC_ELIMIT;
	placed->text = NKC_STR("");
	placed->given = (csl_cite *)(placed + 1);
	placed->cluster.cites = placed->given + ordered_count(from);
	char *text = (char *)(placed->cluster.cites + from->count);
	placed->cluster.id = copy_text(&text, from->id);
	placed->cluster.infix = copy_text(&text, from->infix);
	placed->cluster.note = from->note;
	placed->cluster.mode = (uint8_t)from->mode;
	placed->given_count = (unsigned)from->count;
	for (size_t i = 0; i < from->count; i++) {
		csl_held *held = csl_held_name(document, from->cites[i].id);
		if (!held) {
			nkc_free(placed);
			*out = NULL;
			return NKC_ENOMEM;
		}
		placed->given[i] = copy_cite(held, &from->cites[i], &text);
		read_label(document->locale, &placed->given[i]);
		status = held->known ? status : NKC_ENOTFOUND;
	}
	placed->fresh = placed->stale = true;
	return status;
}

static void insert_at(nkc_document *document, csl_placed *placed, size_t at)
{
	memmove(document->clusters + at + 1, document->clusters + at,
	        (document->cluster_count - at) * sizeof *document->clusters);
	document->clusters[at] = placed;
	placed->index = at;
	document->cluster_count++;
	if (document->indexed == at)
		document->indexed++;
	else if (document->indexed > at)
		document->indexed = at + 1;
}

static void take_from(nkc_document *document, size_t at)
{
	document->cluster_count--;
	memmove(document->clusters + at, document->clusters + at + 1,
	        (document->cluster_count - at) * sizeof *document->clusters);
	if (document->indexed > at)
		document->indexed = at;
}

/* Where a cluster goes that is to stand before the one of that id; the end when there is none. */
static size_t place_before(nkc_document *document, nkc_str before)
{
	csl_placed *placed = csl_placed_find(document, before);
	return placed ? placed->index : document->cluster_count;
}

nkc_status nkc_document_put_cluster(nkc_document *document, const nkc_cluster *cluster, nkc_str before)
{
	csl_placed *placed = NULL, *old = csl_placed_find(document, cluster->id);
	nkc_status status = make_placed(document, cluster, &placed);
	if (!placed)
		return status;
	if (old) {
		placed->text = old->text; /* to tell whether the text changes */
		old->text = NKC_STR("");
		placed->fresh = old->fresh;
		placed->index = old->index;
		placed->slot = old->slot;
		document->clusters[old->index] = document->named[old->slot] = placed;
		csl_placed_free(old);
	} else if (!csl_make_place(&document->clusters, document->cluster_count, &document->cluster_cap) ||
	           name_placed(document, placed)) {
		csl_placed_free(placed);
		return NKC_ENOMEM;
	} else {
		insert_at(document, placed, place_before(document, before));
	}
	document->stale = true;
	return status;
}

nkc_status nkc_document_move_cluster(nkc_document *document, nkc_str id, nkc_str before)
{
	csl_placed *placed = csl_placed_find(document, id);
	if (!placed)
		return NKC_ENOTFOUND;
	if (nkc_str_eq(id, before))
		return NKC_OK;
	take_from(document, placed->index);
	insert_at(document, placed, place_before(document, before));
	document->stale = true;
	return NKC_OK;
}

nkc_status nkc_document_set_note(nkc_document *document, nkc_str id, uint32_t note)
{
	csl_placed *placed = csl_placed_find(document, id);
	if (!placed)
		return NKC_ENOTFOUND;
	document->stale |= placed->cluster.note != note;
	placed->cluster.note = note;
	return NKC_OK;
}

nkc_status nkc_document_remove_cluster(nkc_document *document, nkc_str id)
{
	csl_placed *placed = csl_placed_find(document, id);
	if (!placed)
		return NKC_ENOTFOUND;
	take_from(document, placed->index);
	document->named[placed->slot] = NULL;
	csl_placed_free(placed);
	document->stale = true;
	return NKC_OK;
}
