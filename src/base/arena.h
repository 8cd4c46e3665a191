/*
 * arena.h: texts that are built in an arena.
 */
#ifndef NKC_SRC_BASE_ARENA_H
#define NKC_SRC_BASE_ARENA_H

#include <nkcite/buf.h>
#include <nkcite/value.h>

/*
 * A buffer to build a text in: the arena lends its own, so that one text after the other costs no allocation. While it is
 * lent, a further call gives a new one.
 */
nkc_buf nkc_arena_buf(nkc_arena *arena);
/* The text of the buffer, in the arena, which takes the buffer back. A buffer that failed fails the arena. */
nkc_str nkc_arena_keep(nkc_arena *arena, nkc_buf *buf);

#endif
