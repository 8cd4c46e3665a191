/* The item that an entry of Hayagriva shows. */
#include "base/arena.h"
#include "format/hayagriva.h"
#include "format/kept.h"
#include "format/values.h"

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
	nkc_value *places[NKC_HAYA_PLACES];
	bool part; /* of its container */
} getter;

/* The first of a list, or the value that stands for a list of one. */
static nkc_value *first(nkc_value *value)
{
	return nkc_value_is(value, NKC_ARRAY) ? nkc_value_first(value) : value;
}

static nkc_value *following(const nkc_value *list, const nkc_value *value)
{
	return nkc_value_is(list, NKC_ARRAY) ? value->next : NULL;
}

/* --- values --- */

static void get_text(getter *g, nkc_var var, nkc_value *value)
{
	bool exact = true;
	nkc_value *long_form = nkc_value_is(value, NKC_OBJECT) ? nkc_kept_member(value, "value") : value;
	nkc_value *mark = nkc_kept_member(value, "verbatim");
	bool verbatim = nkc_value_is(mark, NKC_TRUE);
	if (!long_form || nkc_value_is_list(long_form) || nkc_item_get(g->item, var))
		return;
	nkc_str text = nkc_haya_read_text(g->arena, nkc_value_text(long_form), verbatim, &exact);
	nkc_item_add_text(g->item, g->arena, var, text);
	if (!exact)
		return;
	nkc_kept_use(long_form);
	nkc_kept_use(mark);
}

static void get_titled(getter *g, const nkc_haya_field *f, nkc_value *value)
{
	bool exact = true;
	get_text(g, f->var, value);
	nkc_value *brief = f->other ? nkc_kept_member(value, "short") : NULL;
	if (!brief || nkc_value_is_list(brief) || nkc_item_get(g->item, f->other))
		return;
	nkc_str text = nkc_haya_read_text(g->arena, nkc_value_text(brief), false, &exact);
	nkc_item_add_text(g->item, g->arena, f->other, text);
	if (exact)
		nkc_kept_use(brief);
}

static void add_part(getter *g, nkc_value *name, const char *key, nkc_value *value)
{
	nkc_str text = nkc_kept_use(value);
	if (text.len && name)
		nkc_value_add(name, nkc_str_from(key), nkc_value_string(g->arena, text));
}

static nkc_value *get_name(getter *g, nkc_value *value)
{
	if (!nkc_value_is(value, NKC_OBJECT))
		return nkc_value_is_list(value) ? NULL : nkc_haya_read_name(g->arena, nkc_kept_use(value));
	nkc_value *name = nkc_value_new(g->arena, NKC_OBJECT), *given = nkc_kept_member(value, "given-name");
	add_part(g, name, given ? "family" : "literal", nkc_kept_member(value, "name"));
	add_part(g, name, "given", given);
	add_part(g, name, "non-dropping-particle", nkc_kept_member(value, "prefix"));
	add_part(g, name, "suffix", nkc_kept_member(value, "suffix"));
	return nkc_value_first(name) ? name : NULL;
}

static void get_names(getter *g, nkc_var var, nkc_value *list)
{
	for (nkc_value *value = first(list); value; value = following(list, value))
		nkc_item_add_name(g->item, g->arena, var, get_name(g, value));
}

/* The persons in `affiliated` that have the role. */
static void get_role(getter *g, const nkc_haya_field *f, nkc_value *affiliated)
{
	for (nkc_value *group = first(affiliated); group; group = following(affiliated, group)) {
		nkc_value *role = nkc_kept_member(group, "role"), *names = nkc_kept_member(group, "names");
		if (!nkc_str_eq_nocase(nkc_value_text(role), nkc_str_from(f->key)))
			continue;
		nkc_kept_use(role);
		get_names(g, f->var, names);
	}
}

static void get_publisher(getter *g, const nkc_haya_field *f, nkc_value *value)
{
	bool parts = nkc_kept_member(value, "name") || nkc_kept_member(value, "location");
	get_text(g, f->var, parts ? nkc_kept_member(value, "name") : value);
	get_text(g, f->other, nkc_kept_member(value, "location"));
}

