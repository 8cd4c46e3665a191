/*
 * ooxml.c: runs of WordprocessingML (ECMA-376 part 1, 17.3), for the body of a .docx.
 */
#include "markup/markup.h"

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	for (size_t at = 0; at < text.len; at++) {
		size_t plain = markup_plain_length(text, at, "&<>\"");
		nkc_buf_put(out, text.ptr + at, plain);
		at += plain;
		if (at < text.len)
			nkc_buf_puts(out, text.ptr[at] == '&'   ? "&amp;" :
			                  text.ptr[at] == '<'   ? "&lt;" :
			                  text.ptr[at] == '>'   ? "&gt;" :
			                                          "&quot;");
	}
}

static void escape_link(nkc_str url, nkc_buf *out)
{
	escape(url, false, out);
}

/* The properties of a run, in the order of the schema. */
static const struct {
	csl_span span;
	const char *property;
} properties[] = {
	{ CSL_SPAN_BOLD, "<w:b/>" },
	{ CSL_SPAN_ITALIC, "<w:i/>" },
	{ CSL_SPAN_OBLIQUE, "<w:i/>" },
	{ CSL_SPAN_SMALL_CAPS, "<w:smallCaps/>" },
	{ CSL_SPAN_UNDERLINE, "<w:u w:val=\"single\"/>" },
	{ CSL_SPAN_SUP, "<w:vertAlign w:val=\"superscript\"/>" },
	{ CSL_SPAN_SUB, "<w:vertAlign w:val=\"subscript\"/>" },
};

static void put_run(uint32_t look, nkc_str text, nkc_buf *out)
{
	nkc_buf_puts(out, look ? "<w:r><w:rPr>" : "<w:r>");
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
		nkc_buf_puts(out, look >> properties[i].span & 1 ? properties[i].property : "");
	nkc_buf_puts(out, look ? "</w:rPr><w:t xml:space=\"preserve\">" : "<w:t xml:space=\"preserve\">");
	escape(text, false, out);
	nkc_buf_puts(out, "</w:t></w:r>");
}

/* Lengths are twentieths of a point; a character is taken to be half as wide as 12 points. */
static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	unsigned indent = list->second_field ? list->label_width * 130 + 130 : list->hanging_indent ? 720 : 0;
	unsigned left = list->in_margin ? 0 : indent;
	(void)id;
	nkc_buf_puts(out, "<w:p><w:pPr>");
	if (list->second_field)
		nkc_buf_printf(out, "<w:tabs><w:tab w:val=\"left\" w:pos=\"%u\"/></w:tabs>", left);
	nkc_buf_printf(out, "<w:spacing w:after=\"%u\" w:line=\"%u\" w:lineRule=\"auto\"/>", 240 * list->entry_spacing,
	               240 * list->line_spacing);
	nkc_buf_printf(out, "<w:ind w:left=\"%u\" w:hanging=\"%u\"/></w:pPr>", left, indent);
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "</w:p>\n");
}

const nkc_markup nkc_markup_ooxml = {
	.name = "ooxml",
	.title = "Office Open XML runs",
	.flat = true,
	.escape = escape,
	.escape_link = escape_link,
	.run = put_run,
	.line_break = "<w:r><w:br/></w:r>",
	.spans = {
		[CSL_SPAN_LEFT_MARGIN] = { NULL, "<w:r><w:tab/></w:r>" },
		[CSL_SPAN_INDENT] = { "<w:r><w:tab/></w:r>", NULL },
		/* a field: a hyperlink element would lean on the relations of a package */
		[CSL_SPAN_LINK] = { "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">"
		                    " HYPERLINK &quot;%s&quot; </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/>"
		                    "</w:r>",
		                    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" },
	},
	.list_put = list_put,
	.head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document"
		" xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\n",
	.foot = "</w:body></w:document>\n",
};
