/* A locale file: whatever the bytes, it is read or refused, and each of its terms can be asked for. */
#include "fuzz.h"

#include "csl/load.h"

static void ask(const csl_locale *locale)
{
	nkc_str text;
	for (unsigned i = 0; i < locale->term_count; i++) {
		csl_term term = (csl_term)i;
		for (csl_form form = CSL_FORM_LONG; form <= CSL_FORM_SYMBOL; form++)
			MUST(!csl_locale_term(locale, term, form, false, &text) || text.ptr);
		csl_gender gender = csl_locale_gender(locale, term);
		MUST(gender <= CSL_GENDER_MASCULINE);
		MUST(!csl_locale_gendered(locale, term, gender, &text) || text.ptr);
	}
	for (unsigned i = 0; i < 2; i++)
		MUST(locale->dates[i].part_count <= 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	nkc_arena *arena = nkc_arena_new(), *scratch = nkc_arena_new();
	nkc_diags *diags = nkc_diags_new();
	nkc_xml_node *root;
	csl_locale locale;
	MUST(arena && scratch && diags);
	csl_loader loader = { .arena = arena, .scratch = scratch, .diags = diags };
	loader.source = nkc_source_make(NKC_STR("fuzz.xml"), text);
	if (csl_load_xml(&loader, "locale", &root) == NKC_OK) {
		csl_load_locale(&loader, root, &locale);
		ask(&locale);
	} else {
		MUST(nkc_diags_count(diags) > 0);
	}
	nkc_diags_free(diags);
	nkc_arena_free(scratch);
	nkc_arena_free(arena);
	return 0;
}
