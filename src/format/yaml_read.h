/*
 * yaml_read.h: the entries of a YAML text, one at a time.
 *
 * A text in block style is cut at its lines, so that memory follows the largest entry and a broken one costs
 * only itself; one in flow style ({...}, [...]) is read as a whole, within the bound of one record.
 */
#ifndef NKC_SRC_FORMAT_YAML_READ_H
#define NKC_SRC_FORMAT_YAML_READ_H

#include "format/format.h"

typedef enum nkc_yaml_shape {
	NKC_YAML_REFERENCES, /* the elements of the list `references`, or of a list at the top */
	NKC_YAML_MEMBERS     /* the members of the mapping at the top */
} nkc_yaml_shape;

/* Operations of a reader; the state is theirs. */
nkc_status nkc_yaml_open(nkc_reader *reader);
void nkc_yaml_close(nkc_reader *reader);

typedef struct nkc_yaml_entry {
	nkc_value *value;     /* a mapping, in the arena of reader->record, which is emptied for it; NULL at the end */
	nkc_str key;          /* NKC_YAML_MEMBERS: the member's key */
	size_t start, length; /* what the places in it count from, in the window */
} nkc_yaml_entry;

/* The next entry that is a mapping. Others, and broken ones, are findings. */
nkc_status nkc_yaml_next(nkc_reader *reader, nkc_yaml_shape shape, nkc_yaml_entry *entry);

#endif
