#include "markup/markup.h"

#define NKC_MARKUP(name) extern const nkc_markup nkc_markup_##name;
#include "markup/markups.inc"
#undef NKC_MARKUP

static const nkc_markup *const markups[] = {
#define NKC_MARKUP(name) &nkc_markup_##name,
#include "markup/markups.inc"
#undef NKC_MARKUP
};

#define MARKUPS (sizeof markups / sizeof *markups)

const nkc_markup *nkc_markup_at(size_t index)
{
	return index < MARKUPS ? markups[index] : NULL;
}

const nkc_markup *nkc_markup_find(nkc_str name)
{
	for (size_t i = 0; i < MARKUPS; i++) {
		if (nkc_str_eq_nocase(name, nkc_str_from(markups[i]->name)))
			return markups[i];
	}
	return NULL;
}

const char *nkc_markup_name(const nkc_markup *markup)
{
	return markup->name;
}

const char *nkc_markup_title(const nkc_markup *markup)
{
	return markup->title;
}
