/*
 * Reads what the tables of ris_map.h say, and where they say nothing what other programs mean by a tag: Scopus, Web of
 * Science, JSTOR, ProQuest, Ovid, EndNote, Mendeley, ACM, Springer.
 */
#include "format/ris_item.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "format/ris_value.h"
#include "record/identifier.h"
#include "record/names.h"

/* --- lines --- */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t line_end(nkc_str text, size_t at)
{
	const char *start = text.ptr + at;
	const char *lf = memchr(start, '\n', text.len - at);
	size_t len = lf ? (size_t)(lf - start) : text.len - at;
	const char *cr = memchr(start, '\r', len);
	return at + (cr ? (size_t)(cr - start) : len);
}

/* "TY  - " with the file's indent; of other spacings only that of the record's first tag. */
static void find_tag(nkc_ris_text_line *line, const nkc_ris_style *style)
{
	nkc_str text = line->value;
	size_t at = 0;
	while (at < style->indent && at < text.len && is_blank(text.ptr[at]))
		at++;
	if (text.len < at + 4 || !is_upper(text.ptr[at]) ||
	    !(is_upper(text.ptr[at + 1]) || (text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9')))
		return;
	size_t hyphen = at + 2;
	while (hyphen < text.len && is_blank(text.ptr[hyphen]))
		hyphen++;
	size_t spaces = hyphen - at - 2;
	bool usual = spaces == 2 || (style->spaces ? spaces == style->spaces : spaces >= 1 && spaces <= 4);
	if (!usual || hyphen == text.len || text.ptr[hyphen] != '-')
		return;
	if (hyphen + 1 < text.len && !is_blank(text.ptr[hyphen + 1]) && spaces != 2)
		return;
	line->tag = nkc_str_slice(text, at, at + 2);
	line->value = nkc_str_trim(nkc_str_slice(text, hyphen + 1, text.len));
	line->spaces = spaces;
}

void nkc_ris_line_at(nkc_str text, size_t at, const nkc_ris_style *style, nkc_ris_text_line *line)
{
	size_t end = line_end(text, at);
	line->at = at;
	line->next = end + (end < text.len);
	if (end + 1 < text.len && text.ptr[end] == '\r' && text.ptr[end + 1] == '\n')
		line->next++;
	line->tag = NKC_STR("");
	line->value = nkc_str_slice(text, at, end);
	line->spaces = 0;
	find_tag(line, style);
}

/* --- tags --- */

#define TAGS (26 * 36)

struct nkc_ris_tags {
	bool made[NKC_TYPE_COUNT];
	uint8_t var[NKC_TYPE_COUNT][TAGS];
};

_Static_assert(NKC_VAR_COUNT < 256, "a variable fits a byte");

/* What others mean by a tag that the tables leave free in a type. */
static const struct {
	char tag[3];
	nkc_var var;
} elsewhere[] = {
	{ "A1", NKC_VAR_AUTHOR },          { "A2", NKC_VAR_EDITOR },          { "A3", NKC_VAR_COLLECTION_EDITOR },
	{ "A4", NKC_VAR_TRANSLATOR },      { "AN", NKC_VAR_ARCHIVE_LOCATION }, { "AU", NKC_VAR_AUTHOR },
	{ "BT", NKC_VAR_CONTAINER_TITLE }, { "C7", NKC_VAR_NUMBER },          { "CT", NKC_VAR_TITLE },
	{ "CY", NKC_VAR_PUBLISHER_PLACE }, { "DI", NKC_VAR_DOI },             { "ED", NKC_VAR_EDITOR },
	{ "ET", NKC_VAR_EDITION },         { "H1", NKC_VAR_SOURCE },          { "H2", NKC_VAR_CALL_NUMBER },
	{ "IS", NKC_VAR_ISSUE },           { "J1", NKC_VAR_CONTAINER_TITLE_SHORT },
	{ "JF", NKC_VAR_CONTAINER_TITLE }, { "LK", NKC_VAR_URL },             { "M1", NKC_VAR_NUMBER },
	{ "M2", NKC_VAR_NOTE },            { "M3", NKC_VAR_GENRE },           { "N2", NKC_VAR_ABSTRACT },
	{ "PB", NKC_VAR_PUBLISHER },       { "PP", NKC_VAR_PUBLISHER_PLACE }, { "SE", NKC_VAR_SECTION },
	{ "SN", NKC_VAR_ISBN },            { "SP", NKC_VAR_PAGE },            { "T1", NKC_VAR_TITLE },
	{ "T2", NKC_VAR_CONTAINER_TITLE }, { "T3", NKC_VAR_COLLECTION_TITLE },
	{ "VL", NKC_VAR_VOLUME },          { "VO", NKC_VAR_VOLUME },
};

static size_t tag_index(const char *tag)
{
	size_t second = is_upper(tag[1]) ? (size_t)(tag[1] - 'A') : (size_t)(tag[1] - '0') + 26;
	return (size_t)(tag[0] - 'A') * 36 + second;
}

static void make_tags(nkc_ris_tags *tags, nkc_type type)
{
	nkc_ris_line lines[NKC_RIS_LINES_MAX];
	size_t count = nkc_ris_plan(type, NKC_TARGET_ANY, lines);
	uint8_t *var = tags->var[type];
	for (size_t i = 0; i < count; i++) {
		if (lines[i].exact)
			var[tag_index(lines[i].tag)] = (uint8_t)lines[i].var;
	}
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
		uint8_t *place = &var[tag_index(elsewhere[i].tag)];
		*place = *place ? *place : (uint8_t)elsewhere[i].var;
	}
	if (type == NKC_TYPE_BOOK || type == NKC_TYPE_CLASSIC || type == NKC_TYPE_MANUSCRIPT)
		var[tag_index("BT")] = NKC_VAR_TITLE;
	var[tag_index("A1")] = var[tag_index("AU")];
	if (type == NKC_TYPE_ARTICLE_JOURNAL || type == NKC_TYPE_REVIEW || type == NKC_TYPE_REVIEW_BOOK ||
	    type == NKC_TYPE_PERIODICAL) {
		var[tag_index("AN")] = NKC_VAR_PMID; /* so EndNote writes what comes from PubMed */
		var[tag_index("M1")] = NKC_VAR_ISSUE;
	}
	tags->made[type] = true;
}

nkc_ris_tags *nkc_ris_tags_new(void)
{
	return nkc_calloc(1, sizeof(nkc_ris_tags));
}

void nkc_ris_tags_free(nkc_ris_tags *tags)
{
	nkc_free(tags);
}

nkc_var nkc_ris_tags_find(nkc_ris_tags *tags, nkc_type type, nkc_str tag)
{
	if (!tags->made[type])
		make_tags(tags, type);
	return (nkc_var)tags->var[type][tag_index(tag.ptr)];
}

/* --- texts --- */

/* A record under way. */
typedef struct input {
	nkc_arena *arena;
	nkc_str text;
	size_t start;
	nkc_type type;
	nkc_ris_tags *tags;
	nkc_value *root;
	nkc_value *fields[NKC_VAR_COUNT];
	nkc_value *others; /* of custom.ris: tags that mean no variable here */
	nkc_value *keywords;
	nkc_value *more[NKC_VAR_COUNT]; /* of long texts: what stands below the first */
	nkc_value *first_page, *last_page, *journal;
	nkc_value *number; /* M1 of a report: SN is its number where there is one */
	nkc_value *doi;    /* M3 that is one: DO counts where there is one */
	nkc_str year, date, old_date; /* PY, DA, Y1 */
	size_t date_at;
	nkc_ris_found *found;
} input;

/* Code points of the bytes 0x80 to 0x9F in Windows-1252; the others are those of Latin-1. */
static const uint16_t windows[32] = {
	0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178
};

/* The text as UTF-8: bytes that are not are taken for Windows-1252, which RIS files come in most often. */
static nkc_str to_utf8(input *in, nkc_str text)
{
	if (nkc_utf8_valid(text))
		return text;
	nkc_buf out = NKC_BUF_INIT;
	for (size_t at = 0; at < text.len;) {
		size_t length = nkc_utf8_length(text.ptr + at, text.len - at);
		unsigned char byte = (unsigned char)text.ptr[at];
		if (length)
			nkc_buf_put(&out, text.ptr + at, length);
		else
			nkc_buf_put_rune(&out, byte < 0xa0 ? windows[byte - 0x80] : byte);
		at += length ? length : 1;
	}
	in->found->foreign = true;
	text = nkc_arena_str(in->arena, nkc_buf_str(&out));
	nkc_buf_release(&out);
	return text;
}

/* A string value at that place of the record; its text is borrowed, or in the arena. */
static nkc_value *string_at(input *in, nkc_str text, size_t at)
{
	nkc_value *value = nkc_value_new(in->arena, NKC_STRING);
	if (!value)
		return NULL;
	value->u.text = to_utf8(in, text);
	value->flags = 0;
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == '"' || text.ptr[i] == '\\')
			value->flags = NKC_VALUE_ESCAPED;
	}
	value->at = (uint32_t)(at - in->start);
	return value;
}

