#include "format/latex.h"
#include "base/utf8.h"

/* --- characters that are not copied as they are --- */

enum {
	PLAIN,
	SPACE,
	TWIN,    /* two of them would join: -- '' ,, ?! */
	ESCAPED, /* a backslash in front is enough */
	COMMAND, /* has a command */
	BRACE,
	TAG, /* '<' */
	CONTROL,
	HIGH /* a byte of a character beyond ASCII */
};

/* clang-format off */
#define H HIGH
#define HIGH_ROW H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H
#define CONTROL_ROW CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, \
                    CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL
static const uint8_t classes[256] = {
	CONTROL_ROW, CONTROL_ROW,
	[' '] = SPACE, ['-'] = TWIN, ['\''] = TWIN, [','] = TWIN, ['!'] = TWIN, ['?'] = TWIN,
	['#'] = ESCAPED, ['$'] = ESCAPED, ['%'] = ESCAPED, ['&'] = ESCAPED, ['_'] = ESCAPED,
	['~'] = COMMAND, ['^'] = COMMAND, ['\\'] = COMMAND, ['|'] = COMMAND, ['>'] = COMMAND, ['`'] = COMMAND,
	['{'] = BRACE, ['}'] = BRACE, ['<'] = TAG,
	[0x7F] = CONTROL,
	HIGH_ROW, HIGH_ROW, HIGH_ROW, HIGH_ROW, HIGH_ROW, HIGH_ROW, HIGH_ROW, HIGH_ROW
};
#undef H
#undef HIGH_ROW
#undef CONTROL_ROW
/* clang-format on */

/* < > | are other characters in TeX's old fonts but for mathematics, which Zotero reads too (not \textless). */
static const char *const commands[128] = {
	['~'] = "{\\textasciitilde}", ['^'] = "{\\textasciicircum}", ['\\'] = "{\\textbackslash}",
	['|'] = "{$|$}",              ['>'] = "{$>$}",               ['`'] = "{\\textasciigrave}",
	['<'] = "{$<$}",              ['{'] = "{\\textbraceleft}",   ['}'] = "{\\textbraceright}"
};

/* The texts stand in the table itself: no pointers that a program's start would have to relocate. */
static const struct character {
	uint16_t rune;
	bool strict;
	char latex[23];
} characters[] = {
#define NKC_LATEX(rune, latex) { rune, false, latex },
#define NKC_LATEX_STRICT(rune, latex) { rune, true, latex },
#define NKC_LATEX_MARK(rune, accent)
#include "format/latex_chars.def"
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
#undef NKC_LATEX_MARK
};

static const char *find_character(uint32_t rune, bool strict)
{
	size_t low = 0, high = sizeof characters / sizeof *characters;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (characters[middle].rune < rune)
			low = middle + 1;
		else
			high = middle;
	}
	const struct character *found = &characters[low];
	if (low == sizeof characters / sizeof *characters || found->rune != rune || (found->strict && !strict))
		return NULL;
	return found->latex;
}

static const struct mark {
	uint16_t rune;
	char accent[2];
} marks[] = {
#define NKC_LATEX_MARK(rune, accent) { rune, accent },
#define NKC_LATEX(rune, latex)
#define NKC_LATEX_STRICT(rune, latex)
#include "format/latex_chars.def"
#undef NKC_LATEX_MARK
#undef NKC_LATEX
#undef NKC_LATEX_STRICT
};

static const char *find_mark(uint32_t rune)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (marks[i].rune == rune)
			return marks[i].accent;
	}
	return NULL;
}

/* --- micro-markup --- */

typedef struct tag_kind {
	const char *open, *close;   /* in CSL-JSON */
	const char *begin, *finish; /* in LaTeX */
	bool exact;                 /* the reader gives `open` back, not another spelling */
} tag_kind;

static const tag_kind tag_kinds[] = {
	{ "<i>", "</i>", "\\textit{", "}", true },
	{ "<b>", "</b>", "\\textbf{", "}", true },
	{ "<sup>", "</sup>", "$^{\\textrm{", "}}$", true },
	{ "<sub>", "</sub>", "$_{\\textrm{", "}}$", true },
	{ "<span style=\"font-variant:small-caps;\">", "</span>", "\\textsc{", "}", true },
	{ "<span style=\"font-variant: small-caps;\">", "</span>", "\\textsc{", "}", false },
	{ "<sc>", "</sc>", "\\textsc{", "}", false },
	{ "<span class=\"nocase\">", "</span>", "{", "}", true },
};

