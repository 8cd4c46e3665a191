/*
 * eval_number.c: cs:number (specification, "Number").
 */
#include "csl/eval.h"

csl_out *csl_eval_number(csl_eval *eval, const csl_element *element)
{
	nkc_var var = (nkc_var)element->variable;
	nkc_str text = csl_eval_variable(eval, var);
	if (!text.len || eval->dates_only)
		return NULL;
	csl_out *node;
	if (eval->sorting)
		node = csl_out_text(eval->arena, csl_number_sort_text(eval, text));
	else
		node = csl_number_render(eval, var, text, (csl_form)element->form, element->term);
	if (!node)
		return NULL;
	node->variable = (uint8_t)var;
	if (var == NKC_VAR_CITATION_NUMBER)
		node->tags |= CSL_TAG_NUMBER;
	if (var == NKC_VAR_LOCATOR)
		node->tags |= CSL_TAG_LOCATOR;
	return csl_eval_finish(eval, element, node);
}
