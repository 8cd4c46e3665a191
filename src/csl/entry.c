/*
 * entry.c: one entry of the bibliography.
 */
#include "csl/link.h"
#include "csl/render.h"

/*
 * second-field-align: the first field stands in the left margin, the rest beside it (specification, "Whitespace").
 * citeproc-js marks them with the two display spans, which styles of HTML pages rely on.
 */
static void align_second_field(const nkc_document *document, csl_out *entry, csl_out *first)
{
	static const csl_format margin = {
		NKC_STR_INIT(""), NKC_STR_INIT(""), 0, 0, CSL_DISPLAY_LEFT_MARGIN, false, false
	};
	static const csl_format beside = {
		NKC_STR_INIT(""), NKC_STR_INIT(""), 0, 0, CSL_DISPLAY_RIGHT_INLINE, false, false
	};
	if (!document->style->second_field_align || !entry->u.list.first)
		return;
	csl_out *left = csl_out_group(document->scratch, &margin, NKC_STR(""));
	csl_out *right = csl_out_group(document->scratch, &beside, NKC_STR(""));
	if (!left || !right)
		return;
	for (csl_out *at = entry->u.list.first, *next; at; at = next) {
		next = at->next;
		csl_out_append(at == first ? left : right, at);
	}
	entry->u.list.first = entry->u.list.last = NULL;
	csl_out_append(entry, left);
	csl_out_append(entry, right);
}

csl_out *csl_render_layout(nkc_arena *arena, const csl_layout *layout, csl_out *inner)
{
	csl_out *whole = csl_out_empty(inner) ? NULL : csl_out_group(arena, &layout->format, NKC_STR(""));
	csl_out_append(whole, inner);
	return whole;
}

csl_out *csl_render_entry(nkc_document *document, csl_item *item, const csl_entry *above, csl_entry *entry)
{
	const csl_layout *layout = &document->style->layouts[CSL_BIBLIOGRAPHY];
	csl_eval eval;
	csl_document_eval(document, &eval, CSL_BIBLIOGRAPHY, item, NULL);
	eval.capital_start = true;
	csl_out *inner = csl_out_group(document->scratch, NULL, NKC_STR(""));
	if (!inner)
		return NULL;
	csl_eval_children(&eval, layout->children, layout->child_count ? 1 : 0, inner);
	csl_out *first = inner->u.list.first; /* NULL: the first field is empty */
	if (layout->child_count)
		csl_eval_children(&eval, layout->children + 1, layout->child_count - 1, inner);
	csl_subsequent_apply(document, inner, above, entry);
	align_second_field(document, inner, first);
	if (document->links)
		csl_link_entry(document->scratch, item, inner);
	return csl_render_layout(document->scratch, layout, inner);
}
