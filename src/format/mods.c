/*
 * MODS 3, what libraries exchange, and bibutils between formats. nkcite's own object stands in an extension.
 */
#include "format/mods.h"

#include "base/arena.h"
#include "format/own.h"
#include "format/xml_read.h"
#include "format/zotero.h"

/* --- types --- */

static const nkc_mods_type types[] = {
	{ NKC_TYPE_ARTICLE_JOURNAL, "periodical", "text" },
	{ NKC_TYPE_ARTICLE_MAGAZINE, "periodical", "text" },
	{ NKC_TYPE_ARTICLE_NEWSPAPER, "newspaper", "text" },
	{ NKC_TYPE_BILL, "legislation", "text" },
	{ NKC_TYPE_BOOK, "book", "text" },
	{ NKC_TYPE_BROADCAST, NULL, "moving image" },
	{ NKC_TYPE_CHAPTER, "book", "text" },
	{ NKC_TYPE_DATASET, "numeric data", "software, multimedia" },
	{ NKC_TYPE_ENTRY_DICTIONARY, "dictionary", "text" },
	{ NKC_TYPE_ENTRY_ENCYCLOPEDIA, "encyclopedia", "text" },
	{ NKC_TYPE_FIGURE, "picture", "still image" },
	{ NKC_TYPE_GRAPHIC, "art original", "still image" },
	{ NKC_TYPE_HEARING, "government publication", "text" },
	{ NKC_TYPE_INTERVIEW, "interview", "text" },
	{ NKC_TYPE_LEGAL_CASE, "legal case and case notes", "text" },
	{ NKC_TYPE_LEGISLATION, "legislation", "text" },
	{ NKC_TYPE_MAP, "map", "cartographic" },
	{ NKC_TYPE_MOTION_PICTURE, "motion picture", "moving image" },
	{ NKC_TYPE_MUSICAL_SCORE, NULL, "notated music" },
	{ NKC_TYPE_PAPER_CONFERENCE, "conference publication", "text" },
	{ NKC_TYPE_PATENT, "patent", "text" },
	{ NKC_TYPE_PERIODICAL, "periodical", "text" },
	{ NKC_TYPE_PERSONAL_COMMUNICATION, "letter", "text" },
	{ NKC_TYPE_POST, "web site", "software, multimedia" },
	{ NKC_TYPE_POST_WEBLOG, "web site", "software, multimedia" },
	{ NKC_TYPE_REPORT, "technical report", "text" },
	{ NKC_TYPE_SOFTWARE, NULL, "software, multimedia" },
	{ NKC_TYPE_SONG, "sound", "sound recording" },
	{ NKC_TYPE_SPEECH, NULL, "mixed material" },
	{ NKC_TYPE_STANDARD, "standard or specification", "text" },
	{ NKC_TYPE_THESIS, "thesis", "text" },
	{ NKC_TYPE_TREATY, "treaty", "text" },
	{ NKC_TYPE_WEBPAGE, "web site", "software, multimedia" },
	{ NKC_TYPE_NONE, NULL, "text" }, /* every other */
};

const nkc_mods_type *nkc_mods_type_for(nkc_type type)
{
	const nkc_mods_type *t = types;
	while (t->type != NKC_TYPE_NONE && t->type != type)
		t++;
	return t;
}

bool nkc_mods_is_part(nkc_type type)
{
	static const nkc_type parts[] = {
		NKC_TYPE_ARTICLE_JOURNAL, NKC_TYPE_ARTICLE_MAGAZINE, NKC_TYPE_ARTICLE_NEWSPAPER, NKC_TYPE_CHAPTER,
		NKC_TYPE_ENTRY, NKC_TYPE_ENTRY_DICTIONARY, NKC_TYPE_ENTRY_ENCYCLOPEDIA, NKC_TYPE_PAPER_CONFERENCE,
		NKC_TYPE_POST, NKC_TYPE_POST_WEBLOG, NKC_TYPE_REVIEW, NKC_TYPE_REVIEW_BOOK, NKC_TYPE_WEBPAGE,
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i] == type)
			return true;
	}
	return false;
}

typedef struct word {
	const char *word;
	nkc_type type;
} word;

static nkc_type find_word(const word *words, size_t count, nkc_str wanted)
{
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq_nocase(wanted, nkc_str_from(words[i].word)))
			return words[i].type;
	}
	return NKC_TYPE_NONE;
}

