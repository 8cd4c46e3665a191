/*
 * Findings: which are wanted, how many are kept, what they show of their line.
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/diag.h>

#include "base/diags.h"
#include "support/findings.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int make_diags(void **state)
{
	*state = nkc_diags_new();
	return *state ? 0 : -1;
}

static int free_diags(void **state)
{
	nkc_diags_free(*state);
	return 0;
}

static nkc_place at(nkc_source *source, size_t offset, size_t length)
{
	return (nkc_place){ .source = source, .offset = offset, .length = length };
}

static void add(nkc_diags *diags, nkc_code code)
{
	nkc_diags_add(diags, code, NULL, NULL, "told");
}

/* --- codes --- */

static void every_code_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 1; i < NKC_CODE_COUNT; i++) {
		const nkc_code_info *info = nkc_code_get((nkc_code)i);
		assert_int_equal(nkc_code_find(nkc_str_from(info->name)), i);
		assert_non_null(strchr(info->name, '/'));
		assert_in_range(info->severity, NKC_HINT, NKC_ERROR);
		assert_true(strlen(info->summary) > 0 && strlen(info->remedy) > 0);
		assert_true(strlen(info->detail) > 0 && strlen(info->example) > 0);
	}
}

static void what_is_no_code_is_the_empty_one(void **state)
{
	(void)state;
	assert_int_equal(nkc_code_find(NKC_STR("no/such")), NKC_CODE_NONE);
	assert_int_equal(nkc_code_find(NKC_STR("")), NKC_CODE_NONE);
	assert_string_equal(nkc_code_get(NKC_CODE_NONE)->name, "");
	assert_string_equal(nkc_code_get((nkc_code)NKC_CODE_COUNT)->name, "");
	assert_string_equal(nkc_code_get((nkc_code)-1)->name, "");
}

static void severities_have_names(void **state)
{
	(void)state;
	assert_string_equal(nkc_severity_name(NKC_HINT), "hint");
	assert_string_equal(nkc_severity_name(NKC_WARNING), "warning");
	assert_string_equal(nkc_severity_name(NKC_ERROR), "error");
}

/* --- which are wanted --- */

static void patterns_are_codes_groups_or_all(void **state)
{
	nkc_diags *diags = *state;
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("json"), false), NKC_OK);
	assert_false(nkc_diags_wants(diags, NKC_CODE_JSON_SYNTAX));
	assert_false(nkc_diags_wants(diags, NKC_CODE_JSON_DEPTH));
	assert_true(nkc_diags_wants(diags, NKC_CODE_ENCODING_UTF8));
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("json/depth"), true), NKC_OK);
	assert_false(nkc_diags_wants(diags, NKC_CODE_JSON_SYNTAX));
	assert_true(nkc_diags_wants(diags, NKC_CODE_JSON_DEPTH));
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("all"), false), NKC_OK);
	for (int i = 1; i < NKC_CODE_COUNT; i++)
		assert_false(nkc_diags_wants(diags, (nkc_code)i));
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("all"), true), NKC_OK);
	assert_true(nkc_diags_wants(diags, NKC_CODE_JSON_SYNTAX));
}

static void half_a_name_is_no_pattern(void **state)
{
	static const char *const none[] = { "", "jso", "json/", "json/syn", "json/syntax/", "/", "ALL", "JSON" };
	for (size_t i = 0; i < COUNT(none); i++)
		assert_int_equal(nkc_diags_enable(*state, nkc_str_from(none[i]), false), NKC_ENOTFOUND);
	assert_true(nkc_diags_wants(*state, NKC_CODE_JSON_SYNTAX));
}

static void what_is_not_wanted_is_not_counted(void **state)
{
	nkc_diags *diags = *state;
	nkc_diags_set_minimum(diags, NKC_WARNING);
	assert_int_equal(nkc_code_get(NKC_CODE_RECORD_MEMBER)->severity, NKC_HINT);
	add(diags, NKC_CODE_RECORD_MEMBER);
	nkc_diags_enable(diags, NKC_STR("json/syntax"), false);
	add(diags, NKC_CODE_JSON_SYNTAX);
	assert_int_equal(nkc_diags_count(diags), 0);
	assert_int_equal(nkc_diags_total(diags, NKC_HINT) + nkc_diags_total(diags, NKC_ERROR), 0);
	add(diags, NKC_CODE_JSON_DEPTH);
	assert_int_equal(nkc_diags_count(diags), 1);
	assert_int_equal(nkc_diags_total(diags, NKC_ERROR), 1);
}

