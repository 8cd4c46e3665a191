/*
 * A style as a whole: what it is, its options, macros, citation and bibliography.
 */
#include "csl/style_load.h"

#include "base/set.h"
bool csl_is_named(const nkc_xml_node *node, const char *name)
{
	return nkc_str_is(node->name, name);
}

unsigned csl_count_children(const nkc_xml_node *node)
{
	unsigned count = 0;
	for (const nkc_xml_node *child = node->first; child; child = child->next)
		count++;
	return count;
}

/* --- macros --- */

static size_t macro_slot(const csl_style_loader *l, nkc_str name)
{
	size_t at = nkc_hash(name, 0) & (l->macro_slot_count - 1);
	while (l->macro_slots[at] && !nkc_str_eq(l->style->macros[l->macro_slots[at] - 1].name, name))
		at = (at + 1) & (l->macro_slot_count - 1);
	return at;
}

unsigned csl_find_macro(csl_style_loader *l, const nkc_xml_node *node, nkc_str name)
{
	unsigned found = l->macro_slots[macro_slot(l, name)];
	if (found)
		return found - 1;
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, name);
	bool wanted = csl_wants_hint(&l->base);
	for (unsigned i = 0; wanted && i < l->style->macro_count; i++)
		nkc_nearest_offer(&nearest, l->style->macros[i].name);
	csl_finding_near(&l->base, NKC_CODE_STYLE_MISSING_MACRO, node, "macro", &nearest,
	                 "there is no macro \"%.*s\"", NKC_STR_ARG(name));
	return l->style->macro_count;
}

/* --- citation and bibliography --- */

static const csl_word orders[] = {
	CSL_WORD("ascending", 0),
	CSL_WORD("descending", 1),
	CSL_WORD_END,
};

typedef struct key_raw {
	nkc_str variable, macro;
	bool has_variable, has_macro, use_last, has_use_last;
	uint8_t order;
} key_raw;

static const csl_attr key_raw_attrs[] = {
	CSL_ATTR_HAS("variable", RAW, key_raw, variable, has_variable),
	CSL_ATTR_HAS("macro", RAW, key_raw, macro, has_macro),
	CSL_ATTR_HAS("names-use-last", TRUTH, key_raw, use_last, has_use_last),
	CSL_ATTR_OF("sort", WORD, key_raw, order, orders),
	CSL_ATTR_END,
};
static const csl_attr key_attrs[] = {
	CSL_ATTR("names-min", COUNT, csl_sort_key, names_min),
	CSL_ATTR("names-use-first", COUNT, csl_sort_key, names_use_first),
	CSL_ATTR_END,
};

static bool load_key(csl_style_loader *l, const nkc_xml_node *node, csl_sort_key *key)
{
	key_raw raw = { 0 };
	*key = (csl_sort_key){ .names_use_last = -1 };
	csl_load_attrs(&l->base, node,
	               (csl_target[]){ { key_raw_attrs, &raw, NULL }, { key_attrs, key, NULL } }, 2);
	key->descending = raw.order == 1;
	if (raw.has_use_last)
		key->names_use_last = raw.use_last;
	if (!raw.has_variable && !raw.has_macro)
		return csl_missing_attr(l, node, "variable or macro");
	if (raw.has_variable) {
		key->variable = csl_find_variable(l, node, "variable", raw.variable);
		return key->variable != NKC_VAR_NONE;
	}
	unsigned macro = csl_find_macro(l, node, raw.macro);
	if (macro == l->style->macro_count)
		return false;
	key->macro = &l->style->macros[macro];
	return true;
}

static void load_sort(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	csl_sort_key *keys = nkc_arena_alloc(l->base.arena, csl_count_children(node) * sizeof *keys);
	unsigned count = 0;
	for (const nkc_xml_node *child = node->first; child && keys; child = child->next) {
		if (!csl_is_named(child, "key"))
			csl_unknown_element(&l->base, child);
		else if (load_key(l, child, &keys[count]))
			count++;
	}
	layout->sort_keys = keys;
	layout->sort_key_count = count;
}

