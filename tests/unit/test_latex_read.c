/*
 * LaTeX as text. What is expected is what LaTeX prints (The LaTeX Companion); the inverse of what nkcite writes is
 * checked by writing and reading.
 */
#include "support/unit.h"

#include "format/latex_read.h"

enum { MARKUP = NKC_LATEX_MARKUP, LINES = NKC_LATEX_LINES, NOCASE = NKC_LATEX_NOCASE };

static nkc_latex_table *table;

static int set_up(void **state)
{
	(void)state;
	table = nkc_latex_table_new();
	return table ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	nkc_latex_table_free(table);
	return 0;
}

static void check_reads(const char *latex, unsigned flags, const char *text)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_latex_read(table, &out, nkc_str_from(latex), flags);
	assert_str(nkc_buf_str(&out), text);
	nkc_buf_release(&out);
}

static void every_command_that_is_written_is_read(void **state)
{
	(void)state;
	static const struct {
		uint32_t rune;
		const char *latex;
	} all[] = {
#define NKC_LATEX(rune, latex) { rune, latex },
#define NKC_LATEX_STRICT(rune, latex) { rune, latex },
#define NKC_LATEX_MARK(rune, accent)
#include "format/latex_chars.def"
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
#undef NKC_LATEX_MARK
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		nkc_buf expected = NKC_BUF_INIT;
		nkc_buf_put_rune(&expected, all[i].rune);
		check_reads(all[i].latex, MARKUP, expected.ptr);
		nkc_buf_release(&expected);
	}
}

static void the_other_commands_stand_once(void **state)
{
	(void)state;
	static const char *const names[] = {
#define NKC_LATEX_COMMAND(name, text) name,
#include "format/latex_commands.def"
#undef NKC_LATEX_COMMAND
	};
	for (size_t i = 1; i < sizeof names / sizeof *names; i++)
		assert_true(strcmp(names[i - 1], names[i]) < 0);
}

static void accents_are_read_in_every_spelling(void **state)
{
	(void)state;
	check_reads("{\\'e} \\'e \\'{e} {\\'{e}} \\' e", 0, "\xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9");
	check_reads("\\v{s} {\\v s} \\v s \\H{o} {\\H o}", 0, "\xc5\xa1 \xc5\xa1 \xc5\xa1 \xc5\x91 \xc5\x91");
	check_reads("\\'{\\i} \\'\\i \\\"{\\i}", 0, "\xc3\xad \xc3\xad \xc3\xaf");
	check_reads("\\ss{} \\o \\AE", 0, "\xc3\x9f \xc3\xb8\xc3\x86");
	check_reads("Stra{\\ss}e, \\O rsted", 0, "Stra\xc3\x9f""e, \xc3\x98rsted");
	check_reads("\\'{\\^e}", 0, "\xe1\xba\xbf");
	check_reads("\\textcommabelow{s}", 0, "\xc8\x99");
	check_reads("\\~{}user x\\^{}2", 0, "~user x^2");
}

static void punctuation_is_read(void **state)
{
	(void)state;
	check_reads("``a'' -- b --- c-{}-d 5'{}' it's", 0,
	            "\xe2\x80\x9c""a\xe2\x80\x9d \xe2\x80\x93 b \xe2\x80\x94 c--d 5'' it's");
	check_reads("10~km \\& 5\\% \\#1 \\$2 a\\_b \\{x\\}", 0, "10\xc2\xa0km & 5% #1 $2 a_b {x}");
	check_reads("\\ldots{} {\\textquoteright} ?`Que?", 0, "\xe2\x80\xa6 \xe2\x80\x99 \xc2\xbfQue?");
}

static void styles_become_markup(void **state)
{
	(void)state;
	check_reads("\\emph{a} \\textbf{b} {\\it c d} {\\bfseries e}", MARKUP, "<i>a</i> <b>b</b> <i>c d</i> <b>e</b>");
	check_reads("\\emph{a} \\textbf{b} {\\it c}", 0, "a b c");
	check_reads("H$_2$O 10$^{6}$ x\\textsuperscript{2}", MARKUP, "H<sub>2</sub>O 10<sup>6</sup> x<sup>2</sup>");
	check_reads("\\enquote{a \\emph{b}}", MARKUP, "\xe2\x80\x9c""a <i>b</i>\xe2\x80\x9d");
	check_reads("see \\url{http://a.b/c_d%e} and \\href{http://x}{y}", MARKUP, "see http://a.b/c_d%e and y");
}

