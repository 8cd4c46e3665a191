/*
 * tex.c: the lines of an .aux file. A command stands at the start of its line, with arguments in braces.
 */
#include "base/set.h"
#include "base/xml.h"

#include <nkcite/tex.h>

typedef struct cited {
	nkc_source *source;
	size_t at;
	bool found;
} cited;

struct nkc_tex {
	nkc_arena *arena;
	nkc_diags *diags;
	nkc_tex_kind kind;
	nkc_source *source; /* that is read */
	nkc_buf inputs;     /* of nkc_str */
	size_t input_at;
	nkc_buf data;       /* of nkc_str */
	nkc_buf citations;  /* of nkc_tex_citation */
	nkc_buf sections;   /* of nkc_tex_section */
	nkc_buf keys;       /* of nkc_str */
	nkc_buf places;     /* of cited, beside them */
	nkc_set by_key;     /* fingerprint -> index in keys + 1 */
	nkc_set seen;       /* fingerprints of inputs and data files */
	bool wants_all, failed;
};

static void put(nkc_buf *list, const void *item, size_t size)
{
	nkc_buf_put(list, item, size);
}

static size_t count_of(const nkc_buf *list, size_t size)
{
	return list->len / size;
}

/* --- texts in braces --- */

/* Behind the brace that closes the one at `at`; text.len + 1: none does. */
static size_t group_end(nkc_str text, size_t at)
{
	size_t depth = 0;
	for (size_t i = at; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			i++;
		else if (text.ptr[i] == '{')
			depth++;
		else if (text.ptr[i] == '}' && --depth == 0)
			return i + 1;
	}
	return text.len + 1;
}

static size_t skip_spaces(nkc_str text, size_t at)
{
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	return at;
}

/* Cuts the next "{...}" off *rest; false: there is none, or it does not end (*open is then where it begins). */
static bool next_group(nkc_str *rest, nkc_str *inside, const char **open)
{
	size_t at = skip_spaces(*rest, 0);
	if (at == rest->len || rest->ptr[at] != '{')
		return false;
	size_t end = group_end(*rest, at);
	if (end > rest->len) {
		*open = rest->ptr + at;
		return false;
	}
	*inside = nkc_str_slice(*rest, at + 1, end - 1);
	*rest = nkc_str_slice(*rest, end, rest->len);
	return true;
}

/* The value of "key={value}" or "key=value" in a list of them; empty: it is not there. */
static nkc_str property(nkc_str list, const char *key)
{
	while (list.len) {
		size_t equals = nkc_str_find_byte(list, '='), end;
		nkc_str name = nkc_str_trim(nkc_str_slice(list, 0, equals)), value;
		size_t at = skip_spaces(list, equals + 1);
		if (at < list.len && list.ptr[at] == '{') {
			end = group_end(list, at);
			value = nkc_str_slice(list, at + 1, end - 1);
		} else {
			nkc_str rest = nkc_str_slice(list, at, list.len);
			end = at + nkc_str_find_byte(rest, ',');
			value = nkc_str_trim(nkc_str_slice(list, at, end));
		}
		if (nkc_str_is(name, key))
			return value;
		while (end < list.len && strchr(", ", list.ptr[end]))
			end++;
		list = nkc_str_slice(list, end, list.len);
	}
	return NKC_STR("");
}

/* --- keys --- */

/* A control character would not be in a key, and would drive the terminal that shows it. */
static void add_key(nkc_tex *tex, nkc_str key)
{
	uint32_t *index;
	bool added;
	key = nkc_str_trim(key);
	tex->wants_all |= nkc_str_is(key, "*");
	if (!key.len || nkc_str_is(key, "*"))
		return;
	if (nkc_set_add(&tex->by_key, nkc_hash(key, 0), &added, &index)) {
		tex->failed = true;
		return;
	}
	if (!added)
		return;
	uintptr_t begin = (uintptr_t)tex->source->text.ptr, at = (uintptr_t)key.ptr;
	bool inside = at >= begin && at < begin + tex->source->text.len;
	cited place = { .source = tex->source, .at = inside ? at - begin : 0 };
	put(&tex->keys, &key, sizeof key);
	put(&tex->places, &place, sizeof place);
	*index = (uint32_t)count_of(&tex->keys, sizeof key);
}

