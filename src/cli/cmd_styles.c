#include <config.h>

#include "cli/citing.h"
#include "cli/input.h"
#include "cli/report.h"
#include "cli/say.h"
#include "cli/text.h"

#include <stdlib.h>

typedef struct styles_options {
	cli_style_options style; /* without a style: those are words */
	const char *library;
	int format; /* index into cli_reporters; of list, search and show text or json */
	bool all;
	uint64_t count;
} styles_options;

enum { FORMAT_TEXT, FORMAT_JSON };
enum { PREVIEW_RECORDS = 5 };

static const cli_opt options_table[] = {
	CLI_OPT_CHOICE('f', "format", "FORM", cli_reporter_names, styles_options, format,
	               "how the list, or what check finds, is written; list, search and show know text and json"),
	CLI_OPT_FLAG('a', "all", styles_options, all, "list, search: dependent styles too, and those that others hide"),
	CLI_OPT_NUMBER('n', "count", "N", styles_options, count, "preview: show the first N records; else 5"),
	CLI_OPT_STYLED(styles_options, style),
	CLI_OPT_LIBRARY(styles_options, library),
	CLI_OPT_END
};

/* A call with its folders; the first word is taken off. */
typedef struct styling {
	cli_call *call;
	const styles_options *options;
	cli_words words;
	nkc_styles *styles;
	cli_output out;
} styling;

/* --- a style in a list --- */

static void put_cell(nkc_buf *out, nkc_str text, size_t width)
{
	size_t columns = cli_columns(text);
	cli_put_safe(out, text);
	nkc_buf_printf(out, "%*s", columns < width ? (int)(width - columns) + 1 : 1, "");
}

static nkc_str last_part(nkc_str id)
{
	size_t from = id.len;
	while (from > 0 && id.ptr[from - 1] != '/')
		from--;
	return nkc_str_slice(id, from, id.len);
}

/* name, format, origin, title, and of what it depends */
static void put_row(nkc_buf *out, const nkc_style_info *info, size_t width)
{
	put_cell(out, info->name, width);
	put_cell(out, info->format.len ? info->format : info->kind.len ? info->kind : NKC_STR("-"), 11);
	put_cell(out, info->origin, 8);
	cli_put_safe(out, info->title.len ? info->title : NKC_STR("-"));
	if (info->parent.len) {
		nkc_buf_puts(out, " -> ");
		cli_put_safe(out, last_part(info->parent));
	}
	nkc_buf_puts(out, info->shadowed ? " (hidden)\n" : "\n");
}

/* The names of the parts of an info, as show and JSON spell them. */
static const struct {
	const char *name;
	size_t at;
} parts[] = {
	{ "name", offsetof(nkc_style_info, name) },
	{ "title", offsetof(nkc_style_info, title) },
	{ "titleShort", offsetof(nkc_style_info, title_short) },
	{ "id", offsetof(nkc_style_info, id) },
	{ "parent", offsetof(nkc_style_info, parent) },
	{ "class", offsetof(nkc_style_info, kind) },
	{ "citationFormat", offsetof(nkc_style_info, format) },
	{ "defaultLocale", offsetof(nkc_style_info, language) },
	{ "origin", offsetof(nkc_style_info, origin) },
	{ "path", offsetof(nkc_style_info, path) },
};

static nkc_str part_of(const nkc_style_info *info, size_t i)
{
	return *(const nkc_str *)(const void *)((const char *)info + parts[i].at);
}

static void put_json(nkc_buf *out, const nkc_style_info *info)
{
	nkc_str fields = info->fields, field;
	nkc_buf_puts(out, "{");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		nkc_str text = part_of(info, i);
		if (i > 0 && text.len == 0)
			continue;
		nkc_buf_printf(out, "%s\"%s\": ", i ? ", " : "", parts[i].name);
		nkc_json_put_string(out, text);
	}
	nkc_buf_puts(out, ", \"fields\": [");
	for (const char *between = ""; nkc_str_split(&fields, ' ', &field); between = ", ") {
		nkc_buf_puts(out, between);
		nkc_json_put_string(out, field);
	}
	nkc_buf_printf(out, "], \"hidden\": %s}", info->shadowed ? "true" : "false");
}

/* --- list and search --- */

static bool holds(nkc_str text, nkc_str what)
{
	for (size_t at = 0; at + what.len <= text.len; at++) {
		if (nkc_str_eq_nocase(nkc_str_slice(text, at, at + what.len), what))
			return true;
	}
	return false;
}

