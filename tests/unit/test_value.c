/*
 * Values: lists that hold together, equality, JSON as it is written (RFC 8259), pointers (RFC 6901).
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/value.h>

#include "base/json.h"
#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int make_arena(void **state)
{
	*state = nkc_arena_new();
	return *state ? 0 : -1;
}

static int free_arena(void **state)
{
	nkc_arena_free(*state);
	return 0;
}

static nkc_value *parse(nkc_arena *arena, const char *text)
{
	nkc_str str = nkc_str_from(text);
	nkc_json_fault fault;
	nkc_value *value = NULL;
	size_t end = 0;
	if (nkc_json_parse(arena, str, 0, &end, &value, &fault) != NKC_JSON_DONE)
		fail_msg("%s: %s", text, fault.what);
	assert_int_equal(end, str.len);
	return value;
}

static void assert_written(const nkc_value *value, int indent, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_value_write(value, indent, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

/* Children know their parent and their place, and the last one is the last. */
static void assert_sound(const nkc_value *list)
{
	const nkc_value *last = NULL;
	uint32_t index = 0;
	for (const nkc_value *child = list->u.list.first; child; child = child->next) {
		assert_ptr_equal(child->parent, list);
		assert_int_equal(child->index, index++);
		last = child;
	}
	assert_ptr_equal(list->u.list.last, last);
	assert_int_equal(nkc_value_count(list), index);
}

/* --- lists --- */

static void children_are_put_in_and_taken_out(void **state)
{
	nkc_arena *arena = *state;
	nkc_value *list = nkc_value_new(arena, NKC_ARRAY), *made[5];
	for (int i = 0; i < 5; i++) {
		made[i] = nkc_value_integer(arena, i);
		nkc_value_append(list, made[i]);
		assert_sound(list);
	}
	static const struct {
		int removed;
		const char *left;
	} steps[] = { { 2, "[0,1,3,4]" }, { 0, "[1,3,4]" }, { 4, "[1,3]" }, { 1, "[3]" }, { 3, "[]" } };
	for (size_t i = 0; i < COUNT(steps); i++) {
		nkc_value_remove(made[steps[i].removed]);
		assert_sound(list);
		assert_written(list, -1, steps[i].left);
		assert_null(made[steps[i].removed]->parent);
	}
	nkc_value_remove(made[0]); /* once more: nothing to take it out of */
	nkc_value_append(list, made[3]);
	assert_written(list, -1, "[3]");
	assert_sound(list);
}

static void members_are_set_added_and_replaced(void **state)
{
	nkc_arena *arena = *state;
	nkc_value *object = parse(arena, "{\"a\":1,\"b\":2,\"a\":3}");
	nkc_value_set(object, NKC_STR("b"), nkc_value_string(arena, NKC_STR("new")));
	assert_written(object, -1, "{\"a\":1,\"b\":\"new\",\"a\":3}");
	nkc_value_set(object, NKC_STR("a"), nkc_value_new(arena, NKC_TRUE)); /* the first of that name */
	nkc_value_set(object, NKC_STR("c"), nkc_value_new(arena, NKC_NULL));
	nkc_value_add(object, NKC_STR("a"), nkc_value_new(arena, NKC_FALSE));
	assert_written(object, -1, "{\"a\":true,\"b\":\"new\",\"a\":3,\"c\":null,\"a\":false}");
	assert_sound(object);
	nkc_value *old = object->u.list.last;
	nkc_value_replace(old, nkc_value_integer(arena, 7));
	assert_written(object, -1, "{\"a\":true,\"b\":\"new\",\"a\":3,\"c\":null,\"a\":7}");
	assert_sound(object);
	assert_null(old->parent);
}

static void nothing_is_done_with_null(void **state)
{
	nkc_arena *arena = *state;
	nkc_value *object = parse(arena, "{\"a\":[1]}"), *array = object->u.list.first;
	nkc_value_append(array, NULL);
	nkc_value_append(NULL, array);
	nkc_value_append(array->u.list.first, nkc_value_new(arena, NKC_NULL)); /* a number has no elements */
	nkc_value_set(object, NKC_STR("a"), NULL);
	nkc_value_add(object, NKC_STR("b"), NULL);
	nkc_value_add(array, NKC_STR("b"), nkc_value_new(arena, NKC_NULL)); /* an array has no members */
	nkc_value_replace(array, NULL);
	nkc_value_replace(object, nkc_value_new(arena, NKC_NULL)); /* the root stands nowhere */
	nkc_value_become(array, NULL);
	nkc_value_remove(object);
	assert_written(object, -1, "{\"a\":[1]}");
	assert_null(nkc_value_find(NULL, NKC_STR("a")));
	assert_null(nkc_value_find(array, NKC_STR("a")));
	assert_null(nkc_value_first(NULL));
	assert_int_equal(nkc_value_count(NULL), 0);
	assert_str(nkc_value_text(NULL), "");
	assert_null(nkc_value_dup(arena, NULL));
}

