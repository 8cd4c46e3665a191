/*
 * page.h (inner): what the files of the page share.
 */
#ifndef NKC_SRC_PAGE_PAGE_H
#define NKC_SRC_PAGE_PAGE_H

#include "format/keys.h"

#include <nkcite/cite.h>
#include <nkcite/page.h>

/* What a reader of the page may take of a record: CSL-JSON, BibTeX, RIS. */
enum { PAGE_COPIES = 3 };

/* A record on its way to the page. */
typedef struct page_source {
	size_t tag, body,
		end; /* offsets in nkc_page.bodies: the opening tag; what stands behind the citation; its end */
	size_t group;          /* index in nkc_page.groups */
	size_t place;          /* in the order of the style */
} page_source;

/* A heading, and the records below it. */
typedef struct page_group {
	nkc_str name;
	int64_t year; /* INT64_MIN: it is none */
	size_t rank;  /* among the groups */
} page_group;

struct nkc_page {
	nkc_page_options options;
	nkc_document *document;
	nkc_writer *copies[PAGE_COPIES];
	nkc_diags *diags;
	nkc_arena *arena;
	nkc_keys anchors;
	nkc_set group_names; /* fingerprint -> index + 1 */
	nkc_buf sources; /* of page_source */
	nkc_buf groups;  /* of page_group */
	nkc_buf bodies;
	nkc_buf linked;  /* JSON-LD of the records, with commas between */
	nkc_buf scratch, text; /* for one record */
};

/* --- page.c --- */

/* What was put in, in that order; the groups in the order in which they came up. */
page_source *page_sources(const nkc_page *page, size_t *count);
page_group *page_groups(const nkc_page *page, size_t *count);

/* --- put.c: text into HTML --- */

/* Text between tags or in quotes: escaped, without what HTML cannot hold. */
void page_put_text(nkc_str text, nkc_buf *out);
/* The same without CSL's markup (<i>, ...). */
void page_put_plain(nkc_str text, nkc_buf *out);
/* JSON inside a script element: no "<" stands in it. */
void page_put_json(nkc_str json, nkc_buf *out);
/* ` name="text"`; nothing for an empty text. */
void page_put_attribute(const char *name, nkc_str text, nkc_buf *out);
/* <a href="url">text</a>; of an address that is neither http nor https the text alone. */
void page_put_link(nkc_str url, nkc_str text, nkc_buf *out);
bool page_is_web_address(nkc_str url);
/* "27 April 2024", "about November 2013", "15 to 17 November 2013"; the text of a date in words. */
void page_put_date(const nkc_date *date, nkc_buf *out);
/* 'sha256-...' as a content security policy has it. */
void page_put_hash(nkc_str text, nkc_buf *out);

/* --- words.c: what things are called --- */

/* What a record of that type is to a person: "newspaper article". Its schema.org type: "NewsArticle". */
const char *page_kind(nkc_type type);
const char *page_schema_type(nkc_type type);
/* "date", "place of publication"; of a variable that needs no name of its own the one it has in CSL. */
const char *page_var_name(nkc_var var);
/* The publication a record appeared in, or who published it; empty: none is known. */
nkc_str page_outlet(nkc_record *record);

/* --- state.c: what is known of a source, and how --- */

/* The line of facts below a citation; words for the filters go to `marks` ("no-author inferred archived"). */
void page_put_facts(nkc_record *record, nkc_buf *out, nkc_buf *marks);
/* What can be done with the entry, and what else there is to say about the source. */
void page_put_about(nkc_record *record, nkc_str anchor, nkc_buf *out);

/* --- linked.c: schema.org --- */

/* Appends the JSON object of a record, whose entry has that id on the page. */
void page_put_linked(nkc_record *record, nkc_str anchor, nkc_buf *out);

/* --- markup.c --- */

/* HTML with classes where that of the registry has style attributes, which the policy of the page forbids. */
extern const nkc_markup page_markup;

#endif
