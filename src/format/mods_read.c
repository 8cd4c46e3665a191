#include "base/arena.h"
#include "format/mods.h"
#include "format/values.h"

/* What an element is of. */
typedef enum level {
	TOP,
	HOST,
	SERIES,
	ORIGINAL,
	REVIEWED
} level;

#define KEPT_MAX 1000    /* elements that have no variable */
#define NUMBERS_MAX 1000 /* bytes of several values of one variable */

typedef struct getter {
	nkc_arena *arena;
	nkc_value *item, *words;
	nkc_type type;
	nkc_buf notes;
	nkc_str publisher;             /* of the names */
	nkc_str first_date, last_date; /* issued */
	bool in_series;                /* a book in a host, which is a series then, as bibutils writes it */
	int date_rank;
	size_t kept;
} getter;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static nkc_str text_of(getter *g, const nkc_xml_node *node)
{
	nkc_buf text = nkc_arena_buf(g->arena);
	nkc_xml_put_text(node, &text);
	return nkc_str_trim(nkc_arena_keep(g->arena, &text));
}

static nkc_str child_text(getter *g, const nkc_xml_node *node, const char *name)
{
	return text_of(g, nkc_xml_child(node, name));
}

static bool has(const nkc_xml_node *node, const char *attr, const char *value)
{
	return nkc_str_is(nkc_xml_get(node, attr), value);
}

/* On one line, as a file breaks it anywhere. */
static nkc_str line_of(getter *g, const nkc_xml_node *node)
{
	nkc_str text = text_of(g, node);
	nkc_buf line = nkc_arena_buf(g->arena);
	for (size_t i = 0; i < text.len; i++) {
		bool space = strchr(" \t\r\n", text.ptr[i]) != NULL;
		if (!space || !line.len || line.ptr[line.len - 1] != ' ')
			nkc_buf_putc(&line, space ? ' ' : text.ptr[i]);
	}
	return nkc_arena_keep(g->arena, &line);
}

static void set(getter *g, nkc_var var, nkc_str text)
{
	if (var != NKC_VAR_NONE)
		nkc_item_add_text(g->item, g->arena, var, text);
}

static void keep(getter *g, nkc_str name, nkc_str text)
{
	nkc_value *custom = nkc_item_get(g->item, NKC_VAR_CUSTOM), *own;
	if (!text.len || !name.len || g->kept++ >= KEPT_MAX)
		return;
	if (!custom)
		nkc_item_add(g->item, NKC_VAR_CUSTOM, custom = nkc_value_new(g->arena, NKC_OBJECT));
	own = nkc_value_find(custom, NKC_STR("mods"));
	if (!own && custom)
		nkc_value_add(custom, NKC_STR("mods"), own = nkc_value_new(g->arena, NKC_OBJECT));
	if (own && !nkc_value_find(own, name))
		nkc_value_add(own, nkc_arena_str(g->arena, name), nkc_value_string(g->arena, text));
}

/* --- types --- */

static bool is_of_authority(const nkc_xml_node *genre, const char *authority)
{
	return !authority || has(genre, "authority", authority);
}

/* The first genre of that authority (NULL: any) that means a type. */
static nkc_type find_genre(getter *g, const nkc_xml_node *node, const char *authority)
{
	const nkc_xml_node *genre = nkc_xml_child(node, "genre");
	for (; genre; genre = nkc_xml_next(genre, "genre")) {
		nkc_type type = is_of_authority(genre, authority) ? nkc_mods_genre(text_of(g, genre)) : NKC_TYPE_NONE;
		if (type)
			return type;
	}
	return NKC_TYPE_NONE;
}

static nkc_type type_by_genre(getter *g, const nkc_xml_node *node)
{
	static const char *const authorities[] = { "local", "bibutilsgt", "marcgt", "marc", "dct", NULL };
	nkc_type type = NKC_TYPE_NONE;
	for (size_t i = 0; !type && i < sizeof authorities / sizeof *authorities; i++)
		type = find_genre(g, node, authorities[i]);
	return type;
}

static const nkc_xml_node *related(const nkc_xml_node *node, const char *type)
{
	const nkc_xml_node *item = nkc_xml_child(node, "relatedItem");
	while (item && !has(item, "type", type))
		item = nkc_xml_next(item, "relatedItem");
	return item;
}

static nkc_str issuance_of(getter *g, const nkc_xml_node *node)
{
	return child_text(g, nkc_xml_child(node, "originInfo"), "issuance");
}

static bool is_serial(nkc_str issuance)
{
	return nkc_str_is(issuance, "continuing") || nkc_str_is(issuance, "serial");
}

static bool has_role(getter *g, const nkc_xml_node *mods, const char *code)
{
	const nkc_xml_node *name = nkc_xml_child(mods, "name");
	for (; name; name = nkc_xml_next(name, "name")) {
		const nkc_xml_node *role = nkc_xml_child(name, "role");
		for (; role; role = nkc_xml_next(role, "role")) {
			const nkc_xml_node *term = nkc_xml_child(role, "roleTerm");
			for (; term; term = nkc_xml_next(term, "roleTerm")) {
				if (nkc_str_is(text_of(g, term), code))
					return true;
			}
		}
	}
	return false;
}

