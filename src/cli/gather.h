/*
 * gather.h: the records that a paper cites: from the files that it names, or from the library.
 */
#ifndef NKC_SRC_CLI_GATHER_H
#define NKC_SRC_CLI_GATHER_H

#include "cli/input.h"

typedef struct cli_gather {
	cli_call *call;
	const char *library;      /* -L */
	const char *from;         /* --from */
	const char *const *files; /* where there are none, the library */
	size_t file_count;
	const nkc_str *keys; /* what is read of a library; of files all is */
	size_t key_count;
	bool all; /* of a library, too */
	bool quiet; /* it does not matter whether there is a library */
	/* Gets each record. Another status than NKC_OK ends the reading. */
	nkc_status (*take)(void *context, nkc_record *record);
	void *context;
	/* set by cli_gather_run */
	nkc_buf ids; /* of the records that there are, one a line */
	int status;  /* an exit status: what could not be read */
} cli_gather;

nkc_status cli_gather_run(cli_gather *gather);
/* Appends the hint that names the keys nearest to one that is not there. */
void cli_gather_hint(const cli_gather *gather, nkc_str key, nkc_buf *hint);
void cli_gather_release(cli_gather *gather);

#endif
