#include "format/rdf_read.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/set.h"
#include "base/window.h"
#include "format/lines.h"
#include "format/xml_read.h"
#include "record/record_impl.h"

/* What may be read again beside so many times the file. */
#define AGAIN_TIMES 8
#define AGAIN_MORE ((size_t)16 << 20)
#define AGAIN_EACH 512 /* what reading any element costs at least */

/* An element under rdf:RDF. */
typedef struct unit {
	size_t start, length;
	unsigned turn; /* in which it was read last */
} unit;

/* What the file says of a named resource, as lists of links. */
typedef struct fact {
	uint32_t described, users, collections; /* first links, counted from 1; 0: none */
	bool is_part, is_remark, told;
} fact;

typedef struct link {
	uint32_t to; /* a unit or a collection */
	uint32_t next;
} link;

/* An array that grows. */
typedef struct list {
	void *items;
	size_t count, cap;
} list;

typedef struct state {
	nkc_reader *reader;
	nkc_set names; /* fingerprint -> fact, counted from 1 */
	list units, facts, links, titles;
	nkc_arena *titles_arena, *arena;
	nkc_rdf_graph *graph;
	nkc_rdf_node *node, *stop; /* the next resource, and the last one of the unit */
	size_t next;               /* unit */
	size_t again;              /* bytes that may still be read again */
	unsigned turn;
	bool noted;
	nkc_status status;
} state;

static state *state_of(nkc_reader *reader)
{
	return reader->state ? *nkc_xml_read_own(reader) : NULL;
}

nkc_status nkc_rdf_read_open(nkc_reader *reader)
{
	nkc_status status = nkc_xml_read_open_children(reader, "RDF");
	if (status)
		return status;
	state *s = *nkc_xml_read_own(reader) = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	s->reader = reader;
	s->names = (nkc_set)NKC_MAP_INIT;
	s->arena = nkc_arena_new();
	s->titles_arena = nkc_arena_new();
	return s->arena && s->titles_arena ? NKC_OK : NKC_ENOMEM;
}

void nkc_rdf_read_close(nkc_reader *reader)
{
	state *s = state_of(reader);
	if (s) {
		nkc_set_release(&s->names);
		nkc_free(s->units.items);
		nkc_free(s->facts.items);
		nkc_free(s->links.items);
		nkc_free(s->titles.items);
		nkc_arena_free(s->arena);
		nkc_arena_free(s->titles_arena);
		nkc_free(s);
	}
	nkc_xml_read_close(reader);
}

/* --- the first time: what is where --- */

/* One more item of `size` bytes, cleared; NULL when memory is out. */
static void *add_item(state *s, list *l, size_t size)
{
	if (l->count == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 16;
		void *items = cap < UINT32_MAX ? nkc_realloc(l->items, cap * size) : NULL;
		if (!items) {
			s->status = NKC_ENOMEM;
			return NULL;
		}
		l->items = items;
		l->cap = cap;
	}
	return memset((char *)l->items + size * l->count++, 0, size);
}

static fact *fact_of(const state *s, nkc_str name)
{
	uint32_t index = name.len ? nkc_set_get(&s->names, nkc_hash(name, 0)) : 0;
	return index ? (fact *)s->facts.items + index - 1 : NULL;
}

static fact *make_fact(state *s, nkc_str name)
{
	uint32_t *index;
	bool added;
	nkc_status status = nkc_set_add(&s->names, nkc_hash(name, 0), &added, &index);
	if (status)
		s->status = status;
	else if (*index)
		return (fact *)s->facts.items + *index - 1;
	fact *f = status ? NULL : add_item(s, &s->facts, sizeof *f);
	if (f)
		*index = (uint32_t)s->facts.count;
	return f;
}

static link *link_at(const state *s, uint32_t index)
{
	return (link *)s->links.items + index - 1;
}

/* Puts a link at the end of a list, unless it is the first one already. */
static void add_link(state *s, uint32_t *first, size_t to)
{
	if (*first && link_at(s, *first)->to == to)
		return;
	link *l = add_item(s, &s->links, sizeof *l);
	if (!l)
		return;
	uint32_t index = (uint32_t)s->links.count;
	l->to = (uint32_t)to;
	if (*first) { /* behind the first, which stays: it says whose record it is */
		l->next = link_at(s, *first)->next;
		link_at(s, *first)->next = index;
	} else {
		*first = index;
	}
}

static bool is_collection(nkc_rdf_graph *graph, nkc_rdf_node *node)
{
	return nkc_rdf_is_a(graph, node, NKC_RDF_Z, "Collection") ||
	       nkc_rdf_is_a(graph, node, NKC_RDF_BIB, "Collection");
}

