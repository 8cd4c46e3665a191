#include <config.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/text.h"

#include <sys/ioctl.h>
#include <unistd.h>

typedef struct list_options {
	cli_input_options input;
	cli_words match;
	const char *output;
	int form; /* index into form_names */
} list_options;

static const char *const form_names[] = { "text", "json", "tsv", "keys", NULL };

static const cli_opt options_table[] = {
	CLI_OPT_CHOICE('f', "format", "FORM", form_names, list_options, form, "how the list is written"),
	CLI_OPT_LIST('m', "match", "TEXT", list_options, match, CLI_VALUES_NONE,
	             "list the records alone whose row or outlet holds TEXT; of several, all"),
	CLI_OPT_STRING('o', "output", "FILE", list_options, output, CLI_VALUES_FILE, "write to FILE"),
	CLI_OPT_INPUT(list_options, input),
	CLI_OPT_END
};

/* What is shown of a record. Filled anew for each. */
enum { CELL_ID, CELL_TYPE, CELL_DATE, CELL_AUTHOR, CELL_TITLE, CELL_COUNT };

static const char *const cell_names[CELL_COUNT] = { "id", "type", "date", "author", "title" };

typedef struct listing {
	const list_options *options;
	cli_output out;
	nkc_buf cells[CELL_COUNT];
	size_t widths[CELL_COUNT]; /* columns on a screen; that of the title is what is left, or 0 for all of it */
	uint64_t count;
} listing;

/* --- the cells --- */

static void put_name(nkc_buf *out, const nkc_name *name, bool whole)
{
	if (name->literal.len > 0) {
		nkc_buf_put_str(out, name->literal);
		return;
	}
	if (name->non_dropping_particle.len > 0) {
		nkc_buf_put_str(out, name->non_dropping_particle);
		nkc_buf_putc(out, ' ');
	}
	nkc_buf_put_str(out, name->family.len > 0 ? name->family : name->given);
	if (whole && name->family.len > 0 && name->given.len > 0) {
		nkc_buf_puts(out, ", ");
		nkc_buf_put_str(out, name->given);
	}
}

/* "Wertz", "Wertz, Valdez" or "Wertz et al." on a screen, whole names elsewhere. */
static void put_authors(nkc_record *record, bool whole, nkc_buf *out)
{
	static const nkc_var creators[] = { NKC_VAR_AUTHOR, NKC_VAR_EDITOR };
	const nkc_name *names = NULL;
	size_t count = 0;

	for (size_t i = 0; i < sizeof(creators) / sizeof(*creators) && count == 0; i++)
		count = nkc_record_names(record, creators[i], &names);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && !whole && count > 2) {
			nkc_buf_puts(out, " et al.");
			return;
		}
		if (i > 0)
			nkc_buf_puts(out, whole ? "; " : ", ");
		put_name(out, &names[i], whole);
	}
}

static void put_date(const nkc_record *record, nkc_buf *out)
{
	nkc_date date;

	if (!nkc_record_date(record, NKC_VAR_ISSUED, &date) && !nkc_record_date(record, NKC_VAR_DATE, &date))
		nkc_buf_put_str(out, nkc_value_text(nkc_record_get(record, NKC_VAR_ISSUED)));
	else if (!nkc_edtf_write(&date, out))
		nkc_buf_put_str(out, date.literal.len > 0 ? date.literal : date.raw);
}

static void fill_cells(listing *l, nkc_record *record, nkc_str key)
{
	for (size_t i = 0; i < CELL_COUNT; i++)
		nkc_buf_clear(&l->cells[i]);
	nkc_buf_put_str(&l->cells[CELL_ID], key.len > 0 ? key : nkc_record_id(record));
	nkc_buf_put_str(&l->cells[CELL_TYPE], nkc_record_text(record, NKC_VAR_TYPE));
	put_date(record, &l->cells[CELL_DATE]);
	put_authors(record, l->options->form != 0, &l->cells[CELL_AUTHOR]);
	nkc_buf_put_str(&l->cells[CELL_TITLE], nkc_record_text(record, NKC_VAR_TITLE));
}

/* --- which records --- */

/* Without regard to ASCII case. */
static bool holds(nkc_str text, nkc_str what)
{
	for (size_t at = 0; at + what.len <= text.len; at++)
		if (nkc_str_eq_nocase(nkc_str_slice(text, at, at + what.len), what))
			return true;
	return false;
}

