/*
 * markdown_text.h: the text of a CSL variable as pandoc's Markdown, in which it reads the strings of CSL-YAML.
 */
#ifndef NKC_SRC_FORMAT_MARKDOWN_TEXT_H
#define NKC_SRC_FORMAT_MARKDOWN_TEXT_H

#include <nkcite/buf.h>

/*
 * Appends the text: what Markdown would take for markup escaped, CSL's own markup (<i>, <b>, <sub>, <sup>, nocase and
 * small-caps spans) as Markdown's where that reads back the same, else left as the HTML that it is.
 */
void nkc_markdown_put_text(nkc_buf *out, nkc_str text);

/* The other way round. Text that is no Markdown stays as it is but for escapes and pairs of marks. */
void nkc_markdown_read_text(nkc_buf *out, nkc_str markdown);

#endif
