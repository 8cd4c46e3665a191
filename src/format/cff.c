/*
 * CITATION.cff: the Citation File Format 1.2.0. Software or data that comes first is the work of the file, anything else its
 * preferred citation; what follows are references. The schema allows no other members, so that nkcite's own object is a
 * comment: "# nkcite: {...}".
 */
#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/window.h"
#include "base/yaml.h"
#include "format/cff_item.h"
#include "format/kept.h"
#include "format/lines.h"
#include "format/own.h"
#include "format/values.h"
#include "record/record_impl.h"

/* --- writing --- */

static const nkc_str own_mark = NKC_STR_INIT("# nkcite: ");

/* A comment may hold neither line ends, of which YAML knows more than JSON, nor what YAML calls unprintable. */
static void put_own(nkc_buf *out, int indent, nkc_str own)
{
	if (!own.len)
		return;
	nkc_buf_printf(out, "%*s%.*s", indent, "", NKC_STR_ARG(own_mark));
	for (size_t at = 0; at < own.len;) {
		size_t start = at;
		uint32_t rune = nkc_utf8_next(own, &at);
		bool hidden = (rune >= 0x7F && rune < 0xA0) || rune == 0x2028 || rune == 0x2029 || rune == 0xFEFF ||
		              rune == 0xFFFE || rune == 0xFFFF || rune == NKC_RUNE_BAD;
		if (hidden)
			nkc_buf_printf(out, "\\u%04x", (unsigned)rune);
		else
			nkc_buf_put(out, own.ptr + start, at - start);
	}
	nkc_buf_putc(out, '\n');
}

static void put_version(nkc_buf *out)
{
	nkc_buf_puts(out, "cff-version: 1.2.0\n");
}

/* The file itself has a message, be it the one that it came with. */
static void add_message(nkc_arena *arena, nkc_value *work)
{
	if (work && !nkc_kept_member(work, "message"))
		nkc_value_add(work, NKC_STR("message"), nkc_value_string(arena, NKC_STR(NKC_CFF_MESSAGE)));
}

/* A work under what stands before its first line, the others `indent` further in. */
static void put_work(nkc_buf *out, const nkc_value *item, nkc_str own, const char *before, unsigned indent)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_cff_work kind = indent ? NKC_CFF_REFERENCE : NKC_CFF_ROOT;
	nkc_value *work = arena ? nkc_cff_make(arena, item, kind) : NULL;
	nkc_buf_puts(out, before);
	if (kind == NKC_CFF_ROOT)
		add_message(arena, work);
	if (work)
		nkc_yaml_put_value(out, work, indent);
	nkc_buf_putc(out, '\n');
	put_own(out, (int)indent, own);
	if (!work || nkc_arena_status(arena))
		out->status = NKC_ENOMEM;
	nkc_arena_free(arena);
}

static void put_root(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	put_work(out, item, own, "", 0);
}

static void put_reference(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	put_work(out, item, own, "  - ", 4);
}

/* The file has a title and authors of its own: the same. */
static void put_preferred(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *work = arena ? nkc_cff_make(arena, item, NKC_CFF_REFERENCE) : NULL;
	nkc_value *frame = work ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	static const char *const keys[] = { "title", "authors" };
	for (size_t i = 0; frame && i < 2; i++)
		nkc_value_add(frame, nkc_str_from(keys[i]), nkc_value_dup(arena, nkc_kept_member(work, keys[i])));
	add_message(arena, frame);
	if (frame && !nkc_arena_status(arena))
		nkc_yaml_put_value(out, frame, 0);
	else
		out->status = NKC_ENOMEM;
	nkc_arena_free(arena);
	put_work(out, item, own, "\npreferred-citation:\n  ", 2);
}

/* --- reading --- */

