#include "format/csljson.h"
#include "record/record_impl.h"

/* Puts a value laid aside into the record. False when the record has no place for it any more. */
typedef bool (*restore_fn)(nkc_record *record, nkc_value *aside);

/* Gives the member its old value, if its strict form is still the one that was written for that. */
static bool put_back(nkc_value *member, nkc_value *aside, const nkc_value *strict)
{
	if (!member || !strict || !nkc_value_equal(member, strict))
		return false;
	nkc_value_become(member, aside);
	return true;
}

static bool restore_date(nkc_record *record, nkc_value *aside)
{
	nkc_var var = nkc_var_find(aside->key);
	nkc_date date;
	if (nkc_var_kind(var) != NKC_KIND_DATE || nkc_date_read(aside, &date) != NKC_OK)
		return false;
	return put_back(record->fields[var], aside, nkc_date_object(&date, record->arena, NULL));
}

static bool restore_names(nkc_record *record, nkc_value *aside)
{
	nkc_var var = nkc_var_find(aside->key);
	if (nkc_var_kind(var) != NKC_KIND_NAMES)
		return false;
	return put_back(record->fields[var], aside, nkc_csljson_names(aside, record->arena));
}

/* Is it what the writer puts where the schema demands something? */
static bool is_stopgap(nkc_var var, const nkc_value *member)
{
	switch (var) {
	case NKC_VAR_ID: return nkc_str_starts(nkc_value_text(member), NKC_STR("item-"));
	case NKC_VAR_TYPE: return nkc_str_is(nkc_value_text(member), "document");
	default:
		return nkc_var_kind(var) == NKC_KIND_DATE && nkc_value_is(member, NKC_OBJECT) &&
		       !nkc_value_first(member);
	}
}

static bool restore_member(nkc_record *record, nkc_value *aside)
{
	nkc_var var = nkc_var_find(aside->key);
	nkc_value *member = record->fields[var];
	if (member && !is_stopgap(var, member))
		return false;
	/* Beside unknown members that are there, each would have to be looked for; the writer leaves none there. */
	if (var == NKC_VAR_NONE && record->has_unknown)
		return false;
	if (member)
		nkc_value_become(member, aside);
	else
		nkc_value_add(record->root, aside->key, aside);
	return true;
}

static void restore_section(nkc_record *record, nkc_value *own, nkc_str name, restore_fn restore)
{
	nkc_value *section = nkc_value_find(own, name);
	if (!nkc_value_is(section, NKC_OBJECT))
		return;
	nkc_value *aside = section->u.list.first, *next;
	section->u.list.first = section->u.list.last = NULL;
	for (; aside; aside = next) {
		next = aside->next;
		if (!restore(record, aside))
			nkc_value_add(section, aside->key, aside);
	}
	if (!section->u.list.first)
		nkc_value_remove(section);
}

/* Was `custom` itself no object, so that it was laid aside, too? Then nothing else is left. */
static void restore_custom(nkc_value *custom, const nkc_value *own)
{
	nkc_value *aside = nkc_value_find(nkc_value_find(own, NKC_STR("members")), NKC_STR("custom"));
	if (aside && !aside->next && aside->parent->u.list.first == aside && own->u.list.first == own->u.list.last &&
	    custom->u.list.first == custom->u.list.last)
		nkc_value_become(custom, aside);
}

void nkc_csljson_restore(nkc_record *record)
{
	nkc_value *custom = record->fields[NKC_VAR_CUSTOM];
	nkc_value *own = nkc_value_find(custom, NKC_STR("nkcite"));
	if (!nkc_value_first(own))
		return;
	restore_section(record, own, NKC_STR("edtf"), restore_date);
	restore_section(record, own, NKC_STR("names"), restore_names);
	restore_section(record, own, NKC_STR("members"), restore_member);
	restore_custom(custom, own);
	if (nkc_value_is(own, NKC_OBJECT) && own->parent == custom && !own->u.list.first)
		nkc_value_remove(own);
	if (nkc_value_is(custom, NKC_OBJECT) && !custom->u.list.first)
		nkc_value_remove(custom);
	nkc_record_index(record);
}