/* The first element of that name in the extensions, where the US Government has what MODS has not. */
static const nkc_xml_node *extension(const nkc_xml_node *mods, const char *name)
{
	const nkc_xml_node *extension = nkc_xml_child(mods, "extension"), *found = NULL;
	for (; extension && !found; extension = nkc_xml_next(extension, "extension"))
		found = nkc_xml_child(extension, name);
	return found;
}

/* What neither genre nor typeOfResource tells. */
static nkc_type guess_type(getter *g, const nkc_xml_node *mods)
{
	const nkc_xml_node *host = related(mods, "host");
	nkc_str media = child_text(g, nkc_xml_child(mods, "physicalDescription"), "internetMediaType");
	if (nkc_str_is(media, "text/html"))
		return NKC_TYPE_WEBPAGE;
	if (has_role(g, mods, "rcp"))
		return NKC_TYPE_PERSONAL_COMMUNICATION;
	if (extension(mods, "billNumber"))
		return NKC_TYPE_BILL;
	if (extension(mods, "congCommittee"))
		return NKC_TYPE_HEARING;
	if (host)
		return is_serial(issuance_of(g, host)) ? NKC_TYPE_ARTICLE_JOURNAL : NKC_TYPE_CHAPTER;
	return nkc_str_is(issuance_of(g, mods), "monographic") ? NKC_TYPE_BOOK : NKC_TYPE_DOCUMENT;
}

static nkc_type type_of(getter *g, const nkc_xml_node *mods)
{
	const nkc_xml_node *resource = nkc_xml_child(mods, "typeOfResource");
	nkc_type type = type_by_genre(g, mods);
	for (; !type && resource; resource = nkc_xml_next(resource, "typeOfResource"))
		type = nkc_mods_resource(text_of(g, resource));
	if (!type) /* a whole says what its part is: an article of a journal, a chapter of a book */
		type = type_by_genre(g, related(mods, "host"));
	if (type == NKC_TYPE_BOOK && !type_by_genre(g, mods))
		return NKC_TYPE_CHAPTER;
	return type ? type : guess_type(g, mods);
}

/* --- titles --- */

static void put_part(nkc_buf *out, const char *between, nkc_str text)
{
	if (!text.len)
		return;
	if (out->len && between[0] == out->ptr[out->len - 1])
		nkc_buf_truncate(out, out->len - 1);
	nkc_buf_puts(out, out->len ? between : "");
	nkc_buf_put_str(out, text);
}

static nkc_str title_of(getter *g, const nkc_xml_node *info)
{
	nkc_str before = line_of(g, nkc_xml_child(info, "nonSort"));
	nkc_str title = line_of(g, nkc_xml_child(info, "title"));
	nkc_str sub = line_of(g, nkc_xml_child(info, "subTitle"));
	nkc_str number = line_of(g, nkc_xml_child(info, "partNumber"));
	nkc_str name = line_of(g, nkc_xml_child(info, "partName"));
	nkc_buf text = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&text, before);
	put_part(&text, nkc_str_ends(before, NKC_STR("'")) ? "" : " ", title);
	put_part(&text, ": ", sub);
	put_part(&text, ". ", number);
	put_part(&text, number.len ? ": " : ". ", name);
	return nkc_arena_keep(g->arena, &text);
}

/* The title proper, or one of the type. */
static const nkc_xml_node *find_title(const nkc_xml_node *node, const char *type)
{
	const nkc_xml_node *info = nkc_xml_child(node, "titleInfo");
	while (info && (!has(info, "type", type) || !nkc_xml_child(info, "title")))
		info = nkc_xml_next(info, "titleInfo");
	return info;
}

static void get_titles(getter *g, const nkc_xml_node *node, nkc_var title, nkc_var abbreviated)
{
	const nkc_xml_node *info = find_title(node, ""), *other = find_title(node, "abbreviated");
	if (!info && !other)
		info = nkc_xml_child(node, "titleInfo");
	if (info)
		set(g, title, title_of(g, info));
	if (other)
		set(g, abbreviated, title_of(g, other));
}

/* --- names --- */

static bool is_publisher(nkc_str role)
{
	static const char *const words[] = { "pbl", "publisher",      "dst", "distributor",
		                             "dgg", "degree grantor" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_eq_nocase(role, nkc_str_from(words[i])))
			return true;
	}
	return false;
}

/* The most telling of its roles: a contributor is what many are besides. `publisher`: it has no other. */
static nkc_var role_of(getter *g, const nkc_xml_node *name, nkc_var usual, bool *publisher)
{
	nkc_var found = NKC_VAR_NONE;
	bool any = false, other = false;
	const nkc_xml_node *role = nkc_xml_child(name, "role");
	for (; role; role = nkc_xml_next(role, "role")) {
		const nkc_xml_node *term = nkc_xml_child(role, "roleTerm");
		for (; term; term = nkc_xml_next(term, "roleTerm")) {
			nkc_str text = text_of(g, term);
			nkc_var var = nkc_mods_role_var(text);
			bool publishes = is_publisher(text);
			any |= publishes;
			other |= !publishes;
			if (var && (!found || found == NKC_VAR_CONTRIBUTOR))
				found = var;
		}
	}
	*publisher = any && !other;
	return found ? found : usual;
}

