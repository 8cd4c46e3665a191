#include <config.h>

#include "base/atomic.h"

#include <nkcite/out.h>

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Temporary names that are tried before giving up: each clash needs the same process, count and clock. */
#define TRIES 100

static nkc_atomic_hook step_hook;

void nkc_atomic_set_hook(nkc_atomic_hook hook)
{
	step_hook = hook;
}

/* May the step go on? Sets errno when not. */
static bool step(nkc_atomic_step which, size_t *bytes)
{
	size_t none = 0;
	int fault = step_hook ? step_hook(which, bytes ? bytes : &none) : 0;

	if (fault != 0)
		errno = fault;
	return fault == 0;
}

bool nkc_atomic_is_temp(const char *name)
{
	nkc_str s = nkc_str_from(name);

	return nkc_str_starts(s, NKC_STR(NKC_ATOMIC_PREFIX)) && nkc_str_ends(s, NKC_STR(NKC_ATOMIC_SUFFIX));
}

nkc_status nkc_folder_sync(int folder)
{
	if (!step(NKC_STEP_SYNC_FOLDER, NULL))
		return NKC_EIO;
	/* Some file systems cannot sync a folder and say so; they have nothing more to offer. */
	if (fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
		return NKC_EIO;
	return NKC_OK;
}

nkc_status nkc_folder_remove(int folder, const char *name)
{
	if (!step(NKC_STEP_REMOVE, NULL) || unlinkat(folder, name, 0) != 0)
		return NKC_EIO;
	return nkc_folder_sync(folder);
}

nkc_status nkc_folder_rename(int folder, const char *from, const char *to)
{
	if (!step(NKC_STEP_RENAME, NULL) || renameat(folder, from, folder, to) != 0)
		return NKC_EIO;
	return nkc_folder_sync(folder);
}

/* A name that no other process, and no earlier call in this one, would choose. */
static void temp_name(nkc_atomic *atomic)
{
	static _Atomic unsigned long count;
	struct timespec now = { 0, 0 };
	unsigned long serial = atomic_fetch_add(&count, 1);

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(atomic->temp, sizeof(atomic->temp), NKC_ATOMIC_PREFIX "%lx-%lx-%lx" NKC_ATOMIC_SUFFIX,
	         (unsigned long)getpid() & 0xFFFFFFFFu, serial & 0xFFFFu, (unsigned long)now.tv_nsec & 0xFFFFFFFFu);
}

/* Looks at what stands at the name; fails unless it is a regular file or nothing. */
static bool look_at_old(nkc_atomic *atomic, const char *name, struct stat *old)
{
	atomic->replaces = false;
	if (fstatat(atomic->folder, name, old, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (S_ISREG(old->st_mode)) {
		atomic->replaces = true;
		atomic->mode = old->st_mode & 0777;
		return true;
	}
	errno = S_ISLNK(old->st_mode) ? ELOOP : S_ISDIR(old->st_mode) ? EISDIR : EINVAL;
	return false;
}

/* The owner can only be kept by root, the group by its members; a refusal does no harm. */
static void keep_owner(int file, const struct stat *old)
{
	if (fchown(file, (uid_t)-1, old->st_gid) != 0 || fchown(file, old->st_uid, (gid_t)-1) != 0)
		errno = 0;
}

/* Files under way, for a signal that ends the process: as many as a program has at a time, the rest is left to doctor. */
static _Atomic(const nkc_atomic *) under_way[8];

static void note(const nkc_atomic *atomic)
{
	for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++) {
		const nkc_atomic *nothing = NULL;
		if (atomic_compare_exchange_strong(&under_way[i], &nothing, atomic))
			return;
	}
}

static void forget(const nkc_atomic *atomic)
{
	for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++) {
		const nkc_atomic *this = atomic;
		if (atomic_compare_exchange_strong(&under_way[i], &this, NULL))
			return;
	}
}

void nkc_out_abandon(void)
{
	for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++) {
		const nkc_atomic *atomic = atomic_load(&under_way[i]);
		if (atomic)
			(void)unlinkat(atomic->folder, atomic->temp, 0);
	}
}

/* Makes the temporary file. */
static bool make_temp(nkc_atomic *atomic)
{
	for (int i = 0; i < TRIES; i++) {
		temp_name(atomic);
		note(atomic);
		atomic->file = openat(atomic->folder, atomic->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		                      atomic->mode);
		if (atomic->file >= 0)
			return true;
		forget(atomic);
		if (errno != EEXIST)
			return false;
	}
	return false;
}

nkc_status nkc_atomic_begin(nkc_atomic *atomic, int folder, const char *name)
{
	struct stat old;

	atomic->folder = folder;
	atomic->file = -1;
	atomic->mode = 0666;
	if (!look_at_old(atomic, name, &old) || !step(NKC_STEP_CREATE, NULL))
		return NKC_EIO;
	if (!make_temp(atomic))
		return NKC_EIO;
	if (atomic->replaces) {
		keep_owner(atomic->file, &old);
		if (fchmod(atomic->file, atomic->mode) != 0) {
			nkc_atomic_abort(atomic);
			return NKC_EIO;
		}
	}
	return NKC_OK;
}

nkc_status nkc_atomic_write(nkc_atomic *atomic, nkc_str bytes)
{
	while (bytes.len > 0) {
		size_t size = bytes.len;
		ssize_t done;

		if (!step(NKC_STEP_WRITE, &size))
			return NKC_EIO;
		done = write(atomic->file, bytes.ptr, size);
		if (done < 0 && errno != EINTR)
			return NKC_EIO;
		if (done > 0)
			bytes = nkc_str_slice(bytes, (size_t)done, bytes.len);
	}
	return NKC_OK;
}

/*
 * A link fails when the name is taken, whoever took it and whenever. File systems without links (FAT)
 * leave a gap between the look and the rename, which the library's lock closes for nkcite itself.
 */
static bool put_new(nkc_atomic *atomic, const char *name)
{
	struct stat taken;

	if (linkat(atomic->folder, atomic->temp, atomic->folder, name, 0) == 0) {
		(void)unlinkat(atomic->folder, atomic->temp, 0);
		return true;
	}
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS && errno != EMLINK)
		return false;
	if (fstatat(atomic->folder, name, &taken, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return false;
	}
	return renameat(atomic->folder, atomic->temp, atomic->folder, name) == 0;
}

static bool put(nkc_atomic *atomic, const char *name, nkc_atomic_how how)
{
	if (!step(NKC_STEP_RENAME, NULL))
		return false;
	if (how == NKC_ATOMIC_NEW)
		return put_new(atomic, name);
	return renameat(atomic->folder, atomic->temp, atomic->folder, name) == 0;
}

static bool sync_and_close(nkc_atomic *atomic)
{
	int file = atomic->file;

	if (!step(NKC_STEP_SYNC, NULL) || fsync(file) != 0)
		return false;
	atomic->file = -1;
	/* Network file systems report a failed write as late as here. */
	return close(file) == 0;
}

nkc_status nkc_atomic_commit(nkc_atomic *atomic, const char *name, nkc_atomic_how how)
{
	if (!sync_and_close(atomic) || !put(atomic, name, how)) {
		nkc_atomic_abort(atomic);
		return NKC_EIO;
	}
	forget(atomic);
	return nkc_folder_sync(atomic->folder);
}

void nkc_atomic_abort(nkc_atomic *atomic)
{
	int reason = errno;

	if (atomic->file >= 0)
		(void)close(atomic->file);
	atomic->file = -1;
	(void)unlinkat(atomic->folder, atomic->temp, 0);
	forget(atomic);
	errno = reason;
}
