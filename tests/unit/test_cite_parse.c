/*
 * Citations in pandoc's syntax (pandoc's manual, "Citation syntax").
 */
#include "support/unit.h"

#include <nkcite/cite.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static nkc_diags *diags;
static nkc_style *style;
static nkc_locales *locales;
static nkc_arena *arena;
static nkc_cite_parser *parser;

/* A style of its own has a word of its own for a chapter. */
static const char xml[] =
	"<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'>"
	"<info><id>x</id><title>X</title></info>"
	"<locale><terms><term name='chapter' form='short'>Hst.</term></terms></locale>"
	"<citation><layout><text variable='title'/></layout></citation></style>";

static int set_up(void **state)
{
	(void)state;
	diags = nkc_diags_new();
	arena = nkc_arena_new();
	assert_int_equal(nkc_style_parse(&style, nkc_str_from(xml), NKC_STR("x.csl"), diags), NKC_OK);
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	assert_int_equal(nkc_cite_parser_new(&parser, style, locales, NKC_STR("")), NKC_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	nkc_cite_parser_free(parser);
	nkc_locales_close(locales);
	nkc_style_free(style);
	nkc_arena_free(arena);
	nkc_diags_free(diags);
	return 0;
}

/* "prefix|-key|label|locator|suffix", with " & " between cites */
static const char *parse(const char *text)
{
	static char shown[1024];
	nkc_cite *cites;
	size_t count, len = 0;
	shown[0] = '\0';
	if (nkc_cite_parse(parser, nkc_str_from(text), arena, &cites, &count, diags) != NKC_OK)
		return "?";
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(shown + len, sizeof shown - len, "%s%.*s|%s%.*s|%.*s|%.*s|%.*s", i ? " & " : "",
		                        NKC_STR_ARG(cites[i].prefix), cites[i].suppress_author ? "-" : "",
		                        NKC_STR_ARG(cites[i].id), NKC_STR_ARG(cites[i].label),
		                        NKC_STR_ARG(cites[i].locator), NKC_STR_ARG(cites[i].suffix));
	return shown;
}

typedef struct parse_case {
	const char *text, *shown;
} parse_case;

static void check_cases(const parse_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(parse(cases[i].text), cases[i].shown);
}

/* The first six stand in pandoc's manual with what they mean. */
static void cites_are_read_as_pandoc_reads_them(void **state)
{
	static const parse_case cases[] = {
		{ "[see @doe99, pp. 33-35 and <i>passim</i>; @smith04, chap. 1]",
		  "see|doe99|page|33-35| and <i>passim</i> & |smith04|chapter|1|" },
		{ "[@smith{ii, A, D-Z}, with a suffix]", "|smith||ii, A, D-Z|, with a suffix" },
		{ "[@smith, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here]",
		  "|smith|page|iv, vi-xi, (xv)-(xvii)| with suffix here" },
		{ "[@smith{}, 99 years later]", "|smith|||, 99 years later" },
		{ "[-@smith04]", "|-smith04|||" },
		{ "@doe99, pp. 33-35, 38-39", "|doe99|page|33-35, 38-39|" },
		{ "@doe99", "|doe99|||" },
		{ "@doe99, 12", "|doe99||12|" },
		{ "@doe99 p. 12.", "|doe99|page|12|." },
		{ "see also -@doe99, and", "see also|-doe99|||, and" },
		{ "@{https://example.org/a;b}, {sec. A}", "|https://example.org/a;b|section|A|" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void keys_end_where_pandoc_ends_them(void **state)
{
	static const parse_case cases[] = {
		{ "@Foo_bar.baz.", "|Foo_bar.baz|||." },
		{ "@doi:10.1000/182, p. 3", "|doi:10.1000/182|page|3|" },
		{ "@foo--bar", "|foo|||--bar" },
		{ "a@b.org @doe", "a@b.org|doe|||" },
		{ "@a, @b", "|a|||, @b" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void labels_are_the_terms_of_the_locale(void **state)
{
	static const parse_case cases[] = {
		{ "@a, page 3", "|a|page|3|" },
		{ "@a, pages 3 & 4", "|a|page|3| & 4" },
		{ "@a, Chapter IV says", "|a|chapter|IV| says" },
		{ "@a, Hst. 3", "|a|chapter|3|" },
		{ "@a, chap. 3", "|a|chapter|3|" },
		{ "@a, vol 2", "|a|volume|2|" },
		{ "@a, s.v. 2a", "|a|sub-verbo|2a|" },
		{ "@a, \xc2\xa7 12(3)(a)", "|a|section|12(3)(a)|" },
		{ "@a, page-turner", "|a|||, page-turner" },
		{ "@a, chapter and verse", "|a|||, chapter and verse" },
		{ "(@a, p. 3)", "(|a|page|3|)" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void what_has_no_key_is_refused(void **state)
{
	static const char *const texts[] = { "", "doe99", "@", "@doe99; see", "@{doe", "; @a" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_string_equal(parse(texts[i]), "?");
		assert_int_equal(nkc_diags_total(diags, NKC_ERROR), i + 1);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cites_are_read_as_pandoc_reads_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keys_end_where_pandoc_ends_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(labels_are_the_terms_of_the_locale, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_has_no_key_is_refused, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
