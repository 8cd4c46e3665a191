#include "format/mods.h"
#include "format/values.h"
#include "format/zotero_fields.h"

/* Where elements stand. */
typedef enum home {
	TOP,
	HOST,     /* what the item is part of */
	ORIGIN,   /* of that, if the item is part of something, else of the item itself; so are the next two */
	PART,
	NUMBERS,
	SERIES,
	ORIGINAL, /* what it is a version of */
	REVIEWED
} home;

static const struct row {
	home in;
	nkc_var var;
	const char *name; /* for the manual */
	const char *open, *close;
} rows[] = {
	{ TOP, NKC_VAR_TITLE, "titleInfo", "<titleInfo><title>", "</title></titleInfo>" },
	{ TOP, NKC_VAR_TITLE_SHORT, "titleInfo", "<titleInfo type=\"abbreviated\"><title>",
	  "</title></titleInfo>" },
	{ TOP, NKC_VAR_GENRE, "genre", "<genre>", "</genre>" },
	{ TOP, NKC_VAR_NUMBER_OF_PAGES, "extent", "<physicalDescription><extent>",
	  " p.</extent></physicalDescription>" },
	{ TOP, NKC_VAR_NUMBER_OF_VOLUMES, "extent", "<physicalDescription><extent>",
	  " v.</extent></physicalDescription>" },
	{ TOP, NKC_VAR_DIMENSIONS, "extent", "<physicalDescription><extent>",
	  "</extent></physicalDescription>" },
	{ TOP, NKC_VAR_MEDIUM, "form", "<physicalDescription><form>", "</form></physicalDescription>" },
	{ TOP, NKC_VAR_ABSTRACT, "abstract", "<abstract>", "</abstract>" },
	{ TOP, NKC_VAR_NOTE, "note", "<note>", "</note>" },
	{ TOP, NKC_VAR_ANNOTE, "note", "<note type=\"annotation\">", "</note>" },
	{ TOP, NKC_VAR_LANGUAGE, "language", "<language><languageTerm type=\"code\" authority=\"rfc5646\">",
	  "</languageTerm></language>" },
	{ TOP, NKC_VAR_SCALE, "scale", "<subject><cartographics><scale>",
	  "</scale></cartographics></subject>" },
	{ TOP, NKC_VAR_CALL_NUMBER, "classification", "<classification>", "</classification>" },
	{ TOP, NKC_VAR_ID, "identifier", "<identifier type=\"citekey\">", "</identifier>" },
	{ TOP, NKC_VAR_DOI, "identifier", "<identifier type=\"doi\">", "</identifier>" },
	{ TOP, NKC_VAR_PMID, "identifier", "<identifier type=\"pmid\">", "</identifier>" },
	{ TOP, NKC_VAR_PMCID, "identifier", "<identifier type=\"pmc\">", "</identifier>" },
	{ TOP, NKC_VAR_ARCHIVE_LOCATION, "physicalLocation", "<location><physicalLocation>",
	  "</physicalLocation></location>" },
	{ TOP, NKC_VAR_LICENSE, "accessCondition", "<accessCondition>", "</accessCondition>" },
	{ TOP, NKC_VAR_SOURCE, "recordContentSource", "<recordInfo><recordContentSource>",
	  "</recordContentSource></recordInfo>" },
	{ HOST, NKC_VAR_CONTAINER_TITLE, "relatedItem", "<titleInfo><title>", "</title></titleInfo>" },
	{ HOST, NKC_VAR_CONTAINER_TITLE_SHORT, "relatedItem", "<titleInfo type=\"abbreviated\"><title>",
	  "</title></titleInfo>" },
	{ ORIGIN, NKC_VAR_EDITION, "edition", "<edition>", "</edition>" },
	{ ORIGIN, NKC_VAR_VERSION, "edition", "<edition>", "</edition>" },
	{ ORIGIN, NKC_VAR_PUBLISHER_PLACE, "place", "<place><placeTerm type=\"text\">",
	  "</placeTerm></place>" },
	{ ORIGIN, NKC_VAR_PUBLISHER, "publisher", "<publisher>", "</publisher>" },
	{ ORIGIN, NKC_VAR_ISSUED, "dateIssued", "<dateIssued", "</dateIssued>" },
	{ ORIGIN, NKC_VAR_SUBMITTED, "dateOther", "<dateOther type=\"submitted\"", "</dateOther>" },
	{ ORIGIN, NKC_VAR_EVENT_DATE, "dateOther", "<dateOther type=\"event\"", "</dateOther>" },
	{ ORIGIN, NKC_VAR_AVAILABLE_DATE, "dateOther", "<dateOther type=\"available\"", "</dateOther>" },
	{ PART, NKC_VAR_VOLUME, "detail", "<detail type=\"volume\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_ISSUE, "detail", "<detail type=\"issue\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_SECTION, "detail", "<detail type=\"section\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_CHAPTER_NUMBER, "detail", "<detail type=\"chapter\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_NUMBER, "detail", "<detail type=\"number\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_PART, "detail", "<detail type=\"part\"><number>", "</number></detail>" },
	{ PART, NKC_VAR_SUPPLEMENT, "detail", "<detail type=\"supplement\"><number>", "</number></detail>" },
	{ NUMBERS, NKC_VAR_ISBN, "identifier", "<identifier type=\"isbn\">", "</identifier>" },
	{ NUMBERS, NKC_VAR_ISSN, "identifier", "<identifier type=\"issn\">", "</identifier>" },
	{ SERIES, NKC_VAR_COLLECTION_TITLE, "relatedItem", "<titleInfo><title>", "</title></titleInfo>" },
	{ SERIES, NKC_VAR_COLLECTION_NUMBER, "relatedItem", "<part><detail type=\"volume\"><number>",
	  "</number></detail></part>" },
	{ ORIGINAL, NKC_VAR_ORIGINAL_TITLE, "relatedItem", "<titleInfo><title>", "</title></titleInfo>" },
	{ ORIGINAL, NKC_VAR_ORIGINAL_DATE, "relatedItem", "<originInfo><dateIssued",
	  "</dateIssued></originInfo>" },
	{ ORIGINAL, NKC_VAR_ORIGINAL_PUBLISHER, "relatedItem", "<originInfo><publisher>",
	  "</publisher></originInfo>" },
	{ ORIGINAL, NKC_VAR_ORIGINAL_PUBLISHER_PLACE, "relatedItem",
	  "<originInfo><place><placeTerm type=\"text\">", "</placeTerm></place></originInfo>" },
	{ REVIEWED, NKC_VAR_REVIEWED_TITLE, "relatedItem", "<titleInfo><title>", "</title></titleInfo>" },
};
#define ROWS (sizeof rows / sizeof *rows)