static const csl_attr layout_attrs[] = {
	CSL_ATTR("delimiter", TEXT, csl_layout, delimiter),
	CSL_ATTR_END,
};

static void load_layout(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	layout->present = true;
	csl_load_formatted(&l->base, node, (csl_target){ layout_attrs, layout, NULL }, &layout->format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT);
	csl_check_filled(&l->base, node);
	csl_load_children(l, node, &layout->children, &layout->child_count);
}

/* The children of cs:citation, cs:bibliography and cs:intext; their attributes were read before. */
static void load_area(csl_style_loader *l, const nkc_xml_node *node, csl_layout *layout)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (csl_is_named(child, "sort"))
			load_sort(l, child, layout);
		else if (csl_is_named(child, "layout"))
			load_layout(l, child, layout);
		else
			csl_unknown_element(&l->base, child);
	}
	if (!layout->present)
		csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ELEMENT, node, "", "%.*s has no layout",
		            NKC_STR_ARG(node->name));
}

static const csl_word collapses[] = {
	CSL_WORD("citation-number", CSL_COLLAPSE_CITATION_NUMBER),
	CSL_WORD("year", CSL_COLLAPSE_YEAR),
	CSL_WORD("year-suffix", CSL_COLLAPSE_YEAR_SUFFIX),
	CSL_WORD("year-suffix-ranged", CSL_COLLAPSE_YEAR_SUFFIX_RANGED),
	CSL_WORD_END,
};
static const csl_word givenname_rules[] = {
	CSL_WORD("by-cite", CSL_BY_CITE),
	CSL_WORD("all-names", CSL_ALL_NAMES),
	CSL_WORD("all-names-with-initials", CSL_ALL_NAMES_WITH_INITIALS),
	CSL_WORD("primary-name", CSL_PRIMARY_NAME),
	CSL_WORD("primary-name-with-initials", CSL_PRIMARY_NAME_WITH_INITIALS),
	CSL_WORD_END,
};

static const csl_attr citation_attrs[] = {
	CSL_ATTR_OF("collapse", WORD, nkc_style, collapse, collapses),
	CSL_ATTR("disambiguate-add-names", TRUTH, nkc_style, disambiguate_add_names),
	CSL_ATTR("disambiguate-add-givenname", TRUTH, nkc_style, disambiguate_add_givenname),
	CSL_ATTR("disambiguate-add-year-suffix", TRUTH, nkc_style, disambiguate_add_year_suffix),
	CSL_ATTR_OF("givenname-disambiguation-rule", WORD, nkc_style, givenname_rule, givenname_rules),
	CSL_ATTR("near-note-distance", NUMBER, nkc_style, near_note_distance),
	CSL_ATTR_HAS("cite-group-delimiter", TEXT, nkc_style, cite_group_delimiter, has_cite_group_delimiter),
	CSL_ATTR_HAS("after-collapse-delimiter", TEXT, nkc_style, after_collapse_delimiter,
	             has_after_collapse_delimiter),
	CSL_ATTR_HAS("year-suffix-delimiter", TEXT, nkc_style, year_suffix_delimiter,
	             has_year_suffix_delimiter),
	CSL_ATTR_END,
};

static const csl_word aligns[] = {
	CSL_WORD("flush", CSL_ALIGN_FLUSH),
	CSL_WORD("margin", CSL_ALIGN_MARGIN),
	CSL_WORD_END,
};
static const csl_word subsequent_rules[] = {
	CSL_WORD("complete-all", CSL_COMPLETE_ALL),
	CSL_WORD("complete-each", CSL_COMPLETE_EACH),
	CSL_WORD("partial-each", CSL_PARTIAL_EACH),
	CSL_WORD("partial-first", CSL_PARTIAL_FIRST),
	CSL_WORD_END,
};

