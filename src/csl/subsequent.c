/*
 * subsequent.c: subsequent-author-substitute (specification, "Reference Grouping").
 */
#include "csl/render.h"

/* The name list of an entry's first cs:names. */
static csl_out *find_tag(csl_out *node, uint16_t tag)
{
	if (!node || node->tags & tag)
		return node;
	if (node->kind == CSL_OUT_TEXT)
		return NULL;
	for (csl_out *child = node->u.list.first; child; child = child->next) {
		csl_out *found = find_tag(child, tag);
		if (found)
			return found;
	}
	return NULL;
}

static bool has_variable(const csl_out *node)
{
	if (!node || node->variable != NKC_VAR_NONE)
		return node != NULL;
	const csl_out *child = node->kind == CSL_OUT_TEXT ? NULL : node->u.list.first;
	while (child && !has_variable(child))
		child = child->next;
	return child != NULL;
}

/* The names below a node, a line each; returns how many. */
static unsigned put_names(const csl_out *node, nkc_buf *out)
{
	if (node->tags & CSL_TAG_NAME) {
		csl_out_plain(node, out);
		nkc_buf_putc(out, '\n');
		return 1;
	}
	unsigned count = 0;
	if (node->kind != CSL_OUT_TEXT) {
		for (const csl_out *child = node->u.list.first; child; child = child->next)
			count += put_names(child, out);
	}
	return count;
}

/* How many names of both lists are the same, from the first on. */
static unsigned same_from_start(nkc_str a, nkc_str b)
{
	unsigned count = 0;
	nkc_str x, y;
	while (nkc_str_split(&a, '\n', &x) && nkc_str_split(&b, '\n', &y) && nkc_str_eq(x, y))
		count++;
	return count;
}

static void make_text(nkc_arena *arena, csl_out *node, nkc_str text)
{
	csl_out *only = csl_out_text(arena, text);
	if (!only)
		return;
	node->kind = CSL_OUT_GROUP;
	node->format = NULL;
	node->u.list.first = node->u.list.last = only;
}

/* Replaces the first *left names below the node. */
static void replace_names(nkc_arena *arena, csl_out *node, nkc_str text, unsigned *left)
{
	if (!*left)
		return;
	if (node->tags & CSL_TAG_NAME) {
		make_text(arena, node, text);
		--*left;
		return;
	}
	if (node->kind == CSL_OUT_TEXT)
		return;
	for (csl_out *child = node->u.list.first; child; child = child->next)
		replace_names(arena, child, text, left);
}

void csl_subsequent_apply(const nkc_document *document, csl_out *inner, const csl_entry *above, csl_entry *entry)
{
	const nkc_style *style = document->style;
	nkc_arena *arena = document->scratch;
	csl_keep_none(&entry->names);
	entry->name_count = 0;
	entry->failed = false;
	if (!style->has_subsequent_substitute || document->whole_names)
		return;
	csl_out *names = find_tag(inner, CSL_TAG_NAMES);
	csl_out *list = names ? find_tag(names, CSL_TAG_NAME_LIST) : NULL;
	nkc_buf lines = nkc_arena_buf(arena);
	unsigned count = list ? put_names(list, &lines) : 0;
	if (!list && has_variable(names)) { /* a field stands in for the names: it counts as one; "Anon." is nobody */
		list = names;
		csl_out_plain(names, &lines);
		nkc_buf_putc(&lines, '\n');
		count = 1;
		names->tags |= CSL_TAG_NAME;
	}
	entry->name_count = count;
	entry->failed = !csl_keep(&entry->names, nkc_arena_keep(arena, &lines));
	unsigned same = above ? same_from_start(above->names, entry->names) : 0;
	bool all = count && same == count && same == above->name_count;
	if (style->subsequent_rule == CSL_COMPLETE_ALL && all)
		make_text(arena, list, style->subsequent_substitute);
	unsigned left = style->subsequent_rule == CSL_COMPLETE_EACH ? (all ? count : 0) :
	                style->subsequent_rule == CSL_PARTIAL_EACH ? same :
	                style->subsequent_rule == CSL_PARTIAL_FIRST && same ? 1 : 0;
	if (list && left)
		replace_names(arena, list, style->subsequent_substitute, &left);
	if (!style->subsequent_substitute.len)
		(void)csl_out_prune(inner);
}
