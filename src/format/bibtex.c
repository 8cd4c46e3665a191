/*
 * BibTeX, for the classic styles (plain, alpha, abbrv, unsrt, plainnat and their like).
 */
#include "format/bibtex_read.h"
#include "format/bibtex_write.h"

static void put_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_bib_put_entry(writer, record, NKC_BIBTEX, out);
}

static int sniff(nkc_str head)
{
	return nkc_bib_sniff(head, NKC_BIBTEX);
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	return nkc_bib_carry_var(NKC_BIBTEX, type, var, where);
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	return nkc_bib_carry_type(NKC_BIBTEX, type, where);
}

static const nkc_writer_ops writer = { .separator = "\n", .record = put_record };

const nkc_format nkc_format_bibtex = {
	.name = "bibtex",
	.title = "BibTeX",
	.extensions = "bib,bibtex",
	.media_type = "application/x-bibtex",
	.sniff = sniff,
	.reader = &nkc_bibtex_reader,
	.writer = &writer,
	.keys_nocase = true,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
