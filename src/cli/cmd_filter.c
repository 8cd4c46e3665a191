/*
 * cmd_filter.c: a filter of pandoc that renders citations, in the place of pandoc --citeproc.
 */
#include "cli/citing.h"
#include "cli/gather.h"
#include "cli/output.h"
#include "cli/stream.h"

#include <errno.h>
#include <nkcite/pandoc.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct filter_options {
	cli_input_options input;
	cli_style_options style;
	const char *bibliography;
	bool resolve;
} filter_options;

static const cli_opt options_table[] = {
	CLI_OPT_STRING('s', "style", "STYLE", filter_options, style.style, CLI_VALUES_STYLE,
	               "use STYLE: a short name, a file, a title or an id; else what the document names, or chicago-author-date"),
	CLI_OPT_STRING('l', "locale", "LANG", filter_options, style.locale, CLI_VALUES_LOCALE,
	               "render in LANG (de-DE), not in the document's or the style's language"),
	CLI_OPT_STRING('b', "bibliography", "FILE", filter_options, bibliography, CLI_VALUES_FILE,
	               "take the records from FILE; else from what the document names, or the library"),
	CLI_OPT_FLAG(0, "resolve", filter_options, resolve,
	             "only put the cited records into the metadata, for pandoc --citeproc"),
	CLI_OPT_INPUT(filter_options, input),
	CLI_OPT_END
};

/* Without a style, pandoc's default. */
#define DEFAULT_STYLE "chicago-author-date"

typedef struct filter {
	cli_citing base;
	cli_call *call;
	const filter_options *options;
	nkc_buf text;
	nkc_pandoc *pandoc;
	int status;
} filter;

/* --- files --- */

static int read_all(cli_call *call, const char *path, nkc_buf *text)
{
	char piece[65536];
	size_t len;
	FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	while (in && (len = fread(piece, 1, sizeof piece, in)) > 0)
		nkc_buf_put(text, piece, len);
	bool failed = !in || ferror(in);
	if (failed)
		cli_file_finding(call->diags, NKC_CODE_IO_READ, nkc_str_from(path), NULL, "it cannot be read: %s",
		                 strerror(errno));
	if (in && in != stdin)
		fclose(in);
	return failed ? CLI_IO : cli_failed(nkc_buf_status(text));
}

/* --- records --- */

static nkc_status take(void *context, nkc_record *record)
{
	filter *f = context;
	if (!nkc_pandoc_wants(f->pandoc, nkc_record_id(record)))
		return NKC_OK;
	return f->options->resolve ? nkc_pandoc_resolve(f->pandoc, record) : cli_citing_put(&f->base, record);
}

/* The files that are named by option or metadata. */
static nkc_status name_files(filter *f, cli_gather *gather)
{
	const nkc_str *paths;
	size_t count = 0;
	nkc_status status = nkc_pandoc_texts(f->pandoc, "bibliography", &paths, &count);
	const char **files = nkc_arena_alloc(f->call->arena, (count + 1) * sizeof *files);
	if (status || !files)
		return NKC_ENOMEM;
	gather->files = files;
	if (f->options->bibliography) {
		files[gather->file_count++] = f->options->bibliography;
		return NKC_OK;
	}
	for (size_t i = 0; i < count && !f->options->input.library; i++) {
		if (paths[i].len)
			files[gather->file_count++] = paths[i].ptr;
	}
	return NKC_OK;
}

/* One finding a key; with the nearest keys for as many as a person reads. */
#define HINTS_MAX 50

static void report_missing(filter *f, const cli_gather *gather)
{
	size_t count, hints = 0;
	const nkc_str *keys = nkc_pandoc_keys(f->pandoc, &count);
	for (size_t i = 0; i < count; i++) {
		nkc_buf hint = NKC_BUF_INIT;
		if (nkc_pandoc_has(f->pandoc, keys[i]))
			continue;
		if (hints++ < HINTS_MAX)
			cli_gather_hint(gather, keys[i], &hint);
		nkc_diags_add(f->call->diags, NKC_CODE_KEY_UNKNOWN, NULL, hint.len ? hint.ptr : NULL,
		              "no record has the key \"%.*s\" that is cited", NKC_STR_ARG(keys[i]));
		nkc_buf_release(&hint);
	}
}

/* All that references do not give already is looked for in the files; where the document has none, in the library. */
static nkc_status load_records(filter *f)
{
	cli_gather gather = { .call = f->call, .library = f->options->input.library, .from = f->options->input.from,
		              .take = take, .context = f, .all = nkc_pandoc_wants_all(f->pandoc) };
	const nkc_str *references;
	size_t missing = 0, reference_count = 0;
	gather.keys = nkc_pandoc_keys(f->pandoc, &gather.key_count);
	nkc_status status = nkc_pandoc_put_references(f->pandoc, NULL);
	if (!status)
		status = name_files(f, &gather);
	for (size_t i = 0; i < gather.key_count; i++)
		missing += !nkc_pandoc_has(f->pandoc, gather.keys[i]);
	if (!status)
		status = nkc_pandoc_texts(f->pandoc, "references", &references, &reference_count);
	gather.quiet = reference_count > 0;
	gather.all &= gather.file_count || gather.library || !gather.quiet;
	nkc_buf_init(&gather.ids);
	if (!status && (gather.file_count || gather.library || gather.all || missing))
		status = cli_gather_run(&gather);
	f->status = cli_worse(f->status, gather.status);
	if (!status)
		report_missing(f, &gather);
	cli_gather_release(&gather);
	return status;
}

/* --- style --- */

