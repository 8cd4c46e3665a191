/*
 * The tables follow Zotero's schema (zotero-schema, version 41: itemTypes, csl) and what its CSL-JSON reader makes of it.
 */
#include "format/zotero.h"

#include "base/arena.h"
#include "format/values.h"
#include "record/date.h"

/* --- types --- */

/* CSL's types that Zotero takes for a "document", and where their fields have a place instead. */
static const struct {
	nkc_type type, instead;
} nearest[] = {
	{ NKC_TYPE_CLASSIC, NKC_TYPE_BOOK },
	{ NKC_TYPE_COLLECTION, NKC_TYPE_MANUSCRIPT },
	{ NKC_TYPE_ENTRY, NKC_TYPE_ENTRY_ENCYCLOPEDIA },
	{ NKC_TYPE_EVENT, NKC_TYPE_SPEECH },
	{ NKC_TYPE_FIGURE, NKC_TYPE_GRAPHIC },
	{ NKC_TYPE_MUSICAL_SCORE, NKC_TYPE_SONG },
	{ NKC_TYPE_PAMPHLET, NKC_TYPE_BOOK },
	{ NKC_TYPE_PERFORMANCE, NKC_TYPE_SPEECH },
	{ NKC_TYPE_PERIODICAL, NKC_TYPE_BOOK },
	{ NKC_TYPE_REGULATION, NKC_TYPE_LEGISLATION },
	{ NKC_TYPE_REVIEW, NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_REVIEW_BOOK, NKC_TYPE_ARTICLE_JOURNAL },
	{ NKC_TYPE_TREATY, NKC_TYPE_LEGISLATION },
	{ NKC_TYPE_NONE, NKC_TYPE_DOCUMENT },
};

nkc_type nkc_zotero_type(nkc_type type)
{
	for (size_t i = 0; i < sizeof nearest / sizeof *nearest; i++) {
		if (nearest[i].type == type)
			return nearest[i].instead;
	}
	return type;
}

/* --- fields --- */

#define T(name) (UINT64_C(1) << NKC_TYPE_##name)
#define EVERY (~UINT64_C(0))
#define BUT(set) (~(uint64_t)(set))

/* Sets of types as bits. */
#define ARTICLES (T(ARTICLE_JOURNAL) | T(ARTICLE_MAGAZINE) | T(ARTICLE_NEWSPAPER))
#define LEXICA (T(ENTRY_DICTIONARY) | T(ENTRY_ENCYCLOPEDIA))
#define IN_BOOKS (T(CHAPTER) | LEXICA)
#define LAWS (T(BILL) | T(LEGISLATION) | T(LEGAL_CASE))
#define POSTS (T(POST) | T(POST_WEBLOG))
#define SCREEN (T(BROADCAST) | T(MOTION_PICTURE))
/* These cannot be kept in an archive or a library. */
#define HOMELESS (LAWS | POSTS | T(HEARING) | T(SPEECH) | T(WEBPAGE))

