/*
 * cmd_render.c: citations in Markdown, rendered where they stand, and the bibliography; every other byte stays.
 */
#include "cli/citing.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/paper.h"
#include "cli/stream.h"

#include <errno.h>
#include <nkcite/markdown.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct render_options {
	cli_input_options input;
	cli_style_options style;
	const char *bibliography;
	const char *output;
} render_options;

static const cli_opt options_table[] = {
	CLI_OPT_STYLE(render_options, style),
	CLI_OPT_STRING('b', "bibliography", "FILE", render_options, bibliography, CLI_VALUES_FILE,
	               "take the records from FILE; else from what the paper names, or the library"),
	CLI_OPT_STRING('o', "output", "FILE", render_options, output, CLI_VALUES_FILE,
	               "write to FILE, which is replaced when all is written"),
	CLI_OPT_INPUT(render_options, input),
	CLI_OPT_END
};

/* A key that is cited: where first, and whether its record was found. */
typedef struct cited {
	nkc_str key;
	size_t at; /* in the paper */
	bool found;
} cited;

typedef struct rendering {
	cli_citing base;
	const render_options *options;
	const char *path;
	nkc_buf text; /* of the paper */
	cli_paper paper;
	bool html;
	bool notes;   /* citations are notes */
	bool all;     /* the bibliography lists all records */
	cited *keys;  /* in bytewise order, each once */
	size_t key_count;
	uint32_t note; /* the last number given */
	nkc_buf definitions; /* of the notes that we make */
	int status;
} rendering;

/* --- the paper --- */

static int read_paper(rendering *r)
{
	char piece[65536];
	size_t len;
	FILE *in = strcmp(r->path, "-") ? fopen(r->path, "rb") : stdin;
	if (in) {
		while ((len = fread(piece, 1, sizeof piece, in)) > 0)
			nkc_buf_put(&r->text, piece, len);
	}
	if (!in || ferror(in))
		cli_file_finding(r->base.call->diags, NKC_CODE_IO_READ, nkc_str_from(r->path), NULL,
		                 "it cannot be read: %s", strerror(errno));
	int status = !in || ferror(in) ? CLI_IO : cli_failed(nkc_buf_status(&r->text));
	if (in && in != stdin)
		fclose(in);
	return status;
}

/* A path in the paper is one beside the paper. */
static const char *beside(const rendering *r, nkc_str path)
{
	const char *slash = strrchr(r->path, '/');
	size_t folder = slash && path.ptr[0] != '/' ? (size_t)(slash - r->path) + 1 : 0;
	char *whole = nkc_arena_alloc(r->base.call->arena, folder + path.len + 1);
	if (!whole)
		return NULL;
	memcpy(whole, r->path, folder);
	memcpy(whole + folder, path.ptr, path.len);
	whole[folder + path.len] = '\0';
	return whole;
}

/* --- keys and records --- */

static int compare_cited(const void *a, const void *b)
{
	const cited *left = a, *right = b;
	int order = nkc_str_cmp(left->key, right->key);
	return order ? order : (left->at > right->at) - (left->at < right->at);
}

static cited *find_key(const rendering *r, nkc_str key)
{
	size_t from = 0, to = r->key_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = nkc_str_cmp(r->keys[middle].key, key);
		if (order == 0)
			return &r->keys[middle];
		from = order < 0 ? middle + 1 : from;
		to = order < 0 ? to : middle;
	}
	return NULL;
}

/* Where a key stands; the citation where its text had to be put together. */
static size_t place_of(const rendering *r, const cli_mark *mark, nkc_str key)
{
	uintptr_t begin = (uintptr_t)r->text.ptr, at = (uintptr_t)key.ptr;
	return at > begin && at < begin + r->text.len ? (size_t)(at - begin) - 1 : mark->from;
}

