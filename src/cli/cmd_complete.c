/*
 * cmd_complete.c: words for the completions of the shells, one a line, and the tables of commands
 * and options for those who check the manual pages against them.
 */
#include "cli/output.h"
#include "cli/usage.h"

#include <nkcite/format.h>
#include <nkcite/library.h>

static const cli_opt options_table[] = { CLI_OPT_END };

/* Puts all words of a kind that begin with prefix. */
typedef struct completer {
	const char *name;
	void (*put)(cli_call *call, nkc_buf *out, nkc_str prefix);
} completer;

static void offer(nkc_buf *out, nkc_str prefix, nkc_str word)
{
	if (!nkc_str_starts(word, prefix))
		return;
	nkc_buf_put_str(out, word);
	nkc_buf_putc(out, '\n');
}

static void offer_formats(nkc_buf *out, nkc_str prefix, bool (*can)(const nkc_format *))
{
	const nkc_format *format;
	for (size_t i = 0; (format = nkc_format_at(i)); i++)
		if (can(format))
			offer(out, prefix, nkc_str_from(nkc_format_name(format)));
}

static void put_writes(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	(void)call;
	offer_formats(out, prefix, nkc_format_writes);
}

static void put_reads(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	(void)call;
	offer(out, prefix, NKC_STR("auto"));
	offer_formats(out, prefix, nkc_format_reads);
}

static void put_targets(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	(void)call;
	for (int target = NKC_TARGET_ANY; target <= NKC_TARGET_JABREF; target++)
		offer(out, prefix, nkc_str_from(nkc_target_name((nkc_target)target)));
}

static void put_codes(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	(void)call;
	for (int code = NKC_CODE_NONE + 1; code < NKC_CODE_COUNT; code++)
		offer(out, prefix, nkc_str_from(nkc_code_get((nkc_code)code)->name));
}

static void put_commands(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	const cli_command *command;
	(void)call;
	for (size_t i = 0; (command = cli_command_at(i)); i++)
		if (!command->hidden)
			offer(out, prefix, nkc_str_from(command->name));
}

static void put_fields(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	(void)call;
	for (int var = NKC_VAR_NONE + 1; var < NKC_VAR_COUNT; var++)
		offer(out, prefix, nkc_str_from(nkc_var_name((nkc_var)var)));
}

static void put_keys(cli_call *call, nkc_buf *out, nkc_str prefix)
{
	nkc_library *library = NULL;
	const nkc_str *keys;
	size_t count = 0;
	nkc_diags_enable(call->diags, NKC_STR("all"), false); /* the shell's line is no place for findings */
	const char *dir = call->words.count > 2 ? call->words.items[2] : NULL;
	if (nkc_library_open(&library, dir, call->diags) != NKC_OK)
		return;
	if (nkc_library_keys(library, &keys, &count, call->diags) == NKC_OK)
		for (size_t i = 0; i < count; i++)
			offer(out, prefix, keys[i]);
	nkc_library_close(library);
}

/* name of the option, letter or -, argument or -, what completes it, its help; set apart by tabs */
static void put_option(nkc_buf *out, const cli_opt *row)
{
	static const char *const kinds[] = {
		[CLI_VALUES_NONE] = "-",          [CLI_VALUES_CHOICE] = "choice",   [CLI_VALUES_FILE] = "file",
		[CLI_VALUES_FOLDER] = "folder",   [CLI_VALUES_READS] = "reads",     [CLI_VALUES_WRITES] = "writes",
		[CLI_VALUES_TARGET] = "targets",  [CLI_VALUES_CODE] = "codes",      [CLI_VALUES_COMMAND] = "commands",
		[CLI_VALUES_FIELD] = "fields",    [CLI_VALUES_KEY] = "keys",        [CLI_VALUES_KEY_OR_FILE] = "keys",
	};
	nkc_buf_printf(out, "%s\t%c\t%s\t%s", row->name, row->letter ? row->letter : '-',
	               row->argument ? row->argument : "-", kinds[row->values]);
	for (size_t i = 0; row->choices && row->choices[i]; i++)
		nkc_buf_printf(out, "%c%s", i ? ',' : ':', row->choices[i]);
	nkc_buf_printf(out, "\t%s\n", row->help);
}

static void put_options(cli_call *call, nkc_buf *out, nkc_str name)
{
	static const cli_opt help_row = CLI_OPT_HELP;
	(void)call;
	const cli_command *command = cli_command_find(name.ptr);
	for (const cli_opt *row = command ? command->options : NULL; row && row->name; row++)
		put_option(out, row);
	if (command)
		put_option(out, &help_row);
}

static const completer completers[] = {
	{ "commands", put_commands }, { "options", put_options }, { "keys", put_keys },
	{ "formats", put_writes },    { "writes", put_writes },   { "reads", put_reads },
	{ "codes", put_codes },       { "targets", put_targets }, { "fields", put_fields },
};

static int run(cli_call *call, const void *given)
{
	(void)given;
	nkc_buf text = NKC_BUF_INIT;
	nkc_str prefix = nkc_str_from(call->words.count > 1 ? call->words.items[1] : "");
	for (size_t i = 0; i < sizeof(completers) / sizeof(completers[0]); i++)
		if (strcmp(completers[i].name, call->words.items[0]) == 0)
			completers[i].put(call, &text, prefix);
	int status = cli_print(nkc_buf_str(&text), call->diags);
	nkc_buf_release(&text);
	return status;
}

const cli_command cli_command_complete = {
	.name = "__complete",
	.summary = "words for the completions of the shells",
	.usage = "commands|options|keys|formats|reads|codes|targets|fields [PREFIX [DIR]]",
	.about = "For the completions of the shells.",
	.options = options_table,
	.words_min = 1,
	.words_max = 3,
	.run = run,
	.hidden = true,
};
