#include "csl/out.h"

csl_out *csl_out_text(nkc_arena *arena, nkc_str text)
{
	csl_out *node = nkc_arena_alloc(arena, sizeof *node);
	if (!node)
		return NULL;
	memset(node, 0, sizeof *node);
	node->kind = CSL_OUT_TEXT;
	node->u.text = text;
	node->delimiter = node->link = NKC_STR("");
	return node;
}

csl_out *csl_out_group(nkc_arena *arena, const csl_format *format, nkc_str delimiter)
{
	csl_out *node = nkc_arena_alloc(arena, sizeof *node);
	if (!node)
		return NULL;
	memset(node, 0, sizeof *node);
	node->kind = CSL_OUT_GROUP;
	node->format = format;
	node->delimiter = delimiter;
	node->link = NKC_STR("");
	return node;
}

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
	if (!group || !child)
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

bool csl_out_empty(const csl_out *node)
{
	if (!node)
		return true;
	if (node->kind == CSL_OUT_TEXT)
		return node->u.text.len == 0;
	for (const csl_out *child = node->u.list.first; child; child = child->next) {
		if (!csl_out_empty(child))
			return false;
	}
	return true;
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
		bool begun = false;
		for (const csl_out *child = node->u.list.first; child; child = child->next) {
			if (csl_out_empty(child))
				continue;
			if (begun)
				nkc_buf_put_str(out, node->delimiter);
			begun = true;
			csl_out_plain(child, out);
		}
	}
	if (node->format && node->format->suffix.len)
		nkc_buf_put_str(out, node->format->suffix);
}

void csl_strip_periods(nkc_arena *arena, csl_out *node)
{
	if (!node)
		return;
	if (node->kind != CSL_OUT_TEXT) {
		for (csl_out *child = node->u.list.first; child; child = child->next)
			csl_strip_periods(arena, child);
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
