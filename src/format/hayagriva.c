/*
 * Hayagriva: the YAML of Typst's bibliographies. nkcite's own object is the field `nkcite` of an entry, since fields that
 * Typst does not know are passed over.
 */
#include "base/arena.h"
#include "base/yaml.h"
#include "format/hayagriva.h"
#include "format/kept.h"
#include "format/own.h"
#include "format/values.h"
#include "format/yaml_read.h"
#include "record/record_impl.h"

/* --- writing --- */

typedef struct maker {
	nkc_arena *arena;
	const nkc_value *item;
	const nkc_haya_type *kind;
	nkc_value *places[NKC_HAYA_PLACES]; /* NULL: not there so far */
} maker;

static nkc_value *add_text(nkc_value *object, nkc_arena *arena, const char *key, nkc_str text)
{
	nkc_value *value = object ? nkc_value_string(arena, text) : NULL;
	nkc_value_add(object, nkc_str_from(key), value);
	return value;
}

/* The entry or parent where a field goes; NULL when the entry has no such parent. */
static nkc_value *place_of(maker *m, nkc_haya_place place)
{
	static const char *const kinds[] = { "misc", NULL, "anthology", "conference", "original" };
	if (place == NKC_HAYA_HOST)
		place = m->kind->part ? NKC_HAYA_CONTAINER : NKC_HAYA_ENTRY;
	if (place == NKC_HAYA_CONTAINER && !m->kind->parent)
		return NULL;
	if (!m->places[place]) {
		m->places[place] = nkc_value_new(m->arena, NKC_OBJECT);
		add_text(m->places[place], m->arena, "type",
		         nkc_str_from(place == NKC_HAYA_CONTAINER ? m->kind->parent : kinds[place]));
	}
	return m->places[place];
}

static nkc_value *text_of(maker *m, nkc_var var)
{
	nkc_str text = nkc_item_text(m->item, var);
	return text.len ? nkc_haya_text(m->arena, text) : NULL;
}

/* Two values under the names that they have beside each other; the first alone needs none. */
static nkc_value *pair(maker *m, const char *key, nkc_value *value, const char *other_key, nkc_value *other)
{
	if (!other)
		return value;
	nkc_value *object = nkc_value_new(m->arena, NKC_OBJECT);
	if (object) {
		nkc_value_add(object, nkc_str_from(key), value);
		nkc_value_add(object, nkc_str_from(other_key), other);
	}
	return object;
}

static nkc_value *make_titled(maker *m, const nkc_haya_field *f)
{
	nkc_value *text = text_of(m, f->var), *brief = f->other ? text_of(m, f->other) : NULL;
	if (f->other == NKC_VAR_TITLE_SHORT && !brief)
		brief = text_of(m, NKC_VAR_SHORTTITLE);
	if (f->other == NKC_VAR_CONTAINER_TITLE_SHORT && !brief)
		brief = text_of(m, NKC_VAR_JOURNALABBREVIATION);
	return text ? pair(m, "value", text, "short", brief) : NULL;
}

static nkc_value *make_names(maker *m, const nkc_value *names)
{
	nkc_value *list = nkc_value_new(m->arena, NKC_ARRAY);
	for (const nkc_value *name = nkc_value_first(names); list && name; name = name->next)
		nkc_value_append(list, nkc_haya_name(m->arena, name));
	return nkc_value_first(list) ? list : NULL;
}

/* A number of digits that fits in 32 bits, and that YAML reads as a number. */
static bool is_count(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len && text.len < 10 && (text.ptr[0] != '0' || text.len == 1);
}

static bool is_time(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!strchr("0123456789:,", text.ptr[i]) || !text.ptr[i])
			return false;
	}
	return nkc_str_find_byte(text, ':') < text.len;
}

static nkc_value *make_plain(maker *m, const nkc_haya_field *f)
{
	nkc_str text = nkc_item_text(m->item, f->var);
	bool fits = f->shape == NKC_HAYA_COUNT  ? is_count(text)
	            : f->shape == NKC_HAYA_TIME ? is_time(text)
	            : f->shape == NKC_HAYA_TAG  ? nkc_haya_is_language(text)
	                                        : true;
	nkc_value *value = text.len && fits ? nkc_value_string(m->arena, text) : NULL;
	if (value && is_count(text))
		value->type = NKC_NUMBER;
	return value;
}

static nkc_value *make_url(maker *m, const nkc_haya_field *f)
{
	nkc_str text = nkc_item_text(m->item, f->var);
	const nkc_value *day = nkc_item_get(m->item, f->other);
	if (!nkc_haya_is_url(text))
		return NULL;
	return pair(m, "value", nkc_value_string(m->arena, text), "date", day ? nkc_haya_date(m->arena, day) : NULL);
}