static const csl_attr bibliography_attrs[] = {
	CSL_ATTR("hanging-indent", TRUTH, nkc_style, hanging_indent),
	CSL_ATTR("line-spacing", NUMBER, nkc_style, line_spacing),
	CSL_ATTR("entry-spacing", NUMBER, nkc_style, entry_spacing),
	CSL_ATTR_OF("second-field-align", WORD, nkc_style, second_field_align, aligns),
	CSL_ATTR_HAS("subsequent-author-substitute", TEXT, nkc_style, subsequent_substitute,
	             has_subsequent_substitute),
	CSL_ATTR_OF("subsequent-author-substitute-rule", WORD, nkc_style, subsequent_rule, subsequent_rules),
	CSL_ATTR_END,
};

static void load_area_attrs(csl_style_loader *l, csl_area area, const nkc_xml_node *node,
                            const csl_attr *attrs)
{
	csl_layout *layout = &l->style->layouts[area];
	csl_name_set *names = &l->area_names[area];
	layout->format = (csl_format)CSL_FORMAT_NONE;
	layout->delimiter = NKC_STR("");
	layout->options = csl_name_defaults;
	if (node)
		csl_load_attrs(&l->base, node,
		               (csl_target[]){ { attrs, l->style, NULL },
		                               { csl_name_attrs, &names->options, &names->set } },
		               2);
	csl_name_set_over(&layout->options, &l->root_names);
	csl_name_set_over(&layout->options, names);
}

static void load_intext(csl_style_loader *l)
{
	csl_layout *layout = l->intext ? nkc_arena_alloc(l->base.arena, sizeof *layout) : NULL;
	if (!layout)
		return;
	*layout = (csl_layout){ .format = CSL_FORMAT_NONE, .delimiter = NKC_STR("") };
	layout->options = l->style->layouts[CSL_CITATION].options;
	load_area(l, l->intext, layout);
	l->style->intext = layout;
}

/* --- the style as a whole --- */

static const csl_word classes[] = { CSL_WORD("in-text", 0), CSL_WORD("note", 1), CSL_WORD_END };
static const csl_word demotes[] = {
	CSL_WORD("display-and-sort", CSL_DEMOTE_DISPLAY_AND_SORT),
	CSL_WORD("never", CSL_DEMOTE_NEVER),
	CSL_WORD("sort-only", CSL_DEMOTE_SORT_ONLY),
	CSL_WORD_END,
};
static const csl_word page_ranges[] = {
	CSL_WORD("expanded", CSL_PAGE_EXPANDED),
	CSL_WORD("minimal", CSL_PAGE_MINIMAL),
	CSL_WORD("minimal-two", CSL_PAGE_MINIMAL_TWO),
	CSL_WORD("chicago", CSL_PAGE_CHICAGO),
	CSL_WORD("chicago-15", CSL_PAGE_CHICAGO),
	CSL_WORD("chicago-16", CSL_PAGE_CHICAGO_16),
	CSL_WORD_END,
};

typedef struct style_raw {
	nkc_str version;
	uint8_t class;
} style_raw;

static const csl_attr style_raw_attrs[] = {
	CSL_ATTR_OF("class", WORD, style_raw, class, classes),
	CSL_ATTR("version", RAW, style_raw, version),
	CSL_ATTR_END,
};
static const csl_attr style_attrs[] = {
	CSL_ATTR("default-locale", TEXT, nkc_style, default_locale),
	CSL_ATTR_OF("demote-non-dropping-particle", WORD, nkc_style, demote, demotes),
	CSL_ATTR("initialize-with-hyphen", TRUTH, nkc_style, initialize_with_hyphen),
	CSL_ATTR_OF("page-range-format", WORD, nkc_style, page_range, page_ranges),
	CSL_ATTR_END,
};

