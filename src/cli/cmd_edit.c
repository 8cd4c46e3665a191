#include <config.h>

#include "cli/input.h"
#include "cli/say.h"
#include "cli/stream.h"
#include "cli/today.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct edit_options {
	const char *library;
	bool force;
} edit_options;

static const cli_opt options_table[] = {
	CLI_OPT_FLAG(0, "force", edit_options, force, "save it in spite of errors"),
	CLI_OPT_LIBRARY(edit_options, library),
	CLI_OPT_END
};

/* An edit under way: the record's text is in a file of its own, in a folder of its own. */
typedef struct editing {
	cli_call *call;
	const edit_options *options;
	nkc_library *library;
	nkc_record *record;
	nkc_str key;
	nkc_buf before, after; /* the text as it was, and as the editor left it */
	nkc_buf folder, path;
	bool keep; /* the copy holds what is nowhere else */
} editing;

/* --- the copy --- */

static int report_copy(editing *e, nkc_code code)
{
	cli_file_finding(e->call->diags, code, nkc_buf_str(&e->path), NULL, "%s", strerror(errno));
	return CLI_IO;
}

/* A folder that nobody else can look into, with the record in it under its own name: editors show that. */
static int make_copy(editing *e)
{
	const char *temp = getenv("TMPDIR");
	FILE *file;

	nkc_buf_printf(&e->folder, "%s/nkcite-XXXXXX", temp && *temp ? temp : "/tmp");
	if (nkc_buf_status(&e->folder) != NKC_OK)
		return cli_failed(NKC_ENOMEM);
	nkc_buf_put_str(&e->path, nkc_buf_str(&e->folder));
	if (!mkdtemp(e->folder.ptr)) {
		nkc_buf_clear(&e->folder);
		return report_copy(e, NKC_CODE_IO_WRITE);
	}
	nkc_buf_clear(&e->path);
	nkc_buf_printf(&e->path, "%s/%.*s.json", e->folder.ptr, NKC_STR_ARG(e->key));
	if (nkc_buf_status(&e->path) != NKC_OK)
		return cli_failed(NKC_ENOMEM);
	file = fopen(e->path.ptr, "wbx");
	if (!file || fwrite(e->before.ptr, 1, e->before.len, file) != e->before.len) {
		int status = report_copy(e, NKC_CODE_IO_WRITE);

		if (file)
			fclose(file);
		return status;
	}
	return fclose(file) == 0 ? CLI_CLEAN : report_copy(e, NKC_CODE_IO_WRITE);
}

static int read_copy(editing *e)
{
	FILE *file = fopen(e->path.ptr, "rb");
	size_t got = 1;
	bool bad;

	nkc_buf_clear(&e->after);
	while (file && got > 0 && nkc_buf_grow(&e->after, 4096)) {
		char block[4096];

		got = fread(block, 1, sizeof(block), file);
		nkc_buf_put(&e->after, block, got);
	}
	bad = !file || ferror(file);
	if (bad)
		report_copy(e, NKC_CODE_IO_READ);
	if (file)
		fclose(file);
	return bad ? CLI_IO : cli_failed(nkc_buf_status(&e->after));
}

static void remove_copy(editing *e)
{
	if (e->folder.len == 0)
		return;
	if (e->keep) {
		cli_say(e->call, "your text is kept in %s", e->path.ptr);
		return;
	}
	(void)unlink(e->path.ptr);
	(void)rmdir(e->folder.ptr); /* what an editor has put beside it stays */
}

/* --- the editor --- */

static const char *editor_command(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *editor = getenv(names[i]);

		if (editor && *editor)
			return editor;
	}
	return "vi";
}

/* The words of $VISUAL are the shell's to read ("code --wait"); the path is never part of them. */
static void become_editor(const char *editor, const char *path)
{
	nkc_buf command = NKC_BUF_INIT;

	nkc_buf_printf(&command, "%s \"$1\"", editor);
	execl("/bin/sh", "sh", "-c", command.ptr, "sh", path, (char *)NULL);
	_exit(127);
}

/* Runs the editor while keys such as ^C go to it alone. */
static int run_editor(editing *e)
{
	const char *editor = editor_command();
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	pid_t child = fork();
	int status = 0;

	if (child == 0)
		become_editor(editor, e->path.ptr);
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return CLI_CLEAN;
	cli_say(e->call, "the editor '%s' failed; nothing was saved", editor);
	return CLI_IO;
}

/* --- what was edited --- */

/* How far the text is from a record that can be saved. */
typedef enum verdict { GOOD, FAULTY, NO_RECORD } verdict;

