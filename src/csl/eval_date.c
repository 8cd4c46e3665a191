/*
 * eval_date.c: cs:date (specification, "Date", "Date Ranges", "AD and BC", "Seasons", "Approximate Dates").
 */
#include "csl/eval.h"

#include "base/arena.h"

#include <stdlib.h>

/* A date at work: its parts, and what of the localised date is overridden. */
typedef struct dating {
	csl_eval *eval;
	const csl_element *element;
	const csl_date *style;  /* of the element */
	csl_date_part parts[3]; /* those to render, in order */
	unsigned count;
	nkc_str delimiter;
	bool suffixed;          /* the year-suffix was put in */
} dating;

/* --- which parts --- */

/* Which levels a date-parts value shows: 1 year, 2 year-month, 3 year-month-day. */
static bool is_shown(const csl_date *style, uint8_t name)
{
	unsigned level = name == CSL_YEAR ? 1 : name == CSL_MONTH ? 2 : 3;
	return style->form == CSL_FORM_LONG || !style->parts_shown || level <= style->parts_shown;
}

/* A part of the style's own overrides form and formatting of the localised one, but not its affixes. */
static csl_date_part override(csl_date_part part, const csl_date *style)
{
	for (unsigned i = 0; i < style->part_count; i++) {
		const csl_date_part *own = &style->parts[i];
		if (own->name != part.name)
			continue;
		nkc_str prefix = part.format.prefix, suffix = part.format.suffix;
		if (own->has_form)
			part.form = own->form;
		if (own->has_range_delimiter) {
			part.range_delimiter = own->range_delimiter;
			part.has_range_delimiter = true;
		}
		if (own->format.font)
			part.format.font = own->format.font;
		if (own->format.text_case)
			part.format.text_case = own->format.text_case;
		part.format.strip_periods |= own->format.strip_periods;
		part.format.prefix = prefix;
		part.format.suffix = suffix;
	}
	return part;
}

static void gather_parts(dating *d)
{
	const csl_date *style = d->style;
	bool localized = style->form != CSL_FORM_LONG;
	unsigned index = style->form == CSL_FORM_TEXT;
	const csl_date *from = localized ? &d->eval->locale->dates[index] : style;
	d->delimiter = from->delimiter;
	for (unsigned i = 0; i < from->part_count; i++) {
		if (is_shown(style, from->parts[i].name))
			d->parts[d->count++] = localized ? override(from->parts[i], style) : from->parts[i];
	}
}

/* --- one part --- */

/* A number in digits, with zeros in front up to `width`. */
static csl_out *number_of(dating *d, uint64_t number, unsigned width)
{
	return csl_out_text(d->eval->arena, csl_digits(d->eval->arena, number, width));
}

static csl_out *term_of(dating *d, csl_term term, csl_form form)
{
	nkc_str text;
	if (!csl_locale_term(d->eval->locale, term, form, false, &text) || !text.len)
		return NULL;
	return csl_out_text(d->eval->arena, text);
}

/* Years before the common era and those of three digits carry their era. */
static csl_out *year_of(dating *d, const csl_date_part *part, int64_t astronomical)
{
	int64_t year = nkc_year_csl(astronomical);
	csl_out *number = part->form == CSL_FORM_SHORT && year >= 1000 ? number_of(d, (uint64_t)year % 100, 2)
	                                                               : number_of(d, (uint64_t)llabs(year), 1);
	csl_term era = year < 0 ? CSL_TERM_BC : year < 1000 ? CSL_TERM_AD : CSL_TERM_NONE;
	csl_out *word = era ? term_of(d, era, CSL_FORM_LONG) : NULL;
	if (!word || !number)
		return number;
	csl_out *both = csl_out_group(d->eval->arena, NULL, NKC_STR(""));
	csl_out_append(both, number);
	csl_out_append(both, word);
	return both;
}

static csl_out *month_of(dating *d, const csl_date_part *part, unsigned month)
{
	if (month > 12)
		return term_of(d, (csl_term)(CSL_TERM_SEASON_01 + month - 21), CSL_FORM_LONG);
	switch (part->form) {
	case CSL_FORM_NUMERIC: return number_of(d, month, 1);
	case CSL_FORM_NUMERIC_LEADING_ZEROS: return number_of(d, month, 2);
	default: return term_of(d, (csl_term)(CSL_TERM_MONTH_01 + month - 1), (csl_form)part->form);
	}
}

static csl_out *day_of(dating *d, const csl_date_part *part, const nkc_date_point *point)
{
	unsigned day = point->day;
	csl_form form = (csl_form)part->form;
	if (form == CSL_FORM_ORDINAL && d->eval->locale->limit_day_ordinals_to_day_1 && day != 1)
		form = CSL_FORM_NUMERIC;
	if (form == CSL_FORM_NUMERIC_LEADING_ZEROS)
		return number_of(d, day, 2);
	csl_out *number = number_of(d, day, 1);
	if (form != CSL_FORM_ORDINAL || !number)
		return number;
	csl_gender gender = csl_locale_gender(d->eval->locale, (csl_term)(CSL_TERM_MONTH_01 + point->month - 1));
	csl_out *both = csl_out_group(d->eval->arena, NULL, NKC_STR(""));
	csl_out_append(both, number);
	csl_out_append(both, csl_out_text(d->eval->arena, csl_ordinal_suffix(d->eval->locale, day, gender)));
	return both;
}

