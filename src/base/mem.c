#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic uint64_t allocations;
static _Atomic uint64_t fail_at;

void nkc_mem_fail_at(uint64_t n)
{
	atomic_store(&allocations, 0);
	atomic_store(&fail_at, n);
}

uint64_t nkc_mem_count(void)
{
	return atomic_load(&allocations);
}

static int refused(void)
{
	uint64_t count = atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed) + 1;
	uint64_t limit = atomic_load_explicit(&fail_at, memory_order_relaxed);
	return limit != 0 && count >= limit;
}

void *nkc_malloc(size_t size)
{
	return refused() ? NULL : malloc(size ? size : 1);
}

void *nkc_calloc(size_t count, size_t size)
{
	return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *nkc_realloc(void *old, size_t size)
{
	return refused() ? NULL : realloc(old, size ? size : 1);
}

void nkc_free(void *memory)
{
	free(memory);
}

char *nkc_strdup(const char *text, size_t len)
{
	char *copy = nkc_malloc(len + 1);
	if (!copy)
		return NULL;
	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}
