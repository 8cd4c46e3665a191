#include <config.h>

#include "base/atomic.h"
#include "record/library.h"
#include "record/record_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

/* --- findings --- */

/* A failure of the system to write the file; errno says why. */
static nkc_status report_write(const nkc_library *library, const nkc_key_file *file, nkc_diags *diags)
{
	nkc_library_report(library, nkc_str_from(file->name), diags, NKC_CODE_IO_WRITE, NULL, "cannot write: %s",
	                   strerror(errno));
	return NKC_EIO;
}

static nkc_status report_taken(const nkc_library *library, const nkc_key_file *file, nkc_diags *diags)
{
	nkc_library_report(library, nkc_str_from(file->name), diags, NKC_CODE_KEY_TAKEN, NULL,
	                   "the key \"%.*s\" is in use", NKC_STR_ARG(file->key));
	return NKC_EINVALID;
}

static nkc_status report_twin(nkc_str key, nkc_str twin, nkc_diags *diags)
{
	nkc_diags_add(diags, NKC_CODE_KEY_TWIN, NULL, "choose a key that differs in more than case",
	              "the key \"%.*s\" differs only in case or composition from \"%.*s\"", NKC_STR_ARG(key),
	              NKC_STR_ARG(twin));
	return NKC_EINVALID;
}

/* --- what follows runs under the lock --- */

/* Is the file as it was last seen here? Its text is then in library->text. */
static nkc_status check_unchanged(nkc_library *library, const nkc_key_file *file, nkc_diags *diags)
{
	uint64_t *stamp = nkc_library_stamp(library, file->key);
	const char *fault = NULL;

	if (!stamp)
		return NKC_ENOMEM;
	if (*stamp == 0)
		fault = "the record has not been read";
	else if (nkc_library_read_file(library, file->name, &library->text) != NKC_OK)
		fault = "the record is gone, or cannot be read any more";
	else if (nkc_hash(nkc_buf_str(&library->text), 0) != *stamp)
		fault = "the record was changed by someone else since it was read";
	if (!fault)
		return NKC_OK;
	nkc_library_report(library, nkc_str_from(file->name), diags, NKC_CODE_LIBRARY_CHANGED, NULL, "not saved: %s",
	                   fault);
	return NKC_EINVALID;
}

/* Is the key free, also for a file system that does not tell case? */
static nkc_status check_free(nkc_library *library, const nkc_key_file *file, nkc_diags *diags)
{
	nkc_buf twin = NKC_BUF_INIT;
	nkc_status status;

	if (nkc_library_has(library, file->key))
		return report_taken(library, file, diags);
	status = nkc_library_find_twin(library, file->key, &twin);
	if (status == NKC_OK)
		status = report_twin(file->key, nkc_buf_str(&twin), diags);
	else if (status == NKC_ENOTFOUND)
		status = NKC_OK;
	nkc_buf_release(&twin);
	return status;
}

static nkc_status write_whole(nkc_library *library, const nkc_key_file *file, nkc_str text, nkc_atomic_how how)
{
	nkc_atomic atomic;
	nkc_status status = nkc_atomic_begin(&atomic, library->folder, file->name);

	if (status != NKC_OK)
		return status;
	status = nkc_atomic_write(&atomic, text);
	if (status == NKC_OK)
		return nkc_atomic_commit(&atomic, file->name, how);
	nkc_atomic_abort(&atomic);
	return status;
}

static nkc_status put(nkc_library *library, const nkc_key_file *file, nkc_str text, nkc_atomic_how how,
                      nkc_diags *diags)
{
	if (write_whole(library, file, text, how) == NKC_OK)
		return nkc_library_see(library, file->key, text);
	if (how == NKC_ATOMIC_NEW && errno == EEXIST)
		return report_taken(library, file, diags);
	return report_write(library, file, diags);
}

static nkc_status put_new(nkc_library *library, const nkc_key_file *file, nkc_str text, nkc_diags *diags)
{
	nkc_status status = check_free(library, file, diags);

	if (status == NKC_OK)
		status = put(library, file, text, NKC_ATOMIC_NEW, diags);
	return status == NKC_OK ? nkc_library_add_name(library, file->key) : status;
}

static nkc_status put_again(nkc_library *library, const nkc_key_file *file, nkc_str text, nkc_diags *diags)
{
	nkc_status status = check_unchanged(library, file, diags);

	/* What would change nothing is not written: the file keeps its time. */
	if (status != NKC_OK || nkc_str_eq(nkc_buf_str(&library->text), text))
		return status;
	return put(library, file, text, NKC_ATOMIC_ANY, diags);
}

/* --- the changes --- */

/* Bytes that are not UTF-8 would become U+FFFD in the file: what they meant would be lost. */
static nkc_status check_text(nkc_record *record, nkc_diags *diags)
{
	const nkc_value *value = nkc_record_bad_text(record);
	if (!value)
		return NKC_OK;
	nkc_place place = nkc_record_place(record, value);
	nkc_diags_add(diags, NKC_CODE_ENCODING_UTF8, &place, NULL, "not saved: the text is not UTF-8");
	return NKC_EINVALID;
}