static nkc_var var_in(level in, nkc_var var)
{
	bool writes = var == NKC_VAR_AUTHOR;
	switch (in) {
	case HOST: return writes ? NKC_VAR_CONTAINER_AUTHOR : var;
	case SERIES: return writes || var == NKC_VAR_EDITOR ? NKC_VAR_COLLECTION_EDITOR : var;
	case ORIGINAL: return writes ? NKC_VAR_ORIGINAL_AUTHOR : NKC_VAR_NONE;
	case REVIEWED: return writes ? NKC_VAR_REVIEWED_AUTHOR : NKC_VAR_NONE;
	default: return var;
	}
}

static nkc_value *new_name(getter *g, nkc_name *name)
{
	return name->family.len || name->given.len || name->literal.len ? nkc_name_object(g->arena, name) : NULL;
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "Doe, Jane" and "Jane Doe", what is in brackets left out, and the full stop of a catalogue. */
static nkc_value *person_of(getter *g, nkc_str text)
{
	text = nkc_str_slice(text, 0, nkc_str_find_byte(text, '('));
	text = nkc_str_trim(nkc_str_slice(text, 0, nkc_str_find_byte(text, '[')));
	bool stop = text.len > 3 && nkc_str_ends(text, NKC_STR(".")) && is_small(text.ptr[text.len - 2]) &&
	            is_small(text.ptr[text.len - 3]);
	text = nkc_str_slice(text, 0, text.len - stop);
	size_t space = text.len;
	while (space > 0 && text.ptr[space - 1] != ' ')
		space--;
	if (!space || nkc_str_find_byte(text, ',') < text.len)
		return nkc_name_read_text(g->arena, text);
	nkc_name name = { .family = nkc_str_slice(text, space, text.len),
		          .given = nkc_str_trim(nkc_str_slice(text, 0, space)) };
	return new_name(g, &name);
}

/* All parts of one type, with blanks between them; type NULL: those without a type. */
static nkc_str parts_of(getter *g, const nkc_xml_node *name, const char *type, const char *between)
{
	nkc_buf text = nkc_arena_buf(g->arena);
	const nkc_xml_node *part = nkc_xml_child(name, "namePart");
	for (; part; part = nkc_xml_next(part, "namePart")) {
		if (has(part, "type", type))
			put_part(&text, between, line_of(g, part));
	}
	return nkc_arena_keep(g->arena, &text);
}

static nkc_value *name_of(getter *g, const nkc_xml_node *node)
{
	nkc_name name = { .family = parts_of(g, node, "family", " "), .given = parts_of(g, node, "given", " ") };
	bool personal = has(node, "type", "personal");
	nkc_str whole = parts_of(g, node, "", personal ? " " : ": ");
	nkc_str suffix = parts_of(g, node, "suffix", " ");
	if (name.family.len) {
		name.suffix = suffix.len ? suffix : parts_of(g, node, "termsOfAddress", " ");
		return new_name(g, &name);
	}
	if (personal)
		return person_of(g, whole.len ? whole : name.given);
	nkc_name literal = { .literal = whole.len ? whole : name.given };
	return new_name(g, &literal);
}

static void get_name(getter *g, const nkc_xml_node *node, level in)
{
	bool publisher;
	nkc_var usual = in == HOST ? NKC_VAR_CONTRIBUTOR : NKC_VAR_AUTHOR;
	nkc_var var = var_in(in, role_of(g, node, usual, &publisher));
	nkc_value *name = name_of(g, node);
	if (!name)
		return;
	if (g->type == NKC_TYPE_SONG && var == NKC_VAR_PERFORMER)
		var = NKC_VAR_AUTHOR;
	if (publisher)
		g->publisher = nkc_value_text(nkc_value_first(name));
	else if (has(node, "type", "conference"))
		set(g, NKC_VAR_EVENT_TITLE, nkc_value_text(nkc_value_first(name)));
	else if (var)
		nkc_item_add_name(g->item, g->arena, var, name);
}

/* --- dates --- */

/* "c1999", "[1999?]", "1999." as libraries write years. */
static nkc_str bare_date(nkc_str text)
{
	static const nkc_str marks[] = { NKC_STR_INIT("\xC2\xA9"), NKC_STR_INIT("["), NKC_STR_INIT("c"),
		                         NKC_STR_INIT("p"),        NKC_STR_INIT("]"), NKC_STR_INIT(".") };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		bool digit = text.len > marks[i].len && text.ptr[marks[i].len] >= '0' && text.ptr[marks[i].len] <= '9';
		if (nkc_str_starts(text, marks[i]) && (digit || marks[i].ptr[0] == '['))
			text = nkc_str_slice(text, marks[i].len, text.len);
		if (nkc_str_ends(text, marks[i]) && i != 2 && i != 3)
			text = nkc_str_slice(text, 0, text.len - marks[i].len);
	}
	return nkc_str_trim(text);
}

