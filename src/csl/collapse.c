/*
 * collapse.c: the cites of a cluster, grouped and collapsed (stage 7; specification, "Cite Grouping", "Cite Collapsing").
 */
#include "csl/link.h"
#include "csl/render.h"

#include "base/mem.h"

/* A rendered cite, and what grouping asks of it. */
typedef struct rendered {
	const csl_cite *cite;
	csl_out *tree;      /* without prefix and suffix of the cite */
	csl_out *names;     /* the first cs:names; NULL: none */
	csl_out *suffix;    /* the rendered year-suffix; NULL: none */
	nkc_str names_text; /* plain */
	nkc_str year_text;  /* plain text of all but names and year-suffix */
	uint32_t number;    /* citation-number, when the cite shows just that; else 0 */
	struct rendered *next; /* the next of its group; NULL: none */
	bool follows;          /* another of its group stands before it */
} rendered;

typedef struct cluster {
	nkc_document *document;
	const csl_layout *layout;
	rendered *cites;
	unsigned count;
	csl_out *out;
	nkc_str pending; /* the delimiter before the next cite */
	bool begun;
	const csl_cite *last; /* the one put out before */
} cluster;

/* --- rendering one cite --- */

static nkc_str plain(nkc_document *document, const csl_out *node)
{
	nkc_buf_clear(&document->key);
	csl_out_plain(node, &document->key);
	return nkc_arena_str(document->scratch, nkc_buf_str(&document->key));
}

static bool is_bare(const csl_cite *cite)
{
	return !cite->locator.len && !cite->prefix.len && !cite->suffix.len;
}

/* What is compared with other cites; of one that stands alone nothing is. */
static void look_at(cluster *c, rendered *r)
{
	const csl_out *number = csl_out_find(r->tree, CSL_TAG_NUMBER);
	if (number && is_bare(r->cite))
		r->number = r->cite->item->number;
	if (c->count == 1)
		return;
	r->names = csl_out_find(r->tree, CSL_TAG_NAMES);
	r->suffix = csl_out_find(r->tree, CSL_TAG_YEAR_SUFFIX);
	r->names_text = r->names ? plain(c->document, r->names) : NKC_STR("");
	r->year_text = plain(c->document, csl_out_without(c->document->scratch, r->tree, r->names, r->suffix));
}

/* A prefix of one word ("cf.") goes on with the sentence; a longer one that ends in a full stop ends it. */
static bool begins_sentence(nkc_str prefix)
{
	prefix = nkc_str_trim(prefix);
	if (nkc_str_ends(prefix, NKC_STR("\xe2\x80\x9d")) || nkc_str_ends(prefix, NKC_STR("\xe2\x80\x99")))
		prefix.len -= 3;
	while (prefix.len && strchr("\"')]", prefix.ptr[prefix.len - 1]))
		prefix.len--;
	if (!prefix.len)
		return false;
	return strchr(".!?", prefix.ptr[prefix.len - 1]) && nkc_str_find_byte(prefix, ' ') < prefix.len;
}

/* In a note, a term at the start, or behind a prefix that ends a sentence, gets a capital ("Ibid."). */
static bool has_capital_start(const cluster *c, const csl_cite *cite, bool first)
{
	if (!c->document->style->is_note)
		return false;
	return begins_sentence(cite->prefix) || (first && !nkc_str_trim(cite->prefix).len);
}

static csl_out *eval_cite(cluster *c, const csl_cite *cite, bool first)
{
	csl_eval eval;
	csl_document_eval(c->document, &eval, CSL_CITATION, cite->item, cite);
	eval.capital_start = has_capital_start(c, cite, first);
	csl_out *tree = csl_out_group(c->document->scratch, NULL, NKC_STR(""));
	if (tree)
		csl_eval_children(&eval, c->layout->children, c->layout->child_count, tree);
	return tree;
}

