/*
 * number.c: number variables: is it numeric, is it plural, and its forms (specification, "Number", "Choose / is-numeric", "Label").
 */
#include "csl/eval.h"

#include "base/arena.h"

#include <stdio.h>

/* --- scanning: numbers with their separators --- */

typedef enum separator { SEP_NONE, SEP_COMMA, SEP_HYPHEN, SEP_AMPERSAND } separator;

typedef struct piece {
	nkc_str text;    /* "D2", "12", "2b" */
	bool digits;     /* nothing but digits */
	separator after; /* SEP_NONE: the last */
} piece;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The separator at text[at] and its length in bytes. */
static separator separator_at(nkc_str text, size_t at, size_t *len)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	*len = 1;
	if (rest.len == 0)
		return SEP_NONE;
	switch (rest.ptr[0]) {
	case ',': return SEP_COMMA;
	case '-': return SEP_HYPHEN;
	case '&': return SEP_AMPERSAND;
	default: break;
	}
	if (nkc_str_starts(rest, NKC_STR("\xe2\x80\x93"))) {
		*len = 3;
		return SEP_HYPHEN;
	}
	return SEP_NONE;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Digits with letters before or behind: "12", "D2", "2b", "L2d". */
static bool is_number(nkc_str text)
{
	size_t at = 0, digits;
	while (at < text.len && is_letter(text.ptr[at]))
		at++;
	for (digits = at; at < text.len && is_digit(text.ptr[at]); at++)
		;
	bool any = at > digits;
	while (at < text.len && is_letter(text.ptr[at]))
		at++;
	return any && at == text.len;
}

/* Takes the next piece off text; false when what is there is no number with a separator or the end behind it. */
static bool next_piece(nkc_str text, size_t *at, piece *out)
{
	size_t from = *at, len;
	out->digits = true;
	while (from < text.len && text.ptr[from] == ' ')
		from++;
	size_t to = from;
	while (to < text.len && text.ptr[to] != ' ' && separator_at(text, to, &len) == SEP_NONE) {
		out->digits &= is_digit(text.ptr[to]);
		to++;
	}
	out->text = nkc_str_slice(text, from, to);
	while (to < text.len && text.ptr[to] == ' ')
		to++;
	out->after = separator_at(text, to, &len);
	if (!is_number(out->text) || (to < text.len && out->after == SEP_NONE))
		return false;
	*at = out->after == SEP_NONE ? text.len : to + len;
	return out->after == SEP_NONE || *at < text.len;
}

bool csl_number_is_numeric(nkc_str text)
{
	piece p;
	size_t at = 0;
	text = nkc_str_trim(text);
	if (!text.len)
		return false;
	while (at < text.len) {
		if (!next_piece(text, &at, &p))
			return false;
	}
	return true;
}

/* --- plural --- */

static bool is_label_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The label that ends at text[at], the one that begins there. */
static nkc_str label_before(nkc_str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] == ' ')
		at--;
	size_t from = at;
	while (from > 0 && is_label_byte(text.ptr[from - 1]))
		from--;
	return nkc_str_slice(text, from, at);
}

static nkc_str label_behind(nkc_str text, size_t at)
{
	while (at < text.len && text.ptr[at] == ' ')
		at++;
	size_t to = at;
	while (to < text.len && is_label_byte(text.ptr[to]))
		to++;
	return nkc_str_slice(text, at, to);
}

static bool has_word(nkc_str text, nkc_str word)
{
	size_t at = word.len ? nkc_str_find(text, word) : text.len;
	return at > 0 && at + word.len < text.len && text.ptr[at - 1] == ' ' && text.ptr[at + word.len] == ' ';
}

/* Does a range, list or "and" stand between two things? In what is no number, "1,234" is one thing. */
static bool has_several(const csl_locale *locale, nkc_str text)
{
	size_t len;
	bool numeric = csl_number_is_numeric(text);
	for (size_t at = 1; at + 1 < text.len; at++) {
		separator sep = separator_at(text, at, &len);
		if (sep == SEP_HYPHEN && text.ptr[at - 1] != '\\' &&
		    csl_page_is_range(label_before(text, at), label_behind(text, at + len)))
			return true;
		bool parts = sep == SEP_AMPERSAND || (sep == SEP_COMMA && (numeric || text.ptr[at + 1] == ' '));
		if (parts && label_behind(text, at + len).len)
			return true;
	}
	nkc_str word;
	return has_word(text, NKC_STR("and")) ||
	       (csl_locale_term(locale, CSL_TERM_AND, CSL_FORM_LONG, false, &word) && has_word(text, word));
}

bool csl_number_is_plural(const csl_locale *locale, nkc_var var, nkc_str text)
{
	int64_t number = 0;
	csl_locator label;
	size_t rest;
	text = csl_locator_head(locale, text, &label, &rest); /* what follows has a label of its own */
	if (var != NKC_VAR_NUMBER_OF_PAGES && var != NKC_VAR_NUMBER_OF_VOLUMES)
		return has_several(locale, nkc_str_trim(text));
	nkc_value value = { .type = NKC_STRING };
	value.u.text = nkc_str_trim(text);
	return nkc_value_int(&value, &number) ? number != 1 : has_several(locale, value.u.text);
}

/* --- forms --- */

static bool parse(nkc_str digits, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (*number > 100000000)
			return false;
		*number = *number * 10 + (uint64_t)(digits.ptr[i] - '0');
	}
	return true;
}

