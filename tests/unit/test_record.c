/*
 * The record: what is read, where it stands, and the canonical file it is written as.
 */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include <nkcite/format.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/record_impl.h"
#include "support/findings.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct subject {
	nkc_record *record;
	nkc_diags *diags;
	nkc_source source;
} subject;

static int make_subject(void **state)
{
	subject *s = calloc(1, sizeof *s);
	*state = s;
	if (!s)
		return -1;
	s->record = nkc_record_new();
	s->diags = nkc_diags_new();
	return s->record && s->diags ? 0 : -1;
}

static int free_subject(void **state)
{
	subject *s = *state;
	nkc_record_free(s->record);
	nkc_diags_free(s->diags);
	free(s);
	return 0;
}

static nkc_status parse_str(subject *s, nkc_str text)
{
	nkc_record_clear(s->record);
	nkc_diags_clear(s->diags);
	s->source = nkc_source_make(NKC_STR("r.json"), text);
	return nkc_record_parse(s->record, text, &s->source, s->diags);
}

static nkc_record *parse(subject *s, const char *text)
{
	nkc_status status = parse_str(s, nkc_str_from(text));
	if (status)
		fail_msg("%s: %s", text, nkc_status_text(status));
	return s->record;
}

static void assert_findings(const subject *s, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	findings_put_places(s->diags, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

static void assert_root(const nkc_record *record, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_value_write(nkc_record_root(record), -1, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

/* --- reading --- */

static void members_are_found_by_variable(void **state)
{
	nkc_record *record = parse(
		*state,
		"{\"id\":12,\"type\":\"book\",\"title\":\"T\",\"volume\":3,\"part-number\":\"4\",\"x\":1}");
	assert_str(nkc_record_id(record), "12");
	assert_int_equal(nkc_record_type(record), NKC_TYPE_BOOK);
	assert_str(nkc_record_text(record, NKC_VAR_TITLE), "T");
	assert_str(nkc_record_text(record, NKC_VAR_VOLUME), "3");
	assert_str(nkc_record_text(record, NKC_VAR_PART), "4");
	assert_str(nkc_record_text(record, NKC_VAR_ISSUE), "");
	assert_null(nkc_record_get(record, NKC_VAR_ISSUE));
	assert_findings(*state, "");
}

static void a_new_record_is_empty(void **state)
{
	nkc_record *record = nkc_record_new();
	(void)state;
	assert_root(record, "{}");
	assert_str(nkc_record_id(record), "");
	assert_int_equal(nkc_record_type(record), NKC_TYPE_NONE);
	nkc_record_free(record);
	nkc_record_free(NULL);
}

static void what_is_no_record_is_refused_with_a_place(void **state)
{
	static const struct {
		nkc_str text;
		const char *findings;
	} cases[] = {
		{ NKC_STR_INIT(""), "json/empty 1:1" },
		{ NKC_STR_INIT(" \n "), "json/empty 2:2" },
		{ NKC_STR_INIT("[]"), "json/not-a-record 1:1" },
		{ NKC_STR_INIT(" \"id\""), "json/not-a-record 1:2" },
		{ NKC_STR_INIT("null"), "json/not-a-record 1:1" },
		{ NKC_STR_INIT("{"), "json/syntax 1:2" },
		{ NKC_STR_INIT("{} x"), "json/syntax 1:4" },
		{ NKC_STR_INIT("{}\n{}"), "json/syntax 2:1" },
		{ NKC_STR_INIT("{\"id\": \"a\",}"), "json/syntax 1:12" },
		{ NKC_STR_INIT("{\n  \"id\": a\n}"), "json/syntax 2:9" },
		{ NKC_STR_INIT("{\n  \"id\": \"a\n}"), "json/syntax 2:11" },
		{ NKC_STR_INIT("\xFF\xFE{\0}\0"), "encoding/utf-16 1:1" },
		{ NKC_STR_INIT("{\0}\0"), "encoding/utf-16 1:1" },
		{ NKC_STR_INIT("\0{\0}"), "encoding/utf-16 1:1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(parse_str(*state, cases[i].text), NKC_ESYNTAX);
		assert_findings(*state, cases[i].findings);
	}
}

/* RFC 8259, section 8.1: a parser may pass over it. Editors of one system write it. */
static void a_byte_order_mark_is_passed_over(void **state)
{
	nkc_record *record = parse(*state, "\xEF\xBB\xBF {\"id\":\"a\"}");
	assert_str(nkc_record_id(record), "a");
	assert_findings(*state, "");
	assert_int_equal(nkc_record_place(record, nkc_record_get(record, NKC_VAR_ID)).offset, 10);
}

static void bounds_are_kept(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	subject *s = *state;
	nkc_buf_puts(&text, "{\"x\":");
	for (int i = 0; i < 511; i++)
		nkc_buf_putc(&text, '[');
	for (int i = 0; i < 511; i++)
		nkc_buf_putc(&text, ']');
	nkc_buf_puts(&text, "}");
	assert_int_equal(parse_str(s, nkc_buf_str(&text)), NKC_OK);
	nkc_buf_splice(&text, 5, 0, NKC_STR("["));
	nkc_buf_splice(&text, text.len - 1, 0, NKC_STR("]"));
	assert_int_equal(parse_str(s, nkc_buf_str(&text)), NKC_ESYNTAX);
	assert_findings(s, "json/depth 1:517");
	nkc_buf_clear(&text);
	nkc_buf_puts(&text, "{}");
	while (text.len <= NKC_RECORD_MAX)
		nkc_buf_puts(&text, "                ");
	assert_int_equal(parse_str(s, nkc_buf_str(&text)), NKC_ELIMIT);
	assert_findings(s, "json/size 1:1");
	assert_int_equal(parse_str(s, nkc_str_slice(nkc_buf_str(&text), 0, NKC_RECORD_MAX)), NKC_OK);
	nkc_buf_release(&text);
}

static void of_two_members_the_last_counts(void **state)
{
	nkc_record *record = parse(*state, "{\"id\":\"a\",\n\"title\":\"A\",\"title\":\"B\",\"x\":1,\"x\":2}");
	assert_str(nkc_record_text(record, NKC_VAR_TITLE), "B");
	assert_findings(*state, "json/duplicate-key 2:1");
	assert_root(record, "{\"id\":\"a\",\"title\":\"A\",\"title\":\"B\",\"x\":1,\"x\":2}");
	parse(*state, "{\"part\":1,\"part-number\":2}"); /* two names, one variable */
	assert_findings(*state, "json/duplicate-key 1:2");
}

static void bytes_that_are_no_text_are_told_once_each(void **state)
{
	parse(*state,
	      "{\"id\":\"a\",\n\"title\":\"caf\xE9\",\n\"note\":[\"\\ud83d\",\"ok\"],\n\"x\xFF\":{\"y\\udc00\":1}}");
	assert_findings(
		*state,
		"encoding/utf-8 2:9; encoding/surrogate 3:9; encoding/utf-8 4:1; encoding/surrogate 4:7");
}

/* --- places --- */

static void every_value_has_its_place_and_pointer(void **state)
{
	nkc_str text = NKC_STR(
		"[\n {\"id\": \"a\",\n  \"author\": [\n   {\"family\": \"\xC3\x84\xC3\x96\", \"given\": \"G\"}]}]");
	subject *s = *state;
	nkc_buf pointer = NKC_BUF_INIT;
	nkc_str item = nkc_str_slice(text, 3, text.len - 1);
	s->source = nkc_source_make(NKC_STR("list.json"), text);
	assert_int_equal(nkc_record_parse(s->record, item, &s->source, s->diags), NKC_OK);
	const nkc_value *name = nkc_record_get(s->record, NKC_VAR_AUTHOR)->u.list.first;
	const struct {
		const nkc_value *value;
		nkc_position position;
		const char *pointer;
	} cases[] = {
		{ nkc_record_root(s->record), { 2, 2 }, "" },
		{ nkc_record_get(s->record, NKC_VAR_ID), { 2, 9 }, "/id" },
		{ name, { 4, 4 }, "/author/0" },
		{ name->u.list.last, { 4, 30 }, "/author/0/given" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_place place = nkc_record_place(s->record, cases[i].value);
		nkc_position position = nkc_source_position(place.source, place.offset);
		assert_int_equal(position.line, cases[i].position.line);
		assert_int_equal(position.column, cases[i].position.column);
		assert_str(place.record, "a");
		nkc_buf_clear(&pointer);
		nkc_value_pointer(place.value, &pointer);
		assert_str(nkc_buf_str(&pointer), cases[i].pointer);
	}
	nkc_buf_release(&pointer);
}

/* A value that was made stands where what holds it stands; what is missing, where the record begins. */
static void what_was_not_read_is_placed_around_it(void **state)
{
	subject *s = *state;
	s->source = nkc_source_make(NKC_STR("list.json"), NKC_STR("[{\"id\":\"z\"},\n {\"id\":\"a\",\"author\":[]}]"));
	nkc_str item = nkc_str_slice(s->source.text, 14, s->source.text.len - 1);
	assert_int_equal(nkc_record_parse(s->record, item, &s->source, s->diags), NKC_OK);
	nkc_name name = { .family = NKC_STR("Doe"), .given = NKC_STR("") };
	name.dropping_particle = name.non_dropping_particle = name.suffix = name.literal = NKC_STR("");
	assert_int_equal(nkc_record_add_name(s->record, NKC_VAR_AUTHOR, &name), NKC_OK);
	const nkc_value *made = nkc_record_get(s->record, NKC_VAR_AUTHOR)->u.list.first;
	assert_int_equal(nkc_record_place(s->record, made).offset, 14 + 19);
	assert_int_equal(nkc_record_place(s->record, NULL).offset, 14);
	nkc_record_set_text(s->record, NKC_VAR_TITLE, NKC_STR("T"));
	assert_int_equal(nkc_record_place(s->record, nkc_record_get(s->record, NKC_VAR_TITLE)).offset, 14);
}

/* --- the canonical file --- */

static void assert_canonical(subject *s, const char *text, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT, again = NKC_BUF_INIT;
	assert_int_equal(nkc_record_write(parse(s, text), &out), NKC_OK);
	assert_str(nkc_buf_str(&out), expected);
	assert_int_equal(nkc_record_write(parse(s, out.ptr), &again), NKC_OK);
	assert_str(nkc_buf_str(&again), expected);
	nkc_buf_release(&out);
	nkc_buf_release(&again);
}

static void the_file_has_one_form(void **state)
{
	assert_canonical(*state, "{}", "{}\n");
	assert_canonical(
		*state,
		"{\"custom\":{\"b\":1,\"a\":2},\"URL\":\"u\",\"author\":[{\"given\":\"G\",\"x\":0,\"family\":\"F\"},"
		"{\"literal\":\"L\"}],\"type\":\"book\",\"title\":\"T\",\"id\":\"i\"}",
		"{\n"
		"  \"id\": \"i\",\n"
		"  \"type\": \"book\",\n"
		"  \"title\": \"T\",\n"
		"  \"author\": [\n"
		"    {\n"
		"      \"family\": \"F\",\n"
		"      \"given\": \"G\",\n"
		"      \"x\": 0\n"
		"    },\n"
		"    {\n"
		"      \"literal\": \"L\"\n"
		"    }\n"
		"  ],\n"
		"  \"URL\": \"u\",\n"
		"  \"custom\": {\n"
		"    \"b\": 1,\n"
		"    \"a\": 2\n"
		"  }\n"
		"}\n");
}

/* Unknown members keep to the member that they stand behind; of two that are the same both stay, in order. */
static void nothing_is_lost_by_ordering(void **state)
{
	assert_canonical(
		*state,
		"{\"z\":1,\"title\":\"T\",\"y\":2,\"x\":3,\"id\":\"i\",\"w\":4,\"title\":\"U\",\"v\":5,\"z\":6}",
		"{\n  \"id\": \"i\",\n  \"w\": 4,\n  \"z\": 1,\n  \"title\": \"T\",\n  \"y\": 2,\n  \"x\": 3,\n"
		"  \"title\": \"U\",\n  \"v\": 5,\n  \"z\": 6\n}\n");
}

/* Numbers as they were written, strings with the same characters. */
static void values_are_written_as_they_were(void **state)
{
	assert_canonical(
		*state,
		"{\"volume\":1.50e+02,\"note\":\"a\\/b \\u00e9\\n\\ud83d\\ude00 \\ud800\",\"x\":[true,null,-0]}",
		"{\n  \"volume\": 1.50e+02,\n  \"note\": \"a/b \xC3\xA9\\n\xF0\x9F\x98\x80 \\ud800\",\n"
		"  \"x\": [\n    true,\n    null,\n    -0\n  ]\n}\n");
}

/* EDTF where it says all that the object says (nkcite-record(5)); CSL counts 44 BCE as -44, EDTF as -0043. */
static void dates_become_edtf_where_nothing_is_lost(void **state)
{
	static const struct {
		const char *date, *edtf; /* NULL: it stays */
	} cases[] = {
		{ "{\"date-parts\":[[2014]]}", "2014" },
		{ "{\"date-parts\":[[2014,11]]}", "2014-11" },
		{ "{\"date-parts\":[[2014,11,3]]}", "2014-11-03" },
		{ "{\"date-parts\":[[\"2014\",\"11\"]]}", "2014-11" },
		{ "{\"date-parts\":[[2013,11,15],[2013,11,17]]}", "2013-11-15/2013-11-17" },
		{ "{\"date-parts\":[[1987],[0]]}", "1987/.." },
		{ "{\"date-parts\":[[-44,3,15]]}", "-0043-03-15" },
		{ "{\"date-parts\":[[-1]]}", "0000" },
		{ "{\"date-parts\":[[800]]}", "0800" },
		{ "{\"date-parts\":[[2014]],\"circa\":true}", "2014~" },
		{ "{\"date-parts\":[[2014]],\"season\":2}", "2014-22" },
		{ "{\"date-parts\":[[2014]],\"circa\":1}", NULL },
		{ "{\"date-parts\":[[2014]],\"literal\":\"in 2014\"}", NULL },
		{ "{\"date-parts\":[[2014]],\"x\":1}", NULL },
		{ "{\"date-parts\":[[2014,13,1]]}", NULL },
		{ "{\"date-parts\":[[2014,2,30]]}", NULL },
		{ "{\"date-parts\":[[\"02014\"]]}", NULL },
		{ "{\"date-parts\":[]}", NULL },
		{ "{\"literal\":\"forthcoming\"}", NULL },
		{ "{\"raw\":\"2014\"}", NULL },
		{ "{}", NULL },
		{ "\"2014-11~\"", NULL },
		{ "\"no date\"", NULL },
		{ "12", NULL },
		{ "null", NULL },
	};
	subject *s = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT, before = NKC_BUF_INIT, after = NKC_BUF_INIT;
		nkc_buf_printf(&text, "{\"issued\":%s}", cases[i].date);
		nkc_value_write(nkc_record_get(parse(s, text.ptr), NKC_VAR_ISSUED), -1, &before);
		assert_int_equal(nkc_record_write(s->record, &out), NKC_OK);
		nkc_value_write(nkc_record_get(s->record, NKC_VAR_ISSUED), -1, &after);
		if (cases[i].edtf)
			assert_str(nkc_record_text(s->record, NKC_VAR_ISSUED), cases[i].edtf);
		else
			assert_str(nkc_buf_str(&after), before.ptr);
		nkc_buf_release(&text);
		nkc_buf_release(&out);
		nkc_buf_release(&before);
		nkc_buf_release(&after);
	}
}

static void the_five_records_are_canonical(void **state)
{
	static const char *const keys[] = { "amnesty2013abolishing", "freedom2021north", "seok2004put",
		                            "valdez2014north", "wertz2014chance" };
	const char *top = getenv("top_srcdir");
	if (!top)
		skip();
	for (size_t i = 0; i < COUNT(keys); i++) {
		nkc_buf path = NKC_BUF_INIT, text = NKC_BUF_INIT, out = NKC_BUF_INIT;
		nkc_buf_printf(&path, "%s/records/%s.json", top, keys[i]);
		assert_int_equal(nkc_file_read(path.ptr, NKC_RECORD_MAX, &text), NKC_OK);
		assert_int_equal(nkc_record_write(parse(*state, text.ptr), &out), NKC_OK);
		assert_str(nkc_buf_str(&out), text.ptr);
		assert_str(nkc_record_id(((subject *)*state)->record), keys[i]);
		nkc_buf_release(&path);
		nkc_buf_release(&text);
		nkc_buf_release(&out);
	}
}

/* --- plain words --- */

static void plain_words_become_csl(void **state)
{
	static const struct {
		const char *plain, *csl;
	} cases[] = {
		{ "{\"author\":\"Wertz, Daniel\"}",
		  "{\"author\":[{\"family\":\"Wertz\",\"given\":\"Daniel\"}]}" },
		{ "{\"author\":\"Human Rights Watch\"}",
		  "{\"author\":[{\"literal\":\"Human Rights Watch\"}]}" },
		{ "{\"author\":[\"Wertz, Daniel\",\"HRW\"]}",
		  "{\"author\":[{\"family\":\"Wertz\",\"given\":\"Daniel\"},{\"literal\":\"HRW\"}]}" },
		{ "{\"author\":[{\"literal\":\"HRW\"},\"Wertz, Daniel\"]}",
		  "{\"author\":[{\"literal\":\"HRW\"},{\"family\":\"Wertz\",\"given\":\"Daniel\"}]}" },
		{ "{\"outlet\":\"The Ledger\"}", "{\"container-title\":\"The Ledger\"}" },
		{ "{\"type\":\"webpage\",\"outlet\":\"O\"}",
		  "{\"type\":\"webpage\",\"container-title\":\"O\"}" },
		{ "{\"type\":\"report\",\"outlet\":\"O\"}", "{\"type\":\"report\",\"publisher\":\"O\"}" },
		{ "{\"date\":\"2014-11\"}", "{\"issued\":\"2014-11\"}" },
		{ "{\"url\":\"https://example.org\"}", "{\"URL\":\"https://example.org\"}" },
		/* its place in the record is kept */
		{ "{\"url\":\"u\",\"title\":\"T\"}", "{\"URL\":\"u\",\"title\":\"T\"}" },
		/* said twice is said once */
		{ "{\"url\":\"u\",\"URL\":\"u\"}", "{\"URL\":\"u\"}" },
		{ "{\"outlet\":\"O\",\"container-title\":\"O\"}", "{\"container-title\":\"O\"}" },
		{ "{\"issued\":{\"date-parts\":[[2014,11]]},\"date\":\"2014-11\"}",
		  "{\"issued\":{\"date-parts\":[[2014,11]]}}" },
		{ "{\"date\":\"1987/..\",\"issued\":{\"date-parts\":[[1987],[0]]}}",
		  "{\"issued\":{\"date-parts\":[[1987],[0]]}}" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_record *record = parse(*state, cases[i].plain);
		assert_true(nkc_record_expand(record));
		assert_root(record, cases[i].csl);
		assert_false(nkc_record_expand(record));
		assert_root(record, cases[i].csl);
	}
}

static void what_contradicts_or_is_csl_stays(void **state)
{
	static const char *const cases[] = {
		"{}",
		"{\"id\":\"a\",\"author\":[{\"family\":\"F\"}],\"URL\":\"u\"}",
		"{\"url\":\"u\",\"URL\":\"v\"}",
		"{\"outlet\":\"O\",\"container-title\":\"P\"}",
		"{\"date\":\"2014\",\"issued\":\"2015\"}",
		"{\"date\":\"2014\",\"issued\":\"2014~\"}",
		"{\"date\":\"2014\",\"issued\":{\"date-parts\":[[2014,11]]}}",
		"{\"date\":\"2014\",\"issued\":{\"literal\":\"2014\"}}",
		"{\"date\":\"soon\",\"issued\":{\"raw\":\"soon\"}}",
		"{\"author\":12}",
		"{\"editor\":\"Doe, Jane\"}",
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_record *record = parse(*state, cases[i]);
		assert_false(nkc_record_expand(record));
		assert_root(record, cases[i]);
	}
}

/* Half a million authors as text: to look for each in the list would be a hundred thousand million steps. */
static void many_plain_authors_are_expanded(void **state)
{
	enum { AUTHORS = 500000 };
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, "{\"author\":[");
	for (int i = 0; i < AUTHORS; i++)
		nkc_buf_puts(&text, i ? ",\"A, B\"" : "\"A, B\"");
	nkc_buf_puts(&text, "]}");
	nkc_record *record = parse(*state, text.ptr);
	assert_true(nkc_record_expand(record));
	const nkc_name *names;
	assert_int_equal(nkc_record_names(record, NKC_VAR_AUTHOR, &names), AUTHORS);
	assert_str(names[AUTHORS - 1].family, "A");
	nkc_buf_release(&text);
}

/* So many dates, each to be shortened. */
static void many_dates_are_shortened(void **state)
{
	enum { DATES = 80000 };
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT;
	subject *s = *state;
	nkc_diags_enable(s->diags, NKC_STR("json/duplicate-key"), false);
	nkc_buf_puts(&text, "{");
	for (int i = 0; i < DATES; i++)
		nkc_buf_printf(&text, "%s\"issued\":{\"date-parts\":[[2014]]}", i ? "," : "");
	nkc_buf_puts(&text, "}");
	assert_int_equal(nkc_record_write(parse(s, text.ptr), &out), NKC_OK);
	assert_int_equal(nkc_value_count(nkc_record_root(s->record)), DATES);
	assert_null(strstr(out.ptr, "date-parts"));
	nkc_buf_release(&text);
	nkc_buf_release(&out);
}

/* --- changing --- */

static void variables_are_set_in_their_place(void **state)
{
	nkc_record *record = parse(
		*state, "{\"id\":\"a\",\"title\":\"A\",\"title\":\"B\",\"URL\":\"u\",\"part-number\":1}");
	assert_int_equal(nkc_record_set_text(record, NKC_VAR_TITLE, NKC_STR("C\"")), NKC_OK);
	assert_root(record, "{\"id\":\"a\",\"title\":\"A\",\"title\":\"C\\\"\",\"URL\":\"u\",\"part-number\":1}");
	assert_int_equal(nkc_record_set_text(record, NKC_VAR_DOI, NKC_STR("d")), NKC_OK);
	assert_int_equal(nkc_record_set_text(record, NKC_VAR_PART, NKC_STR("2")), NKC_OK);
	assert_root(
		record,
		"{\"id\":\"a\",\"title\":\"A\",\"title\":\"C\\\"\",\"URL\":\"u\",\"part-number\":\"2\",\"DOI\":\"d\"}");
	assert_str(nkc_record_text(record, NKC_VAR_TITLE), "C\"");
}

/* What is removed is gone: the first of two must not come to light. */
static void removing_takes_every_member_of_the_variable(void **state)
{
	nkc_record *record =
		parse(*state, "{\"title\":\"A\",\"part\":1,\"id\":\"a\",\"title\":\"B\",\"part-number\":2}");
	assert_int_equal(nkc_record_set(record, NKC_VAR_TITLE, NULL), NKC_OK);
	assert_null(nkc_record_get(record, NKC_VAR_TITLE));
	assert_int_equal(nkc_record_set(record, NKC_VAR_PART, NULL), NKC_OK);
	assert_root(record, "{\"id\":\"a\"}");
	assert_int_equal(nkc_record_set(record, NKC_VAR_ISSUE, NULL), NKC_OK);
	assert_root(record, "{\"id\":\"a\"}");
}

static void a_name_is_added_to_those_there_are(void **state)
{
	static const struct {
		const char *before, *after;
	} cases[] = {
		{ "{}", "{\"author\":[{\"literal\":\"New\"}]}" },
		{ "{\"author\":[]}", "{\"author\":[{\"literal\":\"New\"}]}" },
		{ "{\"author\":[{\"family\":\"F\"}]}",
		  "{\"author\":[{\"family\":\"F\"},{\"literal\":\"New\"}]}" },
		{ "{\"author\":\"Doe, Jane\"}",
		  "{\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"},{\"literal\":\"New\"}]}" },
		{ "{\"author\":{\"family\":\"F\"}}",
		  "{\"author\":[{\"family\":\"F\"},{\"literal\":\"New\"}]}" },
	};
	nkc_name name = { .literal = NKC_STR("New") };
	name.family = name.given = name.suffix = name.dropping_particle = name.non_dropping_particle = NKC_STR("");
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_record *record = parse(*state, cases[i].before);
		assert_int_equal(nkc_record_add_name(record, NKC_VAR_AUTHOR, &name), NKC_OK);
		assert_root(record, cases[i].after);
	}
}

static void why_a_value_is_absent_is_known(void **state)
{
	nkc_record *record = parse(
		*state, "{\"custom\":{\"nkcite\":{\"absent\":{\"author\":\"none-stated\",\"issued\":5}}}}");
	assert_str(nkc_record_absent(record, NKC_VAR_AUTHOR), "none-stated");
	assert_str(nkc_record_absent(record, NKC_VAR_TITLE), "");
	assert_str(nkc_record_absent(parse(*state, "{\"custom\":[]}"), NKC_VAR_AUTHOR), "");
	assert_str(nkc_record_absent(parse(*state, "{}"), NKC_VAR_AUTHOR), "");
}

/* --- memory --- */

/* Reads, expands and writes with the n-th allocation failing. */
static nkc_status work(nkc_str text, uint64_t n, nkc_buf *out)
{
	nkc_mem_fail_at(n);
	nkc_record *record = nkc_record_new();
	nkc_diags *diags = nkc_diags_new();
	nkc_status status = record && diags ? nkc_record_parse(record, text, NULL, diags) : NKC_ENOMEM;
	if (!status) {
		nkc_record_expand(record);
		status = nkc_record_write(record, out);
		/* the date is an object still, or EDTF by now, but nothing less */
		const nkc_value *accessed = nkc_record_get(record, NKC_VAR_ACCESSED);
		assert_true(nkc_value_is(accessed, NKC_OBJECT) || nkc_str_is(nkc_value_text(accessed), "2014-11-03"));
	}
	nkc_record_free(record);
	nkc_diags_free(diags);
	nkc_mem_fail_at(0);
	return status;
}

static void lost_memory_is_told_or_changes_nothing(void **state)
{
	nkc_buf text = NKC_BUF_INIT, whole = NKC_BUF_INIT;
	nkc_status status = NKC_ENOMEM;
	uint64_t n = 1;
	(void)state;
	nkc_buf_puts(
		&text,
		"{\"id\":\"a\",\"author\":[\"Doe, J\\u00e9\",{\"given\":\"G\",\"family\":\"F\"}],\"date\":\"2014\","
		"\"accessed\":{\"date-parts\":[[2014,11,3]]},\"submitted\":{\"date-parts\":[[2014],[2015]]},"
		"\"x\":[true,false,null,1e5,\"\\ud800\",{}],\"note\":\"");
	for (int i = 0; i < 3000; i++)
		nkc_buf_puts(&text, "\\n\xC3\xA9");
	nkc_buf_puts(&text, "\"}");
	assert_int_equal(work(nkc_buf_str(&text), 0, &whole), NKC_OK);
	for (; status && n < 1000; n++) {
		nkc_buf out = NKC_BUF_INIT;
		status = work(nkc_buf_str(&text), n, &out);
		if (status)
			assert_int_equal(status, NKC_ENOMEM);
		else
			assert_str(nkc_buf_str(&out), whole.ptr);
		nkc_buf_release(&out);
	}
	assert_in_range(n, 8, 999);
	nkc_buf_release(&text);
	nkc_buf_release(&whole);
}

/* Behind a huge record nothing is kept, so that there may be no memory even for an empty one. */
static void a_record_without_memory_for_its_object_is_no_crash(void **state)
{
	subject *s = *state;
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT;
	nkc_date date;
	const nkc_name *names;
	nkc_writer *writer;
	assert_int_equal(nkc_writer_open(&writer, nkc_format_find(NKC_STR("csljson")), NULL), NKC_OK);
	nkc_buf_puts(&text, "{\"note\":\"");
	while (text.len < (size_t)3 << 20)
		nkc_buf_puts(&text, "\\n long ");
	nkc_buf_puts(&text, "\"}");
	parse(s, text.ptr);
	nkc_mem_fail_at(1);
	nkc_record_clear(s->record);
	assert_null(nkc_record_root(s->record));
	assert_int_equal(nkc_record_write(s->record, &out), NKC_ENOMEM);
	assert_int_equal(nkc_record_set_text(s->record, NKC_VAR_TITLE, NKC_STR("T")), NKC_ENOMEM);
	assert_int_equal(nkc_record_set(s->record, NKC_VAR_TITLE, NULL), NKC_ENOMEM);
	assert_int_equal(nkc_writer_record(writer, s->record, &out, NULL), NKC_ENOMEM);
	assert_false(nkc_record_expand(s->record));
	assert_false(nkc_record_date(s->record, NKC_VAR_ISSUED, &date));
	assert_int_equal(nkc_record_names(s->record, NKC_VAR_AUTHOR, &names), 0);
	assert_str(nkc_record_id(s->record), "");
	nkc_mem_fail_at(0);
	nkc_record_clear(s->record);
	assert_root(s->record, "{}");
	nkc_writer_close(writer);
	nkc_buf_release(&text);
	nkc_buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_subject, free_subject)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(members_are_found_by_variable),
		TEST(a_new_record_is_empty),
		TEST(what_is_no_record_is_refused_with_a_place),
		TEST(a_byte_order_mark_is_passed_over),
		TEST(bounds_are_kept),
		TEST(of_two_members_the_last_counts),
		TEST(bytes_that_are_no_text_are_told_once_each),
		TEST(every_value_has_its_place_and_pointer),
		TEST(what_was_not_read_is_placed_around_it),
		TEST(the_file_has_one_form),
		TEST(nothing_is_lost_by_ordering),
		TEST(values_are_written_as_they_were),
		TEST(dates_become_edtf_where_nothing_is_lost),
		TEST(the_five_records_are_canonical),
		TEST(plain_words_become_csl),
		TEST(what_contradicts_or_is_csl_stays),
		TEST(many_plain_authors_are_expanded),
		TEST(many_dates_are_shortened),
		TEST(variables_are_set_in_their_place),
		TEST(removing_takes_every_member_of_the_variable),
		TEST(a_name_is_added_to_those_there_are),
		TEST(why_a_value_is_absent_is_known),
		TEST(lost_memory_is_told_or_changes_nothing),
		TEST(a_record_without_memory_for_its_object_is_no_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
