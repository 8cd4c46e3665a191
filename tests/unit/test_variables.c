/*
 * The names of variables and types, against the schemas of CSL 1.0.2 where they are at hand.
 */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include <nkcite/record.h>

#include "base/file.h"
#include "base/json.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- by name and number --- */

static void every_variable_is_found_by_its_name(void **state)
{
	(void)state;
	for (int var = 1; var < NKC_VAR_COUNT; var++) {
		const char *name = nkc_var_name((nkc_var)var);
		assert_int_equal(nkc_var_find(nkc_str_from(name)), var);
		assert_in_range(nkc_var_kind((nkc_var)var), NKC_KIND_STRING, NKC_KIND_SHORT);
	}
}

static void every_type_is_found_by_its_name(void **state)
{
	(void)state;
	assert_int_equal(NKC_TYPE_COUNT - 1, 45);
	for (int type = 1; type < NKC_TYPE_COUNT; type++)
		assert_int_equal(nkc_type_find(nkc_str_from(nkc_type_name((nkc_type)type))), type);
}

static void names_are_exact(void **state)
{
	static const nkc_str none[] = {
		NKC_STR_INIT(""),         NKC_STR_INIT("Title"),  NKC_STR_INIT("titl"),        NKC_STR_INIT("titles"),
		NKC_STR_INIT("title\0"),  NKC_STR_INIT(" title"), NKC_STR_INIT("container_title"), NKC_STR_INIT("doi"),
		NKC_STR_INIT("Url"),      NKC_STR_INIT("\0"),     NKC_STR_INIT("first-reference-note-number-and-more"),
	};
	(void)state;
	for (size_t i = 0; i < COUNT(none); i++) {
		assert_int_equal(nkc_var_find(none[i]), NKC_VAR_NONE);
		assert_int_equal(nkc_type_find(none[i]), NKC_TYPE_NONE);
	}
	assert_int_not_equal(nkc_var_find(NKC_STR("url")), nkc_var_find(NKC_STR("URL")));
}

static void numbers_that_are_none_have_no_name(void **state)
{
	(void)state;
	assert_string_equal(nkc_var_name(NKC_VAR_NONE), "");
	assert_string_equal(nkc_var_name((nkc_var)NKC_VAR_COUNT), "");
	assert_string_equal(nkc_var_name((nkc_var)-1), "");
	assert_string_equal(nkc_type_name((nkc_type)NKC_TYPE_COUNT), "");
	assert_int_equal(nkc_var_kind((nkc_var)NKC_VAR_COUNT), NKC_KIND_NONE);
}

/* The specification's names (Appendix IV) for what csl-data.json calls otherwise. */
static void names_of_the_specification_are_read_too(void **state)
{
	(void)state;
	assert_int_equal(nkc_var_find(NKC_STR("part-number")), NKC_VAR_PART);
	assert_int_equal(nkc_var_find(NKC_STR("printing-number")), NKC_VAR_PRINTING);
	assert_int_equal(nkc_var_find(NKC_STR("supplement-number")), NKC_VAR_SUPPLEMENT);
}

/* --- against the schemas --- */

/* The text of a schema, to be released; skips the test where there is none. */
static nkc_buf read_schema(const char *name)
{
	const char *shared = getenv("NKCITE_SHARED");
	nkc_buf path = NKC_BUF_INIT, text = NKC_BUF_INIT;
	if (!shared)
		skip();
	nkc_buf_printf(&path, "%s/csl-schema/%s", shared, name);
	nkc_status status = nkc_file_read(path.ptr, (size_t)1 << 20, &text);
	nkc_buf_release(&path);
	if (status)
		skip();
	return text;
}

static bool is_of_type(const nkc_value *property, const char *type)
{
	return nkc_str_is(nkc_value_text(nkc_value_find(property, NKC_STR("type"))), type);
}

/* What csl-data.json wants of a variable, by the kind that we give it. */
static bool has_kind(const nkc_value *property, nkc_kind kind)
{
	nkc_buf json = NKC_BUF_INIT;
	nkc_value_write(property, -1, &json);
	bool names = strstr(json.ptr, "name-variable"), date = strstr(json.ptr, "date-variable");
	nkc_buf_release(&json);
	switch (kind) {
	case NKC_KIND_NAMES: return names;
	case NKC_KIND_DATE: return date;
	case NKC_KIND_LIST: return is_of_type(property, "array");
	case NKC_KIND_OBJECT: return is_of_type(property, "object");
	default: return !names && !date && !is_of_type(property, "object");
	}
}

