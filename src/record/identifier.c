#include "record/identifier.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool all_digits(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]))
			return false;
	}
	return text.len > 0;
}

/* Cuts `prefix` off the text, whatever its case. */
static bool skip_prefix(nkc_str *text, nkc_str prefix)
{
	if (!nkc_str_eq_nocase(nkc_str_slice(*text, 0, prefix.len), prefix))
		return false;
	*text = nkc_str_slice(*text, prefix.len, text->len);
	return true;
}

/* --- DOI --- */

nkc_str nkc_doi_bare(nkc_str text)
{
	static const nkc_str prefixes[] = {
		NKC_STR_INIT("https://"), NKC_STR_INIT("http://"),  NKC_STR_INIT("dx."),
		NKC_STR_INIT("www."),     NKC_STR_INIT("doi.org/"), NKC_STR_INIT("info:"),
		NKC_STR_INIT("doi/"),     NKC_STR_INIT("doi"),      NKC_STR_INIT(":"),
	};
	nkc_str rest = nkc_str_trim(text);
	size_t before;

	do {
		before = rest.len;
		for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			if (skip_prefix(&rest, prefixes[i]))
				rest = nkc_str_trim(rest);
		}
	} while (rest.len < before && !nkc_str_starts(rest, NKC_STR("10.")));
	return nkc_str_starts(rest, NKC_STR("10.")) ? rest : nkc_str_trim(text);
}

/* Digits, and further groups of digits behind dots: 1000, 1000.10. */
static bool is_registrant(nkc_str text)
{
	nkc_str group, first = nkc_str_slice(text, 0, nkc_str_find_byte(text, '.'));

	if (first.len < 4 || first.len > 9 || nkc_str_ends(text, NKC_STR(".")))
		return false;
	while (nkc_str_split(&text, '.', &group)) {
		if (!all_digits(group))
			return false;
	}
	return true;
}

bool nkc_doi_is_valid(nkc_str doi)
{
	size_t slash = nkc_str_find_byte(doi, '/');

	if (!nkc_str_starts(doi, NKC_STR("10.")) || slash + 1 >= doi.len)
		return false;
	for (size_t i = slash + 1; i < doi.len; i++) {
		unsigned char c = (unsigned char)doi.ptr[i];
		if (c <= ' ' || c == 0x7F)
			return false;
	}
	return is_registrant(nkc_str_slice(doi, 3, slash));
}

/* --- check digits --- */

/* Bytes of the hyphen or space at text[at], 0 when there is none. */
static size_t gap(nkc_str text, size_t at)
{
	if (text.ptr[at] == '-' || text.ptr[at] == ' ')
		return 1;
	/* U+2010 to U+2015 */
	if (text.len - at >= 3 && (unsigned char)text.ptr[at] == 0xE2 &&
	    (unsigned char)text.ptr[at + 1] == 0x80 && (unsigned char)text.ptr[at + 2] >= 0x90 &&
	    (unsigned char)text.ptr[at + 2] <= 0x95)
		return 3;
	return 0;
}

/* Takes the digits out of the text; false when it holds anything else, or too many. */
static bool take_digits(nkc_str text, nkc_id_digits *digits)
{
	digits->count = 0;
	digits->expected = '\0';
	for (size_t at = 0; at < text.len;) {
		char c = text.ptr[at];
		size_t skipped = digits->count ? gap(text, at) : 0;
		if (skipped) {
			at += skipped;
			continue;
		}
		bool is_x = (c == 'X' || c == 'x') && at + 1 == text.len;
		if (digits->count == NKC_ID_DIGITS_MAX || !(is_digit(c) || is_x))
			return false;
		digits->text[digits->count++] = is_x ? 'X' : c;
		at++;
	}
	digits->text[digits->count] = '\0';
	return digits->count > 0 && !gap(text, text.len - 1);
}

static char check_char(unsigned value)
{
	return value == 10 ? 'X' : (char)('0' + value);
}

/* Weights count, count - 1, ... 2, 1; the sum is a multiple of 11 (ISBN-10, ISSN). */
static char mod11(const nkc_id_digits *digits)
{
	unsigned sum = 0;

	for (size_t i = 0; i + 1 < digits->count; i++)
		sum += (unsigned)(digits->text[i] - '0') * (unsigned)(digits->count - i);
	return check_char((11 - sum % 11) % 11);
}

/* Weights 1 and 3 in turn; the sum is a multiple of 10 (ISBN-13). */
static char mod10(const nkc_id_digits *digits)
{
	unsigned sum = 0;

	for (size_t i = 0; i + 1 < digits->count; i++)
		sum += (unsigned)(digits->text[i] - '0') * (i % 2 ? 3 : 1);
	return check_char((10 - sum % 10) % 10);
}

/* ISO/IEC 7064, MOD 11-2 (ORCID iD). */
static char mod11_2(const nkc_id_digits *digits)
{
	unsigned total = 0;

	for (size_t i = 0; i + 1 < digits->count; i++)
		total = (total + (unsigned)(digits->text[i] - '0')) * 2;
	return check_char((12 - total % 11) % 11);
}

static nkc_id_result judge(nkc_id_digits *digits, char expected)
{
	digits->expected = expected;
	return digits->text[digits->count - 1] == expected ? NKC_ID_GOOD : NKC_ID_CHECK;
}

