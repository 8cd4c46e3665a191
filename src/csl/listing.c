/*
 * listing.c: the bibliography as a whole.
 */
#include "base/utf8.h"
#include "csl/document.h"

unsigned csl_label_width(const csl_events *events)
{
	size_t width = 0;
	bool inside = false;
	for (size_t i = 0; i < events->count; i++) {
		const csl_event *event = &events->items[i];
		if (event->kind == CSL_EVENT_TEXT)
			width += inside ? nkc_utf8_count(event->text) : 0;
		else if (event->span == CSL_SPAN_LEFT_MARGIN)
			inside = event->kind == CSL_EVENT_ENTER;
	}
	return (unsigned)width;
}

void csl_document_renew(nkc_document *document)
{
	for (size_t i = 0; i < document->item_count; i++)
		document->items[i]->news |= CSL_NEW_DATA;
	document->stale = true;
}

static void set(nkc_document *document, bool *flag, bool on)
{
	if (*flag == on)
		return;
	*flag = on;
	csl_document_renew(document);
}

void nkc_document_set_links(nkc_document *document, bool links)
{
	set(document, &document->links, links);
}

void nkc_document_set_cite_links(nkc_document *document, bool links)
{
	set(document, &document->cite_links, links);
}

void nkc_document_set_author_fonts(nkc_document *document, bool kept)
{
	set(document, &document->keeps_author_fonts, kept);
}

bool nkc_document_marks_in_quotes(const nkc_document *document)
{
	return document->locale->punctuation_in_quote;
}

void nkc_document_set_whole_names(nkc_document *document, bool whole)
{
	set(document, &document->whole_names, whole);
}

#define LABEL_MAX 40u  /* characters: a wider first field is text, not a label */
#define SPACING_MAX 9u /* lines */

static unsigned at_most(unsigned number, unsigned most)
{
	return number < most ? number : most;
}

nkc_status nkc_document_list(nkc_document *document, nkc_markup_list *list)
{
	const nkc_style *style = document->style;
	nkc_status status = nkc_document_update(document);
	*list = (nkc_markup_list){
		.hanging_indent = style->hanging_indent,
		.second_field = style->second_field_align != CSL_ALIGN_NONE,
		.in_margin = style->second_field_align == CSL_ALIGN_MARGIN,
		.line_spacing = at_most(style->line_spacing, SPACING_MAX),
		.entry_spacing = at_most(style->entry_spacing, SPACING_MAX),
	};
	for (size_t i = 0; !status && list->second_field && i < document->entry_count; i++) {
		unsigned width = at_most(document->entries[i]->entry.label_width, LABEL_MAX);
		list->label_width = width > list->label_width ? width : list->label_width;
	}
	return status;
}

nkc_status nkc_document_bibliography(nkc_document *document, nkc_buf *out)
{
	nkc_markup_list list;
	size_t count = 0;
	nkc_status status = nkc_document_list(document, &list);
	if (!status)
		status = nkc_document_entry_count(document, &count);
	if (status)
		return status;
	nkc_markup_list_begin(document->markup, &list, out);
	for (size_t i = 0; i < count && !status; i++) {
		nkc_str id, text;
		status = nkc_document_entry(document, i, &id, &text);
		if (!status)
			nkc_markup_list_put(document->markup, &list, id, text, out);
	}
	nkc_markup_list_end(document->markup, &list, out);
	return status ? status : nkc_buf_status(out);
}
