/*
 * text.h: what needs the Unicode tables. The only file behind it includes ICU.
 */
#ifndef NKC_SRC_BASE_TEXT_H
#define NKC_SRC_BASE_TEXT_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

/* Appends lower-case ASCII without accents ("Łukasiewicz" -> "lukasiewicz", "김" -> "gim"); what has no such form is left out. */
nkc_status nkc_text_ascii(nkc_str text, nkc_buf *out);
/* Appends the NFKC_Casefold form: equal for texts that differ in case or composition only. */
nkc_status nkc_text_fold(nkc_str text, nkc_buf *out);
/* Appends the NFC form. */
nkc_status nkc_text_nfc(nkc_str text, nkc_buf *out);
/* Appends the text in capitals or small letters by the rules of the language (BCP 47; empty: none in particular). */
nkc_status nkc_text_upper(nkc_str text, nkc_str language, nkc_buf *out);
nkc_status nkc_text_lower(nkc_str text, nkc_str language, nkc_buf *out);
/*
 * Moves *at behind the code point there. When it is a superscript form ("²", "ᵉ"), its plain form goes to `plain` and its
 * length is returned; else 0.
 */
size_t nkc_rune_superscript(nkc_str text, size_t *at, char plain[8]);
/* One code point in title case (that of a word's first letter). */
uint32_t nkc_rune_to_title(uint32_t rune);
/* The order of a language (CLDR). Opening one costs a thousand comparisons: keep it. */
typedef struct nkc_collator nkc_collator;
/* language: BCP 47, empty for the root order. */
nkc_status nkc_collator_open(nkc_collator **out, nkc_str language);
void nkc_collator_close(nkc_collator *collator);
/*
 * <0, 0, >0. Letters and signs count, not their case or accents, except those that the language takes for letters of
 * their own; not punctuation and space; runs of digits count as numbers.
 */
int nkc_collator_compare(const nkc_collator *collator, nkc_str a, nkc_str b);
/* Unicode general categories of one code point. */
bool nkc_rune_is_upper(uint32_t rune);
bool nkc_rune_is_lower(uint32_t rune);
bool nkc_rune_is_letter(uint32_t rune);
bool nkc_rune_is_private(uint32_t rune); /* private use */
bool nkc_rune_is_control(uint32_t rune); /* Cc: C0, DEL, C1 */

#endif
