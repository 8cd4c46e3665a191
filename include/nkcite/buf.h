/*
 * buf.h: a byte buffer that grows and owns its bytes.
 *
 * A buffer fails once and is asked once: after an allocation fails (or the
 * bound NKC_BUF_MAX is passed) every further call does nothing, and
 * nkc_buf_status() tells. Its pointer is never NULL and what it points to ends
 * in a NUL that is not counted.
 */
#ifndef NKCITE_BUF_H
#define NKCITE_BUF_H

#include <nkcite/base.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_buf {
	char *ptr;
	size_t len;
	size_t cap; /* 0: ptr is the shared empty string */
	nkc_status status;
} nkc_buf;

/* The shared empty string that a buffer without memory points to. */
NKC_API extern char nkc_buf_empty_bytes[];

#define NKC_BUF_INIT { nkc_buf_empty_bytes, 0, 0, NKC_OK }

/* No buffer grows past this (4 GiB; 1 GiB where that is all of memory): a runaway writer, not a real document. */
#define NKC_BUF_MAX ((size_t)1 << (sizeof(size_t) > 4 ? 32 : 30))

NKC_API void nkc_buf_init(nkc_buf *buf);
NKC_API void nkc_buf_release(nkc_buf *buf); /* frees; ready for use again */
NKC_API void nkc_buf_clear(nkc_buf *buf);   /* empty, keeps its memory; a failure is forgotten */

/* Makes room for `more` further bytes. False when that failed. */
NKC_API bool nkc_buf_grow(nkc_buf *buf, size_t more);

NKC_API void nkc_buf_put_slow(nkc_buf *buf, const char *bytes, size_t len);
NKC_API void nkc_buf_printf(nkc_buf *buf, const char *format, ...) NKC_PRINTF(2, 3);
NKC_API void nkc_buf_vprintf(nkc_buf *buf, const char *format, va_list args) NKC_PRINTF(2, 0);

/* Appends the code point as UTF-8 (surrogates as their three WTF-8 bytes). */
NKC_API void nkc_buf_put_rune(nkc_buf *buf, uint32_t rune);

/* Cuts the buffer back to len bytes, if it is longer. */
NKC_API void nkc_buf_truncate(nkc_buf *buf, size_t len);

/* Replaces cut bytes at offset by the given ones. */
NKC_API void nkc_buf_splice(nkc_buf *buf, size_t offset, size_t cut, nkc_str bytes);

/* The bytes move to the caller (free() them); the buffer is empty again. NULL after a failure. */
NKC_API char *nkc_buf_take(nkc_buf *buf);

static inline nkc_status nkc_buf_status(const nkc_buf *buf)
{
	return buf->status;
}

/* What the buffer holds, borrowed until its next change. */
static inline nkc_str nkc_buf_str(const nkc_buf *buf)
{
	return nkc_str_make(buf->ptr, buf->len);
}

static inline void nkc_buf_put(nkc_buf *buf, const char *bytes, size_t len)
{
	if (len < buf->cap - buf->len && !buf->status) {
		memcpy(buf->ptr + buf->len, bytes, len);
		buf->len += len;
		buf->ptr[buf->len] = '\0';
	} else {
		nkc_buf_put_slow(buf, bytes, len);
	}
}

static inline void nkc_buf_put_str(nkc_buf *buf, nkc_str s)
{
	nkc_buf_put(buf, s.ptr, s.len);
}

static inline void nkc_buf_puts(nkc_buf *buf, const char *text)
{
	nkc_buf_put(buf, text, strlen(text));
}

static inline void nkc_buf_putc(nkc_buf *buf, char c)
{
	nkc_buf_put(buf, &c, 1);
}

#ifdef __cplusplus
}
#endif

#endif
