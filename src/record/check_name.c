/*
 * check_name.c: what hides in names: several people, roles, dates, sites, organisations.
 */
#include "record/check.h"
#include "record/words.h"

#include "base/text.h"

#include <stdio.h>

/* One name, its parts as they stand in the record; NULL when they are not there. */
typedef struct person {
	const nkc_value *name;
	const nkc_value *family, *given, *literal;
	const nkc_value *list; /* the name variable */
} person;

/* A rule about one name. */
typedef struct name_rule {
	void (*run)(const nkc_check *check, const person *p);
	nkc_code codes[4];
} name_rule;

static const nkc_value *part(const nkc_value *name, const char *key)
{
	const nkc_value *value = nkc_value_find(name, nkc_str_from(key));

	return nkc_value_is(value, NKC_STRING) && !nkc_value_is_blank(value) ? value : NULL;
}

/* A name written as text is looked at as a literal. */
static person person_of(const nkc_value *list, const nkc_value *name)
{
	bool text = name->type == NKC_STRING;
	person p = { name, NULL, NULL, text && !nkc_value_is_blank(name) ? name : NULL, list };

	if (!text) {
		p.family = part(name, "family");
		p.given = part(name, "given");
		p.literal = part(name, "literal");
	}
	return p;
}

/* --- words --- */

/* Words that organisations bear and people do not. */
static const char *const organisation_words[] = {
	"academy", "administration", "agency", "akademie", "alliance", "archive", "archives", "associates",
	"association", "authority", "bibliothek", "bundesamt", "bundesministerium", "bureau", "center", "centre",
	"coalition", "collective", "college", "comit\xC3\xA9", "commission", "committee", "company", "congress",
	"consortium", "corp", "corporation", "council", "department", "division", "embassy", "federation", "for",
	"foundation", "fundaci\xC3\xB3n", "gesellschaft", "gmbh", "government", "hospital", "inc", "initiative", "institut",
	"institute", "institution", "instituto", "laboratory", "library", "llc", "ltd", "minist\xC3\xA8re", "ministerium",
	"ministry", "museum", "network", "of", "office", "organisation", "organization", "parliament", "partnership",
	"project", "research", "secretariat", "senate", "service", "services", "society", "stiftung", "studies", "taskforce",
	"union", "universidad", "universidade", "universit\xC3\xA0", "universit\xC3\xA4t", "universit\xC3\xA9",
	"university", "verein", "verlag", "watch",
};

/* Words that a title, role or byline adds to a name. */
static const char *const role_words[] = {
	"by", "columnist", "contributor", "correspondent", "dr", "dr.", "editor", "editors", "freelance", "hg", "hg.", "hrsg",
	"hrsg.", "ph.d", "ph.d.", "phd", "photographer", "prof", "prof.", "professor", "reporter", "translator", "writer",
};

static const char *const month_words[] = {
	"apr", "april", "aug", "august", "dec", "december", "feb", "february", "jan", "january", "jul", "july", "jun", "june",
	"mar", "march", "may", "nov", "november", "oct", "october", "sep", "sept", "september",
};

static const char *const date_words[] = { "posted", "published", "updated" };

static const char *const nobody_words[] = {
	"[s.n.]", "admin", "administrator", "anon", "anon.", "anonym", "anonyme", "anonymous", "author", "author unknown",
	"editor", "guest",
	"n/a", "n.n.", "no author", "none", "null", "staff", "staff reporter", "staff writer", "test", "undefined",
	"unknown", "unknown author", "user", "various", "various authors", "webmaster",
};

static bool has_word(nkc_words words, const nkc_value *value)
{
	nkc_str rest = nkc_value_text(value), word;

	while (nkc_word_next(&rest, &word)) {
		if (nkc_words_have(words, nkc_word_stem(word)) || nkc_words_have(words, word))
			return true;
	}
	return false;
}

