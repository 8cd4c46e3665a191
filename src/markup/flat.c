/*
 * flat.c: spans as runs of one look, for targets where spans cannot undo each other.
 *
 * First the events become pieces of one text, each with the fonts that are on there; then the pieces are written, and
 * fonts end and begin where two pieces differ.
 */
#include "markup/markup.h"

/* What entering a span does to the look. */
static const struct {
	uint32_t clears, sets;
} effects[CSL_SPANS] = {
	[CSL_SPAN_ITALIC] = { MARKUP_BIT(OBLIQUE), MARKUP_BIT(ITALIC) },
	[CSL_SPAN_OBLIQUE] = { MARKUP_BIT(ITALIC), MARKUP_BIT(OBLIQUE) },
	[CSL_SPAN_NORMAL_STYLE] = { MARKUP_BIT(ITALIC) | MARKUP_BIT(OBLIQUE), 0 },
	[CSL_SPAN_BOLD] = { MARKUP_BIT(LIGHT), MARKUP_BIT(BOLD) },
	[CSL_SPAN_LIGHT] = { MARKUP_BIT(BOLD), MARKUP_BIT(LIGHT) },
	[CSL_SPAN_NORMAL_WEIGHT] = { MARKUP_BIT(BOLD) | MARKUP_BIT(LIGHT), 0 },
	[CSL_SPAN_SMALL_CAPS] = { 0, MARKUP_BIT(SMALL_CAPS) },
	[CSL_SPAN_NORMAL_VARIANT] = { MARKUP_BIT(SMALL_CAPS), 0 },
	[CSL_SPAN_UNDERLINE] = { 0, MARKUP_BIT(UNDERLINE) },
	[CSL_SPAN_NO_DECORATION] = { MARKUP_BIT(UNDERLINE), 0 },
	[CSL_SPAN_SUP] = { MARKUP_BIT(SUB), MARKUP_BIT(SUP) },
	[CSL_SPAN_SUB] = { MARKUP_BIT(SUP), MARKUP_BIT(SUB) },
	[CSL_SPAN_BASELINE] = { MARKUP_BIT(SUP) | MARKUP_BIT(SUB), 0 },
};

/* Fonts, outermost first. */
static const csl_span nesting[] = {
	CSL_SPAN_UNDERLINE, CSL_SPAN_BOLD,   CSL_SPAN_LIGHT, CSL_SPAN_SMALL_CAPS,
	CSL_SPAN_ITALIC,    CSL_SPAN_OBLIQUE, CSL_SPAN_SUP,   CSL_SPAN_SUB,
};

#define FONTS (sizeof nesting / sizeof *nesting)

/* A run of text, or (from == to) a display span that is entered or left there. */
typedef struct piece {
	size_t from, to;
	uint32_t look;
	uint32_t span;
	const csl_event *link; /* what entered it; NULL: none */
	bool enters;
	bool space; /* text that is nothing but space */
} piece;

typedef struct pieces {
	nkc_buf text;
	nkc_buf list; /* of piece */
	nkc_buf look; /* of uint32_t: the looks around the innermost span */
} pieces;

static piece *piece_at(const pieces *p, size_t index)
{
	return (piece *)(void *)p->list.ptr + index;
}

static size_t piece_count(const pieces *p)
{
	return p->list.len / sizeof(piece);
}

/* --- pieces --- */

static void add_text(pieces *p, nkc_str text, uint32_t look, const csl_event *link)
{
	size_t from = p->text.len, count = piece_count(p);
	markup_put_clean(text, true, &p->text);
	piece *last = count ? piece_at(p, count - 1) : NULL;
	if (p->text.len == from)
		return;
	if (last && last->from < last->to && last->look == look && last->link == link) {
		last->to = p->text.len;
		return;
	}
	piece next = { .from = from, .to = p->text.len, .look = look, .link = link };
	nkc_buf_put(&p->list, (const char *)&next, sizeof next);
}

static void add_display(pieces *p, const csl_event *event)
{
	piece next = { .from = p->text.len, .to = p->text.len, .span = event->span,
		       .enters = event->kind == CSL_EVENT_ENTER };
	nkc_buf_put(&p->list, (const char *)&next, sizeof next);
}

