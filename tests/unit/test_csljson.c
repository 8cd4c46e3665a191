/*
 * CSL-JSON as it is written: strict (csl-data.json of CSL 1.0.2), and yet the same item comes back.
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/format.h>

#include "base/json.h"
#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The records of the text, one a line; its findings are left out. */
static nkc_status convert(const char *from, const nkc_write_options *options, const char *to, nkc_buf *out)
{
	nkc_reader *reader = NULL;
	nkc_writer *writer = NULL;
	nkc_record *record = NULL;
	nkc_status status = nkc_reader_open_text(&reader, nkc_format_find(NKC_STR("csljson")), NKC_STR("in"),
	                                         nkc_str_from(from), NULL);
	if (!status)
		status = nkc_writer_open(&writer, nkc_format_find(nkc_str_from(to)), options);
	if (!status)
		status = nkc_writer_begin(writer, out);
	while (!status && !(status = nkc_reader_next(reader, &record)) && record)
		status = nkc_writer_record(writer, record, out, NULL);
	if (!status)
		status = nkc_writer_end(writer, out);
	nkc_writer_close(writer);
	nkc_reader_close(reader);
	return status;
}

/* {"id":"i","type":"book", and the members. */
static void put_item(nkc_buf *text, const char *members)
{
	nkc_buf_printf(text, "{\"id\":\"i\",\"type\":\"book\"%s%s}", *members ? "," : "", members);
}

typedef struct sample {
	const char *given, *written; /* members behind id and type */
} sample;

static const sample samples[] = {
	{ "", "" },
	/* what the schema knows passes, in the order of the variables */
	{ "\"URL\":\"u\",\"title\":\"T\"", "\"title\":\"T\",\"URL\":\"u\"" },
	{ "\"author\":[{\"family\":\"F\",\"given\":\"G\",\"suffix\":\"Jr.\",\"comma-suffix\":true,\"parse-names\":0,"
	  "\"static-ordering\":\"1\",\"dropping-particle\":\"d\",\"non-dropping-particle\":\"n\"},{\"literal\":\"L\"}]",
	  "\"author\":[{\"family\":\"F\",\"given\":\"G\",\"suffix\":\"Jr.\",\"comma-suffix\":true,\"parse-names\":0,"
	  "\"static-ordering\":\"1\",\"dropping-particle\":\"d\",\"non-dropping-particle\":\"n\"},{\"literal\":\"L\"}]" },
	{ "\"issued\":{\"date-parts\":[[2014,\"11\"],[2015]],\"season\":\"1\",\"circa\":1,\"literal\":\"l\",\"raw\":\"r\"}",
	  "\"issued\":{\"date-parts\":[[2014,\"11\"],[2015]],\"season\":\"1\",\"circa\":1,\"literal\":\"l\",\"raw\":\"r\"}" },
	{ "\"categories\":[\"a\",\"b\"]", "\"categories\":[\"a\",\"b\"]" },
	{ "\"custom\":{\"a\":[1,{}]}", "\"custom\":{\"a\":[1,{}]}" },
	{ "\"volume\":3,\"issue\":\"4\"", "\"volume\":3,\"issue\":\"4\"" },

	/* numbers where the schema wants text; a number variable under the specification's name */
	{ "\"title\":1984,\"PMID\":1.50", "\"title\":\"1984\",\"PMID\":\"1.50\"" },
	{ "\"version\":2,\"section\":3", "\"version\":\"2\",\"section\":\"3\"" },
	{ "\"part-number\":3,\"supplement-number\":\"4\"", "\"part\":3,\"supplement\":\"4\"" },

	/* dates become objects */
	{ "\"issued\":\"2014-11-03\"", "\"issued\":{\"date-parts\":[[2014,11,3]]}" },
	{ "\"issued\":\"2014~\"", "\"issued\":{\"date-parts\":[[2014]],\"circa\":true}" },
	{ "\"issued\":\"soon\"", "\"issued\":{\"raw\":\"soon\"}" },
	{ "\"issued\":\"so\\n\\\"on\\\"\"", "\"issued\":{\"raw\":\"so\\n\\\"on\\\"\"}" },

	/* plain words become CSL */
	{ "\"author\":\"Doe, Jane\",\"outlet\":\"P\",\"date\":\"2014\",\"url\":\"u\"",
	  "\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}],\"publisher\":\"P\",\"issued\":{\"date-parts\":[[2014]]},"
	  "\"URL\":\"u\"" },
};

