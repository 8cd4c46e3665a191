/*
 * BibLaTeX, for biber and its default data model.
 */
#include "format/bibtex_read.h"
#include "format/bibtex_write.h"

static void put_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_bib_put_entry(writer, record, NKC_BIBLATEX, out);
}

static int sniff(nkc_str head)
{
	return nkc_bib_sniff(head, NKC_BIBLATEX);
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	return nkc_bib_carry_var(NKC_BIBLATEX, type, var, where);
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	return nkc_bib_carry_type(NKC_BIBLATEX, type, where);
}

static const nkc_writer_ops writer = { .separator = "\n", .record = put_record };

const nkc_format nkc_format_biblatex = {
	.name = "biblatex",
	.title = "BibLaTeX",
	.extensions = "biblatex",
	.media_type = "application/x-biblatex",
	.sniff = sniff,
	.reader = &nkc_biblatex_reader,
	.writer = &writer,
	.keys_nocase = true,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
