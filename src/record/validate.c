/*
 * validate.c: runs the rules of the checker over a record.
 */
#include "base/diags.h"
#include "record/check.h"

static const nkc_rule *const tables[] = {
	nkc_rules_structure,  nkc_rules_key,      nkc_rules_custom, nkc_rules_require,
	nkc_rules_title,      nkc_rules_name,     nkc_rules_date,   nkc_rules_url,
	nkc_rules_identifier, nkc_rules_language, nkc_rules_page,   nkc_rules_text,
};

static bool is_wanted(const nkc_rule *rule, const nkc_diags *diags)
{
	for (size_t i = 0; i < NKC_RULE_CODES && rule->codes[i]; i++) {
		if (nkc_diags_wants(diags, rule->codes[i]))
			return true;
	}
	return false;
}

void nkc_record_check(nkc_record *record, const nkc_check_options *options, nkc_diags *diags)
{
	static const nkc_check_options none = { .file_key = NKC_STR_INIT("") };
	nkc_check check = { record, options ? options : &none, diags, nkc_record_type(record) };

	nkc_diags_hold(diags);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const nkc_rule *rule = tables[i]; rule->run; rule++) {
			if (is_wanted(rule, diags))
				rule->run(&check);
		}
	}
	nkc_diags_let_go(diags);
}
