/*
 * order.c: sorting by style keys (stages 2 and 3; specification, "Sorting").
 *
 * A key is a text that is compared by the order of the language. It is made once, when a comparison first asks for it:
 * most items differ in their first key, so most of the others are never made.
 */
#include "csl/document.h"

#include "base/mem.h"

/* One key; the next ones are made when they are asked for. */
struct csl_key {
	csl_key *next;
	uint32_t len; /* 0: an empty key */
	uint8_t uses; /* CSL_USES_... bits of what was evaluated for it */
	char text[];
};

/* One item or cite with its keys. */
typedef struct row {
	csl_item *item;
	const csl_cite *cite; /* NULL in a bibliography */
	csl_key **keys;
	size_t place; /* among equals: the less the earlier */
} row;

typedef struct sorter {
	nkc_document *document;
	const csl_layout *layout;
	csl_area area;
	nkc_status status;
} sorter;

/* --- keys --- */

static csl_out *eval_macro(csl_eval *eval, const csl_macro *macro)
{
	csl_out *node = csl_out_group(eval->arena, NULL, NKC_STR(""));
	eval->dates_only = macro->has_date;
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

/*
 * The collator passes over punctuation and spaces. A sign that it does not pass over ends each word, so that "Ng, Tom" comes
 * before "Ngata, Al" (so citeproc-js).
 */
static nkc_str with_word_ends(nkc_arena *arena, nkc_str text)
{
	char *ended = nkc_arena_alloc(arena, text.len + 1);
	if (!ended)
		return text;
	for (size_t i = 0; i < text.len; i++)
		ended[i] = text.ptr[i] == ' ' ? '|' : text.ptr[i];
	ended[text.len] = '|';
	return nkc_str_make(ended, text.len + 1);
}

/* A key of its text. */
static csl_key *new_key(nkc_str text, unsigned uses)
{
	csl_key *key = text.len < UINT32_MAX ? nkc_malloc(sizeof *key + text.len) : NULL;
	if (!key)
		return NULL;
	*key = (csl_key){ .len = (uint32_t)text.len, .uses = (uint8_t)uses };
	memcpy(key->text, text.ptr, text.len);
	return key;
}

/* Items are told apart after they are sorted, cites before: a key of an item knows nothing of it. */
static nkc_status make_key(const sorter *s, const row *r, const csl_sort_key *key, csl_key **out)
{
	static const csl_choice none = { 0 };
	nkc_document *document = s->document;
	csl_eval eval;
	csl_document_begin(document);
	csl_document_eval(document, &eval, s->area, r->item, r->cite);
	if (s->area == CSL_BIBLIOGRAPHY)
		eval.choice = &none;
	eval.suppress_author = false;
	eval.sorting = true;
	eval.sort_key = key;
	nkc_str text = nkc_str_trim(key_text(document, &eval, key));
	nkc_status status = nkc_arena_status(document->scratch);
	if (!status)
		status = nkc_buf_status(&document->key);
	if (text.len)
		text = with_word_ends(document->scratch, text);
	document->counted_keys |= s->area == CSL_BIBLIOGRAPHY && document->uses & CSL_USES_NUMBER;
	*out = status ? NULL : new_key(text, document->uses);
	return status || *out ? status : NKC_ENOMEM;
}

/* The key of that number, made when it is not there. */
static nkc_str key_at(sorter *s, const row *r, unsigned index)
{
	csl_key **at = r->keys;
	for (unsigned i = 0;; at = &(*at)->next, i++) {
		if (!*at && !s->status)
			s->status = make_key(s, r, &s->layout->sort_keys[i], at);
		if (!*at)
			return NKC_STR("");
		if (i == index)
			return nkc_str_make((*at)->text, (*at)->len);
	}
}

static unsigned uses_of(const csl_key *key)
{
	unsigned uses = 0;
	for (; key; key = key->next)
		uses |= key->uses;
	return uses;
}

void csl_keys_free(csl_key *key)
{
	while (key) {
		csl_key *next = key->next;
		nkc_free(key);
		key = next;
	}
}

/* --- sorting --- */

static int compare_rows(sorter *s, const row *a, const row *b)
{
	for (unsigned i = 0; i < s->layout->sort_key_count; i++) {
		nkc_str x = key_at(s, a, i), y = key_at(s, b, i);
		if (!x.len || !y.len) {
			if (x.len != y.len)
				return x.len ? -1 : 1; /* empty last, in both directions */
			continue;
		}
		int order = nkc_str_eq(x, y) ? 0 : nkc_collator_compare(s->document->collator, x, y);
		if (order)
			return s->layout->sort_keys[i].descending ? -order : order;
	}
	return (a->place > b->place) - (a->place < b->place);
}

/* A merge sort: n log n whatever comes, and n where little is out of order. */
static void merge(sorter *s, row *rows, row *room, size_t count)
{
	if (count < 2)
		return;
	size_t half = count / 2;
	merge(s, rows, room, half);
	merge(s, rows + half, room, count - half);
	if (compare_rows(s, &rows[half - 1], &rows[half]) <= 0)
		return;
	memcpy(room, rows, half * sizeof *rows);
	size_t left = 0, right = half, at = 0;
	while (left < half && right < count) {
		bool take_right = compare_rows(s, &room[left], &rows[right]) > 0;
		rows[at++] = take_right ? rows[right++] : room[left++];
	}
	memcpy(rows + at, room + left, (half - left) * sizeof *rows);
}

/* Brings rows[half] and those behind it, which are in order, in among those before. Few of them cost few comparisons. */
static void join_runs(sorter *s, row *rows, row *room, size_t half, size_t count)
{
	size_t left = count - half;
	memcpy(room, rows + half, left * sizeof *rows);
	while (left-- > 0) {
		size_t low = 0, high = half;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (compare_rows(s, &rows[middle], &room[left]) > 0)
				high = middle;
			else
				low = middle + 1;
		}
		memmove(rows + low + left + 1, rows + low, (half - low) * sizeof *rows);
		rows[low + left] = room[left];
		half = low;
	}
}