/* Zotero's names of types, MARC's genres, Dublin Core's types, and what bibutils writes. */
static const word genres[] = {
	{ "journalArticle", NKC_TYPE_ARTICLE_JOURNAL },
	{ "magazineArticle", NKC_TYPE_ARTICLE_MAGAZINE },
	{ "newspaperArticle", NKC_TYPE_ARTICLE_NEWSPAPER },
	{ "artwork", NKC_TYPE_GRAPHIC },
	{ "audioRecording", NKC_TYPE_SONG },
	{ "bill", NKC_TYPE_BILL },
	{ "blogPost", NKC_TYPE_POST_WEBLOG },
	{ "book", NKC_TYPE_BOOK },
	{ "bookSection", NKC_TYPE_CHAPTER },
	{ "case", NKC_TYPE_LEGAL_CASE },
	{ "computerProgram", NKC_TYPE_SOFTWARE },
	{ "conferencePaper", NKC_TYPE_PAPER_CONFERENCE },
	{ "dataset", NKC_TYPE_DATASET },
	{ "dictionaryEntry", NKC_TYPE_ENTRY_DICTIONARY },
	{ "document", NKC_TYPE_DOCUMENT },
	{ "email", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "encyclopediaArticle", NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ "film", NKC_TYPE_MOTION_PICTURE },
	{ "forumPost", NKC_TYPE_POST },
	{ "hearing", NKC_TYPE_HEARING },
	{ "instantMessage", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "interview", NKC_TYPE_INTERVIEW },
	{ "letter", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "manuscript", NKC_TYPE_MANUSCRIPT },
	{ "map", NKC_TYPE_MAP },
	{ "patent", NKC_TYPE_PATENT },
	{ "podcast", NKC_TYPE_BROADCAST },
	{ "preprint", NKC_TYPE_ARTICLE },
	{ "presentation", NKC_TYPE_SPEECH },
	{ "radioBroadcast", NKC_TYPE_BROADCAST },
	{ "report", NKC_TYPE_REPORT },
	{ "standard", NKC_TYPE_STANDARD },
	{ "statute", NKC_TYPE_LEGISLATION },
	{ "thesis", NKC_TYPE_THESIS },
	{ "tvBroadcast", NKC_TYPE_BROADCAST },
	{ "videoRecording", NKC_TYPE_MOTION_PICTURE },
	{ "webpage", NKC_TYPE_WEBPAGE },
	{ "art original", NKC_TYPE_GRAPHIC },
	{ "art reproduction", NKC_TYPE_GRAPHIC },
	{ "article", NKC_TYPE_ARTICLE_JOURNAL },
	{ "autobiography", NKC_TYPE_BOOK },
	{ "bibliography", NKC_TYPE_BOOK },
	{ "biography", NKC_TYPE_BOOK },
	{ "chart", NKC_TYPE_GRAPHIC },
	{ "comic", NKC_TYPE_BOOK },
	{ "comic or graphic novel", NKC_TYPE_BOOK },
	{ "comic strip", NKC_TYPE_GRAPHIC },
	{ "conference publication", NKC_TYPE_PAPER_CONFERENCE },
	{ "dictionary", NKC_TYPE_ENTRY_DICTIONARY },
	{ "diorama", NKC_TYPE_GRAPHIC },
	{ "drama", NKC_TYPE_BOOK },
	{ "encyclopedia", NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ "festschrift", NKC_TYPE_BOOK },
	{ "fiction", NKC_TYPE_BOOK },
	{ "filmstrip", NKC_TYPE_MOTION_PICTURE },
	{ "folktale", NKC_TYPE_BOOK },
	{ "globe", NKC_TYPE_MAP },
	{ "graphic", NKC_TYPE_GRAPHIC },
	{ "graphic novel", NKC_TYPE_BOOK },
	{ "handbook", NKC_TYPE_BOOK },
	{ "history", NKC_TYPE_BOOK },
	{ "humor, satire", NKC_TYPE_BOOK },
	{ "hymnal", NKC_TYPE_BOOK },
	{ "journal", NKC_TYPE_ARTICLE_JOURNAL },
	{ "kit", NKC_TYPE_GRAPHIC },
	{ "law report or digest", NKC_TYPE_ARTICLE_JOURNAL },
	{ "legal article", NKC_TYPE_ARTICLE_JOURNAL },
	{ "legal case", NKC_TYPE_LEGAL_CASE },
	{ "legal case and case notes", NKC_TYPE_LEGAL_CASE },
	{ "legislation", NKC_TYPE_LEGISLATION },
	{ "loose-leaf", NKC_TYPE_MANUSCRIPT },
	{ "memoir", NKC_TYPE_BOOK },
	{ "microscope slide", NKC_TYPE_GRAPHIC },
	{ "model", NKC_TYPE_GRAPHIC },
	{ "motion picture", NKC_TYPE_MOTION_PICTURE },
	{ "newspaper", NKC_TYPE_ARTICLE_NEWSPAPER },
	{ "novel", NKC_TYPE_BOOK },
	{ "numeric data", NKC_TYPE_DATASET },
	{ "online system or service", NKC_TYPE_WEBPAGE },
	{ "periodical", NKC_TYPE_ARTICLE_JOURNAL },
	{ "picture", NKC_TYPE_GRAPHIC },
	{ "realia", NKC_TYPE_GRAPHIC },
	{ "script", NKC_TYPE_BOOK },
	{ "slide", NKC_TYPE_GRAPHIC },
	{ "sound", NKC_TYPE_SONG },
	{ "speech", NKC_TYPE_SONG },
	{ "standard or specification", NKC_TYPE_STANDARD },
	{ "technical report", NKC_TYPE_REPORT },
	{ "theses", NKC_TYPE_THESIS },
	{ "transparency", NKC_TYPE_GRAPHIC },
	{ "treaty", NKC_TYPE_TREATY },
	{ "videorecording", NKC_TYPE_MOTION_PICTURE },
	{ "web site", NKC_TYPE_WEBPAGE },
	{ "yearbook", NKC_TYPE_BOOK },
	{ "image", NKC_TYPE_GRAPHIC },
	{ "interactiveresource", NKC_TYPE_WEBPAGE },
	{ "movingimage", NKC_TYPE_MOTION_PICTURE },
	{ "software", NKC_TYPE_SOFTWARE },
	{ "stillimage", NKC_TYPE_GRAPHIC },
	{ "journal article", NKC_TYPE_ARTICLE_JOURNAL },
	{ "magazine article", NKC_TYPE_ARTICLE_MAGAZINE },
	{ "newspaper article", NKC_TYPE_ARTICLE_NEWSPAPER },
	{ "book chapter", NKC_TYPE_CHAPTER },
	{ "collection", NKC_TYPE_CHAPTER },
	{ "Ph.D. thesis", NKC_TYPE_THESIS },
	{ "Masters thesis", NKC_TYPE_THESIS },
	{ "Diploma thesis", NKC_TYPE_THESIS },
	{ "Doctoral thesis", NKC_TYPE_THESIS },
	{ "Habilitation thesis", NKC_TYPE_THESIS },
	{ "Licentiate thesis", NKC_TYPE_THESIS },
	{ "web page", NKC_TYPE_WEBPAGE },
	{ "unpublished", NKC_TYPE_MANUSCRIPT },
	{ "communication", NKC_TYPE_PERSONAL_COMMUNICATION },
	{ "hearing transcript", NKC_TYPE_HEARING },
};

