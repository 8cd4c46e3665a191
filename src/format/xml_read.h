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

/*
 * Operations of a reader; the state is theirs. `names` ends in NULL: elements of these names, without prefix,
 * are records.
 */
nkc_status nkc_xml_read_open(nkc_reader *reader, const char *const *names);
/*
 * The same, where the children of the first element named `parent` are the records, and the text stays in the
 * window: they can be read again (nkc_xml_read_again).
 */
nkc_status nkc_xml_read_open_children(nkc_reader *reader, const char *parent);
void nkc_xml_read_close(nkc_reader *reader);

typedef struct nkc_xml_entry {
	nkc_xml_node *node;   /* in the arena of reader->record, which is emptied for it; NULL at the end. Text is mixed. */
	size_t start, length; /* of its text in the window; node->at counts from start */
} nkc_xml_entry;

nkc_status nkc_xml_read_next(nkc_reader *reader, nkc_xml_entry *entry);

/*
 * The element at entry->start, entry->length bytes, once more, in an arena. NKC_ESYNTAX, told already, when
 * it is broken.
 */
nkc_status nkc_xml_read_again(nkc_reader *reader, nkc_arena *arena, nkc_xml_entry *entry);

/* Where a format keeps what it needs beside this state; NULL at first. */
void **nkc_xml_read_own(nkc_reader *reader);

#endif
