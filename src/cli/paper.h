/*
 * paper.h: a text in Markdown with citations as pandoc writes them: where they stand.
 *
 * Citations are looked for where text is text: not in code, HTML, addresses of links, formulas, nor behind a backslash.
 */
#ifndef NKC_SRC_CLI_PAPER_H
#define NKC_SRC_CLI_PAPER_H

#include <nkcite/cite.h>

typedef enum cli_mark_kind {
	CLI_MARK_CITE,    /* [see @doe99, p. 3], or -@doe99 */
	CLI_MARK_TEXTUAL, /* @doe99 [p. 3]: the author belongs to the sentence */
	CLI_MARK_NOTE,    /* [^1]: a reference to a footnote */
	CLI_MARK_DIV,     /* the line that begins the div of the references */
	CLI_MARK_DIV_END
} cli_mark_kind;

/* What stands at one place. */
typedef struct cli_mark {
	cli_mark_kind kind;
	size_t from, to; /* of the text */
	nkc_cite *cites; /* of a citation */
	size_t count;
	nkc_str label;   /* of a footnote: what it refers to */
	nkc_str inside;  /* label of the footnote in which it stands; "^" of one that is written in place; empty: none */
} cli_mark;

typedef struct cli_paper {
	nkc_str text;
	nkc_arena *arena;
	/* of the metadata; empty: not said */
	nkc_str style, language, title;
	nkc_str *bibliographies;
	size_t bibliography_count;
	nkc_buf nocite; /* of nkc_str: keys for the bibliography alone, in the text; "*" is all */
	nkc_buf open;   /* of size_t: brackets before a citation that do not close */
	size_t body;    /* where the text begins, behind the metadata */
	nkc_buf marks;  /* of cli_mark, in the order of the text */
	size_t list_at; /* where the bibliography goes: at the beginning of a line, or the end */
} cli_paper;

/* Reads the metadata. The text is borrowed; clear in any case. */
nkc_status cli_paper_open(cli_paper *paper, nkc_arena *arena, nkc_str text);
/* Finds the marks and where the bibliography goes. */
nkc_status cli_paper_scan(cli_paper *paper, const nkc_cite_parser *parser);
void cli_paper_release(cli_paper *paper);

static inline cli_mark *cli_paper_mark(const cli_paper *paper, size_t index)
{
	return (cli_mark *)(void *)paper->marks.ptr + index;
}

static inline size_t cli_paper_count(const cli_paper *paper)
{
	return paper->marks.len / sizeof(cli_mark);
}

#endif
