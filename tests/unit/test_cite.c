/*
 * Documents through the public interface: forms of cites, positions, order, grouping, sections, bounds. Expected texts
 * are those of the specification's examples, or what its sentences ask for.
 */
#include "support/unit.h"

#include <nkcite/nkcite.h>

#define STYLE(class, body) \
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"" class \
		"\">" \
		"<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>" \
		"<macro name=\"author\"><names variable=\"author\"><name form=\"short\" font-style=\"italic\" and=\"text\"/>" \
		"<substitute><names variable=\"editor\"/><text variable=\"title\" quotes=\"true\"/></substitute></names></macro>" \
		"<macro name=\"year\"><date variable=\"issued\"><date-part name=\"year\"/></date></macro>" \
		"<macro name=\"author-year\"><group delimiter=\" \"><text macro=\"author\"/><text macro=\"year\"/>" \
		"<text variable=\"locator\" prefix=\"p. \"/></group></macro>" body "</style>"
#define BY_TITLE                                                                                                     \
	"<bibliography><sort><key variable=\"title\"/></sort><layout><text variable=\"title\"/></layout></bibliography>"
#define AUTHOR_YEAR "<layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><text macro=\"author-year\"/></layout>"

static const char *const items[] = {
	"{\"id\":\"doe\",\"type\":\"book\",\"title\":\"Alpha\",\"author\":[{\"family\":\"Doe\",\"given\":\"John\"}],"
	"\"issued\":{\"date-parts\":[[1999]]},\"keyword\":\"x, y\"}",
	"{\"id\":\"doe2\",\"type\":\"book\",\"title\":\"Beta\",\"author\":[{\"family\":\"Doe\",\"given\":\"John\"}],"
	"\"issued\":{\"date-parts\":[[2001]]},\"keyword\":\"y\"}",
	"{\"id\":\"roe\",\"type\":\"chapter\",\"title\":\"Gamma\",\"author\":[{\"family\":\"Roe\",\"given\":\"Jane\"},"
	"{\"family\":\"Poe\",\"given\":\"E.\"}],\"issued\":{\"date-parts\":[[2005]]}}",
	"{\"id\":\"ed\",\"type\":\"book\",\"title\":\"Delta\",\"editor\":[{\"family\":\"Smith\"}],"
	"\"issued\":{\"date-parts\":[[2006]]}}",
	"{\"id\":\"none\",\"type\":\"webpage\",\"title\":\"Epsilon\",\"issued\":{\"date-parts\":[[2007]]}}",
};

typedef struct desk {
	nkc_style *style;
	nkc_locales *locales;
	nkc_diags *diags;
	nkc_arena *arena;
	nkc_document *document;
} desk;

