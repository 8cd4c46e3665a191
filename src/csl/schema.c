/*
 * The schema of CSL 1.0.2 (csl.rnc, csl-choose.rnc, csl-categories.rnc, csl-terms.rnc, csl-types.rnc,
 * csl-variables.rnc). Children come before their parents.
 */
#include "csl/schema.h"

/* --- words --- */

#define NUMBERS \
	"chapter-number|citation-number|collection-number|edition|first-reference-note-number|issue|locator|number|" \
	"number-of-pages|number-of-volumes|page|page-first|part-number|printing-number|section|supplement-number|" \
	"version|volume"
#define STANDARD \
	NUMBERS "|collection-title|container-title|original-title|part-title|reviewed-title|title|volume-title|" \
		"title-short|container-title-short|abstract|annote|archive|archive_collection|archive_location|" \
		"archive-place|authority|call-number|citation-key|citation-label|dimensions|division|DOI|event|" \
		"event-title|event-place|genre|ISBN|ISSN|jurisdiction|keyword|language|license|medium|note|" \
		"original-publisher|original-publisher-place|PMCID|PMID|publisher|publisher-place|references|" \
		"reviewed-genre|scale|source|status|URL|year-suffix"
#define DATES "accessed|available-date|event-date|issued|original-date|submitted"
#define NAMES \
	"author|chair|collection-editor|compiler|composer|container-author|contributor|curator|director|editor|" \
	"editor-translator|editorial-director|executive-producer|guest|host|illustrator|interviewer|narrator|" \
	"organizer|original-author|performer|producer|recipient|reviewed-author|script-writer|series-creator|" \
	"translator"
#define VARIABLES STANDARD "|" DATES "|" NAMES
#define TYPES \
	"article|article-journal|article-magazine|article-newspaper|bill|book|broadcast|chapter|classic|collection|" \
	"dataset|document|entry|entry-dictionary|entry-encyclopedia|event|figure|graphic|hearing|interview|" \
	"legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|" \
	"performance|periodical|personal_communication|post|post-weblog|regulation|report|review|review-book|" \
	"software|song|speech|standard|thesis|treaty|webpage"
#define NUMBER_LOCATORS "issue|page|part|section|supplement|version|volume"
#define LOCATORS \
	"act|appendix|article-locator|book|canon|chapter|column|elocation|equation|figure|folio|line|note|opus|" \
	"paragraph|rule|scene|sub-verbo|table|timestamp|title-locator|verse|" NUMBER_LOCATORS
#define LONG_ORDINALS \
	"long-ordinal-01|long-ordinal-02|long-ordinal-03|long-ordinal-04|long-ordinal-05|long-ordinal-06|" \
	"long-ordinal-07|long-ordinal-08|long-ordinal-09|long-ordinal-10"
#define ORDINALS "ordinal|ordinal-##"
#define GENDERED_NOUNS \
	"month-01|month-02|month-03|month-04|month-05|month-06|month-07|month-08|month-09|month-10|month-11|" \
	"month-12|chapter-number|citation-number|collection-number|edition|first-reference-note-number|number|" \
	"number-of-pages|number-of-volumes|page-first|printing|" NUMBER_LOCATORS
#define TERMS \
	GENDERED_NOUNS "|" ORDINALS "|" LONG_ORDINALS "|" LOCATORS "|" TYPES "|" NAMES \
		       "|editortranslator|accessed|ad|advance-online-publication|album|and|and others|anonymous|at|" \
		       "audio-recording|available at|bc|bce|by|ce|circa|cited|et-al|film|forthcoming|from|henceforth|" \
		       "ibid|in|in press|internet|interview|letter|loc-cit|no date|no-place|no-publisher|on|online|" \
		       "op-cit|original-work-published|personal-communication|podcast|podcast-episode|preprint|" \
		       "presented at|radio-broadcast|radio-series|radio-series-episode|reference|retrieved|review-of|" \
		       "scale|special-issue|special-section|television-broadcast|television-series|" \
		       "television-series-episode|video|working-paper|open-quote|close-quote|open-inner-quote|" \
		       "close-inner-quote|page-range-delimiter|colon|comma|semicolon|season-01|season-02|season-03|" \
		       "season-04"
