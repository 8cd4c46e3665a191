/*
 * Forms and check digits of identifiers. The valid ones are those that the standards and agencies print as examples.
 */
#include "record/identifier.h"

#include "support/unit.h"

typedef nkc_id_result digits_check(nkc_str text, nkc_id_digits *digits);

static nkc_id_result result_of(digits_check *check, const char *text)
{
	nkc_id_digits digits;

	return check(nkc_str_from(text), &digits);
}

static char expected_digit(digits_check *check, const char *text)
{
	nkc_id_digits digits;

	assert_int_equal(check(nkc_str_from(text), &digits), NKC_ID_CHECK);
	return digits.expected;
}

static void a_doi_has_a_registrant_and_a_suffix(void **state)
{
	(void)state;
	assert_true(nkc_doi_is_valid(NKC_STR("10.1000/182")));
	assert_true(nkc_doi_is_valid(NKC_STR("10.1000.10/123456")));
	assert_true(nkc_doi_is_valid(
		NKC_STR("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2")));
	assert_true(nkc_doi_is_valid(NKC_STR("10.1000/\xEB\xB6\x81")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.1000/")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.1000")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.100/182")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.1000./182")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.1000..1/182")));
	assert_false(nkc_doi_is_valid(NKC_STR("11.1000/182")));
	assert_false(nkc_doi_is_valid(NKC_STR("10.1000/18 2")));
	assert_false(nkc_doi_is_valid(NKC_STR("")));
}

static void a_doi_is_found_behind_its_labels(void **state)
{
	static const char *const labelled[] = {
		"10.1000/182",
		"doi:10.1000/182",
		"DOI: 10.1000/182",
		"doi 10.1000/182",
		"https://doi.org/10.1000/182",
		"http://dx.doi.org/10.1000/182",
		"HTTPS://WWW.DOI.ORG/10.1000/182",
		"doi.org/10.1000/182",
		"info:doi/10.1000/182",
		"doi:https://doi.org/10.1000/182",
		" 10.1000/182 ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(labelled) / sizeof(labelled[0]); i++)
		assert_str(nkc_doi_bare(nkc_str_from(labelled[i])), "10.1000/182");
	assert_str(nkc_doi_bare(NKC_STR("https://example.org/10.1000/182")),
	           "https://example.org/10.1000/182");
	assert_str(nkc_doi_bare(NKC_STR("doi:")), "doi:");
	assert_str(nkc_doi_bare(NKC_STR("")), "");
}

static void isbns_of_ten_and_thirteen_digits_are_good(void **state)
{
	(void)state;
	assert_int_equal(result_of(nkc_isbn_check, "978-0-306-40615-7"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "9780306406157"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "978 0 306 40615 7"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "978\xE2\x80\x91"
	                                           "0306406157"),
	                 NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "0-306-40615-2"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "080442957X"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_isbn_check, "0-8044-2957-x"), NKC_ID_GOOD);
}

