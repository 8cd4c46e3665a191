/*
 * pandoc_text.c: inlines of pandoc as the rich text of CSL-JSON, and back.
 */
#include "paper/pandoc.h"

/* --- without markup --- */

/* Spaces of every kind are one; notes and raw text are not read out. */
void pandoc_put_plain(const nkc_value *value, nkc_buf *out)
{
	nkc_str kind = pandoc_kind(value);
	const nkc_value *content = pandoc_content(value);
	if (nkc_str_is(kind, "Space") || nkc_str_is(kind, "SoftBreak") || nkc_str_is(kind, "LineBreak")) {
		nkc_buf_putc(out, ' ');
	} else if (nkc_str_is(kind, "Str") || nkc_str_is(kind, "MetaString")) {
		nkc_buf_put_str(out, nkc_value_text(content));
	} else if (nkc_str_is(kind, "Code") || nkc_str_is(kind, "Math")) {
		nkc_buf_put_str(out, nkc_value_text(pandoc_child(content, 1)));
	} else if (nkc_str_is(kind, "MetaBool")) {
		nkc_buf_puts(out, nkc_value_is(content, NKC_TRUE) ? "true" : "false");
	} else if (kind.len && !nkc_str_is(kind, "Note") && !nkc_str_is(kind, "RawInline")) {
		const nkc_value *inlines = pandoc_inlines(value);
		pandoc_put_plain(inlines ? inlines : content, out);
	} else if (nkc_value_is(value, NKC_ARRAY)) {
		for (const nkc_value *child = nkc_value_first(value); child; child = child->next)
			pandoc_put_plain(child, out);
	}
}

static nkc_str keep_text(nkc_pandoc *p, nkc_buf *text)
{
	nkc_str kept = nkc_arena_str(p->arena, nkc_buf_str(text));
	p->failed |= nkc_buf_status(text) || nkc_arena_status(p->arena);
	nkc_buf_release(text);
	return kept;
}

nkc_str pandoc_plain(nkc_pandoc *p, const nkc_value *value)
{
	nkc_buf text = NKC_BUF_INIT;
	pandoc_put_plain(value, &text);
	return keep_text(p, &text);
}

/* --- rich text --- */

/* Stands for what is kept: private characters of plane 15, one an inline. */
enum { KEPT_FIRST = 0xF0000, KEPT_MAX = 0xFFFD };

static size_t kept_count(const nkc_pandoc *p)
{
	return p->kept.len / sizeof(nkc_value *);
}

static void keep(nkc_pandoc *p, const nkc_value *node, nkc_buf *out)
{
	if (kept_count(p) == KEPT_MAX) {
		pandoc_put_plain(node, out);
		return;
	}
	nkc_buf_put_rune(out, (uint32_t)(KEPT_FIRST + kept_count(p)));
	nkc_buf_put(&p->kept, (const char *)&node, sizeof node);
}

/* What CSL-JSON has a tag for. */
static const struct {
	const char *kind, *open, *close;
} tags[] = {
	{ "Emph", "<i>", "</i>" },
	{ "Strong", "<b>", "</b>" },
	{ "Superscript", "<sup>", "</sup>" },
	{ "Subscript", "<sub>", "</sub>" },
	{ "SmallCaps", "<span style=\"font-variant:small-caps;\">", "</span>" },
	{ "Cite", "", "" },
};

/* Would the text be taken for a tag? */
static bool looks_like_tag(nkc_str text)
{
	return nkc_str_find_byte(text, '<') < text.len;
}

static bool has_class(const nkc_value *span, const char *name)
{
	const nkc_value *classes = pandoc_child(pandoc_child(pandoc_content(span), 0), 1);
	for (const nkc_value *c = nkc_value_first(classes); c; c = c->next) {
		if (nkc_str_is(nkc_value_text(c), name))
			return true;
	}
	return false;
}

