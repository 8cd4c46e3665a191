/*
 * edtf.c: reads and writes EDTF, the Extended Date/Time Format of ISO 8601-2:2019
 * as the Library of Congress profiles it (loc.gov/standards/datetime), levels 0 and 1.
 *
 * Beyond the letter of the profile, but not against it: a qualifier may stand
 * behind a season, a Y year and X digits, and a season or a Y year may bound an
 * interval, because CSL has such dates. X digits in an interval are level 2, and refused.
 */
#include "record/date.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

const nkc_date nkc_date_empty = {
	.time = NKC_STR_INIT(""),
	.literal = NKC_STR_INIT(""),
	.raw = NKC_STR_INIT(""),
};

/* One date within a text: all of it, or one side of an interval. */
typedef struct reader {
	nkc_str text;
	size_t at;  /* the next byte */
	size_t end; /* of this date */
	bool interval;
	nkc_edtf_fault *fault;
} reader;

/* Digits and Xs that stand together. */
typedef struct run {
	size_t from, to;
	unsigned value;     /* X counts as 0 */
	size_t unspecified; /* how many Xs */
	bool at_right;      /* the Xs are the last ones */
} run;

/* --- faults --- */

/* Notes the fault at from..to (to is exclusive; nothing at the end of the text is shown at its last byte). */
NKC_PRINTF(5, 6)
static bool fail(const reader *r, nkc_code code, size_t from, size_t to, const char *format, ...)
{
	nkc_edtf_fault *fault = r->fault;
	va_list args;

	if (!fault)
		return false;
	if (from == to && from > 0)
		from--;
	fault->code = code;
	fault->at = from;
	fault->length = to - from;
	va_start(args, format);
	vsnprintf(fault->buffer, sizeof(fault->buffer), format, args);
	va_end(args);
	fault->what = fault->buffer;
	return false;
}

