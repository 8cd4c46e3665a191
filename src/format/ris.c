/*
 * RIS (Research Information Systems, 2001 and 2011): the format, and writing it.
 *
 * A line is a tag of two characters, two spaces, a hyphen, a space, the value; CRLF behind each; `TY` begins an item and
 * `ER` ends it. What the tags of ris_map.h cannot hold, or not so that it can be read back as it was, stands in U5, a tag
 * that is the user's own by the specification and that the importers of Zotero, EndNote, Mendeley and JabRef pass over:
 *
 *	U5  - {"type":"treaty","accessed":{"literal":"in May"},"custom":{...}}
 *
 * one JSON object of CSL members on one line. Where a member also has a tag, that shows the nearest that RIS can say.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "format/ris_item.h"
#include "format/ris_map.h"
#include "format/ris_read.h"
#include "format/ris_value.h"
#include "format/format.h"
#include "format/zotero.h"
#include "record/date.h"
#include "record/identifier.h"

#define OWN_TAG "U5"

/* Flags of a string that UTF-8 cannot hold. */
#define BROKEN (NKC_VALUE_BAD_UTF8 | NKC_VALUE_LONE)

typedef struct ris_plan {
	size_t count; /* 0: not made yet */
	nkc_ris_line lines[NKC_RIS_LINES_MAX];
} ris_plan;

typedef struct ris_state {
	ris_plan plans[NKC_TYPE_COUNT];
	nkc_ris_tags *tags;
} ris_state;

/* What is at work for one record. */
typedef struct ris_item {
	nkc_writer *writer;
	nkc_record *record;
	nkc_buf *out;
	const nkc_ris_line *line;
	char carried[NKC_VAR_COUNT]; /* by variable: nothing, SHOWN, EXACT */
	char tags[NKC_VAR_COUNT][3];
	bool claimed[NKC_VAR_COUNT]; /* another variable's value reads as this one: which it was, U5 must tell */
} ris_item;

enum { SHOWN = 1, EXACT };

/* --- text --- */

/* Bytes at which a run of plain text stops: controls, and the first bytes of U+0080-U+009F, U+2028 and U+2029. */
static const unsigned char stops[256] = {
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	[0x7f] = 1, [0xc2] = 1, [0xe2] = 1
};

/* How many bytes at text[at] are a character that readers take for the end of a line, or cannot show. */
static size_t control_length(nkc_str text, size_t at)
{
	const unsigned char *byte = (const unsigned char *)text.ptr + at;
	size_t left = text.len - at;
	if (*byte == 0xc2)
		return left > 1 && byte[1] < 0xa0 ? 2 : 0;
	if (*byte == 0xe2)
		return left > 2 && byte[1] == 0x80 && (byte[2] == 0xa8 || byte[2] == 0xa9) ? 3 : 0;
	return *byte < 0x20 || *byte == 0x7f;
}

/* Writes text on the line under way; each run of controls becomes one space. True when it went as it was. */
static bool put_plain(nkc_buf *out, nkc_str text)
{
	bool exact = true;
	size_t before = out->len, start = 0, at = 0;
	while (at < text.len) {
		if (!stops[(unsigned char)text.ptr[at]]) {
			at++;
			continue;
		}
		size_t control = control_length(text, at);
		if (!control) {
			at++;
			continue;
		}
		nkc_buf_put(out, text.ptr + start, at - start);
		exact = false;
		while (control) {
			at += control;
			control = at < text.len ? control_length(text, at) : 0;
		}
		start = at;
		if (out->len > before && at < text.len)
			nkc_buf_putc(out, ' ');
	}
	nkc_buf_put(out, text.ptr + start, at - start);
	return exact;
}

static bool put_text(nkc_buf *out, nkc_str text)
{
	nkc_str inner = nkc_str_trim(text);
	return put_plain(out, inner) && inner.len == text.len;
}

static bool put_value_text(nkc_buf *out, const nkc_value *value)
{
	return put_text(out, value->u.text) && !(value->flags & BROKEN);
}

