#include "format/latex_read.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

/* --- commands by name --- */

typedef struct command {
	nkc_str name; /* "alpha", "'e", "v s" */
	uint16_t rune; /* or, when it is 0, */
	const char *text;
} command;

static const struct character {
	uint16_t rune;
	char latex[23];
} characters[] = {
#define NKC_LATEX(rune, latex) { rune, latex },
#define NKC_LATEX_STRICT(rune, latex) { rune, latex },
#define NKC_LATEX_MARK(rune, accent)
#include "format/latex_chars.def"
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
#undef NKC_LATEX_MARK
};

static const struct more {
	char name[18];
	char text[9];
} more[] = {
#define NKC_LATEX_COMMAND(name, text) { name, text },
#include "format/latex_commands.def"
#undef NKC_LATEX_COMMAND
};

static const struct mark {
	uint16_t rune;
	char accent;
} marks[] = {
#define NKC_LATEX(rune, latex)
#define NKC_LATEX_STRICT(rune, latex)
#define NKC_LATEX_MARK(rune, accent) { rune, accent[0] },
#include "format/latex_chars.def"
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
#undef NKC_LATEX_MARK
};

enum {
	CHARACTERS = sizeof characters / sizeof *characters,
	MORE = sizeof more / sizeof *more
};

struct nkc_latex_table {
	size_t count;
	command commands[CHARACTERS + MORE];
};

static int compare(const void *a, const void *b)
{
	return nkc_str_cmp(((const command *)a)->name, ((const command *)b)->name);
}

/* "alpha" of "{\alpha}" and of "{$\alpha$}"; empty when it is no command. */
static nkc_str command_name(const char *latex)
{
	nkc_str name = nkc_str_from(latex);
	size_t skip = nkc_str_starts(name, NKC_STR("{\\")) ? 2 : nkc_str_starts(name, NKC_STR("{$\\")) ? 3 : name.len;
	return nkc_str_slice(name, skip, name.len - (skip == 3 ? 2 : 1));
}

nkc_latex_table *nkc_latex_table_new(void)
{
	nkc_latex_table *table = nkc_malloc(sizeof *table);
	if (!table)
		return NULL;
	table->count = 0;
	for (size_t i = 0; i < CHARACTERS; i++) {
		nkc_str name = command_name(characters[i].latex);
		if (!nkc_str_empty(name))
			table->commands[table->count++] = (command){ name, characters[i].rune, NULL };
	}
	for (size_t i = 0; i < MORE; i++)
		table->commands[table->count++] = (command){ nkc_str_from(more[i].name), 0, more[i].text };
	qsort(table->commands, table->count, sizeof *table->commands, compare);
	return table;
}

void nkc_latex_table_free(nkc_latex_table *table)
{
	nkc_free(table);
}

static const command *find_command(const nkc_latex_table *table, nkc_str name)
{
	const command key = { .name = name };
	return bsearch(&key, table->commands, table->count, sizeof key, compare);
}

/* --- commands with a meaning of their own --- */

typedef enum what {
	KEEP_TEXT, /* only its argument counts */
	DROP,      /* it says nothing */
	DROP_TEXT, /* nor does its argument */
	ITALIC,
	BOLD,
	CAPS,
	SUPER,
	SUB,
	QUOTE,
	RAW,       /* its argument as it is */
	SECOND,    /* \href{address}{text} */
	PARAGRAPH,
	LINE
} what;

