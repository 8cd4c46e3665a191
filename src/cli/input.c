#include <config.h>

#include "cli/input.h"
#include "cli/stream.h"

#include <stdlib.h>
#include <sys/stat.h>

/* A key that the user has named. */
typedef struct wanted_key {
	nkc_str key;
	bool found;
} wanted_key;

struct cli_input {
	cli_call *call;
	int status;
	wanted_key *wanted; /* in bytewise order, each once */
	size_t wanted_count;

	/* a library */
	nkc_library *library;
	nkc_record *record;
	const nkc_str *keys;
	size_t key_count, key_at;
	nkc_str key;
	nkc_buf path;

	/* files */
	const char **files;
	size_t file_count, file_at;
	const char *from;
	cli_stream stream;
	bool streaming;
};

/* --- what the words are --- */

static bool exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

bool cli_input_is_file(const char *word, const char *from)
{
	if (strcmp(word, "-") == 0 || strchr(word, '/'))
		return true;
	const char *dot = strrchr(word, '.');
	if (from)
		return dot || exists(word);
	return dot && (exists(word) || nkc_format_find(nkc_str_from(dot + 1)));
}

static int compare_wanted(const void *a, const void *b)
{
	const wanted_key *left = a, *right = b;
	return nkc_str_cmp(left->key, right->key);
}

static void sort_wanted(cli_input *input)
{
	size_t kept = 0;
	if (input->wanted_count)
		qsort(input->wanted, input->wanted_count, sizeof(*input->wanted), compare_wanted);
	for (size_t i = 0; i < input->wanted_count; i++)
		if (kept == 0 || !nkc_str_eq(input->wanted[kept - 1].key, input->wanted[i].key))
			input->wanted[kept++] = input->wanted[i];
	input->wanted_count = kept;
}

/* True when there is memory for as many files and keys as there are words. */
static bool make_lists(cli_input *input)
{
	size_t count = input->call->words.count + 1; /* standard input may be added */
	input->files = nkc_arena_alloc(input->call->arena, count * sizeof(*input->files));
	input->wanted = nkc_arena_alloc(input->call->arena, count * sizeof(*input->wanted));
	return input->files && input->wanted;
}

static void sort_words(cli_input *input)
{
	const cli_words *words = &input->call->words;
	for (size_t i = 0; i < words->count; i++) {
		if (cli_input_is_file(words->items[i], input->from))
			input->files[input->file_count++] = words->items[i];
		else
			input->wanted[input->wanted_count++] = (wanted_key){ nkc_str_from(words->items[i]), false };
	}
	if (input->from && input->file_count == 0)
		input->files[input->file_count++] = "-";
	sort_wanted(input);
}

/* --- opening --- */

static cli_input *new_input(cli_call *call, const char *from)
{
	cli_input *input = nkc_arena_alloc(call->arena, sizeof(*input));
	if (!input)
		return NULL;
	memset(input, 0, sizeof(*input));
	nkc_buf_init(&input->path);
	input->call = call;
	input->from = from;
	return make_lists(input) ? input : NULL;
}

static cli_input *fail(cli_input *input, int *status, int failure)
{
	if (input)
		cli_input_close(input);
	*status = failure;
	return NULL;
}

/* All keys of the library, or those that were named. */
static nkc_status choose_keys(cli_input *input)
{
	if (input->wanted_count == 0)
		return nkc_library_keys(input->library, &input->keys, &input->key_count, input->call->diags);
	nkc_str *keys = nkc_arena_alloc(input->call->arena, input->wanted_count * sizeof(*keys));
	if (!keys)
		return NKC_ENOMEM;
	for (size_t i = 0; i < input->wanted_count; i++)
		keys[i] = input->wanted[i].key;
	input->keys = keys;
	input->key_count = input->wanted_count;
	return NKC_OK;
}

static nkc_status open_library(cli_input *input, const char *dir)
{
	nkc_status status = nkc_library_open(&input->library, dir, input->call->diags);
	if (status != NKC_OK)
		return status;
	input->record = nkc_record_new();
	return input->record ? choose_keys(input) : NKC_ENOMEM;
}

