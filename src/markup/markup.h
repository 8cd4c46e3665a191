/*
 * markup.h (inner): a markup is a table and an escape function, in one file that ends in its descriptor.
 */
#ifndef NKC_SRC_MARKUP_MARKUP_H
#define NKC_SRC_MARKUP_MARKUP_H

#include "csl/events.h"

#include <nkcite/markup.h>

#define MARKUP_BIT(span) (1u << (CSL_SPAN_##span))

/*
 * Text comes to `escape` and `run` clean: valid UTF-8 without control characters. Where `flat` is set, it comes in runs of
 * one look, and tabs and line ends are spaces.
 */
struct nkc_markup {
	const char *name;  /* "html" */
	const char *title; /* "HTML" */
	/* What stands before and behind a span; NULL: nothing. Of a link "%s" is the escaped address. */
	struct {
		const char *open, *close;
	} spans[CSL_SPANS];
	/* Writes text so that it stands for itself. first: nothing but space stands before it on its line. */
	void (*escape)(nkc_str text, bool first, nkc_buf *out);
	bool keeps_quiet; /* `escape` changes nothing of ASCII but "&", "<", ">" and quotes: write.c need not ask it */
	/* The same of an address (ASCII, without space, quotes, brackets of any kind but "()[]", or backslash); NULL: as it is. */
	void (*escape_link)(nkc_str url, nkc_buf *out);

	/*
	 * Spans that undo others ("upright inside italics") need no means of the target: a font ends where they begin and
	 * begins anew behind them. Else spans are written as they nest.
	 */
	bool flat;
	const char *line_break; /* flat: between what is set in blocks */
	const char *address;    /* flat: a link whose text is its address ("%s"); NULL: as other links */
	/* flat: marks that count only beside a word (Markdown), bits of spans; and what parts them from what they must not touch */
	uint32_t flanking;
	const char *glue;
	bool nests_blocks;      /* flat: a line begins anew inside of each span */
	char separator;         /* flat: between elements that stand side by side, all of which end in '}'; '\0': nothing */
	uint32_t spaceless;     /* flat: spans that hold no space (pandoc's raised text) */
	/* flat: a target without nesting; instead of the spans of fonts. look: their bits. */
	void (*run)(uint32_t look, nkc_str text, nkc_buf *out);

	/* A bibliography: before, an entry (its text is markup already), behind. */
	void (*list_begin)(const nkc_markup_list *list, nkc_buf *out);
	void (*list_put)(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out);
	void (*list_end)(const nkc_markup_list *list, nkc_buf *out);
	/* Around a document that stands alone; "%s" is the escaped title. NULL: nothing. */
	const char *head, *foot;
};

/* Writes events in runs of one look (flat.c). */
void markup_write_flat(const nkc_markup *markup, const csl_events *events, nkc_buf *out);

/* Writes open with the address or title in place of "%s". */
void markup_put_open(const char *open, nkc_str text, void (*escape)(nkc_str, nkc_buf *), nkc_buf *out);

/* Appends the text without control characters, with U+FFFD for what is no character; one_line: tabs and line ends are spaces. */
void markup_put_clean(nkc_str text, bool one_line, nkc_buf *out);

/* How much of the text from `at` on is characters that need nothing done to them: bytes that `special` does not hold. */
size_t markup_plain_length(nkc_str text, size_t at, const char *special);

/* Appends a key so that it can be an id of HTML and its like: spaces are "_". */
void markup_put_anchor(nkc_str id, nkc_buf *out);

#endif
