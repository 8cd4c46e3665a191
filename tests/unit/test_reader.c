/*
 * Reading CSL-JSON that is broken: what is good is read, what is not is told with its place, and neither depends on
 * the pieces in which the text comes.
 */
#include "support/unit.h"

#include <errno.h>
#include <string.h>

#include <nkcite/format.h>

#include "base/json.h"
#include "record/record_impl.h"
#include "support/findings.h"
#include "support/pieces.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What came of reading a text. */
typedef struct reading {
	nkc_status status;
	nkc_buf ids;      /* "a b c" */
	nkc_buf places;   /* "json/syntax 1:5; ..." */
	nkc_buf findings; /* all they say */
	uint64_t dropped;
} reading;

static void read_records(reading *r, nkc_reader *reader)
{
	nkc_record *record;
	while (!(r->status = nkc_reader_next(reader, &record)) && record) {
		if (r->ids.len)
			nkc_buf_putc(&r->ids, ' ');
		nkc_buf_put_str(&r->ids, nkc_record_id(record));
	}
}

/* size 0: the whole text is in memory from the start. */
static reading read_text(nkc_str text, size_t size, int error)
{
	reading r = { NKC_OK, NKC_BUF_INIT, NKC_BUF_INIT, NKC_BUF_INIT, 0 };
	pieces from = { .text = text, .size = size, .error = error };
	nkc_diags *diags = nkc_diags_new();
	nkc_reader *reader;
	const nkc_format *format = nkc_format_find(NKC_STR("csljson"));
	if (size)
		assert_int_equal(nkc_reader_open(&reader, format, NKC_STR("in"), pieces_read, &from, diags), NKC_OK);
	else
		assert_int_equal(nkc_reader_open_text(&reader, format, NKC_STR("in"), text, diags), NKC_OK);
	read_records(&r, reader);
	findings_put_places(diags, &r.places);
	findings_put_all(diags, &r.findings);
	r.dropped = nkc_diags_dropped(diags);
	nkc_reader_close(reader);
	nkc_diags_free(diags);
	return r;
}

static void release(reading *r)
{
	nkc_buf_release(&r->ids);
	nkc_buf_release(&r->places);
	nkc_buf_release(&r->findings);
}

static void assert_same_reading(const reading *a, const reading *b)
{
	assert_int_equal(a->status, b->status);
	assert_str(nkc_buf_str(&a->ids), b->ids.ptr);
	assert_str(nkc_buf_str(&a->findings), b->findings.ptr);
}

/* --- the recovery table --- */

typedef struct sample {
	nkc_str text;
	const char *ids;    /* of the records that are read */
	const char *places; /* of the findings */
	nkc_status status;
} sample;

#define T(text, ids, places) { NKC_STR_INIT(text), ids, places, NKC_OK }
#define BAD_FILE(text, ids, places) { NKC_STR_INIT(text), ids, places, NKC_ESYNTAX }

