/*
 * pandoc_render.c: the citations of a document, put into the CSL engine and back in their places.
 */
#include "paper/pandoc.h"

#include "base/mem.h"

#include <stdio.h>

static pandoc_cite *cite_at(const nkc_pandoc *p, size_t index)
{
	return (pandoc_cite *)(void *)p->cites.ptr + index;
}

static size_t cite_count(const nkc_pandoc *p)
{
	return p->cites.len / sizeof(pandoc_cite);
}

/* --- into the engine --- */

typedef enum part { PART_WHOLE, PART_AUTHOR } part;

static nkc_str cluster_id(char id[32], size_t index, part which)
{
	int len = snprintf(id, 32, which == PART_AUTHOR ? "%zua" : "%zu", index);
	return nkc_str_make(id, (size_t)len);
}

static nkc_str mode_of(const nkc_value *citation)
{
	return pandoc_kind(nkc_value_find(citation, NKC_STR("citationMode")));
}

/* Without the tags of CSL-JSON: all that is in angle brackets, since other brackets are kept apart. */
static nkc_str without_tags(nkc_pandoc *p, nkc_str text)
{
	char *plain = nkc_arena_alloc(p->arena, text.len + 1);
	size_t len = 0;
	bool inside = false;
	for (size_t i = 0; plain && i < text.len; i++) {
		inside |= text.ptr[i] == '<';
		if (!inside)
			plain[len++] = text.ptr[i];
		inside &= text.ptr[i] != '>';
	}
	p->failed |= !plain;
	return plain ? nkc_str_make(plain, len) : NKC_STR("");
}

/* What is left of a rich text behind its first bytes, tags not counted; tags that end there go with them. */
static nkc_str behind(nkc_str text, size_t len)
{
	bool inside = false;
	size_t i = 0;
	for (; i < text.len && (len || inside || nkc_str_starts(nkc_str_slice(text, i, text.len), NKC_STR("</"))); i++) {
		inside |= text.ptr[i] == '<';
		len -= !inside;
		inside &= text.ptr[i] != '>';
	}
	return nkc_str_slice(text, i, text.len);
}

/* A locator has no markup, what follows it may. */
static void read_suffix(nkc_pandoc *p, const nkc_cite_parser *parser, nkc_str suffix, nkc_cite *cite)
{
	nkc_str plain = without_tags(p, suffix);
	p->failed |= nkc_cite_parse_suffix(parser, plain, p->arena, cite) != NKC_OK;
	if (plain.len == suffix.len)
		return;
	if (cite->locator.len)
		cite->suffix = behind(suffix, plain.len - cite->suffix.len);
	else if (cite->suffix.len)
		p->failed |= nkc_cite_parse_suffix(parser, suffix, p->arena, cite) != NKC_OK;
}

static nkc_cite read_cite(nkc_pandoc *p, const nkc_cite_parser *parser, const nkc_value *citation)
{
	nkc_str none = NKC_STR("");
	nkc_cite cite = {
		.id = nkc_value_text(nkc_value_find(citation, NKC_STR("citationId"))),
		.locator = none, .label = none, .suffix = none,
		.prefix = pandoc_rich(p, nkc_value_find(citation, NKC_STR("citationPrefix"))),
		.suppress_author = nkc_str_is(mode_of(citation), "SuppressAuthor"),
	};
	nkc_str suffix = pandoc_rich(p, nkc_value_find(citation, NKC_STR("citationSuffix")));
	if (suffix.len)
		read_suffix(p, parser, suffix, &cite);
	return cite;
}

/* The names alone, in the text before a note. */
static nkc_status put_author(nkc_document *document, const nkc_cluster *whole, size_t index)
{
	char id[32];
	nkc_cite cite = whole->cites[0];
	nkc_cluster author = *whole;
	cite.suppress_author = false;
	author.id = cluster_id(id, index, PART_AUTHOR);
	author.mode = NKC_MODE_AUTHOR_ONLY;
	author.cites = &cite;
	author.count = 1;
	cite.suffix = cite.locator = NKC_STR("");
	return nkc_document_put_cluster(document, &author, NKC_STR(""));
}

