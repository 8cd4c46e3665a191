/*
 * Reads RIS record by record, as it comes from every program: also without ER, without TY, with other spacing, with lines
 * cut at 80 columns, in Windows-1252, with the preface that some databases put before the first record.
 *
 * What is nkcite's own (U5, see ris.c) goes back into the item where the tags still say what was written for it: a value
 * that somebody has changed in the file counts as changed.
 */
#include "format/ris_read.h"

#include "base/diags.h"
#include "base/mem.h"
#include "base/window.h"
#include "format/lines.h"
#include "format/ris_item.h"
#include "record/record_impl.h"

#define TARGETS (NKC_TARGET_JABREF + 1)

typedef struct state {
	size_t at;           /* offset in the window of what comes next */
	bool started;        /* the file's first bytes were looked at */
	bool any;            /* a record was found */
	nkc_ris_style style;
	nkc_ris_tags *tags;
	/* to see what nkcite writes for what is in U5 */
	nkc_record *own;
	nkc_writer *writers[TARGETS];
	nkc_buf written;
} state;

/* The next record's place. */
typedef struct extent {
	size_t start, end;
	bool typed, closed; /* TY, ER were there */
} extent;

/* --- lines --- */

/*
 * The line at `offset` behind state->at, read to its end (and the byte behind, which may belong to it). False at the end
 * of the text, and for a line that no bound holds.
 */
static bool line_at(nkc_reader *reader, size_t offset, nkc_ris_text_line *line, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		nkc_str text = nkc_lines_text(reader);
		if (s->at + offset < text.len) {
			nkc_ris_line_at(text, s->at + offset, &s->style, line);
			if (line->next < text.len || reader->window->ended)
				return true;
		} else if (reader->window->ended) {
			return false;
		}
		*status = nkc_window_fill(reader->window, &s->at, NKC_RECORD_MAX + offset);
		if (*status)
			return false;
	}
}

static bool is_tag(const nkc_ris_text_line *line, const char *tag)
{
	return nkc_str_is(line->tag, tag);
}

static size_t indent_of(nkc_str line)
{
	size_t at = 0;
	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	return at;
}

/* A file whose first TY stands further in has all tags there. */
static bool begins_indented(state *s, nkc_ris_text_line *line, nkc_str text)
{
	size_t indent = indent_of(line->value);
	if (s->any || !indent || line->tag.len)
		return false;
	s->style.indent = indent;
	nkc_ris_line_at(text, line->at, &s->style, line);
	if (is_tag(line, "TY"))
		return true;
	s->style.indent = 0;
	return false;
}

/* --- records --- */

static nkc_status start(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_ris_text_line line;
	nkc_status status = NKC_OK;
	s->started = true;
	(void)line_at(reader, 0, &line, &status);
	nkc_str text = nkc_lines_text(reader);
	if (status)
		return status == NKC_ELIMIT ? NKC_OK : status;
	if (nkc_str_starts(text, NKC_STR("\xff\xfe")) || nkc_str_starts(text, NKC_STR("\xfe\xff"))) {
		nkc_lines_report(reader, NKC_CODE_ENCODING_UTF16, 0, 1, "the file is UTF-16, not UTF-8");
		return NKC_ESYNTAX;
	}
	s->at += nkc_str_starts(text, NKC_STR("\xef\xbb\xbf")) ? 3 : 0;
	return NKC_OK;
}

/* Moves behind what stands between records. False at the end of the text. */
static bool find_start(nkc_reader *reader, nkc_status *status)
{
	state *s = reader->state;
	nkc_ris_text_line line;
	s->style.spaces = 0;
	while (line_at(reader, 0, &line, status)) {
		if ((line.tag.len && !is_tag(&line, "ER")) || begins_indented(s, &line, nkc_lines_text(reader))) {
			s->style.spaces = line.spaces;
			return true;
		}
		s->at = line.next;
	}
	return false;
}

/* Finds the end of the record at state->at: behind ER, or before the next TY. */
static nkc_status find_end(nkc_reader *reader, extent *found)
{
	state *s = reader->state;
	nkc_ris_text_line line;
	nkc_status status = NKC_OK;
	size_t offset = 0;
	*found = (extent){ .typed = false };
	while (!found->closed && line_at(reader, offset, &line, &status)) {
		if (is_tag(&line, "TY") && found->typed)
			break;
		found->typed |= is_tag(&line, "TY");
		found->closed = is_tag(&line, "ER");
		offset = line.next - s->at;
		if (offset > NKC_RECORD_MAX)
			return NKC_ELIMIT;
	}
	found->start = s->at;
	found->end = s->at + offset;
	return status;
}

