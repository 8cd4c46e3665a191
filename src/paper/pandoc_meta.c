/*
 * pandoc_meta.c: the metadata of a document, and its references, which are CSL-JSON in pandoc's words.
 */
#include "paper/pandoc.h"

nkc_value *pandoc_meta(const nkc_pandoc *p, const char *key)
{
	return nkc_value_find(p->meta, nkc_str_from(key));
}

nkc_str nkc_pandoc_meta(nkc_pandoc *p, const char *key)
{
	return pandoc_plain(p, pandoc_meta(p, key));
}

bool pandoc_is_true(nkc_pandoc *p, const nkc_value *meta)
{
	static const nkc_str yes[] = { NKC_STR_INIT("true"), NKC_STR_INIT("yes"), NKC_STR_INIT("t") };
	nkc_str text = pandoc_plain(p, meta);
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (nkc_str_eq_nocase(text, yes[i]))
			return true;
	}
	return false;
}

bool nkc_pandoc_flag(nkc_pandoc *p, const char *key, bool otherwise)
{
	const nkc_value *meta = pandoc_meta(p, key);
	return meta ? pandoc_is_true(p, meta) : otherwise;
}

nkc_status nkc_pandoc_texts(nkc_pandoc *p, const char *key, const nkc_str **texts, size_t *count)
{
	const nkc_value *meta = pandoc_meta(p, key);
	bool list = pandoc_is(meta, "MetaList");
	size_t size = list ? nkc_value_count(pandoc_content(meta)) : 1;
	nkc_str *all = nkc_arena_alloc(p->arena, (size + 1) * sizeof *all);
	*texts = all;
	*count = 0;
	if (!all)
		return NKC_ENOMEM;
	if (meta && !list)
		all[(*count)++] = pandoc_plain(p, meta);
	for (const nkc_value *one = list ? nkc_value_first(pandoc_content(meta)) : NULL; one; one = one->next)
		all[(*count)++] = pandoc_plain(p, one);
	return p->failed ? NKC_ENOMEM : NKC_OK;
}

/* --- a reference as CSL-JSON --- */

static nkc_value *string_value(nkc_pandoc *p, nkc_str text)
{
	nkc_value *value = nkc_value_string(p->arena, text);
	p->failed |= !value;
	return value;
}

static nkc_value *list_value(nkc_pandoc *p, nkc_value_type type)
{
	nkc_value *value = nkc_value_new(p->arena, type);
	p->failed |= !value;
	return value;
}

/* A text, with its markup as tags. */
static nkc_value *text_value(nkc_pandoc *p, const nkc_value *meta)
{
	nkc_value *inlines = pandoc_content(meta);
	if (pandoc_is(meta, "MetaBlocks"))
		inlines = pandoc_inlines(nkc_value_first(inlines));
	bool rich = pandoc_is(meta, "MetaInlines") || pandoc_is(meta, "MetaBlocks");
	return string_value(p, rich ? pandoc_rich(p, inlines) : pandoc_plain(p, meta));
}

/* Truth and numbers as such, other texts without markup. */
static nkc_value *plain_value(nkc_pandoc *p, const nkc_value *meta)
{
	if (pandoc_is(meta, "MetaBool"))
		return list_value(p, pandoc_is_true(p, meta) ? NKC_TRUE : NKC_FALSE);
	return string_value(p, pandoc_plain(p, meta));
}

/* An object of plain texts: a name. What is no map is a name that is not taken apart. */
static nkc_value *name_value(nkc_pandoc *p, const nkc_value *meta)
{
	nkc_value *name = list_value(p, NKC_OBJECT);
	if (!pandoc_is(meta, "MetaMap")) {
		nkc_value_add(name, NKC_STR("literal"), string_value(p, pandoc_plain(p, meta)));
		return name;
	}
	for (const nkc_value *part = nkc_value_first(pandoc_content(meta)); part; part = part->next)
		nkc_value_add(name, part->key, plain_value(p, part));
	return name;
}

static nkc_value *names_value(nkc_pandoc *p, const nkc_value *meta)
{
	nkc_value *names = list_value(p, NKC_ARRAY);
	bool list = pandoc_is(meta, "MetaList");
	if (!list)
		pandoc_append(p, names, name_value(p, meta));
	for (const nkc_value *one = list ? nkc_value_first(pandoc_content(meta)) : NULL; one; one = one->next)
		pandoc_append(p, names, name_value(p, one));
	return names;
}