/* Each byte of what stands in `out` from `start` on that is not of UTF-8 becomes U+FFFD. */
static void mend(nkc_writer *writer, nkc_buf *out, size_t start)
{
	nkc_str text = nkc_str_make(out->ptr + start, out->len - start);
	if (nkc_utf8_valid(text))
		return;
	nkc_buf_clear(&writer->scratch);
	for (size_t at = 0; at < text.len;) {
		size_t length = nkc_utf8_length(text.ptr + at, text.len - at);
		if (length)
			nkc_buf_put(&writer->scratch, text.ptr + at, length);
		else
			nkc_buf_puts(&writer->scratch, "\xef\xbf\xbd");
		at += length ? length : 1;
	}
	nkc_buf_truncate(out, start);
	nkc_buf_put_str(out, nkc_buf_str(&writer->scratch));
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void put_tag(nkc_buf *out, const char *tag)
{
	char head[6] = { tag[0], tag[1], ' ', ' ', '-', ' ' };
	nkc_buf_put(out, head, sizeof head);
}

static void put_end(nkc_buf *out)
{
	nkc_buf_put(out, "\r\n", 2);
}

/* --- values, by form: true when a reader gets the same value back --- */

static bool put_line(ris_item *item, const nkc_value *value)
{
	put_tag(item->out, item->line->tag);
	bool exact = put_value_text(item->out, value);
	put_end(item->out);
	return exact;
}

/* Would a reader take this line for a new tag? A space before it tells it apart. */
static bool looks_like_tag(nkc_str line)
{
	return line.len >= 5 && nkc_str_starts(nkc_str_slice(line, 2, line.len), NKC_STR("  -"));
}

/*
 * Zotero takes a note that says "Edition: 2" for a field in the manner of ProCite, and reads all records behind it in that
 * manner, too (translators/RIS.js, ProCiteCleaner). It looks at the first words that a colon follows.
 */
static bool is_procite(nkc_str text)
{
	static const char *const fields[] = {
		"Artist Role", "Author Role", "Author, Monographic", "Author, Subsidiary", "Call Number", "Cartographer Role",
		"Composer Role", "Connective Phrase", "Director Role", "Edition", "Extent of Work", "ISBN", "Issue ID",
		"Issue Identification", "Language", "Notes", "Packaging Method", "Performer Role", "Place of Publication",
		"Proceedings Title", "Producer Role", "Publisher Name", "Record ID", "Record Number", "Scale",
		"Series Editor Role", "Series Title", "Series Volume ID", "Size", "Volume ID"
	};
	size_t colon = 0, start = 0;
	while (start == colon) { /* the first colon with a word before it */
		colon = start + nkc_str_find_byte(nkc_str_slice(text, start, text.len), ':');
		if (colon >= text.len)
			return false;
		start = colon;
		while (start > 0 && (is_letter(text.ptr[start - 1]) || strchr(", \t\r\n", text.ptr[start - 1])))
			start--;
		if (start == colon)
			start = ++colon;
	}
	nkc_str words = nkc_str_slice(text, start, colon);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (nkc_str_is(start ? words : nkc_str_trim(words), fields[i]))
			return true;
	}
	return false;
}

/* Text of several lines: those below the first are without a tag, as in the abstracts that databases hand out. */
static bool put_lines(ris_item *item, const nkc_value *value)
{
	nkc_str rest = value->u.text, line;
	bool exact = true, first = true;
	/* RN, which EndNote and Zotero take for notes, too */
	bool danger = item->line->var == NKC_VAR_NOTE && !nkc_record_get(item->record, NKC_VAR_ANNOTE) &&
	              is_procite(rest);
	put_tag(item->out, danger ? "RN" : item->line->tag);
	if (!memchr(rest.ptr, '\n', rest.len)) {
		exact = put_value_text(item->out, value);
		put_end(item->out);
		return exact && !danger;
	}
	while (nkc_str_split(&rest, '\n', &line)) {
		size_t start = item->out->len;
		exact = put_text(item->out, line) && exact;
		if (!first && looks_like_tag(nkc_str_make(item->out->ptr + start, item->out->len - start))) {
			nkc_buf_splice(item->out, start, 0, NKC_STR(" "));
			exact = false;
		}
		put_end(item->out);
		first = false;
	}
	bool padded = value->u.text.ptr[0] == '\n' || value->u.text.ptr[value->u.text.len - 1] == '\n';
	return exact && !danger && !padded && !(value->flags & BROKEN) && !nkc_ris_is_wrapped(value->u.text);
}

/* A keyword a line; a reader joins them by ", " (by "; " where one holds a comma). */
static bool put_words(ris_item *item, const nkc_value *value)
{
	nkc_str text = value->u.text, rest = text, word;
	char separator = nkc_str_find_byte(text, ';') < text.len ? ';' : ',';
	bool exact = text.ptr[text.len - 1] != separator, commas = false, first = true;
	while (nkc_str_split(&rest, separator, &word)) {
		nkc_str inner = nkc_str_trim(word);
		exact = exact && inner.len == word.len - (first ? 0 : 1) && (first || word.ptr[0] == ' ');
		first = false;
		if (nkc_str_empty(inner)) {
			exact = false;
			continue;
		}
		commas |= nkc_str_find_byte(inner, ',') < inner.len;
		put_tag(item->out, item->line->tag);
		exact = put_plain(item->out, inner) && exact;
		put_end(item->out);
	}
	return exact && commas == (separator == ';') && !(value->flags & BROKEN);
}

