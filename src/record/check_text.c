/*
 * check_text.c: what does not belong into text: traces of encodings, markup, copying. One pass over the bytes of each
 * value, in which only the bytes that can begin a fault cost anything.
 */
#include "record/check.h"
#include "record/entity.h"
#include "record/words.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>

/* Where a value is looked at in its own way. */
enum {
	PROSE = 1,   /* lines and paragraphs are its form */
	HEADING = 2, /* short: marks come in pairs */
	VERBATIM = 4 /* an identifier: only its characters are looked at */
};

#define TAGS_MAX 16

typedef struct open_tag {
	nkc_str name;
	size_t at, length;
} open_tag;

/* One value under the eye. */
typedef struct scan {
	const nkc_check *check;
	const nkc_value *value;
	nkc_str text;
	unsigned what;
	uint32_t reported;   /* each code once a value: see report */
	bool math;           /* between dollar signs */
	bool composed;       /* the whole text was compared with its composed form */
	bool rtl_known, rtl; /* has it letters that are written from right to left? */
	open_tag tags[TAGS_MAX];
	size_t tag_count;
} scan;

_Static_assert(NKC_CODE_TEXT_PLACEHOLDER - NKC_CODE_TEXT_SPACE < 32,
               "the codes of text/ stand together, 32 at most");

/* Is it the first finding of its code in this value? Then the caller reports it. */
static bool is_first(scan *s, nkc_code code)
{
	uint32_t bit = UINT32_C(1) << (code - NKC_CODE_TEXT_SPACE);
	bool first = !(s->reported & bit);

	s->reported |= bit;
	return first && nkc_diags_wants(s->check->diags, code);
}

static void report(scan *s, nkc_code code, size_t at, size_t length, const char *what)
{
	if (is_first(s, code))
		nkc_check_report(s->check, code, nkc_check_part(s->check, s->value, at, length), NULL, "%s",
		                 what);
}

static nkc_shown show_part(const scan *s, size_t at, size_t length)
{
	return nkc_show(nkc_str_slice(s->text, at, at + length));
}

static void report_rune(scan *s, nkc_code code, size_t at, size_t length, uint32_t rune, const char *what)
{
	if (is_first(s, code))
		nkc_check_report(s->check, code, nkc_check_part(s->check, s->value, at, length), NULL,
		                 "U+%04X: %s", (unsigned)rune, what);
}

static char byte_at(const scan *s, size_t at)
{
	return at < s->text.len ? s->text.ptr[at] : '\0';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* --- white space and control characters --- */

static size_t scan_space(scan *s, size_t at)
{
	size_t end = at + 1;

	while (byte_at(s, end) == ' ')
		end++;
	if (end > at + 1 && !(s->what & PROSE))
		report(s, NKC_CODE_TEXT_SPACE, at, end - at, "several spaces in a row");
	return end;
}

static size_t scan_line(scan *s, size_t at)
{
	if (!(s->what & PROSE))
		report(s, NKC_CODE_TEXT_SPACE, at, 1, s->text.ptr[at] == '\t' ? "a tab" : "a line end");
	return at + 1;
}

static size_t scan_control(scan *s, size_t at)
{
	report_rune(s, NKC_CODE_TEXT_CONTROL, at, 1, (unsigned char)s->text.ptr[at], "a control character");
	return at + 1;
}

/* White space at text[at] of UTF-8: its length; U+00A0 and U+3000 count. */
static size_t space_length(nkc_str text, size_t at)
{
	static const nkc_str spaces[] = { NKC_STR_INIT(" "),        NKC_STR_INIT("\n"),
		                          NKC_STR_INIT("\t"),       NKC_STR_INIT("\r"),
		                          NKC_STR_INIT("\xC2\xA0"), NKC_STR_INIT("\xE3\x80\x80") };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		if (nkc_str_starts(nkc_str_slice(text, at, text.len), spaces[i]))
			return spaces[i].len;
	}
	return 0;
}

/* The bytes that such white space can begin or end in. */
static bool may_be_space(char c)
{
	return (unsigned char)c <= ' ' || c == '\xC2' || c == '\xE3' || c == '\xA0' || c == '\x80';
}

