/*
 * convert.h: one text through a reader and a writer, in memory, by the public interface only.
 */
#ifndef NKC_TESTS_CONVERT_H
#define NKC_TESTS_CONVERT_H

#include <nkcite/format.h>

/*
 * Appends to `out` what `to` makes of the records that `from` finds in text. The first status that is not
 * NKC_OK ends it and is given back. *count (may be NULL) is how many records were written.
 */
nkc_status convert_text(const nkc_format *from, const nkc_format *to, nkc_str text, nkc_buf *out,
                        nkc_diags *diags, size_t *count);

#endif
