#include "record/pages.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_page_byte(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Cuts one of the labels off the front when a number follows; the longer ones come first. */
static nkc_str without_front(nkc_str text, const char *const *labels, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		nkc_str label = nkc_str_from(labels[i]);
		if (!nkc_str_eq_nocase(nkc_str_slice(text, 0, label.len), label))
			continue;
		nkc_str rest = nkc_str_trim(nkc_str_slice(text, label.len, text.len));
		if (rest.len > 0 && is_digit(rest.ptr[0]))
			return rest;
	}
	return text;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

nkc_str nkc_page_without_label(nkc_str text)
{
	static const char *const labels[] = { "pages", "page", "pp.", "pp ",     "pgs.",   "pg.",
		                              "p.",    "p ",   "S. ", "Seiten ", "Seite ", "síd. " };

	return without_front(text, labels, COUNT(labels));
}

/* "2 ed.": the label behind a number. */
static nkc_str without_back(nkc_str text, const char *const *labels, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		nkc_str label = nkc_str_from(labels[i]);
		if (text.len <= label.len ||
		    !nkc_str_eq_nocase(nkc_str_slice(text, text.len - label.len, text.len), label))
			continue;
		nkc_str rest = nkc_str_trim(nkc_str_slice(text, 0, text.len - label.len));
		bool number = rest.len > 0;
		for (size_t at = 0; at < rest.len; at++)
			number = number && is_digit(rest.ptr[at]);
		if (number)
			return rest;
	}
	return text;
}

nkc_str nkc_number_without_label(nkc_var var, nkc_str text)
{
	static const char *const volumes[] = { "volume ", "vol. ", "vol.",  "vol ",
		                               "Bd. ",    "Band ", "tome ", "v. " };
	static const char *const issues[] = { "issue ", "no. ", "no.", "number ", "nr. ",
		                              "nr.",    "n° ",  "n°",  "Heft ",   "iss. " };
	static const char *const editions[] = { "st edition", "nd edition", "rd edition", "th edition",
		                                "st ed.",     "nd ed.",     "rd ed.",     "th ed.",
		                                "st ed",      "nd ed",      "rd ed",      "th ed",
		                                " edition",   " ed.",       " ed" };

	switch (var) {
	case NKC_VAR_VOLUME:
		return without_front(text, volumes, COUNT(volumes));
	case NKC_VAR_ISSUE:
		return without_front(text, issues, COUNT(issues));
	case NKC_VAR_EDITION:
		return without_back(text, editions, COUNT(editions));
	default:
		return text;
	}
}

/* --- dashes --- */

typedef struct mark {
	nkc_str bytes;
	bool usual;
} mark;

static const mark marks[] = {
	{ NKC_STR_INIT("-"), true },
	{ NKC_STR_INIT("\xE2\x80\x93"), true },  /* U+2013 en dash */
	{ NKC_STR_INIT("\xE2\x80\x90"), false }, /* U+2010 hyphen */
	{ NKC_STR_INIT("\xE2\x80\x91"), false }, /* U+2011 non-breaking hyphen */
	{ NKC_STR_INIT("\xE2\x80\x92"), false }, /* U+2012 figure dash */
	{ NKC_STR_INIT("\xE2\x80\x94"), false }, /* U+2014 em dash */
	{ NKC_STR_INIT("\xE2\x80\x95"), false }, /* U+2015 horizontal bar */
	{ NKC_STR_INIT("\xE2\x88\x92"), false }, /* U+2212 minus */
	{ NKC_STR_INIT("\xC2\xAD"), false },     /* U+00AD soft hyphen */
};

static const mark *mark_at(nkc_str text, size_t at)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (nkc_str_starts(nkc_str_slice(text, at, text.len), marks[i].bytes))
			return &marks[i];
	}
	return NULL;
}

static size_t skip_spaces(nkc_str text, size_t at)
{
	while (at < text.len && text.ptr[at] == ' ')
		at++;
	return at;
}

bool nkc_page_dash_find(nkc_str text, size_t from, nkc_page_dash *dash)
{
	const mark *m = NULL;
	size_t at = from, end;
	bool usual;

	while (at < text.len && !(m = mark_at(text, at)))
		at++;
	if (at >= text.len)
		return false;
	usual = m->usual;
	end = at + m->bytes.len;
	while ((m = mark_at(text, end))) {
		end += m->bytes.len;
		usual = false;
	}
	dash->at = at;
	while (dash->at > from && text.ptr[dash->at - 1] == ' ')
		dash->at--;
	dash->length = skip_spaces(text, end) - dash->at;
	dash->unusual = !usual && dash->at > 0 && is_page_byte(text.ptr[dash->at - 1]) &&
	                dash->at + dash->length < text.len && is_page_byte(text.ptr[dash->at + dash->length]);
	return true;
}

/* --- ranges --- */

/* Digits at text[*at], of which 18 always fit; 0 when there are none or more. */
static size_t read_number(nkc_str text, size_t *at, uint64_t *value)
{
	size_t from = *at;

	*value = 0;
	for (; *at < text.len && is_digit(text.ptr[*at]); (*at)++) {
		if (*at - from < 18)
			*value = *value * 10 + (uint64_t)(text.ptr[*at] - '0');
	}
	return *at - from <= 18 ? *at - from : 0;
}

/* 1043-8 is 1043-1048. */
static uint64_t complete(uint64_t first, uint64_t last, size_t digits)
{
	uint64_t power = 1;

	for (size_t i = 0; i < digits; i++)
		power *= 10;
	return first - first % power + last;
}

/* A range that begins at text[from]; its end, or `from` when none does. Letters around it make it something else. */
static size_t read_range(nkc_str text, size_t from, uint64_t *first, uint64_t *last)
{
	size_t at = from, digits, more;
	nkc_page_dash dash;

	digits = read_number(text, &at, first);
	if (digits == 0 || !mark_at(text, skip_spaces(text, at)) || !nkc_page_dash_find(text, at, &dash) ||
	    dash.at != at)
		return from;
	at = dash.at + dash.length;
	more = read_number(text, &at, last);
	if (more == 0 || (at < text.len && (is_page_byte(text.ptr[at]) || mark_at(text, at))))
		return from;
	if (more < digits)
		*last = complete(*first, *last, more);
	return at;
}

bool nkc_page_range_next(nkc_str *rest, nkc_str *range, uint64_t *first, uint64_t *last)
{
	nkc_str text = *rest;

	for (size_t at = 0; at < text.len;) {
		size_t end = read_range(text, at, first, last);
		if (end > at) {
			*range = nkc_str_slice(text, at, end);
			*rest = nkc_str_slice(text, end, text.len);
			return true;
		}
		/* pass over the rest of this word */
		while (at < text.len && text.ptr[at] != ',' && text.ptr[at] != ' ' && text.ptr[at] != ';')
			at++;
		while (at < text.len && !is_page_byte(text.ptr[at]))
			at++;
	}
	return false;
}
