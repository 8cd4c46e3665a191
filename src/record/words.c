#include "record/words.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Order of the word, in lower case, and an entry of a list. */
static int compare(nkc_str word, const char *entry)
{
	for (size_t i = 0; i < word.len; i++) {
		unsigned char a = (unsigned char)lower(word.ptr[i]), b = (unsigned char)entry[i];
		if (a != b || b == '\0')
			return b == '\0' ? 1 : a < b ? -1 : 1;
	}
	return entry[word.len] ? -1 : 0;
}

bool nkc_words_have(nkc_word_list list, nkc_str word)
{
	nkc_words words = nkc_word_lists[list];
	size_t low = 0, high = words.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(word, words.list[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80 || c == '\'';
}

bool nkc_word_next(nkc_str *rest, nkc_str *word)
{
	size_t from = 0, to;

	while (from < rest->len && !is_word_byte(rest->ptr[from]))
		from++;
	to = from;
	while (to < rest->len && (is_word_byte(rest->ptr[to]) || rest->ptr[to] == '.'))
		to++;
	*word = nkc_str_slice(*rest, from, to);
	*rest = nkc_str_slice(*rest, to, rest->len);
	return to > from;
}

nkc_str nkc_word_stem(nkc_str word)
{
	while (word.len && word.ptr[word.len - 1] == '.')
		word.len--;
	return word;
}

/* The next byte that counts, in lower case; '\0' at the end. */
static char next_byte(nkc_str text, size_t *at)
{
	while (*at < text.len) {
		char c = text.ptr[(*at)++];
		if (is_word_byte(c) && c != '\'')
			return lower(c);
	}
	return '\0';
}

static nkc_str without_article(nkc_str text)
{
	text = nkc_str_trim(text);
	return nkc_str_eq_nocase(nkc_str_slice(text, 0, 4), NKC_STR("the "))
	               ? nkc_str_slice(text, 4, text.len)
	               : text;
}

bool nkc_words_alike(nkc_str a, nkc_str b)
{
	size_t i = 0, j = 0, count = 0;

	a = without_article(a);
	b = without_article(b);
	for (;; count++) {
		char x = next_byte(a, &i), y = next_byte(b, &j);
		if (x != y)
			return false;
		if (x == '\0')
			return count > 0;
	}
}
