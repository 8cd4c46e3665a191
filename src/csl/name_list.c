/*
 * name_list.c: the names of one variable: how many, joined how (specification, "Name", "Et-al Abbreviation").
 */
#include "csl/names.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/text.h"

/* --- how many --- */

/* A sort key may have its own bounds; a later cite has those for subsequent ones. */
static void bounds(const csl_eval *eval, const csl_name_options *options, unsigned *min, unsigned *use)
{
	const csl_sort_key *key = eval->sorting ? eval->sort_key : NULL;
	*min = options->et_al_min;
	*use = options->et_al_use_first;
	if (eval->subsequent && options->et_al_subsequent_min)
		*min = options->et_al_subsequent_min;
	if (eval->subsequent && options->et_al_subsequent_use_first)
		*use = options->et_al_subsequent_use_first;
	if (key && key->names_min)
		*min = key->names_min;
	if (key && key->names_use_first)
		*use = key->names_use_first;
}

csl_et_al csl_names_cut(const csl_eval *eval, const csl_name_options *options, unsigned count)
{
	unsigned min, use;
	bounds(eval, options, &min, &use);
	csl_et_al cut = { count, false, false };
	if (!min || count < min)
		return cut;
	bool last = options->et_al_use_last;
	if (eval->sorting && eval->sort_key && eval->sort_key->names_use_last >= 0)
		last = eval->sort_key->names_use_last;
	use += eval->choice ? eval->choice->names_more : 0;
	if (use >= count)
		return cut;
	cut.shown = use;
	cut.use_last = last && count >= use + 2;
	cut.et_al = !cut.use_last;
	return cut;
}

/* --- joins --- */

static bool precedes(uint8_t rule, bool contextual, bool inverted)
{
	switch (rule) {
	case CSL_ALWAYS: return true;
	case CSL_NEVER: return false;
	case CSL_AFTER_INVERTED: return inverted;
	default: return contextual;
	}
}

static nkc_str joined(csl_eval *eval, nkc_str a, nkc_str b, nkc_str c)
{
	nkc_buf text = nkc_arena_buf(eval->arena);
	nkc_buf_put_str(&text, a);
	nkc_buf_put_str(&text, b);
	nkc_buf_put_str(&text, c);
	return nkc_arena_keep(eval->arena, &text);
}

/* "and", "&" or nothing, as the locale has it. */
static nkc_str and_text(const csl_eval *eval, const csl_name_options *options)
{
	nkc_str text;
	if (options->and == CSL_AND_NONE)
		return NKC_STR("");
	if (options->and == CSL_AND_SYMBOL)
		return csl_locale_term(eval->locale, CSL_TERM_AND, CSL_FORM_SYMBOL, false, &text) &&
		                       nkc_str_is(text, "&")
		               ? text
		               : NKC_STR("&");
	return csl_locale_term(eval->locale, CSL_TERM_AND, CSL_FORM_LONG, false, &text) ? text : NKC_STR("");
}

/*
 * Does the word for "and" stand between spaces? That of Chinese and Japanese does not, nor does the Hebrew vav, which is
 * written with the name behind it (so citeproc-js).
 */
static bool is_spaced(nkc_str word)
{
	size_t at = 0;
	uint32_t rune = nkc_utf8_next(word, &at);
	return rune == '&' || rune == '+' || (nkc_rune_is_letter(rune) && rune < 0x2E80 && rune != 0x05D5);
}

/* A delimiter gives up its last space before a word with a space of its own (the Korean ones). */
static nkc_str before_word(nkc_str delimiter, nkc_str word)
{
	if (delimiter.len && delimiter.ptr[delimiter.len - 1] == ' ' && word.len && word.ptr[0] == ' ')
		delimiter.len--;
	return delimiter;
}

/* What stands between the last name but one and the last. */
static nkc_str last_join(csl_eval *eval, const csl_name_options *options, unsigned count, bool inverted)
{
	nkc_str word = eval->sorting ? NKC_STR("") : and_text(eval, options);
	if (!word.len)
		return options->delimiter;
	bool spaced = is_spaced(word),
	     comma = precedes(options->delimiter_precedes_last, count > 2 && spaced, inverted && spaced);
	nkc_str before = comma ? options->delimiter : spaced ? NKC_STR(" ") : NKC_STR("");
	return joined(eval, before_word(before, word), word, spaced ? NKC_STR(" ") : NKC_STR(""));
}

/* --- the list --- */

/* Only a person's name of a script that has an order to invert. */
static bool can_invert(const nkc_name *name)
{
	return !name->literal.len && name->given.len && !csl_name_is_family_first(name);
}

static bool is_inverted(const csl_eval *eval, const csl_name_options *options, unsigned at)
{
	if (eval->sorting)
		return true;
	return options->name_as_sort_order == CSL_SORT_ORDER_ALL ||
	       (options->name_as_sort_order == CSL_SORT_ORDER_FIRST && at == 0);
}

static uint8_t level_of(const csl_eval *eval, unsigned index)
{
	const csl_choice *choice = eval->choice;
	return choice && index < choice->given_count ? choice->given[index] : 0;
}