static const struct {
	nkc_var var;
	uint64_t types;
} holds[] = {
	{ NKC_VAR_ID, EVERY },
	{ NKC_VAR_TITLE, EVERY },
	{ NKC_VAR_TITLE_SHORT, EVERY },
	{ NKC_VAR_ISSUED, EVERY },
	{ NKC_VAR_ACCESSED, EVERY },
	{ NKC_VAR_URL, EVERY },
	{ NKC_VAR_DOI, EVERY },
	{ NKC_VAR_ABSTRACT, EVERY },
	{ NKC_VAR_LICENSE, EVERY },
	{ NKC_VAR_CITATION_KEY, EVERY },
	{ NKC_VAR_NOTE, EVERY },
	{ NKC_VAR_LANGUAGE, BUT(T(SOFTWARE)) },

	{ NKC_VAR_AUTHOR, BUT(T(HEARING)) },
	{ NKC_VAR_CONTRIBUTOR, EVERY },
	{ NKC_VAR_CHAIR, T(SPEECH) },
	{ NKC_VAR_COLLECTION_EDITOR, T(BOOK) | IN_BOOKS | T(MAP) | T(PAPER_CONFERENCE) | T(REPORT) },
	{ NKC_VAR_COMPOSER, T(SONG) },
	{ NKC_VAR_CONTAINER_AUTHOR, T(CHAPTER) },
	{ NKC_VAR_DIRECTOR, SCREEN },
	{ NKC_VAR_EDITOR, T(ARTICLE) | T(ARTICLE_JOURNAL) | T(BOOK) | IN_BOOKS | T(DOCUMENT) | T(PAPER_CONFERENCE) | T(REPORT) |
	                  T(STANDARD) },
	{ NKC_VAR_EXECUTIVE_PRODUCER, T(BROADCAST) },
	{ NKC_VAR_GUEST, SCREEN },
	{ NKC_VAR_HOST, SCREEN },
	{ NKC_VAR_INTERVIEWER, T(INTERVIEW) },
	{ NKC_VAR_NARRATOR, T(MOTION_PICTURE) },
	{ NKC_VAR_ORGANIZER, T(SPEECH) },
	{ NKC_VAR_ORIGINAL_AUTHOR, T(SONG) },
	{ NKC_VAR_PERFORMER, SCREEN },
	{ NKC_VAR_PRODUCER, SCREEN },
	{ NKC_VAR_RECIPIENT, T(PERSONAL_COMMUNICATION) },
	{ NKC_VAR_REVIEWED_AUTHOR, T(ARTICLE) | ARTICLES | T(DOCUMENT) },
	{ NKC_VAR_SCRIPT_WRITER, SCREEN },
	{ NKC_VAR_SERIES_CREATOR, T(BROADCAST) },
	{ NKC_VAR_TRANSLATOR, BUT(LAWS | T(DATASET) | T(GRAPHIC) | T(HEARING) | T(MAP) | T(PATENT) | T(POST) | T(SOFTWARE) |
	                          T(STANDARD) | T(THESIS)) },

	{ NKC_VAR_CONTAINER_TITLE, ARTICLES | LAWS | IN_BOOKS | POSTS | T(BROADCAST) | T(PAPER_CONFERENCE) | T(SPEECH) |
	                           T(WEBPAGE) },
	{ NKC_VAR_JOURNALABBREVIATION, T(ARTICLE_JOURNAL) },
	{ NKC_VAR_COLLECTION_TITLE, T(ARTICLE) | T(ARTICLE_JOURNAL) | T(BOOK) | IN_BOOKS | SCREEN | T(MAP) | T(PAPER_CONFERENCE) |
	                            T(REPORT) | T(SOFTWARE) | T(SONG) | T(SPEECH) | T(THESIS) },
	{ NKC_VAR_COLLECTION_NUMBER, T(ARTICLE) | T(BOOK) | IN_BOOKS | T(PAPER_CONFERENCE) | T(REPORT) | T(THESIS) },
	{ NKC_VAR_EVENT_TITLE, T(PAPER_CONFERENCE) | T(SPEECH) },
	{ NKC_VAR_PART_TITLE, T(ARTICLE_JOURNAL) | T(STANDARD) },

	{ NKC_VAR_VOLUME, ARTICLES | LAWS | T(BOOK) | IN_BOOKS | T(MOTION_PICTURE) | T(PAPER_CONFERENCE) | T(SONG) },
	{ NKC_VAR_ISSUE, ARTICLES | T(PAPER_CONFERENCE) | T(PATENT) },
	{ NKC_VAR_NUMBER, LAWS | T(ARTICLE) | T(BROADCAST) | T(DATASET) | T(HEARING) | T(MANUSCRIPT) | T(PATENT) | T(REPORT) |
	                  T(STANDARD) },
	{ NKC_VAR_EDITION, T(ARTICLE_NEWSPAPER) | T(BOOK) | IN_BOOKS | T(MAP) | T(STANDARD) },
	{ NKC_VAR_VERSION, T(DATASET) | T(SOFTWARE) | T(STANDARD) },
	{ NKC_VAR_SECTION, T(ARTICLE_JOURNAL) | T(ARTICLE_NEWSPAPER) | T(BILL) | T(HEARING) | T(LEGISLATION) | T(STANDARD) },
	{ NKC_VAR_CHAPTER_NUMBER, T(BILL) | T(HEARING) | T(LEGISLATION) },
	{ NKC_VAR_PAGE, ARTICLES | LAWS | IN_BOOKS | T(HEARING) | T(PAPER_CONFERENCE) | T(PATENT) | T(REPORT) },
	{ NKC_VAR_NUMBER_OF_PAGES, T(BOOK) | T(MANUSCRIPT) | T(STANDARD) | T(THESIS) },
	{ NKC_VAR_NUMBER_OF_VOLUMES, T(BOOK) | IN_BOOKS | T(HEARING) | T(MOTION_PICTURE) | T(PAPER_CONFERENCE) | T(SONG) },

	{ NKC_VAR_ORIGINAL_DATE, T(BOOK) | T(CHAPTER) | T(PATENT) },
	{ NKC_VAR_ORIGINAL_PUBLISHER, T(BOOK) | T(CHAPTER) },
	{ NKC_VAR_ORIGINAL_PUBLISHER_PLACE, T(BOOK) | T(CHAPTER) },
	{ NKC_VAR_SUBMITTED, T(PATENT) },
	{ NKC_VAR_PUBLISHER, BUT(LAWS | POSTS | T(GRAPHIC) | T(PATENT) | T(PERSONAL_COMMUNICATION) | T(SPEECH)) },
	{ NKC_VAR_PUBLISHER_PLACE, BUT(LAWS | POSTS | T(GRAPHIC) | T(PERSONAL_COMMUNICATION) | T(SONG) | T(SPEECH)) },
	{ NKC_VAR_EVENT_PLACE, T(GRAPHIC) | T(PAPER_CONFERENCE) | T(PERSONAL_COMMUNICATION) | T(SONG) | T(SPEECH) },
	{ NKC_VAR_AUTHORITY, T(BILL) | T(HEARING) | T(LEGAL_CASE) | T(PATENT) | T(STANDARD) },
	{ NKC_VAR_STATUS, T(PATENT) | T(STANDARD) },
	{ NKC_VAR_REFERENCES, LAWS | T(HEARING) | T(PATENT) },

	{ NKC_VAR_GENRE, T(ARTICLE) | T(DATASET) | T(DOCUMENT) | T(MANUSCRIPT) | T(MAP) | T(MOTION_PICTURE) |
	                 T(PERSONAL_COMMUNICATION) | POSTS | T(REPORT) | T(SOFTWARE) | T(SPEECH) | T(STANDARD) | T(THESIS) |
	                 T(WEBPAGE) },
	{ NKC_VAR_MEDIUM, SCREEN | T(BOOK) | T(CHAPTER) | T(DATASET) | T(GRAPHIC) | T(INTERVIEW) | T(SOFTWARE) | T(SONG) },
	{ NKC_VAR_DIMENSIONS, SCREEN | T(GRAPHIC) | T(SONG) },
	{ NKC_VAR_SCALE, T(MAP) },

	{ NKC_VAR_ISBN, T(BOOK) | IN_BOOKS | T(MAP) | T(MOTION_PICTURE) | T(PAPER_CONFERENCE) | T(REPORT) | T(SOFTWARE) | T(SONG) |
	                T(STANDARD) | T(THESIS) },
	{ NKC_VAR_ISSN, ARTICLES | T(BOOK) | T(CHAPTER) | T(PAPER_CONFERENCE) | T(POST_WEBLOG) | T(REPORT) | T(THESIS) },
	{ NKC_VAR_PMID, T(ARTICLE_JOURNAL) },
	{ NKC_VAR_PMCID, T(ARTICLE_JOURNAL) },
	{ NKC_VAR_ARCHIVE, BUT(HOMELESS | T(PATENT)) },
	{ NKC_VAR_ARCHIVE_LOCATION, BUT(HOMELESS | T(PATENT)) },
	{ NKC_VAR_SOURCE, BUT(HOMELESS | T(PATENT)) },
	{ NKC_VAR_CALL_NUMBER, BUT(HOMELESS | T(BROADCAST)) },
};

