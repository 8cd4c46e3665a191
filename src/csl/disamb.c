/*
 * disamb.c: telling cites apart (stage 5; specification, "Disambiguation").
 *
 * Each item's cite is rendered once as plain text, its key. Items that share a key are a class; only inside a class
 * is anything tried, and what is tried splits it by the new keys, until every class has one member
 * or the ladder ends. Cost follows the items that clash.
 */
#include "csl/document.h"

#include "base/mem.h"

#include <stdlib.h>

#define MORE_NAMES_MAX 64 /* names shown beyond et al. to tell two cites apart: none but hostile lists need more */

typedef struct disamb {
	nkc_document *document;
	nkc_status status;
} disamb;

typedef struct member {
	csl_item *item;
	uint64_t key;
	size_t place; /* in the bibliography */
} member;

/* --- keys --- */

static uint64_t render_key(disamb *d, csl_item *item, csl_eval *eval)
{
	nkc_document *document = d->document;
	/* The form in which it is cited again: there it says least. */
	csl_cite cite = { .item = item, .label = CSL_LOCATOR_PAGE, .position = CSL_POSITION_SUBSEQUENT };
	cite.locator = cite.prefix = cite.suffix = NKC_STR("");
	const csl_layout *layout = &document->style->layouts[CSL_CITATION];
	nkc_arena_reset(document->scratch);
	csl_census *census = eval->census;
	csl_document_eval(document, eval, CSL_CITATION, item, &cite);
	eval->census = census;
	csl_out *node = csl_out_group(document->scratch, NULL, NKC_STR(""));
	csl_eval_children(eval, layout->children, layout->child_count, node);
	nkc_buf_clear(&document->key);
	csl_out_plain(node, &document->key);
	if (nkc_buf_status(&document->key) || nkc_arena_status(document->scratch))
		d->status = NKC_ENOMEM;
	return nkc_hash(nkc_buf_str(&document->key), 0);
}

static void render_keys(disamb *d, member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		csl_eval eval = { .census = NULL };
		members[i].key = render_key(d, members[i].item, &eval);
	}
}

static int by_key(const void *a, const void *b)
{
	const member *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* How many different keys a class has; its members are then sorted by key. */
static size_t split(member *members, size_t count)
{
	qsort(members, count, sizeof *members, by_key);
	size_t classes = count > 0;
	for (size_t i = 1; i < count; i++)
		classes += members[i].key != members[i - 1].key;
	return classes;
}

/* --- the ladder --- */

/* A rung tries its means on a class and keeps what splits it. Members come back sorted by key. */
typedef void (*rung)(disamb *d, member *members, size_t count);

static void climb(disamb *d, member *members, size_t count, const rung *ladder);

/* Goes on with each class that is left. */
static void climb_classes(disamb *d, member *members, size_t count, const rung *ladder)
{
	for (size_t from = 0, to; from < count; from = to) {
		to = from + 1;
		while (to < count && members[to].key == members[from].key)
			to++;
		if (to - from > 1)
			climb(d, members + from, to - from, ladder);
	}
}

static void climb(disamb *d, member *members, size_t count, const rung *ladder)
{
	if (!*ladder || d->status)
		return;
	(*ladder)(d, members, count);
	climb_classes(d, members, count, ladder + 1);
}

/* --- given names --- */

static void set_given(disamb *d, csl_item *item, unsigned index, uint8_t level)
{
	if (index >= item->choice.given_count) {
		unsigned room = index + 8;
		uint8_t *given = nkc_arena_alloc(d->document->arena, room);
		if (!given) {
			d->status = NKC_ENOMEM;
			return;
		}
		memset(given, 0, room);
		if (item->choice.given_count)
			memcpy(given, item->choice.given, item->choice.given_count);
		item->choice.given = given;
		item->choice.given_count = room;
	}
	((uint8_t *)item->choice.given)[index] = level;
}

static uint8_t level_of(const csl_item *item, unsigned index)
{
	return index < item->choice.given_count ? item->choice.given[index] : 0;
}

static void set_given_all(disamb *d, member *members, size_t count, unsigned index, uint8_t level)
{
	for (size_t i = 0; i < count; i++)
		set_given(d, members[i].item, index, level);
}

/* How many names the cites of a class show at the most. */
static unsigned names_shown(disamb *d, const member *members, size_t count)
{
	unsigned most = 0;
	for (size_t i = 0; i < count; i++) {
		csl_census census = { NULL, 0, 0, false };
		csl_eval eval = { .census = &census };
		(void)render_key(d, members[i].item, &eval);
		for (size_t k = 0; k < census.count; k++)
			most = census.items[k].index + 1 > most ? census.items[k].index + 1 : most;
		if (census.failed)
			d->status = NKC_ENOMEM;
		nkc_free(census.items);
	}
	return most;
}

static bool shows_initials_only(const nkc_style *style)
{
	return style->givenname_rule == CSL_ALL_NAMES_WITH_INITIALS ||
	       style->givenname_rule == CSL_PRIMARY_NAME_WITH_INITIALS;
}

/* Goes on with each class of what a step has split, at the next step. */
typedef void (*step)(disamb *d, member *members, size_t count, unsigned at);

static void go_on(disamb *d, member *members, size_t count, step next, unsigned at)
{
	for (size_t from = 0, to; from < count && !d->status; from = to) {
		to = from + 1;
		while (to < count && members[to].key == members[from].key)
			to++;
		if (to - from > 1)
			next(d, members + from, to - from, at);
	}
	split(members, count); /* what the steps below have changed, in order again */
}

/*
 * Expands names of a class one after the other, each to initials, then to the full name: `at` counts both.
 * The first that splits the class stays; the classes that are left go on from there.
 */
static void expand_from(disamb *d, member *members, size_t count, unsigned at)
{
	const nkc_style *style = d->document->style;
	unsigned levels = shows_initials_only(style) ? 1 : 2;
	unsigned shown = style->givenname_rule >= CSL_PRIMARY_NAME ? 1 : names_shown(d, members, count);
	uint8_t before = 0;
	bool begun = false;
	for (; at < shown * levels && !d->status; at++) {
		unsigned index = at / levels;
		if (at % levels == 0 || !begun) /* what an earlier step has shown stays when this one fails */
			before = level_of(members[0].item, index);
		begun = true;
		set_given_all(d, members, count, index, (uint8_t)(at % levels + 1));
		render_keys(d, members, count);
		if (split(members, count) > 1) {
			go_on(d, members, count, expand_from, at + 1);
			return;
		}
		if (at % levels + 1 == levels) /* neither form helps */
			set_given_all(d, members, count, index, before);
	}
	render_keys(d, members, count);
	split(members, count);
}

static void expand_names(disamb *d, member *members, size_t count)
{
	expand_from(d, members, count, 0);
}

static void set_more_all(member *members, size_t count, unsigned more)
{
	for (size_t i = 0; i < count; i++)
		members[i].item->choice.names_more = (uint8_t)more;
}

/* Does et al. still hide names of some member? */
static bool hides_names(disamb *d, const member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		csl_eval eval = { .census = NULL };
		(void)render_key(d, members[i].item, &eval);
		if (eval.short_names)
			return true;
	}
	return false;
}

