#include "cli/command.h"
#include "cli/output.h"

#include <stdio.h>

#define CLI_COMMAND(name) extern const cli_command cli_command_##name;
#include "cli/commands.inc"
#undef CLI_COMMAND

static const cli_command *const commands[] = {
#define CLI_COMMAND(name) &cli_command_##name,
#include "cli/commands.inc"
#undef CLI_COMMAND
	NULL
};

const cli_command *cli_command_at(size_t index)
{
	return index < sizeof(commands) / sizeof(commands[0]) ? commands[index] : NULL;
}

const cli_command *cli_command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

int cli_usage_error(const cli_call *call, const char *format, ...)
{
	cli_output err;
	cli_output_open_stderr(&err);
	const char *name = call->command ? call->command->name : NULL;
	nkc_buf_printf(&err.buf, "nkcite%s%s: ", name ? " " : "", name ? name : "");
	va_list args;
	va_start(args, format);
	nkc_buf_vprintf(&err.buf, format, args);
	va_end(args);
	nkc_buf_printf(&err.buf, "\nnkcite help%s%s says how it is used\n", name ? " " : "", name ? name : "");
	cli_output_close(&err, true);
	return CLI_USAGE;
}

int cli_exit(nkc_status status)
{
	switch (status) {
	case NKC_OK:
		return CLI_CLEAN;
	case NKC_EIO:
	case NKC_ENOMEM:
		return CLI_IO;
	default:
		return CLI_FINDINGS;
	}
}

int cli_failed(nkc_status status)
{
	static bool said;
	if (status == NKC_ENOMEM && !said) /* no memory, no finding: said here and nowhere below, once */
		fputs("nkcite: out of memory\n", stderr);
	said = said || status == NKC_ENOMEM;
	return cli_exit(status);
}
