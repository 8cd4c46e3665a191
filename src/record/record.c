#include "record/record_impl.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "record/names.h"

nkc_record *nkc_record_new(void)
{
	nkc_record *record = nkc_calloc(1, sizeof *record);
	if (!record)
		return NULL;
	record->arena = nkc_arena_new();
	record->root = record->arena ? nkc_value_new(record->arena, NKC_OBJECT) : NULL;
	if (!record->root) {
		nkc_record_free(record);
		return NULL;
	}
	return record;
}

void nkc_record_free(nkc_record *record)
{
	if (!record)
		return;
	nkc_arena_free(record->arena);
	nkc_free(record);
}

void nkc_record_clear(nkc_record *record)
{
	nkc_arena_reset(record->arena);
	record->root = nkc_value_new(record->arena, NKC_OBJECT);
	record->source = NULL;
	nkc_record_index(record);
}

nkc_arena *nkc_record_arena(nkc_record *record)
{
	return record->arena;
}

nkc_value *nkc_record_root(const nkc_record *record)
{
	return record->root;
}

void nkc_record_index(nkc_record *record)
{
	memset(record->fields, 0, sizeof record->fields);
	record->has_short = record->has_twice = record->has_unknown = false;
	for (nkc_value *member = nkc_value_first(record->root); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		member->atom = (uint16_t)var;
		if (var == NKC_VAR_NONE) {
			record->has_unknown = true;
			continue;
		}
		record->has_twice |= record->fields[var] != NULL;
		record->has_short |= nkc_var_kind(var) == NKC_KIND_SHORT;
		record->fields[var] = member;
	}
	/* An author written as plain text is one of the plain words, too. */
	const nkc_value *author = record->fields[NKC_VAR_AUTHOR];
	record->has_short |= nkc_value_is(author, NKC_STRING);
	for (const nkc_value *name = nkc_value_first(author); name && !record->has_short; name = name->next)
		record->has_short = name->type == NKC_STRING;
	record->type = nkc_type_find(nkc_value_text(record->fields[NKC_VAR_TYPE]));
}

/* --- reading --- */

/* Of a value's text, or of its name. */
static void report_bytes(const nkc_record *record, const nkc_value *value, bool name, nkc_diags *diags)
{
	unsigned bad = name ? NKC_VALUE_KEY_BAD_UTF8 : NKC_VALUE_BAD_UTF8;
	unsigned lone = name ? NKC_VALUE_KEY_LONE : NKC_VALUE_LONE;
	if (!(value->flags & (bad | lone)))
		return;
	nkc_place place = nkc_record_place(record, value);
	if (name)
		place.offset = record->start + value->key_at;
	if (value->flags & bad)
		nkc_diags_add(diags, NKC_CODE_ENCODING_UTF8, &place, NULL, "this %s is not UTF-8",
		              name ? "name" : "text");
	else
		nkc_diags_add(diags, NKC_CODE_ENCODING_SURROGATE, &place, NULL, "half of a surrogate pair in this %s",
		              name ? "name" : "text");
}

static void report_strings(const nkc_record *record, const nkc_value *value, nkc_diags *diags)
{
	report_bytes(record, value, true, diags);
	report_bytes(record, value, false, diags);
	for (const nkc_value *child = nkc_value_first(value); child; child = child->next)
		report_strings(record, child, diags);
}

static void report_twice(const nkc_record *record, nkc_diags *diags)
{
	for (const nkc_value *member = nkc_value_first(record->root); member; member = member->next) {
		if (member->atom == NKC_VAR_NONE || record->fields[member->atom] == member)
			continue;
		nkc_place place = nkc_record_place(record, member);
		place.offset = record->start + member->key_at;
		nkc_diags_add(diags, NKC_CODE_JSON_DUPLICATE_KEY, &place, NULL,
		              "\"%.*s\" stands twice; the last one counts", NKC_STR_ARG(member->key));
	}
}

void nkc_record_adopt(nkc_record *record, nkc_value *root, nkc_source *source, size_t start, size_t length,
                      uint8_t seen, nkc_diags *diags)
{
	record->root = root;
	record->source = source;
	record->start = start;
	record->length = length;
	nkc_record_index(record);
	if (seen & (NKC_VALUE_BAD_UTF8 | NKC_VALUE_LONE))
		report_strings(record, root, diags);
	if (record->has_twice)
		report_twice(record, diags);
}

static nkc_status refuse(nkc_source *source, size_t offset, nkc_code code, const char *what, nkc_diags *diags)
{
	nkc_place place = { .source = source, .offset = offset };
	place.record = place.pointer = NKC_STR("");
	nkc_diags_add(diags, code, &place, NULL, "%s", what);
	return code == NKC_CODE_JSON_SIZE ? NKC_ELIMIT : NKC_ESYNTAX;
}

/* Offset of the value's first byte. A byte order mark may be passed over (RFC 8259, section 8.1). */
static size_t find_start(nkc_str text, size_t at)
{
	bool mark = nkc_str_starts(nkc_str_slice(text, at, text.len), NKC_STR("\xEF\xBB\xBF"));
	return nkc_json_skip_space(text, mark ? at + 3 : at);
}

