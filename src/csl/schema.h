/*
 * schema.h (inner): the schema of CSL 1.0.2 as tables: which elements may stand where, with which attributes.
 *
 * A word list is one string, its words set apart by '|'; '#' in it stands for a digit. Attributes come in groups that
 * elements share; each list of groups ends in NULL, each group in an attribute without name.
 */
#ifndef NKC_SRC_CSL_SCHEMA_H
#define NKC_SRC_CSL_SCHEMA_H

#include <nkcite/base.h>

/* What a value is (XML Schema, part 2, where the name is one of its types). */
typedef enum csl_datatype {
	CSL_DATA_TEXT,
	CSL_DATA_WORD,  /* one of the words */
	CSL_DATA_WORDS, /* some of them, set apart by white space, at least one */
	CSL_DATA_BOOLEAN,
	CSL_DATA_INTEGER,
	CSL_DATA_COUNT,    /* nonNegativeInteger */
	CSL_DATA_POSITIVE, /* integer above 0 */
	CSL_DATA_NMTOKEN,
	CSL_DATA_LANGUAGE,
	CSL_DATA_URI,
	CSL_DATA_DATE_TIME,
	CSL_DATA_ISSN
} csl_datatype;

typedef struct csl_schema_attr {
	const char *name;
	csl_datatype data;
	const char *words;
	bool required;
} csl_schema_attr;

typedef struct csl_schema_element csl_schema_element;

#define CSL_SCHEMA_MANY UINT16_MAX

/* Elements inside another. They come in the order of their ranks; those of one rank in any. */
typedef struct csl_schema_child {
	const csl_schema_element *element; /* NULL: no further */
	uint16_t min, max;
	uint8_t rank;
	bool floats; /* it may stand before those of lower rank too */
} csl_schema_child;

/*
 * What an element has besides, according to one of its attributes. The first that fits counts; the last has no attribute
 * and always fits.
 */
typedef struct csl_schema_variant {
	const char *attr;  /* it is there ... */
	const char *words; /* ... and is one of these; NULL: whatever it is */
	const csl_schema_attr *const *attrs;
	const csl_schema_child *children; /* NULL: those of the element */
	const char *missing; /* the element may not be so: this is missing */
} csl_schema_variant;

struct csl_schema_element {
	const char *name;
	const csl_schema_attr *const *attrs;
	const csl_schema_variant *variants; /* NULL: none */
	const csl_schema_child *children;
	csl_datatype content; /* of an element that may hold text */
	bool holds_text;      /* and then elements only instead of it */
	bool filled;          /* it must hold an element */
	const csl_schema_attr *conditions; /* it must have one of these attributes */
};

extern const csl_schema_element csl_schema_style, csl_schema_dependent_style, csl_schema_locale_file;

/* Is the word in the list? */
bool csl_schema_has(const char *words, nkc_str word);
/* Does the value have that type? */
bool csl_schema_fits(csl_datatype data, const char *words, nkc_str value);

#endif
