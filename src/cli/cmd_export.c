#include <config.h>

#include "cli/paging.h"
#include "cli/progress.h"
#include "cli/sorted.h"
#include "cli/write.h"

#include <unistd.h>

typedef struct export_options {
	cli_input_options input;
	cli_write_options write;
	cli_page_options page; /* when the format is html */
} export_options;

static const cli_opt options_table[] = {
	CLI_OPT_WRITE(export_options, write),
	CLI_OPT_PAGE(export_options, page),
	CLI_OPT_INPUT(export_options, input),
	CLI_OPT_END
};

/* A library gives its records in order; those of files are put in order first. */
typedef struct source {
	cli_input *input;
	cli_sorted *sorted; /* NULL: a library */
	int status;
} source;

static nkc_record *next_record(source *from)
{
	return from->sorted ? cli_sorted_next(from->sorted, &from->status) : cli_input_next(from->input);
}

static int write_format(cli_call *call, const export_options *options, source *from)
{
	cli_writing writing;
	cli_progress progress;
	int status = cli_writing_open(&writing, call, &options->write);
	if (status != CLI_CLEAN)
		return status;
	cli_progress_start(&progress, "records", 1, !options->write.output && isatty(STDOUT_FILENO));
	nkc_record *record;
	nkc_status wrote = NKC_OK;
	while (wrote == NKC_OK && (record = next_record(from))) {
		wrote = cli_writing_record(&writing, record);
		cli_progress_add(&progress, 1);
	}
	cli_progress_end(&progress);
	return cli_writing_close(&writing, cli_worse(from->status, cli_failed(wrote)));
}

/* --- html: a page, which is made of all records at once --- */

static bool is_page(const cli_write_options *options)
{
	const char *dot = options->output ? strrchr(options->output, '.') : NULL;
	const char *name = options->format ? options->format : dot ? dot + 1 : "";
	return strcmp(name, "html") == 0 || strcmp(name, "htm") == 0;
}

static nkc_status put_all(cli_paging *paging, source *from)
{
	nkc_record *record;
	nkc_status status = NKC_OK;
	while (status == NKC_OK && (record = next_record(from)))
		status = cli_paging_put(paging, record);
	return status;
}

static int write_page(cli_call *call, const export_options *options, source *from)
{
	cli_paging paging;
	cli_output out;
	int status = cli_paging_open(&paging, call, &options->page, options->input.library, NULL, 0, NKC_STR(""));
	if (status == CLI_CLEAN && !cli_output_open(&out, options->write.output, call->diags))
		status = CLI_IO;
	if (status == CLI_CLEAN) {
		nkc_status wrote = put_all(&paging, from);
		if (wrote == NKC_OK)
			wrote = nkc_page_write(paging.page, &out.buf);
		status = cli_worse(from->status, cli_failed(wrote));
		status = cli_worse(status, cli_exit(cli_output_close(&out, status != CLI_IO)));
	}
	cli_paging_close(&paging);
	return status;
}

static int write_all(cli_call *call, const export_options *options, source *from)
{
	return is_page(&options->write) ? write_page(call, options, from) : write_format(call, options, from);
}

static int export(cli_call *call, const export_options *options, cli_input *input)
{
	source from = { .input = input };
	if (!cli_input_library(input)) {
		from.sorted = cli_sorted_gather(call, input, &from.status);
		if (!from.sorted)
			return from.status;
	}
	int status = write_all(call, options, &from);
	if (from.sorted)
		cli_sorted_close(from.sorted);
	return status;
}

static int run(cli_call *call, const void *given)
{
	const export_options *options = given;
	int status = is_page(&options->write) ? CLI_CLEAN : cli_write_check(call, &options->write);
	if (status != CLI_CLEAN)
		return status;
	cli_input *input = cli_input_open(call, &options->input, &status);
	if (!input)
		return status;
	status = export(call, options, input);
	return cli_worse(status, cli_input_close(input));
}

const cli_command cli_command_export = {
	.name = "export",
	.summary = "write records as BibTeX, BibLaTeX, CSL-JSON, RIS, ...",
	.usage = "[KEY|FILE...]",
	.about = "Writes the whole library, the records with these keys, or those of files, in the order of their "
	         "keys: the same records give the same bytes. What FORMAT has no field of its own for goes where other "
	         "programs leave it alone, so that nkcite reads it back; --explain lists it.\n"
	         "\n"
	         "  nkcite export --format=bibtex -o refs.bib\n"
	         "  nkcite export --format=ris --target=zotero seok2004put\n"
	         "  nkcite export --format=biblatex refs.json\n"
	         "  nkcite export --format=html --style=chicago-author-date -o page.html",
	.options = options_table,
	.options_size = sizeof(export_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
