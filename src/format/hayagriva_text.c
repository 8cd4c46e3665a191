/* Texts, names and dates of Hayagriva. */
#include "base/arena.h"
#include "base/utf8.h"
#include "format/hayagriva.h"
#include "format/rich.h"
#include "format/values.h"

/* --- texts --- */

/* May a backslash stand before it? */
static bool is_control(char c)
{
	return c == '\\' || c == '{' || c == '}' || c == '$';
}

nkc_value *nkc_haya_text(nkc_arena *arena, nkc_str text)
{
	nkc_buf out = nkc_arena_buf(arena);
	nkc_str run;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces)) {
		nkc_buf_puts(&out, faces & NKC_RICH_NOCASE ? "{" : "");
		for (size_t i = 0; i < run.len; i++) {
			if (is_control(run.ptr[i]))
				nkc_buf_putc(&out, '\\');
			nkc_buf_putc(&out, run.ptr[i]);
		}
		nkc_buf_puts(&out, faces & NKC_RICH_NOCASE ? "}" : "");
	}
	nkc_value *value = nkc_value_new(arena, NKC_STRING);
	nkc_str made = nkc_arena_keep(arena, &out);
	if (value)
		nkc_value_set_text(value, arena, made);
	return value;
}

nkc_str nkc_haya_read_text(nkc_arena *arena, nkc_str text, bool verbatim, bool *exact)
{
	nkc_buf out = nkc_arena_buf(arena);
	unsigned depth = 0, before = 0;
	bool math = false;
	for (size_t at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		unsigned faces = verbatim || depth ? NKC_RICH_NOCASE : 0;
		if (verbatim) {
			nkc_rich_put(&out, text, faces, &before);
			break;
		}
		if (c == '\\' && at + 1 < text.len && is_control(text.ptr[at + 1])) {
			nkc_rich_put(&out, nkc_str_slice(text, at + 1, at + 2), faces, &before);
			at++;
		} else if (!math && c == '{') {
			depth++;
		} else if (!math && c == '}' && depth) {
			depth--;
		} else {
			math ^= c == '$';
			*exact &= c != '$';
			nkc_rich_put(&out, nkc_str_slice(text, at, at + 1), faces, &before);
		}
	}
	nkc_rich_put(&out, NKC_STR(""), 0, &before);
	return nkc_arena_keep(arena, &out);
}

/* --- names --- */

static nkc_str part(const nkc_value *name, const char *key)
{
	return nkc_value_text(nkc_value_find(name, nkc_str_from(key)));
}

static void add_part(nkc_value *object, nkc_arena *arena, const char *key, nkc_str text)
{
	if (text.len)
		nkc_value_add(object, nkc_str_from(key), nkc_value_string(arena, text));
}

/* Is the letter at the start small? Letters of the scripts that names with particles are written in. */
static bool begins_small(nkc_str word)
{
	size_t at = 0;
	uint32_t rune = word.len ? nkc_utf8_next(word, &at) : 0;
	return (rune >= 'a' && rune <= 'z') || (rune >= 0xDF && rune <= 0xFF && rune != 0xF7) ||
	       (rune >= 0x430 && rune <= 0x45F) || (rune >= 0x3AC && rune <= 0x3CE);
}

/* Where the particles of "von der Leyen" end: behind the last small word that another follows. */
static size_t particle_end(nkc_str family)
{
	size_t end = 0;
	for (size_t at = 0; at < family.len;) {
		nkc_str rest = nkc_str_slice(family, at, family.len);
		size_t space = nkc_str_find_byte(rest, ' ');
		if (space < rest.len && begins_small(rest))
			end = at + space;
		at += space + 1;
	}
	return end;
}

nkc_value *nkc_haya_read_name(nkc_arena *arena, nkc_str text)
{
	nkc_str parts[4], rest = text;
	size_t count = 0;
	while (count < 4 && nkc_str_split(&rest, ',', &parts[count]))
		count++;
	text = nkc_str_trim(text);
	nkc_value *name = text.len ? nkc_value_new(arena, NKC_OBJECT) : NULL;
	if (!name)
		return NULL;
	if (count == 1 || count == 4) {
		add_part(name, arena, "literal", text);
		return name;
	}
	nkc_str family = nkc_str_trim(parts[0]);
	size_t end = particle_end(family);
	add_part(name, arena, "family", nkc_str_trim(nkc_str_slice(family, end, family.len)));
	add_part(name, arena, "given", nkc_str_trim(parts[count - 1]));
	add_part(name, arena, "non-dropping-particle", nkc_str_slice(family, 0, end));
	add_part(name, arena, "suffix", count == 3 ? nkc_str_trim(parts[1]) : NKC_STR(""));
	return name;
}

static nkc_str as_text(nkc_arena *arena, const nkc_value *name)
{
	nkc_buf out = nkc_arena_buf(arena);
	nkc_str particle = part(name, "non-dropping-particle"), suffix = part(name, "suffix");
	nkc_str family = part(name, "family");
	nkc_buf_put_str(&out, particle);
	nkc_buf_puts(&out, particle.len ? " " : "");
	nkc_buf_put_str(&out, family.len ? family : part(name, "literal"));
	nkc_buf_puts(&out, suffix.len ? ", " : "");
	nkc_buf_put_str(&out, suffix);
	nkc_buf_puts(&out, part(name, "given").len ? ", " : "");
	nkc_buf_put_str(&out, part(name, "given"));
	return nkc_arena_keep(arena, &out);
}

