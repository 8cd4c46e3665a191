/*
 * Items made at random (every variable, type, shape of name and date; texts that formats might take for their own marks) come
 * back from every format that is both written and read as they were. An item that does not is shrunk before it is shown.
 * NKCITE_PROPERTY_ROUNDS: how many items (200); NKCITE_PROPERTY_SEED: where they begin; NKCITE_PROPERTY_FORMAT: one format only.
 */
#include "support/unit.h"

#include <nkcite/format.h>
#include <nkcite/record.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 200
#define SEED 20261122

/* --- chance --- */

static uint64_t state;

static uint32_t any(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

static bool one_in(uint32_t n)
{
	return any(n) == 0;
}

/* --- texts --- */

static const char *const pieces[] = {
	"a", "B", "word", "Title of things", "2", "17", "1999", "0", "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", ".", ",",
	", ", "; ", ";", ":", ": ", "!", "?", "'", "\"", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "`",
	"(", ")", "[", "]", "{", "}", "<", ">", "<i>", "</i>", "<b>x</b>", "<sup>2</sup>", "<span class=\"nocase\">iPhone</span>",
	"<span style=\"font-variant:small-caps;\">s</span>", "</span>", "&", "&amp;", "&#38;", "&lt;", "\\", "\\&", "\\textit{x}",
	"\\u00e9", "$", "$x^2$", "_", "^", "~", "#", "%", "%20", "@", "@book{", "*", "**", "|", "||", "=", "+", "/", "//", " ",
	"  ", "\n", "\n\n", "\t", " and ", " others", "and others", "AU  - ", "ER  - ", "TY  - JOUR\n", "%0 Book", "PMID- 1\n",
	"---", "...", "- ", "\n- ", "null", "true", "~", "yes", "1e3", "0x1", "]]>", "<!--", "-->", "<![CDATA[", "<?x?>", "{nkcite}",
	"https://example.org/?a=1&b=2#c", "10.1000/1", "doi:10.1000/1", "van ", "de la ", "Jr.", "III", "\xC3\xA9", "\xC3\x9F",
	"e\xCC\x81", "\xEA\xB9\x80", "\xEB\xAF\xBC\xEC\xA7\x80", "\xD0\x96", "\xD7\x90", "\xD9\x85", "\xF0\x9D\x94\x84", "\xE2\x80\x8B",
	"\xC2\xA0", "\xC2\xAD", "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xC2\x85", "\xEF\xBF\xBE", "\xEF\xBF\xBD", "note: x\n", "type: book\n",
};
#define PIECES (sizeof pieces / sizeof *pieces)

static void put_char(nkc_buf *out)
{
	uint32_t rune = one_in(4) ? any(0x20000) : any(0x500);
	nkc_buf_put_rune(out, rune >= 0xD800 && rune < 0xE000 ? 'x' : rune ? rune : 'y');
}

/* A text of a few pieces, as a JSON string. */
static void put_text(nkc_buf *out)
{
	nkc_buf text = NKC_BUF_INIT;
	uint32_t count = 1 + any(one_in(5) ? 9 : 3);
	for (uint32_t i = 0; i < count; i++) {
		if (one_in(12))
			put_char(&text);
		else
			nkc_buf_puts(&text, pieces[any(PIECES)]);
	}
	nkc_json_put_string(out, nkc_buf_str(&text));
	nkc_buf_release(&text);
}

/* --- values --- */

static void put_member(nkc_buf *out, bool *first, const char *key)
{
	nkc_buf_puts(out, *first ? "" : ",");
	nkc_json_put_string(out, nkc_str_from(key));
	nkc_buf_putc(out, ':');
	*first = false;
}

static void put_name(nkc_buf *out)
{
	static const char *const parts[] = { "given", "dropping-particle", "non-dropping-particle", "suffix" };
	bool first = true;
	nkc_buf_putc(out, '{');
	if (one_in(4)) {
		put_member(out, &first, "literal");
		put_text(out);
	} else {
		put_member(out, &first, "family");
		put_text(out);
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
			if (i ? !one_in(6) : one_in(6))
				continue;
			put_member(out, &first, parts[i]);
			put_text(out);
		}
	}
	nkc_buf_putc(out, '}');
}

static void put_names(nkc_buf *out)
{
	uint32_t count = 1 + any(3);
	nkc_buf_putc(out, '[');
	for (uint32_t i = 0; i < count; i++) {
		nkc_buf_puts(out, i ? "," : "");
		put_name(out);
	}
	nkc_buf_putc(out, ']');
}

