/*
 * citekey.c: what may be a key, and which key to propose for a record.
 */
#include "base/text.h"
#include "base/utf8.h"
#include "record/library.h"

/* --- what may be a key --- */

/* A fault of a key: its code and the bytes of the key to point at in words. */
typedef struct key_fault {
	nkc_code code;
	const char *what; /* behind `the key "..."` */
	nkc_str piece;    /* shown behind `what`; may be empty */
} key_fault;

/* Device names of Windows ("Naming Files, Paths, and Namespaces"): alone or before an ending. */
static const char *const devices[] = {
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com\xC2\xB9", "com\xC2\xB2", "com\xC2\xB3",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt\xC2\xB9", "lpt\xC2\xB2", "lpt\xC2\xB3",
};

static bool is_device(nkc_str key)
{
	nkc_str stem = nkc_str_slice(key, 0, nkc_str_find_byte(key, '.'));

	/* Windows overlooks spaces before the dot, too. */
	stem = nkc_str_trim(stem);
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		if (nkc_str_eq_nocase(stem, nkc_str_from(devices[i])))
			return true;
	return false;
}

/* Code points that show nothing or another's shape: spaces but U+0020, format and direction marks, fillers. */
static const struct {
	uint32_t first, last;
} invisible[] = {
	{ 0x00A0, 0x00A0 }, { 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x061C, 0x061C }, { 0x115F, 0x1160 },
	{ 0x1680, 0x1680 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x2000, 0x200F }, { 0x2028, 0x202F },
	{ 0x205F, 0x206F }, { 0x3000, 0x3000 }, { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
	{ 0xFFA0, 0xFFA0 }, { 0xFFF0, 0xFFFB }, { 0xE0000, 0xE0FFF },
};

static bool is_invisible(uint32_t rune)
{
	for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++)
		if (rune >= invisible[i].first && rune <= invisible[i].last)
			return true;
	return nkc_rune_is_control(rune) || nkc_rune_is_private(rune);
}

/* The first character that a file name cannot hold, into fault. */
static bool has_bad_character(nkc_str key, key_fault *fault)
{
	for (size_t at = 0, start = 0; at < key.len; start = at) {
		uint32_t rune = nkc_utf8_next(key, &at);
		nkc_str piece = nkc_str_slice(key, start, at);

		if (rune == '/' || rune == '\\')
			*fault = (key_fault){ NKC_CODE_KEY_PATH, "would be a path: it holds ", piece };
		else if (rune < 0x80 && rune > 0x20 && strchr(":*?\"<>|", (int)rune))
			*fault = (key_fault){ NKC_CODE_KEY_CHARACTER, "holds a character that file names cannot: ", piece };
		else if (is_invisible(rune))
			*fault = (key_fault){ NKC_CODE_KEY_CHARACTER, "holds an invisible character", NKC_STR("") };
		else
			continue;
		return true;
	}
	return false;
}

static bool has_bad_end(nkc_str key)
{
	return key.ptr[0] == '.' || key.ptr[0] == ' ' || key.ptr[key.len - 1] == '.' || key.ptr[key.len - 1] == ' ';
}

static bool is_composed(nkc_str key)
{
	nkc_buf composed = NKC_BUF_INIT;
	bool same = !nkc_utf8_has_high(key) ||
	            (nkc_text_nfc(key, &composed) == NKC_OK && nkc_str_eq(nkc_buf_str(&composed), key));

	nkc_buf_release(&composed);
	return same;
}

