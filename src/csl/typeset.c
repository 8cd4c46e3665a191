/*
 * typeset.c: the tree as events, with fonts and quotes resolved (stages 8 and 9).
 */
#include "csl/typeset.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "csl/punct.h"

/* The surroundings of a node. */
typedef struct setting {
	uint16_t font;   /* csl_font bits in force */
	unsigned quotes; /* how deep in quotation marks */
	bool levelled;   /* inner marks that are outermost in a text become outer ones */
	bool own_words;  /* a writer's prefix or suffix: punctuation does not move into quotes */
} setting;

/* Quotation marks of one node. */
typedef struct quoting {
	bool literal;   /* as the field has them */
	unsigned depth; /* how many quotations enclose them: every second one has inner marks */
} quoting;

typedef struct setter {
	nkc_arena *arena;
	const csl_locale *locale;
	csl_events *events;
	size_t from; /* the events before are others' */
	uint8_t meet;       /* how the next text meets the one before, CSL_MEET_ bits; each text has it set anew */
	uint8_t meet_next;  /* how the next prefix will */
	bool brackets;      /* parentheses of affixes within others become brackets */
	unsigned depth;     /* how many are open */
} setter;

/* --- events --- */

static void push(csl_events *events, csl_event event)
{
	if (events->count == events->cap) {
		size_t cap = events->cap ? events->cap * 2 : 64;
		csl_event *items = nkc_realloc(events->items, cap * sizeof *items);
		if (!items) {
			events->status = NKC_ENOMEM;
			return;
		}
		events->items = items;
		events->cap = cap;
	}
	events->items[events->count++] = event;
}

void csl_events_release(csl_events *events)
{
	nkc_free(events->items);
	*events = (csl_events){ NULL, 0, 0, NKC_OK };
}

void csl_events_clear(csl_events *events)
{
	events->count = 0;
	events->status = NKC_OK;
}

/* quiet: the text is known to be (nkc_utf8_is_quiet). */
static void put_piece(setter *s, nkc_str text, csl_mark mark, bool quiet)
{
	if (!text.len)
		return;
	push(s->events, (csl_event){ .kind = CSL_EVENT_TEXT,
	                             .mark = (uint8_t)mark,
	                             .meet = s->meet,
	                             .quiet = quiet,
	                             .text = text });
	s->meet = 0; /* what one text is cut into does not meet itself */
}

static void put_text(setter *s, nkc_str text, csl_mark mark)
{
	put_piece(s, text, mark, false);
}

static void put_span(setter *s, csl_event_kind kind, csl_span span, nkc_str text)
{
	push(s->events, (csl_event){ .kind = (uint8_t)kind, .span = (uint8_t)span, .text = text });
}

/* --- characters that are set in their own way --- */

/* Of the first bytes of UTF-8 those that superscripts have: few texts hold any of them. */
static bool may_be_superscript(nkc_str text, size_t at)
{
	switch ((unsigned char)text.ptr[at]) {
	case 0xE2: /* quotes and dashes begin with E2 80 */
		return at + 1 < text.len && (unsigned char)text.ptr[at + 1] != 0x80;
	case 0xC2:
	case 0xCA:
	case 0xCB:
	case 0xDB:
	case 0xE1:
	case 0xE3:
	case 0xEA: return true;
	default: return false;
	}
}

/* Raised letters that Unicode does not take for superscripts of others. */
static size_t raised_letter(nkc_str text, size_t *at, char plain[8])
{
	static const struct {
		nkc_str raised, plain;
	} letters[] = {
		{ NKC_STR_INIT("\u02c0"), NKC_STR_INIT("\u0294") },
		{ NKC_STR_INIT("\u02c1"), NKC_STR_INIT("\u0295") },
		{ NKC_STR_INIT("\u06e5"), NKC_STR_INIT("\u0648") },
		{ NKC_STR_INIT("\u06e6"), NKC_STR_INIT("\u064a") },
	};
	nkc_str rest = nkc_str_slice(text, *at, text.len);
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (!nkc_str_starts(rest, letters[i].raised))
			continue;
		*at += letters[i].raised.len;
		memcpy(plain, letters[i].plain.ptr, letters[i].plain.len);
		return letters[i].plain.len;
	}
	return 0;
}

