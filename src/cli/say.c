#include <config.h>

#include "cli/say.h"
#include "cli/output.h"
#include "cli/text.h"

#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

static void put_line(const char *before, const char *after, const char *format, va_list args) NKC_PRINTF(3, 0);

/* A line to standard error, in which nothing of a record can drive the terminal. */
static void put_line(const char *before, const char *after, const char *format, va_list args)
{
	cli_output err;
	nkc_buf text = NKC_BUF_INIT;

	nkc_buf_vprintf(&text, format, args);
	cli_output_open_stderr(&err);
	nkc_buf_puts(&err.buf, before);
	cli_put_safe(&err.buf, nkc_buf_str(&text));
	nkc_buf_puts(&err.buf, after);
	cli_output_close(&err, true);
	nkc_buf_release(&text);
}

void cli_say(const cli_call *call, const char *format, ...)
{
	char name[64];
	va_list args;

	snprintf(name, sizeof(name), "nkcite %s: ", call->command->name);
	va_start(args, format);
	put_line(name, "\n", format, args);
	va_end(args);
}

bool cli_can_ask(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* The first letter of a line, in lower case; '\n' for an empty one, 0 at the end of the input. */
static char read_answer(void)
{
	int first = 0, c;

	while ((c = getchar()) != EOF && c != '\n')
		if (first == 0 && !isspace(c))
			first = tolower(c);
	if (c == EOF && first == 0)
		return 0;
	return first ? (char)first : '\n';
}

char cli_ask(const char *answers, const char *format, ...)
{
	for (;;) {
		va_list args;
		char answer;

		va_start(args, format);
		put_line("", " ", format, args);
		va_end(args);
		answer = read_answer();
		if (answer == '\n')
			return answers[0];
		if (answer == 0 || strchr(answers, answer))
			return answer;
	}
}
