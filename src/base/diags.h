/*
 * diags.h: lists of findings that are joined.
 */
#ifndef NKC_SRC_BASE_DIAGS_H
#define NKC_SRC_BASE_DIAGS_H

#include <nkcite/diag.h>

/* An empty list that wants the same codes; `like` may be NULL. */
nkc_diags *nkc_diags_new_like(const nkc_diags *like);

/* Adds a finding of another list as it is. */
void nkc_diags_append(nkc_diags *diags, const nkc_diag *diag);

#endif
