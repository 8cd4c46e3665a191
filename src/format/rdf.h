/*
 * rdf.h: a graph of what RDF/XML says (RDF 1.1 XML Syntax): resources, and the arcs that go out of them.
 */
#ifndef NKC_SRC_FORMAT_RDF_H
#define NKC_SRC_FORMAT_RDF_H

#include "base/xml.h"

/* Families of vocabularies: of those that mean the same by the same words, all versions are one. */
typedef enum nkc_rdf_space {
	NKC_RDF_OTHER,
	NKC_RDF_RDF,
	NKC_RDF_DC,    /* Dublin Core, elements and terms */
	NKC_RDF_BIB,   /* biblio */
	NKC_RDF_BIBO,  /* Bibliographic Ontology */
	NKC_RDF_Z,     /* Zotero's export */
	NKC_RDF_PRISM,
	NKC_RDF_FOAF,
	NKC_RDF_VCARD, /* vCard and addresses */
	NKC_RDF_LINK,  /* RSS links */
	NKC_RDF_SCHEMA,
	NKC_RDF_VIDEO, /* Open Graph */
	NKC_RDF_REL,   /* MARC relators */
	NKC_RDF_RES,   /* resource lists */
	NKC_RDF_CTAG,
	NKC_RDF_PO,
	NKC_RDF_DOAP,
	NKC_RDF_SIOC,
	NKC_RDF_SC,    /* UMBEL */
	NKC_RDF_SKOS,  /* and RDF Schema: labels */
	NKC_RDF_OWN    /* nkcite's */
} nkc_rdf_space;

typedef struct nkc_rdf_node nkc_rdf_node;
typedef struct nkc_rdf_arc nkc_rdf_arc;
typedef struct nkc_rdf_graph nkc_rdf_graph;

struct nkc_rdf_arc {
	nkc_rdf_space space;
	nkc_str name;     /* of the property, without its namespace; of rdf:li and rdf:_1 it is "li" */
	nkc_rdf_node *to; /* a resource; NULL: a literal */
	nkc_str text;     /* without blanks around it */
	nkc_rdf_arc *next;
};

struct nkc_rdf_node {
	nkc_str name; /* URI as written, "_:" and a node's identifier; empty: it has none */
	nkc_rdf_arc *first, *last;
	nkc_rdf_node *next;       /* in the order in which the text speaks of them */
	nkc_rdf_node *next_named; /* of those in one slot of the table */
	nkc_rdf_node *user;       /* the first with an arc res:resource to it, or NULL */
	uint32_t at;              /* of its element, when it is described here */
	bool described, asked;
	bool is_part, is_remark; /* of something else (nkc_rdf_leads_to_part; dcterms:isReferencedBy) */
	const void *mark;         /* the reader's, as is `seen` */
	bool seen;
};

/* An empty graph; all of it lives in the arena. NULL when memory is out. */
nkc_rdf_graph *nkc_rdf_graph_new(nkc_arena *arena);

/*
 * What is known elsewhere of resources is asked for when their arcs are: `load` adds it. It may be called for
 * each name but once.
 */
typedef void (*nkc_rdf_load_fn)(void *context, nkc_rdf_graph *graph, nkc_rdf_node *node);
void nkc_rdf_graph_set_load(nkc_rdf_graph *graph, nkc_rdf_load_fn load, void *context);

/* Adds what a node element says, with all inside it. */
void nkc_rdf_add(nkc_rdf_graph *graph, const nkc_xml_node *element);

/* The first resource. */
nkc_rdf_node *nkc_rdf_first(const nkc_rdf_graph *graph);

/* The first arc out of a resource (NULL for NULL); loads what is known of it elsewhere. */
const nkc_rdf_arc *nkc_rdf_arcs(nkc_rdf_graph *graph, nkc_rdf_node *node);

/* The first arc of that property, or NULL. */
const nkc_rdf_arc *nkc_rdf_get(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name);
/* The text of that property: a literal, or the name of a resource. Empty: there is none. */
nkc_str nkc_rdf_text(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name);
bool nkc_rdf_is_a(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name);

/* What a reader does beside asking, when a text may make it do so again and again; a step is what one arc costs. */
void nkc_rdf_tire(nkc_rdf_graph *graph, size_t steps);

/* Have the questions cost so much that the last ones were not answered? A small hostile text could ask for ever. */
bool nkc_rdf_is_tired(const nkc_rdf_graph *graph);

/* The family of a namespace; for a URI of a class or property also its name in it. */
nkc_rdf_space nkc_rdf_space_of(nkc_str uri, nkc_str *name);

/* Is what such an arc leads to a part of the record, and no record of its own? */
bool nkc_rdf_leads_to_part(const nkc_rdf_arc *arc);

#endif
