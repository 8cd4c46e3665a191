/*
 * .bib files are read as real ones are: every way to write an entry, a name, a date; and a bad entry costs no other.
 * Expected: the manuals of BibTeX (btxdoc) and biblatex, and what pandoc and Zotero make of the same.
 */
#include "support/unit.h"

#include <nkcite/format.h>
#include <nkcite/record.h>

/* Reads the file; gives each record as a line of CSL-JSON. */
static nkc_str read_all(const char *format, nkc_str bib, nkc_buf *out)
{
	nkc_reader *reader;
	nkc_writer *writer;
	nkc_record *record;
	assert_int_equal(nkc_reader_open_text(&reader, nkc_format_find(nkc_str_from(format)),
	                                      NKC_STR("test.bib"), bib, NULL),
	                 NKC_OK);
	assert_int_equal(nkc_writer_open(&writer, nkc_format_find(NKC_STR("csljsonl")), NULL), NKC_OK);
	nkc_buf_clear(out);
	while (nkc_reader_next(reader, &record) == NKC_OK && record)
		assert_int_equal(nkc_writer_record(writer, record, out, NULL), NKC_OK);
	nkc_reader_close(reader);
	nkc_writer_close(writer);
	return nkc_buf_str(out);
}

static void expect(const char *format, nkc_str bib, const char *wanted)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_str got = read_all(format, bib, &out);
	if (nkc_str_find(got, nkc_str_from(wanted)) == got.len)
		fail_msg("%.*s\ngives\n%.*s\nwithout %s", NKC_STR_ARG(bib), NKC_STR_ARG(got), wanted);
	nkc_buf_release(&out);
}

static void expect_bibtex(const char *bib, const char *wanted)
{
	expect("bibtex", nkc_str_from(bib), wanted);
}

static void expect_biblatex(const char *bib, const char *wanted)
{
	expect("biblatex", nkc_str_from(bib), wanted);
}

static size_t count_of(const char *bib)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_str got = read_all("bibtex", nkc_str_from(bib), &out);
	size_t count = 0;
	for (size_t i = 0; i < got.len; i++)
		count += got.ptr[i] == '\n';
	nkc_buf_release(&out);
	return count;
}

/* --- entries --- */

static void entries_are_found_in_every_spelling(void **state)
{
	(void)state;
	expect_bibtex("@BOOK(a, Title = \"T\")", "\"id\":\"a\",\"type\":\"book\",\"title\":\"T\"");
	expect_bibtex("@book { a , title = {T} , }", "\"id\":\"a\",\"type\":\"book\",\"title\":\"T\"");
	expect_bibtex("@book{a,\n  title = {T}\n  year = 1999\n}",
	              "\"title\":\"T\",\"issued\":{\"date-parts\":[[1999]]}");
	expect_bibtex("@book{a, title = {A {\"}quoted{\"} \"word\"}}", "A \\\"quoted\\\" \\\"word\\\"");
	expect_bibtex("@book{a, title = \"A {\"}quoted{\"} word\"}", "A \\\"quoted\\\" word");
	expect_bibtex("@book{a, title = {T}, title = {Other}}", "\"title\":\"T\"");
	expect_bibtex("@book{title = {No key}}", "\"title\":\"No key\"");
}

static void strings_are_put_in_and_joined(void **state)
{
	(void)state;
	const char *strings = "@string{jr = \"Journal\"}\n@STRING(of = { of })\n"
	                      "@article{a, journal = JR # of # {Things}, month = jan # \"/\" # feb, year = 2000}";
	expect_bibtex(strings, "\"container-title\":\"Journal of Things\"");
	expect_bibtex("@article{a, journal = undefined, title = {T}}", "\"container-title\":\"undefined\"");
}

static void what_is_no_entry_is_none(void **state)
{
	(void)state;
	assert_int_equal(
		count_of(
			"me@example.org wrote\n@comment{@book{no, title={T}}}\n@preamble{\"\\x{@book{no,}\"}\n"
			"% @book{no, title={T}}\n@book{yes, title={T}}\n"),
		1);
	assert_int_equal(count_of("% Encoding: x\r\r@book{yes,\r  title={T}\r}\r% @book{no, title={T}}\r"), 1);
	assert_int_equal(count_of("@comment{jabref-meta: groupstree: 0 AllEntriesGroup:;}\n@book{a,title={T}}"), 1);
}

static void a_bad_entry_costs_no_other(void **state)
{
	(void)state;
	assert_int_equal(count_of("@book{a, title = {T\n}\n\n@book{b, title = {U}}\n"), 2);
	assert_int_equal(count_of("@book{a, title = {T}, year = }\n@book{b, title = {U}}\n"), 2);
	assert_int_equal(count_of("@book{a, title = {T}}}\n@book{b, title = {U}}\n"), 2);
	assert_int_equal(count_of("@book{a, title = \"T}\n@book{b, title = {U}}\n@book{c, title = {V}}\n"), 3);
	expect_bibtex("@book{a, title = {T\n}\n\n@book{b, title = {U}}\n",
	              "\"id\":\"b\",\"type\":\"book\",\"title\":\"U\"");
}

