#include "base/diags.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <nkcite/diag.h>
#include <stdlib.h>

#define LINE_BEFORE 60 /* of NKC_LINE_SHOWN, so many bytes stand before the place */

/* An id of more bytes names nothing in a finding; with each of many, it would fill the memory. */
#define ID_MAX 256

static const nkc_code_info codes[] = {
	[NKC_CODE_NONE] = { "", NKC_HINT, "", "", "", "" },
#define NKC_CODE(symbol, name, severity, summary, remedy, detail, example) \
	[NKC_CODE_##symbol] = { name, severity, summary, remedy, detail, example },
#include <nkcite/codes.def>
#undef NKC_CODE
};

struct nkc_diags {
	nkc_arena *arena;
	nkc_diag *items;
	size_t count, cap;
	size_t most; /* so many are kept */
	size_t held; /* while holding: those from here on wait to be sorted */
	bool holding;
	uint64_t totals[NKC_ERROR + 1];
	uint64_t dropped;
	nkc_diag_sink sink;
	void *context;
	nkc_severity minimum;
	bool off[NKC_CODE_COUNT];
};

const char *nkc_severity_name(nkc_severity severity)
{
	return severity == NKC_ERROR ? "error" : severity == NKC_WARNING ? "warning" : "hint";
}

const nkc_code_info *nkc_code_get(nkc_code code)
{
	return &codes[(size_t)code < NKC_CODE_COUNT ? code : NKC_CODE_NONE];
}

nkc_code nkc_code_find(nkc_str name)
{
	for (size_t i = 1; i < NKC_CODE_COUNT; i++) {
		if (nkc_str_is(name, codes[i].name))
			return (nkc_code)i;
	}
	return NKC_CODE_NONE;
}

nkc_diags *nkc_diags_new(void)
{
	nkc_diags *diags = nkc_calloc(1, sizeof *diags);
	if (!diags)
		return NULL;
	diags->minimum = NKC_HINT;
	diags->most = NKC_DIAGS_MAX;
	diags->arena = nkc_arena_new();
	if (!diags->arena) {
		nkc_free(diags);
		return NULL;
	}
	return diags;
}

nkc_diags *nkc_diags_new_like(const nkc_diags *like)
{
	nkc_diags *diags = nkc_diags_new();
	if (!diags)
		return NULL;
	diags->most = SIZE_MAX;
	if (like) {
		memcpy(diags->off, like->off, sizeof diags->off);
		diags->minimum = like->minimum;
	}
	return diags;
}

void nkc_diags_free(nkc_diags *diags)
{
	if (!diags)
		return;
	nkc_arena_free(diags->arena);
	nkc_free(diags->items);
	nkc_free(diags);
}

void nkc_diags_set_sink(nkc_diags *diags, nkc_diag_sink sink, void *context)
{
	diags->sink = sink;
	diags->context = context;
}

void nkc_diags_clear(nkc_diags *diags)
{
	diags->count = 0;
	nkc_arena_reset(diags->arena);
}

size_t nkc_diags_count(const nkc_diags *diags)
{
	return diags->count;
}

const nkc_diag *nkc_diags_at(const nkc_diags *diags, size_t index)
{
	return &diags->items[index];
}

uint64_t nkc_diags_total(const nkc_diags *diags, nkc_severity severity)
{
	return diags->totals[severity];
}

uint64_t nkc_diags_dropped(const nkc_diags *diags)
{
	return diags->dropped;
}

static bool matches(nkc_str pattern, nkc_str name)
{
	return nkc_str_is(pattern, "all") || nkc_str_eq(pattern, name) ||
	       (nkc_str_starts(name, pattern) && name.len > pattern.len && name.ptr[pattern.len] == '/');
}

nkc_status nkc_diags_enable(nkc_diags *diags, nkc_str pattern, bool wanted)
{
	bool found = false;
	for (size_t i = 1; i < NKC_CODE_COUNT; i++) {
		if (matches(pattern, nkc_str_from(codes[i].name))) {
			diags->off[i] = !wanted;
			found = true;
		}
	}
	return found ? NKC_OK : NKC_ENOTFOUND;
}

void nkc_diags_set_minimum(nkc_diags *diags, nkc_severity minimum)
{
	diags->minimum = minimum;
}

bool nkc_diags_wants(const nkc_diags *diags, nkc_code code)
{
	return diags && !diags->off[code] && codes[code].severity >= diags->minimum;
}

/* --- building a finding --- */

/* The part of the line to show, with whole characters around the fault. */
static void set_line(nkc_diag *diag, nkc_str line, size_t start, size_t offset)
{
	size_t at = offset > start ? offset - start : 0;
	size_t from = 0;
	if (line.len > NKC_LINE_SHOWN && at > LINE_BEFORE) {
		from = at - LINE_BEFORE < line.len ? at - LINE_BEFORE : line.len;
		while (from < line.len && ((unsigned char)line.ptr[from] & 0xC0) == 0x80)
			from++;
	}
	size_t to = from + NKC_LINE_SHOWN;
	while (to < line.len && to > from && ((unsigned char)line.ptr[to] & 0xC0) == 0x80)
		to--;
	diag->line = nkc_str_slice(line, from, to);
	diag->line_column = diag->from.column - nkc_utf8_count(nkc_str_slice(line, from, at > from ? at : from));
}

static void set_place(nkc_diag *diag, const nkc_place *place)
{
	nkc_source *source = place->source;
	diag->from = nkc_source_position(source, place->offset);
	size_t offset = source->mark, start = 0; /* of the whole character */
	size_t end = place->length ? place->offset + place->length : nkc_json_token_end(source->text, offset);
	size_t reach = end > offset + NKC_LINE_SHOWN ? end - offset : NKC_LINE_SHOWN;
	nkc_str line = nkc_source_line(source, offset, reach, &start);
	if (end > start + line.len)
		end = start + line.len;
	diag->width = nkc_utf8_count(nkc_str_slice(source->text, offset, end));
	if (diag->width == 0)
		diag->width = 1;
	set_line(diag, line, start, offset);
}

NKC_PRINTF(2, 0)
static nkc_str printed(nkc_arena *arena, const char *format, va_list args)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_buf_vprintf(&text, format, args);
	nkc_str copy = nkc_arena_str(arena, nkc_buf_str(&text));
	nkc_buf_release(&text);
	return copy;
}