/* Has the point this part? */
static bool has_part(const nkc_date_point *point, uint8_t name)
{
	return name == CSL_YEAR || (name == CSL_MONTH ? point->month > 0 : point->day > 0);
}

/* A group with the part's affixes, of which a range takes some away. */
static csl_out *render_part(dating *d, const csl_date_part *part, const nkc_date_point *point, bool keep_prefix,
                            bool keep_suffix)
{
	csl_eval *eval = d->eval;
	if (!has_part(point, part->name))
		return NULL;
	csl_out *inner = part->name == CSL_YEAR ? year_of(d, part, point->year) :
	                 part->name == CSL_MONTH ? month_of(d, part, point->month) : day_of(d, part, point);
	csl_format *format = nkc_arena_alloc(eval->arena, sizeof *format);
	csl_out *node = csl_out_group(eval->arena, format, NKC_STR(""));
	if (!inner || !format || !node)
		return NULL;
	*format = part->format;
	if (!keep_prefix)
		format->prefix = NKC_STR("");
	if (!keep_suffix)
		format->suffix = NKC_STR("");
	if (format->strip_periods)
		csl_strip_periods(eval->arena, inner);
	if (format->text_case)
		csl_textcase_apply(eval->arena, inner, (csl_case)format->text_case, eval->item->english, eval->item->language);
	csl_out_append(node, inner);
	if (part->name == CSL_YEAR)
		node->tags |= CSL_TAG_YEAR;
	return node;
}

/* --- the year-suffix that no cs:text renders --- */

static csl_out *implicit_suffix(dating *d)
{
	csl_eval *eval = d->eval;
	if (d->suffixed || eval->has_year_suffix || !eval->choice || !eval->choice->year_suffix ||
	    eval->style->has_year_suffix || d->style->variable != NKC_VAR_ISSUED)
		return NULL;
	csl_out *node = csl_out_text(eval->arena, csl_letters(eval->arena, eval->choice->year_suffix));
	if (node)
		node->tags |= CSL_TAG_YEAR_SUFFIX;
	d->suffixed = eval->has_year_suffix = true;
	return node;
}

static void append_part(dating *d, csl_out *into, csl_out *part, bool last_year)
{
	if (part && (part->tags & CSL_TAG_YEAR) && last_year)
		csl_out_append(part, implicit_suffix(d));
	csl_out_append(into, part);
}

/* --- single dates and ranges --- */

static csl_out *render_single(dating *d, const nkc_date_point *point)
{
	csl_out *node = csl_out_group(d->eval->arena, NULL, d->delimiter);
	for (unsigned i = 0; node && i < d->count; i++)
		append_part(d, node, render_part(d, &d->parts[i], point, true, true), true);
	return node;
}

/* Is the part, and every larger one, the same on both sides? */
static bool is_same(const nkc_date *date, uint8_t name)
{
	if (date->start.year != date->end.year)
		return false;
	if (name == CSL_YEAR)
		return true;
	if (date->start.month != date->end.month)
		return false;
	return name == CSL_MONTH || date->start.day == date->end.day;
}

/* The delimiter of a range is that of the largest part that differs. */
static nkc_str range_delimiter(const dating *d, const nkc_date *date)
{
	const csl_date_part *largest = NULL;
	for (unsigned i = 0; i < d->count; i++) {
		if (!is_same(date, d->parts[i].name) && (!largest || d->parts[i].name > largest->name))
			largest = &d->parts[i];
	}
	return largest && largest->has_range_delimiter ? largest->range_delimiter : NKC_STR("\xe2\x80\x93");
}

/* Where among the parts those begin and end that differ. Parts that the dates do not have count as same. */
static void find_difference(const dating *d, const nkc_date *date, unsigned *from, unsigned *to)
{
	*from = d->count;
	*to = 0;
	for (unsigned i = 0; i < d->count; i++) {
		if (is_same(date, d->parts[i].name) ||
		    (!has_part(&date->start, d->parts[i].name) && !has_part(&date->end, d->parts[i].name)))
			continue;
		*from = *from < i ? *from : i;
		*to = i + 1;
	}
}