static bool matches(const listing *l, const nkc_record *record, nkc_str what)
{
	for (size_t i = 0; i < CELL_COUNT; i++)
		if (holds(nkc_buf_str(&l->cells[i]), what))
			return true;
	return holds(nkc_record_text(record, NKC_VAR_CONTAINER_TITLE), what) ||
	       holds(nkc_record_text(record, NKC_VAR_PUBLISHER), what) ||
	       holds(nkc_record_text(record, NKC_VAR_OUTLET), what);
}

static bool is_wanted(const listing *l, const nkc_record *record)
{
	const cli_words *match = &l->options->match;

	for (size_t i = 0; i < match->count; i++)
		if (!matches(l, record, nkc_str_from(match->items[i])))
			return false;
	return true;
}

/* --- the forms --- */

/* The beginning of the text that takes at most `width` columns, which are counted. */
static nkc_str fit(nkc_str text, size_t width, size_t *columns)
{
	size_t at = 0;

	*columns = 0;
	while (at < text.len) {
		size_t next = at, more;

		(void)nkc_utf8_next(text, &next);
		more = cli_columns(nkc_str_slice(text, at, next));
		if (*columns + more > width)
			break;
		*columns += more;
		at = next;
	}
	return nkc_str_slice(text, 0, at);
}

/* The text in so many columns and a space: cut with an ellipsis, or filled up. */
static void put_column(nkc_buf *out, nkc_str text, size_t width)
{
	size_t columns;
	nkc_str shown = fit(text, width, &columns);

	if (shown.len < text.len) {
		cli_put_safe(out, fit(text, width - 1, &columns));
		nkc_buf_puts(out, "\xE2\x80\xA6");
		columns++;
	} else {
		cli_put_safe(out, text);
	}
	for (; columns <= width; columns++)
		nkc_buf_putc(out, ' ');
}

static void put_row_text(listing *l)
{
	nkc_buf *out = &l->out.buf;

	for (size_t i = 0; i < CELL_TITLE; i++) {
		nkc_str text = nkc_buf_str(&l->cells[i]);

		/* Keys are to be copied, so they are never cut. */
		if (i == CELL_ID && cli_columns(text) > l->widths[i]) {
			cli_put_safe(out, text);
			nkc_buf_putc(out, ' ');
		} else {
			put_column(out, text.len > 0 ? text : NKC_STR("-"), l->widths[i]);
		}
	}
	if (l->widths[CELL_TITLE] > 0)
		put_column(out, nkc_buf_str(&l->cells[CELL_TITLE]), l->widths[CELL_TITLE]);
	else
		cli_put_safe(out, nkc_buf_str(&l->cells[CELL_TITLE]));
	while (out->len > 0 && out->ptr[out->len - 1] == ' ')
		nkc_buf_truncate(out, out->len - 1);
	nkc_buf_putc(out, '\n');
}

static void put_row_json(listing *l)
{
	nkc_buf *out = &l->out.buf;

	nkc_buf_puts(out, l->count > 0 ? ",\n  {" : "\n  {");
	for (size_t i = 0; i < CELL_COUNT; i++) {
		nkc_buf_printf(out, "%s\"%s\": ", i > 0 ? ", " : "", cell_names[i]);
		nkc_json_put_string(out, nkc_buf_str(&l->cells[i]));
	}
	nkc_buf_putc(out, '}');
}

/* A tab or line end in a value would be one of the table. */
static void put_row_tsv(listing *l)
{
	for (size_t i = 0; i < CELL_COUNT; i++) {
		nkc_str text = nkc_buf_str(&l->cells[i]);

		for (size_t at = 0; at < text.len; at++)
			nkc_buf_putc(&l->out.buf, (unsigned char)text.ptr[at] < 0x20 ? ' ' : text.ptr[at]);
		nkc_buf_putc(&l->out.buf, i + 1 < CELL_COUNT ? '\t' : '\n');
	}
}

static void put_row_key(listing *l)
{
	nkc_buf_put_str(&l->out.buf, nkc_buf_str(&l->cells[CELL_ID]));
	nkc_buf_putc(&l->out.buf, '\n');
}

static const struct {
	const char *begin;
	void (*row)(listing *l);
	const char *end;
} forms[] = {
	{ "", put_row_text, "" },
	{ "[", put_row_json, "\n]\n" },
	{ "id\ttype\tdate\tauthor\ttitle\n", put_row_tsv, "" },
	{ "", put_row_key, "" },
};

/* --- the table's layout --- */

static size_t terminal_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 0;
}

