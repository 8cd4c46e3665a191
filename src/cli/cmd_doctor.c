#include "cli/input.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/text.h"

#include <nkcite/style.h>

typedef struct doctor_options {
	const char *library;
	bool fix;
} doctor_options;

static const cli_opt options_table[] = {
	CLI_OPT_FLAG(0, "fix", doctor_options, fix,
	             "remove leftovers of crashes; give records whose id is not their file name that id"),
	CLI_OPT_LIBRARY(doctor_options, library),
	CLI_OPT_END
};

/* An examination under way. */
typedef struct examining {
	cli_call *call;
	const doctor_options *options;
	nkc_library *library;
	nkc_record *record;
	nkc_dedupe *dedupe;
	cli_output out;
	uint64_t records, broken, misnamed, mended;
} examining;

static void put_line(examining *x, const char *what, const char *value)
{
	nkc_buf_printf(&x->out.buf, "%-12s", what);
	cli_put_safe(&x->out.buf, nkc_str_from(value));
	nkc_buf_putc(&x->out.buf, '\n');
}

static void put_number(examining *x, const char *what, uint64_t value)
{
	nkc_buf_printf(&x->out.buf, "%-12s%llu\n", what, (unsigned long long)value);
}

/* --- what nkcite is made of --- */

static void put_components(examining *x)
{
	char version[NKC_VERSION_SIZE];
	const char *name;

	nkc_buf_printf(&x->out.buf, "%-12s", "libraries");
	for (size_t i = 0; (name = nkc_component_at(i, version)); i++)
		nkc_buf_printf(&x->out.buf, "%s%s %s", i > 0 ? ", " : "", name, version);
	nkc_buf_putc(&x->out.buf, '\n');
}

static void put_formats(examining *x)
{
	nkc_buf_printf(&x->out.buf, "%-12s", "formats");
	for (size_t i = 0; nkc_format_at(i); i++)
		nkc_buf_printf(&x->out.buf, "%s%s", i > 0 ? ", " : "", nkc_format_name(nkc_format_at(i)));
	nkc_buf_putc(&x->out.buf, '\n');
}

/* The folders where styles are looked for, in the order in which they count. */
static nkc_status put_style_folders(examining *x)
{
	nkc_styles *styles;
	nkc_str path, origin;
	nkc_status status = nkc_styles_new(&styles);

	if (status == NKC_OK)
		status = nkc_styles_add_usual(styles, x->library ? nkc_library_path(x->library) : NULL);
	for (size_t i = 0; status == NKC_OK && nkc_styles_folder(styles, i, &path, &origin); i++) {
		nkc_buf_printf(&x->out.buf, "%-12s", "styles");
		cli_put_safe(&x->out.buf, path);
		nkc_buf_printf(&x->out.buf, " (%.*s)\n", NKC_STR_ARG(origin));
	}
	put_line(x, "styles", "built-in");
	nkc_styles_free(styles);
	return status;
}

/* --- the records --- */

static nkc_status report_name(examining *x, nkc_str key)
{
	nkc_value *id = nkc_record_get(x->record, NKC_VAR_ID);
	nkc_place place = nkc_record_place(x->record, id ? id : nkc_record_root(x->record));
	nkc_str name = nkc_record_id(x->record);

	x->misnamed++;
	if (x->options->fix) {
		nkc_status status = nkc_record_set_text(x->record, NKC_VAR_ID, key);

		if (status == NKC_OK)
			status = nkc_library_save(x->library, x->record, NKC_SAVE_REPLACE, x->call->diags);
		x->mended += status == NKC_OK;
		return status;
	}
	nkc_diags_add(x->call->diags, NKC_CODE_LIBRARY_NAME, &place, NULL,
	              "the id is \"%.*s\", but the file is %.*s.json",
	              NKC_STR_ARG(nkc_str_slice(name, 0, NKC_KEY_MAX)), NKC_STR_ARG(key));
	return NKC_OK;
}

static nkc_status examine_record(examining *x, nkc_str key)
{
	nkc_status status = nkc_library_load(x->library, key, x->record, x->call->diags);

	if (status != NKC_OK) {
		x->broken++;
		return status == NKC_ENOMEM ? status : NKC_OK; /* it has been reported; the next may be sound */
	}
	status = nkc_str_eq(nkc_record_id(x->record), key) ? NKC_OK : report_name(x, key);
	if (status == NKC_OK)
		nkc_dedupe_add(x->dedupe, x->record, x->call->diags);
	return status;
}

static nkc_status examine_records(examining *x)
{
	const nkc_str *keys;
	size_t count;
	nkc_status status = nkc_library_keys(x->library, &keys, &count, NULL); /* its findings are known by now */

	for (size_t i = 0; i < count && status == NKC_OK; i++)
		status = examine_record(x, keys[i]);
	x->records = count;
	return status;
}

/* --- the command --- */

static int examine_library(examining *x)
{
	nkc_status folder, records;

	put_line(x, "library", nkc_library_path(x->library));
	folder = nkc_library_examine(x->library, x->options->fix, x->call->diags);
	put_line(x, "lock", folder == NKC_ELIMIT ? "held by another process" : "free");
	records = examine_records(x);
	put_number(x, "records", x->records);
	if (x->broken > 0)
		put_number(x, "unreadable", x->broken);
	if (x->misnamed > 0)
		put_number(x, x->options->fix ? "renamed" : "misnamed", x->options->fix ? x->mended : x->misnamed);
	/* That another process is at work is no fault of the library. */
	return cli_worse(folder == NKC_ELIMIT ? CLI_CLEAN : cli_failed(folder), cli_failed(records));
}

static int examine(examining *x)
{
	int status;

	if (!cli_output_open(&x->out, NULL, x->call->diags))
		return CLI_IO;
	put_line(x, "nkcite", nkc_version());
	put_components(x);
	put_formats(x);
	(void)cli_failed(nkc_library_open(&x->library, x->options->library, x->call->diags));
	status = cli_failed(put_style_folders(x));
	if (x->library)
		status = cli_worse(status, examine_library(x));
	else
		put_line(x, "library", "none");
	return cli_worse(status, cli_exit(cli_output_close(&x->out, true)));
}

static int run(cli_call *call, const void *given)
{
	examining x = { .call = call, .options = given, .record = nkc_record_new(), .dedupe = nkc_dedupe_new() };
	int status = x.record && x.dedupe ? examine(&x) : cli_failed(NKC_ENOMEM);

	nkc_library_close(x.library);
	nkc_record_free(x.record);
	nkc_dedupe_free(x.dedupe);
	return status;
}

const cli_command cli_command_doctor = {
	.name = "doctor",
	.summary = "examine the library: leftovers, twins, misnamed records",
	.usage = "",
	.about = "Says which nkcite this is, which software libraries it runs with, where it looks for styles and "
	         "which library it uses, and examines the library as a whole: temporary "
	         "files that a crash has left, files that are no records, records that cannot be read, ids that are not "
	         "the file's name, keys that some file systems take for the same, likely duplicates. What is wrong "
	         "within records is nkcite check's to say.\n"
	         "\n"
	         "  nkcite doctor\n"
	         "  nkcite doctor --fix",
	.options = options_table,
	.options_size = sizeof(doctor_options),
	.run = run,
};
