/*
 * library.h: a folder of records.
 *
 * A library is a folder that holds records/, one file a record, records/<key>.json.
 * Writes are atomic and durable: temporary file, fsync, rename, fsync of the
 * folder; a changing call holds the lock of the library, which a crash releases.
 */
#ifndef NKCITE_LIBRARY_H
#define NKCITE_LIBRARY_H

#include <nkcite/base.h>
#include <nkcite/diag.h>
#include <nkcite/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_library nkc_library;

/* Makes DIR/records (and DIR). NKC_EINVALID with a finding when there is a library already. */
NKC_API nkc_status nkc_library_init(const char *dir, nkc_diags *diags);

/*
 * The library to use: `dir` when given, else $NKCITE_LIBRARY, else the first folder
 * with records/ from the current one upwards. NKC_ENOTFOUND with a finding.
 */
NKC_API nkc_status nkc_library_open(nkc_library **out, const char *dir, nkc_diags *diags);
NKC_API void nkc_library_close(nkc_library *library);
/* The folder that holds records/. */
NKC_API const char *nkc_library_path(const nkc_library *library);

/* Keys in bytewise order; read once, when first asked. Files that cannot be records are findings. */
NKC_API nkc_status nkc_library_keys(nkc_library *library, const nkc_str **keys, size_t *count,
                                    nkc_diags *diags);
NKC_API bool nkc_library_has(nkc_library *library, nkc_str key);
/* "records/<key>.json" as the user should see it. */
NKC_API void nkc_library_file(const nkc_library *library, nkc_str key, nkc_buf *path);

/*
 * Loads a record (the record keeps the file's text). NKC_ENOTFOUND with a finding that names
 * the nearest keys.
 */
NKC_API nkc_status nkc_library_load(nkc_library *library, nkc_str key, nkc_record *record, nkc_diags *diags);

typedef enum nkc_save {
	NKC_SAVE_NEW,    /* the key must be free */
	NKC_SAVE_REPLACE /* the key must be taken */
} nkc_save;

/* Takes the library's lock for a series of changes (each change takes it by itself too). Waits. */
NKC_API nkc_status nkc_library_lock(nkc_library *library, nkc_diags *diags);
NKC_API void nkc_library_unlock(nkc_library *library);

/* Writes the record in canonical form under its id. */
NKC_API nkc_status nkc_library_save(nkc_library *library, nkc_record *record, nkc_save how, nkc_diags *diags);
NKC_API nkc_status nkc_library_remove(nkc_library *library, nkc_str key, nkc_diags *diags);
NKC_API nkc_status nkc_library_rename(nkc_library *library, nkc_str from, nkc_str to, nkc_diags *diags);

/*
 * May it be a key and a file name on every system? Letters, digits and single marks
 * of ":.#$%&-+?<>~/_" are what pandoc takes; here without what file names cannot
 * hold. NKC_EINVALID with a finding ("key/..." codes) at `place`.
 */
#define NKC_KEY_MAX 120 /* bytes; file systems end at 255, and ".json" and a temporary suffix come on top */
NKC_API nkc_status nkc_key_check(nkc_str key, const nkc_place *place, nkc_diags *diags);

/*
 * Proposes a key from a pattern: {author}, {year}, {word} (first word of the title that is not an
 * article), {title}, {type}. Unaccented lower-case ASCII where there is one; a free key in `library` (may
 * be NULL) by a suffix a, b, ... The default pattern is "{author}{year}{word}".
 */
#define NKC_KEY_PATTERN "{author}{year}{word}"
NKC_API nkc_status nkc_key_propose(nkc_record *record, nkc_str pattern, nkc_library *library, nkc_buf *key);

/* --- duplicates over many records --- */

typedef struct nkc_dedupe nkc_dedupe;

NKC_API nkc_dedupe *nkc_dedupe_new(void);
NKC_API void nkc_dedupe_free(nkc_dedupe *dedupe);
/*
 * Compares with all records added before: same id, DOI, ISBN, URL without its accidental parts, or title and
 * year. Findings go to diags. Memory is a few dozen bytes a record; cost is constant a record.
 */
NKC_API void nkc_dedupe_add(nkc_dedupe *dedupe, nkc_record *record, nkc_diags *diags);

/* --- files, for those who write beside a library --- */

/*
 * Replaces the file's content by `content`: temporary file in the same folder, fsync, rename, fsync of the
 * folder. The old file stays whole on any failure (NKC_EIO, errno).
 */
NKC_API nkc_status nkc_file_replace(const char *path, nkc_str content);

#ifdef __cplusplus
}
#endif

#endif
