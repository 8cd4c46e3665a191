/*
 * Each rule of the checker finds its fault at its place, and says nothing of what is right.
 *
 * A case is a record in which two pilcrows stand around what the finding must underline; they are taken out
 * before the record is read.
 */
#include "support/unit.h"

#include <nkcite/buf.h>
#include <nkcite/record.h>
#include <stdlib.h>
#include <time.h>

#define MARK "\xC2\xB6" /* U+00B6 */

/* Whole records that nothing is wrong with, but for what a case adds. */
#define BOOK(more) \
	"{\"id\": \"doe2020\", \"type\": \"book\", \"title\": \"Parallel Gulag\", \"author\": [{\"family\": \"Doe\", " \
	"\"given\": \"Jane\"}], \"publisher\": \"Verso\", \"issued\": \"2020\", " more "}"
#define BOOK_BY(names) \
	"{\"id\": \"doe2020\", \"type\": \"book\", \"title\": \"Parallel Gulag\", \"author\": [" names "], " \
	"\"publisher\": \"Verso\", \"issued\": \"2020\"}"
#define BOOK_CALLED(title) \
	"{\"id\": \"doe2020\", \"type\": \"book\", \"title\": " title \
	", \"author\": [{\"family\": \"Doe\", " \
	"\"given\": \"Jane\"}], \"publisher\": \"Verso\", \"issued\": \"2020\"}"
#define BOOK_OF(date) \
	"{\"id\": \"doe2020\", \"type\": \"book\", \"title\": \"Parallel Gulag\", \"author\": [{\"family\": \"Doe\", " \
	"\"given\": \"Jane\"}], \"publisher\": \"Verso\", \"issued\": " date "}"
#define PAGE_AT(url) \
	"{\"id\": \"seok2004put\", \"type\": \"webpage\", \"title\": \"Put human rights first\", \"author\": [{\"family\": " \
	"\"Seok\", \"given\": \"Kay\"}], \"container-title\": \"Human Rights Watch\", \"issued\": \"2004\", \"accessed\": " \
	"\"2024-04-27\", \"URL\": " url "}"
#define PAGE_CALLED(title) \
	"{\"id\": \"seok2004put\", \"type\": \"webpage\", \"title\": " title ", \"author\": [{\"family\": " \
	"\"Seok\", \"given\": \"Kay\"}], \"container-title\": \"Human Rights Watch\", \"issued\": \"2004\", \"accessed\": " \
	"\"2024-04-27\", \"URL\": \"https://www.hrw.org/news/2004/09/put\"}"
#define OWN(part) BOOK("\"custom\": {\"nkcite\": {" part "}}")

typedef struct fault {
	const char *code;
	const char *pointer;
	const char *hint; /* must be part of it; NULL: any */
	const char *record;
	const char *also; /* a code that comes with it; usually NULL */
} fault;

#define FAULT(code, pointer, hint, record) { code, pointer, hint, record, NULL },
#define FAULT_WITH(also, code, pointer, hint, record) { code, pointer, hint, record, also },
static const fault faults[] = {
#include "unit/check_faults.inc"
};

#define FAULTS (sizeof(faults) / sizeof(faults[0]))

/* --- running the checker --- */

static const nkc_check_options options = {
	.today = { .year = 2026, .month = 11, .day = 22 },
	.file_key = NKC_STR_INIT(""),
};

/* What was expected: the record without its marks, and where they stood. */
typedef struct expectation {
	nkc_buf text;
	uint64_t line, column, width;
} expectation;

static size_t code_points(nkc_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
	return count;
}

static void read_marks(const char *record, expectation *e)
{
	nkc_str text = nkc_str_from(record);
	size_t first = nkc_str_find(text, NKC_STR(MARK));
	nkc_str before = nkc_str_slice(text, 0, first),
		rest = nkc_str_slice(text, first + strlen(MARK), text.len);
	size_t second = nkc_str_find(rest, NKC_STR(MARK));

	assert_true(first < text.len && second < rest.len);
	nkc_buf_init(&e->text);
	nkc_buf_put_str(&e->text, before);
	nkc_buf_put_str(&e->text, nkc_str_slice(rest, 0, second));
	nkc_buf_put_str(&e->text, nkc_str_slice(rest, second + strlen(MARK), rest.len));
	e->line = 1;
	for (size_t end; (end = nkc_str_find_byte(before, '\n')) < before.len; e->line++)
		before = nkc_str_slice(before, end + 1, before.len);
	e->column = code_points(before) + 1;
	e->width = code_points(nkc_str_slice(rest, 0, second));
}

