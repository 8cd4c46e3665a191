/*
 * cmd_tex.c: what a LaTeX document needs for its citations: a .bib of what it cites, or a .bbl with rendered entries.
 */
#include <config.h>

#include "cli/citing.h"
#include "cli/gather.h"
#include "cli/stream.h"
#include "cli/write.h"

#include <errno.h>
#include <nkcite/tex.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct tex_options {
	cli_input_options input;
	bool bib;
	const char *bbl;
	const char *locale;
	const char *bibliography;
	const char *output;
} tex_options;

static const cli_opt options_table[] = {
	CLI_OPT_FLAG(0, "bib", tex_options, bib, "write the cited records of the library as .bib, for BibTeX or Biber"),
	CLI_OPT_STRING(0, "bbl", "STYLE", tex_options, bbl, CLI_VALUES_STYLE,
	               "write the bibliography in a CSL style, for natbib or LaTeX alone"),
	CLI_OPT_STRING('l', "locale", "LANG", tex_options, locale, CLI_VALUES_LOCALE,
	               "render in LANG (de-DE), not in the style's language"),
	CLI_OPT_STRING('b', "bibliography", "FILE", tex_options, bibliography, CLI_VALUES_FILE,
	               "take the records from FILE"),
	CLI_OPT_STRING('o', "output", "FILE", tex_options, output, CLI_VALUES_FILE,
	               "write to FILE, which is replaced when all is written"),
	CLI_OPT_INPUT(tex_options, input),
	CLI_OPT_END
};

/* All names of a work, for natbib's \citet*. */
typedef struct long_name {
	nkc_str key, names;
} long_name;

typedef struct job {
	cli_citing base;
	cli_call *call;
	const tex_options *options;
	const char *path; /* of the .aux file */
	nkc_tex *tex;
	cli_writing *writing; /* of --bib; NULL: records go into the document */
	nkc_buf longs;        /* of long_name */
	bool author_date;
	int status;
} job;

/* --- files --- */

static bool exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* The file's text, in the arena; NULL with a finding. */
static const nkc_str *read_file(job *j, const char *path)
{
	char piece[65536];
	size_t len;
	nkc_buf text = NKC_BUF_INIT;
	FILE *in = fopen(path, "rb");
	while (in && (len = fread(piece, 1, sizeof piece, in)) > 0)
		nkc_buf_put(&text, piece, len);
	bool failed = !in || ferror(in);
	if (failed)
		cli_file_finding(j->call->diags, NKC_CODE_IO_READ, nkc_str_from(path), NULL, "it cannot be read: %s",
		                 strerror(errno));
	if (in)
		fclose(in);
	nkc_str *kept = nkc_arena_alloc(j->call->arena, sizeof *kept);
	if (kept)
		*kept = nkc_arena_str(j->call->arena, nkc_buf_str(&text));
	int status = failed ? CLI_IO : cli_failed(nkc_buf_status(&text));
	j->status = cli_worse(j->status, status);
	nkc_buf_release(&text);
	return status == CLI_CLEAN ? kept : NULL;
}

/* A file beside the .aux file, with another ending put behind its name. */
static const char *beside(job *j, nkc_str name, const char *ending)
{
	nkc_buf path = NKC_BUF_INIT;
	const char *slash = strrchr(j->path, '/');
	if (slash && !nkc_str_starts(name, NKC_STR("/")))
		nkc_buf_put(&path, j->path, (size_t)(slash - j->path) + 1);
	nkc_buf_put_str(&path, name);
	nkc_buf_puts(&path, ending);
	const char *kept = nkc_arena_str(j->call->arena, nkc_buf_str(&path)).ptr;
	nkc_buf_release(&path);
	return kept;
}

/* paper.aux -> paper.bbl, beside it. */
static const char *with_ending(job *j, const char *ending)
{
	nkc_str name = nkc_str_from(j->path);
	const char *slash = strrchr(j->path, '/');
	if (slash)
		name = nkc_str_from(slash + 1);
	if (nkc_str_ends(name, NKC_STR(".aux")))
		name.len -= 4;
	return beside(j, name, ending);
}

