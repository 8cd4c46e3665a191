#include "csl/load.h"

static const csl_word date_forms[] = {
	CSL_WORD("numeric", CSL_FORM_NUMERIC),
	CSL_WORD("text", CSL_FORM_TEXT),
	CSL_WORD_END,
};
static const csl_word date_parts[] = {
	CSL_WORD("year", 1),
	CSL_WORD("year-month", 2),
	CSL_WORD("year-month-day", 3),
	CSL_WORD_END,
};
static const csl_word part_names[] = {
	CSL_WORD("day", CSL_DAY),
	CSL_WORD("month", CSL_MONTH),
	CSL_WORD("year", CSL_YEAR),
	CSL_WORD_END,
};
static const csl_word part_forms[] = {
	CSL_WORD("long", CSL_FORM_LONG),
	CSL_WORD("short", CSL_FORM_SHORT),
	CSL_WORD("numeric", CSL_FORM_NUMERIC),
	CSL_WORD("numeric-leading-zeros", CSL_FORM_NUMERIC_LEADING_ZEROS),
	CSL_WORD("ordinal", CSL_FORM_ORDINAL),
	CSL_WORD_END,
};

typedef struct date_raw {
	nkc_str variable, delimiter;
	uint8_t form, parts_shown;
} date_raw;

static const csl_attr date_attrs[] = {
	CSL_ATTR("variable", RAW, date_raw, variable),
	CSL_ATTR("delimiter", TEXT, date_raw, delimiter),
	CSL_ATTR_OF("form", WORD, date_raw, form, date_forms),
	CSL_ATTR_OF("date-parts", WORD, date_raw, parts_shown, date_parts),
	CSL_ATTR_END,
};
static const csl_attr localized_attrs[] = {
	CSL_ATTR_OF("form", WORD, csl_date, form, date_forms),
	CSL_ATTR("delimiter", TEXT, csl_date, delimiter),
	CSL_ATTR_END,
};
static const csl_attr part_attrs[] = {
	CSL_ATTR_OF("name", WORD, csl_date_part, name, part_names),
	{ NKC_STR_INIT("form"), CSL_ATTR_WORD, offsetof(csl_date_part, form),
	  offsetof(csl_date_part, has_form), part_forms },
	CSL_ATTR_HAS("range-delimiter", TEXT, csl_date_part, range_delimiter, has_range_delimiter),
	CSL_ATTR_END,
};
static void load_part(csl_loader *loader, const nkc_xml_node *node, csl_date *date)
{
	csl_date_part part = { .range_delimiter = NKC_STR(""), .format = CSL_FORMAT_NONE };
	uint32_t set = 0;
	csl_load_formatted(loader, node, (csl_target){ part_attrs, &part, &set }, &part.format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_STRIP);
	if (!(set & 1)) {
		csl_finding(loader, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "date-part has no name");
		return;
	}
	if (date->part_count == sizeof date->parts / sizeof *date->parts) {
		csl_finding(loader, NKC_CODE_STYLE_UNKNOWN_ELEMENT, node, "", "a fourth date-part");
		return;
	}
	if (!part.has_form)
		part.form = part.name == CSL_DAY ? CSL_FORM_NUMERIC : CSL_FORM_LONG;
	date->parts[date->part_count++] = part;
}

static void load_parts(csl_loader *loader, const nkc_xml_node *node, csl_date *date)
{
	for (const nkc_xml_node *child = node->first; child; child = child->next) {
		if (nkc_str_is(child->name, "date-part"))
			load_part(loader, child, date);
		else
			csl_unknown_element(loader, child);
	}
}

void csl_load_date(csl_loader *loader, const nkc_xml_node *node, csl_date *date, csl_format *format,
                   nkc_str *variable)
{
	date_raw raw = {
		.variable = NKC_STR(""), .delimiter = NKC_STR(""), .form = CSL_FORM_LONG, .parts_shown = 3
	};
	csl_load_formatted(loader, node, (csl_target){ date_attrs, &raw, NULL }, format,
	                   CSL_MAY_AFFIXES | CSL_MAY_FONT | CSL_MAY_CASE | CSL_MAY_DISPLAY);
	*date = (csl_date){ .form = raw.form,
		            .parts_shown = raw.parts_shown,
		            .delimiter = raw.delimiter,
		            .format = CSL_FORMAT_NONE };
	*variable = raw.variable;
	load_parts(loader, node, date);
	if (date->form == CSL_FORM_LONG)
		csl_check_filled(loader, node);
}

void csl_load_localized_date(csl_loader *loader, const nkc_xml_node *node, csl_date *date)
{
	*date = (csl_date){
		.form = CSL_FORM_LONG, .parts_shown = 3, .delimiter = NKC_STR(""), .format = CSL_FORMAT_NONE
	};
	csl_load_formatted(loader, node, (csl_target){ localized_attrs, date, NULL }, &date->format,
	                   CSL_MAY_FONT | CSL_MAY_CASE);
	load_parts(loader, node, date);
	if (date->form == CSL_FORM_LONG)
		csl_finding(loader, NKC_CODE_STYLE_MISSING_ATTRIBUTE, node, "", "date has no form");
	csl_check_filled(loader, node);
}