/* Year, month and day of a map, as the parts of a date: [2005, 3, 1]. */
static nkc_value *parts_of_map(nkc_pandoc *p, const nkc_value *map)
{
	static const char *const names[] = { "year", "month", "day" };
	nkc_value *parts = list_value(p, NKC_ARRAY);
	const nkc_value *season = nkc_value_find(map, NKC_STR("season"));
	int64_t number = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const nkc_value *part = nkc_value_find(map, nkc_str_from(names[i]));
		nkc_value *plain = part ? plain_value(p, part) : i == 1 && season ? plain_value(p, season) : NULL;
		if (!plain)
			break;
		if (!part && nkc_value_int(plain, &number) && number > 0 && number < 5) /* EDTF: 21 is spring */
			plain = nkc_value_integer(p->arena, number + 20);
		pandoc_append(p, parts, plain);
	}
	return parts;
}

static nkc_value *parts_value(nkc_pandoc *p, const nkc_value *meta)
{
	if (pandoc_is(meta, "MetaMap"))
		return parts_of_map(p, pandoc_content(meta));
	nkc_value *parts = list_value(p, NKC_ARRAY);
	for (const nkc_value *one = nkc_value_first(pandoc_content(meta)); one; one = one->next)
		pandoc_append(p, parts, plain_value(p, one));
	return parts;
}

/* All parts of a list of them, or those of one map. */
static nkc_value *all_parts(nkc_pandoc *p, const nkc_value *meta)
{
	nkc_value *all = list_value(p, NKC_ARRAY);
	bool list = pandoc_is(meta, "MetaList");
	if (!list)
		pandoc_append(p, all, parts_value(p, meta));
	for (const nkc_value *one = list ? nkc_value_first(pandoc_content(meta)) : NULL; one; one = one->next)
		pandoc_append(p, all, parts_value(p, one));
	return all;
}

/* "1996_2004" is an old spelling of "1996/2004". */
static nkc_value *interval_value(nkc_pandoc *p, nkc_str text)
{
	nkc_buf edtf = NKC_BUF_INIT;
	size_t at = nkc_str_find_byte(text, '_');
	nkc_buf_put_str(&edtf, text);
	if (at < text.len)
		nkc_buf_splice(&edtf, at, 1, NKC_STR("/"));
	nkc_value *value = string_value(p, nkc_buf_str(&edtf));
	p->failed |= nkc_buf_status(&edtf) != NKC_OK;
	nkc_buf_release(&edtf);
	return value;
}

/* "2005-03" in EDTF, a map with date-parts, or with year, month and day, or a list of the latter. */
static nkc_value *date_value(nkc_pandoc *p, const nkc_value *meta)
{
	static const char *const others[] = { "circa", "season", "literal", "raw" };
	bool map = pandoc_is(meta, "MetaMap");
	if (!map && !pandoc_is(meta, "MetaList"))
		return interval_value(p, pandoc_plain(p, meta));
	nkc_value *date = list_value(p, NKC_OBJECT);
	const nkc_value *members = map ? pandoc_content(meta) : NULL;
	const nkc_value *parts = nkc_value_find(members, NKC_STR("date-parts"));
	nkc_str literal = pandoc_plain(p, nkc_value_find(members, NKC_STR("literal")));
	if (!parts && nkc_str_find_byte(literal, '_') < literal.len)
		return interval_value(p, literal);
	if (parts || !map || nkc_value_find(members, NKC_STR("year")))
		nkc_value_add(date, NKC_STR("date-parts"), all_parts(p, parts ? parts : meta));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		const nkc_value *other = nkc_value_find(members, nkc_str_from(others[i]));
		if (other)
			nkc_value_add(date, nkc_str_from(others[i]), plain_value(p, other));
	}
	return date;
}

/* Names of variables are written in any case; our plain words ("date") are none. */
static nkc_var find_variable(nkc_str key)
{
	for (unsigned i = 1; i < NKC_VAR_COUNT; i++) {
		nkc_var var = (nkc_var)i;
		if (nkc_var_kind(var) != NKC_KIND_SHORT && nkc_str_eq_nocase(key, nkc_str_from(nkc_var_name(var))))
			return var;
	}
	return NKC_VAR_NONE;
}

static nkc_value *reference_value(nkc_pandoc *p, const nkc_value *meta)
{
	nkc_value *item = list_value(p, NKC_OBJECT);
	for (const nkc_value *member = nkc_value_first(pandoc_content(meta)); member; member = member->next) {
		nkc_var var = find_variable(member->key);
		nkc_kind kind = nkc_var_kind(var);
		nkc_str key = var ? nkc_str_from(nkc_var_name(var)) : member->key;
		bool plain = var == NKC_VAR_ID || var == NKC_VAR_TYPE;
		nkc_value_set(item, key, kind == NKC_KIND_NAMES ? names_value(p, member) :
		                         kind == NKC_KIND_DATE ? date_value(p, member) :
		                         plain ? plain_value(p, member) : text_value(p, member));
	}
	return item;
}

