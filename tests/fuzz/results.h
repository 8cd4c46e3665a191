/*
 * results.h: all that a document renders, as one text.
 */
#ifndef NKC_TESTS_FUZZ_RESULTS_H
#define NKC_TESTS_FUZZ_RESULTS_H

#include "fuzz.h"

#include <nkcite/cite.h>

static inline void put_results(nkc_document *document, nkc_buf *out)
{
	size_t count = 0;
	nkc_str id, text;
	for (size_t i = 0; i < nkc_document_cluster_count(document); i++) {
		MUST(nkc_document_cluster(document, i, &id, &text) == NKC_OK);
		nkc_buf_put_str(out, text);
		nkc_buf_putc(out, '\n');
	}
	MUST(nkc_document_entry_count(document, &count) == NKC_OK);
	for (size_t i = 0; i < count; i++) {
		MUST(nkc_document_entry(document, i, &id, &text) == NKC_OK);
		nkc_buf_put_str(out, text);
		nkc_buf_putc(out, '\n');
	}
}

#endif
