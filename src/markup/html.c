/*
 * html.c: HTML with the class names that pages written for citeproc-js style.
 */
#include "markup/markup.h"

static void escape(nkc_str text, nkc_buf *out)
{
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

const nkc_markup nkc_markup_html = {
	.name = "html",
	.title = "HTML",
	.escape = escape,
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
		[CSL_SPAN_ENTRY] = { "<div class=\"csl-entry\">", "</div>" },
	},
};
