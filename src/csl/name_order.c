/*
 * name_order.c: one name: which parts, in what order (specification, "Name-part Order", "Name-part Formatting").
 */
#include "csl/names.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/utf8.h"

/* --- scripts --- */

/* Han, kana, Hangul, bopomofo: scripts of names that are written family name first, closed up. */
static bool is_family_first_rune(uint32_t rune)
{
	return (rune >= 0x2E80 && rune <= 0x9FFF) || (rune >= 0xAC00 && rune <= 0xD7AF) ||
	       (rune >= 0xF900 && rune <= 0xFAFF) || (rune >= 0x1100 && rune <= 0x11FF) ||
	       (rune >= 0x20000 && rune <= 0x3FFFF);
}

bool csl_name_is_family_first(const nkc_name *name)
{
	nkc_str family = name->family;
	bool any = false;
	if (!nkc_utf8_has_high(family))
		return false;
	for (size_t at = 0; at < family.len;) {
		uint32_t rune = nkc_utf8_next(family, &at);
		if (rune < 0x2E80 && rune != ' ' && rune != '.')
			return false;
		any |= is_family_first_rune(rune);
	}
	return any;
}

/* --- particles --- */

/* The length of an apostrophe or hyphen at text[at]: ' - U+2019 U+02BB; 0: there is none. */
static size_t mark_length(nkc_str text, size_t at)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	if (!rest.len)
		return 0;
	if (rest.ptr[0] == '\'' || rest.ptr[0] == '-')
		return 1;
	return nkc_str_starts(rest, NKC_STR("\xe2\x80\x99")) ? 3 : nkc_str_starts(rest, NKC_STR("\xca\xbb")) ? 2 : 0;
}

/* A particle that stands close to what follows: "d'", "al-", "lâ". */
static bool is_joined(nkc_str particle)
{
	return nkc_str_ends(particle, NKC_STR(" ")) || nkc_str_ends(particle, NKC_STR("'")) ||
	       nkc_str_ends(particle, NKC_STR("-")) || nkc_str_ends(particle, NKC_STR("\xe2\x80\x99"));
}

/* Does the word at text[at] begin with a small letter, marks before it aside ("'t")? *letter: where it does. */
static bool is_small_word(nkc_str text, size_t at, size_t *letter)
{
	size_t mark;
	while ((mark = mark_length(text, at)) > 0)
		at += mark;
	*letter = at;
	return at < text.len && nkc_rune_is_lower(nkc_utf8_next(text, &at));
}

/* The words at the head of a family name that begin with a small letter, but not all of it: "van der", "d'", "'t". */
static size_t particle_end(nkc_str family)
{
	size_t end = 0, at = 0, to;
	while (is_small_word(family, at, &to)) {
		while (to < family.len && family.ptr[to] != ' ' && !mark_length(family, to))
			to++;
		if (to >= family.len)
			break;
		size_t mark = mark_length(family, to);
		to += mark;
		to += mark && to < family.len && family.ptr[to] == ' '; /* "de' Frinkle": the space is written */
		end = to;
		while (to < family.len && family.ptr[to] == ' ')
			to++;
		at = to;
	}
	return end;
}

/* Words at the end of a given name that begin with a small letter: "Ludwig van". */
static size_t trailing_particle(nkc_str given)
{
	size_t start = given.len, letter;
	while (start > 0) {
		size_t at = start;
		while (at > 0 && given.ptr[at - 1] != ' ')
			at--;
		if (at == 0 || !is_small_word(nkc_str_slice(given, 0, start), at, &letter))
			break;
		start = at - 1;
	}
	return start;
}

