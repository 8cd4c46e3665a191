/*
 * disamb_names.c: telling names apart, whether their cites are ambiguous or not (specification, "Disambiguation",
 * givenname-disambiguation-rule).
 *
 * For each form of a name the persons that have it are counted. When a count passes from one to two, or back, the items
 * that show the form are put to work.
 */
#include "csl/disamb.h"

#include "base/mem.h"

/*
 * Who it is, as far as given names can tell: persons who differ in a suffix alone ("Jr.") stay what they are (so citeproc-js).
 */
uint64_t csl_person_hash(const nkc_name *name)
{
	const nkc_str parts[] = { name->family, name->given, name->non_dropping_particle, name->dropping_particle,
		                  name->literal };
	uint64_t hash = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		hash = nkc_hash(parts[i], hash + i);
	return hash;
}

static csl_name_form *find_form(const csl_classes *classes, uint64_t form)
{
	uint32_t index = nkc_set_get(&classes->by_form, form);
	return index ? &classes->forms[index - 1] : NULL;
}

static csl_name_form *need_form(csl_classes *classes, uint64_t form)
{
	uint32_t *index;
	bool added;
	if (classes->form_count == classes->form_cap) {
		size_t cap = classes->form_cap ? classes->form_cap * 2 : 256;
		csl_name_form *forms = nkc_realloc(classes->forms, cap * sizeof *forms);
		if (!forms)
			return NULL;
		classes->forms = forms;
		classes->form_cap = cap;
	}
	if (nkc_set_add(&classes->by_form, form, &added, &index))
		return NULL;
	if (added) {
		classes->forms[classes->form_count] = (csl_name_form){ NULL, 0 };
		*index = (uint32_t)++classes->form_count;
	}
	return &classes->forms[*index - 1];
}

/* The number of names that have this form and stand for this person; NULL: out of memory. */
static uint32_t *bearers(csl_classes *classes, const csl_shown_name *name, unsigned level)
{
	uint32_t *count;
	bool added;
	nkc_str person = nkc_str_make((const char *)&name->person, sizeof name->person);
	return nkc_set_add(&classes->persons, nkc_hash(person, name->forms[level]), &added, &count) ? NULL : count;
}

static void put_to_work(csl_classes *classes, const csl_name_form *form, unsigned level)
{
	for (const csl_shown_name *name = form->first; name; name = name->next[level])
		csl_classes_wait(classes, name->held);
}

static void link_name(csl_classes *classes, csl_shown_name *name, unsigned level)
{
	csl_name_form *form = need_form(classes, name->forms[level]);
	uint32_t *count = form ? bearers(classes, name, level) : NULL;
	if (!count) {
		classes->status = NKC_ENOMEM;
		name->forms[level] = 0; /* it is in no list */
		return;
	}
	name->next[level] = form->first;
	if (form->first)
		form->first->before[level] = name;
	form->first = name;
	if ((*count)++ == 0 && ++form->persons == 2)
		put_to_work(classes, form, level);
}

static void unlink_name(csl_classes *classes, csl_shown_name *name, unsigned level)
{
	csl_name_form *form = find_form(classes, name->forms[level]);
	uint32_t *count = form ? bearers(classes, name, level) : NULL;
	if (!count) {
		classes->status = form ? NKC_ENOMEM : classes->status;
		return;
	}
	if (name->before[level])
		name->before[level]->next[level] = name->next[level];
	else
		form->first = name->next[level];
	if (name->next[level])
		name->next[level]->before[level] = name->before[level];
	if (--*count == 0 && --form->persons == 1)
		put_to_work(classes, form, level);
}

void csl_names_take(csl_classes *classes, csl_held *held, csl_eval *eval, const csl_census *census)
{
	bool primary_only = eval->style->givenname_rule >= CSL_PRIMARY_NAME;
	nkc_free(held->names);
	held->name_count = 0;
	held->names = nkc_calloc(census->count ? census->count : 1, sizeof *held->names);
	if (!held->names)
		classes->status = NKC_ENOMEM;
	for (size_t i = 0; i < census->count && !classes->status; i++) {
		const csl_name_seen *seen = &census->items[i];
		if (primary_only && !seen->primary)
			continue;
		csl_shown_name *name = &held->names[held->name_count++];
		classes->joined++;
		*name = (csl_shown_name){ .held = held, .index = seen->index, .person = csl_person_hash(seen->name) };
		for (unsigned level = 0; level < 3; level++) {
			nkc_str form = csl_name_text(eval, seen->options, seen->name, level);
			name->forms[level] = nkc_hash(form, level + 1);
			link_name(classes, name, level);
		}
	}
}

void csl_names_drop(csl_classes *classes, csl_held *held)
{
	for (size_t i = 0; i < held->name_count; i++) {
		for (unsigned level = 0; level < 3; level++)
			unlink_name(classes, &held->names[i], level);
	}
	classes->left += held->name_count;
	held->name_count = 0;
}

void csl_names_give(csl_classes *classes, csl_held *held, const nkc_style *style)
{
	unsigned top = csl_gives_initials(style) ? 1 : 2;
	for (size_t i = 0; i < held->name_count; i++) {
		const csl_shown_name *name = &held->names[i];
		unsigned level = 0;
		for (; level <= top; level++) {
			const csl_name_form *form = find_form(classes, name->forms[level]);
			if (form && form->persons < 2)
				break;
		}
		/* where no level helps, the name stays as it is */
		if (level && level <= top && !csl_give(held, name->index, (uint8_t)level))
			classes->status = NKC_ENOMEM;
	}
}