cli_input *cli_input_open(cli_call *call, const cli_input_options *options, int *status)
{
	*status = cli_check_from(call, options->from);
	if (*status != CLI_CLEAN)
		return NULL;
	cli_input *input = new_input(call, options->from);
	if (!input)
		return fail(NULL, status, cli_failed(NKC_ENOMEM));
	sort_words(input);
	if (input->file_count && options->library)
		return fail(input, status, cli_usage_error(call, "--library and a file (%s) exclude each other",
		                                           input->files[0]));
	nkc_status opened = input->file_count ? NKC_OK : open_library(input, options->library);
	if (opened != NKC_OK)
		return fail(input, status, cli_failed(opened));
	return input;
}

/* --- the next record --- */

static void raise_status(cli_input *input, int status)
{
	input->status = cli_worse(input->status, status);
}

static nkc_record *next_of_library(cli_input *input)
{
	while (input->key_at < input->key_count) {
		input->key = input->keys[input->key_at++];
		nkc_buf_clear(&input->path);
		nkc_library_file(input->library, input->key, &input->path);
		nkc_status status = nkc_library_load(input->library, input->key, input->record, input->call->diags);
		if (status == NKC_OK)
			return input->record;
		raise_status(input, cli_failed(status));
	}
	return NULL;
}

static nkc_record *next_of_files(cli_input *input)
{
	for (;;) {
		if (input->streaming) {
			nkc_record *record = cli_stream_next(&input->stream, &input->status);
			if (record)
				return record;
			cli_stream_close(&input->stream);
			input->streaming = false;
		}
		if (input->file_at == input->file_count)
			return NULL;
		const char *path = input->files[input->file_at++];
		int status = cli_stream_open(&input->stream, path, input->from, input->call->diags);
		input->streaming = status == CLI_CLEAN;
		raise_status(input, status);
	}
}

/* Is it one of the keys that were named, or were none? */
static bool is_wanted(cli_input *input, const nkc_record *record)
{
	if (input->wanted_count == 0)
		return true;
	wanted_key sought = { nkc_record_id(record), false };
	wanted_key *hit = bsearch(&sought, input->wanted, input->wanted_count, sizeof(sought), compare_wanted);
	if (hit)
		hit->found = true;
	return hit != NULL;
}

static void report_missing(cli_input *input)
{
	for (size_t i = 0; i < input->wanted_count; i++) {
		if (input->wanted[i].found)
			continue;
		cli_file_finding(input->call->diags, NKC_CODE_KEY_UNKNOWN, nkc_str_from(input->files[0]), NULL,
		                 "no record has the key %.*s", NKC_STR_ARG(input->wanted[i].key));
		raise_status(input, CLI_FINDINGS);
	}
	input->wanted_count = 0; /* said once */
}

nkc_record *cli_input_next(cli_input *input)
{
	if (input->library)
		return next_of_library(input);
	nkc_record *record;
	while ((record = next_of_files(input)))
		if (is_wanted(input, record))
			return record;
	report_missing(input);
	return NULL;
}

/* --- what is known of the last one --- */

nkc_str cli_input_file(const cli_input *input)
{
	return input->library ? nkc_buf_str(&input->path) : input->stream.name;
}

nkc_str cli_input_key(const cli_input *input)
{
	return input->library ? input->key : NKC_STR("");
}

nkc_library *cli_input_library(const cli_input *input)
{
	return input->library;
}

const nkc_format *cli_input_format(const cli_input *input)
{
	return input->library ? NULL : input->stream.format;
}

int cli_input_fd(const cli_input *input)
{
	return input->stream.fd;
}

void cli_input_extent(const cli_input *input, uint64_t *offset, uint64_t *length)
{
	nkc_reader_extent(input->stream.reader, offset, length);
	*offset += input->stream.base;
}

int cli_input_close(cli_input *input)
{
	if (input->streaming)
		cli_stream_close(&input->stream);
	nkc_record_free(input->record);
	if (input->library)
		nkc_library_close(input->library);
	nkc_buf_release(&input->path);
	return input->status;
}
