/*
 * document.c: the driver. Changes mark the document stale; an update runs the stages over it.
 */
#include "csl/document.h"

#include "base/mem.h"
#include "csl/render.h"

/* --- life --- */

nkc_status nkc_document_new(nkc_document **out, const nkc_style *style, nkc_locales *locales, nkc_str language,
                            const nkc_markup *markup, nkc_diags *diags)
{
	*out = NULL;
	nkc_document *document = nkc_calloc(1, sizeof *document);
	if (!document)
		return NKC_ENOMEM;
	document->style = style;
	document->markup = markup;
	document->diags = diags;
	document->by_id = (nkc_set)NKC_MAP_INIT;
	nkc_buf_init(&document->key);
	document->arena = nkc_arena_new();
	document->scratch = nkc_arena_new();
	nkc_status status = document->arena && document->scratch ? NKC_OK : NKC_ENOMEM;
	if (!status) {
		nkc_str wanted = language.len                ? language
		                 : style->default_locale.len ? style->default_locale
		                                             : NKC_STR("en-US");
		document->language = nkc_arena_str(document->arena, wanted);
		status = csl_locale_resolve(style, locales, document->language, document->arena, diags,
		                            &document->locale);
	}
	if (!status)
		status = nkc_collator_open(&document->collator, document->language);
	if (status) {
		nkc_document_free(document);
		return status;
	}
	*out = document;
	return NKC_OK;
}

static void free_cluster(csl_placed *placed)
{
	nkc_arena_free(placed->arena);
	nkc_buf_release(&placed->text);
	nkc_free(placed);
}

void nkc_document_free(nkc_document *document)
{
	if (!document)
		return;
	for (size_t i = 0; i < document->cluster_count; i++)
		free_cluster(document->clusters[i]);
	csl_entries_free(document);
	nkc_free(document->clusters);
	nkc_free(document->items);
	nkc_free(document->uncited);
	nkc_free(document->listed);
	nkc_set_release(&document->by_id);
	csl_events_release(&document->events);
	nkc_buf_release(&document->key);
	nkc_collator_close(document->collator);
	nkc_arena_free(document->scratch);
	nkc_arena_free(document->arena);
	nkc_free(document);
}

/* --- items --- */

/* Grows an array of pointers by one place. */
static bool make_place(void *array, size_t count, size_t *cap)
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

static csl_item *find_item(nkc_document *document, nkc_str id)
{
	uint32_t *index;
	bool added;
	uint64_t hash = nkc_hash(id, 0);
	if (!nkc_set_has(&document->by_id, hash) || nkc_set_add(&document->by_id, hash, &added, &index) || !*index)
		return NULL;
	csl_item *item = document->items[*index - 1];
	return item && nkc_str_eq(item->id, id) ? item : NULL;
}

static nkc_status add_item(nkc_document *document, nkc_str id, csl_item **out)
{
	uint32_t *index;
	bool added;
	csl_item *item = nkc_arena_alloc(document->arena, sizeof *item);
	if (!item || !make_place(&document->items, document->item_count, &document->item_cap))
		return NKC_ENOMEM;
	nkc_status status = nkc_set_add(&document->by_id, nkc_hash(id, 0), &added, &index);
	if (status)
		return status;
	document->items[document->item_count] = item;
	*index = (uint32_t)++document->item_count;
	*out = item;
	return NKC_OK;
}

nkc_status nkc_document_put_item(nkc_document *document, nkc_record *record)
{
	nkc_record_expand(record);
	return nkc_document_put_object(document, nkc_record_root(record));
}

nkc_status nkc_document_put_object(nkc_document *document, const nkc_value *object)
{
	nkc_str id = nkc_value_text(nkc_value_find(object, NKC_STR("id")));
	csl_item *item = find_item(document, id);
	uint32_t index = item ? item->index : (uint32_t)document->item_count;
	nkc_status status = item ? NKC_OK : add_item(document, id, &item);
	if (!status)
		status = csl_item_make(item, document->arena, object, document->language);
	if (!status)
		item->index = index;
	document->stale = true;
	return status;
}

nkc_status nkc_document_remove_item(nkc_document *document, nkc_str id)
{
	csl_item *item = find_item(document, id);
	if (!item)
		return NKC_ENOTFOUND;
	uint32_t *index;
	bool added;
	nkc_set_add(&document->by_id, nkc_hash(id, 0), &added, &index);
	*index = 0;
	document->items[item->index] = NULL;
	document->stale = true;
	return NKC_OK;
}

nkc_status nkc_document_set_uncited(nkc_document *document, const nkc_str *ids, size_t count)
{
	csl_item **uncited = nkc_calloc(count ? count : 1, sizeof *uncited);
	if (!uncited)
		return NKC_ENOMEM;
	nkc_free(document->uncited);
	document->uncited = uncited;
	document->uncited_count = 0;
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < count; i++) {
		csl_item *item = find_item(document, ids[i]);
		if (item)
			uncited[document->uncited_count++] = item;
		else
			status = NKC_ENOTFOUND;
	}
	document->stale = true;
	return status;
}

void nkc_document_set_unsorted(nkc_document *document, bool unsorted)
{
	document->unsorted = unsorted;
	document->stale = true;
}

