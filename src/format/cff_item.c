#include "format/cff_item.h"

#include "base/arena.h"
#include "format/kept.h"
#include "format/rich.h"
#include "format/values.h"

/* --- types: of several rows for a name, the first is what it means; of several for a type, what it becomes --- */

static const struct kind {
	const char *name;
	nkc_type type;
} kinds[] = {
	{ "article", NKC_TYPE_ARTICLE_JOURNAL },
	{ "article", NKC_TYPE_ARTICLE },
	{ "article", NKC_TYPE_REVIEW },
	{ "article", NKC_TYPE_REVIEW_BOOK },
	{ "magazine-article", NKC_TYPE_ARTICLE_MAGAZINE },
	{ "newspaper-article", NKC_TYPE_ARTICLE_NEWSPAPER },
	{ "art", NKC_TYPE_GRAPHIC },
	{ "art", NKC_TYPE_FIGURE },
	{ "video", NKC_TYPE_MOTION_PICTURE },
	{ "audiovisual", NKC_TYPE_MOTION_PICTURE },
	{ "multimedia", NKC_TYPE_MOTION_PICTURE },
	{ "bill", NKC_TYPE_BILL },
	{ "blog", NKC_TYPE_POST_WEBLOG },
	{ "book", NKC_TYPE_BOOK },
	{ "catalogue", NKC_TYPE_BOOK },
	{ "edited-work", NKC_TYPE_BOOK },
	{ "manual", NKC_TYPE_BOOK },
	{ "proceedings", NKC_TYPE_BOOK },
	{ "conference-paper", NKC_TYPE_PAPER_CONFERENCE },
	{ "conference", NKC_TYPE_EVENT },
	{ "data", NKC_TYPE_DATASET },
	{ "database", NKC_TYPE_DATASET },
	{ "dictionary", NKC_TYPE_ENTRY_DICTIONARY },
	{ "encyclopedia", NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ "film-broadcast", NKC_TYPE_BROADCAST },
	{ "generic", NKC_TYPE_DOCUMENT },
	{ "grant", NKC_TYPE_DOCUMENT },
	{ "report", NKC_TYPE_REPORT },
	{ "government-document", NKC_TYPE_REPORT },
	{ "hearing", NKC_TYPE_HEARING },
	{ "historical-work", NKC_TYPE_CLASSIC },
	{ "legal-case", NKC_TYPE_LEGAL_CASE },
	{ "legal-rule", NKC_TYPE_REGULATION },
	{ "map", NKC_TYPE_MAP },
	{ "music", NKC_TYPE_SONG },
	{ "sound-recording", NKC_TYPE_SONG },
	{ "music", NKC_TYPE_MUSICAL_SCORE },
	{ "pamphlet", NKC_TYPE_PAMPHLET },
	{ "patent", NKC_TYPE_PATENT },
	{ "personal-communication", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "serial", NKC_TYPE_PERIODICAL },
	{ "slides", NKC_TYPE_SPEECH },
	{ "software", NKC_TYPE_SOFTWARE },
	{ "software-code", NKC_TYPE_SOFTWARE },
	{ "software-container", NKC_TYPE_SOFTWARE },
	{ "software-executable", NKC_TYPE_SOFTWARE },
	{ "software-virtual-machine", NKC_TYPE_SOFTWARE },
	{ "standard", NKC_TYPE_STANDARD },
	{ "statute", NKC_TYPE_LEGISLATION },
	{ "thesis", NKC_TYPE_THESIS },
	{ "unpublished", NKC_TYPE_MANUSCRIPT },
	{ "website", NKC_TYPE_WEBPAGE },
	{ "website", NKC_TYPE_POST },
};

const char *nkc_cff_type(nkc_type type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].type == type)
			return kinds[i].name;
	}
	return "generic";
}

nkc_type nkc_cff_type_read(nkc_str type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (nkc_str_is(type, kinds[i].name))
			return kinds[i].type;
	}
	return NKC_TYPE_DOCUMENT;
}

