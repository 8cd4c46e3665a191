/*
 * Styles and locale files against the schema (csl.rnc of CSL 1.0.2): what is valid has no finding, and a fault is told at its
 * place. The verdicts are those that jing gives with the published schema.
 */
#include "support/unit.h"

#include "csl/schema.h"

#include <nkcite/style.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define NS "xmlns='http://purl.org/net/xbiblio/csl' "
#define INFO \
	"<info><title>X</title><id>x</id><updated>2012-08-30T22:48:28+00:00</updated></info>"
#define STYLE(body) "<style " NS "class='in-text' version='1.0'>" INFO "\n" body "</style>"
#define CITATION "<citation><layout><text variable='title'/></layout></citation>"
#define LAYOUT(elements) STYLE("<citation><layout>\n" elements "</layout></citation>")
#define TERM(term) STYLE("<locale><terms>\n" term "</terms></locale>" CITATION)

static char findings[2048]; /* "code@line:column code@line:column" */

static void note_finding(void *context, const nkc_diag *diag)
{
	size_t len = strlen(findings);
	(void)context;
	snprintf(findings + len, sizeof findings - len, "%s%s@%u:%u", len ? " " : "",
	         nkc_code_get(diag->code)->name, (unsigned)diag->from.line, (unsigned)diag->from.column);
}

static nkc_status check(const char *xml)
{
	nkc_diags *diags = nkc_diags_new();
	findings[0] = '\0';
	nkc_diags_set_sink(diags, note_finding, NULL);
	nkc_status status = nkc_style_check(nkc_str_from(xml), NKC_STR("x.csl"), diags);
	nkc_diags_free(diags);
	return status;
}

static void what_the_schema_allows_has_no_finding(void **state)
{
	static const char *const texts[] = {
		STYLE(CITATION),
		LAYOUT("<names variable='author editor'><label/><name and='text'/><et-al term='and others'/></names>"),
		LAYOUT("<names variable='author'><name/><label form='verb'/><substitute><names variable='editor'/>"
		       "<text variable='title'/></substitute></names>"),
		LAYOUT("<date variable='issued' form='text' date-parts='year'><date-part name='month' form='short'/></date>"),
		LAYOUT("<date variable='issued' delimiter=' '><date-part name='day' form='ordinal' prefix=' '/></date>"),
		LAYOUT("<choose><if type='book chapter' match='any'/><else><text value=''/></else></choose>"),
		LAYOUT("<text term='page' form='short' plural=' true '/>"),
		LAYOUT("<label variable='locator' form='symbol' plural='never'/>"),
		TERM("<term name='page'><single>p.</single><multiple>pp.</multiple></term>"),
		TERM("<term name='ordinal-01' gender-form='feminine' match='whole-number'>re</term>"),
		TERM("<term name='month-01' gender='masculine'>janvier</term>"),
		TERM("<term name='long-ordinal-01' gender-form='feminine'>premi&#232;re</term>"),
		"<style " NS "version='1.0' default-locale='de-AT'><info><id>x</id><title>X</title>"
		"<link rel='independent-parent' href='http://www.zotero.org/styles/apa'/>"
		"<updated>2012-08-30T22:48:28Z</updated></info></style>",
		"<locale " NS "version='1.0' xml:lang='de'><style-options/><date form='text'><date-part name='year'/></date>"
		"<terms><term name='and'>und</term></terms></locale>",
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		nkc_status status = check(texts[i]);
		assert_string_equal(findings, "");
		assert_int_equal(status, NKC_OK);
	}
	(void)state;
}

typedef struct fault_case {
	const char *xml;
	const char *findings;
} fault_case;

static void check_cases(const fault_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		nkc_status status = check(cases[i].xml);
		assert_string_equal(findings, cases[i].findings);
		assert_int_equal(status, NKC_EINVALID);
	}
}

