#include "base/xml.h"
#include "format/values.h"
#include "format/zotero.h"
#include "format/zotero_fields.h"
#include "format/zotero_rdf.h"

const char nkc_zotero_rdf_head[] = "<rdf:RDF\n"
				   " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n"
				   " xmlns:z=\"http://www.zotero.org/namespaces/export#\"\n"
				   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
				   " xmlns:dcterms=\"http://purl.org/dc/terms/\"\n"
				   " xmlns:bib=\"http://purl.org/net/biblio#\"\n"
				   " xmlns:foaf=\"http://xmlns.com/foaf/0.1/\"\n"
				   " xmlns:prism=\"http://prismstandard.org/namespaces/1.2/basic/\"\n"
				   " xmlns:vcard=\"http://nwalsh.com/rdf/vCard#\"\n"
				   " xmlns:link=\"http://purl.org/rss/1.0/modules/link/\"\n"
				   " xmlns:video=\"http://ogp.me/ns/video#\"\n"
				   " xmlns:schema=\"http://schema.org/\"\n"
				   " xmlns:nkcite=\"urn:nkcite:\">\n";
const char nkc_zotero_rdf_foot[] = "</rdf:RDF>\n";

typedef struct putter {
	nkc_buf *out;
	const nkc_value *item;
	const nkc_zotero_kind *kind;
	nkc_buf text; /* of one value */
} putter;

/* "a/b/c" as <a><b><c>, or as the end tags. */
static void put_path(nkc_buf *out, nkc_str path, bool close)
{
	nkc_str step;
	if (close) {
		size_t end = path.len;
		while (end > 0) {
			size_t start = end;
			while (start > 0 && path.ptr[start - 1] != '/')
				start--;
			nkc_buf_printf(out, "</%.*s>", (int)(end - start), path.ptr + start);
			end = start ? start - 1 : 0;
		}
		nkc_buf_putc(out, '\n');
		return;
	}
	nkc_buf_putc(out, '\t');
	while (nkc_str_split(&path, '/', &step))
		nkc_buf_printf(out, "<%.*s>", NKC_STR_ARG(step));
}

static void put_text(nkc_buf *out, const char *path, const char *prefix, nkc_str text)
{
	put_path(out, nkc_str_from(path), false);
	nkc_buf_puts(out, prefix ? prefix : "");
	nkc_xml_put_escaped(out, text);
	put_path(out, nkc_str_from(path), true);
}

/* --- values --- */

/* A date in the form that Zotero reads best; the year at least of what has none. */
static void make_date(nkc_buf *text, const nkc_value *value)
{
	nkc_date date;
	if (nkc_date_read(value, &date) || nkc_zotero_put_date(&date, text))
		return;
	date.start.approximate = date.start.uncertain = date.end.approximate = date.end.uncertain = false;
	if (!nkc_edtf_write(&date, text))
		nkc_buf_put_str(text, date.literal.len ? date.literal : date.raw);
}