nkc_type nkc_mods_genre(nkc_str text)
{
	return find_word(genres, sizeof genres / sizeof *genres, nkc_str_trim(text));
}

nkc_type nkc_mods_resource(nkc_str text)
{
	static const word resources[] = {
		{ "cartographic", NKC_TYPE_MAP },
		{ "sound recording", NKC_TYPE_SONG },
		{ "sound recording-musical", NKC_TYPE_SONG },
		{ "sound recording-nonmusical", NKC_TYPE_SONG },
		{ "notated music", NKC_TYPE_MUSICAL_SCORE },
		{ "still image", NKC_TYPE_GRAPHIC },
		{ "moving image", NKC_TYPE_MOTION_PICTURE },
		{ "software, multimedia", NKC_TYPE_SOFTWARE },
	};
	return find_word(resources, sizeof resources / sizeof *resources, nkc_str_trim(text));
}

/* --- roles --- */

/* Of several rows for a variable, the first is written. */
static const nkc_mods_role roles[] = {
	{ "aut", "author", NKC_VAR_AUTHOR },
	{ "edt", "editor", NKC_VAR_EDITOR },
	{ "trl", "translator", NKC_VAR_TRANSLATOR },
	{ "com", "compiler", NKC_VAR_COMPILER },
	{ "cmp", "composer", NKC_VAR_COMPOSER },
	{ "ctb", "contributor", NKC_VAR_CONTRIBUTOR },
	{ "cur", "curator", NKC_VAR_CURATOR },
	{ "drt", "director", NKC_VAR_DIRECTOR },
	{ "edd", "editorial director", NKC_VAR_EDITORIAL_DIRECTOR },
	{ "hst", "host", NKC_VAR_HOST },
	{ "ill", "illustrator", NKC_VAR_ILLUSTRATOR },
	{ "ivr", "interviewer", NKC_VAR_INTERVIEWER },
	{ "mod", "chair", NKC_VAR_CHAIR },
	{ "nrt", "narrator", NKC_VAR_NARRATOR },
	{ "orm", "organizer", NKC_VAR_ORGANIZER },
	{ "prf", "performer", NKC_VAR_PERFORMER },
	{ "pro", "producer", NKC_VAR_PRODUCER },
	{ "rcp", "recipient", NKC_VAR_RECIPIENT },
	{ "aus", "scriptwriter", NKC_VAR_SCRIPT_WRITER },
	{ "pbd", "series editor", NKC_VAR_COLLECTION_EDITOR },
	{ "", "executive producer", NKC_VAR_EXECUTIVE_PRODUCER },
	{ "", "guest", NKC_VAR_GUEST },
	{ "", "series creator", NKC_VAR_SERIES_CREATOR },
	{ "cre", "creator", NKC_VAR_AUTHOR },
	{ "art", "artist", NKC_VAR_AUTHOR },
	{ "ctg", "cartographer", NKC_VAR_AUTHOR },
	{ "inv", "inventor", NKC_VAR_AUTHOR },
	{ "ive", "interviewee", NKC_VAR_AUTHOR },
	{ "pht", "photographer", NKC_VAR_AUTHOR },
	{ "prg", "programmer", NKC_VAR_AUTHOR },
	{ "spk", "speaker", NKC_VAR_AUTHOR },
	{ "pre", "presenter", NKC_VAR_AUTHOR },
	{ "dis", "dissertant", NKC_VAR_AUTHOR },
	{ "fmd", "film director", NKC_VAR_DIRECTOR },
	{ "fmp", "film producer", NKC_VAR_PRODUCER },
	{ "act", "actor", NKC_VAR_PERFORMER },
	{ "sng", "singer", NKC_VAR_PERFORMER },
	{ "", "cast member", NKC_VAR_PERFORMER },
	{ "ths", "thesis advisor", NKC_VAR_CONTRIBUTOR },
	{ "dgs", "degree supervisor", NKC_VAR_CONTRIBUTOR },
};

