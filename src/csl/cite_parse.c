/*
 * Citations in pandoc's syntax. A key ends where pandoc ends it; what follows is a locator as far as it looks like one.
 */
#include "csl/locale.h"

#include <nkcite/cite.h>

/* A word before a locator, and what it labels. */
typedef struct locator_label {
	nkc_str text;
	nkc_str locator; /* "page" */
} locator_label;

struct nkc_cite_parser {
	nkc_arena *arena;
	locator_label *labels;
	size_t count, cap;
	size_t own_count; /* of those that are terms of the language, as they stand there */
};

static const struct {
	nkc_str name;
	csl_term term;
} locators[] = {
#define CSL_LOCATOR(symbol, name, term) { NKC_STR_INIT(name), CSL_TERM_##term },
#include "csl/locators.def"
#undef CSL_LOCATOR
};
#define LOCATORS (sizeof locators / sizeof *locators)

/* --- labels --- */

enum {
	FORMS = CSL_FORM_SYMBOL + 1,
	OWN_LOCALES = 2, /* the style's, the language's */
	LOCALES = 3      /* and English */
};

static void add_label(nkc_cite_parser *p, nkc_str text, nkc_str locator)
{
	for (size_t i = 0; i < p->count; i++) {
		if (nkc_str_eq_nocase(p->labels[i].text, text))
			return;
	}
	if (text.len && p->count < p->cap)
		p->labels[p->count++] = (locator_label){ text, locator };
}

/* All forms of its term; loose: "pp", which is as good as "pp.". */
static void add_forms(nkc_cite_parser *p, const csl_locale *locale, bool loose, csl_term term, nkc_str locator)
{
	for (unsigned i = 0; i < FORMS * 2; i++) {
		nkc_str text;
		if (!csl_locale_term(locale, term, (csl_form)(i / 2), i % 2, &text))
			continue;
		text = nkc_arena_str(p->arena, nkc_str_trim(text));
		if (!loose)
			add_label(p, text, locator);
		else if (text.len > 1 && text.ptr[text.len - 1] == '.')
			add_label(p, nkc_str_slice(text, 0, text.len - 1), locator);
	}
}

/* "page" before all others: where two terms say the same, it is meant. */
static void add_labels(nkc_cite_parser *p, const csl_locale *locale, bool loose)
{
	add_forms(p, locale, loose, CSL_TERM_PAGE, NKC_STR("page"));
	for (size_t i = 0; i < LOCATORS; i++)
		add_forms(p, locale, loose, locators[i].term, locators[i].name);
}

nkc_status nkc_cite_parser_new(nkc_cite_parser **out, const nkc_style *style, nkc_locales *locales, nkc_str language)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_cite_parser *p = arena ? nkc_arena_alloc(arena, sizeof *p) : NULL;
	const nkc_style none = { .default_locale = NKC_STR("") };
	*out = NULL;
	if (!p) {
		nkc_arena_free(arena);
		return NKC_ENOMEM;
	}
	*p = (nkc_cite_parser){ .arena = arena, .cap = LOCATORS * (FORMS * 4 * LOCALES + 1) };
	p->labels = nkc_arena_alloc(arena, p->cap * sizeof *p->labels);
	const struct {
		const nkc_style *style;
		nkc_str language;
	} from[LOCALES] = { { style, language }, { &none, language }, { &none, NKC_STR("en-US") } };
	nkc_status status = p->labels ? NKC_OK : NKC_ENOMEM;
	const csl_locale *found[LOCALES];
	for (unsigned i = 0; i < LOCALES && !status; i++) {
		status = csl_locale_resolve(from[i].style, locales, from[i].language, arena, NULL, &found[i]);
		if (!status)
			add_labels(p, found[i], false);
		if (i == OWN_LOCALES - 1)
			p->own_count = p->count;
	}
	for (unsigned i = 0; i < LOCALES && !status; i++)
		add_labels(p, found[i], true);
	for (size_t i = 0; i < LOCATORS && !status; i++)
		add_label(p, locators[i].name, locators[i].name);
	if (!status)
		status = nkc_arena_status(arena);
	if (status)
		nkc_cite_parser_free(p);
	else
		*out = p;
	return status;
}

void nkc_cite_parser_free(nkc_cite_parser *parser)
{
	if (parser)
		nkc_arena_free(parser->arena);
}

