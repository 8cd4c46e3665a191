/*
 * EndNote XML: what EndNote 8 and later, Zotero, Mendeley and Papers exchange. nkcite's own object is a key of an
 * application of that name in foreign-keys, which all of them pass over.
 */
#include "base/arena.h"
#include "format/endnote_fields.h"
#include "format/own.h"
#include "format/rich.h"
#include "format/values.h"
#include "format/xml_read.h"

/* --- writing --- */

/* The words of a style's face. */
static const struct face {
	unsigned bit;
	const char *word;
} faces_known[] = {
	{ NKC_RICH_BOLD, "bold" },
	{ NKC_RICH_ITALIC, "italic" },
	{ NKC_RICH_SUP, "superscript" },
	{ NKC_RICH_SUB, "subscript" },
};
#define FACES (sizeof faces_known / sizeof *faces_known)

static void put_face(nkc_buf *out, unsigned faces)
{
	const char *space = "";
	nkc_buf_puts(out, "<style face=\"");
	for (size_t i = 0; i < FACES; i++) {
		if (faces & faces_known[i].bit) {
			nkc_buf_printf(out, "%s%s", space, faces_known[i].word);
			space = " ";
		}
	}
	nkc_buf_puts(out, *space ? "\" font=\"default\" size=\"100%\">" : "normal\" font=\"default\" size=\"100%\">");
}

/* Text as styled runs; a line's end is a carriage return, as in EndNote's own files. */
static void put_runs(nkc_buf *out, nkc_str text)
{
	nkc_str run, line;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces)) {
		bool first = true;
		put_face(out, faces);
		while (nkc_str_split(&run, '\n', &line)) {
			nkc_buf_puts(out, first ? "" : "&#xD;");
			nkc_xml_put_escaped(out, line);
			first = false;
		}
		nkc_buf_puts(out, "</style>");
	}
}

static void put_element(nkc_buf *out, const char *name, nkc_str text)
{
	nkc_buf_printf(out, "<%s>", name);
	put_runs(out, text);
	nkc_buf_printf(out, "</%s>", name);
}

/* An organisation has a comma behind it, which keeps EndNote from taking it apart. */
static void put_names(nkc_buf *out, const char *element, const nkc_value *names)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_printf(out, "<%s>", element);
	for (const nkc_value *name = nkc_value_first(names); name; name = name->next) {
		nkc_buf_clear(&text);
		nkc_name_put_text(&text, name);
		if (nkc_value_find(name, NKC_STR("literal")))
			nkc_buf_putc(&text, ',');
		put_element(out, "author", nkc_buf_str(&text));
	}
	nkc_buf_printf(out, "</%s>", element);
	nkc_text_done(&text, out);
}

static void put_keywords(nkc_buf *out, nkc_str list)
{
	nkc_str word;
	char separator = nkc_keyword_separator(list);
	while (nkc_keyword_next(&list, separator, &word))
		put_element(out, "keyword", word);
}

/* The year alone, too, since EndNote keeps the rest as text beside it. */
static void put_issued(nkc_buf *out, nkc_str edtf)
{
	if (edtf.len >= 4 && edtf.ptr[0] != '-')
		put_element(out, "year", nkc_str_slice(edtf, 0, 4));
	if (edtf.len != 4) {
		nkc_buf_puts(out, "<pub-dates>");
		put_element(out, "date", edtf);
		nkc_buf_puts(out, "</pub-dates>");
	}
}

static void put_date(nkc_buf *out, const nkc_endnote_field *f, const nkc_value *value)
{
	nkc_buf text = NKC_BUF_INIT;
	bool known = nkc_date_put_edtf(&text, value);
	nkc_str shown = known ? nkc_buf_str(&text) : nkc_value_text(nkc_value_find(value, NKC_STR("literal")));
	if (!shown.len)
		; /* nothing that a person could read */
	else if (f->var == NKC_VAR_ISSUED)
		put_issued(out, shown);
	else
		put_element(out, f->element, shown);
	nkc_text_done(&text, out);
}

