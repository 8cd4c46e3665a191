#include "format/endnote_fields.h"

#include <stdio.h>

/* --- the types: of several rows for a name or number, the first is what it means; of several for a type, what it becomes --- */

static const nkc_endnote_type kinds[] = {
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
	{ NKC_TYPE_SONG, 61, "Audio" }, /* of library catalogues */
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

const nkc_endnote_type *nkc_endnote_type_for(nkc_type type)
{
	const nkc_endnote_type *k = kinds;
	while (k->name[0] && k->type != type)
		k++;
	return k;
}

/* By the name, which other programs than EndNote write more truly than the number. */
nkc_type nkc_endnote_type_read(nkc_str name, nkc_str number)
{
	for (const nkc_endnote_type *k = kinds; k->name[0]; k++) {
		if (nkc_str_is(name, k->name))
			return k->type;
	}
	for (const nkc_endnote_type *k = kinds; k->name[0]; k++) {
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

/* In EndNote's order. Of several rows for an element, and for a variable, the first that is of the item's type counts. */
const nkc_endnote_field nkc_endnote_fields[] = {
	{ "contributors", "authors", "A", NKC_VAR_DIRECTOR, FILMS },
	{ "contributors", "authors", "A", NKC_VAR_COMPOSER, T(SONG) | T(MUSICAL_SCORE) },
	{ "contributors", "authors", "A", NKC_VAR_AUTHOR, ALL },
	{ "contributors", "secondary-authors", "E", NKC_VAR_COLLECTION_EDITOR, WHOLES },
	{ "contributors", "secondary-authors", "E", NKC_VAR_RECIPIENT, T(PERSONAL_COMMUNICATION) },
	{ "contributors", "secondary-authors", "E", NKC_VAR_INTERVIEWER, T(INTERVIEW) },
	{ "contributors", "secondary-authors", "E", NKC_VAR_PERFORMER, T(SONG) },
	{ "contributors", "secondary-authors", "E", NKC_VAR_EDITOR, ALL },
	{ "contributors", "tertiary-authors", "Y", NKC_VAR_EDITOR, WHOLES },
	{ "contributors", "tertiary-authors", "Y", NKC_VAR_PRODUCER, FILMS },
	{ "contributors", "tertiary-authors", "Y", NKC_VAR_COLLECTION_EDITOR, ALL },
	{ "contributors", "subsidiary-authors", "?", NKC_VAR_PERFORMER, FILMS },
	{ "contributors", "subsidiary-authors", "?", NKC_VAR_TRANSLATOR, ALL },
	{ "contributors", "translated-authors", "", NKC_VAR_ORIGINAL_AUTHOR, ALL },
	{ "titles", "title", "T", NKC_VAR_TITLE, ALL },
	{ "titles", "secondary-title", "S", NKC_VAR_COLLECTION_TITLE, WHOLES },
	{ "titles", "secondary-title", "B", NKC_VAR_EVENT_TITLE, T(SPEECH) },
	{ "titles", "secondary-title", "J", NKC_VAR_CONTAINER_TITLE, PERIODICALS },
	{ "titles", "secondary-title", "B", NKC_VAR_CONTAINER_TITLE, ALL },
	{ "titles", "tertiary-title", "S", NKC_VAR_COLLECTION_TITLE, ALL },
	{ "titles", "short-title", "!", NKC_VAR_TITLE_SHORT, ALL },
	{ "titles", "translated-title", "Q", NKC_VAR_ORIGINAL_TITLE, ALL },
	{ "periodical", "full-title", "", NKC_VAR_CONTAINER_TITLE, PERIODICALS },
	{ "periodical", "abbr-1", "O", NKC_VAR_CONTAINER_TITLE_SHORT, ALL },
	{ NULL, "pages", "P", NKC_VAR_NUMBER_OF_PAGES, WHOLES | T(THESIS) | T(MANUSCRIPT) },
	{ NULL, "pages", "P", NKC_VAR_DIMENSIONS, FILMS },
	{ NULL, "pages", "P", NKC_VAR_PAGE, ALL },
	{ NULL, "volume", "V", NKC_VAR_VOLUME, ALL },
	{ NULL, "number", "N", NKC_VAR_COLLECTION_NUMBER, T(BOOK) | T(CHAPTER) },
	{ NULL, "number", "N", NKC_VAR_ISSUE, PERIODICALS | T(PAPER_CONFERENCE) },
	{ NULL, "number", "N", NKC_VAR_NUMBER, ALL },
	{ NULL, "num-vols", "6", NKC_VAR_NUMBER_OF_VOLUMES, ALL },
	{ NULL, "edition", "7", NKC_VAR_VERSION, T(SOFTWARE) },
	{ NULL, "edition", "7", NKC_VAR_EDITION, ALL },
	{ NULL, "section", "&", NKC_VAR_SECTION, ALL },
	{ "keywords", "keyword", "K", NKC_VAR_KEYWORD, ALL },
	{ "dates", "year", "D", NKC_VAR_ISSUED, ALL },
	{ NULL, "pub-location", "C", NKC_VAR_PUBLISHER_PLACE, ALL },
	{ NULL, "publisher", "I", NKC_VAR_AUTHORITY, T(LEGAL_CASE) },
	{ NULL, "publisher", "I", NKC_VAR_PUBLISHER, ALL },
	{ NULL, "isbn", "@", NKC_VAR_ISSN, PERIODICALS | T(PERIODICAL) },
	{ NULL, "isbn", "@", NKC_VAR_NUMBER, T(REPORT) | T(PATENT) },
	{ NULL, "isbn", "@", NKC_VAR_ISBN, ALL },
	{ NULL, "accession-num", "M", NKC_VAR_PMID, T(ARTICLE_JOURNAL) },
	{ NULL, "accession-num", "M", NKC_VAR_ARCHIVE_LOCATION, ALL },
	{ NULL, "call-num", "L", NKC_VAR_CALL_NUMBER, ALL },
	{ NULL, "abstract", "X", NKC_VAR_ABSTRACT, ALL },
	{ NULL, "label", "F", NKC_VAR_ID, ALL },
	{ NULL, "notes", "Z", NKC_VAR_NOTE, ALL },
	{ NULL, "work-type", "9", NKC_VAR_GENRE, ALL },
	{ "urls", "web-urls", "U", NKC_VAR_URL, ALL },
	{ NULL, "electronic-resource-num", "R", NKC_VAR_DOI, ALL },
	{ NULL, "remote-database-name", "~", NKC_VAR_SOURCE, ALL },
	{ NULL, "language", "G", NKC_VAR_LANGUAGE, ALL },
	{ NULL, "access-date", "[", NKC_VAR_ACCESSED, ALL },
	{ NULL, "custom2", "2", NKC_VAR_PMCID, T(ARTICLE_JOURNAL) },
};
const size_t nkc_endnote_field_count = sizeof nkc_endnote_fields / sizeof *nkc_endnote_fields;

bool nkc_endnote_is_of(const nkc_endnote_field *f, nkc_type type)
{
	return (f->types & ((uint64_t)1 << type)) != 0;
}

/* Is it the first row for its element in items of that type? */
bool nkc_endnote_counts(const nkc_endnote_field *f, nkc_type type)
{
	if (!nkc_endnote_is_of(f, type))
		return false;
	for (const nkc_endnote_field *before = nkc_endnote_fields; before < f; before++) {
		bool same = strcmp(before->element, f->element) == 0;
		if (nkc_endnote_is_of(before, type) && (same || before->var == f->var))
			return !same && f->var == NKC_VAR_CONTAINER_TITLE; /* both a title and a periodical */
	}
	return true;
}
