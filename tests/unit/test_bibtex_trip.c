/*
 * What is written as BibTeX or BibLaTeX and read again is the same item, for every target; and what somebody changed in
 * between counts.
 */
#include "support/corpus.h"

#include <nkcite/format.h>
#include <nkcite/record.h>
#include <stdlib.h>

/* Reads the first record of the text, which belongs to the reader. */
static nkc_reader *read_text(const nkc_format *format, nkc_str text, nkc_record **record)
{
	nkc_reader *reader;
	assert_int_equal(nkc_reader_open_text(&reader, format, NKC_STR("test"), text, NULL), NKC_OK);
	assert_int_equal(nkc_reader_next(reader, record), NKC_OK);
	assert_non_null(*record);
	return reader;
}

static nkc_str as_csljson(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_buf_clear(out);
	assert_int_equal(nkc_writer_record(writer, record, out, NULL), NKC_OK);
	return nkc_buf_str(out);
}

typedef struct trip {
	const nkc_format *format;
	nkc_writer *writer, *json;
	nkc_buf text, before, after;
} trip;

static void start_trip(trip *t, const char *format, const nkc_write_options *options)
{
	*t = (trip){ .format = nkc_format_find(nkc_str_from(format)) };
	nkc_buf_init(&t->text);
	nkc_buf_init(&t->before);
	nkc_buf_init(&t->after);
	assert_int_equal(nkc_writer_open(&t->writer, t->format, options), NKC_OK);
	assert_int_equal(nkc_writer_open(&t->json, nkc_format_find(NKC_STR("csljsonl")), NULL), NKC_OK);
}

static void end_trip(trip *t)
{
	nkc_writer_close(t->writer);
	nkc_writer_close(t->json);
	nkc_buf_release(&t->text);
	nkc_buf_release(&t->before);
	nkc_buf_release(&t->after);
}

/* The same as strict CSL-JSON, but for the order of its members. */
static bool is_same(trip *t, nkc_record *record, nkc_record *back)
{
	nkc_record *one, *other;
	nkc_str before = as_csljson(t->json, record, &t->before), after = as_csljson(t->json, back, &t->after);
	nkc_reader *first = read_text(nkc_format_find(NKC_STR("csljsonl")), before, &one);
	nkc_reader *second = read_text(nkc_format_find(NKC_STR("csljsonl")), after, &other);
	bool same = nkc_value_equal(nkc_record_root(one), nkc_record_root(other));
	nkc_reader_close(first);
	nkc_reader_close(second);
	return same;
}

static bool comes_back(trip *t, nkc_record *record)
{
	nkc_record *back;
	nkc_buf_clear(&t->text);
	assert_int_equal(nkc_writer_record(t->writer, record, &t->text, NULL), NKC_OK);
	nkc_reader *reader = read_text(t->format, nkc_buf_str(&t->text), &back);
	bool same = is_same(t, record, back);
	if (!same)
		print_message("%.*s%.*s%.*s\n", (int)t->before.len, t->before.ptr, (int)t->text.len, t->text.ptr,
		              (int)t->after.len, t->after.ptr);
	nkc_reader_close(reader);
	return same;
}

/* CSL has no null; of two keys that differ in case only, the second is changed, since they are one to BibTeX. */
static bool can_come_back(const nkc_record *record)
{
	nkc_str id = nkc_record_text(record, NKC_VAR_ID);
	return !nkc_str_is(id, "invalid-null") && !nkc_str_is(id, "NAME-Particle");
}

static void take_the_corpus_there_and_back(const char *format, const nkc_write_options *options)
{
	FILE *file;
	nkc_reader *reader = open_corpus(&file);
	nkc_record *record;
	size_t count = 0, other = 0;
	trip t;
	start_trip(&t, format, options);
	while (nkc_reader_next(reader, &record) == NKC_OK && record) {
		count++;
		if (can_come_back(record))
			other += !comes_back(&t, record);
	}
	nkc_reader_close(reader);
	fclose(file);
	end_trip(&t);
	assert_true(count > 300);
	assert_int_equal(other, 0);
}

static void every_item_comes_back_from_bibtex(void **state)
{
	(void)state;
	take_the_corpus_there_and_back("bibtex", &(nkc_write_options){ .target = NKC_TARGET_ANY });
	take_the_corpus_there_and_back("bibtex", &(nkc_write_options){ .charset = NKC_CHARSET_UTF8 });
}

static void every_item_comes_back_from_biblatex(void **state)
{
	(void)state;
	take_the_corpus_there_and_back("biblatex", &(nkc_write_options){ .target = NKC_TARGET_ANY });
	take_the_corpus_there_and_back("biblatex", &(nkc_write_options){ .charset = NKC_CHARSET_ASCII });
}

