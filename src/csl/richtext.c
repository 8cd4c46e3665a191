/*
 * richtext.c: the small markup and the quotes of fields (CSL-JSON; citeproc-js, "HTML-like formatting tags").
 */
#include "csl/out.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"

/* --- tokens --- */

typedef enum token_kind { TOKEN_TEXT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_QUOTE_OPEN, TOKEN_QUOTE_CLOSE } token_kind;

typedef struct token {
	uint8_t kind;
	uint8_t what;   /* index of a tag; for quotes: 0 double, 1 single */
	bool can_open, can_close; /* of a straight quote */
	bool straight;
	nkc_str text;   /* as it stands in the field */
	size_t partner; /* of a matched tag or quote; SIZE_MAX: it is text */
} token;

static const struct {
	nkc_str open, close;
	uint16_t font;
	bool no_case;
} tags[] = {
	{ NKC_STR_INIT("<i>"), NKC_STR_INIT("</i>"), CSL_ITALIC, false },
	{ NKC_STR_INIT("<b>"), NKC_STR_INIT("</b>"), CSL_BOLD, false },
	{ NKC_STR_INIT("<sup>"), NKC_STR_INIT("</sup>"), CSL_SUP, false },
	{ NKC_STR_INIT("<sub>"), NKC_STR_INIT("</sub>"), CSL_SUB, false },
	{ NKC_STR_INIT("<sc>"), NKC_STR_INIT("</sc>"), CSL_SMALL_CAPS, false },
	{ NKC_STR_INIT("<span style=\"font-variant:small-caps;\">"), NKC_STR_INIT("</span>"), CSL_SMALL_CAPS, false },
	{ NKC_STR_INIT("<span style=\"font-variant: small-caps;\">"), NKC_STR_INIT("</span>"), CSL_SMALL_CAPS, false },
	{ NKC_STR_INIT("<span style=\"font-variant:small-caps\">"), NKC_STR_INIT("</span>"), CSL_SMALL_CAPS, false },
	{ NKC_STR_INIT("<span style=\"font-variant: small-caps\">"), NKC_STR_INIT("</span>"), CSL_SMALL_CAPS, false },
	{ NKC_STR_INIT("<span class=\"nocase\">"), NKC_STR_INIT("</span>"), 0, true },
	{ NKC_STR_INIT("<span class=\"nodecor\">"), NKC_STR_INIT("</span>"),
	  CSL_NORMAL_STYLE | CSL_NORMAL_VARIANT | CSL_NORMAL_WEIGHT | CSL_NO_DECORATION | CSL_BASELINE, true },
};

#define TAGS (sizeof tags / sizeof *tags)
#define DEPTH_MAX 64 /* tags and quotes in each other: deeper ones stay text, so that trees bound the stack and the time */

static bool is_plain(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '<' || c == '"' || c == '\'' || ((unsigned char)c == 0xE2 && text.len - i > 2 &&
		                                            (unsigned char)text.ptr[i + 1] == 0x80))
			return false;
	}
	return true;
}

static bool is_word_at(nkc_str text, size_t at);