const nkc_mods_role *nkc_mods_role_for(nkc_var var)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (roles[i].var == var)
			return &roles[i];
	}
	return NULL;
}

nkc_var nkc_mods_role_var(nkc_str term)
{
	term = nkc_str_trim(term);
	for (size_t i = 0; term.len && i < sizeof roles / sizeof *roles; i++) {
		if (nkc_str_eq_nocase(term, nkc_str_from(roles[i].code)) ||
		    nkc_str_eq_nocase(term, nkc_str_from(roles[i].word)))
			return roles[i].var;
	}
	return NKC_VAR_NONE;
}

/* --- the format --- */

static nkc_value *get_native(nkc_arena *arena, nkc_str text)
{
	nkc_xml_node *mods;
	nkc_xml_fault fault;
	return nkc_xml_parse_mixed(arena, text, &mods, &fault) ? NULL : nkc_mods_item(arena, mods);
}

static const nkc_native native = { .where = "extension", .put = nkc_mods_put, .get = get_native };

static nkc_str own_of(nkc_arena *arena, const nkc_xml_node *mods)
{
	nkc_buf text = nkc_arena_buf(arena);
	const nkc_xml_node *extension = nkc_xml_child(mods, "extension");
	for (; extension && !text.len; extension = nkc_xml_next(extension, "extension"))
		nkc_xml_put_text(nkc_xml_child(extension, "nkcite"), &text);
	return nkc_arena_keep(arena, &text);
}

static const char *const records[] = { "mods", NULL };

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
	nkc_value *item = nkc_mods_item(arena, entry.node);
	status = nkc_own_adopt(reader, &native, item, own_of(arena, entry.node), entry.start, entry.length);
	*record = status ? NULL : reader->record;
	return status;
}

static int sniff(nkc_str head)
{
	bool named = nkc_str_find(head, NKC_STR("<mods")) < head.len || nkc_str_find(head, NKC_STR(":mods")) < head.len;
	if (nkc_str_find(head, NKC_STR(NKC_MODS_SPACE)) < head.len)
		return named ? 96 : 40;
	return nkc_str_find(head, NKC_STR("<mods")) < head.len ? 80 : 0;
}

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out,
	             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<modsCollection xmlns=\"" NKC_MODS_SPACE
	             "\">\n");
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_own_write(writer->state, &native, writer, record, out);
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "</modsCollection>\n");
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	*where = nkc_mods_place(var);
	(void)type;
	if (*where)
		return NKC_CARRY_NATIVE;
	*where = native.where;
	return NKC_CARRY_CONVENTION;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	const nkc_mods_type *t = nkc_mods_type_for(type);
	*where = t->genre ? t->genre : t->resource;
	return nkc_zotero_type(type) == type ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = nkc_xml_read_close };

static const nkc_writer_ops writer = {
	.open = nkc_own_open_writer,
	.begin = write_begin,
	.record = write_record,
	.end = write_end,
	.close = nkc_own_close_writer,
};

const nkc_format nkc_format_mods = {
	.name = "mods",
	.title = "MODS",
	.extensions = "mods,xml",
	.media_type = "application/mods+xml",
	.sniff = sniff,
	.reader = &reader,
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
