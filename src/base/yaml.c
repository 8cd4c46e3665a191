#include "base/yaml.h"

#include "base/utf8.h"
#include "base/versions.h"

#include <stdio.h>
#include <yaml.h>

void nkc_yaml_version(char version[NKC_VERSION_SIZE])
{
	(void)snprintf(version, NKC_VERSION_SIZE, "%s", yaml_get_version_string());
}

typedef struct anchor {
	nkc_str name;
	const nkc_value *value;
	struct anchor *before;
} anchor;

/* A list under construction. */
typedef struct level {
	nkc_value *list;
	nkc_str anchor;
	nkc_str key; /* of the member whose value comes next */
	uint32_t key_at;
	bool has_key;
} level;

typedef struct builder {
	nkc_arena *arena;
	nkc_str text;
	yaml_parser_t parser;
	nkc_value *root;
	level levels[NKC_YAML_DEPTH_MAX];
	unsigned depth;
	anchor *anchors;
	unsigned anchor_count, copies;
	size_t chars, bytes; /* where a place was last asked for: libyaml counts characters */
	bool ended;
	nkc_yaml_fault *fault;
} builder;

static size_t offset_of(builder *b, size_t chars)
{
	for (; b->chars < chars && b->bytes < b->text.len; b->chars++)
		(void)nkc_utf8_next(b->text, &b->bytes);
	return b->bytes;
}

static nkc_status refuse(builder *b, nkc_status status, const yaml_mark_t *mark, const char *what)
{
	b->fault->at = offset_of(b, mark->index);
	snprintf(b->fault->what, sizeof b->fault->what, "%s", what);
	return status;
}

static nkc_str copy(builder *b, const yaml_char_t *text, size_t length)
{
	return nkc_arena_str(b->arena, nkc_str_make((const char *)text, length));
}

/* --- scalars --- */

static size_t skip_digits(nkc_str text, size_t at)
{
	while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
		at++;
	return at;
}

/* Is it a number of JSON (RFC 8259, section 6)? */
static bool is_number(nkc_str text)
{
	size_t digits = text.len && text.ptr[0] == '-', at = skip_digits(text, digits);
	if (at == digits || (text.ptr[digits] == '0' && at - digits > 1))
		return false;
	if (at < text.len && text.ptr[at] == '.') {
		digits = at + 1;
		at = skip_digits(text, digits);
		if (at == digits)
			return false;
	}
	if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
		digits = at + 1;
		digits += digits < text.len && (text.ptr[digits] == '+' || text.ptr[digits] == '-');
		at = skip_digits(text, digits);
		if (at == digits)
			return false;
	}
	return at == text.len;
}

/* The words of the core schema; *type is NKC_STRING for every other. */
static nkc_value_type type_of_plain(nkc_str text)
{
	static const struct {
		const char *word;
		nkc_value_type type;
	} words[] = {
		{ "", NKC_NULL },      { "~", NKC_NULL },      { "null", NKC_NULL },   { "Null", NKC_NULL },
		{ "NULL", NKC_NULL },  { "true", NKC_TRUE },   { "True", NKC_TRUE },   { "TRUE", NKC_TRUE },
		{ "false", NKC_FALSE }, { "False", NKC_FALSE }, { "FALSE", NKC_FALSE },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_is(text, words[i].word))
			return words[i].type;
	}
	return is_number(text) ? NKC_NUMBER : NKC_STRING;
}

static nkc_value *scalar(builder *b, const yaml_event_t *event)
{
	nkc_str text = nkc_str_make((const char *)event->data.scalar.value, event->data.scalar.length);
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !event->data.scalar.tag;
	nkc_value *value = nkc_value_new(b->arena, plain ? type_of_plain(text) : NKC_STRING);
	if (value && value->type == NKC_NUMBER)
		value->u.text = nkc_arena_str(b->arena, text);
	else if (value && value->type == NKC_STRING)
		nkc_value_set_text(value, b->arena, text);
	return value;
}

/* --- lists --- */

static size_t count_all(const nkc_value *value, size_t limit)
{
	size_t count = 1;
	for (const nkc_value *child = nkc_value_first(value); child && count < limit; child = child->next)
		count += count_all(child, limit - count);
	return count;
}

static void remember(builder *b, nkc_str name, const nkc_value *value)
{
	anchor *a = name.len ? nkc_arena_alloc(b->arena, sizeof *a) : NULL;
	if (!a)
		return;
	*a = (anchor){ name, value, b->anchors };
	b->anchors = a;
	b->anchor_count++;
}

static const nkc_value *recall(const builder *b, nkc_str name)
{
	for (const anchor *a = b->anchors; a; a = a->before) {
		if (nkc_str_eq(a->name, name))
			return a->value;
	}
	return NULL;
}

/* The next key of a mapping. */
static nkc_status take_key(builder *b, level *top, const yaml_event_t *event)
{
	if (event->type != YAML_SCALAR_EVENT)
		return refuse(b, NKC_ESYNTAX, &event->start_mark, "a key that is no text");
	top->key = copy(b, event->data.scalar.value, event->data.scalar.length);
	top->key_at = (uint32_t)offset_of(b, event->start_mark.index);
	top->has_key = true;
	return NKC_OK;
}

