/*
 * Reads .bib files entry by entry.
 *
 * nkcite's own object (bibtex_write.h) goes back into the item where the fields still say what was written for it: a
 * value that somebody has changed in the file counts as changed. An entry that refers to another (crossref, xdata)
 * takes over its fields; the other is looked for among those read so far, and in the text ahead.
 */
#include "format/bibtex_read.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/wide.h"
#include "base/window.h"
#include "format/bibtex_item.h"
#include "format/lines.h"
#include "record/record_impl.h"

#include <stdio.h>

typedef struct state {
	size_t at;    /* offset in the window of what comes next */
	bool started; /* the file's first bytes were looked at */
	bool any;     /* an entry, or something else of BibTeX, was found */
	nkc_wide wide; /* of a file in UTF-16 */
	bool is_wide;
	nkc_bib_strings strings;
	nkc_bib_maker maker;
	nkc_bib_raw raw, parent;
	/* entries by key, for those that refer to them */
	nkc_set seen;      /* with 1 + offset in `kept` */
	nkc_buf kept;      /* the text of entries read so far, each behind its length */
	nkc_set ahead;     /* with the offset from `ahead_base` of entries that are still to come */
	uint64_t ahead_base, ahead_end; /* offsets in the file: of the first, and how far it was looked */
	/* to see what nkcite writes for its own object */
	nkc_record *own;
	nkc_writer *writers[4]; /* by way of writing */
	nkc_buf written;
} state;

/* Of the entries read so far so much is kept for references. */
#define KEPT_MAX ((size_t)16 << 20)

/* --- entries one after the other --- */

static nkc_status start(nkc_reader *reader);

/* Begins again, with what UTF-16 means. */
static nkc_status start_wide(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = nkc_wide_open(&s->wide, reader->window);
	s->is_wide = true;
	return status ? status : start(reader);
}

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	s->started = true;
	while (nkc_lines_text(reader).len < 4 && !reader->window->ended) {
		nkc_status status = nkc_window_fill(reader->window, &s->at, NKC_RECORD_MAX);
		if (status)
			return status;
	}
	nkc_str text = nkc_lines_text(reader);
	if (nkc_utf16_suspected(text) && !s->is_wide)
		return start_wide(reader);
	s->at += nkc_str_starts(text, NKC_STR("\xef\xbb\xbf")) ? 3 : 0;
	return NKC_OK;
}

/* Gets at least twice as much text, so that what is read again and again adds up to no more than twice. */
static nkc_status get_more(nkc_reader *reader, size_t *at)
{
	size_t wanted = 2 * (nkc_lines_text(reader).len - *at);
	nkc_status status = NKC_OK;
	do {
		status = nkc_window_fill(reader->window, at, NKC_RECORD_MAX);
	} while (!status && !reader->window->ended && nkc_lines_text(reader).len - *at < wanted);
	return status;
}

/* What no bound holds is passed over. */
static void pass_over(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "an entry, or a comment, of more than 16 MiB");
	s->at = nkc_lines_text(reader).len;
}

/* The next entry into s->raw. False at the end. */
static bool find_entry(nkc_reader *reader, nkc_arena *arena, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		size_t at = s->at;
		nkc_arena_reset(arena); /* what @string and half an entry took */
		switch (nkc_bib_scan(nkc_lines_text(reader), &at, reader->window->ended, &s->strings, arena, &s->raw)) {
		case NKC_BIB_ENTRY:
			s->at = at;
			return true;
		case NKC_BIB_OTHER:
			s->any |= s->raw.type.len && s->raw.start >= s->at;
			s->at = at;
			break;
		case NKC_BIB_END:
			s->at = at;
			return false;
		case NKC_BIB_MORE:
			s->at = at;
			*status = get_more(reader, &s->at);
			if (*status == NKC_ELIMIT) {
				pass_over(reader);
				*status = NKC_OK;
			}
			if (*status)
				return false;
			break;
		}
	}
}

