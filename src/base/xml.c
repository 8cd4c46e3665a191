#include "base/xml.h"

#include "base/versions.h"

#include <nkcite/buf.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* It tells "20914", and behind that what it was built from. */
void nkc_xml_version(char version[NKC_VERSION_SIZE])
{
	unsigned long number = strtoul(xmlParserVersion, NULL, 10);
	(void)snprintf(version, NKC_VERSION_SIZE, "%lu.%lu.%lu", number / 10000, number / 100 % 100, number % 100);
}

/* Names and namespaces are few and stand once in libxml2's dictionary: each is copied once. */
#define NAMES 256

typedef struct name_slot {
	const xmlChar *from;
	nkc_str to;
} name_slot;

typedef struct builder {
	nkc_arena *arena;
	nkc_xml_node *root, *open;
	nkc_buf chars; /* character data since the last tag */
	nkc_xml_fault *fault;
	nkc_status status;
	bool mixed;
	unsigned depth, namespaces;
	size_t skipped; /* bytes of the text before what libxml2 sees */
	name_slot names[NAMES];
} builder;

static builder *builder_of(void *context)
{
	return ((xmlParserCtxtPtr)context)->_private;
}

static size_t offset_of(const xmlParserCtxt *context)
{
	const xmlParserInput *input = context->input;
	size_t seen = input ? (size_t)input->consumed + (size_t)(input->cur - input->base) : 0;
	return ((const builder *)context->_private)->skipped + seen;
}

/* The first fault counts. Afterwards nothing that libxml2 gave to the event may be touched. */
static void stop(void *context, nkc_status status, const char *what)
{
	builder *b = builder_of(context);
	char *to = b->fault->what;
	if (b->status)
		return;
	b->status = status;
	b->fault->at = offset_of(context);
	snprintf(to, sizeof b->fault->what, "%s", what);
	for (; *to; to++)
		*to = *to == '\n' ? ' ' : *to;
	xmlStopParser(context);
}

static nkc_str copy_name(builder *b, const xmlChar *name)
{
	if (!name)
		return NKC_STR("");
	name_slot *slot = &b->names[((uintptr_t)name >> 3 ^ (uintptr_t)name >> 11) % NAMES];
	if (slot->from != name) {
		slot->to = nkc_arena_str(b->arena, nkc_str_from((const char *)name));
		slot->from = name;
	}
	return slot->to;
}

static nkc_str copy_prefixed(builder *b, const xmlChar *prefix, const xmlChar *name)
{
	if (!prefix)
		return copy_name(b, name);
	size_t before = strlen((const char *)prefix), after = strlen((const char *)name);
	char *both = nkc_arena_alloc(b->arena, before + after + 2);
	if (!both)
		return NKC_STR("");
	memcpy(both, prefix, before);
	both[before] = ':';
	memcpy(both + before + 1, name, after + 1);
	return nkc_str_make(both, before + after + 1);
}

/* --- events --- */

static void append_child(nkc_xml_node *parent, nkc_xml_node *node)
{
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, begin and end of the value. */
static bool is_too_long(const xmlChar **attrs, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if ((size_t)(attrs[5 * i + 4] - attrs[5 * i + 3]) > NKC_XML_VALUE_MAX)
			return true;
	}
	return false;
}

static void copy_attrs(builder *b, nkc_xml_node *node, unsigned count, const xmlChar **from)
{
	nkc_xml_attr *attrs = count ? nkc_arena_alloc(b->arena, count * sizeof *attrs) : NULL;
	if (!attrs)
		return;
	for (unsigned i = 0; i < count; i++, from += 5) {
		size_t len = (size_t)(from[4] - from[3]);
		attrs[i].name = copy_prefixed(b, from[1], from[0]);
		attrs[i].space = copy_name(b, from[2]);
		attrs[i].value = nkc_arena_str(b->arena, nkc_str_make((const char *)from[3], len));
	}
	node->attrs = attrs;
	node->attr_count = count;
}