static nkc_value *make(maker *m, const nkc_haya_field *f)
{
	const nkc_value *value = nkc_item_get(m->item, f->var);
	switch (f->shape) {
	case NKC_HAYA_TEXT: return make_titled(m, f);
	case NKC_HAYA_NAMES:
	case NKC_HAYA_ROLE: return value ? make_names(m, value) : NULL;
	case NKC_HAYA_DATE: return value ? nkc_haya_date(m->arena, value) : NULL;
	case NKC_HAYA_PUBLISHER: return pair(m, "name", text_of(m, f->var), "location", text_of(m, f->other));
	case NKC_HAYA_URL: return make_url(m, f);
	default: return make_plain(m, f);
	}
}

/* The list or mapping of that name in the entry, made where it is not there. */
static nkc_value *group_of(maker *m, nkc_value *entry, const char *key, nkc_value_type type)
{
	nkc_value *group = nkc_value_find(entry, nkc_str_from(key));
	if (!group && (group = nkc_value_new(m->arena, type)))
		nkc_value_add(entry, nkc_str_from(key), group);
	return group;
}

static void put_role(maker *m, nkc_value *entry, const char *role, nkc_value *names)
{
	nkc_value *one = nkc_value_new(m->arena, NKC_OBJECT);
	add_text(one, m->arena, "role", nkc_str_from(role));
	nkc_value_add(one, NKC_STR("names"), names);
	nkc_value_append(group_of(m, entry, "affiliated", NKC_ARRAY), one);
}

static void put_field(maker *m, const nkc_haya_field *f)
{
	bool here = f->var == NKC_VAR_EVENT_PLACE && nkc_haya_happens(nkc_str_from(m->kind->entry));
	nkc_value *value = make(m, f), *place = value ? place_of(m, here ? NKC_HAYA_ENTRY : f->place) : NULL;
	if (!place)
		return;
	if (f->shape == NKC_HAYA_ROLE)
		put_role(m, place, f->key, value);
	else if (f->shape == NKC_HAYA_SERIAL)
		nkc_value_add(group_of(m, place, "serial-number", NKC_OBJECT), nkc_str_from(f->key), value);
	else
		nkc_value_add(place, nkc_str_from(f->key), value);
}

static void put_parents(maker *m)
{
	nkc_value *entry = m->places[NKC_HAYA_ENTRY], *parents = nkc_value_new(m->arena, NKC_ARRAY);
	nkc_value *container = m->places[NKC_HAYA_CONTAINER], *collection = m->places[NKC_HAYA_COLLECTION];
	if (!parents)
		return;
	if (container && collection)
		nkc_value_add(container, NKC_STR("parent"), collection);
	nkc_value_append(parents, container ? container : collection);
	nkc_value_append(parents, m->places[NKC_HAYA_EVENT]);
	nkc_value_append(parents, m->places[NKC_HAYA_ORIGINAL]);
	if (nkc_value_count(parents) > 1)
		nkc_value_add(entry, NKC_STR("parent"), parents);
	else if (nkc_value_first(parents)) {
		nkc_value *only = nkc_value_first(parents);
		nkc_value_remove(only);
		nkc_value_add(entry, NKC_STR("parent"), only);
	}
}

static nkc_value *make_entry(nkc_arena *arena, const nkc_value *item)
{
	maker m = { .arena = arena, .item = item, .kind = nkc_haya_type_for(nkc_item_type(item)) };
	nkc_value *entry = m.places[NKC_HAYA_ENTRY] = nkc_value_new(arena, NKC_OBJECT);
	if (!entry)
		return NULL;
	add_text(entry, arena, "type", nkc_str_from(m.kind->entry));
	for (const nkc_haya_field *f = nkc_haya_fields; f < nkc_haya_fields + nkc_haya_field_count; f++)
		put_field(&m, f);
	if (m.kind->forced)
		(void)place_of(&m, m.kind->parent ? NKC_HAYA_CONTAINER : NKC_HAYA_EVENT);
	put_parents(&m);
	return entry;
}

static nkc_value *read_entry(nkc_arena *arena, nkc_value *entry)
{
	return nkc_haya_item(arena, NKC_STR(""), entry);
}

/* nkcite's own object, as a mapping or, where that would be too deep, as its JSON text. */
static void add_own(nkc_arena *arena, nkc_value *entry, nkc_str own)
{
	nkc_value *object = NULL;
	if (!own.len)
		return;
	if (nkc_value_parse(&object, arena, own, NULL, NULL) || nkc_kept_is_deep(object))
		object = nkc_value_string(arena, own);
	if (object)
		nkc_value_set(entry, NKC_STR("nkcite"), object);
}

/* A longer one would need a mark of its own (YAML 1.2.2, section 7.4.2). */
#define KEY_MAX 160

