/*
 * eval_group.c: cs:group (specification, "Group").
 */
#include "csl/eval.h"

/*
 * A group is left out when it calls variables and all are empty. To the group around it, one that renders
 * counts as a variable that is not empty.
 */
csl_out *csl_eval_group(csl_eval *eval, const csl_element *element)
{
	unsigned calls = eval->calls, hits = eval->hits;
	eval->calls = eval->hits = 0;
	csl_out *node = csl_out_group(eval->arena, NULL, element->delimiter);
	if (!node)
		return NULL;
	csl_eval_children(eval, element->u.group.children, element->u.group.child_count, node);
	bool called = eval->calls > 0, suppressed = called && eval->hits == 0;
	eval->calls = calls;
	eval->hits = hits;
	if (suppressed || csl_out_empty(node))
		node = NULL;
	if (called || node)
		csl_eval_note_call(eval, node != NULL);
	return csl_eval_finish(eval, element, node);
}