/* Shows one more name of all members at a time; what is left over goes on with those shown so far. */
static void add_from(disamb *d, member *members, size_t count, unsigned at)
{
	bool given = d->document->style->disambiguate_add_givenname;
	unsigned before = at;
	for (; at < MORE_NAMES_MAX && !d->status && hides_names(d, members, count); at++) {
		set_more_all(members, count, at + 1);
		render_keys(d, members, count);
		if (split(members, count) == 1 && given)
			expand_from(d, members, count, 0);
		if (split(members, count) > 1) {
			go_on(d, members, count, add_from, at + 1);
			return;
		}
	}
	set_more_all(members, count, before);
	render_keys(d, members, count);
	split(members, count);
}

static void add_names(disamb *d, member *members, size_t count)
{
	add_from(d, members, count, 0);
}

static void set_conditions_all(member *members, size_t count, unsigned conditions)
{
	for (size_t i = 0; i < count; i++)
		members[i].item->choice.conditions = (uint8_t)conditions;
}

/* Lets one more test of `disambiguate` hold at a time, as long as there are any. */
static void conditions_from(disamb *d, member *members, size_t count, unsigned at)
{
	csl_eval eval = { .census = NULL };
	unsigned before = at;
	(void)render_key(d, members[0].item, &eval);
	for (unsigned tests = eval.conditions; at < tests && at < UINT8_MAX && !d->status; at++) {
		set_conditions_all(members, count, at + 1);
		render_keys(d, members, count);
		if (split(members, count) > 1) {
			go_on(d, members, count, conditions_from, at + 1);
			return;
		}
	}
	set_conditions_all(members, count, before);
	render_keys(d, members, count);
	split(members, count);
}

static void set_condition(disamb *d, member *members, size_t count)
{
	conditions_from(d, members, count, 0);
}

static int by_place(const void *a, const void *b)
{
	const member *x = a, *y = b;
	return (x->place > y->place) - (x->place < y->place);
}

static void add_suffixes(disamb *d, member *members, size_t count)
{
	(void)d;
	qsort(members, count, sizeof *members, by_place);
	for (size_t i = 0; i < count; i++)
		members[i].item->choice.year_suffix = (uint32_t)i + 1;
}

/* The rungs that the style turns on, in the order of the specification. */
static void build_ladder(const nkc_style *style, rung ladder[5])
{
	size_t at = 0;
	if (style->disambiguate_add_givenname)
		ladder[at++] = expand_names;
	if (style->disambiguate_add_names)
		ladder[at++] = add_names;
	if (style->has_disambiguate)
		ladder[at++] = set_condition;
	if (style->disambiguate_add_year_suffix)
		ladder[at++] = add_suffixes;
	ladder[at] = NULL;
}