/* The item of a text that has one work. */
static nkc_value *get_work(nkc_arena *arena, nkc_str text, const char *key)
{
	nkc_yaml_fault fault;
	nkc_value *root = NULL;
	if (nkc_yaml_parse(arena, text, &root, &fault))
		return NULL;
	if (nkc_value_is(root, NKC_ARRAY))
		root = nkc_value_first(root);
	nkc_value *work = key ? nkc_kept_member(root, key) : root;
	return work ? nkc_cff_item(arena, work, key || text.ptr[0] == ' ' ? NKC_CFF_REFERENCE : NKC_CFF_ROOT) : NULL;
}

static nkc_value *get_root(nkc_arena *arena, nkc_str text)
{
	return get_work(arena, text, NULL);
}

static nkc_value *get_preferred(nkc_arena *arena, nkc_str text)
{
	return get_work(arena, text, "preferred-citation");
}

/* What the work of the file wants to be cited by bears a mark, so that it becomes that again. */
static void mark_preferred(nkc_arena *arena, nkc_value *item)
{
	nkc_value *custom = nkc_item_get(item, NKC_VAR_CUSTOM), *own = nkc_value_find(custom, NKC_STR("cff"));
	if (!custom)
		nkc_item_add(item, NKC_VAR_CUSTOM, custom = nkc_value_new(arena, NKC_OBJECT));
	if (!own && custom)
		nkc_value_add(custom, NKC_STR("cff"), own = nkc_value_new(arena, NKC_OBJECT));
	if (own)
		nkc_value_set(own, NKC_STR("preferred"), nkc_value_new(arena, NKC_TRUE));
}

static bool is_preferred(const nkc_value *custom)
{
	return nkc_value_is(nkc_kept_member(nkc_kept_member(custom, "cff"), "preferred"), NKC_TRUE);
}

static void put_second(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	put_work(out, item, own, "preferred-citation:\n  ", 2);
}

static nkc_value *get_second(nkc_arena *arena, nkc_str text)
{
	nkc_value *item = get_preferred(arena, text);
	if (item)
		mark_preferred(arena, item);
	return item;
}

/* The work of the file; its preferred citation, alone and beside it; a reference. */
enum { ROOT, PREFERRED, SECOND, REFERENCE };

static const nkc_native natives[] = {
	{ .where = "a comment", .put = put_root, .get = get_root },
	{ .where = "a comment", .put = put_preferred, .get = get_preferred },
	{ .where = "a comment", .put = put_second, .get = get_second },
	{ .where = "a comment", .put = put_reference, .get = get_root },
};

typedef enum stage { AT_START, AT_ROOT, AT_PREFERRED, AT_REFERENCES, AT_END } stage;

typedef struct state {
	stage stage;
	nkc_arena *arena; /* of the file, which is read as a whole */
	nkc_value *root;
	nkc_value *reference; /* the next one */
	size_t start;         /* of the text in the window */
} state;

static nkc_status open_reader(nkc_reader *reader)
{
	state *s = reader->state = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	s->arena = nkc_arena_new();
	return s->arena ? NKC_OK : NKC_ENOMEM;
}

static void close_reader(nkc_reader *reader)
{
	state *s = reader->state;
	if (s)
		nkc_arena_free(s->arena);
	nkc_free(s);
}

static nkc_str text_of(const nkc_reader *reader)
{
	const state *s = reader->state;
	nkc_str text = nkc_lines_text(reader);
	return nkc_str_slice(text, s->start, text.len);
}