/* --- references --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint64_t key_hash(nkc_str key)
{
	char bytes[128];
	size_t len = key.len < sizeof bytes ? key.len : sizeof bytes;
	for (size_t i = 0; i < len; i++)
		bytes[i] = key.ptr[i] >= 'A' && key.ptr[i] <= 'Z' ? (char)(key.ptr[i] | 0x20) : key.ptr[i];
	return nkc_hash(nkc_str_make(bytes, len), 0);
}

/* Keeps the entry for those that refer to it later. */
static nkc_status keep_entry(nkc_reader *reader, nkc_str entry)
{
	state *s = reader->state;
	uint32_t *place, length = (uint32_t)entry.len;
	bool added;
	if (nkc_str_empty(s->raw.key) || s->kept.len + entry.len > KEPT_MAX)
		return NKC_OK;
	nkc_status status = nkc_set_add(&s->seen, key_hash(s->raw.key), &added, &place);
	if (status || !added)
		return status;
	*place = (uint32_t)s->kept.len + 1;
	nkc_buf_put(&s->kept, (const char *)&length, sizeof length);
	nkc_buf_put_str(&s->kept, entry);
	return nkc_buf_status(&s->kept);
}

static bool find_seen(state *s, nkc_str key, nkc_str *entry)
{
	uint64_t hash = key_hash(key);
	uint32_t *place, length;
	bool added;
	if (!nkc_set_has(&s->seen, hash) || nkc_set_add(&s->seen, hash, &added, &place))
		return false;
	memcpy(&length, s->kept.ptr + *place - 1, sizeof length);
	*entry = nkc_str_make(s->kept.ptr + *place - 1 + sizeof length, length);
	return true;
}

/* Puts the entries of text[at..] that begin a line into `ahead`. */
static nkc_status index_ahead(nkc_reader *reader, size_t at)
{
	state *s = reader->state;
	nkc_str text = nkc_lines_text(reader);
	for (; at < text.len; at++) {
		if (text.ptr[at] != '@' || (at && !is_blank(text.ptr[at - 1])))
			continue;
		size_t key = at + 1;
		while (key < text.len && text.ptr[key] != '{' && text.ptr[key] != '(' && text.ptr[key] != '\n')
			key++;
		while (++key < text.len && is_blank(text.ptr[key]))
			;
		size_t end = key;
		while (end < text.len && text.ptr[end] != ',' && !is_blank(text.ptr[end]))
			end++;
		if (end >= text.len || end == key)
			continue;
		uint32_t *place;
		bool added;
		nkc_status status =
		        nkc_set_add(&s->ahead, key_hash(nkc_str_slice(text, key, end)), &added, &place);
		if (status)
			return status;
		if (added)
			*place = (uint32_t)(reader->window->source.base + at - s->ahead_base);
	}
	return NKC_OK;
}

/* Looks ahead as far as a record may be long. The entry under work stays in the window. */
static nkc_status look_ahead(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	size_t behind = s->at - s->raw.start;
	while (!status && !reader->window->ended && nkc_lines_text(reader).len - s->raw.start < NKC_RECORD_MAX)
		status = nkc_window_fill(reader->window, &s->raw.start, NKC_RECORD_MAX);
	s->at = s->raw.start + behind;
	uint64_t base = reader->window->source.base, end = base + nkc_lines_text(reader).len;
	if (status || end <= s->ahead_end)
		return status == NKC_ELIMIT ? NKC_OK : status;
	uint64_t from = s->ahead_end > base + s->at ? s->ahead_end : base + s->at;
	if (!s->ahead_end || end - s->ahead_base > UINT32_MAX) { /* a new beginning */
		nkc_set_release(&s->ahead);
		s->ahead = (nkc_set)NKC_MAP_INIT;
		s->ahead_base = from = base + s->at;
	}
	s->ahead_end = end;
	return index_ahead(reader, (size_t)(from - base));
}

static bool find_ahead(nkc_reader *reader, nkc_str key, nkc_str *entry, nkc_status *status)
{
	state *s = reader->state;
	uint64_t hash = key_hash(key);
	uint32_t *place;
	bool added;
	if (!nkc_set_has(&s->ahead, hash))
		*status = look_ahead(reader);
	if (*status || !nkc_set_has(&s->ahead, hash) || nkc_set_add(&s->ahead, hash, &added, &place))
		return false;
	uint64_t at = s->ahead_base + *place, base = reader->window->source.base;
	if (at < base + s->at || at >= base + nkc_lines_text(reader).len)
		return false;
	*entry = nkc_str_slice(nkc_lines_text(reader), (size_t)(at - base), nkc_lines_text(reader).len);
	return true;
}

