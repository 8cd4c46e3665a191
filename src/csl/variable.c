/*
 * variable.c: what a variable says for one cite.
 */
#include "csl/names.h"

#include "base/arena.h"

static bool is_used(const csl_eval *eval, nkc_var var)
{
	return eval->used[var / 64] >> (var % 64) & 1;
}

nkc_str csl_digits(nkc_arena *arena, uint64_t number, unsigned width)
{
	char digits[20]; /* of 2^64 - 1 */
	size_t at = sizeof digits;
	for (; (number || sizeof digits - at < width) && at; number /= 10)
		digits[--at] = (char)('0' + number % 10);
	return nkc_arena_str(arena, nkc_str_make(digits + at, sizeof digits - at));
}

/* The position of a variable that is not in the item but in the document or the cite; 0: none. */
static nkc_str number_text(csl_eval *eval, uint32_t number)
{
	return number ? csl_digits(eval->arena, number, 1) : NKC_STR("");
}

/* 1 is a, 26 is z, 27 is aa. */
nkc_str csl_letters(nkc_arena *arena, uint32_t number)
{
	char letters[8];
	size_t at = sizeof letters;
	for (; number; number = (number - 1) / 26)
		letters[--at] = (char)('a' + (number - 1) % 26);
	return nkc_arena_str(arena, nkc_str_make(letters + at, sizeof letters - at));
}

/* "12-34" gives "12"; a text without a digit first has none. */
static nkc_str first_page(nkc_str page)
{
	size_t end = 0;
	while (end < page.len && page.ptr[end] != '-' && page.ptr[end] != ',' && page.ptr[end] != '&' &&
	       page.ptr[end] != ' ' && (unsigned char)page.ptr[end] != 0xE2)
		end++;
	return nkc_str_slice(page, 0, end);
}

static void note_use(const csl_eval *eval, unsigned use)
{
	if (eval->uses)
		*eval->uses |= use;
}

/* The note in which the item was cited first, where the cite can point to it; else 0. */
static uint32_t first_note(const csl_eval *eval)
{
	if (!eval->cite || !(eval->cite->position & CSL_POSITION_SUBSEQUENT))
		return 0;
	note_use(eval, CSL_USES_FIRST_NOTE);
	return eval->cite->first_note;
}

static nkc_str raw_text(csl_eval *eval, nkc_var var)
{
	const csl_item *item = eval->item;
	switch (var) {
	case NKC_VAR_LOCATOR: return eval->cite ? eval->cite->locator : NKC_STR("");
	case NKC_VAR_CITATION_NUMBER: note_use(eval, CSL_USES_NUMBER); return number_text(eval, item->number);
	case NKC_VAR_FIRST_REFERENCE_NOTE_NUMBER: return number_text(eval, first_note(eval));
	case NKC_VAR_YEAR_SUFFIX:
		if (eval->choice && eval->choice->year_suffix)
			return csl_letters(eval->arena, eval->choice->year_suffix);
		return csl_item_text(item, var);
	case NKC_VAR_CITATION_LABEL: return csl_citation_label(eval);
	case NKC_VAR_PAGE_FIRST:
		if (csl_item_has(item, var))
			return csl_item_text(item, var);
		return first_page(csl_item_text(item, NKC_VAR_PAGE));
	default: return csl_item_text(item, var);
	}
}

nkc_str csl_eval_look(csl_eval *eval, nkc_var var)
{
	return is_used(eval, var) ? NKC_STR("") : raw_text(eval, var);
}

bool csl_eval_spend(csl_eval *eval, size_t bytes)
{
	if (!eval->spent)
		return true;
	if (*eval->spent <= CSL_TEXT_MAX)
		*eval->spent += bytes < CSL_TEXT_MAX ? bytes : CSL_TEXT_MAX + 1;
	return *eval->spent <= CSL_TEXT_MAX;
}

nkc_str csl_eval_variable(csl_eval *eval, nkc_var var)
{
	nkc_str text = csl_eval_look(eval, var);
	if (!csl_eval_spend(eval, text.len))
		text = NKC_STR("");
	if (var != NKC_VAR_YEAR_SUFFIX) /* "n.d." stands also where no suffix follows */
		csl_eval_note_call(eval, text.len > 0);
	if (text.len && eval->substituting)
		eval->used[var / 64] |= (uint64_t)1 << (var % 64);
	if (text.len && var == NKC_VAR_YEAR_SUFFIX)
		eval->has_year_suffix = true;
	return text;
}

