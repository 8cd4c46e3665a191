/*
 * check_name.c: what hides in names: several people, roles, dates, sites, organisations.
 */
#include "record/check.h"
#include "record/words.h"

#include "base/text.h"

#include <stdio.h>

/* What one pass over the bytes of a part tells, so that most rules need not look at it again. */
enum {
	HAS_DIGIT = 1,
	HAS_COMMA = 2,
	HAS_SEMICOLON = 4,
	HAS_AMPERSAND = 8,
	HAS_AT = 16,
	HAS_COLON = 32,
	HAS_BRACKET = 64,
	HAS_SPACE = 128,
	HAS_DOT = 256,
	HAS_ORGANISATION = 512, /* a word that organisations bear */
	HAS_ROLE = 1024
};

/* A part of a name; value is NULL when it is not there. */
typedef struct name_part {
	const nkc_value *value;
	nkc_str text;
	unsigned marks;
} name_part;

typedef struct person {
	const nkc_value *name;
	const nkc_value *list; /* the name variable */
	name_part family, given, literal;
} person;

/* A rule about one name. */
typedef struct name_rule {
	void (*run)(const nkc_check *check, const person *p);
	nkc_code codes[4];
} name_rule;

/* --- words --- */

static bool has_word(nkc_word_list list, nkc_str text)
{
	nkc_str word;

	while (nkc_word_next(&text, &word)) {
		if (nkc_words_have(list, nkc_word_stem(word)))
			return true;
	}
	return false;
}

/* --- names and their parts --- */

static unsigned mark_of_byte(char c)
{
	if (c >= '0' && c <= '9')
		return HAS_DIGIT;
	switch (c) {
	case ' ':
		return HAS_SPACE;
	case ',':
		return HAS_COMMA;
	case ';':
		return HAS_SEMICOLON;
	case '&':
		return HAS_AMPERSAND;
	case '@':
		return HAS_AT;
	case ':':
		return HAS_COLON;
	case '.':
		return HAS_DOT;
	case '(':
	case '[':
		return HAS_BRACKET;
	default:
		return 0;
	}
}

static unsigned marks_of(nkc_str text)
{
	unsigned marks = 0;
	nkc_str rest = text, word;

	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < 'A')
			marks |= mark_of_byte(text.ptr[i]);
		else if (text.ptr[i] == '[')
			marks |= HAS_BRACKET;
	}
	while (nkc_word_next(&rest, &word)) {
		nkc_str stem = nkc_word_stem(word);
		marks |= nkc_words_have(NKC_WORDS_ORGANISATION, stem) ? HAS_ORGANISATION : 0;
		marks |= nkc_words_have(NKC_WORDS_ROLE, stem) ? HAS_ROLE : 0;
	}
	return marks;
}

static name_part part_of(const nkc_value *value)
{
	nkc_str text = nkc_value_text(value);

	if (nkc_value_is_blank(value))
		return (name_part){ NULL, NKC_STR(""), 0 };
	return (name_part){ value, text, marks_of(text) };
}

/* A name written as text is looked at as a literal. */
static person person_of(const nkc_value *list, const nkc_value *name)
{
	person p = { .name = name, .list = list };

	p.family.text = p.given.text = p.literal.text = NKC_STR("");
	if (name->type == NKC_STRING)
		p.literal = part_of(name);
	for (const nkc_value *member = nkc_value_first(name); member; member = member->next) {
		if (member->type != NKC_STRING)
			continue;
		if (nkc_str_eq(member->key, NKC_STR("family")))
			p.family = part_of(member);
		else if (nkc_str_eq(member->key, NKC_STR("given")))
			p.given = part_of(member);
		else if (nkc_str_eq(member->key, NKC_STR("literal")))
			p.literal = part_of(member);
	}
	return p;
}

static bool is_person(const person *p)
{
	return !p->literal.value;
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
		if (!starts_upper(word) || nkc_words_have(NKC_WORDS_ORGANISATION, nkc_word_stem(word)))
			return false;
		count++;
	}
	return count >= min && count <= max;
}

static void report(const nkc_check *check, nkc_code code, const name_part *at, const char *hint,
                   const char *what)
{
	nkc_check_report(check, code, nkc_check_at(check, at->value), hint, "\"%s\" %s",
	                 nkc_show(at->text).text, what);
}

/* --- rules of one part --- */

