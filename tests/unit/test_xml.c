/*
 * XML as a tree: what stands where, and texts that mean harm.
 */
#include "support/arena.h"

#include "base/mem.h"
#include "base/xml.h"

#include <nkcite/source.h>

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static nkc_xml_fault fault;

static nkc_xml_node *parse(const char *text)
{
	nkc_xml_node *root = NULL;
	assert_int_equal(nkc_xml_parse(arena, nkc_str_from(text), &root, &fault), NKC_OK);
	assert_non_null(root);
	return root;
}

static void elements_keep_order_names_and_text(void **state)
{
	(void)state;
	nkc_xml_node *root = parse("<a><b>one</b><c/><b>two</b></a>");
	assert_str(root->name, "a");
	assert_null(root->parent);
	assert_str(root->first->name, "b");
	assert_str(root->first->text, "one");
	assert_str(root->first->next->name, "c");
	assert_str(root->first->next->text, "");
	assert_ptr_equal(root->first->next->next, root->last);
	assert_str(root->last->text, "two");
	assert_ptr_equal(root->last->parent, root);
	assert_null(root->last->next);
}

static void text_is_whole_across_comments_cdata_and_references(void **state)
{
	(void)state;
	nkc_xml_node *root =
		parse("<a><b>x<!-- no -->y<?p q?><![CDATA[<&>]]>&amp;&#233;&#x2014;</b><c> </c></a>");
	assert_str(root->first->text, "xy<&>&\xc3\xa9\xe2\x80\x94");
	assert_str(root->last->text, " ");
	assert_str(root->text, "");
}

static void written_text_is_read_again(void **state)
{
	(void)state;
	static const char text[] = "1 < 2 & \"3\" > 2\r\n\ttwo\rthree\n\xc3\xa9";
	nkc_buf out = NKC_BUF_INIT;
	nkc_buf_puts(&out, "<a>");
	nkc_xml_put_escaped(&out, nkc_str_from(text));
	nkc_buf_puts(&out, "</a>");
	assert_int_equal(nkc_buf_status(&out), NKC_OK);
	assert_str(parse(nkc_buf_str(&out).ptr)->text, text);
	nkc_buf_clear(&out);
	nkc_xml_put_escaped(&out, NKC_STR("a\x01z"));
	assert_str(nkc_buf_str(&out), "a\xef\xbf\xbdz");
	nkc_buf_release(&out);
}

static void attributes_are_normalised_and_found(void **state)
{
	(void)state;
	nkc_xml_node *root = parse("<a one='1 &gt; 0'\n two=\"x\ny\" three='&#10;' xml:lang='de'/>");
	assert_int_equal(root->attr_count, 4);
	assert_str(nkc_xml_get(root, "one"), "1 > 0");
	assert_str(nkc_xml_get(root, "two"), "x y");
	assert_str(nkc_xml_get(root, "three"), "\n");
	assert_str(nkc_xml_get(root, "xml:lang"), "de");
	assert_str(nkc_xml_get(root, "lang"), "");
	assert_null(nkc_xml_attr_find(root, "four"));
}

static void namespaces_are_told_apart(void **state)
{
	(void)state;
	nkc_xml_node *root = parse("<a xmlns='urn:one' xmlns:t='urn:two'><b/><t:b t:x='1'/></a>");
	assert_str(root->space, "urn:one");
	assert_str(root->first->space, "urn:one");
	assert_str(root->last->space, "urn:two");
	assert_str(root->last->name, "b");
	assert_str(root->last->attrs[0].name, "t:x");
	assert_str(parse("<a/>")->space, "");
}

static nkc_position position_of(const char *text, size_t at)
{
	nkc_source source = nkc_source_make(NKC_STR(""), nkc_str_from(text));
	return nkc_source_position(&source, at);
}