/* Whatever stands at r->at has no business there. */
static bool fail_here(const reader *r)
{
	size_t rest = r->text.len - r->at;
	const char *bytes = r->text.ptr + r->at;
	size_t length;

	if (r->at == r->end)
		return fail(r, NKC_CODE_DATE_SYNTAX, r->at, r->at, "it breaks off");
	length = nkc_utf8_length(bytes, rest);
	if (length == 0 || (unsigned char)*bytes < ' ')
		return fail(r, NKC_CODE_DATE_SYNTAX, r->at, r->at + 1, "byte 0x%02x", (unsigned char)*bytes);
	return fail(r, NKC_CODE_DATE_SYNTAX, r->at, r->at + length, "\"%.*s\" does not belong here",
	            (int)length, bytes);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* --- pieces --- */

/* The next byte; NUL at the end (a NUL in the text fails wherever it is met). */
static char peek(const reader *r)
{
	return r->at < r->end ? r->text.ptr[r->at] : '\0';
}

static bool take(reader *r, char byte)
{
	if (r->at >= r->end || r->text.ptr[r->at] != byte)
		return false;
	r->at++;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_qualifier(char c)
{
	return c == '?' || c == '~' || c == '%';
}

static run take_run(reader *r)
{
	run digits = { r->at, r->at, 0, 0, true };

	for (; is_digit(peek(r)) || peek(r) == 'X'; r->at++) {
		bool unspecified = peek(r) == 'X';
		digits.value = digits.value * 10 + (unspecified ? 0 : (unsigned)(peek(r) - '0'));
		digits.unspecified += unspecified;
		if (digits.unspecified && !unspecified)
			digits.at_right = false;
	}
	digits.to = r->at;
	return digits;
}

/* Is what stands here a mark of level 2: an exponent, significant digits, a qualifier of one part, a set? */
static bool is_level_2(const reader *r)
{
	static const char marks[] = "ES?~%[{";
	char c = peek(r);

	return c != '\0' && strchr(marks, c) != NULL;
}

static bool fail_level_2(const reader *r, size_t from, size_t to, const char *what)
{
	return fail(r, NKC_CODE_DATE_EDTF_LEVEL, from, to, "%s is EDTF level 2", what);
}

static bool fail_digits(const reader *r, run digits, const char *name)
{
	if (digits.from == digits.to)
		return is_level_2(r) ? fail_level_2(r, r->at, r->at + 1, "what stands here") : fail_here(r);
	return fail(r, NKC_CODE_DATE_SYNTAX, digits.from, digits.to, "a %s of %zu digit%s", name,
	            digits.to - digits.from, plural(digits.to - digits.from));
}

/* Two digits, or XX. */
static bool take_pair(reader *r, const char *name, run *digits)
{
	*digits = take_run(r);
	if (digits->to - digits->from != 2)
		return fail_digits(r, *digits, name);
	if (digits->unspecified == 1)
		return fail_level_2(r, digits->from, digits->to, "one X of two digits");
	return true;
}

/* --- year, month, day --- */

/* "Y" for years that need more than four digits (level 1, "Letter-prefixed calendar year"). */
static bool read_long_year(reader *r, nkc_date_point *point)
{
	size_t start = r->at++;
	bool negative = take(r, '-');
	size_t first = r->at;
	int64_t year = 0;

	for (; is_digit(peek(r)); r->at++) {
		if (year <= NKC_YEAR_MAX)
			year = year * 10 + (peek(r) - '0');
	}
	if (first == r->at)
		return fail_here(r);
	if (is_level_2(r) && !is_qualifier(peek(r)))
		return fail_level_2(r, r->at, r->at + 1, "such a year");
	if (r->at - first < 5 || r->text.ptr[first] == '0')
		return fail(r, NKC_CODE_DATE_YEAR_FORM, start, r->at, "Y before a year of four digits");
	if (year > NKC_YEAR_MAX)
		return fail(r, NKC_CODE_DATE_YEAR_RANGE, start, r->at, "a year of %zu digits", r->at - first);
	point->year = negative ? -year : year;
	return true;
}

static bool read_unspecified_year(reader *r, run digits, nkc_date_point *point)
{
	if (!digits.at_right || digits.unspecified > 2)
		return fail_level_2(r, digits.from, digits.to, "a year with X there");
	if (r->interval)
		return fail_level_2(r, digits.from, digits.to, "X in an interval");
	if (peek(r) == '-')
		return fail_level_2(r, digits.from, digits.to, "X in a year with a month");
	point->unspecified = digits.unspecified == 1 ? NKC_X_YEAR : NKC_X_DECADE;
	return true;
}

static bool read_year(reader *r, nkc_date_point *point)
{
	size_t start = r->at;
	bool negative;
	run digits;

	if (peek(r) == 'Y')
		return read_long_year(r, point);
	negative = take(r, '-');
	digits = take_run(r);
	if (digits.from == digits.to)
		return fail_digits(r, digits, "year");
	if (digits.to - digits.from != 4)
		return fail(r, NKC_CODE_DATE_YEAR_FORM, start, digits.to, "a year of %zu digit%s",
		            digits.to - digits.from, plural(digits.to - digits.from));
	if (peek(r) == 'S')
		return fail_level_2(r, r->at, r->at + 1, "such a year");
	if (digits.unspecified && !read_unspecified_year(r, digits, point))
		return false;
	/* 0000 is 1 BCE, and nothing is its negative (ISO 8601-1); -000X would begin with it. */
	if (negative && digits.value == 0)
		return fail(r, NKC_CODE_DATE_YEAR_ZERO, start, digits.to, "year %.*s",
		            (int)(digits.to - start), r->text.ptr + start);
	point->year = negative ? -(int64_t)digits.value : (int64_t)digits.value;
	return true;
}

static bool read_month(reader *r, nkc_date_point *point)
{
	run digits;

	if (!take_pair(r, "month", &digits))
		return false;
	if (digits.unspecified) {
		if (r->interval)
			return fail_level_2(r, digits.from, digits.to, "X in an interval");
		point->unspecified = NKC_X_MONTH;
		return true;
	}
	if (digits.value > NKC_WINTER && digits.value <= 41)
		return fail(r, NKC_CODE_DATE_EDTF_LEVEL, digits.from, digits.to, "season %u is EDTF level 2",
		            digits.value);
	if (digits.value < 1 || (digits.value > 12 && digits.value < NKC_SPRING) || digits.value > NKC_WINTER)
		return fail(r, NKC_CODE_DATE_MONTH_RANGE, digits.from, digits.to, "month %u", digits.value);
	point->month = (uint8_t)digits.value;
	return true;
}

static bool read_day(reader *r, nkc_date_point *point)
{
	run digits;

	if (!take_pair(r, "day", &digits))
		return false;
	if (point->month > 12)
		return fail(r, NKC_CODE_DATE_SEASON, digits.from, digits.to, "a day of a season");
	if (digits.unspecified) {
		if (r->interval)
			return fail_level_2(r, digits.from, digits.to, "X in an interval");
		point->unspecified |= NKC_X_DAY;
		return true;
	}
	if (point->unspecified)
		return fail_level_2(r, digits.from - 3, digits.to, "a day of month XX");
	if (digits.value < 1 || digits.value > (unsigned)nkc_days_in_month(point->year, point->month))
		return fail(r, NKC_CODE_DATE_DAY_RANGE, digits.from, digits.to, "day %u in month %u of %lld",
		            digits.value, point->month, (long long)point->year);
	point->day = (uint8_t)digits.value;
	return true;
}

/* --- time of day (level 0: hours, minutes and seconds, all of them) --- */

static bool fail_clock(const reader *r)
{
	size_t to = r->at < r->end ? r->at + 1 : r->end;

	return fail(r, NKC_CODE_DATE_TIME, r->at, to, "a time is hh:mm:ss");
}

static bool read_clock(reader *r, const char *name, int max)
{
	size_t from = r->at;
	int value = 0;

	for (; r->at < from + 2; r->at++) {
		if (!is_digit(peek(r)))
			return fail_clock(r);
		value = value * 10 + (peek(r) - '0');
	}
	if (value > max)
		return fail(r, NKC_CODE_DATE_TIME, from, r->at, "%s %02d", name, value);
	return true;
}

static bool read_colon(reader *r)
{
	return take(r, ':') || fail_clock(r);
}

/* Z, or the distance from UTC: + when local time is ahead of UTC or equal to it, else - (ISO 8601-1). */
static bool read_shift(reader *r)
{
	size_t from = r->at;
	bool zero;

	if (take(r, 'Z') || !(take(r, '+') || take(r, '-')))
		return true;
	if (!read_clock(r, "a shift by hour", 23))
		return false;
	if (take(r, ':') && !read_clock(r, "a shift by minute", 59))
		return false;
	zero = true;
	for (size_t i = from + 1; i < r->at; i++)
		zero = zero && (r->text.ptr[i] == '0' || r->text.ptr[i] == ':');
	if (zero && r->text.ptr[from] == '-')
		return fail(r, NKC_CODE_DATE_TIME, from, r->at, "UTC itself is Z or +00:00");
	return true;
}

/* From "T" on. A second 60 is a leap second. */
static bool read_time(reader *r)
{
	return take(r, 'T') && read_clock(r, "hour", 23) && read_colon(r) && read_clock(r, "minute", 59) &&
	       read_colon(r) && read_clock(r, "second", 60) && read_shift(r);
}

static bool read_day_time(reader *r, const nkc_date_point *point, nkc_str *time)
{
	size_t from = r->at;

	if (r->interval)
		return fail(r, NKC_CODE_DATE_INTERVAL, from, r->end, "a time of day in an interval");
	if (point->day == 0)
		return fail(r, NKC_CODE_DATE_TIME, from, r->end, "a time without its day");
	if (!read_time(r))
		return false;
	if (r->at < r->end)
		return fail(r, NKC_CODE_DATE_TIME, r->at, r->end, "more than hh:mm:ss and a shift");
	*time = nkc_str_slice(r->text, from, r->at);
	return true;
}

/* --- dates --- */

/* ? is uncertain, ~ approximate, % both; they end the date (level 1). */
static bool read_end(reader *r, nkc_date_point *point)
{
	char mark = peek(r);

	if (is_qualifier(mark)) {
		point->uncertain = mark != '~';
		point->approximate = mark != '?';
		r->at++;
		if (peek(r) == '-')
			return fail_level_2(r, r->at - 1, r->at, "a qualified part");
	}
	return r->at == r->end || fail_here(r);
}

static bool read_point(reader *r, nkc_date_point *point, nkc_str *time)
{
	if (!read_year(r, point))
		return false;
	/* A Y year stands alone. */
	if (point->year >= -9999 && point->year <= 9999) {
		if (take(r, '-') && !read_month(r, point))
			return false;
		if ((point->month || point->unspecified & NKC_X_MONTH) && take(r, '-') && !read_day(r, point))
			return false;
		if (peek(r) == 'T')
			return read_day_time(r, point, time);
	}
	return read_end(r, point);
}

/* --- intervals --- */

/* One side: a date (true, *kind is CLOSED), "..", or nothing. */
static bool read_side(reader *r, nkc_date_end *kind, nkc_date_point *point)
{
	nkc_str side = nkc_str_slice(r->text, r->at, r->end);

	if (nkc_str_empty(side))
		*kind = NKC_DATE_UNKNOWN;
	else if (nkc_str_is(side, ".."))
		*kind = NKC_DATE_OPEN;
	else
		*kind = NKC_DATE_CLOSED;
	return *kind != NKC_DATE_CLOSED || read_point(r, point, NULL);
}

static bool read_interval(reader *r, size_t slash, nkc_date *date)
{
	nkc_str behind = nkc_str_slice(r->text, slash + 1, r->text.len);
	size_t second = slash + 1 + nkc_str_find_byte(behind, '/');

	if (second < r->text.len)
		return fail(r, NKC_CODE_DATE_INTERVAL, second, second + 1, "a second slash");
	r->interval = true;
	r->end = slash;
	if (!read_side(r, &date->begin, &date->start))
		return false;
	r->at = slash + 1;
	r->end = r->text.len;
	if (!read_side(r, &date->finish, &date->end))
		return false;
	if (date->begin != NKC_DATE_CLOSED && date->finish != NKC_DATE_CLOSED)
		return fail(r, NKC_CODE_DATE_INTERVAL, 0, r->end, "an interval without a date");
	if (date->begin == NKC_DATE_CLOSED)
		date->begin = NKC_DATE_SINGLE;
	return true;
}

/* YYYY-MM-DD, what nearly every date is. False for anything else, and for what is wrong with it. */
static bool read_plain_day(nkc_str text, nkc_date_point *point)
{
	static const unsigned char places[] = { 0, 1, 2, 3, 5, 6, 8, 9 };
	unsigned number = 0, month, day;

	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
		return false;
	for (size_t i = 0; i < sizeof(places); i++) {
		char c = text.ptr[places[i]];
		if (!is_digit(c))
			return false;
		number = number * 10 + (unsigned)(c - '0');
	}
	month = number / 100 % 100;
	day = number % 100;
	if (month < 1 || month > 12 || day < 1)
		return false;
	if (day > 28 && day > (unsigned)nkc_days_in_month((int64_t)(number / 10000), (int)month))
		return false;
	point->year = number / 10000;
	point->month = (uint8_t)month;
	point->day = (uint8_t)day;
	return true;
}

nkc_status nkc_edtf_parse(nkc_str text, nkc_date *date, nkc_edtf_fault *fault)
{
	reader r = { text, 0, text.len, false, fault };
	size_t slash;
	bool good;

	*date = nkc_date_empty;
	date->structured = true;
	if (read_plain_day(text, &date->start))
		return NKC_OK;
	slash = nkc_str_find_byte(text, '/');
	if (nkc_str_empty(text))
		good = fail(&r, NKC_CODE_DATE_SYNTAX, 0, 0, "it is empty");
	else if (slash < text.len)
		good = read_interval(&r, slash, date);
	else
		good = read_point(&r, &date->start, &date->time);
	if (good)
		return NKC_OK;
	*date = nkc_date_empty;
	return NKC_EINVALID;
}

/* --- writing --- */

/* X digits stand at the right: the day's; the month's, alone or with the day's; or the year's alone. */
static bool x_has_form(const nkc_date_point *point)
{
	bool bare = point->month == 0 && point->day == 0;

	switch (point->unspecified) {
	case 0:
		return true;
	case NKC_X_DAY:
		return point->month >= 1 && point->month <= 12 && point->day == 0;
	case NKC_X_MONTH:
	case NKC_X_MONTH | NKC_X_DAY:
		return bare;
	case NKC_X_YEAR:
		return bare && point->year % 10 == 0;
	case NKC_X_DECADE:
		return bare && point->year % 100 == 0;
	default:
		return false;
	}
}

static bool point_has_form(const nkc_date_point *point)
{
	bool season = point->month >= NKC_SPRING && point->month <= NKC_WINTER;

	if (point->year < -NKC_YEAR_MAX || point->year > NKC_YEAR_MAX || !x_has_form(point))
		return false;
	if (point->year < -9999 || point->year > 9999)
		return point->month == 0 && point->day == 0 && point->unspecified == 0;
	if (point->month > 12)
		return season && point->day == 0;
	return point->day == 0 ||
	       (point->month && point->day <= nkc_days_in_month(point->year, point->month));
}

static bool time_has_form(const nkc_date *date)
{
	reader r = { date->time, 0, date->time.len, false, NULL };
	const nkc_date_point *point = &date->start;

	if (nkc_str_empty(date->time))
		return true;
	return date->finish == NKC_DATE_SINGLE && point->day && !point->uncertain && !point->approximate &&
	       read_time(&r) && r.at == r.end;
}

bool nkc_edtf_has_form(const nkc_date *date)
{
	bool interval = date->begin != NKC_DATE_SINGLE || date->finish != NKC_DATE_SINGLE;
	bool has_start = date->begin == NKC_DATE_SINGLE, has_end = date->finish == NKC_DATE_CLOSED;

	if (!date->structured || !(has_start || has_end) || date->begin == NKC_DATE_CLOSED)
		return false;
	if (!has_start && date->finish == NKC_DATE_SINGLE)
		return false;
	if (has_start && !(point_has_form(&date->start) && !(interval && date->start.unspecified)))
		return false;
	if (has_end && !(point_has_form(&date->end) && !date->end.unspecified))
		return false;
	return time_has_form(date);
}

static void put_number(nkc_buf *out, int64_t number, int width)
{
	char digits[20];
	size_t at = sizeof(digits);

	for (; number > 0 || width > 0; number /= 10, width--)
		digits[--at] = (char)('0' + number % 10);
	nkc_buf_put(out, digits + at, sizeof(digits) - at);
}

static void put_year(const nkc_date_point *point, nkc_buf *out)
{
	int64_t year = point->year < 0 ? -point->year : point->year;

	if (year > 9999)
		nkc_buf_putc(out, 'Y');
	if (point->year < 0)
		nkc_buf_putc(out, '-');
	if (point->unspecified & NKC_X_DECADE) {
		put_number(out, year / 100, 2);
		nkc_buf_put(out, "XX", 2);
	} else if (point->unspecified & NKC_X_YEAR) {
		put_number(out, year / 10, 3);
		nkc_buf_putc(out, 'X');
	} else {
		put_number(out, year, 4);
	}
}

static void put_part(nkc_buf *out, unsigned value, bool unspecified)
{
	if (unspecified) {
		nkc_buf_put(out, "-XX", 3);
	} else if (value) {
		nkc_buf_putc(out, '-');
		put_number(out, value, 2);
	}
}

static void put_point(const nkc_date_point *point, nkc_buf *out)
{
	put_year(point, out);
	put_part(out, point->month, point->unspecified & NKC_X_MONTH);
	put_part(out, point->day, point->unspecified & NKC_X_DAY);
	if (point->uncertain || point->approximate)
		nkc_buf_putc(out, !point->approximate ? '?' : point->uncertain ? '%' : '~');
}

bool nkc_edtf_write(const nkc_date *date, nkc_buf *out)
{
	if (!nkc_edtf_has_form(date))
		return false;
	if (date->begin == NKC_DATE_SINGLE)
		put_point(&date->start, out);
	else if (date->begin == NKC_DATE_OPEN)
		nkc_buf_put(out, "..", 2);
	if (date->finish != NKC_DATE_SINGLE)
		nkc_buf_putc(out, '/');
	if (date->finish == NKC_DATE_CLOSED)
		put_point(&date->end, out);
	else if (date->finish == NKC_DATE_OPEN)
		nkc_buf_put(out, "..", 2);
	nkc_buf_put_str(out, date->time);
	return true;
}

/* --- calendar --- */

int nkc_days_in_month(int64_t year, int month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month < 1 || month > 12)
		return 31;
	return month == 2 && leap ? 29 : days[month - 1];
}

int64_t nkc_year_csl(int64_t astronomical)
{
	return astronomical <= 0 && astronomical > INT64_MIN ? astronomical - 1 : astronomical;
}

int64_t nkc_year_astronomical(int64_t csl)
{
	return csl < 0 ? csl + 1 : csl;
}
