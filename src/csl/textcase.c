/*
 * textcase.c: text-case (specification, "Text-case", "Sentence Case Conversion", "Title Case Conversion").
 *
 * A tree's texts are taken as one text: a word may begin in one node and end in another. What is marked
 * no_case stays, but is a word like any other.
 */
#include "csl/out.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/utf8.h"

/* --- the leaves of a tree --- */

typedef struct leaf {
	csl_out *node;
	bool fixed; /* no_case */
} leaf;

typedef struct leaves {
	nkc_arena *arena;
	leaf *items;
	size_t count, cap;
} leaves;

static void add_leaf(leaves *all, csl_out *node, bool fixed)
{
	if (all->count == all->cap) {
		size_t cap = all->cap ? all->cap * 2 : 8;
		leaf *items = nkc_arena_alloc(all->arena, cap * sizeof *items);
		if (!items)
			return;
		if (all->count)
			memcpy(items, all->items, all->count * sizeof *items);
		all->items = items;
		all->cap = cap;
	}
	all->items[all->count++] = (leaf){ node, fixed };
}

static void gather(leaves *all, csl_out *node, bool fixed)
{
	fixed |= node->no_case;
	if (node->kind == CSL_OUT_TEXT) {
		add_leaf(all, node, fixed);
		return;
	}
	for (csl_out *child = node->u.list.first; child; child = child->next)
		gather(all, child, fixed);
}

/* --- words --- */

