/*
 * What is mended, and into what; and what is left alone because something would be lost.
 */
#include "support/unit.h"

#include <nkcite/buf.h>
#include <nkcite/record.h>

typedef struct mending {
	const char *before, *after; /* members of a record; the same: nothing is mended */
} mending;

static const mending mendings[] = {
	/* plain words */
	{ "\"author\":\"Wertz, Daniel\"", "\"author\":[{\"family\":\"Wertz\",\"given\":\"Daniel\"}]" },
	{ "\"url\":\"https://hrw.org/a\"", "\"URL\":\"https://hrw.org/a\"" },
	{ "\"date\":\"2014\",\"issued\":\"2015\"", "\"date\":\"2014\",\"issued\":\"2015\"" },
	/* dates */
	{ "\"issued\":{\"date-parts\":[[2004,9,11]]}", "\"issued\":\"2004-09-11\"" },
	{ "\"issued\":{\"date-parts\":[[2004,9,11]],\"raw\":\"x\"}",
	  "\"issued\":{\"date-parts\":[[2004,9,11]],\"raw\":\"x\"}" },
	{ "\"issued\":{\"literal\":\"spring\"}", "\"issued\":{\"literal\":\"spring\"}" },
	/* white space and entities */
	{ "\"title\":\" Parallel Gulag \"", "\"title\":\"Parallel Gulag\"" },
	{ "\"editor\":[{\"family\":\"Doe \",\"given\":\" J.\"}]",
	  "\"editor\":[{\"family\":\"Doe\",\"given\":\"J.\"}]" },
	{ "\"title\":\"Past &amp; Present, Korea&#x2019;s &eacute;tat\"",
	  "\"title\":\"Past & Present, Korea\xE2\x80\x99s \xC3\xA9tat\"" },
	{ "\"title\":\"a &lt; b, &amp;lt; and &quot;c&quot;\"",
	  "\"title\":\"a &lt; b, &amp;lt; and \\\"c\\\"\"" },
	{ "\"URL\":\"https://hrw.org/?a=1&amp;b=2\"", "\"URL\":\"https://hrw.org/?a=1&amp;b=2\"" },
	{ "\"title\":\"R&D; AT&T\"", "\"title\":\"R&D; AT&T\"" },
	{ "\"title\":\"Cafe\xCC\x81\"", "\"title\":\"Caf\xC3\xA9\"" },
	/* a compatibility ideograph would become another one */
	{ "\"title\":\"\xEF\xA4\x80 Cafe\xCC\x81\"", "\"title\":\"\xEF\xA4\x80 Cafe\xCC\x81\"" },
	{ "\"title\":\"Parallel  Gulag\"", "\"title\":\"Parallel  Gulag\"" },
	/* identifiers */
	{ "\"DOI\":\"https://doi.org/10.1000/182\"", "\"DOI\":\"10.1000/182\"" },
	{ "\"DOI\":\"doi: 10.1000/182\"", "\"DOI\":\"10.1000/182\"" },
	{ "\"DOI\":\"hrw2004\"", "\"DOI\":\"hrw2004\"" },
	{ "\"ISBN\":\"9780306406157\"", "\"ISBN\":\"9780306406157\"" },
	{ "\"ISSN\":\"07421222\"", "\"ISSN\":\"0742-1222\"" },
	{ "\"ISSN\":\"07421223\"", "\"ISSN\":\"07421223\"" },
	{ "\"PMID\":\"PMID: 17170002\"", "\"PMID\":\"17170002\"" },
	{ "\"PMID\":17170002", "\"PMID\":\"17170002\"" },
	{ "\"PMCID\":\"1790863\"", "\"PMCID\":\"PMC1790863\"" },
	{ "\"volume\":3", "\"volume\":3" },
	/* languages */
	{ "\"language\":\"English\"", "\"language\":\"en\"" },
	{ "\"language\":\"fran\xC3\xA7"
	  "ais\"",
	  "\"language\":\"fr\"" },
	{ "\"language\":\"en_US\"", "\"language\":\"en-US\"" },
	{ "\"language\":\"ger\"", "\"language\":\"de\"" },
	{ "\"language\":\"jp\"", "\"language\":\"jp\"" },
	/* pages and numbers */
	{ "\"page\":\"pp. 121--164\"", "\"page\":\"121-164\"" },
	{ "\"page\":\"121 \xE2\x80\x94 164, 170\xE2\x88\x92"
	  "172\"",
	  "\"page\":\"121-164, 170-172\"" },
	{ "\"page\":\"121\xE2\x80\x93"
	  "164\"",
	  "\"page\":\"121\xE2\x80\x93"
	  "164\"" },
	{ "\"page\":\"208 p.\"", "\"page\":\"208 p.\"" },
	{ "\"volume\":\"Vol. 22\",\"issue\":\"no. 3\",\"edition\":\"2nd ed.\"",
	  "\"volume\":\"22\",\"issue\":\"3\",\"edition\":\"2\"" },
	{ "\"volume\":\"Volume the First\"", "\"volume\":\"Volume the First\"" },
	/* what says nothing */
	{ "\"note\":null,\"genre\":\" \",\"editor\":[],\"title\":\"A\"", "\"title\":\"A\"" },
	/* what nkcite does not know */
	{ "\"x\":\" &amp; \",\"custom\":{\"a\":\" &amp; \"}",
	  "\"x\":\" &amp; \",\"custom\":{\"a\":\" &amp; \"}" },
};

static void load(nkc_record *record, nkc_buf *text, const char *members)
{
	nkc_buf_clear(text);
	nkc_buf_printf(text, "{\"id\":\"a\",%s}", members);
	nkc_record_clear(record);
	assert_int_equal(nkc_record_parse(record, nkc_buf_str(text), NULL, NULL), NKC_OK);
}

