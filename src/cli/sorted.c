#include <config.h>

#include "cli/sorted.h"
#include "cli/stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	KEPT_MAX = 64,            /* files kept open: far below the usual limit of 1024, and 6 bits of an entry */
	TEXT_MAX = (1 << 26) - 1, /* bytes of one record's text: 26 bits; NKC_RECORD_MAX is a quarter of it */
	SPOOL_MEMORY = 1 << 20,   /* so much is spooled in memory before a file is made */
	SPOOL = 0                 /* the spool's place in `places` */
};

/* Where the text of one record is. Small, for there may be a million of them. */
typedef struct entry {
	uint64_t offset;
	uint32_t id; /* where its id is in `ids`; grows in the order of the input */
	uint32_t length : 26;
	uint32_t place : 6;
} entry;

/* A file that is read again. */
typedef struct place {
	int fd;
	const nkc_format *format;
	nkc_str name;
} place;

struct cli_sorted {
	cli_call *call;
	nkc_buf entries; /* of struct entry */
	nkc_buf ids;     /* the length of each as a uint32_t, then its bytes */
	size_t next;
	place places[KEPT_MAX];
	size_t place_count;
	nkc_buf spool;        /* what is not yet in the spool's file */
	uint64_t spooled;     /* bytes in the spool's file */
	nkc_buf text;         /* of the record under way */
	nkc_reader *reader;
};

/* --- the spool --- */

static int spool_failed(cli_sorted *sorted, const char *what)
{
	cli_file_finding(sorted->call->diags, NKC_CODE_IO_WRITE, nkc_str_from(what),
	                 "set TMPDIR to a folder with free space", "temporary file: %s", strerror(errno));
	return CLI_IO;
}

static int open_spool(cli_sorted *sorted)
{
	const char *folder = getenv("TMPDIR");
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_printf(&path, "%s/nkcite-XXXXXX", folder && *folder ? folder : "/tmp");
	int fd = mkstemp(path.ptr);
	int status = fd < 0 ? spool_failed(sorted, path.ptr) : CLI_CLEAN;
	if (fd >= 0)
		unlink(path.ptr);
	sorted->places[SPOOL].fd = fd;
	nkc_buf_release(&path);
	return status;
}

static int spill(cli_sorted *sorted)
{
	if (sorted->places[SPOOL].fd < 0 && open_spool(sorted) != CLI_CLEAN)
		return CLI_IO;
	nkc_str rest = nkc_buf_str(&sorted->spool);
	while (rest.len) {
		ssize_t wrote = write(sorted->places[SPOOL].fd, rest.ptr, rest.len);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return spool_failed(sorted, "temporary file");
		rest = nkc_str_slice(rest, (size_t)wrote, rest.len);
	}
	sorted->spooled += sorted->spool.len;
	nkc_buf_clear(&sorted->spool);
	return CLI_CLEAN;
}

static int set_length(cli_sorted *sorted, entry *item, uint64_t length)
{
	item->length = length & TEXT_MAX;
	if (length <= TEXT_MAX)
		return CLI_CLEAN;
	cli_file_finding(sorted->call->diags, NKC_CODE_JSON_SIZE, sorted->places[item->place].name, NULL,
	                 "a record of %llu bytes", (unsigned long long)length);
	return CLI_FINDINGS;
}

static int put_in_spool(cli_sorted *sorted, const nkc_record *record, entry *item)
{
	size_t before = sorted->spool.len;
	item->place = SPOOL;
	item->offset = sorted->spooled + before;
	nkc_value_write(nkc_record_root(record), -1, &sorted->spool);
	if (nkc_buf_status(&sorted->spool) != NKC_OK)
		return cli_failed(nkc_buf_status(&sorted->spool));
	return set_length(sorted, item, sorted->spool.len - before);
}

/* --- gathering --- */

