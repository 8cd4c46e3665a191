/*
 * EndNote XML: what EndNote 8 and later, Zotero, Mendeley and Papers exchange. nkcite's own object is a key of an
 * application of that name in foreign-keys, which all of them pass over.
 */
#include "format/own.h"
#include "format/rich.h"
#include "format/values.h"
#include "format/xml_read.h"

#include <stdio.h>

/* --- the types: of several rows for a name or number, the first is what it means; of several for a type, what it becomes --- */

typedef struct ref_type {
	nkc_type type;
	int number;
	const char *name;
} ref_type;

static const ref_type kinds[] = {
	{ NKC_TYPE_ARTICLE_JOURNAL, 17, "Journal Article" },
	{ NKC_TYPE_BOOK, 6, "Book" },
	{ NKC_TYPE_CHAPTER, 5, "Book Section" },
	{ NKC_TYPE_PAPER_CONFERENCE, 47, "Conference Paper" },
	{ NKC_TYPE_PAPER_CONFERENCE, 10, "Conference Proceedings" },
	{ NKC_TYPE_THESIS, 32, "Thesis" },
	{ NKC_TYPE_REPORT, 27, "Report" },
	{ NKC_TYPE_WEBPAGE, 12, "Web Page" },
	{ NKC_TYPE_ARTICLE_NEWSPAPER, 23, "Newspaper Article" },
	{ NKC_TYPE_ARTICLE_MAGAZINE, 19, "Magazine Article" },
	{ NKC_TYPE_POST_WEBLOG, 56, "Blog" },
	{ NKC_TYPE_PATENT, 25, "Patent" },
	{ NKC_TYPE_PERSONAL_COMMUNICATION, 26, "Personal Communication" },
	{ NKC_TYPE_MANUSCRIPT, 36, "Manuscript" },
	{ NKC_TYPE_MANUSCRIPT, 34, "Unpublished Work" },
	{ NKC_TYPE_PAMPHLET, 24, "Pamphlet" },
	{ NKC_TYPE_MAP, 20, "Map" },
	{ NKC_TYPE_SONG, 61, "Music" },
	{ NKC_TYPE_MOTION_PICTURE, 21, "Film or Broadcast" },
	{ NKC_TYPE_BROADCAST, 21, "Film or Broadcast" },
	{ NKC_TYPE_GRAPHIC, 2, "Artwork" },
	{ NKC_TYPE_GRAPHIC, 37, "Figure" },
	{ NKC_TYPE_GRAPHIC, 38, "Chart or Table" },
	{ NKC_TYPE_FIGURE, 37, "Figure" },
	{ NKC_TYPE_LEGISLATION, 31, "Statute" },
	{ NKC_TYPE_REGULATION, 50, "Legal Rule or Regulation" },
	{ NKC_TYPE_BILL, 4, "Bill" },
	{ NKC_TYPE_LEGAL_CASE, 7, "Case" },
	{ NKC_TYPE_HEARING, 14, "Hearing" },
	{ NKC_TYPE_SOFTWARE, 9, "Computer Program" },
	{ NKC_TYPE_DATASET, 59, "Dataset" },
	{ NKC_TYPE_STANDARD, 58, "Standard" },
	{ NKC_TYPE_PERIODICAL, 57, "Serial" },
	{ NKC_TYPE_CLASSIC, 49, "Classical Work" },
	{ NKC_TYPE_ENTRY_DICTIONARY, 52, "Dictionary" },
	{ NKC_TYPE_ENTRY_ENCYCLOPEDIA, 53, "Encyclopedia" },
	{ NKC_TYPE_DOCUMENT, 13, "Generic" },
	{ NKC_TYPE_BOOK, 28, "Edited Book" },
	{ NKC_TYPE_BOOK, 44, "Electronic Book" },
	{ NKC_TYPE_BOOK, 8, "Catalog" },
	{ NKC_TYPE_BOOK, 51, "Ancient Text" },
	{ NKC_TYPE_CHAPTER, 60, "Electronic Book Section" },
	{ NKC_TYPE_ARTICLE_JOURNAL, 43, "Electronic Article" },
	{ NKC_TYPE_MOTION_PICTURE, 3, "Audiovisual Material" },
	{ NKC_TYPE_WEBPAGE, 45, "Online Database" },
	{ NKC_TYPE_WEBPAGE, 48, "Online Multimedia" },
	{ NKC_TYPE_WEBPAGE, 55, "Aggregated Database" },
	{ NKC_TYPE_REPORT, 46, "Government Document" },
	{ NKC_TYPE_REPORT, 54, "Grant" },
	{ NKC_TYPE_GRAPHIC, 39, "Equation" },
	{ NKC_TYPE_DOCUMENT, 13, "" }, /* every other */
};