static void note_members(state *s, nkc_rdf_graph *graph, nkc_rdf_node *node)
{
	nkc_str *title = add_item(s, &s->titles, sizeof *title);
	if (!title)
		return;
	*title = nkc_arena_str(s->titles_arena, nkc_rdf_text(graph, node, NKC_RDF_DC, "title"));
	for (const nkc_rdf_arc *arc = node->first; arc; arc = arc->next) {
		bool member = arc->space == NKC_RDF_DC && nkc_str_is(arc->name, "hasPart") && arc->text.len;
		fact *f = member ? make_fact(s, arc->text) : NULL;
		if (f)
			add_link(s, &f->collections, s->titles.count - 1);
	}
}

static void note_node(state *s, nkc_rdf_graph *graph, nkc_rdf_node *node, size_t at)
{
	bool told = node->described || node->is_part || node->is_remark;
	fact *f = node->name.len && told ? make_fact(s, node->name) : NULL;
	if (f) {
		f->is_part |= node->is_part;
		f->is_remark |= node->is_remark;
		if (node->described)
			add_link(s, &f->described, at);
	}
	for (const nkc_rdf_arc *arc = node->first; arc; arc = arc->next) {
		bool used = arc->space == NKC_RDF_RES && nkc_str_is(arc->name, "resource") && arc->text.len;
		fact *whose = used ? make_fact(s, arc->text) : NULL;
		if (whose)
			add_link(s, &whose->users, at);
	}
	if (node->described && is_collection(graph, node))
		note_members(s, graph, node);
}

static void note_unit(state *s, const nkc_xml_entry *entry)
{
	nkc_arena *arena = nkc_record_arena(s->reader->record);
	nkc_rdf_graph *graph = nkc_rdf_graph_new(arena);
	unit *u = add_item(s, &s->units, sizeof *u);
	if (!graph || !u) {
		s->status = NKC_ENOMEM;
		return;
	}
	*u = (unit){ .start = entry->start, .length = entry->length };
	nkc_rdf_add(graph, entry->node);
	for (nkc_rdf_node *node = nkc_rdf_first(graph); node; node = node->next)
		note_node(s, graph, node, s->units.count - 1);
	if (nkc_arena_status(arena) == NKC_ENOMEM || nkc_arena_status(s->titles_arena))
		s->status = NKC_ENOMEM;
}

static nkc_status note_all(state *s)
{
	nkc_xml_entry entry;
	do {
		nkc_status status = nkc_xml_read_next(s->reader, &entry);
		if (status)
			return status;
		if (entry.node)
			note_unit(s, &entry);
	} while (entry.node && !s->status);
	s->again = AGAIN_TIMES * nkc_lines_text(s->reader).len + AGAIN_MORE;
	return s->status;
}

/* --- the second time --- */

/* Adds a unit to the graph. */
static void add_unit(state *s, size_t index)
{
	unit *u = (unit *)s->units.items + index;
	u->turn = s->turn;
	nkc_xml_entry entry = { .start = u->start, .length = u->length };
	nkc_status status = nkc_xml_read_again(s->reader, s->arena, &entry);
	if (status == NKC_ENOMEM)
		s->status = status;
	if (entry.node)
		nkc_rdf_add(s->graph, entry.node);
}

static bool may_read_again(state *s, size_t size)
{
	if (!s->again)
		return false;
	if (size <= s->again) {
		s->again -= size;
		return true;
	}
	s->again = 0;
	nkc_lines_report(s->reader, NKC_CODE_RDF_REFERENCE, 0, 1,
	                 "too much stands behind references: no more of them are followed");
	return false;
}

static void add_units(state *s, uint32_t first)
{
	for (uint32_t index = first; index && s->again && !s->status; index = link_at(s, index)->next) {
		const unit *u = (unit *)s->units.items + link_at(s, index)->to;
		if (u->turn != s->turn && may_read_again(s, u->length + AGAIN_EACH))
			add_unit(s, link_at(s, index)->to);
	}
}

static bool is_of_this_file(nkc_str name)
{
	return nkc_str_starts(name, NKC_STR("#")) || nkc_str_starts(name, NKC_STR("_:"));
}

