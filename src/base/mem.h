/*
 * mem.h: the one seam through which all memory comes.
 *
 * Tests make the n-th allocation fail through it.
 */
#ifndef NKC_SRC_BASE_MEM_H
#define NKC_SRC_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

void *nkc_malloc(size_t size);
void *nkc_calloc(size_t count, size_t size);
void *nkc_realloc(void *old, size_t size);
void nkc_free(void *memory);
/* A NUL-terminated copy; NULL when memory is out. */
char *nkc_strdup(const char *text, size_t len);

/* --- for tests --- */

/* Lets the n-th allocation from now (1: the next) and all after it fail; 0: none fails. */
void nkc_mem_fail_at(uint64_t n);
/* How many allocations there were since nkc_mem_fail_at was last called. */
uint64_t nkc_mem_count(void);

#endif