static nkc_value *date_of(getter *g, nkc_str text)
{
	nkc_value *date = nkc_date_read_text(g->arena, bare_date(text));
	if (date && !nkc_value_find(date, NKC_STR("literal")))
		return date;
	return nkc_date_read_text(g->arena, text);
}

/* Of several dates, that of the highest rank; a start and an end make a range. */
static void note_date(getter *g, const nkc_xml_node *node, int rank)
{
	nkc_str text = text_of(g, node);
	bool end = has(node, "point", "end");
	rank = 2 * rank + (nkc_xml_get(node, "encoding").len > 0);
	if (!text.len || rank < g->date_rank || (rank == g->date_rank && !end && g->first_date.len))
		return;
	if (end) {
		g->last_date = rank == g->date_rank ? text : NKC_STR("");
		return;
	}
	g->first_date = text;
	g->last_date = NKC_STR("");
	g->date_rank = rank;
}

static void set_issued(getter *g)
{
	nkc_buf range = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&range, g->first_date);
	nkc_buf_puts(&range, g->last_date.len ? "/" : "");
	nkc_buf_put_str(&range, g->last_date);
	nkc_item_add(g->item, NKC_VAR_ISSUED, date_of(g, nkc_arena_keep(g->arena, &range)));
}

/* --- publication --- */

static void get_other_date(getter *g, const nkc_xml_node *node)
{
	static const struct {
		const char *type;
		nkc_var var;
	} kinds[] = { { "submitted", NKC_VAR_SUBMITTED },
		      { "event", NKC_VAR_EVENT_DATE },
		      { "available", NKC_VAR_AVAILABLE_DATE } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (has(node, "type", kinds[i].type)) {
			nkc_item_add(g->item, kinds[i].var, date_of(g, text_of(g, node)));
			return;
		}
	}
	keep(g, node->name, text_of(g, node));
}

static void get_place(getter *g, const nkc_xml_node *place)
{
	const nkc_xml_node *term = nkc_xml_child(place, "placeTerm");
	for (; term; term = nkc_xml_next(term, "placeTerm")) {
		if (!has(term, "type", "code"))
			set(g, NKC_VAR_PUBLISHER_PLACE, line_of(g, term));
	}
}

static bool is_versioned(const getter *g)
{
	return g->type == NKC_TYPE_SOFTWARE || g->type == NKC_TYPE_DATASET;
}

static void get_origin(getter *g, const nkc_xml_node *origin)
{
	for (const nkc_xml_node *node = origin->first; node; node = node->next) {
		if (nkc_str_is(node->name, "publisher"))
			set(g, NKC_VAR_PUBLISHER, line_of(g, node));
		else if (nkc_str_is(node->name, "place"))
			get_place(g, node);
		else if (nkc_str_is(node->name, "edition"))
			set(g, is_versioned(g) ? NKC_VAR_VERSION : NKC_VAR_EDITION, line_of(g, node));
		else if (nkc_str_is(node->name, "copyrightDate"))
			note_date(g, node, 4);
		else if (nkc_str_is(node->name, "dateIssued"))
			note_date(g, node, 3);
		else if (nkc_str_is(node->name, "dateCreated"))
			note_date(g, node, 2);
		else if (nkc_str_is(node->name, "dateCaptured"))
			nkc_item_add(g->item, NKC_VAR_ACCESSED, date_of(g, text_of(g, node)));
		else if (nkc_str_is(node->name, "dateOther"))
			get_other_date(g, node);
	}
}

static void get_detail(getter *g, const nkc_xml_node *detail)
{
	static const struct {
		const char *type;
		nkc_var var;
	} kinds[] = {
		{ "volume", NKC_VAR_VOLUME },         { "issue", NKC_VAR_ISSUE },
		{ "section", NKC_VAR_SECTION },       { "chapter", NKC_VAR_CHAPTER_NUMBER },
		{ "number", NKC_VAR_NUMBER },         { "part", NKC_VAR_PART },
		{ "supplement", NKC_VAR_SUPPLEMENT }, { "page", NKC_VAR_PAGE },
		{ "report number", NKC_VAR_NUMBER },
	};
	const nkc_xml_node *number = nkc_xml_child(detail, "number");
	nkc_str text = line_of(g, number ? number : detail);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (has(detail, "type", kinds[i].type)) {
			bool series = g->in_series && kinds[i].var == NKC_VAR_NUMBER;
			set(g, series ? NKC_VAR_COLLECTION_NUMBER : kinds[i].var, text);
			return;
		}
	}
	keep(g, nkc_xml_get(detail, "type"), text);
}