/* --- names --- */

#define BOOK_BY(author) "@book{a, author = {" author "}}"

static void names_are_split_as_bibtex_does(void **state)
{
	(void)state;
	expect_bibtex(BOOK_BY("Ludwig van Beethoven"),
	              "{\"family\":\"Beethoven\",\"given\":\"Ludwig\",\"non-dropping-particle\":\"van\"}");
	expect_bibtex(
		BOOK_BY("van der Berg, Jr, Jan"),
		"{\"family\":\"Berg\",\"given\":\"Jan\",\"non-dropping-particle\":\"van der\",\"suffix\":\"Jr\"}");
	expect_bibtex(BOOK_BY("Doe, Jane and Roe, Rick"),
	              "[{\"family\":\"Doe\",\"given\":\"Jane\"},{\"family\":\"Roe\",\"given\":\"Rick\"}]");
	expect_bibtex(BOOK_BY("{Barnes and Noble, Inc.} and Donald E. Knuth"),
	              "[{\"literal\":\"Barnes and Noble, Inc.\"},{\"family\":\"Knuth\",\"given\":\"Donald E.\"}]");
	expect_bibtex(
		BOOK_BY("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin"),
		"{\"family\":\"Vallée Poussin\",\"given\":\"Charles Louis Xavier Joseph\",\"non-dropping-particle\":\"de la\"}");
	expect_bibtex(BOOK_BY("Doe, Jane and others"), "[{\"family\":\"Doe\",\"given\":\"Jane\"}]");
	expect_bibtex(BOOK_BY("Sanderson and\n  Anderson, A."),
	              "[{\"family\":\"Sanderson\"},{\"family\":\"Anderson\",\"given\":\"A.\"}]");
}

/* biblatex's manual, 3.6 */
static void extended_names_are_read(void **state)
{
	(void)state;
	expect_biblatex(
		BOOK_BY("given=Hans, family=Harman and given=Simon, prefix=de, family=Beumont, useprefix=true"),
		"[{\"given\":\"Hans\",\"family\":\"Harman\"},{\"given\":\"Simon\",\"non-dropping-particle\":\"de\",\"family\":\"Beumont\"}]");
	expect_biblatex(BOOK_BY("\"family={Barnes, Ltd}\", given=X and Doe, Jane"),
	                "{\"family\":\"Doe\",\"given\":\"Jane\"}");
	expect_biblatex(BOOK_BY("sortingnamekeytemplatename=snks1 and Doe, Jane"),
	                "\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}]");
}

/* --- dates --- */

static void years_and_months_are_read_in_every_spelling(void **state)
{
	(void)state;
	static const char *const months[] = { "month = may", "month = {May}", "month = \"5\"",
		                              "month = {May.}", "month = 5" };
	char bib[96];
	for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
		snprintf(bib, sizeof bib, "@book{a, year = {2020}, %s}", months[i]);
		expect_bibtex(bib, "\"issued\":{\"date-parts\":[[2020,5]]}");
	}
	expect_bibtex("@book{a, year = 2020, month = may, day = 22}", "\"date-parts\":[[2020,5,22]]");
	expect_bibtex("@book{a, year = 2020, month = {22 may}}", "\"date-parts\":[[2020,5,22]]");
	expect_bibtex("@book{a, year = 2020, month = may # {~22}}", "\"date-parts\":[[2020,5,22]]");
	expect_bibtex("@book{a, year = {1999--2004}}", "\"date-parts\":[[1999],[2004]]");
	expect_bibtex("@book{a, year = {in press}}", "\"issued\":{\"literal\":\"in press\"}");
}

static void edtf_is_read(void **state)
{
	(void)state;
	expect_biblatex("@book{a, date = {2004-04-25/2004-05-05}}", "\"date-parts\":[[2004,4,25],[2004,5,5]]");
	expect_biblatex("@book{a, date = {1723~}}", "\"date-parts\":[[1723]],\"circa\":true");
	expect_biblatex("@book{a, date = {2010-21}}", "\"date-parts\":[[2010]],\"season\":1");
	expect_biblatex("@book{a, date = {2004-04-25T14:34:00}}", "\"date-parts\":[[2004,4,25]]");
	expect_biblatex("@book{a, date = {199u}}", "\"edtf\":{\"issued\":\"199X\"}");
	expect_biblatex("@book{a, year = {1990}, date = {1991}}", "\"date-parts\":[[1991]]");
}

/* --- one entry and another --- */

