/*
 * typeset.c: the tree as events, with fonts and quotes resolved (stages 8 and 9).
 */
#include "csl/typeset.h"

#include "base/mem.h"
#include "base/text.h"
#include "csl/punct.h"

/* The surroundings of a node. */
typedef struct setting {
	uint16_t font;   /* csl_font bits in force */
	unsigned quotes; /* how deep in quotation marks */
	bool own_words;  /* a writer's prefix or suffix: punctuation does not move into quotes */
} setting;

typedef struct setter {
	nkc_arena *arena;
	const csl_locale *locale;
	csl_events *events;
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

static void put_text(setter *s, nkc_str text, csl_mark mark)
{
	if (text.len)
		push(s->events, (csl_event){ .kind = CSL_EVENT_TEXT, .mark = (uint8_t)mark, .text = text });
}

static void put_span(setter *s, csl_event_kind kind, csl_span span, nkc_str text);

/* Superscript characters are set as superscripts: fonts lack most of them. */
static void put_prose(setter *s, nkc_str text)
{
	size_t run = 0;
	for (size_t at = 0; at < text.len;) {
		char plain[8];
		size_t from = at, len = (unsigned char)text.ptr[at] < 0x80 ? 0 : nkc_rune_superscript(text, &at, plain);
		if (!len) {
			at = at == from ? at + 1 : at;
			continue;
		}
		put_text(s, nkc_str_slice(text, run, from), CSL_MARK_NONE);
		put_span(s, CSL_EVENT_ENTER, CSL_SPAN_SUP, NKC_STR(""));
		put_text(s, nkc_arena_str(s->arena, nkc_str_make(plain, len)), CSL_MARK_NONE);
		put_span(s, CSL_EVENT_LEAVE, CSL_SPAN_SUP, NKC_STR(""));
		run = at;
	}
	put_text(s, nkc_str_slice(text, run, text.len), CSL_MARK_NONE);
}

static void put_span(setter *s, csl_event_kind kind, csl_span span, nkc_str text)
{
	push(s->events, (csl_event){ .kind = (uint8_t)kind, .span = (uint8_t)span, .text = text });
}

/* --- fonts --- */

/* A property of a font: the bit that sets it, the one that unsets it, the span of each. */
static const struct {
	uint16_t on, off;
	csl_span on_span, off_span;
	uint16_t others; /* bits of the same property */
} properties[] = {
	{ CSL_ITALIC, CSL_NORMAL_STYLE, CSL_SPAN_ITALIC, CSL_SPAN_NORMAL_STYLE, CSL_OBLIQUE },
	{ CSL_OBLIQUE, CSL_NORMAL_STYLE, CSL_SPAN_OBLIQUE, CSL_SPAN_NORMAL_STYLE, CSL_ITALIC },
	{ CSL_BOLD, CSL_NORMAL_WEIGHT, CSL_SPAN_BOLD, CSL_SPAN_NORMAL_WEIGHT, CSL_LIGHT },
	{ CSL_LIGHT, CSL_NORMAL_WEIGHT, CSL_SPAN_LIGHT, CSL_SPAN_NORMAL_WEIGHT, CSL_BOLD },
	{ CSL_SMALL_CAPS, CSL_NORMAL_VARIANT, CSL_SPAN_SMALL_CAPS, CSL_SPAN_NORMAL_VARIANT, 0 },
	{ CSL_UNDERLINE, CSL_NO_DECORATION, CSL_SPAN_UNDERLINE, CSL_SPAN_NO_DECORATION, 0 },
	{ CSL_SUP, CSL_BASELINE, CSL_SPAN_SUP, CSL_SPAN_BASELINE, CSL_SUB },
	{ CSL_SUB, CSL_BASELINE, CSL_SPAN_SUB, CSL_SPAN_BASELINE, CSL_SUP },
};

#define PROPERTIES (sizeof properties / sizeof *properties)

/*
 * Enters the spans of `wanted`; returns those entered, as bits of a set. Markup within a field flips what is
 * on already ("<i>" in an italic title is upright); a style's own format does not.
 */
static unsigned enter_fonts(setter *s, setting *at, uint16_t wanted, bool flips)
{
	unsigned entered = 0;
	for (size_t i = 0; wanted && i < PROPERTIES; i++) {
		bool on = wanted & properties[i].on, active = at->font & properties[i].on;
		bool turn_off = (on && active && flips) || (!on && (wanted & properties[i].off) && active);
		if (!on && !turn_off)
			continue;
		if (on && active && !flips)
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
	for (size_t i = PROPERTIES; i-- > 0;) {
		if (entered & 1u << (2 * i + 1))
			put_span(s, CSL_EVENT_LEAVE, properties[i].off_span, NKC_STR(""));
		if (entered & 1u << (2 * i))
			put_span(s, CSL_EVENT_LEAVE, properties[i].on_span, NKC_STR(""));
	}
}

/* --- quotes --- */

/* Quotes that were typographic in the field, and that no others enclose, stay what they were. */
static bool put_own_quote(setter *s, const setting *at, const csl_out *node, bool open)
{
	if (!(node->tags & CSL_TAG_LITERAL_QUOTE) || node->kind != CSL_OUT_QUOTE || at->quotes)
		return false;
	bool single = (unsigned char)node->delimiter.ptr[2] == 0x98;
	nkc_str close = single ? NKC_STR("\xe2\x80\x99") : NKC_STR("\xe2\x80\x9d");
	put_text(s, open ? node->delimiter : close, CSL_MARK_NONE);
	return true;
}

static void put_quote(setter *s, const setting *at, const csl_out *node, bool open)
{
	if (put_own_quote(s, at, node, open))
		return;
	bool inner = at->quotes % 2;
	csl_term term = open ? (inner ? CSL_TERM_OPEN_INNER_QUOTE : CSL_TERM_OPEN_QUOTE)
	                     : (inner ? CSL_TERM_CLOSE_INNER_QUOTE : CSL_TERM_CLOSE_QUOTE);
	nkc_str text;
	csl_mark mark = at->own_words ? CSL_MARK_NONE : open ? CSL_MARK_OPEN_QUOTE : CSL_MARK_CLOSE_QUOTE;
	if (csl_locale_term(s->locale, term, CSL_FORM_LONG, false, &text))
		put_text(s, text, mark);
}

/* --- nodes --- */

static void set(setter *s, const csl_out *node, setting at);

static void set_children(setter *s, const csl_out *node, setting at)
{
	bool begun = false;
	if (node->kind == CSL_OUT_TEXT) {
		put_prose(s, node->u.text);
		return;
	}
	for (const csl_out *child = node->u.list.first; child; child = child->next) {
		if (csl_out_empty(child))
			continue;
		if (begun && node->kind == CSL_OUT_GROUP)
			put_text(s, node->delimiter, CSL_MARK_NONE);
		begun = true;
		set(s, child, at);
	}
}

static void set_inner(setter *s, const csl_out *node, setting at, bool quoted)
{
	unsigned fonts = node->format ? enter_fonts(s, &at, node->format->font, false) : 0;
	unsigned marked = enter_fonts(s, &at, node->font, true);
	if (node->link.len)
		put_span(s, CSL_EVENT_ENTER, CSL_SPAN_LINK, node->link);
	if (quoted)
		put_quote(s, &at, node, true);
	at.own_words |= (node->tags & CSL_TAG_LITERAL_QUOTE) != 0;
	setting inside = at;
	inside.quotes += quoted;
	set_children(s, node, inside);
	if (quoted)
		put_quote(s, &at, node, false);
	if (node->link.len)
		put_span(s, CSL_EVENT_LEAVE, CSL_SPAN_LINK, node->link);
	leave_fonts(s, marked);
	leave_fonts(s, fonts);
}

static void set(setter *s, const csl_out *node, setting at)
{
	static const csl_span displays[] = {
		[CSL_DISPLAY_BLOCK] = CSL_SPAN_BLOCK,
		[CSL_DISPLAY_LEFT_MARGIN] = CSL_SPAN_LEFT_MARGIN,
		[CSL_DISPLAY_RIGHT_INLINE] = CSL_SPAN_RIGHT_INLINE,
		[CSL_DISPLAY_INDENT] = CSL_SPAN_INDENT,
	};
	const csl_format *format = node->format;
	if (csl_out_empty(node))
		return;
	if (format && format->display)
		put_span(s, CSL_EVENT_ENTER, displays[format->display], NKC_STR(""));
	if (format)
		put_text(s, format->prefix, CSL_MARK_NONE);
	set_inner(s, node, at, node->kind == CSL_OUT_QUOTE || (format && format->quotes));
	if (format)
		put_text(s, format->suffix, CSL_MARK_NONE);
	if (format && format->display)
		put_span(s, CSL_EVENT_LEAVE, displays[format->display], NKC_STR(""));
}

void csl_typeset(nkc_arena *arena, const csl_locale *locale, const csl_out *tree, csl_events *events)
{
	setter s = { arena, locale, events };
	size_t from = events->count;
	if (!tree)
		return;
	set(&s, tree, (setting){ 0, 0, false });
	csl_punct_join(arena, events, from, locale->punctuation_in_quote);
}
