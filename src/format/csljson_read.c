/*
 * Reads CSL-JSON: an array of items, one item, items one after another (JSON lines).
 * One item at a time is in memory.
 */
#include "base/json.h"
#include "base/mem.h"
#include "base/window.h"
#include "format/csljson.h"
#include "record/record_impl.h"

typedef enum phase {
	AT_START,
	IN_ARRAY,
	IN_LINES,
	IN_PART, /* whole elements, perhaps with commas between them */
	AT_END
} phase;

typedef struct state {
	phase phase;
	size_t at;  /* offset in the window of what comes next */
	bool comma; /* the last thing passed was a comma (or the opening bracket) */
	bool any;   /* an element was read */
} state;

static void report(nkc_reader *reader, nkc_code code, size_t offset, size_t length, const char *what)
{
	nkc_place place = { .source = &reader->window->source, .offset = offset, .length = length };
	place.record = place.pointer = NKC_STR("");
	nkc_diags_add(reader->diags, code, &place, NULL, "%s", what);
}

static nkc_str text_of(const nkc_reader *reader)
{
	return reader->window->source.text;
}

/* Reads until `more` bytes stand behind state->at, or the end. */
static nkc_status want(nkc_reader *reader, size_t more)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	while (!status && !reader->window->ended && text_of(reader).len - s->at < more)
		status = nkc_window_fill(reader->window, &s->at, 2 * NKC_RECORD_MAX);
	return status;
}

/* Moves to the next byte that is not white space; false at the end of the text. */
static bool next_byte(nkc_reader *reader, char *c, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		s->at = nkc_json_skip_space(text_of(reader), s->at);
		if (s->at < text_of(reader).len) {
			*c = text_of(reader).ptr[s->at];
			return true;
		}
		*status = want(reader, 1);
		if (*status || s->at >= text_of(reader).len)
			return false;
	}
}

/* --- the start: which encoding, array or lines? --- */

static bool is_utf16(nkc_str text)
{
	return nkc_str_starts(text, NKC_STR("\xFF\xFE")) || nkc_str_starts(text, NKC_STR("\xFE\xFF")) ||
	       (text.len > 1 && ((text.ptr[0] == 0) != (text.ptr[1] == 0)) && (text.ptr[0] == 0 || text.ptr[1] == 0));
}

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = want(reader, 4);
	if (status)
		return status;
	if (is_utf16(text_of(reader))) {
		report(reader, NKC_CODE_ENCODING_UTF16, 0, 1, "the file is UTF-16 or UTF-32, not UTF-8");
		return NKC_ESYNTAX;
	}
	if (nkc_str_starts(text_of(reader), NKC_STR("\xEF\xBB\xBF")))
		s->at = 3; /* RFC 8259, section 8.1: a reader may pass over it */
	char c;
	if (!next_byte(reader, &c, &status)) {
		if (!status && !reader->window->error)
			report(reader, NKC_CODE_JSON_EMPTY, text_of(reader).len, 1, "the file is empty");
		return status ? status : reader->window->error ? NKC_OK : NKC_ESYNTAX;
	}
	if (c != '[' && c != '{') {
		report(reader, NKC_CODE_JSON_SYNTAX, s->at, 0, "CSL-JSON begins with [ or {");
		return NKC_ESYNTAX;
	}
	s->phase = c == '[' ? IN_ARRAY : IN_LINES;
	s->comma = true;
	s->at += c == '[';
	return NKC_OK;
}

/* --- one element --- */

/* Moves behind a value that could not be read, whatever its length. */
static nkc_status skip_broken(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_json_skip skip = { .lines = true };
	nkc_status status = NKC_OK;
	while (!status) {
		if (nkc_json_skip_value(&skip, text_of(reader), &s->at))
			break;
		if (reader->window->ended) {
			s->phase = AT_END; /* the fault has been told; that the list is not closed, too, says no more */
			break;
		}
		status = want(reader, 1);
	}
	return status;
}

static void too_large(nkc_reader *reader, size_t offset)
{
	report(reader, NKC_CODE_JSON_SIZE, offset, 1, "a record of more than 16 MiB");
}

/*
 * Parses the value at state->at, reading on as often as it takes: each time at least as much as there was, so
 * that a long record costs no more than twice its length. NKC_ESYNTAX: reported and passed over.
 */
static nkc_status parse_element(nkc_reader *reader, nkc_value **value, nkc_json_fault *fault)
{
	state *s = reader->state;
	for (;;) {
		size_t end = 0;
		nkc_arena_reset(reader->record->arena);
		nkc_json_result result = nkc_json_parse(reader->record->arena, text_of(reader), s->at, &end, value, fault);
		if (nkc_arena_status(reader->record->arena))
			return NKC_ENOMEM;
		size_t length = (result == NKC_JSON_DONE ? end : text_of(reader).len) - s->at;
		bool large = length > NKC_RECORD_MAX;
		if (result == NKC_JSON_MORE && !reader->window->ended && !large) {
			nkc_status status = want(reader, length * 2);
			if (status)
				return status;
			continue;
		}
		if (result == NKC_JSON_DONE && !large) {
			reader->offset = reader->window->source.base + s->at;
			reader->length = length;
			return NKC_OK;
		}
		if (large)
			too_large(reader, s->at);
		else
			report(reader, fault->code, fault->at, 0, fault->what);
		nkc_status status = skip_broken(reader);
		return status ? status : NKC_ESYNTAX;
	}
}