/* An organisation, or a name written as one text. */
static bool is_literal(const name_part *part)
{
	return nkc_str_eq(part->value->key, NKC_STR("literal")) ||
	       nkc_var_kind((nkc_var)part->value->atom) == NKC_KIND_NAMES || nkc_str_empty(part->value->key);
}

typedef void part_rule(const nkc_check *check, const name_part *part);

static void each_part(const nkc_check *check, const person *p, part_rule *rule)
{
	const name_part *parts[] = { &p->family, &p->given, &p->literal };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i]->value)
			rule(check, parts[i]);
	}
}

static bool ends_nocase(nkc_str text, nkc_str ending)
{
	return text.len >= ending.len &&
	       nkc_str_eq_nocase(nkc_str_slice(text, text.len - ending.len, text.len), ending);
}

/* Ends the text in one of these, alone or behind a name? */
static bool is_et_al(nkc_str text)
{
	static const nkc_str endings[] = {
		NKC_STR_INIT("et al"),  NKC_STR_INIT("et al."),    NKC_STR_INIT("et. al."),
		NKC_STR_INIT("others"), NKC_STR_INIT("et autres"), NKC_STR_INIT("y otros"),
		NKC_STR_INIT("u. a."),  NKC_STR_INIT("u.a."),      NKC_STR_INIT("\xD0\xB8 \xD0\xB4\xD1\x80."),
	};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = endings[i];
		if (ends_nocase(text, ending) &&
		    (text.len == ending.len || strchr(" ,;", text.ptr[text.len - ending.len - 1])))
			return true;
	}
	return false;
}

static void check_et_al_part(const nkc_check *check, const name_part *part)
{
	nkc_str text = nkc_str_trim(part->text);

	if ((part->marks & (HAS_SPACE | HAS_DOT) || text.len == 6) && is_et_al(text))
		report(check, NKC_CODE_NAME_ET_AL, part, NULL, "stands for people who are not named");
}

static void check_et_al(const nkc_check *check, const person *p)
{
	each_part(check, p, check_et_al_part);
}

static bool holds(nkc_str text, nkc_str what)
{
	return nkc_str_find(text, what) < text.len;
}

static bool holds_mail(nkc_str text)
{
	size_t at = nkc_str_find_byte(text, '@');
	nkc_str host = nkc_str_slice(text, at, text.len);

	return at > 0 && nkc_str_find_byte(host, '.') < host.len;
}

static void check_address_part(const nkc_check *check, const name_part *part)
{
	if ((part->marks & HAS_AT && holds_mail(part->text)) ||
	    (part->marks & HAS_COLON && holds(part->text, NKC_STR("://"))) ||
	    (part->marks & HAS_DOT && holds(part->text, NKC_STR("www."))))
		report(check, NKC_CODE_NAME_ADDRESS, part, NULL, "holds an address");
}