static void assert_is(const nkc_record *record, const char *members)
{
	nkc_buf actual = NKC_BUF_INIT, expected = NKC_BUF_INIT;

	nkc_buf_printf(&expected, "{\"id\":\"a\",%s}", members);
	nkc_value_write(nkc_record_root(record), -1, &actual);
	assert_str(nkc_buf_str(&actual), expected.ptr);
	nkc_buf_release(&actual);
	nkc_buf_release(&expected);
}

static void what_can_be_mended_without_loss_is_mended(void **state)
{
	nkc_record *record = nkc_record_new();
	nkc_buf text = NKC_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(mendings) / sizeof(mendings[0]); i++) {
		bool changes = strcmp(mendings[i].before, mendings[i].after) != 0;
		load(record, &text, mendings[i].before);
		assert_int_equal(nkc_record_fix(record, NULL), changes);
		assert_is(record, mendings[i].after);
		/* once is enough */
		assert_false(nkc_record_fix(record, NULL));
	}
	nkc_buf_release(&text);
	nkc_record_free(record);
}

static void only_what_is_wanted_is_mended(void **state)
{
	nkc_record *record = nkc_record_new();
	nkc_diags *diags = nkc_diags_new();
	nkc_buf text = NKC_BUF_INIT;

	(void)state;
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("all"), false), NKC_OK);
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("doi"), true), NKC_OK);
	load(record, &text,
	     "\"url\":\"https://hrw.org/\",\"DOI\":\"doi:10.1000/182\",\"language\":\"English\",\"note\":null");
	assert_true(nkc_record_fix(record, diags));
	assert_is(
		record,
		"\"url\":\"https://hrw.org/\",\"DOI\":\"10.1000/182\",\"language\":\"English\",\"note\":null");
	nkc_buf_release(&text);
	nkc_diags_free(diags);
	nkc_record_free(record);
}

/* --- in place --- */

static const mending places[] = {
	{ "{ \"id\" : \"a\", \"title\":\" A \\u00e9\" , \"x\":{\"q\":1.50},\"note\":\"\\u0041\"}",
	  "{ \"id\" : \"a\", \"title\":\"A \xC3\xA9\" , \"x\":{\"q\":1.50},\"note\":\"\\u0041\"}" },
	/* what says nothing goes with its comma: in front, in the middle, at the end, alone */
	{ "{\"note\":null, \"genre\":\"\",  \"id\":\"a\"}", "{\"id\":\"a\"}" },
	{ "{\"id\":\"a\", \"note\":[ ], \"title\":\"T\"}", "{\"id\":\"a\", \"title\":\"T\"}" },
	{ "{\"id\":\"a\" , \"note\":null, \"genre\":\" \" }", "{\"id\":\"a\" }" },
	{ "{ \"note\":null\n}", "{ \n}" },
	/* names of members */
	{ "{\"id\":\"a\",\"u\\u0072l\" : \"https://hrw.org/a\"}", "{\"id\":\"a\",\"URL\" : \"https://hrw.org/a\"}" },
	{ "{\"id\":\"a\",\"url\":\"https://hrw.org/a\",\"URL\":\"https://hrw.org/a\"}",
	  "{\"id\":\"a\",\"URL\":\"https://hrw.org/a\"}" },
	/* parts of lists, as deep as the line stands in */
	{ "{\n\t\"author\": [{\"family\":\"Doe \", \"given\":\"J.\"},\n\t\t\"Wertz, Daniel\"\n\t]\n}",
	  "{\n\t\"author\": [{\"family\":\"Doe\", \"given\":\"J.\"},\n\t\t{\n      \"family\": \"Wertz\",\n"
	  "      \"given\": \"Daniel\"\n    }\n\t]\n}" },
	{ "{\"id\":\"a\",\"author\":\"HRW\"}", "{\"id\":\"a\",\"author\":[{\"literal\":\"HRW\"}]}" },
	{ "{\"PMID\":17170002}", "{\"PMID\":\"17170002\"}" },
	/* other programs want date objects */
	{ "{\"issued\":{\"date-parts\":[[2004,9,11]]},\"DOI\":\"doi:10.1000/182\"}",
	  "{\"issued\":{\"date-parts\":[[2004,9,11]]},\"DOI\":\"10.1000/182\"}" },
	/* nothing to mend */
	{ "{\"id\":\"a\", \"title\":\"T\"}", "" },
	{ "{\"title\":\"T\xE9 \",\"note\":null}", "" },
	{ "{\"t\xE9\":1,\"note\":null}", "" },
	{ "{\"title\":\"a\",\"note\":null,\"title\":\"b \"}", "" },
};

static void a_record_in_a_file_keeps_every_other_byte(void **state)
{
	nkc_record *record = nkc_record_new();
	nkc_buf out = NKC_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		nkc_buf_clear(&out);
		assert_int_equal(nkc_record_fix_text(record, nkc_str_from(places[i].before), NULL, &out), NKC_OK);
		assert_str(nkc_buf_str(&out), places[i].after);
	}
	assert_int_equal(nkc_record_fix_text(record, NKC_STR(" {}"), NULL, &out), NKC_ESYNTAX);
	assert_int_equal(nkc_record_fix_text(record, NKC_STR("{} x"), NULL, &out), NKC_ESYNTAX);
	nkc_buf_release(&out);
	nkc_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_mended_without_loss_is_mended),
		cmocka_unit_test(only_what_is_wanted_is_mended),
		cmocka_unit_test(a_record_in_a_file_keeps_every_other_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
