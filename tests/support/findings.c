#include "support/findings.h"

void findings_put_places(const nkc_diags *diags, nkc_buf *out)
{
	for (size_t i = 0; i < nkc_diags_count(diags); i++) {
		const nkc_diag *diag = nkc_diags_at(diags, i);
		nkc_buf_printf(out, "%s%s %llu:%llu", i ? "; " : "", nkc_code_get(diag->code)->name,
		               (unsigned long long)diag->from.line, (unsigned long long)diag->from.column);
	}
}

void findings_put(void *buf, const nkc_diag *diag)
{
	nkc_buf *out = buf;
	const nkc_str texts[] = { diag->file, diag->record, diag->pointer, diag->message, diag->hint, diag->line };
	nkc_buf_printf(out, "%s %s %llu:%llu+%llu %llu", nkc_severity_name(diag->severity),
	               nkc_code_get(diag->code)->name, (unsigned long long)diag->from.line,
	               (unsigned long long)diag->from.column, (unsigned long long)diag->width,
	               (unsigned long long)diag->line_column);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		nkc_buf_putc(out, ' ');
		nkc_json_put_string(out, texts[i]);
	}
	nkc_buf_putc(out, '\n');
}

void findings_put_all(const nkc_diags *diags, nkc_buf *out)
{
	for (size_t i = 0; i < nkc_diags_count(diags); i++)
		findings_put(out, nkc_diags_at(diags, i));
}
