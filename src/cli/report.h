/*
 * report.h: findings as a person or a program wants to see them.
 *
 * A reporter is one file report_<name>.c that ends in its descriptor; the list
 * NKCITE_REPORTERS in Makemodule.am feeds the build and the table. Findings
 * are written as they come, so a report of any length takes no memory.
 */
#ifndef NKC_SRC_CLI_REPORT_H
#define NKC_SRC_CLI_REPORT_H

#include "cli/output.h"

#include <nkcite/diag.h>

typedef struct cli_report cli_report;

typedef struct cli_reporter {
	const char *name;
	bool safe; /* puts what comes from records by cli_put_safe */
	void (*begin)(cli_report *report);
	void (*finding)(cli_report *report, const nkc_diag *diag);
	void (*end)(cli_report *report); /* the counts are final */
} cli_reporter;

struct cli_report {
	const cli_reporter *how;
	cli_output *output; /* append to output->buf */
	bool colour;
	const char *what;               /* "record", or what else is looked at */
	uint64_t records;               /* how many were looked at; the caller counts */
	uint64_t mended;                /* how many of them were changed; the caller counts */
	uint64_t found[NKC_ERROR + 1];  /* by severity */
	int exit;                       /* what the findings so far amount to */
};

/* The reporters, and their names as the choices of an option. */
extern const cli_reporter *const cli_reporters[];
extern const char *const cli_reporter_names[];

extern const cli_reporter cli_report_text;

/* Begins nothing: call how->begin when the report is a product of its own. */
void cli_report_init(cli_report *report, const cli_reporter *how, cli_output *output);
/* An nkc_diag_sink; the context is a cli_report. */
void cli_report_sink(void *report, const nkc_diag *diag);

/* The remedy of a finding: its own, else that of its code. */
nkc_str cli_report_hint(const nkc_diag *diag);

uint64_t cli_report_total(const cli_report *report);

#endif
