/*
 * name.c: names, between JSON values, text and struct nkc_name (csl-data.json, name-variable).
 */
#include "record/names.h"

/* The members of a name object, in the order in which they are written. */
static const struct {
	nkc_str key;
	size_t offset; /* in nkc_name, of an nkc_str, or of a bool when `flag` */
	bool flag;
} fields[] = {
	{ NKC_STR_INIT("family"), offsetof(nkc_name, family), false },
	{ NKC_STR_INIT("given"), offsetof(nkc_name, given), false },
	{ NKC_STR_INIT("dropping-particle"), offsetof(nkc_name, dropping_particle), false },
	{ NKC_STR_INIT("non-dropping-particle"), offsetof(nkc_name, non_dropping_particle), false },
	{ NKC_STR_INIT("suffix"), offsetof(nkc_name, suffix), false },
	{ NKC_STR_INIT("comma-suffix"), offsetof(nkc_name, comma_suffix), true },
	{ NKC_STR_INIT("static-ordering"), offsetof(nkc_name, static_ordering), true },
	{ NKC_STR_INIT("literal"), offsetof(nkc_name, literal), false },
	{ NKC_STR_INIT("parse-names"), offsetof(nkc_name, parse_names), true },
};

static const nkc_name empty_name = {
	.family = NKC_STR_INIT(""),
	.given = NKC_STR_INIT(""),
	.dropping_particle = NKC_STR_INIT(""),
	.non_dropping_particle = NKC_STR_INIT(""),
	.suffix = NKC_STR_INIT(""),
	.literal = NKC_STR_INIT(""),
};

enum {
	FIELDS = sizeof(fields) / sizeof(fields[0])
};

/* --- objects --- */

static bool names_somebody(const nkc_name *name)
{
	return !nkc_str_empty(name->family) || !nkc_str_empty(name->given) || !nkc_str_empty(name->literal);
}

static void read_member(const nkc_value *member, nkc_name *name)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (!nkc_str_eq(member->key, fields[i].key))
			continue;
		if (fields[i].flag)
			*(bool *)((char *)name + fields[i].offset) = nkc_value_truth(member);
		else
			*(nkc_str *)((char *)name + fields[i].offset) = nkc_value_text(member);
		return;
	}
}

nkc_value *nkc_name_object(nkc_arena *arena, const nkc_name *name)
{
	nkc_value *object = nkc_value_new(arena, NKC_OBJECT);

	for (size_t i = 0; i < FIELDS; i++) {
		const char *place = (const char *)name + fields[i].offset;
		if (fields[i].flag) {
			if (*(const bool *)place)
				nkc_value_add(object, fields[i].key, nkc_value_new(arena, NKC_TRUE));
		} else if (!nkc_str_empty(*(const nkc_str *)place)) {
			nkc_value_add(object, fields[i].key,
			              nkc_value_string(arena, *(const nkc_str *)place));
		}
	}
	return object;
}

/* --- text --- */

/* Is it one of these words (between bars), whatever its case? */
static bool is_one_of(nkc_str text, nkc_str words)
{
	nkc_str word;

	while (nkc_str_split(&words, '|', &word)) {
		if (nkc_str_eq_nocase(text, word))
			return true;
	}
	return false;
}

/* What stands behind a person's name: "King, Martin Luther, Jr." */
static bool is_generation(nkc_str text)
{
	return is_one_of(text, NKC_STR("Jr.|Jr|Sr.|Sr"));
}

/* Numbers do so, too; alone behind a family name they may be initials: "Petrov, IV". */
static bool is_suffix(nkc_str text)
{
	return is_generation(text) || is_one_of(text, NKC_STR("II|III|IV"));
}

/* What stands behind a firm's name: "Penguin Books, Ltd." */
static bool is_company_form(nkc_str text)
{
	return is_one_of(text, NKC_STR("Inc.|Inc|Ltd.|Ltd|LLC|LLP|PLC|GmbH|Corp.|Co.|S.A."));
}

/* The pieces between commas, trimmed; returns how many there are, of which the first `max` are kept. */
static size_t split_at_commas(nkc_str text, nkc_str *pieces, size_t max)
{
	size_t count = 0;

	for (;;) {
		size_t comma = nkc_str_find_byte(text, ',');
		if (count < max)
			pieces[count] = nkc_str_trim(nkc_str_slice(text, 0, comma));
		count++;
		if (comma == text.len)
			return count;
		text = nkc_str_slice(text, comma + 1, text.len);
	}
}

/*
 * One comma makes a person: family, given. Two do so when one of the pieces is a
 * suffix ("King, Martin Luther, Jr.", or BibTeX's "King, Jr., Martin Luther").
 * Anything else is not split: "Penguin Books, Ltd.", "Martin Luther King, Jr."
 */
static nkc_name parse_text(nkc_str text)
{
	nkc_name name = empty_name;
	nkc_str pieces[3];
	size_t count;

	text = nkc_str_trim(text);
	count = split_at_commas(text, pieces, 3);
	if (count == 2 && !is_company_form(pieces[1]) && !is_generation(pieces[1])) {
		name.family = pieces[0];
		name.given = pieces[1];
	} else if (count == 3 && (is_suffix(pieces[1]) || is_suffix(pieces[2]))) {
		bool second = is_suffix(pieces[1]);
		name.family = pieces[0];
		name.given = second ? pieces[2] : pieces[1];
		name.suffix = second ? pieces[1] : pieces[2];
	} else {
		name.literal = text;
	}
	return name;
}

nkc_value *nkc_name_from_text(nkc_arena *arena, nkc_str text)
{
	nkc_name name = parse_text(text);

	return names_somebody(&name) ? nkc_name_object(arena, &name) : NULL;
}

/* --- name variables --- */

/* False when the value names nobody. */
static bool read_name(const nkc_value *value, nkc_name *name)
{
	*name = empty_name;
	if (nkc_value_is(value, NKC_STRING)) {
		*name = parse_text(value->u.text);
	} else if (nkc_value_is(value, NKC_OBJECT)) {
		for (const nkc_value *member = nkc_value_first(value); member; member = member->next)
			read_member(member, name);
	}
	name->value = value;
	return names_somebody(name);
}

size_t nkc_names_read(const nkc_value *list, nkc_arena *arena, const nkc_name **names)
{
	bool many = nkc_value_is(list, NKC_ARRAY);
	size_t most = many ? nkc_value_count(list) : 1, count = 0;
	nkc_name *found;

	*names = NULL;
	found = list && most ? nkc_arena_alloc(arena, most * sizeof(*found)) : NULL;
	if (!found)
		return 0;
	if (!many)
		count = read_name(list, found);
	for (const nkc_value *value = many ? nkc_value_first(list) : NULL; value; value = value->next)
		count += read_name(value, &found[count]);
	*names = found;
	return count;
}