static nkc_status refuse(nkc_reader *reader, nkc_code code, size_t at, const char *what)
{
	const state *s = reader->state;
	nkc_lines_report(reader, code, s->start + at, 1, "%s", what);
	return NKC_ESYNTAX;
}

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_yaml_fault fault;
	nkc_status status = nkc_lines_start(reader, &s->start);
	while (!status && !reader->window->ended)
		status = nkc_window_fill(reader->window, &s->start, NKC_RECORD_MAX);
	if (status == NKC_ELIMIT)
		return refuse(reader, NKC_CODE_JSON_SIZE, 0, "a file of more than 16 MiB");
	if (!status)
		status = nkc_yaml_parse(s->arena, text_of(reader), &s->root, &fault);
	if (status == NKC_ESYNTAX || status == NKC_ELIMIT)
		return refuse(reader, NKC_CODE_YAML_SYNTAX, fault.at, fault.what);
	if (status)
		return status;
	if (!nkc_value_is(s->root, NKC_OBJECT))
		return reader->window->error ? NKC_OK : refuse(reader, NKC_CODE_YAML_EMPTY, 0, "a mapping of fields is missing");
	s->reference = nkc_value_first(nkc_kept_member(s->root, "references"));
	s->stage = AT_ROOT;
	return NKC_OK;
}

/* --- the works of the file --- */

static bool is_frame_key(nkc_str key)
{
	static const char *const keys[] = { "cff-version", "message", "title", "authors", "type", "preferred-citation",
		                            "references" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (nkc_str_is(key, keys[i]))
			return true;
	}
	return false;
}

/* Is the file about nothing but its preferred citation, whose title it bears, or about nothing at all? */
static bool is_frame(const nkc_value *root)
{
	const nkc_value *preferred = nkc_kept_member(root, "preferred-citation");
	const nkc_value *title = nkc_kept_member(root, "title");
	for (const nkc_value *field = nkc_value_first(root); field; field = field->next) {
		if (!is_frame_key(field->key))
			return false;
	}
	return !title || (preferred && nkc_value_equal(title, nkc_kept_member(preferred, "title")));
}

/* The mapping without the members that are no fields of the work. */
static nkc_value *own_fields(nkc_arena *arena, const nkc_value *root)
{
	nkc_value *fields = nkc_value_new(arena, NKC_OBJECT);
	for (const nkc_value *field = nkc_value_first(root); fields && field; field = field->next) {
		bool other = nkc_str_is(field->key, "preferred-citation") || nkc_str_is(field->key, "references") ||
		             nkc_str_is(field->key, "cff-version");
		if (!other)
			nkc_value_add(fields, nkc_arena_str(arena, field->key), nkc_value_dup(arena, field));
	}
	return fields;
}

/* nkcite's own object of the work that stands in text[from..to), at least `indent` in. */
static nkc_str own_in(nkc_str text, size_t from, size_t to, bool inner)
{
	nkc_str rest = nkc_str_slice(text, from, to), line;
	while (nkc_str_split(&rest, '\n', &line)) {
		nkc_str trimmed = nkc_str_trim(line);
		bool in = line.len && line.ptr[0] == ' ';
		if (nkc_str_starts(trimmed, own_mark) && in == inner)
			return nkc_str_slice(trimmed, own_mark.len, trimmed.len);
	}
	return NKC_STR("");
}

/* Where what follows the value begins. */
static size_t end_of(const nkc_value *value, size_t end)
{
	for (; value; value = value->parent) {
		if (value->next)
			return value->next->key.len ? value->next->key_at : value->next->at;
	}
	return end;
}

static nkc_status give(nkc_reader *reader, nkc_value *work, stage at, nkc_record **record)
{
	state *s = reader->state;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_arena_reset(arena);
	nkc_str text = text_of(reader);
	size_t from = at == AT_ROOT ? 0 : work->at, to = at == AT_ROOT ? text.len : end_of(work, text.len);
	nkc_str own = own_in(text, from, to, at != AT_ROOT);
	nkc_value *fields = at == AT_ROOT ? own_fields(arena, work) : nkc_value_dup(arena, work);
	nkc_value *item = fields ? nkc_cff_item(arena, fields, at == AT_ROOT ? NKC_CFF_ROOT : NKC_CFF_REFERENCE) : NULL;
	bool second = at == AT_PREFERRED && !is_frame(s->root);
	if (item && second)
		mark_preferred(arena, item);
	const nkc_native *native = &natives[at == AT_ROOT ? ROOT : second ? SECOND : at == AT_PREFERRED ? PREFERRED : REFERENCE];
	nkc_status status = nkc_own_adopt(reader, native, item, own, s->start + from, to - from);
	*record = status ? NULL : reader->record;
	return status;
}