static void no_list_wants_nothing(void **state)
{
	(void)state;
	add(NULL, NKC_CODE_JSON_SYNTAX);
	nkc_diags_append(NULL, NULL);
	assert_false(nkc_diags_wants(NULL, NKC_CODE_JSON_SYNTAX));
	nkc_diags_free(NULL);
}

/* --- how many are kept --- */

static void a_list_keeps_so_many_and_counts_the_rest(void **state)
{
	nkc_diags *diags = *state;
	for (int i = 0; i < NKC_DIAGS_MAX + 5; i++)
		nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, NULL, NULL, "number %d", i);
	assert_int_equal(nkc_diags_count(diags), NKC_DIAGS_MAX);
	assert_int_equal(nkc_diags_dropped(diags), 5);
	assert_int_equal(nkc_diags_total(diags, NKC_ERROR), NKC_DIAGS_MAX + 5);
	assert_str(nkc_diags_at(diags, NKC_DIAGS_MAX - 1)->message, "number 9999");
	nkc_diags_clear(diags);
	assert_int_equal(nkc_diags_count(diags), 0);
	assert_int_equal(nkc_diags_total(diags, NKC_ERROR), NKC_DIAGS_MAX + 5);
	add(diags, NKC_CODE_JSON_SYNTAX);
	assert_int_equal(nkc_diags_count(diags), 1);
}

static void count_findings(void *context, const nkc_diag *diag)
{
	(void)diag;
	++*(size_t *)context;
}

static void a_sink_sees_all_and_the_list_keeps_none(void **state)
{
	nkc_diags *diags = *state;
	size_t seen = 0;
	nkc_diags_set_sink(diags, count_findings, &seen);
	for (int i = 0; i < NKC_DIAGS_MAX + 5; i++)
		add(diags, NKC_CODE_JSON_SYNTAX);
	assert_int_equal(seen, NKC_DIAGS_MAX + 5);
	assert_int_equal(nkc_diags_count(diags), 0);
	assert_int_equal(nkc_diags_dropped(diags), 0);
	assert_int_equal(nkc_diags_total(diags, NKC_ERROR), NKC_DIAGS_MAX + 5);
}

/* A list for another to take over loses nothing, and taking over counts as adding does. */
static void joined_lists_are_as_one(void **state)
{
	nkc_diags *diags = *state, *part;
	nkc_buf direct = NKC_BUF_INIT, joined = NKC_BUF_INIT;
	nkc_source source = nkc_source_make(NKC_STR("in.json"), NKC_STR("line\n  \"value\": 1"));
	nkc_place place = at(&source, 7, 0);
	place.record = NKC_STR("id");
	place.pointer = NKC_STR("/value");
	nkc_diags_enable(diags, NKC_STR("json/depth"), false);
	part = nkc_diags_new_like(diags);
	for (int i = 0; i < NKC_DIAGS_MAX + 5; i++) {
		nkc_diags_add(part, i % 2 ? NKC_CODE_JSON_SYNTAX : NKC_CODE_JSON_DEPTH, &place, "hint", "number %d", i);
		nkc_diags_add(part, NKC_CODE_RECORD_MEMBER, NULL, NULL, "number %d", i);
	}
	assert_int_equal(nkc_diags_count(part), NKC_DIAGS_MAX + 5 + NKC_DIAGS_MAX / 2 + 2);
	findings_put(&direct, nkc_diags_at(part, 1));
	for (size_t i = 0; i < nkc_diags_count(part); i++)
		nkc_diags_append(diags, nkc_diags_at(part, i));
	nkc_diags_free(part);
	findings_put(&joined, nkc_diags_at(diags, 1));
	assert_str(nkc_buf_str(&joined), direct.ptr);
	assert_int_equal(nkc_diags_count(diags), NKC_DIAGS_MAX);
	assert_int_equal(nkc_diags_dropped(diags), NKC_DIAGS_MAX / 2 + 7);
	assert_int_equal(nkc_diags_total(diags, NKC_ERROR), NKC_DIAGS_MAX / 2 + 2);
	assert_int_equal(nkc_diags_total(diags, NKC_HINT), NKC_DIAGS_MAX + 5);
	nkc_buf_release(&direct);
	nkc_buf_release(&joined);
}