static void put_roman(uint64_t number, nkc_buf *out)
{
	static const struct {
		unsigned value;
		const char *text;
	} steps[] = {
		{ 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" },
		{ 40, "xl" },  { 10, "x" },   { 9, "ix" },  { 5, "v" },    { 4, "iv" },  { 1, "i" },
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		for (; number >= steps[i].value; number -= steps[i].value)
			nkc_buf_puts(out, steps[i].text);
	}
}

static void put_ordinal(csl_eval *eval, uint64_t number, csl_gender gender, nkc_buf *out)
{
	nkc_buf_printf(out, "%llu", (unsigned long long)number);
	nkc_buf_put_str(out, csl_ordinal_suffix(eval->locale, number, gender));
}

static void put_long_ordinal(csl_eval *eval, uint64_t number, csl_gender gender, nkc_buf *out)
{
	nkc_str text;
	if (number >= 1 && number <= 10 &&
	    csl_locale_gendered(eval->locale, (csl_term)(CSL_TERM_LONG_ORDINAL_01 + number - 1), gender, &text))
		nkc_buf_put_str(out, text);
	else
		put_ordinal(eval, number, gender, out);
}

static void put_number(csl_eval *eval, const piece *p, csl_form form, csl_gender gender, nkc_buf *out)
{
	uint64_t number;
	if (!p->digits || !parse(p->text, &number)) {
		nkc_buf_put_str(out, p->text);
	} else if (form == CSL_FORM_ORDINAL) {
		put_ordinal(eval, number, gender, out);
	} else if (form == CSL_FORM_LONG_ORDINAL) {
		put_long_ordinal(eval, number, gender, out);
	} else if (form == CSL_FORM_ROMAN && number < 6000) {
		put_roman(number, out);
	} else {
		nkc_buf_put_str(out, p->text);
	}
}

static void put_pieces(csl_eval *eval, nkc_str text, csl_form form, csl_gender gender, nkc_buf *out)
{
	static const char *const separators[] = { "", ", ", "\xe2\x80\x93", " & " };
	for (size_t at = 0; at < text.len;) {
		piece p;
		next_piece(text, &at, &p);
		put_number(eval, &p, form, gender, out);
		nkc_buf_puts(out, separators[p.after]);
	}
}

/* Numbers with commas or ampersands between them, whose spaces are set; those of pages are with their ranges (page.c). */
static bool is_list(nkc_var var, nkc_str text)
{
	bool parted = nkc_str_find_byte(text, ',') < text.len || nkc_str_find_byte(text, '&') < text.len;
	return parted && var != NKC_VAR_PAGE && var != NKC_VAR_LOCATOR;
}

/* "7, p. 3-8": the number, and what follows under the label that it brings. */
static csl_out *render_labelled(csl_eval *eval, nkc_str head, csl_locator label, nkc_str tail, csl_form form,
                                csl_term noun)
{
	nkc_str term;
	nkc_buf out = nkc_arena_buf(eval->arena);
	bool plural = csl_number_is_plural(eval->locale, NKC_VAR_LOCATOR, tail);
	put_pieces(eval, head, form, csl_locale_gender(eval->locale, noun), &out);
	nkc_buf_puts(&out, ", ");
	if (csl_locale_term(eval->locale, csl_locator_term(label), CSL_FORM_SHORT, plural, &term))
		nkc_buf_printf(&out, "%.*s ", NKC_STR_ARG(term));
	nkc_buf_put_str(&out, csl_page_ranges(eval, label == CSL_LOCATOR_PAGE ? NKC_VAR_PAGE : NKC_VAR_LOCATOR, tail));
	return csl_out_text(eval->arena, nkc_arena_keep(eval->arena, &out));
}

csl_out *csl_number_render(csl_eval *eval, nkc_var var, nkc_str text, csl_form form, csl_term noun)
{
	csl_locator label;
	size_t rest;
	text = nkc_str_trim(text);
	nkc_str head = csl_locator_head(eval->locale, text, &label, &rest);
	if (rest < text.len && csl_number_is_numeric(head))
		return render_labelled(eval, head, label, nkc_str_slice(text, rest, text.len), form, noun);
	bool as_is = form == CSL_FORM_NUMERIC || form == CSL_FORM_LONG;
	if (!csl_number_is_numeric(text) || (as_is && !is_list(var, text))) {
		/* what begins as a number has no markup (so the suite) */
		bool bare = text.len && is_digit(text.ptr[0]);
		return (bare ? csl_out_text : csl_richtext)(eval->arena, csl_page_ranges(eval, var, text));
	}
	nkc_buf out = nkc_arena_buf(eval->arena);
	put_pieces(eval, text, form, csl_locale_gender(eval->locale, noun), &out);
	return csl_out_text(eval->arena, nkc_arena_keep(eval->arena, &out));
}

/* Zeros in front let text order be number order; what is no number stays text. */
nkc_str csl_number_sort_text(csl_eval *eval, nkc_str text)
{
	char padded[24];
	size_t digits = 0;
	text = nkc_str_trim(text);
	while (digits < text.len && is_digit(text.ptr[digits]))
		digits++;
	if (!digits || digits > 15)
		return text;
	uint64_t number = 0;
	parse(nkc_str_slice(text, 0, digits), &number);
	int len = snprintf(padded, sizeof padded, "%016llu", (unsigned long long)number);
	nkc_buf out = nkc_arena_buf(eval->arena);
	nkc_buf_put(&out, padded, (size_t)len);
	nkc_buf_put_str(&out, nkc_str_slice(text, digits, text.len));
	return nkc_arena_keep(eval->arena, &out);
}