nkc_id_result nkc_isbn_check(nkc_str text, nkc_id_digits *digits)
{
	if (!take_digits(text, digits))
		return NKC_ID_FORM;
	if (digits->count == 10)
		return judge(digits, mod11(digits));
	bool bookland = memcmp(digits->text, "978", 3) == 0 || memcmp(digits->text, "979", 3) == 0;
	if (digits->count != 13 || !bookland || digits->text[12] == 'X')
		return NKC_ID_FORM;
	return judge(digits, mod10(digits));
}

bool nkc_isbn_13(nkc_str text, char *isbn13)
{
	nkc_id_digits digits;

	if (nkc_isbn_check(text, &digits) != NKC_ID_GOOD)
		return false;
	if (digits.count == 10) {
		memmove(digits.text + 3, digits.text, 10);
		memcpy(digits.text, "978", 3);
		digits.count = 13;
		digits.text[12] = mod10(&digits);
	}
	memcpy(isbn13, digits.text, 13);
	isbn13[13] = '\0';
	return true;
}

nkc_id_result nkc_issn_check(nkc_str text, nkc_id_digits *digits)
{
	if (!take_digits(text, digits) || digits->count != 8)
		return NKC_ID_FORM;
	return judge(digits, mod11(digits));
}

nkc_id_result nkc_orcid_check(nkc_str text, nkc_id_digits *digits)
{
	if (skip_prefix(&text, NKC_STR("https://")) || skip_prefix(&text, NKC_STR("http://")))
		skip_prefix(&text, NKC_STR("www."));
	skip_prefix(&text, NKC_STR("orcid.org/"));
	if (!take_digits(text, digits) || digits->count != 16)
		return NKC_ID_FORM;
	return judge(digits, mod11_2(digits));
}

/* --- numbers of archives --- */

bool nkc_pmid_is_valid(nkc_str text)
{
	return text.len <= 8 && all_digits(text) && text.ptr[0] != '0';
}

/* The digits at the end, when nothing, the label or an address stands before them. */
static nkc_str number_behind(nkc_str text, nkc_str label)
{
	size_t at = text.len;

	while (at > 0 && is_digit(text.ptr[at - 1]))
		at--;
	nkc_str front = nkc_str_slice(text, 0, at), number = nkc_str_slice(text, at, text.len);
	bool known = at == 0 || nkc_str_eq_nocase(nkc_str_slice(front, 0, label.len), label) ||
	             nkc_str_starts(front, NKC_STR("http"));
	return known && nkc_pmid_is_valid(number) ? number : NKC_STR("");
}

nkc_str nkc_pmid_bare(nkc_str text)
{
	bool other = nkc_str_eq_nocase(nkc_str_slice(text, 0, 3), NKC_STR("PMC"));

	return other ? NKC_STR("") : number_behind(text, NKC_STR("PMID"));
}

nkc_str nkc_pmcid_number(nkc_str text)
{
	return number_behind(text, NKC_STR("PMC"));
}

bool nkc_pmcid_is_valid(nkc_str text)
{
	return nkc_str_starts(text, NKC_STR("PMC")) && nkc_pmid_is_valid(nkc_str_slice(text, 3, text.len));
}

/* Cuts "v2" off the end. */
static nkc_str without_version(nkc_str text)
{
	size_t at = text.len;

	while (at > 0 && is_digit(text.ptr[at - 1]))
		at--;
	return at > 0 && at < text.len && text.ptr[at - 1] == 'v' ? nkc_str_slice(text, 0, at - 1) : text;
}

static unsigned pair(nkc_str text, size_t at)
{
	return (unsigned)(text.ptr[at] - '0') * 10 + (unsigned)(text.ptr[at + 1] - '0');
}

static bool is_month(unsigned month)
{
	return month >= 1 && month <= 12;
}

/* YYMM.NNNN from April 2007 to the end of 2014, YYMM.NNNNN since. */
static bool is_new_arxiv(nkc_str text)
{
	nkc_str number = nkc_str_slice(text, 5, text.len);

	if (text.len < 9 || text.ptr[4] != '.' || !all_digits(nkc_str_slice(text, 0, 4)) ||
	    !all_digits(number))
		return false;
	unsigned year = pair(text, 0), month = pair(text, 2);
	if (!is_month(month) || year < 7 || (year == 7 && month < 4))
		return false;
	return number.len == (year < 15 ? 4u : 5u);
}

/* archive/YYMMNNN, the archive with a subject class behind a full stop: math.GT. */
static bool is_old_arxiv(nkc_str text)
{
	size_t slash = nkc_str_find_byte(text, '/');
	nkc_str number = nkc_str_slice(text, slash + 1, text.len);

	if (slash == 0 || number.len != 7 || !all_digits(number) || !is_month(pair(number, 2)))
		return false;
	for (size_t i = 0; i < slash; i++) {
		if (!is_letter(text.ptr[i]) && text.ptr[i] != '-' && text.ptr[i] != '.')
			return false;
	}
	unsigned year = pair(number, 0);
	return year >= 91 || year <= 7;
}

bool nkc_arxiv_is_valid(nkc_str text)
{
	nkc_str bare = without_version(text);

	return is_new_arxiv(bare) || is_old_arxiv(bare);
}
