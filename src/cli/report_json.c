/*
 * report_json.c: findings as JSON: {"findings": [...], "records": 5, "errors": 0, ...}.
 */
#include "cli/report.h"

#include <nkcite/value.h>

static void begin(cli_report *report)
{
	nkc_buf_puts(&report->output->buf, "{\n  \"findings\": [");
}

static void put_text(nkc_buf *out, const char *name, nkc_str text)
{
	if (text.len == 0)
		return;
	nkc_buf_printf(out, ", \"%s\": ", name);
	nkc_json_put_string(out, text);
}

static void put_place(nkc_buf *out, const nkc_diag *diag)
{
	put_text(out, "file", diag->file);
	if (diag->from.line == 0)
		return;
	nkc_buf_printf(out, ", \"line\": %llu, \"column\": %llu, \"endColumn\": %llu",
	               (unsigned long long)diag->from.line, (unsigned long long)diag->from.column,
	               (unsigned long long)(diag->from.column + diag->width));
}

static void finding(cli_report *report, const nkc_diag *diag)
{
	nkc_buf *out = &report->output->buf;
	nkc_buf_printf(out, "%s\n    {\"code\": \"%s\", \"severity\": \"%s\"", cli_report_total(report) > 1 ? "," : "",
	               nkc_code_get(diag->code)->name, nkc_severity_name(diag->severity));
	put_place(out, diag);
	put_text(out, "record", diag->record);
	put_text(out, "pointer", diag->pointer);
	put_text(out, "message", diag->message);
	put_text(out, "hint", cli_report_hint(diag));
	nkc_buf_putc(out, '}');
}

static void end(cli_report *report)
{
	nkc_buf_printf(&report->output->buf,
	               "%s],\n  \"%ss\": %llu,\n  \"errors\": %llu,\n  \"warnings\": %llu,\n  \"hints\": %llu\n}\n",
	               cli_report_total(report) ? "\n  " : "", report->what, (unsigned long long)report->records,
	               (unsigned long long)report->found[NKC_ERROR], (unsigned long long)report->found[NKC_WARNING],
	               (unsigned long long)report->found[NKC_HINT]);
}

const cli_reporter cli_report_json = { "json", false, begin, finding, end };