/* One character: "x" in "x-ray" is a sign, not a word. */
static bool is_single(nkc_str word)
{
	size_t at = 0;
	if (word.len)
		nkc_utf8_next(word, &at);
	return at == word.len;
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "n.2", "v.": of what stands between marks the first part is one letter, a sign rather than a word. */
static bool begins_single(nkc_str word)
{
	size_t at = 0, from = 0;
	if (word.len > 1 && is_ascii_letter(word.ptr[0]) && is_ascii_letter(word.ptr[1]))
		return false;
	while (from < word.len && strchr("([\"'", word.ptr[from]))
		from++;
	at = from;
	if (at < word.len)
		nkc_utf8_next(word, &at);
	return at == word.len || strchr(".,;:!?/)]", word.ptr[at]) != NULL;
}

static bool has_upper(nkc_str word)
{
	for (size_t at = 0; at < word.len;) {
		char c = word.ptr[at];
		if (!(c & 0x80) && (c < 'A' || c > 'Z'))
			at++;
		else if (nkc_rune_is_upper(nkc_utf8_next(word, &at)))
			return true;
	}
	return false;
}

/* Words that title case leaves small (stop-words.json of the CSL schema, and what citeproc-js adds), by their length in bytes. */
static bool is_stop_word(nkc_str word)
{
	static const char *const words[] = {
		[1] = "a" "c" "v",
		[2] = "al" "an" "as" "at" "by" "ca" "d'" "de" "et" "in" "of" "on" "or" "so" "to" "up" "v."
		      "vs",
		[3] = "and" "but" "for" "nor" "off" "out" "per" "pro" "qua" "the" "van" "via" "von" "vs."
		      "yet",
		[4] = "amid" "apud" "atop" "down" "from" "into" "lest" "like" "near" "next" "onto" "over"
		      "plus" "sans" "than" "thru" "till" "unto" "upon" "with",
		[5] = "about" "above" "afore" "after" "along" "among" "aside" "below" "circa" "given"
		      "since" "under" "until",
		[6] = "across" "amidst" "anenst" "around" "before" "behind" "beside" "beyond" "during"
		      "except" "inside" "modulo" "toward" "versus" "within",
		[7] = "against" "amongst" "apropos" "astride" "athwart" "barring" "beneath" "besides"
		      "between" "despite" "through" "thruout" "towards" "without",
		[9] = "alongside" "forenenst",
		[10] = "throughout" "underneath" "vis-à-vis",
		[15] = "notwithstanding",
	};
	const char *at = word.len < sizeof words / sizeof *words ? words[word.len] : NULL;
	while (at && *at && (*at != *word.ptr || memcmp(at, word.ptr, word.len) != 0))
		at += word.len;
	return at && *at;
}

/* --- changing --- */

typedef struct changer {
	csl_case how;
	nkc_str language;
	bool began;       /* a word was met */
	bool in_word;     /* the text before ended inside a word */
	char before;      /* last byte that is no space, quote or bracket */
	const leaves *all;
	size_t leaf, behind; /* what follows the word at hand: from text[behind] of that leaf on */
	nkc_buf out;
} changer;

static void put_lower(changer *c, nkc_str text)
{
	nkc_text_lower(text, c->language, &c->out);
}

/*
 * "#tag", "$x$", "'re-education": a sign or an apostrophe at the head takes the place of the letter (so citeproc-js). A
 * Greek letter that stands alone is a sign, too.
 */
static bool keeps_head(nkc_str word)
{
	size_t at = 0;
	uint32_t rune = word.len ? nkc_utf8_next(word, &at) : 0;
	bool greek = rune >= 0x370 && rune <= 0x3ff;
	return rune == 0x2019 || (rune && rune < 0x80 && strchr("#$%&*+<=>@\\^_`{|}~", (int)rune)) || (greek && at == word.len);
}

static void put_capitalized(changer *c, nkc_str word, bool lower_rest)
{
	size_t at = 0;
	while (at < word.len) { /* marks before the first letter */
		size_t next = at;
		uint32_t rune = nkc_utf8_next(word, &next);
		if (nkc_rune_is_letter(rune) || (rune >= '0' && rune <= '9')) {
			nkc_buf_put(&c->out, word.ptr, at);
			nkc_buf_put_rune(&c->out, nkc_rune_to_title(rune));
			at = next;
			break;
		}
		at = next;
		if (at == word.len)
			nkc_buf_put(&c->out, word.ptr, at);
	}
	nkc_str rest = nkc_str_slice(word, at, word.len);
	if (lower_rest)
		put_lower(c, rest);
	else
		nkc_buf_put_str(&c->out, rest);
}

/* "l'Égypte", "d'Aubignac": the article stays small. */
static bool is_elided(nkc_str word)
{
	return word.len > 2 && (word.ptr[1] == '\'' || nkc_str_starts(nkc_str_slice(word, 1, word.len), NKC_STR("\xe2\x80\x99")));
}

/* A quick answer for most bytes: none of them begins a gap between words. */
static bool may_be_gap(char c)
{
	return (unsigned char)c <= '/' || c == '\xc2' || c == '\xe2';
}

static size_t gap_length(nkc_str text, size_t at)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	switch ((unsigned char)text.ptr[at]) {
	case ' ':
	case '\n':
	case '\t':
	case '/': return 1;
	case 0xC2: return nkc_str_starts(rest, NKC_STR("\u00a0")) ? 2 : 0;
	case 0xE2: return nkc_str_starts(rest, NKC_STR("\u2014")) || nkc_str_starts(rest, NKC_STR("\u2013")) ? 3 : 0;
	default: return 0;
	}
}

static size_t word_end(nkc_str text, size_t at)
{
	while (at < text.len && !(may_be_gap(text.ptr[at]) && gap_length(text, at)))
		at++;
	return at;
}

/* Does no other word begin behind the one at hand? */
static bool is_last_word(const changer *c)
{
	bool in_word = true;
	size_t at = c->behind;
	for (size_t i = c->leaf; i < c->all->count; i++, at = 0) {
		nkc_str text = c->all->items[i].node->u.text;
		while (at < text.len) {
			size_t gap = gap_length(text, at);
			if (!gap && !in_word)
				return false;
			in_word = !gap;
			at = gap ? at + gap : word_end(text, at);
		}
	}
	return true;
}

/* A word without the brackets before it and the marks behind it, unless they are part of a stop word ("v."). */
static bool is_bare_stop_word(nkc_str word)
{
	while (word.len && strchr("([", *word.ptr))
		word = nkc_str_slice(word, 1, word.len);
	while (!is_stop_word(word)) {
		if (!word.len || is_ascii_letter(word.ptr[word.len - 1]) || !strchr(".,:;!?)]\"'", word.ptr[word.len - 1]))
			return false;
		word.len--;
	}
	return true;
}

