/*
 * eval_names.c: cs:names: which variables, with which labels, or what instead (specification, "Names").
 */
#include "csl/names.h"

#include "base/arena.h"

#include <stdio.h>

#define NAME_BYTES 64 /* what a name counts against CSL_TEXT_MAX */

/* The names of one variable as they are to be rendered together. */
typedef struct role {
	nkc_var variable;
	csl_term term; /* of its label, when that is not the variable's own */
	const nkc_name *list;
	unsigned count;
} role;

static bool is_used(const csl_eval *eval, nkc_var var)
{
	return eval->used[var / 64] >> (var % 64) & 1;
}

/* --- which --- */

static bool same_part(nkc_str a, nkc_str b)
{
	return nkc_str_eq(a, b);
}

static bool same_people(const role *a, const role *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++) {
		const nkc_name *x = &a->list[i], *y = &b->list[i];
		if (!same_part(x->family, y->family) || !same_part(x->given, y->given) ||
		    !same_part(x->literal, y->literal) || !same_part(x->suffix, y->suffix) ||
		    !same_part(x->non_dropping_particle, y->non_dropping_particle) ||
		    !same_part(x->dropping_particle, y->dropping_particle))
			return false;
	}
	return true;
}

/* An editor who is the translator, too, is named once, as both. */
static unsigned join_editor_translator(csl_eval *eval, role *roles, unsigned count)
{
	if (count != 2 || !same_people(&roles[0], &roles[1]))
		return count;
	bool editor_first = roles[0].variable == NKC_VAR_EDITOR && roles[1].variable == NKC_VAR_TRANSLATOR;
	bool translator_first = roles[1].variable == NKC_VAR_EDITOR && roles[0].variable == NKC_VAR_TRANSLATOR;
	nkc_str text;
	if (!editor_first && !translator_first)
		return count;
	static const csl_term terms[] = { CSL_TERM_EDITORTRANSLATOR, CSL_TERM_EDITOR_TRANSLATOR };
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		if (!csl_locale_term(eval->locale, terms[i], CSL_FORM_LONG, false, &text))
			continue;
		if (!text.len) /* the style has taken the word away: they are named apart */
			return count;
		roles[0].term = terms[i];
		return 1;
	}
	return count;
}

static unsigned gather(csl_eval *eval, const csl_names *names, role roles[CSL_NAMES_MAX])
{
	unsigned count = 0;
	for (unsigned i = 0; i < names->variable_count; i++) {
		nkc_var var = names->variables[i];
		role *r = &roles[count];
		*r = (role){ .variable = var };
		r->count = is_used(eval, var) ? 0 : (unsigned)csl_item_names(eval->item, var, &r->list);
		if (!csl_eval_spend(eval, r->count * NAME_BYTES))
			r->count = 0;
		csl_eval_note_call(eval, r->count > 0);
		count += r->count > 0;
	}
	return join_editor_translator(eval, roles, count);
}

/* --- labels --- */

static csl_out *label_of(csl_eval *eval, const csl_element *label, const role *r)
{
	nkc_str text;
	if (!label || eval->sorting)
		return NULL;
	bool plural = label->plural == CSL_PLURAL_ALWAYS || (label->plural == CSL_PLURAL_CONTEXTUAL && r->count > 1);
	csl_term term = r->term ? r->term : csl_term_find(nkc_str_from(nkc_var_name(r->variable)));
	if (!csl_locale_term(eval->locale, term, (csl_form)label->form, plural, &text))
		return NULL;
	return csl_eval_finish(eval, label, csl_out_text(eval->arena, text));
}

/* --- a cs:names with its options --- */

/* A cs:names without children inside cs:substitute has those of the one that it stands for. */
static const csl_names *effective(const csl_eval *eval, const csl_names *own)
{
	return eval->substitute_for && !own->has_name && !own->label && !own->has_et_al ? eval->substitute_for : own;
}

static csl_out *count_of(csl_eval *eval, const csl_name_options *options, const role *roles, unsigned count)
{
	unsigned total = 0;
	char digits[16];
	for (unsigned i = 0; i < count; i++)
		total += csl_names_cut(eval, options, roles[i].count).shown;
	if (!total && !eval->sorting)
		return NULL;
	int len = snprintf(digits, sizeof digits, eval->sorting ? "%08u" : "%u", total);
	return csl_out_text(eval->arena, nkc_arena_str(eval->arena, nkc_str_make(digits, (size_t)len)));
}

static csl_out *role_of(csl_eval *eval, const csl_names *names, const csl_name_options *options, const role *r)
{
	eval->names_variable = (uint8_t)r->variable;
	csl_out *list = csl_name_list(eval, names, options, r->list, r->count);
	csl_out *label = label_of(eval, names->label, r);
	csl_row whole = { .arena = eval->arena, .delimiter = NKC_STR("") };
	if (!list)
		return NULL;
	csl_row_put(&whole, names->label_first ? label : list);
	csl_row_put(&whole, names->label_first ? list : label);
	return whole.node;
}

