#include "base/wide.h"

#include "base/utf8.h"

/* As many bytes are read at once, and a character takes as many bytes of UTF-8 at most. */
#define PIECE ((size_t)16 << 10)
#define RUNE_MAX 4

/* The unit at bytes[at], which is there. */
static uint32_t unit_at(const nkc_wide *wide, size_t at)
{
	uint32_t first = (unsigned char)wide->bytes.ptr[at], second = (unsigned char)wide->bytes.ptr[at + 1];
	return wide->little ? first | second << 8 : first << 8 | second;
}

static size_t left(const nkc_wide *wide)
{
	return wide->bytes.len - wide->at;
}

/* False when reading failed: errno says why. */
static bool get_more(nkc_wide *wide)
{
	char piece[PIECE];
	ptrdiff_t got = wide->read ? wide->read(wide->context, piece, sizeof piece) : 0;
	if (got < 0)
		return false;
	nkc_buf_splice(&wide->bytes, 0, wide->at, NKC_STR(""));
	wide->at = 0;
	nkc_buf_put(&wide->bytes, piece, (size_t)got);
	wide->ended = got == 0;
	return !nkc_buf_status(&wide->bytes);
}

/* The next character; at least two bytes are left, and four unless the text ends. */
static uint32_t next_rune(nkc_wide *wide)
{
	uint32_t unit = unit_at(wide, wide->at), low;
	wide->at += 2;
	if (unit < 0xD800 || unit > 0xDFFF)
		return unit;
	if (unit > 0xDBFF || left(wide) < 2)
		return 0xFFFD;
	low = unit_at(wide, wide->at);
	if (low < 0xDC00 || low > 0xDFFF)
		return 0xFFFD;
	wide->at += 2;
	return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* Fills at least one character in, unless the text ends (nkc_read_fn). */
static ptrdiff_t read_wide(void *context, char *bytes, size_t size)
{
	nkc_wide *wide = context;
	nkc_buf out = NKC_BUF_INIT;
	while (!wide->ended && left(wide) < 4) {
		if (!get_more(wide))
			return -1;
	}
	while (out.len + RUNE_MAX <= size && left(wide) >= (wide->ended ? 2u : 4u))
		nkc_buf_put_rune(&out, next_rune(wide));
	if (wide->ended && left(wide) == 1 && out.len + RUNE_MAX <= size) {
		nkc_buf_put_rune(&out, 0xFFFD); /* half a unit */
		wide->at++;
	}
	bool whole = !nkc_buf_status(&out);
	size_t len = out.len;
	if (whole)
		memcpy(bytes, out.ptr, len);
	nkc_buf_release(&out);
	return whole ? (ptrdiff_t)len : -1;
}

nkc_status nkc_wide_open(nkc_wide *wide, nkc_window *window)
{
	nkc_str text = window->source.text;
	*wide = (nkc_wide){ .read = window->ended ? NULL : window->read, .context = window->context };
	nkc_buf_init(&wide->bytes);
	nkc_buf_put_str(&wide->bytes, text);
	bool marked = nkc_str_starts(text, NKC_STR("\xFF\xFE")) || nkc_str_starts(text, NKC_STR("\xFE\xFF"));
	wide->little = marked ? text.ptr[0] == '\xFF' : text.len > 1 && text.ptr[1] == '\0';
	wide->at = marked ? 2 : 0;
	window->read = read_wide;
	window->context = wide;
	window->ended = false;
	window->behind = 0;
	window->source.text.len = 0;
	return nkc_buf_status(&wide->bytes);
}

void nkc_wide_close(nkc_wide *wide)
{
	nkc_buf_release(&wide->bytes);
}