static void every_item_comes_back_from_a_dialect(void **state)
{
	(void)state;
	take_the_corpus_there_and_back("bibtex", &(nkc_write_options){ .target = NKC_TARGET_ZOTERO });
	take_the_corpus_there_and_back("biblatex", &(nkc_write_options){ .target = NKC_TARGET_ZOTERO });
	take_the_corpus_there_and_back("bibtex", &(nkc_write_options){ .target = NKC_TARGET_JABREF });
}

/* --- what was changed on the way --- */

static void expect_text(const char *bib, nkc_var var, const char *text)
{
	nkc_record *record;
	nkc_reader *reader = read_text(nkc_format_find(NKC_STR("bibtex")), nkc_str_from(bib), &record);
	assert_str(nkc_record_text(record, var), text);
	nkc_reader_close(reader);
}

#define PAGES(written) "@article{a,\n  pages = {" written "},\n  nkcite = {{\"page\":\"7—19\"}},\n}\n"

static void a_value_in_the_object_counts_where_the_field_still_says_so(void **state)
{
	(void)state;
	expect_text(PAGES("7---19"), NKC_VAR_PAGE, "7—19");
	expect_text(PAGES("7--20"), NKC_VAR_PAGE, "7-20");
}

#define PAGE(note) \
	"@misc{a,\n  howpublished = {\\url{https://a.example/}},\n  journal = {Site},\n  note = {" note "},\n" \
	"  entrysubtype = {webpage},\n}\n"

static void the_site_in_front_of_a_note_is_no_note(void **state)
{
	(void)state;
	expect_text(PAGE("{Site}"), NKC_VAR_NOTE, "");
	expect_text(PAGE("{Site}. Seen"), NKC_VAR_NOTE, "Seen");
	expect_text(PAGE("Site"), NKC_VAR_NOTE, "Site");
	expect_text(PAGE("{Other}. Seen"), NKC_VAR_NOTE, "Other. Seen");
	expect_text(PAGE("{Site}"), NKC_VAR_CONTAINER_TITLE, "Site");
	expect_text(PAGE("{Site}"), NKC_VAR_URL, "https://a.example/");
}

/* --- fields that mean no variable --- */

static void expect_written(const char *bib, const char *format, const char *wanted)
{
	nkc_record *record;
	nkc_writer *writer;
	nkc_buf out = NKC_BUF_INIT;
	nkc_reader *reader = read_text(nkc_format_find(NKC_STR("bibtex")), nkc_str_from(bib), &record);
	assert_int_equal(nkc_writer_open(&writer, nkc_format_find(nkc_str_from(format)), NULL), NKC_OK);
	assert_int_equal(nkc_writer_record(writer, record, &out, NULL), NKC_OK);
	if (nkc_str_find(nkc_buf_str(&out), nkc_str_from(wanted)) == out.len)
		fail_msg("\"%s\" is not in\n%.*s", wanted, (int)out.len, out.ptr);
	nkc_writer_close(writer);
	nkc_reader_close(reader);
	nkc_buf_release(&out);
}

#define FOREIGN                                                                                     \
	"@article{a,\n  author = {Doe, Jane and others},\n  title = {T},\n  Groups = {one {two} },\n" \
	"  bdsk-url-1 = {http://x.example/%20},\n  eprint = {123},\n  eprinttype = {jstor},\n}\n"

static void fields_that_mean_no_variable_are_written_as_they_were(void **state)
{
	(void)state;
	expect_written(FOREIGN, "bibtex", "\n  author = {Doe, Jane and others},\n");
	expect_written(FOREIGN, "bibtex", "\n  bdsk-url-1 = {http://x.example/%20},\n");
	expect_written(FOREIGN, "biblatex", "\n  eprint = {123},\n  eprinttype = {jstor},\n");
	/* The space before the brace would be lost. */
	expect_written(FOREIGN, "bibtex", "\n  nkcite = {{\"custom\":{\"bibtex\":{\"groups\":");
}

static void what_is_left_of_custom_goes_into_the_object(void **state)
{
	(void)state;
	const char *bib =
		"@article{a,\n  title = {T},\n  groups = {g},\n  nkcite = {{\"custom\":{\"x\":1},\"medium\":\"m\"}},\n}\n";
	expect_written(bib, "bibtex", "\n  groups = {g},\n");
	expect_written(bib, "bibtex", "\"custom\":{\"x\":1}");
	expect_written("@article{a,\n  title = {T},\n  groups = {g},\n}\n", "bibtex", "\n  groups = {g},\n}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_comes_back_from_bibtex),
		cmocka_unit_test(every_item_comes_back_from_biblatex),
		cmocka_unit_test(every_item_comes_back_from_a_dialect),
		cmocka_unit_test(a_value_in_the_object_counts_where_the_field_still_says_so),
		cmocka_unit_test(fields_that_mean_no_variable_are_written_as_they_were),
		cmocka_unit_test(what_is_left_of_custom_goes_into_the_object),
		cmocka_unit_test(the_site_in_front_of_a_note_is_no_note),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