static const ref_type *kind_of_type(nkc_type type)
{
	const ref_type *k = kinds;
	while (k->name[0] && k->type != type)
		k++;
	return k;
}

/* By the name, which other programs than EndNote write more truly than the number. */
static nkc_type type_of_kind(nkc_str name, nkc_str number)
{
	for (const ref_type *k = kinds; k->name[0]; k++) {
		if (nkc_str_is(name, k->name))
			return k->type;
	}
	for (const ref_type *k = kinds; k->name[0]; k++) {
		char digits[8];
		snprintf(digits, sizeof digits, "%d", k->number);
		if (nkc_str_is(number, digits))
			return k->type;
	}
	return NKC_TYPE_DOCUMENT;
}

/* --- the fields --- */

#define T(type) ((uint64_t)1 << NKC_TYPE_##type)
#define ALL UINT64_MAX
#define PERIODICALS \
	(T(ARTICLE_JOURNAL) | T(ARTICLE_MAGAZINE) | T(ARTICLE_NEWSPAPER) | T(ARTICLE) | T(REVIEW) | \
	 T(REVIEW_BOOK))
#define PARTS (T(CHAPTER) | T(PAPER_CONFERENCE) | T(ENTRY) | T(ENTRY_DICTIONARY) | T(ENTRY_ENCYCLOPEDIA))
#define WHOLES (T(BOOK) | T(REPORT) | T(SOFTWARE) | T(MAP) | T(CLASSIC) | T(COLLECTION) | T(PAMPHLET) | T(STANDARD))
#define FILMS (T(MOTION_PICTURE) | T(BROADCAST))

typedef struct field {
	const char *group;   /* the element around it, or NULL */
	const char *element;
	nkc_var var;
	uint64_t types;
} field;

/* In EndNote's order. Of several rows for an element, and for a variable, the first that is of the item's type counts. */
static const field fields[] = {
	{ "contributors", "authors", NKC_VAR_DIRECTOR, FILMS },
	{ "contributors", "authors", NKC_VAR_COMPOSER, T(SONG) | T(MUSICAL_SCORE) },
	{ "contributors", "authors", NKC_VAR_AUTHOR, ALL },
	{ "contributors", "secondary-authors", NKC_VAR_COLLECTION_EDITOR, WHOLES },
	{ "contributors", "secondary-authors", NKC_VAR_RECIPIENT, T(PERSONAL_COMMUNICATION) },
	{ "contributors", "secondary-authors", NKC_VAR_INTERVIEWER, T(INTERVIEW) },
	{ "contributors", "secondary-authors", NKC_VAR_PERFORMER, T(SONG) },
	{ "contributors", "secondary-authors", NKC_VAR_EDITOR, ALL },
	{ "contributors", "tertiary-authors", NKC_VAR_EDITOR, WHOLES },
	{ "contributors", "tertiary-authors", NKC_VAR_PRODUCER, FILMS },
	{ "contributors", "tertiary-authors", NKC_VAR_COLLECTION_EDITOR, ALL },
	{ "contributors", "subsidiary-authors", NKC_VAR_PERFORMER, FILMS },
	{ "contributors", "subsidiary-authors", NKC_VAR_TRANSLATOR, ALL },
	{ "contributors", "translated-authors", NKC_VAR_ORIGINAL_AUTHOR, ALL },
	{ "titles", "title", NKC_VAR_TITLE, ALL },
	{ "titles", "secondary-title", NKC_VAR_COLLECTION_TITLE, WHOLES },
	{ "titles", "secondary-title", NKC_VAR_EVENT_TITLE, T(SPEECH) },
	{ "titles", "secondary-title", NKC_VAR_CONTAINER_TITLE, ALL },
	{ "titles", "tertiary-title", NKC_VAR_COLLECTION_TITLE, ALL },
	{ "titles", "short-title", NKC_VAR_TITLE_SHORT, ALL },
	{ "titles", "translated-title", NKC_VAR_ORIGINAL_TITLE, ALL },
	{ "periodical", "full-title", NKC_VAR_CONTAINER_TITLE, PERIODICALS },
	{ "periodical", "abbr-1", NKC_VAR_CONTAINER_TITLE_SHORT, ALL },
	{ NULL, "pages", NKC_VAR_NUMBER_OF_PAGES, WHOLES | T(THESIS) | T(MANUSCRIPT) },
	{ NULL, "pages", NKC_VAR_DIMENSIONS, FILMS },
	{ NULL, "pages", NKC_VAR_PAGE, ALL },
	{ NULL, "volume", NKC_VAR_VOLUME, ALL },
	{ NULL, "number", NKC_VAR_COLLECTION_NUMBER, T(BOOK) | T(CHAPTER) },
	{ NULL, "number", NKC_VAR_ISSUE, PERIODICALS | T(PAPER_CONFERENCE) },
	{ NULL, "number", NKC_VAR_NUMBER, ALL },
	{ NULL, "num-vols", NKC_VAR_NUMBER_OF_VOLUMES, ALL },
	{ NULL, "edition", NKC_VAR_VERSION, T(SOFTWARE) },
	{ NULL, "edition", NKC_VAR_EDITION, ALL },
	{ NULL, "section", NKC_VAR_SECTION, ALL },
	{ "keywords", "keyword", NKC_VAR_KEYWORD, ALL },
	{ "dates", "year", NKC_VAR_ISSUED, ALL },
	{ NULL, "pub-location", NKC_VAR_PUBLISHER_PLACE, ALL },
	{ NULL, "publisher", NKC_VAR_AUTHORITY, T(LEGAL_CASE) },
	{ NULL, "publisher", NKC_VAR_PUBLISHER, ALL },
	{ NULL, "isbn", NKC_VAR_ISSN, PERIODICALS | T(PERIODICAL) },
	{ NULL, "isbn", NKC_VAR_NUMBER, T(REPORT) | T(PATENT) },
	{ NULL, "isbn", NKC_VAR_ISBN, ALL },
	{ NULL, "accession-num", NKC_VAR_PMID, T(ARTICLE_JOURNAL) },
	{ NULL, "accession-num", NKC_VAR_ARCHIVE_LOCATION, ALL },
	{ NULL, "call-num", NKC_VAR_CALL_NUMBER, ALL },
	{ NULL, "abstract", NKC_VAR_ABSTRACT, ALL },
	{ NULL, "label", NKC_VAR_ID, ALL },
	{ NULL, "notes", NKC_VAR_NOTE, ALL },
	{ NULL, "work-type", NKC_VAR_GENRE, ALL },
	{ "urls", "web-urls", NKC_VAR_URL, ALL },
	{ NULL, "electronic-resource-num", NKC_VAR_DOI, ALL },
	{ NULL, "remote-database-name", NKC_VAR_SOURCE, ALL },
	{ NULL, "language", NKC_VAR_LANGUAGE, ALL },
	{ NULL, "access-date", NKC_VAR_ACCESSED, ALL },
	{ NULL, "custom2", NKC_VAR_PMCID, T(ARTICLE_JOURNAL) },
};
#define FIELDS (sizeof fields / sizeof *fields)

