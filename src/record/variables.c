#include <nkcite/variables.h>

#include <pthread.h>

static const struct {
	nkc_str name;
	nkc_kind kind;
} vars[] = {
	[NKC_VAR_NONE] = { NKC_STR_INIT(""), NKC_KIND_NONE },
#define NKC_VAR(symbol, name, kind) [NKC_VAR_##symbol] = { NKC_STR_INIT(name), NKC_KIND_##kind },
#include <nkcite/variables.def>
#undef NKC_VAR
};

static const nkc_str types[] = {
	[NKC_TYPE_NONE] = NKC_STR_INIT(""),
#define NKC_TYPE(symbol, name) [NKC_TYPE_##symbol] = NKC_STR_INIT(name),
#include <nkcite/types.def>
#undef NKC_TYPE
};

/* Where the specification's name for a variable is not that of csl-data.json. */
static const struct {
	nkc_str name;
	nkc_var var;
} aliases[] = {
	{ NKC_STR_INIT("part-number"), NKC_VAR_PART },
	{ NKC_STR_INIT("printing-number"), NKC_VAR_PRINTING },
	{ NKC_STR_INIT("supplement-number"), NKC_VAR_SUPPLEMENT },
};

/* A hash table of all names, filled once: a name is looked up for every member of every record. */
#define SLOTS 512

typedef struct name_table {
	struct {
		nkc_str name;
		unsigned number;
	} slots[SLOTS];
} name_table;

static name_table var_table, type_table;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static size_t slot_of(nkc_str name)
{
	uint32_t h = (uint32_t)name.len * 0x9E3779B1u;
	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)name.ptr[i]) * 0x01000193u;
	return (h ^ h >> 15) % SLOTS;
}

static void put_name(name_table *table, nkc_str name, unsigned number)
{
	size_t at = slot_of(name);
	while (table->slots[at].name.len)
		at = (at + 1) % SLOTS;
	table->slots[at].name = name;
	table->slots[at].number = number;
}

static unsigned find_name(const name_table *table, nkc_str name)
{
	if (name.len == 0 || name.len > 32)
		return 0;
	for (size_t at = slot_of(name); table->slots[at].name.len; at = (at + 1) % SLOTS) {
		if (nkc_str_eq(table->slots[at].name, name))
			return table->slots[at].number;
	}
	return 0;
}

static void fill_tables(void)
{
	for (unsigned i = 1; i < NKC_VAR_COUNT; i++)
		put_name(&var_table, vars[i].name, i);
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		put_name(&var_table, aliases[i].name, aliases[i].var);
	for (unsigned i = 1; i < NKC_TYPE_COUNT; i++)
		put_name(&type_table, types[i], i);
}

nkc_var nkc_var_find(nkc_str name)
{
	pthread_once(&tables_once, fill_tables);
	return (nkc_var)find_name(&var_table, name);
}

const char *nkc_var_name(nkc_var var)
{
	return vars[(size_t)var < NKC_VAR_COUNT ? var : NKC_VAR_NONE].name.ptr;
}

nkc_kind nkc_var_kind(nkc_var var)
{
	return vars[(size_t)var < NKC_VAR_COUNT ? var : NKC_VAR_NONE].kind;
}

nkc_type nkc_type_find(nkc_str name)
{
	pthread_once(&tables_once, fill_tables);
	return (nkc_type)find_name(&type_table, name);
}

const char *nkc_type_name(nkc_type type)
{
	return types[(size_t)type < NKC_TYPE_COUNT ? type : NKC_TYPE_NONE].ptr;
}