nkc_status nkc_pandoc_put_references(nkc_pandoc *p, nkc_document *document)
{
	const nkc_value *references = pandoc_meta(p, "references");
	const nkc_value *first = pandoc_is(references, "MetaList") ? nkc_value_first(pandoc_content(references)) : NULL;
	nkc_status status = NKC_OK;
	p->in_field = true;
	for (const nkc_value *one = first; one && !status; one = one->next) {
		nkc_str id = pandoc_plain(p, nkc_value_find(pandoc_content(one), NKC_STR("id")));
		if (pandoc_is(one, "MetaMap") && id.len && nkc_pandoc_wants(p, id) && document)
			status = nkc_document_put_object(document, reference_value(p, one));
	}
	p->in_field = false;
	return p->failed ? NKC_ENOMEM : status;
}

/* --- a record as a reference --- */

static nkc_value *meta_value(nkc_pandoc *p, const nkc_value *value, nkc_var var);

static nkc_value *meta_members(nkc_pandoc *p, const nkc_value *object)
{
	nkc_value *node = pandoc_node(p, "MetaMap"), *map = list_value(p, NKC_OBJECT);
	for (const nkc_value *member = nkc_value_first(object); member; member = member->next)
		nkc_value_add(map, nkc_arena_str(p->arena, member->key), meta_value(p, member, NKC_VAR_NONE));
	if (node && map)
		nkc_value_replace(pandoc_content(node), map);
	return node;
}

/* Lists, maps, truth; text as it is, that of a field with its markup as inlines. */
static nkc_value *meta_value(nkc_pandoc *p, const nkc_value *value, nkc_var var)
{
	if (nkc_value_is(value, NKC_OBJECT))
		return meta_members(p, value);
	if (nkc_value_is(value, NKC_TRUE) || nkc_value_is(value, NKC_FALSE)) {
		nkc_value *node = pandoc_node(p, "MetaBool");
		if (node)
			nkc_value_replace(pandoc_content(node), list_value(p, (nkc_value_type)value->type));
		return node;
	}
	if (nkc_value_is(value, NKC_ARRAY)) {
		nkc_value *node = pandoc_node(p, "MetaList");
		for (const nkc_value *child = nkc_value_first(value); child; child = child->next)
			pandoc_append(p, pandoc_content(node), meta_value(p, child, NKC_VAR_NONE));
		return node;
	}
	nkc_str text = nkc_value_text(value);
	bool rich = nkc_var_kind(var) == NKC_KIND_STRING && nkc_str_find_byte(text, '<') < text.len;
	nkc_value *node = rich ? pandoc_node(p, "MetaInlines") : pandoc_string_node(p, "MetaString", text);
	for (nkc_value *child = rich ? pandoc_take_all(pandoc_from_rich(p, text)) : NULL, *next; child; child = next) {
		next = child->next;
		pandoc_append(p, pandoc_content(node), child);
	}
	return node;
}

/* The list of references, made when there is none; the ids in it are noted. */
static nkc_value *reference_list(nkc_pandoc *p)
{
	nkc_value *references = pandoc_meta(p, "references");
	if (!pandoc_is(references, "MetaList") || !nkc_value_is(pandoc_content(references), NKC_ARRAY)) {
		references = pandoc_node(p, "MetaList");
		nkc_value_set(p->meta, NKC_STR("references"), references);
	}
	nkc_value *list = pandoc_content(references);
	for (const nkc_value *one = p->listed.count ? NULL : nkc_value_first(list); one; one = one->next) {
		nkc_str id = pandoc_plain(p, nkc_value_find(pandoc_content(one), NKC_STR("id")));
		p->failed |= nkc_set_add(&p->listed, nkc_hash(id, 0), &(bool){ false }, NULL) != NKC_OK;
	}
	return list;
}

nkc_status nkc_pandoc_resolve(nkc_pandoc *p, nkc_record *record)
{
	nkc_value *list = reference_list(p);
	bool added = false;
	p->failed |= nkc_set_add(&p->listed, nkc_hash(nkc_record_id(record), 0), &added, NULL) != NKC_OK;
	if (!added)
		return p->failed ? NKC_ENOMEM : NKC_OK;
	nkc_record_expand(record);
	nkc_value *node = pandoc_node(p, "MetaMap"), *map = list_value(p, NKC_OBJECT);
	for (nkc_value *member = nkc_value_first(nkc_record_root(record)); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		if (var && var != NKC_VAR_CUSTOM)
			nkc_value_add(map, nkc_str_from(nkc_var_name(var)), meta_value(p, member, var));
	}
	if (node && map)
		nkc_value_replace(pandoc_content(node), map);
	pandoc_append(p, list, node);
	return p->failed ? NKC_ENOMEM : NKC_OK;
}
