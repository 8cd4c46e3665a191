/*
 * style.h: citation styles and locales (CSL 1.0.2).
 *
 * A style is compiled once and never changes: threads may share it.
 */
#ifndef NKCITE_STYLE_H
#define NKCITE_STYLE_H

#include <nkcite/base.h>
#include <nkcite/buf.h>
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
/* A further folder, for languages that those before do not have. One that does not exist is passed over. */
NKC_API nkc_status nkc_locales_add(nkc_locales *locales, const char *folder);
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

/*
 * Holds a style or locale file against the schema of CSL 1.0.2 and its rules for macros. NKC_OK: it is valid. NKC_EINVALID
 * (NKC_ESYNTAX, NKC_ELIMIT: no tree could be made of it): each fault is a finding with its place.
 */
NKC_API nkc_status nkc_style_check(nkc_str xml, nkc_str name, nkc_diags *diags);

/* --- finding styles --- */

/*
 * The folders where styles and locales are looked for. The first that has a style counts. Behind all of them stands
 * what is compiled in: one style, and the locale en-US.
 */
typedef struct nkc_styles nkc_styles;

/* The short name of the style that is compiled in, for those who name none. */
NKC_API const char *nkc_styles_default(void);

/* What is known of a style that was found. Texts live as long as the nkc_styles; none is NULL. */
typedef struct nkc_style_info {
	nkc_str name;   /* "apa": its file without .csl */
	nkc_str path;   /* its file; empty: it is compiled in */
	nkc_str origin; /* what its folder was called when it was added; "file", "built-in" */
	bool shadowed;  /* a folder before has a style of this name, which counts */
	/* These are empty until nkc_styles_read, and where the style says nothing. */
	nkc_str id, title, title_short;
	nkc_str parent;   /* of a dependent style, the id of that which renders */
	nkc_str kind;     /* "in-text", "note"; empty for a dependent style */
	nkc_str format;   /* "author-date", "numeric", "note", "author", "label" */
	nkc_str fields;   /* "anthropology history" */
	nkc_str language; /* the one it wants: "de-DE" */
} nkc_style_info;

NKC_API nkc_status nkc_styles_new(nkc_styles **out);
NKC_API void nkc_styles_free(nkc_styles *styles);

/*
 * Adds a folder behind those added before: its *.csl, those of its folders `dependent` and `hidden`, and locales-xx-XX.xml
 * in `locales` inside or beside it. One that does not exist is passed over. `origin` says what it is to a person.
 */
NKC_API nkc_status nkc_styles_add(nkc_styles *styles, const char *folder, const char *origin);

/*
 * Adds the usual folders: `styles` of that folder (a library; NULL: none), of nkcite/ in $XDG_DATA_HOME, of $NKCITE_DATA, of
 * the installed nkcite and nkcite/ in each of $XDG_DATA_DIRS, of citation-style-language/ there; pandoc's, Zotero's.
 */
NKC_API nkc_status nkc_styles_add_usual(nkc_styles *styles, const char *library);

/* The folders that were added and do exist, in their order, as they are and what they are called; false behind the last. */
NKC_API bool nkc_styles_folder(const nkc_styles *styles, size_t index, nkc_str *path, nkc_str *origin);

/* All styles: bytewise by name, the one that counts before those it shadows. */
NKC_API nkc_status nkc_styles_list(nkc_styles *styles, const nkc_style_info *const **infos, size_t *count);
/* Reads what the style says of itself. What cannot be read is a finding, and its texts stay empty. */
NKC_API nkc_status nkc_styles_read(nkc_styles *styles, const nkc_style_info *info, nkc_diags *diags);

/*
 * Finds a style by a path, a short name ("apa"), an id ("http://www.zotero.org/styles/apa"), or a title ("Nature", "APA"; ASCII
 * case does not matter). NKC_ENOTFOUND, with a finding that names the nearest, when there is none.
 */
NKC_API nkc_status nkc_styles_find(nkc_styles *styles, nkc_str name, const nkc_style_info **out, nkc_diags *diags);

/*
 * Finds and compiles it. Of a dependent style its parent is compiled, in the language that the dependent one wants; a parent
 * that is missing is a finding and NKC_ENOTFOUND. `used` (may be NULL): the one that was compiled.
 */
NKC_API nkc_status nkc_styles_load(nkc_styles *styles, nkc_str name, nkc_style **out, const nkc_style_info **used,
                                   nkc_diags *diags);

/* The text of a style that was found, as it is in its file. */
NKC_API nkc_status nkc_styles_text(const nkc_styles *styles, const nkc_style_info *info, nkc_buf *out, nkc_diags *diags);

/* The locales of all these folders. */
NKC_API nkc_status nkc_styles_locales(const nkc_styles *styles, nkc_locales **out, nkc_diags *diags);

#ifdef __cplusplus
}
#endif

#endif
