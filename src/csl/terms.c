#include "csl/locale.h"

#include <pthread.h>

static const nkc_str names[] = {
	[CSL_TERM_NONE] = NKC_STR_INIT(""),
#define CSL_TERM(symbol, name) [CSL_TERM_##symbol] = NKC_STR_INIT(name),
#include "csl/terms.def"
#undef CSL_TERM
};

/* A hash table of all names, filled once. */
#define SLOTS 1024
static uint16_t slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static size_t slot_of(nkc_str name)
{
	uint32_t h = (uint32_t)name.len * 0x9E3779B1u;
	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)name.ptr[i]) * 0x01000193u;
	return (h ^ h >> 15) % SLOTS;
}

static void fill_slots(void)
{
	for (unsigned i = 1; i < CSL_TERM_KNOWN; i++) {
		size_t at = slot_of(names[i]);
		while (slots[at])
			at = (at + 1) % SLOTS;
		slots[at] = (uint16_t)i;
	}
}

/* "sub verbo" is the name before CSL 1.0.2. */
csl_term csl_term_find(nkc_str name)
{
	pthread_once(&slots_once, fill_slots);
	for (size_t at = slot_of(name); slots[at]; at = (at + 1) % SLOTS) {
		if (nkc_str_eq(names[slots[at]], name))
			return slots[at] == CSL_TERM_SUB_VERBO_SPACE ? CSL_TERM_SUB_VERBO : slots[at];
	}
	return CSL_TERM_NONE;
}

nkc_str csl_term_name(csl_term term)
{
	return names[term < CSL_TERM_KNOWN ? term : CSL_TERM_NONE];
}

bool csl_term_is_ordinal(csl_term term)
{
	return term >= CSL_TERM_ORDINAL && term <= CSL_TERM_ORDINAL_99;
}
