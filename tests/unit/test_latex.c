/*
 * Text as LaTeX. What is expected comes from LaTeX (The LaTeX Companion, 7.11; usrguide), from what BibTeX counts as a
 * brace and as a special character (btxdoc, btxhak), and from what biber, pandoc and Zotero were seen to read.
 */
#include "support/unit.h"

#include "format/latex.h"

enum { ASCII = NKC_LATEX_ASCII, MARKUP = NKC_LATEX_MARKUP, LINES = NKC_LATEX_LINES, NOCASE = NKC_LATEX_NOCASE };

typedef struct escape {
	const char *text;
	unsigned flags;
	const char *latex;
	bool exact;
} escape;

static void check_all(const escape *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		nkc_buf out = NKC_BUF_INIT;
		bool exact = nkc_latex_put(&out, nkc_str_from(cases[i].text), cases[i].flags);
		assert_str(nkc_buf_str(&out), cases[i].latex);
		if (exact != cases[i].exact)
			fail_msg("%s: exact is %d", cases[i].text, exact);
		nkc_buf_release(&out);
	}
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof *(cases))

static void plain_text_is_copied(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "", ASCII, "", true },
		{ "A plain title: 3 of 4 (really), e.g. \"this\"; [x] / @home + = * 100.", ASCII,
		  "A plain title: 3 of 4 (really), e.g. \"this\"; [x] / @home + = * 100.", true },
		{ "well-known", ASCII, "well-known", true },
		{ "it's", ASCII, "it's", true },
	};
	CHECK_ALL(cases);
}

static void what_is_special_to_latex_is_escaped(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "R&D: 50% of #1 costs $5 in C_x", 0, "R\\&D: 50\\% of \\#1 costs \\$5 in C\\_x", true },
		{ "a~b^c\\d", 0, "a{\\textasciitilde}b{\\textasciicircum}c{\\textbackslash}d", true },
		{ "p < 0.05 > |x| `y", 0, "p {$<$} 0.05 {$>$} {$|$}x{$|$} {\\textasciigrave}y",
		  true },
		{ "\\LaTeX", 0, "{\\textbackslash}LaTeX", true },
	};
	CHECK_ALL(cases);
}

static void braces_are_balanced_as_bibtex_counts_them(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "{x | x}", 0, "\\{x {$|$} x\\}", true },
		{ "{{a}{b}}", 0, "\\{\\{a\\}\\{b\\}\\}", true },
		{ ":-}", 0, ":-{\\textbraceright}", true },
		{ "open {", 0, "open {\\textbraceleft}", true },
		{ "}{", 0, "{\\textbraceright}{\\textbraceleft}", true },
		{ "} {a} {", 0, "{\\textbraceright} \\{a\\} {\\textbraceleft}", true },
		{ "{ {b}", 0, "\\{ {\\textbraceleft}b\\}", true },
		{ "{y ~ ^} \\", 0, "\\{y {\\textasciitilde} {\\textasciicircum}\\} {\\textbackslash}", true },
	};
	CHECK_ALL(cases);
}

/* TeX's ligatures make other characters of two in a row; so does Zotero of ?! and !!. */
static void characters_that_would_join_are_kept_apart(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "a--b---c", 0, "a-{}-b-{}-{}-c", true },
		{ "5''", 0, "5'{}'", true },
		{ "a,,b", 0, "a,{},b", true },
		{ "What?!!", 0, "What?{}!{}!", true },
		{ "\xe2\x80\x93-", ASCII, "--{}-", true },
		{ "-\xe2\x80\x93", ASCII, "-{}--", true },
		{ "?\xe2\x80\x9cyes\xe2\x80\x9d", ASCII, "?{}``yes''", true },
		{ "\xe2\x80\x9d'", ASCII, "''{}'", true },
	};
	CHECK_ALL(cases);
}

static void latin_greek_and_punctuation_have_commands(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "Caf\xc3\xa9 \xc3\x85ngstr\xc3\xb6m", ASCII, "Caf{\\'e} {\\r A}ngstr{\\\"o}m", true },
		{ "\xc5\x81ukasiewicz \xc4\x90\xe1\xba\xb7ng", ASCII, "{\\L}ukasiewicz {\\DJ}\xe1\xba\xb7ng", true },
		{ "Stra\xc3\x9f""e, \xc5\x92uvre", ASCII, "Stra{\\ss}e, {\\OE}uvre", true },
		{ "O\xe2\x80\x99""Brien \xe2\x80\x94 \xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93 y\xe2\x80\xa6", ASCII,
		  "O{\\textquoteright}Brien --- ``x'' -- y{\\textellipsis}", true },
		{ "\xce\xb1-synuclein, \xce\x94T", ASCII, "{$\\alpha$}-synuclein, {$\\Delta$}T", true },
		{ "10\xc2\xa0km", ASCII, "10~km", true },
	};
	CHECK_ALL(cases);
}

