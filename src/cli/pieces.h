/*
 * pieces.h: the long lists of a JSON document, one value at a time, so that a document of a hundred thousand items is read in
 * the memory of one.
 */
#ifndef NKC_SRC_CLI_PIECES_H
#define NKC_SRC_CLI_PIECES_H

#include <nkcite/buf.h>
#include <nkcite/value.h>

/* A list that is read: from a tree, or from the text between its brackets. */
typedef struct cli_pieces {
	nkc_value *next;  /* of a tree */
	nkc_str text;     /* what is left of a text; no pointer: it is a tree */
	nkc_arena *arena; /* for one value of a text */
	bool begun;
	nkc_status status;
} cli_pieces;

/*
 * Appends to *rest a document whose outermost members named names[i], if they are arrays, are left empty; lists[i] is the text
 * between their brackets, or has no pointer. What is no JSON stays as it is, for the parser to refuse.
 */
void cli_pieces_cut(nkc_str document, const char *const *names, size_t count, nkc_str *lists, nkc_buf *rest);

/*
 * The next value; NULL at the end, and after a failure, which is in `status`. One of a text lasts until the next call.
 */
nkc_value *cli_pieces_next(cli_pieces *pieces);

#endif
