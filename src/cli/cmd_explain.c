#include "cli/command.h"
#include "cli/output.h"
#include "cli/text.h"

#include <nkcite/nearest.h>

enum { EXPLAIN_WIDTH = 80, EXPLAIN_INDENT = 2 };

static const cli_opt options_table[] = { CLI_OPT_END };

static void put_line(nkc_buf *out, const nkc_code_info *info)
{
	nkc_buf_printf(out, "%-28s %-8s %s\n", info->name, nkc_severity_name(info->severity), info->summary);
}

static void put_part(nkc_buf *out, const char *label, const char *text)
{
	nkc_buf line = NKC_BUF_INIT;
	nkc_buf_printf(&line, "%s%s", label, text);
	nkc_buf_putc(out, '\n');
	cli_put_wrapped(out, nkc_buf_str(&line), EXPLAIN_INDENT, EXPLAIN_WIDTH);
	nkc_buf_release(&line);
}

/* "wrong  ->  right" as two lines. */
static void put_example(nkc_buf *out, nkc_str example)
{
	nkc_str arrow = NKC_STR("  ->  ");
	size_t at = nkc_str_find(example, arrow);
	nkc_str right = nkc_str_slice(example, at + arrow.len, example.len);
	nkc_buf_printf(out, "\n%*sExample:\n    %.*s\n", EXPLAIN_INDENT, "", (int)at, example.ptr);
	if (right.len)
		nkc_buf_printf(out, "  becomes\n    %.*s\n", NKC_STR_ARG(right));
}

static void put_code(nkc_buf *out, const nkc_code_info *info)
{
	nkc_buf_printf(out, "%s (%s): %s\n", info->name, nkc_severity_name(info->severity), info->summary);
	put_part(out, "", info->detail);
	put_part(out, "Remedy: ", info->remedy);
	put_example(out, nkc_str_from(info->example));
}

/* A group ("date") is listed. Returns whether there is such a group. */
static bool put_group(nkc_buf *out, nkc_str group)
{
	bool any = false;
	for (int code = NKC_CODE_NONE + 1; code < NKC_CODE_COUNT; code++) {
		const nkc_code_info *info = nkc_code_get((nkc_code)code);
		nkc_str name = nkc_str_from(info->name);
		bool all = nkc_str_empty(group);
		if (all || (nkc_str_starts(name, group) && name.ptr[group.len] == '/')) {
			put_line(out, info);
			any = true;
		}
	}
	return any;
}

static nkc_str group_of(const nkc_code_info *info)
{
	nkc_str name = nkc_str_from(info->name);
	return nkc_str_slice(name, 0, nkc_str_find_byte(name, '/'));
}

static int unknown_code(const cli_call *call, nkc_str name)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, name);
	nkc_str last = NKC_STR("");
	for (int code = NKC_CODE_NONE + 1; code < NKC_CODE_COUNT; code++) {
		const nkc_code_info *info = nkc_code_get((nkc_code)code);
		nkc_nearest_offer(&nearest, nkc_str_from(info->name));
		if (!nkc_str_eq(group_of(info), last))
			nkc_nearest_offer(&nearest, group_of(info));
		last = group_of(info);
	}
	nkc_buf hint = NKC_BUF_INIT;
	nkc_nearest_hint(&nearest, &hint);
	int status = cli_usage_error(call, "no finding is called '%.*s'; %s", NKC_STR_ARG(name),
	                             hint.len ? hint.ptr : "nkcite explain lists them");
	nkc_buf_release(&hint);
	return status;
}

static int put_named(const cli_call *call, nkc_buf *out, const char *word)
{
	nkc_str name = nkc_str_from(word);
	nkc_code code = nkc_code_find(name);
	if (code == NKC_CODE_NONE)
		return name.len && put_group(out, name) ? CLI_CLEAN : unknown_code(call, name);
	put_code(out, nkc_code_get(code));
	return CLI_CLEAN;
}

static int run(cli_call *call, const void *given)
{
	(void)given;
	nkc_buf text = NKC_BUF_INIT;
	int status = CLI_CLEAN;
	if (call->words.count == 0)
		put_group(&text, NKC_STR(""));
	for (size_t i = 0; i < call->words.count && status == CLI_CLEAN; i++) {
		if (i)
			nkc_buf_putc(&text, '\n');
		status = put_named(call, &text, call->words.items[i]);
	}
	if (status == CLI_CLEAN)
		status = cli_print(nkc_buf_str(&text), call->diags);
	nkc_buf_release(&text);
	return status;
}

const cli_command cli_command_explain = {
	.name = "explain",
	.summary = "say what a finding means, why it matters and what to do",
	.usage = "[CODE...]",
	.about = "CODE is what stands in brackets behind a finding, or the group before its slash. Without one, all "
	         "codes are listed.\n"
	         "\n"
	         "  nkcite explain isbn/check-digit\n"
	         "  nkcite explain date",
	.options = options_table,
	.words = CLI_VALUES_CODE,
	.words_max = CLI_ANY,
	.run = run,
};
