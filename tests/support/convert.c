#include "support/convert.h"

static nkc_status copy_records(nkc_reader *reader, nkc_writer *writer, nkc_buf *out, nkc_diags *diags, size_t *count)
{
	nkc_record *record;
	for (;;) {
		nkc_status status = nkc_reader_next(reader, &record);
		if (status || !record)
			return status;
		status = nkc_writer_record(writer, record, out, diags);
		if (status)
			return status;
		++*count;
	}
}

static nkc_status write_all(nkc_reader *reader, const nkc_format *to, nkc_buf *out, nkc_diags *diags, size_t *count)
{
	nkc_writer *writer;
	nkc_status status = nkc_writer_open(&writer, to, NULL);
	if (status)
		return status;
	status = nkc_writer_begin(writer, out);
	if (!status)
		status = copy_records(reader, writer, out, diags, count);
	if (!status)
		status = nkc_writer_end(writer, out);
	nkc_writer_close(writer);
	return status;
}

nkc_status convert_text(const nkc_format *from, const nkc_format *to, nkc_str text, nkc_buf *out, nkc_diags *diags,
                        size_t *count)
{
	nkc_reader *reader;
	size_t ignored = 0;
	if (!count)
		count = &ignored;
	*count = 0;
	nkc_status status = nkc_reader_open_text(&reader, from, NKC_STR("input"), text, diags);
	if (status)
		return status;
	status = write_all(reader, to, out, diags, count);
	nkc_reader_close(reader);
	return status;
}
