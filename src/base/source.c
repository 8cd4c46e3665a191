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

/* Offset of the first byte of the character at offset: only there can columns be added up. */
static size_t character_start(nkc_str text, size_t offset)
{
	for (size_t back = 1; back <= 3 && back <= offset; back++) {
		size_t next = offset - back;
		nkc_utf8_next(text, &next);
		if (next > offset)
			return offset - back;
	}
	return offset;
}

static void mark_line_start(nkc_source *source, size_t start)
{
	source->mark = source->mark_start = start;
	source->mark_column = 0;
}

/* Moves the mark to the line that holds offset; either way that costs the distance only. */
static void seek_line(nkc_source *source, size_t offset)
{
	const char *text = source->text.ptr;
	while (offset < source->mark_start) {
		size_t start = source->mark_start - 1;
		while (start > 0 && text[start - 1] != '\n')
			start--;
		mark_line_start(source, start);
		source->mark_line--;
	}
	while (source->mark < offset) {
		const char *hit = memchr(text + source->mark, '\n', offset - source->mark);
		if (!hit)
			break;
		mark_line_start(source, (size_t)(hit - text) + 1);
		source->mark_line++;
	}
}

/* Moves the mark to offset within its line. */
static void seek_column(nkc_source *source, size_t offset)
{
	if (offset < source->mark && source->mark - offset > offset - source->mark_start)
		mark_line_start(source, source->mark_start);
	if (offset < source->mark)
		source->mark_column -= nkc_utf8_count(nkc_str_slice(source->text, offset, source->mark));
	else
		source->mark_column += nkc_utf8_count(nkc_str_slice(source->text, source->mark, offset));
	source->mark = offset;
}

static void seek(nkc_source *source, size_t offset)
{
	if (offset > source->text.len)
		offset = source->text.len;
	offset = character_start(source->text, offset);
	seek_line(source, offset);
	seek_column(source, offset);
}

nkc_position nkc_source_position(nkc_source *source, size_t offset)
{
	seek(source, offset);
	nkc_position position = { source->mark_line, 1 + source->mark_column };
	if (source->mark_start == 0)
		position.column += source->column_base;
	return position;
}

nkc_str nkc_source_line(nkc_source *source, size_t offset, size_t reach, size_t *start)
{
	seek(source, offset);
	nkc_str rest = nkc_str_slice(source->text, source->mark, source->text.len);
	size_t end = source->mark + nkc_str_find_byte(nkc_str_slice(rest, 0, reach), '\n');
	nkc_str line = nkc_str_slice(source->text, source->mark_start, end);
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	*start = source->mark_start;
	return line;
}
