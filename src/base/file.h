/*
 * file.h: reading files.
 */
#ifndef NKC_SRC_BASE_FILE_H
#define NKC_SRC_BASE_FILE_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/* Reads to the end of an open file. */
nkc_status nkc_file_read_fd(int fd, size_t limit, nkc_buf *out);

/* Reads the whole file, at most `limit` bytes of it (NKC_ELIMIT beyond). NKC_EIO: errno says why. */
nkc_status nkc_file_read(const char *path, size_t limit, nkc_buf *out);

/* The same relative to an open folder; a symbolic link is followed only inside it by the system's own rules. */
nkc_status nkc_file_read_at(int folder, const char *name, size_t limit, nkc_buf *out);

#endif
