/*
 * markdown.h: what the two kinds of Markdown share.
 */
#ifndef NKC_SRC_MARKUP_MARKDOWN_H
#define NKC_SRC_MARKUP_MARKDOWN_H

#include "markup/markup.h"

/* Escapes what either CommonMark, GitHub or pandoc takes for markup. */
void markup_markdown_escape(nkc_str text, bool first, nkc_buf *out);
void markup_markdown_escape_link(nkc_str url, nkc_buf *out);

#define MARKUP_MARKDOWN_FLANKING (MARKUP_BIT(ITALIC) | MARKUP_BIT(OBLIQUE) | MARKUP_BIT(BOLD))
#define MARKUP_MARKDOWN_GLUE "<!-- -->"

#endif