static void check_address(const nkc_check *check, const person *p)
{
	each_part(check, p, check_address_part);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 08:53 */
static bool has_clock(nkc_str text)
{
	for (size_t i = 1; i + 2 < text.len; i++) {
		if (text.ptr[i] == ':' && is_digit(text.ptr[i - 1]) && is_digit(text.ptr[i + 1]) &&
		    is_digit(text.ptr[i + 2]))
			return true;
	}
	return false;
}

static void check_date_part(const nkc_check *check, const name_part *part)
{
	if (!(part->marks & HAS_DIGIT) || part->marks & HAS_AT)
		return;
	if (has_word(NKC_WORDS_MONTH, part->text) || has_word(NKC_WORDS_BYLINE_DATE, part->text) ||
	    has_clock(part->text))
		report(check, NKC_CODE_NAME_DATE, part, NULL, "holds a date or time");
	else if (!is_literal(part))
		report(check, NKC_CODE_NAME_DIGIT, part, NULL, "holds digits");
}

static void check_date(const nkc_check *check, const person *p)
{
	each_part(check, p, check_date_part);
}

/* "(ed.)", "[author]" */
static bool has_role_in_brackets(nkc_str text)
{
	size_t open = 0;

	while (open < text.len && text.ptr[open] != '(' && text.ptr[open] != '[')
		open++;
	nkc_str inside = nkc_str_slice(text, open + 1, text.len);
	while (inside.len && strchr(")].", inside.ptr[inside.len - 1]))
		inside.len--;
	return nkc_words_have(NKC_WORDS_BRACKETED_ROLE, inside);
}

static void check_role_part(const nkc_check *check, const name_part *part)
{
	/* An organisation may have such words in its name; a byline begins with "By". */
	bool by = nkc_str_eq_nocase(nkc_str_slice(part->text, 0, 3), NKC_STR("by "));

	if (by || (part->marks & HAS_ROLE && !is_literal(part)) ||
	    (part->marks & HAS_BRACKET && has_role_in_brackets(part->text)))
		report(check, NKC_CODE_NAME_ROLE, part, NULL, "holds a role or title");
}

static void check_role(const nkc_check *check, const person *p)
{
	each_part(check, p, check_role_part);
}

/* --- rules of a whole name --- */

static void check_nobody(const nkc_check *check, const person *p)
{
	const name_part *only = p->literal.value ? &p->literal : !p->given.value ? &p->family : &p->given;
	bool alone = p->literal.value || !p->given.value || !p->family.value;

	if (alone && only->value && nkc_words_have(NKC_WORDS_NOBODY, nkc_str_trim(only->text)))
		report(check, NKC_CODE_NAME_PLACEHOLDER, only, NULL, "is not a name");
}

/* "Ann Lee and Bo Kim": both sides look like people. A part of a person's name may have one word on each side. */
static bool joins_people(nkc_str text, size_t words)
{
	static const nkc_str joints[] = { NKC_STR_INIT(" and "), NKC_STR_INIT(" & "),
		                          NKC_STR_INIT(" with ") };

	for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
		size_t at = nkc_str_find(text, joints[i]);
		if (at < text.len && looks_personal(nkc_str_slice(text, 0, at), words, 4) &&
		    looks_personal(nkc_str_slice(text, at + joints[i].len, text.len), words, 4))
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

/* "A191, Supreme Court, Southern District, Brisbane" is one name; "A, B, C, D" is not. */
static bool is_comma_list(const name_part *part)
{
	return part->marks & HAS_COMMA && !(part->marks & HAS_ORGANISATION) &&
	       count_byte(part->text, ',') >= 3 && !has_word(NKC_WORDS_LONG_ORGANISATION, part->text);
}

static void check_several_part(const nkc_check *check, const name_part *part)
{
	/* In brackets a semicolon parts other things: "(1998; Taganrog)". */
	bool semicolon = part->marks & HAS_SEMICOLON && !(part->marks & HAS_BRACKET);
	bool joined = part->marks & HAS_SPACE && joins_people(part->text, is_literal(part) ? 2 : 1);

	if (semicolon || joined || is_comma_list(part))
		report(check, NKC_CODE_NAME_SEVERAL, part, NULL, "holds several names");
}

static void check_several(const nkc_check *check, const person *p)
{
	each_part(check, p, check_several_part);
}

#define LONG_NAME 3

static bool is_long_organisation(nkc_str family)
{
	size_t count = 0;
	nkc_str rest = family, word;

	while (nkc_word_next(&rest, &word))
		count++;
	return count >= LONG_NAME && has_word(NKC_WORDS_LONG_ORGANISATION, family);
}

/* "Ministry of", "Union for" */
static bool ends_in_preposition(nkc_str given)
{
	return ends_nocase(given, NKC_STR(" of")) || ends_nocase(given, NKC_STR(" for"));
}

/* "Center, Melissa M.": a person who is called so has an initial. */
static bool is_person_of_that_name(const person *p)
{
	return p->given.marks & HAS_DOT && !(p->given.marks & HAS_ORGANISATION) &&
	       !(p->family.marks & HAS_SPACE);
}

static bool is_split_organisation(const person *p)
{
	if (!p->family.value || !p->given.value || !is_person(p))
		return false;
	if ((p->family.marks | p->given.marks) & HAS_ORGANISATION)
		return !is_person_of_that_name(p);
	return ends_in_preposition(p->given.text) ||
	       (p->family.marks & HAS_SPACE && is_long_organisation(p->family.text));
}

/* Where it was cut: at a comma in brackets ("Kydd Church (Montreal", "Quebec)"), before its last word, or before "Inc". */
static void check_organisation(const nkc_check *check, const person *p)
{
	char hint[NKC_HINT_SIZE];

	if (!is_split_organisation(p))
		return;
	bool comma = nkc_str_ends(p->given.text, NKC_STR(")"));
	bool family_first = comma || (p->given.marks & HAS_ORGANISATION && !(p->given.marks & HAS_SPACE));
	nkc_str first = family_first ? p->family.text : p->given.text;
	nkc_str second = family_first ? p->given.text : p->family.text;
	snprintf(hint, sizeof(hint), "write {\"literal\": \"%s%s %s\"}", nkc_show(first).text,
	         comma ? "," : "", nkc_show(second).text);
	nkc_check_report(check, NKC_CODE_NAME_ORGANISATION, nkc_check_at(check, p->name), hint,
	                 "\"%s, %s\" looks like an organisation", nkc_show(p->family.text).text,
	                 nkc_show(p->given.text).text);
}

/* "hrw.org", "Amazon.com" */
static bool is_domain(const name_part *part)
{
	static const nkc_str endings[] = { NKC_STR_INIT(".com"), NKC_STR_INIT(".org"), NKC_STR_INIT(".net"),
		                           NKC_STR_INIT(".info"), NKC_STR_INIT(".co.uk") };

	/* The host of a mail address is reported as such. */
	if (!(part->marks & HAS_DOT) || part->marks & HAS_AT)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (part->text.len > endings[i].len && ends_nocase(part->text, endings[i]))
			return true;
	}
	return false;
}

/* Is "given family" what the outlet is called? People publish themselves, so the publisher may be. */
static bool is_outlet(const nkc_check *check, const person *p)
{
	char whole[NKC_HINT_SIZE];
	size_t len = p->given.text.len + 1 + p->family.text.len;

	if (len >= sizeof(whole) || p->list->atom != NKC_VAR_AUTHOR)
		return false;
	memcpy(whole, p->given.text.ptr, p->given.text.len);
	whole[p->given.text.len] = ' ';
	memcpy(whole + p->given.text.len + 1, p->family.text.ptr, p->family.text.len);
	nkc_str name = nkc_str_make(whole, len);
	return nkc_words_alike(name, nkc_check_text(check, NKC_VAR_CONTAINER_TITLE));
}

static void check_site(const nkc_check *check, const person *p)
{
	const name_part *shown = p->family.value ? &p->family : &p->given;

	if (!shown->value || !is_person(p))
		return;
	if (is_domain(&p->family) || is_domain(&p->given))
		report(check, NKC_CODE_NAME_SITE, shown, NULL, "looks like a site");
	else if (is_outlet(check, p))
		report(check, NKC_CODE_NAME_SITE, shown, NULL, "is the name of the outlet");
}

/* "Wertz, Daniel" */
static void check_person_literal(const nkc_check *check, const person *p)
{
	nkc_str text = p->literal.text;
	size_t comma = nkc_str_find_byte(text, ',');
	char hint[NKC_HINT_SIZE];

	if (!(p->literal.marks & HAS_COMMA) || p->name->type != NKC_OBJECT || count_byte(text, ',') != 1)
		return;
	nkc_str family = nkc_str_slice(text, 0, comma),
		given = nkc_str_trim(nkc_str_slice(text, comma + 1, text.len));
	if (!looks_personal(family, 1, 1) || !looks_personal(given, 1, 2))
		return;
	snprintf(hint, sizeof(hint), "write {\"family\": \"%s\", \"given\": \"%s\"}", nkc_show(family).text,
	         nkc_show(given).text);
	report(check, NKC_CODE_NAME_PERSON_LITERAL, &p->literal, hint, "looks like a person");
}

static bool is_suffix(nkc_str word)
{
	static const nkc_str suffixes[] = { NKC_STR_INIT("Jr"), NKC_STR_INIT("Sr"), NKC_STR_INIT("II"),
		                            NKC_STR_INIT("III"), NKC_STR_INIT("IV") };

	word = nkc_word_stem(word);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (nkc_str_eq(word, suffixes[i]))
			return true;
	}
	return false;
}

