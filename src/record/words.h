/*
 * words.h: lists of words, and texts cut into words.
 */
#ifndef NKC_RECORD_WORDS_H
#define NKC_RECORD_WORDS_H

#include <nkcite/base.h>

/* Words in lower-case, sorted bytewise. */
typedef struct nkc_words {
	const char *const *list;
	size_t count;
} nkc_words;

#define NKC_WORDS(array) { array, sizeof(array) / sizeof((array)[0]) }

/* Is the word in the list, whatever the case of its ASCII letters? */
bool nkc_words_have(nkc_words words, nkc_str word);

/*
 * Cuts the next word off *rest: a run of letters, digits, apostrophes and bytes of 0x80 and more. Full stops count as part
 * of the word they end ("Dr.") or stand in ("Ph.D."). Returns false when there is none.
 */
bool nkc_word_next(nkc_str *rest, nkc_str *word);

/* The word without the full stops behind it. */
nkc_str nkc_word_stem(nkc_str word);

/*
 * Are the two texts the same but for case, white space and punctuation (ASCII; other characters compare as they are), and
 * a leading "the"? False for texts without a letter or digit.
 */
bool nkc_words_alike(nkc_str a, nkc_str b);

#endif
