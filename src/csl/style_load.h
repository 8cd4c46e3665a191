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

/* What surrounds a cs:substitute: its short cs:names take name, et-al and label from there. */
typedef struct csl_names_scope {
	const csl_names *names;
	csl_name_set own; /* of its cs:name */
} csl_names_scope;

typedef struct csl_style_loader {
	csl_loader base;
	nkc_style *style;
	const nkc_xml_node *citation, *bibliography, *intext; /* NULL: none */
	csl_name_set root_names, area_names[2];
	const nkc_xml_node **macro_nodes;
	csl_call **calls;                   /* by macro */
	uint16_t *macro_slots;              /* hash of names: number of the macro + 1 */
	size_t macro_slot_count;            /* a power of two */
	unsigned current_macro;             /* style->macro_count: in no macro */
	const csl_names_scope *names_scope; /* the cs:names around a cs:substitute */
} csl_style_loader;

extern const csl_attr csl_name_attrs[]; /* as on cs:style, cs:citation and cs:bibliography */
extern const csl_name_options csl_name_defaults;

bool csl_is_named(const nkc_xml_node *node, const char *name);
unsigned csl_count_children(const nkc_xml_node *node);

/* Copies what `from` sets. */
void csl_name_set_over(csl_name_options *to, const csl_name_set *from);

/* A finding; always false. */
bool csl_missing_attr(csl_style_loader *loader, const nkc_xml_node *node, const char *what);
/* A variable by its name, or NKC_VAR_NONE with a finding. */
nkc_var csl_find_variable(csl_style_loader *loader, const nkc_xml_node *node, const char *attr, nkc_str name);
/* The same in the attribute variable of an element that renders that kind (STRING: all but names and dates). */
nkc_var csl_find_rendered(csl_style_loader *loader, const nkc_xml_node *node, nkc_str name, nkc_kind kind);
/* The number of a macro, or style->macro_count with a finding. */
unsigned csl_find_macro(csl_style_loader *loader, const nkc_xml_node *node, nkc_str name);

/* All rendering elements inside. False when memory is out. */
bool csl_load_children(csl_style_loader *loader, const nkc_xml_node *node, const csl_element **children,
                       unsigned *count);
/* cs:names; false when it renders nothing whatever the item. */
bool csl_load_names(csl_style_loader *loader, const nkc_xml_node *node, csl_element *e);
/* A cs:label inside cs:names. */
void csl_load_names_label(csl_style_loader *loader, const nkc_xml_node *node, csl_element *e);

/* Compiles a text that was held against the schema, for what that cannot see. NKC_EINVALID: there were findings. */
nkc_status csl_style_check_links(nkc_str xml, nkc_str name, nkc_diags *diags);

/*
 * Sets csl_element.needs of elements beside each other and all below them; csl_macro.needs of the macros that they call is
 * known. Returns what they need as one (style_needs.c).
 */
csl_needs csl_find_needs(const csl_element *elements, unsigned count);

/* Breaks circles of macros, bounds the work that the style can cause, and notes what it uses (style_link.c). */
nkc_status csl_style_link(csl_style_loader *loader);

#endif