static nkc_status put_cluster(nkc_pandoc *p, nkc_document *document, const nkc_cite_parser *parser, size_t index, bool notes)
{
	pandoc_cite *placed = cite_at(p, index);
	const nkc_value *citations = pandoc_child(pandoc_content(placed->node), 0);
	nkc_cite *cites = nkc_malloc((nkc_value_count(citations) + 1) * sizeof *cites);
	char id[32];
	if (!cites)
		return NKC_ENOMEM;
	bool textual = nkc_str_is(mode_of(nkc_value_first(citations)), "AuthorInText");
	nkc_cluster cluster = { .id = cluster_id(id, index, PART_WHOLE), .note = notes ? placed->note : 0, .cites = cites,
		                .mode = textual && !notes ? NKC_MODE_COMPOSITE : NKC_MODE_NORMAL, .infix = NKC_STR("") };
	for (const nkc_value *c = nkc_value_first(citations); c; c = c->next) {
		if (!nkc_str_is(nkc_value_text(nkc_value_find(c, NKC_STR("citationId"))), "*"))
			cites[cluster.count++] = read_cite(p, parser, c);
	}
	placed->splits = textual && notes && cluster.count;
	if (placed->splits) /* there may be none: "*" stands for all sources */
		cites[0].suppress_author = true;
	nkc_status status = placed->splits ? put_author(document, &cluster, index) : NKC_OK;
	if (status == NKC_OK || status == NKC_ENOTFOUND)
		status = nkc_document_put_cluster(document, &cluster, NKC_STR(""));
	nkc_free(cites);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* In a style of notes each citation is one, where pandoc has not numbered them. */
static nkc_status put_clusters(nkc_pandoc *p, nkc_document *document, const nkc_cite_parser *parser, bool notes)
{
	uint32_t note = 0;
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < cite_count(p) && !status; i++) {
		pandoc_cite *cite = cite_at(p, i);
		cite->note = cite->note ? cite->note : ++note;
		status = put_cluster(p, document, parser, i, notes);
	}
	size_t count;
	const nkc_str *keys = nkc_pandoc_keys(p, &count);
	if (!status)
		status = nkc_document_set_uncited(document, keys, count);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* --- and back --- */

static nkc_status put_text(nkc_document *document, size_t index, part which, nkc_buf *out)
{
	char name[32];
	size_t at;
	nkc_str id, text = NKC_STR("");
	nkc_status status = nkc_document_find_cluster(document, cluster_id(name, index, which), &at);
	if (!status)
		status = nkc_document_cluster(document, at, &id, &text);
	if (text.len && out->len && out->ptr[out->len - 1] == '}')
		nkc_buf_putc(out, ',');
	nkc_buf_put_str(out, text);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* What is not known, as [?key]. */
static void put_unknown(nkc_pandoc *p, const nkc_value *cite, nkc_buf *out)
{
	const nkc_markup *markup = nkc_markup_find(NKC_STR("pandoc-json"));
	const nkc_value *citations = pandoc_child(pandoc_content(cite), 0);
	nkc_buf text = NKC_BUF_INIT;
	for (const nkc_value *c = nkc_value_first(citations); c; c = c->next) {
		nkc_str id = nkc_value_text(nkc_value_find(c, NKC_STR("citationId")));
		if (nkc_str_is(id, "*") || nkc_pandoc_has(p, id))
			continue;
		nkc_buf_puts(&text, out->len || text.len ? " [?" : "[?");
		nkc_buf_put_str(&text, id);
		nkc_buf_putc(&text, ']');
	}
	nkc_markup_escape(markup, nkc_buf_str(&text), out);
	p->failed |= nkc_buf_status(&text) != NKC_OK;
	nkc_buf_release(&text);
}

#define NOTE_BEGIN "{\"t\":\"Span\",\"c\":[[\"\",[\"csl-note\"],[]],["
#define NOTE_END "]]}"

/* Numbers that are raised, each of them a link, are one raised list of links, as pandoc writes it. */
static void raise_links(nkc_pandoc *p, nkc_value *inlines)
{
	nkc_value *node = nkc_value_first(inlines);
	for (; node; node = node->next) {
		const nkc_value *first = pandoc_is(node, "Link") ? nkc_value_first(pandoc_inlines(node)) : node;
		if (!pandoc_is(first, "Superscript") || (first != node && first->next))
			return;
	}
	nkc_value *raised = pandoc_node(p, "Superscript"), *to = pandoc_content(raised);
	for (nkc_value *child = pandoc_take_all(inlines), *next; child; child = next) {
		next = child->next;
		nkc_value *old = pandoc_is(child, "Link") ? pandoc_inlines(child) : NULL;
		nkc_value *from = pandoc_take_all(pandoc_content(old ? pandoc_take_all(old) : child));
		for (nkc_value *one = from, *after; one; one = after) {
			after = one->next;
			pandoc_append(p, old ? old : to, one);
		}
		if (old)
			pandoc_append(p, to, child);
	}
	pandoc_append(p, inlines, raised);
}

/* Gives a citation its text; in a style of notes what is to be the note stands in a span. */
static nkc_status set_cite(nkc_pandoc *p, nkc_document *document, size_t index, bool notes)
{
	pandoc_cite *cite = cite_at(p, index);
	nkc_buf text = NKC_BUF_INIT, author = NKC_BUF_INIT;
	nkc_status status = put_text(document, index, PART_WHOLE, &text);
	put_unknown(p, cite->node, &text);
	if (!status && cite->splits)
		status = put_text(document, index, PART_AUTHOR, &author);
	if (notes && text.len) {
		nkc_buf_puts(&author, author.len ? "," NOTE_BEGIN : NOTE_BEGIN);
		nkc_buf_put_str(&author, nkc_buf_str(&text));
		nkc_buf_puts(&author, NOTE_END);
	}
	nkc_value *old = pandoc_inlines(cite->node);
	nkc_value *inlines = pandoc_parse(p, nkc_buf_str(notes ? &author : &text));
	if (nkc_value_first(inlines) && pandoc_is(nkc_value_first(inlines), "Link"))
		raise_links(p, inlines);
	if (old && inlines)
		nkc_value_replace(old, inlines);
	if (!status)
		status = nkc_buf_status(&text) ? nkc_buf_status(&text) : nkc_buf_status(&author);
	nkc_buf_release(&text);
	nkc_buf_release(&author);
	return status;
}

/* --- the bibliography --- */

/* A space at the end of the first field keeps it from the second where a writer does not set fields apart. */
static void end_first_field(nkc_pandoc *p, const nkc_value *entry)
{
	const nkc_value *paragraph = nkc_value_first(pandoc_child(pandoc_content(entry), 1));
	const nkc_value *first = nkc_value_first(pandoc_inlines(paragraph));
	const nkc_value *classes = pandoc_child(pandoc_child(pandoc_content(first), 0), 1);
	if (!pandoc_is(first, "Span") || !nkc_str_is(nkc_value_text(nkc_value_first(classes)), "csl-left-margin"))
		return;
	nkc_value *inlines = pandoc_inlines(first);
	if (!first->next || !inlines->u.list.last || pandoc_is(inlines->u.list.last, "Space"))
		return;
	nkc_value *space = nkc_value_new(p->arena, NKC_OBJECT);
	if (space)
		nkc_value_add(space, NKC_STR("t"), nkc_value_string(p->arena, NKC_STR("Space")));
	pandoc_append(p, inlines, space);
}

/* The div with all entries; NULL: there is no bibliography, or nothing in it. */
static nkc_value *make_list(nkc_pandoc *p, nkc_document *document, nkc_status *status)
{
	nkc_buf text = NKC_BUF_INIT;
	size_t count = 0;
	*status = nkc_document_entry_count(document, &count);
	if (!*status && count)
		*status = nkc_document_bibliography(document, &text);
	nkc_value *blocks = !*status && count ? pandoc_parse(p, nkc_buf_str(&text)) : NULL;
	nkc_value *list = blocks ? pandoc_take_all(blocks) : NULL;
	for (const nkc_value *entry = nkc_value_first(pandoc_child(pandoc_content(list), 1)); entry; entry = entry->next)
		end_first_field(p, entry);
	nkc_buf_release(&text);
	*status = *status == NKC_ENOTFOUND ? NKC_OK : *status;
	return list;
}

/* Is it the div for the references? Of several files in one, the file's name stands before. */
static bool is_place(const nkc_value *block)
{
	nkc_str id = nkc_value_text(pandoc_child(pandoc_child(pandoc_content(block), 0), 0));
	return pandoc_is(block, "Div") && (nkc_str_is(id, "refs") || nkc_str_ends(id, NKC_STR("__refs")));
}

static nkc_value *find_place(nkc_value *value)
{
	if (is_place(value))
		return value;
	nkc_value *found = NULL;
	for (nkc_value *child = nkc_value_first(value); child && !found; child = child->next)
		found = find_place(child);
	return found;
}

static bool has_equal(const nkc_value *array, const nkc_value *value)
{
	const nkc_value *child = nkc_value_first(array);
	while (child && !nkc_value_equal(child, value))
		child = child->next;
	return child != NULL;
}

static void append_missing(nkc_pandoc *p, nkc_value *array, nkc_value *from)
{
	for (nkc_value *child = pandoc_take_all(from), *next; child; child = next) {
		next = child->next;
		if (!has_equal(array, child))
			pandoc_append(p, array, child);
	}
}

static void fill_place(nkc_pandoc *p, nkc_value *place, nkc_value *list)
{
	nkc_value *to = pandoc_child(pandoc_content(place), 0), *from = pandoc_child(pandoc_content(list), 0);
	append_missing(p, pandoc_child(to, 1), pandoc_child(from, 1));
	append_missing(p, pandoc_child(to, 2), pandoc_child(from, 2));
	nkc_value *entries = pandoc_child(pandoc_content(list), 1);
	for (nkc_value *child = pandoc_take_all(entries), *next; child; child = next) {
		next = child->next;
		pandoc_append(p, pandoc_child(pandoc_content(place), 1), child);
	}
}

/* The heading that the metadata asks for. */
static nkc_value *make_heading(nkc_pandoc *p)
{
	const nkc_value *title = pandoc_meta(p, "reference-section-title");
	nkc_value *inlines = pandoc_content(title);
	if (pandoc_is(title, "MetaBlocks"))
		inlines = pandoc_inlines(nkc_value_first(inlines));
	bool string = pandoc_is(title, "MetaString");
	if (!string && (!nkc_value_first(inlines)))
		return NULL;
	nkc_value *blocks = pandoc_parse(
		p, NKC_STR("{\"t\":\"Header\",\"c\":[1,[\"bibliography\",[\"unnumbered\"],[]],[]]}"));
	nkc_value *heading = pandoc_take_all(blocks), *to = pandoc_inlines(heading);
	if (string)
		pandoc_append(p, to, pandoc_string_node(p, "Str", nkc_value_text(inlines)));
	for (const nkc_value *one = string ? NULL : nkc_value_first(inlines); one; one = one->next)
		pandoc_append(p, to, nkc_value_dup(p->arena, one));
	return heading;
}

/* A heading that the document ends in is that of the list: it has no number. */
static void use_last_heading(nkc_pandoc *p)
{
	nkc_value *last = p->blocks->u.list.last;
	nkc_value *classes = pandoc_is(last, "Header") ? pandoc_child(pandoc_child(pandoc_content(last), 1), 1) : NULL;
	nkc_value *name = nkc_value_string(p->arena, NKC_STR("unnumbered"));
	if (!classes || !name || has_equal(classes, name))
		return;
	nkc_value *others = pandoc_take_all(classes);
	pandoc_append(p, classes, name);
	for (nkc_value *child = others, *next; child; child = next) {
		next = child->next;
		pandoc_append(p, classes, child);
	}
}

static void insert_list(nkc_pandoc *p, nkc_value *list)
{
	nkc_value *place = find_place(p->meta), *heading;
	place = place ? place : find_place(p->blocks);
	if (place) {
		fill_place(p, place, list);
		return;
	}
	heading = make_heading(p);
	if (heading)
		pandoc_append(p, p->blocks, heading);
	else
		use_last_heading(p);
	pandoc_append(p, p->blocks, list);
}

/* --- all of it --- */

nkc_status nkc_pandoc_render(nkc_pandoc *p, nkc_document *document, const nkc_style *style, const nkc_cite_parser *parser)
{
	bool notes = nkc_style_is_note(style), listed = !nkc_pandoc_flag(p, "suppress-bibliography", false);
	nkc_document_set_links(document, nkc_pandoc_flag(p, "link-bibliography", true));
	nkc_document_set_cite_links(document, listed && nkc_pandoc_flag(p, "link-citations", false));
	nkc_document_set_author_fonts(document, true);
	nkc_status status = put_clusters(p, document, parser, notes);
	for (size_t i = 0; i < cite_count(p) && !status; i++)
		status = set_cite(p, document, i, notes);
	if (status)
		return status;
	nkc_value *list = listed ? make_list(p, document, &status) : NULL;
	if (notes)
		pandoc_make_notes(p);
	pandoc_move_marks(p, nkc_pandoc_flag(p, "notes-after-punctuation", notes), nkc_document_marks_in_quotes(document));
	if (list)
		insert_list(p, list);
	return p->failed ? NKC_ENOMEM : status;
}
