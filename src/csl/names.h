/*
 * names.h: what the files about names share. Each answers one question: which names (eval_names.c), joined how
 * (name_list.c), one name in which order (name_order.c), with which initials (name_initials.c).
 */
#ifndef NKC_SRC_CSL_NAMES_H
#define NKC_SRC_CSL_NAMES_H

#include "csl/eval.h"

/* How one name is to be rendered. */
typedef struct csl_name_style {
	const csl_name_options *options;
	const csl_format *family, *given; /* of cs:name-part; NULL: none */
	bool inverted; /* name-as-sort-order applies */
	bool sorting;
	uint8_t level; /* csl_choice.given: 0 as the options say, 1 initials, 2 full */
} csl_name_style;

/* One name as a node; NULL when nothing of it is rendered. */
csl_out *csl_name_render(csl_eval *eval, const csl_name_style *style, const nkc_name *name);

/* Finds the particles of a name: "van Gogh" as family has "van" as its non-dropping particle. Once a name. */
void csl_name_parse(nkc_name *name);
/* Is it written family name first, without a space (Chinese, Japanese, Korean)? */
bool csl_name_is_family_first(const nkc_name *name);

/* "Jean-Luc K." as initials: with the text behind each, with or without hyphens. In the scratch arena. */
nkc_str csl_name_initials(nkc_arena *arena, nkc_str given, nkc_str with, bool hyphen);
/* Only initials that stand there already get that text: "J.R. Ronald" with ". " is "J. R. Ronald". */
nkc_str csl_name_normalise(nkc_arena *arena, nkc_str given, nkc_str with, bool hyphen);

/* How many names are shown, whether et al. follows, whether the last follows an ellipsis. */
typedef struct csl_et_al {
	unsigned shown;
	bool et_al;
	bool use_last;
} csl_et_al;

csl_et_al csl_names_cut(const csl_eval *eval, const csl_name_options *options, unsigned count);

/*
 * The names of one variable as a list, tagged CSL_TAG_NAME_LIST; label and affixes are the caller's. `options` are those in
 * force; `names` gives the formats.
 */
csl_out *csl_name_list(csl_eval *eval, const csl_names *names, const csl_name_options *options, const nkc_name *list,
                       unsigned count);

#endif