/* What is wrong with an element, or NULL. */
static const char *check_bounds(const builder *b, unsigned count, const xmlChar **attrs)
{
	if (b->depth >= NKC_XML_DEPTH_MAX)
		return "elements are nested too deeply";
	if (b->namespaces > NKC_XML_NAMESPACES_MAX)
		return "too many namespaces";
	if (count > NKC_XML_ATTRIBUTES_MAX)
		return "too many attributes";
	return is_too_long(attrs, count) ? "an attribute is too long" : NULL;
}

/* Text beside elements is a child of its own, if it is wanted. */
static void keep_chars(builder *b)
{
	if (b->open && nkc_str_trim(nkc_buf_str(&b->chars)).len)
		b->open->mixed = true;
	nkc_xml_node *node = b->mixed && b->open && b->chars.len ? nkc_arena_alloc(b->arena, sizeof *node) : NULL;
	if (!node)
		return;
	*node = (nkc_xml_node){ .name = NKC_STR(""), .space = NKC_STR(""), .parent = b->open };
	node->text = nkc_arena_str(b->arena, nkc_buf_str(&b->chars));
	append_child(b->open, node);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                     int space_count, const xmlChar **spaces, int attr_count, int defaulted,
                     const xmlChar **attrs)
{
	builder *b = builder_of(context);
	(void)prefix, (void)spaces, (void)defaulted;
	b->namespaces += (unsigned)space_count;
	const char *fault = check_bounds(b, (unsigned)attr_count, attrs);
	if (fault) {
		stop(context, NKC_ELIMIT, fault);
		return;
	}
	nkc_xml_node *node = b->status ? NULL : nkc_arena_alloc(b->arena, sizeof *node);
	if (!node)
		return;
	keep_chars(b);
	nkc_buf_clear(&b->chars);
	*node = (nkc_xml_node){ .name = copy_name(b, name),
		                .space = copy_name(b, space),
		                .text = NKC_STR("") };
	node->at =
		(uint32_t)offset_of(context); /* behind the attributes; '<' is found when the tree is made */
	node->parent = b->open;
	copy_attrs(b, node, (unsigned)attr_count, attrs);
	if (b->open)
		append_child(b->open, node);
	else
		b->root = node;
	b->open = node;
	b->depth++;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	builder *b = builder_of(context);
	(void)name, (void)prefix, (void)space;
	if (b->status || !b->open)
		return;
	if (!b->open->first)
		b->open->text = nkc_arena_str(b->arena, nkc_buf_str(&b->chars));
	else
		keep_chars(b);
	nkc_buf_clear(&b->chars);
	b->open = b->open->parent;
	b->depth--;
}

static void on_chars(void *context, const xmlChar *chars, int len)
{
	nkc_buf_put(&builder_of(context)->chars, (const char *)chars, (size_t)len);
}

/* A DTD that stands elsewhere is not fetched; one inside could declare entities. */
static void on_dtd(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	const xmlParserCtxt *parser = context;
	(void)name, (void)public_id, (void)system_id;
	if (*parser->input->cur == '[')
		stop(context, NKC_EINVALID, "a DTD inside the text is not allowed");
}

static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
	xmlEntityPtr entity = xmlGetPredefinedEntity(name);
	if (!entity)
		stop(context, NKC_EINVALID, "an entity that XML does not define");
	return entity;
}

static void on_error(void *context, xmlErrorPtr error)
{
	if (error->level == XML_ERR_WARNING || !context)
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		builder_of(context)->status = NKC_ENOMEM;
		return;
	}
	nkc_str what = nkc_str_trim(nkc_str_from(error->message));
	char text[sizeof((nkc_xml_fault *)0)->what];
	snprintf(text, sizeof text, "%.*s", (int)(what.len < sizeof text ? what.len : sizeof text - 1),
	         what.ptr);
	stop(context, NKC_ESYNTAX, text);
}

