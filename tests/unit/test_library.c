/*
 * The library on disk: what is found, read, written, refused.
 */
#include <config.h>

#include "support/unit.h"

#include "support/folder.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nkcite/library.h>

static nkc_diags *diags;
static nkc_library *library;
static nkc_record *record;

static int setup(void **state)
{
	unsetenv("NKCITE_LIBRARY");
	diags = nkc_diags_new();
	record = nkc_record_new();
	library = NULL;
	return diags && record ? folder_enter(state) : -1;
}

static int teardown(void **state)
{
	nkc_library_close(library);
	nkc_record_free(record);
	nkc_diags_free(diags);
	return folder_leave(state);
}

static int setup_library(void **state)
{
	if (setup(state) != 0 || nkc_library_init(".", diags) != NKC_OK)
		return -1;
	return nkc_library_open(&library, NULL, diags) == NKC_OK ? 0 : -1;
}

/* The code of the last finding. */
static nkc_code last_code(void)
{
	size_t count = nkc_diags_count(diags);

	return count ? nkc_diags_at(diags, count - 1)->code : NKC_CODE_NONE;
}

#define assert_refused(status, how, what) \
	do { \
		assert_int_equal((status), (how)); \
		assert_int_equal(last_code(), (what)); \
	} while (0)

static void parse(const char *json)
{
	nkc_record_clear(record);
	assert_int_equal(nkc_record_parse(record, nkc_str_from(json), NULL, diags), NKC_OK);
}

static nkc_status save(const char *json, nkc_save how)
{
	parse(json);
	return nkc_library_save(library, record, how, diags);
}

static nkc_status load(const char *key)
{
	return nkc_library_load(library, nkc_str_from(key), record, diags);
}

static nkc_status set_title_and_save(const char *title)
{
	assert_int_equal(nkc_record_set_text(record, NKC_VAR_TITLE, nkc_str_from(title)), NKC_OK);
	return nkc_library_save(library, record, NKC_SAVE_REPLACE, diags);
}

static const char doe[] = "{\n  \"id\": \"doe2020\",\n  \"type\": \"book\",\n  \"title\": \"One\"\n}\n";

/* --- finding it --- */

static void init_makes_a_library_once(void **state)
{
	(void)state;
	assert_int_equal(nkc_library_init("a/b/c", diags), NKC_OK);
	assert_int_equal(folder_count("a/b/c/records", ""), 0);
	assert_refused(nkc_library_init("a/b/c", diags), NKC_EINVALID, NKC_CODE_LIBRARY_EXISTS);
	folder_write("file", "x");
	assert_refused(nkc_library_init("file", diags), NKC_EIO, NKC_CODE_IO_WRITE);
	assert_refused(nkc_library_init("file/below", diags), NKC_EIO, NKC_CODE_IO_WRITE);
}

static void open_looks_upwards(void **state)
{
	nkc_buf path = NKC_BUF_INIT;

	(void)state;
	assert_int_equal(nkc_library_init(".", diags), NKC_OK);
	assert_int_equal(mkdir("x", 0777), 0);
	assert_int_equal(mkdir("x/y", 0777), 0);
	assert_int_equal(chdir("x/y"), 0);
	assert_int_equal(nkc_library_open(&library, NULL, diags), NKC_OK);
	assert_string_equal(nkc_library_path(library), "../..");
	nkc_library_file(library, NKC_STR("doe2020"), &path);
	assert_str(nkc_buf_str(&path), "../../records/doe2020.json");
	nkc_buf_release(&path);
}

static void open_prefers_what_is_named(void **state)
{
	nkc_buf path = NKC_BUF_INIT;

	(void)state;
	assert_int_equal(nkc_library_init(".", diags), NKC_OK);
	assert_int_equal(nkc_library_init("env", diags), NKC_OK);
	assert_int_equal(nkc_library_init("dir", diags), NKC_OK);
	assert_int_equal(setenv("NKCITE_LIBRARY", "env", 1), 0);
	assert_int_equal(nkc_library_open(&library, NULL, diags), NKC_OK);
	assert_string_equal(nkc_library_path(library), "env");
	nkc_library_close(library);
	assert_int_equal(nkc_library_open(&library, "dir", diags), NKC_OK);
	assert_string_equal(nkc_library_path(library), "dir");
	nkc_library_close(library);
	unsetenv("NKCITE_LIBRARY");
	assert_int_equal(nkc_library_open(&library, NULL, diags), NKC_OK);
	nkc_library_file(library, NKC_STR("doe2020"), &path);
	assert_str(nkc_buf_str(&path), "records/doe2020.json");
	nkc_buf_release(&path);
}

