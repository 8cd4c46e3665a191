/*
 * keys.h: keys that must not stand twice in a file.
 */
#ifndef NKC_SRC_FORMAT_KEYS_H
#define NKC_SRC_FORMAT_KEYS_H

#include "base/set.h"

#include <nkcite/buf.h>

typedef struct nkc_keys {
	nkc_set seen;
	nkc_set twice; /* how often a key has come back */
	bool nocase;
} nkc_keys;

void nkc_keys_init(nkc_keys *keys, bool nocase);
void nkc_keys_release(nkc_keys *keys);

/* A key that nkc_keys_make_unique will be asked about some work later: brings its place in memory near. */
void nkc_keys_fetch(const nkc_keys *keys, nkc_str key);

/*
 * Notes the key at out[at..at + length]. One that was there before gets a suffix (-a, -b, ...) in place;
 * *added is how many bytes that took, 0 for none.
 */
nkc_status nkc_keys_make_unique(nkc_keys *keys, nkc_buf *out, size_t at, size_t length, size_t *added);

#endif
