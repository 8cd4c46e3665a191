/*
 * pandoc.h (inner): a document of pandoc as a tree of JSON, and what is known of it.
 *
 * A node is {"t": its kind, "c": its content}; lists of inlines and blocks are arrays. The tree is changed in place.
 */
#ifndef NKC_SRC_PAPER_PANDOC_H
#define NKC_SRC_PAPER_PANDOC_H

#include "base/set.h"

#include <nkcite/pandoc.h>

/* A citation as it stands in the document. */
typedef struct pandoc_cite {
	nkc_value *node;
	uint32_t note;   /* of the note in which it stands or, in a style of notes, will stand */
	bool splits;     /* in a style of notes: the author is in the text, the rest in the note */
} pandoc_cite;

struct nkc_pandoc {
	nkc_arena *arena;
	nkc_diags *diags;
	nkc_value *root, *meta, *blocks;
	uint32_t minor; /* of the version of the interface */
	nkc_buf cites;  /* of pandoc_cite, in the order in which they are cited: metadata, text */
	nkc_buf keys;   /* of nkc_str */
	nkc_buf found;  /* of bool, beside them */
	nkc_set by_key; /* fingerprint -> index in keys + 1 */
	nkc_set listed; /* fingerprints of the ids in the metadata's references */
	bool wants_all;
	nkc_buf kept;   /* of nkc_value *: inlines that texts of CSL cannot hold, which a character stands for */
	bool in_field;  /* rich text is that of a reference */
	bool failed;    /* memory was out */
};

/* --- nodes (pandoc.c) --- */

/* "Str"; empty when it is no node. */
nkc_str pandoc_kind(const nkc_value *node);
bool pandoc_is(const nkc_value *node, const char *kind);
/* What the node holds; NULL: nothing. */
nkc_value *pandoc_content(const nkc_value *node);
/* The child at that place of an array; NULL: none. */
nkc_value *pandoc_child(const nkc_value *array, size_t index);
/* The list of inlines in an inline that has one (Emph, Span, Link, Cite, ...), or the text block; NULL: none. */
nkc_value *pandoc_inlines(const nkc_value *node);
/* A new node with an empty array as its content. NULL: out of memory. */
nkc_value *pandoc_node(nkc_pandoc *pandoc, const char *kind);
nkc_value *pandoc_string_node(nkc_pandoc *pandoc, const char *kind, nkc_str text);
/* Appends an element; fails the document when memory is out. */
void pandoc_append(nkc_pandoc *pandoc, nkc_value *array, nkc_value *element);
/* Takes all children out of a list: the first, the others behind it. */
nkc_value *pandoc_take_all(nkc_value *array);

/* --- text (pandoc_text.c) --- */

/* Appends the text of inlines, or of any value, without markup. */
void pandoc_put_plain(const nkc_value *value, nkc_buf *out);
/* Appends inlines as the rich text of CSL-JSON; what that cannot say is kept, and a character stands for it. */
void pandoc_put_rich(nkc_pandoc *pandoc, const nkc_value *inlines, nkc_buf *out);
/* The same as a text of the document. */
nkc_str pandoc_plain(nkc_pandoc *pandoc, const nkc_value *value);
nkc_str pandoc_rich(nkc_pandoc *pandoc, const nkc_value *inlines);
/* An array of inlines of a text with the tags of CSL-JSON. */
nkc_value *pandoc_from_rich(nkc_pandoc *pandoc, nkc_str text);
/* The array of inlines, or blocks, of a text in the markup "pandoc-json"; what was kept is in its place again. */
nkc_value *pandoc_parse(nkc_pandoc *pandoc, nkc_str markup);

/* --- metadata (pandoc_meta.c) --- */

nkc_value *pandoc_meta(const nkc_pandoc *pandoc, const char *key);
bool pandoc_is_true(nkc_pandoc *pandoc, const nkc_value *meta);

/* --- notes (pandoc_note.c) --- */

/* Makes the notes of rendered citations, which stand as spans of the class "csl-note", and takes apart those inside notes. */
void pandoc_make_notes(nkc_pandoc *pandoc);
/* Moves marks that follow a citation that is a note before it, and takes away the space before that. */
void pandoc_move_marks(nkc_pandoc *pandoc, bool moves, bool in_quotes);

#endif