static void what_the_schema_knows_is_written_as_it_has_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT, expected = NKC_BUF_INIT;
		put_item(&text, samples[i].given);
		put_item(&expected, samples[i].written);
		nkc_buf_putc(&expected, '\n');
		assert_int_equal(convert(text.ptr, NULL, "csljsonl", &out), NKC_OK);
		assert_str(nkc_buf_str(&out), expected.ptr);
		nkc_buf_release(&text);
		nkc_buf_release(&out);
		nkc_buf_release(&expected);
	}
}

/* What the schema does not know goes into custom.nkcite; with `lossy` it is left out. */
static const struct {
	const char *given, *written, *lossy; /* whole items */
} asides[] = {
	{ "{\"id\":\"i\",\"type\":\"book\",\"license\":\"CC\",\"shelf\":[1]}",
	  "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{\"members\":{\"license\":\"CC\",\"shelf\":[1]}}}}",
	  "{\"id\":\"i\",\"type\":\"book\"}" },
	{ "{\"id\":\"i\",\"type\":\"blog\"}",
	  "{\"id\":\"i\",\"type\":\"document\",\"custom\":{\"nkcite\":{\"members\":{\"type\":\"blog\"}}}}",
	  "{\"id\":\"i\",\"type\":\"document\"}" },
	{ "{\"id\":\"i\"}", "{\"id\":\"i\",\"type\":\"document\"}", "{\"id\":\"i\",\"type\":\"document\"}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"issued\":\"2014?\"}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2014]],\"circa\":true},"
	  "\"custom\":{\"nkcite\":{\"edtf\":{\"issued\":\"2014?\"}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2014]],\"circa\":true}}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2014]],\"calendar\":\"julian\"}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2014]]},"
	  "\"custom\":{\"nkcite\":{\"edtf\":{\"issued\":{\"date-parts\":[[2014]],\"calendar\":\"julian\"}}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2014]]}}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"issued\":12}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{},\"custom\":{\"nkcite\":{\"members\":{\"issued\":12}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"issued\":{}}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"author\":[{\"family\":\"F\",\"x\":1},\"Doe, J\",{\"x\":2}]}",
	  "{\"id\":\"i\",\"type\":\"book\",\"author\":[{\"family\":\"F\"},{\"family\":\"Doe\",\"given\":\"J\"}],"
	  "\"custom\":{\"nkcite\":{\"names\":{\"author\":[{\"family\":\"F\",\"x\":1},{\"family\":\"Doe\",\"given\":\"J\"},{\"x\":2}]}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"author\":[{\"family\":\"F\"},{\"family\":\"Doe\",\"given\":\"J\"}]}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"editor\":[{\"literal\":\"L\",\"given\":null}]}",
	  "{\"id\":\"i\",\"type\":\"book\",\"editor\":[{\"literal\":\"L\"}],"
	  "\"custom\":{\"nkcite\":{\"names\":{\"editor\":[{\"literal\":\"L\",\"given\":null}]}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"editor\":[{\"literal\":\"L\"}]}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"title\":null,\"categories\":[1],\"note\":true}",
	  "{\"id\":\"i\",\"type\":\"book\","
	  "\"custom\":{\"nkcite\":{\"members\":{\"title\":null,\"note\":true,\"categories\":[1]}}}}",
	  "{\"id\":\"i\",\"type\":\"book\"}" },
	/* a plain word that contradicts its field */
	{ "{\"id\":\"i\",\"type\":\"book\",\"url\":\"u\",\"URL\":\"v\"}",
	  "{\"id\":\"i\",\"type\":\"book\",\"URL\":\"v\",\"custom\":{\"nkcite\":{\"members\":{\"url\":\"u\"}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"URL\":\"v\"}" },
	/* beside what custom holds already */
	{ "{\"id\":\"i\",\"type\":\"book\",\"x\":1,\"custom\":{\"a\":1,\"nkcite\":{\"absent\":{\"URL\":\"unknown\"}}}}",
	  "{\"id\":\"i\",\"type\":\"book\","
	  "\"custom\":{\"a\":1,\"nkcite\":{\"absent\":{\"URL\":\"unknown\"},\"members\":{\"x\":1}}}}",
	  "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"a\":1,\"nkcite\":{\"absent\":{\"URL\":\"unknown\"}}}}" },
	/* a custom that has no room for nkcite's part is laid aside itself */
	{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":5}",
	  "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{\"members\":{\"custom\":5}}}}",
	  "{\"id\":\"i\",\"type\":\"book\"}" },
	{ "{\"id\":\"i\",\"type\":\"book\",\"x\":1,\"custom\":{\"a\":1,\"nkcite\":\"mine\"}}",
	  "{\"id\":\"i\",\"type\":\"book\","
	  "\"custom\":{\"nkcite\":{\"members\":{\"x\":1,\"custom\":{\"a\":1,\"nkcite\":\"mine\"}}}}}",
	  "{\"id\":\"i\",\"type\":\"book\"}" },
};