static bool is_page_label(nkc_str label)
{
	for (size_t i = 0; i < label.len; i++) {
		char c = label.ptr[i];
		if (c == ' ' || c == ',' || c == ';' || c == '-' || (unsigned char)c == 0xe2)
			return false;
	}
	return label.len > 0;
}

/* Pages "12-34" go apart; anything else ("12-15, 20", "e123") is one text behind SP. */
static bool put_range(ris_item *item, const nkc_value *value)
{
	nkc_str text = value->u.text;
	static const char *const dashes[] = { "-", "\xe2\x80\x93", "--" };
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		nkc_str dash = nkc_str_from(dashes[i]);
		size_t at = nkc_str_find(text, dash);
		nkc_str first = nkc_str_slice(text, 0, at), last = nkc_str_slice(text, at + dash.len, text.len);
		if (at == text.len || !is_page_label(first) || !is_page_label(last) || nkc_str_eq(first, last))
			continue;
		put_tag(item->out, "SP");
		bool exact = put_text(item->out, first);
		put_end(item->out);
		put_tag(item->out, "EP");
		exact &= put_text(item->out, last);
		put_end(item->out);
		return exact && i == 0 && !(value->flags & BROKEN);
	}
	return put_line(item, value);
}

/* --- names --- */

/*
 * Every reader splits at a comma, EndNote at any but a double one: it stays out of an organisation's name. The comma at
 * the end keeps its words together.
 */
static void put_literal(ris_item *item, nkc_str literal)
{
	nkc_target target = item->writer->options.target;
	nkc_str rest = nkc_str_trim(literal), piece;
	bool first = true;
	if (target == NKC_TARGET_JABREF) { /* its fields are BibTeX */
		nkc_buf_putc(item->out, '{');
		put_plain(item->out, rest);
		nkc_buf_putc(item->out, '}');
		return;
	}
	while (nkc_str_split(&rest, ',', &piece)) {
		bool spaced = piece.len && piece.ptr[0] == ' ';
		if (!first)
			nkc_buf_puts(item->out, target == NKC_TARGET_ENDNOTE ? ",," : spaced ? "" : " ");
		put_plain(item->out, piece);
		first = false;
	}
	nkc_buf_putc(item->out, ',');
}

/* "van der Berg, Jan", "Tocqueville, Alexis de", "King, Martin Luther, Jr." */
static void put_person(ris_item *item, const nkc_name *name)
{
	nkc_buf *scratch = &item->writer->scratch;
	nkc_buf_clear(scratch);
	nkc_zotero_put_family(name, scratch);
	size_t family = scratch->len;
	nkc_zotero_put_given(name, scratch);
	put_text(item->out, nkc_str_slice(nkc_buf_str(scratch), 0, family));
	if (family && scratch->len > family)
		nkc_buf_put(item->out, ", ", 2);
	put_text(item->out, nkc_str_slice(nkc_buf_str(scratch), family, scratch->len));
}

/* Has the name nothing but the parts that a line shows? */
static bool name_is_plain(const nkc_name *name)
{
	if (!nkc_value_is(name->value, NKC_OBJECT))
		return false;
	size_t parts = 0, shown = 0;
	for (const nkc_value *part = name->value->u.list.first; part; part = part->next) {
		if (part->type != NKC_STRING || part->flags & BROKEN)
			return false;
		parts += part->u.text.len > 0;
	}
	const nkc_str all[] = { name->family, name->given, name->suffix, name->literal, name->dropping_particle,
		                name->non_dropping_particle };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		shown += all[i].len > 0;
	return parts == shown;
}

static bool put_name(ris_item *item, const nkc_name *name)
{
	nkc_buf *out = item->out;
	nkc_name read;
	put_tag(out, item->line->tag);
	size_t start = out->len;
	if (name->family.len || name->given.len)
		put_person(item, name);
	else
		put_literal(item, name->literal);
	nkc_ris_read_name(nkc_str_make(out->ptr + start, out->len - start), &read);
	bool exact = name_is_plain(name) && nkc_ris_same_name(name, &read);
	put_end(out);
	return exact;
}

static bool put_names(ris_item *item, const nkc_value *value)
{
	const nkc_name *names;
	size_t count = nkc_record_names(item->record, item->line->var, &names);
	bool exact = nkc_value_is(value, NKC_ARRAY) && count == nkc_value_count(value);
	for (size_t i = 0; i < count; i++)
		exact = put_name(item, &names[i]) && exact;
	return exact;
}

/* --- dates --- */

static void put_digits(nkc_buf *out, uint64_t number, int width)
{
	char digits[24];
	int at = sizeof digits;
	while (number || width > 0) {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
		width--;
	}
	nkc_buf_put(out, digits + at, sizeof digits - (size_t)at);
}

