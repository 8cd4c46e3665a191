/*
 * check_date.c: dates in themselves (EDTF and calendar), and what they say together.
 */
#include "record/check_date.h"
#include "record/date.h"

#include <stdio.h>

/* --- form and calendar --- */

/* A text in another notation is told as such: what EDTF stumbles over in it helps nobody. */
static void report_text(const nkc_check *check, const nkc_value *value, const nkc_edtf_fault *fault)
{
	char hint[NKC_HINT_SIZE];
	nkc_guess guess = nkc_date_guess(value->u.text, hint);

	if (guess == NKC_GUESS_FOREIGN)
		nkc_check_report(check, NKC_CODE_DATE_SYNTAX, nkc_check_at(check, value), hint,
		                 "\"%s\" is not a date of EDTF", nkc_show(value->u.text).text);
	else
		nkc_check_report(check, fault->code, nkc_check_at(check, value), guess ? hint : NULL,
		                 "\"%s\" is not a date: %s", nkc_show(value->u.text).text, fault->what);
}

static void report_fault(const nkc_check *check, const nkc_value *value, const nkc_date_fault *fault)
{
	const nkc_value *at = fault->value ? fault->value : value;

	if (at->type == NKC_STRING)
		report_text(check, at, &fault->edtf);
	else
		nkc_check_report(check, fault->edtf.code, nkc_check_at(check, at), NULL,
		                 "this is not a date: %s", fault->edtf.what);
}

void nkc_check_date_value(const nkc_check *check, const nkc_value *value)
{
	nkc_date_fault fault = { .value = NULL };
	nkc_date date;

	if ((value->type != NKC_STRING && value->type != NKC_OBJECT) || nkc_value_is_blank(value))
		return; /* reported as a value of the wrong kind */
	nkc_date_inspect(value, &date, &fault);
	if (fault.edtf.code != NKC_CODE_NONE)
		report_fault(check, value, &fault);
}

static bool holds_date(const nkc_value *member)
{
	return nkc_var_kind((nkc_var)member->atom) == NKC_KIND_DATE || member->atom == NKC_VAR_DATE;
}

static void check_values(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		if (holds_date(member))
			nkc_check_date_value(check, member);
	}
}

/* {"raw": "..."} that is EDTF is read as such; the rest is for people only. */
static void check_raw(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		const nkc_value *raw = holds_date(member) ? nkc_value_find(member, NKC_STR("raw")) : NULL;
		nkc_date date;
		char hint[NKC_HINT_SIZE];
		if (!raw || raw->type != NKC_STRING || nkc_value_is_blank(raw) ||
		    nkc_value_find(member, NKC_STR("date-parts")) ||
		    nkc_edtf_parse(raw->u.text, &date, NULL) == NKC_OK)
			continue;
		bool guessed = nkc_date_guess(raw->u.text, hint) != NKC_GUESS_NONE;
		nkc_check_report(check, NKC_CODE_DATE_RAW, nkc_check_at(check, raw), guessed ? hint : NULL,
		                 "\"%s\" cannot be read as a date", nkc_show(raw->u.text).text);
	}
}

/* --- spans of days --- */

/* The first and the last day that a date may mean, counted from 1970-01-01. */
typedef struct span {
	int64_t first, last;
	bool has_day;
} span;

/* Open and unknown ends. */
#define FAR (INT64_MAX / 4)

/* Years past these are not compared: no calendar was meant. */
#define YEAR_SPAN 100000

