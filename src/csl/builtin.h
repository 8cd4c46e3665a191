/*
 * builtin.h: what is compiled into the library, so that it works without any file.
 */
#ifndef NKC_SRC_CSL_BUILTIN_H
#define NKC_SRC_CSL_BUILTIN_H

#include <nkcite/base.h>

/* styles/locales/locales-en-US.xml */
nkc_str csl_builtin_locale(void);

/* styles/<CSL_BUILTIN_STYLE>.csl; Makemodule.am says which. */
nkc_str csl_builtin_style(void);

#endif
