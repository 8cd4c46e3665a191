/*
 * report_github.c: findings as workflow commands, which GitHub shows as annotations:
 *
 *	::error file=records/a.json,line=7,col=13,endColumn=25,title=date/month-range::message
 */
#include "cli/report.h"

static const char *const levels[] = {
	[NKC_HINT] = "notice",
	[NKC_WARNING] = "warning",
	[NKC_ERROR] = "error",
};

static void begin(cli_report *report)
{
	(void)report;
}

/* The runner decodes %25, %0D, %0A in a message, and %3A, %2C in a property too. */
static void put_escaped(nkc_buf *out, nkc_str text, const char *special)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c && strchr(special, c))
			nkc_buf_printf(out, "%%%02X", (unsigned)c);
		else
			nkc_buf_putc(out, c);
	}
}

static void put_property(nkc_buf *out, const char *name, nkc_str text)
{
	nkc_buf_printf(out, "%s=", name);
	put_escaped(out, text, "%\r\n:,");
}

static void finding(cli_report *report, const nkc_diag *diag)
{
	nkc_buf *out = &report->output->buf;
	nkc_str hint = cli_report_hint(diag);
	nkc_buf_printf(out, "::%s ", levels[diag->severity]);
	if (diag->file.len) {
		put_property(out, "file", diag->file);
		nkc_buf_putc(out, ',');
	}
	if (diag->from.line)
		nkc_buf_printf(out, "line=%llu,col=%llu,endColumn=%llu,", (unsigned long long)diag->from.line,
		               (unsigned long long)diag->from.column,
		               (unsigned long long)(diag->from.column + diag->width));
	put_property(out, "title", nkc_str_from(nkc_code_get(diag->code)->name));
	nkc_buf_puts(out, "::");
	put_escaped(out, diag->message, "%\r\n");
	if (hint.len) {
		nkc_buf_puts(out, " (");
		put_escaped(out, hint, "%\r\n");
		nkc_buf_putc(out, ')');
	}
	nkc_buf_putc(out, '\n');
}

static void end(cli_report *report)
{
	(void)report;
}

const cli_reporter cli_report_github = { "github", false, begin, finding, end };
