/* What the fields and entry types of Hayagriva mean. */
#include "format/hayagriva.h"

#define TEXT(var, place, key, where, other)                                                                            \
	{ NKC_VAR_##var, NKC_HAYA_##place, NKC_HAYA_TEXT, key, where, NKC_VAR_##other }
#define FIELD(var, place, shape, key, where) \
	{ \
		NKC_VAR_##var, NKC_HAYA_##place, NKC_HAYA_##shape, key, where, NKC_VAR_NONE \
	}
#define ROLE(var, role) { NKC_VAR_##var, NKC_HAYA_ENTRY, NKC_HAYA_ROLE, role, "affiliated", NKC_VAR_NONE }
#define SERIAL(var, key) { NKC_VAR_##var, NKC_HAYA_ENTRY, NKC_HAYA_SERIAL, key, "serial-number", NKC_VAR_NONE }

/* In the order in which they are written. */
const nkc_haya_field nkc_haya_fields[] = {
	TEXT(TITLE, ENTRY, "title", "title", TITLE_SHORT),
	FIELD(AUTHOR, ENTRY, NAMES, "author", "author"),
	FIELD(EDITOR, HOST, NAMES, "editor", "editor"),
	ROLE(TRANSLATOR, "translator"),
	ROLE(DIRECTOR, "director"),
	ROLE(SCRIPT_WRITER, "writer"),
	ROLE(PERFORMER, "cast-member"),
	ROLE(COMPOSER, "composer"),
	ROLE(PRODUCER, "producer"),
	ROLE(EXECUTIVE_PRODUCER, "executive-producer"),
	ROLE(SERIES_CREATOR, "founder"),
	ROLE(NARRATOR, "narrator"),
	ROLE(ILLUSTRATOR, "illustrator"),
	ROLE(COMPILER, "compiler"),
	ROLE(ORGANIZER, "organizer"),
	ROLE(CONTRIBUTOR, "collaborator"),
	FIELD(ISSUED, ENTRY, DATE, "date", "date"),
	TEXT(CONTAINER_TITLE, CONTAINER, "title", "parent", CONTAINER_TITLE_SHORT),
	FIELD(CONTAINER_AUTHOR, CONTAINER, NAMES, "author", "parent"),
	TEXT(COLLECTION_TITLE, COLLECTION, "title", "parent", NONE),
	FIELD(COLLECTION_EDITOR, COLLECTION, NAMES, "editor", "parent"),
	FIELD(COLLECTION_NUMBER, COLLECTION, PLAIN, "volume", "parent"),
	TEXT(EVENT_TITLE, EVENT, "title", "parent", NONE),
	FIELD(EVENT_DATE, EVENT, DATE, "date", "parent"),
	TEXT(EVENT_PLACE, EVENT, "location", "parent", NONE),
	TEXT(ORIGINAL_TITLE, ORIGINAL, "title", "parent", NONE),
	FIELD(ORIGINAL_AUTHOR, ORIGINAL, NAMES, "author", "parent"),
	FIELD(ORIGINAL_DATE, ORIGINAL, DATE, "date", "parent"),
	{ NKC_VAR_ORIGINAL_PUBLISHER, NKC_HAYA_ORIGINAL, NKC_HAYA_PUBLISHER, "publisher", "parent",
	  NKC_VAR_ORIGINAL_PUBLISHER_PLACE },
	FIELD(VOLUME, HOST, PLAIN, "volume", "volume"),
	FIELD(NUMBER_OF_VOLUMES, HOST, COUNT, "volume-total", "volume-total"),
	FIELD(ISSUE, HOST, PLAIN, "issue", "issue"),
	FIELD(EDITION, HOST, PLAIN, "edition", "edition"),
	FIELD(CHAPTER_NUMBER, ENTRY, PLAIN, "chapter", "chapter"),
	FIELD(PAGE, ENTRY, PLAIN, "page-range", "page-range"),
	FIELD(NUMBER_OF_PAGES, ENTRY, COUNT, "page-total", "page-total"),
	FIELD(DIMENSIONS, ENTRY, TIME, "runtime", "runtime"),
	{ NKC_VAR_PUBLISHER, NKC_HAYA_HOST, NKC_HAYA_PUBLISHER, "publisher", "publisher", NKC_VAR_PUBLISHER_PLACE },
	TEXT(AUTHORITY, ENTRY, "organization", "organization", NONE),
	TEXT(GENRE, ENTRY, "genre", "genre", NONE),
	SERIAL(DOI, "doi"),
	SERIAL(ISBN, "isbn"),
	SERIAL(ISSN, "issn"),
	SERIAL(PMID, "pmid"),
	SERIAL(PMCID, "pmcid"),
	SERIAL(NUMBER, "serial"),
	SERIAL(VERSION, "version"),
	SERIAL(PRINTING, "printing"),
	{ NKC_VAR_URL, NKC_HAYA_ENTRY, NKC_HAYA_URL, "url", "url", NKC_VAR_ACCESSED },
	FIELD(LANGUAGE, ENTRY, TAG, "language", "language"),
	TEXT(ARCHIVE, ENTRY, "archive", "archive", NONE),
	TEXT(ARCHIVE_LOCATION, ENTRY, "archive-location", "archive-location", NONE),
	TEXT(CALL_NUMBER, ENTRY, "call-number", "call-number", NONE),
	TEXT(NOTE, ENTRY, "note", "note", NONE),
	TEXT(ABSTRACT, ENTRY, "abstract", "abstract", NONE),
};
const size_t nkc_haya_field_count = sizeof nkc_haya_fields / sizeof *nkc_haya_fields;

/* --- types --- */

static const nkc_haya_type types[] = {
	{ NKC_TYPE_DOCUMENT, "misc", NULL, false, false },
	{ NKC_TYPE_ARTICLE, "article", "repository", false, false },
	{ NKC_TYPE_ARTICLE_JOURNAL, "article", "periodical", true, true },
	{ NKC_TYPE_ARTICLE_MAGAZINE, "article", "periodical", true, true },
	{ NKC_TYPE_ARTICLE_NEWSPAPER, "article", "newspaper", true, true },
	{ NKC_TYPE_BILL, "legislation", "anthology", false, false },
	{ NKC_TYPE_BOOK, "book", NULL, false, false },
	{ NKC_TYPE_BROADCAST, "video", "video", true, false },
	{ NKC_TYPE_CHAPTER, "chapter", "book", false, true },
	{ NKC_TYPE_CLASSIC, "book", NULL, false, false },
	{ NKC_TYPE_COLLECTION, "anthology", NULL, false, false },
	{ NKC_TYPE_DATASET, "repository", "repository", false, false },
	{ NKC_TYPE_ENTRY, "entry", "repository", false, false },
	{ NKC_TYPE_ENTRY_DICTIONARY, "entry", "reference", true, true },
	{ NKC_TYPE_ENTRY_ENCYCLOPEDIA, "entry", "reference", true, true },
	{ NKC_TYPE_EVENT, "exhibition", NULL, false, false },
	{ NKC_TYPE_FIGURE, "artwork", "article", true, false },
	{ NKC_TYPE_GRAPHIC, "artwork", "artwork", false, false },
	{ NKC_TYPE_LEGAL_CASE, "case", "book", false, false },
	{ NKC_TYPE_LEGISLATION, "legislation", "anthology", false, false },
	{ NKC_TYPE_MANUSCRIPT, "manuscript", NULL, false, false },
	{ NKC_TYPE_MAP, "artwork", "artwork", false, false },
	{ NKC_TYPE_MOTION_PICTURE, "video", NULL, false, false },
	{ NKC_TYPE_MUSICAL_SCORE, "audio", "book", true, false },
	{ NKC_TYPE_PAMPHLET, "book", NULL, false, false },
	{ NKC_TYPE_PAPER_CONFERENCE, "article", "proceedings", true, true },
	{ NKC_TYPE_PATENT, "patent", NULL, false, false },
	{ NKC_TYPE_PERFORMANCE, "performance", NULL, false, false },
	{ NKC_TYPE_PERIODICAL, "periodical", NULL, false, false },
	{ NKC_TYPE_POST, "post", "web", false, false },
	{ NKC_TYPE_POST_WEBLOG, "article", "blog", true, false },
	{ NKC_TYPE_REGULATION, "legislation", "anthology", false, false },
	{ NKC_TYPE_REPORT, "report", "book", false, false },
	{ NKC_TYPE_REVIEW, "article", "periodical", true, true },
	{ NKC_TYPE_REVIEW_BOOK, "article", "periodical", true, true },
	{ NKC_TYPE_SOFTWARE, "repository", "repository", false, false },
	{ NKC_TYPE_SONG, "audio", "audio", false, false },
	{ NKC_TYPE_SPEECH, "article", NULL, true, false },
	{ NKC_TYPE_STANDARD, "report", "book", false, false },
	{ NKC_TYPE_THESIS, "thesis", NULL, false, false },
	{ NKC_TYPE_TREATY, "legislation", "anthology", false, false },
	{ NKC_TYPE_WEBPAGE, "web", "web", false, false },
};

const nkc_haya_type *nkc_haya_type_for(nkc_type type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (types[i].type == type)
			return &types[i];
	}
	return &types[0];
}