/* The record's file and text; NKC_EINVALID with a finding when it must not be saved as it is. */
static nkc_status prepare(nkc_record *record, nkc_key_file *file, nkc_buf *text, nkc_diags *diags)
{
	nkc_place place = nkc_record_place(record, nkc_record_get(record, NKC_VAR_ID));
	nkc_status status = nkc_key_file_make(file, nkc_record_id(record), &place, diags);

	if (status == NKC_OK)
		status = check_text(record, diags);
	return status == NKC_OK ? nkc_record_write(record, text) : status;
}

nkc_status nkc_library_save(nkc_library *library, nkc_record *record, nkc_save how, nkc_diags *diags)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_key_file file;
	nkc_status status = prepare(record, &file, &text, diags);

	if (status == NKC_OK)
		status = nkc_library_lock(library, diags);
	if (status == NKC_OK) {
		status = how == NKC_SAVE_NEW ? put_new(library, &file, nkc_buf_str(&text), diags)
		                             : put_again(library, &file, nkc_buf_str(&text), diags);
		nkc_library_unlock(library);
	}
	nkc_buf_release(&text);
	return status;
}

nkc_status nkc_library_remove(nkc_library *library, nkc_str key, nkc_diags *diags)
{
	nkc_key_file file;
	nkc_status status = nkc_key_file_make(&file, key, NULL, diags);

	if (status == NKC_OK)
		status = nkc_library_lock(library, diags);
	if (status != NKC_OK)
		return status;
	if (nkc_folder_remove(library->folder, file.name) != NKC_OK)
		status = errno == ENOENT ? nkc_library_report_unknown(library, key, diags)
		                         : report_write(library, &file, diags);
	nkc_library_unlock(library);
	return status;
}

/* --- renaming --- */

/* Are both names those of one file? So they are for a file system that does not tell case. */
static bool is_same_file(const nkc_library *library, const nkc_key_file *a, const nkc_key_file *b)
{
	struct stat one, other;

	return fstatat(library->folder, a->name, &one, AT_SYMLINK_NOFOLLOW) == 0 &&
	       fstatat(library->folder, b->name, &other, AT_SYMLINK_NOFOLLOW) == 0 && one.st_dev == other.st_dev &&
	       one.st_ino == other.st_ino;
}

/* Do the keys differ only in case or composition, and is there no third such key? */
static nkc_status is_respelling(nkc_library *library, const nkc_key_file *from, const nkc_key_file *to, bool *yes)
{
	nkc_buf twin = NKC_BUF_INIT;
	nkc_status status = NKC_OK;

	*yes = false;
	if (is_same_file(library, from, to)) {
		*yes = true;
	} else if (!nkc_library_has(library, to->key)) {
		status = nkc_library_find_twin(library, to->key, &twin);
		*yes = status == NKC_OK && nkc_str_eq(nkc_buf_str(&twin), from->key);
	}
	nkc_buf_release(&twin);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* Doe2020 to doe2020: where both are one file, only the name can change, so the content goes first. */
static nkc_status respell(nkc_library *library, const nkc_key_file *from, const nkc_key_file *to, nkc_str text,
                          nkc_diags *diags)
{
	nkc_status status = put(library, from, text, NKC_ATOMIC_ANY, diags);

	if (status != NKC_OK)
		return status;
	if (nkc_folder_rename(library->folder, from->name, to->name) != NKC_OK)
		return report_write(library, to, diags);
	return nkc_library_see(library, to->key, text);
}

static nkc_status move(nkc_library *library, const nkc_key_file *from, const nkc_key_file *to, nkc_str text,
                       nkc_diags *diags)
{
	bool respelling;
	nkc_status status = is_respelling(library, from, to, &respelling);

	if (status != NKC_OK)
		return status;
	if (respelling)
		return respell(library, from, to, text, diags);
	status = put_new(library, to, text, diags);
	return status == NKC_OK ? nkc_library_remove(library, from->key, diags) : status;
}

static nkc_status rename_record(nkc_library *library, const nkc_key_file *from, const nkc_key_file *to,
                                nkc_record *record, nkc_diags *diags)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_key_file file;
	nkc_status status = nkc_library_load(library, from->key, record, diags);

	if (status == NKC_OK)
		status = nkc_record_set_text(record, NKC_VAR_ID, to->key);
	if (status == NKC_OK)
		status = prepare(record, &file, &text, diags);
	if (status == NKC_OK)
		status = move(library, from, to, nkc_buf_str(&text), diags);
	nkc_buf_release(&text);
	return status;
}

nkc_status nkc_library_rename(nkc_library *library, nkc_str from, nkc_str to, nkc_diags *diags)
{
	nkc_key_file old, new;
	nkc_record *record;
	nkc_status status = nkc_key_file_make(&old, from, NULL, diags);

	if (status == NKC_OK)
		status = nkc_key_file_make(&new, to, NULL, diags);
	if (status == NKC_OK && nkc_str_eq(from, to))
		return NKC_OK;
	if (status == NKC_OK)
		status = nkc_library_lock(library, diags);
	if (status != NKC_OK)
		return status;
	record = nkc_record_new();
	status = record ? rename_record(library, &old, &new, record, diags) : NKC_ENOMEM;
	nkc_record_free(record);
	nkc_library_unlock(library);
	return status;
}
