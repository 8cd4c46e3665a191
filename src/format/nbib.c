/*
 * nbib: NLM's records in the tagged MEDLINE format, as PubMed's button Cite and its archives give them, and as ERIC and
 * others do. It is read only.
 */
#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/window.h"
#include "format/csljson.h"
#include "format/lines.h"
#include "format/medline.h"
#include "format/values.h"
#include "record/record_impl.h"

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item, *words;
	nkc_value *authors, *editors; /* of AU and ED, which count where there is no FAU or FED */
	nkc_type type;
	bool report;  /* it is one unless it is said to be something else */
	bool article; /* it is in a journal, whatever it reports */
	nkc_str book, journal, citation, pii, publisher, place;
} getter;

static void add(getter *g, nkc_var var, nkc_str text)
{
	nkc_item_add_line(g->item, g->arena, var, text);
}

/* --- names --- */

/* "Booker GW" as "Booker", "GW": the last word of a name without a comma, when it is all capitals. */
static nkc_value *read_name(nkc_arena *arena, nkc_str text)
{
	size_t comma = nkc_str_find_byte(text, ','), at = text.len;
	if (comma < text.len)
		return nkc_medline_person(arena, nkc_str_trim(nkc_str_slice(text, 0, comma)),
		                          nkc_str_trim(nkc_str_slice(text, comma + 1, text.len)), NKC_STR(""));
	while (at > 0 && text.ptr[at - 1] >= 'A' && text.ptr[at - 1] <= 'Z')
		at--;
	if (at == 0 || at == text.len || text.ptr[at - 1] != ' ')
		return nkc_name_read_text(arena, text);
	nkc_buf given = nkc_arena_buf(arena);
	for (size_t i = at; i < text.len; i++) {
		nkc_buf_puts(&given, given.len ? " " : "");
		nkc_buf_putc(&given, text.ptr[i]);
	}
	nkc_str initials = nkc_arena_keep(arena, &given);
	return nkc_medline_person(arena, nkc_str_trim(nkc_str_slice(text, 0, at)), initials, NKC_STR(""));
}

static void add_name(getter *g, nkc_var var, nkc_str text)
{
	if (!nkc_str_starts(text, NKC_STR("et al")))
		nkc_item_add_name(g->item, g->arena, var, read_name(g->arena, text));
}

static void add_corporate(getter *g, nkc_str text)
{
	nkc_value *name = nkc_value_new(g->arena, NKC_OBJECT);
	if (name)
		nkc_value_add(name, NKC_STR("literal"), nkc_value_string(g->arena, text));
	nkc_item_add_name(g->item, g->arena, NKC_VAR_AUTHOR, name);
}

static void lay_aside(getter *g, nkc_value **list, nkc_str text)
{
	if (!*list)
		*list = nkc_value_new(g->arena, NKC_ARRAY);
	nkc_value_append(*list, nkc_value_string(g->arena, text));
}

static void add_short_names(getter *g, nkc_var var, const nkc_value *list)
{
	bool full = nkc_item_get(g->item, var) != NULL;
	for (const nkc_value *name = nkc_value_first(list); name && !full; name = name->next)
		add_name(g, var, name->u.text);
}

/* --- numbers --- */

static bool is_number(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == 'X' || c == 'x';
}

/* "0027-8424 (Print)", "EISSN-1042-1629", "9781118786352 (electronic)": the number; empty when there is none. */
static nkc_str number_in(nkc_str text)
{
	size_t at = 0;
	while (at < text.len && !(text.ptr[at] >= '0' && text.ptr[at] <= '9'))
		at++;
	size_t end = at;
	while (end < text.len && is_number(text.ptr[end]))
		end++;
	return nkc_str_slice(text, at, end);
}

static void add_number(getter *g, nkc_str text)
{
	nkc_str number = number_in(text);
	nkc_var var = number.len == 9 ? NKC_VAR_ISSN : NKC_VAR_ISBN;
	nkc_str before = nkc_item_text(g->item, var);
	if (number.len < 9 || nkc_str_find(before, number) < before.len)
		return;
	nkc_buf all = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&all, before);
	nkc_buf_puts(&all, before.len ? " " : "");
	nkc_buf_put_str(&all, number);
	nkc_str made = nkc_arena_keep(g->arena, &all);
	nkc_value *value = nkc_item_get(g->item, var);
	if (value)
		nkc_value_set_text(value, g->arena, made);
	else
		add(g, var, made);
}

