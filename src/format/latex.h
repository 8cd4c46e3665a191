/*
 * latex.h: text as LaTeX, for a field of a .bib file.
 */
#ifndef NKC_SRC_FORMAT_LATEX_H
#define NKC_SRC_FORMAT_LATEX_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

enum {
	NKC_LATEX_ASCII = 1,  /* commands for what latex_chars.def lists; else only LaTeX's own characters are escaped */
	NKC_LATEX_MARKUP = 2, /* CSL's micro-markup (<i>, <b>, <sup>, <sub>, <sc>, <span ...>) becomes commands */
	NKC_LATEX_LINES = 4,  /* line breaks are kept as they are (abstracts, notes) */
	NKC_LATEX_HTML = 8,   /* for Zotero, which does not decode the commands: markup, < > | stay, a backslash is two */
	NKC_LATEX_STRICT = 16, /* with ASCII: also the commands that few readers know */
	NKC_LATEX_NAME = 32,   /* no mathematics: BibTeX cuts initials and labels out of names */
	NKC_LATEX_NOCASE = 64  /* braces in this field are <span class="nocase">; elsewhere a reader drops them */
};

/*
 * Appends the text, escaped so that BibTeX and biber count its braces as balanced. Bad UTF-8 and noncharacters,
 * with which biber refuses a file, become U+FFFD. Returns true when a reader that undoes the following gets the
 * very same text again:
 *
 *   \& \% \# \$ \_        the character
 *   {\cmd}  {$<$}         the character of that command or sign; {\'e} and the like by latex_chars.def
 *   -- --- `` ''          en dash, em dash, double quotes; {} between two characters keeps them apart (-{}-)
 *   ~                     U+00A0
 *   \{ ... \}             braces that have a partner; {\textbraceleft}, {\textbraceright} else
 *   \textit \textbf \textsc{...}, $^{\textrm{...}}$, $_{\textrm{...}}$   <i>, <b>, small caps, <sup>, <sub>
 *   {...}                 <span class="nocase"> (with NKC_LATEX_NOCASE, a group that does not begin with a backslash
 *                         and is not the whole text)
 *
 * It is false for what TeX and the readers of .bib files do not keep: spaces in a row or at an end, tabs and other
 * controls, line breaks (unless NKC_LATEX_LINES), bad UTF-8, with ASCII letters with combining marks, and the
 * second spellings of small caps.
 */
bool nkc_latex_put(nkc_buf *out, nkc_str text, unsigned flags);

/*
 * Appends an address (URL, DOI) as it is: \url and biblatex read it verbatim. Braces, backslashes, white space and
 * controls, which no address may hold, are percent-encoded, with ASCII also what is not ASCII (RFC 3987, 3.1); then
 * it returns false.
 */
bool nkc_latex_put_address(nkc_buf *out, nkc_str text, unsigned flags);

/* Is it UTF-8 that biber takes: without noncharacters (U+FFFE, U+FDD0 ...)? */
bool nkc_latex_is_clean(nkc_str text);

#endif