static const nkc_words organisations = NKC_WORDS(organisation_words);

static bool has_byte(const nkc_value *value, const char *set)
{
	nkc_str text = nkc_value_text(value);

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] && strchr(set, text.ptr[i]))
			return true;
	}
	return false;
}

static bool has_text(const nkc_value *value, const char *what)
{
	nkc_str text = nkc_value_text(value);

	return nkc_str_find(text, nkc_str_from(what)) < text.len;
}

static bool starts_upper(nkc_str word)
{
	size_t at = 0;

	return word.len && nkc_rune_is_upper(nkc_utf8_next(word, &at));
}

/* One to max words, each beginning with a capital, none of an organisation: it may be a person. */
static bool looks_personal(nkc_str text, size_t min, size_t max)
{
	nkc_str word;
	size_t count = 0;

	while (nkc_word_next(&text, &word)) {
		if (!starts_upper(word) || nkc_words_have(organisations, nkc_word_stem(word)))
			return false;
		count++;
	}
	return count >= min && count <= max;
}

static void report(const nkc_check *check, nkc_code code, const nkc_value *value, const char *hint, const char *what)
{
	nkc_check_report(check, code, nkc_check_at(check, value), hint, "\"%s\" %s",
	                 nkc_show(nkc_value_text(value)).text, what);
}

/* --- rules of one part --- */

typedef void part_rule(const nkc_check *check, const nkc_value *value);

static void each_part(const nkc_check *check, const person *p, part_rule *rule)
{
	const nkc_value *parts[] = { p->family, p->given, p->literal };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i])
			rule(check, parts[i]);
	}
}

/* Ends the text in one of these, alone or behind a name? */
static bool is_et_al(nkc_str text)
{
	static const char *const endings[] = { "et al", "et al.", "et. al.", "and others", "& others", "others",
	                                       "et autres", "y otros", "u. a.", "u.a.", "\xD0\xB8 \xD0\xB4\xD1\x80." };

	text = nkc_str_trim(text);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = nkc_str_from(endings[i]);
		if (text.len < ending.len || !nkc_str_eq_nocase(nkc_str_slice(text, text.len - ending.len, text.len), ending))
			continue;
		if (text.len == ending.len || strchr(" ,;", text.ptr[text.len - ending.len - 1]))
			return true;
	}
	return false;
}

static void check_et_al_part(const nkc_check *check, const nkc_value *value)
{
	if (is_et_al(value->u.text))
		report(check, NKC_CODE_NAME_ET_AL, value, NULL, "stands for people who are not named");
}

static void check_et_al(const nkc_check *check, const person *p)
{
	each_part(check, p, check_et_al_part);
}

static void check_address_part(const nkc_check *check, const nkc_value *value)
{
	nkc_str text = value->u.text;
	size_t at = nkc_str_find_byte(text, '@');
	bool mail = at > 0 && at < text.len && nkc_str_find_byte(nkc_str_slice(text, at, text.len), '.') < text.len - at;

	if (mail || has_text(value, "://") || has_text(value, "www."))
		report(check, NKC_CODE_NAME_ADDRESS, value, NULL, "holds an address");
}

static void check_address(const nkc_check *check, const person *p)
{
	each_part(check, p, check_address_part);
}

static bool has_clock(nkc_str text)
{
	for (size_t i = 1; i + 2 < text.len; i++) {
		if (text.ptr[i] == ':' && text.ptr[i - 1] >= '0' && text.ptr[i - 1] <= '9' && text.ptr[i + 1] >= '0' &&
		    text.ptr[i + 1] <= '5' && text.ptr[i + 2] >= '0' && text.ptr[i + 2] <= '9')
			return true;
	}
	return false;
}

static bool is_dated(const nkc_value *value)
{
	static const nkc_words months = NKC_WORDS(month_words), dates = NKC_WORDS(date_words);

	if (!has_byte(value, "0123456789"))
		return false;
	return has_word(months, value) || has_word(dates, value) || has_clock(value->u.text);
}

