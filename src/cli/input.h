/*
 * input.h: where records come from: the library, or files.
 *
 * With no words, all of the library. A word is a file when it is `-`, has a
 * slash, has a dot and exists, or ends as the files of a known format do; else it
 * is a key. With --from every word with a dot or that exists is a file, and no file at all
 * is standard input. Keys beside files choose among the files' records.
 */
#ifndef NKC_SRC_CLI_INPUT_H
#define NKC_SRC_CLI_INPUT_H

#include "cli/command.h"

#include <nkcite/format.h>
#include <nkcite/library.h>
#include <nkcite/record.h>

/* Part of the option struct of every command that reads records. */
typedef struct cli_input_options {
	const char *library; /* -L */
	const char *from;    /* --from */
} cli_input_options;

/* The row for -L, for commands that work on the library alone. `member` is the const char *. */
#define CLI_OPT_LIBRARY(type, member) \
	CLI_OPT_STRING('L', "library", "DIR", type, member, CLI_VALUES_FOLDER, "use the library in DIR")

#define CLI_OPT_FROM(type, member) \
	CLI_OPT_STRING(0, "from", "FORMAT", type, member, CLI_VALUES_READS, \
	               "read files, or standard input, in FORMAT; auto finds it out")

/* The rows for a cli_input_options. */
#define CLI_OPT_INPUT(type, member) CLI_OPT_LIBRARY(type, member.library), CLI_OPT_FROM(type, member.from)

typedef struct cli_input cli_input;

/* Is the word a file, by the rules above? from: --from, or NULL. */
bool cli_input_is_file(const char *word, const char *from);

/* NULL after a finding or a usage error; *status is then an exit status. */
cli_input *cli_input_open(cli_call *call, const cli_input_options *options, int *status);
/*
 * The next record, borrowed until the next call; NULL at the end. A library gives them in bytewise
 * order of their keys, files in their own order. A record or file that cannot be read is a finding and
 * is passed over.
 */
nkc_record *cli_input_next(cli_input *input);
/* The file of the last record as the user should see it; its key in the library, else empty. */
nkc_str cli_input_file(const cli_input *input);
nkc_str cli_input_key(const cli_input *input);
/* The library that is read; NULL when files are. */
nkc_library *cli_input_library(const cli_input *input);
/* The format of the file that is read; NULL for a library. */
const nkc_format *cli_input_format(const cli_input *input);
/* The descriptor of that file, and where in it the last record's text stands. */
int cli_input_fd(const cli_input *input);
void cli_input_extent(const cli_input *input, uint64_t *offset, uint64_t *length);
/* The exit status that reading amounts to. */
int cli_input_close(cli_input *input);

#endif