bool nkc_zotero_holds(nkc_type type, nkc_var var)
{
	type = nkc_zotero_type(type);
	for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
		if (holds[i].var == var)
			return holds[i].types >> type & 1;
	}
	return false;
}

/* --- dates --- */

/* On one line: each run of white space and controls is one space. */
static void put_flat(nkc_buf *out, nkc_str text)
{
	text = nkc_str_trim(text);
	bool space = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if (byte > ' ' && byte != 0x7f)
			nkc_buf_putc(out, (char)byte);
		else if (!space)
			nkc_buf_putc(out, ' ');
		space = byte <= ' ' || byte == 0x7f;
	}
}

static const char *const seasons[] = { "Spring ", "Summer ", "Autumn ", "Winter " };

static bool is_season(const nkc_date_point *point)
{
	return point->month >= NKC_SPRING && point->month <= NKC_WINTER;
}

/* A season in words ("Michaelmas"), which CSL allows and Zotero shows; with digits it would look like a year. */
static nkc_str season_word(const nkc_date *date)
{
	nkc_str word = nkc_str_trim(nkc_value_text(nkc_value_find(date->value, NKC_STR("season"))));
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return NKC_STR("");
	}
	return word;
}

bool nkc_zotero_put_date(const nkc_date *date, nkc_buf *out)
{
	nkc_str word = season_word(date);
	if (word.len && date->structured && !date->start.month && date->start.year > 0) {
		put_flat(out, word);
		nkc_buf_printf(out, " %lld", (long long)date->start.year);
		return true;
	}
	bool season = is_season(&date->start) && date->finish == NKC_DATE_SINGLE;
	nkc_date shown = *date;
	if (!date->structured || date->begin || (!season && date->finish != NKC_DATE_CLOSED))
		return false;
	shown.start.approximate = shown.start.uncertain = shown.end.approximate = shown.end.uncertain = false;
	if (season) {
		nkc_buf_puts(out, seasons[date->start.month - NKC_SPRING]);
		shown.start.month = 0;
	}
	return nkc_edtf_write(&shown, out);
}

