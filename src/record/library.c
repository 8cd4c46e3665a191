#include <config.h>

#include "base/mem.h"
#include "record/library.h"
#include "record/record_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORDS "records"

/* How far up a library is looked for: deeper folders than this are a loop. */
#define PARENTS_MAX 100

/* --- findings --- */

static void put_path(const nkc_library *library, nkc_str name, nkc_buf *path)
{
	if (strcmp(library->path, ".") != 0) {
		nkc_buf_puts(path, library->path);
		if (!nkc_str_ends(nkc_str_from(library->path), NKC_STR("/")))
			nkc_buf_putc(path, '/');
	}
	nkc_buf_puts(path, RECORDS "/");
	nkc_buf_put_str(path, name);
}

void nkc_library_report(const nkc_library *library, nkc_str name, nkc_diags *diags, nkc_code code,
                        const char *hint, const char *format, ...)
{
	nkc_buf path = NKC_BUF_INIT, message = NKC_BUF_INIT;
	nkc_source file;
	nkc_place place = { .source = &file };
	va_list args;

	put_path(library, name, &path);
	va_start(args, format);
	nkc_buf_vprintf(&message, format, args);
	va_end(args);
	file = nkc_source_make(nkc_buf_str(&path), NKC_STR(""));
	file.line = 0; /* the file as a whole */
	nkc_diags_add(diags, code, &place, hint, "%s", message.ptr);
	nkc_buf_release(&path);
	nkc_buf_release(&message);
}

nkc_status nkc_library_report_unknown(nkc_library *library, nkc_str key, nkc_diags *diags)
{
	nkc_buf hint = NKC_BUF_INIT;

	if (nkc_library_nearest(library, key, &hint) == NKC_OK)
		nkc_diags_add(diags, NKC_CODE_KEY_UNKNOWN, NULL, hint.len > 0 ? hint.ptr : NULL,
		              "no record has the key \"%.*s\"", NKC_STR_ARG(key));
	nkc_buf_release(&hint);
	return NKC_ENOTFOUND;
}

/* --- opening --- */

static nkc_status report_make(const char *path, nkc_diags *diags)
{
	nkc_diags_add(diags, NKC_CODE_IO_WRITE, NULL, NULL, "cannot make the folder %s: %s", path, strerror(errno));
	return NKC_EIO;
}

static bool is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Makes the folder and those above it, as far as they are missing. path is cut and mended on the way. */
static bool make_folders(char *path)
{
	for (char *slash = path; *slash; slash++) {
		bool made;

		if (*slash != '/' || slash == path)
			continue;
		*slash = '\0';
		made = mkdir(path, 0777) == 0 || errno == EEXIST;
		*slash = '/';
		if (!made)
			return false;
	}
	return mkdir(path, 0777) == 0 || (errno == EEXIST && is_folder(path));
}

static nkc_status report_exists(const char *records, nkc_diags *diags)
{
	nkc_diags_add(diags, NKC_CODE_LIBRARY_EXISTS, NULL, NULL, "%s exists already", records);
	return NKC_EINVALID;
}

nkc_status nkc_library_init(const char *dir, nkc_diags *diags)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_status status;

	nkc_buf_puts(&path, dir);
	status = nkc_buf_status(&path);
	if (status == NKC_OK && !make_folders(path.ptr))
		status = report_make(dir, diags);
	nkc_buf_clear(&path);
	nkc_buf_printf(&path, "%s%s" RECORDS, strcmp(dir, ".") == 0 ? "" : dir, strcmp(dir, ".") == 0 ? "" : "/");
	if (status == NKC_OK)
		status = nkc_buf_status(&path);
	if (status == NKC_OK && mkdir(path.ptr, 0777) != 0)
		status = errno == EEXIST ? report_exists(path.ptr, diags) : report_make(path.ptr, diags);
	nkc_buf_release(&path);
	return status;
}

/* Is there records/ in the folder? */
static nkc_status has_records(const nkc_buf *path, bool *found)
{
	nkc_buf records = NKC_BUF_INIT;
	nkc_status status;

	nkc_buf_printf(&records, "%s/" RECORDS, path->ptr);
	status = nkc_buf_status(&records);
	*found = status == NKC_OK && is_folder(records.ptr);
	nkc_buf_release(&records);
	return status;
}

/* The folder is its own parent. */
static bool is_root(const nkc_buf *path, const nkc_buf *parent)
{
	struct stat here, above;

	return stat(path->ptr, &here) != 0 || stat(parent->ptr, &above) != 0 ||
	       (here.st_dev == above.st_dev && here.st_ino == above.st_ino);
}

