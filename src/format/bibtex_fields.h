/*
 * bibtex_fields.h: what is a field of a .bib entry, for BibTeX, BibLaTeX and Zotero's reader of both.
 *
 * Facts for both directions: bibtex_fields.def has one line for each field, bibtex_types.def one for each
 * entry type.
 */
#ifndef NKC_SRC_FORMAT_BIBTEX_FIELDS_H
#define NKC_SRC_FORMAT_BIBTEX_FIELDS_H

#include <nkcite/format.h>
#include <nkcite/variables.h>

typedef enum nkc_bib_dialect {
	NKC_BIBTEX,
	NKC_BIBLATEX,
	NKC_BIB_ZOTERO, /* what Zotero's importer takes in (it has one for both) */
	NKC_BIB_DIALECTS
} nkc_bib_dialect;

/* How the value of a field is written; bibtex_write.c has a function for each. */
typedef enum nkc_bib_how {
	NKC_BIB_TEXT,
	NKC_BIB_TITLE,     /* text in which braces are nocase spans */
	NKC_BIB_LINES,     /* text whose line breaks are kept */
	NKC_BIB_LIST,      /* text in a list field of BibLaTeX, where " and " separates */
	NKC_BIB_NAMES,
	NKC_BIB_ROLE,      /* names in editora and its like, with the role's name beside */
	NKC_BIB_ADDRESS,   /* verbatim */
	NKC_BIB_INTEGER,   /* must be one for BibLaTeX */
	NKC_BIB_PAGES,
	NKC_BIB_EDITION,
	NKC_BIB_GENRE,
	NKC_BIB_PUBLISHED, /* howpublished: the address in \url, or the outlet when there is none */
	NKC_BIB_NOTE,      /* lines, with the outlet in front when howpublished holds the address */
	NKC_BIB_EPRINT,    /* with its eprinttype beside; an archive_location when the archive is arXiv */
	NKC_BIB_ISBN,
	NKC_BIB_ISSN,
	NKC_BIB_LANGUAGE,
	NKC_BIB_DATE
} nkc_bib_how;

/* Sets of item types, one bit each; bit 0 stands for a type that CSL does not know. */
typedef uint64_t nkc_bib_types;
#define NKC_BIB_TYPE(type) (UINT64_C(1) << (type))

typedef struct nkc_bib_field {
	nkc_var var;
	nkc_bib_how how;
	const char *name[NKC_BIB_DIALECTS]; /* NULL: the dialect has no field for it */
	nkc_bib_types types[NKC_BIB_DIALECTS];
} nkc_bib_field;

/* The fields in the order in which they are written. */
extern const nkc_bib_field nkc_bib_fields[];
extern const size_t nkc_bib_field_count;

/* The field of a variable in items of that type; NULL when the dialect has none. */
const nkc_bib_field *nkc_bib_field_find(nkc_bib_dialect dialect, nkc_type type, nkc_var var);

typedef struct nkc_bib_entry {
	nkc_type type;
	const char *name[NKC_BIB_DIALECTS]; /* NULL: the line is not for that dialect */
	nkc_var needs;                      /* the line is for items that have this variable; NKC_VAR_NONE: for all */
	const char *subtype;                /* value of entrysubtype; NULL: what the entry type says by itself */
} nkc_bib_entry;

extern const nkc_bib_entry nkc_bib_entries[];
extern const size_t nkc_bib_entry_count;

/* The entry type for an item of that type; `has` tells which variables the item has (NULL: none). Never NULL. */
const nkc_bib_entry *nkc_bib_entry_find(nkc_bib_dialect dialect, nkc_type type, nkc_value *const *has);

/* The field that holds, as one JSON object of CSL members, what the dialect has no exact field for. */
const char *nkc_bib_rest_name(nkc_bib_dialect dialect);

/* BibLaTeX's maintitle, when there is one, beside it the volume's title: TITLE, CONTAINER_TITLE or, for others, NONE. */
nkc_var nkc_bib_title_of_whole(nkc_type type);

/* Does `pages` in an entry of that type say how many there are: a plain number, of a whole? (Zotero, Google Scholar) */
bool nkc_bib_counts_pages(nkc_type type, nkc_str pages);

/* PMID or PMCID where a note is nothing but one of them, "PMID: 23439512", as Zotero writes it; its number. Else NONE. */
nkc_var nkc_bib_noted_identifier(nkc_str note, nkc_str *number);

/* The babel name of a BCP 47 language tag ("en-GB": "british"); NULL when babel has none. */
const char *nkc_bib_babel_name(nkc_str tag);

/* The tag of a babel name ("american": "en-US"); NULL when it is none. */
const char *nkc_bib_language_tag(nkc_str babel);

/* What a descriptor answers (format.h). */
nkc_carry nkc_bib_carry_var(nkc_bib_dialect dialect, nkc_type type, nkc_var var, const char **where);
nkc_carry nkc_bib_carry_type(nkc_bib_dialect dialect, nkc_type type, const char **where);

#endif