enum { NOCASE = sizeof tag_kinds / sizeof *tag_kinds - 1 };

/* So many tags of a field become commands, the rest stays text: a title has a few. */
#define TAGS_MAX 64

typedef struct tag {
	size_t at, length;
	uint8_t kind; /* index in tag_kinds */
	bool closes;
	bool matched; /* it has its partner */
} tag;

typedef struct writing {
	nkc_buf *out;
	nkc_str text;
	unsigned flags;
	bool exact;
	bool clean; /* nkc_latex_is_clean, once a byte of 0x80 or more was seen */
	bool utf8_checked;
	size_t at;  /* the byte under work */
	size_t run; /* bytes from here to `at` are to be copied as they are */
	size_t brace_pairs; /* that many braces are still to be opened, */
	size_t braces_open; /* that many to be closed; known after the first brace */
	bool braces_counted;
	tag tags[TAGS_MAX];
	size_t tag_count, next_tag;
	bool tags_found;
} writing;

static bool starts_at(nkc_str text, size_t at, const char *what)
{
	size_t len = strlen(what);
	return text.len - at >= len && memcmp(text.ptr + at, what, len) == 0;
}

static bool tag_at(nkc_str text, size_t at, tag *found)
{
	for (uint8_t kind = 0; kind < sizeof tag_kinds / sizeof *tag_kinds; kind++) {
		found->closes = starts_at(text, at, tag_kinds[kind].close);
		if (!found->closes && !starts_at(text, at, tag_kinds[kind].open))
			continue;
		found->at = at;
		found->length = strlen(found->closes ? tag_kinds[kind].close : tag_kinds[kind].open);
		found->kind = kind;
		found->matched = false;
		return true;
	}
	return false;
}

/* Gives the last tag its partner, the nearest open one of its name; those in between stay text. */
static void match_tag(tag *tags, tag *closing, size_t *stack, size_t *depth)
{
	for (size_t i = *depth; i-- > 0;) {
		tag *opening = &tags[stack[i]];
		if (strcmp(tag_kinds[opening->kind].close, tag_kinds[closing->kind].close) != 0)
			continue;
		opening->matched = closing->matched = true;
		closing->kind = opening->kind;
		*depth = i;
		return;
	}
}

static void find_tags(writing *w)
{
	size_t stack[TAGS_MAX], depth = 0;
	w->tags_found = true;
	for (size_t at = w->at; at < w->text.len && w->tag_count < TAGS_MAX; at++) {
		tag *found = &w->tags[w->tag_count];
		if (w->text.ptr[at] != '<' || !tag_at(w->text, at, found))
			continue;
		if (found->closes)
			match_tag(w->tags, found, stack, &depth);
		else
			stack[depth++] = w->tag_count;
		w->tag_count++;
	}
}

/* --- writing --- */

static void put_run(writing *w)
{
	nkc_buf_put(w->out, w->text.ptr + w->run, w->at - w->run);
}

/* Puts `latex` for the next `length` bytes of the text. */
static void put_instead(writing *w, size_t length, const char *latex)
{
	put_run(w);
	nkc_buf_puts(w->out, latex);
	w->at += length;
	w->run = w->at;
}

static char byte_before(const writing *w)
{
	if (w->at > w->run)
		return w->text.ptr[w->at - 1];
	return w->out->len ? w->out->ptr[w->out->len - 1] : '\0';
}

static bool would_join(char before, char c)
{
	switch (c) {
	case '-':
	case '\'':
	case ',': return before == c;
	case '`': return before == '`' || before == '!' || before == '?'; /* ?` is an inverted question mark */
	default: return before == '!' || before == '?'; /* Zotero joins them to one character */
	}
}

static void put_space(writing *w)
{
	size_t next = w->at + 1;
	if (w->at == 0 || next == w->text.len || w->text.ptr[next] == ' ' || w->text.ptr[next] == '\n')
		w->exact = false;
	w->at = next;
}

static void put_twin(writing *w)
{
	if (would_join(byte_before(w), w->text.ptr[w->at]))
		put_instead(w, 0, "{}");
	w->at++;
}

static void put_escaped(writing *w)
{
	put_instead(w, 0, "\\");
	w->at++;
}

static void put_command(writing *w)
{
	char c = w->text.ptr[w->at];
	if (!(w->flags & NKC_LATEX_HTML))
		put_instead(w, 1, commands[(unsigned char)c]);
	else if (c == '\\')
		put_instead(w, 1, "\\\\"), w->exact = false; /* a new line to all others */
	else if (c == '>' || c == '|')
		w->at++;
	else
		put_instead(w, 1, commands[(unsigned char)c]);
}

