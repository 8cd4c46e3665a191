/*
 * check.h: what the rules of the checker share.
 *
 * A rule looks at one thing in a record and reports it. Each file check_<what>.c ends in its table of rules; validate.c
 * lists the tables and runs them. To add a rule, write its codes into codes.def, a function, a line in the
 * table of its file, and a case in tests/unit/test_check.c.
 */
#ifndef NKC_RECORD_CHECK_H
#define NKC_RECORD_CHECK_H

#include <nkcite/record.h>

typedef struct nkc_check {
	nkc_record *record;
	const nkc_check_options *options;
	nkc_diags *diags;
	nkc_type type;
} nkc_check;

/* The rule runs when any of its codes is wanted. */
#define NKC_RULE_CODES 18
typedef struct nkc_rule {
	void (*run)(const nkc_check *check);
	nkc_code codes[NKC_RULE_CODES]; /* NKC_CODE_NONE ends them */
} nkc_rule;

/* Each ends in a rule without a function. */
extern const nkc_rule nkc_rules_custom[];
extern const nkc_rule nkc_rules_date[];
extern const nkc_rule nkc_rules_identifier[];
extern const nkc_rule nkc_rules_key[];
extern const nkc_rule nkc_rules_language[];
extern const nkc_rule nkc_rules_name[];
extern const nkc_rule nkc_rules_page[];
extern const nkc_rule nkc_rules_require[];
extern const nkc_rule nkc_rules_structure[];
extern const nkc_rule nkc_rules_text[];
extern const nkc_rule nkc_rules_title[];
extern const nkc_rule nkc_rules_url[];

/* --- places --- */

/* The whole value. */
nkc_place nkc_check_at(const nkc_check *check, const nkc_value *value);
/* The value of a variable, or of its plain word. */
nkc_place nkc_check_at_var(const nkc_check *check, nkc_var var);
/* The key of a member. */
nkc_place nkc_check_key(const nkc_check *check, const nkc_value *member);
/* Bytes at..at+length of a string's decoded text: the bytes of the source that stand for them. */
nkc_place nkc_check_part(const nkc_check *check, const nkc_value *string, size_t at, size_t length);

/* --- reporting --- */

/* As nkc_diags_add, the place by value. */
void nkc_check_report(const nkc_check *check, nkc_code code, nkc_place place, const char *hint,
                      const char *format, ...) NKC_PRINTF(5, 6);

/* Room for a hint or message about one value. */
#define NKC_HINT_SIZE 256

/* A value as it is shown in a message: without line ends and control characters, cut when it is long. */
#define NKC_SHOWN_MAX 64
typedef struct nkc_shown {
	char text[NKC_SHOWN_MAX + 4];
} nkc_shown;
nkc_shown nkc_show(nkc_str text);

/* --- looking --- */

/* The variable's value, of a plain word's where the CSL field is missing; NULL when neither is there. */
const nkc_value *nkc_check_get(const nkc_check *check, nkc_var var);
/* Its text, empty when it has none. */
nkc_str nkc_check_text(const nkc_check *check, nkc_var var);
/* Has the variable a value that says something? */
bool nkc_check_has(const nkc_check *check, nkc_var var);
/* Does the value say nothing: null, "", white space, [], {}? */
bool nkc_value_is_blank(const nkc_value *value);
/* May it be a bare number? csl-data.json: the id and number variables, but neither version nor section. */
bool nkc_check_takes_number(nkc_var var);
/* custom.nkcite.<part>, e.g. "provenance"; NULL when there is none. */
const nkc_value *nkc_check_own(const nkc_check *check, nkc_str part);

/*
 * Elements of a list past so many (names of one article: 5,154) are not looked at: a finding points at an element
 * by its number, which takes as many steps to count.
 */
#define NKC_CHECKED_MAX 10000

/* A set of types as bits, for tables. */
#define NKC_TYPE_BIT(name) (UINT64_C(1) << NKC_TYPE_##name)
#define NKC_TYPES_ALL (~UINT64_C(1))
#define NKC_TYPES_PAGE (NKC_TYPE_BIT(WEBPAGE) | NKC_TYPE_BIT(POST) | NKC_TYPE_BIT(POST_WEBLOG))
#define NKC_TYPES_PRESS (NKC_TYPE_BIT(ARTICLE_NEWSPAPER) | NKC_TYPE_BIT(ARTICLE_MAGAZINE))
static inline bool nkc_check_is(const nkc_check *check, uint64_t types)
{
	return (types >> check->type) & 1;
}

#endif
