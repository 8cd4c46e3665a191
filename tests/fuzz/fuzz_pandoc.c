/*
 * Documents of pandoc: whatever the JSON, rendering it gives JSON of the same shape, in a style for the text and one for notes.
 */
#include "fuzz.h"

#include <nkcite/pandoc.h>

#define STYLE(class)                                                                                                  \
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"" class "\" version=\"1.0\"><info><title>f</title>"         \
	"<id>f</id></info><citation collapse=\"year\"><layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><names "             \
	"variable=\"author\"/><date variable=\"issued\" prefix=\" \"><date-part name=\"year\"/></date><group prefix=\", \">" \
	"<label variable=\"locator\" form=\"short\"/><text variable=\"locator\"/></group></layout></citation>"                \
	"<bibliography second-field-align=\"flush\"><layout suffix=\".\"><text variable=\"citation-number\"/><text "          \
	"variable=\"title\" font-style=\"italic\" quotes=\"true\"/></layout></bibliography></style>"

static const char *const styles[] = { STYLE("in-text"), STYLE("note") };

static void put_item(nkc_pandoc *pandoc, nkc_document *document)
{
	static const char json[] = "{\"id\":\"a\",\"type\":\"book\",\"title\":\"A <i>b</i>\",\"author\":[{\"family\":\"Doe\"}],"
				   "\"issued\":{\"date-parts\":[[2005]]}}";
	nkc_record *record = nkc_record_new();
	MUST(record && nkc_record_parse(record, nkc_str_from(json), NULL, NULL) == NKC_OK);
	if (nkc_pandoc_wants(pandoc, NKC_STR("a")))
		MUST(document ? nkc_document_put_item(document, record) == NKC_OK : nkc_pandoc_resolve(pandoc, record) == NKC_OK);
	nkc_record_free(record);
}

static void must_be_document(nkc_pandoc *pandoc)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_pandoc *again;
	MUST(nkc_pandoc_write(pandoc, &out) == NKC_OK);
	nkc_status status = nkc_pandoc_parse(&again, nkc_buf_str(&out), NKC_STR("-"), NULL);
	MUST(status == NKC_OK || status == NKC_ESYNTAX); /* what we add may pass the depth that is read */
	nkc_pandoc_free(again);
	nkc_buf_release(&out);
}

static void render(nkc_str text, size_t style_index)
{
	static nkc_locales *locales;
	static nkc_style *made[2];
	nkc_style **style = &made[style_index];
	nkc_document *document;
	nkc_cite_parser *parser;
	nkc_pandoc *pandoc;
	MUST(locales || nkc_locales_open(&locales, NULL, NULL) == NKC_OK);
	MUST(*style || nkc_style_parse(style, nkc_str_from(styles[style_index]), NKC_STR("f.csl"), NULL) == NKC_OK);
	if (nkc_pandoc_parse(&pandoc, text, NKC_STR("-"), NULL) != NKC_OK)
		return;
	MUST(nkc_document_new(&document, *style, locales, NKC_STR(""), nkc_markup_find(NKC_STR("pandoc-json")), NULL) == NKC_OK);
	MUST(nkc_cite_parser_new(&parser, *style, locales, NKC_STR("")) == NKC_OK);
	put_item(pandoc, document);
	MUST(nkc_pandoc_put_references(pandoc, document) == NKC_OK);
	nkc_status status = nkc_pandoc_render(pandoc, document, *style, parser);
	MUST(status == NKC_OK || status == NKC_ELIMIT);
	must_be_document(pandoc);
	nkc_pandoc_free(pandoc);
	nkc_cite_parser_free(parser);
	nkc_document_free(document);
}

static void resolve(nkc_str text)
{
	nkc_pandoc *pandoc;
	if (nkc_pandoc_parse(&pandoc, text, NKC_STR("-"), NULL) != NKC_OK)
		return;
	put_item(pandoc, NULL);
	must_be_document(pandoc);
	nkc_pandoc_free(pandoc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	render(text, 0);
	render(text, 1);
	resolve(text);
	return 0;
}
