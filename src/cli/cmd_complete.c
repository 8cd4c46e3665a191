/*
 * cmd_complete.c: what the completions of the shells ask. They hand over the words of the command
 * line and get what may stand in the place of the last one, so that they need to know no command and
 * no option. The tables of commands and options can be had too, by those who check the manual pages.
 */
#include "cli/citing.h"
#include "cli/output.h"
#include "cli/usage.h"

#include <nkcite/format.h>
#include <nkcite/library.h>

static const cli_opt options_table[] = { CLI_OPT_END };
static const cli_opt help_row = CLI_OPT_HELP;

/* What is asked for: all words of a kind that begin with `prefix`. */
typedef struct asking {
	cli_call *call;
	nkc_buf *out;
	nkc_str prefix;
	const char *before; /* put in front of each word: "--format=" */
	const cli_opt *row; /* the option whose argument it is; NULL for a word */
	const char *library;
	bool bare; /* without what the words mean */
	bool first; /* no word stands before */
} asking;

/* "word<TAB>what it is" */
static void offer(const asking *a, nkc_str word, const char *help)
{
	if (!nkc_str_starts(word, a->prefix))
		return;
	nkc_buf_puts(a->out, a->before);
	nkc_buf_put_str(a->out, word);
	if (*help && !a->bare)
		nkc_buf_printf(a->out, "\t%s", help);
	nkc_buf_putc(a->out, '\n');
}

/* --- words of each kind --- */

static void offer_formats(const asking *a, bool (*can)(const nkc_format *))
{
	const nkc_format *format;
	for (size_t i = 0; (format = nkc_format_at(i)); i++)
		if (can(format))
			offer(a, nkc_str_from(nkc_format_name(format)), nkc_format_title(format));
}

static void offer_writes(const asking *a)
{
	offer_formats(a, nkc_format_writes);
}

static void offer_reads(const asking *a)
{
	offer(a, NKC_STR("auto"), "find it out");
	offer_formats(a, nkc_format_reads);
}

static void offer_targets(const asking *a)
{
	for (int target = NKC_TARGET_ANY; target <= NKC_TARGET_JABREF; target++)
		offer(a, nkc_str_from(nkc_target_name((nkc_target)target)), "");
}

static void offer_codes(const asking *a)
{
	for (int code = NKC_CODE_NONE + 1; code < NKC_CODE_COUNT; code++) {
		const nkc_code_info *info = nkc_code_get((nkc_code)code);
		offer(a, nkc_str_from(info->name), info->summary);
	}
}

static void offer_commands(const asking *a)
{
	const cli_command *command;
	for (size_t i = 0; (command = cli_command_at(i)); i++)
		if (!command->hidden)
			offer(a, nkc_str_from(command->name), command->summary);
}

static void offer_fields(const asking *a)
{
	for (int var = NKC_VAR_NONE + 1; var < NKC_VAR_COUNT; var++)
		offer(a, nkc_str_from(nkc_var_name((nkc_var)var)), "");
}

static void offer_choices(const asking *a)
{
	for (size_t i = 0; a->row && a->row->choices && a->row->choices[i]; i++)
		offer(a, nkc_str_from(a->row->choices[i]), "");
}

static void offer_keys(const asking *a)
{
	nkc_library *library = NULL;
	nkc_diags *diags = a->call->diags;
	const nkc_str *keys;
	size_t count = 0;
	nkc_diags_enable(diags, NKC_STR("all"), false); /* the shell's line is no place for findings */
	if (nkc_library_open(&library, a->library, diags) != NKC_OK)
		return;
	if (nkc_library_keys(library, &keys, &count, diags) == NKC_OK)
		for (size_t i = 0; i < count; i++)
			offer(a, keys[i], "");
	nkc_library_close(library);
}

/* The shell itself completes files and folders: it is told so by a line that begins with a colon. */
static void offer_files(const asking *a)
{
	nkc_buf_puts(a->out, ":file\n");
}

static void offer_folders(const asking *a)
{
	nkc_buf_puts(a->out, ":folder\n");
}

static void offer_keys_and_files(const asking *a)
{
	offer_files(a);
	offer_keys(a);
}

static void offer_markups(const asking *a)
{
	const nkc_markup *markup;
	for (size_t i = 0; (markup = nkc_markup_at(i)); i++)
		offer(a, nkc_str_from(nkc_markup_name(markup)), nkc_markup_title(markup));
}

