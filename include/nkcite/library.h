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
#include <nkcite/out.h>
#include <nkcite/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_library nkc_library;

/* Makes DIR/records (and DIR and its parents). NKC_EINVALID with a finding when there is a library already. */
NKC_API nkc_status nkc_library_init(const char *dir, nkc_diags *diags);

/*
 * The library to use: `dir` when given, else $NKCITE_LIBRARY, else the first folder
 * with records/ from the current one upwards. NKC_ENOTFOUND with a finding.
 */
NKC_API nkc_status nkc_library_open(nkc_library **out, const char *dir, nkc_diags *diags);
NKC_API void nkc_library_close(nkc_library *library);
/* The folder that holds records/. */
NKC_API const char *nkc_library_path(const nkc_library *library);

/*
 * Keys in bytewise order; read once, when first asked, and valid until the library is closed. Files that
 * cannot be records are findings, but for hidden ones (those that begin with a dot).
 */
NKC_API nkc_status nkc_library_keys(nkc_library *library, const nkc_str **keys, size_t *count,
                                    nkc_diags *diags);
NKC_API bool nkc_library_has(nkc_library *library, nkc_str key);
/* "records/<key>.json" as the user should see it. */
NKC_API void nkc_library_file(const nkc_library *library, nkc_str key, nkc_buf *path);

/*
 * Loads a record (the record keeps the file's text). NKC_ENOTFOUND with a finding that names
 * the nearest keys. The library remembers what it has seen of the file: see NKC_SAVE_REPLACE.
 */
NKC_API nkc_status nkc_library_load(nkc_library *library, nkc_str key, nkc_record *record, nkc_diags *diags);

/* The bytes of a record's file, also when they are no record; counts as seen, as loading does. */
NKC_API nkc_status nkc_library_read(nkc_library *library, nkc_str key, nkc_buf *text, nkc_diags *diags);

typedef enum nkc_save {
	NKC_SAVE_NEW,    /* the key must be free, also but for case (NKC_EINVALID with a finding) */
	NKC_SAVE_REPLACE /* the file must be as this library has last seen it: never written over unread */
} nkc_save;

/*
 * Takes the library's lock for a series of changes (each change takes it by itself too). Waits. The lock goes
 * with the process, however that ends. Calls nest.
 */
NKC_API nkc_status nkc_library_lock(nkc_library *library, nkc_diags *diags);
NKC_API void nkc_library_unlock(nkc_library *library);

/* The same without waiting: NKC_ELIMIT, without a finding, when another process holds the lock. */
NKC_API nkc_status nkc_library_try_lock(nkc_library *library, nkc_diags *diags);

/* Writes the record in canonical form under its id. On any failure the old file stands as it was. */
NKC_API nkc_status nkc_library_save(nkc_library *library, nkc_record *record, nkc_save how, nkc_diags *diags);
NKC_API nkc_status nkc_library_remove(nkc_library *library, nkc_str key, nkc_diags *diags);
/*
 * Gives a record another key: its id and its file name. A crash in the midst leaves the record under both
 * keys, never under none.
 */
NKC_API nkc_status nkc_library_rename(nkc_library *library, nkc_str from, nkc_str to, nkc_diags *diags);

/*
 * Looks at the folder as a whole; findings: temporary files that a crash has left (which `mend` removes), records
 * that are no regular files, keys that some file systems take for the same. NKC_ELIMIT when another process holds the
 * lock (library/locked): its temporary files are then left alone.
 */
NKC_API nkc_status nkc_library_examine(nkc_library *library, bool mend, nkc_diags *diags);

/*
 * Takes over what another record of the same source says: every member of `from` that differs, but
 * for the id, and for those whose custom.nkcite.provenance says `locked`. What only `record` has stays.
 * Appends the names of the changed members to *changed ("title, issued"); empty: nothing was new.
 */
NKC_API nkc_status nkc_record_update(nkc_record *record, nkc_record *from, nkc_buf *changed);

/*
 * May it be a key, and with ".json" a file name on every system? UTF-8 in NFC, without control and invisible
 * characters, without / \ : * ? " < > |, no dot or space at its ends, no Windows device name, 1 to NKC_KEY_MAX bytes.
 * NKC_EINVALID with a finding ("key/..." codes) at `place` (may be NULL). What BibTeX and pandoc
 * take as a key is less: nkc_record_check warns of the rest.
 */
#define NKC_KEY_MAX 120 /* bytes; file systems end at 255, and ".json" and what a person appends come on top */
NKC_API nkc_status nkc_key_check(nkc_str key, const nkc_place *place, nkc_diags *diags);

/*
 * Proposes a key from a pattern: {author} (the first family name or organisation; else the editor's, else the
 * outlet), {year} (or "nd"), {word} (first word of the title that is not an article), {title} (its first
 * three such words), {type}, {outlet}; other characters stand for themselves. Unaccented lower-case ASCII
 * letters and digits, or with a tilde ({author~}) the letters of their own script; a key that is free in
 * `library` (may be NULL) by a suffix a, b, ... z, aa, ... NKC_EINVALID when the pattern has a word in braces
 * that is none of these.
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
/* The id of the first record added before that is likely the same source; empty when there is none. Adds nothing. */
NKC_API nkc_str nkc_dedupe_find(nkc_dedupe *dedupe, nkc_record *record);

#ifdef __cplusplus
}
#endif

#endif
