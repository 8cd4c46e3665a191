/*
 * json_patch.h: a changed JSON value in its old text.
 */
#ifndef NKC_SRC_BASE_JSON_PATCH_H
#define NKC_SRC_BASE_JSON_PATCH_H

#include <nkcite/value.h>

/*
 * Appends `text`, which is what nkc_value_parse made `was` of, with what `now` says. `now` is `was` with values that
 * have other content (nkc_value_become), members with other names, and without some of them; the others stand where they
 * stood. Only what differs is written anew: white space, order and escapes of all else stay.
 */
void nkc_json_patch(nkc_str text, const nkc_value *was, const nkc_value *now, nkc_buf *out);

#endif