static void load_root(csl_style_loader *l, const nkc_xml_node *root)
{
	style_raw raw = { .version = NKC_STR("") };
	uint32_t set = 0;
	csl_target targets[] = { { style_attrs, l->style, NULL },
		                 { csl_name_attrs, &l->root_names.options, &l->root_names.set },
		                 { style_raw_attrs, &raw, &set } };
	csl_load_attrs(&l->base, root, targets, 3);
	l->style->is_note = raw.class == 1;
	if (!(set & 1) && l->citation)
		csl_missing_attr(l, root, "class");
	if (!(set & 2))
		csl_missing_attr(l, root, "version");
	else if (!nkc_str_starts(raw.version, NKC_STR("1.")))
		csl_finding(&l->base, NKC_CODE_STYLE_BAD_VALUE, root, "version",
		            "version \"%.*s\" is not 1.0", NKC_STR_ARG(raw.version));
}

/* Children of cs:info that say nothing to a processor. */
static const char *const notes[] = { "author", "category",  "contributor", "issn",    "eissn",  "issnl",
	                             "link",   "published", "rights",      "summary", "updated" };

static void check_note(csl_style_loader *l, const nkc_xml_node *node)
{
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		if (csl_is_named(node, notes[i]))
			return;
	}
	if (csl_is_ours(node))
		csl_unknown_element(&l->base, node);
}

static void load_info(csl_style_loader *l, const nkc_xml_node *node)
{
	nkc_style *style = l->style;
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		nkc_str text = nkc_str_trim(child->text);
		if (csl_is_named(child, "id"))
			style->id = nkc_arena_str(l->base.arena, text);
		else if (csl_is_named(child, "title"))
			style->title = nkc_arena_str(l->base.arena, text);
		else if (csl_is_named(child, "title-short"))
			style->title_short = nkc_arena_str(l->base.arena, text);
		else if (csl_is_named(child, "link") &&
		         nkc_str_is(nkc_xml_get(child, "rel"), "independent-parent"))
			style->parent = nkc_arena_str(l->base.arena, nkc_xml_get(child, "href"));
		else
			check_note(l, child);
	}
}

static void check_info(csl_style_loader *l, const nkc_xml_node *root)
{
	const struct {
		nkc_str text;
		const char *what;
	} wanted[] = { { l->style->id, "id" }, { l->style->title, "title" } };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (wanted[i].text.len == 0)
			csl_finding(&l->base, NKC_CODE_STYLE_MISSING_INFO, root, "",
			            "the style has no %s in its info", wanted[i].what);
	}
}

static void count_parts(csl_style_loader *l, const nkc_xml_node *root)
{
	for (const nkc_xml_node *child = root->first; child; child = child->next) {
		if (csl_is_named(child, "info"))
			load_info(l, child);
		else if (csl_is_named(child, "citation") && !l->citation)
			l->citation = child;
		else if (csl_is_named(child, "bibliography") && !l->bibliography)
			l->bibliography = child;
		else if (csl_is_named(child, "intext"))
			l->intext = child;
		else if (csl_is_named(child, "macro"))
			l->style->macro_count++;
		else if (csl_is_named(child, "locale"))
			l->style->locale_count++;
		else if (csl_is_ours(child))
			csl_unknown_element(&l->base, child);
	}
}

#define MACROS_MAX 0x7000 /* numbers of macros are 16 bits wide; no style has a tenth of it */

static nkc_status make_macro_table(csl_style_loader *l)
{
	unsigned count = l->style->macro_count;
	if (count > MACROS_MAX)
		return NKC_ELIMIT;
	l->macro_slot_count = 4;
	while (l->macro_slot_count < 2 * (size_t)count)
		l->macro_slot_count *= 2;
	l->style->macros = nkc_arena_alloc(l->base.arena, (count + 1) * sizeof *l->style->macros);
	l->macro_nodes = nkc_arena_alloc(l->base.scratch, (count + 1) * sizeof *l->macro_nodes);
	l->calls = nkc_arena_alloc(l->base.scratch, (count + 1) * sizeof *l->calls);
	l->macro_slots = nkc_arena_alloc(l->base.scratch, l->macro_slot_count * sizeof *l->macro_slots);
	if (!l->style->macros || !l->macro_nodes || !l->calls || !l->macro_slots)
		return NKC_ENOMEM;
	memset(l->calls, 0, (count + 1) * sizeof *l->calls);
	memset(l->macro_slots, 0, l->macro_slot_count * sizeof *l->macro_slots);
	return NKC_OK;
}

