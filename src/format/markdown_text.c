#include "format/markdown_text.h"

/* Markup of CSL (specification, "Rich text") and its marks in pandoc's Markdown. */
typedef struct mark {
	nkc_str open, close;       /* in CSL */
	nkc_str before, after;     /* in Markdown */
	bool tight;                /* holds no space: ~a~ */
} mark;

#define M(open, close, before, after, tight) \
	{ NKC_STR_INIT(open), NKC_STR_INIT(close), NKC_STR_INIT(before), NKC_STR_INIT(after), tight }

/* Longer marks first. */
static const mark marks[] = {
	M("<b>", "</b>", "**", "**", false),
	M("<i>", "</i>", "*", "*", false),
	M("<sub>", "</sub>", "~", "~", true),
	M("<sup>", "</sup>", "^", "^", true),
	M("<span class=\"nocase\">", "</span>", "[", "]{.nocase}", false),
	M("<span style=\"font-variant:small-caps;\">", "</span>", "[", "]{.smallcaps}", false),
};
#define MARKS (sizeof marks / sizeof *marks)

static bool is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* A letter, a digit, or a byte of a character beyond ASCII. */
static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static char at_or_space(nkc_str text, size_t at)
{
	return at < text.len ? text.ptr[at] : ' ';
}

/* How far a pair of marks may reach: text of records is short, and what does not end is not looked for to its end. */
#define REACH 1000

/* --- writing --- */

/* May the inside of a pair of marks stand between Markdown's? Nothing else in it may be markup, so that pairs cannot cross. */
static bool fits_inside(nkc_str inside, const mark *m)
{
	if (!inside.len || is_space(inside.ptr[0]) || is_space(inside.ptr[inside.len - 1]))
		return false;
	for (size_t at = 0; at < inside.len; at++) {
		if (strchr("<*_~^[]\\", inside.ptr[at]) || (m->tight && is_space(inside.ptr[at])))
			return false;
	}
	return true;
}

/*
 * The pair of marks that opens at text[at], if Markdown can have it there: * next to a letter opens or closes nothing
 * in every reader.
 */
static const mark *find_pair(nkc_str text, size_t at, size_t *close)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	for (size_t i = 0; i < MARKS; i++) {
		const mark *m = &marks[i];
		if (!nkc_str_starts(rest, m->open))
			continue;
		nkc_str behind = nkc_str_slice(rest, m->open.len, m->open.len + REACH);
		size_t length = nkc_str_find_byte(behind, '<'); /* inside, no other tag fits */
		bool closed = nkc_str_starts(nkc_str_slice(behind, length, behind.len), m->close);
		nkc_str inside = nkc_str_slice(behind, 0, length);
		size_t end = m->open.len + length + m->close.len;
		bool star = m->before.ptr[0] == '*';
		bool apart = (!at || !is_word(text.ptr[at - 1])) && !is_word(at_or_space(rest, end)) &&
		             !strchr("*<", at_or_space(rest, end)) && (!at || !strchr("*>", text.ptr[at - 1]));
		if (!closed || !fits_inside(inside, m) || (star && !apart))
			return NULL;
		*close = at + m->open.len + length;
		return m;
	}
	return NULL;
}

/* Is text[at] a mark to a reader of Markdown? */
static bool needs_escape(nkc_str text, size_t at)
{
	char c = text.ptr[at], next = at_or_space(text, at + 1), before = at ? text.ptr[at - 1] : ' ';
	switch (c) {
	case '*':
	case '\\':
	case '`':
	case '$':
	case '^':
	case '~':
	case '[':
	case ']': return true;
	case '_': return !is_word(before) || !is_word(next);
	case '@': return is_word(next) || next == '{' || next == '_';
	case '-': return next == '-' || before == '-';
	case '.': return next == '.' || before == '.';
	case '&': return is_word(next) || next == '#';
	default: return false;
	}
}

/* A tag of CSL is left as it is; what else looks like one is text. */
static bool is_csl_tag(nkc_str rest)
{
	for (size_t i = 0; i < MARKS; i++) {
		if (nkc_str_starts(rest, marks[i].open) || nkc_str_starts(rest, marks[i].close))
			return true;
	}
	return nkc_str_starts(rest, NKC_STR("<sc>")) || nkc_str_starts(rest, NKC_STR("</sc>")) ||
	       nkc_str_starts(rest, NKC_STR("<span "));
}

static size_t skip_word(nkc_str text, size_t at)
{
	while (at < text.len && at < 10 && is_word(text.ptr[at]) && (unsigned char)text.ptr[at] < 0x80)
		at++;
	return at;
}

/* Offset of the character that makes a list, heading, quotation or table of the text, or text.len. */
static size_t find_block(nkc_str text)
{
	char first = at_or_space(text, 0);
	if (strchr("#>|+-:%", first) && text.len)
		return 0;
	size_t open = first == '(' ? 1 : 0, word = skip_word(text, open);
	bool numbered = word > open && strchr(".)", at_or_space(text, word)) && word < text.len;
	return numbered && is_space(at_or_space(text, word + 1)) ? word : text.len;
}

