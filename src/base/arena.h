/*
 * arena.h: arenas from inside: small things, and texts that are built.
 */
#ifndef NKC_SRC_BASE_ARENA_H
#define NKC_SRC_BASE_ARENA_H

#include <nkcite/buf.h>
#include <nkcite/value.h>

struct nkc_arena {
	char *at, *end; /* what is free of the last block */
	struct nkc_block *top;
	size_t taken; /* by all blocks */
	size_t limit; /* 0: none */
	nkc_buf buf; /* to be lent; without memory while it is */
	nkc_status status;
};

/* nkc_arena_alloc for a size that is known to be small, without a call where the block has room. */
static inline void *nkc_arena_take(nkc_arena *arena, size_t size)
{
	size = (size + 15) & ~(size_t)15;
	if ((size_t)(arena->end - arena->at) < size)
		return nkc_arena_alloc(arena, size);
	char *memory = arena->at;
	arena->at += size;
	return memory;
}

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
