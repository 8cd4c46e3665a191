#include "base/utf8.h"

#include <nkcite/value.h>
#include <stdio.h>

bool nkc_value_truth(const nkc_value *value)
{
	if (!value)
		return false;
	if (value->type == NKC_TRUE)
		return true;
	nkc_str text = nkc_value_text(value);
	return !nkc_str_empty(text) && !nkc_str_is(text, "0") && !nkc_str_eq_nocase(text, NKC_STR("false"));
}

nkc_value *nkc_value_find(const nkc_value *object, nkc_str key)
{
	if (!nkc_value_is(object, NKC_OBJECT))
		return NULL;
	for (nkc_value *member = object->u.list.first; member; member = member->next) {
		if (nkc_str_eq(member->key, key))
			return member;
	}
	return NULL;
}

size_t nkc_value_count(const nkc_value *list)
{
	size_t count = 0;
	for (const nkc_value *child = nkc_value_first(list); child; child = child->next)
		count++;
	return count;
}

bool nkc_value_int(const nkc_value *value, int64_t *out)
{
	nkc_str text = nkc_value_text(value);
	bool minus = text.len && text.ptr[0] == '-';
	size_t at = minus || (text.len && text.ptr[0] == '+') ? 1 : 0;
	if (at == text.len || text.len - at > 18) /* 18 digits always fit */
		return false;
	int64_t number = 0;
	for (; at < text.len; at++) {
		if (text.ptr[at] < '0' || text.ptr[at] > '9')
			return false;
		number = number * 10 + (text.ptr[at] - '0');
	}
	*out = minus ? -number : number;
	return true;
}

nkc_value *nkc_value_new(nkc_arena *arena, nkc_value_type type)
{
	nkc_value *value = nkc_arena_alloc(arena, sizeof *value);
	if (!value)
		return NULL;
	memset(value, 0, sizeof *value);
	value->key = NKC_STR("");
	if (type < NKC_ARRAY)
		value->u.text = NKC_STR("");
	value->type = (uint8_t)type;
	value->flags = NKC_VALUE_MADE;
	return value;
}

/* Must the string be escaped to stand in JSON? */
static bool needs_escape(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c < 0x20 || c == '"' || c == '\\')
			return true;
	}
	return false;
}

nkc_value *nkc_value_string(nkc_arena *arena, nkc_str text)
{
	nkc_value *value = nkc_value_new(arena, NKC_STRING);
	if (!value)
		return NULL;
	value->u.text = nkc_arena_str(arena, text);
	if (needs_escape(text))
		value->flags |= NKC_VALUE_ESCAPED;
	if (nkc_utf8_has_high(text) && !nkc_utf8_valid(text))
		value->flags |= NKC_VALUE_ESCAPED | NKC_VALUE_BAD_UTF8;
	return value;
}

nkc_value *nkc_value_integer(nkc_arena *arena, int64_t number)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)number);
	nkc_value *value = nkc_value_new(arena, NKC_NUMBER);
	if (value)
		value->u.text = nkc_arena_str(arena, nkc_str_make(digits, (size_t)len));
	return value;
}

static void append(nkc_value *list, nkc_value *child)
{
	child->next = NULL;
	child->parent = list;
	if (list->u.list.last)
		list->u.list.last->next = child;
	else
		list->u.list.first = child;
	list->u.list.last = child;
}

/* Recursion is bounded by the depth of what was parsed or built. */
nkc_value *nkc_value_dup(nkc_arena *arena, const nkc_value *value)
{
	nkc_value *copy = nkc_value_new(arena, (nkc_value_type)value->type);
	if (!copy)
		return NULL;
	copy->key = nkc_arena_str(arena, value->key);
	copy->at = value->at;
	copy->key_at = value->key_at;
	copy->flags = value->flags;
	copy->atom = value->atom;
	if (!nkc_value_is_list(value)) {
		copy->u.text = nkc_arena_str(arena, value->u.text);
		return copy;
	}
	for (const nkc_value *child = value->u.list.first; child; child = child->next) {
		nkc_value *grown = nkc_value_dup(arena, child);
		if (!grown)
			return NULL;
		append(copy, grown);
	}
	return copy;
}