/* What begins a line may not be white space: that could make code of it. */
static const nkc_str space = NKC_STR_INIT("&#32;"), tab = NKC_STR_INIT("&#9;");

static void put_plain(nkc_buf *out, nkc_str text, size_t from, size_t to, size_t block)
{
	for (size_t at = from; at < to; at++) {
		bool tag = text.ptr[at] == '<' && !is_csl_tag(nkc_str_slice(text, at, text.len)) &&
		           !is_space(at_or_space(text, at + 1));
		if (at == block || tag || needs_escape(text, at))
			nkc_buf_putc(out, '\\');
		if (at && text.ptr[at - 1] == '\n' && strchr(" \t", text.ptr[at]))
			nkc_buf_put_str(out, text.ptr[at] == ' ' ? space : tab);
		else
			nkc_buf_putc(out, text.ptr[at]);
	}
}

void nkc_markdown_put_text(nkc_buf *out, nkc_str text)
{
	size_t done = 0, close, block = find_block(text);
	for (size_t at = 0; at < text.len;) {
		const mark *m = text.ptr[at] == '<' ? find_pair(text, at, &close) : NULL;
		if (!m) {
			at++;
			continue;
		}
		put_plain(out, text, done, at, block);
		nkc_buf_put_str(out, m->before);
		put_plain(out, text, at + m->open.len, close, text.len);
		nkc_buf_put_str(out, m->after);
		at = done = close + m->close.len;
	}
	put_plain(out, text, done, text.len, block);
}

/* --- reading --- */

/*
 * Offset behind `at` where the mark stands unescaped with no space before it, or text.len. A bracket ends where brackets
 * inside it are closed, whatever stands behind.
 */
static size_t find_close(nkc_str text, size_t at, const mark *m)
{
	bool bracket = m->before.ptr[0] == '[';
	size_t open = 0;
	for (size_t i = at; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			i++;
		else if (bracket && text.ptr[i] == '[')
			open++;
		else if (bracket && text.ptr[i] == ']' && open)
			open--;
		else if (bracket && text.ptr[i] == ']' && !nkc_str_starts(nkc_str_slice(text, i, text.len), m->after))
			break;
		else if (m->tight && is_space(text.ptr[i]))
			break;
		else if (i > at && !is_space(text.ptr[i - 1]) &&
		         nkc_str_starts(nkc_str_slice(text, i, text.len), m->after))
			return i;
	}
	return text.len;
}

static const mark *read_pair(nkc_str text, size_t at, size_t *close)
{
	nkc_str near = nkc_str_slice(text, 0, at + REACH);
	for (size_t i = 0; i < MARKS; i++) {
		const mark *m = &marks[i];
		size_t inside = at + m->before.len;
		if (!nkc_str_starts(nkc_str_slice(near, at, near.len), m->before) ||
		    is_space(at_or_space(near, inside)))
			continue;
		*close = find_close(near, inside, m);
		bool star = m->before.ptr[0] == '*';
		if (*close < near.len && !(star && is_word(at_or_space(text, *close + m->after.len))))
			return m;
	}
	return NULL;
}

static bool may_open(nkc_str text, size_t at)
{
	char c = text.ptr[at];
	return c == '[' || c == '~' || c == '^' || (c == '*' && (!at || !is_word(text.ptr[at - 1])));
}

static void read_plain(nkc_buf *out, nkc_str text)
{
	for (size_t at = 0; at < text.len; at++) {
		nkc_str rest = nkc_str_slice(text, at, text.len);
		bool spaced = nkc_str_starts(rest, space), tabbed = nkc_str_starts(rest, tab);
		if (spaced || tabbed) {
			nkc_buf_putc(out, spaced ? ' ' : '\t');
			at += (spaced ? space : tab).len - 1;
			continue;
		}
		if (text.ptr[at] == '\\' && is_punctuation(at_or_space(text, at + 1)))
			at++;
		nkc_buf_putc(out, text.ptr[at]);
	}
}

void nkc_markdown_read_text(nkc_buf *out, nkc_str text)
{
	size_t done = 0, close;
	for (size_t at = 0; at < text.len;) {
		const mark *m = may_open(text, at) ? read_pair(text, at, &close) : NULL;
		if (!m) {
			at += text.ptr[at] == '\\' ? 2 : 1;
			continue;
		}
		read_plain(out, nkc_str_slice(text, done, at));
		nkc_buf_put_str(out, m->open);
		read_plain(out, nkc_str_slice(text, at + m->before.len, close));
		nkc_buf_put_str(out, m->close);
		at = done = close + m->after.len;
	}
	read_plain(out, nkc_str_slice(text, done, text.len));
}
