#include "format/values.h"

#include "base/arena.h"
#include "record/names.h"

/* --- members --- */

nkc_value *nkc_item_get(const nkc_value *item, nkc_var var)
{
	return nkc_value_find(item, nkc_str_from(nkc_var_name(var)));
}

nkc_str nkc_item_text(const nkc_value *item, nkc_var var)
{
	return nkc_value_text(nkc_item_get(item, var));
}

nkc_type nkc_item_type(const nkc_value *item)
{
	return nkc_type_find(nkc_item_text(item, NKC_VAR_TYPE));
}

void nkc_item_add(nkc_value *item, nkc_var var, nkc_value *value)
{
	if (value && !nkc_item_get(item, var))
		nkc_value_add(item, nkc_str_from(nkc_var_name(var)), value);
}

void nkc_item_add_text(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_str text)
{
	text = nkc_str_trim(text);
	if (text.len)
		nkc_item_add(item, var, nkc_value_string(arena, text));
}

static bool has_lines(nkc_var var)
{
	return var == NKC_VAR_ABSTRACT || var == NKC_VAR_NOTE || var == NKC_VAR_ANNOTE;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void nkc_item_add_line(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_str text)
{
	if (has_lines(var) || nkc_str_find_byte(text, '\n') == text.len) {
		nkc_item_add_text(item, arena, var, text);
		return;
	}
	nkc_buf line = nkc_arena_buf(arena);
	for (size_t at = 0; at < text.len; at++) {
		bool space = is_space(text.ptr[at]);
		if (!space || !line.len || line.ptr[line.len - 1] != ' ')
			nkc_buf_putc(&line, space ? ' ' : text.ptr[at]);
	}
	nkc_item_add_text(item, arena, var, nkc_arena_keep(arena, &line));
}

void nkc_item_add_name(nkc_value *item, nkc_arena *arena, nkc_var var, nkc_value *name)
{
	if (!name)
		return;
	nkc_item_add(item, var, nkc_value_new(arena, NKC_ARRAY));
	nkc_value_append(nkc_item_get(item, var), name);
}

/* --- names --- */

static nkc_str part(const nkc_value *name, const char *key)
{
	return nkc_value_text(nkc_value_find(name, nkc_str_from(key)));
}

nkc_name nkc_name_of(const nkc_value *name)
{
	return (nkc_name){
		.family = part(name, "family"),
		.given = part(name, "given"),
		.dropping_particle = part(name, "dropping-particle"),
		.non_dropping_particle = part(name, "non-dropping-particle"),
		.suffix = part(name, "suffix"),
		.literal = part(name, "literal"),
		.value = name,
	};
}

/* A text behind `between`, if both it and something before it are there. */
static void put_part(nkc_buf *out, size_t start, const char *between, nkc_str text)
{
	if (text.len && out->len > start)
		nkc_buf_puts(out, between);
	nkc_buf_put_str(out, text);
}

void nkc_name_put_text(nkc_buf *out, const nkc_value *name)
{
	size_t start = out->len;
	nkc_str family = part(name, "family"), given = part(name, "given");
	if (!family.len && !given.len) {
		nkc_buf_put_str(out, part(name, "literal"));
		return;
	}
	nkc_buf_put_str(out, part(name, "non-dropping-particle"));
	put_part(out, start, " ", family);
	put_part(out, start, ", ", given);
	put_part(out, start, " ", part(name, "dropping-particle"));
	put_part(out, start, ", ", part(name, "suffix"));
}

static void add_part(nkc_value *name, nkc_arena *arena, const char *key, nkc_str text)
{
	text = nkc_str_trim(text);
	if (text.len)
		nkc_value_add(name, nkc_str_from(key), nkc_value_string(arena, text));
}

nkc_value *nkc_name_read_text(nkc_arena *arena, nkc_str text)
{
	nkc_str rest = nkc_str_trim(text), family, given;
	if (!rest.len)
		return NULL;
	nkc_value *name = nkc_value_new(arena, NKC_OBJECT);
	if (!name)
		return NULL;
	bool person = nkc_str_find_byte(rest, ',') + 1 < rest.len;
	if (!person) {
		bool comma = nkc_str_ends(rest, NKC_STR(","));
		add_part(name, arena, "literal", nkc_str_slice(rest, 0, rest.len - comma));
		return name;
	}
	nkc_str_split(&rest, ',', &family);
	nkc_str_split(&rest, ',', &given);
	add_part(name, arena, "family", family);
	add_part(name, arena, "given", given);
	add_part(name, arena, "suffix", rest);
	return name;
}

/* --- dates --- */


static nkc_value *object_of(nkc_arena *arena, const nkc_date *date)
{
	return nkc_date_object(date, arena, NULL);
}

/* A word of a date, or a number. */
typedef struct token {
	nkc_str text;
	int64_t number; /* -1: a word */
} token;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next run of digits or letters; what stands between is passed over. */
static bool next_token(nkc_str *rest, token *t)
{
	size_t at = 0;
	while (at < rest->len && !is_digit(rest->ptr[at]) && !is_letter(rest->ptr[at]))
		at++;
	size_t start = at;
	bool number = at < rest->len && is_digit(rest->ptr[at]);
	while (at < rest->len && (number ? is_digit(rest->ptr[at]) : is_letter(rest->ptr[at])))
		at++;
	t->text = nkc_str_slice(*rest, start, at);
	t->number = -1;
	*rest = nkc_str_slice(*rest, at, rest->len);
	if (number && t->text.len <= 8) {
		t->number = 0;
		for (size_t i = 0; i < t->text.len; i++)
			t->number = t->number * 10 + (t->text.ptr[i] - '0');
	}
	return t->text.len > 0;
}

/* 1 to 12, a season 21 to 24, or 0. Months may be cut to three letters or more. */
static uint8_t month_of(nkc_str word)
{
	static const char *const names[] = { "january", "february", "march",     "april",   "may",      "june",
		                             "july",    "august",   "september", "october", "november", "december",
		                             "spring",  "summer",   "autumn",    "winter" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		nkc_str name = nkc_str_from(names[i]);
		if (word.len >= 3 && word.len <= name.len && nkc_str_eq_nocase(word, nkc_str_slice(name, 0, word.len)))
			return (uint8_t)(i < 12 ? i + 1 : i + 9);
	}
	return nkc_str_eq_nocase(word, NKC_STR("fall")) ? 23 : 0;
}

#define TOKENS_MAX 4

/* Day, month in letters and year in any order, the year being what is no day. */
static bool read_words(const token *tokens, size_t count, nkc_date_point *point)
{
	bool year = false;
	for (size_t i = 0; i < count; i++) {
		uint8_t month = tokens[i].number < 0 ? month_of(tokens[i].text) : 0;
		if (tokens[i].number < 0 && (!month || point->month))
			return false;
		if (month)
			point->month = month;
		else if (tokens[i].text.len >= 3 && !year && (year = true))
			point->year = tokens[i].number;
		else if (tokens[i].number >= 1 && tokens[i].number <= 31 && !point->day)
			point->day = (uint8_t)tokens[i].number;
		else
			return false;
	}
	return year && (!point->day || (point->month >= 1 && point->month <= 12));
}

/* Year, month and day in numbers, the year of four digits first. */
static bool read_numbers(const token *tokens, size_t count, nkc_date_point *point)
{
	for (size_t i = 0; i < count; i++) {
		if (tokens[i].number < 0 || (i == 0 ? tokens[i].text.len != 4 : tokens[i].text.len > 2))
			return false;
	}
	if (count < 1 || count > 3)
		return false;
	point->year = tokens[0].number;
	point->month = count > 1 ? (uint8_t)tokens[1].number : 0;
	point->day = count > 2 ? (uint8_t)tokens[2].number : 0;
	return count == 1 || (point->month >= 1 && point->month <= 12 &&
	                      (count == 2 || (point->day >= 1 && point->day <= 31)));
}

/* "c. 1900", "ca 1900", "circa 1900" */
static bool take_circa(nkc_str *text)
{
	static const nkc_str words[] = { NKC_STR_INIT("circa "), NKC_STR_INIT("ca. "), NKC_STR_INIT("ca "),
		                         NKC_STR_INIT("c. ") };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (text->len > words[i].len && nkc_str_eq_nocase(nkc_str_slice(*text, 0, words[i].len), words[i])) {
			*text = nkc_str_trim(nkc_str_slice(*text, words[i].len, text->len));
			return true;
		}
	}
	return false;
}