static void get_pages(getter *g, const nkc_xml_node *extent)
{
	nkc_str first = child_text(g, extent, "start"), last = child_text(g, extent, "end");
	nkc_buf pages = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&pages, first);
	if (last.len && !nkc_str_eq(first, last)) {
		nkc_buf_puts(&pages, first.len ? "-" : "");
		nkc_buf_put_str(&pages, last);
	}
	set(g, NKC_VAR_PAGE, child_text(g, extent, "list"));
	set(g, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &pages));
	set(g, NKC_VAR_NUMBER_OF_PAGES, child_text(g, extent, "total"));
}

static void get_part(getter *g, const nkc_xml_node *part)
{
	for (const nkc_xml_node *node = part->first; node; node = node->next) {
		if (nkc_str_is(node->name, "detail"))
			get_detail(g, node);
		else if (nkc_str_is(node->name, "extent"))
			get_pages(g, node);
		else if (nkc_str_is(node->name, "date"))
			note_date(g, node, 1);
	}
}

/* --- physical description: "xvi, 240 p. ; 24 cm" --- */

/* The number before a word that begins so, if that word is no longer than it may be. */
static nkc_str number_before(nkc_str text, const char *const *words)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t start = at;
		while (at < text.len && is_digit(text.ptr[at]))
			at++;
		nkc_str number = nkc_str_slice(text, start, at);
		while (number.len && at < text.len && text.ptr[at] == ' ')
			at++;
		size_t end = at;
		while (end < text.len && ((text.ptr[end] | 32) >= 'a' && (text.ptr[end] | 32) <= 'z'))
			end++;
		for (size_t i = 0; number.len && words[i]; i++) {
			if (nkc_str_eq_nocase(nkc_str_slice(text, at, end), nkc_str_from(words[i])))
				return number;
		}
		at = end > at ? end - 1 : at;
	}
	return NKC_STR("");
}

static void get_extent(getter *g, nkc_str text)
{
	static const char *const pages[] = { "p", "pp", "page", "pages", "leaves", NULL };
	static const char *const volumes[] = { "v", "vol", "vols", "volume", "volumes", "score", "scores",
		                               "sound", "video", NULL };
	bool shown = g->type == NKC_TYPE_GRAPHIC || g->type == NKC_TYPE_MOTION_PICTURE ||
	             g->type == NKC_TYPE_BROADCAST || g->type == NKC_TYPE_SONG;
	nkc_str page_count = number_before(text, pages), volume_count = number_before(text, volumes);
	set(g, NKC_VAR_NUMBER_OF_PAGES, page_count);
	set(g, NKC_VAR_NUMBER_OF_VOLUMES, volume_count);
	if (shown && !page_count.len && !volume_count.len)
		set(g, NKC_VAR_DIMENSIONS, text);
	else if (!page_count.len && !volume_count.len)
		keep(g, NKC_STR("extent"), text);
}

static void get_description(getter *g, const nkc_xml_node *description)
{
	for (const nkc_xml_node *node = description->first; node; node = node->next) {
		if (nkc_str_is(node->name, "extent"))
			get_extent(g, line_of(g, node));
		else if (nkc_str_is(node->name, "form") && !nkc_xml_get(node, "authority").len)
			set(g, NKC_VAR_MEDIUM, line_of(g, node));
		else
			keep(g, node->name, line_of(g, node));
	}
}

/* --- identifiers, addresses, words --- */

/* Several values of one variable. */
static void add_number(getter *g, nkc_var var, nkc_str text, const char *between)
{
	nkc_value *before = nkc_item_get(g->item, var);
	nkc_str numbers = nkc_value_text(before);
	if (!before)
		set(g, var, text);
	if (!before || !text.len || numbers.len + text.len >= NUMBERS_MAX || nkc_str_eq(numbers, text))
		return;
	nkc_buf both = nkc_arena_buf(g->arena);
	nkc_buf_put_str(&both, numbers);
	nkc_buf_puts(&both, between);
	nkc_buf_put_str(&both, text);
	nkc_value_set_text(before, g->arena, nkc_buf_str(&both));
	nkc_arena_keep(g->arena, &both);
}

/* The number without what is said about it: "0801486394 (pbk.)". */
static nkc_str bare_number(nkc_str text)
{
	size_t end = 0;
	while (end < text.len && (is_digit(text.ptr[end]) || strchr("-Xx", text.ptr[end])))
		end++;
	return end >= 8 ? nkc_str_slice(text, 0, end) : text;
}

static void get_identifier(getter *g, const nkc_xml_node *node)
{
	static const struct {
		const char *type;
		nkc_var var;
	} kinds[] = {
		{ "isbn", NKC_VAR_ISBN },     { "issn", NKC_VAR_ISSN },          { "issn-l", NKC_VAR_ISSN },
		{ "doi", NKC_VAR_DOI },       { "pmid", NKC_VAR_PMID },          { "pubmed", NKC_VAR_PMID },
		{ "pmc", NKC_VAR_PMCID },     { "pmcid", NKC_VAR_PMCID },        { "citekey", NKC_VAR_ID },
		{ "uri", NKC_VAR_URL },       { "serial number", NKC_VAR_NUMBER }, { "report number", NKC_VAR_NUMBER },
	};
	nkc_str text = line_of(g, node), type = nkc_xml_get(node, "type");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		bool number = kinds[i].var == NKC_VAR_ISBN || kinds[i].var == NKC_VAR_ISSN;
		if (!nkc_str_eq_nocase(type, nkc_str_from(kinds[i].type)))
			continue;
		if (has(node, "invalid", "yes"))
			return;
		if (number)
			add_number(g, kinds[i].var, bare_number(text), " ");
		else
			set(g, kinds[i].var, text);
		return;
	}
	keep(g, type.len ? type : NKC_STR("identifier"), text);
}

