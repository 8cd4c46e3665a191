/*
 * EndNote's tagged files (.enw), which are Refer's and BibIX's: a line "%T title" a field, a blank line between records.
 * nkcite's own object stands in %$ (Custom 6).
 */
#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/window.h"
#include "format/endnote_fields.h"
#include "format/lines.h"
#include "format/own.h"
#include "format/values.h"
#include "record/record_impl.h"

#define OWN_TAG '$'

/* --- writing --- */

/* A line of text may be neither blank nor a tag. */
static bool is_safe(nkc_str line)
{
	return nkc_str_trim(line).len && nkc_str_trim(line).ptr[0] != '%';
}

/* As UTF-8: half a surrogate pair, which JSON can hold, becomes U+FFFD. */
static void put_text(nkc_buf *out, nkc_str text)
{
	for (size_t at = 0; at < text.len;)
		nkc_buf_put_rune(out, nkc_utf8_next(text, &at));
}

static void put_tag(nkc_buf *out, const char *tag, nkc_str text)
{
	nkc_str line;
	const char *between = "";
	nkc_buf_printf(out, "%%%s ", tag);
	while (nkc_str_split(&text, '\n', &line)) {
		nkc_buf_puts(out, *between && is_safe(line) ? "\r\n" : between);
		put_text(out, line);
		between = " ";
	}
	nkc_buf_puts(out, "\r\n");
}

static void put_names(nkc_buf *out, const char *tag, const nkc_value *names)
{
	nkc_buf text = NKC_BUF_INIT;
	for (const nkc_value *name = nkc_value_first(names); name; name = name->next) {
		nkc_buf_clear(&text);
		nkc_name_put_text(&text, name);
		if (nkc_value_find(name, NKC_STR("literal")))
			nkc_buf_putc(&text, ','); /* keeps EndNote from taking an organisation apart */
		put_tag(out, tag, nkc_buf_str(&text));
	}
	nkc_text_done(&text, out);
}

/* EndNote has the year in %D, the date in %8. */
static void put_date(nkc_buf *out, const nkc_endnote_field *f, const nkc_value *value)
{
	nkc_buf text = NKC_BUF_INIT;
	bool known = nkc_date_put_edtf(&text, value);
	nkc_str shown = known ? nkc_buf_str(&text) : nkc_value_text(nkc_value_find(value, NKC_STR("literal")));
	bool year = f->var == NKC_VAR_ISSUED && shown.len >= 4 && shown.ptr[0] != '-';
	if (year)
		put_tag(out, f->tag, nkc_str_slice(shown, 0, 4));
	if (shown.len && (!year || shown.len > 4))
		put_tag(out, f->var == NKC_VAR_ISSUED ? "8" : f->tag, shown);
	nkc_text_done(&text, out);
}

static void put_keywords(nkc_buf *out, const char *tag, nkc_str list)
{
	nkc_str word;
	char separator = nkc_keyword_separator(list);
	while (nkc_keyword_next(&list, separator, &word))
		put_tag(out, tag, word);
}

static void put_field(nkc_buf *out, const nkc_endnote_field *f, const nkc_value *value)
{
	nkc_kind kind = nkc_var_kind(f->var);
	if (kind == NKC_KIND_NAMES)
		put_names(out, f->tag, value);
	else if (kind == NKC_KIND_DATE)
		put_date(out, f, value);
	else if (f->var == NKC_VAR_KEYWORD)
		put_keywords(out, f->tag, nkc_value_text(value));
	else
		put_tag(out, f->tag, nkc_value_text(value));
}

static void put_native(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	nkc_type type = nkc_item_type(item);
	size_t start = out->len;
	put_tag(out, "0", nkc_str_from(nkc_endnote_type_for(type)->name));
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		const nkc_value *value = *f->tag && nkc_endnote_counts(f, type) ? nkc_item_get(item, f->var) : NULL;
		if (value)
			put_field(out, f, value);
	}
	if (own.len)
		put_tag(out, "$", own);
	for (size_t i = start; i < out->len; i++) { /* carriage returns inside text would be lines, too */
		if (out->ptr[i] == '\r' && (i + 1 == out->len || out->ptr[i + 1] != '\n'))
			out->ptr[i] = ' ';
	}
}

