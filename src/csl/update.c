/*
 * update.c: the stages, one after the other, over a document that has changed.
 *
 * What is cheap (who is cited where, in which order) is swept over; what is dear (keys, evaluations, text) is made only
 * where something that it depends on is new.
 */
#include "base/mem.h"
#include "csl/render.h"

/* --- gather (stage 1) --- */

/* What was made of an item's values is out of date with them. */
static void forget_made(nkc_document *document, csl_held *held)
{
	csl_keys_free(held->keys);
	held->keys = NULL;
	held->entry.made = false;
	csl_classes_drop(document, held);
}

static void begin_items(nkc_document *document)
{
	for (size_t i = 0; i < document->item_count; i++) {
		csl_held *held = document->items[i];
		held->listed = false;
		held->was_number = held->item.number;
		held->was_note = held->item.first_note;
		held->item.number = held->item.first_note = 0;
		held->entry.changed &= document->lost;
		if (held->news & CSL_NEW_DATA)
			forget_made(document, held);
	}
}

/* Numbers an item when it is met first; true then. */
static bool meet(csl_held *held, uint32_t *number)
{
	if (!held->known || held->listed)
		return false;
	held->listed = true;
	held->item.number = ++*number;
	return true;
}

/* A cluster whose items came, went or changed gets its cites anew. */
static void look_at_cluster(const nkc_document *document, csl_placed *placed)
{
	placed->changed &= document->lost;
	for (unsigned i = 0; i < placed->given_count; i++)
		placed->filled &= !(csl_held_of(placed->given[i].item)->news & CSL_NEW_DATA);
}

/*
 * What the document lists: cited items in the order of their first cite, then the uncited; `item.number` counts them. In
 * `listed` those come first that were there before, in the order that they had.
 */
static nkc_status gather(nkc_document *document)
{
	csl_held **met = nkc_calloc(document->item_count ? document->item_count : 1, sizeof *met);
	uint32_t count = 0;
	if (!met)
		return NKC_ENOMEM;
	begin_items(document);
	for (size_t i = 0; i < document->cluster_count; i++) {
		csl_placed *placed = document->clusters[i];
		look_at_cluster(document, placed);
		for (unsigned k = 0; k < placed->given_count; k++) {
			csl_held *held = csl_held_of(placed->given[k].item);
			if (meet(held, &count))
				met[count - 1] = held;
		}
	}
	for (size_t i = 0; i < document->uncited_count; i++) {
		if (meet(document->uncited[i], &count))
			met[count - 1] = document->uncited[i];
	}
	for (size_t i = 0; i < document->listed_count; i++) {
		if (!document->listed[i]->listed)
			csl_classes_drop(document, document->listed[i]);
	}
	nkc_free(document->met);
	document->met = met;
	document->met_count = count;
	return NKC_OK;
}

/* --- order (stage 2) --- */

/* Does a key sort by citation-number, downwards? Then the numbers run the other way, too. */
static bool counts_down(const csl_layout *layout)
{
	for (unsigned i = 0; i < layout->sort_key_count; i++) {
		if (layout->sort_keys[i].variable == NKC_VAR_CITATION_NUMBER)
			return layout->sort_keys[i].descending;
	}
	return false;
}

/*
 * Those listed before whose keys are the same, in their order, and the others behind them. Returns how many are known to
 * be in order: as long as first cites follow each other as they did, and no key counts them, that is the former.
 */
static size_t start_order(nkc_document *document, csl_held **listed)
{
	size_t kept = 0, count;
	uint32_t last = 0;
	bool steady = document->sorted && !document->counted_keys;
	for (size_t i = 0; i < document->listed_count; i++) {
		if (document->listed[i]->listed && !(document->listed[i]->news & CSL_NEW_DATA))
			listed[kept++] = document->listed[i];
	}
	count = kept;
	for (size_t i = 0; i < document->met_count; i++) {
		csl_held *held = document->met[i];
		if (!held->was_number || held->news & CSL_NEW_DATA) {
			listed[count++] = held;
		} else {
			steady &= held->met > last;
			last = held->met;
		}
		held->met = (uint32_t)i + 1;
	}
	return steady ? kept : 0;
}

static void number_items(nkc_document *document)
{
	bool down = counts_down(&document->style->layouts[CSL_BIBLIOGRAPHY]);
	size_t count = document->listed_count;
	for (size_t i = 0; i < count; i++) {
		csl_held *held = document->listed[i];
		held->rank = (uint32_t)i;
		held->item.number = (uint32_t)(down ? count - i : i + 1);
		if (held->item.number != held->was_number)
			held->news |= CSL_NEW_NUMBER;
	}
}

