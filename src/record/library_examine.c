#include <config.h>

#include "base/atomic.h"
#include "record/library.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

/* --- leftovers --- */

typedef struct leftovers {
	bool mend;
	nkc_diags *diags;
} leftovers;

/* The lock is held: no writer of this version is at work on the file. */
static nkc_status look_at_name(nkc_library *library, nkc_str name, void *context)
{
	const leftovers *l = context;

	if (!nkc_atomic_is_temp(name.ptr))
		return NKC_OK;
	if (l->mend && nkc_folder_remove(library->folder, name.ptr) == NKC_OK)
		return NKC_OK;
	nkc_library_report(library, name, l->diags, NKC_CODE_LIBRARY_TEMPORARY, NULL, "%s",
	                   l->mend ? strerror(errno) : "a crash has left this temporary file");
	return NKC_OK;
}

static nkc_status find_leftovers(nkc_library *library, bool mend, nkc_diags *diags)
{
	leftovers l = { mend, diags };
	nkc_status status = nkc_library_try_lock(library, diags);

	if (status == NKC_ELIMIT)
		nkc_library_report(library, NKC_STR(""), diags, NKC_CODE_LIBRARY_LOCKED, NULL,
		                   "another process is changing the library");
	if (status != NKC_OK)
		return status;
	status = nkc_library_scan(library, look_at_name, &l);
	if (status == NKC_EIO)
		nkc_library_report(library, NKC_STR(""), diags, NKC_CODE_IO_READ, NULL, "cannot read the folder: %s",
		                   strerror(errno));
	nkc_library_unlock(library);
	return status;
}

/* --- keys --- */

static void look_at_file(nkc_library *library, nkc_str key, nkc_diags *diags)
{
	nkc_key_file file;
	struct stat info;

	if (nkc_key_file_make(&file, key, NULL, NULL) != NKC_OK ||
	    fstatat(library->folder, file.name, &info, AT_SYMLINK_NOFOLLOW) != 0 || S_ISREG(info.st_mode))
		return;
	nkc_library_report(library, nkc_str_from(file.name), diags, NKC_CODE_LIBRARY_NOT_FILE, NULL, "%s, not a file",
	                   S_ISLNK(info.st_mode) ? "a symbolic link" : S_ISDIR(info.st_mode) ? "a folder" : "a special file");
}

/* `first` maps folded keys to 1 + the index of the first key that folds so. */
static nkc_status look_for_twin(nkc_library *library, nkc_set *first, const nkc_str *keys, size_t index, nkc_buf *scratch,
                                nkc_diags *diags)
{
	nkc_str key = keys[index];
	uint32_t *other = NULL;
	uint64_t hash;
	bool added;
	nkc_status status = nkc_key_fold(key, scratch, &hash);
	nkc_key_file file;

	if (status == NKC_OK)
		status = nkc_set_add(first, hash, &added, &other);
	if (status != NKC_OK)
		return status;
	if (added)
		*other = (uint32_t)index + 1;
	else if (nkc_key_file_make(&file, key, NULL, NULL) == NKC_OK)
		nkc_library_report(library, nkc_str_from(file.name), diags, NKC_CODE_KEY_TWIN, NULL,
		                   "the key differs only in case or composition from \"%.*s\"", NKC_STR_ARG(keys[*other - 1]));
	return NKC_OK;
}

static nkc_status look_at_keys(nkc_library *library, nkc_diags *diags)
{
	nkc_set first = NKC_MAP_INIT;
	nkc_buf scratch = NKC_BUF_INIT;
	const nkc_str *keys;
	size_t count;
	nkc_status status = nkc_library_keys(library, &keys, &count, diags);

	for (size_t i = 0; status == NKC_OK && i < count; i++) {
		look_at_file(library, keys[i], diags);
		status = look_for_twin(library, &first, keys, i, &scratch, diags);
	}
	nkc_set_release(&first);
	nkc_buf_release(&scratch);
	return status;
}

nkc_status nkc_library_examine(nkc_library *library, bool mend, nkc_diags *diags)
{
	nkc_status status = find_leftovers(library, mend, diags);
	nkc_status keys = look_at_keys(library, diags);

	return keys != NKC_OK ? keys : status;
}