static bool is_day_with_time(nkc_str text)
{
	return text.len > 10 && text.ptr[4] == '-' && text.ptr[7] == '-' &&
	       (text.ptr[10] == 'T' || text.ptr[10] == ' ') && text.len > 13 && is_digit(text.ptr[11]) &&
	       is_digit(text.ptr[12]) && text.ptr[13] == ':';
}

static bool read_day(nkc_str words, nkc_date_point *point)
{
	token tokens[TOKENS_MAX];
	token more;
	size_t count = 0;
	nkc_date_point other = { .approximate = take_circa(&words) };
	*point = other;
	while (count < TOKENS_MAX && next_token(&words, &tokens[count]))
		count++;
	if (next_token(&words, &more))
		return false;
	if (read_numbers(tokens, count, point))
		return true;
	*point = other;
	return read_words(tokens, count, point);
}

/* CSL's raw date is for a processor to read: "3 November 2014". */
bool nkc_date_put_edtf(nkc_buf *out, const nkc_value *value)
{
	nkc_date date;
	if (!value || nkc_date_read(value, &date) != NKC_OK)
		return false;
	if (nkc_edtf_write(&date, out))
		return true;
	nkc_str raw = nkc_str_trim(nkc_value_text(nkc_value_find(value, NKC_STR("raw"))));
	date = (nkc_date){ .structured = true, .time = NKC_STR(""), .literal = NKC_STR(""), .raw = NKC_STR("") };
	return raw.len && read_day(raw, &date.start) && nkc_edtf_write(&date, out);
}