static void check_date_part(const nkc_check *check, const nkc_value *value)
{
	if (is_dated(value))
		report(check, NKC_CODE_NAME_DATE, value, NULL, "holds a date or time");
}

static void check_date(const nkc_check *check, const person *p)
{
	each_part(check, p, check_date_part);
	if (p->family && !is_dated(p->family) && has_byte(p->family, "0123456789"))
		report(check, NKC_CODE_NAME_DIGIT, p->family, NULL, "holds digits");
	if (p->given && !is_dated(p->given) && has_byte(p->given, "0123456789"))
		report(check, NKC_CODE_NAME_DIGIT, p->given, NULL, "holds digits");
}

/* "(ed.)", "[author]" */
static bool has_role_in_brackets(nkc_str text)
{
	static const char *const roles[] = { "ed", "eds", "editor", "editors", "hg", "hrsg", "trans", "tr", "transl",
	                                     "translator", "author", "comp", "dir", "red", "\xC3\xA9""d" };
	size_t open = 0;

	while (open < text.len && text.ptr[open] != '(' && text.ptr[open] != '[')
		open++;
	nkc_str inside = nkc_str_slice(text, open + 1, text.len);
	while (inside.len && strchr(")].", inside.ptr[inside.len - 1]))
		inside.len--;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (nkc_str_eq_nocase(inside, nkc_str_from(roles[i])))
			return true;
	}
	return false;
}

static void check_role_part(const nkc_check *check, const nkc_value *value)
{
	static const nkc_words roles = NKC_WORDS(role_words);
	nkc_str text = value->u.text;
	bool literal = nkc_str_is(value->key, "literal") || nkc_str_empty(value->key);
	/* An organisation may have such words in its name; a byline begins with "By". */
	bool by = nkc_str_eq_nocase(nkc_str_slice(text, 0, 3), NKC_STR("by "));

	if (has_role_in_brackets(text) || by || (!literal && has_word(roles, value)))
		report(check, NKC_CODE_NAME_ROLE, value, NULL, "holds a role or title");
}

static void check_role(const nkc_check *check, const person *p)
{
	each_part(check, p, check_role_part);
}

/* --- rules of a whole name --- */

static bool is_nobody(const nkc_value *value)
{
	static const nkc_words nobody = NKC_WORDS(nobody_words);

	return value && nkc_words_have(nobody, nkc_str_trim(value->u.text));
}

static void check_nobody(const nkc_check *check, const person *p)
{
	const nkc_value *only = p->literal ? p->literal : !p->given ? p->family : !p->family ? p->given : NULL;

	if (is_nobody(only))
		report(check, NKC_CODE_NAME_PLACEHOLDER, only, NULL, "is not a name");
}

/* "Ann Lee and Bo Kim": both sides look like people. In one part of a name, "and" alone is enough. */
static bool joins_people(const nkc_value *value, bool literal)
{
	static const char *const joints[] = { " and ", " & ", " with " };
	nkc_str text = value->u.text;

	for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
		nkc_str joint = nkc_str_from(joints[i]);
		size_t at = nkc_str_find(text, joint);
		if (at == text.len)
			continue;
		nkc_str left = nkc_str_slice(text, 0, at), right = nkc_str_slice(text, at + joint.len, text.len);
		if (literal ? looks_personal(left, 2, 3) && looks_personal(right, 2, 3)
		            : looks_personal(left, 1, 4) && looks_personal(right, 1, 4))
			return true;
	}
	return false;
}

static size_t count_byte(nkc_str text, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == byte;
	return count;
}

static void check_several(const nkc_check *check, const person *p)
{
	const nkc_value *parts[] = { p->family, p->given, p->literal };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const nkc_value *value = parts[i];
		if (!value)
			continue;
		bool list = count_byte(value->u.text, ',') >= 3 && !has_word(organisations, value);
		if (list || has_byte(value, ";") || joins_people(value, value == p->literal)) {
			report(check, NKC_CODE_NAME_SEVERAL, value, NULL, "holds several names");
			return;
		}
	}
}

