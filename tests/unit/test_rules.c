/*
 * Rules that cross the stages of the engine, each with a style of its own: sorting, capitals, blocks, punctuation, brackets.
 * What is expected comes from the specification; where that is silent, from citeproc-js.
 */
#include "support/unit.h"

#include <nkcite/nkcite.h>

#define STYLE(class, body)                                                                         \
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"" class "\">"        \
	"<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>" body     \
	"</style>"

#define CITATION(content) "<citation><layout>" content "</layout></citation>"
#define TITLE "<text variable=\"title\"/>"

/* Items and one cite of each, a cluster apart. Entries and clusters come out with a line end behind each. */
static void render(nkc_str xml, nkc_str items, nkc_buf *entries, nkc_buf *clusters)
{
	nkc_diags *diags = nkc_diags_new();
	nkc_arena *arena = nkc_arena_new();
	nkc_locales *locales = NULL;
	nkc_style *style = NULL;
	nkc_document *document = NULL;
	nkc_value *list = NULL;
	size_t count = 0;
	nkc_str id, text;
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	assert_int_equal(nkc_style_parse(&style, xml, NKC_STR("style"), diags), NKC_OK);
	assert_int_equal(nkc_value_parse(&list, arena, items, NULL, NULL), NKC_OK);
	assert_int_equal(nkc_document_new(&document, style, locales, NKC_STR(""),
	                                  nkc_markup_find(NKC_STR("html")), diags),
	                 NKC_OK);
	uint32_t note = 0;
	for (nkc_value *item = nkc_value_first(list); item; item = item->next) {
		nkc_cite cite = { .id = nkc_value_text(nkc_value_find(item, NKC_STR("id"))) };
		nkc_cluster cluster = { .id = cite.id, .note = ++note, .cites = &cite, .count = 1 };
		assert_int_equal(nkc_document_put_object(document, item), NKC_OK);
		assert_int_equal(nkc_document_put_cluster(document, &cluster, NKC_STR("")), NKC_OK);
	}
	for (size_t i = 0; i < nkc_document_cluster_count(document); i++) {
		assert_int_equal(nkc_document_cluster(document, i, &id, &text), NKC_OK);
		nkc_buf_put_str(clusters, text);
		nkc_buf_putc(clusters, '\n');
	}
	for (size_t i = 0; nkc_document_entry_count(document, &count) == NKC_OK && i < count; i++) {
		assert_int_equal(nkc_document_entry(document, i, &id, &text), NKC_OK);
		nkc_buf_put_str(entries, text);
		nkc_buf_putc(entries, '\n');
	}
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_locales_close(locales);
	nkc_arena_free(arena);
	nkc_diags_free(diags);
}

static void check(const char *xml, const char *items, const char *entries, const char *clusters)
{
	nkc_buf listed = NKC_BUF_INIT, cited = NKC_BUF_INIT;
	render(nkc_str_from(xml), nkc_str_from(items), &listed, &cited);
	if (entries)
		assert_string_equal(listed.ptr, entries);
	if (clusters)
		assert_string_equal(cited.ptr, clusters);
	nkc_buf_release(&listed);
	nkc_buf_release(&cited);
}

#define BY(keys) \
	STYLE("in-text", \
	      "<macro name=\"year\"><choose><if variable=\"issued\"><date variable=\"issued\"><date-part name=\"year\"/>" \
	      "</date></if><else><text term=\"no date\"/></else></choose></macro>" CITATION( \
		      TITLE) "<bibliography><sort>" keys "</sort><layout>" TITLE "</layout></bibliography>")

/* Specification, "Sorting": case does not count; so citeproc-js for punctuation, and for numbers as numbers. */
static void sorting_passes_over_case_and_punctuation(void **state)
{
	(void)state;
	check(BY("<key variable=\"title\"/>"),
	      "[{\"id\":\"1\",\"title\":\"beta\"},{\"id\":\"2\",\"title\":\"“Alpha\"},{\"id\":\"3\",\"title\":\"Volume 10\"},"
	      "{\"id\":\"4\",\"title\":\"Volume 9\"},{\"id\":\"5\",\"title\":\"(Gamma)\"}]",
	      "“Alpha\nbeta\n(Gamma)\nVolume 9\nVolume 10\n", NULL);
}

static void a_shorter_name_comes_first(void **state)
{
	(void)state;
	check(BY("<key variable=\"author\"/>"),
	      "[{\"id\":\"1\",\"title\":\"b\",\"author\":[{\"family\":\"Ngata\",\"given\":\"Al\"}]},"
	      "{\"id\":\"2\",\"title\":\"a\",\"author\":[{\"family\":\"Ng\",\"given\":\"Tom\"}]}]",
	      "a\nb\n", NULL);
}

