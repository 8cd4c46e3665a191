#include "cli/command.h"
#include "cli/say.h"

#include <nkcite/library.h>

static const cli_opt options_table[] = { CLI_OPT_END };

static void say_ready(const cli_call *call, const char *dir)
{
	bool here = strcmp(dir, ".") == 0;

	cli_say(call, "%s%srecords/ is ready; nkcite add puts the first record in", here ? "" : dir,
	        here || nkc_str_ends(nkc_str_from(dir), NKC_STR("/")) ? "" : "/");
}

static int run(cli_call *call, const void *given)
{
	const char *dir = call->words.count > 0 ? call->words.items[0] : ".";
	nkc_status status;

	(void)given;
	if (*dir == '\0')
		return cli_usage_error(call, "the folder has no name");
	status = nkc_library_init(dir, call->diags);
	if (status == NKC_OK)
		say_ready(call, dir);
	return cli_failed(status);
}

const cli_command cli_command_init = {
	.name = "init",
	.summary = "make a library: a folder with records/ in it",
	.usage = "[DIR]",
	.about = "Makes DIR (or the current folder) a library: a folder that holds records/, one JSON file a record. "
	         "There is nothing else to it, so that the library can live in a repository beside the text that "
	         "cites it. A library that exists is left alone.\n"
	         "\n"
	         "  nkcite init\n"
	         "  nkcite init ~/sources",
	.options = options_table,
	.words = CLI_VALUES_FOLDER,
	.words_max = 1,
	.run = run,
};
