/*
 * The rendering elements but for cs:names: text, number, label, date, group and choose.
 */
#include "csl/style_load.h"

#include "csl/item.h"

static const csl_element element_none = { .format = CSL_FORMAT_NONE,
	                                  .delimiter = NKC_STR_INIT(""),
	                                  .value = NKC_STR_INIT("") };

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
	nkc_nearest_init(&nearest, name);
	bool wanted = csl_wants_hint(&l->base);
	for (nkc_var var = NKC_VAR_NONE + 1; wanted && var < NKC_VAR_COUNT; var++) {
		if (nkc_var_kind(var) != NKC_KIND_SHORT)
			nkc_nearest_offer(&nearest, nkc_str_from(nkc_var_name(var)));
	}
	csl_finding_near(&l->base, NKC_CODE_STYLE_UNKNOWN_VARIABLE, node, attr, &nearest,
	                 "\"%.*s\" is not a variable", NKC_STR_ARG(name));
}

nkc_var csl_find_variable(csl_style_loader *l, const nkc_xml_node *node, const char *attr, nkc_str name)
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

nkc_var csl_find_rendered(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, nkc_kind kind)
{
	nkc_var var = csl_find_variable(l, node, "variable", name);
	nkc_kind found = nkc_var_kind(var);
	bool fits =
		kind == NKC_KIND_STRING ? found != NKC_KIND_NAMES && found != NKC_KIND_DATE : found == kind;
	if (var != NKC_VAR_NONE && !fits)
		csl_finding(&l->base, NKC_CODE_STYLE_VARIABLE_KIND, node, "variable",
		            "%.*s cannot render \"%.*s\"", NKC_STR_ARG(node->name), NKC_STR_ARG(name));
	return var;
}

bool csl_missing_attr(csl_style_loader *l, const nkc_xml_node *node, const char *what)
{
	csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "%.*s has no %s",
	            NKC_STR_ARG(node->name), what);
	return false;
}

static void note_call(csl_style_loader *l, csl_element *element, const nkc_xml_node *node, unsigned callee)
{
	csl_call *call = l->current_macro < l->style->macro_count
	                         ? nkc_arena_alloc(l->base.scratch, sizeof *call)
	                         : NULL;
	if (!call)
		return;
	*call = (csl_call){ l->calls[l->current_macro], element, node, callee };
	l->calls[l->current_macro] = call;
}

/* --- text, number, label --- */

static const csl_word text_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG),     CSL_WORD("short", CSL_FORM_SHORT),
	CSL_WORD("verb", CSL_FORM_VERB),     CSL_WORD("verb-short", CSL_FORM_VERB_SHORT),
	CSL_WORD("symbol", CSL_FORM_SYMBOL), CSL_WORD_END,
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
	CSL_ATTR_END,
};

static bool load_text_variable(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, csl_element *e)
{
	e->kind = CSL_TEXT_VARIABLE;
	e->variable = (uint8_t)csl_find_rendered(l, node, name, NKC_KIND_STRING);
	return e->variable != NKC_VAR_NONE;
}

static bool load_text_macro(csl_style_loader *l, const nkc_xml_node *node, nkc_str name, csl_element *e)
{
	unsigned macro = csl_find_macro(l, node, name);
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
			csl_finding(&l->base, NKC_CODE_STYLE_UNKNOWN_ATTRIBUTE, node, text_attrs[i].name.ptr,
			            "%s beside %s", text_attrs[i].name.ptr, text_attrs[kind].name.ptr);
	}
}

static bool load_text(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	text_raw raw = { .form = CSL_FORM_LONG };
	uint32_t set = 0;
	csl_load_formatted(&l->base, node, (csl_target){ text_attrs, &raw, &set }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_DISPLAY | CSL_MAY_QUOTES |
	                           CSL_MAY_STRIP);
	check_text(l, node, set);
	e->form = raw.form;
	if (raw.has_macro)
		return load_text_macro(l, node, raw.macro, e);
	if (raw.has_term)
		return load_text_term(l, node, &raw, e);
	if (raw.has_variable)
		return load_text_variable(l, node, raw.variable, e);
	if (!raw.has_value)
		return csl_missing_attr(l, node, "variable, macro, term or value");
	e->kind = CSL_TEXT_VALUE;
	e->value = raw.value;
	return true;
}

static const csl_word number_forms[] = {
	CSL_WORD("numeric", CSL_FORM_NUMERIC),
	CSL_WORD("ordinal", CSL_FORM_ORDINAL),
	CSL_WORD("roman", CSL_FORM_ROMAN),
	CSL_WORD("long-ordinal", CSL_FORM_LONG_ORDINAL),
	CSL_WORD_END,
};
static const csl_word plurals[] = {
	CSL_WORD("contextual", CSL_PLURAL_CONTEXTUAL),
	CSL_WORD("always", CSL_PLURAL_ALWAYS),
	CSL_WORD("never", CSL_PLURAL_NEVER),
	CSL_WORD_END,
};

