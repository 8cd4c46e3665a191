/*
 * update.c: the stages, one after the other, over a document that has changed.
 */
#include "base/mem.h"
#include "csl/render.h"

void csl_entries_free(nkc_document *document)
{
	for (size_t i = 0; i < document->entry_count; i++)
		nkc_buf_release(&document->entries[i].text);
	nkc_free(document->entries);
	document->entries = NULL;
	document->entry_count = 0;
}

/* What the document lists: cited items in the order of their first cite, then the uncited. */
static nkc_status gather(nkc_document *document)
{
	nkc_free(document->listed);
	document->listed = nkc_calloc(document->item_count ? document->item_count : 1, sizeof *document->listed);
	document->listed_count = 0;
	if (!document->listed)
		return NKC_ENOMEM;
	for (size_t i = 0; i < document->item_count; i++) {
		if (!document->items[i])
			continue;
		document->items[i]->cited = false;
		document->items[i]->number = document->items[i]->first_note = 0;
		document->items[i]->choice = (csl_choice){ 0 };
	}
	for (size_t i = 0; i < document->cluster_count; i++) {
		csl_cluster *cluster = &document->clusters[i]->cluster;
		for (unsigned k = 0; k < cluster->count; k++) {
			csl_item *item = cluster->cites[k].item;
			if (!item->cited)
				document->listed[document->listed_count++] = item;
			item->cited = true;
		}
	}
	for (size_t i = 0; i < document->uncited_count; i++) {
		if (!document->uncited[i]->cited)
			document->listed[document->listed_count++] = document->uncited[i];
		document->uncited[i]->cited = true;
	}
	return NKC_OK;
}

static void number_items(nkc_document *document)
{
	for (size_t i = 0; i < document->listed_count; i++)
		document->listed[i]->number = (uint32_t)i + 1;
}

/* Does a key sort by citation-number, downwards? Then the numbers run the other way, too. */
static bool counts_down(const csl_layout *layout)
{
	for (unsigned i = 0; i < layout->sort_key_count; i++) {
		if (layout->sort_keys[i].variable == NKC_VAR_CITATION_NUMBER)
			return layout->sort_keys[i].descending;
	}
	return false;
}

static nkc_status order(nkc_document *document)
{
	const csl_layout *layout = &document->style->layouts[CSL_BIBLIOGRAPHY];
	number_items(document); /* keys may ask for the number, which so far is that of the first cite */
	nkc_status status = NKC_OK;
	if (!document->unsorted)
		status = csl_order_items(document, layout, CSL_BIBLIOGRAPHY, document->listed, document->listed_count);
	number_items(document);
	for (size_t i = 0; !status && counts_down(layout) && i < document->listed_count; i++)
		document->listed[i]->number = (uint32_t)(document->listed_count - i);
	return status;
}

/* The events of a tree as text. */
static nkc_status write_tree(nkc_document *document, const csl_out *tree, nkc_buf *out)
{
	csl_events_clear(&document->events);
	csl_typeset(document->scratch, document->locale, tree, &document->events);
	nkc_markup_write(document->markup, &document->events, out);
	if (nkc_arena_status(document->scratch) || document->events.status)
		return NKC_ENOMEM;
	return nkc_buf_status(out);
}

static nkc_status render_cluster(nkc_document *document, csl_placed *placed)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_arena_reset(document->scratch);
	nkc_status status = write_tree(document, csl_render_cluster(document, &placed->cluster), &text);
	placed->changed = placed->fresh || !nkc_str_eq(nkc_buf_str(&text), nkc_buf_str(&placed->text));
	placed->fresh = false;
	nkc_buf_release(&placed->text);
	placed->text = text;
	return status;
}

static nkc_status render_entries(nkc_document *document)
{
	csl_entries_free(document);
	if (!document->style->layouts[CSL_BIBLIOGRAPHY].present || !document->listed_count)
		return NKC_OK;
	document->entries = nkc_calloc(document->listed_count, sizeof *document->entries);
	if (!document->entries)
		return NKC_ENOMEM;
	csl_subsequent before = { NKC_BUF_INIT, NKC_BUF_INIT, 0 };
	nkc_status status = NKC_OK;
	for (size_t i = 0; !status && i < document->listed_count; i++) {
		csl_entry *entry = &document->entries[document->entry_count];
		nkc_buf_init(&entry->text);
		entry->item = document->listed[i];
		nkc_arena_reset(document->scratch);
		csl_out *tree = csl_render_entry(document, entry->item, &before);
		if (csl_out_empty(tree)) /* an item that this style does not list */
			continue;
		status = write_tree(document, tree, &entry->text);
		document->entry_count++;
	}
	csl_subsequent_release(&before);
	return status;
}

nkc_status nkc_document_update(nkc_document *document)
{
	if (!document->stale)
		return NKC_OK;
	nkc_status status = gather(document);
	if (!status)
		status = order(document);
	if (!status)
		status = csl_order_cites(document);
	if (!status) {
		csl_place(document);
		status = csl_disambiguate(document);
	}
	for (size_t i = 0; !status && i < document->cluster_count; i++)
		status = render_cluster(document, document->clusters[i]);
	if (!status)
		status = render_entries(document);
	document->stale = status != NKC_OK;
	return status;
}
