#include "format/own.h"

#include "base/mem.h"
#include "base/window.h"
#include "format/csljson.h"
#include "format/lines.h"
#include "record/record_impl.h"

struct nkc_own {
	nkc_arena *arena;
	nkc_buf item, shown, json;
};

nkc_own *nkc_own_new(void)
{
	nkc_own *own = nkc_calloc(1, sizeof *own);
	if (!own)
		return NULL;
	own->arena = nkc_arena_new();
	if (!own->arena) {
		nkc_free(own);
		return NULL;
	}
	nkc_buf_init(&own->item);
	nkc_buf_init(&own->shown);
	nkc_buf_init(&own->json);
	return own;
}

void nkc_own_free(nkc_own *own)
{
	if (!own)
		return;
	nkc_arena_free(own->arena);
	nkc_buf_release(&own->item);
	nkc_buf_release(&own->shown);
	nkc_buf_release(&own->json);
	nkc_free(own);
}

static bool same_member(const nkc_value *a, const nkc_value *b, nkc_str key)
{
	const nkc_value *one = nkc_value_find(a, key), *other = nkc_value_find(b, key);
	return one && other ? nkc_value_equal(one, other) : one == other;
}

/* What the native part of the item shows to a reader: nothing when it passes a bound of the reader's. */
static nkc_value *shown(nkc_own *own, const nkc_native *native, const nkc_value *item)
{
	nkc_buf_clear(&own->shown);
	native->put(&own->shown, item, NKC_STR(""));
	if (nkc_buf_status(&own->shown))
		return NULL;
	nkc_value *back = native->get(own->arena, nkc_buf_str(&own->shown));
	return back || nkc_arena_status(own->arena) ? back : nkc_value_new(own->arena, NKC_OBJECT);
}

/* --- writing --- */

static void add(nkc_own *own, nkc_value *object, const nkc_value *member, nkc_value *value)
{
	nkc_value_add(object, nkc_arena_str(own->arena, member->key), value);
}

/* The members of the item that do not come back; and those that come back without having been there, as null. */
static nkc_value *find_own(nkc_own *own, const nkc_value *item, const nkc_value *back)
{
	nkc_value *object = nkc_value_new(own->arena, NKC_OBJECT);
	for (const nkc_value *member = nkc_value_first(item); member; member = member->next) {
		if (!same_member(item, back, member->key))
			add(own, object, member, nkc_value_dup(own->arena, member));
	}
	for (const nkc_value *member = nkc_value_first(back); member; member = member->next) {
		if (!nkc_value_find(item, member->key))
			add(own, object, member, nkc_value_new(own->arena, NKC_NULL));
	}
	return object;
}

static void tell(const nkc_native *native, nkc_writer *writer, const nkc_record *record, const nkc_value *object)
{
	bool lossy = writer->options.lossy;
	for (const nkc_value *member = nkc_value_first(object); member; member = member->next) {
		if (member->type != NKC_NULL)
			nkc_writer_tell(writer, record, member->key.ptr, lossy ? NKC_CARRY_NONE : NKC_CARRY_CONVENTION,
			                lossy ? "" : native->where);
	}
}

/* As JSON that XML can hold, too: U+FFFE and U+FFFF are escaped. */
static void write_json(const nkc_value *object, nkc_buf *out)
{
	nkc_value_write(object, -1, out);
	for (size_t at = 0; at + 3 <= out->len; at++) {
		at += nkc_str_find(nkc_str_slice(nkc_buf_str(out), at, out->len), NKC_STR("\xEF\xBF"));
		nkc_str found = nkc_str_slice(nkc_buf_str(out), at, at + 3);
		if (nkc_str_is(found, "\xEF\xBF\xBE") || nkc_str_is(found, "\xEF\xBF\xBF"))
			nkc_buf_splice(out, at, 3,
			               nkc_str_ends(found, NKC_STR("\xBE")) ? NKC_STR("\\ufffe")
			                                                    : NKC_STR("\\uffff"));
	}
}

