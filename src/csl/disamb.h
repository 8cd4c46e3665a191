/*
 * disamb.h: what the two files that tell cites apart share.
 */
#ifndef NKC_SRC_CSL_DISAMB_H
#define NKC_SRC_CSL_DISAMB_H

#include "csl/document.h"

/* Items whose cites read the same before anything is done about it. */
typedef struct csl_class {
	csl_held *first; /* in the order of the bibliography when the class was last dealt with */
	uint32_t count;
	bool stale;      /* a member has come, gone or changed */
} csl_class;

/* A form of a name, and whose it is. */
typedef struct csl_name_form {
	csl_shown_name *first;
	uint32_t persons; /* so many different ones */
} csl_name_form;

struct csl_classes {
	nkc_set by_key;    /* csl_held.own_key -> index in items + 1 */
	csl_class *items;
	size_t count, cap;

	nkc_set by_form;   /* fingerprint of a form and its level -> index in forms + 1 */
	csl_name_form *forms;
	size_t form_count, form_cap;
	nkc_set persons;   /* fingerprint of a form and a person -> how many names */

	csl_held **work;   /* items whose key is to be made (csl_held.waiting) */
	size_t work_count, work_cap;
	size_t joined, left; /* items and names that came in, and that went again: their slots stay */
	nkc_status status;
};

/* A form of a name at a level, and the names that have the same. */
typedef struct csl_name_link {
	uint64_t form; /* fingerprint; 0: not asked for */
	csl_shown_name *next, *before;
} csl_name_link;

struct csl_shown_name {
	csl_held *held;
	const csl_name_options *options;
	uint64_t person;       /* fingerprint of all its parts */
	uint32_t index;        /* into csl_choice.given */
	uint32_t place;        /* in the list of `variable` */
	uint8_t variable;      /* nkc_var */
	csl_name_link link;    /* of level 0 */
	csl_name_link *deeper; /* of levels 1 and 2; NULL: level 0 tells who it is */
};

/* Puts an item on the list of work, once. */
void csl_classes_wait(csl_classes *classes, csl_held *held);
/* Shows a name at a level (csl_choice.given). False: out of memory. */
bool csl_give(csl_held *held, unsigned index, uint8_t level);
/* Does the style ask for initials only when it tells names apart? Then levels end at 1. */
bool csl_gives_initials(const nkc_style *style);

/* --- disamb_ladder.c --- */

/* Renders an item's cite, as it says least, and gives the fingerprint of it. eval->census may be set before. */
nkc_status csl_key_make(nkc_document *document, csl_item *item, csl_eval *eval, uint64_t *key);
/* Makes the choices for items whose cites read the same. */
nkc_status csl_class_tell(nkc_document *document, csl_held **members, size_t count);

/* --- disamb_names.c: names told apart for their own sake (givenname-disambiguation-rule other than by-cite) --- */

uint64_t csl_person_hash(const nkc_name *name);
/* Takes in the names that an evaluation has seen. Items whose names become ambiguous by them are put to work. */
void csl_names_take(csl_classes *classes, csl_held *held, csl_eval *eval, const csl_census *census);
/*
 * A further level of a name is asked for when the one below is that of several persons. Brings the levels of all names of the
 * items at work up to date, which may put more to work.
 */
void csl_names_deepen(nkc_document *document);
/* Takes the names of an item out again. */
void csl_names_drop(csl_classes *classes, csl_held *held);
/* Sets the level of each of its names: the least at which it stands for one person. */
void csl_names_give(csl_classes *classes, csl_held *held, const nkc_style *style);

#endif
