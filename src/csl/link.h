/*
 * link.h: links of identifiers and titles (specification, Appendix VI).
 */
#ifndef NKC_SRC_CSL_LINK_H
#define NKC_SRC_CSL_LINK_H

#include "csl/item.h"

/*
 * Where a variable's text links to, in the arena: an address of an allowed scheme, ASCII and safe between any quotes. Empty: it
 * does not link.
 */
nkc_str csl_link(nkc_arena *arena, nkc_var var, nkc_str text);

/* Links a node there. */
void csl_link_node(nkc_arena *arena, csl_out *node, nkc_str url);

/* The address of an item's entry in the same document. */
nkc_str csl_link_to_entry(nkc_arena *arena, nkc_str id);

/* Does anything of the tree link? */
bool csl_has_link(const csl_out *node);

/* Links the title, or else the whole entry, of an item that has an identifier and prints none. */
void csl_link_entry(nkc_arena *arena, const csl_item *item, csl_out *entry);

#endif
