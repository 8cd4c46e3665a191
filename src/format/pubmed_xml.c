/*
 * PubMed XML: what NLM's E-utilities give for articles and books (the DTDs pubmed_*.dtd). It is read only.
 */
#include "base/arena.h"
#include "base/window.h"
#include "format/csljson.h"
#include "format/medline.h"
#include "format/rich.h"
#include "format/values.h"
#include "format/xml_read.h"
#include "record/record_impl.h"

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item;
} getter;

/* --- text --- */

static unsigned face_of(nkc_str element)
{
	static const struct {
		const char *name;
		unsigned face;
	} faces[] = { { "i", NKC_RICH_ITALIC }, { "b", NKC_RICH_BOLD }, { "sup", NKC_RICH_SUP }, { "sub", NKC_RICH_SUB } };
	for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
		if (nkc_str_is(element, faces[i].name))
			return faces[i].face;
	}
	return 0;
}

/* Recursion is bounded by NKC_XML_DEPTH_MAX. */
static void put_runs(const nkc_xml_node *node, unsigned faces, unsigned *before, nkc_buf *out)
{
	if (node->text.len)
		nkc_rich_put(out, node->text, faces, before);
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		put_runs(child, faces | face_of(child->name), before, out);
}

/* The text of an element in CSL's markup; empty for NULL. */
static nkc_str text_of(getter *g, const nkc_xml_node *node)
{
	unsigned before = 0;
	nkc_buf out = nkc_arena_buf(g->arena);
	if (node)
		put_runs(node, 0, &before, &out);
	nkc_rich_put(&out, NKC_STR(""), 0, &before);
	return nkc_str_trim(nkc_arena_keep(g->arena, &out));
}

static nkc_str child_text(getter *g, const nkc_xml_node *node, const char *name)
{
	return text_of(g, nkc_xml_child(node, name));
}

static void add(getter *g, nkc_var var, nkc_str text)
{
	nkc_item_add_line(g->item, g->arena, var, text);
}

/* The text of the child whose attribute has that value. */
static nkc_str marked(getter *g, const nkc_xml_node *list, const char *name, const char *attribute, const char *value)
{
	const nkc_xml_node *node = nkc_xml_child(list, name);
	while (node && !nkc_str_is(nkc_xml_get(node, attribute), value))
		node = nkc_xml_next(node, name);
	return text_of(g, node);
}

/* --- parts --- */

static void add_name(getter *g, nkc_var var, const nkc_xml_node *author)
{
	nkc_str family = child_text(g, author, "LastName"), given = child_text(g, author, "ForeName");
	nkc_str body = child_text(g, author, "CollectiveName");
	if (!given.len)
		given = child_text(g, author, "FirstName");
	if (!given.len)
		given = child_text(g, author, "Initials");
	nkc_value *name = nkc_medline_person(g->arena, family, given, child_text(g, author, "Suffix"));
	if (!name && body.len && (name = nkc_value_new(g->arena, NKC_OBJECT)))
		nkc_value_add(name, NKC_STR("literal"), nkc_value_string(g->arena, body));
	nkc_item_add_name(g->item, g->arena, var, name);
}

static void add_names(getter *g, const nkc_xml_node *parent, nkc_var authors)
{
	for (const nkc_xml_node *list = nkc_xml_child(parent, "AuthorList"); list;
	     list = nkc_xml_next(list, "AuthorList")) {
		bool editors = nkc_str_is(nkc_xml_get(list, "Type"), "editors");
		for (const nkc_xml_node *author = nkc_xml_child(list, "Author"); author;
		     author = nkc_xml_next(author, "Author"))
			add_name(g, editors ? NKC_VAR_EDITOR : authors, author);
	}
}

/* Year, Month ("07", "Jul"), Day, Season; or MedlineDate, which is all of them in words. */
static void add_date(getter *g, nkc_var var, const nkc_xml_node *date)
{
	static const char *const parts[] = { "Year", "Season", "Month", "Day" };
	nkc_str month = child_text(g, date, "Month");
	bool number = month.len && month.ptr[0] >= '0' && month.ptr[0] <= '9';
	nkc_buf text = nkc_arena_buf(g->arena);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		nkc_str part = child_text(g, date, parts[i]);
		nkc_buf_puts(&text, part.len && text.len ? number ? "-" : " " : "");
		nkc_buf_put_str(&text, part);
	}
	nkc_str words = nkc_arena_keep(g->arena, &text);
	nkc_item_add(g->item, var, nkc_medline_date(g->arena, words.len ? words : child_text(g, date, "MedlineDate")));
}

