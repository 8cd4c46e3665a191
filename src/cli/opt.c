#include "cli/opt.h"

#include <errno.h>
#include <nkcite/nearest.h>
#include <stdlib.h>

typedef struct parser {
	const cli_opt *table;
	char **argv;
	int argc;
	int at; /* the next argument to look at */
	void *into;
	cli_words *words;
	nkc_arena *arena;
	nkc_buf *fault;
	bool help;
} parser;

static const cli_opt help_row = CLI_OPT_HELP;

/* --- finding the row --- */

static const cli_opt *find_long(const parser *p, nkc_str name)
{
	for (const cli_opt *row = p->table; row && row->name; row++)
		if (nkc_str_is(name, row->name))
			return row;
	return nkc_str_is(name, help_row.name) ? &help_row : NULL;
}

static const cli_opt *find_letter(const parser *p, char letter)
{
	for (const cli_opt *row = p->table; row && row->name; row++)
		if (row->letter == letter)
			return row;
	return letter == help_row.letter ? &help_row : NULL;
}

/* name with its dashes, in the arena. */
static nkc_str spelled(nkc_arena *arena, nkc_str name)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_printf(&text, "--%.*s", NKC_STR_ARG(name));
	nkc_str copy = nkc_arena_str(arena, nkc_buf_str(&text));
	nkc_buf_release(&text);
	return copy;
}

static bool unknown_long(parser *p, nkc_str name)
{
	nkc_nearest nearest;
	nkc_str typed = spelled(p->arena, name);
	nkc_nearest_init(&nearest, typed);
	for (const cli_opt *row = p->table; row && row->name; row++)
		nkc_nearest_offer(&nearest, spelled(p->arena, nkc_str_from(row->name)));
	nkc_buf_printf(p->fault, "unknown option %.*s", NKC_STR_ARG(typed));
	if (nearest.count)
		nkc_buf_puts(p->fault, "; ");
	nkc_nearest_hint(&nearest, p->fault);
	return false;
}

/* --- storing a value --- */

static void *slot(const parser *p, const cli_opt *row)
{
	return (char *)p->into + row->offset;
}

static bool bad_value(parser *p, const cli_opt *row, const char *value, const char *wanted)
{
	nkc_buf_printf(p->fault, "--%s takes %s, not '%s'", row->name, wanted, value);
	return false;
}

static bool store_number(parser *p, const cli_opt *row, const char *value)
{
	char *end;
	errno = 0;
	unsigned long long number = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno)
		return bad_value(p, row, value, "a whole number");
	uint64_t *into = slot(p, row);
	*into = number;
	return true;
}

static bool store_choice(parser *p, const cli_opt *row, const char *value)
{
	int *into = slot(p, row);
	for (int i = 0; row->choices[i]; i++) {
		if (strcmp(row->choices[i], value) == 0) {
			*into = i;
			return true;
		}
	}
	nkc_buf_printf(p->fault, "--%s takes one of", row->name);
	for (int i = 0; row->choices[i]; i++)
		nkc_buf_printf(p->fault, "%s %s", i ? "," : "", row->choices[i]);
	nkc_buf_printf(p->fault, "; not '%s'", value);
	return false;
}

/* Appends to a list whose room doubles: full whenever its count is a power of two. */
static void words_add(cli_words *words, const char *item, nkc_arena *arena)
{
	size_t count = words->count;
	if ((count & (count - 1)) == 0) {
		const char **grown = nkc_arena_alloc(arena, (count ? count * 2 : 1) * sizeof(*grown));
		if (!grown)
			return;
		if (count)
			memcpy(grown, words->items, count * sizeof(*grown));
		words->items = grown;
	}
	words->items[words->count++] = item;
}

static bool store_list(parser *p, const cli_opt *row, const char *value)
{
	nkc_str rest = nkc_str_from(value), piece;
	while (nkc_str_split(&rest, ',', &piece)) {
		char *copy = nkc_arena_alloc(p->arena, piece.len + 1);
		if (!copy || piece.len == 0)
			continue;
		memcpy(copy, piece.ptr, piece.len);
		copy[piece.len] = '\0';
		words_add(slot(p, row), copy, p->arena);
	}
	return true;
}

static bool store_string(parser *p, const cli_opt *row, const char *value)
{
	const char **into = slot(p, row);
	*into = value;
	return true;
}

static bool store(parser *p, const cli_opt *row, const char *value)
{
	static bool (*const by_kind[])(parser *, const cli_opt *, const char *) = {
		[CLI_STRING] = store_string,
		[CLI_NUMBER] = store_number,
		[CLI_CHOICE] = store_choice,
		[CLI_LIST] = store_list,
	};
	return by_kind[row->kind](p, row, value);
}

static void store_flag(parser *p, const cli_opt *row)
{
	if (row == &help_row)
		p->help = true;
	else
		*(bool *)slot(p, row) = true;
}

/* --- the spellings --- */

static bool take_next(parser *p, const cli_opt *row)
{
	if (p->at >= p->argc) {
		nkc_buf_printf(p->fault, "--%s needs an argument: --%s=%s", row->name, row->name, row->argument);
		return false;
	}
	return store(p, row, p->argv[p->at++]);
}

static bool parse_long(parser *p, const char *text)
{
	const char *equals = strchr(text, '=');
	nkc_str name = nkc_str_make(text, equals ? (size_t)(equals - text) : strlen(text));
	const cli_opt *row = find_long(p, name);
	if (!row)
		return unknown_long(p, name);
	if (row->kind == CLI_FLAG && equals) {
		nkc_buf_printf(p->fault, "--%s takes no argument", row->name);
		return false;
	}
	if (row->kind == CLI_FLAG)
		store_flag(p, row);
	else
		return equals ? store(p, row, equals + 1) : take_next(p, row);
	return true;
}

static bool parse_letters(parser *p, const char *letters)
{
	for (; *letters; letters++) {
		const cli_opt *row = find_letter(p, *letters);
		if (!row) {
			nkc_buf_printf(p->fault, "unknown option '-%s'", letters);
			return false;
		}
		if (row->kind != CLI_FLAG)
			return letters[1] ? store(p, row, letters + 1) : take_next(p, row);
		store_flag(p, row);
	}
	return true;
}

static bool parse_one(parser *p, bool *only_words)
{
	const char *arg = p->argv[p->at++];
	if (*only_words || arg[0] != '-' || arg[1] == '\0' || arg[1] == '@') {
		words_add(p->words, arg, p->arena);
		return true;
	}
	if (strcmp(arg, "--") == 0) {
		*only_words = true;
		return true;
	}
	return arg[1] == '-' ? parse_long(p, arg + 2) : parse_letters(p, arg + 1);
}

bool cli_opt_parse(const cli_opt *table, int argc, char **argv, void *into, cli_words *words,
                   nkc_arena *arena, bool *help, nkc_buf *fault)
{
	parser p = { table, argv, argc, 0, into, words, arena, fault, false };
	bool only_words = false, good = true;
	while (good && p.at < argc)
		good = parse_one(&p, &only_words);
	*help = p.help;
	return good;
}
