/*
 * ris_item.h: from the lines of one RIS record to a CSL item.
 */
#ifndef NKC_SRC_FORMAT_RIS_ITEM_H
#define NKC_SRC_FORMAT_RIS_ITEM_H

#include "format/ris_map.h"

#include <nkcite/value.h>

/* One line of a RIS file. */
typedef struct nkc_ris_text_line {
	size_t at, next;   /* offsets of its first byte and of the line below */
	nkc_str tag;       /* of two characters; empty: it goes on with the line above */
	nkc_str value;     /* what stands behind the hyphen, or the whole line */
	size_t spaces;     /* between tag and hyphen */
} nkc_ris_text_line;

/* How the tags of a file look. */
typedef struct nkc_ris_style {
	size_t indent; /* white space before each tag */
	size_t spaces; /* between tag and hyphen, of this record; 0: not known yet */
} nkc_ris_style;

/* The line at text[at]; a line ends in LF, CR LF or CR. */
void nkc_ris_line_at(nkc_str text, size_t at, const nkc_ris_style *style, nkc_ris_text_line *line);

/* Which variable a tag means in items of each type, also when another program wrote it. */
typedef struct nkc_ris_tags nkc_ris_tags;
nkc_ris_tags *nkc_ris_tags_new(void);
void nkc_ris_tags_free(nkc_ris_tags *tags);
/* Of a tag as "AU"; NKC_VAR_NONE when it means none. */
nkc_var nkc_ris_tags_find(nkc_ris_tags *tags, nkc_type type, nkc_str tag);

/* What was found in a record beside its item. */
typedef struct nkc_ris_found {
	nkc_str ty;       /* empty: there is none */
	size_t ty_at;
	nkc_value *own;   /* the object in U5, or NULL */
	size_t bad_own_at; /* where an object in U5 could not be read; 0: nowhere */
	bool foreign;     /* it had bytes that are not UTF-8, taken for Windows-1252 */
} nkc_ris_found;

/*
 * The item that the record text[start..end) is, without its U5. Its texts are borrowed from `text` or live in the arena;
 * places count from `start`. `type` is its type (a string) when that is known, or NULL. NULL when memory is out.
 */
nkc_value *nkc_ris_item(nkc_arena *arena, nkc_ris_tags *tags, nkc_str text, size_t start, size_t end,
                        const nkc_ris_style *style, const nkc_value *type, nkc_ris_found *found);

#endif