/* The lines of a value, joined by `glue`; each without its outer white space. */
static nkc_str join_lines(input *in, nkc_str raw, const char *glue)
{
	const nkc_ris_style none = { 0, 1 };
	nkc_buf out = NKC_BUF_INIT;
	for (size_t at = 0; at < raw.len;) {
		size_t end = line_end(raw, at);
		nkc_ris_text_line line;
		nkc_ris_line_at(raw, at, &none, &line);
		if (at)
			nkc_buf_puts(&out, glue);
		nkc_buf_put_str(&out, nkc_str_trim(nkc_str_slice(raw, at, end)));
		at = line.next;
	}
	nkc_str joined = nkc_arena_str(in->arena, nkc_str_trim(nkc_buf_str(&out)));
	nkc_buf_release(&out);
	return joined;
}

/* Paragraphs are kept; lines that a program has cut are put together again. */
static nkc_str join_paragraphs(input *in, nkc_str raw)
{
	nkc_str lines = join_lines(in, raw, "\n"), line;
	if (!nkc_ris_is_wrapped(lines))
		return lines;
	nkc_buf out = NKC_BUF_INIT;
	bool within = false;
	while (nkc_str_split(&lines, '\n', &line)) {
		nkc_buf_puts(&out, within && line.len ? " " : line.len ? "" : "\n\n");
		nkc_buf_put_str(&out, line);
		within = line.len > 0;
	}
	lines = nkc_arena_str(in->arena, nkc_buf_str(&out));
	nkc_buf_release(&out);
	return lines;
}

