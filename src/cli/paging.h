/*
 * paging.h: a bibliography as a page of HTML: what export and page have in common.
 */
#ifndef NKC_SRC_CLI_PAGING_H
#define NKC_SRC_CLI_PAGING_H

#include "cli/citing.h"

#include <nkcite/page.h>

/* Part of the option struct of a command that writes a page. */
typedef struct cli_page_options {
	const char *style;  /* -s; NULL: the one compiled in */
	const char *locale; /* -l; NULL: the style's, else en-US */
	const char *title;  /* --title */
	int group;          /* --group: nkc_page_group */
} cli_page_options;

extern const char *const cli_page_groups[];

/* The rows for a cli_page_options. */
#define CLI_OPT_PAGE(type, member) \
	CLI_OPT_STRING('s', "style", "STYLE", type, member.style, CLI_VALUES_STYLE, \
	               "use STYLE on a page: a short name, a file, a title or an id; else apa"), \
	CLI_OPT_STRING('l', "locale", "LANG", type, member.locale, CLI_VALUES_LOCALE, \
	               "render in LANG (de-DE), not in the style's language"), \
	CLI_OPT_STRING(0, "title", "TITLE", type, member.title, CLI_VALUES_NONE, "head the page with TITLE"), \
	CLI_OPT_CHOICE(0, "group", "WHAT", cli_page_groups, type, member.group, "what stands together on a page")

typedef struct cli_paging {
	cli_citing citing;
	nkc_page *page;
} cli_paging;

/* files, count, unapi: as in nkc_page_options. CLI_CLEAN, or a finding and its exit status; close it in any case. */
int cli_paging_open(cli_paging *paging, cli_call *call, const cli_page_options *options, const char *library,
                    const nkc_page_file *files, size_t count, nkc_str unapi);
/* Puts the record on the page. What is wrong with its type or dates is a finding, and it stands there all the same. */
nkc_status cli_paging_put(cli_paging *paging, nkc_record *record);
void cli_paging_close(cli_paging *paging);

#endif
