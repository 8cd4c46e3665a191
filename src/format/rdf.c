#include "format/rdf.h"

#include "base/arena.h"
#include "base/set.h"

#define SLOTS_FIRST 64
/* Looking for arcs may take so many steps for each arc there is; records of real files take a tenth. */
#define STEPS_EACH 2000
#define STEPS_MORE 200000
#define STEP_BYTES 64 /* of a text that is found: whoever asks for it looks through it */

struct nkc_rdf_graph {
	nkc_arena *arena;
	nkc_rdf_node *first, *last;
	nkc_rdf_node **slots;
	size_t slot_count, named;
	size_t arcs, steps;
	nkc_rdf_load_fn load;
	void *context;
};

/* --- vocabularies --- */

#define RDF_URI "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define XML_URI "http://www.w3.org/XML/1998/namespace"

static const struct space {
	nkc_str uri;
	nkc_rdf_space space;
} spaces[] = {
	{ NKC_STR_INIT(RDF_URI), NKC_RDF_RDF },
	{ NKC_STR_INIT("http://purl.org/dc/elements/1.1/"), NKC_RDF_DC },
	{ NKC_STR_INIT("http://purl.org/dc/terms/"), NKC_RDF_DC },
	{ NKC_STR_INIT("http://purl.org/dc/elements/1.0/"), NKC_RDF_DC },
	{ NKC_STR_INIT("http://purl.org/net/biblio#"), NKC_RDF_BIB },
	{ NKC_STR_INIT("http://purl.org/ontology/bibo/"), NKC_RDF_BIBO },
	{ NKC_STR_INIT("http://www.zotero.org/namespaces/export#"), NKC_RDF_Z },
	{ NKC_STR_INIT("http://prismstandard.org/namespaces/1.2/basic/"), NKC_RDF_PRISM },
	{ NKC_STR_INIT("http://prismstandard.org/namespaces/basic/2.0/"), NKC_RDF_PRISM },
	{ NKC_STR_INIT("http://prismstandard.org/namespaces/basic/2.1/"), NKC_RDF_PRISM },
	{ NKC_STR_INIT("http://prismstandard.org/namespaces/basic/3.0/"), NKC_RDF_PRISM },
	{ NKC_STR_INIT("http://xmlns.com/foaf/0.1/"), NKC_RDF_FOAF },
	{ NKC_STR_INIT("http://nwalsh.com/rdf/vCard#"), NKC_RDF_VCARD },
	{ NKC_STR_INIT("http://www.w3.org/2006/vcard/ns#"), NKC_RDF_VCARD },
	{ NKC_STR_INIT("http://schemas.talis.com/2005/address/schema#"), NKC_RDF_VCARD },
	{ NKC_STR_INIT("http://purl.org/rss/1.0/modules/link/"), NKC_RDF_LINK },
	{ NKC_STR_INIT("http://schema.org/"), NKC_RDF_SCHEMA },
	{ NKC_STR_INIT("https://schema.org/"), NKC_RDF_SCHEMA },
	{ NKC_STR_INIT("http://ogp.me/ns/video#"), NKC_RDF_VIDEO },
	{ NKC_STR_INIT("http://www.loc.gov/loc.terms/relators/"), NKC_RDF_REL },
	{ NKC_STR_INIT("http://id.loc.gov/vocabulary/relators/"), NKC_RDF_REL },
	{ NKC_STR_INIT("http://purl.org/vocab/resourcelist/schema#"), NKC_RDF_RES },
	{ NKC_STR_INIT("http://commontag.org/ns#"), NKC_RDF_CTAG },
	{ NKC_STR_INIT("http://purl.org/ontology/po/"), NKC_RDF_PO },
	{ NKC_STR_INIT("http://usefulinc.com/ns/doap#"), NKC_RDF_DOAP },
	{ NKC_STR_INIT("http://rdfs.org/sioc/types#"), NKC_RDF_SIOC },
	{ NKC_STR_INIT("http://umbel.org/umbel/sc/"), NKC_RDF_SC },
	{ NKC_STR_INIT("http://www.w3.org/2004/02/skos/core#"), NKC_RDF_SKOS },
	{ NKC_STR_INIT("http://www.w3.org/2000/01/rdf-schema#"), NKC_RDF_SKOS },
	{ NKC_STR_INIT("urn:nkcite:"), NKC_RDF_OWN },
};

nkc_rdf_space nkc_rdf_space_of(nkc_str uri, nkc_str *name)
{
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		if (nkc_str_starts(uri, spaces[i].uri)) {
			*name = nkc_str_slice(uri, spaces[i].uri.len, uri.len);
			return spaces[i].space;
		}
	}
	*name = uri;
	return NKC_RDF_OTHER;
}