static void put_item(desk *d, const char *json)
{
	nkc_value *value = NULL;
	assert_int_equal(nkc_value_parse(&value, d->arena, nkc_str_from(json), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_document_put_object(d->document, value), NKC_OK);
}

static void open_desk(desk *d, const char *style)
{
	*d = (desk){ .diags = nkc_diags_new(), .arena = nkc_arena_new() };
	assert_int_equal(nkc_locales_open(&d->locales, NULL, d->diags), NKC_OK);
	assert_int_equal(nkc_style_parse(&d->style, nkc_str_from(style), NKC_STR("style"), d->diags), NKC_OK);
	assert_int_equal(nkc_document_new(&d->document, d->style, d->locales, NKC_STR(""),
	                                  nkc_markup_find(NKC_STR("html")), d->diags),
	                 NKC_OK);
	for (size_t i = 0; i < sizeof items / sizeof *items; i++)
		put_item(d, items[i]);
}

static void close_desk(desk *d)
{
	nkc_document_free(d->document);
	nkc_style_free(d->style);
	nkc_locales_close(d->locales);
	nkc_diags_free(d->diags);
	nkc_arena_free(d->arena);
}

/* Cites "doe roe:12" (item and locator) as the cluster of that name. */
static nkc_status cite(desk *d, const char *id, uint32_t note, const char *what, nkc_mode mode, const char *infix)
{
	nkc_cite cites[8];
	nkc_cluster cluster = { .id = nkc_str_from(id), .note = note, .cites = cites, .mode = mode,
		                .infix = nkc_str_from(infix) };
	nkc_str rest = nkc_str_from(what), word;
	memset(cites, 0, sizeof cites);
	while (nkc_str_split(&rest, ' ', &word)) {
		nkc_cite *one = &cites[cluster.count++];
		assert_true(nkc_str_split(&word, ':', &one->id));
		one->locator = word;
	}
	return nkc_document_put_cluster(d->document, &cluster, NKC_STR(""));
}

static nkc_str text_of(desk *d, const char *id)
{
	size_t index = 0;
	nkc_str name, text = NKC_STR("");
	assert_int_equal(nkc_document_find_cluster(d->document, nkc_str_from(id), &index), NKC_OK);
	assert_int_equal(nkc_document_cluster(d->document, index, &name, &text), NKC_OK);
	return text;
}

/* --- forms of a citation --- */

static void authors_alone_and_citations_without_them(void **state)
{
	static const struct {
		const char *what, *author, *rest, *both;
	} cases[] = {
		/* as citeproc-js has them */
		{ "doe", "Doe", "(1999)", "Doe (1999)" },
		{ "doe:7", "Doe", "(1999 p. 7)", "Doe (1999 p. 7)" },
		{ "roe", "Roe and Poe", "(2005)", "Roe and Poe (2005)" },
		{ "ed", "Smith", "(2006)", "Smith (2006)" },
		{ "none", "Epsilon", "(2007)", "Epsilon (2007)" },
		{ "doe roe", "Doe", "(1999; <i>Roe</i> and <i>Poe</i> 2005)",
		  "Doe (1999; <i>Roe</i> and <i>Poe</i> 2005)" },
	};
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>"));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cite(&d, "1", 0, cases[i].what, NKC_MODE_AUTHOR_ONLY, "");
		assert_str(text_of(&d, "1"), cases[i].author);
		cite(&d, "1", 0, cases[i].what, NKC_MODE_SUPPRESS_AUTHOR, "");
		assert_str(text_of(&d, "1"), cases[i].rest);
		cite(&d, "1", 0, cases[i].what, NKC_MODE_COMPOSITE, "");
		assert_str(text_of(&d, "1"), cases[i].both);
	}
	cite(&d, "1", 0, "doe", NKC_MODE_COMPOSITE, "'s early work");
	assert_str(text_of(&d, "1"), "Doe\u2019s early work (1999)");
	cite(&d, "1", 0, "doe", NKC_MODE_COMPOSITE, "says");
	assert_str(text_of(&d, "1"), "Doe says (1999)");
	close_desk(&d);
}

/* The example of citeproc-js's documentation. */
static void a_suppressed_author_stands_with_its_group(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation collapse=\"year\">" AUTHOR_YEAR "</citation>"));
	cite(&d, "1", 0, "doe doe2 roe", NKC_MODE_COMPOSITE, "'s early work");
	assert_str(text_of(&d, "1"), "Doe\u2019s early work (1999, 2001; <i>Roe</i> and <i>Poe</i> 2005)");
	close_desk(&d);
}

/* As pandoc has "@roe [@doe]": the sentence names whom its writer names, whatever the style sorts by. */
static void a_sort_leaves_the_named_author(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation><sort><key macro=\"author\"/></sort>" AUTHOR_YEAR "</citation>"));
	cite(&d, "1", 0, "roe ed doe", NKC_MODE_NORMAL, "");
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 1999; <i>Roe</i> and <i>Poe</i> 2005; <i>Smith</i> 2006)");
	cite(&d, "1", 0, "roe ed doe", NKC_MODE_COMPOSITE, "");
	assert_str(text_of(&d, "1"), "Roe and Poe (2005; <i>Doe</i> 1999; <i>Smith</i> 2006)");
	cite(&d, "1", 0, "roe doe", NKC_MODE_AUTHOR_ONLY, "");
	assert_str(text_of(&d, "1"), "Roe and Poe");
	cite(&d, "1", 0, "roe doe", NKC_MODE_SUPPRESS_AUTHOR, "");
	assert_str(text_of(&d, "1"), "(2005; <i>Doe</i> 1999)");
	close_desk(&d);
}

/* As pandoc has them: where numbers stand for the sources none is named, and the numbers alone are sorted. */
static void numbers_stand_for_the_author(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text",
	                    "<citation collapse=\"citation-number\"><sort><key variable=\"citation-number\"/></sort>"
	                    "<layout prefix=\"[\" suffix=\"]\" delimiter=\", \"><text variable=\"citation-number\"/>"
	                    "</layout></citation>" BY_TITLE));
	cite(&d, "1", 0, "roe", NKC_MODE_COMPOSITE, "");
	assert_str(text_of(&d, "1"), "[1]");
	cite(&d, "2", 0, "ed roe", NKC_MODE_COMPOSITE, "");
	assert_str(text_of(&d, "2"), "[1, 2]");
	close_desk(&d);
}

