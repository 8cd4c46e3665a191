#include "cli/gather.h"

#include <nkcite/nearest.h>

static void note_id(cli_gather *g, nkc_str id)
{
	nkc_buf_put_str(&g->ids, id);
	nkc_buf_putc(&g->ids, '\n');
}

static nkc_status read_files(cli_gather *g)
{
	cli_call call = *g->call;
	cli_input_options options = { .from = g->from ? g->from : "auto" }; /* every word is a file */
	const char **files = nkc_arena_alloc(call.arena, g->file_count * sizeof *files);
	nkc_record *record;
	nkc_status status = NKC_OK;
	if (!files)
		return NKC_ENOMEM;
	memcpy(files, g->files, g->file_count * sizeof *files);
	call.words = (cli_words){ .items = files, .count = g->file_count };
	cli_input *input = cli_input_open(&call, &options, &g->status);
	while (input && !status && (record = cli_input_next(input))) {
		note_id(g, nkc_record_id(record));
		status = g->take(g->context, record);
	}
	if (input)
		g->status = cli_worse(g->status, cli_input_close(input));
	return status;
}

static nkc_status read_record(cli_gather *g, nkc_library *library, nkc_str key, nkc_record *record)
{
	if (!nkc_library_has(library, key))
		return NKC_OK; /* who asked for it says so */
	nkc_status status = nkc_library_load(library, key, record, g->call->diags);
	if (status == NKC_ENOMEM)
		return status;
	if (status)
		g->status = cli_worse(g->status, cli_exit(status));
	return status ? NKC_OK : g->take(g->context, record);
}

static nkc_status read_library(cli_gather *g)
{
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	const nkc_str *keys = NULL;
	size_t count = 0;
	nkc_diags *diags = g->quiet && !g->library ? NULL : g->call->diags;
	nkc_status status = record ? nkc_library_open(&library, g->library, diags) : NKC_ENOMEM;
	if (status && status != NKC_ENOMEM && !diags) {
		nkc_record_free(record);
		return NKC_OK;
	}
	if (!status)
		status = nkc_library_keys(library, &keys, &count, g->call->diags);
	for (size_t i = 0; i < count && !status; i++)
		note_id(g, keys[i]);
	if (!g->all) {
		keys = g->keys;
		count = g->key_count;
	}
	for (size_t i = 0; i < count && !status; i++)
		status = read_record(g, library, keys[i], record);
	nkc_library_close(library);
	nkc_record_free(record);
	if (status && status != NKC_ENOMEM)
		g->status = cli_worse(g->status, cli_exit(status));
	return status == NKC_ENOMEM ? status : NKC_OK;
}

nkc_status cli_gather_run(cli_gather *g)
{
	nkc_buf_init(&g->ids);
	g->status = CLI_CLEAN;
	if (!g->file_count && !g->key_count && !g->all)
		return NKC_OK;
	return g->file_count ? read_files(g) : read_library(g);
}

void cli_gather_hint(const cli_gather *g, nkc_str key, nkc_buf *hint)
{
	nkc_nearest nearest;
	nkc_str ids = nkc_buf_str(&g->ids), id;
	nkc_nearest_init(&nearest, key);
	while (nkc_str_split(&ids, '\n', &id))
		nkc_nearest_offer(&nearest, id);
	nkc_nearest_hint(&nearest, hint);
}

void cli_gather_release(cli_gather *g)
{
	nkc_buf_release(&g->ids);
}
