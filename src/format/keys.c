#include "format/keys.h"

void nkc_keys_init(nkc_keys *keys, bool nocase)
{
	*keys = (nkc_keys){ NKC_SET_INIT, NKC_MAP_INIT, nocase };
}

void nkc_keys_release(nkc_keys *keys)
{
	nkc_set_release(&keys->seen);
	nkc_set_release(&keys->twice);
}

/* Of the key in small letters, piece by piece. */
static uint64_t fingerprint_nocase(nkc_str key)
{
	char lower[256];
	uint64_t hash = 0;
	for (size_t at = 0; at < key.len; at += sizeof lower) {
		nkc_str piece = nkc_str_slice(key, at, at + sizeof lower);
		for (size_t i = 0; i < piece.len; i++) {
			char c = piece.ptr[i];
			lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		}
		hash = nkc_hash(nkc_str_make(lower, piece.len), hash);
	}
	return hash;
}

static uint64_t fingerprint(const nkc_keys *keys, nkc_str key)
{
	return keys->nocase ? fingerprint_nocase(key) : nkc_hash(key, 0);
}

void nkc_keys_fetch(const nkc_keys *keys, nkc_str key)
{
	nkc_set_fetch(&keys->seen, fingerprint(keys, key));
}

/* -a ... -z, -aa, ...: 1 is -a. */
static nkc_str suffix(uint32_t number, char text[static 16])
{
	size_t at = 16;
	for (; number; number = (number - 1) / 26)
		text[--at] = (char)('a' + (number - 1) % 26);
	text[--at] = '-';
	return nkc_str_make(text + at, 16 - at);
}

nkc_status nkc_keys_make_unique(nkc_keys *keys, nkc_buf *out, size_t at, size_t length, size_t *added)
{
	bool is_new;
	uint64_t first = fingerprint(keys, nkc_str_make(out->ptr + at, length));
	*added = 0;
	nkc_status status = nkc_set_add(&keys->seen, first, &is_new, NULL);
	/* The count is kept with the key, so that a file full of one key stays linear. */
	while (!status && !is_new) {
		uint32_t *times;
		char text[16];
		status = nkc_set_add(&keys->twice, first, &is_new, &times);
		if (status)
			break;
		nkc_str tail = suffix(++*times, text);
		nkc_buf_splice(out, at + length, *added, tail);
		*added = tail.len;
		status = nkc_buf_status(out);
		if (!status)
			status = nkc_set_add(&keys->seen, fingerprint(keys, nkc_str_make(out->ptr + at, length + tail.len)),
			                     &is_new, NULL);
	}
	return status;
}
