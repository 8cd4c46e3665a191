/*
 * Writes CSL-JSON as the published schema (csl-data.json of CSL 1.0.2) has it. What a record may hold
 * beyond that schema travels in custom.nkcite, from where csljson_restore.c takes it back:
 *   edtf      {"issued": "2013-11?"}     dates whose strict form says less than they did
 *   members   {"license": "CC BY 4.0"}   members that the schema does not know, or of another kind
 *   names     {"author": [...]}          name lists that hold what the schema does not know
 */
#include "format/csl_zotero.h"
#include "format/csljson.h"
#include "record/names.h"
#include "record/record_impl.h"

/* Variables of the specification that csl-data.json lacks. */
static bool in_schema(nkc_var var)
{
	return var != NKC_VAR_LICENSE && var != NKC_VAR_EDITOR_TRANSLATOR && nkc_var_kind(var) != NKC_KIND_SHORT;
}

/* Number variables that the schema gives as text only. */
static bool is_text_only(nkc_var var)
{
	return nkc_var_kind(var) == NKC_KIND_STRING ? var != NKC_VAR_ID
	                                            : var == NKC_VAR_VERSION || var == NKC_VAR_SECTION;
}

typedef struct item {
	nkc_writer *writer;
	nkc_record *record;
	nkc_buf *out;
	const char *separator; /* between members */
	nkc_value *edtf, *members, *names; /* what goes into custom.nkcite */
	bool begun;
} item;

static void put_key(item *it, nkc_str key)
{
	if (it->begun)
		nkc_buf_puts(it->out, it->separator);
	it->begun = true;
	nkc_buf_putc(it->out, '"');
	nkc_buf_put_str(it->out, key);
	nkc_buf_put(it->out, "\": ", it->separator[1] ? 3 : 2);
}

/* Puts a copy aside for custom.nkcite, under that name. */
static void put_aside(item *it, nkc_value **where, nkc_str key, const nkc_value *value)
{
	nkc_arena *arena = it->record->arena;
	nkc_value *copy = nkc_value_dup(arena, value);
	if (!*where)
		*where = nkc_value_new(arena, NKC_OBJECT);
	if (!*where || !copy)
		return;
	nkc_value_add(*where, nkc_arena_str(arena, key), copy);
	nkc_writer_tell(it->writer, it->record, copy->key.ptr, NKC_CARRY_CONVENTION, "custom.nkcite");
}

/* --- text and numbers --- */

static void put_text(item *it, nkc_var var, const nkc_value *value)
{
	if (value->type == NKC_NUMBER && is_text_only(var)) {
		nkc_buf_putc(it->out, '"');
		nkc_buf_put_str(it->out, value->u.text);
		nkc_buf_putc(it->out, '"');
	} else {
		nkc_value_write(value, -1, it->out);
	}
}

static bool fits_text(const nkc_value *value)
{
	return value->type == NKC_STRING || value->type == NKC_NUMBER;
}

/* --- names --- */

static bool is_flag(nkc_str key)
{
	return nkc_str_is(key, "comma-suffix") || nkc_str_is(key, "static-ordering") || nkc_str_is(key, "parse-names");
}

static bool is_name_part(nkc_str key)
{
	static const nkc_str parts[] = { NKC_STR_INIT("family"),           NKC_STR_INIT("given"),
		                         NKC_STR_INIT("literal"),          NKC_STR_INIT("suffix"),
		                         NKC_STR_INIT("dropping-particle"), NKC_STR_INIT("non-dropping-particle") };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (nkc_str_eq(key, parts[i]))
			return true;
	}
	return false;
}

static bool fits_name(const nkc_value *name)
{
	if (name->type != NKC_OBJECT)
		return false;
	for (const nkc_value *part = name->u.list.first; part; part = part->next) {
		bool scalar = part->type != NKC_NULL && !nkc_value_is_list(part);
		if (is_name_part(part->key) ? part->type != NKC_STRING : !(is_flag(part->key) && scalar))
			return false;
	}
	return true;
}

static bool fits_names(const nkc_value *list)
{
	if (list->type != NKC_ARRAY)
		return false;
	for (const nkc_value *name = list->u.list.first; name; name = name->next) {
		if (!fits_name(name))
			return false;
	}
	return true;
}

nkc_value *nkc_csljson_names(const nkc_value *list, nkc_arena *arena)
{
	const nkc_name *names;
	size_t count = nkc_names_read(list, arena, &names);
	nkc_value *strict = nkc_value_new(arena, NKC_ARRAY);
	for (size_t i = 0; i < count; i++)
		nkc_value_append(strict, nkc_name_object(arena, &names[i]));
	return strict;
}