static void a_value_becomes_another_where_it_is(void **state)
{
	nkc_arena *arena = *state;
	nkc_value *object = parse(arena, "{\"a\":\"x\",\"b\":\"Doe, Jane\",\"c\":[1]}");
	nkc_value *text = nkc_value_find(object, NKC_STR("b")), *list = nkc_value_find(object, NKC_STR("c"));
	nkc_value_become(text, parse(arena, "[{\"family\":\"Doe\"},{\"literal\":\"L\"}]"));
	assert_written(object, -1, "{\"a\":\"x\",\"b\":[{\"family\":\"Doe\"},{\"literal\":\"L\"}],\"c\":[1]}");
	assert_sound(object);
	assert_sound(text);
	nkc_value_become(list, nkc_value_string(arena, NKC_STR("a\"b")));
	assert_written(object, -1, "{\"a\":\"x\",\"b\":[{\"family\":\"Doe\"},{\"literal\":\"L\"}],\"c\":\"a\\\"b\"}");
}

static void a_copy_is_equal_and_its_own(void **state)
{
	nkc_arena *arena = *state, *other = nkc_arena_new();
	const char *text = "{\"a\":[1,{\"b\":\"x\\ny\"},null,true,[]],\"\":{},\"a\":\"\\ud800\"}";
	nkc_value *value = parse(arena, text), *copy = nkc_value_dup(other, value);
	assert_true(nkc_value_equal(value, copy));
	assert_int_equal(copy->u.list.first->at, value->u.list.first->at);
	nkc_value_remove(value->u.list.first);
	assert_sound(copy);
	nkc_arena_reset(arena);
	assert_written(copy, -1, text);
	nkc_arena_free(other);
}

/* --- what values mean --- */

static void whole_numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		bool is_int;
		int64_t number;
	} cases[] = {
		{ "0", true, 0 },
		{ "-7", true, -7 },
		{ "\"+12\"", true, 12 },
		{ "\"007\"", true, 7 },
		{ "999999999999999999", true, INT64_C(999999999999999999) },
		{ "-999999999999999999", true, -INT64_C(999999999999999999) },
		{ "99999999999999999999", false, 0 },
		{ "1.0", false, 0 },
		{ "1e3", false, 0 },
		{ "\"\"", false, 0 },
		{ "\"-\"", false, 0 },
		{ "\"1 \"", false, 0 },
		{ "\"--1\"", false, 0 },
		{ "true", false, 0 },
		{ "[1]", false, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t number = 0;
		assert_int_equal(nkc_value_int(parse(*state, cases[i].text), &number), cases[i].is_int);
		assert_true(number == cases[i].number);
	}
	int64_t ignored;
	assert_false(nkc_value_int(NULL, &ignored));
}

static void flags_are_true_or_not(void **state)
{
	static const char *const yes[] = { "true", "1", "\"true\"", "\"1\"", "\"ca.\"", "-1" };
	static const char *const no[] = { "false",     "null",      "0",  "\"\"", "\"0\"",
		                          "\"false\"", "\"False\"", "[]", "{}",   "[1]" };
	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(nkc_value_truth(parse(*state, yes[i])));
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(nkc_value_truth(parse(*state, no[i])));
	assert_false(nkc_value_truth(NULL));
}

static void equality_passes_over_order_only(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "1", "1", true },
		{ "1", "1.0", false }, /* as written */
		{ "1", "\"1\"", false },
		{ "null", "null", true },
		{ "true", "false", false },
		{ "\"\\u00e9\"", "\"\xC3\xA9\"", true },
		{ "[1,2]", "[1,2]", true },
		{ "[1,2]", "[2,1]", false },
		{ "[1,2]", "[1,2,3]", false },
		{ "[1,2,3]", "[1,2]", false },
		{ "[]", "{}", false },
		{ "{}", "{}", true },
		{ "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true },
		{ "{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", false },
		{ "{\"a\":1,\"b\":2}", "{\"a\":1}", false },
		{ "{\"a\":1}", "{\"a\":1,\"b\":2}", false },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"c\":3,\"b\":2}", true },
		{ "{\"a\":{\"x\":1,\"y\":[{\"p\":1,\"q\":2}]}}", "{\"a\":{\"y\":[{\"q\":2,\"p\":1}],\"x\":1}}", true },
		/* twice the same name: neither side may have a member that the other has not */
		{ "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2}", false },
		{ "{\"a\":1,\"b\":2}", "{\"a\":1,\"a\":1}", false },
		{ "{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}", true },
		{ "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", false }, /* which of them counts is not the same */
		{ "{\"a\":1,\"b\":3,\"a\":2}", "{\"b\":3,\"a\":1,\"a\":2}", true },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_value *a = parse(*state, cases[i].a), *b = parse(*state, cases[i].b);
		if (nkc_value_equal(a, b) != cases[i].equal || nkc_value_equal(b, a) != cases[i].equal)
			fail_msg("%s and %s", cases[i].a, cases[i].b);
	}
	assert_true(nkc_value_equal(NULL, NULL));
	assert_false(nkc_value_equal(NULL, parse(*state, "null")));
}