/* The year in four digits, as CSL counts; a minus before it, which no reader takes, tells that it is BCE. */
static void put_year(nkc_buf *out, const nkc_date_point *point)
{
	int64_t year = nkc_year_csl(point->year);
	if (year < 0)
		nkc_buf_putc(out, '-');
	put_digits(out, (uint64_t)(year < 0 ? -year : year), 4);
}

/* YYYY/MM/DD with `separator`; what is not known stays empty, or away when `whole` is not asked for. */
static void put_day(nkc_buf *out, const nkc_date_point *point, char separator, bool whole)
{
	bool month = point->month >= 1 && point->month <= 12;
	put_year(out, point);
	if (month || whole)
		nkc_buf_putc(out, separator);
	if (month)
		put_digits(out, point->month, 2);
	if ((month && point->day) || whole)
		nkc_buf_putc(out, separator);
	if (month && point->day)
		put_digits(out, point->day, 2);
}

static const char *const seasons[] = { "Spring", "Summer", "Autumn", "Winter" };

static bool is_season(const nkc_date_point *point)
{
	return point->month >= NKC_SPRING && point->month <= NKC_WINTER;
}

/* "Spring", "circa", "to 2020-03-09": what stands behind the third slash. */
static void put_other(nkc_buf *out, const nkc_date *date)
{
	if (is_season(&date->start))
		nkc_buf_puts(out, seasons[date->start.month - NKC_SPRING]);
	else if (date->start.approximate)
		nkc_buf_puts(out, "circa");
	if (date->finish == NKC_DATE_CLOSED) {
		nkc_buf_puts(out, is_season(&date->start) || date->start.approximate ? " to " : "to ");
		if (is_season(&date->end)) {
			nkc_buf_puts(out, seasons[date->end.month - NKC_SPRING]);
			nkc_buf_putc(out, ' ');
		}
		put_day(out, &date->end, '-', false);
	}
}

/* Does the value say no more than the date, and is it that which stands behind `start`? */
static bool date_is_exact(const ris_item *item, const nkc_value *value, const nkc_date *date, size_t start)
{
	nkc_date read;
	nkc_ris_read_date(nkc_str_make(item->out->ptr + start, item->out->len - start), &read);
	if (!nkc_ris_same_date(date, &read))
		return false;
	if (date->structured)
		return nkc_date_is_lossless(value, date);
	const nkc_value *only = nkc_value_first(value);
	return only && !only->next && nkc_str_is(only->key, "literal") && !(only->flags & BROKEN);
}

/* The date's words, when that is all there is. */
static bool put_loose_date(ris_item *item, const nkc_value *value, const nkc_date *date)
{
	nkc_str words = date->literal.len ? date->literal : date->raw;
	if (!words.len)
		return false;
	if (item->writer->options.target == NKC_TARGET_ZOTERO && !nkc_zotero_reads_words(words))
		return false; /* it goes to Extra */
	put_tag(item->out, item->line->form == NKC_RIS_ISSUED ? "PY" : item->line->tag);
	size_t start = item->out->len;
	put_text(item->out, words);
	bool exact = date_is_exact(item, value, date, start);
	put_end(item->out);
	return exact;
}

static bool has_start(const nkc_date *date)
{
	return date->structured && !date->begin;
}

/*
 * Zotero takes no season or range behind slashes, and a day of access without a time for one that begins now, which is
 * another day in half of the world.
 */
static void put_date_for_zotero(ris_item *item, const nkc_date *date)
{
	if (nkc_zotero_put_date(date, item->out))
		return;
	put_day(item->out, &date->start, '/', true);
	nkc_buf_putc(item->out, '/');
	if (item->line->var == NKC_VAR_ACCESSED && date->start.day)
		nkc_buf_puts(item->out, "12:00:00");
}

static bool put_dated(ris_item *item, const char *tag, const nkc_value *value, const nkc_date *date)
{
	put_tag(item->out, tag);
	size_t start = item->out->len;
	if (item->writer->options.target == NKC_TARGET_ZOTERO) {
		put_date_for_zotero(item, date);
	} else {
		put_day(item->out, &date->start, '/', true);
		nkc_buf_putc(item->out, '/');
		put_other(item->out, date);
	}
	bool exact = date_is_exact(item, value, date, start);
	put_end(item->out);
	return exact;
}

/* The year alone; JabRef takes the month from there, too. */
static bool put_year_line(ris_item *item, const nkc_value *value, const nkc_date *date)
{
	put_tag(item->out, "PY");
	size_t start = item->out->len;
	if (item->writer->options.target == NKC_TARGET_JABREF)
		put_day(item->out, &date->start, '/', false);
	else
		put_year(item->out, &date->start);
	bool exact = date_is_exact(item, value, date, start);
	put_end(item->out);
	return exact;
}