#define FIELDS \
	"anthropology|astronomy|biology|botany|chemistry|communications|engineering|generic-base|geography|geology|" \
	"history|humanities|law|linguistics|literature|math|medicine|philosophy|physics|political_science|" \
	"psychology|science|social_science|sociology|theology|zoology"
#define TERM_FORMS "long|verb|short|verb-short|symbol"
#define PRECEDES "contextual|always|never|after-inverted-name"

/* --- attributes that elements share --- */

#define END { NULL, CSL_DATA_TEXT, NULL, false }
#define TEXT(name) { name, CSL_DATA_TEXT, NULL, false }
#define WORD(name, words) { name, CSL_DATA_WORD, words, false }
#define BOOLEAN(name) { name, CSL_DATA_BOOLEAN, NULL, false }
#define INTEGER(name) { name, CSL_DATA_INTEGER, NULL, false }
#define NEEDED(name, data, words) { name, CSL_DATA_##data, words, true }

typedef const csl_schema_attr attrs;
typedef const csl_schema_attr *const groups[];

static attrs affixes[] = { TEXT("prefix"), TEXT("suffix"), END };
static attrs delimiter[] = { TEXT("delimiter"), END };
static attrs display[] = { WORD("display", "block|left-margin|right-inline|indent"), END };
static attrs font[] = { WORD("font-style", "italic|normal|oblique"),
	                WORD("font-variant", "normal|small-caps"),
	                WORD("font-weight", "normal|bold|light"),
	                WORD("text-decoration", "none|underline"),
	                WORD("vertical-align", "baseline|sup|sub"),
	                END };
static attrs quotes[] = { BOOLEAN("quotes"), END };
static attrs strip_periods[] = { BOOLEAN("strip-periods"), END };
static attrs text_case[] = {
	WORD("text-case", "lowercase|uppercase|capitalize-first|capitalize-all|title|sentence"), END
};
static attrs name_options[] = { WORD("and", "text|symbol"),
	                        WORD("delimiter-precedes-et-al", PRECEDES),
	                        WORD("delimiter-precedes-last", PRECEDES),
	                        INTEGER("et-al-min"),
	                        INTEGER("et-al-use-first"),
	                        INTEGER("et-al-subsequent-min"),
	                        INTEGER("et-al-subsequent-use-first"),
	                        BOOLEAN("et-al-use-last"),
	                        BOOLEAN("initialize"),
	                        TEXT("initialize-with"),
	                        WORD("name-as-sort-order", "first|all"),
	                        TEXT("sort-separator"),
	                        END };
static attrs inherited_options[] = { TEXT("names-delimiter"), TEXT("name-delimiter"),
	                             WORD("name-form", "long|short|count"), END };
static attrs version[] = { NEEDED("version", WORD, "1.0"), END };
static attrs default_locale[] = { { "default-locale", CSL_DATA_LANGUAGE, NULL, false }, END };
static attrs language[] = { { "xml:lang", CSL_DATA_LANGUAGE, NULL, false }, END };
static attrs own_language[] = { NEEDED("xml:lang", LANGUAGE, NULL), END };

static groups no_attrs = { NULL };
static const csl_schema_child no_children[] = { { NULL, 0, 0, 0, false } };

/* --- rendering elements --- */

static const csl_schema_element text, number, label, date, names, choose, group;

#define MANY CSL_SCHEMA_MANY
#define LAST { NULL, 0, 0, 0, false }
#define RENDERING \
	{ &text, 0, MANY, 9, false }, { &number, 0, MANY, 9, false }, { &label, 0, MANY, 9, false }, \
		{ &date, 0, MANY, 9, false }, { &names, 0, MANY, 9, false }, { &choose, 0, MANY, 9, false }, \
		{ &group, 0, MANY, 9, false }, LAST

static const csl_schema_child rendering[] = { RENDERING };

