/*
 * typeset.h: from the tree to events (stages 8 and 9): flatten, resolve fonts (flip-flop) and quotes, join punctuation.
 */
#ifndef NKC_SRC_CSL_TYPESET_H
#define NKC_SRC_CSL_TYPESET_H

#include "csl/events.h"
#include "csl/locale.h"
#include "csl/out.h"

/*
 * Appends the events of the tree, whose format, if it has one, is that of a layout. Quotation marks are the locale's and
 * change with depth; punctuation that meets is joined as typographers do (a table: ".." is ".", "?." is "?", ...), also
 * across fonts and quotes; marks go inside closing quotes when the locale says so.
 */
void csl_typeset(nkc_arena *arena, const csl_locale *locale, const csl_out *tree, csl_events *events);

void csl_events_release(csl_events *events);
void csl_events_clear(csl_events *events);

#endif