/* "Martin Luther, Jr." and "Martin Luther,! Jr.": what stands behind the comma is a suffix. */
static void split_suffix(nkc_name *name)
{
	size_t comma = nkc_str_find_byte(name->given, ',');
	if (name->suffix.len || comma == name->given.len)
		return;
	nkc_str tail = nkc_str_slice(name->given, comma + 1, name->given.len);
	name->comma_suffix = tail.len && tail.ptr[0] == '!';
	name->suffix = nkc_str_trim(name->comma_suffix ? nkc_str_slice(tail, 1, tail.len) : tail);
	name->given = nkc_str_trim(nkc_str_slice(name->given, 0, comma));
}

void csl_name_parse(nkc_name *name)
{
	nkc_str family = name->family;
	if (name->literal.len || !family.len)
		return;
	if (family.len > 2 && family.ptr[0] == '"' && family.ptr[family.len - 1] == '"') {
		name->family = nkc_str_slice(family, 1, family.len - 1); /* quoted: not to be taken apart */
		return;
	}
	if (name->non_dropping_particle.len || !name->given.len) /* whoever names the particles has named them all */
		return;
	size_t end = particle_end(family);
	name->non_dropping_particle = nkc_str_slice(family, 0, end);
	name->family = end ? nkc_str_trim(nkc_str_slice(family, end, family.len)) : family;
	split_suffix(name);
	size_t start = trailing_particle(name->given);
	if (!name->dropping_particle.len && start < name->given.len) {
		name->dropping_particle = nkc_str_trim(nkc_str_slice(name->given, start, name->given.len));
		name->given = nkc_str_slice(name->given, 0, start);
	}
}

/* --- parts --- */

/* The given name as the options and the level want it. */
static nkc_str given_text(const csl_eval *eval, const csl_name_style *style, nkc_str given)
{
	const csl_name_options *options = style->options;
	bool hyphen = eval->style->initialize_with_hyphen;
	if (!options->has_initialize_with || !given.len || nkc_str_find_byte(given, '<') < given.len)
		return given; /* initials within markup are taken leaf by leaf */
	if (options->initialize && style->level < 2)
		return csl_name_initials(eval->arena, given, options->initialize_with, hyphen);
	return csl_name_normalise(eval->arena, given, options->initialize_with, hyphen);
}

static csl_out *part(csl_eval *eval, nkc_str text, const csl_format *format)
{
	if (!text.len)
		return NULL;
	csl_out *node = csl_richtext(eval->arena, text);
	if (node && format && format->text_case)
		csl_textcase_apply(eval->arena, node, (csl_case)format->text_case, eval->item->english,
		                   eval->item->language);
	if (!node || !format || !format->font)
		return node;
	csl_format *bare = nkc_arena_alloc(eval->arena, sizeof *bare);
	csl_out *styled = csl_out_group(eval->arena, bare, NKC_STR(""));
	if (!bare || !styled)
		return node;
	*bare = *format;
	bare->prefix = bare->suffix = NKC_STR("");
	bare->text_case = CSL_CASE_NONE;
	csl_out_append(styled, node);
	return styled;
}

/* Initials of a given name with markup: each piece of text for itself, "<b>John</b> Q." is "<b>J.</b> Q." */
static void initial_leaves(csl_eval *eval, const csl_name_style *style, csl_out *node)
{
	if (node->kind != CSL_OUT_TEXT) {
		for (csl_out *child = node->u.list.first; child; child = child->next)
			initial_leaves(eval, style, child);
		return;
	}
	nkc_str text = node->u.text;
	size_t lead = 0;
	while (lead < text.len && (text.ptr[lead] == ' ' || text.ptr[lead] == '-' || text.ptr[lead] == '.'))
		lead++;
	nkc_str head = nkc_str_slice(text, 0, lead);
	if (head.len && head.ptr[0] == '.')
		head = nkc_str_slice(head, 1, head.len);
	nkc_buf out = nkc_arena_buf(eval->arena);
	nkc_buf_put_str(&out, head);
	nkc_buf_put_str(&out, given_text(eval, style, nkc_str_slice(text, lead, text.len)));
	node->u.text = nkc_arena_keep(eval->arena, &out);
	node->quiet = false;
}