static void check_ends(scan *s)
{
	nkc_str text = s->text;
	size_t first;

	if (!may_be_space(text.ptr[0]) && !may_be_space(text.ptr[text.len - 1]))
		return;
	first = space_length(text, 0);

	if (first && text.len > first)
		report(s, NKC_CODE_TEXT_SPACE, 0, first, "white space at the beginning");
	for (size_t length = 1; length <= 3 && length < text.len; length++) {
		if (space_length(text, text.len - length) == length)
			report(s, NKC_CODE_TEXT_SPACE, text.len - length, length, "white space at the end");
	}
}

/* --- entities, tags, LaTeX --- */

static bool is_invisible(uint32_t rune)
{
	return rune == 0xAD || rune == 0x200B || rune == 0x2060 || rune == 0xFEFF;
}

static size_t scan_entity(scan *s, size_t at)
{
	uint32_t rune;
	size_t length = nkc_entity_read(s->text, at, &rune);
	char hint[NKC_HINT_SIZE];
	nkc_buf meant = NKC_BUF_INIT;

	if (length == 0)
		return at + 1;
	if (is_first(s, NKC_CODE_TEXT_ENTITY)) {
		nkc_buf_put_rune(&meant, rune);
		if (is_invisible(rune))
			snprintf(hint, sizeof(hint), "remove it: it is invisible");
		else
			snprintf(hint, sizeof(hint), "write \"%s\"", meant.ptr);
		nkc_check_report(s->check, NKC_CODE_TEXT_ENTITY,
		                 nkc_check_part(s->check, s->value, at, length), hint, "%s is an HTML entity",
		                 show_part(s, at, length).text);
		nkc_buf_release(&meant);
	}
	return at + length;
}

static void close_tag(scan *s, nkc_str name, size_t at, size_t length)
{
	for (size_t i = s->tag_count; i > 0; i--) {
		if (nkc_str_eq_nocase(s->tags[i - 1].name, name)) {
			s->tag_count = i - 1;
			return;
		}
	}
	report(s, NKC_CODE_TEXT_TAG, at, length, "this tag closes nothing");
}

static void meet_tag(scan *s, nkc_str name, bool closing, size_t at, size_t length)
{
	if (nkc_words_have(NKC_WORDS_CSL_TAG, name)) {
		if (closing)
			close_tag(s, name, at, length);
		else if (s->tag_count < TAGS_MAX)
			s->tags[s->tag_count++] = (open_tag){ name, at, length };
	} else if ((nkc_words_have(NKC_WORDS_OTHER_TAG, name) || nkc_str_starts(name, NKC_STR("jats:"))) &&
	           is_first(s, NKC_CODE_TEXT_MARKUP)) {
		nkc_check_report(s->check, NKC_CODE_TEXT_MARKUP,
		                 nkc_check_part(s->check, s->value, at, length), NULL,
		                 "%s is no markup of CSL-JSON", show_part(s, at, length).text);
	}
}

/* A tag is no longer than this: what follows a "<" is usually mathematics. */
#define TAG_MAX 200

static size_t scan_tag(scan *s, size_t at)
{
	bool closing = byte_at(s, at + 1) == '/';
	size_t from = at + 1 + closing, to = from;
	nkc_str near = nkc_str_slice(s->text, at, at + TAG_MAX);
	size_t length = nkc_str_find_byte(near, '>') + 1;

	while (is_letter(byte_at(s, to)) ||
	       (to > from && (is_digit(byte_at(s, to)) || byte_at(s, to) == ':')))
		to++;
	bool named = to > from && strchr(" >/\n\t", byte_at(s, to)) && byte_at(s, to);
	/* Only span has attributes in CSL-JSON: "a <b and c> d" is mathematics. */
	bool short_name = to - from <= 3;
	if (!named || length > near.len || (short_name && at + length != to + 1 && byte_at(s, to) != '/'))
		return at + 1;
	meet_tag(s, nkc_str_slice(s->text, from, to), closing, at, length);
	return at + length;
}

