#include "csl/punct.h"

/* Where two marks meet, what is left of them; rows are the left one. The pairs are those of citeproc-js. */
static const char marks[] = "!?.:,;";
static const char *const joined[6][6] = {
	/*          !     ?     .     :     ,     ;   */
	/* ! */ { "!",  "!?", "!",  "!",  "!,", "!;" },
	/* ? */ { "?!", "?",  "?",  "?",  "?,", "?;" },
	/* . */ { ".!", ".?", ".",  ".:", ".,", ".;" },
	/* : */ { "!",  "?",  ":",  ":",  ":,", ":;" },
	/* , */ { ",!", ",?", ",.", ",:", ",",  ",;" },
	/* ; */ { "!",  "?",  ";",  ";",  ";,", ";" },
};

static int mark_index(char c)
{
	switch (c) {
	case '!': return 0;
	case '?': return 1;
	case '.': return 2;
	case ':': return 3;
	case ',': return 4;
	case ';': return 5;
	default: return -1;
	}
}

static char last_byte(nkc_str text)
{
	return text.len ? text.ptr[text.len - 1] : '\0';
}

static void cut_first(csl_event *event)
{
	event->text = nkc_str_slice(event->text, 1, event->text.len);
}

/* text without its last `cut` bytes and with `tail` behind. */
static void replace_tail(nkc_arena *arena, csl_event *event, size_t cut, const char *tail)
{
	size_t add = strlen(tail), keep = event->text.len - cut;
	char *text = nkc_arena_alloc(arena, keep + add);
	if (!text)
		return;
	memcpy(text, event->text.ptr, keep);
	memcpy(text + keep, tail, add);
	event->text = nkc_str_make(text, keep + add);
}

static bool ends_block(const csl_event *event)
{
	return event->kind == CSL_EVENT_LEAVE && event->span >= CSL_SPAN_BLOCK && event->span <= CSL_SPAN_INDENT;
}

/* Two texts that touch. A block does not begin with a mark that ends the one before. */
static void join(nkc_arena *arena, csl_event *left, csl_event *right, bool block_between)
{
	char a = last_byte(left->text), b = right->text.len ? right->text.ptr[0] : '\0';
	nkc_str no_break = NKC_STR("\u00a0");
	bool affixes = left->mark == CSL_MARK_AFFIX && right->mark == CSL_MARK_AFFIX;
	if (affixes && right->meet & CSL_MEET_SPACE) {
		bool fixed = nkc_str_ends(left->text, no_break);
		if (fixed && nkc_str_starts(right->text, no_break))
			right->text = nkc_str_slice(right->text, no_break.len, right->text.len);
		else if ((fixed || a == ' ') && b == ' ')
			cut_first(right);
	}
	if (block_between && mark_index(a) < 0 && mark_index(b) >= 0) {
		replace_tail(arena, left, 0, (char[]){ b, '\0' });
		cut_first(right);
		return;
	}
	int row = mark_index(a), column = mark_index(b);
	if (row < 0 || column < 0 || !(right->meet & (a == b ? CSL_MEET_SAME : CSL_MEET_MARKS)))
		return;
	const char *both = joined[row][column];
	if (both[0] == a && both[1] == b) /* both stay, each where it is */
		return;
	replace_tail(arena, left, 1, both);
	cut_first(right);
}

/* The text before the closing quotes that end at `at`. */
static csl_event *inside_of(csl_events *events, size_t from, size_t at)
{
	for (; at > from; at--) {
		csl_event *event = &events->items[at - 1];
		if (event->kind == CSL_EVENT_TEXT && event->mark != CSL_MARK_CLOSE_QUOTE && event->text.len)
			return event->mark == CSL_MARK_OPEN_QUOTE ? NULL : event;
	}
	return NULL;
}

/* Does a mark go inside the quotes before it? Commas and periods do, and what ends a sentence (as in citeproc-js). */
static bool goes_inside(char mark)
{
	return mark && strchr(".,!?", mark);
}

static void move_inside(nkc_arena *arena, csl_event *inside, csl_event *right)
{
	char mark[2] = { right->text.ptr[0], '\0' };
	int row = mark_index(last_byte(inside->text));
	if (row < 0)
		replace_tail(arena, inside, 0, mark);
	else
		replace_tail(arena, inside, 1, joined[row][mark_index(mark[0])]);
	cut_first(right);
}

/* A text behind a closing quote: its first mark goes inside, or is left out where one inside says as much. */
static void join_quoted(nkc_arena *arena, csl_event *inside, csl_event *right, bool in_quotes)
{
	int column = mark_index(right->text.ptr[0]), row = mark_index(last_byte(inside->text));
	if (column < 0)
		return;
	const char *both = row < 0 ? "" : joined[row][column];
	if (row >= 0 && both[0] == marks[row] && !both[1])
		cut_first(right);
	else if (in_quotes && right->meet & CSL_MEET_ENTER && goes_inside(right->text.ptr[0]) &&
	         (row < 0 || right->mark != CSL_MARK_OWN))
		move_inside(arena, inside, right);
}

void csl_punct_join(nkc_arena *arena, csl_events *events, size_t from, bool in_quotes)
{
	size_t last = SIZE_MAX,
	       quoted = SIZE_MAX; /* the text before, not empty; the closing quote directly before that */
	bool block_between = false;
	for (size_t i = from; i < events->count; i++) {
		csl_event *event = &events->items[i];
		if (event->kind != CSL_EVENT_TEXT)
			block_between |= ends_block(event);
		if (event->kind != CSL_EVENT_TEXT || !event->text.len)
			continue;
		bool behind_quote = last != SIZE_MAX && events->items[last].mark == CSL_MARK_CLOSE_QUOTE;
		csl_event *before = last != SIZE_MAX ? &events->items[last] : NULL;
		if (before && !behind_quote)
			join(arena, before, event, block_between);
		/* what has become of the mark before may go into the quotes before it */
		csl_event *mark = behind_quote ? event : before;
		size_t close = behind_quote ? last : before && before->text.len == 1 ? quoted : SIZE_MAX;
		csl_event *inside = mark && mark->mark != CSL_MARK_FIELD && close != SIZE_MAX
		                            ? inside_of(events, from, close + 1)
		                            : NULL;
		if (inside)
			join_quoted(arena, inside, mark, in_quotes);
		if (mark && mark == before && !mark->text.len)
			last = quoted;
		if (event->text.len) {
			quoted = last != SIZE_MAX && events->items[last].mark == CSL_MARK_CLOSE_QUOTE ? last : SIZE_MAX;
			last = i;
			block_between = false;
		}
	}
}