/* "10.1016/j.wem [doi]", "e42692 [pii]", "NBK1826 [bookaccession]", an address */
static void add_identifier(getter *g, nkc_str text)
{
	size_t open = nkc_str_find_byte(text, '[');
	nkc_str kind = nkc_str_slice(text, open, text.len), value = nkc_str_trim(nkc_str_slice(text, 0, open));
	if (nkc_str_is(kind, "[doi]"))
		add(g, NKC_VAR_DOI, value);
	else if (nkc_str_is(kind, "[pii]"))
		g->pii = value;
	else if (nkc_str_is(kind, "[bookaccession]"))
		add(g, NKC_VAR_CALL_NUMBER, value);
	else if (nkc_str_starts(text, NKC_STR("http")))
		add(g, NKC_VAR_URL, text);
}

/* --- fields --- */

static void add_word(getter *g, nkc_str text)
{
	nkc_buf word = nkc_arena_buf(g->arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '*') /* marks a main subject */
			nkc_buf_putc(&word, text.ptr[i]);
	}
	if (!g->words)
		g->words = nkc_value_new(g->arena, NKC_ARRAY);
	nkc_value_append(g->words, nkc_value_string(g->arena, nkc_arena_keep(g->arena, &word)));
}

static void take_type(getter *g, nkc_str text)
{
	nkc_type type = nkc_medline_type(text);
	if (type && (!g->type || g->type == NKC_TYPE_ARTICLE_JOURNAL))
		g->type = type;
	g->report |= nkc_str_find(text, NKC_STR("Report")) < text.len;
}

static void take_eric(getter *g, nkc_str text)
{
	if (nkc_str_starts(text, NKC_STR("ED")) || nkc_str_starts(text, NKC_STR("EJ"))) {
		add(g, NKC_VAR_ARCHIVE, NKC_STR("ERIC"));
		add(g, NKC_VAR_ARCHIVE_LOCATION, text);
		g->article |= text.ptr[1] == 'J';
	}
}

static void take_pages(getter *g, nkc_str text)
{
	add(g, NKC_VAR_PAGE, nkc_medline_pages(g->arena, text));
}

static void take_date(getter *g, nkc_str text)
{
	nkc_item_add(g->item, NKC_VAR_ISSUED, nkc_medline_date(g->arena, text));
}

/* "20101007" */
static void take_day(getter *g, nkc_str text)
{
	nkc_buf day = nkc_arena_buf(g->arena);
	if (text.len == 8)
		nkc_buf_printf(&day, "%.4s-%.2s-%.2s", text.ptr, text.ptr + 4, text.ptr + 6);
	nkc_item_add(g->item, NKC_VAR_AVAILABLE_DATE, nkc_date_read_text(g->arena, nkc_arena_keep(g->arena, &day)));
}

static void take_language(getter *g, nkc_str text)
{
	add(g, NKC_VAR_LANGUAGE, nkc_medline_language(text));
}

static void take_title(getter *g, nkc_str text)
{
	add(g, NKC_VAR_TITLE, nkc_medline_title(text));
}

static void take_original_title(getter *g, nkc_str text)
{
	add(g, NKC_VAR_ORIGINAL_TITLE, nkc_medline_title(text));
}

static void take_author(getter *g, nkc_str text)
{
	lay_aside(g, &g->authors, text);
}

static void take_editor(getter *g, nkc_str text)
{
	lay_aside(g, &g->editors, text);
}

/* A tag is a variable, or what a function makes of it. */
static const struct field {
	const char *tag;
	nkc_var var;
	void (*take)(getter *g, nkc_str text);
} fields[] = {
	{ "PMID", NKC_VAR_PMID, NULL },
	{ "PMC", NKC_VAR_PMCID, NULL },
	{ "TI", NKC_VAR_NONE, take_title },
	{ "TT", NKC_VAR_NONE, take_original_title },
	{ "FAU", NKC_VAR_AUTHOR, NULL },
	{ "FED", NKC_VAR_EDITOR, NULL },
	{ "AU", NKC_VAR_NONE, take_author },
	{ "ED", NKC_VAR_NONE, take_editor },
	{ "CN", NKC_VAR_NONE, add_corporate },
	{ "TA", NKC_VAR_CONTAINER_TITLE_SHORT, NULL },
	{ "CTI", NKC_VAR_COLLECTION_TITLE, NULL },
	{ "VI", NKC_VAR_VOLUME, NULL },
	{ "IP", NKC_VAR_ISSUE, NULL },
	{ "EN", NKC_VAR_EDITION, NULL },
	{ "PG", NKC_VAR_NONE, take_pages },
	{ "DP", NKC_VAR_NONE, take_date },
	{ "DEP", NKC_VAR_NONE, take_day },
	{ "AB", NKC_VAR_ABSTRACT, NULL },
	{ "CI", NKC_VAR_LICENSE, NULL },
	{ "LA", NKC_VAR_NONE, take_language },
	{ "IS", NKC_VAR_NONE, add_number },
	{ "ISSN", NKC_VAR_NONE, add_number },
	{ "ISBN", NKC_VAR_NONE, add_number },
	{ "AID", NKC_VAR_NONE, add_identifier },
	{ "LID", NKC_VAR_NONE, add_identifier },
	{ "MH", NKC_VAR_NONE, add_word },
	{ "OT", NKC_VAR_NONE, add_word },
	{ "KW", NKC_VAR_NONE, add_word },
	{ "PT", NKC_VAR_NONE, take_type },
	{ "OID", NKC_VAR_NONE, take_eric },
};

