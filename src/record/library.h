/*
 * library.h (inner): what the files of the library share.
 *
 * library.c       open, read, load
 * library_save.c  save, remove, rename
 * library_keys.c  the folder's names: keys, twins, proposals, nearest
 * library_lock.c  one writer at a time
 * library_examine.c  the health of the folder as a whole
 */
#ifndef NKC_SRC_RECORD_LIBRARY_H
#define NKC_SRC_RECORD_LIBRARY_H

#include "base/set.h"

#include <nkcite/library.h>

#define NKC_RECORD_ENDING ".json"

struct nkc_library {
	char *path;  /* the folder that holds records/ */
	int folder;  /* records/, open as long as the library: no later rename of a folder leads elsewhere */
	nkc_buf text; /* scratch: the file last read */

	int lock_file; /* of the lock, where the folder itself cannot be locked; else -1 */
	unsigned lock_depth;

	nkc_arena *arena; /* of the keys */
	nkc_str *keys;
	size_t key_count;
	bool listed;

	/*
	 * What the files held when they were last read or written here: `seen` maps the fingerprint of a
	 * key to 1 + an index into stamps, the fingerprints of the contents.
	 */
	nkc_set seen;
	uint64_t *stamps;
	size_t stamp_count, stamp_cap;

	/* Fingerprints of the folded names in the folder; read anew after each lock. */
	nkc_set names;
	bool names_read;
	/* Fingerprints of what nkc_key_propose gave out; of its bases, with how many suffixes were tried. */
	nkc_set proposed, bases;
};

/* A finding about a file in records/ as a whole; name "" is the folder itself. The message is printf's. */
void nkc_library_report(const nkc_library *library, nkc_str name, nkc_diags *diags, nkc_code code,
                        const char *hint, const char *format, ...) NKC_PRINTF(6, 7);

/* A finding that names the nearest keys; NKC_ENOTFOUND. */
nkc_status nkc_library_report_unknown(nkc_library *library, nkc_str key, nkc_diags *diags);
/* A key that is safe, and its file name. */
typedef struct nkc_key_file {
	nkc_str key; /* borrowed */
	char name[NKC_KEY_MAX + sizeof NKC_RECORD_ENDING];
} nkc_key_file;
/* NKC_EINVALID with a finding at `place` when the key is not safe. */
nkc_status nkc_key_file_make(nkc_key_file *file, nkc_str key, const nkc_place *place, nkc_diags *diags);

/* Replaces *text by the content of the file. NKC_EIO with errno: ENXIO for what is no regular file. */
nkc_status nkc_library_read_file(const nkc_library *library, const char *name, nkc_buf *text);
/* Where the fingerprint of what the key's file last held is kept; 0 when it was not seen. NULL: out of memory. */
uint64_t *nkc_library_stamp(nkc_library *library, nkc_str key);
/* Remembers what the key's file holds. */
nkc_status nkc_library_see(nkc_library *library, nkc_str key, nkc_str text);

/* --- library_keys.c --- */

/* Called for each name (which a NUL ends) in records/, hidden ones too, but . and .. */
typedef nkc_status (*nkc_name_visitor)(nkc_library *library, nkc_str name, void *context);
/* One pass over the folder; ends early when a call does not give NKC_OK. NKC_EIO with errno. */
nkc_status nkc_library_scan(nkc_library *library, nkc_name_visitor visit, void *context);
/* The form of the key without regard to case and composition, in *folded, and its fingerprint. */
nkc_status nkc_key_fold(nkc_str key, nkc_buf *folded, uint64_t *hash);

/* Reads the folder for the names that follow, unless that was done under this lock. */
nkc_status nkc_library_read_names(nkc_library *library);
/*
 * Finds the record that differs from `key` only in case or composition into *twin (a copy). NKC_ENOTFOUND when
 * there is none.
 */
nkc_status nkc_library_find_twin(nkc_library *library, nkc_str key, nkc_buf *twin);
/* A record of that key was made. */
nkc_status nkc_library_add_name(nkc_library *library, nkc_str key);
/*
 * Puts on `key` the first suffix ("", "a", ... "z", "aa", ...) that makes it free, and gives that key to no other call.
 */
nkc_status nkc_library_make_free(nkc_library *library, nkc_buf *key);
/* "did you mean ...?" over the keys. */
nkc_status nkc_library_nearest(nkc_library *library, nkc_str key, nkc_buf *hint);

#endif
