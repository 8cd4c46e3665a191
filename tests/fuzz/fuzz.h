/*
 * fuzz.h: a fuzz target is a file with LLVMFuzzerTestOneInput. By itself it is linked with replay.c, which
 * runs the corpus; with ./configure --enable-fuzzers CC=clang it is a libFuzzer program.
 */
#ifndef NKC_TESTS_FUZZ_H
#define NKC_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input; says so and ends the process otherwise. */
#define MUST(condition)                                                                         \
	do {                                                                                    \
		if (!(condition)) {                                                             \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                \
		}                                                                               \
	} while (0)

#endif
