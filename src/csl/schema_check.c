/*
 * Holds a style or locale file against the schema, element by element. Each fault is told at its place, and what lies below
 * an element that may not be there is passed over.
 */
#include "csl/schema.h"
#include "csl/style_load.h"

/* --- attributes --- */

/* Those that an element may have: its own, and those of the variant that it is of. */
typedef struct allowed {
	const csl_schema_attr *const *own, *const *variant;
} allowed;

static const csl_schema_attr *find_in(const csl_schema_attr *const *groups, nkc_str name)
{
	for (; *groups; groups++) {
		for (const csl_schema_attr *attr = *groups; attr->name; attr++) {
			if (nkc_str_is(name, attr->name))
				return attr;
		}
	}
	return NULL;
}

static void offer_words(nkc_nearest *nearest, const char *words)
{
	nkc_str rest = nkc_str_from(words), word;
	while (nkc_str_split(&rest, '|', &word))
		nkc_nearest_offer(nearest, word);
}

static void unknown_attr(csl_loader *l, const nkc_xml_node *node, const nkc_xml_attr *given, const allowed *may)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, given->name);
	const csl_schema_attr *const *both[] = { may->own, may->variant };
	bool wanted = csl_wants_hint(l);
	for (unsigned i = 0; i < 2 && wanted; i++) {
		for (const csl_schema_attr *const *group = both[i]; *group; group++) {
			for (const csl_schema_attr *attr = *group; attr->name; attr++)
				nkc_nearest_offer(&nearest, nkc_str_from(attr->name));
		}
	}
	csl_finding_near(l, NKC_CODE_STYLE_UNKNOWN_ATTRIBUTE, node, given->name.ptr, &nearest,
	                 "%.*s cannot have the attribute %.*s here", NKC_STR_ARG(node->name), NKC_STR_ARG(given->name));
}

/* What kind of words an attribute wants says more than that it is wrong; `has` is one of them. */
static nkc_code code_of(const csl_schema_attr *attr)
{
	static const struct {
		const char *attr, *has;
		nkc_code code;
	} kinds[] = {
		{ "term", "et-al", NKC_CODE_STYLE_UNKNOWN_TERM },
		{ "name", "month-01", NKC_CODE_STYLE_UNKNOWN_TERM },
		{ "name", "ordinal", NKC_CODE_STYLE_UNKNOWN_TERM },
		{ "variable", NULL, NKC_CODE_STYLE_UNKNOWN_VARIABLE },
		{ "is-numeric", NULL, NKC_CODE_STYLE_UNKNOWN_VARIABLE },
		{ "is-uncertain-date", NULL, NKC_CODE_STYLE_UNKNOWN_VARIABLE },
		{ "type", NULL, NKC_CODE_STYLE_UNKNOWN_TYPE },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!strcmp(attr->name, kinds[i].attr) &&
		    (!kinds[i].has || (attr->words && csl_schema_has(attr->words, nkc_str_from(kinds[i].has)))))
			return kinds[i].code;
	}
	return NKC_CODE_STYLE_BAD_VALUE;
}

/* The word of a list that is not in it; else the whole. */
static nkc_str wrong_word(const csl_schema_attr *attr, nkc_str value)
{
	nkc_str rest = value, word;
	while (attr->data == CSL_DATA_WORDS && csl_next_word(&rest, &word)) {
		if (!csl_schema_has(attr->words, word))
			return word;
	}
	return value;
}

static const char *const wanted[] = {
	[CSL_DATA_TEXT] = "text",
	[CSL_DATA_WORD] = "one of the values that CSL has for it",
	[CSL_DATA_WORDS] = "a list of values that CSL has for it",
	[CSL_DATA_BOOLEAN] = "true or false",
	[CSL_DATA_INTEGER] = "a whole number",
	[CSL_DATA_COUNT] = "a whole number from 0 on",
	[CSL_DATA_POSITIVE] = "a whole number from 1 on",
	[CSL_DATA_NMTOKEN] = "a name without spaces",
	[CSL_DATA_LANGUAGE] = "a language as \"de-AT\"",
	[CSL_DATA_URI] = "a URI",
	[CSL_DATA_DATE_TIME] = "a date and time as \"2012-08-30T22:48:28+00:00\"",
	[CSL_DATA_ISSN] = "an ISSN as \"1234-567X\"",
};

