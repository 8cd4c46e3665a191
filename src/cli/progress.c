#include <config.h>

#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
	FIRST_AFTER = 1000, /* milliseconds: nobody wonders before */
	THEN_EVERY = 200
};

/* There is one terminal, and it has one last line. */
static bool shown;

static int64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void cli_progress_start(cli_progress *progress, const char *unit, uint64_t divisor, bool to_terminal)
{
	*progress = (cli_progress){ .unit = unit, .divisor = divisor };
	progress->wanted = !to_terminal && isatty(STDERR_FILENO);
	if (progress->wanted)
		progress->next = now() + FIRST_AFTER;
}

void cli_progress_add(cli_progress *progress, uint64_t more)
{
	progress->count += more;
	if (!progress->wanted)
		return;
	int64_t time = now();
	if (time < progress->next)
		return;
	progress->next = time + THEN_EVERY;
	shown = true;
	fprintf(stderr, "\r%llu %s", (unsigned long long)(progress->count / progress->divisor), progress->unit);
}

void cli_progress_end(cli_progress *progress)
{
	progress->wanted = false;
	cli_progress_hide();
}

void cli_progress_hide(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}