/* Each word must stand in its name, title, field or what it depends on. */
static bool is_wanted(const styling *s, const nkc_style_info *info)
{
	const nkc_str texts[] = { info->name, info->title, info->title_short, info->fields, info->format, info->parent };
	for (size_t i = 0; i < s->words.count; i++) {
		bool found = false;
		for (size_t j = 0; j < sizeof texts / sizeof *texts && !found; j++)
			found = holds(texts[j], nkc_str_from(s->words.items[i]));
		if (!found)
			return false;
	}
	return true;
}

/* What can be rendered with, and is not hidden by another, unless all are asked for. */
static bool is_listed(const styling *s, const nkc_style_info *info)
{
	return s->options->all || (!info->shadowed && info->parent.len == 0);
}

static void put_list(styling *s, const nkc_style_info *const *infos, size_t count, size_t width)
{
	bool json = s->options->format == FORMAT_JSON;
	const char *between = "\n  ";
	nkc_buf_puts(&s->out.buf, json ? "[" : "");
	for (size_t i = 0; i < count && cli_output_flush(&s->out); i++) {
		if (!json) {
			put_row(&s->out.buf, infos[i], width);
			continue;
		}
		nkc_buf_puts(&s->out.buf, between);
		put_json(&s->out.buf, infos[i]);
		between = ",\n  ";
	}
	nkc_buf_puts(&s->out.buf, json ? "\n]\n" : "");
}

static int list(styling *s)
{
	const nkc_style_info *const *infos;
	size_t count, kept = 0, width = 8;
	nkc_status status = nkc_styles_list(s->styles, &infos, &count);
	const nkc_style_info **listed = nkc_arena_alloc(s->call->arena, (count + 1) * sizeof *listed);
	if (status != NKC_OK || !listed)
		return cli_failed(NKC_ENOMEM);
	for (size_t i = 0; i < count && status != NKC_ENOMEM; i++) {
		status = nkc_styles_read(s->styles, infos[i], s->call->diags);
		if (!is_listed(s, infos[i]) || !is_wanted(s, infos[i]))
			continue;
		listed[kept++] = infos[i];
		if (infos[i]->name.len > width && infos[i]->name.len <= 40)
			width = infos[i]->name.len;
	}
	put_list(s, listed, kept, width);
	if (kept == 0 && s->words.count)
		cli_say(s->call, "no style holds these words%s", s->options->all ? "" : "; --all looks at dependent ones too");
	return kept == 0 && s->words.count ? CLI_FINDINGS : CLI_CLEAN;
}

static int search(styling *s)
{
	return s->words.count ? list(s) : cli_usage_error(s->call, "search needs a word to look for");
}

/* --- show and path --- */

static void put_info(nkc_buf *out, const nkc_style_info *info)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		nkc_str text = part_of(info, i);
		if (text.len == 0)
			continue;
		nkc_buf_printf(out, "%s: ", parts[i].name);
		cli_put_safe(out, text);
		nkc_buf_putc(out, '\n');
	}
	if (info->fields.len) {
		nkc_buf_puts(out, "fields: ");
		cli_put_safe(out, info->fields);
		nkc_buf_putc(out, '\n');
	}
}

/* What becomes of each style that is named; `what` gives an exit status. */
static int for_each(styling *s, int (*what)(styling *s, const nkc_style_info *info, size_t index))
{
	int exit = CLI_CLEAN;
	if (s->words.count == 0)
		return cli_usage_error(s->call, "no style is named");
	for (size_t i = 0; i < s->words.count && cli_output_flush(&s->out); i++) {
		const nkc_style_info *info;
		nkc_status status =
			nkc_styles_find(s->styles, nkc_str_from(s->words.items[i]), &info, s->call->diags);
		exit = cli_worse(exit, status == NKC_OK ? what(s, info, i) : cli_failed(status));
	}
	return exit;
}

static int show_one(styling *s, const nkc_style_info *info, size_t index)
{
	nkc_status status = nkc_styles_read(s->styles, info, s->call->diags);
	if (s->options->format == FORMAT_JSON) {
		put_json(&s->out.buf, info);
		nkc_buf_putc(&s->out.buf, '\n');
	} else {
		nkc_buf_puts(&s->out.buf, index ? "\n" : "");
		put_info(&s->out.buf, info);
	}
	return cli_failed(status);
}