/* --- what the schema takes --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_made_of(nkc_str text, const char *others, bool letters)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!c || !(is_digit(c) || (letters && letter) || strchr(others, c)))
			return false;
	}
	return text.len > 0;
}

static bool is_doi(nkc_str text)
{
	size_t slash = nkc_str_find_byte(text, '/');
	nkc_str prefix = nkc_str_slice(text, 3, slash);
	return nkc_str_starts(text, NKC_STR("10.")) && prefix.len >= 4 && prefix.len <= 9 && is_made_of(prefix, "", false) &&
	       is_made_of(nkc_str_slice(text, slash + 1, text.len), ":/_;-.()[]\\", true);
}

static bool is_url(nkc_str text)
{
	static const nkc_str schemes[] = { NKC_STR_INIT("https://"), NKC_STR_INIT("http://"), NKC_STR_INIT("ftp://"),
		                           NKC_STR_INIT("sftp://") };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		nkc_str rest = nkc_str_slice(text, schemes[i].len, text.len);
		if (nkc_str_starts(text, schemes[i]))
			return is_made_of(rest, "-._~:/?#@!$&'()*+,;=%", true);
	}
	return false;
}

static bool is_isbn(nkc_str text)
{
	size_t length = text.len - nkc_str_ends(text, NKC_STR("X"));
	return length >= 10 && length <= 17 && is_made_of(nkc_str_slice(text, 0, length), "- ", false);
}

static bool is_issn(nkc_str text)
{
	return text.len == 9 && text.ptr[4] == '-' && is_made_of(nkc_str_slice(text, 0, 4), "", false) &&
	       is_made_of(nkc_str_slice(text, 5, 8), "", false) && is_made_of(nkc_str_slice(text, 8, 9), "xX", false);
}

static bool is_pmcid(nkc_str text)
{
	return text.len == 10 && nkc_str_starts(text, NKC_STR("PMC")) &&
	       is_made_of(nkc_str_slice(text, 3, text.len), "", false);
}

static bool is_among(nkc_str text, const char *const *words)
{
	for (; *words; words++) {
		if (nkc_str_is(text, *words))
			return true;
	}
	return false;
}

static bool is_status(nkc_str text)
{
	static const char *const words[] = { "abstract", "advance-online", "in-preparation", "in-press", "preprint",
		                             "submitted", NULL };
	return is_among(text, words);
}

/* The identifiers of SPDX that most works bear; the schema has 500. */
static bool is_license(nkc_str text)
{
	static const char *const words[] = {
		"0BSD",          "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0",        "BSD-2-Clause",
		"BSD-3-Clause",  "BSL-1.0",       "CC-BY-4.0",         "CC-BY-NC-4.0",      "CC-BY-NC-ND-4.0",
		"CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-SA-4.0",     "CC0-1.0",           "EPL-2.0",
		"EUPL-1.2",      "GPL-2.0-only",  "GPL-2.0-or-later",  "GPL-3.0-only",      "GPL-3.0-or-later",
		"ISC",           "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only",     "LGPL-3.0-or-later",
		"MIT",           "MPL-2.0",       "OFL-1.1",           "Unlicense",         "Zlib",
		NULL
	};
	return is_among(text, words);
}

/* --- fields --- */

typedef enum shape {
	TEXT,
	NUMBER, /* text, or a whole number */
	PAGES,  /* the same; what has a hyphen is a span */
	NAMES,
	WORDS,
	TAGS,   /* a list of one language */
	DAY
} shape;

