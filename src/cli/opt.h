/*
 * opt.h: options as data.
 *
 * A command lists its options in a table; each row says how the option is
 * spelled, what it takes, and where in the command's own struct its value goes.
 * The parser, the help text, the completions and the check of the man pages all
 * run over the same table.
 *
 * Spelling: -x, -xVALUE, -x VALUE, bundled flags (-nv), --name, --name=VALUE,
 * --name VALUE. Options and words may be mixed; behind `--` all are words, and
 * `-` is a word, and so is `-@key`, a citation without its author.
 */
#ifndef NKC_SRC_CLI_OPT_H
#define NKC_SRC_CLI_OPT_H

#include <nkcite/base.h>
#include <nkcite/buf.h>
#include <nkcite/value.h>

/* A list of arguments, borrowed from argv or from the arena of the call. */
typedef struct cli_words {
	const char **items;
	size_t count;
} cli_words;

typedef enum cli_opt_kind {
	CLI_FLAG,   /* bool */
	CLI_STRING, /* const char *; NULL when not given */
	CLI_NUMBER, /* uint64_t; 0 when not given */
	CLI_CHOICE, /* int: index into `choices`, of which the first is the default */
	CLI_LIST    /* cli_words: repeated, or separated by commas */
} cli_opt_kind;

/* What a word or an option's argument is: completion asks. */
typedef enum cli_values {
	CLI_VALUES_NONE,
	CLI_VALUES_CHOICE, /* the row's own list */
	CLI_VALUES_FILE,
	CLI_VALUES_FOLDER,
	CLI_VALUES_READS,  /* names of formats that can be read */
	CLI_VALUES_WRITES, /* names of formats that can be written */
	CLI_VALUES_TARGET,
	CLI_VALUES_CODE,
	CLI_VALUES_COMMAND,
	CLI_VALUES_FIELD,  /* field=value */
	CLI_VALUES_KEY,
	CLI_VALUES_KEY_OR_FILE,
	CLI_VALUES_STYLE,
	CLI_VALUES_LOCALE,
	CLI_VALUES_MARKUP,
	CLI_VALUES_STYLES /* a word of nkcite styles, then names of styles */
} cli_values;

typedef struct cli_opt {
	char letter;          /* 0: only the long spelling */
	const char *name;     /* without the dashes */
	cli_opt_kind kind;
	const char *argument; /* "FILE", as the help shows it; NULL for a flag */
	const char *const *choices; /* CLI_CHOICE: names, ending in NULL */
	cli_values values;
	size_t offset; /* in the command's struct */
	const char *help; /* half a line */
} cli_opt;

#define CLI_OPT_FLAG(letter, name, type, member, help) \
	{ letter, name, CLI_FLAG, NULL, NULL, CLI_VALUES_NONE, offsetof(type, member), help }
#define CLI_OPT_STRING(letter, name, argument, type, member, values, help) \
	{ letter, name, CLI_STRING, argument, NULL, values, offsetof(type, member), help }
#define CLI_OPT_NUMBER(letter, name, argument, type, member, help) \
	{ letter, name, CLI_NUMBER, argument, NULL, CLI_VALUES_NONE, offsetof(type, member), help }
#define CLI_OPT_CHOICE(letter, name, argument, choices, type, member, help) \
	{ letter, name, CLI_CHOICE, argument, choices, CLI_VALUES_CHOICE, offsetof(type, member), help }
#define CLI_OPT_LIST(letter, name, argument, type, member, values, help) \
	{ letter, name, CLI_LIST, argument, NULL, values, offsetof(type, member), help }
/* Every command has it; it stands in no table. */
#define CLI_OPT_HELP \
	{ 'h', "help", CLI_FLAG, NULL, NULL, CLI_VALUES_NONE, 0, "show this help" }
#define CLI_OPT_END \
	{ 0, NULL, CLI_FLAG, NULL, NULL, CLI_VALUES_NONE, 0, NULL }

/*
 * Parses argv[0..argc) into `into` (the zeroed struct of the rows' offsets) and *words. False on a
 * usage error; its text is then in *fault. *help is set when -h or --help stands among them.
 */
bool cli_opt_parse(const cli_opt *table, int argc, char **argv, void *into, cli_words *words,
                   nkc_arena *arena, bool *help, nkc_buf *fault);

#endif