/* A span of the class "nocase" has a tag; one that says nothing is what it holds; others are kept. */
static bool put_span(nkc_pandoc *p, const nkc_value *span, nkc_buf *out)
{
	const nkc_value *attributes = pandoc_child(pandoc_content(span), 0);
	bool nocase = has_class(span, "nocase"), bare = nkc_value_text(pandoc_child(attributes, 0)).len == 0 &&
	                                                !nkc_value_count(pandoc_child(attributes, 1)) &&
	                                                !nkc_value_count(pandoc_child(attributes, 2));
	if (!nocase && !bare)
		return false;
	nkc_buf_puts(out, nocase ? "<span class=\"nocase\">" : "");
	pandoc_put_rich(p, pandoc_inlines(span), out);
	nkc_buf_puts(out, nocase ? "</span>" : "");
	return true;
}

/* The quotes of a field are set in the language of the style; those that a writer typed stay as they are. */
static void put_quoted(nkc_pandoc *p, const nkc_value *node, nkc_buf *out)
{
	const char *quote = pandoc_is(pandoc_child(pandoc_content(node), 0), "SingleQuote") ? "'" : "\"";
	if (!p->in_field) {
		keep(p, node, out);
		return;
	}
	nkc_buf_puts(out, quote);
	pandoc_put_rich(p, pandoc_inlines(node), out);
	nkc_buf_puts(out, quote);
}

static void put_rich(nkc_pandoc *p, const nkc_value *node, nkc_buf *out)
{
	nkc_str kind = pandoc_kind(node), text = nkc_value_text(pandoc_content(node));
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (!nkc_str_is(kind, tags[i].kind))
			continue;
		nkc_buf_puts(out, tags[i].open);
		pandoc_put_rich(p, pandoc_inlines(node), out);
		nkc_buf_puts(out, tags[i].close);
		return;
	}
	if (nkc_str_is(kind, "Str") && !looks_like_tag(text))
		nkc_buf_put_str(out, text);
	else if (nkc_str_is(kind, "Space") || nkc_str_is(kind, "SoftBreak") || nkc_str_is(kind, "LineBreak"))
		nkc_buf_putc(out, ' ');
	else if (nkc_str_is(kind, "Quoted"))
		put_quoted(p, node, out);
	else if (!nkc_str_is(kind, "Span") || !put_span(p, node, out))
		keep(p, node, out);
}

void pandoc_put_rich(nkc_pandoc *p, const nkc_value *inlines, nkc_buf *out)
{
	for (const nkc_value *node = nkc_value_first(inlines); node; node = node->next)
		put_rich(p, node, out);
}

nkc_str pandoc_rich(nkc_pandoc *p, const nkc_value *inlines)
{
	nkc_buf text = NKC_BUF_INIT;
	if (!nkc_value_first(inlines))
		return NKC_STR("");
	pandoc_put_rich(p, inlines, &text);
	return keep_text(p, &text);
}

/* --- and back --- */

/* What the tags are in the markup "pandoc-json". */
static const struct {
	nkc_str open, close;
	const char *begin, *end;
} elements[] = {
	{ NKC_STR_INIT("<i>"), NKC_STR_INIT("</i>"), "{\"t\":\"Emph\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<b>"), NKC_STR_INIT("</b>"), "{\"t\":\"Strong\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<sup>"), NKC_STR_INIT("</sup>"), "{\"t\":\"Superscript\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<sub>"), NKC_STR_INIT("</sub>"), "{\"t\":\"Subscript\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<sc>"), NKC_STR_INIT("</sc>"), "{\"t\":\"SmallCaps\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<span style=\"font-variant:small-caps;\">"), NKC_STR_INIT("</span>"),
	  "{\"t\":\"SmallCaps\",\"c\":[", "]}" },
	{ NKC_STR_INIT("<span class=\"nocase\">"), NKC_STR_INIT("</span>"),
	  "{\"t\":\"Span\",\"c\":[[\"\",[\"nocase\"],[]],[", "]]}" },
};

#define ELEMENTS (sizeof elements / sizeof *elements)

static void put_separator(nkc_buf *out)
{
	if (out->len && out->ptr[out->len - 1] == '}')
		nkc_buf_putc(out, ',');
}