/* Names alone: what ten thousand styles are called is not read for a shell. */
static void offer_style_names(const asking *a)
{
	nkc_styles *styles = NULL;
	const nkc_style_info *const *infos;
	size_t count;
	if (cli_styles_open(&styles, a->library) == CLI_CLEAN && nkc_styles_list(styles, &infos, &count) == NKC_OK) {
		for (size_t i = 0; i < count; i++) {
			if (!infos[i]->shadowed)
				offer(a, infos[i]->name, "");
		}
	}
	nkc_styles_free(styles);
}

static void offer_styles(const asking *a)
{
	offer_files(a);
	offer_style_names(a);
}

static void offer_locales(const asking *a)
{
	static const char *const languages[] = { "de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "ja-JP", "ko-KR", "zh-CN" };
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		offer(a, nkc_str_from(languages[i]), "");
}

/* The first word of nkcite styles says what is to be done with the styles behind it. */
static void offer_styles_words(const asking *a)
{
	static const char *const verbs[] = { "list", "search", "show", "check", "path", "preview" };
	if (!a->first) {
		offer_styles(a);
		return;
	}
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		offer(a, nkc_str_from(verbs[i]), "");
}

typedef struct kind {
	const char *name;
	void (*offer)(const asking *a);
} kind;

static const kind kinds[] = {
	[CLI_VALUES_NONE] = { "-", NULL },
	[CLI_VALUES_CHOICE] = { "choices", offer_choices },
	[CLI_VALUES_FILE] = { "files", offer_files },
	[CLI_VALUES_FOLDER] = { "folders", offer_folders },
	[CLI_VALUES_READS] = { "reads", offer_reads },
	[CLI_VALUES_WRITES] = { "formats", offer_writes },
	[CLI_VALUES_TARGET] = { "targets", offer_targets },
	[CLI_VALUES_CODE] = { "codes", offer_codes },
	[CLI_VALUES_COMMAND] = { "commands", offer_commands },
	[CLI_VALUES_FIELD] = { "fields", offer_fields },
	[CLI_VALUES_KEY] = { "keys", offer_keys },
	[CLI_VALUES_KEY_OR_FILE] = { "keys-and-files", offer_keys_and_files },
	[CLI_VALUES_STYLE] = { "styles", offer_styles },
	[CLI_VALUES_LOCALE] = { "locales", offer_locales },
	[CLI_VALUES_MARKUP] = { "markups", offer_markups },
	[CLI_VALUES_STYLES] = { "styles-words", offer_styles_words },
};

static void offer_kind(const asking *a, cli_values values)
{
	if (kinds[values].offer)
		kinds[values].offer(a);
}

/* --- a command line --- */

static const cli_opt *find_option(const cli_command *command, nkc_str name)
{
	for (const cli_opt *row = command->options; row->name; row++)
		if (nkc_str_is(name, row->name) || (name.len == 1 && name.ptr[0] == row->letter))
			return row;
	return NULL;
}

/* The option that takes its argument from the next word: --name, -x, or -abx. NULL: the word needs no other. */
static const cli_opt *wants_next(const cli_command *command, nkc_str word)
{
	if (word.len < 2 || word.ptr[0] != '-')
		return NULL;
	bool is_long = word.ptr[1] == '-';
	const cli_opt *row = find_option(command, nkc_str_slice(word, is_long ? 2 : word.len - 1, word.len));
	return row && row->kind != CLI_FLAG ? row : NULL;
}

static void offer_option(const asking *a, const cli_opt *row)
{
	nkc_buf spelling = NKC_BUF_INIT;
	nkc_buf_printf(&spelling, "--%s%s", row->name, row->kind == CLI_FLAG ? "" : "=");
	offer(a, nkc_buf_str(&spelling), row->help);
	nkc_buf_release(&spelling);
}

static void offer_options(const asking *a, const cli_command *command)
{
	for (const cli_opt *row = command->options; row->name; row++)
		offer_option(a, row);
	offer_option(a, &help_row);
}

/* "--format=bi": what stands before the last comma of a list is done. */
static void offer_argument(asking a, const cli_opt *row, nkc_str before, nkc_str argument)
{
	nkc_buf head = NKC_BUF_INIT;
	size_t start = argument.len;
	while (row->kind == CLI_LIST && start > 0 && argument.ptr[start - 1] != ',')
		start--;
	if (row->kind != CLI_LIST)
		start = 0;
	nkc_buf_put_str(&head, before);
	nkc_buf_put_str(&head, nkc_str_slice(argument, 0, start));
	a.before = head.ptr;
	a.row = row;
	a.prefix = nkc_str_slice(argument, start, argument.len);
	offer_kind(&a, row->values);
	nkc_buf_release(&head);
}

/* The folder that -L names among the words. */
static const char *named_library(const cli_words *words)
{
	const char *found = NULL;
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		bool next = i + 1 < words->count;
		if (strncmp(word, "--library=", 10) == 0)
			found = word + 10;
		else if (next && (strcmp(word, "-L") == 0 || strcmp(word, "--library") == 0))
			found = words->items[i + 1];
		else if (strncmp(word, "-L", 2) == 0 && word[2])
			found = word + 2;
	}
	return found;
}

