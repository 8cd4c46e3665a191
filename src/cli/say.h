/*
 * say.h: a word to the person at the terminal, and a question.
 */
#ifndef NKC_SRC_CLI_SAY_H
#define NKC_SRC_CLI_SAY_H

#include "cli/command.h"

/* One line on standard error: "nkcite add: ...". */
void cli_say(const cli_call *call, const char *format, ...) NKC_PRINTF(2, 3);

/* Is there somebody to ask: are standard input and standard error a terminal? */
bool cli_can_ask(void);

/*
 * Asks until the answer begins with one of the letters of `answers`, and returns that letter. No
 * answer, only a line end, is the first of them; the end of the input is 0.
 */
char cli_ask(const char *answers, const char *format, ...) NKC_PRINTF(2, 3);

#endif
