/*
 * disamb.c: telling cites apart (stage 5; specification, "Disambiguation").
 *
 * Each item's cite is rendered once as plain text, its key. Items that share a key are a class; only inside a class
 * is anything tried (disamb_ladder.c). Classes are kept: an update deals with those in which something has changed.
 */
#include "csl/disamb.h"

#include "base/mem.h"

#include <stdlib.h>

/* --- classes --- */

static csl_class *need_class(csl_classes *classes, uint64_t key, uint32_t *at)
{
	uint32_t *index;
	bool added;
	if (classes->count == classes->cap) {
		size_t cap = classes->cap ? classes->cap * 2 : 64;
		csl_class *items = nkc_realloc(classes->items, cap * sizeof *items);
		if (!items)
			return NULL;
		classes->items = items;
		classes->cap = cap;
	}
	if (nkc_set_add(&classes->by_key, key, &added, &index))
		return NULL;
	if (added) {
		classes->items[classes->count] = (csl_class){ NULL, 0, false };
		*index = (uint32_t)++classes->count;
	}
	*at = *index - 1;
	return &classes->items[*at];
}

static void join_class(csl_classes *classes, csl_held *held)
{
	csl_class *class = need_class(classes, held->own_key, &held->class_index);
	if (!class) {
		classes->status = NKC_ENOMEM;
		held->own_key = 0;
		return;
	}
	held->class_before = NULL;
	held->class_next = class->first;
	if (class->first)
		class->first->class_before = held;
	class->first = held;
	class->count++;
	class->stale = true;
	classes->joined++;
}

static void leave_class(csl_classes *classes, csl_held *held)
{
	if (!held->own_key)
		return;
	csl_class *class = &classes->items[held->class_index];
	if (held->class_before)
		held->class_before->class_next = held->class_next;
	else
		class->first = held->class_next;
	if (held->class_next)
		held->class_next->class_before = held->class_before;
	class->count--;
	class->stale = true;
	classes->left++;
	held->own_key = 0;
	held->class_next = held->class_before = NULL;
}

void csl_classes_wait(csl_classes *classes, csl_held *held)
{
	if (held->waiting)
		return;
	if (!csl_make_place(&classes->work, classes->work_count, &classes->work_cap)) {
		classes->status = NKC_ENOMEM;
		return;
	}
	classes->work[classes->work_count++] = held;
	held->waiting = true;
}

void csl_classes_drop(nkc_document *document, csl_held *held)
{
	if (!document->classes)
		return;
	leave_class(document->classes, held);
	csl_names_drop(document->classes, held);
}

void csl_classes_free(nkc_document *document)
{
	csl_classes *classes = document->classes;
	if (!classes)
		return;
	for (size_t i = 0; i < document->item_count; i++) {
		csl_held *held = document->items[i];
		held->own_key = 0;
		held->waiting = false;
		held->class_next = held->class_before = NULL;
		for (size_t k = 0; k < held->name_count; k++)
			nkc_free(held->names[k].deeper);
		held->name_count = 0;
	}
	nkc_set_release(&classes->by_key);
	nkc_free(classes->items);
	nkc_set_release(&classes->by_form);
	nkc_free(classes->forms);
	nkc_set_release(&classes->persons);
	nkc_free(classes->work);
	nkc_free(classes);
	document->classes = NULL;
}

static csl_classes *new_classes(void)
{
	csl_classes *classes = nkc_calloc(1, sizeof *classes);
	if (classes) {
		classes->by_key = (nkc_set)NKC_MAP_INIT;
		classes->by_form = (nkc_set)NKC_MAP_INIT;
		classes->persons = (nkc_set)NKC_MAP_INIT;
	}
	return classes;
}

/* --- choices --- */

/* The choice before anything is done about the class: what telling names apart has given. */
static void reset_choice(nkc_document *document, csl_held *held)
{
	csl_choice *choice = &held->item.choice;
	choice->names_more = choice->conditions = 0;
	choice->year_suffix = 0;
	if (choice->given_count)
		memset(held->given, 0, choice->given_count);
	csl_names_give(document->classes, held, document->style);
}

static bool gives_names(const csl_choice *choice)
{
	for (unsigned i = 0; i < choice->given_count; i++) {
		if (choice->given[i])
			return true;
	}
	return false;
}

/* A fingerprint of all that a choice says. */
static uint64_t mark_of(const csl_choice *choice)
{
	unsigned given = choice->given_count;
	while (given && !choice->given[given - 1])
		given--;
	uint64_t seed = (uint64_t)choice->year_suffix << 16 | (uint64_t)choice->names_more << 8 | choice->conditions;
	return nkc_hash(given ? nkc_str_make((const char *)choice->given, given) : NKC_STR(""), seed);
}

/* --- keys --- */

