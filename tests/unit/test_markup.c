/*
 * The markups, event by event. Expected bytes come from the specifications of the formats: HTML (WHATWG), RTF 1.9.1, LaTeX2e,
 * CommonMark 0.31 and pandoc's manual, Typst's reference, ECMA-376.
 */
#include "support/unit.h"

#include "markup/markup.h"

/* --- events by hand: "<i>" enters italics, "</>" leaves the innermost span, "<@URL>" enters a link, the rest is text --- */

static const struct {
	const char *name;
	csl_span span;
} names[] = {
	{ "i", CSL_SPAN_ITALIC },       { "o", CSL_SPAN_OBLIQUE },       { "ni", CSL_SPAN_NORMAL_STYLE },
	{ "b", CSL_SPAN_BOLD },         { "nb", CSL_SPAN_NORMAL_WEIGHT }, { "sc", CSL_SPAN_SMALL_CAPS },
	{ "nsc", CSL_SPAN_NORMAL_VARIANT }, { "u", CSL_SPAN_UNDERLINE }, { "nu", CSL_SPAN_NO_DECORATION },
	{ "sup", CSL_SPAN_SUP },        { "sub", CSL_SPAN_SUB },         { "base", CSL_SPAN_BASELINE },
	{ "left", CSL_SPAN_LEFT_MARGIN }, { "right", CSL_SPAN_RIGHT_INLINE },
	{ "block", CSL_SPAN_BLOCK },    { "indent", CSL_SPAN_INDENT },
};

static csl_span span_of(nkc_str name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (nkc_str_eq(name, nkc_str_from(names[i].name)))
			return names[i].span;
	}
	return CSL_SPAN_LINK;
}

typedef struct script {
	csl_event items[64];
	csl_span open[16];
	size_t count, depth;
} script;

static void add_tag(script *s, nkc_str tag)
{
	csl_event event = { .kind = CSL_EVENT_ENTER };
	if (nkc_str_eq(tag, NKC_STR("/"))) {
		event.kind = CSL_EVENT_LEAVE;
		event.span = (uint8_t)s->open[--s->depth];
	} else {
		event.span = (uint8_t)span_of(tag);
		event.text = tag.ptr[0] == '@' ? nkc_str_slice(tag, 1, tag.len) : NKC_STR("");
		s->open[s->depth++] = (csl_span)event.span;
	}
	s->items[s->count++] = event;
}

static void read_script(script *s, nkc_str text)
{
	*s = (script){ .count = 0 };
	for (size_t at = 0; at < text.len;) {
		nkc_str rest = nkc_str_slice(text, at, text.len);
		size_t end = nkc_str_find_byte(rest, rest.ptr[0] == '<' ? '>' : '<');
		if (rest.ptr[0] == '<') {
			add_tag(s, nkc_str_slice(rest, 1, end));
			end++;
		} else {
			s->items[s->count++] = (csl_event){ .kind = CSL_EVENT_TEXT, .text = nkc_str_slice(rest, 0, end) };
		}
		at += end;
	}
}