/* Ascending. `switches`: without an argument it holds to the end of its group. */
static const struct meaning {
	char name[18];
	uint8_t what;
	bool switches;
} meanings[] = {
	{ "aftergroup", DROP, false },  { "bf", BOLD, true },           { "bfseries", BOLD, true },
	{ "bibstring", KEEP_TEXT, false }, { "em", ITALIC, true },      { "emph", ITALIC, false },
	{ "enquote", QUOTE, false },    { "ensuremath", KEEP_TEXT, false }, { "foreignlanguage", SECOND, false },
	{ "hbox", KEEP_TEXT, false },   { "href", SECOND, false },      { "hspace", DROP_TEXT, false },
	{ "it", ITALIC, true },         { "itshape", ITALIC, true },    { "limits", DROP, false },
	{ "mathbb", KEEP_TEXT, false }, { "mathbf", KEEP_TEXT, false }, { "mathcal", KEEP_TEXT, false },
	{ "mathit", KEEP_TEXT, false }, { "mathrm", KEEP_TEXT, false }, { "mathsf", KEEP_TEXT, false },
	{ "mbox", KEEP_TEXT, false },   { "mkbibbold", BOLD, false },   { "mkbibemph", ITALIC, false },
	{ "mkbibitalic", ITALIC, false }, { "mkbibquote", QUOTE, false }, { "newblock", DROP, false },
	{ "newline", LINE, false },     { "nolinkurl", RAW, false },    { "noopsort", DROP_TEXT, false },
	{ "normalfont", DROP, false },  { "operatorname", KEEP_TEXT, false }, { "par", PARAGRAPH, false },
	{ "path", RAW, false },         { "protect", DROP, false },     { "relax", DROP, false },
	{ "rm", DROP, false },          { "sc", CAPS, true },           { "scshape", CAPS, true },
	{ "sf", DROP, false },          { "sl", ITALIC, true },         { "slshape", ITALIC, true },
	{ "sortunit", DROP_TEXT, false }, { "text", KEEP_TEXT, false }, { "textbf", BOLD, false },
	{ "textit", ITALIC, false },    { "textmd", KEEP_TEXT, false }, { "textnormal", KEEP_TEXT, false },
	{ "textrm", KEEP_TEXT, false }, { "textsc", CAPS, false },      { "textsf", KEEP_TEXT, false },
	{ "textsl", ITALIC, false },    { "textsubscript", SUB, false }, { "textsuperscript", SUPER, false },
	{ "texttt", KEEP_TEXT, false }, { "textup", KEEP_TEXT, false }, { "tt", DROP, false },
	{ "upshape", DROP, false },     { "url", RAW, false },          { "vphantom", DROP_TEXT, false },
	{ "xspace", DROP, false }
};

static const struct style {
	const char *open, *close; /* as CSL's micro-markup */
} styles[] = {
	[ITALIC] = { "<i>", "</i>" },
	[BOLD] = { "<b>", "</b>" },
	[CAPS] = { "<span style=\"font-variant:small-caps;\">", "</span>" },
	[SUPER] = { "<sup>", "</sup>" },
	[SUB] = { "<sub>", "</sub>" },
	[QUOTE] = { "\xe2\x80\x9c", "\xe2\x80\x9d" },
	[LINE] = { "", "" },
};

static int compare_meaning(const void *key, const void *meaning)
{
	return nkc_str_cmp(*(const nkc_str *)key, nkc_str_from(((const struct meaning *)meaning)->name));
}

static const struct meaning *find_meaning(nkc_str name)
{
	return bsearch(&name, meanings, sizeof meanings / sizeof *meanings, sizeof *meanings, compare_meaning);
}

/* --- reading --- */

/* Groups may be nested so deeply; of deeper ones only the braces go. */
#define DEPTH_MAX 64

typedef struct reading {
	const nkc_latex_table *table;
	nkc_buf *out;
	nkc_str text;
	size_t at;
	unsigned flags;
	size_t start;   /* of what is ours in out */
	bool space;     /* white space was passed over */
	size_t breaks;  /* line breaks, too, that are to be kept */
	unsigned depth;
	bool math;
	bool nocase; /* within such a span */
} reading;

static void read_until(reading *r, size_t end);

/* The white space that was passed over, now that something follows it. */
static void put_space(reading *r)
{
	bool begun = r->out->len > r->start;
	for (size_t i = 0; begun && i < r->breaks; i++)
		nkc_buf_putc(r->out, '\n');
	if (begun && r->space && !r->breaks)
		nkc_buf_putc(r->out, ' ');
	r->space = false;
	r->breaks = 0;
}

