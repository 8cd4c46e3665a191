/*
 * The canonical form of a record's file: a line diff of it is a field diff.
 */
#include "record/record_impl.h"

#include "record/date.h"

typedef unsigned (*rank_fn)(const nkc_value *member); /* 0: not known, stays behind the member before it */

static unsigned rank_variable(const nkc_value *member)
{
	return nkc_var_find(member->key);
}

static unsigned rank_name_part(const nkc_value *member)
{
	static const char *const parts[] = { "family", "given", "dropping-particle", "non-dropping-particle", "suffix",
		                             "comma-suffix", "static-ordering", "literal", "parse-names" };
	for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (nkc_str_is(member->key, parts[i]))
			return i + 1;
	}
	return 0;
}

/* Members by rank, in linear time: a bucket a rank. An unknown member goes where the one before it went. */
#define BUCKETS (NKC_VAR_COUNT + 2)

static void order_members(nkc_value *object, rank_fn rank)
{
	struct {
		nkc_value *first, *last;
	} buckets[BUCKETS] = { { NULL, NULL } };
	unsigned bucket = 2; /* unknown members at the start: behind the first kind, which is the id */
	for (nkc_value *at = object->u.list.first, *next; at; at = next) {
		next = at->next;
		unsigned own = rank(at);
		if (own)
			bucket = own == 1 ? 1 : own + 1;
		at->next = NULL;
		if (buckets[bucket].last)
			buckets[bucket].last->next = at;
		else
			buckets[bucket].first = at;
		buckets[bucket].last = at;
	}
	object->u.list.first = object->u.list.last = NULL;
	for (size_t i = 0; i < BUCKETS; i++) {
		for (nkc_value *at = buckets[i].first, *next; at; at = next) {
			next = at->next;
			nkc_value_add(object, at->key, at);
		}
	}
}

static void order_names(nkc_value *list)
{
	for (nkc_value *name = nkc_value_first(list); name; name = name->next) {
		if (name->type == NKC_OBJECT)
			order_members(name, rank_name_part);
	}
}

/* A date object becomes EDTF where that loses nothing. */
static nkc_status shorten_date(nkc_record *record, nkc_value *value)
{
	nkc_date date;
	nkc_buf text = NKC_BUF_INIT;
	if (value->type == NKC_OBJECT && nkc_date_read(value, &date) == NKC_OK && nkc_date_is_lossless(value, &date) &&
	    nkc_edtf_write(&date, &text) && !nkc_buf_status(&text))
		nkc_value_become(value, nkc_value_string(record->arena, nkc_buf_str(&text)));
	nkc_status status = nkc_buf_status(&text);
	nkc_buf_release(&text);
	return status;
}

nkc_status nkc_record_write(nkc_record *record, nkc_buf *out)
{
	nkc_status status = nkc_arena_status(record->arena);
	if (status)
		return status;
	order_members(record->root, rank_variable);
	for (nkc_value *member = record->root->u.list.first; !status && member; member = member->next) {
		if (nkc_var_kind((nkc_var)member->atom) == NKC_KIND_NAMES)
			order_names(member);
		else if (nkc_var_kind((nkc_var)member->atom) == NKC_KIND_DATE)
			status = shorten_date(record, member);
	}
	nkc_record_index(record);
	if (!status)
		status = nkc_arena_status(record->arena);
	if (status)
		return status;
	nkc_value_write(record->root, 0, out);
	nkc_buf_putc(out, '\n');
	return nkc_buf_status(out);
}
