/*
 * A record: checking changes nothing, the canonical form of a canonical file is that file, and what was mended in
 * place is a record that needs no mending.
 */
#include "fuzz.h"

#include <nkcite/record.h>

static nkc_status canonical(nkc_str text, bool check, nkc_buf *out)
{
	nkc_diags *diags = nkc_diags_new();
	nkc_record *record = nkc_record_new();
	nkc_source source = nkc_source_make(NKC_STR("input.json"), text);
	nkc_check_options options = { .today = { .year = 2026, .month = 11, .day = 22 }, .file_key = NKC_STR("input") };
	MUST(diags && record);

	nkc_status status = nkc_record_parse(record, text, &source, diags);
	if (!status && check)
		nkc_record_check(record, &options, diags);
	for (size_t i = 0; i < nkc_diags_count(diags); i++) {
		const nkc_diag *diag = nkc_diags_at(diags, i);
		MUST(diag->code > NKC_CODE_NONE && diag->code < NKC_CODE_COUNT && diag->message.len > 0);
	}
	if (!status)
		status = nkc_record_write(record, out);
	nkc_record_free(record);
	nkc_diags_free(diags);
	return status;
}

static void mend(nkc_str text)
{
	nkc_buf mended = NKC_BUF_INIT, again = NKC_BUF_INIT;
	nkc_record *record = nkc_record_new();
	MUST(record);

	if (nkc_record_fix_text(record, text, NULL, &mended) == NKC_OK && mended.len > 0) {
		MUST(nkc_record_fix_text(record, nkc_buf_str(&mended), NULL, &again) == NKC_OK);
		MUST(again.len == 0);
	}
	nkc_record_free(record);
	nkc_buf_release(&mended);
	nkc_buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_buf plain = NKC_BUF_INIT, checked = NKC_BUF_INIT, again = NKC_BUF_INIT;
	nkc_str text = nkc_str_make((const char *)data, size);

	if (canonical(text, false, &plain) == NKC_OK) {
		MUST(canonical(text, true, &checked) == NKC_OK);
		MUST(nkc_str_eq(nkc_buf_str(&plain), nkc_buf_str(&checked)));
		MUST(canonical(nkc_buf_str(&plain), false, &again) == NKC_OK);
		MUST(nkc_str_eq(nkc_buf_str(&plain), nkc_buf_str(&again)));
		mend(text);
	}
	nkc_buf_release(&plain);
	nkc_buf_release(&checked);
	nkc_buf_release(&again);
	return 0;
}
