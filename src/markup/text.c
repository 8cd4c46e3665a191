/*
 * text.c: plain text.
 */
#include "markup/markup.h"

static void escape(nkc_str text, nkc_buf *out)
{
	nkc_buf_put_str(out, text);
}

const nkc_markup nkc_markup_text = {
	.name = "text",
	.title = "plain text",
	.escape = escape,
	.spans = {
		[CSL_SPAN_BLOCK] = { "\n", "\n" },
		[CSL_SPAN_LEFT_MARGIN] = { "", " " },
		[CSL_SPAN_INDENT] = { "\n  ", "\n" },
	},
};