/* --- reading --- */

static const nkc_endnote_field *find_field(char tag, nkc_type type)
{
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		if (f->tag[0] == tag && nkc_endnote_is_of(f, type))
			return f;
	}
	return NULL;
}

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
	nkc_type type;
	nkc_value *words; /* keywords */
	nkc_str year, date, own;
} getter;

static void get_keywords(getter *g, nkc_str text)
{
	nkc_str word;
	if (!g->words)
		g->words = nkc_value_new(g->arena, NKC_ARRAY);
	while (g->words && nkc_str_split(&text, '\n', &word))
		nkc_value_append(g->words, nkc_value_string(g->arena, nkc_str_trim(word)));
}

static void append_text(getter *g, nkc_value *value, const char *between, nkc_str text)
{
	nkc_buf both = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&both, nkc_value_text(value));
	nkc_buf_puts(&both, between);
	nkc_buf_put_str(&both, text);
	value->u.text = nkc_arena_keep(g->arena, &both);
	value->flags |= NKC_VALUE_ESCAPED;
}

/* What is not known, and a second value where one fits, is kept under its letter in custom.enw. */
static void keep(getter *g, char tag, nkc_str text)
{
	nkc_value *custom = nkc_item_get(g->item, NKC_VAR_CUSTOM), *own;
	if (!custom)
		nkc_item_add(g->item, NKC_VAR_CUSTOM, custom = nkc_value_new(g->arena, NKC_OBJECT));
	own = nkc_value_find(custom, NKC_STR("enw"));
	if (!own && custom)
		nkc_value_add(custom, NKC_STR("enw"), own = nkc_value_new(g->arena, NKC_OBJECT));
	nkc_value *before = nkc_value_find(own, nkc_str_make(&tag, 1));
	if (before)
		append_text(g, before, "\n", text);
	else if (own)
		nkc_value_add(own, nkc_arena_str(g->arena, nkc_str_make(&tag, 1)), nkc_value_string(g->arena, text));
}

static void get_text(getter *g, char tag, nkc_var var, nkc_str text)
{
	nkc_value *before = nkc_item_get(g->item, var);
	if (!before)
		nkc_item_add_line(g->item, g->arena, var, text);
	else if (var == NKC_VAR_NOTE || var == NKC_VAR_ABSTRACT)
		append_text(g, before, "\n", text);
	else if (var == NKC_VAR_LANGUAGE)
		append_text(g, before, ", ", text);
	else if (!nkc_str_eq(nkc_value_text(before), text))
		keep(g, tag, text);
}

static void get_field(getter *g, char tag, nkc_str text)
{
	const nkc_endnote_field *f = find_field(tag, g->type);
	nkc_kind kind = f ? nkc_var_kind(f->var) : NKC_KIND_NONE;
	text = nkc_str_trim(text);
	if (!text.len || tag == '0')
		return;
	if (tag == OWN_TAG && text.ptr[0] == '{')
		g->own = text;
	else if (tag == '8')
		g->date = text;
	else if (!f)
		keep(g, tag, text);
	else if (f->var == NKC_VAR_ISSUED)
		g->year = text;
	else if (f->var == NKC_VAR_KEYWORD)
		get_keywords(g, text);
	else if (kind == NKC_KIND_NAMES)
		nkc_item_add_name(g->item, g->arena, f->var, nkc_name_read_text(g->arena, text));
	else if (kind == NKC_KIND_DATE)
		nkc_item_add(g->item, f->var, nkc_date_read_text(g->arena, text));
	else
		get_text(g, tag, f->var, text);
}

