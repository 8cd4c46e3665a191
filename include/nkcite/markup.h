/*
 * markup.h: how rendered text is written: plain text, HTML, RTF, LaTeX, ...
 */
#ifndef NKCITE_MARKUP_H
#define NKCITE_MARKUP_H

#include <nkcite/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_markup nkc_markup;

/* In the order of their names; NULL behind the last. */
NKC_API const nkc_markup *nkc_markup_at(size_t index);
NKC_API const nkc_markup *nkc_markup_find(nkc_str name);
NKC_API const char *nkc_markup_name(const nkc_markup *markup);
NKC_API const char *nkc_markup_title(const nkc_markup *markup);

#ifdef __cplusplus
}
#endif

#endif
