/*
 * context.c: an evaluation, ready to begin.
 */
#include "csl/document.h"

void csl_document_begin(nkc_document *document)
{
	nkc_arena_reset(document->scratch);
	document->uses = 0;
	document->spent = 0;
}

/* What csl_needs asks for: the item's variables, and those that a cite has. */
static void set_has(csl_eval *eval)
{
	uint64_t *has = eval->has;
	memcpy(has, eval->item->present, sizeof eval->has);
	if (csl_eval_has(eval, NKC_VAR_LOCATOR))
		has[NKC_VAR_LOCATOR / 64] |= (uint64_t)1 << NKC_VAR_LOCATOR % 64;
	if (csl_eval_has(eval, NKC_VAR_PAGE_FIRST))
		has[NKC_VAR_PAGE_FIRST / 64] |= (uint64_t)1 << NKC_VAR_PAGE_FIRST % 64;
}

void csl_document_eval(nkc_document *document, csl_eval *eval, csl_area area, csl_item *item, const csl_cite *cite)
{
	csl_item_unpack(item, document->scratch);
	*eval = (csl_eval){
		.arena = document->scratch,
		.style = document->style,
		.locale = document->locale,
		.area = area,
		.item = item,
		.cite = cite,
		.choice = &item->choice,
		.uses = &document->uses,
		.spent = &document->spent,
		.options = &document->style->layouts[area].options,
		.links = document->links,
		.abbreviations = document->abbreviations,
		.subsequent = cite && (cite->position & CSL_POSITION_SUBSEQUENT),
		.suppress_author = cite && cite->suppress_author,
	};
	set_has(eval);
}
