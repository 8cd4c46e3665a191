/*
 * Finding styles in folders, by all that they are called, and the parents of dependent ones.
 */
#include <config.h>

#include "support/folder.h"
#include "support/unit.h"

#include <nkcite/style.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NS "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' "
#define INDEPENDENT(id, title) \
	NS "class='note'><info><title>" title "</title><title-short>AB</title-short><id>" id "</id>" \
	   "<category citation-format='note'/><category field='history'/><category field='law'/></info>" \
	   "<citation><layout><text variable='title'/></layout></citation></style>"
#define DEPENDENT(id, parent) \
	NS "default-locale='de-DE'><info><title>Child</title><id>" id "</id><link rel='independent-parent' href='" parent \
	   "'/></info></style>"

static nkc_diags *diags;
static nkc_styles *styles;
static char codes[256]; /* of the findings so far */

static void note_code(void *context, const nkc_diag *diag)
{
	size_t len = strlen(codes);
	(void)context;
	snprintf(codes + len, sizeof codes - len, "%s%s", len ? " " : "", nkc_code_get(diag->code)->name);
}

static int set_up(void **state)
{
	folder_enter(state);
	mkdir("a", 0777);
	mkdir("a/dependent", 0777);
	mkdir("b", 0777);
	folder_write("a/one.csl", INDEPENDENT("http://www.zotero.org/styles/one", "The One"));
	folder_write("a/dependent/child.csl", DEPENDENT("urn:child", "http://www.zotero.org/styles/other"));
	folder_write("a/dependent/orphan.csl", DEPENDENT("urn:orphan", "http://www.zotero.org/styles/nothing"));
	folder_write("a/dependent/loop.csl", DEPENDENT("http://www.zotero.org/styles/loop", "http://www.zotero.org/styles/loop"));
	folder_write("b/one.csl", INDEPENDENT("urn:another", "Another One"));
	folder_write("b/renamed.csl", INDEPENDENT("http://www.zotero.org/styles/other", "Other"));
	folder_write("b/broken.csl", "<style");
	codes[0] = '\0';
	diags = nkc_diags_new();
	nkc_diags_set_sink(diags, note_code, NULL);
	assert_int_equal(nkc_styles_new(&styles), NKC_OK);
	assert_int_equal(nkc_styles_add(styles, "none", "x"), NKC_OK);
	assert_int_equal(nkc_styles_add(styles, "a", "first"), NKC_OK);
	assert_int_equal(nkc_styles_add(styles, "b", "second"), NKC_OK);
	return 0;
}

static int tear_down(void **state)
{
	nkc_styles_free(styles);
	nkc_diags_free(diags);
	return folder_leave(state);
}

/* The file that is found; "?" when there is none. */
static const char *find(const char *name)
{
	static char path[256];
	const nkc_style_info *info;
	if (nkc_styles_find(styles, nkc_str_from(name), &info, diags) != NKC_OK)
		return "?";
	snprintf(path, sizeof path, "%.*s", NKC_STR_ARG(info->path));
	return path;
}

static void a_style_is_found_by_all_that_it_is_called(void **state)
{
	assert_string_equal(find("one"), "a/one.csl");
	assert_string_equal(find("one.csl"), "a/one.csl");
	assert_string_equal(find("ONE"), "a/one.csl");
	assert_string_equal(find("b/one.csl"), "b/one.csl");
	assert_string_equal(find("the one"), "a/one.csl");
	assert_string_equal(find("Other"), "b/renamed.csl");
	assert_string_equal(find("http://www.zotero.org/styles/other"), "b/renamed.csl");
	assert_string_equal(find("https://www.zotero.org/styles/one"), "a/one.csl");
	assert_string_equal(find("urn:another"), "b/one.csl");
	assert_string_equal(find("child"), "a/dependent/child.csl");
	assert_string_equal(codes, "");
	(void)state;
}

static void what_is_not_there_is_a_finding(void **state)
{
	static const char *const names[] = { "", "two", "../a/two", "a/two.csl", "..", "http://x.y/two" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		codes[0] = '\0';
		assert_string_equal(find(names[i]), "?");
		assert_string_equal(codes, "style/not-found");
	}
	(void)state;
}

static void the_first_folder_that_has_a_name_counts(void **state)
{
	const nkc_style_info *const *infos;
	size_t count;
	char text[512] = "";
	assert_int_equal(nkc_styles_list(styles, &infos, &count), NKC_OK);
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(text);
		snprintf(text + len, sizeof text - len, "%.*s(%.*s)%s ", NKC_STR_ARG(infos[i]->name),
		         NKC_STR_ARG(infos[i]->origin), infos[i]->shadowed ? "!" : "");
	}
	assert_string_equal(text, "apa(built-in) broken(second) child(first) loop(first) one(first) one(second)! "
	                          "orphan(first) renamed(second) ");
	(void)state;
}