/* --- what they show --- */

static void a_finding_says_where_it_is(void **state)
{
	static const struct {
		size_t offset, length;
		const char *expected;
	} cases[] = {
		/* line:column+width and the column where the shown line begins */
		{ 0, 0, "error json/syntax 1:1+1 1 \"f\" \"\" \"\" \"m\" \"h\" \"{\"\n" },
		{ 4, 0,
		  "error json/syntax 2:3+5 1 \"f\" \"\" \"\" \"m\" \"h\" \"  \\\"\xC3\xA9\xE2\x82\xAC"
		  "x\\\": 12,\"\n" },
		{ 4, 2,
		  "error json/syntax 2:3+2 1 \"f\" \"\" \"\" \"m\" \"h\" \"  \\\"\xC3\xA9\xE2\x82\xAC"
		  "x\\\": 12,\"\n" },
		{ 14, 0,
		  "error json/syntax 2:10+2 1 \"f\" \"\" \"\" \"m\" \"h\" \"  \\\"\xC3\xA9\xE2\x82\xAC"
		  "x\\\": 12,\"\n" },
		/* carets stay on the line */
		{ 14, 99,
		  "error json/syntax 2:10+3 1 \"f\" \"\" \"\" \"m\" \"h\" \"  \\\"\xC3\xA9\xE2\x82\xAC"
		  "x\\\": 12,\"\n" },
		/* behind the end: the end */
		{ 20, 0, "error json/syntax 3:2+1 1 \"f\" \"\" \"\" \"m\" \"h\" \"}\"\n" },
		{ 999, 5, "error json/syntax 3:2+1 1 \"f\" \"\" \"\" \"m\" \"h\" \"}\"\n" },
	};
	nkc_source source = nkc_source_make(NKC_STR("f"), NKC_STR("{\n  \"\xC3\xA9\xE2\x82\xAC" "x\": 12,\n}"));
	nkc_diags *diags = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_place place = at(&source, cases[i].offset, cases[i].length);
		nkc_buf out = NKC_BUF_INIT;
		nkc_diags_clear(diags);
		nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &place, "h", "m");
		findings_put_all(diags, &out);
		assert_str(nkc_buf_str(&out), cases[i].expected);
		nkc_buf_release(&out);
	}
}

static void a_place_may_be_a_whole_file_or_none(void **state)
{
	nkc_source source = nkc_source_make(NKC_STR("f"), NKC_STR("text"));
	nkc_place place = at(&source, 2, 0);
	nkc_diags *diags = *state;
	source.line = 0;
	nkc_diags_add(diags, NKC_CODE_IO_READ, &place, NULL, "m");
	nkc_diags_add(diags, NKC_CODE_IO_READ, NULL, NULL, "m");
	for (size_t i = 0; i < 2; i++) {
		const nkc_diag *diag = nkc_diags_at(diags, i);
		assert_int_equal(diag->from.line, 0);
		assert_str(diag->file, i == 0 ? "f" : "");
		assert_str(diag->line, "");
		assert_str(diag->hint, nkc_code_get(NKC_CODE_IO_READ)->remedy);
	}
}

