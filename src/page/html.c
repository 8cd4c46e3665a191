/*
 * html.c: the page as a whole.
 */
#include "page/page.h"

#include "base/mem.h"
#include "format/values.h"

#include <stdio.h>
#include <stdlib.h>

static const unsigned char style_text[] = {
#include "page/page_css.inc"
};

static const unsigned char script_text[] = {
#include "page/page_js.inc"
};

static nkc_str style(void)
{
	return nkc_str_make((const char *)style_text, sizeof style_text);
}

static nkc_str script(void)
{
	return nkc_str_make((const char *)script_text, sizeof script_text);
}

/* --- citations --- */

/* Puts all records into the bibliography, and finds their places and texts there. */
static nkc_status cite(nkc_page *page, nkc_str *texts)
{
	size_t count, entries = 0;
	page_source *all = page_sources(page, &count);
	nkc_str *ids = nkc_calloc(count ? count : 1, sizeof *ids);
	if (!ids)
		return NKC_ENOMEM;
	for (size_t i = 0; i < count; i++) {
		char number[32];
		ids[i] = nkc_arena_str(
			page->arena, nkc_str_make(number, (size_t)snprintf(number, sizeof number, "%zu", i)));
		texts[i] = NKC_STR("");
		all[i].place = count + i; /* of what the style does not list */
	}
	nkc_status status = nkc_arena_status(page->arena);
	if (!status)
		status = nkc_document_set_uncited(page->document, ids, count);
	if (!status)
		status = nkc_document_entry_count(page->document, &entries);
	for (size_t i = 0; i < entries && !status; i++) {
		nkc_str id, text;
		status = nkc_document_entry(page->document, i, &id, &text);
		size_t index = (size_t)strtoull(nkc_arena_str(page->arena, id).ptr, NULL, 10);
		if (status || index >= count)
			continue;
		texts[index] = text;
		all[index].place = i;
	}
	nkc_free(ids);
	return status;
}

/* --- order --- */

typedef struct order {
	size_t group, place, index;
} order;

