/*
 * eval_label.c: cs:label of a number variable (specification, "Label").
 */
#include "csl/eval.h"

static bool is_plural(const csl_eval *eval, const csl_element *element, nkc_str text)
{
	switch (element->plural) {
	case CSL_PLURAL_ALWAYS: return true;
	case CSL_PLURAL_NEVER: return false;
	default: break;
	}
	if (element->variable == NKC_VAR_NUMBER && eval->item->type == NKC_TYPE_LEGAL_CASE)
		return false; /* the hyphens of a docket number do not mean "to" */
	return csl_number_is_plural(eval->locale, (nkc_var)element->variable, text);
}

csl_out *csl_eval_label(csl_eval *eval, const csl_element *element)
{
	nkc_var var = (nkc_var)element->variable;
	nkc_str content = csl_eval_look(eval, var), text; /* a label alone makes no group appear */
	if (!content.len || eval->sorting)
		return NULL;
	csl_term term = var == NKC_VAR_LOCATOR ? csl_locator_term(eval->cite->label) : element->term;
	if (!csl_locale_term(eval->locale, term, (csl_form)element->form, is_plural(eval, element, content), &text))
		return NULL;
	return csl_eval_finish(eval, element, csl_out_text(eval->arena, text));
}
