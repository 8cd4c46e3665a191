/*
 * cmd_citeproc.c: the CSL processor behind a pipe: a JSON document a line in, its results a line out.
 *
 *	in:  {"id":N,"style":XML,"items":[...],"citations":[{"noteIndex":N,"citationItems":[...],"mode":"composite"}],
 *	      "markup":"html"|"text"|...,"links":bool,"lang":"de","nosort":bool,"noteNumbers":bool}
 *	out: {"id":N,"citations":[...],"bibliography":[...]|null,"ids":[...]}  or  {"id":N,"error":"..."}
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/pieces.h"
#include "cli/stream.h"

#include <errno.h>
#include <nkcite/cite.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct citeproc_options {
	const char *locales;
	uint64_t perf;
} citeproc_options;

static const cli_opt options_table[] = {
	CLI_OPT_STRING(0, "locales", "DIR", citeproc_options, locales, CLI_VALUES_FOLDER,
	               "take locales-xx-XX.xml from DIR; else from $NKCITE_LOCALES"),
	CLI_OPT_NUMBER(0, "perf", "N", citeproc_options, perf,
	               "render the document of FILE N times and print the times"),
	CLI_OPT_END
};

typedef struct engine {
	nkc_locales *locales;
	nkc_diags *diags;
	nkc_style *style; /* of the last document: the next often has the same */
	nkc_buf xml;
	nkc_arena *piece;   /* one item or citation */
	cli_output *output; /* takes long results piece by piece; NULL: they are kept */
} engine;

/* A document; of its two long lists the text where they are not in the tree. */
typedef struct request {
	nkc_value *tree;
	nkc_str lists[2];
} request;

enum { ITEMS, CITATIONS };
static const char *const list_names[] = { [ITEMS] = "items", [CITATIONS] = "citations" };

#define OUTPUT_PIECE ((size_t)64 << 10)

static nkc_value *member(const nkc_value *object, const char *name)
{
	return nkc_value_find(object, nkc_str_from(name));
}

static nkc_str text_of(const nkc_value *object, const char *name)
{
	return nkc_value_text(member(object, name));
}

static bool is_set(const nkc_value *object, const char *name)
{
	return nkc_value_truth(member(object, name));
}

static int64_t number_of(const nkc_value *object, const char *name)
{
	int64_t number = 0;
	return nkc_value_int(member(object, name), &number) ? number : 0;
}

/* --- one document --- */

static nkc_status use_style(engine *e, nkc_str xml)
{
	if (e->style && nkc_str_eq(nkc_buf_str(&e->xml), xml))
		return NKC_OK;
	nkc_style_free(e->style);
	e->style = NULL;
	nkc_buf_clear(&e->xml);
	nkc_buf_put_str(&e->xml, xml);
	return nkc_style_parse(&e->style, xml, NKC_STR("style"), e->diags);
}

static nkc_cite read_cite(const nkc_value *from)
{
	nkc_cite cite = {
		.id = text_of(from, "id"),
		.locator = text_of(from, "locator"),
		.label = text_of(from, "label"),
		.prefix = text_of(from, "prefix"),
		.suffix = text_of(from, "suffix"),
		.suppress_author = is_set(from, "suppress-author"),
		.author_only = is_set(from, "author-only"),
		.near_note = is_set(from, "near-note"),
	};
	if (member(from, "position")) /* citeproc-js counts from 0: first, subsequent, ibid, ibid with locator */
		cite.position = (uint8_t)(number_of(from, "position") + 1);
	return cite;
}

/* Without note numbers of its own, a document in a note style has one note a citation. */
static uint32_t note_of(const engine *e, const nkc_value *document, const nkc_value *citation, size_t index)
{
	if (is_set(document, "noteNumbers"))
		return (uint32_t)number_of(citation, "noteIndex");
	return nkc_style_is_note(e->style) ? (uint32_t)index + 1 : 0;
}

/* How citeproc-js names the forms of a whole citation. */
static nkc_mode mode_of(const nkc_value *citation)
{
	static const struct {
		const char *name;
		nkc_mode mode;
	} modes[] = {
		{ "author-only", NKC_MODE_AUTHOR_ONLY },
		{ "suppress-author", NKC_MODE_SUPPRESS_AUTHOR },
		{ "composite", NKC_MODE_COMPOSITE },
	};
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (nkc_str_is(text_of(citation, "mode"), modes[i].name))
			return modes[i].mode;
	}
	return NKC_MODE_NORMAL;
}

static cli_pieces open_list(const engine *e, const request *from, int list)
{
	return (cli_pieces){ .next = nkc_value_first(member(from->tree, list_names[list])), .text = from->lists[list],
		             .arena = e->piece };
}

