#include "cli/citing.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/stream.h"

#include <nkcite/nearest.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct cite_options {
	cli_input_options input;
	cli_style_options style;
	const char *output;
	bool textual;
} cite_options;

static const cli_opt options_table[] = {
	CLI_OPT_STYLE(cite_options, style),
	CLI_OPT_FLAG('t', "textual", cite_options, textual, "put the author in the text: Doe (2004)"),
	CLI_OPT_STRING('o', "output", "FILE", cite_options, output, CLI_VALUES_FILE,
	               "write to FILE, which is replaced when all is written"),
	CLI_OPT_INPUT(cite_options, input),
	CLI_OPT_END
};

/* What one word asks for: a cluster of the document. */
typedef struct citation {
	nkc_cite *cites;
	size_t count;
} citation;

/* A key that is cited, and whether its record was found. */
typedef struct cited {
	nkc_str key;
	bool found;
	nkc_nearest nearest; /* of the keys of a file */
} cited;

typedef struct citing {
	cli_citing base;
	const cite_options *options;
	cli_words files;
	citation *citations;
	size_t count;
	cited *keys; /* in bytewise order, each once */
	size_t key_count;
	int status;
} citing;

/* --- the words --- */

/* A key alone is a citation of it. */
static nkc_status read_key(citing *c, nkc_str word, citation *into)
{
	nkc_str none = NKC_STR("");
	into->cites = nkc_arena_alloc(c->base.call->arena, sizeof *into->cites);
	if (!into->cites)
		return NKC_ENOMEM;
	*into->cites = (nkc_cite){ word, none, none, none, none, false, false, 0, false };
	into->count = 1;
	return NKC_OK;
}

static nkc_status read_word(citing *c, const nkc_cite_parser *parser, const char *word)
{
	nkc_str text = nkc_str_from(word);
	citation *into = &c->citations[c->count];
	nkc_status status;
	if (strchr(word, '@')) {
		status = nkc_cite_parse(parser, text, c->base.call->arena, &into->cites, &into->count,
		                        c->base.call->diags);
	} else if (cli_input_is_file(word, c->options->input.from)) {
		c->files.items[c->files.count++] = word;
		return NKC_OK;
	} else {
		status = read_key(c, text, into);
	}
	if (status == NKC_OK)
		c->count++;
	return status;
}

static int read_words(citing *c)
{
	const cli_words *words = &c->base.call->words;
	nkc_arena *arena = c->base.call->arena;
	nkc_cite_parser *parser;
	c->files.items = nkc_arena_alloc(arena, words->count * sizeof *c->files.items);
	c->citations = nkc_arena_alloc(arena, words->count * sizeof *c->citations);
	if (!c->files.items || !c->citations)
		return cli_failed(NKC_ENOMEM);
	nkc_status status = nkc_cite_parser_new(&parser, c->base.style, c->base.locales, c->base.language);
	for (size_t i = 0; i < words->count && status == NKC_OK; i++)
		status = read_word(c, parser, words->items[i]);
	nkc_cite_parser_free(parser);
	if (status == NKC_OK && c->count == 0)
		return cli_usage_error(c->base.call, "no citation is named: write its key, or @key");
	return status == NKC_ESYNTAX ? CLI_FINDINGS : cli_failed(status);
}

/* --- their keys --- */

static int compare_cited(const void *a, const void *b)
{
	const cited *left = a, *right = b;
	return nkc_str_cmp(left->key, right->key);
}

static nkc_status gather_keys(citing *c)
{
	size_t count = 0;
	for (size_t i = 0; i < c->count; i++)
		count += c->citations[i].count;
	c->keys = nkc_arena_alloc(c->base.call->arena, count * sizeof *c->keys);
	if (!c->keys)
		return NKC_ENOMEM;
	for (size_t i = 0, at = 0; i < c->count; i++) {
		for (size_t j = 0; j < c->citations[i].count; j++) {
			cited *key = &c->keys[at++];
			*key = (cited){ .key = c->citations[i].cites[j].id };
			nkc_nearest_init(&key->nearest, key->key);
		}
	}
	qsort(c->keys, count, sizeof *c->keys, compare_cited);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !nkc_str_eq(c->keys[c->key_count - 1].key, c->keys[i].key))
			c->keys[c->key_count++] = c->keys[i];
	}
	return NKC_OK;
}

static cited *find_key(citing *c, nkc_str key)
{
	cited sought = { .key = key };
	return bsearch(&sought, c->keys, c->key_count, sizeof sought, compare_cited);
}

/* --- their records --- */

/* What is not there is a finding, and the others are cited all the same. */
static nkc_status put_of_library(citing *c)
{
	nkc_diags *diags = c->base.call->diags;
	nkc_library *library = NULL;
	nkc_record *record = nkc_record_new();
	nkc_status status = record ? nkc_library_open(&library, c->options->input.library, diags) : NKC_ENOMEM;
	for (size_t i = 0; i < c->key_count && status == NKC_OK; i++) {
		nkc_status loaded = nkc_library_load(library, c->keys[i].key, record, diags);
		c->status = cli_worse(c->status, cli_failed(loaded));
		c->keys[i].found = loaded == NKC_OK;
		if (loaded == NKC_OK)
			status = cli_citing_put(&c->base, record);
	}
	if (library)
		nkc_library_close(library);
	nkc_record_free(record);
	return status;
}

/* So many missing keys are compared with each key of a file. */
enum { NEAREST_KEYS = 16 };

