/*
 * A ContextObject as an item. What a key means depends on the form, as in Zotero's reader of COinS; unlike there, "%2B" is
 * a plus, names keep their particles, and keys without a field are kept in custom.coins.
 */
#include "format/coins_read.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "format/values.h"

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item, *words, *corporate;
	unsigned form;
	nkc_str last, first, initials, suffix, first_page, last_page;
} getter;

/* --- keys and values --- */

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	                              : -1;
}

/* The text without its encoding, as UTF-8: older pages have Latin-1. */
static nkc_str decode(nkc_arena *arena, nkc_str text)
{
	nkc_buf bytes = nkc_arena_buf(arena), utf8 = nkc_arena_buf(arena);
	for (size_t i = 0; i < text.len; i++) {
		bool coded = text.ptr[i] == '%' && i + 2 < text.len && hex(text.ptr[i + 1]) >= 0 &&
		             hex(text.ptr[i + 2]) >= 0;
		char c = text.ptr[i] == '+' ? ' ' : text.ptr[i];
		if (coded) {
			c = (char)(hex(text.ptr[i + 1]) * 16 + hex(text.ptr[i + 2]));
			i += 2;
		}
		nkc_buf_putc(&bytes, c);
	}
	nkc_str decoded = nkc_str_trim(nkc_arena_keep(arena, &bytes));
	if (nkc_utf8_valid(decoded))
		return decoded;
	nkc_utf8_put_windows(&utf8, decoded);
	return nkc_arena_keep(arena, &utf8);
}

/* The next pair. "&amp;" may have been escaped twice. */
static bool next_pair(nkc_arena *arena, nkc_str *rest, nkc_str *key, nkc_str *value)
{
	nkc_str pair;
	if (!nkc_str_split(rest, '&', &pair))
		return false;
	size_t equals = nkc_str_find_byte(pair, '=');
	*key = nkc_str_trim(nkc_str_slice(pair, 0, equals));
	if (nkc_str_starts(*key, NKC_STR("amp;")))
		*key = nkc_str_slice(*key, 4, key->len);
	*value = decode(arena, nkc_str_slice(pair, equals + 1, pair.len));
	return true;
}

/* --- type --- */

static const struct {
	const char *name;
	unsigned forms;
} forms[] = {
	{ "journal", NKC_COINS_JOURNAL },
	{ "book", NKC_COINS_BOOK | NKC_COINS_BOOKITEM | NKC_COINS_PROCEEDING | NKC_COINS_REPORT },
	{ "dissertation", NKC_COINS_DISSERTATION },
	{ "patent", NKC_COINS_PATENT },
	{ "dc", NKC_COINS_DC },
};

static unsigned forms_of(nkc_str value)
{
	nkc_str prefix = NKC_STR("info:ofi/fmt:kev:mtx:");
	if (!nkc_str_starts(value, prefix))
		return 0;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (nkc_str_is(nkc_str_slice(value, prefix.len, value.len), forms[i].name))
			return forms[i].forms;
	}
	return 0;
}

/* Sets form and type. False when it is no form of metadata that is known. */
static bool find_type(getter *g, nkc_str text)
{
	nkc_str rest = text, key, value, genre = NKC_STR(""), kind = NKC_STR("");
	unsigned allowed = 0;
	while (next_pair(g->arena, &rest, &key, &value)) {
		if (nkc_str_is(key, "rft_val_fmt"))
			allowed = forms_of(value);
		else if (nkc_str_is(key, "rft.genre"))
			genre = value;
		else if (nkc_str_is(key, "rft.type"))
			kind = value;
	}
	if (!allowed)
		return false;
	const nkc_coins_type *type = nkc_coins_type_find(allowed & NKC_COINS_DC ? kind : genre, allowed);
	g->form = type ? type->form : allowed & (~allowed + 1); /* else the first of them */
	nkc_type item_type = type ? type->type :
	                     g->form == NKC_COINS_DC ? NKC_TYPE_WEBPAGE :
	                     g->form == NKC_COINS_JOURNAL ? NKC_TYPE_ARTICLE_JOURNAL :
	                     g->form == NKC_COINS_DISSERTATION ? NKC_TYPE_THESIS :
	                     g->form == NKC_COINS_PATENT ? NKC_TYPE_PATENT :
	                     nkc_str_is(genre, "document") ? NKC_TYPE_DOCUMENT : NKC_TYPE_BOOK;
	nkc_item_add_text(g->item, g->arena, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(item_type)));
	return true;
}

/* --- names --- */