static bool is_long_text(nkc_var var)
{
	return var == NKC_VAR_ABSTRACT || var == NKC_VAR_NOTE || var == NKC_VAR_ANNOTE;
}

/* What stands behind the tag, on one line or on several. */
static nkc_str value_text(input *in, nkc_var var, nkc_str raw)
{
	if (line_end(raw, 0) == raw.len)
		return nkc_str_trim(raw);
	if (is_long_text(var))
		return join_paragraphs(in, raw);
	return join_lines(in, raw, var == NKC_VAR_KEYWORD ? ";" : " ");
}

/* --- fields --- */

static void set(input *in, nkc_var var, nkc_value *value)
{
	if (!value)
		return;
	in->fields[var] = value;
	nkc_value_add(in->root, nkc_str_from(nkc_var_name(var)), value);
}

/* A tag that means no variable here, or one that has its value: kept in custom.ris under its own name. */
static void keep(input *in, nkc_str tag, nkc_value *value)
{
	if (!value)
		return;
	if (!in->others)
		in->others = nkc_value_new(in->arena, NKC_OBJECT);
	nkc_value *before = nkc_value_find(in->others, tag);
	if (!before) {
		nkc_value_add(in->others, nkc_arena_str(in->arena, tag), value);
		return;
	}
	if (before->type == NKC_STRING) {
		nkc_value *list = nkc_value_new(in->arena, NKC_ARRAY);
		nkc_value *first = nkc_value_new(in->arena, NKC_STRING);
		if (!list || !first)
			return;
		nkc_value_become(first, before);
		nkc_value_append(list, first);
		nkc_value_become(before, list);
	}
	nkc_value_append(before, value);
}

