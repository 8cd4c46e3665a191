/*
 * items.c: records as items (stage 1).
 */
#include "csl/names.h"

#include "base/mem.h"
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
	return csl_item_has(item, var) && item->fields && nkc_var_kind(var) == kind ? field_at(item, var) : NULL;
}

nkc_str csl_item_text(const csl_item *item, nkc_var var)
{
	if (!csl_item_has(item, var) || !item->fields)
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

size_t csl_item_list(const csl_item *item, nkc_var var, const nkc_str **texts)
{
	const csl_field *field = field_of(item, var, NKC_KIND_LIST);
	*texts = field ? field->texts.list : NULL;
	return field ? field->texts.count : 0;
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

static csl_field read_names(nkc_arena *arena, const nkc_value *value)
{
	const nkc_name *read;
	size_t count = nkc_names_read(value, arena, &read);
	nkc_name *names = (nkc_name *)read; /* the array is this arena's own */
	for (size_t i = 0; i < count; i++)
		csl_name_parse(&names[i]);
	return (csl_field){ .names = { names, count } };
}

static csl_field read_date(nkc_arena *arena, const nkc_value *value)
{
	nkc_date *date = nkc_arena_alloc(arena, sizeof *date);
	if (date)
		(void)nkc_date_read(value, date); /* what cannot be read is in date->raw */
	return (csl_field){ .date = date };
}

static csl_field read_list(nkc_arena *arena, const nkc_value *value)
{
	size_t count = 0;
	nkc_str *texts = nkc_arena_alloc(arena, (nkc_value_count(value) + 1) * sizeof *texts);
	for (const nkc_value *one = nkc_value_first(value); texts && one; one = one->next)
		texts[count++] = nkc_value_text(one);
	return (csl_field){ .texts = { texts, count } };
}

static csl_field read_field(nkc_arena *arena, nkc_var var, const nkc_value *value)
{
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: return read_names(arena, value);
	case NKC_KIND_DATE: return read_date(arena, value);
	case NKC_KIND_LIST: return read_list(arena, value);
	default: return (csl_field){ .text = nkc_value_text(value) };
	}
}

/* An empty date is as good as none. */
static bool is_empty(nkc_var var, const csl_field *field)
{
	const nkc_date *date = nkc_var_kind(var) == NKC_KIND_DATE ? field->date : NULL;
	return date && !date->structured && !date->literal.len && !date->raw.len;
}

static bool is_left_out(nkc_var var, const uint64_t shown[2])
{
	bool prose = var == NKC_VAR_ABSTRACT || var == NKC_VAR_ANNOTE || var == NKC_VAR_NOTE;
	return prose && !(shown[var / 64] >> (var % 64) & 1);
}

static char *keep_bytes(const nkc_buf *buf)
{
	char *kept = nkc_buf_status(buf) ? NULL : nkc_malloc(buf->len);
	if (kept && buf->len)
		memcpy(kept, buf->ptr, buf->len);
	return kept;
}

nkc_status csl_item_make(csl_item *item, nkc_arena *scratch, nkc_buf *room, const nkc_value *root, nkc_str style_language,
                         const uint64_t shown[2])
{
	const nkc_value *found[NKC_VAR_COUNT] = { NULL };
	size_t behind_language = 0; /* where its text ends in what is packed */
	*item = (csl_item){ .id = NKC_STR("") };
	nkc_buf_clear(room);
	gather(scratch, root, found);
	item->type = nkc_type_find(nkc_value_text(found[NKC_VAR_TYPE]));
	for (unsigned var = 1; var < NKC_VAR_COUNT; var++) {
		if (!found[var])
			continue;
		csl_field field = { .text = NKC_STR("") };
		if (!is_left_out((nkc_var)var, shown))
			field = read_field(scratch, (nkc_var)var, found[var]);
		if (nkc_arena_status(scratch))
			return NKC_ENOMEM;
		if (is_empty((nkc_var)var, &field))
			continue;
		item->present[var / 64] |= (uint64_t)1 << (var % 64);
		csl_pack_field(room, (nkc_var)var, &field);
		behind_language = var == NKC_VAR_LANGUAGE ? room->len : behind_language;
	}
	item->packed = keep_bytes(room);
	if (!item->packed)
		return NKC_ENOMEM;
	size_t own = nkc_value_text(found[NKC_VAR_LANGUAGE]).len;
	item->language = own ? nkc_str_make(item->packed + behind_language - own, own) : style_language;
	item->english = is_english(item->language);
	return NKC_OK;
}
