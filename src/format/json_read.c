#include "format/json_read.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/window.h"
#include "format/lines.h"
#include "record/record_impl.h"

typedef struct state {
	const nkc_json_shape *shape;
	size_t at;
	bool started;
} state;

nkc_status nkc_json_read_open(nkc_reader *reader, const nkc_json_shape *shape)
{
	state *s = reader->state = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	s->shape = shape;
	return NKC_OK;
}

void nkc_json_read_close(nkc_reader *reader)
{
	nkc_free(reader->state);
}

/* --- moving on --- */

/* Reads until `more` bytes stand behind state->at, or the end. */
static nkc_status want(nkc_reader *reader, size_t more)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	while (!status && !reader->window->ended && nkc_lines_text(reader).len - s->at < more)
		status = nkc_window_fill(reader->window, &s->at, 2 * NKC_RECORD_MAX);
	return status;
}

/* Moves to the next byte that is not white space; false at the end of the text. */
static bool next_byte(nkc_reader *reader, char *c, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		s->at = nkc_json_skip_space(nkc_lines_text(reader), s->at);
		if (s->at < nkc_lines_text(reader).len) {
			*c = nkc_lines_text(reader).ptr[s->at];
			return true;
		}
		*status = want(reader, 1);
		if (*status || s->at >= nkc_lines_text(reader).len)
			return false;
	}
}

/* Behind a list or an object, whatever its length. */
static nkc_status skip_list(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_json_skip skip = { .indent = 0 };
	nkc_status status = NKC_OK;
	while (!status && !nkc_json_skip_value(&skip, nkc_lines_text(reader), &s->at) && !reader->window->ended)
		status = want(reader, 1);
	return status;
}

/* Behind a string, a number or a word. */
static nkc_status skip_scalar(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = want(reader, 1);
	bool string = !status && s->at < nkc_lines_text(reader).len && nkc_lines_text(reader).ptr[s->at] == '"';
	bool escaped = false;
	for (s->at += string; !status; s->at++) {
		if (s->at >= nkc_lines_text(reader).len)
			status = want(reader, 1);
		if (status || s->at >= nkc_lines_text(reader).len)
			break;
		char c = nkc_lines_text(reader).ptr[s->at];
		if (string ? c == '"' && !escaped : strchr(",]} \t\r\n", c) != NULL) {
			s->at += string;
			break;
		}
		escaped = c == '\\' && !escaped;
	}
	return status;
}

/* Moves behind the value at state->at. */
static nkc_status skip_value(nkc_reader *reader)
{
	char c;
	nkc_status status = NKC_OK;
	if (!next_byte(reader, &c, &status))
		return status;
	return c == '[' || c == '{' ? skip_list(reader) : skip_scalar(reader);
}

static bool is_listed(nkc_str word, const char *const *list)
{
	for (; *list; list++) {
		if (nkc_str_is(word, *list))
			return true;
	}
	return false;
}

/* A longer key is none of ours. */
#define KEY_MAX 64

/* Behind a key: its value is looked into when it may hold records, else passed over. */
static nkc_status pass_key(nkc_reader *reader)
{
	state *s = reader->state;
	char c = 0;
	nkc_status status = want(reader, KEY_MAX);
	if (status)
		return status;
	nkc_str text = nkc_str_slice(nkc_lines_text(reader), s->at + 1, s->at + KEY_MAX);
	nkc_str key = nkc_str_slice(text, 0, nkc_str_find_byte(text, '"'));
	bool holds = key.len < text.len && is_listed(key, s->shape->wrappers);
	status = skip_value(reader);
	if (status || !next_byte(reader, &c, &status) || c != ':')
		return status;
	s->at++;
	return !next_byte(reader, &c, &status) || (holds && (c == '[' || c == '{')) ? status : skip_value(reader);
}

/* --- objects --- */

static bool has_any(const nkc_value *object, const char *const *keys)
{
	for (; *keys; keys++) {
		if (nkc_value_find(object, nkc_str_from(*keys)))
			return true;
	}
	return false;
}

/* Parses the object at state->at, reading on as often as it takes. */
static nkc_json_result parse(nkc_reader *reader, nkc_value **value, nkc_json_fault *fault, size_t *end,
                             nkc_status *status)
{
	state *s = reader->state;
	nkc_arena *arena = nkc_record_arena(reader->record);
	for (;;) {
		nkc_str text = nkc_str_slice(nkc_lines_text(reader), 0, s->at + NKC_RECORD_MAX + 1);
		nkc_arena_reset(arena);
		nkc_json_result result = nkc_json_parse(arena, text, s->at, end, value, fault);
		size_t length = text.len - s->at;
		*status = nkc_arena_status(arena);
		if (*status || result != NKC_JSON_MORE || reader->window->ended || length > NKC_RECORD_MAX)
			return result;
		*status = want(reader, 2 * length + 1);
		if (*status)
			return result;
	}
}

