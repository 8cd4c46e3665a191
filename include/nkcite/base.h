/*
 * base.h: status codes, borrowed strings, version.
 *
 * Functions return an nkc_status; what a person should read goes into an
 * nkc_diags list (diag.h) that is a parameter. Nothing here aborts, exits or
 * keeps a global last error.
 */
#ifndef NKCITE_BASE_H
#define NKCITE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define NKC_API __attribute__((visibility("default")))
#define NKC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NKC_MUST_CHECK __attribute__((warn_unused_result))
#else
#define NKC_API
#define NKC_PRINTF(fmt, args)
#define NKC_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nkc_status {
	NKC_OK = 0,
	NKC_ENOMEM,       /* an allocation failed */
	NKC_EIO,          /* the system refused to read or write; errno says why */
	NKC_ESYNTAX,      /* the input is not of its format */
	NKC_EINVALID,     /* well formed, but with a meaning that is not allowed */
	NKC_ENOTFOUND,    /* no such key, file, format, code */
	NKC_EUNSUPPORTED, /* this build or format cannot do it */
	NKC_ELIMIT        /* a named bound was passed */
} nkc_status;

/* The name of a status in a few plain words ("out of memory"). Never NULL. */
NKC_API const char *nkc_status_text(nkc_status status);

/* The version of the library that runs, "major.minor.patch". */
NKC_API const char *nkc_version(void);

/* The libraries that it was loaded with: the name, and the version as the library itself tells it; NULL behind the last. */
#define NKC_VERSION_SIZE 32
NKC_API const char *nkc_component_at(size_t index, char version[NKC_VERSION_SIZE]);

/*
 * A borrowed run of bytes, passed by value. Not NUL-terminated; may hold NUL.
 * ptr is never NULL: empty is a state, not a special case.
 */
typedef struct nkc_str {
	const char *ptr;
	size_t len;
} nkc_str;

/* A string literal as an nkc_str; the second form is for static initialisers. */
#define NKC_STR(literal) nkc_str_make("" literal, sizeof(literal) - 1)
#define NKC_STR_INIT(literal) { "" literal, sizeof(literal) - 1 }

/* printf("%.*s", NKC_STR_ARG(s)) */
#define NKC_STR_ARG(s) (int)(s).len, (s).ptr

static inline nkc_str nkc_str_make(const char *ptr, size_t len)
{
	nkc_str s;
	s.ptr = ptr;
	s.len = len;
	return s;
}

/* Borrows a C string; NULL gives the empty string. */
static inline nkc_str nkc_str_from(const char *text)
{
	return text ? nkc_str_make(text, strlen(text)) : nkc_str_make("", 0);
}

static inline bool nkc_str_empty(nkc_str s)
{
	return s.len == 0;
}

static inline bool nkc_str_eq(nkc_str a, nkc_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool nkc_str_is(nkc_str a, const char *text)
{
	return nkc_str_eq(a, nkc_str_from(text));
}

static inline bool nkc_str_starts(nkc_str s, nkc_str prefix)
{
	return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

static inline bool nkc_str_ends(nkc_str s, nkc_str suffix)
{
	return s.len >= suffix.len &&
	       memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

/* Bytes from..to (to is exclusive; both are clamped to the string). */
static inline nkc_str nkc_str_slice(nkc_str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return nkc_str_make(s.ptr + from, to - from);
}

/* Bytewise order (that of UTF-8 code points): <0, 0, >0. */
NKC_API int nkc_str_cmp(nkc_str a, nkc_str b);

/* Equal but for the case of ASCII letters. */
NKC_API bool nkc_str_eq_nocase(nkc_str a, nkc_str b);

/* Without ASCII white space (space, tab, CR, LF, VT, FF) at both ends. */
NKC_API nkc_str nkc_str_trim(nkc_str s);

/* Offset of the first occurrence, or s.len. */
NKC_API size_t nkc_str_find(nkc_str s, nkc_str what);

/* Offset of the first such byte, or s.len. */
NKC_API size_t nkc_str_find_byte(nkc_str s, char byte);

/*
 * Cuts the next piece up to `separator` off *rest (a loop over "a;b;c").
 * Returns false when nothing is left.
 */
NKC_API bool nkc_str_split(nkc_str *rest, char separator, nkc_str *piece);

#define NKC_RUNE_BAD 0xFFFDu

/*
 * Decodes the UTF-8 code point at *at and moves *at behind it. A bad byte (or an encoded surrogate) gives
 * NKC_RUNE_BAD and moves on by one byte (three for the surrogate). *at must be below text.len.
 */
NKC_API uint32_t nkc_utf8_next(nkc_str text, size_t *at);

#ifdef __cplusplus
}
#endif

#endif