typedef struct putter {
	nkc_buf *out;
	const nkc_value *item;
	const nkc_zotero_kind *kind; /* Zotero's name for the type */
	nkc_type type;
	bool is_part;
} putter;

static home home_of_names(nkc_var var)
{
	return var == NKC_VAR_CONTAINER_AUTHOR    ? HOST
	       : var == NKC_VAR_EDITOR            ? NUMBERS
	       : var == NKC_VAR_COLLECTION_EDITOR ? SERIES
	       : var == NKC_VAR_ORIGINAL_AUTHOR   ? ORIGINAL
	       : var == NKC_VAR_REVIEWED_AUTHOR   ? REVIEWED
	                                          : TOP;
}

const char *nkc_mods_place(nkc_var var)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].var == var)
			return rows[i].name;
	}
	return var == NKC_VAR_TYPE                              ? "genre"
	       : var == NKC_VAR_PAGE                            ? "extent"
	       : var == NKC_VAR_KEYWORD                         ? "topic"
	       : var == NKC_VAR_URL || var == NKC_VAR_ACCESSED  ? "url"
	       : home_of_names(var) != TOP || nkc_mods_role_for(var) ? "name"
	                                                              : NULL;
}

/* --- values --- */

static void put_text(nkc_buf *out, const char *open, nkc_str text, const char *close)
{
	if (!text.len)
		return;
	nkc_buf_puts(out, open);
	nkc_xml_put_escaped(out, text);
	nkc_buf_puts(out, close);
	nkc_buf_putc(out, '\n');
}

/* Does it look like a date of the W3C's note, 2014-11-03 or less? */
static bool is_plain_date(nkc_str edtf)
{
	for (size_t i = 0; i < edtf.len; i++) {
		bool dash = i == 4 || i == 7;
		if (dash ? edtf.ptr[i] != '-' : edtf.ptr[i] < '0' || edtf.ptr[i] > '9')
			return false;
	}
	return edtf.len == 4 || edtf.len == 7 || edtf.len == 10;
}

/* The start tag is open: the encoding is its last attribute. */
static void put_date(nkc_buf *out, const struct row *row, const nkc_value *value)
{
	nkc_buf text = NKC_BUF_INIT;
	bool known = nkc_date_put_edtf(&text, value);
	nkc_str shown = known ? nkc_buf_str(&text) : nkc_value_text(nkc_value_find(value, NKC_STR("literal")));
	if (shown.len) {
		nkc_buf_puts(out, row->open);
		nkc_buf_puts(out, !known                 ? ""
		                  : is_plain_date(shown) ? " encoding=\"w3cdtf\""
		                                         : " encoding=\"edtf\"");
		put_text(out, ">", shown, row->close);
	}
	nkc_text_done(&text, out);
}

