/*
 * abbreviate.h: short forms that a list gives for the texts of variables.
 */
#ifndef NKC_SRC_CSL_ABBREVIATE_H
#define NKC_SRC_CSL_ABBREVIATE_H

#include <nkcite/variables.h>

typedef struct csl_abbreviations csl_abbreviations;

/* The short form of a variable's text; the text when there is none. all: may be NULL. */
nkc_str csl_abbreviate(const csl_abbreviations *all, nkc_var var, nkc_str text);
/* What is not in the document's arena. */
void csl_abbreviations_free(csl_abbreviations *all);

#endif