/* "Vincent van Gogh": the family name begins with the first word in small letters behind the first, else it is the last word. */
static nkc_value *read_name(nkc_arena *arena, nkc_str text)
{
	size_t space = text.len;
	if (nkc_str_find_byte(text, ',') == text.len) {
		for (size_t i = 1; i + 1 < text.len; i++) {
			if (text.ptr[i] != ' ')
				continue;
			space = i;
			if (text.ptr[i + 1] >= 'a' && text.ptr[i + 1] <= 'z')
				break;
		}
	}
	if (space == text.len)
		return nkc_name_read_text(arena, text);
	nkc_buf turned = nkc_arena_buf(arena);
	nkc_buf_put_str(&turned, nkc_str_slice(text, space + 1, text.len));
	nkc_buf_puts(&turned, ", ");
	nkc_buf_put_str(&turned, nkc_str_slice(text, 0, space));
	return nkc_name_read_text(arena, nkc_arena_keep(arena, &turned));
}

static nkc_value *organisation(nkc_arena *arena, nkc_str text)
{
	nkc_value *name = nkc_value_new(arena, NKC_OBJECT);
	if (name)
		nkc_value_add(name, NKC_STR("literal"), nkc_value_string(arena, text));
	return name;
}

/* Has the list somebody of that family name whose given names begin like those, of which the last may be an initial? */
static bool has_person(const nkc_value *names, nkc_str family, nkc_str given)
{
	given = nkc_str_slice(given, 0, given.len - nkc_str_ends(given, NKC_STR(".")));
	for (const nkc_value *name = nkc_value_first(names); name; name = name->next) {
		if (nkc_str_eq(nkc_value_text(nkc_value_find(name, NKC_STR("family"))), family) &&
		    nkc_str_starts(nkc_value_text(nkc_value_find(name, NKC_STR("given"))), given))
			return true;
	}
	return false;
}

static bool has_organisation(const nkc_value *names, nkc_str text)
{
	const nkc_value *name = nkc_value_first(names);
	while (name && !nkc_str_eq(nkc_value_text(nkc_value_find(name, NKC_STR("literal"))), text))
		name = name->next;
	return name != NULL;
}

/* The first author stands in parts, too; and organisations apart: those come first unless they are in the list. */
static void add_authors(getter *g)
{
	nkc_value *listed = nkc_item_get(g->item, NKC_VAR_AUTHOR), *all = nkc_value_new(g->arena, NKC_ARRAY), *next;
	nkc_str given = g->first.len ? g->first : g->initials;
	if (!all)
		return;
	if (g->last.len && !has_person(listed, g->last, given)) {
		nkc_name name = { .family = g->last, .given = given, .suffix = g->suffix };
		nkc_value_append(all, nkc_name_object(g->arena, &name));
	}
	for (nkc_value *name = nkc_value_first(g->corporate); name; name = next) {
		next = name->next;
		if (!has_organisation(listed, nkc_value_text(nkc_value_find(name, NKC_STR("literal")))))
			nkc_value_append(all, nkc_value_dup(g->arena, name));
	}
	for (nkc_value *name = nkc_value_first(listed); name; name = name->next)
		nkc_value_append(all, nkc_value_dup(g->arena, name));
	if (nkc_value_first(all))
		nkc_value_set(g->item, NKC_STR("author"), all);
}

static void get_author(getter *g, nkc_var var, nkc_str value)
{
	nkc_item_add_name(g->item, g->arena, var,
	                  has_organisation(g->corporate, value) ? organisation(g->arena, value)
	                                                        : read_name(g->arena, value));
}

/* A source has one or two organisations. Each name is held against them, so they must not be thousands. */
#define CORPORATE_MAX 100

/* Organisations are known before the list is read, which may have them, too. */
static void get_corporate(getter *g, nkc_str text)
{
	nkc_str key, value;
	g->corporate = nkc_value_new(g->arena, NKC_ARRAY);
	for (size_t count = 0; count < CORPORATE_MAX && next_pair(g->arena, &text, &key, &value);) {
		if (!nkc_str_is(key, "rft.aucorp") || !value.len)
			continue;
		nkc_value_append(g->corporate, organisation(g->arena, value));
		count++;
	}
}

/* --- identifiers --- */

static const struct {
	nkc_str prefix;
	nkc_var var;
	bool whole; /* the prefix is part of the value */
} identifiers[] = {
	{ NKC_STR_INIT("info:doi/"), NKC_VAR_DOI, false },   { NKC_STR_INIT("urn:doi:"), NKC_VAR_DOI, false },
	{ NKC_STR_INIT("doi:"), NKC_VAR_DOI, false },        { NKC_STR_INIT("info:pmid/"), NKC_VAR_PMID, false },
	{ NKC_STR_INIT("urn:isbn:"), NKC_VAR_ISBN, false },  { NKC_STR_INIT("ISBN "), NKC_VAR_ISBN, false },
	{ NKC_STR_INIT("urn:issn:"), NKC_VAR_ISSN, false },  { NKC_STR_INIT("ISSN "), NKC_VAR_ISSN, false },
	{ NKC_STR_INIT("https://"), NKC_VAR_URL, true },     { NKC_STR_INIT("http://"), NKC_VAR_URL, true },
};

