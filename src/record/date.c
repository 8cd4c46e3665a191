/*
 * date.c: CSL date objects (csl-data.json, date-variable), read and made.
 */
#include "record/date.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	YEAR,
	MONTH,
	DAY,
	PARTS
};

/* One list of date-parts, with the values that the numbers came from. Absent and empty parts are 0. */
typedef struct parts {
	int64_t number[PARTS];
	const nkc_value *value[PARTS];
} parts;

/* The members of a date object; of two with the same name the last. */
typedef struct members {
	const nkc_value *date_parts, *season, *circa, *literal, *raw;
} members;

/* --- faults --- */

/* Notes what is wrong with value, unless something was noted before. */
NKC_PRINTF(4, 5)
static void note(nkc_date_fault *fault, nkc_code code, const nkc_value *value, const char *format, ...)
{
	nkc_edtf_fault *edtf = &fault->edtf;
	va_list args;

	if (edtf->code != NKC_CODE_NONE)
		return;
	edtf->code = code;
	edtf->at = 0;
	edtf->length = 0;
	va_start(args, format);
	vsnprintf(edtf->buffer, sizeof(edtf->buffer), format, args);
	va_end(args);
	edtf->what = edtf->buffer;
	fault->value = value;
}

/* --- date-parts --- */

/* null and "" stand for a part that is not there, as 0 does. */
static bool is_blank(const nkc_value *value)
{
	return value->type == NKC_NULL || (value->type == NKC_STRING && nkc_str_empty(value->u.text));
}

static parts read_parts(const nkc_value *list, nkc_date_fault *fault)
{
	parts got = { { 0, 0, 0 }, { list, list, list } };
	int count = 0;

	if (!nkc_value_is(list, NKC_ARRAY))
		note(fault, NKC_CODE_DATE_PARTS, list, "a date that is not a list of numbers");
	for (const nkc_value *part = nkc_value_first(list); part; part = part->next, count++) {
		if (count == PARTS) {
			note(fault, NKC_CODE_DATE_PARTS, part, "more than year, month and day");
			break;
		}
		got.value[count] = part;
		if (!is_blank(part) && !nkc_value_int(part, &got.number[count]))
			note(fault, NKC_CODE_DATE_PARTS, part, "a part that is no whole number");
	}
	return got;
}

/*
 * 1 to 12; 13 to 16 and 21 to 24 are seasons (so do citeproc-js and pandoc); 0 is none. 17 to 20 are a fault, but a season
 * all the same, as in citeproc-js, whose test suite has them.
 */
static uint8_t month_of(const parts *got, nkc_date_fault *fault)
{
	int64_t month = got->number[MONTH];

	if (month >= 0 && month <= 12)
		return (uint8_t)month;
	if (month >= 13 && month <= 24 && (month < 17 || month > 20))
		return (uint8_t)((month - 13) % 4 + NKC_SPRING);
	note(fault, NKC_CODE_DATE_MONTH_RANGE, got->value[MONTH], "month %lld", (long long)month);
	return month >= 17 && month <= 20 ? (uint8_t)(month - 17 + NKC_SPRING) : 0;
}

static uint8_t day_of(const parts *got, const nkc_date_point *point, nkc_date_fault *fault)
{
	int64_t day = got->number[DAY];

	if (day == 0)
		return 0;
	if (point->month > 12)
		note(fault, NKC_CODE_DATE_SEASON, got->value[DAY], "a day of a season");
	else if (point->month == 0)
		note(fault, NKC_CODE_DATE_DAY_RANGE, got->value[DAY], "day %lld without a month",
		     (long long)day);
	else if (day < 0 || day > nkc_days_in_month(point->year, point->month))
		note(fault, NKC_CODE_DATE_DAY_RANGE, got->value[DAY], "day %lld in month %d of %lld",
		     (long long)day, point->month, (long long)nkc_year_csl(point->year));
	else
		return (uint8_t)day;
	return 0;
}

