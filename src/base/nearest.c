#include <nkcite/nearest.h>

/* A beginning must have this many bytes to count: "a" is the beginning of too much. */
#define PREFIX_MIN 3

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One row of the table: rows i, i-1 and i-2 of the distances between beginnings of a and b. */
static size_t fill_row(size_t *row, const size_t *above, const size_t *above2, nkc_str a, nkc_str b, size_t i)
{
	unsigned char x = lower(a.ptr[i - 1]);
	size_t smallest = i;

	row[0] = i;
	for (size_t j = 1; j <= b.len; j++) {
		unsigned char y = lower(b.ptr[j - 1]);
		size_t cost = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));

		if (i > 1 && j > 1 && x == lower(b.ptr[j - 2]) && lower(a.ptr[i - 2]) == y)
			cost = least(cost, above2[j - 2] + 1);
		row[j] = cost;
		smallest = least(smallest, cost);
	}
	return smallest;
}

size_t nkc_str_distance(nkc_str a, nkc_str b, size_t limit)
{
	size_t rows[3][NKC_DISTANCE_MAX + 1];
	size_t longer = a.len > b.len ? a.len : b.len;
	size_t *row = rows[0], *above = rows[1], *above2 = rows[2];

	if (longer > NKC_DISTANCE_MAX || longer - least(a.len, b.len) > limit)
		return limit + 1;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = above2;

		above2 = above;
		above = row;
		row = spare;
		if (fill_row(row, above, above2, a, b, i) > limit)
			return limit + 1;
	}
	return least(row[b.len], limit + 1);
}

void nkc_nearest_init(nkc_nearest *nearest, nkc_str wanted)
{
	nearest->wanted = wanted;
	nearest->count = 0;
}

/* A third of the letters may be wrong, up to three: "bok" is near "book", "abc" is not near "xyz". */
static size_t tolerance(nkc_str wanted)
{
	return wanted.len < 3 ? 1 : least(3, (wanted.len + 1) / 3);
}

static bool begins(nkc_str whole, nkc_str part)
{
	return part.len >= PREFIX_MIN && whole.len > part.len &&
	       nkc_str_eq_nocase(nkc_str_slice(whole, 0, part.len), part);
}

void nkc_nearest_offer(nkc_nearest *nearest, nkc_str candidate)
{
	size_t limit = tolerance(nearest->wanted);
	size_t distance = nkc_str_distance(nearest->wanted, candidate, limit);
	size_t at;

	if (distance > limit && (begins(candidate, nearest->wanted) || begins(nearest->wanted, candidate)))
		distance = limit;
	if (distance > limit)
		return;
	at = nearest->count;
	while (at > 0 && nearest->distance[at - 1] > distance)
		at--;
	if (at == NKC_NEAREST_MAX)
		return;
	if (nearest->count < NKC_NEAREST_MAX)
		nearest->count++;
	for (size_t i = nearest->count - 1; i > at; i--) {
		nearest->best[i] = nearest->best[i - 1];
		nearest->distance[i] = nearest->distance[i - 1];
	}
	nearest->best[at] = candidate;
	nearest->distance[at] = distance;
}

void nkc_nearest_hint(const nkc_nearest *nearest, nkc_buf *out)
{
	for (size_t i = 0; i < nearest->count; i++) {
		if (i == 0)
			nkc_buf_puts(out, "did you mean ");
		else
			nkc_buf_puts(out, i + 1 < nearest->count ? ", " : " or ");
		nkc_buf_put_str(out, nearest->best[i]);
	}
	if (nearest->count > 0)
		nkc_buf_putc(out, '?');
}
