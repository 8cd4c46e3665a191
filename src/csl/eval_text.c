/*
 * eval_text.c: cs:text (specification, "Text").
 */
#include "csl/abbreviate.h"
#include "csl/eval.h"
#include "csl/link.h"

/* The short form of a variable falls back on the long one. */
static nkc_var short_form(const csl_item *item, nkc_var var)
{
	nkc_var brief = csl_var_short(var);
	return csl_item_has(item, brief) ? brief : var;
}

/* Identifiers are not prose: no markup, no typographic quotes. */
static bool is_identifier(nkc_var var)
{
	return var == NKC_VAR_URL || var == NKC_VAR_DOI || var == NKC_VAR_ISBN || var == NKC_VAR_ISSN || var == NKC_VAR_PMID ||
	       var == NKC_VAR_PMCID;
}

static uint16_t tag_of(nkc_var var)
{
	switch (var) {
	case NKC_VAR_TITLE: return CSL_TAG_TITLE;
	case NKC_VAR_CITATION_NUMBER: return CSL_TAG_NUMBER;
	case NKC_VAR_YEAR_SUFFIX: return CSL_TAG_YEAR_SUFFIX;
	case NKC_VAR_LOCATOR: return CSL_TAG_LOCATOR;
	case NKC_VAR_CITATION_LABEL: return CSL_TAG_LABEL;
	default: return 0;
	}
}

static csl_out *variable(csl_eval *eval, const csl_element *element)
{
	nkc_var var = (nkc_var)element->variable;
	if (element->form == CSL_FORM_SHORT)
		var = short_form(eval->item, var);
	nkc_str text = csl_eval_variable(eval, var);
	if (!text.len)
		return NULL;
	if (element->form == CSL_FORM_SHORT)
		text = csl_abbreviate(eval->abbreviations, var, text);
	text = csl_page_ranges(eval, var, text);
	csl_out *node = is_identifier(var) ? csl_out_text(eval->arena, text) : csl_richtext(eval->arena, text);
	if (!node)
		return NULL;
	node->tags |= tag_of((nkc_var)element->variable);
	node->variable = element->variable;
	if (eval->links)
		csl_link_node(eval->arena, node, csl_link(eval->arena, var, text));
	return node;
}

/* Like a group, a macro whose variables are all empty renders nothing, not even its terms. */
static csl_out *macro(csl_eval *eval, const csl_element *element)
{
	if (eval->macro_depth >= CSL_MACRO_DEPTH_MAX || !element->u.macro)
		return NULL;
	unsigned calls = eval->calls, hits = eval->hits;
	bool begun = eval->begun, dates_only = eval->dates_only;
	eval->calls = eval->hits = 0;
	eval->macro_depth++;
	eval->dates_only |= eval->sorting && element->u.macro->has_date;
	csl_out *node = csl_eval_list(eval, element, element->u.macro->children, element->u.macro->child_count);
	eval->macro_depth--;
	eval->dates_only = dates_only;
	bool called = eval->calls > 0, suppressed = called && !eval->hits;
	eval->calls = calls;
	eval->hits = hits;
	if (suppressed)
		node = NULL;
	if (!node)
		eval->begun = begun;
	if (called || node) /* to a group around it, a macro that renders is a variable that is there */
		csl_eval_note_call(eval, node != NULL);
	return node;
}

static csl_out *term(csl_eval *eval, const csl_element *element)
{
	nkc_str text;
	if (!csl_locale_term(eval->locale, element->term, (csl_form)element->form, element->plural, &text))
		return NULL;
	csl_out *node = csl_richtext(eval->arena, text); /* for its apostrophes */
	if (node && eval->capital_start && !eval->begun)
		csl_textcase_apply(eval->arena, node, CSL_CASE_CAPITALIZE_FIRST, true, eval->item->language);
	return node;
}

csl_out *csl_eval_text(csl_eval *eval, const csl_element *element)
{
	csl_out *node;
	switch (element->kind) {
	case CSL_TEXT_VARIABLE: node = variable(eval, element); break;
	case CSL_TEXT_MACRO: node = macro(eval, element); break;
	case CSL_TEXT_TERM: node = term(eval, element); break;
	default: node = csl_richtext(eval->arena, element->value); break;
	}
	if (eval->dates_only && element->kind != CSL_TEXT_MACRO)
		return NULL;
	return csl_eval_finish(eval, element, node);
}