/* Passes over a record that is too long, line by line, in what memory a line needs. */
static nkc_status pass_over(nkc_reader *reader)
{
	state *s = reader->state;
	nkc_ris_text_line line;
	nkc_status status = NKC_OK;
	bool closed = false, first = true;
	nkc_lines_report(reader, NKC_CODE_JSON_SIZE, s->at, 1, "a record of more than 16 MiB");
	while (!closed) {
		if (!line_at(reader, 0, &line, &status)) {
			if (status != NKC_ELIMIT)
				return status;
			s->at = nkc_lines_text(reader).len; /* a line without an end */
			status = NKC_OK;
			continue;
		}
		if (is_tag(&line, "TY") && !first)
			return NKC_OK;
		closed = is_tag(&line, "ER");
		first = false;
		s->at = line.next;
	}
	return NKC_OK;
}

/*
 * --- U5 ---
 *
 * U5 holds members as they are of which the tags show a likeness, or nothing. To see which likeness, the members are
 * written again and read again: what comes out is what must stand in the file if nobody has changed it.
 */

/* Variables that stood for another one only: the director for the author of a film, Zotero's Extra for what it has no tag for. */
#define STAND_INS_MAX 16

typedef struct stand_ins {
	nkc_str keys[STAND_INS_MAX];
	size_t count;
} stand_ins;

static bool has_key(const stand_ins *list, nkc_str key)
{
	for (size_t i = 0; i < list->count; i++) {
		if (nkc_str_eq(list->keys[i], key))
			return true;
	}
	return false;
}

static void add_members(nkc_record *record, const nkc_value *from, const stand_ins *without)
{
	nkc_value *root = nkc_record_root(record);
	for (const nkc_value *member = nkc_value_first(from); member; member = member->next) {
		if (!nkc_value_find(root, member->key) && !(without && has_key(without, member->key)))
			nkc_value_add(root, member->key, nkc_value_dup(record->arena, member));
	}
}

/*
 * What comes back of the members of U5, and of `rest` without the stand-ins, when they are written for that target. NULL
 * when memory is out.
 */
static nkc_value *shown_for(nkc_reader *reader, nkc_target target, const nkc_value *own, const nkc_value *rest,
                            const stand_ins *without)
{
	state *s = reader->state;
	const nkc_write_options options = { .target = target, .lossy = true };
	const nkc_ris_style style = { 0, 2 };
	nkc_ris_found found;
	nkc_buf *out = &s->written;
	if (!s->own)
		s->own = nkc_record_new();
	if (!s->own || (!s->writers[target] && nkc_writer_open(&s->writers[target], reader->format, &options)))
		return NULL;
	nkc_record_clear(s->own);
	add_members(s->own, own, NULL);
	add_members(s->own, rest, without);
	nkc_record_index(s->own);
	nkc_buf_clear(out);
	if (nkc_arena_status(s->own->arena) || nkc_writer_record(s->writers[target], s->own, out, NULL))
		return NULL;
	nkc_str text = nkc_arena_str(reader->record->arena, nkc_buf_str(out));
	return nkc_ris_item(reader->record->arena, s->tags, text, 0, text.len, &style,
	                    nkc_record_get(s->own, NKC_VAR_TYPE), &found);
}

static bool same_member(const nkc_value *a, const nkc_value *b, nkc_str key)
{
	const nkc_value *one = nkc_value_find(a, key), *other = nkc_value_find(b, key);
	return one && other ? nkc_value_equal(one, other) : one == other;
}

/* How many members are not the same in both. */
static size_t differences(const nkc_value *a, const nkc_value *b)
{
	size_t count = 0;
	for (const nkc_value *member = nkc_value_first(a); member; member = member->next)
		count += !same_member(a, b, member->key);
	for (const nkc_value *member = nkc_value_first(b); member; member = member->next)
		count += !nkc_value_find(a, member->key);
	return count;
}

static void add_stand_in(const nkc_value *root, const nkc_value *own, nkc_str key, stand_ins *found)
{
	if (found->count < STAND_INS_MAX && !nkc_str_is(key, "type") && !nkc_value_find(own, key) &&
	    nkc_value_find(root, key) && !has_key(found, key))
		found->keys[found->count++] = key;
}

static void find_stand_ins(const nkc_value *root, const nkc_value *own, const nkc_value *shown, stand_ins *found)
{
	found->count = 0;
	for (const nkc_value *member = nkc_value_first(shown); member; member = member->next)
		add_stand_in(root, own, member->key, found);
	add_stand_in(root, own, NKC_STR("note"), found);
	add_stand_in(root, own, NKC_STR("custom"), found);
}