/* "Items with an empty sort key value are placed at the end, both for ascending and descending sorts." */
static void undated_items_come_last_either_way(void **state)
{
	static const char items[] =
		"[{\"id\":\"1\",\"title\":\"undated\"},{\"id\":\"2\",\"title\":\"late\",\"issued\":{\"date-parts\":[[2000]]}},"
		"{\"id\":\"3\",\"title\":\"early\",\"issued\":{\"date-parts\":[[1990]]}},"
		"{\"id\":\"4\",\"title\":\"in words\",\"issued\":{\"literal\":\"Michaelmas term\"}}]";
	(void)state;
	check(BY("<key variable=\"issued\"/>"), items, "early\nlate\nundated\nin words\n", NULL);
	check(BY("<key variable=\"issued\" sort=\"descending\"/>"), items, "late\nearly\nundated\nin words\n", NULL);
	check(BY("<key macro=\"year\" sort=\"descending\"/>"), items, "late\nearly\nundated\nin words\n", NULL);
}

/* "In the case of date ranges, the start date is used for the primary sort"; ranges after single dates of the same start. */
static void ranges_sort_by_their_start(void **state)
{
	(void)state;
	check(BY("<key variable=\"issued\"/>"),
	      "[{\"id\":\"1\",\"title\":\"c\",\"issued\":{\"date-parts\":[[2002]]}},"
	      "{\"id\":\"2\",\"title\":\"b\",\"issued\":{\"date-parts\":[[2000],[2009]]}},"
	      "{\"id\":\"3\",\"title\":\"a\",\"issued\":{\"date-parts\":[[2000]]}}]",
	      "a\nb\nc\n", NULL);
}

static void a_term_that_opens_an_entry_has_a_capital(void **state)
{
	(void)state;
	check(STYLE("in-text", CITATION("<group><text term=\"in\"/><text variable=\"title\" prefix=\" \"/></group>")
	            "<bibliography><layout><group delimiter=\" \"><text term=\"in\"/>" TITLE
	            "<text term=\"in\"/></group></layout></bibliography>"),
	      "[{\"id\":\"1\",\"title\":\"it\"}]", "In it in\n", "in it\n");
}

/* The affixes of a layout stand inside the blocks that begin and end an entry. */
static void blocks_hold_the_affixes_of_the_layout(void **state)
{
	(void)state;
	check(STYLE("in-text",
	            CITATION(
			    TITLE) "<bibliography second-field-align=\"flush\"><layout prefix=\"[\" suffix=\".\">"
	                           "<text variable=\"citation-number\" suffix=\"]\"/><text variable=\"title\" prefix=\" \"/></layout></bibliography>"),
	      "[{\"id\":\"1\",\"title\":\"it\"}]",
	      "<div class=\"csl-left-margin\">[1]</div><div class=\"csl-right-inline\"> it.</div>\n", NULL);
}

/* A display inside of another element makes no block of its own. */
static void only_outer_elements_are_blocks(void **state)
{
	(void)state;
	check(STYLE("in-text",
	            CITATION(TITLE) "<bibliography><layout><group display=\"block\"><text variable=\"title\" "
	                            "display=\"indent\"/></group></layout></bibliography>"),
	      "[{\"id\":\"1\",\"title\":\"it\"}]", "<div class=\"csl-block\">it</div>\n", NULL);
}

static void parentheses_within_others_are_brackets_in_notes(void **state)
{
	(void)state;
	check(STYLE("note", CITATION("<group prefix=\"(\" suffix=\")\" delimiter=\" \">" TITLE
	                             "<text variable=\"edition\" prefix=\"(\" suffix=\")\"/></group>")),
	      "[{\"id\":\"1\",\"title\":\"it\",\"edition\":\"2\"}]", NULL, "(it [2])\n");
}

/* XML's own escapes once, and the references that a style has escaped twice. */
static void references_in_attributes_are_characters(void **state)
{
	(void)state;
	check(STYLE("in-text",
	            CITATION(
			    "<text variable=\"title\" prefix=\"A &amp; B: \" suffix=\"&amp;#8211;&amp;#x2014;&amp;#;\"/>")),
	      "[{\"id\":\"1\",\"title\":\"it\"}]", NULL, "A &amp; B: it–—&amp;#;\n");
}