/* `root`: the work of the file may have it. `check`: what the schema takes; others stay in nkcite's own object. */
static const struct field {
	nkc_var var;
	const char *key;
	shape shape;
	bool root;
	bool (*check)(nkc_str text);
} fields[] = {
	{ NKC_VAR_AUTHOR, "authors", NAMES, true, NULL },
	{ NKC_VAR_EDITOR, "editors", NAMES, false, NULL },
	{ NKC_VAR_COLLECTION_EDITOR, "editors-series", NAMES, false, NULL },
	{ NKC_VAR_TRANSLATOR, "translators", NAMES, false, NULL },
	{ NKC_VAR_RECIPIENT, "recipients", NAMES, false, NULL },
	{ NKC_VAR_VOLUME, "volume", NUMBER, false, NULL },
	{ NKC_VAR_ISSUE, "issue", NUMBER, false, NULL },
	{ NKC_VAR_NUMBER, "number", NUMBER, false, NULL },
	{ NKC_VAR_EDITION, "edition", TEXT, false, NULL },
	{ NKC_VAR_SECTION, "section", NUMBER, false, NULL },
	{ NKC_VAR_NUMBER_OF_PAGES, "pages", PAGES, false, NULL },
	{ NKC_VAR_NUMBER_OF_VOLUMES, "number-volumes", NUMBER, false, NULL },
	{ NKC_VAR_VOLUME_TITLE, "volume-title", TEXT, false, NULL },
	{ NKC_VAR_VERSION, "version", TEXT, true, NULL },
	{ NKC_VAR_MEDIUM, "medium", TEXT, false, NULL },
	{ NKC_VAR_ACCESSED, "date-accessed", DAY, false, NULL },
	{ NKC_VAR_DOI, "doi", TEXT, true, is_doi },
	{ NKC_VAR_URL, "url", TEXT, true, is_url },
	{ NKC_VAR_ISBN, "isbn", TEXT, false, is_isbn },
	{ NKC_VAR_ISSN, "issn", TEXT, false, is_issn },
	{ NKC_VAR_PMCID, "pmcid", TEXT, false, is_pmcid },
	{ NKC_VAR_LANGUAGE, "languages", TAGS, false, NULL },
	{ NKC_VAR_STATUS, "status", TEXT, false, is_status },
	{ NKC_VAR_LICENSE, "license", TEXT, true, is_license },
	{ NKC_VAR_SOURCE, "database", TEXT, false, NULL },
	{ NKC_VAR_KEYWORD, "keywords", WORDS, true, NULL },
	{ NKC_VAR_ABSTRACT, "abstract", TEXT, true, NULL },
	{ NKC_VAR_NOTE, "notes", TEXT, false, NULL },
};
#define FIELDS (sizeof fields / sizeof *fields)

static bool is_article(nkc_type type)
{
	return nkc_cff_type(type)[0] == 'a' ? nkc_str_is(nkc_str_from(nkc_cff_type(type)), "article")
	                                    : type == NKC_TYPE_ARTICLE_MAGAZINE || type == NKC_TYPE_ARTICLE_NEWSPAPER;
}

const char *nkc_cff_key(nkc_type type, nkc_var var)
{
	static const struct {
		nkc_var var;
		const char *key;
	} others[] = { { NKC_VAR_TYPE, "type" },          { NKC_VAR_TITLE, "title" },
		       { NKC_VAR_ISSUED, "date-published" }, { NKC_VAR_ORIGINAL_DATE, "year-original" },
		       { NKC_VAR_PAGE, "start" },         { NKC_VAR_PUBLISHER_PLACE, "publisher" },
		       { NKC_VAR_EVENT_TITLE, "conference" }, { NKC_VAR_EVENT_PLACE, "conference" },
		       { NKC_VAR_EVENT_DATE, "conference" } };
	if (var == NKC_VAR_CONTAINER_TITLE)
		return is_article(type) ? "journal" : "collection-title";
	if (var == NKC_VAR_COLLECTION_TITLE)
		return is_article(type) ? "collection-title" : NULL;
	if (var == NKC_VAR_PUBLISHER)
		return type == NKC_TYPE_THESIS ? "institution" : "publisher";
	if (var == NKC_VAR_GENRE)
		return type == NKC_TYPE_THESIS ? "thesis-type" : NULL;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (others[i].var == var)
			return others[i].key;
	}
	for (size_t i = 0; i < FIELDS; i++) {
		if (fields[i].var == var)
			return fields[i].key;
	}
	return NULL;
}

/* --- writing --- */

typedef struct maker {
	nkc_arena *arena;
	const nkc_value *item;
	nkc_value *entry;
	nkc_type type;
	nkc_cff_work work;
} maker;

/* Without CSL's markup. */
static nkc_str plain(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	nkc_str run;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces))
		nkc_buf_put_str(&out, run);
	return nkc_arena_keep(arena, &out);
}

