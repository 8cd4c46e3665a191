/*
 * cluster.c: one cluster as text, whole or in parts: the names that it begins with, the rest, both.
 */
#include "csl/render.h"

#include <nkcite/cite.h>

/* --- the author of a cite --- */

/* A format without fonts, quotes and display: names in a sentence look like the sentence. */
static const csl_format *plain_format(nkc_arena *arena, const csl_format *format)
{
	csl_format *plain = format ? nkc_arena_alloc(arena, sizeof *plain) : NULL;
	if (!plain)
		return NULL;
	*plain = *format;
	plain->font = 0;
	plain->display = CSL_DISPLAY_NONE;
	plain->quotes = false;
	return plain;
}

static void make_plain(nkc_arena *arena, csl_out *node)
{
	if (!node)
		return;
	node->font = 0;
	node->format = plain_format(arena, node->format);
	if (node->kind == CSL_OUT_TEXT)
		return;
	node->kind = CSL_OUT_GROUP;
	for (csl_out *child = node->u.list.first; child; child = child->next)
		make_plain(arena, child);
}

/*
 * The names that a cite begins with, or what cs:intext renders, without fonts and quotes; NULL when there are none.
 */
static csl_out *render_author(nkc_document *document, const csl_cite *from)
{
	const nkc_style *style = document->style;
	const csl_layout *layout = style->intext ? style->intext : &style->layouts[CSL_CITATION];
	csl_cite cite = *from;
	if (cite.position != CSL_POSITION_SUBSEQUENT)
		cite.position = CSL_POSITION_FIRST; /* in a sentence nothing is "ibid." */
	cite.locator = NKC_STR("");
	cite.suppress_author = false;
	csl_eval eval;
	csl_document_eval(document, &eval, CSL_CITATION, cite.item, &cite);
	eval.options = &layout->options;
	csl_out *tree = csl_out_group(document->scratch, NULL, NKC_STR(""));
	if (!tree)
		return NULL;
	csl_eval_children(&eval, layout->children, layout->child_count, tree);
	csl_out *author = style->intext ? tree : csl_out_find(tree, CSL_TAG_NAMES);
	if (!document->keeps_author_fonts)
		make_plain(document->scratch, author);
	if (author)
		author->next = NULL;
	return author;
}

/* --- modes --- */

/* Appends the author of a cite; with what its writer put around it, where nothing else follows. */
static nkc_status write_author(nkc_document *document, const csl_cite *cite, bool alone, nkc_buf *out)
{
	nkc_arena_reset(document->scratch);
	csl_out *author = render_author(document, cite);
	if (alone)
		author = csl_cite_affixes(document->scratch, cite, author);
	return csl_write_tree(document, author, out);
}

/* The cite that asks for its author alone; NULL: none. */
static const csl_cite *author_cite(const csl_cluster *cluster)
{
	if (cluster->mode == NKC_MODE_AUTHOR_ONLY)
		return cluster->cites;
	for (unsigned i = 0; i < cluster->count; i++) {
		if (cluster->cites[i].author_only)
			return &cluster->cites[i];
	}
	return NULL;
}

/* What stands between author and rest: a space, or the writer's words, of which punctuation needs no space before it. */
static nkc_status write_infix(nkc_document *document, nkc_str infix, nkc_buf *out)
{
	nkc_arena *arena = document->scratch;
	nkc_arena_reset(arena);
	csl_out *whole = csl_out_group(arena, NULL, NKC_STR(""));
	bool close = infix.len && (strchr(".,:;!?'", infix.ptr[0]) || nkc_str_starts(infix, NKC_STR("\xe2\x80\x99")));
	csl_out_append(whole, close ? NULL : csl_out_text(arena, NKC_STR(" ")));
	csl_out_append(whole, infix.len ? csl_own_words(arena, infix) : NULL);
	csl_out_append(whole, infix.len ? csl_out_text(arena, NKC_STR(" ")) : NULL);
	return csl_write_tree(document, whole, out);
}

/* In a note the author is named again: suppressing it is for citations in the text. */
static nkc_status write_rest(nkc_document *document, const csl_cluster *cluster, bool suppress, nkc_buf *out)
{
	csl_cluster rest = *cluster;
	nkc_arena_reset(document->scratch);
	if (suppress && !document->style->is_note) {
		rest.cites = nkc_arena_alloc(document->scratch, cluster->count * sizeof *rest.cites);
		if (!rest.cites)
			return NKC_ENOMEM;
		memcpy(rest.cites, cluster->cites, cluster->count * sizeof *rest.cites);
		rest.cites[0].suppress_author = true;
	}
	return csl_write_tree(document, csl_render_cluster(document, &rest), out);
}

static nkc_status write_composite(nkc_document *document, const csl_cluster *cluster, nkc_buf *out)
{
	nkc_status status = write_author(document, cluster->cites, false, out);
	if (!status && (out->len || cluster->infix.len))
		status = write_infix(document, cluster->infix, out);
	return status ? status : write_rest(document, cluster, true, out);
}

nkc_status csl_write_cluster(nkc_document *document, const csl_cluster *cluster, nkc_buf *out)
{
	if (!cluster->count)
		return NKC_OK;
	if (cluster->mode == NKC_MODE_COMPOSITE)
		return write_composite(document, cluster, out);
	const csl_cite *author = author_cite(cluster);
	return author ? write_author(document, author, true, out)
	              : write_rest(document, cluster, cluster->mode == NKC_MODE_SUPPRESS_AUTHOR, out);
}