static cited *place_of(const nkc_tex *tex, nkc_str key)
{
	uint32_t index = nkc_set_get(&tex->by_key, nkc_hash(key, 0));
	bool there = index && index <= count_of(&tex->places, sizeof(cited));
	return there ? (cited *)(void *)tex->places.ptr + index - 1 : NULL;
}

const nkc_str *nkc_tex_keys(const nkc_tex *tex, size_t *count)
{
	*count = count_of(&tex->keys, sizeof(nkc_str));
	return (const nkc_str *)(const void *)tex->keys.ptr;
}

bool nkc_tex_wants_all(const nkc_tex *tex)
{
	return tex->wants_all;
}

bool nkc_tex_wants(nkc_tex *tex, nkc_str key)
{
	cited *place = place_of(tex, key);
	if (!place && tex->wants_all) {
		add_key(tex, nkc_arena_str(tex->arena, key));
		place = place_of(tex, key);
	}
	if (place)
		place->found = true;
	return place != NULL;
}

bool nkc_tex_has(const nkc_tex *tex, nkc_str key)
{
	const cited *place = place_of(tex, key);
	return place && place->found;
}

nkc_place nkc_tex_place(const nkc_tex *tex, nkc_str key)
{
	const cited *at = place_of(tex, key);
	nkc_place place = { .source = at ? at->source : NULL, .offset = at ? at->at : 0, .length = key.len };
	return place;
}

/* --- what the lines say --- */

static void add_keys(nkc_tex *tex, nkc_str list)
{
	nkc_str key;
	while (nkc_str_split(&list, ',', &key))
		add_key(tex, key);
}

static void add_once(nkc_tex *tex, nkc_buf *list, nkc_str file, uint64_t seed)
{
	bool added = false;
	file = nkc_str_trim(file);
	tex->failed |= nkc_set_add(&tex->seen, nkc_hash(file, seed), &added, NULL) != NKC_OK;
	if (added && file.len)
		put(list, &file, sizeof file);
}

static void add_data(nkc_tex *tex, nkc_str list)
{
	nkc_str file;
	while (nkc_str_split(&list, ',', &file)) {
		if (!nkc_str_ends(nkc_str_trim(file), NKC_STR("-blx"))) /* biblatex's own, for BibTeX */
			add_once(tex, &tex->data, file, 1);
	}
}

#define SECTIONS_MAX 1000u /* of one document: each is rendered apart */

static nkc_tex_section *section_of(nkc_tex *tex, nkc_str number)
{
	nkc_str none = NKC_STR("");
	nkc_tex_section *all = (nkc_tex_section *)(void *)tex->sections.ptr;
	size_t count = count_of(&tex->sections, sizeof *all);
	unsigned value = 0;
	for (size_t i = 0; i < number.len && value < SECTIONS_MAX && number.ptr[i] >= '0' && number.ptr[i] <= '9'; i++)
		value = value * 10 + (unsigned)(number.ptr[i] - '0');
	for (size_t i = 0; i < count; i++) {
		if (all[i].number == value)
			return &all[i];
	}
	nkc_tex_section section = { .number = value, .style = none, .data = none, .locale = none };
	if (count < SECTIONS_MAX)
		put(&tex->sections, &section, sizeof section);
	all = (nkc_tex_section *)(void *)tex->sections.ptr;
	count = count_of(&tex->sections, sizeof *all);
	return count ? &all[count - 1] : NULL;
}

static const nkc_str global_section = NKC_STR_INIT("0");

static nkc_cite read_cite(nkc_str item)
{
	nkc_cite cite = {
		.id = property(item, "id"),
		.locator = property(item, "locator"),
		.label = property(item, "label"),
		.prefix = property(item, "prefix"),
		.suffix = property(item, "suffix"),
		.suppress_author = nkc_str_is(property(item, "suppress-author"), "true"),
		.author_only = nkc_str_is(property(item, "author-only"), "true"),
	};
	return cite;
}

