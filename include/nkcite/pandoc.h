/*
 * pandoc.h: documents of pandoc in JSON, whose citations are to be rendered as `pandoc --citeproc` would.
 *
 * What pandoc gives a filter (pandoc-types, Text.Pandoc.Definition; versions 1.20 to 1.23 of its interface): a tree of blocks
 * and inlines, with metadata. What is no citation stays as it is, known or not.
 */
#ifndef NKCITE_PANDOC_H
#define NKCITE_PANDOC_H

#include <nkcite/cite.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_pandoc nkc_pandoc;

/*
 * The text is borrowed. NKC_ESYNTAX, with a finding: it is no such document. A version of the interface that is not known is a
 * finding only.
 */
NKC_API nkc_status nkc_pandoc_parse(nkc_pandoc **out, nkc_str text, nkc_str name, nkc_diags *diags);
NKC_API void nkc_pandoc_free(nkc_pandoc *pandoc);

/* --- metadata --- */

/* The text of a member of the metadata, without markup; empty when there is none. */
NKC_API nkc_str nkc_pandoc_meta(nkc_pandoc *pandoc, const char *key);
/* Is it true, "true", "yes" or "t"? otherwise: what counts when it is not there. */
NKC_API bool nkc_pandoc_flag(nkc_pandoc *pandoc, const char *key, bool otherwise);
/* The texts of a member that is one text or a list of texts ("bibliography"); they live in the document. */
NKC_API nkc_status nkc_pandoc_texts(nkc_pandoc *pandoc, const char *key, const nkc_str **texts, size_t *count);

/* --- keys --- */

/* The keys that are cited or named in `nocite`, each once, in order; borrowed until the next call of nkc_pandoc_wants. */
NKC_API const nkc_str *nkc_pandoc_keys(const nkc_pandoc *pandoc, size_t *count);
/* Does `nocite` name all records (@*)? */
NKC_API bool nkc_pandoc_wants_all(const nkc_pandoc *pandoc);
/* Is the record of that key to be put into the document? It counts as found then. */
NKC_API bool nkc_pandoc_wants(nkc_pandoc *pandoc, nkc_str key);
/* Was it found? */
NKC_API bool nkc_pandoc_has(const nkc_pandoc *pandoc, nkc_str key);

/* --- references and citations --- */

/*
 * Puts those of the metadata's `references` that are wanted into the document, and counts them as found. document NULL: does
 * only the latter.
 */
NKC_API nkc_status nkc_pandoc_put_references(nkc_pandoc *pandoc, nkc_document *document);

/*
 * Renders: the document has the items, and writes the markup "pandoc-json". Citations get their text, in a style of notes
 * as notes; what is not known stands as [?key]; the bibliography goes into the div "refs", else to the end.
 */
NKC_API nkc_status nkc_pandoc_render(nkc_pandoc *pandoc, nkc_document *document, const nkc_style *style,
                                     const nkc_cite_parser *parser);

/* Puts the record into the metadata's `references`, unless one of its id is there, and leaves citations as they are. */
NKC_API nkc_status nkc_pandoc_resolve(nkc_pandoc *pandoc, nkc_record *record);

/* Appends the document as JSON. */
NKC_API nkc_status nkc_pandoc_write(nkc_pandoc *pandoc, nkc_buf *out);

#ifdef __cplusplus
}
#endif

#endif