/* Steps into what holds records, or gives the record. */
static nkc_status take_object(nkc_reader *reader, nkc_json_entry *entry)
{
	state *s = reader->state;
	nkc_value *value = NULL;
	nkc_json_fault fault;
	size_t end = 0;
	nkc_status status = NKC_OK;
	nkc_json_result result = parse(reader, &value, &fault, &end, &status);
	if (status)
		return status;
	bool open = result == NKC_JSON_MORE && nkc_lines_text(reader).len - s->at > NKC_RECORD_MAX;
	if (open || (result == NKC_JSON_DONE && !has_any(value, s->shape->marks) && has_any(value, s->shape->wrappers))) {
		s->at++;
		return NKC_OK;
	}
	if (result != NKC_JSON_DONE)
		nkc_lines_report(reader, fault.code, fault.at, 1, "%s", fault.what);
	else if (!has_any(value, s->shape->marks))
		nkc_lines_report(reader, NKC_CODE_JSON_NOT_RECORD, s->at, 1, "no record of this format");
	else
		*entry = (nkc_json_entry){ value, s->at, end - s->at };
	if (result != NKC_JSON_DONE)
		return skip_value(reader);
	s->at = end;
	return NKC_OK;
}

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	char c;
	nkc_status status = nkc_lines_start(reader, &s->at);
	s->started = true;
	if (status || next_byte(reader, &c, &status) || status || reader->window->error)
		return status;
	nkc_lines_report(reader, NKC_CODE_JSON_EMPTY, 0, 1, "the file is empty");
	return NKC_ESYNTAX;
}

nkc_status nkc_json_read_next(nkc_reader *reader, nkc_json_entry *entry)
{
	state *s = reader->state;
	nkc_status status = s->started ? NKC_OK : start(reader);
	char c;
	*entry = (nkc_json_entry){ NULL, 0, 0 };
	while (!status && !entry->value && next_byte(reader, &c, &status)) {
		if (c == '{') {
			status = take_object(reader, entry);
		} else if (c == '"') {
			status = pass_key(reader);
		} else if (strchr("[]},", c) && c) {
			s->at++;
		} else {
			nkc_lines_report(reader, NKC_CODE_JSON_SYNTAX, s->at, 1, "a record is an object {...}");
			s->at = nkc_lines_text(reader).len;
			return NKC_ESYNTAX;
		}
	}
	return status;
}

/* --- values --- */

nkc_value *nkc_json_member(const nkc_value *object, const char *key)
{
	return nkc_value_is(object, NKC_OBJECT) ? nkc_value_find(object, nkc_str_from(key)) : NULL;
}

nkc_str nkc_json_text(const nkc_value *object, const char *key)
{
	const nkc_value *value = nkc_json_member(object, key);
	return nkc_str_trim(nkc_value_text(nkc_value_is(value, NKC_ARRAY) ? nkc_value_first(value) : value));
}

nkc_str nkc_json_texts(nkc_arena *arena, const nkc_value *object, const char *key, const char *between)
{
	const nkc_value *list = nkc_json_member(object, key);
	nkc_buf all = nkc_arena_buf(arena);
	if (!nkc_value_is(list, NKC_ARRAY))
		nkc_buf_put_str(&all, nkc_value_text(list));
	for (const nkc_value *text = nkc_value_is(list, NKC_ARRAY) ? nkc_value_first(list) : NULL; text;
	     text = text->next) {
		nkc_buf_puts(&all, all.len && nkc_value_text(text).len ? between : "");
		nkc_buf_put_str(&all, nkc_value_text(text));
	}
	return nkc_arena_keep(arena, &all);
}

nkc_value *nkc_json_words(nkc_arena *arena, const nkc_value *list, const char *key)
{
	nkc_value *words = nkc_value_new(arena, NKC_ARRAY);
	for (const nkc_value *one = nkc_value_first(list); one; one = one->next) {
		nkc_str word = nkc_str_trim(nkc_value_text(key ? nkc_json_member(one, key) : one));
		if (word.len)
			nkc_value_append(words, nkc_value_string(arena, word));
	}
	return words;
}

/* --- markup --- */

/* The name in a tag, without its prefix; `close` says that it ends an element. */
static nkc_str tag_name(nkc_str inner, bool *close)
{
	*close = inner.len && inner.ptr[0] == '/';
	size_t start = *close, at = start;
	while (at < inner.len && !strchr(" \t\r\n/>", inner.ptr[at])) {
		at++;
		if (inner.ptr[at - 1] == ':')
			start = at;
	}
	return nkc_str_slice(inner, start, at);
}

