/*
 * render STYLE ITEMS MARKUP: the bibliography of all items of a CSL-JSON list in a markup, as a document that stands alone: what
 * tests/markup/run gives to other programs.
 */
#include <nkcite/cite.h>
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what)
{
	fprintf(stderr, "render: %s\n", what);
	exit(3);
}

static void read_file(const char *path, nkc_buf *out)
{
	char piece[65536];
	size_t len;
	FILE *in = fopen(path, "rb");
	if (!in)
		fail(path);
	while ((len = fread(piece, 1, sizeof piece, in)) > 0)
		nkc_buf_put(out, piece, len);
	fclose(in);
}

static nkc_status put_items(nkc_document *document, const nkc_value *items)
{
	size_t count = 0;
	nkc_str *ids = calloc(nkc_value_count(items) + 1, sizeof *ids);
	nkc_status status = ids ? NKC_OK : NKC_ENOMEM;
	for (const nkc_value *item = nkc_value_first(items); item && !status; item = item->next) {
		status = nkc_document_put_object(document, item);
		ids[count++] = nkc_value_text(nkc_value_find(item, NKC_STR("id")));
	}
	if (!status)
		status = nkc_document_set_uncited(document, ids, count);
	free(ids);
	return status;
}

int main(int argc, char **argv)
{
	nkc_buf xml = NKC_BUF_INIT, json = NKC_BUF_INIT, out = NKC_BUF_INIT;
	nkc_style *style = NULL;
	nkc_locales *locales = NULL;
	nkc_document *document = NULL;
	nkc_value *items = NULL;
	nkc_arena *arena = nkc_arena_new();
	const nkc_markup *markup = argc == 4 ? nkc_markup_find(nkc_str_from(argv[3])) : NULL;
	if (!markup)
		fail("usage: render STYLE ITEMS MARKUP");
	read_file(argv[1], &xml);
	read_file(argv[2], &json);
	if (nkc_locales_open(&locales, NULL, NULL) || nkc_style_parse(&style, nkc_buf_str(&xml), NKC_STR("style"), NULL) ||
	    nkc_document_new(&document, style, locales, NKC_STR(""), markup, NULL))
		fail("the style cannot be used");
	if (nkc_value_parse(&items, arena, nkc_buf_str(&json), NULL, NULL) || put_items(document, items))
		fail("the items cannot be used");
	nkc_document_set_unsorted(document, true);
	nkc_markup_head(markup, NKC_STR("Titles"), &out);
	if (nkc_document_bibliography(document, &out))
		fail("there is no bibliography");
	nkc_markup_foot(markup, &out);
	fwrite(out.ptr, 1, out.len, stdout);
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_locales_close(locales);
	nkc_arena_free(arena);
	nkc_buf_release(&xml);
	nkc_buf_release(&json);
	nkc_buf_release(&out);
	return fflush(stdout) || ferror(stdout) ? 3 : 0;
}