/* "1 May 2008" to "3 May 2008" is "1–3 May 2008": what is common stands once, on its side. */
static csl_out *render_range(dating *d, const nkc_date *date)
{
	unsigned from, to;
	find_difference(d, date, &from, &to);
	if (from >= to)
		return render_single(d, &date->start);
	nkc_arena *arena = d->eval->arena;
	csl_out *whole = csl_out_group(arena, NULL, d->delimiter);
	csl_out *middle = csl_out_group(arena, NULL, NKC_STR(""));
	csl_out *left = csl_out_group(arena, NULL, d->delimiter), *right = csl_out_group(arena, NULL, d->delimiter);
	for (unsigned i = 0; i < from; i++)
		append_part(d, whole, render_part(d, &d->parts[i], &date->start, true, true), false);
	for (unsigned i = from; i < to; i++)
		append_part(d, left, render_part(d, &d->parts[i], &date->start, true, i + 1 < to), false);
	for (unsigned i = from; i < to; i++)
		append_part(d, right, render_part(d, &d->parts[i], &date->end, i > from, true), true);
	csl_out_append(middle, left);
	csl_out_append(middle, csl_out_text(arena, range_delimiter(d, date)));
	csl_out_append(middle, right);
	csl_out_append(whole, middle);
	for (unsigned i = to; i < d->count; i++)
		append_part(d, whole, render_part(d, &d->parts[i], &date->start, true, true), true);
	return whole;
}

/* A range that goes on: "2013–". */
static csl_out *render_open(dating *d, const nkc_date *date)
{
	csl_out *node = csl_out_group(d->eval->arena, NULL, NKC_STR(""));
	csl_out_append(node, render_single(d, &date->start));
	csl_out_append(node, csl_out_text(d->eval->arena, NKC_STR("\xe2\x80\x93")));
	return node;
}

/* --- sorting --- */

/* YYYYMMDD so that text order is date order: years from minus a lot on, in fixed width. */
static void put_sortable(nkc_buf *out, const nkc_date_point *point, unsigned levels)
{
	unsigned month = point->month <= 12 ? point->month : 0; /* seasons do not count */
	nkc_buf_printf(out, "%016lld%02u%02u", (long long)(point->year + INT64_C(1000000000000000)), levels > 1 ? month : 0u,
	               levels > 2 ? point->day : 0u);
}

static nkc_str sortable(csl_eval *eval, const nkc_date *date, unsigned levels)
{
	if (!date->structured) /* words have no place among dates */
		return NKC_STR("");
	nkc_buf out = nkc_arena_buf(eval->arena);
	put_sortable(&out, &date->start, levels);
	if (date->finish == NKC_DATE_CLOSED) {
		nkc_buf_putc(&out, '-');
		put_sortable(&out, &date->end, levels);
	}
	return nkc_arena_keep(eval->arena, &out);
}

nkc_str csl_date_sort_text(csl_eval *eval, nkc_var var)
{
	const nkc_date *date = csl_item_date(eval->item, var);
	return date ? sortable(eval, date, 3) : NKC_STR("");
}

/* In a macro only the parts count that it would render. */
static unsigned levels_of(const dating *d)
{
	unsigned levels = 0;
	for (unsigned i = 0; i < d->count; i++) {
		unsigned level = d->parts[i].name == CSL_YEAR ? 1 : d->parts[i].name == CSL_MONTH ? 2 : 3;
		levels = levels > level ? levels : level;
	}
	return levels;
}

/* --- the element --- */

static bool shows_year(const dating *d)
{
	for (unsigned i = 0; i < d->count; i++) {
		if (d->parts[i].name == CSL_YEAR)
			return true;
	}
	return false;
}

static csl_out *render_date(dating *d, const nkc_date *date)
{
	csl_eval *eval = d->eval;
	gather_parts(d);
	if (eval->sorting)
		return csl_out_text(eval->arena, sortable(eval, date, levels_of(d)));
	if (!date->structured && !shows_year(d)) /* a style that dates in two steps has it with the year */
		return NULL;
	if (!date->structured) {
		csl_out *node = csl_out_group(eval->arena, NULL, NKC_STR(""));
		csl_out_append(node, csl_richtext(eval->arena, date->literal.len ? date->literal : date->raw));
		csl_out_append(node, implicit_suffix(d));
		return node;
	}
	if (date->finish == NKC_DATE_CLOSED && date->begin == NKC_DATE_SINGLE)
		return render_range(d, date);
	if (date->finish == NKC_DATE_OPEN)
		return render_open(d, date);
	return render_single(d, date->begin == NKC_DATE_SINGLE ? &date->start : &date->end);
}

csl_out *csl_eval_date(csl_eval *eval, const csl_element *element)
{
	const csl_date *style = element->u.date;
	bool used = (eval->used[style->variable / 64] >> (style->variable % 64) & 1) ||
	            (eval->for_key && style->variable == NKC_VAR_ACCESSED);
	const nkc_date *date = used ? NULL : csl_item_date(eval->item, style->variable);
	if (!date || !(date->structured || date->literal.len || date->raw.len)) {
		csl_eval_note_call(eval, false);
		return NULL;
	}
	dating d = { .eval = eval, .element = element, .style = style };
	csl_out *node = render_date(&d, date);
	csl_eval_note_call(eval, !csl_out_empty(node));
	if (csl_out_empty(node))
		return NULL;
	if (eval->substituting)
		eval->used[style->variable / 64] |= (uint64_t)1 << (style->variable % 64);
	node->tags |= CSL_TAG_DATE;
	node->variable = (uint8_t)style->variable;
	return csl_eval_finish(eval, element, node);
}