static nkc_status put_citation(engine *e, nkc_document *document, const request *from, const nkc_value *citation,
                               size_t index)
{
	nkc_value *items = member(citation, "citationItems");
	nkc_cite *cites = nkc_arena_alloc(e->piece, (nkc_value_count(items) + 1) * sizeof *cites);
	char id[32];
	if (!cites)
		return NKC_ENOMEM;
	int len = snprintf(id, sizeof id, "%zu", index);
	nkc_cluster cluster = { .id = nkc_str_make(id, (size_t)len), .note = note_of(e, from->tree, citation, index),
		                .cites = cites, .mode = mode_of(citation), .infix = text_of(citation, "infix") };
	for (nkc_value *item = nkc_value_first(items); item; item = item->next)
		cites[cluster.count++] = read_cite(item);
	nkc_status status = nkc_document_put_cluster(document, &cluster, NKC_STR(""));
	return status == NKC_ENOTFOUND ? NKC_OK : status; /* a cite of no item is left out */
}

/* Appends an id, kept in the arena, to a list of them. */
static void note_id(nkc_buf *ids, nkc_arena *arena, nkc_str id)
{
	nkc_str kept = nkc_arena_str(arena, id);
	nkc_buf_put(ids, (const char *)&kept, sizeof kept);
}

/* What no citation names is in the bibliography too, unless the document tells its citations exactly. */
static nkc_status put_items(engine *e, nkc_document *document, const request *from)
{
	bool exact = is_set(from->tree, "noteNumbers");
	cli_pieces items = open_list(e, from, ITEMS);
	nkc_arena *arena = nkc_arena_new();
	nkc_buf ids = NKC_BUF_INIT;
	nkc_status status = arena ? NKC_OK : NKC_ENOMEM;
	for (nkc_value *item; !status && (item = cli_pieces_next(&items)) != NULL;) {
		status = nkc_document_put_object(document, item);
		if (!exact)
			note_id(&ids, arena, text_of(item, "id"));
	}
	status = status ? status : items.status ? items.status : nkc_buf_status(&ids);
	status = status ? status : nkc_arena_status(arena);
	if (!status && !exact)
		status = nkc_document_set_uncited(document, (const nkc_str *)(void *)ids.ptr, ids.len / sizeof(nkc_str));
	nkc_buf_release(&ids);
	nkc_arena_free(arena);
	return status;
}

static nkc_status fill(engine *e, nkc_document *document, const request *from)
{
	nkc_status status = put_items(e, document, from);
	cli_pieces citations = open_list(e, from, CITATIONS);
	size_t index = 0;
	nkc_document_set_links(document, is_set(from->tree, "links"));
	if (is_set(from->tree, "nosort"))
		nkc_document_set_unsorted(document, true);
	for (nkc_value *citation; !status && (citation = cli_pieces_next(&citations)) != NULL;)
		status = put_citation(e, document, from, citation, index++);
	status = status ? status : citations.status;
	return status ? status : nkc_document_update(document);
}

/* A text of a list of results. */
static void put_result(const engine *e, bool first, nkc_str text, nkc_buf *out)
{
	nkc_buf_puts(out, first ? "" : ",");
	nkc_json_put_string(out, text);
	if (e->output && out->len > OUTPUT_PIECE)
		(void)cli_output_flush(e->output);
}

/* Nothing fails here but memory and the output: the document is up to date. */
static void put_results(const engine *e, nkc_document *document, nkc_buf *out)
{
	size_t entries = 0, clusters = nkc_document_cluster_count(document);
	nkc_str id, text;
	nkc_buf_puts(out, "\"citations\":[");
	for (size_t i = 0; i < clusters && !nkc_document_cluster(document, i, &id, &text); i++)
		put_result(e, i == 0, text, out);
	nkc_buf_puts(out, "],\"bibliography\":");
	bool has = nkc_document_entry_count(document, &entries) == NKC_OK;
	nkc_buf_puts(out, has ? "[" : "null");
	for (size_t i = 0; i < entries && !nkc_document_entry(document, i, &id, &text); i++)
		put_result(e, i == 0, text, out);
	nkc_buf_puts(out, has ? "],\"ids\":[" : "");
	for (size_t i = 0; i < entries && !nkc_document_entry(document, i, &id, &text); i++)
		put_result(e, i == 0, id, out);
	nkc_buf_puts(out, has ? "]" : "");
}

static nkc_status render(engine *e, const request *from, nkc_buf *out)
{
	const nkc_value *tree = from->tree;
	nkc_str name = text_of(tree, member(tree, "markup") ? "markup" : "format");
	const nkc_markup *markup = nkc_markup_find(name.len ? name : NKC_STR("html"));
	nkc_document *document = NULL;
	nkc_status status = markup ? use_style(e, text_of(tree, "style")) : NKC_EUNSUPPORTED;
	if (!status)
		status = nkc_document_new(&document, e->style, e->locales, text_of(tree, "lang"), markup, e->diags);
	if (!status)
		status = fill(e, document, from);
	if (!status)
		put_results(e, document, out);
	nkc_document_free(document);
	return status ? status : nkc_buf_status(out);
}

