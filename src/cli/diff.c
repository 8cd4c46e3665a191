#include "cli/diff.h"

#include <nkcite/value.h>


#define CONTEXT ((size_t)3) /* lines around a change */
/* Cells of the table: beyond (two files of 2000 changed lines) the middle is replaced as a whole. */
#define TABLE_MAX ((size_t)4000000)

/* A file as lines, without their ends. */
typedef struct lines {
	nkc_str *at;
	size_t count;
	bool ended; /* the last line has a newline */
} lines;

/* A step of the way from one file to the other. */
typedef enum step { SAME, GONE, NEW } step;

typedef struct diff {
	lines before, after;
	step *steps;
	size_t count;
	nkc_arena *arena;
	nkc_buf *out;
} diff;

static bool split(nkc_arena *arena, nkc_str text, lines *into)
{
	size_t newlines = 0;
	for (size_t i = 0; i < text.len; i++)
		newlines += text.ptr[i] == '\n';
	into->at = nkc_arena_alloc(arena, (newlines + 1) * sizeof(*into->at));
	into->count = 0;
	into->ended = text.len && text.ptr[text.len - 1] == '\n';
	if (!into->at)
		return false;
	nkc_str line;
	while (nkc_str_split(&text, '\n', &line))
		into->at[into->count++] = line;
	return true;
}

static void add(diff *d, step which, size_t times)
{
	while (times--)
		d->steps[d->count++] = which;
}

/*
 * The longest common subsequence of the lines from..before_to and from..after_to, by the
 * table of its lengths for all pairs of ends (Wagner and Fischer).
 */
static bool align(diff *d, size_t from, size_t before_to, size_t after_to)
{
	size_t m = before_to - from, n = after_to - from, width = n + 1;
	uint32_t *length = nkc_arena_alloc(d->arena, (m + 1) * width * sizeof(*length));
	if (!length)
		return false;
	const nkc_str *a = d->before.at + from, *b = d->after.at + from;
	for (size_t i = m + 1; i-- > 0;)
		for (size_t j = n + 1; j-- > 0;) {
			uint32_t down = i < m ? length[(i + 1) * width + j] : 0;
			uint32_t right = j < n ? length[i * width + j + 1] : 0;
			bool same = i < m && j < n && nkc_str_eq(a[i], b[j]);
			uint32_t longer = down > right ? down : right;
			length[i * width + j] = same ? length[(i + 1) * width + j + 1] + 1 : longer;
		}
	for (size_t i = 0, j = 0; i < m || j < n;) {
		if (i < m && j < n && nkc_str_eq(a[i], b[j])) {
			add(d, SAME, 1), i++, j++;
		} else if (j == n || (i < m && length[(i + 1) * width + j] >= length[i * width + j + 1])) {
			add(d, GONE, 1), i++;
		} else {
			add(d, NEW, 1), j++;
		}
	}
	return true;
}

/* The last lines are not the same when only one of them has a newline. */
static bool same_line(const diff *d, size_t i, size_t j)
{
	bool last_before = i + 1 == d->before.count && !d->before.ended;
	bool last_after = j + 1 == d->after.count && !d->after.ended;
	return last_before == last_after && nkc_str_eq(d->before.at[i], d->after.at[j]);
}

static bool compare(diff *d)
{
	size_t m = d->before.count, n = d->after.count, head = 0, tail = 0;
	d->steps = nkc_arena_alloc(d->arena, (m + n + 1) * sizeof(*d->steps));
	if (!d->steps)
		return false;
	while (head < m && head < n && same_line(d, head, head))
		head++;
	while (tail < m - head && tail < n - head && same_line(d, m - tail - 1, n - tail - 1))
		tail++;
	add(d, SAME, head);
	m -= tail;
	n -= tail;
	if ((m - head + 1) > TABLE_MAX / (n - head + 1)) {
		add(d, GONE, m - head);
		add(d, NEW, n - head);
	} else if (!align(d, head, m, n)) {
		return false;
	}
	add(d, SAME, tail);
	return true;
}

/* --- writing hunks --- */

static void put_line(diff *d, char mark, const lines *of, size_t index)
{
	nkc_buf_putc(d->out, mark);
	nkc_buf_put_str(d->out, of->at[index]);
	nkc_buf_putc(d->out, '\n');
	if (index + 1 == of->count && !of->ended)
		nkc_buf_puts(d->out, "\\ No newline at end of file\n");
}

static size_t count_steps(const diff *d, size_t from, size_t to, step but)
{
	size_t count = 0;
	for (size_t i = from; i < to; i++)
		count += d->steps[i] != but;
	return count;
}

/* The first line of a side's part and how many it has; an empty part is named by the line before it. */
static void put_range(nkc_buf *out, char mark, size_t first, size_t count)
{
	nkc_buf_printf(out, "%c%zu,%zu ", mark, count ? first + 1 : first, count);
}

static void put_hunk(diff *d, size_t from, size_t to)
{
	size_t i = count_steps(d, 0, from, NEW), j = count_steps(d, 0, from, GONE);
	nkc_buf_puts(d->out, "@@ ");
	put_range(d->out, '-', i, count_steps(d, from, to, NEW));
	put_range(d->out, '+', j, count_steps(d, from, to, GONE));
	nkc_buf_puts(d->out, "@@\n");
	for (size_t at = from; at < to; at++) {
		if (d->steps[at] == NEW) {
			put_line(d, '+', &d->after, j++);
			continue;
		}
		put_line(d, d->steps[at] == GONE ? '-' : ' ', &d->before, i++);
		j += d->steps[at] == SAME;
	}
}

/* Where the next change is, from `at` on; count when there is none. */
static size_t next_change(const diff *d, size_t at)
{
	while (at < d->count && d->steps[at] == SAME)
		at++;
	return at;
}

static void put_hunks(diff *d)
{
	for (size_t change = next_change(d, 0); change < d->count;) {
		size_t from = change > CONTEXT ? change - CONTEXT : 0, end = change;
		while (change < d->count && change <= end + 2 * CONTEXT) {
			while (change < d->count && d->steps[change] != SAME)
				change++;
			end = change;
			change = next_change(d, change);
		}
		put_hunk(d, from, end + CONTEXT < d->count ? end + CONTEXT : d->count);
	}
}

nkc_status cli_diff(nkc_str path, nkc_str before, nkc_str after, nkc_buf *out)
{
	if (nkc_str_eq(before, after))
		return NKC_OK;
	diff d = { .arena = nkc_arena_new(), .out = out };
	bool done = d.arena && split(d.arena, before, &d.before) && split(d.arena, after, &d.after) && compare(&d);
	if (done) {
		nkc_buf_printf(out, "--- a/%.*s\n+++ b/%.*s\n", NKC_STR_ARG(path), NKC_STR_ARG(path));
		put_hunks(&d);
	}
	nkc_arena_free(d.arena);
	return done ? nkc_buf_status(out) : NKC_ENOMEM;
}
