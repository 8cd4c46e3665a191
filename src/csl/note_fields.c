/*
 * note_fields.c: variables that stand in an item's note, a line each ("event-date: 2004-10-01"), as users of Zotero
 * write in its field Extra what it has no field for. The form is that of citeproc-js.
 */
#include "csl/item.h"

static bool is_small(char c)
{
	return c == '-' || c == '_' || (c >= 'a' && c <= 'z');
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "name: value", the name all in small letters or all in capitals. */
static bool split_field(nkc_str line, nkc_str *name, nkc_str *value)
{
	size_t at = 0;
	bool (*fits)(char) = line.len && is_capital(line.ptr[0]) ? is_capital : is_small;
	while (at < line.len && fits(line.ptr[at]))
		at++;
	if (!at || at == line.len || line.ptr[at] != ':')
		return false;
	*name = nkc_str_slice(line, 0, at);
	*value = nkc_str_trim(nkc_str_slice(line, at + 1, line.len));
	return value->len > 0;
}

/* "Family || Given"; what has no bars is an organisation. */
static nkc_value *name_of(nkc_arena *arena, nkc_str text)
{
	nkc_value *name = nkc_value_new(arena, NKC_OBJECT);
	size_t bars = nkc_str_find(text, NKC_STR("||"));
	if (bars == text.len) {
		nkc_value_add(name, NKC_STR("literal"), nkc_value_string(arena, text));
		return name;
	}
	nkc_str given = nkc_str_trim(nkc_str_slice(text, bars + 2, text.len));
	nkc_value_add(name, NKC_STR("family"), nkc_value_string(arena, nkc_str_trim(nkc_str_slice(text, 0, bars))));
	nkc_value_add(name, NKC_STR("given"), nkc_value_string(arena, given));
	return name;
}

/* A note being read. `names`: those that the note gives, by variable. */
typedef struct reader {
	nkc_arena *arena;
	const nkc_value **found;
	nkc_value *names[NKC_VAR_COUNT];
	nkc_buf rest; /* what is left of the note */
} reader;

static void take(reader *r, nkc_var var, nkc_str text)
{
	nkc_kind kind = nkc_var_kind(var);
	if (kind == NKC_KIND_NAMES && (!r->found[var] || r->found[var] == r->names[var])) {
		if (!r->names[var])
			r->found[var] = r->names[var] = nkc_value_new(r->arena, NKC_ARRAY);
		nkc_value_append(r->names[var], name_of(r->arena, text));
	} else if (kind == NKC_KIND_DATE || var == NKC_VAR_TYPE) { /* there the note knows better */
		r->found[var] = nkc_value_string(r->arena, text);
	} else if ((kind == NKC_KIND_STRING || kind == NKC_KIND_NUMBER) && !r->found[var]) {
		r->found[var] = nkc_value_string(r->arena, text);
	}
}

/* A line that is no field stays; but for the first, fields end with it. */
static bool read_line(reader *r, nkc_str line, bool first)
{
	nkc_str name, value;
	bool field = split_field(nkc_str_trim(line), &name, &value);
	nkc_var var = field ? nkc_var_find(name) : NKC_VAR_NONE;
	if (var != NKC_VAR_NONE && var != NKC_VAR_ID && var != NKC_VAR_NOTE) {
		take(r, var, value);
		return true;
	}
	nkc_buf_put_str(&r->rest, line);
	nkc_buf_putc(&r->rest, '\n');
	return field || first || !nkc_str_trim(line).len;
}

/* "{:name: value}" within a line counts as a line of its own: where the next such line begins. */
static size_t line_end(nkc_str text, size_t *skip)
{
	size_t at = 0;
	for (*skip = 1; at < text.len; at++) {
		bool opens = text.ptr[at] == '{' && at + 1 < text.len && text.ptr[at + 1] == ':';
		*skip = opens ? 2 : 1;
		if (opens || text.ptr[at] == '\n' || text.ptr[at] == '}')
			break;
	}
	return at;
}

void csl_note_fields(nkc_arena *arena, const nkc_value *found[NKC_VAR_COUNT])
{
	nkc_str note = found[NKC_VAR_NOTE] ? nkc_value_text(found[NKC_VAR_NOTE]) : NKC_STR("");
	if (nkc_str_find_byte(note, ':') == note.len)
		return;
	reader r = { .arena = arena, .found = found, .rest = NKC_BUF_INIT };
	bool more = true;
	for (size_t at = 0, skip, end; more && at < note.len; at += end + skip) {
		nkc_str left = nkc_str_slice(note, at, note.len);
		end = line_end(left, &skip);
		more = read_line(&r, nkc_str_slice(left, 0, end), at == 0);
		if (!more) /* from here on it is prose, as it was */
			nkc_buf_put_str(&r.rest, nkc_str_slice(left, end, left.len));
	}
	nkc_str rest = nkc_str_trim(nkc_buf_str(&r.rest));
	if (rest.len < note.len)
		found[NKC_VAR_NOTE] = rest.len ? nkc_value_string(arena, nkc_arena_str(arena, rest)) : NULL;
	nkc_buf_release(&r.rest);
}
