/*
 * An item, whatever is in it, in a style that prints every variable there is in every way: it renders, twice the same,
 * and what comes out is text in every markup.
 */
#include "results.h"

#include <nkcite/cite.h>
#include <nkcite/variables.h>

#include "base/utf8.h"

#define OUT_MAX ((size_t)64 << 20) /* of a few kilobytes */

static void put_variable(nkc_buf *xml, nkc_var var)
{
	const char *name = nkc_var_name(var);
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES:
		nkc_buf_printf(xml,
		               "<names variable=\"%s\" suffix=\". \"><name and=\"text\" initialize-with=\". \" "
		               "name-as-sort-order=\"first\" et-al-min=\"4\" et-al-use-first=\"2\" et-al-use-last=\"true\"/>"
		               "<label form=\"short\" prefix=\" (\" suffix=\")\"/></names>",
		               name);
		break;
	case NKC_KIND_DATE:
		nkc_buf_printf(xml,
		               "<date variable=\"%s\" form=\"text\" suffix=\"; \"/><date variable=\"%s\"><date-part "
		               "name=\"day\" form=\"ordinal\"/><date-part name=\"month\" form=\"short\"/><date-part "
		               "name=\"year\" form=\"short\"/></date>",
		               name, name);
		break;
	case NKC_KIND_NUMBER:
		nkc_buf_printf(xml,
		               "<label variable=\"%s\" form=\"short\" plural=\"contextual\"/><number variable=\"%s\" "
		               "form=\"ordinal\"/><number variable=\"%s\" form=\"roman\"/><number variable=\"%s\" "
		               "form=\"long-ordinal\" prefix=\" [\" suffix=\"]\"/>",
		               name, name, name, name);
		break;
	case NKC_KIND_STRING:
		nkc_buf_printf(xml,
		               "<text variable=\"%s\" quotes=\"true\" text-case=\"title\" font-style=\"italic\" suffix=\". "
		               "\"/><text variable=\"%s\" text-case=\"sentence\" strip-periods=\"true\"/>",
		               name, name);
		break;
	default:
		break;
	}
}

static void put_style(nkc_buf *xml)
{
	nkc_buf_puts(xml, "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\" "
	                  "page-range-format=\"chicago\"><info><title>f</title><id>f</id></info><citation "
	                  "disambiguate-add-year-suffix=\"true\" collapse=\"year\"><sort><key variable=\"issued\"/></sort>"
	                  "<layout delimiter=\"; \"><names variable=\"author\"><substitute><text variable=\"title\"/>"
	                  "</substitute></names><date variable=\"issued\" form=\"numeric\"/></layout></citation>"
	                  "<bibliography subsequent-author-substitute=\"---\"><sort><key variable=\"author\"/>"
	                  "<key variable=\"title\"/><key variable=\"volume\"/></sort><layout suffix=\".\">");
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++)
		put_variable(xml, (nkc_var)var);
	nkc_buf_puts(xml, "</layout></bibliography></style>");
}

static const nkc_style *style(void)
{
	static nkc_style *made;
	if (!made) {
		nkc_buf xml = NKC_BUF_INIT;
		put_style(&xml);
		MUST(nkc_style_parse(&made, nkc_buf_str(&xml), NKC_STR("fuzz.csl"), NULL) == NKC_OK);
		nkc_buf_release(&xml);
	}
	return made;
}

static void render(const nkc_value *item, const nkc_markup *markup, nkc_buf *out)
{
	static nkc_locales *locales;
	nkc_document *document;
	nkc_str id = nkc_value_text(nkc_value_find(item, NKC_STR("id")));
	nkc_cite cite = { .id = id };
	nkc_cluster cluster = { .id = NKC_STR("1"), .cites = &cite, .count = 1 };
	MUST(locales || nkc_locales_open(&locales, NULL, NULL) == NKC_OK);
	MUST(nkc_document_new(&document, style(), locales, NKC_STR(""), markup, NULL) == NKC_OK);
	nkc_status status = nkc_document_put_object(document, item);
	if (!status) {
		(void)nkc_document_put_cluster(document, &cluster, NKC_STR(""));
		(void)nkc_document_set_uncited(document, &id, 1);
		put_results(document, out);
	}
	nkc_document_free(document);
}

static void check_text(nkc_str text)
{
	MUST(text.len <= OUT_MAX);
	for (size_t at = 0; at < text.len;) {
		size_t length = (unsigned char)text.ptr[at] < 0x80 ? 1 : nkc_utf8_length(text.ptr + at, text.len - at);
		MUST(length > 0);
		at += length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	nkc_arena *arena = nkc_arena_new();
	nkc_value *item = NULL;
	MUST(arena);
	if (nkc_value_parse(&item, arena, text, NULL, NULL) != NKC_OK || !nkc_value_is(item, NKC_OBJECT))
		item = NULL;
	for (size_t i = 0; item && nkc_markup_at(i); i++) {
		nkc_buf once = NKC_BUF_INIT, again = NKC_BUF_INIT;
		render(item, nkc_markup_at(i), &once);
		check_text(nkc_buf_str(&once));
		if (i == 0)
			render(item, nkc_markup_at(i), &again);
		MUST(i || nkc_str_eq(nkc_buf_str(&once), nkc_buf_str(&again)));
		nkc_buf_release(&once);
		nkc_buf_release(&again);
	}
	nkc_arena_free(arena);
	return 0;
}
