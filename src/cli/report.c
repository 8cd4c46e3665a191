#include <config.h>

#include "cli/report.h"
#include "cli/command.h"
#include "cli/progress.h"

#include <unistd.h>

#define CLI_REPORTER(name) extern const cli_reporter cli_report_##name;
#include "cli/reporters.inc"
#undef CLI_REPORTER

const cli_reporter *const cli_reporters[] = {
#define CLI_REPORTER(name) &cli_report_##name,
#include "cli/reporters.inc"
#undef CLI_REPORTER
};

const char *const cli_reporter_names[] = {
#define CLI_REPORTER(name) #name,
#include "cli/reporters.inc"
#undef CLI_REPORTER
	NULL
};

void cli_report_init(cli_report *report, const cli_reporter *how, cli_output *output)
{
	memset(report, 0, sizeof(*report));
	report->how = how;
	report->what = "record";
	report->output = output;
	report->colour = cli_colour_wanted(output->fd);
	if (how->safe)
		output->neutralise = false; /* colours must pass */
}

static int exit_of(const nkc_diag *diag)
{
	if (diag->code == NKC_CODE_IO_READ || diag->code == NKC_CODE_IO_WRITE)
		return CLI_IO;
	return diag->severity == NKC_ERROR ? CLI_FINDINGS : CLI_CLEAN;
}

void cli_report_sink(void *context, const nkc_diag *diag)
{
	cli_report *report = context;
	report->found[diag->severity]++;
	report->exit = cli_worse(report->exit, exit_of(diag));
	if (report->output->fd == STDERR_FILENO)
		cli_progress_hide();
	report->how->finding(report, diag);
	cli_output_flush(report->output);
}

nkc_str cli_report_hint(const nkc_diag *diag)
{
	return diag->hint.len ? diag->hint : nkc_str_from(nkc_code_get(diag->code)->remedy);
}

uint64_t cli_report_total(const cli_report *report)
{
	return report->found[NKC_ERROR] + report->found[NKC_WARNING] + report->found[NKC_HINT];
}
