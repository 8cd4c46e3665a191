/*
 * zotero_rdf.h: the parts of the format zotero-rdf.
 */
#ifndef NKC_SRC_FORMAT_ZOTERO_RDF_H
#define NKC_SRC_FORMAT_ZOTERO_RDF_H

#include "format/rdf_read.h"

/*
 * The item, made in the arena, that a resource describes in Zotero's vocabulary, the Bibliographic Ontology,
 * Dublin Core, PRISM or schema.org. *item is NULL when it describes none; *type is then NULL or, for what
 * Zotero has beside items, a word for it. `own`: the text of nkcite's own object.
 */
typedef struct nkc_zotero_read {
	nkc_value *item;
	const char *other;
	nkc_str own;
} nkc_zotero_read;

/* reader: the file, for the collections of the resource; NULL: there are none. */
nkc_zotero_read nkc_zotero_rdf_item(nkc_arena *arena, const nkc_rdf_subject *subject, nkc_reader *reader);

/* Appends a strict CSL-JSON item as Zotero RDF, with nkcite's own object, if there is one. */
void nkc_zotero_rdf_put(nkc_buf *out, const nkc_value *item, nkc_str own);

/* Before and behind all records. */
extern const char nkc_zotero_rdf_head[], nkc_zotero_rdf_foot[];

#endif
