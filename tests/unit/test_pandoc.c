/*
 * Documents of pandoc through the public interface. What rendering makes of them is in tests/pandoc, beside pandoc's own; here is
 * what the interface promises: what is found and wanted, what is no document, and that memory may run out anywhere.
 */
#include "support/unit.h"

#include "base/mem.h"

#include <nkcite/nkcite.h>

#define STR(text) "{\"t\":\"Str\",\"c\":\"" text "\"}"
#define CITATION(id, mode, suffix)                                                                                          \
	"{\"citationId\":\"" id "\",\"citationPrefix\":[],\"citationSuffix\":[" suffix "],\"citationMode\":{\"t\":\"" mode     \
	"\"},\"citationNoteNum\":1,\"citationHash\":0}"
#define CITE(citation) "{\"t\":\"Cite\",\"c\":[[" citation "],[" STR("old") "]]}"
#define DOCUMENT(meta, inlines)                                                                                             \
	"{\"pandoc-api-version\":[1,23,1],\"meta\":{" meta "},\"blocks\":[{\"t\":\"Para\",\"c\":[" inlines "]}]}"
#define REFERENCES                                                                                                          \
	"\"references\":{\"t\":\"MetaList\",\"c\":[{\"t\":\"MetaMap\",\"c\":{\"id\":{\"t\":\"MetaString\",\"c\":\"doe\"},"   \
	"\"title\":{\"t\":\"MetaInlines\",\"c\":[" STR("One") ",{\"t\":\"Math\",\"c\":[{\"t\":\"InlineMath\"},\"x\"]}]},"   \
	"\"author\":{\"t\":\"MetaMap\",\"c\":{\"family\":{\"t\":\"MetaString\",\"c\":\"Doe\"}}}}}]}"

static const char style_xml[] =
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"note\"><info><title>T</title><id>t</id></info>"
	"<citation><layout suffix=\".\"><names variable=\"author\"/><text variable=\"title\" prefix=\", \"/>"
	"<text variable=\"locator\" prefix=\", \"/></layout></citation><bibliography><layout><text variable=\"title\"/></layout>"
	"</bibliography></style>";

static nkc_status parse(nkc_pandoc **pandoc, const char *json, nkc_diags *diags)
{
	return nkc_pandoc_parse(pandoc, nkc_str_from(json), NKC_STR("-"), diags);
}

static void keys_are_found_once_in_order(void **state)
{
	(void)state;
	static const char json[] =
		DOCUMENT("\"nocite\":{\"t\":\"MetaInlines\",\"c\":[" CITE(CITATION("last", "AuthorInText", "")) "]}",
	                 CITE(CITATION("b", "NormalCitation", "") "," CITATION("a", "NormalCitation", "")) ","
	                         CITE(CITATION("b", "SuppressAuthor", "")));
	nkc_pandoc *pandoc;
	size_t count;
	assert_int_equal(parse(&pandoc, json, NULL), NKC_OK);
	const nkc_str *keys = nkc_pandoc_keys(pandoc, &count);
	assert_int_equal(count, 3);
	assert_str(keys[0], "b");
	assert_str(keys[1], "a");
	assert_str(keys[2], "last");
	assert_false(nkc_pandoc_wants_all(pandoc));
	assert_false(nkc_pandoc_wants(pandoc, NKC_STR("c")));
	assert_false(nkc_pandoc_has(pandoc, NKC_STR("a")));
	assert_true(nkc_pandoc_wants(pandoc, NKC_STR("a")));
	assert_true(nkc_pandoc_has(pandoc, NKC_STR("a")));
	nkc_pandoc_free(pandoc);
}

static void all_are_wanted_by_a_star(void **state)
{
	(void)state;
	nkc_pandoc *pandoc;
	assert_int_equal(parse(&pandoc, DOCUMENT("\"nocite\":" CITE(CITATION("*", "AuthorInText", "")), ""), NULL), NKC_OK);
	assert_true(nkc_pandoc_wants_all(pandoc));
	assert_true(nkc_pandoc_wants(pandoc, NKC_STR("any")));
	nkc_pandoc_free(pandoc);
}

static void metadata_is_read_without_markup(void **state)
{
	(void)state;
	static const char json[] = DOCUMENT("\"csl\":{\"t\":\"MetaInlines\",\"c\":[{\"t\":\"Emph\",\"c\":[" STR("a") "]},"
	                                    "{\"t\":\"Space\"}," STR("b") "]},\"yes\":{\"t\":\"MetaBool\",\"c\":true},"
	                                    "\"no\":{\"t\":\"MetaString\",\"c\":\"never\"},\"list\":{\"t\":\"MetaList\",\"c\":"
	                                    "[{\"t\":\"MetaString\",\"c\":\"x\"},{\"t\":\"MetaString\",\"c\":\"y\"}]}", "");
	nkc_pandoc *pandoc;
	const nkc_str *texts;
	size_t count;
	assert_int_equal(parse(&pandoc, json, NULL), NKC_OK);
	assert_str(nkc_pandoc_meta(pandoc, "csl"), "a b");
	assert_str(nkc_pandoc_meta(pandoc, "none"), "");
	assert_true(nkc_pandoc_flag(pandoc, "yes", false));
	assert_false(nkc_pandoc_flag(pandoc, "no", true));
	assert_true(nkc_pandoc_flag(pandoc, "none", true));
	assert_int_equal(nkc_pandoc_texts(pandoc, "list", &texts, &count), NKC_OK);
	assert_int_equal(count, 2);
	assert_str(texts[1], "y");
	assert_int_equal(nkc_pandoc_texts(pandoc, "csl", &texts, &count), NKC_OK);
	assert_int_equal(count, 1);
	nkc_pandoc_free(pandoc);
}