void nkc_value_append(nkc_value *array, nkc_value *element)
{
	if (array && element && nkc_value_is_list(array))
		append(array, element);
}

void nkc_value_add(nkc_value *object, nkc_str key, nkc_value *value)
{
	if (!value || !nkc_value_is(object, NKC_OBJECT))
		return;
	value->key = key;
	append(object, value);
}

void nkc_value_replace(nkc_value *old, nkc_value *value)
{
	if (!value || !old->parent)
		return;
	nkc_value *list = old->parent;
	nkc_value **link = &list->u.list.first;
	while (*link && *link != old)
		link = &(*link)->next;
	if (!*link)
		return;
	value->key = old->key;
	value->key_at = old->key_at;
	value->at = old->at;
	value->atom = old->atom;
	value->parent = list;
	value->next = old->next;
	*link = value;
	if (list->u.list.last == old)
		list->u.list.last = value;
	old->parent = NULL;
	old->next = NULL;
}

void nkc_value_set(nkc_value *object, nkc_str key, nkc_value *value)
{
	nkc_value *old = nkc_value_find(object, key);
	if (old && value)
		nkc_value_replace(old, value);
	else
		nkc_value_add(object, key, value);
}

void nkc_value_remove(nkc_value *child)
{
	nkc_value *list = child->parent, *before = NULL;
	if (!list)
		return;
	for (nkc_value *at = list->u.list.first; at && at != child; at = at->next)
		before = at;
	if (before)
		before->next = child->next;
	else
		list->u.list.first = child->next;
	if (list->u.list.last == child)
		list->u.list.last = before;
	child->parent = NULL;
	child->next = NULL;
}

static bool equal_lists(const nkc_value *a, const nkc_value *b)
{
	if (nkc_value_count(a) != nkc_value_count(b))
		return false;
	const nkc_value *y = b->u.list.first;
	for (const nkc_value *x = a->u.list.first; x; x = x->next) {
		const nkc_value *other = a->type == NKC_ARRAY || nkc_str_eq(x->key, y->key) ? y
		                                                                            : nkc_value_find(b, x->key);
		if (!other || !nkc_value_equal(x, other))
			return false;
		y = y->next;
	}
	return true;
}

bool nkc_value_equal(const nkc_value *a, const nkc_value *b)
{
	if (!a || !b)
		return a == b;
	if (a->type != b->type)
		return false;
	return nkc_value_is_list(a) ? equal_lists(a, b) : nkc_str_eq(a->u.text, b->u.text);
}

/* --- writing --- */

