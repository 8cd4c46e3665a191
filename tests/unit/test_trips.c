/*
 * What is written in a format and read again is the same item, to its last member: for formats that carry items as they are.
 */
#include "support/corpus.h"

#include <nkcite/format.h>
#include <nkcite/record.h>
#include <stdlib.h>
#include <string.h>

static const char *const formats[] = { "cff", "csl-yaml", "endnote-xml", "enw", "hayagriva", "mods", "zotero-rdf" };

static void write_one(const char *format, nkc_record *record, nkc_buf *out)
{
	nkc_writer *writer;
	nkc_buf_clear(out);
	assert_int_equal(nkc_writer_open(&writer, nkc_format_find(nkc_str_from(format)), NULL), NKC_OK);
	assert_int_equal(nkc_writer_begin(writer, out), NKC_OK);
	assert_int_equal(nkc_writer_record(writer, record, out, NULL), NKC_OK);
	assert_int_equal(nkc_writer_end(writer, out), NKC_OK);
	nkc_writer_close(writer);
}

/* The item in strict CSL-JSON, before and after. */
static bool comes_back(const char *format, nkc_record *record, nkc_buf *before, nkc_buf *text, nkc_buf *after)
{
	nkc_record *back;
	nkc_reader *reader;
	write_one("csljson", record, before);
	write_one(format, record, text);
	assert_int_equal(nkc_reader_open_text(&reader, nkc_format_find(nkc_str_from(format)), NKC_STR("test"),
	                                      nkc_buf_str(text), NULL),
	                 NKC_OK);
	assert_int_equal(nkc_reader_next(reader, &back), NKC_OK);
	assert_non_null(back);
	write_one("csljson", back, after);
	nkc_reader_close(reader);
	bool same = nkc_str_eq(nkc_buf_str(before), nkc_buf_str(after));
	if (!same)
		print_message("%s: %.*s%.*s%.*s", format, (int)before->len, before->ptr, (int)text->len, text->ptr,
		              (int)after->len, after->ptr);
	return same;
}

static void take_there_and_back(const char *format, nkc_reader *reader)
{
	nkc_buf before = NKC_BUF_INIT, text = NKC_BUF_INIT, after = NKC_BUF_INIT;
	nkc_record *record;
	size_t count = 0, other = 0;
	while (nkc_reader_next(reader, &record) == NKC_OK && record) {
		count++;
		other += !comes_back(format, record, &before, &text, &after);
	}
	nkc_buf_release(&before);
	nkc_buf_release(&text);
	nkc_buf_release(&after);
	assert_true(count > 300);
	assert_int_equal(other, 0);
}

static void every_item_of_the_corpus_comes_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		FILE *file;
		nkc_reader *reader = open_corpus(&file);
		take_there_and_back(formats[i], reader);
		nkc_reader_close(reader);
		fclose(file);
	}
}

/* Titles of marks that the formats might take for their own, put together at random; the seed is fixed. */
static void any_text_comes_back(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"*",       "_", "\\", "<i>",        "</i>",  "<b>",    "</b>",
		"~",       "^", "[",  "]{.nocase}", "$",     "`",      "@a",
		"#",       "-", ".",  "\"",         "'",     "&#32;",  "&",
		"\n",      " ", "\t", "1.",         "a)",    "(i)",    ":",
		"|",       ">", "{",  "}",          "<sub>", "</sub>", "<span class=\"nocase\">",
		"</span>", "x", "Y",  "\xC3\xA9",   "no",    "null",   "%"
	};
	nkc_buf before = NKC_BUF_INIT, text = NKC_BUF_INIT, after = NKC_BUF_INIT;
	nkc_record *record = nkc_record_new();
	uint32_t random = 1;
	size_t other = 0;
	for (int round = 0; round < 3000; round++) {
		char title[256] = "";
		for (int i = 0; i < 9; i++) {
			random = random * 1664525u + 1013904223u;
			strcat(title, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		nkc_record_clear(record);
		nkc_record_set_text(record, NKC_VAR_ID, NKC_STR("a"));
		nkc_record_set_text(record, NKC_VAR_TYPE, NKC_STR("book"));
		nkc_record_set_text(record, NKC_VAR_TITLE, nkc_str_from(title));
		for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
			other += !comes_back(formats[i], record, &before, &text, &after);
	}
	nkc_record_free(record);
	nkc_buf_release(&before);
	nkc_buf_release(&text);
	nkc_buf_release(&after);
	assert_int_equal(other, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_of_the_corpus_comes_back),
		cmocka_unit_test(any_text_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
