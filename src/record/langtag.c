#include "record/langtag.h"

#include <stdlib.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* Length between min and max, all letters. */
static bool is_alpha(nkc_str subtag, size_t min, size_t max)
{
	for (size_t i = 0; i < subtag.len; i++) {
		if (!is_letter(subtag.ptr[i]))
			return false;
	}
	return subtag.len >= min && subtag.len <= max;
}

static bool is_alnum(nkc_str subtag, size_t min, size_t max)
{
	for (size_t i = 0; i < subtag.len; i++) {
		if (!is_letter(subtag.ptr[i]) && !is_digit(subtag.ptr[i]))
			return false;
	}
	return subtag.len >= min && subtag.len <= max;
}

/* --- the grammar of RFC 5646, section 2.1 --- */

/* A tag has so many subtags at most: a real one has four. The bound keeps the search for repeated ones short. */
#define SUBTAGS_MAX 32

typedef struct cursor {
	nkc_str subtags[SUBTAGS_MAX];
	size_t count;
	size_t next;
} cursor;

static bool has(const cursor *c)
{
	return c->next < c->count;
}

static nkc_str peek(const cursor *c)
{
	return c->subtags[c->next];
}

static bool is_region(nkc_str s)
{
	return is_alpha(s, 2, 2) ||
	       (s.len == 3 && is_digit(s.ptr[0]) && is_digit(s.ptr[1]) && is_digit(s.ptr[2]));
}

static bool is_variant(nkc_str s)
{
	return is_alnum(s, 5, 8) || (is_alnum(s, 4, 4) && is_digit(s.ptr[0]));
}

static bool is_private(nkc_str s)
{
	return s.len == 1 && upper(s.ptr[0]) == 'X';
}

/* Does it stand among the subtags from..c->next? */
static bool is_repeated(const cursor *c, size_t from)
{
	for (size_t i = from; i < c->next; i++) {
		if (nkc_str_eq_nocase(c->subtags[i], peek(c)))
			return true;
	}
	return false;
}

static bool take_language(cursor *c, nkc_langtag *tag)
{
	if (!is_alpha(peek(c), 2, 8))
		return false;
	tag->language = peek(c);
	c->next++;
	for (int extlang = 0; tag->language.len <= 3 && extlang < 3 && has(c) && is_alpha(peek(c), 3, 3);
	     extlang++)
		c->next++;
	return true;
}

/* Each singleton opens one extension, of one subtag or more. */
static bool take_extensions(cursor *c)
{
	bool seen[128] = { false };

	while (has(c) && is_alnum(peek(c), 1, 1) && !is_private(peek(c))) {
		size_t singleton = (size_t)(unsigned char)upper(peek(c).ptr[0]);
		if (seen[singleton])
			return false;
		seen[singleton] = true;
		size_t first = ++c->next;
		while (has(c) && is_alnum(peek(c), 2, 8))
			c->next++;
		if (c->next == first)
			return false;
	}
	return true;
}

static bool take_private(cursor *c)
{
	if (!has(c) || !is_private(peek(c)))
		return true;
	size_t first = ++c->next;
	while (has(c) && is_alnum(peek(c), 1, 8))
		c->next++;
	return c->next > first;
}

static bool take_all(cursor *c, nkc_langtag *tag)
{
	if (is_private(peek(c)))
		return take_private(c) && !has(c);
	if (!take_language(c, tag))
		return false;
	if (has(c) && is_alpha(peek(c), 4, 4))
		tag->script = c->subtags[c->next++];
	if (has(c) && is_region(peek(c)))
		tag->region = c->subtags[c->next++];
	size_t variants = c->next;
	while (has(c) && is_variant(peek(c)) && !is_repeated(c, variants))
		c->next++;
	return take_extensions(c) && take_private(c) && !has(c);
}