void nkc_own_write(nkc_own *own, const nkc_native *native, nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_value *item = NULL, *back = NULL;
	nkc_buf_clear(&own->item);
	nkc_buf_clear(&own->json);
	nkc_arena_reset(own->arena);
	nkc_csljson_put_item(writer, record, true, &own->item);
	if (!nkc_buf_status(&own->item) && !nkc_value_parse(&item, own->arena, nkc_buf_str(&own->item), NULL, NULL))
		back = shown(own, native, item);
	nkc_value *object = back ? find_own(own, item, back) : NULL;
	if (!object || nkc_arena_status(own->arena)) {
		out->status = NKC_ENOMEM;
		return;
	}
	tell(native, writer, record, object);
	if (nkc_value_first(object) && !writer->options.lossy)
		write_json(object, &own->json);
	native->put(out, item, nkc_buf_str(&own->json));
	if (nkc_buf_status(&own->json))
		out->status = NKC_ENOMEM;
}

/* --- reading --- */

static void apply(nkc_value *item, const nkc_value *member, nkc_arena *arena)
{
	nkc_value *old = nkc_value_find(item, member->key);
	if (member->type == NKC_NULL) {
		if (old)
			nkc_value_remove(old);
		return;
	}
	nkc_value_set(item, nkc_arena_str(arena, member->key), nkc_value_dup(arena, member));
}

static nkc_value *with_all(nkc_own *own, const nkc_value *item, const nkc_value *object)
{
	nkc_value *all = nkc_value_dup(own->arena, item);
	for (const nkc_value *member = nkc_value_first(object); all && member; member = member->next)
		apply(all, member, own->arena);
	return all;
}

nkc_status nkc_own_restore(nkc_own *own, const nkc_native *native, nkc_arena *arena, nkc_value *item, nkc_str json,
                           bool *bad)
{
	nkc_value *object = NULL;
	nkc_arena_reset(own->arena);
	nkc_status status = nkc_value_parse(&object, own->arena, json, NULL, NULL);
	if (bad)
		*bad = status == NKC_ESYNTAX || (!status && object->type != NKC_OBJECT);
	if (status || object->type != NKC_OBJECT)
		return status == NKC_ENOMEM ? status : NKC_OK;
	nkc_value *all = with_all(own, item, object);
	const nkc_value *expected = all ? shown(own, native, all) : NULL;
	if (!expected)
		return NKC_ENOMEM;
	const nkc_value *found = nkc_value_dup(own->arena, item); /* as it was: `item` changes now */
	for (const nkc_value *member = nkc_value_first(object); member; member = member->next) {
		if (same_member(found, expected, member->key))
			apply(item, member, arena);
	}
	return nkc_arena_status(own->arena) ? NKC_ENOMEM : nkc_arena_status(arena);
}

nkc_status nkc_own_adopt(nkc_reader *reader, const nkc_native *native, nkc_value *item, nkc_str json, size_t start,
                         size_t length)
{
	nkc_record *record = reader->record;
	nkc_arena *arena = nkc_record_arena(record);
	nkc_own *own = item && json.len ? nkc_own_new() : NULL;
	bool bad = false;
	nkc_status status = item && (own || !json.len) ? NKC_OK : NKC_ENOMEM;
	if (own)
		status = nkc_own_restore(own, native, arena, item, json, &bad);
	nkc_own_free(own);
	if (status)
		return status;
	if (bad)
		nkc_lines_report(reader, NKC_CODE_FORMAT_OWN, start, 1, "the object in %s is not JSON", native->where);
	nkc_record_adopt(record, item, &reader->window->source, start, length, 0, reader->diags);
	nkc_csljson_restore(record);
	return nkc_arena_status(arena);
}

/* --- operations --- */

nkc_status nkc_own_open_writer(nkc_writer *writer)
{
	writer->state = nkc_own_new();
	return writer->state ? NKC_OK : NKC_ENOMEM;
}

void nkc_own_close_writer(nkc_writer *writer)
{
	nkc_own_free(writer->state);
}
