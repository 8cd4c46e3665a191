/*
 * wide.h: UTF-16 as UTF-8 (Unicode, sections 2.6 and 3.10).
 */
#ifndef NKC_SRC_BASE_WIDE_H
#define NKC_SRC_BASE_WIDE_H

#include "base/window.h"

#include <nkcite/buf.h>

typedef struct nkc_wide {
	nkc_read_fn read; /* of the bytes behind those that were in memory; NULL: there are none */
	void *context;
	nkc_buf bytes;    /* read, but not yet decoded from `at` on */
	size_t at;
	bool little;      /* the low byte of a unit comes first */
	bool ended;
} nkc_wide;

/*
 * Takes over a window at the beginning of a text that nkc_utf16_suspected: from now on it is filled with UTF-8, a unit
 * without its partner as U+FFFD. wide must live as long as the window is filled. NKC_ENOMEM.
 */
nkc_status nkc_wide_open(nkc_wide *wide, nkc_window *window);
void nkc_wide_close(nkc_wide *wide);

#endif
