/*
 * cs:names, and the name options that come down to it from cs:style, cs:citation and cs:bibliography.
 */
#include "csl/style_load.h"

static const csl_word ands[] = {
	CSL_WORD("text", CSL_AND_TEXT),
	CSL_WORD("symbol", CSL_AND_SYMBOL),
	CSL_WORD_END,
};
static const csl_word precedes[] = {
	CSL_WORD("contextual", CSL_CONTEXTUAL),
	CSL_WORD("after-inverted-name", CSL_AFTER_INVERTED),
	CSL_WORD("always", CSL_ALWAYS),
	CSL_WORD("never", CSL_NEVER),
	CSL_WORD_END,
};
static const csl_word sort_orders[] = {
	CSL_WORD("first", CSL_SORT_ORDER_FIRST),
	CSL_WORD("all", CSL_SORT_ORDER_ALL),
	CSL_WORD_END,
};
static const csl_word name_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG),
	CSL_WORD("short", CSL_FORM_SHORT),
	CSL_WORD("count", CSL_FORM_COUNT),
	CSL_WORD_END,
};

/* What cs:name has, and by inheritance all cs:names inside cs:style, cs:citation and cs:bibliography. */
/* clang-format off */
#define NAME_ATTRS(form_name, delimiter_name) \
	CSL_ATTR_OF("and", WORD, csl_name_options, and, ands), \
	CSL_ATTR_OF("delimiter-precedes-et-al", WORD, csl_name_options, delimiter_precedes_et_al, precedes), \
	CSL_ATTR_OF("delimiter-precedes-last", WORD, csl_name_options, delimiter_precedes_last, precedes), \
	CSL_ATTR("et-al-min", COUNT, csl_name_options, et_al_min), \
	CSL_ATTR("et-al-use-first", COUNT, csl_name_options, et_al_use_first), \
	CSL_ATTR("et-al-subsequent-min", COUNT, csl_name_options, et_al_subsequent_min), \
	CSL_ATTR("et-al-subsequent-use-first", COUNT, csl_name_options, et_al_subsequent_use_first), \
	CSL_ATTR("et-al-use-last", TRUTH, csl_name_options, et_al_use_last), \
	CSL_ATTR("initialize", TRUTH, csl_name_options, initialize), \
	CSL_ATTR_HAS("initialize-with", TEXT, csl_name_options, initialize_with, has_initialize_with), \
	CSL_ATTR_OF("name-as-sort-order", WORD, csl_name_options, name_as_sort_order, sort_orders), \
	CSL_ATTR("sort-separator", JOIN, csl_name_options, sort_separator), \
	CSL_ATTR_OF(form_name, WORD, csl_name_options, form, name_forms), \
	CSL_ATTR(delimiter_name, TEXT, csl_name_options, delimiter)
/* clang-format on */

const csl_attr csl_name_attrs[] = {
	NAME_ATTRS("name-form", "name-delimiter"),
	CSL_ATTR_HAS("names-delimiter", TEXT, csl_name_options, names_delimiter, has_names_delimiter),
	CSL_ATTR_END,
};

/* The same entries in the same order: the bits of a csl_name_set mean the same. */
static const csl_attr own_name_attrs[] = { NAME_ATTRS("form", "delimiter"), CSL_ATTR_END };

typedef struct names_raw {
	nkc_str variable, delimiter;
	bool has_variable, has_delimiter;
} names_raw;

static const csl_attr names_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, names_raw, variable, has_variable),
	CSL_ATTR_HAS("delimiter", TEXT, names_raw, delimiter, has_delimiter),
	CSL_ATTR_END,
};

const csl_name_options csl_name_defaults = {
	.initialize = true,
	.form = CSL_FORM_LONG,
	.et_al_use_first = CSL_NAMES_ALL,
	.initialize_with = NKC_STR_INIT(""),
	.sort_separator = NKC_STR_INIT(", "),
	.delimiter = NKC_STR_INIT(", "),
	.names_delimiter = NKC_STR_INIT(""),
};

