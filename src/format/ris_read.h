/*
 * ris_read.h: reading RIS.
 */
#ifndef NKC_SRC_FORMAT_RIS_READ_H
#define NKC_SRC_FORMAT_RIS_READ_H

#include "format/format.h"

extern const nkc_reader_ops nkc_ris_reader;

#endif
