#include "base/utf8.h"

#include <nkcite/source.h>

nkc_source nkc_source_make(nkc_str name, nkc_str text)
{
	nkc_source source = { 0 };
	source.name = name;
	source.text = text;
	source.line = 1;
	source.mark_line = 1;
	return source;
}

static void restart(nkc_source *source)
{
	source->mark = 0;
	source->mark_start = 0;
	source->mark_line = source->line;
}

/* Moves the mark to the line that holds offset: one sweep over a file for findings in order. */
static void seek(nkc_source *source, size_t offset)
{
	if (offset < source->mark_start)
		restart(source);
	size_t at = source->mark;
	while (at < offset) {
		const char *hit = memchr(source->text.ptr + at, '\n', offset - at);
		if (!hit)
			break;
		at = (size_t)(hit - source->text.ptr) + 1;
		source->mark_line++;
		source->mark_start = at;
	}
	source->mark = offset;
}

nkc_position nkc_source_position(nkc_source *source, size_t offset)
{
	if (offset > source->text.len)
		offset = source->text.len;
	seek(source, offset);
	nkc_position position = { source->mark_line, 1 };
	position.column += nkc_utf8_count(nkc_str_slice(source->text, source->mark_start, offset));
	if (source->mark_start == 0)
		position.column += source->column_base;
	return position;
}

nkc_str nkc_source_line(nkc_source *source, size_t offset, size_t *start)
{
	if (offset > source->text.len)
		offset = source->text.len;
	seek(source, offset);
	nkc_str rest = nkc_str_slice(source->text, source->mark_start, source->text.len);
	nkc_str line = nkc_str_slice(rest, 0, nkc_str_find_byte(rest, '\n'));
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	*start = source->mark_start;
	return line;
}
