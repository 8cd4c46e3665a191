/*
 * What is written as RIS and read again is the same item, for every target; and what somebody changed in between counts.
 */
#include "support/corpus.h"

#include <nkcite/format.h>
#include <nkcite/record.h>
#include <stdlib.h>

/* --- one way to write equal things --- */

static bool is_number_variable(nkc_var var)
{
	return nkc_var_kind(var) == NKC_KIND_NUMBER || var == NKC_VAR_ID;
}

static nkc_value *plain_names(nkc_record *record, nkc_var var)
{
	const nkc_name *names;
	size_t count = nkc_record_names(record, var, &names);
	nkc_value *list = nkc_value_new(nkc_record_arena(record), NKC_ARRAY);
	for (size_t i = 0; i < count; i++)
		nkc_value_append(list, nkc_name_object(nkc_record_arena(record), &names[i]));
	return list;
}

static void plain_date(nkc_record *record, nkc_var var)
{
	nkc_date date;
	if (!nkc_record_date(record, var, &date))
		return;
	nkc_value *object = nkc_date_object(&date, nkc_record_arena(record), NULL);
	nkc_record_set(record, var, nkc_value_first(object) ? object : NULL);
}

/* A number is its text, an empty value is none, a date is its object. */
static void make_plain(nkc_record *record)
{
	nkc_record_expand(record);
	for (nkc_var var = NKC_VAR_ID; var < NKC_VAR_COUNT; var++) {
		nkc_value *value = nkc_record_get(record, var);
		if (!value)
			continue;
		if (is_number_variable(var) && value->type == NKC_NUMBER)
			nkc_record_set_text(record, var, nkc_value_text(value));
		else if (nkc_var_kind(var) == NKC_KIND_DATE)
			plain_date(record, var);
		else if (nkc_var_kind(var) == NKC_KIND_NAMES)
			nkc_record_set(record, var, plain_names(record, var));
		value = nkc_record_get(record, var);
		if (value && ((value->type == NKC_STRING && !value->u.text.len) ||
		              (nkc_value_is_list(value) && !nkc_value_first(value))))
			nkc_record_set(record, var, NULL);
	}
}

/* --- there and back --- */

typedef struct trip {
	nkc_writer *writer;
	nkc_buf text;
} trip;

static void start_trip(trip *t, nkc_target target)
{
	const nkc_write_options options = { .target = target };
	nkc_buf_init(&t->text);
	assert_int_equal(nkc_writer_open(&t->writer, nkc_format_find(NKC_STR("ris")), &options), NKC_OK);
}

static void end_trip(trip *t)
{
	nkc_writer_close(t->writer);
	nkc_buf_release(&t->text);
}

/* Reads the first record of the text, which belongs to the reader. */
static nkc_reader *read_text(nkc_str text, nkc_record **record)
{
	nkc_reader *reader;
	assert_int_equal(nkc_reader_open_text(&reader, nkc_format_find(NKC_STR("ris")), NKC_STR("test"), text, NULL), NKC_OK);
	assert_int_equal(nkc_reader_next(reader, record), NKC_OK);
	assert_non_null(*record);
	return reader;
}

static void show(const char *what, nkc_record *record)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_record_write(record, &out);
	print_message("%s %.*s", what, (int)out.len, out.ptr);
	nkc_buf_release(&out);
}

static bool comes_back(trip *t, nkc_record *record)
{
	nkc_record *back;
	nkc_buf_clear(&t->text);
	assert_int_equal(nkc_writer_record(t->writer, record, &t->text, NULL), NKC_OK);
	nkc_reader *reader = read_text(nkc_buf_str(&t->text), &back);
	make_plain(back);
	make_plain(record);
	bool same = nkc_value_equal(nkc_record_root(record), nkc_record_root(back));
	if (!same) {
		show("wrote", record);
		print_message("%.*s", (int)t->text.len, t->text.ptr);
		show("read", back);
	}
	nkc_reader_close(reader);
	return same;
}

