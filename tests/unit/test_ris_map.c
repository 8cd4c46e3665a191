/*
 * The RIS tables can be run backwards: in no type do two variables share a tag, and no type's TY is lost.
 */
#include "support/unit.h"

#include "format/ris_map.h"

static nkc_ris_line lines[NKC_RIS_LINES_MAX];

/* Do both ever stand in one record? One that is written instead of the other does not. */
static bool may_meet(const nkc_ris_line *a, const nkc_ris_line *b)
{
	return a->instead_of != b->var && b->instead_of != a->var;
}

static void no_tag_is_used_for_two_variables(void **state)
{
	(void)state;
	for (nkc_target target = NKC_TARGET_ANY; target <= NKC_TARGET_JABREF; target++) {
		for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
			size_t count = nkc_ris_plan(type, target, lines);
			for (size_t i = 0; i < count; i++) {
				for (size_t j = 0; j < i; j++) {
					if (strcmp(lines[i].tag, lines[j].tag) != 0 || !may_meet(&lines[i], &lines[j]))
						continue;
					fail_msg("%s for %s: %s is %s and %s", nkc_type_name(type), nkc_target_name(target),
					         lines[i].tag, nkc_var_name(lines[j].var), nkc_var_name(lines[i].var));
				}
			}
		}
	}
}

static void no_variable_has_two_tags(void **state)
{
	(void)state;
	for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
		bool seen[NKC_VAR_COUNT] = { false };
		size_t count = nkc_ris_plan(type, NKC_TARGET_ANY, lines);
		for (size_t i = 0; i < count; i++) {
			assert_false(seen[lines[i].var]);
			seen[lines[i].var] = true;
		}
	}
}

/* PY and EP belong to the date and the pages, TY, ER and U5 to the record. */
static void no_variable_takes_a_tag_that_is_spoken_for(void **state)
{
	(void)state;
	for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
		size_t count = nkc_ris_plan(type, NKC_TARGET_ANY, lines);
		for (size_t i = 0; i < count; i++) {
			static const char *const taken[] = { "TY", "ER", "PY", "EP", "U5", "M2" };
			for (size_t j = 0; j < sizeof taken / sizeof *taken; j++)
				assert_string_not_equal(lines[i].tag, taken[j]);
		}
	}
}

static void what_is_exact_is_read_back(void **state)
{
	(void)state;
	for (nkc_target target = NKC_TARGET_ANY; target <= NKC_TARGET_JABREF; target++) {
		for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
			size_t count = nkc_ris_plan(type, target, lines);
			for (size_t i = 0; i < count; i++) {
				if (lines[i].exact)
					assert_int_equal(nkc_ris_var(type, lines[i].tag), lines[i].var);
			}
		}
	}
}

static void a_plain_record_is_exact_but_for_what_stands_in(void **state)
{
	(void)state;
	for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
		size_t count = nkc_ris_plan(type, NKC_TARGET_ANY, lines);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(lines[i].exact, lines[i].instead_of == NKC_VAR_NONE);
	}
}

static void every_ty_that_is_written_means_a_type(void **state)
{
	(void)state;
	for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
		for (nkc_target target = NKC_TARGET_ANY; target <= NKC_TARGET_JABREF; target++)
			assert_int_not_equal(nkc_ris_type(nkc_str_from(nkc_ris_ty(type, target))), NKC_TYPE_NONE);
	}
	assert_int_equal(nkc_ris_type(NKC_STR("EJOUR")), NKC_TYPE_ARTICLE_JOURNAL);
	assert_int_equal(nkc_ris_type(NKC_STR("jour")), NKC_TYPE_ARTICLE_JOURNAL);
	assert_int_equal(nkc_ris_type(NKC_STR("WEB")), NKC_TYPE_WEBPAGE);
	assert_int_equal(nkc_ris_type(NKC_STR("NEWS")), NKC_TYPE_ARTICLE_NEWSPAPER);
	assert_int_equal(nkc_ris_type(NKC_STR("GEN")), NKC_TYPE_DOCUMENT);
	assert_int_equal(nkc_ris_type(NKC_STR("XXXX")), NKC_TYPE_NONE);
	assert_int_equal(nkc_ris_type(NKC_STR("")), NKC_TYPE_NONE);
}