static void put_names_in_part(item *it, nkc_value *list)
{
	const nkc_value *strict = nkc_csljson_names(list, it->record->arena);
	put_key(it, list->key);
	if (strict)
		nkc_value_write(strict, -1, it->out);
	put_aside(it, &it->names, list->key, list);
}

/* --- dates --- */

static bool is_scalar(const nkc_value *value)
{
	return value->type == NKC_STRING || value->type == NKC_NUMBER;
}

/* date-parts: one or two lists of one to three numbers. */
static bool fits_parts(const nkc_value *parts)
{
	size_t count = nkc_value_count(parts);
	if (!nkc_value_is(parts, NKC_ARRAY) || count < 1 || count > 2)
		return false;
	for (const nkc_value *part = parts->u.list.first; part; part = part->next) {
		count = nkc_value_count(part);
		if (part->type != NKC_ARRAY || count < 1 || count > 3)
			return false;
		for (const nkc_value *number = part->u.list.first; number; number = number->next) {
			if (!is_scalar(number))
				return false;
		}
	}
	return true;
}

static bool fits_date(const nkc_value *value)
{
	if (value->type != NKC_OBJECT)
		return false;
	for (const nkc_value *part = value->u.list.first; part; part = part->next) {
		bool fits = nkc_str_is(part->key, "date-parts") ? fits_parts(part)
		            : nkc_str_is(part->key, "season")   ? is_scalar(part)
		            : nkc_str_is(part->key, "circa")
		                    ? part->type != NKC_NULL && !nkc_value_is_list(part)
		                    : (nkc_str_is(part->key, "literal") || nkc_str_is(part->key, "raw")) &&
		                              part->type == NKC_STRING;
		if (!fits)
			return false;
	}
	return true;
}

/* An EDTF string as the object that the schema wants; what that cannot say goes to custom.nkcite.edtf too. */
static void put_date(item *it, nkc_value *member)
{
	nkc_date date;
	bool exact = false;
	nkc_value *object = nkc_date_read(member, &date) == NKC_OK
	                            ? nkc_date_object(&date, it->record->arena, &exact)
	                            : NULL;
	put_key(it, member->key);
	if (object) {
		nkc_value_write(object, -1, it->out);
		if (!exact || member->type == NKC_OBJECT) /* an object with more in it than the schema knows */
			put_aside(it, &it->edtf, member->key, member);
	} else if (member->type == NKC_STRING) {
		nkc_buf_puts(it->out, "{\"raw\":");
		nkc_value_write(member, -1, it->out);
		nkc_buf_putc(it->out, '}');
	} else {
		nkc_buf_puts(it->out, "{}");
		put_aside(it, &it->members, member->key, member);
	}
}

/* --- members --- */

static bool fits_texts(const nkc_value *list)
{
	for (const nkc_value *text = nkc_value_first(list); text; text = text->next) {
		if (text->type != NKC_STRING)
			return false;
	}
	return list->type == NKC_ARRAY;
}

static bool fits(nkc_var var, const nkc_value *value)
{
	switch (nkc_var_kind(var)) {
	case NKC_KIND_NAMES: return fits_names(value);
	case NKC_KIND_DATE: return fits_date(value);
	case NKC_KIND_LIST: return fits_texts(value);
	case NKC_KIND_OBJECT: return value->type == NKC_OBJECT;
	default: return fits_text(value);
	}
}

static void put_variable(item *it, nkc_var var, nkc_value *value)
{
	nkc_kind kind = nkc_var_kind(var);
	bool known = in_schema(var) || (var == NKC_VAR_LICENSE && it->writer->options.target == NKC_TARGET_ZOTERO);
	if (!known || (!fits(var, value) && kind != NKC_KIND_DATE && kind != NKC_KIND_NAMES)) {
		put_aside(it, &it->members, value->key, value);
	} else if (kind == NKC_KIND_DATE && !fits_date(value)) {
		put_date(it, value);
	} else if (kind == NKC_KIND_NAMES && !fits_names(value)) {
		put_names_in_part(it, value);
	} else {
		put_key(it, nkc_str_from(nkc_var_name(var))); /* also of an alias */
		put_text(it, var, value);
	}
}

static void put_unknown(item *it)
{
	for (nkc_value *member = it->record->root->u.list.first; member; member = member->next) {
		if (member->atom == NKC_VAR_NONE)
			put_aside(it, &it->members, member->key, member);
	}
}

