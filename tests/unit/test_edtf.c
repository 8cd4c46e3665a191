/*
 * EDTF: every example of the specification (Library of Congress, February 2019,
 * levels 0 and 1; ISO 8601-2:2019), what it does not allow, and that nothing can
 * crash the parser.
 */
#include "support/unit.h"

#include "record/date.h"

#include <nkcite/buf.h>
#include <nkcite/record.h>

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What a text means. A point is its numbers, qualifiers and X bits: "1985 4 12", "1984 ?~", "2010 X4". */
typedef struct good_date {
	const char *text;
	nkc_date_end begin, finish;
	const char *start, *end;
	const char *time;
} good_date;

/* clang-format off */
#define NOWHEN "0"
#define ONE(text, start) { text, NKC_DATE_SINGLE, NKC_DATE_SINGLE, start, NOWHEN, "" }
#define AT(text, start, time) { text, NKC_DATE_SINGLE, NKC_DATE_SINGLE, start, NOWHEN, time }
#define FROM(text, start, finish) { text, NKC_DATE_SINGLE, finish, start, NOWHEN, "" }
#define UNTIL(text, begin, end) { text, begin, NKC_DATE_CLOSED, NOWHEN, end, "" }
#define BETWEEN(text, start, end) { text, NKC_DATE_SINGLE, NKC_DATE_CLOSED, start, end, "" }
/* clang-format on */

static const good_date good[] = {
	/* level 0: date */
	ONE("1985-04-12", "1985 4 12"),
	ONE("1985-04", "1985 4"),
	ONE("1985", "1985"),
	ONE("0000", "0"),
	ONE("0043", "43"),
	ONE("9999-12-31", "9999 12 31"),
	ONE("2000-02-29", "2000 2 29"),
	ONE("2004-02-29", "2004 2 29"),
	ONE("0000-02-29", "0 2 29"),

	/* level 0: date and time */
	AT("1985-04-12T23:20:30", "1985 4 12", "T23:20:30"),
	AT("1985-04-12T23:20:30Z", "1985 4 12", "T23:20:30Z"),
	AT("1985-04-12T23:20:30-04", "1985 4 12", "T23:20:30-04"),
	AT("1985-04-12T23:20:30+04:30", "1985 4 12", "T23:20:30+04:30"),
	AT("2014-10-08T08:53:00-04:00", "2014 10 8", "T08:53:00-04:00"),
	AT("2016-12-31T23:59:60Z", "2016 12 31", "T23:59:60Z"),
	AT("2016-12-31T00:00:00+00:00", "2016 12 31", "T00:00:00+00:00"),

	/* level 0: interval */
	BETWEEN("1964/2008", "1964", "2008"),
	BETWEEN("2004-06/2006-08", "2004 6", "2006 8"),
	BETWEEN("2004-02-01/2005-02-08", "2004 2 1", "2005 2 8"),
	BETWEEN("2004-02-01/2005-02", "2004 2 1", "2005 2"),
	BETWEEN("2004-02-01/2005", "2004 2 1", "2005"),
	BETWEEN("2005/2006-02", "2005", "2006 2"),

	/* level 1: letter-prefixed calendar year */
	ONE("Y170000002", "170000002"),
	ONE("Y-170000002", "-170000002"),
	ONE("Y10000", "10000"),
	ONE("Y999999999999999", "999999999999999"),

	/* level 1: seasons */
	ONE("2001-21", "2001 21"),
	ONE("2001-22", "2001 22"),
	ONE("2001-23", "2001 23"),
	ONE("2001-24", "2001 24"),

	/* level 1: qualification of a date (complete) */
	ONE("1984?", "1984 ?"),
	ONE("2004-06~", "2004 6 ~"),
	ONE("2004-06-11%", "2004 6 11 ?~"),
	ONE("2001-21~", "2001 21 ~"),
	ONE("Y17000~", "17000 ~"),
	ONE("-0043~", "-43 ~"),

	/* level 1: unspecified digits from the right */
	ONE("201X", "2010 X4"),
	ONE("20XX", "2000 X8"),
	ONE("2004-XX", "2004 X2"),
	ONE("1985-04-XX", "1985 4 X1"),
	ONE("1985-XX-XX", "1985 X3"),
	ONE("-198X", "-1980 X4"),
	ONE("000X", "0 X4"),
	ONE("199X~", "1990 ~ X4"),

	/* level 1: extended interval */
	FROM("1985-04-12/..", "1985 4 12", NKC_DATE_OPEN),
	FROM("1985-04/..", "1985 4", NKC_DATE_OPEN),
	FROM("1985/..", "1985", NKC_DATE_OPEN),
	UNTIL("../1985-04-12", NKC_DATE_OPEN, "1985 4 12"),
	UNTIL("../1985-04", NKC_DATE_OPEN, "1985 4"),
	UNTIL("../1985", NKC_DATE_OPEN, "1985"),
	FROM("1985-04-12/", "1985 4 12", NKC_DATE_UNKNOWN),
	FROM("1985-04/", "1985 4", NKC_DATE_UNKNOWN),
	FROM("1985/", "1985", NKC_DATE_UNKNOWN),
	UNTIL("/1985-04-12", NKC_DATE_UNKNOWN, "1985 4 12"),
	UNTIL("/1985-04", NKC_DATE_UNKNOWN, "1985 4"),
	UNTIL("/1985", NKC_DATE_UNKNOWN, "1985"),
	BETWEEN("1984~/2004-06", "1984 ~", "2004 6"),
	BETWEEN("1984?/2004%", "1984 ?", "2004 ?~"),
	FROM("1984~/..", "1984 ~", NKC_DATE_OPEN),
	BETWEEN("1999-21/2001-22", "1999 21", "2001 22"),
	BETWEEN("Y-17000/-0043", "-17000", "-43"),

	/* level 1: negative calendar year */
	ONE("-1985", "-1985"),
	ONE("-0043", "-43"),
	ONE("-0043-03-15", "-43 3 15"),
	ONE("-0004-02-29", "-4 2 29"),
};

