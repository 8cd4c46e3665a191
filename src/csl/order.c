/*
 * order.c: sorting by style keys (stages 2 and 3; specification, "Sorting").
 *
 * Every key of every item is made once, as bytes whose memcmp order is the wanted one.
 */
#include "csl/document.h"

#include "base/mem.h"

/* One item or cite with its keys, a text each; an empty text is an empty key. */
typedef struct row {
	csl_held *held;
	size_t place; /* among equals: the less the earlier */
	const nkc_str *keys;
} row;

/* --- keys --- */

static csl_out *eval_macro(csl_eval *eval, const csl_macro *macro)
{
	csl_out *node = csl_out_group(eval->arena, NULL, NKC_STR(""));
	csl_eval_children(eval, macro->children, macro->child_count, node);
	return node;
}

/* The text that a key sorts by. */
static nkc_str key_text(nkc_document *document, csl_eval *eval, const csl_sort_key *key)
{
	nkc_buf *plain = &document->key;
	nkc_buf_clear(plain);
	if (key->macro) {
		csl_out_plain(eval_macro(eval, key->macro), plain);
		return nkc_buf_str(plain);
	}
	switch (nkc_var_kind(key->variable)) {
	case NKC_KIND_NAMES: return csl_names_sort_text(eval, key->variable);
	case NKC_KIND_DATE: return csl_date_sort_text(eval, key->variable);
	case NKC_KIND_NUMBER: return csl_number_sort_text(eval, csl_eval_variable(eval, key->variable));
	default:
		csl_out_plain(csl_richtext(eval->arena, csl_eval_variable(eval, key->variable)), plain);
		return nkc_buf_str(plain);
	}
}

/* Quotation marks and brackets do not count, nor does an apostrophe at the start ("'t Hooft"). */
static nkc_str without_marks(nkc_arena *arena, nkc_str text)
{
	char *plain = nkc_arena_alloc(arena, text.len + 1);
	size_t len = 0, at = 0;
	while (at < text.len && plain) {
		nkc_str rest = nkc_str_slice(text, at, text.len);
		bool curly = rest.len > 2 && nkc_str_starts(rest, NKC_STR("\xe2\x80")) &&
		             strchr("\x98\x99\x9c\x9d", rest.ptr[2]);
		bool apostrophe = rest.ptr[0] == '\'' || (curly && rest.ptr[2] == '\x99');
		if (strchr("[]\",", rest.ptr[0]) || (curly && !apostrophe) || (apostrophe && len == 0)) {
			at += curly ? 3 : 1;
			continue;
		}
		plain[len++] = text.ptr[at++];
	}
	return plain ? nkc_str_make(plain, len) : text;
}

/* Appends the bytes of one key. Disambiguation comes after sorting: a key knows nothing of it. */
static void put_key(nkc_document *document, csl_area area, csl_item *item, const csl_cite *cite,
                    const csl_sort_key *key, nkc_buf *bytes)
{
	static const csl_choice none = { 0 };
	csl_eval eval;
	nkc_arena_reset(document->scratch);
	csl_document_eval(document, &eval, area, item, cite);
	eval.choice = &none;
	eval.sorting = true;
	eval.sort_key = key;
	nkc_str text = without_marks(document->scratch, nkc_str_trim(key_text(document, &eval, key)));
	if (text.len && nkc_collator_key(document->collator, text, bytes))
		bytes->status = NKC_ENOMEM;
	if (nkc_arena_status(document->scratch) || nkc_buf_status(&document->key))
		bytes->status = NKC_ENOMEM;
}

/* The keys of a layout for an item, as one block that begins with the texts; NULL: out of memory. */
static nkc_str *make_keys(nkc_document *document, csl_area area, csl_item *item, const csl_cite *cite)
{
	const csl_layout *layout = &document->style->layouts[area];
	unsigned count = layout->sort_key_count;
	nkc_buf bytes = NKC_BUF_INIT;
	size_t head = count * sizeof(nkc_str), from = 0;
	nkc_str *keys = nkc_calloc(count, sizeof *keys);
	for (unsigned i = 0; keys && i < count; i++) {
		put_key(document, area, item, cite, &layout->sort_keys[i], &bytes);
		keys[i].len = bytes.len - from;
		from = bytes.len;
	}
	nkc_str *block = keys && !nkc_buf_status(&bytes) ? nkc_realloc(keys, head + bytes.len) : NULL;
	if (block) {
		memcpy((char *)block + head, bytes.ptr, bytes.len);
		for (unsigned i = 0; i < count; head += block[i++].len)
			block[i].ptr = (char *)block + head;
	} else {
		nkc_free(keys);
	}
	nkc_buf_release(&bytes);
	return block;
}

/* --- sorting --- */

static int compare_rows(const csl_layout *layout, const row *a, const row *b)
{
	for (unsigned i = 0; i < layout->sort_key_count; i++) {
		nkc_str x = a->keys[i], y = b->keys[i];
		if (!x.len || !y.len) {
			if (x.len != y.len)
				return x.len ? -1 : 1; /* empty last, in both directions */
			continue;
		}
		int order = nkc_str_cmp(x, y);
		if (order)
			return layout->sort_keys[i].descending ? -order : order;
	}
	return (a->place > b->place) - (a->place < b->place);
}

