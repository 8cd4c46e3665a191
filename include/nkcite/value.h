/*
 * value.h: a JSON value that remembers where it stood.
 *
 * A record is such a tree (an object). It keeps what JSON parsers usually
 * lose: the order of members, numbers as they were written, members that stand
 * twice, and the place of every key and value, so that a finding can point at
 * it and an untouched value is written back as it was (RFC 8259).
 *
 * Every value lives in an arena (of its record): nothing is freed one by one.
 */
#ifndef NKCITE_VALUE_H
#define NKCITE_VALUE_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nkc_value_type {
	NKC_NULL,
	NKC_FALSE,
	NKC_TRUE,
	NKC_NUMBER, /* text: the number as written */
	NKC_STRING, /* text: the string, escapes decoded */
	NKC_ARRAY,
	NKC_OBJECT
} nkc_value_type;

enum {
	NKC_VALUE_ESCAPED = 1,  /* a string that had escapes, or holds bytes that need them */
	NKC_VALUE_BAD_UTF8 = 2, /* a string with bytes that are not UTF-8; kept as they are */
	NKC_VALUE_LONE = 4,     /* a string with a lone surrogate, kept as three WTF-8 bytes */
	NKC_VALUE_MADE = 8,     /* not read from a source: `at` means nothing */
	NKC_VALUE_KEY_BAD_UTF8 = 16, /* the same of the value's key */
	NKC_VALUE_KEY_LONE = 32
};

typedef struct nkc_value nkc_value;
typedef struct nkc_arena nkc_arena;

struct nkc_value {
	nkc_str key; /* name of a member; empty for an element */
	union {
		nkc_str text; /* NKC_NUMBER, NKC_STRING; empty for null, false, true */
		struct {
			nkc_value *first, *last;
		} list; /* NKC_ARRAY, NKC_OBJECT */
	} u;
	nkc_value *next;
	nkc_value *parent;
	uint32_t at;     /* offset of the value's first byte from the start of its record's text */
	uint32_t key_at; /* offset of the key's opening quote */
	uint32_t index;  /* place among its siblings, from 0; of a member: grows from each to the next */
	uint8_t type;    /* nkc_value_type */
	uint8_t flags;
	uint16_t atom;   /* of a record's own members: nkc_var (variables.h), else 0 */
};

static inline bool nkc_value_is(const nkc_value *value, nkc_value_type type)
{
	return value && value->type == type;
}

static inline bool nkc_value_is_list(const nkc_value *value)
{
	return value && value->type >= NKC_ARRAY;
}

/* First child of an array or object; NULL for anything else, also for NULL. */
static inline nkc_value *nkc_value_first(const nkc_value *value)
{
	return nkc_value_is_list(value) ? value->u.list.first : NULL;
}

/* The text of a string or number; empty for anything else, also for NULL. */
static inline nkc_str nkc_value_text(const nkc_value *value)
{
	if (value && (value->type == NKC_STRING || value->type == NKC_NUMBER))
		return value->u.text;
	return nkc_str_make("", 0);
}

/* Is it true, or a text or number other than "", "false" and 0 (as CSL-JSON's flags are written)? */
NKC_API bool nkc_value_truth(const nkc_value *value);

/* The first member of that name, or NULL. */
NKC_API nkc_value *nkc_value_find(const nkc_value *object, nkc_str key);

/* How many children. */
NKC_API size_t nkc_value_count(const nkc_value *list);

/* A whole number (a JSON number or a string of digits with an optional sign) into *out. */
NKC_API bool nkc_value_int(const nkc_value *value, int64_t *out);

/* --- making and changing; NULL or false when the arena is out of memory --- */

NKC_API nkc_value *nkc_value_new(nkc_arena *arena, nkc_value_type type);
/* A string value; its text is copied into the arena. */
NKC_API nkc_value *nkc_value_string(nkc_arena *arena, nkc_str text);
NKC_API nkc_value *nkc_value_integer(nkc_arena *arena, int64_t number);
/* A deep copy (places and all) into another arena; strings are copied too. NULL for NULL. */
NKC_API nkc_value *nkc_value_dup(nkc_arena *arena, const nkc_value *value);