static void isbns_of_another_form_are_none(void **state)
{
	static const char *const wrong[] = { "",
		                             "-",
		                             "978",
		                             "978030640615",
		                             "97803064061577",
		                             "9700306406157",
		                             "X306406152",
		                             "03064X6152",
		                             "978030640615X",
		                             "0-306-40615-2-",
		                             "-0306406152",
		                             "0306406152a" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(result_of(nkc_isbn_check, wrong[i]), NKC_ID_FORM);
}

static void a_wrong_check_digit_names_the_right_one(void **state)
{
	(void)state;
	assert_int_equal(expected_digit(nkc_isbn_check, "978-0-306-40615-8"), '7');
	assert_int_equal(expected_digit(nkc_isbn_check, "0306406153"), '2');
	assert_int_equal(expected_digit(nkc_isbn_check, "0804429571"), 'X');
	assert_int_equal(expected_digit(nkc_issn_check, "0317-8472"), '1');
	assert_int_equal(expected_digit(nkc_issn_check, "1050-1241"), 'X');
	assert_int_equal(expected_digit(nkc_orcid_check, "0000-0002-1825-0098"), '7');
	assert_int_equal(expected_digit(nkc_orcid_check, "0000-0002-1694-2330"), 'X');
}

static void ten_digits_become_thirteen(void **state)
{
	char isbn13[14];

	(void)state;
	assert_true(nkc_isbn_13(NKC_STR("0-306-40615-2"), isbn13));
	assert_string_equal(isbn13, "9780306406157");
	assert_true(nkc_isbn_13(NKC_STR("978-0-306-40615-7"), isbn13));
	assert_string_equal(isbn13, "9780306406157");
	assert_false(nkc_isbn_13(NKC_STR("0-306-40615-3"), isbn13));
	assert_false(nkc_isbn_13(NKC_STR("0742-1222"), isbn13));
}

static void an_issn_has_eight_digits(void **state)
{
	(void)state;
	assert_int_equal(result_of(nkc_issn_check, "0317-8471"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_issn_check, "1050-124X"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_issn_check, "1050124x"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_issn_check, "317-8471"), NKC_ID_FORM);
	assert_int_equal(result_of(nkc_issn_check, "ISSN 0317-8471"), NKC_ID_FORM);
	assert_int_equal(result_of(nkc_issn_check, ""), NKC_ID_FORM);
}

static void an_orcid_has_sixteen_digits_with_or_without_its_address(void **state)
{
	(void)state;
	assert_int_equal(result_of(nkc_orcid_check, "0000-0002-1825-0097"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_orcid_check, "0000-0001-5109-3700"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_orcid_check, "0000-0002-1694-233X"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_orcid_check, "https://orcid.org/0000-0002-1825-0097"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_orcid_check, "http://www.orcid.org/0000000218250097"), NKC_ID_GOOD);
	assert_int_equal(result_of(nkc_orcid_check, "0000-0002-1825"), NKC_ID_FORM);
	assert_int_equal(result_of(nkc_orcid_check, "0000-0002-1825-00977"), NKC_ID_FORM);
	assert_int_equal(result_of(nkc_orcid_check, "https://orcid.org/"), NKC_ID_FORM);
}

static void pubmed_numbers_have_one_to_eight_digits(void **state)
{
	(void)state;
	assert_true(nkc_pmid_is_valid(NKC_STR("1")));
	assert_true(nkc_pmid_is_valid(NKC_STR("17170002")));
	assert_false(nkc_pmid_is_valid(NKC_STR("017170002")));
	assert_false(nkc_pmid_is_valid(NKC_STR("171700021")));
	assert_false(nkc_pmid_is_valid(NKC_STR("")));
	assert_true(nkc_pmcid_is_valid(NKC_STR("PMC1790863")));
	assert_false(nkc_pmcid_is_valid(NKC_STR("PMC")));
	assert_false(nkc_pmcid_is_valid(NKC_STR("pmc1790863")));
	assert_str(nkc_pmid_bare(NKC_STR("PMID: 17170002")), "17170002");
	assert_str(nkc_pmid_bare(NKC_STR("https://pubmed.ncbi.nlm.nih.gov/17170002")), "17170002");
	assert_str(nkc_pmid_bare(NKC_STR("PMC1790863")), "");
	assert_str(nkc_pmid_bare(NKC_STR("issue 12")), "");
	assert_str(nkc_pmcid_number(NKC_STR("PMCID: PMC1790863")), "1790863");
	assert_str(nkc_pmcid_number(NKC_STR("1790863")), "1790863");
	assert_str(nkc_pmcid_number(NKC_STR("1790863a")), "");
}

/* arxiv.org/help/arxiv_identifier */
static void arxiv_identifiers_follow_their_time(void **state)
{
	static const char *const right[] = { "0704.0001",      "1412.7878",      "1501.00001",
		                             "2101.00001v12",  "hep-th/9901001", "math.GT/0309136",
		                             "cs.CL/0703001v2" };
	static const char *const wrong[] = { "",
		                             "0703.0001",
		                             "1412.78781",
		                             "1501.0001",
		                             "2113.00001",
		                             "2101.00001v",
		                             "hep-th/99010",
		                             "/9901001",
		                             "hep-th/0801001",
		                             "hep-th/9913001",
		                             "2101-00001",
		                             "v1" };

	(void)state;
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		assert_true(nkc_arxiv_is_valid(nkc_str_from(right[i])));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(nkc_arxiv_is_valid(nkc_str_from(wrong[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_doi_has_a_registrant_and_a_suffix),
		cmocka_unit_test(a_doi_is_found_behind_its_labels),
		cmocka_unit_test(isbns_of_ten_and_thirteen_digits_are_good),
		cmocka_unit_test(isbns_of_another_form_are_none),
		cmocka_unit_test(a_wrong_check_digit_names_the_right_one),
		cmocka_unit_test(ten_digits_become_thirteen),
		cmocka_unit_test(an_issn_has_eight_digits),
		cmocka_unit_test(an_orcid_has_sixteen_digits_with_or_without_its_address),
		cmocka_unit_test(pubmed_numbers_have_one_to_eight_digits),
		cmocka_unit_test(arxiv_identifiers_follow_their_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