static void add_abstract(getter *g, const nkc_xml_node *abstract)
{
	nkc_buf all = nkc_arena_buf(g->arena);
	for (const nkc_xml_node *part = nkc_xml_child(abstract, "AbstractText"); part;
	     part = nkc_xml_next(part, "AbstractText")) {
		nkc_str label = nkc_xml_get(part, "Label"), text = text_of(g, part);
		bool labelled = label.len && !nkc_str_is(label, "UNLABELLED");
		nkc_buf_puts(&all, all.len && text.len ? "\n" : "");
		if (labelled && text.len)
			nkc_buf_printf(&all, "%.*s: ", NKC_STR_ARG(label));
		nkc_buf_put_str(&all, text);
	}
	add(g, NKC_VAR_ABSTRACT, nkc_arena_keep(g->arena, &all));
	add(g, NKC_VAR_LICENSE, child_text(g, abstract, "CopyrightInformation"));
}

static void add_keywords(getter *g, const nkc_xml_node *citation)
{
	nkc_value *words = nkc_value_new(g->arena, NKC_ARRAY);
	const nkc_xml_node *headings = nkc_xml_child(citation, "MeshHeadingList");
	for (const nkc_xml_node *heading = nkc_xml_child(headings, "MeshHeading"); heading;
	     heading = nkc_xml_next(heading, "MeshHeading"))
		nkc_value_append(words, nkc_value_string(g->arena, child_text(g, heading, "DescriptorName")));
	for (const nkc_xml_node *list = nkc_xml_child(citation, "KeywordList"); list;
	     list = nkc_xml_next(list, "KeywordList")) {
		for (const nkc_xml_node *word = nkc_xml_child(list, "Keyword"); word; word = nkc_xml_next(word, "Keyword"))
			nkc_value_append(words, nkc_value_string(g->arena, text_of(g, word)));
	}
	nkc_item_add_keywords(g->item, g->arena, words);
}

static void add_language(getter *g, const nkc_xml_node *parent)
{
	add(g, NKC_VAR_LANGUAGE, nkc_medline_language(child_text(g, parent, "Language")));
}

/* --- journal articles --- */

static nkc_type type_of(getter *g, const nkc_xml_node *article)
{
	const nkc_xml_node *list = nkc_xml_child(article, "PublicationTypeList");
	for (const nkc_xml_node *node = nkc_xml_child(list, "PublicationType"); node;
	     node = nkc_xml_next(node, "PublicationType")) {
		nkc_type type = nkc_medline_type(text_of(g, node));
		if (type == NKC_TYPE_ARTICLE || type == NKC_TYPE_ARTICLE_NEWSPAPER)
			return type;
	}
	return NKC_TYPE_ARTICLE_JOURNAL;
}

static bool is_small(nkc_str word)
{
	static const char *const words[] = { "a",  "an", "and", "as", "at", "by", "de", "for", "from", "in",
		                             "of", "on", "or",  "the", "to", "et", "la", "with", "und",  "des" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_is(word, words[i]))
			return true;
	}
	return false;
}

/* Two capitals at the start of a word: what else is small may be meant to be. */
static bool has_acronym(nkc_str text)
{
	for (size_t at = 0; at + 1 < text.len; at++) {
		bool start = at == 0 || text.ptr[at - 1] == ' ';
		if (start && text.ptr[at] >= 'A' && text.ptr[at] <= 'Z' && text.ptr[at + 1] >= 'A' &&
		    text.ptr[at + 1] <= 'Z')
			return true;
	}
	return false;
}

/* "eLife", "bioRxiv": a capital inside. */
static bool is_own_way(nkc_str word)
{
	for (size_t i = 1; i < word.len; i++) {
		if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z')
			return true;
	}
	return false;
}