static void collect(pieces *p, const csl_events *events)
{
	uint32_t look = 0;
	const csl_event *link = NULL;
	for (size_t i = 0; i < events->count; i++) {
		const csl_event *event = &events->items[i];
		bool enters = event->kind == CSL_EVENT_ENTER;
		if (event->kind == CSL_EVENT_TEXT) {
			add_text(p, event->text, look, link);
		} else if (event->span == CSL_SPAN_LINK) {
			link = enters ? event : NULL;
		} else if (event->span >= CSL_SPAN_BLOCK) {
			add_display(p, event);
		} else if (enters) {
			nkc_buf_put(&p->look, (const char *)&look, sizeof look);
			look = (look & ~effects[event->span].clears) | effects[event->span].sets;
		} else if (p->look.len >= sizeof look) {
			memcpy(&look, p->look.ptr + p->look.len - sizeof look, sizeof look);
			nkc_buf_truncate(&p->look, p->look.len - sizeof look);
		}
	}
}

/* --- space: marks that count only beside a word neither begin nor end at one --- */

/* Unicode's spaces (category Zs). */
static const nkc_str spaces[] = {
	NKC_STR_INIT(" "),      NKC_STR_INIT("\u00a0"), NKC_STR_INIT("\u202f"), NKC_STR_INIT("\u2000"),
	NKC_STR_INIT("\u2001"), NKC_STR_INIT("\u2002"), NKC_STR_INIT("\u2003"), NKC_STR_INIT("\u2004"),
	NKC_STR_INIT("\u2005"), NKC_STR_INIT("\u2006"), NKC_STR_INIT("\u2007"), NKC_STR_INIT("\u2008"),
	NKC_STR_INIT("\u2009"), NKC_STR_INIT("\u200a"), NKC_STR_INIT("\u205f"), NKC_STR_INIT("\u3000"),
	NKC_STR_INIT("\u1680"),
};

/* Bytes of the space that the text begins with, or (ends) ends in; 0: none. */
static size_t space_length(nkc_str text, bool ends)
{
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		if (ends ? nkc_str_ends(text, spaces[i]) : nkc_str_starts(text, spaces[i]))
			return spaces[i].len;
	}
	return 0;
}

static nkc_str text_of(const pieces *p, size_t from, size_t to)
{
	return nkc_str_make(p->text.ptr + from, to - from);
}

static void put_part(nkc_buf *list, piece part, size_t from, size_t to, bool space)
{
	part.from = from;
	part.to = to;
	part.space = space;
	if (from < to)
		nkc_buf_put(list, (const char *)&part, sizeof part);
}

/* Words and spaces by turns, where a span holds no space; else all as one. */
static void put_words(const pieces *p, nkc_buf *list, piece words, uint32_t spaceless)
{
	size_t from = words.from;
	for (size_t at = from, len; (words.look & spaceless) && at < words.to; at += len ? len : 1) {
		len = space_length(text_of(p, at, words.to), false);
		if (!len)
			continue;
		put_part(list, words, from, at, false);
		put_part(list, words, at, at + len, true);
		from = at + len;
	}
	put_part(list, words, from, words.to, false);
}

/* A piece as the space that it begins with, its words, and the space that it ends in. */
static void part_piece(const pieces *p, piece whole, uint32_t spaceless, nkc_buf *list)
{
	piece words = whole;
	size_t len;
	while ((len = space_length(text_of(p, words.from, words.to), false)))
		words.from += len;
	while ((len = space_length(text_of(p, words.from, words.to), true)))
		words.to -= len;
	put_part(list, whole, whole.from, words.from, true);
	put_words(p, list, words, spaceless);
	put_part(list, whole, words.to, whole.to, true);
}

static void part_spaces(pieces *p, uint32_t spaceless)
{
	nkc_buf parted = NKC_BUF_INIT;
	for (size_t i = 0; i < piece_count(p); i++) {
		const piece *whole = piece_at(p, i);
		if (whole->from < whole->to)
			part_piece(p, *whole, spaceless, &parted);
		else
			nkc_buf_put(&parted, (const char *)whole, sizeof *whole);
	}
	if (nkc_buf_status(&p->list) && !nkc_buf_status(&parted))
		parted.status = nkc_buf_status(&p->list);
	nkc_buf_release(&p->list);
	p->list = parted;
}

/* --- writing --- */