/* --- characters --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, and whatever is not ASCII. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_key_char(char c)
{
	return is_letter(c) || is_digit(c) || c == '_';
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static char at(nkc_str text, size_t i)
{
	return i < text.len ? text.ptr[i] : '\0';
}

static nkc_str rest_from(nkc_str text, size_t i)
{
	return nkc_str_slice(text, i, text.len);
}

static nkc_str skip_spaces(nkc_str text)
{
	size_t i = 0;
	while (at(text, i) == ' ')
		i++;
	return rest_from(text, i);
}

/* --- locators: the grammar of pandoc's Text.Pandoc.Citeproc.Locator --- */

/* Bytes of the space at `i`, which may be one that does not break; 0: none. */
static size_t space_at(nkc_str text, size_t i)
{
	return at(text, i) == ' ' ? 1 : nkc_str_starts(rest_from(text, i), NKC_STR("\u00a0")) ? 2 : 0;
}

/* Bytes of the punctuation at `i` that ends a word; a colon is none, since it parts volume and page. */
static size_t punctuation_at(nkc_str text, size_t i)
{
	nkc_str rest = rest_from(text, i);
	if (is_one_of(at(text, i), "!\"#%&'()*,-./;?@[\\]_{}"))
		return 1;
	bool latin = rest.len > 1 && (unsigned char)rest.ptr[0] == 0xC2; /* among them the signs of sections and paragraphs */
	if (latin && strchr("\xA1\xA7\xAB\xB6\xB7\xBB\xBF", rest.ptr[1]))
		return 2;
	bool general = rest.len > 2 && (unsigned char)rest.ptr[0] == 0xE2 && (unsigned char)rest.ptr[1] == 0x80;
	return general && (unsigned char)rest.ptr[2] >= 0x90 && (unsigned char)rest.ptr[2] <= 0xA7 ? 3 : 0;
}

/* A dash is part of a range. */
static bool is_dash(nkc_str text, size_t i)
{
	return at(text, i) == '-' || nkc_str_starts(rest_from(text, i), NKC_STR("\u2013"));
}

/* The word at `i`: a mark, or all up to the next mark or space. */
static size_t token_length(nkc_str text, size_t i)
{
	size_t len = space_at(text, i) ? space_at(text, i) : punctuation_at(text, i);
	if (len)
		return len;
	while (i + len < text.len && !space_at(text, i + len) && !punctuation_at(text, i + len))
		len++;
	return len;
}

/* Is it a Roman numeral as the Romans wrote it? */
static bool is_roman(nkc_str word)
{
	static const char *const digits[] = { "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i" };
	static const unsigned char most[] = { 4, 1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 3 };
	size_t from = 0;
	for (size_t i = 0; i < sizeof most; i++) {
		size_t len = strlen(digits[i]);
		nkc_str digit = nkc_str_make(digits[i], len);
		for (unsigned n = 0; n < most[i] && nkc_str_eq_nocase(nkc_str_slice(word, from, from + len), digit); n++)
			from += len;
	}
	return word.len > 0 && from == word.len;
}

static bool has_digit(nkc_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (is_digit(word.ptr[i]))
			return true;
	}
	return false;
}

/* A page, or a range of them, without marks: its length. `counts` becomes true when it has digits or is Roman. */
static size_t unit_length(nkc_str text, size_t i, bool *counts)
{
	size_t len = token_length(text, i);
	if (i < text.len && is_roman(nkc_str_slice(text, i, i + len))) {
		*counts = true;
		return len;
	}
	for (len = 0; i + len < text.len; len += token_length(text, i + len)) {
		if (space_at(text, i + len) || (punctuation_at(text, i + len) && !is_dash(text, i + len)))
			break;
	}
	*counts |= has_digit(nkc_str_slice(text, i, i + len));
	return len;
}

/* "1", "1.2.3", ".2"; a full stop that nothing follows is none of it. */
static size_t sequence_length(nkc_str text, size_t i, bool *counts)
{
	size_t len = unit_length(text, i, counts);
	while (at(text, i + len) == '.') {
		size_t more = unit_length(text, i + len + 1, counts);
		if (!more)
			break;
		len += 1 + more;
	}
	return len;
}

/* "123(4)[5]6": what is in brackets has no brackets inside. */
static size_t bracketed_length(nkc_str text, size_t i, bool *counts)
{
	static const char open[] = "([{", close[] = ")]}";
	size_t len = 0;
	for (;;) {
		const char *bracket = at(text, i + len) ? strchr(open, at(text, i + len)) : NULL;
		bool inside = *counts;
		size_t more = sequence_length(text, i + len + (bracket != NULL), &inside);
		if (bracket)
			more = at(text, i + len + 1 + more) == close[bracket - open] ? more + 2 : 0;
		if (!more)
			return len;
		*counts = inside;
		len += more;
	}
}

