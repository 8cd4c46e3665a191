#include "format/xml_read.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/window.h"
#include "format/lines.h"
#include "record/record_impl.h"

/* Attributes of the root are repeated for each record: namespaces are short. */
#define ROOT_MAX 4096
/* Of a text that stays in memory. */
#define TEXT_MAX ((size_t)1 << 30)

typedef struct state {
	const char *const *names;
	const char *parent; /* whose children are the records; NULL: they go by `names` */
	size_t at;
	bool started, any, ended;
	nkc_buf root; /* attributes of the first element */
	bool rooted;
	nkc_buf text; /* of a record, under its root */
	void *own;
} state;

nkc_status nkc_xml_read_open(nkc_reader *reader, const char *const *names)
{
	state *s = reader->state = nkc_calloc(1, sizeof *s);
	if (!s)
		return NKC_ENOMEM;
	nkc_buf_init(&s->root);
	nkc_buf_init(&s->text);
	s->names = names;
	return NKC_OK;
}

nkc_status nkc_xml_read_open_children(nkc_reader *reader, const char *parent)
{
	nkc_status status = nkc_xml_read_open(reader, NULL);
	if (!status)
		((state *)reader->state)->parent = parent;
	return status;
}

void **nkc_xml_read_own(nkc_reader *reader)
{
	return &((state *)reader->state)->own;
}

void nkc_xml_read_close(nkc_reader *reader)
{
	state *s = reader->state;
	if (!s)
		return;
	nkc_buf_release(&s->root);
	nkc_buf_release(&s->text);
	nkc_free(s);
}

/* --- tags --- */

typedef enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EMPTY } mark;

typedef struct tag {
	mark mark;         /* NONE: a comment, a declaration, CDATA, ... */
	size_t at, end;    /* from '<' to behind '>' */
	nkc_str name;      /* without prefix */
	nkc_str attrs;     /* between the name and the end */
} tag;

/* Offset behind the first `end` from `at` on, or 0 when it is not there. */
static size_t behind(nkc_str text, size_t at, nkc_str end)
{
	size_t found = at + nkc_str_find(nkc_str_slice(text, at, text.len), end);
	return found < text.len ? found + end.len : 0;
}

/* Offset behind the '>' of a tag; values in quotes may hold one. 0: not there. */
static size_t behind_tag(nkc_str text, size_t at)
{
	char quote = 0;
	for (; at < text.len; at++) {
		char c = text.ptr[at];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return 0;
}

static size_t end_of_markup(nkc_str text, size_t at)
{
	static const struct {
		nkc_str open, close;
	} kinds[] = {
		{ NKC_STR_INIT("<!--"), NKC_STR_INIT("-->") },
		{ NKC_STR_INIT("<![CDATA["), NKC_STR_INIT("]]>") },
		{ NKC_STR_INIT("<?"), NKC_STR_INIT("?>") },
	};
	nkc_str rest = nkc_str_slice(text, at, text.len);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (nkc_str_starts(rest, kinds[i].open))
			return behind(text, at + kinds[i].open.len, kinds[i].close);
	}
	return behind_tag(text, at);
}

static void read_tag(nkc_str text, tag *t)
{
	nkc_str inner = nkc_str_slice(text, t->at + 1, t->end - 1);
	bool close = nkc_str_starts(inner, NKC_STR("/")), empty = nkc_str_ends(inner, NKC_STR("/"));
	size_t at = close, name = at;
	t->mark = inner.len && strchr("!?", inner.ptr[0]) ? MARK_NONE
	          : close                                 ? MARK_CLOSE
	          : empty                                 ? MARK_EMPTY
	                                                  : MARK_OPEN;
	for (; at < inner.len && !strchr(" \t\r\n/", inner.ptr[at]); at++) {
		if (inner.ptr[at] == ':')
			name = at + 1;
	}
	t->name = nkc_str_slice(inner, name, at);
	t->attrs = nkc_str_slice(inner, at, inner.len - (empty && inner.len > at));
}

/* More text; what stands before state->at is dropped unless it is to be read again. */
static nkc_status fill(nkc_reader *reader)
{
	state *s = reader->state;
	size_t start = 0;
	if (!s->parent)
		return nkc_window_fill(reader->window, &s->at, NKC_RECORD_MAX);
	return nkc_window_fill(reader->window, &start, TEXT_MAX);
}

/*
 * The next tag (or comment ...) `offset` bytes behind state->at, or behind that. False at the end, and when a bound is
 * passed (NKC_ELIMIT).
 */
static bool next_tag(nkc_reader *reader, size_t offset, tag *t, nkc_status *status)
{
	state *s = reader->state;
	for (;;) {
		nkc_str text = nkc_lines_text(reader);
		t->at = s->at + offset;
		t->at += nkc_str_find_byte(nkc_str_slice(text, t->at, text.len), '<');
		t->end = t->at < text.len ? end_of_markup(text, t->at) : 0;
		if (t->end) {
			read_tag(text, t);
			return true;
		}
		if (reader->window->ended)
			return false;
		*status = fill(reader);
		if (*status)
			return false;
	}
}

static bool is_record(const state *s, nkc_str name)
{
	if (s->parent)
		return s->rooted;
	for (const char *const *known = s->names; *known; known++) {
		if (nkc_str_is(name, *known))
			return true;
	}
	return false;
}

/* --- records --- */

static bool is_root(const state *s, nkc_str name)
{
	return !s->parent || nkc_str_is(name, s->parent);
}