static void assert_point(const char *text, const nkc_date_point *point, const char *expected)
{
	char shown[64];
	int length = snprintf(shown, sizeof(shown), "%lld", (long long)point->year);

	if (point->month)
		length += snprintf(shown + length, 8, " %d", point->month);
	if (point->day)
		length += snprintf(shown + length, 8, " %d", point->day);
	if (point->uncertain || point->approximate)
		length += snprintf(shown + length, 8, " %s%s", point->uncertain ? "?" : "",
		                   point->approximate ? "~" : "");
	if (point->unspecified)
		snprintf(shown + length, 8, " X%d", point->unspecified);
	if (strcmp(shown, expected) != 0)
		fail_msg("%s: is %s, not %s", text, shown, expected);
}

static void assert_writes(const nkc_date *date, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;

	if (!nkc_edtf_write(date, &out))
		fail_msg("%s: has no EDTF form", expected);
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
}

static void every_example_of_levels_0_and_1_is_read_and_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		nkc_edtf_fault fault;
		nkc_date date;

		if (nkc_edtf_parse(nkc_str_from(good[i].text), &date, &fault) != NKC_OK)
			fail_msg("%s: %s", good[i].text, fault.what);
		assert_true(date.structured);
		if (date.begin != good[i].begin || date.finish != good[i].finish)
			fail_msg("%s: ends %d %d", good[i].text, date.begin, date.finish);
		assert_point(good[i].text, &date.start, good[i].start);
		assert_point(good[i].text, &date.end, good[i].end);
		assert_str(date.time, good[i].time);
		assert_writes(&date, good[i].text);
	}
}

typedef struct bad_date {
	const char *text;
	nkc_code code;
	size_t at, length;
	const char *what;
} bad_date;

