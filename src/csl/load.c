#include "csl/load.h"

/* --- findings --- */

static void add_finding(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                        const char *hint, const char *format, va_list args) NKC_PRINTF(6, 0);

/* What the schema does not see. */
static bool is_link_code(nkc_code code)
{
	static const nkc_code codes[] = { NKC_CODE_STYLE_MISSING_MACRO, NKC_CODE_STYLE_DUPLICATE_MACRO,
		                          NKC_CODE_STYLE_MACRO_CYCLE, NKC_CODE_STYLE_LIMIT };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i] == code)
			return true;
	}
	return false;
}

static void add_finding(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                        const char *hint, const char *format, va_list args)
{
	nkc_buf message = NKC_BUF_INIT;
	nkc_place place = { .source = &loader->source, .offset = node->at, .length = node->name.len + 1 };
	if (loader->checked && !is_link_code(code))
		return;
	if (loader->finding_count++ >= CSL_FINDINGS_MAX || !loader->diags)
		return;
	if (*attr)
		place.offset = nkc_xml_attr_at(loader->source.text, node, nkc_str_from(attr), &place.length);
	nkc_buf_vprintf(&message, format, args);
	nkc_diags_add(loader->diags, code, &place, hint, "%s", message.ptr);
	nkc_buf_release(&message);
}

void csl_finding(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                 const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_finding(loader, code, node, attr, NULL, format, args);
	va_end(args);
}

bool csl_wants_hint(csl_loader *loader)
{
	return loader->diags && loader->hint_count++ < CSL_HINTS_MAX;
}

void csl_finding_near(csl_loader *loader, nkc_code code, const nkc_xml_node *node, const char *attr,
                      const nkc_nearest *nearest, const char *format, ...)
{
	nkc_buf hint = NKC_BUF_INIT;
	va_list args;
	nkc_nearest_hint(nearest, &hint);
	va_start(args, format);
	add_finding(loader, code, node, attr, hint.len ? hint.ptr : NULL, format, args);
	va_end(args);
	nkc_buf_release(&hint);
}

void csl_unknown_element(csl_loader *loader, const nkc_xml_node *node)
{
	if (node->parent)
		csl_finding(loader, NKC_CODE_STYLE_UNKNOWN_ELEMENT, node, "", "%.*s inside %.*s",
		            NKC_STR_ARG(node->name), NKC_STR_ARG(node->parent->name));
}

void csl_check_filled(csl_loader *loader, const nkc_xml_node *node)
{
	if (!node->first)
		csl_finding(loader, NKC_CODE_STYLE_EMPTY, node, "", "%.*s holds nothing",
		            NKC_STR_ARG(node->name));
}

static void bad_value(csl_loader *loader, const nkc_xml_node *node, const nkc_xml_attr *attr,
                      const csl_word *words)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, attr->value);
	for (bool wanted = words && csl_wants_hint(loader); wanted && words->name.len; words++)
		nkc_nearest_offer(&nearest, words->name);
	csl_finding_near(loader, NKC_CODE_STYLE_BAD_VALUE, node, attr->name.ptr, &nearest,
	                 "%.*s cannot be \"%.*s\"", NKC_STR_ARG(attr->name), NKC_STR_ARG(attr->value));
}

static void unknown_attr(csl_loader *loader, const nkc_xml_node *node, const nkc_xml_attr *attr,
                         const csl_target *targets, unsigned count)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, attr->name);
	for (unsigned i = 0; i < count && csl_wants_hint(loader); i++) {
		for (const csl_attr *a = targets[i].table; a->name.len; a++)
			nkc_nearest_offer(&nearest, a->name);
	}
	csl_finding_near(loader, NKC_CODE_STYLE_UNKNOWN_ATTRIBUTE, node, attr->name.ptr, &nearest,
	                 "%.*s on %.*s", NKC_STR_ARG(attr->name), NKC_STR_ARG(node->name));
}

/* --- words and attributes --- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool csl_next_word(nkc_str *rest, nkc_str *word)
{
	size_t from = 0, to;
	*word = *rest;
	if (rest->len == 0)
		return false;
	while (from < rest->len && is_space(rest->ptr[from]))
		from++;
	for (to = from; to < rest->len && !is_space(rest->ptr[to]); to++)
		;
	*word = nkc_str_slice(*rest, from, to);
	*rest = nkc_str_slice(*rest, to, rest->len);
	return word->len > 0;
}

bool csl_word_find(const csl_word *words, nkc_str name, uint16_t *value)
{
	for (; words->name.len; words++) {
		if (nkc_str_eq(words->name, name)) {
			*value = words->value;
			return true;
		}
	}
	return false;
}

/* xsd:boolean */
static const csl_word truths[] = {
	CSL_WORD("true", 1), CSL_WORD("false", 0), CSL_WORD("1", 1), CSL_WORD("0", 0), CSL_WORD_END,
};