static void get_location(getter *g, const nkc_xml_node *location)
{
	for (const nkc_xml_node *node = location->first; node; node = node->next) {
		bool preview = has(node, "access", "preview");
		nkc_str text = line_of(g, node);
		if (nkc_str_is(node->name, "url") && !preview) {
			set(g, NKC_VAR_URL, text);
			nkc_item_add(g->item, NKC_VAR_ACCESSED,
			             nkc_date_read_text(g->arena, nkc_xml_get(node, "dateLastAccessed")));
		} else if (nkc_str_is(node->name, "physicalLocation")) {
			add_number(g, NKC_VAR_ARCHIVE_LOCATION, text, "; ");
		} else if (nkc_str_is(node->name, "shelfLocator")) {
			set(g, NKC_VAR_CALL_NUMBER, text);
		}
	}
}

/* The address that is called the first one counts before others. */
static void get_primary_url(getter *g, const nkc_xml_node *mods)
{
	const nkc_xml_node *location = nkc_xml_child(mods, "location");
	for (; location; location = nkc_xml_next(location, "location")) {
		const nkc_xml_node *url = nkc_xml_child(location, "url");
		for (; url; url = nkc_xml_next(url, "url")) {
			if (has(url, "usage", "primary") || has(url, "usage", "primary display"))
				set(g, NKC_VAR_URL, line_of(g, url));
		}
	}
}

/* "1:510,000" of "Scale [ca. 1:510,000]." */
static nkc_str scale_of(nkc_str text)
{
	size_t start = nkc_str_find(text, NKC_STR("1:")), end = start + 2;
	while (end < text.len && (is_digit(text.ptr[end]) || text.ptr[end] == ','))
		end++;
	return end > start + 2 && end <= text.len ? nkc_str_slice(text, start, end) : text;
}

static void get_subject(getter *g, const nkc_xml_node *subject)
{
	for (const nkc_xml_node *node = subject->first; node; node = node->next) {
		nkc_str text = line_of(g, node);
		if (nkc_str_is(node->name, "topic") && text.len) {
			g->words = g->words ? g->words : nkc_value_new(g->arena, NKC_ARRAY);
			nkc_value_append(g->words, nkc_value_string(g->arena, text));
		} else if (nkc_str_is(node->name, "cartographics")) {
			set(g, NKC_VAR_SCALE, scale_of(line_of(g, nkc_xml_child(node, "scale"))));
		}
	}
}

/* Codes rather than names, which are in somebody's language. */
static void get_language(getter *g, const nkc_xml_node *mods)
{
	nkc_buf codes = nkc_arena_buf(g->arena);
	nkc_str name = NKC_STR("");
	const nkc_xml_node *language = nkc_xml_child(mods, "language");
	for (; language; language = nkc_xml_next(language, "language")) {
		const nkc_xml_node *term = nkc_xml_child(language, "languageTerm");
		if (!term)
			put_part(&codes, "; ", line_of(g, language));
		for (; term; term = nkc_xml_next(term, "languageTerm")) {
			if (has(term, "type", "code") || nkc_xml_get(term, "authority").len)
				put_part(&codes, "; ", line_of(g, term));
			else
				name = name.len ? name : line_of(g, term);
		}
	}
	set(g, NKC_VAR_LANGUAGE, nkc_arena_keep(g->arena, &codes));
	set(g, NKC_VAR_LANGUAGE, name);
}

static void add_note(getter *g, nkc_str type, nkc_str text)
{
	if (!text.len)
		return;
	nkc_buf_puts(&g->notes, g->notes.len ? "\n" : "");
	if (type.len)
		nkc_buf_printf(&g->notes, "%.*s: ", NKC_STR_ARG(type));
	nkc_buf_put_str(&g->notes, text);
}

static void get_note(getter *g, const nkc_xml_node *note)
{
	nkc_str type = nkc_xml_get(note, "type"), text = text_of(g, note);
	if (nkc_str_is(type, "annotation")) {
		set(g, NKC_VAR_ANNOTE, text);
		return;
	}
	add_note(g, type, text);
}

static void get_genre(getter *g, const nkc_xml_node *node)
{
	nkc_str text = line_of(g, node);
	if (!nkc_xml_get(node, "authority").len && !nkc_mods_genre(text))
		set(g, NKC_VAR_GENRE, text);
}

static void get_abstract(getter *g, const nkc_xml_node *node)
{
	set(g, NKC_VAR_ABSTRACT, text_of(g, node));
}

