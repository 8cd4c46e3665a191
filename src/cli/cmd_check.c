#include <config.h>

#include "cli/diff.h"
#include "cli/input.h"
#include "cli/mend.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/today.h"

#include <unistd.h>

typedef struct check_options {
	cli_input_options input;
	int format; /* index into cli_reporters */
	int severity;
	cli_words only, ignore;
	bool fix, dry_run;
} check_options;

static const char *const severities[] = { "hint", "warning", "error", NULL };
static const nkc_severity severity_of[] = { NKC_HINT, NKC_WARNING, NKC_ERROR };

static const cli_opt options_table[] = {
	CLI_OPT_CHOICE('f', "format", "FORM", cli_reporter_names, check_options, format, "how findings are shown"),
	CLI_OPT_CHOICE('s', "severity", "LEVEL", severities, check_options, severity,
	               "show findings of LEVEL and above"),
	CLI_OPT_LIST(0, "only", "CODE,...", check_options, only, CLI_VALUES_CODE,
	             "look for these codes or groups alone"),
	CLI_OPT_LIST(0, "ignore", "CODE,...", check_options, ignore, CLI_VALUES_CODE,
	             "do not look for these codes or groups"),
	CLI_OPT_FLAG(0, "fix", check_options, fix, "mend what can be mended without loss"),
	CLI_OPT_FLAG('n', "dry-run", check_options, dry_run, "with --fix: show the changes and change nothing"),
	CLI_OPT_INPUT(check_options, input),
	CLI_OPT_END
};

/* A check at work. */
typedef struct checking {
	cli_call *call;
	const check_options *options;
	cli_input *input;
	cli_report report;
	cli_output product;
	nkc_check_options how;
	nkc_dedupe *dedupe;
	int status;
} checking;

/* --- options --- */

static int enable_all(const cli_call *call, const cli_words *patterns, bool wanted)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (nkc_diags_enable(call->diags, nkc_str_from(patterns->items[i]), wanted) != NKC_OK)
			return cli_usage_error(call, "no finding or group is called '%s'; nkcite explain lists them",
			                       patterns->items[i]);
	return CLI_CLEAN;
}

static int choose_codes(const cli_call *call, const check_options *options)
{
	if (options->only.count) {
		(void)nkc_diags_enable(call->diags, NKC_STR("all"), false);
		(void)nkc_diags_enable(call->diags, NKC_STR("io"), true); /* who cannot read cannot check */
		(void)nkc_diags_enable(call->diags, NKC_STR("json"), true);
		(void)nkc_diags_enable(call->diags, NKC_STR("format"), true);
		(void)nkc_diags_enable(call->diags, NKC_STR("library/none"), true);
		(void)nkc_diags_enable(call->diags, NKC_STR("key/unknown"), true);
	}
	nkc_diags_set_minimum(call->diags, severity_of[options->severity]);
	int status = enable_all(call, &options->only, true);
	return status == CLI_CLEAN ? enable_all(call, &options->ignore, false) : status;
}

/* --- mending --- */

/* The text that the mended record has on disk; empty when there is nothing to mend. */
static nkc_status mended_text(checking *c, nkc_record *record, nkc_buf *after)
{
	nkc_buf_clear(after);
	return nkc_record_fix(record, c->call->diags) ? nkc_record_write(record, after) : NKC_OK;
}

static nkc_status show_changes(checking *c, nkc_str after)
{
	nkc_buf before = NKC_BUF_INIT;
	nkc_library *library = cli_input_library(c->input);
	nkc_status status = nkc_library_read(library, cli_input_key(c->input), &before, c->call->diags);
	if (status == NKC_OK)
		status = cli_diff(cli_input_file(c->input), nkc_buf_str(&before), after, &c->product.buf);
	nkc_buf_release(&before);
	return status;
}

/* Saves it and loads it again: findings should point at what is now in the file. */
static nkc_status save(checking *c, nkc_record *record)
{
	nkc_library *library = cli_input_library(c->input);
	nkc_status status = nkc_library_save(library, record, NKC_SAVE_REPLACE, c->call->diags);
	return status == NKC_OK ? nkc_library_load(library, cli_input_key(c->input), record, c->call->diags) : status;
}

static nkc_status mend(checking *c, nkc_record *record)
{
	nkc_buf after = NKC_BUF_INIT;
	nkc_status status = mended_text(c, record, &after);
	if (status == NKC_OK && after.len) {
		status = c->options->dry_run ? show_changes(c, nkc_buf_str(&after)) : save(c, record);
		c->report.mended += status == NKC_OK;
	}
	nkc_buf_release(&after);
	return status;
}

