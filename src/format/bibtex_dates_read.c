/* Reads dates; what is read, bibtex_dates.c says, and what other programs write for months. */
#include "format/bibtex_item.h"
#include "record/date.h"

static nkc_value *literal(nkc_bib_maker *maker, nkc_str text)
{
	nkc_value *date = nkc_value_new(maker->arena, NKC_OBJECT);
	nkc_value *value = nkc_value_string(maker->arena, text);
	if (date && value)
		nkc_value_add(date, NKC_STR("literal"), value);
	return date;
}

static nkc_value *write_edtf(nkc_bib_maker *maker, const nkc_date *date)
{
	nkc_buf_clear(&maker->text);
	return nkc_edtf_write(date, &maker->text) ? nkc_value_string(maker->arena, nkc_buf_str(&maker->text)) : NULL;
}

static bool take(nkc_str *text, nkc_str what)
{
	if (text->len < what.len || !nkc_str_eq_nocase(nkc_str_slice(*text, 0, what.len), what))
		return false;
	*text = nkc_str_slice(*text, what.len, text->len);
	return true;
}

#define DAY_MAX 31

/* So many digits of a year are read. */
#define DIGITS_MAX 15

static bool take_number(nkc_str *text, int64_t *number)
{
	size_t len = 0;
	*number = 0;
	while (len < text->len && len <= DIGITS_MAX && text->ptr[len] >= '0' && text->ptr[len] <= '9')
		*number = *number * 10 + (text->ptr[len++] - '0');
	*text = nkc_str_slice(*text, len, text->len);
	return len > 0 && len <= DIGITS_MAX;
}

/* --- years --- */

static bool take_year(nkc_str *text, nkc_date_point *point)
{
	nkc_str digits = *text;
	if (!take_number(text, &point->year))
		return false;
	size_t len = digits.len - text->len;
	if (take(text, NKC_STR("XX"))) {
		point->unspecified = NKC_X_DECADE;
		point->year *= 100;
	} else if (len >= 2 && take(text, NKC_STR("X"))) {
		point->unspecified = NKC_X_YEAR;
		point->year *= 10;
	}
	return true;
}

static bool take_point(nkc_str *text, nkc_date_point *point)
{
	point->approximate = take(text, NKC_STR("ca. ")) || take(text, NKC_STR("circa ")) ||
	                     take(text, NKC_STR("c. ")) || take(text, NKC_STR("ca "));
	bool negative = take(text, NKC_STR("-"));
	if (!take_year(text, point))
		return false;
	point->uncertain = take(text, NKC_STR("?"));
	if (take(text, NKC_STR(" BCE")) || take(text, NKC_STR(" BC")))
		point->year = 1 - point->year;
	else if (negative)
		point->year = -point->year;
	return true;
}

/* "2001", "ca. 1650", "1999--2004", "2013--" and the like; all of it. */
static bool read_years(nkc_str text, nkc_date *date)
{
	*date = nkc_date_empty;
	date->structured = true;
	if (!take_point(&text, &date->start))
		return false;
	if (nkc_str_empty(text))
		return true;
	if (!take(&text, NKC_STR("--")) && !take(&text, NKC_STR("\xe2\x80\x93")) && !take(&text, NKC_STR("-")) &&
	    !take(&text, NKC_STR("/")))
		return false;
	date->finish = nkc_str_empty(text) ? NKC_DATE_OPEN : NKC_DATE_CLOSED;
	return nkc_str_empty(text) || (take_point(&text, &date->end) && nkc_str_empty(text));
}

/* --- months --- */

/* As many letters as tell them apart; in the languages of BibLaTeX's users they differ, and go into a literal. */
static const char months[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
	                            "jul", "aug", "sep", "oct", "nov", "dec" };
static const char seasons[5][7] = { "spring", "summer", "autumn", "winter", "fall" };

static size_t letters(nkc_str text)
{
	size_t len = 0;
	while (len < text.len && ((text.ptr[len] | 0x20) >= 'a' && (text.ptr[len] | 0x20) <= 'z'))
		len++;
	return len;
}

static uint8_t take_month_word(nkc_str *text)
{
	size_t len = letters(*text);
	nkc_str word = nkc_str_slice(*text, 0, len);
	uint8_t found = 0;
	for (uint8_t i = 0; i < 12 && len >= 3; i++) {
		if (nkc_str_eq_nocase(nkc_str_slice(word, 0, 3), nkc_str_from(months[i])))
			found = (uint8_t)(i + 1);
	}
	for (uint8_t i = 0; i < 5; i++) {
		if (nkc_str_eq_nocase(word, nkc_str_from(seasons[i])))
			found = (uint8_t)(NKC_SPRING + (i == 4 ? 2 : i));
	}
	if (found)
		*text = nkc_str_slice(
			*text, len + nkc_str_starts(nkc_str_slice(*text, len, text->len), NKC_STR(".")),
			text->len);
	return found;
}

/* "mar", "3", "March", "22 may", "may 22", "Spring". */
static bool read_month(nkc_str text, nkc_date_point *point)
{
	int64_t number, day = 0;
	bool numbered = take_number(&text, &number);
	text = nkc_str_trim(text);
	uint8_t month = take_month_word(&text);
	text = nkc_str_trim(text);
	if (month && numbered)
		day = number;
	else if (month && !nkc_str_empty(text) && !take_number(&text, &day))
		return false;
	if (!month && numbered && number <= 12)
		month = (uint8_t)number;
	if (!month || !nkc_str_empty(text) || day > DAY_MAX || (day && month > 12))
		return false;
	point->month = month;
	point->day = (uint8_t)day;
	return true;
}