/* Days from 1970-01-01 in the proleptic Gregorian calendar (ISO 8601-1). Years of 400 repeat. */
static int64_t day_number(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t in_era = y - era * 400;
	int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static span span_of_point(const nkc_date_point *p)
{
	int64_t year = p->year < -YEAR_SPAN ? -YEAR_SPAN : p->year > YEAR_SPAN ? YEAR_SPAN : p->year;
	int64_t years = p->unspecified & NKC_X_DECADE ? 99 : p->unspecified & NKC_X_YEAR ? 9 : 0;
	bool month = p->month >= 1 && p->month <= 12;
	int from = month ? p->month : 1, to = month ? p->month : 12;

	if (p->day)
		return (span){ day_number(year, from, p->day), day_number(year, from, p->day), true };
	return (span){ day_number(year, from, 1),
		       day_number(year + years, to, nkc_days_in_month(year + years, to)), false };
}

/* False for a date that holds none. */
static bool span_of(const nkc_check *check, nkc_var var, span *s)
{
	const nkc_value *value = nkc_check_get(check, var);
	nkc_date date;

	if (!value || nkc_date_read(value, &date) != NKC_OK || !date.structured)
		return false;
	*s = (span){ -FAR, FAR, false };
	if (date.begin == NKC_DATE_SINGLE)
		*s = span_of_point(&date.start);
	if (date.finish == NKC_DATE_CLOSED)
		s->last = span_of_point(&date.end).last;
	else if (date.finish != NKC_DATE_SINGLE)
		s->last = FAR;
	return true;
}

static int64_t today(const nkc_check *check)
{
	const nkc_date_point *p = &check->options->today;

	return p->month && p->day ? day_number(p->year, p->month, p->day) : FAR;
}

/* --- what dates say --- */

/* A cover date may lie ahead of the day the issue is out; a day that is named may not. */
#define COVER_DAYS 366
/* Somewhere it is tomorrow already. */
#define ZONE_DAYS 1

static void check_future(const nkc_check *check)
{
	static const nkc_var vars[] = { NKC_VAR_ISSUED, NKC_VAR_ACCESSED, NKC_VAR_SUBMITTED,
		                        NKC_VAR_ORIGINAL_DATE };
	int64_t now = today(check);
	span s;

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]) && now < FAR; i++) {
		bool cover = vars[i] == NKC_VAR_ISSUED;
		if ((cover && nkc_check_has(check, NKC_VAR_STATUS)) || !span_of(check, vars[i], &s))
			continue;
		if (s.first > now + (cover && !s.has_day ? COVER_DAYS : ZONE_DAYS))
			nkc_check_report(check, NKC_CODE_DATE_FUTURE, nkc_check_at_var(check, vars[i]), NULL,
			                 "%s lies in the future", nkc_var_name(vars[i]));
	}
}

/* A variable's date as EDTF, for messages; empty when it has no such form. */
static nkc_shown show_date(const nkc_check *check, nkc_var var)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_shown shown;
	nkc_date date;

	if (nkc_date_read(nkc_check_get(check, var), &date) == NKC_OK)
		nkc_edtf_write(&date, &text);
	shown = nkc_show(nkc_buf_str(&text));
	nkc_buf_release(&text);
	return shown;
}

static void check_accessed(const nkc_check *check)
{
	span issued, accessed;

	if (!span_of(check, NKC_VAR_ACCESSED, &accessed) || !span_of(check, NKC_VAR_ISSUED, &issued) ||
	    accessed.last >= issued.first)
		return;
	nkc_check_report(check, NKC_CODE_DATE_ACCESSED_FIRST, nkc_check_at_var(check, NKC_VAR_ACCESSED), NULL,
	                 "it was read (%s) before it was published (%s)",
	                 show_date(check, NKC_VAR_ACCESSED).text, show_date(check, NKC_VAR_ISSUED).text);
}

static void check_order(const nkc_check *check)
{
	static const nkc_var earlier[] = { NKC_VAR_ORIGINAL_DATE, NKC_VAR_SUBMITTED };
	span issued, s;

	if (!span_of(check, NKC_VAR_ISSUED, &issued))
		return;
	for (size_t i = 0; i < sizeof(earlier) / sizeof(earlier[0]); i++) {
		if (span_of(check, earlier[i], &s) && s.first > issued.last)
			nkc_check_report(check, NKC_CODE_DATE_ORDER, nkc_check_at_var(check, earlier[i]),
			                 NULL, "%s lies behind issued", nkc_var_name(earlier[i]));
	}
}

static void check_short_year(const nkc_check *check)
{
	static const nkc_var vars[] = { NKC_VAR_ISSUED, NKC_VAR_ACCESSED, NKC_VAR_SUBMITTED,
		                        NKC_VAR_EVENT_DATE, NKC_VAR_AVAILABLE_DATE };
	nkc_date date;

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]) && check->type != NKC_TYPE_CLASSIC; i++) {
		const nkc_value *value = nkc_check_get(check, vars[i]);
		if (!value || nkc_date_read(value, &date) != NKC_OK || !date.structured ||
		    date.begin != NKC_DATE_SINGLE)
			continue;
		if (date.start.year >= 0 && date.start.year < 100 && !date.start.unspecified)
			nkc_check_report(check, NKC_CODE_DATE_SHORT_YEAR, nkc_check_at(check, value), NULL,
			                 "the year %d is in antiquity", (int)date.start.year);
	}
}

/* --- the date in an address --- */

/* So many digits at text[at], as a number; -1 when they are not all there. */
static int digits(nkc_str text, size_t at, size_t count)
{
	int value = 0;

	for (size_t i = at; i < at + count; i++) {
		if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		value = value * 10 + (text.ptr[i] - '0');
	}
	return value;
}

static bool ends_segment(nkc_str text, size_t at)
{
	return at >= text.len || strchr("/?#.-_", text.ptr[at]) != NULL;
}