/* A date without a year is of the year in %D. */
static void get_issued(getter *g)
{
	nkc_buf joined = nkc_arena_buf(g->arena);
	bool both = g->date.len && g->year.len && nkc_str_find(g->date, g->year) == g->date.len;
	nkc_buf_put_str(&joined, g->date.len ? g->date : g->year);
	if (both)
		nkc_buf_printf(&joined, " %.*s", NKC_STR_ARG(g->year));
	nkc_item_add(g->item, NKC_VAR_ISSUED, nkc_date_read_text(g->arena, nkc_arena_keep(g->arena, &joined)));
}

/* Offset behind the line at `at`, and its text. */
static size_t next_line(nkc_str text, size_t at, nkc_str *line)
{
	size_t end = at;
	while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
		end++;
	*line = nkc_str_slice(text, at, end);
	return end + 1 < text.len && text.ptr[end] == '\r' && text.ptr[end + 1] == '\n'
	               ? end + 2
	               : end + (end < text.len);
}

static bool is_tag(nkc_str line)
{
	return line.len >= 2 && line.ptr[0] == '%' && line.ptr[1] > ' ' &&
	       (line.len == 2 || line.ptr[2] == ' ' || line.ptr[2] == '\t');
}

/* The next field of a record, in the arena: lines without a tag go on with the one before. */
static bool next_field(nkc_str record, size_t *at, nkc_arena *arena, char *tag, nkc_str *text)
{
	nkc_buf joined = nkc_arena_buf(arena);
	nkc_str line;
	bool found = false;
	while (*at < record.len) {
		size_t behind = next_line(record, *at, &line);
		if (is_tag(line) && found)
			break;
		*at = behind;
		if (is_tag(line)) {
			found = true;
			*tag = line.ptr[1];
			nkc_buf_put_str(&joined, nkc_str_slice(line, 3, line.len));
		} else if (found) {
			nkc_buf_putc(&joined, '\n');
			nkc_buf_put_str(&joined, line);
		}
	}
	*text = nkc_arena_keep(arena, &joined);
	return found;
}

/* Refer's files name no type: a journal, a book around it, or a publisher tell (refer(1)). */
static nkc_type guess_type(nkc_str record, nkc_arena *arena)
{
	nkc_type type = NKC_TYPE_DOCUMENT;
	nkc_str text;
	char tag;
	for (size_t at = 0; next_field(record, &at, arena, &tag, &text);) {
		if (tag == 'J')
			return NKC_TYPE_ARTICLE_JOURNAL;
		type = tag == 'B' ? NKC_TYPE_CHAPTER : tag == 'I' && type == NKC_TYPE_DOCUMENT ? NKC_TYPE_BOOK : type;
	}
	return type;
}

/* Of several types the last that is known. */
static nkc_type find_type(nkc_str record, nkc_arena *arena)
{
	nkc_type type = NKC_TYPE_NONE;
	nkc_str text;
	char tag;
	for (size_t at = 0; next_field(record, &at, arena, &tag, &text);) {
		nkc_type read = tag == '0' ? nkc_endnote_type_read(nkc_str_trim(text), NKC_STR("")) : NKC_TYPE_NONE;
		if (read && (!type || read != NKC_TYPE_DOCUMENT))
			type = read;
	}
	return type ? type : guess_type(record, arena);
}

static nkc_value *item_of(nkc_arena *arena, nkc_str record, nkc_str *own)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT) };
	nkc_str text;
	char tag;
	g.year = g.date = g.own = NKC_STR("");
	g.type = find_type(record, arena);
	nkc_item_add_text(g.item, arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	for (size_t at = 0; next_field(record, &at, arena, &tag, &text);)
		get_field(&g, tag, text);
	get_issued(&g);
	nkc_item_add_keywords(g.item, arena, g.words);
	*own = g.own;
	return nkc_arena_status(arena) ? NULL : g.item;
}

static nkc_value *get_native(nkc_arena *arena, nkc_str text)
{
	nkc_str own;
	return item_of(arena, text, &own);
}

static const nkc_native native = { .where = "%$", .put = put_native, .get = get_native };

/* --- the format --- */

