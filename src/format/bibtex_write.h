/*
 * bibtex_write.h: writing .bib entries, for BibTeX and BibLaTeX.
 *
 * What has a field of its own goes there (bibtex_fields.def). What has none, or what that field cannot give
 * back exactly, goes into one field more, as one JSON object of CSL members: `nkcite` for BibTeX, whose styles
 * ignore fields that they do not know, and `verbc` for BibLaTeX, whose data model leaves that field to its users.
 *
 *   nkcite = {{"dimensions":"12 x 8 cm","issued":"2013-11-15/2013-11-17"}},
 *
 * Braces within its texts are written \u007b and \u007d, so that they count as balanced. To read an entry back:
 * take the item type from bibtex_types.def and the variables from bibtex_fields.def, undo what the comments in
 * latex.h, bibtex_names.c, bibtex_dates.c and bibtex_write.c say, then put each member of the object in the
 * place of what the fields said; a member that is null takes a variable away.
 */
#ifndef NKC_SRC_FORMAT_BIBTEX_WRITE_H
#define NKC_SRC_FORMAT_BIBTEX_WRITE_H

#include "format/bibtex_fields.h"
#include "format/format.h"

/* An entry being written. */
typedef struct nkc_bib {
	nkc_writer *writer;
	nkc_record *record;
	nkc_buf *out;
	nkc_bib_dialect format;  /* of the file: NKC_BIBTEX or NKC_BIBLATEX */
	nkc_bib_dialect dialect; /* whose fields are used: that of the format, or NKC_BIB_ZOTERO */
	unsigned latex;          /* flags of nkc_latex_put */
	const nkc_bib_entry *entry;
	bool exact[NKC_VAR_COUNT];    /* a field gives the variable back as it is */
	bool native[NKC_VAR_COUNT];   /* a field holds it, exactly or not */
	bool taken_away[NKC_VAR_COUNT]; /* a field seems to hold it, but the item has none */
	bool dropping[NKC_VAR_COUNT]; /* the names have dropping particles */
	bool non_dropping;            /* some name has a non-dropping particle */
	unsigned roles;               /* of editora, editorb, editorc in use */
	bool has_eprint;
} nkc_bib;

/* "  name = {" and "},\n" */
void nkc_bib_begin(nkc_bib *bib, const char *name);
void nkc_bib_end(nkc_bib *bib);

/* The text of a string or number, as UTF-8. False when it is another kind of value, or empty. */
bool nkc_bib_text(const nkc_bib *bib, const nkc_value *value, nkc_str *text, bool *exact);

/* Each writes a field (or none) and returns whether it gives the variable back exactly. */
bool nkc_bib_put_names(nkc_bib *bib, const char *name, nkc_var var);
bool nkc_bib_put_date(nkc_bib *bib, const char *name, const nkc_value *value);

/* The key and the fields of a record: the `record` operation of both writers. */
void nkc_bib_put_entry(nkc_writer *writer, nkc_record *record, nkc_bib_dialect format, nkc_buf *out);

/* Does it look like a .bib file? (nkc_format.sniff) */
int nkc_bib_sniff(nkc_str head, nkc_bib_dialect format);

#endif
