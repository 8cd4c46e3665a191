/*
 * disamb_ladder.c: what is tried to tell the cites of one class apart (specification, "Disambiguation").
 *
 * Each step gives all members a little more; what splits the class stays, and the classes that are left climb on
 * until every class has one member or the ladder ends. Cost follows the items that clash.
 */
#include "csl/disamb.h"

#include "base/mem.h"

#include <stdlib.h>

#define NAMES_TOLD_MAX 128 /* given names are added to so many names of a cite: those behind hardly tell more */
#define MORE_NAMES_MAX 64 /* names shown beyond et al. to tell two cites apart: none but hostile lists need more */

typedef struct disamb {
	nkc_document *document;
	nkc_status status;
} disamb;

typedef struct member {
	csl_item *item;
	uint64_t key;
	uint32_t place; /* in the bibliography */
} member;

/* --- keys --- */

nkc_status csl_key_make(nkc_document *document, csl_item *item, csl_eval *eval, uint64_t *key)
{
	/* The form in which it is cited again: there it says least. */
	csl_cite cite = { .item = item, .label = CSL_LOCATOR_PAGE, .position = CSL_POSITION_SUBSEQUENT,
		          .first_note = item->first_note };
	cite.locator = cite.prefix = cite.suffix = NKC_STR("");
	const csl_layout *layout = &document->style->layouts[CSL_CITATION];
	csl_document_begin(document);
	csl_census *census = eval->census;
	csl_document_eval(document, eval, CSL_CITATION, item, &cite);
	eval->census = census;
	eval->for_key = true;
	csl_out *node = csl_out_group(document->scratch, NULL, NKC_STR(""));
	csl_eval_children(eval, layout->children, layout->child_count, node);
	nkc_buf_clear(&document->key);
	csl_out_plain(node, &document->key);
	csl_held_of(item)->own_uses |= document->uses;
	*key = nkc_hash(nkc_buf_str(&document->key), 0);
	bool lost = nkc_buf_status(&document->key) || nkc_arena_status(document->scratch) || (census && census->failed);
	return lost ? NKC_ENOMEM : NKC_OK;
}

static uint64_t render_key(disamb *d, csl_item *item, csl_eval *eval)
{
	uint64_t key = 0;
	if (csl_key_make(d->document, item, eval, &key))
		d->status = NKC_ENOMEM;
	return key;
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

bool csl_give(csl_held *held, unsigned index, uint8_t level)
{
	csl_choice *choice = &held->item.choice;
	if (index >= choice->given_count) {
		unsigned room = index + 8;
		uint8_t *given = nkc_realloc(held->given, room);
		if (!given)
			return false;
		memset(given + choice->given_count, 0, room - choice->given_count);
		held->given = given;
		choice->given = given;
		choice->given_count = room;
	}
	held->given[index] = level;
	return true;
}

static uint8_t level_of(const csl_item *item, unsigned index)
{
	return index < item->choice.given_count ? item->choice.given[index] : 0;
}

static void set_given_all(disamb *d, member *members, size_t count, unsigned index, uint8_t level)
{
	for (size_t i = 0; i < count; i++)
		d->status = csl_give(csl_held_of(members[i].item), index, level) ? d->status : NKC_ENOMEM;
}

bool csl_gives_initials(const nkc_style *style)
{
	return style->givenname_rule == CSL_ALL_NAMES_WITH_INITIALS ||
	       style->givenname_rule == CSL_PRIMARY_NAME_WITH_INITIALS;
}

/* The names that the cites of a class show, place by place. */
typedef struct shown_names {
	uint64_t first[NAMES_TOLD_MAX]; /* who stands there in the first cite that has the place */
	uint32_t cites[NAMES_TOLD_MAX]; /* how many have it */
	bool differ[NAMES_TOLD_MAX];    /* not the same person everywhere */
	unsigned count;
} shown_names;

static void note_name(shown_names *shown, const csl_name_seen *seen)
{
	unsigned at = seen->index;
	uint64_t person = nkc_hash(seen->name->suffix, csl_person_hash(seen->name)); /* of cites, a suffix tells, too */
	if (at >= NAMES_TOLD_MAX)
		return;
	if (shown->cites[at]++ == 0)
		shown->first[at] = person;
	shown->differ[at] |= shown->first[at] != person;
	shown->count = at + 1 > shown->count ? at + 1 : shown->count;
}

static void look_at_names(disamb *d, const member *members, size_t count, shown_names *shown)
{
	if (!shown) {
		d->status = NKC_ENOMEM;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		csl_census census = { NULL, 0, 0, false };
		csl_eval eval = { .census = &census };
		(void)render_key(d, members[i].item, &eval);
		for (size_t k = 0; k < census.count; k++)
			note_name(shown, &census.items[k]);
		nkc_free(census.items);
	}
	for (unsigned at = 0; at < shown->count; at++)
		shown->differ[at] |= shown->cites[at] != count;
	if (d->document->style->givenname_rule >= CSL_PRIMARY_NAME)
		shown->count = 1;
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
 * The first that splits the class stays; the classes that are left go on from there. Where all cites name the same person
 * nothing can be told apart.
 */
static void expand_from(disamb *d, member *members, size_t count, unsigned at)
{
	unsigned levels = csl_gives_initials(d->document->style) ? 1 : 2;
	shown_names *shown = nkc_calloc(1, sizeof *shown);
	uint8_t before = 0;
	bool begun = false, apart = false;
	look_at_names(d, members, count, shown);
	for (; shown && !apart && at < shown->count * levels && !d->status; at++) {
		unsigned index = at / levels;
		if (!shown->differ[index])
			continue;
		if (at % levels == 0 || !begun) /* what an earlier step has shown stays when this one fails */
			before = level_of(members[0].item, index);
		begun = true;
		set_given_all(d, members, count, index, (uint8_t)(at % levels + 1));
		render_keys(d, members, count);
		apart = split(members, count) > 1;
		if (!apart && at % levels + 1 == levels) /* neither form helps */
			set_given_all(d, members, count, index, before);
	}
	nkc_free(shown);
	if (apart) {
		go_on(d, members, count, expand_from, at);
		return;
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

nkc_status csl_class_tell(nkc_document *document, csl_held **members, size_t count)
{
	disamb d = { .document = document };
	rung ladder[5];
	build_ladder(document->style, ladder);
	member *list = nkc_calloc(count, sizeof *list);
	if (!list)
		return NKC_ENOMEM;
	for (size_t i = 0; i < count; i++)
		list[i] = (member){ .item = &members[i]->item, .key = members[i]->own_key, .place = members[i]->rank };
	climb_classes(&d, list, count, ladder);
	nkc_free(list);
	return d.status;
}