/* Curly quotes, by their last byte behind E2 80. An apostrophe looks like one that closes. */
static bool curly(nkc_str text, size_t at, token *out)
{
	if (text.len - at < 3 || (unsigned char)text.ptr[at] != 0xE2 || (unsigned char)text.ptr[at + 1] != 0x80)
		return false;
	unsigned char last = (unsigned char)text.ptr[at + 2];
	if (last != 0x98 && last != 0x99 && last != 0x9C && last != 0x9D)
		return false;
	bool open = last == 0x98 || last == 0x9C;
	*out = (token){ .kind = open ? TOKEN_QUOTE_OPEN : TOKEN_QUOTE_CLOSE, .what = last < 0x9C, .can_open = open,
		        .can_close = !open && !is_word_at(text, at + 3), .partner = SIZE_MAX };
	out->text = nkc_str_slice(text, at, at + 3);
	return true;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* A letter or digit; what begins with E2 80 is punctuation. */
static bool is_word_at(nkc_str text, size_t at)
{
	if (at >= text.len)
		return false;
	bool mark = text.len - at > 1 && (unsigned char)text.ptr[at] == 0xE2 && (unsigned char)text.ptr[at + 1] == 0x80;
	return !mark && is_word(text.ptr[at]);
}

/* May a quotation open behind what ends at text[at]? `opened`: that is a tag or quote that has just opened. */
static bool is_open_context(nkc_str text, size_t at, bool opened, bool single)
{
	nkc_str before = nkc_str_slice(text, 0, at);
	if (opened || !before.len || strchr(single ? " \n\t([{" : " \n\t([{-/", before.ptr[at - 1]))
		return true;
	bool dash = nkc_str_ends(before, NKC_STR("\u2013")) || nkc_str_ends(before, NKC_STR("\u2014"));
	return dash || nkc_str_ends(before, NKC_STR("\u00a0")) || nkc_str_ends(before, NKC_STR("\u00ab"));
}

static void straight(nkc_str text, size_t at, bool opened, token *out)
{
	char before = at ? text.ptr[at - 1] : '\0', after = at + 1 < text.len ? text.ptr[at + 1] : '\0';
	bool single = text.ptr[at] == '\'';
	*out = (token){ .kind = TOKEN_QUOTE_OPEN, .what = single, .straight = true, .text = nkc_str_slice(text, at, at + 1),
		        .partner = SIZE_MAX };
	out->can_open = after && after != ' ' && is_open_context(text, at, opened, single);
	out->can_close = before && before != ' ' && !is_word_at(text, at + 1);
}

static bool tag(nkc_str text, size_t at, token *out)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	for (size_t i = 0; i < TAGS; i++) {
		bool open = nkc_str_starts(rest, tags[i].open);
		if (!open && !nkc_str_starts(rest, tags[i].close))
			continue;
		*out = (token){ .kind = open ? TOKEN_OPEN : TOKEN_CLOSE, .what = (uint8_t)i, .partner = SIZE_MAX };
		out->text = nkc_str_slice(rest, 0, open ? tags[i].open.len : tags[i].close.len);
		return true;
	}
	return false;
}

/* --- matching --- */

typedef struct tokens {
	token *items;
	size_t count, cap;
	bool failed;
} tokens;

static void push(tokens *list, token t)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 32;
		token *items = nkc_realloc(list->items, cap * sizeof *items);
		if (!items) {
			list->failed = true;
			return;
		}
		list->items = items;
		list->cap = cap;
	}
	list->items[list->count++] = t;
}

static void tokenize(nkc_str text, tokens *list)
{
	size_t run = 0, at = 0;
	while (at < text.len) {
		token t;
		char c = text.ptr[at];
		bool found = c == '<' ? tag(text, at, &t) : (unsigned char)c == 0xE2 ? curly(text, at, &t) : false;
		if (c == '"' || c == '\'') {
			const token *last = at == run && list->count ? &list->items[list->count - 1] : NULL;
			straight(text, at, last && (last->kind == TOKEN_OPEN || last->can_open), &t);
			found = true;
		}
		if (!found) {
			at++;
			continue;
		}
		if (at > run)
			push(list, (token){ .kind = TOKEN_TEXT, .text = nkc_str_slice(text, run, at), .partner = SIZE_MAX });
		push(list, t);
		at += t.text.len;
		run = at;
	}
	if (text.len > run)
		push(list, (token){ .kind = TOKEN_TEXT, .text = nkc_str_slice(text, run, text.len), .partner = SIZE_MAX });
}

static bool closes(const token *open, const token *t)
{
	if (open->kind == TOKEN_OPEN)
		return t->kind == TOKEN_CLOSE && nkc_str_eq(tags[open->what].close, t->text);
	return t->kind != TOKEN_CLOSE && t->kind != TOKEN_OPEN && t->can_close && t->what == open->what &&
	       t->straight == open->straight;
}

