#include "base/mem.h"
#include "base/window.h"
#include "format/format.h"

#include <string.h>

/* part: NULL when the text is all there is. */
static nkc_status open_over(nkc_reader **out, const nkc_format *format, const nkc_window *window, const nkc_part *part,
                            nkc_diags *diags)
{
	*out = NULL;
	if (!format->reader)
		return NKC_EUNSUPPORTED;
	nkc_reader *reader = nkc_calloc(1, sizeof *reader);
	if (!reader)
		return NKC_ENOMEM;
	reader->format = format;
	reader->diags = diags;
	reader->record = nkc_record_new();
	reader->window = nkc_malloc(sizeof *reader->window);
	nkc_status status = NKC_ENOMEM;
	if (reader->window)
		*reader->window = *window;
	if (reader->record && reader->window)
		status = part ? format->reader->open_part(reader, part->start) : format->reader->open(reader);
	if (status) {
		nkc_reader_close(reader);
		return status;
	}
	*out = reader;
	return NKC_OK;
}

nkc_status nkc_reader_open(nkc_reader **out, const nkc_format *format, nkc_str name, nkc_read_fn read, void *context,
                           nkc_diags *diags)
{
	nkc_window window;
	nkc_window_open(&window, name, read, context);
	return open_over(out, format, &window, NULL, diags);
}

nkc_status nkc_reader_open_text(nkc_reader **out, const nkc_format *format, nkc_str name, nkc_str text,
                                nkc_diags *diags)
{
	nkc_window window;
	nkc_window_open_text(&window, name, text);
	return open_over(out, format, &window, NULL, diags);
}

nkc_status nkc_reader_open_part(nkc_reader **out, const nkc_format *format, const nkc_part *part, nkc_diags *diags)
{
	nkc_window window;
	nkc_window_open_text(&window, part->source.name, part->source.text);
	window.source = part->source;
	window.behind = part->source.text.len - part->end;
	return open_over(out, format, &window, part, diags);
}

nkc_status nkc_reader_next(nkc_reader *reader, nkc_record **record)
{
	nkc_status status = reader->format->reader->next(reader, record);
	if (status || *record || !reader->window->error)
		return status;
	nkc_source whole = reader->window->source;
	whole.line = 0;
	nkc_place place = { .source = &whole };
	place.record = place.pointer = NKC_STR("");
	nkc_diags_add(reader->diags, NKC_CODE_IO_READ, &place, NULL, "reading failed: %s",
	              strerror(reader->window->error));
	return NKC_EIO;
}

void nkc_reader_extent(const nkc_reader *reader, uint64_t *offset, uint64_t *length)
{
	*offset = reader->offset;
	*length = reader->length;
}

void nkc_reader_close(nkc_reader *reader)
{
	if (!reader)
		return;
	reader->format->reader->close(reader);
	nkc_record_free(reader->record);
	if (reader->window)
		nkc_window_close(reader->window);
	nkc_free(reader->window);
	nkc_free(reader);
}
