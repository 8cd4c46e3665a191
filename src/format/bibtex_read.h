/*
 * bibtex_read.h: reading .bib files, BibTeX's and BibLaTeX's.
 */
#ifndef NKC_SRC_FORMAT_BIBTEX_READ_H
#define NKC_SRC_FORMAT_BIBTEX_READ_H

#include "format/format.h"

extern const nkc_reader_ops nkc_bibtex_reader;
extern const nkc_reader_ops nkc_biblatex_reader;

#endif
