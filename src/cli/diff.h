/*
 * diff.h: what changes in a file, as a unified diff.
 */
#ifndef NKC_SRC_CLI_DIFF_H
#define NKC_SRC_CLI_DIFF_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/* Appends the diff from before to after, as `diff -u` writes it and `patch` reads it; nothing when they are equal. */
nkc_status cli_diff(nkc_str path, nkc_str before, nkc_str after, nkc_buf *out);

#endif
