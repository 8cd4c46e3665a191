/*
 * identifier.h: the forms and check digits of DOI, ISBN, ISSN, PMID, PMCID, ORCID iD and arXiv identifiers.
 *
 * Each function judges one identifier without anything around it but what its own comment allows. Nothing allocates.
 */
#ifndef NKC_RECORD_IDENTIFIER_H
#define NKC_RECORD_IDENTIFIER_H

#include <nkcite/base.h>

typedef enum nkc_id_result {
	NKC_ID_GOOD,
	NKC_ID_FORM, /* wrong length or characters */
	NKC_ID_CHECK /* the form is right, the check digit is not */
} nkc_id_result;

/* The DOI behind "doi:", "DOI 10..", "https://doi.org/" and the like; the text itself when nothing is in front. */
nkc_str nkc_doi_bare(nkc_str text);
/* "10.", registrant, "/", suffix without white space (ISO 26324; DOI Handbook 2.2). */
bool nkc_doi_is_valid(nkc_str doi);

/* Digits (and a last X) of an identifier with hyphens and spaces between them; the longest is an ORCID iD. */
#define NKC_ID_DIGITS_MAX 16
typedef struct nkc_id_digits {
	char text[NKC_ID_DIGITS_MAX + 1]; /* upper-case X */
	size_t count;
	char expected; /* the check digit that the others ask for; '\0' when the form is wrong */
} nkc_id_digits;

/* ISO 2108: ten or thirteen digits; hyphens (U+002D, U+2010 to U+2015) and spaces between them are passed over. */
nkc_id_result nkc_isbn_check(nkc_str text, nkc_id_digits *digits);
/* The thirteen digits of a valid ISBN into isbn13, of 14 bytes; false when it is not valid. */
bool nkc_isbn_13(nkc_str text, char *isbn13);
/* ISO 3297: eight digits, with or without a hyphen in the middle. */
nkc_id_result nkc_issn_check(nkc_str text, nkc_id_digits *digits);
/* ISO 27729 and ISO/IEC 7064 MOD 11-2: sixteen digits, bare, hyphened, or behind https://orcid.org/. */
nkc_id_result nkc_orcid_check(nkc_str text, nkc_id_digits *digits);

/* One to eight digits that do not begin with 0. */
bool nkc_pmid_is_valid(nkc_str text);
/* The number behind "PMID:" or an address; empty when there is no valid one. */
nkc_str nkc_pmid_bare(nkc_str text);
/* "PMC" and such a number. */
bool nkc_pmcid_is_valid(nkc_str text);
/* The number behind "PMC", "PMCID:" or an address; empty when there is no valid one. */
nkc_str nkc_pmcid_number(nkc_str text);
/* Without "arXiv:": 2101.00001v2, 0704.0001, hep-th/9901001, math.GT/0309136. */
bool nkc_arxiv_is_valid(nkc_str text);

#endif