static void put_day(nkc_buf *out)
{
	nkc_buf_printf(out, "[%d", one_in(8) ? (int)any(999) + 1 : 1000 + (int)any(1100));
	if (!one_in(3)) {
		nkc_buf_printf(out, ",%d", 1 + (int)any(12));
		if (!one_in(3))
			nkc_buf_printf(out, ",%d", 1 + (int)any(28));
	}
	nkc_buf_putc(out, ']');
}

static void put_date(nkc_buf *out)
{
	if (one_in(6)) {
		nkc_buf_puts(out, "{\"literal\":");
		put_text(out);
		nkc_buf_putc(out, '}');
		return;
	}
	nkc_buf_puts(out, "{\"date-parts\":[");
	if (one_in(6)) {
		nkc_buf_printf(out, "[%d]],\"season\":%d}", 1900 + (int)any(200), 1 + (int)any(4));
		return;
	}
	if (one_in(12))
		nkc_buf_printf(out, "[-%d]", 1 + (int)any(900));
	else
		put_day(out);
	nkc_buf_putc(out, ']');
	if (one_in(6))
		nkc_buf_puts(out, ",\"circa\":true");
	nkc_buf_putc(out, '}');
}

static void put_value(nkc_buf *out, nkc_kind kind)
{
	if (kind == NKC_KIND_NAMES) {
		put_names(out);
	} else if (kind == NKC_KIND_DATE) {
		put_date(out);
	} else if (kind == NKC_KIND_LIST) {
		nkc_buf_putc(out, '[');
		put_text(out);
		nkc_buf_putc(out, ']');
	} else if (kind == NKC_KIND_OBJECT) {
		nkc_buf_puts(out, "{\"a\":{\"b\":[1,null,");
		put_text(out);
		nkc_buf_puts(out, "]}}");
	} else {
		put_text(out);
	}
}

/* An item as JSON: of each variable, one in `rare`. */
static void put_item(nkc_buf *out)
{
	bool first = true;
	uint32_t rare = 2 + any(20);
	nkc_buf_putc(out, '{');
	put_member(out, &first, "id");
	nkc_buf_printf(out, "\"k%u\"", any(1000));
	put_member(out, &first, "type");
	nkc_json_put_string(out, nkc_str_from(nkc_type_name(1 + any(NKC_TYPE_COUNT - 1))));
	for (nkc_var var = NKC_VAR_TYPE + 1; var < NKC_VAR_COUNT; var++) {
		if (nkc_var_kind(var) == NKC_KIND_SHORT || !one_in(rare))
			continue;
		put_member(out, &first, nkc_var_name(var));
		put_value(out, nkc_var_kind(var));
	}
	nkc_buf_putc(out, '}');
}

/* --- there and back --- */

static void write_one(const nkc_format *format, nkc_record *record, nkc_buf *out)
{
	nkc_writer *writer;
	nkc_buf_clear(out);
	assert_int_equal(nkc_writer_open(&writer, format, NULL), NKC_OK);
	assert_int_equal(nkc_writer_begin(writer, out), NKC_OK);
	assert_int_equal(nkc_writer_record(writer, record, out, NULL), NKC_OK);
	assert_int_equal(nkc_writer_end(writer, out), NKC_OK);
	nkc_writer_close(writer);
}

typedef struct trip {
	nkc_buf before, text, after;
} trip;

/* Is the item the same in strict CSL-JSON, before and after? */
static bool comes_back(const nkc_format *format, nkc_str item, trip *t)
{
	const nkc_format *csl = nkc_format_find(NKC_STR("csljson"));
	nkc_record *record = nkc_record_new(), *back = NULL;
	nkc_reader *reader;
	assert_int_equal(nkc_record_parse(record, item, NULL, NULL), NKC_OK);
	write_one(csl, record, &t->before);
	write_one(format, record, &t->text);
	nkc_record_free(record);
	nkc_buf_clear(&t->after);
	assert_int_equal(nkc_reader_open_text(&reader, format, NKC_STR("test"), nkc_buf_str(&t->text), NULL), NKC_OK);
	if (nkc_reader_next(reader, &back) == NKC_OK && back)
		write_one(csl, back, &t->after);
	nkc_reader_close(reader);
	return nkc_str_eq(nkc_buf_str(&t->before), nkc_buf_str(&t->after));
}

/* --- shrinking --- */