static void elements_and_attributes_have_places(void **state)
{
	(void)state;
	const char *text =
		"<?xml version='1.0'?>\n<!-- <no> -->\n<a>\n  \xc3\xa9<b x='>' y = \"<!\"[0]/></a>";
	const char *good =
		"<?xml version='1.0'?>\n<!-- <no> -->\n<a>\n  \xc3\xa9<b x='>y=1'\n\ty = \"2\"/></a>";
	nkc_xml_node *root, *b;
	size_t length;
	assert_int_equal(nkc_xml_parse(arena, nkc_str_from(text), &root, &fault), NKC_ESYNTAX);
	root = parse(good);
	b = root->first;
	nkc_position place = position_of(good, root->at);
	assert_int_equal(place.line, 3);
	assert_int_equal(place.column, 1);
	place = position_of(good, b->at);
	assert_int_equal(place.line, 4);
	assert_int_equal(place.column, 4);
	size_t at = nkc_xml_attr_at(nkc_str_from(good), b, NKC_STR("y"), &length);
	place = position_of(good, at);
	assert_int_equal(place.line, 5);
	assert_int_equal(place.column, 2);
	assert_str(nkc_str_make(good + at, length), "y = \"2\"");
	at = nkc_xml_attr_at(nkc_str_from(good), b, NKC_STR("x"), &length);
	assert_str(nkc_str_make(good + at, length), "x='>y=1'");
	assert_int_equal(nkc_xml_attr_at(nkc_str_from(good), b, NKC_STR("z"), &length), b->at);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
	(void)state;
	nkc_xml_node *root = parse("\xef\xbb\xbf<a/>");
	assert_str(root->name, "a");
	assert_int_equal(root->at, 3);
}

static void what_is_no_xml_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t at_least; /* the parser tells the fault at this offset or behind it */
	} cases[] = {
		{ "", 0 },
		{ "   ", 0 },
		{ "abc", 0 },
		{ "<a>", 3 },
		{ "<a></b>", 3 },
		{ "<a><b></a>", 6 },
		{ "<a x='1' x='2'/>", 9 },
		{ "<a x=1/>", 5 },
		{ "<a>&nothing;</a>", 3 },
		{ "<a>\xff\xfe</a>", 3 },
		{ "<a>\x01</a>", 3 },
		{ "<a/><b/>", 4 },
		{ "<t:a/>", 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_xml_node *root;
		nkc_str text = nkc_str_from(cases[i].text);
		nkc_status status = nkc_xml_parse(arena, text, &root, &fault);
		if (status != NKC_ESYNTAX && status != NKC_EINVALID)
			fail_msg("\"%s\" gives %s", cases[i].text, nkc_status_text(status));
		assert_null(root);
		assert_true(fault.what[0] != '\0');
		assert_true(strchr(fault.what, '\n') == NULL);
		assert_in_range(fault.at, cases[i].at_least, text.len);
	}
}

static void other_encodings_are_refused(void **state)
{
	(void)state;
	static const char utf16[] = "\xff\xfe<\0a\0/\0>\0";
	nkc_xml_node *root;
	assert_int_equal(nkc_xml_parse(arena, nkc_str_make(utf16, sizeof utf16 - 1), &root, &fault),
	                 NKC_ESYNTAX);
	assert_int_equal(nkc_xml_parse(arena,
	                               NKC_STR("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"),
	                               &root, &fault),
	                 NKC_ESYNTAX);
}

/* --- harm --- */

static void entities_are_not_declared(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;</a>",
		"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
		"<!DOCTYPE a [<!ENTITY e SYSTEM 'http://localhost/'>]><a x='&e;'/>",
		"<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
		"<!DOCTYPE a [<!ENTITY lt 'x'>]><a>&lt;</a>",
		"<!DOCTYPE a [<!ATTLIST a x CDATA 'y'>]><a/>",
		"<!DOCTYPE a []><a/>",
		"<!DOCTYPE a PUBLIC '-//A' 'a.dtd'\n[<!ENTITY e 'x'>]><a>&e;</a>",
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_xml_node *root;
		assert_int_equal(nkc_xml_parse(arena, nkc_str_from(cases[i]), &root, &fault), NKC_EINVALID);
		assert_null(root);
	}
}

static void a_dtd_elsewhere_is_not_fetched(void **state)
{
	(void)state;
	nkc_xml_node *root = parse("<!DOCTYPE a SYSTEM 'file:///nonexistent/a.dtd'><a><b/></a>");
	assert_str(root->first->name, "b");
	assert_int_equal(
		nkc_xml_parse(arena, NKC_STR("<!DOCTYPE a SYSTEM 'x.dtd'><a>&e;</a>"), &root, &fault),
		NKC_EINVALID);
}

static nkc_status nest(size_t depth)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_xml_node *root;
	for (size_t i = 0; i < depth; i++)
		nkc_buf_puts(&text, "<a>");
	for (size_t i = 0; i < depth; i++)
		nkc_buf_puts(&text, "</a>");
	nkc_status status = nkc_xml_parse(arena, nkc_buf_str(&text), &root, &fault);
	nkc_buf_release(&text);
	return status;
}

