/*
 * citing.h: a style, its locale and a markup, ready to render: what cite, bibliography and styles preview share.
 */
#ifndef NKC_SRC_CLI_CITING_H
#define NKC_SRC_CLI_CITING_H

#include "cli/command.h"
#include "cli/report.h"

#include <nkcite/cite.h>

/* Part of the option struct of every command that renders. */
typedef struct cli_style_options {
	const char *style;  /* -s; NULL: the one compiled in */
	const char *locale; /* -l; NULL: the style's, else en-US */
	const char *markup; /* -m; NULL: text */
} cli_style_options;

#define CLI_OPT_STYLED(type, member) \
	CLI_OPT_STRING('l', "locale", "LANG", type, member.locale, CLI_VALUES_LOCALE, \
	               "render in LANG (de-DE), not in the style's language"), \
	CLI_OPT_STRING('m', "markup", "MARKUP", type, member.markup, CLI_VALUES_MARKUP, \
	               "write MARKUP: text (the default), html, ...")

/* The rows for a cli_style_options. */
#define CLI_OPT_STYLE(type, member) \
	CLI_OPT_STRING('s', "style", "STYLE", type, member.style, CLI_VALUES_STYLE, \
	               "use STYLE: a short name, a file, a title or an id; else apa"), \
	CLI_OPT_STYLED(type, member)

typedef struct cli_citing {
	cli_call *call;
	nkc_styles *styles;
	nkc_style *style;
	nkc_locales *locales;
	nkc_str language; /* as asked for */
	const nkc_markup *markup;
	nkc_document *document;
	nkc_diags *faults; /* of records, as far as they spoil a citation */
} cli_citing;

/*
 * The folders of styles: those of the library in `library` (-L; NULL: the one around) come first. It need not exist. An exit
 * status.
 */
int cli_styles_open(nkc_styles **out, const char *library);

/* Makes an empty document. CLI_CLEAN, or a finding and its exit status; close it in any case. */
int cli_citing_open(cli_citing *citing, cli_call *call, const cli_style_options *options, const char *library);
void cli_citing_close(cli_citing *citing);

/* Can the style render a bibliography? CLI_CLEAN, or a finding and its exit status. */
int cli_citing_check_bibliography(const cli_citing *citing);
/* Reports what is wrong with the record's type or dates. */
void cli_citing_check_record(cli_citing *citing, nkc_record *record);
/* Puts the record into the document. What is wrong with its type or dates is a finding, and it is rendered all the same. */
nkc_status cli_citing_put(cli_citing *citing, nkc_record *record);

#endif
