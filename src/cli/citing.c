#include "cli/citing.h"

#include <nkcite/library.h>
#include <nkcite/nearest.h>

int cli_styles_open(nkc_styles **out, const char *dir)
{
	nkc_library *library = NULL;
	nkc_status status = nkc_styles_new(out);
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

static nkc_status load(cli_citing *c, const cli_style_options *options)
{
	const char *name = options->style ? options->style : nkc_styles_default();
	nkc_diags *diags = c->call->diags;
	nkc_status status = nkc_styles_load(c->styles, nkc_str_from(name), &c->style, NULL, diags);
	if (status == NKC_OK)
		status = nkc_styles_locales(c->styles, &c->locales, diags);
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
	nkc_locales_close(c->locales);
	nkc_style_free(c->style);
	nkc_styles_free(c->styles);
}