/* The first folder with records/ from the current one upwards, as "." or "../..", into path. */
static nkc_status find_upwards(nkc_buf *path)
{
	nkc_buf parent = NKC_BUF_INIT;
	nkc_status status = NKC_OK;
	bool found = false, root = false;

	nkc_buf_puts(path, ".");
	for (int i = 0; i < PARENTS_MAX && status == NKC_OK && !root; i++) {
		status = has_records(path, &found);
		if (found || status != NKC_OK)
			break;
		nkc_buf_clear(&parent);
		nkc_buf_puts(&parent, i == 0 ? ".." : "../");
		if (i > 0)
			nkc_buf_put_str(&parent, nkc_buf_str(path));
		root = is_root(path, &parent);
		nkc_buf_clear(path);
		nkc_buf_put_str(path, nkc_buf_str(&parent));
		status = nkc_buf_status(path) == NKC_OK ? nkc_buf_status(&parent) : NKC_ENOMEM;
	}
	nkc_buf_release(&parent);
	return status == NKC_OK && !found ? NKC_ENOTFOUND : status;
}

static nkc_status find_library(const char *dir, nkc_buf *path, nkc_diags *diags)
{
	const char *named = dir ? dir : getenv("NKCITE_LIBRARY");
	nkc_status status;

	if (named && *named) {
		nkc_buf_puts(path, named);
		return nkc_buf_status(path);
	}
	status = find_upwards(path);
	if (status == NKC_ENOTFOUND)
		nkc_diags_add(diags, NKC_CODE_LIBRARY_NONE, NULL, NULL,
		              "no " RECORDS "/ in this folder or one above it");
	return status;
}

static nkc_status report_open(const nkc_library *library, const char *records, nkc_diags *diags)
{
	if (errno != ENOENT && errno != ENOTDIR) {
		nkc_diags_add(diags, NKC_CODE_IO_READ, NULL, NULL, "cannot open %s: %s", records, strerror(errno));
		return NKC_EIO;
	}
	nkc_diags_add(diags, NKC_CODE_LIBRARY_NONE, NULL, NULL, "%s is not a library: it has no folder " RECORDS "/",
	              library->path);
	return NKC_ENOTFOUND;
}

static nkc_status open_records(nkc_library *library, nkc_diags *diags)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_status status;

	nkc_buf_printf(&path, "%s/" RECORDS, library->path);
	status = nkc_buf_status(&path);
	if (status == NKC_OK)
		library->folder = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (status == NKC_OK && library->folder < 0)
		status = report_open(library, path.ptr, diags);
	nkc_buf_release(&path);
	return status;
}

nkc_status nkc_library_open(nkc_library **out, const char *dir, nkc_diags *diags)
{
	nkc_library *library = nkc_calloc(1, sizeof(*library));
	nkc_buf path = NKC_BUF_INIT;
	nkc_status status;

	*out = NULL;
	if (!library)
		return NKC_ENOMEM;
	library->folder = library->lock_file = -1;
	library->seen = library->bases = (nkc_set)NKC_MAP_INIT;
	nkc_buf_init(&library->text);
	status = find_library(dir, &path, diags);
	if (status == NKC_OK) {
		library->path = nkc_strdup(path.ptr, path.len);
		library->arena = nkc_arena_new();
		status = library->path && library->arena ? open_records(library, diags) : NKC_ENOMEM;
	}
	nkc_buf_release(&path);
	if (status == NKC_OK)
		*out = library;
	else
		nkc_library_close(library);
	return status;
}

void nkc_library_close(nkc_library *library)
{
	if (!library)
		return;
	if (library->lock_file >= 0)
		(void)close(library->lock_file);
	if (library->folder >= 0)
		(void)close(library->folder);
	nkc_set_release(&library->seen);
	nkc_set_release(&library->names);
	nkc_set_release(&library->proposed);
	nkc_set_release(&library->bases);
	nkc_free(library->stamps);
	nkc_free(library->keys);
	nkc_buf_release(&library->text);
	nkc_arena_free(library->arena);
	nkc_free(library->path);
	nkc_free(library);
}

const char *nkc_library_path(const nkc_library *library)
{
	return library->path;
}

void nkc_library_file(const nkc_library *library, nkc_str key, nkc_buf *path)
{
	put_path(library, key, path);
	nkc_buf_puts(path, NKC_RECORD_ENDING);
}

nkc_status nkc_key_file_make(nkc_key_file *file, nkc_str key, const nkc_place *place, nkc_diags *diags)
{
	nkc_status status = nkc_key_check(key, place, diags);

	if (status != NKC_OK)
		return status;
	file->key = key;
	memcpy(file->name, key.ptr, key.len);
	memcpy(file->name + key.len, NKC_RECORD_ENDING, sizeof(NKC_RECORD_ENDING));
	return NKC_OK;
}