static void put(reading *r, const char *bytes, size_t len)
{
	if (!len)
		return;
	if (r->space || r->breaks)
		put_space(r);
	nkc_buf_put(r->out, bytes, len);
}

static void put_text(reading *r, const char *text)
{
	put(r, text, strlen(text));
}

size_t nkc_latex_group_end(nkc_str latex, size_t at)
{
	size_t depth = 0;
	for (size_t i = at; i < latex.len; i++) {
		char c = latex.ptr[i];
		if (c == '\\' && i + 1 < latex.len && latex.ptr[i + 1] == '\\')
			i++;
		else if (c == '{')
			depth++;
		else if (c == '}' && --depth == 0)
			return i + 1;
	}
	return latex.len;
}

/* So many pairs are taken off: to look for each partner costs the text's length. */
#define BRACES_MAX 8

/* Is the first brace the partner of the last? */
static bool is_group(nkc_str latex)
{
	return latex.len >= 2 && latex.ptr[0] == '{' && latex.ptr[1] != '\\' &&
	       nkc_latex_group_end(latex, 0) == latex.len && latex.ptr[latex.len - 1] == '}' &&
	       latex.ptr[latex.len - 2] != '\\';
}

nkc_str nkc_latex_unbrace(nkc_str latex)
{
	latex = nkc_str_trim(latex);
	for (int i = 0; i < BRACES_MAX && is_group(latex); i++)
		latex = nkc_str_trim(nkc_str_slice(latex, 1, latex.len - 1));
	return latex;
}

static char peek(const reading *r, size_t ahead, size_t end)
{
	return r->at + ahead < end ? r->text.ptr[r->at + ahead] : '\0';
}

static void skip_space(reading *r, size_t end)
{
	while (r->at < end && strchr(" \t\r\n", r->text.ptr[r->at]) && r->text.ptr[r->at])
		r->at++;
}

static void put_style(reading *r, uint8_t kind, bool opens)
{
	const struct style *style = &styles[kind];
	if (kind == QUOTE || (r->flags & NKC_LATEX_MARKUP))
		put_text(r, opens ? style->open : style->close);
}

/* The argument of a command: a group, or one character, or a command of letters. */
static nkc_str take_argument(reading *r, size_t end)
{
	skip_space(r, end);
	size_t start = r->at;
	if (peek(r, 0, end) == '{') {
		size_t close = nkc_latex_group_end(nkc_str_slice(r->text, 0, end), start);
		r->at = close;
		return nkc_str_slice(r->text, start + 1,
		                     close > start + 1 && r->text.ptr[close - 1] == '}' ? close - 1 : close);
	}
	if (peek(r, 0, end) == '\\') {
		r->at++;
		while (r->at < end && ((r->text.ptr[r->at] | 0x20) >= 'a' && (r->text.ptr[r->at] | 0x20) <= 'z'))
			r->at++;
	} else if (r->at < end) {
		nkc_utf8_next(r->text, &r->at);
	}
	return nkc_str_slice(r->text, start, r->at);
}

/* Reads a part of the text, which `argument` is. */
static void read_argument(reading *r, nkc_str argument)
{
	size_t behind = r->at, start = (size_t)(argument.ptr - r->text.ptr);
	if (r->depth >= DEPTH_MAX) {
		put(r, argument.ptr, argument.len);
		return;
	}
	r->depth++;
	r->at = start;
	read_until(r, start + argument.len);
	r->at = behind;
	r->depth--;
}

static void put_command_text(reading *r, const command *found)
{
	if (!found->rune) {
		put_text(r, found->text);
		return;
	}
	put_space(r);
	nkc_buf_put_rune(r->out, found->rune);
}

/* --- accents --- */

static uint16_t find_mark(char accent)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (marks[i].accent == accent)
			return marks[i].rune;
	}
	return 0;
}

/* Accents of their own, for Cyrillic and Romanian. */
static uint16_t find_word_mark(nkc_str name)
{
	static const struct {
		char name[16];
		uint16_t rune;
	} words[] = { { "C", 0x030F }, { "U", 0x0306 }, { "t", 0x0361 }, { "textcommabelow", 0x0326 } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_is(name, words[i].name))
			return words[i].rune;
	}
	return 0;
}

