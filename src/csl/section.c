/*
 * section.c: a part of the bibliography: the entries that pass a filter.
 */
#include "csl/render.h"

/* Is the value among the items of a list, or the words between commas and semicolons? */
static bool is_among(nkc_str text, nkc_str value)
{
	size_t from = 0;
	for (size_t at = 0; at <= text.len; at++) {
		if (at < text.len && text.ptr[at] != ',' && text.ptr[at] != ';')
			continue;
		if (nkc_str_eq(nkc_str_trim(nkc_str_slice(text, from, at)), value))
			return true;
		from = at + 1;
	}
	return false;
}

static bool has_value(const csl_item *item, nkc_var var, nkc_str wanted)
{
	const nkc_name *names;
	size_t count = csl_item_names(item, var, &names);
	if (var == NKC_VAR_TYPE)
		return nkc_type_find(wanted) == item->type && item->type != NKC_TYPE_NONE;
	if (csl_item_has(item, var) && nkc_str_eq(csl_item_text(item, var), wanted))
		return true;
	if (var == NKC_VAR_KEYWORD)
		return is_among(csl_item_text(item, var), wanted);
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq(names[i].literal, wanted) || nkc_str_eq(names[i].family, wanted))
			return true;
	}
	const nkc_str *texts;
	count = csl_item_list(item, var, &texts);
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq(texts[i], wanted))
			return true;
	}
	return false;
}

static bool holds(const csl_item *item, const nkc_test *test)
{
	nkc_var var = nkc_var_find(test->field);
	switch (test->kind) {
	case NKC_TEST_PRESENT: return var != NKC_VAR_NONE && csl_item_has(item, var);
	case NKC_TEST_ABSENT: return var == NKC_VAR_NONE || !csl_item_has(item, var);
	default: return var != NKC_VAR_NONE && has_value(item, var, test->value);
	}
}

static size_t count_held(const csl_item *item, const nkc_test *tests, size_t count)
{
	size_t held = 0;
	for (size_t i = 0; i < count; i++)
		held += holds(item, &tests[i]);
	return held;
}

static bool is_in(const csl_item *item, const nkc_section *section)
{
	size_t held = count_held(item, section->tests, section->count);
	if (section->quash_count && count_held(item, section->quash, section->quash_count) == section->quash_count)
		return false;
	switch (section->rule) {
	case NKC_SECTION_INCLUDE: return held > 0;
	case NKC_SECTION_SELECT: return held == section->count;
	default: return held == 0;
	}
}

/* The entry's text below another than it stands below in the whole bibliography. */
static nkc_status write_below(nkc_document *document, csl_item *item, const csl_entry *above, nkc_buf *out)
{
	csl_entry entry = { .text = NKC_STR_INIT(""), .names = NKC_STR_INIT("") };
	csl_document_begin(document);
	const csl_out *tree = csl_render_entry(document, item, above, &entry);
	nkc_status status = entry.failed ? NKC_ENOMEM : csl_write_tree(document, tree, out);
	csl_keep_none(&entry.names);
	return status;
}

nkc_status nkc_document_section(nkc_document *document, const nkc_section *section, nkc_entry_each *each, void *data)
{
	size_t count;
	nkc_status status = nkc_document_entry_count(document, &count);
	nkc_buf text = NKC_BUF_INIT;
	const csl_entry *above = NULL;
	for (size_t i = 0; i < count && !status; i++) {
		csl_held *held = document->entries[i];
		csl_document_begin(document);
		csl_item_unpack(&held->item, document->scratch);
		status = nkc_arena_status(document->scratch);
		if (status || !is_in(&held->item, section))
			continue;
		nkc_str shown = held->entry.text;
		if (csl_entry_is_below(document, &held->entry, above)) {
			status = each(data, held->item.id, shown);
		} else {
			nkc_buf_clear(&text);
			status = write_below(document, &held->item, above, &text);
			status = status ? status : each(data, held->item.id, nkc_buf_str(&text));
		}
		above = &held->entry;
	}
	nkc_buf_release(&text);
	return status;
}