static void check_open_tags(scan *s)
{
	if (s->tag_count > 0)
		report(s, NKC_CODE_TEXT_TAG, s->tags[0].at, s->tags[0].length, "this tag is not closed");
}

/* A dollar sign opens mathematics when another one follows, on the same line and not after a digit's price. */
static size_t scan_dollar(scan *s, size_t at)
{
	nkc_str rest = nkc_str_slice(s->text, at + 1, s->text.len);

	s->math = !s->math && nkc_str_find_byte(rest, '$') < rest.len;
	return at + 1;
}

/* \textit{..}, \alpha, \"u, \'{e} */
static size_t scan_backslash(scan *s, size_t at)
{
	char next = byte_at(s, at + 1), after = byte_at(s, at + 2);
	bool command = is_letter(next) && (is_letter(after) || after == '{');
	bool accent = next && strchr("'`^\"~=.", next) && (is_letter(after) || after == '{' || after == '\\');
	bool escaped = next && strchr("&%#_{}", next);

	if (!s->math && (command || accent || escaped))
		report(s, NKC_CODE_TEXT_LATEX, at, 2, "LaTeX");
	return at + 2;
}

/* {DNA}: letters that BibTeX shall not change. */
static size_t scan_brace(scan *s, size_t at)
{
	size_t end = at + 1;

	while (is_letter(byte_at(s, end)) || is_digit(byte_at(s, end)) || byte_at(s, end) == '-' ||
	       byte_at(s, end) == ' ')
		end++;
	if (!s->math && s->what & HEADING && end > at + 1 && byte_at(s, end) == '}')
		report(s, NKC_CODE_TEXT_LATEX, at, end + 1 - at, "braces of BibTeX");
	return at + 1;
}

/* --- mojibake --- */

/* What bytes 0x80 to 0x9F are in Windows-1252; 0: nothing, programs then keep the byte as U+0080 to U+009F. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The byte that a character is in Windows-1252; -1 when it has none. */
static int windows_byte(uint32_t rune)
{
	if (rune < 0x100)
		return (int)rune;
	for (int i = 0; i < 32; i++) {
		if (windows_1252[i] == rune)
			return 0x80 + i;
	}
	return -1;
}

/* Quotation marks and dashes follow a capital letter without any mistake: "LIBERTÉ»". */
static bool is_punctuation(int byte)
{
	return byte == 0xAB || byte == 0xBB || (byte >= 0x91 && byte <= 0x97) || byte == 0x84 ||
	       byte == 0x82 || byte == 0x85 || byte == 0x8B || byte == 0x9B;
}

/* One character that was meant where `length` bytes stand; length 0: none. */
typedef struct misread {
	size_t length;
	char meant[5];
	size_t bytes;  /* of `meant` */
	bool doubtful; /* it may be right as it is */
} misread;

static misread read_misread(nkc_str text, size_t at)
{
	misread m = { 0, "", 0, false };
	size_t next = at;
	int first = windows_byte(nkc_utf8_next(text, &next));
	size_t wanted = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

	if (wanted == 0)
		return m;
	m.meant[m.bytes++] = (char)first;
	while (m.bytes < wanted) {
		int byte = next < text.len ? windows_byte(nkc_utf8_next(text, &next)) : -1;
		if (byte < 0x80 || byte > 0xBF)
			return m;
		m.doubtful |= wanted == 2 && is_punctuation(byte);
		m.meant[m.bytes++] = (char)byte;
	}
	/* Latin-1 letters of C3 and signs of C2 are what is met; capitals before other signs may be meant. */
	m.doubtful |= wanted == 2 && first > 0xC3;
	if (nkc_utf8_length(m.meant, m.bytes) == m.bytes)
		m.length = next - at;
	return m;
}