static void get_field(getter *g, nkc_str tag, nkc_str text)
{
	const struct {
		const char *tag;
		nkc_str *text;
	} later[] = { { "BTI", &g->book }, { "JT", &g->journal }, { "SO", &g->citation },
		      { "PB", &g->publisher }, { "PL", &g->place } };
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		if (nkc_str_is(tag, later[i].tag))
			*later[i].text = text;
	}
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct field *f = &fields[i];
		if (!nkc_str_is(tag, f->tag) || !text.len)
			continue;
		if (f->take)
			f->take(g, text);
		else if (nkc_var_kind(f->var) == NKC_KIND_NAMES)
			add_name(g, f->var, text);
		else
			add(g, f->var, text);
	}
}

/* --- records --- */

/* "Ph.D. Dissertation, Drexel University" */
static nkc_str university_in(nkc_str citation)
{
	nkc_str part;
	while (nkc_str_split(&citation, ',', &part)) {
		if (nkc_str_find(part, NKC_STR(" University")) < part.len)
			return nkc_str_trim(part);
	}
	return NKC_STR("");
}

/* What JT, BTI and PL mean hangs on the type. */
static void add_container(getter *g)
{
	switch (g->type) {
	case NKC_TYPE_BOOK:
		add(g, NKC_VAR_PUBLISHER, g->journal);
		break;
	case NKC_TYPE_THESIS:
		add(g, NKC_VAR_PUBLISHER, university_in(g->citation));
		add(g, nkc_item_get(g->item, NKC_VAR_ARCHIVE) ? NKC_VAR_SOURCE : NKC_VAR_ARCHIVE, g->journal);
		break;
	case NKC_TYPE_REPORT:
		add(g, NKC_VAR_PUBLISHER, g->journal);
		break;
	case NKC_TYPE_CHAPTER:
		add(g, NKC_VAR_CONTAINER_TITLE, nkc_medline_title(g->book));
		break;
	default:
		add(g, NKC_VAR_CONTAINER_TITLE, g->journal);
		return; /* PL is the country of the journal */
	}
	add(g, NKC_VAR_PUBLISHER_PLACE, g->place);
}

static void finish(getter *g)
{
	if (!g->type)
		g->type = g->report && !g->article ? NKC_TYPE_REPORT : NKC_TYPE_ARTICLE_JOURNAL;
	add(g, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g->type)));
	add_short_names(g, NKC_VAR_AUTHOR, g->authors);
	add_short_names(g, NKC_VAR_EDITOR, g->editors);
	add(g, NKC_VAR_PUBLISHER, g->publisher);
	if (g->type == NKC_TYPE_BOOK)
		add(g, NKC_VAR_TITLE, nkc_medline_title(g->book));
	add_container(g);
	add(g, NKC_VAR_PAGE, g->pii);
	nkc_item_add_keywords(g->item, g->arena, g->words);
}

/* "PMID- 123", "TI  - A title": capitals and digits at the start, a hyphen behind them. */
static bool is_tag(nkc_str line, nkc_str *tag, nkc_str *text)
{
	size_t at = 0;
	while (at < line.len && ((line.ptr[at] >= 'A' && line.ptr[at] <= 'Z') ||
	                         (at && line.ptr[at] >= '0' && line.ptr[at] <= '9')))
		at++;
	*tag = nkc_str_slice(line, 0, at);
	while (at < line.len && line.ptr[at] == ' ')
		at++;
	bool is = tag->len >= 2 && tag->len <= 4 && at < line.len && line.ptr[at] == '-';
	*text = is ? nkc_str_trim(nkc_str_slice(line, at + 1, line.len)) : NKC_STR("");
	return is;
}

