/*
 * markdown.h: CommonMark as HTML.
 */
#ifndef NKCITE_MARKDOWN_H
#define NKCITE_MARKDOWN_H

#include <nkcite/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Appends the HTML of a text in CommonMark; HTML in the text stays, for it is the writer's own. */
NKC_API nkc_status nkc_markdown_html(nkc_str text, nkc_buf *out);

#ifdef __cplusplus
}
#endif

#endif
