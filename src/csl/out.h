/*
 * out.h: what evaluation makes: a tree of text with its formatting.
 *
 * Stages 6 and 8. A node holds text or further nodes, and a format that is applied when the tree is
 * flattened to events: affixes, fonts, quotes, display. Case and strip-periods were applied before. Nodes live in the
 * scratch arena of one cluster or entry. The tree is a pure function of style, locale, item, cite and choice.
 *
 * No child in a tree is empty: csl_out_append leaves out what is, and what empties a node later prunes the tree. So a
 * look at one node tells whether there is text below it.
 */
#ifndef NKC_SRC_CSL_OUT_H
#define NKC_SRC_CSL_OUT_H

#include "base/arena.h"
#include "csl/style.h"

typedef enum csl_out_kind {
	CSL_OUT_TEXT,  /* text as it is to appear; quotes and apostrophes already typographic */
	CSL_OUT_GROUP, /* children, with `delimiter` between those that are not empty */
	CSL_OUT_QUOTE  /* children inside quotation marks; which ones depends on the depth */
} csl_out_kind;

/* What a node is, for stages that look for it later: bits. */
enum {
	CSL_TAG_NAMES = 1,        /* the output of one cs:names */
	CSL_TAG_DATE = 2,         /* the output of one cs:date */
	CSL_TAG_YEAR = 4,         /* the year within a date: where an implicit year-suffix goes */
	CSL_TAG_YEAR_SUFFIX = 8,  /* a rendered year-suffix */
	CSL_TAG_NUMBER = 16,      /* citation-number */
	CSL_TAG_LOCATOR = 32,
	CSL_TAG_LABEL = 64,       /* citation-label */
	CSL_TAG_TITLE = 128,
	CSL_TAG_NOTE = 256,       /* of the root: a citation in a note, where brackets stand within parentheses */
	CSL_TAG_LITERAL_QUOTE = 512,
	CSL_TAG_NO_FLIP = 1024,   /* fonts inside are not flipped (nodecor) */
	CSL_TAG_NAME_LIST = 4096, /* within CSL_TAG_NAMES: the names of one variable and what joins them, without label */
	CSL_TAG_NAME = 8192,      /* within CSL_TAG_NAME_LIST: one name */
	CSL_TAG_FIELD = 16384,    /* text behind quotes or markup of the same field: its marks stay where they are */
	CSL_TAG_JOIN = 32768,     /* text that stands between others: a delimiter */
	CSL_TAG_SPLICE = 2048     /* a choose's children: csl_out_append puts them in the list one by one */
};

typedef struct csl_out csl_out;

struct csl_out {
	csl_out *next;
	const csl_format *format; /* NULL: none */
	union {
		nkc_str text;
		struct {
			csl_out *first, *last;
		} list;
	} u;
	nkc_str delimiter;   /* of a group */
	const nkc_str *link; /* URL that the node links to; NULL: none */
	uint16_t tags;
	uint16_t font;     /* csl_font bits beside those of `format` (rich text within a field) */
	uint8_t kind;
	bool no_case : 1;  /* text that case changes leave alone (nocase) */
	bool shell : 1;    /* the only child of an element without a format: nothing touches its format directly */
	bool quiet : 1;    /* text that is known to be (nkc_utf8_is_quiet) */
	uint8_t variable;  /* nkc_var: which variable it came from, or NKC_VAR_NONE */
};

static inline csl_out *csl_out_text(nkc_arena *arena, nkc_str text)
{
	csl_out *node = nkc_arena_take(arena, sizeof *node);
	if (node)
		*node = (csl_out){ .kind = CSL_OUT_TEXT, .u.text = text, .delimiter = NKC_STR("") };
	return node;
}

static inline csl_out *csl_out_group(nkc_arena *arena, const csl_format *format, nkc_str delimiter)
{
	csl_out *node = nkc_arena_take(arena, sizeof *node);
	if (node)
		*node = (csl_out){ .kind = CSL_OUT_GROUP, .format = format, .delimiter = delimiter };
	return node;
}

/* Has it no text anywhere? NULL is empty. */
static inline bool csl_out_empty(const csl_out *node)
{
	return !node || (node->kind == CSL_OUT_TEXT ? node->u.text.len == 0 : node->u.list.first == NULL);
}

/*
 * Appends a child that is whole; does nothing when it is empty. Of a node tagged CSL_TAG_SPLICE its children are
 * appended.
 */
void csl_out_append(csl_out *group, csl_out *child);
/*
 * Nodes beside each other that become one: in a group when there are several, or a format is given. `node` is what they are so
 * far; NULL: nothing.
 */
typedef struct csl_row {
	nkc_arena *arena;
	const csl_format *format; /* NULL: none */
	nkc_str delimiter;
	csl_out *node;
	bool grouped;
} csl_row;

/* Appends as csl_out_append does. */
static inline void csl_row_put(csl_row *row, csl_out *child)
{
	if (csl_out_empty(child))
		return;
	if (!row->grouped && (row->node || row->format)) {
		csl_out *group = csl_out_group(row->arena, row->format, row->delimiter);
		csl_out_append(group, row->node);
		row->node = group;
		row->grouped = true;
	}
	if (row->grouped)
		csl_out_append(row->node, child);
	else
		row->node = child;
}

/* Takes out what has become empty below the node; false when nothing is left. */
bool csl_out_prune(csl_out *node);
/* A copy without two of its nodes (or NULL), and without what they leave empty; NULL when nothing is left. */
csl_out *csl_out_without(nkc_arena *arena, const csl_out *node, const csl_out *first, const csl_out *second);
/* The first node below that has the tag and says something, itself included; NULL: none. */
csl_out *csl_out_find(csl_out *node, uint16_t tag);
/* Its text without any formatting, affixes included: sort strings, keys of ambiguity, comparisons. */
void csl_out_plain(const csl_out *node, nkc_buf *out);

/* --- rich text in fields (richtext.c) --- */

struct csl_locale;

/*
 * A field's text as nodes: <i>, <b>, <sup>, <sub>, <sc>, <span class="nocase">, <span style="font-variant:
 * small-caps;"> become fonts; straight quotes become quote nodes (inner ones inside), apostrophes U+2019. Plain text
 * costs one node and no copy. Unknown or unbalanced markup stays text.
 */
csl_out *csl_richtext(nkc_arena *arena, nkc_str text);

/*
 * Applies a text-case to a tree of nodes (textcase.c). `english`: whether title case applies (specification, "Title Case
 * Conversion").
 */
void csl_textcase_apply(nkc_arena *arena, csl_out *node, csl_case text_case, bool english, nkc_str language);

/* Removes periods from all text of the tree (strip-periods). */
void csl_strip_periods(nkc_arena *arena, csl_out *node);

#endif
