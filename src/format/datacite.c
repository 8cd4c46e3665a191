/*
 * DataCite: the JSON of its metadata schema 4, as its REST API and content negotiation give it. It is read only.
 */
#include "base/arena.h"
#include "base/window.h"
#include "format/json_read.h"
#include "format/values.h"
#include "record/record_impl.h"

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
	const nkc_value *work;
	nkc_type type;
} getter;

static void add(getter *g, nkc_var var, nkc_str text)
{
	nkc_item_add_line(g->item, g->arena, var, text);
}

/* The members of the list of that name, one after the other. */
static const nkc_value *first_of(const nkc_value *object, const char *key)
{
	return nkc_value_first(nkc_json_member(object, key));
}

/* --- the type --- */

/* `general` is resourceTypeGeneral; some of its words say more than the type for citeproc, which DataCite derives from them. */
static const struct kind {
	const char *general;
	nkc_type type;
	bool precise;
} kinds[] = {
	{ "Book", NKC_TYPE_BOOK, true },
	{ "BookChapter", NKC_TYPE_CHAPTER, true },
	{ "ConferencePaper", NKC_TYPE_PAPER_CONFERENCE, true },
	{ "ConferenceProceeding", NKC_TYPE_BOOK, true },
	{ "JournalArticle", NKC_TYPE_ARTICLE_JOURNAL, true },
	{ "Journal", NKC_TYPE_PERIODICAL, true },
	{ "DataPaper", NKC_TYPE_ARTICLE_JOURNAL, true },
	{ "Dissertation", NKC_TYPE_THESIS, true },
	{ "Preprint", NKC_TYPE_ARTICLE, true },
	{ "PeerReview", NKC_TYPE_REVIEW, true },
	{ "Report", NKC_TYPE_REPORT, true },
	{ "Standard", NKC_TYPE_STANDARD, true },
	{ "Software", NKC_TYPE_SOFTWARE, true },
	{ "ComputationalNotebook", NKC_TYPE_SOFTWARE, true },
	{ "Dataset", NKC_TYPE_DATASET, true },
	{ "Presentation", NKC_TYPE_SPEECH, true },
	{ "Audiovisual", NKC_TYPE_MOTION_PICTURE, false },
	{ "Sound", NKC_TYPE_SONG, false },
	{ "Image", NKC_TYPE_GRAPHIC, false },
	{ "InteractiveResource", NKC_TYPE_WEBPAGE, false },
	{ "Event", NKC_TYPE_EVENT, false },
	{ "Text", NKC_TYPE_ARTICLE, false },
};

static bool is_program(nkc_str schema_org)
{
	static const char *const names[] = { "SoftwareSourceCode", "SoftwareApplication", "MobileApplication", "VideoGame",
		                             "WebApplication" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (nkc_str_eq_nocase(schema_org, nkc_str_from(names[i])))
			return true;
	}
	return false;
}

/* Members had hyphens in their names once: "publication-year". */
static nkc_str either(const nkc_value *object, const char *key, const char *old_key)
{
	nkc_str text = nkc_json_text(object, key);
	return text.len ? text : nkc_json_text(object, old_key);
}

static nkc_type type_of(const nkc_value *work)
{
	const nkc_value *types = nkc_json_member(work, "types");
	nkc_str general = either(types, "resourceTypeGeneral", "resource-type-general");
	nkc_type csl = nkc_type_find(nkc_json_text(types, "citeproc"));
	if (is_program(nkc_json_text(types, "schemaOrg")))
		return NKC_TYPE_SOFTWARE;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (nkc_str_is(general, kinds[i].general))
			return csl && !kinds[i].precise ? csl : kinds[i].type;
	}
	return csl ? csl : NKC_TYPE_DOCUMENT;
}

/* --- titles --- */

