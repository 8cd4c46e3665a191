#include "format/bibtex_fields.h"

/* --- sets of item types, by what they become --- */

#define T(type) NKC_BIB_TYPE(NKC_TYPE_##type)
#define ALL (~(nkc_bib_types)0)
#define ARTICLES (T(ARTICLE_JOURNAL) | T(ARTICLE_MAGAZINE) | T(ARTICLE_NEWSPAPER) | T(REVIEW) | T(REVIEW_BOOK))
#define PREPRINTS T(ARTICLE)
#define BOOKS (T(BOOK) | T(CLASSIC))
#define CHAPTERS T(CHAPTER)
#define PARTS (T(CHAPTER) | T(ENTRY) | T(ENTRY_DICTIONARY) | T(ENTRY_ENCYCLOPEDIA))
#define CONFERENCES T(PAPER_CONFERENCE)
#define REPORTS T(REPORT)
#define THESES T(THESIS)
#define BOOKLETS T(PAMPHLET)
#define MANUALS T(STANDARD)
#define UNPUBLISHED (T(MANUSCRIPT) | T(SPEECH))
#define WEB (T(WEBPAGE) | T(POST) | T(POST_WEBLOG))
#define ONLINE (WEB | PREPRINTS)
#define DATASETS T(DATASET)
#define SOFTWARES T(SOFTWARE)
#define PATENTS T(PATENT)
#define PERIODICALS T(PERIODICAL)
#define LAWS (T(BILL) | T(LEGISLATION) | T(REGULATION))
#define CASES T(LEGAL_CASE)
#define HEARINGS T(HEARING)
#define LETTERS T(PERSONAL_COMMUNICATION)
#define GRAPHICS (T(GRAPHIC) | T(FIGURE))
#define AUDIO (T(SONG) | T(MUSICAL_SCORE))
#define VIDEO T(BROADCAST)
#define FILMS T(MOTION_PICTURE)
#define MISC \
	(ALL & ~(ARTICLES | BOOKS | PARTS | CONFERENCES | REPORTS | THESES | BOOKLETS | MANUALS | \
	         UNPUBLISHED | ONLINE | DATASETS | SOFTWARES | PATENTS | PERIODICALS))
#define MISC_IN_BIBTEX (MISC | ONLINE | DATASETS | SOFTWARES | PATENTS | PERIODICALS | UNPUBLISHED)
#define MISC_IN_ZOTERO                                                                                               \
	(T(NONE) | T(DOCUMENT) | T(SPEECH) | T(DATASET) | T(EVENT) | T(INTERVIEW) | T(MAP) | T(PERFORMANCE) | T(TREATY))

