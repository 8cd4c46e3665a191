/*
 * json_read.h: the records of a JSON text of a service, whatever they are wrapped in, in the memory of the largest.
 *
 * {"status": "ok", "message": {"items": [{...}, {...}]}} and {"data": {"id": "1", "attributes": {...}}} hold records under
 * members of known names; so do lists, and objects one after another.
 */
#ifndef NKC_SRC_FORMAT_JSON_READ_H
#define NKC_SRC_FORMAT_JSON_READ_H

#include "format/format.h"

typedef struct nkc_json_shape {
	const char *const *wrappers; /* names of members that hold records; ends in NULL */
	const char *const *marks;    /* a record has a member of one of these names; ends in NULL */
} nkc_json_shape;

/* Operations of a reader; the state is theirs. */
nkc_status nkc_json_read_open(nkc_reader *reader, const nkc_json_shape *shape);
void nkc_json_read_close(nkc_reader *reader);

typedef struct nkc_json_entry {
	nkc_value *value;     /* an object, in the arena of reader->record, which is emptied for it; NULL at the end */
	size_t start, length; /* of its text in the window */
} nkc_json_entry;

/* The next record. What is none, or broken, is a finding. */
nkc_status nkc_json_read_next(nkc_reader *reader, nkc_json_entry *entry);

/* --- values of such a record --- */

/* The member of an object; NULL when there is none. */
nkc_value *nkc_json_member(const nkc_value *object, const char *key);
/* Its text, or the first text of the list that it is. */
nkc_str nkc_json_text(const nkc_value *object, const char *key);
/* All texts of the list that it is, with `between` in between. */
nkc_str nkc_json_texts(nkc_arena *arena, const nkc_value *object, const char *key, const char *between);

/* The texts of a list as a list of texts; `key`: of its objects, their members of that name. */
nkc_value *nkc_json_words(nkc_arena *arena, const nkc_value *list, const char *key);

/*
 * Text with the tags of HTML and JATS in CSL's markup: <i>, <b>, <sup>, <sub>, small caps stay, paragraphs are lines, other
 * tags go; entities of XML are characters.
 */
nkc_str nkc_json_clean(nkc_arena *arena, nkc_str text);

/* A person or, by `name` alone, a body. NULL when it names nobody. */
nkc_value *nkc_json_name(nkc_arena *arena, nkc_str family, nkc_str given, nkc_str suffix, nkc_str name);

#endif
