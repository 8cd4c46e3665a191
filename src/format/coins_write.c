#include "format/coins.h"

#include "format/rich.h"
#include "format/values.h"
#include "format/zotero.h"
#include "record/date.h"

/* The first row of a type is how it is written. Names in Dublin Core are Zotero's, which reads them back. */
static const nkc_coins_type types[] = {
	{ "article", NKC_TYPE_ARTICLE_JOURNAL, NKC_COINS_JOURNAL },
	{ "book", NKC_TYPE_BOOK, NKC_COINS_BOOK },
	{ "bookitem", NKC_TYPE_CHAPTER, NKC_COINS_BOOKITEM },
	{ "proceeding", NKC_TYPE_PAPER_CONFERENCE, NKC_COINS_PROCEEDING },
	{ "conference", NKC_TYPE_PAPER_CONFERENCE, NKC_COINS_PROCEEDING },
	{ "report", NKC_TYPE_REPORT, NKC_COINS_REPORT },
	{ "dissertation", NKC_TYPE_THESIS, NKC_COINS_DISSERTATION },
	{ "patent", NKC_TYPE_PATENT, NKC_COINS_PATENT },
	{ "webpage", NKC_TYPE_WEBPAGE, NKC_COINS_DC },
	{ "artwork", NKC_TYPE_GRAPHIC, NKC_COINS_DC },
	{ "audioRecording", NKC_TYPE_SONG, NKC_COINS_DC },
	{ "bill", NKC_TYPE_BILL, NKC_COINS_DC },
	{ "blogPost", NKC_TYPE_POST_WEBLOG, NKC_COINS_DC },
	{ "book", NKC_TYPE_BOOK, NKC_COINS_DC },
	{ "bookSection", NKC_TYPE_CHAPTER, NKC_COINS_DC },
	{ "case", NKC_TYPE_LEGAL_CASE, NKC_COINS_DC },
	{ "computerProgram", NKC_TYPE_SOFTWARE, NKC_COINS_DC },
	{ "conferencePaper", NKC_TYPE_PAPER_CONFERENCE, NKC_COINS_DC },
	{ "dataset", NKC_TYPE_DATASET, NKC_COINS_DC },
	{ "dictionaryEntry", NKC_TYPE_ENTRY_DICTIONARY, NKC_COINS_DC },
	{ "document", NKC_TYPE_DOCUMENT, NKC_COINS_DC },
	{ "encyclopediaArticle", NKC_TYPE_ENTRY_ENCYCLOPEDIA, NKC_COINS_DC },
	{ "film", NKC_TYPE_MOTION_PICTURE, NKC_COINS_DC },
	{ "forumPost", NKC_TYPE_POST, NKC_COINS_DC },
	{ "hearing", NKC_TYPE_HEARING, NKC_COINS_DC },
	{ "interview", NKC_TYPE_INTERVIEW, NKC_COINS_DC },
	{ "journalArticle", NKC_TYPE_ARTICLE_JOURNAL, NKC_COINS_DC },
	{ "letter", NKC_TYPE_PERSONAL_COMMUNICATION, NKC_COINS_DC },
	{ "email", NKC_TYPE_PERSONAL_COMMUNICATION, NKC_COINS_DC },
	{ "instantMessage", NKC_TYPE_PERSONAL_COMMUNICATION, NKC_COINS_DC },
	{ "magazineArticle", NKC_TYPE_ARTICLE_MAGAZINE, NKC_COINS_DC },
	{ "manuscript", NKC_TYPE_MANUSCRIPT, NKC_COINS_DC },
	{ "map", NKC_TYPE_MAP, NKC_COINS_DC },
	{ "newspaperArticle", NKC_TYPE_ARTICLE_NEWSPAPER, NKC_COINS_DC },
	{ "patent", NKC_TYPE_PATENT, NKC_COINS_DC },
	{ "podcast", NKC_TYPE_SONG, NKC_COINS_DC },
	{ "preprint", NKC_TYPE_ARTICLE, NKC_COINS_DC },
	{ "presentation", NKC_TYPE_SPEECH, NKC_COINS_DC },
	{ "radioBroadcast", NKC_TYPE_BROADCAST, NKC_COINS_DC },
	{ "tvBroadcast", NKC_TYPE_BROADCAST, NKC_COINS_DC },
	{ "report", NKC_TYPE_REPORT, NKC_COINS_DC },
	{ "standard", NKC_TYPE_STANDARD, NKC_COINS_DC },
	{ "statute", NKC_TYPE_LEGISLATION, NKC_COINS_DC },
	{ "thesis", NKC_TYPE_THESIS, NKC_COINS_DC },
	{ "videoRecording", NKC_TYPE_MOTION_PICTURE, NKC_COINS_DC },
};
#define TYPES (sizeof types / sizeof *types)

