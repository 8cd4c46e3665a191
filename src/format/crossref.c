/*
 * Crossref: the works that its REST API gives (api.crossref.org/works), one or a list. They are read only.
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

/* --- the type --- */

static const struct kind {
	const char *name;
	nkc_type type;
} kinds[] = {
	{ "journal-article", NKC_TYPE_ARTICLE_JOURNAL },
	{ "journal", NKC_TYPE_PERIODICAL },
	{ "journal-volume", NKC_TYPE_PERIODICAL },
	{ "journal-issue", NKC_TYPE_PERIODICAL },
	{ "book", NKC_TYPE_BOOK },
	{ "monograph", NKC_TYPE_BOOK },
	{ "edited-book", NKC_TYPE_BOOK },
	{ "reference-book", NKC_TYPE_BOOK },
	{ "book-set", NKC_TYPE_BOOK },
	{ "book-series", NKC_TYPE_BOOK },
	{ "proceedings", NKC_TYPE_BOOK },
	{ "proceedings-series", NKC_TYPE_BOOK },
	{ "book-chapter", NKC_TYPE_CHAPTER },
	{ "book-part", NKC_TYPE_CHAPTER },
	{ "book-section", NKC_TYPE_CHAPTER },
	{ "book-track", NKC_TYPE_CHAPTER },
	{ "reference-entry", NKC_TYPE_ENTRY },
	{ "proceedings-article", NKC_TYPE_PAPER_CONFERENCE },
	{ "report", NKC_TYPE_REPORT },
	{ "report-component", NKC_TYPE_REPORT },
	{ "report-series", NKC_TYPE_REPORT },
	{ "standard", NKC_TYPE_STANDARD },
	{ "dataset", NKC_TYPE_DATASET },
	{ "database", NKC_TYPE_DATASET },
	{ "dissertation", NKC_TYPE_THESIS },
	{ "peer-review", NKC_TYPE_REVIEW },
};

static nkc_type type_of(const nkc_value *work)
{
	nkc_str name = nkc_json_text(work, "type"), subtype = nkc_json_text(work, "subtype");
	if (nkc_str_is(name, "posted-content"))
		return nkc_str_is(subtype, "other") ? NKC_TYPE_POST_WEBLOG : NKC_TYPE_ARTICLE;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (nkc_str_is(name, kinds[i].name))
			return kinds[i].type;
	}
	return nkc_json_member(work, "ISBN") && nkc_json_text(work, "container-title").len ? NKC_TYPE_CHAPTER
	                                                                                  : NKC_TYPE_DOCUMENT;
}

static bool is_part(nkc_type type)
{
	return type == NKC_TYPE_CHAPTER || type == NKC_TYPE_PAPER_CONFERENCE || type == NKC_TYPE_ENTRY;
}

/* --- titles --- */

static nkc_str clean(getter *g, const char *key)
{
	return nkc_json_clean(g->arena, nkc_json_text(g->work, key));
}

static bool ends_title(nkc_str title)
{
	return nkc_str_ends(title, NKC_STR(":")) || nkc_str_ends(title, NKC_STR("?")) || nkc_str_ends(title, NKC_STR("!"));
}

/* A subtitle that is not in the title already stands behind a colon. */
static void add_title(getter *g)
{
	nkc_str title = clean(g, "title"), subtitle = clean(g, "subtitle");
	nkc_buf all = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&all, title);
	if (subtitle.len && nkc_str_find(title, subtitle) == title.len)
		nkc_buf_printf(&all, "%s%.*s", !title.len ? "" : ends_title(title) ? " " : ": ", NKC_STR_ARG(subtitle));
	add(g, NKC_VAR_TITLE, nkc_arena_keep(g->arena, &all));
	add(g, NKC_VAR_TITLE_SHORT, clean(g, "short-title"));
	add(g, NKC_VAR_ORIGINAL_TITLE, clean(g, "original-title"));
}

/* Of two containers of a part, the first is the series. What a book is in is a series, too. */
static void add_containers(getter *g)
{
	nkc_str first = clean(g, "container-title"), brief = clean(g, "short-container-title");
	const nkc_value *list = nkc_json_member(g->work, "container-title");
	const nkc_value *second = nkc_value_is(list, NKC_ARRAY) && list->u.list.first ? list->u.list.first->next : NULL;
	bool series = g->type == NKC_TYPE_BOOK || g->type == NKC_TYPE_REPORT || g->type == NKC_TYPE_STANDARD;
	if (second && is_part(g->type)) {
		add(g, NKC_VAR_COLLECTION_TITLE, first);
		add(g, NKC_VAR_CONTAINER_TITLE, nkc_json_clean(g->arena, nkc_value_text(second)));
		return;
	}
	add(g, series ? NKC_VAR_COLLECTION_TITLE : NKC_VAR_CONTAINER_TITLE, first);
	if (!series && !nkc_str_eq(first, brief))
		add(g, NKC_VAR_CONTAINER_TITLE_SHORT, brief);
}

