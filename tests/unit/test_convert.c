/*
 * Conversion on several threads: output and findings are those of one thread, also of files that are broken, and what
 * fails in the middle ends it with that failure.
 */
#include "support/unit.h"

#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "format/format.h"
#include "support/findings.h"
#include "support/pieces.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- a format with keys that must not stand twice, whatever their case --- */

static void write_keyed(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_buf_puts(out, "@x{");
	nkc_str id = nkc_writer_id(writer, record);
	size_t at = out->len;
	nkc_buf_put_str(out, id);
	nkc_writer_key(writer, out, at);
	nkc_buf_puts(out, ", ");
	nkc_buf_put_str(out, nkc_record_text(record, NKC_VAR_TITLE));
	nkc_buf_puts(out, "}\n");
}

static const nkc_writer_ops keyed_writer = { .separator = "--\n", .record = write_keyed };
static const nkc_format keyed = { .name = "keyed", .writer = &keyed_writer, .keys_nocase = true };

/* --- a conversion, and what came of it --- */

typedef struct request {
	const nkc_format *to;
	unsigned jobs;
	size_t size;        /* of the pieces in which the text comes; 0: in memory */
	bool sink;          /* findings go to a sink, not into the list */
	size_t flushes;     /* so many go well, then ENOSPC; 0: all */
	uint64_t fail_at;   /* allocation that fails, and all behind it */
} request;

typedef struct outcome {
	nkc_status status;
	int error;
	uint64_t count, errors, hints, dropped;
	nkc_buf out, findings;
} outcome;

typedef struct target {
	nkc_buf *out;
	size_t left; /* flushes that go well */
	size_t refused;
} target;

static nkc_status flush(void *context, nkc_str bytes)
{
	target *t = context;
	if (t->left == 0) {
		t->refused++;
		errno = ENOSPC;
		return NKC_EIO;
	}
	t->left--;
	nkc_buf_put_str(t->out, bytes);
	return nkc_buf_status(t->out);
}

static nkc_status open_reader(nkc_reader **reader, pieces *from, nkc_diags *diags)
{
	const nkc_format *format = nkc_format_find(NKC_STR("csljson"));
	if (from->size)
		return nkc_reader_open(reader, format, NKC_STR("in.json"), pieces_read, from, diags);
	return nkc_reader_open_text(reader, format, NKC_STR("in.json"), from->text, diags);
}

static void count_findings(outcome *o, const nkc_diags *diags)
{
	findings_put_all(diags, &o->findings);
	o->errors = nkc_diags_total(diags, NKC_ERROR);
	o->hints = nkc_diags_total(diags, NKC_WARNING);
	o->dropped = nkc_diags_dropped(diags);
}

static outcome convert(nkc_str text, const request *how)
{
	outcome o = { .out = NKC_BUF_INIT, .findings = NKC_BUF_INIT };
	pieces from = { .text = text, .size = how->size };
	target to = { &o.out, how->flushes ? how->flushes : SIZE_MAX, 0 };
	nkc_reader *reader = NULL;
	nkc_writer *writer = NULL;
	nkc_diags *diags = nkc_diags_new();
	if (how->sink)
		nkc_diags_set_sink(diags, findings_put, &o.findings);
	nkc_mem_fail_at(how->fail_at);
	o.status = open_reader(&reader, &from, diags);
	if (!o.status)
		o.status = nkc_writer_open(&writer, how->to, NULL);
	if (!o.status)
		o.status = nkc_convert(reader, writer, how->jobs, flush, &to, diags, &o.count);
	o.error = errno;
	nkc_mem_fail_at(0);
	assert_true(to.refused <= 1); /* behind a gap nothing is written */
	nkc_writer_close(writer);
	nkc_reader_close(reader);
	count_findings(&o, diags);
	nkc_diags_free(diags);
	return o;
}

static void release(outcome *o)
{
	nkc_buf_release(&o->out);
	nkc_buf_release(&o->findings);
}