static const nkc_coins_type *find_exactly(nkc_type type)
{
	for (size_t i = 0; i < TYPES; i++) {
		if (types[i].type == type)
			return &types[i];
	}
	return NULL;
}

const nkc_coins_type *nkc_coins_type_for(nkc_type type)
{
	const nkc_coins_type *found = find_exactly(type);
	if (!found)
		found = find_exactly(nkc_zotero_type(type));
	return found ? found : find_exactly(NKC_TYPE_DOCUMENT);
}

const nkc_coins_type *nkc_coins_type_find(nkc_str name, unsigned forms)
{
	for (size_t i = 0; i < TYPES; i++) {
		if (types[i].form & forms && nkc_str_is(name, types[i].name))
			return &types[i];
	}
	return NULL;
}

#define ANY 0xFFu
#define BOOKS (NKC_COINS_BOOK | NKC_COINS_BOOKITEM | NKC_COINS_PROCEEDING | NKC_COINS_REPORT)

const nkc_coins_key nkc_coins_keys[] = {
	{ "atitle", NKC_VAR_TITLE, NKC_COINS_INSIDE, true },
	{ "jtitle", NKC_VAR_CONTAINER_TITLE, NKC_COINS_JOURNAL, true },
	{ "stitle", NKC_VAR_CONTAINER_TITLE_SHORT, NKC_COINS_JOURNAL, true },
	{ "btitle", NKC_VAR_CONTAINER_TITLE, NKC_COINS_BOOKITEM | NKC_COINS_PROCEEDING, true },
	{ "btitle", NKC_VAR_TITLE, NKC_COINS_BOOK | NKC_COINS_REPORT, true },
	{ "title", NKC_VAR_CONTAINER_TITLE, NKC_COINS_INSIDE, false },
	{ "title", NKC_VAR_TITLE, NKC_COINS_DC | NKC_COINS_DISSERTATION | NKC_COINS_PATENT, true },
	{ "title", NKC_VAR_TITLE, ANY, false },
	{ "source", NKC_VAR_CONTAINER_TITLE, NKC_COINS_DC, true },
	{ "source", NKC_VAR_CONTAINER_TITLE, ANY, false },
	{ "volume", NKC_VAR_VOLUME, ANY, true },
	{ "issue", NKC_VAR_ISSUE, ANY, true },
	{ "edition", NKC_VAR_EDITION, BOOKS, true },
	{ "edition", NKC_VAR_EDITION, ANY, false },
	{ "series", NKC_VAR_COLLECTION_TITLE, ANY, true },
	{ "pages", NKC_VAR_PAGE, ANY, true },
	{ "tpages", NKC_VAR_NUMBER_OF_PAGES, ANY, true },
	{ "inst", NKC_VAR_PUBLISHER, NKC_COINS_DISSERTATION, true },
	{ "degree", NKC_VAR_GENRE, NKC_COINS_DISSERTATION, true },
	{ "number", NKC_VAR_NUMBER, NKC_COINS_PATENT, true },
	{ "assignee", NKC_VAR_PUBLISHER, NKC_COINS_PATENT, false },
	{ "publisher", NKC_VAR_PUBLISHER, NKC_COINS_DC, true },
	{ "pub", NKC_VAR_PUBLISHER, BOOKS, true },
	{ "pub", NKC_VAR_PUBLISHER, ANY, false },
	{ "publisher", NKC_VAR_PUBLISHER, ANY, false },
	{ "place", NKC_VAR_PUBLISHER_PLACE, ANY, true },
	{ "isbn", NKC_VAR_ISBN, ANY, true },
	{ "issn", NKC_VAR_ISSN, ANY, true },
	{ "eissn", NKC_VAR_ISSN, ANY, false },
	{ "language", NKC_VAR_LANGUAGE, ANY, true },
	{ "rights", NKC_VAR_LICENSE, ANY, true },
	{ "description", NKC_VAR_ABSTRACT, ANY, true },
	{ "date", NKC_VAR_ISSUED, ANY, true },
	{ "appldate", NKC_VAR_SUBMITTED, NKC_COINS_PATENT, true },
};
const size_t nkc_coins_key_count = sizeof nkc_coins_keys / sizeof *nkc_coins_keys;

/* --- writing --- */

/* All but the characters that never mean anything in an address (RFC 3986, section 2.3); bytes that are not UTF-8 as U+FFFD. */
static void put_encoded(nkc_str text, nkc_buf *out)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		nkc_str bytes = rune == NKC_RUNE_BAD ? NKC_STR("\xef\xbf\xbd") : nkc_str_slice(text, from, at);
		for (size_t i = 0; i < bytes.len; i++) {
			unsigned char c = (unsigned char)bytes.ptr[i];
			bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			             c == '-' || c == '.' || c == '_' || c == '~';
			nkc_buf_printf(out, plain ? "%c" : "%%%02X", c);
		}
	}
}

