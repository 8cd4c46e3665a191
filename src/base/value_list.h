/*
 * value_list.h: how the children of an array or object hang together.
 */
#ifndef NKC_SRC_BASE_VALUE_LIST_H
#define NKC_SRC_BASE_VALUE_LIST_H

#include <nkcite/value.h>

/* Links a child behind the others; it is in no other list. */
static inline void nkc_value_link(nkc_value *list, nkc_value *child)
{
	nkc_value *last = list->u.list.last;
	child->next = NULL;
	child->parent = list;
	child->index = last ? last->index + 1 : 0;
	if (last)
		last->next = child;
	else
		list->u.list.first = child;
	list->u.list.last = child;
}

#endif
