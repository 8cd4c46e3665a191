#include "format/medline.h"

#include "base/arena.h"
#include "format/values.h"
#include "record/langtag.h"

nkc_str nkc_medline_title(nkc_str title)
{
	title = nkc_str_trim(title);
	bool stop = nkc_str_ends(title, NKC_STR(".")) && !nkc_str_ends(title, NKC_STR(".."));
	return nkc_str_slice(title, 0, title.len - stop);
}

/* --- pages --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(nkc_str text, size_t at)
{
	size_t start = at;
	while (at < text.len && is_digit(text.ptr[at]))
		at++;
	return at - start;
}

nkc_str nkc_medline_pages(nkc_arena *arena, nkc_str pages)
{
	nkc_buf out = nkc_arena_buf(arena);
	for (size_t at = 0; at < pages.len;) {
		size_t first = digits(pages, at), dash = at + first;
		size_t second = first && dash < pages.len && pages.ptr[dash] == '-' ? digits(pages, dash + 1) : 0;
		if (second && second < first) {
			nkc_buf_put(&out, pages.ptr + at, first + 1);
			nkc_buf_put(&out, pages.ptr + at, first - second);
			nkc_buf_put(&out, pages.ptr + dash + 1, second);
			at = dash + 1 + second;
		} else {
			size_t length = first ? first : 1;
			nkc_buf_put(&out, pages.ptr + at, length);
			at += length;
		}
	}
	return nkc_arena_keep(arena, &out);
}

/* --- dates --- */

static bool is_structured(const nkc_value *date)
{
	return date && !nkc_value_find(date, NKC_STR("literal"));
}

#define WORDS_MAX 3

static size_t words_of(nkc_str text, nkc_str words[WORDS_MAX + 1])
{
	size_t count = 0;
	while (count <= WORDS_MAX && nkc_str_split(&text, ' ', &words[count]))
		count += words[count].len > 0;
	return count;
}

static bool is_year(nkc_str word)
{
	return word.len == 4 && digits(word, 0) == 4;
}

/* The end of a span, with what it leaves out: the year of the start, and the month if it is a day. */
static nkc_value *end_of(nkc_arena *arena, nkc_str start, nkc_str end)
{
	nkc_str first[WORDS_MAX + 1], last[WORDS_MAX + 1];
	size_t before = words_of(start, first), count = words_of(end, last);
	nkc_buf text = nkc_arena_buf(arena);
	if (before && count && !is_year(last[0])) {
		bool day = digits(last[0], 0) == last[0].len;
		nkc_buf_put_str(&text, first[0]);
		nkc_buf_putc(&text, ' ');
		nkc_buf_put_str(&text, day && before > 1 ? first[1] : NKC_STR(""));
		nkc_buf_putc(&text, ' ');
	}
	nkc_buf_put_str(&text, end);
	return nkc_date_read_text(arena, nkc_arena_keep(arena, &text));
}

static nkc_value *read_span(nkc_arena *arena, nkc_str text, size_t dash)
{
	nkc_str start = nkc_str_trim(nkc_str_slice(text, 0, dash));
	nkc_str end = nkc_str_trim(nkc_str_slice(text, dash + 1, text.len));
	const nkc_value *from = nkc_date_read_text(arena, start), *to = end_of(arena, start, end);
	nkc_buf edtf = nkc_arena_buf(arena);
	bool known = is_structured(from) && is_structured(to) && nkc_date_put_edtf(&edtf, from);
	nkc_buf_putc(&edtf, '/');
	known = known && nkc_date_put_edtf(&edtf, to);
	nkc_str made = nkc_arena_keep(arena, &edtf);
	return known ? nkc_date_read_text(arena, made) : NULL;
}

nkc_value *nkc_medline_date(nkc_arena *arena, nkc_str text)
{
	text = nkc_str_trim(text);
	nkc_value *whole = nkc_date_read_text(arena, text), *span = NULL;
	size_t dash = nkc_str_find_byte(text, '-');
	if (dash == text.len)
		dash = nkc_str_find_byte(text, '/');
	if (!whole || is_structured(whole) || dash == text.len)
		return whole;
	span = read_span(arena, text, dash);
	return is_structured(span) ? span : whole;
}

