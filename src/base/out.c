#include <config.h>

#include "base/atomic.h"
#include "base/mem.h"

#include <nkcite/out.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct nkc_out {
	bool direct;       /* a pipe or device: atomic.file is written to as it is */
	nkc_atomic atomic;
	int folder;        /* -1 when direct */
	char *path;        /* the file to replace, links resolved; its last part is `name` */
	const char *name;
};

static void out_free(nkc_out *out)
{
	int reason = errno;

	if (out->folder >= 0)
		(void)close(out->folder);
	nkc_free(out->path);
	nkc_free(out);
	errno = reason;
}

/* Resolves symbolic links in the path of a file that is one; others are copied as they are. */
static char *resolve(const char *path)
{
	char real[PATH_MAX];
	struct stat stat_of;

	if (lstat(path, &stat_of) == 0 && S_ISLNK(stat_of.st_mode)) {
		if (!realpath(path, real))
			return NULL;
		path = real;
	}
	return nkc_strdup(path, strlen(path));
}

/* Cuts out->path in its folder, which is opened, and its name. */
static nkc_status open_folder(nkc_out *out)
{
	char *slash = strrchr(out->path, '/');
	const char *folder = ".";

	out->name = slash ? slash + 1 : out->path;
	if (slash == out->path) {
		folder = "/";
	} else if (slash) {
		*slash = '\0';
		folder = out->path;
	}
	out->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (out->folder >= 0 && *out->name == '\0')
		errno = slash ? EISDIR : ENOENT;
	return out->folder >= 0 && *out->name ? NKC_OK : NKC_EIO;
}

/* A pipe, a terminal, a device; also a file that is reached as an open descriptor of this process. */
static bool is_direct(const char *path)
{
	struct stat stat_of;

	if (nkc_str_starts(nkc_str_from(path), NKC_STR("/dev/")))
		return true;
	return stat(path, &stat_of) == 0 && !S_ISREG(stat_of.st_mode) && !S_ISDIR(stat_of.st_mode);
}

static nkc_status open_direct(nkc_out *out, const char *path)
{
	out->direct = true;
	/* Appends: /dev/stdout may be a file that the shell opened with >>. */
	out->atomic.file = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
	return out->atomic.file >= 0 ? NKC_OK : NKC_EIO;
}

static nkc_status begin(nkc_out *out, const char *path)
{
	nkc_status status;

	if (is_direct(path))
		return open_direct(out, path);
	errno = ENOMEM;
	out->path = resolve(path);
	if (!out->path)
		return errno == ENOMEM ? NKC_ENOMEM : NKC_EIO;
	status = open_folder(out);
	return status == NKC_OK ? nkc_atomic_begin(&out->atomic, out->folder, out->name) : status;
}

nkc_status nkc_out_open(nkc_out **result, const char *path)
{
	nkc_out *out = nkc_calloc(1, sizeof(*out));
	nkc_status status;

	*result = NULL;
	if (!out)
		return NKC_ENOMEM;
	out->folder = -1;
	status = begin(out, path);
	if (status == NKC_OK)
		*result = out;
	else
		out_free(out);
	return status;
}

nkc_status nkc_out_write(nkc_out *out, nkc_str bytes)
{
	return nkc_atomic_write(&out->atomic, bytes);
}

nkc_status nkc_out_commit(nkc_out *out)
{
	nkc_status status;

	if (out->direct)
		status = close(out->atomic.file) == 0 ? NKC_OK : NKC_EIO;
	else
		status = nkc_atomic_commit(&out->atomic, out->name, NKC_ATOMIC_ANY);
	out_free(out);
	return status;
}

void nkc_out_abort(nkc_out *out)
{
	if (!out)
		return;
	if (out->direct)
		(void)close(out->atomic.file);
	else
		nkc_atomic_abort(&out->atomic);
	out_free(out);
}

nkc_status nkc_file_replace(const char *path, nkc_str content)
{
	nkc_out *out;
	nkc_status status = nkc_out_open(&out, path);

	if (status != NKC_OK)
		return status;
	status = nkc_out_write(out, content);
	if (status == NKC_OK)
		return nkc_out_commit(out);
	nkc_out_abort(out);
	return status;
}