static void a_style_tells_what_it_is(void **state)
{
	const nkc_style_info *info;
	assert_int_equal(nkc_styles_find(styles, NKC_STR("one"), &info, diags), NKC_OK);
	assert_int_equal(nkc_styles_read(styles, info, diags), NKC_OK);
	assert_str(info->title, "The One");
	assert_str(info->title_short, "AB");
	assert_str(info->id, "http://www.zotero.org/styles/one");
	assert_str(info->kind, "note");
	assert_str(info->format, "note");
	assert_str(info->fields, "history law");
	assert_str(info->parent, "");
	assert_string_equal(codes, "");
	(void)state;
}

static void a_dependent_style_is_rendered_by_its_parent(void **state)
{
	const nkc_style_info *used;
	nkc_style *style;
	assert_int_equal(nkc_styles_load(styles, NKC_STR("child"), &style, &used, diags), NKC_OK);
	assert_str(nkc_style_title(style), "Other");
	assert_str(nkc_style_default_locale(style), "de-DE");
	assert_str(used->path, "b/renamed.csl");
	nkc_style_free(style);
	(void)state;
}

static void a_missing_parent_is_a_finding(void **state)
{
	nkc_style *style;
	assert_int_equal(nkc_styles_load(styles, NKC_STR("orphan"), &style, NULL, diags), NKC_ENOTFOUND);
	assert_null(style);
	assert_non_null(strstr(codes, "style/missing-parent"));
	codes[0] = '\0';
	assert_int_equal(nkc_styles_load(styles, NKC_STR("loop"), &style, NULL, diags), NKC_ENOTFOUND);
	assert_non_null(strstr(codes, "style/missing-parent"));
	(void)state;
}

static void a_style_that_is_none_is_told(void **state)
{
	nkc_style *style;
	assert_int_equal(nkc_styles_load(styles, NKC_STR("broken"), &style, NULL, diags), NKC_ESYNTAX);
	assert_string_equal(codes, "style/xml");
	(void)state;
}

static void one_style_needs_no_file(void **state)
{
	nkc_styles *none;
	nkc_style *style;
	nkc_locales *locales;
	nkc_str name = nkc_str_from(nkc_styles_default());
	assert_int_equal(nkc_styles_new(&none), NKC_OK);
	assert_int_equal(nkc_styles_load(none, name, &style, NULL, diags), NKC_OK);
	assert_int_equal(nkc_styles_locales(none, &locales, diags), NKC_OK);
	assert_true(nkc_style_has_bibliography(style));
	assert_string_equal(codes, "");
	nkc_locales_close(locales);
	nkc_style_free(style);
	nkc_styles_free(none);
	(void)state;
}

static void the_usual_folders_are_those_of_the_environment(void **state)
{
	const nkc_style_info *info;
	nkc_styles *usual;
	char *here = getcwd(NULL, 0);
	setenv("XDG_DATA_HOME", here, 1);
	setenv("XDG_DATA_DIRS", here, 1);
	setenv("HOME", here, 1);
	mkdir("nkcite", 0777);
	assert_int_equal(rename("b", "nkcite/styles"), 0);
	mkdir("Zotero", 0777);
	assert_int_equal(rename("a", "Zotero/styles"), 0);
	assert_int_equal(nkc_styles_new(&usual), NKC_OK);
	assert_int_equal(nkc_styles_add_usual(usual, NULL), NKC_OK);
	assert_int_equal(nkc_styles_find(usual, NKC_STR("one"), &info, diags), NKC_OK);
	assert_str(info->origin, "user");
	assert_int_equal(nkc_styles_find(usual, NKC_STR("child"), &info, diags), NKC_OK);
	assert_str(info->origin, "zotero");
	nkc_styles_free(usual);
	free(here);
	(void)state;
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_style_is_found_by_all_that_it_is_called),
		TEST(what_is_not_there_is_a_finding),
		TEST(the_first_folder_that_has_a_name_counts),
		TEST(a_style_tells_what_it_is),
		TEST(a_dependent_style_is_rendered_by_its_parent),
		TEST(a_missing_parent_is_a_finding),
		TEST(a_style_that_is_none_is_told),
		TEST(one_style_needs_no_file),
		TEST(the_usual_folders_are_those_of_the_environment),
	};
#undef TEST
	return cmocka_run_group_tests(tests, NULL, NULL);
}