/* Is the last of several words a suffix? */
static bool ends_in_suffix(const name_part *part)
{
	nkc_str text = nkc_str_trim(part->text);
	size_t at = text.len;

	while (at > 0 && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != ',')
		at--;
	return at > 0 && is_suffix(nkc_str_slice(text, at, text.len));
}

static void check_commas(const nkc_check *check, const person *p)
{
	if (ends_in_suffix(&p->family))
		report(check, NKC_CODE_NAME_SUFFIX, &p->family, NULL, "ends in a suffix");
	else if (p->family.marks & HAS_COMMA)
		report(check, NKC_CODE_NAME_COMMA, &p->family, NULL, "holds a comma");
	if (ends_in_suffix(&p->given))
		report(check, NKC_CODE_NAME_SUFFIX, &p->given, NULL, "ends in a suffix");
}

/* Two or three ASCII capitals and nothing else. */
static bool is_glued(nkc_str given)
{
	for (size_t i = 0; i < given.len && given.len <= 3; i++) {
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
	const char *c = p->given.text.ptr;
	char hint[NKC_HINT_SIZE];

	if (!is_glued(p->given.text) || !has_lower(p->family.text))
		return;
	if (p->given.text.len == 2)
		snprintf(hint, sizeof(hint), "write \"%c. %c.\" if these are initials", c[0], c[1]);
	else
		snprintf(hint, sizeof(hint), "write \"%c. %c. %c.\" if these are initials", c[0], c[1], c[2]);
	report(check, NKC_CODE_NAME_INITIALS, &p->given, hint, "looks like initials written together");
}

#define CAPITAL_LETTERS 4

static void check_capitals(const nkc_check *check, const person *p)
{
	nkc_str text = p->family.text;
	size_t letters = 0;

	for (size_t at = 0; at < text.len;) {
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune < 0x80 ? rune >= 'a' && rune <= 'z' : nkc_rune_is_lower(rune))
			return;
		letters += rune < 0x80 ? rune >= 'A' && rune <= 'Z' : nkc_rune_is_upper(rune);
	}
	/* An acronym without a given name is an organisation's. */
	if (letters >= CAPITAL_LETTERS && p->given.value)
		report(check, NKC_CODE_NAME_CAPITALS, &p->family, NULL, "is in capitals");
}

