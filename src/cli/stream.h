/*
 * stream.h: the records of one file or of standard input, one after the other.
 */
#ifndef NKC_SRC_CLI_STREAM_H
#define NKC_SRC_CLI_STREAM_H

#include "cli/command.h"

#include <nkcite/format.h>

enum { CLI_HEAD_SIZE = 4096 }; /* what sniffing looks at */

typedef struct cli_stream {
	int fd;
	nkc_str name;   /* as the user gave it */
	uint64_t base;  /* where in the file reading began: standard input may have been read before */
	char head[CLI_HEAD_SIZE];
	size_t head_len, head_at; /* read to find out the format; given to the reader first */
	const nkc_format *format;
	nkc_reader *reader;
} cli_stream;

/*
 * Opens a file ("-": standard input). from NULL or "auto": the format is found out. CLI_CLEAN, or a finding and
 * its exit status; there is nothing to close then.
 */
int cli_stream_open(cli_stream *stream, const char *path, const char *from, nkc_diags *diags);

/*
 * The next record, borrowed until the next call; NULL at the end. A failure of the file as a whole
 * raises *status; what is wrong with single records is findings only.
 */
nkc_record *cli_stream_next(cli_stream *stream, int *status);

void cli_stream_close(cli_stream *stream);

/* Is the name one of a format that can be read (written)? Else a usage error with the nearest names. */
int cli_check_format(const cli_call *call, const char *name, bool (*can)(const nkc_format *));

/* The same for --from, which may also be NULL or "auto". */
int cli_check_from(const cli_call *call, const char *from);

/* A finding about a file as a whole. */
void cli_file_finding(nkc_diags *diags, nkc_code code, nkc_str file, const char *hint, const char *format, ...)
	NKC_PRINTF(5, 6);

#endif