/* What may be one is one unless the file comes out better with it. Gives what comes out. */
static nkc_value *sift_stand_ins(nkc_reader *reader, nkc_target target, const nkc_value *root, const nkc_value *own,
                                 stand_ins *maybe)
{
	nkc_value *shown = shown_for(reader, target, own, root, maybe);
	for (size_t i = 0; shown && i < maybe->count;) {
		stand_ins fewer = *maybe;
		fewer.keys[i] = fewer.keys[--fewer.count];
		nkc_value *with = shown_for(reader, target, own, root, &fewer);
		if (!with)
			return NULL;
		if (differences(root, with) < differences(root, shown)) {
			shown = with;
			*maybe = fewer;
		} else {
			i++;
		}
	}
	return shown;
}

/* The tags that mean no variable are in custom.ris of what was read; they go over to the custom of U5, which replaces it. */
static void join_custom(nkc_value *root, nkc_value *own, const nkc_value *shown)
{
	nkc_value *custom = nkc_value_find(root, NKC_STR("custom"));
	nkc_value *others = nkc_value_find(custom, NKC_STR("ris"));
	if (!others)
		return;
	nkc_value_remove(custom);
	if (own->type != NKC_OBJECT || nkc_value_find(own, NKC_STR("ris")) ||
	    nkc_value_equal(custom, nkc_value_find(shown, NKC_STR("custom"))))
		return;
	nkc_value_remove(others);
	nkc_value_set(own, NKC_STR("ris"), others);
}

/* A member whose likeness is no longer there was changed since; then what is there counts. */
static void put_own(nkc_value *root, nkc_value *own, const nkc_value *shown)
{
	for (nkc_value *member = nkc_value_first(own), *next; member; member = next) {
		next = member->next;
		bool custom = nkc_str_is(member->key, "custom");
		if (custom)
			join_custom(root, member, shown);
		if (nkc_str_is(member->key, "type") || (!custom && !same_member(root, shown, member->key)))
			continue;
		nkc_value_remove(member);
		nkc_value_set(root, member->key, member);
	}
}

/* How a file came to be what it is: for which target, and what in it stands in for something in U5. */
typedef struct story {
	nkc_value *shown;
	stand_ins stand_ins;
	size_t differences;
} story;

static nkc_status tell_story(nkc_reader *reader, nkc_target target, const nkc_value *root, const nkc_value *own,
                             const nkc_value *type, story *told, bool *certain)
{
	nkc_value *alone = shown_for(reader, target, own, type, NULL);
	find_stand_ins(root, own, alone, &told->stand_ins);
	*certain = told->stand_ins.count == 0;
	told->shown = alone ? sift_stand_ins(reader, target, root, own, &told->stand_ins) : NULL;
	told->differences = told->shown ? differences(root, told->shown) : 0;
	*certain &= told->differences == 0;
	return told->shown ? NKC_OK : NKC_ENOMEM;
}

/* Members that CSL does not know have no likeness in any tag. The others are few, whatever somebody wrote. */
static bool part_own(nkc_arena *arena, nkc_value *own, nkc_value **known, nkc_value **unknown)
{
	*known = nkc_value_new(arena, NKC_OBJECT);
	*unknown = nkc_value_new(arena, NKC_OBJECT);
	for (nkc_value *member = nkc_value_first(own); member && *known && *unknown; member = member->next) {
		nkc_value *value = nkc_value_new(arena, NKC_NULL);
		nkc_str key = member->key;
		if (!value)
			return false;
		value->at = member->at;
		nkc_value_become(value, member);
		if (nkc_var_find(key))
			nkc_value_set(*known, key, value);
		else
			nkc_value_add(*unknown, key, value);
	}
	return *known && *unknown;
}

static bool add_unknown(nkc_arena *arena, nkc_value *root, nkc_value *unknown)
{
	for (nkc_value *member = nkc_value_first(unknown); member; member = member->next) {
		nkc_value *value = nkc_value_new(arena, NKC_NULL);
		if (!value)
			return false;
		value->at = member->at;
		nkc_value_become(value, member);
		nkc_value_add(root, member->key, value);
	}
	return true;
}

