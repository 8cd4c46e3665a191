/*
 * page.h: a bibliography as a page of HTML that one can publish.
 *
 * The page stands alone: it loads nothing, its script and style are in it, and a content security policy lets nothing
 * else run. It is read without script, too; with it, it can be searched, filtered, grouped, and copied from. Beside each
 * entry it holds the record as CSL-JSON (which nkcite reads back), BibTeX and RIS, as COinS and as schema.org JSON-LD.
 */
#ifndef NKCITE_PAGE_H
#define NKCITE_PAGE_H

#include <nkcite/format.h>
#include <nkcite/style.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nkc_page_group {
	NKC_PAGE_NONE, /* one list, as the style sorts it */
	NKC_PAGE_YEAR, /* the newest first; without a date last */
	NKC_PAGE_KIND, /* articles, books, web pages, ... */
	NKC_PAGE_OUTLET
} nkc_page_group;

/* The whole bibliography in a file of another format, beside the page. */
typedef struct nkc_page_file {
	const nkc_format *format;
	nkc_str name; /* its address, relative to the page */
} nkc_page_file;

typedef struct nkc_page_options {
	const nkc_style *style; /* with a bibliography; it and the locales must outlive the page */
	nkc_locales *locales;
	nkc_str language; /* as of nkc_document_new */
	nkc_str title;    /* empty: "Bibliography" */
	nkc_page_group group;
	const nkc_page_file *files; /* borrowed, as all texts here */
	size_t file_count;
	nkc_str unapi; /* address of the file that begins with nkc_page_unapi(); empty: there is none */
} nkc_page_options;

typedef struct nkc_page nkc_page;

NKC_API nkc_status nkc_page_new(nkc_page **out, const nkc_page_options *options, nkc_diags *diags);
NKC_API void nkc_page_free(nkc_page *page);

/* Adds a record, which is copied. It may be rewritten in memory, as by nkc_writer_record. */
NKC_API nkc_status nkc_page_put(nkc_page *page, nkc_record *record);

/* Appends the page. */
NKC_API nkc_status nkc_page_write(nkc_page *page, nkc_buf *out);

/*
 * unAPI 1.0 asks a server for the formats of a record, and for the record in one of them, by the query of one address. A
 * server of plain files answers each query with the same file: one that is both. What stands here, put behind the
 * opening tag of an RDF file, makes it such a file: readers of RDF pass over it.
 */
NKC_API const char *nkc_page_unapi(void);

#ifdef __cplusplus
}
#endif

#endif
