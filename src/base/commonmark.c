/* The one door to cmark. */
#include <nkcite/markdown.h>

#include "base/versions.h"

#include <cmark.h>
#include <stdio.h>

void nkc_commonmark_version(char version[NKC_VERSION_SIZE])
{
	(void)snprintf(version, NKC_VERSION_SIZE, "%s", cmark_version_string());
}

nkc_status nkc_markdown_html(nkc_str text, nkc_buf *out)
{
	cmark_node *tree = cmark_parse_document(text.ptr, text.len, CMARK_OPT_VALIDATE_UTF8);
	char *html = tree ? cmark_render_html(tree, CMARK_OPT_UNSAFE) : NULL;
	if (html)
		nkc_buf_puts(out, html);
	cmark_get_default_mem_allocator()->free(html);
	cmark_node_free(tree);
	return html ? nkc_buf_status(out) : NKC_ENOMEM;
}
