/*
 * markup.h (inner): a markup is a table and an escape function, in one file that ends in its descriptor.
 */
#ifndef NKC_SRC_MARKUP_MARKUP_H
#define NKC_SRC_MARKUP_MARKUP_H

#include "csl/events.h"

#include <nkcite/markup.h>

struct nkc_markup {
	const char *name;  /* "html" */
	const char *title; /* "HTML" */
	/* What stands before and behind a span; NULL: nothing. Of links and entries "%s" is the escaped URL or id. */
	struct {
		const char *open, *close;
	} spans[CSL_SPANS];
	/* Writes text so that it stands for itself. */
	void (*escape)(nkc_str text, nkc_buf *out);
};

#endif
