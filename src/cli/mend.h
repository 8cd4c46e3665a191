/*
 * mend.h: files of CSL-JSON whose records are mended where they stand.
 *
 * A file is replaced as a whole when its last record has been read, and only when one of them was mended. Records
 * that cannot be read, and all that stands between records, keep every byte.
 */
#ifndef NKC_SRC_CLI_MEND_H
#define NKC_SRC_CLI_MEND_H

#include "cli/input.h"
#include "cli/output.h"

/*
 * Mends what the codes wanted in call->diags allow. dry_run not NULL: changes nothing and appends a unified diff to it.
 * *mended is how many records it concerns. What cannot be read is a finding only in a dry run; else it is left for the
 * check of the mended files to tell. Returns an exit status.
 */
int cli_mend_files(cli_call *call, const cli_input_options *options, cli_output *dry_run, uint64_t *mended);

#endif
