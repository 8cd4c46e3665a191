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

void csl_document_eval(nkc_document *document, csl_eval *eval, csl_area area, csl_item *item, const csl_cite *cite)
{
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
		.subsequent = cite && (cite->position & CSL_POSITION_SUBSEQUENT),
		.suppress_author = cite && cite->suppress_author,
	};
}