static void check_organisation(const nkc_check *check, const person *p)
{
	char hint[NKC_HINT_SIZE];

	if (!p->family || !p->given || !(has_word(organisations, p->family) || has_word(organisations, p->given)))
		return;
	snprintf(hint, sizeof(hint), "write {\"literal\": \"%s %s\"}", nkc_show(p->given->u.text).text,
	         nkc_show(p->family->u.text).text);
	nkc_check_report(check, NKC_CODE_NAME_ORGANISATION, nkc_check_at(check, p->name), hint,
	                 "\"%s, %s\" looks like an organisation", nkc_show(p->family->u.text).text,
	                 nkc_show(p->given->u.text).text);
}

/* "hrw.org", "Amazon.com" */
static bool is_domain(const nkc_value *value)
{
	static const char *const endings[] = { ".com", ".org", ".net", ".info", ".co.uk" };
	nkc_str text = nkc_value_text(value);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = nkc_str_from(endings[i]);
		if (text.len > ending.len && nkc_str_eq_nocase(nkc_str_slice(text, text.len - ending.len, text.len), ending))
			return true;
	}
	return false;
}

static bool is_outlet(const nkc_check *check, const person *p)
{
	char whole[NKC_HINT_SIZE];
	int len = snprintf(whole, sizeof(whole), "%.*s %.*s", NKC_STR_ARG(nkc_value_text(p->given)),
	                   NKC_STR_ARG(nkc_value_text(p->family)));

	if (len < 0 || (size_t)len >= sizeof(whole))
		return false;
	nkc_str name = nkc_str_from(whole);
	return nkc_words_alike(name, nkc_check_text(check, NKC_VAR_CONTAINER_TITLE)) ||
	       nkc_words_alike(name, nkc_check_text(check, NKC_VAR_PUBLISHER));
}

static void check_site(const nkc_check *check, const person *p)
{
	const nkc_value *shown = p->family ? p->family : p->given;

	if (!shown || p->literal)
		return;
	if (is_domain(p->family) || is_domain(p->given))
		report(check, NKC_CODE_NAME_SITE, shown, NULL, "looks like a site");
	else if ((p->list->atom == NKC_VAR_AUTHOR) && is_outlet(check, p))
		report(check, NKC_CODE_NAME_SITE, shown, NULL, "is the outlet's or publisher's name");
}

/* "Wertz, Daniel" */
static void check_person_literal(const nkc_check *check, const person *p)
{
	nkc_str text = nkc_value_text(p->literal);
	size_t comma = nkc_str_find_byte(text, ',');
	char hint[NKC_HINT_SIZE];

	if (!p->literal || p->name->type != NKC_OBJECT || count_byte(text, ',') != 1)
		return;
	nkc_str family = nkc_str_slice(text, 0, comma), given = nkc_str_trim(nkc_str_slice(text, comma + 1, text.len));
	if (!looks_personal(family, 1, 1) || !looks_personal(given, 1, 2))
		return;
	snprintf(hint, sizeof(hint), "write {\"family\": \"%s\", \"given\": \"%s\"}", nkc_show(family).text,
	         nkc_show(given).text);
	report(check, NKC_CODE_NAME_PERSON_LITERAL, p->literal, hint, "looks like a person");
}

static bool is_suffix(nkc_str word)
{
	static const char *const suffixes[] = { "Jr", "Sr", "II", "III", "IV" };

	word = nkc_word_stem(word);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (nkc_str_is(word, suffixes[i]))
			return true;
	}
	return false;
}