static void note_seen(csl_eval *eval, const csl_name_options *options, const nkc_name *name, unsigned at)
{
	csl_census *census = eval->census;
	if (!census)
		return;
	if (census->count == census->cap) {
		size_t cap = census->cap ? census->cap * 2 : 8;
		csl_name_seen *items = nkc_realloc(census->items, cap * sizeof *items);
		if (!items) {
			census->failed = true;
			return;
		}
		census->items = items;
		census->cap = cap;
	}
	census->items[census->count++] = (csl_name_seen){
		.name = name, .options = options, .index = eval->name_offset + at, .place = at, .variable = eval->names_variable
	};
}

/* The affixes of cs:name are for names of people ("Doe J.", but "Unesco"; so citeproc-js). */
static const csl_format *without_affixes(csl_eval *eval, const csl_format *format)
{
	csl_format *bare = format->prefix.len || format->suffix.len ? nkc_arena_alloc(eval->arena, sizeof *bare) : NULL;
	if (!bare)
		return format;
	*bare = *format;
	bare->prefix = bare->suffix = NKC_STR("");
	return bare;
}

static csl_out *one_name(csl_eval *eval, const csl_names *names, const csl_name_options *options, const nkc_name *name,
                         unsigned at)
{
	csl_name_style style = {
		.options = options,
		.family = &names->family,
		.given = &names->given,
		.inverted = is_inverted(eval, options, at),
		.sorting = eval->sorting,
		.level = level_of(eval, eval->name_offset + at),
	};
	note_seen(eval, options, name, at);
	csl_out *node = csl_name_render(eval, &style, name);
	const csl_format *format = name->literal.len ? without_affixes(eval, &names->name) : &names->name;
	csl_row whole = { .arena = eval->arena, .format = csl_format_is_visible(format) ? format : NULL,
		          .delimiter = NKC_STR("") };
	csl_row_put(&whole, node);
	if (whole.node)
		whole.node->tags |= CSL_TAG_NAME;
	return whole.node;
}

static void put_text(csl_eval *eval, csl_out *list, nkc_str text)
{
	csl_out *node = text.len ? csl_out_text(eval->arena, text) : NULL;
	if (node)
		node->tags |= CSL_TAG_JOIN;
	csl_out_append(list, node);
}

/* "et al." behind the names that are shown. */
static void put_et_al(csl_eval *eval, const csl_names *names, const csl_name_options *options, csl_out *list,
                      unsigned shown)
{
	nkc_str text;
	if (eval->sorting || !csl_locale_term(eval->locale, names->et_al_term, CSL_FORM_LONG, false, &text) ||
	    !nkc_str_trim(text).len)
		return;
	bool comma = precedes(options->delimiter_precedes_et_al, shown > 1, is_inverted(eval, options, shown - 1));
	nkc_name term_name = { .family = text };
	if (comma || !csl_name_is_family_first(&term_name)) /* 等 stands close */
		put_text(eval, list, before_word(comma ? options->delimiter : NKC_STR(" "), text));
	csl_out *term = csl_out_text(eval->arena, text);
	if (term && csl_format_is_visible(&names->et_al))
		term->format = &names->et_al;
	csl_out_append(list, term);
}

/* A list that says "et al." as its last name wants it as a term. */
static bool is_others(const nkc_name *name)
{
	return name->literal.len && (nkc_str_eq_nocase(name->literal, NKC_STR("others")) ||
	                             nkc_str_eq_nocase(name->literal, NKC_STR("et al.")));
}

csl_out *csl_name_list(csl_eval *eval, const csl_names *names, const csl_name_options *options, const nkc_name *people,
                       unsigned count)
{
	csl_et_al cut = csl_names_cut(eval, options, count);
	csl_out *list = csl_out_group(eval->arena, NULL, NKC_STR(""));
	if (!list || !cut.shown)
		return NULL;
	list->tags |= CSL_TAG_NAME_LIST;
	if (count > 1 && !cut.et_al && !cut.use_last && is_others(&people[count - 1])) {
		cut.shown = count - 1;
		cut.et_al = true;
	}
	for (unsigned at = 0; at < cut.shown; at++) {
		bool last = at + 1 == count;
		if (at)
			put_text(eval, list,
			         last ? last_join(eval, options, count,
			                          is_inverted(eval, options, at - 1) &&
			                                  can_invert(&people[at - 1]))
			              : options->delimiter);
		csl_out_append(list, one_name(eval, names, options, &people[at], at));
	}
	if (cut.et_al) {
		put_et_al(eval, names, options, list, cut.shown);
		if (names->name.font) /* what cs:name says of fonts is for "et al.", too (so citeproc-js) */
			list->format = without_affixes(eval, &names->name);
	}
	if (cut.use_last) {
		put_text(eval, list, joined(eval, options->delimiter, NKC_STR("\xe2\x80\xa6 "), NKC_STR("")));
		csl_out_append(list, one_name(eval, names, options, &people[count - 1], count - 1));
	}
	eval->short_names |= cut.shown < count;
	eval->name_offset += count;
	return list;
}
