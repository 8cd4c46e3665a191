/*
 * Locales: terms, dates and options by the fallback chain of the specification ("Locale Fallback", "Terms").
 */
#include "support/unit.h"

#include "base/mem.h"
#include "csl/locale.h"
#include "support/folder.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static nkc_diags *diags;
static nkc_style *style;
static nkc_locales *locales;
static nkc_arena *arena;
static char findings[512];

static void note_finding(void *context, const nkc_diag *diag)
{
	size_t len = strlen(findings);
	(void)context;
	snprintf(findings + len, sizeof findings - len, "%s%s", len ? " " : "",
	         nkc_code_get(diag->code)->name);
}

static int set_up(void **state)
{
	style = NULL;
	locales = NULL;
	arena = nkc_arena_new();
	diags = nkc_diags_new();
	findings[0] = '\0';
	if (!arena || !diags)
		return -1;
	nkc_diags_set_sink(diags, note_finding, NULL);
	return folder_enter(state);
}

static int tear_down(void **state)
{
	nkc_style_free(style);
	nkc_locales_close(locales);
	nkc_arena_free(arena);
	nkc_diags_free(diags);
	return folder_leave(state);
}

/* A style with these cs:locale elements and attributes of cs:style. */
static void make_style(const char *attrs, const char *elements)
{
	char text[8192];
	snprintf(
		text, sizeof text,
		"<style xmlns='http://purl.org/net/xbiblio/csl' class='note' version='1.0' %s><info><id>x</id><title>X</title></info>"
		"%s<citation><layout><text variable='title'/></layout></citation></style>",
		attrs, elements);
	nkc_style_free(style);
	assert_int_equal(nkc_style_parse(&style, nkc_str_from(text), NKC_STR(""), diags), NKC_OK);
}

/* A locale file in the folder of the test. */
static void make_file(const char *language, const char *content)
{
	char path[64], text[8192];
	snprintf(path, sizeof path, "locales-%s.xml", language);
	snprintf(text, sizeof text,
	         "<locale xmlns='http://purl.org/net/xbiblio/csl' version='1.0' xml:lang='%s'>%s</locale>",
	         language, content);
	folder_write(path, text);
}

static const csl_locale *resolve(const char *language)
{
	const csl_locale *locale;
	if (!style)
		make_style("", "");
	if (!locales)
		assert_int_equal(nkc_locales_open(&locales, ".", diags), NKC_OK);
	assert_int_equal(csl_locale_resolve(style, locales, nkc_str_from(language), arena, diags, &locale),
	                 NKC_OK);
	return locale;
}

static nkc_str term(const csl_locale *locale, const char *name, csl_form form, bool plural)
{
	nkc_str text;
	csl_term number = csl_term_find(nkc_str_from(name));
	assert_int_not_equal(number, CSL_TERM_NONE);
	return csl_locale_term(locale, number, form, plural, &text) ? text : NKC_STR("(none)");
}

static nkc_str long_term(const csl_locale *locale, const char *name)
{
	return term(locale, name, CSL_FORM_LONG, false);
}

/* --- names of terms and languages --- */

static void every_known_term_is_found_by_its_name(void **state)
{
	(void)state;
	for (csl_term i = CSL_TERM_NONE + 1; i < CSL_TERM_KNOWN; i++) {
		if (i != CSL_TERM_SUB_VERBO_SPACE)
			assert_int_equal(csl_term_find(csl_term_name(i)), i);
	}
	assert_int_equal(csl_term_find(NKC_STR("sub verbo")), CSL_TERM_SUB_VERBO);
	assert_int_equal(csl_term_find(NKC_STR("editon")), CSL_TERM_NONE);
	assert_int_equal(csl_term_find(NKC_STR("")), CSL_TERM_NONE);
	assert_str(csl_term_name(CSL_TERM_ET_AL), "et-al");
	assert_str(csl_term_name(CSL_TERM_KNOWN + 3), "");
}