static bool read_day(nkc_str text, nkc_date_point *point)
{
	int64_t day;
	if (!take_number(&text, &day) || !nkc_str_empty(text) || day < 1 || !point->month || point->month > 12 ||
	    day > nkc_days_in_month(point->year, point->month))
		return false;
	point->day = (uint8_t)day;
	return true;
}

/* All that the fields say, in words. */
static nkc_value *say(nkc_bib_maker *maker, nkc_str year, nkc_str month, nkc_str day)
{
	nkc_buf_clear(&maker->text);
	const nkc_str parts[] = { day, month, year };
	for (size_t i = 0; i < 3; i++) {
		if (nkc_str_empty(parts[i]))
			continue;
		if (maker->text.len)
			nkc_buf_putc(&maker->text, ' ');
		nkc_buf_put_str(&maker->text, parts[i]);
	}
	return literal(maker, nkc_arena_str(maker->arena, nkc_buf_str(&maker->text)));
}

/* month = may # {~22}, as btxdoc has it */
static nkc_str untie(nkc_bib_maker *maker, nkc_str month)
{
	if (nkc_str_find_byte(month, '~') == month.len)
		return month;
	nkc_buf_clear(&maker->text);
	for (size_t i = 0; i < month.len; i++)
		nkc_buf_putc(&maker->text, month.ptr[i] == '~' ? ' ' : month.ptr[i]);
	return nkc_arena_str(maker->arena, nkc_buf_str(&maker->text));
}

nkc_value *nkc_bib_read_year(nkc_bib_maker *maker, nkc_str year, nkc_str month, nkc_str day)
{
	nkc_date date;
	nkc_str range = nkc_str_trim(year);
	year = nkc_bib_decode(maker, year, 0);
	month = nkc_bib_decode(maker, untie(maker, month), 0);
	day = nkc_bib_decode(maker, day, 0);
	if (nkc_str_is(year, "n.d.") || nkc_str_empty(year))
		return nkc_str_empty(month) || nkc_str_is(year, "n.d.") ? NULL : say(maker, year, month, day);
	if (!read_years(nkc_str_find(range, NKC_STR("--")) < range.len ? range : year, &date))
		return say(maker, year, month, day);
	if (nkc_str_empty(month))
		return write_edtf(maker, &date);
	if (date.finish != NKC_DATE_SINGLE || !read_month(month, &date.start) ||
	    (!nkc_str_empty(day) && !read_day(day, &date.start)))
		return say(maker, year, month, day);
	return write_edtf(maker, &date);
}

/* --- EDTF --- */

static bool is_digit_at(nkc_str text, size_t at)
{
	return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/*
 * What EDTF was before it was a standard ("199u", "1273?~", "unknown", "open"), and the times of a range, which it has no
 * more: without them; months and days of one digit with two. Empty when it is nothing of the kind.
 */
static nkc_str older_edtf(nkc_bib_maker *maker, nkc_str text)
{
	nkc_buf *out = &maker->text;
	nkc_buf_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		nkc_str rest = nkc_str_slice(text, i, text.len);
		char c = text.ptr[i];
		if (nkc_str_starts(rest, NKC_STR("unknown"))) {
			i += 6;
		} else if (nkc_str_starts(rest, NKC_STR("open"))) {
			nkc_buf_puts(out, "..");
			i += 3;
		} else if (c == 'u') {
			nkc_buf_putc(out, 'X');
		} else if (c == 'T') {
			while (i + 1 < text.len && text.ptr[i + 1] != '/')
				i++;
		} else if (nkc_str_starts(rest, NKC_STR("?~"))) {
			nkc_buf_putc(out, '%');
			i++;
		} else if (c == '-' && i && is_digit_at(text, i - 1) && is_digit_at(text, i + 1) &&
		           !is_digit_at(text, i + 2)) {
			nkc_buf_puts(out, "-0");
		} else if (strchr("0123456789-/?~.X", c)) {
			nkc_buf_putc(out, c);
		} else {
			return NKC_STR("");
		}
	}
	return nkc_arena_str(maker->arena, nkc_buf_str(out));
}

nkc_value *nkc_bib_read_date(nkc_bib_maker *maker, nkc_str latex)
{
	nkc_date date;
	nkc_edtf_fault fault;
	nkc_str text = nkc_latex_unbrace(latex); /* its tilde is no blank */
	if (nkc_str_empty(text))
		return NULL;
	if (nkc_edtf_parse(text, &date, &fault) == NKC_OK)
		return nkc_value_string(maker->arena, text);
	nkc_str older = older_edtf(maker, text);
	if (!nkc_str_empty(older) && nkc_edtf_parse(older, &date, &fault) == NKC_OK)
		return nkc_value_string(maker->arena, older);
	text = nkc_bib_decode(maker, latex, 0);
	if (read_years(text, &date))
		return write_edtf(maker, &date);
	/* "Summer 2020", which is what Zotero reads; "May 3" names no year */
	date.start = nkc_date_empty.start;
	uint8_t month = take_month_word(&text);
	nkc_str rest = nkc_str_trim(text);
	if (month && read_years(rest, &date) && date.finish == NKC_DATE_SINGLE && date.start.year > DAY_MAX) {
		date.start.month = month;
		return write_edtf(maker, &date);
	}
	return literal(maker, nkc_bib_decode(maker, latex, 0));
}