static void load(void *context, nkc_rdf_graph *graph, nkc_rdf_node *node)
{
	state *s = context;
	const unit *here = (unit *)s->units.items + s->next - 1;
	(void)graph;
	fact *f = is_of_this_file(node->name) ? make_fact(s, node->name) : fact_of(s, node->name);
	if (f && f->described) {
		add_units(s, f->described);
	} else if (f && is_of_this_file(node->name) && !f->told) {
		nkc_lines_report(s->reader, NKC_CODE_RDF_REFERENCE, here->start, 1, "nothing describes %.*s",
		                 NKC_STR_ARG(node->name));
		f->told = true;
	}
}

static void tell_if_tired(state *s)
{
	if (s->graph && nkc_rdf_is_tired(s->graph))
		nkc_lines_report(s->reader, NKC_CODE_RDF_REFERENCE, ((unit *)s->units.items)[s->next - 1].start, 1,
		                 "too much to look through: not all of it is read");
}

static void start_unit(state *s)
{
	tell_if_tired(s);
	s->turn++;
	nkc_arena_reset(s->arena);
	nkc_arena_set_limit(s->arena, NKC_RECORD_MEMORY_MAX);
	s->graph = nkc_rdf_graph_new(s->arena);
	s->node = s->stop = NULL;
	if (!s->graph)
		return;
	nkc_rdf_graph_set_load(s->graph, load, s);
	add_unit(s, s->next++);
	s->node = nkc_rdf_first(s->graph);
	for (nkc_rdf_node *node = s->node; node; node = node->next)
		s->stop = node;
}

static bool has_item_type(const state *s, nkc_rdf_node *node)
{
	nkc_str type = nkc_rdf_text(s->graph, node, NKC_RDF_Z, "itemType");
	return type.len && !nkc_str_is(type, "attachment") && !nkc_str_is(type, "note");
}

/* Is it described here first, and a whole? */
static bool is_whole(const state *s, nkc_rdf_node *node)
{
	const fact *f = fact_of(s, node->name);
	bool here = !node->name.len || (f && f->described && link_at(s, f->described)->to == s->next - 1);
	bool is_part = node->is_part || (f && f->is_part);
	return node->described && here && (!is_part || has_item_type(s, node));
}

/* Who speaks of the resource by res:resource, here or elsewhere. */
static nkc_rdf_node *user_of(state *s, const nkc_rdf_node *whose)
{
	const fact *f = fact_of(s, whose->name);
	if (f && f->users)
		add_units(s, f->users);
	return whose->user;
}

/* False when memory is out, or the element asks for more than a record may have: that is told, and it is left. */
static bool check_memory(state *s)
{
	nkc_status status = s->graph ? nkc_arena_status(s->arena) : NKC_ENOMEM;
	if (status == NKC_ELIMIT) {
		nkc_lines_report(s->reader, NKC_CODE_JSON_SIZE, ((unit *)s->units.items)[s->next - 1].start, 1,
		                 "a record that takes too much memory");
		s->node = NULL;
		nkc_arena_reset(s->arena);
		return false;
	}
	s->status = status ? status : s->status;
	return !status;
}

static nkc_rdf_node *next_whole(state *s)
{
	while (!s->status) {
		nkc_rdf_node *node = s->node;
		if (!node && s->next == s->units.count) {
			tell_if_tired(s);
			return NULL;
		}
		if (!node) {
			start_unit(s);
			check_memory(s);
			continue;
		}
		s->node = node == s->stop ? NULL : node->next;
		if (is_whole(s, node) && check_memory(s))
			return node;
	}
	return NULL;
}

nkc_status nkc_rdf_read_next(nkc_reader *reader, nkc_rdf_subject *subject)
{
	state *s = state_of(reader);
	*subject = (nkc_rdf_subject){ .node = NULL };
	if (!s->noted) {
		nkc_status status = note_all(s);
		if (status)
			return status;
		s->noted = true;
	}
	subject->node = next_whole(s);
	if (!subject->node || s->status)
		return s->status;
	const unit *u = (unit *)s->units.items + s->next - 1;
	const fact *f = fact_of(s, subject->node->name);
	subject->graph = s->graph;
	subject->user = user_of(s, subject->node);
	subject->is_remark = subject->node->is_remark || (f && f->is_remark);
	subject->start = u->start;
	subject->length = u->length;
	return s->status;
}

bool nkc_rdf_read_collection(nkc_reader *reader, const nkc_rdf_node *node, size_t *at, nkc_str *title)
{
	state *s = state_of(reader);
	const fact *f = *at ? NULL : fact_of(s, node->name);
	uint32_t index = *at ? link_at(s, (uint32_t)*at)->next : f ? f->collections : 0;
	*at = index;
	if (!index)
		return false;
	*title = ((nkc_str *)s->titles.items)[link_at(s, index)->to];
	return may_read_again(s, title->len);
}