/* Reads /2004/09/11/, /2004-09-11, /20040911/ or /2004/09/ at text[at], behind the slash. */
static bool read_address_date(nkc_str text, size_t at, nkc_date_point *p)
{
	bool dense = digits(text, at, 8) >= 0 && ends_segment(text, at + 8);
	char mark = at + 4 < text.len ? text.ptr[at + 4] : '\0';
	size_t gap = dense ? 0 : 1;
	int year = digits(text, at, 4), month, day;

	if (year < 1990 || year > 2099 || (!dense && mark != '/' && mark != '-'))
		return false;
	month = digits(text, at + 4 + gap, 2);
	if (month < 1 || month > 12)
		return false;
	size_t behind = at + 6 + gap;
	bool more = dense || (behind < text.len && text.ptr[behind] == mark);
	day = more ? digits(text, behind + gap, 2) : -1;
	if (day < 1 || day > nkc_days_in_month(year, month) || !ends_segment(text, behind + gap + 2))
		day = 0;
	if (day == 0 && (mark != '/' || behind >= text.len || text.ptr[behind] != '/'))
		return false;
	*p = (nkc_date_point){ .year = year, .month = (uint8_t)month, .day = (uint8_t)day };
	return true;
}

/* The first date in the path of the address. */
static bool find_address_date(const nkc_check *check, nkc_date_point *p)
{
	nkc_str url = nkc_check_text(check, NKC_VAR_URL);

	for (size_t at = nkc_str_find(url, NKC_STR("://")) + 3; at < url.len; at++) {
		if (url.ptr[at] == '?' || url.ptr[at] == '#')
			return false;
		if (url.ptr[at - 1] == '/' && read_address_date(url, at, p))
			return true;
	}
	return false;
}

/* Outlets that show a page's date of change in its address lie a little off. */
#define ADDRESS_DAYS 3

static void check_address(const nkc_check *check)
{
	nkc_date_point p;
	span issued, address;
	char hint[NKC_HINT_SIZE], day[8] = "";

	if (!nkc_check_is(check, NKC_TYPES_PAGE | NKC_TYPES_PRESS) || !find_address_date(check, &p) ||
	    !span_of(check, NKC_VAR_ISSUED, &issued))
		return;
	address = span_of_point(&p);
	if (issued.first <= address.last + ADDRESS_DAYS && issued.last >= address.first - ADDRESS_DAYS)
		return;
	if (p.day)
		snprintf(day, sizeof(day), "-%02u", p.day);
	snprintf(hint, sizeof(hint), "the address has %04d-%02u%s; which is the date of publication?",
	         (int)p.year, p.month, day);
	nkc_check_report(check, NKC_CODE_DATE_ADDRESS, nkc_check_at_var(check, NKC_VAR_ISSUED), hint,
	                 "issued is %s, but the address holds another date",
	                 show_date(check, NKC_VAR_ISSUED).text);
}

static void check_same_day(const nkc_check *check)
{
	const nkc_value *provenance = nkc_check_own(check, NKC_STR("provenance"));
	span issued, accessed, address;
	nkc_date_point p;

	if (!nkc_check_is(check, NKC_TYPES_PAGE | NKC_TYPES_PRESS) ||
	    nkc_value_find(provenance, NKC_STR("issued")))
		return;
	if (!span_of(check, NKC_VAR_ISSUED, &issued) || !span_of(check, NKC_VAR_ACCESSED, &accessed))
		return;
	if (!issued.has_day || !accessed.has_day || issued.first != accessed.first ||
	    issued.last != issued.first)
		return;
	if (find_address_date(check, &p)) {
		address = span_of_point(&p);
		if (address.first <= issued.first && issued.first <= address.last)
			return;
	}
	nkc_check_report(check, NKC_CODE_DATE_ISSUED_ACCESSED, nkc_check_at_var(check, NKC_VAR_ISSUED), NULL,
	                 "it was published on the very day it was read");
}

const nkc_rule nkc_rules_date[] = {
	{ check_values, { NKC_DATE_FORM_CODES } },
	{ check_raw, { NKC_CODE_DATE_RAW } },
	{ check_short_year, { NKC_CODE_DATE_SHORT_YEAR } },
	{ check_future, { NKC_CODE_DATE_FUTURE } },
	{ check_accessed, { NKC_CODE_DATE_ACCESSED_FIRST } },
	{ check_same_day, { NKC_CODE_DATE_ISSUED_ACCESSED } },
	{ check_address, { NKC_CODE_DATE_ADDRESS } },
	{ check_order, { NKC_CODE_DATE_ORDER } },
	{ NULL, { NKC_CODE_NONE } },
};