/* False when there is no year; then there is no date. */
static bool point_of(const parts *got, nkc_date_point *point, nkc_date_fault *fault)
{
	int64_t year = got->number[YEAR];

	if (year == 0) {
		note(fault, NKC_CODE_DATE_YEAR_ZERO, got->value[YEAR], "a date without a year");
		return false;
	}
	point->year = nkc_year_astronomical(year);
	if (point->year > NKC_YEAR_MAX || point->year < -NKC_YEAR_MAX) {
		note(fault, NKC_CODE_DATE_YEAR_RANGE, got->value[YEAR], "year %lld", (long long)year);
		return false;
	}
	point->month = month_of(got, fault);
	point->day = day_of(got, point, fault);
	return true;
}

/* An end without a year is open: [[1987], [0]] (citeproc-js; CSL test suite, YeardateYearRangeOpen). */
static void read_end(const nkc_value *list, nkc_date *date, nkc_date_fault *fault)
{
	parts got = read_parts(list, fault);

	if (got.number[YEAR] == 0)
		date->finish = NKC_DATE_OPEN;
	else if (point_of(&got, &date->end, fault))
		date->finish = NKC_DATE_CLOSED;
}

static void read_date_parts(const nkc_value *value, nkc_date *date, nkc_date_fault *fault)
{
	const nkc_value *first = nkc_value_first(value);
	parts got;

	if (!nkc_value_is(value, NKC_ARRAY))
		note(fault, NKC_CODE_DATE_PARTS, value, "date-parts that are not a list");
	if (!nkc_value_is(value, NKC_ARRAY) || !first)
		return;
	got = read_parts(first, fault);
	date->structured = point_of(&got, &date->start, fault);
	if (!date->structured || !first->next)
		return;
	read_end(first->next, date, fault);
	if (first->next->next)
		note(fault, NKC_CODE_DATE_PARTS, first->next->next, "more than two dates");
}

/* --- season and circa --- */

/* Zotero exports seasons as it finds them, in words. */
static uint8_t season_of(const nkc_value *value)
{
	static const struct {
		nkc_str name;
		uint8_t month;
	} names[] = {
		{ NKC_STR_INIT("spring"), 21 }, { NKC_STR_INIT("summer"), 22 },
		{ NKC_STR_INIT("autumn"), 23 }, { NKC_STR_INIT("fall"), 23 },
		{ NKC_STR_INIT("winter"), 24 },
	};
	int64_t number;

	if (nkc_value_int(value, &number)) {
		if (number >= 1 && number <= 4)
			return (uint8_t)(number - 1 + NKC_SPRING);
		return number >= NKC_SPRING && number <= NKC_WINTER ? (uint8_t)number : 0;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (nkc_str_eq_nocase(nkc_value_text(value), names[i].name))
			return names[i].month;
	}
	return 0;
}

static void read_season(const nkc_value *value, nkc_date *date, nkc_date_fault *fault)
{
	uint8_t season = season_of(value);

	if (is_blank(value) || !date->structured)
		return;
	if (season == 0)
		note(fault, NKC_CODE_DATE_SEASON, value, "a season that is not 1 to 4");
	else if (date->finish != NKC_DATE_SINGLE)
		note(fault, NKC_CODE_DATE_SEASON, value, "one season for an interval");
	else if (date->start.month && date->start.month != season)
		note(fault, NKC_CODE_DATE_SEASON, value, "a season beside a month");
	else
		date->start.month = season;
}

static void set_circa(nkc_date *date)
{
	if (date->begin == NKC_DATE_SINGLE)
		date->start.approximate = true;
	if (date->finish == NKC_DATE_CLOSED)
		date->end.approximate = true;
}

/* --- the object --- */

static members read_members(const nkc_value *object)
{
	members got = { 0 };
	const struct {
		nkc_str name;
		const nkc_value **place;
	} table[] = {
		{ NKC_STR_INIT("date-parts"), &got.date_parts },
		{ NKC_STR_INIT("season"), &got.season },
		{ NKC_STR_INIT("circa"), &got.circa },
		{ NKC_STR_INIT("literal"), &got.literal },
		{ NKC_STR_INIT("raw"), &got.raw },
	};

	for (const nkc_value *member = nkc_value_first(object); member; member = member->next) {
		for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
			if (nkc_str_eq(member->key, table[i].name))
				*table[i].place = member;
		}
	}
	return got;
}

