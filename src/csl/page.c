/*
 * page.c: page ranges (specification, "Page Ranges"; Appendix V).
 */
#include "csl/eval.h"

#include "base/arena.h"

/* How ranges are written here. */
typedef struct ranges {
	nkc_arena *arena;
	const csl_locale *locale;
	csl_page_range format;
} ranges;

/* "P12a" is letters, digits and a tail: what may be abbreviated is the digits, when the letters agree. */
typedef struct label {
	nkc_str letters, digits, tail;
} label;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static label split_label(nkc_str text)
{
	size_t end = text.len;
	while (end > 0 && text.ptr[end - 1] >= 'a' && text.ptr[end - 1] <= 'z')
		end--;
	if (end == 0 || !is_digit(text.ptr[end - 1]))
		return (label){ text, NKC_STR(""), NKC_STR("") };
	size_t at = end;
	while (at > 0 && is_digit(text.ptr[at - 1]))
		at--;
	return (label){ nkc_str_slice(text, 0, at), nkc_str_slice(text, at, end), nkc_str_slice(text, end, text.len) };
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

/* One range of bare labels; false when it is none. `dashed`: it is written with an en dash, which Roman numbers keep. */
static bool put_range(const ranges *how, nkc_str first, nkc_str last, bool dashed, nkc_buf *out)
{
	label a = split_label(first), b = split_label(last);
	bool as_is = how->format == CSL_PAGE_AS_IS;
	if (!csl_page_is_range(first, last) || (!as_is && !nkc_str_eq(a.letters, b.letters) && a.digits.len))
		return false;
	nkc_buf_put_str(out, first);
	nkc_buf_put_str(out, dashed && !a.digits.len ? NKC_STR("\xe2\x80\x93") : delimiter_of(how->locale));
	if (as_is || !a.digits.len) {
		nkc_buf_put_str(out, last);
		return true;
	}
	nkc_str whole = expand(how->arena, a.digits, b.digits);
	if (how->format == CSL_PAGE_EXPANDED)
		nkc_buf_put_str(out, a.letters);
	nkc_buf_put_str(out, abbreviate(how->format, a.digits, whole));
	nkc_buf_put_str(out, b.tail);
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

/* Takes a range or what looks like one off text[*at]; false when there is none. */
static bool take_range(const ranges *how, nkc_str text, size_t *at, nkc_buf *out)
{
	size_t first = label_at(text, *at);
	size_t gap = spaces_at(text, *at + first);
	size_t dash = first ? dash_at(text, *at + first + gap) : 0;
	size_t from = *at + first + gap + dash;
	from += dash ? spaces_at(text, from) : 0;
	size_t last = dash ? label_at(text, from) : 0;
	if (!last)
		return false;
	nkc_str left = nkc_str_slice(text, *at, *at + first), right = nkc_str_slice(text, from, from + last);
	if (!put_range(how, left, right, dash == 3, out)) { /* no range: as it is, closed up */
		nkc_buf_put_str(out, left);
		nkc_buf_putc(out, '-');
		nkc_buf_put_str(out, right);
	}
	*at = from + last;
	return true;
}

/* Copies one label or character; true when it was changed. */
static bool take_other(const ranges *how, nkc_str text, size_t *at, nkc_buf *out)
{
	size_t step = label_at(text, *at);
	char c = text.ptr[*at];
	if (!step && c == '\\' && *at + 1 < text.len && text.ptr[*at + 1] == '-') { /* "327\\-30" is one number with a hyphen */
		nkc_buf_putc(out, '-');
		*at += 2;
		return true;
	}
	if (c == '&')
		put_and(how->locale, out);
	else
		nkc_buf_put(out, text.ptr + *at, step ? step : 1);
	*at += step ? step : 1;
	return c == '&';
}

static bool has_ranges(nkc_var var)
{
	switch (var) {
	case NKC_VAR_PAGE:
	case NKC_VAR_PAGE_FIRST:
	case NKC_VAR_LOCATOR:
	case NKC_VAR_CHAPTER_NUMBER:
	case NKC_VAR_COLLECTION_NUMBER:
	case NKC_VAR_EDITION:
	case NKC_VAR_ISSUE:
	case NKC_VAR_NUMBER:
	case NKC_VAR_NUMBER_OF_PAGES:
	case NKC_VAR_NUMBER_OF_VOLUMES:
	case NKC_VAR_VOLUME: return true;
	default: return false;
	}
}

/* Ranges have a hyphen or dash; what else is changed is "&". */
static bool may_change(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '-' || text.ptr[i] == '&' || text.ptr[i] == '\xe2')
			return true;
	}
	return false;
}

/* page-range-format is for pages; the hyphens in the number of a legal case are part of it. */
nkc_str csl_page_ranges(const csl_eval *eval, nkc_var var, nkc_str text)
{
	if (!has_ranges(var) || (var == NKC_VAR_NUMBER && eval->item->type == NKC_TYPE_LEGAL_CASE))
		return text;
	if (!may_change(text))
		return text;
	bool pages = var == NKC_VAR_PAGE || (var == NKC_VAR_LOCATOR && eval->cite && eval->cite->label == CSL_LOCATOR_PAGE);
	ranges how = { eval->arena, eval->locale, pages ? (csl_page_range)eval->style->page_range : CSL_PAGE_AS_IS };
	nkc_buf out = nkc_arena_buf(eval->arena);
	bool changed = false;
	for (size_t at = 0; at < text.len;)
		changed |= take_range(&how, text, &at, &out) || take_other(&how, text, &at, &out);
	nkc_str result = nkc_arena_keep(eval->arena, &out);
	return changed ? result : text;
}