static const bad_date bad[] = {
	{ "", NKC_CODE_DATE_SYNTAX, 0, 0, "it is empty" },
	{ "spring", NKC_CODE_DATE_SYNTAX, 0, 1, "\"s\" does not belong here" },
	{ " 2004", NKC_CODE_DATE_SYNTAX, 0, 1, "\" \" does not belong here" },
	{ "2004 ", NKC_CODE_DATE_SYNTAX, 4, 1, "\" \" does not belong here" },
	{ "2004-", NKC_CODE_DATE_SYNTAX, 4, 1, "it breaks off" },
	{ "-", NKC_CODE_DATE_SYNTAX, 0, 1, "it breaks off" },
	{ "2004-09-", NKC_CODE_DATE_SYNTAX, 7, 1, "it breaks off" },
	{ "2004-9-11", NKC_CODE_DATE_SYNTAX, 5, 1, "a month of 1 digit" },
	{ "2004-09-1", NKC_CODE_DATE_SYNTAX, 8, 1, "a day of 1 digit" },
	{ "2004-0911", NKC_CODE_DATE_SYNTAX, 5, 4, "a month of 4 digits" },
	{ "2004-09-11-12", NKC_CODE_DATE_SYNTAX, 10, 1, "\"-\" does not belong here" },
	{ "2004-09-11 08:53", NKC_CODE_DATE_SYNTAX, 10, 1, "\" \" does not belong here" },
	{ "2013\xe2\x80\x93/", NKC_CODE_DATE_SYNTAX, 4, 3, "\"\xe2\x80\x93\" does not belong here" },
	{ "2013\xff", NKC_CODE_DATE_SYNTAX, 4, 1, "byte 0xff" },
	{ "2013\n", NKC_CODE_DATE_SYNTAX, 4, 1, "byte 0x0a" },
	{ "199x", NKC_CODE_DATE_YEAR_FORM, 0, 3, "a year of 3 digits" },
	{ "1984??", NKC_CODE_DATE_SYNTAX, 5, 1, "\"?\" does not belong here" },
	{ "Y17000-11", NKC_CODE_DATE_SYNTAX, 6, 1, "\"-\" does not belong here" },
	{ "Y", NKC_CODE_DATE_SYNTAX, 0, 1, "it breaks off" },
	{ "y17000", NKC_CODE_DATE_SYNTAX, 0, 1, "\"y\" does not belong here" },
	{ "+2004", NKC_CODE_DATE_SYNTAX, 0, 1, "\"+\" does not belong here" },
	{ "..", NKC_CODE_DATE_SYNTAX, 0, 1, "\".\" does not belong here" },
	{ "2004..", NKC_CODE_DATE_SYNTAX, 4, 1, "\".\" does not belong here" },

	{ "43", NKC_CODE_DATE_YEAR_FORM, 0, 2, "a year of 2 digits" },
	{ "-43", NKC_CODE_DATE_YEAR_FORM, 0, 3, "a year of 2 digits" },
	{ "12004", NKC_CODE_DATE_YEAR_FORM, 0, 5, "a year of 5 digits" },
	{ "20040911", NKC_CODE_DATE_YEAR_FORM, 0, 8, "a year of 8 digits" },
	{ "11-09-2004", NKC_CODE_DATE_YEAR_FORM, 0, 2, "a year of 2 digits" },
	{ "Y2004", NKC_CODE_DATE_YEAR_FORM, 0, 5, "Y before a year of four digits" },
	{ "Y012004", NKC_CODE_DATE_YEAR_FORM, 0, 7, "Y before a year of four digits" },
	{ "Y-2004", NKC_CODE_DATE_YEAR_FORM, 0, 6, "Y before a year of four digits" },
	{ "-0000", NKC_CODE_DATE_YEAR_ZERO, 0, 5, "year -0000" },
	{ "-000X", NKC_CODE_DATE_YEAR_ZERO, 0, 5, "year -000X" },
	{ "Y1000000000000000", NKC_CODE_DATE_YEAR_RANGE, 0, 17, "a year of 16 digits" },
	{ "Y-99999999999999999999", NKC_CODE_DATE_YEAR_RANGE, 0, 22, "a year of 20 digits" },

	{ "2004-13-11", NKC_CODE_DATE_MONTH_RANGE, 5, 2, "month 13" },
	{ "2004-00", NKC_CODE_DATE_MONTH_RANGE, 5, 2, "month 0" },
	{ "2004-20", NKC_CODE_DATE_MONTH_RANGE, 5, 2, "month 20" },
	{ "2004-42", NKC_CODE_DATE_MONTH_RANGE, 5, 2, "month 42" },
	{ "2004-09-00", NKC_CODE_DATE_DAY_RANGE, 8, 2, "day 0 in month 9 of 2004" },
	{ "2004-09-31", NKC_CODE_DATE_DAY_RANGE, 8, 2, "day 31 in month 9 of 2004" },
	{ "2005-02-29", NKC_CODE_DATE_DAY_RANGE, 8, 2, "day 29 in month 2 of 2005" },
	{ "1900-02-29", NKC_CODE_DATE_DAY_RANGE, 8, 2, "day 29 in month 2 of 1900" },
	{ "-0043-02-30", NKC_CODE_DATE_DAY_RANGE, 9, 2, "day 30 in month 2 of -43" },
	{ "2001-21-05", NKC_CODE_DATE_SEASON, 8, 2, "a day of a season" },
	{ "2001-21-XX", NKC_CODE_DATE_SEASON, 8, 2, "a day of a season" },

	{ "2004-09T10:00:00", NKC_CODE_DATE_TIME, 7, 9, "a time without its day" },
	{ "2004-09-XXT10:00:00", NKC_CODE_DATE_TIME, 10, 9, "a time without its day" },
	{ "2004-09-11T", NKC_CODE_DATE_TIME, 10, 1, "a time is hh:mm:ss" },
	{ "2004-09-11T10", NKC_CODE_DATE_TIME, 12, 1, "a time is hh:mm:ss" },
	{ "2004-09-11T10:20", NKC_CODE_DATE_TIME, 15, 1, "a time is hh:mm:ss" },
	{ "2004-09-11T10:20Z", NKC_CODE_DATE_TIME, 16, 1, "a time is hh:mm:ss" },
	{ "2004-09-11T1:20:30", NKC_CODE_DATE_TIME, 12, 1, "a time is hh:mm:ss" },
	{ "2004-09-11T24:00:00", NKC_CODE_DATE_TIME, 11, 2, "hour 24" },
	{ "2004-09-11T23:60:00", NKC_CODE_DATE_TIME, 14, 2, "minute 60" },
	{ "2004-09-11T23:59:61", NKC_CODE_DATE_TIME, 17, 2, "second 61" },
	{ "2004-09-11T10:20:30+24", NKC_CODE_DATE_TIME, 20, 2, "a shift by hour 24" },
	{ "2004-09-11T10:20:30+04:60", NKC_CODE_DATE_TIME, 23, 2, "a shift by minute 60" },
	{ "2004-09-11T10:20:30-00:00", NKC_CODE_DATE_TIME, 19, 6, "UTC itself is Z or +00:00" },
	{ "2004-09-11T10:20:30.5Z", NKC_CODE_DATE_TIME, 19, 3, "more than hh:mm:ss and a shift" },
	{ "2004-09-11T10:20:30Z?", NKC_CODE_DATE_TIME, 20, 1, "more than hh:mm:ss and a shift" },

	{ "/", NKC_CODE_DATE_INTERVAL, 0, 1, "an interval without a date" },
	{ "../..", NKC_CODE_DATE_INTERVAL, 0, 5, "an interval without a date" },
	{ "/..", NKC_CODE_DATE_INTERVAL, 0, 3, "an interval without a date" },
	{ "2013/11/15", NKC_CODE_DATE_INTERVAL, 7, 1, "a second slash" },
	{ "2013/11", NKC_CODE_DATE_YEAR_FORM, 5, 2, "a year of 2 digits" },
	{ "2013-11-15/2013-11-31", NKC_CODE_DATE_DAY_RANGE, 19, 2, "day 31 in month 11 of 2013" },
	{ "2013-14/2013-11-30", NKC_CODE_DATE_MONTH_RANGE, 5, 2, "month 14" },
	{ "2013-/2014", NKC_CODE_DATE_SYNTAX, 4, 1, "it breaks off" },
	{ "2004-01-01T10:10:10Z/2005", NKC_CODE_DATE_INTERVAL, 10, 10, "a time of day in an interval" },
	{ "2004/2005-01-01T10:10:10", NKC_CODE_DATE_INTERVAL, 15, 9, "a time of day in an interval" },

	/* level 2 */
	{ "Y-17E7", NKC_CODE_DATE_EDTF_LEVEL, 4, 1, "such a year is EDTF level 2" },
	{ "1950S2", NKC_CODE_DATE_EDTF_LEVEL, 4, 1, "such a year is EDTF level 2" },
	{ "Y171010000S3", NKC_CODE_DATE_EDTF_LEVEL, 10, 1, "such a year is EDTF level 2" },
	{ "2001-34", NKC_CODE_DATE_EDTF_LEVEL, 5, 2, "season 34 is EDTF level 2" },
	{ "2001-25", NKC_CODE_DATE_EDTF_LEVEL, 5, 2, "season 25 is EDTF level 2" },
	{ "2001-41", NKC_CODE_DATE_EDTF_LEVEL, 5, 2, "season 41 is EDTF level 2" },
	{ "[1667,1668,1670..1672]", NKC_CODE_DATE_EDTF_LEVEL, 0, 1, "what stands here is EDTF level 2" },
	{ "{1960,1961-12}", NKC_CODE_DATE_EDTF_LEVEL, 0, 1, "what stands here is EDTF level 2" },
	{ "2004-06~-11", NKC_CODE_DATE_EDTF_LEVEL, 7, 1, "a qualified part is EDTF level 2" },
	{ "2004?-06-11", NKC_CODE_DATE_EDTF_LEVEL, 4, 1, "a qualified part is EDTF level 2" },
	{ "?2004-06-~11", NKC_CODE_DATE_EDTF_LEVEL, 0, 1, "what stands here is EDTF level 2" },
	{ "2004-%06-11", NKC_CODE_DATE_EDTF_LEVEL, 5, 1, "what stands here is EDTF level 2" },
	{ "156X-12-25", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "X in a year with a month is EDTF level 2" },
	{ "15XX-12-25", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "X in a year with a month is EDTF level 2" },
	{ "XXXX-12-XX", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "a year with X there is EDTF level 2" },
	{ "1XXX-XX", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "a year with X there is EDTF level 2" },
	{ "XXXX", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "a year with X there is EDTF level 2" },
	{ "19X4", NKC_CODE_DATE_EDTF_LEVEL, 0, 4, "a year with X there is EDTF level 2" },
	{ "1984-1X", NKC_CODE_DATE_EDTF_LEVEL, 5, 2, "one X of two digits is EDTF level 2" },
	{ "1984-12-1X", NKC_CODE_DATE_EDTF_LEVEL, 8, 2, "one X of two digits is EDTF level 2" },
	{ "1984-XX-12", NKC_CODE_DATE_EDTF_LEVEL, 5, 5, "a day of month XX is EDTF level 2" },
	{ "2004-06-XX/2004-07-03", NKC_CODE_DATE_EDTF_LEVEL, 8, 2, "X in an interval is EDTF level 2" },
	{ "2004/20XX", NKC_CODE_DATE_EDTF_LEVEL, 5, 4, "X in an interval is EDTF level 2" },
	{ "2004-XX/2005", NKC_CODE_DATE_EDTF_LEVEL, 5, 2, "X in an interval is EDTF level 2" },
};

