/*
 * arena.h: texts that are built in an arena.
 */
#ifndef NKC_SRC_BASE_ARENA_H
#define NKC_SRC_BASE_ARENA_H

#include <nkcite/buf.h>
#include <nkcite/value.h>

/*
 * The arena's blocks may take so many bytes in all; 0, as at first: there is no bound. An allocation that would pass it
 * fails, and the status is NKC_ELIMIT until the next reset.
 */
void nkc_arena_set_limit(nkc_arena *arena, size_t bytes);

/*
 * A buffer to build a text in: the arena lends its own, so that one text after the other costs no allocation. While it is
 * lent, a further call gives a new one.
 */
nkc_buf nkc_arena_buf(nkc_arena *arena);
/* The text of the buffer, in the arena, which takes the buffer back. A buffer that failed fails the arena. */
nkc_str nkc_arena_keep(nkc_arena *arena, nkc_buf *buf);

#endif
