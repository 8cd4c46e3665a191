/*
 * Reads CSL-JSON: an array of items, one item, items one after another (JSON lines).
 * One item at a time is in memory.
 */
#include "base/diags.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
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
	bool broken; /* the last one was broken: that a comma is missing behind it, too, says no more */
} state;

/* What may be read. */
static nkc_str text_of(const nkc_reader *reader)
{
	nkc_str text = reader->window->source.text;
	return nkc_str_make(text.ptr, text.len - reader->window->behind);
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

/* Adds a finding about what stands `ahead` bytes behind state->at; length 0: the token there. */
static void report(nkc_reader *reader, nkc_code code, size_t ahead, size_t length, const char *what)
{
	const state *s = reader->state;
	(void)want(reader, ahead + NKC_LINE_SHOWN); /* a line cut short tells enough, too */
	nkc_source *source = &reader->window->source;
	nkc_place place = { .source = source, .offset = s->at + ahead, .length = length };
	if (length == 0) {
		nkc_str shown = nkc_str_slice(source->text, 0, place.offset + NKC_LINE_SHOWN);
		place.length = nkc_json_token_end(shown, place.offset) - place.offset;
	}
	place.record = place.pointer = NKC_STR("");
	nkc_diags_add(reader->diags, code, &place, NULL, "%s", what);
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

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = want(reader, 4);
	if (status)
		return status;
	if (nkc_utf16_suspected(text_of(reader))) {
		report(reader, NKC_CODE_ENCODING_UTF16, 0, 1, "the file is UTF-16 or UTF-32, not UTF-8");
		return NKC_ESYNTAX;
	}
	if (nkc_str_starts(text_of(reader), NKC_STR("\xEF\xBB\xBF")))
		s->at = 3; /* RFC 8259, section 8.1: a reader may pass over it */
	char c;
	if (!next_byte(reader, &c, &status)) {
		if (!status && !reader->window->error)
			report(reader, NKC_CODE_JSON_EMPTY, 0, 1, "the file is empty");
		return status ? status : reader->window->error ? NKC_OK : NKC_ESYNTAX;
	}
	if (c != '[' && c != '{') {
		report(reader, NKC_CODE_JSON_SYNTAX, 0, 0, "CSL-JSON begins with [ or {");
		return NKC_ESYNTAX;
	}
	s->phase = c == '[' ? IN_ARRAY : IN_LINES;
	s->comma = true;
	s->at += c == '[';
	return NKC_OK;
}

/* --- one element --- */

/* Records in a list are indented like the first of them, seldom further in than this. */
#define INDENT_MAX 80

/* How far in from its line's start the element at `at` begins; 0 when something stands before it. */
static size_t indent_of(nkc_str text, size_t at)
{
	for (size_t indent = 0; indent < at && indent <= INDENT_MAX; indent++) {
		char c = text.ptr[at - indent - 1];
		if (c == '\n')
			return indent;
		if (c != ' ' && c != '\t')
			break;
	}
	return 0;
}

/* Moves behind a value that could not be read, whatever its length. */
static nkc_status skip_broken(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_json_skip skip = { .indent = indent_of(text_of(reader), s->at) };
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

/* How many bytes from state->at on decide what the element is, and what findings about it show. */
static size_t bytes_needed(const nkc_reader *reader, nkc_json_result result, size_t end)
{
	const state *s = reader->state;
	if (result == NKC_JSON_DONE)
		return end - s->at + NKC_LINE_SHOWN;
	if (result == NKC_JSON_BAD)
		return 0;
	size_t twice = 2 * (text_of(reader).len - s->at); /* a long record costs no more than twice its length */
	return twice < NKC_RECORD_MAX ? twice : NKC_RECORD_MAX + 1;
}

static void report_broken(nkc_reader *reader, nkc_json_result result, const nkc_json_fault *fault)
{
	const state *s = reader->state;
	if (result == NKC_JSON_DONE || fault->at - s->at > NKC_RECORD_MAX)
		report(reader, NKC_CODE_JSON_SIZE, 0, 1, "a record of more than 16 MiB");
	else if (result == NKC_JSON_BAD || !reader->window->error) /* else it is the reading that broke off */
		report(reader, fault->code, fault->at - s->at, 0, fault->what);
}

/*
 * Parses the value at state->at, which ends at *end, reading on as often as it takes. NKC_ESYNTAX: reported and
 * passed over.
 */
static nkc_status parse_element(nkc_reader *reader, nkc_value **value, nkc_json_fault *fault, size_t *end)
{
	state *s = reader->state;
	nkc_json_result result;
	nkc_status status = NKC_OK;
	for (;;) {
		nkc_str text = nkc_str_slice(text_of(reader), 0, s->at + NKC_RECORD_MAX + 1);
		nkc_arena_reset(reader->record->arena);
		result = nkc_json_parse(reader->record->arena, text, s->at, end, value, fault);
		if (nkc_arena_status(reader->record->arena))
			return NKC_ENOMEM;
		size_t needed = bytes_needed(reader, result, *end);
		bool large = text.len - s->at > NKC_RECORD_MAX;
		if (reader->window->ended || needed <= text_of(reader).len - s->at ||
		    (result == NKC_JSON_MORE && large))
			break;
		status = want(reader, needed);
		if (status)
			return status;
	}
	if (result == NKC_JSON_DONE && *end - s->at <= NKC_RECORD_MAX)
		return NKC_OK;
	report_broken(reader, result, fault);
	status = skip_broken(reader);
	return status ? status : NKC_ESYNTAX;
}

/* Behind the closing bracket nothing may stand; but what looks like more records is read all the same. */
static bool goes_on(nkc_reader *reader, nkc_status *status)
{
	state *s = reader->state;
	char c;
	if (!next_byte(reader, &c, status))
		return false;
	report(reader, NKC_CODE_JSON_SYNTAX, 0, 0, "text behind the end of the list");
	if (c != '[' && c != '{' && c != ',') {
		*status = NKC_ESYNTAX;
		return false;
	}
	s->at += c == '[';
	s->any = c == ',';
	s->comma = c != ',';
	return true;
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
				report(reader, NKC_CODE_JSON_SYNTAX, 0, 1, "a comma too much before ]");
			s->at++;
			if (goes_on(reader, status))
				continue;
			s->phase = AT_END;
			return false;
		}
		if (c == ',') {
			if (s->comma && s->phase == IN_ARRAY)
				report(reader, NKC_CODE_JSON_SYNTAX, 0, 1, "a record is missing before this comma");
			s->comma = true;
			s->at++;
			continue;
		}
		if (!s->comma && !s->broken)
			report(reader, NKC_CODE_JSON_SYNTAX, 0, 1, "a comma is missing between two records");
		return true;
	}
	/* of a part, the end is no fault */
	if (!*status && s->phase == IN_ARRAY && !reader->window->error)
		report(reader, NKC_CODE_JSON_SYNTAX, 0, 1, "the list is not closed: ] is missing");
	s->phase = AT_END;
	return false;
}