/* Offset behind the misread characters at text[at], or `at`. A doubtful one counts only beside another. */
static size_t scan_misread(scan *s, size_t at)
{
	misread m = read_misread(s->text, at);
	char hint[NKC_HINT_SIZE];

	if (m.length == 0)
		return at;
	if (m.doubtful) {
		size_t next = at + m.length;
		misread follower = next < s->text.len && (unsigned char)s->text.ptr[next] >= 0x80
		                           ? read_misread(s->text, next)
		                           : (misread){ 0, "", 0, false };
		if (follower.length == 0)
			return at;
	}
	if (is_first(s, NKC_CODE_TEXT_MOJIBAKE)) {
		snprintf(hint, sizeof(hint), "write \"%s\"", m.meant);
		nkc_check_report(s->check, NKC_CODE_TEXT_MOJIBAKE,
		                 nkc_check_part(s->check, s->value, at, m.length), hint,
		                 "\"%s\" is \"%s\" read as Windows-1252", show_part(s, at, m.length).text,
		                 m.meant);
	}
	return at + m.length;
}

/* --- characters outside ASCII --- */

/* Hebrew, Arabic, Syriac, Thaana, N'Ko: direction marks have their use then. */
static bool has_right_to_left(scan *s)
{
	for (size_t i = 0; i < s->text.len && !s->rtl_known && !s->rtl; i++) {
		unsigned char c = (unsigned char)s->text.ptr[i];
		s->rtl = c >= 0xD6 && c <= 0xDF;
	}
	s->rtl_known = true;
	return s->rtl;
}

static bool is_direction_mark(uint32_t rune)
{
	return rune == 0x200E || rune == 0x200F || (rune >= 0x202A && rune <= 0x202E) ||
	       (rune >= 0x2066 && rune <= 0x2069);
}

static bool is_nonchar(uint32_t rune)
{
	return (rune >= 0xFDD0 && rune <= 0xFDEF) || (rune & 0xFFFE) == 0xFFFE;
}

/* Marks and letters that compose with what stands before them (Latin, kana, Hangul). */
static bool composes(uint32_t rune)
{
	return (rune >= 0x300 && rune <= 0x36F) || rune == 0x3099 || rune == 0x309A ||
	       (rune >= 0x1161 && rune <= 0x11C2);
}

static void check_composed(scan *s, size_t at, size_t length)
{
	nkc_buf composed = NKC_BUF_INIT;

	s->composed = true;
	if (nkc_text_nfc(s->text, &composed) == NKC_OK && !nkc_str_eq(nkc_buf_str(&composed), s->text))
		report(s, NKC_CODE_TEXT_DECOMPOSED, at, length, "a letter and its accent are two characters");
	nkc_buf_release(&composed);
}

/* U+0080 to U+00FF but for letters, and all that is rare; letters have been passed by. */
static void meet_rune(scan *s, uint32_t rune, size_t at, size_t length)
{
	if (rune == NKC_RUNE_BAD) {
		if (length == 3 && (unsigned char)s->text.ptr[at] == 0xEF)
			report(s, NKC_CODE_TEXT_REPLACEMENT, at, length, "a letter is lost: U+FFFD");
	} else if (rune < 0xA0 || is_nonchar(rune)) {
		report_rune(s, NKC_CODE_TEXT_CONTROL, at, length, rune,
		            "a control character or noncharacter");
	} else if (nkc_rune_is_private(rune)) {
		report_rune(s, NKC_CODE_TEXT_PRIVATE_USE, at, length, rune, "a character of private use");
	} else if (is_invisible(rune) || (is_direction_mark(rune) && !has_right_to_left(s))) {
		report_rune(s, NKC_CODE_TEXT_INVISIBLE, at, length, rune, "an invisible character");
	} else if (rune >= 0xFB00 && rune <= 0xFB06) {
		report_rune(s, NKC_CODE_TEXT_LIGATURE, at, length, rune, "a ligature");
	} else if (composes(rune) && !s->composed) {
		check_composed(s, at, length);
	}
}

/* Letters of most scripts, which nothing can be wrong with. */
static bool is_plain(uint32_t rune)
{
	return (rune >= 0x100 && rune < 0x300) || (rune >= 0x370 && rune < 0x1100) ||
	       (rune >= 0x1200 && rune < 0x2000) || (rune >= 0x3400 && rune < 0xD800);
}

static size_t scan_high(scan *s, size_t at)
{
	size_t end = at;
	uint32_t rune = nkc_utf8_next(s->text, &end);

	if (is_plain(rune))
		return end;
	if (rune >= 0xC2 && rune <= 0xF4) {
		size_t behind = scan_misread(s, at);
		return behind > at ? behind : end;
	}
	meet_rune(s, rune, at, end - at);
	return end;
}

