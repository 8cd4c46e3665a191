/*
 * pandoc_json.c: inlines and blocks of pandoc's documents in JSON (pandoc-types, Text.Pandoc.Definition): what stands between
 * the brackets of their lists.
 */
#include "markup/markup.h"

#include <nkcite/value.h>

/* Behind an element comes a comma. */
static void begin_element(nkc_buf *out)
{
	if (out->len && out->ptr[out->len - 1] == '}')
		nkc_buf_putc(out, ',');
}

/* Words and the spaces between them are elements of their own. */
static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	for (size_t at = 0; at < text.len;) {
		size_t len = nkc_str_find_byte(nkc_str_slice(text, at, text.len), ' ');
		begin_element(out);
		if (len) {
			nkc_buf_puts(out, "{\"t\":\"Str\",\"c\":");
			nkc_json_put_string(out, nkc_str_slice(text, at, at + len));
			nkc_buf_putc(out, '}');
		} else {
			nkc_buf_puts(out, "{\"t\":\"Space\"}");
			while (at + len < text.len && text.ptr[at + len] == ' ')
				len++;
		}
		at += len;
	}
}

static unsigned hex(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

/* Within a document an id is written as it is, with all its letters. */
static void escape_link(nkc_str url, nkc_buf *out)
{
	nkc_buf plain = NKC_BUF_INIT;
	if (!url.len || url.ptr[0] != '#') {
		nkc_buf_put_str(out, url);
		return;
	}
	for (size_t i = 0; i < url.len; i++) {
		bool high = url.ptr[i] == '%' && i + 2 < url.len && url.ptr[i + 1] >= '8';
		nkc_buf_putc(&plain, high ? (char)(hex(url.ptr[i + 1]) << 4 | hex(url.ptr[i + 2])) : url.ptr[i]);
		i += high ? 2 : 0;
	}
	size_t from = out->len;
	nkc_json_put_string(out, nkc_buf_str(&plain));
	nkc_buf_splice(out, from, 1, NKC_STR("")); /* its quotes are there */
	nkc_buf_truncate(out, out->len - 1);
	nkc_buf_release(&plain);
}

static void list_begin(const nkc_markup_list *list, nkc_buf *out)
{
	begin_element(out);
	bool spaced = list->entry_spacing != 1;
	nkc_buf_printf(out, "{\"t\":\"Div\",\"c\":[[\"refs\",[\"references\",\"csl-bib-body\"%s],[",
	               list->hanging_indent ? ",\"hanging-indent\"" : "");
	if (spaced)
		nkc_buf_printf(out, "[\"entry-spacing\",\"%u\"]", list->entry_spacing);
	if (list->line_spacing > 1)
		nkc_buf_printf(out, "%s[\"line-spacing\",\"%u\"]", spaced ? "," : "", list->line_spacing);
	nkc_buf_puts(out, "]],[");
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	nkc_buf anchor = NKC_BUF_INIT;
	(void)list;
	nkc_buf_puts(&anchor, "ref-");
	nkc_buf_put_str(&anchor, id);
	begin_element(out);
	nkc_buf_puts(out, "{\"t\":\"Div\",\"c\":[[");
	nkc_json_put_string(out, nkc_buf_str(&anchor));
	nkc_buf_puts(out, ",[\"csl-entry\"],[]],[{\"t\":\"Para\",\"c\":[");
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "]}]]}");
	nkc_buf_release(&anchor);
}

static void list_end(const nkc_markup_list *list, nkc_buf *out)
{
	(void)list;
	nkc_buf_puts(out, "]]}");
}

#define OPEN(name) "{\"t\":\"" name "\",\"c\":["
#define OPEN_SPAN(class) "{\"t\":\"Span\",\"c\":[[\"\",[\"" class "\"],[]],["

const nkc_markup nkc_markup_pandoc_json = {
	.name = "pandoc-json",
	.title = "inlines of pandoc in JSON",
	.flat = true,
	.separator = ',',
	.escape = escape,
	.escape_link = escape_link,
	.line_break = "",
	.spans = {
		[CSL_SPAN_ITALIC] = { OPEN("Emph"), "]}" },
		[CSL_SPAN_OBLIQUE] = { OPEN("Emph"), "]}" },
		[CSL_SPAN_BOLD] = { OPEN("Strong"), "]}" },
		[CSL_SPAN_SMALL_CAPS] = { OPEN("SmallCaps"), "]}" },
		[CSL_SPAN_UNDERLINE] = { OPEN("Underline"), "]}" },
		[CSL_SPAN_SUP] = { OPEN("Superscript"), "]}" },
		[CSL_SPAN_SUB] = { OPEN("Subscript"), "]}" },
		[CSL_SPAN_BLOCK] = { OPEN_SPAN("csl-block"), "]]}" },
		[CSL_SPAN_LEFT_MARGIN] = { OPEN_SPAN("csl-left-margin"), "]]}" },
		[CSL_SPAN_RIGHT_INLINE] = { OPEN_SPAN("csl-right-inline"), "]]}" },
		[CSL_SPAN_INDENT] = { OPEN_SPAN("csl-indent"), "]]}" },
		[CSL_SPAN_LINK] = { "{\"t\":\"Link\",\"c\":[[\"\",[],[]],[", "],[\"%s\",\"\"]]}" },
	},
	.list_begin = list_begin,
	.list_put = list_put,
	.list_end = list_end,
};