static bool get_identifier(getter *g, nkc_str value)
{
	for (size_t i = 0; i < sizeof identifiers / sizeof *identifiers; i++) {
		size_t len = identifiers[i].prefix.len;
		if (value.len <= len || !nkc_str_eq_nocase(nkc_str_slice(value, 0, len), identifiers[i].prefix))
			continue;
		if (nkc_item_get(g->item, identifiers[i].var))
			return false;
		nkc_item_add_text(g->item, g->arena, identifiers[i].var,
		                  nkc_str_slice(value, identifiers[i].whole ? 0 : len, value.len));
		return true;
	}
	return false;
}

/* --- all keys --- */

static void keep(getter *g, nkc_str key, nkc_str value)
{
	nkc_value *custom = nkc_item_get(g->item, NKC_VAR_CUSTOM), *own;
	if (!custom)
		nkc_item_add(g->item, NKC_VAR_CUSTOM, custom = nkc_value_new(g->arena, NKC_OBJECT));
	own = nkc_value_find(custom, NKC_STR("coins"));
	if (!own && custom)
		nkc_value_add(custom, NKC_STR("coins"), own = nkc_value_new(g->arena, NKC_OBJECT));
	if (own)
		nkc_value_add(own, nkc_arena_str(g->arena, key), nkc_value_string(g->arena, value));
}

/* Parts that are put together when all are known. */
static nkc_str *part_of(getter *g, nkc_str key)
{
	const struct {
		const char *key;
		nkc_str *part;
	} parts[] = {
		{ "aulast", &g->last },        { "invlast", &g->last },     { "aufirst", &g->first },
		{ "invfirst", &g->first },     { "auinit", &g->initials },  { "ausuffix", &g->suffix },
		{ "spage", &g->first_page },   { "epage", &g->last_page },
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (nkc_str_is(key, parts[i].key))
			return parts[i].part;
	}
	return NULL;
}

static const nkc_coins_key *find_key(nkc_str key, unsigned form)
{
	for (size_t i = 0; i < nkc_coins_key_count; i++) {
		if (nkc_coins_keys[i].forms & form && nkc_str_is(key, nkc_coins_keys[i].key))
			return &nkc_coins_keys[i];
	}
	return NULL;
}

static bool get_field(getter *g, nkc_str key, nkc_str value)
{
	const nkc_coins_key *known = find_key(key, g->form);
	if (!known || nkc_item_get(g->item, known->var))
		return false;
	if (nkc_var_kind(known->var) == NKC_KIND_DATE)
		nkc_item_add(g->item, known->var, nkc_date_read_text(g->arena, value));
	else
		nkc_item_add_line(g->item, g->arena, known->var, value);
	return true;
}

static bool is_name_key(nkc_str key)
{
	return nkc_str_is(key, "au") || nkc_str_is(key, "creator") || nkc_str_is(key, "inventor");
}

static void get_key(getter *g, nkc_str key, nkc_str value)
{
	nkc_str *part = part_of(g, key);
	if (part && !part->len)
		*part = value;
	else if (is_name_key(key))
		get_author(g, NKC_VAR_AUTHOR, value);
	else if (nkc_str_is(key, "contributor"))
		get_author(g, NKC_VAR_CONTRIBUTOR, value);
	else if (nkc_str_is(key, "subject") && g->words)
		nkc_value_append(g->words, nkc_value_string(g->arena, value));
	else if (!(nkc_str_is(key, "identifier") && get_identifier(g, value)) && !get_field(g, key, value) &&
	         !nkc_str_is(key, "genre") && !nkc_str_is(key, "type") &&
	         !(nkc_str_is(key, "aucorp") && has_organisation(g->corporate, value)))
		keep(g, key, value);
}

static void get_keys(getter *g, nkc_str text)
{
	nkc_str key, value, prefix = NKC_STR("rft.");
	while (next_pair(g->arena, &text, &key, &value)) {
		if (!value.len)
			continue;
		if (nkc_str_starts(key, prefix))
			get_key(g, nkc_str_slice(key, prefix.len, key.len), value);
		else if (nkc_str_is(key, "rft_id") && !get_identifier(g, value))
			keep(g, key, value);
	}
}

static void add_pages(getter *g)
{
	nkc_buf pages = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&pages, g->first_page);
	if (g->last_page.len && !nkc_str_eq(g->first_page, g->last_page)) {
		nkc_buf_puts(&pages, pages.len ? "-" : "");
		nkc_buf_put_str(&pages, g->last_page);
	}
	nkc_item_add_text(g->item, g->arena, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &pages));
}

nkc_value *nkc_coins_get(nkc_arena *arena, nkc_str text)
{
	getter g = { .arena = arena,
		     .item = nkc_value_new(arena, NKC_OBJECT),
		     .words = nkc_value_new(arena, NKC_ARRAY) };
	if (!g.item || !find_type(&g, text))
		return NULL;
	g.last = g.first = g.initials = g.suffix = g.first_page = g.last_page = NKC_STR("");
	get_corporate(&g, text);
	get_keys(&g, text);
	add_authors(&g);
	add_pages(&g);
	nkc_item_add_keywords(g.item, arena, g.words);
	return g.item;
}