/* One line in, one line out. */
static void answer(engine *e, nkc_str line, nkc_buf *out)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_buf rest = NKC_BUF_INIT;
	request from = { .tree = NULL };
	const char *what = "out of memory";
	cli_pieces_cut(line, list_names, 2, from.lists, &rest);
	nkc_status status = arena ? nkc_buf_status(&rest) : NKC_ENOMEM;
	if (!status)
		status = nkc_value_parse(&from.tree, arena, nkc_buf_str(&rest), NULL, &what);
	nkc_buf_puts(out, "{\"id\":");
	nkc_value *id = status ? NULL : member(from.tree, "id");
	if (id)
		nkc_value_write(id, -1, out);
	else
		nkc_buf_puts(out, "null");
	nkc_buf_putc(out, ',');
	size_t before = out->len;
	if (!status) {
		status = render(e, &from, out);
		what = nkc_status_text(status);
	}
	if (status) {
		nkc_buf_truncate(out, before);
		nkc_buf_puts(out, "\"error\":");
		nkc_json_put_string(out, nkc_str_from(what));
	}
	nkc_buf_puts(out, "}\n");
	nkc_buf_release(&rest);
	nkc_arena_free(arena);
}

/* --- the command --- */

/* Reads up to the end of the line; false at the end of the input. */
static bool read_line(FILE *in, nkc_buf *line)
{
	char piece[65536];
	nkc_buf_clear(line);
	while (fgets(piece, sizeof piece, in)) {
		nkc_buf_puts(line, piece);
		if (line->len && line->ptr[line->len - 1] == '\n')
			break;
	}
	return line->len > 0 && nkc_buf_status(line) == NKC_OK;
}

static int serve(engine *e, FILE *in, nkc_diags *diags)
{
	cli_output out;
	nkc_buf line = NKC_BUF_INIT;
	if (!cli_output_open(&out, NULL, diags))
		return CLI_IO;
	out.threshold = 1; /* who asks by a pipe waits for the line */
	e->output = &out;
	bool open = true;
	while (open && read_line(in, &line)) {
		answer(e, nkc_buf_str(&line), &out.buf);
		open = cli_output_flush(&out);
	}
	nkc_buf_release(&line);
	return cli_exit(cli_output_close(&out, true));
}

static int measure(engine *e, FILE *in, uint64_t runs, nkc_diags *diags)
{
	nkc_buf line = NKC_BUF_INIT, times = NKC_BUF_INIT, product = NKC_BUF_INIT;
	nkc_arena *arena = nkc_arena_new();
	request from = { .tree = NULL, .lists = { { NULL, 0 }, { NULL, 0 } } };
	nkc_status status = arena && read_line(in, &line)
	                            ? nkc_value_parse(&from.tree, arena, nkc_buf_str(&line), NULL, NULL)
	                            : NKC_ESYNTAX;
	if (!status) /* style and items are read before the clock starts */
		status = use_style(e, text_of(from.tree, "style"));
	nkc_buf_puts(&times, "{\"runs_cpu_ms\":[");
	for (uint64_t i = 0; i < runs && !status; i++) {
		clock_t start = clock();
		nkc_buf_clear(&product);
		nkc_arena_reset(e->piece);
		status = render(e, &from, &product);
		nkc_buf_printf(&times, "%s%.3f", i ? "," : "", (double)(clock() - start) * 1000.0 / CLOCKS_PER_SEC);
	}
	nkc_buf_puts(&times, "]}\n");
	int exit = status ? cli_failed(status) : cli_print(nkc_buf_str(&times), diags);
	nkc_arena_free(arena);
	nkc_buf_release(&line);
	nkc_buf_release(&times);
	nkc_buf_release(&product);
	return exit;
}

static int run(cli_call *call, const void *given)
{
	const citeproc_options *options = given;
	engine e = { .diags = call->diags, .xml = NKC_BUF_INIT };
	const char *path = call->words.count ? call->words.items[0] : "-";
	FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	if (!in) {
		cli_file_finding(call->diags, NKC_CODE_IO_READ, nkc_str_from(path), NULL, "it cannot be opened: %s",
		                 strerror(errno));
		return CLI_IO;
	}
	const char *folder = options->locales ? options->locales : getenv("NKCITE_LOCALES");
	e.piece = nkc_arena_new();
	nkc_status status = e.piece ? nkc_locales_open(&e.locales, folder, call->diags) : NKC_ENOMEM;
	int exit = status ? cli_failed(status)
	         : options->perf ? measure(&e, in, options->perf, call->diags) : serve(&e, in, call->diags);
	nkc_style_free(e.style);
	nkc_locales_close(e.locales);
	nkc_arena_free(e.piece);
	nkc_buf_release(&e.xml);
	if (in != stdin)
		fclose(in);
	return exit;
}

const cli_command cli_command_citeproc = {
	.name = "citeproc",
	.summary = "render citations for another program, over a pipe",
	.usage = "[FILE]",
	.about =
		"Reads documents in JSON, one a line, each with a CSL style, items and citations, and answers each with a line "
		"of JSON: the rendered citations and the bibliography. nkcite-citeproc(1) describes both.\n"
		"\n"
		"  nkcite citeproc --locales=locales < documents.jsonl",
	.options = options_table,
	.options_size = sizeof(citeproc_options),
	.words = CLI_VALUES_FILE,
	.words_max = 1,
	.run = run,
};