static void put_field(nkc_buf *out, const nkc_endnote_field *f, const nkc_value *value)
{
	nkc_kind kind = nkc_var_kind(f->var);
	if (kind == NKC_KIND_NAMES) {
		put_names(out, f->element, value);
	} else if (kind == NKC_KIND_DATE) {
		put_date(out, f, value);
	} else if (f->var == NKC_VAR_KEYWORD) {
		put_keywords(out, nkc_value_text(value));
	} else if (f->var == NKC_VAR_URL) {
		nkc_buf_puts(out, "<web-urls>");
		put_element(out, "url", nkc_value_text(value));
		nkc_buf_puts(out, "</web-urls>");
	} else {
		put_element(out, f->element, nkc_value_text(value));
	}
}

static void put_fields(nkc_buf *out, const nkc_value *item)
{
	nkc_type type = nkc_item_type(item);
	const char *group = NULL;
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		const nkc_value *value = nkc_endnote_counts(f, type) ? nkc_item_get(item, f->var) : NULL;
		if (!value)
			continue;
		if (group && (!f->group || strcmp(group, f->group) != 0)) {
			nkc_buf_printf(out, "</%s>", group);
			group = NULL;
		}
		if (f->group && !group)
			nkc_buf_printf(out, "<%s>", group = f->group);
		put_field(out, f, value);
	}
	if (group)
		nkc_buf_printf(out, "</%s>", group);
}

static void put_native(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	const nkc_endnote_type *k = nkc_endnote_type_for(nkc_item_type(item));
	nkc_buf_puts(
		out,
		"<record><database name=\"nkcite\">nkcite</database><source-app name=\"nkcite\">nkcite</source-app>");
	if (own.len) {
		nkc_buf_puts(out, "<foreign-keys><key app=\"nkcite\">");
		nkc_xml_put_escaped(out, own);
		nkc_buf_puts(out, "</key></foreign-keys>");
	}
	nkc_buf_printf(out, "<ref-type name=\"%s\">%d</ref-type>", k->name, k->number);
	put_fields(out, item);
	nkc_buf_puts(out, "</record>");
}

/* --- reading --- */

static unsigned faces_of(nkc_str words)
{
	unsigned faces = 0;
	nkc_str word;
	while (nkc_str_split(&words, ' ', &word)) {
		for (size_t i = 0; i < FACES; i++)
			faces |= nkc_str_is(word, faces_known[i].word) ? faces_known[i].bit : 0;
	}
	return faces;
}

/* Text in CSL's markup. Recursion is bounded by NKC_XML_DEPTH_MAX. */
static void get_runs(const nkc_xml_node *node, unsigned faces, unsigned *before, nkc_buf *out)
{
	if (node->text.len)
		nkc_rich_put(out, node->text, faces, before);
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		get_runs(child, faces | faces_of(nkc_xml_get(child, "face")), before, out);
}

static nkc_str get_text(const nkc_xml_node *node, nkc_arena *arena)
{
	unsigned before = 0;
	nkc_buf out = nkc_arena_buf(arena);
	if (node)
		get_runs(node, 0, &before, &out);
	nkc_rich_put(&out, NKC_STR(""), 0, &before);
	for (size_t i = 0; i < out.len; i++)
		out.ptr[i] = out.ptr[i] == '\r' ? '\n' : out.ptr[i];
	return nkc_arena_keep(arena, &out);
}

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
	nkc_type type;
} getter;

static void get_names(getter *g, nkc_var var, const nkc_xml_node *list)
{
	for (const nkc_xml_node *author = nkc_xml_child(list, "author"); author;
	     author = nkc_xml_next(author, "author"))
		nkc_item_add_name(g->item, g->arena, var, nkc_name_read_text(g->arena, get_text(author, g->arena)));
}

static void get_keyword(getter *g, const nkc_xml_node *node)
{
	nkc_value *words = nkc_item_get(g->item, NKC_VAR_KEYWORD), *word;
	if (!words)
		nkc_item_add(g->item, NKC_VAR_KEYWORD, words = nkc_value_new(g->arena, NKC_ARRAY));
	word = nkc_value_string(g->arena, nkc_str_trim(get_text(node, g->arena)));
	nkc_value_append(words, word);
}

