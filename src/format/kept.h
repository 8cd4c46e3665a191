/*
 * kept.h: fields of a foreign entry, a tree of values, that say more than was read of them.
 *
 * What is understood is marked while it is read; a field with anything unmarked in it is kept whole, under its name, in
 * custom.<format>, and is written again as it was for as long as it says nothing that the item does not.
 */
#ifndef NKC_SRC_FORMAT_KEPT_H
#define NKC_SRC_FORMAT_KEPT_H

#include "format/format.h"

/* The member of an object; NULL when there is none. */
nkc_value *nkc_kept_member(const nkc_value *object, const char *key);
/* Marks a value that is no list as understood, and gives its text. */
nkc_str nkc_kept_use(nkc_value *value);
/* Keeps the fields of the entry that are not understood as a whole. */
void nkc_kept_keep(nkc_arena *arena, nkc_value *item, const char *format, nkc_value *entry);

/* The item that an entry of the format shows; marks what it understands. NULL when memory is out. */
typedef nkc_value *(*nkc_kept_read)(nkc_arena *arena, nkc_value *entry);

/* The entry that was made of the item, with the kept fields in it. */
nkc_value *nkc_kept_restore(nkc_arena *arena, nkc_value *entry, const nkc_value *item, const char *format,
                            nkc_kept_read read);

/* Has it more levels than a YAML text may have, some for what is around it taken off? */
bool nkc_kept_is_deep(const nkc_value *value);

#endif