static bool options_ended(const cli_words *words)
{
	for (size_t i = 0; i + 1 < words->count; i++)
		if (strcmp(words->items[i], "--") == 0)
			return true;
	return false;
}

/* words: those behind the command; the last is the one to be completed. */
static void offer_for_command(asking a, const cli_command *command, const cli_words *words)
{
	nkc_str last = nkc_str_from(words->items[words->count - 1]);
	nkc_str previous = nkc_str_from(words->count > 1 ? words->items[words->count - 2] : NULL);
	size_t equals = nkc_str_find_byte(last, '=');
	bool ended = options_ended(words);
	const cli_opt *row = ended ? NULL : wants_next(command, previous);
	a.library = named_library(words);
	a.prefix = last;
	a.first = words->count == 1;
	if (row) {
		offer_argument(a, row, NKC_STR(""), last);
	} else if (ended || last.len == 0 || last.ptr[0] != '-') {
		offer_kind(&a, command->words);
	} else if (equals < last.len) {
		row = find_option(command, nkc_str_slice(last, 2, equals));
		if (row)
			offer_argument(a, row, nkc_str_slice(last, 0, equals + 1),
			               nkc_str_slice(last, equals + 1, last.len));
	} else {
		offer_options(&a, command);
	}
}

static void complete_line(asking a)
{
	cli_words words = { a.call->words.items + 1, a.call->words.count - 1 };
	if (words.count == 0)
		return;
	a.prefix = nkc_str_from(words.items[0]);
	if (words.count == 1) {
		offer_commands(&a);
		return;
	}
	const cli_command *command = cli_command_find(words.items[0]);
	words.items++;
	words.count--;
	if (command)
		offer_for_command(a, command, &words);
}

/* --- the tables --- */

/* name, letter or -, argument or -, kind of the argument, help; set apart by tabs */
static void put_option(nkc_buf *out, const cli_opt *row)
{
	nkc_buf_printf(out, "%s\t%c\t%s\t%s\t%s\n", row->name, row->letter ? row->letter : '-',
	               row->argument ? row->argument : "-", kinds[row->values].name, row->help);
}

static int put_options(const cli_call *call, nkc_buf *out)
{
	const cli_command *command = call->words.count > 1 ? cli_command_find(call->words.items[1]) : NULL;
	if (!command)
		return cli_usage_error(call, "no such command");
	for (const cli_opt *row = command->options; row->name; row++)
		put_option(out, row);
	put_option(out, &help_row);
	return CLI_CLEAN;
}

static int complete_kind(asking a)
{
	const cli_words *words = &a.call->words;
	a.bare = true;
	a.prefix = nkc_str_from(words->count > 1 ? words->items[1] : "");
	a.library = words->count > 2 ? words->items[2] : NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, words->items[0]) == 0) {
			offer_kind(&a, (cli_values)i);
			return CLI_CLEAN;
		}
	}
	return cli_usage_error(a.call, "no words of the kind '%s'", words->items[0]);
}

static int run(cli_call *call, const void *given)
{
	(void)given;
	nkc_buf text = NKC_BUF_INIT;
	asking a = { .call = call, .out = &text, .before = "" };
	int status = CLI_CLEAN;
	if (strcmp(call->words.items[0], "line") == 0)
		complete_line(a);
	else if (strcmp(call->words.items[0], "options") == 0)
		status = put_options(call, &text);
	else
		status = complete_kind(a);
	status = cli_worse(status, cli_print(nkc_buf_str(&text), call->diags));
	nkc_buf_release(&text);
	return status;
}

const cli_command cli_command_complete = {
	.name = "__complete",
	.summary = "words for the completions of the shells",
	.usage = "line|options|keys|formats|reads|codes|commands|fields|targets|styles|markups|locales [WORD...]",
	.about = "line -- WORD...: what may stand in the place of the last word of a command line.\n"
	         "options COMMAND: the table of its options.\n"
	         "Any other: the words of that kind that begin with PREFIX; keys also takes the folder of a library.",
	.options = options_table,
	.words_min = 1,
	.words_max = CLI_ANY,
	.run = run,
	.hidden = true,
};
