/*
 * update.c: taking over what a newer reading of the same source says.
 */
#include <nkcite/library.h>

/* Deeper objects in `custom` are taken over as a whole: the recursion has an end. */
#define MERGE_DEPTH 16

/* --- locked values --- */

/* custom.nkcite.<section> of the record, or NULL. */
static nkc_value *own_section(const nkc_record *record, nkc_str section)
{
	nkc_value *custom = nkc_value_find(nkc_record_root(record), NKC_STR("custom"));
	nkc_value *own = nkc_value_find(custom, NKC_STR("nkcite"));

	return nkc_value_find(own, section);
}

static bool is_locked(const nkc_value *origin)
{
	return nkc_value_truth(nkc_value_find(origin, NKC_STR("locked")));
}

static bool member_is_locked(const nkc_record *record, nkc_str name)
{
	return is_locked(nkc_value_find(own_section(record, NKC_STR("provenance")), name));
}

/* --- the same value in another form --- */

static bool same_date(const nkc_value *ours, const nkc_value *theirs, nkc_arena *arena)
{
	nkc_date a, b;
	bool exact;

	if (nkc_date_read(ours, &a) != NKC_OK || nkc_date_read(theirs, &b) != NKC_OK)
		return false;
	/* Ours may say more than their form can, such as the X of 201X. */
	return nkc_value_equal(nkc_date_object(&a, arena, NULL), nkc_date_object(&b, arena, &exact)) && exact;
}

/* 12 and "12" */
static bool same_text(const nkc_value *ours, const nkc_value *theirs)
{
	nkc_str text = nkc_value_text(ours);

	return text.len > 0 && nkc_str_eq(text, nkc_value_text(theirs));
}

static bool is_same(nkc_str name, const nkc_value *ours, const nkc_value *theirs, nkc_arena *arena)
{
	if (!ours)
		return false;
	if (nkc_value_equal(ours, theirs) || same_text(ours, theirs))
		return true;
	return nkc_var_kind(nkc_var_find(name)) == NKC_KIND_DATE && same_date(ours, theirs, arena);
}

/* --- merging --- */

/* Takes over the members of an object within `custom`. True when one was new. */
static bool merge_objects(nkc_value *ours, const nkc_value *theirs, nkc_arena *arena, int depth)
{
	bool changed = false;

	for (const nkc_value *value = nkc_value_first(theirs); value; value = value->next) {
		nkc_value *old = nkc_value_find(ours, value->key);

		if (is_locked(old) || nkc_value_equal(old, value))
			continue;
		if (depth > 0 && nkc_value_is(old, NKC_OBJECT) && nkc_value_is(value, NKC_OBJECT)) {
			changed |= merge_objects(old, value, arena, depth - 1);
		} else {
			nkc_value_set(ours, nkc_arena_str(arena, value->key), nkc_value_dup(arena, value));
			changed = true;
		}
	}
	return changed;
}

/* Where the old value was read says nothing of the new one. */
static void forget_origin(const nkc_record *record, nkc_str name)
{
	nkc_value *origin = nkc_value_find(own_section(record, NKC_STR("provenance")), name);

	if (origin)
		nkc_value_remove(origin);
}

/* What is given is not absent. */
static void forget_absences(const nkc_record *record)
{
	nkc_value *next;

	for (nkc_value *reason = nkc_value_first(own_section(record, NKC_STR("absent"))); reason; reason = next) {
		next = reason->next;
		if (nkc_value_find(nkc_record_root(record), reason->key))
			nkc_value_remove(reason);
	}
}

static bool take_custom(nkc_record *record, const nkc_value *theirs)
{
	nkc_arena *arena = nkc_record_arena(record);
	nkc_value *ours = nkc_value_find(nkc_record_root(record), theirs->key);

	if (nkc_value_is(ours, NKC_OBJECT) && nkc_value_is(theirs, NKC_OBJECT))
		return merge_objects(ours, theirs, arena, MERGE_DEPTH);
	if (ours)
		return false; /* nothing of ours is given up for what is no object */
	nkc_value_set(nkc_record_root(record), NKC_STR("custom"), nkc_value_dup(arena, theirs));
	return true;
}

static bool take_member(nkc_record *record, const nkc_value *theirs)
{
	nkc_arena *arena = nkc_record_arena(record);
	nkc_value *root = nkc_record_root(record);

	if (member_is_locked(record, theirs->key) ||
	    is_same(theirs->key, nkc_value_find(root, theirs->key), theirs, arena))
		return false;
	nkc_value_set(root, nkc_arena_str(arena, theirs->key), nkc_value_dup(arena, theirs));
	forget_origin(record, theirs->key);
	return true;
}

/* Takes over the members for which `custom` is true or not; in two turns, for their origins go with the values. */
static void take_all(nkc_record *record, nkc_record *from, bool custom, nkc_buf *changed)
{
	for (nkc_value *value = nkc_value_first(nkc_record_root(from)); value; value = value->next) {
		if (nkc_str_is(value->key, "id") || nkc_str_is(value->key, "custom") != custom)
			continue;
		if (!(custom ? take_custom(record, value) : take_member(record, value)))
			continue;
		if (changed->len > 0)
			nkc_buf_puts(changed, ", ");
		nkc_buf_put_str(changed, value->key);
	}
}

nkc_status nkc_record_update(nkc_record *record, nkc_record *from, nkc_buf *changed)
{
	nkc_record_expand(record);
	nkc_record_expand(from);
	take_all(record, from, false, changed);
	take_all(record, from, true, changed);
	forget_absences(record);
	nkc_record_index(record);
	return nkc_buf_status(changed) == NKC_OK ? nkc_arena_status(nkc_record_arena(record)) : NKC_ENOMEM;
}