static bool put_date(ris_item *item, const nkc_value *value)
{
	nkc_date date;
	if (!nkc_record_date(item->record, item->line->var, &date))
		return false;
	if (!has_start(&date))
		return put_loose_date(item, value, &date);
	bool year_only = !date.start.month && !date.start.approximate && date.finish != NKC_DATE_CLOSED;
	if (item->line->form == NKC_RIS_ISSUED && item->writer->options.target != NKC_TARGET_ZOTERO) {
		bool exact = put_year_line(item, value, &date);
		if (year_only)
			return exact;
	}
	return put_dated(item, item->line->tag, value, &date);
}

/* A date as people write it: "1867", "1867-11". */
static bool put_edtf(ris_item *item, const nkc_value *value)
{
	nkc_date date;
	if (!nkc_record_date(item->record, item->line->var, &date) || !has_start(&date))
		return false;
	put_tag(item->out, item->line->tag);
	size_t start = item->out->len;
	if (date.start.year <= 0 || !nkc_edtf_write(&date, item->out)) /* EDTF counts years BCE another way */
		put_day(item->out, &date.start, '-', false);
	bool exact = date_is_exact(item, value, &date, start);
	put_end(item->out);
	return exact;
}

/* --- URLs --- */

static bool has(nkc_str text, char byte)
{
	return nkc_str_find_byte(text, byte) < text.len;
}

/* Names of characters that HTML knows without a semicolon and that begin like a word in a query (HTML, section 13.5). */
static const char *const entities[] = {
	"acirc", "acute", "aelig", "agrave", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent", "copy",
	"curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac", "gt", "iacute", "icirc", "iexcl",
	"igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro", "middot", "nbsp", "not", "ntilde", "oacute", "ocirc",
	"ograve", "ordf", "ordm", "oslash", "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy",
	"sup", "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen", "yuml"
};

static bool is_entity(nkc_str text)
{
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		nkc_str name = nkc_str_from(entities[i]);
		if (nkc_str_eq_nocase(nkc_str_slice(text, 0, name.len), name))
			return true;
	}
	return false;
}

/* Zotero makes "§ion=2" of "&section=2", and a PubMed number of whatever has "PM:" in it. */
static bool is_misread(nkc_str url, size_t at)
{
	nkc_str rest = nkc_str_slice(url, at, url.len);
	if (rest.ptr[0] == '&')
		return is_entity(nkc_str_slice(rest, 1, rest.len));
	return nkc_str_starts(rest, NKC_STR("PM:"));
}

/* The letter that is misread goes as %XX, which is the same URL (RFC 3986, section 6.2.2.2). */
static bool put_link(ris_item *item, const nkc_value *value)
{
	nkc_str url = value->u.text;
	size_t start = 0;
	bool exact = true;
	bool zotero = item->writer->options.target == NKC_TARGET_ZOTERO; /* there escapes do it */
	if (value->flags & BROKEN || ((zotero || !has(url, '&')) && nkc_str_find(url, NKC_STR("PM:")) == url.len))
		return put_line(item, value);
	put_tag(item->out, item->line->tag);
	for (size_t at = 0; at + 1 < url.len; at++) {
		if ((zotero || url.ptr[at] != '&') && url.ptr[at] != 'P')
			continue;
		if (!is_misread(url, at))
			continue;
		put_plain(item->out, nkc_str_slice(url, start, at + 1));
		nkc_buf_putc(item->out, '%');
		nkc_buf_putc(item->out, "0123456789ABCDEF"[(unsigned char)url.ptr[at + 1] >> 4]);
		nkc_buf_putc(item->out, "0123456789ABCDEF"[url.ptr[at + 1] & 15]);
		start = at + 2;
		exact = false;
	}
	exact = put_text(item->out, nkc_str_slice(url, start, url.len)) && exact;
	put_end(item->out);
	return exact;
}

/* --- what Zotero needs --- */

/* Does a reader of HTML see anything but this very character there? */
static bool is_markup(nkc_str text, size_t at)
{
	nkc_str rest = nkc_str_slice(text, at + 1, text.len);
	if (rest.len == 0)
		return false;
	char next = rest.ptr[0];
	if (text.ptr[at] == '<')
		return is_letter(next) || next == '/' || next == '!' || next == '?';
	return next == '#' || is_letter(next);
}

