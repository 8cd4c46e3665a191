/*
 * entry.c: one entry of the bibliography.
 */
#include "csl/render.h"

/*
 * second-field-align: the first field stands in the left margin, the rest beside it (specification, "Whitespace").
 * citeproc-js marks them with the two display spans, which styles of HTML pages rely on.
 */
static bool align_second_field(const nkc_document *document, csl_out *entry, nkc_str suffix)
{
	static const csl_format margin = {
		NKC_STR_INIT(""), NKC_STR_INIT(""), 0, 0, CSL_DISPLAY_LEFT_MARGIN, false, false
	};
	static const csl_format beside = {
		NKC_STR_INIT(""), NKC_STR_INIT(""), 0, 0, CSL_DISPLAY_RIGHT_INLINE, false, false
	};
	csl_out *first = entry->u.list.first;
	if (!document->style->second_field_align || !first || !first->next)
		return false;
	csl_out *left = csl_out_group(document->scratch, &margin, NKC_STR(""));
	csl_out *right = csl_out_group(document->scratch, &beside, NKC_STR(""));
	if (!left || !right)
		return false;
	for (csl_out *at = first->next, *next; at; at = next) {
		next = at->next;
		csl_out_append(right, at);
	}
	csl_out_append(right, suffix.len ? csl_out_text(document->scratch, suffix) : NULL);
	csl_out_append(left, first);
	entry->u.list.first = entry->u.list.last = NULL;
	csl_out_append(entry, left);
	csl_out_append(entry, right);
	return true;
}

csl_out *csl_render_layout(nkc_arena *arena, const csl_layout *layout, csl_out *inner)
{
	csl_format *outer = nkc_arena_alloc(arena, sizeof *outer);
	csl_out *whole = csl_out_group(arena, outer, NKC_STR(""));
	if (csl_out_empty(inner) || !outer || !whole)
		return NULL;
	*outer = layout->format;
	outer->prefix = outer->suffix = NKC_STR("");
	if (layout->format.prefix.len)
		csl_out_append(whole, csl_out_text(arena, layout->format.prefix));
	csl_out_append(whole, inner);
	if (layout->format.suffix.len)
		csl_out_append(whole, csl_out_text(arena, layout->format.suffix));
	return whole;
}

csl_out *csl_render_entry(nkc_document *document, csl_item *item, csl_subsequent *before)
{
	const csl_layout *layout = &document->style->layouts[CSL_BIBLIOGRAPHY];
	csl_eval eval;
	csl_document_eval(document, &eval, CSL_BIBLIOGRAPHY, item, NULL);
	csl_out *inner = csl_out_group(document->scratch, NULL, NKC_STR(""));
	if (!inner)
		return NULL;
	csl_eval_children(&eval, layout->children, layout->child_count, inner);
	csl_subsequent_apply(document->style, document->scratch, inner, before);
	csl_layout without = *layout;
	if (align_second_field(document, inner, layout->format.suffix))
		without.format.suffix = NKC_STR("");
	return csl_render_layout(document->scratch, &without, inner);
}
