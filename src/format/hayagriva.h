/*
 * hayagriva.h: the YAML of Hayagriva, Typst's bibliographies (docs/file-format.md of its repository): what its fields mean.
 *
 * An entry has its container, series, event and original edition as parents, each with fields of its own; so a variable
 * of CSL is a field in one of five places.
 */
#ifndef NKC_SRC_FORMAT_HAYAGRIVA_H
#define NKC_SRC_FORMAT_HAYAGRIVA_H

#include "format/format.h"

typedef enum nkc_haya_place {
	NKC_HAYA_ENTRY,
	NKC_HAYA_CONTAINER,
	NKC_HAYA_COLLECTION,
	NKC_HAYA_EVENT,
	NKC_HAYA_ORIGINAL,
	NKC_HAYA_PLACES,
	NKC_HAYA_HOST /* the container of what is a part of it, else the entry */
} nkc_haya_place;

typedef enum nkc_haya_shape {
	NKC_HAYA_TEXT,      /* formattable; `other` is its short form */
	NKC_HAYA_PLAIN,
	NKC_HAYA_COUNT,     /* a whole number */
	NKC_HAYA_TIME,      /* "01:42:21,802" */
	NKC_HAYA_TAG,       /* a language */
	NKC_HAYA_NAMES,
	NKC_HAYA_ROLE,      /* names in `affiliated`; the key is the role */
	NKC_HAYA_DATE,
	NKC_HAYA_SERIAL,    /* in `serial-number` */
	NKC_HAYA_PUBLISHER, /* `other` is its place */
	NKC_HAYA_URL        /* `other` is the day of access */
} nkc_haya_shape;

typedef struct nkc_haya_field {
	nkc_var var;
	nkc_haya_place place;
	nkc_haya_shape shape;
	const char *key;
	const char *where; /* for people */
	nkc_var other;
} nkc_haya_field;

extern const nkc_haya_field nkc_haya_fields[];
extern const size_t nkc_haya_field_count;

typedef struct nkc_haya_type {
	nkc_type type;
	const char *entry;
	const char *parent; /* of the container; NULL: none */
	bool forced;        /* the container is what tells the type: it stands even if it is empty */
	bool part;          /* publisher, volume and editors are the container's */
} nkc_haya_type;

const nkc_haya_type *nkc_haya_type_for(nkc_type type);
/* The type of an entry with such a container ("" for none). `event`: it has an event. */
nkc_type nkc_haya_type_read(nkc_str entry, nkc_str container, bool event);
/* What a parent without a type is. */
nkc_str nkc_haya_default_parent(nkc_str entry);
/* Is such a parent of such an entry the series that it is in, not its container? */
bool nkc_haya_is_collection(nkc_str entry, nkc_str parent);

/* Is an entry of that type an event, which has a place of its own? */
bool nkc_haya_happens(nkc_str entry);

/* --- hayagriva_text.c: texts, names and dates, written and read --- */

nkc_value *nkc_haya_text(nkc_arena *arena, nkc_str text);
/* *exact is cleared when the text says more than is read (it has mathematics in it). */
nkc_str nkc_haya_read_text(nkc_arena *arena, nkc_str text, bool verbatim, bool *exact);
nkc_value *nkc_haya_name(nkc_arena *arena, const nkc_value *name);
nkc_value *nkc_haya_read_name(nkc_arena *arena, nkc_str text);
/* NULL for what has no year. */
nkc_value *nkc_haya_date(nkc_arena *arena, const nkc_value *date);
nkc_value *nkc_haya_read_date(nkc_arena *arena, nkc_str text);
bool nkc_haya_is_url(nkc_str text);
bool nkc_haya_is_language(nkc_str text);

/*
 * The item that an entry shows. A field that says more than the item does stays as it is in custom.hayagriva. NULL when
 * memory is out.
 */
nkc_value *nkc_haya_item(nkc_arena *arena, nkc_str key, nkc_value *entry);

#endif
