#include "format/bibtex_scan.h"

#include "base/utf8.h"

/* --- strings --- */

void nkc_bib_strings_init(nkc_bib_strings *strings)
{
	strings->names = (nkc_set)NKC_MAP_INIT;
	nkc_buf_init(&strings->bytes);
}

void nkc_bib_strings_release(nkc_bib_strings *strings)
{
	nkc_set_release(&strings->names);
	nkc_buf_release(&strings->bytes);
}

/* BibTeX's styles and biber define these. */
static const char months[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
	                            "jul", "aug", "sep", "oct", "nov", "dec" };

#define NAME_MAX_BYTES 64

/* The name in small letters; longer ones count up to a bound. */
static nkc_str fold(nkc_str name, char *bytes)
{
	size_t len = name.len < NAME_MAX_BYTES ? name.len : NAME_MAX_BYTES;
	for (size_t i = 0; i < len; i++)
		bytes[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] | 0x20) : name.ptr[i];
	return nkc_str_make(bytes, len);
}

static nkc_status define_string(nkc_bib_strings *strings, nkc_str name, nkc_str value)
{
	char bytes[NAME_MAX_BYTES];
	uint32_t *place;
	bool added;
	name = fold(name, bytes);
	if (strings->bytes.len + name.len + value.len > NKC_BIB_STRINGS_MAX)
		return NKC_ELIMIT;
	nkc_status status = nkc_set_add(&strings->names, nkc_hash(name, 0), &added, &place);
	if (status)
		return status;
	*place = (uint32_t)strings->bytes.len + 1;
	size_t start = strings->bytes.len;
	uint32_t len = 0;
	nkc_buf_put(&strings->bytes, (const char *)&len, sizeof len);
	nkc_utf8_put_windows(&strings->bytes, value); /* entries are told of their own bytes only */
	if (!nkc_buf_status(&strings->bytes)) {
		len = (uint32_t)(strings->bytes.len - start - sizeof len);
		memcpy(strings->bytes.ptr + start, &len, sizeof len);
	}
	return nkc_buf_status(&strings->bytes);
}

static bool find_string(nkc_bib_strings *strings, nkc_str name, nkc_str *value)
{
	char bytes[NAME_MAX_BYTES];
	name = fold(name, bytes);
	uint64_t hash = nkc_hash(name, 0);
	uint32_t *place, len;
	bool added;
	if (nkc_set_has(&strings->names, hash) && !nkc_set_add(&strings->names, hash, &added, &place)) {
		const char *stored = strings->bytes.ptr + *place - 1;
		memcpy(&len, stored, sizeof len);
		*value = nkc_str_make(stored + sizeof len, len);
		return true;
	}
	for (size_t i = 0; i < 12; i++) {
		*value = nkc_str_make(months[i], 3);
		if (nkc_str_eq(name, *value))
			return true;
	}
	return false;
}

/* --- scanning --- */

typedef struct scan {
	nkc_str text;
	size_t at;
	bool whole;
	bool more; /* the text ended before its time */
	unsigned broken; /* values of the entry that did not end */
	nkc_bib_strings *strings;
	nkc_arena *arena;
	nkc_bib_raw *raw;
} scan;

static void fault(scan *s, nkc_code code, size_t at, const char *what)
{
	if (s->raw->fault)
		return;
	s->raw->fault = code;
	s->raw->fault_at = at - s->raw->start;
	s->raw->fault_what = what;
}

static bool at_end(scan *s)
{
	if (s->at < s->text.len)
		return false;
	s->more = s->more || !s->whole;
	return true;
}

