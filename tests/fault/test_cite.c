/*
 * Makes allocation 1, 2, 3, ... fail (and all after it) while a style is compiled and a document is rendered and changed. Each
 * run has to say NKC_ENOMEM, or to give the very same bytes as a run without faults. A document whose call has failed gives
 * the right bytes when all is done again with memory; a leak is the sanitizer's to find.
 */
#include "support/unit.h"

#include <nkcite/nkcite.h>

#include "base/mem.h"

/* No run of this small input needs more; without a bound a defect could loop for ever. */
#define ALLOCATIONS_MAX 20000

static const char style_text[] =
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"note\">"
	"<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
	"<locale xml:lang=\"en\"><terms><term name=\"et-al\">and others</term></terms></locale>"
	"<macro name=\"author\"><names variable=\"author\"><name form=\"short\" and=\"text\"/><label prefix=\", \"/>"
	"<substitute><names variable=\"editor\"/><text variable=\"title\" font-style=\"italic\"/></substitute></names></macro>"
	"<citation et-al-min=\"3\" et-al-use-first=\"1\" disambiguate-add-names=\"true\" disambiguate-add-givenname=\"true\" "
	"disambiguate-add-year-suffix=\"true\" givenname-disambiguation-rule=\"all-names\" collapse=\"year-suffix\">"
	"<sort><key macro=\"author\"/></sort><layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><choose>"
	"<if position=\"ibid\"><text term=\"ibid\" text-case=\"capitalize-first\"/></if><else><group delimiter=\" \">"
	"<text macro=\"author\"/><date variable=\"issued\" form=\"numeric\" date-parts=\"year\"/>"
	"<label variable=\"locator\" form=\"short\"/><text variable=\"locator\"/>"
	"<text variable=\"first-reference-note-number\"/></group></else></choose></layout></citation>"
	"<bibliography subsequent-author-substitute=\"---\" second-field-align=\"flush\">"
	"<sort><key macro=\"author\"/><key variable=\"issued\"/><key variable=\"title\"/></sort>"
	"<layout suffix=\".\"><text variable=\"citation-number\" suffix=\". \"/><group delimiter=\", \">"
	"<names variable=\"author\"><name name-as-sort-order=\"all\"/></names>"
	"<text variable=\"title\" quotes=\"true\" text-case=\"title\"/><number variable=\"edition\" form=\"ordinal\"/>"
	"<text variable=\"page\"/><text variable=\"URL\"/></group></layout></bibliography></style>";

static const char *const items[] = {
	"{\"id\":\"a\",\"type\":\"book\",\"title\":\"The <i>first</i> of \\\"two\\\"\",\"edition\":\"2\",\"author\":["
	"{\"family\":\"Doe\",\"given\":\"John\"},{\"family\":\"Roe\",\"given\":\"Jane\"},{\"family\":\"Poe\",\"given\":\"E.\"}],"
	"\"issued\":{\"date-parts\":[[2014,11,3]]},\"URL\":\"https://example.org/a\"}",
	"{\"id\":\"b\",\"type\":\"book\",\"title\":\"Other\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jill\"},"
	"{\"family\":\"Roe\",\"given\":\"Jane\"},{\"family\":\"van der Poe\",\"given\":\"F.\"}],\"issued\":\"2014\","
	"\"note\":\"event-date: 2004\\npublisher: P\"}",
	"{\"id\":\"c\",\"type\":\"article\",\"title\":\"third\",\"page\":\"12-15\",\"editor\":[{\"literal\":\"Society\"}]}",
};

typedef struct scene {
	nkc_arena *arena; /* of the values below, made with memory */
	nkc_value *values[3];
	nkc_style *style;
	nkc_locales *locales;
	nkc_diags *diags;
	nkc_document *document;
} scene;

static nkc_status put_cluster(nkc_document *document, const char *id, uint32_t note, const char *first,
                              const char *second, nkc_mode mode)
{
	nkc_cite cites[2];
	memset(cites, 0, sizeof cites);
	cites[0].id = nkc_str_from(first);
	cites[1].id = nkc_str_from(second);
	cites[1].locator = NKC_STR("5-6");
	cites[1].prefix = NKC_STR("see <i>also</i> ");
	nkc_cluster cluster = { .id = nkc_str_from(id), .note = note, .cites = cites, .count = 2, .mode = mode,
		                .infix = NKC_STR("'s") };
	return nkc_document_put_cluster(document, &cluster, NKC_STR(""));
}

static nkc_status take_entry(void *data, nkc_str id, nkc_str text)
{
	nkc_buf *out = data;
	nkc_buf_put_str(out, id);
	nkc_buf_put_str(out, text);
	return nkc_buf_status(out);
}

