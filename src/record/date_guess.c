/*
 * date_guess.c: what a text that is not EDTF may mean as a date, for hints.
 */
#include "record/check_date.h"
#include "record/words.h"

#include <stdio.h>

#define TOKENS_MAX 8

typedef enum token_kind {
	TOKEN_NUMBER,
	TOKEN_MONTH,  /* value 1 to 12 */
	TOKEN_SEASON, /* value 21 to 24 */
	TOKEN_CIRCA,
	TOKEN_BCE,
	TOKEN_NOISE /* weekdays, "th", "of" */
} token_kind;

typedef struct token {
	token_kind kind;
	unsigned value;
	size_t digits;
} token;

/* What was found: the numbers in their order, and what the words say. */
typedef struct guess {
	token numbers[TOKENS_MAX];
	size_t count;
	unsigned month; /* 0: none; 21 to 24: a season */
	bool circa, bce;
	char separator; /* the first mark behind the first number */
} guess;

static const struct {
	const char *word;
	token_kind kind;
	unsigned value;
} dictionary[] = {
	{ "january", TOKEN_MONTH, 1 },   { "february", TOKEN_MONTH, 2 },  { "march", TOKEN_MONTH, 3 },
	{ "april", TOKEN_MONTH, 4 },     { "may", TOKEN_MONTH, 5 },       { "june", TOKEN_MONTH, 6 },
	{ "july", TOKEN_MONTH, 7 },      { "august", TOKEN_MONTH, 8 },    { "september", TOKEN_MONTH, 9 },
	{ "october", TOKEN_MONTH, 10 },  { "november", TOKEN_MONTH, 11 }, { "december", TOKEN_MONTH, 12 },
	{ "sept", TOKEN_MONTH, 9 },      { "spring", TOKEN_SEASON, 21 },  { "summer", TOKEN_SEASON, 22 },
	{ "autumn", TOKEN_SEASON, 23 },  { "fall", TOKEN_SEASON, 23 },    { "winter", TOKEN_SEASON, 24 },
	{ "c", TOKEN_CIRCA, 0 },         { "ca", TOKEN_CIRCA, 0 },        { "circa", TOKEN_CIRCA, 0 },
	{ "about", TOKEN_CIRCA, 0 },     { "approx", TOKEN_CIRCA, 0 },    { "approximately", TOKEN_CIRCA, 0 },
	{ "bc", TOKEN_BCE, 0 },          { "bce", TOKEN_BCE, 0 },         { "st", TOKEN_NOISE, 0 },
	{ "nd", TOKEN_NOISE, 0 },        { "rd", TOKEN_NOISE, 0 },        { "th", TOKEN_NOISE, 0 },
	{ "of", TOKEN_NOISE, 0 },        { "the", TOKEN_NOISE, 0 },       { "on", TOKEN_NOISE, 0 },
	{ "published", TOKEN_NOISE, 0 }, { "monday", TOKEN_NOISE, 0 },    { "tuesday", TOKEN_NOISE, 0 },
	{ "wednesday", TOKEN_NOISE, 0 }, { "thursday", TOKEN_NOISE, 0 },  { "friday", TOKEN_NOISE, 0 },
	{ "saturday", TOKEN_NOISE, 0 },  { "sunday", TOKEN_NOISE, 0 },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Months and weekdays may be cut to three letters. */
static bool means(nkc_str word, size_t entry)
{
	nkc_str whole = nkc_str_from(dictionary[entry].word);
	bool shortened = word.len == 3 &&
	                 (dictionary[entry].kind == TOKEN_MONTH || nkc_str_ends(whole, NKC_STR("day")));

	return nkc_str_eq_nocase(word, shortened ? nkc_str_slice(whole, 0, 3) : whole);
}

static bool take_word(guess *g, nkc_str word)
{
	size_t entry = 0, entries = sizeof(dictionary) / sizeof(dictionary[0]);

	while (entry < entries && !means(word, entry))
		entry++;
	if (entry == entries)
		return false;
	switch (dictionary[entry].kind) {
	case TOKEN_CIRCA:
		g->circa = true;
		return true;
	case TOKEN_BCE:
		g->bce = true;
		return true;
	case TOKEN_NOISE:
		return true;
	default:
		break;
	}
	if (g->month)
		return false;
	g->month = dictionary[entry].value;
	return true;
}

static bool take_number(guess *g, nkc_str digits)
{
	token number = { TOKEN_NUMBER, 0, digits.len };

	if (digits.len > 8 || g->count == TOKENS_MAX)
		return false;
	for (size_t i = 0; i < digits.len; i++)
		number.value = number.value * 10 + (unsigned)(digits.ptr[i] - '0');
	g->numbers[g->count++] = number;
	return true;
}

/* Cuts the text into numbers and known words; false at anything else. */
static bool read_tokens(nkc_str text, guess *g)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		char c = text.ptr[at];
		if (is_digit(c)) {
			while (at < text.len && is_digit(text.ptr[at]))
				at++;
			if (!take_number(g, nkc_str_slice(text, from, at)))
				return false;
		} else if (is_letter(c)) {
			while (at < text.len && is_letter(text.ptr[at]))
				at++;
			if (!take_word(g, nkc_str_slice(text, from, at)))
				return false;
		} else if (strchr(" ,.-/[]()", c) && c) {
			if (g->count == 1 && (!g->separator || g->separator == ' '))
				g->separator = c;
			at++;
		} else {
			return false;
		}
	}
	return g->count > 0;
}

