#include "base/arena.h"
#include "format/values.h"
#include "format/zotero.h"
#include "format/zotero_fields.h"
#include "format/zotero_rdf.h"

#define PARTS_MAX 8   /* of what an item is part of */
#define ISBN_MAX 1000 /* bytes of the numbers of a book */
#define KEPT_MAX 1000 /* properties and roles that no table has */
#define NAME_STEPS 20 /* what a name costs at least, as nkc_rdf_tire counts */

/* What a resource is to the item. */
typedef enum standing {
	PART_ITEM,
	PART_CONTAINER,
	PART_SERIES,
	PART_USER, /* a reader's own remarks on it */
	PARTS
} standing;

typedef struct getter {
	nkc_arena *arena;
	nkc_rdf_graph *graph;
	nkc_value *item;
	const nkc_zotero_kind *kind;
	bool zotero; /* it is Zotero's own, not of the Bibliographic Ontology */
	nkc_value *words;
	struct {
		nkc_rdf_node *node;
		standing part;
	} parts[PARTS_MAX];
	size_t part_count, kept;
} getter;

/* --- types --- */

static const struct class {
	nkc_rdf_space space;
	const char *name;
	nkc_rdf_space container_space;
	const char *container; /* NULL: it may be part of anything, or of nothing */
	const char *kind;
} classes[] = {
	{ NKC_RDF_BIB, "Article", NKC_RDF_BIB, "Periodical", "magazineArticle" },
	{ NKC_RDF_BIB, "Article", NKC_RDF_BIB, "Newspaper", "newspaperArticle" },
	{ NKC_RDF_BIB, "Article", 0, NULL, "journalArticle" },
	{ NKC_RDF_BIB, "Document", NKC_RDF_BIB, "CourtReporter", "case" },
	{ NKC_RDF_BIB, "Document", NKC_RDF_Z, "Blog", "blogPost" },
	{ NKC_RDF_BIB, "Document", NKC_RDF_Z, "Forum", "forumPost" },
	{ NKC_RDF_BIB, "Document", 0, NULL, "webpage" },
	{ NKC_RDF_BIB, "Book", 0, NULL, "book" },
	{ NKC_RDF_BIB, "BookSection", 0, NULL, "bookSection" },
	{ NKC_RDF_BIB, "Thesis", 0, NULL, "thesis" },
	{ NKC_RDF_BIB, "Letter", 0, NULL, "letter" },
	{ NKC_RDF_BIB, "Manuscript", 0, NULL, "manuscript" },
	{ NKC_RDF_BIB, "Interview", 0, NULL, "interview" },
	{ NKC_RDF_BIB, "MotionPicture", 0, NULL, "film" },
	{ NKC_RDF_BIB, "Illustration", 0, NULL, "artwork" },
	{ NKC_RDF_BIB, "Report", 0, NULL, "report" },
	{ NKC_RDF_BIB, "Legislation", 0, NULL, "statute" },
	{ NKC_RDF_BIB, "Patent", 0, NULL, "patent" },
	{ NKC_RDF_BIB, "Image", 0, NULL, "map" },
	{ NKC_RDF_BIB, "Recording", 0, NULL, "audioRecording" },
	{ NKC_RDF_BIB, "ConferenceProceedings", 0, NULL, "presentation" },
	{ NKC_RDF_BIB, "Data", 0, NULL, "dataset" },
	{ NKC_RDF_SIOC, "BlogPost", 0, NULL, "blogPost" },
	{ NKC_RDF_SIOC, "BoardPost", 0, NULL, "forumPost" },
	{ NKC_RDF_SIOC, "InstantMessage", 0, NULL, "instantMessage" },
	{ NKC_RDF_SC, "ComputerProgram_CW", 0, NULL, "computerProgram" },
	{ NKC_RDF_Z, "Podcast", 0, NULL, "podcast" },
	{ NKC_RDF_PO, "AudioDocument", 0, NULL, "radioBroadcast" },
	{ NKC_RDF_PO, "Episode", 0, NULL, "tvBroadcast" },
	{ NKC_RDF_BIBO, "Article", NKC_RDF_BIBO, "Proceedings", "conferencePaper" },
	{ NKC_RDF_BIBO, "Article", NKC_RDF_SC, "Dictionary", "dictionaryEntry" },
	{ NKC_RDF_BIBO, "Article", NKC_RDF_BIBO, "ReferenceSource", "encyclopediaArticle" },
	{ NKC_RDF_BIBO, "Article", NKC_RDF_BIBO, "Newspaper", "newspaperArticle" },
	{ NKC_RDF_BIBO, "Article", NKC_RDF_BIBO, "Journal", "journalArticle" },
	{ NKC_RDF_BIBO, "Article", 0, NULL, "magazineArticle" },
	{ NKC_RDF_BIBO, "AcademicArticle", NKC_RDF_BIBO, "Proceedings", "conferencePaper" },
	{ NKC_RDF_BIBO, "AcademicArticle", 0, NULL, "journalArticle" },
	{ NKC_RDF_BIBO, "AudioDocument", 0, NULL, "audioRecording" },
	{ NKC_RDF_BIBO, "AudioVisualDocument", 0, NULL, "videoRecording" },
	{ NKC_RDF_BIBO, "Bill", 0, NULL, "bill" },
	{ NKC_RDF_BIBO, "Book", 0, NULL, "book" },
	{ NKC_RDF_BIBO, "BookSection", 0, NULL, "bookSection" },
	{ NKC_RDF_BIBO, "Brief", 0, NULL, "case" },
	{ NKC_RDF_BIBO, "Chapter", 0, NULL, "bookSection" },
	{ NKC_RDF_BIBO, "CollectedDocument", 0, NULL, "document" },
	{ NKC_RDF_BIBO, "DocumentPart", 0, NULL, "document" },
	{ NKC_RDF_BIBO, "EditedBook", 0, NULL, "book" },
	{ NKC_RDF_BIBO, "Email", 0, NULL, "email" },
	{ NKC_RDF_BIBO, "Film", 0, NULL, "film" },
	{ NKC_RDF_BIBO, "Hearing", 0, NULL, "hearing" },
	{ NKC_RDF_BIBO, "Image", 0, NULL, "artwork" },
	{ NKC_RDF_BIBO, "Interview", 0, NULL, "interview" },
	{ NKC_RDF_BIBO, "LegalCaseDocument", 0, NULL, "case" },
	{ NKC_RDF_BIBO, "LegalDecision", 0, NULL, "case" },
	{ NKC_RDF_BIBO, "LegalDocument", 0, NULL, "case" },
	{ NKC_RDF_BIBO, "Legislation", 0, NULL, "statute" },
	{ NKC_RDF_BIBO, "Letter", 0, NULL, "letter" },
	{ NKC_RDF_BIBO, "Manual", 0, NULL, "book" },
	{ NKC_RDF_BIBO, "Manuscript", 0, NULL, "manuscript" },
	{ NKC_RDF_BIBO, "Map", 0, NULL, "map" },
	{ NKC_RDF_BIBO, "Patent", 0, NULL, "patent" },
	{ NKC_RDF_BIBO, "Performance", 0, NULL, "presentation" },
	{ NKC_RDF_BIBO, "PersonalCommunication", 0, NULL, "letter" },
	{ NKC_RDF_BIBO, "PersonalCommunicationDocument", 0, NULL, "letter" },
	{ NKC_RDF_BIBO, "Proceedings", 0, NULL, "book" },
	{ NKC_RDF_BIBO, "Report", 0, NULL, "report" },
	{ NKC_RDF_BIBO, "Slide", 0, NULL, "presentation" },
	{ NKC_RDF_BIBO, "Slideshow", 0, NULL, "presentation" },
	{ NKC_RDF_BIBO, "Standard", 0, NULL, "standard" },
	{ NKC_RDF_BIBO, "Statute", 0, NULL, "statute" },
	{ NKC_RDF_BIBO, "Thesis", 0, NULL, "thesis" },
	{ NKC_RDF_BIBO, "Webpage", 0, NULL, "webpage" },
	{ NKC_RDF_BIBO, "Website", 0, NULL, "webpage" },
	{ NKC_RDF_BIBO, "Document", 0, NULL, "document" },
	{ NKC_RDF_SCHEMA, "ScholarlyArticle", 0, NULL, "journalArticle" },
	{ NKC_RDF_SCHEMA, "MedicalScholarlyArticle", 0, NULL, "journalArticle" },
	{ NKC_RDF_SCHEMA, "NewsArticle", 0, NULL, "newspaperArticle" },
	{ NKC_RDF_SCHEMA, "Article", NKC_RDF_SCHEMA, "PublicationIssue", "journalArticle" },
	{ NKC_RDF_SCHEMA, "Article", NKC_RDF_SCHEMA, "PublicationVolume", "journalArticle" },
	{ NKC_RDF_SCHEMA, "Article", 0, NULL, "magazineArticle" },
	{ NKC_RDF_SCHEMA, "Book", 0, NULL, "book" },
	{ NKC_RDF_SCHEMA, "Audiobook", 0, NULL, "audioRecording" },
	{ NKC_RDF_SCHEMA, "Chapter", 0, NULL, "bookSection" },
	{ NKC_RDF_SCHEMA, "Thesis", 0, NULL, "thesis" },
	{ NKC_RDF_SCHEMA, "Report", 0, NULL, "report" },
	{ NKC_RDF_SCHEMA, "TechArticle", 0, NULL, "report" },
	{ NKC_RDF_SCHEMA, "BlogPosting", 0, NULL, "blogPost" },
	{ NKC_RDF_SCHEMA, "SocialMediaPosting", 0, NULL, "blogPost" },
	{ NKC_RDF_SCHEMA, "DiscussionForumPosting", 0, NULL, "forumPost" },
	{ NKC_RDF_SCHEMA, "Dataset", 0, NULL, "dataset" },
	{ NKC_RDF_SCHEMA, "DataCatalog", 0, NULL, "dataset" },
	{ NKC_RDF_SCHEMA, "SoftwareSourceCode", 0, NULL, "computerProgram" },
	{ NKC_RDF_SCHEMA, "SoftwareApplication", 0, NULL, "computerProgram" },
	{ NKC_RDF_SCHEMA, "Movie", 0, NULL, "film" },
	{ NKC_RDF_SCHEMA, "TVEpisode", 0, NULL, "tvBroadcast" },
	{ NKC_RDF_SCHEMA, "RadioEpisode", 0, NULL, "radioBroadcast" },
	{ NKC_RDF_SCHEMA, "MusicRecording", 0, NULL, "audioRecording" },
	{ NKC_RDF_SCHEMA, "Map", 0, NULL, "map" },
	{ NKC_RDF_SCHEMA, "Painting", 0, NULL, "artwork" },
	{ NKC_RDF_SCHEMA, "Photograph", 0, NULL, "artwork" },
	{ NKC_RDF_SCHEMA, "VisualArtwork", 0, NULL, "artwork" },
	{ NKC_RDF_SCHEMA, "WebPage", 0, NULL, "webpage" },
	{ NKC_RDF_SCHEMA, "CreativeWork", 0, NULL, "document" },
};

