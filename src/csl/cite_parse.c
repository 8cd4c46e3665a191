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
	LOCALES = 3 /* the style's, the language's, English */
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

/* All forms of its term; "pp" is as good as "pp.". */
static void add_forms(nkc_cite_parser *p, const csl_locale *locale, csl_term term, nkc_str locator)
{
	for (unsigned i = 0; i < FORMS * 2; i++) {
		nkc_str text;
		if (!csl_locale_term(locale, term, (csl_form)(i / 2), i % 2, &text))
			continue;
		text = nkc_arena_str(p->arena, nkc_str_trim(text));
		add_label(p, text, locator);
		if (text.len > 1 && text.ptr[text.len - 1] == '.')
			add_label(p, nkc_str_slice(text, 0, text.len - 1), locator);
	}
}

/* "page" before all others: where two terms say the same, it is meant. */
static void add_labels(nkc_cite_parser *p, const csl_locale *locale)
{
	add_forms(p, locale, CSL_TERM_PAGE, NKC_STR("page"));
	for (size_t i = 0; i < LOCATORS; i++)
		add_forms(p, locale, locators[i].term, locators[i].name);
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
	for (unsigned i = 0; i < LOCALES && !status; i++) {
		const csl_locale *locale;
		status = csl_locale_resolve(from[i].style, locales, from[i].language, arena, NULL, &locale);
		if (!status)
			add_labels(p, locale);
	}
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

/* --- locators --- */

/* A label that ends in a letter ends a word: "page-turner" has none. */
static bool ends_word(nkc_str text, size_t i)
{
	char c = at(text, i);
	return !is_letter(at(text, i - 1)) || c == ' ' || c == '{' || is_digit(c);
}

static const locator_label *find_label(const nkc_cite_parser *p, nkc_str text)
{
	const locator_label *longest = NULL;
	for (size_t i = 0; i < p->count; i++) {
		nkc_str word = p->labels[i].text;
		if (word.len <= text.len && nkc_str_eq_nocase(nkc_str_slice(text, 0, word.len), word) &&
		    ends_word(text, word.len) && (!longest || word.len > longest->text.len))
			longest = &p->labels[i];
	}
	return longest;
}

static bool is_roman(nkc_str word)
{
	size_t i = 0;
	while (is_one_of(at(word, i), "ivxlcdmIVXLCDM-\xE2\x80\x93"))
		i++;
	return word.len > 0 && i == word.len;
}

static bool has_digit(nkc_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (is_digit(word.ptr[i]))
			return true;
	}
	return false;
}

/* How many bytes the word of a locator has: to a space or comma, without punctuation and brackets that it does not open. */
static size_t word_length(nkc_str text)
{
	size_t len = 0;
	int open = 0;
	while (len < text.len && !is_one_of(text.ptr[len], " ,;{}")) {
		open += is_one_of(text.ptr[len], "([") ? 1 : is_one_of(text.ptr[len], ")]") ? -1 : 0;
		if (open < 0)
			break;
		len++;
	}
	while (len > 0 && is_one_of(text.ptr[len - 1], ".:!?'\"-"))
		len--;
	return len;
}

/* "33-35, 38-39" of "33-35, 38-39 and passim"; the first word of a labelled one may be Roman. */
static nkc_str locator_words(nkc_str text, bool labelled)
{
	size_t end = 0, from = 0;
	for (;;) {
		size_t len = word_length(rest_from(text, from));
		nkc_str word = nkc_str_slice(text, from, from + len);
		if (!has_digit(word) && !(labelled && is_roman(word)))
			return nkc_str_slice(text, 0, end);
		end = from = from + len;
		while (is_one_of(at(text, from), " ,&"))
			from++;
		if (from == end)
			return nkc_str_slice(text, 0, end);
	}
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

static void set_locator(nkc_cite *cite, const locator_label *label, nkc_str locator)
{
	cite->locator = nkc_str_trim(locator);
	if (label && cite->locator.len)
		cite->label = label->locator;
}

/* "{pp. iv, vi-xi}": all that is inside. */
static bool read_braced(const nkc_cite_parser *p, nkc_str text, const locator_label *before, nkc_cite *cite, nkc_str *rest)
{
	nkc_str inside;
	size_t end;
	if (at(text, 0) != '{' || !in_braces(text, &inside, &end))
		return false;
	inside = skip_spaces(inside);
	const locator_label *label = before ? before : find_label(p, inside);
	set_locator(cite, label, label && !before ? rest_from(inside, label->text.len) : inside);
	*rest = rest_from(text, end);
	return true;
}

/* Reads what stands behind the key; what is no locator is the suffix. */
static void read_locator(const nkc_cite_parser *p, nkc_str text, nkc_cite *cite)
{
	nkc_str rest = skip_spaces(text);
	if (at(rest, 0) == ',')
		rest = skip_spaces(rest_from(rest, 1));
	cite->suffix = text;
	if (read_braced(p, rest, NULL, cite, &cite->suffix))
		return;
	const locator_label *label = find_label(p, rest);
	if (label)
		rest = skip_spaces(rest_from(rest, label->text.len));
	if (label && read_braced(p, rest, label, cite, &cite->suffix))
		return;
	nkc_str locator = locator_words(rest, label != NULL);
	if (locator.len) {
		set_locator(cite, label, locator);
		cite->suffix = rest_from(rest, locator.len);
	}
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
		read_locator(p, rest_from(text, i + 1 + end), cite);
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