typedef struct number_raw {
	nkc_str variable;
	bool has_variable;
	uint8_t form, plural;
} number_raw;

static const csl_attr number_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, number_raw, variable, has_variable),
	CSL_ATTR_OF("form", WORD, number_raw, form, number_forms),
	CSL_ATTR_END,
};
/* The first is left out inside cs:names, whose variables they are. */
static const csl_attr label_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, number_raw, variable, has_variable),
	CSL_ATTR_OF("form", WORD, number_raw, form, text_forms),
	CSL_ATTR_OF("plural", WORD, number_raw, plural, plurals),
	CSL_ATTR_END,
};

static bool set_number_variable(csl_style_loader *l, const nkc_xml_node *node, const number_raw *raw,
                                csl_element *e)
{
	if (!raw->has_variable)
		return csl_missing_attr(l, node, "variable");
	e->variable = (uint8_t)csl_find_rendered(l, node, raw->variable, NKC_KIND_NUMBER);
	e->term = e->variable == NKC_VAR_LOCATOR ? CSL_TERM_NONE
	                                         : csl_term_find(nkc_str_from(nkc_var_name(e->variable)));
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

static void load_any_label(csl_style_loader *l, const nkc_xml_node *node, const csl_attr *attrs,
                           number_raw *raw, csl_element *e)
{
	*raw = (number_raw){ .form = CSL_FORM_LONG };
	csl_load_formatted(&l->base, node, (csl_target){ attrs, raw, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_STRIP);
	e->kind = CSL_LABEL;
	e->form = raw->form;
	e->plural = raw->plural;
}

void csl_load_names_label(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	number_raw raw;
	*e = element_none;
	load_any_label(l, node, label_attrs + 1, &raw, e);
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
		return csl_missing_attr(l, node, "variable");
	date->variable = csl_find_rendered(l, node, variable, NKC_KIND_DATE);
	e->kind = CSL_DATE;
	if (l->current_macro < l->style->macro_count)
		l->style->macros[l->current_macro].has_date = true;
	e->u.date = date;
	return date->variable != NKC_VAR_NONE;
}

/* --- group --- */

static const csl_attr group_attrs[] = {
	CSL_ATTR("delimiter", TEXT, csl_element, delimiter),
	CSL_ATTR_END,
};

static bool load_group(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	e->kind = CSL_GROUP;
	csl_load_formatted(&l->base, node, (csl_target){ group_attrs, e, NULL }, &e->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_DISPLAY);
	csl_check_filled(&l->base, node);
	return csl_load_children(l, node, &e->u.group.children, &e->u.group.child_count);
}

/* --- choose --- */

static const csl_word matches[] = {
	CSL_WORD("all", CSL_MATCH_ALL),
	CSL_WORD("any", CSL_MATCH_ANY),
	CSL_WORD("none", CSL_MATCH_NONE),
	CSL_WORD_END,
};
static const csl_word positions[] = {
	CSL_WORD("first", CSL_POSITION_FIRST),
	CSL_WORD("subsequent", CSL_POSITION_SUBSEQUENT),
	CSL_WORD("ibid", CSL_POSITION_IBID),
	CSL_WORD("ibid-with-locator", CSL_POSITION_IBID_WITH_LOCATOR),
	CSL_WORD("near-note", CSL_POSITION_NEAR_NOTE),
	CSL_WORD("far-note", CSL_POSITION_FAR_NOTE),
	CSL_WORD_END,
};
static const csl_word locators[] = {
#define CSL_LOCATOR(symbol, name, term) CSL_WORD(name, CSL_LOCATOR_##symbol),
#include "csl/locators.def"
#undef CSL_LOCATOR
	/* older names */
	CSL_WORD("sub verbo", CSL_LOCATOR_SUB_VERBO),
	CSL_WORD("article", CSL_LOCATOR_ARTICLE),
	CSL_WORD("title", CSL_LOCATOR_TITLE),
	CSL_WORD_END,
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
	CSL_ATTR_END,
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
			csl_finding(&l->base, NKC_CODE_STYLE_UNKNOWN_TYPE, node, "type",
			            "\"%.*s\" is not a type", NKC_STR_ARG(word));
	}
}

static void load_position_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list,
                                csl_branch *branch)
{
	nkc_str word;
	uint16_t position;
	while (csl_next_word(&list, &word)) {
		if (!csl_word_find(positions, word, &position))
			csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, node, "position",
			            "\"%.*s\" is not a position", NKC_STR_ARG(word));
		else if (branch->position_count < sizeof branch->positions)
			branch->positions[branch->position_count++] = (uint8_t)position;
	}
}