/* A date that has no year of its own is that of the year. */
static void get_issued(getter *g, const nkc_xml_node *dates)
{
	nkc_str year = nkc_str_trim(get_text(nkc_xml_child(dates, "year"), g->arena));
	nkc_str date = nkc_str_trim(get_text(nkc_xml_child(nkc_xml_child(dates, "pub-dates"), "date"), g->arena));
	nkc_buf joined = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&joined, date);
	if (!date.len || nkc_str_find(date, year) == date.len)
		nkc_buf_printf(&joined, "%s%.*s", date.len ? " " : "", NKC_STR_ARG(year));
	nkc_item_add(g->item, NKC_VAR_ISSUED, nkc_date_read_text(g->arena, nkc_arena_keep(g->arena, &joined)));
}

static void get_field(getter *g, const nkc_endnote_field *f, const nkc_xml_node *node)
{
	nkc_kind kind = nkc_var_kind(f->var);
	if (kind == NKC_KIND_NAMES)
		get_names(g, f->var, node);
	else if (f->var == NKC_VAR_KEYWORD)
		get_keyword(g, node);
	else if (f->var == NKC_VAR_URL)
		nkc_item_add_text(g->item, g->arena, f->var, get_text(nkc_xml_child(node, "url"), g->arena));
	else if (kind == NKC_KIND_DATE)
		nkc_item_add(g->item, f->var, nkc_date_read_text(g->arena, get_text(node, g->arena)));
	else
		nkc_item_add_line(g->item, g->arena, f->var, get_text(node, g->arena));
}

/* What an element means in items of that type; NULL when that is not known. */
static const nkc_endnote_field *find_field(nkc_str group, nkc_str element, nkc_type type)
{
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		bool same_group = f->group ? nkc_str_is(group, f->group) : nkc_str_is(group, "record");
		if (same_group && nkc_str_is(element, f->element) && nkc_endnote_is_of(f, type))
			return f;
	}
	return NULL;
}

/* What is not known is kept under its name in custom.endnote. */
static void keep(getter *g, const nkc_xml_node *node)
{
	nkc_str text = nkc_str_trim(get_text(node, g->arena));
	nkc_value *custom = nkc_item_get(g->item, NKC_VAR_CUSTOM), *own;
	if (!text.len)
		return;
	if (!custom)
		nkc_item_add(g->item, NKC_VAR_CUSTOM, custom = nkc_value_new(g->arena, NKC_OBJECT));
	own = nkc_value_find(custom, NKC_STR("endnote"));
	if (!own && custom)
		nkc_value_add(custom, NKC_STR("endnote"), own = nkc_value_new(g->arena, NKC_OBJECT));
	if (own && !nkc_value_find(own, node->name))
		nkc_value_add(own, node->name, nkc_value_string(g->arena, text));
}

/* What says nothing about the work. */
static bool is_idle(nkc_str name)
{
	static const char *const names[] = { "", "database", "source-app", "rec-number", "foreign-keys", "ref-type" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (nkc_str_is(name, names[i]))
			return true;
	}
	return false;
}

static bool is_group(nkc_str name)
{
	return nkc_str_is(name, "contributors") || nkc_str_is(name, "titles") || nkc_str_is(name, "periodical") ||
	       nkc_str_is(name, "keywords") || nkc_str_is(name, "urls");
}

static void get_fields(getter *g, const nkc_xml_node *parent)
{
	for (const nkc_xml_node *node = parent->first; node; node = node->next) {
		const nkc_endnote_field *f = find_field(parent->name, node->name, g->type);
		if (is_idle(node->name))
			continue;
		if (f)
			get_field(g, f, node);
		else if (is_group(node->name))
			get_fields(g, node);
		else if (nkc_str_is(node->name, "dates"))
			get_issued(g, node);
		else
			keep(g, node);
	}
}