/* The titles of no kind or one kind, joined. */
static void put_titles(getter *g, nkc_buf *out, const char *kind)
{
	for (const nkc_value *title = first_of(g->work, "titles"); title; title = title->next) {
		nkc_str text = nkc_json_text(title, "title");
		if (!nkc_str_eq_nocase(nkc_json_text(title, "titleType"), nkc_str_from(kind)) || !text.len)
			continue;
		nkc_buf_puts(out, out->len ? ": " : "");
		nkc_buf_put_str(out, text);
		if (!*kind)
			return;
	}
}

static void add_title(getter *g)
{
	nkc_buf all = nkc_arena_buf(g->arena);
	put_titles(g, &all, "");
	put_titles(g, &all, "Subtitle");
	nkc_str title = nkc_arena_keep(g->arena, &all);
	if (!title.len)
		title = nkc_json_text(first_of(g->work, "titles"), "title");
	add(g, NKC_VAR_TITLE, nkc_json_clean(g->arena, title));
}

/* --- people --- */

/* "Doe, Jane" of a person without parts. */
static nkc_value *name_of(getter *g, const nkc_value *one)
{
	nkc_str family = nkc_json_text(one, "familyName"), given = nkc_json_text(one, "givenName");
	nkc_str name = nkc_json_text(one, "name");
	bool person = nkc_str_is(nkc_json_text(one, "nameType"), "Personal");
	size_t comma = nkc_str_find_byte(name, ',');
	if (family.len && given.len)
		return nkc_json_name(g->arena, family, given, NKC_STR(""), name);
	if (person && comma < name.len)
		return nkc_json_name(g->arena, nkc_str_trim(nkc_str_slice(name, 0, comma)),
		                     nkc_str_trim(nkc_str_slice(name, comma + 1, name.len)), NKC_STR(""), name);
	return nkc_json_name(g->arena, NKC_STR(""), NKC_STR(""), NKC_STR(""), name.len ? name : family);
}

static bool has_name(const nkc_value *names, const nkc_value *name)
{
	const nkc_value *one = nkc_value_first(names);
	while (one && !nkc_value_equal(one, name))
		one = one->next;
	return one != NULL;
}

/* So many names are compared with each other. */
#define NAMES_MAX 500

/* One person may have several roles that are all `contributor` here. */
static void add_name(getter *g, nkc_var var, const nkc_value *one, size_t count)
{
	nkc_value *name = name_of(g, one);
	if (name && (count > NAMES_MAX || !has_name(nkc_item_get(g->item, var), name)))
		nkc_item_add_name(g->item, g->arena, var, name);
}

static void add_people(getter *g, const nkc_value *object, const char *key)
{
	static const struct {
		const char *role;
		nkc_var var;
	} roles[] = { { "Editor", NKC_VAR_EDITOR }, { "Producer", NKC_VAR_PRODUCER }, { "Translator", NKC_VAR_TRANSLATOR } };
	size_t count = 0;
	for (const nkc_value *one = first_of(object, key); one; one = one->next) {
		nkc_var var = NKC_VAR_CONTRIBUTOR;
		for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
			if (nkc_str_eq_nocase(nkc_json_text(one, "contributorType"), nkc_str_from(roles[i].role)))
				var = roles[i].var;
		}
		add_name(g, var, one, count++);
	}
}

static void add_creators(getter *g)
{
	size_t count = 0;
	for (const nkc_value *one = first_of(g->work, "creators"); one; one = one->next)
		add_name(g, NKC_VAR_AUTHOR, one, count++);
}

/* --- dates --- */

static nkc_str date_of(getter *g, const char *kind)
{
	for (const nkc_value *date = first_of(g->work, "dates"); date; date = date->next) {
		if (nkc_str_is(nkc_json_text(date, "dateType"), kind))
			return nkc_json_text(date, "date");
	}
	return NKC_STR("");
}

static void add_date(getter *g, nkc_var var, nkc_str text)
{
	nkc_item_add(g->item, var, nkc_date_read_text(g->arena, text));
}

