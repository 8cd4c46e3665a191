/*
 * utf8.h: UTF-8 one code point at a time (Unicode, section 3.9, table 3-7).
 */
#ifndef NKC_SRC_BASE_UTF8_H
#define NKC_SRC_BASE_UTF8_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/*
 * Length of the well-formed sequence at text[0], 1 to 4; 0 when there is none
 * (also for an encoded surrogate). len is how many bytes there are.
 */
size_t nkc_utf8_length(const char *text, size_t len);

/* Does a text that should be UTF-8 begin like UTF-16 or UTF-32: with their mark, or a NUL beside its first character? */
bool nkc_utf16_suspected(nkc_str text);

/* Is it all well-formed? */
bool nkc_utf8_valid(nkc_str text);

/* How many code points (a bad byte counts as one). */
size_t nkc_utf8_count(nkc_str text);

/* Has it a byte of 0x80 or more? */
bool nkc_utf8_has_high(nkc_str text);

/*
 * Is it all printable ASCII, with none of the characters " & ' < > \ ? Most texts are so, and most formats and markups write
 * such a text as it is.
 */
bool nkc_utf8_is_quiet(nkc_str text);

/* Appends the text; bytes that are not UTF-8 are taken for Windows-1252, which holds all of Latin-1. */
void nkc_utf8_put_windows(nkc_buf *out, nkc_str text);

#endif