static void every_fault_has_its_code_and_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		nkc_edtf_fault fault;
		nkc_date date;

		if (nkc_edtf_parse(nkc_str_from(bad[i].text), &date, &fault) != NKC_EINVALID)
			fail_msg("%s: is taken for a date", bad[i].text);
		assert_false(date.structured);
		if (fault.code != bad[i].code || fault.at != bad[i].at || fault.length != bad[i].length ||
		    strcmp(fault.what, bad[i].what) != 0)
			fail_msg("%s: code %s (expected %s), at %zu+%zu (expected %zu+%zu), %s (expected %s)",
			         bad[i].text, nkc_code_get(fault.code)->name, nkc_code_get(bad[i].code)->name,
			         fault.at, fault.length, bad[i].at, bad[i].length, fault.what, bad[i].what);
	}
}

static void a_fault_need_not_be_asked_for(void **state)
{
	nkc_date date;

	(void)state;
	assert_int_equal(nkc_edtf_parse(NKC_STR("2004-13"), &date, NULL), NKC_EINVALID);
	assert_int_equal(nkc_edtf_parse(NKC_STR("2004-12"), &date, NULL), NKC_OK);
}

static void a_nul_byte_is_not_the_end_of_a_date(void **state)
{
	nkc_edtf_fault fault;
	nkc_date date;

	(void)state;
	assert_int_equal(nkc_edtf_parse(NKC_STR("2004\0"), &date, &fault), NKC_EINVALID);
	assert_int_equal(fault.at, 4);
	assert_int_equal(nkc_edtf_parse(NKC_STR("2004-09-11T10:00:00\0Z"), &date, &fault), NKC_EINVALID);
	assert_int_equal(fault.at, 19);
	assert_int_equal(nkc_edtf_parse(NKC_STR("2004\0/2005"), &date, &fault), NKC_EINVALID);
	assert_int_equal(fault.at, 4);
}