/* The day of issue; else a day that falls in the year of publication; else that year. */
static void add_dates(getter *g)
{
	static const char *const kinds_of_date[] = { "Available", "Updated", "Accepted", "Submitted", "Created" };
	nkc_str year = either(g->work, "publicationYear", "publication-year"), issued = date_of(g, "Issued");
	for (size_t i = 0; !issued.len && i < sizeof kinds_of_date / sizeof *kinds_of_date; i++) {
		nkc_str date = date_of(g, kinds_of_date[i]);
		if (!year.len || nkc_str_starts(date, year))
			issued = date;
	}
	add_date(g, NKC_VAR_ISSUED, issued.len ? issued : year);
	add_date(g, NKC_VAR_SUBMITTED, date_of(g, "Submitted"));
	if (!nkc_str_eq(issued, date_of(g, "Available")))
		add_date(g, NKC_VAR_AVAILABLE_DATE, date_of(g, "Available"));
}

/* --- what it is in --- */

static void add_number(getter *g, nkc_str kind, nkc_str number)
{
	if (nkc_str_eq_nocase(kind, NKC_STR("ISSN")))
		add(g, NKC_VAR_ISSN, number);
	else if (nkc_str_eq_nocase(kind, NKC_STR("ISBN")))
		add(g, NKC_VAR_ISBN, number);
}

static void add_pages(getter *g, const nkc_value *container)
{
	nkc_str first = nkc_json_text(container, "firstPage"), last = nkc_json_text(container, "lastPage");
	nkc_buf pages = nkc_arena_buf(g->arena);
	if (nkc_str_find_byte(first, ' ') < first.len)
		first = NKC_STR(""); /* "Bd. 1 Nr. 1 (2018)" */
	nkc_buf_put_str(&pages, first);
	nkc_buf_puts(&pages, first.len && last.len ? "-" : "");
	nkc_buf_put_str(&pages, last);
	add(g, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &pages));
}

/* "42-79 Seiten": what it begins with, when that is a span of pages. */
static nkc_str span_in(nkc_str size)
{
	size_t at = 0;
	bool dash = false;
	while (at < size.len && ((size.ptr[at] >= '0' && size.ptr[at] <= '9') || size.ptr[at] == '-' ||
	                         (unsigned char)size.ptr[at] >= 0x80)) {
		nkc_str rest = nkc_str_slice(size, at, size.len);
		dash |= at > 0 && (size.ptr[at] == '-' || nkc_str_starts(rest, NKC_STR("\xE2\x80\x93")));
		at++;
	}
	return nkc_str_slice(size, 0, dash && (at == size.len || size.ptr[at] == ' ') ? at : 0);
}

static void add_span(getter *g)
{
	for (const nkc_value *size = first_of(g->work, "sizes"); size; size = size->next)
		add(g, NKC_VAR_PAGE, span_in(nkc_value_text(size)));
}

/* relatedItems has it since schema 4.4: its titles are a list, its number an object. */
static void add_published_in(getter *g)
{
	const nkc_value *in = first_of(g->work, "relatedItems");
	while (in && !nkc_str_is(nkc_json_text(in, "relationType"), "IsPublishedIn"))
		in = in->next;
	const nkc_value *titles = nkc_json_member(in, "titles"), *id = nkc_json_member(in, "relatedItemIdentifier");
	add(g, NKC_VAR_CONTAINER_TITLE,
	    nkc_json_text(nkc_value_is(titles, NKC_ARRAY) ? nkc_value_first(titles) : titles, "title"));
	add(g, NKC_VAR_VOLUME, nkc_json_text(in, "volume"));
	add(g, NKC_VAR_ISSUE, nkc_json_text(in, "issue"));
	add(g, NKC_VAR_EDITION, nkc_json_text(in, "edition"));
	add(g, NKC_VAR_PUBLISHER, nkc_json_text(in, "publisher"));
	add_pages(g, in);
	if (g->type == NKC_TYPE_CHAPTER) /* a chapter is as old as its book */
		add_date(g, NKC_VAR_ISSUED, nkc_json_text(in, "publicationYear"));
	add_number(g, nkc_json_text(id, "relatedItemIdentifierType"), nkc_json_text(id, "relatedItemIdentifier"));
	add_people(g, in, "contributors");
	add_people(g, in, "contributor");
}

