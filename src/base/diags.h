/*
 * diags.h: lists of findings that are joined.
 */
#ifndef NKC_SRC_BASE_DIAGS_H
#define NKC_SRC_BASE_DIAGS_H

#include <nkcite/diag.h>

/*
 * Of a line that is longer, so many bytes are shown: somebody's whole file may stand on it. Findings look no
 * further to either side of their place, so that it is enough to have that much in memory.
 */
#define NKC_LINE_SHOWN 160

/*
 * An empty list that wants the same codes; `like` may be NULL. It keeps all that it is given, for another list
 * to take over: what it is made for has a bound of its own.
 */
nkc_diags *nkc_diags_new_like(const nkc_diags *like);

/* What is found between these two comes in the order of its places, whatever the order of the rules. NULL: nothing is done. */
void nkc_diags_hold(nkc_diags *diags);
void nkc_diags_let_go(nkc_diags *diags);

/* Adds a finding of another list as it is. */
void nkc_diags_append(nkc_diags *diags, const nkc_diag *diag);

#endif