static bool find_fault(nkc_str key, key_fault *fault)
{
	*fault = (key_fault){ NKC_CODE_NONE, "", NKC_STR("") };
	if (key.len == 0)
		*fault = (key_fault){ NKC_CODE_KEY_EMPTY, "is empty", NKC_STR("") };
	else if (key.len > NKC_KEY_MAX)
		*fault = (key_fault){ NKC_CODE_KEY_LONG, "is too long", NKC_STR("") };
	else if (!nkc_utf8_valid(key))
		*fault = (key_fault){ NKC_CODE_KEY_UTF8, "is not UTF-8", NKC_STR("") };
	else if (has_bad_character(key, fault))
		return true;
	else if (has_bad_end(key))
		*fault = (key_fault){ NKC_CODE_KEY_DOT, "begins or ends with a dot or a space", NKC_STR("") };
	else if (is_device(key))
		*fault = (key_fault){ NKC_CODE_KEY_DEVICE, "is the name of a device on Windows", NKC_STR("") };
	else if (!is_composed(key))
		*fault = (key_fault){ NKC_CODE_KEY_UTF8, "is not in composed form (NFC)", NKC_STR("") };
	return fault->code != NKC_CODE_NONE;
}

/* Keys are shown so far in findings: a whole book may stand in an id. */
#define KEY_SHOWN 60

nkc_status nkc_key_check(nkc_str key, const nkc_place *place, nkc_diags *diags)
{
	key_fault fault;

	if (!find_fault(key, &fault))
		return NKC_OK;
	if (fault.code == NKC_CODE_KEY_EMPTY)
		nkc_diags_add(diags, fault.code, place, NULL, "the key is empty");
	else
		nkc_diags_add(diags, fault.code, place, NULL, "the key \"%.*s%s\" %s%.*s",
		              NKC_STR_ARG(nkc_str_slice(key, 0, KEY_SHOWN)), key.len > KEY_SHOWN ? "..." : "", fault.what,
		              NKC_STR_ARG(fault.piece));
	return NKC_EINVALID;
}

/* --- which key to propose --- */

/* Words that a title's first word is looked for behind, by language; English where none is stated. */
static const struct {
	const char *language;
	const char *words;
} articles[] = {
	{ "en", " a an the " },
	{ "de", " der die das ein eine " },
	{ "fr", " le la les l un une " },
	{ "es", " el la los las un una " },
	{ "it", " il lo la i gli le l un uno una " },
	{ "nl", " de het een " },
	{ "pt", " o a os as um uma " },
};

static bool is_article(const nkc_record *record, nkc_str word)
{
	nkc_str language = nkc_record_text(record, NKC_VAR_LANGUAGE);
	const char *words = articles[0].words;
	char padded[8] = " ";

	for (size_t i = 1; i < sizeof articles / sizeof *articles; i++)
		if (nkc_str_eq_nocase(nkc_str_slice(language, 0, 2), nkc_str_from(articles[i].language)))
			words = articles[i].words;
	if (word.len + 3 > sizeof padded)
		return false;
	memcpy(padded + 1, word.ptr, word.len);
	padded[word.len + 1] = ' ';
	padded[word.len + 2] = '\0';
	return strstr(words, padded) != NULL;
}

/* What one part of a key may add: the rest of a long word or name distinguishes nothing. */
#define PART_MAX 24

/* A key under construction. */
typedef struct maker {
	nkc_record *record;
	nkc_buf *key;
	bool as_written; /* this part keeps the letters of its script */
} maker;

static bool is_ascii_sign(uint32_t rune)
{
	return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9');
}

/* Appends the letters and digits of the text, in the Latin alphabet unless they shall stay as they are. */
static nkc_status put_plain(const maker *m, nkc_buf *out, nkc_str text)
{
	nkc_buf small = NKC_BUF_INIT, plain = NKC_BUF_INIT;
	nkc_str head = nkc_str_slice(text, 0, 1024);
	nkc_status status = m->as_written ? nkc_text_lower(head, nkc_record_text(m->record, NKC_VAR_LANGUAGE), &small)
	                                  : nkc_text_ascii(head, &small);
	size_t start = out->len;

	if (status == NKC_OK)
		status = nkc_text_nfc(nkc_buf_str(&small), &plain);
	for (size_t at = 0, from = 0; at < plain.len; from = at) {
		uint32_t rune = nkc_utf8_next(nkc_buf_str(&plain), &at);

		if (out->len - start + (at - from) > PART_MAX)
			break;
		if (is_ascii_sign(rune) || (rune >= 0x80 && rune != NKC_RUNE_BAD && nkc_rune_is_letter(rune)))
			nkc_buf_put(out, plain.ptr + from, at - from);
	}
	nkc_buf_release(&small);
	nkc_buf_release(&plain);
	return status == NKC_OK ? nkc_buf_status(out) : status;
}

