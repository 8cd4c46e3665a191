/*
 * Locators that bring their own labels (specification, "Locators"; the suite's locator_TrickyEntryForPlurals).
 */
#include "support/unit.h"

#include "csl/eval.h"
#include "csl/locale.h"

#include <nkcite/style.h>

static nkc_arena *arena;
static nkc_style *style;
static nkc_locales *locales;
static const csl_locale *locale;

static int set_up(void **state)
{
	static const char text[] =
		"<style xmlns='http://purl.org/net/xbiblio/csl' class='note' version='1.0'><info><id>x</id><title>X</title></info>"
		"<citation><layout><text variable='title'/></layout></citation></style>";
	(void)state;
	arena = nkc_arena_new();
	bool failed = nkc_style_parse(&style, nkc_str_from(text), NKC_STR(""), NULL) ||
	              nkc_locales_open(&locales, NULL, NULL) ||
	              csl_locale_resolve(style, locales, NKC_STR("en-US"), arena, NULL, &locale);
	return failed ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	nkc_style_free(style);
	nkc_locales_close(locales);
	nkc_arena_free(arena);
	return 0;
}

static void a_short_term_with_a_full_stop_is_a_label(void **state)
{
	(void)state;
	csl_locator label = CSL_LOCATOR_NONE;
	assert_int_equal(csl_locator_read(locale, NKC_STR("vol. 1, 186"), &label), 5);
	assert_int_equal(label, CSL_LOCATOR_VOLUME);
	assert_int_equal(csl_locator_read(locale, NKC_STR("pp. 3-8"), &label), 4);
	assert_int_equal(label, CSL_LOCATOR_PAGE);
}

static void other_words_are_no_labels(void **state)
{
	(void)state;
	static const char *const texts[] = { "12", "volume 1", "vol.", "vol. ", "vol.1", "p", "Mr. 5", "" };
	csl_locator label;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(csl_locator_read(locale, nkc_str_from(texts[i]), &label), 0);
}

static void the_head_ends_before_the_next_label(void **state)
{
	(void)state;
	csl_locator label = CSL_LOCATOR_NONE;
	size_t rest;
	assert_str(csl_locator_head(locale, NKC_STR("7, p. 3-8"), &label, &rest), "7");
	assert_int_equal(label, CSL_LOCATOR_PAGE);
	assert_int_equal(rest, 6);
	assert_str(csl_locator_head(locale, NKC_STR("3, 8, 9"), &label, &rest), "3, 8, 9");
	assert_int_equal(rest, 7);
}

static void only_the_head_makes_a_label_plural(void **state)
{
	(void)state;
	assert_false(csl_number_is_plural(locale, NKC_VAR_LOCATOR, NKC_STR("1, p. 186-190")));
	assert_true(csl_number_is_plural(locale, NKC_VAR_LOCATOR, NKC_STR("1-2, p. 186")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_term_with_a_full_stop_is_a_label),
		cmocka_unit_test(other_words_are_no_labels),
		cmocka_unit_test(the_head_ends_before_the_next_label),
		cmocka_unit_test(only_the_head_makes_a_label_plural),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