/* --- before and after --- */

/*
 * Offset of a start tag with far more attributes than are allowed, or text.len: found before libxml2, which compares
 * each with each, sees it. An attribute shows as an equals sign and a quote.
 */
static size_t find_crowded_tag(nkc_str text)
{
	size_t tag = 0;
	unsigned count = 0;
	bool equals = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '<' || c == '>') {
			tag = i;
			count = 0;
		} else if ((c == '"' || c == '\'') && equals && ++count > 2 * NKC_XML_ATTRIBUTES_MAX) {
			return tag;
		}
		equals = c == '=' || (equals && (c == ' ' || c == '\t' || c == '\n' || c == '\r'));
	}
	return text.len;
}

static nkc_status check_size(nkc_str text, nkc_xml_fault *fault)
{
	fault->at = 0;
	fault->what[0] = '\0';
	if (text.len > NKC_XML_SIZE_MAX) {
		snprintf(fault->what, sizeof fault->what, "more than %zu MiB", NKC_XML_SIZE_MAX >> 20);
		return NKC_ELIMIT;
	}
	size_t tag = find_crowded_tag(text);
	if (tag == text.len)
		return NKC_OK;
	fault->at = tag;
	snprintf(fault->what, sizeof fault->what, "too many attributes");
	return NKC_ELIMIT;
}

/* The event of an element comes at the end of its tag; no value can hold '<', so the tag begins at the last one. */
static void place_nodes(nkc_str text, nkc_xml_node *root)
{
	nkc_xml_node *node = root;
	while (node) {
		size_t at = node->at < text.len ? node->at : text.len;
		while (at > 0 && text.ptr[--at] != '<')
			;
		node->at = (uint32_t)at;
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node && !node->next)
			node = node->parent;
		if (node)
			node = node->next;
	}
}

static void set_handlers(xmlSAXHandler *sax)
{
	memset(sax, 0, sizeof *sax);
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->characters = on_chars;
	sax->cdataBlock = on_chars;
	sax->ignorableWhitespace = on_chars;
	sax->getEntity = on_entity;
	sax->internalSubset = on_dtd;
	sax->serror = on_error;
}

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static void run(builder *b, nkc_str text)
{
	pthread_once(&library_once, xmlInitParser);
	xmlParserCtxtPtr context = xmlNewParserCtxt();
	if (!context) {
		b->status = NKC_ENOMEM;
		return;
	}
	set_handlers(context->sax);
	context->_private = b;
	/* Without NOENT, values keep "&#38;" for each ampersand; there are no entities but XML's own to replace. */
	xmlDocPtr none = xmlCtxtReadMemory(context, text.ptr, (int)text.len, NULL, "UTF-8",
	                                   XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
	if (none)
		xmlFreeDoc(none);
	if (!b->status && !context->wellFormed)
		stop(context, NKC_ESYNTAX, "not well formed");
	xmlFreeParserCtxt(context);
}

static nkc_status parse(nkc_arena *arena, nkc_str text, bool mixed, nkc_xml_node **root, nkc_xml_fault *fault)
{
	*root = NULL;
	nkc_status status = check_size(text, fault);
	if (status)
		return status;
	builder b = { .arena = arena, .fault = fault, .chars = NKC_BUF_INIT, .mixed = mixed };
	if (nkc_str_starts(text, NKC_STR("\xef\xbb\xbf")))
		b.skipped = 3;
	run(&b, nkc_str_slice(text, b.skipped, text.len));
	status = b.status                   ? b.status
	         : nkc_buf_status(&b.chars) ? nkc_buf_status(&b.chars)
	                                    : nkc_arena_status(arena);
	nkc_buf_release(&b.chars);
	if (status)
		return status;
	place_nodes(text, b.root);
	*root = b.root;
	return NKC_OK;
}

nkc_status nkc_xml_parse(nkc_arena *arena, nkc_str text, nkc_xml_node **root, nkc_xml_fault *fault)
{
	return parse(arena, text, false, root, fault);
}

nkc_status nkc_xml_parse_mixed(nkc_arena *arena, nkc_str text, nkc_xml_node **root, nkc_xml_fault *fault)
{
	return parse(arena, text, true, root, fault);
}

static const nkc_xml_node *named(const nkc_xml_node *node, const char *name)
{
	while (node && !nkc_str_is(node->name, name))
		node = node->next;
	return node;
}

const nkc_xml_node *nkc_xml_child(const nkc_xml_node *node, const char *name)
{
	return node ? named(node->first, name) : NULL;
}

const nkc_xml_node *nkc_xml_next(const nkc_xml_node *node, const char *name)
{
	return node ? named(node->next, name) : NULL;
}

/* Recursion is bounded by NKC_XML_DEPTH_MAX. */
void nkc_xml_put_text(const nkc_xml_node *node, nkc_buf *out)
{
	if (!node)
		return;
	nkc_buf_put_str(out, node->text);
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		nkc_xml_put_text(child, out);
}

/* May the character stand in XML (1.0, section 2.2)? */
static bool is_char(uint32_t rune)
{
	return rune == '\t' || rune == '\n' || (rune >= 0x20 && rune < 0xFFFE) || rune > 0xFFFF;
}

void nkc_xml_put_escaped(nkc_buf *out, nkc_str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune == '&')
			nkc_buf_puts(out, "&amp;");
		else if (rune == '<')
			nkc_buf_puts(out, "&lt;");
		else if (rune == '>')
			nkc_buf_puts(out, "&gt;");
		else if (rune == '"')
			nkc_buf_puts(out, "&quot;");
		else if (rune == '\r') /* a bare one would be read as a newline (section 2.11) */
			nkc_buf_puts(out, "&#13;");
		else if (rune == NKC_RUNE_BAD || !is_char(rune))
			nkc_buf_put_rune(out, NKC_RUNE_BAD);
		else
			nkc_buf_put(out, text.ptr + start, at - start);
	}
}

