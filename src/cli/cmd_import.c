#include <config.h>

#include "cli/fields.h"
#include "cli/input.h"
#include "cli/keys.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/stream.h"
#include "cli/text.h"

#include <unistd.h>

enum { ON_SKIP, ON_UPDATE, ON_ADD };

static const char *const on_duplicate_names[] = { "skip", "update", "add", NULL };

typedef struct import_options {
	const char *library;
	const char *from;
	const char *pattern;
	int on_duplicate;
	bool rekey, dry_run, yes;
} import_options;

static const cli_opt options_table[] = {
	CLI_OPT_CHOICE(0, "on-duplicate", "WHAT", on_duplicate_names, import_options, on_duplicate,
	               "what to do with a record that is in the library already"),
	CLI_OPT_KEY_PATTERN(import_options, pattern),
	CLI_OPT_FLAG(0, "rekey", import_options, rekey, "propose keys even for records that have an id"),
	CLI_OPT_FLAG('n', "dry-run", import_options, dry_run, "say what would be done and change nothing"),
	CLI_OPT_FLAG('y', "yes", import_options, yes, "do not ask first"),
	CLI_OPT_LIBRARY(import_options, library),
	CLI_OPT_FROM(import_options, from),
	CLI_OPT_END
};

/* An import under way. */
typedef struct importing {
	cli_call *call;
	const import_options *options;
	bool dry;            /* changes nothing */
	bool told;           /* what is done, and what is wrong with the files, was told before */
	nkc_library *library;
	nkc_dedupe *dedupe;  /* of the library, and of what was added */
	nkc_record *present; /* the library's record that is the same source */
	cli_output out;
	uint64_t added, updated, skipped, failed;
	int status;
} importing;

/* --- what is said --- */

/* "added doe2020": the text behind the key, if any, is printf's. */
static void tell(importing *im, const char *what, nkc_str key, const char *format, ...) NKC_PRINTF(4, 5);

static void tell(importing *im, const char *what, nkc_str key, const char *format, ...)
{
	nkc_buf more = NKC_BUF_INIT;
	va_list args;

	if (im->told)
		return;
	va_start(args, format);
	nkc_buf_vprintf(&more, format, args);
	va_end(args);
	nkc_buf_printf(&im->out.buf, "%s ", what);
	cli_put_safe(&im->out.buf, key);
	cli_put_safe(&im->out.buf, nkc_buf_str(&more));
	nkc_buf_putc(&im->out.buf, '\n');
	nkc_buf_release(&more);
}

static void say_totals(const importing *im)
{
	bool plan = im->dry && !im->options->dry_run; /* there will be a question */
	nkc_buf text = NKC_BUF_INIT;

	nkc_buf_printf(&text, "%llu %s, ", (unsigned long long)im->added, plan ? "to add" : "added");
	nkc_buf_printf(&text, "%llu %s, ", (unsigned long long)im->updated, plan ? "to update" : "updated");
	nkc_buf_printf(&text, "%llu %s", (unsigned long long)im->skipped, plan ? "to skip" : "skipped");
	if (im->failed > 0)
		nkc_buf_printf(&text, ", %llu not saved", (unsigned long long)im->failed);
	cli_say(im->call, "%s%s", text.ptr, im->options->dry_run ? "; a dry run, nothing was changed" : "");
	nkc_buf_release(&text);
}

static void count_failure(importing *im, nkc_status status)
{
	im->failed++;
	im->status = cli_worse(im->status, cli_failed(status));
}

/* --- a new record --- */

/* A key that could be a file name, and that nobody has. */
static bool is_free(importing *im, nkc_str key)
{
	return nkc_key_check(key, NULL, NULL) == NKC_OK && !nkc_library_has(im->library, key);
}

/* Remembers the id under which other programs know the record. */
static nkc_status keep_old_id(nkc_record *record, nkc_str old)
{
	nkc_arena *arena = nkc_record_arena(record);
	nkc_value *origin = cli_field_origin(record, NKC_STR("id"));
	nkc_value *from = nkc_value_string(arena, NKC_STR("import")), *was = nkc_value_string(arena, old);

	if (origin && from && was) {
		nkc_value_set(origin, NKC_STR("from"), from);
		nkc_value_set(origin, NKC_STR("was"), was);
	}
	nkc_record_index(record);
	return nkc_arena_status(arena);
}

