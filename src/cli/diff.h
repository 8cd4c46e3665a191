/*
 * diff.h: what changes in a file, as a unified diff.
 */
#ifndef NKC_SRC_CLI_DIFF_H
#define NKC_SRC_CLI_DIFF_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/* Appends the diff from before to after, as `diff -u` writes it and `patch` reads it; nothing when they are equal. */
nkc_status cli_diff(nkc_str path, nkc_str before, nkc_str after, nkc_buf *out);

/* A piece of the file before, and what stands in its place after. */
typedef struct cli_diff_part {
	size_t before_from, before_to;
	size_t after_from, after_to;
} cli_diff_part;

/* The same where the places of the changes are known: in their order, and nothing differs outside of them. */
nkc_status cli_diff_parts(nkc_str path, nkc_str before, nkc_str after, const cli_diff_part *parts, size_t count,
                          nkc_buf *out);

#endif