static attrs text_macro[] = { NEEDED("macro", NMTOKEN, NULL), END };
static attrs text_term[] = { NEEDED("term", WORD, TERMS), WORD("form", TERM_FORMS), BOOLEAN("plural"), END };
static attrs text_value[] = { NEEDED("value", TEXT, NULL), END };
static attrs text_variable[] = { NEEDED("variable", WORD, STANDARD), WORD("form", "short|long"), END };
static groups of_macro = { text_macro, NULL }, of_term = { text_term, NULL }, of_value = { text_value, NULL },
	      of_variable = { text_variable, NULL };
static const csl_schema_variant text_variants[] = {
	{ "macro", NULL, of_macro, NULL, NULL },
	{ "term", NULL, of_term, NULL, NULL },
	{ "variable", NULL, of_variable, NULL, NULL },
	{ "value", NULL, of_value, NULL, NULL },
	{ NULL, NULL, no_attrs, NULL, "variable, macro, term or value" },
};
static groups text_attrs = { affixes, display, font, quotes, strip_periods, text_case, NULL };
static const csl_schema_element text = {
	.name = "text", .attrs = text_attrs, .variants = text_variants, .children = no_children
};

static attrs number_own[] = { NEEDED("variable", WORD, NUMBERS), WORD("form", "numeric|ordinal|long-ordinal|roman"),
	                      END };
static groups number_attrs = { number_own, affixes, display, font, text_case, NULL };
static const csl_schema_element number = { .name = "number", .attrs = number_attrs, .children = no_children };

static attrs label_own[] = { NEEDED("variable", WORD, NUMBERS), WORD("form", "long|short|symbol"), END };
static attrs label_plural[] = { WORD("plural", "always|never|contextual"), END };
static groups label_attrs = { label_own, label_plural, affixes, font, strip_periods, text_case, NULL };
static const csl_schema_element label = { .name = "label", .attrs = label_attrs, .children = no_children };

/* --- dates --- */

static attrs date_part_name[] = { NEEDED("name", WORD, "day|month|year"), TEXT("range-delimiter"), END };
static attrs day_form[] = { WORD("form", "numeric|numeric-leading-zeros|ordinal"), END };
static attrs month_form[] = { WORD("form", "long|short|numeric|numeric-leading-zeros"), END };
static attrs year_form[] = { WORD("form", "short|long"), END };
static groups of_day = { day_form, NULL }, of_month = { month_form, strip_periods, NULL }, of_year = { year_form, NULL };
static const csl_schema_variant date_part_variants[] = {
	{ "name", "day", of_day, NULL, NULL },
	{ "name", "month", of_month, NULL, NULL },
	{ "name", "year", of_year, NULL, NULL },
	{ NULL, NULL, of_month, NULL, NULL }, /* the name is a fault already */
};
static groups date_part_attrs = { date_part_name, affixes, font, text_case, NULL };
static const csl_schema_element date_part = {
	.name = "date-part", .attrs = date_part_attrs, .variants = date_part_variants, .children = no_children
};
static groups localized_part_attrs = { date_part_name, font, text_case, NULL };
static const csl_schema_element localized_part = {
	.name = "date-part", .attrs = localized_part_attrs, .variants = date_part_variants, .children = no_children
};

static const csl_schema_child date_parts[] = { { &date_part, 1, MANY, 0, false }, LAST };
static const csl_schema_child localized_parts[] = { { &localized_part, 0, MANY, 0, false }, LAST };
static attrs date_form[] = { NEEDED("form", WORD, "text|numeric"), END };
static attrs date_limit[] = { WORD("date-parts", "year-month-day|year-month|year"), END };
static attrs date_variable[] = { NEEDED("variable", WORD, DATES), END };
static groups of_localized = { date_form, date_limit, NULL }, of_own_parts = { delimiter, NULL };
static const csl_schema_variant date_variants[] = {
	{ "form", NULL, of_localized, localized_parts, NULL },
	{ NULL, NULL, of_own_parts, date_parts, NULL },
};
static groups date_attrs = { date_variable, affixes, display, font, text_case, NULL };
static const csl_schema_element date = {
	.name = "date", .attrs = date_attrs, .variants = date_variants, .children = no_children
};

/* --- names --- */

