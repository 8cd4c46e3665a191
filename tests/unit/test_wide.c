/*
 * UTF-16 comes out as UTF-8, with a mark or without, in either order of bytes, whole or in pieces.
 */
#include "support/unit.h"

#include "base/wide.h"

/* Gives the text in pieces of so many bytes. */
typedef struct source {
	nkc_str rest;
	size_t piece;
} source;

static ptrdiff_t read_piece(void *context, char *bytes, size_t size)
{
	source *from = context;
	size_t len = from->piece < size ? from->piece : size;
	len = len < from->rest.len ? len : from->rest.len;
	memcpy(bytes, from->rest.ptr, len);
	from->rest = nkc_str_slice(from->rest, len, from->rest.len);
	return (ptrdiff_t)len;
}

static void fill(nkc_window *window, size_t least)
{
	size_t at = 0;
	while (!window->ended && window->source.text.len < least)
		assert_int_equal(nkc_window_fill(window, &at, 1 << 20), NKC_OK);
}

static void check_pieces(nkc_str wide, const char *text, size_t piece)
{
	source from = { wide, piece };
	nkc_window window;
	nkc_wide decoder;
	nkc_window_open(&window, NKC_STR("test"), read_piece, &from);
	fill(&window, 2);
	assert_int_equal(nkc_wide_open(&decoder, &window), NKC_OK);
	fill(&window, SIZE_MAX);
	assert_str(window.source.text, text);
	nkc_window_close(&window);
	nkc_wide_close(&decoder);
}

static void check(nkc_str wide, const char *text)
{
	nkc_window window;
	nkc_wide decoder;
	for (size_t piece = 1; piece < 6; piece++)
		check_pieces(wide, text, piece);
	nkc_window_open_text(&window, NKC_STR("test"), wide);
	assert_int_equal(nkc_wide_open(&decoder, &window), NKC_OK);
	fill(&window, SIZE_MAX);
	assert_str(window.source.text, text);
	nkc_window_close(&window);
	nkc_wide_close(&decoder);
}

static void both_orders_are_read(void **state)
{
	(void)state;
	check(NKC_STR("\xFF\xFE@\0x\0"), "@x");
	check(NKC_STR("\xFE\xFF\0@\0x"), "@x");
	check(NKC_STR("@\0x\0"), "@x");
	check(NKC_STR("\0@\0x"), "@x");
}

/* Unicode 15, table 3-4: U+004D, U+0430, U+4E8C, U+10302 */
static void characters_of_every_length_are_read(void **state)
{
	(void)state;
	check(NKC_STR("\xFE\xFF\x00\x4D\x04\x30\x4E\x8C\xD8\x00\xDF\x02"), "M\xD0\xB0\xE4\xBA\x8C\xF0\x90\x8C\x82");
	check(NKC_STR("\xFF\xFE\x4D\x00\x30\x04\x8C\x4E\x00\xD8\x02\xDF"), "M\xD0\xB0\xE4\xBA\x8C\xF0\x90\x8C\x82");
}

static void what_is_no_character_is_replaced(void **state)
{
	(void)state;
	check(NKC_STR("\xFE\xFF\xD8\x00\0a"), "\xEF\xBF\xBD""a");
	check(NKC_STR("\xFE\xFF\xDC\x00\0a"), "\xEF\xBF\xBD""a");
	check(NKC_STR("\xFE\xFF\0a\xD8\x00"), "a\xEF\xBF\xBD");
	check(NKC_STR("\xFE\xFF\0a\0"), "a\xEF\xBF\xBD");
	check(NKC_STR("\xFE\xFF"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_orders_are_read),
		cmocka_unit_test(characters_of_every_length_are_read),
		cmocka_unit_test(what_is_no_character_is_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