typedef struct writer {
	const nkc_markup *markup;
	const pieces *pieces;
	nkc_buf *out;
	size_t begin;        /* where in out we began */
	uint32_t known;      /* the fonts that the markup has */
	csl_span open[FONTS];
	size_t count;        /* of open */
	const csl_event *link;
	bool first;          /* of a line */
	bool broken;         /* a line ends before the next text */
	bool written;
} writer;

static bool is_flanking(const writer *w, csl_span span)
{
	return w->markup->flanking >> span & 1;
}

static char last_byte(const writer *w)
{
	return w->out->len > w->begin ? w->out->ptr[w->out->len - 1] : ' ';
}

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Does a mark count between these two bytes? Where Unicode would decide, it is safer to say no. */
static bool counts(char inside, char outside)
{
	return is_word_byte(inside) || ((unsigned char)outside < 0x80 && !is_word_byte(outside));
}

static void put_glue(const writer *w)
{
	if (w->markup->glue)
		nkc_buf_puts(w->out, w->markup->glue);
}

/* Before an element that another stands before. */
static void put_separator(const writer *w)
{
	if (w->markup->separator && w->out->len && w->out->ptr[w->out->len - 1] == '}')
		nkc_buf_putc(w->out, w->markup->separator);
}

/* Ends fonts down to the first `keep`. Returns whether a flanking mark stands last, and what stands inside of it. */
static bool end_fonts(writer *w, size_t keep, char *inside)
{
	bool marked = false;
	while (w->count > keep) {
		csl_span span = w->open[--w->count];
		bool flanks = is_flanking(w, span);
		if (flanks && !marked)
			*inside = last_byte(w);
		marked = flanks;
		nkc_buf_puts(w->out, w->markup->spans[span].close);
	}
	return marked;
}

/* Does anything come between the mark of nesting[at] and the text? */
static bool is_wrapped(uint32_t look, size_t at)
{
	size_t i = at + 1;
	while (i < FONTS && !(look >> nesting[i] & 1))
		i++;
	return i < FONTS;
}

/*
 * Begins the fonts of `look`, none of which is on. next: the byte that follows. Two marks do not touch: of "***" one could be
 * closed within a word by what opens another there.
 */
static void begin_fonts(writer *w, uint32_t look, char next)
{
	bool marked = false;
	for (size_t i = 0; i < FONTS; i++) {
		csl_span span = nesting[i];
		if (!(look >> span & 1))
			continue;
		const char *open = w->markup->spans[span].open;
		bool flanks = is_flanking(w, span), note = open[0] == '^' && last_byte(w) == '['; /* "[^" begins a note */
		if (note || (flanks && (marked || !counts(is_wrapped(look, i) ? '<' : next, last_byte(w)))))
			put_glue(w);
		marked = flanks;
		w->open[w->count++] = span;
		put_separator(w);
		nkc_buf_puts(w->out, open);
		w->first = w->markup->nests_blocks;
	}
}

/* Ends the link that is on and begins the other; links enclose fonts. */
static void change_link(writer *w, const csl_event *link)
{
	const char *open = w->markup->spans[CSL_SPAN_LINK].open, *close = w->markup->spans[CSL_SPAN_LINK].close;
	if (w->link && close)
		markup_put_open(close, w->link->text, w->markup->escape_link, w->out);
	if (link && open) {
		put_separator(w);
		markup_put_open(open, link->text, w->markup->escape_link, w->out);
	}
	if (link)
		w->first = w->markup->nests_blocks;
	w->link = link;
}

/* How many of the fonts that are on, the outer ones first, are in all of the look. */
static size_t kept_fonts(const writer *w, uint32_t look)
{
	size_t keep = 0;
	while (keep < w->count && (look >> w->open[keep] & 1))
		keep++;
	return keep;
}

static uint32_t fonts_on(const writer *w)
{
	uint32_t on = 0;
	for (size_t i = 0; i < w->count; i++)
		on |= 1u << w->open[i];
	return on;
}

/* From the look that is on to the one of what follows. next: its first byte, a space where nothing does. */
static void change_look(writer *w, uint32_t look, const csl_event *link, char next)
{
	char inside = ' ';
	bool moves = link != w->link;
	bool marked = end_fonts(w, moves ? 0 : kept_fonts(w, look), &inside);
	uint32_t begins = look & ~fonts_on(w);
	if (marked && !moves && (begins ? begins & w->markup->flanking : !counts(inside, next)))
		put_glue(w);
	if (moves)
		change_link(w, link);
	begin_fonts(w, begins, next);
}