/* Cuts the next word off: up to a space, outside of <tags>. */
static bool next_word(nkc_str *rest, nkc_buf *word)
{
	bool tag = false;
	size_t at = 0;

	nkc_buf_clear(word);
	while (at < rest->len) {
		char c = rest->ptr[at++];

		if (c == '<' || c == '>')
			tag = c == '<' && nkc_str_find_byte(nkc_str_slice(*rest, at, rest->len), '>') < rest->len - at;
		else if (tag)
			continue;
		else if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			nkc_buf_putc(word, c);
		else if (word->len > 0)
			break;
	}
	*rest = nkc_str_slice(*rest, at, rest->len);
	return word->len > 0;
}

/* Appends the first `count` words that are no articles; when there are only such, the first of them. */
static nkc_status put_words(const maker *m, nkc_str text, size_t count)
{
	nkc_buf *out = m->key;
	nkc_buf word = NKC_BUF_INIT, plain = NKC_BUF_INIT;
	size_t start = out->len;
	nkc_str head = nkc_str_slice(text, 0, 1024), rest = head; /* no word of a key stands further in */
	nkc_status status = NKC_OK;

	while (status == NKC_OK && count > 0 && next_word(&rest, &word)) {
		nkc_buf_clear(&plain);
		status = put_plain(m, &plain, nkc_buf_str(&word));
		if (plain.len == 0 || is_article(m->record, nkc_buf_str(&plain)))
			continue;
		nkc_buf_put_str(out, nkc_buf_str(&plain));
		count--;
	}
	rest = head;
	if (status == NKC_OK && out->len == start && next_word(&rest, &word))
		status = put_plain(m, out, nkc_buf_str(&word));
	nkc_buf_release(&word);
	nkc_buf_release(&plain);
	return status == NKC_OK ? nkc_buf_status(out) : status;
}

static nkc_status put_outlet(const maker *m)
{
	static const nkc_var outlets[] = { NKC_VAR_CONTAINER_TITLE, NKC_VAR_PUBLISHER, NKC_VAR_OUTLET };
	size_t start = m->key->len;
	nkc_status status = NKC_OK;

	for (size_t i = 0; i < sizeof outlets / sizeof *outlets && status == NKC_OK && m->key->len == start; i++)
		status = put_words(m, nkc_record_text(m->record, outlets[i]), 1);
	return status;
}

/* Of a person the family name without its particles, of an organisation its first word. */
static nkc_status put_name(const maker *m, const nkc_name *name)
{
	if (name->literal.len > 0)
		return put_words(m, name->literal, 1);
	return put_plain(m, m->key, name->family.len > 0 ? name->family : name->given);
}

static nkc_status put_author(const maker *m)
{
	static const nkc_var creators[] = { NKC_VAR_AUTHOR, NKC_VAR_EDITOR };
	size_t start = m->key->len;
	nkc_status status = NKC_OK;

	for (size_t i = 0; i < sizeof creators / sizeof *creators && status == NKC_OK && m->key->len == start; i++) {
		const nkc_name *names;

		if (nkc_record_names(m->record, creators[i], &names) > 0)
			status = put_name(m, &names[0]);
	}
	return status == NKC_OK && m->key->len == start ? put_outlet(m) : status;
}