/* All cases are looked at before the test fails. */
static unsigned failures;

static int start(void **state)
{
	(void)state;
	failures = 0;
	return 0;
}

static void check_text(nkc_str text, nkc_diags *diags)
{
	nkc_source source = nkc_source_make(NKC_STR("case.json"), text);
	nkc_record *record = nkc_record_new();

	assert_non_null(record);
	assert_int_equal(nkc_record_parse(record, text, &source, diags), NKC_OK);
	nkc_record_check(record, &options, diags);
	nkc_record_free(record);
}

static void fail_case(const char *code, const nkc_diag *diag, const char *why)
{
	failures++;
	if (diag)
		print_error("%s: %s: \"%.*s\" [%s] at %.*s, %llu:%llu, %llu wide; hint: %.*s\n", code, why,
		            NKC_STR_ARG(diag->message), nkc_code_get(diag->code)->name,
		            NKC_STR_ARG(diag->pointer), (unsigned long long)diag->from.line,
		            (unsigned long long)diag->from.column, (unsigned long long)diag->width,
		            NKC_STR_ARG(diag->hint));
	else
		print_error("%s: %s\n", code, why);
}

static void compare(const fault *f, const expectation *e, const nkc_diag *diag)
{
	if (!nkc_str_is(diag->pointer, f->pointer))
		fail_case(f->code, diag, "another pointer");
	if (diag->from.line != e->line || diag->from.column != e->column || diag->width != e->width) {
		print_error("expected %llu:%llu, %llu wide\n", (unsigned long long)e->line,
		            (unsigned long long)e->column, (unsigned long long)e->width);
		fail_case(f->code, diag, "another place");
	}
	if (f->hint && nkc_str_find(diag->hint, nkc_str_from(f->hint)) == diag->hint.len)
		fail_case(f->code, diag, "another hint");
	if (nkc_str_empty(diag->message) || nkc_str_empty(diag->hint))
		fail_case(f->code, diag, "no message or no hint");
}

static void each_fault_is_found_at_its_place_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < FAULTS; i++) {
		nkc_diags *diags = nkc_diags_new();
		expectation e;
		size_t found = 0;
		read_marks(faults[i].record, &e);
		check_text(nkc_buf_str(&e.text), diags);
		for (size_t at = 0; at < nkc_diags_count(diags); at++) {
			const nkc_diag *diag = nkc_diags_at(diags, at);
			const char *code = nkc_code_get(diag->code)->name;
			if (faults[i].also && strcmp(code, faults[i].also) == 0)
				continue;
			if (strcmp(code, faults[i].code) != 0)
				fail_case(faults[i].code, diag, "an unexpected finding");
			if (found++ == 0)
				compare(&faults[i], &e, diag);
		}
		if (found == 0)
			fail_case(faults[i].code, NULL, "not found");
		nkc_buf_release(&e.text);
		nkc_diags_free(diags);
	}
	assert_int_equal(failures, 0);
}

/* A rule runs when any of the codes that its table lists is wanted: does the table list them all? */
static void each_fault_is_found_when_nothing_else_is_wanted(void **state)
{
	(void)state;
	for (size_t i = 0; i < FAULTS; i++) {
		nkc_diags *diags = nkc_diags_new();
		expectation e;
		read_marks(faults[i].record, &e);
		assert_int_equal(nkc_diags_enable(diags, NKC_STR("all"), false), NKC_OK);
		assert_int_equal(nkc_diags_enable(diags, nkc_str_from(faults[i].code), true), NKC_OK);
		check_text(nkc_buf_str(&e.text), diags);
		if (nkc_diags_count(diags) == 0)
			fail_case(faults[i].code, NULL, "not found when it alone is wanted");
		nkc_buf_release(&e.text);
		nkc_diags_free(diags);
	}
	assert_int_equal(failures, 0);
}

/* --- what is right --- */

static const char *const clean[] = {
#include "unit/check_clean.inc"
};

static void assert_clean(nkc_str text, const char *name)
{
	nkc_diags *diags = nkc_diags_new();

	check_text(text, diags);
	for (size_t at = 0; at < nkc_diags_count(diags); at++)
		fail_case(name, nkc_diags_at(diags, at), "should be clean");
	nkc_diags_free(diags);
}

static void what_is_right_is_left_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++)
		assert_clean(nkc_str_from(clean[i]), clean[i]);
	assert_int_equal(failures, 0);
}