bool nkc_zotero_reads_words(nkc_str words)
{
	size_t digits = 0;
	bool letters = false;
	for (size_t i = 0; i < words.len; i++) {
		char c = words.ptr[i];
		digits = c >= '0' && c <= '9' ? digits + 1 : 0;
		letters |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool ends = i + 1 == words.len || words.ptr[i + 1] < '0' || words.ptr[i + 1] > '9';
		if (digits == 4 && ends)
			return true;
	}
	return !letters;
}

/* --- Extra --- */

/* The names by which CSL's specification, and Zotero, know what csl-data.json calls otherwise. */
static const char *extra_name(nkc_var var)
{
	switch (var) {
	case NKC_VAR_PART: return "part-number";
	case NKC_VAR_PRINTING: return "printing-number";
	case NKC_VAR_SUPPLEMENT: return "supplement-number";
	case NKC_VAR_JOURNALABBREVIATION: return "container-title-short";
	case NKC_VAR_SHORTTITLE: return "title-short";
	case NKC_VAR_EVENT: return "event-title";
	default: return nkc_var_name(var);
	}
}

/* Not for Extra: what only a processor or a program sets, and what has a form of its own. */
static bool is_citable(nkc_var var)
{
	static const nkc_var not[] = {
		NKC_VAR_ID, NKC_VAR_NOTE, NKC_VAR_CITATION_KEY, NKC_VAR_CITATION_LABEL, NKC_VAR_CITATION_NUMBER,
		NKC_VAR_FIRST_REFERENCE_NOTE_NUMBER, NKC_VAR_LOCATOR, NKC_VAR_YEAR_SUFFIX, NKC_VAR_PAGE_FIRST
	};
	for (size_t i = 0; i < sizeof not / sizeof *not; i++) {
		if (not[i] == var)
			return false;
	}
	return nkc_var_kind(var) != NKC_KIND_LIST && nkc_var_kind(var) != NKC_KIND_OBJECT;
}

