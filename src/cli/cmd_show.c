#include "cli/write.h"
#include "cli/output.h"
#include "cli/stream.h"

typedef struct show_options {
	cli_input_options input;
	const char *format;
} show_options;

static const cli_opt options_table[] = {
	CLI_OPT_STRING('f', "format", "FORMAT", show_options, format, CLI_VALUES_WRITES,
	               "show the records in FORMAT, not as they are in the library"),
	CLI_OPT_INPUT(show_options, input),
	CLI_OPT_END
};

static int show_in_format(cli_call *call, const cli_write_options *how, cli_input *input)
{
	cli_writing writing;
	nkc_record *record;
	nkc_status wrote = NKC_OK;
	int status = cli_writing_open(&writing, call, how);

	if (status != CLI_CLEAN)
		return status;
	while (wrote == NKC_OK && (record = cli_input_next(input)))
		wrote = cli_writing_record(&writing, record);
	return cli_writing_close(&writing, cli_failed(wrote));
}

/* As the files of the library are: canonical JSON. */
static int show_records(cli_call *call, cli_input *input)
{
	cli_output out;
	nkc_record *record;
	nkc_status status = NKC_OK;

	if (!cli_output_open(&out, NULL, call->diags))
		return CLI_IO;
	while (status == NKC_OK && (record = cli_input_next(input))) {
		status = nkc_record_write(record, &out.buf);
		if (!cli_output_flush(&out))
			break;
	}
	return cli_worse(cli_failed(status), cli_exit(cli_output_close(&out, true)));
}

static int run(cli_call *call, const void *given)
{
	const show_options *options = given;
	cli_write_options how = { .format = options->format };
	int status = cli_write_check(call, &how);
	cli_input *input;

	if (status != CLI_CLEAN)
		return status;
	input = cli_input_open(call, &options->input, &status);
	if (!input)
		return status;
	status = options->format ? show_in_format(call, &how, input) : show_records(call, input);
	return cli_worse(status, cli_input_close(input));
}

const cli_command cli_command_show = {
	.name = "show",
	.summary = "show records",
	.usage = "KEY...",
	.about = "Shows the records with these keys in their canonical form, or in another format. A word that is a file "
	         "gives the records of that file.\n"
	         "\n"
	         "  nkcite show wertz2014chance\n"
	         "  nkcite show --format=biblatex wertz2014chance seok2004put",
	.options = options_table,
	.options_size = sizeof(show_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_min = 1,
	.words_max = CLI_ANY,
	.run = run,
};