static void ordinals_are_known_as_such(void **state)
{
	(void)state;
	assert_true(csl_term_is_ordinal(CSL_TERM_ORDINAL));
	assert_true(csl_term_is_ordinal(CSL_TERM_ORDINAL_00));
	assert_true(csl_term_is_ordinal(CSL_TERM_ORDINAL_99));
	assert_false(csl_term_is_ordinal(CSL_TERM_LONG_ORDINAL_01));
	assert_int_equal(CSL_TERM_ORDINAL_99 - CSL_TERM_ORDINAL_00, 99);
}

static void languages_are_written_as_rfc_5646_does(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "de", "de" },
		{ "DE_at", "de-AT" },
		{ " en-us ", "en-US" },
		{ "sr-latn-rs", "sr-Latn-RS" },
		{ "es-419", "es-419" },
		{ "en-US-x-sort-ja-alalc97", "en-US" },
		{ "de.UTF-8", "de" },
		{ "ca-ES@valencia", "ca-ES" },
		{ "bal-PK", "bal-PK" },
		{ "", "" },
		{ "C", "" },
		{ "x", "" },
		{ "english", "" },
		{ "../../etc/passwd", "" },
		{ "de-../x", "de" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_str(csl_language_normalize(arena, nkc_str_from(cases[i][0])), cases[i][1]);
}

/* --- what is compiled in --- */

static void english_is_at_hand_without_files(void **state)
{
	(void)state;
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	const csl_locale *en = resolve("");
	assert_str(en->language, "en-US");
	assert_string_equal(findings, "");
	assert_str(long_term(en, "et-al"), "et al.");
	assert_str(long_term(en, "month-05"), "May");
	assert_str(term(en, "page", CSL_FORM_SHORT, true), "pp.");
	assert_str(term(en, "editor", CSL_FORM_VERB, false), "edited by");
	assert_str(term(en, "section", CSL_FORM_SYMBOL, true), "\xc2\xa7\xc2\xa7");
	assert_str(long_term(en, "ordinal-02"), "nd");
	assert_true(en->punctuation_in_quote);
	assert_false(en->limit_day_ordinals_to_day_1);
	assert_true(en->has_date[0] && en->has_date[1]);
	assert_int_equal(en->dates[1].form, CSL_FORM_TEXT);
	assert_int_equal(en->dates[1].part_count, 3);
	assert_int_equal(en->dates[1].parts[0].name, CSL_MONTH);
	assert_str(en->dates[1].parts[1].format.suffix, ", ");
	assert_int_equal(en->dates[0].parts[0].form, CSL_FORM_NUMERIC_LEADING_ZEROS);
}

/* Every term of csl-terms.rnc that a processor asks for by itself must have a text. */
static void english_has_what_processors_ask_for(void **state)
{
	(void)state;
	static const csl_term wanted[] = {
		CSL_TERM_AND,
		CSL_TERM_AND_OTHERS,
		CSL_TERM_ET_AL,
		CSL_TERM_OPEN_QUOTE,
		CSL_TERM_CLOSE_QUOTE,
		CSL_TERM_OPEN_INNER_QUOTE,
		CSL_TERM_CLOSE_INNER_QUOTE,
		CSL_TERM_PAGE_RANGE_DELIMITER,
		CSL_TERM_AD,
		CSL_TERM_BC,
		CSL_TERM_SEASON_01,
		CSL_TERM_SEASON_04,
		CSL_TERM_MONTH_01,
		CSL_TERM_MONTH_12,
		CSL_TERM_ORDINAL,
		CSL_TERM_LONG_ORDINAL_01,
		CSL_TERM_LONG_ORDINAL_10,
		CSL_TERM_EDITORTRANSLATOR,
	};
	nkc_str text;
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	const csl_locale *en = resolve("en");
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_true(csl_locale_term(en, wanted[i], CSL_FORM_LONG, false, &text));
		assert_true(text.len > 0);
	}
}

/* --- the chain --- */

