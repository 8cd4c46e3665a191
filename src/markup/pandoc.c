/*
 * pandoc.c: pandoc's Markdown, with its marks for raised text and its spans and divs, a bibliography as its own would be.
 */
#include "markup/markdown.h"

static void list_begin(const nkc_markup_list *list, nkc_buf *out)
{
	nkc_buf_printf(out, "::: {#refs .references .csl-bib-body%s entry-spacing=\"%u\" line-spacing=\"%u\"}\n",
	               list->hanging_indent ? " .hanging-indent" : "", list->entry_spacing, list->line_spacing);
}

/* Can it be a name behind "#"? */
static bool is_name(nkc_str id)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.ptr[i];
		bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!letter && !strchr("-_:.", c))
			return false;
	}
	return id.len > 0;
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	(void)list;
	nkc_buf_puts(out, "::: {");
	if (is_name(id))
		nkc_buf_printf(out, "#ref-%.*s ", (int)id.len, id.ptr);
	nkc_buf_puts(out, ".csl-entry}\n");
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "\n:::\n\n");
}

static void list_end(const nkc_markup_list *list, nkc_buf *out)
{
	(void)list;
	nkc_buf_puts(out, ":::\n");
}

const nkc_markup nkc_markup_pandoc = {
	.name = "pandoc",
	.title = "pandoc's Markdown",
	.flat = true,
	.escape = markup_markdown_escape,
	.escape_link = markup_markdown_escape_link,
	.line_break = "\\\n",
	.address = "<%s>",
	.flanking = MARKUP_MARKDOWN_FLANKING,
	.glue = MARKUP_MARKDOWN_GLUE,
	.spaceless = MARKUP_BIT(SUP) | MARKUP_BIT(SUB),
	.spans = {
		[CSL_SPAN_ITALIC] = { "*", "*" },
		[CSL_SPAN_OBLIQUE] = { "*", "*" },
		[CSL_SPAN_BOLD] = { "**", "**" },
		[CSL_SPAN_SMALL_CAPS] = { "[", "]{.smallcaps}" },
		[CSL_SPAN_UNDERLINE] = { "[", "]{.underline}" },
		[CSL_SPAN_SUP] = { "^", "^" },
		[CSL_SPAN_SUB] = { "~", "~" },
		[CSL_SPAN_BLOCK] = { "[", "]{.csl-block}" },
		[CSL_SPAN_LEFT_MARGIN] = { "[", "]{.csl-left-margin}" },
		[CSL_SPAN_RIGHT_INLINE] = { "[", "]{.csl-right-inline}" },
		[CSL_SPAN_INDENT] = { "[", "]{.csl-indent}" },
		[CSL_SPAN_LINK] = { "[", "](%s)" },
	},
	.list_begin = list_begin,
	.list_put = list_put,
	.list_end = list_end,
	.head = "# %s\n\n",
};
