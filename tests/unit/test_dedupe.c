/*
 * Likely duplicates: what counts as the same, and what does not.
 */
#include "support/unit.h"

#include <nkcite/library.h>

#define R(id, more) "{\"id\": \"" id "\", " more "}"

typedef struct couple {
	const char *code; /* NULL: no duplicate */
	const char *first, *second;
} couple;

static const couple couples[] = {
	{ "duplicate/id", R("a", "\"title\": \"One\""), R("a", "\"title\": \"Two\"") },
	{ NULL, R("a", "\"title\": \"One\""), R("A", "\"title\": \"Two\"") },
	{ "duplicate/doi", R("a", "\"DOI\": \"10.1000/ABC\""),
	  R("b", "\"DOI\": \"https://doi.org/10.1000/abc\"") },
	{ NULL, R("a", "\"DOI\": \"10.1000/ABC\""), R("b", "\"DOI\": \"10.1000/ABD\"") },
	{ NULL, R("a", "\"DOI\": \"none\""), R("b", "\"DOI\": \"none\"") },
	{ "duplicate/isbn", R("a", "\"ISBN\": \"0-306-40615-2\""), R("b", "\"ISBN\": \"9780306406157\"") },
	{ NULL, R("a", "\"ISBN\": \"0-306-40615-2\", \"volume\": \"1\""),
	  R("b", "\"ISBN\": \"0-306-40615-2\", \"volume\": \"2\"") },
	{ NULL, R("a", "\"type\": \"chapter\", \"ISBN\": \"0306406152\""),
	  R("b", "\"type\": \"chapter\", \"ISBN\": \"0306406152\"") },
	{ "duplicate/url", R("a", "\"URL\": \"http://www.hrw.org/news/a/\""),
	  R("b", "\"URL\": \"https://HRW.org/news/a#top\"") },
	{ "duplicate/url", R("a", "\"URL\": \"https://hrw.org/?id=7\""),
	  R("b", "\"url\": \"https://hrw.org/?utm_source=x&id=7\"") },
	{ NULL, R("a", "\"URL\": \"https://hrw.org/?id=7\""), R("b", "\"URL\": \"https://hrw.org/?id=8\"") },
	{ NULL, R("a", "\"URL\": \"https://hrw.org/News/a\""),
	  R("b", "\"URL\": \"https://hrw.org/news/a\"") },
	{ NULL, R("a", "\"URL\": \"https://hrw.org/\""), R("b", "\"URL\": \"https://hrw.org\"") },
	{ NULL, R("a", "\"URL\": \"https://x.org/#/news/1\""),
	  R("b", "\"URL\": \"https://x.org/#/news/2\"") },
	{ "duplicate/title", R("a", "\"title\": \"The Parallel Gulag\", \"issued\": \"2017\""),
	  R("b", "\"title\": \"The parallel gulag.\", \"issued\": {\"date-parts\": [[2017]]}") },
	{ "duplicate/title",
	  R("a",
	    "\"title\": \"The Parallel Gulag\", \"issued\": \"2017-05\", \"author\": [{\"family\": \"Hawk\", \"given\": \"D.\"}]"),
	  R("b",
	    "\"title\": \"The parallel gulag\", \"issued\": \"2017\", \"author\": [{\"family\": \"Hawk\", \"given\": \"David\"}]") },
	{ NULL, R("a", "\"title\": \"The Parallel Gulag\", \"issued\": \"2017\""),
	  R("b", "\"title\": \"The Parallel Gulag\", \"issued\": \"2018\"") },
	{ NULL, R("a", "\"title\": \"The Weather Today\", \"issued\": \"2017-01-01\""),
	  R("b", "\"title\": \"The Weather Today\", \"issued\": \"2017-01-02\"") },
	{ NULL, R("a", "\"title\": \"Editorial\", \"issued\": \"2017\""),
	  R("b", "\"title\": \"Editorial\", \"issued\": \"2017\"") },
};

static void add(nkc_dedupe *dedupe, const char *text, nkc_diags *diags)
{
	nkc_str whole = nkc_str_from(text);
	nkc_source source = nkc_source_make(NKC_STR("refs.json"), whole);
	nkc_record *record = nkc_record_new();

	assert_int_equal(nkc_record_parse(record, whole, &source, diags), NKC_OK);
	nkc_dedupe_add(dedupe, record, diags);
	nkc_record_free(record);
}