static void get_record_info(getter *g, const nkc_xml_node *info)
{
	set(g, NKC_VAR_SOURCE, line_of(g, nkc_xml_child(info, "recordContentSource")));
	keep(g, NKC_STR("recordIdentifier"), child_text(g, info, "recordIdentifier"));
}

/* --- related items --- */

static void get_related(getter *g, const nkc_xml_node *item);

static void get_names(getter *g, const nkc_xml_node *node, level in)
{
	const nkc_xml_node *name = nkc_xml_child(node, "name");
	for (; name; name = nkc_xml_next(name, "name"))
		get_name(g, name, in);
}

static void get_host(getter *g, const nkc_xml_node *host)
{
	get_titles(g, host, g->in_series ? NKC_VAR_COLLECTION_TITLE : NKC_VAR_CONTAINER_TITLE,
	           NKC_VAR_CONTAINER_TITLE_SHORT);
	get_names(g, host, HOST);
	for (const nkc_xml_node *node = host->first; node; node = node->next) {
		if (nkc_str_is(node->name, "originInfo"))
			get_origin(g, node);
		else if (nkc_str_is(node->name, "part"))
			get_part(g, node);
		else if (nkc_str_is(node->name, "identifier") && !has(node, "type", "doi") &&
		         !has(node, "type", "citekey"))
			get_identifier(g, node);
		else if (nkc_str_is(node->name, "location"))
			add_number(g, NKC_VAR_ARCHIVE_LOCATION,
			           line_of(g, nkc_xml_child(node, "physicalLocation")), "; ");
		else if (nkc_str_is(node->name, "relatedItem"))
			get_related(g, node);
	}
}

static void get_series(getter *g, const nkc_xml_node *series)
{
	const nkc_xml_node *detail = nkc_xml_child(nkc_xml_child(series, "part"), "detail");
	nkc_str number = line_of(g, nkc_xml_child(detail, "number"));
	const nkc_xml_node *info = nkc_xml_child(series, "titleInfo");
	set(g, NKC_VAR_COLLECTION_TITLE, line_of(g, nkc_xml_child(info, "title")));
	set(g, NKC_VAR_COLLECTION_NUMBER, number.len ? number : line_of(g, nkc_xml_child(info, "partNumber")));
	get_names(g, series, SERIES);
}

static void get_original(getter *g, const nkc_xml_node *original)
{
	get_titles(g, original, NKC_VAR_ORIGINAL_TITLE, NKC_VAR_NONE);
	get_names(g, original, ORIGINAL);
	const nkc_xml_node *origin = nkc_xml_child(original, "originInfo");
	for (; origin; origin = nkc_xml_next(origin, "originInfo")) {
		nkc_item_add(g->item, NKC_VAR_ORIGINAL_DATE, date_of(g, child_text(g, origin, "dateIssued")));
		set(g, NKC_VAR_ORIGINAL_PUBLISHER, line_of(g, nkc_xml_child(origin, "publisher")));
		set(g, NKC_VAR_ORIGINAL_PUBLISHER_PLACE,
		    line_of(g, nkc_xml_child(nkc_xml_child(origin, "place"), "placeTerm")));
	}
}

/* Recursion is bounded by NKC_XML_DEPTH_MAX. */
static void get_related(getter *g, const nkc_xml_node *item)
{
	bool inside = nkc_str_is(item->parent->name, "relatedItem");
	if (has(item, "type", "series") || (inside && has(item, "type", "host"))) {
		get_series(g, item);
	} else if (has(item, "type", "host")) {
		get_host(g, item);
	} else if (has(item, "type", "original")) {
		get_original(g, item);
	} else if (has(item, "type", "reviewOf")) {
		get_titles(g, item, NKC_VAR_REVIEWED_TITLE, NKC_VAR_NONE);
		get_names(g, item, REVIEWED);
	}
}

/* --- publications of the US Congress --- */

static void set_chamber(getter *g, nkc_str chamber)
{
	bool house = nkc_str_eq_nocase(chamber, NKC_STR("house"));
	if (chamber.len)
		set(g, NKC_VAR_AUTHORITY, house ? NKC_STR("House") : nkc_str_eq_nocase(chamber, NKC_STR("senate"))
		                                          ? NKC_STR("Senate")
		                                          : chamber);
}

/* "H.R. 3304" */
static void set_bill_number(getter *g, nkc_str kind, nkc_str number)
{
	static const char *const kinds[][2] = {
		{ "hr", "H.R." },
		{ "s", "S." },
		{ "hjres", "H.R.J. Res." },
		{ "sjres", "S.J. Res." },
		{ "hconres", "H.R. Con. R." },
		{ "sconres", "S. Con. R." },
		{ "hres", "H.R. Res." },
		{ "sres", "S. Res." },
	};
	nkc_buf text = nkc_arena_buf(g->arena);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (nkc_str_is(kind, kinds[i][0]))
			nkc_buf_printf(&text, "%s ", kinds[i][1]);
	}
	nkc_buf_put_str(&text, number);
	set(g, NKC_VAR_NUMBER, nkc_arena_keep(g->arena, &text));
}

