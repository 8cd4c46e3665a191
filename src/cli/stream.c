#include <config.h>

#include "cli/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <nkcite/nearest.h>
#include <sys/stat.h>
#include <unistd.h>

void cli_file_finding(nkc_diags *diags, nkc_code code, nkc_str file, const char *hint, const char *format, ...)
{
	nkc_source source = nkc_source_make(file, NKC_STR(""));
	source.line = 0; /* the file as a whole */
	nkc_place place = { .source = &source };
	nkc_buf message = NKC_BUF_INIT;
	va_list args;
	va_start(args, format);
	nkc_buf_vprintf(&message, format, args);
	va_end(args);
	nkc_diags_add(diags, code, &place, hint, "%s", message.ptr);
	nkc_buf_release(&message);
}

/* --- names of formats --- */

int cli_check_format(const cli_call *call, const char *name, bool (*can)(const nkc_format *))
{
	const nkc_format *format = nkc_format_find(nkc_str_from(name));
	if (format && can(format))
		return CLI_CLEAN;
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, nkc_str_from(name));
	for (size_t i = 0; !format && (format = nkc_format_at(i)); i++, format = NULL)
		if (can(format))
			nkc_nearest_offer(&nearest, nkc_str_from(nkc_format_name(format)));
	nkc_buf hint = NKC_BUF_INIT;
	nkc_nearest_hint(&nearest, &hint);
	const char *why = can == nkc_format_reads ? "cannot be read" : "cannot be written";
	int status = cli_usage_error(call, "format '%s' %s; %s", name, format ? why : "is not known",
	                             hint.len ? hint.ptr : "nkcite formats lists them");
	nkc_buf_release(&hint);
	return status;
}

int cli_check_from(const cli_call *call, const char *from)
{
	if (!from || strcmp(from, "auto") == 0)
		return CLI_CLEAN;
	return cli_check_format(call, from, nkc_format_reads);
}

/* --- opening --- */

static int cannot_read(nkc_diags *diags, nkc_str name, int error)
{
	cli_file_finding(diags, NKC_CODE_IO_READ, name, NULL, "cannot be read: %s", strerror(error));
	return CLI_IO;
}

static int is_folder(nkc_diags *diags, nkc_str name)
{
	cli_file_finding(diags, NKC_CODE_IO_READ, name, "name a file; a library is read with -L DIR",
	                 "cannot be read: it is a folder");
	return CLI_IO;
}

static int open_fd(cli_stream *stream, const char *path, nkc_diags *diags)
{
	struct stat st;
	bool standard = strcmp(path, "-") == 0;
	stream->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (stream->fd < 0 || fstat(stream->fd, &st) != 0)
		return cannot_read(diags, stream->name, errno);
	if (S_ISDIR(st.st_mode))
		return is_folder(diags, stream->name);
	off_t at = lseek(stream->fd, 0, SEEK_CUR);
	stream->base = at > 0 ? (uint64_t)at : 0;
#ifdef POSIX_FADV_SEQUENTIAL
	posix_fadvise(stream->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
	return CLI_CLEAN;
}

static ptrdiff_t read_fd(int fd, char *bytes, size_t size)
{
	for (;;) {
		ssize_t got = read(fd, bytes, size);
		if (got >= 0 || errno != EINTR)
			return got;
	}
}

static int read_head(cli_stream *stream, nkc_diags *diags)
{
	while (stream->head_len < CLI_HEAD_SIZE) {
		ptrdiff_t got = read_fd(stream->fd, stream->head + stream->head_len, CLI_HEAD_SIZE - stream->head_len);
		if (got < 0)
			return cannot_read(diags, stream->name, errno);
		if (got == 0)
			break;
		stream->head_len += (size_t)got;
	}
	return CLI_CLEAN;
}

/* --- which format --- */

/* UTF-16 and UTF-32 have a byte order mark, or NUL bytes among the first letters (RFC 4627, section 3). */
static bool is_wide_text(nkc_str head)
{
	return nkc_str_starts(head, NKC_STR("\xFF\xFE")) || nkc_str_starts(head, NKC_STR("\xFE\xFF")) ||
	       (head.len >= 2 && (head.ptr[0] == '\0') != (head.ptr[1] == '\0'));
}

static int unknown_format(const cli_stream *stream, nkc_str head, nkc_diags *diags)
{
	if (nkc_str_empty(nkc_str_trim(head)))
		cli_file_finding(diags, NKC_CODE_JSON_EMPTY, stream->name, NULL, "there is nothing in it");
	else if (is_wide_text(head))
		cli_file_finding(diags, NKC_CODE_ENCODING_UTF16, stream->name, NULL, "UTF-16 or UTF-32, not UTF-8");
	else
		cli_file_finding(diags, NKC_CODE_FORMAT_UNKNOWN, stream->name,
		                 "name it with --from; nkcite formats lists the formats",
		                 "its content is of no format that nkcite knows");
	return CLI_FINDINGS;
}

static int choose_format(cli_stream *stream, const char *from, nkc_diags *diags)
{
	nkc_str head = nkc_str_make(stream->head, stream->head_len);
	if (from && strcmp(from, "auto") != 0)
		stream->format = nkc_format_find(nkc_str_from(from));
	else
		stream->format = nkc_format_sniff(head, stream->name);
	if (!stream->format || !nkc_format_reads(stream->format))
		return unknown_format(stream, head, diags);
	return CLI_CLEAN;
}

/* --- reading --- */

static ptrdiff_t read_stream(void *context, char *bytes, size_t size)
{
	cli_stream *stream = context;
	size_t left = stream->head_len - stream->head_at;
	if (left) {
		size_t count = left < size ? left : size;
		memcpy(bytes, stream->head + stream->head_at, count);
		stream->head_at += count;
		return (ptrdiff_t)count;
	}
	return read_fd(stream->fd, bytes, size);
}

int cli_stream_open(cli_stream *stream, const char *path, const char *from, nkc_diags *diags)
{
	stream->fd = -1;
	stream->name = nkc_str_from(path);
	stream->head_len = stream->head_at = 0;
	stream->reader = NULL;
	int status = open_fd(stream, path, diags);
	if (status == CLI_CLEAN)
		status = read_head(stream, diags);
	if (status == CLI_CLEAN)
		status = choose_format(stream, from, diags);
	if (status == CLI_CLEAN)
		status = cli_failed(nkc_reader_open(&stream->reader, stream->format, stream->name, read_stream, stream,
		                                    diags));
	if (status != CLI_CLEAN)
		cli_stream_close(stream);
	return status;
}

nkc_record *cli_stream_next(cli_stream *stream, int *status)
{
	nkc_record *record = NULL;
	nkc_status result = nkc_reader_next(stream->reader, &record);
	*status = cli_worse(*status, cli_failed(result));
	return result == NKC_OK ? record : NULL;
}

void cli_stream_close(cli_stream *stream)
{
	nkc_reader_close(stream->reader);
	stream->reader = NULL;
	if (stream->fd > STDIN_FILENO)
		close(stream->fd);
	stream->fd = -1;
}