static void what_it_does_not_know_is_laid_aside(void **state)
{
	nkc_write_options lossy = { .lossy = true };
	(void)state;
	for (size_t i = 0; i < COUNT(asides); i++) {
		nkc_buf out = NKC_BUF_INIT;
		assert_int_equal(convert(asides[i].given, NULL, "csljsonl", &out), NKC_OK);
		assert_str(nkc_str_trim(nkc_buf_str(&out)), asides[i].written);
		nkc_buf_clear(&out);
		assert_int_equal(convert(asides[i].given, &lossy, "csljsonl", &out), NKC_OK);
		assert_str(nkc_str_trim(nkc_buf_str(&out)), asides[i].lossy);
		nkc_buf_release(&out);
	}
}

/* --- there and back --- */

/* The first item of a text as the reader gives it. */
static nkc_value *read_item(const char *text, nkc_arena *arena)
{
	nkc_reader *reader;
	nkc_record *record;
	assert_int_equal(nkc_reader_open_text(&reader, nkc_format_find(NKC_STR("csljson")), NKC_STR("in"),
	                                      nkc_str_from(text), NULL),
	                 NKC_OK);
	assert_int_equal(nkc_reader_next(reader, &record), NKC_OK);
	nkc_record_expand(record);
	nkc_value *root = nkc_value_dup(arena, nkc_record_root(record));
	nkc_reader_close(reader);
	return root;
}

static void assert_equal_items(const nkc_value *a, const nkc_value *b)
{
	nkc_buf left = NKC_BUF_INIT, right = NKC_BUF_INIT;
	if (nkc_value_equal(a, b))
		return;
	nkc_value_write(a, -1, &left);
	nkc_value_write(b, -1, &right);
	fail_msg("%s\nis not\n%s", left.ptr, right.ptr);
}

/* The item that is written is the item that is read, and writing it again gives the same bytes. */
static void the_same_item_comes_back(void **state)
{
	nkc_arena *arena = nkc_arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT(asides); i++) {
		nkc_buf once = NKC_BUF_INIT, twice = NKC_BUF_INIT;
		assert_int_equal(convert(asides[i].given, NULL, "csljson", &once), NKC_OK);
		nkc_value *before = read_item(asides[i].given, arena), *after = read_item(once.ptr, arena);
		if (!nkc_value_find(before, NKC_STR("type")))
			nkc_value_add(before, NKC_STR("type"), nkc_value_string(arena, NKC_STR("document")));
		assert_equal_items(after, before);
		assert_int_equal(convert(once.ptr, NULL, "csljson", &twice), NKC_OK);
		assert_str(nkc_buf_str(&twice), once.ptr);
		nkc_buf_release(&once);
		nkc_buf_release(&twice);
	}
	nkc_arena_free(arena);
}

/* What somebody has changed since is not put back over it, and what was laid aside is not lost. */
static void what_has_changed_since_stays(void **state)
{
	static const struct {
		const char *given, *read;
	} cases[] = {
		{ "{\"id\":\"i\",\"type\":\"book\",\"issued\":{\"date-parts\":[[2015]]},"
		  "\"custom\":{\"nkcite\":{\"edtf\":{\"issued\":\"2014?\"}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"author\":[{\"family\":\"G\"}],"
		  "\"custom\":{\"nkcite\":{\"names\":{\"author\":[{\"family\":\"F\",\"x\":1}]}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{\"members\":{\"type\":\"blog\"}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"URL\":\"v\",\"custom\":{\"nkcite\":{\"members\":{\"URL\":\"u\"}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"x\":2,\"custom\":{\"nkcite\":{\"members\":{\"x\":1}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{\"edtf\":{\"issued\":\"2014?\"}}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{\"edtf\":5,\"members\":[],\"names\":\"n\"}}}",
		  NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":5}}", NULL },
		{ "{\"id\":\"i\",\"type\":\"book\",\"custom\":{\"nkcite\":{}}}", NULL },
		/* some of it fits, some does not */
		{ "{\"id\":\"i\",\"type\":\"book\",\"URL\":\"v\","
		  "\"custom\":{\"a\":1,\"nkcite\":{\"members\":{\"URL\":\"u\",\"x\":1}}}}",
		  "{\"id\":\"i\",\"type\":\"book\",\"URL\":\"v\",\"x\":1,"
		  "\"custom\":{\"a\":1,\"nkcite\":{\"members\":{\"URL\":\"u\"}}}}" },
	};
	nkc_arena *arena = nkc_arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *expected = cases[i].read ? cases[i].read : cases[i].given;
		nkc_json_fault fault;
		nkc_value *value = NULL;
		size_t end;
		assert_int_equal(nkc_json_parse(arena, nkc_str_from(expected), 0, &end, &value, &fault), NKC_JSON_DONE);
		assert_equal_items(read_item(cases[i].given, arena), value);
	}
	nkc_arena_free(arena);
}