bool nkc_rdf_leads_to_part(const nkc_rdf_arc *arc)
{
	static const struct {
		nkc_rdf_space space;
		const char *name;
	} parts[] = {
		{ NKC_RDF_DC, "isPartOf" },       { NKC_RDF_SCHEMA, "isPartOf" },   { NKC_RDF_BIB, "presentedAt" },
		{ NKC_RDF_BIBO, "presentedAt" },  { NKC_RDF_LINK, "link" },         { NKC_RDF_DC, "creator" },
		{ NKC_RDF_DC, "publisher" },      { NKC_RDF_BIBO, "presents" },     { NKC_RDF_BIBO, "reviewOf" },
		{ NKC_RDF_BIBO, "affirmedBy" },   { NKC_RDF_BIBO, "reproducedIn" }, { NKC_RDF_BIBO, "translationOf" },
		{ NKC_RDF_BIBO, "transcriptOf" }, { NKC_RDF_DC, "isVersionOf" },
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (arc->space == parts[i].space && nkc_str_is(arc->name, parts[i].name))
			return true;
	}
	return false;
}

/* --- resources --- */

nkc_rdf_graph *nkc_rdf_graph_new(nkc_arena *arena)
{
	nkc_rdf_graph *graph = nkc_arena_alloc(arena, sizeof *graph);
	if (graph)
		*graph = (nkc_rdf_graph){ .arena = arena };
	return graph;
}

void nkc_rdf_graph_set_load(nkc_rdf_graph *graph, nkc_rdf_load_fn load, void *context)
{
	graph->load = load;
	graph->context = context;
}

nkc_rdf_node *nkc_rdf_first(const nkc_rdf_graph *graph)
{
	return graph->first;
}

static nkc_rdf_node **slot_of(const nkc_rdf_graph *graph, nkc_str name)
{
	return &graph->slots[nkc_hash(name, 0) & (graph->slot_count - 1)];
}

/* A table twice as large; the old one stays in the arena. */
static bool grow(nkc_rdf_graph *graph)
{
	size_t count = graph->slot_count ? 2 * graph->slot_count : SLOTS_FIRST;
	nkc_rdf_node **slots = nkc_arena_alloc(graph->arena, count * sizeof *slots);
	if (!slots)
		return false;
	memset(slots, 0, count * sizeof *slots);
	graph->slots = slots;
	graph->slot_count = count;
	for (nkc_rdf_node *node = graph->first; node; node = node->next) {
		nkc_rdf_node **slot = node->name.len ? slot_of(graph, node->name) : NULL;
		if (slot) {
			node->next_named = *slot;
			*slot = node;
		}
	}
	return true;
}

static nkc_rdf_node *new_node(nkc_rdf_graph *graph, nkc_str name)
{
	nkc_rdf_node *node = nkc_arena_alloc(graph->arena, sizeof *node);
	if (!node)
		return NULL;
	*node = (nkc_rdf_node){ .name = name };
	if (graph->last)
		graph->last->next = node;
	else
		graph->first = node;
	graph->last = node;
	return node;
}

/* The resource of that name, which is made when it is new; without a name always a new one. */
static nkc_rdf_node *node_named(nkc_rdf_graph *graph, nkc_str name)
{
	if (!name.len)
		return new_node(graph, name);
	if (graph->named >= graph->slot_count && !grow(graph))
		return NULL;
	nkc_rdf_node **slot = slot_of(graph, name), *node = *slot;
	while (node && !nkc_str_eq(node->name, name))
		node = node->next_named;
	if (node || !(node = new_node(graph, name)))
		return node;
	node->next_named = *slot;
	*slot = node;
	graph->named++;
	return node;
}

static nkc_rdf_arc *add_arc(nkc_rdf_graph *graph, nkc_rdf_node *from, nkc_str space, nkc_str name)
{
	nkc_rdf_arc *arc = from ? nkc_arena_alloc(graph->arena, sizeof *arc) : NULL;
	nkc_str none;
	if (!arc)
		return NULL;
	graph->arcs++;
	*arc = (nkc_rdf_arc){ .space = nkc_rdf_space_of(space, &none), .name = name, .text = NKC_STR("") };
	if (arc->space == NKC_RDF_RDF && name.len > 1 && name.ptr[0] == '_')
		arc->name = NKC_STR("li");
	if (from->last)
		from->last->next = arc;
	else
		from->first = arc;
	from->last = arc;
	return arc;
}

