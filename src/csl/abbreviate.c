/*
 * abbreviate.c: short forms of the texts of variables, as a list of the user gives them (citeproc-js, "Abbreviation filter").
 */
#include "csl/abbreviate.h"

#include "base/set.h"
#include "csl/document.h"

struct csl_abbreviations {
	nkc_set by_text; /* fingerprint of variable and long form -> index + 1 */
	struct {
		nkc_str full, brief;
	} *items;
};

static uint64_t key_of(nkc_var var, nkc_str text)
{
	return nkc_hash(text, (uint64_t)var);
}

nkc_str csl_abbreviate(const csl_abbreviations *all, nkc_var var, nkc_str text)
{
	uint32_t index = all ? nkc_set_get(&all->by_text, key_of(var, text)) : 0;
	return index && nkc_str_eq(all->items[index - 1].full, text) ? all->items[index - 1].brief : text;
}

static nkc_status add(nkc_document *document, csl_abbreviations *all, uint32_t *count, nkc_var var, const nkc_value *entry)
{
	uint32_t *index;
	bool added;
	nkc_status status = nkc_set_add(&all->by_text, key_of(var, entry->key), &added, &index);
	if (status || !added)
		return status;
	all->items[*count].full = nkc_arena_str(document->arena, entry->key);
	all->items[*count].brief = nkc_arena_str(document->arena, nkc_value_text(entry));
	*index = ++*count;
	return nkc_arena_status(document->arena);
}

static size_t count_entries(const nkc_value *lists)
{
	size_t count = 0;
	for (const nkc_value *list = nkc_value_first(lists); list; list = list->next)
		count += nkc_value_count(list);
	return count;
}

nkc_status nkc_document_set_abbreviations(nkc_document *document, const nkc_value *value)
{
	const nkc_value *lists = nkc_value_find(value, NKC_STR("default"));
	size_t size = count_entries(lists);
	csl_abbreviations *all = nkc_arena_alloc(document->arena, sizeof *all);
	uint32_t count = 0;
	nkc_status status = NKC_OK;
	csl_abbreviations_free(document->abbreviations);
	document->abbreviations = all;
	if (!all)
		return NKC_ENOMEM;
	*all = (csl_abbreviations){ .by_text = NKC_MAP_INIT };
	all->items = nkc_arena_alloc(document->arena, (size + 1) * sizeof *all->items);
	if (!all->items || size >= UINT32_MAX)
		return NKC_ENOMEM;
	for (const nkc_value *list = nkc_value_first(lists); list && !status; list = list->next) {
		nkc_var var = nkc_var_find(list->key);
		for (const nkc_value *entry = var ? nkc_value_first(list) : NULL; entry && !status; entry = entry->next)
			status = add(document, all, &count, var, entry);
	}
	csl_document_renew(document);
	return status;
}

void csl_abbreviations_free(csl_abbreviations *all)
{
	if (all)
		nkc_set_release(&all->by_text);
}
