#include "page/page.h"

#include <string.h>

static const struct {
	const char *kind, *schema;
} types[NKC_TYPE_COUNT] = {
	[NKC_TYPE_NONE] = { "source", "CreativeWork" },
	[NKC_TYPE_ARTICLE] = { "article", "Article" },
	[NKC_TYPE_ARTICLE_JOURNAL] = { "journal article", "ScholarlyArticle" },
	[NKC_TYPE_ARTICLE_MAGAZINE] = { "magazine article", "Article" },
	[NKC_TYPE_ARTICLE_NEWSPAPER] = { "newspaper article", "NewsArticle" },
	[NKC_TYPE_BILL] = { "bill", "Legislation" },
	[NKC_TYPE_BOOK] = { "book", "Book" },
	[NKC_TYPE_BROADCAST] = { "broadcast", "Episode" },
	[NKC_TYPE_CHAPTER] = { "chapter", "Chapter" },
	[NKC_TYPE_CLASSIC] = { "classical work", "CreativeWork" },
	[NKC_TYPE_COLLECTION] = { "collection", "Collection" },
	[NKC_TYPE_DATASET] = { "dataset", "Dataset" },
	[NKC_TYPE_DOCUMENT] = { "document", "DigitalDocument" },
	[NKC_TYPE_ENTRY] = { "entry", "Article" },
	[NKC_TYPE_ENTRY_DICTIONARY] = { "dictionary entry", "DefinedTerm" },
	[NKC_TYPE_ENTRY_ENCYCLOPEDIA] = { "encyclopedia entry", "Article" },
	[NKC_TYPE_EVENT] = { "event", "CreativeWork" },
	[NKC_TYPE_FIGURE] = { "figure", "ImageObject" },
	[NKC_TYPE_GRAPHIC] = { "picture", "VisualArtwork" },
	[NKC_TYPE_HEARING] = { "hearing", "CreativeWork" },
	[NKC_TYPE_INTERVIEW] = { "interview", "Conversation" },
	[NKC_TYPE_LEGAL_CASE] = { "legal case", "CreativeWork" },
	[NKC_TYPE_LEGISLATION] = { "legislation", "Legislation" },
	[NKC_TYPE_MANUSCRIPT] = { "manuscript", "Manuscript" },
	[NKC_TYPE_MAP] = { "map", "Map" },
	[NKC_TYPE_MOTION_PICTURE] = { "film or video", "Movie" },
	[NKC_TYPE_MUSICAL_SCORE] = { "musical score", "SheetMusic" },
	[NKC_TYPE_PAMPHLET] = { "pamphlet", "CreativeWork" },
	[NKC_TYPE_PAPER_CONFERENCE] = { "conference paper", "ScholarlyArticle" },
	[NKC_TYPE_PATENT] = { "patent", "CreativeWork" },
	[NKC_TYPE_PERFORMANCE] = { "performance", "CreativeWork" },
	[NKC_TYPE_PERIODICAL] = { "periodical", "Periodical" },
	[NKC_TYPE_PERSONAL_COMMUNICATION] = { "letter or message", "Message" },
	[NKC_TYPE_POST] = { "post", "SocialMediaPosting" },
	[NKC_TYPE_POST_WEBLOG] = { "blog post", "BlogPosting" },
	[NKC_TYPE_REGULATION] = { "regulation", "Legislation" },
	[NKC_TYPE_REPORT] = { "report", "Report" },
	[NKC_TYPE_REVIEW] = { "review", "Review" },
	[NKC_TYPE_REVIEW_BOOK] = { "book review", "Review" },
	[NKC_TYPE_SOFTWARE] = { "software", "SoftwareApplication" },
	[NKC_TYPE_SONG] = { "recording", "MusicRecording" },
	[NKC_TYPE_SPEECH] = { "speech", "CreativeWork" },
	[NKC_TYPE_STANDARD] = { "standard", "CreativeWork" },
	[NKC_TYPE_THESIS] = { "thesis", "Thesis" },
	[NKC_TYPE_TREATY] = { "treaty", "Legislation" },
	[NKC_TYPE_WEBPAGE] = { "web page", "WebPage" },
};

const char *page_kind(nkc_type type)
{
	return types[type].kind;
}

const char *page_schema_type(nkc_type type)
{
	return types[type].schema;
}

static const struct {
	nkc_var var;
	const char *name;
} names[] = {
	{ NKC_VAR_ISSUED, "date" },
	{ NKC_VAR_ACCESSED, "date of access" },
	{ NKC_VAR_ORIGINAL_DATE, "original date" },
	{ NKC_VAR_EVENT_DATE, "date of the event" },
	{ NKC_VAR_URL, "address" },
	{ NKC_VAR_CONTAINER_TITLE, "publication" },
	{ NKC_VAR_PUBLISHER_PLACE, "place of publication" },
	{ NKC_VAR_COLLECTION_TITLE, "series" },
	{ NKC_VAR_PAGE, "pages" },
	{ NKC_VAR_TITLE_SHORT, "short title" },
	{ NKC_VAR_EVENT_TITLE, "event" },
	{ NKC_VAR_NUMBER_OF_PAGES, "number of pages" },
	{ NKC_VAR_ARCHIVE_LOCATION, "archived copy" },
};

const char *page_var_name(nkc_var var)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (names[i].var == var)
			return names[i].name;
	}
	return nkc_var_name(var);
}

nkc_str page_outlet(nkc_record *record)
{
	nkc_str container = nkc_record_text(record, NKC_VAR_CONTAINER_TITLE);
	return container.len ? container : nkc_record_text(record, NKC_VAR_PUBLISHER);
}
