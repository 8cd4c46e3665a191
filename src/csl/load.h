/*
 * load.h: what the loaders of styles and locales share (stage 0): findings with places, attributes by tables.
 */
#ifndef NKC_SRC_CSL_LOAD_H
#define NKC_SRC_CSL_LOAD_H

#include "base/xml.h"
#include "csl/locale.h"

#include <nkcite/nearest.h>

#define CSL_NAMESPACE "http://purl.org/net/xbiblio/csl"

/* So many findings of one text are told, and to so many a hint is looked for: a hostile one could have millions. */
#define CSL_FINDINGS_MAX 1000
#define CSL_HINTS_MAX 100

typedef struct csl_loader {
	nkc_arena *arena;   /* for what is made */
	nkc_arena *scratch; /* for what is needed while loading */
	nkc_source source;
	nkc_diags *diags;
	const nkc_str *own_terms; /* of the style, not of CSL; their numbers follow CSL_TERM_KNOWN */
	unsigned own_term_count;
	unsigned finding_count, hint_count;
	bool checked; /* the text was held against the schema before: only what that cannot see is told */
} csl_loader;

/* An attribute and the field of a structure that it fills. */
typedef enum csl_attr_kind {
	CSL_ATTR_TEXT,   /* nkc_str, copied */
	CSL_ATTR_JOIN,   /* the same, of several spaces one: what joins the parts of a name */
	CSL_ATTR_RAW,    /* nkc_str, borrowed from the tree: for what is looked up and forgotten */
	CSL_ATTR_TRUTH,  /* bool */
	CSL_ATTR_COUNT,  /* uint16_t */
	CSL_ATTR_NUMBER, /* unsigned */
	CSL_ATTR_WORD,   /* uint8_t: the value of a csl_word */
	CSL_ATTR_BITS    /* uint16_t: the value of a csl_word is added */
} csl_attr_kind;

/* A value that an attribute may have. Tables end in an empty name (CSL_WORD_END). */
typedef struct csl_word {
	nkc_str name;
	uint16_t value;
} csl_word;

typedef struct csl_attr {
	nkc_str name;
	uint8_t kind; /* csl_attr_kind */
	uint16_t at;  /* offset of the field */
	uint16_t has; /* offset of a bool that tells that it was given; 0: none */
	const csl_word *words;
} csl_attr;

#define CSL_ATTR(name, kind, type, field) \
	{ \
		NKC_STR_INIT(name), CSL_ATTR_##kind, offsetof(type, field), 0, NULL \
	}
#define CSL_ATTR_HAS(name, kind, type, field, flag) \
	{ \
		NKC_STR_INIT(name), CSL_ATTR_##kind, offsetof(type, field), offsetof(type, flag), NULL \
	}
#define CSL_ATTR_OF(name, kind, type, field, words) \
	{ \
		NKC_STR_INIT(name), CSL_ATTR_##kind, offsetof(type, field), 0, words \
	}
#define CSL_ATTR_END \
	{ \
		NKC_STR_INIT(""), 0, 0, 0, NULL \
	}
#define CSL_WORD(name, value) \
	{ \
		NKC_STR_INIT(name), value \
	}
#define CSL_WORD_END \
	{ \
		NKC_STR_INIT(""), 0 \
	}

/* A table and the structure that it fills. */
typedef struct csl_target {
	const csl_attr *table;
	void *into;
	uint32_t *set; /* bit i: entry i was given; NULL: nobody asks */
} csl_target;

/* Fills the targets from the element's attributes. What no table has, and values that do not fit, are findings. */
void csl_load_attrs(csl_loader *loader, const nkc_xml_node *node, const csl_target *targets, unsigned count);

/* Strings are never NULL, also where nothing was said. */
#define CSL_FORMAT_NONE \
	{ \
		.prefix = NKC_STR_INIT(""), .suffix = NKC_STR_INIT("") \
	}

/* Which attributes of formatting an element may have (csl.rnc). */
enum {
	CSL_MAY_AFFIXES = 1 << 0 | 1 << 1, /* bits: places in the table of them in load.c */
	CSL_MAY_FONT = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6,
	CSL_MAY_CASE = 1 << 7,
	CSL_MAY_DISPLAY = 1 << 8,
	CSL_MAY_QUOTES = 1 << 9,
	CSL_MAY_STRIP = 1 << 10
};

/* The same with a format behind the targets. What the element may not have is a finding and counts all the same. */
void csl_load_formatted(csl_loader *loader, const nkc_xml_node *node, csl_target target, csl_format *format,
                        uint32_t may);

/* Splits a list at white space; false at its end. */
bool csl_next_word(nkc_str *rest, nkc_str *word);
/* The value of a word, or false. */
bool csl_word_find(const csl_word *words, nkc_str name, uint16_t *value);

/* An element that must hold others but holds none. */
void csl_check_filled(csl_loader *loader, const nkc_xml_node *node);
/* A finding about an element, or about one of its attributes when `attr` is not empty. */
void csl_finding(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                 const char *format, ...) NKC_PRINTF(5, 6);
/* The same with a hint at what was meant; candidates are offered only when csl_wants_hint says so. */
void csl_finding_near(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                      const nkc_nearest *nearest, const char *format, ...) NKC_PRINTF(6, 7);
bool csl_wants_hint(csl_loader *loader);
void csl_unknown_element(csl_loader *loader, const nkc_xml_node *node);

/* The tree of a text; what is no XML is a finding. */
nkc_status csl_parse_xml(csl_loader *loader, nkc_xml_node **root);
/* The same of one whose root must be that element. */
nkc_status csl_load_xml(csl_loader *loader, const char *root_name, nkc_xml_node **root);
/* Is it an element of CSL (or, in a file without namespaces, of none)? */
bool csl_is_ours(const nkc_xml_node *node);

/* A term by its name, also one of the style's own; CSL_TERM_NONE is a finding. */
csl_term csl_load_term_name(csl_loader *loader, const nkc_xml_node *node, const char *attr, nkc_str name);

/* cs:date of a style: attributes, format and parts. *variable is empty when there is none. */
void csl_load_date(csl_loader *loader, const nkc_xml_node *node, csl_date *date, csl_format *format,
                   nkc_str *variable);
/* cs:date of a locale; its format goes into the date. */
void csl_load_localized_date(csl_loader *loader, const nkc_xml_node *node, csl_date *date);

/* The content of a cs:locale element. */
void csl_load_locale(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale);

#endif
