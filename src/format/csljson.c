#include "format/csljson.h"

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "[\n");
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_buf_puts(out, "  ");
	nkc_csljson_put_item(writer, record, false, out);
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	nkc_buf_puts(out, writer->count ? "\n]\n" : "]\n");
}

static int sniff(nkc_str head)
{
	nkc_str text = nkc_str_trim(
		nkc_str_starts(head, NKC_STR("\xEF\xBB\xBF")) ? nkc_str_slice(head, 3, head.len) : head);
	if (text.len == 0 || (text.ptr[0] != '[' && text.ptr[0] != '{'))
		return 0;
	return nkc_str_find(text, NKC_STR("\"type\"")) < text.len ||
	                       nkc_str_find(text, NKC_STR("\"id\"")) < text.len
	               ? 80
	               : 40;
}

static const nkc_writer_ops writer = {
	.separator = ",\n", .begin = write_begin, .record = write_record, .end = write_end
};

const nkc_format nkc_format_csljson = {
	.name = "csljson",
	.title = "CSL-JSON",
	.extensions = "json",
	.media_type = "application/vnd.citationstyles.csl+json",
	.sniff = sniff,
	.reader = &nkc_csljson_reader,
	.writer = &writer,
	.rereads = true,
	.carry_var = nkc_csljson_carry_var,
	.carry_type = nkc_csljson_carry_type,
};
