#include "cli/paging.h"

const char *const cli_page_groups[] = { "none", "year", "kind", "outlet", NULL };

int cli_paging_open(cli_paging *p, cli_call *call, const cli_page_options *options, const char *library,
                    const nkc_page_file *files, size_t count, nkc_str unapi)
{
	cli_style_options styled = { .style = options->style, .locale = options->locale };
	p->page = NULL;
	int status = cli_citing_open(&p->citing, call, &styled, library);
	if (status == CLI_CLEAN)
		status = cli_citing_check_bibliography(&p->citing);
	if (status != CLI_CLEAN)
		return status;
	nkc_page_options how = {
		.style = p->citing.style,
		.locales = p->citing.locales,
		.language = p->citing.language,
		.title = nkc_str_from(options->title),
		.group = (nkc_page_group)options->group,
		.files = files,
		.file_count = count,
		.unapi = unapi,
	};
	return cli_failed(nkc_page_new(&p->page, &how, call->diags));
}

nkc_status cli_paging_put(cli_paging *p, nkc_record *record)
{
	cli_citing_check_record(&p->citing, record);
	return nkc_page_put(p->page, record);
}

void cli_paging_close(cli_paging *p)
{
	nkc_page_free(p->page);
	cli_citing_close(&p->citing);
}
