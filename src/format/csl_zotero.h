/*
 * csl_zotero.h: the CSL-JSON that Zotero reads.
 */
#ifndef NKC_SRC_FORMAT_CSL_ZOTERO_H
#define NKC_SRC_FORMAT_CSL_ZOTERO_H

#include <nkcite/format.h>

/*
 * Rewrites the record in memory into the item that Zotero's CSL-JSON reader takes in with the least loss. What it has no
 * field for goes to Extra (the note). Each change that a reader of CSL-JSON would see is told.
 */
void nkc_csl_for_zotero(nkc_record *record, nkc_writer *writer);

#endif
