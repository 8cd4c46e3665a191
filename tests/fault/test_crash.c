/*
 * The library after a crash, a failing disk and a lack of memory, at each
 * point where one can strike: every record is the old or the new one, whole.
 */
#include <config.h>

#include "support/unit.h"

#include "support/folder.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nkcite/library.h>

#include "base/atomic.h"
#include "base/mem.h"

static const char old_text[] = "{\n  \"id\": \"doe2020\",\n  \"type\": \"book\",\n  \"title\": \"Old\"\n}\n";
static const char new_text[] = "{\n  \"id\": \"doe2020\",\n  \"type\": \"book\",\n  \"title\": \"New\"\n}\n";
static const char bystander[] = "{\n  \"id\": \"roe2019\",\n  \"type\": \"book\"\n}\n";
static const char added[] = "{\n  \"id\": \"poe1845\",\n  \"type\": \"book\"\n}\n";
static const char renamed[] = "{\n  \"id\": \"doe2021\",\n  \"type\": \"book\",\n  \"title\": \"Old\"\n}\n";
static const char respelt[] = "{\n  \"id\": \"DOE2020\",\n  \"type\": \"book\",\n  \"title\": \"Old\"\n}\n";

/* --- the changes --- */

typedef nkc_status (*change_fn)(nkc_library *library, nkc_record *record);

static nkc_status change_replace(nkc_library *library, nkc_record *record)
{
	nkc_status status = nkc_library_load(library, NKC_STR("doe2020"), record, NULL);

	if (status == NKC_OK)
		status = nkc_record_set_text(record, NKC_VAR_TITLE, NKC_STR("New"));
	return status == NKC_OK ? nkc_library_save(library, record, NKC_SAVE_REPLACE, NULL) : status;
}

static nkc_status change_add(nkc_library *library, nkc_record *record)
{
	nkc_status status = nkc_record_parse(record, nkc_str_from(added), NULL, NULL);

	return status == NKC_OK ? nkc_library_save(library, record, NKC_SAVE_NEW, NULL) : status;
}

static nkc_status change_rename(nkc_library *library, nkc_record *record)
{
	(void)record;
	return nkc_library_rename(library, NKC_STR("doe2020"), NKC_STR("doe2021"), NULL);
}

static nkc_status change_respell(nkc_library *library, nkc_record *record)
{
	(void)record;
	return nkc_library_rename(library, NKC_STR("doe2020"), NKC_STR("DOE2020"), NULL);
}

static nkc_status change_remove(nkc_library *library, nkc_record *record)
{
	(void)record;
	return nkc_library_remove(library, NKC_STR("doe2020"), NULL);
}

static nkc_status run_change(change_fn change)
{
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	nkc_status status = record ? nkc_library_open(&library, ".", NULL) : NKC_ENOMEM;

	if (status == NKC_OK)
		status = change(library, record);
	nkc_library_close(library);
	nkc_record_free(record);
	return status;
}

/* --- what may stand afterwards --- */

/* The files of one state of the library; NULL: no such file. */
typedef struct snapshot {
	const char *doe, *doe2021, *upper, *poe;
} snapshot;

typedef struct scenario {
	const char *name;
	change_fn change;
	snapshot states[4]; /* that a crash may leave; the last is the change done */
	size_t count;
} scenario;

static const scenario scenarios[] = {
	{ "replace", change_replace, { { old_text, NULL, NULL, NULL }, { new_text, NULL, NULL, NULL } }, 2 },
	{ "add", change_add, { { old_text, NULL, NULL, NULL }, { old_text, NULL, NULL, added } }, 2 },
	/* The record is under both names for a moment, never under none. */
	{ "rename", change_rename,
	  { { old_text, NULL, NULL, NULL }, { old_text, renamed, NULL, NULL }, { NULL, renamed, NULL, NULL } }, 3 },
	/* For a moment the new id stands in the file of the old name. */
	{ "respell", change_respell,
	  { { old_text, NULL, NULL, NULL }, { respelt, NULL, NULL, NULL }, { NULL, NULL, respelt, NULL } }, 3 },
	{ "remove", change_remove, { { old_text, NULL, NULL, NULL }, { NULL, NULL, NULL, NULL } }, 2 },
};

static void write_old(void)
{
	folder_write("records/doe2020.json", old_text);
	folder_write("records/roe2019.json", bystander);
	unlink("records/doe2021.json");
	unlink("records/DOE2020.json");
	unlink("records/poe1845.json");
}

static bool holds(const char *path, const char *expected)
{
	const char *text = folder_read(path);

	return expected ? text && strcmp(text, expected) == 0 : text == NULL;
}

static bool is_state(const snapshot *state)
{
	return holds("records/doe2020.json", state->doe) && holds("records/doe2021.json", state->doe2021) &&
	       holds("records/DOE2020.json", state->upper) && holds("records/poe1845.json", state->poe) &&
	       holds("records/roe2019.json", bystander);
}

/* Which of the scenario's states the library is in; -1: in none, something is lost. */
static int find_state(const scenario *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (is_state(&s->states[i]))
			return (int)i;
	return -1;
}

/* --- killed --- */

static size_t steps_left;