static csl_out *given_part(csl_eval *eval, const csl_name_style *style, nkc_str given)
{
	csl_out *node = part(eval, given, style->given);
	if (!node || !style->options->has_initialize_with || nkc_str_find_byte(given, '<') == given.len)
		return node;
	initial_leaves(eval, style, node);
	return csl_out_prune(node) ? node : NULL;
}

/* The particle before a family name, for join: in a sort key it is a word of its own ("d' Alembert"). */
static nkc_str particle_before(const csl_name_style *style, const nkc_name *name)
{
	return style->sorting ? NKC_STR("") : name->non_dropping_particle;
}

static void put_between(csl_row *into, nkc_str text)
{
	csl_out *node = csl_out_text(into->arena, text);
	if (node)
		node->tags |= CSL_TAG_JOIN;
	csl_row_put(into, node);
}

/* Appends with a space before, unless the text before is a particle that stands close. */
static void join(csl_row *into, csl_out *node, nkc_str before)
{
	if (!node)
		return;
	if (into->node && !is_joined(before))
		put_between(into, NKC_STR(" "));
	csl_row_put(into, node);
}

static csl_row plain_row(csl_eval *eval, nkc_str delimiter)
{
	return (csl_row){ .arena = eval->arena, .delimiter = delimiter };
}

/* With the affixes of a name-part, if it has any. */
static csl_row affixed(csl_eval *eval, const csl_format *format)
{
	csl_row row = plain_row(eval, NKC_STR(""));
	bool any = format && (format->prefix.len || format->suffix.len);
	csl_format *affixes = any ? nkc_arena_alloc(eval->arena, sizeof *affixes) : NULL;
	if (affixes)
		*affixes = (csl_format){ .prefix = format->prefix, .suffix = format->suffix };
	row.format = affixes;
	return row;
}

/* "Jr." is an abbreviation like those of given names: it has the period of initialize-with, or none. */
static csl_out *suffix_part(csl_eval *eval, const csl_name_style *style, const nkc_name *name)
{
	nkc_str text = name->suffix;
	if (text.len && style->options->has_initialize_with)
		text = csl_name_normalise(eval->arena, text, style->options->initialize_with,
		                          eval->style->initialize_with_hyphen);
	return part(eval, text, NULL);
}

static void put_suffix(csl_eval *eval, csl_row *into, const csl_name_style *style, const nkc_name *name)
{
	if (!name->suffix.len)
		return;
	put_between(into, name->comma_suffix ? NKC_STR(", ") : NKC_STR(" "));
	csl_row_put(into, suffix_part(eval, style, name));
}

/* --- orders --- */

/* given dropping-particle non-dropping-particle family suffix */
static csl_out *display_order(csl_eval *eval, const csl_name_style *style, const nkc_name *name)
{
	csl_row whole = plain_row(eval, NKC_STR(""));
	csl_row given = affixed(eval, style->given), family = affixed(eval, style->family);
	bool alone = !name->family.len;
	nkc_str initials = alone ? name->given : given_text(eval, style, name->given);
	join(&given, given_part(eval, style, initials), NKC_STR(""));
	/* the affixes of the family name enclose the particles before it */
	join(&family, part(eval, name->dropping_particle, style->given), NKC_STR(""));
	join(&family, part(eval, name->non_dropping_particle, style->family), name->dropping_particle);
	join(&family, part(eval, name->family, style->family),
	     name->non_dropping_particle.len ? name->non_dropping_particle : name->dropping_particle);
	put_suffix(eval, &family, style, name);
	csl_row_put(&whole, given.node);
	join(&whole, family.node, NKC_STR(""));
	return whole.node;
}