/* The first byte at which they differ, for the person who looks for the reason. */
static void assert_same_text(nkc_str a, nkc_str b, const char *what)
{
	size_t at = 0;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	if (at == a.len && at == b.len)
		return;
	size_t from = at > 60 ? at - 60 : 0;
	fail_msg("%s differs at byte %zu:\n%.*s\nand\n%.*s", what, at, NKC_STR_ARG(nkc_str_slice(a, from, at + 100)),
	         NKC_STR_ARG(nkc_str_slice(b, from, at + 100)));
}

static void assert_same(const outcome *a, const outcome *b)
{
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->count, b->count);
	assert_same_text(nkc_buf_str(&a->out), nkc_buf_str(&b->out), "output");
	assert_same_text(nkc_buf_str(&a->findings), nkc_buf_str(&b->findings), "findings");
	assert_int_equal(a->errors, b->errors);
	assert_int_equal(a->hints, b->hints);
	assert_int_equal(a->dropped, b->dropped);
}

/* --- files: a list of items in the layouts that programs write --- */

typedef enum shape {
	PRETTY,   /* indented, as nkcite writes it */
	ONE_EACH, /* an item a line */
	ONE_LINE, /* all on one line */
	LINES,    /* JSON lines */
	FLAT,     /* lines, but nothing is indented */
	SHAPES
} shape;

static void put_item(nkc_buf *b, unsigned i, shape layout)
{
	static const char *const titles[] = {
		"Caf\xC3\xA9 \xF0\x9F\x98\x80 and more",
		"A \\\"quoted\\\" one \\u00e9 \\ud83d\\ude00",
		"x",
		"\xE6\x97\xA5\xE6\x9C\xAC a title that goes on, and on, and on, and on, and on, so that a line is longer than is shown of it",
	};
	const char *outer = layout == PRETTY ? "\n    " : layout == FLAT ? "\n" : "";
	const char *inner = layout == PRETTY ? "\n      " : outer;
	nkc_buf_printf(b, "%s{%s\"id\":\"%s%u\",%s\"type\":\"book\",%s\"title\":\"%s\",",
	               layout == PRETTY ? "  " : "", outer, i % 7 ? "k" : "K", i % 3 ? i : i / 30, outer,
	               outer, titles[i % COUNT(titles)]);
	nkc_buf_printf(b, "%s\"author\":[%s{\"family\":\"F%u\",\"given\":\"G\"},%s{\"literal\":\"L\"}],",
	               outer, inner, i, inner);
	nkc_buf_printf(b, "%s\"issued\":{\"date-parts\":[[%u,%u]]}%s}", outer, 1900 + i % 100, 1 + i % 12,
	               layout == PRETTY ? "\n  " : outer);
}

static void put_list(nkc_buf *b, unsigned count, shape layout)
{
	const char *line_end = layout == ONE_LINE ? "" : "\n";
	if (layout != LINES)
		nkc_buf_printf(b, "[%s", line_end);
	for (unsigned i = 0; i < count; i++) {
		put_item(b, i, layout);
		nkc_buf_printf(b, "%s%s", layout != LINES && i + 1 < count ? "," : "", line_end);
	}
	if (layout != LINES)
		nkc_buf_puts(b, "]\n");
}

/* --- random damage, from a fixed seed --- */

static uint32_t roll(uint64_t *seed, size_t sides)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)((*seed >> 11) % sides);
}

static void damage(nkc_buf *b, uint64_t *seed)
{
	static const char *const junk[] = {
		"",
		"\"",
		"{",
		"}",
		"[",
		"]",
		",",
		":",
		"\\",
		"\n",
		"{\"id\":\"z\"}",
		"\xFF",
		"\xED\xA0\x80",
		"\\ud800",
		"\n{",
		"},\n  {",
		"]}",
		"null",
		"12",
		"foo",
		"\"\n",
		"},{",
		"\t",
		"\n\n",
	};
	size_t at = roll(seed, b->len + 1);
	size_t cut = roll(seed, 3) ? roll(seed, 3) : roll(seed, 60);
	nkc_buf_splice(b, at, cut, nkc_str_from(junk[roll(seed, COUNT(junk))]));
}