/* Keys may ask for the number, which until then is that of the first cite. */
static nkc_status order(nkc_document *document)
{
	bool sorts = document->style->layouts[CSL_BIBLIOGRAPHY].sort_key_count && !document->unsorted;
	size_t count = document->met_count;
	csl_held **listed = nkc_calloc(count ? count : 1, sizeof *listed);
	nkc_status status = listed ? NKC_OK : NKC_ENOMEM;
	if (status)
		return status;
	if (sorts) {
		size_t ordered = start_order(document, listed);
		status = csl_order_items(document, listed, ordered, count);
	} else {
		memcpy(listed, document->met, count * sizeof *listed);
	}
	document->sorted = sorts;
	nkc_free(document->listed);
	document->listed = listed;
	document->listed_count = count;
	number_items(document);
	return status;
}

/* --- clusters --- */

nkc_status csl_write_tree(nkc_document *document, const csl_out *tree, nkc_buf *out)
{
	csl_events_clear(&document->events);
	csl_typeset(document->scratch, document->locale, tree, &document->events);
	nkc_markup_write(document->markup, &document->events, out);
	if (nkc_arena_status(document->scratch) || document->events.status || nkc_buf_status(&document->key))
		return NKC_ENOMEM;
	return nkc_buf_status(out);
}

/* What is new about items that a rendering with those uses shows. */
static unsigned news_of(unsigned uses)
{
	return CSL_NEW_DATA | CSL_NEW_CHOICE | (uses & CSL_USES_NUMBER ? CSL_NEW_NUMBER : 0);
}

static bool is_stale(const csl_placed *placed)
{
	unsigned news = news_of(placed->uses);
	bool stale = placed->stale;
	for (unsigned i = 0; !stale && i < placed->cluster.count; i++)
		stale = csl_held_of(placed->cluster.cites[i].item)->news & news;
	return stale;
}

/* Keeps what was rendered last. */
static nkc_status keep_text(nkc_document *document, nkc_str *kept, bool *changed)
{
	nkc_str text = nkc_buf_str(&document->text);
	if (nkc_str_eq(text, *kept))
		return NKC_OK;
	*changed = true;
	return csl_keep(kept, text) ? NKC_OK : NKC_ENOMEM;
}

/* What was left out of a rendering is told with the item that it began with. */
static void tell_limit(nkc_document *document, const csl_item *first)
{
	if (document->spent > CSL_TEXT_MAX)
		nkc_diags_add(document->diags, NKC_CODE_STYLE_LIMIT, NULL, NULL,
		              "\"%.*s\" is not rendered whole: its variables give more than %d MiB of text",
		              NKC_STR_ARG(first->id), (int)(CSL_TEXT_MAX >> 20));
}

static nkc_status render_cluster(nkc_document *document, csl_placed *placed)
{
	csl_document_begin(document);
	nkc_buf_clear(&document->text);
	nkc_status status = csl_write_cluster(document, &placed->cluster, &document->text);
	if (!status)
		status = keep_text(document, &placed->text, &placed->changed);
	if (status)
		return status;
	if (placed->cluster.count)
		tell_limit(document, placed->cluster.cites[0].item);
	placed->uses = document->uses;
	placed->changed |= placed->fresh;
	placed->fresh = placed->stale = false;
	return NKC_OK;
}

static void note_first_notes(nkc_document *document)
{
	for (size_t i = 0; i < document->met_count; i++) {
		csl_held *held = document->met[i];
		held->news |= held->item.first_note != held->was_note ? CSL_NEW_NOTE : 0;
	}
}

static nkc_status render_clusters(nkc_document *document)
{
	nkc_status status = NKC_OK;
	for (size_t i = 0; !status && i < document->cluster_count; i++) {
		if (is_stale(document->clusters[i]))
			status = render_cluster(document, document->clusters[i]);
	}
	return status;
}

/* Lists the clusters that have changed. */
static nkc_status list_changes(nkc_document *document)
{
	size_t count = 0;
	for (size_t i = 0; i < document->cluster_count; i++)
		count += document->clusters[i]->changed;
	size_t *changes = nkc_calloc(count ? count : 1, sizeof *changes);
	if (!changes)
		return NKC_ENOMEM;
	nkc_free(document->changes);
	document->changes = changes;
	document->change_count = 0;
	for (size_t i = 0; i < document->cluster_count; i++) {
		if (document->clusters[i]->changed)
			changes[document->change_count++] = i;
	}
	return NKC_OK;
}

/* --- entries --- */

