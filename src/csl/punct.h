/*
 * punct.h: punctuation that meets (stage 9).
 */
#ifndef NKC_SRC_CSL_PUNCT_H
#define NKC_SRC_CSL_PUNCT_H

#include "csl/events.h"

#include <nkcite/value.h>

/* Joins punctuation and space where texts meet, from event `from` on, whatever spans begin or end between them. */
void csl_punct_join(nkc_arena *arena, csl_events *events, size_t from, bool in_quotes);

#endif