static void add_container(getter *g)
{
	const nkc_value *container = nkc_json_member(g->work, "container");
	add_published_in(g);
	add_span(g);
	if (nkc_str_is(nkc_json_text(container, "type"), "Series")) {
		add(g, NKC_VAR_CONTAINER_TITLE, nkc_json_text(container, "title"));
		add(g, NKC_VAR_VOLUME, nkc_json_text(container, "volume"));
		add(g, NKC_VAR_ISSUE, nkc_json_text(container, "issue"));
		add_pages(g, container);
	}
	add_number(g, nkc_json_text(container, "identifierType"), nkc_json_text(container, "identifier"));
	for (const nkc_value *one = first_of(g->work, "relatedIdentifiers"); one; one = one->next) {
		nkc_str relation = nkc_json_text(one, "relationType");
		if (nkc_str_is(relation, "IsPartOf") || nkc_str_is(relation, "IsPublishedIn") ||
		    nkc_str_is(relation, "IsIdenticalTo"))
			add_number(g, nkc_json_text(one, "relatedIdentifierType"), nkc_json_text(one, "relatedIdentifier"));
	}
}

/* --- the rest --- */

/* Of several abstracts, the one in the language of the work, else the first. */
static nkc_str find_abstract(getter *g)
{
	nkc_str language = nkc_json_text(g->work, "language"), text = NKC_STR("");
	for (const nkc_value *one = first_of(g->work, "descriptions"); one; one = one->next) {
		nkc_str lang = nkc_json_text(one, "lang");
		bool own = language.len && nkc_str_eq_nocase(lang, language);
		if (nkc_str_is(nkc_json_text(one, "descriptionType"), "Abstract") && (own || !text.len))
			text = nkc_json_text(one, "description");
	}
	return text;
}

static void add_descriptions(getter *g)
{
	nkc_buf rest = nkc_arena_buf(g->arena);
	nkc_str abstract = find_abstract(g);
	add(g, NKC_VAR_ABSTRACT, nkc_json_clean(g->arena, abstract));
	for (const nkc_value *one = first_of(g->work, "descriptions"); one; one = one->next) {
		nkc_str text = nkc_json_text(one, "description");
		if (!text.len || text.ptr == abstract.ptr)
			continue;
		nkc_buf_puts(&rest, rest.len ? "\n" : "");
		nkc_buf_put_str(&rest, text);
	}
	add(g, NKC_VAR_ANNOTE, nkc_arena_keep(g->arena, &rest));
}

static void add_license(getter *g)
{
	nkc_value *words = nkc_json_words(g->arena, nkc_json_member(g->work, "rightsList"), "rights");
	nkc_buf all = nkc_arena_buf(g->arena);
	for (const nkc_value *word = nkc_value_first(words); word; word = word->next) {
		nkc_buf_puts(&all, all.len ? ", " : "");
		nkc_buf_put_str(&all, word->u.text);
	}
	add(g, NKC_VAR_LICENSE, nkc_arena_keep(g->arena, &all));
}

/* Without the address that may stand in front of it. */
static nkc_str bare_doi(nkc_str text)
{
	size_t at = nkc_str_find(text, NKC_STR("10."));
	return at < text.len ? nkc_str_slice(text, at, text.len) : NKC_STR("");
}

static void add_doi(getter *g)
{
	add(g, NKC_VAR_DOI, bare_doi(nkc_json_text(g->work, "doi")));
	for (const nkc_value *one = first_of(g->work, "identifiers"); one; one = one->next) {
		if (nkc_str_eq_nocase(nkc_json_text(one, "identifierType"), NKC_STR("DOI")))
			add(g, NKC_VAR_DOI, bare_doi(nkc_json_text(one, "identifier")));
	}
	if (nkc_str_find(nkc_json_text(g->work, "id"), NKC_STR("doi.org/")) < nkc_json_text(g->work, "id").len)
		add(g, NKC_VAR_DOI, bare_doi(nkc_json_text(g->work, "id")));
}