/* NLM writes the titles of journals with small letters: "Nature chemical biology". In English they are capitals. */
static nkc_str journal_title(getter *g, nkc_str title)
{
	nkc_str word;
	nkc_buf out = nkc_arena_buf(g->arena);
	bool keeps = has_acronym(title) || !nkc_str_is(nkc_item_text(g->item, NKC_VAR_LANGUAGE), "en"), begins = true;
	while (nkc_str_split(&title, ' ', &word)) {
		bool colon = nkc_str_is(word, ":");
		nkc_buf_puts(&out, out.len && !colon ? " " : "");
		size_t at = out.len;
		nkc_buf_put_str(&out, word);
		bool small = at < out.len && out.ptr[at] >= 'a' && out.ptr[at] <= 'z';
		if (small && !keeps && !is_own_way(word) && (begins || !is_small(word)))
			out.ptr[at] = (char)(out.ptr[at] - 'a' + 'A');
		begins = colon;
	}
	return nkc_arena_keep(g->arena, &out);
}

static void add_journal(getter *g, const nkc_xml_node *journal, nkc_str abbreviation, bool preprint)
{
	nkc_str title = child_text(g, journal, "Title"), brief = child_text(g, journal, "ISOAbbreviation");
	size_t place = nkc_str_find(title, NKC_STR(" ("));
	add(g, NKC_VAR_ISSN, child_text(g, journal, "ISSN"));
	if (place < title.len && nkc_str_ends(title, NKC_STR(")"))) {
		add(g, NKC_VAR_PUBLISHER_PLACE, nkc_str_slice(title, place + 2, title.len - 1));
		title = nkc_str_slice(title, 0, place);
	}
	if (!brief.len)
		brief = abbreviation;
	add(g, preprint ? NKC_VAR_PUBLISHER : NKC_VAR_CONTAINER_TITLE, journal_title(g, title.len ? title : brief));
	if (!preprint)
		add(g, NKC_VAR_CONTAINER_TITLE_SHORT, brief);
}

static void add_pages(getter *g, const nkc_xml_node *article, bool preprint)
{
	const nkc_xml_node *pagination = nkc_xml_child(article, "Pagination");
	nkc_str pages = child_text(g, pagination, "MedlinePgn"), last = child_text(g, pagination, "EndPage");
	nkc_str number = marked(g, article, "ELocationID", "EIdType", "pii");
	if (!pages.len && (pages = child_text(g, pagination, "StartPage")).len && last.len) {
		nkc_buf span = nkc_arena_buf(g->arena);
		nkc_buf_printf(&span, "%.*s-%.*s", NKC_STR_ARG(pages), NKC_STR_ARG(last));
		pages = nkc_arena_keep(g->arena, &span);
	}
	add(g, NKC_VAR_PAGE, nkc_medline_pages(g->arena, pages));
	add(g, preprint ? NKC_VAR_NUMBER : NKC_VAR_PAGE, number);
}

static void add_article(getter *g, const nkc_xml_node *record)
{
	const nkc_xml_node *citation = nkc_xml_child(record, "MedlineCitation");
	if (!citation)
		citation = record;
	const nkc_xml_node *article = nkc_xml_child(citation, "Article"), *journal = nkc_xml_child(article, "Journal");
	const nkc_xml_node *issue = nkc_xml_child(journal, "JournalIssue");
	const nkc_xml_node *ids = nkc_xml_child(nkc_xml_child(record, "PubmedData"), "ArticleIdList");
	nkc_type type = type_of(g, article);
	bool preprint = type == NKC_TYPE_ARTICLE;
	nkc_str title = child_text(g, article, "ArticleTitle"), vernacular = child_text(g, article, "VernacularTitle");
	add(g, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(type)));
	add_language(g, article);
	add(g, NKC_VAR_TITLE, nkc_medline_title(title.len ? title : vernacular));
	add(g, NKC_VAR_ORIGINAL_TITLE, title.len ? nkc_medline_title(vernacular) : NKC_STR(""));
	add_names(g, article, NKC_VAR_AUTHOR);
	add_journal(g, journal, child_text(g, nkc_xml_child(citation, "MedlineJournalInfo"), "MedlineTA"), preprint);
	add(g, NKC_VAR_VOLUME, child_text(g, issue, "Volume"));
	add(g, NKC_VAR_ISSUE, child_text(g, issue, "Issue"));
	add_pages(g, article, preprint);
	add_date(g, NKC_VAR_ISSUED, nkc_xml_child(issue, "PubDate"));
	add_date(g, NKC_VAR_AVAILABLE_DATE, nkc_xml_child(article, "ArticleDate"));
	add(g, NKC_VAR_DOI, marked(g, ids, "ArticleId", "IdType", "doi"));
	add(g, NKC_VAR_DOI, marked(g, article, "ELocationID", "EIdType", "doi"));
	add(g, NKC_VAR_PMID, child_text(g, citation, "PMID"));
	add(g, NKC_VAR_PMCID, marked(g, ids, "ArticleId", "IdType", "pmc"));
	add_abstract(g, nkc_xml_child(article, "Abstract"));
	add_keywords(g, citation);
}