static void put(maker *m, const char *key, nkc_value *value)
{
	if (value)
		nkc_value_add(m->entry, nkc_str_from(key), value);
}

static void add_text(nkc_arena *arena, nkc_value *object, const char *key, nkc_str text)
{
	if (text.len && object)
		nkc_value_add(object, nkc_str_from(key), nkc_value_string(arena, text));
}

static nkc_value *number(nkc_arena *arena, nkc_str text)
{
	bool whole = text.len && text.len < 10 && is_made_of(text, "", false) && (text.ptr[0] != '0' || text.len == 1);
	nkc_value *value = text.len ? nkc_value_string(arena, text) : NULL;
	if (value && whole)
		value->type = NKC_NUMBER;
	return value;
}

static nkc_value *entity(nkc_arena *arena, nkc_str name)
{
	nkc_value *object = name.len ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	add_text(arena, object, "name", name);
	return object;
}

static nkc_str part(const nkc_value *name, const char *key)
{
	return nkc_value_text(nkc_value_find(name, nkc_str_from(key)));
}

static nkc_value *make_name(nkc_arena *arena, const nkc_value *name)
{
	nkc_str particle = part(name, "non-dropping-particle");
	if (!part(name, "family").len && !part(name, "given").len)
		return entity(arena, part(name, "literal"));
	nkc_value *person = nkc_value_new(arena, NKC_OBJECT);
	add_text(arena, person, "family-names", part(name, "family"));
	add_text(arena, person, "given-names", part(name, "given"));
	add_text(arena, person, "name-particle", particle.len ? particle : part(name, "dropping-particle"));
	add_text(arena, person, "name-suffix", part(name, "suffix"));
	return person;
}

/* So many are compared with each other: the schema wants no two alike. */
#define UNIQUE_MAX 1000

static bool has(const nkc_value *list, const nkc_value *value)
{
	for (const nkc_value *one = nkc_value_first(list); one; one = one->next) {
		if (nkc_value_equal(one, value))
			return true;
	}
	return false;
}

static nkc_value *make_names(nkc_arena *arena, const nkc_value *names)
{
	nkc_value *list = nkc_value_new(arena, NKC_ARRAY);
	size_t count = 0;
	for (const nkc_value *name = nkc_value_first(names); name && count < UNIQUE_MAX; name = name->next, count++) {
		nkc_value *one = make_name(arena, name);
		if (one && !has(list, one))
			nkc_value_append(list, one);
	}
	return nkc_value_first(list) ? list : NULL;
}

static nkc_value *make_words(nkc_arena *arena, nkc_str text)
{
	nkc_value *list = nkc_value_new(arena, NKC_ARRAY), *one;
	nkc_str word;
	char separator = nkc_keyword_separator(text);
	for (size_t count = 0; count < UNIQUE_MAX && nkc_keyword_next(&text, separator, &word); count++) {
		one = nkc_value_string(arena, word);
		if (one && !has(list, one))
			nkc_value_append(list, one);
	}
	return nkc_value_first(list) ? list : NULL;
}

/* One value as a list. */
static nkc_value *alone(nkc_arena *arena, nkc_value *value)
{
	nkc_value *list = value ? nkc_value_new(arena, NKC_ARRAY) : NULL;
	nkc_value_append(list, value);
	return list;
}

static bool is_tag(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < 'a' || text.ptr[i] > 'z')
			return false;
	}
	return text.len == 2 || text.len == 3;
}

static nkc_str edtf(nkc_arena *arena, const nkc_value *date)
{
	nkc_buf out = nkc_arena_buf(arena);
	bool known = date && nkc_date_put_edtf(&out, date);
	nkc_str text = nkc_arena_keep(arena, &out);
	return known ? text : NKC_STR("");
}

static bool is_day(nkc_str text)
{
	return text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' && is_made_of(text, "-", false);
}

static nkc_value *make_day(nkc_arena *arena, const nkc_value *date)
{
	nkc_str text = edtf(arena, date);
	return is_day(text) ? nkc_value_string(arena, text) : NULL;
}