static void an_entry_takes_over_by_the_types_of_both(void **state)
{
	(void)state;
	expect_biblatex(
		"@inproceedings{c, title={P}, crossref={p}}\n@proceedings{p, title={Procs}, subtitle={Sub}, year=2001}",
		"\"title\":\"P\",\"container-title\":\"Procs: Sub\"");
	expect_biblatex("@article{c, title={A}, crossref={p}}\n@periodical{p, title={Journal}, issn={1234-5679}}",
	                "\"title\":\"A\",\"container-title\":\"Journal\"");
	expect_biblatex(
		"@book{c, title={One}, crossref={p}}\n@mvbook{p, title={All}, author={Doe, Jane}}",
		"\"title\":\"All\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}],\"volume-title\":\"One\"");
	expect_biblatex("@inbook{c, title={Chapter}, crossref={p}}\n@book{p, title={Book}, author={Doe, Jane}}",
	                "\"container-author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}]");
	expect_biblatex("@xdata{x, publisher={House}}\n@book{c, title={T}, xdata={x}}", "\"publisher\":\"House\"");
	expect_bibtex("@incollection{c, title={P}, crossref={p}}\n@book{p, title={B}, booktitle={In B}}",
	              "\"container-title\":\"In B\"");
}

static void a_shorttitle_and_an_xref_are_not_taken_over(void **state)
{
	(void)state;
	nkc_buf out = NKC_BUF_INIT;
	nkc_str got = read_all("biblatex",
	                       NKC_STR("@inbook{c, title={Chapter}, crossref={p}, xref={q}}\n"
	                               "@book{p, title={Book}, shorttitle={Short}}\n@book{q, publisher={House}}\n"),
	                       &out);
	nkc_str first = nkc_str_slice(got, 0, nkc_str_find_byte(got, '\n'));
	assert_true(nkc_str_find(first, NKC_STR("Short")) == first.len);
	assert_true(nkc_str_find(first, NKC_STR("House")) == first.len);
	nkc_buf_release(&out);
}

/* --- fields --- */

static void fields_of_the_type_go_before_others(void **state)
{
	(void)state;
	expect_bibtex("@inproceedings{a, organization={IEEE}, publisher={House}}", "\"publisher\":\"House\"");
	expect_bibtex("@article{a, booktitle={B}, journal={J}}", "\"container-title\":\"J\"");
	expect_bibtex("@inproceedings{a, organization={IEEE}}", "\"publisher\":\"IEEE\"");
}

static void addresses_are_unescaped(void **state)
{
	(void)state;
	expect_bibtex("@misc{a, url = {http://x.example/\\~{}u/a\\_b\\%20c\\#d}}",
	              "\"URL\":\"http://x.example/~u/a_b%20c#d\"");
	expect_bibtex("@misc{a, url = {http://x.example/$\\sim$u}}", "\"URL\":\"http://x.example/~u\"");
	expect_bibtex("@misc{a, howpublished = {\\url{http://x.example/~u}}}", "\"URL\":\"http://x.example/~u\"");
	expect_bibtex("@misc{a, howpublished = {Self published}}", "\"publisher\":\"Self published\"");
}

static void the_number_of_pages_of_a_whole_is_no_page(void **state)
{
	(void)state;
	expect_bibtex("@book{a, pages = {350}}", "\"number-of-pages\":\"350\"");
	expect_bibtex("@book{a, pages = {3--50}}", "\"page\":\"3-50\"");
	expect_bibtex("@article{a, pages = {350}}", "\"page\":\"350\"");
}

/* --- what the bytes mean --- */

static void other_encodings_are_read(void **state)
{
	(void)state;
	expect_bibtex("@book{a, title = {Caf\xE9 \x93x\x94}}", "\"title\":\"Café “x”\"");
	expect_bibtex("@string{s = {Caf\xE9}}\n@book{a, title = s}", "\"title\":\"Café\"");
	expect("bibtex", NKC_STR("\xFF\xFE@\0b\0o\0o\0k\0{\0a\0,\0t\0i\0t\0l\0e\0=\0{\0\xE9\0}\0}\0"),
	       "\"title\":\"é\"");
	expect("bibtex", NKC_STR("\0@\0b\0o\0o\0k\0{\0a\0,\0t\0i\0t\0l\0e\0=\0{\0\xE9\0}\0}"), "\"title\":\"é\"");
	expect_bibtex("\xEF\xBB\xBF@book{a, title = {T}}", "\"title\":\"T\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_found_in_every_spelling),
		cmocka_unit_test(strings_are_put_in_and_joined),
		cmocka_unit_test(what_is_no_entry_is_none),
		cmocka_unit_test(a_bad_entry_costs_no_other),
		cmocka_unit_test(names_are_split_as_bibtex_does),
		cmocka_unit_test(extended_names_are_read),
		cmocka_unit_test(years_and_months_are_read_in_every_spelling),
		cmocka_unit_test(edtf_is_read),
		cmocka_unit_test(an_entry_takes_over_by_the_types_of_both),
		cmocka_unit_test(a_shorttitle_and_an_xref_are_not_taken_over),
		cmocka_unit_test(fields_of_the_type_go_before_others),
		cmocka_unit_test(addresses_are_unescaped),
		cmocka_unit_test(the_number_of_pages_of_a_whole_is_no_page),
		cmocka_unit_test(other_encodings_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