static void check_shape(const nkc_check *check, const person *p)
{
	if (p->literal.value && (p->family.value || p->given.value))
		nkc_check_report(check, NKC_CODE_NAME_MIXED, nkc_check_at(check, p->name), NULL,
		                 "this name has literal beside family or given");
	else if (p->given.value && !p->family.value)
		report(check, NKC_CODE_NAME_GIVEN_ONLY, &p->given, NULL, "stands without a family name");
}

/* --- rules of a list --- */

/* Names past so many are not compared with each other: the work would grow with their square. */
#define COMPARED_MAX 64

static nkc_str text_of(const nkc_value *name, nkc_str key)
{
	return nkc_value_text(nkc_value_find(name, key));
}

static bool same_name(const nkc_value *a, const nkc_value *b)
{
	static const nkc_str keys[] = { NKC_STR_INIT("family"), NKC_STR_INIT("given"),
		                        NKC_STR_INIT("literal"), NKC_STR_INIT("suffix") };
	bool named = false;

	if (a->type != NKC_OBJECT || b->type != NKC_OBJECT)
		return a->type == NKC_STRING && nkc_value_equal(a, b);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		nkc_str text = text_of(a, keys[i]);
		if (!nkc_str_eq(text, text_of(b, keys[i])))
			return false;
		named |= text.len > 0;
	}
	return named;
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
		for (const nkc_value *name = nkc_value_first(list); name && count < COMPARED_MAX;
		     name = name->next, count++) {
			if (is_repeated(list, name))
				nkc_check_report(check, NKC_CODE_NAME_REPEATED, nkc_check_at(check, name),
				                 NULL, "this name stands in the list already");
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
		if (list->type == NKC_STRING) {
			person alone = person_of(list, list);
			check_name(check, &alone);
		}
		const nkc_value *name = nkc_value_first(list);
		for (size_t count = 0; name && count < NKC_CHECKED_MAX; name = name->next, count++) {
			person p = person_of(list, name);
			check_name(check, &p);
		}
	}
}

const nkc_rule nkc_rules_name[] = {
	{ check_names,
	  { NKC_CODE_NAME_MIXED, NKC_CODE_NAME_GIVEN_ONLY, NKC_CODE_NAME_PLACEHOLDER, NKC_CODE_NAME_ET_AL,
	    NKC_CODE_NAME_SEVERAL, NKC_CODE_NAME_ROLE, NKC_CODE_NAME_DATE, NKC_CODE_NAME_DIGIT,
	    NKC_CODE_NAME_ADDRESS, NKC_CODE_NAME_ORGANISATION, NKC_CODE_NAME_SITE,
	    NKC_CODE_NAME_PERSON_LITERAL, NKC_CODE_NAME_COMMA, NKC_CODE_NAME_SUFFIX, NKC_CODE_NAME_INITIALS,
	    NKC_CODE_NAME_CAPITALS } },
	{ check_repeated, { NKC_CODE_NAME_REPEATED } },
	{ NULL, { NKC_CODE_NONE } },
};
