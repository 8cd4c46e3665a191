#include "markup/markup.h"

#include "page/page.h"

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	(void)first;
	page_put_text(text, out);
}

const nkc_markup page_markup = {
	.name = "page",
	.title = "HTML of a page",
	.escape = escape,
	.keeps_quiet = true,
	.escape_link = page_put_text,
	.spans = {
		[CSL_SPAN_ITALIC] = { "<i>", "</i>" },
		[CSL_SPAN_OBLIQUE] = { "<i>", "</i>" },
		[CSL_SPAN_NORMAL_STYLE] = { "<span class=\"upright\">", "</span>" },
		[CSL_SPAN_BOLD] = { "<b>", "</b>" },
		[CSL_SPAN_LIGHT] = { "<span class=\"light\">", "</span>" },
		[CSL_SPAN_NORMAL_WEIGHT] = { "<span class=\"medium\">", "</span>" },
		[CSL_SPAN_SMALL_CAPS] = { "<span class=\"small-caps\">", "</span>" },
		[CSL_SPAN_NORMAL_VARIANT] = { "<span class=\"no-caps\">", "</span>" },
		[CSL_SPAN_UNDERLINE] = { "<span class=\"underline\">", "</span>" },
		[CSL_SPAN_NO_DECORATION] = { "<span class=\"no-line\">", "</span>" },
		[CSL_SPAN_SUP] = { "<sup>", "</sup>" },
		[CSL_SPAN_SUB] = { "<sub>", "</sub>" },
		[CSL_SPAN_BLOCK] = { "<span class=\"block\">", "</span> " },
		[CSL_SPAN_LEFT_MARGIN] = { "<span class=\"label\">", "</span> " },
		[CSL_SPAN_RIGHT_INLINE] = { "<span class=\"rest\">", "</span>" },
		[CSL_SPAN_INDENT] = { "<span class=\"indent\">", "</span> " },
		[CSL_SPAN_LINK] = { "<a href=\"%s\">", "</a>" },
	},
};