/* Is the row's variable written in items of the type? */
static bool is_due(const putter *p, const struct row *row)
{
	bool versioned = p->type == NKC_TYPE_SOFTWARE || p->type == NKC_TYPE_DATASET;
	return row->var == NKC_VAR_VERSION ? versioned : row->var != NKC_VAR_EDITION || !versioned;
}

static void put_rows(putter *p, home in)
{
	for (size_t i = 0; i < ROWS; i++) {
		const nkc_value *value = rows[i].in == in ? nkc_item_get(p->item, rows[i].var) : NULL;
		if (!value || !is_due(p, &rows[i]))
			continue;
		if (nkc_var_kind(rows[i].var) == NKC_KIND_DATE)
			put_date(p->out, &rows[i], value);
		else
			put_text(p->out, rows[i].open, nkc_value_text(value), rows[i].close);
	}
}

/* --- names --- */

/* Zotero makes an author of whoever has a role that it does not know, unless he is a contributor as well. */
static void put_role(putter *p, nkc_var var)
{
	static const nkc_mods_role author = { "aut", "author", NKC_VAR_AUTHOR };
	const nkc_mods_role *role = nkc_mods_role_for(var);
	const nkc_zotero_role *zotero = nkc_zotero_role_for(p->kind, var);
	if (!role)
		role = &author; /* of the host, the original or what is reviewed */
	nkc_buf_puts(p->out, "<role>");
	nkc_buf_printf(p->out, "<roleTerm type=\"text\">%s</roleTerm>", role->word);
	if (*role->code)
		nkc_buf_printf(p->out, "<roleTerm type=\"code\" authority=\"marcrelator\">%s</roleTerm>", role->code);
	nkc_buf_puts(p->out, "</role>");
	bool known = role->var == NKC_VAR_AUTHOR || role->var == NKC_VAR_CONTRIBUTOR ||
	             role->var == NKC_VAR_COLLECTION_EDITOR ||
	             (zotero && strcmp(zotero->name, role->word) == 0);
	if (!known)
		nkc_buf_puts(p->out,
		             "<role><roleTerm type=\"code\" authority=\"marcrelator\">ctb</roleTerm></role>");
}

static void put_joined(nkc_buf *out, const char *open, nkc_str one, nkc_str other, const char *close)
{
	if (!one.len && !other.len)
		return;
	nkc_buf_puts(out, open);
	nkc_xml_put_escaped(out, one);
	nkc_buf_puts(out, one.len && other.len ? " " : "");
	nkc_xml_put_escaped(out, other);
	nkc_buf_puts(out, close);
}

static void put_name(putter *p, nkc_var var, const nkc_value *value)
{
	nkc_name name = nkc_name_of(value);
	bool person = name.family.len || name.given.len;
	nkc_str none = NKC_STR("");
	nkc_buf_puts(p->out, person ? "<name type=\"personal\">" : "<name type=\"corporate\">");
	if (person) {
		put_joined(p->out, "<namePart type=\"family\">", name.non_dropping_particle, name.family,
		           "</namePart>");
		put_joined(p->out, "<namePart type=\"given\">", name.given, name.dropping_particle, "</namePart>");
		put_joined(p->out, "<namePart type=\"termsOfAddress\">", name.suffix, none, "</namePart>");
	} else {
		put_joined(p->out, "<namePart>", name.literal, none, "</namePart>");
	}
	put_role(p, var);
	nkc_buf_puts(p->out, "</name>\n");
}

static void put_names(putter *p, home in)
{
	for (const nkc_value *member = nkc_value_first(p->item); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		if (nkc_var_kind(var) != NKC_KIND_NAMES || home_of_names(var) != in ||
		    (in == TOP && !nkc_mods_role_for(var)))
			continue;
		for (const nkc_value *name = nkc_value_first(member); name; name = name->next)
			put_name(p, var, name);
	}
}

/* --- groups --- */

static bool is_page_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
}

/* First and last page; `list` when more than a range is said. */
static void put_pages(nkc_buf *out, nkc_str pages)
{
	size_t first = 0, last = pages.len;
	while (first < pages.len && is_page_char(pages.ptr[first]))
		first++;
	while (last > 0 && is_page_char(pages.ptr[last - 1]))
		last--;
	nkc_str dash = nkc_str_slice(pages, first, last);
	bool range = nkc_str_is(dash, "-") || nkc_str_is(dash, "\xE2\x80\x93");
	bool one = first == pages.len;
	if (!pages.len)
		return;
	nkc_buf_puts(out, "<extent unit=\"pages\">");
	put_text(out, "<start>", nkc_str_slice(pages, 0, first), "</start>");
	put_text(out, "<end>", one ? pages : nkc_str_slice(pages, last, pages.len), "</end>");
	if (!range && !one)
		put_text(out, "<list>", pages, "</list>");
	nkc_buf_puts(out, "</extent>\n");
}

