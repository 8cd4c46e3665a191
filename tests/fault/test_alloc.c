/*
 * Makes allocation 1, 2, 3, ... fail (and all after it) while every format is written and read. Each run
 * has to say NKC_ENOMEM, or to give the very same bytes as a run without faults; a leak is the sanitizer's to find.
 */
#include "support/unit.h"

#include <nkcite/diag.h>
#include <nkcite/format.h>

#include "base/mem.h"
#include "support/convert.h"

/* No conversion of this small input needs more; without a bound a defect could loop for ever. */
#define ALLOCATIONS_MAX 20000

static const char items[] =
	"[{\"id\":\"kim2014\",\"type\":\"article-newspaper\",\"title\":\"A <i>title</i> & 100% \\\"more\\\"\","
	"\"author\":[{\"family\":\"Gogh\",\"given\":\"Vincent\",\"non-dropping-particle\":\"van\"},"
	"{\"literal\":\"Human Rights Watch\"},{\"family\":\"\xea\xb9\x80\",\"given\":\"\xeb\xaf\xbc\xec\xa7\x80\"}],"
	"\"container-title\":\"The Ledger\",\"issued\":{\"date-parts\":[[2014,11,3],[2014,11,5]]},"
	"\"URL\":\"https://example.org/a_b%20c?d=1#e\",\"accessed\":\"2024-04-27\",\"keyword\":\"a, b\","
	"\"abstract\":\"One.\\nTwo \\u2013 \\u00e9.\",\"custom\":{\"nkcite\":{\"absent\":{\"page\":\"unknown\"}}}},"
	"{\"id\":\"kim2014\",\"type\":\"book\",\"author\":\"Doe, Jane\",\"date\":\"2013-11~\",\"outlet\":\"X\","
	"\"unknown\":[1,{\"a\":null}],\"event-date\":{\"literal\":\"spring\"},\"page\":\"1-5\",\"page\":\"2\"},"
	"{\"id\":\"bad\",\"type\":\"book\",}]";

typedef struct outcome {
	nkc_status status;
	nkc_buf out;
} outcome;

/* The conversion with the n-th allocation failing; 0: none fails. */
static outcome convert_failing(const nkc_format *from, const nkc_format *to, nkc_str text, uint64_t n)
{
	outcome run = { NKC_OK, NKC_BUF_INIT };
	nkc_mem_fail_at(n);
	nkc_diags *diags = nkc_diags_new();
	run.status = convert_text(from, to, text, &run.out, diags, NULL);
	nkc_diags_free(diags);
	return run;
}

/* Fails each allocation of one conversion in turn. */
static void fail_each(const nkc_format *from, const nkc_format *to, nkc_str text)
{
	outcome whole = convert_failing(from, to, text, 0);
	uint64_t allocations = nkc_mem_count();
	assert_int_equal(whole.status, NKC_OK);
	assert_in_range(allocations, 1, ALLOCATIONS_MAX);

	for (uint64_t n = 1; n <= allocations; n++) {
		outcome broken = convert_failing(from, to, text, n);
		nkc_mem_fail_at(0);
		bool same = broken.status == NKC_OK && nkc_str_eq(nkc_buf_str(&broken.out), nkc_buf_str(&whole.out));
		if (broken.status != NKC_ENOMEM && !same)
			fail_msg("%s to %s: allocation %d of %d failed, status: %s", nkc_format_name(from),
			         nkc_format_name(to), (int)n, (int)allocations, nkc_status_text(broken.status));
		nkc_buf_release(&broken.out);
	}
	nkc_buf_release(&whole.out);
}

static void every_writer_reports_lost_memory(void **state)
{
	const nkc_format *csljson = nkc_format_find(NKC_STR("csljson"));
	const nkc_format *to;
	(void)state;

	for (size_t i = 0; (to = nkc_format_at(i)) != NULL; i++)
		if (nkc_format_writes(to))
			fail_each(csljson, to, nkc_str_from(items));
}

static void every_reader_reports_lost_memory(void **state)
{
	const nkc_format *csljson = nkc_format_find(NKC_STR("csljson"));
	const nkc_format *format;
	(void)state;

	for (size_t i = 0; (format = nkc_format_at(i)) != NULL; i++) {
		if (!nkc_format_writes(format) || !nkc_format_reads(format))
			continue;
		outcome written = convert_failing(csljson, format, nkc_str_from(items), 0);
		assert_int_equal(written.status, NKC_OK);
		fail_each(format, csljson, nkc_buf_str(&written.out));
		nkc_buf_release(&written.out);
	}
}

/* Parses, checks and writes a record; the sum of what may report lost memory. */
static nkc_status check_and_write(nkc_str text, nkc_buf *out)
{
	nkc_check_options options = { .today = { .year = 2026, .month = 11, .day = 22 }, .file_key = NKC_STR("hand") };
	nkc_source source = nkc_source_make(NKC_STR("hand.json"), text);
	nkc_record *record = nkc_record_new();
	nkc_diags *diags = nkc_diags_new();
	nkc_status status = record && diags ? NKC_OK : NKC_ENOMEM;

	if (!status)
		status = nkc_record_parse(record, text, &source, diags);
	if (!status) {
		nkc_record_check(record, &options, diags);
		nkc_record_expand(record);
		status = nkc_record_write(record, out);
	}
	if (!status)
		status = nkc_arena_status(nkc_record_arena(record));
	nkc_diags_free(diags);
	nkc_record_free(record);
	return status;
}

static void checking_and_writing_a_record_reports_lost_memory(void **state)
{
	nkc_str text = NKC_STR(
		"{\"id\": \"hand\", \"type\": \"webpage\", \"author\": [\"Doe, Jane\", \"IBM\"], \"date\": \"2014-13\","
		" \"title\": \"A \\u00e9 TITLE\", \"url\": \"http://a b\", \"DOI\": \"x\", \"odd\": [1, 2]}");
	nkc_buf whole = NKC_BUF_INIT;
	(void)state;

	nkc_mem_fail_at(0);
	assert_int_equal(check_and_write(text, &whole), NKC_OK);
	uint64_t allocations = nkc_mem_count();
	assert_in_range(allocations, 1, ALLOCATIONS_MAX);
	for (uint64_t n = 1; n <= allocations; n++) {
		nkc_buf out = NKC_BUF_INIT;
		nkc_mem_fail_at(n);
		nkc_status status = check_and_write(text, &out);
		nkc_mem_fail_at(0);
		if (status != NKC_ENOMEM && !nkc_str_eq(nkc_buf_str(&out), nkc_buf_str(&whole)))
			fail_msg("allocation %d of %d failed, status: %s", (int)n, (int)allocations,
			         nkc_status_text(status));
		nkc_buf_release(&out);
	}
	nkc_buf_release(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_writer_reports_lost_memory),
		cmocka_unit_test(every_reader_reports_lost_memory),
		cmocka_unit_test(checking_and_writing_a_record_reports_lost_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