/* What Zotero's own export writes (translators/RIS.js, exportTypeMap), which every other program can read. */
static void types_go_by_the_names_that_zotero_writes(void **state)
{
	(void)state;
	static const struct {
		nkc_type type;
		const char *ty;
	} names[] = {
		{ NKC_TYPE_GRAPHIC, "ART" },          { NKC_TYPE_SONG, "SOUND" },
		{ NKC_TYPE_BILL, "BILL" },            { NKC_TYPE_POST_WEBLOG, "BLOG" },
		{ NKC_TYPE_BOOK, "BOOK" },            { NKC_TYPE_CHAPTER, "CHAP" },
		{ NKC_TYPE_LEGAL_CASE, "CASE" },      { NKC_TYPE_SOFTWARE, "COMP" },
		{ NKC_TYPE_PAPER_CONFERENCE, "CONF" }, { NKC_TYPE_ENTRY_DICTIONARY, "DICT" },
		{ NKC_TYPE_ENTRY_ENCYCLOPEDIA, "ENCYC" }, { NKC_TYPE_DATASET, "DATA" },
		{ NKC_TYPE_MOTION_PICTURE, "MPCT" },  { NKC_TYPE_HEARING, "HEAR" },
		{ NKC_TYPE_ARTICLE_JOURNAL, "JOUR" }, { NKC_TYPE_PERSONAL_COMMUNICATION, "PCOMM" },
		{ NKC_TYPE_ARTICLE_MAGAZINE, "MGZN" }, { NKC_TYPE_MANUSCRIPT, "MANSCPT" },
		{ NKC_TYPE_MAP, "MAP" },              { NKC_TYPE_ARTICLE_NEWSPAPER, "NEWS" },
		{ NKC_TYPE_PATENT, "PAT" },           { NKC_TYPE_SPEECH, "SLIDE" },
		{ NKC_TYPE_REPORT, "RPRT" },          { NKC_TYPE_LEGISLATION, "STAT" },
		{ NKC_TYPE_THESIS, "THES" },          { NKC_TYPE_WEBPAGE, "ELEC" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_string_equal(nkc_ris_ty(names[i].type, NKC_TARGET_ANY), names[i].ty);
		assert_int_equal(nkc_ris_type(nkc_str_from(names[i].ty)), names[i].type);
	}
}

static void the_table_of_what_is_carried_is_that_of_the_writer(void **state)
{
	(void)state;
	for (nkc_type type = NKC_TYPE_ARTICLE; type < NKC_TYPE_COUNT; type++) {
		size_t count = nkc_ris_plan(type, NKC_TARGET_ANY, lines);
		for (nkc_var var = NKC_VAR_ID; var < NKC_VAR_COUNT; var++) {
			const char *where = NULL, *tag = NULL;
			for (size_t i = 0; i < count; i++) {
				if (lines[i].var == var && lines[i].exact)
					tag = lines[i].tag;
			}
			assert_int_equal(nkc_ris_carry(type, var, &where), tag != NULL);
			if (tag)
				assert_string_equal(where, tag);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_tag_is_used_for_two_variables),
		cmocka_unit_test(no_variable_has_two_tags),
		cmocka_unit_test(no_variable_takes_a_tag_that_is_spoken_for),
		cmocka_unit_test(what_is_exact_is_read_back),
		cmocka_unit_test(a_plain_record_is_exact_but_for_what_stands_in),
		cmocka_unit_test(every_ty_that_is_written_means_a_type),
		cmocka_unit_test(types_go_by_the_names_that_zotero_writes),
		cmocka_unit_test(the_table_of_what_is_carried_is_that_of_the_writer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