static nkc_status read_aux(job *j)
{
	nkc_str file;
	const nkc_str *text = read_file(j, j->path);
	nkc_status status = text ? nkc_tex_read(j->tex, *text, nkc_str_from(j->path)) : NKC_OK;
	while (text && !status && nkc_tex_next_input(j->tex, &file)) {
		const char *path = beside(j, file, "");
		const nkc_str *more = read_file(j, path);
		status = more ? nkc_tex_read(j->tex, *more, nkc_str_from(path)) : NKC_OK;
	}
	const char *control = with_ending(j, ".bcf");
	if (!status && nkc_tex_get_kind(j->tex) == NKC_TEX_BIBLATEX && exists(control)) {
		const nkc_str *more = read_file(j, control);
		status = more ? nkc_tex_read_control(j->tex, *more, nkc_str_from(control)) : NKC_OK;
	}
	return status == NKC_ENOMEM ? status : NKC_OK;
}

/* --- records --- */

/* "Doe, Roe, and Poe" of the authors, else the editors. */
static nkc_status keep_names(job *j, nkc_record *record)
{
	static const nkc_var vars[] = { NKC_VAR_AUTHOR, NKC_VAR_EDITOR };
	const nkc_name *names = NULL;
	size_t count = 0;
	nkc_buf text = NKC_BUF_INIT;
	for (size_t i = 0; i < sizeof vars / sizeof *vars && !count; i++)
		count = nkc_record_names(record, vars[i], &names);
	for (size_t i = 0; i < count; i++) {
		nkc_str name = names[i].literal.len ? names[i].literal : names[i].family.len ? names[i].family : names[i].given;
		nkc_buf_puts(&text, i == 0 ? "" : i + 1 < count ? ", " : count > 2 ? ", and " : " and ");
		if (names[i].non_dropping_particle.len)
			nkc_buf_printf(&text, "%.*s ", NKC_STR_ARG(names[i].non_dropping_particle));
		nkc_buf_put_str(&text, name);
	}
	nkc_arena *arena = j->call->arena;
	long_name kept = { nkc_arena_str(arena, nkc_record_id(record)), nkc_arena_str(arena, nkc_buf_str(&text)) };
	nkc_buf_put(&j->longs, (const char *)&kept, sizeof kept);
	nkc_buf_release(&text);
	return nkc_buf_status(&j->longs);
}

static nkc_status take(void *context, nkc_record *record)
{
	job *j = context;
	if (!nkc_tex_wants(j->tex, nkc_record_id(record)))
		return NKC_OK;
	if (j->writing)
		return cli_writing_record(j->writing, record);
	nkc_status status = cli_citing_put(&j->base, record);
	return status || !j->author_date ? status : keep_names(j, record);
}

/* The data file that the document names, with the endings that LaTeX's programs try. NULL: there is none. */
static const char *find_data(job *j, nkc_str name)
{
	static const char *const endings[] = { "", ".json", ".yaml", ".bib" };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const char *path = beside(j, name, endings[i]);
		if (exists(path))
			return path;
	}
	return NULL;
}

/* What a .bib is made of is the library; what is rendered is what the document names, where that is there. */
static nkc_status name_files(job *j, cli_gather *gather)
{
	size_t count = 0;
	const nkc_str *data = nkc_tex_data(j->tex, &count);
	const char **files = nkc_arena_alloc(j->call->arena, (count + 1) * sizeof *files);
	if (!files)
		return NKC_ENOMEM;
	gather->files = files;
	if (j->options->bibliography) {
		files[gather->file_count++] = j->options->bibliography;
		return NKC_OK;
	}
	for (size_t i = 0; i < count && !j->writing && !j->options->input.library; i++) {
		const char *path = find_data(j, data[i]);
		if (path)
			files[gather->file_count++] = path;
	}
	return NKC_OK;
}

#define HINTS_MAX 50 /* nearest keys for as many as a person reads */

