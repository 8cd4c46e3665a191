/*
 * source.h: where text came from, and places in it.
 */
#ifndef NKCITE_SOURCE_H
#define NKCITE_SOURCE_H

#include <nkcite/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A window on a text: the part that is in memory, and where that part begins.
 * A reader moves the window as it goes; a place can be told while it lies inside.
 */
typedef struct nkc_source {
	nkc_str name;  /* file name as the user gave it, "-" for standard input; may be empty */
	nkc_str text;  /* the bytes in memory */
	uint64_t base; /* offset of text.ptr[0] from the start of the file */
	uint64_t line; /* line number of text.ptr[0], from 1 */
	uint64_t column_base; /* bytes of that line before text.ptr[0] */
	/* where the last place was looked up, so that the next costs no more than the way there */
	size_t mark;
	uint64_t mark_line;
	size_t mark_start;    /* offset in text of the first byte of mark's line that is in memory */
	uint64_t mark_column; /* code points between mark_start and mark */
} nkc_source;

/* Line and column count from 1, the column in Unicode code points; 0 is "unknown". */
typedef struct nkc_position {
	uint64_t line;
	uint64_t column;
} nkc_position;

/* A whole text as a source. Both are borrowed. */
NKC_API nkc_source nkc_source_make(nkc_str name, nkc_str text);

/* The position of the character that the byte at `offset` of source->text belongs to. */
NKC_API nkc_position nkc_source_position(nkc_source *source, size_t offset);

/*
 * The line around that byte, without its end, as far as it is in memory, but at most `reach` bytes behind
 * the offset. *start is the offset of the line's first byte.
 */
NKC_API nkc_str nkc_source_line(nkc_source *source, size_t offset, size_t reach, size_t *start);

#ifdef __cplusplus
}
#endif

#endif