/* A word of a locator, with the space before it and, unless it is the first, a comma or semicolon. 0: it is none. */
static size_t word_length(nkc_str text, size_t i, bool first, bool labelled)
{
	size_t from = i + (!first && is_one_of(at(text, i), ",;") ? 1 : 0);
	bool counts = false;
	from += space_at(text, from);
	size_t len = bracketed_length(text, from, &counts);
	bool good = labelled ? counts : has_digit(nkc_str_slice(text, from, from + len));
	return len && good ? from + len - i : 0;
}

/* The label of that text, but for its case and the space around it. own: only terms of the language as they stand. */
static const locator_label *find_label(const nkc_cite_parser *p, nkc_str text, bool own)
{
	text = nkc_str_trim(text);
	for (size_t i = 0; i < (own ? p->own_count : p->count); i++) {
		if (nkc_str_eq_nocase(p->labels[i].text, text))
			return &p->labels[i];
	}
	return NULL;
}

#define LABEL_MAX 40u /* bytes: longer than every term */

/*
 * The longest label at the start of the text, and how long it is. In the open, a word of a locator must follow it; in
 * braces anything may.
 */
static const locator_label *read_label(const nkc_cite_parser *p, nkc_str text, bool own, bool open, size_t *len)
{
	const locator_label *longest = NULL;
	for (size_t end = token_length(text, 0); end <= text.len && end <= LABEL_MAX; end += token_length(text, end)) {
		const locator_label *label =
			!open || word_length(text, end, true, true) ? find_label(p, nkc_str_slice(text, 0, end), own) : NULL;
		if (label) {
			longest = label;
			*len = end;
		}
		if (end == text.len)
			break;
	}
	return longest;
}

/* What stands in the braces at the start of the text; *end is behind them. False when they do not close. */
static bool in_braces(nkc_str text, nkc_str *inside, size_t *end)
{
	int open = 0;
	for (size_t i = 0; i < text.len; i++) {
		open += text.ptr[i] == '{' ? 1 : text.ptr[i] == '}' ? -1 : 0;
		if (open == 0) {
			*inside = nkc_str_slice(text, 1, i);
			*end = i + 1;
			return true;
		}
	}
	return false;
}

/* "{pp. iv, vi-xi}": all that is inside. */
static void read_braced(const nkc_cite_parser *p, nkc_str inside, bool own, nkc_cite *cite)
{
	size_t len = 0;
	inside = skip_spaces(inside);
	const locator_label *label = read_label(p, inside, own, false, &len);
	cite->locator = nkc_str_trim(rest_from(inside, label ? len : 0));
	if (label && cite->locator.len)
		cite->label = label->locator;
}

/*
 * "pp. 33-35, 38-39" of "pp. 33-35, 38-39 and passim": its length, with the label. Without a label each word has a digit, with
 * one it may be Roman.
 */
static size_t read_open(const nkc_cite_parser *p, nkc_str text, bool own, nkc_cite *cite)
{
	size_t from = 0, end, more;
	const locator_label *label = read_label(p, text, own, true, &from);
	for (end = from; (more = word_length(text, end, end == from, label != NULL)); end += more)
		;
	cite->locator = nkc_str_trim(nkc_str_slice(text, from, end));
	if (label && end > from)
		cite->label = label->locator;
	return end > from ? end : 0;
}

/* Reads what stands behind the key; what is no locator is the suffix. */
static void read_locator(const nkc_cite_parser *p, nkc_str text, bool own, nkc_cite *cite)
{
	nkc_str rest = rest_from(text, at(text, 0) == ',' ? 1 : 0), inside;
	size_t end;
	rest = rest_from(rest, space_at(rest, 0));
	cite->suffix = text;
	if (at(rest, 0) == '{' && in_braces(rest, &inside, &end)) {
		read_braced(p, inside, own, cite);
		cite->suffix = rest_from(rest, end);
	} else if ((end = read_open(p, rest, own, cite))) {
		cite->suffix = rest_from(rest, end);
	}
}

/* Spaces that do not break are as good as others in a locator. */
static nkc_str with_plain_spaces(nkc_arena *arena, nkc_str text)
{
	char *copy = nkc_str_find(text, NKC_STR("\u00a0")) < text.len ? nkc_arena_alloc(arena, text.len) : NULL;
	size_t len = 0;
	for (size_t i = 0; copy && i < text.len; i++) {
		size_t space = space_at(text, i);
		copy[len++] = space ? ' ' : text.ptr[i];
		i += space > 1;
	}
	return copy ? nkc_str_make(copy, len) : text;
}

