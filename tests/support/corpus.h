/*
 * corpus.h: the items of tests/corpus/varied.json, one after the other.
 */
#ifndef NKC_TESTS_CORPUS_H
#define NKC_TESTS_CORPUS_H

#include "support/unit.h"

#include <nkcite/format.h>
#include <stdlib.h>

static inline ptrdiff_t read_corpus(void *file, char *bytes, size_t size)
{
	return (ptrdiff_t)fread(bytes, 1, size, file);
}

/* The reader; *file is to be closed behind it. */
static inline nkc_reader *open_corpus(FILE **file)
{
	const char *source = getenv("top_srcdir");
	char path[4096];
	nkc_reader *reader;

	snprintf(path, sizeof path, "%s/tests/corpus/varied.json", source ? source : ".");
	*file = fopen(path, "rb");
	assert_non_null(*file);
	assert_int_equal(nkc_reader_open(&reader, nkc_format_find(NKC_STR("csljson")), NKC_STR("varied.json"), read_corpus,
	                                 *file, NULL),
	                 NKC_OK);
	return reader;
}

#endif