/* --- books and their chapters --- */

static void add_book(getter *g, const nkc_xml_node *record)
{
	const nkc_xml_node *document = nkc_xml_child(record, "BookDocument"), *book = nkc_xml_child(document, "Book");
	const nkc_xml_node *publisher = nkc_xml_child(book, "Publisher");
	nkc_str title = nkc_medline_title(child_text(g, document, "ArticleTitle"));
	nkc_str whole = nkc_medline_title(child_text(g, book, "BookTitle"));
	nkc_str accession =
		marked(g, nkc_xml_child(document, "ArticleIdList"), "ArticleId", "IdType", "bookaccession");
	add(g, NKC_VAR_TYPE, title.len ? NKC_STR("chapter") : NKC_STR("book"));
	add(g, NKC_VAR_TITLE, title.len ? title : whole);
	add(g, NKC_VAR_CONTAINER_TITLE, title.len ? whole : NKC_STR(""));
	add_language(g, document);
	if (title.len)
		add_names(g, document, NKC_VAR_AUTHOR);
	add_names(g, book, title.len && nkc_item_get(g->item, NKC_VAR_AUTHOR) ? NKC_VAR_CONTAINER_AUTHOR : NKC_VAR_AUTHOR);
	add_date(g, NKC_VAR_ISSUED, nkc_xml_child(book, "PubDate"));
	add(g, NKC_VAR_EDITION, child_text(g, book, "Edition"));
	add(g, NKC_VAR_COLLECTION_TITLE, child_text(g, book, "CollectionTitle"));
	add(g, NKC_VAR_VOLUME, child_text(g, book, "Volume"));
	add(g, NKC_VAR_PUBLISHER, child_text(g, publisher, "PublisherName"));
	add(g, NKC_VAR_PUBLISHER_PLACE, child_text(g, publisher, "PublisherLocation"));
	add(g, NKC_VAR_ISBN, child_text(g, book, "Isbn"));
	add_abstract(g, nkc_xml_child(document, "Abstract"));
	add_keywords(g, document);
	add(g, NKC_VAR_PMID, child_text(g, document, "PMID"));
	add(g, NKC_VAR_CALL_NUMBER, accession);
	if (accession.len) {
		nkc_buf url = nkc_arena_buf(g->arena);
		nkc_buf_printf(&url, "https://www.ncbi.nlm.nih.gov/books/%.*s/", NKC_STR_ARG(accession));
		add(g, NKC_VAR_URL, nkc_arena_keep(g->arena, &url));
	}
}

/* --- the format --- */

static const char *const records[] = { "PubmedArticle", "PubmedBookArticle", "MedlineCitation", NULL };

static nkc_status open_reader(nkc_reader *reader)
{
	return nkc_xml_read_open(reader, records);
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	nkc_xml_entry entry;
	nkc_status status = nkc_xml_read_next(reader, &entry);
	*record = NULL;
	if (status || !entry.node)
		return status;
	nkc_arena *arena = nkc_record_arena(reader->record);
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT) };
	if (!g.item)
		return NKC_ENOMEM;
	if (nkc_str_is(entry.node->name, "PubmedBookArticle"))
		add_book(&g, entry.node);
	else
		add_article(&g, entry.node);
	nkc_record_adopt(reader->record, g.item, &reader->window->source, entry.start, entry.length, 0, reader->diags);
	status = nkc_arena_status(arena);
	*record = status ? NULL : reader->record;
	return status;
}

static int sniff(nkc_str head)
{
	static const nkc_str roots[] = { NKC_STR_INIT("<PubmedArticle"), NKC_STR_INIT("<PubmedBookArticle"),
		                         NKC_STR_INIT("<MedlineCitation") };
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
		if (nkc_str_find(head, roots[i]) < head.len)
			return 95;
	}
	return 0;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = nkc_xml_read_close };

const nkc_format nkc_format_pubmed_xml = {
	.name = "pubmed-xml",
	.title = "PubMed XML",
	.extensions = "xml",
	.media_type = "application/xml",
	.sniff = sniff,
	.reader = &reader,
};