/* Is the last of several words a suffix? */
static bool ends_in_suffix(const nkc_value *value)
{
	nkc_str text = nkc_str_trim(nkc_value_text(value));
	size_t at = text.len;

	while (at > 0 && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != ',')
		at--;
	return at > 0 && is_suffix(nkc_str_slice(text, at, text.len));
}

static void check_commas(const nkc_check *check, const person *p)
{
	if (ends_in_suffix(p->family))
		report(check, NKC_CODE_NAME_SUFFIX, p->family, NULL, "ends in a suffix");
	else if (p->family && count_byte(p->family->u.text, ',') > 0)
		report(check, NKC_CODE_NAME_COMMA, p->family, NULL, "holds a comma");
	if (ends_in_suffix(p->given))
		report(check, NKC_CODE_NAME_SUFFIX, p->given, NULL, "ends in a suffix");
}

/* Two or three ASCII capitals and nothing else. */
static bool is_glued(nkc_str given)
{
	for (size_t i = 0; i < given.len; i++) {
		if (given.ptr[i] < 'A' || given.ptr[i] > 'Z')
			return false;
	}
	return given.len == 2 || given.len == 3;
}

/* Has the family name a Latin letter in lower case? Then capitals in the given name mean something. */
static bool has_lower(nkc_str family)
{
	for (size_t i = 0; i < family.len; i++) {
		if (family.ptr[i] >= 'a' && family.ptr[i] <= 'z')
			return true;
	}
	return false;
}

static void check_initials(const nkc_check *check, const person *p)
{
	char hint[NKC_HINT_SIZE];

	if (!p->given || !p->family || !is_glued(p->given->u.text) || !has_lower(p->family->u.text))
		return;
	const char *c = p->given->u.text.ptr;
	if (p->given->u.text.len == 2)
		snprintf(hint, sizeof(hint), "write \"%c. %c.\" if these are initials", c[0], c[1]);
	else
		snprintf(hint, sizeof(hint), "write \"%c. %c. %c.\" if these are initials", c[0], c[1], c[2]);
	report(check, NKC_CODE_NAME_INITIALS, p->given, hint, "looks like initials written together");
}

#define CAPITAL_LETTERS 4

static void check_capitals(const nkc_check *check, const person *p)
{
	nkc_str text = nkc_value_text(p->family);
	size_t letters = 0;

	for (size_t at = 0; at < text.len;) {
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune < 0x80 ? rune >= 'a' && rune <= 'z' : nkc_rune_is_lower(rune))
			return;
		letters += rune < 0x80 ? rune >= 'A' && rune <= 'Z' : nkc_rune_is_upper(rune);
	}
	/* An acronym without a given name is an organisation's. */
	if (letters >= CAPITAL_LETTERS && p->given)
		report(check, NKC_CODE_NAME_CAPITALS, p->family, NULL, "is in capitals");
}

static void check_shape(const nkc_check *check, const person *p)
{
	if (p->literal && (p->family || p->given))
		nkc_check_report(check, NKC_CODE_NAME_MIXED, nkc_check_at(check, p->name), NULL,
		                 "this name has literal beside family or given");
	else if (p->given && !p->family)
		report(check, NKC_CODE_NAME_GIVEN_ONLY, p->given, NULL, "stands without a family name");
}

/* --- rules of a list --- */

/* Names past so many are not compared with each other: the work would grow with their square. */
#define COMPARED_MAX 64

static bool same_name(const nkc_value *a, const nkc_value *b)
{
	person x = person_of(NULL, a), y = person_of(NULL, b);

	return nkc_str_eq(nkc_value_text(x.family), nkc_value_text(y.family)) &&
	       nkc_str_eq(nkc_value_text(x.given), nkc_value_text(y.given)) &&
	       nkc_str_eq(nkc_value_text(x.literal), nkc_value_text(y.literal)) && (x.family || x.given || x.literal);
}

