/*
 * names.h: reading name variables (the public part is in record.h).
 */
#ifndef NKC_RECORD_NAMES_H
#define NKC_RECORD_NAMES_H

#include <nkcite/record.h>

/*
 * The names of a name variable: an array of name objects or of texts ("Wertz,
 * Daniel"), or one of them alone. What names nobody (no family, given or literal)
 * is left out. *names lives in the arena and borrows its texts from the values.
 * Returns how many; 0, too, when memory is out (the arena knows).
 */
size_t nkc_names_read(const nkc_value *list, nkc_arena *arena, const nkc_name **names);

#endif
