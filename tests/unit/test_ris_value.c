/*
 * Names, dates and long texts as they stand in RIS files of many programs.
 */
#include "support/unit.h"

#include "format/ris_value.h"

#include <nkcite/buf.h>

/* --- names --- */

static void expect_name(const char *text, const char *particle, const char *family, const char *given, const char *dropping,
                        const char *suffix)
{
	nkc_name name;
	nkc_ris_read_name(nkc_str_from(text), &name);
	assert_str(name.non_dropping_particle, particle);
	assert_str(name.family, family);
	assert_str(name.given, given);
	assert_str(name.dropping_particle, dropping);
	assert_str(name.suffix, suffix);
	assert_str(name.literal, "");
}

static void expect_organisation(const char *text, const char *literal)
{
	nkc_name name;
	nkc_ris_read_name(nkc_str_from(text), &name);
	assert_str(name.literal, literal);
	assert_str(name.family, "");
	assert_str(name.given, "");
}

static void a_person_has_family_given_and_suffix(void **state)
{
	(void)state;
	expect_name("Smith, Anna B.", "", "Smith", "Anna B.", "", "");
	expect_name("Smith,Anna", "", "Smith", "Anna", "", "");
	expect_name(" Smith , Anna ", "", "Smith", "Anna", "", "");
	expect_name("King, Martin Luther, Jr.", "", "King", "Martin Luther", "", "Jr.");
	expect_name("King, Jr., Martin Luther", "", "King", "Martin Luther", "", "Jr.");
	expect_name("Watson, Ann, MD, PhD", "", "Watson", "Ann", "", "MD, PhD");
	expect_name("김, 민지", "", "김", "민지", "", "");
	expect_name("Smith, J.,", "", "Smith", "J.", "", "");
}

static void particles_begin_with_a_small_letter(void **state)
{
	(void)state;
	expect_name("van der Berg, Jan", "van der", "Berg", "Jan", "", "");
	expect_name("Tocqueville, Alexis de", "", "Tocqueville", "Alexis", "de", "");
	expect_name("van den Bos, Jan van", "van den", "Bos", "Jan", "van", "");
	expect_name("De Luca, Erri", "", "De Luca", "Erri", "", "");
	expect_name("hooks, bell", "", "hooks", "bell", "", "");
	expect_name("cummings, e. e.", "", "cummings", "e.", "e.", "");
	expect_name("d'Alembert, Jean", "", "d'Alembert", "Jean", "", "");
}

static void one_word_is_a_person_and_several_are_not(void **state)
{
	(void)state;
	expect_name("Plato", "", "Plato", "", "", "");
	expect_organisation("World Health Organization", "World Health Organization");
	expect_organisation("UNESCO,", "UNESCO");
	expect_organisation("Amnesty International UK,", "Amnesty International UK");
	expect_organisation("Acme,, Inc.,", "Acme,, Inc.");
	expect_organisation("{Acme, Inc.}", "Acme, Inc.");
}

static void nothing_is_nobody(void **state)
{
	(void)state;
	expect_name("", "", "", "", "", "");
	expect_organisation(",", "");
	expect_name(", Anna", "", "", "Anna", "", "");
}

/* --- dates --- */

static void expect_date(const char *text, const char *edtf)
{
	nkc_date date;
	nkc_buf out = NKC_BUF_INIT;
	nkc_ris_read_date(nkc_str_from(text), &date);
	assert_true(date.structured);
	assert_true(nkc_edtf_write(&date, &out));
	assert_str(nkc_buf_str(&out), edtf);
	nkc_buf_release(&out);
}

static void expect_words(const char *text)
{
	nkc_date date;
	nkc_ris_read_date(nkc_str_from(text), &date);
	assert_false(date.structured);
	assert_str(date.literal, text);
}

static void a_date_has_slashes(void **state)
{
	(void)state;
	expect_date("2020", "2020");
	expect_date("2020///", "2020");
	expect_date("2020/05//", "2020-05");
	expect_date("2020/05", "2020-05");
	expect_date("2020/5/6", "2020-05-06");
	expect_date("2020/05/06/", "2020-05-06");
	expect_date("2020/00/00/", "2020");
	expect_date("0079", "0079");
	expect_date("2024/01/02/12:00:00", "2024-01-02");
	expect_date("2024/01/02 08:15:00", "2024-01-02");
}

