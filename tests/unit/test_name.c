/*
 * Names: objects of CSL-JSON (csl-data.json 1.0.2, name-variable) and names written in one line.
 */
#include "support/arena.h"

#include "base/json.h"
#include "base/mem.h"
#include "record/names.h"

#include <nkcite/buf.h>
#include <nkcite/record.h>
#include <nkcite/value.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* So much of a new arena comes from one allocation. */
#define ARENA_BLOCK 8192

static void assert_json(const char *from, const nkc_value *value, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;

	if (value)
		nkc_value_write(value, -1, &out);
	if (!nkc_str_is(nkc_buf_str(&out), expected))
		fail_msg("%s: becomes %s, not %s", from, out.ptr, expected);
	nkc_buf_release(&out);
}

/* --- one line --- */

static const struct {
	const char *text, *object;
} lines[] = {
	{ "Wertz, Daniel", "{\"family\":\"Wertz\",\"given\":\"Daniel\"}" },
	{ "Human Rights Watch", "{\"literal\":\"Human Rights Watch\"}" },
	{ "  Wertz ,  Daniel\t", "{\"family\":\"Wertz\",\"given\":\"Daniel\"}" },
	{ "  Human Rights Watch\n", "{\"literal\":\"Human Rights Watch\"}" },
	{ "Wertz,", "{\"family\":\"Wertz\"}" },
	{ ", Daniel", "{\"given\":\"Daniel\"}" },
	{ "van Gogh, Vincent", "{\"family\":\"van Gogh\",\"given\":\"Vincent\"}" },
	{ "King, Martin Luther, Jr.",
	  "{\"family\":\"King\",\"given\":\"Martin Luther\",\"suffix\":\"Jr.\"}" },
	{ "King, Jr., Martin Luther",
	  "{\"family\":\"King\",\"given\":\"Martin Luther\",\"suffix\":\"Jr.\"}" },
	{ "Gates, William Henry, III",
	  "{\"family\":\"Gates\",\"given\":\"William Henry\",\"suffix\":\"III\"}" },
	{ "Petrov, IV", "{\"family\":\"Petrov\",\"given\":\"IV\"}" },
	{ "Martin Luther King, Jr.", "{\"literal\":\"Martin Luther King, Jr.\"}" },
	{ "Penguin Books, Ltd.", "{\"literal\":\"Penguin Books, Ltd.\"}" },
	{ "Farrar, Straus, Giroux", "{\"literal\":\"Farrar, Straus, Giroux\"}" },
	{ "Office of Science, Technology, Policy, and Law",
	  "{\"literal\":\"Office of Science, Technology, Policy, and Law\"}" },
	{ "\xea\xb9\x80, \xec\xa0\x95\xec\x9d\x80",
	  "{\"family\":\"\xea\xb9\x80\",\"given\":\"\xec\xa0\x95\xec\x9d\x80\"}" },
	{ "", "" },
	{ " \t\n", "" },
	{ " , ", "" },
};

static void a_comma_makes_a_person_and_none_an_organisation(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_json(lines[i].text, nkc_name_from_text(arena, nkc_str_from(lines[i].text)),
		            lines[i].object);
}

/* --- objects --- */

static void a_name_keeps_all_its_parts(void **state)
{
	static const char *const objects[] = {
		"{\"family\":\"Fontaine\",\"dropping-particle\":\"de\",\"non-dropping-particle\":\"La\"}",
		"{\"family\":\"King\",\"given\":\"Martin Luther\",\"suffix\":\"Jr.\",\"comma-suffix\":true}",
		"{\"family\":\"Kim\",\"given\":\"Jong Un\",\"static-ordering\":true}",
		"{\"literal\":\"Amnesty International UK\"}",
		"{\"family\":\"van Gogh\",\"given\":\"Vincent\",\"parse-names\":true}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(objects); i++) {
		const nkc_value *value = parse_json(objects[i]);
		const nkc_name *names;

		assert_int_equal(nkc_names_read(value, arena, &names), 1);
		assert_ptr_equal(names[0].value, value);
		assert_json(objects[i], nkc_name_object(arena, &names[0]), objects[i]);
	}
}

static void parts_are_told_apart(void **state)
{
	static const char object[] = "{\"family\":\"f\",\"given\":\"g\",\"dropping-particle\":\"d\","
				     "\"non-dropping-particle\":\"n\",\"suffix\":\"s\",\"literal\":\"l\","
				     "\"comma-suffix\":1,\"static-ordering\":\"true\",\"parse-names\":0}";
	const nkc_name *name;

	(void)state;
	assert_int_equal(nkc_names_read(parse_json(object), arena, &name), 1);
	assert_str(name->family, "f");
	assert_str(name->given, "g");
	assert_str(name->dropping_particle, "d");
	assert_str(name->non_dropping_particle, "n");
	assert_str(name->suffix, "s");
	assert_str(name->literal, "l");
	assert_true(name->comma_suffix);
	assert_true(name->static_ordering);
	assert_false(name->parse_names);
}

