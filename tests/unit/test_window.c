/*
 * A text that is read piece by piece: whatever the pieces, the bytes and their places are those of the whole.
 */
#include "support/unit.h"

#include <errno.h>
#include <string.h>

#include "base/diags.h"
#include "base/mem.h"
#include "base/window.h"
#include "support/pieces.h"

#define NO_LIMIT SIZE_MAX

/* Lines short and long, characters of all lengths, bad bytes. */
static void make_text(nkc_buf *text, size_t least)
{
	for (unsigned i = 0; text->len < least; i++) {
		nkc_buf_printf(text, "%u caf\xC3\xA9 \xF0\x9F\x98\x80 \xFF \xE2\x82", i);
		if (i % 3 == 0)
			nkc_buf_puts(text, i % 2 ? "\r\n" : "\n");
		if (i % 29 == 0)
			for (unsigned k = 0; k < 60; k++)
				nkc_buf_puts(text, "\xE2\x82\xAC long ");
	}
}

static void assert_same_place(nkc_source *part, size_t at, nkc_source *whole)
{
	nkc_position found = nkc_source_position(part, at);
	nkc_position expected = nkc_source_position(whole, part->base + at);
	assert_int_equal(found.line, expected.line);
	assert_int_equal(found.column, expected.column);
}

/* Reads the text in such pieces and drops it in steps, each byte and place compared with the whole. */
static void read_in(nkc_str text, size_t size, size_t step)
{
	pieces from = { .text = text, .size = size };
	nkc_source whole = nkc_source_make(NKC_STR("x"), text);
	nkc_window window;
	size_t at = 0, passed = 0;
	nkc_window_open(&window, NKC_STR("x"), pieces_read, &from);
	while (!window.ended || at < window.source.text.len) {
		assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
		nkc_str here = window.source.text;
		assert_int_equal(window.source.base + at, passed);
		assert_true(window.source.base == 0 || at + 4 > NKC_LINE_SHOWN);
		assert_memory_equal(here.ptr, text.ptr + window.source.base, here.len);
		size_t cut = window.ended ? 0 : 3; /* the last character may still be in part */
		for (size_t i = 0; i + cut <= here.len; i += 13)
			assert_same_place(&window.source, i, &whole);
		size_t move = here.len - at < step ? here.len - at : step;
		at += move;
		passed += move;
	}
	assert_int_equal(passed, text.len);
	assert_int_equal(window.error, 0);
	nkc_window_close(&window);
}

static void pieces_of_every_size_give_the_whole(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	make_text(&text, 1500);
	for (size_t size = 1; size <= text.len; size += size < 40 ? 1 : 97) {
		read_in(nkc_buf_str(&text), size, 1 + size % 7);
		read_in(nkc_buf_str(&text), size, text.len);
		read_in(nkc_buf_str(&text), size, 200);
	}
	nkc_buf_release(&text);
}

static void an_empty_text_ends_at_once(void **state)
{
	(void)state;
	read_in(NKC_STR(""), 1, 1);
}

static void a_text_in_memory_is_left_alone(void **state)
{
	nkc_window window;
	nkc_str text = NKC_STR("all of it");
	size_t at = 4;
	(void)state;
	nkc_window_open_text(&window, NKC_STR("x"), text);
	assert_true(window.ended);
	assert_int_equal(nkc_window_fill(&window, &at, 0), NKC_OK);
	assert_int_equal(at, 4);
	assert_ptr_equal(window.source.text.ptr, text.ptr);
	nkc_window_close(&window);
}

/* What stands behind *at counts, not what was passed. */
static void more_than_the_limit_is_refused(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	pieces from = { .size = 1000 };
	nkc_window window;
	size_t at = 0;
	(void)state;
	make_text(&text, 10000);
	from.text = nkc_buf_str(&text);
	nkc_window_open(&window, NKC_STR("x"), pieces_read, &from);
	for (int i = 0; i < 3; i++)
		assert_int_equal(nkc_window_fill(&window, &at, 2500), NKC_OK);
	assert_int_equal(nkc_window_fill(&window, &at, 2500), NKC_ELIMIT);
	at += 600;
	assert_int_equal(nkc_window_fill(&window, &at, 2500), NKC_OK);
	nkc_window_close(&window);
	nkc_buf_release(&text);
}