/* Superscript characters are set as superscripts: fonts lack most of them. Returns the bytes of text[at] that are one. */
static size_t superscript(nkc_str text, size_t at, char plain[8], size_t *len)
{
	size_t to = at;
	if (!may_be_superscript(text, at))
		return 0;
	*len = raised_letter(text, &to, plain);
	if (!*len)
		*len = nkc_rune_superscript(text, &to, plain);
	return *len ? to - at : 0;
}

/* The space before a high mark and inside French quotation marks is narrow and does not break. */
static bool is_narrow_space(nkc_str text, size_t at)
{
	char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
	if (next == ':' || next == ';' || next == '?' || next == '!')
		return true;
	nkc_str before = nkc_str_slice(text, 0, at), behind = nkc_str_slice(text, at + 1, text.len);
	return nkc_str_ends(before, NKC_STR("\u00ab")) || nkc_str_starts(behind, NKC_STR("\u00bb"));
}

static void put_raised(setter *s, nkc_str text)
{
	put_span(s, CSL_EVENT_ENTER, CSL_SPAN_SUP, NKC_STR(""));
	put_text(s, nkc_arena_str(s->arena, text), CSL_MARK_NONE);
	put_span(s, CSL_EVENT_LEAVE, CSL_SPAN_SUP, NKC_STR(""));
}

/* Is the character at text[at] set in its own way? Says quickly no to most. */
static bool may_be_special(nkc_str text, size_t at, bool prose)
{
	return text.ptr[at] == ' ' ? prose : text.ptr[at] & 0x80 && may_be_superscript(text, at);
}

static inline bool is_high_mark(const char *at)
{
	return (at[0] == ' ') & ((at[1] == ':') | (at[1] == ';') | (at[1] == '?') | (at[1] == '!'));
}

/* Has it a space before a high mark? Looks at sixteen places at a time, without a branch, so that compilers use wide registers. */
static bool has_high_mark(nkc_str text)
{
	size_t at = 0;
	for (; text.len - at > 16; at += 16) {
		unsigned char found = 0;
		for (size_t i = 0; i < 16; i++)
			found |= (unsigned char)is_high_mark(text.ptr + at + i);
		if (found)
			return true;
	}
	while (at + 1 < text.len && !is_high_mark(text.ptr + at))
		at++;
	return at + 1 < text.len;
}

/* prose: a field or a term, not what joins them. */
static void put_special(setter *s, nkc_str text, bool prose, csl_mark mark)
{
	size_t run = 0;
	for (size_t at = 0; at < text.len;) {
		char plain[8];
		size_t len = 0, taken = 0;
		bool narrow = false;
		if (may_be_special(text, at, prose)) {
			narrow = text.ptr[at] == ' ' && is_narrow_space(text, at);
			taken = narrow ? 1 : superscript(text, at, plain, &len);
		}
		if (!taken) {
			at++;
			continue;
		}
		put_text(s, nkc_str_slice(text, run, at), mark);
		if (narrow)
			put_text(s, NKC_STR("\u202f"), mark);
		else
			put_raised(s, nkc_str_make(plain, len));
		run = at += taken;
	}
	put_text(s, nkc_str_slice(text, run, text.len), mark);
}

/* quiet: it is known to be. */
static void put_chars(setter *s, nkc_str text, bool quiet, bool prose, csl_mark mark)
{
	if ((quiet || nkc_utf8_is_quiet(text)) && !(prose && has_high_mark(text)))
		put_piece(s, text, mark, true);
	else
		put_special(s, text, prose, mark);
}

/* "(Oslo [2nd ed.])": parentheses within others are brackets. */
static nkc_str with_brackets(setter *s, nkc_str text)
{
	char *flipped = nkc_arena_alloc(s->arena, text.len);
	if (!flipped)
		return text;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '(')
			c = s->depth++ % 2 ? '[' : '(';
		else if (c == ')' && s->depth)
			c = --s->depth % 2 ? ']' : ')';
		flipped[i] = c;
	}
	return nkc_str_make(flipped, text.len);
}

static void put_affix(setter *s, nkc_str text, uint8_t meet)
{
	s->meet = meet;
	bool braced = s->brackets && nkc_str_find_byte(text, '(') + nkc_str_find_byte(text, ')') < 2 * text.len;
	put_chars(s, braced ? with_brackets(s, text) : text, false, false, CSL_MARK_AFFIX);
}

