/*
 * What may be a key, and which key is proposed.
 *
 * Device names are those of Microsoft's "Naming Files, Paths, and Namespaces"; the
 * five seed records have the keys that their authors, years and titles give.
 */
#include "support/unit.h"

#include <string.h>

#include <nkcite/library.h>

static nkc_diags *diags;

static int make_diags(void **state)
{
	(void)state;
	diags = nkc_diags_new();
	return diags ? 0 : -1;
}

static int free_diags(void **state)
{
	(void)state;
	nkc_diags_free(diags);
	return 0;
}

/* The code of the one finding about the key; NONE when it may be one. */
static nkc_code fault_of(nkc_str key)
{
	size_t before = nkc_diags_count(diags);
	nkc_status status = nkc_key_check(key, NULL, diags);

	if (status == NKC_OK) {
		assert_int_equal(nkc_diags_count(diags), before);
		return NKC_CODE_NONE;
	}
	assert_int_equal(status, NKC_EINVALID);
	assert_int_equal(nkc_diags_count(diags), before + 1);
	return nkc_diags_at(diags, before)->code;
}

#define assert_key(text, code) assert_int_equal(fault_of(NKC_STR(text)), code)

static void ordinary_keys_are_taken(void **state)
{
	(void)state;
	assert_key("wertz2014chance", NKC_CODE_NONE);
	assert_key("a", NKC_CODE_NONE);
	assert_key("Doe_2020-b.1+c", NKC_CODE_NONE);
	assert_key("a..b", NKC_CODE_NONE);
	assert_key("12", NKC_CODE_NONE);
	assert_key("doe 2020", NKC_CODE_NONE);
	assert_key("m\xC3\xBCller2020", NKC_CODE_NONE);
	assert_key("\xEA\xB9\x80""2020", NKC_CODE_NONE);
}

static void paths_are_refused(void **state)
{
	(void)state;
	assert_key("../doe", NKC_CODE_KEY_PATH);
	assert_key("/etc/passwd", NKC_CODE_KEY_PATH);
	assert_key("a/b", NKC_CODE_KEY_PATH);
	assert_key("..\\doe", NKC_CODE_KEY_PATH);
	assert_key("C:\\doe", NKC_CODE_KEY_CHARACTER);
	assert_key("http://zotero.org/users/1/items/ABCD", NKC_CODE_KEY_CHARACTER);
	assert_key("..", NKC_CODE_KEY_DOT);
	assert_key(".", NKC_CODE_KEY_DOT);
}

static void ends_that_file_systems_drop_are_refused(void **state)
{
	(void)state;
	assert_key(".hidden", NKC_CODE_KEY_DOT);
	assert_key("doe.", NKC_CODE_KEY_DOT);
	assert_key("doe ", NKC_CODE_KEY_DOT);
	assert_key(" doe", NKC_CODE_KEY_DOT);
	assert_key("", NKC_CODE_KEY_EMPTY);
}

static void characters_that_names_cannot_hold_are_refused(void **state)
{
	static const char bad[] = ":*?\"<>|\x01\x1F\x7F\n\t";

	(void)state;
	for (size_t i = 0; i < sizeof bad - 1; i++) {
		char key[] = "a?b";

		key[1] = bad[i];
		assert_int_equal(fault_of(nkc_str_make(key, 3)), NKC_CODE_KEY_CHARACTER);
	}
	assert_int_equal(fault_of(nkc_str_make("a\0b", 3)), NKC_CODE_KEY_CHARACTER);
	assert_key("doe\xE2\x80\x8B""2020", NKC_CODE_KEY_CHARACTER); /* U+200B zero width space */
	assert_key("doe\xE2\x80\xAE""2020", NKC_CODE_KEY_CHARACTER); /* U+202E right to left override */
	assert_key("doe\xC2\xA0""2020", NKC_CODE_KEY_CHARACTER);     /* U+00A0 no-break space */
	assert_key("doe\xEE\x80\x80", NKC_CODE_KEY_CHARACTER);       /* U+E000 private use */
	assert_key("doe\xC2\x85", NKC_CODE_KEY_CHARACTER);           /* U+0085 next line */
}

static void bytes_that_change_on_the_way_are_refused(void **state)
{
	(void)state;
	assert_key("caf\xE9", NKC_CODE_KEY_UTF8);
	assert_key("a\xED\xA0\x80", NKC_CODE_KEY_UTF8);         /* an encoded surrogate */
	assert_key("mu\xCC\x88ller", NKC_CODE_KEY_UTF8);        /* u and U+0308: not NFC */
}