/* Of all stories the one that leaves least unexplained, and of these the one that explains most. */
static nkc_status apply_own(nkc_reader *reader, nkc_value *root, nkc_value *all)
{
	nkc_arena *arena = reader->record->arena;
	nkc_value *type = nkc_value_new(arena, NKC_OBJECT), *given = nkc_value_find(root, NKC_STR("type"));
	nkc_value *own, *unknown;
	story best = { .shown = NULL }, told;
	bool certain = false;
	if (!part_own(arena, all, &own, &unknown))
		return NKC_ENOMEM;
	if (type && given)
		nkc_value_add(type, NKC_STR("type"), nkc_value_dup(arena, given));
	for (nkc_target target = NKC_TARGET_ANY; target < TARGETS && !certain; target++) {
		nkc_status status = type ? tell_story(reader, target, root, own, type, &told, &certain) : NKC_ENOMEM;
		if (status)
			return status;
		if (!best.shown || told.differences < best.differences ||
		    (told.differences == best.differences && told.stand_ins.count > best.stand_ins.count))
			best = told;
	}
	for (size_t i = 0; i < best.stand_ins.count; i++)
		nkc_value_remove(nkc_value_find(root, best.stand_ins.keys[i]));
	put_own(root, own, best.shown);
	return add_unknown(arena, root, unknown) ? NKC_OK : NKC_ENOMEM;
}

/* --- reading --- */

static void report_faults(nkc_reader *reader, const extent *place, const nkc_ris_found *found)
{
	if (!place->typed)
		nkc_lines_report(reader, NKC_CODE_RIS_NO_TYPE, place->start, 2, "a record without TY");
	else if (!nkc_ris_type(found->ty) && !found->own)
		nkc_lines_report(reader, NKC_CODE_RIS_TYPE, found->ty_at, found->ty.len,
		                 "the type \"%.*s\" is not known",
		                 NKC_STR_ARG(nkc_str_slice(found->ty, 0, 40)));
	if (!place->closed && !reader->window->error)
		nkc_lines_report(reader, NKC_CODE_RIS_NO_END, place->start, 2, "a record without ER");
	if (found->bad_own_at)
		nkc_lines_report(reader, NKC_CODE_RIS_OWN, found->bad_own_at, 1, "the object in U5 is not JSON");
	if (found->foreign)
		nkc_lines_report(reader, NKC_CODE_RIS_ENCODING, place->start, 2,
		       "a record with bytes that are not UTF-8, read as Windows-1252");
}

static nkc_status read_record(nkc_reader *reader, const extent *place)
{
	state *s = reader->state;
	nkc_source *source = &reader->window->source;
	nkc_ris_found found;
	nkc_lines_note(reader, place->start, place->end - place->start);
	nkc_arena_reset(reader->record->arena);
	nkc_value *root = nkc_ris_item(reader->record->arena, s->tags, source->text, place->start, place->end,
	                               &s->style, NULL, &found);
	nkc_status status = !root ? NKC_ENOMEM : found.own ? apply_own(reader, root, found.own) : NKC_OK;
	if (status)
		return status;
	report_faults(reader, place, &found);
	nkc_record_adopt(reader->record, root, source, place->start, place->end - place->start, 0, reader->diags);
	return nkc_arena_status(reader->record->arena);
}

static nkc_status read_next(nkc_reader *reader, nkc_record **record)
{
	state *s = reader->state;
	extent place;
	nkc_status status = s->started ? NKC_OK : start(reader);
	*record = NULL;
	while (!status && find_start(reader, &status)) {
		s->any = true;
		status = find_end(reader, &place);
		if (status == NKC_ELIMIT) {
			status = pass_over(reader);
			continue;
		}
		if (!status)
			status = read_record(reader, &place);
		s->at = place.end;
		if (!status)
			*record = reader->record;
		return status;
	}
	if (status == NKC_ELIMIT) { /* a line without an end before any record */
		status = pass_over(reader);
		return status ? status : read_next(reader, record);
	}
	if (!status && !s->any && !reader->window->error) {
		nkc_lines_report(reader, NKC_CODE_RIS_EMPTY, 0, 1, "no record of RIS begins here");
		return NKC_ESYNTAX;
	}
	return status;
}

static nkc_status open_reader(nkc_reader *reader)
{
	state *s = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	nkc_buf_init(&s->written);
	s->tags = nkc_ris_tags_new();
	if (!s->tags) {
		nkc_free(s);
		return NKC_ENOMEM;
	}
	reader->state = s;
	return NKC_OK;
}

static void close_reader(nkc_reader *reader)
{
	state *s = reader->state;
	if (!s)
		return;
	for (size_t i = 0; i < TARGETS; i++)
		nkc_writer_close(s->writers[i]);
	nkc_buf_release(&s->written);
	nkc_record_free(s->own);
	nkc_ris_tags_free(s->tags);
	nkc_free(s);
}

const nkc_reader_ops nkc_ris_reader = { .open = open_reader, .next = read_next, .close = close_reader };
