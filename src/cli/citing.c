#include <config.h>

#include "cli/citing.h"
#include "cli/today.h"

#include <nkcite/library.h>
#include <nkcite/nearest.h>
#include <stdlib.h>
#include <unistd.h>

/* A program that was built but not installed has its styles beside it, or above the folder where libtool puts it. */
static void use_own_data(void)
{
	nkc_str libtool = NKC_STR("/.libs");
	char path[4096];
	ssize_t got = getenv("NKCITE_DATA") ? -1 : readlink("/proc/self/exe", path, sizeof path - 1);
	size_t len = got > 0 ? (size_t)got : 0;
	while (len > 0 && path[--len] != '/')
		;
	if (nkc_str_ends(nkc_str_make(path, len), libtool))
		len -= libtool.len;
	path[len] = '\0';
	if (len > 0)
		setenv("NKCITE_DATA", path, 0);
}

int cli_styles_open(nkc_styles **out, const char *dir)
{
	nkc_library *library = NULL;
	nkc_status status = nkc_styles_new(out);
	use_own_data();
	if (status == NKC_OK && nkc_library_open(&library, dir, NULL) != NKC_OK)
		library = NULL; /* who reads a file needs none */
	if (status == NKC_OK)
		status = nkc_styles_add_usual(*out, library ? nkc_library_path(library) : NULL);
	if (library)
		nkc_library_close(library);
	return cli_failed(status);
}

static int unknown_markup(const cli_call *call, const char *name)
{
	nkc_nearest nearest;
	nkc_buf hint = NKC_BUF_INIT, all = NKC_BUF_INIT;
	const nkc_markup *markup;
	nkc_nearest_init(&nearest, nkc_str_from(name));
	for (size_t i = 0; (markup = nkc_markup_at(i)); i++) {
		nkc_nearest_offer(&nearest, nkc_str_from(nkc_markup_name(markup)));
		nkc_buf_printf(&all, "%s%s", i ? ", " : "there are ", nkc_markup_name(markup));
	}
	nkc_nearest_hint(&nearest, &hint);
	int status = cli_usage_error(call, "markup '%s' is not known; %s", name, hint.len ? hint.ptr : all.ptr);
	nkc_buf_release(&hint);
	nkc_buf_release(&all);
	return status;
}

/* The faults that are looked for in a record that is to be rendered; all others are for nkcite check. */
static nkc_status look_for_faults(cli_citing *c)
{
	static const char *const patterns[] = { "record/no-type", "record/type", "date" };
	c->faults = nkc_diags_new();
	if (!c->faults)
		return NKC_ENOMEM;
	nkc_diags_set_sink(c->faults, cli_report_sink, c->call->report);
	nkc_diags_set_minimum(c->faults, NKC_ERROR);
	(void)nkc_diags_enable(c->faults, NKC_STR("all"), false);
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		(void)nkc_diags_enable(c->faults, nkc_str_from(patterns[i]), true);
	return NKC_OK;
}

static nkc_status load(cli_citing *c, const cli_style_options *options)
{
	const char *name = options->style ? options->style : nkc_styles_default();
	nkc_diags *diags = c->call->diags;
	nkc_status status = nkc_styles_load(c->styles, nkc_str_from(name), &c->style, NULL, diags);
	if (status == NKC_OK)
		status = nkc_styles_locales(c->styles, &c->locales, diags);
	if (status == NKC_OK)
		status = look_for_faults(c);
	if (status == NKC_OK)
		status = nkc_document_new(&c->document, c->style, c->locales, c->language, c->markup, diags);
	return status;
}

int cli_citing_open(cli_citing *c, cli_call *call, const cli_style_options *options, const char *library)
{
	const char *name = options->markup ? options->markup : "text";
	*c = (cli_citing){ .call = call, .language = nkc_str_from(options->locale) };
	c->markup = nkc_markup_find(nkc_str_from(name));
	if (!c->markup)
		return unknown_markup(call, name);
	int status = cli_styles_open(&c->styles, library);
	return status == CLI_CLEAN ? cli_failed(load(c, options)) : status;
}

void cli_citing_close(cli_citing *c)
{
	nkc_document_free(c->document);
	nkc_diags_free(c->faults);
	nkc_locales_close(c->locales);
	nkc_style_free(c->style);
	nkc_styles_free(c->styles);
}

int cli_citing_check_bibliography(const cli_citing *c)
{
	if (nkc_style_has_bibliography(c->style))
		return CLI_CLEAN;
	nkc_diags_add(c->call->diags, NKC_CODE_STYLE_NO_BIBLIOGRAPHY, NULL, NULL, "%.*s has no bibliography",
	              NKC_STR_ARG(nkc_style_title(c->style)));
	return CLI_FINDINGS;
}

void cli_citing_check_record(cli_citing *c, nkc_record *record)
{
	nkc_check_options how = { .today = cli_today() };
	nkc_record_check(record, &how, c->faults);
}

nkc_status cli_citing_put(cli_citing *c, nkc_record *record)
{
	cli_citing_check_record(c, record);
	return nkc_document_put_item(c->document, record);
}
