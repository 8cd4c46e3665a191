#include <config.h>

#include "record/library.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* The file that is locked where a folder cannot be (NFS). It stays: to remove it would open a race. */
#define LOCK_NAME ".lock"

static int flock_retry(int file, int how)
{
	int result;

	do
		result = flock(file, how);
	while (result != 0 && errno == EINTR);
	return result;
}

static int open_lock_file(nkc_library *library)
{
	if (library->lock_file < 0)
		library->lock_file = openat(library->folder, LOCK_NAME,
		                            O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	return library->lock_file;
}

/*
 * Locks the folder itself: no file is left behind, and a library that cannot be written can be locked. The
 * lock belongs to the open descriptor, so that the system releases it however the process ends.
 */
static int take(nkc_library *library, int how)
{
	if (flock_retry(library->folder, how) == 0)
		return 0;
	if (errno == EWOULDBLOCK || open_lock_file(library) < 0)
		return -1;
	return flock_retry(library->lock_file, how);
}

static nkc_status lock(nkc_library *library, int how, nkc_diags *diags)
{
	if (library->lock_depth == 0) {
		if (take(library, how) != 0) {
			if (errno == EWOULDBLOCK)
				return NKC_ELIMIT;
			nkc_library_report(library, NKC_STR(""), diags, NKC_CODE_IO_WRITE, NULL, "cannot lock it: %s",
			                   strerror(errno));
			return NKC_EIO;
		}
		library->names_read = false; /* others may have written since */
	}
	library->lock_depth++;
	return NKC_OK;
}

nkc_status nkc_library_lock(nkc_library *library, nkc_diags *diags)
{
	return lock(library, LOCK_EX, diags);
}

nkc_status nkc_library_try_lock(nkc_library *library, nkc_diags *diags)
{
	return lock(library, LOCK_EX | LOCK_NB, diags);
}

void nkc_library_unlock(nkc_library *library)
{
	if (library->lock_depth == 0 || --library->lock_depth > 0)
		return;
	(void)flock_retry(library->lock_file >= 0 ? library->lock_file : library->folder, LOCK_UN);
}
