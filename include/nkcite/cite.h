/*
 * cite.h: a document with citations and a bibliography.
 *
 * Items and clusters go in; rendered text comes out. A document may be
 * changed (a word processor) and tells which clusters look different.
 */
#ifndef NKCITE_CITE_H
#define NKCITE_CITE_H

#include <nkcite/markup.h>
#include <nkcite/record.h>
#include <nkcite/style.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_document nkc_document;

/* style, locales, markup and diags must outlive the document. `language` empty: the style's, else en-US. */
NKC_API nkc_status nkc_document_new(nkc_document **out, const nkc_style *style, nkc_locales *locales, nkc_str language,
                                    const nkc_markup *markup, nkc_diags *diags);
NKC_API void nkc_document_free(nkc_document *document);

/* Adds or replaces an item (a copy is kept). */
NKC_API nkc_status nkc_document_put_item(nkc_document *document, nkc_record *record);
/* The same of a CSL-JSON object that is no record. */
NKC_API nkc_status nkc_document_put_object(nkc_document *document, const nkc_value *object);
NKC_API nkc_status nkc_document_remove_item(nkc_document *document, nkc_str id);
/* Items in the bibliography that no cluster cites. Each call replaces the list. */
NKC_API nkc_status nkc_document_set_uncited(nkc_document *document, const nkc_str *ids, size_t count);
/* Keep the items in the order in which they were put in, whatever the style sorts by. */
NKC_API void nkc_document_set_unsorted(nkc_document *document, bool unsorted);

/* One cite of a cluster, all borrowed for the call. */
typedef struct nkc_cite {
	nkc_str id;
	nkc_str locator;
	nkc_str label;  /* a CSL locator label ("page"); empty: page */
	nkc_str prefix, suffix; /* CSL rich text */
	bool suppress_author;
	bool author_only;
	uint8_t position;   /* 0: computed; else forced: 1 first, 2 subsequent, 3 ibid, 4 ibid with locator */
	bool near_note;     /* with a forced position */
} nkc_cite;

typedef struct nkc_cluster {
	nkc_str id;      /* the caller's name of it; unique */
	uint32_t note;   /* note number; 0: in the text */
	const nkc_cite *cites;
	size_t count;
	bool composite;  /* author in the text, the rest in the citation */
} nkc_cluster;

/* Inserts before the cluster `before` (empty: at the end), or replaces the cluster of that id in its place. */
NKC_API nkc_status nkc_document_put_cluster(nkc_document *document, const nkc_cluster *cluster, nkc_str before);
NKC_API nkc_status nkc_document_remove_cluster(nkc_document *document, nkc_str id);

/* Brings everything up to date. Called by the functions below when needed. */
NKC_API nkc_status nkc_document_update(nkc_document *document);

/* Clusters in document order; text is borrowed until the next change. */
NKC_API size_t nkc_document_cluster_count(nkc_document *document);
NKC_API nkc_status nkc_document_cluster(nkc_document *document, size_t index, nkc_str *id, nkc_str *text);
/* Did the text of that cluster change in the last update? */
NKC_API bool nkc_document_cluster_changed(nkc_document *document, size_t index);

/* Entries in order; NKC_ENOTFOUND when the style has no bibliography. */
NKC_API nkc_status nkc_document_entry_count(nkc_document *document, size_t *count);
NKC_API nkc_status nkc_document_entry(nkc_document *document, size_t index, nkc_str *id, nkc_str *text);

#ifdef __cplusplus
}
#endif

#endif
