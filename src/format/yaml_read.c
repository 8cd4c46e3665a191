#include "format/yaml_read.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/window.h"
#include "base/yaml.h"
#include "format/lines.h"
#include "record/record_impl.h"

typedef struct state {
	size_t at;
	bool started, any;
	bool in_list, list_follows; /* inside `references`, or behind its key */
	size_t indent;              /* of the list's entries */
	nkc_arena *arena;           /* of a text in flow style */
	nkc_value *queue;           /* what is left of it */
	size_t queue_start, queue_length;
} state;

nkc_status nkc_yaml_open(nkc_reader *reader)
{
	reader->state = nkc_calloc(1, sizeof(state));
	return reader->state ? NKC_OK : NKC_ENOMEM;
}

void nkc_yaml_close(nkc_reader *reader)
{
	state *s = reader->state;
	if (s)
		nkc_arena_free(s->arena);
	nkc_free(s);
}

/* --- lines --- */

/* Nothing for a reader: blank, a comment, a directive, a document's mark. */
static bool is_idle(const nkc_line *line)
{
	char c = line->indent < line->text.len ? line->text.ptr[line->indent] : '#';
	return c == '#' || (line->indent == 0 && (c == '%' || nkc_str_starts(line->text, NKC_STR("---")) ||
	                                          nkc_str_starts(line->text, NKC_STR("..."))));
}

static bool begins_element(const nkc_line *line)
{
	nkc_str text = nkc_str_slice(line->text, line->indent, line->text.len);
	return text.len && text.ptr[0] == '-' && (text.len == 1 || text.ptr[1] == ' ' || text.ptr[1] == '\t');
}

static bool is_flow(const nkc_line *line)
{
	return line->indent < line->text.len && strchr("[{", line->text.ptr[line->indent]);
}

/* What stands behind `references:`, if the line begins so. */
static bool is_references(const nkc_line *line, nkc_str *rest)
{
	static const nkc_str key = NKC_STR_INIT("references:");
	*rest = nkc_str_trim(nkc_str_slice(line->text, key.len, line->text.len));
	return nkc_str_starts(line->text, key);
}

/* --- where the next entry stands --- */

typedef enum found { FOUND_NOTHING, FOUND_BLOCK, FOUND_FLOW } found;

/* Looks at a line outside of any list. */
static found look_outside(state *s, const nkc_line *line)
{
	nkc_str rest;
	if (is_flow(line) && (s->list_follows || line->indent == 0))
		return FOUND_FLOW;
	if (begins_element(line) && (s->list_follows || line->indent == 0)) {
		s->in_list = true;
		s->list_follows = false;
		s->indent = line->indent;
		return FOUND_BLOCK;
	}
	if (line->indent == 0)
		s->list_follows = is_references(line, &rest) && (!rest.len || rest.ptr[0] == '#');
	return is_references(line, &rest) && rest.len && strchr("[{", rest.ptr[0]) ? FOUND_FLOW : FOUND_NOTHING;
}

static found look(state *s, nkc_yaml_shape shape, const nkc_line *line)
{
	if (is_idle(line))
		return FOUND_NOTHING;
	if (shape == NKC_YAML_MEMBERS)
		return is_flow(line)                                ? FOUND_FLOW
		       : line->indent == 0 && !begins_element(line) ? FOUND_BLOCK
		                                                    : FOUND_NOTHING;
	if (s->in_list && line->indent >= s->indent)
		return line->indent == s->indent && begins_element(line) ? FOUND_BLOCK : FOUND_NOTHING;
	s->in_list = false;
	return look_outside(s, line);
}

static bool ends_block(const state *s, nkc_yaml_shape shape, const nkc_line *line)
{
	if (nkc_line_is_blank(line) || line->text.ptr[line->indent] == '#')
		return false;
	return line->indent <= (shape == NKC_YAML_REFERENCES ? s->indent : 0);
}

/*
 * Behind the block that begins at state->at: the next line as far in as its first. NKC_ELIMIT with the block passed
 * over when it is too long.
 */
static nkc_status find_end(nkc_reader *reader, nkc_yaml_shape shape, size_t *length)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	nkc_line line;
	bool first = true, large = false;
	*length = 0;
	while (nkc_line_get(reader, &s->at, *length, &line, &status)) {
		if (!first && ends_block(s, shape, &line))
			break;
		first = false;
		*length = line.next - s->at;
		if (large || *length > NKC_RECORD_MAX) {
			large = true;
			s->at += *length;
			*length = 0;
		}
	}
	if (status == NKC_ELIMIT) { /* one line of that size, or the last of many */
		s->at = nkc_lines_text(reader).len;
		*length = 0;
	}
	return large ? NKC_ELIMIT : status;
}

/* --- entries --- */

static nkc_status parse(nkc_reader *reader, nkc_arena *arena, size_t length, nkc_value **value)
{
	state *s = reader->state;
	nkc_yaml_fault fault;
	nkc_str text = nkc_str_slice(nkc_lines_text(reader), s->at, s->at + length);
	nkc_status status = nkc_yaml_parse(arena, text, value, &fault);
	if (status == NKC_ESYNTAX || status == NKC_ELIMIT)
		nkc_lines_report(reader, NKC_CODE_YAML_SYNTAX, s->at + fault.at, 1, "%s", fault.what);
	return status;
}