#define COUNT_MAX 60000 /* names, lines: as good as without end */

static bool read_count(nkc_str text, uint16_t *value)
{
	unsigned number = 0;
	text = nkc_str_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		number = number * 10 + (unsigned)(text.ptr[i] - '0');
		number = number < COUNT_MAX ? number : COUNT_MAX;
	}
	*value = (uint16_t)number;
	return text.len > 0;
}

/* The character that "&#160;" or "&#xA0;" at the start of a text names, and its length; 0: it is none. */
static size_t reference(nkc_str text, uint32_t *rune)
{
	size_t at = 2, base = 10;
	*rune = 0;
	if (text.len > 3 && (text.ptr[2] == 'x' || text.ptr[2] == 'X')) {
		base = 16;
		at = 3;
	}
	size_t from = at;
	for (; at < text.len && *rune <= 0x10FFFF; at++) {
		const char *digits = "0123456789abcdef", *digit = strchr(digits, text.ptr[at] | 0x20);
		if (!text.ptr[at] || !digit || (size_t)(digit - digits) >= base)
			break;
		*rune = *rune * (uint32_t)base + (uint32_t)(digit - digits);
	}
	bool whole = at > from && at < text.len && text.ptr[at] == ';';
	return whole && *rune && *rune <= 0x10FFFF && (*rune < 0xD800 || *rune > 0xDFFF) ? at + 1 : 0;
}

/* Some styles escape twice ("&amp;#160;"). Nobody means to print that, and HTML shows the character. */
static nkc_str without_references(csl_loader *loader, nkc_str value)
{
	nkc_buf out = NKC_BUF_INIT;
	for (size_t at = 0; at < value.len;) {
		nkc_str rest = nkc_str_slice(value, at, value.len);
		uint32_t rune = 0;
		size_t len = nkc_str_starts(rest, NKC_STR("&#")) ? reference(rest, &rune) : 0;
		if (len)
			nkc_buf_put_rune(&out, rune);
		else
			nkc_buf_putc(&out, rest.ptr[0]);
		at += len ? len : 1;
	}
	nkc_str text = nkc_arena_str(loader->arena, nkc_buf_str(&out));
	nkc_buf_release(&out);
	return text;
}

static nkc_str with_single_spaces(csl_loader *loader, nkc_str value)
{
	char *single = nkc_arena_alloc(loader->arena, value.len + 1);
	size_t len = 0;
	for (size_t i = 0; single && i < value.len; i++) {
		if (value.ptr[i] != ' ' || !len || single[len - 1] != ' ')
			single[len++] = value.ptr[i];
	}
	return single ? nkc_str_make(single, len) : value;
}

static bool read_text(csl_loader *loader, const csl_attr *attr, nkc_str value, void *field)
{
	nkc_str *text = field;
	if (attr->kind == CSL_ATTR_RAW)
		*text = value;
	else if (nkc_str_find(value, NKC_STR("&#")) < value.len)
		*text = without_references(loader, value);
	else
		*text = nkc_arena_str(loader->arena, value);
	if (attr->kind == CSL_ATTR_JOIN)
		*text = with_single_spaces(loader, *text);
	return true;
}

static bool read_number(const csl_attr *attr, nkc_str value, void *field)
{
	uint16_t number;
	if (!read_count(value, &number))
		return false;
	if (attr->kind == CSL_ATTR_COUNT)
		*(uint16_t *)field = number;
	else
		*(unsigned *)field = number;
	return true;
}

static bool read_word(const csl_attr *attr, nkc_str value, void *field)
{
	uint16_t number;
	if (!csl_word_find(attr->kind == CSL_ATTR_TRUTH ? truths : attr->words, nkc_str_trim(value), &number))
		return false;
	if (attr->kind == CSL_ATTR_TRUTH)
		*(bool *)field = number != 0;
	else if (attr->kind == CSL_ATTR_WORD)
		*(uint8_t *)field = (uint8_t)number;
	else
		*(uint16_t *)field = (uint16_t)(*(uint16_t *)field | number);
	return true;
}

