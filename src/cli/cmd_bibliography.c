#include "cli/citing.h"
#include "cli/input.h"
#include "cli/output.h"

typedef struct bibliography_options {
	cli_input_options input;
	cli_style_options style;
	const char *output;
	bool standalone;
} bibliography_options;

static const cli_opt options_table[] = {
	CLI_OPT_STYLE(bibliography_options, style),
	CLI_OPT_STRING('o', "output", "FILE", bibliography_options, output, CLI_VALUES_FILE,
	               "write to FILE, which is replaced when all is written"),
	CLI_OPT_FLAG('S', "standalone", bibliography_options, standalone,
	             "write a whole document, where the markup has such"),
	CLI_OPT_INPUT(bibliography_options, input),
	CLI_OPT_END
};

/* The ids of what was put in, for they are all listed though nothing cites them. */
typedef struct ids {
	nkc_arena *arena;
	nkc_buf list; /* of nkc_str */
} ids;

static void add_id(ids *all, nkc_str id)
{
	nkc_str copy = nkc_arena_str(all->arena, id);
	nkc_buf_put(&all->list, (const char *)&copy, sizeof copy);
}

static nkc_status put_records(cli_citing *citing, cli_input *input, ids *all)
{
	nkc_record *record;
	nkc_status status = NKC_OK;
	while (status == NKC_OK && (record = cli_input_next(input))) {
		status = cli_citing_put(citing, record);
		if (status == NKC_OK)
			add_id(all, nkc_record_id(record));
	}
	if (status == NKC_OK)
		status = nkc_buf_status(&all->list);
	if (status == NKC_OK)
		status = nkc_document_set_uncited(citing->document, (const void *)all->list.ptr,
		                                  all->list.len / sizeof(nkc_str));
	return status;
}

static nkc_status put_bibliography(cli_citing *citing, bool standalone, nkc_buf *out)
{
	if (standalone)
		nkc_markup_head(citing->markup, NKC_STR("Bibliography"), out);
	nkc_status status = nkc_document_bibliography(citing->document, out);
	if (standalone)
		nkc_markup_foot(citing->markup, out);
	return status;
}

static int list(cli_citing *citing, const bibliography_options *options, cli_input *input)
{
	cli_output out;
	ids all = { .arena = citing->call->arena, .list = NKC_BUF_INIT };
	if (!cli_output_open(&out, options->output, citing->call->diags))
		return CLI_IO;
	nkc_status status = put_records(citing, input, &all);
	if (status == NKC_OK)
		status = put_bibliography(citing, options->standalone, &out.buf);
	nkc_buf_release(&all.list);
	int exit = cli_failed(status);
	return cli_worse(exit, cli_exit(cli_output_close(&out, exit != CLI_IO)));
}

static int render(cli_citing *citing, const bibliography_options *options)
{
	int status = cli_citing_check_bibliography(citing);
	if (status != CLI_CLEAN)
		return status;
	cli_input *input = cli_input_open(citing->call, &options->input, &status);
	if (!input)
		return status;
	status = list(citing, options, input);
	return cli_worse(status, cli_input_close(input));
}

static int run(cli_call *call, const void *given)
{
	const bibliography_options *options = given;
	cli_citing citing;
	int status = cli_citing_open(&citing, call, &options->style, options->input.library);
	if (status == CLI_CLEAN)
		status = render(&citing, options);
	cli_citing_close(&citing);
	return status;
}

const cli_command cli_command_bibliography = {
	.name = "bibliography",
	.summary = "render a bibliography in a citation style",
	.usage = "[KEY|FILE...]",
	.about = "Renders the whole library, the records with these keys, or those of files, as the bibliography of a "
	         "style, in the order that the style wants: the same records give the same bytes.\n"
	         "\n"
	         "  nkcite bibliography\n"
	         "  nkcite bibliography --style=ieee --markup=html -o refs.html\n"
	         "  nkcite bibliography --style=chicago-author-date --from=bibtex refs.bib",
	.options = options_table,
	.options_size = sizeof(bibliography_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