static void intext_renders_the_author(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text",
	                    "<citation><layout prefix=\"[\" suffix=\"]\"><text variable=\"citation-number\"/>"
	                    "</layout></citation><intext><layout><names variable=\"author\"><name/></names>"
	                    "</layout></intext>"));
	cite(&d, "1", 0, "doe", NKC_MODE_AUTHOR_ONLY, "");
	assert_str(text_of(&d, "1"), "John Doe");
	cite(&d, "1", 0, "doe", NKC_MODE_COMPOSITE, "");
	assert_str(text_of(&d, "1"), "John Doe [1]");
	cite(&d, "1", 0, "doe", NKC_MODE_SUPPRESS_AUTHOR, "");
	assert_str(text_of(&d, "1"), "[1]");
	close_desk(&d);
}

/* --- positions (specification, "Choose", position) --- */

#define POSITIONS \
	STYLE("note", "<citation near-note-distance=\"2\"><layout delimiter=\"; \"><choose>" \
	              "<if position=\"ibid-with-locator\"><text value=\"ibid+\"/></if>" \
	              "<else-if position=\"ibid\"><text value=\"ibid\"/></else-if>" \
	              "<else-if position=\"near-note\"><text value=\"near\"/></else-if>" \
	              "<else-if position=\"subsequent\"><text value=\"later\"/>" \
	              "<text variable=\"first-reference-note-number\" prefix=\" \"/></else-if>" \
	              "<else><text value=\"first\"/></else></choose></layout></citation>")

/* Puts citations in notes of their own and compares the last one. */
static void check_position(const char *const *clusters, size_t count, const char *wanted)
{
	desk d;
	char id[24];
	open_desk(&d, POSITIONS);
	for (size_t i = 0; i < count; i++) {
		snprintf(id, sizeof id, "%zu", i + 1);
		cite(&d, id, (uint32_t)i + 1, clusters[i], NKC_MODE_NORMAL, "");
	}
	assert_str(text_of(&d, id), wanted);
	close_desk(&d);
}

#define POSITION(wanted, ...) \
	check_position((const char *const[]){ __VA_ARGS__ }, \
	               sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), wanted)

static void positions_follow_the_specification(void **state)
{
	(void)state;
	POSITION("first", "doe");
	POSITION("ibid", "doe", "doe");
	/* "If the preceding cite does not have a locator": with one ibid-with-locator, else ibid */
	POSITION("ibid+", "doe", "doe:3");
	/* "If the preceding cite does have a locator": the same ibid, another ibid-with-locator, none only subsequent */
	POSITION("ibid", "doe:3", "doe:3");
	POSITION("ibid+", "doe:3", "doe:4");
	POSITION("near", "doe:3", "doe");
	/* "the current cite immediately follows another cite, within the same citation" */
	POSITION("first; ibid", "doe doe");
	/* "the previous citation consists of a single cite referencing the same item" */
	POSITION("near", "doe roe", "doe");
	POSITION("near", "doe", "roe", "doe");
	POSITION("later 1", "doe", "roe", "ed", "none", "doe");
}

static void notes_and_text_are_placed_apart(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, POSITIONS);
	cite(&d, "1", 1, "doe", NKC_MODE_NORMAL, "");
	cite(&d, "2", 0, "roe", NKC_MODE_AUTHOR_ONLY, ""); /* an author in the text is no citation */
	cite(&d, "3", 2, "doe", NKC_MODE_NORMAL, "");
	cite(&d, "4", 2, "doe", NKC_MODE_NORMAL, ""); /* two clusters in one note */
	cite(&d, "5", 4, "doe", NKC_MODE_NORMAL, ""); /* note 3 has no citation: "ibid." would point at it */
	cite(&d, "6", 4, "roe", NKC_MODE_NORMAL, "");
	assert_str(text_of(&d, "3"), "ibid");
	assert_str(text_of(&d, "4"), "ibid");
	assert_str(text_of(&d, "5"), "near");
	assert_str(text_of(&d, "6"), "first");
	assert_int_equal(nkc_document_set_note(d.document, NKC_STR("5"), 3), NKC_OK);
	assert_str(text_of(&d, "5"), "ibid");
	close_desk(&d);
}