static void report_shape(nkc_reader *reader, size_t at)
{
	nkc_lines_report(reader, NKC_CODE_JSON_NOT_RECORD, at, 1, "a record is a mapping of fields");
}

/* The entries of a text in flow style, or of one that is no list of mappings at all. */
static nkc_status read_flow(nkc_reader *reader, nkc_yaml_shape shape)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	while (!status && !reader->window->ended)
		status = nkc_window_fill(reader->window, &s->at, NKC_RECORD_MAX);
	size_t length = nkc_lines_text(reader).len - s->at;
	nkc_value *root = NULL;
	if (status == NKC_ELIMIT)
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a list of more than 16 MiB in flow style");
	if (status)
		return status == NKC_ELIMIT ? NKC_ESYNTAX : status;
	if (!s->arena)
		s->arena = nkc_arena_new();
	if (!s->arena)
		return NKC_ENOMEM;
	nkc_arena_set_limit(s->arena, NKC_RECORD_MEMORY_MAX);
	status = parse(reader, s->arena, length, &root);
	if (nkc_arena_status(s->arena) == NKC_ELIMIT) {
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a list that would take more than 128 MiB");
		status = NKC_ELIMIT;
		root = NULL;
	}
	nkc_value *list = nkc_value_find(root, NKC_STR("references"));
	s->queue = nkc_value_first(shape == NKC_YAML_MEMBERS || !list ? root : list);
	s->queue_start = s->at;
	s->queue_length = length;
	s->at += length;
	return status == NKC_ELIMIT ? NKC_ESYNTAX : status;
}

static nkc_status take_queued(nkc_reader *reader, nkc_yaml_entry *entry)
{
	state *s = reader->state;
	const nkc_value *next = s->queue;
	s->queue = next->next;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_arena_reset(arena);
	if (next->type != NKC_OBJECT) {
		report_shape(reader, s->queue_start + next->at);
		return NKC_ESYNTAX;
	}
	entry->value = nkc_value_dup(arena, next);
	entry->key = nkc_arena_str(arena, next->key);
	entry->start = s->queue_start;
	entry->length = s->queue_length;
	return entry->value ? NKC_OK : NKC_ENOMEM;
}

static nkc_status read_block(nkc_reader *reader, nkc_yaml_shape shape, nkc_yaml_entry *entry)
{
	state *s = reader->state;
	size_t length;
	nkc_value *root = NULL;
	nkc_status status = find_end(reader, shape, &length);
	if (status == NKC_ELIMIT)
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a record of more than 16 MiB");
	if (status)
		return status == NKC_ELIMIT ? NKC_ESYNTAX : status;
	nkc_lines_note(reader, s->at, length);
	nkc_arena_reset(nkc_record_arena(reader->record));
	status = parse(reader, nkc_record_arena(reader->record), length, &root);
	nkc_value *value = nkc_value_first(root);
	entry->start = s->at;
	entry->length = length;
	s->at += length;
	if (status)
		return status == NKC_ELIMIT ? NKC_ESYNTAX : status;
	if (!nkc_value_is(value, NKC_OBJECT)) {
		report_shape(reader, entry->start);
		return NKC_ESYNTAX;
	}
	entry->key = value->key;
	entry->value = value;
	nkc_value_remove(value);
	return NKC_OK;
}

/* Reads the entry at state->at, or sees that none is there. */
static nkc_status advance(nkc_reader *reader, nkc_yaml_shape shape, nkc_yaml_entry *entry, bool *ended)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	nkc_line line;
	if (s->queue)
		return take_queued(reader, entry);
	*ended = !nkc_line_get(reader, &s->at, 0, &line, &status);
	if (status == NKC_ELIMIT) {
		s->at = nkc_lines_text(reader).len; /* a line without an end, outside of any entry */
		*ended = false;
		return NKC_OK;
	}
	if (*ended)
		return status;
	found what = look(s, shape, &line);
	s->any |= what != FOUND_NOTHING;
	if (what == FOUND_NOTHING)
		s->at = line.next;
	return what == FOUND_BLOCK  ? read_block(reader, shape, entry)
	       : what == FOUND_FLOW ? read_flow(reader, shape)
	                            : NKC_OK;
}

nkc_status nkc_yaml_next(nkc_reader *reader, nkc_yaml_shape shape, nkc_yaml_entry *entry)
{
	state *s = reader->state;
	bool ended = false;
	nkc_status status = s->started ? NKC_OK : nkc_lines_start(reader, &s->at);
	s->started = true;
	*entry = (nkc_yaml_entry){ .key = NKC_STR("") };
	while (!status && !entry->value && !ended) {
		status = advance(reader, shape, entry, &ended);
		if (status == NKC_ESYNTAX)
			status = NKC_OK; /* reported */
	}
	if (status || !ended || s->any || reader->window->error)
		return status;
	nkc_lines_report(reader, NKC_CODE_YAML_EMPTY, 0, 1, "no record is in the file");
	return NKC_ESYNTAX;
}
