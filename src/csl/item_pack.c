/*
 * item_pack.c: what an item says as one run of bytes. A document holds its items so, and unpacks one when it is evaluated: its
 * texts are then slices of the run.
 *
 * A number is seven bits a byte, the lowest first. A text is its length and its bytes.
 */
#include "csl/item.h"

#define NAME_PARTS 6

static const uint8_t kinds[NKC_VAR_COUNT] = {
#define NKC_VAR(symbol, name, kind) [NKC_VAR_##symbol] = NKC_KIND_##kind,
#include <nkcite/variables.def>
#undef NKC_VAR
};

/* --- packing --- */

static void put_number(nkc_buf *out, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		nkc_buf_putc(out, (char)(number | 0x80));
	nkc_buf_putc(out, (char)number);
}

static void put_text(nkc_buf *out, nkc_str text)
{
	put_number(out, text.len);
	nkc_buf_put_str(out, text);
}

/* Which parts there are, a bit each, then two further bits; then those parts. */
static void put_name(nkc_buf *out, const nkc_name *name)
{
	const nkc_str parts[NAME_PARTS] = { name->family, name->given, name->dropping_particle,
		                            name->non_dropping_particle, name->suffix, name->literal };
	unsigned flags = (unsigned)name->comma_suffix << NAME_PARTS | (unsigned)name->static_ordering << (NAME_PARTS + 1);
	for (size_t i = 0; i < NAME_PARTS; i++)
		flags |= (unsigned)(parts[i].len > 0) << i;
	nkc_buf_putc(out, (char)flags);
	for (size_t i = 0; i < NAME_PARTS; i++) {
		if (parts[i].len)
			put_text(out, parts[i]);
	}
}

/* The year with its sign as the lowest bit, month, day, and what is uncertain about them. */
static void put_point(nkc_buf *out, const nkc_date_point *point)
{
	bool negative = point->year < 0;
	put_number(out, (negative ? ~(uint64_t)point->year : (uint64_t)point->year) << 1 | negative);
	const char rest[] = { (char)point->month, (char)point->day,
		              (char)(point->unspecified | point->uncertain << 6 | point->approximate << 7) };
	nkc_buf_put(out, rest, sizeof rest);
}

/* Its kind in two bytes; then its points, or its words. */
static void put_date(nkc_buf *out, const nkc_date *date)
{
	nkc_buf_putc(out, (char)date->structured);
	nkc_buf_putc(out, (char)((unsigned)date->begin << 4 | (unsigned)date->finish));
	if (date->structured) {
		put_point(out, &date->start);
		put_point(out, &date->end);
	} else {
		put_text(out, date->literal);
		put_text(out, date->raw);
	}
}

void csl_pack_field(nkc_buf *out, nkc_var var, const csl_field *field)
{
	switch (kinds[var]) {
	case NKC_KIND_NAMES:
		put_number(out, field->names.count);
		for (size_t i = 0; i < field->names.count; i++)
			put_name(out, &field->names.list[i]);
		break;
	case NKC_KIND_DATE: put_date(out, field->date); break;
	case NKC_KIND_LIST:
		put_number(out, field->texts.count);
		for (size_t i = 0; i < field->texts.count; i++)
			put_text(out, field->texts.list[i]);
		break;
	default: put_text(out, field->text);
	}
}

/* --- unpacking --- */

static uint64_t get_number(const char **at)
{
	uint64_t number = (unsigned char)**at & 0x7F;
	if (number == (unsigned char)**at) {
		++*at;
		return number;
	}
	for (unsigned shift = 7; (unsigned char)*(*at)++ & 0x80; shift += 7)
		number |= (uint64_t)((unsigned char)**at & 0x7F) << shift;
	return number;
}

static nkc_str get_text(const char **at)
{
	size_t len = (size_t)get_number(at);
	nkc_str text = nkc_str_make(*at, len);
	*at += len;
	return text;
}

static void get_name(const char **at, nkc_name *name)
{
	nkc_str *const parts[NAME_PARTS] = { &name->family, &name->given, &name->dropping_particle,
		                             &name->non_dropping_particle, &name->suffix, &name->literal };
	unsigned flags = (unsigned char)*(*at)++;
	*name = (nkc_name){ .comma_suffix = flags >> NAME_PARTS & 1, .static_ordering = flags >> (NAME_PARTS + 1) & 1 };
	for (size_t i = 0; i < NAME_PARTS; i++)
		*parts[i] = flags >> i & 1 ? get_text(at) : NKC_STR("");
}

static nkc_date_point get_point(const char **at)
{
	uint64_t year = get_number(at);
	unsigned rest = (unsigned char)(*at)[2];
	nkc_date_point point = {
		.year = (int64_t)(year & 1 ? ~(year >> 1) : year >> 1),
		.month = (uint8_t)(*at)[0],
		.day = (uint8_t)(*at)[1],
		.unspecified = rest & 0x3F,
		.uncertain = rest >> 6 & 1,
		.approximate = rest >> 7,
	};
	*at += 3;
	return point;
}

static void get_date(const char **at, nkc_date *date)
{
	bool structured = *(*at)++;
	unsigned kind = (unsigned char)*(*at)++;
	*date = (nkc_date){ .structured = structured, .begin = (nkc_date_end)(kind >> 4), .finish = (nkc_date_end)(kind & 15),
		            .time = NKC_STR(""), .literal = NKC_STR(""), .raw = NKC_STR("") };
	if (structured) {
		date->start = get_point(at);
		date->end = get_point(at);
	} else {
		date->literal = get_text(at);
		date->raw = get_text(at);
	}
}

/* False: out of memory. */
static bool get_names(const char **at, nkc_arena *arena, csl_field *field)
{
	size_t count = (size_t)get_number(at);
	nkc_name *names = nkc_arena_alloc(arena, count * sizeof *names);
	for (size_t i = 0; names && i < count; i++)
		get_name(at, &names[i]);
	*field = (csl_field){ .names = { names, count } };
	return names;
}

static bool get_texts(const char **at, nkc_arena *arena, csl_field *field)
{
	size_t count = (size_t)get_number(at);
	nkc_str *texts = nkc_arena_alloc(arena, count * sizeof *texts);
	for (size_t i = 0; texts && i < count; i++)
		texts[i] = get_text(at);
	*field = (csl_field){ .texts = { texts, count } };
	return texts;
}

static bool get_field(const char **at, nkc_arena *arena, nkc_var var, csl_field *field)
{
	nkc_date *date;
	switch (kinds[var]) {
	case NKC_KIND_NAMES: return get_names(at, arena, field);
	case NKC_KIND_LIST: return get_texts(at, arena, field);
	case NKC_KIND_DATE:
		date = nkc_arena_take(arena, sizeof *date);
		if (date)
			get_date(at, date);
		field->date = date;
		return date;
	default: field->text = get_text(at); return true;
	}
}

void csl_item_unpack(csl_item *item, nkc_arena *arena)
{
	const char *at = item->packed;
	unsigned count = (unsigned)(__builtin_popcountll(item->present[0]) + __builtin_popcountll(item->present[1]));
	csl_field *field = nkc_arena_alloc(arena, (count + 1) * sizeof *field);
	item->fields = field;
	for (unsigned word = 0; word < 2; word++) {
		for (uint64_t left = item->present[word]; left && item->fields; left &= left - 1) {
			nkc_var var = (nkc_var)(word * 64 + (unsigned)__builtin_ctzll(left));
			if (!get_field(&at, arena, var, field++))
				item->fields = NULL;
		}
	}
}
