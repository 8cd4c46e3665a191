#include "csl/style_load.h"

#include "base/set.h"
#include "csl/item.h"

#include <nkcite/nearest.h>

#define FORMAT_NONE { .prefix = NKC_STR_INIT(""), .suffix = NKC_STR_INIT("") }

static const csl_format format_none = FORMAT_NONE;
static const csl_element element_none = {
	.format = FORMAT_NONE, .delimiter = NKC_STR_INIT(""), .value = NKC_STR_INIT("")
};

static bool load_children(csl_style_loader *l, const nkc_xml_node *node, const csl_element **children, unsigned *count);

static bool is_named(const nkc_xml_node *node, const char *name)
{
	return nkc_str_is(node->name, name);
}

static unsigned count_children(const nkc_xml_node *node)
{
	unsigned count = 0;
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		count++;
	return count;
}

/* --- variables --- */

/* Older names of variables (csl-data.json; specification, appendix IV). */
static const struct {
	nkc_var from, to;
} renamed[] = {
	{ NKC_VAR_EVENT, NKC_VAR_EVENT_TITLE },
	{ NKC_VAR_SHORTTITLE, NKC_VAR_TITLE_SHORT },
	{ NKC_VAR_JOURNALABBREVIATION, NKC_VAR_CONTAINER_TITLE_SHORT },
};

static void unknown_variable(csl_style_loader *l, const nkc_xml_node *node, const char *attr, nkc_str name)
{
	nkc_nearest nearest;
	nkc_buf hint = NKC_BUF_INIT;
	nkc_nearest_init(&nearest, name);
	for (nkc_var var = NKC_VAR_NONE + 1; var < NKC_VAR_COUNT; var++) {
		if (nkc_var_kind(var) != NKC_KIND_SHORT)
			nkc_nearest_offer(&nearest, nkc_str_from(nkc_var_name(var)));
	}
	nkc_nearest_hint(&nearest, &hint);
	csl_finding(&l->base, NKC_CODE_STYLE_UNKNOWN_VARIABLE, node, attr, hint.len ? hint.ptr : NULL, "\"%.*s\" is not a variable",
	            NKC_STR_ARG(name));
	nkc_buf_release(&hint);
}

static nkc_var find_variable(csl_style_loader *l, const nkc_xml_node *node, const char *attr, nkc_str name)
{
	nkc_var var = nkc_var_find(name);
	if (var == NKC_VAR_NONE || nkc_var_kind(var) == NKC_KIND_SHORT) {
		unknown_variable(l, node, attr, name);
		return NKC_VAR_NONE;
	}
	for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++) {
		if (renamed[i].from == var)
			return renamed[i].to;
	}
	return var;
}

/* The variable of an element that renders a certain kind of them. */
static nkc_var find_rendered(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, nkc_kind kind)
{
	nkc_var var = find_variable(l, node, "variable", name);
	nkc_kind found = nkc_var_kind(var);
	bool fits = kind == NKC_KIND_STRING ? found != NKC_KIND_NAMES && found != NKC_KIND_DATE : found == kind;
	if (var != NKC_VAR_NONE && !fits)
		csl_finding(&l->base, NKC_CODE_STYLE_VARIABLE_KIND, node, "variable", NULL, "%.*s cannot render \"%.*s\"",
		            NKC_STR_ARG(node->name), NKC_STR_ARG(name));
	return var;
}

static bool missing_attr(csl_style_loader *l, const nkc_xml_node *node, const char *what)
{
	csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", NULL, "%.*s has no %s", NKC_STR_ARG(node->name), what);
	return false;
}

/* --- macros --- */

static size_t macro_slot(const csl_style_loader *l, nkc_str name)
{
	size_t at = nkc_hash(name, 0) & (l->macro_slot_count - 1);
	while (l->macro_slots[at] && !nkc_str_eq(l->style->macros[l->macro_slots[at] - 1].name, name))
		at = (at + 1) & (l->macro_slot_count - 1);
	return at;
}

/* The number of the macro, or style->macro_count with a finding. */
static unsigned find_macro(csl_style_loader *l, const nkc_xml_node *node, nkc_str name)
{
	unsigned found = l->macro_slots[macro_slot(l, name)];
	if (found)
		return found - 1;
	nkc_nearest nearest;
	nkc_buf hint = NKC_BUF_INIT;
	nkc_nearest_init(&nearest, name);
	for (unsigned i = 0; i < l->style->macro_count; i++)
		nkc_nearest_offer(&nearest, l->style->macros[i].name);
	nkc_nearest_hint(&nearest, &hint);
	csl_finding(&l->base, NKC_CODE_STYLE_MISSING_MACRO, node, "macro", hint.len ? hint.ptr : NULL, "there is no macro \"%.*s\"",
	            NKC_STR_ARG(name));
	nkc_buf_release(&hint);
	return l->style->macro_count;
}

static void note_call(csl_style_loader *l, csl_element *element, const nkc_xml_node *node, unsigned callee)
{
	csl_call *call = l->current_macro < l->style->macro_count ? nkc_arena_alloc(l->base.scratch, sizeof *call) : NULL;
	if (!call)
		return;
	*call = (csl_call){ l->calls[l->current_macro], element, node, callee };
	l->calls[l->current_macro] = call;
}

/* --- text, number, label --- */

static const csl_word text_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG), CSL_WORD("short", CSL_FORM_SHORT), CSL_WORD("verb", CSL_FORM_VERB),
	CSL_WORD("verb-short", CSL_FORM_VERB_SHORT), CSL_WORD("symbol", CSL_FORM_SYMBOL), CSL_WORD_END
};

typedef struct text_raw {
	nkc_str macro, term, value, variable;
	bool has_macro, has_term, has_value, has_variable, plural;
	uint8_t form;
} text_raw;

