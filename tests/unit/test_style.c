/*
 * Stage 0: from the XML of a style to what rendering walks through (CSL 1.0.2).
 */
#include "support/unit.h"

#include "base/mem.h"
#include "csl/item.h"
#include "csl/load.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define HEAD "<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'>"
#define INFO "<info><id>x</id><title>X</title></info>"

static nkc_diags *diags;
static nkc_style *style;
static char findings[2048]; /* "code@line:column code@line:column" */

static void note_finding(void *context, const nkc_diag *diag)
{
	size_t len = strlen(findings);
	(void)context;
	snprintf(findings + len, sizeof findings - len, "%s%s@%u:%u", len ? " " : "",
	         nkc_code_get(diag->code)->name, (unsigned)diag->from.line, (unsigned)diag->from.column);
}

static int set_up(void **state)
{
	(void)state;
	style = NULL;
	diags = nkc_diags_new();
	if (!diags)
		return -1;
	nkc_diags_set_sink(diags, note_finding, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	nkc_style_free(style);
	nkc_diags_free(diags);
	return 0;
}

static nkc_status parse(const char *text)
{
	findings[0] = '\0';
	nkc_style_free(style);
	return nkc_style_parse(&style, nkc_str_from(text), NKC_STR("test.csl"), diags);
}

/* The body is what follows the info; it begins in line 2. */
static nkc_status parse_body(const char *body)
{
	static char text[65536];
	int len = snprintf(text, sizeof text, HEAD INFO "\n%s</style>", body);
	assert_in_range(len, 0, sizeof text - 1);
	return parse(text);
}

/* A style whose citation is the given elements; they begin in line 3. */
static nkc_status parse_layout(const char *elements)
{
	static char body[65536];
	snprintf(body, sizeof body, "<citation><layout>\n%s</layout></citation>", elements);
	return parse_body(body);
}

/* The first element of the citation. */
static const csl_element *first(const char *elements)
{
	assert_int_equal(parse_layout(elements), NKC_OK);
	assert_string_equal(findings, "");
	assert_true(style->layouts[CSL_CITATION].child_count > 0);
	return style->layouts[CSL_CITATION].children;
}

/* --- the style --- */

static void a_style_says_what_it_is(void **state)
{
	(void)state;
	assert_int_equal(
		parse(HEAD
	              "<info><id> http://example.org/x </id><title>The\nX</title><title-short>X</title-short>"
	              "<updated/></info><citation><layout><text value='a'/></layout></citation></style>"),
		NKC_OK);
	assert_str(nkc_style_id(style), "http://example.org/x");
	assert_str(nkc_style_title(style), "The\nX");
	assert_str(style->title_short, "X");
	assert_str(nkc_style_parent(style), "");
	assert_str(nkc_style_default_locale(style), "");
	assert_false(nkc_style_is_note(style));
	assert_false(nkc_style_has_bibliography(style));
	assert_string_equal(findings, "");
}

static void a_dependent_style_names_its_parent(void **state)
{
	(void)state;
	assert_int_equal(
		parse("<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' default-locale='de-DE'><info>"
	              "<title>D</title><id>d</id><link href='http://example.org/self' rel='self'/>"
	              "<link href='http://example.org/p' rel='independent-parent'/></info></style>"),
		NKC_OK);
	assert_str(nkc_style_parent(style), "http://example.org/p");
	assert_str(nkc_style_default_locale(style), "de-DE");
	assert_string_equal(findings, "");
}

static void options_have_the_defaults_of_the_specification(void **state)
{
	(void)state;
	assert_int_equal(parse_layout("<text variable='title'/>"), NKC_OK);
	assert_int_equal(style->demote, CSL_DEMOTE_DISPLAY_AND_SORT);
	assert_int_equal(style->page_range, CSL_PAGE_AS_IS);
	assert_true(style->initialize_with_hyphen);
	assert_int_equal(style->collapse, CSL_COLLAPSE_NONE);
	assert_int_equal(style->givenname_rule, CSL_BY_CITE);
	assert_int_equal(style->near_note_distance, 5);
	assert_int_equal(style->line_spacing, 1);
	assert_int_equal(style->entry_spacing, 1);
	assert_int_equal(style->second_field_align, CSL_ALIGN_NONE);
	assert_false(style->hanging_indent);
	assert_false(style->has_subsequent_substitute);
	assert_false(style->has_cite_group_delimiter);
	const csl_name_options *names = &style->layouts[CSL_CITATION].options;
	assert_str(names->delimiter, ", ");
	assert_str(names->sort_separator, ", ");
	assert_true(names->initialize);
	assert_false(names->has_initialize_with);
	assert_int_equal(names->et_al_min, 0);
}

static void options_are_read(void **state)
{
	(void)state;
	assert_int_equal(
		parse("<style xmlns='http://purl.org/net/xbiblio/csl' class='note' version='1.0' default-locale='fr-FR' "
	              "demote-non-dropping-particle='never' initialize-with-hyphen='false' page-range-format='minimal-two'>" INFO
	              "<citation collapse='year-suffix-ranged' cite-group-delimiter='' after-collapse-delimiter='; ' "
	              "year-suffix-delimiter=',' disambiguate-add-names='true' disambiguate-add-givenname='1' "
	              "disambiguate-add-year-suffix='true' givenname-disambiguation-rule='primary-name-with-initials' "
	              "near-note-distance='0'><layout delimiter='; ' prefix='(' suffix=')' vertical-align='sup'>"
	              "<text variable='title'/></layout></citation>"
	              "<bibliography hanging-indent='true' line-spacing='2' entry-spacing='0' second-field-align='margin' "
	              "subsequent-author-substitute='' subsequent-author-substitute-rule='partial-each'>"
	              "<layout suffix='.'><text variable='title'/></layout></bibliography></style>"),
		NKC_OK);
	assert_string_equal(findings, "");
	assert_true(nkc_style_is_note(style));
	assert_true(nkc_style_has_bibliography(style));
	assert_int_equal(style->demote, CSL_DEMOTE_NEVER);
	assert_false(style->initialize_with_hyphen);
	assert_int_equal(style->page_range, CSL_PAGE_MINIMAL_TWO);
	assert_int_equal(style->collapse, CSL_COLLAPSE_YEAR_SUFFIX_RANGED);
	assert_true(style->has_cite_group_delimiter);
	assert_str(style->cite_group_delimiter, "");
	assert_str(style->after_collapse_delimiter, "; ");
	assert_str(style->year_suffix_delimiter, ",");
	assert_true(style->disambiguate_add_names);
	assert_true(style->disambiguate_add_givenname);
	assert_true(style->disambiguate_add_year_suffix);
	assert_int_equal(style->givenname_rule, CSL_PRIMARY_NAME_WITH_INITIALS);
	assert_int_equal(style->near_note_distance, 0);
	assert_str(style->layouts[CSL_CITATION].delimiter, "; ");
	assert_str(style->layouts[CSL_CITATION].format.prefix, "(");
	assert_int_equal(style->layouts[CSL_CITATION].format.font, CSL_SUP);
	assert_true(style->hanging_indent);
	assert_int_equal(style->line_spacing, 2);
	assert_int_equal(style->entry_spacing, 0);
	assert_int_equal(style->second_field_align, CSL_ALIGN_MARGIN);
	assert_true(style->has_subsequent_substitute);
	assert_int_equal(style->subsequent_rule, CSL_PARTIAL_EACH);
}

/* --- elements --- */

static void text_knows_what_it_renders(void **state)
{
	(void)state;
	const csl_element *e = first(
		"<text variable='title' form='short' prefix='a' suffix='b' font-style='italic' "
		"font-weight='normal' text-case='title' quotes='true' strip-periods='true'/>"
		"<text term='editor' form='verb-short' plural='true'/><text value=' ' display='block'/>");
	assert_int_equal(style->layouts[CSL_CITATION].child_count, 3);
	assert_int_equal(e[0].kind, CSL_TEXT_VARIABLE);
	assert_int_equal(e[0].variable, NKC_VAR_TITLE);
	assert_int_equal(e[0].form, CSL_FORM_SHORT);
	assert_str(e[0].format.prefix, "a");
	assert_str(e[0].format.suffix, "b");
	assert_int_equal(e[0].format.font, CSL_ITALIC | CSL_NORMAL_WEIGHT);
	assert_int_equal(e[0].format.text_case, CSL_CASE_TITLE);
	assert_true(e[0].format.quotes && e[0].format.strip_periods);
	assert_int_equal(e[1].kind, CSL_TEXT_TERM);
	assert_int_equal(e[1].term, CSL_TERM_EDITOR);
	assert_int_equal(e[1].form, CSL_FORM_VERB_SHORT);
	assert_int_equal(e[1].plural, 1);
	assert_int_equal(e[2].kind, CSL_TEXT_VALUE);
	assert_str(e[2].value, " ");
	assert_int_equal(e[2].format.display, CSL_DISPLAY_BLOCK);
}

static void older_names_of_variables_mean_the_newer(void **state)
{
	(void)state;
	const csl_element *e = first(
		"<text variable='event'/><text variable='part-number'/><number variable='supplement-number'/>");
	assert_int_equal(e[0].variable, NKC_VAR_EVENT_TITLE);
	assert_int_equal(e[1].variable, NKC_VAR_PART);
	assert_int_equal(e[2].variable, NKC_VAR_SUPPLEMENT);
	assert_int_equal(e[2].term, CSL_TERM_SUPPLEMENT);
}

static void number_and_label_know_their_term(void **state)
{
	(void)state;
	const csl_element *e =
		first("<number variable='edition' form='long-ordinal'/><number variable='volume'/>"
	              "<label variable='page' form='symbol' plural='never'/><label variable='locator'/>");
	assert_int_equal(e[0].kind, CSL_NUMBER);
	assert_int_equal(e[0].form, CSL_FORM_LONG_ORDINAL);
	assert_int_equal(e[0].term, CSL_TERM_EDITION);
	assert_int_equal(e[1].form, CSL_FORM_NUMERIC);
	assert_int_equal(e[2].kind, CSL_LABEL);
	assert_int_equal(e[2].term, CSL_TERM_PAGE);
	assert_int_equal(e[2].form, CSL_FORM_SYMBOL);
	assert_int_equal(e[2].plural, CSL_PLURAL_NEVER);
	assert_int_equal(e[3].variable, NKC_VAR_LOCATOR);
	assert_int_equal(e[3].form, CSL_FORM_LONG);
	assert_int_equal(e[3].term, CSL_TERM_NONE);
}

static void dates_know_their_parts(void **state)
{
	(void)state;
	const csl_element *e =
		first("<date variable='issued' form='text' date-parts='year-month' text-case='uppercase'>"
	              "<date-part name='month' form='short' strip-periods='true'/></date>"
	              "<date variable='accessed' delimiter='-'><date-part name='year' range-delimiter='/'/>"
	              "<date-part name='month'/><date-part name='day' form='ordinal' prefix=' '/></date>");
	const csl_date *localized = e[0].u.date, *own = e[1].u.date;
	assert_int_equal(e[0].kind, CSL_DATE);
	assert_int_equal(localized->variable, NKC_VAR_ISSUED);
	assert_int_equal(localized->form, CSL_FORM_TEXT);
	assert_int_equal(localized->parts_shown, 2);
	assert_int_equal(localized->part_count, 1);
	assert_true(localized->parts[0].has_form);
	assert_int_equal(localized->parts[0].form, CSL_FORM_SHORT);
	assert_true(localized->parts[0].format.strip_periods);
	assert_int_equal(e[0].format.text_case, CSL_CASE_UPPERCASE);
	assert_int_equal(own->form, CSL_FORM_LONG);
	assert_int_equal(own->parts_shown, 3);
	assert_str(own->delimiter, "-");
	assert_int_equal(own->part_count, 3);
	assert_int_equal(own->parts[0].name, CSL_YEAR);
	assert_int_equal(own->parts[0].form, CSL_FORM_LONG);
	assert_true(own->parts[0].has_range_delimiter);
	assert_str(own->parts[0].range_delimiter, "/");
	assert_false(own->parts[1].has_range_delimiter);
	assert_false(own->parts[1].has_form);
	assert_int_equal(own->parts[1].form, CSL_FORM_LONG);
	assert_int_equal(own->parts[2].form, CSL_FORM_ORDINAL);
	assert_str(own->parts[2].format.prefix, " ");
}

static void groups_hold_their_children(void **state)
{
	(void)state;
	const csl_element *e =
		first("<group delimiter=', ' display='indent' font-variant='small-caps'><text value='a'/>"
	              "<group><text value='b'/></group></group>");
	assert_int_equal(e->kind, CSL_GROUP);
	assert_str(e->delimiter, ", ");
	assert_int_equal(e->format.display, CSL_DISPLAY_INDENT);
	assert_int_equal(e->u.group.child_count, 2);
	assert_str(e->u.group.children[1].delimiter, "");
	assert_str(e->u.group.children[1].u.group.children[0].value, "b");
}

static void conditions_are_sets(void **state)
{
	(void)state;
	const csl_element *e = first(
		"<choose><if type='book  article-journal' match='any'><text value='a'/></if>"
		"<else-if variable='title author locator' is-numeric='volume' is-uncertain-date='issued' match='none'/>"
		"<else-if position='first near-note' locator='page sub-verbo' disambiguate='true'/>"
		"<else><text value='b'/></else></choose>");
	const csl_branch *b = e->u.choose.branches;
	assert_int_equal(e->kind, CSL_CHOOSE);
	assert_int_equal(e->u.choose.branch_count, 4);
	assert_int_equal(b[0].match, CSL_MATCH_ANY);
	assert_true(b[0].types == ((uint64_t)1 << NKC_TYPE_BOOK | (uint64_t)1 << NKC_TYPE_ARTICLE_JOURNAL));
	assert_int_equal(b[0].type_tests, 2);
	assert_int_equal(b[0].child_count, 1);
	assert_int_equal(b[1].match, CSL_MATCH_NONE);
	assert_true(b[1].present[NKC_VAR_TITLE / 64] >> NKC_VAR_TITLE % 64 & 1);
	assert_true(b[1].present[NKC_VAR_AUTHOR / 64] >> NKC_VAR_AUTHOR % 64 & 1);
	assert_false(b[1].present[NKC_VAR_LOCATOR / 64] >> NKC_VAR_LOCATOR % 64 & 1);
	assert_int_equal(b[1].variable_count, 1);
	assert_int_equal(b[1].variables[0], NKC_VAR_LOCATOR);
	assert_int_equal(b[1].numeric_count, 1);
	assert_int_equal(b[1].numerics[0], NKC_VAR_VOLUME);
	assert_int_equal(b[1].uncertain[0], NKC_VAR_ISSUED);
	assert_int_equal(b[2].match, CSL_MATCH_ALL);
	assert_int_equal(b[2].position_count, 2);
	assert_int_equal(b[2].positions[1], CSL_POSITION_NEAR_NOTE);
	assert_true(b[2].locators[0] ==
	            ((uint64_t)1 << CSL_LOCATOR_PAGE | (uint64_t)1 << CSL_LOCATOR_SUB_VERBO));
	assert_int_equal(b[2].locator_tests, 2);
	assert_true(b[2].disambiguate);
	assert_true(b[3].is_else);
	assert_str(b[3].children[0].value, "b");
}

/* --- names --- */

static void name_options_come_down_to_each_names(void **state)
{
	(void)state;
	assert_int_equal(
		parse("<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0' and='text' et-al-min='3' "
	              "et-al-use-first='1' initialize-with='. ' name-delimiter='; ' names-delimiter=' + '>" INFO
	              "<macro name='m'><names variable='author'><name et-al-min='9' and='symbol' form='short' delimiter='/'/></names>"
	              "<names variable='editor' delimiter=''/></macro>"
	              "<citation et-al-min='5' name-form='count' initialize='false'><layout><text macro='m'/></layout></citation>"
	              "<bibliography et-al-use-last='true' sort-separator=' ' name-as-sort-order='all'>"
	              "<layout><text macro='m'/></layout></bibliography></style>"),
		NKC_OK);
	assert_string_equal(findings, "");
	const csl_names *own = style->macros[0].children[0].u.names,
			*plain = style->macros[0].children[1].u.names;
	const csl_name_options *cite = &own->options[CSL_CITATION], *list = &own->options[CSL_BIBLIOGRAPHY];
	assert_int_equal(cite->and, CSL_AND_SYMBOL);
	assert_int_equal(cite->et_al_min, 9);
	assert_int_equal(cite->et_al_use_first, 1);
	assert_int_equal(cite->form, CSL_FORM_SHORT);
	assert_str(cite->delimiter, "/");
	assert_str(cite->names_delimiter, " + ");
	assert_true(cite->has_initialize_with);
	assert_str(cite->initialize_with, ". ");
	assert_false(cite->initialize);
	assert_true(list->initialize);
	assert_true(list->et_al_use_last);
	assert_int_equal(list->name_as_sort_order, CSL_SORT_ORDER_ALL);
	assert_str(list->sort_separator, " ");
	cite = &plain->options[CSL_CITATION], list = &plain->options[CSL_BIBLIOGRAPHY];
	assert_int_equal(cite->and, CSL_AND_TEXT);
	assert_int_equal(cite->et_al_min, 5);
	assert_int_equal(list->et_al_min, 3);
	assert_int_equal(cite->form, CSL_FORM_COUNT);
	assert_int_equal(list->form, CSL_FORM_LONG);
	assert_str(cite->delimiter, "; ");
	assert_str(cite->names_delimiter, "");
	assert_int_equal(style->layouts[CSL_CITATION].options.et_al_min, 5);
	assert_int_equal(style->layouts[CSL_BIBLIOGRAPHY].options.et_al_min, 3);
}

static void names_hold_their_parts(void **state)
{
	(void)state;
	const csl_element *e = first(
		"<names variable='editor translator' font-weight='bold'><name font-style='italic'>"
		"<name-part name='family' text-case='uppercase'/><name-part name='given' prefix='('/></name>"
		"<et-al term='and others' font-style='italic'/><label form='short' plural='always'/></names>"
		"<names variable='author'><label form='verb'/><name/></names>"
		"<names variable='author'><label/></names>");
	const csl_names *names = e[0].u.names;
	assert_int_equal(e[0].format.font, CSL_BOLD);
	assert_int_equal(names->variable_count, 2);
	assert_int_equal(names->variables[0], NKC_VAR_EDITOR);
	assert_int_equal(names->variables[1], NKC_VAR_TRANSLATOR);
	assert_true(names->has_name && names->has_et_al);
	assert_int_equal(names->name.font, CSL_ITALIC);
	assert_int_equal(names->family.text_case, CSL_CASE_UPPERCASE);
	assert_str(names->given.prefix, "(");
	assert_int_equal(names->et_al_term, CSL_TERM_AND_OTHERS);
	assert_int_equal(names->et_al.font, CSL_ITALIC);
	assert_non_null(names->label);
	assert_int_equal(names->label->form, CSL_FORM_SHORT);
	assert_int_equal(names->label->plural, CSL_PLURAL_ALWAYS);
	assert_false(names->label_first);
	assert_true(e[1].u.names->label_first);
	assert_false(e[2].u.names->label_first);
	assert_int_equal(e[2].u.names->et_al_term, CSL_TERM_ET_AL);
}

static void short_names_inherit_inside_substitute(void **state)
{
	(void)state;
	const csl_element *e =
		first("<names variable='author' delimiter='#'><name form='short' font-style='italic'/>"
	              "<et-al font-weight='bold'/><label form='short'/><substitute>"
	              "<names variable='editor' prefix='!'/>"
	              "<names variable='translator'><name form='long'/></names>"
	              "<group><names variable='compiler'/></group>"
	              "<text variable='title'/></substitute></names>");
	const csl_names *outer = e->u.names;
	assert_int_equal(outer->substitute_count, 4);
	const csl_names *editor = outer->substitutes[0].u.names, *translator = outer->substitutes[1].u.names;
	const csl_names *compiler = outer->substitutes[2].u.group.children[0].u.names;
	assert_str(outer->substitutes[0].format.prefix, "!");
	assert_int_equal(editor->variables[0], NKC_VAR_EDITOR);
	assert_true(editor->has_name);
	assert_int_equal(editor->options[CSL_CITATION].form, CSL_FORM_SHORT);
	assert_int_equal(editor->name.font, CSL_ITALIC);
	assert_int_equal(editor->et_al.font, CSL_BOLD);
	assert_ptr_equal(editor->label, outer->label);
	assert_str(editor->options[CSL_CITATION].names_delimiter, "");
	assert_int_equal(translator->options[CSL_CITATION].form, CSL_FORM_LONG);
	assert_null(translator->label);
	assert_int_equal(compiler->options[CSL_CITATION].form, CSL_FORM_SHORT);
}

/* --- sorting --- */

static void sort_keys_are_read(void **state)
{
	(void)state;
	assert_int_equal(
		parse_body("<macro name='m'><text variable='title'/></macro><citation><sort>"
	                   "<key variable='issued' sort='descending'/>"
	                   "<key macro='m' names-min='3' names-use-first='1' names-use-last='true'/></sort>"
	                   "<layout><text macro='m'/></layout></citation>"),
		NKC_OK);
	const csl_layout *layout = &style->layouts[CSL_CITATION];
	assert_string_equal(findings, "");
	assert_int_equal(layout->sort_key_count, 2);
	assert_int_equal(layout->sort_keys[0].variable, NKC_VAR_ISSUED);
	assert_true(layout->sort_keys[0].descending);
	assert_int_equal(layout->sort_keys[0].names_use_last, -1);
	assert_ptr_equal(layout->sort_keys[1].macro, &style->macros[0]);
	assert_int_equal(layout->sort_keys[1].names_min, 3);
	assert_int_equal(layout->sort_keys[1].names_use_first, 1);
	assert_int_equal(layout->sort_keys[1].names_use_last, 1);
	assert_false(layout->sort_keys[1].descending);
}

/* --- macros --- */

static void a_macro_may_be_called_before_it_is_defined(void **state)
{
	(void)state;
	assert_int_equal(
		parse_body(
			"<citation><layout><text macro='a' prefix='x'/></layout></citation>"
			"<macro name='a'><text macro='b'/></macro><macro name='b'><text value='v'/></macro>"),
		NKC_OK);
	const csl_element *call = style->layouts[CSL_CITATION].children;
	assert_int_equal(call->kind, CSL_TEXT_MACRO);
	assert_str(call->u.macro->name, "a");
	assert_str(call->u.macro->children[0].u.macro->children[0].value, "v");
}

static void circles_of_macros_are_broken(void **state)
{
	(void)state;
	assert_int_equal(parse_body("<macro name='a'><text value='1'/><text macro='b'/></macro>\n"
	                            "<macro name='b'><group>\n"
	                            "<text macro='a'/></group></macro>\n"
	                            "<macro name='c'><text macro='c'/></macro>"
	                            "<citation><layout><text macro='a'/></layout></citation>"),
	                 NKC_OK);
	assert_string_equal(findings, "style/macro-cycle@4:7 style/macro-cycle@5:23");
	const csl_macro *a = style->layouts[CSL_CITATION].children[0].u.macro;
	const csl_macro *b = a->children[1].u.macro;
	assert_str(b->name, "b");
	assert_int_equal(b->children[0].u.group.children[0].u.macro->child_count, 0);
}

/* Each macro calls the next one `calls` times. */
static nkc_status parse_chain(unsigned length, unsigned calls)
{
	static char body[65536];
	size_t len = 0;
	for (unsigned i = 0; i < length; i++) {
		len += (size_t)snprintf(body + len, sizeof body - len, "<macro name='m%u'>", i);
		for (unsigned k = 0; k < calls && i + 1 < length; k++)
			len += (size_t)snprintf(body + len, sizeof body - len, "<text macro='m%u'/>", i + 1);
		len += (size_t)snprintf(body + len, sizeof body - len, "<text value='x'/></macro>");
	}
	snprintf(body + len, sizeof body - len, "<citation><layout><text macro='m0'/></layout></citation>");
	return parse_body(body);
}

static void calls_of_macros_are_bounded(void **state)
{
	(void)state;
	assert_int_equal(parse_chain(64, 1), NKC_OK);
	assert_string_equal(findings, "");
	assert_int_equal(parse_chain(65, 1), NKC_OK);
	assert_true(strncmp(findings, "style/limit@2:", 14) == 0);
	assert_int_equal(parse_chain(900, 1), NKC_OK);
	assert_int_equal(parse_chain(10, 2), NKC_OK);
	assert_string_equal(findings, "");
	assert_int_equal(parse_chain(60, 2), NKC_ELIMIT);
	assert_null(style);
	assert_true(strncmp(findings, "style/limit@", 12) == 0);
}

/* Text that a style repeats without end counts like elements. */
/* Evaluation calls itself for each element inside another, also through macros. */
static void depth_through_macros_is_bounded(void **state)
{
	(void)state;
	static char body[65536];
	for (unsigned depth = 10; depth <= 100; depth += 90) {
		size_t len = 0;
		for (unsigned i = 0; i < 20; i++) {
			len += (size_t)snprintf(body + len, sizeof body - len, "<macro name='m%u'>", i);
			for (unsigned k = 0; k < depth; k++)
				len += (size_t)snprintf(body + len, sizeof body - len, "<group>");
			len += (size_t)snprintf(body + len, sizeof body - len, "<text macro='m%u'/>", i + 1);
			for (unsigned k = 0; k < depth; k++)
				len += (size_t)snprintf(body + len, sizeof body - len, "</group>");
			len += (size_t)snprintf(body + len, sizeof body - len, "</macro>");
		}
		snprintf(body + len, sizeof body - len,
		         "<macro name='m20'><text value='x'/></macro>"
		         "<citation><layout><text macro='m0'/></layout></citation>");
		assert_int_equal(parse_body(body), depth == 10 ? NKC_OK : NKC_ELIMIT);
	}
}

static void literal_text_is_bounded(void **state)
{
	(void)state;
	static char body[65536], value[40001];
	size_t len = 0;
	memset(value, 'v', sizeof value - 1);
	for (unsigned i = 0; i < 10; i++)
		len += (size_t)snprintf(body + len, sizeof body - len,
		                        "<macro name='m%u'><text macro='m%u'/><text macro='m%u'/></macro>", i,
		                        i + 1, i + 1);
	snprintf(body + len, sizeof body - len,
	         "<macro name='m10'><text value='%s'/></macro>"
	         "<citation><layout><text macro='m0'/></layout></citation>",
	         value);
	assert_int_equal(parse_body(body), NKC_ELIMIT);
	value[100] = '\0';
	snprintf(body + len, sizeof body - len,
	         "<macro name='m10'><text value='%s'/></macro>"
	         "<citation><layout><text macro='m0'/></layout></citation>",
	         value);
	assert_int_equal(parse_body(body), NKC_OK);
}

static void branches_cost_only_the_dearest(void **state)
{
	(void)state;
	static char body[65536];
	size_t len = 0;
	for (unsigned i = 0; i < 40; i++)
		len += (size_t)snprintf(body + len, sizeof body - len,
		                        "<macro name='m%u'><choose><if type='book'><text macro='m%u'/></if>"
		                        "<else><text macro='m%u'/></else></choose></macro>",
		                        i, i + 1, i + 1);
	snprintf(body + len, sizeof body - len,
	         "<macro name='m40'><text value='x'/></macro>"
	         "<citation><layout><text macro='m0'/></layout></citation>");
	assert_int_equal(parse_body(body), NKC_OK);
	assert_string_equal(findings, "");
}

static void only_what_is_reached_counts_as_used(void **state)
{
	(void)state;
	static const char macros[] =
		"<macro name='pos'><choose><if position='ibid'><text value='i'/></if></choose></macro>"
		"<macro name='dis'><choose><if disambiguate='true'><text value='i'/></if></choose></macro>"
		"<macro name='suf'><names variable='author'><substitute><text variable='year-suffix'/>"
		"</substitute></names></macro>";
	static const struct {
		const char *called;
		bool ibid, disambiguate, year_suffix;
	} cases[] = {
		{ "<text value='x'/>", false, false, false },
		{ "<text macro='pos'/>", true, false, false },
		{ "<group><text macro='dis'/></group>", false, true, false },
		{ "<choose><if type='book'><text macro='suf'/></if></choose>", false, false, true },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char body[2048];
		snprintf(body, sizeof body, "%s<citation><layout>%s</layout></citation>", macros,
		         cases[i].called);
		assert_int_equal(parse_body(body), NKC_OK);
		assert_int_equal(style->has_ibid, cases[i].ibid);
		assert_int_equal(style->has_disambiguate, cases[i].disambiguate);
		assert_int_equal(style->has_year_suffix, cases[i].year_suffix);
	}
}

/* --- locales of the style --- */

static void terms_of_its_own_have_numbers_in_the_style(void **state)
{
	(void)state;
	assert_int_equal(
		parse_body(
			"<locale xml:lang='de'><terms><term name='grey'>grau</term><term name='in'>im</term></terms></locale>"
			"<locale><terms><term name='green'>green</term><term name='grey'>grey</term></terms></locale>"
			"<citation><layout><text term='green'/></layout></citation>"),
		NKC_OK);
	assert_string_equal(findings, "");
	assert_int_equal(style->own_term_count, 2);
	assert_int_equal(style->locale_count, 2);
	assert_str(style->locales[0].language, "de");
	assert_str(style->locales[1].language, "");
	csl_term grey = CSL_TERM_KNOWN, green = CSL_TERM_KNOWN + 1;
	assert_int_equal(style->layouts[CSL_CITATION].children[0].term, green);
	assert_str(style->locales[0].terms[grey]->forms[CSL_FORM_LONG].single, "grau");
	assert_str(style->locales[1].terms[grey]->forms[CSL_FORM_LONG].single, "grey");
	assert_null(style->locales[0].terms[green]);
}

/* --- faults --- */

static void what_is_no_style_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		nkc_status status;
		const char *findings;
	} cases[] = {
		{ "", NKC_ESYNTAX, "style/xml@1:1" },
		{ "<style", NKC_ESYNTAX, NULL },
		{ "<html/>", NKC_EINVALID, "style/not-csl@1:1" },
		{ "<style xmlns='urn:other'/>", NKC_EINVALID, "style/not-csl@1:1" },
		{ HEAD INFO "</style>", NKC_EINVALID, "style/missing-element@1:1" },
		{ "<!DOCTYPE style [<!ENTITY a 'b'>]><style/>", NKC_EINVALID, NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(parse(cases[i].text), cases[i].status);
		assert_null(style);
		if (cases[i].findings)
			assert_string_equal(findings, cases[i].findings);
		assert_true(findings[0] != '\0');
	}
}

