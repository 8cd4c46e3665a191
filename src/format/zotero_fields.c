#include "format/zotero_fields.h"

#include "format/values.h"
#include "format/zotero.h"

/* --- types --- */

enum kind {
	DOCUMENT, BOOK, BOOK_SECTION, JOURNAL_ARTICLE, MAGAZINE_ARTICLE, NEWSPAPER_ARTICLE,
	CONFERENCE_PAPER, THESIS, REPORT, WEBPAGE, BLOG_POST, FORUM_POST, MANUSCRIPT, PREPRINT,
	DATASET, STANDARD, COMPUTER_PROGRAM, PRESENTATION, INTERVIEW, LETTER, EMAIL, INSTANT_MESSAGE,
	PATENT, BILL, STATUTE, CASE, HEARING, MAP, ARTWORK, FILM, VIDEO_RECORDING, TV_BROADCAST,
	RADIO_BROADCAST, PODCAST, AUDIO_RECORDING, ENCYCLOPEDIA_ARTICLE, DICTIONARY_ENTRY
};

/* Of several for a type of CSL, the first is the usual one. */
static const nkc_zotero_kind kinds[] = {
	[DOCUMENT] = { "document", NKC_TYPE_DOCUMENT, NULL, NULL },
	[BOOK] = { "book", NKC_TYPE_BOOK, "bib:Book", NULL },
	[BOOK_SECTION] = { "bookSection", NKC_TYPE_CHAPTER, "bib:BookSection", "bib:Book" },
	[JOURNAL_ARTICLE] = { "journalArticle", NKC_TYPE_ARTICLE_JOURNAL, "bib:Article", "bib:Journal" },
	[MAGAZINE_ARTICLE] = { "magazineArticle", NKC_TYPE_ARTICLE_MAGAZINE, "bib:Article", "bib:Periodical" },
	[NEWSPAPER_ARTICLE] = { "newspaperArticle", NKC_TYPE_ARTICLE_NEWSPAPER, "bib:Article", "bib:Newspaper" },
	[CONFERENCE_PAPER] = { "conferencePaper", NKC_TYPE_PAPER_CONFERENCE, NULL, "bib:Journal" },
	[THESIS] = { "thesis", NKC_TYPE_THESIS, "bib:Thesis", NULL },
	[REPORT] = { "report", NKC_TYPE_REPORT, "bib:Report", NULL },
	[WEBPAGE] = { "webpage", NKC_TYPE_WEBPAGE, "bib:Document", "z:Website" },
	[BLOG_POST] = { "blogPost", NKC_TYPE_POST_WEBLOG, "bib:Document", "z:Blog" },
	[FORUM_POST] = { "forumPost", NKC_TYPE_POST, "bib:Document", "z:Forum" },
	[MANUSCRIPT] = { "manuscript", NKC_TYPE_MANUSCRIPT, "bib:Manuscript", NULL },
	[PREPRINT] = { "preprint", NKC_TYPE_ARTICLE, NULL, NULL },
	[DATASET] = { "dataset", NKC_TYPE_DATASET, NULL, NULL },
	[STANDARD] = { "standard", NKC_TYPE_STANDARD, NULL, NULL },
	[COMPUTER_PROGRAM] = { "computerProgram", NKC_TYPE_SOFTWARE, "bib:Data", NULL },
	[PRESENTATION] = { "presentation", NKC_TYPE_SPEECH, "bib:ConferenceProceedings", NULL },
	[INTERVIEW] = { "interview", NKC_TYPE_INTERVIEW, "bib:Interview", NULL },
	[LETTER] = { "letter", NKC_TYPE_PERSONAL_COMMUNICATION, "bib:Letter", NULL },
	[EMAIL] = { "email", NKC_TYPE_PERSONAL_COMMUNICATION, "bib:Letter", NULL },
	[INSTANT_MESSAGE] = { "instantMessage", NKC_TYPE_PERSONAL_COMMUNICATION, "bib:Letter", NULL },
	[PATENT] = { "patent", NKC_TYPE_PATENT, "bib:Patent", NULL },
	[BILL] = { "bill", NKC_TYPE_BILL, "bib:Legislation", NULL },
	[STATUTE] = { "statute", NKC_TYPE_LEGISLATION, "bib:Legislation", NULL },
	[CASE] = { "case", NKC_TYPE_LEGAL_CASE, "bib:Document", "bib:CourtReporter" },
	[HEARING] = { "hearing", NKC_TYPE_HEARING, "bib:Report", NULL },
	[MAP] = { "map", NKC_TYPE_MAP, "bib:Image", NULL },
	[ARTWORK] = { "artwork", NKC_TYPE_GRAPHIC, "bib:Illustration", NULL },
	[FILM] = { "film", NKC_TYPE_MOTION_PICTURE, "bib:MotionPicture", NULL },
	[VIDEO_RECORDING] = { "videoRecording", NKC_TYPE_MOTION_PICTURE, "bib:Recording", NULL },
	[TV_BROADCAST] = { "tvBroadcast", NKC_TYPE_BROADCAST, "bib:Recording", NULL },
	[RADIO_BROADCAST] = { "radioBroadcast", NKC_TYPE_BROADCAST, "bib:Recording", NULL },
	[PODCAST] = { "podcast", NKC_TYPE_BROADCAST, "bib:Recording", NULL },
	[AUDIO_RECORDING] = { "audioRecording", NKC_TYPE_SONG, "bib:Recording", NULL },
	[ENCYCLOPEDIA_ARTICLE] = { "encyclopediaArticle", NKC_TYPE_ENTRY_ENCYCLOPEDIA, NULL, "bib:Book" },
	[DICTIONARY_ENTRY] = { "dictionaryEntry", NKC_TYPE_ENTRY_DICTIONARY, NULL, "bib:Book" },
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* --- fields --- */

#define K(kind) (UINT64_C(1) << (kind))
#define EVERY UINT64_MAX
#define BUT(set) (~(uint64_t)(set))

/* Sets of types. */
#define IN_BOOKS (K(BOOK_SECTION) | K(ENCYCLOPEDIA_ARTICLE) | K(DICTIONARY_ENTRY))
#define PAPERS (K(JOURNAL_ARTICLE) | K(MAGAZINE_ARTICLE) | K(NEWSPAPER_ARTICLE))
#define BROADCASTS (K(TV_BROADCAST) | K(RADIO_BROADCAST) | K(PODCAST))
#define SCREEN (K(FILM) | K(VIDEO_RECORDING) | BROADCASTS)
#define MESSAGES (K(EMAIL) | K(INSTANT_MESSAGE))
#define POSTS (K(BLOG_POST) | K(FORUM_POST))
#define LAWS (K(BILL) | K(STATUTE) | K(CASE))
/* These are in no archive or library. */
#define HOMELESS (LAWS | POSTS | MESSAGES | K(WEBPAGE) | K(PRESENTATION) | K(PATENT) | K(HEARING) | K(PODCAST))

/* Of several rows for a variable, the first that an item of the type has counts. */
const nkc_zotero_field nkc_zotero_fields[] = {
	{ "title", NKC_VAR_TITLE, EVERY, NKC_ZOTERO_ITEM, "dc:title", NULL },
	{ "shortTitle", NKC_VAR_TITLE_SHORT, EVERY, NKC_ZOTERO_ITEM, "z:shortTitle", NULL },
	{ "date", NKC_VAR_ISSUED, EVERY, NKC_ZOTERO_ITEM, "dc:date", NULL },
	{ "accessDate", NKC_VAR_ACCESSED, EVERY, NKC_ZOTERO_ITEM, "z:accessDate", NULL },
	{ "originalDate", NKC_VAR_ORIGINAL_DATE, K(BOOK) | K(BOOK_SECTION) | K(PATENT), NKC_ZOTERO_ITEM,
	  "z:originalDate", NULL },
	{ "filingDate", NKC_VAR_SUBMITTED, K(PATENT), NKC_ZOTERO_ITEM, "z:filingDate", NULL },
	{ "url", NKC_VAR_URL, EVERY, NKC_ZOTERO_ITEM, "dc:identifier/dcterms:URI/rdf:value", NULL },
	{ "abstractNote", NKC_VAR_ABSTRACT, EVERY, NKC_ZOTERO_ITEM, "dcterms:abstract", NULL },
	{ "rights", NKC_VAR_LICENSE, EVERY, NKC_ZOTERO_ITEM, "dc:rights", NULL },
	{ "extra", NKC_VAR_NOTE, EVERY, NKC_ZOTERO_ITEM, "dc:description", NULL },
	{ "language", NKC_VAR_LANGUAGE, BUT(K(COMPUTER_PROGRAM)), NKC_ZOTERO_ITEM, "z:language", NULL },
	{ "publicationTitle", NKC_VAR_CONTAINER_TITLE, IN_BOOKS | PAPERS | POSTS | K(CONFERENCE_PAPER) |
	  K(WEBPAGE) | K(PRESENTATION) | K(TV_BROADCAST) | K(RADIO_BROADCAST), NKC_ZOTERO_CONTAINER,
	  "dc:title", NULL },
	{ "reporter", NKC_VAR_CONTAINER_TITLE, K(CASE), NKC_ZOTERO_CONTAINER, "dc:title", NULL },
	{ "code", NKC_VAR_CONTAINER_TITLE, K(BILL) | K(STATUTE), NKC_ZOTERO_ITEM, "z:code", NULL },
	{ "journalAbbreviation", NKC_VAR_CONTAINER_TITLE_SHORT, K(JOURNAL_ARTICLE), NKC_ZOTERO_CONTAINER,
	  "dcterms:alternative", NULL },
	{ "ISSN", NKC_VAR_ISSN, PAPERS | K(BOOK) | K(BOOK_SECTION) | K(CONFERENCE_PAPER) | K(THESIS) |
	  K(REPORT) | K(BLOG_POST), NKC_ZOTERO_CONTAINER, "dc:identifier", "ISSN " },
	{ "volume", NKC_VAR_VOLUME, IN_BOOKS | PAPERS | K(BOOK) | K(CONFERENCE_PAPER) | K(BILL) | K(CASE) |
	  K(VIDEO_RECORDING) | K(AUDIO_RECORDING), NKC_ZOTERO_CONTAINER, "prism:volume", NULL },
	{ "codeNumber", NKC_VAR_VOLUME, K(STATUTE), NKC_ZOTERO_ITEM, "z:codeNumber", NULL },
	{ "issue", NKC_VAR_ISSUE, PAPERS | K(CONFERENCE_PAPER), NKC_ZOTERO_CONTAINER, "prism:number", NULL
	  },
	{ "number", NKC_VAR_NUMBER, BROADCASTS | LAWS | K(REPORT) | K(MANUSCRIPT) | K(PREPRINT) |
	  K(DATASET) | K(STANDARD) | K(PATENT) | K(HEARING), NKC_ZOTERO_CONTAINER, "prism:number", NULL },
	{ "priorityNumbers", NKC_VAR_ISSUE, K(PATENT), NKC_ZOTERO_ITEM, "z:priorityNumbers", NULL },
	{ "seriesTitle", NKC_VAR_COLLECTION_TITLE, K(JOURNAL_ARTICLE) | K(REPORT) | K(COMPUTER_PROGRAM) |
	  K(MAP) | K(VIDEO_RECORDING) | K(PODCAST) | K(AUDIO_RECORDING), NKC_ZOTERO_SERIES,
	  "dcterms:alternative", NULL },
	{ "series", NKC_VAR_COLLECTION_TITLE, IN_BOOKS | K(BOOK) | K(JOURNAL_ARTICLE) | K(CONFERENCE_PAPER)
	  | K(THESIS) | K(PREPRINT) | K(PRESENTATION), NKC_ZOTERO_SERIES, "dc:title", NULL },
	{ "seriesNumber", NKC_VAR_COLLECTION_NUMBER, IN_BOOKS | K(BOOK) | K(CONFERENCE_PAPER) | K(THESIS) |
	  K(REPORT) | K(PREPRINT), NKC_ZOTERO_SERIES, "dc:identifier", NULL },
	{ "section", NKC_VAR_SECTION, K(JOURNAL_ARTICLE) | K(NEWSPAPER_ARTICLE) | K(BILL) | K(STATUTE),
	  NKC_ZOTERO_ITEM, "dcterms:isPartOf/bib:Part/dc:title", NULL },
	{ "committee", NKC_VAR_SECTION, K(STANDARD) | K(HEARING), NKC_ZOTERO_ITEM, "z:committee", NULL },
	{ "publisher", NKC_VAR_PUBLISHER, BUT(MESSAGES | POSTS | LAWS | K(PRESENTATION) | K(LETTER) |
	  K(PATENT) | K(ARTWORK)), NKC_ZOTERO_PUBLISHER, "foaf:name", NULL },
	{ "place", NKC_VAR_PUBLISHER_PLACE, BUT(MESSAGES | POSTS | LAWS | K(PRESENTATION) | K(LETTER) |
	  K(ARTWORK) | K(VIDEO_RECORDING) | K(AUDIO_RECORDING)), NKC_ZOTERO_PUBLISHER,
	  "vcard:adr/vcard:Address/vcard:locality", NULL },
	{ "place", NKC_VAR_EVENT_PLACE, K(PRESENTATION) | K(VIDEO_RECORDING) | K(AUDIO_RECORDING),
	  NKC_ZOTERO_PUBLISHER, "vcard:adr/vcard:Address/vcard:locality", NULL },
	{ "eventPlace", NKC_VAR_EVENT_PLACE, K(CONFERENCE_PAPER) | K(LETTER) | K(ARTWORK), NKC_ZOTERO_ITEM,
	  "z:eventPlace", NULL },
	{ "conferenceName", NKC_VAR_EVENT_TITLE, K(CONFERENCE_PAPER), NKC_ZOTERO_ITEM,
	  "bib:presentedAt/bib:Conference/dc:title", NULL },
	{ "meetingName", NKC_VAR_EVENT_TITLE, K(PRESENTATION), NKC_ZOTERO_ITEM,
	  "bib:presentedAt/bib:Conference/dc:title", NULL },
	{ "edition", NKC_VAR_EDITION, IN_BOOKS | K(BOOK) | K(NEWSPAPER_ARTICLE) | K(STANDARD) | K(MAP),
	  NKC_ZOTERO_ITEM, "prism:edition", NULL },
	{ "versionNumber", NKC_VAR_VERSION, K(DATASET) | K(STANDARD) | K(COMPUTER_PROGRAM),
	  NKC_ZOTERO_ITEM, "z:versionNumber", NULL },
	{ "pages", NKC_VAR_PAGE, IN_BOOKS | PAPERS | LAWS | K(CONFERENCE_PAPER) | K(REPORT) | K(PATENT) |
	  K(HEARING), NKC_ZOTERO_ITEM, "bib:pages", NULL },
	{ "numPages", NKC_VAR_NUMBER_OF_PAGES, K(BOOK) | K(THESIS) | K(MANUSCRIPT) | K(STANDARD),
	  NKC_ZOTERO_ITEM, "z:numPages", NULL },
	{ "numberOfVolumes", NKC_VAR_NUMBER_OF_VOLUMES, IN_BOOKS | K(BOOK) | K(CONFERENCE_PAPER) |
	  K(HEARING) | K(VIDEO_RECORDING) | K(AUDIO_RECORDING), NKC_ZOTERO_ITEM, "z:numberOfVolumes", NULL
	  },
	{ "ISBN", NKC_VAR_ISBN, IN_BOOKS | K(BOOK) | K(CONFERENCE_PAPER) | K(THESIS) | K(REPORT) |
	  K(STANDARD) | K(COMPUTER_PROGRAM) | K(MAP) | K(VIDEO_RECORDING) | K(AUDIO_RECORDING),
	  NKC_ZOTERO_ITEM, "dc:identifier", "ISBN " },
	{ "DOI", NKC_VAR_DOI, EVERY, NKC_ZOTERO_ITEM, "dc:identifier", "DOI " },
	{ "PMID", NKC_VAR_PMID, K(JOURNAL_ARTICLE), NKC_ZOTERO_ITEM, "z:PMID", NULL },
	{ "PMCID", NKC_VAR_PMCID, K(JOURNAL_ARTICLE), NKC_ZOTERO_ITEM, "z:PMCID", NULL },
	{ "callNumber", NKC_VAR_CALL_NUMBER, BUT(HOMELESS), NKC_ZOTERO_ITEM,
	  "dc:subject/dcterms:LCC/rdf:value", NULL },
	{ "applicationNumber", NKC_VAR_CALL_NUMBER, K(PATENT), NKC_ZOTERO_ITEM, "z:applicationNumber", NULL
	  },
	{ "archive", NKC_VAR_ARCHIVE, BUT(HOMELESS), NKC_ZOTERO_ITEM, "z:archive", NULL },
	{ "archiveLocation", NKC_VAR_ARCHIVE_LOCATION, BUT(HOMELESS), NKC_ZOTERO_ITEM, "dc:coverage", NULL
	  },
	{ "libraryCatalog", NKC_VAR_SOURCE, BUT(HOMELESS), NKC_ZOTERO_ITEM, "z:libraryCatalog", NULL },
	{ "authority", NKC_VAR_AUTHORITY, K(STANDARD) | K(PATENT) | K(BILL) | K(CASE) | K(HEARING),
	  NKC_ZOTERO_ITEM, "z:authority", NULL },
	{ "session", NKC_VAR_CHAPTER_NUMBER, K(BILL) | K(STATUTE) | K(HEARING), NKC_ZOTERO_ITEM,
	  "z:session", NULL },
	{ "status", NKC_VAR_STATUS, K(STANDARD) | K(PATENT), NKC_ZOTERO_ITEM, "z:status", NULL },
	{ "history", NKC_VAR_REFERENCES, LAWS | K(HEARING), NKC_ZOTERO_ITEM, "z:history", NULL },
	{ "references", NKC_VAR_REFERENCES, K(PATENT), NKC_ZOTERO_ITEM, "z:references", NULL },
	{ "type", NKC_VAR_GENRE, POSTS | K(DOCUMENT) | K(THESIS) | K(REPORT) | K(WEBPAGE) | K(MANUSCRIPT) |
	  K(PREPRINT) | K(DATASET) | K(STANDARD) | K(PRESENTATION) | K(LETTER) | K(MAP) | K(FILM),
	  NKC_ZOTERO_ITEM, "z:type", NULL },
	{ "programmingLanguage", NKC_VAR_GENRE, K(COMPUTER_PROGRAM), NKC_ZOTERO_ITEM,
	  "z:programmingLanguage", NULL },
	{ "medium", NKC_VAR_MEDIUM, SCREEN | K(BOOK) | K(BOOK_SECTION) | K(DATASET) | K(INTERVIEW) |
	  K(ARTWORK) | K(AUDIO_RECORDING), NKC_ZOTERO_ITEM, "z:medium", NULL },
	{ "system", NKC_VAR_MEDIUM, K(COMPUTER_PROGRAM), NKC_ZOTERO_ITEM, "z:system", NULL },
	{ "artworkSize", NKC_VAR_DIMENSIONS, K(ARTWORK), NKC_ZOTERO_ITEM, "z:artworkSize", NULL },
	{ "runningTime", NKC_VAR_DIMENSIONS, SCREEN | K(AUDIO_RECORDING), NKC_ZOTERO_ITEM, "z:runningTime",
	  NULL },
	{ "scale", NKC_VAR_SCALE, K(MAP), NKC_ZOTERO_ITEM, "z:scale", NULL },
	{ "originalPublisher", NKC_VAR_ORIGINAL_PUBLISHER, K(BOOK) | K(BOOK_SECTION), NKC_ZOTERO_ITEM,
	  "z:originalPublisher", NULL },
	{ "originalPlace", NKC_VAR_ORIGINAL_PUBLISHER_PLACE, K(BOOK) | K(BOOK_SECTION), NKC_ZOTERO_ITEM,
	  "z:originalPlace", NULL },
	{ "partNumber", NKC_VAR_PART, K(JOURNAL_ARTICLE) | K(STANDARD), NKC_ZOTERO_ITEM, "z:partNumber",
	  NULL },
	{ "partTitle", NKC_VAR_PART_TITLE, K(JOURNAL_ARTICLE) | K(STANDARD), NKC_ZOTERO_ITEM,
	  "z:partTitle", NULL },
};
const size_t nkc_zotero_field_count = sizeof nkc_zotero_fields / sizeof *nkc_zotero_fields;

/* Names of fields in some types only, and the base fields that they are. */
static const struct {
	const char *name, *base;
} aliases[] = {
	{ "format", "medium" },
	{ "bookTitle", "publicationTitle" },
	{ "proceedingsTitle", "publicationTitle" },
	{ "thesisType", "type" },
	{ "university", "publisher" },
	{ "reportNumber", "number" },
	{ "reportType", "type" },
	{ "institution", "publisher" },
	{ "websiteTitle", "publicationTitle" },
	{ "websiteType", "type" },
	{ "blogTitle", "publicationTitle" },
	{ "forumTitle", "publicationTitle" },
	{ "postType", "type" },
	{ "manuscriptType", "type" },
	{ "genre", "type" },
	{ "repository", "publisher" },
	{ "archiveID", "number" },
	{ "identifier", "number" },
	{ "repositoryLocation", "place" },
	{ "organization", "authority" },
	{ "company", "publisher" },
	{ "presentationType", "type" },
	{ "sessionTitle", "publicationTitle" },
	{ "interviewMedium", "medium" },
	{ "letterType", "type" },
	{ "subject", "title" },
	{ "issuingAuthority", "authority" },
	{ "patentNumber", "number" },
	{ "issueDate", "date" },
	{ "priorityDate", "originalDate" },
	{ "legalStatus", "status" },
	{ "billNumber", "number" },
	{ "codeVolume", "volume" },
	{ "codePages", "pages" },
	{ "legislativeBody", "authority" },
	{ "nameOfAct", "title" },
	{ "publicLawNumber", "number" },
	{ "dateEnacted", "date" },
	{ "caseName", "title" },
	{ "court", "authority" },
	{ "dateDecided", "date" },
	{ "docketNumber", "number" },
	{ "reporterVolume", "volume" },
	{ "firstPage", "pages" },
	{ "documentNumber", "number" },
	{ "mapType", "type" },
	{ "artworkMedium", "medium" },
	{ "distributor", "publisher" },
	{ "videoRecordingFormat", "medium" },
	{ "studio", "publisher" },
	{ "programTitle", "publicationTitle" },
	{ "episodeNumber", "number" },
	{ "network", "publisher" },
	{ "audioRecordingFormat", "medium" },
	{ "audioFileType", "medium" },
	{ "label", "publisher" },
	{ "encyclopediaTitle", "publicationTitle" },
	{ "dictionaryTitle", "publicationTitle" },
	{ "version", "versionNumber" },
};

/* --- roles --- */

/* What has no variable in CSL is not here. Zotero's reader loses all names of an item that has z:creators. */
const nkc_zotero_role nkc_zotero_roles[] = {
	{ "author", NKC_VAR_AUTHOR, BUT(SCREEN | K(COMPUTER_PROGRAM) | K(PRESENTATION) | K(INTERVIEW) |
	  K(PATENT) | K(BILL) | K(HEARING) | K(MAP) | K(ARTWORK) | K(AUDIO_RECORDING)), "bib:authors" },
	{ "contributor", NKC_VAR_CONTRIBUTOR, EVERY, "bib:contributors" },
	{ "editor", NKC_VAR_EDITOR, IN_BOOKS | K(DOCUMENT) | K(BOOK) | K(JOURNAL_ARTICLE) |
	  K(CONFERENCE_PAPER) | K(REPORT) | K(PREPRINT) | K(STANDARD), "bib:editors" },
	{ "translator", NKC_VAR_TRANSLATOR, BUT(LAWS | K(THESIS) | K(FORUM_POST) | K(DATASET) | K(STANDARD)
	  | K(COMPUTER_PROGRAM) | K(INSTANT_MESSAGE) | K(PATENT) | K(HEARING) | K(MAP) | K(ARTWORK)),
	  "z:translators" },
	{ "reviewedAuthor", NKC_VAR_REVIEWED_AUTHOR, PAPERS | K(DOCUMENT) | K(PREPRINT),
	  "z:reviewedAuthors" },
	{ "seriesEditor", NKC_VAR_COLLECTION_EDITOR, IN_BOOKS | K(BOOK) | K(CONFERENCE_PAPER) | K(REPORT) |
	  K(MAP), "z:seriesEditors" },
	{ "bookAuthor", NKC_VAR_CONTAINER_AUTHOR, K(BOOK_SECTION), "z:bookAuthors" },
	{ "programmer", NKC_VAR_AUTHOR, K(COMPUTER_PROGRAM), "z:programmers" },
	{ "presenter", NKC_VAR_AUTHOR, K(PRESENTATION), "z:presenters" },
	{ "chair", NKC_VAR_CHAIR, K(PRESENTATION), "z:chairs" },
	{ "organizer", NKC_VAR_ORGANIZER, K(PRESENTATION), "z:organizers" },
	{ "interviewee", NKC_VAR_AUTHOR, K(INTERVIEW), "z:interviewees" },
	{ "interviewer", NKC_VAR_INTERVIEWER, K(INTERVIEW), "z:interviewers" },
	{ "recipient", NKC_VAR_RECIPIENT, MESSAGES | K(LETTER), "z:recipients" },
	{ "inventor", NKC_VAR_AUTHOR, K(PATENT), "z:inventors" },
	{ "sponsor", NKC_VAR_AUTHOR, K(BILL), "z:sponsors" },
	{ "cartographer", NKC_VAR_AUTHOR, K(MAP), "z:cartographers" },
	{ "artist", NKC_VAR_AUTHOR, K(ARTWORK), "z:artists" },
	{ "director", NKC_VAR_DIRECTOR, SCREEN, "z:directors" },
	{ "producer", NKC_VAR_PRODUCER, SCREEN, "schema:producer" },
	{ "scriptwriter", NKC_VAR_SCRIPT_WRITER, SCREEN, "video:writer" },
	{ "castMember", NKC_VAR_PERFORMER, SCREEN, "video:actor" },
	{ "host", NKC_VAR_HOST, K(FILM) | K(VIDEO_RECORDING) | K(TV_BROADCAST) | K(RADIO_BROADCAST),
	  "z:hosts" },
	{ "guest", NKC_VAR_GUEST, SCREEN, "z:guests" },
	{ "narrator", NKC_VAR_NARRATOR, K(FILM) | K(VIDEO_RECORDING) | K(TV_BROADCAST), "z:narrators" },
	{ "creator", NKC_VAR_AUTHOR, K(VIDEO_RECORDING) | K(RADIO_BROADCAST), NULL },
	{ "executiveProducer", NKC_VAR_EXECUTIVE_PRODUCER, BROADCASTS | K(VIDEO_RECORDING),
	  "z:executiveProducers" },
	{ "seriesCreator", NKC_VAR_SERIES_CREATOR, BROADCASTS, "z:seriesCreators" },
	{ "podcaster", NKC_VAR_HOST, K(PODCAST), "z:podcasters" },
	{ "performer", NKC_VAR_AUTHOR, K(AUDIO_RECORDING), "z:performers" },
	{ "originalCreator", NKC_VAR_ORIGINAL_AUTHOR, K(AUDIO_RECORDING), "z:originalCreators" },
	{ "composer", NKC_VAR_COMPOSER, K(AUDIO_RECORDING), "z:composers" },
};
const size_t nkc_zotero_role_count = sizeof nkc_zotero_roles / sizeof *nkc_zotero_roles;

/* --- questions --- */

const nkc_zotero_kind *nkc_zotero_kind_find(nkc_str name)
{
	for (const nkc_zotero_kind *kind = kinds; kind < kinds + KINDS; kind++) {
		if (nkc_str_is(name, kind->name))
			return kind;
	}
	return NULL;
}

bool nkc_zotero_has(const nkc_zotero_kind *kind, uint64_t set)
{
	return (set >> (kind - kinds) & 1) != 0;
}

const nkc_zotero_field *nkc_zotero_field_for(const nkc_zotero_kind *kind, nkc_var var)
{
	for (size_t i = 0; i < nkc_zotero_field_count; i++) {
		if (nkc_zotero_fields[i].var == var && nkc_zotero_has(kind, nkc_zotero_fields[i].kinds))
			return &nkc_zotero_fields[i];
	}
	return NULL;
}

static const nkc_zotero_field *field_named(const nkc_zotero_kind *kind, nkc_str name)
{
	const nkc_zotero_field *other = NULL;
	for (size_t i = 0; i < nkc_zotero_field_count; i++) {
		const nkc_zotero_field *field = &nkc_zotero_fields[i];
		if (!nkc_str_is(name, field->name))
			continue;
		if (nkc_zotero_has(kind, field->kinds))
			return field;
		other = other ? other : field;
	}
	return other;
}

const nkc_zotero_field *nkc_zotero_field_find(const nkc_zotero_kind *kind, nkc_str name)
{
	const nkc_zotero_field *field = field_named(kind, name);
	for (size_t i = 0; !field && i < sizeof aliases / sizeof *aliases; i++) {
		if (nkc_str_is(name, aliases[i].name))
			field = field_named(kind, nkc_str_from(aliases[i].base));
	}
	return field;
}

const nkc_zotero_role *nkc_zotero_role_for(const nkc_zotero_kind *kind, nkc_var var)
{
	for (size_t i = 0; i < nkc_zotero_role_count; i++) {
		const nkc_zotero_role *role = &nkc_zotero_roles[i];
		if (role->property && role->var == var && nkc_zotero_has(kind, role->kinds))
			return &nkc_zotero_roles[i];
	}
	return NULL;
}

nkc_var nkc_zotero_role_var(nkc_str name)
{
	for (size_t i = 0; i < nkc_zotero_role_count; i++) {
		if (nkc_str_is(name, nkc_zotero_roles[i].name))
			return nkc_zotero_roles[i].var;
	}
	return NKC_VAR_NONE;
}

static size_t count_held(const nkc_zotero_kind *kind, const nkc_value *item)
{
	size_t held = 0;
	for (const nkc_value *member = nkc_value_first(item); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		held += nkc_zotero_field_for(kind, var) || nkc_zotero_role_for(kind, var);
	}
	return held;
}

const nkc_zotero_kind *nkc_zotero_kind_for(const nkc_value *item)
{
	nkc_type type = nkc_zotero_type(nkc_item_type(item));
	const nkc_zotero_kind *best = kinds; /* a document */
	size_t most = 0;
	for (const nkc_zotero_kind *kind = kinds; kind < kinds + KINDS; kind++) {
		size_t held = kind->type == type ? 1 + count_held(kind, item) : 0;
		if (held > most) {
			best = kind;
			most = held;
		}
	}
	return best;
}
