#include <config.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/paging.h"
#include "cli/stream.h"

#include <errno.h>
#include <sys/stat.h>

typedef struct page_options {
	cli_input_options input;
	cli_page_options page;
	const char *output;
} page_options;

static const cli_opt options_table[] = {
	CLI_OPT_STRING('o', "output", "DIR", page_options, output, CLI_VALUES_FOLDER,
	               "write into DIR, which is made if need be; else into page"),
	CLI_OPT_PAGE(page_options, page),
	CLI_OPT_INPUT(page_options, input),
	CLI_OPT_END
};

/* What stands beside the page. The first is the one that unAPI names: Zotero takes it before any other. */
static const struct {
	const char *format, *name;
} beside[] = {
	{ "zotero-rdf", "bibliography.rdf" },
	{ "bibtex", "bibliography.bib" },
	{ "ris", "bibliography.ris" },
	{ "csljson", "bibliography.json" },
};
enum { BESIDE = sizeof beside / sizeof *beside };

/* One of the files on its way. */
typedef struct product {
	nkc_writer *writer;
	cli_output out;
} product;

typedef struct paging {
	cli_call *call;
	const char *folder;
	cli_paging page;
	nkc_page_file files[BESIDE];
	size_t file_count;
	product products[BESIDE]; /* those that are open */
	size_t count;
} paging;

static const char *path_of(const paging *p, const char *name)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_printf(&path, "%s/%s", p->folder, name);
	const char *kept = nkc_arena_str(p->call->arena, nkc_buf_str(&path)).ptr;
	nkc_buf_release(&path);
	return kept;
}

static int make_folder(paging *p)
{
	if (mkdir(p->folder, 0777) == 0 || errno == EEXIST)
		return CLI_CLEAN;
	cli_file_finding(p->call->diags, NKC_CODE_IO_WRITE, nkc_str_from(p->folder), NULL, "it cannot be made: %s",
	                 strerror(errno));
	return CLI_IO;
}

/* --- the files beside the page --- */

static void list_files(paging *p)
{
	for (size_t i = 0; i < BESIDE; i++) {
		const nkc_format *format = nkc_format_find(nkc_str_from(beside[i].format));
		if (format)
			p->files[p->file_count++] = (nkc_page_file){ format, nkc_str_from(beside[i].name) };
	}
}

static bool is_unapi(const nkc_page_file *file)
{
	return nkc_str_is(file->name, beside[0].name);
}

static int open_product(paging *p, const nkc_page_file *file)
{
	product *made = &p->products[p->count];
	if (!cli_output_open(&made->out, path_of(p, file->name.ptr), p->call->diags))
		return CLI_IO;
	p->count++;
	nkc_status status = nkc_writer_open(&made->writer, file->format, NULL);
	if (status == NKC_OK)
		status = nkc_writer_begin(made->writer, &made->out.buf);
	if (status == NKC_OK && is_unapi(file))
		nkc_buf_puts(&made->out.buf, nkc_page_unapi());
	return cli_failed(status);
}

static int open_products(paging *p)
{
	int status = CLI_CLEAN;
	for (size_t i = 0; i < p->file_count && status == CLI_CLEAN; i++)
		status = open_product(p, &p->files[i]);
	return status;
}

static nkc_status put_record(paging *p, nkc_record *record)
{
	nkc_status status = cli_paging_put(&p->page, record);
	for (size_t i = 0; i < p->count && status == NKC_OK; i++) {
		product *made = &p->products[i];
		status = nkc_writer_record(made->writer, record, &made->out.buf, p->call->diags);
		if (status == NKC_OK && !cli_output_flush(&made->out))
			status = NKC_EIO;
	}
	return status;
}

static int close_products(paging *p, int status)
{
	for (size_t i = 0; i < p->count; i++) {
		product *made = &p->products[i];
		if (made->writer && status != CLI_IO)
			status = cli_worse(status, cli_failed(nkc_writer_end(made->writer, &made->out.buf)));
		nkc_writer_close(made->writer);
		status = cli_worse(status, cli_exit(cli_output_close(&made->out, status != CLI_IO)));
	}
	return status;
}

/* --- the page --- */

static int write_page(paging *p)
{
	cli_output out;
	if (!cli_output_open(&out, path_of(p, "index.html"), p->call->diags))
		return CLI_IO;
	int status = cli_failed(nkc_page_write(p->page.page, &out.buf));
	return cli_worse(status, cli_exit(cli_output_close(&out, status != CLI_IO)));
}

static int put_all(paging *p, cli_input *input)
{
	nkc_record *record;
	nkc_status status = NKC_OK;
	while (status == NKC_OK && (record = cli_input_next(input)))
		status = put_record(p, record);
	int exit = close_products(p, cli_failed(status));
	return exit == CLI_IO ? exit : cli_worse(exit, write_page(p));
}

static int write_all(paging *p, const page_options *options)
{
	int status = CLI_CLEAN;
	cli_input *input = cli_input_open(p->call, &options->input, &status);
	if (!input)
		return status;
	status = make_folder(p);
	if (status == CLI_CLEAN)
		status = open_products(p);
	status = status == CLI_CLEAN ? put_all(p, input) : close_products(p, status);
	return cli_worse(status, cli_input_close(input));
}

static int run(cli_call *call, const void *given)
{
	const page_options *options = given;
	paging p = { .call = call, .folder = options->output ? options->output : "page" };
	list_files(&p);
	int status = cli_paging_open(&p.page, call, &options->page, options->input.library, p.files, p.file_count,
	                             is_unapi(&p.files[0]) ? p.files[0].name : NKC_STR(""));
	if (status == CLI_CLEAN)
		status = write_all(&p, options);
	cli_paging_close(&p.page);
	return status;
}

const cli_command cli_command_page = {
	.name = "page",
	.summary = "write a bibliography as a page to publish",
	.usage = "[KEY|FILE...]",
	.about = "Writes the whole library, the records with these keys, or those of files, as a page of HTML in any "
	         "citation style, and beside it files in formats that other programs read. The page needs no server: "
	         "it can be searched, filtered, and copied from where it is.\n"
	         "\n"
	         "  nkcite page -o public\n"
	         "  nkcite page --style=chicago-author-date --group=year -o public\n"
	         "  nkcite page --title='North Korea' --from=bibtex refs.bib -o public",
	.options = options_table,
	.options_size = sizeof(page_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