static nkc_value *item_of(nkc_arena *arena, const nkc_value *work)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT), .work = work, .type = type_of(work) };
	if (!g.item)
		return NULL;
	nkc_str publisher = nkc_json_text(nkc_json_member(work, "publisher"), "name");
	nkc_str kind = nkc_json_text(nkc_json_member(work, "types"), "resourceType");
	add(&g, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	add_title(&g);
	add_creators(&g);
	add_people(&g, work, "contributors");
	add(&g, NKC_VAR_PUBLISHER, publisher.len ? publisher : nkc_json_text(work, "publisher"));
	add_container(&g);
	add_dates(&g);
	add_doi(&g);
	add(&g, NKC_VAR_URL, nkc_json_text(work, "url"));
	add(&g, NKC_VAR_LANGUAGE, nkc_json_text(work, "language"));
	add(&g, NKC_VAR_VERSION, nkc_json_text(work, "version"));
	add(&g, NKC_VAR_GENRE, g.type == NKC_TYPE_THESIS || g.type == NKC_TYPE_REPORT ? kind : NKC_STR(""));
	add(&g, NKC_VAR_MEDIUM, nkc_json_texts(arena, work, "formats", ", "));
	if (!nkc_item_get(g.item, NKC_VAR_PAGE))
		add(&g, NKC_VAR_DIMENSIONS, nkc_json_texts(arena, work, "sizes", ", "));
	add_license(&g);
	add_descriptions(&g);
	nkc_item_add_keywords(g.item, arena, nkc_json_words(arena, nkc_json_member(work, "subjects"), "subject"));
	return nkc_arena_status(arena) ? NULL : g.item;
}

/* --- the format --- */

static const char *const wrappers[] = { "data", "attributes", NULL };
static const char *const marks[] = { "titles", "creators", "doi", "types", NULL };
static const nkc_json_shape shape = { wrappers, marks };

static nkc_status open_reader(nkc_reader *reader)
{
	return nkc_json_read_open(reader, &shape);
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_json_entry entry;
	nkc_status status = nkc_json_read_next(reader, &entry);
	*record = NULL;
	if (status || !entry.value)
		return status;
	nkc_value *item = item_of(nkc_record_arena(reader->record), entry.value);
	if (!item)
		return NKC_ENOMEM;
	nkc_record_adopt(reader->record, item, &reader->window->source, entry.start, entry.length, 0, reader->diags);
	*record = reader->record;
	return nkc_arena_status(nkc_record_arena(reader->record));
}

static int sniff(nkc_str head)
{
	static const nkc_str marks_of_text[] = { NKC_STR_INIT("\"dois\""), NKC_STR_INIT("\"resourceTypeGeneral\""),
		                                 NKC_STR_INIT("datacite.org/schema/"), NKC_STR_INIT("\"titleType\"") };
	nkc_str text = nkc_str_trim(head);
	if (!nkc_str_starts(text, NKC_STR("{")) && !nkc_str_starts(text, NKC_STR("[")))
		return 0;
	for (size_t i = 0; i < sizeof marks_of_text / sizeof *marks_of_text; i++) {
		if (nkc_str_find(head, marks_of_text[i]) < head.len)
			return 95;
	}
	return nkc_str_find(head, NKC_STR("\"creators\"")) < head.len && nkc_str_find(head, NKC_STR("\"titles\"")) < head.len
	               ? 90
	               : 0;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = nkc_json_read_close };

const nkc_format nkc_format_datacite = {
	.name = "datacite",
	.title = "DataCite JSON",
	.extensions = "datacite",
	.media_type = "application/vnd.datacite.datacite+json",
	.sniff = sniff,
	.reader = &reader,
};
