/*
 * pieces.h: a text that is read in pieces, as a pipe gives it.
 */
#ifndef NKC_TESTS_PIECES_H
#define NKC_TESTS_PIECES_H

#include <nkcite/base.h>

typedef struct pieces {
	nkc_str text;
	size_t size;  /* bytes a piece; 0: as much as is asked for */
	size_t at;    /* set to 0 */
	int error;    /* errno that comes where the text ends; 0: an end as it should be */
	size_t reads; /* how often something was asked for */
} pieces;

/* An nkc_read_fn over a struct pieces. */
ptrdiff_t pieces_read(void *context, char *bytes, size_t size);

#endif