typedef struct shrinker {
	const nkc_format *format;
	trip *trip;
	nkc_buf item; /* the smallest that fails */
} shrinker;

/* Takes the item over if it still fails. */
static bool try_item(shrinker *s, const nkc_value *item)
{
	nkc_buf text = NKC_BUF_INIT;
	nkc_value_write(item, -1, &text);
	bool fails = text.len < s->item.len && !comes_back(s->format, nkc_buf_str(&text), s->trip);
	if (fails) {
		nkc_buf_clear(&s->item);
		nkc_buf_put_str(&s->item, nkc_buf_str(&text));
	}
	nkc_buf_release(&text);
	return fails;
}

/* The n-th value of the tree in the order of the text; *n is lowered on the way. */
static nkc_value *nth(nkc_value *value, size_t *n)
{
	if ((*n)-- == 0)
		return value;
	for (nkc_value *child = nkc_value_first(value); child; child = child->next) {
		nkc_value *found = nth(child, n);
		if (found)
			return found;
	}
	return NULL;
}

static bool is_cut_between_characters(nkc_str text, size_t at)
{
	return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

/* Drops text[from..to) of the n-th value, or (to 0) the value itself, if that still fails. */
static bool try_without(shrinker *s, size_t n, size_t from, size_t to)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *root = NULL;
	nkc_buf kept = NKC_BUF_INIT;
	bool done = false;
	assert_int_equal(nkc_value_parse(&root, arena, nkc_buf_str(&s->item), NULL, NULL), NKC_OK);
	nkc_value *value = nth(root, &n);
	nkc_str text = nkc_value_text(value);
	bool fixed = nkc_str_is(value->key, "id") || nkc_str_is(value->key, "type");
	if (to == 0 && value != root && !fixed && nkc_value_count(value->parent) > 1) {
		nkc_value_remove(value);
		done = try_item(s, root);
	} else if (to && !fixed && is_cut_between_characters(text, from) && is_cut_between_characters(text, to)) {
		nkc_buf_put(&kept, text.ptr, from);
		nkc_buf_put(&kept, text.ptr + to, text.len - to);
		nkc_value_set_text(value, arena, nkc_buf_str(&kept));
		done = kept.len > 0 && try_item(s, root);
	}
	nkc_buf_release(&kept);
	nkc_arena_free(arena);
	return done;
}

/* The length of the n-th value's text; -1: there is no such value. */
static long length_of(const shrinker *s, size_t n)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *root = NULL, *value;
	assert_int_equal(nkc_value_parse(&root, arena, nkc_buf_str(&s->item), NULL, NULL), NKC_OK);
	value = nth(root, &n);
	long length = !value ? -1 : value->type == NKC_STRING ? (long)value->u.text.len : 0;
	nkc_arena_free(arena);
	return length;
}

static bool shrink_text(shrinker *s, size_t n, size_t length)
{
	for (size_t cut = length; cut > 0; cut /= 2) {
		for (size_t from = 0; from + cut <= length; from += cut) {
			if (try_without(s, n, from, from + cut))
				return true;
		}
	}
	return false;
}

static bool shrink_once(shrinker *s)
{
	long length;
	for (size_t n = 0; (length = length_of(s, n)) >= 0; n++) {
		if (try_without(s, n, 0, 0))
			return true;
	}
	for (size_t n = 0; (length = length_of(s, n)) >= 0; n++) {
		if (length > 0 && shrink_text(s, n, (size_t)length))
			return true;
	}
	return false;
}

static void show_smallest(const nkc_format *format, nkc_str item, trip *t, unsigned long seed)
{
	shrinker s = { .format = format, .trip = t, .item = NKC_BUF_INIT };
	nkc_buf_put_str(&s.item, item);
	while (shrink_once(&s))
		;
	comes_back(format, nkc_buf_str(&s.item), t);
	print_message("NKCITE_PROPERTY_SEED=%lu NKCITE_PROPERTY_FORMAT=%s\n%.*s\n%.*s\n%.*s\n", seed, nkc_format_name(format),
	              (int)s.item.len, s.item.ptr, (int)t->text.len, t->text.ptr, (int)t->after.len, t->after.ptr);
	nkc_buf_release(&s.item);
}

/* --- the property --- */

static unsigned long number_of(const char *name, unsigned long usual)
{
	const char *text = getenv(name);
	return text && *text ? strtoul(text, NULL, 10) : usual;
}