static bool read_value(csl_loader *loader, const csl_attr *attr, nkc_str value, void *field)
{
	switch ((csl_attr_kind)attr->kind) {
	case CSL_ATTR_TEXT:
	case CSL_ATTR_JOIN:
	case CSL_ATTR_RAW:
		return read_text(loader, attr, value, field);
	case CSL_ATTR_COUNT:
	case CSL_ATTR_NUMBER:
		return read_number(attr, value, field);
	case CSL_ATTR_TRUTH:
	case CSL_ATTR_WORD:
	case CSL_ATTR_BITS:
		break;
	}
	return read_word(attr, value, field);
}

static const csl_attr *find_attr(const csl_attr *table, nkc_str name)
{
	for (; table->name.len; table++) {
		if (nkc_str_eq(table->name, name))
			return table;
	}
	return NULL;
}

static void load_attr(csl_loader *loader, const nkc_xml_node *node, const nkc_xml_attr *given,
                      const csl_target *targets, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const csl_attr *attr = find_attr(targets[i].table, given->name);
		if (!attr)
			continue;
		char *into = targets[i].into;
		if (!read_value(loader, attr, given->value, into + attr->at)) {
			bad_value(loader, node, given, attr->kind == CSL_ATTR_TRUTH ? truths : attr->words);
			return;
		}
		if (attr->has)
			*(bool *)(into + attr->has) = true;
		if (targets[i].set)
			*targets[i].set |= (uint32_t)1 << (attr - targets[i].table);
		return;
	}
	/* Attributes of other namespaces are not ours to judge. */
	if (nkc_str_find_byte(given->name, ':') == given->name.len)
		unknown_attr(loader, node, given, targets, count);
}

void csl_load_attrs(csl_loader *loader, const nkc_xml_node *node, const csl_target *targets, unsigned count)
{
	for (unsigned i = 0; i < node->attr_count; i++)
		load_attr(loader, node, &node->attrs[i], targets, count);
}

/* --- formatting --- */

static const csl_word font_styles[] = {
	CSL_WORD("normal", CSL_NORMAL_STYLE),
	CSL_WORD("italic", CSL_ITALIC),
	CSL_WORD("oblique", CSL_OBLIQUE),
	CSL_WORD_END,
};
static const csl_word font_variants[] = {
	CSL_WORD("normal", CSL_NORMAL_VARIANT),
	CSL_WORD("small-caps", CSL_SMALL_CAPS),
	CSL_WORD_END,
};
static const csl_word font_weights[] = {
	CSL_WORD("normal", CSL_NORMAL_WEIGHT),
	CSL_WORD("bold", CSL_BOLD),
	CSL_WORD("light", CSL_LIGHT),
	CSL_WORD_END,
};
static const csl_word decorations[] = {
	CSL_WORD("none", CSL_NO_DECORATION),
	CSL_WORD("underline", CSL_UNDERLINE),
	CSL_WORD_END,
};
static const csl_word alignments[] = {
	CSL_WORD("baseline", CSL_BASELINE),
	CSL_WORD("sup", CSL_SUP),
	CSL_WORD("sub", CSL_SUB),
	CSL_WORD_END,
};
static const csl_word displays[] = {
	CSL_WORD("block", CSL_DISPLAY_BLOCK),
	CSL_WORD("left-margin", CSL_DISPLAY_LEFT_MARGIN),
	CSL_WORD("right-inline", CSL_DISPLAY_RIGHT_INLINE),
	CSL_WORD("indent", CSL_DISPLAY_INDENT),
	CSL_WORD_END,
};
static const csl_word cases[] = {
	CSL_WORD("lowercase", CSL_CASE_LOWERCASE),
	CSL_WORD("uppercase", CSL_CASE_UPPERCASE),
	CSL_WORD("capitalize-first", CSL_CASE_CAPITALIZE_FIRST),
	CSL_WORD("capitalize-all", CSL_CASE_CAPITALIZE_ALL),
	CSL_WORD("sentence", CSL_CASE_SENTENCE),
	CSL_WORD("title", CSL_CASE_TITLE),
	CSL_WORD_END,
};

static const csl_word quotings[] = {
	CSL_WORD("true", CSL_QUOTES_ON),
	CSL_WORD("false", CSL_QUOTES_OFF),
	CSL_WORD_END,
};

static const csl_attr format_attrs[] = {
	CSL_ATTR("prefix", TEXT, csl_format, prefix),
	CSL_ATTR("suffix", TEXT, csl_format, suffix),
	CSL_ATTR_OF("font-style", BITS, csl_format, font, font_styles),
	CSL_ATTR_OF("font-variant", BITS, csl_format, font, font_variants),
	CSL_ATTR_OF("font-weight", BITS, csl_format, font, font_weights),
	CSL_ATTR_OF("text-decoration", BITS, csl_format, font, decorations),
	CSL_ATTR_OF("vertical-align", BITS, csl_format, font, alignments),
	CSL_ATTR_OF("text-case", WORD, csl_format, text_case, cases),
	CSL_ATTR_OF("display", WORD, csl_format, display, displays),
	CSL_ATTR_OF("quotes", WORD, csl_format, quotes, quotings),
	CSL_ATTR("strip-periods", TRUTH, csl_format, strip_periods),
	CSL_ATTR_END,
};