static bool is_repeated(const nkc_value *list, const nkc_value *name)
{
	for (const nkc_value *other = nkc_value_first(list); other && other != name; other = other->next) {
		if (same_name(other, name))
			return true;
	}
	return false;
}

static void check_repeated(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *list = nkc_value_first(root); list; list = list->next) {
		size_t count = 0;
		if (nkc_var_kind((nkc_var)list->atom) != NKC_KIND_NAMES)
			continue;
		for (const nkc_value *name = nkc_value_first(list); name && count < COMPARED_MAX; name = name->next, count++) {
			if (is_repeated(list, name))
				nkc_check_report(check, NKC_CODE_NAME_REPEATED, nkc_check_at(check, name), NULL,
				                 "this name stands in the list already");
		}
	}
}

static const name_rule name_rules[] = {
	{ check_shape, { NKC_CODE_NAME_MIXED, NKC_CODE_NAME_GIVEN_ONLY } },
	{ check_nobody, { NKC_CODE_NAME_PLACEHOLDER } },
	{ check_et_al, { NKC_CODE_NAME_ET_AL } },
	{ check_several, { NKC_CODE_NAME_SEVERAL } },
	{ check_role, { NKC_CODE_NAME_ROLE } },
	{ check_date, { NKC_CODE_NAME_DATE, NKC_CODE_NAME_DIGIT } },
	{ check_address, { NKC_CODE_NAME_ADDRESS } },
	{ check_organisation, { NKC_CODE_NAME_ORGANISATION } },
	{ check_site, { NKC_CODE_NAME_SITE } },
	{ check_person_literal, { NKC_CODE_NAME_PERSON_LITERAL } },
	{ check_commas, { NKC_CODE_NAME_COMMA, NKC_CODE_NAME_SUFFIX } },
	{ check_initials, { NKC_CODE_NAME_INITIALS } },
	{ check_capitals, { NKC_CODE_NAME_CAPITALS } },
};

static bool is_wanted(const nkc_check *check, const name_rule *rule)
{
	for (size_t i = 0; i < sizeof(rule->codes) / sizeof(rule->codes[0]) && rule->codes[i]; i++) {
		if (nkc_diags_wants(check->diags, rule->codes[i]))
			return true;
	}
	return false;
}

static void check_name(const nkc_check *check, const person *p)
{
	for (size_t i = 0; i < sizeof(name_rules) / sizeof(name_rules[0]); i++) {
		if (is_wanted(check, &name_rules[i]))
			name_rules[i].run(check, p);
	}
}

static void check_names(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *list = nkc_value_first(root); list; list = list->next) {
		if (nkc_var_kind((nkc_var)list->atom) != NKC_KIND_NAMES)
			continue;
		person alone = person_of(list, list);
		if (list->type == NKC_STRING)
			check_name(check, &alone);
		for (const nkc_value *name = nkc_value_first(list); name; name = name->next) {
			person p = person_of(list, name);
			check_name(check, &p);
		}
	}
}

const nkc_rule nkc_rules_name[] = {
	{ check_names, { NKC_CODE_NAME_MIXED, NKC_CODE_NAME_GIVEN_ONLY, NKC_CODE_NAME_PLACEHOLDER, NKC_CODE_NAME_ET_AL,
	                 NKC_CODE_NAME_SEVERAL, NKC_CODE_NAME_ROLE, NKC_CODE_NAME_DATE, NKC_CODE_NAME_DIGIT,
	                 NKC_CODE_NAME_ADDRESS, NKC_CODE_NAME_ORGANISATION, NKC_CODE_NAME_SITE,
	                 NKC_CODE_NAME_PERSON_LITERAL, NKC_CODE_NAME_COMMA, NKC_CODE_NAME_SUFFIX,
	                 NKC_CODE_NAME_INITIALS, NKC_CODE_NAME_CAPITALS } },
	{ check_repeated, { NKC_CODE_NAME_REPEATED } },
	{ NULL, { NKC_CODE_NONE } },
};