static const csl_attr macro_attrs[] = {
	CSL_ATTR("name", TEXT, csl_macro, name),
	CSL_ATTR_END,
};

/* Macros are known by name before any is read, for they may be called before they are defined. */
static void name_macros(csl_style_loader *l, const nkc_xml_node *root)
{
	unsigned count = 0;
	for (const nkc_xml_node *child = root->first; child; child = child->next) {
		if (!csl_is_named(child, "macro"))
			continue;
		csl_macro *macro = &l->style->macros[count];
		*macro = (csl_macro){ .name = NKC_STR("") };
		csl_load_attrs(&l->base, child, (csl_target[]){ { macro_attrs, macro, NULL } }, 1);
		size_t slot = macro_slot(l, macro->name);
		if (macro->name.len == 0)
			csl_missing_attr(l, child, "name");
		else if (l->macro_slots[slot])
			csl_finding(&l->base, NKC_CODE_STYLE_DUPLICATE_MACRO, child, "name",
			            "there are two macros \"%.*s\"", NKC_STR_ARG(macro->name));
		else
			l->macro_slots[slot] = (uint16_t)(count + 1);
		l->macro_nodes[count++] = child;
	}
}

static void load_macros(csl_style_loader *l)
{
	for (unsigned i = 0; i < l->style->macro_count; i++) {
		csl_macro *macro = &l->style->macros[i];
		l->current_macro = i;
		csl_check_filled(&l->base, l->macro_nodes[i]);
		csl_load_children(l, l->macro_nodes[i], &macro->children, &macro->child_count);
	}
	l->current_macro = l->style->macro_count;
}

#define OWN_TERMS_MAX \
	256 /* terms beyond those of CSL that one style may define; each is looked for among them */

static void add_own_term(csl_style_loader *l, nkc_str *own, nkc_str name)
{
	unsigned count = l->base.own_term_count;
	if (name.len == 0 || csl_term_find(name) != CSL_TERM_NONE || count == OWN_TERMS_MAX)
		return;
	for (unsigned i = 0; i < count; i++) {
		if (nkc_str_eq(own[i], name))
			return;
	}
	own[count] = name;
	l->base.own_term_count++;
}

/* Terms that the style makes up; its locales and elements must agree on their numbers. */
static void find_own_terms(csl_style_loader *l, const nkc_xml_node *root)
{
	nkc_str *own = nkc_arena_alloc(l->base.scratch, OWN_TERMS_MAX * sizeof *own);
	l->base.own_terms = own;
	for (const nkc_xml_node *locale = root->first; locale && own; locale = locale->next) {
		if (!csl_is_named(locale, "locale"))
			continue;
		for (const nkc_xml_node *part = locale->first; part; part = part->next)
			for (const nkc_xml_node *term = part->first; term; term = term->next)
				if (csl_is_named(term, "term"))
					add_own_term(l, own, nkc_xml_get(term, "name"));
	}
	l->style->own_term_count = l->base.own_term_count;
}

static void load_style_locales(csl_style_loader *l, const nkc_xml_node *root)
{
	csl_locale *locales = nkc_arena_alloc(l->base.arena, l->style->locale_count * sizeof *locales);
	unsigned count = 0;
	for (const nkc_xml_node *child = root->first; child && locales; child = child->next) {
		if (csl_is_named(child, "locale"))
			csl_load_locale(&l->base, child, &locales[count++]);
	}
	l->style->locales = locales;
	l->style->locale_count = count;
}

