/*
 * Sets of fingerprints, and the keys that they keep apart.
 */
#include "support/unit.h"

#include <string.h>

#include "base/mem.h"
#include "base/set.h"
#include "format/keys.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t number_hash(unsigned number)
{
	char text[16];
	int len = snprintf(text, sizeof text, "%u", number);
	return nkc_hash(nkc_str_make(text, (size_t)len), 0);
}

static void what_was_added_is_there_and_nothing_else(void **state)
{
	nkc_set set = NKC_SET_INIT;
	(void)state;
	assert_false(nkc_set_has(&set, 1));
	for (unsigned i = 0; i < 50000; i++) {
		bool added = false;
		assert_int_equal(nkc_set_add(&set, number_hash(i), &added, NULL), NKC_OK);
		assert_true(added);
	}
	for (unsigned i = 0; i < 100000; i++)
		assert_int_equal(nkc_set_has(&set, number_hash(i)), i < 50000);
	bool added = true;
	assert_int_equal(nkc_set_add(&set, number_hash(7), &added, NULL), NKC_OK);
	assert_false(added);
	assert_int_equal(set.count, 50000);
	nkc_set_release(&set);
	assert_false(nkc_set_has(&set, number_hash(7)));
}

static void a_map_keeps_its_numbers_while_it_grows(void **state)
{
	nkc_set map = NKC_MAP_INIT;
	(void)state;
	for (unsigned round = 1; round <= 3; round++) {
		for (unsigned i = 0; i < 5000; i++) {
			uint32_t *value;
			bool added;
			assert_int_equal(nkc_set_add(&map, number_hash(i), &added, &value), NKC_OK);
			assert_int_equal(added, round == 1);
			assert_int_equal(*value, (round - 1) * i);
			*value += i;
		}
	}
	nkc_set_release(&map);
}

static void lost_memory_loses_nothing_else(void **state)
{
	nkc_set set = NKC_SET_INIT;
	unsigned count = 0;
	nkc_status status = NKC_OK;
	bool added;
	(void)state;
	assert_int_equal(nkc_set_add(&set, number_hash(count++), &added, NULL), NKC_OK);
	nkc_mem_fail_at(1);
	while (!(status = nkc_set_add(&set, number_hash(count), &added, NULL)))
		count++;
	nkc_mem_fail_at(0);
	assert_int_equal(status, NKC_ENOMEM);
	for (unsigned i = 0; i < 2 * count; i++)
		assert_int_equal(nkc_set_has(&set, number_hash(i)), i < count);
	assert_int_equal(nkc_set_add(&set, number_hash(count), &added, NULL), NKC_OK);
	nkc_set_release(&set);
}

static void fingerprints_tell_texts_apart(void **state)
{
	static const nkc_str texts[] = {
		NKC_STR_INIT(""),         NKC_STR_INIT("\0"),
		NKC_STR_INIT("\0\0"),     NKC_STR_INIT("a"),
		NKC_STR_INIT("a\0"),      NKC_STR_INIT("\0a"),
		NKC_STR_INIT("abcdefgh"), NKC_STR_INIT("abcdefgh\0"),
		NKC_STR_INIT("hgfedcba"), NKC_STR_INIT("abcdefghabcdefgh"),
		NKC_STR_INIT("ABCDEFGH"),
	};
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_true(nkc_hash(texts[i], 0) != 0);
		assert_true(nkc_hash(texts[i], 0) == nkc_hash(texts[i], 0));
		assert_true(nkc_hash(texts[i], 0) != nkc_hash(texts[i], 1));
		for (size_t k = 0; k < i; k++)
			assert_true(nkc_hash(texts[i], 0) != nkc_hash(texts[k], 0));
	}
}

/* Texts that differ as much as their seeds do must not meet. */
static void near_seeds_are_as_good_as_far_ones(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 64; seed++) {
		for (unsigned c = 1; c < 64; c++) {
			char other = (char)('a' ^ c);
			uint64_t there = nkc_hash(nkc_str_make(&other, 1), seed ^ c);
			assert_true(nkc_hash(NKC_STR("a"), seed) != there);
		}
	}
}

/* Made-up ids follow from it, so it may never change; the value comes from a second implementation, in Python. */
static void a_fingerprint_is_the_same_everywhere(void **state)
{
	(void)state;
	assert_true(nkc_fingerprint(NKC_STR("{\"title\":\"No id\"}"), 0) == 0x9B71E69CFE87F367u);
}

