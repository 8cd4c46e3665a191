/*
 * The page of a bibliography: what is in the HTML. What a browser makes of it is seen by tests/checks/page.
 */
#include "support/unit.h"

#include "base/sha256.h"
#include "page/page.h"

#include <nkcite/format.h>
#include <nkcite/page.h>

/* --- SHA-256: the examples of FIPS 180-2, appendix B, and of the empty text --- */

static void assert_digest(nkc_str text, const char *expected)
{
	uint8_t digest[NKC_SHA256_SIZE];
	char shown[2 * NKC_SHA256_SIZE + 1];
	nkc_sha256(text, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(shown + 2 * i, 3, "%02x", digest[i]);
	assert_string_equal(shown, expected);
}

static void sha256_is_that_of_the_standard(void **state)
{
	(void)state;
	assert_digest(NKC_STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_digest(NKC_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_digest(NKC_STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	nkc_buf million = NKC_BUF_INIT;
	for (int i = 0; i < 1000000; i++)
		nkc_buf_putc(&million, 'a');
	assert_digest(nkc_buf_str(&million), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	nkc_buf_release(&million);
}

/* --- pages --- */

static void put_records(nkc_page *page, const char *items)
{
	nkc_reader *reader;
	nkc_record *record;
	const nkc_format *format = nkc_format_find(NKC_STR("csljson"));
	assert_int_equal(nkc_reader_open_text(&reader, format, NKC_STR("-"), nkc_str_from(items), NULL), NKC_OK);
	while (nkc_reader_next(reader, &record) == NKC_OK && record)
		assert_int_equal(nkc_page_put(page, record), NKC_OK);
	nkc_reader_close(reader);
}

static nkc_buf page_of(const char *items, nkc_page_group group)
{
	nkc_styles *styles;
	nkc_style *style;
	nkc_page *page;
	nkc_buf out = NKC_BUF_INIT;
	assert_int_equal(nkc_styles_new(&styles), NKC_OK);
	nkc_page_options options = { .group = group };
	assert_int_equal(nkc_styles_load(styles, NKC_STR("apa"), &style, NULL, NULL), NKC_OK);
	assert_int_equal(nkc_styles_locales(styles, &options.locales, NULL), NKC_OK);
	options.style = style;
	assert_int_equal(nkc_page_new(&page, &options, NULL), NKC_OK);
	put_records(page, items);
	assert_int_equal(nkc_page_write(page, &out), NKC_OK);
	nkc_page_free(page);
	nkc_locales_close(options.locales);
	nkc_style_free(style);
	nkc_styles_free(styles);
	return out;
}

static size_t count_of(const nkc_buf *page, const char *what)
{
	nkc_str rest = nkc_buf_str(page), sought = nkc_str_from(what);
	size_t count = 0, at;
	while ((at = nkc_str_find(rest, sought)) < rest.len) {
		rest = nkc_str_slice(rest, at + sought.len, rest.len);
		count++;
	}
	return count;
}

static bool has(const nkc_buf *page, const char *what)
{
	return count_of(page, what) > 0;
}

/* What stands between the two, first after `from` bytes. */
static nkc_str between(nkc_str text, const char *before, const char *behind)
{
	size_t from = nkc_str_find(text, nkc_str_from(before)) + strlen(before);
	nkc_str rest = nkc_str_slice(text, from, text.len);
	return nkc_str_slice(rest, 0, nkc_str_find(rest, nkc_str_from(behind)));
}

static const char seeds[] =
	"[{\"id\":\"a\",\"type\":\"post-weblog\",\"title\":\"Abolishing\",\"issued\":{\"date-parts\":[[2013,11]],\"circa\":true},"
	"\"custom\":{\"nkcite\":{\"absent\":{\"author\":\"none-stated\"},"
	"\"provenance\":{\"issued\":{\"from\":\"content\",\"note\":\"news of mid November\"}}}}},"
	"{\"id\":\"b\",\"type\":\"article-journal\",\"title\":\"Beta\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}],"
	"\"issued\":{\"date-parts\":[[2020]]},\"container-title\":\"J. <i>X</i>\",\"accessed\":{\"date-parts\":[[2024,4,27]]},"
	"\"archive_location\":\"https://web.archive.org/web/1/http://e.org\",\"DOI\":\"10.1/x\"},"
	"{\"id\":\"c\",\"type\":\"book\",\"title\":\"Gamma\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jane\"}]}]";

static void the_policy_names_the_script_and_the_style(void **state)
{
	nkc_buf page = page_of(seeds, NKC_PAGE_NONE), policy = NKC_BUF_INIT;
	nkc_str text = nkc_buf_str(&page);
	(void)state;
	nkc_buf_puts(&policy, "content=\"default-src 'none'; script-src ");
	page_put_hash(between(text, "<script>", "</script>"), &policy);
	nkc_buf_puts(&policy, "; style-src ");
	page_put_hash(between(text, "<style>", "</style>"), &policy);
	assert_true(has(&page, policy.ptr));
	assert_int_equal(count_of(&page, "<script>"), 1);
	assert_int_equal(count_of(&page, "<style"), 1);
	assert_false(has(&page, " style=\""));
	assert_false(has(&page, " src="));
	nkc_buf_release(&policy);
	nkc_buf_release(&page);
}

static void the_state_of_a_source_is_told(void **state)
{
	nkc_buf page = page_of(seeds, NKC_PAGE_NONE);
	(void)state;
	assert_true(has(&page, "<li class=\"flag\">no author stated</li><li class=\"flag\">date inferred from the text</li>"));
	assert_true(has(&page, "<dt>date</dt><dd>inferred from the text: news of mid November</dd>"));
	assert_true(has(&page, "<li>viewed 27 April 2024</li>"));
	assert_true(has(&page, "<li><a href=\"https://web.archive.org/web/1/http://e.org\">archived copy</a></li>"));
	nkc_buf_release(&page);
}

/* APA sorts Doe (n.d.) before Doe (2020), both before the title that stands in for an author. */
static void sources_are_in_the_order_of_the_style_or_of_their_groups(void **state)
{
	nkc_buf page = page_of(seeds, NKC_PAGE_NONE);
	(void)state;
	assert_true(has(&page, "<li data-n=\"0\" id=\"a\""));
	assert_true(has(&page, "<li data-n=\"1\" id=\"c\""));
	assert_true(has(&page, "<li data-n=\"2\" id=\"b\""));
	assert_false(has(&page, "<section>\n<h2>"));
	nkc_buf_release(&page);
	page = page_of(seeds, NKC_PAGE_YEAR);
	nkc_str text = nkc_buf_str(&page);
	size_t first = nkc_str_find(text, NKC_STR("<h2>2020</h2>\n<ol>\n<li data-n=\"2\" id=\"b\""));
	size_t second = nkc_str_find(text, NKC_STR("<h2>2013</h2>\n<ol>\n<li data-n=\"0\" id=\"a\""));
	size_t last = nkc_str_find(text, NKC_STR("<h2>No date</h2>\n<ol>\n<li data-n=\"1\" id=\"c\""));
	assert_true(first < second && second < last && last < text.len);
	nkc_buf_release(&page);
}

static void readers_of_pages_find_each_source(void **state)
{
	nkc_buf page = page_of(seeds, NKC_PAGE_NONE);
	(void)state;
	assert_true(has(&page, "<span class=\"Z3988\" title=\"ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev"
	                       "%3Amtx%3Ajournal&amp;rft.genre=article&amp;rft_id=info%3Adoi%2F10.1%2Fx&amp;rft.aulast=Doe"
	                       "&amp;rft.aufirst=Jane&amp;rft.au=Doe%2C%20Jane&amp;rft.atitle=Beta&amp;rft.jtitle=J.%20X"));
	assert_true(has(&page, "{\"@type\":\"ScholarlyArticle\",\"@id\":\"#b\",\"name\":\"Beta\",\"author\":[{\"@type\":"
	                       "\"Person\",\"name\":\"Jane Doe\",\"givenName\":\"Jane\",\"familyName\":\"Doe\"}],"
	                       "\"datePublished\":\"2020\",\"isPartOf\":{\"@type\":\"Periodical\",\"name\":\"J. X\"}"));
	assert_true(has(&page, "<template class=\"bibtex\">@article{b,\n"));
	nkc_buf_release(&page);
}

/* Whatever a record holds stays text. */
static void no_record_breaks_out(void **state)
{
	static const char items[] =
		"[{\"id\":\"</li>\\\"'><img src=x>\",\"type\":\"webpage\",\"title\":\"</script><script>alert(1)</script>"
		"<!--<script></template></title>\",\"URL\":\"javascript:alert(2)\",\"archive_location\":\"JavaScript:alert(3)\","
		"\"author\":[{\"literal\":\"<svg onload=alert(4)>\"}],\"keyword\":\"<b onclick=alert(5)>\","
		"\"abstract\":\"]]>\\u0000\\u0008\\ud800\",\"container-title\":\"\\\" onmouseover=\\\"alert(6)\","
		"\"custom\":{\"nkcite\":{\"provenance\":{\"title\":{\"from\":\"<x>\",\"note\":\"<y>\"}},"
		"\"captures\":[{\"sha256\":\"<z>\"}]}}}]";
	nkc_buf page = page_of(items, NKC_PAGE_OUTLET);
	nkc_buf plain = page_of("[{\"id\":\"x\",\"type\":\"webpage\",\"title\":\"x\"}]", NKC_PAGE_OUTLET);
	static const char *const tags[] = { "<script", "</script>", "<template", "</template>", "<!--", "<title", "</li>" };
	(void)state;
	assert_int_equal(count_of(&page, "<script>"), 1);
	assert_int_equal(count_of(&page, "<template"), count_of(&plain, "<template"));
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(count_of(&page, tags[i]), count_of(&plain, tags[i]));
	static const char *const never[] = { "<img", "<svg", "<b ", "<x>", "<y>", "<z>", "href=\"javascript", "href=\"Java" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_false(has(&page, never[i]));
	assert_true(has(&page, " data-outlet=\"&quot; onmouseover=&quot;alert(6)\""));
	assert_int_equal(nkc_str_find_byte(nkc_buf_str(&page), '\0'), page.len);
	nkc_buf_release(&page);
	nkc_buf_release(&plain);
}

static void one_id_twice_makes_two_sources(void **state)
{
	nkc_buf page = page_of("[{\"id\":\"x y\",\"type\":\"book\",\"title\":\"One\"},{\"id\":\"x y\",\"type\":\"book\","
	                       "\"title\":\"Two\"},{\"type\":\"book\",\"title\":\"Three\"}]", NKC_PAGE_NONE);
	(void)state;
	assert_true(has(&page, " id=\"x_y\""));
	assert_true(has(&page, " id=\"x_y-a\""));
	assert_true(has(&page, " id=\"source\""));
	assert_true(has(&page, "<i>One</i>") && has(&page, "<i>Two</i>") && has(&page, "<i>Three</i>"));
	assert_true(has(&page, "href=\"#x_y-a\""));
	nkc_buf_release(&page);
}

static void dates_are_in_words(void **state)
{
	static const struct {
		const char *edtf, *words;
	} cases[] = {
		{ "2024-04-27", "27 April 2024" },  { "2013-11~", "about November 2013" }, { "2014", "2014" },
		{ "2014-22", "summer 2014" },       { "-0043", "44 BCE" },               { "2014?", "2014 (uncertain)" },
		{ "2013-11-15/2013-11-17", "15 November 2013 to 17 November 2013" },
		{ "2013-11/..", "November 2013 and later" },
		{ "../2013", "until 2013" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		nkc_date date;
		nkc_buf words = NKC_BUF_INIT;
		assert_int_equal(nkc_edtf_parse(nkc_str_from(cases[i].edtf), &date, NULL), NKC_OK);
		page_put_date(&date, &words);
		assert_str(nkc_buf_str(&words), cases[i].words);
		nkc_buf_release(&words);
	}
}

/* The last years that a record can hold, before and behind all others. */
static void the_farthest_years_are_no_numbers_to_sort_by(void **state)
{
	(void)state;
	nkc_buf page = page_of("[{\"id\":\"a\",\"type\":\"book\",\"title\":\"A\",\"issued\":{\"date-parts\":[[999999999999999]]}},"
	                       "{\"id\":\"b\",\"type\":\"book\",\"title\":\"B\",\"issued\":{\"date-parts\":[[-999999999999999]]}},"
	                       "{\"id\":\"c\",\"type\":\"book\",\"title\":\"C\",\"issued\":{\"date-parts\":[[900000000000]]}}]",
	                       NKC_PAGE_YEAR);
	assert_int_equal(count_of(&page, " data-when="), 1);
	assert_true(has(&page, " data-when=\"9000000000000000\""));
	assert_true(has(&page, "<h2>No date</h2>"));
	nkc_buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_is_that_of_the_standard),
		cmocka_unit_test(the_policy_names_the_script_and_the_style),
		cmocka_unit_test(the_state_of_a_source_is_told),
		cmocka_unit_test(sources_are_in_the_order_of_the_style_or_of_their_groups),
		cmocka_unit_test(readers_of_pages_find_each_source),
		cmocka_unit_test(no_record_breaks_out),
		cmocka_unit_test(one_id_twice_makes_two_sources),
		cmocka_unit_test(dates_are_in_words),
		cmocka_unit_test(the_farthest_years_are_no_numbers_to_sort_by),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