static nkc_mode mode_of(nkc_str name)
{
	static const struct {
		const char *name;
		nkc_mode mode;
	} modes[] = {
		{ "author-only", NKC_MODE_AUTHOR_ONLY },
		{ "suppress-author", NKC_MODE_SUPPRESS_AUTHOR },
		{ "composite", NKC_MODE_COMPOSITE },
	};
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (nkc_str_is(name, modes[i].name))
			return modes[i].mode;
	}
	return NKC_MODE_NORMAL;
}

static uint32_t note_of(nkc_str text)
{
	uint32_t note = 0;
	for (size_t i = 0; i < text.len && i < 9 && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
		note = note * 10 + (uint32_t)(text.ptr[i] - '0');
	return note;
}

static size_t count_groups(nkc_str list)
{
	size_t count = 0;
	for (size_t i = 0; i < list.len; i++)
		count += list.ptr[i] == '{';
	return count;
}

/* "citationID={doe@1},citationItems={{id={doe},label={page},locator={6}}},properties={noteIndex={3}}" */
static void add_citation(nkc_tex *tex, nkc_str text, const nkc_tex_section *section)
{
	nkc_str items = property(text, "citationItems"), properties = property(text, "properties"), item;
	nkc_tex_citation citation = {
		.id = property(text, "citationID"),
		.cites = nkc_arena_alloc(tex->arena, (count_groups(items) + 1) * sizeof(nkc_cite)),
		.note = note_of(property(properties, "noteIndex")),
		.mode = mode_of(property(properties, "mode")),
		.section = section ? section->number : 0,
	};
	const char *open;
	if (!citation.cites) {
		tex->failed = true;
		return;
	}
	citation.uncited = nkc_str_is(citation.id, "@nocite");
	while (next_group(&items, &item, &open)) {
		citation.cites[citation.count++] = read_cite(item);
		add_key(tex, property(item, "id"));
		items = nkc_str_slice(items, items.len && items.ptr[0] == ',' ? 1 : 0, items.len);
	}
	nkc_str prefix = property(properties, "prefix"), suffix = property(properties, "suffix");
	if (citation.count && prefix.len)
		citation.cites[0].prefix = prefix;
	if (citation.count && suffix.len)
		citation.cites[citation.count - 1].suffix = suffix;
	put(&tex->citations, &citation, sizeof citation);
}

typedef struct line {
	nkc_str args[2];
	unsigned count;
} line;

static void on_citation(nkc_tex *tex, const line *l)
{
	nkc_str list = l->args[0];
	if (nkc_str_find(list, NKC_STR("citationItems=")) < list.len) {
		tex->kind = NKC_TEX_CSL_OLD;
		add_citation(tex, list, section_of(tex, global_section));
	} else if (!nkc_str_is(list, "biblatex-control")) {
		add_keys(tex, list);
	}
}

static void on_biblatex(nkc_tex *tex, const line *l)
{
	tex->kind = NKC_TEX_BIBLATEX;
	add_keys(tex, l->args[l->count - 1]);
}

static void on_data(nkc_tex *tex, const line *l)
{
	add_data(tex, l->args[0]);
}

static void on_style(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = section_of(tex, global_section);
	if (section)
		section->style = l->args[0];
}

static void on_input(nkc_tex *tex, const line *l)
{
	add_once(tex, &tex->inputs, l->args[0], 2);
}

static void on_old_options(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = section_of(tex, global_section);
	if (!section)
		return;
	section->locale = property(l->args[0], "locale");
	section->links = nkc_str_is(property(l->args[0], "linking"), "true");
}

static void on_old_data(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = section_of(tex, global_section);
	tex->kind = NKC_TEX_CSL_OLD;
	if (section)
		section->listed = true;
	add_data(tex, l->args[0]);
}

static nkc_tex_section *csl_section(nkc_tex *tex, const line *l)
{
	tex->kind = NKC_TEX_CSL;
	return section_of(tex, l->args[0]);
}

static void on_csl_style(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = csl_section(tex, l);
	if (section)
		section->style = l->args[1];
}

static void on_csl_data(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = csl_section(tex, l);
	if (section)
		section->data = l->args[1];
	add_data(tex, l->args[1]);
}

static void on_csl_options(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = csl_section(tex, l);
	nkc_str locale = property(l->args[1], "locale");
	if (section && locale.len)
		section->locale = locale;
	if (section && nkc_str_is(property(l->args[1], "linking"), "true"))
		section->links = true;
}

static void on_csl_cite(nkc_tex *tex, const line *l)
{
	add_citation(tex, l->args[1], csl_section(tex, l));
}

static void on_csl_bibliography(nkc_tex *tex, const line *l)
{
	nkc_tex_section *section = csl_section(tex, l);
	if (section)
		section->listed = true;
}

static const struct {
	nkc_str name;
	unsigned least, most; /* arguments */
	void (*read)(nkc_tex *, const line *);
} commands[] = {
	{ NKC_STR_INIT("\\citation"), 1, 1, on_citation },
	{ NKC_STR_INIT("\\abx@aux@cite"), 1, 2, on_biblatex },
	{ NKC_STR_INIT("\\bibdata"), 1, 1, on_data },
	{ NKC_STR_INIT("\\bibstyle"), 1, 1, on_style },
	{ NKC_STR_INIT("\\@input"), 1, 1, on_input },
	{ NKC_STR_INIT("\\csl@data"), 1, 1, on_old_data },
	{ NKC_STR_INIT("\\csloptions"), 1, 1, on_old_options },
	{ NKC_STR_INIT("\\csl@aux@style"), 2, 2, on_csl_style },
	{ NKC_STR_INIT("\\csl@aux@data"), 2, 2, on_csl_data },
	{ NKC_STR_INIT("\\csl@aux@options"), 2, 2, on_csl_options },
	{ NKC_STR_INIT("\\csl@aux@cite"), 2, 2, on_csl_cite },
	{ NKC_STR_INIT("\\csl@aux@bibliography"), 2, 2, on_csl_bibliography },
};

/* --- lines --- */

static void report_unclosed(nkc_tex *tex, const char *open)
{
	nkc_place place = { .source = tex->source, .offset = (size_t)(open - tex->source->text.ptr), .length = 1 };
	nkc_diags_add(tex->diags, NKC_CODE_TEX_UNCLOSED, &place, NULL, "the line ends before this brace is closed");
}

/* Of the commands whose names begin alike the one that a brace or space follows. */
static bool has_name(nkc_str text, nkc_str name)
{
	return text.len > name.len && nkc_str_starts(text, name) && (text.ptr[name.len] == '{' || text.ptr[name.len] == ' ');
}

static void read_line(nkc_tex *tex, nkc_str text)
{
	size_t i = 0;
	line l = { .count = 0 };
	const char *open = NULL;
	while (i < sizeof commands / sizeof *commands && !has_name(text, commands[i].name))
		i++;
	if (i == sizeof commands / sizeof *commands)
		return;
	nkc_str rest = nkc_str_slice(text, commands[i].name.len, text.len);
	while (l.count < commands[i].most && next_group(&rest, &l.args[l.count], &open))
		l.count++;
	if (open)
		report_unclosed(tex, open);
	else if (l.count >= commands[i].least)
		commands[i].read(tex, &l);
}

static nkc_status status_of(const nkc_tex *tex)
{
	const nkc_buf *lists[] = { &tex->inputs, &tex->data, &tex->citations, &tex->sections, &tex->keys, &tex->places };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (nkc_buf_status(lists[i]))
			return nkc_buf_status(lists[i]);
	}
	return tex->failed ? NKC_ENOMEM : nkc_arena_status(tex->arena);
}