static void offer(citing *c, nkc_str id)
{
	nkc_str copy = NKC_STR("");
	for (size_t i = 0, offered = 0; i < c->key_count && offered < NEAREST_KEYS; i++) {
		if (c->keys[i].found)
			continue;
		if (offered++ == 0)
			copy = nkc_arena_str(c->base.call->arena, id);
		nkc_nearest_offer(&c->keys[i].nearest, copy);
	}
}

static void report_missing(citing *c)
{
	nkc_buf hint = NKC_BUF_INIT;
	for (size_t i = 0; i < c->key_count; i++) {
		cited *key = &c->keys[i];
		if (key->found)
			continue;
		nkc_buf_clear(&hint);
		nkc_nearest_hint(&key->nearest, &hint);
		cli_file_finding(c->base.call->diags, NKC_CODE_KEY_UNKNOWN, nkc_str_from(c->files.items[0]),
		                 hint.len ? hint.ptr : NULL, "no record has the key \"%.*s\"", NKC_STR_ARG(key->key));
		c->status = cli_worse(c->status, CLI_FINDINGS);
	}
	nkc_buf_release(&hint);
}

static nkc_status put_of_files(citing *c)
{
	cli_call call = *c->base.call;
	cli_input_options options = { .from = c->options->input.from };
	nkc_record *record;
	nkc_status status = NKC_OK;
	call.words = c->files;
	cli_input *input = cli_input_open(&call, &options, &c->status);
	while (input && status == NKC_OK && (record = cli_input_next(input))) {
		cited *key = find_key(c, nkc_record_id(record));
		if (key) {
			key->found = true;
			status = cli_citing_put(&c->base, record);
		} else {
			offer(c, nkc_record_id(record));
		}
	}
	if (!input)
		return NKC_OK;
	c->status = cli_worse(c->status, cli_input_close(input));
	report_missing(c);
	return status;
}

/* --- their text --- */

/* In a note style each citation is a note. */
static nkc_status put_cluster(citing *c, size_t index)
{
	char id[32];
	int len = snprintf(id, sizeof id, "%zu", index);
	nkc_cluster cluster = {
		.id = nkc_str_make(id, (size_t)len),
		.note = nkc_style_is_note(c->base.style) ? (uint32_t)index + 1 : 0,
		.cites = c->citations[index].cites,
		.count = c->citations[index].count,
		.mode = c->options->textual ? NKC_MODE_COMPOSITE : NKC_MODE_NORMAL,
		.infix = NKC_STR(""),
	};
	nkc_status status = nkc_document_put_cluster(c->base.document, &cluster, NKC_STR(""));
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

static bool is_any_found(citing *c, const citation *of)
{
	for (size_t i = 0; i < of->count; i++) {
		if (find_key(c, of->cites[i].id)->found)
			return true;
	}
	return false;
}

/* A line for each word, whatever became of it. */
static nkc_status write_citations(citing *c, cli_output *out)
{
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < c->count && status == NKC_OK; i++)
		status = put_cluster(c, i);
	for (size_t i = 0; i < c->count && status == NKC_OK; i++) {
		nkc_str id, text;
		status = nkc_document_cluster(c->base.document, i, &id, &text);
		if (is_any_found(c, &c->citations[i]))
			nkc_buf_put_str(&out->buf, text);
		else
			nkc_buf_printf(&out->buf, "[%.*s?]", NKC_STR_ARG(c->citations[i].cites[0].id));
		nkc_buf_putc(&out->buf, '\n');
		if (!cli_output_flush(out))
			break;
	}
	return status;
}

static int write(citing *c)
{
	cli_output out;
	if (!cli_output_open(&out, c->options->output, c->base.call->diags))
		return CLI_IO;
	int status = cli_failed(write_citations(c, &out));
	return cli_worse(status, cli_exit(cli_output_close(&out, status != CLI_IO)));
}

static int cite(citing *c)
{
	int status = read_words(c);
	if (status != CLI_CLEAN)
		return status;
	bool from_files = c->files.count > 0 || c->options->input.from;
	nkc_status put = gather_keys(c);
	if (put == NKC_OK && from_files && c->files.count == 0)
		c->files.items[c->files.count++] = "-";
	if (put == NKC_OK)
		put = from_files ? put_of_files(c) : put_of_library(c);
	if (put != NKC_OK || c->status == CLI_IO)
		return cli_worse(c->status, cli_failed(put));
	return cli_worse(c->status, write(c));
}

static int run(cli_call *call, const void *given)
{
	citing c = { .options = given };
	int status = cli_citing_open(&c.base, call, &c.options->style, c.options->input.library);
	if (status == CLI_CLEAN)
		status = cite(&c);
	cli_citing_close(&c.base);
	return status;
}

const cli_command cli_command_cite = {
	.name = "cite",
	.summary = "render citations in a citation style",
	.usage = "CITATION... [FILE...]",
	.about = "Renders each CITATION on a line of its own. It is a key, or is written as for pandoc: a prefix, @ and the key, "
	         "a locator, a suffix; -@ leaves the author out; several cites are set apart by semicolons. The records "
	         "come from the library, or from files.\n"
	         "\n"
	         "  nkcite cite wertz2014chance\n"
	         "  nkcite cite --style=chicago-author-date 'see @wertz2014chance, p. 12; -@seok2004put'\n"
	         "  nkcite cite --markup=html --from=bibtex refs.bib @doe99",
	.options = options_table,
	.options_size = sizeof(cite_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_min = 1,
	.words_max = CLI_ANY,
	.run = run,
};