static bool needs_key(const csl_held *held)
{
	return !held->own_key || (held->own_uses & CSL_USES_NUMBER && held->news & CSL_NEW_NUMBER) ||
	       (held->own_uses & CSL_USES_FIRST_NOTE && held->news & CSL_NEW_NOTE);
}

static void take_census(nkc_document *document, csl_held *held)
{
	csl_census census = { NULL, 0, 0, false };
	csl_eval eval = { .census = &census };
	uint64_t key;
	reset_choice(document, held); /* it has no names yet: this is the bare cite */
	if (csl_key_make(document, &held->item, &eval, &key)) {
		document->classes->status = NKC_ENOMEM;
	} else {
		held->bare_key = key;
		csl_names_take(document->classes, held, &eval, &census);
	}
	nkc_free(census.items);
}

/* Lists the items whose key is out of date, and takes in their names. */
static void find_work(nkc_document *document)
{
	const nkc_style *style = document->style;
	bool by_name = style->disambiguate_add_givenname && style->givenname_rule != CSL_BY_CITE;
	for (size_t i = 0; i < document->listed_count && !document->classes->status; i++) {
		csl_held *held = document->listed[i];
		if (!needs_key(held))
			continue;
		csl_classes_drop(document, held);
		csl_classes_wait(document->classes, held);
		held->own_uses = 0;
		held->bare_key = 0;
		if (by_name)
			take_census(document, held);
	}
}

static void make_keys(nkc_document *document)
{
	csl_classes *classes = document->classes;
	for (size_t i = 0; i < classes->work_count && !classes->status; i++) {
		csl_held *held = classes->work[i];
		csl_eval eval = { .census = NULL };
		uint64_t key = held->bare_key;
		held->waiting = false;
		leave_class(classes, held);
		if (!held->listed)
			continue;
		reset_choice(document, held);
		bool known = key && !gives_names(&held->item.choice);
		if (!known && csl_key_make(document, &held->item, &eval, &key)) {
			classes->status = NKC_ENOMEM;
			return;
		}
		held->own_key = key;
		join_class(classes, held);
	}
	classes->work_count = 0;
}

/* --- what has changed --- */

/* Suffixes follow the order of the bibliography: has it changed? */
static bool is_reordered(const csl_class *class)
{
	for (const csl_held *at = class->first; at && at->class_next; at = at->class_next) {
		if (at->rank > at->class_next->rank)
			return true;
	}
	return false;
}

static int by_rank(const void *a, const void *b)
{
	const csl_held *x = *(csl_held *const *)a, *y = *(csl_held *const *)b;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Brings the members of a class in the order of the bibliography. */
static void order_class(csl_class *class, csl_held **members)
{
	size_t count = 0;
	for (csl_held *at = class->first; at; at = at->class_next)
		members[count++] = at;
	qsort(members, count, sizeof *members, by_rank);
	for (size_t i = 0; i < count; i++) {
		members[i]->class_before = i ? members[i - 1] : NULL;
		members[i]->class_next = i + 1 < count ? members[i + 1] : NULL;
	}
	class->first = count ? members[0] : NULL;
}

static nkc_status renew_class(nkc_document *document, csl_class *class)
{
	nkc_status status = NKC_OK;
	csl_held **members = nkc_calloc(class->count ? class->count : 1, sizeof *members);
	if (!members)
		return NKC_ENOMEM;
	order_class(class, members);
	for (uint32_t i = 0; i < class->count; i++)
		reset_choice(document, members[i]);
	if (class->count > 1)
		status = csl_class_tell(document, members, class->count);
	for (uint32_t i = 0; i < class->count; i++) {
		uint64_t mark = mark_of(&members[i]->item.choice);
		if (mark != members[i]->choice_mark)
			members[i]->news |= CSL_NEW_CHOICE;
		members[i]->choice_mark = mark;
	}
	class->stale = false;
	nkc_free(members);
	return status;
}

/* Is there more room taken by what has gone than by what is there? */
static bool is_worn(const csl_classes *classes)
{
	return classes && classes->left > 1024 && classes->left / 2 > classes->joined - classes->left;
}

nkc_status csl_disambiguate(nkc_document *document)
{
	const nkc_style *style = document->style;
	bool asked = style->disambiguate_add_givenname || style->disambiguate_add_names || style->has_disambiguate ||
	             style->disambiguate_add_year_suffix;
	if (!asked || !style->layouts[CSL_CITATION].present)
		return NKC_OK;
	if (is_worn(document->classes))
		csl_classes_free(document);
	if (!document->classes)
		document->classes = new_classes();
	csl_classes *classes = document->classes;
	if (!classes)
		return NKC_ENOMEM;
	find_work(document);
	csl_names_deepen(document);
	make_keys(document);
	for (size_t i = 0; i < classes->count && !classes->status; i++) {
		csl_class *class = &classes->items[i];
		if (class->stale || (class->count > 1 && is_reordered(class)))
			classes->status = renew_class(document, class);
	}
	return classes->status;
}