static nkc_status read_all(scene *s, nkc_buf *out)
{
	static const nkc_test tests[] = { { NKC_STR_INIT("type"), NKC_STR_INIT("book"), NKC_TEST_IS } };
	const nkc_section books = { .rule = NKC_SECTION_EXCLUDE, .tests = tests, .count = 1 };
	nkc_str id, text;
	size_t count = 0;
	nkc_status status = nkc_document_entry_count(s->document, &count);
	for (size_t i = 0; !status && i < count; i++) {
		status = nkc_document_entry(s->document, i, &id, &text);
		if (!status)
			status = take_entry(out, id, text);
	}
	count = status ? 0 : nkc_document_cluster_count(s->document);
	for (size_t i = 0; !status && i < count; i++) {
		status = nkc_document_cluster(s->document, i, &id, &text);
		if (!status)
			status = take_entry(out, id, text);
	}
	return status ? status : nkc_document_section(s->document, &books, take_entry, out);
}

static nkc_status open_scene(scene *s)
{
	s->diags = nkc_diags_new();
	nkc_status status = s->diags ? nkc_locales_open(&s->locales, NULL, s->diags) : NKC_ENOMEM;
	if (!status)
		status = nkc_style_parse(&s->style, nkc_str_from(style_text), NKC_STR("style"), s->diags);
	if (!status)
		status = nkc_document_new(&s->document, s->style, s->locales, NKC_STR(""),
		                          nkc_markup_find(NKC_STR("html")), s->diags);
	return status;
}

static void close_scene(scene *s)
{
	nkc_document_free(s->document);
	nkc_style_free(s->style);
	nkc_locales_close(s->locales);
	nkc_diags_free(s->diags);
}

/* Not known yet, or not there any more: no failure. */
static nkc_status but_found(nkc_status status)
{
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* Changes that can all be made again: the document is the same in the end. */
static nkc_status change(scene *s, nkc_buf *out)
{
	nkc_status status = but_found(put_cluster(s->document, "1", 1, "a", "b", NKC_MODE_NORMAL));
	for (unsigned i = 0; !status && i < 3; i++)
		status = nkc_document_put_object(s->document, s->values[i]);
	if (!status)
		status = put_cluster(s->document, "2", 2, "b", "c", NKC_MODE_COMPOSITE);
	if (!status)
		status = nkc_document_update(s->document);
	if (!status)
		status = put_cluster(s->document, "0", 0, "a", "a", NKC_MODE_AUTHOR_ONLY);
	if (!status)
		status = nkc_document_move_cluster(s->document, NKC_STR("0"), NKC_STR("1"));
	if (!status)
		status = nkc_document_set_uncited(s->document, &(nkc_str){ "c", 1 }, 1);
	if (!status)
		status = nkc_document_update(s->document);
	if (!status)
		status = but_found(nkc_document_remove_cluster(s->document, NKC_STR("2")));
	return status ? status : read_all(s, out);
}

static nkc_status play(scene *s, nkc_buf *out)
{
	nkc_status status = open_scene(s);
	return status ? status : change(s, out);
}

static void every_failure_is_told_and_can_be_made_good(void **state)
{
	scene whole = { .arena = nkc_arena_new() };
	nkc_buf wanted = NKC_BUF_INIT;
	(void)state;
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(
			nkc_value_parse(&whole.values[i], whole.arena, nkc_str_from(items[i]), NULL, NULL),
			NKC_OK);
	scene first = whole;
	nkc_mem_fail_at(0);
	assert_int_equal(play(&first, &wanted), NKC_OK);
	uint64_t allocations = nkc_mem_count();
	close_scene(&first);
	assert_in_range(allocations, 1, ALLOCATIONS_MAX);
	for (uint64_t n = 1; n <= allocations; n++) {
		scene broken = whole;
		nkc_buf got = NKC_BUF_INIT;
		nkc_mem_fail_at(n);
		nkc_status status = play(&broken, &got);
		nkc_mem_fail_at(0);
		if (status == NKC_ENOMEM && broken.document) {
			nkc_buf_clear(&got);
			status = change(&broken, &got);
		}
		if (status != NKC_ENOMEM && !nkc_str_eq(nkc_buf_str(&got), nkc_buf_str(&wanted)))
			fail_msg("allocation %d of %d failed, status: %s, got %s", (int)n, (int)allocations,
			         nkc_status_text(status), got.ptr);
		nkc_buf_release(&got);
		close_scene(&broken);
	}
	nkc_buf_release(&wanted);
	nkc_arena_free(whole.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_failure_is_told_and_can_be_made_good),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