static void add_name(input *in, nkc_var var, nkc_value *text)
{
	nkc_name name;
	if (!text)
		return;
	if (!in->fields[var]) {
		nkc_value *list = nkc_value_new(in->arena, NKC_ARRAY);
		if (list)
			list->at = text->at;
		set(in, var, list);
	}
	nkc_ris_read_name(text->u.text, &name);
	if (in->fields[var])
		nkc_value_append(in->fields[var], nkc_name_object(in->arena, &name));
}

/* Keywords one a line, or several between semicolons. */
static void add_keywords(input *in, nkc_str text, size_t at)
{
	nkc_str word;
	if (!in->keywords)
		in->keywords = nkc_value_new(in->arena, NKC_ARRAY);
	while (nkc_str_split(&text, ';', &word)) {
		word = nkc_str_trim(word);
		if (word.len && in->keywords)
			nkc_value_append(in->keywords, string_at(in, word, at));
	}
}

/* A second note or abstract goes below the first. */
static void add_lines(input *in, nkc_var var, nkc_value *more)
{
	if (nkc_str_eq(in->fields[var]->u.text, more->u.text))
		return;
	if (!in->more[var])
		in->more[var] = nkc_value_new(in->arena, NKC_ARRAY);
	if (in->more[var])
		nkc_value_append(in->more[var], more);
}

static void finish_lines(input *in, nkc_var var)
{
	nkc_value *value = in->fields[var];
	if (!in->more[var])
		return;
	nkc_buf all = NKC_BUF_INIT;
	nkc_buf_put_str(&all, value->u.text);
	for (const nkc_value *more = nkc_value_first(in->more[var]); more; more = more->next) {
		nkc_buf_putc(&all, '\n');
		nkc_buf_put_str(&all, more->u.text);
	}
	value->u.text = nkc_arena_str(in->arena, nkc_buf_str(&all));
	value->flags |= NKC_VALUE_ESCAPED;
	nkc_buf_release(&all);
}

static void add_date(input *in, nkc_var var, nkc_str text, size_t at)
{
	nkc_date date;
	nkc_ris_read_date(text, &date);
	nkc_value *object = nkc_date_object(&date, in->arena, NULL);
	if (object) {
		object->at = (uint32_t)(at - in->start);
		object->flags &= (uint8_t)~NKC_VALUE_MADE;
	}
	set(in, var, object);
}

static void add_text(input *in, nkc_var var, nkc_str tag, nkc_value *value)
{
	if (!value)
		return;
	var = nkc_ris_by_value(var, tag, value->u.text);
	if (var == NKC_VAR_DOI)
		value->u.text = nkc_doi_bare(value->u.text);
	nkc_value **place = var == NKC_VAR_DOI && nkc_str_is(tag, "M3") ? &in->doi : &in->fields[var];
	if (!*place && place == &in->doi)
		in->doi = value;
	else if (!*place)
		set(in, var, value);
	else if (is_long_text(var))
		add_lines(in, var, value);
	else if (!nkc_str_eq((*place)->u.text, value->u.text))
		keep(in, tag, value);
}

/* --- tags that need others --- */

static bool is_report(nkc_type type)
{
	return type == NKC_TYPE_REPORT || type == NKC_TYPE_STANDARD;
}

/* Dates of publication and pages are put together at the end, as are names of journals. */
static bool put_aside(input *in, nkc_str tag, nkc_var var, nkc_str text, size_t at)
{
	nkc_str *date = nkc_str_is(tag, "PY") ? &in->year : nkc_str_is(tag, "DA") ? &in->date :
	                nkc_str_is(tag, "Y1") ? &in->old_date : NULL;
	if (date && nkc_str_empty(*date)) {
		*date = to_utf8(in, text);
		in->date_at = at;
		return true;
	}
	nkc_value **value = nkc_str_is(tag, "EP") ? &in->last_page : nkc_str_is(tag, "JO") ? &in->journal :
	                    nkc_str_is(tag, "SP") && var == NKC_VAR_PAGE ? &in->first_page :
	                    nkc_str_is(tag, "M1") && is_report(in->type) ? &in->number : NULL;
	if (!value || *value)
		return false;
	*value = string_at(in, text, at);
	return true;
}