/* --- names --- */

static bool is_suffix(nkc_str word)
{
	static const char *const words[] = { "Jr", "Sr", "2nd", "3rd", "4th", "5th", "II", "III", "IV" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (nkc_str_is(word, words[i]))
			return true;
	}
	return false;
}

/* Takes "Jr" off the end of the given names. */
static nkc_str take_suffix(nkc_str *given)
{
	size_t at = given->len;
	while (at > 0 && given->ptr[at - 1] != ' ')
		at--;
	nkc_str last = nkc_str_slice(*given, at, given->len);
	if (!at || !is_suffix(last))
		return NKC_STR("");
	*given = nkc_str_trim(nkc_str_slice(*given, 0, at));
	return last;
}

static void add_part(nkc_value *name, nkc_arena *arena, const char *key, nkc_str text)
{
	if (text.len)
		nkc_value_add(name, nkc_str_from(key), nkc_value_string(arena, text));
}

/* A letter alone is an initial. */
static nkc_str with_stops(nkc_arena *arena, nkc_str given)
{
	nkc_buf out = nkc_arena_buf(arena);
	nkc_str word;
	while (nkc_str_split(&given, ' ', &word)) {
		bool initial = word.len == 1 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
		nkc_buf_puts(&out, out.len && word.len ? " " : "");
		nkc_buf_put_str(&out, word);
		nkc_buf_puts(&out, initial ? "." : "");
	}
	return nkc_arena_keep(arena, &out);
}

nkc_value *nkc_medline_person(nkc_arena *arena, nkc_str family, nkc_str given, nkc_str suffix)
{
	nkc_value *name = family.len || given.len ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	if (!name)
		return NULL;
	if (!suffix.len)
		suffix = take_suffix(&given);
	add_part(name, arena, "family", family);
	add_part(name, arena, "given", with_stops(arena, given));
	add_part(name, arena, "suffix", suffix);
	return name;
}

/* --- words --- */

nkc_str nkc_medline_language(nkc_str code)
{
	char lower[32];
	if (code.len >= sizeof lower)
		return code;
	for (size_t i = 0; i < code.len; i++)
		lower[i] = code.ptr[i] >= 'A' && code.ptr[i] <= 'Z' ? (char)(code.ptr[i] - 'A' + 'a') : code.ptr[i];
	nkc_str word = nkc_str_make(lower, code.len);
	nkc_str two = nkc_str_from(code.len == 3 ? nkc_language_from_three(word) : nkc_language_from_name(word));
	return two.len ? two : code;
}

nkc_type nkc_medline_type(nkc_str type)
{
	static const struct {
		const char *name;
		nkc_type type;
	} types[] = {
		{ "Book", NKC_TYPE_BOOK },
		{ "Books", NKC_TYPE_BOOK },
		{ "Book Chapter", NKC_TYPE_CHAPTER },
		{ "Journal Article", NKC_TYPE_ARTICLE_JOURNAL },
		{ "Journal Articles", NKC_TYPE_ARTICLE_JOURNAL },
		{ "Case Reports", NKC_TYPE_ARTICLE_JOURNAL },
		{ "Case Report", NKC_TYPE_ARTICLE_JOURNAL },
		{ "Newspaper Article", NKC_TYPE_ARTICLE_NEWSPAPER },
		{ "Video-Audio Media", NKC_TYPE_MOTION_PICTURE },
		{ "Technical Report", NKC_TYPE_REPORT },
		{ "Legal Case", NKC_TYPE_LEGAL_CASE },
		{ "Legislation", NKC_TYPE_LEGISLATION },
		{ "Preprint", NKC_TYPE_ARTICLE },
		{ "Academic Dissertation", NKC_TYPE_THESIS },
		{ "Dataset", NKC_TYPE_DATASET },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (nkc_str_is(type, types[i].name))
			return types[i].type;
	}
	return nkc_str_find(type, NKC_STR("Dissertation")) < type.len ? NKC_TYPE_THESIS : NKC_TYPE_NONE;
}