/* --- names for their own sake --- */

/* A name of some cite, with its three forms. */
typedef struct census_name {
	csl_item *item;
	unsigned index;
	uint64_t person;   /* all its parts */
	uint64_t forms[3]; /* by level */
} census_name;

typedef struct names_list {
	census_name *items;
	size_t count, cap;
} names_list;

/*
 * Who it is, as far as given names can tell: persons who differ in a suffix alone ("Jr.") stay what they are (so citeproc-js).
 */
static uint64_t person_hash(const nkc_name *name)
{
	const nkc_str parts[] = { name->family, name->given, name->non_dropping_particle, name->dropping_particle,
		                  name->literal };
	uint64_t hash = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		hash = nkc_hash(parts[i], hash + i);
	return hash;
}

static void note_name(disamb *d, csl_eval *eval, names_list *list, csl_item *item, const csl_name_seen *seen)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 256;
		census_name *items = nkc_realloc(list->items, cap * sizeof *items);
		if (!items) {
			d->status = NKC_ENOMEM;
			return;
		}
		list->items = items;
		list->cap = cap;
	}
	census_name *name = &list->items[list->count++];
	*name = (census_name){ .item = item, .index = seen->index, .person = person_hash(seen->name) };
	for (unsigned level = 0; level < 3; level++)
		name->forms[level] = nkc_hash(csl_name_text(eval, seen->options, seen->name, level), 0);
}

static void take_census(disamb *d, csl_item *item, names_list *list)
{
	csl_census census = { NULL, 0, 0, false };
	csl_eval eval = { .census = &census };
	(void)render_key(d, item, &eval);
	bool primary_only = d->document->style->givenname_rule >= CSL_PRIMARY_NAME;
	for (size_t i = 0; i < census.count && !d->status; i++) {
		if (!primary_only || census.items[i].primary)
			note_name(d, &eval, list, item, &census.items[i]);
	}
	if (census.failed)
		d->status = NKC_ENOMEM;
	nkc_free(census.items);
}

/* The forms of one level that stand for more than one person. */
static nkc_status find_ambiguous(const names_list *list, unsigned level, nkc_set *ambiguous)
{
	nkc_set first = NKC_MAP_INIT; /* form -> index of the first name that has it */
	nkc_status status = NKC_OK;
	for (size_t i = 0; !status && i < list->count; i++) {
		bool added;
		uint32_t *index;
		status = nkc_set_add(&first, list->items[i].forms[level], &added, &index);
		if (!status && added)
			*index = (uint32_t)i;
		else if (!status && list->items[*index].person != list->items[i].person)
			status = nkc_set_add(ambiguous, list->items[i].forms[level], &added, NULL);
	}
	nkc_set_release(&first);
	return status;
}

/* The least level at which the name stands for one person; 0 when there is none. */
static uint8_t level_for(const census_name *name, const nkc_set ambiguous[3], unsigned top)
{
	for (unsigned level = 0; level <= top; level++) {
		if (!nkc_set_has(&ambiguous[level], name->forms[level]))
			return (uint8_t)level;
	}
	return 0;
}

/* Expands every name that two persons share, whether its cite is ambiguous or not. */
static void disambiguate_names(disamb *d)
{
	names_list list = { NULL, 0, 0 };
	nkc_set ambiguous[3] = { NKC_SET_INIT, NKC_SET_INIT, NKC_SET_INIT };
	unsigned top = shows_initials_only(d->document->style) ? 1 : 2;
	for (size_t i = 0; i < d->document->listed_count && !d->status; i++)
		take_census(d, d->document->listed[i], &list);
	for (unsigned level = 0; level <= top && !d->status; level++)
		d->status = find_ambiguous(&list, level, &ambiguous[level]);
	for (size_t i = 0; i < list.count && !d->status; i++) {
		uint8_t level = level_for(&list.items[i], ambiguous, top);
		if (level)
			set_given(d, list.items[i].item, list.items[i].index, level);
	}
	for (unsigned level = 0; level < 3; level++)
		nkc_set_release(&ambiguous[level]);
	nkc_free(list.items);
}

/* --- all together --- */

nkc_status csl_disambiguate(nkc_document *document)
{
	const nkc_style *style = document->style;
	disamb d = { .document = document };
	rung ladder[5];
	build_ladder(style, ladder);
	if (!ladder[0] || !document->style->layouts[CSL_CITATION].present)
		return NKC_OK;
	if (style->disambiguate_add_givenname && style->givenname_rule != CSL_BY_CITE)
		disambiguate_names(&d);
	size_t count = document->listed_count;
	member *members = nkc_calloc(count ? count : 1, sizeof *members);
	if (!members)
		return NKC_ENOMEM;
	for (size_t i = 0; i < count; i++)
		members[i] = (member){ .item = document->listed[i], .place = i };
	render_keys(&d, members, count);
	split(members, count);
	climb_classes(&d, members, count, ladder);
	nkc_free(members);
	return d.status;
}