/* A cite without its author stands with the others of that author all the same. */
static nkc_str suppressed_names(cluster *c, const csl_cite *cite)
{
	csl_cite whole = *cite;
	whole.suppress_author = false;
	csl_out *tree = eval_cite(c, &whole, false);
	const csl_out *names = tree ? csl_out_find(tree, CSL_TAG_NAMES) : NULL;
	return names ? plain(c->document, names) : NKC_STR("");
}

static void render_cite(cluster *c, rendered *r, const csl_cite *cite)
{
	r->cite = cite;
	r->tree = eval_cite(c, cite, r == c->cites);
	if (!r->tree)
		return;
	look_at(c, r);
	if (cite->suppress_author && c->count > 1) {
		r->names = NULL;
		r->names_text = suppressed_names(c, cite);
	}
}

/* --- putting cites together --- */

/* A word processor's prefix and suffix stand apart from the cite, unless they bring their own space or punctuation. */
static bool needs_space(nkc_str left, nkc_str right)
{
	static const char closes[] = " ,;:.)]}'\"!?";
	if (!left.len || !right.len)
		return false;
	bool parted = left.ptr[left.len - 1] == ' ' || nkc_str_ends(left, NKC_STR("\u00a0"));
	return !parted && !strchr(closes, right.ptr[0]) && (unsigned char)right.ptr[0] != 0xE2 &&
	       (unsigned char)right.ptr[0] != 0xC2;
}

/* What a writer typed: its punctuation stays where it was put. */
csl_out *csl_own_words(nkc_arena *arena, nkc_str text)
{
	csl_out *node = csl_richtext(arena, text);
	csl_out *group = csl_out_group(arena, NULL, NKC_STR(""));
	csl_out_append(group, node);
	if (group)
		group->tags |= CSL_TAG_LITERAL_QUOTE;
	return group;
}

csl_out *csl_cite_affixes(nkc_arena *arena, const csl_cite *cite, csl_out *tree)
{
	if (!cite->prefix.len && !cite->suffix.len)
		return tree;
	csl_out *whole = csl_out_group(arena, NULL, NKC_STR(""));
	if (cite->prefix.len) {
		csl_out_append(whole, csl_own_words(arena, cite->prefix));
		if (needs_space(cite->prefix, NKC_STR("x")))
			csl_out_append(whole, csl_out_text(arena, NKC_STR(" ")));
	}
	csl_out_append(whole, tree);
	if (cite->suffix.len) {
		if (needs_space(NKC_STR("x"), cite->suffix))
			csl_out_append(whole, csl_out_text(arena, NKC_STR(" ")));
		csl_out_append(whole, csl_own_words(arena, cite->suffix));
	}
	return whole;
}

/* The cite as a link to its entry, where that is asked for; what links elsewhere stays as it is. */
static csl_out *linked(cluster *c, const rendered *r, csl_out *tree)
{
	if (!c->document->cite_links || csl_out_empty(tree) || csl_has_link(tree))
		return tree;
	csl_out *whole = csl_out_group(c->document->scratch, NULL, NKC_STR(""));
	if (!whole)
		return tree;
	csl_out_append(whole, tree);
	csl_link_node(c->document->scratch, whole, csl_link_to_entry(c->document->scratch, r->cite->item->id));
	return whole;
}

static csl_out *with_affixes(cluster *c, const rendered *r, csl_out *tree)
{
	return csl_cite_affixes(c->document->scratch, r->cite, linked(c, r, tree));
}

/* Where a writer's suffix ends, or the next prefix begins, in punctuation, that takes the delimiter's place. */
static nkc_str delimiter_before(const cluster *c, const csl_cite *cite)
{
	nkc_str suffix = c->last ? nkc_str_trim(c->last->suffix) : NKC_STR("");
	if (cite->prefix.len && strchr(",;:.", cite->prefix.ptr[0]))
		return NKC_STR("");
	bool stopped = suffix.len && strchr(",;:.", suffix.ptr[suffix.len - 1]);
	return stopped && c->pending.len ? NKC_STR(" ") : c->pending;
}