static void the_seed_records_are_clean(void **state)
{
	static const char *const names[] = { "amnesty2013abolishing", "freedom2021north", "seok2004put",
		                             "valdez2014north", "wertz2014chance" };
	const char *folder = getenv("top_srcdir");
	char path[512], text[8192];

	(void)state;
	if (!folder)
		skip();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/records/%s.json", folder, names[i]);
		FILE *file = fopen(path, "rb");
		assert_non_null(file);
		size_t len = fread(text, 1, sizeof(text), file);
		fclose(file);
		assert_clean(nkc_str_make(text, len), names[i]);
	}
	assert_int_equal(failures, 0);
}

/* --- the list of codes --- */

/* What nkc_record_check reports; other tests see to what readers, writers, libraries and styles do. */
static bool is_of_checker(nkc_str name)
{
	static const char *const groups[] = {
		"record/", "custom/", "provenance/", "missing/", "date/",   "name/",      "title/",
		"text/",   "url/",    "doi/",        "isbn/",    "issn/",   "pmid/",      "pmcid/",
		"orcid/",  "arxiv/",  "language/",   "page/",    "number/", "key/bibtex", "key/pandoc",
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (nkc_str_starts(name, nkc_str_from(groups[i])))
			return true;
	}
	return false;
}

static bool has_case(const char *name)
{
	for (size_t i = 0; i < FAULTS; i++) {
		if (strcmp(faults[i].code, name) == 0)
			return true;
	}
	return false;
}

static void every_code_of_the_checker_has_a_case(void **state)
{
	(void)state;
	for (int code = 1; code < NKC_CODE_COUNT; code++) {
		const char *name = nkc_code_get((nkc_code)code)->name;
		if (is_of_checker(nkc_str_from(name)) && !has_case(name))
			fail_case(name, NULL, "has no case");
	}
	assert_int_equal(failures, 0);
}

static bool is_name(const char *name)
{
	const char *slash = strchr(name, '/');

	return slash && slash > name && slash[1] &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-/") == strlen(name) &&
	       !strchr(slash + 1, '/');
}

static void every_code_is_explained(void **state)
{
	(void)state;
	for (int code = 1; code < NKC_CODE_COUNT; code++) {
		const nkc_code_info *info = nkc_code_get((nkc_code)code);
		if (!is_name(info->name) || nkc_code_find(nkc_str_from(info->name)) != (nkc_code)code)
			fail_case(info->name, NULL, "is not a name, or stands twice");
		if (!*info->summary || !*info->remedy || !*info->detail || !*info->example)
			fail_case(info->name, NULL, "is not explained in full");
		if (nkc_str_ends(nkc_str_from(info->summary), NKC_STR(".")) || strlen(info->summary) > 80)
			fail_case(info->name, NULL, "has a summary that is no half line");
		if (!nkc_str_ends(nkc_str_from(info->detail), NKC_STR(".")))
			fail_case(info->name, NULL, "has a detail that is no sentence");
	}
	assert_int_equal(failures, 0);
}

/* --- hostile values --- */

/*
 * A record in which `unit` stands so often between `before` and `after` that work which grows with the square takes
 * minutes; what is asked takes some hundredths of a second, with sanitizers and on a slow machine.
 */
#define HOSTILE_BYTES 200000
#define HOSTILE_SECONDS 5

static void check_repeated(const char *before, const char *unit, const char *after)
{
	nkc_diags *diags = nkc_diags_new();
	nkc_buf text = NKC_BUF_INIT;
	clock_t start_time = clock();

	nkc_buf_puts(&text, before);
	while (text.len < HOSTILE_BYTES)
		nkc_buf_puts(&text, unit);
	nkc_buf_puts(&text, after);
	check_text(nkc_buf_str(&text), diags);
	if (clock() - start_time > HOSTILE_SECONDS * CLOCKS_PER_SEC) {
		print_error("%s%s...\n", before, unit);
		fail();
	}
	nkc_buf_release(&text);
	nkc_diags_free(diags);
}

