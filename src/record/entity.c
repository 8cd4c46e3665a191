#include "record/entity.h"

#include <stdlib.h>

#define NAME_MAX_LENGTH 8 /* "thetasym" */

static const struct entity {
	char name[NAME_MAX_LENGTH + 1];
	uint16_t rune;
} entities[] = {
#define NKC_ENTITY(name, rune) { name, rune },
#include "record/entities.def"
#undef NKC_ENTITY
};

static int compare(const void *name, const void *entity)
{
	return strcmp(name, ((const struct entity *)entity)->name);
}

static bool find_name(nkc_str name, uint32_t *rune)
{
	char key[NAME_MAX_LENGTH + 1];

	if (name.len > NAME_MAX_LENGTH)
		return false;
	memcpy(key, name.ptr, name.len);
	key[name.len] = '\0';
	const struct entity *entity =
		bsearch(key, entities, sizeof(entities) / sizeof(entities[0]), sizeof(entities[0]), compare);
	if (entity)
		*rune = entity->rune;
	return entity != NULL;
}

/* Char of XML 1.0, but for control characters. */
static bool is_char(uint32_t rune)
{
	return (rune >= 0x20 && rune < 0x7F) || (rune >= 0xA0 && rune < 0xD800) ||
	       (rune >= 0xE000 && rune <= 0x10FFFF && (rune & 0xFFFE) != 0xFFFE);
}

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if ((c | 32) >= 'a' && (c | 32) <= 'f')
		return (unsigned)((c | 32) - 'a' + 10);
	return 16;
}

/* "#8217" or "#x2019" */
static bool read_number(nkc_str text, uint32_t *rune)
{
	bool hex = text.len > 2 && (text.ptr[1] | 32) == 'x';
	unsigned base = hex ? 16 : 10;
	size_t first = hex ? 2 : 1;
	uint32_t value = 0;

	if (text.len <= first || text.len - first > 7)
		return false;
	for (size_t i = first; i < text.len; i++) {
		unsigned digit = digit_value(text.ptr[i]);
		if (digit >= base)
			return false;
		value = value * base + digit;
	}
	*rune = value;
	return is_char(value);
}

size_t nkc_entity_read(nkc_str text, size_t at, uint32_t *rune)
{
	nkc_str rest = nkc_str_slice(text, at + 1, at + 1 + NAME_MAX_LENGTH + 2);
	size_t end = nkc_str_find_byte(rest, ';');
	nkc_str name = nkc_str_slice(rest, 0, end);

	if (end == rest.len || end == 0)
		return 0;
	if (name.ptr[0] == '#' ? !read_number(name, rune) : !find_name(name, rune))
		return 0;
	return end + 2;
}