/* What one pair of straight quotes encloses: Zotero drops such a pair when it cites. Empty if none does. */
static nkc_str unquoted(nkc_str text)
{
	if (text.len < 3 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
		return NKC_STR("");
	nkc_str inner = nkc_str_slice(text, 1, text.len - 1);
	return nkc_str_find_byte(inner, '"') == inner.len ? inner : NKC_STR("");
}

/* A text as Zotero keeps it: in curved quotes if it is in straight ones. */
static nkc_str shown_text(putter *p, nkc_str text)
{
	nkc_str inner = unquoted(text);
	if (!inner.len)
		return text;
	nkc_buf_clear(&p->text);
	nkc_buf_puts(&p->text, "\xe2\x80\x9c");
	nkc_buf_put_str(&p->text, inner);
	nkc_buf_puts(&p->text, "\xe2\x80\x9d");
	return nkc_buf_str(&p->text);
}

static nkc_str text_of(putter *p, nkc_var var, const nkc_value *value)
{
	if (nkc_var_kind(var) != NKC_KIND_DATE)
		return shown_text(p, nkc_value_text(value));
	nkc_buf_clear(&p->text);
	make_date(&p->text, value);
	return nkc_buf_str(&p->text);
}

/* A variable that strict CSL-JSON does not know. */
static const nkc_value *beside(const nkc_value *item, nkc_var var)
{
	const nkc_value *nkcite = nkc_value_find(nkc_item_get(item, NKC_VAR_CUSTOM), NKC_STR("nkcite"));
	return nkc_value_find(nkc_value_find(nkcite, NKC_STR("members")), nkc_str_from(nkc_var_name(var)));
}

/* Variables that have two names, and the licence, which is beside the others. */
static const nkc_value *value_of(const nkc_value *item, nkc_var var)
{
	static const struct {
		nkc_var var, other;
	} twins[] = {
		{ NKC_VAR_CONTAINER_TITLE_SHORT, NKC_VAR_JOURNALABBREVIATION },
		{ NKC_VAR_TITLE_SHORT, NKC_VAR_SHORTTITLE },
		{ NKC_VAR_EVENT_TITLE, NKC_VAR_EVENT },
	};
	const nkc_value *value = nkc_item_get(item, var);
	for (size_t i = 0; !value && i < sizeof twins / sizeof *twins; i++) {
		if (twins[i].var == var)
			value = nkc_item_get(item, twins[i].other);
	}
	return value || var != NKC_VAR_LICENSE ? value : beside(item, var);
}

static bool has_twin_field(const putter *p, nkc_var var)
{
	nkc_var main = var == NKC_VAR_JOURNALABBREVIATION ? NKC_VAR_CONTAINER_TITLE_SHORT
	               : var == NKC_VAR_SHORTTITLE        ? NKC_VAR_TITLE_SHORT
	               : var == NKC_VAR_EVENT             ? NKC_VAR_EVENT_TITLE
	                                                  : NKC_VAR_NONE;
	return main && nkc_zotero_field_for(p->kind, main) && !nkc_item_get(p->item, main);
}

/* --- fields --- */

static nkc_zotero_place place_of(const putter *p, const nkc_zotero_field *f)
{
	return f->place == NKC_ZOTERO_CONTAINER && !p->kind->container ? NKC_ZOTERO_ITEM : f->place;
}

static bool is_due(const putter *p, const nkc_zotero_field *f, nkc_zotero_place place)
{
	return place_of(p, f) == place && f->var != NKC_VAR_NOTE && nkc_zotero_field_for(p->kind, f->var) == f &&
	       value_of(p->item, f->var);
}

static void put_field(putter *p, const nkc_zotero_field *f)
{
	nkc_str text = text_of(p, f->var, value_of(p->item, f->var));
	bool title = strcmp(f->path, "dc:title") == 0 && f->place == NKC_ZOTERO_CONTAINER && !p->kind->container;
	if (!text.len)
		return;
	if (title) { /* the title of what it is part of, which has no class here */
		nkc_buf_printf(p->out, "\t<z:%s>", f->name);
		nkc_xml_put_escaped(p->out, text);
		nkc_buf_printf(p->out, "</z:%s>\n", f->name);
	} else {
		put_text(p->out, f->path, f->prefix, text);
	}
}

/* The fields of one place, with tags around them if there are any. */
static void put_fields(putter *p, nkc_zotero_place place, const char *path, const char *class)
{
	bool open = false;
	for (size_t i = 0; i < nkc_zotero_field_count; i++) {
		if (!is_due(p, &nkc_zotero_fields[i], place))
			continue;
		if (path && !open)
			nkc_buf_printf(p->out, "\t<%s><%s>\n", path, class);
		open = true;
		put_field(p, &nkc_zotero_fields[i]);
	}
	if (path && open)
		nkc_buf_printf(p->out, "\t</%s></%s>\n", class, path);
}

/* --- names --- */

static void put_name(putter *p, const nkc_value *value)
{
	nkc_name name = nkc_name_of(value);
	bool person = name.family.len || name.given.len;
	nkc_buf_puts(p->out, "\t\t<rdf:li><foaf:Person><foaf:surname>");
	nkc_buf_clear(&p->text);
	if (person)
		nkc_zotero_put_family(&name, &p->text);
	nkc_xml_put_escaped(p->out, person ? nkc_buf_str(&p->text) : name.literal);
	nkc_buf_puts(p->out, "</foaf:surname>");
	nkc_buf_clear(&p->text);
	nkc_zotero_put_given(&name, &p->text);
	if (p->text.len) {
		nkc_buf_puts(p->out, "<foaf:givenName>");
		nkc_xml_put_escaped(p->out, nkc_buf_str(&p->text));
		nkc_buf_puts(p->out, "</foaf:givenName>");
	}
	nkc_buf_puts(p->out, "</foaf:Person></rdf:li>\n");
}

static void put_names(putter *p)
{
	for (const nkc_value *member = nkc_value_first(p->item); member; member = member->next) {
		const nkc_zotero_role *role = nkc_zotero_role_for(p->kind, nkc_var_find(member->key));
		if (!role || !nkc_value_first(member))
			continue;
		nkc_buf_printf(p->out, "\t<%s><rdf:Seq>\n", role->property);
		for (const nkc_value *name = nkc_value_first(member); name; name = name->next)
			put_name(p, name);
		nkc_buf_printf(p->out, "\t</rdf:Seq></%s>\n", role->property);
	}
}

/* --- what is beside the fields --- */

static void put_tags(putter *p)
{
	nkc_str list = nkc_item_text(p->item, NKC_VAR_KEYWORD), word;
	char separator = nkc_keyword_separator(list);
	while (nkc_keyword_next(&list, separator, &word))
		put_text(p->out, "dc:subject", NULL, word);
}

/* Zotero's field Extra: what it has no field for, as lines, and the note. */
static void put_extra(putter *p)
{
	nkc_type type = nkc_item_type(p->item);
	nkc_buf_clear(&p->text);
	if (type != NKC_TYPE_NONE && nkc_zotero_type(type) != type)
		nkc_zotero_put_extra_value(NKC_VAR_TYPE, nkc_item_get(p->item, NKC_VAR_TYPE), &p->text);
	for (nkc_var var = NKC_VAR_TYPE + 1; var < NKC_VAR_COUNT; var++) {
		const nkc_value *value = nkc_item_get(p->item, var);
		if (value && var != NKC_VAR_KEYWORD && !nkc_zotero_field_for(p->kind, var) &&
		    !nkc_zotero_role_for(p->kind, var) && !has_twin_field(p, var))
			nkc_zotero_put_extra_value(var, value, &p->text);
	}
	nkc_buf_put_str(&p->text, nkc_item_text(p->item, NKC_VAR_NOTE));
	nkc_str extra = nkc_str_trim(nkc_buf_str(&p->text));
	if (extra.len)
		put_text(p->out, "dc:description", NULL, extra);
}

/* A key that a person would type. */
static bool is_key(nkc_str id)
{
	for (size_t i = 0; i < id.len; i++) {
		if ((unsigned char)id.ptr[i] <= ' ' || strchr("/{},\"\\%~#", id.ptr[i]))
			return false;
	}
	return id.len > 0;
}

static void put_key(putter *p)
{
	nkc_str key = nkc_item_text(p->item, NKC_VAR_CITATION_KEY), id = nkc_item_text(p->item, NKC_VAR_ID);
	if (key.len || is_key(id))
		put_text(p->out, "z:citationKey", NULL, key.len ? key : id);
}

static void put_member(nkc_buf *out, const nkc_value *object, const char *key, const char *path)
{
	nkc_str text = nkc_value_text(nkc_value_find(object, nkc_str_from(key)));
	if (text.len)
		put_text(out, path, NULL, text);
}

static void put_attachment(nkc_buf *out, const nkc_value *attachment)
{
	nkc_str path = nkc_value_text(nkc_value_find(attachment, NKC_STR("path")));
	nkc_buf_puts(out, "\t<link:link><z:Attachment>\n\t<z:itemType>attachment</z:itemType>\n");
	put_member(out, attachment, "title", "dc:title");
	put_member(out, attachment, "url", "dc:identifier/dcterms:URI/rdf:value");
	put_member(out, attachment, "type", "link:type");
	if (path.len) {
		nkc_buf_puts(out, "\t<z:path rdf:resource=\"");
		nkc_xml_put_escaped(out, path);
		nkc_buf_puts(out, "\"/>\n");
	}
	nkc_buf_puts(out, "\t</z:Attachment></link:link>\n");
}

/* What the reader kept in custom.zotero. */
static void put_custom(putter *p)
{
	static const char *const fields[] = { "assignee", "country", "seriesText" };
	const nkc_value *zotero = nkc_value_find(nkc_item_get(p->item, NKC_VAR_CUSTOM), NKC_STR("zotero"));
	const nkc_value *notes = nkc_value_find(zotero, NKC_STR("notes"));
	const nkc_value *attachments = nkc_value_find(zotero, NKC_STR("attachments"));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		nkc_str text = nkc_value_text(nkc_value_find(zotero, nkc_str_from(fields[i])));
		if (!text.len)
			continue;
		nkc_buf_printf(p->out, "\t<z:%s>", fields[i]);
		nkc_xml_put_escaped(p->out, text);
		nkc_buf_printf(p->out, "</z:%s>\n", fields[i]);
	}
	for (const nkc_value *note = nkc_value_first(notes); note; note = note->next)
		put_text(p->out, "dcterms:isReferencedBy/bib:Memo/rdf:value", NULL, nkc_value_text(note));
	for (const nkc_value *attachment = nkc_value_first(attachments); attachment; attachment = attachment->next)
		put_attachment(p->out, attachment);
}

void nkc_zotero_rdf_put(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	putter p = { .out = out, .item = item, .kind = nkc_zotero_kind_for(item), .text = NKC_BUF_INIT };
	const char *class = p.kind->node ? p.kind->node : "rdf:Description";
	nkc_buf_printf(out, "<%s>\n\t<z:itemType>%s</z:itemType>\n", class, p.kind->name);
	put_key(&p);
	put_fields(&p, NKC_ZOTERO_ITEM, NULL, NULL);
	put_fields(&p, NKC_ZOTERO_CONTAINER, "dcterms:isPartOf", p.kind->container);
	put_fields(&p, NKC_ZOTERO_SERIES, "dcterms:isPartOf", "bib:Series");
	put_fields(&p, NKC_ZOTERO_PUBLISHER, "dc:publisher", "foaf:Organization");
	put_names(&p);
	put_tags(&p);
	put_extra(&p);
	put_custom(&p);
	if (own.len)
		put_text(out, "nkcite:own", NULL, own);
	nkc_buf_printf(out, "</%s>\n", class);
	nkc_text_done(&p.text, out);
}