/* --- writing --- */

typedef struct unwritable {
	const char *why;
	nkc_date date;
} unwritable;

static const unwritable unwritten[] = {
	{ "nothing", { .structured = false } },
	{ "month 13", { .structured = true, .start = { .year = 2004, .month = 13 } } },
	{ "month 25", { .structured = true, .start = { .year = 2004, .month = 25 } } },
	{ "day 31 of June", { .structured = true, .start = { .year = 2004, .month = 6, .day = 31 } } },
	{ "a day without a month", { .structured = true, .start = { .year = 2004, .day = 3 } } },
	{ "a day of a season", { .structured = true, .start = { .year = 2004, .month = 21, .day = 3 } } },
	{ "a month of a Y year", { .structured = true, .start = { .year = 17000, .month = 6 } } },
	{ "a year out of range", { .structured = true, .start = { .year = INT64_MIN } } },
	{ "X in a known digit",
	  { .structured = true, .start = { .year = 2004, .unspecified = NKC_X_YEAR } } },
	{ "X in a year with a month",
	  { .structured = true, .start = { .year = 2000, .month = 4, .unspecified = NKC_X_YEAR } } },
	{ "X in an interval",
	  { .structured = true,
	    .start = { .year = 2000, .unspecified = NKC_X_YEAR },
	    .finish = NKC_DATE_OPEN } },
	{ "an interval without a date",
	  { .structured = true, .begin = NKC_DATE_OPEN, .finish = NKC_DATE_OPEN } },
	{ "an interval without an end", { .structured = true, .begin = NKC_DATE_OPEN } },
	{ "a time without a day",
	  { .structured = true, .start = { .year = 2004 }, .time = NKC_STR_INIT("T10:00:00") } },
	{ "no time",
	  { .structured = true,
	    .start = { .year = 2004, .month = 6, .day = 1 },
	    .time = NKC_STR_INIT("T10:00") } },
};