/* Gives a string another text, which is copied, with the flags that belong to it. */
NKC_API void nkc_value_set_text(nkc_value *value, nkc_arena *arena, nkc_str text);

/* Appends an element to an array. Does nothing when either is NULL. */
NKC_API void nkc_value_append(nkc_value *array, nkc_value *element);
/* Appends a member, or puts the value in the place of the first one of that name. The key is borrowed. */
NKC_API void nkc_value_set(nkc_value *object, nkc_str key, nkc_value *value);
/* Appends a member in any case. The key is borrowed. */
NKC_API void nkc_value_add(nkc_value *object, nkc_str key, nkc_value *value);
/* Takes a child out of its list. The cost is that of the list's length. */
NKC_API void nkc_value_remove(nkc_value *child);
/* Puts `value` in the place (and under the key) of `old`. The cost is that of the list's length. */
NKC_API void nkc_value_replace(nkc_value *old, nkc_value *value);
/*
 * Gives `value`, which stays where it is, what `content` holds: its text or its children, which move. For
 * one child after the other of a long list. Does nothing when content is NULL.
 */
NKC_API void nkc_value_become(nkc_value *value, nkc_value *content);

/*
 * Parses one JSON value; texts are borrowed from `text` where they can be, which must outlive the value. NKC_ESYNTAX:
 * *at is the offset of the fault and *what says it (static); both may be NULL.
 */
NKC_API nkc_status nkc_value_parse(nkc_value **out, nkc_arena *arena, nkc_str text, size_t *at, const char **what);

/*
 * Deep equality: order of members is ignored (but for that of members with the same name), numbers compare
 * as written. Two NULLs are equal. Also false when memory is out.
 */
NKC_API bool nkc_value_equal(const nkc_value *a, const nkc_value *b);

/*
 * Writes JSON. indent < 0: one line without spaces; else two spaces a level (at most 32),
 * starting at that level (the first line is not indented), but lists of numbers, and lists of
 * these, on one line. Strings are UTF-8 with only the escapes that RFC 8259 demands.
 */
NKC_API void nkc_value_write(const nkc_value *value, int indent, nkc_buf *out);

/* Writes text as a JSON string with its quotes. Bad UTF-8 becomes U+FFFD. */
NKC_API void nkc_json_put_string(nkc_buf *out, nkc_str text);

/* A pointer of more bytes than this is not for a person, and a file of findings would be made of it. */
#define NKC_POINTER_MAX 4096

/*
 * The value's JSON Pointer (RFC 6901) within its record, e.g. /author/0/family. One that would pass
 * NKC_POINTER_MAX is that of the innermost value around it that does not.
 */
NKC_API void nkc_value_pointer(const nkc_value *value, nkc_buf *out);

/* --- memory --- */

/* An arena: memory that is given back all at once. It fails sticky: asked once, at the end. */
NKC_API nkc_arena *nkc_arena_new(void);
NKC_API void nkc_arena_free(nkc_arena *arena);
/* Empty again; keeps a block to work with. */
NKC_API void nkc_arena_reset(nkc_arena *arena);
/* size bytes, 16-aligned, not cleared; NULL when memory is out. */
NKC_API void *nkc_arena_alloc(nkc_arena *arena, size_t size);
/* A copy of the bytes with a NUL behind them; the empty string when memory is out. */
NKC_API nkc_str nkc_arena_str(nkc_arena *arena, nkc_str text);
/* What the first allocation has failed of since the last reset: NKC_ENOMEM, or a bound that the arena was given. */
NKC_API nkc_status nkc_arena_status(const nkc_arena *arena);

#ifdef __cplusplus
}
#endif

#endif