/* Parses the element at state->at and passes over it. NKC_ESYNTAX: it was no record, which was reported. */
static nkc_status read_element(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_value *value = NULL;
	nkc_json_fault fault;
	size_t end = 0;
	nkc_status status = parse_element(reader, &value, &fault, &end);
	s->comma = false;
	s->any = true;
	s->broken = status == NKC_ESYNTAX;
	if (status)
		return status;
	size_t from = s->at;
	if (value->type != NKC_OBJECT)
		report(reader, NKC_CODE_JSON_NOT_RECORD, 0, 0, "a record is an object {...}");
	s->at = end;
	if (value->type != NKC_OBJECT)
		return NKC_ESYNTAX;
	reader->offset = reader->window->source.base + from;
	reader->length = end - from;
	nkc_record_adopt(reader->record, value, &reader->window->source, from, end - from, fault.seen, reader->diags);
	nkc_csljson_restore(reader->record);
	return nkc_arena_status(reader->record->arena);
}

static nkc_status read_next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	*record = NULL;
	if (s->phase == AT_START)
		status = start(reader);
	while (!status && s->phase != AT_START && s->phase != AT_END && find_element(reader, &status)) {
		status = read_element(reader);
		if (!status)
			*record = reader->record;
		if (status != NKC_ESYNTAX)
			return status;
		status = NKC_OK;
	}
	return status;
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

static nkc_status open_part(nkc_reader *reader, size_t start_at)
{
	nkc_status status = open_reader(reader);
	if (status)
		return status;
	state *s = reader->state;
	s->phase = IN_PART;
	s->at = start_at;
	s->comma = true;
	return NKC_OK;
}

/*
 * The offset behind the next element and its comma; false when the element, or what follows it, is not plainly
 * there: then it is for `next`. Broken or not, what passes here ends for `next` at the same place, so that a
 * reader over the part alone goes on as it would have done.
 */
static bool pass_element(const state *s, nkc_str text, size_t *at)
{
	size_t i = nkc_json_skip_space(text, *at);
	nkc_json_skip skip = { .indent = indent_of(text, i) };
	if (i >= text.len || text.ptr[i] != '{' || !nkc_json_skip_value(&skip, text, &i) || skip.depth > 0)
		return false;
	i = nkc_json_skip_space(text, i);
	if (i >= text.len || text.ptr[i] != (s->phase == IN_LINES ? '{' : ','))
		return false;
	*at = i + (s->phase == IN_ARRAY);
	return true;
}

/* Offset behind the elements that make up about `size` bytes from state->at on. */
static size_t pass_elements(const nkc_reader *reader, size_t size)
{
	const state *s = reader->state;
	nkc_str text = text_of(reader);
	size_t end = s->at;
	if (!reader->window->ended) /* what findings may show must be there, too */
		text.len = text.len > NKC_LINE_SHOWN ? text.len - NKC_LINE_SHOWN : 0;
	while (end - s->at < size && pass_element(s, text, &end))
		;
	return end;
}

static nkc_status split(nkc_reader *reader, size_t size, nkc_part *part)
{
	state *s = reader->state;
	nkc_source *source = &reader->window->source;
	nkc_status status = s->phase == AT_START ? start(reader) : NKC_OK;
	*part = (nkc_part){ .source = nkc_source_make(NKC_STR(""), NKC_STR("")) };
	if (!status && s->phase != AT_END)
		status = want(reader, 2 * size);
	if (status || s->phase == AT_END)
		return status;
	size_t end = pass_elements(reader, size), first = nkc_window_margin(source->text, s->at);
	nkc_position position = nkc_source_position(source, first);
	part->source = nkc_source_make(source->name, nkc_str_slice(source->text, first, end + NKC_LINE_SHOWN));
	part->source.base = source->base + first;
	part->source.line = part->source.mark_line = position.line;
	part->source.column_base = position.column - 1;
	part->start = s->at - first;
	part->end = end - first;
	s->any = s->any || end > s->at;
	s->at = end;
	return NKC_OK;
}

const nkc_reader_ops nkc_csljson_reader = { open_reader, read_next, close_reader, split, open_part };