static char here(const scan *s)
{
	return s->at < s->text.len ? s->text.ptr[s->at] : '\0';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* A line ends in CR in old files of the Macintosh. */
static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_name(char c)
{
	return (unsigned char)c > ' ' && c != 0x7F && !strchr("\"#%'(),={}\\@", c);
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* White space, and comments as biber has them between fields. */
static void skip_space(scan *s)
{
	while (!at_end(s)) {
		if (here(s) == '%') {
			while (!at_end(s) && !is_break(here(s)))
				s->at++;
		} else if (is_space(here(s))) {
			s->at++;
		} else {
			break;
		}
	}
}

/* The end of a word that begins at `at`. */
static size_t word_end(nkc_str text, size_t at)
{
	while (at < text.len && is_word(text.ptr[at]))
		at++;
	return at;
}

static size_t space_end(nkc_str text, size_t at)
{
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	return at;
}

/* Does the line at `at` begin like an entry: "@word{key,"? */
static bool begins_entry(nkc_str text, size_t at)
{
	at = space_end(text, at);
	if (at >= text.len || text.ptr[at] != '@')
		return false;
	size_t end = word_end(text, at + 1);
	if (end == at + 1 || end >= text.len)
		return false;
	end = space_end(text, end);
	if (end >= text.len || (text.ptr[end] != '{' && text.ptr[end] != '('))
		return false;
	size_t key = end = space_end(text, end + 1);
	while (end < text.len && is_name(text.ptr[end]))
		end++;
	return end > key && end < text.len && text.ptr[end] == ',';
}

/* Does the line at `at` begin like a field: "name = {"? */
static bool begins_field(nkc_str text, size_t at)
{
	at = space_end(text, at);
	size_t end = word_end(text, at);
	if (end == at)
		return false;
	end = space_end(text, end);
	if (end >= text.len || text.ptr[end] != '=')
		return false;
	end = space_end(text, end + 1);
	return end < text.len && (text.ptr[end] == '{' || text.ptr[end] == '"');
}

/* In a value that never ends: where the next field begins, or the end. */
static size_t find_field_line(nkc_str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (text.ptr[i] == '\n' && begins_field(text, i + 1))
			return i;
	}
	return to;
}

/* After so many broken values an entry ends: each may be looked through to the next entry. */
#define BROKEN_MAX 8

/* The value broke off: what was read of it ends where something else begins. */
static nkc_str take_broken(scan *s, size_t start)
{
	size_t end = s->broken++ < BROKEN_MAX ? find_field_line(s->text, start, s->at) : s->at;
	fault(s, NKC_CODE_BIB_SYNTAX, start, "a value that does not end");
	s->at = end;
	while (end > start && (is_space(s->text.ptr[end - 1]) || s->text.ptr[end - 1] == ','))
		end--;
	return nkc_str_slice(s->text, start, end);
}

/* Behind the opening brace or quote; `quote`: it is one. */
static nkc_str take_delimited(scan *s, bool quote)
{
	size_t start = s->at, depth = 0;
	for (; !at_end(s); s->at++) {
		char c = here(s);
		if (c == '{') {
			depth++;
		} else if (c == '}' && depth) {
			depth--;
		} else if ((c == '}' && !quote) || (c == '"' && quote && !depth)) {
			return nkc_str_slice(s->text, start, s->at++);
		} else if (is_break(c) && begins_entry(s->text, s->at + 1)) {
			break;
		}
	}
	return s->more ? NKC_STR("") : take_broken(s, start);
}

static nkc_str take_word(scan *s)
{
	size_t start = s->at;
	while (!at_end(s) && (is_name(here(s)) || (s->at > start && here(s) == '\'')))
		s->at++;
	return nkc_str_slice(s->text, start, s->at);
}

static bool is_number(nkc_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
	}
	return word.len > 0;
}

/* A name of a string, or a number. What no string has the name of stands for itself. */
static nkc_str take_macro(scan *s)
{
	size_t start = s->at;
	nkc_str word = take_word(s), value;
	if (is_number(word) || nkc_str_empty(word))
		return word;
	if (find_string(s->strings, word, &value))
		return nkc_arena_str(s->arena, value); /* the strings may move */
	fault(s, NKC_CODE_BIB_STRING, start, "no @string has that name");
	return word;
}

static bool take_piece(scan *s, nkc_str *piece)
{
	skip_space(s);
	char c = here(s);
	if (c == '{' || c == '"') {
		s->at++;
		*piece = take_delimited(s, c == '"');
		return true;
	}
	*piece = take_macro(s);
	return !nkc_str_empty(*piece);
}

static nkc_str join(scan *s, nkc_str a, nkc_str b)
{
	char *bytes = nkc_arena_alloc(s->arena, a.len + b.len + 1);
	if (!bytes)
		return a;
	memcpy(bytes, a.ptr, a.len);
	memcpy(bytes + a.len, b.ptr, b.len);
	bytes[a.len + b.len] = '\0';
	return nkc_str_make(bytes, a.len + b.len);
}

/* Pieces with '#' between them. (So many that joining them one by one stays cheap.) */
#define PIECES_MAX 1000

static nkc_str take_value(scan *s)
{
	nkc_str value = NKC_STR(""), piece;
	for (size_t i = 0; i < PIECES_MAX; i++) {
		size_t start = s->at;
		if (!take_piece(s, &piece)) {
			fault(s, NKC_CODE_BIB_SYNTAX, start, "no value here");
			break;
		}
		value = i && value.len ? join(s, value, piece) : piece;
		size_t behind = s->at;
		skip_space(s);
		if (here(s) != '#') {
			s->at = s->more ? s->at : behind;
			break;
		}
		s->at++;
	}
	return value;
}

static void add_field(scan *s, nkc_str name, size_t at, nkc_str value)
{
	if (s->raw->count == NKC_BIB_FIELDS_MAX) {
		fault(s, NKC_CODE_BIB_SYNTAX, at, "too many fields");
		return;
	}
	s->raw->fields[s->raw->count++] = (nkc_bib_raw_field){ name, value, at - s->raw->start };
}

static size_t pass_space(nkc_str text, size_t at)
{
	while (at < text.len && is_space(text.ptr[at]))
		at++;
	return at;
}

/* Is the brace behind which we are one too many, since fields go on: ", name ="? */
static bool goes_on(scan *s)
{
	size_t at = pass_space(s->text, s->at);
	if (at < s->text.len && s->text.ptr[at] == ',') {
		at = pass_space(s->text, at + 1);
		size_t end = word_end(s->text, at);
		at = end == at ? s->text.len : pass_space(s->text, end);
		return at < s->text.len && s->text.ptr[at] == '=';
	}
	s->more = s->more || (at == s->text.len && !s->whole);
	return false;
}

