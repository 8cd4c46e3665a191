/*
 * rdf_read.h: the resources of an RDF/XML file, one after the other, where any may speak of any other.
 *
 * The file is read twice. The first time it is noted where each named resource is described and what is a part of something
 * else; the second time each element under rdf:RDF becomes a small graph, into which elements that describe more of its
 * resources are read when they are asked for. In memory are the file's text and a few words a resource. How much is read
 * again is bounded by the length of the file.
 */
#ifndef NKC_SRC_FORMAT_RDF_READ_H
#define NKC_SRC_FORMAT_RDF_READ_H

#include "format/format.h"
#include "format/rdf.h"

/* Operations of a reader; the state is theirs. */
nkc_status nkc_rdf_read_open(nkc_reader *reader);
void nkc_rdf_read_close(nkc_reader *reader);

typedef struct nkc_rdf_subject {
	nkc_rdf_graph *graph;
	nkc_rdf_node *node;   /* NULL at the end */
	nkc_rdf_node *user;   /* a resource whose res:resource it is, or NULL */
	bool is_remark;       /* another one speaks of it as dcterms:isReferencedBy */
	size_t start, length; /* of the element in the window */
} nkc_rdf_subject;

/* The next resource that is no part of another one, or has a type of Zotero's; valid until the next call. */
nkc_status nkc_rdf_read_next(nkc_reader *reader, nkc_rdf_subject *subject);

/* The title of the next collection that the resource belongs to, *at being 0 at first; false: there is no other. */
bool nkc_rdf_read_collection(nkc_reader *reader, const nkc_rdf_node *node, size_t *at, nkc_str *title);

#endif