/* EndNote's own files have the address of a page among the related ones. */
static void get_related_url(getter *g, const nkc_xml_node *record)
{
	const nkc_xml_node *related = nkc_xml_child(nkc_xml_child(record, "urls"), "related-urls");
	nkc_item_add_text(g->item, g->arena, NKC_VAR_URL, get_text(nkc_xml_child(related, "url"), g->arena));
}

static nkc_value *item_of(nkc_arena *arena, const nkc_xml_node *record)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT) };
	const nkc_xml_node *type = nkc_xml_child(record, "ref-type");
	if (!g.item)
		return NULL;
	g.type = nkc_endnote_type_read(type ? nkc_xml_get(type, "name") : NKC_STR(""), nkc_str_trim(get_text(type, arena)));
	nkc_item_add_text(g.item, arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	get_fields(&g, record);
	get_related_url(&g, record);
	nkc_value *words = nkc_item_get(g.item, NKC_VAR_KEYWORD);
	if (words) {
		nkc_value_remove(words);
		nkc_item_add_keywords(g.item, arena, words);
	}
	return nkc_arena_status(arena) ? NULL : g.item;
}

static nkc_value *get_native(nkc_arena *arena, nkc_str text)
{
	nkc_xml_node *record;
	nkc_xml_fault fault;
	return nkc_xml_parse_mixed(arena, text, &record, &fault) ? NULL : item_of(arena, record);
}

static const nkc_native native = { .where = "foreign-keys", .put = put_native, .get = get_native };

static nkc_str own_of(nkc_arena *arena, const nkc_xml_node *record)
{
	const nkc_xml_node *key = nkc_xml_child(nkc_xml_child(record, "foreign-keys"), "key");
	nkc_buf text = nkc_arena_buf(arena);
	while (key && !nkc_str_is(nkc_xml_get(key, "app"), "nkcite"))
		key = nkc_xml_next(key, "key");
	nkc_xml_put_text(key, &text);
	return nkc_arena_keep(arena, &text);
}

/* --- the format --- */

static const char *const records[] = { "record", NULL };

static nkc_status open_reader(nkc_reader *reader)
{
	return nkc_xml_read_open(reader, records);
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_xml_entry entry;
	nkc_status status = nkc_xml_read_next(reader, &entry);
	*record = NULL;
	if (status || !entry.node)
		return status;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_value *item = item_of(arena, entry.node);
	status = nkc_own_adopt(reader, &native, item, own_of(arena, entry.node), entry.start, entry.length);
	*record = status ? NULL : reader->record;
	return status;
}

static int sniff(nkc_str head)
{
	bool xml = nkc_str_find(head, NKC_STR("<records")) < head.len &&
	           nkc_str_find(head, NKC_STR("<record")) < head.len;
	return xml && nkc_str_find(head, NKC_STR("<ref-type")) < head.len ? 95 : 0;
}

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n");
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_own_write(writer->state, &native, writer, record, out);
	nkc_buf_putc(out, '\n');
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "</records></xml>\n");
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	for (const nkc_endnote_field *f = nkc_endnote_fields; f < nkc_endnote_fields + nkc_endnote_field_count; f++) {
		if (f->var == var && nkc_endnote_counts(f, type)) {
			*where = f->element;
			return NKC_CARRY_NATIVE;
		}
	}
	*where = native.where;
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	const nkc_endnote_type *k = nkc_endnote_type_for(type);
	*where = k->name;
	return nkc_endnote_type_read(nkc_str_from(k->name), NKC_STR("")) == type ? NKC_CARRY_NATIVE
	                                                                              : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = nkc_xml_read_close };

static const nkc_writer_ops writer = {
	.open = nkc_own_open_writer,
	.begin = write_begin,
	.record = write_record,
	.end = write_end,
	.close = nkc_own_close_writer,
};

const nkc_format nkc_format_endnote_xml = {
	.name = "endnote-xml",
	.title = "EndNote XML",
	.extensions = "xml",
	.media_type = "application/xml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
