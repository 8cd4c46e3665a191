/*
 * medline.h: what the two formats of NLM's records (PubMed XML and the tagged one) have in common.
 */
#ifndef NKC_SRC_FORMAT_MEDLINE_H
#define NKC_SRC_FORMAT_MEDLINE_H

#include "format/format.h"

/* The text without the full stop that NLM puts behind every title. */
nkc_str nkc_medline_title(nkc_str title);

/* "132-42, 50" with whole numbers: "132-142, 50". */
nkc_str nkc_medline_pages(nkc_arena *arena, nkc_str pages);

/*
 * A CSL date of "1996 Jul 9", "2010 Sep-Oct", "1998 Dec-1999 Jan", "2000 Spring"; what is none of these is a literal
 * date. NULL for blank text.
 */
nkc_value *nkc_medline_date(nkc_arena *arena, nkc_str date);

/* A person; initials get a full stop, and "Jr" and its like behind the given names are a suffix. NULL without a name. */
nkc_value *nkc_medline_person(nkc_arena *arena, nkc_str family, nkc_str given, nkc_str suffix);

/* The language as in `language` ("eng" is "en"), or as it is. */
nkc_str nkc_medline_language(nkc_str code);

/* What a publication type says; NKC_TYPE_NONE for the many that tell methods and grants. */
nkc_type nkc_medline_type(nkc_str type);

#endif
