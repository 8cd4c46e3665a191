/* A style: whatever the bytes, it compiles or says why not, and what compiled can be given a locale. */
#include "fuzz.h"

#include "csl/locale.h"

static void check_place(void *context, const nkc_diag *diag)
{
	const nkc_str *text = context;
	MUST(diag->message.len > 0);
	MUST(diag->from.line <= text->len + 1);
	MUST(diag->from.column <= text->len + 1);
}

static void resolve(const nkc_style *style)
{
	static nkc_locales *locales;
	nkc_arena *arena = nkc_arena_new();
	const csl_locale *locale;
	nkc_str text;
	MUST(arena && (locales || nkc_locales_open(&locales, NULL, NULL) == NKC_OK));
	MUST(csl_locale_resolve(style, locales, NKC_STR(""), arena, NULL, &locale) == NKC_OK);
	for (unsigned i = 0; i < locale->term_count; i++) {
		for (csl_form form = CSL_FORM_LONG; form <= CSL_FORM_SYMBOL; form++)
			(void)csl_locale_term(locale, (csl_term)i, form, true, &text);
	}
	nkc_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	nkc_diags *diags = nkc_diags_new();
	nkc_style *style;
	MUST(diags);
	nkc_diags_set_sink(diags, check_place, &text);
	nkc_status status = nkc_style_parse(&style, text, NKC_STR("fuzz.csl"), diags);
	MUST((status == NKC_OK) == (style != NULL));
	MUST(status == NKC_OK || nkc_diags_total(diags, NKC_ERROR) > 0);
	if (style)
		resolve(style);
	nkc_style_free(style);
	nkc_diags_free(diags);
	return 0;
}