static void put_escape(nkc_buf *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char unicode[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
	switch (c) {
	case '"': nkc_buf_put(out, "\\\"", 2); break;
	case '\\': nkc_buf_put(out, "\\\\", 2); break;
	case '\n': nkc_buf_put(out, "\\n", 2); break;
	case '\t': nkc_buf_put(out, "\\t", 2); break;
	case '\r': nkc_buf_put(out, "\\r", 2); break;
	case '\b': nkc_buf_put(out, "\\b", 2); break;
	case '\f': nkc_buf_put(out, "\\f", 2); break;
	default: nkc_buf_put(out, unicode, 6); break;
	}
}

/* A byte run that is not UTF-8: a lone surrogate goes back into its escape, else U+FFFD. */
static size_t put_bad(nkc_buf *out, nkc_str text, size_t at)
{
	unsigned char a = (unsigned char)text.ptr[at];
	if (a == 0xED && text.len - at >= 3 && ((unsigned char)text.ptr[at + 1] & 0xE0) == 0xA0) {
		unsigned rune = 0xD000u | (((unsigned)text.ptr[at + 1] & 0x3Fu) << 6) | ((unsigned)text.ptr[at + 2] & 0x3Fu);
		nkc_buf_printf(out, "\\u%04x", rune);
		return 3;
	}
	nkc_buf_put(out, "\xEF\xBF\xBD", 3);
	return 1;
}

void nkc_json_put_string(nkc_buf *out, nkc_str text)
{
	nkc_buf_putc(out, '"');
	size_t run = 0, at = 0;
	while (at < text.len) {
		unsigned char c = (unsigned char)text.ptr[at];
		size_t step = c < 0x80 ? 1 : nkc_utf8_length(text.ptr + at, text.len - at);
		if (step && c >= 0x20 && c != '"' && c != '\\') {
			at += step;
			continue;
		}
		nkc_buf_put(out, text.ptr + run, at - run);
		if (step) {
			put_escape(out, c);
			at++;
		} else {
			at += put_bad(out, text, at);
		}
		run = at;
	}
	nkc_buf_put(out, text.ptr + run, at - run);
	nkc_buf_putc(out, '"');
}

static void put_text(const nkc_value *value, nkc_buf *out)
{
	if (value->flags & NKC_VALUE_ESCAPED) {
		nkc_json_put_string(out, value->u.text);
		return;
	}
	nkc_buf_putc(out, '"');
	nkc_buf_put_str(out, value->u.text);
	nkc_buf_putc(out, '"');
}

static void put_indent(nkc_buf *out, int level)
{
	static const char spaces[] = "\n                                ";
	nkc_buf_put(out, spaces, 1 + (level > 16 ? 32 : (size_t)level * 2));
	for (; level > 16; level--)
		nkc_buf_put(out, spaces + 1, 2);
}

/* Arrays of numbers (date-parts) read better on one line. */
static bool is_flat(const nkc_value *list)
{
	for (const nkc_value *child = list->u.list.first; child; child = child->next) {
		if (child->type != NKC_NUMBER && (child->type != NKC_ARRAY || !is_flat(child)))
			return false;
	}
	return list->type == NKC_ARRAY;
}

static void put_flat(const nkc_value *list, nkc_buf *out)
{
	nkc_buf_putc(out, '[');
	for (const nkc_value *child = list->u.list.first; child; child = child->next) {
		if (child->type == NKC_ARRAY)
			put_flat(child, out);
		else
			nkc_buf_put_str(out, child->u.text);
		if (child->next)
			nkc_buf_put(out, ", ", 2);
	}
	nkc_buf_putc(out, ']');
}

static void put_list(const nkc_value *list, int indent, nkc_buf *out)
{
	if (indent >= 0 && is_flat(list)) {
		put_flat(list, out);
		return;
	}
	bool object = list->type == NKC_OBJECT;
	int inner = indent < 0 ? -1 : indent + 1;
	nkc_buf_putc(out, object ? '{' : '[');
	for (const nkc_value *child = list->u.list.first; child; child = child->next) {
		if (inner >= 0)
			put_indent(out, inner);
		if (object) {
			nkc_json_put_string(out, child->key);
			nkc_buf_put(out, ": ", inner < 0 ? 1 : 2);
		}
		nkc_value_write(child, inner, out);
		if (child->next)
			nkc_buf_putc(out, ',');
	}
	if (inner >= 0 && list->u.list.first)
		put_indent(out, indent);
	nkc_buf_putc(out, object ? '}' : ']');
}

void nkc_value_write(const nkc_value *value, int indent, nkc_buf *out)
{
	switch (value->type) {
	case NKC_NULL: nkc_buf_put(out, "null", 4); break;
	case NKC_FALSE: nkc_buf_put(out, "false", 5); break;
	case NKC_TRUE: nkc_buf_put(out, "true", 4); break;
	case NKC_NUMBER: nkc_buf_put_str(out, value->u.text); break;
	case NKC_STRING: put_text(value, out); break;
	default: put_list(value, indent, out); break;
	}
}

/* RFC 6901: ~ is ~0, / is ~1. */
static void put_token(nkc_buf *out, nkc_str key)
{
	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == '~')
			nkc_buf_put(out, "~0", 2);
		else if (key.ptr[i] == '/')
			nkc_buf_put(out, "~1", 2);
		else
			nkc_buf_putc(out, key.ptr[i]);
	}
}

void nkc_value_pointer(const nkc_value *value, nkc_buf *out)
{
	if (!value->parent)
		return;
	nkc_value_pointer(value->parent, out);
	nkc_buf_putc(out, '/');
	if (value->parent->type == NKC_OBJECT) {
		put_token(out, value->key);
		return;
	}
	size_t index = 0;
	for (const nkc_value *at = value->parent->u.list.first; at && at != value; at = at->next)
		index++;
	nkc_buf_printf(out, "%zu", index);
}