static void get_date(getter *g, nkc_var var, nkc_value *value)
{
	if (value && !nkc_value_is_list(value) && !nkc_item_get(g->item, var))
		nkc_item_add(g->item, var, nkc_haya_read_date(g->arena, nkc_kept_use(value)));
}

static void get_url(getter *g, const nkc_haya_field *f, nkc_value *value)
{
	nkc_value *address = nkc_value_is(value, NKC_OBJECT) ? nkc_kept_member(value, "value") : value;
	if (!address || nkc_value_is_list(address))
		return;
	nkc_item_add_text(g->item, g->arena, f->var, nkc_kept_use(address));
	get_date(g, f->other, nkc_kept_member(value, "date"));
}

static void get_plain(getter *g, nkc_var var, nkc_value *value)
{
	if (value && !nkc_value_is_list(value) && !nkc_item_get(g->item, var))
		nkc_item_add_text(g->item, g->arena, var, nkc_kept_use(value));
}

/* A number alone is one of no known kind. */
static void get_serial(getter *g, const nkc_haya_field *f, nkc_value *place)
{
	nkc_value *numbers = nkc_kept_member(place, "serial-number");
	if (!numbers)
		numbers = nkc_kept_member(place, "serial");
	if (nkc_value_is(numbers, NKC_OBJECT))
		get_plain(g, f->var, nkc_kept_member(numbers, f->key));
	else if (f->var == NKC_VAR_NUMBER)
		get_plain(g, f->var, numbers);
}

static void get_from(getter *g, const nkc_haya_field *f, nkc_value *place)
{
	nkc_value *value = nkc_kept_member(place, f->key);
	switch (f->shape) {
	case NKC_HAYA_TEXT: get_titled(g, f, value); break;
	case NKC_HAYA_NAMES:
		if (value && !nkc_item_get(g->item, f->var))
			get_names(g, f->var, value);
		break;
	case NKC_HAYA_ROLE: get_role(g, f, nkc_kept_member(place, "affiliated")); break;
	case NKC_HAYA_DATE: get_date(g, f->var, value); break;
	case NKC_HAYA_SERIAL: get_serial(g, f, place); break;
	case NKC_HAYA_PUBLISHER: get_publisher(g, f, value); break;
	case NKC_HAYA_URL: get_url(g, f, value); break;
	default: get_plain(g, f->var, value);
	}
}

/* Where a field of the entry may stand as well: in its container. */
static bool is_inherited(const nkc_haya_field *f)
{
	return f->shape == NKC_HAYA_ROLE || f->shape == NKC_HAYA_SERIAL || f->var == NKC_VAR_ISSUED ||
	       f->var == NKC_VAR_LANGUAGE || f->var == NKC_VAR_URL;
}

static void get_field(getter *g, const nkc_haya_field *f)
{
	nkc_value *entry = g->places[NKC_HAYA_ENTRY], *container = g->places[NKC_HAYA_CONTAINER];
	if (f->place == NKC_HAYA_HOST) {
		get_from(g, f, g->part ? container : entry);
		get_from(g, f, g->part ? entry : container);
		return;
	}
	get_from(g, f, g->places[f->place]);
	if (is_inherited(f) && !nkc_item_get(g->item, f->var))
		get_from(g, f, container);
}

/* --- parents --- */

static nkc_str type_of(const nkc_value *entry, nkc_str fallback)
{
	nkc_str type = nkc_value_text(nkc_kept_member(entry, "type"));
	return type.len ? type : fallback;
}

static void take(getter *g, nkc_haya_place place, nkc_value *parent)
{
	if (!g->places[place])
		g->places[place] = parent;
}

