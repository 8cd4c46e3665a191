/*
 * What the rendering elements make of an item: names, numbers, page ranges, dates, case, quotes and punctuation. Expected
 * texts are the specification's examples, or what its sentences ask for.
 */
#include "support/unit.h"

#include <nkcite/nkcite.h>

/* Renders one entry of a bibliography with that layout. */
static void check(const char *attributes, const char *layout, const char *item, const char *wanted)
{
	nkc_buf xml = NKC_BUF_INIT, json = NKC_BUF_INIT;
	nkc_diags *diags = nkc_diags_new();
	nkc_arena *arena = nkc_arena_new();
	nkc_locales *locales = NULL;
	nkc_style *style = NULL;
	nkc_document *document = NULL;
	nkc_value *value = NULL;
	nkc_str id, text = NKC_STR("");
	nkc_buf_printf(
		&xml,
		"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\" %s><info>"
		"<title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
		"<citation><layout><text variable=\"title\"/></layout></citation>"
		"<bibliography><layout>%s</layout></bibliography></style>",
		attributes, layout);
	nkc_buf_printf(&json, "{\"id\":\"1\",\"type\":\"book\",%s}", item);
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	assert_int_equal(nkc_style_parse(&style, nkc_buf_str(&xml), NKC_STR("style"), diags), NKC_OK);
	assert_int_equal(nkc_document_new(&document, style, locales, NKC_STR(""),
	                                  nkc_markup_find(NKC_STR("html")), diags),
	                 NKC_OK);
	assert_int_equal(nkc_value_parse(&value, arena, nkc_buf_str(&json), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_document_put_object(document, value), NKC_OK);
	assert_int_equal(nkc_document_set_uncited(document, &(nkc_str){ "1", 1 }, 1), NKC_OK);
	if (*wanted)
		assert_int_equal(nkc_document_entry(document, 0, &id, &text), NKC_OK);
	else
		assert_int_equal(nkc_document_entry(document, 0, &id, &text), NKC_ENOTFOUND);
	assert_str(text, wanted);
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_locales_close(locales);
	nkc_arena_free(arena);
	nkc_diags_free(diags);
	nkc_buf_release(&xml);
	nkc_buf_release(&json);
}

/* --- page ranges (Appendix V) --- */

static void page_ranges_are_abbreviated(void **state)
{
	static const struct {
		const char *format, *pages, *wanted;
	} cases[] = {
		{ "minimal", "42-45", "42\u20135" },
		{ "minimal", "321-328", "321\u20138" },
		{ "minimal", "2787-2816", "2787\u2013816" },
		{ "minimal-two", "42-45", "42\u201345" },
		{ "minimal-two", "321-328", "321\u201328" },
		{ "expanded", "42-5", "42\u201345" },
		{ "expanded", "321-28", "321\u2013328" },
		{ "chicago-15", "3-10", "3\u201310" },        /* less than 100: all digits */
		{ "chicago-15", "71-72", "71\u201372" },
		{ "chicago-15", "100-104", "100\u2013104" },  /* 100 or a multiple of 100: all digits */
		{ "chicago-15", "1100-1113", "1100\u20131113" },
		{ "chicago-15", "107-108", "107\u20138" },    /* 101 to 109: the changed part only */
		{ "chicago-15", "1002-1003", "1002\u20133" },
		{ "chicago-15", "321-325", "321\u201325" },   /* 110 to 199: two digits, more if needed */
		{ "chicago-15", "415-532", "415\u2013532" },
		{ "chicago-15", "11564-11568", "11564\u201368" },
		{ "chicago-15", "13792-13803", "13792\u2013803" },
		{ "chicago-15", "1496-1504", "1496\u20131504" }, /* if three of four digits change: all of them */
		{ "chicago-15", "2787-2816", "2787\u20132816" },
		{ "chicago-16", "92-113", "92\u2013113" },
		{ "chicago-16", "1496-1500", "1496\u2013500" },
		{ "chicago-16", "2787-2816", "2787\u2013816" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char attributes[64], item[64];
		snprintf(attributes, sizeof attributes, "page-range-format=\"%s\"", cases[i].format);
		snprintf(item, sizeof item, "\"page\":\"%s\"", cases[i].pages);
		check(attributes, "<text variable=\"page\"/>", item, cases[i].wanted);
	}
	check("", "<text variable=\"page\"/>", "\"page\":\"22-45\"",
	      "22\u201345"); /* without a format as they are, with the dash */
}

/* --- numbers ("Number", "Ordinal Suffixes", "Label") --- */

static void numbers_have_forms(void **state)
{
	static const struct {
		const char *form, *number, *wanted;
	} cases[] = {
		{ "numeric", "3", "3" },        { "numeric", "2 ,3", "2, 3" },    { "numeric", "2 &3", "2 &amp; 3" },
		{ "roman", "4", "iv" },         { "roman", "1994", "mcmxciv" },   { "ordinal", "1", "1st" },
		{ "ordinal", "2", "2nd" },      { "ordinal", "3", "3rd" },        { "ordinal", "11", "11th" },
		{ "ordinal", "12", "12th" },    { "ordinal", "13", "13th" },      { "ordinal", "21", "21st" },
		{ "ordinal", "111", "111th" },  { "ordinal", "122", "122nd" },    { "long-ordinal", "1", "first" },
		{ "long-ordinal", "10", "tenth" }, { "long-ordinal", "11", "11th" }, { "ordinal", "second", "second" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char layout[96], item[64];
		snprintf(layout, sizeof layout, "<number variable=\"edition\" form=\"%s\"/>", cases[i].form);
		snprintf(item, sizeof item, "\"edition\":\"%s\"", cases[i].number);
		check("", layout, item, cases[i].wanted);
	}
}

static void labels_agree_in_number(void **state)
{
	static const struct {
		const char *pages, *wanted;
	} cases[] = { { "5", "p. 5" },
		      { "5-7", "pp. 5\u20137" },
		      { "5, 7", "pp. 5, 7" },
		      { "5 & 7", "pp. 5 &amp; 7" } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char item[64];
		snprintf(item, sizeof item, "\"page\":\"%s\"", cases[i].pages);
		check("",
		      "<group delimiter=\" \"><label variable=\"page\" form=\"short\"/><text variable=\"page\"/></group>",
		      item, cases[i].wanted);
	}
	/* "number-of-pages" and "number-of-volumes": plural when the number is more than one */
	check("", "<number variable=\"number-of-volumes\"/><label variable=\"number-of-volumes\" prefix=\" \"/>",
	      "\"number-of-volumes\":\"1\"", "1 volume");
	check("", "<number variable=\"number-of-volumes\"/><label variable=\"number-of-volumes\" prefix=\" \"/>",
	      "\"number-of-volumes\":\"3\"", "3 volumes");
	/* "is-numeric": "2nd edition" is not */
	check("",
	      "<choose><if is-numeric=\"edition\"><text value=\"yes\"/></if><else><text value=\"no\"/></else></choose>",
	      "\"edition\":\"2nd\"", "yes");
	check("",
	      "<choose><if is-numeric=\"edition\"><text value=\"yes\"/></if><else><text value=\"no\"/></else></choose>",
	      "\"edition\":\"second edition\"", "no");
}

/* --- names ("Name", "Name-part Order", "Et-al") --- */

#define AUTHORS(...) "\"author\":[" __VA_ARGS__ "]"
#define NAME(given, family) "{\"given\":\"" given "\",\"family\":\"" family "\"}"
#define FONTAINE                                                                                                     \
	AUTHORS("{\"given\":\"Jean\",\"dropping-particle\":\"de\",\"non-dropping-particle\":\"La\","                  \
	        "\"family\":\"Fontaine\",\"suffix\":\"III\"}")

static void name_parts_stand_in_order(void **state)
{
	static const char inverted[] = "<names variable=\"author\"><name name-as-sort-order=\"all\"/></names>";
	(void)state;
	check("", "<names variable=\"author\"/>", FONTAINE, "Jean de La Fontaine III");
	check("demote-non-dropping-particle=\"never\"", inverted, FONTAINE, "La Fontaine, Jean de, III");
	check("demote-non-dropping-particle=\"sort-only\"", inverted, FONTAINE, "La Fontaine, Jean de, III");
	check("demote-non-dropping-particle=\"display-and-sort\"", inverted, FONTAINE, "Fontaine, Jean de La, III");
	check("", "<names variable=\"author\"><name form=\"short\"/></names>", FONTAINE, "La Fontaine");
	check("", inverted, AUTHORS("{\"family\":\"\xe6\xaf\x9b\",\"given\":\"\xe6\xb3\xbd\xe4\xb8\x9c\"}"),
	      "\xe6\xaf\x9b\xe6\xb3\xbd\xe4\xb8\x9c"); /* family name first, no space */
	check("", inverted, AUTHORS("{\"literal\":\"United Nations\"}"), "United Nations");
}

static void given_names_are_initialized(void **state)
{
	(void)state;
	check("", "<names variable=\"author\"><name initialize-with=\". \"/></names>",
	      AUTHORS(NAME("James T.", "Kirk")), "J. T. Kirk");
	check("", "<names variable=\"author\"><name initialize-with=\"\"/></names>", AUTHORS(NAME("James T.", "Kirk")),
	      "JT Kirk");
	check("", "<names variable=\"author\"><name initialize-with=\". \" initialize=\"false\"/></names>",
	      AUTHORS(NAME("James T", "Kirk")), "James T. Kirk");
	check("", "<names variable=\"author\"><name initialize-with=\".\"/></names>",
	      AUTHORS(NAME("Jean-Luc", "Picard")), "J.-L. Picard");
	check("initialize-with-hyphen=\"false\"", "<names variable=\"author\"><name initialize-with=\".\"/></names>",
	      AUTHORS(NAME("Jean-Luc", "Picard")), "J.L. Picard");
}

static void names_are_joined(void **state)
{
	static const struct {
		const char *options, *two, *three;
	} cases[] = {
		/* the examples of delimiter-precedes-last */
		{ "and=\"text\"", "J. Doe and T. Shaw", "J. Doe, T. Shaw, and B. West" },
		{ "and=\"text\" delimiter-precedes-last=\"always\"", "J. Doe, and T. Shaw",
		  "J. Doe, T. Shaw, and B. West" },
		{ "and=\"text\" delimiter-precedes-last=\"never\"", "J. Doe and T. Shaw",
		  "J. Doe, T. Shaw and B. West" },
		{ "and=\"symbol\" delimiter=\"; \"", "J. Doe &amp; T. Shaw",
		  "J. Doe; T. Shaw; &amp; B. West" },
		{ "and=\"text\" name-as-sort-order=\"first\" delimiter-precedes-last=\"after-inverted-name\"",
		  "Doe, J., and T. Shaw", "Doe, J., T. Shaw and B. West" },
		{ "", "J. Doe, T. Shaw", "J. Doe, T. Shaw, B. West" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char layout[256];
		snprintf(layout, sizeof layout, "<names variable=\"author\"><name %s/></names>", cases[i].options);
		check("", layout, AUTHORS(NAME("J.", "Doe") "," NAME("T.", "Shaw")), cases[i].two);
		check("", layout, AUTHORS(NAME("J.", "Doe") "," NAME("T.", "Shaw") "," NAME("B.", "West")),
		      cases[i].three);
	}
}

static void long_lists_are_cut(void **state)
{
	static const struct {
		const char *options, *wanted;
	} cases[] = {
		{ "et-al-min=\"4\" et-al-use-first=\"1\"", "A A et al." },
		{ "et-al-min=\"4\" et-al-use-first=\"2\"", "A A, B B, et al." },
		{ "et-al-min=\"5\" et-al-use-first=\"1\"", "A A, B B, C C, D D" },
		{ "et-al-min=\"4\" et-al-use-first=\"2\" et-al-use-last=\"true\"", "A A, B B, \u2026 D D" },
		{ "et-al-min=\"4\" et-al-use-first=\"1\" delimiter-precedes-et-al=\"always\"", "A A, et al." },
		{ "et-al-min=\"4\" et-al-use-first=\"2\" delimiter-precedes-et-al=\"never\"", "A A, B B et al." },
		{ "form=\"count\" et-al-min=\"4\" et-al-use-first=\"2\"", "2" },
		{ "form=\"count\"", "4" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char layout[256];
		snprintf(layout, sizeof layout, "<names variable=\"author\"><name %s/></names>", cases[i].options);
		check("", layout,
		      AUTHORS(NAME("A", "A") "," NAME("B", "B") "," NAME("C", "C") "," NAME("D", "D")),
		      cases[i].wanted);
	}
}

/* "editor translator": identical lists are one, with the term editortranslator. */
static void the_same_editors_and_translators_are_named_once(void **state)
{
	(void)state;
	check("",
	      "<names variable=\"editor translator\" delimiter=\"; \"><name/><label prefix=\", \"/></names>",
	      "\"editor\":[" NAME("J.", "Doe") "],\"translator\":[" NAME("J.", "Doe") "]",
	      "J. Doe, editor &amp; translator");
	check("",
	      "<names variable=\"editor translator\" delimiter=\"; \"><name/><label form=\"short\" prefix=\", \"/></names>",
	      "\"editor\":[" NAME("J.", "Doe") "],\"translator\":[" NAME("A.", "Roe") "]",
	      "J. Doe, ed.; A. Roe, trans.");
}

/* --- case, quotes, punctuation ("Text-case", "Quotes", "Locale options") --- */

static void case_follows_the_specification(void **state)
{
	static const struct {
		const char *text_case, *title, *wanted;
	} cases[] = {
		{ "lowercase", "The DNA of X", "the dna of x" },
		{ "uppercase", "The dna", "THE DNA" },
		{ "capitalize-first", "the DNA of x", "The DNA of x" },
		{ "capitalize-all", "the DNA of x", "The DNA Of X" },
		{ "title", "the lord of the rings", "The Lord of the Rings" },
		{ "title", "a history: the end of it", "A History: The End of It" },
		{ "title", "the role of mRNA in cells", "The Role of mRNA in Cells" },
		{ "title", "what it is for", "What It Is For" },
		/* where the specification is silent, as citeproc-js */
		{ "title", "the 're-education of children", "The \u2019re-Education of Children" },
		{ "title", "why #betterposter matters", "Why #betterposter Matters" },
		{ "title", "the $\u03b4$ scorpii system", "The $\u03b4$ Scorpii System" },
		{ "title", "\u03b4 scorpii", "\u03b4 Scorpii" },
		{ "title", "views (on things and more)", "Views (on Things and More)" },
		{ "title", "@home with {the} family", "@home with {the} Family" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char layout[96], item[128];
		snprintf(layout, sizeof layout, "<text variable=\"title\" text-case=\"%s\"/>", cases[i].text_case);
		snprintf(item, sizeof item, "\"title\":\"%s\"", cases[i].title);
		check("", layout, item, cases[i].wanted);
	}
	/* only for English items */
	check("", "<text variable=\"title\" text-case=\"title\"/>",
	      "\"language\":\"fr\",\"title\":\"les mots et les choses\"", "les mots et les choses");
}

static void quotes_nest_and_take_punctuation_in(void **state)
{
	(void)state;
	check("", "<text variable=\"title\" quotes=\"true\"/>", "\"title\":\"A \\\"b\\\" c\"",
	      "\u201cA \u2018b\u2019 c\u201d");
	/* punctuation-in-quote of en-US */
	check("", "<text variable=\"title\" quotes=\"true\" suffix=\",\"/><text value=\" x\"/>", "\"title\":\"A\"",
	      "\u201cA,\u201d x");
	check("", "<text variable=\"title\" quotes=\"true\" suffix=\";\"/>", "\"title\":\"A\"", "\u201cA\u201d;");
	check("", "<text variable=\"title\" suffix=\".\"/>", "\"title\":\"Ends?\"", "Ends?");
	check("", "<text variable=\"title\" suffix=\".\"/><text value=\"b\" prefix=\".\"/>", "\"title\":\"A\"", "A.b");
	check("", "<text variable=\"title\" suffix=\".\"/><text value=\".\"/>", "\"title\":\"A\"", "A..");
	check("", "<text variable=\"title\" strip-periods=\"true\"/>", "\"title\":\"J. Chem. Phys.\"", "J Chem Phys");
	/* rich text flips inside the same font */
	check("", "<text variable=\"title\" font-style=\"italic\"/>", "\"title\":\"On <i>X</i> y\"",
	      "<i>On <span style=\"font-style:normal;\">X</span> y</i>");
}

/* --- dates ("Date") --- */

static void dates_have_forms(void **state)
{
	static const struct {
		const char *layout, *issued, *wanted;
	} cases[] = {
		{ "<date variable=\"issued\" form=\"text\"/>", "[[2014,11,3]]", "November 3, 2014" },
		{ "<date variable=\"issued\" form=\"text\" date-parts=\"year-month\"/>", "[[2014,11,3]]",
		  "November 2014" },
		{ "<date variable=\"issued\" form=\"text\" date-parts=\"year\"/>", "[[2014,11,3]]", "2014" },
		{ "<date variable=\"issued\" form=\"text\"/>", "[[2014,11]]", "November 2014" },
		{ "<date variable=\"issued\" form=\"numeric\"/>", "[[2014,11,3]]", "11/03/2014" },
		{ "<date variable=\"issued\"><date-part name=\"year\"/></date>", "[[-49]]", "49 BC" },
		{ "<date variable=\"issued\"><date-part name=\"year\"/></date>", "[[79]]", "79 AD" },
		{ "<date variable=\"issued\" form=\"text\"/>", "[[2008,11,3],[2008,11,5]]",
		  "November 3\u20135, 2008" },
		{ "<date variable=\"issued\" form=\"text\" date-parts=\"year\"/>", "[[2008],[2010]]",
		  "2008\u20132010" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char item[96];
		snprintf(item, sizeof item, "\"issued\":{\"date-parts\":%s}", cases[i].issued);
		check("", cases[i].layout, item, cases[i].wanted);
	}
}

/* "Group": implicitly acts as a conditional. */
static void groups_without_their_variables_say_nothing(void **state)
{
	static const char layout[] =
		"<text variable=\"title\"/><group><text value=\" by \"/><text variable=\"publisher\"/></group>";
	(void)state;
	check("", layout, "\"title\":\"A\"", "A");
	check("", layout, "\"title\":\"A\",\"publisher\":\"P\"", "A by P");
	check("", "<text variable=\"publisher\"/>", "\"title\":\"A\"", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_ranges_are_abbreviated),
		cmocka_unit_test(numbers_have_forms),
		cmocka_unit_test(labels_agree_in_number),
		cmocka_unit_test(name_parts_stand_in_order),
		cmocka_unit_test(given_names_are_initialized),
		cmocka_unit_test(names_are_joined),
		cmocka_unit_test(long_lists_are_cut),
		cmocka_unit_test(the_same_editors_and_translators_are_named_once),
		cmocka_unit_test(case_follows_the_specification),
		cmocka_unit_test(quotes_nest_and_take_punctuation_in),
		cmocka_unit_test(dates_have_forms),
		cmocka_unit_test(groups_without_their_variables_say_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