static attrs name_part_own[] = { NEEDED("name", WORD, "family|given"), END };
static groups name_part_attrs = { name_part_own, affixes, font, text_case, NULL };
static const csl_schema_element name_part = { .name = "name-part", .attrs = name_part_attrs, .children = no_children };

static attrs name_form[] = { WORD("form", "long|short|count"), END };
static groups name_attrs = { name_options, name_form, affixes, delimiter, font, NULL };
static const csl_schema_child name_children[] = { { &name_part, 0, MANY, 0, false }, LAST };
static const csl_schema_element name = { .name = "name", .attrs = name_attrs, .children = name_children };

static attrs et_al_own[] = { WORD("term", "et-al|and others"), END };
static groups et_al_attrs = { et_al_own, font, NULL };
static const csl_schema_element et_al = { .name = "et-al", .attrs = et_al_attrs, .children = no_children };

static attrs names_label_form[] = { WORD("form", TERM_FORMS), END };
static groups names_label_attrs = { names_label_form, label_plural, affixes, font, strip_periods, text_case, NULL };
static const csl_schema_element names_label = {
	.name = "label", .attrs = names_label_attrs, .children = no_children
};

static const csl_schema_element substitute = {
	.name = "substitute", .attrs = no_attrs, .children = rendering, .filled = true
};

static const csl_schema_child names_children[] = { { &name, 0, 1, 1, false },
	                                           { &et_al, 0, 1, 2, false },
	                                           { &names_label, 0, 1, 2, true },
	                                           { &substitute, 0, 1, 3, false },
	                                           LAST };
static attrs names_variable[] = { NEEDED("variable", WORDS, NAMES), END };
static groups names_attrs = { names_variable, affixes, delimiter, display, font, NULL };
static const csl_schema_element names = { .name = "names", .attrs = names_attrs, .children = names_children };

/* --- group and choose --- */

static groups group_attrs = { affixes, delimiter, display, font, NULL };
static const csl_schema_element group = {
	.name = "group", .attrs = group_attrs, .children = rendering, .filled = true
};

static attrs conditions[] = { WORD("disambiguate", "true"),
	                      { "is-numeric", CSL_DATA_WORDS, VARIABLES, false },
	                      { "is-uncertain-date", CSL_DATA_WORDS, DATES, false },
	                      { "locator", CSL_DATA_WORDS, LOCATORS, false },
	                      { "position", CSL_DATA_WORDS, "first|subsequent|ibid|ibid-with-locator|near-note", false },
	                      { "type", CSL_DATA_WORDS, TYPES, false },
	                      { "variable", CSL_DATA_WORDS, VARIABLES, false },
	                      END };
static attrs match[] = { WORD("match", "all|any|none"), END };
static groups branch_attrs = { conditions, match, NULL };
static const csl_schema_element branch_if = {
	.name = "if", .attrs = branch_attrs, .children = rendering, .conditions = conditions
};
static const csl_schema_element branch_else_if = {
	.name = "else-if", .attrs = branch_attrs, .children = rendering, .conditions = conditions
};
static const csl_schema_element branch_else = {
	.name = "else", .attrs = no_attrs, .children = rendering, .filled = true
};
static const csl_schema_child choose_children[] = { { &branch_if, 1, 1, 1, false },
	                                            { &branch_else_if, 0, MANY, 2, false },
	                                            { &branch_else, 0, 1, 3, false },
	                                            LAST };
static const csl_schema_element choose = { .name = "choose", .attrs = no_attrs, .children = choose_children };

/* --- citation and bibliography --- */

static attrs key_own[] = { INTEGER("names-min"), INTEGER("names-use-first"), BOOLEAN("names-use-last"),
	                   WORD("sort", "ascending|descending"), END };
