/*
 * render.h: a cluster or an entry as one tree (stages 6 and 7).
 */
#ifndef NKC_SRC_CSL_RENDER_H
#define NKC_SRC_CSL_RENDER_H

#include "csl/document.h"
#include "csl/typeset.h"

/* The layout around what it renders: its fonts enclose its affixes, too (entry.c). */
csl_out *csl_render_layout(nkc_arena *arena, const csl_layout *layout, csl_out *inner);

/* The cites of a cluster: grouped, collapsed, joined, with the layout's affixes (collapse.c). */
csl_out *csl_render_cluster(nkc_document *document, const csl_cluster *cluster);

/* What subsequent-author-substitute compares with: the names of the entry above (subsequent.c). */
typedef struct csl_subsequent {
	nkc_buf names; /* as plain text, a line a name */
	nkc_buf now;
	unsigned count;
} csl_subsequent;

void csl_subsequent_release(csl_subsequent *before);
/* Replaces repeated names in an entry's first cs:names as the style says; notes them for the next. */
void csl_subsequent_apply(const nkc_style *style, nkc_arena *arena, csl_out *names, csl_subsequent *before);

/* One bibliography entry with the layout's affixes, second-field-align and subsequent-author-substitute (entry.c). */
csl_out *csl_render_entry(nkc_document *document, csl_item *item, csl_subsequent *before);

#endif
