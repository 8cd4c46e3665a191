#include <config.h>

#include "cli/mend.h"
#include "cli/diff.h"
#include "cli/stream.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct mending {
	cli_call *call;
	cli_output *dry_run; /* or NULL */
	nkc_record *record;  /* for nkc_record_fix_text */
	uint64_t mended;
	int status;

	/* the file under way */
	nkc_str name;
	nkc_buf path;
	int fd; /* -1: there is none, or it is left as it is */
	struct stat opened;
	uint64_t found;    /* how many of its records were mended */
	uint64_t copied;   /* so much of it has been passed on */
	nkc_out *file;     /* what takes its place; NULL before the first change */
	nkc_buf text;      /* of one record, or of what stands between two */
	nkc_buf part;      /* the mended record */
	nkc_buf after;     /* of a dry run: the file as it would be */
	nkc_buf parts;     /* of a dry run: cli_diff_part */
} mending;

/* --- failures --- */

/* The file stays as it was, and the next one is looked at. */
static bool leave(mending *m, int status)
{
	m->status = cli_worse(m->status, status);
	nkc_out_abort(m->file);
	m->file = NULL;
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
	return false;
}

static bool leave_for(mending *m, nkc_code code, const char *what)
{
	cli_file_finding(m->call->diags, code, m->name, NULL, "not mended: %s", what);
	return leave(m, CLI_IO);
}

static bool check_status(mending *m, nkc_status status)
{
	if (status == NKC_OK)
		return true;
	return status == NKC_EIO ? leave_for(m, NKC_CODE_IO_WRITE, strerror(errno)) : leave(m, cli_failed(status));
}

/* --- the bytes --- */