bool nkc_library_has(nkc_library *library, nkc_str key)
{
	nkc_key_file file;
	struct stat info;

	return nkc_key_file_make(&file, key, NULL, NULL) == NKC_OK &&
	       fstatat(library->folder, file.name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

/* --- reading --- */

/* Why a file could not be opened or read, from errno. */
static nkc_status report_read(nkc_library *library, const nkc_key_file *file, nkc_diags *diags)
{
	if (errno == ENOENT)
		return nkc_library_report_unknown(library, file->key, diags);
	if (errno == ELOOP || errno == EMLINK || errno == ENXIO) {
		nkc_library_report(library, nkc_str_from(file->name), diags, NKC_CODE_LIBRARY_NOT_FILE, NULL,
		                   "a folder, symbolic link or special file, not a record");
		return NKC_EINVALID;
	}
	nkc_library_report(library, nkc_str_from(file->name), diags, NKC_CODE_IO_READ, NULL, "cannot read: %s",
	                   strerror(errno));
	return NKC_EIO;
}

/* Opens a record's file, if it is a regular one. -1 with errno. */
static int open_record(const nkc_library *library, const char *name)
{
	/* Not blocking: a pipe in the place of a record must not hang us. */
	int file = openat(library->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat info = { 0 };

	if (file >= 0 && (fstat(file, &info) != 0 || !S_ISREG(info.st_mode))) {
		(void)close(file);
		errno = ENXIO;
		return -1;
	}
	return file;
}

/* So much is read at once: nearly every record is shorter. */
#define READ_STEP ((size_t)16 << 10)

static nkc_status read_all(int file, nkc_buf *text)
{
	while (text->len <= NKC_RECORD_MAX) {
		ssize_t got;

		if (!nkc_buf_grow(text, READ_STEP))
			return nkc_buf_status(text);
		got = read(file, text->ptr + text->len, READ_STEP);
		if (got == 0)
			return NKC_OK;
		if (got < 0 && errno != EINTR)
			return NKC_EIO;
		if (got > 0)
			text->len += (size_t)got;
		text->ptr[text->len] = '\0';
	}
	return NKC_ELIMIT;
}

nkc_status nkc_library_read_file(const nkc_library *library, const char *name, nkc_buf *text)
{
	int file = open_record(library, name);
	nkc_status status;
	int reason;

	nkc_buf_clear(text);
	if (file < 0)
		return NKC_EIO;
	status = read_all(file, text);
	reason = errno;
	(void)close(file);
	errno = reason;
	return status;
}

uint64_t *nkc_library_stamp(nkc_library *library, nkc_str key)
{
	uint32_t *index;
	bool added;

	if (library->stamp_count == library->stamp_cap) {
		size_t cap = library->stamp_cap ? library->stamp_cap * 2 : 16;
		uint64_t *stamps = nkc_realloc(library->stamps, cap * sizeof(*stamps));

		if (!stamps)
			return NULL;
		library->stamps = stamps;
		library->stamp_cap = cap;
	}
	if (nkc_set_add(&library->seen, nkc_hash(key, 0), &added, &index) != NKC_OK)
		return NULL;
	if (added) {
		library->stamps[library->stamp_count++] = 0;
		*index = (uint32_t)library->stamp_count;
	}
	return &library->stamps[*index - 1];
}

nkc_status nkc_library_see(nkc_library *library, nkc_str key, nkc_str text)
{
	uint64_t *stamp = nkc_library_stamp(library, key);

	if (!stamp)
		return NKC_ENOMEM;
	*stamp = nkc_hash(text, 0);
	return NKC_OK;
}

nkc_status nkc_library_read(nkc_library *library, nkc_str key, nkc_buf *text, nkc_diags *diags)
{
	nkc_key_file file;
	nkc_status status = nkc_key_file_make(&file, key, NULL, diags);

	if (status != NKC_OK)
		return status;
	status = nkc_library_read_file(library, file.name, text);
	if (status == NKC_EIO)
		return report_read(library, &file, diags);
	if (status == NKC_ELIMIT)
		nkc_library_report(library, nkc_str_from(file.name), diags, NKC_CODE_JSON_SIZE, NULL,
		                   "longer than a record may be (%d MiB)", (int)(NKC_RECORD_MAX >> 20));
	return status == NKC_OK ? nkc_library_see(library, key, nkc_buf_str(text)) : status;
}

nkc_status nkc_library_load(nkc_library *library, nkc_str key, nkc_record *record, nkc_diags *diags)
{
	nkc_arena *arena = nkc_record_arena(record);
	nkc_buf path = NKC_BUF_INIT;
	nkc_source *source;
	nkc_status status = nkc_library_read(library, key, &library->text, diags);

	nkc_record_clear(record);
	if (status != NKC_OK)
		return status;
	/* The text and its source live as long as the record's content, which borrows from them. */
	nkc_library_file(library, key, &path);
	source = nkc_arena_alloc(arena, sizeof(*source));
	if (source)
		*source = nkc_source_make(nkc_arena_str(arena, nkc_buf_str(&path)),
		                          nkc_arena_str(arena, nkc_buf_str(&library->text)));
	status = nkc_buf_status(&path);
	nkc_buf_release(&path);
	if (!source || status != NKC_OK || nkc_arena_status(arena) != NKC_OK)
		return NKC_ENOMEM;
	return nkc_record_parse(record, source->text, source, diags);
}
