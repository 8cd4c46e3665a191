#include "base/mem.h"
#include "base/utf8.h"
#include "base/value_list.h"

#include <nkcite/value.h>
#include <stdio.h>
#include <stdlib.h>

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

/* What the flags of a string with that text are. */
static uint8_t flags_of(nkc_str text)
{
	uint8_t flags = 0;
	for (size_t at = 0; at < text.len;) {
		unsigned char c = (unsigned char)text.ptr[at];
		size_t start = at, step = nkc_utf8_length(text.ptr + at, text.len - at);
		at += step;
		if (c < 0x20 || c == '"' || c == '\\')
			flags |= NKC_VALUE_ESCAPED;
		if (step)
			continue;
		nkc_utf8_next(text, &at);
		/* of what is not UTF-8, only a surrogate has more than one byte */
		flags |= NKC_VALUE_ESCAPED | (at - start > 1 ? NKC_VALUE_LONE : NKC_VALUE_BAD_UTF8);
	}
	return flags;
}

#define KEY_FLAGS (NKC_VALUE_KEY_BAD_UTF8 | NKC_VALUE_KEY_LONE)

void nkc_value_set_text(nkc_value *value, nkc_arena *arena, nkc_str text)
{
	value->u.text = nkc_arena_str(arena, text);
	value->flags = (uint8_t)((value->flags & (KEY_FLAGS | NKC_VALUE_MADE)) | flags_of(text));
}

nkc_value *nkc_value_string(nkc_arena *arena, nkc_str text)
{
	nkc_value *value = nkc_value_new(arena, NKC_STRING);
	if (!value)
		return NULL;
	nkc_value_set_text(value, arena, text);
	return nkc_arena_status(arena) ? NULL : value;
}

nkc_value *nkc_value_integer(nkc_arena *arena, int64_t number)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)number);
	nkc_value *value = nkc_value_new(arena, NKC_NUMBER);
	if (value)
		value->u.text = nkc_arena_str(arena, nkc_str_make(digits, (size_t)len));
	return nkc_arena_status(arena) ? NULL : value;
}

/* Recursion is bounded by the depth of what was parsed or built. */
nkc_value *nkc_value_dup(nkc_arena *arena, const nkc_value *value)
{
	nkc_value *copy = value ? nkc_value_new(arena, (nkc_value_type)value->type) : NULL;
	if (!copy)
		return NULL;
	copy->key = nkc_arena_str(arena, value->key);
	copy->at = value->at;
	copy->key_at = value->key_at;
	copy->flags = value->flags;
	copy->atom = value->atom;
	if (!nkc_value_is_list(value)) {
		copy->u.text = nkc_arena_str(arena, value->u.text);
		return nkc_arena_status(arena) ? NULL : copy;
	}
	for (const nkc_value *child = value->u.list.first; child; child = child->next) {
		nkc_value *grown = nkc_value_dup(arena, child);
		if (!grown)
			return NULL;
		nkc_value_link(copy, grown);
	}
	return copy;
}

void nkc_value_append(nkc_value *array, nkc_value *element)
{
	if (array && element && nkc_value_is_list(array))
		nkc_value_link(array, element);
}

void nkc_value_add(nkc_value *object, nkc_str key, nkc_value *value)
{
	if (!value || !nkc_value_is(object, NKC_OBJECT))
		return;
	value->key = key;
	nkc_value_link(object, value);
}

void nkc_value_replace(nkc_value *old, nkc_value *value)
{
	if (!value || !old->parent || value == old)
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
	value->index = old->index;
	value->flags = (uint8_t)((value->flags & ~KEY_FLAGS) | (old->flags & KEY_FLAGS));
	value->parent = list;
	value->next = old->next;
	*link = value;
	if (list->u.list.last == old)
		list->u.list.last = value;
	old->parent = NULL;
	old->next = NULL;
}

void nkc_value_become(nkc_value *value, nkc_value *content)
{
	if (!content)
		return;
	value->type = content->type;
	value->u = content->u;
	value->flags = (uint8_t)((content->flags & ~KEY_FLAGS) | (value->flags & KEY_FLAGS));
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		child->parent = value;
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
	for (nkc_value *at = child->next; at; at = at->next)
		at->index--;
	child->parent = NULL;
	child->next = NULL;
}

/* --- equality --- */