/* Sets the mark behind the first letter of what the argument means. */
static void compose(reading *r, nkc_str argument, uint16_t mark)
{
	nkc_buf letters = NKC_BUF_INIT, marked = NKC_BUF_INIT, whole = NKC_BUF_INIT;
	reading inner = { .table = r->table, .out = &letters, .text = argument, .depth = r->depth + 1 };
	if (r->depth < DEPTH_MAX)
		read_until(&inner, argument.len);
	size_t first = 0;
	if (letters.len)
		nkc_utf8_next(nkc_buf_str(&letters), &first);
	nkc_buf_put(&marked, letters.ptr, first);
	nkc_buf_put_rune(&marked, mark);
	if (nkc_text_nfc(nkc_buf_str(&marked), &whole) == NKC_OK && first)
		put(r, whole.ptr, whole.len);
	put(r, letters.ptr + first, letters.len - first);
	nkc_buf_release(&letters);
	nkc_buf_release(&marked);
	nkc_buf_release(&whole);
}

static void read_accent(reading *r, char accent, size_t end)
{
	nkc_str argument = take_argument(r, end);
	char name[4];
	size_t len = 0;
	name[len++] = accent;
	if ((accent | 0x20) >= 'a' && (accent | 0x20) <= 'z')
		name[len++] = ' ';
	if (nkc_str_is(argument, "\\i") || nkc_str_is(argument, "\\j"))
		argument = nkc_str_slice(argument, 1, 2);
	if (argument.len == 1) {
		name[len++] = argument.ptr[0];
		const command *found = find_command(r->table, nkc_str_make(name, len));
		if (found) {
			put_command_text(r, found);
			return;
		}
	}
	if (nkc_str_empty(argument)) /* \~{} is how people write a tilde */
		put(r, &accent, 1);
	else
		compose(r, argument, find_mark(accent));
}

/* --- commands --- */

/* Text within mathematics is text again. */
static void read_kept(reading *r, const char *name, nkc_str argument)
{
	bool math = r->math;
	if (strncmp(name, "text", 4) == 0 || strcmp(name, "mbox") == 0 || strcmp(name, "hbox") == 0)
		r->math = false;
	read_argument(r, argument);
	r->math = math;
}

static void read_meaning(reading *r, const struct meaning *meaning, size_t end)
{
	nkc_str argument = NKC_STR("");
	bool takes = !meaning->switches && meaning->what != DROP && meaning->what != PARAGRAPH && meaning->what != LINE;
	if (takes)
		argument = take_argument(r, end);
	switch ((what)meaning->what) {
	case DROP:
	case DROP_TEXT: break;
	case KEEP_TEXT: read_kept(r, meaning->name, argument); break;
	case RAW: put(r, argument.ptr, argument.len); break;
	case SECOND: read_argument(r, take_argument(r, end)); break;
	case PARAGRAPH: r->breaks = r->flags & NKC_LATEX_LINES ? 2 : 0, r->space = true; break;
	case LINE: r->breaks = r->flags & NKC_LATEX_LINES ? 1 : 0, r->space = true; break;
	default:
		put_style(r, meaning->what, true);
		if (meaning->switches) {
			argument = nkc_str_slice(r->text, r->at, end);
			r->at = end;
		}
		read_argument(r, argument);
		put_style(r, meaning->what, false);
	}
}

/* Stays as it is, with its braces. */
static void read_unknown(reading *r, size_t start, size_t end)
{
	put(r, r->text.ptr + start, r->at - start);
	if (peek(r, 0, end) != '{')
		return;
	put_text(r, "{");
	read_argument(r, take_argument(r, end));
	put_text(r, "}");
}