static void a_failed_read_ends_the_text_and_says_why(void **state)
{
	static const struct {
		int given, told;
	} cases[] = { { EIO, EIO }, { EISDIR, EISDIR } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pieces from = { .text = NKC_STR("abc"), .error = cases[i].given };
		nkc_window window;
		size_t at = 0;
		nkc_window_open(&window, NKC_STR("x"), pieces_read, &from);
		assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
		assert_false(window.ended);
		assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
		assert_true(window.ended);
		assert_int_equal(window.error, cases[i].told);
		assert_str(window.source.text, "abc");
		nkc_window_close(&window);
	}
}

static ptrdiff_t fail_silently(void *context, char *bytes, size_t size)
{
	(void)context;
	(void)bytes;
	(void)size;
	errno = 0;
	return -1;
}

static void a_failure_without_a_reason_is_one_all_the_same(void **state)
{
	nkc_window window;
	size_t at = 0;
	(void)state;
	nkc_window_open(&window, NKC_STR("x"), fail_silently, NULL);
	assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
	assert_int_not_equal(window.error, 0);
	nkc_window_close(&window);
}

static void lost_memory_is_told_and_nothing_lost(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	pieces from = { .size = 0 };
	nkc_window window;
	size_t at = 0;
	(void)state;
	make_text(&text, 2000000);
	from.text = nkc_buf_str(&text);
	nkc_window_open(&window, NKC_STR("x"), pieces_read, &from);
	nkc_mem_fail_at(1);
	assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_ENOMEM);
	nkc_mem_fail_at(0);
	assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
	size_t before = window.source.text.len;
	nkc_status status = NKC_OK;
	nkc_mem_fail_at(1);
	while (!status && !window.ended) {
		before = window.source.text.len;
		status = nkc_window_fill(&window, &at, NO_LIMIT);
	}
	nkc_mem_fail_at(0);
	assert_int_equal(status, NKC_ENOMEM);
	assert_int_equal(window.source.text.len, before);
	assert_memory_equal(window.source.text.ptr, text.ptr, before);
	nkc_window_close(&window);
	nkc_buf_release(&text);
}

/* One huge record must not hold its memory for the rest of the stream. */
static void a_window_shrinks_behind_a_huge_record(void **state)
{
	enum { HUGE = 9 << 20, MORE = 3 << 20 };
	nkc_buf text = NKC_BUF_INIT;
	pieces from = { .size = 0 };
	nkc_window window;
	size_t at = 0;
	(void)state;
	make_text(&text, HUGE + MORE);
	from.text = nkc_buf_str(&text);
	nkc_window_open(&window, NKC_STR("x"), pieces_read, &from);
	while (window.source.text.len < HUGE)
		assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
	assert_true(window.cap >= HUGE);
	for (at = window.source.text.len; !window.ended; at = window.source.text.len)
		assert_int_equal(nkc_window_fill(&window, &at, NO_LIMIT), NKC_OK);
	assert_true(window.cap <= 1 << 20);
	nkc_str tail = window.source.text;
	assert_memory_equal(tail.ptr, text.ptr + text.len - tail.len, tail.len);
	nkc_window_close(&window);
	nkc_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_every_size_give_the_whole),
		cmocka_unit_test(an_empty_text_ends_at_once),
		cmocka_unit_test(a_text_in_memory_is_left_alone),
		cmocka_unit_test(more_than_the_limit_is_refused),
		cmocka_unit_test(a_failed_read_ends_the_text_and_says_why),
		cmocka_unit_test(a_failure_without_a_reason_is_one_all_the_same),
		cmocka_unit_test(lost_memory_is_told_and_nothing_lost),
		cmocka_unit_test(a_window_shrinks_behind_a_huge_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