static const sample samples[] = {
	/* a list, one item, items in lines */
	T("[]", "", ""),
	T(" [ ] \n", "", ""),
	T("[{\"id\":\"a\"}]", "a", ""),
	T("[\n  {\"id\":\"a\"},\n  {\"id\":\"b\"}\n]\n", "a b", ""),
	T("{\"id\":\"a\"}", "a", ""),
	T("{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "a b", ""),
	T("{\"id\":\"a\"}{\"id\":\"b\"}\n\n{\n\"id\":\n\"c\"}", "a b c", ""),
	T("\xEF\xBB\xBF[{\"id\":\"a\"}]", "a", ""),
	T("{\"id\":1}\n{}\n", "1 ", ""),

	/* nothing, or something else */
	BAD_FILE("", "", "json/empty 1:1"),
	BAD_FILE(" \n\t\n", "", "json/empty 3:1"),
	BAD_FILE("\xEF\xBB\xBF", "", "json/empty 1:2"),
	BAD_FILE("@book{a, title={T}}", "", "json/syntax 1:1"),
	BAD_FILE("\"id\"", "", "json/syntax 1:1"),
	BAD_FILE("\n  TY  - BOOK", "", "json/syntax 2:3"),
	BAD_FILE("\xFF\xFE[\0]\0", "", "encoding/utf-16 1:1"),
	BAD_FILE("\xFE\xFF\0[\0]", "", "encoding/utf-16 1:1"),
	BAD_FILE("\xFF\xFE\0\0[\0\0\0", "", "encoding/utf-16 1:1"),
	BAD_FILE("[\0]\0", "", "encoding/utf-16 1:1"),
	BAD_FILE("\0[\0]", "", "encoding/utf-16 1:1"),

	/* an element that is no record */
	T("[1,{\"id\":\"a\"},\"x\",null,[{\"id\":\"b\"}],{\"id\":\"c\"}]", "a c",
	  "json/not-a-record 1:2; json/not-a-record 1:15; json/not-a-record 1:19; json/not-a-record 1:24"),
	T("[12345]", "", "json/not-a-record 1:2"),

	/* a fault inside a record costs that record */
	T("[{\"id\":\"a\"},{\"id\":\"b\" 1},{\"id\":\"c\"}]", "a c", "json/syntax 1:23"),
	T("[{\"id\":\"a\",},{\"id\":\"b\"}]", "b", "json/syntax 1:12"),
	T("[{\"id\":\"a\"},{'id':1},{\"id\":\"b\"}]", "a b", "json/syntax 1:14"),
	T("[{\"id\":\"a\",\"x\":[1,]},{\"id\":\"b\"}]", "b", "json/syntax 1:19"),
	T("[{\"id\":\"a\",\"x\":{\"y\":tru}},{\"id\":\"b\"}]", "b", "json/syntax 1:21"),
	T("[{\"id\":\"a]\",\"x\":\"}\\\"{\" 1},{\"id\":\"b\"}]", "b", "json/syntax 1:24"),
	T("[{\"id\":\"a\tb\"},{\"id\":\"c\"}]", "c", "json/syntax 1:10"),
	T("{\"id\":\"a\"}\n{\"id\":}\n{\"id\":\"c\"}", "a c", "json/syntax 2:7"),

	/* one that is not closed ends before the next that begins its line no further in */
	T("[\n{\"id\":\"a\"},\n{\"id\":\"b\n{\"id\":\"c\"}\n]", "a c", "json/syntax 3:9"),
	T("[\n  {\"id\": \"a\",\n   \"author\": [\n  {\"id\": \"b\"},\n  {\"id\": \"c\"}\n]", "b c",
	  "json/syntax 6:2"),
	T("[\n  {\n    \"id\": \"a,\n    \"author\": [\n      {\"family\": \"F\"}\n    ]\n  },\n  {\n    \"id\": \"b\"\n  }\n]",
	  "b", "json/syntax 3:14"),
	T("{\"id\":\"a\n{\"id\":\"b\"}\n", "b", "json/syntax 1:9"),
	T("{\"id\":\"a\",\n{\"id\":\"b\"}\n", "b", "json/syntax 2:1"),
	T("{\"id\":\"a\"\n{\"id\":\"b\"}\n", "b", "json/syntax 2:1"),

	/* between records */
	T("[{\"id\":\"a\"} {\"id\":\"b\"}]", "a b", "json/syntax 1:13"),
	T("[{\"id\":\"a\"},,{\"id\":\"b\"}]", "a b", "json/syntax 1:13"),
	T("[,{\"id\":\"a\"}]", "a", "json/syntax 1:2"),
	T("[{\"id\":\"a\"},]", "a", "json/syntax 1:13"),
	T("[foo,{\"id\":\"a\"}]", "a", "json/syntax 1:2"),
	T("[foo,12,{\"id\":\"a\"}]", "a", "json/syntax 1:2; json/not-a-record 1:6"),
	T("[foo {\"id\":\"a\"}]", "a", "json/syntax 1:2"),
	T("[{\"id\":\"a\"},}{\"id\":\"b\"}]", "a b", "json/syntax 1:13"),
	T("[foo]", "", "json/syntax 1:2"),
	T("{\"id\":\"a\"},\n{\"id\":\"b\"}", "a b", "json/syntax 1:11"),
	T("{\"id\":\"a\"}\nfoo\n{\"id\":\"b\"}", "a b", "json/syntax 2:1"),
	T("{\"id\":\"a\"}]\n{\"id\":\"b\"}", "a b", "json/syntax 1:11"),

	/* the end */
	T("[{\"id\":\"a\"}", "a", "json/syntax 1:12"),
	T("[{\"id\":\"a\"},", "a", "json/syntax 1:13"),
	T("[", "", "json/syntax 1:2"),
	T("[{\"id\":\"a\"},{\"id\":\"b", "a", "json/syntax 1:21"),
	T("[{\"id\":\"a\"},{\"id\":\"b\"", "a", "json/syntax 1:22"),
	T("{\"id\":\"a\"}\n{\"id\"", "a", "json/syntax 2:6"),
	T("{", "", "json/syntax 1:2"),
	T("[{\"id\":\"a\"}],{\"id\":\"b\"}]", "a b", "json/syntax 1:13"),
	T("[{\"id\":\"a\"}]\n[{\"id\":\"b\"}]", "a b", "json/syntax 2:1"),
	T("[{\"id\":\"a\"}]{\"id\":\"b\"}]", "a b", "json/syntax 1:13"),
	BAD_FILE("[{\"id\":\"a\"}] x", "a", "json/syntax 1:14"),
	BAD_FILE("[{\"id\":\"a\"}]]", "a", "json/syntax 1:13"),
	BAD_FILE("[]\0", "", "json/syntax 1:3"),

	/* faults that leave a record readable */
	T("[{\"id\":\"a\",\"id\":\"b\"}]", "b", "json/duplicate-key 1:3"),
	T("[{\"id\":\"\\ud800\"},{\"id\":\"b\"}]", "\xED\xA0\x80 b", "encoding/surrogate 1:8"),
	T("[{\"id\":\"caf\xE9\"}]", "caf\xE9", "encoding/utf-8 1:8"),
	T("[{\"id\":\"a\xE2\x82\"}]", "a\xE2\x82", "encoding/utf-8 1:8"),
};

static void what_is_good_is_read_and_what_is_not_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		reading r = read_text(samples[i].text, 0, 0);
		if (r.status != samples[i].status || strcmp(r.ids.ptr, samples[i].ids) != 0 ||
		    strcmp(r.places.ptr, samples[i].places) != 0)
			fail_msg("%.*s\ngives (%s) %s\nwith %s", NKC_STR_ARG(samples[i].text),
			         nkc_status_text(r.status), r.ids.ptr, r.places.ptr);
		release(&r);
	}
}

