/*
 * The buffer: what is put in comes out, ends in a NUL, and a failure is remembered.
 */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include <nkcite/buf.h>

#include "base/arena.h"
#include "base/mem.h"

static void assert_sound(const nkc_buf *buf)
{
	assert_non_null(buf->ptr);
	assert_int_equal(buf->ptr[buf->len], '\0');
	assert_true(buf->cap == 0 || buf->len < buf->cap);
}

static void an_empty_buffer_is_the_empty_string(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	assert_sound(&buf);
	assert_str(nkc_buf_str(&buf), "");
	nkc_buf_put(&buf, "", 0);
	assert_str(nkc_buf_str(&buf), "");
	nkc_buf_clear(&buf);
	nkc_buf_truncate(&buf, 5);
	assert_sound(&buf);
	nkc_buf_release(&buf);
	nkc_buf_release(&buf);
	assert_sound(&buf);
}

static void what_is_put_stands_in_order(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&buf, "one");
	nkc_buf_putc(&buf, ' ');
	nkc_buf_put(&buf, "two!", 3);
	nkc_buf_put_str(&buf, NKC_STR(" three"));
	nkc_buf_printf(&buf, " %d%s", 4, "");
	assert_str(nkc_buf_str(&buf), "one two three 4");
	nkc_buf_clear(&buf);
	assert_str(nkc_buf_str(&buf), "");
	nkc_buf_put(&buf, "a\0b", 3);
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.ptr, "a\0b", 4);
	nkc_buf_release(&buf);
}

static void every_length_ends_in_a_nul(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		nkc_buf_putc(&buf, (char)('a' + i % 26));
		assert_sound(&buf);
		assert_int_equal(buf.len, i + 1);
	}
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(buf.ptr[i], 'a' + (int)(i % 26));
	nkc_buf_release(&buf);
}

static void room_that_was_made_is_an_ended_string(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	assert_true(nkc_buf_grow(&buf, 100));
	assert_sound(&buf);
	assert_true(buf.cap > 100);
	nkc_buf_release(&buf);
}

/* Byte by byte, a million bytes need few allocations: the buffer grows by a part of what it has. */
static void growing_costs_few_allocations(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	nkc_mem_fail_at(0);
	for (size_t i = 0; i < 1000000; i++)
		nkc_buf_putc(&buf, 'x');
	assert_true(nkc_mem_count() < 60);
	nkc_buf_release(&buf);
}

static void long_formats_are_whole(void **state)
{
	char text[2000];
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	memset(text, 'y', sizeof text);
	for (size_t len = 250; len < 260; len++) {
		nkc_buf_clear(&buf);
		nkc_buf_printf(&buf, "<%.*s>", (int)len, text);
		assert_int_equal(buf.len, len + 2);
		assert_int_equal(buf.ptr[buf.len - 1], '>');
		assert_sound(&buf);
	}
	nkc_buf_printf(&buf, "%.*s", (int)sizeof text, text);
	assert_int_equal(buf.len, 261 + sizeof text);
	nkc_buf_release(&buf);
}

/* RFC 3629, section 3; surrogates as WTF-8 has them. */
static void code_points_are_written_as_utf8(void **state)
{
	static const struct {
		uint32_t rune;
		const char *bytes;
	} cases[] = {
		{ 0x41, "A" },
		{ 0x7F, "\x7F" },
		{ 0x80, "\xC2\x80" },
		{ 0x7FF, "\xDF\xBF" },
		{ 0x800, "\xE0\xA0\x80" },
		{ 0x20AC, "\xE2\x82\xAC" },
		{ 0xD7FF, "\xED\x9F\xBF" },
		{ 0xD800, "\xED\xA0\x80" },
		{ 0xDFFF, "\xED\xBF\xBF" },
		{ 0xFFFF, "\xEF\xBF\xBF" },
		{ 0x10000, "\xF0\x90\x80\x80" },
		{ 0x1F600, "\xF0\x9F\x98\x80" },
		{ 0x10FFFF, "\xF4\x8F\xBF\xBF" },
	};
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		nkc_buf_clear(&buf);
		nkc_buf_put_rune(&buf, cases[i].rune);
		assert_str(nkc_buf_str(&buf), cases[i].bytes);
	}
	nkc_buf_release(&buf);
}

static void splicing_replaces_bytes(void **state)
{
	static const struct {
		size_t offset, cut;
		const char *bytes, *result;
	} cases[] = {
		{ 0, 0, "", "hello" },
		{ 0, 0, "oh ", "oh hello" },
		{ 5, 0, "!", "hello!" },
		{ 2, 2, "", "heo" },
		{ 2, 2, "LL", "heLLo" },
		{ 2, 2, "many more", "hemany moreo" },
		{ 0, 5, "", "" },
		{ 4, 100, "p", "hellp" },
		{ 100, 100, "!", "hello!" },
		{ 1, SIZE_MAX, "i", "hi" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		nkc_buf buf = NKC_BUF_INIT;
		nkc_buf_puts(&buf, "hello");
		nkc_buf_splice(&buf, cases[i].offset, cases[i].cut, nkc_str_from(cases[i].bytes));
		assert_str(nkc_buf_str(&buf), cases[i].result);
		assert_sound(&buf);
		nkc_buf_release(&buf);
	}
}

static void truncating_never_lengthens(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&buf, "hello");
	nkc_buf_truncate(&buf, 9);
	assert_str(nkc_buf_str(&buf), "hello");
	nkc_buf_truncate(&buf, 4);
	assert_str(nkc_buf_str(&buf), "hell");
	nkc_buf_truncate(&buf, 0);
	assert_str(nkc_buf_str(&buf), "");
	nkc_buf_release(&buf);
}