/* As wide as the widest key of a library, within bounds; files are not read twice for it. */
static size_t key_width(cli_input *input)
{
	nkc_library *library = cli_input_library(input);
	const nkc_str *keys;
	size_t count = 0, width = 8;

	if (!library || nkc_library_keys(library, &keys, &count, NULL) != NKC_OK)
		return 24;
	for (size_t i = 0; i < count; i++) {
		size_t columns = cli_columns(keys[i]);

		width = columns > width ? columns : width;
	}
	return width < 32 ? width : 32;
}

static void lay_out(listing *l, cli_input *input)
{
	size_t total = l->options->output ? 0 : terminal_width(), taken = 0;

	l->widths[CELL_ID] = key_width(input);
	l->widths[CELL_TYPE] = 17; /* article-newspaper */
	l->widths[CELL_DATE] = 10;
	l->widths[CELL_AUTHOR] = total > 0 && total < 100 ? 12 : 20;
	for (size_t i = 0; i < CELL_TITLE; i++)
		taken += l->widths[i] + 1;
	/* On a screen that has no room for it the title is better on a line of its own than cut to nothing. */
	l->widths[CELL_TITLE] = total > taken + 10 ? total - taken : 0;
}

/* --- the command --- */

static nkc_status cells_status(const listing *l)
{
	for (size_t i = 0; i < CELL_COUNT; i++)
		if (nkc_buf_status(&l->cells[i]) != NKC_OK)
			return nkc_buf_status(&l->cells[i]);
	return NKC_OK;
}

static nkc_status list_records(listing *l, cli_input *input)
{
	nkc_record *record;
	nkc_status status = NKC_OK;

	lay_out(l, input);
	nkc_buf_puts(&l->out.buf, forms[l->options->form].begin);
	while (status == NKC_OK && (record = cli_input_next(input))) {
		fill_cells(l, record, cli_input_key(input));
		status = cells_status(l);
		if (status != NKC_OK || !is_wanted(l, record))
			continue;
		forms[l->options->form].row(l);
		l->count++;
		if (!cli_output_flush(&l->out))
			return NKC_OK; /* it is told when it is closed */
	}
	nkc_buf_puts(&l->out.buf, forms[l->options->form].end);
	return status;
}

/* The keys of a library need no record to be read. */
static int list_keys(listing *l, cli_input *input, nkc_diags *diags)
{
	const nkc_str *keys;
	size_t count;
	nkc_status status = nkc_library_keys(cli_input_library(input), &keys, &count, diags);

	for (size_t i = 0; i < count && cli_output_flush(&l->out); i++) {
		nkc_buf_put_str(&l->out.buf, keys[i]);
		nkc_buf_putc(&l->out.buf, '\n');
	}
	return cli_failed(status);
}

static bool only_keys(const cli_call *call, const list_options *options, const cli_input *input)
{
	return options->form == 3 && cli_input_library(input) && call->words.count == 0 && options->match.count == 0;
}

static int list(cli_call *call, const list_options *options, cli_input *input)
{
	listing l = { .options = options };
	int status = CLI_CLEAN;

	if (!cli_output_open(&l.out, options->output, call->diags))
		return CLI_IO;
	for (size_t i = 0; i < CELL_COUNT; i++)
		nkc_buf_init(&l.cells[i]);
	if (only_keys(call, options, input))
		status = list_keys(&l, input, call->diags);
	else
		status = cli_failed(list_records(&l, input));
	for (size_t i = 0; i < CELL_COUNT; i++)
		nkc_buf_release(&l.cells[i]);
	return cli_worse(status, cli_exit(cli_output_close(&l.out, status != CLI_IO)));
}

static int run(cli_call *call, const void *given)
{
	const list_options *options = given;
	int status;
	cli_input *input = cli_input_open(call, &options->input, &status);

	if (!input)
		return status;
	status = list(call, options, input);
	return cli_worse(status, cli_input_close(input));
}

const cli_command cli_command_list = {
	.name = "list",
	.summary = "list records: key, type, date, author, title",
	.usage = "[KEY|FILE...]",
	.about = "Lists the records of the library in the order of their keys, or those of files in theirs. On a terminal "
	         "long titles are cut; --format=json and tsv give whole values, keys the keys alone.\n"
	         "\n"
	         "  nkcite list\n"
	         "  nkcite list --match diplomat --format=keys",
	.options = options_table,
	.options_size = sizeof(list_options),
	.words = CLI_VALUES_KEY_OR_FILE,
	.words_max = CLI_ANY,
	.run = run,
};
