/*
 * Readers and writers: whatever a reader makes of the input, every writer can write it, and what a
 * format writes it reads again: as many records as went in.
 */
#include "fuzz.h"

#include "support/convert.h"

static void read_back(const nkc_format *format, nkc_str written, size_t count)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_diags *diags = nkc_diags_new();
	size_t again;
	MUST(convert_text(format, nkc_format_find(NKC_STR("csljson")), written, &out, diags, &again) == NKC_OK);
	MUST(again == count);
	nkc_diags_free(diags);
	nkc_buf_release(&out);
}

static void through(const nkc_format *from, const nkc_format *to, nkc_str text)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_diags *diags = nkc_diags_new();
	size_t count;
	nkc_status status = convert_text(from, to, text, &out, diags, &count);
	MUST(status != NKC_ENOMEM);
	if (status == NKC_OK && count > 0 && nkc_format_reads(to)) /* no records in JSON lines are an empty file */
		read_back(to, nkc_buf_str(&out), count);
	nkc_diags_free(diags);
	nkc_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	const nkc_format *from, *to;

	(void)nkc_format_sniff(text, NKC_STR("input"));
	for (size_t i = 0; (from = nkc_format_at(i)) != NULL; i++)
		for (size_t j = 0; nkc_format_reads(from) && (to = nkc_format_at(j)) != NULL; j++)
			if (nkc_format_writes(to))
				through(from, to, text);
	return 0;
}
