/* EDTF: what is read is written in a form that reads as the same date. */
#include "fuzz.h"

#include <string.h>

#include <nkcite/record.h>

static bool same_point(const nkc_date_point *a, const nkc_date_point *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day &&
	       a->unspecified == b->unspecified && a->uncertain == b->uncertain &&
	       a->approximate == b->approximate;
}

static bool same_date(const nkc_date *a, const nkc_date *b)
{
	return a->structured == b->structured && a->begin == b->begin && a->finish == b->finish &&
	       nkc_str_eq(a->time, b->time) && same_point(&a->start, &b->start) && same_point(&a->end, &b->end);
}

static void check_fault(nkc_str text, const nkc_edtf_fault *fault)
{
	MUST(fault->at <= text.len && fault->length <= text.len - fault->at);
	MUST(fault->code > NKC_CODE_NONE && fault->code < NKC_CODE_COUNT);
	MUST(fault->what && strlen(fault->what) < sizeof fault->buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	nkc_date date, again;
	nkc_edtf_fault fault;
	nkc_buf out = NKC_BUF_INIT;

	if (nkc_edtf_parse(text, &date, &fault) != NKC_OK) {
		check_fault(text, &fault);
		return 0;
	}
	MUST(nkc_edtf_write(&date, &out));
	MUST(nkc_edtf_parse(nkc_buf_str(&out), &again, &fault) == NKC_OK);
	MUST(same_date(&date, &again));
	nkc_buf_release(&out);
	return 0;
}
