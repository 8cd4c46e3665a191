/*
 * window.h: a text that is read piece by piece, of which a part is in memory.
 */
#ifndef NKC_SRC_BASE_WINDOW_H
#define NKC_SRC_BASE_WINDOW_H

#include <nkcite/format.h>
#include <nkcite/source.h>

typedef struct nkc_window {
	nkc_source source; /* source.text is what is in memory */
	bool ended;        /* nothing comes behind it */
	int error;         /* errno of a read that failed; the text ends there */
	char *bytes;       /* NULL: the whole text was in memory from the start */
	size_t cap;
	nkc_read_fn read;
	void *context;
} nkc_window;

void nkc_window_open(nkc_window *window, nkc_str name, nkc_read_fn read, void *context);
void nkc_window_open_text(nkc_window *window, nkc_str name, nkc_str text);
void nkc_window_close(nkc_window *window);

/*
 * Drops the bytes before *at (which then is 0) and reads more. After it either more text is there or `ended` is
 * set. NKC_ENOMEM; NKC_ELIMIT when more than `limit` bytes would stay.
 */
nkc_status nkc_window_fill(nkc_window *window, size_t *at, size_t limit);

#endif
