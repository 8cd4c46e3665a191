#include "base/mem.h"

#include <nkcite/buf.h>
#include <stdio.h>

char nkc_buf_empty_bytes[1] = "";

void nkc_buf_init(nkc_buf *buf)
{
	*buf = (nkc_buf)NKC_BUF_INIT;
}

void nkc_buf_release(nkc_buf *buf)
{
	if (buf->cap)
		nkc_free(buf->ptr);
	nkc_buf_init(buf);
}

void nkc_buf_clear(nkc_buf *buf)
{
	buf->len = 0;
	buf->status = NKC_OK;
	if (buf->cap)
		buf->ptr[0] = '\0';
}

bool nkc_buf_grow(nkc_buf *buf, size_t more)
{
	if (buf->status)
		return false;
	if (more >= NKC_BUF_MAX - buf->len) {
		buf->status = NKC_ELIMIT;
		return false;
	}
	size_t need = buf->len + more + 1;
	if (need <= buf->cap)
		return true;
	size_t cap = buf->cap < 64 ? 64 : buf->cap + buf->cap / 2;
	if (cap < need)
		cap = need;
	char *ptr = nkc_realloc(buf->cap ? buf->ptr : NULL, cap);
	if (!ptr) {
		buf->status = NKC_ENOMEM;
		return false;
	}
	buf->ptr = ptr;
	buf->ptr[buf->len] = '\0';
	buf->cap = cap;
	return true;
}

void nkc_buf_put_slow(nkc_buf *buf, const char *bytes, size_t len)
{
	if (!nkc_buf_grow(buf, len))
		return;
	if (len)
		memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void nkc_buf_vprintf(nkc_buf *buf, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	char small[256];
	int len = vsnprintf(small, sizeof small, format, args);
	if (len >= 0 && (size_t)len < sizeof small) {
		nkc_buf_put(buf, small, (size_t)len);
	} else if (len >= 0 && nkc_buf_grow(buf, (size_t)len)) {
		vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

void nkc_buf_printf(nkc_buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	nkc_buf_vprintf(buf, format, args);
	va_end(args);
}

void nkc_buf_put_rune(nkc_buf *buf, uint32_t rune)
{
	char bytes[4];
	size_t len = 0;
	if (rune < 0x80) {
		bytes[len++] = (char)rune;
	} else if (rune < 0x800) {
		bytes[len++] = (char)(0xC0 | rune >> 6);
		bytes[len++] = (char)(0x80 | (rune & 0x3F));
	} else if (rune < 0x10000) {
		bytes[len++] = (char)(0xE0 | rune >> 12);
		bytes[len++] = (char)(0x80 | (rune >> 6 & 0x3F));
		bytes[len++] = (char)(0x80 | (rune & 0x3F));
	} else {
		bytes[len++] = (char)(0xF0 | (rune >> 18 & 0x07));
		bytes[len++] = (char)(0x80 | (rune >> 12 & 0x3F));
		bytes[len++] = (char)(0x80 | (rune >> 6 & 0x3F));
		bytes[len++] = (char)(0x80 | (rune & 0x3F));
	}
	nkc_buf_put(buf, bytes, len);
}

void nkc_buf_truncate(nkc_buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->ptr[len] = '\0';
}

void nkc_buf_splice(nkc_buf *buf, size_t offset, size_t cut, nkc_str bytes)
{
	if (offset > buf->len)
		offset = buf->len;
	if (cut > buf->len - offset)
		cut = buf->len - offset;
	if (!nkc_buf_grow(buf, bytes.len))
		return;
	char *at = buf->ptr + offset;
	memmove(at + bytes.len, at + cut, buf->len - offset - cut);
	if (bytes.len)
		memcpy(at, bytes.ptr, bytes.len);
	buf->len = buf->len - cut + bytes.len;
	buf->ptr[buf->len] = '\0';
}

char *nkc_buf_take(nkc_buf *buf)
{
	char *bytes = NULL;
	if (!buf->status && nkc_buf_grow(buf, 0)) {
		buf->ptr[buf->len] = '\0';
		bytes = buf->ptr;
		nkc_buf_init(buf);
	} else {
		nkc_buf_release(buf);
	}
	return bytes;
}
