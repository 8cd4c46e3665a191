/*
 * command.h: a command is one file that ends in its descriptor.
 *
 * src/cli/Makemodule.am lists the commands; the build and the table in main.c
 * are made from that list. Adding one is adding its name there and a file
 * cmd_<name>.c that ends in
 *
 *	const cli_command cli_command_<name> = { ... };
 */
#ifndef NKC_SRC_CLI_COMMAND_H
#define NKC_SRC_CLI_COMMAND_H

#include "cli/opt.h"

#include <nkcite/diag.h>

/* What the program's exit status says; documented in nkcite(1). Greater is worse. */
enum {
	CLI_CLEAN = 0,
	CLI_FINDINGS = 1, /* a finding of severity error: a record skipped, a key not found */
	CLI_USAGE = 2,
	CLI_IO = 3 /* the system refused: a file, the disk, memory */
};

typedef struct cli_command cli_command;

/* One call of a command. */
typedef struct cli_call {
	const cli_command *command;
	cli_words words;   /* the arguments that are not options */
	nkc_arena *arena;  /* lives as long as the call */
	nkc_diags *diags;  /* findings put here appear on standard error as text at once */
	struct cli_report *report; /* which does that */
	bool by_alias;     /* the program was called by the command's alias */
} cli_call;

struct cli_command {
	const char *name;
	const char *summary;     /* half a line, lower case, no full stop: "check records and say what is wrong" */
	const char *usage;       /* the words behind the options: "[KEY|FILE...]"; "" for none */
	const char *about;       /* what --help says between usage and options: a few sentences, may hold newlines */
	const cli_opt *options;  /* ends in CLI_OPT_END */
	size_t options_size;     /* of the struct that the rows fill; it is zeroed before */
	cli_values words;        /* what the words are, for completion */
	size_t words_min, words_max; /* how many words; CLI_ANY for no bound */
	/* Returns CLI_CLEAN ... CLI_IO. Findings of severity error raise it to CLI_FINDINGS, those of
	 * the group io to CLI_IO, by themselves. `options` is the filled struct. */
	int (*run)(cli_call *call, const void *options);
	bool hidden; /* not in help (__complete) */
	const char *alias; /* the name of a link to the program that is this command; NULL: none */
};

#define CLI_ANY ((size_t)-1)

/* The commands in the order of Makemodule.am; NULL behind the last. */
const cli_command *cli_command_at(size_t index);
const cli_command *cli_command_find(const char *name);

/* Says what is wrong with how the command was called (one line and where help is); returns CLI_USAGE. */
int cli_usage_error(const cli_call *call, const char *format, ...) NKC_PRINTF(2, 3);

/* The exit status that a status amounts to. NKC_OK gives CLI_CLEAN. */
int cli_exit(nkc_status status);
/* The same at the place where a call has failed: says so when memory is out, which no finding can. */
int cli_failed(nkc_status status);

/* The worse of two exit statuses. */
static inline int cli_worse(int a, int b)
{
	return a > b ? a : b;
}

#endif