static const csl_attr text_attrs[] = {
	CSL_ATTR_HAS("macro", RAW, text_raw, macro, has_macro),
	CSL_ATTR_HAS("term", RAW, text_raw, term, has_term),
	CSL_ATTR_HAS("value", TEXT, text_raw, value, has_value),
	CSL_ATTR_HAS("variable", RAW, text_raw, variable, has_variable),
	CSL_ATTR("plural", TRUTH, text_raw, plural),
	CSL_ATTR_OF("form", WORD, text_raw, form, text_forms),
	CSL_ATTR_END
};

static bool load_text_variable(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, csl_element *e)
{
	e->kind = CSL_TEXT_VARIABLE;
	e->variable = (uint8_t)find_rendered(l, node, name, NKC_KIND_STRING);
	return e->variable != NKC_VAR_NONE;
}

static bool load_text_macro(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, csl_element *e)
{
	unsigned macro = find_macro(l, node, name);
	if (macro == l->style->macro_count)
		return false;
	e->kind = CSL_TEXT_MACRO;
	e->u.macro = &l->style->macros[macro];
	note_call(l, e, node, macro);
	return true;
}

static bool load_text_term(csl_style_loader *l, const nkc_xml_node *node, const text_raw *raw, csl_element *e)
{
	e->kind = CSL_TEXT_TERM;
	e->plural = raw->plural;
	e->term = csl_load_term_name(&l->base, node, "term", raw->term);
	return e->term != CSL_TERM_NONE;
}

/* What goes with each of macro, term, value and variable, which exclude each other; bits: places in the table. */
static const uint32_t text_together[] = { 1 << 0, 1 << 1 | 1 << 4 | 1 << 5, 1 << 2, 1 << 3 | 1 << 5 };

static void check_text(csl_style_loader *l, const nkc_xml_node *node, uint32_t set)
{
	unsigned kind = 0;
	while (kind < 4 && !(set & 1u << kind))
		kind++;
	for (unsigned i = 0; kind < 4 && text_attrs[i].name.len; i++) {
		if (set & 1u << i & ~text_together[kind])
			csl_finding(&l->base, NKC_CODE_STYLE_UNKNOWN_ATTRIBUTE, node, text_attrs[i].name.ptr, NULL, "%s beside %s",
			            text_attrs[i].name.ptr, text_attrs[kind].name.ptr);
	}
}

static bool load_text(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	text_raw raw = { .form = CSL_FORM_LONG };
	uint32_t set = 0;
	csl_load_formatted(&l->base, node, (csl_target){ text_attrs, &raw, &set }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_DISPLAY | CSL_MAY_QUOTES | CSL_MAY_STRIP);
	check_text(l, node, set);
	e->form = raw.form;
	if (raw.has_macro)
		return load_text_macro(l, node, raw.macro, e);
	if (raw.has_term)
		return load_text_term(l, node, &raw, e);
	if (raw.has_variable)
		return load_text_variable(l, node, raw.variable, e);
	if (!raw.has_value)
		return missing_attr(l, node, "variable, macro, term or value");
	e->kind = CSL_TEXT_VALUE;
	e->value = raw.value;
	return true;
}

static const csl_word number_forms[] = {
	CSL_WORD("numeric", CSL_FORM_NUMERIC), CSL_WORD("ordinal", CSL_FORM_ORDINAL), CSL_WORD("roman", CSL_FORM_ROMAN),
	CSL_WORD("long-ordinal", CSL_FORM_LONG_ORDINAL), CSL_WORD_END
};
static const csl_word plurals[] = {
	CSL_WORD("contextual", CSL_PLURAL_CONTEXTUAL), CSL_WORD("always", CSL_PLURAL_ALWAYS), CSL_WORD("never", CSL_PLURAL_NEVER),
	CSL_WORD_END
};

typedef struct number_raw {
	nkc_str variable;
	bool has_variable;
	uint8_t form, plural;
} number_raw;

static const csl_attr number_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, number_raw, variable, has_variable),
	CSL_ATTR_OF("form", WORD, number_raw, form, number_forms),
	CSL_ATTR_END
};
static const csl_attr label_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, number_raw, variable, has_variable),
	CSL_ATTR_OF("form", WORD, number_raw, form, text_forms),
	CSL_ATTR_OF("plural", WORD, number_raw, plural, plurals),
	CSL_ATTR_END
};
#define label_in_names_attrs (label_attrs + 1) /* its variables are those of cs:names */

static bool set_number_variable(csl_style_loader *l, const nkc_xml_node *node, const number_raw *raw, csl_element *e)
{
	if (!raw->has_variable)
		return missing_attr(l, node, "variable");
	e->variable = (uint8_t)find_rendered(l, node, raw->variable, NKC_KIND_NUMBER);
	e->term = e->variable == NKC_VAR_LOCATOR ? CSL_TERM_NONE : csl_term_find(nkc_str_from(nkc_var_name(e->variable)));
	return e->variable != NKC_VAR_NONE;
}

static bool load_number(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	number_raw raw = { .form = CSL_FORM_NUMERIC };
	csl_load_formatted(&l->base, node, (csl_target){ number_attrs, &raw, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_DISPLAY);
	e->kind = CSL_NUMBER;
	e->form = raw.form;
	return set_number_variable(l, node, &raw, e);
}

static void load_any_label(csl_style_loader *l, const nkc_xml_node *node, const csl_attr *attrs, number_raw *raw, csl_element *e)
{
	*raw = (number_raw){ .form = CSL_FORM_LONG };
	csl_load_formatted(&l->base, node, (csl_target){ attrs, raw, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_STRIP);
	e->kind = CSL_LABEL;
	e->form = raw->form;
	e->plural = raw->plural;
}

static bool load_label(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	number_raw raw;
	load_any_label(l, node, label_attrs, &raw, e);
	return set_number_variable(l, node, &raw, e);
}

static bool load_date(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	csl_date *date = nkc_arena_alloc(l->base.arena, sizeof *date);
	nkc_str variable = NKC_STR("");
	if (!date)
		return false;
	csl_load_date(&l->base, node, date, &e->format, &variable);
	if (variable.len == 0)
		return missing_attr(l, node, "variable");
	date->variable = find_rendered(l, node, variable, NKC_KIND_DATE);
	e->kind = CSL_DATE;
	e->u.date = date;
	return date->variable != NKC_VAR_NONE;
}

/* --- names --- */

static const csl_word ands[] = { CSL_WORD("text", CSL_AND_TEXT), CSL_WORD("symbol", CSL_AND_SYMBOL), CSL_WORD_END };
static const csl_word precedes[] = {
	CSL_WORD("contextual", CSL_CONTEXTUAL), CSL_WORD("after-inverted-name", CSL_AFTER_INVERTED), CSL_WORD("always", CSL_ALWAYS),
	CSL_WORD("never", CSL_NEVER), CSL_WORD_END
};
static const csl_word sort_orders[] = {
	CSL_WORD("first", CSL_SORT_ORDER_FIRST), CSL_WORD("all", CSL_SORT_ORDER_ALL), CSL_WORD_END
};
static const csl_word name_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG), CSL_WORD("short", CSL_FORM_SHORT), CSL_WORD("count", CSL_FORM_COUNT), CSL_WORD_END
};