/* The place of the input's present file, if its records can be read again; else the spool. */
static uint32_t find_place(cli_sorted *sorted, const cli_input *input)
{
	place *last = &sorted->places[sorted->place_count - 1];
	nkc_str name = cli_input_file(input);
	if (sorted->place_count > 1 && last->name.ptr == name.ptr)
		return (uint32_t)(sorted->place_count - 1);
	struct stat st;
	int fd = cli_input_fd(input);
	if (sorted->place_count == KEPT_MAX || !nkc_format_rereads(cli_input_format(input)) || fstat(fd, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return SPOOL;
	fd = dup(fd);
	if (fd < 0)
		return SPOOL;
	sorted->places[sorted->place_count] = (place){ fd, cli_input_format(input), name };
	return (uint32_t)sorted->place_count++;
}

static int put_id(cli_sorted *sorted, entry *item, nkc_str id)
{
	uint32_t length = (uint32_t)id.len;
	if (sorted->ids.len > UINT32_MAX)
		return cli_failed(NKC_ENOMEM); /* 4 GiB of ids: more than should be held */
	item->id = (uint32_t)sorted->ids.len;
	nkc_buf_put(&sorted->ids, (const char *)&length, sizeof(length));
	nkc_buf_put_str(&sorted->ids, id);
	return CLI_CLEAN;
}

static int gather_one(cli_sorted *sorted, const cli_input *input, const nkc_record *record)
{
	entry item = { 0 };
	int status = put_id(sorted, &item, nkc_record_id(record));
	if (status != CLI_CLEAN)
		return status;
	item.place = find_place(sorted, input) & (KEPT_MAX - 1);
	if (item.place == SPOOL) {
		status = put_in_spool(sorted, record, &item);
	} else {
		uint64_t length;
		cli_input_extent(input, &item.offset, &length);
		status = set_length(sorted, &item, length);
	}
	if (status == CLI_CLEAN)
		nkc_buf_put(&sorted->entries, (const char *)&item, sizeof(item));
	if (sorted->spool.len > SPOOL_MEMORY && status != CLI_IO)
		status = cli_worse(status, spill(sorted));
	return status;
}

/* The ids, for compare_entries: qsort hands nothing on. */
static const char *ids_compared;

static nkc_str id_of(const entry *item)
{
	uint32_t length;
	memcpy(&length, ids_compared + item->id, sizeof(length));
	return nkc_str_make(ids_compared + item->id + sizeof(length), length);
}

static int compare_entries(const void *a, const void *b)
{
	const entry *left = a, *right = b;
	int order = nkc_str_cmp(id_of(left), id_of(right));
	return order ? order : (left->id > right->id) - (left->id < right->id);
}

static int gather_all(cli_sorted *sorted, cli_input *input)
{
	nkc_record *record;
	int status = CLI_CLEAN;
	while (status != CLI_IO && (record = cli_input_next(input)))
		status = cli_worse(status, gather_one(sorted, input, record));
	status = cli_worse(status, cli_failed(nkc_buf_status(&sorted->entries)));
	status = cli_worse(status, cli_failed(nkc_buf_status(&sorted->ids)));
	ids_compared = sorted->ids.ptr;
	if (sorted->entries.len)
		qsort(sorted->entries.ptr, sorted->entries.len / sizeof(entry), sizeof(entry), compare_entries);
	nkc_buf_release(&sorted->ids); /* they have done their work */
	return status;
}

cli_sorted *cli_sorted_gather(cli_call *call, cli_input *input, int *status)
{
	cli_sorted *sorted = nkc_arena_alloc(call->arena, sizeof(*sorted));
	if (!sorted) {
		*status = cli_failed(NKC_ENOMEM);
		return NULL;
	}
	memset(sorted, 0, sizeof(*sorted));
	sorted->call = call;
	nkc_buf_init(&sorted->entries);
	nkc_buf_init(&sorted->ids);
	nkc_buf_init(&sorted->spool);
	nkc_buf_init(&sorted->text);
	sorted->places[SPOOL] = (place){ -1, nkc_format_find(NKC_STR("csljsonl")), NKC_STR("") };
	sorted->place_count = 1;
	int gathered = gather_all(sorted, input);
	*status = cli_worse(*status, gathered);
	if (gathered != CLI_IO)
		return sorted;
	cli_sorted_close(sorted);
	return NULL;
}

/* --- giving out --- */

static int cannot_reread(const cli_sorted *sorted, const place *from, const char *why)
{
	cli_file_finding(sorted->call->diags, NKC_CODE_IO_READ, from->name, NULL, "cannot be read again: %s", why);
	return CLI_IO;
}

static int read_at(cli_sorted *sorted, const entry *item)
{
	const place *from = &sorted->places[item->place];
	nkc_buf *text = &sorted->text;
	nkc_buf_clear(text);
	if (!nkc_buf_grow(text, item->length))
		return cli_failed(NKC_ENOMEM);
	while (text->len < item->length) {
		ssize_t got = pread(from->fd, text->ptr + text->len, item->length - text->len,
		                    (off_t)(item->offset + text->len));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return cannot_reread(sorted, from, got < 0 ? strerror(errno) : "it has become shorter");
		text->len += (size_t)got;
	}
	return CLI_CLEAN;
}

static nkc_str text_of(cli_sorted *sorted, const entry *item, int *status)
{
	if (item->place == SPOOL && item->offset >= sorted->spooled) {
		size_t at = (size_t)(item->offset - sorted->spooled);
		return nkc_str_slice(nkc_buf_str(&sorted->spool), at, at + item->length);
	}
	*status = read_at(sorted, item);
	return nkc_buf_str(&sorted->text);
}

/* Its findings were reported at the first reading. */
static nkc_record *reread(cli_sorted *sorted, const place *from, nkc_str text, int *status)
{
	nkc_reader_close(sorted->reader);
	nkc_status opened = nkc_reader_open_text(&sorted->reader, from->format, from->name, text, NULL);
	nkc_record *record = NULL;
	if (opened == NKC_OK)
		opened = nkc_reader_next(sorted->reader, &record);
	if (opened == NKC_OK && !record)
		*status = cannot_reread(sorted, from, "it has changed");
	else
		*status = cli_worse(*status, cli_failed(opened));
	return record;
}

nkc_record *cli_sorted_next(cli_sorted *sorted, int *status)
{
	const entry *items = (const void *)sorted->entries.ptr;
	if (sorted->next == sorted->entries.len / sizeof(entry))
		return NULL;
	const entry *item = &items[sorted->next++];
	int got = CLI_CLEAN;
	nkc_str text = text_of(sorted, item, &got);
	nkc_record *record = got == CLI_CLEAN ? reread(sorted, &sorted->places[item->place], text, &got) : NULL;
	*status = cli_worse(*status, got);
	return record;
}

void cli_sorted_close(cli_sorted *sorted)
{
	nkc_reader_close(sorted->reader);
	for (size_t i = 0; i < sorted->place_count; i++)
		if (sorted->places[i].fd >= 0)
			close(sorted->places[i].fd);
	nkc_buf_release(&sorted->entries);
	nkc_buf_release(&sorted->ids);
	nkc_buf_release(&sorted->spool);
	nkc_buf_release(&sorted->text);
}
