/*
 * Zotero RDF, the form in which Zotero gives and takes most. What it cannot hold stands in nkcite:own of the
 * item, a property that Zotero passes over. The reader knows the Bibliographic Ontology as well, and what
 * else Zotero reads from RDF.
 */
#include "format/zotero_rdf.h"

#include "base/arena.h"
#include "format/lines.h"
#include "format/own.h"
#include "format/zotero.h"
#include "format/zotero_fields.h"
#include "record/record_impl.h"

static nkc_value *get_native(nkc_arena *arena, nkc_str text)
{
	nkc_xml_fault fault;
	nkc_xml_node *root;
	nkc_buf whole = nkc_arena_buf(arena);
	nkc_buf_puts(&whole, nkc_zotero_rdf_head);
	nkc_buf_put_str(&whole, text);
	nkc_buf_puts(&whole, nkc_zotero_rdf_foot);
	nkc_status status = nkc_xml_parse_mixed(arena, nkc_arena_keep(arena, &whole), &root, &fault);
	nkc_rdf_subject subject = { .graph = status ? NULL : nkc_rdf_graph_new(arena) };
	if (!subject.graph)
		return NULL;
	for (const nkc_xml_node *node = root->first; node; node = node->next) {
		if (node->name.len)
			nkc_rdf_add(subject.graph, node);
	}
	subject.node = nkc_rdf_first(subject.graph);
	return subject.node ? nkc_zotero_rdf_item(arena, &subject, NULL).item : NULL;
}

static const nkc_native native = { .where = "nkcite:own", .put = nkc_zotero_rdf_put, .get = get_native };

/* --- the format --- */

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_rdf_subject subject;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_zotero_read read;
	*record = NULL;
	for (;;) {
		nkc_status status = nkc_rdf_read_next(reader, &subject);
		if (status || !subject.node)
			return status;
		nkc_lines_note(reader, subject.start, subject.length);
		nkc_arena_reset(arena);
		read = nkc_zotero_rdf_item(arena, &subject, reader);
		if (read.item || nkc_arena_status(arena))
			break;
		if (read.other && *read.other && !subject.is_remark)
			nkc_lines_report(reader, NKC_CODE_RDF_LOOSE, subject.start + subject.node->at, 1,
			                 "this %s belongs to no item; it is left out", read.other);
	}
	nkc_status status = nkc_own_adopt(reader, &native, read.item, read.own, subject.start, subject.length);
	*record = status ? NULL : reader->record;
	return status;
}

static int sniff(nkc_str head)
{
	static const nkc_str vocabularies[] = {
		NKC_STR_INIT("http://www.zotero.org/namespaces/export#"),
		NKC_STR_INIT("http://purl.org/net/biblio#"),
		NKC_STR_INIT("http://purl.org/ontology/bibo/"),
	};
	if (nkc_str_find(head, NKC_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#")) == head.len)
		return 0;
	for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies; i++) {
		if (nkc_str_find(head, vocabularies[i]) < head.len)
			return 95;
	}
	return nkc_str_find(head, NKC_STR("RDF")) < head.len ? 60 : 0;
}

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, nkc_zotero_rdf_head);
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_own_write(writer->state, &native, writer, record, out);
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, nkc_zotero_rdf_foot);
}

/* An item of that type, with nothing else in it. */
static const nkc_zotero_kind *usual_kind(nkc_type type)
{
	nkc_value value = { .type = NKC_STRING, .key = NKC_STR_INIT("type") }, item = { .type = NKC_OBJECT };
	value.u.text = nkc_str_from(nkc_type_name(type));
	item.u.list.first = item.u.list.last = &value;
	return nkc_zotero_kind_for(&item);
}

/* Where any item at all has the variable, or NULL. */
static const char *find_anywhere(nkc_var var)
{
	for (size_t i = 0; i < nkc_zotero_field_count; i++) {
		if (nkc_zotero_fields[i].var == var)
			return nkc_zotero_fields[i].path;
	}
	for (size_t i = 0; i < nkc_zotero_role_count; i++) {
		if (nkc_zotero_roles[i].var == var && nkc_zotero_roles[i].property)
			return nkc_zotero_roles[i].property;
	}
	return NULL;
}

static const char *find_place(nkc_type type, nkc_var var)
{
	const nkc_zotero_kind *kind = usual_kind(type);
	const nkc_zotero_field *field = nkc_zotero_field_for(kind, var);
	const nkc_zotero_role *role = nkc_zotero_role_for(kind, var);
	if (var == NKC_VAR_ID || var == NKC_VAR_CITATION_KEY)
		return "z:citationKey";
	if (var == NKC_VAR_TYPE)
		return "z:itemType";
	if (var == NKC_VAR_KEYWORD)
		return "dc:subject";
	return field ? field->path : role ? role->property : type == NKC_TYPE_NONE ? find_anywhere(var) : NULL;
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	*where = find_place(type, var);
	if (*where)
		return NKC_CARRY_NATIVE;
	*where = native.where;
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	*where = usual_kind(type)->name;
	return nkc_zotero_type(type) == type ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = nkc_rdf_read_open, .next = next, .close = nkc_rdf_read_close };

static const nkc_writer_ops writer = {
	.open = nkc_own_open_writer,
	.begin = write_begin,
	.record = write_record,
	.end = write_end,
	.close = nkc_own_close_writer,
};

const nkc_format nkc_format_zotero_rdf = {
	.name = "zotero-rdf",
	.title = "Zotero RDF",
	.extensions = "rdf",
	.media_type = "application/rdf+xml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
