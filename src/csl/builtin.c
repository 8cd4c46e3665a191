#include "csl/builtin.h"

/* Made from the file by the build. */
static const unsigned char locale_en_us[] = {
#include "csl/locale_en_us.inc"
};

static const unsigned char style[] = {
#include "csl/style_builtin.inc"
};

nkc_str csl_builtin_locale(void)
{
	return nkc_str_make((const char *)locale_en_us, sizeof locale_en_us);
}

nkc_str csl_builtin_style(void)
{
	return nkc_str_make((const char *)style, sizeof style);
}