static void each_unit_comes_from_the_strongest_source(void **state)
{
	(void)state;
	make_file(
		"en-US",
		"<style-options punctuation-in-quote='true'/><terms><term name='in'>1</term><term name='at'>1</term>"
		"<term name='on'>1</term><term name='by'>1</term><term name='from'>1</term><term name='cited'>1</term>"
		"<term name='film'>1</term></terms>");
	make_file(
		"de-DE",
		"<terms><term name='in'>2</term><term name='at'>2</term><term name='on'>2</term><term name='by'>2</term>"
		"<term name='from'>2</term><term name='cited'>2</term></terms>");
	make_file(
		"de-AT",
		"<style-options punctuation-in-quote='false'/><terms><term name='in'>3</term><term name='at'>3</term>"
		"<term name='on'>3</term><term name='by'>3</term><term name='from'>3</term></terms>");
	make_style(
		"",
		"<locale xml:lang='de-AT'><terms><term name='in'>6</term></terms></locale>"
		"<locale><terms><term name='in'>4</term><term name='at'>4</term><term name='on'>4</term></terms></locale>"
		"<locale xml:lang='de'><terms><term name='in'>5</term><term name='at'>5</term></terms></locale>"
		"<locale xml:lang='de-DE'><terms><term name='from'>no</term></terms></locale>"
		"<locale xml:lang='fr'><terms><term name='by'>no</term></terms></locale>");
	const csl_locale *austrian = resolve("de-AT");
	assert_str(long_term(austrian, "in"), "6");
	assert_str(long_term(austrian, "at"), "5");
	assert_str(long_term(austrian, "on"), "4");
	assert_str(long_term(austrian, "by"), "3");
	assert_str(long_term(austrian, "from"), "3");
	assert_str(long_term(austrian, "cited"), "2");
	assert_str(long_term(austrian, "film"), "1");
	assert_str(long_term(austrian, "online"), "(none)");
	assert_false(austrian->punctuation_in_quote);
	const csl_locale *german = resolve("de");
	assert_str(german->language, "de-DE");
	assert_str(long_term(german, "in"), "5");
	assert_str(long_term(german, "from"), "no");
	assert_true(german->punctuation_in_quote);
	assert_string_equal(findings, "");
}

static void an_empty_term_ends_the_search(void **state)
{
	(void)state;
	make_file("en-US", "<terms><term name='and'>and</term><term name='at'>at</term></terms>");
	make_style("", "<locale><terms><term name='and'/><term name='at'></term></terms></locale>");
	const csl_locale *locale = resolve("");
	assert_str(long_term(locale, "and"), "");
	assert_str(long_term(locale, "at"), "");
}

static void locales_come_before_forms(void **state)
{
	(void)state;
	make_file(
		"en-US",
		"<terms><term name='editor' form='verb-short'>ed. by</term><term name='page' form='symbol'>#</term></terms>");
	make_file(
		"fr-FR",
		"<terms><term name='editor' form='verb'>par</term><term name='page' form='short'>p.</term></terms>");
	const csl_locale *french = resolve("fr");
	assert_str(term(french, "editor", CSL_FORM_VERB_SHORT, false), "ed. by");
	assert_str(term(french, "page", CSL_FORM_SYMBOL, false), "#");
}

static void missing_forms_fall_back(void **state)
{
	(void)state;
	make_file(
		"en-US",
		"<terms><term name='editor'><single>long</single><multiple>longs</multiple></term>"
		"<term name='editor' form='verb'>verb</term><term name='page'>page</term>"
		"<term name='line' form='short'><single>l.</single><multiple>ll.</multiple></term></terms>");
	const csl_locale *locale = resolve("");
	assert_str(term(locale, "editor", CSL_FORM_VERB_SHORT, false), "verb");
	assert_str(term(locale, "editor", CSL_FORM_SHORT, true), "longs");
	assert_str(term(locale, "editor", CSL_FORM_SYMBOL, false), "long");
	assert_str(term(locale, "page", CSL_FORM_VERB_SHORT, true), "page");
	assert_str(term(locale, "line", CSL_FORM_SYMBOL, true), "ll.");
	assert_str(term(locale, "line", CSL_FORM_LONG, false), "(none)");
	assert_str(term(locale, "line", CSL_FORM_VERB, false), "(none)");
}

