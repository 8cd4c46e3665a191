/*
 * Language tags: the examples of RFC 5646, appendix A, and what its grammar forbids.
 */
#include "record/langtag.h"

#include "support/unit.h"

static bool is_tag(const char *text)
{
	nkc_langtag tag;

	return nkc_langtag_parse(nkc_str_from(text), &tag);
}

/* RFC 5646, appendix A, and section 2.1 */
static void the_examples_of_the_standard_are_well_formed(void **state)
{
	static const char *const good[] = {
		"de",
		"fr",
		"ja",
		"i-enochian",
		"zh-Hant",
		"zh-Hans",
		"sr-Cyrl",
		"sr-Latn",
		"zh-cmn-Hans-CN",
		"cmn-Hans-CN",
		"zh-yue-HK",
		"yue-HK",
		"zh-Hans-CN",
		"sr-Latn-RS",
		"sl-rozaj",
		"sl-rozaj-biske",
		"sl-nedis",
		"de-CH-1901",
		"sl-IT-nedis",
		"hy-Latn-IT-arevela",
		"de-DE",
		"en-US",
		"es-419",
		"de-CH-x-phonebk",
		"az-Arab-x-AZE-derbend",
		"x-whatever",
		"qaa-Qaaa-QM-x-southern",
		"de-Qaaa",
		"sr-Latn-QM",
		"sr-Qaaa-RS",
		"en-US-u-islamcal",
		"zh-CN-a-myext-x-private",
		"en-a-myext-b-another",
		"EN-gb",
		"en-GB-oed",
		"sgn-BE-FR",
		"i-klingon",
		"art-lojban",
		"zh-min-nan",
		"de-1996",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!is_tag(good[i]))
			print_error("good[%zu]\n", i);
		assert_true(is_tag(good[i]));
	}
}

static void what_the_grammar_forbids_is_not(void **state)
{
	static const char *const bad[] = {
		"",
		"-",
		"e",
		"en-",
		"-en",
		"en--GB",
		"en_GB",
		"en GB",
		"englishes",
		"de-419-DE",
		"a-DE",
		"ar-a-aaa-b-bbb-a-ccc",
		"sl-rozaj-rozaj",
		"en-u",
		"en-x",
		"x",
		"en-GB-GB",
		"en-Latn-Latn",
		"zh-aaa-bbb-ccc-ddd",
		"en-abcdefghi",
		"i-unknown",
		"\xEA\xB9\x80",
		"en-G\xC3\x9F",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (is_tag(bad[i]))
			print_error("bad[%zu]\n", i);
		assert_false(is_tag(bad[i]));
	}
}

static void the_subtags_are_told(void **state)
{
	nkc_langtag tag;

	(void)state;
	assert_true(nkc_langtag_parse(NKC_STR("zh-yue-Hant-HK-x-a"), &tag));
	assert_str(tag.language, "zh");
	assert_str(tag.script, "Hant");
	assert_str(tag.region, "HK");
	assert_true(nkc_langtag_parse(NKC_STR("es-419"), &tag));
	assert_str(tag.script, "");
	assert_str(tag.region, "419");
	assert_false(nkc_langtag_parse(NKC_STR("en-GB-oxendictionaries"), &tag));
	assert_int_equal(tag.at, 6);
	assert_int_equal(tag.length, 16);
}

static void a_tag_of_very_many_subtags_is_refused(void **state)
{
	char text[4096] = "x";

	(void)state;
	for (size_t at = 1; at + 2 < sizeof(text); at += 2)
		memcpy(text + at, "-a", 3);
	assert_false(is_tag(text));
}

static void languages_are_known_by_code_and_name(void **state)
{
	(void)state;
	assert_true(nkc_language_is_known(NKC_STR("en")));
	assert_true(nkc_language_is_known(NKC_STR("KO")));
	assert_true(nkc_language_is_known(NKC_STR("sh")));
	assert_true(nkc_language_is_known(NKC_STR("aa")));
	assert_true(nkc_language_is_known(NKC_STR("zu")));
	assert_false(nkc_language_is_known(NKC_STR("jp")));
	assert_false(nkc_language_is_known(NKC_STR("eng")));
	assert_string_equal(nkc_language_from_three(NKC_STR("kor")), "ko");
	assert_string_equal(nkc_language_from_three(NKC_STR("GER")), "de");
	assert_string_equal(nkc_language_from_three(NKC_STR("deu")), "de");
	assert_string_equal(nkc_language_from_three(NKC_STR("tlh")), "");
	assert_string_equal(nkc_language_from_three(NKC_STR("")), "");
	assert_string_equal(nkc_language_from_name(NKC_STR("korean")), "ko");
	assert_string_equal(nkc_language_from_name(NKC_STR("\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4")), "ko");
	assert_string_equal(nkc_language_from_name(NKC_STR("jp")), "ja");
	assert_string_equal(nkc_language_from_name(NKC_STR("klingon")), "");
	assert_string_equal(nkc_language_from_name(NKC_STR("")), "");
}

static void regions_are_known(void **state)
{
	(void)state;
	assert_true(nkc_region_is_known(NKC_STR("GB")));
	assert_true(nkc_region_is_known(NKC_STR("kp")));
	assert_true(nkc_region_is_known(NKC_STR("AD")));
	assert_true(nkc_region_is_known(NKC_STR("ZW")));
	assert_false(nkc_region_is_known(NKC_STR("UK")));
	assert_false(nkc_region_is_known(NKC_STR("EN")));
	assert_false(nkc_region_is_known(NKC_STR("D")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_standard_are_well_formed),
		cmocka_unit_test(what_the_grammar_forbids_is_not),
		cmocka_unit_test(the_subtags_are_told),
		cmocka_unit_test(a_tag_of_very_many_subtags_is_refused),
		cmocka_unit_test(languages_are_known_by_code_and_name),
		cmocka_unit_test(regions_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
