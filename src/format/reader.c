#include "base/arena.h"
#include "base/mem.h"
#include "base/window.h"
#include "format/format.h"
#include "record/record_impl.h"

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

static void report_failure(nkc_reader *reader)
{
	nkc_source whole = reader->window->source;
	whole.line = 0;
	nkc_place place = { .source = &whole };
	place.record = place.pointer = NKC_STR("");
	nkc_diags_add(reader->diags, NKC_CODE_IO_READ, &place, NULL, "reading failed: %s",
	              strerror(reader->window->error));
}

static void report_size(nkc_reader *reader)
{
	nkc_source *source = &reader->window->source;
	nkc_place place = { .source = source, .length = 1 };
	place.record = place.pointer = NKC_STR("");
	if (reader->offset >= source->base && reader->offset - source->base < source->text.len)
		place.offset = (size_t)(reader->offset - source->base);
	nkc_diags_add(reader->diags, NKC_CODE_JSON_SIZE, &place, NULL, "a record that would take more than 128 MiB");
}

/* So many records that are too large, one behind the other, are no file of records. */
#define TOO_LARGE_MAX 64

nkc_status nkc_reader_next(nkc_reader *reader, nkc_record **record)
{
	nkc_arena *arena = reader->record->arena;
	nkc_status status;
	unsigned too_large = 0;
	nkc_arena_set_limit(arena, NKC_RECORD_MEMORY_MAX);
	do {
		status = reader->format->reader->next(reader, record);
		if (nkc_arena_status(arena) != NKC_ELIMIT)
			break;
		report_size(reader);
		nkc_arena_reset(arena);
		*record = NULL;
		status = NKC_ELIMIT;
	} while (++too_large < TOO_LARGE_MAX);
	nkc_arena_set_limit(arena, 0); /* what a writer adds is its own concern */
	if (status || *record || !reader->window->error)
		return status;
	report_failure(reader);
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