/* --- fonts --- */

/* A property of a font: the bit that sets it, the one that unsets it, the span of each. Outer spans first. */
static const struct {
	uint16_t on, off;
	csl_span on_span, off_span;
	uint16_t others; /* bits of the same property */
} properties[] = {
	{ CSL_SUP, CSL_BASELINE, CSL_SPAN_SUP, CSL_SPAN_BASELINE, CSL_SUB },
	{ CSL_SUB, CSL_BASELINE, CSL_SPAN_SUB, CSL_SPAN_BASELINE, CSL_SUP },
	{ CSL_UNDERLINE, CSL_NO_DECORATION, CSL_SPAN_UNDERLINE, CSL_SPAN_NO_DECORATION, 0 },
	{ CSL_BOLD, CSL_NORMAL_WEIGHT, CSL_SPAN_BOLD, CSL_SPAN_NORMAL_WEIGHT, CSL_LIGHT },
	{ CSL_LIGHT, CSL_NORMAL_WEIGHT, CSL_SPAN_LIGHT, CSL_SPAN_NORMAL_WEIGHT, CSL_BOLD },
	{ CSL_SMALL_CAPS, CSL_NORMAL_VARIANT, CSL_SPAN_SMALL_CAPS, CSL_SPAN_NORMAL_VARIANT, 0 },
	{ CSL_ITALIC, CSL_NORMAL_STYLE, CSL_SPAN_ITALIC, CSL_SPAN_NORMAL_STYLE, CSL_OBLIQUE },
	{ CSL_OBLIQUE, CSL_NORMAL_STYLE, CSL_SPAN_OBLIQUE, CSL_SPAN_NORMAL_STYLE, CSL_ITALIC },
};

#define PROPERTIES (sizeof properties / sizeof *properties)

/* A style's baseline, and its "no decoration", are set whatever is around them (as in citeproc-js). */
static bool is_base(size_t property)
{
	return properties[property].on == CSL_SUP || properties[property].on == CSL_UNDERLINE;
}

/*
 * Enters the spans of `wanted`; returns those entered, as bits of a set. Markup within a field flips what is
 * on already ("<i>" in an italic title is upright); a style's own format enters it again.
 */
static unsigned enter_fonts(setter *s, setting *at, uint16_t wanted, bool flips)
{
	unsigned entered = 0;
	for (size_t i = 0; wanted && i < PROPERTIES; i++) {
		bool on = wanted & properties[i].on, active = at->font & properties[i].on;
		bool turn_off = (on && active && flips) ||
		                (!on && (wanted & properties[i].off) && (active || (!flips && is_base(i))));
		if (!on && !turn_off)
			continue;
		put_span(s, CSL_EVENT_ENTER, turn_off ? properties[i].off_span : properties[i].on_span, NKC_STR(""));
		at->font = (uint16_t)(at->font & ~(properties[i].on | properties[i].others));
		if (!turn_off)
			at->font |= properties[i].on;
		entered |= 1u << (2 * i + turn_off);
	}
	return entered;
}

static void leave_fonts(setter *s, unsigned entered)
{
	for (size_t i = PROPERTIES; entered && i-- > 0;) {
		if (entered & 1u << (2 * i + 1))
			put_span(s, CSL_EVENT_LEAVE, properties[i].off_span, NKC_STR(""));
		if (entered & 1u << (2 * i))
			put_span(s, CSL_EVENT_LEAVE, properties[i].on_span, NKC_STR(""));
	}
}

/* --- quotes --- */

/* Is the text the locale's term? */
static bool is_term(const setter *s, csl_term term, nkc_str text)
{
	nkc_str own;
	return csl_locale_term(s->locale, term, CSL_FORM_LONG, false, &own) && nkc_str_eq(own, text);
}

/* How deep in quotes is what a node's own quotation marks enclose? Those of a format go one deeper. */
static quoting quoting_of(const setter *s, const setting *at, const csl_out *node)
{
	bool typographic = node->kind == CSL_OUT_QUOTE && (node->tags & CSL_TAG_LITERAL_QUOTE);
	bool inner = typographic && is_term(s, CSL_TERM_OPEN_INNER_QUOTE, node->delimiter);
	if (!typographic || inner || is_term(s, CSL_TERM_OPEN_QUOTE, node->delimiter))
		return (quoting){ .depth = at->quotes + (inner && !at->quotes && !at->levelled) };
	return (quoting){ .literal = true, .depth = at->quotes }; /* another language's: they stay what they are */
}

