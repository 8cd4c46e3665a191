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

/* A cite with the words that its writer put around it (collapse.c). */
csl_out *csl_cite_affixes(nkc_arena *arena, const csl_cite *cite, csl_out *tree);
/* What a writer typed: its punctuation stays where it was put (collapse.c). */
csl_out *csl_own_words(nkc_arena *arena, nkc_str text);

/*
 * Replaces the names in an entry's first cs:names that the entry above has too, as the style says; notes those of this one in
 * `entry` (subsequent.c). above: NULL for the first.
 */
void csl_subsequent_apply(const nkc_document *document, csl_out *inner, const csl_entry *above, csl_entry *entry);

/* One bibliography entry with the layout's affixes, second-field-align and subsequent-author-substitute (entry.c). */
csl_out *csl_render_entry(nkc_document *document, csl_item *item, const csl_entry *above, csl_entry *entry);

/* Was the entry rendered below one with those names, or does it not matter to the style? (update.c) */
bool csl_entry_is_below(const nkc_document *document, const csl_entry *entry, const csl_entry *above);

/* A cluster as text, appended: in its mode (cluster.c). */
nkc_status csl_write_cluster(nkc_document *document, const csl_cluster *cluster, nkc_buf *out);

/* The events of a tree as text, appended (update.c). */
nkc_status csl_write_tree(nkc_document *document, const csl_out *tree, nkc_buf *out);

#endif
