/* Reads names; what is read, bibtex_names.c says. */
#include "format/bibtex_item.h"

/* So many parts between commas: family, suffix, given. */
#define PARTS_MAX 3

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '~';
}

/* Offset behind the group or character at `at`. */
static size_t step(nkc_str text, size_t at)
{
	if (text.ptr[at] == '{')
		return nkc_latex_group_end(text, at);
	return at + (text.ptr[at] == '\\' && at + 1 < text.len ? 2 : 1);
}

/* Cuts the next name off: up to "and" between blanks, outside of braces. */
static bool next_name(nkc_str *rest, nkc_str *name)
{
	if (nkc_str_empty(*rest))
		return false;
	for (size_t i = 0; i < rest->len;) {
		if (is_blank(rest->ptr[i]) && i + 4 < rest->len && is_blank(rest->ptr[i + 4]) &&
		    nkc_str_eq_nocase(nkc_str_slice(*rest, i + 1, i + 4), NKC_STR("and"))) {
			*name = nkc_str_trim(nkc_str_slice(*rest, 0, i));
			*rest = nkc_str_slice(*rest, i + 5, rest->len);
			return true;
		}
		i = step(*rest, i);
	}
	*name = nkc_str_trim(*rest);
	*rest = NKC_STR("");
	return true;
}

/* Cuts at the commas outside of braces; what is behind the last belongs to the last part. */
static size_t split_commas(nkc_str name, nkc_str *parts)
{
	size_t count = 0, start = 0;
	for (size_t i = 0; i < name.len && count < PARTS_MAX - 1; i = step(name, i)) {
		if (name.ptr[i] != ',')
			continue;
		parts[count++] = nkc_str_trim(nkc_str_slice(name, start, i));
		start = i + 1;
	}
	parts[count++] = nkc_str_trim(nkc_str_slice(name, start, name.len));
	return count;
}

static size_t word_end(nkc_str text, size_t at)
{
	while (at < text.len && !is_blank(text.ptr[at]))
		at = step(text, at);
	return at < text.len ? at : text.len;
}

static size_t skip_blanks(nkc_str text, size_t at)
{
	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at;
}

static bool is_small(nkc_str text, size_t at)
{
	return at < text.len && text.ptr[at] >= 'a' && text.ptr[at] <= 'z';
}

/* The words that begin small, but never the last word. */
static nkc_str take_particle(nkc_str *family)
{
	size_t end = 0;
	for (size_t at = 0; is_small(*family, at);) {
		size_t next = skip_blanks(*family, word_end(*family, at));
		if (next >= family->len)
			break;
		end = at = next;
	}
	nkc_str particle = nkc_str_trim(nkc_str_slice(*family, 0, end));
	*family = nkc_str_slice(*family, end, family->len);
	return particle;
}

/* "First von Last": the last word, and the small ones before it. */
static void split_plain(nkc_str name, nkc_str *given, nkc_str *particle, nkc_str *family)
{
	size_t last = 0, small = name.len;
	for (size_t at = 0; at < name.len;) {
		size_t next = skip_blanks(name, word_end(name, at));
		if (is_small(name, at) && small == name.len && next < name.len)
			small = at;
		last = at;
		at = next;
	}
	size_t begin = small < last ? small : last;
	*given = nkc_str_trim(nkc_str_slice(name, 0, begin));
	*family = nkc_str_slice(name, begin, name.len);
	*particle = take_particle(family);
}

static void set(nkc_bib_maker *maker, nkc_value *name, const char *part, nkc_str latex)
{
	nkc_str text = nkc_bib_decode(maker, latex, 0);
	if (!nkc_str_empty(text))
		nkc_value_add(name, nkc_str_from(part), nkc_value_string(maker->arena, text));
}

static bool has(nkc_str text, const char *what)
{
	return nkc_str_find(text, nkc_str_from(what)) < text.len;
}

/* text: of the name, which may have an option of its own */
static const char *particle_kind(const nkc_bib_maker *maker, nkc_str text)
{
	return maker->useprefix || has(text, "useprefix=true") ? "non-dropping-particle" : "dropping-particle";
}

/* --- BibLaTeX's extended form: family=Doe, "given={Jane, Dr.}" --- */