/* --- sense --- */

typedef struct ymd {
	unsigned year, month, day; /* 0: none */
} ymd;

static bool is_day(ymd date)
{
	return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= (unsigned)nkc_days_in_month(date.year, (int)date.month);
}

static bool offer(char *hint, const guess *g, ymd date)
{
	const char *mark = g->circa ? "~" : "";

	if (date.day)
		snprintf(hint, NKC_HINT_SIZE, "write %04u-%02u-%02u%s", date.year, date.month, date.day,
		         mark);
	else if (date.month)
		snprintf(hint, NKC_HINT_SIZE, "write %04u-%02u%s", date.year, date.month, mark);
	else if (g->bce && date.year > 1)
		snprintf(hint, NKC_HINT_SIZE, "write -%04u%s (year 0 is 1 BCE)", date.year - 1, mark);
	else
		snprintf(hint, NKC_HINT_SIZE, "write %04u%s", date.year, mark);
	return true;
}

/* 2004-13-11: month and day the other way round; 2014-02-30: no such day. */
static bool guess_year_first(const guess *g, char *hint)
{
	ymd date = { g->numbers[0].value, g->numbers[1].value, g->numbers[2].value };
	ymd swapped = { date.year, date.day, date.month };

	if (is_day(date))
		return offer(hint, g, date);
	if (is_day(swapped)) {
		snprintf(hint, NKC_HINT_SIZE, "write %04u-%02u-%02u, %04u-%02u or %04u", swapped.year,
		         swapped.month, swapped.day, swapped.year, swapped.month, swapped.year);
		return true;
	}
	if (date.month < 1 || date.month > 12)
		return false;
	snprintf(hint, NKC_HINT_SIZE, "that month has %d days; write %04u-%02u if the day is not known",
	         nkc_days_in_month(date.year, (int)date.month), date.year, date.month);
	return true;
}

/* 13.11.2004 has the day first, 11/13/2004 the month; where both are possible, both are offered. */
static bool guess_year_last(const guess *g, char *hint)
{
	ymd day_first = { g->numbers[2].value, g->numbers[1].value, g->numbers[0].value };
	ymd month_first = { day_first.year, day_first.day, day_first.month };

	if (is_day(day_first) &&
	    (g->separator == '.' || !is_day(month_first) || day_first.day == day_first.month))
		return offer(hint, g, day_first);
	if (is_day(month_first) && !is_day(day_first))
		return offer(hint, g, month_first);
	if (!is_day(day_first))
		return false;
	snprintf(hint, NKC_HINT_SIZE, "write %04u-%02u-%02u (month first) or %04u-%02u-%02u (day first)",
	         month_first.year, month_first.month, month_first.day, day_first.year, day_first.month,
	         day_first.day);
	return true;
}

