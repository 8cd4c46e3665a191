/*
 * document.c: a document's life and its results.
 */
#include "csl/abbreviate.h"
#include "csl/render.h"

#include "base/mem.h"

/* --- life --- */

static nkc_status open_locale(nkc_document *document, nkc_locales *locales, nkc_str language)
{
	const nkc_style *style = document->style;
	nkc_str wanted = language.len                ? language
	                 : style->default_locale.len ? style->default_locale
	                                             : NKC_STR("en-US");
	document->language = nkc_arena_str(document->arena, wanted);
	nkc_status status = csl_locale_resolve(style, locales, document->language, document->arena, document->diags,
	                                       &document->locale);
	if (!status)
		status = nkc_collator_open(&document->collator, document->language);
	return status ? status : nkc_arena_status(document->arena);
}

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
	document->links = true;
	document->by_id = document->by_name = (nkc_set)NKC_MAP_INIT;
	nkc_buf_init(&document->key);
	nkc_buf_init(&document->text);
	document->arena = nkc_arena_new();
	document->scratch = nkc_arena_new();
	bool made = document->arena && document->scratch;
	nkc_status status = made ? open_locale(document, locales, language) : NKC_ENOMEM;
	if (status) {
		nkc_document_free(document);
		return status;
	}
	*out = document;
	return NKC_OK;
}

void nkc_document_free(nkc_document *document)
{
	if (!document)
		return;
	csl_abbreviations_free(document->abbreviations);
	csl_classes_free(document);
	for (size_t i = 0; i < document->cluster_count; i++)
		csl_placed_free(document->clusters[i]);
	for (size_t i = 0; i < document->item_count; i++)
		csl_held_free(document->items[i]);
	nkc_free(document->clusters);
	nkc_free(document->named);
	nkc_set_release(&document->by_name);
	nkc_free(document->items);
	nkc_set_release(&document->by_id);
	nkc_free(document->uncited);
	nkc_free(document->met);
	nkc_free(document->listed);
	nkc_free(document->entries);
	nkc_free(document->changes);
	csl_events_release(&document->events);
	nkc_buf_release(&document->key);
	nkc_buf_release(&document->text);
	nkc_collator_close(document->collator);
	nkc_arena_free(document->scratch);
	nkc_arena_free(document->arena);
	nkc_free(document);
}

void nkc_document_set_unsorted(nkc_document *document, bool unsorted)
{
	if (document->unsorted == unsorted)
		return;
	document->unsorted = unsorted;
	document->stale = true;
	for (size_t i = 0; i < document->cluster_count; i++)
		document->clusters[i]->filled = false;
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
	*text = document->clusters[index]->text;
	return NKC_OK;
}

nkc_status nkc_document_find_cluster(nkc_document *document, nkc_str id, size_t *index)
{
	const csl_placed *placed = csl_placed_find(document, id);
	if (!placed)
		return NKC_ENOTFOUND;
	*index = placed->index;
	return NKC_OK;
}

bool nkc_document_cluster_changed(nkc_document *document, size_t index)
{
	return index < document->cluster_count && document->clusters[index]->changed;
}

nkc_status nkc_document_changes(nkc_document *document, const size_t **indexes, size_t *count)
{
	nkc_status status = nkc_document_update(document);
	*indexes = document->changes;
	*count = status ? 0 : document->change_count;
	return status;
}

nkc_status nkc_document_entry_count(nkc_document *document, size_t *count)
{
	nkc_status status = nkc_document_update(document);
	*count = status ? 0 : document->entry_count;
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
	*id = document->entries[index]->item.id;
	*text = document->entries[index]->entry.text;
	return NKC_OK;
}

bool nkc_document_entry_changed(nkc_document *document, size_t index)
{
	return index < document->entry_count && document->entries[index]->entry.changed;
}

bool nkc_document_entries_moved(nkc_document *document)
{
	return document->moved;
}
