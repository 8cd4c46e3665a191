/*
 * zotero.h: what an item in Zotero can hold, and how the rest gets there.
 *
 * Zotero gives each item type its own fields and roles; its readers drop the others in silence. What it drops can stand
 * in the field Extra, one `variable: value` a line, where Zotero finds it again when it cites ("Citing fields from
 * Extra" in its documentation).
 */
#ifndef NKC_SRC_FORMAT_ZOTERO_H
#define NKC_SRC_FORMAT_ZOTERO_H

#include <nkcite/format.h>

/* Does the Zotero item that comes of that CSL type have a field or role for the variable? */
bool nkc_zotero_holds(nkc_type type, nkc_var var);

/*
 * The type that Zotero takes an item for: that type itself, or for those it does not know the nearest that it
 * does.
 */
nkc_type nkc_zotero_type(nkc_type type);

/*
 * A name in Zotero's two fields: particles that stay go in front of the family name, those that drop and the suffix
 * behind the given names ("van Gogh"; "Martin Luther, Jr."). Zotero takes them apart again when it cites.
 */
void nkc_zotero_put_family(const nkc_name *name, nkc_buf *out);
void nkc_zotero_put_given(const nkc_name *name, nkc_buf *out);

/*
 * A season or a range in words of which Zotero makes out the first day: "Spring 2020", "1999/2004". False,
 * and nothing written, for any other date: its start alone says it all.
 */
bool nkc_zotero_put_date(const nkc_date *date, nkc_buf *out);

/*
 * Does its RIS reader keep a date of words as they are? Latin letters without four digits it takes for a day
 * in year 0.
 */
bool nkc_zotero_reads_words(nkc_str words);

/*
 * Appends the lines of Extra that carry the variable, each with a newline behind it: one, or of names one a
 * name. Nothing when it has no value or none that a citation uses. With NKC_VAR_TYPE: the line that makes
 * Zotero cite it as that type.
 */
void nkc_zotero_put_extra(nkc_record *record, nkc_var var, nkc_buf *out);
/* The same of a value of strict CSL-JSON. */
void nkc_zotero_put_extra_value(nkc_var var, const nkc_value *value, nkc_buf *out);

/*
 * Adds what Extra says to an item: variables that it lacks by such lines ("Original Date" is original-date),
 * the rest as its note.
 */
void nkc_zotero_read_extra(nkc_value *item, nkc_arena *arena, nkc_str text);

#endif
