/*
 * Types of values in the schema: lists of words, and those of XML Schema, part 2, that it uses.
 */
#include "csl/schema.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool matches(const char *pattern, size_t len, nkc_str word)
{
	if (len != word.len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (pattern[i] == '#' ? !is_digit(word.ptr[i]) : pattern[i] != word.ptr[i])
			return false;
	}
	return true;
}

bool csl_schema_has(const char *words, nkc_str word)
{
	for (const char *from = words;; from++) {
		size_t len = strcspn(from, "|");
		if (matches(from, len, word))
			return true;
		from += len;
		if (!*from)
			return false;
	}
}

/* White space at the ends does not count, and some of it in the middle is one space: "and  others". */
static bool is_word(const char *words, nkc_str value)
{
	char word[64];
	size_t len = 0;
	value = nkc_str_trim(value);
	for (size_t i = 0; i < value.len && len < sizeof word; i++) {
		bool space = is_space(value.ptr[i]);
		if (!space || !is_space(value.ptr[i - 1]))
			word[len++] = space ? ' ' : value.ptr[i];
	}
	return len < sizeof word && csl_schema_has(words, nkc_str_make(word, len));
}

static bool are_words(const char *words, nkc_str value)
{
	unsigned count = 0;
	for (size_t i = 0; i < value.len;) {
		size_t from = i;
		while (i < value.len && !is_space(value.ptr[i]))
			i++;
		if (i > from && !csl_schema_has(words, nkc_str_slice(value, from, i)))
			return false;
		count += i > from;
		while (i < value.len && is_space(value.ptr[i]))
			i++;
	}
	return count > 0;
}

static bool is_integer(nkc_str value)
{
	size_t i = value.len && (value.ptr[0] == '-' || value.ptr[0] == '+');
	if (i == value.len)
		return false;
	for (; i < value.len; i++) {
		if (!is_digit(value.ptr[i]))
			return false;
	}
	return true;
}

static bool is_zero(nkc_str value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] >= '1' && value.ptr[i] <= '9')
			return false;
	}
	return true;
}

static bool is_count(nkc_str value)
{
	return is_integer(value) && (value.ptr[0] != '-' || is_zero(value));
}

static bool is_positive(nkc_str value)
{
	return is_count(value) && !is_zero(value);
}

static bool is_boolean(nkc_str value)
{
	return csl_schema_has("true|false|1|0", value);
}

/* Of name characters beyond ASCII (XML 1.0, section 2.3) the letters count, which all of UTF-8 is taken for. */
static bool is_nmtoken(nkc_str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		if (!is_letter(c) && !is_digit(c) && (unsigned char)c < 0x80 && (!c || !strchr("._-:", c)))
			return false;
	}
	return value.len > 0;
}

/* [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static bool is_language(nkc_str value)
{
	nkc_str part;
	bool first = true;
	if (value.len == 0 || value.ptr[value.len - 1] == '-')
		return false;
	while (nkc_str_split(&value, '-', &part)) {
		if (part.len == 0 || part.len > 8)
			return false;
		for (size_t i = 0; i < part.len; i++) {
			if (!is_letter(part.ptr[i]) && (first || !is_digit(part.ptr[i])))
				return false;
		}
		first = false;
	}
	return true;
}

/* A scheme, if a colon stands before any of / ? # (RFC 3986, section 3.1). */
static bool has_good_scheme(nkc_str value)
{
	for (size_t i = 0; i < value.len && !strchr("/?#", value.ptr[i]); i++) {
		char c = value.ptr[i];
		if (c == ':')
			return i > 0;
		if (!is_letter(c) && (i == 0 || (!is_digit(c) && !strchr("+-.", c)))) {
			nkc_str rest = nkc_str_slice(value, i, value.len);
			size_t colon = nkc_str_find_byte(rest, ':'), slash = nkc_str_find_byte(rest, '/');
			return colon == rest.len || slash < colon;
		}
	}
	return true;
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 3986 as far as anyURI is bound to it: whatever else stands in it may be escaped. */
static bool is_uri(nkc_str value)
{
	unsigned fragments = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '%' &&
		    (i + 2 >= value.len || !is_hex(value.ptr[i + 1]) || !is_hex(value.ptr[i + 2])))
			return false;
		fragments += value.ptr[i] == '#';
	}
	return fragments <= 1 && has_good_scheme(value);
}