static bool is_serial(nkc_type type)
{
	return type == NKC_TYPE_ARTICLE_JOURNAL || type == NKC_TYPE_ARTICLE_MAGAZINE ||
	       type == NKC_TYPE_ARTICLE_NEWSPAPER || type == NKC_TYPE_REVIEW || type == NKC_TYPE_REVIEW_BOOK;
}

/* Writes between tags, or nothing at all when nothing is between them. */
static size_t open_tag(nkc_buf *out, const char *tag)
{
	nkc_buf_puts(out, tag);
	nkc_buf_putc(out, '\n');
	return out->len;
}

static void close_tag(nkc_buf *out, size_t start, const char *open, const char *close)
{
	if (out->len == start)
		nkc_buf_truncate(out, start - strlen(open) - 1);
	else
		nkc_buf_printf(out, "%s\n", close);
}

static void put_publication(putter *p)
{
	const char *genre = nkc_mods_type_for(p->type)->genre;
	if (genre)
		nkc_buf_printf(p->out, "<genre authority=\"marcgt\">%s</genre>\n", genre);
	if (p->type == NKC_TYPE_ARTICLE_JOURNAL)
		nkc_buf_puts(p->out, "<genre authority=\"bibutilsgt\">academic journal</genre>\n");
	size_t start = open_tag(p->out, "<originInfo>");
	put_rows(p, ORIGIN);
	if (p->out->len > start)
		nkc_buf_printf(p->out, "<issuance>%s</issuance>\n", is_serial(p->type) ? "continuing" : "monographic");
	close_tag(p->out, start, "<originInfo>", "</originInfo>");
	start = open_tag(p->out, "<part>");
	put_rows(p, PART);
	put_pages(p->out, nkc_item_text(p->item, NKC_VAR_PAGE));
	close_tag(p->out, start, "<part>", "</part>");
	put_rows(p, NUMBERS);
	put_names(p, NUMBERS);
}

static void put_related(putter *p, home in, const char *open)
{
	size_t start = open_tag(p->out, open);
	put_rows(p, in);
	put_names(p, in);
	if (in == HOST && p->is_part)
		put_publication(p);
	close_tag(p->out, start, open, "</relatedItem>");
}

static void put_type(putter *p)
{
	nkc_buf_printf(p->out, "<typeOfResource>%s</typeOfResource>\n<genre authority=\"local\">%s</genre>\n",
	               nkc_mods_type_for(p->type)->resource, p->kind->name);
}

static void put_address(putter *p)
{
	nkc_str url = nkc_item_text(p->item, NKC_VAR_URL);
	const nkc_value *accessed = nkc_item_get(p->item, NKC_VAR_ACCESSED);
	nkc_buf date = NKC_BUF_INIT;
	if (accessed)
		nkc_date_put_edtf(&date, accessed);
	if (url.len) {
		nkc_buf_puts(p->out, "<location><url usage=\"primary\"");
		if (date.len)
			nkc_buf_printf(p->out, " dateLastAccessed=\"%.*s\"", (int)date.len, date.ptr);
		put_text(p->out, ">", url, "</url></location>");
	} else {
		put_text(p->out, "<originInfo><dateCaptured>", nkc_buf_str(&date), "</dateCaptured></originInfo>");
	}
	nkc_text_done(&date, p->out);
}

static void put_words(putter *p)
{
	nkc_str list = nkc_item_text(p->item, NKC_VAR_KEYWORD), word;
	char separator = nkc_keyword_separator(list);
	while (nkc_keyword_next(&list, separator, &word))
		put_text(p->out, "<subject><topic>", word, "</topic></subject>");
}

void nkc_mods_put(nkc_buf *out, const nkc_value *item, nkc_str own)
{
	putter p = { .out = out, .item = item, .kind = nkc_zotero_kind_for(item), .type = nkc_item_type(item) };
	p.is_part = nkc_mods_is_part(p.type);
	nkc_buf_puts(out, "<mods>\n");
	put_rows(&p, TOP);
	put_type(&p);
	put_names(&p, TOP);
	if (!p.is_part)
		put_publication(&p);
	put_related(&p, HOST, "<relatedItem type=\"host\">");
	put_related(&p, SERIES, "<relatedItem type=\"series\">");
	put_related(&p, ORIGINAL, "<relatedItem type=\"original\">");
	put_related(&p, REVIEWED, "<relatedItem type=\"reviewOf\">");
	put_address(&p);
	put_words(&p);
	put_text(out, "<extension><nkcite xmlns=\"urn:nkcite:\">", own, "</nkcite></extension>");
	nkc_buf_puts(out, "</mods>\n");
}
