/*
 * The RIS tables (RIS format specification, Research Information Systems, 2001 and 2011).
 *
 * A tag means different things in different types: A2 is the editor of the book that a chapter is in, the series
 * editor of a book, the recipient of a letter. What is said here is what Zotero's reader and EndNote's "RefMan RIS"
 * filter take a tag for; the comments name the type of theirs where it is not the obvious one.
 */
#include "format/ris_map.h"

#include "format/endnote_fields.h"
#include "format/zotero.h"

/* --- types --- */

typedef struct ris_type {
	nkc_type type;
	char ty[8];
	char zotero[8], endnote[8]; /* what these read better; empty: the same */
	nkc_type makes;             /* what Zotero makes of it, where that is not the type itself */
} ris_type;

/* Of types that share a TY the first is the one that it means. */
static const ris_type types[] = {
	{ NKC_TYPE_ARTICLE, "UNPB", "RPRT", "", NKC_TYPE_REPORT }, /* a preprint: no reader has a type for it */
	{ NKC_TYPE_ARTICLE_JOURNAL, "JOUR", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_ARTICLE_MAGAZINE, "MGZN", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_ARTICLE_NEWSPAPER, "NEWS", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_BILL, "BILL", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_BOOK, "BOOK", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_CHAPTER, "CHAP", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_CLASSIC, "CLSWK", "", "", NKC_TYPE_BOOK },
	{ NKC_TYPE_DATASET, "DATA", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_DOCUMENT, "GEN", "AGGR", "", NKC_TYPE_NONE }, /* Zotero makes a journal article of GEN */
	{ NKC_TYPE_ENTRY_DICTIONARY, "DICT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_ENTRY_ENCYCLOPEDIA, "ENCYC", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_FIGURE, "FIGURE", "", "", NKC_TYPE_GRAPHIC },
	{ NKC_TYPE_GRAPHIC, "ART", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_HEARING, "HEAR", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_LEGAL_CASE, "CASE", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_LEGISLATION, "STAT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_MANUSCRIPT, "MANSCPT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_MAP, "MAP", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_MOTION_PICTURE, "MPCT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_MUSICAL_SCORE, "MUSIC", "", "", NKC_TYPE_SONG },
	{ NKC_TYPE_PAMPHLET, "PAMP", "", "", NKC_TYPE_MANUSCRIPT },
	{ NKC_TYPE_PAPER_CONFERENCE, "CONF", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_PATENT, "PAT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_PERIODICAL, "JFULL", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_PERSONAL_COMMUNICATION, "PCOMM", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_POST_WEBLOG, "BLOG", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_REPORT, "RPRT", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_SOFTWARE, "COMP", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_SONG, "SOUND", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_SPEECH, "SLIDE", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_STANDARD, "STAND", "", "", NKC_TYPE_REPORT },
	{ NKC_TYPE_THESIS, "THES", "", "", NKC_TYPE_NONE },
	{ NKC_TYPE_WEBPAGE, "ELEC", "", "WEB", NKC_TYPE_NONE },
	/* the nearest that there is */
	{ NKC_TYPE_BROADCAST, "MPCT", "", "", NKC_TYPE_MOTION_PICTURE },
	{ NKC_TYPE_COLLECTION, "GEN", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_ENTRY, "DBASE", "", "", NKC_TYPE_DATASET },
	{ NKC_TYPE_EVENT, "GEN", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_INTERVIEW, "PCOMM", "", "", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ NKC_TYPE_PERFORMANCE, "GEN", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_POST, "BLOG", "", "", NKC_TYPE_POST_WEBLOG },
	{ NKC_TYPE_REGULATION, "STAT", "", "LEGAL", NKC_TYPE_LEGISLATION },
	{ NKC_TYPE_REVIEW, "JOUR", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_REVIEW_BOOK, "JOUR", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_TREATY, "GEN", "", "", NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_NONE, "GEN", "", "", NKC_TYPE_ARTICLE_JOURNAL },
};

/* What others write, and nkcite only reads. */
static const struct {
	char ty[8];
	nkc_type type;
} other_types[] = {
	{ "ABST", NKC_TYPE_ARTICLE_JOURNAL },
	{ "ADVS", NKC_TYPE_MOTION_PICTURE },
	{ "ANCIENT", NKC_TYPE_CLASSIC },
	{ "CHART", NKC_TYPE_FIGURE },
	{ "CPAPER", NKC_TYPE_PAPER_CONFERENCE },
	{ "CTLG", NKC_TYPE_BOOK },
	{ "DBASE", NKC_TYPE_DATASET },
	{ "EBOOK", NKC_TYPE_BOOK },
	{ "ECHAP", NKC_TYPE_CHAPTER },
	{ "EDBOOK", NKC_TYPE_BOOK },
	{ "EJOUR", NKC_TYPE_ARTICLE_JOURNAL },
	{ "EQUA", NKC_TYPE_FIGURE },
	{ "GOVDOC", NKC_TYPE_REPORT },
	{ "GRANT", NKC_TYPE_REPORT },
	{ "GRNT", NKC_TYPE_REPORT },
	{ "ICOMM", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "INPR", NKC_TYPE_ARTICLE },
	{ "MULTI", NKC_TYPE_MOTION_PICTURE },
	{ "SER", NKC_TYPE_PERIODICAL },
	{ "UNBILL", NKC_TYPE_BILL },
	{ "UNPD", NKC_TYPE_MANUSCRIPT },
	{ "VIDEO", NKC_TYPE_MOTION_PICTURE },
};

static const ris_type *type_row(nkc_type type)
{
	const ris_type *row = types;
	while (row->type != type && row->type != NKC_TYPE_NONE)
		row++;
	return row;
}

const char *nkc_ris_ty(nkc_type type, nkc_target target)
{
	const ris_type *row = type_row(type);
	if (target == NKC_TARGET_ZOTERO && *row->zotero)
		return row->zotero;
	if (target == NKC_TARGET_ENDNOTE && *row->endnote)
		return row->endnote;
	return row->ty;
}

nkc_type nkc_ris_type(nkc_str ty)
{
	for (size_t i = 0; i < sizeof other_types / sizeof *other_types; i++) {
		if (nkc_str_eq_nocase(ty, nkc_str_from(other_types[i].ty)))
			return other_types[i].type;
	}
	for (const ris_type *row = types; row->type != NKC_TYPE_NONE; row++) {
		if (nkc_str_eq_nocase(ty, nkc_str_from(row->ty)))
			return row->type;
	}
	for (const ris_type *row = types; row->type != NKC_TYPE_NONE; row++) {
		if (ty.len && (nkc_str_is(ty, row->zotero) || nkc_str_is(ty, row->endnote)))
			return row->type;
	}
	nkc_type named = nkc_endnote_type_read(ty, NKC_STR("")); /* "Journal Article", which some write in full */
	return named == NKC_TYPE_DOCUMENT && !nkc_str_is(ty, "Generic") ? NKC_TYPE_NONE : named;
}

nkc_type nkc_ris_zotero_makes(nkc_type type)
{
	nkc_type makes = type_row(type)->makes;
	return makes ? makes : type;
}

/* --- tags --- */

/* Sets of types as bits. */
#define T(name) (UINT64_C(1) << NKC_TYPE_##name)
#define EVERY (~UINT64_C(0))
#define BUT(set) (~(uint64_t)(set))

#define JOURNALS (T(ARTICLE_JOURNAL) | T(REVIEW) | T(REVIEW_BOOK) | T(PERIODICAL))
#define PRESS (T(ARTICLE_MAGAZINE) | T(ARTICLE_NEWSPAPER))
#define BOOKS (T(BOOK) | T(CLASSIC))
#define LEXICA (T(ENTRY_DICTIONARY) | T(ENTRY_ENCYCLOPEDIA))
#define PAPERS (T(MANUSCRIPT) | T(PAMPHLET))
#define REPORTS (T(REPORT) | T(STANDARD))
#define SCREEN (T(MOTION_PICTURE) | T(BROADCAST))
#define PICTURES (T(GRAPHIC) | T(FIGURE))
#define DATA (T(DATASET) | T(ENTRY))
#define LAWS (T(LEGISLATION) | T(REGULATION))
/* Zotero takes what it does not know, and GEN, for a journal article. */
#define OTHERS (T(NONE) | T(ARTICLE) | T(DOCUMENT) | T(COLLECTION) | T(EVENT) | T(PERFORMANCE) | T(TREATY))

/* Sets of targets as bits. */
#define G(name) (1u << NKC_TARGET_##name)
#define ALL 0xffu
#define NOT(set) (0xffu & ~(set))
#define Z G(ZOTERO)
#define MJ (G(MENDELEY) | G(JABREF))

/* Of the rows of one variable the first that has the type and the target counts. No tag: not written. */
typedef struct ris_row {
	nkc_var var;
	char tag[3];
	unsigned targets;
	uint64_t types;
	nkc_var instead_of;
} ris_row;

#define ROW(var, tag, targets, types) { NKC_VAR_##var, tag, targets, types, NKC_VAR_NONE }
#define ROW_INSTEAD(other, var, tag, targets, types) { NKC_VAR_##var, tag, targets, types, NKC_VAR_##other }

static const ris_row rows[] = {
	ROW(ID, "ID", ALL, EVERY),
	ROW(CITATION_LABEL, "LB", ALL, EVERY),

	/* Zotero's types have a field for these, but its reader no tag; a note, too, goes better to Extra. */
	ROW(TITLE_SHORT, "", Z, T(LEGAL_CASE) | LAWS),
	ROW(COLLECTION_TITLE, "", Z, LEXICA | T(THESIS) | T(SPEECH) | SCREEN),
	ROW(COLLECTION_NUMBER, "", Z, BUT(BOOKS | T(CHAPTER))),
	ROW(ISSN, "", Z, T(ARTICLE)),
	ROW(VOLUME, "", Z, SCREEN),
	ROW(NUMBER_OF_VOLUMES, "", Z, SCREEN),
	ROW(NUMBER, "", Z, PAPERS),
	ROW(GENRE, "", Z, DATA | (OTHERS & BUT(T(ARTICLE)))),
	ROW(EVENT_PLACE, "", Z, T(PAPER_CONFERENCE)),
	ROW(ORIGINAL_DATE, "", Z, EVERY),
	ROW(PMCID, "", Z, EVERY),
	ROW(NOTE, "", Z, EVERY),
	/* A preprint goes there as a report, and the genre of a program is its language. */
	ROW(NUMBER, "SN", Z, T(ARTICLE)),
	ROW(EDITOR, "ED", Z, T(ARTICLE)),
	ROW(COLLECTION_EDITOR, "A2", Z, T(ARTICLE)),
	ROW(COLLECTION_TITLE, "T2", Z, T(ARTICLE)),
	ROW(GENRE, "LA", Z, T(SOFTWARE)),
	ROW(LANGUAGE, "", Z, T(SOFTWARE)),

	ROW(TITLE, "TI", ALL, EVERY),
	ROW(TITLE_SHORT, "ST", ALL, EVERY),
	ROW_INSTEAD(TITLE_SHORT, SHORTTITLE, "ST", ALL, EVERY),

	/* People. The director of a film and the composer of a score stand where others have the author. */
	ROW(DIRECTOR, "AU", ALL, SCREEN),
	ROW(COMPOSER, "AU", ALL, T(MUSICAL_SCORE)),
	ROW(COMPOSER, "AU", Z, T(SONG)),
	ROW_INSTEAD(AUTHOR, COMPOSER, "AU", ALL, T(SONG)),
	ROW(AUTHOR, "A2", Z, T(SONG) | T(MUSICAL_SCORE)), /* the performer of a recording */
	ROW_INSTEAD(DIRECTOR, AUTHOR, "AU", ALL, SCREEN),
	ROW_INSTEAD(COMPOSER, AUTHOR, "AU", ALL, T(MUSICAL_SCORE)),
	ROW(AUTHOR, "AU", ALL, EVERY),
	ROW(EDITOR, "ED", MJ, EVERY),
	ROW(EDITOR, "A2", ALL, JOURNALS | T(CHAPTER) | T(PAPER_CONFERENCE) | LEXICA | OTHERS),
	ROW(EDITOR, "A3", ALL, BOOKS),
	ROW(EDITOR, "ED", ALL, EVERY),
	ROW(TRANSLATOR, "TA", G(JABREF), EVERY), /* it takes A2 to A4 for further authors */
	ROW(TRANSLATOR, "A4", ALL, BUT(T(LEGAL_CASE) | T(PAPER_CONFERENCE) | SCREEN | DATA)),
	ROW(COLLECTION_EDITOR, "A2", NOT(MJ), BOOKS | REPORTS),
	ROW(COLLECTION_EDITOR, "A3", NOT(MJ), T(CHAPTER) | T(PAPER_CONFERENCE) | LEXICA | T(MAP)),
	ROW(CONTAINER_AUTHOR, "C2", NOT(G(JABREF)), T(CHAPTER)),
	ROW(CONTRIBUTOR, "A3", NOT(MJ), T(THESIS)),
	ROW(CONTRIBUTOR, "A4", NOT(MJ), T(PAPER_CONFERENCE) | SCREEN | DATA),
	ROW(PRODUCER, "A3", NOT(MJ), SCREEN),
	ROW(PERFORMER, "A2", NOT(MJ | Z), T(SONG)),
	ROW(RECIPIENT, "A2", NOT(MJ), T(PERSONAL_COMMUNICATION)),
	ROW(INTERVIEWER, "A2", NOT(MJ), T(INTERVIEW)),

	/* Titles around it. Books, reports, programs, maps have the series in T2, conference papers the conference. */
	ROW(CONTAINER_TITLE, "BT", G(JABREF), T(CHAPTER) | T(PAPER_CONFERENCE) | LEXICA),
	ROW(CONTAINER_TITLE, "C3", NOT(MJ), T(PAPER_CONFERENCE)),
	ROW(CONTAINER_TITLE, "A2", NOT(MJ), T(LEGAL_CASE)), /* the reporter */
	ROW(CONTAINER_TITLE, "JF", ALL, BOOKS | REPORTS | T(SOFTWARE) | T(MAP) | T(SPEECH) | T(HEARING)),
	ROW(CONTAINER_TITLE, "T2", ALL, EVERY),
	ROW(CONTAINER_TITLE_SHORT, "J2", ALL, EVERY),
	ROW(JOURNALABBREVIATION, "JA", ALL, EVERY),
	ROW(EVENT_TITLE, "C3", G(JABREF), T(PAPER_CONFERENCE)),
	ROW(EVENT_TITLE, "", G(MENDELEY), T(PAPER_CONFERENCE)),
	ROW(EVENT_TITLE, "T2", ALL, T(PAPER_CONFERENCE) | T(SPEECH)),
	ROW_INSTEAD(EVENT_TITLE, EVENT, "T2", NOT(MJ), T(PAPER_CONFERENCE) | T(SPEECH)),
	ROW(COLLECTION_TITLE, "T3", G(JABREF), BUT(T(HEARING) | T(BILL))),
	ROW(COLLECTION_TITLE, "T2", ALL, BOOKS | REPORTS | T(SOFTWARE) | T(MAP)),
	ROW(COLLECTION_TITLE, "T3", ALL, BUT(T(HEARING) | T(BILL))),
	ROW(COLLECTION_NUMBER, "M1", ALL, BOOKS),
	ROW(COLLECTION_NUMBER, "SV", ALL, BUT(T(LEGAL_CASE))),
	ROW(REVIEWED_TITLE, "RI", ALL, JOURNALS | PRESS),

	/* Numbers. Zotero takes VL of a web page for the date of access. */
	ROW(VOLUME, "VL", ALL, BUT(T(PATENT) | T(WEBPAGE))),
	ROW(ISSUE, "OP", ALL, T(PATENT)),
	ROW(ISSUE, "IS", ALL, BUT(DATA | T(CHAPTER))),
	ROW(NUMBER, "SN", ALL, REPORTS | T(PATENT)),
	ROW(NUMBER, "M1", ALL, T(BILL) | T(HEARING) | LAWS),
	ROW(NUMBER, "SV", ALL, T(LEGAL_CASE)),
	ROW(NUMBER, "NV", ALL, DATA),
	ROW(NUMBER, "C7", ALL, JOURNALS | T(ARTICLE)), /* the number of an article without pages */
	ROW(VERSION, "ET", ALL, T(SOFTWARE) | DATA),
	ROW(CHAPTER_NUMBER, "ET", ALL, T(BILL) | T(HEARING) | LAWS), /* the session */
	ROW(CHAPTER_NUMBER, "SE", ALL, T(CHAPTER)),
	ROW(EDITION, "ET", ALL, BUT(T(SOFTWARE) | DATA | T(BILL) | T(HEARING) | LAWS)),
	ROW(SECTION, "T2", ALL, T(HEARING)), /* the committee */
	ROW(SECTION, "SE", ALL, BUT(T(CHAPTER) | T(LEGAL_CASE))),
	ROW(NUMBER_OF_PAGES, "SP", ALL, BOOKS | T(THESIS) | PAPERS),
	ROW(PAGE, "SP", ALL, BUT(BOOKS | T(THESIS) | PAPERS | SCREEN)),
	ROW(DIMENSIONS, "SP", ALL, SCREEN),
	ROW(DIMENSIONS, "C3", ALL, PICTURES),
	ROW(NUMBER_OF_VOLUMES, "NV", ALL, BUT(DATA)),

	/* Dates */
	ROW(ISSUED, "DA", ALL, EVERY),
	ROW(ACCESSED, "Y2", ALL, EVERY),
	ROW(SUBMITTED, "C1", ALL, T(PATENT)),
	ROW(ORIGINAL_DATE, "OP", NOT(G(JABREF)), BUT(T(PATENT) | T(HEARING) | T(BILL) | LAWS | T(LEGAL_CASE))),
	ROW(ORIGINAL_TITLE, "OP", G(JABREF), BUT(T(PATENT) | T(HEARING) | T(BILL) | LAWS | T(LEGAL_CASE))),

	/* Places */
	ROW(AUTHORITY, "PB", ALL, T(LEGAL_CASE)),
	ROW(AUTHORITY, "A2", NOT(MJ), T(PATENT)),
	ROW(AUTHORITY, "T3", ALL, T(HEARING) | T(BILL)),
	ROW(PUBLISHER, "PB", ALL, BUT(T(LEGAL_CASE))),
	ROW(PUBLISHER_PLACE, "C1", NOT(MJ), T(PAPER_CONFERENCE)),
	ROW(PUBLISHER_PLACE, "CY", ALL, BUT(T(SPEECH))),
	ROW(EVENT_PLACE, "", MJ, T(PAPER_CONFERENCE)),
	ROW(EVENT_PLACE, "CY", ALL, T(PAPER_CONFERENCE) | T(SPEECH)),

	/* What kind of thing */
	ROW(GENRE, "C4", ALL, SCREEN),
	ROW(GENRE, "M3", ALL, BUT(PICTURES)),
	ROW(MEDIUM, "M3", ALL, PICTURES),
	ROW(MEDIUM, "C5", ALL, SCREEN | T(SONG) | T(MUSICAL_SCORE)),
	ROW(MEDIUM, "M1", ALL, T(SOFTWARE)),
	ROW(SCALE, "C1", ALL, T(MAP)),
	ROW(STATUS, "C6", ALL, T(PATENT)),
	ROW(REFERENCES, "C5", ALL, T(PATENT)),
	ROW(REFERENCES, "OP", ALL, T(HEARING) | T(BILL) | LAWS | T(LEGAL_CASE)),

	/* Where to find it */
	ROW(DOI, "DO", ALL, EVERY),
	ROW(ISSN, "SN", ALL, JOURNALS | PRESS | OTHERS),
	ROW(ISBN, "SN", ALL, BUT(JOURNALS | PRESS | OTHERS | REPORTS | T(PATENT))),
	ROW(PMID, "AN", G(ENDNOTE), JOURNALS),
	ROW(PMCID, "C2", ALL, JOURNALS),
	ROW(URL, "UR", ALL, EVERY),
	ROW(CALL_NUMBER, "M1", ALL, T(PATENT)),
	ROW(CALL_NUMBER, "CN", ALL, EVERY),
	ROW(ARCHIVE, "DB", ALL, EVERY),
	ROW(ARCHIVE_LOCATION, "AV", ALL, EVERY),
	ROW(SOURCE, "DP", ALL, EVERY),
	ROW(LICENSE, "CR", ALL, EVERY),

	ROW(LANGUAGE, "LA", ALL, EVERY),
	ROW(KEYWORD, "KW", ALL, EVERY),
	ROW(ABSTRACT, "AB", ALL, EVERY),
	ROW(NOTE, "N1", ALL, EVERY),
	ROW(ANNOTE, "RN", ALL, EVERY),
};

#define ROWS (sizeof rows / sizeof *rows)
_Static_assert(ROWS <= NKC_RIS_LINES_MAX, "a plan has room for every row");
_Static_assert(NKC_TYPE_COUNT <= 64, "a set of types is 64 bits");

bool nkc_ris_has_journal(nkc_type type)
{
	return ((JOURNALS | PRESS) & ~T(PERIODICAL)) >> type & 1;
}

static bool row_has(const ris_row *row, nkc_type type, nkc_target target)
{
	return (row->types >> type & 1) && (row->targets >> target & 1);
}

/* Is there no row before this one that speaks for its variable? A row that stands in leaves room for others. */
static bool row_is_first(const ris_row *row, nkc_type type, nkc_target target)
{
	for (const ris_row *before = rows; before < row; before++) {
		if (before->var == row->var && row_has(before, type, target))
			return false;
	}
	return true;
}

nkc_var nkc_ris_var(nkc_type type, const char *tag)
{
	for (const ris_row *row = rows; row < rows + ROWS; row++) {
		if (strcmp(row->tag, tag) == 0 && !row->instead_of && row_has(row, type, NKC_TARGET_ANY) &&
		    row_is_first(row, type, NKC_TARGET_ANY))
			return row->var;
	}
	return NKC_VAR_NONE;
}

static int count_types(uint64_t set)
{
	int count = 0;
	for (; set; set &= set - 1)
		count++;
	return count;
}

bool nkc_ris_carry(nkc_type type, nkc_var var, const char **where)
{
	int most = 0;
	for (const ris_row *row = rows; row < rows + ROWS; row++) {
		if (row->var != var || row->instead_of || !*row->tag || !(row->targets >> NKC_TARGET_ANY & 1))
			continue;
		if (type ? !row_has(row, type, NKC_TARGET_ANY) : count_types(row->types) <= most)
			continue;
		*where = row->tag;
		most = count_types(row->types);
		if (type)
			return row_is_first(row, type, NKC_TARGET_ANY);
	}
	return most > 0;
}

static nkc_ris_form form_of(nkc_var var, nkc_type type)
{
	switch (var) {
	case NKC_VAR_ABSTRACT:
	case NKC_VAR_NOTE:
	case NKC_VAR_ANNOTE:
		return NKC_RIS_LINES;
	case NKC_VAR_ISSUED:
		return NKC_RIS_ISSUED;
	case NKC_VAR_ORIGINAL_DATE:
		return NKC_RIS_EDTF; /* OP is free text */
	case NKC_VAR_KEYWORD:
		return NKC_RIS_WORDS;
	case NKC_VAR_URL:
		return NKC_RIS_LINK;
	case NKC_VAR_PAGE:
		/* SP is the first page of a case and all code pages of a bill; Zotero overwrites it with EP. */
		return type == NKC_TYPE_LEGAL_CASE || type == NKC_TYPE_BILL ? NKC_RIS_TEXT : NKC_RIS_RANGE;
	default:
		break;
	}
	nkc_kind kind = nkc_var_kind(var);
	return kind == NKC_KIND_NAMES ? NKC_RIS_NAMES : kind == NKC_KIND_DATE ? NKC_RIS_DATE : NKC_RIS_TEXT;
}

/* Would Zotero drop it? Keywords become its tags, the annotation a note of its own, the author whoever comes first. */
static bool is_dropped(nkc_var var, nkc_type type, nkc_target target)
{
	if (target != NKC_TARGET_ZOTERO || var == NKC_VAR_KEYWORD || var == NKC_VAR_ANNOTE || var == NKC_VAR_AUTHOR)
		return false;
	if (var == NKC_VAR_SHORTTITLE || var == NKC_VAR_EVENT || var == NKC_VAR_CONTAINER_TITLE_SHORT)
		return false; /* other names of what it has */
	return !nkc_zotero_holds(nkc_ris_zotero_makes(type), var);
}

size_t nkc_ris_plan(nkc_type type, nkc_target target, nkc_ris_line *lines)
{
	size_t count = 0;
	for (const ris_row *row = rows; row < rows + ROWS; row++) {
		if (!*row->tag || !row_has(row, type, target) || !row_is_first(row, type, target) ||
		    is_dropped(row->var, type, target))
			continue;
		nkc_ris_line *line = &lines[count++];
		line->var = row->var;
		line->instead_of = row->instead_of;
		line->form = form_of(row->var, type);
		line->exact = !row->instead_of && nkc_ris_var(type, row->tag) == row->var;
		memcpy(line->tag, row->tag, sizeof line->tag);
	}
	return count;
}
