/*
 * out.h: output files that appear as a whole or not at all.
 *
 * An output takes the place of the file `path` when it is committed: temporary
 * file in the same folder, fsync, rename, fsync of the folder. Until then, and on
 * any failure, the old file stands.
 *
 * Permissions of the old file are kept. A symbolic link stays one, its target is
 * replaced. What is not a regular file (a pipe, /dev/stdout) is written to
 * directly.
 */
#ifndef NKCITE_OUT_H
#define NKCITE_OUT_H

#include <nkcite/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_out nkc_out;

/* NKC_EIO: errno says why (ENOENT also for a symbolic link to nothing). */
NKC_API nkc_status nkc_out_open(nkc_out **out, const char *path);
/* After a failure the output is of no use but for nkc_out_abort. */
NKC_API nkc_status nkc_out_write(nkc_out *out, nkc_str bytes);
/* Both end the output, whatever they return; out may be NULL for the second, which keeps errno. */
NKC_API nkc_status nkc_out_commit(nkc_out *out);
NKC_API void nkc_out_abort(nkc_out *out);

/*
 * Removes the temporary files of all outputs under way, of this library and of its records. For the handler of a signal
 * that ends the process: it may be called at any moment.
 */
NKC_API void nkc_out_abandon(void);

/* The three in one: the content of the file becomes `content`. */
NKC_API nkc_status nkc_file_replace(const char *path, nkc_str content);

#ifdef __cplusplus
}
#endif

#endif
