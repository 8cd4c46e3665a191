/*
 * lines.h: a reader's text line by line, in the memory of what it looks at.
 */
#ifndef NKC_SRC_FORMAT_LINES_H
#define NKC_SRC_FORMAT_LINES_H

#include "format/format.h"

typedef struct nkc_line {
	nkc_str text;  /* without its end */
	size_t at;     /* its offset in the window */
	size_t next;   /* that of the line behind it */
	size_t indent; /* spaces and tabs it begins with */
} nkc_line;

/* What may be read of the window. */
nkc_str nkc_lines_text(const nkc_reader *reader);

/*
 * The line `offset` bytes behind *at, read to its end (LF, CR LF, CR); *at moves with its byte when the window does. False
 * at the end of the text, and with a status when more than NKC_RECORD_MAX stand behind *at (NKC_ELIMIT) or memory is out.
 */
bool nkc_line_get(nkc_reader *reader, size_t *at, size_t offset, nkc_line *line, nkc_status *status);

/* Has it nothing but white space? */
bool nkc_line_is_blank(const nkc_line *line);

/* Passes a byte order mark; NKC_ESYNTAX, with a finding, for a file in UTF-16. */
nkc_status nkc_lines_start(nkc_reader *reader, size_t *at);

/* Notes where in the file the record stands that is about to be made of text[at..at + length). */
void nkc_lines_note(nkc_reader *reader, size_t at, size_t length);

/* Adds a finding about text[at..at + length) of the window. */
NKC_PRINTF(5, 6)
void nkc_lines_report(nkc_reader *reader, nkc_code code, size_t at, size_t length, const char *format, ...);

#endif