static bool is(nkc_str text, const char *word)
{
	return nkc_str_eq_nocase(text, nkc_str_from(word));
}

/* The first row that fits; a container of NULL fits all. */
static const struct reading {
	const char *entry, *container;
	nkc_type type;
} readings[] = {
	{ "article", "periodical", NKC_TYPE_ARTICLE_JOURNAL },
	{ "article", "newspaper", NKC_TYPE_ARTICLE_NEWSPAPER },
	{ "article", "proceedings", NKC_TYPE_PAPER_CONFERENCE },
	{ "article", "blog", NKC_TYPE_POST_WEBLOG },
	{ "article", "web", NKC_TYPE_WEBPAGE },
	{ "article", "thread", NKC_TYPE_POST },
	{ "article", "book", NKC_TYPE_CHAPTER },
	{ "article", "anthology", NKC_TYPE_CHAPTER },
	{ "article", "reference", NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ "article", NULL, NKC_TYPE_ARTICLE },
	{ "chapter", NULL, NKC_TYPE_CHAPTER },
	{ "anthos", NULL, NKC_TYPE_CHAPTER },
	{ "entry", "reference", NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ "entry", NULL, NKC_TYPE_ENTRY },
	{ "report", NULL, NKC_TYPE_REPORT },
	{ "thesis", NULL, NKC_TYPE_THESIS },
	{ "web", "blog", NKC_TYPE_POST_WEBLOG },
	{ "web", "thread", NKC_TYPE_POST },
	{ "web", NULL, NKC_TYPE_WEBPAGE },
	{ "scene", NULL, NKC_TYPE_BROADCAST },
	{ "artwork", "article", NKC_TYPE_FIGURE },
	{ "artwork", NULL, NKC_TYPE_GRAPHIC },
	{ "patent", NULL, NKC_TYPE_PATENT },
	{ "case", NULL, NKC_TYPE_LEGAL_CASE },
	{ "newspaper", NULL, NKC_TYPE_PERIODICAL },
	{ "legislation", NULL, NKC_TYPE_LEGISLATION },
	{ "manuscript", NULL, NKC_TYPE_MANUSCRIPT },
	{ "post", NULL, NKC_TYPE_POST },
	{ "performance", NULL, NKC_TYPE_PERFORMANCE },
	{ "periodical", NULL, NKC_TYPE_PERIODICAL },
	{ "proceedings", NULL, NKC_TYPE_BOOK },
	{ "book", "periodical", NKC_TYPE_PERIODICAL },
	{ "book", NULL, NKC_TYPE_BOOK },
	{ "blog", NULL, NKC_TYPE_WEBPAGE },
	{ "reference", NULL, NKC_TYPE_BOOK },
	{ "conference", NULL, NKC_TYPE_EVENT },
	{ "exhibition", NULL, NKC_TYPE_EVENT },
	{ "anthology", NULL, NKC_TYPE_BOOK },
	{ "repository", NULL, NKC_TYPE_SOFTWARE },
	{ "thread", NULL, NKC_TYPE_POST },
	{ "video", "video", NKC_TYPE_BROADCAST },
	{ "video", NULL, NKC_TYPE_MOTION_PICTURE },
	{ "audio", "book", NKC_TYPE_MUSICAL_SCORE },
	{ "audio", NULL, NKC_TYPE_SONG },
};

