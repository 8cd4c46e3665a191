/*
 * cite.h: a document with citations and a bibliography.
 *
 * Items and clusters (citations of one or more items) go in; rendered text comes out. A document can be built once
 * and read (a converter), or changed again and again (a word processor): it then tells which clusters and entries
 * look different, and does no more work than the change asks for.
 *
 * All texts are UTF-8. Strings that go in are copied. A document is for one thread at a time; several documents
 * may use one style and one set of locales from several threads.
 *
 * Each function that returns a status can return NKC_ENOMEM. After that the document can be freed, or the call
 * made again once there is memory; what is not in memory is not half rendered.
 */
#ifndef NKCITE_CITE_H
#define NKCITE_CITE_H

#include <nkcite/markup.h>
#include <nkcite/record.h>
#include <nkcite/style.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_document nkc_document;

/*
 * style, locales, markup and diags must outlive the document. `language` (BCP 47) empty: the style's, else en-US.
 * A dependent style, which has no layout, renders nothing.
 */
NKC_API nkc_status nkc_document_new(nkc_document **out, const nkc_style *style, nkc_locales *locales, nkc_str language,
                                    const nkc_markup *markup, nkc_diags *diags);
NKC_API void nkc_document_free(nkc_document *document);

/* --- items --- */

/* Adds an item, or replaces the one with its id. The record is expanded to CSL-JSON and copied. */
NKC_API nkc_status nkc_document_put_item(nkc_document *document, nkc_record *record);
/* The same of a CSL-JSON object that is no record. Its id may be a number. */
NKC_API nkc_status nkc_document_put_object(nkc_document *document, const nkc_value *object);
/* Cites of it stay in their clusters, unseen, and are back when the item is put in again. NKC_ENOTFOUND. */
NKC_API nkc_status nkc_document_remove_item(nkc_document *document, nkc_str id);
/*
 * Items that the bibliography lists though no cluster cites them. Each call replaces the list. NKC_ENOTFOUND: some are not
 * known yet; the others are listed, those once they are put in.
 */
NKC_API nkc_status nkc_document_set_uncited(nkc_document *document, const nkc_str *ids, size_t count);
/* Keeps cites, and entries, in the order in which they are given or first cited, whatever the style sorts by. */
NKC_API void nkc_document_set_unsorted(nkc_document *document, bool unsorted);

/*
 * Identifiers link, and where an entry prints none its title (specification, Appendix VI), in markups that have links. On
 * unless switched off.
 */
NKC_API void nkc_document_set_links(nkc_document *document, bool links);
/* Cites link to their entries ("#ref-" and the id). Off unless switched on. */
NKC_API void nkc_document_set_cite_links(nkc_document *document, bool links);
/*
 * An author who stands alone in a sentence, or the title in the place of one, keeps the fonts and quotes of the style, as pandoc
 * has it; else it is plain, as citeproc-js has it.
 */
NKC_API void nkc_document_set_author_fonts(nkc_document *document, bool kept);
/*
 * Short forms for form="short", as citeproc-js and pandoc have them: {"default": {"container-title": {"Journal of Tests":
 * "J. Tests"}}}. A short form that an item has itself counts more.
 */
NKC_API nkc_status nkc_document_set_abbreviations(nkc_document *document, const nkc_value *lists);
/* Does the language want full stops and commas inside of closing quotes? */
NKC_API bool nkc_document_marks_in_quotes(const nkc_document *document);

/*
 * Entries keep their names where a style has a dash for those of the entry above (subsequent-author-substitute): for lists that
 * do not stay in one order. Off unless switched on.
 */
NKC_API void nkc_document_set_whole_names(nkc_document *document, bool whole);

/* --- clusters --- */

