/*
 * UTF-8 as the Unicode Standard defines it (section 3.9, table 3-7): every code point, and nothing else.
 */
#include "support/unit.h"

#include <string.h>

#include "base/utf8.h"

/* The encoding straight from RFC 3629, section 3. */
static size_t encode(uint32_t rune, char bytes[4])
{
	if (rune < 0x80) {
		bytes[0] = (char)rune;
		return 1;
	}
	size_t len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--, rune >>= 6)
		bytes[i] = (char)(0x80 | (rune & 0x3F));
	bytes[0] = (char)((len == 2 ? 0xC0 : len == 3 ? 0xE0 : 0xF0) | rune);
	return len;
}

static bool is_surrogate(uint32_t rune)
{
	return rune >= 0xD800 && rune <= 0xDFFF;
}

static void every_code_point_is_read_as_itself(void **state)
{
	(void)state;
	for (uint32_t rune = 0; rune <= 0x10FFFF; rune++) {
		char bytes[4];
		size_t len = encode(rune, bytes), at = 0;
		uint32_t expected = is_surrogate(rune) ? NKC_RUNE_BAD : rune;
		if (nkc_utf8_next(nkc_str_make(bytes, len), &at) != expected || at != len ||
		    nkc_utf8_length(bytes, len) != (is_surrogate(rune) ? 0 : len))
			fail_msg("U+%04X", (unsigned)rune);
	}
}

/* How many well-formed sequences begin with these bytes and have that length. */
static size_t count_sequences(unsigned first, unsigned last, size_t len)
{
	size_t count = 0;
	for (unsigned lead = first; lead <= last; lead++) {
		for (unsigned tails = 0; tails < 1u << (8 * (len - 1)); tails++) {
			char bytes[4] = { (char)lead, (char)tails, (char)(tails >> 8), (char)(tails >> 16) };
			count += nkc_utf8_length(bytes, len) == len;
		}
	}
	return count;
}

/* As many sequences of each length as there are code points for it, so no other one passes. */
static void nothing_else_is_well_formed(void **state)
{
	(void)state;
	assert_int_equal(count_sequences(0x00, 0xFF, 1), 0x80);
	assert_int_equal(count_sequences(0x00, 0xFF, 2), 0x800 - 0x80);
	assert_int_equal(count_sequences(0xE0, 0xEF, 3), 0x10000 - 0x800 - 0x800);
	assert_int_equal(count_sequences(0xF4, 0xF4, 4), 0x10000); /* U+100000 to U+10FFFF */
	assert_int_equal(count_sequences(0xF0, 0xF0, 4), 0x30000); /* U+10000 to U+3FFFF */
	assert_int_equal(count_sequences(0xF5, 0xF5, 4), 0);
}

static void a_cut_sequence_is_none(void **state)
{
	static const char *const whole[] = { "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t len = 1; len < strlen(whole[i]); len++) {
			size_t at = 0;
			assert_int_equal(nkc_utf8_length(whole[i], len), 0);
			assert_int_equal(nkc_utf8_next(nkc_str_make(whole[i], len), &at), NKC_RUNE_BAD);
			assert_int_equal(at, 1);
		}
	}
}

static void bad_bytes_are_passed_one_by_one(void **state)
{
	static const struct {
		const char *text;
		size_t count; /* code points and bad bytes */
		bool valid;
	} cases[] = {
		{ "", 0, true },
		{ "abc", 3, true },
		{ "caf\xC3\xA9", 4, true },
		{ "caf\xE9", 4, false },
		{ "\x80", 1, false },
		{ "\xFF\xFE", 2, false },
		{ "\xC0\x80", 2, false },         /* overlong */
		{ "\xE0\x80\x80", 3, false },     /* overlong */
		{ "\xF4\x90\x80\x80", 4, false }, /* past U+10FFFF */
		{ "\xED\xA0\x80", 1, false },     /* a surrogate counts as one */
		{ "\xED\xA0\x22", 3, false },     /* not even a surrogate: the quote is a quote */
		{ "\xE2\x82", 2, false },
		{ "\xE2\x82z", 3, false },
		{ "12345678\xC3\xA9" "12345678", 17, true },
		{ "1234567\xFF" "8", 9, false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		nkc_str text = nkc_str_from(cases[i].text);
		assert_int_equal(nkc_utf8_count(text), cases[i].count);
		assert_int_equal(nkc_utf8_valid(text), cases[i].valid);
	}
}

/* Counts of the two sides of a cut add up wherever a character begins: columns rely on it. */
static void counts_add_up_between_characters(void **state)
{
	nkc_str text = NKC_STR("a\xC3\xA9\xE2\x82\xAC"
	                       "bcdefgh\xF0\x9F\x98\x80\x80\x80\xE2\x82"
	                       "12345678\xED\xA0\x80\xFFz");
	(void)state;
	for (size_t at = 0; at < text.len;) {
		nkc_utf8_next(text, &at);
		assert_int_equal(nkc_utf8_count(nkc_str_slice(text, 0, at)) +
		                         nkc_utf8_count(nkc_str_slice(text, at, text.len)),
		                 nkc_utf8_count(text));
	}
}

static void a_high_byte_is_seen_wherever_it_stands(void **state)
{
	(void)state;
	for (size_t len = 0; len < 40; len++) {
		char text[40];
		memset(text, 'a', sizeof text);
		assert_false(nkc_utf8_has_high(nkc_str_make(text, len)));
		for (size_t at = 0; at < len; at++) {
			text[at] = (char)0x80;
			assert_true(nkc_utf8_has_high(nkc_str_make(text, len)));
			text[at] = 'a';
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_is_read_as_itself),
		cmocka_unit_test(nothing_else_is_well_formed),
		cmocka_unit_test(a_cut_sequence_is_none),
		cmocka_unit_test(bad_bytes_are_passed_one_by_one),
		cmocka_unit_test(counts_add_up_between_characters),
		cmocka_unit_test(a_high_byte_is_seen_wherever_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