static void a_stronger_locale_replaces_all_ordinals(void **state)
{
	(void)state;
	make_file(
		"en-US",
		"<terms><term name='ordinal'>th</term><term name='ordinal-01'>st</term><term name='ordinal-11'>th</term>"
		"<term name='long-ordinal-01'>first</term></terms>");
	make_file("fr-FR",
	          "<terms><term name='ordinal'>e</term>"
	          "<term name='ordinal-01' gender-form='feminine' match='whole-number'>re</term></terms>");
	make_style("", "<locale xml:lang='de'><terms><term name='ordinal'>.</term></terms></locale>");
	const csl_locale *french = resolve("fr"), *german = resolve("de"), *english = resolve("en");
	assert_null(french->terms[CSL_TERM_ORDINAL_11]);
	assert_str(long_term(french, "ordinal"), "e");
	assert_str(long_term(french, "ordinal-01"), "(none)");
	assert_str(long_term(french, "long-ordinal-01"), "first");
	assert_int_equal(french->terms[CSL_TERM_ORDINAL_01]->ordinal_match, CSL_WHOLE_NUMBER);
	assert_str(long_term(german, "ordinal"), ".");
	assert_null(german->terms[CSL_TERM_ORDINAL_01]);
	assert_str(long_term(english, "ordinal-01"), "st");
	assert_int_equal(english->terms[CSL_TERM_ORDINAL_01]->ordinal_match, CSL_LAST_DIGIT);
	assert_int_equal(english->terms[CSL_TERM_ORDINAL_11]->ordinal_match, CSL_LAST_TWO_DIGITS);
}

static void genders_are_kept(void **state)
{
	(void)state;
	nkc_str text;
	make_file(
		"fr-FR",
		"<terms><term name='edition' gender='feminine'>edition</term><term name='ordinal-01'>n</term>"
		"<term name='ordinal-01' gender-form='feminine'>f</term></terms>");
	make_style("", "<locale><terms><term name='edition' form='short'>ed.</term></terms></locale>");
	const csl_locale *french = resolve("fr");
	assert_int_equal(csl_locale_gender(french, CSL_TERM_EDITION), CSL_GENDER_FEMININE);
	assert_int_equal(csl_locale_gender(french, CSL_TERM_VOLUME), CSL_GENDER_NEUTER);
	assert_true(csl_locale_gendered(french, CSL_TERM_ORDINAL_01, CSL_GENDER_FEMININE, &text));
	assert_str(text, "f");
	assert_true(csl_locale_gendered(french, CSL_TERM_ORDINAL_01, CSL_GENDER_MASCULINE, &text));
	assert_str(text, "n");
	assert_true(csl_locale_gendered(french, CSL_TERM_ORDINAL_01, CSL_GENDER_NEUTER, &text));
	assert_str(text, "n");
	assert_false(csl_locale_gendered(french, CSL_TERM_ORDINAL_55, CSL_GENDER_FEMININE, &text));
	assert_str(term(french, "edition", CSL_FORM_SHORT, false), "ed.");
}

static void dates_and_options_are_replaced_one_by_one(void **state)
{
	(void)state;
	make_style(
		"",
		"<locale xml:lang='en'><style-options limit-day-ordinals-to-day-1='true'/>"
		"<date form='text' delimiter='-' font-style='italic'><date-part name='year'/><date-part name='month' suffix='!'/>"
		"</date></locale>");
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	const csl_locale *locale = resolve("en-US");
	assert_true(locale->limit_day_ordinals_to_day_1);
	assert_true(locale->punctuation_in_quote);
	assert_int_equal(locale->dates[1].part_count, 2);
	assert_str(locale->dates[1].delimiter, "-");
	assert_int_equal(locale->dates[1].format.font, CSL_ITALIC);
	assert_str(locale->dates[1].parts[1].format.suffix, "!");
	assert_int_equal(locale->dates[0].part_count, 3);
}

