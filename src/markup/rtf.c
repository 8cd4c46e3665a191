/*
 * rtf.c: Rich Text Format (specification 1.9.1), in ASCII.
 */
#include "markup/markup.h"

/* A UTF-16 unit is a signed number; behind it "?" for readers that know no Unicode, in the form that all skip. */
static void put_unit(uint32_t unit, nkc_buf *out)
{
	nkc_buf_printf(out, "\\u%d\\'3f", unit > 0x7FFF ? (int)unit - 0x10000 : (int)unit);
}

static void put_rune(uint32_t rune, nkc_buf *out)
{
	if (rune < 0x10000) {
		put_unit(rune, out);
		return;
	}
	put_unit(0xD800 + ((rune - 0x10000) >> 10), out);
	put_unit(0xDC00 + ((rune - 0x10000) & 0x3FF), out);
}

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune >= 0x80) {
			put_rune(rune, out);
			continue;
		}
		if (rune == '\\' || rune == '{' || rune == '}')
			nkc_buf_putc(out, '\\');
		nkc_buf_putc(out, (char)rune);
	}
}

/* In twips: a character of 12 points is half as wide as it is high, and the field stands a little off. */
static unsigned label_width(const nkc_markup_list *list)
{
	return list->label_width * 130 + 130;
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	unsigned indent = list->second_field ? label_width(list) : list->hanging_indent ? 720 : 0;
	(void)id;
	nkc_buf_printf(out, "{\\pard\\li%u\\fi-%u", list->in_margin ? 0 : indent, indent);
	if (list->second_field)
		nkc_buf_printf(out, "\\tx%u", list->in_margin ? 0 : indent);
	nkc_buf_printf(out, "\\sl%u\\slmult1\\sa%u ", 240 * list->line_spacing, 240 * list->entry_spacing);
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "\\par}\n");
}

const nkc_markup nkc_markup_rtf = {
	.name = "rtf",
	.title = "RTF",
	.flat = true,
	.escape = escape,
	.line_break = "\\line ",
	.spans = {
		[CSL_SPAN_ITALIC] = { "{\\i ", "}" },
		[CSL_SPAN_OBLIQUE] = { "{\\i ", "}" },
		[CSL_SPAN_BOLD] = { "{\\b ", "}" },
		[CSL_SPAN_SMALL_CAPS] = { "{\\scaps ", "}" },
		[CSL_SPAN_UNDERLINE] = { "{\\ul ", "}" },
		[CSL_SPAN_SUP] = { "{\\super ", "}" },
		[CSL_SPAN_SUB] = { "{\\sub ", "}" },
		[CSL_SPAN_LEFT_MARGIN] = { NULL, "\\tab " },
		[CSL_SPAN_INDENT] = { "\\tab ", NULL },
		[CSL_SPAN_LINK] = { "{\\field{\\*\\fldinst{HYPERLINK \"%s\"}}{\\fldrslt{", "}}}" },
	},
	.list_put = list_put,
	.head = "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}"
		"{\\info{\\title %s}}\\f0\\fs24\n",
	.foot = "}\n",
};