static void put_literal_quote(setter *s, const csl_out *node, bool open)
{
	bool single = (unsigned char)node->delimiter.ptr[2] == 0x98;
	nkc_str close = single ? NKC_STR("\xe2\x80\x99") : NKC_STR("\xe2\x80\x9d");
	put_text(s, open ? node->delimiter : close, CSL_MARK_NONE);
}

static void put_quote(setter *s, const setting *at, const csl_out *node, quoting how, bool open)
{
	if (how.literal) {
		put_literal_quote(s, node, open);
		return;
	}
	bool inner = how.depth % 2;
	csl_term term = open ? (inner ? CSL_TERM_OPEN_INNER_QUOTE : CSL_TERM_OPEN_QUOTE)
	                     : (inner ? CSL_TERM_CLOSE_INNER_QUOTE : CSL_TERM_CLOSE_QUOTE);
	nkc_str text;
	csl_mark mark = at->own_words ? CSL_MARK_NONE : open ? CSL_MARK_OPEN_QUOTE : CSL_MARK_CLOSE_QUOTE;
	if (csl_locale_term(s->locale, term, CSL_FORM_LONG, false, &text))
		put_text(s, text, mark);
}

/* --- nodes --- */

static void set(setter *s, const csl_out *node, setting at);

/*
 * How affixes meet is a matter of the elements they belong to, as in citeproc-js: marks that the style puts around fonts of
 * its own stay where they are, and so do those that an element has as affix and delimiter at once; others join.
 */
static bool has_font(const csl_out *node)
{
	return node->format && !node->shell && node->format->font;
}

static bool is_decorated(const csl_out *node)
{
	return node->kind == CSL_OUT_QUOTE || (node->format && (node->format->font || node->format->quotes));
}

static bool has_suffix(const csl_out *node)
{
	return node->format && !node->shell && node->format->suffix.len;
}

static bool is_count(const csl_out *node)
{
	return node->tags & (CSL_TAG_NUMBER | CSL_TAG_YEAR_SUFFIX);
}

/* A suffix with the content that it belongs to. */
static uint8_t meet_suffix(const csl_out *node)
{
	if (node->kind != CSL_OUT_TEXT)
		return CSL_MEET_ALL;
	if (is_count(node))
		return 0;
	return is_decorated(node) ? CSL_MEET_SAME | CSL_MEET_SPACE | CSL_MEET_ENTER : CSL_MEET_ALL;
}

/* A delimiter with the child before it; of a mark that is the child's suffix, too, only one is there to begin with. */
static uint8_t meet_delimiter(const csl_out *before, nkc_str *delimiter)
{
	if (has_suffix(before)) {
		nkc_str suffix = before->format->suffix;
		if (suffix.ptr[suffix.len - 1] == delimiter->ptr[0])
			*delimiter = nkc_str_slice(*delimiter, 1, delimiter->len);
		return CSL_MEET_SPACE | CSL_MEET_ENTER;
	}
	if (before->kind == CSL_OUT_TEXT && !before->shell)
		return meet_suffix(before);
	return !before->shell && is_decorated(before) ? CSL_MEET_ALL & ~CSL_MEET_SPACE : CSL_MEET_ALL;
}

/* A prefix with the child before, where there is no delimiter. */
static uint8_t meet_prefix(const csl_out *before, const csl_out *child)
{
	uint8_t meet = has_font(before) || has_font(child) ? 0 : CSL_MEET_ALL & ~CSL_MEET_SPACE;
	if (!before->shell && (is_count(before) || is_decorated(before)))
		return meet;
	return meet | CSL_MEET_SPACE | (has_suffix(before) ? CSL_MEET_SAME : 0);
}

/* Words between names and the space between the parts of one may find a space there; delimiters have their own. */
static bool is_delimiter(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!strchr(" ,;:/&-", text.ptr[i]))
			return false;
	}
	return !nkc_str_is(text, " ");
}

