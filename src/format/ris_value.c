#include "format/ris_value.h"

#include "record/check_date.h"
#include "record/date.h"
#include "record/identifier.h"

#include <stdio.h>

/* --- names --- */

static const nkc_name no_name = {
	.family = NKC_STR_INIT(""), .given = NKC_STR_INIT(""), .dropping_particle = NKC_STR_INIT(""),
	.non_dropping_particle = NKC_STR_INIT(""), .suffix = NKC_STR_INIT(""), .literal = NKC_STR_INIT("")
};

static bool is_lower(nkc_str text, size_t at)
{
	return at < text.len && text.ptr[at] >= 'a' && text.ptr[at] <= 'z';
}

/* Words at the head, but not all. */
static size_t particle_end(nkc_str family)
{
	size_t end = 0, at = 0;
	while (is_lower(family, at)) {
		size_t space = at + nkc_str_find_byte(nkc_str_slice(family, at, family.len), ' ');
		if (space >= family.len)
			break;
		end = space;
		at = space + 1;
	}
	return end;
}

/* Where the words at the end begin, but not all. */
static size_t given_end(nkc_str given)
{
	size_t end = given.len;
	for (size_t at = given.len; at > 0; at--) {
		if (given.ptr[at - 1] != ' ')
			continue;
		if (!is_lower(given, at))
			break;
		end = at - 1;
	}
	return end;
}

static void set_family(nkc_name *name, nkc_str text)
{
	size_t end = particle_end(text);
	name->non_dropping_particle = nkc_str_slice(text, 0, end);
	name->family = nkc_str_trim(nkc_str_slice(text, end, text.len));
}

static void set_given(nkc_name *name, nkc_str text)
{
	size_t end = given_end(text);
	name->given = nkc_str_trim(nkc_str_slice(text, 0, end));
	name->dropping_particle = nkc_str_trim(nkc_str_slice(text, end, text.len));
}

static bool is_suffix(nkc_str text)
{
	static const char *const suffixes[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv" };
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		if (nkc_str_eq_nocase(text, nkc_str_from(suffixes[i])))
			return true;
	}
	return false;
}

/* Cuts the text at its first comma. False when there is none. */
static bool cut(nkc_str text, nkc_str *head, nkc_str *tail)
{
	size_t comma = nkc_str_find_byte(text, ',');
	*head = nkc_str_trim(nkc_str_slice(text, 0, comma));
	*tail = nkc_str_trim(nkc_str_slice(text, comma + 1, text.len));
	return comma < text.len;
}

static void read_person(nkc_str text, nkc_name *name)
{
	nkc_str family, rest, given, suffix;
	cut(text, &family, &rest);
	if (cut(rest, &given, &suffix) && is_suffix(given) && suffix.len) { /* Family, Jr., Given */
		nkc_str swapped = given;
		given = suffix;
		suffix = swapped;
	}
	set_family(name, family);
	set_given(name, given);
	name->suffix = suffix;
}

void nkc_ris_read_name(nkc_str text, nkc_name *name)
{
	*name = no_name;
	text = nkc_str_trim(text);
	bool ends = nkc_str_ends(text, NKC_STR(","));
	nkc_str bare = nkc_str_trim(nkc_str_slice(text, 0, text.len - ends));
	size_t comma = nkc_str_find_byte(bare, ',');
	bool doubled = comma + 1 < bare.len && bare.ptr[comma + 1] == ','; /* EndNote's comma in an organisation */
	if (nkc_str_starts(bare, NKC_STR("{")) && nkc_str_ends(bare, NKC_STR("}")))
		name->literal = nkc_str_slice(bare, 1, bare.len - 1);
	else if (ends ? comma == bare.len || doubled : comma == bare.len && nkc_str_find_byte(bare, ' ') < bare.len)
		name->literal = bare;
	else if (comma == bare.len)
		name->family = bare;
	else
		read_person(bare, name);
}

bool nkc_ris_same_name(const nkc_name *a, const nkc_name *b)
{
	return nkc_str_eq(a->family, b->family) && nkc_str_eq(a->given, b->given) && nkc_str_eq(a->literal, b->literal) &&
	       nkc_str_eq(a->dropping_particle, b->dropping_particle) &&
	       nkc_str_eq(a->non_dropping_particle, b->non_dropping_particle) && nkc_str_eq(a->suffix, b->suffix);
}