/* A bill goes by its short title; the long one says what it is about. Its names are those of committees. */
static void get_bill(getter *g, const nkc_xml_node *mods)
{
	nkc_str title = line_of(g, extension(mods, "shortTitle"));
	const nkc_xml_node *code = extension(mods, "USCode");
	set_bill_number(g, text_of(g, extension(mods, "docClass")), text_of(g, extension(mods, "billNumber")));
	if (title.len) {
		set(g, NKC_VAR_ABSTRACT, nkc_item_text(g->item, NKC_VAR_TITLE));
		nkc_value_set(g->item, NKC_STR("title"), nkc_value_string(g->arena, title));
		set(g, NKC_VAR_TITLE_SHORT, title);
	}
	if (!code)
		return;
	set(g, NKC_VAR_CONTAINER_TITLE, NKC_STR("U.S.C."));
	set(g, NKC_VAR_VOLUME, nkc_xml_get(code, "title"));
	nkc_buf sections = nkc_arena_buf(g->arena);
	const nkc_xml_node *section = nkc_xml_child(code, "section");
	for (; section; section = nkc_xml_next(section, "section"))
		put_part(&sections, ", ", nkc_xml_get(section, "number"));
	set(g, NKC_VAR_PAGE, nkc_arena_keep(g->arena, &sections));
}

static void get_congress(getter *g, const nkc_xml_node *mods)
{
	const nkc_xml_node *chamber = extension(mods, "chamber");
	const nkc_xml_node *name = nkc_xml_child(extension(mods, "congCommittee"), "name");
	if (!extension(mods, "congress") || (g->type != NKC_TYPE_BILL && g->type != NKC_TYPE_HEARING))
		return;
	while (name && !has(name, "type", "authority-standard"))
		name = nkc_xml_next(name, "name");
	set(g, NKC_VAR_SECTION, line_of(g, name));
	set_chamber(g, text_of(g, chamber ? chamber : extension(mods, "originChamber")));
	set(g, NKC_VAR_CHAPTER_NUMBER, text_of(g, extension(mods, "congress")));
	if (g->type == NKC_TYPE_BILL)
		get_bill(g, mods);
	else
		set(g, NKC_VAR_NUMBER, text_of(g, extension(mods, "number")));
}

/* --- all of it --- */

static void get_element(getter *g, const nkc_xml_node *node)
{
	static const struct {
		const char *name;
		void (*get)(getter *g, const nkc_xml_node *node);
	} elements[] = {
		{ "genre", get_genre },         { "originInfo", get_origin },  { "part", get_part },
		{ "physicalDescription", get_description }, { "identifier", get_identifier },
		{ "location", get_location },   { "subject", get_subject },    { "note", get_note },
		{ "abstract", get_abstract },   { "relatedItem", get_related }, { "recordInfo", get_record_info },
	};
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (nkc_str_is(node->name, elements[i].name)) {
			elements[i].get(g, node);
			return;
		}
	}
	if (nkc_str_is(node->name, "classification"))
		set(g, NKC_VAR_CALL_NUMBER, line_of(g, node));
	else if (nkc_str_is(node->name, "accessCondition"))
		set(g, NKC_VAR_LICENSE, line_of(g, node));
	else if (nkc_str_is(node->name, "tableOfContents"))
		add_note(g, NKC_STR("Table of Contents"), text_of(g, node));
}

nkc_value *nkc_mods_item(nkc_arena *arena, const nkc_xml_node *mods)
{
	getter g = { .arena = arena, .item = nkc_value_new(arena, NKC_OBJECT), .notes = NKC_BUF_INIT, .date_rank = -1 };
	if (!g.item)
		return NULL;
	g.first_date = g.last_date = g.publisher = NKC_STR("");
	g.type = type_of(&g, mods);
	g.in_series = (g.type == NKC_TYPE_BOOK || g.type == NKC_TYPE_THESIS) && related(mods, "host");
	set(&g, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(g.type)));
	get_titles(&g, mods, NKC_VAR_TITLE, NKC_VAR_TITLE_SHORT);
	if (g.type != NKC_TYPE_BILL || !extension(mods, "congress"))
		get_names(&g, mods, TOP);
	get_congress(&g, mods);
	get_primary_url(&g, mods);
	get_language(&g, mods);
	for (const nkc_xml_node *node = mods->first; node; node = node->next)
		get_element(&g, node);
	set_issued(&g);
	set(&g, NKC_VAR_PUBLISHER, g.publisher);
	nkc_item_add_text(g.item, arena, NKC_VAR_NOTE, nkc_buf_str(&g.notes));
	set(&g, NKC_VAR_ID, nkc_xml_get(mods, "ID"));
	if (g.words)
		nkc_item_add_keywords(g.item, arena, g.words);
	bool failed = nkc_buf_status(&g.notes) || nkc_arena_status(arena);
	nkc_buf_release(&g.notes);
	return failed ? NULL : g.item;
}
