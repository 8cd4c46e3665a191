/*
 * usage.h: help, made from the tables of commands and options.
 */
#ifndef NKC_SRC_CLI_USAGE_H
#define NKC_SRC_CLI_USAGE_H

#include "cli/command.h"

/* What the program is, and its commands. */
void cli_put_overview(nkc_buf *out);
/* How a command is used. */
void cli_put_help(const cli_command *command, nkc_buf *out);
/* "nkcite 0.1.0" */
void cli_put_version(nkc_buf *out);

/* "no command 'exprot'; did you mean export?" as a usage error. */
int cli_unknown_command(const cli_call *call, const char *name);

#endif