static void put_label(nkc_buf *out, nkc_var var)
{
	nkc_buf_puts(out, extra_name(var));
	nkc_buf_put(out, ": ", 2);
}

/* Does a particle stand close to the name behind it ("d'", "al-")? */
static bool is_joined(nkc_str particle)
{
	return nkc_str_ends(particle, NKC_STR("'")) || nkc_str_ends(particle, NKC_STR("\xe2\x80\x99")) ||
	       nkc_str_ends(particle, NKC_STR("-"));
}

void nkc_zotero_put_family(const nkc_name *name, nkc_buf *out)
{
	nkc_str particle = nkc_str_trim(name->non_dropping_particle);
	put_flat(out, particle);
	if (particle.len && !is_joined(particle))
		nkc_buf_putc(out, ' ');
	put_flat(out, name->family);
}

void nkc_zotero_put_given(const nkc_name *name, nkc_buf *out)
{
	put_flat(out, name->given);
	if (name->dropping_particle.len) {
		if (name->given.len)
			nkc_buf_putc(out, ' ');
		put_flat(out, name->dropping_particle);
	}
	if (name->suffix.len) {
		if (name->given.len || name->dropping_particle.len)
			nkc_buf_put(out, ", ", 2);
		put_flat(out, name->suffix);
	}
}

/* author: van Gogh || Vincent */
static void put_name_line(nkc_var var, const nkc_name *name, nkc_buf *out)
{
	put_label(out, var);
	if (name->family.len || name->given.len) {
		nkc_zotero_put_family(name, out);
		nkc_buf_put(out, " || ", 4);
		nkc_zotero_put_given(name, out);
	} else {
		put_flat(out, name->literal);
	}
	nkc_buf_putc(out, '\n');
}

static void put_date_line(nkc_var var, const nkc_date *date, nkc_buf *out)
{
	size_t start = out->len;
	put_label(out, var);
	if (!nkc_edtf_write(date, out)) {
		nkc_str words = date->literal.len ? date->literal : date->raw;
		if (!words.len) {
			nkc_buf_truncate(out, start);
			return;
		}
		put_flat(out, words);
	}
	nkc_buf_putc(out, '\n');
}

static void put_text_line(nkc_var var, nkc_str text, nkc_buf *out)
{
	text = nkc_str_trim(text);
	if (nkc_str_empty(text))
		return;
	put_label(out, var);
	put_flat(out, text);
	nkc_buf_putc(out, '\n');
}

void nkc_zotero_put_extra(nkc_record *record, nkc_var var, nkc_buf *out)
{
	const nkc_name *names;
	nkc_date date;
	if (!nkc_record_get(record, var) || !is_citable(var))
		return;
	if (nkc_var_kind(var) == NKC_KIND_NAMES) {
		size_t count = nkc_record_names(record, var, &names);
		for (size_t i = 0; i < count; i++)
			put_name_line(var, &names[i], out);
	} else if (nkc_var_kind(var) != NKC_KIND_DATE) {
		put_text_line(var, nkc_record_text(record, var), out);
	} else if (nkc_record_date(record, var, &date)) {
		put_date_line(var, &date, out);
	}
}