static void groups_protect_case_in_titles(void **state)
{
	(void)state;
	check_reads("The {DNA} of {\\'E}tienne", MARKUP | NOCASE, "The <span class=\"nocase\">DNA</span> of \xc3\x89tienne");
	check_reads("The {DNA}", MARKUP, "The DNA");
	check_reads("{{The DNA}}", MARKUP | NOCASE, "The DNA");
	check_reads("{A} {B}", MARKUP | NOCASE, "<span class=\"nocase\">A</span> <span class=\"nocase\">B</span>");
}

static void mathematics_is_read_where_it_can_be(void **state)
{
	(void)state;
	check_reads("$\\alpha$-synuclein, $p < 0.05$, $O(n \\log n)$", MARKUP, "\xce\xb1-synuclein, p < 0.05, O(n log n)");
	check_reads("$\\mathrm{CO}_2$", MARKUP, "CO<sub>2</sub>");
	check_reads("$\\frac{1}{2}$ of $x", MARKUP, "$\\frac{1}{2}$ of $x");
}

static void unknown_commands_stay(void **state)
{
	(void)state;
	check_reads("a \\foo{b {c}} \\bar d", 0, "a \\foo{b c} \\bar d");
	check_reads("end\\", 0, "end\\");
}

static void white_space_is_one_space(void **state)
{
	(void)state;
	check_reads("  a\n\t b\\\\c ", 0, "a b c");
	check_reads("One\n  two.\nThree.\n\nFour.\n", LINES, "One two.\nThree.\n\nFour.");
	check_reads("One.\\par Two.", LINES, "One.\n\nTwo.");
}

static void broken_text_does_no_harm(void **state)
{
	(void)state;
	check_reads("{a", 0, "a");
	check_reads("a}", 0, "a");
	check_reads("\\textit{a", MARKUP, "<i>a</i>");
	check_reads("\\'", 0, "'");
	check_reads("$", 0, "$");
	nkc_buf deep = NKC_BUF_INIT, out = NKC_BUF_INIT;
	for (int i = 0; i < 100000; i++)
		nkc_buf_puts(&deep, "\\textit{{");
	nkc_latex_read(table, &out, nkc_buf_str(&deep), MARKUP);
	assert_int_equal(nkc_buf_status(&out), NKC_OK);
	nkc_buf_release(&deep);
	nkc_buf_release(&out);
}

static void what_is_written_is_read_again(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"R&D: 50% of #1 costs $5 in C_x ~ {a} ^ \\ end",
		"A smile :-} and an open { brace",
		"<i>E. coli</i> H<sub>2</sub>O 10<sup>it's -- <i>x</i></sup> <b>m</b>",
		"Living with <span class=\"nocase\">iPhone</span> and <i>a <span class=\"nocase\">B</span></i>",
		"<span class=\"nocase\"><i>A</i></span> x <span class=\"nocase\">&</span> y",
		"<span style=\"font-variant:small-caps;\">nasa</span> < 5 > 3 | `x`",
		"\xe2\x80\x9cSmart\xe2\x80\x9d \xe2\x80\x98q\xe2\x80\x99 \"s\" 'p' O\xe2\x80\x99""Brien '' ``",
		"a - b -- c --- d \xe2\x80\x93 e \xe2\x80\x94 f-\xe2\x80\x93-",
		"What?! Really!! ?? ,, x",
		"\xce\xb1-synuclein \xce\x9b\xcf\x8c\xce\xb3\xce\xbf\xcf\x82 \xd0\x92\xd0\xbe\xd0\xb9\xd0\xbd\xd0\xb0",
		"10\xc2\xa0km \xed\x95\x9c\xea\xb5\xad \xf0\x9f\x98\x80",
		"a <sup>$5 < 6</sup> <sub>{x}</sub>",
	};
	static const unsigned sets[] = { 0, NKC_LATEX_ASCII, NKC_LATEX_ASCII | NKC_LATEX_STRICT };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		for (size_t j = 0; j < sizeof sets / sizeof *sets; j++) {
			nkc_buf latex = NKC_BUF_INIT;
			assert_true(nkc_latex_put(&latex, nkc_str_from(texts[i]), MARKUP | NOCASE | sets[j]));
			check_reads(latex.ptr, MARKUP | NOCASE, texts[i]);
			nkc_buf_release(&latex);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_that_is_written_is_read),
		cmocka_unit_test(the_other_commands_stand_once),
		cmocka_unit_test(accents_are_read_in_every_spelling),
		cmocka_unit_test(punctuation_is_read),
		cmocka_unit_test(styles_become_markup),
		cmocka_unit_test(groups_protect_case_in_titles),
		cmocka_unit_test(mathematics_is_read_where_it_can_be),
		cmocka_unit_test(unknown_commands_stay),
		cmocka_unit_test(white_space_is_one_space),
		cmocka_unit_test(broken_text_does_no_harm),
		cmocka_unit_test(what_is_written_is_read_again),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