static nkc_status gather_keys(rendering *r)
{
	size_t count = r->paper.nocite.len / sizeof(nkc_str), at = 0;
	const nkc_str *nocite = (const nkc_str *)(const void *)r->paper.nocite.ptr;
	for (size_t i = 0; i < cli_paper_count(&r->paper); i++)
		count += cli_paper_mark(&r->paper, i)->count;
	r->keys = nkc_arena_alloc(r->base.call->arena, (count + 1) * sizeof *r->keys);
	if (!r->keys)
		return NKC_ENOMEM;
	for (size_t i = 0; i < r->paper.nocite.len / sizeof *nocite; i++) {
		if (nkc_str_is(nocite[i], "*"))
			r->all = true;
		else
			r->keys[at++] = (cited){ .key = nocite[i], .at = (size_t)(nocite[i].ptr - r->text.ptr) - 1 };
	}
	count -= r->all ? r->paper.nocite.len / sizeof *nocite - at : 0;
	for (size_t i = 0; i < cli_paper_count(&r->paper); i++) {
		const cli_mark *mark = cli_paper_mark(&r->paper, i);
		for (size_t k = 0; k < mark->count; k++)
			r->keys[at++] = (cited){ .key = mark->cites[k].id, .at = place_of(r, mark, mark->cites[k].id) };
	}
	qsort(r->keys, count, sizeof *r->keys, compare_cited);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && nkc_str_eq(r->keys[r->key_count - 1].key, r->keys[i].key))
			continue;
		r->keys[r->key_count++] = r->keys[i];
	}
	return NKC_OK;
}

static void note_uncited(rendering *r, nkc_str id)
{
	id = nkc_arena_str(r->base.call->arena, id);
	nkc_buf_put(&r->paper.nocite, (const char *)&id, sizeof id);
}

static nkc_status put_records(rendering *r, cli_input *input)
{
	nkc_record *record;
	nkc_status status = NKC_OK;
	while (status == NKC_OK && (record = cli_input_next(input))) {
		cited *key = find_key(r, nkc_record_id(record));
		if (!key && !r->all)
			continue;
		if (key)
			key->found = true;
		if (r->all)
			note_uncited(r, nkc_record_id(record));
		status = nkc_document_put_item(r->base.document, record);
	}
	return status;
}

/* From the file that is named, those that the paper names, or the library. */
static nkc_status load_records(rendering *r)
{
	cli_call call = *r->base.call;
	cli_input_options options = r->options->input;
	size_t count = r->options->bibliography ? 1 : r->options->input.library ? 0 : r->paper.bibliography_count;
	const char **files = nkc_arena_alloc(call.arena, (count + 1) * sizeof *files);
	if (!files)
		return NKC_ENOMEM;
	for (size_t i = 0; i < count; i++) {
		files[i] = r->options->bibliography ? r->options->bibliography : beside(r, r->paper.bibliographies[i]);
		if (!files[i])
			return NKC_ENOMEM;
	}
	if (count && !options.from)
		options.from = "auto"; /* every word is a file */
	call.words = (cli_words){ .items = files, .count = count };
	cli_input *input = cli_input_open(&call, &options, &r->status);
	if (!input)
		return NKC_OK;
	nkc_status status = put_records(r, input);
	r->status = cli_worse(r->status, cli_input_close(input));
	return status;
}

static void report_missing(rendering *r)
{
	nkc_source source = nkc_source_make(nkc_str_from(r->path), nkc_buf_str(&r->text));
	for (size_t i = 0; i < r->key_count; i++) {
		const cited *key = &r->keys[i];
		if (key->found)
			continue;
		nkc_place place = { .source = &source, .offset = key->at, .length = key->key.len + 1 };
		nkc_diags_add(r->base.call->diags, NKC_CODE_KEY_UNKNOWN, &place, NULL, "no record has the key \"%.*s\"",
		              NKC_STR_ARG(key->key));
		r->status = cli_worse(r->status, CLI_FINDINGS);
	}
}


/* --- clusters --- */

typedef enum part { PART_WHOLE, PART_AUTHOR } part;

static nkc_str cluster_id(char id[32], size_t index, part which)
{
	int len = snprintf(id, 32, which == PART_AUTHOR ? "%zua" : "%zu", index);
	return nkc_str_make(id, (size_t)len);
}

/* Does a note have to be made for it? Where one is already, the citation stands in that. */
static bool makes_note(const rendering *r, const cli_mark *mark)
{
	return r->notes && mark->count && !mark->inside.len;
}

