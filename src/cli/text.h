/*
 * text.h: text that a terminal may see, and how wide it is there.
 */
#ifndef NKC_SRC_CLI_TEXT_H
#define NKC_SRC_CLI_TEXT_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/*
 * Appends text with control characters as pictures (U+2400...; a tab stays), and what hides
 * or turns text around, and bytes that are not UTF-8, as U+FFFD.
 */
void cli_put_safe(nkc_buf *out, nkc_str text);

/* How many columns of a terminal the text takes when put by cli_put_safe, a tab as one. */
size_t cli_columns(nkc_str text);

/* The first `count` code points of the text. */
nkc_str cli_text_head(nkc_str text, uint64_t count);

/* Appends "1 record" or "5 records". */
void cli_put_count(nkc_buf *out, uint64_t count, const char *what);

/*
 * Appends text in lines of at most `width` columns, each behind `indent` spaces. A newline begins a new
 * line; lines that begin with a space are set as they are.
 */
void cli_put_wrapped(nkc_buf *out, nkc_str text, size_t indent, size_t width);

#endif
