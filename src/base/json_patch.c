#include "base/json_patch.h"

#include "base/json.h"

typedef struct patch {
	nkc_str text;
	size_t done; /* so much of the text is in out, or is not to be */
	nkc_buf *out;
	bool one_line;
} patch;

/* Copies what stands before `from`, and passes over the text up to `to`. */
static void cut(patch *p, size_t from, size_t to)
{
	nkc_buf_put_str(p->out, nkc_str_slice(p->text, p->done, from));
	p->done = to;
}

static size_t start_of(const nkc_value *child)
{
	return child->parent->type == NKC_OBJECT ? child->key_at : child->at;
}

/* The offset behind the value. Recursion is bounded by NKC_JSON_DEPTH_MAX. */
static size_t end_of(nkc_str text, const nkc_value *value)
{
	if (!nkc_value_is_list(value))
		return nkc_json_token_end(text, value->at);
	const nkc_value *last = value->u.list.last;
	return nkc_json_skip_space(text, last ? end_of(text, last) : value->at + 1) + 1;
}

/* A line that begins further away than this was not set by hand. */
#define LINE_MAX_BACK 1024

/* How far in the line begins that holds the offset: a step is a tab or two spaces. */
static int level_at(nkc_str text, size_t offset)
{
	size_t start = offset;
	int spaces = 0;
	while (start > 0 && offset - start < LINE_MAX_BACK && text.ptr[start - 1] != '\n')
		start--;
	for (; text.ptr[start] == ' ' || text.ptr[start] == '\t'; start++)
		spaces += text.ptr[start] == '\t' ? 2 : 1;
	return spaces / 2;
}

static void put_anew(patch *p, const nkc_value *was, const nkc_value *now)
{
	cut(p, was->at, end_of(p->text, was));
	nkc_value_write(now, p->one_line ? -1 : level_at(p->text, was->at), p->out);
}

static void patch_value(patch *p, const nkc_value *was, const nkc_value *now);

static void patch_child(patch *p, const nkc_value *was, const nkc_value *now)
{
	if (!nkc_str_eq(was->key, now->key)) {
		cut(p, was->key_at, nkc_json_token_end(p->text, was->key_at));
		nkc_json_put_string(p->out, now->key);
	}
	patch_value(p, was, now);
}

/* A child that is gone goes with the comma behind it; the last ones with the comma before them. */
static void patch_children(patch *p, const nkc_value *was, const nkc_value *now)
{
	const nkc_value *next = now->u.list.first, *kept = NULL, *gone = NULL;
	for (const nkc_value *old = was->u.list.first; old; old = old->next) {
		if (!next || next->at != old->at) {
			gone = gone ? gone : old;
			continue;
		}
		if (gone)
			cut(p, start_of(gone), start_of(old));
		patch_child(p, old, next);
		kept = old;
		next = next->next;
		gone = NULL;
	}
	if (gone)
		cut(p, kept ? end_of(p->text, kept) : start_of(gone), end_of(p->text, was->u.list.last));
}

static void patch_value(patch *p, const nkc_value *was, const nkc_value *now)
{
	if (was->type != now->type)
		put_anew(p, was, now);
	else if (nkc_value_is_list(was))
		patch_children(p, was, now);
	else if (!nkc_str_eq(was->u.text, now->u.text))
		put_anew(p, was, now);
}

void nkc_json_patch(nkc_str text, const nkc_value *was, const nkc_value *now, nkc_buf *out)
{
	patch p = { text, 0, out, nkc_str_find_byte(text, '\n') == text.len };
	patch_value(&p, was, now);
	cut(&p, text.len, text.len);
}