/* At the n-th step the process is killed; each write is of three bytes, so that most are cut in between. */
static int kill_at_step(nkc_atomic_step step, size_t *bytes)
{
	if (step == NKC_STEP_WRITE && *bytes > 3)
		*bytes = 3;
	if (--steps_left == 0)
		raise(SIGKILL);
	return 0;
}

/* Runs the change in a process that is killed at the n-th step. False: it ended before. */
static bool run_killed(change_fn change, size_t n)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		steps_left = n;
		nkc_atomic_set_hook(kill_at_step);
		_exit(run_change(change) == NKC_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status)) {
		assert_int_equal(WTERMSIG(status), SIGKILL);
		return true;
	}
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

static void a_kill_leaves_the_old_or_the_new(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		const scenario *s = &scenarios[i];
		int seen = 0, last = -1;
		size_t n = 1;

		for (;; n++) {
			write_old();
			if (!run_killed(s->change, n))
				break;
			last = find_state(s);
			if (last < 0)
				fail_msg("%s: killed at step %zu, a record is neither old nor new", s->name, n);
			seen |= 1 << last;
		}
		assert_int_equal(find_state(s), s->count - 1);
		/* The test has met each of the states, or it has tested nothing. */
		assert_int_equal(seen, (1 << s->count) - 1);
		assert_true(n > 2);
	}
}

/* What crashes leave behind disturbs nobody: neither the list of keys nor the next change. */
static void leftovers_disturb_nothing(void **state)
{
	nkc_library *library;
	nkc_diags *diags = nkc_diags_new();
	const nkc_str *keys;
	size_t count;

	(void)state;
	write_old();
	assert_true(run_killed(change_replace, 2));
	assert_int_equal(folder_count("records", NKC_ATOMIC_PREFIX), 1);
	assert_int_equal(nkc_library_open(&library, ".", diags), NKC_OK);
	assert_int_equal(nkc_library_keys(library, &keys, &count, diags), NKC_OK);
	assert_int_equal(count, 2);
	assert_int_equal(nkc_diags_count(diags), 0);
	assert_int_equal(nkc_library_try_lock(library, diags), NKC_OK); /* the lock went with the process */
	nkc_library_close(library);
	nkc_diags_free(diags);
	assert_int_equal(run_change(change_replace), NKC_OK);
	assert_string_equal(folder_read("records/doe2020.json"), new_text);
}

/* --- a disk that fails --- */

static int fail_at_step(nkc_atomic_step step, size_t *bytes)
{
	(void)step;
	(void)bytes;
	return --steps_left == 0 ? ENOSPC : 0;
}

static void a_failing_disk_leaves_the_old_or_the_new(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		nkc_status status = NKC_EIO;

		for (size_t n = 1; status != NKC_OK; n++) {
			write_old();
			steps_left = n;
			nkc_atomic_set_hook(fail_at_step);
			status = run_change(scenarios[i].change);
			nkc_atomic_set_hook(NULL);
			assert_true(status == NKC_OK || status == NKC_EIO);
			if (find_state(&scenarios[i]) < 0)
				fail_msg("%s: step %zu failed, a record is neither old nor new", scenarios[i].name, n);
			assert_int_equal(folder_count("records", NKC_ATOMIC_PREFIX), 0);
		}
		assert_int_equal(find_state(&scenarios[i]), scenarios[i].count - 1);
	}
}

/* The system's own refusal: no file may grow past 40 bytes. */
static void a_full_disk_leaves_the_old(void **state)
{
	pid_t child;
	int status;

	(void)state;
	write_old();
	child = fork();
	if (child == 0) {
		const struct rlimit limit = { 40, 40 };

		signal(SIGXFSZ, SIG_IGN);
		_exit(setrlimit(RLIMIT_FSIZE, &limit) == 0 ? (int)run_change(change_replace) : 100);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), NKC_EIO);
	assert_string_equal(folder_read("records/doe2020.json"), old_text);
	assert_int_equal(folder_count("records", NKC_ATOMIC_PREFIX), 0);
}

/* --- no memory --- */

static void a_lack_of_memory_leaves_the_old_or_the_new(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		nkc_status status = NKC_ENOMEM;
		uint64_t n;

		for (n = 1; status != NKC_OK; n++) {
			write_old();
			nkc_mem_fail_at(n);
			status = run_change(scenarios[i].change);
			nkc_mem_fail_at(0);
			if (status != NKC_OK && status != NKC_ENOMEM)
				fail_msg("%s: allocation %d failed, which is told as \"%s\"", scenarios[i].name, (int)n,
				         nkc_status_text(status));
			if (find_state(&scenarios[i]) < 0)
				fail_msg("%s: allocation %d failed, a record is neither old nor new", scenarios[i].name, (int)n);
		}
		assert_true(n > 3);
		assert_int_equal(find_state(&scenarios[i]), scenarios[i].count - 1);
	}
}

static int setup(void **state)
{
	return folder_enter(state) == 0 && nkc_library_init(".", NULL) == NKC_OK ? 0 : -1;
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, folder_leave)
	const struct CMUnitTest tests[] = {
		TEST(a_kill_leaves_the_old_or_the_new),
		TEST(leftovers_disturb_nothing),
		TEST(a_failing_disk_leaves_the_old_or_the_new),
		TEST(a_full_disk_leaves_the_old),
		TEST(a_lack_of_memory_leaves_the_old_or_the_new),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