static bool has_month(const nkc_date *date)
{
	return date->structured && !date->begin && date->start.month;
}

/* "May 6" in DA and "2020" in PY, as EndNote has it. */
static bool join_date(input *in, nkc_date *date)
{
	nkc_buf both = NKC_BUF_INIT;
	nkc_buf_put_str(&both, in->date);
	nkc_buf_putc(&both, ' ');
	nkc_buf_put_str(&both, in->year);
	nkc_ris_read_date(nkc_arena_str(in->arena, nkc_buf_str(&both)), date);
	nkc_buf_release(&both);
	return date->structured;
}

/* The date that says most; of two that say as much DA, Y1, PY. */
static const nkc_date *best_date(const nkc_date *date, const nkc_date *old, const nkc_date *year)
{
	const nkc_date *const all[] = { date, old, year };
	for (size_t i = 0; i < 3; i++) {
		if (has_month(all[i]) || (all[i]->structured && all[i]->finish))
			return all[i];
	}
	for (size_t i = 0; i < 3; i++) {
		if (all[i]->structured)
			return all[i];
	}
	return year->literal.len ? year : old->literal.len ? old : date;
}

static void finish_issued(input *in)
{
	nkc_date date, year, old;
	nkc_ris_read_date(in->date, &date);
	nkc_ris_read_date(in->year, &year);
	nkc_ris_read_date(in->old_date, &old);
	if (in->date.len && !date.structured && in->year.len && !join_date(in, &date))
		keep(in, NKC_STR("DA"), string_at(in, in->date, in->date_at));
	const nkc_date *best = best_date(&date, &old, &year);
	if (!best->structured && !best->literal.len)
		return;
	nkc_value *object = nkc_date_object(best, in->arena, NULL);
	if (object) {
		object->at = (uint32_t)(in->date_at - in->start);
		object->flags &= (uint8_t)~NKC_VALUE_MADE;
	}
	set(in, NKC_VAR_ISSUED, object);
}

static void finish_pages(input *in)
{
	nkc_value *first = in->first_page ? in->first_page : in->last_page;
	nkc_value *last = in->first_page ? in->last_page : NULL;
	if (!first)
		return;
	bool whole = nkc_str_find_byte(first->u.text, '-') < first->u.text.len;
	if (last && !whole && !nkc_str_eq(first->u.text, last->u.text)) {
		nkc_buf both = NKC_BUF_INIT;
		nkc_buf_put_str(&both, first->u.text);
		nkc_buf_putc(&both, '-');
		nkc_buf_put_str(&both, last->u.text);
		first->u.text = nkc_arena_str(in->arena, nkc_buf_str(&both));
		first->flags |= last->flags;
		nkc_buf_release(&both);
	}
	set(in, NKC_VAR_PAGE, first);
}

/* A journal of which only the abbreviation is known has its name from that. */
static void name_journal(input *in)
{
	const nkc_value *short_name = in->fields[NKC_VAR_JOURNALABBREVIATION];
	if (!short_name)
		short_name = in->fields[NKC_VAR_CONTAINER_TITLE_SHORT];
	if (short_name && !in->fields[NKC_VAR_CONTAINER_TITLE] && nkc_ris_has_journal(in->type))
		set(in, NKC_VAR_CONTAINER_TITLE, nkc_value_dup(in->arena, short_name));
}

static void finish_journal(input *in)
{
	if (!in->journal) {
		name_journal(in);
		return;
	}
	if (!in->fields[NKC_VAR_CONTAINER_TITLE])
		set(in, NKC_VAR_CONTAINER_TITLE, in->journal);
	else if (!in->fields[NKC_VAR_CONTAINER_TITLE_SHORT] && !in->fields[NKC_VAR_JOURNALABBREVIATION] &&
	         !nkc_str_eq(in->fields[NKC_VAR_CONTAINER_TITLE]->u.text, in->journal->u.text))
		set(in, NKC_VAR_CONTAINER_TITLE_SHORT, in->journal);
}

static void finish_number(input *in)
{
	if (in->number && in->fields[NKC_VAR_NUMBER])
		keep(in, NKC_STR("M1"), in->number);
	else
		set(in, NKC_VAR_NUMBER, in->number);
}