static void device_names_are_refused(void **state)
{
	(void)state;
	assert_key("con", NKC_CODE_KEY_DEVICE);
	assert_key("NUL", NKC_CODE_KEY_DEVICE);
	assert_key("Aux.2020", NKC_CODE_KEY_DEVICE);
	assert_key("com9", NKC_CODE_KEY_DEVICE);
	assert_key("lpt\xC2\xB9", NKC_CODE_KEY_DEVICE);
	assert_key("conin$", NKC_CODE_KEY_DEVICE);
	assert_key("com10", NKC_CODE_NONE);
	assert_key("com0", NKC_CODE_NONE);
	assert_key("console", NKC_CODE_NONE);
}

static void long_keys_are_refused(void **state)
{
	char key[NKC_KEY_MAX + 1];

	(void)state;
	memset(key, 'a', sizeof key);
	assert_int_equal(fault_of(nkc_str_make(key, NKC_KEY_MAX)), NKC_CODE_NONE);
	assert_int_equal(fault_of(nkc_str_make(key, NKC_KEY_MAX + 1)), NKC_CODE_KEY_LONG);
}

/* The key that is proposed for the record of this JSON. */
static void assert_proposed(const char *json, const char *pattern, const char *expected)
{
	nkc_record *record = nkc_record_new();
	nkc_buf key = NKC_BUF_INIT;

	assert_non_null(record);
	assert_int_equal(nkc_record_parse(record, nkc_str_from(json), NULL, diags), NKC_OK);
	assert_int_equal(nkc_key_propose(record, nkc_str_from(pattern), NULL, &key), NKC_OK);
	assert_str(nkc_buf_str(&key), expected);
	nkc_buf_release(&key);
	nkc_record_free(record);
}

static void seeds_get_the_keys_they_have(void **state)
{
	(void)state;
	assert_proposed(
		"{\"title\":\"Abolishing 're-education through labour' in China\",\"container-title\":\"Amnesty UK Blogs\","
		"\"publisher\":\"Amnesty International UK\",\"issued\":\"2013-11~\"}",
		NKC_KEY_PATTERN, "amnesty2013abolishing");
	assert_proposed(
		"{\"title\":\"North Korean prisons rife with forced labor\",\"container-title\":\"Freedom United\","
		"\"issued\":\"2021-02-05\"}",
		NKC_KEY_PATTERN, "freedom2021north");
	assert_proposed("{\"author\":[{\"family\":\"Seok\",\"given\":\"Kay\"}],\"title\":\"Put Human Rights First\","
	                "\"issued\":\"2004-09-11\"}", NKC_KEY_PATTERN, "seok2004put");
	assert_proposed("{\"author\":[{\"family\":\"Wertz\",\"given\":\"Daniel\"}],\"title\":\"A Chance for Progress\","
	                "\"issued\":\"2014-11\"}", NKC_KEY_PATTERN, "wertz2014chance");
}

static void articles_are_those_of_the_language(void **state)
{
	(void)state;
	assert_proposed("{\"title\":\"The Debate\",\"issued\":\"2014\"}", NKC_KEY_PATTERN, "2014debate");
	assert_proposed("{\"title\":\"Die Stille\",\"language\":\"de-AT\",\"issued\":\"2014\"}",
	                NKC_KEY_PATTERN, "2014stille");
	assert_proposed("{\"title\":\"Die Hard\",\"language\":\"en\",\"issued\":\"2014\"}", NKC_KEY_PATTERN, "2014die");
	assert_proposed("{\"title\":\"The The\",\"issued\":\"2014\"}", NKC_KEY_PATTERN, "2014the");
	assert_proposed("{\"title\":\"<i>The</i> <b>Trial</b> of x\",\"issued\":\"2014\"}", NKC_KEY_PATTERN,
	                "2014trial");
	assert_proposed("{\"author\":[{\"literal\":\"The Guardian\"}],\"title\":\"5 < 6\"}", NKC_KEY_PATTERN,
	                "guardiannd5");
}

static void names_become_plain_letters(void **state)
{
	(void)state;
	assert_proposed(
		"{\"author\":[{\"family\":\"O'Neil-M\xC3\xBCller\"}],\"issued\":\"1999\",\"title\":\"\xC3\x89tude\"}",
		NKC_KEY_PATTERN, "oneilmuller1999etude");
	assert_proposed("{\"author\":[{\"family\":\"\xC5\x81ukasiewicz\"}],\"issued\":\"1999\"}", "{author}",
	                "lukasiewicz");
	assert_proposed("{\"author\":[{\"family\":\"\xEA\xB9\x80\"}],\"issued\":\"2004\"}", "{author}{year}",
	                "gim2004");
	assert_proposed("{\"author\":\"Human Rights Watch\",\"issued\":\"2004\"}", "{author}{year}", "human2004");
	assert_proposed("{\"editor\":[{\"family\":\"Gogh\",\"non-dropping-particle\":\"van\"}]}",
	                "{author}{year}", "goghnd");
}