static void read_word(reading *r, size_t end)
{
	size_t start = r->at++;
	while (r->at < end && ((r->text.ptr[r->at] | 0x20) >= 'a' && (r->text.ptr[r->at] | 0x20) <= 'z'))
		r->at++;
	nkc_str name = nkc_str_slice(r->text, start + 1, r->at);
	const command *found = find_command(r->table, name);
	const struct meaning *meaning = find_meaning(name);
	uint16_t mark = find_word_mark(name);
	/* TeX passes over the space behind a word; behind "log" it sets one of its own. */
	if (found ? !r->math || found->rune : meaning && meaning->what != RAW)
		skip_space(r, end);
	if (found)
		put_command_text(r, found);
	else if (meaning)
		read_meaning(r, meaning, end);
	else if (mark)
		compose(r, take_argument(r, end), mark);
	else if (name.len == 1 && find_mark(name.ptr[0]))
		read_accent(r, name.ptr[0], end);
	else
		read_unknown(r, start, end);
}

static void read_command(reading *r, size_t end)
{
	char c = peek(r, 1, end);
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
		read_word(r, end);
		return;
	}
	r->at += 2;
	switch (c) {
	case '\0': r->at = end; put_text(r, "\\"); break;
	case '\'':
	case '`':
	case '^':
	case '"':
	case '~':
	case '=':
	case '.': read_accent(r, c, end); break;
	case ' ':
	case '\n':
	case '\t': r->space = true; break;
	case '\\': r->breaks = r->flags & NKC_LATEX_LINES ? 1 : 0, r->space = true; break;
	case '-':
	case '/':
	case '@':
	case '!':
	case '(':
	case ')': break;
	case ',': put_text(r, "\xe2\x80\xaf"); break;
	case ';':
	case ':': put_text(r, " "); break;
	default: put(r, &c, 1); break; /* \& \% \{ */
	}
}

/* --- mathematics --- */

/* "^{...}" and "_{...}", and in them \textrm{...}, which nkcite writes. */
static void read_script(reading *r, size_t end)
{
	uint8_t kind = r->text.ptr[r->at++] == '^' ? SUPER : SUB;
	nkc_str argument = take_argument(r, end);
	put_style(r, kind, true);
	read_argument(r, argument);
	put_style(r, kind, false);
}

/* Are all its commands known? Then its text says as much as its source. */
static bool is_simple_math(const reading *r, nkc_str math)
{
	for (size_t i = 0; i < math.len; i++) {
		if (math.ptr[i] == '&')
			return false;
		if (math.ptr[i] != '\\' || i + 1 == math.len)
			continue;
		size_t start = ++i;
		while (i < math.len && ((math.ptr[i] | 0x20) >= 'a' && (math.ptr[i] | 0x20) <= 'z'))
			i++;
		nkc_str name = nkc_str_slice(math, start, i);
		if (i == start)
			continue;
		i--;
		if (!find_command(r->table, name) && !find_meaning(name))
			return false;
	}
	return true;
}

/* The dollar that ends it; those in groups belong to text. */
static size_t find_dollar(const reading *r, size_t at, size_t end)
{
	size_t depth = 0;
	for (; at < end && (depth || r->text.ptr[at] != '$'); at++) {
		char c = r->text.ptr[at];
		if (c == '\\')
			at++;
		else if (c == '{')
			depth++;
		else if (c == '}' && depth)
			depth--;
	}
	return at < end ? at : end;
}

static void read_math(reading *r, size_t end)
{
	size_t start = r->at, close = find_dollar(r, start + 1, end);
	nkc_str math = nkc_str_slice(r->text, start + 1, close);
	if (close == end || r->math || !is_simple_math(r, math)) {
		size_t behind = close == end ? start + 1 : close + 1;
		put(r, r->text.ptr + start, behind - start);
		r->at = behind;
		return;
	}
	r->at = close + 1;
	r->math = true;
	read_argument(r, math);
	r->math = false;
}

/* --- text --- */

