/*
 * own.h: what a format cannot carry natively, carried by nkcite all the same.
 *
 * A format of this kind knows its native part only: how an item is shown in it, and what item is read from what is
 * shown. Whatever does not come back so (and what comes back without having been there) stands in one JSON object,
 * {"custom": {...}, "genre": null}, in a place that other programs leave alone. When such a file is read, a
 * member of that object counts where the native part still shows what was written for it; where somebody has
 * changed it since, the native part counts.
 */
#ifndef NKC_SRC_FORMAT_OWN_H
#define NKC_SRC_FORMAT_OWN_H

#include "format/format.h"

typedef struct nkc_native {
	const char *where; /* of nkcite's own object: "custom7" */
	/* Appends the item, strict CSL-JSON; `own` is the text of the object, empty when there is none. */
	void (*put)(nkc_buf *out, const nkc_value *item, nkc_str own);
	/* The item that such a text shows, made in the arena, without its own object. NULL when memory is out. */
	nkc_value *(*get)(nkc_arena *arena, nkc_str text);
} nkc_native;

/* What it takes to work with; one for a writer. */
typedef struct nkc_own nkc_own;
nkc_own *nkc_own_new(void); /* NULL: memory is out */
void nkc_own_free(nkc_own *own);

/* Writes a record; what could not be native is told. */
void nkc_own_write(nkc_own *own, const nkc_native *native, nkc_writer *writer, nkc_record *record, nkc_buf *out);

/*
 * Gives the item, as the native part shows it, the members of the object whose text is `json`. *bad (may be NULL)
 * is set when that is no object.
 */
nkc_status nkc_own_restore(nkc_own *own, const nkc_native *native, nkc_arena *arena, nkc_value *item, nkc_str json,
                           bool *bad);

/* Operations of a writer whose state is an nkc_own. */
nkc_status nkc_own_open_writer(nkc_writer *writer);
void nkc_own_close_writer(nkc_writer *writer);

/*
 * Makes reader->record of an item that was read, with its own object, whose text is `json` (empty: none): the end of an
 * operation `next`. start, length: where the item stands in the window.
 */
nkc_status nkc_own_adopt(nkc_reader *reader, const nkc_native *native, nkc_value *item, nkc_str json, size_t start,
                         size_t length);

#endif
