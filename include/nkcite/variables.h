/*
 * variables.h: the variables and types of CSL 1.0.2 as numbers.
 */
#ifndef NKCITE_VARIABLES_H
#define NKCITE_VARIABLES_H

#include <nkcite/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NKC_VAR_TITLE, ...; 0 is "not a CSL variable". */
typedef enum nkc_var {
	NKC_VAR_NONE = 0,
#define NKC_VAR(symbol, name, kind) NKC_VAR_##symbol,
#include <nkcite/variables.def>
#undef NKC_VAR
	NKC_VAR_COUNT
} nkc_var;

typedef enum nkc_kind {
	NKC_KIND_NONE = 0,
	NKC_KIND_STRING,
	NKC_KIND_NUMBER,
	NKC_KIND_NAMES,
	NKC_KIND_DATE,
	NKC_KIND_LIST,
	NKC_KIND_OBJECT,
	NKC_KIND_SHORT /* outlet, date, url: see record.h, nkc_record_expand */
} nkc_kind;

/* NKC_TYPE_BOOK, ...; 0 is "no type, or one that CSL does not know". */
typedef enum nkc_type {
	NKC_TYPE_NONE = 0,
#define NKC_TYPE(symbol, name) NKC_TYPE_##symbol,
#include <nkcite/types.def>
#undef NKC_TYPE
	NKC_TYPE_COUNT
} nkc_type;

/* The variable of that exact name ("container-title"), or NKC_VAR_NONE. */
NKC_API nkc_var nkc_var_find(nkc_str name);
/* "container-title"; "" for NKC_VAR_NONE. Never NULL. */
NKC_API const char *nkc_var_name(nkc_var var);
NKC_API nkc_kind nkc_var_kind(nkc_var var);

/* The type of that exact name, or NKC_TYPE_NONE. */
NKC_API nkc_type nkc_type_find(nkc_str name);
/* "article-journal"; "" for NKC_TYPE_NONE. Never NULL. */
NKC_API const char *nkc_type_name(nkc_type type);

#ifdef __cplusplus
}
#endif

#endif