static bool has_raw(const nkc_bib_raw *raw, nkc_str name)
{
	for (size_t i = 0; i < raw->count; i++) {
		if (nkc_str_eq_nocase(raw->fields[i].name, name))
			return true;
	}
	return false;
}

/* What an entry does not take over (biblatex's manual, appendix B). */
static bool is_private(nkc_str name)
{
	static const char *const private[] = {
		"crossref",      "xref",        "xdata",       "ids",         "entryset",   "entrysubtype",
		"execute",       "label",       "options",     "presort",     "related",    "relatedoptions",
		"relatedstring", "relatedtype", "shortauthor", "shorteditor", "shorthand",  "shorthandintro",
		"sortkey",       "key",         "nkcite",      "verbc",       "shorttitle", "sorttitle",
		"indextitle",    "indexsorttitle"
	};
	for (size_t i = 0; i < sizeof private / sizeof *private; i++) {
		if (nkc_str_eq_nocase(name, nkc_str_from(private[i])))
			return true;
	}
	return false;
}

/* What the title of an entry is in one that refers to it (biblatex's manual, appendix B). */
static const struct inheritance {
	const char *parents, *children; /* words between blanks */
	char prefix[8];                 /* of title, subtitle and titleaddon */
} inheritances[] = {
	{ " mvbook mvcollection mvreference mvproceedings ", NULL, "main" },
	{ " periodical ", " article suppperiodical ", "journal" },
	{ " book collection reference proceedings ",
	  " inbook bookinbook suppbook incollection inreference suppcollection inproceedings conference ", "book" },
};

static bool has_word(const char *words, nkc_str word)
{
	char bytes[24];
	if (!words || word.len > sizeof bytes - 3)
		return false;
	int len = snprintf(bytes, sizeof bytes, " %.*s ", NKC_STR_ARG(word));
	for (int i = 0; i < len; i++)
		bytes[i] = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (char)(bytes[i] | 0x20) : bytes[i];
	return strstr(words, bytes) != NULL;
}

static const char *prefix_for(const nkc_bib_raw *child, const nkc_bib_raw *parent)
{
	for (size_t i = 0; i < sizeof inheritances / sizeof *inheritances; i++) {
		const struct inheritance *known = &inheritances[i];
		if (has_word(known->parents, parent->type) &&
		    (!known->children || has_word(known->children, child->type)))
			return known->prefix;
	}
	return "";
}

/* The name under which the entry takes a field over: "title" as "booktitle". */
static nkc_str taken_name(nkc_arena *arena, const char *prefix, nkc_str name)
{
	char bytes[24];
	bool title = nkc_str_eq_nocase(name, NKC_STR("title")) || nkc_str_eq_nocase(name, NKC_STR("subtitle")) ||
	             nkc_str_eq_nocase(name, NKC_STR("titleaddon"));
	if (!title || !*prefix)
		return name;
	snprintf(bytes, sizeof bytes, "%s%.*s", prefix, NKC_STR_ARG(name));
	return nkc_arena_str(arena, nkc_str_from(bytes));
}

static void take_field(nkc_bib_raw *raw, nkc_bib_raw_field field, nkc_str name)
{
	field.name = name;
	field.at = 0;
	if (raw->count < NKC_BIB_FIELDS_MAX && !has_raw(raw, name))
		raw->fields[raw->count++] = field;
}

