/*
 * report_errorformat.c: one line a finding, file:line:column: severity: message [code],
 * as Vim's errorformat and reviewdog read it (%f:%l:%c: %m).
 */
#include "cli/report.h"
#include "cli/text.h"

static void begin(cli_report *report)
{
	(void)report;
}

static void finding(cli_report *report, const nkc_diag *diag)
{
	nkc_buf *out = &report->output->buf;
	/* A finding about a whole file stands at its start: readers of this form want a place. */
	uint64_t line = diag->from.line ? diag->from.line : 1;
	uint64_t column = diag->from.line ? diag->from.column : 1;
	cli_put_safe(out, diag->file.len ? diag->file : NKC_STR("nkcite"));
	nkc_buf_printf(out, ":%llu:%llu: %s: ", (unsigned long long)line, (unsigned long long)column,
	               nkc_severity_name(diag->severity));
	cli_put_safe(out, diag->message);
	nkc_buf_printf(out, " [%s]\n", nkc_code_get(diag->code)->name);
}

static void end(cli_report *report)
{
	(void)report;
}

const cli_reporter cli_report_errorformat = { "errorformat", true, begin, finding, end };
