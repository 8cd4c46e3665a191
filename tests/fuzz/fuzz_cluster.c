/*
 * A document that changes: each line of the input is a change. After all of them it reads as one that went through the
 * same changes but was rendered at the end only.
 *
 *	@N                                      the style (first line only)
 *	p ID|NOTE|MODE|BEFORE|CITE|CITE ...     put a cluster; CITE = item;locator;label;prefix;suffix;flags
 *	m ID|BEFORE    n ID|NOTE    r ID        move it, set its note, remove it
 *	i ITEM         x ITEM                   put an item in, take it out
 *	u ITEM|ITEM ...                         uncited items
 */
#include "results.h"

#include <string.h>

#include <nkcite/cite.h>

#define CITES_MAX 12
#define LINES_MAX 60 /* each renders the document */

#define HEAD(class)                                                                                                   \
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"" class "\" version=\"1.0\"><info><title>f</title>"   \
	"<id>f</id></info>"
#define NAMES                                                                                                         \
	"<names variable=\"author\"><name form=\"short\" and=\"text\" initialize-with=\". \"/><substitute><text "         \
	"variable=\"title\"/></substitute></names>"
#define LIST                                                                                                          \
	"<bibliography subsequent-author-substitute=\"---\"><sort><key variable=\"author\"/><key variable=\"issued\"/>" \
	"</sort><layout suffix=\".\"><names variable=\"author\"/><date variable=\"issued\" form=\"numeric\" prefix=\", "  \
	"\"/><text variable=\"title\" quotes=\"true\" prefix=\", \"/></layout></bibliography></style>"

static const char *const styles[] = {
	HEAD("in-text") "<citation disambiguate-add-names=\"true\" disambiguate-add-givenname=\"true\" "
	"disambiguate-add-year-suffix=\"true\" collapse=\"year-suffix\" et-al-min=\"2\" et-al-use-first=\"1\"><sort>"
	"<key variable=\"author\"/><key variable=\"issued\"/></sort><layout prefix=\"(\" suffix=\")\" delimiter=\"; \">" NAMES
	"<date variable=\"issued\" prefix=\" \"><date-part name=\"year\"/></date><group prefix=\", \"><label "
	"variable=\"locator\" form=\"short\"/><text variable=\"locator\"/></group></layout></citation>" LIST,
	HEAD("note") "<citation near-note-distance=\"2\" disambiguate-add-givenname=\"true\"><layout suffix=\".\" delimiter=\"; "
	"\"><choose><if position=\"ibid-with-locator\"><text term=\"ibid\"/><text variable=\"locator\" prefix=\" \"/></if>"
	"<else-if position=\"ibid\"><text term=\"ibid\"/></else-if><else-if position=\"near-note\">" NAMES
	"<text variable=\"first-reference-note-number\" prefix=\" n. \"/></else-if><else-if position=\"subsequent\">" NAMES
	"<text variable=\"title\" form=\"short\"/></else-if><else>" NAMES "<text variable=\"title\" quotes=\"true\" prefix=\", \"/>"
	"<text variable=\"locator\" prefix=\", \"/></else></choose></layout></citation>" LIST,
	HEAD("in-text") "<citation collapse=\"citation-number\"><sort><key variable=\"citation-number\"/></sort><layout "
	"prefix=\"[\" suffix=\"]\" delimiter=\",\"><text variable=\"citation-number\"/><text variable=\"locator\" "
	"prefix=\": \"/></layout></citation><bibliography><layout><text variable=\"citation-number\" suffix=\". \"/>"
	"<text variable=\"title\"/></layout></bibliography></style>",
};
#define STYLES (sizeof styles / sizeof *styles)

/* Names and years that clash. */
#define BY(names) ",\"author\":[" names "]"
#define JANE "{\"family\":\"Doe\",\"given\":\"Jane\"}"
#define JOHN "{\"family\":\"Doe\",\"given\":\"John\"}"
#define ROE "{\"family\":\"Roe\",\"given\":\"R\"}"
#define POE "{\"family\":\"Poe\",\"given\":\"P\"}"
#define IN_2004 ",\"issued\":{\"date-parts\":[[2004]]}"
static const char *const items[] = {
	"{\"id\":\"a\",\"type\":\"book\",\"title\":\"One\"" BY(JANE) IN_2004 "}",
	"{\"id\":\"b\",\"type\":\"book\",\"title\":\"Two\"" BY(JOHN) IN_2004 "}",
	"{\"id\":\"c\",\"type\":\"book\",\"title\":\"Three\"" BY(JANE) IN_2004 "}",
	"{\"id\":\"d\",\"type\":\"webpage\",\"title\":\"Four\"" BY(JANE "," ROE) IN_2004 "}",
	"{\"id\":\"e\",\"type\":\"webpage\",\"title\":\"Five\"" BY(JANE "," POE) IN_2004 "}",
	"{\"id\":\"f\",\"type\":\"report\",\"title\":\"Six\"" BY("{\"literal\":\"Institute\"}") "}",
	"{\"id\":\"g\",\"type\":\"report\",\"title\":\"Seven\"}",
};
#define ITEMS (sizeof items / sizeof *items)

