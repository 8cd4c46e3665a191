#include "csl/builtin.h"

/* Made from the file by the build. */
static const unsigned char locale_en_us[] = {
#include "csl/locale_en_us.inc"
};

nkc_str csl_builtin_locale(void)
{
	return nkc_str_make((const char *)locale_en_us, sizeof locale_en_us);
}