/* --- the pass --- */

typedef size_t scan_fn(scan *s, size_t at);

enum {
	B_PLAIN,
	B_SPACE,
	B_LINE,
	B_CONTROL,
	B_AMPERSAND,
	B_LESS,
	B_DOLLAR,
	B_BACKSLASH,
	B_BRACE,
	B_HIGH
};

#define C4 B_CONTROL, B_CONTROL, B_CONTROL, B_CONTROL
#define H16 \
	B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, B_HIGH, \
		B_HIGH, B_HIGH, B_HIGH, B_HIGH
static const unsigned char kinds[256] = {
	C4,
	C4,
	B_CONTROL,
	B_LINE,
	B_LINE,
	B_CONTROL,
	B_CONTROL,
	B_LINE,
	B_CONTROL,
	B_CONTROL,
	C4,
	C4,
	C4,
	C4,
	[' '] = B_SPACE,
	['&'] = B_AMPERSAND,
	['<'] = B_LESS,
	['$'] = B_DOLLAR,
	['\\'] = B_BACKSLASH,
	['{'] = B_BRACE,
	[0x7F] = B_CONTROL,
	H16,
	H16,
	H16,
	H16,
	H16,
	H16,
	H16,
	H16,
};
#undef C4
#undef H16

static scan_fn *const scanners[] = {
	[B_SPACE] = scan_space,         [B_LINE] = scan_line,   [B_CONTROL] = scan_control,
	[B_AMPERSAND] = scan_entity,    [B_LESS] = scan_tag,    [B_DOLLAR] = scan_dollar,
	[B_BACKSLASH] = scan_backslash, [B_BRACE] = scan_brace, [B_HIGH] = scan_high,
};

static void scan_bytes(scan *s)
{
	for (size_t at = 0; at < s->text.len;) {
		unsigned kind = kinds[(unsigned char)s->text.ptr[at]];
		/* A single space is the commonest of all. */
		if (kind == B_PLAIN || (kind == B_SPACE && byte_at(s, at + 1) != ' '))
			at++;
		else
			at = scanners[kind](s, at);
	}
	check_ends(s);
	check_open_tags(s);
}

/* --- pairs of quotation marks and brackets --- */

typedef struct mark_pair {
	nkc_str open, close, other_close;
} mark_pair;

static bool begins(nkc_str text, size_t at, nkc_str mark)
{
	return mark.len && nkc_str_starts(nkc_str_slice(text, at, text.len), mark);
}

static void check_pair(scan *s, const mark_pair *pair)
{
	size_t open = 0, last = 0;

	for (size_t at = 0; at < s->text.len; at++) {
		if ((unsigned char)s->text.ptr[at] < 0x80)
			continue;
		if (begins(s->text, at, pair->open)) {
			open++;
			last = at;
		} else if (begins(s->text, at, pair->close) || begins(s->text, at, pair->other_close)) {
			if (open == 0) {
				report(s, NKC_CODE_TEXT_QUOTES, at, pair->close.len,
				       "this quotation mark closes nothing");
				return;
			}
			open--;
		}
	}
	if (open > 0)
		report(s, NKC_CODE_TEXT_QUOTES, last, pair->open.len, "this quotation mark is not closed");
}

static bool has(const scan *s, nkc_str what)
{
	return nkc_str_find(s->text, what) < s->text.len;
}

/* U+201C opens in English and closes in German; U+201D may do both in Swedish. */
static void check_curly(scan *s)
{
	static const mark_pair english = { NKC_STR_INIT("\xE2\x80\x9C"), NKC_STR_INIT("\xE2\x80\x9D"),
		                           NKC_STR_INIT("") };
	static const mark_pair german = { NKC_STR_INIT("\xE2\x80\x9E"), NKC_STR_INIT("\xE2\x80\x9C"),
		                          NKC_STR_INIT("\xE2\x80\x9D") };

	if (has(s, german.open))
		check_pair(s, &german);
	else if (has(s, english.open))
		check_pair(s, &english);
}

