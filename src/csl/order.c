/*
 * order.c: sorting by style keys (stages 2 and 3; specification, "Sorting").
 *
 * Every key of every item is made once, as bytes whose memcmp order is the wanted one.
 */
#include "csl/document.h"

#include "base/mem.h"

#include <stdlib.h>

/* One item with its keys: `count` pieces of `bytes`. An empty piece is an empty key. */
typedef struct row {
	csl_item *item;
	size_t place;    /* before sorting */
	const nkc_str *keys;
} row;

typedef struct sorting {
	const csl_sort_key *keys;
	unsigned count;
} sorting;

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

static nkc_str make_key(nkc_document *document, nkc_arena *arena, csl_area area, csl_item *item, const csl_cite *cite,
                        const csl_sort_key *key)
{
	csl_eval eval;
	nkc_arena_reset(document->scratch);
	csl_document_eval(document, &eval, area, item, cite);
	eval.sorting = true;
	eval.sort_key = key;
	nkc_str text = without_marks(document->scratch, nkc_str_trim(key_text(document, &eval, key)));
	if (!text.len)
		return text;
	nkc_buf bytes = NKC_BUF_INIT;
	nkc_collator_key(document->collator, text, &bytes);
	text = nkc_arena_str(arena, nkc_buf_str(&bytes));
	nkc_buf_release(&bytes);
	return text;
}

static const nkc_str *make_keys(nkc_document *document, nkc_arena *arena, const csl_layout *layout, csl_area area,
                                csl_item *item, const csl_cite *cite)
{
	nkc_str *keys = nkc_arena_alloc(arena, layout->sort_key_count * sizeof *keys);
	for (unsigned i = 0; keys && i < layout->sort_key_count; i++)
		keys[i] = make_key(document, arena, area, item, cite, &layout->sort_keys[i]);
	return keys;
}

/* --- sorting --- */

static int compare_keys(const sorting *how, const row *a, const row *b)
{
	for (unsigned i = 0; i < how->count; i++) {
		nkc_str x = a->keys[i], y = b->keys[i];
		if (!x.len || !y.len) {
			if (x.len != y.len)
				return x.len ? -1 : 1; /* empty last, in both directions */
			continue;
		}
		int order = nkc_str_cmp(x, y);
		if (order)
			return how->keys[i].descending ? -order : order;
	}
	return 0;
}

/* A merge sort: stable, and n log n whatever comes. */
static void merge(const sorting *how, row *rows, row *room, size_t count)
{
	if (count < 2)
		return;
	size_t half = count / 2;
	merge(how, rows, room, half);
	merge(how, rows + half, room, count - half);
	memcpy(room, rows, half * sizeof *rows);
	size_t left = 0, right = half, at = 0;
	while (left < half && right < count) {
		bool take_right = compare_keys(how, &room[left], &rows[right]) > 0;
		rows[at++] = take_right ? rows[right++] : room[left++];
	}
	memcpy(rows + at, room + left, (half - left) * sizeof *rows);
}

nkc_status csl_order_items(nkc_document *document, const csl_layout *layout, csl_area area, csl_item **items,
                           size_t count)
{
	if (!layout->sort_key_count || count < 2)
		return NKC_OK;
	nkc_arena *arena = nkc_arena_new();
	row *rows = nkc_calloc(count * 2, sizeof *rows);
	nkc_status status = arena && rows ? NKC_OK : NKC_ENOMEM;
	for (size_t i = 0; !status && i < count; i++) {
		rows[i] = (row){ items[i], i, make_keys(document, arena, layout, area, items[i], NULL) };
		status = nkc_arena_status(arena);
	}
	if (!status) {
		merge(&(sorting){ layout->sort_keys, layout->sort_key_count }, rows, rows + count, count);
		for (size_t i = 0; i < count; i++)
			items[i] = rows[i].item;
	}
	nkc_free(rows);
	nkc_arena_free(arena);
	return status;
}

static nkc_status order_cluster(nkc_document *document, csl_cluster *cluster, nkc_arena *arena)
{
	const csl_layout *layout = &document->style->layouts[CSL_CITATION];
	row *rows = nkc_calloc((size_t)cluster->count * 2, sizeof *rows);
	csl_cite *cites = nkc_calloc(cluster->count, sizeof *cites);
	nkc_status status = rows && cites ? NKC_OK : NKC_ENOMEM;
	for (unsigned i = 0; !status && i < cluster->count; i++) {
		rows[i] = (row){ cluster->cites[i].item, i,
			         make_keys(document, arena, layout, CSL_CITATION, cluster->cites[i].item,
			                   &cluster->cites[i]) };
		status = nkc_arena_status(arena);
	}
	if (!status) {
		merge(&(sorting){ layout->sort_keys, layout->sort_key_count }, rows, rows + cluster->count,
		      cluster->count);
		memcpy(cites, cluster->cites, cluster->count * sizeof *cites);
		for (unsigned i = 0; i < cluster->count; i++)
			cluster->cites[i] = cites[rows[i].place];
	}
	nkc_free(rows);
	nkc_free(cites);
	return status;
}

nkc_status csl_order_cites(nkc_document *document)
{
	if (!document->style->layouts[CSL_CITATION].sort_key_count || document->unsorted)
		return NKC_OK;
	nkc_arena *arena = nkc_arena_new();
	nkc_status status = arena ? NKC_OK : NKC_ENOMEM;
	for (size_t i = 0; !status && i < document->cluster_count; i++) {
		nkc_arena_reset(arena);
		if (document->clusters[i]->cluster.count > 1)
			status = order_cluster(document, &document->clusters[i]->cluster, arena);
	}
	nkc_arena_free(arena);
	return status;
}
