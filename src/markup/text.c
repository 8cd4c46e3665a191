/*
 * text.c: plain text.
 */
#include "markup/markup.h"

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	nkc_buf_put_str(out, text);
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	(void)id;
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, list->entry_spacing ? "\n\n" : "\n");
}

const nkc_markup nkc_markup_text = {
	.name = "text",
	.title = "plain text",
	.escape = escape,
	.keeps_quiet = true,
	.spans = {
		[CSL_SPAN_BLOCK] = { "\n", "\n" },
		[CSL_SPAN_LEFT_MARGIN] = { "", " " },
		[CSL_SPAN_INDENT] = { "\n  ", "\n" },
	},
	.list_put = list_put,
	.head = "%s\n\n",
};