static void take_over(nkc_bib_raw *raw, const nkc_bib_raw *parent, bool all, nkc_arena *arena)
{
	const char *prefix = all ? "" : prefix_for(raw, parent);
	/* Classic BibTeX takes fields over as they are, so its proceedings have a booktitle, too. */
	bool has_booktitle = strcmp(prefix, "book") == 0 && has_raw(parent, NKC_STR("booktitle"));
	bool in_book = has_word(" inbook bookinbook suppbook ", raw->type) && has_word(" book mvbook ", parent->type);
	for (size_t i = 0; i < parent->count; i++) {
		nkc_bib_raw_field field = parent->fields[i];
		if (is_private(field.name) || (has_booktitle && nkc_str_eq_nocase(field.name, NKC_STR("title"))))
			continue;
		if (in_book && nkc_str_eq_nocase(field.name, NKC_STR("author")))
			take_field(raw, field, NKC_STR("bookauthor"));
		take_field(raw, field, taken_name(arena, prefix, field.name));
	}
}

/* So many references are followed from one to the next: more go in circles. */
#define REFERENCES_MAX 8

/* The text of the entry of that key, as a copy that the window's moves do not touch. */
static bool find_parent(nkc_reader *reader, nkc_str key, nkc_status *status)
{
	state *s = reader->state;
	nkc_arena *arena = reader->record->arena;
	nkc_str entry;
	size_t at = 0;
	if (!find_seen(s, key, &entry) && !find_ahead(reader, key, &entry, status))
		return false;
	if (nkc_bib_scan(entry, &at, true, &s->strings, arena, &s->parent) != NKC_BIB_ENTRY)
		return false;
	/* What was scanned lies in the window or in `kept`, which move. */
	nkc_str copy = nkc_arena_str(arena, nkc_str_slice(entry, 0, at));
	at = 0;
	return nkc_bib_scan(copy, &at, true, &s->strings, arena, &s->parent) == NKC_BIB_ENTRY;
}

static nkc_status follow(nkc_reader *reader, const char *name)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	bool all = strcmp(name, "xdata") == 0;
	nkc_str keys = nkc_bib_raw_get(&s->raw, name), key;
	for (size_t i = 0; i < REFERENCES_MAX && !status && nkc_str_split(&keys, ',', &key); i++) {
		key = nkc_str_trim(key);
		if (nkc_str_empty(key))
			continue;
		if (find_parent(reader, key, &status)) {
			nkc_str further = nkc_bib_raw_get(&s->parent, name);
			take_over(&s->raw, &s->parent, all, reader->record->arena);
			if (nkc_str_empty(keys))
				keys = further; /* a volume of a work in volumes */
		} else if (!status) {
			nkc_lines_report(reader, NKC_CODE_BIB_CROSSREF, s->raw.start, s->raw.type.len + 1,
			       "%s names \"%.*s\", which is not there", name,
			       NKC_STR_ARG(nkc_str_slice(key, 0, 80)));
		}
	}
	return status;
}

/* --- nkcite's own object --- */

/* The ways in which a file may have been written. */
static const nkc_write_options ways[] = {
	{ .lossy = true },
	{ .lossy = true, .charset = NKC_CHARSET_UTF8 },
	{ .lossy = true, .target = NKC_TARGET_ZOTERO },
	{ .lossy = true, .charset = NKC_CHARSET_ASCII },
};

enum { WAYS = sizeof ways / sizeof *ways };

/* What the fields say that nkcite writes for an item in that way; NULL when memory is out. */
static nkc_value *shown_for(nkc_reader *reader, const nkc_value *item, size_t way)
{
	state *s = reader->state;
	nkc_arena *arena = reader->record->arena;
	nkc_writer **writer = &s->writers[way];
	size_t at = 0;
	nkc_str own;
	if (!s->own)
		s->own = nkc_record_new();
	if (!s->own || (!*writer && nkc_writer_open(writer, reader->format, &ways[way])))
		return NULL;
	nkc_record_clear(s->own);
	for (const nkc_value *member = nkc_value_first(item); member; member = member->next) {
		nkc_value *copy = nkc_value_dup(s->own->arena, member);
		nkc_value *foreign = nkc_value_find(copy, NKC_STR("bibtex"));
		if (foreign && nkc_str_is(member->key, "custom"))
			nkc_value_remove(foreign); /* is written as fields */
		if (copy)
			nkc_value_add(s->own->root, member->key, copy);
	}
	nkc_record_index(s->own);
	nkc_buf_clear(&s->written);
	if (nkc_arena_status(s->own->arena) || nkc_writer_record(*writer, s->own, &s->written, NULL))
		return NULL;
	nkc_str text = nkc_arena_str(arena, nkc_str_trim(nkc_buf_str(&s->written)));
	if (nkc_bib_scan(text, &at, true, &s->strings, arena, &s->parent) != NKC_BIB_ENTRY)
		return nkc_value_new(arena, NKC_OBJECT);
	/* The entry that was read has an object, by which some fields are read another way. */
	take_field(&s->parent, (nkc_bib_raw_field){ .value = NKC_STR("{}") },
	           nkc_str_from(nkc_bib_rest_name(s->maker.file)));
	return nkc_bib_item(&s->maker, &s->parent, arena, &own);
}

