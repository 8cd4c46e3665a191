#include "format/lines.h"

#include "base/utf8.h"
#include "base/window.h"
#include "record/record_impl.h"

#include <stdio.h>

nkc_str nkc_lines_text(const nkc_reader *reader)
{
	nkc_str text = reader->window->source.text;
	return nkc_str_make(text.ptr, text.len - reader->window->behind);
}

/* False when the line's end, or what tells CR from CR LF, is not in memory yet. */
static bool find_line(nkc_str text, size_t at, bool ended, nkc_line *line)
{
	size_t end = at;
	while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
		end++;
	if (end + 1 >= text.len && !ended)
		return false;
	bool pair = end + 1 < text.len && text.ptr[end] == '\r' && text.ptr[end + 1] == '\n';
	line->text = nkc_str_slice(text, at, end);
	line->at = at;
	line->next = end < text.len ? end + 1 + pair : end;
	line->indent = 0;
	while (line->indent < line->text.len && strchr(" \t", line->text.ptr[line->indent]))
		line->indent++;
	return true;
}

bool nkc_line_get(nkc_reader *reader, size_t *at, size_t offset, nkc_line *line, nkc_status *status)
{
	for (;;) {
		nkc_str text = nkc_lines_text(reader);
		bool ended = reader->window->ended;
		if (*at + offset < text.len && find_line(text, *at + offset, ended, line))
			return true;
		if (ended)
			return false;
		*status = nkc_window_fill(reader->window, at, NKC_RECORD_MAX);
		if (*status)
			return false;
	}
}

bool nkc_line_is_blank(const nkc_line *line)
{
	return line->indent == line->text.len;
}

nkc_status nkc_lines_start(nkc_reader *reader, size_t *at)
{
	nkc_line line;
	nkc_status status = NKC_OK;
	(void)nkc_line_get(reader, at, 0, &line, &status);
	nkc_str text = nkc_lines_text(reader);
	if (status && status != NKC_ELIMIT)
		return status;
	if (nkc_utf16_suspected(text)) {
		nkc_lines_report(reader, NKC_CODE_ENCODING_UTF16, 0, 1, "the file is UTF-16 or UTF-32, not UTF-8");
		return NKC_ESYNTAX;
	}
	*at += nkc_str_starts(text, NKC_STR("\xEF\xBB\xBF")) ? 3 : 0;
	return NKC_OK;
}

void nkc_lines_note(nkc_reader *reader, size_t at, size_t length)
{
	reader->offset = reader->window->source.base + at;
	reader->length = length;
}

void nkc_lines_report(nkc_reader *reader, nkc_code code, size_t at, size_t length, const char *format, ...)
{
	nkc_place place = { .source = &reader->window->source, .offset = at, .length = length ? length : 1 };
	char message[256];
	va_list args;
	place.record = place.pointer = NKC_STR("");
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	nkc_diags_add(reader->diags, code, &place, NULL, "%s", message);
}