static void put_pair(const char *key, const char *before, nkc_str value, nkc_buf *out)
{
	nkc_buf_printf(out, "&%s=%s", key, before);
	put_encoded(value, out);
}

/* Without CSL's markup. */
static void put_text(const char *key, nkc_str text, nkc_buf *out)
{
	nkc_str run;
	unsigned faces = 0;
	text = nkc_str_trim(text);
	if (!text.len)
		return;
	nkc_buf_printf(out, "&rft.%s=", key);
	while (nkc_rich_next(&text, &run, &faces))
		put_encoded(run, out);
}

/* The day on which it begins, which is all that a date of OpenURL can be. */
static void put_date(nkc_record *record, const nkc_coins_key *key, nkc_buf *out)
{
	nkc_date date;
	nkc_buf text = NKC_BUF_INIT;
	if (!nkc_record_date(record, key->var, &date))
		return;
	if (!date.structured) {
		put_text(key->key, date.literal.len ? date.literal : date.raw, out);
		return;
	}
	nkc_date day = nkc_date_empty;
	day.structured = date.begin == NKC_DATE_SINGLE && date.start.year > 0;
	day.start = (nkc_date_point){ .year = date.start.year, .month = date.start.month, .day = date.start.day };
	if (day.start.month > 12)
		day.start.month = day.start.day = 0;
	if (day.structured && !date.start.unspecified && nkc_edtf_write(&day, &text))
		put_text(key->key, nkc_buf_str(&text), out);
	nkc_text_done(&text, out);
}

/* "Family, Given" for a person: what has no comma would be cut at its last space. */
static void put_author(const nkc_name *name, bool first, const char *prefix, nkc_buf *out)
{
	nkc_buf family = NKC_BUF_INIT, given = NKC_BUF_INIT;
	if (name->literal.len) {
		put_text("aucorp", name->literal, out);
		return;
	}
	nkc_zotero_put_family(name, &family);
	nkc_zotero_put_given(name, &given);
	bool inventor = *prefix == 'i';
	if (first) {
		put_text(inventor ? "invlast" : "aulast", nkc_buf_str(&family), out);
		put_text(inventor ? "invfirst" : "aufirst", nkc_buf_str(&given), out);
	}
	if (given.len)
		nkc_buf_puts(&family, ", ");
	nkc_buf_put_str(&family, nkc_buf_str(&given));
	put_text(prefix, nkc_buf_str(&family), out);
	nkc_text_done(&family, out);
	nkc_text_done(&given, out);
}

static void put_authors(nkc_record *record, unsigned form, nkc_buf *out)
{
	const nkc_name *names;
	size_t count = nkc_record_names(record, NKC_VAR_AUTHOR, &names);
	for (size_t i = 0; i < count; i++)
		put_author(&names[i], i == 0, form == NKC_COINS_PATENT ? "inventor" : "au", out);
}

static void put_keywords(nkc_record *record, nkc_buf *out)
{
	nkc_str list = nkc_record_text(record, NKC_VAR_KEYWORD), word;
	char separator = nkc_keyword_separator(list);
	while (nkc_keyword_next(&list, separator, &word))
		put_text("subject", word, out);
}

static const char *form_name(unsigned form)
{
	return form == NKC_COINS_JOURNAL ? "journal" : form & BOOKS ? "book" :
	       form == NKC_COINS_DISSERTATION ? "dissertation" : form == NKC_COINS_PATENT ? "patent" : "dc";
}

void nkc_coins_put(nkc_record *record, nkc_buf *out)
{
	const nkc_coins_type *type = nkc_coins_type_for(nkc_record_type(record));
	nkc_str doi = nkc_str_trim(nkc_record_text(record, NKC_VAR_DOI));
	nkc_str url = nkc_str_trim(nkc_record_text(record, NKC_VAR_URL));
	nkc_buf_printf(out, "ctx_ver=Z39.88-2004&rft_val_fmt=info%%3Aofi%%2Ffmt%%3Akev%%3Amtx%%3A%s",
	               form_name(type->form));
	nkc_buf_printf(out, "&rft.%s=%s", type->form == NKC_COINS_DC ? "type" : "genre", type->name);
	if (doi.len)
		put_pair("rft_id", "info%3Adoi%2F", doi, out);
	if (url.len)
		put_pair("rft_id", "", url, out);
	put_authors(record, type->form, out);
	for (size_t i = 0; i < nkc_coins_key_count; i++) {
		const nkc_coins_key *key = &nkc_coins_keys[i];
		if (!key->written || !(key->forms & type->form))
			continue;
		if (nkc_var_kind(key->var) == NKC_KIND_DATE)
			put_date(record, key, out);
		else
			put_text(key->key, nkc_record_text(record, key->var), out);
	}
	put_keywords(record, out);
}