/* Where affixes meet, citeproc-js joins marks and spaces by the elements that they belong to. */
static void affixes_meet_by_their_elements(void **state)
{
	static const struct {
		const char *layout, *wanted;
	} cases[] = {
		{ STYLE("in-text", CITATION("<text variable=\"title\" suffix=\".\"/>")), "A?\n" },
		{ STYLE("in-text", CITATION("<text variable=\"title\" font-style=\"italic\" suffix=\".\"/>")),
		  "<i>A?</i>.\n" },
		{ STYLE("in-text",
		        CITATION("<group suffix=\".\"><text variable=\"title\" font-style=\"italic\"/>"
		                 "<text variable=\"note\"/></group>")),
		  "<i>A?</i>\n" },
		{ STYLE("in-text", CITATION("<group delimiter=\". \"><text variable=\"title\" suffix=\":\"/>"
		                            "<text value=\"x\"/></group>")),
		  "A?. x\n" },
		{ STYLE("in-text", CITATION("<text variable=\"title\" font-style=\"italic\" suffix=\" \"/>"
		                            "<text value=\"x\" prefix=\" \"/>")),
		  "<i>A?</i>  x\n" },
		{ STYLE("in-text",
		        CITATION("<text variable=\"title\" suffix=\" \"/><text value=\"x\" prefix=\" \"/>")),
		  "A? x\n" },
		{ STYLE("in-text", CITATION("<text value=\"In \"/><text value=\"x\" prefix=\" \"/>")),
		  "In  x\n" },
		{ STYLE("in-text",
		        CITATION(
				"<group delimiter=\", \"><text variable=\"title\"/><group font-style=\"normal\">"
				"<text value=\"x\" prefix=\" \"/><text value=\"y\"/></group></group>")),
		  "A?,  xy\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].layout, "[{\"id\":\"1\",\"title\":\"A?\"}]", NULL, cases[i].wanted);
}

/* The format of a cs:names holds for names that stand in for it, not for texts (citeproc-js). */
static void texts_in_place_of_names_have_their_own_format(void **state)
{
	static const char by_text[] = STYLE(
		"in-text", CITATION("<names variable=\"author\" font-weight=\"bold\" suffix=\".\"><name/>"
		                    "<substitute><names variable=\"editor\"/>" TITLE "</substitute></names>"));
	(void)state;
	check(by_text, "[{\"id\":\"1\",\"title\":\"A\"}]", NULL, "A\n");
	check(by_text, "[{\"id\":\"1\",\"title\":\"A\",\"editor\":[{\"family\":\"Roe\"}]}]", NULL, "<b>Roe</b>.\n");
}

/* "false" is not the same as none: the marks of a text begin with outer ones (citeproc-js). */
static void quotes_that_are_off_level_those_of_the_text(void **state)
{
	static const char items[] = "[{\"id\":\"1\",\"title\":\"A \u2018b\u2019 c\"}]";
	(void)state;
	check(STYLE("in-text", CITATION(TITLE)), items, NULL, "A \u2018b\u2019 c\n");
	check(STYLE("in-text", CITATION("<text variable=\"title\" quotes=\"false\"/>")), items, NULL,
	      "A \u201cb\u201d c\n");
}

/* A mark in front of another font stays there; others go into the quotes before. */
static void fonts_keep_marks_out_of_quotes(void **state)
{
	static const char items[] = "[{\"id\":\"1\",\"title\":\"A\"}]";
	(void)state;
	check(STYLE("in-text", CITATION("<text variable=\"title\" quotes=\"true\"/><text value=\"x\" prefix=\", \"/>")),
	      items, NULL, "\u201cA,\u201d x\n");
	check(STYLE("in-text", CITATION("<text variable=\"title\" quotes=\"true\"/>"
	                                "<text value=\"x\" prefix=\", \" font-style=\"italic\"/>")),
	      items, NULL, "\u201cA\u201d, <i>x</i>\n");
}

/* What a name has around it stands beside the delimiter of names, spaces and all (citeproc-js). */
static void names_keep_their_own_spaces(void **state)
{
	(void)state;
	check(STYLE("in-text",
	            CITATION(
			    "<names variable=\"author\"><name form=\"short\" delimiter=\" / \" suffix=\" \"/></names>"
			    "<text value=\"x\"/>")),
	      "[{\"id\":\"1\",\"author\":[{\"family\":\"A\",\"given\":\"C\"},{\"family\":\"B\",\"given\":\"C\"}]}]",
	      NULL, "A  / B x\n");
}

/* Specification, "Label": plural for several numbers; a comma within one is none between two. */
static void commas_within_a_number_do_not_count(void **state)
{
	static const char label[] = STYLE("in-text", CITATION("<label variable=\"number\"/>"));
	(void)state;
	check(label, "[{\"id\":\"1\",\"number\":\"US 1,234,567 B2\"}]", NULL, "number\n");
	check(label, "[{\"id\":\"1\",\"number\":\"3, 5-7\"}]", NULL, "numbers\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorting_passes_over_case_and_punctuation),
		cmocka_unit_test(a_shorter_name_comes_first),
		cmocka_unit_test(undated_items_come_last_either_way),
		cmocka_unit_test(ranges_sort_by_their_start),
		cmocka_unit_test(a_term_that_opens_an_entry_has_a_capital),
		cmocka_unit_test(blocks_hold_the_affixes_of_the_layout),
		cmocka_unit_test(only_outer_elements_are_blocks),
		cmocka_unit_test(parentheses_within_others_are_brackets_in_notes),
		cmocka_unit_test(references_in_attributes_are_characters),
		cmocka_unit_test(affixes_meet_by_their_elements),
		cmocka_unit_test(texts_in_place_of_names_have_their_own_format),
		cmocka_unit_test(quotes_that_are_off_level_those_of_the_text),
		cmocka_unit_test(fonts_keep_marks_out_of_quotes),
		cmocka_unit_test(names_keep_their_own_spaces),
		cmocka_unit_test(commas_within_a_number_do_not_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