/* After a failure nothing more goes in, not even what would still fit: a buffer has no holes. */
static void a_failed_buffer_takes_nothing_more(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	char large[1000] = "";
	(void)state;
	nkc_buf_puts(&buf, "kept");
	nkc_mem_fail_at(1);
	nkc_buf_put(&buf, large, sizeof large);
	nkc_mem_fail_at(0);
	assert_int_equal(nkc_buf_status(&buf), NKC_ENOMEM);
	nkc_buf_putc(&buf, '!');
	nkc_buf_puts(&buf, "more");
	nkc_buf_printf(&buf, "%d", 5);
	nkc_buf_put_rune(&buf, 'x');
	nkc_buf_splice(&buf, 0, 1, NKC_STR("y"));
	assert_str(nkc_buf_str(&buf), "kept");
	assert_false(nkc_buf_grow(&buf, 0));
	nkc_buf_clear(&buf);
	nkc_buf_puts(&buf, "again");
	assert_int_equal(nkc_buf_status(&buf), NKC_OK);
	assert_str(nkc_buf_str(&buf), "again");
	nkc_buf_release(&buf);
}

static void a_runaway_writer_meets_a_limit(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	nkc_mem_fail_at(0);
	nkc_buf_puts(&buf, "x");
	uint64_t before = nkc_mem_count();
	assert_false(nkc_buf_grow(&buf, NKC_BUF_MAX - 1));
	assert_int_equal(nkc_buf_status(&buf), NKC_ELIMIT);
	assert_int_equal(nkc_mem_count(), before);
	nkc_buf_clear(&buf);
	assert_false(nkc_buf_grow(&buf, SIZE_MAX));
	assert_int_equal(nkc_buf_status(&buf), NKC_ELIMIT);
	nkc_buf_release(&buf);
}

static void taken_bytes_are_the_callers(void **state)
{
	nkc_buf buf = NKC_BUF_INIT;
	(void)state;
	char *empty = nkc_buf_take(&buf);
	assert_string_equal(empty, "");
	free(empty);
	nkc_buf_puts(&buf, "mine");
	char *bytes = nkc_buf_take(&buf);
	assert_string_equal(bytes, "mine");
	free(bytes);
	assert_str(nkc_buf_str(&buf), "");
	nkc_mem_fail_at(1);
	nkc_buf_puts(&buf, "lost");
	nkc_mem_fail_at(0);
	assert_null(nkc_buf_take(&buf));
	assert_int_equal(nkc_buf_status(&buf), NKC_OK);
}

static void an_arena_lends_its_buffer_again(void **state)
{
	nkc_arena *arena = nkc_arena_new();
	(void)state;
	assert_non_null(arena);
	nkc_buf outer = nkc_arena_buf(arena);
	nkc_buf_puts(&outer, "outer ");
	nkc_buf inner = nkc_arena_buf(arena); /* the other is still lent */
	nkc_buf_puts(&inner, "inner");
	nkc_str first = nkc_arena_keep(arena, &inner);
	nkc_buf_put_str(&outer, first);
	nkc_str second = nkc_arena_keep(arena, &outer);
	assert_str(first, "inner");
	assert_str(second, "outer inner");
	nkc_buf again = nkc_arena_buf(arena);
	assert_true(again.cap > 0);
	assert_str(nkc_buf_str(&again), "");
	assert_str(nkc_arena_keep(arena, &again), "");
	assert_str(second, "outer inner");
	nkc_arena_free(arena);
}

static void an_arena_knows_of_a_failed_buffer(void **state)
{
	nkc_arena *arena = nkc_arena_new();
	(void)state;
	assert_non_null(arena);
	nkc_buf buf = nkc_arena_buf(arena);
	nkc_mem_fail_at(1);
	nkc_buf_puts(&buf, "lost");
	nkc_mem_fail_at(0);
	(void)nkc_arena_keep(arena, &buf);
	assert_int_equal(nkc_arena_status(arena), NKC_ENOMEM);
	nkc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_the_empty_string),
		cmocka_unit_test(what_is_put_stands_in_order),
		cmocka_unit_test(every_length_ends_in_a_nul),
		cmocka_unit_test(room_that_was_made_is_an_ended_string),
		cmocka_unit_test(growing_costs_few_allocations),
		cmocka_unit_test(long_formats_are_whole),
		cmocka_unit_test(code_points_are_written_as_utf8),
		cmocka_unit_test(splicing_replaces_bytes),
		cmocka_unit_test(truncating_never_lengthens),
		cmocka_unit_test(a_failed_buffer_takes_nothing_more),
		cmocka_unit_test(a_runaway_writer_meets_a_limit),
		cmocka_unit_test(taken_bytes_are_the_callers),
		cmocka_unit_test(an_arena_lends_its_buffer_again),
		cmocka_unit_test(an_arena_knows_of_a_failed_buffer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
