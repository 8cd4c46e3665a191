/*
 * Places: line and column of every byte, in whatever order they are asked for.
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/buf.h>
#include <nkcite/source.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const nkc_str texts[] = {
	NKC_STR_INIT(""),
	NKC_STR_INIT("\n"),
	NKC_STR_INIT("a"),
	NKC_STR_INIT("a\nb"),
	NKC_STR_INIT("\n\n\na\n\n"),
	NKC_STR_INIT("{\r\n  \"id\": 1\r\n}\r\n"),
	NKC_STR_INIT("caf\xC3\xA9 \xE2\x82\xAC\n\xF0\x9F\x98\x80\xF0\x9F\x98\x80 x\n\xEF\xBB\xBFz"),
	NKC_STR_INIT("bad \xFF\xFE\x80 bytes\n\xE2\x82\n\xED\xA0\x80\xED\xA0 end\xC3"),
	NKC_STR_INIT("nul\0nul\n\0\0x"),
};

/* The position by counting from the very start: lines end in \n, a column is a character (or a bad byte). */
static nkc_position count_from_start(nkc_str text, size_t offset)
{
	nkc_position position = { 1, 1 };
	for (size_t at = 0; at < text.len;) {
		bool line_end = text.ptr[at] == '\n';
		nkc_utf8_next(text, &at);
		if (at > offset)
			break;
		position.column = line_end ? 1 : position.column + 1;
		position.line += line_end;
	}
	return position;
}

static void assert_position(nkc_source *source, size_t offset, nkc_position expected)
{
	nkc_position found = nkc_source_position(source, offset);
	if (found.line != expected.line || found.column != expected.column)
		fail_msg("offset %zu is %d:%d, not %d:%d", offset, (int)expected.line, (int)expected.column,
		         (int)found.line, (int)found.column);
}

static void positions_are_right_in_any_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		nkc_source source = nkc_source_make(NKC_STR("x"), texts[i]);
		for (size_t at = 0; at <= texts[i].len; at++)
			assert_position(&source, at, count_from_start(texts[i], at));
		for (size_t at = texts[i].len + 1; at-- > 0;)
			assert_position(&source, at, count_from_start(texts[i], at));
		for (size_t at = 0, n = 0; n < 300; n++, at = (at * 7 + 3 + n) % (texts[i].len + 1))
			assert_position(&source, at, count_from_start(texts[i], at));
	}
}

static void behind_the_end_is_the_end(void **state)
{
	nkc_source source = nkc_source_make(NKC_STR("x"), NKC_STR("a\nbc"));
	(void)state;
	assert_position(&source, 100, (nkc_position){ 2, 3 });
	assert_position(&source, SIZE_MAX, (nkc_position){ 2, 3 });
}

/* Of a text that is in memory from some byte on, all places are those of the whole. */
static void a_part_knows_its_place_in_the_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		for (size_t from = 0; from < texts[i].len;) {
			nkc_position start = count_from_start(texts[i], from);
			nkc_source source = nkc_source_make(NKC_STR("x"), nkc_str_slice(texts[i], from, texts[i].len));
			source.base = from;
			source.line = source.mark_line = start.line;
			source.column_base = start.column - 1;
			for (size_t at = texts[i].len + 1; at-- > from;)
				assert_position(&source, at - from, count_from_start(texts[i], at));
			nkc_utf8_next(texts[i], &from);
		}
	}
}

static void a_line_comes_without_its_end(void **state)
{
	static const struct {
		size_t offset, reach, start;
		const char *line;
	} cases[] = {
		{ 0, 100, 0, "one" },   { 2, 100, 0, "one" },    { 3, 100, 0, "one" },     { 5, 100, 5, "two words" },
		{ 9, 100, 5, "two words" }, { 9, 2, 5, "two wo" }, { 9, 0, 5, "two " }, { 15, 100, 15, "" },
		{ 16, 100, 16, "last" }, { 20, 100, 16, "last" }, { 99, 100, 16, "last" }, { 16, SIZE_MAX, 16, "last" },
	};
	nkc_source source = nkc_source_make(NKC_STR("x"), NKC_STR("one\r\ntwo words\n\nlast"));
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t start = 99;
		assert_str(nkc_source_line(&source, cases[i].offset, cases[i].reach, &start), cases[i].line);
		assert_int_equal(start, cases[i].start);
	}
}

/*
 * Half a million places in one line of 4 MB, forth, back, and from one to the next neighbour. Counted from the start
 * of the line each, that would be a million million characters.
 */
static void a_series_of_places_costs_the_way_there(void **state)
{
	enum { LEN = 4000000, STEP = 8 };
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	assert_true(nkc_buf_grow(&text, LEN));
	while (text.len < LEN)
		nkc_buf_puts(&text, "abcdefg\xC3\xA9");
	nkc_source source = nkc_source_make(NKC_STR("x"), nkc_buf_str(&text));
	for (size_t at = 0; at < LEN; at += STEP)
		nkc_source_position(&source, at);
	for (size_t at = LEN; at > STEP; at -= STEP)
		nkc_source_position(&source, at);
	for (size_t at = STEP; at < LEN; at += STEP) {
		nkc_source_position(&source, at);
		nkc_source_position(&source, at - STEP);
	}
	assert_position(&source, LEN / 9 * 9, (nkc_position){ 1, LEN / 9 * 8 + 1 });
	nkc_buf_release(&text);
}

/* The same over lines: one place back must not start over from the first of half a million. */
static void going_back_costs_the_way_back(void **state)
{
	enum { LINES = 500000 };
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < LINES; i++)
		nkc_buf_puts(&text, "12345\n");
	nkc_source source = nkc_source_make(NKC_STR("x"), nkc_buf_str(&text));
	for (size_t line = 1; line < LINES; line++) {
		nkc_source_position(&source, line * 6 + 3);
		nkc_source_position(&source, line * 6 - 4);
	}
	assert_position(&source, 6 * 1000 + 2, (nkc_position){ 1001, 3 });
	nkc_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_are_right_in_any_order),
		cmocka_unit_test(behind_the_end_is_the_end),
		cmocka_unit_test(a_part_knows_its_place_in_the_whole),
		cmocka_unit_test(a_line_comes_without_its_end),
		cmocka_unit_test(a_series_of_places_costs_the_way_there),
		cmocka_unit_test(going_back_costs_the_way_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