/* What metadata says of the style: a file, a name, or an address, of which the name counts. */
static const char *style_name(filter *f)
{
	nkc_str style = nkc_pandoc_meta(f->pandoc, "csl");
	if (f->options->style.style)
		return f->options->style.style;
	if (!style.len)
		style = nkc_pandoc_meta(f->pandoc, "citation-style");
	return style.len ? style.ptr : DEFAULT_STYLE;
}

/* BCP 47 without what it says of calendars and order ("de-u-co-phonebk"). */
static const char *language_name(filter *f)
{
	nkc_str lang = nkc_pandoc_meta(f->pandoc, "lang");
	if (f->options->style.locale)
		return f->options->style.locale;
	if (!lang.len)
		lang = nkc_pandoc_meta(f->pandoc, "locale");
	size_t end = nkc_str_find(lang, NKC_STR("-u-"));
	return lang.len ? nkc_arena_str(f->call->arena, nkc_str_slice(lang, 0, end)).ptr : NULL;
}

static int open_style(filter *f)
{
	cli_style_options options = { .style = style_name(f), .locale = language_name(f), .markup = "pandoc-json" };
	int status = cli_citing_open(&f->base, f->call, &options, f->options->input.library);
	if (status == CLI_CLEAN || status == CLI_USAGE || f->base.style)
		return status;
	f->status = cli_worse(f->status, status); /* it was named; the document is rendered all the same */
	cli_citing_close(&f->base);
	options.style = nkc_styles_default();
	return cli_citing_open(&f->base, f->call, &options, f->options->input.library);
}

static nkc_status read_abbreviations(filter *f)
{
	nkc_str path = nkc_pandoc_meta(f->pandoc, "citation-abbreviations");
	nkc_buf text = NKC_BUF_INIT;
	nkc_value *lists = NULL;
	const char *what = NULL;
	nkc_status status = NKC_OK;
	size_t at;
	if (!path.len)
		return NKC_OK;
	int read = read_all(f->call, path.ptr, &text);
	f->status = cli_worse(f->status, read);
	if (read == CLI_CLEAN)
		status = nkc_value_parse(&lists, f->call->arena, nkc_buf_str(&text), &at, &what);
	if (status == NKC_ESYNTAX) {
		nkc_source source = nkc_source_make(path, nkc_buf_str(&text));
		nkc_place place = { .source = &source, .offset = at, .length = 1 };
		nkc_diags_add(f->call->diags, NKC_CODE_JSON_SYNTAX, &place, NULL, "%s", what);
		f->status = cli_worse(f->status, CLI_FINDINGS);
	} else if (!status && lists) {
		status = nkc_document_set_abbreviations(f->base.document, lists);
	}
	nkc_buf_release(&text);
	return status == NKC_ENOMEM ? status : NKC_OK;
}

/* --- the command --- */

static nkc_status render(filter *f)
{
	nkc_cite_parser *parser = NULL;
	nkc_status status = load_records(f);
	if (!status) /* those of the document count before those of files */
		status = nkc_pandoc_put_references(f->pandoc, f->base.document);
	if (!status)
		status = read_abbreviations(f);
	if (!status)
		status = nkc_cite_parser_new(&parser, f->base.style, f->base.locales, f->base.language);
	if (!status)
		status = nkc_pandoc_render(f->pandoc, f->base.document, f->base.style, parser);
	nkc_cite_parser_free(parser);
	return status;
}

static int write(filter *f)
{
	cli_output out;
	if (!cli_output_open(&out, NULL, f->call->diags))
		return CLI_IO;
	nkc_status status = nkc_pandoc_write(f->pandoc, &out.buf);
	nkc_buf_putc(&out.buf, '\n');
	int exit = cli_failed(status);
	return cli_worse(exit, cli_exit(cli_output_close(&out, exit == CLI_CLEAN)));
}

static int run_filter(filter *f)
{
	int status = f->options->resolve ? CLI_CLEAN : open_style(f);
	if (status == CLI_CLEAN)
		status = cli_failed(f->options->resolve ? load_records(f) : render(f));
	if (status == CLI_CLEAN)
		status = write(f);
	cli_citing_close(&f->base);
	return status;
}

static int run(cli_call *call, const void *given)
{
	filter f = { .call = call, .options = given, .text = NKC_BUF_INIT };
	int status = cli_check_from(call, f.options->input.from);
	if (status == CLI_CLEAN)
		status = read_all(call, "-", &f.text);
	if (status == CLI_CLEAN)
		status = cli_exit(nkc_pandoc_parse(&f.pandoc, nkc_buf_str(&f.text), NKC_STR("-"), call->diags));
	if (status == CLI_CLEAN)
		status = run_filter(&f);
	nkc_pandoc_free(f.pandoc);
	nkc_buf_release(&f.text);
	bool written = status == CLI_CLEAN;
	status = cli_worse(status, f.status);
	if (call->by_alias && written && status <= CLI_FINDINGS && call->report->exit <= CLI_FINDINGS) {
		call->report->exit = CLI_CLEAN; /* pandoc would throw the document away */
		return CLI_CLEAN;
	}
	return status;
}

const cli_command cli_command_filter = {
	.name = "filter",
	.summary = "render the citations of a document in pandoc",
	.usage = "[FORMAT]",
	.about = "A filter for pandoc in the place of its --citeproc, with the same metadata, syntax and output: reads the document as "
	         "JSON, writes it with citations and bibliography rendered. Called as nkcite-pandoc it is the same.\n"
	         "\n"
	         "  pandoc --filter nkcite-pandoc paper.md -o paper.html\n"
	         "  pandoc -t json paper.md | nkcite filter -s ieee | pandoc -f json -o p.docx",
	.options = options_table,
	.options_size = sizeof(filter_options),
	.words_max = 1,
	.run = run,
	.alias = "nkcite-pandoc",
};