/* "low-level" is two words to title case. What has capitals keeps them, stop words, too (so citeproc-js and the suite). */
static void put_title_word(changer *c, nkc_str word, bool first)
{
	size_t hyphen = nkc_str_find_byte(word, '-');
	nkc_str head = nkc_str_slice(word, 0, hyphen);
	if (hyphen == 0 || hyphen == word.len)
		head = word;
	bool whole = head.len == word.len;
	if (has_upper(head) || is_elided(head) || keeps_head(head) || ((!whole || !first) && begins_single(head)) ||
	    (!first && whole && is_bare_stop_word(head) && !is_last_word(c)))
		nkc_buf_put_str(&c->out, head);
	else
		put_capitalized(c, head, false);
	for (nkc_str rest = nkc_str_slice(word, head.len, word.len); rest.len;) {
		size_t end = 1 + nkc_str_find_byte(nkc_str_slice(rest, 1, rest.len), '-');
		nkc_str part = nkc_str_slice(rest, 1, end);
		nkc_buf_putc(&c->out, '-');
		if (!has_upper(part) && !is_single(part) && !is_stop_word(part))
			put_capitalized(c, part, false);
		else
			nkc_buf_put_str(&c->out, part);
		rest = nkc_str_slice(rest, end, rest.len);
	}
}

/* starts: nothing of the word stood in the text before. */
static void put_word(changer *c, nkc_str word, bool starts)
{
	bool first = !c->began && starts;
	bool after_break = c->before && strchr(":?!", c->before);
	switch (c->how) {
	case CSL_CASE_CAPITALIZE_FIRST:
		if (first && !has_upper(word))
			put_capitalized(c, word, false);
		else
			nkc_buf_put_str(&c->out, word);
		break;
	case CSL_CASE_CAPITALIZE_ALL:
		if (starts && !has_upper(word))
			put_capitalized(c, word, false);
		else
			nkc_buf_put_str(&c->out, word);
		break;
	case CSL_CASE_SENTENCE:
		if (first)
			put_capitalized(c, word, true);
		else
			put_lower(c, word);
		break;
	default:
		if (starts)
			put_title_word(c, word, first || after_break);
		else
			nkc_buf_put_str(&c->out, word);
	}
}

/* Goes over the words of one leaf; `fixed` text goes through as it is. */
static void walk(changer *c, nkc_str text, bool fixed)
{
	for (size_t at = 0; at < text.len;) {
		size_t gap = gap_length(text, at);
		if (gap) {
			nkc_buf_put(&c->out, text.ptr + at, gap);
			at += gap;
			c->in_word = false;
			continue;
		}
		nkc_str word = nkc_str_slice(text, at, word_end(text, at));
		at += word.len;
		c->behind = at;
		if (fixed)
			nkc_buf_put_str(&c->out, word);
		else
			put_word(c, word, !c->in_word);
		c->began = c->in_word = true;
		c->before = word.ptr[word.len - 1];
	}
}

static void set_text(const leaves *all, csl_out *node, nkc_buf *text)
{
	node->u.text = nkc_arena_keep(all->arena, text);
	node->quiet = false;
}

static void change_whole(const leaves *all, csl_case how, nkc_str language)
{
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].fixed)
			continue;
		nkc_buf out = nkc_arena_buf(all->arena);
		(how == CSL_CASE_UPPERCASE ? nkc_text_upper : nkc_text_lower)(all->items[i].node->u.text, language, &out);
		set_text(all, all->items[i].node, &out);
	}
}

static void change_words(changer *c)
{
	for (c->leaf = 0; c->leaf < c->all->count; c->leaf++) {
		const leaf *one = &c->all->items[c->leaf];
		c->out = nkc_arena_buf(c->all->arena);
		walk(c, one->node->u.text, one->fixed);
		set_text(c->all, one->node, &c->out);
	}
}

void csl_textcase_apply(nkc_arena *arena, csl_out *node, csl_case text_case, bool english, nkc_str language)
{
	leaves all = { .arena = arena };
	if (text_case == CSL_CASE_NONE || (text_case == CSL_CASE_TITLE && !english))
		return;
	gather(&all, node, false);
	if (text_case == CSL_CASE_UPPERCASE || text_case == CSL_CASE_LOWERCASE)
		change_whole(&all, text_case, language);
	else
		change_words(&(changer){ .how = text_case, .language = language, .all = &all });
}
