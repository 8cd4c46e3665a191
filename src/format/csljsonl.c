#include "format/csljson.h"

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_csljson_put_item(writer, record, true, out);
	nkc_buf_putc(out, '\n');
}

static const nkc_writer_ops writer = { .record = write_record };

const nkc_format nkc_format_csljsonl = {
	.name = "csljsonl",
	.title = "CSL-JSON, one item a line",
	.extensions = "jsonl,ndjson",
	.media_type = "application/x-ndjson",
	.reader = &nkc_csljson_reader, /* the reader sees for itself; sniffing is csljson's */
	.writer = &writer,
	.rereads = true,
	.carry_var = nkc_csljson_carry_var,
	.carry_type = nkc_csljson_carry_type,
};