static void what_has_no_edtf_form_is_not_written(void **state)
{
	nkc_buf out = NKC_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(unwritten); i++) {
		if (nkc_edtf_write(&unwritten[i].date, &out) || out.len)
			fail_msg("%s: written as %s", unwritten[i].why, out.ptr);
	}
	nkc_buf_release(&out);
}

/* --- the calendar --- */

static void february_follows_the_gregorian_rule(void **state)
{
	(void)state;
	assert_int_equal(nkc_days_in_month(2004, 2), 29);
	assert_int_equal(nkc_days_in_month(2005, 2), 28);
	assert_int_equal(nkc_days_in_month(1900, 2), 28);
	assert_int_equal(nkc_days_in_month(2000, 2), 29);
	assert_int_equal(nkc_days_in_month(1600, 2), 29);
	assert_int_equal(nkc_days_in_month(0, 2), 29);
	assert_int_equal(nkc_days_in_month(-4, 2), 29);
	assert_int_equal(nkc_days_in_month(-1, 2), 28);
	assert_int_equal(nkc_days_in_month(-100, 2), 28);
}

static void months_have_their_days(void **state)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	(void)state;
	for (int month = 1; month <= 12; month++)
		assert_int_equal(nkc_days_in_month(2021, month), days[month - 1]);
}

