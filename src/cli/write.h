/*
 * write.h: records out in a format: what export and convert have in common.
 */
#ifndef NKC_SRC_CLI_WRITE_H
#define NKC_SRC_CLI_WRITE_H

#include "cli/input.h"
#include "cli/output.h"

/* Part of the option struct of a command that writes records. */
typedef struct cli_write_options {
	const char *format;  /* -f */
	const char *output;  /* -o */
	const char *target;  /* --target */
	int charset;         /* --charset: nkc_charset */
	bool lossy;
	bool explain;
} cli_write_options;

extern const char *const cli_charsets[];

#define CLI_OPT_WRITE(type, member) \
	CLI_OPT_STRING('f', "format", "FORMAT", type, member.format, CLI_VALUES_WRITES, \
	               "write FORMAT; else that of the ending of --output, else bibtex"), \
	CLI_OPT_STRING('o', "output", "FILE", type, member.output, CLI_VALUES_FILE, \
	               "write to FILE, which is replaced when all is written"), \
	CLI_OPT_STRING(0, "target", "PROGRAM", type, member.target, CLI_VALUES_TARGET, \
	               "write what PROGRAM really reads: any, zotero, mendeley, endnote, jabref"), \
	CLI_OPT_CHOICE(0, "charset", "CHARSET", cli_charsets, type, member.charset, \
	               "how characters are written"), \
	CLI_OPT_FLAG(0, "lossy", type, member.lossy, "leave out what only nkcite would read back"), \
	CLI_OPT_FLAG(0, "explain", type, member.explain, \
	             "list what the format cannot carry as its own; the records go to --output only")

/* Are the options' names known? CLI_CLEAN or a usage error. */
int cli_write_check(const cli_call *call, const cli_write_options *options);
/* A writer at work, and what becomes of its text. */
typedef struct cli_writing {
	cli_call *call;
	nkc_writer *writer;
	const nkc_format *format;
	cli_output product;
	cli_output list;     /* of --explain */
	bool explain;
	bool discard;        /* --explain without --output: only the list is wanted */
	uint64_t records;    /* how many were written; the caller counts */
	uint64_t kept, lost; /* values that were listed, by what becomes of them */
} cli_writing;

/* Writes what stands before the first record. CLI_CLEAN, or nothing is open. */
int cli_writing_open(cli_writing *writing, cli_call *call, const cli_write_options *options);
/* Writes one record. NKC_OK, or no more should be written. */
nkc_status cli_writing_record(cli_writing *writing, nkc_record *record);
/* An nkc_flush_fn; the context is a cli_writing. */
nkc_status cli_writing_bytes(void *writing, nkc_str bytes);
/*
 * Writes what stands behind the last record. `status` is the exit status so far; a file takes the
 * place of the old one unless that is CLI_IO. Returns the worse of it and what happens here.
 */
int cli_writing_close(cli_writing *writing, int status);

#endif