/* Some thousand items, some of them broken. */
static void put_damaged(nkc_buf *b, uint64_t number)
{
	uint64_t seed = number * 0x9E3779B97F4A7C15u + 1;
	put_list(b, 3500, (shape)(number % SHAPES));
	for (unsigned times = roll(&seed, 14); times; times--)
		damage(b, &seed);
	if (roll(&seed, 10) == 0)
		nkc_buf_truncate(b, roll(&seed, b->len));
}

/* --- what holds --- */

static void whole_files_are_the_same_on_any_threads(void **state)
{
	enum { ITEMS = 3500 };
	static const unsigned jobs[] = { 2, 5 };
	const nkc_format *formats[] = { nkc_format_find(NKC_STR("csljson")), &keyed };
	(void)state;
	for (size_t f = 0; f < COUNT(formats); f++) {
		for (int layout = 0; layout < SHAPES; layout++) {
			nkc_buf text = NKC_BUF_INIT;
			put_list(&text, ITEMS, (shape)layout);
			request how = { .to = formats[f], .jobs = 1 };
			outcome one = convert(nkc_buf_str(&text), &how);
			assert_int_equal(one.count, ITEMS);
			for (size_t j = 0; j < COUNT(jobs); j++) {
				how.jobs = jobs[j];
				how.size = 70000;
				outcome many = convert(nkc_buf_str(&text), &how);
				assert_same(&many, &one);
				release(&many);
			}
			release(&one);
			nkc_buf_release(&text);
		}
	}
}

static void every_format_is_written_the_same_on_threads(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	const nkc_format *to;
	(void)state;
	put_list(&text, 2500, PRETTY);
	for (size_t i = 0; (to = nkc_format_at(i)); i++) {
		if (!nkc_format_writes(to))
			continue;
		request how = { .to = to, .jobs = 1 };
		outcome one = convert(nkc_buf_str(&text), &how);
		assert_int_equal(one.count, 2500);
		how.jobs = 3;
		outcome many = convert(nkc_buf_str(&text), &how);
		assert_same(&many, &one);
		release(&one);
		release(&many);
	}
	nkc_buf_release(&text);
}

static void damaged_files_are_the_same_on_any_threads(void **state)
{
	static const size_t sizes[] = { 0, 3001, 4096, 65536, 1 << 20 };
	const nkc_format *lines = nkc_format_find(NKC_STR("csljsonl"));
	(void)state;
	for (uint64_t number = 0; number < 25; number++) {
		nkc_buf text = NKC_BUF_INIT;
		put_damaged(&text, number);
		request how = { .to = number % 3 ? lines : &keyed, .jobs = 1, .sink = number % 2 };
		outcome one = convert(nkc_buf_str(&text), &how);
		for (unsigned jobs = 1; jobs <= 4; jobs++) {
			how.jobs = jobs;
			how.size = sizes[(number + jobs) % COUNT(sizes)];
			outcome many = convert(nkc_buf_str(&text), &how);
			assert_same(&many, &one);
			release(&many);
		}
		release(&one);
		nkc_buf_release(&text);
	}
}

/* More findings in a part than a list keeps: none is lost, and of a list without a sink the first are kept. */
static void a_flood_of_findings_is_the_same(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "[");
	for (int i = 0; i < 60000; i++)
		nkc_buf_printf(&text, "%s{\"id\":\"\\ud800\"}", i ? "," : "");
	nkc_buf_puts(&text, "]");
	for (int sink = 0; sink <= 1; sink++) {
		request how = { .to = nkc_format_find(NKC_STR("csljsonl")), .jobs = 1, .sink = sink };
		outcome one = convert(nkc_buf_str(&text), &how);
		assert_int_equal(one.errors, 60000);
		assert_int_equal(one.dropped, sink ? 0 : 60000 - NKC_DIAGS_MAX);
		how.jobs = 3;
		outcome many = convert(nkc_buf_str(&text), &how);
		assert_same(&many, &one);
		release(&one);
		release(&many);
	}
	nkc_buf_release(&text);
}

