/*
 * CSL-YAML: the items of CSL-JSON as the list `references` of a YAML text, their strings as pandoc reads them, in Markdown.
 */
#include "base/mem.h"
#include "base/window.h"
#include "base/yaml.h"
#include "format/csljson.h"
#include "format/markdown_text.h"
#include "format/yaml_read.h"
#include "record/record_impl.h"

/* --- writing --- */

typedef struct state {
	nkc_buf json, text;
	nkc_arena *arena;
} state;

static nkc_status open_writer(nkc_writer *writer)
{
	state *s = writer->state = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	s->arena = nkc_arena_new();
	return s->arena ? NKC_OK : NKC_ENOMEM;
}

static void close_writer(nkc_writer *writer)
{
	state *s = writer->state;
	if (!s)
		return;
	nkc_buf_release(&s->json);
	nkc_buf_release(&s->text);
	nkc_arena_free(s->arena);
	nkc_free(s);
}

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "---\nreferences:\n");
}

/* custom is nkcite's and others' data, the id and the type are words: neither is text for a person. */
static bool is_markdown(const nkc_value *member)
{
	return !nkc_str_is(member->key, "id") && !nkc_str_is(member->key, "type") && !nkc_str_is(member->key, "custom");
}

typedef void (*text_fn)(nkc_buf *out, nkc_str text);

/* Rewrites the strings of a value. Recursion is bounded by the depth of what was parsed. */
static void change_texts(nkc_value *value, text_fn change, nkc_arena *arena, nkc_buf *scratch)
{
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		change_texts(child, change, arena, scratch);
	if (value->type != NKC_STRING)
		return;
	nkc_buf_clear(scratch);
	change(scratch, value->u.text);
	if (!nkc_str_eq(nkc_buf_str(scratch), value->u.text))
		nkc_value_set_text(value, arena, nkc_buf_str(scratch));
}

static void change_item(nkc_value *item, text_fn change, nkc_arena *arena, nkc_buf *scratch)
{
	for (nkc_value *member = nkc_value_first(item); member; member = member->next) {
		if (is_markdown(member))
			change_texts(member, change, arena, scratch);
	}
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	state *s = writer->state;
	nkc_value *item;
	nkc_buf_clear(&s->json);
	nkc_arena_reset(s->arena);
	nkc_csljson_put_item(writer, record, true, &s->json);
	if (nkc_buf_status(&s->json) || nkc_value_parse(&item, s->arena, nkc_buf_str(&s->json), NULL, NULL)) {
		out->status = NKC_ENOMEM;
		return;
	}
	change_item(item, nkc_markdown_put_text, s->arena, &s->text);
	nkc_buf_puts(out, "- ");
	nkc_yaml_put_value(out, item, 2);
	nkc_buf_putc(out, '\n');
	if (nkc_buf_status(&s->text) || nkc_arena_status(s->arena))
		out->status = NKC_ENOMEM;
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	nkc_buf_puts(out, writer->count ? "...\n" : "  []\n...\n");
}

/* --- reading --- */

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_yaml_entry entry;
	nkc_buf scratch = NKC_BUF_INIT;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_status status = nkc_yaml_next(reader, NKC_YAML_REFERENCES, &entry);
	*record = NULL;
	if (status || !entry.value)
		return status;
	change_item(entry.value, nkc_markdown_read_text, arena, &scratch);
	status = nkc_buf_status(&scratch);
	nkc_buf_release(&scratch);
	nkc_record_adopt(reader->record, entry.value, &reader->window->source, entry.start, entry.length, 0,
	                 reader->diags);
	nkc_csljson_restore(reader->record);
	*record = reader->record;
	return status ? status : nkc_arena_status(arena);
}

/* "- type: book": other lists have types, too, but not CSL's. */
static bool begins_item(nkc_str line)
{
	static const nkc_str id = NKC_STR_INIT("- id:"), type = NKC_STR_INIT("- type:");
	if (!nkc_str_starts(line, type))
		return nkc_str_starts(line, id);
	nkc_str value = nkc_str_trim(nkc_str_slice(line, type.len, line.len));
	if (value.len > 2 && (value.ptr[0] == '"' || value.ptr[0] == '\''))
		value = nkc_str_slice(value, 1, value.len - 1);
	return nkc_type_find(value) != NKC_TYPE_NONE;
}

static int sniff(nkc_str head)
{
	nkc_str line;
	int sure = 0;
	while (nkc_str_split(&head, '\n', &line)) {
		if (nkc_str_starts(line, NKC_STR("cff-version:"))) /* has references, too */
			return 0;
		if (nkc_str_starts(line, NKC_STR("references:")))
			sure = 85;
		else if (!sure && begins_item(line))
			sure = 75;
	}
	return sure;
}

static const nkc_reader_ops reader = { .open = nkc_yaml_open, .next = next, .close = nkc_yaml_close };

static const nkc_writer_ops writer = {
	.open = open_writer, .begin = write_begin, .record = write_record, .end = write_end, .close = close_writer
};

const nkc_format nkc_format_csl_yaml = {
	.name = "csl-yaml",
	.title = "CSL-YAML",
	.extensions = "yaml,yml",
	.media_type = "application/yaml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = nkc_csljson_carry_var,
	.carry_type = nkc_csljson_carry_type,
};