static attrs key_variable[] = { NEEDED("variable", WORD, VARIABLES), END };
static groups of_key_variable = { key_variable, NULL };
static const csl_schema_variant key_variants[] = {
	{ "variable", NULL, of_key_variable, NULL, NULL },
	{ "macro", NULL, of_macro, NULL, NULL },
	{ NULL, NULL, no_attrs, NULL, "variable or macro" },
};
static groups key_attrs = { key_own, NULL };
static const csl_schema_element key = {
	.name = "key", .attrs = key_attrs, .variants = key_variants, .children = no_children
};
static const csl_schema_child sort_children[] = { { &key, 1, MANY, 0, false }, LAST };
static const csl_schema_element sort = { .name = "sort", .attrs = no_attrs, .children = sort_children };

static groups citation_layout_attrs = { affixes, delimiter, font, NULL };
static const csl_schema_element citation_layout = {
	.name = "layout", .attrs = citation_layout_attrs, .children = rendering, .filled = true
};
static groups bibliography_layout_attrs = { affixes, font, NULL };
static const csl_schema_element bibliography_layout = {
	.name = "layout", .attrs = bibliography_layout_attrs, .children = rendering, .filled = true
};

static attrs citation_own[] = {
	TEXT("cite-group-delimiter"),
	WORD("collapse", "citation-number|year|year-suffix|year-suffix-ranged"),
	TEXT("year-suffix-delimiter"),
	TEXT("after-collapse-delimiter"),
	BOOLEAN("disambiguate-add-names"),
	BOOLEAN("disambiguate-add-givenname"),
	BOOLEAN("disambiguate-add-year-suffix"),
	WORD("givenname-disambiguation-rule",
	     "all-names|all-names-with-initials|primary-name|primary-name-with-initials|by-cite"),
	INTEGER("near-note-distance"),
	END,
};
static groups citation_attrs = { citation_own, inherited_options, name_options, NULL };
static const csl_schema_child citation_children[] = { { &sort, 0, 1, 1, false },
	                                              { &citation_layout, 1, 1, 2, false },
	                                              LAST };
static const csl_schema_element citation = {
	.name = "citation", .attrs = citation_attrs, .children = citation_children
};

static attrs bibliography_own[] = {
	BOOLEAN("hanging-indent"),
	{ "entry-spacing", CSL_DATA_COUNT, NULL, false },
	{ "line-spacing", CSL_DATA_POSITIVE, NULL, false },
	WORD("second-field-align", "flush|margin"),
	TEXT("subsequent-author-substitute"),
	WORD("subsequent-author-substitute-rule", "complete-all|complete-each|partial-each|partial-first"),
	END,
};
static groups bibliography_attrs = { bibliography_own, inherited_options, name_options, NULL };
static const csl_schema_child bibliography_children[] = { { &sort, 0, 1, 1, false },
	                                                  { &bibliography_layout, 1, 1, 2, false },
	                                                  LAST };
static const csl_schema_element bibliography = {
	.name = "bibliography", .attrs = bibliography_attrs, .children = bibliography_children
};

static attrs macro_own[] = { NEEDED("name", NMTOKEN, NULL), END };
static groups macro_attrs = { macro_own, NULL };
static const csl_schema_element macro = {
	.name = "macro", .attrs = macro_attrs, .children = rendering, .filled = true
};

/* --- locales --- */

static const csl_schema_element single = {
	.name = "single", .attrs = no_attrs, .children = no_children, .holds_text = true
};
static const csl_schema_element multiple = {
	.name = "multiple", .attrs = no_attrs, .children = no_children, .holds_text = true
};
static const csl_schema_child term_children[] = { { &single, 1, 1, 1, false }, { &multiple, 1, 1, 2, false }, LAST };

static attrs term_plain[] = { NEEDED("name", WORD, TERMS), WORD("form", TERM_FORMS), END };
static attrs term_long[] = { WORD("form", "long"), END };
static attrs term_noun[] = { NEEDED("name", WORD, GENDERED_NOUNS), NEEDED("gender", WORD, "masculine|feminine"), END };
static attrs term_match[] = { NEEDED("name", WORD, ORDINALS), WORD("gender-form", "masculine|feminine"),
	                      WORD("match", "last-digit|last-two-digits|whole-number"), END };
static attrs term_gendered[] = { NEEDED("name", WORD, ORDINALS "|" LONG_ORDINALS),
	                         NEEDED("gender-form", WORD, "masculine|feminine"), END };