nkc_value *nkc_date_read_text(nkc_arena *arena, nkc_str text)
{
	nkc_date date;
	text = nkc_str_trim(text);
	if (!text.len)
		return NULL;
	nkc_str words = is_day_with_time(text) ? nkc_str_slice(text, 0, 10) : text;
	if (nkc_edtf_parse(words, &date, NULL) == NKC_OK && date.structured)
		return object_of(arena, &date);
	date = (nkc_date){ .structured = true, .time = NKC_STR(""), .literal = NKC_STR(""), .raw = NKC_STR("") };
	if (read_day(words, &date.start))
		return object_of(arena, &date);
	nkc_value *object = nkc_value_new(arena, NKC_OBJECT);
	if (object)
		nkc_value_add(object, NKC_STR("literal"), nkc_value_string(arena, text));
	return object;
}

/* --- keywords --- */

char nkc_keyword_separator(nkc_str list)
{
	return nkc_str_find_byte(list, ';') < list.len ? ';' : ',';
}

bool nkc_keyword_next(nkc_str *rest, char separator, nkc_str *word)
{
	while (nkc_str_split(rest, separator, word)) {
		*word = nkc_str_trim(*word);
		if (word->len)
			return true;
	}
	return false;
}

void nkc_item_add_keywords(nkc_value *item, nkc_arena *arena, const nkc_value *words)
{
	nkc_buf list = nkc_arena_buf(arena);
	const char *separator = ", ";
	for (const nkc_value *word = nkc_value_first(words); word; word = word->next) {
		if (nkc_str_find_byte(word->u.text, ',') < word->u.text.len)
			separator = "; ";
	}
	for (const nkc_value *word = nkc_value_first(words); word; word = word->next) {
		nkc_buf_puts(&list, list.len ? separator : "");
		nkc_buf_put_str(&list, word->u.text);
	}
	nkc_item_add_text(item, arena, NKC_VAR_KEYWORD, nkc_arena_keep(arena, &list));
}

void nkc_text_done(nkc_buf *text, nkc_buf *out)
{
	if (nkc_buf_status(text))
		out->status = nkc_buf_status(text);
	nkc_buf_release(text);
}
