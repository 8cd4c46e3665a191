#include "cli/input.h"
#include "cli/say.h"

typedef struct rename_options {
	const char *library;
} rename_options;

static const cli_opt options_table[] = {
	CLI_OPT_LIBRARY(rename_options, library),
	CLI_OPT_END
};

static int run(cli_call *call, const void *given)
{
	const rename_options *options = given;
	const char *from = call->words.items[0], *to = call->words.items[1];
	nkc_library *library;
	nkc_status status = nkc_library_open(&library, options->library, call->diags);

	if (status != NKC_OK)
		return cli_failed(status);
	status = nkc_library_rename(library, nkc_str_from(from), nkc_str_from(to), call->diags);
	if (status == NKC_OK)
		cli_say(call, "%s is now %s; texts that cite it must be changed, too", from, to);
	nkc_library_close(library);
	return cli_failed(status);
}

const cli_command cli_command_rename = {
	.name = "rename",
	.summary = "give a record another key",
	.usage = "KEY NEWKEY",
	.about = "Changes the id of a record and the name of its file. A key that is in use, also one that differs only "
	         "in case, is refused.\n"
	         "\n"
	         "  nkcite rename wertz2014a wertz2014chance",
	.options = options_table,
	.options_size = sizeof(rename_options),
	.words = CLI_VALUES_KEY,
	.words_min = 2,
	.words_max = 2,
	.run = run,
};
