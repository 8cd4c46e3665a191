/*
 * The end of stage 0: macros may not call themselves, and what the style can cost is bounded. An entry visits at most so
 * many elements and tests: all children of a group, all conditions and the dearest branch of a choose, all substitutes.
 */
#include "csl/style_load.h"

#include "csl/eval.h"

#define COST_MAX 100000 /* steps that the style may take for one entry; the dearest real one takes 4,220 */
#define BYTES_A_STEP 32 /* so much literal text counts as a step */
#define DEPTH_MAX \
	1000 /* elements inside elements, through macros; evaluation calls itself; at most 39 in real styles */

typedef enum macro_state {
	FRESH,
	OPEN,
	DONE
} macro_state;

/* What a macro, or any part of a style, does. */
typedef struct summary {
	uint64_t cost;
	unsigned depth;
	bool ibid, disambiguate, year_suffix;
} summary;

typedef struct linker {
	csl_style_loader *l;
	uint8_t *states;  /* macro_state, by macro */
	uint8_t *heights; /* calls below each macro */
	summary *summaries;
} linker;

static const csl_macro empty_macro = { .name = NKC_STR_INIT("") };

static void sum_list(const linker *k, const csl_element *elements, unsigned count, summary *sum);

static void add(summary *sum, const summary *part)
{
	sum->cost += part->cost;
	if (sum->cost > COST_MAX)
		sum->cost = COST_MAX + 1;
	if (sum->depth < part->depth)
		sum->depth = part->depth;
	sum->ibid |= part->ibid;
	sum->disambiguate |= part->disambiguate;
	sum->year_suffix |= part->year_suffix;
}

static uint64_t tests_of(const csl_branch *branch)
{
	return (uint64_t)1 + branch->variable_count + branch->numeric_count + branch->uncertain_count;
}

static void sum_choose(const linker *k, const csl_element *e, summary *sum)
{
	uint64_t dearest = 0;
	for (unsigned i = 0; i < e->u.choose.branch_count; i++) {
		const csl_branch *branch = &e->u.choose.branches[i];
		summary part = { .ibid = branch->position_count > 0, .disambiguate = branch->disambiguate };
		sum_list(k, branch->children, branch->child_count, &part);
		dearest = part.cost > dearest ? part.cost : dearest;
		part.cost = tests_of(branch);
		add(sum, &part);
	}
	add(sum, &(summary){ .cost = dearest });
}

static void sum_macro(const linker *k, const csl_macro *macro, summary *sum)
{
	if (macro != &empty_macro)
		add(sum, &k->summaries[macro - k->l->style->macros]);
}

static void sum_names(const linker *k, const csl_names *names, summary *sum)
{
	add(sum, &(summary){ .cost = names->variable_count });
	sum_list(k, names->substitutes, names->substitute_count, sum);
}

static uint64_t cost_of(const csl_element *e)
{
	size_t bytes = e->format.prefix.len + e->format.suffix.len + e->delimiter.len + e->value.len;
	return 1 + bytes / BYTES_A_STEP;
}

static void sum_element(const linker *k, const csl_element *e, summary *sum)
{
	bool year_suffix = e->kind == CSL_TEXT_VARIABLE && e->variable == NKC_VAR_YEAR_SUFFIX;
	summary own = { .cost = cost_of(e), .year_suffix = year_suffix };
	switch ((csl_kind)e->kind) {
	case CSL_TEXT_MACRO:
		sum_macro(k, e->u.macro, &own);
		break;
	case CSL_GROUP:
		sum_list(k, e->u.group.children, e->u.group.child_count, &own);
		break;
	case CSL_NAMES:
		sum_names(k, e->u.names, &own);
		break;
	case CSL_CHOOSE:
		sum_choose(k, e, &own);
		break;
	default:
		break;
	}
	own.depth++;
	add(sum, &own);
}

static void sum_list(const linker *k, const csl_element *elements, unsigned count, summary *sum)
{
	for (unsigned i = 0; i < count; i++)
		sum_element(k, &elements[i], sum);
}

static void cut(linker *k, const csl_call *call, nkc_code code)
{
	csl_finding(&k->l->base, code, call->node, "macro", "macro \"%.*s\" %s",
	            NKC_STR_ARG(k->l->style->macros[call->callee].name),
	            code == NKC_CODE_STYLE_MACRO_CYCLE ? "calls itself" : "is called too deeply");
	call->element->u.macro = &empty_macro;
}

static void note_shown(const linker *k, const uint64_t any[2])
{
	k->l->style->shown[0] |= any[0];
	k->l->style->shown[1] |= any[1];
}

