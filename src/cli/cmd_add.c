#include <config.h>

#include "cli/fields.h"
#include "cli/input.h"
#include "cli/keys.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/stream.h"
#include "cli/today.h"

#include <unistd.h>

typedef struct add_options {
	const char *library;
	const char *key;
	const char *pattern;
	const char *from;
	bool rekey, force, dry_run;
} add_options;

static const cli_opt options_table[] = {
	CLI_OPT_STRING('k', "key", "KEY", add_options, key, CLI_VALUES_NONE, "give the record this key"),
	CLI_OPT_KEY_PATTERN(add_options, pattern),
	CLI_OPT_FLAG(0, "rekey", add_options, rekey, "propose a key even for a record that has an id"),
	CLI_OPT_FLAG(0, "force", add_options, force, "add it in spite of errors"),
	CLI_OPT_FLAG('n', "dry-run", add_options, dry_run, "show the record and change nothing"),
	CLI_OPT_LIBRARY(add_options, library),
	CLI_OPT_FROM(add_options, from),
	CLI_OPT_END
};

/* An addition under way. */
typedef struct adding {
	cli_call *call;
	const add_options *options;
	nkc_library *library;
	cli_output out;
} adding;

/* --- one record --- */

static nkc_status give_key(adding *a, nkc_record *record)
{
	if (a->options->key)
		return nkc_record_set_text(record, NKC_VAR_ID, nkc_str_from(a->options->key));
	if (nkc_record_id(record).len > 0 && !a->options->rekey)
		return NKC_OK;
	return cli_key_propose(record, a->options->pattern, a->library);
}

/* Errors keep the record out, unless --force. */
static bool passes_check(adding *a, nkc_record *record)
{
	nkc_check_options how = { .today = cli_today(), .file_key = nkc_record_id(record) };
	uint64_t errors = nkc_diags_total(a->call->diags, NKC_ERROR);

	nkc_record_check(record, &how, a->call->diags);
	if (nkc_diags_total(a->call->diags, NKC_ERROR) == errors || a->options->force)
		return true;
	cli_say(a->call, "nothing was added; mend the errors, or add it as it is with --force");
	return false;
}

static nkc_status save(adding *a, nkc_record *record)
{
	nkc_status status;

	if (a->options->dry_run)
		return nkc_record_write(record, &a->out.buf);
	status = nkc_library_save(a->library, record, NKC_SAVE_NEW, a->call->diags);
	if (status == NKC_OK) {
		nkc_buf_put_str(&a->out.buf, nkc_record_id(record));
		nkc_buf_putc(&a->out.buf, '\n');
	}
	return status;
}

/* From the choice of the key to the save nobody else may take that key. */
static int add_record(adding *a, nkc_record *record)
{
	nkc_status status = nkc_library_lock(a->library, a->call->diags);
	int result = CLI_FINDINGS;

	if (status != NKC_OK)
		return cli_failed(status);
	nkc_record_expand(record);
	status = give_key(a, record);
	if (status != NKC_OK)
		result = cli_failed(status);
	else if (passes_check(a, record))
		result = cli_failed(save(a, record));
	nkc_library_unlock(a->library);
	return result;
}

/* --- where it comes from --- */

static int set_fields(adding *a, nkc_record *record)
{
	const cli_words *words = &a->call->words;
	nkc_buf fault = NKC_BUF_INIT;
	int status = CLI_CLEAN;

	for (size_t i = 0; i < words->count && status == CLI_CLEAN; i++) {
		if (cli_field_set(record, words->items[i], &fault))
			continue;
		status = fault.len > 0 ? cli_usage_error(a->call, "%s", fault.ptr) : cli_failed(NKC_ENOMEM);
	}
	nkc_buf_release(&fault);
	return status;
}

static int add_words(adding *a)
{
	nkc_record *record = nkc_record_new();
	int status = record ? set_fields(a, record) : cli_failed(NKC_ENOMEM);

	if (status == CLI_CLEAN)
		status = add_record(a, record);
	nkc_record_free(record);
	return status;
}

static int add_input(adding *a)
{
	cli_stream stream;
	nkc_record *record;
	int status = cli_stream_open(&stream, "-", a->options->from, a->call->diags);

	if (status != CLI_CLEAN)
		return status;
	while (status != CLI_IO && (record = cli_stream_next(&stream, &status)))
		status = cli_worse(status, add_record(a, record));
	cli_stream_close(&stream);
	return status;
}

static bool reads_input(const cli_call *call)
{
	return call->words.count == 0 || (call->words.count == 1 && strcmp(call->words.items[0], "-") == 0);
}

static int check_options(const cli_call *call, const add_options *options)
{
	int status;

	if (call->words.count == 0 && isatty(STDIN_FILENO))
		return cli_usage_error(call, "field=value words are missing, or a record on standard input");
	if (options->from && !reads_input(call))
		return cli_usage_error(call, "--from is for a record on standard input");
	if (options->key && (options->pattern || options->rekey))
		return cli_usage_error(call, "--key and %s exclude each other",
		                       options->rekey ? "--rekey" : "--key-pattern");
	status = cli_check_from(call, options->from);
	return status == CLI_CLEAN ? cli_key_pattern_check(call, options->pattern) : status;
}

static int run(cli_call *call, const void *given)
{
	adding a = { .call = call, .options = given };
	int status = check_options(call, given);

	if (status != CLI_CLEAN)
		return status;
	nkc_diags_set_minimum(call->diags, NKC_WARNING);
	status = cli_failed(nkc_library_open(&a.library, a.options->library, call->diags));
	if (status != CLI_CLEAN)
		return status;
	if (cli_output_open(&a.out, NULL, call->diags)) {
		status = reads_input(call) ? add_input(&a) : add_words(&a);
		status = cli_worse(status, cli_exit(cli_output_close(&a.out, true)));
	}
	nkc_library_close(a.library);
	return status;
}

const cli_command cli_command_add = {
	.name = "add",
	.summary = "add a record from field=value words or from standard input",
	.usage = "[FIELD=VALUE...]",
	.about = "Adds a record and prints its key. The fields are the variables of CSL and the plain words outlet, date "
	         "and url; names (author=\"Wertz, Daniel\", author=\"Human Rights Watch\") may be given several times; "
	         "dates are EDTF (2014, 2014-11, 2013-11~). absent.FIELD=none-stated says why a field is missing, "
	         "from.FIELD=url-path where its value was read. Without words, or with -, records are read from standard "
	         "input.\n"
	         "\n"
	         "The record is checked first: errors keep it out, unless --force is given. A record without an id gets a "
	         "key of author, year and first word of the title, which never changes afterwards.\n"
	         "\n"
	         "  nkcite add type=webpage author=\"Wertz, Daniel\" title=\"A Chance\" \\\n"
	         "      date=2014-11 outlet=\"The Diplomat\" url=https://thediplomat.com/2014/11/\n"
	         "  curl -s https://example.org/record.json | nkcite add",
	.options = options_table,
	.options_size = sizeof(add_options),
	.words = CLI_VALUES_FIELD,
	.words_max = CLI_ANY,
	.run = run,
};