static int by_key(const void *a, const void *b)
{
	const nkc_value *x = *(const nkc_value *const *)a, *y = *(const nkc_value *const *)b;
	int order = nkc_str_cmp(x->key, y->key);
	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void sort_members(const nkc_value *first, const nkc_value **sorted, size_t count)
{
	for (size_t i = 0; i < count; i++, first = first->next)
		sorted[i] = first;
	qsort(sorted, count, sizeof *sorted, by_key);
}

static size_t count_from(const nkc_value *first)
{
	size_t count = 0;
	for (; first; first = first->next)
		count++;
	return count;
}

/* Have the two runs of members the same names with the same values? Sorted, that costs n log n and not n times n. */
static bool equal_in_any_order(const nkc_value *a, const nkc_value *b)
{
	size_t count = count_from(a);
	if (count != count_from(b))
		return false;
	const nkc_value **sorted = nkc_malloc(2 * count * sizeof(nkc_value *));
	if (!sorted)
		return false;
	sort_members(a, sorted, count);
	sort_members(b, sorted + count, count);
	bool equal = true;
	for (size_t i = 0; equal && i < count; i++)
		equal = nkc_str_eq(sorted[i]->key, sorted[count + i]->key) &&
		        nkc_value_equal(sorted[i], sorted[count + i]);
	nkc_free(sorted);
	return equal;
}

static bool equal_lists(const nkc_value *a, const nkc_value *b)
{
	const nkc_value *x = a->u.list.first, *y = b->u.list.first;
	for (; x && y && (a->type == NKC_ARRAY || nkc_str_eq(x->key, y->key)); x = x->next, y = y->next) {
		if (!nkc_value_equal(x, y))
			return false;
	}
	return x && y ? equal_in_any_order(x, y) : x == y;
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
	size_t next = at;
	nkc_utf8_next(text, &next);
	if (next - at == 3) {
		unsigned rune = 0xD000u | (((unsigned)text.ptr[at + 1] & 0x3Fu) << 6) |
		                ((unsigned)text.ptr[at + 2] & 0x3Fu);
		nkc_buf_printf(out, "\\u%04x", rune);
	} else {
		nkc_buf_put(out, "\xEF\xBF\xBD", 3);
	}
	return next - at;
}

/* ASCII that stands for itself. */
static bool is_plain(char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && (unsigned char)c < 0x80;
}

/* Where the plain bytes from `at` on end. Sixteen at a time are compared without a branch, in wide registers. */
static size_t plain_end(nkc_str text, size_t at)
{
	for (; text.len - at >= 16; at += 16) {
		unsigned char special = 0;
		for (size_t i = 0; i < 16; i++)
			special |= (unsigned char)!is_plain(text.ptr[at + i]);
		if (special)
			break;
	}
	while (at < text.len && is_plain(text.ptr[at]))
		at++;
	return at;
}

void nkc_json_put_string(nkc_buf *out, nkc_str text)
{
	nkc_buf_putc(out, '"');
	size_t run = 0, at = 0;
	for (;;) {
		at = plain_end(text, at);
		if (at == text.len)
			break;
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

/* Further in than this nobody reads along, and spaces would be most of a file. */
#define INDENT_MAX 16

static void put_indent(nkc_buf *out, int level)
{
	static const char spaces[] = "\n                                ";
	nkc_buf_put(out, spaces, 1 + 2 * (size_t)(level < INDENT_MAX ? level : INDENT_MAX));
}

static bool is_list_of_numbers(const nkc_value *list)
{
	for (const nkc_value *child = nkc_value_first(list); child; child = child->next) {
		if (child->type != NKC_NUMBER)
			return false;
	}
	return nkc_value_is(list, NKC_ARRAY);
}

/* Lists of numbers, and lists of these (date-parts), read better on one line. */
static bool is_flat(const nkc_value *list)
{
	for (const nkc_value *child = list->u.list.first; child; child = child->next) {
		if (child->type != NKC_NUMBER && !is_list_of_numbers(child))
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

/* False when the pointer had to end before this value. */
static bool put_pointer(const nkc_value *value, nkc_buf *out, size_t start)
{
	if (!value->parent)
		return true;
	if (!put_pointer(value->parent, out, start) || value->key.len > NKC_POINTER_MAX)
		return false;
	size_t before = out->len;
	nkc_buf_putc(out, '/');
	if (value->parent->type == NKC_OBJECT)
		put_token(out, value->key);
	else
		nkc_buf_printf(out, "%lu", (unsigned long)value->index);
	if (out->len - start <= NKC_POINTER_MAX)
		return true;
	nkc_buf_truncate(out, before);
	return false;
}

void nkc_value_pointer(const nkc_value *value, nkc_buf *out)
{
	put_pointer(value, out, out->len);
}