static void check_value(csl_loader *l, const nkc_xml_node *node, const nkc_xml_attr *given, const csl_schema_attr *attr)
{
	if (csl_schema_fits(attr->data, attr->words, given->value))
		return;
	nkc_str word = wrong_word(attr, given->value);
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, word);
	if (attr->words && csl_wants_hint(l))
		offer_words(&nearest, attr->words);
	csl_finding_near(l, code_of(attr), node, given->name.ptr, &nearest, "%.*s of %.*s cannot be \"%.*s\": it is %s",
	                 NKC_STR_ARG(given->name), NKC_STR_ARG(node->name), NKC_STR_ARG(word), wanted[attr->data]);
}

static void check_needed(csl_loader *l, const nkc_xml_node *node, const csl_schema_attr *const *groups)
{
	for (; *groups; groups++) {
		for (const csl_schema_attr *attr = *groups; attr->name; attr++) {
			if (attr->required && !nkc_xml_attr_find(node, attr->name))
				csl_finding(l, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "%.*s has no %s",
				            NKC_STR_ARG(node->name), attr->name);
		}
	}
}

static void check_attrs(csl_loader *l, const nkc_xml_node *node, const allowed *may)
{
	for (unsigned i = 0; i < node->attr_count; i++) {
		const nkc_xml_attr *given = &node->attrs[i];
		const csl_schema_attr *attr = find_in(may->variant, given->name);
		if (!attr)
			attr = find_in(may->own, given->name);
		if (attr)
			check_value(l, node, given, attr);
		else
			unknown_attr(l, node, given, may);
	}
	check_needed(l, node, may->own);
	check_needed(l, node, may->variant);
}

static void check_conditions(csl_loader *l, const nkc_xml_node *node, const csl_schema_attr *conditions)
{
	for (const csl_schema_attr *attr = conditions; attr && attr->name; attr++) {
		if (nkc_xml_attr_find(node, attr->name))
			return;
	}
	if (conditions)
		csl_finding(l, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "%.*s has no condition",
		            NKC_STR_ARG(node->name));
}

static bool is_variant(const nkc_xml_node *node, const csl_schema_variant *variant)
{
	const nkc_xml_attr *attr = variant->attr ? nkc_xml_attr_find(node, variant->attr) : NULL;
	return !variant->attr ||
	       (attr && (!variant->words || csl_schema_fits(CSL_DATA_WORD, variant->words, attr->value)));
}

static const csl_schema_variant *variant_of(const nkc_xml_node *node, const csl_schema_element *schema)
{
	const csl_schema_variant *variant = schema->variants;
	while (variant && !is_variant(node, variant))
		variant++;
	return variant;
}

/* --- content --- */

#define CHILDREN_MAX 20 /* kinds of elements in one: info has the most, 14 */

static unsigned find_child(const csl_schema_child *children, nkc_str name)
{
	unsigned i = 0;
	while (children[i].element && !nkc_str_is(name, children[i].element->name))
		i++;
	return i;
}

static void unknown_child(csl_loader *l, const nkc_xml_node *node, const csl_schema_child *children)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, node->name);
	for (unsigned i = 0; children[i].element && csl_wants_hint(l); i++)
		nkc_nearest_offer(&nearest, nkc_str_from(children[i].element->name));
	csl_finding_near(l, NKC_CODE_STYLE_UNKNOWN_ELEMENT, node, "", &nearest, "%.*s inside %.*s",
	                 NKC_STR_ARG(node->name), NKC_STR_ARG(node->parent->name));
}

/* What of the element's order is behind: the highest rank, and how often each kind was there. */
typedef struct progress {
	unsigned rank;
	unsigned counts[CHILDREN_MAX];
} progress;

static void check_order(csl_loader *l, const nkc_xml_node *node, const csl_schema_child *child, unsigned count,
                        progress *so_far)
{
	if (count > child->max)
		csl_finding(l, NKC_CODE_STYLE_ELEMENT_ORDER, node, "", "a second %.*s inside %.*s", NKC_STR_ARG(node->name),
		            NKC_STR_ARG(node->parent->name));
	else if (child->rank < so_far->rank)
		csl_finding(l, NKC_CODE_STYLE_ELEMENT_ORDER, node, "", "%.*s stands too late inside %.*s",
		            NKC_STR_ARG(node->name), NKC_STR_ARG(node->parent->name));
	if (!child->floats && child->rank > so_far->rank)
		so_far->rank = child->rank;
}

static void check_counts(csl_loader *l, const nkc_xml_node *node, const csl_schema_child *children,
                         const progress *so_far)
{
	for (unsigned i = 0; children[i].element; i++) {
		if (so_far->counts[i] < children[i].min)
			csl_finding(l, NKC_CODE_STYLE_MISSING_ELEMENT, node, "", "%.*s has no %s", NKC_STR_ARG(node->name),
			            children[i].element->name);
	}
}

