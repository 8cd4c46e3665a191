/*
 * styles.h (inner): the folders where styles are looked for, and what was found there.
 */
#ifndef NKC_SRC_CSL_STYLES_H
#define NKC_SRC_CSL_STYLES_H

#include <nkcite/style.h>
#include <nkcite/value.h>

/* The folders of a folder of styles that hold styles too: the CSL project's dependent ones, Zotero's parents. */
extern const char *const csl_style_folders[];

typedef struct csl_styles_folder {
	struct csl_styles_folder *next;
	nkc_str path, origin;
} csl_styles_folder;

/* A style that was found; `info` comes first. */
typedef struct csl_found {
	nkc_style_info info;
	size_t order; /* that of the folders */
	bool read;
} csl_found;

struct nkc_styles {
	nkc_arena *arena;
	csl_styles_folder *folders;
	const nkc_style_info **listed; /* NULL: not yet */
	size_t count;
};

/* An entry for the style of that file (empty: the one compiled in). NULL when memory is out. */
csl_found *csl_styles_entry(nkc_styles *styles, nkc_str name, nkc_str path, nkc_str origin);

/* Reads cs:info out of the head of a style, which ends behind it; what is not there stays as it is. */
nkc_status csl_style_info_read(nkc_arena *arena, nkc_str xml, nkc_style_info *info);

#endif