/* The item with the members of `own` in the place of its own; null takes away. */
static nkc_value *join(nkc_arena *arena, const nkc_value *item, const nkc_value *own)
{
	nkc_value *whole = nkc_value_dup(arena, item);
	for (const nkc_value *member = nkc_value_first(own); whole && member; member = member->next) {
		nkc_value *old = nkc_value_find(whole, member->key);
		if (old)
			nkc_value_remove(old);
		nkc_value *copy = member->type == NKC_NULL ? NULL : nkc_value_dup(arena, member);
		if (copy)
			nkc_value_add(whole, member->key, copy);
	}
	return whole;
}

static bool same_member(const nkc_value *a, const nkc_value *b, nkc_str key)
{
	const nkc_value *one = nkc_value_find(a, key), *other = nkc_value_find(b, key);
	return one && other ? nkc_value_equal(one, other) : one == other;
}

static nkc_value *foreign_of(const nkc_value *item)
{
	return nkc_value_find(nkc_value_find(item, NKC_STR("custom")), NKC_STR("bibtex"));
}

static size_t count_changes(const nkc_value *item, const nkc_value *shown, const nkc_value *own)
{
	size_t count = 0;
	for (const nkc_value *member = nkc_value_first(own); member; member = member->next)
		count += !same_member(item, shown, member->key);
	for (const nkc_value *member = nkc_value_first(foreign_of(shown)); member; member = member->next)
		count += !same_member(foreign_of(item), foreign_of(shown), member->key);
	return count;
}

/* custom.bibtex holds what fields say; the rest of custom is the object's. */
static void join_custom(nkc_value *item, nkc_value *own)
{
	nkc_value *foreign = foreign_of(item);
	if (!foreign || !nkc_value_is(own, NKC_OBJECT))
		return;
	nkc_value *rest = nkc_value_find(own, NKC_STR("bibtex"));
	for (nkc_value *member = nkc_value_first(rest), *next; member; member = next) {
		next = member->next;
		nkc_value_remove(member);
		nkc_value_set(foreign, member->key, member);
	}
	nkc_value_remove(foreign);
	nkc_value_set(own, NKC_STR("bibtex"), foreign);
}

/* What nkcite writes beside its object, for people to see, is not foreign. */
static void remove_shown(nkc_value *item, const nkc_value *shown)
{
	nkc_value *custom = nkc_value_find(item, NKC_STR("custom"));
	nkc_value *foreign = nkc_value_find(custom, NKC_STR("bibtex"));
	const nkc_value *own = foreign_of(shown);
	for (nkc_value *member = nkc_value_first(foreign), *next; member; member = next) {
		next = member->next;
		if (same_member(foreign, own, member->key))
			nkc_value_remove(member);
	}
	if (foreign && !nkc_value_first(foreign))
		nkc_value_remove(foreign);
	if (custom && !nkc_value_first(custom))
		nkc_value_remove(custom);
}

/* The older name of a variable has its field when it is in the object alone (bibtex_write.c). */
static void remove_newer(nkc_value *item, const nkc_value *own, const nkc_value *shown, nkc_str key)
{
	nkc_str newer = nkc_str_is(key, "shortTitle") ? NKC_STR("title-short") :
	                nkc_str_is(key, "journalAbbreviation") ? NKC_STR("container-title-short") :
	                nkc_str_is(key, "event") ? NKC_STR("event-title") : NKC_STR("");
	nkc_value *value = nkc_value_find(item, newer);
	if (value && !nkc_value_find(own, newer) && same_member(item, shown, newer))
		nkc_value_remove(value);
}