static nkc_status use_source(nkc_tex *tex, nkc_str text, nkc_str name)
{
	nkc_source *source = nkc_arena_alloc(tex->arena, sizeof *source);
	if (!source)
		return NKC_ENOMEM;
	*source = nkc_source_make(nkc_arena_str(tex->arena, name), text);
	tex->source = source;
	return nkc_arena_status(tex->arena);
}

nkc_status nkc_tex_read(nkc_tex *tex, nkc_str text, nkc_str name)
{
	nkc_str rest = text, one;
	nkc_status status = use_source(tex, text, name);
	while (!status && nkc_str_split(&rest, '\n', &one))
		read_line(tex, nkc_str_trim(one));
	return status ? status : status_of(tex);
}

bool nkc_tex_next_input(nkc_tex *tex, nkc_str *file)
{
	if (tex->input_at == count_of(&tex->inputs, sizeof *file))
		return false;
	*file = ((const nkc_str *)(const void *)tex->inputs.ptr)[tex->input_at++];
	return true;
}

/* --- biblatex's control file --- */

static void read_control_node(nkc_tex *tex, const nkc_xml_node *node, unsigned depth)
{
	if (nkc_str_is(node->name, "citekey"))
		add_key(tex, node->text);
	else if (nkc_str_is(node->name, "datasource"))
		add_once(tex, &tex->data, node->text, 1);
	bool looks = depth < 3 && (nkc_str_is(node->name, "controlfile") || nkc_str_is(node->name, "section") ||
	                           nkc_str_is(node->name, "bibdata"));
	for (const nkc_xml_node *child = looks ? node->first : NULL; child; child = child->next)
		read_control_node(tex, child, depth + 1);
}