static void faults_of_the_whole_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *text, *findings;
	} cases[] = {
		{ "<style class='note' version='1.0'>" INFO
		  "<citation><layout><text value='a'/></layout></citation></style>",
		  "style/namespace@1:1" },
		{ "<style xmlns='http://purl.org/net/xbiblio/csl'>" INFO
		  "<citation><layout><text value='a'/></layout></citation></style>",
		  "style/missing-attribute@1:1 style/missing-attribute@1:1" },
		{ "<style xmlns='http://purl.org/net/xbiblio/csl'\nclass='foot' version='0.8'>" INFO
		  "<citation><layout><text value='a'/></layout></citation></style>",
		  "style/bad-value@2:1 style/missing-attribute@1:1 style/bad-value@2:14" },
		{ HEAD "<citation><layout><text value='a'/></layout></citation></style>",
		  "style/missing-info@1:1 style/missing-info@1:1" },
		{ HEAD INFO "\n<citation/></style>", "style/missing-element@2:1" },
		{ HEAD INFO "\n<defaults/><citation><layout><text value='a'/></layout></citation></style>",
		  "style/unknown-element@2:1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(parse(cases[i].text), NKC_OK);
		assert_string_equal(findings, cases[i].findings);
	}
}

static void faults_of_elements_are_told_and_passed_over(void **state)
{
	(void)state;
	static const struct {
		const char *elements, *findings;
		unsigned left; /* elements that still render */
	} cases[] = {
		{ "<text variable='titel'/>", "style/unknown-variable@3:7", 0 },
		{ "<text variable='url'/>", "style/unknown-variable@3:7", 0 },
		{ "<text  variable='author'/>", "style/variable-kind@3:8", 1 },
		{ "<date variable='title' form='text'/>", "style/variable-kind@3:7", 1 },
		{ "<number variable='title'/>", "style/variable-kind@3:9", 1 },
		{ "<names variable='issued editor'><name/></names>", "style/variable-kind@3:8", 1 },
		{ "<text term='editon'/>", "style/unknown-term@3:7", 0 },
		{ "<text macro='x'/><text value='a'/>", "style/missing-macro@3:7", 1 },
		{ "<text prefix='a'/>", "style/missing-attribute@3:1", 0 },
		{ "<label/>", "style/missing-attribute@3:1", 0 },
		{ "<names/>", "style/missing-attribute@3:1", 0 },
		{ "<date form='text'/>", "style/missing-attribute@3:1", 0 },
		{ "<text value='a' vaule='b'/>", "style/unknown-attribute@3:17", 1 },
		{ "<text value='a' plural='true'/>", "style/unknown-attribute@3:17", 1 },
		{ "<group quotes='true'><text value='a'/></group>", "style/unknown-attribute@3:8", 1 },
		{ "<text value='a' font-style='slanted'/>", "style/bad-value@3:17", 1 },
		{ "<text value='a' quotes='yes'/>", "style/bad-value@3:17", 1 },
		{ "<names variable='author'><name et-al-min='-1'/></names>", "style/bad-value@3:32", 1 },
		{ "<txt/>", "style/unknown-element@3:1", 0 },
		{ "<group/>", "style/empty@3:1", 1 },
		{ "<choose><else><text value='a'/></else></choose>", "style/unknown-element@3:9", 0 },
		{ "<choose><if><text value='a'/></if></choose>", "style/missing-attribute@3:9", 1 },
		{ "<choose><if type='boock'/></choose>", "style/unknown-type@3:13", 1 },
		{ "<choose><if position='last'/></choose>",
		  "style/bad-value@3:13 style/missing-attribute@3:9", 1 },
		{ "<choose><if locator='pages'/></choose>", "style/bad-value@3:13", 1 },
		{ "<choose><if variable='titel'/></choose>", "style/unknown-variable@3:13", 1 },
		{ "<date variable='issued'/>", "style/empty@3:1", 1 },
		{ "<date variable='issued'><date-part/></date>", "style/missing-attribute@3:25", 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(parse_layout(cases[i].elements), NKC_OK);
		if (strcmp(findings, cases[i].findings))
			fail_msg("%s: %s, not %s", cases[i].elements, findings, cases[i].findings);
		if (style->layouts[CSL_CITATION].child_count != cases[i].left)
			fail_msg("%s leaves %u", cases[i].elements, style->layouts[CSL_CITATION].child_count);
	}
}

static void two_macros_of_one_name_are_told_and_the_first_counts(void **state)
{
	(void)state;
	assert_int_equal(
		parse_body(
			"<macro name='a'><text value='1'/></macro>\n<macro name='a'><text value='2'/></macro>"
			"<citation><layout><text macro='a'/></layout></citation>"),
		NKC_OK);
	assert_string_equal(findings, "style/duplicate-macro@3:8");
	assert_str(style->layouts[CSL_CITATION].children[0].u.macro->children[0].value, "1");
}

/* A small style that is wrong in a hundred thousand places must not take a hundred thousand reports. */
static void findings_are_bounded(void **state)
{
	(void)state;
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_puts(&text, HEAD INFO "<macro name='a'><text value='x'/></macro><citation><layout>");
	for (size_t i = 0; i < 20000; i++)
		nkc_buf_puts(&text, "<text macro='b'/><text variable='c'/><text term='d' e='f'/>");
	nkc_buf_puts(&text, "</layout></citation></style>");
	nkc_diags *kept = nkc_diags_new();
	assert_int_equal(nkc_style_parse(&style, nkc_buf_str(&text), NKC_STR(""), kept), NKC_OK);
	assert_int_equal(nkc_diags_count(kept), CSL_FINDINGS_MAX);
	nkc_diags_free(kept);
	nkc_buf_release(&text);
}

static void near_names_are_hinted_at(void **state)
{
	(void)state;
	nkc_diags *kept = nkc_diags_new();
	nkc_str text =
		NKC_STR(HEAD INFO "<macro name='title'><text value='x'/></macro><citation><layout>"
	                          "<text macro='titel'/><text variable='pubisher'/><text term='editon'/>"
	                          "<text value='a' prefx='b'/><text value='a' quotes='ture'/>"
	                          "</layout></citation></style>");
	static const char *const hints[] = { "title", "publisher", "edition", "prefix", "true" };
	assert_int_equal(nkc_style_parse(&style, text, NKC_STR(""), kept), NKC_OK);
	assert_int_equal(nkc_diags_count(kept), COUNT(hints));
	for (size_t i = 0; i < COUNT(hints); i++) {
		nkc_str hint = nkc_diags_at(kept, i)->hint;
		assert_true(nkc_str_find(hint, nkc_str_from(hints[i])) < hint.len);
	}
	nkc_diags_free(kept);
}

static void elements_of_others_are_not_judged(void **state)
{
	(void)state;
	assert_int_equal(
		parse_layout("<text value='a' x:note='1' xmlns:x='urn:x'/><x:extra xmlns:x='urn:x'/>"),
		NKC_OK);
	assert_string_equal(findings, "");
	assert_int_equal(style->layouts[CSL_CITATION].child_count, 1);
}

static void nobody_needs_to_listen(void **state)
{
	(void)state;
	assert_int_equal(
		nkc_style_parse(
			&style,
			NKC_STR(HEAD "<citation><layout><text macro='x'/></layout></citation></style>"),
			NKC_STR(""), NULL),
		NKC_OK);
}

static void a_failing_allocation_is_told(void **state)
{
	(void)state;
	static const char text[] =
		HEAD INFO "<locale><terms><term name='own'>x</term></terms></locale>"
			  "<macro name='a'><text macro='b'/></macro><macro name='b'><text value='v'/></macro>"
			  "<citation><sort><key macro='a'/></sort><layout><names variable='author'><name/>"
			  "<substitute><names variable='editor'/></substitute></names><choose>"
			  "<if variable='title'><text macro='a'/></if></choose>"
			  "<date variable='issued' form='text'/></layout></citation></style>";
	nkc_status status = NKC_ENOMEM;
	uint64_t failures = 0;
	for (uint64_t n = 1; status == NKC_ENOMEM; n++) {
		nkc_style *made;
		nkc_mem_fail_at(n);
		status = nkc_style_parse(&made, nkc_str_from(text), NKC_STR(""), NULL);
		nkc_mem_fail_at(0);
		failures += status == NKC_ENOMEM;
		assert_true((status == NKC_OK) == (made != NULL));
		nkc_style_free(made);
	}
	assert_int_equal(status, NKC_OK);
	assert_true(failures > 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_style_says_what_it_is),
		TEST(a_dependent_style_names_its_parent),
		TEST(options_have_the_defaults_of_the_specification),
		TEST(options_are_read),
		TEST(text_knows_what_it_renders),
		TEST(older_names_of_variables_mean_the_newer),
		TEST(number_and_label_know_their_term),
		TEST(dates_know_their_parts),
		TEST(groups_hold_their_children),
		TEST(conditions_are_sets),
		TEST(name_options_come_down_to_each_names),
		TEST(names_hold_their_parts),
		TEST(short_names_inherit_inside_substitute),
		TEST(sort_keys_are_read),
		TEST(a_macro_may_be_called_before_it_is_defined),
		TEST(circles_of_macros_are_broken),
		TEST(calls_of_macros_are_bounded),
		TEST(depth_through_macros_is_bounded),
		TEST(literal_text_is_bounded),
		TEST(branches_cost_only_the_dearest),
		TEST(only_what_is_reached_counts_as_used),
		TEST(terms_of_its_own_have_numbers_in_the_style),
		TEST(what_is_no_style_is_refused),
		TEST(faults_of_the_whole_are_told),
		TEST(faults_of_elements_are_told_and_passed_over),
		TEST(two_macros_of_one_name_are_told_and_the_first_counts),
		TEST(findings_are_bounded),
		TEST(near_names_are_hinted_at),
		TEST(elements_of_others_are_not_judged),
		TEST(nobody_needs_to_listen),
		TEST(a_failing_allocation_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