static bool guess_numbers(const guess *g, char *hint)
{
	const token *n = g->numbers;

	if (g->count == 3 && n[0].digits == 4)
		return guess_year_first(g, hint);
	if (g->count == 3 && n[2].digits == 4)
		return guess_year_last(g, hint);
	if (g->count == 2 && n[0].digits == 4 && n[1].digits == 4 && n[0].value < n[1].value) {
		snprintf(hint, NKC_HINT_SIZE, "write %04u/%04u", n[0].value, n[1].value);
		return true;
	}
	if (g->count == 2 && n[0].digits == 4 && n[1].digits <= 2 && n[1].value >= 1 && n[1].value <= 12)
		return offer(hint, g, (ymd){ n[0].value, n[1].value, 0 });
	if (g->count == 2 && n[1].digits == 4 && n[0].digits <= 2 && n[0].value >= 1 && n[0].value <= 12)
		return offer(hint, g, (ymd){ n[1].value, n[0].value, 0 });
	if (g->count == 1 && n[0].digits == 8) {
		ymd date = { n[0].value / 10000, n[0].value / 100 % 100, n[0].value % 100 };
		return is_day(date) && offer(hint, g, date);
	}
	return g->count == 1 && (n[0].digits == 4 || g->bce) && offer(hint, g, (ymd){ n[0].value, 0, 0 });
}

/* The month is a word: the number of four digits is the year, the other the day. */
static bool guess_words(const guess *g, char *hint)
{
	size_t year = 0;
	ymd date;

	while (year < g->count && g->numbers[year].digits != 4)
		year++;
	if (year == g->count || g->count > 2 || (g->month > 12 && g->count > 1))
		return false;
	date = (ymd){ g->numbers[year].value, g->month, 0 };
	if (g->count == 2) {
		date.day = g->numbers[1 - year].value;
		if (!is_day(date))
			return false;
	}
	return offer(hint, g, date);
}

/* "n.d." and its like say that there is no date. */
static bool is_no_date(nkc_str text)
{
	static const char *const words[] = { "n.d.",
		                             "n.d",
		                             "nd",
		                             "n. d.",
		                             "no date",
		                             "undated",
		                             "s.d.",
		                             "s. d.",
		                             "o. J.",
		                             "unknown",
		                             "n/a",
		                             "none",
		                             "\xD0\xB1. \xD0\xB3." };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (nkc_str_eq_nocase(text, nkc_str_from(words[i])))
			return true;
	}
	return false;
}

/* Four digits first, then what EDTF is made of: a fault of such a text is told best as one of EDTF. */
static bool is_near(nkc_str text)
{
	size_t first = text.len && text.ptr[0] == '-' ? 1 : 0;

	for (size_t i = first; i < text.len; i++) {
		if (!is_digit(text.ptr[i]) && !(i >= first + 4 && strchr("-/.", text.ptr[i])))
			return false;
	}
	return true;
}

nkc_guess nkc_date_guess(nkc_str text, char *hint)
{
	guess g = { .count = 0 };

	text = nkc_str_trim(text);
	if (is_no_date(text)) {
		snprintf(hint, NKC_HINT_SIZE, "remove it, and say in custom.nkcite.absent why there is none");
		return NKC_GUESS_FOREIGN;
	}
	if (text.len > 40 || !read_tokens(text, &g) ||
	    !(g.month ? guess_words(&g, hint) : guess_numbers(&g, hint)))
		return NKC_GUESS_NONE;
	return is_near(text) ? NKC_GUESS_NEAR : NKC_GUESS_FOREIGN;
}