static void a_given_position_counts(void **state)
{
	static const char *const wanted[] = { "first", "later", "ibid", "ibid+" };
	desk d;
	(void)state;
	open_desk(&d, POSITIONS);
	for (uint8_t position = 1; position <= 4; position++) {
		nkc_cite one;
		memset(&one, 0, sizeof one);
		one.id = NKC_STR("doe");
		one.position = position;
		nkc_cluster cluster = { .id = NKC_STR("1"), .note = 1, .cites = &one, .count = 1 };
		assert_int_equal(nkc_document_put_cluster(d.document, &cluster, NKC_STR("")), NKC_OK);
		assert_str(text_of(&d, "1"), wanted[position - 1]);
	}
	close_desk(&d);
}

/* --- the bibliography --- */

static nkc_status add_id(void *data, nkc_str id, nkc_str text)
{
	nkc_buf_printf(data, "%.*s=%.*s ", NKC_STR_ARG(id), NKC_STR_ARG(text));
	return NKC_OK;
}

static void check_section(desk *d, const nkc_section *section, const char *wanted)
{
	nkc_buf out = NKC_BUF_INIT;
	assert_int_equal(nkc_document_section(d->document, section, add_id, &out), NKC_OK);
	assert_str(nkc_buf_str(&out), wanted);
	nkc_buf_release(&out);
}

static void uncite_all(desk *d)
{
	static const nkc_str ids[] = { NKC_STR_INIT("none"), NKC_STR_INIT("roe"), NKC_STR_INIT("doe"),
		                       NKC_STR_INIT("ed"),   NKC_STR_INIT("doe2") };
	assert_int_equal(nkc_document_set_uncited(d->document, ids, 5), NKC_OK);
}

static void sections_are_filtered(void **state)
{
	static const nkc_test book = { NKC_STR_INIT("type"), NKC_STR_INIT("book"), NKC_TEST_IS };
	static const nkc_test word = { NKC_STR_INIT("keyword"), NKC_STR_INIT("x"), NKC_TEST_IS };
	static const nkc_test authored = { NKC_STR_INIT("author"), NKC_STR_INIT(""), NKC_TEST_PRESENT };
	static const nkc_test orphan = { NKC_STR_INIT("author"), NKC_STR_INIT(""), NKC_TEST_ABSENT };
	const nkc_test books_with_author[] = { book, authored }, wordy[] = { word };
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>" BY_TITLE));
	uncite_all(&d);
	check_section(&d, &(nkc_section){ NKC_SECTION_INCLUDE, &book, 1, NULL, 0 }, "doe=Alpha doe2=Beta ed=Delta ");
	check_section(&d, &(nkc_section){ NKC_SECTION_EXCLUDE, &book, 1, NULL, 0 }, "none=Epsilon roe=Gamma ");
	check_section(&d, &(nkc_section){ NKC_SECTION_SELECT, books_with_author, 2, NULL, 0 }, "doe=Alpha doe2=Beta ");
	check_section(&d, &(nkc_section){ NKC_SECTION_INCLUDE, books_with_author, 2, wordy, 1 },
	              "doe2=Beta ed=Delta roe=Gamma ");
	check_section(&d, &(nkc_section){ NKC_SECTION_INCLUDE, &orphan, 1, NULL, 0 }, "ed=Delta none=Epsilon ");
	close_desk(&d);
}

/*
 * "subsequent-author-substitute": names are compared with those of the preceding entry, here of the section. A title
 * that stands in for the names is used up ("Substitute").
 */
static void a_section_replaces_names_of_its_own(void **state)
{
	static const nkc_test word = { NKC_STR_INIT("keyword"), NKC_STR_INIT("x"), NKC_TEST_IS };
	desk d;
	(void)state;
	open_desk(
		&d,
		STYLE("in-text",
	              "<citation>" AUTHOR_YEAR "</citation><bibliography "
	              "subsequent-author-substitute=\"---\"><sort><key variable=\"title\"/></sort>"
	              "<layout><text macro=\"author\" suffix=\" \"/><text variable=\"title\"/></layout></bibliography>"));
	uncite_all(&d);
	check_section(&d, &(nkc_section){ NKC_SECTION_EXCLUDE, NULL, 0, NULL, 0 },
	              "doe=<i>Doe</i> Alpha doe2=--- Beta ed=<i>Smith</i> Delta "
	              "none=\u201cEpsilon\u201d  roe=<i>Roe</i> and <i>Poe</i> Gamma ");
	check_section(&d, &(nkc_section){ NKC_SECTION_EXCLUDE, &word, 1, NULL, 0 },
	              "doe2=<i>Doe</i> Beta ed=<i>Smith</i> Delta none=\u201cEpsilon\u201d  "
	              "roe=<i>Roe</i> and <i>Poe</i> Gamma ");
	close_desk(&d);
}