static size_t attr_size(csl_attr_kind kind)
{
	switch (kind) {
	case CSL_ATTR_TEXT:
	case CSL_ATTR_JOIN:
	case CSL_ATTR_RAW:
		return sizeof(nkc_str);
	case CSL_ATTR_TRUTH:
		return sizeof(bool);
	case CSL_ATTR_NUMBER:
		return sizeof(unsigned);
	case CSL_ATTR_COUNT:
	case CSL_ATTR_BITS:
		return sizeof(uint16_t);
	case CSL_ATTR_WORD:
		break;
	}
	return sizeof(uint8_t);
}

void csl_name_set_over(csl_name_options *to, const csl_name_set *from)
{
	uint32_t set = from->set;
	for (const csl_attr *attr = csl_name_attrs; set && attr->name.len; attr++, set >>= 1) {
		if (!(set & 1))
			continue;
		memcpy((char *)to + attr->at, (const char *)&from->options + attr->at,
		       attr_size((csl_attr_kind)attr->kind));
		if (attr->has)
			*(bool *)((char *)to + attr->has) = true;
	}
}

/* The options in force: the lowest level counts. */
static void merge_options(const csl_style_loader *l, const csl_name_set *own, const names_raw *raw,
                          csl_names *names)
{
	for (csl_area area = CSL_CITATION; area <= CSL_BIBLIOGRAPHY; area++) {
		csl_name_options *options = &names->options[area];
		*options = l->style->layouts[area].options;
		csl_name_set_over(options, own);
		if (raw->has_delimiter) {
			options->names_delimiter = raw->delimiter;
			options->has_names_delimiter = true;
		}
	}
}

static void load_names_variables(csl_style_loader *l, const nkc_xml_node *node, nkc_str list,
                                 csl_names *names)
{
	nkc_var variables[CSL_NAMES_MAX];
	unsigned count = 0;
	nkc_str word;
	while (csl_next_word(&list, &word)) {
		nkc_var var = csl_find_rendered(l, node, word, NKC_KIND_NAMES);
		if (count == CSL_NAMES_MAX) {
			csl_finding(&l->base, NKC_CODE_STYLE_LIMIT, node, "variable",
			            "more than %u variables", count);
			break;
		}
		if (nkc_var_kind(var) == NKC_KIND_NAMES)
			variables[count++] = var;
	}
	nkc_var *copy = nkc_arena_alloc(l->base.arena, count * sizeof *copy);
	if (!copy)
		return;
	memcpy(copy, variables, count * sizeof *copy);
	names->variables = copy;
	names->variable_count = count;
}

static const csl_word name_parts[] = { CSL_WORD("family", 1), CSL_WORD("given", 2), CSL_WORD_END };

typedef struct part_raw {
	uint8_t name;
} part_raw;

static const csl_attr name_part_attrs[] = {
	CSL_ATTR_OF("name", WORD, part_raw, name, name_parts),
	CSL_ATTR_END,
};

static void load_name_part(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	part_raw raw = { 0 };
	csl_format format = CSL_FORMAT_NONE;
	csl_load_formatted(&l->base, node, (csl_target){ name_part_attrs, &raw, NULL }, &format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE);
	if (raw.name == 1)
		names->family = format;
	else if (raw.name == 2)
		names->given = format;
	else
		csl_missing_attr(l, node, "name");
}

static void load_name(csl_style_loader *l, const nkc_xml_node *node, csl_names *names, csl_name_set *own)
{
	names->has_name = true;
	csl_load_formatted(&l->base, node, (csl_target){ own_name_attrs, &own->options, &own->set },
	                   &names->name, CSL_MAY_AFFIXES | CSL_MAY_FONT);
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (csl_is_named(child, "name-part"))
			load_name_part(l, child, names);
		else
			csl_unknown_element(&l->base, child);
	}
}

typedef struct et_al_raw {
	nkc_str term;
} et_al_raw;

static const csl_attr et_al_attrs[] = {
	CSL_ATTR("term", RAW, et_al_raw, term),
	CSL_ATTR_END,
};

