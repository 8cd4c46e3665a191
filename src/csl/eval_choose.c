/*
 * eval_choose.c: cs:choose (specification, "Choose").
 */
#include "csl/eval.h"

/* Joins the tests of one branch as its `match` says. */
typedef struct verdict {
	uint8_t match;
	unsigned tests, held;
} verdict;

static void add(verdict *v, bool holds)
{
	v->tests++;
	v->held += holds;
}

static bool decide(const verdict *v)
{
	switch (v->match) {
	case CSL_MATCH_ANY: return v->held > 0;
	case CSL_MATCH_NONE: return v->held == 0;
	default: return v->held == v->tests;
	}
}

static void test_types(const csl_eval *eval, const csl_branch *branch, verdict *v)
{
	/* An item has one type: several are always alternatives (so citeproc-js, and so styles are written). */
	if (branch->type_tests)
		add(v, eval->item->type && (branch->types >> eval->item->type & 1));
}

static void test_variables(const csl_eval *eval, const csl_branch *branch, verdict *v)
{
	for (unsigned i = 0; i < branch->variable_count; i++)
		add(v, csl_eval_has(eval, (nkc_var)branch->variables[i]));
}

static void test_numerics(csl_eval *eval, const csl_branch *branch, verdict *v)
{
	for (unsigned i = 0; i < branch->numeric_count; i++)
		add(v, csl_number_is_numeric(csl_eval_look(eval, (nkc_var)branch->numerics[i])));
}

static void test_uncertain(csl_eval *eval, const csl_branch *branch, verdict *v)
{
	for (unsigned i = 0; i < branch->uncertain_count; i++) {
		const nkc_date *date = csl_item_date(eval->item, (nkc_var)branch->uncertain[i]);
		add(v, date && (date->start.approximate || date->start.uncertain));
	}
}

static void test_positions(const csl_eval *eval, const csl_branch *branch, verdict *v)
{
	unsigned position = eval->area == CSL_CITATION && eval->cite ? eval->cite->position : 0;
	for (unsigned i = 0; i < branch->position_count; i++)
		add(v, (position & branch->positions[i]) != 0);
}

static void test_locators(const csl_eval *eval, const csl_branch *branch, verdict *v)
{
	unsigned label = eval->cite && eval->cite->locator.len ? eval->cite->label : CSL_LOCATOR_NONE;
	if (branch->locator_tests)
		add(v, label && (branch->locators[label / 64] >> (label % 64) & 1));
}

static bool holds(csl_eval *eval, const csl_branch *branch)
{
	if (branch->is_else)
		return true;
	verdict v = { .match = branch->match };
	if (branch->disambiguate) {
		bool on = eval->choice && eval->conditions < eval->choice->conditions;
		eval->conditions++;
		add(&v, on);
	}
	test_types(eval, branch, &v);
	test_variables(eval, branch, &v);
	test_numerics(eval, branch, &v);
	test_uncertain(eval, branch, &v);
	test_positions(eval, branch, &v);
	test_locators(eval, branch, &v);
	return decide(&v);
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
	bool first_only = eval->first_only;
	eval->first_only = false;
	for (unsigned i = 0; i < element->u.choose.branch_count; i++) {
		const csl_branch *branch = &element->u.choose.branches[i];
		if (!holds(eval, branch))
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
