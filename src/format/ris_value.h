/*
 * ris_value.h: how names, dates and long texts are written in RIS, as read. The writer asks here whether what it wrote
 * will be read as it was meant.
 */
#ifndef NKC_SRC_FORMAT_RIS_VALUE_H
#define NKC_SRC_FORMAT_RIS_VALUE_H

#include <nkcite/record.h>

/*
 * A name: "Family, Given, Suffix". Words at the head of the family name, or at the end of the given names, that begin with
 * a-z are particles ("van der Berg, Jan"; "Tocqueville, Alexis de"). A comma at the end, or several words without one, is
 * an organisation. Its texts are parts of `text`.
 */
void nkc_ris_read_name(nkc_str text, nkc_name *name);

/*
 * A date: YYYY/MM/DD/other, where other may be a season, "circa" or "to 2020-03-09"; EDTF; or what people and databases
 * write ("May 6, 2020"). What is none of these is a literal. Years are CSL's: -0044 is 44 BCE.
 */
void nkc_ris_read_date(nkc_str text, nkc_date *date);

/* Do the two say the same, whatever they were read from? */
bool nkc_ris_same_name(const nkc_name *a, const nkc_name *b);
bool nkc_ris_same_date(const nkc_date *a, const nkc_date *b);

/*
 * The variable that the tag of `var` stands for with that value: SN is an ISBN, an ISSN or the number of a report by its
 * form, M3 may be a DOI, SP pages where a book has their number.
 */
nkc_var nkc_ris_by_value(nkc_var var, nkc_str tag, nkc_str value);

/* Were the lines of a long text cut by a program at some 80 columns, so that they belong to one paragraph? */
bool nkc_ris_is_wrapped(nkc_str text);

#endif