/* --- people --- */

static void add_names(getter *g, nkc_var var, const char *key)
{
	const nkc_value *list = nkc_json_member(g->work, key);
	for (const nkc_value *one = nkc_value_first(list); one; one = one->next)
		nkc_item_add_name(g->item, g->arena, var,
		                  nkc_json_name(g->arena, nkc_json_text(one, "family"), nkc_json_text(one, "given"),
		                                nkc_json_text(one, "suffix"), nkc_json_text(one, "name")));
}

/* --- dates --- */

/* Year, month and day as far as they are whole numbers in their bounds. NULL without a year. */
static nkc_value *parts_of(getter *g, const nkc_value *object)
{
	static const int64_t most[] = { 9999, 12, 31 };
	const nkc_value *number = nkc_value_first(nkc_value_first(nkc_json_member(object, "date-parts")));
	nkc_value *parts = nkc_value_new(g->arena, NKC_ARRAY);
	int64_t part;
	for (int i = 0; i < 3 && number && nkc_value_int(number, &part) && part >= 1 && part <= most[i]; i++) {
		nkc_value_append(parts, nkc_value_integer(g->arena, part));
		number = number->next;
	}
	return nkc_value_first(parts) ? parts : NULL;
}

static nkc_value *date_of(getter *g, const nkc_value *object, const nkc_value *end)
{
	nkc_value *parts = parts_of(g, object), *until = parts_of(g, end);
	nkc_value *date = parts ? nkc_value_new(g->arena, NKC_OBJECT) : NULL, *list = nkc_value_new(g->arena, NKC_ARRAY);
	if (!date || !list)
		return NULL;
	nkc_value_append(list, parts);
	if (until && !nkc_value_equal(parts, until))
		nkc_value_append(list, until);
	nkc_value_add(date, NKC_STR("date-parts"), list);
	return date;
}

static void add_date(getter *g, nkc_var var, const char *key)
{
	nkc_item_add(g->item, var, date_of(g, nkc_json_member(g->work, key), NULL));
}

static void add_dates(getter *g)
{
	static const char *const keys[] = { "approved", "published-print", "published", "issued", "posted" };
	const nkc_value *issued, *online;
	for (size_t i = g->type != NKC_TYPE_THESIS; i < sizeof keys / sizeof *keys; i++)
		add_date(g, NKC_VAR_ISSUED, keys[i]);
	add_date(g, NKC_VAR_AVAILABLE_DATE, "published-online");
	issued = nkc_item_get(g->item, NKC_VAR_ISSUED);
	online = nkc_item_get(g->item, NKC_VAR_AVAILABLE_DATE);
	if (issued && online && nkc_value_equal(nkc_value_first(issued), nkc_value_first(online)))
		nkc_value_remove(nkc_item_get(g->item, NKC_VAR_AVAILABLE_DATE));
}

/* --- the rest --- */

static void add_event(getter *g)
{
	const nkc_value *event = nkc_json_member(g->work, "event");
	add(g, NKC_VAR_EVENT_TITLE, nkc_json_text(event, "name"));
	add(g, NKC_VAR_EVENT_PLACE, nkc_json_text(event, "location"));
	nkc_item_add(g->item, NKC_VAR_EVENT_DATE,
	             date_of(g, nkc_json_member(event, "start"), nkc_json_member(event, "end")));
}

/* Theses, reports and preprints are the institution's; the publisher there is who registered them. */
static void add_publisher(getter *g)
{
	const nkc_value *institution = nkc_value_first(nkc_json_member(g->work, "institution"));
	if (g->type == NKC_TYPE_THESIS || g->type == NKC_TYPE_REPORT || g->type == NKC_TYPE_ARTICLE)
		add(g, NKC_VAR_PUBLISHER, nkc_json_text(institution, "name"));
	add(g, NKC_VAR_PUBLISHER, nkc_json_clean(g->arena, nkc_json_text(g->work, "publisher")));
	add(g, NKC_VAR_PUBLISHER_PLACE, nkc_json_texts(g->arena, institution, "place", ", "));
	add(g, NKC_VAR_PUBLISHER_PLACE, nkc_json_text(g->work, "publisher-location"));
}

/* "Abstract" as a headline says nothing. */
static nkc_str without_headline(nkc_str text)
{
	static const nkc_str headline = NKC_STR_INIT("abstract\n");
	bool has = text.len > headline.len && nkc_str_eq_nocase(nkc_str_slice(text, 0, headline.len), headline);
	return nkc_str_slice(text, has ? headline.len : 0, text.len);
}