static void report_missing(job *j, const cli_gather *gather)
{
	size_t count, hints = 0;
	const nkc_str *keys = nkc_tex_keys(j->tex, &count);
	for (size_t i = 0; i < count; i++) {
		nkc_buf hint = NKC_BUF_INIT;
		if (nkc_tex_has(j->tex, keys[i]))
			continue;
		if (hints++ < HINTS_MAX)
			cli_gather_hint(gather, keys[i], &hint);
		nkc_place place = nkc_tex_place(j->tex, keys[i]);
		nkc_diags_add(j->call->diags, NKC_CODE_KEY_UNKNOWN, &place, hint.len ? hint.ptr : NULL,
		              "no record has the key \"%.*s\"", NKC_STR_ARG(keys[i]));
		j->status = cli_worse(j->status, CLI_FINDINGS);
		nkc_buf_release(&hint);
	}
}

static nkc_status load_records(job *j, bool reports)
{
	cli_gather gather = { .call = j->call, .library = j->options->input.library, .from = j->options->input.from,
		              .take = take, .context = j, .all = nkc_tex_wants_all(j->tex) };
	gather.keys = nkc_tex_keys(j->tex, &gather.key_count);
	nkc_buf_init(&gather.ids);
	nkc_status status = name_files(j, &gather);
	if (!status)
		status = cli_gather_run(&gather);
	j->status = cli_worse(j->status, gather.status);
	if (!status && reports)
		report_missing(j, &gather);
	cli_gather_release(&gather);
	return status;
}

/* --- --bib --- */

static int write_bib(job *j)
{
	cli_writing writing;
	cli_write_options options = { .output = j->options->output };
	options.format = nkc_tex_get_kind(j->tex) == NKC_TEX_BIBLATEX ? "biblatex" : "bibtex";
	int status = cli_writing_open(&writing, j->call, &options);
	if (status != CLI_CLEAN)
		return status;
	j->writing = &writing;
	nkc_status wrote = load_records(j, true);
	return cli_writing_close(&writing, cli_worse(j->status, cli_failed(wrote)));
}

/* --- rendering --- */

/* Opens the style; one that is not there is a finding, and the default takes its place. */
static int open_style(job *j, nkc_str style, nkc_str locale)
{
	nkc_arena *arena = j->call->arena;
	cli_style_options options = { .markup = "latex", .locale = j->options->locale };
	options.style = j->options->bbl ? j->options->bbl : style.len ? nkc_arena_str(arena, style).ptr : NULL;
	if (!options.locale && locale.len)
		options.locale = nkc_arena_str(arena, locale).ptr;
	int status = cli_citing_open(&j->base, j->call, &options, j->options->input.library);
	if (status != CLI_CLEAN && status != CLI_USAGE && !j->base.style) {
		j->status = cli_worse(j->status, status);
		cli_citing_close(&j->base);
		options.style = NULL;
		status = cli_citing_open(&j->base, j->call, &options, j->options->input.library);
	}
	const nkc_style_info *info = NULL;
	nkc_str name = nkc_str_from(options.style ? options.style : nkc_styles_default());
	if (status == CLI_CLEAN && nkc_styles_find(j->base.styles, name, &info, NULL) == NKC_OK &&
	    nkc_styles_read(j->base.styles, info, NULL) == NKC_OK)
		j->author_date = nkc_str_is(info->format, "author-date") || nkc_str_is(info->format, "author");
	return status;
}

/* Cuts what the markup sets in the margin off the entry: its first field. Empty: there is none. */
static nkc_str cut_label(nkc_str *text)
{
	static const nkc_str begin = NKC_STR_INIT("\\makebox[\\labelwidth][l]{"), end = NKC_STR_INIT("}\\hspace{\\labelsep}");
	if (!nkc_str_starts(*text, begin))
		return NKC_STR("");
	size_t at = nkc_str_find(*text, end);
	nkc_str label = nkc_str_trim(nkc_str_slice(*text, begin.len, at));
	*text = nkc_str_slice(*text, at + end.len, text->len);
	return label;
}

static nkc_str cluster_text(job *j, const char *prefix, size_t index)
{
	char name[32];
	size_t at;
	nkc_str id, text = NKC_STR("");
	int len = snprintf(name, sizeof name, "%s%zu", prefix, index);
	if (nkc_document_find_cluster(j->base.document, nkc_str_make(name, (size_t)len), &at) == NKC_OK)
		(void)nkc_document_cluster(j->base.document, at, &id, &text);
	return text;
}

