/*
 * findings.h: findings as text, to be compared.
 */
#ifndef NKC_TESTS_FINDINGS_H
#define NKC_TESTS_FINDINGS_H

#include <nkcite/buf.h>
#include <nkcite/diag.h>

/* Appends "json/syntax 1:5" of each finding, with "; " between them. */
void findings_put_places(const nkc_diags *diags, nkc_buf *out);

/* Appends all that a finding says, on one line. An nkc_diag_sink, too: the context is the buffer. */
void findings_put(void *buf, const nkc_diag *diag);

/* The same of all that the list has kept. */
void findings_put_all(const nkc_diags *diags, nkc_buf *out);

#endif