/* Zotero reads a value as HTML: what stands in `out` from `start` on is escaped. True when nothing had to be. */
static bool escape(nkc_writer *writer, nkc_buf *out, size_t start)
{
	nkc_str text = nkc_str_make(out->ptr + start, out->len - start);
	bool exact = true;
	if (nkc_str_find_byte(text, '<') == text.len && nkc_str_find_byte(text, '&') == text.len)
		return true;
	nkc_buf_clear(&writer->scratch);
	for (size_t at = 0; at < text.len; at++) {
		bool special = (text.ptr[at] == '<' || text.ptr[at] == '&') && is_markup(text, at);
		exact &= !special;
		if (special)
			nkc_buf_puts(&writer->scratch, text.ptr[at] == '<' ? "&lt;" : "&amp;");
		else
			nkc_buf_putc(&writer->scratch, text.ptr[at]);
	}
	nkc_buf_truncate(out, start);
	nkc_buf_put_str(out, nkc_buf_str(&writer->scratch));
	return exact;
}

/* Each M2 is a line of Zotero's Extra. */
static void put_extra_lines(const ris_item *item, nkc_str lines)
{
	nkc_str line;
	while (nkc_str_split(&lines, '\n', &line)) {
		if (nkc_str_empty(nkc_str_trim(line)))
			continue;
		put_tag(item->out, "M2");
		put_text(item->out, line);
		put_end(item->out);
	}
}

/* What Zotero has no tag for, then the note. */
static void put_extra(ris_item *item)
{
	nkc_buf lines = NKC_BUF_INIT;
	size_t start = item->out->len;
	if (nkc_ris_zotero_makes(nkc_record_type(item->record)) != nkc_record_type(item->record)) {
		nkc_zotero_put_extra(item->record, NKC_VAR_TYPE, &lines);
		item->carried[NKC_VAR_TYPE] = SHOWN;
	}
	for (nkc_var var = NKC_VAR_TYPE + 1; var < NKC_VAR_COUNT; var++) {
		size_t before = lines.len;
		if (item->carried[var])
			continue;
		nkc_zotero_put_extra(item->record, var, &lines);
		if (lines.len > before) {
			item->carried[var] = SHOWN;
			memcpy(item->tags[var], "M2", 3);
		}
	}
	put_extra_lines(item, nkc_buf_str(&lines));
	put_extra_lines(item, nkc_record_text(item->record, NKC_VAR_NOTE));
	escape(item->writer, item->out, start);
	mend(item->writer, item->out, start);
	nkc_buf_release(&lines);
}

/* --- a record --- */

typedef bool (*put_fn)(ris_item *item, const nkc_value *value);

static const put_fn puts_by_form[] = {
	[NKC_RIS_TEXT] = put_line,   [NKC_RIS_LINES] = put_lines, [NKC_RIS_NAMES] = put_names,
	[NKC_RIS_DATE] = put_date,   [NKC_RIS_ISSUED] = put_date, [NKC_RIS_EDTF] = put_edtf,
	[NKC_RIS_RANGE] = put_range, [NKC_RIS_WORDS] = put_words, [NKC_RIS_LINK] = put_link
};

/* An empty value says nothing: neither is it shown nor kept. */
static bool says_nothing(const nkc_value *value)
{
	return (value->type == NKC_STRING && !value->u.text.len) ||
	       (nkc_value_is_list(value) && !value->u.list.first);
}

/* Can a tag of this form show a value of this shape? */
static bool fits(nkc_ris_form form, const nkc_value *value)
{
	if (form == NKC_RIS_NAMES || form == NKC_RIS_DATE || form == NKC_RIS_ISSUED || form == NKC_RIS_EDTF)
		return true;
	return (value->type == NKC_STRING || value->type == NKC_NUMBER) && value->u.text.len;
}

static nkc_var read_as(const nkc_ris_line *line, const nkc_value *value)
{
	if (line->form != NKC_RIS_TEXT)
		return line->var;
	return nkc_ris_by_value(line->var, nkc_str_from(line->tag), value->u.text);
}

/*
 * A number is as good as its text where CSL has numbers. Of some tags a reader tells by the value which variable is meant.
 */
static bool means_itself(const nkc_ris_line *line, const nkc_value *value)
{
	if (value->type == NKC_NUMBER && nkc_var_kind(line->var) != NKC_KIND_NUMBER && line->var != NKC_VAR_ID)
		return false;
	if (line->var == NKC_VAR_DOI && !nkc_str_eq(nkc_doi_bare(value->u.text), value->u.text))
		return false;
	return read_as(line, value) == line->var;
}

/* A reader takes it for the name of the journal, too. */
static bool names_journal(const ris_item *item, nkc_var var)
{
	return (var == NKC_VAR_CONTAINER_TITLE_SHORT || var == NKC_VAR_JOURNALABBREVIATION) &&
	       nkc_ris_has_journal(nkc_record_type(item->record)) &&
	       nkc_str_empty(nkc_record_text(item->record, NKC_VAR_CONTAINER_TITLE));
}