static void put(builder *b, nkc_value *value, const yaml_event_t *event)
{
	level *top = b->depth ? &b->levels[b->depth - 1] : NULL;
	value->at = (uint32_t)offset_of(b, event->start_mark.index);
	value->flags &= (uint8_t)~NKC_VALUE_MADE;
	if (!top) {
		b->root = value;
	} else if (top->list->type == NKC_OBJECT) {
		nkc_value_add(top->list, top->key, value);
		value->key_at = top->key_at;
		top->has_key = false;
	} else {
		nkc_value_append(top->list, value);
	}
}

static nkc_status open_list(builder *b, nkc_value_type type, const yaml_char_t *anchor_name, const yaml_event_t *event)
{
	nkc_value *list = nkc_value_new(b->arena, type);
	if (!list)
		return NKC_ENOMEM;
	if (b->depth == NKC_YAML_DEPTH_MAX)
		return refuse(b, NKC_ELIMIT, &event->start_mark, "nested too deeply");
	put(b, list, event);
	level *top = &b->levels[b->depth++];
	*top = (level){ .list = list, .anchor = NKC_STR("") };
	if (anchor_name)
		top->anchor = copy(b, anchor_name, strlen((const char *)anchor_name));
	return NKC_OK;
}

static nkc_status put_alias(builder *b, const yaml_event_t *event)
{
	if (b->anchor_count > NKC_YAML_ANCHORS_MAX)
		return refuse(b, NKC_ELIMIT, &event->start_mark, "aliases beside too many anchors");
	const nkc_value *value = recall(b, nkc_str_from((const char *)event->data.alias.anchor));
	if (!value)
		return refuse(b, NKC_ESYNTAX, &event->start_mark, "an alias of nothing");
	size_t count = count_all(value, NKC_YAML_COPIES_MAX + 1);
	b->copies += (unsigned)count;
	if (b->copies > NKC_YAML_COPIES_MAX)
		return refuse(b, NKC_ELIMIT, &event->start_mark, "too many aliases");
	nkc_value *twin = nkc_value_dup(b->arena, value);
	if (!twin)
		return NKC_ENOMEM;
	put(b, twin, event);
	return NKC_OK;
}

static nkc_status put_scalar(builder *b, const yaml_event_t *event)
{
	nkc_value *value = scalar(b, event);
	if (!value)
		return NKC_ENOMEM;
	put(b, value, event);
	if (event->data.scalar.anchor)
		remember(b, copy(b, event->data.scalar.anchor, strlen((const char *)event->data.scalar.anchor)), value);
	return NKC_OK;
}

static bool awaits_key(const builder *b)
{
	const level *top = b->depth ? &b->levels[b->depth - 1] : NULL;
	return top && top->list->type == NKC_OBJECT && !top->has_key;
}

static nkc_status take(builder *b, const yaml_event_t *event)
{
	bool ends = event->type == YAML_MAPPING_END_EVENT || event->type == YAML_SEQUENCE_END_EVENT;
	if (ends) {
		level *top = &b->levels[--b->depth];
		remember(b, top->anchor, top->list);
		return NKC_OK;
	}
	if (awaits_key(b))
		return take_key(b, &b->levels[b->depth - 1], event);
	switch (event->type) {
	case YAML_SCALAR_EVENT: return put_scalar(b, event);
	case YAML_ALIAS_EVENT: return put_alias(b, event);
	case YAML_MAPPING_START_EVENT: return open_list(b, NKC_OBJECT, event->data.mapping_start.anchor, event);
	case YAML_SEQUENCE_START_EVENT: return open_list(b, NKC_ARRAY, event->data.sequence_start.anchor, event);
	case YAML_DOCUMENT_END_EVENT:
	case YAML_STREAM_END_EVENT: b->ended = true; return NKC_OK;
	default: return NKC_OK;
	}
}

static nkc_status refuse_syntax(builder *b)
{
	const yaml_parser_t *parser = &b->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		return NKC_ENOMEM;
	refuse(b, NKC_ESYNTAX, &parser->problem_mark, parser->problem ? parser->problem : "not YAML");
	if (parser->error == YAML_READER_ERROR)
		b->fault->at = parser->problem_offset < b->text.len ? parser->problem_offset : b->text.len;
	return NKC_ESYNTAX;
}

static nkc_status run(builder *b)
{
	nkc_status status = NKC_OK;
	yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b->parser, (const unsigned char *)b->text.ptr, b->text.len);
	while (!status && !b->ended) {
		yaml_event_t event;
		if (!yaml_parser_parse(&b->parser, &event))
			return refuse_syntax(b);
		status = take(b, &event);
		yaml_event_delete(&event);
	}
	return !status && nkc_arena_status(b->arena) ? NKC_ENOMEM : status;
}