/* Moves to the next record's tag. */
static bool find_start(nkc_reader *reader, tag *t, nkc_status *status)
{
	state *s = reader->state;
	while (!s->ended && next_tag(reader, 0, t, status)) {
		bool opens = t->mark == MARK_OPEN || t->mark == MARK_EMPTY;
		if (opens && is_record(s, t->name)) {
			s->at = t->at;
			return true;
		}
		if (opens && !s->rooted && is_root(s, t->name)) {
			nkc_buf_put_str(&s->root, t->attrs.len <= ROOT_MAX ? t->attrs : NKC_STR(""));
			s->rooted = true;
		}
		s->ended = s->parent && s->rooted && t->mark == MARK_CLOSE;
		s->at = t->end;
	}
	return false;
}

/* The length of the element at state->at: to its end tag, those of the same name inside counted. */
static nkc_status find_end(nkc_reader *reader, const tag *start, size_t *length)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	tag t = *start;
	char name[64];
	size_t depth = 0;
	nkc_str same = nkc_str_slice(start->name, 0, sizeof name); /* the window may move */
	memcpy(name, same.ptr, same.len);
	same.ptr = name;
	*length = 0;
	do {
		depth += t.mark == MARK_OPEN && nkc_str_eq(t.name, same);
		depth -= t.mark == MARK_CLOSE && nkc_str_eq(t.name, same) && depth > 0;
		*length = t.end - s->at;
	} while (depth && *length <= NKC_RECORD_MAX && next_tag(reader, *length, &t, &status));
	if (*length > NKC_RECORD_MAX || status == NKC_ELIMIT)
		return NKC_ELIMIT;
	return status ? status : depth ? NKC_ESYNTAX : NKC_OK;
}

static void move_places(nkc_xml_node *node, size_t by)
{
	node->at -= node->at < by ? node->at : (uint32_t)by;
	for (nkc_xml_node *child = node->first; child; child = child->next)
		move_places(child, by);
}

static nkc_status parse(nkc_reader *reader, nkc_arena *arena, nkc_xml_entry *entry, nkc_xml_fault *fault)
{
	state *s = reader->state;
	nkc_str record = nkc_str_slice(nkc_lines_text(reader), entry->start, entry->start + entry->length);
	nkc_xml_node *root;
	nkc_buf_clear(&s->text);
	nkc_buf_printf(&s->text, "<root %.*s>", (int)s->root.len, s->root.ptr);
	size_t before = s->text.len;
	if (nkc_utf8_valid(record))
		nkc_buf_put_str(&s->text, record);
	else
		nkc_utf8_put_windows(&s->text, record);
	nkc_buf_puts(&s->text, "</root>");
	if (nkc_buf_status(&s->text))
		return nkc_buf_status(&s->text);
	nkc_status status = nkc_xml_parse_mixed(arena, nkc_buf_str(&s->text), &root, fault);
	if (status) {
		fault->at = fault->at < before ? 0 : fault->at - before;
		return status;
	}
	entry->node = root->first;
	move_places(entry->node, before);
	return NKC_OK;
}

nkc_status nkc_xml_read_again(nkc_reader *reader, nkc_arena *arena, nkc_xml_entry *entry)
{
	nkc_xml_fault fault;
	nkc_status status = parse(reader, arena, entry, &fault);
	return status && status != NKC_ENOMEM ? NKC_ESYNTAX : status;
}

static nkc_status parse_record(nkc_reader *reader, nkc_xml_entry *entry)
{
	nkc_arena *arena = nkc_record_arena(reader->record);
	nkc_xml_fault fault;
	nkc_lines_note(reader, entry->start, entry->length);
	nkc_arena_reset(arena);
	nkc_status status = parse(reader, arena, entry, &fault);
	if (!status || status == NKC_ENOMEM)
		return status;
	nkc_lines_report(reader, NKC_CODE_XML_SYNTAX, entry->start + (fault.at < entry->length ? fault.at : 0), 1, "%s",
	                 fault.what);
	return NKC_ESYNTAX;
}

static nkc_status read_one(nkc_reader *reader, nkc_xml_entry *entry, bool *ended)
{
	state *s = reader->state;
	nkc_status status = NKC_OK;
	tag start;
	*ended = !find_start(reader, &start, &status);
	if (status == NKC_ELIMIT) {
		s->at = nkc_lines_text(reader).len;
		*ended = false;
		return NKC_OK;
	}
	if (*ended || status)
		return status;
	s->any = true;
	status = find_end(reader, &start, &entry->length);
	entry->start = s->at;
	s->at += status == NKC_ESYNTAX ? nkc_lines_text(reader).len - s->at : entry->length;
	if (status == NKC_ESYNTAX)
		nkc_lines_report(reader, NKC_CODE_XML_SYNTAX, entry->start, 1, "the element does not end");
	if (status == NKC_ELIMIT)
		nkc_lines_report(reader, NKC_CODE_JSON_SIZE, entry->start, 1, "a record of more than 16 MiB");
	return status == NKC_ELIMIT ? NKC_ESYNTAX : status ? status : parse_record(reader, entry);
}

nkc_status nkc_xml_read_next(nkc_reader *reader, nkc_xml_entry *entry)
{
	state *s = reader->state;
	bool ended = false;
	nkc_status status = s->started ? NKC_OK : nkc_lines_start(reader, &s->at);
	s->started = true;
	*entry = (nkc_xml_entry){ .node = NULL };
	while (!status && !entry->node && !ended) {
		status = read_one(reader, entry, &ended);
		if (status == NKC_ESYNTAX)
			status = NKC_OK; /* reported */
	}
	if (status || !ended || s->any || reader->window->error)
		return status;
	nkc_lines_report(reader, NKC_CODE_XML_EMPTY, 0, 1, "no record is in the file");
	return NKC_ESYNTAX;
}