/* Appends a cite behind the delimiter that is due. */
static void put(cluster *c, const csl_cite *cite, csl_out *tree, nkc_str after)
{
	if (csl_out_empty(tree))
		return;
	csl_out *delimiter = c->begun ? csl_out_text(c->document->scratch, delimiter_before(c, cite)) : NULL;
	if (delimiter)
		delimiter->tags |= CSL_TAG_JOIN | CSL_TAG_FIELD; /* it stays as it is */
	csl_out_append(c->out, delimiter);
	c->last = cite;
	csl_out_append(c->out, tree);
	c->begun = true;
	c->pending = after;
}

/* --- by number --- */

/* How many cites from `at` on have numbers that follow each other. */
static unsigned run_of_numbers(const cluster *c, unsigned at)
{
	unsigned end = at + 1;
	while (c->cites[at].number && end < c->count && c->cites[end].number == c->cites[end - 1].number + 1)
		end++;
	return end - at;
}

static void put_numbers(cluster *c)
{
	nkc_str after = c->document->style->has_after_collapse_delimiter ? c->document->style->after_collapse_delimiter
	                                                                 : c->layout->delimiter;
	for (unsigned i = 0; i < c->count;) {
		unsigned run = run_of_numbers(c, i);
		if (run < 3) {
			put(c, c->cites[i].cite, with_affixes(c, &c->cites[i], c->cites[i].tree), c->layout->delimiter);
			i++;
			continue;
		}
		rendered *last = &c->cites[i + run - 1];
		put(c, c->cites[i].cite, linked(c, &c->cites[i], c->cites[i].tree), NKC_STR("\xe2\x80\x93"));
		put(c, last->cite, linked(c, last, last->tree), after);
		i += run;
	}
}

/* --- by author and year --- */

static bool is_by_year(const nkc_style *style)
{
	return style->collapse >= CSL_COLLAPSE_YEAR;
}

/* Cites of one group have the same fingerprint: of their names, or without names of their year; 0: of no group. */
static uint64_t group_key(const rendered *r)
{
	if (r->names_text.len)
		return nkc_hash(r->names_text, 0);
	return r->suffix ? nkc_hash(r->year_text, 1) : 0;
}

/* May the cite be reduced to its year-suffix behind `before`? */
static bool same_year(const nkc_style *style, const rendered *before, const rendered *r)
{
	return style->collapse >= CSL_COLLAPSE_YEAR_SUFFIX && r->suffix && before->suffix &&
	       !before->cite->locator.len && is_bare(r->cite) && nkc_str_eq(before->year_text, r->year_text);
}

/* The specification's ", " is for citations in the text; in notes citeproc-js, and so the styles, have the layout's. */
static nkc_str group_delimiter(const cluster *c)
{
	const nkc_style *style = c->document->style;
	if (style->has_cite_group_delimiter)
		return style->cite_group_delimiter;
	return style->is_note ? c->layout->delimiter : NKC_STR(", ");
}

static nkc_str suffix_delimiter(const cluster *c)
{
	const nkc_style *style = c->document->style;
	if (style->has_year_suffix_delimiter)
		return style->year_suffix_delimiter;
	return style->has_cite_group_delimiter ? style->cite_group_delimiter : c->layout->delimiter;
}

/* How many of the group's cites from `at` on have year-suffixes that follow each other. */
static unsigned run_of_suffixes(rendered **group, unsigned at, unsigned end)
{
	unsigned to = at + 1;
	while (to < end &&
	       group[to]->cite->item->choice.year_suffix == group[to - 1]->cite->item->choice.year_suffix + 1)
		to++;
	return to - at;
}

/* Cites of one year: the first whole (or without names), of the others the suffix. */
static void put_year(cluster *c, rendered **group, unsigned from, unsigned to, bool first)
{
	bool ranged = c->document->style->collapse == CSL_COLLAPSE_YEAR_SUFFIX_RANGED;
	for (unsigned i = from; i < to; i++) {
		rendered *r = group[i];
		csl_out *tree = i > from ? r->suffix :
		                first ? r->tree : csl_out_without(c->document->scratch, r->tree, r->names, NULL);
		unsigned run = ranged ? run_of_suffixes(group, i, to) : 1;
		bool range = run > 2;
		put(c, r->cite, with_affixes(c, r, tree), range ? NKC_STR("\xe2\x80\x93") : suffix_delimiter(c));
		if (range) {
			i += run - 1;
			put(c, group[i]->cite, linked(c, group[i], group[i]->suffix), suffix_delimiter(c));
		}
	}
}

