#include "cli/fields.h"

#include <nkcite/nearest.h>

/* Sets one kind of variable. False with *fault. */
typedef bool (*field_setter)(nkc_record *record, nkc_var var, nkc_str value, nkc_buf *fault);

static bool twice(nkc_var var, nkc_buf *fault)
{
	nkc_buf_printf(fault, "%s stands twice", nkc_var_name(var));
	return false;
}

static bool set_text(nkc_record *record, nkc_var var, nkc_str value, nkc_buf *fault)
{
	if (nkc_record_get(record, var))
		return twice(var, fault);
	return nkc_record_set_text(record, var, value) == NKC_OK;
}

/* Appends to the list that the variable holds, which is made when there is none. */
static bool append(nkc_record *record, nkc_var var, nkc_value *value)
{
	nkc_value *list = nkc_record_get(record, var);

	if (!list) {
		list = nkc_value_new(nkc_record_arena(record), NKC_ARRAY);
		if (!list || nkc_record_set(record, var, list) != NKC_OK)
			return false;
	}
	nkc_value_append(list, value);
	return value != NULL;
}

static bool add_name(nkc_record *record, nkc_var var, nkc_str value, nkc_buf *fault)
{
	(void)fault;
	return append(record, var, nkc_name_from_text(nkc_record_arena(record), value));
}

static bool add_text(nkc_record *record, nkc_var var, nkc_str value, nkc_buf *fault)
{
	(void)fault;
	return append(record, var, nkc_value_string(nkc_record_arena(record), value));
}

static bool refuse_object(nkc_record *record, nkc_var var, nkc_str value, nkc_buf *fault)
{
	(void)record;
	(void)value;
	nkc_buf_printf(fault, "%s is an object: give the whole record as JSON on standard input", nkc_var_name(var));
	return false;
}

static const field_setter setters[] = {
	[NKC_KIND_STRING] = set_text, [NKC_KIND_NUMBER] = set_text, [NKC_KIND_NAMES] = add_name,
	[NKC_KIND_DATE] = set_text,   [NKC_KIND_LIST] = add_text,   [NKC_KIND_OBJECT] = refuse_object,
	[NKC_KIND_SHORT] = set_text,
};

/* --- absent.FIELD and from.FIELD --- */

/* The member of that name, an object; made when there is none. NULL when memory is out or it is no object. */
static nkc_value *object_in(nkc_arena *arena, nkc_value *parent, nkc_str name)
{
	nkc_value *member = nkc_value_find(parent, name);

	if (!member) {
		member = nkc_value_new(arena, NKC_OBJECT);
		if (member)
			nkc_value_set(parent, name, member);
	}
	return nkc_value_is(member, NKC_OBJECT) ? member : NULL;
}

/* custom.nkcite.<section> */
static nkc_value *section_of(nkc_record *record, nkc_str section)
{
	nkc_arena *arena = nkc_record_arena(record);
	nkc_value *custom = object_in(arena, nkc_record_root(record), NKC_STR("custom"));
	nkc_value *own = custom ? object_in(arena, custom, NKC_STR("nkcite")) : NULL;

	return own ? object_in(arena, own, section) : NULL;
}

static bool set_absent(nkc_record *record, nkc_var var, nkc_str value)
{
	nkc_value *section = section_of(record, NKC_STR("absent"));
	nkc_value *reason = nkc_value_string(nkc_record_arena(record), value);

	if (section && reason)
		nkc_value_set(section, nkc_str_from(nkc_var_name(var)), reason);
	nkc_record_index(record);
	return section && reason;
}

nkc_value *cli_field_origin(nkc_record *record, nkc_str name)
{
	nkc_value *section = section_of(record, NKC_STR("provenance"));

	return section ? object_in(nkc_record_arena(record), section, name) : NULL;
}

static bool set_origin(nkc_record *record, nkc_var var, nkc_str value)
{
	nkc_value *origin = cli_field_origin(record, nkc_str_from(nkc_var_name(var)));
	nkc_value *from = nkc_value_string(nkc_record_arena(record), value);

	if (origin && from)
		nkc_value_set(origin, NKC_STR("from"), from);
	nkc_record_index(record);
	return origin && from;
}

static const struct {
	nkc_str prefix;
	bool (*set)(nkc_record *record, nkc_var var, nkc_str value);
} remarks[] = {
	{ NKC_STR_INIT("absent."), set_absent },
	{ NKC_STR_INIT("from."), set_origin },
};

/* --- the word --- */

static bool unknown_field(nkc_str name, nkc_buf *fault)
{
	nkc_nearest nearest;

	nkc_nearest_init(&nearest, name);
	for (int var = NKC_VAR_NONE + 1; var < NKC_VAR_COUNT; var++)
		nkc_nearest_offer(&nearest, nkc_str_from(nkc_var_name((nkc_var)var)));
	nkc_buf_printf(fault, "no field is called '%.*s'; ", NKC_STR_ARG(name));
	if (nearest.count > 0)
		nkc_nearest_hint(&nearest, fault);
	else
		nkc_buf_puts(fault, "nkcite-record(5) lists them");
	return false;
}

static bool set_remark(nkc_record *record, size_t index, nkc_str name, nkc_str value, nkc_buf *fault)
{
	nkc_str field = nkc_str_slice(name, remarks[index].prefix.len, name.len);
	nkc_var var = nkc_var_find(field);

	return var == NKC_VAR_NONE ? unknown_field(field, fault) : remarks[index].set(record, var, value);
}

bool cli_field_set(nkc_record *record, const char *word, nkc_buf *fault)
{
	nkc_str text = nkc_str_from(word);
	size_t equals = nkc_str_find_byte(text, '=');
	nkc_str name = nkc_str_slice(text, 0, equals);
	nkc_str value = nkc_str_trim(nkc_str_slice(text, equals + 1, text.len));
	nkc_var var = nkc_var_find(name);

	if (equals == text.len) {
		nkc_buf_printf(fault, "'%s' is not field=value", word);
		return false;
	}
	if (nkc_str_empty(value)) {
		nkc_buf_printf(fault, "%.*s= has no value", NKC_STR_ARG(name));
		return false;
	}
	for (size_t i = 0; i < sizeof(remarks) / sizeof(*remarks); i++)
		if (nkc_str_starts(name, remarks[i].prefix))
			return set_remark(record, i, name, value, fault);
	return var == NKC_VAR_NONE ? unknown_field(name, fault) : setters[nkc_var_kind(var)](record, var, value, fault);
}