static void set_target(nkc_rdf_node *from, nkc_rdf_arc *arc, nkc_rdf_node *to)
{
	if (!arc || !to)
		return;
	arc->to = to;
	arc->text = nkc_str_trim(to->name);
	to->is_part |= nkc_rdf_leads_to_part(arc);
	to->is_remark |= arc->space == NKC_RDF_DC && nkc_str_is(arc->name, "isReferencedBy");
	if (!to->user && arc->space == NKC_RDF_RES && nkc_str_is(arc->name, "resource"))
		to->user = from;
}

/* --- RDF/XML: elements of resources and of properties by turns --- */

static nkc_str local_name(const nkc_xml_attr *attr)
{
	size_t colon = nkc_str_find_byte(attr->name, ':');
	return colon < attr->name.len ? nkc_str_slice(attr->name, colon + 1, attr->name.len) : attr->name;
}

/* The value of an attribute of RDF's own, which old files have without a prefix. */
static bool rdf_attr(const nkc_xml_node *element, const char *name, nkc_str *value)
{
	for (unsigned i = 0; i < element->attr_count; i++) {
		const nkc_xml_attr *attr = &element->attrs[i];
		bool ours = nkc_str_is(attr->space, RDF_URI) || !attr->space.len;
		if (ours && nkc_str_is(local_name(attr), name)) {
			*value = attr->value;
			return true;
		}
	}
	return false;
}

static nkc_str with_prefix(nkc_rdf_graph *graph, const char *prefix, nkc_str name)
{
	nkc_buf text = nkc_arena_buf(graph->arena);
	nkc_buf_puts(&text, prefix);
	nkc_buf_put_str(&text, name);
	return nkc_arena_keep(graph->arena, &text);
}

/* The resource that an element names by one of the attributes; NULL: by none. */
static nkc_rdf_node *find_named(nkc_rdf_graph *graph, const nkc_xml_node *element, const char *uri)
{
	nkc_str value;
	if (rdf_attr(element, uri, &value))
		return node_named(graph, value);
	if (rdf_attr(element, "nodeID", &value))
		return node_named(graph, with_prefix(graph, "_:", value));
	return NULL;
}

/* Attributes of other vocabularies are properties. */
static void add_attrs(nkc_rdf_graph *graph, nkc_rdf_node *node, const nkc_xml_node *element)
{
	for (unsigned i = 0; i < element->attr_count; i++) {
		const nkc_xml_attr *attr = &element->attrs[i];
		bool type = nkc_str_is(attr->space, RDF_URI) && nkc_str_is(local_name(attr), "type");
		if (!attr->space.len || nkc_str_is(attr->space, XML_URI) ||
		    (nkc_str_is(attr->space, RDF_URI) && !type))
			continue;
		nkc_rdf_arc *arc = add_arc(graph, node, attr->space, local_name(attr));
		if (type)
			set_target(node, arc, node_named(graph, attr->value));
		else if (arc)
			arc->text = nkc_str_trim(attr->value);
	}
}

static bool has_property_attr(const nkc_xml_node *element)
{
	for (unsigned i = 0; i < element->attr_count; i++) {
		nkc_str space = element->attrs[i].space;
		if (space.len && !nkc_str_is(space, RDF_URI) && !nkc_str_is(space, XML_URI))
			return true;
	}
	return false;
}

static bool has_elements(const nkc_xml_node *element)
{
	for (const nkc_xml_node *child = element->first; child; child = child->next) {
		if (child->name.len)
			return true;
	}
	return false;
}

static nkc_rdf_node *add_node(nkc_rdf_graph *graph, const nkc_xml_node *element);
static void add_properties(nkc_rdf_graph *graph, nkc_rdf_node *node, const nkc_xml_node *element);

static void add_literal(nkc_rdf_graph *graph, nkc_rdf_arc *arc, const nkc_xml_node *element)
{
	nkc_buf text = nkc_arena_buf(graph->arena);
	nkc_xml_put_text(element, &text);
	nkc_str kept = nkc_arena_keep(graph->arena, &text);
	if (arc)
		arc->text = nkc_str_trim(kept);
}

/* A list: a resource with its members, as of a Seq. */
static nkc_rdf_node *add_collection(nkc_rdf_graph *graph, const nkc_xml_node *element)
{
	nkc_rdf_node *list = new_node(graph, NKC_STR(""));
	for (const nkc_xml_node *child = element->first; list && child; child = child->next) {
		if (child->name.len)
			set_target(list, add_arc(graph, list, NKC_STR(RDF_URI), NKC_STR("li")),
			           add_node(graph, child));
	}
	return list;
}