nkc_status nkc_tex_read_control(nkc_tex *tex, nkc_str text, nkc_str name)
{
	nkc_xml_node *root = NULL;
	nkc_xml_fault fault;
	nkc_status status = use_source(tex, text, name);
	if (!status)
		status = nkc_xml_parse(tex->arena, text, &root, &fault);
	if (status == NKC_ENOMEM)
		return status;
	if (status || !nkc_str_is(root->name, "controlfile")) {
		nkc_place place = { .source = tex->source, .offset = status ? fault.at : root->at, .length = 1 };
		nkc_diags_add(tex->diags, NKC_CODE_TEX_CONTROL, &place, NULL, "%s",
		              status ? fault.what : "no control file of biblatex");
		return NKC_ESYNTAX;
	}
	tex->kind = NKC_TEX_BIBLATEX;
	read_control_node(tex, root, 0);
	return status_of(tex);
}

/* --- the whole --- */

nkc_status nkc_tex_new(nkc_tex **out, nkc_diags *diags)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_tex *tex = arena ? nkc_arena_alloc(arena, sizeof *tex) : NULL;
	*out = tex;
	if (!tex) {
		nkc_arena_free(arena);
		return NKC_ENOMEM;
	}
	*tex = (nkc_tex){ .arena = arena, .diags = diags, .inputs = NKC_BUF_INIT, .data = NKC_BUF_INIT,
		          .citations = NKC_BUF_INIT, .sections = NKC_BUF_INIT, .keys = NKC_BUF_INIT, .places = NKC_BUF_INIT,
		          .by_key = NKC_MAP_INIT, .seen = NKC_SET_INIT };
	section_of(tex, global_section);
	nkc_status status = status_of(tex);
	if (status) {
		nkc_tex_free(tex);
		*out = NULL;
	}
	return status;
}

void nkc_tex_free(nkc_tex *tex)
{
	if (!tex)
		return;
	nkc_buf_release(&tex->inputs);
	nkc_buf_release(&tex->data);
	nkc_buf_release(&tex->citations);
	nkc_buf_release(&tex->sections);
	nkc_buf_release(&tex->keys);
	nkc_buf_release(&tex->places);
	nkc_set_release(&tex->by_key);
	nkc_set_release(&tex->seen);
	nkc_arena_free(tex->arena);
}

nkc_tex_kind nkc_tex_get_kind(const nkc_tex *tex)
{
	return tex->kind;
}

const nkc_str *nkc_tex_data(const nkc_tex *tex, size_t *count)
{
	*count = count_of(&tex->data, sizeof(nkc_str));
	return (const nkc_str *)(const void *)tex->data.ptr;
}

const nkc_tex_citation *nkc_tex_citations(const nkc_tex *tex, size_t *count)
{
	*count = count_of(&tex->citations, sizeof(nkc_tex_citation));
	return (const nkc_tex_citation *)(const void *)tex->citations.ptr;
}

const nkc_tex_section *nkc_tex_sections(const nkc_tex *tex, size_t *count)
{
	*count = count_of(&tex->sections, sizeof(nkc_tex_section));
	return (const nkc_tex_section *)(const void *)tex->sections.ptr;
}
