#include "cli/input.h"
#include "cli/say.h"

typedef struct remove_options {
	const char *library;
	bool force;
} remove_options;

static const cli_opt options_table[] = {
	CLI_OPT_FLAG(0, "force", remove_options, force, "do not ask"),
	CLI_OPT_LIBRARY(remove_options, library),
	CLI_OPT_END
};

/* Asks by key and title, so that nobody removes the wrong one. */
static bool may_remove(nkc_library *library, nkc_str key)
{
	nkc_record *record = nkc_record_new();
	nkc_str title = NKC_STR("");
	char answer;

	if (record && nkc_library_load(library, key, record, NULL) == NKC_OK)
		title = nkc_record_text(record, NKC_VAR_TITLE);
	answer = cli_ask("ny", "remove %.*s%s%.*s? [y/N]", NKC_STR_ARG(key), title.len > 0 ? ", " : "",
	                 NKC_STR_ARG(nkc_str_slice(title, 0, 200)));
	nkc_record_free(record);
	return answer == 'y';
}

static int remove_key(cli_call *call, nkc_library *library, nkc_str key, bool ask)
{
	/* Who mistyped the key is told so, not asked. */
	if (ask && nkc_library_has(library, key) && !may_remove(library, key))
		return CLI_CLEAN;
	return cli_failed(nkc_library_remove(library, key, call->diags));
}

static int run(cli_call *call, const void *given)
{
	const remove_options *options = given;
	nkc_library *library;
	int status = cli_failed(nkc_library_open(&library, options->library, call->diags));

	if (status != CLI_CLEAN)
		return status;
	for (size_t i = 0; i < call->words.count; i++)
		status = cli_worse(status, remove_key(call, library, nkc_str_from(call->words.items[i]),
		                                      !options->force && cli_can_ask()));
	nkc_library_close(library);
	return status;
}

const cli_command cli_command_remove = {
	.name = "remove",
	.summary = "remove records",
	.usage = "KEY...",
	.about = "Removes the records with these keys from the library. On a terminal it asks for each, unless --force is "
	         "given. nkcite keeps no copy; a library in a repository has one.\n"
	         "\n"
	         "  nkcite remove wertz2014chance",
	.options = options_table,
	.options_size = sizeof(remove_options),
	.words = CLI_VALUES_KEY,
	.words_min = 1,
	.words_max = CLI_ANY,
	.run = run,
};
