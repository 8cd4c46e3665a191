#include "csl/out.h"

static void append_one(csl_out *group, csl_out *child)
{
	child->next = NULL;
	if (group->u.list.last)
		group->u.list.last->next = child;
	else
		group->u.list.first = child;
	group->u.list.last = child;
}

void csl_out_append(csl_out *group, csl_out *child)
{
	if (!group || csl_out_empty(child))
		return;
	if (!(child->tags & CSL_TAG_SPLICE) || child->format) {
		append_one(group, child);
		return;
	}
	for (csl_out *at = child->u.list.first, *next; at; at = next) {
		next = at->next;
		append_one(group, at);
	}
}

bool csl_out_prune(csl_out *node)
{
	if (node->kind == CSL_OUT_TEXT)
		return node->u.text.len > 0;
	csl_out *child = node->u.list.first, *next;
	node->u.list.first = node->u.list.last = NULL;
	for (; child; child = next) {
		next = child->next;
		if (csl_out_prune(child))
			append_one(node, child);
	}
	return node->u.list.first != NULL;
}

csl_out *csl_out_without(nkc_arena *arena, const csl_out *node, const csl_out *first, const csl_out *second)
{
	csl_out *copy = node && node != first && node != second ? nkc_arena_alloc(arena, sizeof *copy) : NULL;
	if (!copy)
		return NULL;
	*copy = *node;
	copy->next = NULL;
	if (copy->kind == CSL_OUT_TEXT)
		return copy;
	copy->u.list.first = copy->u.list.last = NULL;
	for (const csl_out *child = node->u.list.first; child; child = child->next)
		csl_out_append(copy, csl_out_without(arena, child, first, second));
	return csl_out_empty(copy) ? NULL : copy;
}

csl_out *csl_out_find(csl_out *node, uint16_t tag)
{
	if (!node || (node->tags & tag && !csl_out_empty(node)))
		return node;
	if (node->kind == CSL_OUT_TEXT)
		return NULL;
	for (csl_out *child = node->u.list.first; child; child = child->next) {
		csl_out *found = csl_out_find(child, tag);
		if (found)
			return found;
	}
	return NULL;
}

void csl_out_plain(const csl_out *node, nkc_buf *out)
{
	if (csl_out_empty(node))
		return;
	if (node->format && node->format->prefix.len)
		nkc_buf_put_str(out, node->format->prefix);
	if (node->kind == CSL_OUT_TEXT) {
		nkc_buf_put_str(out, node->u.text);
	} else {
		for (const csl_out *child = node->u.list.first; child; child = child->next) {
			if (child != node->u.list.first)
				nkc_buf_put_str(out, node->delimiter);
			csl_out_plain(child, out);
		}
	}
	if (node->format && node->format->suffix.len)
		nkc_buf_put_str(out, node->format->suffix);
}

static void strip(nkc_arena *arena, csl_out *node)
{
	if (node->kind != CSL_OUT_TEXT) {
		for (csl_out *child = node->u.list.first; child; child = child->next)
			strip(arena, child);
		return;
	}
	if (nkc_str_find_byte(node->u.text, '.') == node->u.text.len)
		return;
	char *copy = nkc_arena_alloc(arena, node->u.text.len);
	size_t len = 0;
	for (size_t i = 0; copy && i < node->u.text.len; i++) {
		if (node->u.text.ptr[i] != '.')
			copy[len++] = node->u.text.ptr[i];
	}
	if (copy)
		node->u.text = nkc_str_make(copy, len);
}

void csl_strip_periods(nkc_arena *arena, csl_out *node)
{
	strip(arena, node);
	(void)csl_out_prune(node);
}
