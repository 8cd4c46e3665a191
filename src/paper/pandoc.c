#include "paper/pandoc.h"

/* --- nodes --- */

nkc_str pandoc_kind(const nkc_value *node)
{
	return nkc_value_is(node, NKC_OBJECT) ? nkc_value_text(nkc_value_find(node, NKC_STR("t"))) : NKC_STR("");
}

bool pandoc_is(const nkc_value *node, const char *kind)
{
	return nkc_str_is(pandoc_kind(node), kind);
}

nkc_value *pandoc_content(const nkc_value *node)
{
	return nkc_value_is(node, NKC_OBJECT) ? nkc_value_find(node, NKC_STR("c")) : NULL;
}

nkc_value *pandoc_child(const nkc_value *array, size_t index)
{
	nkc_value *child = nkc_value_is(array, NKC_ARRAY) ? nkc_value_first(array) : NULL;
	while (child && index--)
		child = child->next;
	return child;
}

/* Where in their content the list of inlines stands: of what has no other content it is the content. */
static const struct {
	nkc_str kind;
	int at;
} holders[] = {
	{ NKC_STR_INIT("Emph"), -1 },        { NKC_STR_INIT("Strong"), -1 },   { NKC_STR_INIT("Underline"), -1 },
	{ NKC_STR_INIT("Strikeout"), -1 },   { NKC_STR_INIT("Superscript"), -1 }, { NKC_STR_INIT("Subscript"), -1 },
	{ NKC_STR_INIT("SmallCaps"), -1 },   { NKC_STR_INIT("Plain"), -1 },    { NKC_STR_INIT("Para"), -1 },
	{ NKC_STR_INIT("Quoted"), 1 },       { NKC_STR_INIT("Cite"), 1 },      { NKC_STR_INIT("Span"), 1 },
	{ NKC_STR_INIT("Link"), 1 },         { NKC_STR_INIT("Image"), 1 },     { NKC_STR_INIT("Header"), 2 },
};

nkc_value *pandoc_inlines(const nkc_value *node)
{
	nkc_str kind = pandoc_kind(node);
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++) {
		if (!nkc_str_eq(kind, holders[i].kind))
			continue;
		nkc_value *content = pandoc_content(node);
		nkc_value *list = holders[i].at < 0 ? content : pandoc_child(content, (size_t)holders[i].at);
		return nkc_value_is(list, NKC_ARRAY) ? list : NULL;
	}
	return NULL;
}

static nkc_value *new_value(nkc_pandoc *p, nkc_value_type type)
{
	nkc_value *value = nkc_value_new(p->arena, type);
	p->failed |= !value;
	return value;
}

nkc_value *pandoc_string_node(nkc_pandoc *p, const char *kind, nkc_str text)
{
	nkc_value *node = new_value(p, NKC_OBJECT), *content = nkc_value_string(p->arena, text);
	nkc_value *name = nkc_value_string(p->arena, nkc_str_from(kind));
	if (!node || !content || !name) {
		p->failed = true;
		return NULL;
	}
	nkc_value_add(node, NKC_STR("t"), name);
	nkc_value_add(node, NKC_STR("c"), content);
	return node;
}

nkc_value *pandoc_node(nkc_pandoc *p, const char *kind)
{
	nkc_value *node = new_value(p, NKC_OBJECT), *content = new_value(p, NKC_ARRAY);
	nkc_value *name = nkc_value_string(p->arena, nkc_str_from(kind));
	if (!node || !content || !name) {
		p->failed = true;
		return NULL;
	}
	nkc_value_add(node, NKC_STR("t"), name);
	nkc_value_add(node, NKC_STR("c"), content);
	return node;
}

void pandoc_append(nkc_pandoc *p, nkc_value *array, nkc_value *element)
{
	p->failed |= !array || !element;
	nkc_value_append(array, element);
}

nkc_value *pandoc_take_all(nkc_value *array)
{
	nkc_value *first = nkc_value_first(array);
	if (first)
		array->u.list.first = array->u.list.last = NULL;
	return first;
}