bool csl_var_is_of_item(nkc_var var)
{
	return var != NKC_VAR_LOCATOR && var != NKC_VAR_CITATION_NUMBER && var != NKC_VAR_FIRST_REFERENCE_NOTE_NUMBER &&
	       var != NKC_VAR_YEAR_SUFFIX && var != NKC_VAR_PAGE_FIRST && var != NKC_VAR_CITATION_LABEL;
}

nkc_var csl_var_short(nkc_var var)
{
	switch (var) {
	case NKC_VAR_TITLE: return NKC_VAR_TITLE_SHORT;
	case NKC_VAR_CONTAINER_TITLE: return NKC_VAR_CONTAINER_TITLE_SHORT;
	case NKC_VAR_VOLUME_TITLE: return NKC_VAR_VOLUME_TITLE_SHORT;
	default: return var;
	}
}

bool csl_eval_has(const csl_eval *eval, nkc_var var)
{
	switch (var) {
	case NKC_VAR_LOCATOR: return eval->cite && eval->cite->locator.len;
	case NKC_VAR_CITATION_NUMBER: return true;
	case NKC_VAR_FIRST_REFERENCE_NOTE_NUMBER: return first_note(eval) > 0;
	case NKC_VAR_YEAR_SUFFIX:
		return (eval->choice && eval->choice->year_suffix) || csl_item_has(eval->item, var);
	case NKC_VAR_PAGE_FIRST: return csl_item_has(eval->item, var) || csl_item_has(eval->item, NKC_VAR_PAGE);
	case NKC_VAR_CITATION_LABEL: return true;
	default: return csl_item_has(eval->item, var);
	}
}

/* --- citation-label --- */

/* The names that a label is made of: authors, else editors, else none. */
static size_t label_names(csl_item *item, const nkc_name **names)
{
	static const nkc_var order[] = { NKC_VAR_AUTHOR, NKC_VAR_EDITOR, NKC_VAR_TRANSLATOR };
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		size_t count = csl_item_names(item, order[i], names);
		if (count)
			return count;
	}
	return 0;
}

/* Appends the first `most` characters of a name, as they are. */
static void put_head(nkc_buf *out, nkc_str name, size_t most)
{
	size_t at = 0;
	for (size_t count = 0; at < name.len && count < most; count++) {
		at++;
		while (at < name.len && ((unsigned char)name.ptr[at] & 0xC0) == 0x80)
			at++;
	}
	nkc_buf_put(out, name.ptr, at);
}

/*
 * A label for an item without one: four letters of one name, two of each of two, one of each of up to four, and two
 * digits of the year ("Doe65", "DoRo65", "ABCD65"), as BibTeX's alpha style made usual.
 */
static void put_label(csl_item *item, nkc_buf *label)
{
	static const size_t letters[] = { 0, 4, 2, 1, 1 };
	const nkc_name *names;
	size_t count = label_names(item, &names), shown = count < 4 ? count : 4;
	for (size_t i = 0; i < shown; i++) {
		put_head(label, names[i].family.len ? names[i].family : names[i].literal, letters[shown]);
	}
	if (!count)
		put_head(label, csl_item_text(item, NKC_VAR_TITLE), 4);
	const nkc_date *date = csl_item_date(item, NKC_VAR_ISSUED);
	if (date && date->structured)
		nkc_buf_printf(label, "%02d", (int)((date->start.year % 100 + 100) % 100));
}

nkc_str csl_citation_label(csl_eval *eval)
{
	nkc_str own = csl_item_text(eval->item, NKC_VAR_CITATION_LABEL);
	nkc_buf label = nkc_arena_buf(eval->arena);
	if (own.len)
		nkc_buf_put_str(&label, own);
	else
		put_label(eval->item, &label);
	if (eval->choice && eval->choice->year_suffix) { /* the label is what is cited, so it tells items apart */
		nkc_buf_put_str(&label, csl_letters(eval->arena, eval->choice->year_suffix));
		eval->has_year_suffix = true;
	}
	return nkc_arena_keep(eval->arena, &label);
}