/*
 * Broken elements at every border of parts: what one thread takes for the end of an element, and what it tells behind
 * it, is what the others must, too.
 */
static void borders_in_broken_records_are_the_same(void **state)
{
	static const struct {
		const char *begin, *record, *end; /* # is a number */
	} files[] = {
		/* lines: not closed; the next line is no part of it */
		{ "", "{\"id\":\"open#\",\"x\":\n{\"id\":\"k#\"}\n", "" },
		{ "", "{\"id\":\"open#\",\"x\":[\n  {\"id\":\"k#\"}\n", "" },
		/* a list: a brace that begins its line like a record, within a broken one */
		{ "[\n", "  {\n    \"id\": \"b#\" oops,\n  {\"id\": \"k#\"}\n  },\n", "  {}\n]\n" },
		{ "[\n", "  {\n    \"id\": \"b#\", \"x\":\n    {\"id\": \"k#\"}} oops,\n", "  {}\n]\n" },
		{ "[", "{\"id\":\"b#\"]},{\"id\":\"k#\"},", "{}]" },
		/* a comma behind the last */
		{ "[", "{\"id\":\"k#\"},", "]" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		nkc_buf text = NKC_BUF_INIT;
		nkc_buf_puts(&text, files[i].begin);
		for (int k = 0; text.len < 700000; k++) {
			nkc_str rest = nkc_str_from(files[i].record), piece;
			while (nkc_str_split(&rest, '#', &piece)) {
				nkc_buf_put_str(&text, piece);
				if (rest.len)
					nkc_buf_printf(&text, "%d", k);
			}
		}
		nkc_buf_puts(&text, files[i].end);
		request how = { .to = nkc_format_find(NKC_STR("csljsonl")), .jobs = 1, .sink = true };
		outcome one = convert(nkc_buf_str(&text), &how);
		how.jobs = 2;
		how.size = 50000;
		outcome many = convert(nkc_buf_str(&text), &how);
		assert_same(&many, &one);
		release(&one);
		release(&many);
		nkc_buf_release(&text);
	}
}

/* --- keys --- */

/* Keys get their suffix in the order of the file, over all parts. */
static void keys_are_made_unique_across_parts(void **state)
{
	enum { ITEMS = 40000 };
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	for (int i = 0; i < ITEMS; i++)
		nkc_buf_printf(&text, "{\"id\":\"%s\",\"title\":\"%d\"}\n", i % 2 ? "same" : "SAME", i);
	request how = { .to = &keyed, .jobs = 1 };
	outcome one = convert(nkc_buf_str(&text), &how);
	assert_true(nkc_str_starts(nkc_buf_str(&one.out),
	                           NKC_STR("@x{SAME, 0}\n--\n@x{same-a, 1}\n--\n@x{SAME-b, 2}\n")));
	assert_int_equal(one.hints, ITEMS - 1);
	how.jobs = 4;
	outcome many = convert(nkc_buf_str(&text), &how);
	assert_same(&many, &one);
	release(&one);
	release(&many);
	nkc_buf_release(&text);
}

/* A record without an id has a key that is made; what is told of it stands where the record begins. */
static void made_keys_are_told_at_their_record(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "[");
	for (int i = 0; i < 5000; i++)
		nkc_buf_puts(
			&text,
			i ? ",\n {\"title\":\"the same, again and again, to fill a part or two of the file\"}"
			  : "\n {\"title\":\"the same, again and again, to fill a part or two of the file\"}");
	nkc_buf_puts(&text, "]");
	request how = { .to = &keyed, .jobs = 1 };
	outcome one = convert(nkc_buf_str(&text), &how);
	assert_non_null(strstr(one.findings.ptr, "warning export/key 3:2+1 "));
	how.jobs = 2;
	outcome many = convert(nkc_buf_str(&text), &how);
	assert_same(&many, &one);
	release(&one);
	release(&many);
	nkc_buf_release(&text);
}

