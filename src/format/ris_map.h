/*
 * ris_map.h: which RIS tag holds which CSL variable in an item of which type, and which TY is which type.
 *
 * One table, used in both directions. It follows what the importers of Zotero and EndNote read; where Mendeley and
 * JabRef read something else, `target` asks for their dialect. Reading goes by the plain dialect (NKC_TARGET_ANY).
 */
#ifndef NKC_SRC_FORMAT_RIS_MAP_H
#define NKC_SRC_FORMAT_RIS_MAP_H

#include <nkcite/format.h>

/* How a value stands behind its tag. */
typedef enum nkc_ris_form {
	NKC_RIS_TEXT,  /* one line */
	NKC_RIS_LINES, /* text that goes on in the lines below, up to the next tag */
	NKC_RIS_NAMES, /* a line a name: Family, Given, Suffix; an organisation ends in a comma */
	NKC_RIS_DATE,  /* YYYY/MM/DD/other */
	NKC_RIS_ISSUED, /* the same, and the year alone in PY */
	NKC_RIS_EDTF,  /* YYYY-MM-DD */
	NKC_RIS_RANGE, /* pages: the first behind SP, the last behind EP */
	NKC_RIS_WORDS, /* a line a keyword */
	NKC_RIS_LINK   /* a URL */
} nkc_ris_form;

typedef struct nkc_ris_line {
	nkc_var var;
	nkc_var instead_of; /* written only where this variable is absent; NKC_VAR_NONE: always */
	nkc_ris_form form;
	bool exact;         /* a reader that knows the type makes this variable of the tag */
	char tag[3];
} nkc_ris_line;

/* So many variables stand in tags of their own, whatever the type: the table has no more rows. */
#define NKC_RIS_LINES_MAX 128

/* What an item of that type is written as, in order. Returns how many lines, at most NKC_RIS_LINES_MAX. */
size_t nkc_ris_plan(nkc_type type, nkc_target target, nkc_ris_line *lines);

/* The variable that the tag means in an item of that type, or NKC_VAR_NONE. */
nkc_var nkc_ris_var(nkc_type type, const char *tag);

/*
 * Is there a tag for the variable in items of that type? *where becomes the tag, a static text. NKC_TYPE_NONE asks for the
 * one that most types have.
 */
bool nkc_ris_carry(nkc_type type, nkc_var var, const char **where);

/* The TY of a type, never NULL; and the type that a TY means, or NKC_TYPE_NONE. */
const char *nkc_ris_ty(nkc_type type, nkc_target target);
nkc_type nkc_ris_type(nkc_str ty);

/* Is it printed in a journal, magazine or newspaper, whose name a reader takes from an abbreviation where it has no other? */
bool nkc_ris_has_journal(nkc_type type);

/* The type that comes out when Zotero reads what is written for it. */
nkc_type nkc_ris_zotero_makes(nkc_type type);

#endif
