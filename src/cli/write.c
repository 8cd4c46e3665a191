#include "cli/write.h"
#include "cli/stream.h"
#include "cli/text.h"

const char *const cli_charsets[] = { "default", "ascii", "utf8", NULL };

/* --- the options --- */

static int check_target(const cli_call *call, const char *name)
{
	nkc_target target;
	if (!name || nkc_target_find(nkc_str_from(name), &target) == NKC_OK)
		return CLI_CLEAN;
	return cli_usage_error(call, "--target takes one of any, zotero, mendeley, endnote, jabref; not '%s'", name);
}

int cli_write_check(const cli_call *call, const cli_write_options *options)
{
	int status = options->format ? cli_check_format(call, options->format, nkc_format_writes) : CLI_CLEAN;
	return status == CLI_CLEAN ? check_target(call, options->target) : status;
}

static const nkc_format *format_of_path(const char *path)
{
	const char *dot = path ? strrchr(path, '.') : NULL;
	if (!dot || strchr(dot, '/'))
		return NULL;
	const nkc_format *format = nkc_format_find(nkc_str_from(dot + 1));
	return format && nkc_format_writes(format) ? format : NULL;
}

/* --format, else the ending of --output, else bibtex. */
static const nkc_format *chosen_format(const cli_write_options *options)
{
	const nkc_format *format = options->format ? nkc_format_find(nkc_str_from(options->format))
	                                           : format_of_path(options->output);
	return format ? format : nkc_format_find(NKC_STR("bibtex"));
}

/* --- what a format cannot carry --- */

static void tell(void *context, const nkc_record *record, const char *what, nkc_carry carry, const char *where)
{
	cli_writing *w = context;
	nkc_buf *out = &w->list.buf;
	cli_put_safe(out, nkc_record_id(record));
	nkc_buf_puts(out, ": ");
	cli_put_safe(out, nkc_str_from(what));
	if (carry == NKC_CARRY_NONE)
		w->lost++;
	else
		w->kept++;
	nkc_buf_puts(out, carry != NKC_CARRY_NONE ? " goes to " : *where ? " is changed in " : " is left out");
	cli_put_safe(out, nkc_str_from(where));
	nkc_buf_putc(out, '\n');
	cli_output_flush(&w->list);
}

static void put_totals(cli_writing *w)
{
	nkc_buf *out = &w->list.buf;
	cli_put_count(out, w->records, "record");
	nkc_buf_printf(out, " as %s: ", nkc_format_name(w->format));
	cli_put_count(out, w->kept, "value");
	nkc_buf_puts(out, " in fields that other programs do not read as meant, ");
	nkc_buf_printf(out, "%llu left out or changed\n", (unsigned long long)w->lost);
}

/* --- writing --- */

static nkc_status open_writer(cli_writing *w, const cli_write_options *options)
{
	nkc_write_options how = {
		.charset = (nkc_charset)options->charset,
		.lossy = options->lossy,
		.tell = options->explain ? tell : NULL,
		.tell_context = w,
	};
	if (options->target)
		(void)nkc_target_find(nkc_str_from(options->target), &how.target);
	return nkc_writer_open(&w->writer, w->format, &how);
}

/* Passes on what has gathered. */
static nkc_status pass_on(cli_writing *w)
{
	if (w->discard)
		nkc_buf_clear(&w->product.buf);
	return cli_output_flush(&w->product) ? NKC_OK : NKC_EIO;
}

int cli_writing_open(cli_writing *w, cli_call *call, const cli_write_options *options)
{
	memset(w, 0, sizeof(*w));
	w->call = call;
	w->format = chosen_format(options);
	w->explain = options->explain;
	w->discard = options->explain && !options->output;
	if (!cli_output_open(&w->product, options->output, call->diags))
		return CLI_IO;
	cli_output_open(&w->list, NULL, call->diags);
	nkc_status opened = open_writer(w, options);
	if (opened == NKC_OK)
		opened = nkc_writer_begin(w->writer, &w->product.buf);
	return opened == NKC_OK ? CLI_CLEAN : cli_writing_close(w, cli_failed(opened));
}

nkc_status cli_writing_record(cli_writing *w, nkc_record *record)
{
	nkc_status status = nkc_writer_record(w->writer, record, &w->product.buf, w->call->diags);
	if (status == NKC_OK)
		w->records++;
	return status == NKC_OK ? pass_on(w) : status;
}

nkc_status cli_writing_bytes(void *context, nkc_str bytes)
{
	cli_writing *w = context;
	nkc_buf_put_str(&w->product.buf, bytes);
	return pass_on(w);
}

int cli_writing_close(cli_writing *w, int status)
{
	if (w->writer && status != CLI_IO)
		status = cli_worse(status, cli_failed(nkc_writer_end(w->writer, &w->product.buf)));
	nkc_writer_close(w->writer);
	if (w->explain)
		put_totals(w);
	if (w->discard)
		nkc_buf_clear(&w->product.buf);
	status = cli_worse(status, cli_exit(cli_output_close(&w->list, w->explain)));
	/* Half of an export is worse than the old file: only what is whole takes its place. */
	return cli_worse(status, cli_exit(cli_output_close(&w->product, status != CLI_IO)));
}