static int compare_orders(const void *a, const void *b)
{
	const order *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

/* Years fall, names rise; what has no year, and what is named for lacking something ("No ..."), comes last. */
static int compare_groups(const void *a, const void *b)
{
	const page_group *x = *(const page_group *const *)a, *y = *(const page_group *const *)b;
	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	bool x_last = nkc_str_starts(x->name, NKC_STR("No ")), y_last = nkc_str_starts(y->name, NKC_STR("No "));
	return x_last != y_last ? x_last - y_last : nkc_str_cmp(x->name, y->name);
}

static nkc_status rank_groups(nkc_page *page)
{
	size_t count;
	page_group *all = page_groups(page, &count), **sorted = nkc_calloc(count ? count : 1, sizeof *sorted);
	if (!sorted)
		return NKC_ENOMEM;
	for (size_t i = 0; i < count; i++)
		sorted[i] = &all[i];
	qsort(sorted, count, sizeof *sorted, compare_groups);
	for (size_t i = 0; i < count; i++)
		sorted[i]->rank = i;
	nkc_free(sorted);
	return NKC_OK;
}

/* --- the page --- */

static void put_policy(nkc_buf *out)
{
	nkc_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src ");
	page_put_hash(script(), out);
	nkc_buf_puts(out, "; style-src ");
	page_put_hash(style(), out);
	nkc_buf_puts(out, "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'\">\n");
}

static nkc_str title_of(const nkc_page *page)
{
	return page->options.title.len ? page->options.title : NKC_STR("Bibliography");
}

static void put_head(const nkc_page *page, nkc_buf *out)
{
	const nkc_page_options *options = &page->options;
	nkc_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	put_policy(out);
	nkc_buf_puts(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
	                  "<meta name=\"referrer\" content=\"no-referrer\">\n");
	nkc_buf_printf(out, "<meta name=\"generator\" content=\"nkcite %s\">\n<title>", nkc_version());
	page_put_text(title_of(page), out);
	nkc_buf_puts(out, "</title>\n");
	for (size_t i = 0; i < options->file_count; i++) {
		const nkc_page_file *file = &options->files[i];
		nkc_buf_puts(out, "<link rel=\"alternate\"");
		page_put_attribute("type", nkc_str_from(nkc_format_media_type(file->format)), out);
		page_put_attribute("title", nkc_str_from(nkc_format_title(file->format)), out);
		page_put_attribute("href", file->name, out);
		nkc_buf_puts(out, ">\n");
	}
	if (options->unapi.len) {
		nkc_buf_puts(out, "<link rel=\"unapi-server\" type=\"application/xml\" title=\"unAPI\"");
		page_put_attribute("href", options->unapi, out);
		nkc_buf_puts(out, ">\n");
	}
	nkc_buf_puts(out, "<style>");
	nkc_buf_put_str(out, style());
	nkc_buf_puts(out, "</style>\n</head>\n");
}

static void put_files(const nkc_page *page, nkc_buf *out)
{
	const nkc_page_options *options = &page->options;
	for (size_t i = 0; i < options->file_count; i++) {
		nkc_buf_puts(out, i ? ", " : " <span class=\"files\">All of them as ");
		nkc_buf_puts(out, "<a download");
		page_put_attribute("href", options->files[i].name, out);
		nkc_buf_putc(out, '>');
		page_put_text(nkc_str_from(nkc_format_title(options->files[i].format)), out);
		nkc_buf_puts(out, "</a>");
	}
	nkc_buf_puts(out, options->file_count ? ".</span>" : "");
}

/* Everything that only a script can serve is hidden until it runs. */
static const char controls[] =
	"<form id=\"page:controls\" role=\"search\" aria-label=\"Search the sources\" hidden>\n"
	"<label class=\"wide\">Search <input id=\"page:search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>\n"
	"<label>Kind <select id=\"page:kind\"><option value=\"\">any</option></select></label>\n"
	"<label>Year <select id=\"page:year\"><option value=\"\">any</option></select></label>\n"
	"<label>State <select id=\"page:state\"><option value=\"\">any</option>"
	"<option value=\"no-author\">no author stated</option>"
	"<option value=\"inferred\">something inferred</option>"
	"<option value=\"archived\">with an archived copy</option>"
	"<option value=\"!archived\">without an archived copy</option></select></label>\n"
	"<label>Group by <select id=\"page:group\"><option value=\"\">nothing</option><option value=\"year\">year</option>"
	"<option value=\"kind\">kind</option><option value=\"outlet\">publication</option></select></label>\n"
	"<label>Sort <select id=\"page:sort\"><option value=\"\">style</option>"
	"<option value=\"new\">newest first</option><option value=\"old\">oldest first</option></select></label>\n"
	"<p class=\"result\"><span id=\"page:count\" role=\"status\"></span>"
	" <button type=\"button\" id=\"page:reset\">Show all</button>"
	" <button type=\"button\" id=\"page:cite-all\">Copy these</button></p>\n"
	"</form>\n";

static const char dialog[] =
	"<dialog id=\"page:dialog\" aria-labelledby=\"page:dialog-title\">\n"
	"<h2 id=\"page:dialog-title\">Copy</h2>\n"
	"<fieldset><legend>Form</legend>\n"
	"<label><input type=\"radio\" name=\"form\" value=\"citation\" checked> Citation</label>\n"
	"<label><input type=\"radio\" name=\"form\" value=\"bibtex\"> BibTeX</label>\n"
	"<label><input type=\"radio\" name=\"form\" value=\"ris\"> RIS</label>\n"
	"<label><input type=\"radio\" name=\"form\" value=\"csljson\"> CSL-JSON</label></fieldset>\n"
	"<pre id=\"page:preview\" tabindex=\"0\" role=\"region\" aria-label=\"What is copied\"></pre>\n"
	"<p class=\"result\"><span id=\"page:copied\" role=\"status\"></span>"
	" <a id=\"page:save\" class=\"button\" href=\"#\">Save</a>"
	" <button type=\"button\" id=\"page:copy\" class=\"main\">Copy</button>"
	" <button type=\"button\" id=\"page:close\">Close</button></p>\n"
	"</dialog>\n";

static void put_header(const nkc_page *page, size_t count, nkc_buf *out)
{
	nkc_buf_puts(out, "<body>\n<a class=\"skip\" href=\"#page:sources\">Skip to the sources</a>\n<header>\n<h1>");
	page_put_text(title_of(page), out);
	nkc_buf_printf(out, "</h1>\n<p>%zu %s in the style ", count, count == 1 ? "source" : "sources");
	page_put_text(nkc_style_title(page->options.style), out);
	nkc_buf_putc(out, '.');
	put_files(page, out);
	nkc_buf_puts(out, "</p>\n");
	nkc_buf_puts(out, controls);
	nkc_buf_puts(out, "</header>\n");
}

static void put_main(const nkc_page *page, const nkc_markup_list *list, nkc_buf *out)
{
	static const char *const names[] = { "", "year", "kind", "outlet" };
	nkc_buf_puts(out, "<main id=\"page:sources\" tabindex=\"-1\"");
	if (list->hanging_indent)
		nkc_buf_puts(out, " class=\"hanging\"");
	page_put_attribute("data-group", nkc_str_from(names[page->options.group]), out);
	nkc_buf_puts(out, ">\n");
	if (page->options.unapi.len)
		nkc_buf_puts(out, "<abbr class=\"unapi-id\" title=\"all\"></abbr>\n");
}

/* The language of the citations, where it is not that of the page: screen readers want to know. */
static nkc_str foreign_language(const nkc_page *page)
{
	nkc_str language = page->options.language.len ? page->options.language
	                                              : nkc_style_default_locale(page->options.style);
	return nkc_str_starts(language, NKC_STR("en")) ? NKC_STR("") : language;
}

static void put_citation(nkc_str text, nkc_str language, nkc_buf *out)
{
	nkc_buf_puts(out, "<p class=\"citation\"");
	page_put_attribute("lang", language, out);
	nkc_buf_putc(out, '>');
	if (text.len)
		nkc_buf_put_str(out, text);
	else
		nkc_buf_puts(out, "The style shows nothing of this source.");
	nkc_buf_puts(out, "</p>\n");
}

static void put_groups(const nkc_page *page, const order *orders, const nkc_str *texts, nkc_buf *out)
{
	size_t count, group_count, open = SIZE_MAX;
	const page_source *all = page_sources(page, &count);
	const page_group *names = page_groups(page, &group_count);
	nkc_str bodies = nkc_buf_str(&page->bodies), language = foreign_language(page);
	for (size_t i = 0; i < count; i++) {
		const page_source *source = &all[orders[i].index];
		if (orders[i].group != open) {
			nkc_buf_puts(out, open == SIZE_MAX ? "<section>\n" : "</ol>\n</section>\n<section>\n");
			if (page->options.group != NKC_PAGE_NONE) {
				nkc_buf_puts(out, "<h2>");
				page_put_text(names[source->group].name, out);
				nkc_buf_puts(out, "</h2>\n");
			}
			nkc_buf_puts(out, "<ol>\n");
			open = orders[i].group;
		}
		nkc_buf_printf(out, "<li data-n=\"%zu\"", source->place);
		nkc_buf_put_str(out, nkc_str_slice(bodies, source->tag, source->body));
		put_citation(texts[orders[i].index], language, out);
		nkc_buf_put_str(out, nkc_str_slice(bodies, source->body, source->end));
		nkc_buf_puts(out, "</li>\n");
	}
	nkc_buf_puts(out, count ? "</ol>\n</section>\n" : "");
}

static void put_foot(const nkc_page *page, nkc_buf *out)
{
	nkc_buf_puts(out, "</main>\n<footer><p>Made with nkcite.</p></footer>\n");
	nkc_buf_puts(out, dialog);
	nkc_buf_puts(out, "<script type=\"application/ld+json\">"
	                  "{\"@context\":\"https://schema.org\",\"@type\":\"CollectionPage\",\"name\":");
	nkc_buf name = NKC_BUF_INIT;
	nkc_json_put_string(&name, title_of(page));
	page_put_json(nkc_buf_str(&name), out);
	nkc_text_done(&name, out);
	nkc_buf_puts(out, ",\"hasPart\":[\n");
	nkc_buf_put_str(out, nkc_buf_str(&page->linked));
	nkc_buf_puts(out, "\n]}</script>\n<script>");
	nkc_buf_put_str(out, script());
	nkc_buf_puts(out, "</script>\n</body>\n</html>\n");
}

static nkc_status put_page(nkc_page *page, order *orders, nkc_str *texts, nkc_buf *out)
{
	size_t count, group_count;
	nkc_markup_list list;
	const page_source *all = page_sources(page, &count);
	const page_group *names = page_groups(page, &group_count);
	nkc_status status = rank_groups(page);
	if (!status)
		status = cite(page, texts);
	if (!status)
		status = nkc_document_list(page->document, &list);
	if (status)
		return status;
	for (size_t i = 0; i < count; i++)
		orders[i] = (order){ names[all[i].group].rank, all[i].place, i };
	qsort(orders, count, sizeof *orders, compare_orders);
	put_head(page, out);
	put_header(page, count, out);
	put_main(page, &list, out);
	put_groups(page, orders, texts, out);
	put_foot(page, out);
	return nkc_buf_status(out);
}

nkc_status nkc_page_write(nkc_page *page, nkc_buf *out)
{
	size_t count;
	page_sources(page, &count);
	order *orders = nkc_calloc(count + 1, sizeof *orders);
	nkc_str *texts = nkc_calloc(count + 1, sizeof *texts);
	nkc_status status = orders && texts ? put_page(page, orders, texts, out) : NKC_ENOMEM;
	nkc_free(texts);
	nkc_free(orders);
	return status;
}

/* As XML, which RDF does not look into: attributes without a namespace are no RDF. */
const char *nkc_page_unapi(void)
{
	return "<rdf:Description>\n"
	       "  <formats xmlns=\"http://unapi.info/\" rdf:parseType=\"Literal\">\n"
	       "    <format name=\"rdf_zotero\" type=\"application/rdf+xml\"/>\n"
	       "  </formats>\n"
	       "</rdf:Description>\n";
}