static void depth_is_bounded(void **state)
{
	(void)state;
	assert_int_equal(nest(NKC_XML_DEPTH_MAX), NKC_OK);
	assert_int_equal(nest(NKC_XML_DEPTH_MAX + 1), NKC_ELIMIT);
	assert_int_equal(nest(10000), NKC_ELIMIT);
}

static nkc_status parse_buf(nkc_buf *text)
{
	nkc_xml_node *root;
	nkc_status status = nkc_xml_parse(arena, nkc_buf_str(text), &root, &fault);
	nkc_buf_release(text);
	return status;
}

static nkc_status with_value(size_t len)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, "<a x='");
	for (size_t i = 0; i < len; i++)
		nkc_buf_putc(&text, 'v');
	nkc_buf_puts(&text, "'/>");
	return parse_buf(&text);
}

static void an_attribute_is_bounded(void **state)
{
	(void)state;
	assert_int_equal(with_value(NKC_XML_VALUE_MAX), NKC_OK);
	assert_int_equal(with_value(NKC_XML_VALUE_MAX + 1), NKC_ELIMIT);
	assert_int_equal(with_value(4 << 20), NKC_ELIMIT);
}

/* Each attribute is compared with each by libxml2: a hundred thousand would take minutes. */
static nkc_status with_attrs(size_t count, const char *prefix)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, "<a");
	for (size_t i = 0; i < count; i++)
		nkc_buf_printf(&text, " %sn%zu='u'", prefix, i);
	nkc_buf_puts(&text, "/>");
	return parse_buf(&text);
}

static void attributes_are_counted(void **state)
{
	(void)state;
	assert_int_equal(with_attrs(NKC_XML_ATTRIBUTES_MAX, ""), NKC_OK);
	assert_int_equal(with_attrs(NKC_XML_ATTRIBUTES_MAX + 1, ""), NKC_ELIMIT);
	assert_int_equal(with_attrs(100000, ""), NKC_ELIMIT);
	assert_int_equal(with_attrs(NKC_XML_NAMESPACES_MAX, "xmlns:"), NKC_OK);
	assert_int_equal(with_attrs(NKC_XML_NAMESPACES_MAX + 1, "xmlns:"), NKC_ELIMIT);
}

static void many_equals_signs_are_no_attributes(void **state)
{
	(void)state;
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, "<a><!--");
	for (size_t i = 0; i < 10000; i++)
		nkc_buf_putc(&text, '=');
	nkc_buf_puts(&text, "--></a>");
	assert_int_equal(parse_buf(&text), NKC_OK);
}

static void size_is_bounded(void **state)
{
	(void)state;
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, "<a>");
	for (size_t i = 0; i < NKC_XML_SIZE_MAX; i += 8)
		nkc_buf_puts(&text, "<b/><b/>");
	nkc_buf_puts(&text, "</a>");
	assert_int_equal(parse_buf(&text), NKC_ELIMIT);
}

static void a_failing_allocation_is_told(void **state)
{
	(void)state;
	nkc_str text = NKC_STR("<a x='1'><b>text</b><c xmlns:t='urn:t' t:y='2'/></a>");
	nkc_status status = NKC_ENOMEM;
	uint64_t failures = 0;
	for (uint64_t n = 1; status == NKC_ENOMEM; n++) {
		nkc_arena *own = nkc_arena_new();
		nkc_xml_node *root;
		assert_non_null(own);
		nkc_mem_fail_at(n);
		status = nkc_xml_parse(own, text, &root, &fault);
		nkc_mem_fail_at(0);
		failures += status == NKC_ENOMEM;
		assert_true((status == NKC_OK) == (root != NULL));
		nkc_arena_free(own);
	}
	assert_int_equal(status, NKC_OK);
	assert_true(failures > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
	const struct CMUnitTest tests[] = {
		TEST(elements_keep_order_names_and_text),
		TEST(text_is_whole_across_comments_cdata_and_references),
		TEST(written_text_is_read_again),
		TEST(attributes_are_normalised_and_found),
		TEST(namespaces_are_told_apart),
		TEST(elements_and_attributes_have_places),
		TEST(a_byte_order_mark_is_passed_over),
		TEST(what_is_no_xml_is_refused_with_its_place),
		TEST(other_encodings_are_refused),
		TEST(entities_are_not_declared),
		TEST(a_dtd_elsewhere_is_not_fetched),
		TEST(depth_is_bounded),
		TEST(an_attribute_is_bounded),
		TEST(attributes_are_counted),
		TEST(many_equals_signs_are_no_attributes),
		TEST(size_is_bounded),
		TEST(a_failing_allocation_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