static void pieces_of_every_size_give_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		reading whole = read_text(samples[i].text, 0, 0);
		for (size_t size = 1; size <= samples[i].text.len; size++) {
			reading r = read_text(samples[i].text, size, 0);
			assert_same_reading(&r, &whole);
			release(&r);
		}
		release(&whole);
	}
}

/* Every beginning of a broken file: the same whether it is in memory or comes byte by byte. */
static void every_prefix_gives_the_same_byte_by_byte(void **state)
{
	nkc_str text = NKC_STR(
		"[\n  {\"id\": \"a\", \"x\": [1.5e3, \"\\u00e9\\ud83d\\ude00\", {\"y\": null}]},\n  {\"id\": \"b\" oops},"
		"\n  12, {\"id\": \"\xC3\xA9\"}, tru, {\"id\": \"c\",\n  {\"id\": \"d\"}\n]");
	(void)state;
	for (size_t len = 0; len <= text.len; len++) {
		reading whole = read_text(nkc_str_slice(text, 0, len), 0, 0);
		reading r = read_text(nkc_str_slice(text, 0, len), 1, 0);
		assert_same_reading(&r, &whole);
		release(&r);
		release(&whole);
	}
}

/* In a file of one line, what a finding shows of it does not depend on what happens to be in memory. */
static void long_lines_are_shown_the_same_from_any_pieces(void **state)
{
	static const size_t sizes[] = { 1, 100, 1000, 4096, 65536 };
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "[");
	for (int i = 0; i < 3000; i++) {
		nkc_buf_printf(&text, "%s{\"id\":\"k%d\",\"title\":\"\xE2\x82\xAC caf\xC3\xA9%s\"", i ? "," : "", i,
		               i % 100 == 50 ? "\\ud800" : "");
		nkc_buf_puts(&text, i % 100 == 0 ? " 1}" : "}");
	}
	nkc_buf_puts(&text, "]");
	reading whole = read_text(nkc_buf_str(&text), 0, 0);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		reading r = read_text(nkc_buf_str(&text), sizes[i], 0);
		assert_same_reading(&r, &whole);
		release(&r);
	}
	release(&whole);
	nkc_buf_release(&text);
}

/* --- bounds --- */