/* What cs:name has, and by inheritance all cs:names inside cs:style, cs:citation and cs:bibliography. */
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
	CSL_ATTR("sort-separator", TEXT, csl_name_options, sort_separator), \
	CSL_ATTR_OF(form_name, WORD, csl_name_options, form, name_forms), \
	CSL_ATTR(delimiter_name, TEXT, csl_name_options, delimiter)

const csl_attr csl_name_attrs[] = {
	NAME_ATTRS("name-form", "name-delimiter"),
	CSL_ATTR_HAS("names-delimiter", TEXT, csl_name_options, names_delimiter, has_names_delimiter),
	CSL_ATTR_END
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
	CSL_ATTR_END
};

static const csl_name_options name_defaults = {
	.initialize = true,
	.form = CSL_FORM_LONG,
	.initialize_with = NKC_STR_INIT(""),
	.sort_separator = NKC_STR_INIT(", "),
	.delimiter = NKC_STR_INIT(", "),
	.names_delimiter = NKC_STR_INIT(""),
};

static size_t attr_size(csl_attr_kind kind)
{
	switch (kind) {
	case CSL_ATTR_TEXT:
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
		memcpy((char *)to + attr->at, (const char *)&from->options + attr->at, attr_size((csl_attr_kind)attr->kind));
		if (attr->has)
			*(bool *)((char *)to + attr->has) = true;
	}
}

/* What surrounds a cs:substitute: its short cs:names take their name, et-al and label from there. */
struct csl_names_scope {
	const csl_names *names;
	csl_name_set own; /* of cs:name */
};

/* The options in force: the lowest level counts. */
static void merge_options(const csl_style_loader *l, const csl_name_set *own, const names_raw *raw, csl_names *names)
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

static void load_names_variables(csl_style_loader *l, const nkc_xml_node *node, nkc_str list, csl_names *names)
{
	nkc_var variables[CSL_NAMES_MAX];
	unsigned count = 0;
	nkc_str word;
	while (csl_next_word(&list, &word)) {
		nkc_var var = find_rendered(l, node, word, NKC_KIND_NAMES);
		if (count == CSL_NAMES_MAX) {
			csl_finding(&l->base, NKC_CODE_STYLE_LIMIT, node, "variable", NULL, "more than %u variables", count);
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

static const csl_attr name_part_attrs[] = { CSL_ATTR_OF("name", WORD, part_raw, name, name_parts), CSL_ATTR_END };

static void load_name_part(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	part_raw raw = { 0 };
	csl_format format = format_none;
	csl_load_formatted(&l->base, node, (csl_target){ name_part_attrs, &raw, NULL }, &format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE);
	if (raw.name == 1)
		names->family = format;
	else if (raw.name == 2)
		names->given = format;
	else
		missing_attr(l, node, "name");
}

static void load_name(csl_style_loader *l, const nkc_xml_node *node, csl_names *names, csl_name_set *own)
{
	names->has_name = true;
	csl_load_formatted(&l->base, node, (csl_target){ own_name_attrs, &own->options, &own->set }, &names->name,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT);
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (is_named(child, "name-part"))
			load_name_part(l, child, names);
		else
			csl_unknown_element(&l->base, child);
	}
}

typedef struct et_al_raw {
	nkc_str term;
} et_al_raw;

static const csl_attr et_al_attrs[] = { CSL_ATTR("term", RAW, et_al_raw, term), CSL_ATTR_END };

static void load_et_al(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	et_al_raw raw = { NKC_STR("") };
	names->has_et_al = true;
	csl_load_formatted(&l->base, node, (csl_target){ et_al_attrs, &raw, NULL }, &names->et_al, CSL_MAY_FONT);
	csl_term term = raw.term.len ? csl_load_term_name(&l->base, node, "term", raw.term) : CSL_TERM_NONE;
	if (term != CSL_TERM_NONE)
		names->et_al_term = term;
}

static void load_names_label(csl_style_loader *l, const nkc_xml_node *node, csl_names *names)
{
	csl_element *label = nkc_arena_alloc(l->base.arena, sizeof *label);
	if (!label)
		return;
	number_raw raw;
	*label = element_none;
	load_any_label(l, node, label_in_names_attrs, &raw, label);
	names->label = label;
	names->label_first = !names->has_name;
}

static void load_substitute(csl_style_loader *l, const nkc_xml_node *node, csl_names *names, const csl_name_set *own)
{
	const csl_names_scope scope = { names, *own }, *outer = l->names_scope;
	l->names_scope = &scope;
	load_children(l, node, &names->substitutes, &names->substitute_count);
	l->names_scope = outer;
}

static void load_names_children(csl_style_loader *l, const nkc_xml_node *node, csl_names *names, csl_name_set *own)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (is_named(child, "name"))
			load_name(l, child, names, own);
		else if (is_named(child, "et-al"))
			load_et_al(l, child, names);
		else if (is_named(child, "label"))
			load_names_label(l, child, names);
		else if (!is_named(child, "substitute"))
			csl_unknown_element(&l->base, child);
	}
	if (!names->has_name)
		names->label_first = false;
}

