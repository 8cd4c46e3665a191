/*
 * csljson.h: CSL-JSON items as the published schema has them; shared by csljson and csljsonl.
 */
#ifndef NKC_SRC_FORMAT_CSLJSON_H
#define NKC_SRC_FORMAT_CSLJSON_H

#include "format/format.h"

extern const nkc_reader_ops nkc_csljson_reader;

/* Writes the item as strict CSL-JSON; one member a line behind two spaces of indent, or all on one line. */
void nkc_csljson_put_item(nkc_writer *writer, nkc_record *record, bool one_line, nkc_buf *out);

/* What the schema can hold of names that hold more. NULL when memory is out. */
nkc_value *nkc_csljson_names(const nkc_value *list, nkc_arena *arena);

/*
 * Puts what the writer laid aside in custom.nkcite (csljson_write.c) back where it was, so that the item that was
 * written is the item that is read. What has changed since then stays: so do the values laid aside.
 */
void nkc_csljson_restore(nkc_record *record);

nkc_carry nkc_csljson_carry_var(nkc_type type, nkc_var var, const char **where);
nkc_carry nkc_csljson_carry_type(nkc_type type, const char **where);

#endif