static uint8_t meet_text(const csl_out *text, csl_mark mark)
{
	if (mark != CSL_MARK_OWN && mark != CSL_MARK_AFFIX)
		return 0;
	return mark == CSL_MARK_AFFIX && is_delimiter(text->u.text) ? CSL_MEET_ALL & ~CSL_MEET_SPACE : CSL_MEET_ALL;
}

static csl_mark mark_of(const csl_out *text, setting at)
{
	if (text->tags & CSL_TAG_FIELD)
		return CSL_MARK_FIELD;
	if (at.own_words)
		return CSL_MARK_OWN;
	return text->tags & CSL_TAG_JOIN ? CSL_MARK_AFFIX : CSL_MARK_NONE;
}

static void set_children(setter *s, const csl_out *node, setting at)
{
	if (node->kind == CSL_OUT_TEXT) {
		csl_mark mark = mark_of(node, at);
		s->meet = meet_text(node, mark);
		put_chars(s, node->u.text, node->quiet, !(node->tags & CSL_TAG_JOIN), mark);
		return;
	}
	const csl_out *before = NULL;
	for (const csl_out *child = node->u.list.first; child; before = child, child = child->next) {
		if (before && node->kind == CSL_OUT_GROUP && node->delimiter.len) {
			nkc_str delimiter = node->delimiter;
			s->meet = meet_delimiter(before, &delimiter);
			put_text(s, delimiter, CSL_MARK_AFFIX);
			s->meet_next = CSL_MEET_SAME | CSL_MEET_SPACE;
		} else if (before) {
			s->meet_next = meet_prefix(before, child);
		}
		set(s, child, at);
	}
}

/* Where the address begins that a text ends in ("doi: https://doi.org/"); its length where it ends in none. */
static size_t address_at(nkc_str text)
{
	size_t at = text.len;
	while (at > 0 && (unsigned char)text.ptr[at - 1] > ' ')
		at--;
	while (at < text.len && !nkc_str_starts(nkc_str_slice(text, at, text.len), NKC_STR("http://")) &&
	       !nkc_str_starts(nkc_str_slice(text, at, text.len), NKC_STR("https://")))
		at++;
	return at;
}

/* An address that stands before the identifier belongs to what links; other affixes do not (Appendix VI). */
static void enter_link(setter *s, nkc_str url)
{
	csl_event *last = s->events->count > s->from ? &s->events->items[s->events->count - 1] : NULL;
	size_t at = last && last->kind == CSL_EVENT_TEXT ? address_at(last->text) : 0;
	if (!last || last->kind != CSL_EVENT_TEXT || at == last->text.len) {
		put_span(s, CSL_EVENT_ENTER, CSL_SPAN_LINK, url);
		return;
	}
	csl_event before = *last, address = *last;
	s->events->count--;
	before.text = nkc_str_slice(before.text, 0, at);
	address.text = nkc_str_slice(address.text, at, address.text.len);
	if (before.text.len)
		push(s->events, before);
	put_span(s, CSL_EVENT_ENTER, CSL_SPAN_LINK, url);
	push(s->events, address);
}

/* What a format has around its content: quotes, and inside them fonts. */
static void set_inner(setter *s, const csl_out *node, setting at, bool quoted)
{
	quoting how = { 0 };
	setting inside = at;
	if (quoted) {
		how = quoting_of(s, &at, node);
		inside.quotes = how.depth + !how.literal;
		put_quote(s, &at, node, how, true);
	}
	inside.own_words |= node->kind != CSL_OUT_QUOTE && (node->tags & CSL_TAG_LITERAL_QUOTE);
	inside.levelled |= node->format && node->format->quotes == CSL_QUOTES_OFF;
	unsigned fonts = node->format ? enter_fonts(s, &inside, node->format->font, false) : 0;
	unsigned marked = enter_fonts(s, &inside, node->font, true);
	if (node->link)
		enter_link(s, *node->link);
	set_children(s, node, inside);
	if (node->link)
		put_span(s, CSL_EVENT_LEAVE, CSL_SPAN_LINK, *node->link);
	leave_fonts(s, marked);
	leave_fonts(s, fonts);
	if (quoted)
		put_quote(s, &at, node, how, false);
}

