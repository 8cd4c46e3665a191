/*
 * items.c: records as items (stage 1).
 */
#include "csl/names.h"

#include "record/names.h"

static unsigned bits_below(const uint64_t present[2], nkc_var var)
{
	unsigned word = (unsigned)var / 64, bit = (unsigned)var % 64;
	unsigned below = (unsigned)__builtin_popcountll(present[word] & (((uint64_t)1 << bit) - 1));
	return word ? below + (unsigned)__builtin_popcountll(present[0]) : below;
}

static const csl_field *field_at(const csl_item *item, nkc_var var)
{
	return &item->fields[bits_below(item->present, var)];
}

static const csl_field *field_of(const csl_item *item, nkc_var var, nkc_kind kind)
{
	return csl_item_has(item, var) && nkc_var_kind(var) == kind ? field_at(item, var) : NULL;
}

nkc_str csl_item_text(const csl_item *item, nkc_var var)
{
	if (!csl_item_has(item, var))
		return NKC_STR("");
	nkc_kind kind = nkc_var_kind(var);
	return kind == NKC_KIND_STRING || kind == NKC_KIND_NUMBER ? field_at(item, var)->text : NKC_STR("");
}

size_t csl_item_names(const csl_item *item, nkc_var var, const nkc_name **names)
{
	const csl_field *field = field_of(item, var, NKC_KIND_NAMES);
	*names = field ? field->names.list : NULL;
	return field ? field->names.count : 0;
}

const nkc_date *csl_item_date(const csl_item *item, nkc_var var)
{
	const csl_field *field = field_of(item, var, NKC_KIND_DATE);
	return field ? field->date : NULL;
}

const nkc_value *csl_item_list(const csl_item *item, nkc_var var)
{
	const csl_field *field = field_of(item, var, NKC_KIND_LIST);
	return field ? field->value : NULL;
}

/* --- making --- */

/* An empty text or list is as good as none (specification, "Choose": variable). */
static bool is_blank(nkc_var var, const nkc_value *value)
{
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: return !nkc_value_first(value) && nkc_str_empty(nkc_value_text(value));
	case NKC_KIND_DATE: return value->type == NKC_NULL;
	case NKC_KIND_STRING:
	case NKC_KIND_NUMBER: return nkc_str_empty(nkc_value_text(value));
	case NKC_KIND_LIST: return !nkc_value_first(value);
	default: return true;
	}
}

/* Title case is for English: the item's language, else the style's (specification, "Title Case Conversion"). */
static bool is_english(nkc_str language)
{
	return nkc_str_empty(language) ||
	       (language.len >= 2 && nkc_str_eq_nocase(nkc_str_slice(language, 0, 2), NKC_STR("en")) &&
	        (language.len == 2 || language.ptr[2] == '-' || language.ptr[2] == '_'));
}

/* One thing under its old and its new name (specification, Appendix IV), and as Zotero has it. */
static void add_aliases(const nkc_value *found[NKC_VAR_COUNT])
{
	static const struct {
		nkc_var var, older;
	} aliases[] = {
		{ NKC_VAR_EVENT_TITLE, NKC_VAR_EVENT },
		{ NKC_VAR_EVENT, NKC_VAR_EVENT_TITLE },
		{ NKC_VAR_TITLE_SHORT, NKC_VAR_SHORTTITLE },
		{ NKC_VAR_CONTAINER_TITLE_SHORT, NKC_VAR_JOURNALABBREVIATION },
	};
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
		if (!found[aliases[i].var])
			found[aliases[i].var] = found[aliases[i].older];
	}
}

static void gather(nkc_arena *arena, const nkc_value *root, const nkc_value *found[NKC_VAR_COUNT])
{
	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		if (var != NKC_VAR_NONE && !is_blank(var, member))
			found[var] = member;
	}
	csl_note_fields(arena, found);
	add_aliases(found);
}

static nkc_name copy_name(nkc_arena *arena, const nkc_name *from)
{
	nkc_name name = *from;
	nkc_str *const parts[] = { &name.family, &name.given, &name.dropping_particle, &name.non_dropping_particle,
		                   &name.suffix, &name.literal };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		*parts[i] = nkc_arena_str(arena, *parts[i]);
	name.value = NULL;
	return name;
}

static csl_field copy_names(nkc_arena *arena, const nkc_name *from, size_t count)
{
	nkc_name *list = nkc_arena_alloc(arena, count * sizeof *list);
	for (size_t i = 0; list && i < count; i++)
		list[i] = copy_name(arena, &from[i]);
	return (csl_field){ .names = { list, list ? count : 0 } };
}

