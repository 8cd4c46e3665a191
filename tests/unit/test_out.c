/*
 * Output files that appear as a whole or not at all.
 */
#include <config.h>

#include "support/unit.h"

#include "support/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nkcite/out.h>

#include "base/atomic.h"

static void nothing_shows_before_the_commit(void **state)
{
	nkc_out *out;

	(void)state;
	folder_write("refs.bib", "old");
	assert_int_equal(nkc_out_open(&out, "refs.bib"), NKC_OK);
	assert_int_equal(nkc_out_write(out, NKC_STR("new ")), NKC_OK);
	assert_int_equal(nkc_out_write(out, NKC_STR("text")), NKC_OK);
	assert_string_equal(folder_read("refs.bib"), "old");
	assert_int_equal(nkc_out_commit(out), NKC_OK);
	assert_string_equal(folder_read("refs.bib"), "new text");
	assert_int_equal(folder_count(".", ""), 1);
}

static void abort_leaves_the_old_file(void **state)
{
	nkc_out *out;

	(void)state;
	folder_write("refs.bib", "old");
	assert_int_equal(nkc_out_open(&out, "refs.bib"), NKC_OK);
	assert_int_equal(nkc_out_write(out, NKC_STR("new")), NKC_OK);
	nkc_out_abort(out);
	nkc_out_abort(NULL);
	assert_string_equal(folder_read("refs.bib"), "old");
	assert_int_equal(folder_count(".", ""), 1);
}

static void permissions_are_kept_or_those_of_umask(void **state)
{
	struct stat info;
	mode_t mask = umask(027);

	(void)state;
	folder_write("old.bib", "old");
	assert_int_equal(chmod("old.bib", 0606), 0);
	assert_int_equal(nkc_file_replace("old.bib", NKC_STR("new")), NKC_OK);
	assert_int_equal(nkc_file_replace("new.bib", NKC_STR("new")), NKC_OK);
	umask(mask);
	assert_int_equal(stat("old.bib", &info), 0);
	assert_int_equal(info.st_mode & 0777, 0606);
	assert_int_equal(stat("new.bib", &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
}

static void links_stay_links(void **state)
{
	struct stat info;

	(void)state;
	assert_int_equal(mkdir("d", 0777), 0);
	folder_write("d/target", "old");
	assert_int_equal(symlink("d/target", "link"), 0);
	assert_int_equal(symlink("nothing", "dangling"), 0);
	assert_int_equal(nkc_file_replace("link", NKC_STR("new")), NKC_OK);
	assert_int_equal(lstat("link", &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_string_equal(folder_read("d/target"), "new");
	assert_int_equal(folder_count("d", ""), 1);
	assert_int_equal(nkc_file_replace("dangling", NKC_STR("new")), NKC_EIO);
	assert_int_equal(errno, ENOENT);
}

static void paths_may_be_of_any_form(void **state)
{
	char absolute[4096];

	(void)state;
	assert_int_equal(mkdir("d", 0777), 0);
	assert_int_equal(nkc_file_replace("./d/a", NKC_STR("1")), NKC_OK);
	assert_string_equal(folder_read("d/a"), "1");
	assert_non_null(getcwd(absolute, sizeof absolute - 8));
	strcat(absolute, "/d/b");
	assert_int_equal(nkc_file_replace(absolute, NKC_STR("2")), NKC_OK);
	assert_string_equal(folder_read("d/b"), "2");
}

static void assert_fails(const char *path, int reason)
{
	assert_int_equal(nkc_file_replace(path, NKC_STR("x")), NKC_EIO);
	assert_int_equal(errno, reason);
}

static void failures_say_why(void **state)
{
	(void)state;
	assert_int_equal(mkdir("d", 0777), 0);
	assert_fails("d", EISDIR);
	assert_fails("d/", EISDIR);
	assert_fails("", ENOENT);
	assert_fails("no/such/folder", ENOENT);
	folder_write("file", "x");
	assert_fails("file/below", ENOTDIR);
	assert_int_equal(folder_count("d", ""), 0);
}

static void devices_and_pipes_are_written_to(void **state)
{
	(void)state;
	assert_int_equal(nkc_file_replace("/dev/null", NKC_STR("x")), NKC_OK);
	if (access("/dev/full", W_OK) == 0)
		assert_fails("/dev/full", ENOSPC);
	assert_int_equal(mkfifo("pipe", 0666), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(nkc_file_replace("pipe", NKC_STR("through")) == NKC_OK ? 0 : 1);
	assert_string_equal(folder_read("pipe"), "through");
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(folder_count(".", ""), 1);
}

/* --- the order of the steps --- */

static nkc_atomic_step steps[32];
static size_t step_count;

static int note_step(nkc_atomic_step step, size_t *bytes)
{
	(void)bytes;
	assert_true(step_count < sizeof steps / sizeof *steps);
	steps[step_count++] = step;
	return 0;
}

/* No kill can show a missing fsync, so the order itself is what is tested. */
static void content_is_on_disk_before_its_name(void **state)
{
	static const nkc_atomic_step expected[] = { NKC_STEP_CREATE, NKC_STEP_WRITE, NKC_STEP_SYNC, NKC_STEP_RENAME,
		                                    NKC_STEP_SYNC_FOLDER };

	(void)state;
	step_count = 0;
	nkc_atomic_set_hook(note_step);
	assert_int_equal(nkc_file_replace("refs.bib", NKC_STR("x")), NKC_OK);
	nkc_atomic_set_hook(NULL);
	assert_int_equal(step_count, sizeof expected / sizeof *expected);
	assert_memory_equal(steps, expected, sizeof expected);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)
	const struct CMUnitTest tests[] = {
		TEST(nothing_shows_before_the_commit),
		TEST(abort_leaves_the_old_file),
		TEST(permissions_are_kept_or_those_of_umask),
		TEST(links_stay_links),
		TEST(paths_may_be_of_any_form),
		TEST(failures_say_why),
		TEST(devices_and_pipes_are_written_to),
		TEST(content_is_on_disk_before_its_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
