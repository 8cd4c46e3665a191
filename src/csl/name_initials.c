/*
 * name_initials.c: given names as initials (specification, "Name": initialize-with, initialize; "initialize-with-hyphen").
 */
#include "csl/names.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/utf8.h"

/* A word of a given name: "Jean", "K.", "de"; and what joins it to the one before. */
typedef struct word {
	nkc_str text;   /* without periods at its end */
	bool period;    /* it had one */
	char before;    /* ' ', '-', or 0 at the start or directly behind a period */
} word;

static bool is_hyphen(nkc_str text, size_t at, size_t *len)
{
	*len = 1;
	if (text.ptr[at] == '-')
		return true;
	*len = 3; /* U+2010, U+2011 */
	return text.len - at >= 3 && (unsigned char)text.ptr[at] == 0xE2 && (unsigned char)text.ptr[at + 1] == 0x80 &&
	       ((unsigned char)text.ptr[at + 2] == 0x90 || (unsigned char)text.ptr[at + 2] == 0x91);
}

/* No-break spaces count as spaces. */
static size_t space_length(nkc_str text, size_t at)
{
	if (text.ptr[at] == ' ')
		return 1;
	return text.len - at >= 2 && (unsigned char)text.ptr[at] == 0xC2 && (unsigned char)text.ptr[at + 1] == 0xA0 ? 2 : 0;
}

/* Says quickly no to most bytes. */
static bool ends_word(nkc_str text, size_t at)
{
	size_t len;
	switch ((unsigned char)text.ptr[at]) {
	case '.': return true;
	case ' ':
	case '-':
	case 0xC2:
	case 0xE2: return space_length(text, at) || is_hyphen(text, at, &len);
	default: return false;
	}
}

static bool next_word(nkc_str given, size_t *at, word *out)
{
	size_t len;
	out->before = 0;
	while (*at < given.len) {
		size_t space = space_length(given, *at);
		if (space) {
			out->before = out->before == '-' ? '-' : ' ';
			*at += space;
		} else if (is_hyphen(given, *at, &len)) {
			out->before = '-';
			*at += len;
		} else if (given.ptr[*at] == '.') {
			++*at;
		} else {
			break;
		}
	}
	size_t from = *at;
	while (*at < given.len && !ends_word(given, *at))
		++*at;
	out->text = nkc_str_slice(given, from, *at);
	out->period = *at < given.len && given.ptr[*at] == '.';
	return out->text.len > 0;
}

static bool is_capital(nkc_str text)
{
	size_t at = 0;
	uint32_t rune = nkc_utf8_next(text, &at);
	return !nkc_rune_is_lower(rune) && nkc_rune_is_letter(rune);
}

/* How many bytes of capitals follow text[at]. */
static size_t capitals(nkc_str text, size_t at)
{
	size_t from = at;
	for (size_t next = at; next < text.len; at = next) {
		uint32_t rune = nkc_utf8_next(text, &next);
		if (!nkc_rune_is_letter(rune) || nkc_rune_is_lower(rune))
			break;
	}
	return at - from;
}

/*
 * Its first letter. An abbreviation stays ("Ph.", "Chr."); capitals that begin a longer word are one initial, "TSerendorj"
 * is "Ts" (so citeproc-js).
 */
static void put_initial(const word *w, nkc_buf *out)
{
	size_t at = 0;
	if (w->period) {
		nkc_buf_put_str(out, w->text);
		return;
	}
	nkc_utf8_next(w->text, &at);
	size_t more = capitals(w->text, at);
	nkc_buf_put(out, w->text.ptr, at);
	if (more && at + more < w->text.len)
		nkc_text_lower(nkc_str_slice(w->text, at, at + more), NKC_STR(""), out);
}

static bool is_single(nkc_str text)
{
	size_t at = 0;
	nkc_utf8_next(text, &at);
	return at == text.len;
}

static void trim_end(nkc_buf *out)
{
	while (out->len && (out->ptr[out->len - 1] == ' '))
		nkc_buf_truncate(out, out->len - 1);
	while (out->len >= 2 && (unsigned char)out->ptr[out->len - 2] == 0xC2 && (unsigned char)out->ptr[out->len - 1] == 0xA0)
		nkc_buf_truncate(out, out->len - 2);
}

/* A full word stands apart by a space, whatever came before. */
static void put_word(nkc_buf *out, nkc_str text)
{
	if (out->len && out->ptr[out->len - 1] != ' ')
		nkc_buf_putc(out, ' ');
	nkc_buf_put_str(out, text);
}

static void put_hyphen(nkc_buf *out, const word *w, bool hyphen)
{
	if (w->before != '-' || !hyphen || !out->len)
		return;
	trim_end(out);
	nkc_buf_putc(out, '-');
}

static nkc_str finish(nkc_arena *arena, nkc_buf *out)
{
	trim_end(out);
	return nkc_arena_keep(arena, out);
}

nkc_str csl_name_initials(nkc_arena *arena, nkc_str given, nkc_str with, bool hyphen)
{
	nkc_buf out = nkc_arena_buf(arena);
	word w;
	for (size_t at = 0; next_word(given, &at, &w);) {
		if (!is_capital(w.text)) { /* "de", "von" are no initials */
			if (w.before == '-')
				continue;
			put_word(&out, w.text);
			nkc_buf_putc(&out, ' ');
			continue;
		}
		put_hyphen(&out, &w, hyphen);
		put_initial(&w, &out);
		nkc_buf_put_str(&out, with);
	}
	return finish(arena, &out);
}

nkc_str csl_name_normalise(nkc_arena *arena, nkc_str given, nkc_str with, bool hyphen)
{
	nkc_buf out = nkc_arena_buf(arena);
	word w;
	bool initial_before = false;
	for (size_t at = 0; next_word(given, &at, &w);) {
		bool initial = is_capital(w.text) && (is_single(w.text) || w.period);
		if (w.before == '-') {
			put_hyphen(&out, &w, hyphen || !initial);
			nkc_buf_put_str(&out, w.text);
		} else if (initial && initial_before) {
			nkc_buf_put_str(&out, w.text);
		} else {
			put_word(&out, w.text);
		}
		if (initial)
			nkc_buf_put_str(&out, with);
		initial_before = initial;
	}
	return finish(arena, &out);
}
