#include "csl/load.h"

/* --- terms --- */

static const csl_word term_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG),     CSL_WORD("short", CSL_FORM_SHORT),
	CSL_WORD("verb", CSL_FORM_VERB),     CSL_WORD("verb-short", CSL_FORM_VERB_SHORT),
	CSL_WORD("symbol", CSL_FORM_SYMBOL), CSL_WORD_END,
};
static const csl_word genders[] = {
	CSL_WORD("neuter", CSL_GENDER_NEUTER),
	CSL_WORD("feminine", CSL_GENDER_FEMININE),
	CSL_WORD("masculine", CSL_GENDER_MASCULINE),
	CSL_WORD_END,
};
static const csl_word matches[] = {
	CSL_WORD("last-digit", CSL_LAST_DIGIT),
	CSL_WORD("last-two-digits", CSL_LAST_TWO_DIGITS),
	CSL_WORD("whole-number", CSL_WHOLE_NUMBER),
	CSL_WORD_END,
};

typedef struct term_raw {
	nkc_str name;
	uint8_t form, gender, gender_form, match;
} term_raw;

enum {
	SET_GENDER_FORM = 1 << 3,
	SET_MATCH = 1 << 4
}; /* bits: places in the table */

static const csl_attr term_attrs[] = {
	CSL_ATTR("name", RAW, term_raw, name),
	CSL_ATTR_OF("form", WORD, term_raw, form, term_forms),
	CSL_ATTR_OF("gender", WORD, term_raw, gender, genders),
	CSL_ATTR_OF("gender-form", WORD, term_raw, gender_form, genders),
	CSL_ATTR_OF("match", WORD, term_raw, match, matches),
	CSL_ATTR_END,
};

static csl_term_text load_term_text(csl_loader *loader, const nkc_xml_node *node)
{
	csl_term_text text = { .present = true };
	text.single = text.multiple = nkc_arena_str(loader->arena, node->text);
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (nkc_str_is(child->name, "single"))
			text.single = nkc_arena_str(loader->arena, child->text);
		else if (nkc_str_is(child->name, "multiple"))
			text.multiple = nkc_arena_str(loader->arena, child->text);
		else
			csl_unknown_element(loader, child);
	}
	return text;
}

/* "ordinal-00" to "ordinal-09" compare one digit, the others two, unless they say otherwise. */
static uint8_t default_match(csl_term term)
{
	return term >= CSL_TERM_ORDINAL_00 && term <= CSL_TERM_ORDINAL_09 ? CSL_LAST_DIGIT
	                                                                  : CSL_LAST_TWO_DIGITS;
}

static csl_term_entry *entry_of(csl_loader *loader, csl_locale *locale, csl_term term)
{
	if (locale->terms[term])
		return (csl_term_entry *)locale->terms[term];
	csl_term_entry *entry = nkc_arena_alloc(loader->arena, sizeof *entry);
	if (entry) {
		memset(entry, 0, sizeof *entry);
		entry->ordinal_match = default_match(term);
		locale->terms[term] = entry;
	}
	return entry;
}

static void load_term(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale)
{
	term_raw raw = { .name = NKC_STR("") };
	uint32_t set = 0;
	csl_load_attrs(loader, node, (csl_target[]){ { term_attrs, &raw, &set } }, 1);
	csl_term term = csl_load_term_name(loader, node, "name", raw.name);
	csl_term_entry *entry = term == CSL_TERM_NONE ? NULL : entry_of(loader, locale, term);
	if (!entry)
		return;
	csl_term_text text = load_term_text(loader, node);
	if (set & SET_GENDER_FORM && raw.gender_form != CSL_GENDER_NEUTER)
		entry->gendered[raw.gender_form] = text;
	else
		entry->forms[raw.form] = text;
	if (set & SET_MATCH)
		entry->ordinal_match = raw.match;
	if (raw.gender)
		entry->gender = raw.gender;
	locale->has_ordinals |= csl_term_is_ordinal(term);
}

static void load_terms(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (nkc_str_is(child->name, "term"))
			load_term(loader, child, locale);
		else
			csl_unknown_element(loader, child);
	}
}

/* --- dates and options --- */

static void load_date(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale)
{
	csl_date date;
	csl_load_localized_date(loader, node, &date);
	if (date.form == CSL_FORM_LONG)
		return;
	unsigned form = date.form == CSL_FORM_TEXT;
	locale->dates[form] = date;
	locale->has_date[form] = true;
}

static const csl_attr option_attrs[] = {
	CSL_ATTR_HAS("punctuation-in-quote", TRUTH, csl_locale, punctuation_in_quote,
	             has_punctuation_in_quote),
	CSL_ATTR_HAS("limit-day-ordinals-to-day-1", TRUTH, csl_locale, limit_day_ordinals_to_day_1,
	             has_limit_day_ordinals),
	CSL_ATTR_END,
};

typedef struct locale_raw {
	nkc_str language, version;
} locale_raw;

static const csl_attr locale_attrs[] = {
	CSL_ATTR("xml:lang", RAW, locale_raw, language),
	CSL_ATTR("version", RAW, locale_raw, version),
	CSL_ATTR_END,
};

static void load_part(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale)
{
	if (nkc_str_is(node->name, "style-options"))
		csl_load_attrs(loader, node, (csl_target[]){ { option_attrs, locale, NULL } }, 1);
	else if (nkc_str_is(node->name, "date"))
		load_date(loader, node, locale);
	else if (nkc_str_is(node->name, "terms"))
		load_terms(loader, node, locale);
	else if (!nkc_str_is(node->name, "info") && csl_is_ours(node))
		csl_unknown_element(loader, node);
}

/* What is no language matches none, and must not count for all. */
static nkc_str load_language(csl_loader *loader, const nkc_xml_node *node, nkc_str raw)
{
	nkc_str language = csl_language_normalize(loader->arena, raw);
	if (raw.len == 0 || language.len)
		return language;
	csl_finding(loader, NKC_CODE_STYLE_BAD_VALUE, node, "xml:lang", "\"%.*s\" is not a language",
	            NKC_STR_ARG(raw));
	return nkc_arena_str(loader->arena, raw);
}

void csl_load_locale(csl_loader *loader, const nkc_xml_node *node, csl_locale *locale)
{
	locale_raw raw = { NKC_STR(""), NKC_STR("") };
	csl_load_attrs(loader, node, (csl_target[]){ { locale_attrs, &raw, NULL } }, 1);
	*locale = (csl_locale){ .term_count = CSL_TERM_KNOWN + loader->own_term_count };
	locale->language = load_language(loader, node, raw.language);
	locale->terms = nkc_arena_alloc(loader->arena, locale->term_count * sizeof *locale->terms);
	if (!locale->terms) {
		locale->term_count = 0;
		return;
	}
	memset(locale->terms, 0, locale->term_count * sizeof *locale->terms);
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		load_part(loader, child, locale);
}