/* --- keys --- */

static size_t key_count(const nkc_pandoc *p)
{
	return p->keys.len / sizeof(nkc_str);
}

static bool *found_at(const nkc_pandoc *p, size_t index)
{
	return (bool *)p->found.ptr + index;
}

/* The place of a key, which is added when it is new. */
static size_t add_key(nkc_pandoc *p, nkc_str key)
{
	uint32_t *index;
	bool added, found = false;
	if (nkc_set_add(&p->by_key, nkc_hash(key, 0), &added, &index)) {
		p->failed = true;
		return 0;
	}
	if (added) {
		nkc_buf_put(&p->keys, (const char *)&key, sizeof key);
		nkc_buf_put(&p->found, (const char *)&found, sizeof found);
		*index = (uint32_t)key_count(p);
	}
	return *index - 1;
}

const nkc_str *nkc_pandoc_keys(const nkc_pandoc *p, size_t *count)
{
	*count = key_count(p);
	return (const nkc_str *)(const void *)p->keys.ptr;
}

bool nkc_pandoc_wants_all(const nkc_pandoc *p)
{
	return p->wants_all;
}

bool nkc_pandoc_wants(nkc_pandoc *p, nkc_str key)
{
	uint32_t index = nkc_set_get(&p->by_key, nkc_hash(key, 0));
	if (!index && !p->wants_all)
		return false;
	size_t at = index ? index - 1 : add_key(p, nkc_arena_str(p->arena, key));
	if (at < p->found.len)
		*found_at(p, at) = true;
	return true;
}

bool nkc_pandoc_has(const nkc_pandoc *p, nkc_str key)
{
	uint32_t index = nkc_set_get(&p->by_key, nkc_hash(key, 0));
	return index && index <= p->found.len && *found_at(p, index - 1);
}

/* --- finding citations --- */

static void add_keys(nkc_pandoc *p, const nkc_value *cite)
{
	const nkc_value *citations = pandoc_child(pandoc_content(cite), 0);
	for (const nkc_value *c = nkc_value_first(citations); c; c = c->next) {
		nkc_str id = nkc_value_text(nkc_value_find(c, NKC_STR("citationId")));
		if (!nkc_str_is(id, "*"))
			add_key(p, id);
	}
}

static uint32_t note_of(const nkc_value *cite)
{
	int64_t note = 0;
	const nkc_value *citation = pandoc_child(pandoc_child(pandoc_content(cite), 0), 0);
	nkc_value_int(nkc_value_find(citation, NKC_STR("citationNoteNum")), &note);
	return note > 0 && note < INT32_MAX ? (uint32_t)note : 0;
}

/* The tree is as deep as the reader of JSON allows, so the stack bears it. */
static void gather(nkc_pandoc *p, nkc_value *value)
{
	if (pandoc_is(value, "Cite")) {
		pandoc_cite cite = { .node = value, .note = note_of(value) };
		nkc_buf_put(&p->cites, (const char *)&cite, sizeof cite);
		add_keys(p, value);
		return;
	}
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		gather(p, child);
}

static void gather_nocite(nkc_pandoc *p, const nkc_value *value)
{
	const nkc_value *citations = pandoc_is(value, "Cite") ? pandoc_child(pandoc_content(value), 0) : NULL;
	for (const nkc_value *c = nkc_value_first(citations); c; c = c->next)
		p->wants_all |= nkc_str_is(nkc_value_text(nkc_value_find(c, NKC_STR("citationId"))), "*");
	if (citations)
		add_keys(p, value);
	for (const nkc_value *child = citations ? NULL : nkc_value_first(value); child; child = child->next)
		gather_nocite(p, child);
}

static void gather_all(nkc_pandoc *p)
{
	for (nkc_value *member = nkc_value_first(p->meta); member; member = member->next) {
		if (nkc_str_is(member->key, "nocite"))
			continue;
		gather(p, member);
	}
	gather(p, p->blocks);
	gather_nocite(p, pandoc_meta(p, "nocite"));
}