const nkc_xml_attr *nkc_xml_attr_find(const nkc_xml_node *node, const char *name)
{
	for (unsigned i = 0; i < node->attr_count; i++) {
		if (nkc_str_is(node->attrs[i].name, name))
			return &node->attrs[i];
	}
	return NULL;
}

nkc_str nkc_xml_get(const nkc_xml_node *node, const char *name)
{
	const nkc_xml_attr *attr = nkc_xml_attr_find(node, name);
	return attr ? attr->value : NKC_STR("");
}

/* Offset behind the quoted value that begins at or behind `at`. */
static size_t skip_value(nkc_str text, size_t at)
{
	while (at < text.len && text.ptr[at] != '"' && text.ptr[at] != '\'' && text.ptr[at] != '>')
		at++;
	if (at == text.len || text.ptr[at] == '>')
		return at;
	const char *end = memchr(text.ptr + at + 1, text.ptr[at], text.len - at - 1);
	return end ? (size_t)(end - text.ptr) + 1 : text.len;
}

static bool ends_name(char c)
{
	return c == '=' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '>' || c == '/';
}

size_t nkc_xml_attr_at(nkc_str text, const nkc_xml_node *node, nkc_str name, size_t *length)
{
	size_t at = node->at;
	while (at < text.len && !ends_name(text.ptr[at]))
		at++;
	while (at < text.len && text.ptr[at] != '>') {
		while (at < text.len && ends_name(text.ptr[at]) && text.ptr[at] != '>')
			at++;
		size_t start = at;
		while (at < text.len && !ends_name(text.ptr[at]))
			at++;
		nkc_str found = nkc_str_slice(text, start, at);
		at = skip_value(text, at);
		if (found.len && nkc_str_eq(found, name)) {
			*length = at - start;
			return start;
		}
	}
	*length = 1;
	return node->at;
}
