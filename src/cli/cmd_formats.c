#include "cli/output.h"
#include "cli/stream.h"

#include <nkcite/variables.h>

typedef struct formats_options {
	int table;
	const char *format;
} formats_options;

/* What a table is about. */
enum { TABLE_NONE, TABLE_VARIABLES, TABLE_TYPES };

static const char *const tables[] = { "none", "variables", "types", NULL };

static const cli_opt options_table[] = {
	CLI_OPT_CHOICE(0, "table", "WHAT", tables, formats_options, table,
	               "how each format carries every CSL variable or item type"),
	CLI_OPT_STRING('f', "format", "FORMAT", formats_options, format, CLI_VALUES_WRITES, "of this format alone"),
	CLI_OPT_END
};

/* Is the format one of those asked for? */
static bool is_asked(const formats_options *options, const nkc_format *format)
{
	return !options->format || nkc_format_find(nkc_str_from(options->format)) == format;
}

static int widest_name(void)
{
	const nkc_format *format;
	size_t width = 0;
	for (size_t i = 0; (format = nkc_format_at(i)); i++)
		if (strlen(nkc_format_name(format)) > width)
			width = strlen(nkc_format_name(format));
	return (int)width;
}

static void put_list(nkc_buf *out, const formats_options *options)
{
	const nkc_format *format;
	int width = widest_name();
	for (size_t i = 0; (format = nkc_format_at(i)); i++) {
		if (!is_asked(options, format))
			continue;
		nkc_buf_printf(out, "%-*s %-5s %-6s .%-14s %s\n", width, nkc_format_name(format),
		               nkc_format_reads(format) ? "reads" : "-", nkc_format_writes(format) ? "writes" : "-",
		               nkc_format_extensions(format), nkc_format_title(format));
	}
}

/* --- the tables: one line a variable or type, one column a format, set apart by tabs --- */

static void put_carry(nkc_buf *out, nkc_carry carry, const char *where)
{
	if (carry == NKC_CARRY_NONE)
		nkc_buf_puts(out, "\t-");
	else
		nkc_buf_printf(out, "\t%s%s", where, carry == NKC_CARRY_CONVENTION ? " *" : "");
}

static void put_variable(nkc_buf *out, const nkc_format *format, int var)
{
	const char *where = "";
	nkc_carry carry = nkc_format_carry_var(format, NKC_TYPE_NONE, (nkc_var)var, &where);
	put_carry(out, carry, where);
}

static void put_type(nkc_buf *out, const nkc_format *format, int type)
{
	const char *where = "";
	nkc_carry carry = nkc_format_carry_type(format, (nkc_type)type, &where);
	put_carry(out, carry, where);
}

static const char *variable_name(int var)
{
	/* The plain words are nkcite's own, and are written as the CSL variables that they stand for. */
	return nkc_var_kind((nkc_var)var) == NKC_KIND_SHORT ? NULL : nkc_var_name((nkc_var)var);
}

static const char *type_name(int type)
{
	return nkc_type_name((nkc_type)type);
}

typedef struct carry_table {
	int count;
	const char *(*name)(int index); /* NULL: no line */
	void (*put)(nkc_buf *out, const nkc_format *format, int index);
} carry_table;

static const carry_table carry_tables[] = {
	[TABLE_VARIABLES] = { NKC_VAR_COUNT, variable_name, put_variable },
	[TABLE_TYPES] = { NKC_TYPE_COUNT, type_name, put_type },
};

static void put_head(nkc_buf *out, const formats_options *options)
{
	const nkc_format *format;
	nkc_buf_puts(out, tables[options->table]);
	for (size_t i = 0; (format = nkc_format_at(i)); i++)
		if (nkc_format_writes(format) && is_asked(options, format))
			nkc_buf_printf(out, "\t%s", nkc_format_name(format));
	nkc_buf_putc(out, '\n');
}

static void put_table(nkc_buf *out, const formats_options *options)
{
	const carry_table *table = &carry_tables[options->table];
	const nkc_format *format;
	put_head(out, options);
	for (int line = 1; line < table->count; line++) {
		const char *name = table->name(line);
		if (!name)
			continue;
		nkc_buf_puts(out, name);
		for (size_t i = 0; (format = nkc_format_at(i)); i++)
			if (nkc_format_writes(format) && is_asked(options, format))
				table->put(out, format, line);
		nkc_buf_putc(out, '\n');
	}
}

static bool any_format(const nkc_format *format)
{
	return format != NULL;
}

static int run(cli_call *call, const void *given)
{
	const formats_options *options = given;
	int status = options->format ? cli_check_format(call, options->format, any_format) : CLI_CLEAN;
	if (status != CLI_CLEAN)
		return status;
	nkc_buf text = NKC_BUF_INIT;
	if (options->table == TABLE_NONE)
		put_list(&text, options);
	else
		put_table(&text, options);
	status = cli_print(nkc_buf_str(&text), call->diags);
	nkc_buf_release(&text);
	return status;
}

const cli_command cli_command_formats = {
	.name = "formats",
	.summary = "list the formats, and what each can carry",
	.usage = "",
	.about = "Lists the formats that can be read or written, with the endings of their files.\n"
	         "\n"
	         "With --table: one line for each CSL variable or item type and one column for each format, set apart "
	         "by tabs; the field or entry type that it goes to, - where there is none, and * where other programs "
	         "do not read it as meant.",
	.options = options_table,
	.options_size = sizeof(formats_options),
	.run = run,
};