/* Between elements. True when another one begins at state->at. */
static bool find_element(nkc_reader *reader, nkc_status *status)
{
	state *s = reader->state;
	char c;
	while (next_byte(reader, &c, status)) {
		if (s->phase == IN_LINES || (s->phase == IN_PART && c != ','))
			return true;
		if (c == ']') {
			if (s->comma && s->any)
				report(reader, NKC_CODE_JSON_SYNTAX, s->at, 1, "a comma too much before ]");
			s->at++;
			s->phase = AT_END;
			return false;
		}
		if (c == ',') {
			if (s->comma && s->phase == IN_ARRAY)
				report(reader, NKC_CODE_JSON_SYNTAX, s->at, 1, "a record is missing before this comma");
			s->comma = true;
			s->at++;
			continue;
		}
		if (!s->comma)
			report(reader, NKC_CODE_JSON_SYNTAX, s->at, 1, "a comma is missing between two records");
		return true;
	}
	/* of a part, the end is no fault */
	if (!*status && s->phase == IN_ARRAY && !reader->window->error)
		report(reader, NKC_CODE_JSON_SYNTAX, text_of(reader).len, 1, "the list is not closed: ] is missing");
	s->phase = AT_END;
	return false;
}

/* Behind the closing bracket nothing may stand. */
static nkc_status finish(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	char c;
	if (next_byte(reader, &c, &status)) {
		report(reader, NKC_CODE_JSON_SYNTAX, s->at, 0, "text behind the end of the list");
		return NKC_ESYNTAX;
	}
	return status;
}

static nkc_status read_next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	*record = NULL;
	if (s->phase == AT_START)
		status = start(reader);
	while (!status && s->phase != AT_START && s->phase != AT_END && find_element(reader, &status)) {
		nkc_value *value = NULL;
		nkc_json_fault fault;
		status = parse_element(reader, &value, &fault);
		s->comma = false;
		s->any = true;
		if (status == NKC_ESYNTAX) {
			status = NKC_OK;
			continue;
		}
		if (status)
			return status;
		size_t from = s->at;
		s->at += reader->length;
		if (value->type != NKC_OBJECT) {
			report(reader, NKC_CODE_JSON_NOT_RECORD, nkc_json_skip_space(text_of(reader), from), 0,
			       "a record is an object {...}");
			continue;
		}
		nkc_record_adopt(reader->record, value, &reader->window->source, from, reader->length, fault.seen,
		                 reader->diags);
		*record = reader->record;
		return NKC_OK;
	}
	return status ? status : s->phase == AT_END ? finish(reader) : NKC_OK;
}

static nkc_status open_reader(nkc_reader *reader)
{
	reader->state = nkc_calloc(1, sizeof(state));
	return reader->state ? NKC_OK : NKC_ENOMEM;
}

static void close_reader(nkc_reader *reader)
{
	nkc_free(reader->state);
}

/* --- parts, for several threads --- */

static nkc_status open_part(nkc_reader *reader)
{
	nkc_status status = open_reader(reader);
	if (status)
		return status;
	state *s = reader->state;
	s->phase = IN_PART;
	s->comma = true;
	return NKC_OK;
}

/*
 * The offset behind the next element and its comma; false when the element, or what follows it, is not plainly
 * there in memory: then it is for `next`.
 */
static bool pass_element(const nkc_reader *reader, size_t *at)
{
	const state *s = reader->state;
	nkc_str text = text_of(reader);
	nkc_json_skip skip = { .lines = false };
	size_t i = nkc_json_skip_space(text, *at);
	if (i >= text.len || text.ptr[i] != '{' || !nkc_json_skip_value(&skip, text, &i))
		return false;
	i = nkc_json_skip_space(text, i);
	if (i >= text.len || text.ptr[i] != (s->phase == IN_LINES ? '{' : ','))
		return false;
	*at = i + (s->phase == IN_ARRAY);
	return true;
}

static nkc_status split(nkc_reader *reader, size_t size, nkc_source *part)
{
	state *s = reader->state;
	nkc_status status = s->phase == AT_START ? start(reader) : NKC_OK;
	*part = nkc_source_make(NKC_STR(""), NKC_STR(""));
	if (status || s->phase == AT_END)
		return status;
	status = want(reader, 2 * size);
	if (status)
		return status;
	size_t end = s->at;
	while (end - s->at < size && pass_element(reader, &end))
		;
	*part = reader->window->source;
	part->text = nkc_str_slice(text_of(reader), s->at, end);
	nkc_position position = nkc_source_position(&reader->window->source, s->at);
	part->base += s->at;
	part->line = part->mark_line = position.line;
	part->column_base = position.column - 1;
	part->mark = part->mark_start = 0;
	s->any = s->any || end > s->at;
	s->comma = s->comma || end > s->at;
	s->at = end;
	return NKC_OK;
}

const nkc_reader_ops nkc_csljson_reader = { open_reader, read_next, close_reader, split, open_part };
