/*
 * endnote_fields.h: EndNote's fields and reference types, shared by its two formats: the elements of its XML and the tags
 * of its tagged files (Refer).
 */
#ifndef NKC_SRC_FORMAT_ENDNOTE_FIELDS_H
#define NKC_SRC_FORMAT_ENDNOTE_FIELDS_H

#include <nkcite/variables.h>

typedef struct nkc_endnote_type {
	nkc_type type;
	int number;
	const char *name;
} nkc_endnote_type;

/* What an item of that type becomes; "Generic" for those that EndNote does not know. */
const nkc_endnote_type *nkc_endnote_type_for(nkc_type type);
/* The item type of a reference type: by its name, which other programs than EndNote write more truly, or its number. */
nkc_type nkc_endnote_type_read(nkc_str name, nkc_str number);

typedef struct nkc_endnote_field {
	const char *group;   /* the element around it, or NULL */
	const char *element;
	const char *tag;     /* the letter of Refer; empty: it has none */
	nkc_var var;
	uint64_t types;      /* of these items: a bit for each type */
} nkc_endnote_field;

extern const nkc_endnote_field nkc_endnote_fields[];
extern const size_t nkc_endnote_field_count;

bool nkc_endnote_is_of(const nkc_endnote_field *field, nkc_type type);
/* Is it the row by which an item of that type is written? */
bool nkc_endnote_counts(const nkc_endnote_field *field, nkc_type type);

#endif
