/*
 * rich.h: CSL's markup inside text (<i>, <b>, <sup>, <sub>, small caps, no case) as runs, for formats that mark text
 * in their own way.
 */
#ifndef NKC_SRC_FORMAT_RICH_H
#define NKC_SRC_FORMAT_RICH_H

#include <nkcite/buf.h>

enum {
	NKC_RICH_ITALIC = 1,
	NKC_RICH_BOLD = 2,
	NKC_RICH_SUP = 4,
	NKC_RICH_SUB = 8,
	NKC_RICH_SMALL_CAPS = 16,
	NKC_RICH_NOCASE = 32
};

/*
 * The next run of *rest that is marked in one way; *faces has the marks of it, beside bits of its own: 0 to begin with, then
 * as the last call left it. False at the end. Tags that do not pair are text.
 */
bool nkc_rich_next(nkc_str *rest, nkc_str *run, unsigned *faces);

/* Appends a run in CSL's markup; `before` is the marks of the run before it (0 at the start and, with an empty run, the end). */
void nkc_rich_put(nkc_buf *out, nkc_str run, unsigned faces, unsigned *before);

#endif
