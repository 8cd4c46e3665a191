/*
 * langtag.h: language tags (BCP 47, RFC 5646): are they well-formed, and what was meant where they are not.
 */
#ifndef NKC_RECORD_LANGTAG_H
#define NKC_RECORD_LANGTAG_H

#include <nkcite/base.h>

/* The first subtags of a tag, borrowed; empty when there is none. */
typedef struct nkc_langtag {
	nkc_str language; /* of a grandfathered tag or x-..., the whole tag */
	nkc_str script;
	nkc_str region;
	size_t at, length; /* of a tag that is not well-formed: the subtag at fault */
} nkc_langtag;

/* Well-formed (RFC 5646, section 2.2.9)? Letters may be of either case. */
bool nkc_langtag_parse(nkc_str text, nkc_langtag *tag);

/* Is it one of the two-letter codes of ISO 639-1? */
bool nkc_language_is_known(nkc_str two);
/* The two letters for a code of three (ISO 639-2, both kinds); "" when there are none. */
const char *nkc_language_from_three(nkc_str three);
/* The code for a name in English or in the language itself ("Korean", "한국어"), or for the code of a country that is
 * mistaken for one ("jp"); "" when there is none. The name must be in lower case. */
const char *nkc_language_from_name(nkc_str name);
/* Is it a two-letter code of ISO 3166-1 (or EU, UN)? */
bool nkc_region_is_known(nkc_str two);

#endif
