#include "cli/output.h"
#include "cli/usage.h"

static const cli_opt options_table[] = { CLI_OPT_END };

static int run(cli_call *call, const void *given)
{
	(void)given;
	nkc_buf text = NKC_BUF_INIT;
	int status = CLI_CLEAN;
	const cli_command *command = NULL;
	if (call->words.count) {
		command = cli_command_find(call->words.items[0]);
		if (!command)
			status = cli_unknown_command(call, call->words.items[0]);
		else
			cli_put_help(command, &text);
	} else {
		cli_put_overview(&text);
	}
	if (status == CLI_CLEAN)
		status = cli_print(nkc_buf_str(&text), call->diags);
	nkc_buf_release(&text);
	return status;
}

const cli_command cli_command_help = {
	.name = "help",
	.summary = "say what nkcite is, or how a command is used",
	.usage = "[COMMAND]",
	.about = "Without a command: what nkcite is and which commands it has.",
	.options = options_table,
	.words = CLI_VALUES_COMMAND,
	.words_max = 1,
	.run = run,
};