static void finish_macro(linker *k, unsigned number)
{
	csl_macro *macro = &k->l->style->macros[number];
	unsigned height = 0;
	for (const csl_call *call = k->l->calls[number]; call; call = call->next) {
		if (call->element->u.macro == &empty_macro)
			continue;
		unsigned below = k->heights[call->callee] + 1u;
		if (below >= CSL_MACRO_DEPTH_MAX)
			cut(k, call, NKC_CODE_STYLE_LIMIT);
		else if (below > height)
			height = below;
	}
	k->heights[number] = (uint8_t)height;
	k->summaries[number] = (summary){ 0 };
	sum_list(k, macro->children, macro->child_count, &k->summaries[number]);
	macro->needs = csl_find_needs(macro->children, macro->child_count);
	note_shown(k, macro->needs.any);
	k->states[number] = DONE;
}

/* Depth first, with a stack of its own: a chain of macros may be as long as the style. */
static void visit_macro(linker *k, unsigned first, unsigned *stack, const csl_call **next)
{
	unsigned depth = 0;
	stack[0] = first;
	next[0] = k->l->calls[first];
	k->states[first] = OPEN;
	for (;;) {
		const csl_call *call = next[depth];
		if (!call) {
			finish_macro(k, stack[depth]);
			if (depth-- == 0)
				return;
			continue;
		}
		next[depth] = call->next;
		if (k->states[call->callee] == OPEN) {
			cut(k, call, NKC_CODE_STYLE_MACRO_CYCLE);
		} else if (k->states[call->callee] == FRESH) {
			stack[++depth] = call->callee;
			next[depth] = k->l->calls[call->callee];
			k->states[call->callee] = OPEN;
		}
	}
}

static nkc_status visit_macros(linker *k)
{
	unsigned count = k->l->style->macro_count;
	nkc_arena *scratch = k->l->base.scratch;
	unsigned *stack = nkc_arena_alloc(scratch, (count + 1) * sizeof *stack);
	const csl_call **next = nkc_arena_alloc(scratch, (count + 1) * sizeof *next);
	k->states = nkc_arena_alloc(scratch, count + 1);
	k->heights = nkc_arena_alloc(scratch, count + 1);
	k->summaries = nkc_arena_alloc(scratch, (count + 1) * sizeof *k->summaries);
	if (nkc_arena_status(scratch))
		return NKC_ENOMEM;
	memset(k->states, FRESH, count + 1);
	for (unsigned i = 0; i < count; i++) {
		if (k->states[i] == FRESH)
			visit_macro(k, i, stack, next);
	}
	return NKC_OK;
}

static void sum_layout(const linker *k, const csl_layout *layout, summary *sum)
{
	note_shown(k, csl_find_needs(layout->children, layout->child_count).any);
	sum_list(k, layout->children, layout->child_count, sum);
	for (unsigned i = 0; i < layout->sort_key_count; i++) {
		const csl_macro *macro = layout->sort_keys[i].macro;
		nkc_var var = layout->sort_keys[i].variable;
		k->l->style->shown[var / 64] |= (uint64_t)1 << (var % 64);
		const summary *called = macro ? &k->summaries[macro - k->l->style->macros] : NULL;
		add(sum,
		    &(summary){ .cost = called ? called->cost : 1, .depth = called ? called->depth : 0 });
	}
}

static nkc_status check_bounds(csl_style_loader *l, const summary *all)
{
	if (all->cost > COST_MAX)
		csl_finding(&l->base, NKC_CODE_STYLE_LIMIT, l->citation, "",
		            "an entry can take more than %d steps", COST_MAX);
	else if (all->depth > DEPTH_MAX)
		csl_finding(&l->base, NKC_CODE_STYLE_LIMIT, l->citation, "",
		            "elements and macros are nested more than %d deep", DEPTH_MAX);
	else
		return NKC_OK;
	return NKC_ELIMIT;
}

nkc_status csl_style_link(csl_style_loader *l)
{
	linker k = { .l = l };
	summary all = { 0 };
	nkc_status status = visit_macros(&k);
	if (status)
		return status;
	sum_layout(&k, &l->style->layouts[CSL_CITATION], &all);
	sum_layout(&k, &l->style->layouts[CSL_BIBLIOGRAPHY], &all);
	if (l->style->intext)
		sum_layout(&k, l->style->intext, &all);
	l->style->has_ibid = all.ibid;
	l->style->has_disambiguate = all.disambiguate;
	l->style->has_year_suffix = all.year_suffix;
	return check_bounds(l, &all);
}
