/*
 * Reads pages of HTML for the sources in them: COinS, and the CSL-JSON of pages that nkcite wrote. Of HTML no more is read
 * than it takes to know a tag from a text (WHATWG, 13.2.5): tags, attributes, comments, and elements that hold raw text.
 */
#include "format/coins.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/window.h"
#include "format/coins_read.h"
#include "format/csljson.h"
#include "format/lines.h"
#include "record/entity.h"
#include "record/record_impl.h"

#include <stdio.h>

typedef struct state {
	size_t at;
	bool started, any;
	bool own; /* records of nkcite were found: COinS say the same, and less */
} state;

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Reads on. False at the end of the text, and where too much would have to be kept, which is a finding. */
static bool read_on(nkc_reader *reader, nkc_status *status)
{
	state *s = reader->state;
	if (reader->window->ended)
		return false;
	*status = nkc_window_fill(reader->window, &s->at, NKC_RECORD_MAX);
	if (*status != NKC_ELIMIT)
		return !*status;
	*status = NKC_OK;
	nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "an element of more than 16 MiB");
	s->at = nkc_lines_text(reader).len;
	return false;
}

/*
 * Finds the text, whatever its case, *ahead bytes behind state->at or later. Unless `keep`, state->at moves there. At the end of
 * the text all of it is passed over.
 */
static bool seek(nkc_reader *reader, nkc_str what, bool keep, size_t *ahead, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		nkc_str text = nkc_lines_text(reader);
		for (; s->at + *ahead + what.len <= text.len; ++*ahead) {
			size_t from = s->at + *ahead;
			if (text.ptr[from] == what.ptr[0] &&
			    nkc_str_eq_nocase(nkc_str_slice(text, from, from + what.len), what))
				return true;
		}
		if (!keep) {
			s->at += *ahead;
			*ahead = 0;
		}
		if (!read_on(reader, status)) {
			s->at = nkc_lines_text(reader).len;
			return false;
		}
	}
}

/* Passes over what comes up to the end of the text that is sought. */
static void pass(nkc_reader *reader, nkc_str what, nkc_status *status)
{
	state *s = reader->state;
	size_t ahead = 0;
	if (seek(reader, what, false, &ahead, status))
		s->at += ahead + what.len;
}

/* Length of the tag at state->at; 0 when the text ends inside of it. A quote counts behind an equals sign only. */
static size_t tag_length(nkc_reader *reader, nkc_status *status)
{
	state *s = reader->state;
	char quote = 0, before = 0;
	for (size_t i = 1;; i++) {
		while (s->at + i >= nkc_lines_text(reader).len) {
			if (read_on(reader, status))
				continue;
			s->at = nkc_lines_text(reader).len;
			return 0;
		}
		char c = nkc_lines_text(reader).ptr[s->at + i];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && before == '=')
			quote = c;
		else if (c == '>')
			return i + 1;
		if (!is_space(c))
			before = quote ? 0 : c;
	}
}

/* --- tags --- */

static nkc_str tag_name(nkc_str tag)
{
	size_t end = 1;
	while (end < tag.len && !is_space(tag.ptr[end]) && tag.ptr[end] != '/' && tag.ptr[end] != '>')
		end++;
	return nkc_str_slice(tag, 1, end);
}

/* Moves *at behind a value, with its quotes. */
static nkc_str attribute_value(nkc_str tag, size_t *at)
{
	size_t from = *at;
	char quote = from < tag.len ? tag.ptr[from] : 0;
	if (quote == '"' || quote == '\'') {
		nkc_str rest = nkc_str_slice(tag, from + 1, tag.len);
		size_t length = nkc_str_find_byte(rest, quote);
		*at = from + 1 + length + 1;
		return nkc_str_slice(rest, 0, length);
	}
	while (*at < tag.len && !is_space(tag.ptr[*at]) && tag.ptr[*at] != '>')
		++*at;
	return nkc_str_slice(tag, from, *at);
}

