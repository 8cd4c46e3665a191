/*
 * fields.h: field=value words.
 *
 * A field is a variable of CSL or one of nkcite's plain words. Names are
 * "Family, Given" for a person or the name of an organisation, and like lists
 * they may be given several times; dates are EDTF. absent.FIELD=REASON says why a
 * field is missing, from.FIELD=ORIGIN where its value was read.
 */
#ifndef NKC_SRC_CLI_FIELDS_H
#define NKC_SRC_CLI_FIELDS_H

#include <nkcite/record.h>

/* Sets what the word says. False when it says nothing that can be set; *fault tells why, for a usage error. */
bool cli_field_set(nkc_record *record, const char *word, nkc_buf *fault);

/*
 * The object custom.nkcite.provenance.<name>, made when there is none. NULL when memory is out, or when what
 * stands in its way is no object. After changing it: nkc_record_index.
 */
nkc_value *cli_field_origin(nkc_record *record, nkc_str name);

#endif