static void put_nested(nkc_buf *text, int depth)
{
	nkc_buf_puts(text, "[{\"id\":\"deep\",\"x\":");
	for (int i = 0; i < depth; i++)
		nkc_buf_putc(text, '[');
	for (int i = 0; i < depth; i++)
		nkc_buf_putc(text, ']');
	nkc_buf_puts(text, "},{\"id\":\"b\"}]");
}

static void deep_nesting_costs_that_record(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	put_nested(&text, NKC_JSON_DEPTH_MAX - 1);
	reading r = read_text(nkc_buf_str(&text), 0, 0);
	assert_str(nkc_buf_str(&r.ids), "deep b");
	release(&r);
	nkc_buf_clear(&text);
	put_nested(&text, 100000);
	r = read_text(nkc_buf_str(&text), 5000, 0);
	assert_str(nkc_buf_str(&r.ids), "b");
	assert_str(nkc_buf_str(&r.places),
	           "json/depth 1:530"); /* 18 bytes stand before, 511 lists are inside the object */
	release(&r);
	nkc_buf_release(&text);
}

/* A record of just so many bytes is read; one of more is told by its size, even when a fault comes later. */
static void a_record_has_a_largest_size(void **state)
{
	static const struct {
		size_t more;
		const char *fault, *ids, *places;
	} cases[] = {
		{ 0, "", "a long c", "" },
		{ 1, "", "a c", "json/size 1:13" },
		{ 1 << 20, "", "a c", "json/size 1:13" },
		{ 1 << 20, "oops", "a c", "json/size 1:13" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_buf text = NKC_BUF_INIT;
		nkc_buf_puts(&text, "[{\"id\":\"a\"},{\"id\":\"long\",\"note\":\"");
		size_t size = 13 + NKC_RECORD_MAX + cases[i].more - strlen(cases[i].fault) - 3;
		assert_true(nkc_buf_grow(&text, size));
		memset(text.ptr + text.len, 'x', size - text.len + 1);
		text.len = size + 1;
		text.ptr[text.len - 1] = '"';
		text.len = size;
		text.ptr[text.len] = '\0';
		nkc_buf_printf(&text, "\"%s}", cases[i].fault);
		nkc_buf_puts(&text, ",{\"id\":\"c\"}]");
		for (int in_memory = 0; in_memory <= 1; in_memory++) {
			reading r = read_text(nkc_buf_str(&text), in_memory ? 0 : (size_t)1 << 20, 0);
			assert_str(nkc_buf_str(&r.ids), cases[i].ids);
			assert_str(nkc_buf_str(&r.places), cases[i].places);
			release(&r);
		}
		nkc_buf_release(&text);
	}
}

/* A small fault in a text that is in memory as a whole is told as what it is, however much stands behind it. */
static void a_fault_before_much_text_is_that_fault(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "[{\"id\":\"a\" 1}");
	while (text.len < NKC_RECORD_MAX + 100)
		nkc_buf_puts(
			&text,
			",{\"id\":\"b\",\"note\":\"a long note that fills the file, a long note that fills the file\"}");
	nkc_buf_puts(&text, "]");
	reading r = read_text(nkc_buf_str(&text), 0, 0);
	assert_str(nkc_buf_str(&r.places), "json/syntax 1:12");
	release(&r);
	nkc_buf_release(&text);
}

/* --- reading that fails --- */

static void a_read_error_is_told_once_and_what_came_before_counts(void **state)
{
	static const struct {
		const char *text, *ids;
	} cases[] = {
		{ "", "" },
		{ "[", "" },
		{ "[{\"id\":\"a\"}", "a" },
		{ "[{\"id\":\"a\"},{\"id\":\"b", "a" }, /* no word of a string that is not closed */
		{ "[{\"id\":\"a\"}]", "a" },
		{ "{\"id\":\"a\"}\n{\"id\":\"b\"}", "a b" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t size = 1; size < 10; size += 4) {
			reading r = read_text(nkc_str_from(cases[i].text), size, EIO);
			assert_int_equal(r.status, NKC_EIO);
			assert_str(nkc_buf_str(&r.ids), cases[i].ids);
			assert_str(nkc_buf_str(&r.places), "io/read 0:0");
			assert_non_null(strstr(r.findings.ptr, strerror(EIO)));
			release(&r);
		}
	}
}

/* --- what the reader tells of a record --- */