static csl_out *render_roles(csl_eval *eval, const csl_names *own, const role *roles, unsigned count)
{
	const csl_names *names = effective(eval, own);
	const csl_name_options *options = &names->options[eval->area];
	if (options->form == CSL_FORM_COUNT)
		return count_of(eval, options, roles, count);
	csl_row all = { .arena = eval->arena, .delimiter = options->names_delimiter };
	for (unsigned i = 0; i < count; i++) {
		csl_row_put(&all, role_of(eval, names, options, &roles[i]));
		if (eval->substituting)
			eval->used[roles[i].variable / 64] |= (uint64_t)1 << (roles[i].variable % 64);
	}
	return all.node;
}

/* --- substitution --- */

static bool is_fixed_text(const csl_element *element)
{
	return element->kind == CSL_TEXT_TERM || element->kind == CSL_TEXT_VALUE;
}

static csl_out *substitute(csl_eval *eval, const csl_names *names, const csl_element **by)
{
	bool substituting = eval->substituting;
	const csl_names *before = eval->substitute_for;
	unsigned calls = eval->calls, hits = eval->hits;
	csl_out *node = NULL;
	bool suppressed = eval->author_suppressed;
	eval->substituting = true;
	eval->substitute_for = effective(eval, names);
	for (unsigned i = 0; !node && i < names->substitute_count; i++) {
		eval->first_only = names->substitutes[i].kind == CSL_CHOOSE;
		node = csl_eval_element(eval, &names->substitutes[i]);
		*by = &names->substitutes[i];
		if (csl_out_empty(node))
			node = NULL;
		/* a fixed text is there, even when it says nothing; so are names that the cite leaves out */
		if (is_fixed_text(&names->substitutes[i]) || eval->author_suppressed != suppressed)
			break;
	}
	eval->substituting = substituting;
	eval->substitute_for = before;
	eval->calls = calls;
	eval->hits = hits;
	csl_eval_note_call(eval, node != NULL);
	return node;
}

/*
 * The format of a cs:names is for the names that stand in for it, too, but not for texts; and names with a font of their own
 * have that one alone (so citeproc-js).
 */
static const csl_element *format_for(csl_eval *eval, const csl_element *element, const csl_element *by,
                                     const csl_out *node)
{
	static const csl_element bare = { 0 };
	if (by->kind != CSL_NAMES)
		return &bare;
	bool has_font = node->format && node->format->font;
	csl_element *copy = has_font && element->format.font ? nkc_arena_alloc(eval->arena, sizeof *copy) : NULL;
	if (!copy)
		return element;
	*copy = *element;
	copy->format.font = 0;
	return copy;
}

csl_out *csl_eval_names(csl_eval *eval, const csl_element *element)
{
	const csl_names *names = element->u.names;
	role roles[CSL_NAMES_MAX];
	bool begun = eval->begun;
	unsigned count = gather(eval, names, roles);
	bool counts = eval->sorting && names->options[eval->area].form == CSL_FORM_COUNT; /* nobody is 0 */
	csl_out *node = count || (counts && !names->substitute_count) ? render_roles(eval, names, roles, count) : NULL;
	const csl_element *by = NULL;
	if (csl_out_empty(node))
		node = names->substitute_count ? substitute(eval, names, &by) : NULL;
	if (csl_out_empty(node))
		return NULL;
	if (eval->suppress_author && !eval->author_suppressed && !begun && !eval->substituting && !eval->sorting) {
		eval->author_suppressed = true;
		eval->begun = begun;
		return NULL;
	}
	if (by)
		element = format_for(eval, element, by, node);
	bool whole = node->kind == CSL_OUT_TEXT || node->tags & (CSL_TAG_NAME_LIST | CSL_TAG_NAME);
	if (node->format || (whole && csl_format_is_visible(&element->format))) { /* it keeps what is its own */
		csl_out *outer = csl_out_group(eval->arena, NULL, NKC_STR(""));
		csl_out_append(outer, node);
		node = outer ? outer : node;
	}
	node->tags |= CSL_TAG_NAMES;
	if (!eval->first_names)
		eval->first_names = node;
	return csl_eval_finish(eval, element, node);
}

/* --- sorting --- */

nkc_str csl_names_sort_text(csl_eval *eval, nkc_var var)
{
	const nkc_name *list;
	unsigned count = is_used(eval, var) ? 0 : (unsigned)csl_item_names(eval->item, var, &list);
	csl_names names = { .et_al_term = CSL_TERM_ET_AL };
	csl_name_options options = *eval->options;
	options.form = CSL_FORM_LONG;
	nkc_buf text = nkc_arena_buf(eval->arena);
	if (count)
		csl_out_plain(csl_name_list(eval, &names, &options, list, count), &text);
	return nkc_arena_keep(eval->arena, &text);
}