/* The next work, or NULL. */
static nkc_value *take(state *s, stage *at)
{
	*at = s->stage;
	if (s->stage == AT_ROOT) {
		s->stage = AT_PREFERRED;
		return is_frame(s->root) ? NULL : s->root;
	}
	if (s->stage == AT_PREFERRED) {
		s->stage = AT_REFERENCES;
		return nkc_kept_member(s->root, "preferred-citation");
	}
	nkc_value *reference = s->reference;
	s->reference = reference ? reference->next : NULL;
	s->stage = reference ? AT_REFERENCES : AT_END;
	return reference;
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	stage at;
	nkc_status status = s->stage == AT_START ? start(reader) : NKC_OK;
	*record = NULL;
	if (status || !s->root) {
		s->stage = AT_END;
		return status;
	}
	while (s->stage != AT_END) {
		nkc_value *work = take(s, &at);
		if (nkc_value_is(work, NKC_OBJECT))
			return give(reader, work, at, record);
		if (work)
			nkc_lines_report(reader, NKC_CODE_JSON_NOT_RECORD, s->start + work->at, 1,
			                 "a work is a mapping of fields");
	}
	return NKC_OK;
}

/* --- the format --- */

static int sniff(nkc_str head)
{
	nkc_str line;
	while (nkc_str_split(&head, '\n', &line)) {
		if (nkc_str_starts(line, NKC_STR("cff-version:")))
			return 95;
	}
	return 0;
}

/* A writer's state. */
typedef struct file {
	nkc_own *own;
	bool root;   /* the file has a work of its own */
	bool listed; /* `references` has begun */
} file;

static nkc_status open_writer(nkc_writer *writer)
{
	file *f = writer->state = nkc_calloc(1, sizeof *f);
	if (!f)
		return NKC_ENOMEM;
	f->own = nkc_own_new();
	return f->own ? NKC_OK : NKC_ENOMEM;
}

static void close_writer(nkc_writer *writer)
{
	file *f = writer->state;
	if (f)
		nkc_own_free(f->own);
	nkc_free(f);
}

/* What a record becomes in the file. */
static int place_of(file *f, const nkc_writer *writer, const nkc_record *record)
{
	nkc_str type = nkc_value_text(nkc_record_get(record, NKC_VAR_TYPE));
	if (writer->count == 0) {
		f->root = nkc_str_is(type, "software") || nkc_str_is(type, "dataset");
		f->listed = false;
		return f->root ? ROOT : PREFERRED;
	}
	bool second = f->root && writer->count == 1 && is_preferred(nkc_record_get(record, NKC_VAR_CUSTOM));
	return second ? SECOND : REFERENCE;
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	file *f = writer->state;
	int place = place_of(f, writer, record);
	if (writer->count == 0)
		put_version(out);
	if (place == REFERENCE && !f->listed)
		nkc_buf_puts(out, "references:\n");
	f->listed |= place == REFERENCE;
	nkc_own_write(f->own, &natives[place], writer, record, out);
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	if (writer->count)
		return;
	put_version(out);
	nkc_buf_puts(out, "message: " NKC_CFF_MESSAGE "\nreferences: []\n");
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	const char *key = nkc_cff_key(type, var);
	*where = key ? key : natives[0].where;
	return key ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	*where = nkc_cff_type(type);
	return nkc_cff_type_read(nkc_str_from(*where)) == type ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = close_reader };

static const nkc_writer_ops writer = {
	.in_order = true,
	.open = open_writer,
	.record = write_record,
	.end = write_end,
	.close = close_writer,
};

const nkc_format nkc_format_cff = {
	.name = "cff",
	.title = "CITATION.cff",
	.extensions = "cff",
	.media_type = "application/yaml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