static nkc_status put_year(const maker *m)
{
	nkc_date date;
	int64_t year;

	if ((!nkc_record_date(m->record, NKC_VAR_ISSUED, &date) && !nkc_record_date(m->record, NKC_VAR_DATE, &date)) ||
	    !date.structured) {
		nkc_buf_puts(m->key, "nd");
		return nkc_buf_status(m->key);
	}
	/* Of ../2013 only the end is a year. */
	year = nkc_year_csl(date.begin == NKC_DATE_SINGLE ? date.start.year : date.end.year);
	nkc_buf_printf(m->key, year < 0 ? "%lldbce" : "%lld", (long long)(year < 0 ? -year : year));
	return nkc_buf_status(m->key);
}

static nkc_status put_word(const maker *m)
{
	return put_words(m, nkc_record_text(m->record, NKC_VAR_TITLE), 1);
}

static nkc_status put_title(const maker *m)
{
	return put_words(m, nkc_record_text(m->record, NKC_VAR_TITLE), 3);
}

static nkc_status put_type(const maker *m)
{
	return put_plain(m, m->key, nkc_record_text(m->record, NKC_VAR_TYPE));
}

static const struct {
	const char *name;
	nkc_status (*put)(const maker *m);
} parts[] = {
	{ "author", put_author }, { "year", put_year }, { "word", put_word },
	{ "title", put_title },   { "type", put_type }, { "outlet", put_outlet },
};

/* "author", or "author~" for a part that stays in its script. */
static nkc_status put_part(maker *m, nkc_str name)
{
	m->as_written = nkc_str_ends(name, NKC_STR("~"));
	name.len -= m->as_written;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (nkc_str_is(name, parts[i].name))
			return parts[i].put(m);
	return NKC_EINVALID;
}

static nkc_status fill_pattern(nkc_record *record, nkc_str pattern, nkc_buf *key)
{
	maker m = { .record = record, .key = key };
	nkc_status status = NKC_OK;
	size_t at = 0;

	while (status == NKC_OK && at < pattern.len) {
		nkc_str rest = nkc_str_slice(pattern, at, pattern.len);
		size_t end = nkc_str_find_byte(rest, '}');

		if (rest.ptr[0] != '{') {
			nkc_buf_putc(key, rest.ptr[0]);
			at++;
		} else {
			status = end < rest.len ? put_part(&m, nkc_str_slice(rest, 1, end)) : NKC_EINVALID;
			at += end + 1;
		}
	}
	return status == NKC_OK ? nkc_buf_status(key) : status;
}

/* Room that is left behind a proposed key for a suffix: 26 + 26^2 + ... + 26^6 of them. */
#define SUFFIX_ROOM 6

/* Whole characters of the key, up to so many bytes. */
static void cut_key(nkc_buf *key, size_t len)
{
	while (len < key->len && len > 0 && ((unsigned char)key->ptr[len] & 0xC0) == 0x80)
		len--;
	nkc_buf_truncate(key, len);
}

/* With a letter behind it, is it a key? (Alone it may yet be a device.) */
static nkc_status check_base(nkc_buf *key)
{
	nkc_status status;

	nkc_buf_putc(key, 'a');
	status = nkc_key_check(nkc_buf_str(key), NULL, NULL);
	nkc_buf_truncate(key, key->len - 1);
	return status;
}

nkc_status nkc_key_propose(nkc_record *record, nkc_str pattern, nkc_library *library, nkc_buf *key)
{
	nkc_status status;

	nkc_buf_clear(key);
	status = fill_pattern(record, pattern, key);
	if (status != NKC_OK)
		return status;
	if (key->len == 0)
		nkc_buf_puts(key, "record");
	cut_key(key, NKC_KEY_MAX - SUFFIX_ROOM);
	status = check_base(key);
	if (status != NKC_OK || library)
		return status == NKC_OK ? nkc_library_make_free(library, key) : status;
	if (nkc_key_check(nkc_buf_str(key), NULL, NULL) != NKC_OK)
		nkc_buf_putc(key, 'a');
	return nkc_buf_status(key);
}