static void assert_script(const char *markup, script *s, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	csl_events events = { s->items, s->count, 64, NKC_OK };
	nkc_markup_write(nkc_markup_find(nkc_str_from(markup)), &events, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

static void assert_markup(const char *markup, const char *events, const char *expected)
{
	script s;
	read_script(&s, nkc_str_from(events));
	assert_script(markup, &s, expected);
}

static void assert_text(const char *markup, const char *text, const char *expected)
{
	script s = { .items = { { .kind = CSL_EVENT_TEXT, .text = nkc_str_from(text) } }, .count = 1 };
	assert_script(markup, &s, expected);
}

/* --- every markup --- */

static void each_markup_is_found_by_its_name(void **state)
{
	(void)state;
	size_t count = 0;
	for (const nkc_markup *markup; (markup = nkc_markup_at(count)); count++)
		assert_ptr_equal(nkc_markup_find(nkc_str_from(nkc_markup_name(markup))), markup);
	assert_int_equal(count, 9);
	assert_null(nkc_markup_find(NKC_STR("troff")));
}

static void controls_and_broken_bytes_reach_no_target(void **state)
{
	(void)state;
	const nkc_markup *markup;
	for (size_t at = 0; (markup = nkc_markup_at(at)); at++) {
		bool runs = strcmp(nkc_markup_name(markup), "ooxml") == 0;
		bool json = strcmp(nkc_markup_name(markup), "pandoc-json") == 0;
		assert_text(nkc_markup_name(markup), "a\x1b\x07\xc2\x9b\x7f",
		            runs ? "<w:r><w:t xml:space=\"preserve\">a</w:t></w:r>" :
		            json ? "{\"t\":\"Str\",\"c\":\"a\"}" : "a");
	}
	assert_text("html", "a\xff\xed\xa0\x80z", "a\xef\xbf\xbd\xef\xbf\xbdz");
	assert_text("rtf", "a\xff", "a\\u-3\\'3f");
}

/* --- HTML and text --- */

static void html_escapes_what_is_markup(void **state)
{
	(void)state;
	assert_text("html", "a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d");
	assert_markup("html", "<@https://a.b/?x&\"y>t</>", "<a href=\"https://a.b/?x&amp;&quot;y\">t</a>");
	assert_markup("html", "<i>a<ni>b</></>", "<i>a<span style=\"font-style:normal;\">b</span></i>");
	assert_markup("text", "<i>a</><@https://a.b>b</>", "ab");
}

/* --- pandoc's JSON --- */

#define STR(text) "{\"t\":\"Str\",\"c\":\"" text "\"}"
#define SPACE "{\"t\":\"Space\"}"

static void elements_of_json_are_set_apart(void **state)
{
	(void)state;
	assert_text("pandoc-json", "", "");
	assert_text("pandoc-json", "a  \"b\"}", STR("a") "," SPACE "," STR("\\\"b\\\"}"));
	assert_markup("pandoc-json", "a<i>b <b>c</></>d",
	              STR("a") ",{\"t\":\"Emph\",\"c\":[" STR("b") "," SPACE ",{\"t\":\"Strong\",\"c\":["
	              STR("c") "]}]}," STR("d"));
	assert_markup("pandoc-json", "<@https://a.b/?x%20y>t</>",
	              "{\"t\":\"Link\",\"c\":[[\"\",[],[]],[" STR("t") "],[\"https://a.b/?x%20y\",\"\"]]}");
}

/* --- RTF --- */

static void rtf_is_ascii_with_utf16_units(void **state)
{
	(void)state;
	assert_text("rtf", "\\{}", "\\\\\\{\\}");
	assert_text("rtf", "\u00e9\u2019", "\\u233\\'3f\\u8217\\'3f");
	assert_text("rtf", "\uffed", "\\u-19\\'3f");                        /* a unit is a signed number */
	assert_text("rtf", "\U0001d518", "\\u-10187\\'3f\\u-8936\\'3f"); /* D835 DD18 */
	assert_text("rtf", "a\nb\tc", "a b c");
}

static void rtf_groups_its_fonts(void **state)
{
	(void)state;
	assert_markup("rtf", "<i>a <ni>b</> c</>", "{\\i a }b{\\i  c}");
	assert_markup("rtf", "<b><sc>a</></><u>b</>", "{\\b {\\scaps a}}{\\ul b}");
	assert_markup("rtf", "<sup>a</><sub>b</>", "{\\super a}{\\sub b}");
	assert_markup("rtf", "<left>[1]</><right>a</>", "[1]\\tab a");
	assert_markup("rtf", "<@https://a.b>t</>", "{\\field{\\*\\fldinst{HYPERLINK \"https://a.b\"}}{\\fldrslt{t}}}");
}

/* --- LaTeX --- */

static void latex_escapes_its_ten_characters(void **state)
{
	(void)state;
	assert_text("latex", "\\ { } $ & # % _ ^ ~",
	            "\\textbackslash{} \\{ \\} \\$ \\& \\# \\% \\_ \\textasciicircum{} \\textasciitilde{}");
}

static void latex_makes_no_ligatures_of_text(void **state)
{
	(void)state;
	assert_text("latex", "a--b---c", "a-{}-b-{}-{}-c");
	assert_text("latex", ",,a", ",{},a");
	assert_text("latex", "``a''", "\\textasciigrave{}\\textasciigrave{}a\\textquotesingle{}\\textquotesingle{}");
	assert_text("latex", "a<b>c|d", "a\\textless{}b\\textgreater{}c\\textbar{}d");
}

static void latex_begins_with_nothing_that_a_command_would_take(void **state)
{
	(void)state;
	assert_text("latex", "[1] a", "{}[1] a");
	assert_text("latex", "*a", "{}*a");
	assert_text("latex", "a [1]*", "a [1]*");
}

static void latex_addresses_are_escaped_for_hyperref(void **state)
{
	(void)state;
	assert_markup("latex", "<@https://a.b/%20#c_d&e~f$>t</>", "\\href{https://a.b/\\%20\\#c\\_d\\&e~f\\%24}{t}");
	assert_markup("latex", "<i>a<ni>b</></><b>c</>", "\\textit{a}b\\textbf{c}");
}

/* --- Markdown --- */

static void markdown_escapes_what_any_of_its_readers_takes_for_markup(void **state)
{
	(void)state;
	assert_text("markdown", "*a* _b_ `c` [d](e) <f> ^g^ ~h~ $i$ @j &amp; {k} l|m",
	            "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\^g\\^ \\~h\\~ \\$i\\$ \\@j \\&amp; \\{k} l\\|m");
	assert_text("markdown", "a -- b ... c!", "a \\-- b \\.\\.. c\\!");
	assert_text("markdown", "a :x: b: c 1:2 http://d", "a \\:x: b: c 1:2 http\\://d");
	assert_text("markdown", "a   b\n\nc", "a b c");
}

static void markdown_lines_begin_with_no_mark(void **state)
{
	(void)state;
	assert_text("markdown", "# a", "\\# a");
	assert_text("markdown", "- a", "\\- a");
	assert_text("markdown", "+ a", "\\+ a");
	assert_text("markdown", ": a", "\\: a");
	assert_text("markdown", "1. a", "1\\. a");
	assert_text("markdown", "12) a", "12\\) a");
	assert_text("markdown", "(iv) a", "(iv\\) a");
	assert_text("markdown", "2.5 a", "2.5 a");
	assert_text("markdown", "a # b - c", "a # b - c");
	assert_markup("markdown", "<left>1.</><right>a</>", "1\\. a");
}

static void markdown_emphasis_encloses_no_space(void **state)
{
	(void)state;
	assert_markup("markdown", "a <i>b </>c", "a *b* c");
	assert_markup("markdown", "a<i> b</>", "a *b*");
	assert_markup("markdown", "<i>a\u00a0</>b", "*a*\u00a0b");
	assert_markup("markdown", "<i>a <b>b</> c</>", "*a **b** c*");
	assert_markup("markdown", "<@http://x> a </>b", " [a](http://x) b");
}

/* CommonMark 6.2: a mark beside punctuation counts only where space or punctuation is on its other side. */
static void markdown_emphasis_counts_within_words(void **state)
{
	(void)state;
	assert_markup("markdown", "a<i>b</>c", "a*b*c");
	assert_markup("markdown", "a<i>\u201cb\u201d</>c", "a<!-- -->*\u201cb\u201d*<!-- -->c");
	assert_markup("markdown", "<i>b.</>c", "*b.*<!-- -->c");
	assert_markup("markdown", "<i>b.</>, c", "*b.*, c");
	assert_markup("markdown", "<i>b</><b>c</>", "*b*<!-- -->**c**");
}

static void markdown_has_tags_for_the_rest(void **state)
{
	(void)state;
	assert_markup("markdown", "H<sub>2</>O", "H<sub>2</sub>O");
	assert_markup("markdown", "<sc>a</>", "<span style=\"font-variant:small-caps;\">a</span>");
	assert_markup("pandoc", "H<sub>2</>O 1<sup>st one</>", "H~2~O 1^st^ ^one^");
	assert_markup("pandoc", "<sc>a </>b", "[a]{.smallcaps} b");
	assert_markup("pandoc", "<left>[1]</><right>a</>", "[\\[1\\]]{.csl-left-margin}[a]{.csl-right-inline}");
}

static void markdown_links(void **state)
{
	(void)state;
	assert_markup("markdown", "<@https://a.b/c_d>https://a.b/c_d</>", "<https://a.b/c_d>");
	assert_markup("markdown", "<@https://a.b/(c)&d>e</>", "[e](https://a.b/\\(c\\)\\&d)");
	assert_markup("markdown", "!<@https://a.b/>e</>", "\\![e](https://a.b/)");
	assert_markup("markdown", "<@https://a.b/?a&copy>https://a.b/?a&copy</>",
	              "[https\\://a.b/?a\\&copy](https://a.b/?a\\&copy)");
}

/* --- Typst --- */

static void typst_escapes_its_marks(void **state)
{
	(void)state;
	assert_text("typst", "a *b* _c_ `d` $e$ #f @g <h> [i] ~j \\k",
	            "a \\*b\\* \\_c\\_ \\`d\\` \\$e\\$ \\#f \\@g \\<h\\> \\[i\\] \\~j \\\\k");
	assert_text("typst", "a//b http://c", "a\\//b http:\\//c");
	assert_text("typst", "a-b 1-2 c--d -?", "a-b 1\\-2 c\\-\\-d \\-?");
	assert_text("typst", "\"a\" 'b' ...", "\\\"a\\\" \\'b\\' \\.\\..");
	assert_text("typst", "= a", "\\= a");
	assert_text("typst", "1. a", "1\\. a");
}

static void typst_calls_end(void **state)
{
	(void)state;
	assert_markup("typst", "<b>a</>(b)", "#strong[a];(b)");
	assert_markup("typst", "<b>+ a</>", "#strong[\\+ a];");
	assert_markup("typst", "<@https://a.b>t</>.", "#link(\"https://a.b\")[t];.");
}

/* --- OOXML --- */

static void ooxml_is_runs_in_the_order_of_the_schema(void **state)
{
	(void)state;
	assert_markup("ooxml", "<i>a &<b> b</></>",
	              "<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">a &amp;</w:t></w:r>"
	              "<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space=\"preserve\"> b</w:t></w:r>");
	assert_markup("ooxml", "<sup>1</>",
	              "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">1</w:t></w:r>");
	assert_markup("ooxml", "<left>1</><right>a</>",
	              "<w:r><w:t xml:space=\"preserve\">1</w:t></w:r><w:r><w:tab/></w:r>"
	              "<w:r><w:t xml:space=\"preserve\">a</w:t></w:r>");
}

/* --- blocks --- */

static void blocks_stand_on_lines_of_their_own(void **state)
{
	(void)state;
	assert_markup("rtf", "a<block>b</>c", "a\\line b\\line c");
	assert_markup("rtf", "<block>b</>", "b");
	assert_markup("markdown", "a<block>- b</>", "a\\\n\\- b");
	assert_markup("latex", "a<indent>b</>", "a\\par \\begingroup\\advance\\leftskip 2em b\\par\\endgroup ");
}

/* --- bibliographies --- */

static void assert_list(const char *name, const nkc_markup_list *list, const char *expected)
{
	const nkc_markup *markup = nkc_markup_find(nkc_str_from(name));
	nkc_buf out = NKC_BUF_INIT;
	nkc_markup_list_begin(markup, list, &out);
	nkc_markup_list_put(markup, list, NKC_STR("a b<"), NKC_STR("x"), &out);
	nkc_markup_list_end(markup, list, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

static void a_list_hangs_and_spaces_its_entries(void **state)
{
	(void)state;
	nkc_markup_list list = { .hanging_indent = true, .line_spacing = 2, .entry_spacing = 0 };
	assert_list("html", &list,
	            "<div class=\"csl-bib-body hanging-indent\" data-line-spacing=\"2\" data-entry-spacing=\"0\">\n"
	            "  <div id=\"ref-a_b&lt;\" class=\"csl-entry\">x</div>\n</div>\n");
	assert_list("rtf", &list, "{\\pard\\li720\\fi-720\\sl480\\slmult1\\sa0 x\\par}\n");
	assert_list("ooxml", &list,
	            "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"480\" w:lineRule=\"auto\"/>"
	            "<w:ind w:left=\"720\" w:hanging=\"720\"/></w:pPr>x</w:p>\n");
	assert_list("pandoc", &list,
	            "::: {#refs .references .csl-bib-body .hanging-indent entry-spacing=\"0\" line-spacing=\"2\"}\n"
	            "::: {.csl-entry}\nx\n:::\n\n:::\n");
	assert_list("text", &list, "x\n");
	assert_list("markdown", &list, "x\n\n");
}

static void a_list_sets_first_fields_apart(void **state)
{
	(void)state;
	nkc_markup_list list = { .second_field = true, .line_spacing = 1, .entry_spacing = 1, .label_width = 3 };
	assert_list("rtf", &list, "{\\pard\\li520\\fi-520\\tx520\\sl240\\slmult1\\sa240 x\\par}\n");
	list.in_margin = true;
	assert_list("rtf", &list, "{\\pard\\li0\\fi-520\\tx0\\sl240\\slmult1\\sa240 x\\par}\n");
	assert_list("html", &list,
	            "<div class=\"csl-bib-body second-field-align\" data-line-spacing=\"1\" data-entry-spacing=\"1\""
	            " data-second-field-align=\"margin\" data-label-width=\"3\">\n"
	            "  <div id=\"ref-a_b&lt;\" class=\"csl-entry\">x</div>\n</div>\n");
}

static void a_document_escapes_its_title(void **state)
{
	(void)state;
	nkc_buf out = NKC_BUF_INIT;
	nkc_markup_head(nkc_markup_find(NKC_STR("html")), NKC_STR("a</title><b>"), &out);
	assert_true(nkc_str_find(nkc_buf_str(&out), NKC_STR("<title>a&lt;/title&gt;&lt;b&gt;</title>")) < out.len);
	nkc_markup_foot(nkc_markup_find(NKC_STR("html")), &out);
	assert_true(nkc_str_ends(nkc_buf_str(&out), NKC_STR("</html>\n")));
	nkc_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_markup_is_found_by_its_name),
		cmocka_unit_test(controls_and_broken_bytes_reach_no_target),
		cmocka_unit_test(html_escapes_what_is_markup),
		cmocka_unit_test(elements_of_json_are_set_apart),
		cmocka_unit_test(rtf_is_ascii_with_utf16_units),
		cmocka_unit_test(rtf_groups_its_fonts),
		cmocka_unit_test(latex_escapes_its_ten_characters),
		cmocka_unit_test(latex_makes_no_ligatures_of_text),
		cmocka_unit_test(latex_begins_with_nothing_that_a_command_would_take),
		cmocka_unit_test(latex_addresses_are_escaped_for_hyperref),
		cmocka_unit_test(markdown_escapes_what_any_of_its_readers_takes_for_markup),
		cmocka_unit_test(markdown_lines_begin_with_no_mark),
		cmocka_unit_test(markdown_emphasis_encloses_no_space),
		cmocka_unit_test(markdown_emphasis_counts_within_words),
		cmocka_unit_test(markdown_has_tags_for_the_rest),
		cmocka_unit_test(markdown_links),
		cmocka_unit_test(typst_escapes_its_marks),
		cmocka_unit_test(typst_calls_end),
		cmocka_unit_test(ooxml_is_runs_in_the_order_of_the_schema),
		cmocka_unit_test(blocks_stand_on_lines_of_their_own),
		cmocka_unit_test(a_list_hangs_and_spaces_its_entries),
		cmocka_unit_test(a_list_sets_first_fields_apart),
		cmocka_unit_test(a_document_escapes_its_title),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
