/*
 * --target zotero of CSL-JSON: Zotero refuses a whole file for one type that is not in its list (software is not), drops
 * particles, suffixes, ends of ranges and whatever a type has no field for, and guesses types from the fields that are
 * there. (Its reader: translators/CSL JSON.js and itemFromCSLJSON in utilities/utilities_item.js.)
 */
#include "format/csl_zotero.h"

#include "format/format.h"
#include "format/zotero.h"
#include "record/date.h"

typedef struct edit {
	nkc_writer *writer;
	nkc_record *record;
	nkc_arena *arena;
	nkc_buf extra; /* lines for the note */
} edit;

static bool has(const edit *it, nkc_var var)
{
	return nkc_record_get(it->record, var) != NULL;
}

static void tell(const edit *it, nkc_var var, const char *where)
{
	nkc_writer_tell(it->writer, it->record, nkc_var_name(var), *where ? NKC_CARRY_CONVENTION : NKC_CARRY_NONE, where);
}

static void set_text(edit *it, nkc_var var, nkc_str text)
{
	nkc_record_set(it->record, var, nkc_value_string(it->arena, text));
}

/* Into Extra, and out of the item if it stands in the way there. */
static void move_to_extra(edit *it, nkc_var var, bool remove)
{
	size_t before = it->extra.len;
	nkc_zotero_put_extra(it->record, var, &it->extra);
	tell(it, var, it->extra.len > before ? "note" : "");
	if (remove)
		nkc_record_set(it->record, var, NULL);
}

/* --- names --- */

static nkc_value *text_of(edit *it, void (*put)(const nkc_name *, nkc_buf *), const nkc_name *name)
{
	nkc_buf *scratch = &it->writer->scratch;
	nkc_buf_clear(scratch);
	put(name, scratch);
	return scratch->len ? nkc_value_string(it->arena, nkc_buf_str(scratch)) : NULL;
}

/* Zotero's two fields; it reads no others. */
static nkc_value *two_fields(edit *it, const nkc_name *name)
{
	nkc_value *object = nkc_value_new(it->arena, NKC_OBJECT);
	nkc_value *family = text_of(it, nkc_zotero_put_family, name);
	nkc_value *given = text_of(it, nkc_zotero_put_given, name);
	if (!object)
		return NULL;
	if (family)
		nkc_value_add(object, NKC_STR("family"), family);
	if (given)
		nkc_value_add(object, NKC_STR("given"), given);
	return object;
}

static bool needs_two_fields(const nkc_name *name)
{
	return (name->family.len || name->given.len) &&
	       (name->dropping_particle.len || name->non_dropping_particle.len || name->suffix.len);
}

static void mend_names(edit *it, nkc_var var)
{
	const nkc_name *names;
	size_t count = nkc_record_names(it->record, var, &names);
	bool changed = false;
	for (size_t i = 0; i < count; i++) {
		nkc_value *object = needs_two_fields(&names[i]) ? two_fields(it, &names[i]) : NULL;
		if (!object)
			continue;
		nkc_value_become((nkc_value *)names[i].value, object);
		changed = true;
	}
	if (changed)
		tell(it, var, "family, given");
}

/* --- dates --- */

static void mend_date(edit *it, nkc_var var)
{
	nkc_date date;
	nkc_buf *scratch = &it->writer->scratch;
	if (!nkc_record_date(it->record, var, &date) || !date.structured)
		return;
	nkc_buf_clear(scratch);
	if (nkc_zotero_put_date(&date, scratch)) {
		nkc_value *object = nkc_value_new(it->arena, NKC_OBJECT);
		nkc_value *words = nkc_value_string(it->arena, nkc_buf_str(scratch));
		if (!object || !words)
			return;
		nkc_value_add(object, NKC_STR("literal"), words);
		nkc_record_set(it->record, var, object);
		tell(it, var, "literal");
	} else if (nkc_value_find(date.value, NKC_STR("season"))) { /* with digits it would pass for a year */
		nkc_value_remove(nkc_value_find(date.value, NKC_STR("season")));
		tell(it, var, "");
	} else if (date.start.approximate) {
		tell(it, var, ""); /* circa is dropped, the year is read */
	}
}

/* --- members under names that Zotero reads --- */

static void rename_member(edit *it, nkc_var from, nkc_var to)
{
	nkc_value *value = nkc_record_get(it->record, from);
	if (!value || has(it, to))
		return;
	value->key = nkc_str_from(nkc_var_name(to));
	nkc_record_index(it->record);
}

/* --- types --- */