/* Recursion is bounded by NKC_XML_DEPTH_MAX. */
static void add_property(nkc_rdf_graph *graph, nkc_rdf_node *from, const nkc_xml_node *element)
{
	nkc_str parse = NKC_STR("");
	nkc_rdf_arc *arc = add_arc(graph, from, element->space, element->name);
	nkc_rdf_node *named = find_named(graph, element, "resource");
	rdf_attr(element, "parseType", &parse);
	if (named || has_property_attr(element)) {
		set_target(from, arc, named ? named : (named = new_node(graph, NKC_STR(""))));
		add_attrs(graph, named, element);
	} else if (nkc_str_is(parse, "Resource")) {
		nkc_rdf_node *node = new_node(graph, NKC_STR(""));
		set_target(from, arc, node);
		add_properties(graph, node, element);
	} else if (nkc_str_is(parse, "Collection")) {
		set_target(from, arc, add_collection(graph, element));
	} else if (nkc_str_is(parse, "Literal") || !has_elements(element)) {
		add_literal(graph, arc, element);
	} else {
		const nkc_xml_node *child = element->first;
		while (!child->name.len)
			child = child->next;
		set_target(from, arc, add_node(graph, child));
	}
}

static void add_properties(nkc_rdf_graph *graph, nkc_rdf_node *node, const nkc_xml_node *element)
{
	for (const nkc_xml_node *child = element->first; node && child; child = child->next) {
		if (child->name.len)
			add_property(graph, node, child);
	}
}

static nkc_rdf_node *add_node(nkc_rdf_graph *graph, const nkc_xml_node *element)
{
	nkc_str id;
	nkc_rdf_node *node = find_named(graph, element, "about");
	if (!node && rdf_attr(element, "ID", &id))
		node = node_named(graph, with_prefix(graph, "#", id));
	if (!node)
		node = new_node(graph, NKC_STR(""));
	if (!node)
		return NULL;
	if (!node->described) {
		node->described = true;
		node->at = element->at;
	}
	if (!nkc_str_is(element->space, RDF_URI) || !nkc_str_is(element->name, "Description")) {
		nkc_buf uri = nkc_arena_buf(graph->arena);
		nkc_buf_put_str(&uri, element->space);
		nkc_buf_put_str(&uri, element->name);
		set_target(node, add_arc(graph, node, NKC_STR(RDF_URI), NKC_STR("type")),
		           node_named(graph, nkc_arena_keep(graph->arena, &uri)));
	}
	add_attrs(graph, node, element);
	add_properties(graph, node, element);
	return node;
}

void nkc_rdf_add(nkc_rdf_graph *graph, const nkc_xml_node *element)
{
	add_node(graph, element);
}

/* --- questions --- */

const nkc_rdf_arc *nkc_rdf_arcs(nkc_rdf_graph *graph, nkc_rdf_node *node)
{
	if (!node)
		return NULL;
	if (!node->asked && node->name.len && graph->load) {
		node->asked = true;
		graph->load(graph->context, graph, node);
	}
	return node->first;
}

void nkc_rdf_tire(nkc_rdf_graph *graph, size_t steps)
{
	graph->steps += steps;
}

bool nkc_rdf_is_tired(const nkc_rdf_graph *graph)
{
	return graph->steps > STEPS_EACH * graph->arcs + STEPS_MORE;
}

/* The first arc of that property from `arc` on. */
static const nkc_rdf_arc *find_arc(nkc_rdf_graph *graph, const nkc_rdf_arc *arc, nkc_rdf_space space, const char *name)
{
	if (nkc_rdf_is_tired(graph))
		return NULL;
	while (arc && (arc->space != space || !nkc_str_is(arc->name, name))) {
		arc = arc->next;
		graph->steps++;
	}
	graph->steps += arc ? arc->text.len / STEP_BYTES : 0;
	return arc;
}

const nkc_rdf_arc *nkc_rdf_get(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name)
{
	return find_arc(graph, nkc_rdf_arcs(graph, node), space, name);
}

nkc_str nkc_rdf_text(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name)
{
	const nkc_rdf_arc *arc = nkc_rdf_get(graph, node, space, name);
	return arc ? arc->text : NKC_STR("");
}

bool nkc_rdf_is_a(nkc_rdf_graph *graph, nkc_rdf_node *node, nkc_rdf_space space, const char *name)
{
	const nkc_rdf_arc *arc = nkc_rdf_get(graph, node, NKC_RDF_RDF, "type");
	for (; arc; arc = find_arc(graph, arc->next, NKC_RDF_RDF, "type")) {
		nkc_str local;
		if (nkc_rdf_space_of(arc->text, &local) == space && nkc_str_is(local, name))
			return true;
	}
	return false;
}