static groups of_noun = { term_noun, term_long, NULL }, of_match = { term_match, term_long, NULL },
	      of_gendered = { term_gendered, term_long, NULL }, of_plain = { term_plain, NULL };
static const csl_schema_variant term_variants[] = {
	{ "gender", NULL, of_noun, NULL, NULL },
	{ "match", NULL, of_match, NULL, NULL },
	{ "gender-form", NULL, of_gendered, NULL, NULL },
	{ NULL, NULL, of_plain, NULL, NULL },
};
static const csl_schema_element term = { .name = "term",
	                                 .attrs = no_attrs,
	                                 .variants = term_variants,
	                                 .children = term_children,
	                                 .holds_text = true };

static const csl_schema_child terms_children[] = { { &term, 1, MANY, 0, false }, LAST };
static const csl_schema_element terms = { .name = "terms", .attrs = no_attrs, .children = terms_children };

static groups locale_date_attrs = { date_form, delimiter, font, text_case, NULL };
static const csl_schema_element locale_date = {
	.name = "date", .attrs = locale_date_attrs, .children = date_parts
};

static attrs style_options_own[] = { BOOLEAN("limit-day-ordinals-to-day-1"), BOOLEAN("punctuation-in-quote"), END };
static groups style_options_attrs = { style_options_own, NULL };
static const csl_schema_element style_options = {
	.name = "style-options", .attrs = style_options_attrs, .children = no_children
};

static const csl_schema_child locale_children[] = { { &style_options, 0, 1, 0, false },
	                                            { &locale_date, 0, MANY, 0, false },
	                                            { &terms, 0, 1, 0, false },
	                                            LAST };
static groups locale_attrs = { language, NULL };
static const csl_schema_element locale = { .name = "locale", .attrs = locale_attrs, .children = locale_children };

/* --- info --- */

#define HOLDS(symbol, spelling, data) \
	static const csl_schema_element symbol = { .name = spelling, \
		                                   .attrs = no_attrs, \
		                                   .children = no_children, \
		                                   .content = CSL_DATA_##data, \
		                                   .holds_text = true }
HOLDS(person_name, "name", TEXT);
HOLDS(person_email, "email", TEXT);
HOLDS(person_uri, "uri", URI);
HOLDS(info_id, "id", URI);
HOLDS(info_issn, "issn", ISSN);
HOLDS(info_eissn, "eissn", ISSN);
HOLDS(info_issnl, "issnl", ISSN);
HOLDS(info_published, "published", DATE_TIME);
HOLDS(info_updated, "updated", DATE_TIME);

static const csl_schema_child person[] = { { &person_name, 1, 1, 0, false },
	                                   { &person_email, 0, 1, 0, false },
	                                   { &person_uri, 0, 1, 0, false },
	                                   LAST };
static const csl_schema_element author = { .name = "author", .attrs = no_attrs, .children = person };
static const csl_schema_element contributor = { .name = "contributor", .attrs = no_attrs, .children = person };
static const csl_schema_element translator = { .name = "translator", .attrs = no_attrs, .children = person };

static attrs category_format[] = {
	NEEDED("citation-format", WORD, "author|author-date|label|note|numeric"), END
};
static attrs category_field[] = { NEEDED("field", WORD, FIELDS), END };
static groups of_format = { category_format, NULL }, of_field = { category_field, NULL };
static const csl_schema_variant category_variants[] = {
	{ "citation-format", NULL, of_format, NULL, NULL },
	{ "field", NULL, of_field, NULL, NULL },
	{ NULL, NULL, no_attrs, NULL, "citation-format or field" },
};
static const csl_schema_element category = {
	.name = "category", .attrs = no_attrs, .variants = category_variants, .children = no_children
};

static attrs link_own[] = { NEEDED("href", URI, NULL), NEEDED("rel", WORD, "self|template|documentation"), END };
static groups link_attrs = { link_own, language, NULL };
static const csl_schema_element link_element = {
	.name = "link", .attrs = link_attrs, .children = no_children, .holds_text = true
};
static attrs dependent_link_own[] = { NEEDED("href", URI, NULL),
	                              NEEDED("rel", WORD, "self|independent-parent|documentation"), END };