static void the_order_of_input_does_not_matter_where_keys_differ(void **state)
{
	static const char *const orders[] = { "doe doe2 roe ed none", "none ed roe doe2 doe", "roe none doe ed doe2" };
	const nkc_section all = { NKC_SECTION_EXCLUDE, NULL, 0, NULL, 0 };
	(void)state;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		desk d;
		open_desk(&d, STYLE("in-text", "<citation><sort><key variable=\"issued\"/></sort>" AUTHOR_YEAR
		                    "</citation>" BY_TITLE));
		cite(&d, "1", 0, orders[i], NKC_MODE_NORMAL, "");
		assert_str(text_of(&d, "1"), "(<i>Doe</i> 1999; <i>Doe</i> 2001; <i>Roe</i> and <i>Poe</i> 2005; "
		           "<i>Smith</i> 2006; \u201cEpsilon\u201d 2007)");
		check_section(&d, &all, "doe=Alpha doe2=Beta ed=Delta none=Epsilon roe=Gamma ");
		close_desk(&d);
	}
}

/* "Items without a value for a key are placed at the end, both for ascending and descending sorts." */
static void empty_keys_come_last(void **state)
{
	static const char *const directions[][2] = { { "ascending", "doe=Alpha roe=Gamma none=Epsilon " },
		                                     { "descending", "roe=Gamma doe=Alpha none=Epsilon " } };
	const nkc_section all = { NKC_SECTION_EXCLUDE, NULL, 0, NULL, 0 };
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		desk d;
		nkc_buf style = NKC_BUF_INIT;
		nkc_buf_printf(
			&style,
			STYLE("in-text",
		              "<citation>" AUTHOR_YEAR "</citation><bibliography><sort>"
		              "<key variable=\"author\" sort=\"%s\"/></sort><layout><text variable=\"title\"/></layout>"
		              "</bibliography>"),
			directions[i][0]);
		open_desk(&d, style.ptr);
		cite(&d, "1", 0, "none roe doe", NKC_MODE_NORMAL, "");
		check_section(&d, &all, directions[i][1]);
		close_desk(&d);
		nkc_buf_release(&style);
	}
}

/* What was listed as it came is sorted when that is asked for again. */
static void unsorted_items_are_sorted_again(void **state)
{
	const nkc_section all = { NKC_SECTION_EXCLUDE, NULL, 0, NULL, 0 };
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>" BY_TITLE));
	cite(&d, "1", 0, "none roe doe", NKC_MODE_NORMAL, "");
	nkc_document_set_unsorted(d.document, true);
	check_section(&d, &all, "none=Epsilon roe=Gamma doe=Alpha ");
	nkc_document_set_unsorted(d.document, false);
	check_section(&d, &all, "doe=Alpha none=Epsilon roe=Gamma ");
	close_desk(&d);
}

/* --- telling cites apart and collapsing them (specification, "Disambiguation", "Cite Collapsing") --- */

static void put_clashing(desk *d)
{
	put_item(
		d,
		"{\"id\":\"a\",\"type\":\"book\",\"title\":\"A\",\"author\":[{\"family\":\"Doe\",\"given\":\"A.\"}],"
		"\"issued\":\"2000\"}");
	put_item(
		d,
		"{\"id\":\"b\",\"type\":\"book\",\"title\":\"B\",\"author\":[{\"family\":\"Doe\",\"given\":\"A.\"}],"
		"\"issued\":\"2000\"}");
	put_item(
		d,
		"{\"id\":\"c\",\"type\":\"book\",\"title\":\"C\",\"author\":[{\"family\":\"Doe\",\"given\":\"A.\"}],"
		"\"issued\":\"2000\"}");
	put_item(
		d,
		"{\"id\":\"d\",\"type\":\"book\",\"title\":\"D\",\"author\":[{\"family\":\"Doe\",\"given\":\"A.\"}],"
		"\"issued\":\"2001\"}");
}

