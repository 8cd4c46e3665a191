/*
 * eval_choose.c: cs:choose (specification, "Choose").
 */
#include "csl/eval.h"

/*
 * Each of these tests what a branch names of one kind. all: do all of them hold; else: does any? Where there is nothing to
 * test, the answer is `all`, so that it decides nothing.
 */
typedef bool (*tester)(csl_eval *eval, const csl_branch *branch, bool all);

static bool has_all(const csl_item *item, const uint64_t asked[2])
{
	return (item->present[0] & asked[0]) == asked[0] && (item->present[1] & asked[1]) == asked[1];
}

/*
 * What the item alone decides. An item has one type: several are always alternatives (so citeproc-js, and so styles
 * are written).
 */
static bool test_item(const csl_eval *eval, const csl_branch *branch, bool all)
{
	const uint64_t *has = eval->item->present, *asked = branch->present;
	bool typed = eval->item->type && (branch->types >> eval->item->type & 1);
	if (branch->type_tests && typed != all)
		return !all;
	if (all)
		return has_all(eval->item, asked);
	return (has[0] & asked[0]) || (has[1] & asked[1]);
}

static bool test_variables(csl_eval *eval, const csl_branch *branch, bool all)
{
	for (unsigned i = 0; i < branch->variable_count; i++) {
		if (csl_eval_has(eval, (nkc_var)branch->variables[i]) != all)
			return !all;
	}
	return all;
}

static bool test_numerics(csl_eval *eval, const csl_branch *branch, bool all)
{
	for (unsigned i = 0; i < branch->numeric_count; i++) {
		if (csl_number_is_numeric(csl_eval_look(eval, (nkc_var)branch->numerics[i])) != all)
			return !all;
	}
	return all;
}

static bool test_uncertain(csl_eval *eval, const csl_branch *branch, bool all)
{
	for (unsigned i = 0; i < branch->uncertain_count; i++) {
		const nkc_date *date = csl_item_date(eval->item, (nkc_var)branch->uncertain[i]);
		if ((date && (date->start.approximate || date->start.uncertain)) != all)
			return !all;
	}
	return all;
}

static bool test_positions(csl_eval *eval, const csl_branch *branch, bool all)
{
	unsigned position = eval->area == CSL_CITATION && eval->cite ? eval->cite->position : 0;
	for (unsigned i = 0; i < branch->position_count; i++) {
		if (((position & branch->positions[i]) != 0) != all)
			return !all;
	}
	return all;
}

static bool test_locators(csl_eval *eval, const csl_branch *branch, bool all)
{
	unsigned label = eval->cite && eval->cite->locator.len ? eval->cite->label : CSL_LOCATOR_NONE;
	return branch->locator_tests ? label && (branch->locators[label / 64] >> (label % 64) & 1) : all;
}

static bool test_others(csl_eval *eval, const csl_branch *branch, bool all)
{
	static const tester testers[] = { test_variables, test_positions, test_locators, test_numerics, test_uncertain };
	for (size_t i = 0; i < sizeof testers / sizeof *testers; i++) {
		if (testers[i](eval, branch, all) != all)
			return !all;
	}
	return all;
}

static bool holds(csl_eval *eval, const csl_branch *branch)
{
	bool all = branch->match == CSL_MATCH_ALL, told = all;
	if (branch->disambiguate) { /* counted whatever else is asked */
		told = eval->choice && eval->conditions < eval->choice->conditions;
		eval->conditions++;
	}
	if (told == all)
		told = test_item(eval, branch, all);
	if (told == all && branch->has_others)
		told = test_others(eval, branch, all);
	return branch->match == CSL_MATCH_NONE ? !told : told;
}

/* Among substitutes each child of a branch is one of its own. */
static csl_out *substitute_of(csl_eval *eval, const csl_branch *branch)
{
	for (unsigned i = 0; i < branch->child_count; i++) {
		eval->first_only = branch->children[i].kind == CSL_CHOOSE;
		csl_out *node = csl_eval_element(eval, &branch->children[i]);
		if (!csl_out_empty(node))
			return node;
	}
	return NULL;
}

csl_out *csl_eval_choose(csl_eval *eval, const csl_element *element)
{
	const csl_item *item = eval->item;
	bool first_only = eval->first_only;
	eval->first_only = false;
	for (unsigned i = 0; i < element->u.choose.branch_count; i++) {
		const csl_branch *branch = &element->u.choose.branches[i];
		if (!(branch->wanted >> item->type & 1))
			continue;
		if (branch->simple ? !has_all(item, branch->present) : !holds(eval, branch))
			continue;
		if (first_only)
			return substitute_of(eval, branch);
		if (branch->child_count == 1)
			return csl_eval_element(eval, branch->children);
		csl_out *node = csl_out_group(eval->arena, NULL, NKC_STR(""));
		if (!node)
			return NULL;
		/* In a group, what a choose renders stands as if it were the group's own: its delimiter applies. */
		node->tags |= CSL_TAG_SPLICE;
		csl_eval_children(eval, branch->children, branch->child_count, node);
		return node->u.list.first == node->u.list.last ? node->u.list.first : node;
	}
	return NULL;
}
