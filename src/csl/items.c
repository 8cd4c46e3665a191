/*
 * items.c: records as items (stage 1).
 */
#include "csl/names.h"

#include "record/names.h"

csl_locator csl_locator_find(nkc_str name)
{
	static const nkc_str names[] = {
		[CSL_LOCATOR_NONE] = NKC_STR_INIT(""),
#define CSL_LOCATOR(symbol, text, term) [CSL_LOCATOR_##symbol] = NKC_STR_INIT(text),
#include "csl/locators.def"
#undef CSL_LOCATOR
	};
	if (nkc_str_is(name, "article"))
		return CSL_LOCATOR_ARTICLE;
	if (nkc_str_is(name, "title"))
		return CSL_LOCATOR_TITLE;
	if (nkc_str_is(name, "sub verbo"))
		return CSL_LOCATOR_SUB_VERBO;
	for (unsigned i = 1; i < CSL_LOCATOR_COUNT; i++) {
		if (nkc_str_eq(name, names[i]))
			return (csl_locator)i;
	}
	return CSL_LOCATOR_PAGE;
}

static unsigned bits_below(const uint64_t present[2], nkc_var var)
{
	unsigned word = (unsigned)var / 64, bit = (unsigned)var % 64;
	unsigned below = (unsigned)__builtin_popcountll(present[word] & (((uint64_t)1 << bit) - 1));
	return word ? below + (unsigned)__builtin_popcountll(present[0]) : below;
}

static csl_field *field_of(const csl_item *item, nkc_var var)
{
	return csl_item_has(item, var) ? &item->fields[bits_below(item->present, var)] : NULL;
}

const nkc_value *csl_item_get(const csl_item *item, nkc_var var)
{
	const csl_field *field = field_of(item, var);
	return field ? field->value : NULL;
}

nkc_str csl_item_text(const csl_item *item, nkc_var var)
{
	return nkc_value_text(csl_item_get(item, var));
}

size_t csl_item_names(csl_item *item, nkc_var var, const nkc_name **names)
{
	csl_field *field = field_of(item, var);
	*names = NULL;
	if (!field)
		return 0;
	if (!field->parsed) {
		const nkc_name *read;
		field->count = (uint32_t)nkc_names_read(field->value, item->arena, &read);
		for (uint32_t i = 0; i < field->count; i++)
			csl_name_parse((nkc_name *)&read[i]); /* the array is this arena's */
		field->parsed = read;
	}
	*names = field->parsed;
	return field->count;
}

const nkc_date *csl_item_date(csl_item *item, nkc_var var)
{
	csl_field *field = field_of(item, var);
	if (!field)
		return NULL;
	if (!field->parsed) {
		nkc_date *date = nkc_arena_alloc(item->arena, sizeof *date);
		if (!date)
			return NULL;
		(void)nkc_date_read(field->value, date); /* what cannot be read is in date->raw */
		field->parsed = date;
	}
	return field->parsed;
}

/* --- making --- */

static bool is_empty_date(const nkc_value *value)
{
	nkc_date date;
	return nkc_value_is(value, NKC_OBJECT) &&
	       !(nkc_date_read(value, &date) == NKC_OK && (date.structured || date.literal.len || date.raw.len));
}

/* An empty text, list or date is as good as none (specification, "Choose": variable). */
static bool is_blank(nkc_var var, const nkc_value *value)
{
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: return nkc_value_count(value) == 0 && nkc_str_empty(nkc_value_text(value));
	case NKC_KIND_DATE: return is_empty_date(value) || value->type == NKC_NULL;
	case NKC_KIND_STRING:
	case NKC_KIND_NUMBER: return nkc_str_empty(nkc_value_text(value));
	case NKC_KIND_LIST: return nkc_value_count(value) == 0;
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

nkc_status csl_item_make(csl_item *item, nkc_arena *arena, const nkc_value *root, nkc_str style_language)
{
	const nkc_value *found[NKC_VAR_COUNT] = { NULL };
	unsigned count = 0;
	*item = (csl_item){ .arena = arena };
	gather(arena, root, found);
	item->id = nkc_arena_str(arena, nkc_value_text(found[NKC_VAR_ID]));
	item->type = nkc_type_find(nkc_value_text(found[NKC_VAR_TYPE]));
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++)
		count += found[var] != NULL;
	item->fields = nkc_arena_alloc(arena, (count ? count : 1) * sizeof *item->fields);
	if (!item->fields)
		return NKC_ENOMEM;
	csl_field *field = item->fields;
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++) {
		if (!found[var])
			continue;
		item->present[var / 64] |= (uint64_t)1 << (var % 64);
		*field++ = (csl_field){ .value = nkc_value_dup(arena, found[var]) };
	}
	item->language = csl_item_text(item, NKC_VAR_LANGUAGE);
	item->english = is_english(item->language.len ? item->language : style_language);
	return nkc_arena_status(arena);
}

void csl_item_copy(csl_item *item, nkc_arena *arena, const csl_item *from)
{
	unsigned count = (unsigned)__builtin_popcountll(from->present[0]) +
	                 (unsigned)__builtin_popcountll(from->present[1]);
	*item = *from;
	item->arena = arena;
	item->fields = nkc_arena_alloc(arena, (count ? count : 1) * sizeof *item->fields);
	for (unsigned i = 0; item->fields && i < count; i++)
		item->fields[i] = (csl_field){ .value = nkc_value_dup(arena, from->fields[i].value) };
	item->language = item->fields ? csl_item_text(item, NKC_VAR_LANGUAGE) : NKC_STR("");
}
