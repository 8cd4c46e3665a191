/*
 * page.c: records are put in one after the other; what stands on the page beside the citation is made at once, the citations when
 * all records are known.
 */
#include "page/page.h"

#include "base/mem.h"
#include "format/coins.h"
#include "format/values.h"
#include "markup/markup.h"

#include <stdio.h>

/* What is copied is for other programs: only CSL-JSON is whole. */
static const struct {
	const char *format;
	const char *open, *close;
	void (*put)(nkc_str text, nkc_buf *out);
	bool lossy;
} copies[PAGE_COPIES] = {
	{ "csljsonl", "<script type=\"application/vnd.citationstyles.csl+json\">", "</script>\n",
	  page_put_json, false },
	{ "bibtex", "<template class=\"bibtex\">", "</template>\n", page_put_text, true },
	{ "ris", "<template class=\"ris\">", "</template>\n", page_put_text, true },
};

/* --- life --- */

static nkc_status open_copies(nkc_page *page)
{
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < PAGE_COPIES && !status; i++) {
		nkc_write_options how = { .lossy = copies[i].lossy };
		status = nkc_writer_open(&page->copies[i], nkc_format_find(nkc_str_from(copies[i].format)), &how);
	}
	return status;
}

static nkc_status open_page(nkc_page *page)
{
	const nkc_page_options *options = &page->options;
	page->arena = nkc_arena_new();
	nkc_status status = page->arena ? NKC_OK : NKC_ENOMEM;
	if (!status)
		status = nkc_document_new(&page->document, options->style, options->locales, options->language,
		                          &page_markup, page->diags);
	if (status)
		return status;
	nkc_document_set_whole_names(page->document, true);
	return open_copies(page);
}

nkc_status nkc_page_new(nkc_page **out, const nkc_page_options *options, nkc_diags *diags)
{
	*out = NULL;
	nkc_page *page = nkc_calloc(1, sizeof *page);
	if (!page)
		return NKC_ENOMEM;
	page->options = *options;
	page->diags = diags;
	page->group_names = (nkc_set)NKC_MAP_INIT;
	nkc_keys_init(&page->anchors, false);
	nkc_buf *const bufs[] = { &page->sources, &page->groups, &page->bodies, &page->linked, &page->scratch,
		                  &page->text };
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		nkc_buf_init(bufs[i]);
	nkc_status status = open_page(page);
	if (status) {
		nkc_page_free(page);
		return status;
	}
	*out = page;
	return NKC_OK;
}

void nkc_page_free(nkc_page *page)
{
	if (!page)
		return;
	nkc_document_free(page->document);
	for (size_t i = 0; i < PAGE_COPIES; i++)
		nkc_writer_close(page->copies[i]);
	nkc_arena_free(page->arena);
	nkc_keys_release(&page->anchors);
	nkc_set_release(&page->group_names);
	nkc_buf *const bufs[] = { &page->sources, &page->groups, &page->bodies, &page->linked, &page->scratch,
		                  &page->text };
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		nkc_buf_release(bufs[i]);
	nkc_free(page);
}

page_source *page_sources(const nkc_page *page, size_t *count)
{
	*count = page->sources.len / sizeof(page_source);
	return (page_source *)(void *)page->sources.ptr;
}

page_group *page_groups(const nkc_page *page, size_t *count)
{
	*count = page->groups.len / sizeof(page_group);
	return (page_group *)(void *)page->groups.ptr;
}

/* --- a record is put in --- */

/* The document knows a record by its number here, so that two with one id are both on the page. */
static nkc_status put_item(nkc_page *page, nkc_record *record)
{
	char number[32];
	nkc_value *id = nkc_record_get(record, NKC_VAR_ID);
	size_t count;
	page_sources(page, &count);
	int len = snprintf(number, sizeof number, "%zu", count);
	nkc_status status = nkc_record_set_text(record, NKC_VAR_ID, nkc_str_make(number, (size_t)len));
	if (!status)
		status = nkc_document_put_item(page->document, record);
	nkc_status restored = nkc_record_set(record, NKC_VAR_ID, id);
	return status ? status : restored;
}

/* The id of the entry on the page, which permanent links hold; in `text`. */
static nkc_status make_anchor(nkc_page *page, nkc_record *record)
{
	size_t added;
	nkc_str id = nkc_record_id(record);
	nkc_buf_clear(&page->text);
	if (nkc_str_starts(id, NKC_STR("page:"))) /* so begin those of the page itself */
		nkc_buf_putc(&page->text, '_');
	markup_put_anchor(id, &page->text);
	if (!page->text.len)
		nkc_buf_puts(&page->text, "source");
	nkc_status status = nkc_buf_status(&page->text);
	return status ? status : nkc_keys_make_unique(&page->anchors, &page->text, 0, page->text.len, &added);
}

#define WHEN_YEAR_MAX INT64_C(900000000000) /* a browser counts to 2^53 */

/* A number that dates sort by: 20040911; its year is what the last four digits leave. */
static bool when_of(nkc_record *record, int64_t *when)
{
	nkc_date date;
	if (!nkc_record_date(record, NKC_VAR_ISSUED, &date) || !date.structured || date.begin != NKC_DATE_SINGLE)
		return false;
	if (date.start.year > WHEN_YEAR_MAX || date.start.year < -WHEN_YEAR_MAX)
		return false;
	int month = date.start.month > 12 ? 3 * (date.start.month - 20) : date.start.month;
	*when = date.start.year * 10000 + month * 100 + date.start.day;
	return true;
}