/* Substitutes come last: what they inherit must be known. */
static void load_names_substitutes(csl_style_loader *l, const nkc_xml_node *node, csl_names *names, const csl_name_set *own)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (is_named(child, "substitute"))
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

static bool load_names(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	csl_names *names = nkc_arena_alloc(l->base.arena, sizeof *names);
	names_raw raw = { 0 };
	csl_name_set own = { .set = 0 };
	if (!names)
		return false;
	*names = (csl_names){ .name = FORMAT_NONE, .family = FORMAT_NONE, .given = FORMAT_NONE, .et_al = FORMAT_NONE };
	names->et_al_term = CSL_TERM_ET_AL;
	csl_load_formatted(&l->base, node, (csl_target){ names_attrs, &raw, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_DISPLAY);
	if (!raw.has_variable)
		return missing_attr(l, node, "variable");
	load_names_variables(l, node, raw.variable, names);
	if (!node->first && l->names_scope)
		inherit_names(l, names, &own);
	else
		load_names_children(l, node, names, &own);
	merge_options(l, &own, &raw, names);
	load_names_substitutes(l, node, names, &own);
	e->kind = CSL_NAMES;
	e->u.names = names;
	return true;
}

/* --- group --- */

static const csl_attr group_attrs[] = { CSL_ATTR("delimiter", TEXT, csl_element, delimiter), CSL_ATTR_END };

static bool load_group(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	e->kind = CSL_GROUP;
	csl_load_formatted(&l->base, node, (csl_target){ group_attrs, e, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_DISPLAY);
	csl_check_filled(&l->base, node);
	return load_children(l, node, &e->u.group.children, &e->u.group.child_count);
}

/* --- choose --- */

static const csl_word matches[] = {
	CSL_WORD("all", CSL_MATCH_ALL), CSL_WORD("any", CSL_MATCH_ANY), CSL_WORD("none", CSL_MATCH_NONE), CSL_WORD_END
};
static const csl_word positions[] = {
	CSL_WORD("first", CSL_POSITION_FIRST), CSL_WORD("subsequent", CSL_POSITION_SUBSEQUENT), CSL_WORD("ibid", CSL_POSITION_IBID),
	CSL_WORD("ibid-with-locator", CSL_POSITION_IBID_WITH_LOCATOR), CSL_WORD("near-note", CSL_POSITION_NEAR_NOTE),
	CSL_WORD("far-note", CSL_POSITION_FAR_NOTE), CSL_WORD_END
};
static const csl_word locators[] = {
#define CSL_LOCATOR(symbol, name, term) CSL_WORD(name, CSL_LOCATOR_##symbol),
#include "csl/locators.def"
#undef CSL_LOCATOR
	/* older names */
	CSL_WORD("sub verbo", CSL_LOCATOR_SUB_VERBO), CSL_WORD("article", CSL_LOCATOR_ARTICLE), CSL_WORD("title", CSL_LOCATOR_TITLE),
	CSL_WORD_END
};

typedef struct branch_raw {
	nkc_str type, variable, numeric, uncertain, locator, position;
	bool disambiguate;
	uint8_t match;
} branch_raw;

static const csl_attr branch_attrs[] = {
	CSL_ATTR("type", RAW, branch_raw, type),
	CSL_ATTR("variable", RAW, branch_raw, variable),
	CSL_ATTR("is-numeric", RAW, branch_raw, numeric),
	CSL_ATTR("is-uncertain-date", RAW, branch_raw, uncertain),
	CSL_ATTR("locator", RAW, branch_raw, locator),
	CSL_ATTR("position", RAW, branch_raw, position),
	CSL_ATTR("disambiguate", TRUTH, branch_raw, disambiguate),
	CSL_ATTR_OF("match", WORD, branch_raw, match, matches),
	CSL_ATTR_END
};

static const csl_attr no_attrs[] = { CSL_ATTR_END };

static void load_type_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list, csl_branch *branch)
{
	nkc_str word;
	while (csl_next_word(&list, &word)) {
		nkc_type type = nkc_type_find(word);
		branch->type_tests++;
		if (type != NKC_TYPE_NONE)
			branch->types |= (uint64_t)1 << type;
		else
			csl_finding(&l->base, NKC_CODE_STYLE_UNKNOWN_TYPE, node, "type", NULL, "\"%.*s\" is not a type",
			            NKC_STR_ARG(word));
	}
}

static void load_position_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list, csl_branch *branch)
{
	nkc_str word;
	uint16_t position;
	while (csl_next_word(&list, &word)) {
		if (!csl_word_find(positions, word, &position))
			csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, node, "position", NULL, "\"%.*s\" is not a position",
			            NKC_STR_ARG(word));
		else if (branch->position_count < sizeof branch->positions)
			branch->positions[branch->position_count++] = (uint8_t)position;
	}
}

static void load_locator_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list, csl_branch *branch)
{
	nkc_str word;
	uint16_t locator;
	while (csl_next_word(&list, &word)) {
		branch->locator_tests++;
		if (csl_word_find(locators, word, &locator))
			branch->locators[locator / 64] |= (uint64_t)1 << locator % 64;
		else
			csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, node, "locator", NULL, "\"%.*s\" is not a locator",
			            NKC_STR_ARG(word));
	}
}

static unsigned count_words(nkc_str list)
{
	nkc_str word;
	unsigned count = 0;
	while (csl_next_word(&list, &word))
		count++;
	return count;
}

/* An unknown variable stays in the list as NKC_VAR_NONE, which no item has. */
static unsigned load_variable_tests(csl_style_loader *l, const nkc_xml_node *node, const char *attr, nkc_str list,
                                    const uint8_t **variables)
{
	unsigned count = count_words(list), i = 0;
	uint8_t *into = count ? nkc_arena_alloc(l->base.arena, count) : NULL;
	nkc_str word;
	if (!into)
		return 0;
	while (csl_next_word(&list, &word))
		into[i++] = (uint8_t)find_variable(l, node, attr, word);
	*variables = into;
	return count;
}

