#include "cli/usage.h"
#include "cli/text.h"

#include <nkcite/nearest.h>

enum { HELP_WIDTH = 80, HELP_INDENT = 2 };

static const char about_program[] =
	"Each source is one JSON file (a CSL-JSON item) in the folder records/ of a library. nkcite checks the records, "
	"says what is wrong and where, and writes them as BibTeX, BibLaTeX, CSL-JSON or RIS without losing anything in "
	"silence.";

void cli_put_version(nkc_buf *out)
{
	nkc_buf_printf(out, "nkcite %s\n", nkc_version());
}

static int widest_command(void)
{
	const cli_command *command;
	size_t width = 0;
	for (size_t i = 0; (command = cli_command_at(i)); i++)
		if (!command->hidden && strlen(command->name) > width)
			width = strlen(command->name);
	return (int)width;
}

void cli_put_overview(nkc_buf *out)
{
	nkc_buf_printf(out, "nkcite %s: a citation manager and exporter for people who must be able to\n"
	               "defend their sources\n\n"
	               "Usage: nkcite COMMAND [options] [KEY|FILE...]\n\n", nkc_version());
	cli_put_wrapped(out, nkc_str_from(about_program), 0, HELP_WIDTH);
	nkc_buf_puts(out, "\nCommands:\n");
	const cli_command *command;
	int width = widest_command();
	for (size_t i = 0; (command = cli_command_at(i)); i++)
		if (!command->hidden)
			nkc_buf_printf(out, "  %-*s  %s\n", width, command->name, command->summary);
	nkc_buf_puts(out, "\nnkcite help COMMAND says more, and so does the manual page nkcite-COMMAND(1).\n");
}

static void put_spelling(nkc_buf *out, const cli_opt *row)
{
	if (row->letter)
		nkc_buf_printf(out, "-%c, ", row->letter);
	else
		nkc_buf_puts(out, "    ");
	nkc_buf_printf(out, "--%s", row->name);
	if (row->argument)
		nkc_buf_printf(out, "=%s", row->argument);
}

static size_t widest(const cli_opt *rows)
{
	nkc_buf spelling = NKC_BUF_INIT;
	size_t width = strlen("-h, --help");
	for (const cli_opt *row = rows; row && row->name; row++) {
		nkc_buf_clear(&spelling);
		put_spelling(&spelling, row);
		if (spelling.len > width)
			width = spelling.len;
	}
	nkc_buf_release(&spelling);
	return width;
}

/* "one of text, json, sarif" */
static void put_choices(nkc_buf *out, const cli_opt *row)
{
	for (size_t i = 0; row->choices && row->choices[i]; i++)
		nkc_buf_printf(out, "%s%s", i == 0 ? ": " : ", ", row->choices[i]);
}

static void put_option(nkc_buf *out, const cli_opt *row, size_t width)
{
	size_t column = HELP_INDENT + width + 2;
	size_t start = out->len;
	nkc_buf_printf(out, "%*s", HELP_INDENT, "");
	put_spelling(out, row);
	nkc_buf_printf(out, "%*s", (int)(column - (out->len - start)), "");

	nkc_buf text = NKC_BUF_INIT, wrapped = NKC_BUF_INIT;
	nkc_buf_puts(&text, row->help);
	put_choices(&text, row);
	cli_put_wrapped(&wrapped, nkc_buf_str(&text), column, HELP_WIDTH);
	/* The first line is begun already. */
	nkc_buf_put_str(out, nkc_str_slice(nkc_buf_str(&wrapped), column, wrapped.len));
	nkc_buf_release(&text);
	nkc_buf_release(&wrapped);
}

void cli_put_help(const cli_command *command, nkc_buf *out)
{
	static const cli_opt help_row = CLI_OPT_HELP;
	nkc_buf_printf(out, "nkcite %s: %s\n\n", command->name, command->summary);
	nkc_buf_printf(out, "Usage: nkcite %s [options]%s%s\n\n", command->name, *command->usage ? " " : "",
	               command->usage);
	cli_put_wrapped(out, nkc_str_from(command->about), 0, HELP_WIDTH);
	nkc_buf_puts(out, "\nOptions:\n");
	size_t width = widest(command->options);
	for (const cli_opt *row = command->options; row && row->name; row++)
		put_option(out, row, width);
	put_option(out, &help_row, width);
	if (!command->hidden)
		nkc_buf_printf(out, "\nMore in nkcite-%s(1).\n", command->name);
}

int cli_unknown_command(const cli_call *call, const char *name)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, nkc_str_from(name));
	const cli_command *command;
	for (size_t i = 0; (command = cli_command_at(i)); i++)
		if (!command->hidden)
			nkc_nearest_offer(&nearest, nkc_str_from(command->name));
	nkc_buf hint = NKC_BUF_INIT;
	if (nearest.count)
		nkc_buf_puts(&hint, "; ");
	nkc_nearest_hint(&nearest, &hint);
	int status = cli_usage_error(call, "no command '%s'%s", name, hint.ptr);
	nkc_buf_release(&hint);
	return status;
}