static void what_has_no_command_stays(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "\xed\x95\x9c\xea\xb5\xad", ASCII, "\xed\x95\x9c\xea\xb5\xad", true },
		{ "\xd0\x92\xd0\xbe\xd0\xb9\xd0\xbd\xd0\xb0", ASCII, "\xd0\x92\xd0\xbe\xd0\xb9\xd0\xbd\xd0\xb0", true },
		{ "\xce\x9b\xcf\x8c\xce\xb3\xce\xbf\xcf\x82", ASCII, "\xce\x9b\xcf\x8c\xce\xb3\xce\xbf\xcf\x82", true },
		{ "\xce\xb1", ASCII | NKC_LATEX_NAME, "\xce\xb1", true },
		{ "\xf0\x9f\x98\x80", ASCII, "\xf0\x9f\x98\x80", true },
	};
	CHECK_ALL(cases);
}

static void ascii_asked_for_by_name_has_cyrillic_commands(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "\xd0\x9b\xd0\xb5\xd0\xb2", ASCII | NKC_LATEX_STRICT, "{\\CYRL}{\\cyre}{\\cyrv}", true },
		{ "\xc8\x98tefan", ASCII | NKC_LATEX_STRICT, "{\\textcommabelow S}tefan", true },
	};
	CHECK_ALL(cases);
}

static void utf8_keeps_characters(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "Caf\xc3\xa9 \xe2\x80\x93 50%", 0, "Caf\xc3\xa9 \xe2\x80\x93 50\\%", true },
	};
	CHECK_ALL(cases);
}

static void markup_becomes_commands(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "Growth of <i>E. coli</i>", MARKUP, "Growth of \\textit{E. coli}", true },
		{ "<b>a</b> H<sub>2</sub>O 10<sup>6</sup>", MARKUP,
		  "\\textbf{a} H$_{\\textrm{2}}$O 10$^{\\textrm{6}}$", true },
		{ "<span style=\"font-variant:small-caps;\">nasa</span>", MARKUP, "\\textsc{nasa}", true },
		{ "<sc>nasa</sc>", MARKUP, "\\textsc{nasa}", false },
		{ "the <span class=\"nocase\">iPhone</span>", MARKUP | NOCASE, "the {iPhone}", true },
		{ "the <span class=\"nocase\">iPhone</span>", MARKUP, "the {iPhone}", false },
		{ "<span class=\"nocase\">The iPhone</span>", MARKUP | NOCASE, "{The iPhone}", false },
		{ "<span class=\"nocase\"><i>E.</i></span> coli", MARKUP | NOCASE, "{{}\\textit{E.}} coli", true },
		{ "<span class=\"nocase\">\xc3\x89""a</span> x", MARKUP | NOCASE | ASCII, "{{\\'E}a} x", true },
		{ "<i>a<b>c</b></i>", MARKUP, "\\textit{a\\textbf{c}}", true },
	};
	CHECK_ALL(cases);
}

static void markup_without_a_partner_is_text(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "a <i> b", MARKUP, "a {$<$}i{$>$} b", true },
		{ "a </i> b", MARKUP, "a {$<$}/i{$>$} b", true },
		{ "<i>a<b>c</i>", MARKUP, "\\textit{a{$<$}b{$>$}c}", true },
		{ "<p>x</p>", MARKUP, "{$<$}p{$>$}x{$<$}/p{$>$}", true },
		{ "<i>x</i>", 0, "{$<$}i{$>$}x{$<$}/i{$>$}", true },
	};
	CHECK_ALL(cases);
}

static void zotero_gets_markup_as_it_is(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "H<sub>2</sub>O | 5 > 3 \\ 50%", MARKUP | NKC_LATEX_HTML, "H<sub>2</sub>O | 5 > 3 \\\\ 50\\%", false },
	};
	CHECK_ALL(cases);
}

static void what_bib_files_do_not_keep_is_told(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ " a", 0, " a", false },
		{ "a ", 0, "a ", false },
		{ "a  b", 0, "a  b", false },
		{ "a\tb", 0, "a b", false },
		{ "a\nb", 0, "a b", false },
		{ "a\r\nb", 0, "a b", false },
		{ "e\xcc\x81t", ASCII, "{\\'e}t", false },
		{ "bad \xff byte", ASCII, "bad \xef\xbf\xbd byte", false },
		{ "bad \xff byte", 0, "bad \xef\xbf\xbd byte", false },
		{ "non \xef\xb7\x90 character", 0, "non \xef\xbf\xbd character", false },
	};
	CHECK_ALL(cases);
}

