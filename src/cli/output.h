/*
 * output.h: where a command's product goes: standard output, or a file that
 * is replaced as a whole when all is written.
 *
 * Writing fails once and is asked once, in cli_output_close, which reports it
 * (io/write). When the reader of a pipe has gone away, the program ends quietly by SIGPIPE, as
 * other filters do. On a terminal, control characters are shown as pictures, so
 * that a record cannot drive the terminal.
 */
#ifndef NKC_SRC_CLI_OUTPUT_H
#define NKC_SRC_CLI_OUTPUT_H

#include <nkcite/base.h>
#include <nkcite/buf.h>
#include <nkcite/diag.h>
#include <nkcite/out.h>

typedef struct cli_output {
	nkc_buf buf;      /* append here, then cli_output_flush */
	nkc_diags *diags; /* for a failure; may be NULL */
	const char *path; /* as messages name it */
	nkc_out *file;    /* NULL: fd */
	int fd;
	int error;        /* errno of the first failure, or 0 */
	size_t threshold; /* flush writes when so much has gathered */
	bool neutralise;  /* show control characters as pictures: fd is a terminal */
} cli_output;

/* path NULL or "-": standard output. False with a finding when it cannot be opened. */
bool cli_output_open(cli_output *out, const char *path, nkc_diags *diags);
/* Standard error: every flush writes, and a failure is of no interest. */
void cli_output_open_stderr(cli_output *out);
/* Writes the buffer out when it is large enough. False when writing has failed: go no further. */
bool cli_output_flush(cli_output *out);
/*
 * Writes the rest. NKC_OK, or the failure (which is then a finding). With keep false a file is
 * left as it was and nothing more is written.
 */
nkc_status cli_output_close(cli_output *out, bool keep);

/* Writes one text to standard output, as above. An exit status. */
int cli_print(nkc_str text, nkc_diags *diags);

/* Is it a terminal that shows colours, and does the user want them (NO_COLOR)? */
bool cli_colour_wanted(int fd);


#endif