/* The record's own id, else its citation-key, else a key that is made for it. */
static nkc_status give_key(importing *im, nkc_record *record, nkc_str old)
{
	nkc_str label = nkc_record_text(record, NKC_VAR_CITATION_KEY);
	nkc_status status;

	if (!im->options->rekey && is_free(im, old))
		return NKC_OK;
	if (!im->options->rekey && is_free(im, label))
		status = nkc_record_set_text(record, NKC_VAR_ID, label);
	else
		status = cli_key_propose(record, im->options->pattern, im->library);
	return status == NKC_OK && old.len > 0 ? keep_old_id(record, old) : status;
}

static void add(importing *im, nkc_record *record)
{
	nkc_str old = nkc_arena_str(nkc_record_arena(record), nkc_record_id(record));
	nkc_status status = give_key(im, record, old);
	nkc_str key = nkc_record_id(record);

	if (status == NKC_OK && !im->dry)
		status = nkc_library_save(im->library, record, NKC_SAVE_NEW, im->call->diags);
	if (status != NKC_OK) {
		count_failure(im, status);
		return;
	}
	im->added++;
	nkc_dedupe_add(im->dedupe, record, NULL);
	if (nkc_str_eq(old, key) || old.len == 0)
		tell(im, "added", key, "%s", "");
	else
		tell(im, "added", key, " (was %.*s)", NKC_STR_ARG(old));
}

/* --- a record that is there --- */

/* The key of the library's record for the same source; empty when there is none. */
static nkc_str find_present(importing *im, nkc_record *record)
{
	nkc_str id = nkc_record_id(record);

	if (!im->options->rekey && nkc_library_has(im->library, id))
		return id;
	return nkc_dedupe_find(im->dedupe, record);
}

static void skip(importing *im, nkc_str key, nkc_str differences)
{
	im->skipped++;
	if (differences.len == 0)
		tell(im, "skipped", key, ": it is there, and says as much");
	else
		tell(im, "skipped", key, ": it is there, but differs in %.*s", NKC_STR_ARG(differences));
}

static void update(importing *im, nkc_str key, nkc_str differences)
{
	nkc_status status = NKC_OK;

	if (!im->dry)
		status = nkc_library_save(im->library, im->present, NKC_SAVE_REPLACE, im->call->diags);
	if (status != NKC_OK) {
		count_failure(im, status);
		return;
	}
	im->updated++;
	tell(im, "updated", key, ": %.*s", NKC_STR_ARG(differences));
}

static void meet(importing *im, nkc_record *record, nkc_str key)
{
	nkc_buf differences = NKC_BUF_INIT;
	nkc_status status;

	if (im->dry && !nkc_library_has(im->library, key)) {
		im->skipped++;
		tell(im, "skipped", key, ": it stands twice in the input");
		return;
	}
	status = nkc_library_load(im->library, key, im->present, im->call->diags);
	if (status == NKC_OK)
		status = nkc_record_update(im->present, record, &differences);
	if (status != NKC_OK)
		count_failure(im, status);
	else if (differences.len > 0 && im->options->on_duplicate == ON_UPDATE)
		update(im, key, nkc_buf_str(&differences));
	else
		skip(im, key, nkc_buf_str(&differences));
	nkc_buf_release(&differences);
}

static void import_record(importing *im, nkc_record *record)
{
	nkc_str key = NKC_STR("");

	nkc_record_expand(record);
	if (im->options->on_duplicate != ON_ADD)
		key = find_present(im, record);
	if (key.len > 0)
		meet(im, record, key);
	else
		add(im, record);
}

/* --- all of them --- */

/* Where findings about files go: each is told once. */
static nkc_diags *findings(const importing *im)
{
	return im->told ? NULL : im->call->diags;
}

/* What is in the library, so that a source is known again under another id. */
static nkc_status learn_library(importing *im)
{
	const nkc_str *keys;
	size_t count;
	nkc_status status = nkc_library_keys(im->library, &keys, &count, findings(im));

	for (size_t i = 0; i < count && im->options->on_duplicate != ON_ADD; i++)
		if (nkc_library_load(im->library, keys[i], im->present, NULL) == NKC_OK)
			nkc_dedupe_add(im->dedupe, im->present, NULL);
	return status;
}

