/*
 * An arena is a chain of blocks. A reset keeps the largest, so that a stream
 * of records soon needs no allocation at all.
 */
#include "base/arena.h"

#include "base/mem.h"

#define FIRST_BLOCK ((size_t)8 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)

typedef struct nkc_block {
	struct nkc_block *next;
	size_t size;
	max_align_t bytes[];
} block;

nkc_arena *nkc_arena_new(void)
{
	nkc_arena *arena = nkc_calloc(1, sizeof *arena);
	if (arena)
		nkc_buf_init(&arena->buf);
	return arena;
}

static void free_blocks(block *b)
{
	while (b) {
		block *next = b->next;
		nkc_free(b);
		b = next;
	}
}

void nkc_arena_free(nkc_arena *arena)
{
	if (!arena)
		return;
	free_blocks(arena->top);
	nkc_buf_release(&arena->buf);
	nkc_free(arena);
}

static void use_block(nkc_arena *arena, block *b)
{
	arena->top = b;
	arena->at = b ? (char *)b->bytes : NULL;
	arena->end = b ? arena->at + b->size : NULL;
}

void nkc_arena_reset(nkc_arena *arena)
{
	arena->status = NKC_OK;
	if (!arena->top)
		return;
	free_blocks(arena->top->next);
	arena->top->next = NULL;
	use_block(arena, arena->top);
	/* One huge record must not hold its memory for the rest of the stream. */
	if (arena->buf.cap > LARGEST_BLOCK)
		nkc_buf_release(&arena->buf);
	if (arena->top->size > LARGEST_BLOCK) {
		nkc_free(arena->top);
		use_block(arena, NULL);
	}
	arena->taken = arena->top ? arena->top->size : 0;
}

void nkc_arena_set_limit(nkc_arena *arena, size_t bytes)
{
	arena->limit = bytes;
}

/* Always false. */
static bool fail(nkc_arena *arena, nkc_status status)
{
	arena->status = arena->status ? arena->status : status;
	return false;
}

static bool add_block(nkc_arena *arena, size_t size)
{
	size_t want = arena->top ? arena->top->size * 2 : FIRST_BLOCK;
	if (want > LARGEST_BLOCK)
		want = LARGEST_BLOCK;
	if (want < size)
		want = size;
	if (arena->limit && (arena->taken > arena->limit || want > arena->limit - arena->taken))
		return fail(arena, NKC_ELIMIT);
	block *b = nkc_malloc(sizeof *b + want);
	if (!b)
		return fail(arena, NKC_ENOMEM);
	arena->taken += want;
	b->size = want;
	b->next = arena->top;
	use_block(arena, b);
	return true;
}

void *nkc_arena_alloc(nkc_arena *arena, size_t size)
{
	if (size > SIZE_MAX / 4) {
		(void)fail(arena, NKC_ENOMEM);
		return NULL;
	}
	size = (size + 15) & ~(size_t)15;
	if ((!arena->top || (size_t)(arena->end - arena->at) < size) && !add_block(arena, size))
		return NULL;
	char *memory = arena->at;
	arena->at += size;
	return memory;
}

/* Bytes from the end of a block: texts stand there close together. */
static char *take_last(nkc_arena *arena, size_t size)
{
	bool fits = arena->top && (size_t)(arena->end - arena->at) >= size;
	if (!fits && (size > SIZE_MAX / 4 || !add_block(arena, size))) {
		(void)fail(arena, NKC_ENOMEM);
		return NULL;
	}
	arena->end -= size;
	return arena->end;
}

nkc_str nkc_arena_str(nkc_arena *arena, nkc_str text)
{
	char *copy = text.len ? take_last(arena, text.len + 1) : NULL;
	if (!copy)
		return NKC_STR("");
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return nkc_str_make(copy, text.len);
}

nkc_status nkc_arena_status(const nkc_arena *arena)
{
	return arena->status;
}

nkc_buf nkc_arena_buf(nkc_arena *arena)
{
	nkc_buf buf = arena->buf;
	nkc_buf_init(&arena->buf);
	return buf;
}

nkc_str nkc_arena_keep(nkc_arena *arena, nkc_buf *buf)
{
	nkc_str text = nkc_arena_str(arena, nkc_buf_str(buf));
	if (nkc_buf_status(buf) && !arena->status)
		arena->status = nkc_buf_status(buf);
	nkc_buf_release(&arena->buf);
	nkc_buf_clear(buf);
	arena->buf = *buf;
	nkc_buf_init(buf);
	return text;
}