/* Text that is looked through once: a tag that does not close is text, and so are all of its kind behind it. */
static void put_elements(nkc_str text, unsigned depth, nkc_buf *out)
{
	const nkc_markup *markup = nkc_markup_find(NKC_STR("pandoc-json"));
	bool unclosed[ELEMENTS] = { false };
	size_t from = 0;
	for (size_t at = 0; at < text.len && depth;) {
		nkc_str rest = nkc_str_slice(text, at, text.len);
		size_t i = 0, close = rest.len;
		while (i < ELEMENTS && (unclosed[i] || !nkc_str_starts(rest, elements[i].open)))
			i++;
		if (i < ELEMENTS)
			close = nkc_str_find(rest, elements[i].close);
		if (close == rest.len) {
			unclosed[i < ELEMENTS ? i : 0] |= i < ELEMENTS;
			at++;
			continue;
		}
		nkc_markup_escape(markup, nkc_str_slice(text, from, at), out);
		put_separator(out);
		nkc_buf_puts(out, elements[i].begin);
		put_elements(nkc_str_slice(rest, elements[i].open.len, close), depth - 1, out);
		nkc_buf_puts(out, elements[i].end);
		from = at += close + elements[i].close.len;
	}
	nkc_markup_escape(markup, nkc_str_slice(text, from, text.len), out);
}

#define TAGS_DEPTH 16u /* of tags in each other */

nkc_value *pandoc_from_rich(nkc_pandoc *p, nkc_str text)
{
	nkc_buf markup = NKC_BUF_INIT;
	put_elements(text, TAGS_DEPTH, &markup);
	nkc_value *inlines = pandoc_parse(p, keep_text(p, &markup));
	return inlines;
}

/* Where the next character that stands for something begins, and for what; text.len: there is none. */
static size_t find_kept(const nkc_pandoc *p, nkc_str text, size_t at, nkc_value **node)
{
	while (at < text.len) {
		size_t from = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune < KEPT_FIRST || rune - KEPT_FIRST >= kept_count(p))
			continue;
		*node = ((nkc_value **)(void *)p->kept.ptr)[rune - KEPT_FIRST];
		return from;
	}
	return text.len;
}

enum { KEPT_BYTES = 4 };

/* A word with what it stands for, appended. */
static void append_word(nkc_pandoc *p, nkc_value *word, nkc_value *array)
{
	nkc_str text = nkc_value_text(pandoc_content(word));
	nkc_value *kept = NULL;
	size_t at = 0, end = find_kept(p, text, 0, &kept);
	if (end == text.len) {
		pandoc_append(p, array, word);
		return;
	}
	for (; end < text.len; at = end + KEPT_BYTES, end = find_kept(p, text, at, &kept)) {
		if (end > at)
			pandoc_append(p, array, pandoc_string_node(p, "Str", nkc_str_slice(text, at, end)));
		pandoc_append(p, array, nkc_value_dup(p->arena, kept));
	}
	if (at < text.len)
		pandoc_append(p, array, pandoc_string_node(p, "Str", nkc_str_slice(text, at, text.len)));
}

/* Puts back what was kept, and calls underlined what pandoc could not name before version 1.21 of its documents. */
static void restore(nkc_pandoc *p, nkc_value *value)
{
	if (!nkc_value_is(value, NKC_ARRAY)) {
		for (nkc_value *child = nkc_value_first(value); child; child = child->next)
			restore(p, child);
		return;
	}
	for (nkc_value *child = pandoc_take_all(value), *next; child; child = next) {
		next = child->next;
		if (pandoc_is(child, "Str")) {
			append_word(p, child, value);
			continue;
		}
		restore(p, child);
		if (p->minor < 21 && pandoc_is(child, "Underline"))
			nkc_value_set_text(nkc_value_find(child, NKC_STR("t")), p->arena, NKC_STR("Emph"));
		pandoc_append(p, value, child);
	}
}

nkc_value *pandoc_parse(nkc_pandoc *p, nkc_str markup)
{
	nkc_value *array = NULL;
	char *json = nkc_arena_alloc(p->arena, markup.len + 2);
	if (!json) {
		p->failed = true;
		return NULL;
	}
	json[0] = '[';
	memcpy(json + 1, markup.ptr, markup.len);
	json[markup.len + 1] = ']';
	if (nkc_value_parse(&array, p->arena, nkc_str_make(json, markup.len + 2), NULL, NULL)) {
		p->failed = true;
		return NULL;
	}
	if (kept_count(p) || p->minor < 21)
		restore(p, array);
	return array;
}
