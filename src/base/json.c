#include "base/json.h"

#include "base/utf8.h"
#include "base/value_list.h"

typedef struct parser {
	nkc_arena *arena;
	const char *text;
	size_t len;
	size_t start; /* places count from here */
	size_t at;
	unsigned depth;
	size_t values_left; /* so many more may be made */
	nkc_json_fault *fault;
} parser;

/* What a byte means inside a string: 0 plain, 1 to look at. */
static const unsigned char special[256] = {
	[0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1, [0x07] = 1,
	[0x08] = 1, [0x09] = 1, [0x0A] = 1, [0x0B] = 1, [0x0C] = 1, [0x0D] = 1, [0x0E] = 1, [0x0F] = 1,
	[0x10] = 1, [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1, [0x17] = 1,
	[0x18] = 1, [0x19] = 1, [0x1A] = 1, [0x1B] = 1, [0x1C] = 1, [0x1D] = 1, [0x1E] = 1, [0x1F] = 1,
	['"'] = 1,  ['\\'] = 1,
};

static nkc_json_result bad(parser *p, size_t at, const char *what)
{
	p->fault->code = NKC_CODE_JSON_SYNTAX;
	p->fault->at = at;
	p->fault->what = what;
	return NKC_JSON_BAD;
}

static nkc_json_result beyond(parser *p, nkc_code code, const char *what)
{
	bad(p, p->at, what);
	p->fault->code = code;
	return NKC_JSON_BAD;
}

static nkc_json_result more(parser *p, const char *what)
{
	bad(p, p->len, what);
	return NKC_JSON_MORE;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_space(parser *p)
{
	while (p->at < p->len && is_space(p->text[p->at]))
		p->at++;
}

size_t nkc_json_skip_space(nkc_str text, size_t at)
{
	while (at < text.len && is_space(text.ptr[at]))
		at++;
	return at;
}

/* Eight bytes at once: has the word a byte that is `special` or not ASCII? */
static bool plain8(const char *bytes)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t w;
	memcpy(&w, bytes, 8);
	uint64_t quote = w ^ (ones * '"');
	uint64_t slash = w ^ (ones * '\\');
	uint64_t hits = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | (w - ones * 0x20) | w;
	return (hits & high) == 0;
}

/* Moves over the plain bytes of a string; returns where it stopped. Notes what it saw in *flags. */
static size_t skip_plain(const char *text, size_t at, size_t len, uint8_t *flags)
{
	for (;;) {
		while (at + 8 <= len && plain8(text + at))
			at += 8;
		while (at < len && !special[(unsigned char)text[at]] && (unsigned char)text[at] < 0x80)
			at++;
		if (at >= len || (unsigned char)text[at] < 0x80)
			return at;
		while (at < len && (unsigned char)text[at] >= 0x80) {
			size_t step = nkc_utf8_length(text + at, len - at);
			if (step == 0)
				*flags |= NKC_VALUE_BAD_UTF8 | NKC_VALUE_ESCAPED;
			at += step ? step : 1;
		}
	}
}

static int hex4(const char *text)
{
	int value = 0;
	for (int i = 0; i < 4; i++) {
		char c = text[i];
		int digit = c >= '0' && c <= '9' ? c - '0' :
		            c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		            c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Finds the closing quote and checks what stands before it; p->at is behind the opening one. */
static nkc_json_result scan_string(parser *p, uint8_t *flags)
{
	for (;;) {
		p->at = skip_plain(p->text, p->at, p->len, flags);
		if (p->at >= p->len)
			return more(p, "the text ends inside a string");
		char c = p->text[p->at];
		if (c == '"')
			return NKC_JSON_DONE;
		if (c != '\\')
			return bad(p, p->at, c == '\n' || c == '\r' ? "a string is not closed on its line"
			                                            : "a control character inside a string");
		*flags |= NKC_VALUE_ESCAPED;
		if (p->len - p->at < 2)
			return more(p, "the text ends inside a string");
		char e = p->text[p->at + 1];
		if (!e || !strchr("\"\\/bfnrtu", e))
			return bad(p, p->at, "no such escape in a string");
		if (e == 'u' && p->len - p->at < 6)
			return more(p, "the text ends inside a string");
		if (e == 'u' && hex4(p->text + p->at + 2) < 0)
			return bad(p, p->at, "\\u wants four hexadecimal digits");
		p->at += e == 'u' ? 6 : 2;
	}
}

static char *put_rune(char *out, uint32_t rune)
{
	if (rune < 0x80) {
		*out++ = (char)rune;
	} else if (rune < 0x800) {
		*out++ = (char)(0xC0 | rune >> 6);
		*out++ = (char)(0x80 | (rune & 0x3F));
	} else if (rune < 0x10000) {
		*out++ = (char)(0xE0 | rune >> 12);
		*out++ = (char)(0x80 | (rune >> 6 & 0x3F));
		*out++ = (char)(0x80 | (rune & 0x3F));
	} else {
		*out++ = (char)(0xF0 | rune >> 18);
		*out++ = (char)(0x80 | (rune >> 12 & 0x3F));
		*out++ = (char)(0x80 | (rune >> 6 & 0x3F));
		*out++ = (char)(0x80 | (rune & 0x3F));
	}
	return out;
}

/* The code point of a checked \u escape at text[*at] ("\uXXXX", perhaps a pair); moves *at behind it. */
static uint32_t unicode_escape(const char *text, size_t len, size_t *at, uint8_t *flags)
{
	uint32_t rune = (uint32_t)hex4(text + *at + 2);
	*at += 6;
	if (rune < 0xD800 || rune > 0xDFFF)
		return rune;
	if (rune < 0xDC00 && len - *at >= 6 && text[*at] == '\\' && text[*at + 1] == 'u') {
		int low = hex4(text + *at + 2);
		if (low >= 0xDC00 && low <= 0xDFFF) {
			*at += 6;
			return 0x10000 + ((rune - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
		}
	}
	*flags |= NKC_VALUE_LONE;
	return rune;
}

/* Decodes a checked string. The result is never longer than the escaped text. */
static nkc_str unescape(nkc_arena *arena, const char *text, size_t len, uint8_t *flags)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char *start = nkc_arena_alloc(arena, len);
	if (!start)
		return NKC_STR("");
	char *out = start;
	for (size_t at = 0; at < len;) {
		const char *slash = memchr(text + at, '\\', len - at);
		size_t run = slash ? (size_t)(slash - (text + at)) : len - at;
		memcpy(out, text + at, run);
		out += run;
		at += run;
		if (!slash)
			break;
		if (text[at + 1] == 'u') {
			out = put_rune(out, unicode_escape(text, len, &at, flags));
		} else {
			*out++ = to[strchr(from, text[at + 1]) - from];
			at += 2;
		}
	}
	return nkc_str_make(start, (size_t)(out - start));
}

/* p->text[p->at] is the opening quote. */
static nkc_json_result parse_string(parser *p, nkc_str *text, uint8_t *flags)
{
	size_t first = ++p->at;
	nkc_json_result result = scan_string(p, flags);
	if (result != NKC_JSON_DONE)
		return result;
	*text = nkc_str_make(p->text + first, p->at - first);
	if (*flags & NKC_VALUE_ESCAPED)
		*text = unescape(p->arena, text->ptr, text->len, flags);
	p->fault->seen |= *flags;
	p->at++;
	return NKC_JSON_DONE;
}

static size_t digits(const parser *p, size_t at)
{
	while (at < p->len && p->text[at] >= '0' && p->text[at] <= '9')
		at++;
	return at;
}

static nkc_json_result parse_number(parser *p, nkc_value *value)
{
	size_t first = p->at, at = p->at;
	at += p->text[at] == '-';
	size_t whole = at;
	at = digits(p, at);
	if (at == whole)
		return at >= p->len ? more(p, "the text ends inside a number") : bad(p, first, "not a JSON value");
	if (p->text[whole] == '0' && at > whole + 1)
		return bad(p, first, "a number may not begin with 0");
	if (at < p->len && p->text[at] == '.') {
		size_t point = ++at;
		at = digits(p, at);
		if (at == point)
			return at >= p->len ? more(p, "the text ends inside a number") :
			                      bad(p, first, "digits are missing behind the point");
	}
	if (at < p->len && (p->text[at] == 'e' || p->text[at] == 'E')) {
		at++;
		at += at < p->len && (p->text[at] == '+' || p->text[at] == '-');
		size_t exponent = at;
		at = digits(p, at);
		if (at == exponent)
			return at >= p->len ? more(p, "the text ends inside a number") :
			                      bad(p, first, "digits are missing in the exponent");
	}
	value->type = NKC_NUMBER;
	value->u.text = nkc_str_make(p->text + first, at - first);
	p->at = at;
	return NKC_JSON_DONE;
}

static nkc_json_result parse_word(parser *p, nkc_value *value)
{
	static const struct {
		const char *word;
		size_t len;
		nkc_value_type type;
	} words[] = { { "true", 4, NKC_TRUE }, { "false", 5, NKC_FALSE }, { "null", 4, NKC_NULL } };
	nkc_str rest = nkc_str_make(p->text + p->at, p->len - p->at);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		nkc_str word = nkc_str_make(words[i].word, words[i].len);
		if (nkc_str_starts(rest, word)) {
			value->type = (uint8_t)words[i].type;
			p->at += word.len;
			return NKC_JSON_DONE;
		}
		if (nkc_str_starts(word, rest))
			return more(p, "the text ends inside a value");
	}
	return bad(p, p->at, "not a JSON value");
}

static nkc_json_result parse_value(parser *p, nkc_value *value);

static nkc_json_result parse_key(parser *p, nkc_value *member)
{
	if (p->text[p->at] != '"')
		return bad(p, p->at,
		           p->text[p->at] == '}'
		                   ? "a comma too much before }"
		                   : "the name of a member, in double quotes, should stand here");
	member->key_at = (uint32_t)(p->at - p->start);
	uint8_t flags = 0;
	nkc_json_result result = parse_string(p, &member->key, &flags);
	if (result != NKC_JSON_DONE)
		return result;
	if (flags & NKC_VALUE_BAD_UTF8)
		member->flags |= NKC_VALUE_KEY_BAD_UTF8;
	if (flags & NKC_VALUE_LONE)
		member->flags |= NKC_VALUE_KEY_LONE;
	skip_space(p);
	if (p->at >= p->len)
		return more(p, "the text ends inside an object");
	if (p->text[p->at] != ':')
		return bad(p, p->at, "a colon should stand here");
	p->at++;
	skip_space(p);
	return p->at >= p->len ? more(p, "the text ends inside an object") : NKC_JSON_DONE;
}

/* p->text[p->at] is the opening bracket. */
static nkc_json_result parse_list(parser *p, nkc_value *list)
{
	bool object = p->text[p->at] == '{';
	char close = object ? '}' : ']';
	const char *ended = object ? "the text ends inside an object" : "the text ends inside an array";
	if (++p->depth > NKC_JSON_DEPTH_MAX)
		return beyond(p, NKC_CODE_JSON_DEPTH, "nested more than 512 levels deep");
	list->type = object ? NKC_OBJECT : NKC_ARRAY;
	list->u.list.first = list->u.list.last = NULL;
	p->at++;
	skip_space(p);
	if (p->at < p->len && p->text[p->at] == close) {
		p->at++;
		p->depth--;
		return NKC_JSON_DONE;
	}
	for (;;) {
		if (p->at >= p->len)
			return more(p, ended);
		if (p->values_left-- == 0)
			return beyond(p, NKC_CODE_JSON_SIZE, "a record of more than 524,288 values");
		nkc_value *child = nkc_value_new(p->arena, NKC_NULL);
		if (!child)
			return bad(p, p->at, "out of memory");
		child->flags = 0;
		nkc_json_result result = object ? parse_key(p, child) : NKC_JSON_DONE;
		if (result == NKC_JSON_DONE)
			result = parse_value(p, child);
		if (result != NKC_JSON_DONE)
			return result;
		nkc_value_link(list, child);
		skip_space(p);
		if (p->at >= p->len)
			return more(p, ended);
		char c = p->text[p->at];
		if (c != ',' && c != close)
			return bad(p, p->at,
			           object ? "a comma or } should stand here"
			                  : "a comma or ] should stand here");
		p->at++;
		if (c == close) {
			p->depth--;
			return NKC_JSON_DONE;
		}
		skip_space(p);
	}
}

static nkc_json_result parse_value(parser *p, nkc_value *value)
{
	value->at = (uint32_t)(p->at - p->start);
	switch (p->text[p->at]) {
	case '"':
		value->type = NKC_STRING;
		return parse_string(p, &value->u.text, &value->flags);
	case '{':
	case '[':
		return parse_list(p, value);
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		return parse_number(p, value);
	default:
		return parse_word(p, value);
	}
}

/* p is set up but for its fault. */
static nkc_json_result parse_root(parser *p, size_t *end, nkc_value **value)
{
	*p->fault = (nkc_json_fault){ NKC_CODE_NONE, 0, "", 0 };
	skip_space(p);
	if (p->at >= p->len)
		return more(p, "the text ends before a value");
	nkc_value *root = nkc_value_new(p->arena, NKC_NULL);
	if (!root)
		return bad(p, p->at, "out of memory");
	root->flags = 0;
	nkc_json_result result = parse_value(p, root);
	*end = p->at;
	*value = root;
	return result;
}

nkc_json_result nkc_json_parse(nkc_arena *arena, nkc_str text, size_t start, size_t *end, nkc_value **value,
                               nkc_json_fault *fault)
{
	parser p = { .arena = arena, .text = text.ptr, .len = text.len, .start = start, .at = start,
		     .values_left = NKC_JSON_VALUES_MAX, .fault = fault };
	return parse_root(&p, end, value);
}

/* The offset behind the string whose opening quote is text[at]; a line end ends it too. */
static size_t string_end(nkc_str text, size_t at)
{
	for (at++; at < text.len; at++) {
		char c = text.ptr[at];
		if (c == '"')
			return at + 1;
		if (c == '\n')
			return at;
		if (c == '\\')
			at++;
	}
	return text.len;
}

size_t nkc_json_token_end(nkc_str text, size_t at)
{
	if (at >= text.len)
		return text.len;
	if (text.ptr[at] == '"')
		return string_end(text, at);
	size_t end = at;
	while (end < text.len && !strchr(" \t\r\n,:{}[]\"", text.ptr[end]))
		end++;
	return end > at ? end : at + 1;
}

/* What a byte may mean to the search for a value's end, by its brackets alone; 0: nothing. */
enum { DULL, SPACE, LINE_END, QUOTE, OPEN_OBJECT, OPEN_LIST, CLOSE, COMMA };

static const unsigned char meaning[256] = {
	[' '] = SPACE,  ['\t'] = SPACE, ['\n'] = LINE_END, ['"'] = QUOTE, ['{'] = OPEN_OBJECT,
	['['] = OPEN_LIST, ['}'] = CLOSE, [']'] = CLOSE,   [','] = COMMA,
};

static const bool ends_string[256] = { ['"'] = true, ['\\'] = true, ['\n'] = true };

/* Eight bytes at once: may one of them be a quote, a backslash or a line end? */
static bool ends_string8(const char *bytes)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t w;
	memcpy(&w, bytes, 8);
	uint64_t quote = w ^ (ones * '"');
	uint64_t slash = w ^ (ones * '\\');
	uint64_t line = w ^ (ones * '\n');
	return ((((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((line - ones) & ~line)) & high) != 0;
}

/* Moves behind the string, or to the line end that closes it, or to the end of the text. */
static size_t skip_string(nkc_json_skip *skip, nkc_str text, size_t at)
{
	for (; at < text.len; at++) {
		if (!skip->escaped)
			while (at + 8 <= text.len && !ends_string8(text.ptr + at))
				at += 8;
		while (!skip->escaped && at < text.len && !ends_string[(unsigned char)text.ptr[at]])
			at++;
		if (at >= text.len)
			break;
		char c = text.ptr[at];
		if (c == '\n' || (c == '"' && !skip->escaped)) {
			skip->in_string = skip->escaped = false;
			return at + (c == '"');
		}
		skip->escaped = c == '\\' && !skip->escaped;
	}
	return text.len;
}

/* White space at the start of a line tells how far in it begins. */
static size_t skip_margin(nkc_json_skip *skip, nkc_str text, size_t at)
{
	size_t start = at;
	while (at < text.len && meaning[(unsigned char)text.ptr[at]] == SPACE)
		at++;
	skip->margin += at - start;
	return at;
}

/* Does the value end before this byte, which does not belong to it? */
static bool ends_before(const nkc_json_skip *skip, unsigned what)
{
	if (!skip->begun)
		return false;
	if (what == OPEN_OBJECT)
		return skip->depth == 0 || (skip->blank && skip->margin <= skip->indent);
	return skip->depth == 0 && (what == COMMA || what == CLOSE);
}

/* One byte outside strings. True when the value ends with it. */
static bool skip_byte(nkc_json_skip *skip, unsigned what)
{
	skip->begun = true;
	skip->blank = what == LINE_END;
	if (what == LINE_END)
		skip->margin = 0;
	skip->in_string = what == QUOTE;
	skip->depth += what == OPEN_OBJECT || what == OPEN_LIST;
	return what == CLOSE && (skip->depth == 0 || --skip->depth == 0);
}

bool nkc_json_skip_value(nkc_json_skip *skip, nkc_str text, size_t *at)
{
	size_t i = *at;
	while (i < text.len) {
		if (skip->blank)
			i = skip_margin(skip, text, i);
		if (skip->in_string)
			i = skip_string(skip, text, i);
		while (skip->begun && !skip->blank && i < text.len && meaning[(unsigned char)text.ptr[i]] <= SPACE)
			i++;
		if (i >= text.len)
			break;
		unsigned what = meaning[(unsigned char)text.ptr[i]];
		if (ends_before(skip, what)) {
			*at = i;
			return true;
		}
		i++;
		if (skip_byte(skip, what)) {
			*at = i;
			return true;
		}
	}
	*at = text.len;
	return false;
}

nkc_status nkc_value_parse(nkc_value **out, nkc_arena *arena, nkc_str text, size_t *at, const char **what)
{
	nkc_json_fault fault;
	size_t end = 0;
	parser p = { .arena = arena, .text = text.ptr, .len = text.len, .values_left = SIZE_MAX, .fault = &fault };
	nkc_json_result result = parse_root(&p, &end, out);
	if (nkc_arena_status(arena))
		return NKC_ENOMEM;
	if (result == NKC_JSON_DONE && nkc_json_skip_space(text, end) < text.len) {
		fault.at = nkc_json_skip_space(text, end);
		fault.what = "text behind the end of the value";
		result = NKC_JSON_BAD;
	}
	if (result == NKC_JSON_DONE)
		return NKC_OK;
	if (at)
		*at = fault.at;
	if (what)
		*what = fault.what;
	return NKC_ESYNTAX;
}
