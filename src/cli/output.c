#include <config.h>

#include "cli/output.h"
#include "cli/command.h"
#include "cli/text.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { OUTPUT_BLOCK = 1 << 16 };

bool cli_colour_wanted(int fd)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	if (no_color && *no_color)
		return false;
	return term && strcmp(term, "dumb") != 0 && isatty(fd);
}

static void output_init(cli_output *out, int fd, const char *path, size_t threshold, nkc_diags *diags)
{
	memset(out, 0, sizeof(*out));
	nkc_buf_init(&out->buf);
	out->fd = fd;
	out->path = path;
	out->threshold = threshold;
	out->diags = diags;
	out->neutralise = isatty(fd);
}

bool cli_output_open(cli_output *out, const char *path, nkc_diags *diags)
{
	if (!path || strcmp(path, "-") == 0) {
		output_init(out, STDOUT_FILENO, "standard output", OUTPUT_BLOCK, diags);
		return true;
	}
	output_init(out, -1, path, OUTPUT_BLOCK, diags);
	if (nkc_out_open(&out->file, path) == NKC_OK)
		return true;
	out->error = errno;
	cli_output_close(out, false);
	return false;
}

void cli_output_open_stderr(cli_output *out)
{
	output_init(out, STDERR_FILENO, "standard error", 0, NULL);
}

/* The reader of the pipe has gone: end as a program does that has not heard of SIGPIPE. */
static void end_by_sigpipe(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	_exit(128 + SIGPIPE);
}

static int write_all(int fd, nkc_str bytes)
{
	while (bytes.len) {
		ssize_t wrote = write(fd, bytes.ptr, bytes.len);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return errno;
		bytes = nkc_str_slice(bytes, (size_t)wrote, bytes.len);
	}
	return 0;
}

static int write_neutral(int fd, nkc_str bytes)
{
	nkc_buf shown = NKC_BUF_INIT;
	nkc_str rest = bytes, line;
	while (nkc_str_split(&rest, '\n', &line)) {
		bool whole = line.ptr + line.len < bytes.ptr + bytes.len;
		if (nkc_str_ends(line, NKC_STR("\r")))
			line.len--; /* the format's own line end */
		cli_put_safe(&shown, line);
		if (whole)
			nkc_buf_putc(&shown, '\n');
	}
	int error = nkc_buf_status(&shown) == NKC_OK ? write_all(fd, nkc_buf_str(&shown)) : ENOMEM;
	nkc_buf_release(&shown);
	return error;
}

static void write_out(cli_output *out)
{
	nkc_str bytes = nkc_buf_str(&out->buf);
	if (out->error || bytes.len == 0)
		return;
	if (out->file)
		out->error = nkc_out_write(out->file, bytes) == NKC_OK ? 0 : errno;
	else
		out->error = out->neutralise ? write_neutral(out->fd, bytes) : write_all(out->fd, bytes);
	if (out->error == EPIPE && out->fd == STDOUT_FILENO)
		end_by_sigpipe();
}

bool cli_output_flush(cli_output *out)
{
	if (nkc_buf_status(&out->buf) != NKC_OK && !out->error) {
		(void)cli_failed(NKC_ENOMEM);
		out->error = ENOMEM;
	}
	if (out->buf.len >= out->threshold || out->error) {
		write_out(out);
		nkc_buf_clear(&out->buf);
	}
	return !out->error;
}

static void report_failure(const cli_output *out)
{
	nkc_source source = nkc_source_make(nkc_str_from(out->path), NKC_STR(""));
	source.line = 0; /* the file as a whole */
	nkc_place place = { .source = &source };
	const char *hint = out->fd >= 0 ? "check where the output goes" : NULL;
	nkc_diags_add(out->diags, NKC_CODE_IO_WRITE, &place, hint, "cannot be written: %s", strerror(out->error));
}

/* A write that the system puts off (over a network, with a quota) may fail only when a descriptor is closed. */
static void settle(cli_output *out, bool keep)
{
	if (!out->file) {
		if (keep && !out->error && out->fd == STDOUT_FILENO && close(dup(out->fd)) < 0)
			out->error = errno;
		return;
	}
	if (!keep || out->error)
		nkc_out_abort(out->file);
	else if (nkc_out_commit(out->file) != NKC_OK)
		out->error = errno;
}

nkc_status cli_output_close(cli_output *out, bool keep)
{
	if (keep) {
		out->threshold = 0;
		cli_output_flush(out);
	}
	settle(out, keep);
	if (out->error && out->error != ENOMEM) /* of which there is no more to say */
		report_failure(out);
	nkc_buf_release(&out->buf);
	return out->error ? NKC_EIO : NKC_OK;
}

int cli_print(nkc_str text, nkc_diags *diags)
{
	cli_output out;
	cli_output_open(&out, NULL, diags);
	nkc_buf_put_str(&out.buf, text);
	return cli_exit(cli_output_close(&out, true));
}