/* One text where that reads back as the name, else its parts. */
nkc_value *nkc_haya_name(nkc_arena *arena, const nkc_value *name)
{
	nkc_str text = as_text(arena, name), family = part(name, "family");
	const nkc_value *back = nkc_haya_read_name(arena, text);
	bool many = nkc_str_find_byte(part(name, "literal"), ',') < part(name, "literal").len;
	if (back && !many && nkc_value_equal(back, name))
		return nkc_value_string(arena, text);
	nkc_value *parts = nkc_value_new(arena, NKC_OBJECT);
	nkc_str particle = part(name, "non-dropping-particle");
	add_part(parts, arena, "name", family.len ? family : part(name, "literal"));
	if (!nkc_value_first(parts))
		return NULL;
	add_part(parts, arena, "given-name", part(name, "given"));
	add_part(parts, arena, "prefix", particle.len ? particle : part(name, "dropping-particle"));
	add_part(parts, arena, "suffix", part(name, "suffix"));
	return parts;
}

/* --- dates --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How much of the text is YYYY, YYYY-MM or YYYY-MM-DD with an optional sign; 0 when it has no year. */
static size_t day_length(nkc_str text)
{
	size_t at = text.len && text.ptr[0] == '-', start = at;
	while (at < text.len && is_digit(text.ptr[at]))
		at++;
	if (at - start != 4)
		return 0;
	for (int i = 0; i < 2 && at + 2 < text.len; i++) {
		if (text.ptr[at] != '-' || !is_digit(text.ptr[at + 1]) || !is_digit(text.ptr[at + 2]))
			break;
		at += 3;
	}
	return at;
}

/* What Hayagriva cannot say (a span, a season) is shown by its year. */
nkc_value *nkc_haya_date(nkc_arena *arena, const nkc_value *date)
{
	nkc_buf edtf = nkc_arena_buf(arena);
	bool known = nkc_date_put_edtf(&edtf, date);
	nkc_str text = nkc_arena_keep(arena, &edtf);
	size_t length = known ? day_length(text) : 0, year = length && text.ptr[0] == '-' ? 5 : 4;
	if (!length || (length < text.len && is_digit(text.ptr[length])))
		return NULL;
	bool circa = nkc_str_is(nkc_str_slice(text, length, text.len), "~");
	bool whole = length == text.len || circa;
	bool season = length == year + 3 && text.ptr[year + 1] == '2';
	nkc_str day = nkc_str_slice(text, 0, whole && !season ? length : year);
	nkc_value *value = nkc_value_new(arena, NKC_STRING);
	nkc_buf shown = nkc_arena_buf(arena);
	nkc_buf_puts(&shown, circa ? "~" : "");
	nkc_buf_put_str(&shown, day);
	nkc_str made = nkc_arena_keep(arena, &shown);
	if (value && day.len == 4 && !circa && day.ptr[0] != '0')
		value->type = NKC_NUMBER;
	if (value)
		value->u.text = made;
	return value;
}

nkc_value *nkc_haya_read_date(nkc_arena *arena, nkc_str text)
{
	text = nkc_str_trim(text);
	bool circa = text.len && text.ptr[0] == '~';
	nkc_buf edtf = nkc_arena_buf(arena);
	nkc_buf_put_str(&edtf, nkc_str_slice(text, circa, text.len));
	nkc_buf_puts(&edtf, circa ? "~" : "");
	return nkc_date_read_text(arena, nkc_arena_keep(arena, &edtf));
}

/* --- what Typst refuses a whole file for --- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An address with a host in plain letters, which every reader of addresses takes (RFC 3986). */
bool nkc_haya_is_url(nkc_str text)
{
	size_t at = nkc_str_find(text, NKC_STR("://"));
	if (at == text.len || at < 3 || at > 5)
		return false;
	nkc_str scheme = nkc_str_slice(text, 0, at);
	at += 3;
	size_t start = at;
	while (at < text.len && (is_letter(text.ptr[at]) || is_digit(text.ptr[at]) || text.ptr[at] == '-' ||
	                         (text.ptr[at] == '.' && at > start)))
		at++;
	bool host = at > start && is_letter(text.ptr[at - 1]) && nkc_str_find_byte(text, '.') < at;
	bool ends = at == text.len || strchr("/?#", text.ptr[at]);
	for (; at < text.len; at++) {
		if ((unsigned char)text.ptr[at] <= ' ')
			return false;
	}
	return host && ends &&
	       (nkc_str_is(scheme, "http") || nkc_str_is(scheme, "https") || nkc_str_is(scheme, "ftp"));
}

/* "de", "zh-Hans", "pt-BR", "zh-Hans-CN" (Unicode TR 35, section 3.1). */
bool nkc_haya_is_language(nkc_str text)
{
	nkc_str tag;
	for (int i = 0; nkc_str_split(&text, '-', &tag); i++) {
		for (size_t at = 0; at < tag.len; at++) {
			if (!is_letter(tag.ptr[at]))
				return false;
		}
		if (i > 2 || (i == 0 ? tag.len < 2 || tag.len > 3 : tag.len != 2 && (tag.len != 4 || i == 2)))
			return false;
	}
	return true;
}
