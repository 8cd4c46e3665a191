#include <config.h>

#include "cli/progress.h"
#include "cli/stream.h"
#include "cli/write.h"

#include <unistd.h>

typedef struct convert_options {
	const char *from;
	cli_write_options write;
	uint64_t jobs;
} convert_options;

static const cli_opt options_table[] = {
	CLI_OPT_FROM(convert_options, from),
	CLI_OPT_WRITE(convert_options, write),
	CLI_OPT_NUMBER('j', "jobs", "N", convert_options, jobs, "work in N threads; the output is the same"),
	CLI_OPT_END
};

typedef struct converting {
	cli_call *call;
	const convert_options *options;
	cli_writing writing;
	cli_progress progress;
} converting;

static nkc_status take_bytes(void *context, nkc_str bytes)
{
	converting *c = context;
	cli_progress_add(&c->progress, bytes.len);
	return cli_writing_bytes(&c->writing, bytes);
}

/* What is wrong with one file keeps nobody from the next; when writing fails, that is all. */
static int convert_file(converting *c, const char *path)
{
	cli_stream stream;
	uint64_t count = 0;
	uint64_t jobs = c->options->jobs < NKC_JOBS_MAX ? c->options->jobs : NKC_JOBS_MAX;
	int status = cli_stream_open(&stream, path, c->options->from, c->call->diags);
	if (status != CLI_CLEAN)
		return status;
	nkc_status done = nkc_convert(stream.reader, c->writing.writer, (unsigned)jobs, take_bytes, c, c->call->diags,
	                              &count);
	cli_stream_close(&stream);
	c->writing.records += count;
	return cli_failed(done);
}

static int convert_files(converting *c)
{
	const cli_words *files = &c->call->words;
	int status = files->count ? CLI_CLEAN : convert_file(c, "-");
	for (size_t i = 0; i < files->count && !c->writing.product.error; i++)
		status = cli_worse(status, convert_file(c, files->items[i]));
	return status;
}

static int run(cli_call *call, const void *given)
{
	converting c = { .call = call, .options = given };
	const char *output = c.options->write.output;
	int status = cli_write_check(call, &c.options->write);
	if (status == CLI_CLEAN)
		status = cli_check_from(call, c.options->from);
	if (status == CLI_CLEAN)
		status = cli_writing_open(&c.writing, call, &c.options->write);
	if (status != CLI_CLEAN)
		return status;
	cli_progress_start(&c.progress, "MB", 1000000, !output && isatty(STDOUT_FILENO));
	status = convert_files(&c);
	cli_progress_end(&c.progress);
	return cli_writing_close(&c.writing, status);
}

const cli_command cli_command_convert = {
	.name = "convert",
	.summary = "turn files or standard input into another format, as they come",
	.usage = "[FILE...]",
	.about = "Reads files, or standard input, and writes their records in another format in the order in which "
	         "they come. No library is needed, and the memory in use does not grow with the files.\n"
	         "\n"
	         "  nkcite convert --format=ris refs.bib > refs.ris\n"
	         "  curl -s https://example.org/refs.json | nkcite convert --format=biblatex",
	.options = options_table,
	.options_size = sizeof(convert_options),
	.words = CLI_VALUES_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
