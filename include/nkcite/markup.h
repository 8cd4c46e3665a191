/*
 * markup.h: how rendered text is written: plain text, HTML, RTF, LaTeX, ...
 *
 * Text is escaped for its target and never breaks out of it: control characters are left out, bytes that are no UTF-8
 * become U+FFFD, and links have an address of an allowed scheme.
 */
#ifndef NKCITE_MARKUP_H
#define NKCITE_MARKUP_H

#include <nkcite/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_markup nkc_markup;

/* In the order of their names; NULL behind the last. */
NKC_API const nkc_markup *nkc_markup_at(size_t index);
NKC_API const nkc_markup *nkc_markup_find(nkc_str name);
NKC_API const char *nkc_markup_name(const nkc_markup *markup);
NKC_API const char *nkc_markup_title(const nkc_markup *markup);

/* Appends plain text so that it stands for itself. */
NKC_API void nkc_markup_escape(const nkc_markup *markup, nkc_str text, nkc_buf *out);

/* How a bibliography is set (CSL specification, "Whitespace"). */
typedef struct nkc_markup_list {
	bool hanging_indent;
	bool second_field;      /* the first field of an entry stands apart, the lines of the rest below each other */
	bool in_margin;         /* ... and the rest begins at the margin of the text, the first field left of it */
	unsigned line_spacing;  /* in lines; 1: single */
	unsigned entry_spacing; /* lines between entries */
	unsigned label_width;   /* with second_field: characters of the widest first field */
} nkc_markup_list;

/* A bibliography around entries that are in this markup already. id: the item's, which a link can lead to. */
NKC_API void nkc_markup_list_begin(const nkc_markup *markup, const nkc_markup_list *list, nkc_buf *out);
NKC_API void nkc_markup_list_put(const nkc_markup *markup, const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out);
NKC_API void nkc_markup_list_end(const nkc_markup *markup, const nkc_markup_list *list, nkc_buf *out);

/* What makes a document of it that stands alone; nothing in markups that need nothing. title: plain text. */
NKC_API void nkc_markup_head(const nkc_markup *markup, nkc_str title, nkc_buf *out);
NKC_API void nkc_markup_foot(const nkc_markup *markup, nkc_buf *out);

#ifdef __cplusplus
}
#endif

#endif