static void put_own(nkc_value *item, nkc_value *own, const nkc_value *shown)
{
	for (const nkc_value *member = nkc_value_first(own); member; member = member->next)
		remove_newer(item, own, shown, member->key);
	for (nkc_value *member = nkc_value_first(own), *next; member; member = next) {
		next = member->next;
		bool custom = nkc_str_is(member->key, "custom");
		if (!custom && !same_member(item, shown, member->key))
			continue;
		if (custom)
			join_custom(item, member);
		nkc_value *old = nkc_value_find(item, member->key);
		if (old)
			nkc_value_remove(old);
		nkc_value_remove(member);
		if (member->type != NKC_NULL)
			nkc_value_add(item, member->key, member);
	}
}

/* A member whose likeness the fields no longer show was changed since; then the fields count. */
static nkc_status apply_own(nkc_reader *reader, nkc_value *item, nkc_str text)
{
	nkc_arena *arena = reader->record->arena;
	nkc_value *own = NULL, *best = NULL;
	nkc_json_fault fault;
	size_t end, fewest = SIZE_MAX;
	if (nkc_json_parse(arena, text, 0, &end, &own, &fault) != NKC_JSON_DONE || !nkc_value_is(own, NKC_OBJECT)) {
		state *s = reader->state;
		nkc_lines_report(reader, NKC_CODE_BIB_OWN, s->raw.start, s->raw.type.len + 1,
		       "the object of nkcite's own is not JSON");
		return NKC_OK;
	}
	nkc_value *whole = join(arena, item, own);
	for (size_t way = 0; way < WAYS && fewest && whole; way++) {
		nkc_value *shown = shown_for(reader, whole, way);
		if (!shown)
			return NKC_ENOMEM;
		size_t changes = count_changes(item, shown, own);
		if (changes < fewest) {
			best = shown;
			fewest = changes;
		}
	}
	if (!best)
		return NKC_ENOMEM;
	remove_shown(item, best);
	put_own(item, own, best);
	return NKC_OK;
}

/* --- records --- */

/* The entry in UTF-8, scanned anew when it was something else. */
static nkc_status to_utf8(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_arena *arena = reader->record->arena;
	nkc_str text = nkc_str_slice(nkc_lines_text(reader), s->raw.start, s->raw.end);
	if (nkc_utf8_valid(text))
		return NKC_OK;
	size_t begin = s->raw.start, end = s->raw.end, at = 0;
	nkc_buf out = NKC_BUF_INIT;
	nkc_utf8_put_windows(&out, text);
	nkc_str copy = nkc_arena_str(arena, nkc_buf_str(&out));
	nkc_status status = nkc_buf_status(&out);
	nkc_buf_release(&out);
	nkc_lines_report(reader, NKC_CODE_BIB_ENCODING, begin, s->raw.type.len + 1,
	       "bytes that are not UTF-8, read as Windows-1252");
	if (!status)
		(void)nkc_bib_scan(copy, &at, true, &s->strings, arena, &s->raw);
	s->raw.start = begin;
	s->raw.end = end;
	return status;
}

static void report_faults(nkc_reader *reader)
{
	state *s = reader->state;
	const nkc_bib_raw *raw = &s->raw;
	if (raw->fault)
		nkc_lines_report(reader, raw->fault, raw->start + raw->fault_at, 1, "%s", raw->fault_what);
	if (nkc_str_empty(raw->key))
		nkc_lines_report(reader, NKC_CODE_BIB_KEY, raw->start, raw->type.len + 1, "an entry without a key");
	for (size_t i = 1; i < raw->count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (nkc_str_eq_nocase(raw->fields[i].name, raw->fields[j].name)) {
				nkc_lines_report(reader, NKC_CODE_BIB_FIELD_TWICE, raw->start + raw->fields[i].at,
				       raw->fields[i].name.len, "%.*s stands twice; the first one counts",
				       NKC_STR_ARG(nkc_str_slice(raw->fields[i].name, 0, 40)));
				break;
			}
		}
	}
}