static void check_branch(csl_style_loader *l, const nkc_xml_node *node, const csl_branch *branch)
{
	bool tests = branch->type_tests || branch->position_count || branch->locator_tests || branch->variable_count ||
	             branch->numeric_count || branch->uncertain_count || branch->disambiguate;
	if (branch->is_else)
		csl_check_filled(&l->base, node);
	else if (!tests)
		missing_attr(l, node, "condition");
}

static void load_branch(csl_style_loader *l, const nkc_xml_node *node, csl_branch *branch)
{
	branch_raw raw = { .match = CSL_MATCH_ALL };
	*branch = (csl_branch){ .is_else = is_named(node, "else") };
	csl_load_attrs(&l->base, node, (csl_target[]){ { branch->is_else ? no_attrs : branch_attrs, &raw, NULL } }, 1);
	branch->match = raw.match;
	branch->disambiguate = raw.disambiguate;
	load_type_tests(l, node, raw.type, branch);
	load_position_tests(l, node, raw.position, branch);
	load_locator_tests(l, node, raw.locator, branch);
	branch->variable_count = load_variable_tests(l, node, "variable", raw.variable, &branch->variables);
	branch->numeric_count = load_variable_tests(l, node, "is-numeric", raw.numeric, &branch->numerics);
	branch->uncertain_count = load_variable_tests(l, node, "is-uncertain-date", raw.uncertain, &branch->uncertain);
	check_branch(l, node, branch);
	load_children(l, node, &branch->children, &branch->child_count);
}

static bool is_branch(const nkc_xml_node *node)
{
	return is_named(node, "if") || is_named(node, "else-if") || is_named(node, "else");
}

static bool load_choose(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	unsigned count = count_children(node), used = 0;
	csl_branch *branches = nkc_arena_alloc(l->base.arena, count * sizeof *branches);
	if (!branches)
		return false;
	csl_load_attrs(&l->base, node, (csl_target[]){ { no_attrs, NULL, NULL } }, 1);
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		bool first = is_named(child, "if"), last = used > 0 && branches[used - 1].is_else;
		if (is_branch(child) && first == (used == 0) && !last)
			load_branch(l, child, &branches[used++]);
		else
			csl_unknown_element(&l->base, child);
	}
	e->kind = CSL_CHOOSE;
	e->u.choose.branches = branches;
	e->u.choose.branch_count = used;
	return used > 0;
}

/* --- any element --- */

static const struct {
	const char *name;
	bool (*load)(csl_style_loader *l, const nkc_xml_node *node, csl_element *e);
} elements[] = {
	{ "text", load_text },   { "group", load_group }, { "choose", load_choose }, { "names", load_names },
	{ "label", load_label }, { "date", load_date },   { "number", load_number },
};

/* False when the element renders nothing whatever the item. */
static bool load_element(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	*e = element_none;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (is_named(node, elements[i].name))
			return elements[i].load(l, node, e);
	}
	csl_unknown_element(&l->base, node);
	return false;
}

static bool load_children(csl_style_loader *l, const nkc_xml_node *node, const csl_element **children, unsigned *count)
{
	unsigned used = 0, all = count_children(node);
	csl_element *into = all ? nkc_arena_alloc(l->base.arena, all * sizeof *into) : NULL;
	*children = into;
	*count = 0;
	if (!into)
		return all == 0;
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (csl_is_ours(child) && load_element(l, child, &into[used]))
			used++;
	}
	*count = used;
	return true;
}

/* --- citation and bibliography --- */

static const csl_word orders[] = { CSL_WORD("ascending", 0), CSL_WORD("descending", 1), CSL_WORD_END };

typedef struct key_raw {
	nkc_str variable, macro;
	bool has_variable, has_macro, use_last, has_use_last;
	uint8_t order;
} key_raw;

static const csl_attr key_raw_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, key_raw, variable, has_variable),
	CSL_ATTR_HAS("macro", RAW, key_raw, macro, has_macro),
	CSL_ATTR_HAS("names-use-last", TRUTH, key_raw, use_last, has_use_last),
	CSL_ATTR_OF("sort", WORD, key_raw, order, orders),
	CSL_ATTR_END
};
static const csl_attr key_attrs[] = {
	CSL_ATTR("names-min", COUNT, csl_sort_key, names_min),
	CSL_ATTR("names-use-first", COUNT, csl_sort_key, names_use_first),
	CSL_ATTR_END
};

static bool load_key(csl_style_loader *l, const nkc_xml_node *node, csl_sort_key *key)
{
	key_raw raw = { 0 };
	*key = (csl_sort_key){ .names_use_last = -1 };
	csl_load_attrs(&l->base, node, (csl_target[]){ { key_raw_attrs, &raw, NULL }, { key_attrs, key, NULL } }, 2);
	key->descending = raw.order == 1;
	if (raw.has_use_last)
		key->names_use_last = raw.use_last;
	if (!raw.has_variable && !raw.has_macro)
		return missing_attr(l, node, "variable or macro");
	if (raw.has_variable) {
		key->variable = find_variable(l, node, "variable", raw.variable);
		return key->variable != NKC_VAR_NONE;
	}
	unsigned macro = find_macro(l, node, raw.macro);
	if (macro == l->style->macro_count)
		return false;
	key->macro = &l->style->macros[macro];
	return true;
}

static void load_sort(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	csl_sort_key *keys = nkc_arena_alloc(l->base.arena, count_children(node) * sizeof *keys);
	unsigned count = 0;
	for (const nkc_xml_node *child = node->first; child && keys; child = child->next) {
		if (!is_named(child, "key"))
			csl_unknown_element(&l->base, child);
		else if (load_key(l, child, &keys[count]))
			count++;
	}
	layout->sort_keys = keys;
	layout->sort_key_count = count;
}

static const csl_attr layout_attrs[] = { CSL_ATTR("delimiter", TEXT, csl_layout, delimiter), CSL_ATTR_END };