static groups dependent_link_attrs = { dependent_link_own, language, NULL };
static const csl_schema_element dependent_link = {
	.name = "link", .attrs = dependent_link_attrs, .children = no_children, .holds_text = true
};

static attrs rights_own[] = { { "license", CSL_DATA_URI, NULL, false }, END };
static groups rights_attrs = { rights_own, language, NULL }, text_attrs_of_info = { language, NULL };
static const csl_schema_element rights = {
	.name = "rights", .attrs = rights_attrs, .children = no_children, .holds_text = true
};
#define SAYS(symbol, spelling) \
	static const csl_schema_element symbol = { \
		.name = spelling, .attrs = text_attrs_of_info, .children = no_children, .holds_text = true \
	}
SAYS(summary, "summary");
SAYS(title, "title");
SAYS(title_short, "title-short");

#define INFO \
	{ &author, 0, MANY, 0, false }, { &category, 0, MANY, 0, false }, { &contributor, 0, MANY, 0, false }, \
		{ &info_id, 1, 1, 0, false }, { &info_issn, 0, MANY, 0, false }, { &info_eissn, 0, 1, 0, false }, \
		{ &info_issnl, 0, 1, 0, false }, { &info_published, 0, 1, 0, false }, { &rights, 0, 1, 0, false }, \
		{ &summary, 0, 1, 0, false }, { &title, 1, 1, 0, false }, { &title_short, 0, 1, 0, false }, \
	{ \
		&info_updated, 1, 1, 0, false \
	}
static const csl_schema_child info_children[] = { INFO, { &link_element, 0, MANY, 0, false }, LAST };
static const csl_schema_child dependent_info_children[] = { INFO, { &dependent_link, 1, MANY, 0, false }, LAST };
static const csl_schema_child locale_info_children[] = { { &translator, 0, MANY, 0, false },
	                                                 { &rights, 0, 1, 0, false },
	                                                 { &info_updated, 0, 1, 0, false },
	                                                 LAST };
static const csl_schema_element info = { .name = "info", .attrs = no_attrs, .children = info_children };
static const csl_schema_element dependent_info = {
	.name = "info", .attrs = no_attrs, .children = dependent_info_children
};
static const csl_schema_element locale_info = { .name = "info", .attrs = no_attrs, .children = locale_info_children };

/* --- the roots --- */

static attrs style_own[] = { NEEDED("class", WORD, "in-text|note"),
	                     WORD("demote-non-dropping-particle", "never|sort-only|display-and-sort"),
	                     BOOLEAN("initialize-with-hyphen"),
	                     WORD("page-range-format",
	                          "expanded|minimal|minimal-two|chicago|chicago-15|chicago-16"),
	                     END };
static groups style_attrs = { style_own, version, default_locale, inherited_options, name_options, NULL };
static const csl_schema_child style_children[] = { { &info, 1, 1, 1, false },
	                                           { &locale, 0, MANY, 2, false },
	                                           { &macro, 0, MANY, 2, false },
	                                           { &citation, 1, 1, 2, false },
	                                           { &bibliography, 0, 1, 2, false },
	                                           LAST };
const csl_schema_element csl_schema_style = { .name = "style", .attrs = style_attrs, .children = style_children };

static groups dependent_attrs = { version, default_locale, NULL };
static const csl_schema_child dependent_children[] = { { &dependent_info, 1, 1, 0, false }, LAST };
const csl_schema_element csl_schema_dependent_style = {
	.name = "style", .attrs = dependent_attrs, .children = dependent_children
};

static groups locale_file_attrs = { own_language, version, NULL };
static const csl_schema_child locale_file_children[] = { { &locale_info, 0, 1, 1, false },
	                                                 { &style_options, 1, 1, 2, false },
	                                                 { &locale_date, 1, MANY, 2, false },
	                                                 { &terms, 1, 1, 2, false },
	                                                 LAST };
const csl_schema_element csl_schema_locale_file = {
	.name = "locale", .attrs = locale_file_attrs, .children = locale_file_children
};