static void finish_doi(input *in)
{
	const nkc_value *other = in->fields[NKC_VAR_DOI];
	if (!other)
		set(in, NKC_VAR_DOI, in->doi);
	else if (in->doi && !nkc_str_eq(other->u.text, in->doi->u.text))
		keep(in, NKC_STR("M3"), in->doi);
}

static void finish_keywords(input *in)
{
	const nkc_value *first = nkc_value_first(in->keywords);
	bool commas = false;
	nkc_buf all = NKC_BUF_INIT;
	if (!first)
		return;
	for (const nkc_value *word = first; word && first->next; word = word->next)
		commas |= nkc_str_find_byte(word->u.text, ',') < word->u.text.len;
	for (const nkc_value *word = first; word; word = word->next) {
		if (word != first)
			nkc_buf_puts(&all, commas ? "; " : ", ");
		nkc_buf_put_str(&all, word->u.text);
	}
	nkc_value *value = string_at(in, nkc_arena_str(in->arena, nkc_buf_str(&all)), in->start + first->at);
	nkc_buf_release(&all);
	set(in, NKC_VAR_KEYWORD, value);
}

static void finish_others(input *in)
{
	if (!in->others)
		return;
	nkc_value *custom = nkc_value_new(in->arena, NKC_OBJECT);
	if (custom)
		nkc_value_add(custom, NKC_STR("ris"), in->others);
	set(in, NKC_VAR_CUSTOM, custom);
}

/* --- the record --- */

/* Places in the object count from its first byte; they shall count from that of the record. */
static void shift(nkc_value *value, uint32_t by)
{
	value->at += by;
	value->key_at += by;
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		shift(child, by);
}

static bool read_own(input *in, nkc_str raw, size_t at)
{
	nkc_json_fault fault;
	size_t end = 0;
	nkc_value *own = NULL;
	if (!raw.len || raw.ptr[0] != '{')
		return false;
	nkc_str text = nkc_str_slice(in->text, 0, at + raw.len);
	if (nkc_json_parse(in->arena, text, at, &end, &own, &fault) != NKC_JSON_DONE || end < text.len) {
		in->found->bad_own_at = at;
		return false;
	}
	shift(own, (uint32_t)(at - in->start));
	in->found->own = own;
	return true;
}

/* Where EndNote's reference types mean something else by a tag than their neighbours of the same CSL type. */
static const struct {
	char ty[8], tag[3];
	nkc_var var;
} exceptions[] = {
	{ "ANCIENT", "A2", NKC_VAR_EDITOR },
	{ "BILL", "A2", NKC_VAR_AUTHOR }, /* the sponsor */
	{ "CHAP", "M1", NKC_VAR_NUMBER_OF_VOLUMES },
	{ "EBOOK", "A2", NKC_VAR_EDITOR },
	{ "EBOOK", "A3", NKC_VAR_COLLECTION_EDITOR },
	{ "EDBOOK", "A1", NKC_VAR_EDITOR }, /* an edited book has no other people */
	{ "EDBOOK", "AU", NKC_VAR_EDITOR },
	{ "LEGAL", "A2", NKC_VAR_AUTHORITY },
	{ "RPRT", "A3", NKC_VAR_NONE }, /* "publisher" beside the institution */
};

static nkc_var find_var(const input *in, nkc_str tag)
{
	for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
		if (nkc_str_is(tag, exceptions[i].tag) &&
		    nkc_str_eq_nocase(in->found->ty, nkc_str_from(exceptions[i].ty)))
			return exceptions[i].var;
	}
	return nkc_ris_tags_find(in->tags, in->type, tag);
}

