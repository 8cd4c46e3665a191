/*
 * xml_read.h: the records of an XML text, one element at a time, in the memory of the largest.
 *
 * The text is cut where elements of certain names begin and end; each is then parsed on its own, under a root
 * that has the attributes (and so the namespaces) of the file's. A broken record costs only itself.
 */
#ifndef NKC_SRC_FORMAT_XML_READ_H
#define NKC_SRC_FORMAT_XML_READ_H

#include "base/xml.h"
#include "format/format.h"

/* Operations of a reader; the state is theirs. `names` ends in NULL: elements of these names, without prefix, are records. */
nkc_status nkc_xml_read_open(nkc_reader *reader, const char *const *names);
void nkc_xml_read_close(nkc_reader *reader);

typedef struct nkc_xml_entry {
	nkc_xml_node *node;   /* in the arena of reader->record, which is emptied for it; NULL at the end. Text is mixed. */
	size_t start, length; /* of its text in the window; node->at counts from start */
} nkc_xml_entry;

nkc_status nkc_xml_read_next(nkc_reader *reader, nkc_xml_entry *entry);

#endif
