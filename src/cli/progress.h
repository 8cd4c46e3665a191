/*
 * progress.h: "12000 records" on a terminal, for work that takes more than a moment.
 */
#ifndef NKC_SRC_CLI_PROGRESS_H
#define NKC_SRC_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct cli_progress {
	bool wanted; /* standard error is a terminal, and nothing else is drawn there */
	const char *unit; /* "records" */
	uint64_t divisor; /* how many make one unit */
	uint64_t count;
	int64_t next; /* milliseconds: when to show it again */
} cli_progress;

/* to_terminal: the product itself goes to a terminal, so that nothing may be drawn over it. */
void cli_progress_start(cli_progress *progress, const char *unit, uint64_t divisor, bool to_terminal);
/* So much more is done. */
void cli_progress_add(cli_progress *progress, uint64_t more);
/* The work is done: takes the line away. */
void cli_progress_end(cli_progress *progress);
/* Takes the line away, if there is one, because something else is to be written there. */
void cli_progress_hide(void);

#endif
