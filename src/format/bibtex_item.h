/*
 * bibtex_item.h: the CSL item that an entry of a .bib file means: bibtex_fields.def and bibtex_types.def run
 * backwards, with what other programs write.
 *
 * A field that is not known goes into custom.bibtex under its name, as it stood, and is written back from there.
 */
#ifndef NKC_SRC_FORMAT_BIBTEX_ITEM_H
#define NKC_SRC_FORMAT_BIBTEX_ITEM_H

#include "format/bibtex_fields.h"
#include "format/bibtex_scan.h"
#include "format/latex_read.h"

/* What making items needs; one for a reader. */
typedef struct nkc_bib_maker {
	nkc_bib_dialect file; /* NKC_BIBTEX or NKC_BIBLATEX: what the file is, where an entry does not tell */
	nkc_latex_table *table;
	struct nkc_bib_index *index; /* the fields by name */
	nkc_buf text;
	nkc_arena *arena; /* of the record under work */
	nkc_bib_dialect dialect; /* of the entry */
	bool useprefix; /* particles are non-dropping */
} nkc_bib_maker;

/* NKC_ENOMEM. To be released in any case. */
nkc_status nkc_bib_maker_init(nkc_bib_maker *maker, nkc_bib_dialect file);
void nkc_bib_maker_release(nkc_bib_maker *maker);

/* The value of the first field of that name; empty when there is none. */
nkc_str nkc_bib_raw_get(const nkc_bib_raw *raw, const char *name);

/*
 * Makes the item in the arena; *own is the text of nkcite's own object, empty when there is none. NULL when memory
 * is out.
 */
nkc_value *nkc_bib_item(nkc_bib_maker *maker, const nkc_bib_raw *raw, nkc_arena *arena, nkc_str *own);

/* Names of fields are kept up to so many bytes. */
#define NKC_BIB_NAME_MAX 40

/* Does a reader make more of a field of that name (in small letters) than to keep it in custom.bibtex? */
bool nkc_bib_is_known(nkc_str name);

/* The text that LaTeX means, borrowed or in the maker's arena. */
nkc_str nkc_bib_decode(nkc_bib_maker *maker, nkc_str latex, unsigned flags);

/* Is a name that is written so a literal: one group in braces, and no special character? */
bool nkc_bib_is_literal(nkc_str latex);

/* A list of names; NULL when it names nobody. *others: it ends in "and others". */
nkc_value *nkc_bib_read_names(nkc_bib_maker *maker, nkc_str latex, bool *others);

/* A date from an EDTF text, and one from year, month and day; NULL when they say nothing. */
nkc_value *nkc_bib_read_date(nkc_bib_maker *maker, nkc_str text);
nkc_value *nkc_bib_read_year(nkc_bib_maker *maker, nkc_str year, nkc_str month, nkc_str day);

/* The item type of an entry type and its entrysubtype; *dialects has a bit for each that the two are of. */
nkc_type nkc_bib_type_find(nkc_str entry, nkc_str subtype, unsigned *dialects);

#endif