static csl_field copy_date(nkc_arena *arena, const nkc_date *from)
{
	nkc_date *date = nkc_arena_alloc(arena, sizeof *date);
	if (date) {
		*date = *from;
		date->time = nkc_arena_str(arena, from->time);
		date->literal = nkc_arena_str(arena, from->literal);
		date->raw = nkc_arena_str(arena, from->raw);
		date->value = NULL;
	}
	return (csl_field){ .date = date };
}

static csl_field make_names(nkc_arena *arena, const nkc_value *value)
{
	const nkc_name *read;
	size_t count = nkc_names_read(value, arena, &read);
	nkc_name *names = (nkc_name *)read; /* the array is this arena's own */
	for (size_t i = 0; i < count; i++) {
		csl_name_parse(&names[i]);
		names[i] = copy_name(arena, &names[i]);
	}
	return (csl_field){ .names = { names, count } };
}

static bool is_left_out(nkc_var var, const uint64_t shown[2])
{
	bool prose = var == NKC_VAR_ABSTRACT || var == NKC_VAR_ANNOTE || var == NKC_VAR_NOTE;
	return prose && !(shown[var / 64] >> (var % 64) & 1);
}

/* What a value says; false when it is an empty date, which is as good as none. */
static bool make_field(nkc_arena *arena, nkc_var var, const nkc_value *value, csl_field *field)
{
	nkc_date date;
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: *field = make_names(arena, value); return true;
	case NKC_KIND_DATE:
		(void)nkc_date_read(value, &date); /* what cannot be read is in date.raw */
		*field = copy_date(arena, &date);
		return date.structured || date.literal.len || date.raw.len;
	case NKC_KIND_LIST: field->value = nkc_value_dup(arena, value); return true;
	default: field->text = nkc_arena_str(arena, nkc_value_text(value)); return true;
	}
}

static csl_field *keep_fields(nkc_arena *arena, const csl_field *fields, unsigned count)
{
	csl_field *kept = nkc_arena_alloc(arena, (count ? count : 1) * sizeof *kept);
	if (kept)
		memcpy(kept, fields, count * sizeof *kept);
	return kept;
}

nkc_status csl_item_make(csl_item *item, nkc_arena *arena, const nkc_value *root, nkc_str style_language,
                         const uint64_t shown[2])
{
	const nkc_value *found[NKC_VAR_COUNT] = { NULL };
	csl_field fields[NKC_VAR_COUNT];
	unsigned count = 0;
	*item = (csl_item){ .id = NKC_STR("") };
	gather(arena, root, found);
	item->type = nkc_type_find(nkc_value_text(found[NKC_VAR_TYPE]));
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++) {
		fields[count].text = NKC_STR("");
		if (!found[var] || (!is_left_out((nkc_var)var, shown) &&
		                    !make_field(arena, (nkc_var)var, found[var], &fields[count])))
			continue;
		item->present[var / 64] |= (uint64_t)1 << (var % 64);
		count++;
	}
	item->fields = keep_fields(arena, fields, count);
	if (!item->fields)
		return NKC_ENOMEM;
	nkc_str own = csl_item_text(item, NKC_VAR_LANGUAGE);
	item->language = own.len ? own : style_language;
	item->english = is_english(item->language);
	return nkc_arena_status(arena);
}

static csl_field copy_field(nkc_arena *arena, nkc_var var, const csl_field *from)
{
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: return copy_names(arena, from->names.list, from->names.count);
	case NKC_KIND_DATE: return copy_date(arena, from->date);
	case NKC_KIND_LIST: return (csl_field){ .value = nkc_value_dup(arena, from->value) };
	default: return (csl_field){ .text = nkc_arena_str(arena, from->text) };
	}
}

void csl_item_copy(csl_item *item, nkc_arena *arena, const csl_item *from)
{
	csl_field fields[NKC_VAR_COUNT];
	unsigned count = 0;
	*item = *from;
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++) {
		if (csl_item_has(from, (nkc_var)var)) {
			fields[count] = copy_field(arena, (nkc_var)var, &from->fields[count]);
			count++;
		}
	}
	item->fields = keep_fields(arena, fields, count);
	if (item->fields && csl_item_has(item, NKC_VAR_LANGUAGE)) /* else it is the style's, which stays */
		item->language = csl_item_text(item, NKC_VAR_LANGUAGE);
}