/* Pairs what opens with what closes; a closing mark skips openers of quotes that never close. */
static void match(tokens *list)
{
	size_t stack[DEPTH_MAX], depth = 0;
	for (size_t i = 0; i < list->count; i++) {
		token *t = &list->items[i];
		if (t->kind == TOKEN_TEXT)
			continue;
		size_t at = depth;
		bool may_close = t->kind == TOKEN_CLOSE || t->can_close;
		while (may_close && at > 0 && !closes(&list->items[stack[at - 1]], t)) {
			/* a quote does not reach out of its tag */
			at = t->kind != TOKEN_CLOSE && list->items[stack[at - 1]].kind == TOKEN_OPEN ? 0 : at - 1;
		}
		if (may_close && at > 0) {
			depth = at - 1;
			list->items[stack[depth]].partner = i;
			t->partner = stack[depth];
		} else if (depth < DEPTH_MAX && (t->kind == TOKEN_OPEN || (t->kind == TOKEN_QUOTE_OPEN && t->can_open))) {
			stack[depth++] = i;
		}
	}
}

/* --- building --- */

/* What an unpaired mark is: a single quote is an apostrophe. */
static nkc_str literal(const token *t)
{
	bool single = (t->kind == TOKEN_QUOTE_OPEN || t->kind == TOKEN_QUOTE_CLOSE) && t->what == 1;
	return single && t->straight ? NKC_STR("\xe2\x80\x99") : t->text;
}

static csl_out *field_text(nkc_arena *arena, nkc_str text, bool first)
{
	csl_out *node = csl_out_text(arena, text);
	if (node && !first)
		node->tags |= CSL_TAG_FIELD;
	return node;
}

/* Tokens that are no more than text, from *i on, as one text: words are not cut at their apostrophes. */
static csl_out *build_text(nkc_arena *arena, const tokens *list, size_t *i)
{
	const token *first = &list->items[(*i)++];
	bool begins = first == list->items;
	if (*i == list->count || list->items[*i].partner != SIZE_MAX)
		return field_text(arena, literal(first), begins);
	nkc_buf text = nkc_arena_buf(arena);
	nkc_buf_put_str(&text, literal(first));
	while (*i < list->count && list->items[*i].partner == SIZE_MAX)
		nkc_buf_put_str(&text, literal(&list->items[(*i)++]));
	return field_text(arena, nkc_arena_keep(arena, &text), begins);
}

/* The node that a tag or a quote opens. */
static csl_out *build_span(nkc_arena *arena, const token *t)
{
	csl_out *node = csl_out_group(arena, NULL, NKC_STR(""));
	if (!node)
		return NULL;
	if (t->kind == TOKEN_OPEN) {
		node->font = tags[t->what].font;
		node->no_case = tags[t->what].no_case || node->font == CSL_SMALL_CAPS || node->font == CSL_SUP ||
		                node->font == CSL_SUB;
		return node;
	}
	node->kind = CSL_OUT_QUOTE;
	if (!t->straight) { /* typographic already: it stays so, unless other quotes enclose it */
		node->delimiter = t->text;
		node->tags |= CSL_TAG_LITERAL_QUOTE;
	}
	return node;
}

static csl_out *build(nkc_arena *arena, const tokens *list)
{
	csl_out *root = csl_out_group(arena, NULL, NKC_STR("")), *at = root;
	csl_out *parents[DEPTH_MAX];
	size_t depth = 0;
	for (size_t i = 0; root && i < list->count;) {
		const token *t = &list->items[i];
		if (t->partner == SIZE_MAX) {
			csl_out_append(at, build_text(arena, list, &i));
			continue;
		}
		if (t->partner > i) {
			parents[depth++] = at;
			at = build_span(arena, t);
		} else {
			csl_out_append(parents[--depth], at);
			at = parents[depth];
		}
		i++;
	}
	return root;
}

csl_out *csl_richtext(nkc_arena *arena, nkc_str text)
{
	bool quiet = nkc_utf8_is_quiet(text);
	if (quiet || is_plain(text)) {
		csl_out *node = csl_out_text(arena, text);
		if (node)
			node->quiet = quiet;
		return node;
	}
	tokens list = { NULL, 0, 0, false };
	tokenize(text, &list);
	if (!list.failed)
		match(&list);
	csl_out *node = list.failed ? csl_out_text(arena, text) : build(arena, &list);
	nkc_free(list.items);
	return node;
}