static void import_file(importing *im, const char *path, cli_progress *progress)
{
	cli_stream stream;
	nkc_record *record;
	int status = cli_stream_open(&stream, path, im->options->from, findings(im));

	im->status = cli_worse(im->status, status);
	if (status != CLI_CLEAN)
		return;
	while (im->status != CLI_IO && (record = cli_stream_next(&stream, &im->status))) {
		import_record(im, record);
		if (!cli_output_flush(&im->out))
			break;
		cli_progress_add(progress, 1);
	}
	cli_stream_close(&stream);
}

static void import_files(importing *im)
{
	static const char *standard_input[] = { "-" };
	cli_words files = im->call->words;
	cli_progress progress;

	if (files.count == 0)
		files = (cli_words){ standard_input, 1 };
	cli_progress_start(&progress, "records", 1, isatty(STDOUT_FILENO));
	for (size_t i = 0; i < files.count && im->status != CLI_IO; i++)
		import_file(im, files.items[i], &progress);
	cli_progress_end(&progress);
}

/* The lock is held all the while: what was found to be new stays so until it is saved. */
static int import_locked(importing *im)
{
	nkc_status status = nkc_library_lock(im->library, im->call->diags);

	if (status != NKC_OK)
		return cli_failed(status);
	status = learn_library(im);
	if (status == NKC_OK && cli_output_open(&im->out, NULL, im->call->diags)) {
		import_files(im);
		im->status = cli_worse(im->status, cli_exit(cli_output_close(&im->out, true)));
		say_totals(im);
	}
	nkc_library_unlock(im->library);
	return cli_worse(im->status, cli_failed(status));
}

static int check_options(const cli_call *call, const import_options *options)
{
	int status;

	if (call->words.count == 0 && isatty(STDIN_FILENO))
		return cli_usage_error(call, "a file is missing (- is standard input)");
	status = cli_check_from(call, options->from);
	return status == CLI_CLEAN ? cli_key_pattern_check(call, options->pattern) : status;
}

static int import(importing *im)
{
	int status = cli_failed(nkc_library_open(&im->library, im->options->library, im->call->diags));

	if (status != CLI_CLEAN)
		return status;
	im->dedupe = nkc_dedupe_new();
	im->present = nkc_record_new();
	status = im->dedupe && im->present ? import_locked(im) : cli_failed(NKC_ENOMEM);
	nkc_dedupe_free(im->dedupe);
	nkc_record_free(im->present);
	nkc_library_close(im->library);
	return status;
}

/* Is there somebody to ask, and files that can be read twice? */
static bool shall_ask(const cli_call *call, const import_options *options)
{
	bool ask = !options->dry_run && !options->yes && cli_can_ask();

	for (size_t i = 0; i < call->words.count && ask; i++)
		ask = strcmp(call->words.items[i], "-") != 0;
	return ask;
}

/* Tells what would be done, and asks whether it shall be. */
static bool is_approved(cli_call *call, const import_options *options, int *status)
{
	importing im = { .call = call, .options = options, .dry = true };

	*status = import(&im);
	if (*status > CLI_FINDINGS || im.added + im.updated == 0)
		return false;
	return cli_ask("ny", "go on? [y/N]") == 'y';
}

static int run(cli_call *call, const void *given)
{
	const import_options *options = given;
	importing im = { .call = call, .options = options, .dry = options->dry_run };
	int before = check_options(call, options);

	if (before != CLI_CLEAN)
		return before;
	im.told = shall_ask(call, options);
	if (im.told && !is_approved(call, options, &before))
		return before;
	return cli_worse(before, import(&im));
}

const cli_command cli_command_import = {
	.name = "import",
	.summary = "take the records of files into the library",
	.usage = "[FILE...]",
	.about = "Reads files, or standard input, in any format that nkcite reads, and makes each record a record of the "
	         "library. One line says what became of each: added, updated or skipped. On a terminal all of it is shown "
	         "first, and nkcite asks whether to go on.\n"
	         "\n"
	         "A record is there already when its id is, or when its DOI, ISBN, URL, or title and year are those of a "
	         "record. --on-duplicate=skip (which is usual) leaves the library's record as it is; update takes over "
	         "what the new one says, but no value whose provenance is locked; add makes a second record. An id that "
	         "cannot be a file name gives way to the record's citation-key or to a key that is made for it; "
	         "custom.nkcite.provenance.id keeps it.\n"
	         "\n"
	         "  nkcite import refs.json\n"
	         "  nkcite import --on-duplicate=update --dry-run zotero.json",
	.options = options_table,
	.options_size = sizeof(import_options),
	.words = CLI_VALUES_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