static void years_are_those_of_the_issue(void **state)
{
	(void)state;
	assert_proposed("{\"title\":\"x\",\"issued\":{\"date-parts\":[[2004,9,11]]}}", "{year}", "2004");
	assert_proposed("{\"title\":\"x\",\"issued\":\"-0043\"}", "{year}", "44bce");
	assert_proposed("{\"title\":\"x\",\"issued\":\"../2013\"}", "{year}", "2013");
	assert_proposed("{\"title\":\"x\",\"date\":\"2012-05\"}", "{year}", "2012");
	assert_proposed("{\"title\":\"x\",\"issued\":{\"literal\":\"in press\"}}", "{year}", "nd");
}

static void patterns_hold_parts_and_text(void **state)
{
	(void)state;
	assert_proposed(
		"{\"type\":\"post-weblog\",\"title\":\"A Chance for Real Progress\",\"container-title\":\"The Diplomat\"}",
		"{type}-{outlet}_{title}", "postweblog-diplomat_chanceforreal");
	assert_proposed("{}", "{author}{word}", "record");
	/* Nothing but a device name is left: a suffix makes it a key. */
	assert_proposed("{\"author\":[{\"family\":\"Con\"}]}", "{author}", "cona");
}

/* Who cites Chinese or Korean sources may want their own script in keys, not its romanisation. */
static void a_part_may_stay_in_its_script(void **state)
{
	(void)state;
	assert_proposed("{\"author\":[{\"family\":\"\xEA\xB9\x80\"}],\"issued\":\"2004\"}", "{author~}{year}",
	                "\xEA\xB9\x80"
	                "2004");
	assert_proposed("{\"author\":[{\"family\":\"O'Neil-M\xC3\xBCller\"}],\"title\":\"\xC3\x89tude\"}",
	                "{author~}{word~}{word}", "oneilm\xC3\xBCller\xC3\xA9tudeetude");
	/* composed, and cut between characters: 24 bytes are eight of them */
	assert_proposed("{\"title\":\"e\xCC\x81tat\"}", "{word~}", "\xC3\xA9tat");
	assert_proposed(
		"{\"title\":\"\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xBA\x8C\"}",
		"{word~}",
		"\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80");
}

static void bad_patterns_are_refused(void **state)
{
	static const char *const patterns[] = { "{autor}",         "{~}",    "{author", "{}", "../{author}",
		                                "{author}:{year}", ".{year}" };
	nkc_record *record = nkc_record_new();
	nkc_buf key = NKC_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		assert_int_equal(nkc_key_propose(record, nkc_str_from(patterns[i]), NULL, &key), NKC_EINVALID);
	nkc_buf_release(&key);
	nkc_record_free(record);
}

static void long_titles_do_not_make_long_keys(void **state)
{
	char json[4096] = "{\"title\":\"";
	nkc_record *record = nkc_record_new();
	nkc_buf key = NKC_BUF_INIT;

	(void)state;
	memset(json + strlen(json), 'x', 3000);
	strcat(json, "\"}");
	assert_int_equal(nkc_record_parse(record, nkc_str_from(json), NULL, diags), NKC_OK);
	assert_int_equal(nkc_key_propose(record, NKC_STR("{title}{word}{title}{word}{title}{title}{title}"),
	                                 NULL, &key),
	                 NKC_OK);
	assert_in_range(key.len, 20, NKC_KEY_MAX);
	assert_int_equal(nkc_key_check(nkc_buf_str(&key), NULL, diags), NKC_OK);
	nkc_buf_release(&key);
	nkc_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_keys_are_taken),
		cmocka_unit_test(paths_are_refused),
		cmocka_unit_test(ends_that_file_systems_drop_are_refused),
		cmocka_unit_test(characters_that_names_cannot_hold_are_refused),
		cmocka_unit_test(bytes_that_change_on_the_way_are_refused),
		cmocka_unit_test(device_names_are_refused),
		cmocka_unit_test(long_keys_are_refused),
		cmocka_unit_test(seeds_get_the_keys_they_have),
		cmocka_unit_test(articles_are_those_of_the_language),
		cmocka_unit_test(names_become_plain_letters),
		cmocka_unit_test(years_are_those_of_the_issue),
		cmocka_unit_test(patterns_hold_parts_and_text),
		cmocka_unit_test(a_part_may_stay_in_its_script),
		cmocka_unit_test(bad_patterns_are_refused),
		cmocka_unit_test(long_titles_do_not_make_long_keys),
	};
	return cmocka_run_group_tests(tests, make_diags, free_diags);
}