static void load_layout(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	layout->present = true;
	csl_load_formatted(&l->base, node, (csl_target){ layout_attrs, layout, NULL }, &layout->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT);
	csl_check_filled(&l->base, node);
	load_children(l, node, &layout->children, &layout->child_count);
}

/* The children of cs:citation, cs:bibliography and cs:intext; their attributes were read before. */
static void load_area(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (is_named(child, "sort"))
			load_sort(l, child, layout);
		else if (is_named(child, "layout"))
			load_layout(l, child, layout);
		else
			csl_unknown_element(&l->base, child);
	}
	if (!layout->present)
		csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ELEMENT, node, "", NULL, "%.*s has no layout", NKC_STR_ARG(node->name));
}

static const csl_word collapses[] = {
	CSL_WORD("citation-number", CSL_COLLAPSE_CITATION_NUMBER), CSL_WORD("year", CSL_COLLAPSE_YEAR),
	CSL_WORD("year-suffix", CSL_COLLAPSE_YEAR_SUFFIX), CSL_WORD("year-suffix-ranged", CSL_COLLAPSE_YEAR_SUFFIX_RANGED),
	CSL_WORD_END
};
static const csl_word givenname_rules[] = {
	CSL_WORD("by-cite", CSL_BY_CITE), CSL_WORD("all-names", CSL_ALL_NAMES),
	CSL_WORD("all-names-with-initials", CSL_ALL_NAMES_WITH_INITIALS), CSL_WORD("primary-name", CSL_PRIMARY_NAME),
	CSL_WORD("primary-name-with-initials", CSL_PRIMARY_NAME_WITH_INITIALS), CSL_WORD_END
};

static const csl_attr citation_attrs[] = {
	CSL_ATTR_OF("collapse", WORD, nkc_style, collapse, collapses),
	CSL_ATTR("disambiguate-add-names", TRUTH, nkc_style, disambiguate_add_names),
	CSL_ATTR("disambiguate-add-givenname", TRUTH, nkc_style, disambiguate_add_givenname),
	CSL_ATTR("disambiguate-add-year-suffix", TRUTH, nkc_style, disambiguate_add_year_suffix),
	CSL_ATTR_OF("givenname-disambiguation-rule", WORD, nkc_style, givenname_rule, givenname_rules),
	CSL_ATTR("near-note-distance", NUMBER, nkc_style, near_note_distance),
	CSL_ATTR_HAS("cite-group-delimiter", TEXT, nkc_style, cite_group_delimiter, has_cite_group_delimiter),
	CSL_ATTR_HAS("after-collapse-delimiter", TEXT, nkc_style, after_collapse_delimiter, has_after_collapse_delimiter),
	CSL_ATTR_HAS("year-suffix-delimiter", TEXT, nkc_style, year_suffix_delimiter, has_year_suffix_delimiter),
	CSL_ATTR_END
};

static const csl_word aligns[] = { CSL_WORD("flush", CSL_ALIGN_FLUSH), CSL_WORD("margin", CSL_ALIGN_MARGIN), CSL_WORD_END };
static const csl_word subsequent_rules[] = {
	CSL_WORD("complete-all", CSL_COMPLETE_ALL), CSL_WORD("complete-each", CSL_COMPLETE_EACH),
	CSL_WORD("partial-each", CSL_PARTIAL_EACH), CSL_WORD("partial-first", CSL_PARTIAL_FIRST), CSL_WORD_END
};

static const csl_attr bibliography_attrs[] = {
	CSL_ATTR("hanging-indent", TRUTH, nkc_style, hanging_indent),
	CSL_ATTR("line-spacing", NUMBER, nkc_style, line_spacing),
	CSL_ATTR("entry-spacing", NUMBER, nkc_style, entry_spacing),
	CSL_ATTR_OF("second-field-align", WORD, nkc_style, second_field_align, aligns),
	CSL_ATTR_HAS("subsequent-author-substitute", TEXT, nkc_style, subsequent_substitute, has_subsequent_substitute),
	CSL_ATTR_OF("subsequent-author-substitute-rule", WORD, nkc_style, subsequent_rule, subsequent_rules),
	CSL_ATTR_END
};

static void load_area_attrs(csl_style_loader *l, csl_area area, const nkc_xml_node *node, const csl_attr *attrs)
{
	csl_layout *layout = &l->style->layouts[area];
	csl_name_set *names = &l->area_names[area];
	layout->format = format_none;
	layout->delimiter = NKC_STR("");
	layout->options = name_defaults;
	if (node)
		csl_load_attrs(&l->base, node,
		               (csl_target[]){ { attrs, l->style, NULL }, { csl_name_attrs, &names->options, &names->set } }, 2);
	csl_name_set_over(&layout->options, &l->root_names);
	csl_name_set_over(&layout->options, names);
}

static void load_intext(csl_style_loader *l)
{
	csl_layout *layout = l->intext ? nkc_arena_alloc(l->base.arena, sizeof *layout) : NULL;
	if (!layout)
		return;
	*layout = (csl_layout){ .format = FORMAT_NONE, .delimiter = NKC_STR(""), .options = l->style->layouts[CSL_CITATION].options };
	load_area(l, l->intext, layout);
	l->style->intext = layout;
}

/* --- the style as a whole --- */

static const csl_word classes[] = { CSL_WORD("in-text", 0), CSL_WORD("note", 1), CSL_WORD_END };
static const csl_word demotes[] = {
	CSL_WORD("display-and-sort", CSL_DEMOTE_DISPLAY_AND_SORT), CSL_WORD("never", CSL_DEMOTE_NEVER),
	CSL_WORD("sort-only", CSL_DEMOTE_SORT_ONLY), CSL_WORD_END
};
static const csl_word page_ranges[] = {
	CSL_WORD("expanded", CSL_PAGE_EXPANDED), CSL_WORD("minimal", CSL_PAGE_MINIMAL), CSL_WORD("minimal-two", CSL_PAGE_MINIMAL_TWO),
	CSL_WORD("chicago", CSL_PAGE_CHICAGO), CSL_WORD("chicago-15", CSL_PAGE_CHICAGO), CSL_WORD("chicago-16", CSL_PAGE_CHICAGO_16),
	CSL_WORD_END
};