nkc_status nkc_cite_parse_suffix(const nkc_cite_parser *p, nkc_str text, nkc_arena *arena, nkc_cite *cite)
{
	cite->locator = cite->label = NKC_STR("");
	read_locator(p, text, true, cite);
	cite->locator = with_plain_spaces(arena, cite->locator);
	if (!nkc_str_trim(cite->suffix).len)
		cite->suffix = NKC_STR("");
	bool begins_word = cite->suffix.len && !space_at(cite->suffix, 0) && !punctuation_at(cite->suffix, 0);
	if (cite->suffix.ptr == text.ptr && begins_word) {
		char *suffix = nkc_arena_alloc(arena, text.len + 2);
		if (!suffix)
			return NKC_ENOMEM;
		memcpy(suffix, ", ", 2);
		memcpy(suffix + 2, text.ptr, text.len);
		cite->suffix = nkc_str_make(suffix, text.len + 2);
	}
	return nkc_arena_status(arena);
}

/* --- cites --- */

/* Letters, digits and _, with single other characters inside (pandoc's manual, "Citation syntax"). */
static size_t key_length(nkc_str text)
{
	size_t len = 0;
	while (is_key_char(at(text, len)) ||
	       (len > 0 && is_one_of(at(text, len), ":.#$%&-+?<>~/") && is_key_char(at(text, len + 1))))
		len++;
	return len;
}

/* The key at the start of the text, behind its @; *end is behind it. */
static bool read_key(nkc_str text, nkc_str *key, size_t *end)
{
	if (at(text, 0) == '{')
		return in_braces(text, key, end) && key->len > 0;
	*end = key_length(text);
	*key = nkc_str_slice(text, 0, *end);
	return key->len > 0;
}

static bool read_cite(const nkc_cite_parser *p, nkc_str text, nkc_cite *cite)
{
	nkc_str none = NKC_STR("");
	size_t end;
	*cite = (nkc_cite){ none, none, none, none, none, false, false, 0, false };
	for (size_t i = 0; i < text.len; i++) {
		bool inside = i > 0 && is_key_char(text.ptr[i - 1]);
		if (text.ptr[i] != '@' || inside)
			continue;
		if (!read_key(rest_from(text, i + 1), &cite->id, &end)) {
			if (at(text, i + 1) == '{')
				return false;
			continue;
		}
		cite->suppress_author = i > 0 && text.ptr[i - 1] == '-';
		cite->prefix = nkc_str_trim(nkc_str_slice(text, 0, i - (cite->suppress_author ? 1 : 0)));
		read_locator(p, rest_from(text, i + 1 + end), false, cite);
		if (nkc_str_trim(cite->suffix).len == 0)
			cite->suffix = none;
		return true;
	}
	return false;
}

/* To the next semicolon outside braces. */
static size_t cite_length(nkc_str text)
{
	size_t len = 0;
	int open = 0;
	while (len < text.len && (open > 0 || text.ptr[len] != ';')) {
		open += text.ptr[len] == '{' ? 1 : text.ptr[len] == '}' && open > 0 ? -1 : 0;
		len++;
	}
	return len;
}

static nkc_str without_brackets(nkc_str text)
{
	text = nkc_str_trim(text);
	bool bracketed = text.len > 1 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']';
	return bracketed ? nkc_str_trim(nkc_str_slice(text, 1, text.len - 1)) : text;
}

nkc_status nkc_cite_parse(const nkc_cite_parser *p, nkc_str text, nkc_arena *arena, nkc_cite **cites, size_t *count,
                          nkc_diags *diags)
{
	size_t max = 1, used = 0;
	for (size_t i = 0; i < text.len; i++)
		max += text.ptr[i] == ';';
	*cites = nkc_arena_alloc(arena, max * sizeof **cites);
	*count = 0;
	if (!*cites)
		return NKC_ENOMEM;
	for (nkc_str rest = without_brackets(text);;) {
		size_t len = cite_length(rest);
		nkc_str part = nkc_str_trim(nkc_str_slice(rest, 0, len));
		if (!read_cite(p, part, &(*cites)[used++])) {
			nkc_diags_add(diags, NKC_CODE_CITE_SYNTAX, NULL, NULL, "\"%.*s\" has no @key", NKC_STR_ARG(part));
			return NKC_ESYNTAX;
		}
		if (len == rest.len)
			break;
		rest = rest_from(rest, len + 1);
	}
	*count = used;
	return NKC_OK;
}