/* Space begins nothing, and is in what goes on behind it. */
static void change_to_space(writer *w, size_t index)
{
	const piece *part = piece_at(w->pieces, index);
	const piece *next = index + 1 < piece_count(w->pieces) ? part + 1 : NULL;
	bool text = next && next->from < next->to;
	bool linked = text && w->link && part->link == w->link && next->link == w->link;
	uint32_t look = text ? part->look & next->look & ~w->markup->spaceless : 0;
	uint32_t on = 0;
	for (size_t i = 0, keep = kept_fonts(w, look); i < keep; i++)
		on |= 1u << w->open[i];
	change_look(w, linked || !w->link ? on : 0, linked ? w->link : NULL, ' ');
}

/* Is it all of a link, and the link's address? */
static bool is_address(const writer *w, size_t index, nkc_str text)
{
	const piece *part = piece_at(w->pieces, index);
	return part->link && w->link != part->link && !part->look && nkc_str_eq(part->link->text, text) &&
	       nkc_str_starts(text, NKC_STR("http")) && nkc_str_find_byte(text, '&') == text.len &&
	       (index + 1 == piece_count(w->pieces) || part[1].link != part->link);
}

static void write_text(writer *w, size_t index)
{
	const piece *part = piece_at(w->pieces, index);
	nkc_str text = nkc_str_make(w->pieces->text.ptr + part->from, part->to - part->from);
	bool address = w->markup->address && is_address(w, index, text);
	if (w->broken && w->written) {
		nkc_buf_puts(w->out, w->markup->line_break);
		w->first = true;
	}
	w->broken = false;
	if (part->space)
		change_to_space(w, index);
	else
		change_look(w, w->markup->run ? 0 : part->look & w->known, address ? NULL : part->link, text.ptr[0]);
	if (address)
		markup_put_open(w->markup->address, text, NULL, w->out);
	else if (w->markup->run)
		w->markup->run(part->look, text, w->out);
	else
		w->markup->escape(text, w->first, w->out);
	w->written = true;
	w->first = w->first && nkc_str_trim(text).len == 0;
}

/* Blocks and what is indented stand on lines of their own. */
static void write_display(writer *w, const piece *part)
{
	const char *mark = part->enters ? w->markup->spans[part->span].open : w->markup->spans[part->span].close;
	change_look(w, 0, NULL, ' ');
	if (part->span == CSL_SPAN_BLOCK || part->span == CSL_SPAN_INDENT)
		w->broken = true;
	if (!mark)
		return;
	if (w->broken && w->written && part->enters) {
		nkc_buf_puts(w->out, w->markup->line_break);
		w->broken = false;
	}
	if (part->enters)
		put_separator(w);
	nkc_buf_puts(w->out, mark);
}

/* The fonts that the markup has. */
static uint32_t known_fonts(const nkc_markup *markup)
{
	uint32_t known = 0;
	for (size_t i = 0; i < FONTS; i++)
		known |= markup->spans[nesting[i]].open ? 1u << nesting[i] : 0;
	return known;
}

void markup_write_flat(const nkc_markup *markup, const csl_events *events, nkc_buf *out)
{
	pieces p = { NKC_BUF_INIT, NKC_BUF_INIT, NKC_BUF_INIT };
	collect(&p, events);
	if (markup->flanking)
		part_spaces(&p, markup->spaceless);
	nkc_status status = nkc_buf_status(&p.text) ? nkc_buf_status(&p.text)
	                  : nkc_buf_status(&p.list) ? nkc_buf_status(&p.list) : nkc_buf_status(&p.look);
	writer w = { .markup = markup, .pieces = &p, .out = out, .begin = out->len, .known = known_fonts(markup),
		     .first = out->len == 0 || out->ptr[out->len - 1] == '\n' };
	for (size_t i = 0; !status && i < piece_count(&p); i++) {
		const piece *part = piece_at(&p, i);
		if (part->from < part->to)
			write_text(&w, i);
		else
			write_display(&w, part);
	}
	change_look(&w, 0, NULL, ' ');
	if (status && !nkc_buf_status(out))
		out->status = status;
	nkc_buf_release(&p.text);
	nkc_buf_release(&p.list);
	nkc_buf_release(&p.look);
}