static void every_property_of_the_data_schema_is_a_variable(void **state)
{
	nkc_buf text = read_schema("csl-data.json");
	nkc_arena *arena = nkc_arena_new();
	nkc_value *schema = NULL;
	nkc_json_fault fault;
	bool seen[NKC_VAR_COUNT] = { false };
	size_t end;
	(void)state;
	assert_int_equal(nkc_json_parse(arena, nkc_buf_str(&text), 0, &end, &schema, &fault), NKC_JSON_DONE);
	const nkc_value *items = nkc_value_find(schema, NKC_STR("items"));
	const nkc_value *properties = nkc_value_find(items, NKC_STR("properties"));
	assert_true(nkc_value_count(properties) > 90);
	for (const nkc_value *property = nkc_value_first(properties); property; property = property->next) {
		nkc_var var = nkc_var_find(property->key);
		if (!var || !has_kind(property, nkc_var_kind(var)))
			fail_msg("%.*s", NKC_STR_ARG(property->key));
		seen[var] = true;
	}
	for (int var = 1; var < NKC_VAR_COUNT; var++) {
		bool ours = var == NKC_VAR_LICENSE || var == NKC_VAR_EDITOR_TRANSLATOR ||
		            nkc_var_kind((nkc_var)var) == NKC_KIND_SHORT;
		if (seen[var] == ours)
			fail_msg("%s", nkc_var_name((nkc_var)var));
	}
	const nkc_value *types = nkc_value_find(nkc_value_find(properties, NKC_STR("type")), NKC_STR("enum"));
	assert_int_equal(nkc_value_count(types), NKC_TYPE_COUNT - 1);
	for (const nkc_value *type = nkc_value_first(types); type; type = type->next)
		assert_int_not_equal(nkc_type_find(nkc_value_text(type)), NKC_TYPE_NONE);
	nkc_arena_free(arena);
	nkc_buf_release(&text);
}

/* Calls test for each name in double quotes on a line of its own ("| "title""), as the .rnc schemas list them. */
static size_t for_each_listed(nkc_str text, void (*test)(nkc_str name))
{
	nkc_str line;
	size_t count = 0;
	while (nkc_str_split(&text, '\n', &line)) {
		line = nkc_str_trim(line);
		if (nkc_str_starts(line, NKC_STR("| ")))
			line = nkc_str_slice(line, 2, line.len);
		if (line.len < 3 || line.ptr[0] != '"' ||
		    nkc_str_find_byte(nkc_str_slice(line, 1, line.len), '"') != line.len - 2)
			continue;
		test(nkc_str_slice(line, 1, line.len - 1));
		count++;
	}
	return count;
}

static void assert_variable(nkc_str name)
{
	if (!nkc_var_find(name))
		fail_msg("%.*s", NKC_STR_ARG(name));
}

static void assert_type(nkc_str name)
{
	if (!nkc_type_find(name))
		fail_msg("%.*s", NKC_STR_ARG(name));
}

static void every_variable_of_styles_is_known(void **state)
{
	nkc_buf text = read_schema("csl-variables.rnc");
	(void)state;
	assert_true(for_each_listed(nkc_buf_str(&text), assert_variable) > 80);
	nkc_buf_release(&text);
}

static void every_type_of_styles_is_known(void **state)
{
	nkc_buf text = read_schema("csl-types.rnc");
	(void)state;
	assert_true(for_each_listed(nkc_buf_str(&text), assert_type) >= 45);
	nkc_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_variable_is_found_by_its_name),
		cmocka_unit_test(every_type_is_found_by_its_name),
		cmocka_unit_test(names_are_exact),
		cmocka_unit_test(numbers_that_are_none_have_no_name),
		cmocka_unit_test(names_of_the_specification_are_read_too),
		cmocka_unit_test(every_property_of_the_data_schema_is_a_variable),
		cmocka_unit_test(every_variable_of_styles_is_known),
		cmocka_unit_test(every_type_of_styles_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
