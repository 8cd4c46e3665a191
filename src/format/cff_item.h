/*
 * cff_item.h: works of the Citation File Format 1.2.0 (schema.json of its repository) and items.
 */
#ifndef NKC_SRC_FORMAT_CFF_ITEM_H
#define NKC_SRC_FORMAT_CFF_ITEM_H

#include "format/format.h"

/* The work of the file itself, which has fewer fields, and no others' types, or one that is referred to. */
typedef enum nkc_cff_work { NKC_CFF_ROOT, NKC_CFF_REFERENCE } nkc_cff_work;

/* What the file asks of readers, unless it has words of its own. */
#define NKC_CFF_MESSAGE "Please cite this work as given here."

/* A work that is valid by the schema. NULL when memory is out. */
nkc_value *nkc_cff_make(nkc_arena *arena, const nkc_value *item, nkc_cff_work work);
/* The item that a work shows; fields that say more stay in custom.cff. NULL when memory is out. */
nkc_value *nkc_cff_item(nkc_arena *arena, nkc_value *entry, nkc_cff_work work);

/* The `type` of a reference. */
const char *nkc_cff_type(nkc_type type);
nkc_type nkc_cff_type_read(nkc_str type);
/* The key of a variable in references to items of that type; NULL when there is none. */
const char *nkc_cff_key(nkc_type type, nkc_var var);

#endif
