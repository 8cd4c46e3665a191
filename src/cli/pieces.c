#include "cli/pieces.h"

static size_t skip_space(nkc_str text, size_t at)
{
	while (at < text.len && memchr(" \t\n\r", text.ptr[at], 4))
		at++;
	return at;
}

/* Where the string that begins at text[at] ends: behind its closing quote. */
static size_t string_end(nkc_str text, size_t at)
{
	for (at++; at < text.len && text.ptr[at] != '"'; at++)
		at += text.ptr[at] == '\\';
	return at < text.len ? at + 1 : text.len;
}

/* Where the value that begins at text[at] ends, as far as quotes and brackets tell. */
static size_t value_end(nkc_str text, size_t at)
{
	size_t depth = 0;
	while (at < text.len) {
		char c = text.ptr[at];
		bool closes = c == ']' || c == '}';
		if (!depth && (closes || c == ','))
			return at;
		at = c == '"' ? string_end(text, at) : at + 1;
		depth += c == '[' || c == '{';
		depth -= closes;
	}
	return at;
}

/* Which of the names that key is, with its quotes; `count`: none. */
static size_t find_name(nkc_str key, const char *const *names, size_t count)
{
	size_t i = 0;
	while (i < count && !(key.len > 2 && nkc_str_is(nkc_str_slice(key, 1, key.len - 1), names[i])))
		i++;
	return i;
}

/* The text between the brackets of a list that is all of text[from..to] but for white space behind it; false: it is none. */
static bool inside_list(nkc_str text, size_t from, size_t to, nkc_str *inside)
{
	nkc_str value = nkc_str_trim(nkc_str_slice(text, from, to));
	if (value.len < 2 || value.ptr[0] != '[' || value.ptr[value.len - 1] != ']')
		return false;
	*inside = nkc_str_slice(value, 1, value.len - 1);
	return true;
}

void cli_pieces_cut(nkc_str document, const char *const *names, size_t count, nkc_str *lists, nkc_buf *rest)
{
	size_t run = 0, at = skip_space(document, 0);
	for (size_t i = 0; i < count; i++)
		lists[i] = nkc_str_make(NULL, 0);
	at += at < document.len && document.ptr[at] == '{';
	while (at < document.len) {
		size_t key = skip_space(document, at), end = key, value;
		if (key < document.len && document.ptr[key] == '"')
			end = string_end(document, key);
		size_t name = find_name(nkc_str_slice(document, key, end), names, count);
		value = skip_space(document, end);
		if (value < document.len && document.ptr[value] == ':')
			value = skip_space(document, value + 1);
		at = value_end(document, value);
		if (name < count && !lists[name].ptr && inside_list(document, value, at, &lists[name])) {
			nkc_buf_put_str(rest, nkc_str_slice(document, run, value + 1));
			run = (size_t)(lists[name].ptr - document.ptr) + lists[name].len;
		}
		at += at < document.len;
	}
	nkc_buf_put_str(rest, nkc_str_slice(document, run, document.len));
}

/* Takes the comma before all values but the first; false at the end of the list. */
static bool begin_next(cli_pieces *pieces)
{
	size_t at = skip_space(pieces->text, 0);
	bool ended = at == pieces->text.len, comma = !ended && pieces->text.ptr[at] == ',';
	if (pieces->begun && !ended && !comma)
		pieces->status = NKC_ESYNTAX;
	pieces->text = nkc_str_slice(pieces->text, at + (pieces->begun && comma), pieces->text.len);
	pieces->begun = true;
	return !ended && !pieces->status;
}

static nkc_value *next_of_text(cli_pieces *pieces)
{
	nkc_value *value = NULL;
	if (!begin_next(pieces))
		return NULL;
	size_t end = value_end(pieces->text, 0);
	nkc_arena_reset(pieces->arena);
	pieces->status = nkc_value_parse(&value, pieces->arena, nkc_str_slice(pieces->text, 0, end), NULL, NULL);
	pieces->text = nkc_str_slice(pieces->text, end, pieces->text.len);
	return pieces->status ? NULL : value;
}

nkc_value *cli_pieces_next(cli_pieces *pieces)
{
	if (pieces->status)
		return NULL;
	if (pieces->text.ptr)
		return next_of_text(pieces);
	nkc_value *value = pieces->next;
	pieces->next = value ? value->next : NULL;
	return value;
}