nkc_status nkc_record_parse(nkc_record *record, nkc_str text, nkc_source *source, nkc_diags *diags)
{
	nkc_source own = nkc_source_make(NKC_STR(""), text);
	nkc_source *at = source ? source : &own;
	size_t first = (size_t)(text.ptr - at->text.ptr), end = 0;
	nkc_str whole = nkc_str_make(at->text.ptr, first + text.len);
	if (text.len > NKC_RECORD_MAX)
		return refuse(at, first, NKC_CODE_JSON_SIZE, "a record of more than 16 MiB", diags);
	if (nkc_utf16_suspected(text))
		return refuse(at, first, NKC_CODE_ENCODING_UTF16, "UTF-16 or UTF-32, not UTF-8", diags);
	size_t start = find_start(whole, first);
	if (start == whole.len)
		return refuse(at, start, NKC_CODE_JSON_EMPTY, "nothing stands here", diags);
	nkc_json_fault fault;
	nkc_value *root = NULL;
	nkc_json_result result = nkc_json_parse(record->arena, whole, start, &end, &root, &fault);
	if (nkc_arena_status(record->arena))
		return NKC_ENOMEM;
	if (result != NKC_JSON_DONE)
		return refuse(at, fault.at, fault.code, fault.what, diags);
	if (root->type != NKC_OBJECT)
		return refuse(at, start, NKC_CODE_JSON_NOT_RECORD, "a record is an object {...}", diags);
	if (nkc_json_skip_space(whole, end) < whole.len)
		return refuse(at, nkc_json_skip_space(whole, end), NKC_CODE_JSON_SYNTAX, "text behind the end of the record",
		              diags);
	nkc_record_adopt(record, root, source, start, end - start, fault.seen, diags);
	return NKC_OK;
}

/* --- looking --- */

nkc_str nkc_record_id(const nkc_record *record)
{
	return nkc_value_text(record->fields[NKC_VAR_ID]);
}

nkc_type nkc_record_type(const nkc_record *record)
{
	return record->type;
}

nkc_value *nkc_record_get(const nkc_record *record, nkc_var var)
{
	return record->fields[var];
}

nkc_str nkc_record_text(const nkc_record *record, nkc_var var)
{
	return nkc_value_text(record->fields[var]);
}

size_t nkc_record_names(nkc_record *record, nkc_var var, const nkc_name **names)
{
	*names = NULL;
	return record->fields[var] ? nkc_names_read(record->fields[var], record->arena, names) : 0;
}

bool nkc_record_date(const nkc_record *record, nkc_var var, nkc_date *date)
{
	return record->fields[var] && nkc_date_read(record->fields[var], date) == NKC_OK;
}

nkc_place nkc_record_place(const nkc_record *record, const nkc_value *value)
{
	nkc_place place = { .source = record->source, .value = value, .offset = record->start };
	place.pointer = NKC_STR("");
	place.record = nkc_record_id(record);
	while (value && (value->flags & NKC_VALUE_MADE)) /* made, not read: point at what holds it */
		value = value->parent;
	if (value)
		place.offset = record->start + value->at;
	return place;
}

nkc_str nkc_record_absent(const nkc_record *record, nkc_var var)
{
	const nkc_value *own = nkc_value_find(record->fields[NKC_VAR_CUSTOM], NKC_STR("nkcite"));
	const nkc_value *absent = nkc_value_find(own, NKC_STR("absent"));
	return nkc_value_text(nkc_value_find(absent, nkc_str_from(nkc_var_name(var))));
}

/* The value behind `value` in the order of the text; NULL behind the last. */
static const nkc_value *next_value(const nkc_value *value)
{
	if (nkc_value_first(value))
		return nkc_value_first(value);
	while (value && !value->next)
		value = value->parent;
	return value ? value->next : NULL;
}

const nkc_value *nkc_record_bad_text(const nkc_record *record)
{
	const nkc_value *value = record->root;
	while (value && !(value->flags & (NKC_VALUE_BAD_UTF8 | NKC_VALUE_KEY_BAD_UTF8)))
		value = next_value(value);
	return value;
}

/* --- changing --- */

/* All members of that variable: where one stood twice, the other must not come to light. */
static void remove_all(nkc_record *record, nkc_var var)
{
	nkc_value *members = record->root->u.list.first;
	record->root->u.list.first = record->root->u.list.last = NULL;
	for (nkc_value *member = members, *next; member; member = next) {
		next = member->next;
		if (nkc_var_find(member->key) != var)
			nkc_value_add(record->root, member->key, member);
	}
}

nkc_status nkc_record_set(nkc_record *record, nkc_var var, nkc_value *value)
{
	nkc_value *old = record->fields[var];
	if (old && value)
		nkc_value_replace(old, value);
	else if (old)
		remove_all(record, var);
	else
		nkc_value_add(record->root, nkc_str_from(nkc_var_name(var)), value);
	nkc_record_index(record);
	return nkc_arena_status(record->arena);
}

nkc_status nkc_record_set_text(nkc_record *record, nkc_var var, nkc_str text)
{
	nkc_value *value = nkc_value_string(record->arena, text);
	return value ? nkc_record_set(record, var, value) : NKC_ENOMEM;
}

/* The variable's list of names, made when there is none; a name that stands alone becomes its first. */
static nkc_value *list_of_names(nkc_record *record, nkc_var var)
{
	nkc_value *old = record->fields[var];
	if (nkc_value_is(old, NKC_ARRAY))
		return old;
	nkc_value *list = nkc_value_new(record->arena, NKC_ARRAY);
	if (nkc_value_is(old, NKC_STRING))
		nkc_value_append(list, nkc_name_from_text(record->arena, old->u.text));
	else if (nkc_value_is(old, NKC_OBJECT))
		nkc_value_append(list, nkc_value_dup(record->arena, old));
	return list && nkc_record_set(record, var, list) == NKC_OK ? list : NULL;
}

nkc_status nkc_record_add_name(nkc_record *record, nkc_var var, const nkc_name *name)
{
	nkc_value_append(list_of_names(record, var), nkc_name_object(record->arena, name));
	return nkc_arena_status(record->arena);
}
