/*
 * style.h: citation styles and locales (CSL 1.0.2).
 *
 * A style is compiled once and never changes: threads may share it.
 */
#ifndef NKCITE_STYLE_H
#define NKCITE_STYLE_H

#include <nkcite/base.h>
#include <nkcite/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_style nkc_style;
typedef struct nkc_locales nkc_locales;

/*
 * Where locale files come from: a folder with locales-xx-XX.xml, or NULL for what is compiled in (en-US). Files are
 * read when a language is first asked for; safe from several threads.
 */
NKC_API nkc_status nkc_locales_open(nkc_locales **out, const char *folder, nkc_diags *diags);
NKC_API void nkc_locales_close(nkc_locales *locales);

/*
 * Compiles a style from its XML. `name` is for findings. Faults that leave a usable style are findings and NKC_OK.
 * NKC_ESYNTAX: it is not XML; NKC_EINVALID: it is no CSL style; NKC_ELIMIT: it passes a bound.
 */
NKC_API nkc_status nkc_style_parse(nkc_style **out, nkc_str xml, nkc_str name, nkc_diags *diags);
NKC_API void nkc_style_free(nkc_style *style);

NKC_API nkc_str nkc_style_id(const nkc_style *style);
NKC_API nkc_str nkc_style_title(const nkc_style *style);
/* Of a dependent style the id of its parent; else empty. A dependent style renders nothing. */
NKC_API nkc_str nkc_style_parent(const nkc_style *style);
/* The language that the style wants; empty: any. */
NKC_API nkc_str nkc_style_default_locale(const nkc_style *style);
/* Are its citations notes? */
NKC_API bool nkc_style_is_note(const nkc_style *style);
NKC_API bool nkc_style_has_bibliography(const nkc_style *style);

#ifdef __cplusplus
}
#endif

#endif
