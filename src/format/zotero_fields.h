/*
 * zotero_fields.h: Zotero's item types and their fields and roles (zotero-schema, version 41), the variables
 * of CSL that they hold, and where its RDF has them.
 */
#ifndef NKC_SRC_FORMAT_ZOTERO_FIELDS_H
#define NKC_SRC_FORMAT_ZOTERO_FIELDS_H

#include <nkcite/value.h>
#include <nkcite/variables.h>

typedef struct nkc_zotero_kind {
	const char *name; /* "journalArticle" */
	nkc_type type;    /* of CSL */
	const char *node; /* its class in RDF, or NULL: it has none of its own */
	const char *container; /* the class of what it is part of, or NULL */
} nkc_zotero_kind;

/* NULL: Zotero has no such type. */
const nkc_zotero_kind *nkc_zotero_kind_find(nkc_str name);
/* That which holds most of the members of an item of strict CSL-JSON. */
const nkc_zotero_kind *nkc_zotero_kind_for(const nkc_value *item);

typedef enum nkc_zotero_place {
	NKC_ZOTERO_ITEM,
	NKC_ZOTERO_CONTAINER, /* of what the item is part of, if its type has such; else of the item */
	NKC_ZOTERO_SERIES,
	NKC_ZOTERO_PUBLISHER
} nkc_zotero_place;

typedef struct nkc_zotero_field {
	const char *name; /* in the schema; of fields that have a base field, that */
	nkc_var var;
	uint64_t kinds;
	nkc_zotero_place place;
	const char *path;   /* elements, one inside the other: "bib:presentedAt/bib:Conference/dc:title" */
	const char *prefix; /* before the value, or NULL */
} nkc_zotero_field;

extern const nkc_zotero_field nkc_zotero_fields[];
extern const size_t nkc_zotero_field_count;

/* Has an item of that type the field? */
bool nkc_zotero_has(const nkc_zotero_kind *kind, uint64_t kinds);
/* Where an item of that type has the variable, or NULL. */
const nkc_zotero_field *nkc_zotero_field_for(const nkc_zotero_kind *kind, nkc_var var);
/*
 * The field of that name, or of a name that stands for it ("court"), in that type or else in another. NULL:
 * none.
 */
const nkc_zotero_field *nkc_zotero_field_find(const nkc_zotero_kind *kind, nkc_str name);

typedef struct nkc_zotero_role {
	const char *name; /* "bookAuthor" */
	nkc_var var;
	uint64_t kinds;
	const char *property; /* in RDF; NULL: it can only be read */
} nkc_zotero_role;

extern const nkc_zotero_role nkc_zotero_roles[];
extern const size_t nkc_zotero_role_count;

/* The role in which an item of that type has a name variable, or NULL. */
const nkc_zotero_role *nkc_zotero_role_for(const nkc_zotero_kind *kind, nkc_var var);
/* What a role is in CSL; NKC_VAR_NONE: it has no such. */
nkc_var nkc_zotero_role_var(nkc_str name);

#endif