static void put_variables(ris_item *item, const ris_plan *plan)
{
	for (const nkc_ris_line *line = plan->lines; line < plan->lines + plan->count; line++) {
		const nkc_value *value = nkc_record_get(item->record, line->var);
		if (!value || !fits(line->form, value))
			continue;
		const nkc_value *rather = line->instead_of ? nkc_record_get(item->record, line->instead_of) : NULL;
		if (rather) {
			item->claimed[line->instead_of] |= nkc_value_equal(value, rather);
			continue;
		}
		size_t before = item->out->len;
		item->line = line;
		bool exact = puts_by_form[line->form](item, value) && line->exact && means_itself(line, value) &&
		             !names_journal(item, line->var);
		item->claimed[read_as(line, value)] |= read_as(line, value) != line->var;
		if (item->writer->options.target == NKC_TARGET_ZOTERO && line->form != NKC_RIS_LINES)
			exact = escape(item->writer, item->out, before) && exact;
		if (!exact) /* only such a value can hold bytes that are not UTF-8 */
			mend(item->writer, item->out, before);
		if (item->out->len > before || exact) {
			item->carried[line->var] = exact ? EXACT : SHOWN;
			memcpy(item->tags[line->var], line->tag, 3);
		}
	}
}

/* Tells where a member went that no tag holds as it is. */
static void tell(const ris_item *item, const char *what, nkc_var var)
{
	char where[16] = "";
	bool lossy = item->writer->options.lossy;
	if (item->carried[var])
		memcpy(where, item->tags[var], 2);
	if (!lossy)
		memcpy(where + strlen(where), *where ? ", " OWN_TAG : OWN_TAG, *where ? 5 : 3);
	nkc_writer_tell(item->writer, item->record, what, lossy ? NKC_CARRY_NONE : NKC_CARRY_CONVENTION, where);
}

/* Can it be the name of a tag that is not the record's own? */
static bool is_tag(nkc_str key)
{
	static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	return key.len == 2 && memchr(capitals, key.ptr[0], 26) && memchr(capitals, key.ptr[1], 36) &&
	       !nkc_str_is(key, "TY") && !nkc_str_is(key, "ER") && !nkc_str_is(key, OWN_TAG);
}

/* One text, or several, under a tag that they were read from. False when a reader would get something else. */
static bool put_foreign_tag(ris_item *item, const nkc_value *member)
{
	const nkc_value *text = member->type == NKC_ARRAY ? member->u.list.first : member;
	bool exact = text != NULL;
	for (; text; text = text == member ? NULL : text->next) {
		if (text->type != NKC_STRING || !text->u.text.len)
			return false;
		size_t before = item->out->len;
		put_tag(item->out, member->key.ptr);
		if (!put_value_text(item->out, text)) {
			mend(item->writer, item->out, before);
			exact = false;
		}
		put_end(item->out);
	}
	return exact && (member->type == NKC_STRING || member->u.list.first->next);
}

/*
 * custom.ris: tags that the reader knew no variable for, or had one for already, go out as they came in. True when they
 * come in again as they are, and nothing else is in custom.
 */
static bool put_foreign(ris_item *item, const nkc_value *custom)
{
	const nkc_value *tags = nkc_value_find(custom, NKC_STR("ris"));
	ris_state *state = item->writer->state;
	nkc_type type = nkc_record_type(item->record);
	if (!nkc_value_is(tags, NKC_OBJECT))
		return false;
	bool exact = tags->u.list.first && custom->u.list.first == tags && !tags->next;
	for (const nkc_value *member = tags->u.list.first; member; member = member->next) {
		nkc_var var = is_tag(member->key) ? nkc_ris_tags_find(state->tags, type, member->key) : NKC_VAR_COUNT;
		bool second = var && var < NKC_VAR_COUNT && nkc_var_kind(var) != NKC_KIND_NAMES &&
		              nkc_record_get(item->record, var);
		if (var == NKC_VAR_NONE || second)
			exact = put_foreign_tag(item, member) && exact;
		exact &= var == NKC_VAR_NONE;
	}
	return exact;
}

/* Puts a member into the object in U5, which the first one opens. */
static void put_own(const ris_item *item, const nkc_value *member, bool *open)
{
	if (item->writer->options.lossy)
		return;
	if (!*open)
		put_tag(item->out, OWN_TAG);
	nkc_buf_putc(item->out, *open ? ',' : '{');
	nkc_json_put_string(item->out, member->key);
	nkc_buf_putc(item->out, ':');
	nkc_value_write(member, -1, item->out);
	*open = true;
}

static bool is_left(const ris_item *item, const nkc_value *member)
{
	return (item->carried[member->atom] != EXACT || item->claimed[member->atom]) && !says_nothing(member);
}

