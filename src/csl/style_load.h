/*
 * style_load.h: what is known of a style while it is compiled (stage 0).
 */
#ifndef NKC_SRC_CSL_STYLE_LOAD_H
#define NKC_SRC_CSL_STYLE_LOAD_H

#include "csl/load.h"

/* Name options as one element gives them; bit i of `set`: entry i of csl_name_attrs. */
typedef struct csl_name_set {
	csl_name_options options;
	uint32_t set;
} csl_name_set;

/* A call of a macro, kept until the calls are known to end. */
typedef struct csl_call {
	struct csl_call *next;
	csl_element *element; /* NULL: from a sort key, which nothing calls */
	const nkc_xml_node *node;
	unsigned callee;
} csl_call;

typedef struct csl_names_scope csl_names_scope;

typedef struct csl_style_loader {
	csl_loader base;
	nkc_style *style;
	const nkc_xml_node *citation, *bibliography, *intext; /* NULL: none */
	csl_name_set root_names, area_names[2];
	const nkc_xml_node **macro_nodes;
	csl_call **calls;        /* by macro */
	uint16_t *macro_slots;   /* hash of names: number of the macro + 1 */
	size_t macro_slot_count; /* a power of two */
	unsigned current_macro;  /* style->macro_count: in no macro */
	const csl_names_scope *names_scope; /* the cs:names around a cs:substitute */
} csl_style_loader;

extern const csl_attr csl_name_attrs[];

/* Copies what `from` sets. */
void csl_name_set_over(csl_name_options *to, const csl_name_set *from);

/* Breaks circles of macros, bounds the work that the style can cause, and notes what it uses (style_link.c). */
nkc_status csl_style_link(csl_style_loader *loader);

#endif