/* --- failures --- */

/* A full disk ends it: nothing more is written, the status is that of the failure, and errno still says why. */
static void a_failed_flush_ends_the_conversion(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	put_list(&text, 20000, ONE_EACH);
	for (unsigned jobs = 1; jobs <= 3; jobs++) {
		request how = { .to = nkc_format_find(NKC_STR("csljsonl")), .jobs = jobs };
		outcome whole = convert(nkc_buf_str(&text), &how);
		for (how.flushes = 1; how.flushes <= 3; how.flushes++) {
			outcome cut = convert(nkc_buf_str(&text), &how);
			assert_int_equal(cut.status, NKC_EIO);
			assert_int_equal(cut.error, ENOSPC);
			assert_true(cut.out.len < whole.out.len);
			assert_true(nkc_str_starts(nkc_buf_str(&whole.out), nkc_buf_str(&cut.out)));
			release(&cut);
		}
		release(&whole);
	}
	nkc_buf_release(&text);
}

/* Of a file that breaks off, what was read is written. */
static void a_file_that_breaks_off_is_written_so_far(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	put_list(&text, 6000, ONE_EACH);
	nkc_buf_puts(&text, "and more");
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		request how = { .to = nkc_format_find(NKC_STR("csljsonl")), .jobs = jobs };
		outcome o = convert(nkc_buf_str(&text), &how);
		assert_int_equal(o.status, NKC_ESYNTAX);
		assert_int_equal(o.count, 6000);
		assert_true(nkc_str_ends(nkc_buf_str(&o.out), NKC_STR("}\n")));
		release(&o);
	}
	nkc_buf_release(&text);
}

/* Each allocation fails in turn: NKC_ENOMEM, or the very same output; on threads, too, where they come in any order. */
static void lost_memory_is_told_or_changes_nothing(void **state)
{
	static const nkc_str text = NKC_STR_INIT(
		"[{\"id\":\"a\",\"type\":\"book\",\"title\":\"T \\u00e9\",\"author\":[{\"family\":\"F\"},\"Doe, J\"],\"date\":\"2014?\","
		"\"volume\":1.5,\"x\":[true,false,null,{}]},{\"id\":\"a\",\"type\":\"y\",\"issued\":{\"date-parts\":[[2014]]}},"
		"{\"id\":\"bad\" 1},{\"title\":\"\xFF\"},{\"id\":\"a\"}]");
	const nkc_format *formats[] = { nkc_format_find(NKC_STR("csljson")), &keyed };
	(void)state;
	for (size_t f = 0; f < COUNT(formats); f++) {
		for (unsigned jobs = 1; jobs <= 2; jobs++) {
			request how = { .to = formats[f], .jobs = jobs, .size = 100 };
			outcome whole = convert(text, &how);
			nkc_status status = NKC_ENOMEM;
			assert_int_equal(whole.status, NKC_OK);
			assert_int_equal(whole.count, 4);
			for (how.fail_at = 1; status && how.fail_at < 1000; how.fail_at++) {
				outcome o = convert(text, &how);
				status = o.status;
				if (status)
					assert_int_equal(status, NKC_ENOMEM);
				else
					assert_same_text(nkc_buf_str(&o.out), nkc_buf_str(&whole.out), "output");
				release(&o);
			}
			assert_int_equal(status, NKC_OK);
			release(&whole);
		}
	}
}

