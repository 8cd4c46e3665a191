/*
 * values.h: names, dates and lists of words between the text that formats have them in and the JSON values of an item.
 */
#ifndef NKC_SRC_FORMAT_VALUES_H
#define NKC_SRC_FORMAT_VALUES_H

#include "format/format.h"

/* The text of a member; empty when it is not there or no text. */
nkc_str nkc_item_text(const nkc_value *item, nkc_var var);
nkc_value *nkc_item_get(const nkc_value *item, nkc_var var);
nkc_type nkc_item_type(const nkc_value *item);

/* Adds a text (trimmed; nothing when it is empty) unless the variable is there. */
void nkc_item_add_text(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_str text);
/* The same of a text that a file has on several lines: one line, but of an abstract or note. */
void nkc_item_add_line(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_str text);
/* Appends a name to the list of a name variable; nothing for NULL. */
void nkc_item_add_name(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_value *name);
/* Adds a value unless it is NULL or the variable is there. */
void nkc_item_add(nkc_value *item, nkc_var var, nkc_value *value);

/*
 * "Gogh, Vincent van, Jr." as most formats have it: particles that stay before the family name, those that drop behind
 * the given names. An organisation is its literal text. Appends nothing for a name without parts.
 */
void nkc_name_put_text(nkc_buf *out, const nkc_value *name);
/* The other way round; a text without a comma is an organisation's (or a name of one word). NULL for blank text. */
nkc_value *nkc_name_read_text(nkc_arena *arena, nkc_str text);

/* The texts of a CSL name object; they are borrowed. */
nkc_name nkc_name_of(const nkc_value *name);

/* EDTF, if the CSL date object has that form, or a raw date that can be read. */
bool nkc_date_put_edtf(nkc_buf *out, const nkc_value *date);
/*
 * A CSL date object from EDTF or from words of a citation: "2014-11-03T10:00Z", "2014/11/3", "3 November 2014", "Nov. 3,
 * 2014", "November 2014", "c. 1900". Text that is none of these is a literal date. NULL for blank text.
 */
nkc_value *nkc_date_read_text(nkc_arena *arena, nkc_str text);

/* Words in CSL's `keyword` are parted by semicolons, or by commas if there are none. */
char nkc_keyword_separator(nkc_str list);
bool nkc_keyword_next(nkc_str *rest, char separator, nkc_str *word);
/* Adds the texts of an array as `keyword`. */
void nkc_item_add_keywords(nkc_value *item, nkc_arena *arena, const nkc_value *words);

/* Releases a text that was made for `out`, which fails if the text did. */
void nkc_text_done(nkc_buf *text, nkc_buf *out);

#endif