nkc_status nkc_yaml_parse(nkc_arena *arena, nkc_str text, nkc_value **root, nkc_yaml_fault *fault)
{
	builder b = { .arena = arena, .text = text, .fault = fault };
	*fault = (nkc_yaml_fault){ 0, "" };
	*root = NULL;
	if (!yaml_parser_initialize(&b.parser))
		return NKC_ENOMEM;
	nkc_status status = run(&b);
	yaml_parser_delete(&b.parser);
	if (!status)
		*root = b.root;
	return status;
}

/* --- writing --- */

/* May stand in a plain scalar wherever it is. */
static bool is_plain_byte(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-_./()+;=$^~<>\\", c));
}

/*
 * Plain scalars may not begin with an indicator, hold ": " or " #", or read as something else than a string (YAML
 * 1.2.2, section 7.3.3). So that readers of YAML 1.1 agree, words and numbers of theirs are not plain, either.
 */
static bool can_be_plain(nkc_str text)
{
	static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null" };
	unsigned char first = text.len ? (unsigned char)text.ptr[0] : 0;
	if (!((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) || text.ptr[text.len - 1] == ' ')
		return false;
	for (size_t at = 0; at < text.len; at++) {
		unsigned char c = (unsigned char)text.ptr[at];
		bool inner = at + 1 < text.len && text.ptr[at + 1] != ' ' && text.ptr[at + 1] != '\t';
		if (c >= 0x80 || !(is_plain_byte(c) || (strchr(" ,'\"!?&*%@|", c) && c) || (c == ':' && inner)))
			return false;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_eq_nocase(text, nkc_str_from(words[i])))
			return false;
	}
	return true;
}

/* In double quotes; what a reader may refuse or fold is escaped (YAML 1.2.2, section 5.7). */
static void put_quoted(nkc_buf *out, nkc_str text)
{
	nkc_buf_putc(out, '"');
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		bool quote = rune == '"' || rune == '\\';
		bool hidden = rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0x2028 || rune == 0x2029 ||
		              rune == 0xFEFF || rune == 0xFFFE || rune == 0xFFFF;
		if (quote)
			nkc_buf_printf(out, "\\%c", (char)rune);
		else if (rune == '\n')
			nkc_buf_puts(out, "\\n");
		else if (hidden)
			nkc_buf_printf(out, "\\u%04X", (unsigned)rune);
		else if (rune == NKC_RUNE_BAD)
			nkc_buf_puts(out, "\xEF\xBF\xBD");
		else
			nkc_buf_put(out, text.ptr + start, at - start);
	}
	nkc_buf_putc(out, '"');
}

void nkc_yaml_put_string(nkc_buf *out, nkc_str text)
{
	if (can_be_plain(text))
		nkc_buf_put_str(out, text);
	else
		put_quoted(out, text);
}

static void put_indent(nkc_buf *out, unsigned indent)
{
	nkc_buf_printf(out, "\n%*s", (int)indent, "");
}

/* Lists of numbers, as dates have them, stay on one line; so do empty lists. */
static bool is_short(const nkc_value *list)
{
	for (const nkc_value *child = nkc_value_first(list); child; child = child->next) {
		if (nkc_value_is_list(child) || list->type == NKC_OBJECT || child->type == NKC_STRING)
			return false;
	}
	return true;
}

static void put_child(nkc_buf *out, const nkc_value *child, unsigned indent)
{
	if (nkc_value_is(child, NKC_OBJECT) && nkc_value_first(child))
		put_indent(out, indent);
	else
		nkc_buf_putc(out, ' ');
	nkc_yaml_put_value(out, child, indent);
}

/* A key of one line and 1024 characters needs no mark (YAML 1.2.2, section 7.4); its quoted form has no more than six for one. */
#define KEY_PLAIN_MAX 160

static void put_key(nkc_buf *out, nkc_str key, unsigned indent)
{
	if (key.len <= KEY_PLAIN_MAX) {
		nkc_yaml_put_string(out, key);
	} else {
		nkc_buf_puts(out, "? ");
		put_quoted(out, key);
		put_indent(out, indent);
	}
	nkc_buf_putc(out, ':');
}

static void put_list(nkc_buf *out, const nkc_value *list, unsigned indent)
{
	for (const nkc_value *child = nkc_value_first(list); child; child = child->next) {
		if (child != list->u.list.first)
			put_indent(out, indent);
		if (list->type == NKC_ARRAY) {
			nkc_buf_puts(out, "- ");
			nkc_yaml_put_value(out, child, indent + 2);
			continue;
		}
		put_key(out, child->key, indent);
		if (nkc_value_is(child, NKC_ARRAY) && !is_short(child)) {
			put_indent(out, indent);
			nkc_yaml_put_value(out, child, indent);
		} else {
			put_child(out, child, indent + 2);
		}
	}
}

/* Recursion is bounded by the depth of what was parsed. */
void nkc_yaml_put_value(nkc_buf *out, const nkc_value *value, unsigned indent)
{
	if (value->type == NKC_STRING)
		nkc_yaml_put_string(out, value->u.text);
	else if (value->type == NKC_NUMBER && !is_number(value->u.text))
		put_quoted(out, value->u.text);
	else if (!nkc_value_is_list(value) || is_short(value))
		nkc_value_write(value, -1, out);
	else
		put_list(out, value, indent);
}
