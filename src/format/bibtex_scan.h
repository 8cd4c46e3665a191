/*
 * bibtex_scan.h: the entries of a .bib file as it is: names and values, not yet their meaning.
 *
 * Scanned as BibTeX does (btxdoc; btparse's grammar for what biber adds), and on behind what people and programs get
 * wrong: missing commas, braces and keys. A line in a value that begins like an entry ends the broken one
 * there, so that a bad entry costs no other.
 */
#ifndef NKC_SRC_FORMAT_BIBTEX_SCAN_H
#define NKC_SRC_FORMAT_BIBTEX_SCAN_H

#include "base/set.h"

#include <nkcite/diag.h>
#include <nkcite/value.h>

/* So many fields of an entry are read: real ones have a few dozen at most. */
#define NKC_BIB_FIELDS_MAX 256

typedef struct nkc_bib_raw_field {
	nkc_str name;  /* as it is written */
	nkc_str value; /* without its braces or quotes; strings and pieces are joined */
	size_t at;     /* offset of the name from the entry's beginning */
} nkc_bib_raw_field;

typedef struct nkc_bib_raw {
	nkc_str type, key; /* key: empty when there is none */
	size_t start, end; /* offsets in the text: of '@', behind the entry */
	nkc_bib_raw_field fields[NKC_BIB_FIELDS_MAX];
	size_t count;
	/* the first thing that was wrong; NKC_CODE_NONE: nothing */
	nkc_code fault;
	size_t fault_at; /* from the entry's beginning */
	const char *fault_what; /* static */
} nkc_bib_raw;

/* @string definitions. Names count without case. */
typedef struct nkc_bib_strings {
	nkc_set names;   /* fingerprints of the names, with 1 + offset in `bytes` of name, NUL, value, NUL */
	nkc_buf bytes;
} nkc_bib_strings;

/* All @string together may be so long. */
#define NKC_BIB_STRINGS_MAX ((size_t)16 << 20)

void nkc_bib_strings_init(nkc_bib_strings *strings);
void nkc_bib_strings_release(nkc_bib_strings *strings);

typedef enum nkc_bib_found {
	NKC_BIB_ENTRY, /* `raw` is set, *at is behind it */
	NKC_BIB_OTHER, /* text between entries, @comment, @preamble or @string was passed over; *at moved on */
	NKC_BIB_MORE,  /* the text ends within something; *at is where that begins */
	NKC_BIB_END
} nkc_bib_found;

/*
 * Looks at what stands at text[*at]. `whole`: no more text can come. Values that are not plain pieces of the
 * text live in the arena.
 */
nkc_bib_found nkc_bib_scan(nkc_str text, size_t *at, bool whole, nkc_bib_strings *strings, nkc_arena *arena,
                           nkc_bib_raw *raw);

#endif