static void load_locator_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list,
                               csl_branch *branch)
{
	nkc_str word;
	uint16_t locator;
	while (csl_next_word(&list, &word)) {
		branch->locator_tests++;
		if (csl_word_find(locators, word, &locator))
			branch->locators[locator / 64] |= (uint64_t)1 << locator % 64;
		else
			csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, node, "locator",
			            "\"%.*s\" is not a locator", NKC_STR_ARG(word));
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
static unsigned load_variable_tests(csl_style_loader *l, const nkc_xml_node *node, const char *attr,
                                    nkc_str list, const uint8_t **variables)
{
	unsigned count = count_words(list), i = 0;
	uint8_t *into = count ? nkc_arena_alloc(l->base.arena, count) : NULL;
	nkc_str word;
	if (!into)
		return 0;
	while (csl_next_word(&list, &word))
		into[i++] = (uint8_t)csl_find_variable(l, node, attr, word);
	*variables = into;
	return count;
}

/* Variables that the item alone decides become bits; the others stay in the list. */
static void load_presence_tests(csl_style_loader *l, const nkc_xml_node *node, nkc_str list, csl_branch *branch)
{
	const uint8_t *all = NULL;
	unsigned count = load_variable_tests(l, node, "variable", list, &all);
	uint8_t *others = count ? nkc_arena_alloc(l->base.arena, count) : NULL;
	for (unsigned i = 0; others && i < count; i++) {
		if (csl_var_is_of_item((nkc_var)all[i]))
			branch->present[all[i] / 64] |= (uint64_t)1 << all[i] % 64;
		else
			others[branch->variable_count++] = all[i];
	}
	branch->variables = others;
}

static void check_branch(csl_style_loader *l, const nkc_xml_node *node, const csl_branch *branch)
{
	bool tests = branch->type_tests || branch->present[0] || branch->present[1] || branch->has_others ||
	             branch->disambiguate;
	if (branch->is_else)
		csl_check_filled(&l->base, node);
	else if (!tests)
		csl_missing_attr(l, node, "condition");
}

/* What can be said of a branch beforehand. That a test of disambiguate is met is counted, whatever else is asked. */
static void sum_up(csl_branch *branch)
{
	bool all = branch->match == CSL_MATCH_ALL, item_only = !branch->has_others && !branch->disambiguate;
	bool types_only = item_only && !branch->present[0] && !branch->present[1];
	bool any_type = branch->match == CSL_MATCH_ANY && types_only && branch->type_tests;
	bool typed = branch->type_tests && !branch->disambiguate && (all || any_type);
	branch->wanted = typed ? branch->types : UINT64_MAX;
	branch->simple = item_only && (all || any_type);
}

static void load_branch(csl_style_loader *l, const nkc_xml_node *node, csl_branch *branch)
{
	branch_raw raw = { .match = CSL_MATCH_ALL };
	*branch = (csl_branch){ .is_else = csl_is_named(node, "else") };
	csl_load_attrs(&l->base, node,
	               (csl_target[]){ { branch->is_else ? no_attrs : branch_attrs, &raw, NULL } }, 1);
	branch->match = raw.match;
	branch->disambiguate = raw.disambiguate;
	load_type_tests(l, node, raw.type, branch);
	load_position_tests(l, node, raw.position, branch);
	load_locator_tests(l, node, raw.locator, branch);
	load_presence_tests(l, node, raw.variable, branch);
	branch->numeric_count = load_variable_tests(l, node, "is-numeric", raw.numeric, &branch->numerics);
	branch->uncertain_count =
		load_variable_tests(l, node, "is-uncertain-date", raw.uncertain, &branch->uncertain);
	branch->has_others = branch->variable_count || branch->numeric_count || branch->uncertain_count ||
	                     branch->position_count || branch->locator_tests;
	sum_up(branch);
	check_branch(l, node, branch);
	csl_load_children(l, node, &branch->children, &branch->child_count);
}

static bool is_branch(const nkc_xml_node *node)
{
	return csl_is_named(node, "if") || csl_is_named(node, "else-if") || csl_is_named(node, "else");
}

static bool load_choose(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	unsigned count = csl_count_children(node), used = 0;
	csl_branch *branches = nkc_arena_alloc(l->base.arena, count * sizeof *branches);
	if (!branches)
		return false;
	csl_load_attrs(&l->base, node, (csl_target[]){ { no_attrs, NULL, NULL } }, 1);
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		bool first = csl_is_named(child, "if"), last = used > 0 && branches[used - 1].is_else;
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
	{ "text", load_text },       { "group", load_group }, { "choose", load_choose },
	{ "names", csl_load_names }, { "label", load_label }, { "date", load_date },
	{ "number", load_number },
};

/* False when the element renders nothing whatever the item. */
static bool load_element(csl_style_loader *l, const nkc_xml_node *node, csl_element *e)
{
	*e = element_none;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (csl_is_named(node, elements[i].name))
			return elements[i].load(l, node, e);
	}
	csl_unknown_element(&l->base, node);
	return false;
}

bool csl_load_children(csl_style_loader *l, const nkc_xml_node *node, const csl_element **children,
                       unsigned *count)
{
	unsigned used = 0, all = csl_count_children(node);
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
