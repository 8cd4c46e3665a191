#include "base/window.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>

#define PIECE ((size_t)256 << 10) /* a read fits the cache and is large enough that calls do not count */

void nkc_window_open(nkc_window *window, nkc_str name, nkc_read_fn read, void *context)
{
	*window = (nkc_window){ .source = nkc_source_make(name, NKC_STR("")), .read = read, .context = context };
}

void nkc_window_open_text(nkc_window *window, nkc_str name, nkc_str text)
{
	*window = (nkc_window){ .source = nkc_source_make(name, text), .ended = true };
}

void nkc_window_close(nkc_window *window)
{
	nkc_free(window->bytes);
	*window = (nkc_window){ .source = nkc_source_make(NKC_STR(""), NKC_STR("")), .ended = true };
}

static size_t count_lines(const char *text, size_t len)
{
	size_t lines = 0;
	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

static void drop(nkc_window *window, size_t keep)
{
	nkc_source *source = &window->source;
	size_t lines = count_lines(source->text.ptr, keep);
	size_t line_start = keep;
	while (line_start > 0 && source->text.ptr[line_start - 1] != '\n')
		line_start--;
	uint64_t column = nkc_utf8_count(nkc_str_slice(source->text, line_start, keep));
	source->column_base = lines ? column : source->column_base + column;
	source->line += lines;
	source->base += keep;
	memmove(window->bytes, window->bytes + keep, source->text.len - keep);
	source->text.len -= keep;
	source->mark = 0;
	source->mark_start = 0;
	source->mark_line = source->line;
}

static bool make_room(nkc_window *window)
{
	size_t len = window->source.text.len;
	if (window->cap - len >= PIECE)
		return true;
	size_t cap = window->cap ? window->cap * 2 : 2 * PIECE;
	char *bytes = nkc_realloc(window->bytes, cap);
	if (!bytes)
		return false;
	window->bytes = bytes;
	window->cap = cap;
	window->source.text.ptr = bytes;
	return true;
}

nkc_status nkc_window_fill(nkc_window *window, size_t *at, size_t limit)
{
	if (window->ended)
		return NKC_OK;
	if (*at)
		drop(window, *at);
	*at = 0;
	if (window->source.text.len > limit)
		return NKC_ELIMIT;
	if (!make_room(window))
		return NKC_ENOMEM;
	size_t len = window->source.text.len;
	ptrdiff_t got = window->read(window->context, window->bytes + len, window->cap - len);
	if (got <= 0) {
		window->ended = true;
		window->error = got < 0 ? errno : 0;
		return NKC_OK;
	}
	window->source.text.len += (size_t)got;
	return NKC_OK;
}
