/*
 * style_needs.c: which variables an element needs (stage 0). Most of a style is for items of other kinds than the one at
 * hand: a look at two masks passes over it.
 */
#include "csl/style_load.h"

/* Of an element, or of several beside each other, when an item has none of the variables. */
typedef struct sum {
	uint64_t any[2];
	bool quiet;  /* no group around counts it as something that renders, and nothing but that depends on it */
	bool silent; /* it renders nothing */
	bool calls;  /* it calls a variable */
} sum;

static void find(csl_element *e, sum *found);

static void add_variable(sum *to, nkc_var var)
{
	to->any[var / 64] |= (uint64_t)1 << (var % 64);
}

static void add_masks(sum *to, const uint64_t any[2])
{
	to->any[0] |= any[0];
	to->any[1] |= any[1];
}

/* Elements beside each other. */
static sum find_list(const csl_element *elements, unsigned count)
{
	sum all = { .quiet = true, .silent = true };
	for (unsigned i = 0; i < count; i++) {
		sum one = { .quiet = false };
		find((csl_element *)&elements[i], &one); /* they are the loader's own */
		add_masks(&all, one.any);
		all.quiet &= one.quiet;
		all.silent &= one.silent;
		all.calls |= one.calls;
	}
	return all;
}

/* A group, or a macro: what it calls in vain silences its terms; what it renders, terms alone, too, counts as a hit. */
static sum grouped(sum list)
{
	list.silent |= list.quiet && list.calls;
	list.quiet &= list.silent;
	return list;
}

/* Whatever branch is taken. */
static sum find_choose(const csl_element *e)
{
	sum all = { .quiet = true, .silent = true, .calls = true };
	bool ends = false;
	for (unsigned i = 0; i < e->u.choose.branch_count; i++) {
		const csl_branch *branch = &e->u.choose.branches[i];
		sum one = find_list(branch->children, branch->child_count);
		add_masks(&all, one.any);
		for (unsigned k = 0; k < branch->numeric_count; k++) /* for nkc_style.shown */
			add_variable(&all, (nkc_var)branch->numerics[k]);
		all.quiet &= one.quiet && !branch->disambiguate; /* which is counted */
		all.silent &= one.silent;
		all.calls &= one.calls;
		ends |= branch->is_else;
	}
	all.calls &= ends;
	return all;
}

/* What stands in for names counts as a hit, a term, too. The number of nobody is 0, in a sort key. */
static sum find_names(const csl_names *names)
{
	sum all = find_list(names->substitutes, names->substitute_count);
	all.quiet &= all.silent && names->options[0].form != CSL_FORM_COUNT && names->options[1].form != CSL_FORM_COUNT;
	all.calls = true;
	for (unsigned i = 0; i < names->variable_count; i++)
		add_variable(&all, names->variables[i]);
	return all;
}

/* What the item does not have the cite or the document may; csl_eval.has tells of two such variables. */
static sum find_variable(nkc_var var, bool calls)
{
	bool known = csl_var_is_of_item(var) || var == NKC_VAR_LOCATOR || var == NKC_VAR_PAGE_FIRST;
	sum one = { .quiet = known, .silent = known, .calls = calls };
	add_variable(&one, var);
	return one;
}

static sum of_macro(const csl_needs *needs)
{
	return (sum){ { needs->any[0], needs->any[1] }, needs->silent, needs->silent, needs->calls };
}

static void find(csl_element *e, sum *found)
{
	switch ((csl_kind)e->kind) {
	case CSL_TEXT_VARIABLE:
		*found = find_variable((nkc_var)e->variable, true);
		add_variable(found, csl_var_short((nkc_var)e->variable));
		break;
	case CSL_NUMBER: *found = find_variable((nkc_var)e->variable, true); break;
	case CSL_LABEL: *found = find_variable((nkc_var)e->variable, false); break;
	case CSL_DATE: *found = find_variable(e->u.date->variable, true); break;
	case CSL_TEXT_TERM:
	case CSL_TEXT_VALUE: *found = (sum){ .quiet = true }; break;
	case CSL_TEXT_MACRO: *found = of_macro(&e->u.macro->needs); break;
	case CSL_NAMES: *found = find_names(e->u.names); break;
	case CSL_GROUP: *found = grouped(find_list(e->u.group.children, e->u.group.child_count)); break;
	case CSL_CHOOSE: *found = find_choose(e); break;
	}
	e->needs = (csl_needs){ { found->any[0], found->any[1] }, found->quiet && found->silent, found->calls };
}

csl_needs csl_find_needs(const csl_element *elements, unsigned count)
{
	sum all = grouped(find_list(elements, count));
	return (csl_needs){ { all.any[0], all.any[1] }, all.silent && all.quiet, all.calls };
}