static void absent_parts_are_empty_and_false(void **state)
{
	const nkc_name *name;

	(void)state;
	assert_int_equal(nkc_names_read(parse_json("[{\"family\":\"Seok\"}]"), arena, &name), 1);
	assert_str(name->family, "Seok");
	assert_str(name->given, "");
	assert_str(name->dropping_particle, "");
	assert_str(name->non_dropping_particle, "");
	assert_str(name->suffix, "");
	assert_str(name->literal, "");
	assert_false(name->comma_suffix || name->static_ordering || name->parse_names);
}

static void of_two_members_of_one_name_the_last_counts(void **state)
{
	const nkc_name *name;

	(void)state;
	assert_int_equal(nkc_names_read(parse_json("{\"family\":\"A\",\"family\":\"B\"}"), arena, &name), 1);
	assert_str(name->family, "B");
}

/* --- lists --- */

static void objects_and_texts_may_stand_in_one_list(void **state)
{
	static const char list[] =
		"[{\"family\":\"Seok\",\"given\":\"Kay\"},\"Wertz, Daniel\",\"Human Rights Watch\"]";
	const nkc_name *names;

	(void)state;
	assert_int_equal(nkc_names_read(parse_json(list), arena, &names), 3);
	assert_str(names[0].given, "Kay");
	assert_str(names[1].family, "Wertz");
	assert_str(names[1].given, "Daniel");
	assert_str(names[2].literal, "Human Rights Watch");
}

static void a_single_text_is_a_list_of_one(void **state)
{
	const nkc_name *names;
	const nkc_value *value = parse_json("\"Wertz, Daniel\"");

	(void)state;
	assert_int_equal(nkc_names_read(value, arena, &names), 1);
	assert_str(names[0].family, "Wertz");
	assert_ptr_equal(names[0].value, value);
}

static void what_names_nobody_is_left_out(void **state)
{
	static const char list[] =
		"[null,{},7,\"\",{\"suffix\":\"Jr.\"},{\"family\":\"\"},[\"Roe, Jane\"],true,"
		"{\"name\":\"Roe\"},{\"family\":\"Doe\"},\" \"]";
	const nkc_name *names;

	(void)state;
	assert_int_equal(nkc_names_read(parse_json(list), arena, &names), 1);
	assert_str(names[0].family, "Doe");
}

static void no_value_and_no_list_have_no_names(void **state)
{
	static const char *const values[] = { "[]", "{}", "\"\"", "null", "5", "false" };
	const nkc_name *names;

	(void)state;
	assert_int_equal(nkc_names_read(NULL, arena, &names), 0);
	for (size_t i = 0; i < COUNT(values); i++)
		assert_int_equal(nkc_names_read(parse_json(values[i]), arena, &names), 0);
}

/* Every object must come out whole or leave the arena in failure, wherever memory ends. */
static void memory_that_ends_is_known_to_the_arena(void **state)
{
	const nkc_value *list = parse_json("[\"Seok, Kay\",\"Wertz, Daniel\"]");
	size_t whole = 0, rounds = 0;

	(void)state;
	for (size_t used = 0; used < 800; used += 16, rounds++) {
		nkc_arena *full = nkc_arena_new();
		const nkc_name *names;
		nkc_value *object;
		size_t count;

		nkc_arena_alloc(full, ARENA_BLOCK - used);
		nkc_mem_fail_at(1);
		count = nkc_names_read(list, full, &names);
		object = nkc_name_from_text(full, NKC_STR("Seok, Kay"));
		nkc_mem_fail_at(0);
		if (nkc_arena_status(full) == NKC_OK) {
			whole++;
			assert_int_equal(count, 2);
			assert_json("Seok, Kay", object, "{\"family\":\"Seok\",\"given\":\"Kay\"}");
		}
		nkc_arena_free(full);
	}
	assert_true(whole > 0 && whole < rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_comma_makes_a_person_and_none_an_organisation),
		cmocka_unit_test(a_name_keeps_all_its_parts),
		cmocka_unit_test(parts_are_told_apart),
		cmocka_unit_test(absent_parts_are_empty_and_false),
		cmocka_unit_test(of_two_members_of_one_name_the_last_counts),
		cmocka_unit_test(objects_and_texts_may_stand_in_one_list),
		cmocka_unit_test(a_single_text_is_a_list_of_one),
		cmocka_unit_test(what_names_nobody_is_left_out),
		cmocka_unit_test(no_value_and_no_list_have_no_names),
		cmocka_unit_test(memory_that_ends_is_known_to_the_arena),
	};

	return cmocka_run_group_tests(tests, set_up_arena, tear_down_arena);
}