static void long_values_cost_no_more_than_their_length(void **state)
{
	static const char *const units[] = { "<",           "<i>",
		                             "</i>",        "&amp;",
		                             "&",           "$",
		                             "\\\\",        "{",
		                             "(",           ")",
		                             "x\xCC\x84",   "\xE2\x80\x8E",
		                             "\xC3\x83",    "\xE2\x80\x9C",
		                             "\\\"",        " | ",
		                             " - ",         "1 ",
		                             "1-",          "1-0, ",
		                             "1--",         "http://",
		                             ", http://a",  "a.",
		                             "%41",         "?utm_=1&",
		                             "en-",         "en,",
		                             "and ",        ",",
		                             ";",           "10.",
		                             "doi:",        "978-",
		                             "\\u0041 ",    "2014-",
		                             "May ",        "  ",
		                             "\xEF\xBF\xBD" };
	static const char *const fields[] = { "title",     "abstract", "page",
		                              "URL",       "DOI",      "ISBN",
		                              "ISSN",      "PMID",     "language",
		                              "volume",    "edition",  "issued",
		                              "publisher", "id",       "archive_location" };
	char before[100];

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
			snprintf(before, sizeof(before), "{\"%s\": \"a", fields[k]);
			check_repeated(before, units[i], "\"}");
		}
		check_repeated("{\"author\": [{\"family\": \"a", units[i], "\", \"given\": \"A\"}]}");
		check_repeated("{\"author\": [{\"literal\": \"a", units[i], "\"}]}");
	}
}

static void long_lists_cost_no_more_than_their_length(void **state)
{
	(void)state;
	check_repeated("{\"author\": [1", ",{\"family\":\"Kim1\"}", "]}");
	check_repeated("{\"author\": [{\"x\":1", ",\"family\":\"Kim1\"", "}]}");
	check_repeated("{\"id\":1", ",\"unknown\":1", "}");
	check_repeated("{\"id\":1", ",\"title\":\"<\"", "}");
	check_repeated("{\"title\":1", ",\"date\":{\"a\":1},\"issued\":{\"b\":2}", "}");
	check_repeated("{\"custom\":{\"nkcite\":{\"absent\":{\"a\":1", ",\"title\":\"x\"", "}}}}");
	check_repeated("{\"title\":\"x\",\"custom\":{\"nkcite\":{\"provenance\":{\"a\":1", ",\"b\":{}",
	               "}}}}");
	check_repeated("{\"custom\":{\"nkcite\":{\"captures\":[1", ",{\"sha256\":\"\"}", "]}}}");
	check_repeated("{\"categories\":[1", ",\"<\"", "]}");
	check_repeated("{\"issued\":{\"date-parts\":[[1]", ",[2]", "]}}");
}

/* --- options --- */

static void codes_that_are_not_wanted_are_not_reported(void **state)
{
	nkc_diags *diags = nkc_diags_new();

	(void)state;
	assert_int_equal(nkc_diags_enable(diags, NKC_STR("missing"), false), NKC_OK);
	check_text(NKC_STR("{\"id\": \"a\", \"type\": \"webpage\"}"), diags);
	assert_int_equal(nkc_diags_count(diags), 0);
	nkc_diags_free(diags);
}

static void a_file_must_bear_the_id_of_its_record(void **state)
{
	nkc_str text =
		NKC_STR("{\"id\": \"doe2021\", \"type\": \"personal_communication\", \"issued\": \"2020\", "
	                "\"author\": [{\"family\": \"Doe\", \"given\": \"Jane\"}]}");
	nkc_source source = nkc_source_make(NKC_STR("records/doe2020.json"), text);
	nkc_check_options in_library = options;
	nkc_record *record = nkc_record_new();
	nkc_diags *diags = nkc_diags_new();

	(void)state;
	in_library.file_key = NKC_STR("doe2020");
	assert_int_equal(nkc_record_parse(record, text, &source, diags), NKC_OK);
	nkc_record_check(record, &in_library, diags);
	assert_int_equal(nkc_diags_count(diags), 1);
	assert_string_equal(nkc_code_get(nkc_diags_at(diags, 0)->code)->name, "library/name");
	assert_int_equal(nkc_diags_at(diags, 0)->from.column, 8);
	nkc_record_free(record);
	nkc_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_fault_is_found_at_its_place_and_nothing_else, start),
		cmocka_unit_test_setup(each_fault_is_found_when_nothing_else_is_wanted, start),
		cmocka_unit_test_setup(what_is_right_is_left_alone, start),
		cmocka_unit_test_setup(the_seed_records_are_clean, start),
		cmocka_unit_test_setup(every_code_of_the_checker_has_a_case, start),
		cmocka_unit_test_setup(every_code_is_explained, start),
		cmocka_unit_test(long_values_cost_no_more_than_their_length),
		cmocka_unit_test(long_lists_cost_no_more_than_their_length),
		cmocka_unit_test(codes_that_are_not_wanted_are_not_reported),
		cmocka_unit_test(a_file_must_bear_the_id_of_its_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