/* csl-data.json has no license: strict items have laid it aside. */
static const nkc_value *laid_aside(const nkc_value *item, nkc_var var)
{
	const nkc_value *own = nkc_kept_member(nkc_item_get(item, NKC_VAR_CUSTOM), "nkcite");
	return nkc_kept_member(nkc_kept_member(own, "members"), nkc_var_name(var));
}

static nkc_value *make_field(maker *m, const struct field *f)
{
	const nkc_value *value = nkc_item_get(m->item, f->var);
	if (!value && f->var == NKC_VAR_LICENSE)
		value = laid_aside(m->item, f->var);
	nkc_str text = plain(m->arena, nkc_value_text(value));
	if (!value || (f->check && !f->check(text)))
		return NULL;
	switch (f->shape) {
	case PAGES:
	case NUMBER: return number(m->arena, text);
	case NAMES: return make_names(m->arena, value);
	case WORDS: return make_words(m->arena, text);
	case TAGS: return is_tag(text) ? alone(m->arena, nkc_value_string(m->arena, text)) : NULL;
	case DAY: return make_day(m->arena, value);
	default: return text.len ? nkc_value_string(m->arena, text) : NULL;
	}
}

/* A whole day in a field of its own; else the year, and the month if there is one and no more is said. */
static void put_issued(maker *m)
{
	nkc_str text = edtf(m->arena, nkc_item_get(m->item, NKC_VAR_ISSUED));
	bool released = m->work == NKC_CFF_ROOT || m->type == NKC_TYPE_SOFTWARE || m->type == NKC_TYPE_DATASET;
	nkc_str month = nkc_str_slice(text, 5, 7);
	if (is_day(text)) {
		put(m, released ? "date-released" : "date-published", nkc_value_string(m->arena, text));
		return;
	}
	if (m->work == NKC_CFF_ROOT || text.len < 4 || !is_made_of(nkc_str_slice(text, 0, 4), "", false))
		return;
	put(m, "year", number(m->arena, nkc_str_slice(text, 0, 4)));
	if (text.len == 7 && text.ptr[4] == '-' && month.ptr[0] < '2')
		put(m, "month", number(m->arena, nkc_str_slice(month, month.ptr[0] == '0', 2)));
}

static void put_pages(maker *m)
{
	nkc_str text = nkc_item_text(m->item, NKC_VAR_PAGE), last = text, first = NKC_STR("");
	size_t dash = nkc_str_find_byte(text, '-');
	if (!text.len || nkc_str_find_byte(text, ',') < text.len)
		return;
	nkc_str_split(&last, '-', &first);
	bool span = dash < text.len && first.len && last.len && nkc_str_find_byte(last, '-') == last.len;
	put(m, "start", number(m->arena, nkc_str_trim(span ? first : text)));
	put(m, "end", span ? number(m->arena, nkc_str_trim(last)) : NULL);
}

static void put_publisher(maker *m)
{
	nkc_value *body = entity(m->arena, plain(m->arena, nkc_item_text(m->item, NKC_VAR_PUBLISHER)));
	if (body)
		add_text(m->arena, body, "location", plain(m->arena, nkc_item_text(m->item, NKC_VAR_PUBLISHER_PLACE)));
	put(m, nkc_cff_key(m->type, NKC_VAR_PUBLISHER), body);
}

static void put_conference(maker *m)
{
	nkc_value *body = entity(m->arena, plain(m->arena, nkc_item_text(m->item, NKC_VAR_EVENT_TITLE)));
	nkc_str when = edtf(m->arena, nkc_item_get(m->item, NKC_VAR_EVENT_DATE)), first;
	if (!body)
		return;
	add_text(m->arena, body, "location", plain(m->arena, nkc_item_text(m->item, NKC_VAR_EVENT_PLACE)));
	nkc_str_split(&when, '/', &first);
	if (is_day(first) && (!when.len || is_day(when))) {
		add_text(m->arena, body, "date-start", first);
		add_text(m->arena, body, "date-end", when);
	}
	put(m, "conference", body);
}

