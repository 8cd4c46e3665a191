/* Links of identifiers and titles (CSL specification, Appendix VI; addresses: RFC 3986). */
#include "support/unit.h"

#include "csl/link.h"

#include <nkcite/cite.h>

static nkc_arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = nkc_arena_new();
	return arena ? 0 : 1;
}

static int close_arena(void **state)
{
	(void)state;
	nkc_arena_free(arena);
	return 0;
}

static void assert_link(nkc_var var, const char *text, const char *expected)
{
	assert_str(csl_link(arena, var, nkc_str_from(text)), expected);
}

static void an_identifier_links_to_who_resolves_it(void **state)
{
	(void)state;
	assert_link(NKC_VAR_DOI, "10.1000/182", "https://doi.org/10.1000/182");
	assert_link(NKC_VAR_PMID, "123", "https://www.ncbi.nlm.nih.gov/pubmed/123");
	assert_link(NKC_VAR_PMCID, "PMC123", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123");
	assert_link(NKC_VAR_URL, "https://example.org/a?b#c", "https://example.org/a?b#c");
	assert_link(NKC_VAR_ISBN, "978", "");
}

static void an_identifier_that_is_an_address_is_not_prefixed(void **state)
{
	(void)state;
	assert_link(NKC_VAR_DOI, "https://doi.org/10.1000/182", "https://doi.org/10.1000/182");
	assert_link(NKC_VAR_DOI, "doi: 10.1000/182", "https://doi.org/10.1000/182");
	assert_link(NKC_VAR_URL, "doi:10.1000/182", "https://doi.org/10.1000/182");
}

static void addresses_are_safe_in_any_quotes(void **state)
{
	(void)state;
	assert_link(NKC_VAR_DOI, "10.1002/(SICI)<2::AID>3.0;2-#", "https://doi.org/10.1002/(SICI)%3C2::AID%3E3.0;2-%23");
	assert_link(NKC_VAR_URL, "https://e.org/\"a b\\{c}\n", "https://e.org/%22a%20b%5C%7Bc%7D");
	assert_link(NKC_VAR_URL, "https://e.org/\u00e9%20", "https://e.org/%C3%A9%20");
	assert_link(NKC_VAR_DOI, "10.1/a%b", "https://doi.org/10.1/a%25b");
}

static void other_schemes_do_not_link(void **state)
{
	(void)state;
	assert_link(NKC_VAR_URL, "javascript:alert(1)", "");
	assert_link(NKC_VAR_URL, " JavaScript:alert(1)", "");
	assert_link(NKC_VAR_URL, "data:text/html,x", "");
	assert_link(NKC_VAR_URL, "//example.org", "");
	assert_link(NKC_VAR_URL, "www.example.org", "");
	assert_link(NKC_VAR_URL, "", "");
	assert_link(NKC_VAR_DOI, "javascript:1", "https://doi.org/javascript:1");
}

/* --- in entries --- */

#define STYLE(layout)                                                                                         \
	"<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'><info><title>t</title>" \
	"<id>t</id><updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable='title'/>"  \
	"</layout></citation><bibliography" layout "</bibliography></style>"

static void assert_listed(const char *xml, bool links, const char *item, const char *expected)
{
	nkc_diags *diags = NULL;
	nkc_style *style = NULL;
	nkc_locales *locales = NULL;
	nkc_document *document = NULL;
	nkc_value *object = NULL;
	nkc_buf out = NKC_BUF_INIT;
	nkc_str id = NKC_STR("a");
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	assert_int_equal(nkc_style_parse(&style, nkc_str_from(xml), NKC_STR("style"), diags), NKC_OK);
	assert_int_equal(nkc_document_new(&document, style, locales, NKC_STR(""), nkc_markup_find(NKC_STR("html")), diags),
	                 NKC_OK);
	assert_int_equal(nkc_value_parse(&object, arena, nkc_str_from(item), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_document_put_object(document, object), NKC_OK);
	assert_int_equal(nkc_document_set_uncited(document, &id, 1), NKC_OK);
	nkc_document_set_links(document, links);
	assert_int_equal(nkc_document_bibliography(document, &out), NKC_OK);
	nkc_str text = nkc_buf_str(&out);
	size_t from = nkc_str_find(text, NKC_STR("csl-entry\">")) + 11, to = nkc_str_find(text, NKC_STR("</div>\n</div>"));
	assert_str(nkc_str_slice(text, from, to), expected);
	nkc_buf_release(&out);
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_locales_close(locales);
}

#define DOI_STYLE(prefix) \
	STYLE("><layout suffix='.'><text variable='title' font-style='italic'/><text prefix='" prefix "' variable='DOI'/></layout>")

static void a_printed_identifier_links_with_its_address_and_no_other_affix(void **state)
{
	(void)state;
	const char *item = "{\"id\":\"a\",\"type\":\"book\",\"title\":\"T\",\"DOI\":\"10.1/x\"}";
	assert_listed(DOI_STYLE(" doi: "), true, item, "<i>T</i> doi: <a href=\"https://doi.org/10.1/x\">10.1/x</a>.");
	assert_listed(DOI_STYLE(". https://doi.org/"), true, item,
	              "<i>T</i>. <a href=\"https://doi.org/10.1/x\">https://doi.org/10.1/x</a>.");
	assert_listed(DOI_STYLE(" doi: "), false, item, "<i>T</i> doi: 10.1/x.");
}

static void a_title_links_where_no_identifier_is_printed(void **state)
{
	(void)state;
	assert_listed(DOI_STYLE(" doi: "), true, "{\"id\":\"a\",\"type\":\"book\",\"title\":\"T\",\"URL\":\"https://e.org\"}",
	              "<i><a href=\"https://e.org\">T</a></i>.");
	assert_listed(DOI_STYLE(" doi: "), true, "{\"id\":\"a\",\"type\":\"book\",\"title\":\"T\",\"URL\":\"javascript:1\"}",
	              "<i>T</i>.");
}

static void an_entry_without_a_title_links_as_a_whole(void **state)
{
	(void)state;
	assert_listed(STYLE("><layout suffix='.'><text variable='publisher'/></layout>"), true,
	              "{\"id\":\"a\",\"type\":\"book\",\"publisher\":\"P\",\"PMID\":\"7\"}",
	              "<a href=\"https://www.ncbi.nlm.nih.gov/pubmed/7\">P</a>.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_identifier_links_to_who_resolves_it),
		cmocka_unit_test(an_identifier_that_is_an_address_is_not_prefixed),
		cmocka_unit_test(addresses_are_safe_in_any_quotes),
		cmocka_unit_test(other_schemes_do_not_link),
		cmocka_unit_test(a_printed_identifier_links_with_its_address_and_no_other_affix),
		cmocka_unit_test(a_title_links_where_no_identifier_is_printed),
		cmocka_unit_test(an_entry_without_a_title_links_as_a_whole),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