static void line_breaks_of_abstracts_stay(void **state)
{
	(void)state;
	static const escape cases[] = {
		{ "One.\n\nTwo.\nThree.", LINES, "One.\n\nTwo.\nThree.", true },
		{ "One.\r\nTwo.", LINES, "One.\nTwo.", false },
		{ "One.\n Two.", LINES, "One.\n Two.", false },
		{ "One. \nTwo.", LINES, "One. \nTwo.", false },
		{ "One.\n", LINES, "One.\n", false },
	};
	CHECK_ALL(cases);
}

static void addresses_are_not_escaped(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned flags;
		const char *expected;
		bool exact;
	} cases[] = {
		{ "https://a.b/~c/d_e%20f?g=1&h#i", ASCII, "https://a.b/~c/d_e%20f?g=1&h#i", true },
		{ "10.1002/(SICI)1097<581::AID>3.0.CO;2-M", ASCII, "10.1002/(SICI)1097<581::AID>3.0.CO;2-M", true },
		{ "https://a.b/{c}\\d e", 0, "https://a.b/%7Bc%7D%5Cd%20e", false },
		{ "https://a.b/\xed\x95\x9c", 0, "https://a.b/\xed\x95\x9c", true },
		{ "https://a.b/\xed\x95\x9c", ASCII, "https://a.b/%ED%95%9C", false },
		{ "https://a.b/\xff", 0, "https://a.b/%FF", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		nkc_buf out = NKC_BUF_INIT;
		assert_int_equal(nkc_latex_put_address(&out, nkc_str_from(cases[i].text), cases[i].flags), cases[i].exact);
		assert_str(nkc_buf_str(&out), cases[i].expected);
		nkc_buf_release(&out);
	}
}

/* The table is searched by halves. */
static void the_characters_stand_in_order(void **state)
{
	(void)state;
	static const uint32_t runes[] = {
#define NKC_LATEX(rune, latex) rune,
#define NKC_LATEX_STRICT(rune, latex) rune,
#define NKC_LATEX_MARK(rune, accent)
#include "format/latex_chars.def"
#undef NKC_LATEX_MARK
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
	};
	for (size_t i = 1; i < sizeof runes / sizeof *runes; i++)
		assert_true(runes[i - 1] < runes[i]);
}

/* Each command is plain ASCII with balanced braces, and no other character has it. */
static void commands_are_balanced_and_unique(void **state)
{
	(void)state;
	static const char *const commands[] = {
#define NKC_LATEX(rune, latex) latex,
#define NKC_LATEX_STRICT(rune, latex) latex,
#define NKC_LATEX_MARK(rune, accent)
#include "format/latex_chars.def"
#undef NKC_LATEX_MARK
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
	};
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		int depth = 0;
		for (const char *c = commands[i]; *c; c++) {
			assert_true(*c > ' ' - 1 && *c < 0x7F);
			depth += *c == '{' ? 1 : *c == '}' ? -1 : 0;
			assert_true(depth >= 0);
		}
		assert_int_equal(depth, 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(commands[i], commands[j]);
	}
}

/* So many tags that not all are looked at, each in the other. */
static void deep_markup_stays_balanced(void **state)
{
	(void)state;
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT;
	for (int i = 0; i < 1000; i++)
		nkc_buf_puts(&text, "<i>{");
	for (int i = 0; i < 1000; i++)
		nkc_buf_puts(&text, "</i>");
	nkc_latex_put(&out, nkc_buf_str(&text), MARKUP);
	int depth = 0;
	for (size_t i = 0; i < out.len; i++) {
		depth += out.ptr[i] == '{' ? 1 : out.ptr[i] == '}' ? -1 : 0;
		assert_true(depth >= 0);
	}
	assert_int_equal(depth, 0);
	nkc_buf_release(&text);
	nkc_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_is_copied),
		cmocka_unit_test(what_is_special_to_latex_is_escaped),
		cmocka_unit_test(braces_are_balanced_as_bibtex_counts_them),
		cmocka_unit_test(characters_that_would_join_are_kept_apart),
		cmocka_unit_test(latin_greek_and_punctuation_have_commands),
		cmocka_unit_test(what_has_no_command_stays),
		cmocka_unit_test(ascii_asked_for_by_name_has_cyrillic_commands),
		cmocka_unit_test(utf8_keeps_characters),
		cmocka_unit_test(markup_becomes_commands),
		cmocka_unit_test(markup_without_a_partner_is_text),
		cmocka_unit_test(zotero_gets_markup_as_it_is),
		cmocka_unit_test(what_bib_files_do_not_keep_is_told),
		cmocka_unit_test(line_breaks_of_abstracts_stay),
		cmocka_unit_test(addresses_are_not_escaped),
		cmocka_unit_test(the_characters_stand_in_order),
		cmocka_unit_test(commands_are_balanced_and_unique),
		cmocka_unit_test(deep_markup_stays_balanced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