/* "2005a" of "(2005a)" or ", 2005a". */
static nkc_str bare_year(nkc_str text)
{
	while (text.len && strchr("([ ,", text.ptr[0]))
		text = nkc_str_slice(text, 1, text.len);
	while (text.len && strchr(")] .,", text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static int compare_longs(const void *a, const void *b)
{
	return nkc_str_cmp(((const long_name *)a)->key, ((const long_name *)b)->key);
}

static nkc_str long_names(const job *j, nkc_str key)
{
	long_name sought = { .key = key };
	const long_name *hit = bsearch(&sought, j->longs.ptr, j->longs.len / sizeof sought, sizeof sought, compare_longs);
	return hit ? hit->names : NKC_STR("");
}

/* natbib reads "{Short}(Year){Long}" out of the label. */
static void put_natbib_label(job *j, size_t index, nkc_str key, nkc_buf *out)
{
	nkc_str author = cluster_text(j, "a", index), year = bare_year(cluster_text(j, "y", index));
	nkc_str names = long_names(j, key);
	nkc_buf_printf(out, "[{{%.*s}(%.*s)", NKC_STR_ARG(author), NKC_STR_ARG(year));
	if (names.len) {
		nkc_buf_putc(out, '{');
		nkc_markup_escape(j->base.markup, names, out);
		nkc_buf_putc(out, '}');
	}
	nkc_buf_puts(out, "}]");
}

/* For the label of each key: its author, and the rest of its citation. */
static nkc_status put_label_clusters(job *j)
{
	size_t count;
	const nkc_str *keys = nkc_tex_keys(j->tex, &count);
	nkc_str none = NKC_STR("");
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < 2 * count && j->author_date && status == NKC_OK; i++) {
		char id[32];
		bool author = i % 2 == 0;
		int len = snprintf(id, sizeof id, "%c%zu", author ? 'a' : 'y', i / 2);
		nkc_cite cite = { .id = keys[i / 2], .locator = none, .label = none, .prefix = none, .suffix = none };
		nkc_cluster cluster = { .id = nkc_str_make(id, (size_t)len), .cites = &cite, .count = 1, .infix = none,
			                .mode = author ? NKC_MODE_AUTHOR_ONLY : NKC_MODE_SUPPRESS_AUTHOR };
		status = nkc_document_put_cluster(j->base.document, &cluster, none);
		status = status == NKC_ENOTFOUND ? NKC_OK : status;
	}
	if (!status)
		status = nkc_document_set_uncited(j->base.document, keys, count);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* Of a key its place among those that are cited. */
static size_t index_of(const job *j, nkc_str key, size_t from)
{
	size_t count;
	const nkc_str *keys = nkc_tex_keys(j->tex, &count);
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq(keys[(from + i) % count], key))
			return (from + i) % count;
	}
	return count;
}

/* The \bibitem of each entry. labels: those that natbib reads; else what the style sets in the margin, where `fields`. */
static nkc_status put_entries(job *j, bool labels, bool fields, nkc_buf *out)
{
	size_t count = 0, at = 0;
	nkc_status status = nkc_document_entry_count(j->base.document, &count);
	for (size_t i = 0; i < count && !status; i++) {
		nkc_str id, text;
		status = nkc_document_entry(j->base.document, i, &id, &text);
		if (status)
			break;
		nkc_str label = cut_label(&text);
		nkc_buf_puts(out, "\\bibitem");
		if (labels) {
			at = index_of(j, id, at);
			put_natbib_label(j, at, id, out);
		} else if (fields && label.len) {
			nkc_buf_printf(out, "[{%.*s}]", NKC_STR_ARG(label));
		}
		nkc_buf_printf(out, "{%.*s}\n%.*s\n\n", NKC_STR_ARG(id), NKC_STR_ARG(text));
	}
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

static nkc_status put_bbl(job *j, nkc_buf *out)
{
	size_t count = 0;
	nkc_status status = load_records(j, true);
	if (j->longs.len)
		qsort(j->longs.ptr, j->longs.len / sizeof(long_name), sizeof(long_name), compare_longs);
	if (!status)
		status = put_label_clusters(j);
	if (!status && nkc_document_entry_count(j->base.document, &count) == NKC_ENOMEM)
		status = NKC_ENOMEM;
	nkc_buf_puts(out, "\\providecommand{\\href}[2]{#2}\n\\providecommand{\\natexlab}[1]{#1}\n");
	nkc_buf_printf(out, "\\begin{thebibliography}{%zu}\n\n", count);
	if (!status)
		status = put_entries(j, j->author_date, false, out);
	nkc_buf_puts(out, "\\end{thebibliography}\n");
	return status ? status : nkc_buf_status(out);
}

/* --- citation-style-language --- */

/* LaTeX as rich text of CSL, by way of the reader of .bib files, which knows it. */
static nkc_str from_latex(job *j, nkc_str latex)
{
	nkc_buf bib = NKC_BUF_INIT;
	nkc_reader *reader = NULL;
	nkc_record *record = NULL;
	nkc_str text = latex;
	if (!latex.len || !strpbrk(nkc_arena_str(j->call->arena, latex).ptr, "\\{}~$-`'"))
		return latex;
	nkc_buf_printf(&bib, "@misc{x, abstract = {%.*s}}", NKC_STR_ARG(latex));
	if (nkc_reader_open_text(&reader, nkc_format_find(NKC_STR("bibtex")), NKC_STR(""), nkc_buf_str(&bib), NULL) == NKC_OK) {
		if (nkc_reader_next(reader, &record) == NKC_OK && record)
			text = nkc_arena_str(j->call->arena, nkc_record_text(record, NKC_VAR_ABSTRACT));
		nkc_reader_close(reader);
	}
	nkc_buf_release(&bib);
	return text;
}

static nkc_status put_citation(job *j, const nkc_tex_citation *from)
{
	bool notes = nkc_style_is_note(j->base.style);
	nkc_cluster cluster = { .id = from->id, .note = notes ? from->note : 0, .cites = from->cites, .count = from->count,
		                .mode = from->mode, .infix = NKC_STR("") };
	for (size_t i = 0; i < from->count; i++) {
		from->cites[i].prefix = from_latex(j, from->cites[i].prefix);
		from->cites[i].suffix = from_latex(j, from->cites[i].suffix);
		from->cites[i].locator = from_latex(j, from->cites[i].locator);
	}
	nkc_status status = nkc_document_put_cluster(j->base.document, &cluster, NKC_STR(""));
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* The citations of a section, and what its bibliography lists beside them. */
static nkc_status put_citations(job *j, unsigned section)
{
	size_t count, cited, uncited = 0;
	const nkc_tex_citation *all = nkc_tex_citations(j->tex, &count);
	const nkc_str *keys = nkc_tex_keys(j->tex, &cited);
	nkc_str *ids = nkc_arena_alloc(j->call->arena, (cited + 1) * sizeof *ids);
	nkc_status status = ids ? NKC_OK : NKC_ENOMEM;
	for (size_t i = 0; i < count && !status; i++) {
		if (all[i].section != section)
			continue;
		if (!all[i].uncited)
			status = put_citation(j, &all[i]);
		for (size_t k = 0; all[i].uncited && k < all[i].count && uncited < cited; k++)
			ids[uncited++] = all[i].cites[k].id;
	}
	if (!status)
		status = nkc_tex_wants_all(j->tex) ? nkc_document_set_uncited(j->base.document, keys, cited)
		                                   : nkc_document_set_uncited(j->base.document, ids, uncited);
	return status == NKC_ENOTFOUND ? NKC_OK : status;
}

/* A key that is not known stands as [?key]. */
static void put_unknown(job *j, const nkc_tex_citation *citation, bool begun, nkc_buf *out)
{
	nkc_buf text = NKC_BUF_INIT;
	for (size_t i = 0; i < citation->count; i++) {
		if (!nkc_tex_has(j->tex, citation->cites[i].id))
			nkc_buf_printf(&text, "%s[?%.*s]", begun || text.len ? " " : "", NKC_STR_ARG(citation->cites[i].id));
	}
	nkc_markup_escape(j->base.markup, nkc_buf_str(&text), out);
	nkc_buf_release(&text);
}

static nkc_status put_texts(job *j, unsigned section, const char *command, nkc_buf *out)
{
	size_t count, at;
	const nkc_tex_citation *all = nkc_tex_citations(j->tex, &count);
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < count && !status; i++) {
		nkc_str id, text = NKC_STR("");
		if (all[i].section != section || all[i].uncited)
			continue;
		status = nkc_document_find_cluster(j->base.document, all[i].id, &at);
		if (!status)
			status = nkc_document_cluster(j->base.document, at, &id, &text);
		nkc_buf_printf(out, "%s{%.*s}{%.*s", command, NKC_STR_ARG(all[i].id), NKC_STR_ARG(text));
		put_unknown(j, &all[i], text.len > 0, out);
		nkc_buf_puts(out, "}\n");
		status = status == NKC_ENOTFOUND ? NKC_OK : status;
	}
	return status;
}

static const char *class_of(const job *j)
{
	return nkc_style_is_note(j->base.style) ? "note" : "in-text";
}

static void put_digits(unsigned count, nkc_buf *out)
{
	for (unsigned i = 0; i < count; i++)
		nkc_buf_putc(out, '9');
}

/* How the list is set, as the package's version wants to be told. */
static void put_list_begin(job *j, bool old, const nkc_markup_list *list, nkc_buf *out)
{
	const char *hanging = list->hanging_indent ? "true" : "false";
	if (old) {
		nkc_buf_printf(out, "\\cslsetup{\n  class = %s,\n  hanging-indent = %s,\n", class_of(j), hanging);
		nkc_buf_printf(out, "  line-spacing = %u,\n  entry-spacing = %u,\n}\n\n", list->line_spacing, list->entry_spacing);
		nkc_buf_puts(out, "\\begin{thebibliography}{");
		put_digits(list->label_width, out);
	} else {
		nkc_buf_puts(out, "\\begin{thebibliography}{index = 1");
		if (list->second_field)
			nkc_buf_printf(out, ", second-field-align = %s", list->in_margin ? "margin" : "flush");
		nkc_buf_printf(out, ", hanging-indent = %s, line-spacing = %u, entry-spacing = %u", hanging, list->line_spacing,
		               list->entry_spacing);
		nkc_buf_puts(out, list->label_width ? ", widest-label = " : "");
		put_digits(list->label_width, out);
	}
	nkc_buf_puts(out, "}\n\n");
}

static nkc_status put_section(job *j, const nkc_tex_section *section, nkc_buf *out)
{
	bool old = nkc_tex_get_kind(j->tex) == NKC_TEX_CSL_OLD;
	nkc_markup_list list;
	nkc_status status = load_records(j, section->number == 0);
	if (!status)
		status = put_citations(j, section->number);
	if (!old)
		nkc_buf_printf(out, "\\csloptions{%u}{class = {%.*s = %s}}\n", section->number, NKC_STR_ARG(section->style),
		               class_of(j));
	if (!status)
		status = put_texts(j, section->number, old ? "\\cslcite" : "\\cslcitation", out);
	if (!status && section->listed)
		status = nkc_document_list(j->base.document, &list);
	if (!status && section->listed) {
		nkc_buf_putc(out, '\n');
		put_list_begin(j, old, &list, out);
		status = put_entries(j, false, true, out);
		nkc_buf_puts(out, "\\end{thebibliography}\n");
	}
	return status ? status : nkc_buf_status(out);
}

static int render_sections(job *j, nkc_buf *out)
{
	size_t count;
	const nkc_tex_section *all = nkc_tex_sections(j->tex, &count);
	int status = CLI_CLEAN;
	for (size_t i = 0; i < count && status == CLI_CLEAN; i++) {
		nkc_tex_section section = all[i];
		if (!section.style.len)
			section.style = all[0].style.len ? all[0].style : nkc_str_from(nkc_styles_default());
		if (!section.locale.len)
			section.locale = all[0].locale;
		status = open_style(j, section.style, section.locale);
		j->author_date = false; /* the package makes the labels */
		if (status == CLI_CLEAN) /* links are commands of hyperref */
			nkc_document_set_links(j->base.document, section.links);
		if (status == CLI_CLEAN)
			status = cli_failed(put_section(j, &section, out));
		cli_citing_close(&j->base);
	}
	return status;
}

/* --- the command --- */

static int write_rendered(job *j, bool csl)
{
	cli_output out;
	const char *path = j->options->output ? j->options->output : with_ending(j, ".bbl");
	if (!cli_output_open(&out, path, j->call->diags))
		return CLI_IO;
	int status = CLI_CLEAN;
	if (csl) {
		status = render_sections(j, &out.buf);
	} else {
		status = open_style(j, NKC_STR(""), NKC_STR(""));
		if (status == CLI_CLEAN)
			status = cli_failed(put_bbl(j, &out.buf));
		cli_citing_close(&j->base);
	}
	return cli_worse(status, cli_exit(cli_output_close(&out, status == CLI_CLEAN)));
}

/* latexmk looks at the log of what stands in for BibTeX. */
static int write_log(job *j)
{
	cli_output out;
	size_t count, missing = 0;
	const nkc_str *keys = nkc_tex_keys(j->tex, &count);
	if (j->options->output || !cli_output_open(&out, with_ending(j, ".blg"), j->call->diags))
		return j->options->output ? CLI_CLEAN : CLI_IO;
	for (size_t i = 0; i < count; i++)
		missing += !nkc_tex_has(j->tex, keys[i]);
	nkc_buf_printf(&out.buf, "nkcite tex %s: %zu keys, %zu of them unknown\n", j->path, count, missing);
	return cli_exit(cli_output_close(&out, true));
}

static int write_what_is_asked(job *j)
{
	nkc_tex_kind kind = nkc_tex_get_kind(j->tex);
	bool csl = kind == NKC_TEX_CSL || kind == NKC_TEX_CSL_OLD;
	if (j->options->bib)
		return write_bib(j);
	if (!csl && !j->options->bbl)
		return cli_usage_error(j->call, "say what %s needs: --bib, or --bbl with a style", j->path);
	if (kind == NKC_TEX_BIBLATEX)
		return cli_usage_error(j->call, "biblatex renders by itself and needs --bib");
	int status = write_rendered(j, csl);
	return cli_worse(status, write_log(j));
}

static bool cites_nothing(const job *j)
{
	size_t count;
	nkc_tex_keys(j->tex, &count);
	return count == 0 && !nkc_tex_wants_all(j->tex);
}

static int run(cli_call *call, const void *given)
{
	job j = { .call = call, .options = given, .path = call->words.items[0], .longs = NKC_BUF_INIT };
	int status = cli_check_from(call, j.options->input.from);
	if (status == CLI_CLEAN && j.options->bib && j.options->bbl)
		status = cli_usage_error(call, "--bib and --bbl exclude each other");
	if (status != CLI_CLEAN)
		return status;
	status = cli_failed(nkc_tex_new(&j.tex, call->diags));
	if (status == CLI_CLEAN)
		status = cli_failed(read_aux(&j));
	if (status == CLI_CLEAN && j.status != CLI_IO && cites_nothing(&j)) {
		cli_file_finding(call->diags, NKC_CODE_TEX_NOTHING, nkc_str_from(j.path), NULL, "it cites nothing");
		status = CLI_FINDINGS;
	} else if (status == CLI_CLEAN && !cites_nothing(&j)) {
		status = write_what_is_asked(&j);
	}
	nkc_tex_free(j.tex);
	nkc_buf_release(&j.longs);
	return cli_worse(status, j.status);
}

const cli_command cli_command_tex = {
	.name = "tex",
	.summary = "write what a LaTeX document cites, as .bib or .bbl",
	.usage = "FILE.aux",
	.about = "Reads what a document cites from its .aux file. --bib writes those records of the library for BibTeX or Biber; --bbl "
	         "writes the bibliography itself in a CSL style, with labels for natbib. For the package citation-style-language "
	         "the .bbl has the citations, too, in the style that the document names.\n"
	         "\n"
	         "  nkcite tex paper.aux --bib -o refs.bib\n"
	         "  nkcite tex paper.aux --bbl=apa\n"
	         "  nkcite tex paper.aux",
	.options = options_table,
	.options_size = sizeof(tex_options),
	.words = CLI_VALUES_FILE,
	.words_min = 1,
	.words_max = 1,
	.run = run,
};