/*
 * Only what stands directly in a layout, or in a choice there, is a block of its own: a block within the run of
 * another is none (so citeproc-js).
 */
static bool is_outermost(const nkc_xml_node *node)
{
	static const char *const choices[] = { "choose", "if", "else-if", "else" };
	for (node = node->parent; node; node = node->parent) {
		bool choice = false;
		for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
			choice |= nkc_str_is(node->name, choices[i]);
		if (!choice)
			return nkc_str_is(node->name, "layout");
	}
	return false;
}

void csl_load_formatted(csl_loader *loader, const nkc_xml_node *node, csl_target target, csl_format *format,
                        uint32_t may)
{
	uint32_t set = 0;
	csl_load_attrs(loader, node, (csl_target[]){ target, { format_attrs, format, &set } }, 2);
	if (format->display && !is_outermost(node))
		format->display = CSL_DISPLAY_NONE;
	if (!(may & CSL_MAY_CASE)) /* names, groups and layouts have no case: what they hold has */
		format->text_case = CSL_CASE_NONE;
	for (unsigned i = 0; set & ~may; i++) {
		if (set & ~may & (uint32_t)1 << i)
			csl_finding(loader, NKC_CODE_STYLE_UNKNOWN_ATTRIBUTE, node, format_attrs[i].name.ptr,
			            "%s on %.*s", format_attrs[i].name.ptr, NKC_STR_ARG(node->name));
		set &= ~((uint32_t)1 << i);
	}
}

/* --- files --- */

bool csl_is_ours(const nkc_xml_node *node)
{
	return node->space.len == 0 || nkc_str_is(node->space, CSL_NAMESPACE);
}

nkc_status csl_parse_xml(csl_loader *loader, nkc_xml_node **root)
{
	nkc_xml_fault fault;
	nkc_status status = nkc_xml_parse(loader->scratch, loader->source.text, root, &fault);
	if (status == NKC_ENOMEM)
		return status;
	if (status) {
		nkc_place place = { .source = &loader->source, .offset = fault.at, .length = 1 };
		nkc_code code = status == NKC_ELIMIT ? NKC_CODE_STYLE_LIMIT : NKC_CODE_STYLE_XML;
		nkc_diags_add(loader->diags, code, &place, NULL, "%s", fault.what);
	}
	return status;
}

nkc_status csl_load_xml(csl_loader *loader, const char *root_name, nkc_xml_node **root)
{
	nkc_status status = csl_parse_xml(loader, root);
	if (status)
		return status;
	if (!nkc_str_is((*root)->name, root_name) || !csl_is_ours(*root)) {
		csl_finding(loader, NKC_CODE_STYLE_NOT_CSL, *root, "",
		            "the root element is %.*s, not %s of CSL", NKC_STR_ARG((*root)->name), root_name);
		return NKC_EINVALID;
	}
	if ((*root)->space.len == 0)
		csl_finding(loader, NKC_CODE_STYLE_NAMESPACE, *root, "", "%s has no namespace", root_name);
	return NKC_OK;
}

static void unknown_term(csl_loader *loader, const nkc_xml_node *node, const char *attr, nkc_str name)
{
	nkc_nearest nearest;
	nkc_nearest_init(&nearest, name);
	bool wanted = csl_wants_hint(loader);
	for (csl_term term = CSL_TERM_NONE + 1; wanted && term < CSL_TERM_KNOWN; term++)
		nkc_nearest_offer(&nearest, csl_term_name(term));
	csl_finding_near(loader, NKC_CODE_STYLE_UNKNOWN_TERM, node, attr, &nearest, "\"%.*s\" is not a term",
	                 NKC_STR_ARG(name));
}

csl_term csl_load_term_name(csl_loader *loader, const nkc_xml_node *node, const char *attr, nkc_str name)
{
	csl_term term = csl_term_find(name);
	for (unsigned i = 0; term == CSL_TERM_NONE && i < loader->own_term_count; i++) {
		if (nkc_str_eq(loader->own_terms[i], name))
			term = (csl_term)(CSL_TERM_KNOWN + i);
	}
	if (term == CSL_TERM_NONE)
		unknown_term(loader, node, attr, name);
	return term;
}