static void open_says_that_there_is_none(void **state)
{
	(void)state;
	assert_refused(nkc_library_open(&library, "nowhere", diags), NKC_ENOTFOUND, NKC_CODE_LIBRARY_NONE);
	assert_null(library);
}

/* --- names --- */

static void keys_are_sorted_by_bytes(void **state)
{
	const nkc_str *keys;
	size_t count;

	(void)state;
	folder_write("records/b.json", "{}");
	folder_write("records/B.json", "{}");
	folder_write("records/a.json", "{}");
	folder_write("records/a1.json", "{}");
	folder_write("records/\xC3\xA4.json", "{}");
	folder_write("records/.hidden.json", "{}");
	folder_write("records/.nkcite-1-2-3.tmp", "{");
	assert_int_equal(nkc_library_keys(library, &keys, &count, diags), NKC_OK);
	assert_int_equal(count, 5);
	assert_str(keys[0], "B");
	assert_str(keys[1], "a");
	assert_str(keys[2], "a1");
	assert_str(keys[3], "b");
	assert_str(keys[4], "\xC3\xA4");
	assert_int_equal(nkc_diags_count(diags), 0);
}

static void keys_report_what_is_no_record(void **state)
{
	const nkc_str *keys;
	size_t count;

	(void)state;
	folder_write("records/notes.txt", "x");
	assert_int_equal(nkc_library_keys(library, &keys, &count, diags), NKC_OK);
	assert_int_equal(count, 0);
	assert_int_equal(last_code(), NKC_CODE_LIBRARY_STRAY);
	assert_str(nkc_diags_at(diags, 0)->file, "records/notes.txt");
	nkc_library_close(library);
	folder_write("records/con.json", "{}");
	assert_int_equal(unlink("records/notes.txt"), 0);
	assert_int_equal(nkc_library_open(&library, NULL, diags), NKC_OK);
	assert_int_equal(nkc_library_keys(library, &keys, &count, diags), NKC_OK);
	assert_int_equal(count, 0);
	assert_int_equal(last_code(), NKC_CODE_KEY_DEVICE);
	assert_str(nkc_diags_at(diags, 1)->file, "records/con.json");
}

/* --- reading --- */

static void load_gives_the_record(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_true(nkc_library_has(library, NKC_STR("doe2020")));
	assert_false(nkc_library_has(library, NKC_STR("doe2021")));
	assert_int_equal(load("doe2020"), NKC_OK);
	assert_str(nkc_record_id(record), "doe2020");
	assert_str(nkc_record_text(record, NKC_VAR_TITLE), "One");
}

static void load_names_the_nearest_keys(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_refused(load("doe2002"), NKC_ENOTFOUND, NKC_CODE_KEY_UNKNOWN);
	assert_str(nkc_diags_at(diags, 0)->hint, "did you mean doe2020?");
}

static void load_points_at_faults_in_the_file(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", "{\n  \"id\": \"doe2020\",\n  \"title\" \"One\"\n}\n");
	assert_refused(load("doe2020"), NKC_ESYNTAX, NKC_CODE_JSON_SYNTAX);
	assert_str(nkc_diags_at(diags, 0)->file, "records/doe2020.json");
	assert_int_equal(nkc_diags_at(diags, 0)->from.line, 3);
}

static void load_never_leaves_the_folder(void **state)
{
	(void)state;
	folder_write("secret.json", doe);
	assert_refused(load("../secret"), NKC_EINVALID, NKC_CODE_KEY_PATH);
	assert_int_equal(symlink("../secret.json", "records/link.json"), 0);
	assert_refused(load("link"), NKC_EINVALID, NKC_CODE_LIBRARY_NOT_FILE);
	assert_int_equal(save("{\"id\":\"link\"}", NKC_SAVE_NEW), NKC_EINVALID);
	assert_string_equal(folder_read("secret.json"), doe);
}

static void load_takes_only_files(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("records/pipe.json", 0666), 0); /* which must not be waited for */
	assert_int_equal(mkdir("records/folder.json", 0777), 0);
	assert_refused(load("pipe"), NKC_EINVALID, NKC_CODE_LIBRARY_NOT_FILE);
	assert_refused(load("folder"), NKC_EINVALID, NKC_CODE_LIBRARY_NOT_FILE);
}

