/*
 * json.h: from JSON text to values (RFC 8259).
 *
 * Our own, because findings point at the place of every value, members keep
 * their order and may stand twice, numbers stay as written, and a stream is
 * read in the memory of one record.
 */
#ifndef NKC_SRC_BASE_JSON_H
#define NKC_SRC_BASE_JSON_H

#include <nkcite/diag.h>
#include <nkcite/value.h>

/* Values may be nested so deeply: the parser calls itself, and the stack must bear it. */
#define NKC_JSON_DEPTH_MAX 512
/* A record may hold so many: a list of empty texts becomes 64 bytes a value, and twice as many again as names. */
#define NKC_JSON_VALUES_MAX ((size_t)1 << 19)

typedef enum nkc_json_result {
	NKC_JSON_DONE,
	NKC_JSON_MORE, /* the text ended inside the value */
	NKC_JSON_BAD
} nkc_json_result;

typedef struct nkc_json_fault {
	nkc_code code;
	size_t at;        /* offset in the text */
	const char *what; /* static */
	uint8_t seen;     /* the flags of all strings together, for a look at their bytes only when there is need */
} nkc_json_fault;

/*
 * Parses the value, a record or a part of one, that begins at text[start] (white space before it is passed over).
 * *end is the offset behind it. Places count from `start`. Plain strings are borrowed from the text, others live in the arena.
 * `fault` is set for BAD, and for MORE says what the text ended in.
 */
nkc_json_result nkc_json_parse(nkc_arena *arena, nkc_str text, size_t start, size_t *end, nkc_value **value,
                               nkc_json_fault *fault);

/* Offset of the first byte at or behind `at` that is not JSON white space. */
size_t nkc_json_skip_space(nkc_str text, size_t at);

/*
 * The offset behind the token (string, number, word, bracket) at text[at]: how
 * much a finding underlines.
 */
size_t nkc_json_token_end(nkc_str text, size_t at);

/*
 * Finds the end of a value by its brackets alone, also of one that a fault broke
 * off, over as many pieces of text as it takes. A line end closes an open string.
 */
typedef struct nkc_json_skip {
	size_t indent; /* set by the caller: an object that begins a line, and no further in, is not part of the value */
	size_t depth;  /* of open brackets; 0 behind the end, unless such an object came first */
	size_t margin; /* white space at the start of this line */
	bool blank;    /* there was nothing else on it */
	bool begun;
	bool in_string;
	bool escaped;
} nkc_json_skip;

/* Moves *at behind the value's end and returns true, or to text.len and returns false. */
bool nkc_json_skip_value(nkc_json_skip *skip, nkc_str text, size_t *at);

#endif
