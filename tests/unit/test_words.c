/*
 * Lists of words, texts cut into words, page ranges.
 */
#include "record/pages.h"
#include "record/words.h"

#include "support/unit.h"

/* Words are looked up by halving: a list out of order would hide some of them. */
static void every_list_is_sorted_and_in_lower_case(void **state)
{
	(void)state;
	for (int list = 0; list < NKC_WORDS_COUNT; list++) {
		nkc_words words = nkc_word_lists[list];
		assert_true(words.count > 0);
		for (size_t i = 0; i < words.count; i++) {
			assert_null(strpbrk(words.list[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
			if (i > 0 &&
			    nkc_str_cmp(nkc_str_from(words.list[i - 1]), nkc_str_from(words.list[i])) >= 0)
				print_error("%s, %s\n", words.list[i - 1], words.list[i]);
			assert_true(i == 0 || nkc_str_cmp(nkc_str_from(words.list[i - 1]),
			                                  nkc_str_from(words.list[i])) < 0);
		}
	}
}

static void every_word_of_a_list_is_found(void **state)
{
	(void)state;
	for (int list = 0; list < NKC_WORDS_COUNT; list++) {
		nkc_words words = nkc_word_lists[list];
		for (size_t i = 0; i < words.count; i++)
			assert_true(nkc_words_have((nkc_word_list)list, nkc_str_from(words.list[i])));
	}
	assert_true(nkc_words_have(NKC_WORDS_ORGANISATION, NKC_STR("UNIVERSITY")));
	assert_true(nkc_words_have(NKC_WORDS_ORGANISATION, NKC_STR("Universit\xC3\xA4t")));
	assert_false(nkc_words_have(NKC_WORDS_ORGANISATION, NKC_STR("universit")));
	assert_false(nkc_words_have(NKC_WORDS_ORGANISATION, NKC_STR("universities")));
	assert_false(nkc_words_have(NKC_WORDS_ORGANISATION, NKC_STR("")));
	assert_false(nkc_words_have(NKC_WORDS_ORGANISATION, nkc_str_make("inc\0", 4)));
}

static void words_are_cut_at_what_is_no_letter(void **state)
{
	nkc_str rest = NKC_STR(" Dr. O'Brien-L\xC3\xA9o, Ph.D.(ed.)"), word;
	static const char *const words[] = { "Dr.", "O'Brien", "L\xC3\xA9o", "Ph.D.", "ed." };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_true(nkc_word_next(&rest, &word));
		assert_str(word, words[i]);
	}
	assert_false(nkc_word_next(&rest, &word));
	assert_str(nkc_word_stem(NKC_STR("Ph.D.")), "Ph.D");
	assert_str(nkc_word_stem(NKC_STR("...")), "");
}

static void texts_are_alike_but_for_case_and_marks(void **state)
{
	(void)state;
	assert_true(nkc_words_alike(NKC_STR("The Diplomat"), NKC_STR("diplomat")));
	assert_true(nkc_words_alike(NKC_STR("Human Rights Watch"), NKC_STR("human-rights  watch!")));
	assert_true(
		nkc_words_alike(NKC_STR("\xEB\xB6\x81\xED\x95\x9C"), NKC_STR("\xEB\xB6\x81 \xED\x95\x9C")));
	assert_false(nkc_words_alike(NKC_STR("Human Rights"), NKC_STR("Human Rights Watch")));
	assert_false(nkc_words_alike(NKC_STR("!"), NKC_STR("?")));
	assert_false(nkc_words_alike(NKC_STR(""), NKC_STR("")));
}

static void labels_are_cut_off_numbers_only(void **state)
{
	(void)state;
	assert_str(nkc_page_without_label(NKC_STR("pp. 12-14")), "12-14");
	assert_str(nkc_page_without_label(NKC_STR("Pages 12")), "12");
	assert_str(nkc_page_without_label(NKC_STR("p12")), "p12");
	assert_str(nkc_page_without_label(NKC_STR("p. xii")), "p. xii");
	assert_str(nkc_page_without_label(NKC_STR("")), "");
	assert_str(nkc_number_without_label(NKC_VAR_VOLUME, NKC_STR("vol. 3")), "3");
	assert_str(nkc_number_without_label(NKC_VAR_VOLUME, NKC_STR("volume three")), "volume three");
	assert_str(nkc_number_without_label(NKC_VAR_ISSUE, NKC_STR("No.2")), "2");
	assert_str(nkc_number_without_label(NKC_VAR_EDITION, NKC_STR("3rd edition")), "3");
	assert_str(nkc_number_without_label(NKC_VAR_EDITION, NKC_STR("revised ed.")), "revised ed.");
	assert_str(nkc_number_without_label(NKC_VAR_PAGE, NKC_STR("3 ed.")), "3 ed.");
}

static void ranges_are_read_and_abbreviated_ones_completed(void **state)
{
	nkc_str rest = NKC_STR("e1-e5, 3, 121-164; 1043-8, 5-7-9, 18446744073709551617-2, 20\xE2\x80\x93"
	                       "19"),
		range;
	uint64_t first, last;

	(void)state;
	assert_true(nkc_page_range_next(&rest, &range, &first, &last));
	assert_str(range, "121-164");
	assert_int_equal(first, 121);
	assert_int_equal(last, 164);
	assert_true(nkc_page_range_next(&rest, &range, &first, &last));
	assert_str(range, "1043-8");
	assert_int_equal(last, 1048);
	assert_true(nkc_page_range_next(&rest, &range, &first, &last));
	assert_str(range, "20\xE2\x80\x93"
	                  "19");
	assert_true(last < first);
	assert_false(nkc_page_range_next(&rest, &range, &first, &last));
}

static void dashes_are_found_with_the_spaces_around(void **state)
{
	nkc_page_dash dash;

	(void)state;
	assert_true(nkc_page_dash_find(NKC_STR("12 -- 14"), 0, &dash));
	assert_int_equal(dash.at, 2);
	assert_int_equal(dash.length, 4);
	assert_true(dash.unusual);
	assert_true(nkc_page_dash_find(NKC_STR("12-14"), 0, &dash));
	assert_false(dash.unusual);
	assert_true(nkc_page_dash_find(NKC_STR("12\xE2\x80\x94"), 0, &dash));
	assert_false(dash.unusual); /* nothing behind it */
	assert_false(nkc_page_dash_find(NKC_STR("12, 14"), 0, &dash));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_list_is_sorted_and_in_lower_case),
		cmocka_unit_test(every_word_of_a_list_is_found),
		cmocka_unit_test(words_are_cut_at_what_is_no_letter),
		cmocka_unit_test(texts_are_alike_but_for_case_and_marks),
		cmocka_unit_test(labels_are_cut_off_numbers_only),
		cmocka_unit_test(ranges_are_read_and_abbreviated_ones_completed),
		cmocka_unit_test(dashes_are_found_with_the_spaces_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