static void put_reference(maker *m)
{
	static const nkc_var titles[] = { NKC_VAR_CONTAINER_TITLE, NKC_VAR_COLLECTION_TITLE, NKC_VAR_GENRE };
	nkc_str original = edtf(m->arena, nkc_item_get(m->item, NKC_VAR_ORIGINAL_DATE));
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		const char *key = nkc_cff_key(m->type, titles[i]);
		nkc_str text = plain(m->arena, nkc_item_text(m->item, titles[i]));
		if (key && text.len)
			put(m, key, nkc_value_string(m->arena, text));
	}
	put_pages(m);
	put_publisher(m);
	put_conference(m);
	if (original.len == 4 && is_made_of(original, "", false))
		put(m, "year-original", number(m->arena, original));
}

static nkc_value *read_root(nkc_arena *arena, nkc_value *entry)
{
	return nkc_cff_item(arena, entry, NKC_CFF_ROOT);
}

static nkc_value *read_reference(nkc_arena *arena, nkc_value *entry)
{
	return nkc_cff_item(arena, entry, NKC_CFF_REFERENCE);
}

/* Other works are no fields of this one. */
static nkc_value *without_works(nkc_value *entry)
{
	static const char *const keys[] = { "references", "preferred-citation", "cff-version", "preferred" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		nkc_value *value = nkc_kept_member(entry, keys[i]);
		if (value)
			nkc_value_remove(value);
	}
	return entry;
}

nkc_value *nkc_cff_make(nkc_arena *arena, const nkc_value *item, nkc_cff_work work)
{
	maker m = { .arena = arena, .item = item, .work = work, .type = nkc_item_type(item) };
	m.entry = nkc_value_new(arena, NKC_OBJECT);
	if (!m.entry)
		return NULL;
	nkc_str title = plain(arena, nkc_item_text(item, NKC_VAR_TITLE));
	nkc_str type = nkc_str_from(work == NKC_CFF_ROOT && m.type == NKC_TYPE_DATASET ? "dataset" : nkc_cff_type(m.type));
	add_text(arena, m.entry, "type", type);
	add_text(arena, m.entry, "title", title.len ? title : NKC_STR("[untitled]"));
	if (!make_names(arena, nkc_item_get(item, NKC_VAR_AUTHOR)))
		put(&m, "authors", alone(arena, entity(arena, NKC_STR("Anonymous"))));
	put_issued(&m);
	if (work == NKC_CFF_REFERENCE)
		put_reference(&m);
	for (const struct field *f = fields; f < fields + FIELDS; f++) {
		if (f->root || work == NKC_CFF_REFERENCE)
			put(&m, f->key, make_field(&m, f));
	}
	return without_works(nkc_kept_restore(arena, m.entry, item, "cff",
	                                      work == NKC_CFF_ROOT ? read_root : read_reference));
}

/* --- reading --- */

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item, *entry;
	nkc_type type;
} getter;

static nkc_value *member(const getter *g, const char *key)
{
	return nkc_kept_member(g->entry, key);
}

static void add(getter *g, nkc_var var, nkc_value *value)
{
	if (value && !nkc_value_is_list(value) && !nkc_item_get(g->item, var))
		nkc_item_add_line(g->item, g->arena, var, nkc_kept_use(value));
}

static void add_part(getter *g, nkc_value *name, const char *key, nkc_value *value)
{
	nkc_str text = nkc_kept_use(value);
	if (text.len && name)
		nkc_value_add(name, nkc_str_from(key), nkc_value_string(g->arena, text));
}

static nkc_value *get_name(getter *g, const nkc_value *body)
{
	nkc_value *name = nkc_value_new(g->arena, NKC_OBJECT);
	add_part(g, name, "literal", nkc_kept_member(body, "name"));
	if (nkc_value_first(name))
		return name;
	add_part(g, name, "family", nkc_kept_member(body, "family-names"));
	add_part(g, name, "given", nkc_kept_member(body, "given-names"));
	add_part(g, name, "non-dropping-particle", nkc_kept_member(body, "name-particle"));
	add_part(g, name, "suffix", nkc_kept_member(body, "name-suffix"));
	if (!nkc_value_first(name))
		add_part(g, name, "literal", nkc_kept_member(body, "alias"));
	return nkc_value_first(name) ? name : NULL;
}