/* --- clusters --- */

static size_t find_cluster(const nkc_document *document, nkc_str id)
{
	size_t i = 0;
	while (i < document->cluster_count && !nkc_str_eq(document->clusters[i]->cluster.id, id))
		i++;
	return i;
}

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

static nkc_status copy_cite(nkc_document *document, csl_placed *placed, const nkc_cite *from, csl_cite *cite)
{
	csl_item *item = find_item(document, from->id);
	if (!item)
		return NKC_ENOTFOUND;
	*cite = (csl_cite){
		.item = item,
		.locator = nkc_arena_str(placed->arena, nkc_str_trim(from->locator)),
		.label = csl_locator_find(from->label),
		.prefix = nkc_arena_str(placed->arena, from->prefix),
		.suffix = nkc_arena_str(placed->arena, from->suffix),
		.suppress_author = from->suppress_author,
		.author_only = from->author_only,
		.position = forced_position(from),
		.position_given = from->position != 0,
	};
	return NKC_OK;
}

/* A cite of an unknown item is left out, and told by the status; the rest stands. */
static nkc_status make_cluster(nkc_document *document, const nkc_cluster *from, csl_placed **out)
{
	csl_placed *placed = nkc_calloc(1, sizeof *placed);
	if (!placed)
		return NKC_ENOMEM;
	nkc_buf_init(&placed->text);
	placed->arena = nkc_arena_new();
	csl_cite *cites = placed->arena ? nkc_arena_alloc(placed->arena, (from->count + 1) * sizeof *cites) : NULL;
	if (!cites) {
		free_cluster(placed);
		return NKC_ENOMEM;
	}
	nkc_status status = NKC_OK;
	placed->cluster = (csl_cluster){ .cites = cites, .note = from->note, .composite = from->composite,
		                         .id = nkc_arena_str(placed->arena, from->id) };
	for (size_t i = 0; i < from->count; i++) {
		nkc_status found = copy_cite(document, placed, &from->cites[i], &cites[placed->cluster.count]);
		placed->cluster.count += found == NKC_OK;
		status = found ? found : status;
	}
	placed->fresh = true;
	*out = placed;
	return status;
}

nkc_status nkc_document_put_cluster(nkc_document *document, const nkc_cluster *cluster, nkc_str before)
{
	csl_placed *placed = NULL;
	nkc_status status = make_cluster(document, cluster, &placed);
	if (!placed)
		return status;
	size_t at = cluster->id.len ? find_cluster(document, cluster->id) : document->cluster_count;
	if (at < document->cluster_count) {
		nkc_buf old = document->clusters[at]->text; /* to tell whether the text changes */
		nkc_buf_init(&document->clusters[at]->text);
		free_cluster(document->clusters[at]);
		placed->text = old;
		placed->fresh = false;
		document->clusters[at] = placed;
	} else if (!make_place(&document->clusters, document->cluster_count, &document->cluster_cap)) {
		free_cluster(placed);
		return NKC_ENOMEM;
	} else {
		at = before.len ? find_cluster(document, before) : document->cluster_count;
		memmove(document->clusters + at + 1, document->clusters + at,
		        (document->cluster_count - at) * sizeof *document->clusters);
		document->clusters[at] = placed;
		document->cluster_count++;
	}
	document->stale = true;
	return status;
}

nkc_status nkc_document_remove_cluster(nkc_document *document, nkc_str id)
{
	size_t at = find_cluster(document, id);
	if (at == document->cluster_count)
		return NKC_ENOTFOUND;
	free_cluster(document->clusters[at]);
	document->cluster_count--;
	memmove(document->clusters + at, document->clusters + at + 1,
	        (document->cluster_count - at) * sizeof *document->clusters);
	document->stale = true;
	return NKC_OK;
}

/* --- results --- */

size_t nkc_document_cluster_count(nkc_document *document)
{
	return document->cluster_count;
}

nkc_status nkc_document_cluster(nkc_document *document, size_t index, nkc_str *id, nkc_str *text)
{
	nkc_status status = nkc_document_update(document);
	if (status)
		return status;
	if (index >= document->cluster_count)
		return NKC_ENOTFOUND;
	*id = document->clusters[index]->cluster.id;
	*text = nkc_buf_str(&document->clusters[index]->text);
	return NKC_OK;
}

bool nkc_document_cluster_changed(nkc_document *document, size_t index)
{
	return index < document->cluster_count && document->clusters[index]->changed;
}

nkc_status nkc_document_entry_count(nkc_document *document, size_t *count)
{
	nkc_status status = nkc_document_update(document);
	*count = document->entry_count;
	if (status)
		return status;
	return document->style->layouts[CSL_BIBLIOGRAPHY].present ? NKC_OK : NKC_ENOTFOUND;
}

nkc_status nkc_document_entry(nkc_document *document, size_t index, nkc_str *id, nkc_str *text)
{
	nkc_status status = nkc_document_update(document);
	if (status)
		return status;
	if (index >= document->entry_count)
		return NKC_ENOTFOUND;
	*id = document->entries[index].item->id;
	*text = nkc_buf_str(&document->entries[index].text);
	return NKC_OK;
}