/* What stands at a place where a field or a key may begin. Returns false at the entry's end. */
static bool take_field(scan *s, char close, bool *first)
{
	size_t start = s->at;
	char c = here(s);
	if (c == close || c == '}') {
		s->at++;
		if (!goes_on(s))
			return false;
		fault(s, NKC_CODE_BIB_SYNTAX, start, "a brace too many");
		return true;
	}
	if (c == '@' && begins_entry(s->text, start)) {
		fault(s, NKC_CODE_BIB_SYNTAX, start, "the entry before does not end");
		return false;
	}
	if (c == ',') {
		s->at++;
		*first = false;
		return true;
	}
	nkc_str name = take_word(s);
	if (nkc_str_empty(name)) {
		fault(s, NKC_CODE_BIB_SYNTAX, start, "neither a field nor the end of the entry");
		s->at++;
		return true;
	}
	skip_space(s);
	if (here(s) == '=') {
		s->at++;
		add_field(s, name, start, take_value(s));
	} else if (*first) {
		s->raw->key = name;
	} else if (!s->more) {
		fault(s, NKC_CODE_BIB_SYNTAX, start, "a name without a value");
	}
	*first = false;
	return true;
}

/* A key may hold what no name may, but for blanks and commas. */
static void take_key(scan *s, char close)
{
	skip_space(s);
	size_t start = s->at;
	while (!at_end(s) && !is_space(here(s)) && here(s) != ',' && here(s) != close && here(s) != '=' &&
	       here(s) != '"' && here(s) != '{')
		s->at++;
	size_t end = s->at;
	skip_space(s);
	if (here(s) != ',' && here(s) != close) {
		s->at = start; /* no key but a field */
		return;
	}
	s->raw->key = nkc_str_slice(s->text, start, end);
}

static void take_entry(scan *s, char close, bool keyed)
{
	bool first = keyed && nkc_str_empty(s->raw->key);
	for (;;) {
		skip_space(s);
		if (at_end(s)) {
			fault(s, NKC_CODE_BIB_SYNTAX, s->raw->start, "the entry does not end");
			return;
		}
		if (!take_field(s, close, &first))
			return;
	}
}

static void take_strings(scan *s, char close)
{
	take_entry(s, close, false);
	for (size_t i = 0; i < s->raw->count && !s->more; i++)
		(void)define_string(s->strings, s->raw->fields[i].name, s->raw->fields[i].value);
}

/* Text between entries: up to the next '@' that is not in a line of comment. False: the text ends before that. */
static bool skip_between(scan *s)
{
	while (s->at < s->text.len && here(s) != '@') {
		if (here(s) != '%') {
			s->at++;
			continue;
		}
		size_t end = s->at;
		while (end < s->text.len && !is_break(s->text.ptr[end]))
			end++;
		if (end == s->text.len && !s->whole)
			return false; /* what comes is still comment */
		s->at = end;
	}
	return s->at < s->text.len;
}

static bool is_type(nkc_str type, const char *name)
{
	return nkc_str_eq_nocase(type, nkc_str_from(name));
}

static nkc_bib_found scan_at(scan *s)
{
	nkc_bib_raw *raw = s->raw;
	raw->start = s->at++;
	size_t end = word_end(s->text, s->at);
	raw->type = nkc_str_slice(s->text, s->at, end);
	s->at = end;
	skip_space(s);
	char open = here(s), close = open == '(' ? ')' : '}';
	if (at_end(s) || (open != '{' && open != '(') || nkc_str_empty(raw->type)) {
		s->at = s->more ? s->at : end;
		return NKC_BIB_OTHER; /* an address of mail, or some such */
	}
	if (is_type(raw->type, "comment") || is_type(raw->type, "preamble")) {
		s->at++;
		take_delimited(s, false);
		raw->fault = NKC_CODE_NONE;
		return NKC_BIB_OTHER;
	}
	s->at++;
	if (is_type(raw->type, "string")) {
		take_strings(s, close);
		return NKC_BIB_OTHER;
	}
	take_key(s, close);
	take_entry(s, close, true);
	raw->end = s->at;
	return NKC_BIB_ENTRY;
}

nkc_bib_found nkc_bib_scan(nkc_str text, size_t *at, bool whole, nkc_bib_strings *strings, nkc_arena *arena,
                           nkc_bib_raw *raw)
{
	scan s = { .text = text, .at = *at, .whole = whole, .strings = strings, .arena = arena, .raw = raw };
	raw->count = 0;
	raw->key = NKC_STR("");
	raw->fault = NKC_CODE_NONE;
	size_t start = s.at;
	if (!skip_between(&s)) {
		*at = s.at;
		return whole ? NKC_BIB_END : NKC_BIB_MORE;
	}
	if (s.at > start) {
		*at = s.at;
		return NKC_BIB_OTHER;
	}
	nkc_bib_found found = scan_at(&s);
	if (s.more)
		return NKC_BIB_MORE;
	*at = s.at;
	return found;
}
