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
static uint32_t *bearers(csl_classes *classes, const csl_shown_name *name, uint64_t form)
{
	uint32_t *count;
	bool added;
	nkc_str person = nkc_str_make((const char *)&name->person, sizeof name->person);
	return nkc_set_add(&classes->persons, nkc_hash(person, form), &added, &count) ? NULL : count;
}

/* NULL: it has no such level. */
static csl_name_link *link_of(csl_shown_name *name, unsigned level)
{
	return !level ? &name->link : name->deeper ? &name->deeper[level - 1] : NULL;
}

static uint64_t form_of(csl_shown_name *name, unsigned level)
{
	const csl_name_link *link = link_of(name, level);
	return link ? link->form : 0;
}

static void put_to_work(csl_classes *classes, const csl_name_form *form, unsigned level)
{
	for (csl_shown_name *name = form->first; name; name = link_of(name, level)->next)
		csl_classes_wait(classes, name->held);
}

/* eval: of the item. `given`: the name, as the item has it. */
static void link_name(csl_classes *classes, csl_shown_name *name, unsigned level, csl_eval *eval, const nkc_name *given)
{
	uint64_t key = nkc_hash(csl_name_text(eval, name->options, given, level), level + 1);
	csl_name_form *form = need_form(classes, key);
	uint32_t *count = form ? bearers(classes, name, key) : NULL;
	if (level && !name->deeper)
		name->deeper = nkc_calloc(2, sizeof *name->deeper);
	csl_name_link *link = link_of(name, level);
	if (!count || !link) {
		classes->status = NKC_ENOMEM;
		return;
	}
	*link = (csl_name_link){ key, form->first, NULL };
	if (form->first)
		link_of(form->first, level)->before = name;
	form->first = name;
	if ((*count)++ == 0 && ++form->persons == 2)
		put_to_work(classes, form, level);
}

static void unlink_name(csl_classes *classes, csl_shown_name *name, unsigned level)
{
	csl_name_link *link = link_of(name, level);
	csl_name_form *form = link && link->form ? find_form(classes, link->form) : NULL;
	uint32_t *count = form ? bearers(classes, name, link->form) : NULL;
	if (!count) {
		classes->status = form ? NKC_ENOMEM : classes->status;
		return;
	}
	if (link->before)
		link_of(link->before, level)->next = link->next;
	else
		form->first = link->next;
	if (link->next)
		link_of(link->next, level)->before = link->before;
	link->form = 0;
	if (--*count == 0 && --form->persons == 1)
		put_to_work(classes, form, level);
}

static void unlink_from(csl_classes *classes, csl_shown_name *name, unsigned level)
{
	for (; level < 3; level++)
		unlink_name(classes, name, level);
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
		if (primary_only && seen->place)
			continue;
		csl_shown_name *name = &held->names[held->name_count++];
		classes->joined++;
		*name = (csl_shown_name){ .held = held, .options = seen->options, .person = csl_person_hash(seen->name),
			                  .index = seen->index, .place = seen->place, .variable = seen->variable };
		link_name(classes, name, 0, eval, seen->name);
	}
}

/* Does the level stand for several persons? Then it takes the next to tell them apart. */
static bool is_shared(csl_classes *classes, csl_shown_name *name, unsigned level)
{
	uint64_t key = form_of(name, level);
	const csl_name_form *form = key ? find_form(classes, key) : NULL;
	return form && form->persons > 1;
}

static void deepen_item(nkc_document *document, csl_held *held, unsigned level)
{
	csl_classes *classes = document->classes;
	csl_eval eval;
	bool begun = false;
	for (size_t i = 0; i < held->name_count && !classes->status; i++) {
		csl_shown_name *name = &held->names[i];
		bool wanted = is_shared(classes, name, level - 1), there = form_of(name, level) != 0;
		if (there && !wanted)
			unlink_from(classes, name, level);
		if (!wanted || there)
			continue;
		if (!begun) {
			csl_document_begin(document);
			csl_document_eval(document, &eval, CSL_CITATION, &held->item, NULL);
			begun = true;
		}
		const nkc_name *list;
		if (name->place < csl_item_names(&held->item, (nkc_var)name->variable, &list))
			link_name(classes, name, level, &eval, &list[name->place]);
		else
			classes->status = NKC_ENOMEM; /* of what it was unpacked to */
	}
}

void csl_names_deepen(nkc_document *document)
{
	csl_classes *classes = document->classes;
	unsigned top = csl_gives_initials(document->style) ? 1 : 2;
	for (unsigned level = 1; level <= top; level++) {
		for (size_t i = 0; i < classes->work_count && !classes->status; i++)
			deepen_item(document, classes->work[i], level);
	}
	if (nkc_arena_status(document->scratch))
		classes->status = NKC_ENOMEM;
}

void csl_names_drop(csl_classes *classes, csl_held *held)
{
	for (size_t i = 0; i < held->name_count; i++) {
		unlink_from(classes, &held->names[i], 0);
		nkc_free(held->names[i].deeper);
	}
	classes->left += held->name_count;
	held->name_count = 0;
}

void csl_names_give(csl_classes *classes, csl_held *held, const nkc_style *style)
{
	unsigned top = csl_gives_initials(style) ? 1 : 2;
	for (size_t i = 0; i < held->name_count; i++) {
		csl_shown_name *name = &held->names[i];
		unsigned level = 0;
		while (level <= top && is_shared(classes, name, level))
			level++;
		/* where no level helps, the name stays as it is */
		if (level && level <= top && !csl_give(held, name->index, (uint8_t)level))
			classes->status = NKC_ENOMEM;
	}
}