/* Threads have the stack for the deepest value that is read. */
static void deep_values_are_converted_on_threads(void **state)
{
	nkc_buf text = NKC_BUF_INIT;
	(void)state;
	nkc_buf_puts(&text, "[");
	for (int i = 0; i < 300; i++) {
		nkc_buf_printf(&text, "%s{\"id\":\"%d\",\"custom\":{\"x\":", i ? "," : "", i);
		for (int depth = 2; depth < NKC_JSON_DEPTH_MAX; depth++)
			nkc_buf_putc(&text, '[');
		for (int depth = 2; depth < NKC_JSON_DEPTH_MAX; depth++)
			nkc_buf_putc(&text, ']');
		nkc_buf_puts(&text, "}}");
	}
	nkc_buf_puts(&text, "]");
	request how = { .to = nkc_format_find(NKC_STR("csljson")), .jobs = 2 };
	outcome o = convert(nkc_buf_str(&text), &how);
	assert_int_equal(o.status, NKC_OK);
	assert_int_equal(o.count, 300);
	assert_str(nkc_buf_str(&o.findings), "");
	release(&o);
	nkc_buf_release(&text);
}

/* --- several files in one --- */

/* What stands before the first and behind the last record is the caller's; between two files as between two records. */
static void files_are_joined_into_one_list(void **state)
{
	static const struct {
		nkc_str text;
		unsigned records;
	} files[] = {
		{ NKC_STR_INIT("[]"), 0 },
		{ NKC_STR_INIT("[{\"id\":1,\"type\":\"book\"}]"), 1 },
		{ NKC_STR_INIT("[]"), 0 },
		{ NKC_STR_INIT("{\"id\":2,\"type\":\"book\"}{\"id\":3,\"type\":\"book\"}"), 2 },
	};
	const nkc_format *csljson = nkc_format_find(NKC_STR("csljson"));
	nkc_buf out = NKC_BUF_INIT;
	target to = { &out, SIZE_MAX, 0 };
	nkc_writer *writer;
	(void)state;
	assert_int_equal(nkc_writer_open(&writer, csljson, NULL), NKC_OK);
	assert_int_equal(nkc_writer_begin(writer, &out), NKC_OK);
	for (size_t i = 0; i < COUNT(files); i++) {
		nkc_reader *reader;
		uint64_t count;
		assert_int_equal(nkc_reader_open_text(&reader, csljson, NKC_STR("in"), files[i].text, NULL), NKC_OK);
		assert_int_equal(nkc_convert(reader, writer, 2, flush, &to, NULL, &count), NKC_OK);
		assert_int_equal(count, files[i].records);
		nkc_reader_close(reader);
	}
	assert_int_equal(nkc_writer_end(writer, &out), NKC_OK);
	nkc_writer_close(writer);
	assert_str(nkc_buf_str(&out), "[\n"
	                              "  {\n    \"id\": 1,\n    \"type\": \"book\"\n  },\n"
	                              "  {\n    \"id\": 2,\n    \"type\": \"book\"\n  },\n"
	                              "  {\n    \"id\": 3,\n    \"type\": \"book\"\n  }\n"
	                              "]\n");
	nkc_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_files_are_the_same_on_any_threads),
		cmocka_unit_test(every_format_is_written_the_same_on_threads),
		cmocka_unit_test(damaged_files_are_the_same_on_any_threads),
		cmocka_unit_test(a_flood_of_findings_is_the_same),
		cmocka_unit_test(borders_in_broken_records_are_the_same),
		cmocka_unit_test(keys_are_made_unique_across_parts),
		cmocka_unit_test(made_keys_are_told_at_their_record),
		cmocka_unit_test(a_failed_flush_ends_the_conversion),
		cmocka_unit_test(a_file_that_breaks_off_is_written_so_far),
		cmocka_unit_test(lost_memory_is_told_or_changes_nothing),
		cmocka_unit_test(deep_values_are_converted_on_threads),
		cmocka_unit_test(files_are_joined_into_one_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
