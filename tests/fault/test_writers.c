/*
 * Several processes that write into one library at once: nothing is lost.
 */
#include <config.h>

#include "support/unit.h"

#include "support/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nkcite/library.h>

enum { WRITERS = 8, RECORDS = 25 };

static int setup(void **state)
{
	return folder_enter(state) == 0 && nkc_library_init(".", NULL) == NKC_OK ? 0 : -1;
}

/*
 * A barrier: each process says on `arrived` that it is there, and waits until `released` is closed by the
 * parent, which does so when all have said it.
 */
static int arrived[2], released[2];

static void wait_for_all(void)
{
	char byte = 'x';

	(void)!write(arrived[1], &byte, 1);
	(void)!read(released[0], &byte, 1);
}

static void release_when_all_are_there(size_t count)
{
	char byte;

	for (size_t i = 0; i < count; i++)
		assert_int_equal(read(arrived[0], &byte, 1), 1);
	close(released[0]);
	close(released[1]);
	close(arrived[0]);
	close(arrived[1]);
}

/*
 * Runs work(0), work(1), ... in as many processes, each of which calls wait_for_all once. Returns how many ended
 * with 0.
 */
static size_t run_at_once(size_t count, int (*work)(size_t number))
{
	size_t good = 0;
	int status;

	assert_int_equal(pipe(arrived), 0);
	assert_int_equal(pipe(released), 0);
	for (size_t i = 0; i < count; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0) {
			close(released[1]);
			_exit(work(i));
		}
	}
	release_when_all_are_there(count);
	while (wait(&status) > 0)
		good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return good;
}

/* Adds a record whose key is proposed under the lock, as `nkcite add` does. */
static nkc_status add_one(nkc_library *library, nkc_record *record, size_t writer, int number)
{
	nkc_buf key = NKC_BUF_INIT;
	char title[40];
	nkc_status status = nkc_library_lock(library, NULL);

	if (status != NKC_OK)
		return status;
	snprintf(title, sizeof title, "Same title, by %zu, no. %d", writer, number);
	nkc_record_clear(record);
	(void)nkc_record_parse(record, NKC_STR("{\"author\":\"Doe, Jane\",\"issued\":\"2020\"}"), NULL, NULL);
	status = nkc_record_set_text(record, NKC_VAR_TITLE, nkc_str_from(title));
	if (status == NKC_OK)
		status = nkc_key_propose(record, NKC_STR(NKC_KEY_PATTERN), library, &key);
	if (status == NKC_OK)
		status = nkc_record_set_text(record, NKC_VAR_ID, nkc_buf_str(&key));
	if (status == NKC_OK)
		status = nkc_library_save(library, record, NKC_SAVE_NEW, NULL);
	nkc_library_unlock(library);
	nkc_buf_release(&key);
	return status;
}

static int add_many(size_t writer)
{
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	nkc_status status = nkc_library_open(&library, ".", NULL);

	wait_for_all();
	for (int i = 0; i < RECORDS && status == NKC_OK; i++)
		status = add_one(library, record, writer, i);
	nkc_library_close(library);
	nkc_record_free(record);
	return (int)status;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void equal_proposals_give_as_many_records(void **state)
{
	char *titles[WRITERS * RECORDS];
	nkc_library *library;
	nkc_record *record = nkc_record_new();
	const nkc_str *keys;
	size_t count;

	(void)state;
	assert_int_equal(run_at_once(WRITERS, add_many), WRITERS);
	assert_int_equal(folder_count("records", ""), WRITERS * RECORDS);
	assert_int_equal(nkc_library_open(&library, ".", NULL), NKC_OK);
	assert_int_equal(nkc_library_keys(library, &keys, &count, NULL), NKC_OK);
	assert_int_equal(count, WRITERS * RECORDS);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(nkc_library_load(library, keys[i], record, NULL), NKC_OK);
		assert_true(nkc_str_eq(nkc_record_id(record), keys[i]));
		titles[i] = strndup(nkc_record_text(record, NKC_VAR_TITLE).ptr, nkc_record_text(record, NKC_VAR_TITLE).len);
	}
	qsort(titles, count, sizeof *titles, by_text);
	for (size_t i = 1; i < count; i++)
		assert_string_not_equal(titles[i - 1], titles[i]); /* each record is a different one */
	for (size_t i = 0; i < count; i++)
		free(titles[i]);
	nkc_record_free(record);
	nkc_library_close(library);
}

/* Reads the record, waits until the others have, and saves it changed. */
static int edit(size_t writer)
{
	char title[20];
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	nkc_status status = nkc_library_open(&library, ".", NULL);

	if (status == NKC_OK)
		status = nkc_library_load(library, NKC_STR("doe2020"), record, NULL);
	snprintf(title, sizeof title, "Edit %zu", writer);
	if (status == NKC_OK)
		status = nkc_record_set_text(record, NKC_VAR_TITLE, nkc_str_from(title));
	wait_for_all();
	if (status == NKC_OK)
		status = nkc_library_save(library, record, NKC_SAVE_REPLACE, NULL);
	nkc_library_close(library);
	nkc_record_free(record);
	return (int)status;
}

static void of_several_edits_of_one_text_one_is_saved(void **state)
{
	const char *text;

	(void)state;
	folder_write("records/doe2020.json", "{\n  \"id\": \"doe2020\",\n  \"title\": \"Old\"\n}\n");
	assert_int_equal(run_at_once(WRITERS, edit), 1);
	text = folder_read("records/doe2020.json");
	assert_non_null(strstr(text, "\"Edit "));
	assert_int_equal(folder_count("records", ""), 1);
}

/* One key, many writers: one of them gets it, whole. */
static int save_same_key(size_t writer)
{
	char json[80];
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	nkc_status status = nkc_library_open(&library, ".", NULL);

	snprintf(json, sizeof json, "{\"id\":\"doe2020\",\"title\":\"By %zu\"}", writer);
	if (status == NKC_OK)
		status = nkc_record_parse(record, nkc_str_from(json), NULL, NULL);
	wait_for_all();
	if (status == NKC_OK)
		status = nkc_library_save(library, record, NKC_SAVE_NEW, NULL);
	nkc_library_close(library);
	nkc_record_free(record);
	return (int)status;
}

static void of_several_new_records_of_one_key_one_is_saved(void **state)
{
	(void)state;
	assert_int_equal(run_at_once(WRITERS, save_same_key), 1);
	assert_int_equal(folder_count("records", ""), 1);
	assert_non_null(strstr(folder_read("records/doe2020.json"), "\"By "));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, folder_leave)
	const struct CMUnitTest tests[] = {
		TEST(equal_proposals_give_as_many_records),
		TEST(of_several_edits_of_one_text_one_is_saved),
		TEST(of_several_new_records_of_one_key_one_is_saved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