static int show(styling *s)
{
	return for_each(s, show_one);
}

static int path_of_one(styling *s, const nkc_style_info *info, size_t index)
{
	(void)index;
	if (info->path.len == 0) {
		cli_say(s->call, "%.*s is compiled in and has no file", NKC_STR_ARG(info->name));
		return CLI_FINDINGS;
	}
	nkc_buf_put_str(&s->out.buf, info->path);
	nkc_buf_putc(&s->out.buf, '\n');
	return CLI_CLEAN;
}

static int path(styling *s)
{
	return for_each(s, path_of_one);
}

/* --- check --- */

/* A dependent style must find its parent; what is wrong with that is not its own fault. */
static nkc_status check_parent(styling *s, const nkc_style_info *info)
{
	nkc_style *style = NULL;
	(void)nkc_styles_read(s->styles, info, NULL);
	if (info->parent.len == 0)
		return NKC_OK;
	nkc_str name = info->path.len ? info->path : info->name;
	nkc_status status = nkc_styles_load(s->styles, name, &style, NULL, s->call->diags);
	nkc_style_free(style);
	return status;
}

static int check_one(styling *s, const nkc_style_info *info, size_t index)
{
	nkc_buf xml = NKC_BUF_INIT, name = NKC_BUF_INIT;
	(void)index;
	nkc_status status = nkc_styles_text(s->styles, info, &xml, s->call->diags);
	if (status != NKC_OK)
		return cli_failed(status);
	nkc_buf_put_str(&name, info->path.len ? info->path : info->name);
	status = nkc_style_check(nkc_buf_str(&xml), nkc_buf_str(&name), s->call->diags);
	if (status == NKC_OK)
		status = check_parent(s, info);
	nkc_buf_release(&xml);
	nkc_buf_release(&name);
	return status == NKC_ENOMEM ? cli_failed(status) : status == NKC_OK ? CLI_CLEAN : CLI_FINDINGS;
}

/* Findings go to the report while it is under way. */
static int check(styling *s)
{
	cli_report report;
	nkc_diags *diags = s->call->diags;
	cli_report_init(&report, cli_reporters[s->options->format], &s->out);
	report.what = "style";
	report.records = s->words.count;
	nkc_diags_set_sink(diags, cli_report_sink, &report);
	report.how->begin(&report);
	int exit = for_each(s, check_one);
	report.how->end(&report);
	nkc_diags_set_sink(diags, cli_report_sink, s->call->report);
	return cli_worse(exit, report.exit);
}

/* --- preview --- */

static nkc_status put_citation(cli_citing *citing, nkc_record *record, uint32_t number)
{
	nkc_str none = NKC_STR(""), id = nkc_record_id(record);
	nkc_cite cite = { id, none, none, none, none, false, false, 0, false };
	nkc_cluster cluster = { .id = id, .cites = &cite, .count = 1, .infix = none };
	if (nkc_style_is_note(citing->style))
		cluster.note = number;
	nkc_status status = cli_citing_put(citing, record);
	return status == NKC_OK ? nkc_document_put_cluster(citing->document, &cluster, none) : status;
}

static nkc_status put_records(styling *s, cli_citing *citing)
{
	cli_call call = *s->call;
	cli_input_options options = { .library = s->options->library };
	uint64_t left = s->options->count ? s->options->count : PREVIEW_RECORDS;
	int exit;
	uint32_t number = 0;
	nkc_record *record;
	nkc_status status = NKC_OK;
	call.words = (cli_words){ NULL, 0 };
	cli_input *input = cli_input_open(&call, &options, &exit);
	while (input && status == NKC_OK && left-- > 0 && (record = cli_input_next(input)))
		status = put_citation(citing, record, ++number);
	if (!input)
		return NKC_ENOTFOUND;
	(void)cli_input_close(input);
	return status;
}

/* The entry of a record: the style may list them in another order, or not at all. */
static nkc_status put_entry(nkc_document *document, nkc_str wanted, nkc_buf *out)
{
	size_t count;
	nkc_str id, text;
	nkc_status status = nkc_document_entry_count(document, &count);
	if (status != NKC_OK)
		return status == NKC_ENOTFOUND ? NKC_OK : status;
	for (size_t i = 0; i < count && status == NKC_OK; i++) {
		status = nkc_document_entry(document, i, &id, &text);
		if (!nkc_str_eq(id, wanted))
			continue;
		nkc_buf_put_str(out, text);
		nkc_buf_putc(out, '\n');
		break;
	}
	return status;
}