nkc_type nkc_haya_type_read(nkc_str entry, nkc_str container, bool event)
{
	if (event && !container.len && is(entry, "article"))
		return NKC_TYPE_SPEECH;
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const struct reading *r = &readings[i];
		if (is(entry, r->entry) && (!r->container || is(container, r->container)))
			return r->type;
	}
	return NKC_TYPE_DOCUMENT;
}

/* --- parents --- */

nkc_str nkc_haya_default_parent(nkc_str entry)
{
	static const struct {
		const char *entry, *parent;
	} defaults[] = {
		{ "article", "periodical" }, { "chapter", "book" },       { "entry", "reference" },
		{ "anthos", "anthology" },   { "web", "web" },            { "scene", "video" },
		{ "artwork", "exhibition" }, { "legislation", "anthology" }, { "post", "post" },
		{ "video", "video" },        { "audio", "audio" },
	};
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (is(entry, defaults[i].entry))
			return nkc_str_from(defaults[i].parent);
	}
	return NKC_STR("misc");
}

bool nkc_haya_is_collection(nkc_str entry, nkc_str parent)
{
	static const char *const parts[] = { "article", "chapter", "entry", "anthos", "legislation" };
	static const char *const series[] = { "book", "periodical", "proceedings", "newspaper", "reference" };
	for (size_t i = 0; is(parent, "anthology") && i < sizeof parts / sizeof *parts; i++) {
		if (is(entry, parts[i]))
			return false;
	}
	for (size_t i = 0; nkc_str_eq_nocase(entry, parent) && i < sizeof series / sizeof *series; i++) {
		if (is(entry, series[i]))
			return true;
	}
	return is(parent, "anthology");
}

bool nkc_haya_happens(nkc_str entry)
{
	return is(entry, "exhibition") || is(entry, "conference") || is(entry, "performance");
}