/* --- dates --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Cuts a number of at most `most` digits off *rest; -1 when there is none. */
static int64_t take_number(nkc_str *rest, size_t most)
{
	int64_t number = 0;
	size_t at = 0;
	while (at < rest->len && at < most && is_digit(rest->ptr[at]))
		number = number * 10 + (rest->ptr[at++] - '0');
	*rest = nkc_str_slice(*rest, at, rest->len);
	return at ? number : -1;
}

static bool take(nkc_str *rest, nkc_str what)
{
	if (!nkc_str_starts(*rest, what))
		return false;
	*rest = nkc_str_slice(*rest, what.len, rest->len);
	return true;
}

static const struct {
	const char *word;
	uint8_t month;
} seasons[] = { { "Spring", 21 }, { "Summer", 22 }, { "Autumn", 23 }, { "Fall", 23 }, { "Winter", 24 } };

/* Cuts the name of a season off *rest; 0 when there is none. */
static uint8_t take_season(nkc_str *rest)
{
	for (size_t i = 0; i < sizeof seasons / sizeof *seasons; i++) {
		nkc_str word = nkc_str_from(seasons[i].word);
		if (!nkc_str_eq_nocase(nkc_str_slice(*rest, 0, word.len), word))
			continue;
		*rest = nkc_str_slice(*rest, word.len, rest->len);
		return seasons[i].month;
	}
	return 0;
}

/* The minus is that of a year BCE. */
static bool take_year(nkc_str *rest, nkc_date_point *point)
{
	bool bce = take(rest, NKC_STR("-"));
	int64_t year = take_number(rest, 15);
	if (year <= 0)
		return false;
	point->year = nkc_year_astronomical(bce ? -year : year);
	return true;
}

/* /MM/DD, either of which may be empty or 0. */
static bool take_month_and_day(nkc_str *rest, nkc_date_point *point)
{
	int64_t number;
	if (!take(rest, NKC_STR("/")))
		return true;
	number = take_number(rest, 2);
	if (number > 12)
		return false;
	point->month = number > 0 ? (uint8_t)number : 0;
	if (!take(rest, NKC_STR("/")))
		return true;
	number = take_number(rest, 2);
	if (number > 0 && (!point->month || number > nkc_days_in_month(point->year, point->month)))
		return false;
	point->day = number > 0 ? (uint8_t)number : 0;
	return true;
}

/* "to 2020-03-09" */
static bool take_end(nkc_str *rest, nkc_date *date)
{
	nkc_str inner = *rest;
	nkc_date end;
	nkc_edtf_fault fault;
	if (!take(&inner, NKC_STR("to ")))
		return false;
	bool bce = nkc_str_starts(inner, NKC_STR("-"));
	if (nkc_edtf_parse(nkc_str_slice(inner, bce, inner.len), &end, &fault) || end.finish)
		return false;
	date->end = end.start;
	if (bce)
		date->end.year = nkc_year_astronomical(-end.start.year);
	date->finish = NKC_DATE_CLOSED;
	*rest = NKC_STR("");
	return true;
}

static bool read_edtf(nkc_str text, nkc_date *date)
{
	nkc_edtf_fault fault;
	return nkc_edtf_parse(text, date, &fault) == NKC_OK;
}

/* "May 6, 2020", where it can mean one day only. */
static bool read_words(nkc_str text, nkc_date *date)
{
	char hint[NKC_HINT_SIZE];
	if (!nkc_date_guess(text, hint))
		return false;
	nkc_str meant = nkc_str_from(hint);
	return take(&meant, NKC_STR("write ")) && read_edtf(meant, date);
}

/* Behind the third slash some write the month: 1998///Oct */
static void read_month_behind(nkc_str other, nkc_date *date)
{
	char text[64];
	nkc_date whole;
	if (other.len > 40 || date->start.year <= 0)
		return;
	snprintf(text, sizeof text, "%.*s %04lld", NKC_STR_ARG(other), (long long)date->start.year);
	if (read_words(nkc_str_from(text), &whole) && whole.start.year == date->start.year)
		date->start = whole.start;
}