static void pass_space(nkc_str tag, size_t *at)
{
	while (*at < tag.len && is_space(tag.ptr[*at]))
		++*at;
}

/* The first attribute of that name, as it is written; empty when there is none. */
static nkc_str attribute(nkc_str tag, const char *name)
{
	size_t at = 1 + tag_name(tag).len;
	while (at < tag.len && tag.ptr[at] != '>') {
		if (is_space(tag.ptr[at]) || tag.ptr[at] == '/') {
			at++;
			continue;
		}
		size_t from = at++;
		while (at < tag.len && !is_space(tag.ptr[at]) && !strchr("/>=", tag.ptr[at]))
			at++;
		nkc_str found = nkc_str_slice(tag, from, at), value = NKC_STR("");
		pass_space(tag, &at);
		if (at < tag.len && tag.ptr[at] == '=') {
			at++;
			pass_space(tag, &at);
			value = attribute_value(tag, &at);
		}
		if (nkc_str_eq_nocase(found, nkc_str_from(name)))
			return value;
	}
	return NKC_STR("");
}

static bool has_class(nkc_str tag, const char *name)
{
	nkc_str classes = attribute(tag, "class");
	for (size_t i = 0; i < classes.len;) {
		size_t from = i;
		while (i < classes.len && !is_space(classes.ptr[i]))
			i++;
		if (nkc_str_is(nkc_str_slice(classes, from, i), name))
			return true;
		i++;
	}
	return false;
}

/* Without character references. */
static nkc_str decode(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	for (size_t i = 0; i < text.len;) {
		uint32_t rune;
		size_t length = text.ptr[i] == '&' ? nkc_entity_read(text, i, &rune) : 0;
		if (length)
			nkc_buf_put_rune(&out, rune);
		else
			nkc_buf_putc(&out, text.ptr[i]);
		i += length ? length : 1;
	}
	return nkc_arena_keep(arena, &out);
}

/* --- records --- */

/* The record of a span at state->at; none when it is no ContextObject. */
static nkc_status read_span(nkc_reader *reader, size_t length, nkc_record **record)
{
	state *s = reader->state;
	size_t start = s->at;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_str tag = nkc_str_slice(nkc_lines_text(reader), start, start + length);
	s->at += length;
	if (s->own || !has_class(tag, "Z3988"))
		return NKC_OK;
	nkc_lines_note(reader, start, length);
	nkc_arena_reset(arena);
	nkc_value *item = nkc_coins_get(arena, decode(arena, attribute(tag, "title")));
	if (!item || nkc_arena_status(arena))
		return nkc_arena_status(arena);
	s->any = true;
	nkc_record_adopt(reader->record, item, &reader->window->source, start, length, 0, reader->diags);
	*record = reader->record;
	return nkc_arena_status(arena);
}

/* The record of a script at state->at, whose tag has that length. What is no single object is not nkcite's. */
static nkc_status read_script(nkc_reader *reader, size_t length, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	size_t ahead = length;
	if (!seek(reader, NKC_STR("</script"), true, &ahead, &status))
		return status;
	nkc_str text = nkc_str_trim(nkc_str_slice(nkc_lines_text(reader), s->at + length, s->at + ahead));
	size_t start = (size_t)(text.ptr - nkc_lines_text(reader).ptr);
	s->at += ahead;
	if (!text.len || text.ptr[0] != '{')
		return NKC_OK;
	nkc_lines_note(reader, start, text.len);
	nkc_record_clear(reader->record);
	status = nkc_record_parse(reader->record, text, &reader->window->source, reader->diags);
	if (status)
		return status == NKC_ESYNTAX ? NKC_OK : status; /* told */
	nkc_csljson_restore(reader->record);
	s->own = s->any = true;
	*record = reader->record;
	return nkc_arena_status(nkc_record_arena(reader->record));
}