typedef struct style_raw {
	nkc_str version;
	uint8_t class;
} style_raw;

static const csl_attr style_raw_attrs[] = {
	CSL_ATTR_OF("class", WORD, style_raw, class, classes),
	CSL_ATTR("version", RAW, style_raw, version),
	CSL_ATTR_END
};
static const csl_attr style_attrs[] = {
	CSL_ATTR("default-locale", TEXT, nkc_style, default_locale),
	CSL_ATTR_OF("demote-non-dropping-particle", WORD, nkc_style, demote, demotes),
	CSL_ATTR("initialize-with-hyphen", TRUTH, nkc_style, initialize_with_hyphen),
	CSL_ATTR_OF("page-range-format", WORD, nkc_style, page_range, page_ranges),
	CSL_ATTR_END
};

static void load_root(csl_style_loader *l, const nkc_xml_node *root)
{
	style_raw raw = { .version = NKC_STR("") };
	uint32_t set = 0;
	csl_target targets[] = { { style_attrs, l->style, NULL },
		                 { csl_name_attrs, &l->root_names.options, &l->root_names.set },
		                 { style_raw_attrs, &raw, &set } };
	csl_load_attrs(&l->base, root, targets, 3);
	l->style->is_note = raw.class == 1;
	if (!(set & 1) && l->citation)
		missing_attr(l, root, "class");
	if (!(set & 2))
		missing_attr(l, root, "version");
	else if (!nkc_str_starts(raw.version, NKC_STR("1.")))
		csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, root, "version", NULL, "version \"%.*s\" is not 1.0",
		            NKC_STR_ARG(raw.version));
}

/* Children of cs:info that say nothing to a processor. */
static const char *const notes[] = { "author", "category", "contributor", "issn",  "eissn",   "issnl",
	                             "link",   "published", "rights",     "summary", "updated" };

static void check_note(csl_style_loader *l, const nkc_xml_node *node)
{
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		if (is_named(node, notes[i]))
			return;
	}
	if (csl_is_ours(node))
		csl_unknown_element(&l->base, node);
}

static void load_info(csl_style_loader *l, const nkc_xml_node *node)
{
	nkc_style *style = l->style;
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		nkc_str text = nkc_str_trim(child->text);
		if (is_named(child, "id"))
			style->id = nkc_arena_str(l->base.arena, text);
		else if (is_named(child, "title"))
			style->title = nkc_arena_str(l->base.arena, text);
		else if (is_named(child, "title-short"))
			style->title_short = nkc_arena_str(l->base.arena, text);
		else if (is_named(child, "link") && nkc_str_is(nkc_xml_get(child, "rel"), "independent-parent"))
			style->parent = nkc_arena_str(l->base.arena, nkc_xml_get(child, "href"));
		else
			check_note(l, child);
	}
}

static void check_info(csl_style_loader *l, const nkc_xml_node *root)
{
	const struct {
		nkc_str text;
		const char *what;
	} wanted[] = { { l->style->id, "id" }, { l->style->title, "title" } };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (wanted[i].text.len == 0)
			csl_finding(&l->base, NKC_CODE_STYLE_MISSING_INFO, root, "", NULL, "the style has no %s in its info", wanted[i].what);
	}
}

static void count_parts(csl_style_loader *l, const nkc_xml_node *root)
{
	for (const nkc_xml_node *child = root->first; child; child = child->next) {
		if (is_named(child, "info"))
			load_info(l, child);
		else if (is_named(child, "citation"))
			l->citation = child;
		else if (is_named(child, "bibliography"))
			l->bibliography = child;
		else if (is_named(child, "intext"))
			l->intext = child;
		else if (is_named(child, "macro"))
			l->style->macro_count++;
		else if (is_named(child, "locale"))
			l->style->locale_count++;
		else if (csl_is_ours(child))
			csl_unknown_element(&l->base, child);
	}
}

#define MACROS_MAX 0x7000 /* numbers of macros are 16 bits wide; no style has a tenth of it */

static nkc_status make_macro_table(csl_style_loader *l)
{
	unsigned count = l->style->macro_count;
	if (count > MACROS_MAX)
		return NKC_ELIMIT;
	l->macro_slot_count = 4;
	while (l->macro_slot_count < 2 * (size_t)count)
		l->macro_slot_count *= 2;
	l->style->macros = nkc_arena_alloc(l->base.arena, (count + 1) * sizeof *l->style->macros);
	l->macro_nodes = nkc_arena_alloc(l->base.scratch, (count + 1) * sizeof *l->macro_nodes);
	l->calls = nkc_arena_alloc(l->base.scratch, (count + 1) * sizeof *l->calls);
	l->macro_slots = nkc_arena_alloc(l->base.scratch, l->macro_slot_count * sizeof *l->macro_slots);
	if (!l->style->macros || !l->macro_nodes || !l->calls || !l->macro_slots)
		return NKC_ENOMEM;
	memset(l->calls, 0, (count + 1) * sizeof *l->calls);
	memset(l->macro_slots, 0, l->macro_slot_count * sizeof *l->macro_slots);
	return NKC_OK;
}

static const csl_attr macro_attrs[] = { CSL_ATTR("name", TEXT, csl_macro, name), CSL_ATTR_END };

/* Macros are known by name before any is read, for they may be called before they are defined. */
static void name_macros(csl_style_loader *l, const nkc_xml_node *root)
{
	unsigned count = 0;
	for (const nkc_xml_node *child = root->first; child; child = child->next) {
		if (!is_named(child, "macro"))
			continue;
		csl_macro *macro = &l->style->macros[count];
		*macro = (csl_macro){ .name = NKC_STR("") };
		csl_load_attrs(&l->base, child, (csl_target[]){ { macro_attrs, macro, NULL } }, 1);
		size_t slot = macro_slot(l, macro->name);
		if (macro->name.len == 0)
			missing_attr(l, child, "name");
		else if (l->macro_slots[slot])
			csl_finding(&l->base, NKC_CODE_STYLE_DUPLICATE_MACRO, child, "name", NULL, "there are two macros \"%.*s\"",
			            NKC_STR_ARG(macro->name));
		else
			l->macro_slots[slot] = (uint16_t)(count + 1);
		l->macro_nodes[count++] = child;
	}
}