/* --- writing --- */

static void only_what_must_be_escaped_is(void **state)
{
	static const struct {
		nkc_str text;
		const char *json;
	} cases[] = {
		{ NKC_STR_INIT(""), "\"\"" },
		{ NKC_STR_INIT("a/b \x7F \xC3\xA9 \xE2\x80\xA8"), "\"a/b \x7F \xC3\xA9 \xE2\x80\xA8\"" },
		{ NKC_STR_INIT("\"\\"), "\"\\\"\\\\\"" },
		{ NKC_STR_INIT("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
		{ NKC_STR_INIT("\0\x01\x1F"), "\"\\u0000\\u0001\\u001f\"" },
		/* not UTF-8: U+FFFD a byte */
		{ NKC_STR_INIT("a\xFF\xFEz"), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"" },
		{ NKC_STR_INIT("\xE2\x82"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
		/* half of a pair goes back into its escape */
		{ NKC_STR_INIT("\xED\xA0\x80"), "\"\\ud800\"" },
		{ NKC_STR_INIT("x\xED\xBF\xBFy"), "\"x\\udfffy\"" },
		/* and what only begins like one takes nothing with it */
		{ NKC_STR_INIT("\xED\xA0\"z"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\\\"z\"" },
		{ NKC_STR_INIT("\xED\xA0"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		nkc_buf out = NKC_BUF_INIT;
		nkc_json_put_string(&out, cases[i].text);
		assert_str(nkc_buf_str(&out), cases[i].json);
		nkc_buf_release(&out);
		assert_written(nkc_value_string(*state, cases[i].text), -1, cases[i].json);
	}
}

static void a_text_is_flagged_for_what_it_holds(void **state)
{
	static const struct {
		nkc_str text;
		int flags;
	} cases[] = {
		{ NKC_STR_INIT(""), 0 },
		{ NKC_STR_INIT("plain \xC3\xA9"), 0 },
		{ NKC_STR_INIT("a\"b"), NKC_VALUE_ESCAPED },
		{ NKC_STR_INIT("a\\b"), NKC_VALUE_ESCAPED },
		{ NKC_STR_INIT("a\nb"), NKC_VALUE_ESCAPED },
		{ NKC_STR_INIT("a\0b"), NKC_VALUE_ESCAPED },
		{ NKC_STR_INIT("a\xFF"), NKC_VALUE_ESCAPED | NKC_VALUE_BAD_UTF8 },
		{ NKC_STR_INIT("a\xED\xA0\x80"), NKC_VALUE_ESCAPED | NKC_VALUE_LONE },
		{ NKC_STR_INIT("\xED\xA0\x80\xFF"), NKC_VALUE_ESCAPED | NKC_VALUE_LONE | NKC_VALUE_BAD_UTF8 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(nkc_value_string(*state, cases[i].text)->flags, cases[i].flags | NKC_VALUE_MADE);
}

static void another_text_brings_its_own_flags(void **state)
{
	nkc_value *object = parse(*state, "{\"\\udc00\":\"a\\nb\"}"), *value = object->u.list.first;
	nkc_value_set_text(value, *state, NKC_STR("plain"));
	assert_int_equal(value->flags, NKC_VALUE_KEY_LONE);
	nkc_value_set_text(value, *state, NKC_STR("a \"quote\""));
	assert_written(object, -1, "{\"\\udc00\":\"a \\\"quote\\\"\"}");
}

static void keys_are_flagged_like_texts(void **state)
{
	nkc_value *object = parse(*state, "{\"\xFF\":1,\"\\udc00\":2,\"good\":\"\xFF\"}");
	const nkc_value *member = object->u.list.first;
	assert_int_equal(member->flags, NKC_VALUE_KEY_BAD_UTF8);
	assert_int_equal(member->next->flags, NKC_VALUE_KEY_LONE);
	assert_int_equal(member->next->next->flags, NKC_VALUE_ESCAPED | NKC_VALUE_BAD_UTF8);
	/* a value that takes its place has the key, and what is wrong with it, too */
	nkc_value_replace(object->u.list.first, nkc_value_new(*state, NKC_NULL));
	assert_int_equal(object->u.list.first->flags, NKC_VALUE_KEY_BAD_UTF8 | NKC_VALUE_MADE);
}

static void indented_text_has_two_spaces_a_level(void **state)
{
	nkc_value *value = parse(
		*state, "{\"a\":[],\"b\":{},\"c\":[1,[2,3]],\"d\":[1,\"x\",{\"e\":null}],\"f\":[[[1]]]}");
	assert_written(value, 0,
	               "{\n"
	               "  \"a\": [],\n"
	               "  \"b\": {},\n"
	               "  \"c\": [1, [2, 3]],\n"
	               "  \"d\": [\n"
	               "    1,\n"
	               "    \"x\",\n"
	               "    {\n"
	               "      \"e\": null\n"
	               "    }\n"
	               "  ],\n"
	               "  \"f\": [\n"
	               "    [[1]]\n"
	               "  ]\n"
	               "}");
	assert_written(value, 1,
	               "{\n"
	               "    \"a\": [],\n"
	               "    \"b\": {},\n"
	               "    \"c\": [1, [2, 3]],\n"
	               "    \"d\": [\n"
	               "      1,\n"
	               "      \"x\",\n"
	               "      {\n"
	               "        \"e\": null\n"
	               "      }\n"
	               "    ],\n"
	               "    \"f\": [\n"
	               "      [[1]]\n"
	               "    ]\n"
	               "  }");
	assert_written(value, -1, "{\"a\":[],\"b\":{},\"c\":[1,[2,3]],\"d\":[1,\"x\",{\"e\":null}],\"f\":[[[1]]]}");
}

/* 300 levels deep, with a thousand elements there: the spaces must not be most of it. */
static void deep_values_are_not_all_spaces(void **state)
{
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT;
	for (int i = 0; i < 300; i++)
		nkc_buf_putc(&text, '[');
	for (int i = 0; i < 1000; i++)
		nkc_buf_puts(&text, "\"\",");
	nkc_buf_puts(&text, "0");
	for (int i = 0; i < 300; i++)
		nkc_buf_putc(&text, ']');
	nkc_value *value = parse(*state, text.ptr);
	nkc_value_write(value, 0, &out);
	assert_true(out.len < 60000);
	assert_true(nkc_value_equal(value, parse(*state, out.ptr)));
	nkc_buf_release(&text);
	nkc_buf_release(&out);
}

/* --- pointers --- */

static void assert_pointer(const nkc_value *value, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_value_pointer(value, &out);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

/* RFC 6901, section 5 */
static void pointers_are_those_of_the_rfc(void **state)
{
	static const char *const expected[] = { "/foo",  "/",     "/a~1b", "/c%d",  "/e^f",
		                                "/g|h", "/i\\j", "/k\"l", "/ ",    "/m~0n" };
	nkc_value *value = parse(*state, "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
	                                 "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
	size_t i = 0;
	assert_pointer(value, "");
	for (const nkc_value *member = value->u.list.first; member; member = member->next)
		assert_pointer(member, expected[i++]);
	assert_pointer(value->u.list.first->u.list.first, "/foo/0");
	assert_pointer(value->u.list.first->u.list.last, "/foo/1");
}

static void pointers_follow_changes(void **state)
{
	nkc_value *value = parse(*state, "{\"a\":[{\"x\":0},{\"x\":1},{\"x\":2}]}"), *list = value->u.list.first;
	nkc_value_remove(list->u.list.first);
	assert_pointer(list->u.list.last->u.list.first, "/a/1/x");
	nkc_value_replace(list->u.list.last, parse(*state, "{\"y\":0}"));
	assert_pointer(list->u.list.last->u.list.first, "/a/1/y");
	nkc_value_append(list, nkc_value_new(*state, NKC_NULL));
	assert_pointer(list->u.list.last, "/a/2");
}

/* A pointer that would be too long is that of a value further out: it still points at something. */
static void long_pointers_end_at_an_outer_value(void **state)
{
	nkc_buf text = NKC_BUF_INIT, out = NKC_BUF_INIT;
	nkc_buf_puts(&text, "{\"out\":{\"");
	for (int i = 0; i < NKC_POINTER_MAX; i++)
		nkc_buf_putc(&text, '~'); /* two bytes each in a pointer */
	nkc_buf_puts(&text, "\":{\"in\":[1]}}}");
	nkc_value *value = parse(*state, text.ptr);
	nkc_value *deep = value->u.list.first->u.list.first->u.list.first->u.list.first;
	nkc_buf_puts(&out, "before ");
	nkc_value_pointer(deep, &out);
	assert_str(nkc_buf_str(&out), "before /out");
	nkc_buf_release(&text);
	nkc_buf_release(&out);
}

/* --- what it costs --- */

/* 300,000 members in the other order; each looked for in the other object would be 45 thousand million steps. */
static void large_objects_are_compared_in_any_order(void **state)
{
	enum { MEMBERS = 300000 };
	nkc_buf forth = NKC_BUF_INIT, back = NKC_BUF_INIT;
	for (int i = 0; i < MEMBERS; i++) {
		nkc_buf_printf(&forth, "%s\"%d\":1", i ? "," : "{", i);
		nkc_buf_printf(&back, "%s\"%d\":1", i ? "," : "{", MEMBERS - 1 - i);
	}
	nkc_buf_puts(&forth, "}");
	nkc_buf_puts(&back, "}");
	assert_true(nkc_value_equal(parse(*state, forth.ptr), parse(*state, back.ptr)));
	nkc_buf_release(&forth);
	nkc_buf_release(&back);
}

/* Each element of a long list gets another content, and each is pointed at. */
static void long_lists_are_changed_and_pointed_at(void **state)
{
	enum { ELEMENTS = 300000 };
	nkc_arena *arena = *state;
	nkc_value *list = nkc_value_new(arena, NKC_ARRAY);
	nkc_buf out = NKC_BUF_INIT;
	for (int i = 0; i < ELEMENTS; i++)
		nkc_value_append(list, nkc_value_new(arena, NKC_NULL));
	for (nkc_value *element = list->u.list.first; element; element = element->next) {
		nkc_value_become(element, nkc_value_new(arena, NKC_TRUE));
		nkc_buf_clear(&out);
		nkc_value_pointer(element, &out);
	}
	assert_str(nkc_buf_str(&out), "/299999");
	assert_sound(list);
	nkc_buf_release(&out);
}

/* --- memory --- */

static void lost_memory_gives_null(void **state)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *value = parse(*state, "{\"a\":[\"text\"]}");
	char long_text[100000];
	memset(long_text, 'x', sizeof long_text);
	nkc_mem_fail_at(1);
	assert_null(nkc_value_new(arena, NKC_NULL));
	assert_null(nkc_value_string(arena, NKC_STR("x")));
	assert_null(nkc_value_integer(arena, 1));
	assert_null(nkc_value_dup(arena, value));
	assert_int_equal(nkc_arena_status(arena), NKC_ENOMEM);
	nkc_mem_fail_at(0);
	nkc_arena_reset(arena);
	assert_int_equal(nkc_arena_status(arena), NKC_OK);
	assert_non_null(nkc_value_new(arena, NKC_NULL));
	nkc_mem_fail_at(1); /* there is room for the value, but not for its text */
	assert_null(nkc_value_string(arena, nkc_str_make(long_text, sizeof long_text)));
	nkc_mem_fail_at(0);
	nkc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_are_put_in_and_taken_out),
		cmocka_unit_test(members_are_set_added_and_replaced),
		cmocka_unit_test(nothing_is_done_with_null),
		cmocka_unit_test(a_value_becomes_another_where_it_is),
		cmocka_unit_test(a_copy_is_equal_and_its_own),
		cmocka_unit_test(whole_numbers_are_read),
		cmocka_unit_test(flags_are_true_or_not),
		cmocka_unit_test(equality_passes_over_order_only),
		cmocka_unit_test(only_what_must_be_escaped_is),
		cmocka_unit_test(a_text_is_flagged_for_what_it_holds),
		cmocka_unit_test(another_text_brings_its_own_flags),
		cmocka_unit_test(keys_are_flagged_like_texts),
		cmocka_unit_test(indented_text_has_two_spaces_a_level),
		cmocka_unit_test(deep_values_are_not_all_spaces),
		cmocka_unit_test(pointers_are_those_of_the_rfc),
		cmocka_unit_test(pointers_follow_changes),
		cmocka_unit_test(long_pointers_end_at_an_outer_value),
		cmocka_unit_test(large_objects_are_compared_in_any_order),
		cmocka_unit_test(long_lists_are_changed_and_pointed_at),
		cmocka_unit_test(lost_memory_gives_null),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