static void what_is_the_same_is_told_once_and_what_is_not_never(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(couples) / sizeof(couples[0]); i++) {
		const couple *c = &couples[i];
		nkc_dedupe *dedupe = nkc_dedupe_new();
		nkc_diags *diags = nkc_diags_new();
		add(dedupe, c->first, diags);
		assert_int_equal(nkc_diags_count(diags), 0);
		add(dedupe, c->second, diags);
		if (nkc_diags_count(diags) != (c->code ? 1u : 0u))
			print_error("%s\n%s\n", c->first, c->second);
		assert_int_equal(nkc_diags_count(diags), c->code ? 1 : 0);
		if (c->code)
			assert_string_equal(nkc_code_get(nkc_diags_at(diags, 0)->code)->name, c->code);
		nkc_diags_free(diags);
		nkc_dedupe_free(dedupe);
	}
}

static void the_finding_names_the_other_record_and_points_at_the_value(void **state)
{
	nkc_dedupe *dedupe = nkc_dedupe_new();
	nkc_diags *diags = nkc_diags_new();

	(void)state;
	add(dedupe, R("first", "\"DOI\": \"10.1000/1\""), diags);
	add(dedupe, R("other", "\"DOI\": \"10.1000/2\""), diags);
	add(dedupe, R("third", "\"DOI\": \"10.1000/1\""), diags);
	assert_int_equal(nkc_diags_count(diags), 1);
	assert_str(nkc_diags_at(diags, 0)->message, "the record \"first\" has the same DOI");
	assert_str(nkc_diags_at(diags, 0)->pointer, "/DOI");
	assert_int_equal(nkc_diags_at(diags, 0)->from.column, 24);
	nkc_diags_free(diags);
	nkc_dedupe_free(dedupe);
}

static nkc_str find(nkc_dedupe *dedupe, nkc_record *record, const char *text)
{
	nkc_record_clear(record);
	assert_int_equal(nkc_record_parse(record, nkc_str_from(text), NULL, NULL), NKC_OK);
	return nkc_dedupe_find(dedupe, record);
}

static void an_earlier_record_is_found_without_adding(void **state)
{
	nkc_dedupe *dedupe = nkc_dedupe_new();
	nkc_record *record = nkc_record_new();

	(void)state;
	assert_str(find(dedupe, record, R("b", "\"DOI\": \"10.1000/1\"")), "");
	add(dedupe, R("", "\"note\": \"without an id\""), NULL);
	add(dedupe, R("a", "\"DOI\": \"10.1000/1\""), NULL);
	assert_str(find(dedupe, record, R("b", "\"DOI\": \"doi:10.1000/1\"")), "a");
	assert_str(find(dedupe, record, R("b", "\"DOI\": \"10.1000/2\"")), "");
	assert_str(find(dedupe, record, R("b", "\"DOI\": \"10.1000/2\"")), "");
	nkc_record_free(record);
	nkc_dedupe_free(dedupe);
}

#define WAS(id) "\"custom\": {\"nkcite\": {\"provenance\": {\"id\": {\"from\": \"import\", \"was\": \"" id "\"}}}}"

static void a_record_is_found_by_the_id_it_had(void **state)
{
	nkc_dedupe *dedupe = nkc_dedupe_new();
	nkc_record *record = nkc_record_new();
	nkc_diags *diags = nkc_diags_new();

	(void)state;
	add(dedupe, R("doe2020", WAS("http://zotero.org/users/1/items/ABCD")), diags);
	assert_str(find(dedupe, record, R("http://zotero.org/users/1/items/ABCD", "\"note\": \"x\"")), "doe2020");
	assert_str(find(dedupe, record, R("another", WAS("http://zotero.org/users/1/items/ABCD"))), "doe2020");
	assert_str(find(dedupe, record, R("another", WAS("doe2020"))), "");
	assert_str(find(dedupe, record, R("another", WAS("http://zotero.org/users/1/items/WXYZ"))), "");
	add(dedupe, R("doe2020a", WAS("http://zotero.org/users/1/items/ABCD")), diags);
	assert_int_equal(nkc_diags_count(diags), 0);
	nkc_diags_free(diags);
	nkc_record_free(record);
	nkc_dedupe_free(dedupe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_the_same_is_told_once_and_what_is_not_never),
		cmocka_unit_test(the_finding_names_the_other_record_and_points_at_the_value),
		cmocka_unit_test(an_earlier_record_is_found_without_adding),
		cmocka_unit_test(a_record_is_found_by_the_id_it_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
