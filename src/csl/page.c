/*
 * page.c: page ranges (specification, "Page Ranges"; Appendix V).
 */
#include "csl/eval.h"

/* "P12" is letters and digits: what may be abbreviated is the digits, when the letters agree. */
typedef struct label {
	nkc_str letters, digits;
} label;

static label split_label(nkc_str text)
{
	size_t at = text.len;
	while (at > 0 && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9')
		at--;
	return (label){ nkc_str_slice(text, 0, at), nkc_str_slice(text, at, text.len) };
}

/* "42-5" stands for 42-45: the end gets the digits that it leaves out. */
static nkc_str expand(nkc_arena *arena, nkc_str first, nkc_str last)
{
	if (last.len >= first.len)
		return last;
	char *whole = nkc_arena_alloc(arena, first.len);
	if (!whole)
		return last;
	memcpy(whole, first.ptr, first.len - last.len);
	memcpy(whole + first.len - last.len, last.ptr, last.len);
	return nkc_str_make(whole, first.len);
}

/* How many digits at the start two numbers of equal length share. */
static size_t shared(nkc_str a, nkc_str b)
{
	size_t at = 0;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	return at;
}

/* What is left of the end when at least `least` digits stay. */
static nkc_str minimal(nkc_str first, nkc_str last, size_t least)
{
	if (first.len != last.len)
		return last;
	size_t cut = shared(first, last);
	if (last.len - cut < least)
		cut = last.len > least ? last.len - least : 0;
	return nkc_str_slice(last, cut, last.len);
}

/*
 * Chicago: below 100 and at multiples of 100 all digits; at 101 to 109 (and so on) only the part that changes; else
 * two digits or more as needed. The 15th edition gives all digits when three of four change.
 */
static nkc_str chicago(nkc_str first, nkc_str last, bool edition16)
{
	if (first.len != last.len || first.len < 3)
		return last;
	size_t len = first.len;
	bool hundred = first.ptr[len - 1] == '0' && first.ptr[len - 2] == '0';
	if (hundred)
		return last;
	if (first.ptr[len - 2] == '0')
		return minimal(first, last, 1);
	nkc_str cut = minimal(first, last, 2);
	return !edition16 && len == 4 && cut.len >= 3 ? last : cut;
}

static nkc_str abbreviate(csl_page_range how, nkc_str first, nkc_str last)
{
	switch (how) {
	case CSL_PAGE_MINIMAL: return minimal(first, last, 1);
	case CSL_PAGE_MINIMAL_TWO: return minimal(first, last, 2);
	case CSL_PAGE_CHICAGO: return chicago(first, last, false);
	case CSL_PAGE_CHICAGO_16: return chicago(first, last, true);
	default: return last;
	}
}

static nkc_str delimiter_of(const csl_locale *locale)
{
	nkc_str text;
	return csl_locale_term(locale, CSL_TERM_PAGE_RANGE_DELIMITER, CSL_FORM_LONG, false, &text) ? text
	                                                                                          : NKC_STR("\xe2\x80\x93");
}

static bool is_roman(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!strchr("ivxlcdmIVXLCDM", text.ptr[i]))
			return false;
	}
	return text.len > 0;
}

/* Are the two ends numbers of one kind? Else the hyphen between them is no "to": "3-B", "Michaelson-Morely". */
bool csl_page_is_range(nkc_str first, nkc_str last)
{
	label a = split_label(first), b = split_label(last);
	if (a.digits.len && b.digits.len)
		return nkc_str_eq(a.letters, b.letters) || !b.letters.len;
	return is_roman(first) && is_roman(last);
}

/* One range of bare labels; false when it is none. */
static bool put_range(nkc_arena *arena, const nkc_style *style, const csl_locale *locale, nkc_str first, nkc_str last,
                      nkc_buf *out)
{
	label a = split_label(first), b = split_label(last);
	bool as_is = style->page_range == CSL_PAGE_AS_IS;
	if (!csl_page_is_range(first, last) || (!as_is && !nkc_str_eq(a.letters, b.letters) && a.digits.len))
		return false;
	nkc_buf_put_str(out, first);
	nkc_buf_put_str(out, delimiter_of(locale));
	if (as_is || !a.digits.len) {
		nkc_buf_put_str(out, last);
		return true;
	}
	nkc_str whole = expand(arena, a.digits, b.digits);
	if (style->page_range == CSL_PAGE_EXPANDED)
		nkc_buf_put_str(out, a.letters);
	nkc_buf_put_str(out, abbreviate((csl_page_range)style->page_range, a.digits, whole));
	return true;
}

/* "&" in the locale's symbol. */
static void put_and(const csl_locale *locale, nkc_buf *out)
{
	nkc_str text;
	bool known = csl_locale_term(locale, CSL_TERM_AND, CSL_FORM_SYMBOL, false, &text);
	nkc_buf_put_str(out, known && text.len ? text : NKC_STR("&"));
}

static bool is_label_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '/';
}

static size_t dash_at(nkc_str text, size_t at)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	if (nkc_str_starts(rest, NKC_STR("\xe2\x80\x93")))
		return 3;
	if (nkc_str_starts(rest, NKC_STR("--")))
		return 2;
	return rest.len && rest.ptr[0] == '-';
}

static size_t spaces_at(nkc_str text, size_t at)
{
	size_t len = 0;
	while (at + len < text.len && text.ptr[at + len] == ' ')
		len++;
	return len;
}

static size_t label_at(nkc_str text, size_t at)
{
	size_t len = 0;
	while (at + len < text.len && is_label_byte(text.ptr[at + len]))
		len++;
	return len;
}

nkc_str csl_page_range_format(nkc_arena *arena, const nkc_style *style, const csl_locale *locale, nkc_str text)
{
	nkc_buf out = NKC_BUF_INIT;
	bool changed = false;
	for (size_t at = 0; at < text.len;) {
		size_t first = label_at(text, at);
		size_t gap = spaces_at(text, at + first);
		size_t dash = first ? dash_at(text, at + first + gap) : 0;
		size_t from = at + first + gap + dash;
		from += dash ? spaces_at(text, from) : 0;
		size_t last = dash ? label_at(text, from) : 0;
		if (last && put_range(arena, style, locale, nkc_str_slice(text, at, at + first),
		                      nkc_str_slice(text, from, from + last), &out)) {
			at = from + last;
			changed = true;
			continue;
		}
		if (last) { /* no range: as it is, closed up */
			nkc_buf_put(&out, text.ptr + at, first);
			nkc_buf_putc(&out, '-');
			nkc_buf_put(&out, text.ptr + from, last);
			at = from + last;
			changed = true;
			continue;
		}
		size_t step = first ? first : 1;
		bool escape = !first && text.ptr[at] == '\\' && at + 1 < text.len && text.ptr[at + 1] == '-';
		if (escape) { /* "327\\-30" is one number with a hyphen in it */
			nkc_buf_putc(&out, '-');
			step = 2;
		} else if (text.ptr[at] == '&') {
			put_and(locale, &out);
		} else {
			nkc_buf_put(&out, text.ptr + at, step);
		}
		changed |= escape || text.ptr[at] == '&';
		at += step;
	}
	nkc_str result = changed ? nkc_arena_str(arena, nkc_buf_str(&out)) : text;
	nkc_buf_release(&out);
	return result;
}