typedef struct state {
	size_t at;
	bool started, any;
} state;

static nkc_status open_reader(nkc_reader *reader)
{
	reader->state = nkc_calloc(1, sizeof(state));
	return reader->state ? NKC_OK : NKC_ENOMEM;
}

static void close_reader(nkc_reader *reader)
{
	nkc_free(reader->state);
}

/* Moves to the next tag, and finds the blank line behind it, or the next %0 behind other tags. */
static nkc_status find_record(nkc_reader *reader, size_t *length)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	nkc_line line;
	bool others = false;
	*length = 0;
	while (nkc_line_get(reader, &s->at, *length, &line, &status)) {
		bool blank = nkc_line_is_blank(&line), type = nkc_str_starts(line.text, NKC_STR("%0 "));
		if (*length && (blank || (type && others)))
			break;
		others = others || (is_tag(line.text) && !type);
		if (*length || is_tag(line.text))
			*length = line.next - s->at;
		else
			s->at = line.next;
	}
	return status;
}

static nkc_status read_record(nkc_reader *reader, size_t length, nkc_record **record)
{
	state *s = reader->state;
	size_t start = s->at;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_str text = nkc_str_slice(nkc_lines_text(reader), start, start + length), own;
	nkc_buf decoded = NKC_BUF_INIT;
	nkc_lines_note(reader, start, length);
	nkc_arena_reset(arena);
	if (!nkc_utf8_valid(text)) {
		nkc_utf8_put_windows(&decoded, text);
		text = nkc_buf_str(&decoded);
	}
	nkc_value *item = item_of(arena, text, &own);
	nkc_status status = nkc_buf_status(&decoded);
	if (!status)
		status = nkc_own_adopt(reader, &native, item, own, start, length);
	nkc_buf_release(&decoded);
	s->at += length;
	s->any = true;
	*record = status ? NULL : reader->record;
	return status;
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	size_t length = 0;
	nkc_status status = s->started ? NKC_OK : nkc_lines_start(reader, &s->at);
	*record = NULL;
	s->started = true;
	if (!status)
		status = find_record(reader, &length);
	if (status == NKC_ELIMIT) {
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a record of more than 16 MiB");
		return NKC_ESYNTAX;
	}
	if (status || length)
		return status ? status : read_record(reader, length, record);
	if (s->any || reader->window->error)
		return NKC_OK;
	nkc_lines_report(reader, NKC_CODE_ENW_EMPTY, 0, 1, "no line begins with %% and a tag");
	return NKC_ESYNTAX;
}

static int sniff(nkc_str head)
{
	nkc_str line;
	bool first = true, begins = false; /* with a tag */
	int tags = 0;
	while (nkc_str_split(&head, '\n', &line)) {
		line = nkc_str_trim(line);
		if (nkc_str_starts(line, NKC_STR("%0 ")))
			return 90;
		begins |= first && is_tag(line);
		first &= line.len == 0;
		tags += is_tag(line) && nkc_str_find_byte(NKC_STR("ATJDIBEPVK"), line.ptr[1]) < 10;
	}
	return tags >= 3 ? 60 : begins ? 40 : 0;
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_own_write(writer->state, &native, writer, record, out);
	nkc_buf_puts(out, "\r\n");
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		if (f->var == var && *f->tag && nkc_endnote_counts(f, type)) {
			*where = f->tag;
			return NKC_CARRY_NATIVE;
		}
	}
	*where = native.where;
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	*where = nkc_endnote_type_for(type)->name;
	return nkc_endnote_type_read(nkc_str_from(*where), NKC_STR("")) == type ? NKC_CARRY_NATIVE
	                                                                        : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = close_reader };

static const nkc_writer_ops writer = {
	.open = nkc_own_open_writer, .record = write_record, .close = nkc_own_close_writer
};

const nkc_format nkc_format_enw = {
	.name = "enw",
	.title = "EndNote tagged (Refer)",
	.extensions = "enw,refer",
	.media_type = "application/x-endnote-refer",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.rereads = true,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
