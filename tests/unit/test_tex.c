/*
 * What .aux files say. Lines are as LaTeX, natbib, biblatex 3.18 and citation-style-language 0.3 and 0.9 write them.
 */
#include "support/unit.h"

#include "base/mem.h"

#include <nkcite/nkcite.h>

static nkc_tex *read(const char *text, nkc_diags *diags)
{
	nkc_tex *tex;
	assert_int_equal(nkc_tex_new(&tex, diags), NKC_OK);
	assert_int_equal(nkc_tex_read(tex, nkc_str_from(text), NKC_STR("p.aux")), NKC_OK);
	return tex;
}

static void assert_keys(nkc_tex *tex, const char *want)
{
	nkc_buf all = NKC_BUF_INIT;
	size_t count;
	const nkc_str *keys = nkc_tex_keys(tex, &count);
	for (size_t i = 0; i < count; i++)
		nkc_buf_printf(&all, "%s%.*s", i ? " " : "", NKC_STR_ARG(keys[i]));
	assert_str(nkc_buf_str(&all), want);
	nkc_buf_release(&all);
}

static void bibtex_lines_are_read(void **state)
{
	(void)state;
	size_t count;
	nkc_str file;
	nkc_tex *tex = read("\\relax \n\\citation{b, a}\r\n\\citation{a}\n\\@input{one.aux}\n\\bibstyle{plainnat}\n"
	                    "\\bibdata{refs,more}\n \\bibcite{x}{{1}{2}{}{}}\n\\citations{no}\n\\@input{one.aux}\n", NULL);
	assert_int_equal(nkc_tex_get_kind(tex), NKC_TEX_BIBTEX);
	assert_keys(tex, "b a");
	assert_false(nkc_tex_wants_all(tex));
	const nkc_str *data = nkc_tex_data(tex, &count);
	assert_int_equal(count, 2);
	assert_str(data[1], "more");
	assert_str(nkc_tex_sections(tex, &count)[0].style, "plainnat");
	assert_true(nkc_tex_next_input(tex, &file));
	assert_str(file, "one.aux");
	assert_false(nkc_tex_next_input(tex, &file));
	nkc_tex_free(tex);
}

static void a_star_cites_all(void **state)
{
	(void)state;
	nkc_tex *tex = read("\\citation{*}\n", NULL);
	assert_true(nkc_tex_wants_all(tex));
	assert_true(nkc_tex_wants(tex, NKC_STR("any")));
	assert_true(nkc_tex_has(tex, NKC_STR("any")));
	nkc_tex_free(tex);
}

static void biblatex_lines_are_read(void **state)
{
	(void)state;
	size_t count;
	nkc_tex *tex = read("\\abx@aux@refcontext{nyt/global//global/global}\n\\abx@aux@cite{0}{doe}\n\\abx@aux@cite{old}\n"
	                    "\\abx@aux@segm{0}{0}{doe}\n", NULL);
	assert_int_equal(nkc_tex_get_kind(tex), NKC_TEX_BIBLATEX);
	assert_keys(tex, "doe old");
	static const char bcf[] = "<?xml version=\"1.0\"?><bcf:controlfile version=\"3.8\" "
				  "xmlns:bcf=\"https://sourceforge.net/projects/biblatex\"><bcf:bibdata section=\"0\"><bcf:datasource type=\"file\">refs.bib</bcf:datasource>"
				  "</bcf:bibdata><bcf:section number=\"0\"><bcf:citekey order=\"1\">doe</bcf:citekey><bcf:citekey "
				  "order=\"2\">roe</bcf:citekey></bcf:section></bcf:controlfile>";
	assert_int_equal(nkc_tex_read_control(tex, nkc_str_from(bcf), NKC_STR("p.bcf")), NKC_OK);
	assert_keys(tex, "doe old roe");
	assert_str(nkc_tex_data(tex, &count)[0], "refs.bib");
	assert_int_equal(nkc_tex_read_control(tex, NKC_STR("<a/>"), NKC_STR("p.bcf")), NKC_ESYNTAX);
	nkc_tex_free(tex);
}