/* A second export behind a hand's change keeps what the first one laid aside. */
static void nothing_laid_aside_is_lost_by_writing_again(void **state)
{
	nkc_buf out = NKC_BUF_INIT;
	(void)state;
	assert_int_equal(convert("{\"id\":\"i\",\"type\":\"book\",\"new\":1,"
	                         "\"custom\":{\"nkcite\":{\"members\":{\"license\":\"CC\",\"old\":2}}}}",
	                         NULL, "csljsonl", &out),
	                 NKC_OK);
	assert_non_null(strstr(out.ptr, "\"new\":1"));
	assert_non_null(strstr(out.ptr, "\"license\":\"CC\""));
	assert_non_null(strstr(out.ptr, "\"old\":2"));
	nkc_buf_release(&out);
}

/* --- ids --- */

static void an_id_is_a_text_or_a_number(void **state)
{
	static const struct {
		const char *id, *written;
	} cases[] = { { "\"a\"", "\"a\"" }, { "12", "12" }, { "\"\"", "\"\"" }, { "\"a\\nb\"", "\"a\\nb\"" } };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT, expected = NKC_BUF_INIT;
		nkc_buf_printf(&text, "{\"id\":%s,\"type\":\"book\"}", cases[i].id);
		nkc_buf_printf(&expected, "{\"id\":%s,\"type\":\"book\"}\n", cases[i].written);
		assert_int_equal(convert(text.ptr, NULL, "csljsonl", &out), NKC_OK);
		assert_str(nkc_buf_str(&out), expected.ptr);
		nkc_buf_release(&text);
		nkc_buf_release(&out);
		nkc_buf_release(&expected);
	}
}

static nkc_str made_id(const char *text, nkc_buf *out)
{
	nkc_buf_clear(out);
	assert_int_equal(convert(text, NULL, "csljsonl", out), NKC_OK);
	nkc_str head = NKC_STR("{\"id\":\"");
	assert_true(nkc_str_starts(nkc_buf_str(out), head));
	nkc_str rest = nkc_str_slice(nkc_buf_str(out), head.len, out->len);
	return nkc_str_slice(rest, 0, nkc_str_find_byte(rest, '"'));
}

/* An item without one gets an id that depends on what it holds and on nothing else; the schema demands one. */
static void an_item_without_an_id_gets_one(void **state)
{
	nkc_buf a = NKC_BUF_INIT, b = NKC_BUF_INIT;
	(void)state;
	nkc_str first = made_id("{\"type\":\"book\",\"title\":\"T\"}", &a);
	assert_true(nkc_str_starts(first, NKC_STR("item-")));
	assert_true(nkc_str_eq(first, made_id(" {\"type\": \"book\",\n \"title\": \"T\"}", &b)));
	assert_false(nkc_str_eq(first, made_id("{\"type\":\"book\",\"title\":\"U\"}", &b)));
	/* one that is neither text nor number is laid aside */
	made_id("{\"id\":[\"a\"],\"type\":\"book\"}", &a);
	assert_non_null(strstr(a.ptr, "\"custom\":{\"nkcite\":{\"members\":{\"id\":[\"a\"]}}}"));
	nkc_buf_release(&a);
	nkc_buf_release(&b);
}

/* --- the frame --- */