/* Tags from before the grammar, which it does not cover (RFC 5646, section 2.1, "irregular"). */
static bool is_grandfathered(nkc_str text)
{
	static const char *const tags[] = {
		"en-GB-oed", "i-ami", "i-bnn",     "i-default", "i-enochian", "i-hak",
		"i-klingon", "i-lux", "i-mingo",   "i-navajo",  "i-pwn",      "i-tao",
		"i-tay",     "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (nkc_str_eq_nocase(text, nkc_str_from(tags[i])))
			return true;
	}
	return false;
}

bool nkc_langtag_parse(nkc_str text, nkc_langtag *tag)
{
	cursor c = { .count = 0, .next = 0 };
	nkc_str rest = text;

	*tag = (nkc_langtag){ text, NKC_STR(""), NKC_STR(""), 0, text.len };
	if (is_grandfathered(text))
		return true;
	while (c.count < SUBTAGS_MAX && nkc_str_split(&rest, '-', &c.subtags[c.count]))
		c.count++;
	if (c.count == 0 || rest.len > 0 || nkc_str_ends(text, NKC_STR("-")))
		return false;
	if (take_all(&c, tag))
		return true;
	if (has(&c)) {
		tag->at = (size_t)(peek(&c).ptr - text.ptr);
		tag->length = peek(&c).len;
	}
	return false;
}

/* --- languages and regions --- */

static const struct language {
	char two[3];
	char three[4];
	char bibliographic[4];
	const char *english;
	const char *own;
} languages[] = {
#define NKC_LANGUAGE(two, three, bibliographic, english, own) { two, three, bibliographic, english, own },
#include "record/languages.def"
#undef NKC_LANGUAGE
};
#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

/* Registered once, still valid, and on old records (IANA registry, "Deprecated"). */
static const char *const old_languages[] = { "sh", "iw", "in", "ji", "jw", "mo", "tl" };

static int compare_two(const void *wanted, const void *language)
{
	return strcmp(wanted, ((const struct language *)language)->two);
}

bool nkc_language_is_known(nkc_str two)
{
	char code[3] = "";

	if (two.len != 2)
		return false;
	for (size_t i = 0; i < 2; i++)
		code[i] = (char)(upper(two.ptr[i]) + ('a' - 'A'));
	for (size_t i = 0; i < sizeof(old_languages) / sizeof(old_languages[0]); i++) {
		if (strcmp(code, old_languages[i]) == 0)
			return true;
	}
	return bsearch(code, languages, LANGUAGES, sizeof(languages[0]), compare_two) != NULL;
}

const char *nkc_language_from_three(nkc_str three)
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		if (nkc_str_eq_nocase(three, nkc_str_from(languages[i].three)) ||
		    (three.len && nkc_str_eq_nocase(three, nkc_str_from(languages[i].bibliographic))))
			return languages[i].two;
	}
	return "";
}

/* Countries whose code is no language's. */
static const char *const countries[][2] = {
	{ "jp", "ja" }, { "cn", "zh" }, { "tw", "zh" }, { "cz", "cs" }, { "dk", "da" }, { "gb", "en" },
	{ "us", "en" }, { "at", "de" }, { "ua", "uk" }, { "kp", "ko" }, { "ir", "fa" }, { "vn", "vi" },
};

const char *nkc_language_from_name(nkc_str name)
{
	if (nkc_str_empty(name))
		return "";
	for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++) {
		if (nkc_str_is(name, countries[i][0]))
			return countries[i][1];
	}
	for (size_t i = 0; i < LANGUAGES; i++) {
		if (nkc_str_is(name, languages[i].english) || nkc_str_is(name, languages[i].own))
			return languages[i].two;
	}
	return "";
}

bool nkc_region_is_known(nkc_str two)
{
	static const char regions[] =
		"ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCO"
		"CRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHR"
		"HTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMO"
		"MPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESG"
		"SHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWSYEYTZA"
		"ZMZW"
		/* countries that are gone, still registered (IANA registry, "Deprecated") */
		"ANBUCSDDFXNTSUTPYDYUZR";

	if (two.len != 2)
		return false;
	for (size_t i = 0; i + 1 < sizeof(regions); i += 2) {
		if (upper(two.ptr[0]) == regions[i] && upper(two.ptr[1]) == regions[i + 1])
			return true;
	}
	return false;
}