static bool is_extended(nkc_str name)
{
	size_t start = nkc_str_starts(name, NKC_STR("\""));
	static const nkc_str parts[] = { NKC_STR_INIT("family"), NKC_STR_INIT("given"), NKC_STR_INIT("prefix"),
		                         NKC_STR_INIT("suffix") };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		nkc_str rest = nkc_str_slice(name, start, name.len);
		if (nkc_str_starts(rest, parts[i]) &&
		    nkc_str_starts(nkc_str_trim(nkc_str_slice(rest, parts[i].len, rest.len)), NKC_STR("=")))
			return true;
	}
	return false;
}

static void set_extended(nkc_bib_maker *maker, nkc_value *name, nkc_str part, nkc_str text)
{
	size_t equals = nkc_str_find_byte(part, '=');
	nkc_str key = nkc_str_trim(nkc_str_slice(part, 0, equals));
	nkc_str value = nkc_str_trim(nkc_str_slice(part, equals + 1, part.len));
	if (nkc_str_is(key, "family") || nkc_str_is(key, "given") || nkc_str_is(key, "suffix"))
		set(maker, name,
		    nkc_str_is(key, "family")  ? "family"
		    : nkc_str_is(key, "given") ? "given"
		                               : "suffix",
		    value);
	else if (nkc_str_is(key, "prefix"))
		set(maker, name, particle_kind(maker, text), value);
}

static void read_extended(nkc_bib_maker *maker, nkc_value *name, nkc_str text)
{
	bool quoted = false;
	for (size_t i = 0, start = 0; i <= text.len; i = i < text.len ? step(text, i) : i + 1) {
		if (i < text.len && text.ptr[i] == '"')
			quoted = !quoted;
		if (i < text.len && (quoted || text.ptr[i] != ','))
			continue;
		nkc_str part = nkc_str_trim(nkc_str_slice(text, start, i));
		if (part.len >= 2 && part.ptr[0] == '"' && part.ptr[part.len - 1] == '"')
			part = nkc_str_slice(part, 1, part.len - 1);
		set_extended(maker, name, part, text);
		start = i + 1;
	}
}

/* An option of the list, which stands like a name in it: "sortingnamekeytemplatename=x". */
static bool is_option(nkc_str text)
{
	size_t equals = nkc_str_find_byte(text, '=');
	bool word = equals > 0 && equals < text.len;
	for (size_t i = 0; word && i < equals; i++)
		word = text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
	return word && nkc_str_find_byte(text, ' ') == text.len && nkc_str_find_byte(text, ',') == text.len;
}

/* --- names --- */

static void read_person(nkc_bib_maker *maker, nkc_value *name, nkc_str text)
{
	nkc_str parts[PARTS_MAX], given = NKC_STR(""), particle, suffix = NKC_STR(""), family;
	size_t count = split_commas(text, parts);
	if (count == 1) {
		split_plain(parts[0], &given, &particle, &family);
	} else {
		family = parts[0];
		particle = take_particle(&family);
		suffix = count == 3 ? parts[1] : suffix;
		given = parts[count - 1];
	}
	set(maker, name, "family", family);
	set(maker, name, "given", given);
	set(maker, name, particle_kind(maker, text), particle);
	set(maker, name, "suffix", suffix);
}

bool nkc_bib_is_literal(nkc_str latex)
{
	return nkc_str_starts(latex, NKC_STR("{")) && latex.len > 2 && latex.ptr[1] != '\\' &&
	       nkc_latex_group_end(latex, 0) == latex.len;
}

nkc_value *nkc_bib_read_names(nkc_bib_maker *maker, nkc_str latex, bool *others)
{
	nkc_value *list = nkc_value_new(maker->arena, NKC_ARRAY);
	nkc_str rest = latex, text;
	*others = false;
	while (list && next_name(&rest, &text)) {
		if (nkc_str_eq_nocase(text, NKC_STR("others"))) {
			*others = true;
			continue;
		}
		if (is_option(text) && !is_extended(text))
			continue;
		nkc_value *name = nkc_value_new(maker->arena, NKC_OBJECT);
		if (!name)
			return NULL;
		if (nkc_bib_is_literal(text))
			set(maker, name, "literal", text);
		else if (is_extended(text))
			read_extended(maker, name, text);
		else
			read_person(maker, name, text);
		if (nkc_value_first(name))
			nkc_value_append(list, name);
	}
	return nkc_value_first(list) ? list : NULL;
}
