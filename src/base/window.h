/*
 * window.h: a text that is read piece by piece, of which a part is in memory.
 */
#ifndef NKC_SRC_BASE_WINDOW_H
#define NKC_SRC_BASE_WINDOW_H

#include <nkcite/format.h>
#include <nkcite/source.h>

typedef struct nkc_window {
	nkc_source source; /* source.text is what is in memory */
	size_t behind;     /* so many bytes at its end are there for findings only, not to be read */
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
 * Drops the bytes before *at, but for some that findings may show, and reads more; *at moves with its byte. After it
 * either more text is there or `ended` is set. NKC_ENOMEM; NKC_ELIMIT when more than `limit` bytes stand behind *at.
 */
nkc_status nkc_window_fill(nkc_window *window, size_t *at, size_t limit);

/* Where the text begins that findings at `at` and behind it may show: NKC_LINE_SHOWN bytes before it, or a few less. */
size_t nkc_window_margin(nkc_str text, size_t at);

#endif