static bool is_of(const field *f, nkc_type type)
{
	return (f->types & ((uint64_t)1 << type)) != 0;
}

/* Is it the first row for its element in items of that type? */
static bool counts(const field *f, nkc_type type)
{
	if (!is_of(f, type))
		return false;
	for (const field *before = fields; before < f; before++) {
		if (is_of(before, type) && (before->var == f->var || strcmp(before->element, f->element) == 0))
			return before->var == f->var &&
			       f->var == NKC_VAR_CONTAINER_TITLE; /* both a title and a periodical */
	}
	return true;
}

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
	nkc_buf_release(&text);
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

static void put_date(nkc_buf *out, const field *f, const nkc_value *value)
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
	nkc_buf_release(&text);
}

static void put_field(nkc_buf *out, const field *f, const nkc_value *value)
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
	for (const field *f = fields; f < fields + FIELDS; f++) {
		const nkc_value *value = counts(f, type) ? nkc_item_get(item, f->var) : NULL;
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
	const ref_type *k = kind_of_type(nkc_item_type(item));
	nkc_buf_puts(
		out,
		"<record><database name=\"nkcite\">nkcite</database><source-app name=\"nkcite\">nkcite</source-app>");
	if (own.len) {
		nkc_buf_puts(out, "<foreign-keys><key app=\"nkcite\">");
		nkc_xml_put_escaped(out, own);
		nkc_buf_puts(out, "</key></foreign-keys>");
	}
	nkc_buf_printf(out, "<ref-type name=\"%s\">%d</ref-type>", k->name[0] ? k->name : "Generic", k->number);
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

static nkc_str get_text(const nkc_xml_node *node, nkc_buf *out)
{
	unsigned before = 0;
	nkc_buf_clear(out);
	if (node)
		get_runs(node, 0, &before, out);
	nkc_rich_put(out, NKC_STR(""), 0, &before);
	for (size_t i = 0; i < out->len; i++)
		out->ptr[i] = out->ptr[i] == '\r' ? '\n' : out->ptr[i];
	return nkc_buf_str(out);
}

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
	nkc_type type;
	nkc_buf text;
} getter;

static void get_names(getter *g, nkc_var var, const nkc_xml_node *list)
{
	for (const nkc_xml_node *author = nkc_xml_child(list, "author"); author;
	     author = nkc_xml_next(author, "author"))
		nkc_item_add_name(g->item, g->arena, var, nkc_name_read_text(g->arena, get_text(author, &g->text)));
}