const nkc_bib_field nkc_bib_fields[] = {
#define NKC_BIB_FIELD(var, how, bibtex, bibtex_types, biblatex, biblatex_types, zotero, zotero_types) \
	{ NKC_VAR_##var, NKC_BIB_##how, { bibtex, biblatex, zotero }, { bibtex_types, biblatex_types, zotero_types } },
#include "format/bibtex_fields.def"
#undef NKC_BIB_FIELD
};

const size_t nkc_bib_field_count = sizeof nkc_bib_fields / sizeof *nkc_bib_fields;

const nkc_bib_field *nkc_bib_field_find(nkc_bib_dialect dialect, nkc_type type, nkc_var var)
{
	for (size_t i = 0; i < nkc_bib_field_count; i++) {
		const nkc_bib_field *field = &nkc_bib_fields[i];
		if (field->var == var && (field->types[dialect] & NKC_BIB_TYPE(type)))
			return field;
	}
	return NULL;
}

/* --- entry types --- */

const nkc_bib_entry nkc_bib_entries[] = {
#define NKC_BIB_ENTRY(type, bibtex, biblatex, zotero, needs, subtype) \
	{ NKC_TYPE_##type, { bibtex, biblatex, zotero }, NKC_VAR_##needs, subtype },
#include "format/bibtex_types.def"
#undef NKC_BIB_ENTRY
};

const size_t nkc_bib_entry_count = sizeof nkc_bib_entries / sizeof *nkc_bib_entries;

const nkc_bib_entry *nkc_bib_entry_find(nkc_bib_dialect dialect, nkc_type type, nkc_value *const *has)
{
	const nkc_bib_entry *entry = nkc_bib_entries;
	for (;; entry++) {
		if (entry->type != type || !entry->name[dialect])
			continue;
		if (entry->needs == NKC_VAR_NONE || (has && has[entry->needs]))
			return entry;
	}
}

const char *nkc_bib_rest_name(nkc_bib_dialect dialect)
{
	return dialect == NKC_BIBLATEX ? "verbc" : "nkcite";
}

/* --- how a dialect carries things --- */

nkc_var nkc_bib_title_of_whole(nkc_type type)
{
	if (NKC_BIB_TYPE(type) & BOOKS)
		return NKC_VAR_TITLE;
	return NKC_BIB_TYPE(type) & (PARTS | CONFERENCES) ? NKC_VAR_CONTAINER_TITLE : NKC_VAR_NONE;
}

nkc_carry nkc_bib_carry_var(nkc_bib_dialect dialect, nkc_type type, nkc_var var, const char **where)
{
	const nkc_bib_field *field = nkc_bib_field_find(dialect, type, var);
	nkc_var whole = nkc_bib_title_of_whole(type == NKC_TYPE_NONE ? NKC_TYPE_BOOK : type);
	if (dialect == NKC_BIBLATEX && var == NKC_VAR_VOLUME_TITLE && whole) {
		*where = whole == NKC_VAR_TITLE ? "title" : "booktitle"; /* that of the whole is in maintitle */
		return NKC_CARRY_NATIVE;
	}
	if (var == NKC_VAR_ID || var == NKC_VAR_TYPE) {
		*where = var == NKC_VAR_ID ? "the key" : "the entry type";
		return NKC_CARRY_NATIVE;
	}
	if (var == NKC_VAR_ARCHIVE_LOCATION)
		field = NULL; /* eprint holds that of arXiv only */
	*where = field ? field->name[dialect] : nkc_bib_rest_name(dialect);
	return field ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

nkc_carry nkc_bib_carry_type(nkc_bib_dialect dialect, nkc_type type, const char **where)
{
	const nkc_bib_entry *entry = nkc_bib_entry_find(dialect, type, NULL);
	*where = entry->name[dialect];
	return entry->subtype ? NKC_CARRY_CONVENTION : NKC_CARRY_NATIVE;
}

/* --- languages --- */

typedef struct language {
	char tag[7];
	char name[14];
} language;

/* Language tags and the names that babel and biblatex know them by (babel's manual, section 1.26). Ascending, without case. */
static const language languages[] = {
	{ "af", "afrikaans" },   { "bg", "bulgarian" },    { "br", "breton" },     { "ca", "catalan" },
	{ "cs", "czech" },       { "cy", "welsh" },        { "da", "danish" },     { "de", "ngerman" },
	{ "de-AT", "naustrian" }, { "de-CH", "nswissgerman" }, { "dsb", "lowersorbian" }, { "el", "greek" },
	{ "en", "english" },     { "en-AU", "australian" }, { "en-CA", "canadian" }, { "en-GB", "british" },
	{ "en-NZ", "newzealand" }, { "en-US", "american" }, { "eo", "esperanto" },  { "es", "spanish" },
	{ "et", "estonian" },    { "eu", "basque" },       { "fi", "finnish" },    { "fr", "french" },
	{ "fr-CA", "canadien" }, { "ga", "irish" },        { "gd", "scottish" },   { "gl", "galician" },
	{ "hr", "croatian" },    { "hsb", "uppersorbian" }, { "hu", "hungarian" }, { "ia", "interlingua" },
	{ "id", "indonesian" },  { "is", "icelandic" },    { "it", "italian" },    { "la", "latin" },
	{ "lt", "lithuanian" },  { "lv", "latvian" },      { "ms", "malay" },      { "nb", "norsk" },
	{ "nl", "dutch" },       { "nn", "nynorsk" },      { "no", "norsk" },      { "pl", "polish" },
	{ "pt", "portuguese" },  { "pt-BR", "brazilian" }, { "ro", "romanian" },   { "ru", "russian" },
	{ "sk", "slovak" },      { "sl", "slovene" },      { "sq", "albanian" },   { "sr", "serbian" },
	{ "sv", "swedish" },     { "tr", "turkish" },      { "uk", "ukrainian" }
};

static size_t fold_tag(nkc_str tag, char *lower)
{
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i] == '_' ? '-' : tag.ptr[i];
		lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return tag.len;
}

/* tag: in small letters */
static const char *find_language(nkc_str tag)
{
	char lower[sizeof languages[0].tag];
	size_t low = 0, high = sizeof languages / sizeof *languages;
	while (low < high) {
		size_t middle = (low + high) / 2;
		size_t len = fold_tag(nkc_str_from(languages[middle].tag), lower);
		int order = nkc_str_cmp(nkc_str_make(lower, len), tag);
		if (order == 0)
			return languages[middle].name;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *nkc_bib_language_tag(nkc_str babel)
{
	static const language older[] = { { "en-US", "USenglish" }, { "en-GB", "UKenglish" }, { "de", "german" },
		                          { "de-AT", "austrian" },  { "fr", "francais" },    { "pt-BR", "brazil" },
		                          { "hu", "magyar" },       { "pt", "portuges" },    { "sl", "slovenian" } };
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		if (nkc_str_is(babel, languages[i].name))
			return languages[i].tag;
	}
	for (size_t i = 0; i < sizeof older / sizeof *older; i++) {
		if (nkc_str_is(babel, older[i].name))
			return older[i].tag;
	}
	return NULL;
}

const char *nkc_bib_babel_name(nkc_str tag)
{
	char lower[sizeof languages[0].tag];
	size_t len = fold_tag(nkc_str_slice(tag, 0, sizeof lower - 1), lower);
	const char *name = tag.len < sizeof lower ? find_language(nkc_str_make(lower, len)) : NULL;
	size_t primary = nkc_str_find_byte(nkc_str_make(lower, len), '-');
	return name ? name : find_language(nkc_str_make(lower, primary));
}

bool nkc_bib_counts_pages(nkc_type type, nkc_str pages)
{
	if (!(NKC_BIB_TYPE(type) & (BOOKS | THESES | BOOKLETS | T(MANUSCRIPT))))
		return false;
	for (size_t i = 0; i < pages.len; i++) {
		if (pages.ptr[i] < '0' || pages.ptr[i] > '9')
			return false;
	}
	return pages.len > 0;
}

nkc_var nkc_bib_noted_identifier(nkc_str note, nkc_str *number)
{
	static const struct {
		char label[7], prefix[4];
		nkc_var var;
	} labels[] = { { "PMID:", "", NKC_VAR_PMID }, { "PMCID:", "PMC", NKC_VAR_PMCID } };
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		nkc_str label = nkc_str_from(labels[i].label), prefix = nkc_str_from(labels[i].prefix);
		if (!nkc_str_starts(note, label))
			continue;
		*number = nkc_str_trim(nkc_str_slice(note, label.len, note.len));
		size_t at = nkc_str_starts(*number, prefix) ? prefix.len : 0;
		size_t digits = at;
		while (digits < number->len && number->ptr[digits] >= '0' && number->ptr[digits] <= '9')
			digits++;
		return digits > at && digits == number->len ? labels[i].var : NKC_VAR_NONE;
	}
	return NKC_VAR_NONE;
}