static void behind_the_third_slash_stands_what_does_not_fit(void **state)
{
	(void)state;
	expect_date("2019///Autumn", "2019-23");
	expect_date("2019///Fall", "2019-23");
	expect_date("1450///circa", "1450~");
	expect_date("2021/03/28/to 2021-04-02", "2021-03-28/2021-04-02");
	expect_date("1914///to 1918", "1914/1918");
	expect_date("1998///Oct", "1998-10");
	expect_date("1998///Print", "1998");
}

/* CSL counts 44 BCE as -44, EDTF as -0043. */
static void a_minus_is_before_the_common_era(void **state)
{
	(void)state;
	expect_date("-0044", "-0043");
	expect_date("-0044/03/15/", "-0043-03-15");
}

static void dates_in_words_are_understood_where_they_mean_one_day(void **state)
{
	(void)state;
	expect_date("2020-05-06", "2020-05-06");
	expect_date("2020-03-04/2020-03-09", "2020-03-04/2020-03-09");
	expect_date("Spring 2019", "2019-21");
	expect_date("May 6, 2020", "2020-05-06");
	expect_date("6 May 2020", "2020-05-06");
	expect_date("2013 Nov", "2013-11");
	expect_words("forthcoming");
	expect_words("05/06/2020");
	expect_words("Trinity Term 1888");
	expect_words("2004/13/11");
	expect_words("2021/02/30");
	expect_words("n.d.");
}

/* --- texts --- */

#define LINE_70 "The quick brown fox jumps over the lazy dog and then it does so again,"

static void lines_of_one_width_are_one_paragraph(void **state)
{
	(void)state;
	assert_true(nkc_ris_is_wrapped(NKC_STR(LINE_70 "\nand again.")));
	assert_true(nkc_ris_is_wrapped(NKC_STR(LINE_70 "\n" LINE_70 "\nend.\n\n" LINE_70 "\nend.")));
	assert_false(nkc_ris_is_wrapped(NKC_STR("One.\nTwo.")));
	assert_false(nkc_ris_is_wrapped(NKC_STR(LINE_70 "\n\n" LINE_70)));
	assert_false(nkc_ris_is_wrapped(NKC_STR(LINE_70 "\nOne.\nTwo.")));
	assert_false(nkc_ris_is_wrapped(NKC_STR("")));
	assert_false(nkc_ris_is_wrapped(NKC_STR(LINE_70)));
}

static void a_value_may_tell_which_variable_is_meant(void **state)
{
	(void)state;
	assert_int_equal(nkc_ris_by_value(NKC_VAR_NUMBER, NKC_STR("SN"), NKC_STR("TR-7")), NKC_VAR_NUMBER);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_NUMBER, NKC_STR("SN"), NKC_STR("978-0-306-40615-7")), NKC_VAR_ISBN);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_ISBN, NKC_STR("SN"), NKC_STR("2049-3630")), NKC_VAR_ISSN);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_ISBN, NKC_STR("SN"), NKC_STR("no number")), NKC_VAR_ISBN);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_GENRE, NKC_STR("M3"), NKC_STR("doi: 10.1000/182")), NKC_VAR_DOI);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_GENRE, NKC_STR("M3"), NKC_STR("PhD thesis")), NKC_VAR_GENRE);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_NUMBER_OF_PAGES, NKC_STR("SP"), NKC_STR("412")), NKC_VAR_NUMBER_OF_PAGES);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_NUMBER_OF_PAGES, NKC_STR("SP"), NKC_STR("17-35")), NKC_VAR_PAGE);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_PMID, NKC_STR("AN"), NKC_STR("31452104")), NKC_VAR_PMID);
	assert_int_equal(nkc_ris_by_value(NKC_VAR_PMID, NKC_STR("AN"), NKC_STR("WOS:000123")), NKC_VAR_ARCHIVE_LOCATION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_has_family_given_and_suffix),
		cmocka_unit_test(particles_begin_with_a_small_letter),
		cmocka_unit_test(one_word_is_a_person_and_several_are_not),
		cmocka_unit_test(nothing_is_nobody),
		cmocka_unit_test(a_date_has_slashes),
		cmocka_unit_test(behind_the_third_slash_stands_what_does_not_fit),
		cmocka_unit_test(a_minus_is_before_the_common_era),
		cmocka_unit_test(dates_in_words_are_understood_where_they_mean_one_day),
		cmocka_unit_test(lines_of_one_width_are_one_paragraph),
		cmocka_unit_test(a_value_may_tell_which_variable_is_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