static void load_et_al(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	et_al_raw raw = { NKC_STR("") };
	names->has_et_al = true;
	csl_load_formatted(&l->base, node, (csl_target){ et_al_attrs, &raw, NULL }, &names->et_al,
	                   CSL_MAY_FONT);
	csl_term term = raw.term.len ? csl_load_term_name(&l->base, node, "term", raw.term) : CSL_TERM_NONE;
	if (term != CSL_TERM_NONE)
		names->et_al_term = term;
}

static void load_label(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	csl_element *label = nkc_arena_alloc(l->base.arena, sizeof *label);
	if (!label)
		return;
	csl_load_names_label(l, node, label);
	names->label = label;
	names->label_first = !names->has_name;
}

static void load_substitute(csl_style_loader *l, const nkc_xml_node *node, csl_names *names,
                            const csl_name_set *own)
{
	const csl_names_scope scope = { names, *own }, *outer = l->names_scope;
	l->names_scope = &scope;
	csl_load_children(l, node, &names->substitutes, &names->substitute_count);
	l->names_scope = outer;
}

static void load_names_children(csl_style_loader *l, const nkc_xml_node *node, csl_names *names,
                                csl_name_set *own)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (csl_is_named(child, "name"))
			load_name(l, child, names, own);
		else if (csl_is_named(child, "et-al"))
			load_et_al(l, child, names);
		else if (csl_is_named(child, "label"))
			load_label(l, child, names);
		else if (!csl_is_named(child, "substitute"))
			csl_unknown_element(&l->base, child);
	}
	if (!names->has_name)
		names->label_first = false;
}

/* Substitutes come last: what they inherit must be known. */
static void load_names_substitutes(csl_style_loader *l, const nkc_xml_node *node, csl_names *names,
                                   const csl_name_set *own)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (csl_is_named(child, "substitute"))
			load_substitute(l, child, names, own);
	}
}

/* The short form inside cs:substitute. */
static void inherit_names(csl_style_loader *l, csl_names *names, csl_name_set *own)
{
	const csl_names *from = l->names_scope->names;
	names->name = from->name;
	names->family = from->family;
	names->given = from->given;
	names->et_al = from->et_al;
	names->et_al_term = from->et_al_term;
	names->label = from->label;
	names->label_first = from->label_first;
	names->has_name = from->has_name;
	names->has_et_al = from->has_et_al;
	*own = l->names_scope->own;
}

/*
 * "normal" is the default (specification, "Formatting"): within a cs:names that is italic, bold or in small capitals a name says
 * nothing by it (so citeproc-js); it undoes what is around the cs:names.
 */
static void drop_normal(uint16_t around, csl_format *inner)
{
	if (around & (CSL_ITALIC | CSL_OBLIQUE))
		inner->font &= (uint16_t)~CSL_NORMAL_STYLE;
	if (around & CSL_SMALL_CAPS)
		inner->font &= (uint16_t)~CSL_NORMAL_VARIANT;
	if (around & (CSL_BOLD | CSL_LIGHT))
		inner->font &= (uint16_t)~CSL_NORMAL_WEIGHT;
}

bool csl_load_names(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	csl_names *names = nkc_arena_alloc(l->base.arena, sizeof *names);
	names_raw raw = { 0 };
	csl_name_set own = { .set = 0 };
	if (!names)
		return false;
	*names = (csl_names){ .name = CSL_FORMAT_NONE,
		              .family = CSL_FORMAT_NONE,
		              .given = CSL_FORMAT_NONE,
		              .et_al = CSL_FORMAT_NONE,
		              .et_al_term = CSL_TERM_ET_AL };
	csl_load_formatted(&l->base, node, (csl_target){ names_attrs, &raw, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_DISPLAY);
	if (!raw.has_variable)
		return csl_missing_attr(l, node, "variable");
	load_names_variables(l, node, raw.variable, names);
	if (!node->first && l->names_scope)
		inherit_names(l, names, &own);
	else
		load_names_children(l, node, names, &own);
	drop_normal(e->format.font, &names->name);
	drop_normal(e->format.font, &names->family);
	drop_normal(e->format.font, &names->given);
	merge_options(l, &own, &raw, names);
	load_names_substitutes(l, node, names, &own);
	e->kind = CSL_NAMES;
	e->u.names = names;
	return true;
}