static nkc_status put_cluster(rendering *r, size_t index, const cli_mark *mark, uint32_t note)
{
	char id[32];
	bool splits = mark->kind == CLI_MARK_TEXTUAL && makes_note(r, mark);
	nkc_cluster cluster = {
		.id = cluster_id(id, index, PART_WHOLE),
		.note = r->notes ? note : 0,
		.cites = mark->cites,
		.count = mark->count,
		.mode = mark->kind == CLI_MARK_TEXTUAL && !splits ? NKC_MODE_COMPOSITE : NKC_MODE_NORMAL,
		.infix = NKC_STR(""),
	};
	nkc_status status = nkc_document_put_cluster(r->base.document, &cluster, NKC_STR(""));
	if (splits && (status == NKC_OK || status == NKC_ENOTFOUND)) { /* the names in the text, all of it in the note */
		cluster.id = cluster_id(id, index, PART_AUTHOR);
		cluster.mode = NKC_MODE_AUTHOR_ONLY;
		cluster.count = 1;
		cluster.note = 0;
		status = nkc_document_put_cluster(r->base.document, &cluster, NKC_STR(""));
	}
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* The citations in the definition of a note, which count as standing where it is referred to. */
static nkc_status put_definition(rendering *r, nkc_str label, size_t behind, uint32_t note)
{
	bool in_place = nkc_str_eq(label, NKC_STR("^"));
	nkc_status status = NKC_OK;
	for (size_t i = in_place ? behind + 1 : 0; i < cli_paper_count(&r->paper) && status == NKC_OK; i++) {
		const cli_mark *mark = cli_paper_mark(&r->paper, i);
		bool inside = mark->count && nkc_str_eq(mark->inside, label);
		if (in_place && !inside)
			break;
		if (inside)
			status = put_cluster(r, i, mark, note);
	}
	return status;
}

/* Is it the first reference to its note? */
static bool is_first(const rendering *r, size_t index)
{
	nkc_str label = cli_paper_mark(&r->paper, index)->label;
	for (size_t i = 0; i < index && !nkc_str_eq(label, NKC_STR("^")); i++) {
		const cli_mark *mark = cli_paper_mark(&r->paper, i);
		if (mark->kind == CLI_MARK_NOTE && nkc_str_eq(mark->label, label))
			return false;
	}
	return true;
}

#define NOTES_MAX 2000 /* of the paper's own that are put in order: each is looked for among all marks */

/* In the order in which a reader meets them. */
static nkc_status put_clusters(rendering *r)
{
	nkc_status status = NKC_OK;
	size_t notes = 0;
	for (size_t i = 0; i < cli_paper_count(&r->paper) && status == NKC_OK; i++) {
		cli_mark *mark = cli_paper_mark(&r->paper, i);
		if (mark->kind == CLI_MARK_NOTE) {
			if (r->notes && !mark->inside.len && notes++ < NOTES_MAX && is_first(r, i))
				status = put_definition(r, mark->label, i, ++r->note);
		} else if (mark->count && (!r->notes || !mark->inside.len)) {
			status = put_cluster(r, i, mark, makes_note(r, mark) ? ++r->note : 0);
		}
	}
	return status;
}

/* --- writing --- */

/* The text of a citation; what is not known stands as [?key]. */
static nkc_status put_citation(rendering *r, size_t index, part which, nkc_buf *out)
{
	const cli_mark *mark = cli_paper_mark(&r->paper, index);
	char name[32];
	size_t at, missing = 0;
	nkc_str id, text = NKC_STR("");
	nkc_buf unknown = NKC_BUF_INIT;
	for (size_t i = 0; i < mark->count; i++) {
		if (find_key(r, mark->cites[i].id)->found)
			continue;
		nkc_buf_printf(&unknown, "%s[?%.*s]", missing++ ? " " : "", NKC_STR_ARG(mark->cites[i].id));
	}
	nkc_status status = nkc_document_find_cluster(r->base.document, cluster_id(name, index, which), &at);
	if (status == NKC_OK && missing < mark->count)
		status = nkc_document_cluster(r->base.document, at, &id, &text);
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, text.len && missing ? " " : "");
	nkc_markup_escape(r->base.markup, nkc_buf_str(&unknown), out);
	nkc_buf_release(&unknown);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

static void put_note_mark(rendering *r, uint32_t note, nkc_buf *out)
{
	if (r->html)
		nkc_buf_printf(out, "<sup><a href=\"#fn-%u\" id=\"fnref-%u\" role=\"doc-noteref\">%u</a></sup>", note, note, note);
	else
		nkc_buf_printf(out, "[^cite-%u]", note);
}

static nkc_status put_note(rendering *r, size_t index, uint32_t note)
{
	nkc_buf *out = &r->definitions;
	if (r->html)
		nkc_buf_printf(out, "<li id=\"fn-%u\">\n\n", note);
	else
		nkc_buf_printf(out, "\n[^cite-%u]: ", note);
	nkc_status status = put_citation(r, index, PART_WHOLE, out);
	if (r->html)
		nkc_buf_printf(out, " [\u21a9](#fnref-%u)\n\n</li>\n", note);
	else
		nkc_buf_putc(out, '\n');
	return status;
}

/* The marks that a note stands behind; and none is between it and the word before. Returns how many bytes they have. */
static size_t move_behind_marks(nkc_str rest, size_t from, nkc_buf *out)
{
	size_t len = 0;
	while (len < rest.len && strchr(".,;:!?", rest.ptr[len]) && rest.ptr[len])
		len++;
	while (out->len > from && (out->ptr[out->len - 1] == ' ' || out->ptr[out->len - 1] == '\n'))
		nkc_buf_truncate(out, out->len - 1);
	nkc_buf_put(out, rest.ptr, len);
	return len;
}

/* Writes what stands for a mark. Returns where the paper goes on. */
static size_t put_mark(rendering *r, size_t index, uint32_t *note, nkc_buf *out, nkc_status *status)
{
	const cli_mark *mark = cli_paper_mark(&r->paper, index);
	size_t to = mark->to;
	if (!mark->count) { /* a div, which CommonMark does not know */
		nkc_buf_puts(out, mark->kind == CLI_MARK_DIV ? "<div id=\"refs\">\n\n" : "\n</div>\n");
		return to;
	}
	if (!makes_note(r, mark)) {
		*status = put_citation(r, index, PART_WHOLE, out);
		return to;
	}
	++*note;
	if (mark->kind == CLI_MARK_TEXTUAL)
		*status = put_citation(r, index, PART_AUTHOR, out);
	else
		to += move_behind_marks(nkc_str_slice(r->paper.text, to, r->paper.text.len), 0, out);
	put_note_mark(r, *note, out);
	return *status == NKC_OK ? (*status = put_note(r, index, *note), to) : to;
}

static nkc_status put_list(rendering *r, nkc_buf *out)
{
	nkc_buf list = NKC_BUF_INIT;
	nkc_status status = nkc_document_bibliography(r->base.document, &list);
	if (status == NKC_OK && list.len) {
		bool begun = out->len > 0, apart = nkc_str_ends(nkc_buf_str(out), NKC_STR("\n\n"));
		bool line = nkc_str_ends(nkc_buf_str(out), NKC_STR("\n"));
		nkc_buf_puts(out, apart || !begun ? "" : line ? "\n" : "\n\n");
		nkc_buf_put_str(out, nkc_str_trim(nkc_buf_str(&list)));
		nkc_buf_puts(out, r->paper.list_at < r->paper.text.len ? "\n\n" : "\n");
	}
	nkc_buf_release(&list);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

static nkc_status put_paper(rendering *r, nkc_buf *out)
{
	nkc_str text = r->paper.text;
	size_t at = r->html ? r->paper.body : 0, list_at = r->paper.list_at;
	uint32_t note = 0;
	bool listed = false;
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < cli_paper_count(&r->paper) && status == NKC_OK; i++) {
		const cli_mark *mark = cli_paper_mark(&r->paper, i);
		if (!mark->count && (!r->html || mark->kind == CLI_MARK_NOTE))
			continue;
		if (!listed && mark->from >= list_at && list_at >= at) {
			nkc_buf_put(out, text.ptr + at, list_at - at);
			status = put_list(r, out);
			at = list_at;
			listed = true;
		}
		nkc_buf_put(out, text.ptr + at, mark->from - at);
		if (status == NKC_OK)
			at = put_mark(r, i, &note, out, &status);
	}
	if (!listed && list_at >= at && status == NKC_OK) {
		nkc_buf_put(out, text.ptr + at, list_at - at);
		status = put_list(r, out);
		at = list_at;
	}
	nkc_buf_put(out, text.ptr + at, text.len - at);
	if (r->html && r->definitions.len)
		nkc_buf_puts(out, "\n<section role=\"doc-endnotes\">\n<ol>\n");
	nkc_buf_put_str(out, nkc_buf_str(&r->definitions));
	if (r->html && r->definitions.len)
		nkc_buf_puts(out, "</ol>\n</section>\n");
	return status ? status : nkc_buf_status(out);
}

/* A document of its own around what cmark makes. */
static nkc_status put_html(rendering *r, nkc_str markdown, nkc_buf *out)
{
	const nkc_markup *html = nkc_markup_find(NKC_STR("html"));
	nkc_markup_head(html, r->paper.title.len ? r->paper.title : nkc_str_from(r->path), out);
	nkc_status status = nkc_markdown_html(markdown, out);
	nkc_markup_foot(html, out);
	return status;
}

static int write(rendering *r)
{
	cli_output out;
	nkc_buf markdown = NKC_BUF_INIT;
	if (!cli_output_open(&out, r->options->output, r->base.call->diags))
		return CLI_IO;
	nkc_status status = put_paper(r, r->html ? &markdown : &out.buf);
	if (status == NKC_OK && r->html)
		status = put_html(r, nkc_buf_str(&markdown), &out.buf);
	nkc_buf_release(&markdown);
	int exit = cli_failed(status);
	return cli_worse(exit, cli_exit(cli_output_close(&out, exit == CLI_CLEAN)));
}

/* --- the command --- */

static nkc_status scan(rendering *r)
{
	nkc_cite_parser *parser = NULL;
	nkc_status status = nkc_cite_parser_new(&parser, r->base.style, r->base.locales, r->base.language);
	if (status == NKC_OK)
		status = cli_paper_scan(&r->paper, parser);
	nkc_cite_parser_free(parser);
	return status ? status : gather_keys(r);
}

/* A bracket that does not close leaves its citation as one in the sentence, which is seldom what is meant. */
static void report_open(rendering *r)
{
	nkc_source source = nkc_source_make(nkc_str_from(r->path), nkc_buf_str(&r->text));
	const size_t *open = (const size_t *)(const void *)r->paper.open.ptr;
	for (size_t i = 0; i < r->paper.open.len / sizeof *open; i++) {
		nkc_place place = { .source = &source, .offset = open[i], .length = 1 };
		nkc_diags_add(r->base.call->diags, NKC_CODE_CITE_BRACKET, &place, NULL, "this bracket is not closed");
		r->status = cli_worse(r->status, CLI_FINDINGS);
	}
}

static nkc_status put_uncited(rendering *r)
{
	const nkc_str *ids = (const nkc_str *)(const void *)r->paper.nocite.ptr;
	size_t count = r->paper.nocite.len / sizeof *ids;
	nkc_status status = count ? nkc_document_set_uncited(r->base.document, ids, count) : NKC_OK;
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

static int render(rendering *r)
{
	r->notes = nkc_style_is_note(r->base.style);
	nkc_status status = scan(r);
	if (status == NKC_OK && (r->key_count || r->all))
		status = load_records(r);
	if (status == NKC_OK && r->status == CLI_IO)
		return CLI_IO;
	report_missing(r);
	report_open(r);
	if (status == NKC_OK)
		status = put_clusters(r);
	if (status == NKC_OK)
		status = put_uncited(r);
	return status ? cli_failed(status) : cli_worse(r->status, write(r));
}

/* What the paper says of itself counts where no option does. */
static int open_style(rendering *r, cli_call *call)
{
	cli_style_options options = r->options->style;
	nkc_arena *arena = call->arena;
	r->html = options.markup && strcmp(options.markup, "html") == 0;
	if (!options.markup || r->html) /* HTML is made of the whole */
		options.markup = "markdown";
	if (!options.locale && r->paper.language.len)
		options.locale = nkc_arena_str(arena, r->paper.language).ptr;
	if (!options.style && r->paper.style.len)
		options.style = nkc_str_ends(r->paper.style, NKC_STR(".csl"))
		                        ? beside(r, r->paper.style) : nkc_arena_str(arena, r->paper.style).ptr;
	return cli_citing_open(&r->base, call, &options, r->options->input.library);
}

static int run(cli_call *call, const void *given)
{
	rendering r = { .options = given, .path = call->words.items[0], .text = NKC_BUF_INIT, .definitions = NKC_BUF_INIT,
		        .base = { .call = call } };
	int status = read_paper(&r);
	if (status == CLI_CLEAN)
		status = cli_failed(cli_paper_open(&r.paper, call->arena, nkc_buf_str(&r.text)));
	if (status == CLI_CLEAN) {
		status = open_style(&r, call);
		if (status == CLI_CLEAN)
			status = render(&r);
		cli_citing_close(&r.base);
		cli_paper_release(&r.paper);
	}
	nkc_buf_release(&r.definitions);
	nkc_buf_release(&r.text);
	return status;
}

const cli_command cli_command_render = {
	.name = "render",
	.summary = "render the citations of a paper in Markdown",
	.usage = "FILE",
	.about = "Finds citations as pandoc writes them ([see @doe99, pp. 33-35; also @smith04], @doe99 [p. 33], -@doe99) in FILE, "
	         "puts rendered ones in their place, and the bibliography at ::: {#refs}, under a heading References or at the "
	         "end. In a style of notes they become footnotes. All else stays as it is.\n"
	         "\n"
	         "  nkcite render paper.md -o paper.out.md\n"
	         "  nkcite render --style=chicago-notes-bibliography --markup=html paper.md > paper.html",
	.options = options_table,
	.options_size = sizeof(render_options),
	.words = CLI_VALUES_FILE,
	.words_min = 1,
	.words_max = 1,
	.run = run,
};
