#include "cli/diff.h"

#include <nkcite/value.h>

#define CONTEXT ((size_t)3) /* lines around a change */
/* Cells of the table: beyond (two files of 2000 changed lines) the middle is replaced as a whole. */
#define TABLE_MAX ((size_t)4000000)

/* A file as lines, without their ends. */
typedef struct lines {
	nkc_str text;
	nkc_str *at;
	size_t count;
	size_t done; /* so many are in the steps */
	bool ended;  /* the last line has a newline */
} lines;

/* A step of the way from one file to the other. */
typedef enum step { SAME, GONE, NEW } step;

typedef struct diff {
	lines before, after;
	step *steps;
	size_t count;
	nkc_arena *arena;
	nkc_arena *table; /* of one part after the other */
	nkc_buf *out;
} diff;

static bool split(nkc_arena *arena, nkc_str text, lines *into)
{
	size_t newlines = 0;
	for (size_t i = 0; i < text.len; i++)
		newlines += text.ptr[i] == '\n';
	into->at = nkc_arena_alloc(arena, (newlines + 1) * sizeof(*into->at));
	into->text = text;
	into->count = into->done = 0;
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
 * The longest common subsequence of m lines from a on and n lines from b on, by the table of its lengths for all
 * pairs of ends (Wagner and Fischer).
 */
static bool align(diff *d, const nkc_str *a, size_t m, const nkc_str *b, size_t n)
{
	size_t width = n + 1;
	nkc_arena_reset(d->table);
	uint32_t *length = nkc_arena_alloc(d->table, (m + 1) * width * sizeof(*length));
	if (!length)
		return false;
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

/* The lines that are not in the steps yet, up to two ends. */
static bool compare(diff *d, size_t before_to, size_t after_to)
{
	size_t i = d->before.done, j = d->after.done, m = before_to - i, n = after_to - j, head = 0, tail = 0;
	while (head < m && head < n && same_line(d, i + head, j + head))
		head++;
	while (tail < m - head && tail < n - head && same_line(d, before_to - tail - 1, after_to - tail - 1))
		tail++;
	add(d, SAME, head);
	m -= head + tail;
	n -= head + tail;
	if (m + 1 > TABLE_MAX / (n + 1)) {
		add(d, GONE, m);
		add(d, NEW, n);
	} else if (!align(d, d->before.at + i + head, m, d->after.at + j + head, n)) {
		return false;
	}
	add(d, SAME, tail);
	d->before.done = before_to;
	d->after.done = after_to;
	return true;
}

/* The first line not done that reaches behind the offset. */
static size_t line_at(const lines *of, size_t offset)
{
	size_t line = of->done;
	while (line < of->count && of->at[line].ptr + of->at[line].len < of->text.ptr + offset)
		line++;
	return line;
}

/* The first line from `line` on that begins at or behind the offset. */
static size_t line_behind(const lines *of, size_t line, size_t offset)
{
	while (line < of->count && of->at[line].ptr < of->text.ptr + offset)
		line++;
	return line;
}

static void pass_same(diff *d, size_t count)
{
	add(d, SAME, count);
	d->before.done += count;
	d->after.done += count;
}

static bool compare_parts(diff *d, const cli_diff_part *parts, size_t count)
{
	d->steps = nkc_arena_alloc(d->arena, (d->before.count + d->after.count + 1) * sizeof(*d->steps));
	if (!d->steps)
		return false;
	for (size_t i = 0; i < count; i++) {
		const cli_diff_part *part = &parts[i];
		pass_same(d, line_at(&d->before, part->before_from) - d->before.done);
		if (!compare(d, line_behind(&d->before, d->before.done, part->before_to),
		             line_behind(&d->after, d->after.done, part->after_to)))
			return false;
	}
	pass_same(d, d->before.count - d->before.done);
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

nkc_status cli_diff_parts(nkc_str path, nkc_str before, nkc_str after, const cli_diff_part *parts, size_t count,
                          nkc_buf *out)
{
	if (nkc_str_eq(before, after))
		return NKC_OK;
	diff d = { .arena = nkc_arena_new(), .table = nkc_arena_new(), .out = out };
	bool done = d.arena && d.table && split(d.arena, before, &d.before) && split(d.arena, after, &d.after) &&
	            compare_parts(&d, parts, count);
	if (done) {
		nkc_buf_printf(out, "--- a/%.*s\n+++ b/%.*s\n", NKC_STR_ARG(path), NKC_STR_ARG(path));
		put_hunks(&d);
	}
	nkc_arena_free(d.table);
	nkc_arena_free(d.arena);
	return done ? nkc_buf_status(out) : NKC_ENOMEM;
}

nkc_status cli_diff(nkc_str path, nkc_str before, nkc_str after, nkc_buf *out)
{
	cli_diff_part whole = { 0, before.len, 0, after.len };
	return cli_diff_parts(path, before, after, &whole, 1, out);
}