/* What stands behind the third slash: a season, "circa", an end, any of them after the other; else it says nothing here. */
static void read_other(nkc_str other, nkc_date *date)
{
	other = nkc_str_trim(other);
	uint8_t season = date->start.month ? 0 : take_season(&other);
	if (season)
		date->start.month = season;
	else
		date->start.approximate = take(&other, NKC_STR("circa"));
	other = nkc_str_trim(other);
	if (!take_end(&other, date) && other.len && !date->start.month)
		read_month_behind(other, date);
}

static bool read_ris(nkc_str text, nkc_date *date)
{
	*date = nkc_date_empty;
	if (!take_year(&text, &date->start) || !take_month_and_day(&text, &date->start))
		return false;
	if (text.len && !take(&text, NKC_STR("/")) && !(date->start.day && take(&text, NKC_STR(" "))))
		return false;
	date->structured = true;
	read_other(text, date);
	return true;
}

/* "Spring 2019" */
static bool read_season(nkc_str text, nkc_date *date)
{
	*date = nkc_date_empty;
	date->start.month = take_season(&text);
	text = nkc_str_trim(text);
	date->structured = date->start.month && take_year(&text, &date->start) && !text.len;
	return date->structured;
}

void nkc_ris_read_date(nkc_str text, nkc_date *date)
{
	text = nkc_str_trim(text);
	if (read_ris(text, date) || read_edtf(text, date) || read_season(text, date) || read_words(text, date))
		return;
	*date = nkc_date_empty;
	date->literal = text;
}

static bool same_point(const nkc_date_point *a, const nkc_date_point *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day && a->unspecified == b->unspecified &&
	       a->uncertain == b->uncertain && a->approximate == b->approximate;
}

bool nkc_ris_same_date(const nkc_date *a, const nkc_date *b)
{
	return a->structured == b->structured && a->begin == b->begin && a->finish == b->finish &&
	       nkc_str_eq(a->time, b->time) && nkc_str_eq(a->literal, b->literal) && nkc_str_eq(a->raw, b->raw) &&
	       (!a->structured || a->begin || same_point(&a->start, &b->start)) &&
	       (a->finish != NKC_DATE_CLOSED || same_point(&a->end, &b->end));
}

/* --- tags that stand for several variables --- */

static bool is_isbn(nkc_str value)
{
	nkc_id_digits digits;
	return nkc_isbn_check(value, &digits) == NKC_ID_GOOD;
}

static bool is_issn(nkc_str value)
{
	nkc_id_digits digits;
	return nkc_issn_check(value, &digits) == NKC_ID_GOOD;
}

static bool is_number(nkc_str value)
{
	size_t at = 0;
	while (at < value.len && is_digit(value.ptr[at]))
		at++;
	return at == value.len;
}

/* "101-129", and no word beside */
static bool is_page_range(nkc_str value)
{
	size_t hyphen = nkc_str_find_byte(value, '-');
	return hyphen > 0 && hyphen + 1 < value.len && nkc_str_find_byte(value, ' ') == value.len &&
	       is_digit(value.ptr[hyphen - 1]) && is_digit(value.ptr[hyphen + 1]);
}

nkc_var nkc_ris_by_value(nkc_var var, nkc_str tag, nkc_str value)
{
	if (nkc_str_is(tag, "SN")) {
		if (is_isbn(value))
			return NKC_VAR_ISBN;
		return is_issn(value) ? NKC_VAR_ISSN : var;
	}
	if (nkc_str_is(tag, "AN") && var == NKC_VAR_PMID)
		return is_number(value) ? var : NKC_VAR_ARCHIVE_LOCATION;
	if (nkc_str_is(tag, "M3") && nkc_doi_is_valid(nkc_doi_bare(value)))
		return NKC_VAR_DOI;
	return var == NKC_VAR_NUMBER_OF_PAGES && is_page_range(value) ? NKC_VAR_PAGE : var;
}

/* --- long texts --- */

/* Programs that wrap cut at 70 to 80 columns; a word that did not fit makes lines shorter. */
enum {
	WRAPPED_MIN = 60,
	WRAPPED_MAX = 100
};

bool nkc_ris_is_wrapped(nkc_str text)
{
	nkc_str line, next;
	bool any = false;
	if (!nkc_str_split(&text, '\n', &line))
		return false;
	while (nkc_str_split(&text, '\n', &next)) {
		if (nkc_str_trim(next).len && nkc_str_trim(line).len) {
			if (line.len < WRAPPED_MIN || line.len > WRAPPED_MAX)
				return false;
			any = true;
		}
		line = next;
	}
	return any;
}
