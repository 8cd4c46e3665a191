/*
 * main.c: finds the command, reads its options by its table, runs it.
 */
#include <config.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/usage.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int show_help(const cli_call *call)
{
	nkc_buf text = NKC_BUF_INIT;
	cli_put_help(call->command, &text);
	int status = cli_print(nkc_buf_str(&text), call->diags);
	nkc_buf_release(&text);
	return status;
}

static int check_words(const cli_call *call)
{
	const cli_command *command = call->command;
	if (call->words.count < command->words_min)
		return cli_usage_error(call, "%s is missing", command->usage);
	if (call->words.count > command->words_max)
		return cli_usage_error(call, "'%s' is one word too many", call->words.items[command->words_max]);
	return CLI_CLEAN;
}

static int run_command(cli_call *call, int argc, char **argv)
{
	const cli_command *command = call->command;
	void *options = nkc_arena_alloc(call->arena, command->options_size ? command->options_size : 1);
	if (!options)
		return cli_failed(NKC_ENOMEM);
	memset(options, 0, command->options_size);

	nkc_buf fault = NKC_BUF_INIT;
	bool help = false;
	int status = CLI_CLEAN;
	if (!cli_opt_parse(command->options, argc, argv, options, &call->words, call->arena, &help, &fault))
		status = cli_usage_error(call, "%s", fault.ptr);
	else if (!help)
		status = check_words(call);
	nkc_buf_release(&fault);
	if (status != CLI_CLEAN)
		return status;
	return help ? show_help(call) : command->run(call, options);
}

/* The whole program's own words: no command stands first. */
static int run_bare(const cli_call *call, const char *word)
{
	nkc_buf text = NKC_BUF_INIT;
	int status;
	if (!word) {
		cli_put_overview(&text);
		fputs(text.ptr, stderr);
		status = CLI_USAGE;
	} else if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
		cli_put_version(&text);
		status = cli_print(nkc_buf_str(&text), call->diags);
	} else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		cli_put_overview(&text);
		status = cli_print(nkc_buf_str(&text), call->diags);
	} else {
		status = cli_usage_error(call, "%s stands before a command; options follow it", word);
	}
	nkc_buf_release(&text);
	return status;
}

/* Called by the name of a command (nkcite-pandoc), the program is that command, and all words are its own. */
static const cli_command *command_of_name(const char *program)
{
	const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;
	const cli_command *command;
	for (size_t i = 0; (command = cli_command_at(i)); i++) {
		if (command->alias && strcmp(name, command->alias) == 0)
			return command;
	}
	return NULL;
}

static int dispatch(cli_call *call, int argc, char **argv)
{
	call->command = argc > 0 ? command_of_name(argv[0]) : NULL;
	if (call->command) {
		call->by_alias = true;
		return run_command(call, argc - 1, argv + 1);
	}
	if (argc < 2 || argv[1][0] == '-')
		return run_bare(call, argc < 2 ? NULL : argv[1]);
	call->command = cli_command_find(argv[1]);
	if (!call->command)
		return cli_unknown_command(call, argv[1]);
	return run_command(call, argc - 2, argv + 2);
}

/*
 * A standard descriptor that is closed would be given to the next file that is opened, and be written to.
 * What is opened in its place is of the wrong mode, so that its use fails as it should.
 */
static void fill_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
}

/* Leaves no half-written file behind; the signal then does what it would have done. */
static void end_by_signal(int number)
{
	nkc_out_abandon();
	raise(number);
}

static void watch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction end = { .sa_handler = end_by_signal, .sa_flags = (int)SA_RESETHAND }, before;
	sigemptyset(&end.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup stays nohup */
			(void)sigaction(signals[i], &end, NULL);
}

int main(int argc, char **argv)
{
	fill_standard_descriptors();
	watch_signals();
#ifdef SIGXFSZ
	signal(SIGXFSZ, SIG_IGN); /* a bound on file sizes is a failed write, and said as such */
#endif
	cli_output err;
	cli_report report;
	cli_output_open_stderr(&err);
	cli_report_init(&report, &cli_report_text, &err);

	cli_call call = { .arena = nkc_arena_new(), .diags = nkc_diags_new() };
	int status;
	if (call.arena && call.diags) {
		nkc_diags_set_sink(call.diags, cli_report_sink, &report);
		call.report = &report;
		status = dispatch(&call, argc, argv);
	} else {
		status = cli_failed(NKC_ENOMEM);
	}
	status = cli_worse(status, report.exit);
	nkc_diags_free(call.diags);
	nkc_arena_free(call.arena);
	cli_output_close(&err, true);
	return status;
}