/* Without a type RIS has to say GEN, which is one. */
static bool can_come_back(const nkc_record *record)
{
	return nkc_record_get(record, NKC_VAR_TYPE) != NULL;
}

static void take_the_corpus_there_and_back(nkc_target target)
{
	FILE *file;
	nkc_reader *reader = open_corpus(&file);
	nkc_record *record;
	size_t count = 0, other = 0;
	trip t;
	start_trip(&t, target);
	while (nkc_reader_next(reader, &record) == NKC_OK && record) {
		count++;
		if (can_come_back(record))
			other += !comes_back(&t, record);
	}
	nkc_reader_close(reader);
	fclose(file);
	end_trip(&t);
	assert_true(count > 300);
	assert_int_equal(other, 0);
}

static void every_item_comes_back(void **state)
{
	(void)state;
	take_the_corpus_there_and_back(NKC_TARGET_ANY);
}

static void every_item_comes_back_from_zotero_s_dialect(void **state)
{
	(void)state;
	take_the_corpus_there_and_back(NKC_TARGET_ZOTERO);
}

static void every_item_comes_back_from_other_dialects(void **state)
{
	(void)state;
	take_the_corpus_there_and_back(NKC_TARGET_MENDELEY);
	take_the_corpus_there_and_back(NKC_TARGET_ENDNOTE);
	take_the_corpus_there_and_back(NKC_TARGET_JABREF);
}

/* --- what was changed on the way --- */

static void expect_text(const char *ris, nkc_var var, const char *text)
{
	nkc_record *record;
	nkc_reader *reader = read_text(nkc_str_from(ris), &record);
	assert_str(nkc_record_text(record, var), text);
	nkc_reader_close(reader);
}

#define PAGES(last) "TY  - JOUR\r\nSP  - 7\r\nEP  - " last "\r\nU5  - {\"page\":\"7–19\"}\r\nER  - \r\n"

static void a_value_in_u5_counts_where_the_tags_still_say_so(void **state)
{
	(void)state;
	expect_text(PAGES("19"), NKC_VAR_PAGE, "7–19");
	expect_text(PAGES("20"), NKC_VAR_PAGE, "7-20");
	expect_text("TY  - JOUR\nU5  - {\"page\":\"7–19\"}\nER  - \n", NKC_VAR_PAGE, "");
	expect_text("TY  - JOUR\nU5  - {\"original-title\":\"Vieux\"}\nER  - \n", NKC_VAR_ORIGINAL_TITLE, "Vieux");
}

static void a_type_in_u5_counts_where_ty_still_says_so(void **state)
{
	(void)state;
	expect_text("TY  - GEN\nU5  - {\"type\":\"treaty\"}\nER  - \n", NKC_VAR_TYPE, "treaty");
	expect_text("TY  - BOOK\nU5  - {\"type\":\"treaty\"}\nER  - \n", NKC_VAR_TYPE, "book");
}

static void what_is_no_object_in_u5_is_somebody_else_s(void **state)
{
	(void)state;
	nkc_record *record;
	nkc_reader *reader = read_text(NKC_STR("TY  - BOOK\nU5  - my shelf\nER  - \n"), &record);
	const nkc_value *ris = nkc_value_find(nkc_record_get(record, NKC_VAR_CUSTOM), NKC_STR("ris"));
	assert_str(nkc_value_text(nkc_value_find(ris, NKC_STR("U5"))), "my shelf");
	nkc_reader_close(reader);
	expect_text("TY  - BOOK\nTI  - Kept\nU5  - {\"title\": oops}\nER  - \n", NKC_VAR_TITLE, "Kept");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_comes_back),
		cmocka_unit_test(every_item_comes_back_from_zotero_s_dialect),
		cmocka_unit_test(every_item_comes_back_from_other_dialects),
		cmocka_unit_test(a_value_in_u5_counts_where_the_tags_still_say_so),
		cmocka_unit_test(a_type_in_u5_counts_where_ty_still_says_so),
		cmocka_unit_test(what_is_no_object_in_u5_is_somebody_else_s),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
