/*
 * arena.h: an arena that lives as long as one test, and JSON in it.
 */
#ifndef NKC_TESTS_ARENA_H
#define NKC_TESTS_ARENA_H

#include "support/unit.h"

#include <nkcite/value.h>

static nkc_arena *arena;

static inline int set_up_arena(void **state)
{
	(void)state;
	arena = nkc_arena_new();
	return arena ? 0 : -1;
}

static inline int tear_down_arena(void **state)
{
	(void)state;
	nkc_arena_free(arena);
	return 0;
}

static inline nkc_value *parse_json(const char *json)
{
	nkc_value *value = NULL;
	const char *what = "";

	if (nkc_value_parse(&value, arena, nkc_str_from(json), NULL, &what) != NKC_OK)
		fail_msg("%s: %s", json, what);
	return value;
}

#endif