/* « » in French, » « in German. */
static void check_angled(scan *s)
{
	static const mark_pair out = { NKC_STR_INIT("\xC2\xAB"), NKC_STR_INIT("\xC2\xBB"), NKC_STR_INIT("") };
	static const mark_pair in = { NKC_STR_INIT("\xC2\xBB"), NKC_STR_INIT("\xC2\xAB"), NKC_STR_INIT("") };
	size_t left = nkc_str_find(s->text, out.open), right = nkc_str_find(s->text, in.open);

	if (left < s->text.len || right < s->text.len)
		check_pair(s, left < right ? &out : &in);
}

static void check_cornered(scan *s)
{
	static const mark_pair pairs[] = {
		{ NKC_STR_INIT("\xE3\x80\x8C"), NKC_STR_INIT("\xE3\x80\x8D"),
		  NKC_STR_INIT("") }, /* U+300C U+300D */
		{ NKC_STR_INIT("\xE3\x80\x8E"), NKC_STR_INIT("\xE3\x80\x8F"),
		  NKC_STR_INIT("") }, /* U+300E U+300F */
		{ NKC_STR_INIT("\xE3\x80\x8A"), NKC_STR_INIT("\xE3\x80\x8B"),
		  NKC_STR_INIT("") }, /* U+300A U+300B */
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (has(s, pairs[i].open) || has(s, pairs[i].close))
			check_pair(s, &pairs[i]);
	}
}

/* An odd number of straight marks; behind a digit they are inches or seconds, behind a backslash an accent of LaTeX. */
static void check_straight(scan *s)
{
	size_t count = 0, last = 0;

	for (size_t at = 0; at < s->text.len; at++) {
		char before = at > 0 ? s->text.ptr[at - 1] : ' ';
		/* Hebrew abbreviations have such a mark before their last letter. */
		if ((unsigned char)before >= 0x80 && (unsigned char)byte_at(s, at + 1) >= 0x80)
			continue;
		if (s->text.ptr[at] != '"' || before == '\\' || (is_digit(before) && count % 2 == 0))
			continue;
		count++;
		last = at;
	}
	if (count % 2)
		report(s, NKC_CODE_TEXT_QUOTES, last, 1, "this quotation mark has no partner");
}

/* Nested brackets past so many are not followed. */
#define BRACKETS_MAX 32

/* "a)" at the beginning of an item of a list, and faces. */
static bool is_loose_close(const scan *s, size_t at)
{
	char before = at > 0 ? s->text.ptr[at - 1] : ' ', start = at > 1 ? s->text.ptr[at - 2] : ' ';

	return strchr(":;-", before) || ((is_letter(before) || is_digit(before)) && strchr(" ,;(", start));
}

static void check_brackets(scan *s)
{
	static const char opening[] = "([{", closing[] = ")]}";
	size_t stack[BRACKETS_MAX], depth = 0;

	for (size_t at = 0; at < s->text.len; at++) {
		char c = s->text.ptr[at];
		const char *open = c ? strchr(opening, c) : NULL, *close = c ? strchr(closing, c) : NULL;
		if (c == '$' || c == '\\' || (open && depth == BRACKETS_MAX))
			return; /* mathematics has brackets of its own */
		if (open && !(at > 0 && (s->text.ptr[at - 1] == ':' || s->text.ptr[at - 1] == ';'))) {
			stack[depth++] = at;
		} else if (close) {
			bool matches = depth > 0 && s->text.ptr[stack[depth - 1]] == opening[close - closing];
			if (matches)
				depth--;
			else if (depth > 0 || !is_loose_close(s, at)) {
				report(s, NKC_CODE_TEXT_BRACKETS, at, 1, "this bracket closes nothing");
				return;
			}
		}
	}
	if (depth > 0)
		report(s, NKC_CODE_TEXT_BRACKETS, stack[depth - 1], 1, "this bracket is not closed");
}

static void check_pairs(scan *s)
{
	if (nkc_utf8_has_high(s->text)) {
		check_curly(s);
		check_angled(s);
		check_cornered(s);
	}
	check_straight(s);
	check_brackets(s);
}

