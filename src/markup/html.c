/*
 * html.c: HTML with the class names that pages written for citeproc-js style.
 */
#include "markup/markup.h"

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	size_t run = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *entity = text.ptr[i] == '&' ? "&amp;" : text.ptr[i] == '<' ? "&lt;" :
		                     text.ptr[i] == '>' ? "&gt;" : text.ptr[i] == '"' ? "&quot;" : NULL;
		if (!entity)
			continue;
		nkc_buf_put(out, text.ptr + run, i - run);
		nkc_buf_puts(out, entity);
		run = i + 1;
	}
	nkc_buf_put(out, text.ptr + run, text.len - run);
}

static void escape_link(nkc_str url, nkc_buf *out)
{
	escape(url, false, out);
}

/* What pages for citeproc-js ask the processor for stands in attributes, for style sheets and scripts. */
static void list_begin(const nkc_markup_list *list, nkc_buf *out)
{
	nkc_buf_printf(out, "<div class=\"csl-bib-body%s%s\" data-line-spacing=\"%u\" data-entry-spacing=\"%u\"",
	               list->hanging_indent ? " hanging-indent" : "", list->second_field ? " second-field-align" : "",
	               list->line_spacing, list->entry_spacing);
	if (list->second_field)
		nkc_buf_printf(out, " data-second-field-align=\"%s\" data-label-width=\"%u\"",
		               list->in_margin ? "margin" : "flush", list->label_width);
	nkc_buf_puts(out, ">\n");
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	nkc_buf anchor = NKC_BUF_INIT;
	(void)list;
	markup_put_anchor(id, &anchor);
	nkc_buf_puts(out, "  <div id=\"ref-");
	escape(nkc_buf_str(&anchor), false, out);
	nkc_buf_puts(out, "\" class=\"csl-entry\">");
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "</div>\n");
	nkc_buf_release(&anchor);
}

static void list_end(const nkc_markup_list *list, nkc_buf *out)
{
	(void)list;
	nkc_buf_puts(out, "</div>\n");
}

static const char head[] =
	"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<style>\n"
	"body { max-width: 45em; margin: 2em auto; padding: 0 1em; line-height: 1.4; }\n"
	".csl-entry { margin-bottom: 0.4em; overflow-wrap: anywhere; }\n"
	".csl-bib-body[data-entry-spacing=\"1\"] .csl-entry { margin-bottom: 1.4em; }\n"
	".csl-bib-body[data-line-spacing=\"2\"] { line-height: 2; }\n"
	".hanging-indent .csl-entry { padding-left: 2em; text-indent: -2em; }\n"
	".second-field-align .csl-entry { display: flex; gap: 0.5em; }\n"
	".csl-left-margin { flex: none; min-width: 2em; }\n"
	".csl-indent { margin-left: 2em; }\n"
	"</style>\n</head>\n<body>\n";

const nkc_markup nkc_markup_html = {
	.name = "html",
	.title = "HTML",
	.escape = escape,
	.keeps_quiet = true,
	.escape_link = escape_link,
	.spans = {
		[CSL_SPAN_ITALIC] = { "<i>", "</i>" },
		[CSL_SPAN_OBLIQUE] = { "<em>", "</em>" },
		[CSL_SPAN_NORMAL_STYLE] = { "<span style=\"font-style:normal;\">", "</span>" },
		[CSL_SPAN_BOLD] = { "<b>", "</b>" },
		[CSL_SPAN_LIGHT] = { "<span style=\"font-weight: light;\">", "</span>" },
		[CSL_SPAN_NORMAL_WEIGHT] = { "<span style=\"font-weight:normal;\">", "</span>" },
		[CSL_SPAN_SMALL_CAPS] = { "<span style=\"font-variant:small-caps;\">", "</span>" },
		[CSL_SPAN_NORMAL_VARIANT] = { "<span style=\"font-variant:normal;\">", "</span>" },
		[CSL_SPAN_UNDERLINE] = { "<span style=\"text-decoration:underline;\">", "</span>" },
		[CSL_SPAN_NO_DECORATION] = { "<span style=\"text-decoration:none;\">", "</span>" },
		[CSL_SPAN_SUP] = { "<sup>", "</sup>" },
		[CSL_SPAN_SUB] = { "<sub>", "</sub>" },
		[CSL_SPAN_BASELINE] = { "<span style=\"baseline\">", "</span>" },
		[CSL_SPAN_BLOCK] = { "<div class=\"csl-block\">", "</div>" },
		[CSL_SPAN_LEFT_MARGIN] = { "<div class=\"csl-left-margin\">", "</div>" },
		[CSL_SPAN_RIGHT_INLINE] = { "<div class=\"csl-right-inline\">", "</div>" },
		[CSL_SPAN_INDENT] = { "<div class=\"csl-indent\">", "</div>" },
		[CSL_SPAN_LINK] = { "<a href=\"%s\">", "</a>" },
	},
	.list_begin = list_begin,
	.list_put = list_put,
	.list_end = list_end,
	.head = head,
	.foot = "</body>\n</html>\n",
};