static nkc_status put_preview(styling *s, cli_citing *citing)
{
	nkc_buf *out = &s->out.buf;
	size_t count = nkc_document_cluster_count(citing->document);
	nkc_status status = NKC_OK;
	for (size_t i = 0; i < count && status == NKC_OK; i++) {
		nkc_str id, text;
		status = nkc_document_cluster(citing->document, i, &id, &text);
		nkc_buf_puts(out, i ? "\n" : "");
		nkc_buf_put_str(out, text);
		nkc_buf_putc(out, '\n');
		if (status == NKC_OK)
			status = put_entry(citing->document, id, out);
	}
	return status;
}

static int preview_one(styling *s, size_t index)
{
	cli_citing citing;
	cli_style_options options = s->options->style;
	nkc_buf *out = &s->out.buf;
	if (s->words.count)
		options.style = s->words.items[index];
	int exit = cli_citing_open(&citing, s->call, &options, s->options->library);
	if (exit == CLI_CLEAN && s->words.count > 1) {
		nkc_buf_printf(out, "%s%s: ", index ? "\n" : "", s->words.items[index]);
		nkc_buf_put_str(out, nkc_style_title(citing.style));
		nkc_buf_puts(out, "\n\n");
	}
	nkc_status status = exit == CLI_CLEAN ? put_records(s, &citing) : NKC_OK;
	if (exit == CLI_CLEAN && status == NKC_OK)
		status = put_preview(s, &citing);
	cli_citing_close(&citing);
	return cli_worse(exit, cli_failed(status));
}

static int preview(styling *s)
{
	int exit = CLI_CLEAN;
	size_t count = s->words.count ? s->words.count : 1;
	for (size_t i = 0; i < count && exit < CLI_USAGE && cli_output_flush(&s->out); i++)
		exit = cli_worse(exit, preview_one(s, i));
	return exit;
}

/* --- the command --- */

static const struct {
	const char *name;
	int (*run)(styling *s);
	bool reports; /* in any form of a report */
} verbs[] = {
	{ "list", list, false },   { "search", search, false }, { "show", show, false },
	{ "check", check, true },  { "path", path, false },     { "preview", preview, false },
};

static int run_verb(styling *s, size_t verb)
{
	if (!verbs[verb].reports && s->options->format > FORMAT_JSON)
		return cli_usage_error(s->call, "styles %s is written as text or json", verbs[verb].name);
	if (!cli_output_open(&s->out, NULL, s->call->diags))
		return CLI_IO;
	int exit = cli_styles_open(&s->styles, s->options->library);
	if (exit == CLI_CLEAN)
		exit = verbs[verb].run(s);
	nkc_styles_free(s->styles);
	return cli_worse(exit, cli_exit(cli_output_close(&s->out, exit != CLI_IO)));
}

static int run(cli_call *call, const void *given)
{
	styling s = { .call = call, .options = given, .words = call->words };
	if (s.words.count == 0)
		return run_verb(&s, 0);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (strcmp(s.words.items[0], verbs[i].name) == 0) {
			s.words.items++;
			s.words.count--;
			return run_verb(&s, i);
		}
	}
	return cli_usage_error(call, "'%s' is none of list, search, show, check, path, preview", s.words.items[0]);
}

const cli_command cli_command_styles = {
	.name = "styles",
	.summary = "find, check and try out citation styles",
	.usage = "[list|search|show|check|path|preview] [WORD...]",
	.about = "Styles stand in the folder styles of the library, the user's, nkcite's, the system's and Zotero's; the first "
	         "that has a name counts. STYLE is a short name, a file, a title, or an id. search looks at names, "
	         "titles and fields; check holds styles against the schema of CSL 1.0.2; preview renders the first "
	         "records of the library.\n"
	         "\n"
	         "  nkcite styles search psychology\n"
	         "  nkcite styles show apa\n"
	         "  nkcite styles check my-style.csl\n"
	         "  nkcite styles preview ieee chicago-author-date",
	.options = options_table,
	.options_size = sizeof(styles_options),
	.words = CLI_VALUES_STYLES,
	.words_max = CLI_ANY,
	.run = run,
};