static void put_group(cluster *c, rendered **group, unsigned count)
{
	const nkc_style *style = c->document->style;
	for (unsigned i = 0, to; i < count; i = to) {
		to = i + 1;
		while (to < count && same_year(style, group[to - 1], group[to]))
			to++;
		put_year(c, group, i, to, i == 0 || !is_by_year(style));
		/* behind a locator a comma would read on: it gets the delimiter that ends a collapsed group */
		bool located = group[to - 1]->cite->locator.len > 0;
		c->pending = located && style->has_after_collapse_delimiter ? style->after_collapse_delimiter
		                                                            : group_delimiter(c);
	}
	bool collapsed = count > 1 && is_by_year(style);
	c->pending = collapsed && style->has_after_collapse_delimiter ? style->after_collapse_delimiter
	                                                              : c->layout->delimiter;
}

/* Grouping moves cites, as sorting does: where cites stand as the author has put them they stay there. */
static bool may_move(const nkc_document *document)
{
	return document->style->layouts[CSL_CITATION].sort_key_count && !document->unsorted;
}

/* Chains the cites of each group, in their order. */
static void chain_groups(cluster *c)
{
	bool moves = may_move(c->document);
	nkc_set last = NKC_MAP_INIT; /* group -> index of its last cite so far + 1 */
	for (unsigned i = 0; i < c->count; i++) {
		uint32_t *index;
		bool added;
		uint64_t key = group_key(&c->cites[i]);
		if (!key)
			continue;
		if (nkc_set_add(&last, key, &added, &index)) {
			c->document->key.status = NKC_ENOMEM; /* csl_write_tree asks for it */
			break;
		}
		if (!added && (moves || *index == i)) {
			c->cites[*index - 1].next = &c->cites[i];
			c->cites[i].follows = true;
		}
		*index = i + 1;
	}
	nkc_set_release(&last);
}

static void put_groups(cluster *c)
{
	rendered **group = nkc_arena_alloc(c->document->scratch, c->count * sizeof *group);
	if (c->count > 1)
		chain_groups(c);
	for (unsigned i = 0; group && i < c->count; i++) {
		unsigned members = 0;
		if (c->cites[i].follows)
			continue;
		for (rendered *r = &c->cites[i]; r; r = r->next)
			group[members++] = r;
		put_group(c, group, members);
	}
}

static void put_plainly(cluster *c)
{
	for (unsigned i = 0; i < c->count; i++)
		put(c, c->cites[i].cite, with_affixes(c, &c->cites[i], c->cites[i].tree), c->layout->delimiter);
}

csl_out *csl_render_cluster(nkc_document *document, const csl_cluster *from)
{
	const nkc_style *style = document->style;
	cluster c = { .document = document, .layout = &style->layouts[CSL_CITATION], .count = from->count };
	c.cites = nkc_arena_alloc(document->scratch, (from->count + 1) * sizeof *c.cites);
	c.out = csl_out_group(document->scratch, NULL, NKC_STR(""));
	if (!c.cites || !c.out)
		return NULL;
	memset(c.cites, 0, (from->count + 1) * sizeof *c.cites);
	for (unsigned i = 0; i < c.count; i++)
		render_cite(&c, &c.cites[i], &from->cites[i]);
	if (style->collapse == CSL_COLLAPSE_CITATION_NUMBER)
		put_numbers(&c);
	else if (is_by_year(style) || style->has_cite_group_delimiter)
		put_groups(&c);
	else
		put_plainly(&c);
	csl_out *whole = csl_render_layout(document->scratch, c.layout, c.out);
	if (whole && style->is_note)
		whole->tags |= CSL_TAG_NOTE;
	return whole;
}