/* Reads so many digits into a number; false when they are not there. */
static bool take_number(nkc_str *rest, size_t digits, unsigned *number)
{
	*number = 0;
	for (size_t i = 0; i < digits; i++) {
		if (i >= rest->len || !is_digit(rest->ptr[i]))
			return false;
		*number = *number * 10 + (unsigned)(rest->ptr[i] - '0');
	}
	*rest = nkc_str_slice(*rest, digits, rest->len);
	return true;
}

static bool take(nkc_str *rest, char c)
{
	if (rest->len == 0 || rest->ptr[0] != c)
		return false;
	*rest = nkc_str_slice(*rest, 1, rest->len);
	return true;
}

static unsigned days_of(unsigned year, unsigned month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[month - 1];
}

static bool take_date(nkc_str *rest)
{
	unsigned year, month, day;
	size_t digits = 0;
	take(rest, '-');
	while (digits < rest->len && is_digit(rest->ptr[digits]))
		digits++;
	if (digits < 4 || digits > 9 || (digits > 4 && rest->ptr[0] == '0'))
		return false;
	return take_number(rest, digits, &year) && take(rest, '-') && take_number(rest, 2, &month) && take(rest, '-') &&
	       take_number(rest, 2, &day) && month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

static bool take_time(nkc_str *rest)
{
	unsigned hour, minute, second;
	if (!take_number(rest, 2, &hour) || !take(rest, ':') || !take_number(rest, 2, &minute) || !take(rest, ':') ||
	    !take_number(rest, 2, &second) || minute > 59 || second > 59)
		return false;
	bool midnight = hour == 24 && minute == 0 && second == 0;
	if (take(rest, '.')) {
		size_t digits = 0;
		for (; digits < rest->len && is_digit(rest->ptr[digits]); digits++)
			midnight = midnight && rest->ptr[digits] == '0';
		if (digits == 0)
			return false;
		*rest = nkc_str_slice(*rest, digits, rest->len);
	}
	return hour < 24 || midnight;
}

static bool is_zone(nkc_str value)
{
	unsigned hour, minute;
	if (value.len == 0 || nkc_str_is(value, "Z"))
		return true;
	return (take(&value, '+') || take(&value, '-')) && take_number(&value, 2, &hour) && take(&value, ':') &&
	       take_number(&value, 2, &minute) && value.len == 0 && minute <= 59 &&
	       (hour < 14 || (hour == 14 && minute == 0));
}

static bool is_date_time(nkc_str value)
{
	return take_date(&value) && take(&value, 'T') && take_time(&value) && is_zone(value);
}

/* It is a string, so spaces around it count. */
static bool is_issn(nkc_str value)
{
	return value.len == 9 && (matches("####-####", 9, value) || matches("####-###x", 9, value) ||
	                          matches("####-###X", 9, value));
}

bool csl_schema_fits(csl_datatype data, const char *words, nkc_str value)
{
	static bool (*const tests[])(nkc_str value) = {
		[CSL_DATA_BOOLEAN] = is_boolean,   [CSL_DATA_INTEGER] = is_integer, [CSL_DATA_COUNT] = is_count,
		[CSL_DATA_POSITIVE] = is_positive, [CSL_DATA_NMTOKEN] = is_nmtoken, [CSL_DATA_LANGUAGE] = is_language,
		[CSL_DATA_URI] = is_uri,           [CSL_DATA_DATE_TIME] = is_date_time,
	};
	switch (data) {
	case CSL_DATA_TEXT:
		return true;
	case CSL_DATA_WORD:
		return is_word(words, value);
	case CSL_DATA_WORDS:
		return are_words(words, value);
	case CSL_DATA_ISSN:
		return is_issn(value);
	default:
		return tests[data](nkc_str_trim(value));
	}
}