/* --- checking --- */

/* The key that the file's name stands for: of a library's record, or of a file in a folder records/. */
static nkc_str file_key(const cli_input *input)
{
	nkc_str path = cli_input_file(input), folder = NKC_STR("records/"), ending = NKC_STR(".json");
	if (cli_input_library(input))
		return cli_input_key(input);
	size_t at = path.len;
	while (at > 0 && path.ptr[at - 1] != '/')
		at--;
	nkc_str parent = nkc_str_slice(path, 0, at);
	size_t above = parent.len > folder.len ? parent.len - folder.len : 0;
	bool whole = above == 0 || parent.ptr[above - 1] == '/';
	if (!whole || !nkc_str_ends(parent, folder) || !nkc_str_ends(path, ending))
		return NKC_STR("");
	return nkc_str_slice(path, at, path.len - ending.len);
}

static void check_one(checking *c, nkc_record *record)
{
	if (c->options->fix && cli_input_library(c->input)) {
		nkc_status status = mend(c, record);
		c->status = cli_worse(c->status, cli_failed(status));
		if (status != NKC_OK)
			return;
	}
	if (c->options->dry_run)
		return;
	c->how.file_key = file_key(c->input);
	nkc_record_check(record, &c->how, c->call->diags);
	nkc_dedupe_add(c->dedupe, record, c->call->diags);
}

static void check_all(checking *c)
{
	cli_progress progress;
	nkc_record *record;
	cli_progress_start(&progress, "records", 1, isatty(STDOUT_FILENO));
	while (c->status != CLI_IO && (record = cli_input_next(c->input))) {
		c->report.records++;
		check_one(c, record);
		if (!cli_output_flush(&c->product))
			break;
		cli_progress_add(&progress, 1);
	}
	cli_progress_end(&progress);
}

/* Files are mended before they are checked: findings should point at what is then in them. */
static int mend_files(checking *c)
{
	if (!c->options->fix || cli_input_library(c->input))
		return CLI_CLEAN;
	return cli_mend_files(c->call, &c->options->input, c->options->dry_run ? &c->product : NULL,
	                      &c->report.mended);
}

/* Findings go to the report while it is under way. */
static void report_all(checking *c)
{
	nkc_diags *diags = c->call->diags;
	nkc_diags_set_sink(diags, cli_report_sink, &c->report);
	c->report.how->begin(&c->report);
	check_all(c);
	c->report.how->end(&c->report);
	nkc_diags_set_sink(diags, cli_report_sink, c->call->report);
}

static int check_input(checking *c)
{
	int status = mend_files(c);
	if (!c->options->dry_run && status != CLI_USAGE)
		report_all(c);
	else if (cli_input_library(c->input))
		check_all(c); /* shows the changes alone, so that patch can read them */
	return cli_worse(cli_worse(status, c->status), c->report.exit);
}

static int check(checking *c)
{
	if (!cli_output_open(&c->product, NULL, c->call->diags))
		return CLI_IO;
	cli_report_init(&c->report, cli_reporters[c->options->format], &c->product);
	c->dedupe = nkc_dedupe_new();
	int status = c->dedupe ? check_input(c) : cli_failed(NKC_ENOMEM);
	nkc_dedupe_free(c->dedupe);
	return cli_worse(status, cli_exit(cli_output_close(&c->product, true)));
}

static int run(cli_call *call, const void *given)
{
	checking c = { .call = call, .options = given, .how = { .today = cli_today() } };
	if (c.options->dry_run && !c.options->fix)
		return cli_usage_error(call, "--dry-run goes with --fix");
	int status = choose_codes(call, c.options);
	if (status == CLI_CLEAN)
		c.input = cli_input_open(call, &c.options->input, &status);
	if (!c.input)
		return status;
	status = check(&c);
	return cli_worse(status, cli_input_close(c.input));
}

const cli_command cli_command_check = {
	.name = "check",
	.summary = "look for faults in records and say what to do about them",
	.usage = "[KEY|FILE...]",
	.about = "Checks the whole library, the records with these keys, or those of files: their form, and what "
	         "they say. Each finding has a place, a code, a reason and a remedy; nkcite explain CODE says more. "
	         "The exit status is 1 when there is an error among them.\n"
	         "\n"
	         "  nkcite check\n"
	         "  nkcite check --format=sarif > nkcite.sarif\n"
	         "  nkcite check --fix --dry-run refs.json\n"
	         "  nkcite check --ignore=missing,title refs.bib",
	.options = options_table,
	.options_size = sizeof(check_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