/* "PhD (Physics)" is a PhD. */
static nkc_str degree_of(const nkc_value *work)
{
	nkc_str degree = nkc_json_text(work, "degree");
	return nkc_str_trim(nkc_str_slice(degree, 0, nkc_str_find_byte(degree, '(')));
}

/* Numbers came with an address in front of them once. */
static void add_isbn(getter *g)
{
	const nkc_value *list = nkc_json_member(g->work, "ISBN");
	nkc_buf all = nkc_arena_buf(g->arena);
	for (const nkc_value *one = nkc_value_first(list); one; one = one->next) {
		nkc_str text = nkc_value_text(one), part = text;
		while (nkc_str_split(&text, '/', &part))
			;
		nkc_buf_puts(&all, all.len ? ", " : "");
		nkc_buf_put_str(&all, part);
	}
	add(g, NKC_VAR_ISBN, nkc_arena_keep(g->arena, &all));
}

/* Members that are variables as they are. */
static const struct plain {
	const char *key;
	nkc_var var;
} plains[] = {
	{ "volume", NKC_VAR_VOLUME },
	{ "issue", NKC_VAR_ISSUE },
	{ "page", NKC_VAR_PAGE },
	{ "article-number", NKC_VAR_PAGE },
	{ "edition-number", NKC_VAR_EDITION },
	{ "part-number", NKC_VAR_PART },
	{ "report-number", NKC_VAR_NUMBER },
	{ "DOI", NKC_VAR_DOI },
	{ "language", NKC_VAR_LANGUAGE },
};

static nkc_value *item_of(nkc_arena *arena, const nkc_value *work)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT), .work = work, .type = type_of(work) };
	if (!g.item)
		return NULL;
	add(&g, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	add_title(&g);
	add_names(&g, NKC_VAR_AUTHOR, "author");
	add_names(&g, NKC_VAR_EDITOR, "editor");
	add_names(&g, NKC_VAR_TRANSLATOR, "translator");
	add_names(&g, NKC_VAR_CHAIR, "chair");
	add_containers(&g);
	for (const struct plain *p = plains; p < plains + sizeof plains / sizeof *plains; p++)
		add(&g, p->var, nkc_json_text(work, p->key));
	add_event(&g);
	add_publisher(&g);
	add_dates(&g);
	add_isbn(&g);
	add(&g, NKC_VAR_ISSN, nkc_json_texts(arena, work, "ISSN", ", "));
	add(&g, NKC_VAR_URL, nkc_json_text(nkc_json_member(nkc_json_member(work, "resource"), "primary"), "URL"));
	add(&g, NKC_VAR_GENRE, g.type == NKC_TYPE_THESIS ? degree_of(work) : NKC_STR(""));
	add(&g, NKC_VAR_ABSTRACT, without_headline(clean(&g, "abstract")));
	add(&g, NKC_VAR_LICENSE, nkc_json_text(nkc_value_first(nkc_json_member(work, "license")), "URL"));
	nkc_item_add_keywords(g.item, arena, nkc_json_words(arena, nkc_json_member(work, "subject"), NULL));
	return nkc_arena_status(arena) ? NULL : g.item;
}

/* --- the format --- */

static const char *const wrappers[] = { "message", "items", NULL };
static const char *const marks[] = { "DOI", NULL };
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

/* Is the value of that member, where it is first met, a list? */
static bool is_list(nkc_str head, nkc_str key)
{
	size_t at = nkc_str_find(head, key) + key.len;
	nkc_str rest = nkc_str_trim(nkc_str_slice(head, at, head.len));
	rest = nkc_str_starts(rest, NKC_STR(":")) ? nkc_str_trim(nkc_str_slice(rest, 1, rest.len)) : NKC_STR("");
	return nkc_str_starts(rest, NKC_STR("["));
}

/* Titles are lists here, and texts in CSL-JSON. */
static int sniff(nkc_str head)
{
	nkc_str text = nkc_str_trim(head);
	if (!nkc_str_starts(text, NKC_STR("{")) && !nkc_str_starts(text, NKC_STR("[")))
		return 0;
	if (nkc_str_find(head, NKC_STR("\"message-type\"")) < head.len)
		return 95;
	bool works = nkc_str_find(head, NKC_STR("\"DOI\"")) < head.len ||
	             nkc_str_find(head, NKC_STR("\"reference-count\"")) < head.len;
	return works && (is_list(head, NKC_STR("\"title\"")) || is_list(head, NKC_STR("\"container-title\""))) ? 90 : 0;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = nkc_json_read_close };

const nkc_format nkc_format_crossref = {
	.name = "crossref",
	.title = "Crossref JSON",
	.extensions = "crossref",
	.media_type = "application/vnd.crossref-api-message+json",
	.sniff = sniff,
	.reader = &reader,
};
