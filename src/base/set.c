#include <config.h>

#include "base/set.h"

#include "base/mem.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>
#ifdef HAVE_SYS_RANDOM_H
#include <sys/random.h> /* getentropy stands here or in unistd.h */
#endif

static uint64_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	return h;
}

/*
 * Drawn once a process: who does not know it cannot make texts that share a fingerprint, or fingerprints that crowd in
 * one corner of a set.
 */
static uint64_t secret;

static void draw_secret(void)
{
#ifdef HAVE_GETENTROPY
	if (getentropy(&secret, sizeof secret) == 0)
		return;
#endif
	secret = mix((uint64_t)time(NULL)) ^ (uint64_t)(uintptr_t)&draw_secret ^ (uint64_t)getpid() << 32;
}

/* Eight bytes, the first the lowest, on any machine; compilers make one load of it. */
static inline uint64_t load8(const char *text)
{
	const unsigned char *b = (const unsigned char *)text;
	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
	       (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

uint64_t nkc_fingerprint(nkc_str text, uint64_t seed)
{
	const uint64_t step = 0x9E3779B97F4A7C15u;
	uint64_t h = mix(seed + step) ^ (text.len * step);
	size_t at = 0;
	for (; text.len - at >= 8; at += 8)
		h = mix(h ^ load8(text.ptr + at)) + step;
	uint64_t tail = 0;
	for (unsigned i = 0; at + i < text.len; i++)
		tail |= (uint64_t)(unsigned char)text.ptr[at + i] << (8 * i);
	h = mix(h ^ tail);
	return h ? h : 1;
}

uint64_t nkc_hash(nkc_str text, uint64_t seed)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, draw_secret);
	return nkc_fingerprint(text, mix(seed + 1) ^ secret);
}

void nkc_set_release(nkc_set *set)
{
	nkc_free(set->slots);
	nkc_free(set->values);
	*set = (nkc_set){ .is_map = set->is_map };
}

/* Where the fingerprint is, or would go. */
static size_t find_slot(const nkc_set *set, uint64_t hash)
{
	size_t at = (size_t)hash & (set->cap - 1);
	while (set->slots[at] && set->slots[at] != hash)
		at = (at + 1) & (set->cap - 1);
	return at;
}

bool nkc_set_has(const nkc_set *set, uint64_t hash)
{
	return set->cap && set->slots[find_slot(set, hash)] == hash;
}

void nkc_set_fetch(const nkc_set *set, uint64_t hash)
{
	if (set->cap)
		__builtin_prefetch(&set->slots[(size_t)hash & (set->cap - 1)], 1);
}

uint32_t nkc_set_get(const nkc_set *map, uint64_t hash)
{
	size_t at = map->cap ? find_slot(map, hash) : 0;
	return map->cap && map->slots[at] == hash ? map->values[at] : 0;
}

static nkc_status grow(nkc_set *set)
{
	nkc_set wide = { .cap = set->cap ? set->cap * 2 : 64, .count = set->count, .is_map = set->is_map };
	wide.slots = nkc_calloc(wide.cap, sizeof *wide.slots);
	wide.values = set->is_map ? nkc_calloc(wide.cap, sizeof *wide.values) : NULL;
	if (!wide.slots || (set->is_map && !wide.values)) {
		nkc_set_release(&wide);
		return NKC_ENOMEM;
	}
	for (size_t i = 0; i < set->cap; i++) {
		if (!set->slots[i])
			continue;
		size_t at = find_slot(&wide, set->slots[i]);
		wide.slots[at] = set->slots[i];
		if (set->is_map)
			wide.values[at] = set->values[i];
	}
	nkc_set_release(set);
	*set = wide;
	return NKC_OK;
}

nkc_status nkc_set_add(nkc_set *set, uint64_t hash, bool *added, uint32_t **value)
{
	if (set->count >= set->cap - set->cap / 4) {
		nkc_status status = grow(set);
		if (status)
			return status;
	}
	size_t at = find_slot(set, hash);
	*added = set->slots[at] == 0;
	set->slots[at] = hash;
	set->count += *added;
	if (value)
		*value = set->is_map ? &set->values[at] : NULL;
	return NKC_OK;
}