static void load_macros(csl_style_loader *l)
{
	for (unsigned i = 0; i < l->style->macro_count; i++) {
		csl_macro *macro = &l->style->macros[i];
		l->current_macro = i;
		csl_check_filled(&l->base, l->macro_nodes[i]);
		load_children(l, l->macro_nodes[i], &macro->children, &macro->child_count);
	}
	l->current_macro = l->style->macro_count;
}

#define OWN_TERMS_MAX 256 /* terms beyond those of CSL that one style may define; each is looked for among them */

static void add_own_term(csl_style_loader *l, nkc_str *own, nkc_str name)
{
	unsigned count = l->base.own_term_count;
	if (name.len == 0 || csl_term_find(name) != CSL_TERM_NONE || count == OWN_TERMS_MAX)
		return;
	for (unsigned i = 0; i < count; i++) {
		if (nkc_str_eq(own[i], name))
			return;
	}
	own[count] = name;
	l->base.own_term_count++;
}

/* Terms that the style makes up; its locales and elements must agree on their numbers. */
static void find_own_terms(csl_style_loader *l, const nkc_xml_node *root)
{
	nkc_str *own = nkc_arena_alloc(l->base.scratch, OWN_TERMS_MAX * sizeof *own);
	l->base.own_terms = own;
	for (const nkc_xml_node *locale = root->first; locale && own; locale = locale->next) {
		if (!is_named(locale, "locale"))
			continue;
		for (const nkc_xml_node *part = locale->first; part; part = part->next)
			for (const nkc_xml_node *term = part->first; term; term = term->next)
				if (is_named(term, "term"))
					add_own_term(l, own, nkc_xml_get(term, "name"));
	}
	l->style->own_term_count = l->base.own_term_count;
}

static void load_style_locales(csl_style_loader *l, const nkc_xml_node *root)
{
	csl_locale *locales = nkc_arena_alloc(l->base.arena, l->style->locale_count * sizeof *locales);
	unsigned count = 0;
	for (const nkc_xml_node *child = root->first; child && locales; child = child->next) {
		if (is_named(child, "locale"))
			csl_load_locale(&l->base, child, &locales[count++]);
	}
	l->style->locales = locales;
	l->style->locale_count = count;
}

static nkc_status load_independent(csl_style_loader *l, const nkc_xml_node *root)
{
	nkc_status status = make_macro_table(l);
	if (status)
		return status;
	find_own_terms(l, root);
	load_style_locales(l, root);
	load_area_attrs(l, CSL_CITATION, l->citation, citation_attrs);
	load_area_attrs(l, CSL_BIBLIOGRAPHY, l->bibliography, bibliography_attrs);
	name_macros(l, root);
	load_macros(l);
	load_area(l, l->citation, &l->style->layouts[CSL_CITATION]);
	if (l->bibliography)
		load_area(l, l->bibliography, &l->style->layouts[CSL_BIBLIOGRAPHY]);
	load_intext(l);
	return nkc_arena_status(l->base.arena) ? NKC_ENOMEM : csl_style_link(l);
}

static void set_defaults(nkc_style *style)
{
	nkc_str none = NKC_STR("");
	style->id = style->title = style->title_short = style->parent = style->default_locale = none;
	style->cite_group_delimiter = style->after_collapse_delimiter = style->year_suffix_delimiter = none;
	style->subsequent_substitute = none;
	style->initialize_with_hyphen = true;
	style->near_note_distance = 5;
	style->line_spacing = style->entry_spacing = 1;
}

static nkc_status load_style(csl_style_loader *l)
{
	nkc_xml_node *root;
	nkc_status status = csl_load_xml(&l->base, "style", &root);
	if (status)
		return status;
	set_defaults(l->style);
	count_parts(l, root);
	load_root(l, root);
	check_info(l, root);
	if (l->citation)
		return load_independent(l, root);
	if (l->style->parent.len)
		return NKC_OK;
	csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ELEMENT, root, "", NULL, "style has no citation");
	return NKC_EINVALID;
}

static nkc_style *new_style(void)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_style *style = arena ? nkc_arena_alloc(arena, sizeof *style) : NULL;
	if (!style) {
		nkc_arena_free(arena);
		return NULL;
	}
	memset(style, 0, sizeof *style);
	style->arena = arena;
	return style;
}

nkc_status nkc_style_parse(nkc_style **out, nkc_str xml, nkc_str name, nkc_diags *diags)
{
	*out = NULL;
	nkc_arena *scratch = nkc_arena_new();
	nkc_style *style = new_style();
	nkc_status status = NKC_ENOMEM;
	if (scratch && style) {
		csl_style_loader l = { .base = { style->arena, scratch, nkc_source_make(name, xml), diags, NULL, 0 }, .style = style };
		status = load_style(&l);
		if (!status && (nkc_arena_status(scratch) || nkc_arena_status(style->arena)))
			status = NKC_ENOMEM;
	}
	nkc_arena_free(scratch);
	if (status) {
		nkc_style_free(style);
		return status;
	}
	*out = style;
	return NKC_OK;
}

void nkc_style_free(nkc_style *style)
{
	if (style)
		nkc_arena_free(style->arena);
}

nkc_str nkc_style_id(const nkc_style *style)
{
	return style->id;
}

nkc_str nkc_style_title(const nkc_style *style)
{
	return style->title;
}

nkc_str nkc_style_parent(const nkc_style *style)
{
	return style->parent;
}

nkc_str nkc_style_default_locale(const nkc_style *style)
{
	return style->default_locale;
}

bool nkc_style_is_note(const nkc_style *style)
{
	return style->is_note;
}

bool nkc_style_has_bibliography(const nkc_style *style)
{
	return style->layouts[CSL_BIBLIOGRAPHY].present;
}
