/*
 * record_impl.h: what an nkc_record is inside.
 */
#ifndef NKC_SRC_RECORD_RECORD_IMPL_H
#define NKC_SRC_RECORD_RECORD_IMPL_H

#include <nkcite/record.h>

/* A record's text may be so long: a person's record has a kilobyte, a book's text is not a record. */
#define NKC_RECORD_MAX ((size_t)16 << 20)

/*
 * What is made of a record's text may take so many bytes: a list of empty names takes forty times the bytes of its text.
 * A text that CSL-JSON's own bounds let pass does not come near.
 */
#define NKC_RECORD_MEMORY_MAX ((size_t)128 << 20)

struct nkc_record {
	nkc_arena *arena;
	nkc_value *root;
	nkc_value *fields[NKC_VAR_COUNT];
	nkc_type type;
	nkc_source *source; /* NULL when it was not read from text */
	size_t start;       /* offset in source->text of the record's first byte */
	size_t length;
	bool has_short;     /* one of the plain words may be there */
	bool has_twice;     /* a variable stands twice */
	bool has_unknown;   /* a member that is not in variables.def */
};

/*
 * Takes a parsed object as the record's content and indexes it. `seen` are the flags of its strings
 * (nkc_json_fault); faults that do not keep the record from being read become findings.
 */
void nkc_record_adopt(nkc_record *record, nkc_value *root, nkc_source *source, size_t start, size_t length,
                      uint8_t seen, nkc_diags *diags);

/* The first value whose text or name is not UTF-8, and cannot be written without a loss; NULL when there is none. */
const nkc_value *nkc_record_bad_text(const nkc_record *record);

/* The variable that the plain word outlet stands for in a record of its type. */
nkc_var nkc_record_outlet_var(const nkc_record *record);

#endif

