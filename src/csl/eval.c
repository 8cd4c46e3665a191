/*
 * eval.c: dispatch over elements, and what all of them share.
 */
#include "csl/eval.h"

csl_out *csl_eval_element(csl_eval *eval, const csl_element *element)
{
	static csl_out *(*const by_kind[])(csl_eval *, const csl_element *) = {
		[CSL_TEXT_VARIABLE] = csl_eval_text, [CSL_TEXT_MACRO] = csl_eval_text, [CSL_TEXT_TERM] = csl_eval_text,
		[CSL_TEXT_VALUE] = csl_eval_text,    [CSL_NUMBER] = csl_eval_number,   [CSL_LABEL] = csl_eval_label,
		[CSL_DATE] = csl_eval_date,          [CSL_NAMES] = csl_eval_names,     [CSL_GROUP] = csl_eval_group,
		[CSL_CHOOSE] = csl_eval_choose,
	};
	return by_kind[element->kind](eval, element);
}

void csl_eval_children(csl_eval *eval, const csl_element *children, unsigned count, csl_out *into)
{
	for (unsigned i = 0; i < count; i++) {
		if (!csl_eval_passes(eval, &children[i]))
			csl_out_append(into, csl_eval_element(eval, &children[i]));
	}
}

csl_out *csl_eval_list(csl_eval *eval, const csl_element *around, const csl_element *children, unsigned count)
{
	csl_out *group = NULL, *only = NULL;
	bool grouped = csl_format_is_visible(&around->format);
	for (unsigned i = 0; i < count; i++) {
		csl_out *node = csl_eval_passes(eval, &children[i]) ? NULL : csl_eval_element(eval, &children[i]);
		if (csl_out_empty(node))
			continue;
		if (!group && (only || grouped)) {
			group = csl_out_group(eval->arena, NULL, around->delimiter);
			csl_out_append(group, only);
		}
		if (group)
			csl_out_append(group, node);
		else
			only = node;
	}
	if (!group && only && only->tags & CSL_TAG_SPLICE && !only->format) { /* it is the group */
		only->tags &= (uint16_t)~CSL_TAG_SPLICE;
		only->delimiter = around->delimiter;
	}
	if (!group && only)
		only->shell = true;
	return group ? group : only;
}

csl_out *csl_eval_finish(csl_eval *eval, const csl_element *element, csl_out *node)
{
	const csl_format *format = &element->format;
	if (csl_out_empty(node))
		return NULL;
	eval->begun = true;
	if (format->strip_periods)
		csl_strip_periods(eval->arena, node);
	if (csl_out_empty(node))
		return NULL;
	if (format->text_case && !eval->sorting)
		csl_textcase_apply(eval->arena, node, (csl_case)format->text_case, eval->item->english, eval->item->language);
	if (!csl_format_is_visible(format) || eval->dates_only)
		return node;
	if (node->format) { /* it has one already: wrap it */
		csl_out *outer = csl_out_group(eval->arena, NULL, NKC_STR(""));
		if (!outer)
			return node;
		csl_out_append(outer, node);
		outer->tags = node->tags;
		node = outer;
	}
	node->format = format;
	return node;
}