static uint32_t number(nkc_str text)
{
	uint32_t value = 0;
	for (size_t i = 0; i < text.len && i < 6 && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
		value = value * 10 + (uint32_t)(text.ptr[i] - '0');
	return value;
}

/* The next field; empty when there is none. */
static nkc_str field(nkc_str *rest, char separator)
{
	nkc_str part = NKC_STR("");
	(void)nkc_str_split(rest, separator, &part);
	return part;
}

static nkc_cite read_cite(nkc_str text)
{
	nkc_cite cite = { .id = field(&text, ';'), .locator = field(&text, ';'), .label = field(&text, ';'),
		          .prefix = field(&text, ';'), .suffix = field(&text, ';') };
	uint32_t flags = number(text);
	cite.suppress_author = flags & 1;
	cite.author_only = flags & 2;
	cite.near_note = flags & 4;
	cite.position = (uint8_t)(flags >> 3) % 5;
	return cite;
}

static void put_cluster(nkc_document *document, nkc_str line)
{
	nkc_cite cites[CITES_MAX];
	nkc_cluster cluster = { .id = field(&line, '|'), .note = number(field(&line, '|')), .cites = cites };
	cluster.mode = (nkc_mode)(number(field(&line, '|')) % (NKC_MODE_COMPOSITE + 1));
	nkc_str before = field(&line, '|'), cite;
	while (cluster.count < CITES_MAX && nkc_str_split(&line, '|', &cite))
		cites[cluster.count++] = read_cite(cite);
	nkc_status status = nkc_document_put_cluster(document, &cluster, before);
	MUST(status == NKC_OK || status == NKC_ENOTFOUND || status == NKC_EINVALID);
}

static void put_item(nkc_document *document, const char *json)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *item;
	MUST(arena && nkc_value_parse(&item, arena, nkc_str_from(json), NULL, NULL) == NKC_OK);
	MUST(nkc_document_put_object(document, item) == NKC_OK);
	nkc_arena_free(arena);
}

static void set_uncited(nkc_document *document, nkc_str line)
{
	nkc_str ids[CITES_MAX];
	size_t count = 0;
	while (count < CITES_MAX && nkc_str_split(&line, '|', &ids[count]))
		count++;
	(void)nkc_document_set_uncited(document, ids, count);
}

static void change(nkc_document *document, nkc_str line)
{
	char what = line.len ? line.ptr[0] : 0;
	line = nkc_str_slice(line, 1, line.len);
	if (what == 'p')
		put_cluster(document, line);
	else if (what == 'u')
		set_uncited(document, line);
	else if (what == 'r')
		(void)nkc_document_remove_cluster(document, line);
	else if (what == 'x')
		(void)nkc_document_remove_item(document, line);
	else if (what == 'i' && line.len && line.ptr[0] >= 'a' && line.ptr[0] < 'a' + (char)ITEMS)
		put_item(document, items[line.ptr[0] - 'a']);
	else if (what == 'm' || what == 'n') {
		nkc_str id = field(&line, '|');
		if (what == 'm')
			(void)nkc_document_move_cluster(document, id, line);
		else
			(void)nkc_document_set_note(document, id, number(line));
	}
}

/* often: bring the document up to date behind every change. */
static void run(nkc_str script, size_t style_index, bool often, nkc_buf *out)
{
	static nkc_locales *locales;
	static nkc_style *made[STYLES];
	nkc_style **style = &made[style_index % STYLES];
	nkc_document *document;
	nkc_str line;
	MUST(locales || nkc_locales_open(&locales, NULL, NULL) == NKC_OK);
	MUST(*style || nkc_style_parse(style, nkc_str_from(styles[style_index % STYLES]), NKC_STR("f.csl"), NULL) == NKC_OK);
	MUST(nkc_document_new(&document, *style, locales, NKC_STR(""), nkc_markup_find(NKC_STR("html")), NULL) == NKC_OK);
	for (size_t i = 0; i < ITEMS; i++)
		put_item(document, items[i]);
	for (unsigned i = 0; i < LINES_MAX && nkc_str_split(&script, '\n', &line); i++) {
		change(document, line);
		MUST(!often || nkc_document_update(document) == NKC_OK);
	}
	put_results(document, out);
	nkc_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str script = nkc_str_make((const char *)data, size);
	size_t style_index = size > 1 && data[0] == '@' ? data[1] : 0;
	nkc_buf often = NKC_BUF_INIT, once = NKC_BUF_INIT;
	run(script, style_index, true, &often);
	run(script, style_index, false, &once);
	if (!nkc_str_eq(nkc_buf_str(&often), nkc_buf_str(&once)))
		fprintf(stderr, "step by step:\n%s\nat once:\n%s\n", often.ptr, once.ptr);
	MUST(nkc_str_eq(nkc_buf_str(&often), nkc_buf_str(&once)));
	nkc_buf_release(&often);
	nkc_buf_release(&once);
	return 0;
}