static bool is_part_of(getter *g, nkc_rdf_space space, const char *name)
{
	for (size_t i = 0; i < g->part_count; i++) {
		if (g->parts[i].part != PART_ITEM && nkc_rdf_is_a(g->graph, g->parts[i].node, space, name))
			return true;
	}
	return false;
}

static const nkc_zotero_kind *kind_by_class(getter *g, nkc_rdf_node *node)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		const struct class *c = &classes[i];
		if (nkc_rdf_is_a(g->graph, node, c->space, c->name) &&
		    (!c->container || is_part_of(g, c->container_space, c->container)))
			return nkc_zotero_kind_find(nkc_str_from(c->kind));
	}
	return NULL;
}

static nkc_str zotero_type(getter *g, nkc_rdf_node *node)
{
	nkc_str type = nkc_rdf_text(g->graph, node, NKC_RDF_Z, "itemType");
	return type.len ? type : nkc_rdf_text(g->graph, node, NKC_RDF_Z, "type");
}

static bool has_title(getter *g, nkc_rdf_node *node)
{
	return nkc_rdf_get(g->graph, node, NKC_RDF_DC, "title") || nkc_rdf_get(g->graph, node, NKC_RDF_SCHEMA, "name");
}

/* Resources that are no items, though they may have titles. */
static const char *other_kind(getter *g, nkc_rdf_node *node)
{
	static const struct {
		nkc_rdf_space space;
		const char *name, *word;
	} others[] = {
		{ NKC_RDF_BIB, "Memo", "note" },          { NKC_RDF_BIBO, "Note", "note" },
		{ NKC_RDF_Z, "Attachment", "attachment" }, { NKC_RDF_Z, "Collection", "" },
		{ NKC_RDF_BIB, "Collection", "" },        { NKC_RDF_Z, "UserItem", "" },
		{ NKC_RDF_FOAF, "Person", "" },           { NKC_RDF_FOAF, "Organization", "" },
		{ NKC_RDF_SCHEMA, "Person", "" },         { NKC_RDF_SCHEMA, "Organization", "" },
		{ NKC_RDF_BIB, "Journal", "" },           { NKC_RDF_BIBO, "Journal", "" },
		{ NKC_RDF_SCHEMA, "Periodical", "" },
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (nkc_rdf_is_a(g->graph, node, others[i].space, others[i].name))
			return others[i].word;
	}
	return NULL;
}

