#include <config.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/library.h"

#include <nkcite/nearest.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static nkc_status visit_names(nkc_library *library, DIR *folder, nkc_name_visitor visit, void *context)
{
	nkc_status status = NKC_OK;
	struct dirent *entry;

	errno = 0;
	while (status == NKC_OK && (entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			status = visit(library, nkc_str_from(entry->d_name), context);
		errno = 0;
	}
	return status == NKC_OK && errno != 0 ? NKC_EIO : status;
}

nkc_status nkc_library_scan(nkc_library *library, nkc_name_visitor visit, void *context)
{
	/* Opened anew: a copy of the descriptor would share its place in the folder. */
	int file = openat(library->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = file >= 0 ? fdopendir(file) : NULL;
	nkc_status status;
	int reason;

	if (!folder) {
		reason = errno;
		if (file >= 0)
			(void)close(file);
		errno = reason;
		return NKC_EIO;
	}
	status = visit_names(library, folder, visit, context);
	reason = errno;
	(void)closedir(folder);
	errno = reason;
	return status;
}

static bool is_hidden(nkc_str name)
{
	return name.len > 0 && name.ptr[0] == '.';
}

/* The key of a record's file name; empty for any other name. */
static nkc_str key_of_name(nkc_str name)
{
	if (is_hidden(name) || !nkc_str_ends(name, NKC_STR(NKC_RECORD_ENDING)))
		return NKC_STR("");
	return nkc_str_slice(name, 0, name.len - (sizeof(NKC_RECORD_ENDING) - 1));
}

static nkc_status report_folder(const nkc_library *library, nkc_diags *diags)
{
	nkc_library_report(library, NKC_STR(""), diags, NKC_CODE_IO_READ, NULL, "cannot read the folder: %s",
	                   strerror(errno));
	return NKC_EIO;
}

/* --- the sorted list of keys --- */

typedef struct listing {
	nkc_diags *diags;
	size_t cap;
} listing;

static nkc_status append_key(nkc_library *library, listing *list, nkc_str key)
{
	if (library->key_count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 64;
		nkc_str *keys = nkc_realloc(library->keys, cap * sizeof(*keys));

		if (!keys)
			return NKC_ENOMEM;
		library->keys = keys;
		list->cap = cap;
	}
	library->keys[library->key_count++] = nkc_arena_str(library->arena, key);
	return nkc_arena_status(library->arena);
}

/* Says why the file's name is no key. */
static void report_name(nkc_library *library, nkc_str name, nkc_str key, nkc_diags *diags)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_source file;
	nkc_place place = { .source = &file };

	nkc_library_file(library, key, &path);
	file = nkc_source_make(nkc_buf_str(&path), NKC_STR(""));
	file.line = 0;
	if (nkc_str_ends(name, NKC_STR(NKC_RECORD_ENDING)))
		(void)nkc_key_check(key, &place, diags);
	else
		nkc_library_report(library, name, diags, NKC_CODE_LIBRARY_STRAY, NULL,
		                   "not a record: its name does not end in " NKC_RECORD_ENDING);
	nkc_buf_release(&path);
}

static nkc_status list_name(nkc_library *library, nkc_str name, void *context)
{
	listing *list = context;
	nkc_str key = key_of_name(name);

	if (is_hidden(name))
		return NKC_OK;
	if (nkc_key_check(key, NULL, NULL) == NKC_OK)
		return append_key(library, list, key);
	report_name(library, name, key, list->diags);
	return NKC_OK;
}

static int by_bytes(const void *a, const void *b)
{
	return nkc_str_cmp(*(const nkc_str *)a, *(const nkc_str *)b);
}

nkc_status nkc_library_keys(nkc_library *library, const nkc_str **keys, size_t *count, nkc_diags *diags)
{
	listing list = { diags, 0 };
	nkc_status status = NKC_OK;

	*keys = NULL;
	*count = 0;
	if (!library->listed) {
		nkc_free(library->keys);
		library->keys = NULL;
		library->key_count = 0;
		status = nkc_library_scan(library, list_name, &list);
		if (status == NKC_EIO)
			return report_folder(library, diags);
		if (status != NKC_OK)
			return status;
		if (library->key_count > 1)
			qsort(library->keys, library->key_count, sizeof(*library->keys), by_bytes);
		library->listed = true;
	}
	*keys = library->keys;
	*count = library->key_count;
	return NKC_OK;
}

nkc_status nkc_library_nearest(nkc_library *library, nkc_str key, nkc_buf *hint)
{
	nkc_nearest nearest;
	const nkc_str *keys;
	size_t count;
	nkc_status status = nkc_library_keys(library, &keys, &count, NULL);

	nkc_nearest_init(&nearest, key);
	for (size_t i = 0; i < count; i++)
		nkc_nearest_offer(&nearest, keys[i]);
	nkc_nearest_hint(&nearest, hint);
	return status;
}

/* --- names that file systems take for the same --- */

nkc_status nkc_key_fold(nkc_str key, nkc_buf *folded, uint64_t *hash)
{
	nkc_status status = NKC_OK;

	nkc_buf_clear(folded);
	if (nkc_utf8_has_high(key)) {
		status = nkc_text_fold(key, folded);
	} else {
		for (size_t i = 0; i < key.len; i++) {
			char c = key.ptr[i];

			nkc_buf_putc(folded, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
		}
	}
	*hash = nkc_hash(nkc_buf_str(folded), 0);
	return status == NKC_OK ? nkc_buf_status(folded) : status;
}

static nkc_status add_folded(nkc_set *set, nkc_str key, nkc_buf *scratch)
{
	uint64_t hash;
	bool added;
	nkc_status status = nkc_key_fold(key, scratch, &hash);

	return status == NKC_OK ? nkc_set_add(set, hash, &added, NULL) : status;
}

static nkc_status note_name(nkc_library *library, nkc_str name, void *context)
{
	nkc_str key = key_of_name(name);

	return key.len == 0 ? NKC_OK : add_folded(&library->names, key, context);
}

nkc_status nkc_library_read_names(nkc_library *library)
{
	nkc_buf scratch = NKC_BUF_INIT;
	nkc_status status;

	if (library->names_read)
		return NKC_OK;
	nkc_set_release(&library->names);
	status = nkc_library_scan(library, note_name, &scratch);
	nkc_buf_release(&scratch);
	library->names_read = status == NKC_OK;
	return status;
}

nkc_status nkc_library_add_name(nkc_library *library, nkc_str key)
{
	nkc_buf scratch = NKC_BUF_INIT;
	nkc_status status = library->names_read ? add_folded(&library->names, key, &scratch) : NKC_OK;

	nkc_buf_release(&scratch);
	return status;
}

typedef struct twin_search {
	nkc_str key;
	uint64_t hash;
	nkc_buf folded, scratch;
	nkc_buf *twin;
} twin_search;

static nkc_status compare_name(nkc_library *library, nkc_str name, void *context)
{
	twin_search *search = context;
	nkc_str key = key_of_name(name);
	uint64_t hash;
	nkc_status status = nkc_key_fold(key, &search->scratch, &hash);

	(void)library;
	if (status == NKC_OK && nkc_str_eq(nkc_buf_str(&search->scratch), nkc_buf_str(&search->folded)) &&
	    !nkc_str_eq(key, search->key)) {
		nkc_buf_clear(search->twin);
		nkc_buf_put_str(search->twin, key);
	}
	return status;
}

nkc_status nkc_library_find_twin(nkc_library *library, nkc_str key, nkc_buf *twin)
{
	twin_search search = { key, 0, NKC_BUF_INIT, NKC_BUF_INIT, twin };
	nkc_status status = nkc_library_read_names(library);

	nkc_buf_clear(twin);
	if (status == NKC_OK)
		status = nkc_key_fold(key, &search.folded, &search.hash);
	/* The names are but fingerprints, and know of no removals: the folder has the last word. */
	if (status == NKC_OK && nkc_set_has(&library->names, search.hash))
		status = nkc_library_scan(library, compare_name, &search);
	nkc_buf_release(&search.folded);
	nkc_buf_release(&search.scratch);
	if (status == NKC_OK)
		status = nkc_buf_status(twin);
	return status == NKC_OK && twin->len == 0 ? NKC_ENOTFOUND : status;
}

/* --- keys that are free --- */

/* a, ..., z, aa, ab, ...: the suffixes in their order; nothing for 0. */
static void put_suffix(nkc_buf *key, uint32_t number)
{
	char letters[8];
	size_t at = sizeof letters;

	for (; number > 0; number = (number - 1) / 26)
		letters[--at] = (char)('a' + (number - 1) % 26);
	nkc_buf_put(key, letters + at, sizeof letters - at);
}

/* Has nobody the key yet? A fingerprint that it shares by chance costs it no more than a suffix. */
static nkc_status claim(nkc_library *library, nkc_str key, nkc_buf *scratch, bool *free)
{
	uint64_t hash;
	nkc_status status = nkc_key_fold(key, scratch, &hash);

	*free = false;
	if (status != NKC_OK || nkc_set_has(&library->names, hash) || nkc_key_check(key, NULL, NULL) != NKC_OK)
		return status;
	return nkc_set_add(&library->proposed, hash, free, NULL);
}

nkc_status nkc_library_make_free(nkc_library *library, nkc_buf *key)
{
	nkc_buf scratch = NKC_BUF_INIT;
	size_t base = key->len;
	uint32_t *tried = NULL;
	bool added, free = false;
	nkc_status status = nkc_library_read_names(library);

	/* Without the count of suffixes that were tried, n records of one base would cost n squared. */
	if (status == NKC_OK)
		status = nkc_set_add(&library->bases, nkc_hash(nkc_buf_str(key), 0), &added, &tried);
	while (status == NKC_OK && !free) {
		nkc_buf_truncate(key, base);
		put_suffix(key, (*tried)++);
		status = nkc_buf_status(key);
		if (status == NKC_OK)
			status = claim(library, nkc_buf_str(key), &scratch, &free);
	}
	nkc_buf_release(&scratch);
	return status;
}