static void count_braces(writing *w)
{
	size_t open = 0;
	w->braces_counted = true;
	for (size_t i = w->at; i < w->text.len; i++) {
		if (w->text.ptr[i] == '{') {
			open++;
		} else if (w->text.ptr[i] == '}' && open) {
			open--;
			w->brace_pairs++;
		}
	}
}

/*
 * BibTeX and biber count \{ as a brace, so only as many are opened as will be closed: the first ones. (Of any
 * beginning of the text, the closing braces with a partner are never more than these.)
 */
static void put_brace(writing *w)
{
	bool opens = w->text.ptr[w->at] == '{';
	if (!w->braces_counted)
		count_braces(w);
	if (opens ? !w->brace_pairs : !w->braces_open) {
		put_command(w);
		return;
	}
	if (opens) {
		w->brace_pairs--;
		w->braces_open++;
	} else {
		w->braces_open--;
	}
	put_escaped(w);
}

/* Would what follows begin with a backslash? A group that does is no group to BibTeX but a special character. */
static bool follows_backslash(const writing *w, size_t at)
{
	uint8_t class = at < w->text.len ? classes[(unsigned char)w->text.ptr[at]] : PLAIN;
	return class == ESCAPED || class == BRACE || class == TAG;
}

/* Will the reader take the group for nocase? Not one that holds the whole text, which many programs write. */
static bool is_group(const writing *w)
{
	bool whole = nkc_str_starts(w->text, NKC_STR("<span")) && nkc_str_ends(w->text, NKC_STR("</span>"));
	return (w->flags & NKC_LATEX_NOCASE) && !whole;
}

static void put_tag(writing *w)
{
	if (w->flags & NKC_LATEX_HTML) {
		w->at++;
		return;
	}
	if ((w->flags & NKC_LATEX_MARKUP) && !w->tags_found)
		find_tags(w);
	while (w->next_tag < w->tag_count && w->tags[w->next_tag].at < w->at)
		w->next_tag++;
	const tag *found = w->next_tag < w->tag_count && w->tags[w->next_tag].at == w->at ? &w->tags[w->next_tag] : NULL;
	if (!found || !found->matched) {
		put_command(w);
		return;
	}
	const tag_kind *kind = &tag_kinds[found->kind];
	w->exact = w->exact && kind->exact && (found->kind != NOCASE || is_group(w));
	put_instead(w, found->length, found->closes ? kind->finish : kind->begin);
	if (found->kind == NOCASE && !found->closes && follows_backslash(w, w->at))
		put_instead(w, 0, "{}");
}

/* Would the line at `at` begin with "@"? So do entries, also for readers that look for one in an open brace. */
static bool begins_with_at(nkc_str text, size_t at)
{
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	return at < text.len && text.ptr[at] == '@';
}