/* The group of that name, made when there is none. */
static nkc_status find_group(nkc_page *page, nkc_str name, int64_t year, size_t *index)
{
	bool added;
	uint32_t *number;
	nkc_status status = nkc_set_add(&page->group_names, nkc_hash(name, 0), &added, &number);
	if (status)
		return status;
	if (added) {
		page_group group = { .name = nkc_arena_str(page->arena, name), .year = year };
		nkc_buf_put(&page->groups, (const char *)&group, sizeof group);
		*number = (uint32_t)(page->groups.len / sizeof group);
	}
	*index = *number - 1;
	status = nkc_buf_status(&page->groups);
	return status ? status : nkc_arena_status(page->arena);
}

static nkc_status choose_group(nkc_page *page, nkc_record *record, size_t *index)
{
	int64_t when, year = INT64_MIN;
	char text[32];
	nkc_str name = NKC_STR("");
	switch (page->options.group) {
	case NKC_PAGE_NONE: break;
	case NKC_PAGE_KIND: name = nkc_str_from(page_kind(nkc_record_type(record))); break;
	case NKC_PAGE_OUTLET:
		name = page_outlet(record);
		name = name.len ? name : NKC_STR("No publication");
		break;
	case NKC_PAGE_YEAR:
		name = NKC_STR("No date");
		if (!when_of(record, &when))
			break;
		year = when >= 0 ? when / 10000 : -((9999 - when) / 10000);
		snprintf(text, sizeof text, year > 0 ? "%lld" : "%lld BCE", (long long)(year > 0 ? year : 1 - year));
		name = nkc_str_from(text);
	}
	return find_group(page, name, year, index);
}

/* What scripts read of an entry. */
static void put_tag(nkc_page *page, nkc_record *record, nkc_str anchor, nkc_str marks)
{
	nkc_buf *out = &page->bodies;
	int64_t when;
	page_put_attribute("id", anchor, out);
	if (when_of(record, &when))
		nkc_buf_printf(out, " data-when=\"%lld\"", (long long)when);
	page_put_attribute("data-kind", nkc_str_from(page_kind(nkc_record_type(record))), out);
	page_put_attribute("data-outlet", page_outlet(record), out);
	page_put_attribute("data-marks", marks, out);
	nkc_buf_puts(out, ">\n");
}

static nkc_status put_copies(nkc_page *page, nkc_record *record)
{
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < PAGE_COPIES && !status; i++) {
		nkc_buf_clear(&page->scratch);
		status = nkc_writer_record(page->copies[i], record, &page->scratch, NULL);
		nkc_buf_puts(&page->bodies, copies[i].open);
		copies[i].put(nkc_str_trim(nkc_buf_str(&page->scratch)), &page->bodies);
		nkc_buf_puts(&page->bodies, copies[i].close);
	}
	return status;
}

static void put_coins(nkc_page *page, nkc_record *record)
{
	nkc_buf_clear(&page->scratch);
	nkc_coins_put(record, &page->scratch);
	nkc_buf_puts(&page->bodies, "<span class=\"Z3988\"");
	page_put_attribute("title", nkc_buf_str(&page->scratch), &page->bodies);
	nkc_buf_puts(&page->bodies, "></span>\n");
}

static void put_linked(nkc_page *page, nkc_record *record, nkc_str anchor)
{
	nkc_buf_clear(&page->scratch);
	page_put_linked(record, anchor, &page->scratch);
	nkc_buf_puts(&page->linked, page->linked.len ? ",\n" : "");
	page_put_json(nkc_buf_str(&page->scratch), &page->linked);
	if (nkc_buf_status(&page->scratch))
		page->linked.status = NKC_ENOMEM;
}

/* Everything of an entry but its citation. */
static nkc_status put_entry(nkc_page *page, nkc_record *record, page_source *source)
{
	nkc_buf facts = NKC_BUF_INIT, marks = NKC_BUF_INIT;
	nkc_str anchor = nkc_buf_str(&page->text);
	page_put_facts(record, &facts, &marks);
	source->tag = page->bodies.len;
	put_tag(page, record, anchor, nkc_buf_str(&marks));
	source->body = page->bodies.len;
	nkc_buf_put_str(&page->bodies, nkc_buf_str(&facts));
	nkc_buf_putc(&page->bodies, '\n');
	page_put_about(record, anchor, &page->bodies);
	nkc_status status = put_copies(page, record);
	put_coins(page, record); /* behind the JSON: where that stands, nkcite reads no COinS */
	source->end = page->bodies.len;
	put_linked(page, record, anchor);
	nkc_text_done(&facts, &page->bodies);
	nkc_text_done(&marks, &page->bodies);
	return status;
}

static nkc_status status_of(const nkc_page *page, const nkc_record *record)
{
	const nkc_buf *const bufs[] = { &page->sources, &page->bodies, &page->linked, &page->text, &page->scratch };
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) {
		if (nkc_buf_status(bufs[i]))
			return nkc_buf_status(bufs[i]);
	}
	return nkc_arena_status(nkc_record_arena((nkc_record *)record));
}

nkc_status nkc_page_put(nkc_page *page, nkc_record *record)
{
	page_source source = { 0 };
	nkc_record_expand(record);
	nkc_status status = put_item(page, record);
	if (!status)
		status = make_anchor(page, record);
	if (!status)
		status = choose_group(page, record, &source.group);
	if (!status)
		status = put_entry(page, record, &source);
	if (status)
		return status;
	nkc_buf_put(&page->sources, (const char *)&source, sizeof source);
	return status_of(page, record);
}