/* Raw text that is EDTF is the date, when nothing else is; else it stays what it is. */
static void read_raw(nkc_str raw, nkc_date *date)
{
	nkc_date parsed;

	if (!date->structured && nkc_edtf_parse(raw, &parsed, NULL) == NKC_OK)
		*date = parsed;
	else
		date->raw = raw;
}

static void read_object(const nkc_value *object, nkc_date *date, nkc_date_fault *fault)
{
	members got = read_members(object);

	if (got.date_parts)
		read_date_parts(got.date_parts, date, fault);
	if (got.raw)
		read_raw(nkc_value_text(got.raw), date);
	if (got.season)
		read_season(got.season, date, fault);
	if (got.circa && date->structured && nkc_value_truth(got.circa))
		set_circa(date);
	date->literal = nkc_value_text(got.literal);
	if (!date->structured && nkc_str_empty(date->literal) && nkc_str_empty(date->raw))
		note(fault, NKC_CODE_DATE_PARTS, object, "it holds no date");
}

nkc_status nkc_date_inspect(const nkc_value *value, nkc_date *date, nkc_date_fault *fault)
{
	nkc_status status = NKC_OK;

	fault->edtf.code = NKC_CODE_NONE;
	fault->value = value;
	*date = nkc_date_empty;
	if (nkc_value_is(value, NKC_OBJECT)) {
		read_object(value, date, fault);
	} else if (nkc_value_is(value, NKC_STRING)) {
		status = nkc_edtf_parse(value->u.text, date, &fault->edtf);
	} else {
		note(fault, NKC_CODE_DATE_SYNTAX, value, "a date is a text or an object");
		status = NKC_EINVALID;
	}
	if (status != NKC_OK)
		date->raw = nkc_value_text(value);
	date->value = value;
	return status;
}

nkc_status nkc_date_read(const nkc_value *value, nkc_date *date)
{
	nkc_date_fault fault;

	return nkc_date_inspect(value, date, &fault);
}

/* --- making objects --- */

/* A closed interval, or one that goes on: CSL has two lists for it. */
static bool is_interval(const nkc_date *date)
{
	return date->begin == NKC_DATE_SINGLE && date->finish != NKC_DATE_SINGLE;
}

/* The numbers of one list. A season stands there only in an interval; a single date has it in "season". */
static size_t numbers_of(const nkc_date_point *point, bool interval, int64_t numbers[PARTS])
{
	size_t count = 0;

	numbers[count++] = nkc_year_csl(point->year);
	if (point->month && (interval || point->month <= 12))
		numbers[count++] = point->month;
	if (point->month && point->day)
		numbers[count++] = point->day;
	return count;
}

/* The numbers of the second list of an interval. */
static size_t end_numbers(const nkc_date *date, int64_t numbers[PARTS])
{
	numbers[YEAR] = 0;
	return date->finish == NKC_DATE_CLOSED ? numbers_of(&date->end, true, numbers) : 1;
}

/* The member "season", 1 to 4; 0: none. */
static int64_t season_number(const nkc_date *date)
{
	const nkc_date_point *point = date->begin == NKC_DATE_SINGLE ? &date->start : &date->end;

	return point->month > 12 && !is_interval(date) ? point->month - NKC_SPRING + 1 : 0;
}

/* Is the date, in the one word that CSL has, circa: approximate, uncertain, or a year with X digits? */
static bool is_circa(const nkc_date_point *point)
{
	return point->approximate || point->uncertain || point->unspecified & (NKC_X_YEAR | NKC_X_DECADE);
}

static nkc_value *make_list(nkc_arena *arena, const int64_t *numbers, size_t count)
{
	nkc_value *list = nkc_value_new(arena, NKC_ARRAY);

	for (size_t i = 0; i < count; i++)
		nkc_value_append(list, nkc_value_integer(arena, numbers[i]));
	return list;
}