static void put_control(writing *w)
{
	char c = w->text.ptr[w->at];
	bool kept = c == '\n' && (w->flags & NKC_LATEX_LINES);
	if (!kept || w->at == 0 || w->at + 1 == w->text.len || w->text.ptr[w->at + 1] == ' ')
		w->exact = false;
	if (kept && begins_with_at(w->text, w->at + 1))
		put_instead(w, 1, "\n{}");
	else if (kept)
		w->at++;
	else if (c == '\r' && w->at + 1 < w->text.len && w->text.ptr[w->at + 1] == '\n')
		put_instead(w, 1, "");
	else
		put_instead(w, 1, " ");
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The letter before, which is still to be copied, and its combining mark become one command. */
static void put_accent(writing *w, size_t mark_end, const char *accent)
{
	char letter = w->text.ptr[--w->at];
	put_instead(w, 0, "{\\");
	nkc_buf_puts(w->out, accent);
	if (is_ascii_letter(accent[0]))
		nkc_buf_putc(w->out, ' ');
	nkc_buf_putc(w->out, letter);
	nkc_buf_putc(w->out, '}');
	w->at = w->run = mark_end;
	w->exact = false;
}

/* U+FDD0 to U+FDEF and the last two of each plane: biber refuses a file that holds one. */
static bool is_noncharacter(uint32_t rune)
{
	return (rune >= 0xFDD0 && rune <= 0xFDEF) || (rune & 0xFFFE) == 0xFFFE;
}

bool nkc_latex_is_clean(nkc_str text)
{
	if (!nkc_utf8_valid(text))
		return false;
	for (size_t i = 0; i < text.len;) {
		size_t at = i++;
		/* They begin with one of these bytes, which few others do. */
		if ((unsigned char)text.ptr[at] != 0xEF && (unsigned char)text.ptr[at] < 0xF0)
			continue;
		if (is_noncharacter(nkc_utf8_next(text, &at)))
			return false;
	}
	return true;
}

/* Are the bytes from here on to be copied as they are? */
static bool is_plain_high(writing *w)
{
	if (w->flags & NKC_LATEX_ASCII)
		return false;
	if (!w->utf8_checked)
		w->clean = nkc_latex_is_clean(nkc_str_slice(w->text, w->at, w->text.len));
	w->utf8_checked = true;
	return w->clean;
}

/* Is the letter within a Greek word? U+0370 to U+03FF begin with CD, CE or CF, U+1F00 to U+1FFF with E1. */
static bool is_in_greek_word(const writing *w, size_t end)
{
	unsigned char before = w->at >= 2 ? (unsigned char)w->text.ptr[w->at - 2] : 0;
	unsigned char after = end < w->text.len ? (unsigned char)w->text.ptr[end] : 0;
	return (before >= 0xCD && before <= 0xCF) || (after >= 0xCD && after <= 0xCF) || after == 0xE1;
}

/* A command for the character; not the mathematical letters of alpha-synuclein for words and names in Greek. */
static const char *find_latex(const writing *w, uint32_t rune, size_t end)
{
	const char *latex = w->flags & NKC_LATEX_ASCII ? find_character(rune, w->flags & NKC_LATEX_STRICT) : NULL;
	if (latex && latex[1] == '$' && ((w->flags & NKC_LATEX_NAME) || is_in_greek_word(w, end)))
		return NULL;
	return latex;
}

static void put_high(writing *w)
{
	size_t end = w->at;
	uint32_t rune = nkc_utf8_next(w->text, &end);
	const char *latex = find_latex(w, rune, end), *accent;
	if (rune == NKC_RUNE_BAD || is_noncharacter(rune)) {
		put_instead(w, end - w->at, "\xef\xbf\xbd");
		w->exact = false;
	} else if (latex) {
		if (latex[0] != '{' && latex[0] != '~' && would_join(byte_before(w), latex[0]))
			put_instead(w, 0, "{}");
		put_instead(w, end - w->at, latex);
	} else if ((w->flags & NKC_LATEX_ASCII) && w->at > w->run && is_ascii_letter(w->text.ptr[w->at - 1]) &&
	           (accent = find_mark(rune))) {
		put_accent(w, end, accent);
	} else {
		w->at = end;
	}
}

static void (*const puts_class[])(writing *w) = {
	[SPACE] = put_space, [TWIN] = put_twin, [ESCAPED] = put_escaped, [COMMAND] = put_command,
	[BRACE] = put_brace, [TAG] = put_tag,   [CONTROL] = put_control, [HIGH] = put_high
};

bool nkc_latex_put(nkc_buf *out, nkc_str text, unsigned flags)
{
	writing w;
	/* All but the tags, which are many and rarely needed. */
	memset(&w, 0, offsetof(writing, tags));
	w.out = out;
	w.text = text;
	w.flags = flags;
	w.exact = true;
	w.tag_count = w.next_tag = 0;
	w.tags_found = false;
	while (w.at < text.len) {
		uint8_t class = classes[(unsigned char)text.ptr[w.at]];
		if (class == PLAIN || (class == HIGH && is_plain_high(&w)))
			w.at++;
		else
			puts_class[class](&w);
	}
	put_run(&w);
	return w.exact;
}

bool nkc_latex_put_address(nkc_buf *out, nkc_str text, unsigned flags)
{
	static const char digits[] = "0123456789ABCDEF";
	bool exact = true, keeps_high = !(flags & NKC_LATEX_ASCII) && nkc_latex_is_clean(text);
	size_t run = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c > ' ' && c < 0x7F ? c != '{' && c != '}' && c != '\\' : c >= 0x80 && keeps_high)
			continue;
		char code[3] = { '%', digits[c >> 4], digits[c & 15] };
		nkc_buf_put(out, text.ptr + run, i - run);
		nkc_buf_put(out, code, sizeof code);
		run = i + 1;
		exact = false;
	}
	nkc_buf_put(out, text.ptr + run, text.len - run);
	return exact;
}