static void load_has_a_bound(void **state)
{
	(void)state;
	folder_write("records/big.json", "{");
	assert_int_equal(truncate("records/big.json", (16 << 20) + 1), 0);
	assert_refused(load("big"), NKC_ELIMIT, NKC_CODE_JSON_SIZE);
}

/* --- writing --- */

static void save_writes_the_canonical_form(void **state)
{
	struct stat info;
	mode_t mask = umask(022);

	(void)state;
	assert_int_equal(save("{\"title\":\"One\",\"type\":\"book\",\"id\":\"doe2020\"}", NKC_SAVE_NEW), NKC_OK);
	umask(mask);
	assert_string_equal(folder_read("records/doe2020.json"), doe);
	assert_int_equal(stat("records/doe2020.json", &info), 0);
	assert_int_equal(info.st_mode & 0777, 0644);
	assert_int_equal(info.st_nlink, 1);
	assert_int_equal(folder_count("records", ""), 1);
}

static void save_new_never_replaces(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_refused(save("{\"id\":\"doe2020\",\"title\":\"Two\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_TAKEN);
	assert_string_equal(folder_read("records/doe2020.json"), doe);
	assert_int_equal(folder_count("records", ""), 1);
}

static void save_refuses_twins(void **state)
{
	(void)state;
	assert_int_equal(save("{\"id\":\"Doe2020\"}", NKC_SAVE_NEW), NKC_OK);
	assert_refused(save("{\"id\":\"doe2020\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_TWIN);
	assert_int_equal(save("{\"id\":\"\xC3\x84rzte\"}", NKC_SAVE_NEW), NKC_OK);
	assert_refused(save("{\"id\":\"\xC3\xA4rzte\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_TWIN);
	/* Another process has made the twin since the names were read. */
	folder_write("records/ROE.json", "{}");
	assert_refused(save("{\"id\":\"roe\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_TWIN);
	/* It is gone: the key is free. */
	assert_int_equal(unlink("records/ROE.json"), 0);
	assert_int_equal(save("{\"id\":\"roe\"}", NKC_SAVE_NEW), NKC_OK);
	assert_int_equal(folder_count("records", ""), 3);
}

static void save_refuses_unsafe_ids(void **state)
{
	(void)state;
	assert_refused(save("{\"id\":\"../evil\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_PATH);
	assert_refused(save("{\"id\":\"a\\u0000b\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_CHARACTER);
	assert_refused(save("{\"title\":\"x\"}", NKC_SAVE_NEW), NKC_EINVALID, NKC_CODE_KEY_EMPTY);
	assert_int_equal(folder_count(".", ""), 1);
	assert_int_equal(folder_count("records", ""), 0);
}

static void save_refuses_what_utf8_cannot_hold(void **state)
{
	(void)state;
	nkc_diags_clear(diags);
	nkc_record_clear(record);
	(void)nkc_record_parse(record, NKC_STR("{\"id\":\"doe\",\"title\":\"Caf\xE9\"}"), NULL, diags);
	assert_refused(nkc_library_save(library, record, NKC_SAVE_NEW, diags), NKC_EINVALID, NKC_CODE_ENCODING_UTF8);
	assert_int_equal(folder_count("records", ""), 0);
}

static void replace_keeps_permissions(void **state)
{
	struct stat info;

	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_int_equal(chmod("records/doe2020.json", 0640), 0);
	assert_int_equal(load("doe2020"), NKC_OK);
	assert_int_equal(set_title_and_save("Two"), NKC_OK);
	assert_int_equal(stat("records/doe2020.json", &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
	assert_non_null(strstr(folder_read("records/doe2020.json"), "\"Two\""));
	assert_int_equal(folder_count("records", ""), 1);
}

static void replace_demands_to_have_read(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_refused(save("{\"id\":\"doe2020\",\"title\":\"Two\"}", NKC_SAVE_REPLACE), NKC_EINVALID,
	               NKC_CODE_LIBRARY_CHANGED);
	assert_string_equal(folder_read("records/doe2020.json"), doe);
}

static void replace_refuses_what_changed_meanwhile(void **state)
{
	static const char theirs[] = "{\"id\":\"doe2020\",\"title\":\"Tre\"}\n";

	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_int_equal(load("doe2020"), NKC_OK);
	folder_write("records/doe2020.json", theirs);
	assert_refused(set_title_and_save("Two"), NKC_EINVALID, NKC_CODE_LIBRARY_CHANGED);
	assert_string_equal(folder_read("records/doe2020.json"), theirs);
	/* Read anew, it can be saved; and again, for what was saved is known. */
	assert_int_equal(load("doe2020"), NKC_OK);
	assert_int_equal(set_title_and_save("Two"), NKC_OK);
	assert_int_equal(set_title_and_save("Three"), NKC_OK);
	assert_int_equal(unlink("records/doe2020.json"), 0);
	assert_refused(set_title_and_save("Four"), NKC_EINVALID, NKC_CODE_LIBRARY_CHANGED);
	assert_int_equal(folder_count("records", ""), 0);
}

static void replace_leaves_an_equal_file_alone(void **state)
{
	struct stat before, after;

	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_int_equal(stat("records/doe2020.json", &before), 0);
	assert_int_equal(load("doe2020"), NKC_OK);
	assert_int_equal(set_title_and_save("One"), NKC_OK);
	assert_int_equal(stat("records/doe2020.json", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
}

static void a_broken_file_can_be_read_and_replaced(void **state)
{
	nkc_buf text = NKC_BUF_INIT;

	(void)state;
	folder_write("records/doe2020.json", "{\"id\":");
	assert_int_equal(nkc_library_read(library, NKC_STR("doe2020"), &text, diags), NKC_OK);
	assert_str(nkc_buf_str(&text), "{\"id\":");
	assert_int_equal(save(doe, NKC_SAVE_REPLACE), NKC_OK);
	assert_string_equal(folder_read("records/doe2020.json"), doe);
	nkc_buf_release(&text);
}

static void remove_takes_the_file_away(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	folder_write("records/roe.json", doe);
	assert_int_equal(nkc_library_remove(library, NKC_STR("doe2020"), diags), NKC_OK);
	assert_int_equal(folder_count("records", ""), 1);
	assert_refused(nkc_library_remove(library, NKC_STR("doe2020"), diags), NKC_ENOTFOUND, NKC_CODE_KEY_UNKNOWN);
	assert_refused(nkc_library_remove(library, NKC_STR("../x"), diags), NKC_EINVALID, NKC_CODE_KEY_PATH);
}

/* --- renaming --- */

static nkc_status rename_key(const char *from, const char *to)
{
	return nkc_library_rename(library, nkc_str_from(from), nkc_str_from(to), diags);
}

static void rename_changes_id_and_file(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_int_equal(rename_key("doe2020", "roe2021"), NKC_OK);
	assert_string_equal(folder_read("records/roe2021.json"),
	                    "{\n  \"id\": \"roe2021\",\n  \"type\": \"book\",\n  \"title\": \"One\"\n}\n");
	assert_int_equal(folder_count("records", ""), 1);
}

static void rename_never_replaces(void **state)
{
	static const char roe[] = "{\"id\":\"roe\"}";

	(void)state;
	folder_write("records/doe2020.json", doe);
	folder_write("records/roe.json", roe);
	assert_refused(rename_key("doe2020", "roe"), NKC_EINVALID, NKC_CODE_KEY_TAKEN);
	assert_refused(rename_key("doe2020", "Roe"), NKC_EINVALID, NKC_CODE_KEY_TWIN);
	assert_refused(rename_key("doe2020", "../roe"), NKC_EINVALID, NKC_CODE_KEY_PATH);
	assert_refused(rename_key("nobody", "somebody"), NKC_ENOTFOUND, NKC_CODE_KEY_UNKNOWN);
	assert_string_equal(folder_read("records/doe2020.json"), doe);
	assert_string_equal(folder_read("records/roe.json"), roe);
	assert_int_equal(folder_count("records", ""), 2);
}

static void rename_can_change_the_case_alone(void **state)
{
	(void)state;
	folder_write("records/doe2020.json", doe);
	assert_int_equal(rename_key("doe2020", "Doe2020"), NKC_OK);
	assert_int_equal(folder_count("records", ""), 1);
	assert_non_null(strstr(folder_read("records/Doe2020.json"), "\"Doe2020\""));
	assert_int_equal(rename_key("Doe2020", "Doe2020"), NKC_OK);
}

/* --- proposals --- */

static void proposed_keys_are_free(void **state)
{
	nkc_buf key = NKC_BUF_INIT;

	(void)state;
	folder_write("records/DOE2020.json", "{}");
	parse("{\"author\":\"Doe, Jane\",\"issued\":\"2020\"}");
	assert_int_equal(nkc_key_propose(record, NKC_STR("{author}{year}"), library, &key), NKC_OK);
	assert_str(nkc_buf_str(&key), "doe2020a");
	assert_int_equal(nkc_key_propose(record, NKC_STR("{author}{year}"), library, &key), NKC_OK);
	assert_str(nkc_buf_str(&key), "doe2020b"); /* each call gives another */
	for (int i = 2; i < 26; i++)
		assert_int_equal(nkc_key_propose(record, NKC_STR("{author}{year}"), library, &key), NKC_OK);
	assert_str(nkc_buf_str(&key), "doe2020z");
	assert_int_equal(nkc_key_propose(record, NKC_STR("{author}{year}"), library, &key), NKC_OK);
	assert_str(nkc_buf_str(&key), "doe2020aa");
	nkc_buf_release(&key);
}

/* --- the lock --- */

/* Runs in another process: exits with 0 when the lock is free. */
static void try_in_child(int expected)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		nkc_library *other = NULL;
		nkc_status result = nkc_library_open(&other, ".", NULL);

		if (result == NKC_OK)
			result = nkc_library_try_lock(other, NULL);
		nkc_library_close(other);
		_exit((int)result);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), expected);
}

static void lock_keeps_others_out_until_the_last_unlock(void **state)
{
	(void)state;
	try_in_child(NKC_OK);
	assert_int_equal(nkc_library_lock(library, diags), NKC_OK);
	assert_int_equal(nkc_library_lock(library, diags), NKC_OK);
	try_in_child(NKC_ELIMIT);
	nkc_library_unlock(library);
	try_in_child(NKC_ELIMIT);
	nkc_library_unlock(library);
	try_in_child(NKC_OK);
	assert_int_equal(folder_count("records", ""), 0); /* it leaves no file */
}

static void lock_goes_with_a_killed_process(void **state)
{
	int ready[2], status;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		nkc_library *other;

		if (nkc_library_open(&other, ".", NULL) == NKC_OK && nkc_library_lock(other, NULL) == NKC_OK &&
		    write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(nkc_library_try_lock(library, diags), NKC_ELIMIT);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(nkc_library_try_lock(library, diags), NKC_OK);
	close(ready[0]);
	close(ready[1]);
}

int main(void)
{
#define EMPTY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define LIBRARY(test) cmocka_unit_test_setup_teardown(test, setup_library, teardown)
	const struct CMUnitTest tests[] = {
		EMPTY(init_makes_a_library_once),
		EMPTY(open_looks_upwards),
		EMPTY(open_prefers_what_is_named),
		EMPTY(open_says_that_there_is_none),
		LIBRARY(keys_are_sorted_by_bytes),
		LIBRARY(keys_report_what_is_no_record),
		LIBRARY(load_gives_the_record),
		LIBRARY(load_names_the_nearest_keys),
		LIBRARY(load_points_at_faults_in_the_file),
		LIBRARY(load_never_leaves_the_folder),
		LIBRARY(load_takes_only_files),
		LIBRARY(load_has_a_bound),
		LIBRARY(save_writes_the_canonical_form),
		LIBRARY(save_new_never_replaces),
		LIBRARY(save_refuses_twins),
		LIBRARY(save_refuses_unsafe_ids),
		LIBRARY(save_refuses_what_utf8_cannot_hold),
		LIBRARY(replace_keeps_permissions),
		LIBRARY(replace_demands_to_have_read),
		LIBRARY(replace_refuses_what_changed_meanwhile),
		LIBRARY(replace_leaves_an_equal_file_alone),
		LIBRARY(a_broken_file_can_be_read_and_replaced),
		LIBRARY(remove_takes_the_file_away),
		LIBRARY(rename_changes_id_and_file),
		LIBRARY(rename_never_replaces),
		LIBRARY(rename_can_change_the_case_alone),
		LIBRARY(proposed_keys_are_free),
		LIBRARY(lock_keeps_others_out_until_the_last_unlock),
		LIBRARY(lock_goes_with_a_killed_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