static nkc_status load_independent(csl_style_loader *l, const nkc_xml_node *root)
{
	nkc_status status = make_macro_table(l);
	if (status)
		return status;
	find_own_terms(l, root);
	load_style_locales(l, root);
	load_area_attrs(l, CSL_CITATION, l->citation, citation_attrs);
	load_area_attrs(l, CSL_BIBLIOGRAPHY, l->bibliography, bibliography_attrs);
	name_macros(l, root);
	load_macros(l);
	load_area(l, l->citation, &l->style->layouts[CSL_CITATION]);
	if (l->bibliography)
		load_area(l, l->bibliography, &l->style->layouts[CSL_BIBLIOGRAPHY]);
	load_intext(l);
	return nkc_arena_status(l->base.arena) ? NKC_ENOMEM : csl_style_link(l);
}

static void set_defaults(nkc_style *style)
{
	nkc_str none = NKC_STR("");
	style->id = style->title = style->title_short = style->parent = style->default_locale = none;
	style->cite_group_delimiter = style->after_collapse_delimiter = style->year_suffix_delimiter = none;
	style->subsequent_substitute = none;
	style->initialize_with_hyphen = true;
	style->near_note_distance = 5;
	style->line_spacing = style->entry_spacing = 1;
}

static nkc_status load_style(csl_style_loader *l)
{
	nkc_xml_node *root;
	nkc_status status = csl_load_xml(&l->base, "style", &root);
	if (status)
		return status;
	set_defaults(l->style);
	count_parts(l, root);
	load_root(l, root);
	check_info(l, root);
	if (l->citation)
		return load_independent(l, root);
	if (l->style->parent.len)
		return NKC_OK;
	csl_finding(&l->base, NKC_CODE_STYLE_MISSING_ELEMENT, root, "", "style has no citation");
	return NKC_EINVALID;
}

static nkc_style *new_style(void)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_style *style = arena ? nkc_arena_alloc(arena, sizeof *style) : NULL;
	if (!style) {
		nkc_arena_free(arena);
		return NULL;
	}
	memset(style, 0, sizeof *style);
	style->arena = arena;
	return style;
}

static nkc_status parse_style(nkc_style **out, nkc_str xml, nkc_str name, nkc_diags *diags, bool checked,
                              unsigned *findings)
{
	*out = NULL;
	nkc_arena *scratch = nkc_arena_new();
	nkc_style *style = new_style();
	nkc_status status = NKC_ENOMEM;
	if (scratch && style) {
		csl_style_loader l = { .style = style };
		l.base = (csl_loader){
			.arena = style->arena, .scratch = scratch, .diags = diags, .checked = checked
		};
		l.base.source = nkc_source_make(name, xml);
		status = load_style(&l);
		*findings = l.base.finding_count;
		if (!status && (nkc_arena_status(scratch) || nkc_arena_status(style->arena)))
			status = NKC_ENOMEM;
	}
	nkc_arena_free(scratch);
	if (status) {
		nkc_style_free(style);
		return status;
	}
	*out = style;
	return NKC_OK;
}

nkc_status nkc_style_parse(nkc_style **out, nkc_str xml, nkc_str name, nkc_diags *diags)
{
	unsigned findings;
	return parse_style(out, xml, name, diags, false, &findings);
}

nkc_status csl_style_check_links(nkc_str xml, nkc_str name, nkc_diags *diags)
{
	nkc_style *style;
	unsigned findings = 0;
	nkc_status status = parse_style(&style, xml, name, diags, true, &findings);
	nkc_style_free(style);
	return status == NKC_OK && findings ? NKC_EINVALID : status;
}

void nkc_style_free(nkc_style *style)
{
	if (style)
		nkc_arena_free(style->arena);
}

nkc_str nkc_style_id(const nkc_style *style)
{
	return style->id;
}

nkc_str nkc_style_title(const nkc_style *style)
{
	return style->title;
}

nkc_str nkc_style_parent(const nkc_style *style)
{
	return style->parent;
}

nkc_str nkc_style_default_locale(const nkc_style *style)
{
	return style->default_locale;
}

bool nkc_style_is_note(const nkc_style *style)
{
	return style->is_note;
}

bool nkc_style_has_bibliography(const nkc_style *style)
{
	return style->layouts[CSL_BIBLIOGRAPHY].present;
}
