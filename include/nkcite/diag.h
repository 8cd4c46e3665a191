/*
 * diag.h: findings, for the person.
 *
 * A finding has a stable code ("date/month-range"), a severity, a place, a
 * message and a remedy. All codes stand in codes.def. Functions append to a
 * list; the list is capped and counts what it no longer keeps.
 */
#ifndef NKCITE_DIAG_H
#define NKCITE_DIAG_H

#include <nkcite/base.h>
#include <nkcite/source.h>
#include <nkcite/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nkc_severity {
	NKC_HINT = 1,
	NKC_WARNING,
	NKC_ERROR
} nkc_severity;

/* "hint", "warning", "error" */
NKC_API const char *nkc_severity_name(nkc_severity severity);

/* NKC_CODE_DATE_MONTH_RANGE, ...; 0 is "no such code". */
typedef enum nkc_code {
	NKC_CODE_NONE = 0,
#define NKC_CODE(symbol, name, severity, summary, remedy, detail, example) NKC_CODE_##symbol,
#include <nkcite/codes.def>
#undef NKC_CODE
	NKC_CODE_COUNT
} nkc_code;

/* What is known of a code; all texts are static. */
typedef struct nkc_code_info {
	const char *name;      /* "date/month-range" */
	nkc_severity severity; /* unless the user says otherwise */
	const char *summary;   /* half a line: what is wrong */
	const char *remedy;    /* half a line: what to do */
	const char *detail;    /* the long form of `nkcite explain` */
	const char *example;   /* a piece of a record that has the fault, and one mended */
} nkc_code_info;

/* Never NULL (NKC_CODE_NONE gives empty texts). */
NKC_API const nkc_code_info *nkc_code_get(nkc_code code);
NKC_API nkc_code nkc_code_find(nkc_str name);

/* One finding. Its texts belong to the list. */
typedef struct nkc_diag {
	nkc_code code;
	nkc_severity severity;
	nkc_str file;      /* may be empty: a finding about no file */
	nkc_position from; /* line 0: no place in the file */
	uint64_t width;    /* columns under the carets, at least 1 when there is a place */
	nkc_str line;      /* the source line (a part of it when it is long), for the carets */
	uint64_t line_column; /* column of the first code point of `line` */
	nkc_str record;    /* id of the record, may be empty */
	nkc_str pointer;   /* JSON Pointer in the record; empty when there is none */
	nkc_str message;
	nkc_str hint;      /* remedy for this very case; else that of the code */
} nkc_diag;

/* So many findings are kept; the rest is counted (a file of garbage must not fill the memory). */
#define NKC_DIAGS_MAX 10000

typedef struct nkc_diags nkc_diags;

/* A sink sees each finding at once, in order; the list then keeps none. */
typedef void (*nkc_diag_sink)(void *context, const nkc_diag *diag);

NKC_API nkc_diags *nkc_diags_new(void);
NKC_API void nkc_diags_free(nkc_diags *diags);
NKC_API void nkc_diags_set_sink(nkc_diags *diags, nkc_diag_sink sink, void *context);
/* Forgets what was kept; counts go on. */
NKC_API void nkc_diags_clear(nkc_diags *diags);

NKC_API size_t nkc_diags_count(const nkc_diags *diags);
NKC_API const nkc_diag *nkc_diags_at(const nkc_diags *diags, size_t index);
/* How many of that severity were ever added (kept or not). */
NKC_API uint64_t nkc_diags_total(const nkc_diags *diags, nkc_severity severity);
/* How many were added but not kept because of NKC_DIAGS_MAX. */
NKC_API uint64_t nkc_diags_dropped(const nkc_diags *diags);

/*
 * Which codes are wanted: patterns are a code ("date/month-range"), a group
 * ("date") or "all". Later calls win. NKC_ENOTFOUND when nothing has that name.
 */
NKC_API nkc_status nkc_diags_enable(nkc_diags *diags, nkc_str pattern, bool wanted);
NKC_API void nkc_diags_set_minimum(nkc_diags *diags, nkc_severity minimum);
/* Is it worth the work to look for this? */
NKC_API bool nkc_diags_wants(const nkc_diags *diags, nkc_code code);

/* Where a finding is: any part may be missing (NULL, empty, 0). */
typedef struct nkc_place {
	nkc_source *source;
	size_t offset; /* in source->text */
	size_t length; /* bytes; 0: to the end of the token at offset */
	nkc_str record;
	const nkc_value *value; /* for the pointer */
	nkc_str pointer;        /* appended to the value's pointer, e.g. "/family" */
} nkc_place;

/*
 * Adds a finding. `hint` is the remedy for this case, or NULL for the code's
 * own; the message is printf's. Does nothing when diags is NULL.
 */
NKC_API void nkc_diags_add(nkc_diags *diags, nkc_code code, const nkc_place *place, const char *hint,
                           const char *format, ...) NKC_PRINTF(5, 6);

#ifdef __cplusplus
}
#endif

#endif