static void years_collapse_as_the_style_says(void **state)
{
	static const struct {
		const char *attributes, *wanted;
	} cases[] = {
		/* the specification's forms: "(Doe 2000a, Doe 2000b)" becomes "(Doe 2000a, 2000b)", "(Doe 2000a, b)" */
		{ "", "(<i>Doe</i> 2000a; <i>Doe</i> 2000b; <i>Doe</i> 2000c; <i>Doe</i> 2001)" },
		{ "collapse=\"year\"", "(<i>Doe</i> 2000a, 2000b, 2000c, 2001)" },
		{ "collapse=\"year-suffix\" year-suffix-delimiter=\",\"", "(<i>Doe</i> 2000a,b,c, 2001)" },
		{ "collapse=\"year-suffix-ranged\" year-suffix-delimiter=\",\"",
		  "(<i>Doe</i> 2000a\u2013c, 2001)" },
		{ "collapse=\"year\" cite-group-delimiter=\" + \"",
		  "(<i>Doe</i> 2000a + 2000b + 2000c + 2001)" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		desk d;
		nkc_buf style = NKC_BUF_INIT;
		nkc_buf_printf(&style,
		               STYLE("in-text",
		                     "<citation disambiguate-add-year-suffix=\"true\" %s>" AUTHOR_YEAR
		                     "</citation>" BY_TITLE),
		               cases[i].attributes);
		open_desk(&d, style.ptr);
		put_clashing(&d);
		cite(&d, "1", 0, "a b c d", NKC_MODE_NORMAL, "");
		assert_str(text_of(&d, "1"), cases[i].wanted);
		close_desk(&d);
		nkc_buf_release(&style);
	}
}

/* "[1], [2], [3], [5]" is "[1]-[3], [5]": ranges begin with three. */
static void numbers_collapse_to_ranges(void **state)
{
	desk d;
	(void)state;
	open_desk(
		&d,
		STYLE("in-text",
	              "<citation collapse=\"citation-number\"><sort><key variable=\"citation-number\"/></sort>"
	              "<layout prefix=\"[\" suffix=\"]\" delimiter=\", \"><text variable=\"citation-number\"/></layout>"
	              "</citation><bibliography><layout><text variable=\"title\"/></layout></bibliography>"));
	cite(&d, "1", 0, "doe doe2 roe ed none", NKC_MODE_NORMAL, "");
	cite(&d, "2", 0, "none doe2 doe", NKC_MODE_NORMAL, "");
	cite(&d, "3", 0, "ed roe doe2 doe", NKC_MODE_NORMAL, "");
	assert_str(text_of(&d, "1"), "[1\u20135]");
	assert_str(text_of(&d, "2"), "[1, 2, 5]");
	assert_str(text_of(&d, "3"), "[1\u20134]");
	close_desk(&d);
}

/* Year suffixes follow the bibliography, not the order of citation. */
static void suffixes_follow_the_bibliography(void **state)
{
	desk d;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation disambiguate-add-year-suffix=\"true\">" AUTHOR_YEAR
	                               "</citation>" BY_TITLE));
	put_clashing(&d);
	cite(&d, "1", 0, "c", NKC_MODE_NORMAL, "");
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 2000)");
	cite(&d, "2", 0, "a", NKC_MODE_NORMAL, "");
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 2000b)");
	assert_str(text_of(&d, "2"), "(<i>Doe</i> 2000a)");
	assert_int_equal(nkc_document_remove_cluster(d.document, NKC_STR("2")), NKC_OK);
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 2000)");
	close_desk(&d);
}

/* --- changes --- */

static void what_is_not_there_is_told(void **state)
{
	desk d;
	size_t count = 7;
	nkc_str id, text;
	(void)state;
	open_desk(&d, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>"));
	assert_int_equal(cite(&d, "1", 0, "doe later", NKC_MODE_NORMAL, ""), NKC_ENOTFOUND);
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 1999)");
	put_item(&d, "{\"id\":\"later\",\"type\":\"book\",\"title\":\"L\",\"issued\":\"2010\"}");
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 1999; \u201cL\u201d 2010)");
	assert_true(nkc_document_cluster_changed(d.document, 0));
	assert_int_equal(nkc_document_remove_item(d.document, NKC_STR("later")), NKC_OK);
	assert_str(text_of(&d, "1"), "(<i>Doe</i> 1999)");
	assert_int_equal(nkc_document_remove_item(d.document, NKC_STR("later")), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_remove_cluster(d.document, NKC_STR("2")), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_move_cluster(d.document, NKC_STR("2"), NKC_STR("1")), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_set_note(d.document, NKC_STR("2"), 1), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_find_cluster(d.document, NKC_STR("2"), &count), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_cluster(d.document, 1, &id, &text), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_entry_count(d.document, &count), NKC_ENOTFOUND);
	assert_int_equal(nkc_document_entry(d.document, 0, &id, &text), NKC_ENOTFOUND);
	close_desk(&d);
}