/* What a long line shows has the place in it, whole characters only, and a bound. */
static void a_long_line_is_shown_around_the_place(void **state)
{
	nkc_diags *diags = *state;
	nkc_buf text = NKC_BUF_INIT;
	while (text.len < 3000)
		nkc_buf_puts(&text, "ab\xE2\x82\xAC\xF0\x9F\x98\x80 ");
	nkc_source source = nkc_source_make(NKC_STR("f"), nkc_buf_str(&text));
	for (size_t offset = 0; offset < text.len; offset += 10) { /* at each a */
		nkc_place place = at(&source, offset, 2);
		nkc_diags_clear(diags);
		nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &place, NULL, "m");
		const nkc_diag *diag = nkc_diags_at(diags, 0);
		assert_in_range(diag->line.len, 1, NKC_LINE_SHOWN);
		assert_int_not_equal((unsigned char)diag->line.ptr[0] & 0xC0, 0x80);
		size_t before = diag->from.column - diag->line_column, byte = 0;
		while (before-- > 0)
			nkc_utf8_next(diag->line, &byte);
		assert_memory_equal(diag->line.ptr + byte, "ab", 2);
	}
	nkc_buf_release(&text);
}

/* Nothing that a finding shows depends on what else of a long line is in memory. */
static void a_margin_of_memory_is_enough(void **state)
{
	nkc_diags *diags = *state;
	nkc_buf text = NKC_BUF_INIT, whole = NKC_BUF_INIT, part = NKC_BUF_INIT;
	while (text.len < 2000)
		nkc_buf_printf(&text, "%zu ", text.len);
	for (size_t offset = 0; offset < text.len; offset++) {
		size_t from = offset > NKC_LINE_SHOWN ? offset - NKC_LINE_SHOWN : 0;
		nkc_source all = nkc_source_make(NKC_STR("f"), nkc_buf_str(&text));
		nkc_source some = nkc_source_make(NKC_STR("f"),
		                                  nkc_str_slice(nkc_buf_str(&text), from, offset + NKC_LINE_SHOWN));
		some.column_base = from;
		nkc_place in_all = at(&all, offset, 3), in_some = at(&some, offset - from, 3);
		nkc_diags_clear(diags);
		nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &in_all, NULL, "m");
		nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &in_some, NULL, "m");
		nkc_buf_clear(&whole);
		nkc_buf_clear(&part);
		findings_put(&whole, nkc_diags_at(diags, 0));
		findings_put(&part, nkc_diags_at(diags, 1));
		assert_str(nkc_buf_str(&part), whole.ptr);
	}
	nkc_buf_release(&text);
	nkc_buf_release(&whole);
	nkc_buf_release(&part);
}

/* An id of megabytes, told with each of many findings, would fill the memory. */
static void a_long_id_is_cut_between_characters(void **state)
{
	nkc_diags *diags = *state;
	nkc_buf id = NKC_BUF_INIT;
	nkc_place place = { 0 };
	nkc_buf_puts(&id, "x");
	while (id.len < 100000)
		nkc_buf_puts(&id, "\xE2\x82\xAC");
	place.record = nkc_buf_str(&id);
	nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &place, NULL, "m");
	const nkc_diag *diag = nkc_diags_at(diags, 0);
	assert_in_range(diag->record.len, 200, 256);
	assert_int_equal(diag->record.len % 3, 1);
	assert_true(nkc_str_starts(place.record, diag->record));
	place.record = NKC_STR("short");
	nkc_diags_add(diags, NKC_CODE_JSON_SYNTAX, &place, NULL, "m");
	assert_str(nkc_diags_at(diags, 1)->record, "short");
	nkc_buf_release(&id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_name_of_its_own),
		cmocka_unit_test(what_is_no_code_is_the_empty_one),
		cmocka_unit_test(severities_have_names),
		cmocka_unit_test_setup_teardown(patterns_are_codes_groups_or_all, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(half_a_name_is_no_pattern, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(what_is_not_wanted_is_not_counted, make_diags, free_diags),
		cmocka_unit_test(no_list_wants_nothing),
		cmocka_unit_test_setup_teardown(a_list_keeps_so_many_and_counts_the_rest, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_sink_sees_all_and_the_list_keeps_none, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(joined_lists_are_as_one, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_finding_says_where_it_is, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_place_may_be_a_whole_file_or_none, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_long_line_is_shown_around_the_place, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_margin_of_memory_is_enough, make_diags, free_diags),
		cmocka_unit_test_setup_teardown(a_long_id_is_cut_between_characters, make_diags, free_diags),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