static nkc_str pointer_of(nkc_arena *arena, const nkc_place *place)
{
	nkc_buf text = NKC_BUF_INIT;
	if (place->value)
		nkc_value_pointer(place->value, &text);
	if (place->pointer.len)
		nkc_buf_put_str(&text, place->pointer);
	nkc_str copy = nkc_arena_str(arena, nkc_buf_str(&text));
	nkc_buf_release(&text);
	return copy;
}

/* Of an id, what is shown: whole characters. */
static nkc_str shown_id(nkc_str id)
{
	size_t len = id.len < ID_MAX ? id.len : ID_MAX;
	while (len < id.len && len > 0 && ((unsigned char)id.ptr[len] & 0xC0) == 0x80)
		len--;
	return len ? nkc_str_make(id.ptr, len) : NKC_STR("");
}

/* Counts a finding; false when it is not to be kept. */
static bool count_in(nkc_diags *diags, nkc_severity severity)
{
	diags->totals[severity]++;
	if (diags->sink || diags->count < diags->most)
		return true;
	diags->dropped++;
	return false;
}

static void keep(nkc_diags *diags, const nkc_diag *diag)
{
	if (diags->count == diags->cap) {
		size_t cap = diags->cap ? diags->cap * 2 : 16;
		nkc_diag *items = nkc_realloc(diags->items, cap * sizeof *items);
		if (!items) {
			diags->dropped++;
			return;
		}
		diags->items = items;
		diags->cap = cap;
	}
	diags->items[diags->count++] = *diag;
}

/* What lies ahead comes first; at one place the order is any, but always the same. */
static int compare(const void *left, const void *right)
{
	const nkc_diag *a = left, *b = right;
	if (a->from.line != b->from.line)
		return a->from.line < b->from.line ? -1 : 1;
	if (a->from.column != b->from.column)
		return a->from.column < b->from.column ? -1 : 1;
	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return nkc_str_cmp(a->message, b->message);
}

void nkc_diags_hold(nkc_diags *diags)
{
	if (!diags)
		return;
	diags->holding = true;
	diags->held = diags->count;
}

void nkc_diags_let_go(nkc_diags *diags)
{
	if (!diags)
		return;
	diags->holding = false;
	if (diags->count - diags->held > 1)
		qsort(diags->items + diags->held, diags->count - diags->held, sizeof *diags->items, compare);
	if (!diags->sink || diags->count == diags->held)
		return;
	for (size_t i = diags->held; i < diags->count; i++)
		diags->sink(diags->context, &diags->items[i]);
	diags->count = diags->held;
	if (diags->count == 0)
		nkc_arena_reset(diags->arena);
}

/* Does a finding go to the sink at once? */
static bool passes(nkc_diags *diags)
{
	if (diags->sink && diags->holding && diags->count - diags->held >= NKC_DIAGS_MAX) {
		nkc_diags_let_go(diags); /* of so many the order matters less than the memory */
		nkc_diags_hold(diags);
	}
	return diags->sink && !diags->holding;
}

void nkc_diags_add(nkc_diags *diags, nkc_code code, const nkc_place *place, const char *hint, const char *format, ...)
{
	if (!nkc_diags_wants(diags, code))
		return;
	if (!count_in(diags, codes[code].severity))
		return;
	nkc_diag diag = { .code = code, .severity = codes[code].severity };
	diag.file = diag.line = diag.record = diag.pointer = NKC_STR("");
	if (place) {
		diag.record = shown_id(place->record);
		diag.pointer = pointer_of(diags->arena, place);
	}
	if (place && place->source) {
		diag.file = place->source->name;
		if (place->source->line) /* else: the file as a whole */
			set_place(&diag, place);
	}
	va_list args;
	va_start(args, format);
	diag.message = printed(diags->arena, format, args);
	va_end(args);
	diag.hint = hint ? nkc_arena_str(diags->arena, nkc_str_from(hint)) : nkc_str_from(codes[code].remedy);
	if (passes(diags)) {
		diags->sink(diags->context, &diag);
		nkc_arena_reset(diags->arena);
	} else {
		diag.line = nkc_arena_str(diags->arena, diag.line);
		diag.file = nkc_arena_str(diags->arena, diag.file);
		diag.record = nkc_arena_str(diags->arena, diag.record);
		keep(diags, &diag);
	}
}

void nkc_diags_append(nkc_diags *diags, const nkc_diag *diag)
{
	if (!diags || !count_in(diags, diag->severity))
		return;
	if (passes(diags)) {
		diags->sink(diags->context, diag);
		return;
	}
	nkc_diag copy = *diag;
	copy.file = nkc_arena_str(diags->arena, diag->file);
	copy.line = nkc_arena_str(diags->arena, diag->line);
	copy.record = nkc_arena_str(diags->arena, diag->record);
	copy.pointer = nkc_arena_str(diags->arena, diag->pointer);
	copy.message = nkc_arena_str(diags->arena, diag->message);
	copy.hint = nkc_arena_str(diags->arena, diag->hint);
	keep(diags, &copy);
}
