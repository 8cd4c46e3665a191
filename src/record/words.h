/*
 * words.h: lists of words, and texts cut into words.
 */
#ifndef NKC_RECORD_WORDS_H
#define NKC_RECORD_WORDS_H

#include <nkcite/base.h>

typedef enum nkc_word_list {
	NKC_WORDS_ORGANISATION,      /* words that organisations bear and people do not */
	NKC_WORDS_LONG_ORGANISATION, /* words that people bear, too, but not in a family name of several words */
	NKC_WORDS_ROLE,              /* what a title, role or byline adds to a name */
	NKC_WORDS_BRACKETED_ROLE,    /* roles in brackets behind a name */
	NKC_WORDS_MONTH,             /* months, whole and cut */
	NKC_WORDS_BYLINE_DATE,       /* what stands before the date of a byline */
	NKC_WORDS_NOBODY,            /* what stands where no name is known */
	NKC_WORDS_ABBREVIATION, /* what ends in a full stop at the end of a title; shorter words are passed over anyway */
	NKC_WORDS_NO_TITLE,     /* titles of error pages, login pages and empty templates */
	NKC_WORDS_CSL_TAG,      /* rich text of CSL-JSON */
	NKC_WORDS_OTHER_TAG,    /* tags of HTML, MathML and JATS that are found in records */
	NKC_WORDS_NO_VALUE,     /* what stands where no value is known */
	NKC_WORDS_SCHEME,       /* schemes that a reader can follow or that name something */
	NKC_WORDS_ARCHIVE_HOST, /* hosts of archived copies */
	NKC_WORDS_COUNT
} nkc_word_list;

/* A list: in lower case, sorted bytewise. */
typedef struct nkc_words {
	const char *const *list;
	size_t count;
} nkc_words;

extern const nkc_words nkc_word_lists[NKC_WORDS_COUNT];

/* Is the word in that list, whatever the case of its ASCII letters? */
bool nkc_words_have(nkc_word_list list, nkc_str word);

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
