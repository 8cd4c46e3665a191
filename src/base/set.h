/*
 * set.h: a set of 64-bit fingerprints, and the fingerprint of a text.
 *
 * For "have I seen this key?" over millions of keys: eight bytes each. Two texts
 * may share a fingerprint (about one chance in forty million among a million keys),
 * so use it only where that does no harm.
 */
#ifndef NKC_SRC_BASE_SET_H
#define NKC_SRC_BASE_SET_H

#include <nkcite/base.h>

typedef struct nkc_set {
	uint64_t *slots; /* 0: free */
	uint32_t *values; /* beside the slots when the set is a map; else NULL */
	size_t cap;      /* a power of two, or 0 */
	size_t count;
	bool is_map;
} nkc_set;

#define NKC_SET_INIT { NULL, NULL, 0, 0, false }
#define NKC_MAP_INIT { NULL, NULL, 0, 0, true }

/* Of a text, for a set; never 0. It differs from run to run, so no output may follow from it. */
uint64_t nkc_hash(nkc_str text, uint64_t seed);
/* The same on every machine and run, for made-up names. Who wants to can make two texts share it. */
uint64_t nkc_fingerprint(nkc_str text, uint64_t seed);

void nkc_set_release(nkc_set *set);
bool nkc_set_has(const nkc_set *set, uint64_t hash);
/* Brings the place of a fingerprint near. Of large sets it is far: call this some work ahead of the question. */
void nkc_set_fetch(const nkc_set *set, uint64_t hash);
/* The number that a map has for the fingerprint; 0: none. */
uint32_t nkc_set_get(const nkc_set *map, uint64_t hash);
/*
 * Puts the fingerprint in. *added tells whether it is new. In a map *value points to its number (0 when
 * new), valid until the next call; value may be NULL. NKC_ENOMEM.
 */
nkc_status nkc_set_add(nkc_set *set, uint64_t hash, bool *added, uint32_t **value);

#endif