/* One cite of a cluster. Empty strings: none. */
typedef struct nkc_cite {
	nkc_str id;             /* of the item */
	nkc_str locator;        /* "12-15" */
	nkc_str label;          /* what the locator counts: a CSL locator label ("page"); empty: pages */
	nkc_str prefix, suffix; /* rich text as in CSL-JSON (<i>, <b>, <sup>, ...) */
	bool suppress_author;   /* leave out the names that the cite begins with, and what stands in for them */
	bool author_only;       /* the cluster is just those names, in plain type, or what the style's cs:intext renders */
	uint8_t position;       /* 0: found out; else as told: 1 first, 2 subsequent, 3 ibid, 4 ibid with locator */
	bool near_note;         /* with a position that is told */
} nkc_cite;

/* How a whole cluster is cited. What is not NORMAL keeps its first cite first, unless the style sorts cites by number. */
typedef enum nkc_mode {
	NKC_MODE_NORMAL,
	NKC_MODE_AUTHOR_ONLY,     /* only the names that the first cite begins with: "Doe" */
	NKC_MODE_SUPPRESS_AUTHOR, /* without them: "(2014)"; in a style for notes as NORMAL */
	NKC_MODE_COMPOSITE        /* the one, the infix, the other: "Doe (2014)" */
} nkc_mode;

typedef struct nkc_cluster {
	nkc_str id;    /* the caller's name of it, unique; a cluster without one cannot be changed later */
	uint32_t note; /* number of the footnote or endnote that it stands in; 0: in the text */
	const nkc_cite *cites;
	size_t count;
	nkc_mode mode;
	nkc_str infix; /* of a composite cluster: what stands between its two parts ("'s view") */
} nkc_cluster;

/*
 * Inserts before the cluster of the id `before` (empty or unknown: at the end), or replaces the cluster of its own id
 * in its place. NKC_ENOTFOUND: some items are not known yet; the cluster is in, without them, until they are.
 * NKC_ELIMIT: more than 65,534 cites.
 */
NKC_API nkc_status nkc_document_put_cluster(nkc_document *document, const nkc_cluster *cluster, nkc_str before);
/* Moves a cluster before another (empty or unknown: to the end). NKC_ENOTFOUND. */
NKC_API nkc_status nkc_document_move_cluster(nkc_document *document, nkc_str id, nkc_str before);
/* Says in which note a cluster stands now: notes behind an insertion are counted anew. NKC_ENOTFOUND. */
NKC_API nkc_status nkc_document_set_note(nkc_document *document, nkc_str id, uint32_t note);
/* NKC_ENOTFOUND. */
NKC_API nkc_status nkc_document_remove_cluster(nkc_document *document, nkc_str id);

/* --- results --- */

/*
 * Brings everything up to date. The functions below do it when something has changed, so calling it decides only when. "The
 * last update" is the last one for which there was something to do.
 */
NKC_API nkc_status nkc_document_update(nkc_document *document);

/* Clusters in document order; texts are borrowed until the next change. NKC_ENOTFOUND: no such index. */
NKC_API size_t nkc_document_cluster_count(nkc_document *document);
NKC_API nkc_status nkc_document_cluster(nkc_document *document, size_t index, nkc_str *id, nkc_str *text);
/* The index of the cluster of that id. NKC_ENOTFOUND. */
NKC_API nkc_status nkc_document_find_cluster(nkc_document *document, nkc_str id, size_t *index);
/* Is that cluster's text another since the last update, or is the cluster new? */
NKC_API bool nkc_document_cluster_changed(nkc_document *document, size_t index);
/* The indexes of all such clusters, ascending; borrowed until the next change. */
NKC_API nkc_status nkc_document_changes(nkc_document *document, const size_t **indexes, size_t *count);

/* Entries in order. NKC_ENOTFOUND: the style has no bibliography, or no such index. */
NKC_API nkc_status nkc_document_entry_count(nkc_document *document, size_t *count);
NKC_API nkc_status nkc_document_entry(nkc_document *document, size_t index, nkc_str *id, nkc_str *text);
/* Is that entry's text another since the last update, or was the item not listed before? */
NKC_API bool nkc_document_entry_changed(nkc_document *document, size_t index);
/* Has the last update added, removed or moved entries? */
NKC_API bool nkc_document_entries_moved(nkc_document *document);

