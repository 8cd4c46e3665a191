#include "format/kept.h"

#include "base/yaml.h"
#include "format/values.h"

/* What was understood carries this mark in its `atom`, which is of no use in a tree that is no record. */
#define USED 1

nkc_value *nkc_kept_member(const nkc_value *object, const char *key)
{
	return nkc_value_is(object, NKC_OBJECT) ? nkc_value_find(object, nkc_str_from(key)) : NULL;
}

nkc_str nkc_kept_use(nkc_value *value)
{
	if (value && !nkc_value_is_list(value))
		value->atom = USED;
	return nkc_str_trim(nkc_value_text(value));
}

/* Recursion is bounded by NKC_YAML_DEPTH_MAX. */
static bool is_used(const nkc_value *value)
{
	if (!nkc_value_is_list(value))
		return value->atom == USED || value->type == NKC_NULL;
	for (const nkc_value *child = nkc_value_first(value); child; child = child->next) {
		if (!is_used(child))
			return false;
	}
	return true;
}

static void unmark(nkc_value *value)
{
	value->atom = 0;
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		unmark(child);
}

static void keep(nkc_arena *arena, nkc_value *item, const char *format, nkc_value *field)
{
	nkc_value *custom = nkc_item_get(item, NKC_VAR_CUSTOM), *own = nkc_value_find(custom, nkc_str_from(format));
	if (!custom)
		nkc_item_add(item, NKC_VAR_CUSTOM, custom = nkc_value_new(arena, NKC_OBJECT));
	if (!own && custom)
		nkc_value_add(custom, nkc_str_from(format), own = nkc_value_new(arena, NKC_OBJECT));
	unmark(field);
	if (own)
		nkc_value_set(own, field->key, nkc_value_dup(arena, field));
}

#define KEPT_MAX 1000 /* fields: each is looked for among those before it */

void nkc_kept_keep(nkc_arena *arena, nkc_value *item, const char *format, nkc_value *entry)
{
	unsigned count = 0;
	for (nkc_value *field = nkc_value_first(entry); field && count < KEPT_MAX; field = field->next) {
		if (is_used(field))
			continue;
		keep(arena, item, format, field);
		count++;
	}
}

/* --- writing --- */

#define FIELDS_MAX 64 /* each is tried by reading the whole entry */
#define DEPTH_MAX (NKC_YAML_DEPTH_MAX - 24)

static bool is_deeper(const nkc_value *value, int depth)
{
	for (const nkc_value *child = nkc_value_first(value); child; child = child->next) {
		if (depth == 0 || is_deeper(child, depth - 1))
			return true;
	}
	return false;
}

bool nkc_kept_is_deep(const nkc_value *value)
{
	return is_deeper(value, DEPTH_MAX);
}

static bool same_member(const nkc_value *a, const nkc_value *b, nkc_str key)
{
	const nkc_value *one = nkc_value_find(a, key), *other = nkc_value_find(b, key);
	return one && other ? nkc_value_equal(one, other) : one == other;
}

/* Does `changed` show all of the item that `entry` does? `custom` is not counted, nor is the id, which is no field. */
static bool shows_as_much(nkc_arena *arena, const nkc_value *entry, const nkc_value *changed, const nkc_value *item,
                          nkc_kept_read read)
{
	const nkc_value *now = read(arena, nkc_value_dup(arena, entry));
	const nkc_value *then = read(arena, nkc_value_dup(arena, changed));
	if (!now || !then)
		return false;
	for (int var = NKC_VAR_ID + 1; var < NKC_VAR_CUSTOM; var++) {
		nkc_str key = nkc_str_from(nkc_var_name((nkc_var)var));
		if (same_member(now, item, key) && !same_member(then, item, key))
			return false;
	}
	return true;
}

nkc_value *nkc_kept_restore(nkc_arena *arena, nkc_value *entry, const nkc_value *item, const char *format,
                            nkc_kept_read read)
{
	const nkc_value *custom = nkc_item_get(item, NKC_VAR_CUSTOM);
	const nkc_value *kept = nkc_value_find(custom, nkc_str_from(format));
	unsigned count = 0;
	if (!nkc_value_is(kept, NKC_OBJECT) || nkc_kept_is_deep(kept))
		return entry;
	for (const nkc_value *field = nkc_value_first(kept); entry && field && count < FIELDS_MAX; field = field->next) {
		count++;
		nkc_value *changed = nkc_value_dup(arena, entry);
		if (!changed || nkc_str_is(field->key, "nkcite") || !field->key.len)
			continue;
		nkc_value_set(changed, nkc_arena_str(arena, field->key), nkc_value_dup(arena, field));
		if (shows_as_much(arena, entry, changed, item, read))
			entry = changed;
	}
	return entry;
}