static void get_names(getter *g, nkc_var var, nkc_value *list)
{
	if (!nkc_value_is(list, NKC_ARRAY))
		return;
	for (const nkc_value *body = nkc_value_first(list); body; body = body->next)
		nkc_item_add_name(g->item, g->arena, var, get_name(g, body));
}

static void get_words(getter *g, nkc_value *list)
{
	nkc_value *words = nkc_value_new(g->arena, NKC_ARRAY);
	if (!nkc_value_is(list, NKC_ARRAY))
		return;
	for (nkc_value *word = nkc_value_first(list); word; word = word->next) {
		if (!nkc_value_is_list(word) && nkc_value_text(word).len)
			nkc_value_append(words, nkc_value_string(g->arena, nkc_kept_use(word)));
	}
	nkc_item_add_keywords(g->item, g->arena, words);
}

static void get_day(getter *g, nkc_var var, nkc_value *value)
{
	if (value && !nkc_value_is_list(value) && !nkc_item_get(g->item, var))
		nkc_item_add(g->item, var, nkc_date_read_text(g->arena, nkc_kept_use(value)));
}

/* `pages` is their number, but often has what start and end are for. */
static bool is_span(const nkc_value *pages)
{
	nkc_str text = nkc_value_text(pages);
	return nkc_str_find_byte(text, '-') < text.len;
}

static void get_field(getter *g, const struct field *f)
{
	nkc_value *value = member(g, f->key);
	switch (f->shape) {
	case NAMES: get_names(g, f->var, value); break;
	case WORDS: get_words(g, value); break;
	case TAGS: add(g, f->var, nkc_value_is(value, NKC_ARRAY) ? nkc_value_first(value) : value); break;
	case DAY: get_day(g, f->var, value); break;
	case PAGES: add(g, is_span(value) ? NKC_VAR_PAGE : f->var, value); break;
	default: add(g, f->var, value);
	}
}

static void get_issued(getter *g)
{
	nkc_value *year = member(g, "year"), *month = member(g, "month");
	get_day(g, NKC_VAR_ISSUED, member(g, "date-published"));
	get_day(g, NKC_VAR_ISSUED, member(g, "date-released"));
	if (nkc_item_get(g->item, NKC_VAR_ISSUED)) { /* which says it all */
		nkc_kept_use(year);
		nkc_kept_use(month);
		return;
	}
	if (!year || nkc_value_is_list(year))
		return;
	int64_t number_of_month = 0;
	nkc_buf text = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&text, nkc_kept_use(year));
	if (nkc_value_int(month, &number_of_month) && number_of_month >= 1 && number_of_month <= 12) {
		nkc_buf_printf(&text, "-%02d", (int)number_of_month);
		nkc_kept_use(month);
	}
	nkc_item_add(g->item, NKC_VAR_ISSUED, nkc_date_read_text(g->arena, nkc_arena_keep(g->arena, &text)));
}

static void get_pages(getter *g)
{
	nkc_value *start = member(g, "start"), *end = member(g, "end");
	nkc_buf text = nkc_arena_buf(g->arena);
	if (start && !nkc_value_is_list(start))
		nkc_buf_put_str(&text, nkc_kept_use(start));
	if (text.len && end && !nkc_value_is_list(end))
		nkc_buf_printf(&text, "-%.*s", NKC_STR_ARG(nkc_kept_use(end)));
	nkc_item_add_text(g->item, g->arena, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &text));
}