/* --- sections of a bibliography --- */

typedef enum nkc_test_kind {
	NKC_TEST_IS,      /* the variable has the value, or it is a list (keywords, categories) that has it */
	NKC_TEST_PRESENT, /* it is there */
	NKC_TEST_ABSENT   /* it is not, or is empty */
} nkc_test_kind;

typedef struct nkc_test {
	nkc_str field; /* a CSL variable: "type", "keyword", "title", ... */
	nkc_str value; /* of NKC_TEST_IS; not of abstract, annote and note, whose text is kept only for styles that show it */
	nkc_test_kind kind;
} nkc_test;

typedef enum nkc_section_rule {
	NKC_SECTION_INCLUDE, /* entries for which some test holds */
	NKC_SECTION_SELECT,  /* entries for which all hold */
	NKC_SECTION_EXCLUDE  /* entries for which none holds */
} nkc_section_rule;

typedef struct nkc_section {
	nkc_section_rule rule;
	const nkc_test *tests;
	size_t count;
	const nkc_test *quash; /* entries for which all of these hold are left out in any case */
	size_t quash_count;    /* 0: none */
} nkc_section;

/* Is called with each entry; another status than NKC_OK ends the section. id and text are borrowed for the call. */
typedef nkc_status nkc_entry_each(void *data, nkc_str id, nkc_str text);

/*
 * The entries that are in a section, in order. Names are replaced (subsequent-author-substitute) as if there were no others.
 * NKC_ENOTFOUND: the style has no bibliography; else the status of `each`.
 */
NKC_API nkc_status nkc_document_section(nkc_document *document, const nkc_section *section, nkc_entry_each *each,
                                        void *data);

/* How the style wants its bibliography set: for nkc_markup_list_begin() and its like. */
NKC_API nkc_status nkc_document_list(nkc_document *document, nkc_markup_list *list);
/* Appends the whole bibliography, set as the style wants it. NKC_ENOTFOUND when the style has none. */
NKC_API nkc_status nkc_document_bibliography(nkc_document *document, nkc_buf *out);

/*
 * Citations as pandoc writes them (its manual, "Citation syntax"): "see @doe99, pp. 33-35, and; -@smith04". Each cite is a key
 * behind @ (@{...} for one with other characters), with a prefix and behind it a locator and a suffix; - leaves the author
 * out; brackets around all are no part of it. A locator is a label and words with digits or Roman numerals, or what
 * stands in braces; one without label is a page. Labels are the terms of the language, or English ones, long or short.
 */
typedef struct nkc_cite_parser nkc_cite_parser;

/* language: as of nkc_document_new. Immutable: threads may share it. */
NKC_API nkc_status nkc_cite_parser_new(nkc_cite_parser **out, const nkc_style *style, nkc_locales *locales,
                                       nkc_str language);
NKC_API void nkc_cite_parser_free(nkc_cite_parser *parser);

/* The cites live in the arena and borrow from the text. NKC_ESYNTAX, with a finding: a part of it has no key. */
NKC_API nkc_status nkc_cite_parse(const nkc_cite_parser *parser, nkc_str text, nkc_arena *arena, nkc_cite **cites,
                                  size_t *count, nkc_diags *diags);

/*
 * What stands behind a key: locator, label and suffix of the cite are set. A suffix in words that follow no locator gets
 * ", " in front. The cite's texts live in the arena or borrow from the text.
 */
NKC_API nkc_status nkc_cite_parse_suffix(const nkc_cite_parser *parser, nkc_str text, nkc_arena *arena, nkc_cite *cite);

#ifdef __cplusplus
}
#endif

#endif