/* Zotero's type wins; what has a title and no type that is known is a document. */
static const nkc_zotero_kind *kind_of(getter *g, nkc_rdf_node *node)
{
	nkc_str type = zotero_type(g, node);
	const nkc_zotero_kind *kind = nkc_zotero_kind_find(type);
	if (!kind)
		kind = kind_by_class(g, node);
	return kind || !has_title(g, node) ? kind : nkc_zotero_kind_find(NKC_STR("document"));
}

/* --- what the item is part of --- */

static standing part_of(getter *g, nkc_rdf_node *node)
{
	return nkc_rdf_is_a(g->graph, node, NKC_RDF_BIB, "Series") ||
	                       nkc_rdf_is_a(g->graph, node, NKC_RDF_BIBO, "Series")
	               ? PART_SERIES
	               : PART_CONTAINER;
}

static void add_part(getter *g, nkc_rdf_node *node, standing kind)
{
	if (!node || node->seen || g->part_count == PARTS_MAX)
		return;
	node->seen = true;
	g->parts[g->part_count].node = node;
	g->parts[g->part_count++].part = kind;
}

static void add_parts(getter *g, const nkc_rdf_subject *subject)
{
	add_part(g, subject->node, PART_ITEM);
	for (size_t i = 0; i < g->part_count; i++) {
		const nkc_rdf_arc *arc = nkc_rdf_arcs(g->graph, g->parts[i].node);
		for (; arc; arc = arc->next) {
			if ((arc->space == NKC_RDF_DC || arc->space == NKC_RDF_SCHEMA) && arc->to &&
			    nkc_str_is(arc->name, "isPartOf"))
				add_part(g, arc->to, part_of(g, arc->to));
		}
	}
	add_part(g, subject->user, PART_USER);
	for (size_t i = 0; i < g->part_count; i++)
		g->parts[i].node->seen = false;
}

/* --- values --- */

static nkc_value *member(getter *g, nkc_value *object, const char *key, nkc_value_type type)
{
	nkc_value *value = nkc_value_find(object, nkc_str_from(key));
	if (!value && object)
		nkc_value_add(object, nkc_str_from(key), value = nkc_value_new(g->arena, type));
	return value;
}

static nkc_value *own_object(getter *g)
{
	return member(g, member(g, g->item, "custom", NKC_OBJECT), "zotero", NKC_OBJECT);
}

/* What has no variable is kept under its name in custom.zotero. */
static void keep(getter *g, nkc_str name, nkc_str text)
{
	text = nkc_str_trim(text);
	if (!text.len || g->kept++ >= KEPT_MAX)
		return;
	nkc_value *own = own_object(g);
	if (own && !nkc_value_find(own, name))
		nkc_value_add(own, nkc_arena_str(g->arena, name), nkc_value_string(g->arena, text));
}

static void set_var(getter *g, nkc_var var, nkc_str text)
{
	if (nkc_var_kind(var) == NKC_KIND_DATE)
		nkc_item_add(g->item, var, nkc_date_read_text(g->arena, text));
	else
		nkc_item_add_line(g->item, g->arena, var, text);
}

/* One word is used for two fields, of which most types have but one. */
static const nkc_zotero_field *find_field(const getter *g, const char *name)
{
	static const struct {
		const char *name, *instead;
	} twins[] = { { "issue", "number" }, { "edition", "versionNumber" } };
	const nkc_zotero_field *field = nkc_zotero_field_find(g->kind, nkc_str_from(name));
	for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
		const nkc_zotero_field *other = nkc_zotero_field_find(g->kind, nkc_str_from(twins[i].instead));
		if (strcmp(name, twins[i].name) == 0 && !nkc_zotero_has(g->kind, field->kinds) &&
		    nkc_zotero_has(g->kind, other->kinds))
			return other;
	}
	return field;
}

/* Some programs give each number of a book a property of its own. */
static void add_isbn(getter *g, nkc_value *before, nkc_str text)
{
	nkc_str numbers = nkc_value_text(before);
	text = nkc_str_trim(text);
	if (numbers.len + text.len >= ISBN_MAX || nkc_str_eq(numbers, text))
		return;
	nkc_buf both = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&both, numbers);
	nkc_buf_putc(&both, ' ');
	nkc_buf_put_str(&both, text);
	nkc_value_set_text(before, g->arena, nkc_buf_str(&both));
	nkc_arena_keep(g->arena, &both);
}

/* A field by Zotero's name for it. A second value that says something else is kept. */
static void set_field(getter *g, const char *name, nkc_str text)
{
	const nkc_zotero_field *f = find_field(g, name);
	nkc_value *before = nkc_item_get(g->item, f->var);
	if (f->var == NKC_VAR_NOTE)
		nkc_zotero_read_extra(g->item, g->arena, text);
	else if (!before)
		set_var(g, f->var, text);
	else if (f->var == NKC_VAR_ISBN)
		add_isbn(g, before, text);
	else if (nkc_var_kind(f->var) != NKC_KIND_DATE && !nkc_str_eq(nkc_value_text(before), nkc_str_trim(text)))
		keep(g, nkc_str_from(f->name), text);
}