/* The schema wants an id and one of its types. */
static void put_head(item *it)
{
	const nkc_value *id = it->record->fields[NKC_VAR_ID];
	put_key(it, NKC_STR("id"));
	if (id && fits_text(id)) {
		nkc_value_write(id, -1, it->out);
	} else {
		nkc_json_put_string(it->out, nkc_writer_id(it->writer, it->record));
		if (id)
			put_aside(it, &it->members, id->key, id);
	}
	nkc_value *type = it->record->fields[NKC_VAR_TYPE];
	put_key(it, NKC_STR("type"));
	if (it->record->type == NKC_TYPE_NONE) {
		nkc_buf_puts(it->out, "\"document\"");
		if (type)
			put_aside(it, &it->members, type->key, type);
	} else {
		nkc_value_write(type, -1, it->out);
	}
}

static bool is_object_if_any(const nkc_value *value)
{
	return !value || value->type == NKC_OBJECT;
}

/* Is custom an object that has, or can have, the sections of custom.nkcite? */
static bool has_room(const nkc_value *custom)
{
	const nkc_value *own = nkc_value_find(custom, NKC_STR("nkcite"));
	return nkc_value_is(custom, NKC_OBJECT) && is_object_if_any(own) &&
	       is_object_if_any(nkc_value_find(own, NKC_STR("edtf"))) &&
	       is_object_if_any(nkc_value_find(own, NKC_STR("members"))) &&
	       is_object_if_any(nkc_value_find(own, NKC_STR("names")));
}

/* Puts a section into custom.nkcite, behind what it may have there already. */
static void put_section(nkc_value *own, nkc_str name, nkc_value *section)
{
	nkc_value *old = nkc_value_find(own, name);
	if (!old) {
		nkc_value_add(own, name, section);
		return;
	}
	for (nkc_value *child = nkc_value_first(section), *next; child; child = next) {
		next = child->next;
		nkc_value_add(old, child->key, child);
	}
}

static nkc_value *custom_with_sections(item *it, const nkc_value *old)
{
	nkc_arena *arena = it->record->arena;
	nkc_value *custom = old ? nkc_value_dup(arena, old) : nkc_value_new(arena, NKC_OBJECT);
	nkc_value *own = nkc_value_find(custom, NKC_STR("nkcite"));
	if (!own) {
		own = nkc_value_new(arena, NKC_OBJECT);
		nkc_value_add(custom, NKC_STR("nkcite"), own);
	}
	put_section(own, NKC_STR("edtf"), it->edtf);
	put_section(own, NKC_STR("members"), it->members);
	put_section(own, NKC_STR("names"), it->names);
	return custom;
}

static void put_custom(item *it)
{
	nkc_value *custom = it->record->fields[NKC_VAR_CUSTOM];
	if (custom && (custom->type != NKC_OBJECT || ((it->edtf || it->members || it->names) && !has_room(custom)))) {
		put_aside(it, &it->members, custom->key, custom);
		custom = NULL;
	}
	if ((it->edtf || it->members || it->names) && !it->writer->options.lossy)
		custom = custom_with_sections(it, custom);
	if (!custom)
		return;
	put_key(it, NKC_STR("custom"));
	nkc_value_write(custom, -1, it->out);
}

void nkc_csljson_put_item(nkc_writer *writer, nkc_record *record, bool one_line, nkc_buf *out)
{
	item it = { .writer = writer, .record = record, .out = out, .separator = one_line ? "," : ",\n    " };
	if (writer->options.target == NKC_TARGET_ZOTERO)
		nkc_csl_for_zotero(record, writer);
	nkc_buf_puts(out, one_line ? "{" : "{\n    ");
	put_head(&it);
	for (unsigned var = NKC_VAR_TYPE + 1; var < NKC_VAR_CUSTOM; var++) {
		if (record->fields[var])
			put_variable(&it, (nkc_var)var, record->fields[var]);
	}
	if (record->has_unknown)
		put_unknown(&it);
	put_custom(&it);
	nkc_buf_puts(out, one_line ? "}" : "\n  }");
}

nkc_carry nkc_csljson_carry_var(nkc_type type, nkc_var var, const char **where)
{
	(void)type;
	*where = in_schema(var) ? nkc_var_name(var) : "custom.nkcite";
	return in_schema(var) ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

nkc_carry nkc_csljson_carry_type(nkc_type type, const char **where)
{
	*where = type ? nkc_type_name(type) : "document";
	return type ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}
