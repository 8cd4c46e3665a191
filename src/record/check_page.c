/*
 * check_page.c: page ranges, and labels beside numbers.
 */
#include "record/check.h"
#include "record/pages.h"

#include <stdio.h>

static const nkc_value *page_of(const nkc_check *check, nkc_str *text)
{
	const nkc_value *page = nkc_record_get(check->record, NKC_VAR_PAGE);

	*text = nkc_str_trim(nkc_value_text(page));
	return nkc_value_is(page, NKC_STRING) && !nkc_str_empty(*text) ? page : NULL;
}

static void check_label(const nkc_check *check)
{
	nkc_str text, bare;
	const nkc_value *page = page_of(check, &text);
	char hint[NKC_HINT_SIZE];

	if (!page)
		return;
	bare = nkc_page_without_label(text);
	if (bare.len == text.len)
		return;
	snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(bare).text);
	nkc_check_report(
		check, NKC_CODE_PAGE_LABEL,
		nkc_check_part(check, page, (size_t)(text.ptr - page->u.text.ptr), text.len - bare.len), hint,
		"a label stands before the pages");
}

static void check_dash(const nkc_check *check)
{
	nkc_str text;
	const nkc_value *page = page_of(check, &text);
	nkc_page_dash dash;

	for (size_t at = 0; page && at < text.len; at = dash.at + dash.length) {
		if (!nkc_page_dash_find(text, at, &dash))
			return;
		if (!dash.unusual)
			continue;
		size_t start = (size_t)(text.ptr - page->u.text.ptr) + dash.at;
		nkc_check_report(check, NKC_CODE_PAGE_DASH, nkc_check_part(check, page, start, dash.length),
		                 NULL, "an unusual dash between pages");
		return;
	}
}

/* "688 p.", "xii, 345 pages" */
static void check_count(const nkc_check *check)
{
	static const char *const endings[] = {
		" p.", " p", " pp.", " pp", " pages", " Seiten", " S.", " pag."
	};
	nkc_str text;
	const nkc_value *page = page_of(check, &text);
	nkc_page_dash dash;

	if (page && nkc_page_dash_find(text, 0, &dash))
		return;
	for (size_t i = 0; page && i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = nkc_str_from(endings[i]);
		if (text.len > ending.len && nkc_str_ends(text, ending) &&
		    text.ptr[text.len - ending.len - 1] >= '0' &&
		    text.ptr[text.len - ending.len - 1] <= '9') {
			nkc_check_report(check, NKC_CODE_PAGE_COUNT, nkc_check_at(check, page), NULL,
			                 "\"%s\" is a number of pages", nkc_show(text).text);
			return;
		}
	}
}

/* The first of them is enough. */
static void check_order(const nkc_check *check)
{
	nkc_str text, range, rest;
	const nkc_value *page = page_of(check, &text);
	uint64_t first = 0, last = 0;

	if (!page)
		return;
	rest = text;
	do {
		if (!nkc_page_range_next(&rest, &range, &first, &last))
			return;
	} while (last >= first);
	nkc_check_report(check, NKC_CODE_PAGE_ORDER,
	                 nkc_check_part(check, page, (size_t)(range.ptr - page->u.text.ptr), range.len), NULL,
	                 "the range \"%s\" runs backwards", nkc_show(range).text);
}

/* What stands before the first dash, comma or space. */
static void check_first(const nkc_check *check)
{
	nkc_str text, first = nkc_record_text(check->record, NKC_VAR_PAGE_FIRST);
	nkc_page_dash dash;

	text = nkc_str_trim(nkc_record_text(check->record, NKC_VAR_PAGE));
	if (nkc_str_empty(text) || nkc_str_empty(first))
		return;
	text = nkc_page_without_label(text);
	if (nkc_page_dash_find(text, 0, &dash))
		text = nkc_str_slice(text, 0, dash.at);
	text = nkc_str_slice(text, 0, nkc_str_find_byte(text, ','));
	if (!nkc_str_eq(nkc_str_trim(text), nkc_str_trim(first)))
		nkc_check_report(check, NKC_CODE_PAGE_FIRST,
		                 nkc_check_at(check, nkc_record_get(check->record, NKC_VAR_PAGE_FIRST)), NULL,
		                 "page-first is %s, but page begins with %s", nkc_show(first).text,
		                 nkc_show(text).text);
}

static void check_number_labels(const nkc_check *check)
{
	static const nkc_var vars[] = { NKC_VAR_VOLUME, NKC_VAR_ISSUE, NKC_VAR_EDITION };
	char hint[NKC_HINT_SIZE];

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++) {
		const nkc_value *value = nkc_record_get(check->record, vars[i]);
		nkc_str text = nkc_str_trim(nkc_value_text(value)),
			bare = nkc_number_without_label(vars[i], text);
		if (!nkc_value_is(value, NKC_STRING) || bare.len == text.len)
			continue;
		snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(bare).text);
		nkc_check_report(check, NKC_CODE_NUMBER_LABEL, nkc_check_at(check, value), hint,
		                 "\"%s\" has a label", nkc_show(text).text);
	}
}

const nkc_rule nkc_rules_page[] = {
	{ check_label, { NKC_CODE_PAGE_LABEL } },
	{ check_dash, { NKC_CODE_PAGE_DASH } },
	{ check_count, { NKC_CODE_PAGE_COUNT } },
	{ check_order, { NKC_CODE_PAGE_ORDER } },
	{ check_first, { NKC_CODE_PAGE_FIRST } },
	{ check_number_labels, { NKC_CODE_NUMBER_LABEL } },
	{ NULL, { NKC_CODE_NONE } },
};