/* --- the bibliography --- */

/* Forgets the keys of an item when what they say has changed. */
static void renew_keys(const sorter *s, csl_held *held)
{
	bool renumbered = s->document->counted_keys && held->key_number != held->item.number;
	if (held->news & CSL_NEW_DATA || (renumbered && uses_of(held->keys) & CSL_USES_NUMBER)) {
		csl_keys_free(held->keys);
		held->keys = NULL;
	}
	held->key_number = held->item.number;
}

nkc_status csl_order_items(nkc_document *document, csl_held **items, size_t ordered, size_t count)
{
	sorter s = { document, &document->style->layouts[CSL_BIBLIOGRAPHY], CSL_BIBLIOGRAPHY, NKC_OK };
	if (!s.layout->sort_key_count || count < 2)
		return NKC_OK;
	row *rows = nkc_calloc(count * 2, sizeof *rows);
	s.status = rows ? NKC_OK : NKC_ENOMEM;
	for (size_t i = 0; !s.status && i < count; i++) {
		renew_keys(&s, items[i]);
		rows[i] = (row){ &items[i]->item, NULL, &items[i]->keys, items[i]->item.number };
	}
	if (!s.status) {
		merge(&s, rows + ordered, rows + count, count - ordered);
		join_runs(&s, rows, rows + count, ordered, count);
	}
	for (size_t i = 0; !s.status && i < count; i++)
		items[i] = csl_held_of(rows[i].item);
	nkc_free(rows);
	return s.status;
}

/* --- clusters --- */

/*
 * How many cites at the head of a cluster stay there: the sentence names the author whom its writer has put first, not
 * whom the sort brings there. Numbers stand for no author.
 */
static unsigned head_of(const sorter *s, const csl_cluster *cluster)
{
	bool by_number = s->layout->sort_keys[0].variable == NKC_VAR_CITATION_NUMBER;
	return cluster->mode == NKC_MODE_NORMAL || by_number ? 0 : 1;
}

/* The cites of a cluster in the order of their keys; `cites` are in the order in which they were put in, none has keys. */
static nkc_status sort_cites(nkc_document *document, csl_placed *placed, row *rows, csl_cite *cites, csl_key **keys)
{
	csl_cluster *cluster = &placed->cluster;
	sorter s = { document, &document->style->layouts[CSL_CITATION], CSL_CITATION, NKC_OK };
	memcpy(cites, cluster->cites, cluster->count * sizeof *cites);
	for (unsigned i = 0; i < cluster->count; i++)
		rows[i] = (row){ cites[i].item, &cites[i], &keys[i], i };
	unsigned head = head_of(&s, cluster);
	merge(&s, rows + head, rows + cluster->count, cluster->count - head);
	placed->sort_uses = 0;
	for (unsigned i = 0; i < cluster->count; i++) {
		placed->sort_uses |= uses_of(keys[i]);
		if (!s.status)
			cluster->cites[i] = cites[rows[i].place];
		csl_keys_free(keys[i]);
	}
	return s.status;
}

static nkc_status order_cluster(nkc_document *document, csl_placed *placed)
{
	size_t count = placed->cluster.count;
	row *rows = nkc_calloc(count * 2, sizeof *rows);
	csl_cite *cites = nkc_calloc(count, sizeof *cites);
	csl_key **keys = nkc_calloc(count, sizeof *keys);
	nkc_status status = rows && cites && keys ? sort_cites(document, placed, rows, cites, keys) : NKC_ENOMEM;
	nkc_free(rows);
	nkc_free(cites);
	nkc_free(keys);
	return status;
}

/* Is that new about any of its cites? A number counts only for keys that ask for one. */
static bool keys_changed(const csl_placed *placed, unsigned news)
{
	if (!(placed->sort_uses & CSL_USES_NUMBER))
		news &= ~(unsigned)CSL_NEW_NUMBER;
	for (unsigned i = 0; i < placed->cluster.count; i++) {
		if (csl_held_of(placed->cluster.cites[i].item)->news & news)
			return true;
	}
	return false;
}

nkc_status csl_order_cites(nkc_document *document, unsigned news, bool *any)
{
	bool sorts = document->style->layouts[CSL_CITATION].sort_key_count && !document->unsorted;
	for (size_t i = 0; i < document->cluster_count; i++) {
		csl_placed *placed = document->clusters[i];
		if (placed->filled && !(sorts && keys_changed(placed, news)))
			continue;
		*any = true;
		csl_placed_fill(placed);
		placed->stale = true;
		nkc_status status = sorts && placed->cluster.count > 1 ? order_cluster(document, placed) : NKC_OK;
		if (status)
			return status;
		placed->filled = true;
	}
	return NKC_OK;
}
