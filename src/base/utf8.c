#include "base/utf8.h"

static bool is_tail(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t nkc_utf8_length(const char *text, size_t len)
{
	unsigned char a = (unsigned char)text[0];
	if (a < 0x80)
		return 1;
	if (a < 0xC2 || a > 0xF4 || len < 2 || !is_tail(text[1]))
		return 0;
	if (a < 0xE0)
		return 2;
	unsigned char b = (unsigned char)text[1];
	if (len < 3 || !is_tail(text[2]))
		return 0;
	if (a < 0xF0) /* no overlong form, no surrogate */
		return (a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F) ? 0 : 3;
	if (len < 4 || !is_tail(text[3]))
		return 0;
	return (a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F) ? 0 : 4;
}

static bool is_surrogate(const char *text, size_t len)
{
	return len >= 3 && (unsigned char)text[0] == 0xED && (unsigned char)text[1] >= 0xA0 &&
	       is_tail(text[1]) && is_tail(text[2]);
}

uint32_t nkc_utf8_next(nkc_str text, size_t *at)
{
	const char *p = text.ptr + *at;
	if ((unsigned char)*p < 0x80) {
		++*at;
		return (unsigned char)*p;
	}
	size_t len = nkc_utf8_length(p, text.len - *at);
	static const unsigned char masks[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	if (len == 0) {
		*at += is_surrogate(p, text.len - *at) ? 3 : 1;
		return NKC_RUNE_BAD;
	}
	uint32_t rune = (unsigned char)p[0] & masks[len];
	for (size_t i = 1; i < len; i++)
		rune = rune << 6 | ((unsigned char)p[i] & 0x3F);
	*at += len;
	return rune;
}

bool nkc_utf16_suspected(nkc_str text)
{
	return nkc_str_starts(text, NKC_STR("\xFF\xFE")) || nkc_str_starts(text, NKC_STR("\xFE\xFF")) ||
	       (text.len > 1 && (text.ptr[0] == '\0') != (text.ptr[1] == '\0'));
}

/* Are there eight bytes of ASCII at text[at]? */
static bool is_ascii8(nkc_str text, size_t at)
{
	uint64_t word;
	if (text.len - at < 8)
		return false;
	memcpy(&word, text.ptr + at, 8);
	return (word & 0x8080808080808080u) == 0;
}

bool nkc_utf8_has_high(nkc_str text)
{
	size_t i = 0;
	while (is_ascii8(text, i))
		i += 8;
	for (; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] & 0x80)
			return true;
	}
	return false;
}

/*
 * Sixteen at a time, without a branch among them, so that compilers use wide registers. 26 and 27 are & and ', 3C and 3E
 * < and >.
 */
static bool is_loud16(const char *text)
{
	unsigned char loud = 0;
	for (size_t i = 0; i < 16; i++) {
		unsigned char c = (unsigned char)text[i];
		loud |= (unsigned char)((c < ' ') | (c > '~') | (c == '"') | ((c | 1) == 0x27) |
		                        ((c | 2) == 0x3E) | (c == '\\'));
	}
	return loud;
}

bool nkc_utf8_is_quiet(nkc_str text)
{
	static const uint64_t quiet[4] = { UINT64_C(0xAFFFFF3B00000000), UINT64_C(0x7FFFFFFFEFFFFFFF), 0,
		                           0 }; /* the same as bits */
	size_t at = 0;
	if (text.len >= 16) {
		for (; text.len - at > 16; at += 16) {
			if (is_loud16(text.ptr + at))
				return false;
		}
		return !is_loud16(text.ptr + text.len - 16);
	}
	for (; at < text.len; at++) {
		unsigned char c = (unsigned char)text.ptr[at];
		if (!(quiet[c / 64] >> c % 64 & 1))
			return false;
	}
	return true;
}

bool nkc_utf8_valid(nkc_str text)
{
	for (size_t i = 0; i < text.len;) {
		size_t len = is_ascii8(text, i) ? 8 : nkc_utf8_length(text.ptr + i, text.len - i);
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

size_t nkc_utf8_count(nkc_str text)
{
	size_t count = 0;
	for (size_t at = 0; at < text.len;) {
		if (is_ascii8(text, at)) {
			at += 8;
			count += 8;
		} else {
			nkc_utf8_next(text, &at);
			count++;
		}
	}
	return count;
}

/* Code points of the bytes 0x80 to 0x9F in Windows-1252; the others are those of Latin-1. */
static const uint16_t windows[32] = { 0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
	                              0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
	                              0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	                              0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178 };

void nkc_utf8_put_windows(nkc_buf *out, nkc_str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t length = nkc_utf8_length(text.ptr + at, text.len - at);
		unsigned char byte = (unsigned char)text.ptr[at];
		if (length)
			nkc_buf_put(out, text.ptr + at, length);
		else
			nkc_buf_put_rune(out, byte < 0xA0 ? windows[byte - 0x80] : byte);
		at += length ? length : 1;
	}
}