/* Elements whose text holds no tags, or none that are on the page. */
static bool is_raw(nkc_str name)
{
	static const char *const names[] = { "style",  "template", "textarea", "title",
		                             "iframe", "noembed",  "noframes", "xmp" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (nkc_str_eq_nocase(name, nkc_str_from(names[i])))
			return true;
	}
	return false;
}

static nkc_status pass_raw(nkc_reader *reader, nkc_str name)
{
	char end[16];
	nkc_status status = NKC_OK;
	int length = snprintf(end, sizeof end, "</%.*s", NKC_STR_ARG(name));
	pass(reader, nkc_str_make(end, (size_t)length), &status);
	return status;
}

static nkc_status read_tag(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	size_t length = tag_length(reader, &status);
	if (!length)
		return status;
	nkc_str tag = nkc_str_slice(nkc_lines_text(reader), s->at, s->at + length), name = tag_name(tag);
	if (nkc_str_eq_nocase(name, NKC_STR("span")))
		return read_span(reader, length, record);
	if (nkc_str_eq_nocase(name, NKC_STR("script"))) {
		if (nkc_str_is(attribute(tag, "type"), "application/vnd.citationstyles.csl+json"))
			return read_script(reader, length, record);
		s->at += length;
		pass(reader, NKC_STR("</script"), &status);
		return status;
	}
	s->at += length;
	return is_raw(name) ? pass_raw(reader, name) : NKC_OK;
}

/* What begins with "<" at state->at. */
static nkc_status read_markup(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	while (nkc_lines_text(reader).len - s->at < 4 && read_on(reader, &status))
		;
	nkc_str text = nkc_str_slice(nkc_lines_text(reader), s->at, s->at + 4);
	char second = text.len > 1 ? text.ptr[1] : ' ';
	if (status || is_letter(second))
		return status ? status : read_tag(reader, record);
	bool comment = nkc_str_is(text, "<!--");
	s->at += comment ? 4 : text.len > 0;
	if (comment || second == '!' || second == '?' || second == '/')
		pass(reader, comment ? NKC_STR("-->") : NKC_STR(">"), &status);
	return status;
}

/* --- the format --- */

static nkc_status open_reader(nkc_reader *reader)
{
	reader->state = nkc_calloc(1, sizeof(state));
	return reader->state ? NKC_OK : NKC_ENOMEM;
}

static void close_reader(nkc_reader *reader)
{
	nkc_free(reader->state);
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = s->started ? NKC_OK : nkc_lines_start(reader, &s->at);
	s->started = true;
	*record = NULL;
	for (size_t ahead = 0; !status && !*record; ahead = 0) {
		if (!seek(reader, NKC_STR("<"), false, &ahead, &status))
			break;
		s->at += ahead;
		status = read_markup(reader, record);
	}
	if (status || *record || s->any || reader->window->error)
		return status;
	nkc_lines_report(reader, NKC_CODE_COINS_EMPTY, 0, 1, "the page holds no COinS");
	return NKC_ESYNTAX;
}

static int sniff(nkc_str head)
{
	nkc_str text = nkc_str_trim(
		nkc_str_starts(head, NKC_STR("\xEF\xBB\xBF")) ? nkc_str_slice(head, 3, head.len) : head);
	if (!text.len || text.ptr[0] != '<')
		return 0;
	if (nkc_str_eq_nocase(nkc_str_slice(text, 0, 14), NKC_STR("<!doctype html")) ||
	    nkc_str_eq_nocase(nkc_str_slice(text, 0, 5), NKC_STR("<html")))
		return 90;
	return nkc_str_find(text, NKC_STR("Z3988")) < text.len ? 85 :
	       nkc_str_find(text, NKC_STR("<html")) < text.len ? 60 : 0;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = close_reader };

const nkc_format nkc_format_coins = {
	.name = "coins",
	.title = "HTML with COinS",
	.extensions = "html,htm,xhtml",
	.media_type = "text/html",
	.sniff = sniff,
	.reader = &reader,
};