static void what_is_no_language_counts_for_none(void **state)
{
	(void)state;
	make_style("", "<locale xml:lang='english'><terms><term name='in'>no</term></terms></locale>");
	assert_string_equal(findings, "style/bad-value");
	assert_str(long_term(resolve("en"), "in"), "in");
}

static void the_style_names_a_language_when_nobody_else_does(void **state)
{
	(void)state;
	make_file("fr-FR", "<terms><term name='in'>dans</term></terms>");
	make_style("default-locale='fr'", "");
	assert_str(long_term(resolve(""), "in"), "dans");
	assert_str(long_term(resolve("en"), "in"), "in");
}

static void scripts_and_regions_find_their_file(void **state)
{
	(void)state;
	make_file("zh-CN", "<terms><term name='in'>CN</term></terms>");
	make_file("zh-TW", "<terms><term name='in'>TW</term></terms>");
	make_file("sr-Latn-RS", "<terms><term name='in'>Latn</term></terms>");
	make_file("sr-Cyrl-RS", "<terms><term name='in'>Cyrl</term></terms>");
	static const char *const cases[][2] = {
		{ "zh", "CN" },      { "zh-CN", "CN" },     { "zh-SG", "CN" },      { "zh-TW", "TW" },
		{ "zh-Hant", "TW" }, { "zh-HK", "TW" },     { "zh-Hant-HK", "TW" }, { "sr", "Latn" },
		{ "sr-RS", "Latn" }, { "sr-Cyrl", "Cyrl" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_str(long_term(resolve(cases[i][0]), "in"), cases[i][1]);
}

/* --- faults --- */

static void a_language_without_a_file_is_told_and_english_serves(void **state)
{
	(void)state;
	assert_str(long_term(resolve("ko"), "in"), "in");
	assert_string_equal(findings, "locale/missing");
	resolve("no such language");
	assert_string_equal(findings, "locale/missing locale/missing");
	resolve("en-AU");
	assert_string_equal(findings, "locale/missing locale/missing");
}

static void a_broken_file_is_told_and_english_serves(void **state)
{
	(void)state;
	folder_write("locales-de-DE.xml", "<locale xmlns='http://purl.org/net/xbiblio/csl'><terms>");
	folder_write("locales-fr-FR.xml", "<style xmlns='http://purl.org/net/xbiblio/csl'/>");
	folder_write("locales-en-US.xml", "");
	assert_str(long_term(resolve("de"), "in"), "in");
	assert_string_equal(findings, "style/xml style/xml locale/missing");
	findings[0] = '\0';
	resolve("fr");
	assert_string_equal(findings, "style/not-csl locale/missing");
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
	(void)state;
	assert_int_equal(mkdir("locales-de-DE.xml", 0700), 0);
	resolve("de");
	assert_string_equal(findings, "io/read locale/missing");
}

static void faults_inside_a_file_are_told(void **state)
{
	(void)state;
	make_file(
		"de-DE",
		"<terms><term name='inn'>in</term><term name='in' form='tall'>in</term><trem/></terms>"
		"<date><date-part name='year'/></date><date form='text'/><style-options colour='red'/><odd/>");
	resolve("de");
	assert_string_equal(
		findings,
		"style/unknown-term style/bad-value style/unknown-element style/missing-attribute style/empty "
		"style/unknown-attribute style/unknown-element");
}

static void no_folder_is_refused(void **state)
{
	(void)state;
	assert_int_equal(nkc_locales_open(&locales, "nowhere", diags), NKC_EIO);
	assert_null(locales);
	assert_string_equal(findings, "io/read");
	nkc_locales_close(NULL);
}

static void a_failing_allocation_is_told(void **state)
{
	(void)state;
	make_file("de-DE", "<terms><term name='in'>in</term></terms>");
	make_style("", "<locale xml:lang='de'><terms><term name='in'>im</term></terms></locale>");
	nkc_status status = NKC_ENOMEM;
	uint64_t failures = 0;
	for (uint64_t n = 1; status == NKC_ENOMEM; n++) {
		const csl_locale *locale;
		nkc_locales *own = NULL;
		nkc_arena *memory = nkc_arena_new();
		assert_non_null(memory);
		nkc_mem_fail_at(n);
		status = nkc_locales_open(&own, ".", NULL);
		if (!status)
			status = csl_locale_resolve(style, own, NKC_STR("de"), memory, NULL, &locale);
		nkc_mem_fail_at(0);
		failures += status == NKC_ENOMEM;
		if (!status)
			assert_str(long_term(locale, "in"), "im");
		nkc_locales_close(own);
		nkc_arena_free(memory);
	}
	assert_int_equal(status, NKC_OK);
	assert_true(failures > 2);
}

static void locales_serve_again_after_memory_was_out(void **state)
{
	(void)state;
	const csl_locale *locale;
	make_file("de-DE", "<terms><term name='in'>d</term></terms>");
	make_style("", "");
	assert_int_equal(nkc_locales_open(&locales, ".", diags), NKC_OK);
	nkc_mem_fail_at(3);
	assert_int_equal(csl_locale_resolve(style, locales, NKC_STR("de"), arena, NULL, &locale), NKC_ENOMEM);
	nkc_mem_fail_at(0);
	nkc_arena_reset(arena);
	assert_str(long_term(resolve("de"), "in"), "d");
}

/* --- threads --- */

#define THREADS 8

static char wrong; /* its address tells that a thread saw something else */

static void *resolve_all(void *context)
{
	static const char *const wanted[][2] = {
		{ "de", "d" }, { "fr", "f" }, { "ko", "k" }, { "en", "in" }
	};
	for (size_t i = 0; i < 200; i++) {
		const char *const *pair = wanted[(i + (size_t)(uintptr_t)context) % COUNT(wanted)];
		nkc_arena *own = nkc_arena_new();
		const csl_locale *locale;
		nkc_str text;
		if (!own || csl_locale_resolve(style, locales, nkc_str_from(pair[0]), own, NULL, &locale) ||
		    !csl_locale_term(locale, CSL_TERM_IN, CSL_FORM_LONG, false, &text) ||
		    !nkc_str_is(text, pair[1]))
			return &wrong;
		nkc_arena_free(own);
	}
	return NULL;
}

static void threads_share_locales(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	make_file("de-DE", "<terms><term name='in'>d</term></terms>");
	make_file("fr-FR", "<terms><term name='in'>f</term></terms>");
	make_file("ko-KR", "<terms><term name='in'>k</term></terms>");
	make_style("", "");
	assert_int_equal(nkc_locales_open(&locales, ".", diags), NKC_OK);
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, resolve_all, (void *)(uintptr_t)i), 0);
	for (size_t i = 0; i < THREADS; i++) {
		void *fault;
		assert_int_equal(pthread_join(threads[i], &fault), 0);
		assert_null(fault);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_known_term_is_found_by_its_name),
		TEST(ordinals_are_known_as_such),
		TEST(languages_are_written_as_rfc_5646_does),
		TEST(english_is_at_hand_without_files),
		TEST(english_has_what_processors_ask_for),
		TEST(each_unit_comes_from_the_strongest_source),
		TEST(an_empty_term_ends_the_search),
		TEST(locales_come_before_forms),
		TEST(missing_forms_fall_back),
		TEST(a_stronger_locale_replaces_all_ordinals),
		TEST(genders_are_kept),
		TEST(dates_and_options_are_replaced_one_by_one),
		TEST(what_is_no_language_counts_for_none),
		TEST(the_style_names_a_language_when_nobody_else_does),
		TEST(scripts_and_regions_find_their_file),
		TEST(a_language_without_a_file_is_told_and_english_serves),
		TEST(a_broken_file_is_told_and_english_serves),
		TEST(a_file_that_cannot_be_read_is_told),
		TEST(faults_inside_a_file_are_told),
		TEST(no_folder_is_refused),
		TEST(a_failing_allocation_is_told),
		TEST(locales_serve_again_after_memory_was_out),
		TEST(threads_share_locales),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