/* --- keys --- */

/* The keys as they become, with spaces between. */
static void assert_unique(bool nocase, const char *given, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_keys keys;
	nkc_str rest = nkc_str_from(given), key;
	nkc_keys_init(&keys, nocase);
	while (nkc_str_split(&rest, ' ', &key)) {
		if (out.len)
			nkc_buf_putc(&out, ' ');
		size_t at = out.len, added = 0;
		nkc_buf_put_str(&out, key);
		assert_int_equal(nkc_keys_make_unique(&keys, &out, at, key.len, &added), NKC_OK);
		assert_int_equal(out.len, at + key.len + added);
	}
	assert_str(nkc_buf_str(&out), expected);
	nkc_buf_release(&out);
	nkc_keys_release(&keys);
}

static void a_key_that_comes_again_gets_a_suffix(void **state)
{
	(void)state;
	assert_unique(false, "a b c", "a b c");
	assert_unique(false, "a a a", "a a-a a-b");
	assert_unique(false, "a b a b", "a b a-a b-a");
	assert_unique(false, "a A a", "a A a-a");
	assert_unique(true, "a A a", "a A-a a-b");
	/* a suffix that another key has already is passed over, and one that was made counts as a key */
	assert_unique(false, "a-a a a a", "a-a a a-b a-c");
	assert_unique(false, "a a a-a", "a a-a a-a-a");
	assert_unique(true, "A-A a a", "A-A a a-b");
}

static void suffixes_go_on_behind_z(void **state)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_keys keys;
	size_t added;
	(void)state;
	nkc_keys_init(&keys, false);
	for (int i = 0; i <= 26 + 26 * 26 + 1; i++) {
		nkc_buf_clear(&out);
		nkc_buf_puts(&out, "k");
		assert_int_equal(nkc_keys_make_unique(&keys, &out, 0, 1, &added), NKC_OK);
		if (i == 26)
			assert_str(nkc_buf_str(&out), "k-z");
		if (i == 27)
			assert_str(nkc_buf_str(&out), "k-aa");
		if (i == 26 + 26 * 26)
			assert_str(nkc_buf_str(&out), "k-zz");
	}
	assert_str(nkc_buf_str(&out), "k-aaa");
	nkc_buf_release(&out);
	nkc_keys_release(&keys);
}

/* Keys of any length are compared without case, not only those that fit some buffer. */
static void long_keys_are_told_apart_by_case_or_not(void **state)
{
	char given[2 * 700 + 2];
	(void)state;
	for (size_t len = 250; len <= 700; len += 50) {
		memset(given, 'x', len);
		given[len] = ' ';
		memset(given + len + 1, 'X', len);
		given[2 * len + 1] = '\0';
		char expected[sizeof given + 2];
		snprintf(expected, sizeof expected, "%s-a", given);
		assert_unique(true, given, expected);
		assert_unique(false, given, given);
	}
}

/* A file full of one key: each must not try all suffixes before its own. */
static void one_key_a_hundred_thousand_times_is_no_matter(void **state)
{
	enum { TIMES = 300000 };
	nkc_buf out = NKC_BUF_INIT;
	nkc_keys keys;
	size_t added;
	(void)state;
	nkc_keys_init(&keys, true);
	for (int i = 0; i < TIMES; i++) {
		nkc_buf_clear(&out);
		nkc_buf_puts(&out, "key");
		assert_int_equal(nkc_keys_make_unique(&keys, &out, 0, 3, &added), NKC_OK);
	}
	assert_int_equal(keys.seen.count, TIMES);
	nkc_buf_release(&out);
	nkc_keys_release(&keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_there_and_nothing_else),
		cmocka_unit_test(a_map_keeps_its_numbers_while_it_grows),
		cmocka_unit_test(lost_memory_loses_nothing_else),
		cmocka_unit_test(fingerprints_tell_texts_apart),
		cmocka_unit_test(near_seeds_are_as_good_as_far_ones),
		cmocka_unit_test(a_fingerprint_is_the_same_everywhere),
		cmocka_unit_test(a_key_that_comes_again_gets_a_suffix),
		cmocka_unit_test(suffixes_go_on_behind_z),
		cmocka_unit_test(long_keys_are_told_apart_by_case_or_not),
		cmocka_unit_test(one_key_a_hundred_thousand_times_is_no_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