static void csl_has_no_year_zero(void **state)
{
	(void)state;
	assert_int_equal(nkc_year_csl(1), 1);
	assert_int_equal(nkc_year_csl(0), -1);
	assert_int_equal(nkc_year_csl(-43), -44);
	assert_int_equal(nkc_year_astronomical(-44), -43);
	assert_int_equal(nkc_year_astronomical(-1), 0);
	assert_int_equal(nkc_year_astronomical(1), 1);
	for (int64_t year = -10; year <= 10; year++)
		assert_int_equal(nkc_year_astronomical(nkc_year_csl(year)), year);
}

/* --- mutations --- */

/* A small generator of our own, so that a failure is the same everywhere. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Replaces, inserts or cuts one byte. Bytes are mostly those that dates are made of. */
static size_t mutate(char *text, size_t length, size_t size, uint32_t *seed)
{
	static const char bytes[] = "0123456789XYZT-+/.?~%:ES \xe2\x80\0";
	char byte = bytes[next_random(seed) % sizeof(bytes)];
	size_t at = length ? next_random(seed) % length : 0;

	switch (next_random(seed) % 3) {
	case 0:
		if (length)
			text[at] = byte;
		return length;
	case 1:
		if (length + 1 >= size)
			return length;
		memmove(text + at + 1, text + at, length - at);
		text[at] = byte;
		return length + 1;
	default:
		if (length == 0)
			return 0;
		memmove(text + at, text + at + 1, length - at - 1);
		return length - 1;
	}
}

/* Of a text that is a date, writing gives the text; of any other the fault lies within it. */
static void assert_consistent(const char *bytes, size_t length)
{
	char *exact = malloc(length ? length : 1); /* so that a sanitizer sees a byte read too far */
	nkc_buf out = NKC_BUF_INIT;
	nkc_edtf_fault fault;
	nkc_date date;

	assert_non_null(exact);
	memcpy(exact, bytes, length);
	if (nkc_edtf_parse(nkc_str_make(exact, length), &date, &fault) == NKC_OK) {
		assert_true(nkc_edtf_write(&date, &out));
		assert_int_equal(out.len, length);
		assert_memory_equal(out.ptr, exact, length);
	} else {
		assert_true(fault.at + fault.length <= length);
		assert_true(fault.length > 0 || length == 0);
		assert_int_not_equal(fault.code, NKC_CODE_NONE);
		assert_true(strlen(fault.what) > 0);
	}
	nkc_buf_release(&out);
	free(exact);
}

static void mutations_never_crash_and_what_is_read_is_written_back(void **state)
{
	uint32_t seed = 20190204;

	(void)state;
	for (size_t round = 0; round < 300; round++) {
		for (size_t i = 0; i < COUNT(good); i++) {
			char text[64];
			size_t length = strlen(good[i].text);

			memcpy(text, good[i].text, length);
			for (uint32_t steps = 1 + next_random(&seed) % 3; steps; steps--)
				length = mutate(text, length, sizeof(text), &seed);
			assert_consistent(text, length);
		}
	}
}

/* All that fits on four places behind "2004-": months, X, qualifiers, ends of intervals. */
static void short_ends_are_read_and_written_alike(void **state)
{
	static const char bytes[] = "0129X-/.?~T";
	const size_t base = sizeof(bytes) - 1;

	(void)state;
	for (size_t number = 0; number < base * base * base * base; number++) {
		char text[] = "2004-0000";
		size_t rest = number;
		for (size_t place = 5; place < 9; place++, rest /= base)
			text[place] = bytes[rest % base];
		assert_consistent(text, 9);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_of_levels_0_and_1_is_read_and_written),
		cmocka_unit_test(every_fault_has_its_code_and_place),
		cmocka_unit_test(a_fault_need_not_be_asked_for),
		cmocka_unit_test(a_nul_byte_is_not_the_end_of_a_date),
		cmocka_unit_test(what_has_no_edtf_form_is_not_written),
		cmocka_unit_test(february_follows_the_gregorian_rule),
		cmocka_unit_test(months_have_their_days),
		cmocka_unit_test(csl_has_no_year_zero),
		cmocka_unit_test(mutations_never_crash_and_what_is_read_is_written_back),
		cmocka_unit_test(short_ends_are_read_and_written_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
