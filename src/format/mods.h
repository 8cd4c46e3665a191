/*
 * mods.h: the parts of the format mods (Metadata Object Description Schema 3, of the Library of Congress).
 */
#ifndef NKC_SRC_FORMAT_MODS_H
#define NKC_SRC_FORMAT_MODS_H

#include "base/xml.h"
#include "format/format.h"

#define NKC_MODS_SPACE "http://www.loc.gov/mods/v3"

typedef struct nkc_mods_type {
	nkc_type type;
	const char *genre;    /* of the MARC Genre Term List, of what it is part of if it is part of something; or NULL */
	const char *resource; /* typeOfResource */
} nkc_mods_type;

/* What an item of that type is in MARC's words. */
const nkc_mods_type *nkc_mods_type_for(nkc_type type);
/* The type that a word of a genre means ("journalArticle", "theses", "stillimage"), in letters of any case; NKC_TYPE_NONE: none. */
nkc_type nkc_mods_genre(nkc_str word);
/* The same of typeOfResource. */
nkc_type nkc_mods_resource(nkc_str word);
/* Is such an item a part of something: an article, a chapter? */
bool nkc_mods_is_part(nkc_type type);

typedef struct nkc_mods_role {
	const char *code; /* MARC relator, or "": it has none */
	const char *word; /* the same in words */
	nkc_var var;
} nkc_mods_role;

/* The role that is written for a variable, or NULL. */
const nkc_mods_role *nkc_mods_role_for(nkc_var var);
/* The variable that a code or word of a role means; NKC_VAR_NONE: none. */
nkc_var nkc_mods_role_var(nkc_str term);

/* The item that a mods element shows, made in the arena. */
nkc_value *nkc_mods_item(nkc_arena *arena, const nkc_xml_node *mods);

/* The element that has a variable, or NULL. */
const char *nkc_mods_place(nkc_var var);

/* Appends a strict CSL-JSON item as a mods element, with nkcite's own object, if there is one. */
void nkc_mods_put(nkc_buf *out, const nkc_value *item, nkc_str own);

#endif
