/*
 * report_text.c: findings for a person, in the manner of a compiler: a first line that
 * editors jump to, the source line, carets under the fault, and the remedy.
 */
#include "cli/report.h"
#include "cli/text.h"

typedef enum paint {
	PAINT_NONE,
	PAINT_BOLD,
	PAINT_ERROR,
	PAINT_WARNING,
	PAINT_HINT,
	PAINT_CARET
} paint;

static const char *const paints[] = {
	[PAINT_NONE] = "\033[0m",
	[PAINT_BOLD] = "\033[1m",
	[PAINT_ERROR] = "\033[1;31m",
	[PAINT_WARNING] = "\033[1;35m",
	[PAINT_HINT] = "\033[1;36m",
	[PAINT_CARET] = "\033[1;32m",
};

static const paint paint_of[] = {
	[NKC_HINT] = PAINT_HINT,
	[NKC_WARNING] = PAINT_WARNING,
	[NKC_ERROR] = PAINT_ERROR,
};

static void put_paint(cli_report *report, paint which)
{
	if (report->colour)
		nkc_buf_puts(&report->output->buf, paints[which]);
}

static void begin(cli_report *report)
{
	(void)report;
}

static void put_place(nkc_buf *out, const nkc_diag *diag)
{
	if (diag->file.len == 0)
		nkc_buf_puts(out, "nkcite");
	else
		cli_put_safe(out, diag->file);
	if (diag->from.line)
		nkc_buf_printf(out, ":%llu:%llu", (unsigned long long)diag->from.line,
		               (unsigned long long)diag->from.column);
	nkc_buf_puts(out, ": ");
}

static void put_first_line(cli_report *report, const nkc_diag *diag)
{
	nkc_buf *out = &report->output->buf;
	put_paint(report, PAINT_BOLD);
	put_place(out, diag);
	put_paint(report, paint_of[diag->severity]);
	nkc_buf_printf(out, "%s: ", nkc_severity_name(diag->severity));
	put_paint(report, PAINT_NONE);
	cli_put_safe(out, diag->message);
	nkc_buf_printf(out, " [%s]\n", nkc_code_get(diag->code)->name);
}

/* A tab takes one column here, so that the carets stand where they should. */
static void put_line_text(nkc_buf *out, nkc_str line)
{
	nkc_str piece;
	for (bool first = true; nkc_str_split(&line, '\t', &piece); first = false) {
		if (!first)
			nkc_buf_putc(out, ' ');
		cli_put_safe(out, piece);
	}
	nkc_buf_putc(out, '\n');
}

static void put_carets(cli_report *report, nkc_str line, uint64_t before, uint64_t width)
{
	nkc_buf *out = &report->output->buf;
	nkc_str head = cli_text_head(line, before);
	nkc_str under = cli_text_head(nkc_str_slice(line, head.len, line.len), width);
	size_t columns = cli_columns(under);
	for (size_t i = cli_columns(head); i > 0; i--)
		nkc_buf_putc(out, ' ');
	put_paint(report, PAINT_CARET);
	nkc_buf_putc(out, '^');
	for (size_t i = 1; i < columns; i++)
		nkc_buf_putc(out, '~');
	put_paint(report, PAINT_NONE);
	nkc_buf_putc(out, '\n');
}

static void put_source(cli_report *report, const nkc_diag *diag)
{
	if (diag->from.line == 0 || diag->line.len == 0 || diag->from.column < diag->line_column)
		return;
	nkc_buf *out = &report->output->buf;
	size_t gutter = out->len;
	nkc_buf_printf(out, "%3llu", (unsigned long long)diag->from.line);
	gutter = out->len - gutter;
	nkc_buf_puts(out, " | ");
	put_line_text(out, diag->line);
	nkc_buf_printf(out, "%*s | ", (int)gutter, "");
	put_carets(report, diag->line, diag->from.column - diag->line_column, diag->width);
}

static void put_remedy(nkc_buf *out, const nkc_diag *diag)
{
	nkc_str hint = cli_report_hint(diag);
	const char *between = "  ";
	if (diag->from.line == 0 && diag->record.len) {
		nkc_buf_printf(out, "%sin ", between);
		cli_put_safe(out, diag->record);
		between = diag->pointer.len ? " " : "; ";
	}
	if (diag->pointer.len) {
		nkc_buf_printf(out, "%sat ", between);
		cli_put_safe(out, diag->pointer);
		between = "; ";
	}
	if (hint.len) {
		nkc_buf_printf(out, "%shint: ", between);
		cli_put_safe(out, hint);
		between = "";
	}
	if (*between != ' ')
		nkc_buf_putc(out, '\n');
}

static void finding(cli_report *report, const nkc_diag *diag)
{
	put_first_line(report, diag);
	put_source(report, diag);
	put_remedy(&report->output->buf, diag);
}

static void end(cli_report *report)
{
	static const nkc_severity order[] = { NKC_ERROR, NKC_WARNING, NKC_HINT };
	nkc_buf *out = &report->output->buf;
	if (report->mended) {
		cli_put_count(out, report->mended, report->what);
		nkc_buf_puts(out, " mended\n");
	}
	if (cli_report_total(report) == 0) {
		cli_put_count(out, report->records, report->what);
		nkc_buf_puts(out, ", no findings\n");
		return;
	}
	const char *between = "";
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (report->found[order[i]] == 0)
			continue;
		nkc_buf_puts(out, between);
		cli_put_count(out, report->found[order[i]], nkc_severity_name(order[i]));
		between = ", ";
	}
	nkc_buf_puts(out, " in ");
	cli_put_count(out, report->records, report->what);
	nkc_buf_putc(out, '\n');
}

const cli_reporter cli_report_text = { "text", true, begin, finding, end };