/* --- properties --- */

/* What a property means as a field of Zotero's, by what the resource is to the item; NULL: nothing. */
static const struct property {
	nkc_rdf_space space;
	const char *name;
	const char *fields[PARTS];
} properties[] = {
	{ NKC_RDF_DC, "title", { "title", "publicationTitle", "series", NULL } },
	{ NKC_RDF_DC, "alternative", { "journalAbbreviation", "journalAbbreviation", "seriesTitle", NULL } },
	{ NKC_RDF_DC, "date", { "date", "date", NULL, NULL } },
	{ NKC_RDF_DC, "issued", { "date", "date", NULL, NULL } },
	{ NKC_RDF_DC, "created", { "date", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "abstract", { "abstractNote", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "description", { "abstractNote", NULL, "seriesText", NULL } },
	{ NKC_RDF_DC, "language", { "language", "language", NULL, NULL } },
	{ NKC_RDF_DC, "rights", { "rights", NULL, NULL, "rights" } },
	{ NKC_RDF_DC, "license", { "rights", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "coverage", { "archiveLocation", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "source", { "archiveLocation", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "medium", { "medium", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "extent", { "artworkSize", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "type", { "type", NULL, NULL, NULL } },
	{ NKC_RDF_DC, "identifier", { NULL, NULL, "seriesNumber", NULL } },
	{ NKC_RDF_DC, "dateSubmitted", { "filingDate", NULL, NULL, NULL } },
	{ NKC_RDF_BIB, "pages", { "pages", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "volume", { "volume", "volume", NULL, NULL } },
	{ NKC_RDF_PRISM, "number", { "issue", "issue", NULL, NULL } },
	{ NKC_RDF_PRISM, "edition", { "edition", "edition", NULL, NULL } },
	{ NKC_RDF_PRISM, "publicationName", { "publicationTitle", "publicationTitle", NULL, NULL } },
	{ NKC_RDF_PRISM, "publicationDate", { "date", "date", NULL, NULL } },
	{ NKC_RDF_PRISM, "issn", { "ISSN", "ISSN", NULL, NULL } },
	{ NKC_RDF_PRISM, "eIssn", { "ISSN", "ISSN", NULL, NULL } },
	{ NKC_RDF_PRISM, "isbn", { "ISBN", "ISBN", NULL, NULL } },
	{ NKC_RDF_PRISM, "doi", { "DOI", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "url", { "url", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "pageRange", { "pages", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "teaser", { "abstractNote", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "copyright", { "rights", NULL, NULL, NULL } },
	{ NKC_RDF_PRISM, "section", { "section", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "volume", { "volume", "volume", NULL, NULL } },
	{ NKC_RDF_BIBO, "issue", { "issue", "issue", NULL, NULL } },
	{ NKC_RDF_BIBO, "number", { "number", "codeNumber", "seriesNumber", NULL } },
	{ NKC_RDF_BIBO, "edition", { "edition", "edition", NULL, NULL } },
	{ NKC_RDF_BIBO, "pages", { "pages", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "numPages", { "numPages", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "numVolumes", { "numberOfVolumes", "numberOfVolumes", "numberOfVolumes", NULL } },
	{ NKC_RDF_BIBO, "numberOfVolumes", { "numberOfVolumes", "numberOfVolumes", "numberOfVolumes", NULL } },
	{ NKC_RDF_BIBO, "doi", { "DOI", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "uri", { "url", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "isbn", { "ISBN", "ISBN", NULL, NULL } },
	{ NKC_RDF_BIBO, "isbn13", { "ISBN", "ISBN", NULL, NULL } },
	{ NKC_RDF_BIBO, "isbn10", { "ISBN", "ISBN", NULL, NULL } },
	{ NKC_RDF_BIBO, "issn", { "ISSN", "ISSN", NULL, NULL } },
	{ NKC_RDF_BIBO, "eissn", { "ISSN", "ISSN", NULL, NULL } },
	{ NKC_RDF_BIBO, "pmid", { "PMID", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "section", { "section", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "chapter", { "section", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "lccn", { "callNumber", "callNumber", NULL, NULL } },
	{ NKC_RDF_BIBO, "shortTitle", { "shortTitle", "journalAbbreviation", NULL, NULL } },
	{ NKC_RDF_BIBO, "abstract", { "abstractNote", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "court", { "authority", "authority", NULL, NULL } },
	{ NKC_RDF_BIBO, "status", { "status", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "distributor", { "publisher", "publisher", NULL, NULL } },
	{ NKC_RDF_PO, "duration", { "runningTime", NULL, NULL, NULL } },
	{ NKC_RDF_DOAP, "revision", { "versionNumber", NULL, NULL, NULL } },
	{ NKC_RDF_DOAP, "os", { "system", NULL, NULL, NULL } },
	{ NKC_RDF_DOAP, "programming-language", { "programmingLanguage", NULL, NULL, NULL } },
	{ NKC_RDF_Z, "repository", { "archive", NULL, NULL, "libraryCatalog" } },
	{ NKC_RDF_SCHEMA, "headline", { "title", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "name", { "title", "publicationTitle", "series", NULL } },
	{ NKC_RDF_SCHEMA, "datePublished", { "date", "date", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "description", { "abstractNote", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "abstract", { "abstractNote", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "inLanguage", { "language", "language", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "license", { "rights", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "isbn", { "ISBN", "ISBN", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "issn", { "ISSN", "ISSN", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "volumeNumber", { "volume", "volume", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "issueNumber", { "issue", "issue", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "pagination", { "pages", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "numberOfPages", { "numPages", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "bookEdition", { "edition", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "version", { "versionNumber", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "programmingLanguage", { "programmingLanguage", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "operatingSystem", { "system", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "duration", { "runningTime", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "url", { "url", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "sameAs", { "url", NULL, NULL, NULL } },
};

/* Words that mean something else in Zotero's own files. */
static const char *zotero_field(const nkc_rdf_arc *arc, standing part)
{
	if (part != PART_ITEM || arc->space != NKC_RDF_DC)
		return NULL;
	return nkc_str_is(arc->name, "description")     ? "extra"
	       : nkc_str_is(arc->name, "source")        ? "publicationTitle"
	       : nkc_str_is(arc->name, "dateSubmitted") ? "accessDate"
	                                                : NULL;
}

static const char *field_of(const getter *g, const nkc_rdf_arc *arc, standing part)
{
	const char *field = g->zotero ? zotero_field(arc, part) : NULL;
	for (size_t i = 0; !field && i < sizeof properties / sizeof *properties; i++) {
		if (arc->space == properties[i].space && nkc_str_is(arc->name, properties[i].name))
			field = properties[i].fields[part];
	}
	return field;
}

/* --- names --- */

static nkc_str first_text(getter *g, nkc_rdf_node *node, const char *const *names)
{
	static const nkc_rdf_space spaces[] = { NKC_RDF_FOAF, NKC_RDF_SCHEMA };
	for (size_t s = 0; s < sizeof spaces / sizeof *spaces; s++) {
		for (size_t i = 0; names[i]; i++) {
			nkc_str text = nkc_str_trim(nkc_rdf_text(g->graph, node, spaces[s], names[i]));
			if (text.len)
				return text;
		}
	}
	return NKC_STR("");
}

static void add_text(getter *g, nkc_value *object, const char *key, nkc_str text)
{
	text = nkc_str_trim(text);
	if (object && text.len)
		nkc_value_add(object, nkc_str_from(key), nkc_value_string(g->arena, text));
}

/* "Bastian Ronge" of a person. */
static nkc_value *person_of(getter *g, nkc_str name)
{
	size_t space = name.len;
	while (space > 0 && name.ptr[space - 1] != ' ')
		space--;
	if (!space || nkc_str_find_byte(name, ',') < name.len)
		return nkc_name_read_text(g->arena, name);
	nkc_value *value = nkc_value_new(g->arena, NKC_OBJECT);
	add_text(g, value, "family", nkc_str_slice(name, space, name.len));
	add_text(g, value, "given", nkc_str_slice(name, 0, space));
	return value;
}

static nkc_value *name_of(getter *g, nkc_rdf_node *node)
{
	static const char *const families[] = { "surname", "familyName", "lastName", "family_name", NULL };
	static const char *const givens[] = { "givenName", "givenname", "firstName", "given_name", NULL };
	static const char *const wholes[] = { "name", NULL };
	nkc_str family = first_text(g, node, families), given = first_text(g, node, givens);
	nkc_str whole = first_text(g, node, wholes);
	nkc_value *name = nkc_value_new(g->arena, NKC_OBJECT);
	if (family.len && given.len) {
		size_t comma = nkc_str_find(given, NKC_STR(", ")); /* "Martin Luther, Jr." */
		add_text(g, name, "family", family);
		add_text(g, name, "given", nkc_str_slice(given, 0, comma));
		add_text(g, name, "suffix", nkc_str_slice(given, comma + (comma < given.len), given.len));
		return name;
	}
	if (family.len || given.len || !whole.len) {
		add_text(g, name, "literal", family.len ? family : given);
		return nkc_value_first(name) ? name : NULL;
	}
	bool person = nkc_rdf_is_a(g->graph, node, NKC_RDF_FOAF, "Person") ||
	              nkc_rdf_is_a(g->graph, node, NKC_RDF_SCHEMA, "Person");
	if (person)
		return person_of(g, whole);
	add_text(g, name, "literal", whole);
	return name;
}

/* Roles, by what the resource is to the item; `list`: a list of several, whose roles other properties tell. */
static const struct role {
	nkc_rdf_space space;
	const char *name;
	bool list;
	const char *roles[PARTS];
} roles[] = {
	{ NKC_RDF_BIBO, "authorList", true, { "author", "bookAuthor", "author", NULL } },
	{ NKC_RDF_BIBO, "editorList", true, { "editor", "editor", "seriesEditor", NULL } },
	{ NKC_RDF_BIBO, "contributorList", true, { "contributor", "contributor", "contributor", NULL } },
	{ NKC_RDF_DC, "creator", false, { "author", "bookAuthor", "author", NULL } },
	{ NKC_RDF_DC, "contributor", false, { "contributor", "contributor", "contributor", NULL } },
	{ NKC_RDF_BIB, "authors", false, { "author", NULL, NULL, NULL } },
	{ NKC_RDF_BIB, "editors", false, { "editor", "editor", "seriesEditor", NULL } },
	{ NKC_RDF_BIB, "contributors", false, { "contributor", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "editor", false, { "editor", "editor", "seriesEditor", NULL } },
	{ NKC_RDF_BIBO, "translator", false, { "translator", "translator", "translator", NULL } },
	{ NKC_RDF_BIBO, "director", false, { "director", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "interviewer", false, { "interviewer", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "interviewee", false, { "interviewee", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "performer", false, { "performer", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "producer", false, { "producer", NULL, NULL, NULL } },
	{ NKC_RDF_BIBO, "recipient", false, { "recipient", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "ACT", false, { "castMember", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "act", false, { "castMember", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "AUS", false, { "scriptwriter", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "aus", false, { "scriptwriter", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "aut", false, { "author", "bookAuthor", NULL, NULL } },
	{ NKC_RDF_REL, "CMP", false, { "composer", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "cmp", false, { "composer", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "edt", false, { "editor", "editor", "seriesEditor", NULL } },
	{ NKC_RDF_REL, "trl", false, { "translator", "translator", NULL, NULL } },
	{ NKC_RDF_REL, "LYR", false, { "wordsBy", NULL, NULL, NULL } },
	{ NKC_RDF_REL, "SPN", false, { "cosponsor", NULL, NULL, NULL } },
	{ NKC_RDF_PO, "participant", false, { "guest", NULL, NULL, NULL } },
	{ NKC_RDF_VIDEO, "actor", false, { "castMember", NULL, NULL, NULL } },
	{ NKC_RDF_VIDEO, "writer", false, { "scriptwriter", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "author", false, { "author", "bookAuthor", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "creator", false, { "author", "bookAuthor", NULL, NULL } },
	{ NKC_RDF_SCHEMA, "editor", false, { "editor", "editor", "seriesEditor", NULL } },
	{ NKC_RDF_SCHEMA, "contributor", false, { "contributor", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "producer", false, { "producer", NULL, NULL, NULL } },
	{ NKC_RDF_SCHEMA, "translator", false, { "translator", NULL, NULL, NULL } },
};

/* z:bookAuthors and z:bookAuthor are "bookAuthor"; empty: not a role. */
static nkc_str zotero_role(const nkc_rdf_arc *arc)
{
	bool many = nkc_str_ends(arc->name, NKC_STR("s"));
	if (arc->space != NKC_RDF_Z || !arc->to || nkc_str_is(arc->name, "path"))
		return NKC_STR("");
	return nkc_str_slice(arc->name, 0, arc->name.len - many);
}

static const struct role *find_role(const nkc_rdf_arc *arc)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (arc->space == roles[i].space && nkc_str_is(arc->name, roles[i].name))
			return &roles[i];
	}
	return NULL;
}

/* A name in a role that CSL does not know is kept as text. */
static void add_name(getter *g, nkc_str role, nkc_value *name)
{
	bool film = nkc_str_is(role, "performer") && g->kind->type != NKC_TYPE_SONG;
	nkc_var var = film ? NKC_VAR_PERFORMER : nkc_zotero_role_var(role);
	if (!name)
		return;
	if (var) {
		nkc_item_add_name(g->item, g->arena, var, name);
		return;
	}
	nkc_value *own = own_object(g);
	if (!nkc_value_find(own, role) && g->kept++ >= KEPT_MAX)
		return;
	nkc_buf text = nkc_arena_buf(g->arena);
	nkc_name_put_text(&text, name);
	nkc_value_append(member(g, own, nkc_arena_str(g->arena, role).ptr, NKC_ARRAY),
	                 nkc_value_string(g->arena, nkc_arena_keep(g->arena, &text)));
}

/* A list may be named by many properties. */
static bool may_add_name(getter *g, const nkc_rdf_arc *arc)
{
	nkc_rdf_tire(g->graph, NAME_STEPS + arc->text.len / 8);
	return !nkc_rdf_is_tired(g->graph);
}

static bool is_list(const nkc_rdf_arc *arc)
{
	return arc->space == NKC_RDF_RDF && nkc_str_is(arc->name, "li");
}

/* One name, or the members of a list of names. A member that has said its role keeps it; nobody is taken twice. */
static void add_names(getter *g, const nkc_rdf_arc *arc, nkc_str role)
{
	if (!may_add_name(g, arc))
		return;
	if (!arc->to) {
		add_name(g, role, nkc_name_read_text(g->arena, arc->text));
		return;
	}
	bool list = false;
	for (const nkc_rdf_arc *li = nkc_rdf_arcs(g->graph, arc->to); li && may_add_name(g, li); li = li->next) {
		const char *said = li->to ? li->to->mark : NULL;
		if (!is_list(li))
			continue;
		list = true;
		if (li->to && !li->to->seen) {
			add_name(g, said ? nkc_str_from(said) : role, name_of(g, li->to));
			li->to->seen = said != NULL;
		} else if (!li->to) {
			add_name(g, role, nkc_name_read_text(g->arena, li->text));
		}
	}
	if (!list && !arc->to->seen)
		add_name(g, role, name_of(g, arc->to));
}

static bool is(const nkc_rdf_arc *arc, nkc_rdf_space space, const char *name)
{
	return arc->space == space && nkc_str_is(arc->name, name);
}

static void get_reviewed(getter *g, const nkc_rdf_arc *review)
{
	for (const nkc_rdf_arc *arc = nkc_rdf_arcs(g->graph, review->to); arc; arc = arc->next) {
		nkc_rdf_tire(g->graph, 1);
		if (is(arc, NKC_RDF_DC, "creator") && !nkc_rdf_is_tired(g->graph))
			add_names(g, arc, NKC_STR("reviewedAuthor"));
	}
	nkc_item_add_text(g->item, g->arena, NKC_VAR_REVIEWED_TITLE,
	                  nkc_rdf_text(g->graph, review->to, NKC_RDF_DC, "title"));
}

/* The lists of the Bibliographic Ontology give the order, other properties the roles. */
static void get_names(getter *g, nkc_rdf_node *node, standing part)
{
	const nkc_rdf_arc *first = nkc_rdf_arcs(g->graph, node);
	for (const nkc_rdf_arc *arc = first; arc; arc = arc->next) {
		const struct role *role = arc->to ? find_role(arc) : NULL;
		if (role && !role->list)
			arc->to->mark = role->roles[part];
	}
	for (const nkc_rdf_arc *arc = first; arc; arc = arc->next) {
		const struct role *role = find_role(arc);
		if (role && role->list && role->roles[part])
			add_names(g, arc, nkc_str_from(role->roles[part]));
	}
	for (const nkc_rdf_arc *arc = first; arc; arc = arc->next) {
		const struct role *role = find_role(arc);
		nkc_str other = part == PART_ITEM ? zotero_role(arc) : NKC_STR("");
		if (role && !role->list && role->roles[part])
			add_names(g, arc, nkc_str_from(role->roles[part]));
		else if (other.len)
			add_names(g, arc, other);
		else if (is(arc, NKC_RDF_BIBO, "reviewOf"))
			get_reviewed(g, arc);
	}
	for (const nkc_rdf_arc *arc = first; arc; arc = arc->next) {
		if (arc->to) {
			arc->to->mark = NULL;
			arc->to->seen = false;
		}
	}
}

/* --- properties that lead to resources --- */

static bool has_prefix(nkc_str text, const char *prefix, nkc_str *rest)
{
	nkc_str head = nkc_str_from(prefix);
	if (text.len <= head.len || !nkc_str_eq_nocase(nkc_str_slice(text, 0, head.len), head))
		return false;
	*rest = nkc_str_slice(text, head.len, text.len);
	return true;
}

static void get_identifier_text(getter *g, nkc_str text)
{
	static const struct {
		const char *prefix, *field;
	} prefixes[] = {
		{ "ISBN ", "ISBN" },     { "ISSN ", "ISSN" },     { "DOI ", "DOI" },          { "urn:isbn:", "ISBN" },
		{ "urn:issn:", "ISSN" }, { "urn:doi:", "DOI" },   { "info:doi/", "DOI" },     { "doi:", "DOI" },
		{ "PMID ", "PMID" },     { "info:pmid/", "PMID" }, { "https://doi.org/", "DOI" },
	};
	nkc_str rest;
	text = nkc_str_trim(text);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		if (has_prefix(text, prefixes[i].prefix, &rest)) {
			set_field(g, prefixes[i].field, rest);
			return;
		}
	}
	if (nkc_str_starts(text, NKC_STR("10.")))
		set_field(g, "DOI", text);
	else if (has_prefix(text, "http://", &rest) || has_prefix(text, "https://", &rest))
		set_field(g, "url", text);
	else
		keep(g, NKC_STR("identifier"), text);
}

static void get_identifier(getter *g, const nkc_rdf_arc *arc)
{
	nkc_str value = nkc_rdf_text(g->graph, arc->to, NKC_RDF_RDF, "value");
	if (nkc_rdf_is_a(g->graph, arc->to, NKC_RDF_DC, "URI"))
		set_field(g, "url", value);
	else
		get_identifier_text(g, value.len ? value : arc->text);
}

static nkc_str label_of(getter *g, nkc_rdf_node *node)
{
	static const struct {
		nkc_rdf_space space;
		const char *name;
	} labels[] = {
		{ NKC_RDF_FOAF, "name" },      { NKC_RDF_SCHEMA, "name" },  { NKC_RDF_VCARD, "organization-name" },
		{ NKC_RDF_RDF, "value" },      { NKC_RDF_CTAG, "label" },   { NKC_RDF_SKOS, "prefLabel" },
		{ NKC_RDF_SKOS, "label" },     { NKC_RDF_DC, "title" },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		nkc_str text = nkc_str_trim(nkc_rdf_text(g->graph, node, labels[i].space, labels[i].name));
		if (text.len)
			return text;
	}
	return NKC_STR("");
}

/* The text of an arc: its literal, or the label of what it leads to. */
static nkc_str said_by(getter *g, const nkc_rdf_arc *arc)
{
	return arc->to ? label_of(g, arc->to) : arc->text;
}

static void get_publisher(getter *g, const nkc_rdf_arc *arc)
{
	const nkc_rdf_arc *address = nkc_rdf_get(g->graph, arc->to, NKC_RDF_VCARD, "adr");
	nkc_str name = said_by(g, arc), place = NKC_STR("");
	if (address && address->to)
		place = nkc_rdf_text(g->graph, address->to, NKC_RDF_VCARD, "locality");
	if (!place.len)
		place = nkc_rdf_text(g->graph, arc->to, NKC_RDF_VCARD, "localityName");
	if (!place.len)
		place = nkc_rdf_text(g->graph, arc->to, NKC_RDF_SCHEMA, "location");
	if (name.len)
		set_field(g, "publisher", name);
	if (place.len)
		set_field(g, "place", place);
}

static void add_word(getter *g, nkc_str word)
{
	word = nkc_str_trim(word);
	if (!g->words)
		g->words = nkc_value_new(g->arena, NKC_ARRAY);
	if (word.len)
		nkc_value_append(g->words, nkc_value_string(g->arena, word));
}

static void get_subject(getter *g, const nkc_rdf_arc *arc)
{
	bool shelf = nkc_rdf_is_a(g->graph, arc->to, NKC_RDF_DC, "LCC") ||
	             nkc_rdf_is_a(g->graph, arc->to, NKC_RDF_DC, "DDC") ||
	             nkc_rdf_is_a(g->graph, arc->to, NKC_RDF_DC, "UDC");
	if (shelf)
		set_field(g, "callNumber", nkc_rdf_text(g->graph, arc->to, NKC_RDF_RDF, "value"));
	else
		add_word(g, said_by(g, arc));
}

/* A note that somebody attached. */
static void get_memo(getter *g, const nkc_rdf_arc *arc)
{
	nkc_str text = nkc_rdf_text(g->graph, arc->to, NKC_RDF_RDF, "value");
	if (!text.len)
		text = nkc_rdf_text(g->graph, arc->to, NKC_RDF_DC, "description");
	text = nkc_str_trim(text);
	if (text.len)
		nkc_value_append(member(g, own_object(g), "notes", NKC_ARRAY), nkc_value_string(g->arena, text));
}

static void get_attachment(getter *g, const nkc_rdf_arc *arc)
{
	nkc_value *attachment = nkc_value_new(g->arena, NKC_OBJECT);
	const nkc_rdf_arc *id = nkc_rdf_get(g->graph, arc->to, NKC_RDF_DC, "identifier");
	nkc_str url = id && id->to ? nkc_rdf_text(g->graph, id->to, NKC_RDF_RDF, "value") : NKC_STR("");
	nkc_str path = nkc_rdf_text(g->graph, arc->to, NKC_RDF_Z, "path");
	if (!path.len)
		path = nkc_rdf_text(g->graph, arc->to, NKC_RDF_RDF, "resource");
	add_text(g, attachment, "title", nkc_rdf_text(g->graph, arc->to, NKC_RDF_DC, "title"));
	add_text(g, attachment, "url", url);
	add_text(g, attachment, "path", path);
	add_text(g, attachment, "type", nkc_rdf_text(g->graph, arc->to, NKC_RDF_LINK, "type"));
	if (nkc_value_first(attachment))
		nkc_value_append(member(g, own_object(g), "attachments", NKC_ARRAY), attachment);
}

/* First and last page in properties of their own. */
static void get_pages(getter *g, nkc_rdf_node *node)
{
	static const struct {
		nkc_rdf_space space;
		const char *first, *last;
	} ends[] = {
		{ NKC_RDF_PRISM, "startingPage", "endingPage" },
		{ NKC_RDF_BIBO, "pageStart", "pageEnd" },
		{ NKC_RDF_SCHEMA, "pageStart", "pageEnd" },
	};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		nkc_str first = nkc_str_trim(nkc_rdf_text(g->graph, node, ends[i].space, ends[i].first));
		nkc_str last = nkc_str_trim(nkc_rdf_text(g->graph, node, ends[i].space, ends[i].last));
		nkc_buf pages = nkc_arena_buf(g->arena);
		nkc_buf_put_str(&pages, first);
		nkc_buf_puts(&pages, first.len && last.len ? "-" : "");
		nkc_buf_put_str(&pages, last);
		nkc_item_add_text(g->item, g->arena, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &pages));
	}
}

/* A property that no table has: true when that is all that is to be said of it. */
static bool get_special(getter *g, const nkc_rdf_arc *arc, standing part)
{
	if (part != PART_SERIES && is(arc, NKC_RDF_DC, "identifier"))
		get_identifier(g, arc);
	else if (is(arc, NKC_RDF_DC, "publisher") || is(arc, NKC_RDF_SCHEMA, "publisher"))
		get_publisher(g, arc);
	else if (is(arc, NKC_RDF_DC, "subject") || is(arc, NKC_RDF_CTAG, "tagged") ||
	         is(arc, NKC_RDF_PRISM, "keyword") || is(arc, NKC_RDF_SCHEMA, "keywords") ||
	         is(arc, NKC_RDF_SCHEMA, "about"))
		get_subject(g, arc);
	else if (is(arc, NKC_RDF_BIB, "presentedAt") || is(arc, NKC_RDF_BIBO, "presentedAt"))
		set_field(g, "conferenceName", said_by(g, arc));
	else if (is(arc, NKC_RDF_BIBO, "organizer") || is(arc, NKC_RDF_BIBO, "issuer"))
		set_field(g, "authority", said_by(g, arc));
	else if (is(arc, NKC_RDF_DC, "isReferencedBy") && nkc_rdf_is_a(g->graph, arc->to, NKC_RDF_BIB, "Memo"))
		get_memo(g, arc);
	else if (is(arc, NKC_RDF_LINK, "link") && arc->to)
		get_attachment(g, arc);
	else
		return false;
	return true;
}

/* --- all of it --- */

/* What says nothing about the work. */
static bool is_idle(const nkc_rdf_arc *arc)
{
	static const char *const names[] = { "type", "isPartOf", "hasPart", "startingPage", "endingPage", "pageStart",
		                             "pageEnd", "resource", "itemType", "displayTitle", "own",
		                             "reviewOf" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (nkc_str_is(arc->name, names[i]))
			return true;
	}
	return find_role(arc) || zotero_role(arc).len;
}

/* Properties of Zotero's own vocabulary are its fields, and count before all others. */
static bool is_zotero_field(const getter *g, const nkc_rdf_arc *arc)
{
	bool other = !g->zotero && nkc_str_is(arc->name, "repository");
	return arc->space == NKC_RDF_Z && !arc->to && !other && !nkc_str_is(arc->name, "itemType") &&
	       nkc_zotero_field_find(g->kind, arc->name);
}

static void get_zotero_fields(getter *g, nkc_rdf_node *node)
{
	for (const nkc_rdf_arc *arc = nkc_rdf_arcs(g->graph, node); arc; arc = arc->next) {
		const nkc_zotero_field *f = is_zotero_field(g, arc) ? nkc_zotero_field_find(g->kind, arc->name) : NULL;
		if (f)
			set_field(g, f->name, arc->text);
		else if (is(arc, NKC_RDF_Z, "citationKey"))
			nkc_item_add_text(g->item, g->arena, NKC_VAR_ID, arc->text);
	}
}

static void get_fields(getter *g, nkc_rdf_node *node, standing part)
{
	for (const nkc_rdf_arc *arc = nkc_rdf_arcs(g->graph, node); arc; arc = arc->next) {
		const char *field = field_of(g, arc, part);
		nkc_str said = arc->to && !arc->text.len ? label_of(g, arc->to) : arc->text;
		if (get_special(g, arc, part) || is_zotero_field(g, arc) || is(arc, NKC_RDF_Z, "citationKey"))
			continue;
		if (field)
			set_field(g, field, said);
		else if (part == PART_ITEM && !is_idle(arc))
			keep(g, arc->name, said);
	}
}

static void get_section(getter *g, nkc_rdf_node *node)
{
	set_field(g, "section", nkc_rdf_text(g->graph, node, NKC_RDF_DC, "title"));
}

static void get_all(getter *g)
{
	for (size_t i = 0; i < g->part_count; i++)
		get_zotero_fields(g, g->parts[i].node);
	for (size_t i = 0; i < g->part_count; i++) {
		nkc_rdf_node *node = g->parts[i].node;
		if (nkc_rdf_is_a(g->graph, node, NKC_RDF_BIB, "Part")) {
			get_section(g, node);
			continue;
		}
		get_fields(g, node, g->parts[i].part);
		get_names(g, node, g->parts[i].part);
	}
	get_pages(g, g->parts[0].node);
	if (g->words)
		nkc_item_add_keywords(g->item, g->arena, g->words);
}

static void get_collections(getter *g, nkc_reader *reader, const nkc_rdf_node *node)
{
	size_t at = 0;
	nkc_str title;
	while (nkc_rdf_read_collection(reader, node, &at, &title)) {
		if (title.len)
			nkc_value_append(member(g, own_object(g), "collections", NKC_ARRAY),
			                 nkc_value_string(g->arena, title));
	}
}

/* A type of CSL that Zotero does not know is written in its place by some programs. */
static void set_type(getter *g, nkc_rdf_node *node)
{
	nkc_str type = zotero_type(g, node);
	bool known = nkc_zotero_kind_find(type) || !type.len;
	nkc_type other = known ? NKC_TYPE_NONE : nkc_type_find(type);
	nkc_item_add_text(g->item, g->arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(other ? other : g->kind->type)));
	if (!known && !other)
		keep(g, NKC_STR("itemType"), type);
}

nkc_zotero_read nkc_zotero_rdf_item(nkc_arena *arena, const nkc_rdf_subject *subject, nkc_reader *reader)
{
	nkc_zotero_read read = { .other = NULL, .own = NKC_STR("") };
	getter g = { .arena = arena, .graph = subject->graph };
	g.zotero = zotero_type(&g, subject->node).len > 0;
	read.other = other_kind(&g, subject->node);
	if (read.other)
		return read;
	add_parts(&g, subject);
	g.kind = kind_of(&g, subject->node);
	g.item = g.kind ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	if (!g.item)
		return read;
	set_type(&g, subject->node);
	get_all(&g);
	if (reader)
		get_collections(&g, reader, subject->node);
	read.item = g.item;
	read.own = nkc_rdf_text(subject->graph, subject->node, NKC_RDF_OWN, "own");
	return read;
}