static void citations_of_the_package_are_read(void **state)
{
	(void)state;
	size_t count;
	nkc_tex *tex = read("\\csl@aux@style{0}{apa}\n\\csl@aux@data{0}{a.bib,b}{}\n"
	                    "\\csl@aux@options{0}{locale={de-DE},linking={true}}\n"
	                    "\\csl@aux@cite {0}{citationID={x@2},citationItems={{id={x},label={page},locator={6},prefix={see {}A}},"
	                    "{id={y}}},properties={mode={composite},suffix={so},noteIndex={3}}}\n"
	                    "\\csl@aux@cite {1}{citationID={@nocite},citationItems={{id={z}}},properties={noteIndex={0}}}\n"
	                    "\\csl@aux@bibliography{0}{index=1}\n", NULL);
	assert_int_equal(nkc_tex_get_kind(tex), NKC_TEX_CSL);
	assert_keys(tex, "x y z");
	const nkc_tex_citation *all = nkc_tex_citations(tex, &count);
	assert_int_equal(count, 2);
	assert_str(all[0].id, "x@2");
	assert_int_equal(all[0].count, 2);
	assert_int_equal(all[0].note, 3);
	assert_int_equal(all[0].mode, NKC_MODE_COMPOSITE);
	assert_str(all[0].cites[0].prefix, "see {}A");
	assert_str(all[0].cites[0].label, "page");
	assert_str(all[0].cites[0].locator, "6");
	assert_str(all[0].cites[1].suffix, "so");
	assert_true(all[1].uncited);
	assert_int_equal(all[1].section, 1);
	const nkc_tex_section *sections = nkc_tex_sections(tex, &count);
	assert_int_equal(count, 2);
	assert_str(sections[0].style, "apa");
	assert_str(sections[0].locale, "de-DE");
	assert_true(sections[0].listed && sections[0].links);
	assert_false(sections[1].listed);
	nkc_tex_free(tex);
}

static void older_lines_of_the_package_are_read(void **state)
{
	(void)state;
	size_t count;
	nkc_tex *tex = read("\\bibstyle{apa}\n\\csl@data{ex.bib}\n\\csloptions {locale=de-DE}\n"
	                    "\\citation {citationID={doe@1},citationItems={{id={doe}}},properties={noteIndex={1}}}\n", NULL);
	assert_int_equal(nkc_tex_get_kind(tex), NKC_TEX_CSL_OLD);
	assert_keys(tex, "doe");
	assert_str(nkc_tex_citations(tex, &count)[0].id, "doe@1");
	assert_str(nkc_tex_sections(tex, &count)[0].locale, "de-DE");
	nkc_tex_free(tex);
}

static void a_line_that_is_cut_off_has_its_place(void **state)
{
	(void)state;
	nkc_diags *diags = nkc_diags_new();
	nkc_tex *tex = read("\\citation{a}\n\\citation{b,c\n\\citation{d}\n", diags);
	assert_keys(tex, "a d");
	assert_int_equal(nkc_diags_count(diags), 1);
	const nkc_diag *diag = nkc_diags_at(diags, 0);
	assert_int_equal(diag->code, NKC_CODE_TEX_UNCLOSED);
	assert_int_equal(diag->from.line, 2);
	assert_int_equal(diag->from.column, 10);
	nkc_place place = nkc_tex_place(tex, NKC_STR("d"));
	assert_int_equal(nkc_source_position(place.source, place.offset).line, 3);
	assert_int_equal(nkc_source_position(place.source, place.offset).column, 11);
	nkc_tex_free(tex);
	nkc_diags_free(diags);
}

static void memory_may_run_out_anywhere(void **state)
{
	(void)state;
	static const char text[] = "\\csl@aux@data{0}{a,b}{}\n\\@input{c}\n"
				   "\\csl@aux@cite{1}{citationID={x},citationItems={{id={x}},{id={y}}},properties={}}\n";
	for (uint64_t n = 1, done = 0; !done; n++) {
		nkc_tex *tex = NULL;
		nkc_mem_fail_at(n);
		nkc_status status = nkc_tex_new(&tex, NULL);
		if (!status)
			status = nkc_tex_read(tex, nkc_str_from(text), NKC_STR("p.aux"));
		done = nkc_mem_count() < n;
		nkc_mem_fail_at(0);
		assert_true(status == NKC_ENOMEM || (status == NKC_OK && done));
		nkc_tex_free(tex);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bibtex_lines_are_read),
		cmocka_unit_test(a_star_cites_all),
		cmocka_unit_test(biblatex_lines_are_read),
		cmocka_unit_test(citations_of_the_package_are_read),
		cmocka_unit_test(older_lines_of_the_package_are_read),
		cmocka_unit_test(a_line_that_is_cut_off_has_its_place),
		cmocka_unit_test(memory_may_run_out_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
