/*
 * tex.h: what a LaTeX document cites, as its .aux file says.
 *
 * The lines are those of LaTeX's kernel and natbib (\citation, \bibdata, \bibstyle, \@input), of biblatex (\abx@aux@cite, and its
 * control file .bcf), and of the package citation-style-language (\csl@aux@...; before its version 0.4 \csl@data and \csloptions).
 */
#ifndef NKCITE_TEX_H
#define NKCITE_TEX_H

#include <nkcite/cite.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_tex nkc_tex;

/* Who makes the document's citations. */
typedef enum nkc_tex_kind {
	NKC_TEX_BIBTEX,   /* LaTeX or natbib, with BibTeX or what stands in for it */
	NKC_TEX_BIBLATEX, /* biblatex, with Biber */
	NKC_TEX_CSL,      /* citation-style-language */
	NKC_TEX_CSL_OLD   /* the same before version 0.4 */
} nkc_tex_kind;

/* A citation of citation-style-language. */
typedef struct nkc_tex_citation {
	nkc_str id; /* "doe@1" */
	nkc_cite *cites;
	size_t count;
	uint32_t note;
	nkc_mode mode;
	unsigned section; /* "refsection" */
	bool uncited;     /* \nocite: for the bibliography alone */
} nkc_tex_citation;

/* Something that is said of a section: its style, data files, language. Empty: it is not said. */
typedef struct nkc_tex_section {
	unsigned number;
	nkc_str style, data, locale;
	bool listed; /* its bibliography is asked for */
	bool links;  /* hyperref is there */
} nkc_tex_section;

NKC_API nkc_status nkc_tex_new(nkc_tex **out, nkc_diags *diags);
NKC_API void nkc_tex_free(nkc_tex *tex);

/* Reads an .aux file; the text is borrowed. A line that ends inside a brace is a finding, and what is left of it counts not. */
NKC_API nkc_status nkc_tex_read(nkc_tex *tex, nkc_str text, nkc_str name);
/* The next file that \@input names and that was not given yet. */
NKC_API bool nkc_tex_next_input(nkc_tex *tex, nkc_str *file);
/* Reads a control file of biblatex (.bcf). NKC_ESYNTAX, with a finding: it is none. */
NKC_API nkc_status nkc_tex_read_control(nkc_tex *tex, nkc_str text, nkc_str name);

NKC_API nkc_tex_kind nkc_tex_get_kind(const nkc_tex *tex);
/* Names of data files, as they stand there, each once. */
NKC_API const nkc_str *nkc_tex_data(const nkc_tex *tex, size_t *count);
NKC_API const nkc_tex_citation *nkc_tex_citations(const nkc_tex *tex, size_t *count);
/* Sections in the order in which they are met; at least one. */
NKC_API const nkc_tex_section *nkc_tex_sections(const nkc_tex *tex, size_t *count);

/* The keys that are cited, each once, in order; borrowed until the next call of nkc_tex_wants. */
NKC_API const nkc_str *nkc_tex_keys(const nkc_tex *tex, size_t *count);
/* \nocite{*} */
NKC_API bool nkc_tex_wants_all(const nkc_tex *tex);
/* Is that key cited? It counts as found then. */
NKC_API bool nkc_tex_wants(nkc_tex *tex, nkc_str key);
NKC_API bool nkc_tex_has(const nkc_tex *tex, nkc_str key);
/* Where a key is first cited: a place in its .aux file. */
NKC_API nkc_place nkc_tex_place(const nkc_tex *tex, nkc_str key);

#ifdef __cplusplus
}
#endif

#endif