/* Appends bytes of the file to `text`: `size` of them, or fewer at its end. */
static bool read_at(mending *m, uint64_t offset, size_t size, nkc_buf *text)
{
	size_t end = text->len + size;
	if (!nkc_buf_grow(text, size))
		return check_status(m, NKC_ENOMEM);
	while (text->len < end) {
		ssize_t got = pread(m->fd, text->ptr + text->len, end - text->len, (off_t)offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return leave_for(m, NKC_CODE_IO_READ, strerror(errno));
		if (got == 0)
			break;
		text->len += (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}

static bool put(mending *m, nkc_str bytes)
{
	if (!m->dry_run)
		return check_status(m, nkc_out_write(m->file, bytes));
	nkc_buf_put_str(&m->after, bytes);
	return check_status(m, nkc_buf_status(&m->after));
}

/* Passes on what stands between the last change and the offset. */
static bool copy_to(mending *m, uint64_t offset)
{
	enum { PIECE = 1 << 18 };
	while (m->copied < offset) {
		uint64_t left = offset - m->copied;
		nkc_buf_clear(&m->text);
		if (!read_at(m, m->copied, left < PIECE ? (size_t)left : PIECE, &m->text))
			return false;
		if (m->text.len == 0)
			return leave_for(m, NKC_CODE_IO_READ, "it has become shorter");
		if (!put(m, nkc_buf_str(&m->text)))
			return false;
		m->copied += m->text.len;
	}
	return true;
}

/* --- a file --- */

static bool is_csl_json(const nkc_format *format)
{
	return format == nkc_format_find(NKC_STR("csljson")) || format == nkc_format_find(NKC_STR("csljsonl"));
}

static void begin_file(mending *m, const cli_input *input)
{
	m->name = cli_input_file(input);
	m->copied = m->found = 0;
	nkc_buf_clear(&m->path);
	nkc_buf_put_str(&m->path, m->name);
	nkc_buf_clear(&m->after);
	nkc_buf_clear(&m->parts);
	m->fd = dup(cli_input_fd(input));
	if (m->fd < 0 || fstat(m->fd, &m->opened) != 0)
		(void)leave_for(m, NKC_CODE_IO_READ, strerror(errno));
	else if (nkc_str_is(m->name, "-") || !S_ISREG(m->opened.st_mode) || !is_csl_json(cli_input_format(input)))
		(void)leave(m,
		            cli_usage_error(m->call,
		                            "--fix mends libraries and files of CSL-JSON, which %.*s is not",
		                            NKC_STR_ARG(m->name)));
}

static bool begin_change(mending *m)
{
	if (m->dry_run || m->file)
		return true;
	nkc_status status = nkc_buf_status(&m->path);
	return check_status(m, status == NKC_OK ? nkc_out_open(&m->file, m->path.ptr) : status);
}

static void note_part(mending *m, uint64_t offset, uint64_t length)
{
	cli_diff_part part = { .before_from = (size_t)offset, .before_to = (size_t)(offset + length),
		               .after_from = m->after.len, .after_to = m->after.len + m->part.len };
	if (m->dry_run)
		nkc_buf_put(&m->parts, (const char *)&part, sizeof(part));
}

static void mend_record(mending *m, uint64_t offset, uint64_t length)
{
	nkc_buf_clear(&m->text);
	nkc_buf_clear(&m->part);
	if (!read_at(m, offset, (size_t)length, &m->text))
		return;
	nkc_status status = nkc_record_fix_text(m->record, nkc_buf_str(&m->text), m->call->diags, &m->part);
	if (status == NKC_ESYNTAX) {
		(void)leave_for(m, NKC_CODE_IO_READ, "it has changed while it was read");
		return;
	}
	if (!check_status(m, status) || m->part.len == 0 || !begin_change(m) || !copy_to(m, offset))
		return;
	note_part(m, offset, length);
	if (!put(m, nkc_buf_str(&m->part)))
		return;
	m->copied = offset + length;
	m->found++;
}

/* Has somebody written to the file, or put another one in its place, since it was opened? */
static bool has_changed(const mending *m)
{
	struct stat now;
	return stat(m->path.ptr, &now) != 0 || now.st_dev != m->opened.st_dev || now.st_ino != m->opened.st_ino ||
	       now.st_size != m->opened.st_size || now.st_mtim.tv_sec != m->opened.st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != m->opened.st_mtim.tv_nsec;
}

static bool show_changes(mending *m)
{
	nkc_buf_clear(&m->text);
	if (!read_at(m, 0, (size_t)m->opened.st_size, &m->text) || !check_status(m, nkc_buf_status(&m->parts)))
		return false;
	return check_status(m, cli_diff_parts(m->name, nkc_buf_str(&m->text), nkc_buf_str(&m->after),
	                                      (const void *)m->parts.ptr, (size_t)m->found, &m->dry_run->buf));
}

static bool replace_file(mending *m)
{
	nkc_out *file = m->file;
	m->file = NULL; /* it ends in any case */
	return check_status(m, nkc_out_commit(file));
}

static bool finish_changes(mending *m)
{
	if (!copy_to(m, (uint64_t)m->opened.st_size))
		return false;
	if (has_changed(m))
		return leave_for(m, NKC_CODE_IO_WRITE, "it has changed while it was read");
	return m->dry_run ? show_changes(m) : replace_file(m);
}

static void end_file(mending *m)
{
	if (m->fd >= 0 && m->found && finish_changes(m))
		m->mended += m->found;
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
}

/* --- all of them --- */

static void mend_all(mending *m, cli_input *input)
{
	while (cli_input_next(input)) {
		uint64_t offset, length;
		if (cli_input_file(input).ptr != m->name.ptr) {
			end_file(m);
			begin_file(m, input);
		}
		cli_input_extent(input, &offset, &length);
		if (m->fd >= 0)
			mend_record(m, offset, length);
	}
	end_file(m);
}

int cli_mend_files(cli_call *call, const cli_input_options *options, cli_output *dry_run, uint64_t *mended)
{
	cli_call quiet = *call;
	mending m = { .call = call, .dry_run = dry_run, .record = nkc_record_new(), .fd = -1 };
	nkc_buf_init(&m.path);
	nkc_buf_init(&m.text);
	nkc_buf_init(&m.part);
	nkc_buf_init(&m.after);
	nkc_buf_init(&m.parts);
	if (!dry_run)
		quiet.diags = NULL;
	cli_input *input = m.record ? cli_input_open(&quiet, options, &m.status) : NULL;
	if (!m.record)
		m.status = cli_failed(NKC_ENOMEM);
	if (input) {
		mend_all(&m, input);
		int read = cli_input_close(input);
		m.status = cli_worse(m.status, dry_run ? read : CLI_CLEAN);
	}
	nkc_record_free(m.record);
	nkc_buf_release(&m.path);
	nkc_buf_release(&m.text);
	nkc_buf_release(&m.part);
	nkc_buf_release(&m.after);
	nkc_buf_release(&m.parts);
	*mended = m.mended;
	return m.status;
}