static bool refers(const nkc_bib_raw *raw)
{
	return !nkc_str_empty(nkc_bib_raw_get(raw, "crossref")) || !nkc_str_empty(nkc_bib_raw_get(raw, "xdata"));
}

/* Looking for an entry ahead moves the window: what is read is a copy then. */
static nkc_status settle(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_arena *arena = reader->record->arena;
	nkc_str text = nkc_lines_text(reader);
	size_t start = s->raw.start, at = 0;
	nkc_str copy = nkc_arena_str(arena, nkc_str_slice(text, start, s->raw.end));
	if (nkc_arena_status(arena))
		return NKC_ENOMEM;
	(void)nkc_bib_scan(copy, &at, true, &s->strings, arena, &s->raw);
	s->raw.start = start;
	nkc_status status = follow(reader, "xdata");
	return status ? status : follow(reader, "crossref");
}

static nkc_status read_entry(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_record *record = reader->record;
	nkc_str own = NKC_STR("");
	size_t start = s->raw.start, end = s->raw.end;
	nkc_lines_note(reader, start, end - start);
	report_faults(reader);
	nkc_status status = to_utf8(reader);
	if (!status)
		status = keep_entry(reader, nkc_str_slice(nkc_lines_text(reader), start, end));
	if (!status && refers(&s->raw))
		status = settle(reader);
	if (status)
		return status;
	nkc_value *root = nkc_bib_item(&s->maker, &s->raw, record->arena, &own);
	if (!root)
		return NKC_ENOMEM;
	if (!nkc_str_empty(own))
		status = apply_own(reader, root, own);
	if (status)
		return status;
	nkc_record_adopt(record, root, &reader->window->source, s->raw.start, end - start, 0, reader->diags);
	return nkc_arena_status(record->arena);
}

static bool is_data(const nkc_bib_raw *raw)
{
	return nkc_str_eq_nocase(raw->type, NKC_STR("xdata"));
}

static nkc_status read_next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	nkc_status status = s->started ? NKC_OK : start(reader);
	*record = NULL;
	while (!status) {
		nkc_arena_reset(reader->record->arena);
		if (!find_entry(reader, reader->record->arena, &status))
			break;
		s->any = true;
		status = read_entry(reader);
		if (!status && is_data(&s->raw))
			continue;
		if (!status)
			*record = reader->record;
		return status;
	}
	if (!status && !s->any && !reader->window->error) {
		nkc_lines_report(reader, NKC_CODE_BIB_EMPTY, 0, 1, "no entry of BibTeX begins here");
		return NKC_ESYNTAX;
	}
	return status;
}

static nkc_status open_reader(nkc_reader *reader, nkc_bib_dialect file)
{
	state *s = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	reader->state = s;
	nkc_bib_strings_init(&s->strings);
	nkc_buf_init(&s->kept);
	nkc_buf_init(&s->wide.bytes);
	nkc_buf_init(&s->written);
	s->seen = s->ahead = (nkc_set)NKC_MAP_INIT;
	return nkc_bib_maker_init(&s->maker, file);
}

static nkc_status open_bibtex(nkc_reader *reader)
{
	return open_reader(reader, NKC_BIBTEX);
}

static nkc_status open_biblatex(nkc_reader *reader)
{
	return open_reader(reader, NKC_BIBLATEX);
}

static void close_reader(nkc_reader *reader)
{
	state *s = reader->state;
	if (!s)
		return;
	for (size_t way = 0; way < WAYS; way++)
		nkc_writer_close(s->writers[way]);
	nkc_record_free(s->own);
	nkc_bib_strings_release(&s->strings);
	nkc_bib_maker_release(&s->maker);
	nkc_buf_release(&s->kept);
	nkc_wide_close(&s->wide);
	nkc_buf_release(&s->written);
	nkc_set_release(&s->seen);
	nkc_set_release(&s->ahead);
	nkc_free(s);
}

const nkc_reader_ops nkc_bibtex_reader = { .open = open_bibtex, .next = read_next, .close = close_reader };
const nkc_reader_ops nkc_biblatex_reader = { .open = open_biblatex, .next = read_next, .close = close_reader };