static void set_formatted(setter *s, const csl_out *node, setting at)
{
	static const csl_span displays[] = {
		[CSL_DISPLAY_BLOCK] = CSL_SPAN_BLOCK,
		[CSL_DISPLAY_LEFT_MARGIN] = CSL_SPAN_LEFT_MARGIN,
		[CSL_DISPLAY_RIGHT_INLINE] = CSL_SPAN_RIGHT_INLINE,
		[CSL_DISPLAY_INDENT] = CSL_SPAN_INDENT,
	};
	const csl_format *format = node->format;
	if (format->display)
		put_span(s, CSL_EVENT_ENTER, displays[format->display], NKC_STR(""));
	put_affix(s, format->prefix, s->meet_next);
	s->meet_next = format->prefix.len ? CSL_MEET_SPACE : is_decorated(node) ? 0 : s->meet_next;
	set_inner(s, node, at, node->kind == CSL_OUT_QUOTE || format->quotes == CSL_QUOTES_ON);
	put_affix(s, format->suffix, meet_suffix(node));
	if (format->display)
		put_span(s, CSL_EVENT_LEAVE, displays[format->display], NKC_STR(""));
}

static void set(setter *s, const csl_out *node, setting at)
{
	if (node->format)
		set_formatted(s, node, at);
	else if (node->kind == CSL_OUT_QUOTE || node->font || node->link || node->tags & CSL_TAG_LITERAL_QUOTE)
		set_inner(s, node, at, node->kind == CSL_OUT_QUOTE);
	else
		set_children(s, node, at); /* most nodes have nothing of their own */
}

static bool is_block(const csl_event *event, csl_event_kind kind)
{
	return event->kind == kind && event->span >= CSL_SPAN_BLOCK && event->span <= CSL_SPAN_INDENT;
}

/* Moves the events from `from` on to the place `at` before them. */
static void move_back(setter *s, size_t at, size_t from)
{
	csl_events *events = s->events;
	size_t count = events->count - from, bytes = count * sizeof *events->items;
	csl_event *moved = count && at < from ? nkc_arena_alloc(s->arena, bytes) : NULL;
	if (!moved)
		return;
	memcpy(moved, events->items + from, bytes);
	memmove(events->items + at + count, events->items + at, (from - at) * sizeof *events->items);
	memcpy(events->items + at, moved, bytes);
}

/* A layout's prefix stands inside the display block that begins there, if one does. */
static void put_layout_prefix(setter *s, nkc_str prefix, size_t from)
{
	size_t count = s->events->count, at = from;
	if (!prefix.len)
		return;
	while (at < count && is_block(&s->events->items[at], CSL_EVENT_ENTER))
		at++;
	s->meet = CSL_MEET_ALL;
	put_chars(s, prefix, false, false, CSL_MARK_AFFIX);
	move_back(s, at, count);
}

/* Its suffix inside the one that ends there. */
static void put_layout_suffix(setter *s, nkc_str suffix, size_t from)
{
	size_t count = s->events->count, at = count;
	while (at > from && is_block(&s->events->items[at - 1], CSL_EVENT_LEAVE))
		at--;
	s->meet = CSL_MEET_ALL;
	put_text(s, suffix, CSL_MARK_AFFIX);
	move_back(s, at, count);
}

/* The affixes of a layout, unlike those of other elements, are inside of its formatting (specification, "Affixes"). */
static void set_layout(setter *s, const csl_out *tree, size_t from)
{
	csl_out inner = *tree;
	setting at = { 0 };
	unsigned fonts = enter_fonts(s, &at, tree->format->font, false);
	inner.format = NULL;
	size_t begin = s->events->count;
	s->depth = nkc_str_find_byte(tree->format->prefix, '(') < tree->format->prefix.len;
	set(s, &inner, at);
	put_layout_prefix(s, tree->format->prefix, begin);
	put_layout_suffix(s, tree->format->suffix, from);
	leave_fonts(s, fonts);
}

void csl_typeset(nkc_arena *arena, const csl_locale *locale, const csl_out *tree, csl_events *events)
{
	size_t from = events->count;
	setter s = { .arena = arena, .locale = locale, .events = events, .from = from, .meet_next = CSL_MEET_ALL };
	s.brackets = tree && tree->tags & CSL_TAG_NOTE;
	if (csl_out_empty(tree))
		return;
	if (tree->format)
		set_layout(&s, tree, from);
	else
		set(&s, tree, (setting){ 0 });
	csl_punct_join(arena, events, from, locale->punctuation_in_quote);
}
