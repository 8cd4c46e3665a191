/*
 * latex_read.h: LaTeX in a field of a .bib file, as CSL text. The inverse of latex.h, and what else people write.
 */
#ifndef NKC_SRC_FORMAT_LATEX_READ_H
#define NKC_SRC_FORMAT_LATEX_READ_H

#include "format/latex.h"

/* The commands by name, made once for a reader. */
typedef struct nkc_latex_table nkc_latex_table;

/* NULL when memory is out. */
nkc_latex_table *nkc_latex_table_new(void);
void nkc_latex_table_free(nkc_latex_table *table);

/*
 * Appends what the LaTeX means. flags: NKC_LATEX_MARKUP (\textit and its like become CSL's micro-markup, else only
 * their text stays), NKC_LATEX_NOCASE (groups become nocase spans), NKC_LATEX_LINES (line breaks stay but before a
 * line that begins with white space). White space is one space elsewhere, and none at the ends. Commands that are not
 * known stay as they are.
 */
void nkc_latex_read(const nkc_latex_table *table, nkc_buf *out, nkc_str latex, unsigned flags);

/* Without the braces that hold all of it ("{{X}}" and "{X}" are "X"). */
nkc_str nkc_latex_unbrace(nkc_str latex);

/* Offset behind the group that begins with the brace at `at`; latex.len when it has no end. */
size_t nkc_latex_group_end(nkc_str latex, size_t at);

#endif