/* Members in the order of the variables, then those that CSL does not know in their own. */
static void put_left(const ris_item *item)
{
	bool open = false;
	for (nkc_var var = NKC_VAR_ID; var < NKC_VAR_COUNT; var++) {
		const nkc_value *member = nkc_record_get(item->record, var);
		if (!member || !is_left(item, member))
			continue;
		put_own(item, member, &open);
		tell(item, nkc_var_name(var), var);
	}
	for (const nkc_value *member = nkc_value_first(nkc_record_root(item->record)); member; member = member->next) {
		if (member->atom != NKC_VAR_NONE || says_nothing(member))
			continue;
		put_own(item, member, &open);
		nkc_buf_clear(&item->writer->scratch);
		nkc_buf_put_str(&item->writer->scratch, member->key);
		tell(item, item->writer->scratch.ptr, NKC_VAR_NONE);
	}
	if (open)
		nkc_buf_put(item->out, "}\r\n", 3);
}

static void put_left_if_any(const ris_item *item)
{
	for (const nkc_value *member = nkc_value_first(nkc_record_root(item->record)); member; member = member->next) {
		if (is_left(item, member)) {
			put_left(item);
			return;
		}
	}
}

static void put_type(ris_item *item)
{
	nkc_type type = nkc_record_type(item->record);
	const char *ty = nkc_ris_ty(type, item->writer->options.target);
	put_tag(item->out, "TY");
	nkc_buf_puts(item->out, ty);
	put_end(item->out);
	item->carried[NKC_VAR_TYPE] = type && nkc_ris_type(nkc_str_from(ty)) == type ? EXACT : SHOWN;
	memcpy(item->tags[NKC_VAR_TYPE], "TY", 3);
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	ris_state *state = writer->state;
	ris_plan *plan = &state->plans[nkc_record_type(record)];
	if (!plan->count)
		plan->count = nkc_ris_plan(nkc_record_type(record), writer->options.target, plan->lines);
	ris_item item;
	item.writer = writer;
	item.record = record;
	item.out = out;
	memset(item.carried, 0, sizeof item.carried);
	memset(item.claimed, 0, sizeof item.claimed);
	put_type(&item);
	put_variables(&item, plan);
	if (writer->options.target == NKC_TARGET_ZOTERO)
		put_extra(&item);
	if (nkc_record_get(record, NKC_VAR_CUSTOM) && put_foreign(&item, nkc_record_get(record, NKC_VAR_CUSTOM)))
		item.carried[NKC_VAR_CUSTOM] = EXACT;
	put_left_if_any(&item);
	nkc_buf_puts(out, "ER  - \r\n\r\n");
}

static void close_writer(nkc_writer *writer)
{
	ris_state *state = writer->state;
	if (state)
		nkc_ris_tags_free(state->tags);
	nkc_free(state);
}

static nkc_status open_writer(nkc_writer *writer)
{
	ris_state *state = nkc_calloc(1, sizeof *state);
	writer->state = state;
	if (state)
		state->tags = nkc_ris_tags_new();
	return state && state->tags ? NKC_OK : NKC_ENOMEM;
}

/* --- what is said of the format --- */

static nkc_carry carry_type(nkc_type type, const char **where)
{
	*where = nkc_ris_ty(type, NKC_TARGET_ANY);
	return type && nkc_ris_type(nkc_str_from(*where)) == type ? NKC_CARRY_NATIVE : NKC_CARRY_CONVENTION;
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	if (var == NKC_VAR_TYPE) {
		*where = "TY";
		return NKC_CARRY_NATIVE;
	}
	if (nkc_ris_carry(type, var, where))
		return NKC_CARRY_NATIVE;
	*where = OWN_TAG;
	return NKC_CARRY_CONVENTION;
}

/* Databases put a preface before the first record; records without TY have other tags. */
static int sniff(nkc_str head)
{
	const nkc_ris_style style = { .indent = SIZE_MAX };
	nkc_ris_text_line line;
	int tags = 0;
	bool prose = false; /* before the first tag */
	for (size_t at = 0; at < head.len; at = line.next) {
		nkc_ris_line_at(head, at, &style, &line);
		if (nkc_str_is(line.tag, "TY"))
			return 90;
		prose |= !tags && !line.tag.len && nkc_str_trim(line.value).len;
		tags += line.tag.len && !prose;
	}
	return tags >= 2 ? 55 : 0;
}

static const nkc_writer_ops writer = {
	.open = open_writer,
	.record = write_record,
	.close = close_writer
};

const nkc_format nkc_format_ris = {
	.name = "ris",
	.title = "RIS",
	.extensions = "ris",
	.media_type = "application/x-research-info-systems",
	.sniff = sniff,
	.reader = &nkc_ris_reader,
	.writer = &writer,
	.rereads = true,
	.carry_var = carry_var,
	.carry_type = carry_type
};