static void what_is_no_document_is_a_finding(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "# Title", "[]", "{\"blocks\":[]}", "{\"meta\":{},\"blocks\":{}}" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		nkc_diags *diags = nkc_diags_new();
		nkc_pandoc *pandoc;
		assert_int_equal(parse(&pandoc, texts[i], diags), NKC_ESYNTAX);
		assert_null(pandoc);
		assert_int_equal(nkc_diags_count(diags), 1);
		assert_int_equal(nkc_diags_at(diags, 0)->code, NKC_CODE_PANDOC_SYNTAX);
		nkc_diags_free(diags);
	}
}

static void other_versions_are_read_with_a_warning(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"{\"pandoc-api-version\":[1,19],\"meta\":{},\"blocks\":[]}",
		"{\"pandoc-api-version\":[1,24,1],\"meta\":{},\"blocks\":[]}",
		"{\"pandoc-api-version\":[2,20],\"meta\":{},\"blocks\":[]}",
		"{\"meta\":{},\"blocks\":[]}",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		nkc_diags *diags = nkc_diags_new();
		nkc_pandoc *pandoc;
		assert_int_equal(parse(&pandoc, texts[i], diags), NKC_OK);
		assert_int_equal(nkc_diags_count(diags), 1);
		assert_int_equal(nkc_diags_at(diags, 0)->code, NKC_CODE_PANDOC_VERSION);
		nkc_pandoc_free(pandoc);
		nkc_diags_free(diags);
	}
}

/* --- the whole way --- */

static const char whole[] =
	DOCUMENT(REFERENCES, STR("A") "," CITE(CITATION("doe", "AuthorInText", STR("3"))) "," STR("."));

static nkc_status render(nkc_buf *out)
{
	nkc_locales *locales = NULL;
	nkc_style *style = NULL;
	nkc_document *document = NULL;
	nkc_cite_parser *parser = NULL;
	nkc_pandoc *pandoc = NULL;
	nkc_str none = NKC_STR("");
	nkc_status status = nkc_locales_open(&locales, NULL, NULL);
	if (!status)
		status = nkc_style_parse(&style, nkc_str_from(style_xml), NKC_STR("t"), NULL);
	if (!status)
		status = nkc_document_new(&document, style, locales, none, nkc_markup_find(NKC_STR("pandoc-json")), NULL);
	if (!status)
		status = nkc_cite_parser_new(&parser, style, locales, none);
	if (!status)
		status = parse(&pandoc, whole, NULL);
	if (!status)
		status = nkc_pandoc_put_references(pandoc, document);
	if (!status)
		status = nkc_pandoc_render(pandoc, document, style, parser);
	if (!status)
		status = nkc_pandoc_write(pandoc, out);
	nkc_pandoc_free(pandoc);
	nkc_cite_parser_free(parser);
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_locales_close(locales);
	return status;
}

/* The author stays in the sentence, the mark goes before the note (pandoc --citeproc makes the same of it). */
#define NOTE                                                                                                                \
	"{\"t\":\"Note\",\"c\":[{\"t\":\"Para\",\"c\":[" STR("One") ",{\"t\":\"Math\",\"c\":[{\"t\":\"InlineMath\"},\"x\"]},"     \
	STR(",") ",{\"t\":\"Space\"}," STR("3.") "]}]}"

static void a_note_has_what_the_sentence_has_not(void **state)
{
	(void)state;
	nkc_buf out = NKC_BUF_INIT;
	assert_int_equal(render(&out), NKC_OK);
	assert_non_null(strstr(out.ptr, "[" STR("Doe") "," STR(".") "," NOTE "]"));
	nkc_buf_release(&out);
}

static void memory_may_run_out_anywhere(void **state)
{
	(void)state;
	nkc_buf want = NKC_BUF_INIT;
	nkc_mem_fail_at(0);
	assert_int_equal(render(&want), NKC_OK);
	uint64_t total = nkc_mem_count();
	for (uint64_t n = 1; n <= total; n++) {
		nkc_buf out = NKC_BUF_INIT;
		nkc_mem_fail_at(n);
		nkc_status status = render(&out);
		nkc_mem_fail_at(0);
		if (status == NKC_OK)
			assert_str(nkc_buf_str(&out), want.ptr);
		else
			assert_int_equal(status, NKC_ENOMEM);
		nkc_buf_release(&out);
	}
	nkc_buf_release(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_found_once_in_order),
		cmocka_unit_test(all_are_wanted_by_a_star),
		cmocka_unit_test(metadata_is_read_without_markup),
		cmocka_unit_test(what_is_no_document_is_a_finding),
		cmocka_unit_test(other_versions_are_read_with_a_warning),
		cmocka_unit_test(a_note_has_what_the_sentence_has_not),
		cmocka_unit_test(memory_may_run_out_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
