/*
 * linked.c: a record as an object of schema.org, for search engines and other readers of pages.
 */
#include "format/rich.h"
#include "format/values.h"
#include "page/page.h"

/* Every object begins with its type, so a comma stands before each further member. */
static void put_name(nkc_buf *out, const char *name)
{
	nkc_buf_printf(out, ",\"%s\":", name);
}

static void put_string(nkc_buf *out, const char *name, nkc_str text)
{
	if (!text.len)
		return;
	put_name(out, name);
	nkc_json_put_string(out, text);
}

/* The text without CSL's markup. */
static void put_plain(nkc_buf *out, const char *name, nkc_str text)
{
	nkc_buf plain = NKC_BUF_INIT;
	nkc_str run;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces))
		nkc_buf_put_str(&plain, run);
	put_string(out, name, nkc_buf_str(&plain));
	nkc_text_done(&plain, out);
}

/* Only a date that is no more than its digits is one of schema.org, which has ISO 8601. */
static void put_date(nkc_buf *out, const char *name, nkc_record *record, nkc_var var)
{
	nkc_date date;
	if (!nkc_record_date(record, var, &date) || !date.structured || date.begin != NKC_DATE_SINGLE ||
	    date.finish != NKC_DATE_SINGLE || date.start.unspecified || date.start.month > 12 ||
	    date.start.year < 1 || date.start.year > 9999)
		return;
	put_name(out, name);
	nkc_buf_printf(out, "\"%04d", (int)date.start.year);
	if (date.start.month)
		nkc_buf_printf(out, "-%02d", date.start.month);
	if (date.start.day)
		nkc_buf_printf(out, "-%02d", date.start.day);
	nkc_buf_putc(out, '"');
}

static void put_person(nkc_buf *out, const nkc_name *name)
{
	nkc_buf whole = NKC_BUF_INIT;
	const nkc_str parts[] = { name->given, name->dropping_particle, name->non_dropping_particle, name->family,
		                  name->suffix };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].len && whole.len)
			nkc_buf_putc(&whole, ' ');
		nkc_buf_put_str(&whole, parts[i]);
	}
	bool person = !name->literal.len;
	nkc_buf_printf(out, "{\"@type\":\"%s\"", person ? "Person" : "Organization");
	put_string(out, "name", person ? nkc_buf_str(&whole) : name->literal);
	put_string(out, "givenName", name->given);
	put_string(out, "familyName", name->family);
	nkc_buf_putc(out, '}');
	nkc_text_done(&whole, out);
}

static void put_names(nkc_buf *out, const char *member, nkc_record *record, nkc_var var)
{
	const nkc_name *names;
	size_t count = nkc_record_names(record, var, &names);
	if (!count)
		return;
	put_name(out, member);
	for (size_t i = 0; i < count; i++) {
		nkc_buf_putc(out, i ? ',' : '[');
		put_person(out, &names[i]);
	}
	nkc_buf_putc(out, ']');
}

/* --- where it appeared: an issue of a volume of a periodical, a book, a site --- */

static const char *container_type(nkc_type type)
{
	switch (type) {
	case NKC_TYPE_ARTICLE_JOURNAL:
	case NKC_TYPE_ARTICLE_MAGAZINE:
	case NKC_TYPE_REVIEW:
	case NKC_TYPE_REVIEW_BOOK: return "Periodical";
	case NKC_TYPE_ARTICLE_NEWSPAPER: return "Newspaper";
	case NKC_TYPE_POST_WEBLOG: return "Blog";
	case NKC_TYPE_POST:
	case NKC_TYPE_WEBPAGE: return "WebSite";
	case NKC_TYPE_CHAPTER:
	case NKC_TYPE_ENTRY_DICTIONARY:
	case NKC_TYPE_ENTRY_ENCYCLOPEDIA:
	case NKC_TYPE_PAPER_CONFERENCE: return "Book";
	default: return "CreativeWork";
	}
}