static bool is_ours(const nkc_xml_node *node)
{
	return nkc_str_is(node->space, CSL_NAMESPACE);
}

static void check_element(csl_loader *l, const nkc_xml_node *node, const csl_schema_element *schema);

static void check_children(csl_loader *l, const nkc_xml_node *node, const csl_schema_child *children)
{
	progress so_far = { 0 };
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		unsigned i = find_child(children, child->name);
		if (!is_ours(child) || !children[i].element) {
			unknown_child(l, child, children);
			continue;
		}
		check_order(l, child, &children[i], ++so_far.counts[i], &so_far);
		check_element(l, child, children[i].element);
	}
	check_counts(l, node, children, &so_far);
}

static void check_text(csl_loader *l, const nkc_xml_node *node, const csl_schema_element *schema)
{
	bool has_text = nkc_str_trim(node->text).len > 0;
	if (node->mixed || (has_text && !schema->holds_text))
		csl_finding(l, NKC_CODE_STYLE_TEXT, node, "", "%.*s holds text", NKC_STR_ARG(node->name));
	if (schema->holds_text && !node->first && !csl_schema_fits(schema->content, NULL, node->text))
		csl_finding(l, NKC_CODE_STYLE_BAD_VALUE, node, "", "%.*s cannot be \"%.*s\": it is %s",
		            NKC_STR_ARG(node->name), NKC_STR_ARG(node->text), wanted[schema->content]);
	if (schema->filled)
		csl_check_filled(l, node);
}

/* Calls itself, as deep as nkc_xml_parse lets elements be nested. */
static void check_element(csl_loader *l, const nkc_xml_node *node, const csl_schema_element *schema)
{
	static const csl_schema_attr *const none[] = { NULL };
	const csl_schema_variant *variant = variant_of(node, schema);
	allowed may = { schema->attrs, variant ? variant->attrs : none };
	if (variant && variant->missing)
		csl_finding(l, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "%.*s has no %s", NKC_STR_ARG(node->name),
		            variant->missing);
	check_attrs(l, node, &may);
	check_conditions(l, node, schema->conditions);
	check_text(l, node, schema);
	if (node->first || !schema->holds_text)
		check_children(l, node, variant && variant->children ? variant->children : schema->children);
}

/* --- the file --- */

static const nkc_xml_node *find_below(const nkc_xml_node *node, const char *name)
{
	const nkc_xml_node *child = node->first;
	while (child && !csl_is_named(child, name))
		child = child->next;
	return child;
}

static bool has_parent_link(const nkc_xml_node *root)
{
	const nkc_xml_node *info = find_below(root, "info");
	for (const nkc_xml_node *child = info ? info->first : NULL; child; child = child->next) {
		if (csl_is_named(child, "link") && nkc_str_is(nkc_xml_get(child, "rel"), "independent-parent"))
			return true;
	}
	return false;
}

/* A style without citation is meant to be dependent when it names a parent, or has nothing of an independent one. */
static const csl_schema_element *schema_of(const nkc_xml_node *root)
{
	if (csl_is_named(root, "locale"))
		return &csl_schema_locale_file;
	bool independent = nkc_xml_attr_find(root, "class") || find_below(root, "macro");
	bool dependent = has_parent_link(root) || !independent;
	return dependent && !find_below(root, "citation") ? &csl_schema_dependent_style : &csl_schema_style;
}

static nkc_status check_root(csl_loader *l)
{
	nkc_xml_node *root;
	nkc_status status = csl_parse_xml(l, &root);
	if (status)
		return status;
	if (!is_ours(root) || (!csl_is_named(root, "style") && !csl_is_named(root, "locale"))) {
		csl_finding(l, NKC_CODE_STYLE_NOT_CSL, root, "", "the root element is %.*s, not style or locale of CSL",
		            NKC_STR_ARG(root->name));
		return NKC_EINVALID;
	}
	check_element(l, root, schema_of(root));
	if (l->finding_count)
		status = NKC_EINVALID;
	if (csl_is_named(root, "locale"))
		return status;
	nkc_status links = csl_style_check_links(l->source.text, l->source.name, l->diags);
	return status ? status : links;
}

nkc_status nkc_style_check(nkc_str xml, nkc_str name, nkc_diags *diags)
{
	nkc_arena *scratch = nkc_arena_new();
	nkc_status status = NKC_ENOMEM;
	if (scratch) {
		csl_loader l = { .arena = scratch, .scratch = scratch, .diags = diags };
		l.source = nkc_source_make(name, xml);
		status = check_root(&l);
		if (nkc_arena_status(scratch))
			status = NKC_ENOMEM;
	}
	nkc_arena_free(scratch);
	return status;
}