/* The next field: lines without a tag go on with the one before. */
static bool next_field(nkc_str *record, nkc_arena *arena, nkc_str *tag, nkc_str *text)
{
	nkc_buf joined = nkc_arena_buf(arena);
	nkc_str line, word, part;
	bool found = false;
	for (nkc_str rest = *record; nkc_str_split(&rest, '\n', &line); *record = rest) {
		bool begins = is_tag(line, &word, &part);
		if (begins && found)
			break;
		if (begins) {
			*tag = word;
			found = true;
		} else {
			part = nkc_str_trim(line);
		}
		nkc_buf_puts(&joined, joined.len && part.len ? " " : "");
		nkc_buf_put_str(&joined, part);
	}
	*text = nkc_arena_keep(arena, &joined);
	return found;
}

static nkc_value *item_of(nkc_arena *arena, nkc_str record)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT) };
	nkc_str tag = NKC_STR(""), text = NKC_STR("");
	g.book = g.journal = g.citation = g.pii = g.publisher = g.place = NKC_STR("");
	if (!g.item)
		return NULL;
	while (next_field(&record, arena, &tag, &text))
		get_field(&g, tag, text);
	finish(&g);
	return nkc_arena_status(arena) ? NULL : g.item;
}

/* --- the format --- */

typedef struct state {
	size_t at;
	bool started, any;
} state;

static nkc_status open_reader(nkc_reader *reader)
{
	reader->state = nkc_calloc(1, sizeof(state));
	return reader->state ? NKC_OK : NKC_ENOMEM;
}

static void close_reader(nkc_reader *reader)
{
	nkc_free(reader->state);
}

/* Moves to the next tag, and finds the blank line behind it, or the next PMID. */
static nkc_status find_record(nkc_reader *reader, size_t *length)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	nkc_line line;
	nkc_str tag, text;
	*length = 0;
	while (nkc_line_get(reader, &s->at, *length, &line, &status)) {
		bool tagged = is_tag(line.text, &tag, &text);
		if (*length && (nkc_line_is_blank(&line) || (tagged && nkc_str_is(tag, "PMID"))))
			break;
		if (*length || tagged)
			*length = line.next - s->at;
		else
			s->at = line.next;
	}
	return status;
}

/* Its lines with LF behind them, in UTF-8. */
static nkc_str clean(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	if (!nkc_utf8_valid(text))
		nkc_utf8_put_windows(&out, text);
	else
		nkc_buf_put_str(&out, text);
	for (size_t i = 0; i < out.len; i++)
		out.ptr[i] = out.ptr[i] == '\r' ? '\n' : out.ptr[i];
	return nkc_arena_keep(arena, &out);
}

static nkc_status read_record(nkc_reader *reader, size_t length, nkc_record **record)
{
	state *s = reader->state;
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_arena_reset(arena);
	nkc_str text = clean(arena, nkc_str_slice(nkc_lines_text(reader), s->at, s->at + length));
	nkc_value *item = item_of(arena, text);
	if (!item)
		return NKC_ENOMEM;
	nkc_record_adopt(reader->record, item, &reader->window->source, s->at, length, 0, reader->diags);
	s->at += length;
	s->any = true;
	nkc_status status = nkc_arena_status(arena);
	*record = status ? NULL : reader->record;
	return status;
}

static nkc_status next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	size_t length = 0;
	nkc_status status = s->started ? NKC_OK : nkc_lines_start(reader, &s->at);
	*record = NULL;
	s->started = true;
	if (!status)
		status = find_record(reader, &length);
	if (status == NKC_ELIMIT) {
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a record of more than 16 MiB");
		return NKC_ESYNTAX;
	}
	if (status || length)
		return status ? status : read_record(reader, length, record);
	if (s->any || reader->window->error)
		return NKC_OK;
	nkc_lines_report(reader, NKC_CODE_NBIB_EMPTY, 0, 1, "no line begins with a tag and a hyphen");
	return NKC_ESYNTAX;
}

/* PubMed's records begin with PMID, ERIC's with OWN. */
static int sniff(nkc_str head)
{
	nkc_str line, tag, text;
	for (int lines = 0; lines < 5 && nkc_str_split(&head, '\n', &line);) {
		line = nkc_str_trim(line);
		if (!line.len)
			continue;
		if (is_tag(line, &tag, &text) && (nkc_str_is(tag, "PMID") || nkc_str_is(tag, "OWN")))
			return 95;
		lines++;
	}
	return 0;
}

static const nkc_reader_ops reader = { .open = open_reader, .next = next, .close = close_reader };

const nkc_format nkc_format_nbib = {
	.name = "nbib",
	.title = "PubMed tagged (MEDLINE)",
	.extensions = "nbib",
	.media_type = "application/nbib",
	.sniff = sniff,
	.reader = &reader,
};
