#include <config.h>

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

nkc_status nkc_file_read_fd(int fd, size_t limit, nkc_buf *out)
{
	struct stat info;
	if (fstat(fd, &info) == 0) {
		if (S_ISDIR(info.st_mode)) {
			errno = EISDIR;
			return NKC_EIO;
		}
		if (S_ISREG(info.st_mode) && info.st_size > 0 && (uint64_t)info.st_size <= limit)
			nkc_buf_grow(out, (size_t)info.st_size + 1);
	}
	for (;;) {
		if (!nkc_buf_grow(out, out->cap > out->len + 1 ? 1 : 65536))
			return nkc_buf_status(out);
		ssize_t got = read(fd, out->ptr + out->len, out->cap - out->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return NKC_EIO;
		if (got == 0)
			break;
		out->len += (size_t)got;
		out->ptr[out->len] = '\0';
		if (out->len > limit)
			return NKC_ELIMIT;
	}
	return NKC_OK;
}

nkc_status nkc_file_read_at(int folder, const char *name, size_t limit, nkc_buf *out)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return NKC_EIO;
	nkc_status status = nkc_file_read_fd(fd, limit, out);
	int saved = errno;
	close(fd);
	errno = saved;
	return status;
}

nkc_status nkc_file_read(const char *path, size_t limit, nkc_buf *out)
{
	return nkc_file_read_at(AT_FDCWD, path, limit, out);
}