/* [non-dropping-particle] family, given dropping-particle [non-dropping-particle], suffix */
static csl_out *inverted_order(csl_eval *eval, const csl_name_style *style, const nkc_name *name)
{
	bool demote = eval->style->demote == CSL_DEMOTE_DISPLAY_AND_SORT ||
	              (style->sorting && eval->style->demote == CSL_DEMOTE_SORT_ONLY);
	csl_row whole = plain_row(eval, style->sorting ? NKC_STR(" ") : style->options->sort_separator);
	csl_row given = affixed(eval, style->given), family = affixed(eval, style->family);
	if (!demote)
		join(&family, part(eval, name->non_dropping_particle, style->family), NKC_STR(""));
	join(&family, part(eval, name->family, style->family), particle_before(style, name));
	bool alone = !name->family.len;
	join(&given, given_part(eval, style, alone ? name->given : given_text(eval, style, name->given)), NKC_STR(""));
	join(&given, part(eval, name->dropping_particle, style->given), NKC_STR(""));
	if (demote)
		join(&given, part(eval, name->non_dropping_particle, style->family), NKC_STR(""));
	csl_row_put(&whole, family.node);
	csl_row_put(&whole, given.node);
	csl_row_put(&whole, suffix_part(eval, style, name));
	return whole.node;
}

/* [non-dropping-particle] family */
static csl_out *short_order(csl_eval *eval, const csl_name_style *style, const nkc_name *name)
{
	csl_row family = affixed(eval, style->family);
	bool demoted = style->sorting && eval->style->demote != CSL_DEMOTE_NEVER;
	if (!demoted)
		join(&family, part(eval, name->non_dropping_particle, style->family), NKC_STR(""));
	join(&family, part(eval, name->family.len ? name->family : name->given, style->family),
	     particle_before(style, name));
	return family.node;
}

/* family given, closed up */
static csl_out *family_first_order(csl_eval *eval, const csl_name_style *style, const nkc_name *name, bool spaced)
{
	csl_row whole = plain_row(eval, spaced ? NKC_STR(" ") : NKC_STR(""));
	csl_row given = affixed(eval, style->given), family = affixed(eval, style->family);
	csl_row_put(&family, part(eval, name->family, style->family));
	csl_row_put(&given, part(eval, spaced ? given_text(eval, style, name->given) : name->given, style->given));
	csl_row_put(&whole, family.node);
	csl_row_put(&whole, given.node);
	return whole.node;
}

/* English articles at the start of an organisation's name do not count for sorting. */
static nkc_str without_article(nkc_str name)
{
	static const nkc_str articles[] = { NKC_STR_INIT("the "), NKC_STR_INIT("an "), NKC_STR_INIT("a ") };
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
		if (name.len > articles[i].len &&
		    nkc_str_eq_nocase(nkc_str_slice(name, 0, articles[i].len), articles[i]))
			return nkc_str_slice(name, articles[i].len, name.len);
	}
	return name;
}

static bool is_short(const csl_name_style *style)
{
	return style->options->form == CSL_FORM_SHORT && style->level == 0;
}

csl_out *csl_name_render(csl_eval *eval, const csl_name_style *style, const nkc_name *name)
{
	if (name->literal.len) {
		nkc_str literal = style->sorting ? without_article(name->literal) : name->literal;
		csl_row row = affixed(eval, style->family);
		csl_row_put(&row, part(eval, literal, style->family));
		return row.node;
	}
	if (is_short(style))
		return short_order(eval, style, name);
	if (csl_name_is_family_first(name))
		return family_first_order(eval, style, name, false);
	if (name->static_ordering)
		return family_first_order(eval, style, name, true);
	return style->inverted ? inverted_order(eval, style, name) : display_order(eval, style, name);
}

nkc_str csl_name_text(csl_eval *eval, const csl_name_options *options, const nkc_name *name, unsigned level)
{
	csl_name_style style = { .options = options, .level = (uint8_t)level };
	nkc_buf text = nkc_arena_buf(eval->arena);
	csl_out_plain(csl_name_render(eval, &style, name), &text);
	return nkc_arena_keep(eval->arena, &text);
}