static void the_extent_is_the_records_bytes(void **state)
{
	nkc_str text = NKC_STR("\xEF\xBB\xBF[ {\"id\":\"a\"} ,\n{\"id\":\"b\" , \"x\":{}}]");
	static const char *const records[] = { "{\"id\":\"a\"}", "{\"id\":\"b\" , \"x\":{}}" };
	(void)state;
	for (size_t size = 1; size < text.len; size++) {
		pieces from = { .text = text, .size = size };
		nkc_reader *reader;
		nkc_record *record;
		uint64_t offset, length;
		assert_int_equal(nkc_reader_open(&reader, nkc_format_find(NKC_STR("csljson")), NKC_STR("in"),
		                                 pieces_read, &from, NULL),
		                 NKC_OK);
		for (size_t i = 0; i < 2; i++) {
			assert_int_equal(nkc_reader_next(reader, &record), NKC_OK);
			nkc_reader_extent(reader, &offset, &length);
			assert_str(nkc_str_slice(text, offset, offset + length), records[i]);
		}
		assert_int_equal(nkc_reader_next(reader, &record), NKC_OK);
		assert_null(record);
		assert_int_equal(nkc_reader_next(reader, &record), NKC_OK);
		assert_null(record);
		nkc_reader_close(reader);
	}
}

/* --- which format --- */

static void the_format_is_seen_by_content_then_by_name(void **state)
{
	static const struct {
		const char *head, *name, *format;
	} cases[] = {
		{ "[{\"id\":1}]", "refs", "csljson" },
		{ "[{\"id\":1}]", "refs.json", "csljson" },
		{ "\xEF\xBB\xBF {\"type\":\"book\"}", "-", "csljson" },
		{ "[", "-", "csljson" },
		{ "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
		  "xmlns:z=\"http://www.zotero.org/namespaces/export#\">",
		  "-", "zotero-rdf" },
		{ "<modsCollection xmlns=\"http://www.loc.gov/mods/v3\"><mods>", "refs.xml", "mods" },
		{ "<mods:mods xmlns:mods=\"http://www.loc.gov/mods/v3\">", "-", "mods" },
		{ "# mine\nfoo:\n    type: Book\n", "-", "hayagriva" },
		{ "foo:\n    type: truck\n", "-", NULL },
		{ "<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>", "a.xml", "pubmed-xml" },
		{ "\nPMID- 12\nOWN - NLM\n", "-", "nbib" },
		{ "OWN - ERIC\nTI  - A\n", "-", "nbib" },
		{ "{\"status\":\"ok\",\"message-type\":\"work\",\"message\":{", "-", "crossref" },
		{ "{\"DOI\":\"10.1/a\",\"title\": [\"A\"]", "a.json", "crossref" },
		{ "{\"DOI\":\"10.1/a\",\"title\": \"A\"", "a.json", "csljson" },
		{ "{\"data\":{\"id\":\"10.1/a\",\"type\":\"dois\"", "a.json", "datacite" },
		{ "{\"types\":{\"resourceTypeGeneral\":", "a.json", "datacite" },
		{ "# mine\ncff-version: 1.2.0\n", "CITATION.cff", "cff" },
		{ "", "refs.json", "csljson" },
		{ "", "refs.jsonl", "csljsonl" },
		{ "", "REFS.JSON", "csljson" },
		{ "", "refs.", NULL },
		{ "", "refs", NULL },
		{ "", "json", NULL },
		{ "", "dir/json", NULL },
		{ "", "dir.json/refs", NULL },
		{ "", "", NULL },
		{ "what is this", "-", NULL },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const nkc_format *format = nkc_format_sniff(nkc_str_from(cases[i].head), nkc_str_from(cases[i].name));
		const char *found = format ? nkc_format_name(format) : "none";
		assert_string_equal(found, cases[i].format ? cases[i].format : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_good_is_read_and_what_is_not_is_told),
		cmocka_unit_test(pieces_of_every_size_give_the_same),
		cmocka_unit_test(every_prefix_gives_the_same_byte_by_byte),
		cmocka_unit_test(long_lines_are_shown_the_same_from_any_pieces),
		cmocka_unit_test(deep_nesting_costs_that_record),
		cmocka_unit_test(a_record_has_a_largest_size),
		cmocka_unit_test(a_fault_before_much_text_is_that_fault),
		cmocka_unit_test(a_read_error_is_told_once_and_what_came_before_counts),
		cmocka_unit_test(the_extent_is_the_records_bytes),
		cmocka_unit_test(the_format_is_seen_by_content_then_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
