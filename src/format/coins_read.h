/*
 * coins_read.h: a ContextObject as an item.
 */
#ifndef NKC_SRC_FORMAT_COINS_READ_H
#define NKC_SRC_FORMAT_COINS_READ_H

#include "format/coins.h"

/* The item of a ContextObject, unescaped. NULL when it is none of a form that is known, or memory is out. */
nkc_value *nkc_coins_get(nkc_arena *arena, nkc_str text);

#endif