static bool is_wanted(const nkc_format *format)
{
	const char *only = getenv("NKCITE_PROPERTY_FORMAT");
	return nkc_format_reads(format) && nkc_format_writes(format) &&
	       (!only || strcmp(only, nkc_format_name(format)) == 0);
}

static size_t try_one(unsigned long seed, trip *t)
{
	const nkc_format *format;
	nkc_buf item = NKC_BUF_INIT;
	size_t bad = 0;
	state = seed * 2654435761u + 1;
	put_item(&item);
	for (size_t i = 0; (format = nkc_format_at(i)); i++) {
		if (!is_wanted(format) || comes_back(format, nkc_buf_str(&item), t))
			continue;
		bad++;
		show_smallest(format, nkc_buf_str(&item), t, seed);
	}
	nkc_buf_release(&item);
	return bad;
}

static void any_item_comes_back_from_every_format(void **unused)
{
	(void)unused;
	trip t = { NKC_BUF_INIT, NKC_BUF_INIT, NKC_BUF_INIT };
	unsigned long rounds = number_of("NKCITE_PROPERTY_ROUNDS", ROUNDS), seed = number_of("NKCITE_PROPERTY_SEED", SEED);
	size_t bad = 0;
	for (unsigned long i = 0; i < rounds; i++)
		bad += try_one(seed + i, &t);
	nkc_buf_release(&t.before);
	nkc_buf_release(&t.text);
	nkc_buf_release(&t.after);
	assert_int_equal(bad, 0);
}

/* Items that some format lost once. */
static const char *const hard_items[] = {
	"{\"id\":\"a\",\"type\":\"book\",\"keyword\":\",;\"}",
	"{\"id\":\"a\",\"type\":\"book\",\"keyword\":\"3,\"}",
	"{\"id\":\"a\",\"type\":\"pamphlet\",\"genre\":\"10.1000/1\",\"DOI\":\".\"}",
	"{\"id\":\"a\",\"type\":\"pamphlet\",\"genre\":\"10.1000/1\",\"DOI\":\"10.1000/1\"}",
	"{\"id\":\"a\",\"type\":\"pamphlet\",\"genre\":\"10.1000/1\",\"DOI\":\"10.1000/2\"}",
	"{\"id\":\"a\",\"type\":\"book\",\"title-short\":\"x\",\"shortTitle\":\"x\"}",
	"{\"id\":\"a\",\"type\":\"manuscript\",\"note\":\"\xC3\xA9\",\"division\":\"b\"}",
	"{\"id\":\"a\",\"type\":\"manuscript\",\"event-place\":\"k\\n\",\"note\":\"\\n\",\"archive_location\":\"=\"}",
	"{\"id\":\"a\",\"type\":\"patent\",\"container-title\":\"http:// \"}",
	"{\"id\":\"a\",\"type\":\"chapter\",\"author\":[{\"family\":\"<\"}],\"director\":[{\"family\":\">\"}]}",
	"{\"id\":\"a\",\"type\":\"collection\",\"translator\":[{\"family\":\"\xC2\xA0m\"},{\"family\":\"a\xC2\xA0" "b\"}]}",
	"{\"id\":\"a\",\"type\":\"thesis\",\"page\":\" 1\"}",
	"{\"id\":\"a\",\"type\":\"thesis\",\"page\":\"1\xE2\x80\x93" "2\xE2\x80\x93" "3\"}",
	"{\"id\":\"a\",\"type\":\"entry\",\"compiler\":[{\"family\":\"l=\"}]}",
	"{\"id\":\"a\",\"type\":\"entry\",\"author\":[{\"family\":\"family=x\",\"given\":\"y\"}]}",
};

static void hard_items_come_back(void **unused)
{
	(void)unused;
	trip t = { NKC_BUF_INIT, NKC_BUF_INIT, NKC_BUF_INIT };
	const nkc_format *format;
	size_t bad = 0;
	for (size_t i = 0; (format = nkc_format_at(i)); i++) {
		for (size_t item = 0; is_wanted(format) && item < sizeof hard_items / sizeof *hard_items; item++) {
			if (comes_back(format, nkc_str_from(hard_items[item]), &t))
				continue;
			bad++;
			print_message("%s\n%.*s\n%.*s\n", hard_items[item], (int)t.text.len, t.text.ptr, (int)t.after.len,
			              t.after.ptr);
		}
	}
	nkc_buf_release(&t.before);
	nkc_buf_release(&t.text);
	nkc_buf_release(&t.after);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hard_items_come_back),
		cmocka_unit_test(any_item_comes_back_from_every_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