static void a_wrong_attribute_is_told_at_its_place(void **state)
{
	static const fault_case cases[] = {
		{ LAYOUT("<text variable='titel'/>"), "style/unknown-variable@3:7" },
		{ LAYOUT("<text variable='author'/>"), "style/unknown-variable@3:7" },
		{ LAYOUT("<number variable='title'/>"), "style/unknown-variable@3:9" },
		{ LAYOUT("<text term='pages'/>"), "style/unknown-term@3:7" },
		{ LAYOUT("<text variable='title' plural='true'/>"), "style/unknown-attribute@3:24" },
		{ LAYOUT("<text variable='title' form='symbol'/>"), "style/bad-value@3:24" },
		{ LAYOUT("<text value='a' term='page'/>"), "style/unknown-attribute@3:7" },
		{ LAYOUT("<text prefix='a'/>"), "style/missing-attribute@3:1" },
		{ LAYOUT("<text value='a' xmlns:x='y' x:b='c'/>"), "style/unknown-attribute@3:29" },
		{ LAYOUT("<label variable='page' form='verb'/>"), "style/bad-value@3:24" },
		{ LAYOUT("<choose><if type='boook'/></choose>"), "style/unknown-type@3:13" },
		{ LAYOUT("<choose><if match='any'/></choose>"), "style/missing-attribute@3:9" },
		{ LAYOUT("<choose><if disambiguate='false'/></choose>"), "style/bad-value@3:13" },
		{ LAYOUT("<choose><if position='last'/></choose>"), "style/bad-value@3:13" },
		{ LAYOUT("<date variable='issued' form='text' delimiter=' '/>"), "style/unknown-attribute@3:37" },
		{ LAYOUT("<date variable='issued' form='text'><date-part name='day' prefix=' '/></date>"),
		  "style/unknown-attribute@3:59" },
		{ LAYOUT("<date variable='issued'><date-part name='day' strip-periods='true'/></date>"),
		  "style/unknown-attribute@3:47" },
		{ LAYOUT("<names variable='author'><name et-al-min='many'/></names>"), "style/bad-value@3:32" },
		{ TERM("<term name='ordinal-1'>x</term>"), "style/unknown-term@3:7" },
		{ TERM("<term name='and' gender='feminine'>x</term>"), "style/unknown-term@3:7" },
		{ TERM("<term name='page' match='last-digit'>x</term>"), "style/unknown-term@3:7" },
		{ TERM("<term name='page' gender='feminine' form='short'>x</term>"), "style/bad-value@3:37" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void a_wrong_element_is_told_at_its_place(void **state)
{
	static const fault_case cases[] = {
		{ LAYOUT("<group/>"), "style/empty@3:1" },
		{ LAYOUT("<text value='a'/><institution/>"), "style/unknown-element@3:18" },
		{ LAYOUT("<text value='a'/><x:text xmlns:x='y'/>"), "style/unknown-element@3:18" },
		{ LAYOUT("<group>In: <text value='a'/></group>"), "style/text@3:1" },
		{ LAYOUT("<group><text value='a'/> end</group>"), "style/text@3:1" },
		{ LAYOUT("<text value='a'>b</text>"), "style/text@3:1" },
		{ LAYOUT("<names variable='author'><et-al/><name/></names>"), "style/element-order@3:34" },
		{ LAYOUT("<names variable='author'><name/><name/></names>"), "style/element-order@3:33" },
		{ LAYOUT("<names variable='author'><substitute><text value='a'/></substitute><label/></names>"),
		  "style/element-order@3:68" },
		{ LAYOUT("<names variable='author'><substitute/></names>"), "style/empty@3:26" },
		{ LAYOUT("<choose><else><text value='a'/></else></choose>"), "style/missing-element@3:1" },
		{ LAYOUT("<date variable='issued'/>"), "style/missing-element@3:1" },
		{ TERM("<term name='page'><single>p.</single></term>"), "style/missing-element@3:1" },
		{ STYLE("<citation>\n<layout><text value='a'/></layout><sort><key variable='title'/></sort></citation>"),
		  "style/element-order@3:35" },
		{ STYLE(CITATION CITATION), "style/element-order@2:63" },
		{ STYLE("<macro name='a b'><text value='a'/></macro>" CITATION), "style/bad-value@2:8" },
		{ LAYOUT("<text macro='b'/>"), "style/missing-macro@3:7" },
		{ STYLE("<macro name='a'>\n<text macro='a'/></macro>" CITATION), "style/macro-cycle@3:7" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void info_and_roots_are_checked(void **state)
{
	static const fault_case cases[] = {
		{ "<style " NS "class='in-text' version='1.0'>" CITATION "</style>", "style/missing-element@1:1" },
		{ "<style " NS "class='in-text' version='1.1'>" INFO CITATION "</style>", "style/bad-value@1:64" },
		{ "<style " NS "class='in-text'>" INFO CITATION "</style>", "style/missing-attribute@1:1" },
		{ "<style " NS "class='in-text' version='1.0'>" INFO "</style>", "style/missing-element@1:1" },
		{ "<style class='in-text' version='1.0'>" INFO CITATION "</style>", "style/not-csl@1:1" },
		{ "<style " NS "class='in-text' version='1.0'><info><title>X</title><id>x</id>"
		  "<updated>2012-02-30T00:00:00Z</updated></info>" CITATION "</style>",
		  "style/bad-value@1:110" },
		{ "<locale " NS "version='1.0'><style-options/><date form='text'><date-part name='year'/></date>"
		  "<terms><term name='and'>und</term></terms></locale>",
		  "style/missing-attribute@1:1" },
	};
	check_cases(cases, COUNT(cases));
	(void)state;
}

static void what_is_no_xml_has_one_finding(void **state)
{
	assert_int_equal(check("<style>\n<info></style>"), NKC_ESYNTAX);
	assert_string_equal(findings, "style/xml@2:15");
	(void)state;
}

/* XML Schema, part 2; the borders of each type. */
static void values_have_their_types(void **state)
{
	static const struct {
		csl_datatype data;
		const char *value;
		bool fits;
	} cases[] = {
		{ CSL_DATA_BOOLEAN, "1", true },
		{ CSL_DATA_BOOLEAN, "True", false },
		{ CSL_DATA_INTEGER, "-03", true },
		{ CSL_DATA_INTEGER, "+", false },
		{ CSL_DATA_INTEGER, "", false },
		{ CSL_DATA_COUNT, "-0", true },
		{ CSL_DATA_COUNT, "-1", false },
		{ CSL_DATA_POSITIVE, "0", false },
		{ CSL_DATA_POSITIVE, "+10", true },
		{ CSL_DATA_NMTOKEN, "a.b-c:d_1", true },
		{ CSL_DATA_NMTOKEN, "a b", false },
		{ CSL_DATA_LANGUAGE, "sr-Latn-RS", true },
		{ CSL_DATA_LANGUAGE, "de_DE", false },
		{ CSL_DATA_LANGUAGE, "en-", false },
		{ CSL_DATA_LANGUAGE, "123", false },
		{ CSL_DATA_URI, "http://a.b/c d", true },
		{ CSL_DATA_URI, "a%zb", false },
		{ CSL_DATA_URI, "a#b#c", false },
		{ CSL_DATA_URI, "1a:b", false },
		{ CSL_DATA_URI, "", true },
		{ CSL_DATA_DATE_TIME, "2012-08-30T22:48:28.472+02:00", true },
		{ CSL_DATA_DATE_TIME, "2012-02-29T24:00:00.0", true },
		{ CSL_DATA_DATE_TIME, "2013-02-29T00:00:00", false },
		{ CSL_DATA_DATE_TIME, "2012-08-30T24:00:01Z", false },
		{ CSL_DATA_DATE_TIME, "2012-08-30", false },
		{ CSL_DATA_DATE_TIME, "2012-08-30T22:48:28+14:01", false },
		{ CSL_DATA_ISSN, "1234-567X", true },
		{ CSL_DATA_ISSN, " 1234-5678", false },
		{ CSL_DATA_ISSN, "12345678", false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (csl_schema_fits(cases[i].data, NULL, nkc_str_from(cases[i].value)) != cases[i].fits)
			fail_msg("\"%s\"", cases[i].value);
	}
	assert_true(csl_schema_fits(CSL_DATA_WORD, "et-al|and others", NKC_STR(" and  others ")));
	assert_false(csl_schema_fits(CSL_DATA_WORD, "et-al|and others", NKC_STR("and")));
	assert_true(csl_schema_fits(CSL_DATA_WORDS, "a|b", NKC_STR(" b  a ")));
	assert_false(csl_schema_fits(CSL_DATA_WORDS, "a|b", NKC_STR(" ")));
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_schema_allows_has_no_finding),
		cmocka_unit_test(a_wrong_attribute_is_told_at_its_place),
		cmocka_unit_test(a_wrong_element_is_told_at_its_place),
		cmocka_unit_test(info_and_roots_are_checked),
		cmocka_unit_test(what_is_no_xml_has_one_finding),
		cmocka_unit_test(values_have_their_types),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