/* A merge sort: n log n whatever comes, and n where little is out of order. */
static void merge(const csl_layout *layout, row *rows, row *room, size_t count)
{
	if (count < 2)
		return;
	size_t half = count / 2;
	merge(layout, rows, room, half);
	merge(layout, rows + half, room, count - half);
	if (compare_rows(layout, &rows[half - 1], &rows[half]) <= 0)
		return;
	memcpy(room, rows, half * sizeof *rows);
	size_t left = 0, right = half, at = 0;
	while (left < half && right < count) {
		bool take_right = compare_rows(layout, &room[left], &rows[right]) > 0;
		rows[at++] = take_right ? rows[right++] : room[left++];
	}
	memcpy(rows + at, room + left, (half - left) * sizeof *rows);
}

/* --- the bibliography --- */

/* Makes the keys of an item where there are none, or what they say has changed. */
static nkc_status update_keys(nkc_document *document, csl_held *held)
{
	bool current = held->keys && !(held->news & CSL_NEW_DATA) &&
	               !(held->key_uses & CSL_USES_NUMBER && held->key_number != held->item.number);
	if (current)
		return NKC_OK;
	document->uses = 0;
	nkc_free(held->keys);
	held->keys = make_keys(document, CSL_BIBLIOGRAPHY, &held->item, NULL);
	held->key_uses = document->uses;
	held->key_number = held->item.number;
	return held->keys ? NKC_OK : NKC_ENOMEM;
}

nkc_status csl_order_items(nkc_document *document, csl_held **items, size_t count)
{
	const csl_layout *layout = &document->style->layouts[CSL_BIBLIOGRAPHY];
	if (!layout->sort_key_count || count < 2)
		return NKC_OK;
	row *rows = nkc_calloc(count * 2, sizeof *rows);
	nkc_status status = rows ? NKC_OK : NKC_ENOMEM;
	for (size_t i = 0; !status && i < count; i++) {
		status = update_keys(document, items[i]);
		rows[i] = (row){ items[i], items[i]->item.number, items[i]->keys };
	}
	if (!status) {
		merge(layout, rows, rows + count, count);
		for (size_t i = 0; i < count; i++)
			items[i] = rows[i].held;
	}
	nkc_free(rows);
	return status;
}

/* --- clusters --- */

/* The cites of a cluster in the order of their keys; `cites` are in the order in which they were put in. */
static nkc_status sort_cites(nkc_document *document, csl_cluster *cluster, row *rows, csl_cite *cites)
{
	const csl_layout *layout = &document->style->layouts[CSL_CITATION];
	nkc_status status = NKC_OK;
	for (unsigned i = 0; !status && i < cluster->count; i++) {
		csl_cite *cite = &cluster->cites[i];
		rows[i] = (row){ NULL, i, make_keys(document, CSL_CITATION, cite->item, cite) };
		status = rows[i].keys ? NKC_OK : NKC_ENOMEM;
	}
	if (!status) {
		memcpy(cites, cluster->cites, cluster->count * sizeof *cites);
		merge(layout, rows, rows + cluster->count, cluster->count);
		for (unsigned i = 0; i < cluster->count; i++)
			cluster->cites[i] = cites[rows[i].place];
	}
	for (unsigned i = 0; i < cluster->count; i++)
		nkc_free((nkc_str *)rows[i].keys);
	return status;
}

static nkc_status order_cluster(nkc_document *document, csl_placed *placed)
{
	size_t count = placed->cluster.count;
	row *rows = nkc_calloc(count * 2, sizeof *rows);
	csl_cite *cites = nkc_calloc(count, sizeof *cites);
	document->uses = 0;
	nkc_status status = rows && cites ? sort_cites(document, &placed->cluster, rows, cites) : NKC_ENOMEM;
	placed->sort_uses = document->uses;
	nkc_free(rows);
	nkc_free(cites);
	return status;
}

/* Do its keys ask for a number that has changed? */
static bool keys_changed(const csl_placed *placed)
{
	for (unsigned i = 0; placed->sort_uses & CSL_USES_NUMBER && i < placed->cluster.count; i++) {
		if (csl_held_of(placed->cluster.cites[i].item)->news & CSL_NEW_NUMBER)
			return true;
	}
	return false;
}

nkc_status csl_order_cites(nkc_document *document)
{
	bool sorts = document->style->layouts[CSL_CITATION].sort_key_count && !document->unsorted;
	for (size_t i = 0; i < document->cluster_count; i++) {
		csl_placed *placed = document->clusters[i];
		if (placed->filled && !keys_changed(placed))
			continue;
		csl_placed_fill(placed);
		placed->stale = true;
		nkc_status status = sorts && placed->cluster.count > 1 ? order_cluster(document, placed) : NKC_OK;
		if (status)
			return status;
		placed->filled = true;
	}
	return NKC_OK;
}