static void rendering_twice_gives_the_same(void **state)
{
	desk a, b;
	(void)state;
	open_desk(&a, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>" BY_TITLE));
	open_desk(&b, STYLE("in-text", "<citation>" AUTHOR_YEAR "</citation>" BY_TITLE));
	cite(&a, "1", 0, "doe roe:3 none", NKC_MODE_NORMAL, "");
	cite(&b, "1", 0, "doe roe:3 none", NKC_MODE_NORMAL, "");
	assert_true(nkc_str_eq(text_of(&a, "1"), text_of(&b, "1")));
	nkc_document_set_unsorted(a.document, true); /* all is made again */
	nkc_document_set_unsorted(a.document, false);
	assert_true(nkc_str_eq(text_of(&a, "1"), text_of(&b, "1")));
	assert_false(nkc_document_cluster_changed(a.document, 0));
	close_desk(&a);
	close_desk(&b);
}

/* --- bounds --- */

/* A title of a mebibyte that the style prints a thousand times. */
static void a_text_without_end_is_stopped(void **state)
{
	desk d;
	nkc_buf style = NKC_BUF_INIT, item = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(
		&style,
		"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\"><info><title>T"
		"</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>");
	nkc_buf_puts(&style, "<macro name=\"m0\"><text variable=\"title\"/></macro>");
	for (unsigned level = 1; level < 4; level++) {
		nkc_buf_printf(&style, "<macro name=\"m%u\">", level);
		for (unsigned i = 0; i < 10; i++)
			nkc_buf_printf(&style, "<text macro=\"m%u\"/>", level - 1);
		nkc_buf_puts(&style, "</macro>");
	}
	nkc_buf_puts(&style, "<citation><layout><text macro=\"m3\"/></layout></citation></style>");
	nkc_buf_puts(&item, "{\"id\":\"long\",\"type\":\"book\",\"title\":\"");
	for (unsigned i = 0; i < 1 << 17; i++)
		nkc_buf_puts(&item, "12345678");
	nkc_buf_puts(&item, "\"}");
	open_desk(&d, style.ptr);
	put_item(&d, item.ptr);
	nkc_diags_clear(d.diags);
	cite(&d, "1", 0, "long", NKC_MODE_NORMAL, "");
	nkc_str text = text_of(&d, "1");
	assert_in_range(text.len, 1 << 20, 32 << 20);
	assert_int_equal(nkc_diags_count(d.diags), 1);
	assert_int_equal(nkc_diags_at(d.diags, 0)->code, NKC_CODE_STYLE_LIMIT);
	close_desk(&d);
	nkc_buf_release(&style);
	nkc_buf_release(&item);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(authors_alone_and_citations_without_them),
		cmocka_unit_test(a_suppressed_author_stands_with_its_group),
		cmocka_unit_test(a_sort_leaves_the_named_author),
		cmocka_unit_test(numbers_stand_for_the_author),
		cmocka_unit_test(intext_renders_the_author),
		cmocka_unit_test(positions_follow_the_specification),
		cmocka_unit_test(notes_and_text_are_placed_apart),
		cmocka_unit_test(a_given_position_counts),
		cmocka_unit_test(sections_are_filtered),
		cmocka_unit_test(a_section_replaces_names_of_its_own),
		cmocka_unit_test(the_order_of_input_does_not_matter_where_keys_differ),
		cmocka_unit_test(empty_keys_come_last),
		cmocka_unit_test(unsorted_items_are_sorted_again),
		cmocka_unit_test(years_collapse_as_the_style_says),
		cmocka_unit_test(numbers_collapse_to_ranges),
		cmocka_unit_test(suffixes_follow_the_bibliography),
		cmocka_unit_test(what_is_not_there_is_told),
		cmocka_unit_test(rendering_twice_gives_the_same),
		cmocka_unit_test(a_text_without_end_is_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
