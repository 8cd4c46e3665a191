/*
 * What a style says of itself, read without the rest of it: a list of ten thousand styles is asked for on a terminal.
 */
#include "base/xml.h"
#include "csl/styles.h"

static bool is_named(const nkc_xml_node *node, const char *name)
{
	return nkc_str_is(node->name, name);
}

static void add_field(nkc_arena *arena, nkc_str field, nkc_style_info *info)
{
	nkc_buf fields = NKC_BUF_INIT;
	nkc_buf_put_str(&fields, info->fields);
	nkc_buf_puts(&fields, info->fields.len ? " " : "");
	nkc_buf_put_str(&fields, field);
	info->fields = nkc_arena_str(arena, nkc_buf_str(&fields));
	nkc_buf_release(&fields);
}

static void read_category(nkc_arena *arena, const nkc_xml_node *node, nkc_style_info *info)
{
	nkc_str format = nkc_xml_get(node, "citation-format"), field = nkc_xml_get(node, "field");
	if (format.len)
		info->format = nkc_arena_str(arena, format);
	if (field.len)
		add_field(arena, field, info);
}

static void read_part(nkc_arena *arena, const nkc_xml_node *node, nkc_style_info *info)
{
	nkc_str text = nkc_arena_str(arena, nkc_str_trim(node->text));
	if (is_named(node, "id"))
		info->id = text;
	else if (is_named(node, "title"))
		info->title = text;
	else if (is_named(node, "title-short"))
		info->title_short = text;
	else if (is_named(node, "category"))
		read_category(arena, node, info);
	else if (is_named(node, "link") && nkc_str_is(nkc_xml_get(node, "rel"), "independent-parent"))
		info->parent = nkc_arena_str(arena, nkc_xml_get(node, "href"));
}

static void read_tree(nkc_arena *arena, const nkc_xml_node *root, nkc_style_info *info)
{
	info->kind = nkc_arena_str(arena, nkc_xml_get(root, "class"));
	info->language = nkc_arena_str(arena, nkc_xml_get(root, "default-locale"));
	for (const nkc_xml_node *child = root->first; child; child = child->next) {
		for (const nkc_xml_node *part = child->first; part && is_named(child, "info"); part = part->next)
			read_part(arena, part, info);
	}
}

/* The text up to the end of its info, closed: a whole, small style. False when it is not written so. */
static bool cut_head(nkc_str xml, nkc_buf *head)
{
	nkc_str end = NKC_STR("</info>");
	size_t at = nkc_str_find(xml, end);
	if (at == xml.len)
		return false;
	nkc_buf_put_str(head, nkc_str_slice(xml, 0, at + end.len));
	nkc_buf_puts(head, "</style>");
	return nkc_buf_status(head) == NKC_OK;
}

nkc_status csl_style_info_read(nkc_arena *arena, nkc_str xml, nkc_style_info *info)
{
	nkc_arena *scratch = nkc_arena_new();
	nkc_buf head = NKC_BUF_INIT;
	nkc_xml_fault fault;
	nkc_xml_node *root = NULL;
	nkc_status status = scratch ? NKC_ESYNTAX : NKC_ENOMEM;
	if (scratch && cut_head(xml, &head))
		status = nkc_xml_parse(scratch, nkc_buf_str(&head), &root, &fault);
	if (scratch && status && status != NKC_ENOMEM)
		status = nkc_xml_parse(scratch, xml, &root, &fault);
	if (!status && !is_named(root, "style"))
		status = NKC_EINVALID;
	if (!status)
		read_tree(arena, root, info);
	nkc_buf_release(&head);
	nkc_arena_free(scratch);
	return status ? status : nkc_arena_status(arena);
}