static void get_parents(getter *g, nkc_value *entry, nkc_str type)
{
	nkc_value *list = nkc_kept_member(entry, "parent");
	for (nkc_value *parent = first(list); parent; parent = following(list, parent)) {
		nkc_str kind = type_of(parent, nkc_haya_default_parent(type));
		bool event = nkc_str_eq_nocase(kind, NKC_STR("conference")) ||
		             nkc_str_eq_nocase(kind, NKC_STR("exhibition"));
		if (!nkc_value_is(parent, NKC_OBJECT))
			continue;
		take(g, event                                                    ? NKC_HAYA_EVENT
		        : nkc_str_eq_nocase(kind, NKC_STR("original"))           ? NKC_HAYA_ORIGINAL
		        : nkc_haya_is_collection(type, kind)                     ? NKC_HAYA_COLLECTION
		                                                                 : NKC_HAYA_CONTAINER,
		     parent);
	}
}

/* The series of the container. */
static void get_grandparents(getter *g, nkc_str type)
{
	nkc_value *list = nkc_kept_member(g->places[NKC_HAYA_CONTAINER], "parent");
	for (nkc_value *parent = first(list); parent; parent = following(list, parent)) {
		if (nkc_haya_is_collection(type, type_of(parent, NKC_STR("misc"))) && nkc_value_is(parent, NKC_OBJECT))
			take(g, NKC_HAYA_COLLECTION, parent);
	}
}

/* --- the entry --- */

/* A type counts as understood where the same one would be written again. */
static void use_type(getter *g, nkc_haya_place place, const char *written)
{
	nkc_value *type = nkc_kept_member(g->places[place], "type");
	if (nkc_str_eq_nocase(nkc_value_text(type), nkc_str_from(written)))
		nkc_kept_use(type);
}

static void use_types(getter *g, const nkc_haya_type *kind)
{
	use_type(g, NKC_HAYA_ENTRY, kind->entry);
	use_type(g, NKC_HAYA_CONTAINER, kind->parent);
	use_type(g, NKC_HAYA_COLLECTION, "anthology");
	use_type(g, NKC_HAYA_EVENT, "conference");
	use_type(g, NKC_HAYA_ORIGINAL, "original");
}

/* What other places a text may stand in, when its own is empty. */
static void get_rest(getter *g, nkc_str type)
{
	nkc_value *entry = g->places[NKC_HAYA_ENTRY], *container = g->places[NKC_HAYA_CONTAINER];
	nkc_type csl = nkc_item_type(g->item);
	get_text(g, nkc_haya_happens(type) ? NKC_VAR_EVENT_PLACE : NKC_VAR_PUBLISHER_PLACE, nkc_kept_member(entry, "location"));
	get_text(g, NKC_VAR_PUBLISHER_PLACE, nkc_kept_member(container, "location"));
	nkc_value *body = nkc_item_get(g->item, NKC_VAR_AUTHORITY);
	bool published = nkc_item_get(g->item, NKC_VAR_PUBLISHER) != NULL;
	if (body && !published && (csl == NKC_TYPE_THESIS || csl == NKC_TYPE_REPORT)) {
		nkc_value_remove(body);
		nkc_item_add(g->item, NKC_VAR_PUBLISHER, body);
	}
}

nkc_value *nkc_haya_item(nkc_arena *arena, nkc_str key, nkc_value *entry)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT) };
	nkc_str kind = nkc_value_text(nkc_kept_member(entry, "type"));
	if (!g.item)
		return NULL;
	g.places[NKC_HAYA_ENTRY] = entry;
	get_parents(&g, entry, kind);
	nkc_str container = g.places[NKC_HAYA_CONTAINER]
	                            ? type_of(g.places[NKC_HAYA_CONTAINER], nkc_haya_default_parent(kind))
	                            : NKC_STR("");
	get_grandparents(&g, container);
	nkc_type csl = nkc_haya_type_read(kind, container, g.places[NKC_HAYA_EVENT] != NULL);
	g.part = nkc_haya_type_for(csl)->part;
	use_types(&g, nkc_haya_type_for(csl));
	nkc_value_add(g.item, NKC_STR("id"), nkc_value_string(arena, key));
	nkc_item_add_text(g.item, arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(csl)));
	for (const nkc_haya_field *f = nkc_haya_fields; f < nkc_haya_fields + nkc_haya_field_count; f++)
		get_field(&g, f);
	get_rest(&g, kind);
	nkc_kept_keep(arena, g.item, "hayagriva", entry);
	return nkc_arena_status(arena) ? NULL : g.item;
}
