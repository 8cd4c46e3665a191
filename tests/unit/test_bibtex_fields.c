/*
 * The tables of .bib files can be run backwards: an entry type and its subtype name one item type, a field of an
 * item type names one variable.
 */
#include "support/unit.h"

#include "format/bibtex_fields.h"

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static void every_type_has_an_entry_type(void **state)
{
	(void)state;
	nkc_value *none[NKC_VAR_COUNT] = { NULL };
	for (int dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++) {
		for (nkc_type type = NKC_TYPE_NONE; type < NKC_TYPE_COUNT; type++) {
			size_t lines = 0;
			for (size_t i = 0; i < nkc_bib_entry_count; i++)
				lines += nkc_bib_entries[i].type == type && nkc_bib_entries[i].name[dialect] &&
				         nkc_bib_entries[i].needs == NKC_VAR_NONE;
			assert_int_equal(lines, 1);
			assert_non_null(nkc_bib_entry_find((nkc_bib_dialect)dialect, type, none));
		}
	}
}

/* But for misc, which an unknown type becomes too (the object says which). */
static void an_entry_type_and_its_subtype_name_one_type(void **state)
{
	(void)state;
	for (int dialect = 0; dialect < NKC_BIB_ZOTERO; dialect++) {
		for (size_t i = 0; i < nkc_bib_entry_count; i++) {
			const nkc_bib_entry *a = &nkc_bib_entries[i];
			for (size_t j = 0; a->name[dialect] && j < i; j++) {
				const nkc_bib_entry *b = &nkc_bib_entries[j];
				if (!same(a->name[dialect], b->name[dialect]) || !same(a->subtype, b->subtype))
					continue;
				if (a->type != b->type && a->type != NKC_TYPE_NONE)
					fail_msg("@%s is %s and %s", a->name[dialect], nkc_type_name(b->type),
					         nkc_type_name(a->type));
			}
		}
	}
}

/* The older names of a variable share its field: the object says which it was. */
static nkc_var newer_name(nkc_var var)
{
	switch (var) {
	case NKC_VAR_SHORTTITLE: return NKC_VAR_TITLE_SHORT;
	case NKC_VAR_JOURNALABBREVIATION: return NKC_VAR_CONTAINER_TITLE_SHORT;
	case NKC_VAR_EVENT: return NKC_VAR_EVENT_TITLE;
	default: return var;
	}
}

static void a_field_of_a_type_names_one_variable(void **state)
{
	(void)state;
	for (int dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++) {
		for (size_t i = 0; i < nkc_bib_field_count; i++) {
			const nkc_bib_field *a = &nkc_bib_fields[i];
			for (size_t j = 0; a->name[dialect] && j < i; j++) {
				const nkc_bib_field *b = &nkc_bib_fields[j];
				if (!same(a->name[dialect], b->name[dialect]) || newer_name(a->var) == newer_name(b->var) ||
				    !(a->types[dialect] & b->types[dialect]))
					continue;
				/* These have the name of their kind in a second field. */
				if (a->how == NKC_BIB_ROLE || a->how == NKC_BIB_EPRINT)
					continue;
				fail_msg("%s is %s and %s", a->name[dialect], nkc_var_name(b->var), nkc_var_name(a->var));
			}
		}
	}
}

static void a_variable_has_one_field(void **state)
{
	(void)state;
	for (int dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++) {
		for (size_t i = 0; i < nkc_bib_field_count; i++) {
			const nkc_bib_field *a = &nkc_bib_fields[i];
			assert_true(!a->name[dialect] == !a->types[dialect]);
			for (size_t j = 0; j < i; j++) {
				if (nkc_bib_fields[j].var == a->var && (nkc_bib_fields[j].types[dialect] & a->types[dialect]))
					fail_msg("%s is in %s and %s", nkc_var_name(a->var), nkc_bib_fields[j].name[dialect],
					         a->name[dialect]);
			}
		}
	}
}

static void no_field_is_that_of_the_rest(void **state)
{
	(void)state;
	for (size_t i = 0; i < nkc_bib_field_count; i++) {
		for (int dialect = 0; dialect < NKC_BIB_ZOTERO; dialect++)
			assert_false(same(nkc_bib_fields[i].name[dialect], nkc_bib_rest_name((nkc_bib_dialect)dialect)));
	}
}

static void what_has_a_field_is_carried_natively(void **state)
{
	(void)state;
	const char *where = NULL;
	assert_int_equal(nkc_bib_carry_var(NKC_BIBLATEX, NKC_TYPE_ARTICLE_JOURNAL, NKC_VAR_CONTAINER_TITLE, &where),
	                 NKC_CARRY_NATIVE);
	assert_string_equal(where, "journaltitle");
	assert_int_equal(nkc_bib_carry_var(NKC_BIBTEX, NKC_TYPE_REPORT, NKC_VAR_PUBLISHER, &where), NKC_CARRY_NATIVE);
	assert_string_equal(where, "institution");
	assert_int_equal(nkc_bib_carry_var(NKC_BIBTEX, NKC_TYPE_GRAPHIC, NKC_VAR_DIMENSIONS, &where), NKC_CARRY_CONVENTION);
	assert_string_equal(where, "nkcite");
	assert_int_equal(nkc_bib_carry_var(NKC_BIBLATEX, NKC_TYPE_GRAPHIC, NKC_VAR_CUSTOM, &where), NKC_CARRY_CONVENTION);
	assert_string_equal(where, "verbc");
	assert_int_equal(nkc_bib_carry_type(NKC_BIBLATEX, NKC_TYPE_BOOK, &where), NKC_CARRY_NATIVE);
	assert_string_equal(where, "book");
	assert_int_equal(nkc_bib_carry_type(NKC_BIBTEX, NKC_TYPE_ARTICLE_NEWSPAPER, &where), NKC_CARRY_CONVENTION);
	assert_string_equal(where, "article");
}

/* Babel's manual, section 1.26, "Languages supported by babel". */
static void languages_have_their_babel_names(void **state)
{
	(void)state;
	assert_string_equal(nkc_bib_babel_name(NKC_STR("en-US")), "american");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("en-GB")), "british");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("en")), "english");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("en-ZA")), "english");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("de_AT")), "naustrian");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("pt-BR")), "brazilian");
	assert_string_equal(nkc_bib_babel_name(NKC_STR("uk")), "ukrainian");
	assert_null(nkc_bib_babel_name(NKC_STR("ko-KR")));
	assert_null(nkc_bib_babel_name(NKC_STR("x")));
	assert_null(nkc_bib_babel_name(NKC_STR("")));
	assert_null(nkc_bib_babel_name(NKC_STR("a very long text")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_has_an_entry_type),
		cmocka_unit_test(an_entry_type_and_its_subtype_name_one_type),
		cmocka_unit_test(a_field_of_a_type_names_one_variable),
		cmocka_unit_test(a_variable_has_one_field),
		cmocka_unit_test(no_field_is_that_of_the_rest),
		cmocka_unit_test(what_has_a_field_is_carried_natively),
		cmocka_unit_test(languages_have_their_babel_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