static void put_tag(nkc_buf *out, nkc_str inner)
{
	static const struct {
		const char *name, *open, *close;
	} tags[] = {
		{ "i", "<i>", "</i>" },       { "italic", "<i>", "</i>" },   { "em", "<i>", "</i>" },
		{ "b", "<b>", "</b>" },       { "bold", "<b>", "</b>" },     { "strong", "<b>", "</b>" },
		{ "sup", "<sup>", "</sup>" }, { "sub", "<sub>", "</sub>" },  { "p", "", "\n" },
		{ "title", "", "\n" },        { "sec", "", "\n" },           { "br", "\n", "" },
		{ "scp", "<span style=\"font-variant:small-caps;\">", "</span>" },
		{ "sc", "<span style=\"font-variant:small-caps;\">", "</span>" },
	};
	bool close;
	nkc_str name = tag_name(inner, &close);
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (nkc_str_eq_nocase(name, nkc_str_from(tags[i].name)))
			nkc_buf_puts(out, close ? tags[i].close : tags[i].open);
	}
}

/* A tag begins with a letter or a slash; "a < b" has none. */
static bool is_tag(nkc_str rest)
{
	size_t at = rest.len > 1 && rest.ptr[1] == '/' ? 2 : 1;
	return rest.len > at && ((rest.ptr[at] >= 'a' && rest.ptr[at] <= 'z') || (rest.ptr[at] >= 'A' && rest.ptr[at] <= 'Z'));
}

/* How long the entity at the start is; 0 for none. */
static size_t put_entity(nkc_buf *out, nkc_str rest)
{
	static const struct {
		nkc_str name;
		char c;
	} entities[] = { { NKC_STR_INIT("&amp;"), '&' }, { NKC_STR_INIT("&lt;"), '<' }, { NKC_STR_INIT("&gt;"), '>' },
		         { NKC_STR_INIT("&quot;"), '"' }, { NKC_STR_INIT("&apos;"), '\'' } };
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		if (nkc_str_starts(rest, entities[i].name)) {
			nkc_buf_putc(out, entities[i].c);
			return entities[i].name.len;
		}
	}
	return 0;
}

/* White space in runs is one space, or one line end if the run has been cut by a paragraph. */
static nkc_str squeeze(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	bool space = false, line = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			space = true;
			line |= c == '\n';
			continue;
		}
		if (space && out.len)
			nkc_buf_putc(&out, line ? '\n' : ' ');
		space = line = false;
		nkc_buf_putc(&out, c);
	}
	return nkc_arena_keep(arena, &out);
}

nkc_str nkc_json_clean(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	bool unclosed = false;
	for (size_t at = 0; at < text.len;) {
		char c = text.ptr[at];
		nkc_str rest = nkc_str_slice(text, at, text.len);
		size_t length = c == '&' ? put_entity(&out, rest) : 0;
		size_t end = c == '<' && !unclosed && is_tag(rest) ? nkc_str_find_byte(rest, '>') : rest.len;
		unclosed |= c == '<' && is_tag(rest) && end == rest.len;
		if (end < rest.len) {
			put_tag(&out, nkc_str_slice(rest, 1, end));
			length = end + 1;
		} else if (!length) {
			nkc_buf_putc(&out, c == '\n' || c == '\r' ? ' ' : c);
			length = 1;
		}
		at += length;
	}
	return squeeze(arena, nkc_arena_keep(arena, &out));
}

/* --- names --- */

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "SMITH" is "Smith": words of three capitals or more, when the name has nothing else in ASCII letters. */
static nkc_str lower_shouting(nkc_arena *arena, nkc_str name)
{
	nkc_buf out = nkc_arena_buf(arena);
	bool shouts = true;
	for (size_t i = 0; i < name.len; i++)
		shouts &= is_capital(name.ptr[i]) || strchr(" -.'", name.ptr[i]);
	for (size_t start = 0; start < name.len;) {
		size_t end = start;
		while (end < name.len && is_capital(name.ptr[end]))
			end++;
		for (size_t i = start; i < end; i++)
			nkc_buf_putc(&out, shouts && end - start > 2 && i > start ? (char)(name.ptr[i] - 'A' + 'a')
			                                                          : name.ptr[i]);
		if (end < name.len)
			nkc_buf_putc(&out, name.ptr[end++]);
		start = end;
	}
	return nkc_arena_keep(arena, &out);
}

static void add_part(nkc_value *name, nkc_arena *arena, const char *key, nkc_str text)
{
	if (text.len && name)
		nkc_value_add(name, nkc_str_from(key), nkc_value_string(arena, text));
}

nkc_value *nkc_json_name(nkc_arena *arena, nkc_str family, nkc_str given, nkc_str suffix, nkc_str name)
{
	nkc_value *value = family.len || name.len ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	if (!family.len) {
		add_part(value, arena, "literal", name);
		return value;
	}
	add_part(value, arena, given.len ? "family" : "literal", lower_shouting(arena, family));
	add_part(value, arena, "given", lower_shouting(arena, given));
	add_part(value, arena, "suffix", suffix);
	return value;
}
