/*
 * report_sarif.c: findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
 * Format), for code scanning. Results are written as they come; the rules, which
 * are all codes there are, stand before them.
 */
#include "cli/report.h"

#include <nkcite/value.h>

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *const levels[] = {
	[NKC_HINT] = "note",
	[NKC_WARNING] = "warning",
	[NKC_ERROR] = "error",
};

static void put_text(nkc_buf *out, const char *name, nkc_str text)
{
	nkc_buf_printf(out, "\"%s\": {\"text\": ", name);
	nkc_json_put_string(out, text);
	nkc_buf_putc(out, '}');
}

static void put_rule(nkc_buf *out, const nkc_code_info *info)
{
	nkc_buf_printf(out, "        {\"id\": \"%s\", ", info->name);
	put_text(out, "shortDescription", nkc_str_from(info->summary));
	nkc_buf_puts(out, ", ");
	put_text(out, "fullDescription", nkc_str_from(info->detail));
	nkc_buf_puts(out, ", ");
	put_text(out, "help", nkc_str_from(info->remedy));
	nkc_buf_printf(out, ", \"defaultConfiguration\": {\"level\": \"%s\"}}", levels[info->severity]);
}

static void begin(cli_report *report)
{
	nkc_buf *out = &report->output->buf;
	nkc_buf_printf(out,
	               "{\n"
	               "  \"$schema\": \"" SCHEMA "\",\n"
	               "  \"version\": \"2.1.0\",\n"
	               "  \"runs\": [{\n"
	               "    \"columnKind\": \"unicodeCodePoints\",\n"
	               "    \"tool\": {\"driver\": {\n"
	               "      \"name\": \"nkcite\",\n"
	               "      \"version\": \"%s\",\n"
	               "      \"rules\": [\n",
	               nkc_version());
	for (int code = NKC_CODE_NONE + 1; code < NKC_CODE_COUNT; code++) {
		put_rule(out, nkc_code_get((nkc_code)code));
		nkc_buf_puts(out, code + 1 < NKC_CODE_COUNT ? ",\n" : "\n");
	}
	nkc_buf_puts(out, "      ]\n    }},\n    \"results\": [");
}

/* A file name as a URI reference (RFC 3986): a relative path stays relative. */
static void put_uri(nkc_buf *out, nkc_str path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
	bool absolute = nkc_str_starts(path, NKC_STR("/"));
	nkc_buf_puts(out, absolute ? "\"file://" : "\"");
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		if (c && strchr(plain, c))
			nkc_buf_putc(out, (char)c);
		else
			nkc_buf_printf(out, "%%%02X", c);
	}
	nkc_buf_putc(out, '"');
}

static void put_physical(nkc_buf *out, const nkc_diag *diag)
{
	nkc_buf_puts(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	put_uri(out, diag->file);
	nkc_buf_putc(out, '}');
	if (diag->from.line)
		nkc_buf_printf(out, ", \"region\": {\"startLine\": %llu, \"startColumn\": %llu, \"endColumn\": %llu}",
		               (unsigned long long)diag->from.line, (unsigned long long)diag->from.column,
		               (unsigned long long)(diag->from.column + diag->width));
	nkc_buf_putc(out, '}');
}

/* The record and the member within it: "rammell2004/issued". */
static void put_logical(nkc_buf *out, const nkc_diag *diag)
{
	nkc_buf name = NKC_BUF_INIT;
	nkc_buf_put_str(&name, diag->record);
	nkc_buf_put_str(&name, diag->pointer);
	nkc_buf_puts(out, "\"logicalLocations\": [{\"fullyQualifiedName\": ");
	nkc_json_put_string(out, nkc_buf_str(&name));
	nkc_buf_printf(out, ", \"kind\": \"%s\"}]", diag->pointer.len ? "member" : "object");
	nkc_buf_release(&name);
}

static void put_locations(nkc_buf *out, const nkc_diag *diag)
{
	bool logical = diag->record.len || diag->pointer.len;
	if (!logical && diag->file.len == 0)
		return;
	nkc_buf_puts(out, ", \"locations\": [{");
	if (diag->file.len)
		put_physical(out, diag);
	if (logical && diag->file.len)
		nkc_buf_puts(out, ", ");
	if (logical)
		put_logical(out, diag);
	nkc_buf_puts(out, "}]");
}

static void finding(cli_report *report, const nkc_diag *diag)
{
	nkc_buf *out = &report->output->buf;
	nkc_str hint = cli_report_hint(diag);
	nkc_buf message = NKC_BUF_INIT;
	nkc_buf_put_str(&message, diag->message);
	if (hint.len)
		nkc_buf_printf(&message, " (%.*s)", NKC_STR_ARG(hint));
	nkc_buf_printf(out, "%s\n      {\"ruleId\": \"%s\", \"ruleIndex\": %d, \"level\": \"%s\", ",
	               cli_report_total(report) > 1 ? "," : "", nkc_code_get(diag->code)->name, (int)diag->code - 1,
	               levels[diag->severity]);
	put_text(out, "message", nkc_buf_str(&message));
	put_locations(out, diag);
	nkc_buf_putc(out, '}');
	nkc_buf_release(&message);
}

static void end(cli_report *report)
{
	nkc_buf_printf(&report->output->buf, "%s]\n  }]\n}\n", cli_report_total(report) ? "\n    " : "");
}

const cli_reporter cli_report_sarif = { "sarif", false, begin, finding, end };
