/*
 * keys.h: giving new records their keys.
 */
#ifndef NKC_SRC_CLI_KEYS_H
#define NKC_SRC_CLI_KEYS_H

#include "cli/command.h"

#include <nkcite/library.h>

/* The rows of the options of a command that adds records. `member` is the const char *. */
#define CLI_OPT_KEY_PATTERN(type, member) \
	CLI_OPT_STRING(0, "key-pattern", "PATTERN", type, member, CLI_VALUES_NONE, \
	               "make keys of {author}, {year}, {word}, {title}, {type}, {outlet}")

/* Is it a pattern (NULL: none was given)? CLI_CLEAN or a usage error. */
int cli_key_pattern_check(const cli_call *call, const char *pattern);

/* Gives the record a key that is free in the library, whatever id it had. pattern may be NULL. */
nkc_status cli_key_propose(nkc_record *record, const char *pattern, nkc_library *library);

#endif