static verdict judge(editing *e, nkc_source *source)
{
	nkc_check_options how = { .today = cli_today() };
	uint64_t errors = nkc_diags_total(e->call->diags, NKC_ERROR);

	*source = nkc_source_make(nkc_buf_str(&e->path), nkc_buf_str(&e->after));
	nkc_record_clear(e->record);
	if (nkc_record_parse(e->record, source->text, source, e->call->diags) != NKC_OK)
		return NO_RECORD;
	nkc_record_expand(e->record);
	nkc_record_check(e->record, &how, e->call->diags);
	if (nkc_str_eq(nkc_record_id(e->record), e->key))
		return nkc_diags_total(e->call->diags, NKC_ERROR) == errors ? GOOD : FAULTY;
	cli_say(e->call, "the id is now \"%.*s\"; nkcite rename changes keys", NKC_STR_ARG(nkc_record_id(e->record)));
	return NO_RECORD;
}

static int save(editing *e)
{
	nkc_status status = nkc_library_save(e->library, e->record, NKC_SAVE_REPLACE, e->call->diags);

	e->keep = status != NKC_OK;
	return cli_failed(status);
}

/* Asks what to do with a text that has errors: 'e' edit again, 's' save, 'q' give up. */
static char choose(editing *e, verdict found)
{
	if (found == FAULTY && e->options->force)
		return 's';
	if (!cli_can_ask())
		return 'q';
	if (found == FAULTY)
		return cli_ask("esq", "it has errors: edit again, save it all the same, or quit? [E/s/q]");
	return cli_ask("eq", "it cannot be saved: edit again, or quit? [E/q]");
}

/* Edits until the text can be saved or the person gives up. */
static int edit_copy(editing *e)
{
	for (;;) {
		nkc_source source;
		int status = run_editor(e);
		verdict found;
		char answer;

		if (status == CLI_CLEAN)
			status = read_copy(e);
		if (status != CLI_CLEAN)
			return status;
		if (nkc_str_eq(nkc_buf_str(&e->before), nkc_buf_str(&e->after))) {
			cli_say(e->call, "%.*s is unchanged", NKC_STR_ARG(e->key));
			return CLI_CLEAN;
		}
		e->keep = true;
		found = judge(e, &source);
		if (found == GOOD)
			return save(e);
		answer = choose(e, found);
		if (answer == 's')
			return save(e);
		if (answer != 'e') {
			cli_say(e->call, "%.*s was not saved", NKC_STR_ARG(e->key));
			return CLI_FINDINGS;
		}
	}
}

/* No lock is held while the person thinks: that nobody else has changed the file is looked at when it is saved. */
static int edit(editing *e)
{
	int status = cli_failed(nkc_library_read(e->library, e->key, &e->before, e->call->diags));

	if (status == CLI_CLEAN)
		status = make_copy(e);
	if (status == CLI_CLEAN)
		status = edit_copy(e);
	remove_copy(e);
	return status;
}

static int run(cli_call *call, const void *given)
{
	editing e = { .call = call, .options = given, .key = nkc_str_from(call->words.items[0]) };
	int status = cli_failed(nkc_library_open(&e.library, e.options->library, call->diags));

	if (status != CLI_CLEAN)
		return status;
	nkc_diags_set_minimum(call->diags, NKC_WARNING);
	nkc_buf_init(&e.before);
	nkc_buf_init(&e.after);
	nkc_buf_init(&e.folder);
	nkc_buf_init(&e.path);
	e.record = nkc_record_new();
	status = e.record ? edit(&e) : cli_failed(NKC_ENOMEM);
	nkc_record_free(e.record);
	nkc_buf_release(&e.before);
	nkc_buf_release(&e.after);
	nkc_buf_release(&e.folder);
	nkc_buf_release(&e.path);
	nkc_library_close(e.library);
	return status;
}

const cli_command cli_command_edit = {
	.name = "edit",
	.summary = "edit a record in your editor",
	.usage = "KEY",
	.about = "Opens a copy of the record in $VISUAL or $EDITOR, checks it, and saves it in canonical form. A text with "
	         "errors is not saved without asking; where nobody can be asked it is not saved at all, unless --force "
	         "is given, and the copy is kept. Nor is it saved when the record was changed meanwhile by someone else.\n"
	         "\n"
	         "  nkcite edit wertz2014chance\n"
	         "  VISUAL='code --wait' nkcite edit wertz2014chance",
	.options = options_table,
	.options_size = sizeof(edit_options),
	.words = CLI_VALUES_KEY,
	.words_min = 1,
	.words_max = 1,
	.run = run,
};