static void get_bodies(getter *g)
{
	nkc_value *publisher = member(g, "publisher"), *institution = member(g, "institution");
	nkc_value *conference = member(g, "conference");
	bool thesis = g->type == NKC_TYPE_THESIS;
	add(g, NKC_VAR_PUBLISHER, nkc_kept_member(thesis ? institution : publisher, "name"));
	add(g, NKC_VAR_PUBLISHER_PLACE, nkc_kept_member(thesis ? institution : publisher, "location"));
	add(g, NKC_VAR_PUBLISHER_PLACE, nkc_kept_member(thesis ? institution : publisher, "city"));
	add(g, NKC_VAR_PUBLISHER, nkc_kept_member(thesis ? publisher : institution, "name"));
	add(g, NKC_VAR_EVENT_TITLE, nkc_kept_member(conference, "name"));
	add(g, NKC_VAR_EVENT_PLACE, nkc_kept_member(conference, "location"));
	add(g, NKC_VAR_EVENT_PLACE, nkc_kept_member(conference, "city"));
	nkc_value *start = nkc_kept_member(conference, "date-start"), *end = nkc_kept_member(conference, "date-end");
	nkc_buf when = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&when, nkc_kept_use(start));
	nkc_buf_puts(&when, start && end ? "/" : "");
	nkc_buf_put_str(&when, start ? nkc_kept_use(end) : NKC_STR(""));
	nkc_item_add(g->item, NKC_VAR_EVENT_DATE, nkc_date_read_text(g->arena, nkc_arena_keep(g->arena, &when)));
}

static void get_titles(getter *g)
{
	nkc_value *journal = member(g, "journal"), *collection = member(g, "collection-title");
	add(g, NKC_VAR_CONTAINER_TITLE, journal);
	add(g, journal || is_article(g->type) ? NKC_VAR_COLLECTION_TITLE : NKC_VAR_CONTAINER_TITLE, collection);
	add(g, NKC_VAR_GENRE, member(g, "thesis-type"));
}

/* What `identifiers` has of a kind, when the field for it is empty. */
static void get_identifiers(getter *g)
{
	nkc_value *list = member(g, "identifiers");
	for (const nkc_value *one = nkc_value_is(list, NKC_ARRAY) ? nkc_value_first(list) : NULL; one; one = one->next) {
		nkc_str type = nkc_value_text(nkc_kept_member(one, "type"));
		nkc_var var = nkc_str_is(type, "doi")   ? NKC_VAR_DOI
		              : nkc_str_is(type, "url") ? NKC_VAR_URL
		                                        : NKC_VAR_NONE;
		nkc_value *value = nkc_kept_member(one, "value");
		if (var && value && !nkc_value_is_list(value))
			nkc_item_add_text(g->item, g->arena, var, nkc_value_text(value)); /* the list is kept as a whole */
	}
}

nkc_value *nkc_cff_item(nkc_arena *arena, nkc_value *entry, nkc_cff_work work)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT), .entry = entry };
	nkc_value *type = nkc_kept_member(entry, "type");
	nkc_str name = nkc_value_text(type);
	if (!g.item)
		return NULL;
	g.type = !name.len || nkc_str_is(name, "dataset") ? name.len ? NKC_TYPE_DATASET : NKC_TYPE_SOFTWARE
	                                                  : nkc_cff_type_read(name);
	if (work == NKC_CFF_ROOT || nkc_str_is(name, nkc_cff_type(g.type)))
		nkc_kept_use(type);
	nkc_item_add_text(g.item, arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	add(&g, NKC_VAR_TITLE, nkc_kept_member(entry, "title"));
	get_issued(&g);
	get_titles(&g);
	get_pages(&g);
	get_bodies(&g);
	get_day(&g, NKC_VAR_ORIGINAL_DATE, nkc_kept_member(entry, "year-original"));
	for (const struct field *f = fields; f < fields + FIELDS; f++)
		get_field(&g, f);
	if (nkc_str_is(nkc_value_text(nkc_kept_member(entry, "message")), NKC_CFF_MESSAGE))
		nkc_kept_use(nkc_kept_member(entry, "message"));
	get_identifiers(&g);
	nkc_value *code = nkc_kept_member(entry, "repository-code");
	if (code && !nkc_value_is_list(code)) /* which stays what it is, too */
		nkc_item_add_text(g.item, arena, NKC_VAR_URL, nkc_value_text(code));
	nkc_kept_keep(arena, g.item, "cff", entry);
	return nkc_arena_status(arena) ? NULL : g.item;
}
