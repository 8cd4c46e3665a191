/*
 * xml.h: an XML text as a small tree (XML 1.0, Namespaces in XML).
 *
 * The one door to libxml2. A text from outside is not trusted: nothing is fetched, no DTD is read, so that no entity
 * can be declared, and depth, size and counts are bounded. Comments and processing instructions are passed over.
 */
#ifndef NKC_SRC_BASE_XML_H
#define NKC_SRC_BASE_XML_H

#include <nkcite/value.h>

#define NKC_XML_SIZE_MAX ((size_t)8 << 20) /* bytes of a text; the largest style has a quarter of one MiB */
#define NKC_XML_DEPTH_MAX 200              /* levels of elements: whoever walks a tree may call itself */
#define NKC_XML_ATTRIBUTES_MAX 256         /* of one element: libxml2 compares each with each */
#define NKC_XML_NAMESPACES_MAX 64 /* declarations in one text: each prefix is looked for among them */
#define NKC_XML_VALUE_MAX ((size_t)64 << 10) /* bytes of an attribute's value */

typedef struct nkc_xml_attr {
	nkc_str name;  /* with its prefix, if it has one: "xml:lang" */
	nkc_str space; /* URI of the prefix's namespace; empty: it has no prefix */
	nkc_str value; /* normalised, references resolved */
} nkc_xml_attr;

typedef struct nkc_xml_node nkc_xml_node;

struct nkc_xml_node {
	nkc_str name;  /* without prefix */
	nkc_str space; /* URI of the namespace; empty: none */
	nkc_str text; /* the character data of an element without elements; see nkc_xml_parse_mixed for text beside elements */
	const nkc_xml_attr *attrs;
	nkc_xml_node *parent, *first, *last, *next;
	uint32_t attr_count;
	uint32_t at; /* offset of '<' in the text */
	bool mixed;  /* it had text beside its elements */
};

/* What is wrong with a text. */
typedef struct nkc_xml_fault {
	size_t at; /* offset */
	char what[160];
} nkc_xml_fault;

/*
 * The tree of the text, which must be UTF-8. Everything lives in the arena; the text is not needed any longer but
 * for places. NKC_ESYNTAX, NKC_ELIMIT (a bound above) and NKC_EINVALID (it has a DTD inside, or entities of one)
 * fill the fault; NKC_ENOMEM does not.
 */
nkc_status nkc_xml_parse(nkc_arena *arena, nkc_str text, nkc_xml_node **root, nkc_xml_fault *fault);

/* The same, with text beside elements: it becomes children without a name, with nothing but text. */
nkc_status nkc_xml_parse_mixed(nkc_arena *arena, nkc_str text, nkc_xml_node **root, nkc_xml_fault *fault);

/* The first child element of that name (without prefix), or NULL; also for NULL. The next one behind `node`, or NULL. */
const nkc_xml_node *nkc_xml_child(const nkc_xml_node *node, const char *name);
const nkc_xml_node *nkc_xml_next(const nkc_xml_node *node, const char *name);

/* Appends all character data in the node, which may be NULL. */
void nkc_xml_put_text(const nkc_xml_node *node, nkc_buf *out);

/* Appends text with &, <, >, " and carriage returns escaped; what XML cannot hold becomes U+FFFD. */
void nkc_xml_put_escaped(nkc_buf *out, nkc_str text);

/* The attribute of that name, or NULL. */
const nkc_xml_attr *nkc_xml_attr_find(const nkc_xml_node *node, const char *name);
/* Its value; empty when it is not there. */
nkc_str nkc_xml_get(const nkc_xml_node *node, const char *name);

/* Where the attribute stands in the text, name="value" as a whole; *length in bytes. */
size_t nkc_xml_attr_at(nkc_str text, const nkc_xml_node *node, nkc_str name, size_t *length);

#endif