/* --- reading and writing --- */

/* The versions of pandoc-types whose documents we know: 1.20 to 1.23. */
enum { VERSION_MAJOR = 1, VERSION_MINOR_MIN = 20, VERSION_MINOR_MAX = 23 };

static void check_version(nkc_pandoc *p, nkc_source *source)
{
	const nkc_value *version = nkc_value_find(p->root, NKC_STR("pandoc-api-version"));
	int64_t major = 0, minor = 0;
	nkc_value_int(pandoc_child(version, 0), &major);
	nkc_value_int(pandoc_child(version, 1), &minor);
	p->minor = minor > 0 && minor < 1000 ? (uint32_t)minor : 0;
	if (major == VERSION_MAJOR && minor >= VERSION_MINOR_MIN && minor <= VERSION_MINOR_MAX)
		return;
	nkc_place place = { .source = source, .offset = version ? version->at : 0, .length = 1 };
	nkc_diags_add(p->diags, NKC_CODE_PANDOC_VERSION, &place, NULL, "version %lld.%lld of pandoc's documents is not known",
	              (long long)major, (long long)minor);
}

static nkc_status read_document(nkc_pandoc *p, nkc_str text, nkc_str name)
{
	nkc_source source = nkc_source_make(name, text);
	size_t at = 0;
	const char *what = NULL;
	nkc_status status = nkc_value_parse(&p->root, p->arena, text, &at, &what);
	if (status == NKC_ENOMEM)
		return status;
	p->meta = status ? NULL : nkc_value_find(p->root, NKC_STR("meta"));
	p->blocks = status ? NULL : nkc_value_find(p->root, NKC_STR("blocks"));
	if (nkc_value_is(p->meta, NKC_OBJECT) && nkc_value_is(p->blocks, NKC_ARRAY)) {
		check_version(p, &source);
		return NKC_OK;
	}
	nkc_place place = { .source = &source, .offset = at < text.len ? at : text.len, .length = 1 };
	nkc_diags_add(p->diags, NKC_CODE_PANDOC_SYNTAX, &place, NULL, "%s",
	              status ? what : "an object with \"meta\" and \"blocks\" is expected");
	return NKC_ESYNTAX;
}

nkc_status nkc_pandoc_parse(nkc_pandoc **out, nkc_str text, nkc_str name, nkc_diags *diags)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_pandoc *p = arena ? nkc_arena_alloc(arena, sizeof *p) : NULL;
	*out = NULL;
	if (!p) {
		nkc_arena_free(arena);
		return NKC_ENOMEM;
	}
	*p = (nkc_pandoc){ .arena = arena, .diags = diags, .cites = NKC_BUF_INIT, .keys = NKC_BUF_INIT, .found = NKC_BUF_INIT,
		           .kept = NKC_BUF_INIT, .by_key = NKC_MAP_INIT, .listed = NKC_SET_INIT };
	nkc_status status = read_document(p, text, name);
	if (!status)
		gather_all(p);
	if (!status && (p->failed || nkc_buf_status(&p->cites) || nkc_buf_status(&p->keys) || nkc_buf_status(&p->found)))
		status = NKC_ENOMEM;
	if (status)
		nkc_pandoc_free(p);
	else
		*out = p;
	return status;
}

void nkc_pandoc_free(nkc_pandoc *p)
{
	if (!p)
		return;
	nkc_buf_release(&p->cites);
	nkc_buf_release(&p->keys);
	nkc_buf_release(&p->found);
	nkc_buf_release(&p->kept);
	nkc_set_release(&p->by_key);
	nkc_set_release(&p->listed);
	nkc_arena_free(p->arena);
}

nkc_status nkc_pandoc_write(nkc_pandoc *p, nkc_buf *out)
{
	nkc_value_write(p->root, -1, out);
	return p->failed ? NKC_ENOMEM : nkc_buf_status(out);
}