void nkc_zotero_put_extra_value(nkc_var var, const nkc_value *value, nkc_buf *out)
{
	nkc_date date;
	if (var == NKC_VAR_NONE || !is_citable(var))
		return;
	if (nkc_var_kind(var) == NKC_KIND_NAMES) {
		for (const nkc_value *one = nkc_value_first(value); one; one = one->next) {
			nkc_name name = nkc_name_of(one);
			if (name.family.len || name.given.len || nkc_str_trim(name.literal).len)
				put_name_line(var, &name, out);
		}
	} else if (nkc_var_kind(var) != NKC_KIND_DATE) {
		put_text_line(var, nkc_value_text(value), out);
	} else if (nkc_date_read(value, &date) == NKC_OK) {
		put_date_line(var, &date, out);
	}
}

#define LABEL_MAX 40

/* The variable that a label means, however it is spelled: "Original Date", "original-date", "pmid". */
static nkc_var read_label(nkc_str label)
{
	char name[LABEL_MAX];
	if (!label.len || label.len > LABEL_MAX)
		return NKC_VAR_NONE;
	for (size_t i = 0; i < label.len; i++)
		name[i] = label.ptr[i] == ' ' ? '-' : label.ptr[i];
	nkc_str wanted = nkc_str_make(name, label.len);
	for (nkc_var var = NKC_VAR_NONE + 1; var < NKC_VAR_COUNT; var++) {
		if (nkc_str_eq_nocase(wanted, nkc_str_from(extra_name(var))) ||
		    nkc_str_eq_nocase(wanted, nkc_str_from(nkc_var_name(var))))
			return nkc_var_kind(var) == NKC_KIND_SHORT ? NKC_VAR_NONE : var;
	}
	return NKC_VAR_NONE;
}

static nkc_value *read_name(nkc_arena *arena, nkc_str text)
{
	size_t bars = nkc_str_find(text, NKC_STR("||"));
	if (bars == text.len)
		return nkc_name_read_text(arena, text);
	nkc_name name = { .family = nkc_str_trim(nkc_str_slice(text, 0, bars)),
		          .given = nkc_str_trim(nkc_str_slice(text, bars + 2, text.len)) };
	return nkc_name_object(arena, &name);
}

/* False: the line stays in the note. `before`: variables that stood in the item before Extra. */
static bool read_line(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_str value, const bool *before)
{
	if (var == NKC_VAR_TYPE) {
		nkc_type type = nkc_type_find(value);
		if (type == NKC_TYPE_NONE || nkc_zotero_type(type) != nkc_item_type(item))
			return false;
		nkc_value_set(item, NKC_STR("type"), nkc_value_string(arena, value));
	} else if (var == NKC_VAR_NONE || !value.len || before[var] || !is_citable(var)) {
		return false;
	} else if (nkc_var_kind(var) == NKC_KIND_NAMES) {
		nkc_item_add_name(item, arena, var, read_name(arena, value));
	} else if (nkc_item_get(item, var)) {
		return false;
	} else if (nkc_var_kind(var) == NKC_KIND_DATE) {
		nkc_item_add(item, var, nkc_date_read_text(arena, value));
	} else {
		nkc_item_add_text(item, arena, var, value);
	}
	return true;
}

void nkc_zotero_read_extra(nkc_value *item, nkc_arena *arena, nkc_str text)
{
	bool before[NKC_VAR_COUNT] = { false };
	nkc_buf note = nkc_arena_buf(arena);
	nkc_str line;
	for (const nkc_value *member = nkc_value_first(item); member; member = member->next)
		before[nkc_var_find(member->key)] = true;
	while (nkc_str_split(&text, '\n', &line)) {
		size_t colon = nkc_str_find_byte(line, ':');
		nkc_var var = read_label(nkc_str_trim(nkc_str_slice(line, 0, colon)));
		nkc_str value = nkc_str_trim(nkc_str_slice(line, colon + 1, line.len));
		if (colon < line.len && read_line(item, arena, var, value, before))
			continue;
		nkc_buf_put_str(&note, line);
		nkc_buf_putc(&note, '\n');
	}
	nkc_item_add_text(item, arena, NKC_VAR_NOTE, nkc_arena_keep(arena, &note));
}
