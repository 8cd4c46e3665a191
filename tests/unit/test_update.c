/*
 * Taking over what a newer reading says: what is locked or known only to us stays.
 */
#include "support/unit.h"

#include <nkcite/library.h>

/* Updates `ours` by `theirs`; compares the outcome and the names of what changed. */
static void check(const char *ours, const char *theirs, const char *changed, const char *outcome)
{
	nkc_record *record = nkc_record_new(), *from = nkc_record_new();
	nkc_buf names = NKC_BUF_INIT, text = NKC_BUF_INIT;

	assert_int_equal(nkc_record_parse(record, nkc_str_from(ours), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_record_parse(from, nkc_str_from(theirs), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_record_update(record, from, &names), NKC_OK);
	nkc_record_free(from); /* nothing may be borrowed from it */
	assert_str(nkc_buf_str(&names), changed);
	nkc_value_write(nkc_record_root(record), -1, &text);
	assert_str(nkc_buf_str(&text), outcome);
	nkc_buf_release(&names);
	nkc_buf_release(&text);
	nkc_record_free(record);
}

static void what_differs_is_taken_over(void **state)
{
	(void)state;
	check("{\"id\":\"a\",\"title\":\"Old\",\"note\":\"ours\"}", "{\"id\":\"b\",\"title\":\"New\",\"volume\":\"2\"}",
	      "title, volume", "{\"id\":\"a\",\"title\":\"New\",\"note\":\"ours\",\"volume\":\"2\"}");
	check("{\"author\":[{\"family\":\"A\"}]}", "{\"author\":[{\"family\":\"B\"}],\"x-unknown\":[1]}", "author, x-unknown",
	      "{\"author\":[{\"family\":\"B\"}],\"x-unknown\":[1]}");
}

static void the_same_in_another_form_is_no_change(void **state)
{
	(void)state;
	check("{\"issued\":\"2014-11\"}", "{\"issued\":{\"date-parts\":[[\"2014\",11]]}}", "", "{\"issued\":\"2014-11\"}");
	check("{\"volume\":\"12\"}", "{\"volume\":12}", "", "{\"volume\":\"12\"}");
	check("{\"type\":\"book\",\"author\":[{\"family\":\"Doe\",\"given\":\"J.\"}]}",
	      "{\"type\":\"book\",\"author\":\"Doe, J.\"}", "",
	      "{\"type\":\"book\",\"author\":[{\"family\":\"Doe\",\"given\":\"J.\"}]}");
}

static void another_date_is_a_change(void **state)
{
	(void)state;
	check("{\"issued\":\"2014-11\"}", "{\"issued\":{\"date-parts\":[[2014,12]]}}", "issued",
	      "{\"issued\":{\"date-parts\":[[2014,12]]}}");
	/* Both become {"circa": true} in CSL, but do not say the same. */
	check("{\"issued\":\"2014?\"}", "{\"issued\":\"2014%\"}", "issued", "{\"issued\":\"2014%\"}");
	check("{\"issued\":\"201X\"}", "{\"issued\":\"2012\"}", "issued", "{\"issued\":\"2012\"}");
}

#define OWN(section, content) "\"custom\":{\"nkcite\":{\"" section "\":" content "}}"

static void locked_values_stay(void **state)
{
	(void)state;
	check("{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"locked\":true}}") "}", "{\"title\":\"New\",\"volume\":\"1\"}",
	      "volume", "{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"locked\":true}}") ",\"volume\":\"1\"}");
	/* Their provenance does not unlock ours. */
	check("{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"locked\":true}}") "}",
	      "{\"title\":\"New\"," OWN("provenance", "{\"title\":{\"locked\":false}}") "}", "",
	      "{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"locked\":true}}") "}");
}

static void the_origin_goes_with_the_value(void **state)
{
	(void)state;
	check("{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"from\":\"page\"},\"URL\":{\"from\":\"page\"}}") "}",
	      "{\"title\":\"New\"}", "title", "{\"title\":\"New\"," OWN("provenance", "{\"URL\":{\"from\":\"page\"}}") "}");
	check("{\"title\":\"Old\"," OWN("provenance", "{\"title\":{\"from\":\"page\"}}") "}",
	      "{" OWN("provenance", "{\"title\":{\"from\":\"feed\"}}") ",\"title\":\"New\"}", "title, custom",
	      "{\"title\":\"New\"," OWN("provenance", "{\"title\":{\"from\":\"feed\"}}") "}");
}

static void what_is_given_is_not_absent(void **state)
{
	(void)state;
	check("{" OWN("absent", "{\"author\":\"unknown\",\"URL\":\"unknown\"}") "}", "{\"author\":[{\"family\":\"Doe\"}]}",
	      "author", "{" OWN("absent", "{\"URL\":\"unknown\"}") ",\"author\":[{\"family\":\"Doe\"}]}");
}

static void custom_is_merged_not_replaced(void **state)
{
	(void)state;
	check("{\"custom\":{\"x\":{\"a\":1,\"b\":2}}}", "{\"custom\":{\"x\":{\"b\":3,\"c\":4},\"y\":5}}", "custom",
	      "{\"custom\":{\"x\":{\"a\":1,\"b\":3,\"c\":4},\"y\":5}}");
	check("{\"custom\":{\"x\":1}}", "{\"custom\":{\"x\":1}}", "", "{\"custom\":{\"x\":1}}");
	check("{\"custom\":{\"x\":1}}", "{\"custom\":\"text\"}", "", "{\"custom\":{\"x\":1}}");
	check("{\"id\":\"a\"}", "{\"custom\":{\"x\":1}}", "custom", "{\"id\":\"a\",\"custom\":{\"x\":1}}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_differs_is_taken_over),
		cmocka_unit_test(the_same_in_another_form_is_no_change),
		cmocka_unit_test(another_date_is_a_change),
		cmocka_unit_test(locked_values_stay),
		cmocka_unit_test(the_origin_goes_with_the_value),
		cmocka_unit_test(what_is_given_is_not_absent),
		cmocka_unit_test(custom_is_merged_not_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
