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
	bool begun = eval->begun;
	eval->calls = eval->hits = 0;
	csl_out *node = csl_eval_list(eval, element, element->u.group.children, element->u.group.child_count);
	bool called = eval->calls > 0, suppressed = called && eval->hits == 0;
	eval->calls = calls;
	eval->hits = hits;
	if (suppressed)
		node = NULL;
	if (!node)
		eval->begun = begun;
	if (called || node)
		csl_eval_note_call(eval, node != NULL);
	return csl_eval_finish(eval, element, node);
}