static void a_list_has_an_item_a_block_and_lines_have_one_a_line(void **state)
{
	static const char two[] = "{\"id\":\"a\",\"type\":\"book\"}{\"id\":\"b\",\"type\":\"book\",\"title\":\"T\"}";
	nkc_buf out = NKC_BUF_INIT;
	(void)state;
	assert_int_equal(convert(two, NULL, "csljson", &out), NKC_OK);
	assert_str(nkc_buf_str(&out), "[\n"
	                              "  {\n"
	                              "    \"id\": \"a\",\n"
	                              "    \"type\": \"book\"\n"
	                              "  },\n"
	                              "  {\n"
	                              "    \"id\": \"b\",\n"
	                              "    \"type\": \"book\",\n"
	                              "    \"title\": \"T\"\n"
	                              "  }\n"
	                              "]\n");
	nkc_buf_clear(&out);
	assert_int_equal(convert(two, NULL, "csljsonl", &out), NKC_OK);
	assert_str(nkc_buf_str(&out),
	           "{\"id\":\"a\",\"type\":\"book\"}\n{\"id\":\"b\",\"type\":\"book\",\"title\":\"T\"}\n");
	nkc_buf_clear(&out);
	assert_int_equal(convert("[]", NULL, "csljson", &out), NKC_OK);
	assert_str(nkc_buf_str(&out), "[\n]\n");
	nkc_buf_clear(&out);
	assert_int_equal(convert("[]", NULL, "csljsonl", &out), NKC_OK);
	assert_str(nkc_buf_str(&out), "");
	nkc_buf_release(&out);
}

/* --- what was told --- */

static void note_tale(void *context, const nkc_record *record, const char *what, nkc_carry carry, const char *where)
{
	nkc_buf_printf(context, "%.*s %s %d %s;", NKC_STR_ARG(nkc_record_id(record)), what, (int)carry, where);
}

static void every_value_laid_aside_is_told(void **state)
{
	nkc_buf tales = NKC_BUF_INIT, out = NKC_BUF_INIT;
	nkc_write_options options = { .tell = note_tale, .tell_context = &tales };
	(void)state;
	assert_int_equal(
		convert("{\"id\":\"i\",\"type\":\"blog\",\"title\":\"T\",\"license\":\"CC\",\"issued\":\"2014?\",\"x\":1,"
	                "\"editor\":[{\"x\":1}]}",
	                &options, "csljsonl", &out),
		NKC_OK);
	assert_str(nkc_buf_str(&tales), "i type 1 custom.nkcite;i editor 1 custom.nkcite;i issued 1 custom.nkcite;"
	                                "i license 1 custom.nkcite;i x 1 custom.nkcite;");
	nkc_buf_release(&tales);
	nkc_buf_release(&out);
}

/* A thousand members that nobody knows, laid aside and put back, over and over: no look-up for each. */
static void many_unknown_members_are_no_matter(void **state)
{
	enum { MEMBERS = 200000 };
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT, again = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "{\"id\":\"i\",\"type\":\"book\"");
	for (int i = 0; i < MEMBERS; i++)
		nkc_buf_printf(&text, ",\"x%d\":1", i);
	nkc_buf_puts(&text, "}");
	assert_int_equal(convert(text.ptr, NULL, "csljsonl", &out), NKC_OK);
	assert_int_equal(convert(out.ptr, NULL, "csljsonl", &again), NKC_OK);
	assert_true(nkc_str_eq(nkc_buf_str(&out), nkc_buf_str(&again)));
	nkc_buf_release(&text);
	nkc_buf_release(&out);
	nkc_buf_release(&again);
}

/* --- memory --- */

static void lost_memory_is_told_or_changes_nothing(void **state)
{
	nkc_buf whole = NKC_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < COUNT(asides); i++) {
		nkc_status status = NKC_ENOMEM;
		nkc_mem_fail_at(0);
		nkc_buf_clear(&whole);
		assert_int_equal(convert(asides[i].written, NULL, "csljson", &whole), NKC_OK);
		for (uint64_t n = 1; status && n < 1000; n++) {
			nkc_buf out = NKC_BUF_INIT;
			nkc_mem_fail_at(n);
			status = convert(asides[i].written, NULL, "csljson", &out);
			nkc_mem_fail_at(0);
			if (status)
				assert_int_equal(status, NKC_ENOMEM);
			else
				assert_str(nkc_buf_str(&out), whole.ptr);
			nkc_buf_release(&out);
		}
		assert_int_equal(status, NKC_OK);
	}
	nkc_buf_release(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_schema_knows_is_written_as_it_has_it),
		cmocka_unit_test(what_it_does_not_know_is_laid_aside),
		cmocka_unit_test(the_same_item_comes_back),
		cmocka_unit_test(what_has_changed_since_stays),
		cmocka_unit_test(nothing_laid_aside_is_lost_by_writing_again),
		cmocka_unit_test(an_id_is_a_text_or_a_number),
		cmocka_unit_test(an_item_without_an_id_gets_one),
		cmocka_unit_test(a_list_has_an_item_a_block_and_lines_have_one_a_line),
		cmocka_unit_test(every_value_laid_aside_is_told),
		cmocka_unit_test(many_unknown_members_are_no_matter),
		cmocka_unit_test(lost_memory_is_told_or_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
