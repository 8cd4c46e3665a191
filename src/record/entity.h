/*
 * entity.h: character references of HTML left in text: "&amp;", "&#8217;", "&#x2019;".
 */
#ifndef NKC_RECORD_ENTITY_H
#define NKC_RECORD_ENTITY_H

#include <nkcite/base.h>

/*
 * The reference at text[at], which is '&': its length, and the character it stands for. 0 when none is there: a
 * name must be one of HTML 4.01's, a number a character that XML 1.0 can hold.
 */
size_t nkc_entity_read(nkc_str text, size_t at, uint32_t *rune);

#endif