static nkc_value *make_date_parts(nkc_arena *arena, const nkc_date *date)
{
	const nkc_date_point *first = date->begin == NKC_DATE_SINGLE ? &date->start : &date->end;
	nkc_value *lists = nkc_value_new(arena, NKC_ARRAY);
	bool interval = is_interval(date);
	int64_t numbers[PARTS];

	nkc_value_append(lists, make_list(arena, numbers, numbers_of(first, interval, numbers)));
	if (interval)
		nkc_value_append(lists, make_list(arena, numbers, end_numbers(date, numbers)));
	return lists;
}

static bool point_is_exact(const nkc_date_point *point)
{
	return !point->uncertain && point->unspecified == 0;
}

static bool object_is_exact(const nkc_date *date)
{
	if (!date->structured)
		return !nkc_str_empty(date->literal) || !nkc_str_empty(date->raw);
	if (date->begin != NKC_DATE_SINGLE || date->finish == NKC_DATE_UNKNOWN || !nkc_str_empty(date->time))
		return false;
	if (!point_is_exact(&date->start))
		return false;
	return date->finish != NKC_DATE_CLOSED ||
	       (point_is_exact(&date->end) && date->start.approximate == date->end.approximate);
}

nkc_value *nkc_date_object(const nkc_date *date, nkc_arena *arena, bool *exact)
{
	nkc_value *object = nkc_value_new(arena, NKC_OBJECT);
	bool circa = (date->begin == NKC_DATE_SINGLE && is_circa(&date->start)) ||
	             (date->finish == NKC_DATE_CLOSED && is_circa(&date->end));
	int64_t season = season_number(date);

	if (date->structured) {
		nkc_value_add(object, NKC_STR("date-parts"), make_date_parts(arena, date));
		if (season)
			nkc_value_add(object, NKC_STR("season"), nkc_value_integer(arena, season));
		if (circa)
			nkc_value_add(object, NKC_STR("circa"), nkc_value_new(arena, NKC_TRUE));
	}
	if (!nkc_str_empty(date->literal))
		nkc_value_add(object, NKC_STR("literal"), nkc_value_string(arena, date->literal));
	if (!nkc_str_empty(date->raw))
		nkc_value_add(object, NKC_STR("raw"), nkc_value_string(arena, date->raw));
	if (exact)
		*exact = object_is_exact(date);
	return object;
}

/* --- what EDTF in an object's place would lose --- */

/* The number, written the one way: no sign or zero that need not be, in quotes or not. */
static bool is_number(const nkc_value *value, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	return nkc_str_is(nkc_value_text(value), digits);
}

static bool is_list_of(const nkc_value *list, const int64_t *numbers, size_t count)
{
	const nkc_value *part = nkc_value_first(list);

	for (size_t i = 0; i < count; i++, part = part->next) {
		if (!part || !is_number(part, numbers[i]))
			return false;
	}
	return part == NULL;
}

static bool same_date_parts(const nkc_value *value, const nkc_date *date)
{
	const nkc_value *first = nkc_value_first(value);
	bool interval = is_interval(date);
	int64_t numbers[PARTS];

	if (!first || !is_list_of(first, numbers, numbers_of(&date->start, interval, numbers)))
		return false;
	if (!interval)
		return first->next == NULL;
	if (!first->next || first->next->next)
		return false;
	return is_list_of(first->next, numbers, end_numbers(date, numbers));
}

bool nkc_date_is_lossless(const nkc_value *value, const nkc_date *date)
{
	members got = read_members(value);
	size_t expected = 1;

	if (!date->structured || !nkc_edtf_has_form(date))
		return false;
	if (nkc_value_is(value, NKC_STRING))
		return true;
	if (!nkc_value_is(got.date_parts, NKC_ARRAY) || !same_date_parts(got.date_parts, date))
		return false;
	if (season_number(date)) {
		if (!got.season || !is_number(got.season, season_number(date)))
			return false;
		expected++;
	}
	if (date->start.approximate) {
		if (!nkc_value_is(got.circa, NKC_TRUE))
			return false;
		expected++;
	}
	/* No other member, and none twice. */
	return nkc_value_count(value) == expected;
}