static unsigned open_part(nkc_buf *out, const char *type, const char *member, nkc_str number)
{
	if (!number.len)
		return 0;
	put_name(out, "isPartOf");
	nkc_buf_printf(out, "{\"@type\":\"%s\"", type);
	put_string(out, member, number);
	return 1;
}

static void put_container(nkc_buf *out, nkc_record *record)
{
	nkc_str title = nkc_record_text(record, NKC_VAR_CONTAINER_TITLE);
	unsigned open = open_part(out, "PublicationIssue", "issueNumber", nkc_record_text(record, NKC_VAR_ISSUE));
	open += open_part(out, "PublicationVolume", "volumeNumber", nkc_record_text(record, NKC_VAR_VOLUME));
	if (title.len) {
		put_name(out, "isPartOf");
		nkc_buf_printf(out, "{\"@type\":\"%s\"", container_type(nkc_record_type(record)));
		put_plain(out, "name", title);
		put_string(out, "issn", nkc_record_text(record, NKC_VAR_ISSN));
		open++;
	}
	while (open--)
		nkc_buf_putc(out, '}');
}

static void put_publisher(nkc_buf *out, nkc_record *record)
{
	nkc_str publisher = nkc_record_text(record, NKC_VAR_PUBLISHER);
	if (!publisher.len)
		return;
	put_name(out, "publisher");
	nkc_buf_puts(out, "{\"@type\":\"Organization\"");
	put_string(out, "name", publisher);
	nkc_buf_putc(out, '}');
}

static void put_identifier(nkc_buf *out, nkc_record *record)
{
	nkc_str doi = nkc_str_trim(nkc_record_text(record, NKC_VAR_DOI));
	nkc_buf address = NKC_BUF_INIT;
	if (!doi.len)
		return;
	nkc_buf_printf(&address, "%s%.*s", page_is_web_address(doi) ? "" : "https://doi.org/", NKC_STR_ARG(doi));
	put_string(out, "sameAs", nkc_buf_str(&address));
	nkc_text_done(&address, out);
}

static const struct {
	const char *name;
	nkc_var var;
} texts[] = {
	{ "isbn", NKC_VAR_ISBN },        { "pagination", NKC_VAR_PAGE },   { "bookEdition", NKC_VAR_EDITION },
	{ "inLanguage", NKC_VAR_LANGUAGE }, { "keywords", NKC_VAR_KEYWORD }, { "abstract", NKC_VAR_ABSTRACT },
};

/* Addresses go out as text that nothing runs. */
static void put_address(nkc_buf *out, const char *name, nkc_str address)
{
	address = nkc_str_trim(address);
	if (page_is_web_address(address))
		put_string(out, name, address);
}

void page_put_linked(nkc_record *record, nkc_str anchor, nkc_buf *out)
{
	nkc_buf id = NKC_BUF_INIT;
	nkc_buf_printf(out, "{\"@type\":\"%s\"", page_schema_type(nkc_record_type(record)));
	nkc_buf_printf(&id, "#%.*s", NKC_STR_ARG(anchor));
	put_string(out, "@id", nkc_buf_str(&id));
	nkc_text_done(&id, out);
	put_plain(out, "name", nkc_record_text(record, NKC_VAR_TITLE));
	put_names(out, "author", record, NKC_VAR_AUTHOR);
	put_names(out, "editor", record, NKC_VAR_EDITOR);
	put_names(out, "translator", record, NKC_VAR_TRANSLATOR);
	put_date(out, "datePublished", record, NKC_VAR_ISSUED);
	put_container(out, record);
	put_publisher(out, record);
	put_address(out, "url", nkc_record_text(record, NKC_VAR_URL));
	put_identifier(out, record);
	put_address(out, "archivedAt", nkc_record_text(record, NKC_VAR_ARCHIVE_LOCATION));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_plain(out, texts[i].name, nkc_record_text(record, texts[i].var));
	nkc_buf_putc(out, '}');
}