static void put_native(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *entry = arena ? make_entry(arena, item) : NULL;
	nkc_str id = nkc_item_text(item, NKC_VAR_ID);
	if (entry)
		entry = nkc_kept_restore(arena, entry, item, "hayagriva", read_entry);
	if (entry)
		add_own(arena, entry, own);
	if (entry && !nkc_arena_status(arena)) {
		nkc_yaml_put_string(out, nkc_str_slice(id, 0, KEY_MAX));
		nkc_buf_puts(out, ":\n  ");
		nkc_yaml_put_value(out, entry, 2);
		nkc_buf_putc(out, '\n');
	} else {
		out->status = NKC_ENOMEM;
	}
	nkc_arena_free(arena);
}

/* --- reading --- */

/* The JSON of nkcite's own object, which is taken out of the entry. */
static nkc_str own_of(nkc_arena *arena, nkc_value *entry)
{
	nkc_value *own = nkc_value_find(entry, NKC_STR("nkcite"));
	if (!own)
		return NKC_STR("");
	nkc_value_remove(own);
	if (own->type == NKC_STRING)
		return own->u.text;
	nkc_buf text = nkc_arena_buf(arena);
	nkc_value_write(own, -1, &text);
	return nkc_arena_keep(arena, &text);
}

static nkc_value *get_native(nkc_arena *arena, nkc_str text)
{
	nkc_yaml_fault fault;
	nkc_value *root = NULL;
	if (nkc_yaml_parse(arena, text, &root, &fault))
		return NULL;
	nkc_value *entry = nkc_value_first(root);
	return nkc_value_is(entry, NKC_OBJECT) ? nkc_haya_item(arena, entry->key, entry) : NULL;
}

static const nkc_native native = { .where = "nkcite", .put = put_native, .get = get_native };

/* --- the format --- */

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_yaml_entry entry;
	nkc_status status = nkc_yaml_next(reader, NKC_YAML_MEMBERS, &entry);
	*record = NULL;
	if (status || !entry.value)
		return status;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_str own = own_of(arena, entry.value);
	nkc_value *item = nkc_haya_item(arena, entry.key, entry.value);
	status = nkc_own_adopt(reader, &native, item, own, entry.start, entry.length);
	*record = status ? NULL : reader->record;
	return status;
}

/* A mapping whose members have a `type` that is an entry type. */
static int sniff(nkc_str head)
{
	static const nkc_str mark = NKC_STR_INIT("type:");
	nkc_str line;
	bool opened = false;
	while (nkc_str_split(&head, '\n', &line)) {
		nkc_str text = nkc_str_trim(line);
		bool inner = line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
		if (!text.len || text.ptr[0] == '#')
			continue;
		if (!inner)
			opened = nkc_str_ends(text, NKC_STR(":")) && text.ptr[0] != '-';
		if (opened && inner && nkc_str_starts(text, mark)) {
			nkc_str word = nkc_str_trim(nkc_str_slice(text, mark.len, text.len));
			return nkc_haya_type_read(word, NKC_STR(""), false) != NKC_TYPE_DOCUMENT ||
			                       nkc_str_eq_nocase(word, NKC_STR("misc"))
			               ? 85
			               : 0;
		}
	}
	return 0;
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	size_t at = out->len;
	nkc_own_write(writer->state, &native, writer, record, out);
	nkc_str text = nkc_str_slice(nkc_buf_str(out), at, out->len);
	size_t length = nkc_str_find(text, NKC_STR(":\n"));
	bool quoted = text.len && text.ptr[0] == '"';
	if (length == text.len)
		return;
	writer->key_at = at + quoted; /* a suffix goes before the quote */
	writer->key_length = length - 2 * quoted;
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	nkc_buf_puts(out, writer->count ? "" : "{}\n");
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	const nkc_haya_type *kind = nkc_haya_type_for(type);
	*where = native.where;
	if (var == NKC_VAR_ID || var == NKC_VAR_TYPE) {
		*where = var == NKC_VAR_ID ? "the key" : "type";
		return NKC_CARRY_NATIVE;
	}
	for (const nkc_haya_field *f = nkc_haya_fields; f < nkc_haya_fields + nkc_haya_field_count; f++) {
		bool stands = f->place != NKC_HAYA_CONTAINER || kind->parent;
		if (stands && (f->var == var || f->other == var)) {
			*where = f->where;
			return NKC_CARRY_NATIVE;
		}
	}
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	const nkc_haya_type *kind = nkc_haya_type_for(type);
	nkc_str parent = nkc_str_from(kind->forced ? kind->parent : "");
	*where = kind->entry;
	return nkc_haya_type_read(nkc_str_from(kind->entry), parent, kind->forced && !kind->parent) == type
	               ? NKC_CARRY_NATIVE
	               : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = nkc_yaml_open, .next = next, .close = nkc_yaml_close };

static const nkc_writer_ops writer = {
	.open = nkc_own_open_writer,
	.record = write_record,
	.end = write_end,
	.close = nkc_own_close_writer,
};

const nkc_format nkc_format_hayagriva = {
	.name = "hayagriva",
	.title = "Hayagriva YAML",
	.extensions = "yml,yaml",
	.media_type = "application/yaml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