/* One tag with all that stands behind it, up to the next. */
static void take_tag(input *in, nkc_str tag, nkc_str raw)
{
	size_t at = (size_t)(raw.ptr - in->text.ptr);
	nkc_var var = find_var(in, tag);
	if (nkc_str_is(tag, "TY") || nkc_str_is(tag, "ER") || (in->found->own && nkc_str_is(tag, "U5")))
		return;
	nkc_str text = value_text(in, var, raw);
	if (nkc_str_empty(text) || put_aside(in, tag, var, text, at))
		return;
	if (var == NKC_VAR_NONE || (in->fields[var] && nkc_var_kind(var) == NKC_KIND_DATE))
		keep(in, tag, string_at(in, text, at));
	else if (nkc_var_kind(var) == NKC_KIND_NAMES)
		add_name(in, var, string_at(in, text, at));
	else if (nkc_var_kind(var) == NKC_KIND_DATE)
		add_date(in, var, to_utf8(in, text), at);
	else if (var == NKC_VAR_KEYWORD)
		add_keywords(in, to_utf8(in, text), at);
	else
		add_text(in, var, tag, string_at(in, text, at));
}

typedef void (*take_fn)(input *in, nkc_str tag, nkc_str raw);

/* The type and what is nkcite's own must be known before the rest. */
static void take_head(input *in, nkc_str tag, nkc_str raw)
{
	if (nkc_str_is(tag, "TY") && !in->found->ty.len) {
		in->found->ty = nkc_str_trim(nkc_str_slice(raw, 0, line_end(raw, 0)));
		in->found->ty_at = (size_t)(raw.ptr - in->text.ptr);
	} else if (nkc_str_is(tag, "U5") && !in->found->own) {
		read_own(in, nkc_str_trim(raw), (size_t)(raw.ptr - in->text.ptr));
	}
}

static void take_all(input *in, size_t end, const nkc_ris_style *style, take_fn take)
{
	nkc_str text = nkc_str_slice(in->text, 0, end), tag = NKC_STR("");
	nkc_ris_text_line line;
	size_t value = 0;
	for (size_t at = in->start; at < end; at = line.next) {
		nkc_ris_line_at(text, at, style, &line);
		if (!line.tag.len)
			continue;
		if (tag.len)
			take(in, tag, nkc_str_trim(nkc_str_slice(text, value, line.at)));
		tag = line.tag;
		value = (size_t)(line.value.ptr - text.ptr);
	}
	if (tag.len)
		take(in, tag, nkc_str_trim(nkc_str_slice(text, value, end)));
}

/* The type in U5, if this TY is written for it by some target; else that of the TY. */
static nkc_type find_type(input *in, nkc_value **name)
{
	nkc_value *own = nkc_value_find(in->found->own, NKC_STR("type"));
	nkc_type type = nkc_type_find(nkc_value_text(own));
	for (nkc_target target = NKC_TARGET_ANY; own && target <= NKC_TARGET_JABREF; target++) {
		if (nkc_str_eq_nocase(in->found->ty, nkc_str_from(nkc_ris_ty(type, target)))) {
			*name = nkc_value_dup(in->arena, own);
			return type;
		}
	}
	type = nkc_ris_type(in->found->ty);
	*name = type ? string_at(in, nkc_str_from(nkc_type_name(type)), in->found->ty_at) : NULL;
	return type;
}

nkc_value *nkc_ris_item(nkc_arena *arena, nkc_ris_tags *tags, nkc_str text, size_t start, size_t end,
                        const nkc_ris_style *style, const nkc_value *type, nkc_ris_found *found)
{
	input in = { .arena = arena, .text = text, .start = start, .found = found };
	nkc_value *name = type ? nkc_value_dup(arena, type) : NULL;
	*found = (nkc_ris_found){ .ty = NKC_STR("") };
	in.year = in.date = in.old_date = NKC_STR("");
	in.date_at = start;
	in.root = nkc_value_new(arena, NKC_OBJECT);
	if (!in.root)
		return NULL;
	take_all(&in, end, style, take_head);
	in.type = name ? nkc_type_find(nkc_value_text(name)) : find_type(&in, &name);
	in.tags = tags;
	set(&in, NKC_VAR_TYPE, name);
	take_all(&in, end, style, take_tag);
	finish_issued(&in);
	finish_pages(&in);
	finish_journal(&in);
	finish_number(&in);
	finish_doi(&in);
	finish_keywords(&in);
	finish_lines(&in, NKC_VAR_ABSTRACT);
	finish_lines(&in, NKC_VAR_NOTE);
	finish_lines(&in, NKC_VAR_ANNOTE);
	finish_others(&in);
	return nkc_arena_status(arena) ? NULL : in.root;
}