/* A field whose presence makes Zotero guess the wrong type goes to Extra. */
static const struct {
	nkc_type type;
	nkc_var var;
} misleading[] = {
	{ NKC_TYPE_BOOK, NKC_VAR_VERSION },            /* a program */
	{ NKC_TYPE_SONG, NKC_VAR_NUMBER },             /* a podcast */
	{ NKC_TYPE_BILL, NKC_VAR_PUBLISHER },          /* a hearing */
	{ NKC_TYPE_BILL, NKC_VAR_NUMBER_OF_VOLUMES },
};

static void avoid_guesses(edit *it, nkc_type type)
{
	for (size_t i = 0; i < sizeof misleading / sizeof *misleading; i++) {
		if (misleading[i].type == type && has(it, misleading[i].var))
			move_to_extra(it, misleading[i].var, true);
	}
}

/*
 * Only Zotero's video recording and radio broadcast have an author; a film and a television broadcast make a director of
 * it. These are the signs by which its reader tells them; a space is trimmed away later.
 */
static void keep_author(edit *it, nkc_type type)
{
	if (!has(it, NKC_VAR_AUTHOR))
		return;
	if (type == NKC_TYPE_MOTION_PICTURE && !has(it, NKC_VAR_NUMBER_OF_VOLUMES))
		set_text(it, NKC_VAR_NUMBER_OF_VOLUMES, NKC_STR(" "));
	if (type != NKC_TYPE_BROADCAST)
		return;
	if (!has(it, NKC_VAR_DIRECTOR))
		nkc_record_set(it->record, NKC_VAR_DIRECTOR, nkc_value_new(it->arena, NKC_ARRAY));
	if (!has(it, NKC_VAR_SOURCE))
		set_text(it, NKC_VAR_SOURCE, NKC_STR(" "));
}

/* Software is a book with a version to this reader. */
static void mend_type(edit *it, nkc_type type)
{
	nkc_type instead = type == NKC_TYPE_SOFTWARE ? NKC_TYPE_BOOK : nkc_zotero_type(type);
	if (type == NKC_TYPE_SOFTWARE && !has(it, NKC_VAR_VERSION))
		set_text(it, NKC_VAR_VERSION, NKC_STR(" "));
	if (type != NKC_TYPE_SOFTWARE)
		avoid_guesses(it, instead);
	keep_author(it, type);
	if (instead == type)
		return;
	if (type != NKC_TYPE_SOFTWARE && type != NKC_TYPE_NONE)
		nkc_zotero_put_extra(it->record, NKC_VAR_TYPE, &it->extra);
	tell(it, NKC_VAR_TYPE, it->extra.len ? "note" : nkc_type_name(instead));
	set_text(it, NKC_VAR_TYPE, nkc_str_from(nkc_type_name(instead)));
}

/* --- all of it --- */

static void mend_members(edit *it, nkc_type type)
{
	for (nkc_var var = NKC_VAR_TYPE + 1; var < NKC_VAR_COUNT; var++) {
		if (!has(it, var) || var == NKC_VAR_CUSTOM)
			continue;
		nkc_kind kind = nkc_var_kind(var);
		if (!nkc_zotero_holds(type, var)) /* a role that it has not would become the first one that it has */
			move_to_extra(it, var, kind == NKC_KIND_NAMES);
		else if (kind == NKC_KIND_NAMES)
			mend_names(it, var);
		else if (kind == NKC_KIND_DATE)
			mend_date(it, var);
	}
}

/* The lines of Extra stand before what the note says: there Zotero looks for them. */
static void put_note(edit *it)
{
	if (!it->extra.len)
		return;
	nkc_buf_put_str(&it->extra, nkc_record_text(it->record, NKC_VAR_NOTE));
	if (it->extra.ptr[it->extra.len - 1] == '\n')
		nkc_buf_truncate(&it->extra, it->extra.len - 1);
	set_text(it, NKC_VAR_NOTE, nkc_buf_str(&it->extra));
}

void nkc_csl_for_zotero(nkc_record *record, nkc_writer *writer)
{
	edit it = { .writer = writer, .record = record, .arena = nkc_record_arena(record), .extra = NKC_BUF_INIT };
	nkc_type type = nkc_record_type(record);
	rename_member(&it, NKC_VAR_SHORTTITLE, NKC_VAR_TITLE_SHORT);
	rename_member(&it, NKC_VAR_EVENT, NKC_VAR_EVENT_TITLE);
	if (nkc_zotero_type(type) == NKC_TYPE_ARTICLE_JOURNAL)
		rename_member(&it, NKC_VAR_CONTAINER_TITLE_SHORT, NKC_VAR_JOURNALABBREVIATION);
	mend_type(&it, type);
	mend_members(&it, type);
	put_note(&it);
	nkc_buf_release(&it.extra);
}
