/*
 * "Did you mean": distances by hand, and which names count as near.
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/nearest.h>

static size_t distance(const char *a, const char *b, size_t limit)
{
	return nkc_str_distance(nkc_str_from(a), nkc_str_from(b), limit);
}

static void distance_counts_edits_and_swaps(void **state)
{
	(void)state;
	assert_int_equal(distance("", "", 5), 0);
	assert_int_equal(distance("title", "title", 5), 0);
	assert_int_equal(distance("Title", "tITLE", 5), 0);
	assert_int_equal(distance("titel", "title", 5), 1); /* neighbours swapped */
	assert_int_equal(distance("kitten", "sitting", 5), 3);
	assert_int_equal(distance("", "abc", 5), 3);
	assert_int_equal(distance("abc", "", 5), 3);
	assert_int_equal(distance("ca", "abc", 5), 3); /* optimal string alignment: no edit inside a swap */
}

static void distance_stops_at_its_limit(void **state)
{
	char longer[NKC_DISTANCE_MAX + 2];

	(void)state;
	assert_int_equal(distance("kitten", "sitting", 2), 3);
	assert_int_equal(distance("abcdef", "uvwxyz", 1), 2);
	memset(longer, 'a', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	assert_int_equal(distance(longer, longer, 3), 4); /* too long to compare */
	longer[NKC_DISTANCE_MAX] = '\0';
	assert_int_equal(distance(longer, longer, 3), 0);
}

static void hint_of(const char *wanted, const char *const *names, const char *expected)
{
	nkc_nearest nearest;
	nkc_buf hint = NKC_BUF_INIT;

	nkc_nearest_init(&nearest, nkc_str_from(wanted));
	for (; *names; names++)
		nkc_nearest_offer(&nearest, nkc_str_from(*names));
	nkc_nearest_hint(&nearest, &hint);
	assert_str(nkc_buf_str(&hint), expected);
	nkc_buf_release(&hint);
}

static const char *const formats[] = { "biblatex", "bibtex", "csljson", "csljsonl", "ris", NULL };

static void hint_names_the_nearest_first(void **state)
{
	(void)state;
	hint_of("bibtx", formats, "did you mean bibtex?");
	hint_of("csljso", formats, "did you mean csljson or csljsonl?");
	hint_of("bib", formats, "did you mean biblatex or bibtex?");
	hint_of("rix", formats, "did you mean ris?");
}

static void hint_is_empty_when_nothing_is_near(void **state)
{
	static const char *const none[] = { NULL };

	(void)state;
	hint_of("marcxml", formats, "");
	hint_of("x", none, "");
}

static void a_beginning_is_near_the_whole(void **state)
{
	static const char *const keys[] = { "seok2004put", "wertz2014chance", "we", NULL };

	(void)state;
	hint_of("wertz", keys, "did you mean wertz2014chance?");
	hint_of("wertz2014chance-and-more", keys, "did you mean wertz2014chance?");
	hint_of("se", keys, "did you mean we?"); /* two letters are no beginning */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distance_counts_edits_and_swaps),
		cmocka_unit_test(distance_stops_at_its_limit),
		cmocka_unit_test(hint_names_the_nearest_first),
		cmocka_unit_test(hint_is_empty_when_nothing_is_near),
		cmocka_unit_test(a_beginning_is_near_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
