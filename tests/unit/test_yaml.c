/*
 * YAML as JSON values (YAML 1.2.2, chapters 5 to 10).
 */
#include "support/unit.h"

#include "base/yaml.h"

static void expect(const char *yaml, const char *json)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_buf out = NKC_BUF_INIT;
	nkc_yaml_fault fault;
	nkc_value *root;
	assert_int_equal(nkc_yaml_parse(arena, nkc_str_from(yaml), &root, &fault), NKC_OK);
	nkc_value_write(root, -1, &out);
	assert_str(nkc_buf_str(&out), json);
	nkc_buf_release(&out);
	nkc_arena_free(arena);
}

static void expect_fault(const char *yaml, nkc_status status, size_t at)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_yaml_fault fault;
	nkc_value *root;
	assert_int_equal(nkc_yaml_parse(arena, nkc_str_from(yaml), &root, &fault), status);
	assert_int_equal(fault.at, at);
	assert_true(fault.what[0]);
	nkc_arena_free(arena);
}

static void plain_scalars_are_those_of_the_core_schema(void **state)
{
	(void)state;
	expect("[1, -2.5, 1e3, 0x1F, 010, 1_0, .5]", "[1,-2.5,1e3,\"0x1F\",\"010\",\"1_0\",\".5\"]");
	expect("[~, null, true, False]", "[null,null,true,false]");
	expect("a:\n", "{\"a\":null}");
	expect("[yes, No, on, nullable]", "[\"yes\",\"No\",\"on\",\"nullable\"]");
	expect("['1', \"true\", !!str 2]", "[\"1\",\"true\",\"2\"]");
}

static void block_scalars_keep_and_fold_lines(void **state)
{
	(void)state;
	expect("a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{\"a\":\"one\\ntwo\\n\",\"b\":\"one two\"}");
}

static void an_alias_is_a_copy(void **state)
{
	(void)state;
	expect("a: &x {b: 1}\nc: *x\n", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}");
	expect_fault("a: *x\n", NKC_ESYNTAX, 3);
	expect_fault("a: &x [*x]\n", NKC_ESYNTAX, 7);
}

static void aliases_cannot_make_a_text_grow(void **state)
{
	(void)state;
	nkc_buf yaml = NKC_BUF_INIT;
	nkc_arena *arena = nkc_arena_new();
	nkc_yaml_fault fault;
	nkc_value *root;
	nkc_buf_puts(&yaml, "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
	for (int i = 1; i < 30; i++)
		nkc_buf_printf(&yaml, "a%d: &a%d [*a%d,*a%d,*a%d]\n", i, i, i - 1, i - 1, i - 1);
	assert_int_equal(nkc_yaml_parse(arena, nkc_buf_str(&yaml), &root, &fault), NKC_ELIMIT);
	nkc_buf_release(&yaml);
	nkc_arena_free(arena);
}

/* Each alias is looked for among the anchors. Without an alias they may be as many as they like. */
static void anchors_beside_aliases_are_bounded(void **state)
{
	(void)state;
	nkc_buf yaml = NKC_BUF_INIT;
	nkc_arena *arena = nkc_arena_new();
	nkc_yaml_fault fault;
	nkc_value *root;
	for (unsigned i = 0; i <= NKC_YAML_ANCHORS_MAX; i++)
		nkc_buf_printf(&yaml, "a%u: &a%u x\n", i, i);
	assert_int_equal(nkc_yaml_parse(arena, nkc_buf_str(&yaml), &root, &fault), NKC_OK);
	size_t end = yaml.len;
	nkc_buf_puts(&yaml, "z: *a0\n");
	assert_int_equal(nkc_yaml_parse(arena, nkc_buf_str(&yaml), &root, &fault), NKC_ELIMIT);
	assert_int_equal(fault.at, end + 3);
	nkc_buf_release(&yaml);
	nkc_arena_free(arena);
}

static void depth_is_bounded(void **state)
{
	(void)state;
	char deep[2 * NKC_YAML_DEPTH_MAX + 2];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	expect_fault(deep, NKC_ELIMIT, NKC_YAML_DEPTH_MAX);
}

static void a_place_counts_bytes(void **state)
{
	(void)state;
	nkc_arena *arena = nkc_arena_new();
	nkc_yaml_fault fault;
	nkc_value *root;
	assert_int_equal(nkc_yaml_parse(arena, NKC_STR("\xC3\xA9\xC3\xA9: a\nb: c\n"), &root, &fault), NKC_OK);
	const nkc_value *first = nkc_value_first(root);
	assert_int_equal(first->at, 6);
	assert_int_equal(first->next->key_at, 8);
	assert_int_equal(first->next->at, 11);
	nkc_arena_free(arena);
}

static void what_is_no_yaml_is_refused_where_it_stands(void **state)
{
	(void)state;
	expect_fault("a: \"b\n", NKC_ESYNTAX, 6);
	expect_fault("? [a]\n: b\n", NKC_ESYNTAX, 2);
	expect_fault("a: \x01\n", NKC_ESYNTAX, 3);
	expect_fault("a: \xFF\n", NKC_ESYNTAX, 3);
}

static void expect_written(const char *text, const char *yaml)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_yaml_put_string(&out, nkc_str_from(text));
	assert_str(nkc_buf_str(&out), yaml);
	nkc_buf_release(&out);
}

static void a_string_is_quoted_where_plain_it_would_be_something_else(void **state)
{
	(void)state;
	expect_written("Part one, two", "Part one, two");
	expect_written("Part: one", "\"Part: one\"");
	expect_written("http://example.org/", "http://example.org/");
	expect_written("a #b", "\"a #b\"");
	expect_written("2014", "\"2014\"");
	expect_written("No", "\"No\"");
	expect_written("", "\"\"");
	expect_written("a ", "\"a \"");
	expect_written("a\nb\"\\", "\"a\\nb\\\"\\\\\"");
	expect_written("- a", "\"- a\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_scalars_are_those_of_the_core_schema),
		cmocka_unit_test(block_scalars_keep_and_fold_lines),
		cmocka_unit_test(an_alias_is_a_copy),
		cmocka_unit_test(aliases_cannot_make_a_text_grow),
		cmocka_unit_test(anchors_beside_aliases_are_bounded),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(a_place_counts_bytes),
		cmocka_unit_test(what_is_no_yaml_is_refused_where_it_stands),
		cmocka_unit_test(a_string_is_quoted_where_plain_it_would_be_something_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