/* A fingerprint of what subsequent-author-substitute compares with. */
static uint64_t above_mark(const csl_entry *above)
{
	return above ? nkc_hash(above->names, above->name_count) : 0;
}

static nkc_status render_entry(nkc_document *document, csl_held *held, const csl_entry *above)
{
	csl_entry *entry = &held->entry;
	csl_document_begin(document);
	nkc_buf_clear(&document->text);
	const csl_out *tree = csl_render_entry(document, &held->item, above, entry);
	bool empty = csl_out_empty(tree);
	nkc_status status = nkc_arena_status(document->scratch);
	if (!status && !empty)
		status = csl_write_tree(document, tree, &document->text);
	if (!status)
		status = keep_text(document, &entry->text, &entry->changed);
	if (status || entry->failed)
		return NKC_ENOMEM;
	tell_limit(document, &held->item);
	entry->uses = document->uses;
	entry->label_width = empty ? 0 : csl_label_width(&document->events);
	entry->above = above_mark(above);
	entry->made = true;
	entry->empty = empty;
	return NKC_OK;
}

bool csl_entry_is_below(const nkc_document *document, const csl_entry *entry, const csl_entry *above)
{
	return !document->style->has_subsequent_substitute || entry->above == above_mark(above);
}

static bool is_entry_stale(const nkc_document *document, const csl_held *held, const csl_entry *above)
{
	const csl_entry *entry = &held->entry;
	return !entry->made || held->news & news_of(entry->uses) || !csl_entry_is_below(document, entry, above);
}

static nkc_status render_entries(nkc_document *document)
{
	if (!document->style->layouts[CSL_BIBLIOGRAPHY].present)
		return NKC_OK;
	csl_held **entries = nkc_calloc(document->listed_count ? document->listed_count : 1, sizeof *entries);
	nkc_status status = entries ? NKC_OK : NKC_ENOMEM;
	const csl_entry *above = NULL;
	size_t count = 0;
	bool moved = false;
	for (size_t i = 0; !status && i < document->listed_count; i++) {
		csl_held *held = document->listed[i];
		if (is_entry_stale(document, held, above))
			status = render_entry(document, held, above);
		above = &held->entry;
		if (held->entry.empty) /* an item that this style does not list */
			continue;
		moved |= count >= document->entry_count || document->entries[count] != held;
		held->entry.changed |= !held->entry.listed;
		entries[count++] = held;
	}
	if (status) {
		nkc_free(entries);
		return status;
	}
	document->moved = moved || count != document->entry_count;
	for (size_t i = 0; i < document->entry_count; i++)
		document->entries[i]->entry.listed = false;
	nkc_free(document->entries);
	document->entries = entries;
	document->entry_count = count;
	for (size_t i = 0; i < count; i++)
		entries[i]->entry.listed = true;
	return NKC_OK;
}

/* --- all together --- */

/* After a failure nothing that was made is to be trusted. Texts stay, to tell what changes. */
static void forget_all(nkc_document *document)
{
	csl_classes_free(document);
	document->listed_count = 0;
	for (size_t i = 0; i < document->item_count; i++) {
		document->items[i]->news |= CSL_NEW_DATA;
		document->items[i]->item.number = 0;
	}
}

/* Everything is up to date: nothing is news any more. */
static void end_items(nkc_document *document)
{
	for (size_t i = 0; i < document->item_count; i++)
		document->items[i]->news = 0;
}

/* Brings cites in order and sets their positions, where that is new about them. */
static nkc_status place(nkc_document *document, unsigned news)
{
	bool any = false;
	nkc_status status = csl_order_cites(document, news, &any);
	return status || (!any && news == CSL_NEW_CHOICE) ? status : csl_place(document);
}

static nkc_status run_stages(nkc_document *document)
{
	nkc_status status = gather(document);
	if (!status)
		status = order(document);
	if (!status)
		status = place(document, CSL_NEW_NUMBER);
	if (!status) {
		note_first_notes(document);
		status = csl_disambiguate(document);
	}
	if (!status) /* by what they show now: "Ng, Li" and "Ng, Ma" have an order, "Ng et al." twice has none */
		status = place(document, CSL_NEW_CHOICE);
	if (!status)
		status = render_clusters(document);
	if (!status)
		status = list_changes(document);
	if (!status)
		status = render_entries(document);
	return status;
}

nkc_status nkc_document_update(nkc_document *document)
{
	if (!document->stale)
		return NKC_OK;
	if (document->lost)
		forget_all(document);
	nkc_status status = run_stages(document);
	document->lost = status != NKC_OK;
	document->stale = status != NKC_OK;
	if (!status)
		end_items(document);
	return status;
}
