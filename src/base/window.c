#include "base/window.h"

#include "base/diags.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>

#define PIECE ((size_t)256 << 10) /* a read fits the cache and is large enough that calls do not count */
#define LARGE (8 * PIECE)         /* a window that grew past this for one huge record shrinks behind it */

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

/* Line ends among eight bytes. */
static size_t count_lines8(const char *bytes)
{
	const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
	uint64_t w;
	memcpy(&w, bytes, 8);
	w ^= ones * '\n';
	uint64_t others = ((w & low) + low) | w; /* the high bit of each byte that is none */
	return (size_t)((((~others >> 7) & ones) * ones) >> 56);
}

static size_t count_lines(const char *text, size_t len)
{
	size_t lines = 0, i = 0;
	for (; i + 8 <= len; i += 8)
		lines += count_lines8(text + i);
	for (; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

size_t nkc_window_margin(nkc_str text, size_t at)
{
	size_t start = at > NKC_LINE_SHOWN ? at - NKC_LINE_SHOWN : 0;
	while (start < at && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
		start++; /* columns count whole characters */
	return start;
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
	source->mark = source->mark_start = 0;
	source->mark_column = 0;
	source->mark_line = source->line;
}

static void shrink(nkc_window *window)
{
	char *bytes = nkc_realloc(window->bytes, 2 * PIECE);
	if (!bytes)
		return; /* a large window does as well */
	window->bytes = bytes;
	window->cap = 2 * PIECE;
	window->source.text.ptr = bytes;
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
	size_t keep = nkc_window_margin(window->source.text, *at);
	if (keep)
		drop(window, keep);
	*at -= keep;
	if (window->source.text.len - *at > limit)
		return NKC_ELIMIT;
	if (window->cap > LARGE && window->source.text.len <= PIECE)
		shrink(window);
	if (!make_room(window))
		return NKC_ENOMEM;
	size_t len = window->source.text.len;
	ptrdiff_t got = window->read(window->context, window->bytes + len, window->cap - len);
	if (got <= 0) {
		window->ended = true;
		window->error = got == 0 ? 0 : errno ? errno : EIO;
		return NKC_OK;
	}
	window->source.text.len += (size_t)got;
	return NKC_OK;
}
