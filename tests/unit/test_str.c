/*
 * Borrowed strings: order, search, pieces.
 */
#include "support/unit.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int sign(int number)
{
	return (number > 0) - (number < 0);
}

static void order_is_that_of_bytes(void **state)
{
	/* each before the next */
	static const nkc_str sorted[] = {
		NKC_STR_INIT(""),
		NKC_STR_INIT("\0"),
		NKC_STR_INIT("\0a"),
		NKC_STR_INIT("A"),
		NKC_STR_INIT("Z"),
		NKC_STR_INIT("a"),
		NKC_STR_INIT("a\0"),
		NKC_STR_INIT("aa"),
		NKC_STR_INIT("b"),
		NKC_STR_INIT("\x7F"),
		NKC_STR_INIT("\xC3\xA4"),
		NKC_STR_INIT("\xEF\xBF\xBF"),
		NKC_STR_INIT("\xF0\x90\x80\x80"),
	};
	(void)state;
	for (size_t i = 0; i < COUNT(sorted); i++) {
		for (size_t k = 0; k < COUNT(sorted); k++) {
			int expected = (i > k) - (i < k);
			assert_int_equal(sign(nkc_str_cmp(sorted[i], sorted[k])), expected);
			assert_int_equal(nkc_str_eq(sorted[i], sorted[k]), i == k);
		}
	}
}

static void case_of_ascii_letters_alone_is_passed_over(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "", "", true },
		{ "BibTeX", "bibtex", true },
		{ "az AZ 09", "AZ az 09", true },
		{ "a", "ab", false },
		{ "@", "`", false }, /* as far apart as A and a */
		{ "[", "{", false },
		{ "\xC3\x84", "\xC3\xA4", false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(nkc_str_eq_nocase(nkc_str_from(cases[i].a), nkc_str_from(cases[i].b)), cases[i].equal);
}

static void trimming_takes_ascii_white_space_only(void **state)
{
	(void)state;
	assert_str(nkc_str_trim(NKC_STR("")), "");
	assert_str(nkc_str_trim(NKC_STR(" \t\r\n\v\f")), "");
	assert_str(nkc_str_trim(NKC_STR(" a b ")), "a b");
	assert_str(nkc_str_trim(NKC_STR("a")), "a");
	assert_str(nkc_str_trim(NKC_STR("\xC2\xA0 a")), "\xC2\xA0 a");
	assert_int_equal(nkc_str_trim(NKC_STR("\0 ")).len, 1);
}

static void searching_gives_the_first_or_the_length(void **state)
{
	static const struct {
		const char *text, *what;
		size_t at;
	} cases[] = {
		{ "", "", 0 },        { "", "a", 0 },         { "abc", "", 0 },    { "abc", "abc", 0 },
		{ "abc", "abcd", 3 }, { "abc", "c", 2 },      { "abc", "d", 3 },   { "aaab", "aab", 1 },
		{ "abab", "bab", 1 }, { "abcabd", "abd", 3 }, { "aaaa", "ab", 4 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(nkc_str_find(nkc_str_from(cases[i].text), nkc_str_from(cases[i].what)), cases[i].at);
	assert_int_equal(nkc_str_find_byte(NKC_STR("a;b"), ';'), 1);
	assert_int_equal(nkc_str_find_byte(NKC_STR("ab"), ';'), 2);
	assert_int_equal(nkc_str_find_byte(NKC_STR(""), ';'), 0);
	assert_int_equal(nkc_str_find_byte(NKC_STR("a\0b"), '\0'), 1);
	assert_int_equal(nkc_str_find(NKC_STR("a\0bc"), NKC_STR("\0b")), 1);
}

static void slices_stay_inside(void **state)
{
	nkc_str text = NKC_STR("hello");
	(void)state;
	assert_str(nkc_str_slice(text, 1, 3), "el");
	assert_str(nkc_str_slice(text, 0, SIZE_MAX), "hello");
	assert_str(nkc_str_slice(text, 3, 2), "");
	assert_str(nkc_str_slice(text, SIZE_MAX, SIZE_MAX), "");
	assert_ptr_equal(nkc_str_slice(text, 9, 12).ptr, text.ptr + 5);
}

static void splitting_gives_what_stands_between(void **state)
{
	static const struct {
		const char *text, *pieces;
	} cases[] = {
		{ "", "" }, { "a", "<a>" }, { "a;b", "<a><b>" }, { ";a", "<><a>" }, { "a;;b", "<a><><b>" },
		{ "a;", "<a>" }, /* nothing is left behind the last separator */
		{ ";", "<>" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char found[64] = "";
		nkc_str rest = nkc_str_from(cases[i].text), piece;
		while (nkc_str_split(&rest, ';', &piece))
			snprintf(found + strlen(found), sizeof found - strlen(found), "<%.*s>", NKC_STR_ARG(piece));
		assert_string_equal(found, cases[i].pieces);
	}
}

static void beginnings_and_ends_are_recognised(void **state)
{
	nkc_str text = NKC_STR("records/a.json");
	(void)state;
	assert_true(nkc_str_starts(text, NKC_STR("records/")));
	assert_true(nkc_str_ends(text, NKC_STR(".json")));
	assert_true(nkc_str_starts(text, NKC_STR("")));
	assert_true(nkc_str_ends(text, NKC_STR("")));
	assert_true(nkc_str_starts(text, text));
	assert_true(nkc_str_ends(text, text));
	assert_false(nkc_str_starts(NKC_STR("rec"), text));
	assert_false(nkc_str_ends(NKC_STR("son"), NKC_STR(".json")));
	assert_false(nkc_str_ends(text, NKC_STR(".jsonl")));
}

static void a_null_pointer_is_the_empty_string(void **state)
{
	(void)state;
	assert_non_null(nkc_str_from(NULL).ptr);
	assert_str(nkc_str_from(NULL), "");
	assert_true(nkc_str_is(NKC_STR(""), NULL));
}

static void every_status_has_its_own_words(void **state)
{
	(void)state;
	for (int i = NKC_OK; i <= NKC_ELIMIT; i++) {
		assert_true(strlen(nkc_status_text((nkc_status)i)) > 0);
		for (int k = NKC_OK; k < i; k++)
			assert_string_not_equal(nkc_status_text((nkc_status)i), nkc_status_text((nkc_status)k));
	}
	assert_non_null(nkc_status_text((nkc_status)99));
	assert_non_null(nkc_status_text((nkc_status)-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_that_of_bytes),
		cmocka_unit_test(case_of_ascii_letters_alone_is_passed_over),
		cmocka_unit_test(trimming_takes_ascii_white_space_only),
		cmocka_unit_test(searching_gives_the_first_or_the_length),
		cmocka_unit_test(slices_stay_inside),
		cmocka_unit_test(splitting_gives_what_stands_between),
		cmocka_unit_test(beginnings_and_ends_are_recognised),
		cmocka_unit_test(a_null_pointer_is_the_empty_string),
		cmocka_unit_test(every_status_has_its_own_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
