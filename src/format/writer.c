#include "base/mem.h"
#include "format/format.h"
#include "format/keys.h"

#include <stdio.h>

void nkc_writer_tell(nkc_writer *writer, const nkc_record *record, const char *what, nkc_carry carry,
                     const char *where)
{
	if (writer->options.tell)
		writer->options.tell(writer->options.tell_context, record, what, carry, where);
}

nkc_str nkc_writer_id(nkc_writer *writer, nkc_record *record)
{
	nkc_str id = nkc_record_id(record);
	if (!nkc_str_empty(id))
		return id;
	char text[32];
	size_t before = writer->scratch.len;
	nkc_value_write(nkc_record_root(record), -1, &writer->scratch);
	nkc_str content = nkc_str_slice(nkc_buf_str(&writer->scratch), before, writer->scratch.len);
	uint64_t hash = nkc_fingerprint(content, 0);
	nkc_buf_truncate(&writer->scratch, before);
	int len = snprintf(text, sizeof text, "item-%08lx", (unsigned long)(hash & 0xFFFFFFFFu));
	return nkc_arena_str(nkc_record_arena(record), nkc_str_make(text, (size_t)len));
}

void nkc_writer_key(nkc_writer *writer, const nkc_buf *out, size_t at)
{
	writer->key_at = at;
	writer->key_length = out->len - at;
	if (!writer->is_part)
		nkc_keys_fetch(writer->keys, nkc_str_slice(nkc_buf_str(out), at, out->len));
}

nkc_status nkc_writer_open(nkc_writer **out, const nkc_format *format, const nkc_write_options *options)
{
	*out = NULL;
	if (!format->writer)
		return NKC_EUNSUPPORTED;
	nkc_writer *writer = nkc_calloc(1, sizeof *writer);
	if (!writer)
		return NKC_ENOMEM;
	writer->format = format;
	nkc_buf_init(&writer->scratch);
	if (options)
		writer->options = *options;
	writer->keys = nkc_malloc(sizeof *writer->keys);
	nkc_status status = writer->keys ? NKC_OK : NKC_ENOMEM;
	if (!status)
		nkc_keys_init(writer->keys, format->keys_nocase);
	if (!status && format->writer->open)
		status = format->writer->open(writer);
	if (status) {
		nkc_writer_close(writer);
		return status;
	}
	*out = writer;
	return NKC_OK;
}

nkc_status nkc_writer_begin(nkc_writer *writer, nkc_buf *out)
{
	if (writer->format->writer->begin)
		writer->format->writer->begin(writer, out);
	return nkc_buf_status(out);
}

nkc_status nkc_writer_make_key_unique(nkc_writer *writer, nkc_buf *out, size_t at, size_t length,
                                      const nkc_place *place, nkc_diags *diags, size_t *added)
{
	nkc_status status = nkc_keys_make_unique(writer->keys, out, at, length, added);
	if (!status && *added)
		nkc_diags_add(diags, NKC_CODE_EXPORT_KEY, place, NULL, "the key %.*s was there before; here it is %.*s",
		              (int)length, out->ptr + at, (int)(length + *added), out->ptr + at);
	return status;
}

static nkc_status make_key_unique(nkc_writer *writer, const nkc_record *record, nkc_buf *out, nkc_diags *diags)
{
	size_t added;
	nkc_place place = nkc_record_place(record, nkc_record_get(record, NKC_VAR_ID));
	return nkc_writer_make_key_unique(writer, out, writer->key_at, writer->key_length, &place, diags, &added);
}

nkc_status nkc_writer_record(nkc_writer *writer, nkc_record *record, nkc_buf *out, nkc_diags *diags)
{
	size_t before = out->len;
	nkc_record_expand(record);
	if (nkc_arena_status(nkc_record_arena(record)))
		return NKC_ENOMEM; /* there may not even be an object */
	writer->diags = diags;
	writer->key_length = 0;
	nkc_buf_clear(&writer->scratch);
	if (writer->count && writer->format->writer->separator)
		nkc_buf_puts(out, writer->format->writer->separator);
	writer->format->writer->record(writer, record, out);
	writer->diags = NULL;
	nkc_status status = nkc_buf_status(out);
	if (!status)
		status = nkc_buf_status(&writer->scratch);
	if (!status)
		status = nkc_arena_status(nkc_record_arena(record));
	if (!status && writer->key_length && !writer->is_part)
		status = make_key_unique(writer, record, out, diags);
	if (status)
		nkc_buf_truncate(out, before);
	else
		writer->count++;
	return status;
}

nkc_status nkc_writer_end(nkc_writer *writer, nkc_buf *out)
{
	if (writer->format->writer->end)
		writer->format->writer->end(writer, out);
	return nkc_buf_status(out);
}

void nkc_writer_close(nkc_writer *writer)
{
	if (!writer)
		return;
	if (writer->format->writer->close)
		writer->format->writer->close(writer);
	if (writer->keys)
		nkc_keys_release(writer->keys);
	nkc_free(writer->keys);
	nkc_buf_release(&writer->scratch);
	nkc_free(writer);
}
