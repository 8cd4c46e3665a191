/*
 * sorted.h: the records of files in the order of their ids.
 *
 * Only ids and places are kept in memory. A record is read again, from its
 * file, when its turn comes. Where that cannot be done (standard input, a pipe, a
 * format whose records lean on each other) it is kept as a line of JSON in a
 * temporary file that has no name.
 */
#ifndef NKC_SRC_CLI_SORTED_H
#define NKC_SRC_CLI_SORTED_H

#include "cli/input.h"

typedef struct cli_sorted cli_sorted;

/* Reads all that the input gives. NULL, with *status raised, on a failure. */
cli_sorted *cli_sorted_gather(cli_call *call, cli_input *input, int *status);
/* The next record in bytewise order of the ids (equal ones in the order of the input); NULL at the end. */
nkc_record *cli_sorted_next(cli_sorted *sorted, int *status);
void cli_sorted_close(cli_sorted *sorted);

#endif