static void get_keyword(getter *g, const nkc_xml_node *node)
{
	nkc_value *words = nkc_item_get(g->item, NKC_VAR_KEYWORD), *word;
	if (!words)
		nkc_item_add(g->item, NKC_VAR_KEYWORD, words = nkc_value_new(g->arena, NKC_ARRAY));
	word = nkc_value_string(g->arena, nkc_str_trim(get_text(node, &g->text)));
	nkc_value_append(words, word);
}

/* A date that has no year of its own is that of the year. */
static void get_issued(getter *g, const nkc_xml_node *dates)
{
	nkc_buf joined = NKC_BUF_INIT;
	nkc_str year = nkc_str_trim(get_text(nkc_xml_child(dates, "year"), &g->text));
	nkc_str kept = nkc_arena_str(g->arena, year);
	nkc_str date = nkc_str_trim(get_text(nkc_xml_child(nkc_xml_child(dates, "pub-dates"), "date"), &g->text));
	nkc_buf_put_str(&joined, date);
	if (!date.len || nkc_str_find(date, kept) == date.len)
		nkc_buf_printf(&joined, "%s%.*s", date.len ? " " : "", NKC_STR_ARG(kept));
	nkc_item_add(g->item, NKC_VAR_ISSUED, nkc_date_read_text(g->arena, nkc_buf_str(&joined)));
	nkc_buf_release(&joined);
}

static void get_field(getter *g, const field *f, const nkc_xml_node *node)
{
	nkc_kind kind = nkc_var_kind(f->var);
	if (kind == NKC_KIND_NAMES)
		get_names(g, f->var, node);
	else if (f->var == NKC_VAR_KEYWORD)
		get_keyword(g, node);
	else if (f->var == NKC_VAR_URL)
		nkc_item_add_text(g->item, g->arena, f->var, get_text(nkc_xml_child(node, "url"), &g->text));
	else if (kind == NKC_KIND_DATE)
		nkc_item_add(g->item, f->var, nkc_date_read_text(g->arena, get_text(node, &g->text)));
	else
		nkc_item_add_text(g->item, g->arena, f->var, get_text(node, &g->text));
}

/* What an element means in items of that type; NULL when that is not known. */
static const field *find_field(nkc_str group, nkc_str element, nkc_type type)
{
	for (const field *f = fields; f < fields + FIELDS; f++) {
		bool same_group = f->group ? nkc_str_is(group, f->group) : nkc_str_is(group, "record");
		if (same_group && nkc_str_is(element, f->element) && is_of(f, type))
			return f;
	}
	return NULL;
}

/* What is not known is kept under its name in custom.endnote. */
static void keep(getter *g, const nkc_xml_node *node)
{
	nkc_str text = nkc_str_trim(get_text(node, &g->text));
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
		const field *f = find_field(parent->name, node->name, g->type);
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
	nkc_item_add_text(g->item, g->arena, NKC_VAR_URL, get_text(nkc_xml_child(related, "url"), &g->text));
}

static nkc_value *item_of(nkc_arena *arena, const nkc_xml_node *record)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT), .text = NKC_BUF_INIT };
	const nkc_xml_node *type = nkc_xml_child(record, "ref-type");
	if (!g.item)
		return NULL;
	g.type = type_of_kind(type ? nkc_xml_get(type, "name") : NKC_STR(""), nkc_str_trim(get_text(type, &g.text)));
	nkc_item_add_text(g.item, arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	get_fields(&g, record);
	get_related_url(&g, record);
	nkc_value *words = nkc_item_get(g.item, NKC_VAR_KEYWORD);
	if (words) {
		nkc_value_remove(words);
		nkc_item_add_keywords(g.item, arena, words);
	}
	bool failed = nkc_buf_status(&g.text);
	nkc_buf_release(&g.text);
	return failed || nkc_arena_status(arena) ? NULL : g.item;
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
	nkc_buf text = NKC_BUF_INIT;
	while (key && !nkc_str_is(nkc_xml_get(key, "app"), "nkcite"))
		key = nkc_xml_next(key, "key");
	nkc_xml_put_text(key, &text);
	nkc_str own = nkc_arena_str(arena, nkc_buf_str(&text));
	nkc_buf_release(&text);
	return own;
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
	for (const field *f = fields; f < fields + FIELDS; f++) {
		if (f->var == var && counts(f, type)) {
			*where = f->element;
			return NKC_CARRY_NATIVE;
		}
	}
	*where = native.where;
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	const ref_type *k = kind_of_type(type);
	*where = k->name[0] ? k->name : "Generic";
	return k->name[0] && type_of_kind(nkc_str_from(k->name), NKC_STR("")) == type ? NKC_CARRY_NATIVE
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