/* --- which values --- */

static void check_placeholder(scan *s)
{
	if (s->text.len <= 15 && nkc_words_have(NKC_WORDS_NO_VALUE, nkc_str_trim(s->text)))
		report(s, NKC_CODE_TEXT_PLACEHOLDER, 0, s->text.len, "this stands for no value");
}

static unsigned what_of(nkc_var var)
{
	switch (var) {
	case NKC_VAR_ABSTRACT:
	case NKC_VAR_ANNOTE:
	case NKC_VAR_NOTE:
	case NKC_VAR_KEYWORD:
	case NKC_VAR_REFERENCES:
		return PROSE;
	case NKC_VAR_URL:
	case NKC_VAR_URL_SHORT:
	case NKC_VAR_DOI:
	case NKC_VAR_ARCHIVE_LOCATION:
	case NKC_VAR_ID:
	case NKC_VAR_TYPE:
	case NKC_VAR_CITATION_KEY:
		return VERBATIM;
	case NKC_VAR_TITLE:
	case NKC_VAR_TITLE_SHORT:
	case NKC_VAR_CONTAINER_TITLE:
	case NKC_VAR_OUTLET:
	case NKC_VAR_COLLECTION_TITLE:
	case NKC_VAR_VOLUME_TITLE:
	case NKC_VAR_PART_TITLE:
	case NKC_VAR_ORIGINAL_TITLE:
	case NKC_VAR_REVIEWED_TITLE:
	case NKC_VAR_EVENT_TITLE:
	case NKC_VAR_PUBLISHER:
		return HEADING;
	default:
		return 0;
	}
}

static void scan_value(const nkc_check *check, const nkc_value *value, unsigned what)
{
	scan s = { .check = check, .value = value, .text = value->u.text, .what = what };

	if (nkc_value_is_blank(value))
		return;
	if (what & VERBATIM) {
		check_placeholder(&s);
		check_ends(&s);
		return;
	}
	scan_bytes(&s);
	if (what & HEADING)
		check_pairs(&s);
	if (!what && value->parent && nkc_value_is(value->parent, NKC_OBJECT) && value->atom)
		check_placeholder(&s);
}

/* The parts of names, the words of a list. */
static void scan_list(const nkc_check *check, const nkc_value *list)
{
	size_t count = 0;

	for (const nkc_value *child = nkc_value_first(list); child && count < NKC_CHECKED_MAX;
	     child = child->next, count++) {
		if (child->type == NKC_STRING)
			scan_value(check, child, HEADING);
		for (const nkc_value *part = nkc_value_first(child); part; part = part->next) {
			if (part->type == NKC_STRING)
				scan_value(check, part, HEADING);
		}
	}
}

static void check_texts(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		nkc_var var = (nkc_var)member->atom;
		nkc_kind kind = nkc_var_kind(var);
		if (kind == NKC_KIND_NONE || kind == NKC_KIND_OBJECT || kind == NKC_KIND_DATE ||
		    var == NKC_VAR_DATE)
			continue;
		if (member->type == NKC_STRING)
			scan_value(check, member, what_of(var));
		else if (member->type == NKC_ARRAY)
			scan_list(check, member);
	}
}

const nkc_rule nkc_rules_text[] = {
	{ check_texts,
	  { NKC_CODE_TEXT_SPACE, NKC_CODE_TEXT_CONTROL, NKC_CODE_TEXT_REPLACEMENT, NKC_CODE_TEXT_MOJIBAKE,
	    NKC_CODE_TEXT_PRIVATE_USE, NKC_CODE_TEXT_INVISIBLE, NKC_CODE_TEXT_LIGATURE,
	    NKC_CODE_TEXT_DECOMPOSED, NKC_CODE_TEXT_ENTITY, NKC_CODE_TEXT_MARKUP, NKC_CODE_TEXT_TAG,
	    NKC_CODE_TEXT_LATEX, NKC_CODE_TEXT_QUOTES, NKC_CODE_TEXT_BRACKETS, NKC_CODE_TEXT_PLACEHOLDER } },
	{ NULL, { NKC_CODE_NONE } },
};