static void read_group(reading *r, size_t end)
{
	size_t start = r->at, close = nkc_latex_group_end(nkc_str_slice(r->text, 0, end), start);
	bool closed = close > start + 1 && r->text.ptr[close - 1] == '}';
	nkc_str inner = nkc_str_slice(r->text, start + 1, closed ? close - 1 : close);
	/* {\'e} is no group but a special character, {$<$} is a sign, and {"} stands in a value between quotes. */
	bool special = nkc_str_empty(inner) || nkc_str_is(inner, "\"") || inner.ptr[0] == '\\' || inner.ptr[0] == '$';
	bool nocase = (r->flags & NKC_LATEX_NOCASE) && !special && !r->math && !r->nocase;
	r->at = close;
	if (nocase) {
		r->nocase = true;
		put_text(r, "<span class=\"nocase\">");
	}
	read_argument(r, inner);
	if (nocase) {
		r->nocase = false;
		put_text(r, "</span>");
	}
}

static void read_dashes(reading *r, size_t end)
{
	size_t count = 1;
	while (count < 3 && peek(r, count, end) == '-')
		count++;
	put_text(r, r->math ? "\xe2\x88\x92" : count == 1 ? "-" : count == 2 ? "\xe2\x80\x93" : "\xe2\x80\x94");
	r->at += r->math ? 1 : count;
}

static void read_quotes(reading *r, size_t end)
{
	char c = r->text.ptr[r->at];
	bool twice = peek(r, 1, end) == c && !r->math;
	if (c == '`')
		put_text(r, twice ? "\xe2\x80\x9c" : "\xe2\x80\x98");
	else
		put_text(r, twice ? "\xe2\x80\x9d" : r->math ? "\xe2\x80\xb2" : "'");
	r->at += twice ? 2 : 1;
}

/* !` and ?` */
static void read_mark(reading *r, size_t end)
{
	char c = r->text.ptr[r->at];
	bool inverted = peek(r, 1, end) == '`' && peek(r, 2, end) != '`';
	put_text(r, !inverted ? c == '!' ? "!" : "?" : c == '!' ? "\xc2\xa1" : "\xc2\xbf");
	r->at += inverted ? 2 : 1;
}

/* A line that begins with white space goes on with the one before. */
static void read_space(reading *r, size_t end)
{
	char c = r->text.ptr[r->at++];
	if (c == '\n' && (r->flags & NKC_LATEX_LINES)) {
		char next = peek(r, 0, end);
		if (next != ' ' && next != '\t')
			r->breaks++;
		else if (!r->breaks)
			r->space = true;
	} else if (c != '\r' || peek(r, 0, end) != '\n') {
		r->space = true;
	}
}

/* What may mean something else than itself, beside white space; the rest is copied in runs. */
static const bool special[256] = {
	['\\'] = true, ['{'] = true, ['}'] = true, ['$'] = true, ['-'] = true, ['`'] = true, ['\''] = true,
	['!'] = true,  ['?'] = true, ['~'] = true, ['^'] = true, ['_'] = true,
};

static bool is_plain(unsigned char c)
{
	return c > ' ' && !special[c];
}

static void read_until(reading *r, size_t end)
{
	while (r->at < end) {
		size_t run = r->at;
		while (r->at < end && is_plain((unsigned char)r->text.ptr[r->at]))
			r->at++;
		put(r, r->text.ptr + run, r->at - run);
		if (r->at == end)
			break;
		char c = r->text.ptr[r->at];
		switch (c) {
		case '\\': read_command(r, end); break;
		case '{': read_group(r, end); break;
		case '}': r->at++; break;
		case '$': read_math(r, end); break;
		case '-': read_dashes(r, end); break;
		case '`':
		case '\'': read_quotes(r, end); break;
		case '!':
		case '?': read_mark(r, end); break;
		case '~': put_text(r, "\xc2\xa0"), r->at++; break;
		case '^':
		case '_':
			if (r->math)
				read_script(r, end);
			else
				put(r, &c, 1), r->at++;
			break;
		default: read_space(r, end); break;
		}
	}
}

void nkc_latex_read(const nkc_latex_table *table, nkc_buf *out, nkc_str latex, unsigned flags)
{
	reading r = { .table = table, .out = out, .text = nkc_latex_unbrace(latex), .flags = flags, .start = out->len };
	read_until(&r, r.text.len);
}
