/*
 * typst.c: Typst markup. Function calls end in ";", so that what follows is never taken for more of the call.
 */
#include "markup/markup.h"

/* Markup wherever they stand; quotes turn. */
static const char everywhere[] = "\\*_`$#@<>[]~\"'";

static bool is_ordinal(nkc_str text, size_t at)
{
	size_t digits = at;
	while (digits > 0 && text.ptr[digits - 1] >= '0' && text.ptr[digits - 1] <= '9')
		digits--;
	return digits < at && nkc_str_trim(nkc_str_slice(text, 0, digits)).len == 0;
}

/* "//" begins a comment or the rest of an address, "..." is an ellipsis; behind a slash at the end more may follow. */
static bool is_pair(nkc_str text, size_t at)
{
	char c = text.ptr[at];
	bool last = at + 1 == text.len;
	return (c == '/' && (last || text.ptr[at + 1] == '/')) || (c == '.' && !last && text.ptr[at + 1] == '.');
}

/* A hyphen that is no part of a word makes dashes, minus signs and places to break. */
static bool is_hyphen_mark(nkc_str text, size_t at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	bool within = at > 0 && at + 1 < text.len && strchr(letters, text.ptr[at - 1]) &&
	              strchr(letters, text.ptr[at + 1]);
	return text.ptr[at] == '-' && !within;
}

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	bool begins = first;
	for (size_t at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		bool mark = begins && strchr("=+/", c);
		bool numbers = first && c == '.' && is_ordinal(text, at);
		if (strchr(everywhere, c) || mark || numbers || is_pair(text, at) || is_hyphen_mark(text, at))
			nkc_buf_putc(out, '\\');
		begins = begins && c == ' ';
		nkc_buf_putc(out, c);
	}
}

#define LABEL "3em" /* how wide a first field is that stands apart: "[1000]" */

static void list_begin(const nkc_markup_list *list, nkc_buf *out)
{
	const char *indent = list->second_field ? LABEL : list->hanging_indent ? "1.5em" : "0em";
	unsigned leading = 65 + 100 * (list->line_spacing ? list->line_spacing - 1 : 0);
	nkc_buf_printf(
		out,
		"#[\n#set par(hanging-indent: %s, first-line-indent: 0em, leading: %u.%02uem, spacing: %u.%02uem)\n",
		indent, leading / 100, leading % 100, leading / 100 + list->entry_spacing, leading % 100);
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	(void)list, (void)id;
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "\n\n");
}

static void list_end(const nkc_markup_list *list, nkc_buf *out)
{
	(void)list;
	nkc_buf_puts(out, "]\n");
}

const nkc_markup nkc_markup_typst = {
	.name = "typst",
	.title = "Typst",
	.flat = true,
	.escape = escape,
	.nests_blocks = true,
	.line_break = "#linebreak();",
	.address = "#link(\"%s\");",
	.spans = {
		[CSL_SPAN_ITALIC] = { "#text(style: \"italic\")[", "];" },
		[CSL_SPAN_OBLIQUE] = { "#text(style: \"oblique\")[", "];" },
		[CSL_SPAN_BOLD] = { "#strong[", "];" },
		[CSL_SPAN_LIGHT] = { "#text(weight: \"light\")[", "];" },
		[CSL_SPAN_SMALL_CAPS] = { "#smallcaps[", "];" },
		[CSL_SPAN_UNDERLINE] = { "#underline[", "];" },
		[CSL_SPAN_SUP] = { "#super[", "];" },
		[CSL_SPAN_SUB] = { "#sub[", "];" },
		/* a field wider than the box takes the place that it needs */
		[CSL_SPAN_LEFT_MARGIN] = { "#context { let field = [", "]; box(width: calc.max(" LABEL
		                           ".to-absolute(), measure(field).width + 0.5em.to-absolute()), field) };" },
		[CSL_SPAN_INDENT] = { "#h(2em);", NULL },
		[CSL_SPAN_LINK] = { "#link(\"%s\")[", "];" },
	},
	.list_begin = list_begin,
	.list_put = list_put,
	.list_end = list_end,
	.head = "#set document(title: [%s])\n",
};
