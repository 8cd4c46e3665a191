/*
 * The JSON scanner against RFC 8259 and, where it is installed, against
 * jansson: the same texts are accepted, and they mean the same values.
 */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include <nkcite/value.h>

#include "base/json.h"

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif

enum { REJECT, ACCEPT };

/* Where jansson decides otherwise, and may: the RFC leaves these to the reader. */
enum { SAME, DIFFERS };

typedef struct sample {
	const char *text;
	size_t len;
	int verdict;
	int jansson;
} sample;

#define T(text, verdict) { text, sizeof(text) - 1, verdict, SAME }
#define J(text, verdict) { text, sizeof(text) - 1, verdict, DIFFERS }

static const sample samples[] = {
	/* section 2, grammar: any value is a text; white space is these four bytes */
	T("null", ACCEPT),
	T("true", ACCEPT),
	T("false", ACCEPT),
	T("\"\"", ACCEPT),
	T("0", ACCEPT),
	T("[]", ACCEPT),
	T("{}", ACCEPT),
	T(" \t\r\n[ \t\r\n] \t\r\n", ACCEPT),
	T("", REJECT),
	T(" ", REJECT),
	T("\v[]", REJECT),
	T("\f[]", REJECT),
	T("\xC2\xA0[]", REJECT),
	T("[] []", REJECT),
	T("[]]", REJECT),
	T("{}}", REJECT),
	T("[] x", REJECT),
	T("1 2", REJECT),
	T("// no\n[]", REJECT),
	T("/* no */ []", REJECT),
	T("[]\0", REJECT),
	T("\0[]", REJECT),

	/* section 3, the three names: lower case, whole */
	T("True", REJECT),
	T("TRUE", REJECT),
	T("nul", REJECT),
	T("nulll", REJECT),
	T("n", REJECT),
	T("truefalse", REJECT),
	T("[true false]", REJECT),
	T("undefined", REJECT),
	T("NaN", REJECT),
	T("Infinity", REJECT),
	T("-Infinity", REJECT),
	T("-NaN", REJECT),

	/* section 4, objects */
	T("{\"a\":1}", ACCEPT),
	T("{ \"a\" : 1 , \"b\" : 2 }", ACCEPT),
	T("{\"\":0}", ACCEPT),
	T("{\"a\":1,\"a\":2}", ACCEPT),
	T("{\"a\":{\"a\":{\"a\":{}}}}", ACCEPT),
	T("{\"\\u0061\":1}", ACCEPT),
	T("{\"a\":1,}", REJECT),
	T("{,\"a\":1}", REJECT),
	T("{\"a\":1,,\"b\":2}", REJECT),
	T("{\"a\":1 \"b\":2}", REJECT),
	T("{\"a\" 1}", REJECT),
	T("{\"a\"}", REJECT),
	T("{\"a\":}", REJECT),
	T("{\"a\":1:2}", REJECT),
	T("{a:1}", REJECT),
	T("{'a':1}", REJECT),
	T("{1:1}", REJECT),
	T("{null:1}", REJECT),
	T("{\"a\":1", REJECT),
	T("{\"a\":", REJECT),
	T("{\"a\"", REJECT),
	T("{\"a", REJECT),
	T("{", REJECT),
	T("}", REJECT),
	T("{\"a\":1]", REJECT),
	T("{[]}", REJECT),

	/* section 5, arrays */
	T("[1,2,3]", ACCEPT),
	T("[[[[]]]]", ACCEPT),
	T("[null,true,false,0,\"\",[],{}]", ACCEPT),
	T("[ 1 , 2 ]", ACCEPT),
	T("[1,]", REJECT),
	T("[,1]", REJECT),
	T("[1,,2]", REJECT),
	T("[,]", REJECT),
	T("[1 2]", REJECT),
	T("[1;2]", REJECT),
	T("[1:2]", REJECT),
	T("[", REJECT),
	T("]", REJECT),
	T("[1", REJECT),
	T("[1,", REJECT),
	T("[\"a\"", REJECT),
	T("[1}", REJECT),
	T("[\"a\":1]", REJECT),

	/* section 6, numbers */
	T("-0", ACCEPT),
	T("0.0", ACCEPT),
	T("-0.0", ACCEPT),
	T("10", ACCEPT),
	T("-1", ACCEPT),
	T("1.5", ACCEPT),
	T("1e3", ACCEPT),
	T("1E3", ACCEPT),
	T("1e+3", ACCEPT),
	T("1e-3", ACCEPT),
	T("0e0", ACCEPT),
	T("0e+1", ACCEPT),
	T("1.25e-2", ACCEPT),
	T("1e007", ACCEPT),
	T("0.000000000000000000000000001", ACCEPT),
	T("9223372036854775807", ACCEPT),
	T("-9223372036854775808", ACCEPT),
	T("1e-400", ACCEPT),
	J("9223372036854775808", ACCEPT), /* kept as written; jansson has no such integer */
	J("-99999999999999999999999999", ACCEPT),
	J("1e400", ACCEPT),
	T("+1", REJECT),
	T("-", REJECT),
	T("--1", REJECT),
	T("01", REJECT),
	T("-01", REJECT),
	T("00", REJECT),
	T("0x10", REJECT),
	T("1.", REJECT),
	T(".5", REJECT),
	T("-.5", REJECT),
	T("1.e3", REJECT),
	T("1e", REJECT),
	T("1e+", REJECT),
	T("1e1.5", REJECT),
	T("1.5.5", REJECT),
	T("1 .5", REJECT),
	T("1_000", REJECT),
	T("1,000", REJECT),
	T("0e", REJECT),
	T("- 1", REJECT),
	T("1a", REJECT),
	T("\xEF\xBC\x91", REJECT), /* U+FF11, a full-width digit */
	T("[1.0.]", REJECT),

	/* section 7, strings */
	T("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", ACCEPT),
	T("\"\\u0041\\u00e9\\u00E9\\uD55C\"", ACCEPT),
	T("\"\\uD83D\\uDE00\"", ACCEPT), /* U+1F600 */
	T("\"\\udbff\\udfff\"", ACCEPT), /* U+10FFFF */
	T("\"\\uFFFF\\uFFFE\\uFEFF\"", ACCEPT),
	T("\"\x7F\"", ACCEPT),
	T("\"\xC2\x80\"", ACCEPT),
	T("\"\xED\x9F\xBF\xEE\x80\x80\"", ACCEPT), /* U+D7FF, U+E000: round the surrogates */
	T("\"\xF4\x8F\xBF\xBF\"", ACCEPT),
	T("\"\xE2\x80\xA8\xE2\x80\xA9\"", ACCEPT), /* line separators may stand plainly */
	T("\"a/b\"", ACCEPT),
	J("\"a\\u0000b\"", ACCEPT), /* jansson wants to be asked for NUL */
	J("\"\\uD800\"", ACCEPT), /* section 8.2: half a pair is grammatical */
	J("\"\\uDC00\"", ACCEPT),
	J("\"\\uD800\\uD800\"", ACCEPT),
	J("\"\\uD800x\"", ACCEPT),
	J("\"\\uD800\\n\"", ACCEPT),
	J("\"\\uDE00\\uD83D\"", ACCEPT),
	T("\"", REJECT),
	T("\"a", REJECT),
	T("\"\\\"", REJECT),
	T("\"\\", REJECT),
	T("\"\\x41\"", REJECT),
	T("\"\\'\"", REJECT),
	T("\"\\a\"", REJECT),
	T("\"\\0\"", REJECT),
	T("\"\\U0041\"", REJECT),
	T("\"\\\0\"", REJECT),
	T("\"\\u\"", REJECT),
	T("\"\\u00\"", REJECT),
	T("\"\\u004\"", REJECT),
	T("\"\\u00g0\"", REJECT),
	T("\"\\u 041\"", REJECT),
	T("\"\\u+041\"", REJECT),
	T("\"\\u004", REJECT),
	T("\"\\uD83D\\u\"", REJECT),
	T("\"\\uD83D\\u12\"", REJECT),
	T("\"a\nb\"", REJECT),
	T("\"a\tb\"", REJECT),
	T("\"a\rb\"", REJECT),
	T("\"a\0b\"", REJECT),
	T("\"\x1F\"", REJECT),
	T("'a'", REJECT),
	T("a", REJECT),
	T("\"a\" \"b\"", REJECT),

	/*
	 * section 8.1, UTF-8: the scanner keeps bad bytes and flags the string, so that one
	 * record of Latin-1 is a finding and not the end of the file
	 */
	J("\"\xE9\"", ACCEPT),
	J("\"\x80\"", ACCEPT),
	J("\"\xC0\xAF\"", ACCEPT), /* overlong */
	J("\"\xE0\x80\x80\"", ACCEPT),
	J("\"\xED\xA0\x80\"", ACCEPT), /* a surrogate as three bytes */
	J("\"\xF4\x90\x80\x80\"", ACCEPT), /* past U+10FFFF */
	J("\"\xF5\x80\x80\x80\"", ACCEPT),
	J("\"\xC3\"", ACCEPT),
	J("\"\xE2\x82\"", ACCEPT),
	J("\"\xFF\xFE\"", ACCEPT),
	T("\xFF", REJECT),
	T("[\xE9]", REJECT),
	T("\xEF\xBB\xBF[]", REJECT), /* a byte order mark is the reader's business, not the scanner's */
};

#undef T
#undef J

/* What a text parses to; `len` is shortened to see a prefix. NULL when it is not one JSON text. */
static nkc_value *parse(nkc_arena *arena, const char *text, size_t len)
{
	nkc_str str = nkc_str_make(text, len);
	size_t end = 0;
	nkc_value *value = NULL;
	nkc_json_fault fault;
	if (nkc_json_parse(arena, str, 0, &end, &value, &fault) != NKC_JSON_DONE)
		return NULL;
	return nkc_json_skip_space(str, end) == len ? value : NULL;
}

static nkc_value *parse_text(nkc_arena *arena, const char *text)
{
	nkc_value *value = parse(arena, text, strlen(text));
	assert_non_null(value);
	return value;
}

static int make_arena(void **state)
{
	*state = nkc_arena_new();
	return *state ? 0 : -1;
}

static int free_arena(void **state)
{
	nkc_arena_free(*state);
	return 0;
}

static void grammar_is_that_of_the_rfc(void **state)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		/* On the heap and exactly as long, so that a sanitizer sees a read past the end. */
		const sample *s = &samples[i];
		char *text = malloc(s->len ? s->len : 1);
		assert_non_null(text);
		memcpy(text, s->text, s->len);
		nkc_arena_reset(*state);
		bool accepted = parse(*state, text, s->len) != NULL;
		free(text);
		if (accepted != (s->verdict == ACCEPT))
			fail_msg("sample %zu, %s: %s", i, accepted ? "accepted" : "rejected", s->text);
	}
}

/* A prefix of an array or object asks for more (or is bad); it is never taken for the whole. */
static void every_prefix_is_unfinished(void **state)
{
	static const char text[] = "{\"a\":[1.5e+3,-20,true,null,\"x\\u00e9\\n\\uD83D\\uDE00\",{\"\":[]}],\"b\":{}}";
	nkc_value *value;
	nkc_json_fault fault;
	size_t end;

	for (size_t len = 0; len < sizeof(text) - 1; len++) {
		nkc_json_result result =
			nkc_json_parse(*state, nkc_str_make(text, len), 0, &end, &value, &fault);
		assert_int_equal(result, NKC_JSON_MORE);
		assert_int_not_equal(fault.what[0], '\0');
	}
	assert_non_null(parse(*state, text, sizeof(text) - 1));
}

static void strings_are_decoded(void **state)
{
	nkc_value *list = parse_text(
		*state,
		"[\"plain\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u0041\\u00e9\\uD55C\\ud83d\\ude00\"]");
	nkc_value *plain = nkc_value_first(list);
	nkc_value *escapes = plain->next;
	nkc_value *unicode = escapes->next;

	assert_str(nkc_value_text(plain), "plain");
	assert_int_equal(plain->flags & NKC_VALUE_ESCAPED, 0);
	assert_str(nkc_value_text(escapes), "\"\\/\b\f\n\r\t");
	assert_str(nkc_value_text(unicode), "A\xC3\xA9\xED\x95\x9C\xF0\x9F\x98\x80");
	assert_int_equal(unicode->flags & NKC_VALUE_LONE, 0);
}

static void half_a_pair_is_kept_and_flagged(void **state)
{
	nkc_value *value = parse_text(*state, "\"a\\uD83Db\"");
	assert_str(nkc_value_text(value), "a\xED\xA0\xBD" "b");
	assert_true(value->flags & NKC_VALUE_LONE);

	/* next to the low halves on both sides */
	value = parse_text(*state, "\"\\uD83D\\uDBFF\"");
	assert_str(nkc_value_text(value), "\xED\xA0\xBD\xED\xAF\xBF");
	value = parse_text(*state, "\"\\uD83D\\uE000\"");
	assert_str(nkc_value_text(value), "\xED\xA0\xBD\xEE\x80\x80");

	value = parse_text(*state, "\"\\uD800\\uD83D\\uDE00\"");
	assert_str(nkc_value_text(value), "\xED\xA0\x80\xF0\x9F\x98\x80");
	assert_true(value->flags & NKC_VALUE_LONE);
}

static void bytes_that_are_not_utf8_are_kept_and_flagged(void **state)
{
	nkc_value *value = parse_text(*state, "\"Caf\xE9 \\n \xC3\xA9\"");
	assert_str(nkc_value_text(value), "Caf\xE9 \n \xC3\xA9");
	assert_true(value->flags & NKC_VALUE_BAD_UTF8);

	value = parse_text(*state, "\"Caf\xC3\xA9, a longer plain text behind it\"");
	assert_int_equal(value->flags & NKC_VALUE_BAD_UTF8, 0);
}

static void nul_in_a_string_is_a_byte_like_others(void **state)
{
	nkc_value *value = parse_text(*state, "\"a\\u0000b\"");
	assert_int_equal(nkc_value_text(value).len, 3);
	assert_memory_equal(nkc_value_text(value).ptr, "a\0b", 3);
}

static void numbers_stay_as_written(void **state)
{
	static const char *const numbers[] = { "-0",     "1e007", "1.50",  "9223372036854775808", "1E+2",
					       "1e-400", "0.0",   "-12e3", "123456789012345678901234567890" };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		nkc_value *value = parse_text(*state, numbers[i]);
		assert_int_equal(value->type, NKC_NUMBER);
		assert_str(nkc_value_text(value), numbers[i]);
	}
}

static void members_keep_their_order_and_may_stand_twice(void **state)
{
	nkc_value *object = parse_text(*state, "{\"b\": 1, \"a\": 2, \"b\": 3}");
	nkc_value *member = nkc_value_first(object);

	assert_int_equal(nkc_value_count(object), 3);
	assert_str(member->key, "b");
	assert_str(nkc_value_text(member), "1");
	assert_str(member->next->key, "a");
	assert_str(member->next->next->key, "b");
	assert_str(nkc_value_text(member->next->next), "3");
	assert_null(member->next->next->next);
	assert_ptr_equal(member->next->parent, object);
}

static void every_value_knows_its_place(void **state)
{
	/*                               0         1         2   */
	/*                               0123456789012345678901234 */
	nkc_value *object = parse_text(*state, "{\"a\": [1, \"x\"], \"b\":null}");
	nkc_value *a = nkc_value_first(object);
	nkc_value *one = nkc_value_first(a);

	assert_int_equal(object->at, 0);
	assert_int_equal(a->key_at, 1);
	assert_int_equal(a->at, 6);
	assert_int_equal(one->at, 7);
	assert_int_equal(one->next->at, 10);
	assert_int_equal(a->next->key_at, 16);
	assert_int_equal(a->next->at, 20);
}

static void places_count_from_where_the_value_starts(void **state)
{
	static const char text[] = "[ {\"a\":1}";
	size_t end;
	nkc_value *value;
	nkc_json_fault fault;

	assert_int_equal(nkc_json_parse(*state, nkc_str_from(text), 2, &end, &value, &fault), NKC_JSON_DONE);
	assert_int_equal(end, sizeof(text) - 1);
	assert_int_equal(nkc_value_first(value)->at, 5);
}

/* An array of `depth` levels, on the heap. */
static char *nested(size_t depth)
{
	char *text = malloc(2 * depth + 1);
	assert_non_null(text);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	text[2 * depth] = '\0';
	return text;
}

static void depth_has_a_bound(void **state)
{
	nkc_value *value;
	nkc_json_fault fault;
	size_t end;

	char *text = nested(NKC_JSON_DEPTH_MAX);
	assert_int_equal(nkc_json_parse(*state, nkc_str_from(text), 0, &end, &value, &fault), NKC_JSON_DONE);
	free(text);

	text = nested(NKC_JSON_DEPTH_MAX + 1);
	assert_int_equal(nkc_json_parse(*state, nkc_str_from(text), 0, &end, &value, &fault), NKC_JSON_BAD);
	assert_int_equal(fault.code, NKC_CODE_JSON_DEPTH);
	assert_int_equal(fault.at, NKC_JSON_DEPTH_MAX);
	free(text);

	text = nested(1000000);
	assert_int_equal(nkc_json_parse(*state, nkc_str_from(text), 0, &end, &value, &fault), NKC_JSON_BAD);
	free(text);
}

static void a_record_holds_so_many_values(void **state)
{
	for (size_t count = NKC_JSON_VALUES_MAX; count <= NKC_JSON_VALUES_MAX + 1; count++) {
		nkc_buf text = NKC_BUF_INIT;
		nkc_value *value;
		nkc_json_fault fault;
		size_t end;
		for (size_t i = 0; i < count; i++)
			nkc_buf_puts(&text, i ? ",0" : "[0");
		nkc_buf_putc(&text, ']');
		bool fits = count <= NKC_JSON_VALUES_MAX;
		assert_int_equal(nkc_json_parse(*state, nkc_buf_str(&text), 0, &end, &value, &fault),
		                 fits ? NKC_JSON_DONE : NKC_JSON_BAD);
		assert_int_equal(fault.code, fits ? NKC_CODE_NONE : NKC_CODE_JSON_SIZE);
		nkc_buf_release(&text);
	}
}

static void a_fault_points_at_its_byte(void **state)
{
	static const struct {
		const char *text;
		size_t at;
	} faults[] = {
		{ "[1, 2 3]", 6 },
		{ "{\"a\" 1}", 5 },
		{ "{\"a\": tru}", 6 },
		{ "[1, 2,]", 6 },
		{ "[\"a\\qb\"]", 3 },
		{ "[\"a\nb\"]", 3 },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		nkc_value *value;
		nkc_json_fault fault;
		size_t end;
		nkc_str text = nkc_str_from(faults[i].text);
		assert_int_equal(nkc_json_parse(*state, text, 0, &end, &value, &fault), NKC_JSON_BAD);
		assert_int_equal(fault.code, NKC_CODE_JSON_SYNTAX);
		assert_int_equal(fault.at, faults[i].at);
	}
}

/* --- where a value ends, by its brackets alone --- */

/* As json.h says it, byte by byte and without haste. */
static bool skip_slowly(nkc_json_skip *skip, nkc_str text, size_t *at)
{
	for (; *at < text.len; ++*at) {
		char c = text.ptr[*at];
		if (skip->begun && !skip->in_string) {
			bool new_line_object = c == '{' && skip->blank && skip->margin <= skip->indent;
			if (new_line_object || (skip->depth == 0 && memchr("{,}]", c, 4)))
				return true;
		}
		skip->begun = true;
		skip->margin = c == '\n' ? 0 : skip->margin + skip->blank;
		skip->blank = c == '\n' || (skip->blank && (c == ' ' || c == '\t'));
		if (skip->in_string) {
			skip->in_string = c != '\n' && (c != '"' || skip->escaped);
			skip->escaped = c == '\\' && !skip->escaped;
			continue;
		}
		skip->in_string = c == '"';
		skip->depth += c == '{' || c == '[';
		if ((c == '}' || c == ']') && (skip->depth == 0 || --skip->depth == 0)) {
			++*at;
			return true;
		}
	}
	return false;
}

/* Runs of letters of random length, so that bytes are passed singly and by eights. */
static void put_random_json(nkc_buf *out, uint64_t *seed)
{
	static const char letters[] = "{{[}]],:\"\"\"\\\n\n  \tx1";
	for (unsigned i = 0; i < 40; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		unsigned run = *seed >> 60 ? 1 : 1 + (unsigned)(*seed >> 33) % 24;
		while (run--)
			nkc_buf_putc(out, letters[(*seed >> 40) % (sizeof letters - 1)]);
	}
}

static void a_value_ends_where_its_brackets_close(void **state)
{
	(void)state;
	uint64_t seed = 1;
	size_t ended = 0;
	for (unsigned i = 0; i < 20000; i++) {
		nkc_buf out = NKC_BUF_INIT;
		put_random_json(&out, &seed);
		nkc_str text = nkc_buf_str(&out);
		nkc_json_skip slow = { .indent = i % 3 }, fast = slow, pieces = slow;
		size_t want = 0, got = 0, cut = 0;
		bool ends = skip_slowly(&slow, text, &want);
		ended += ends;
		if (nkc_json_skip_value(&fast, text, &got) != ends || got != want)
			fail_msg("ends at %zu, not %zu, of %s", got, want, text.ptr);
		bool done = nkc_json_skip_value(&pieces, nkc_str_slice(text, 0, i % text.len), &cut);
		if (!done)
			done = nkc_json_skip_value(&pieces, text, &cut);
		if (done != ends || cut != want || (!ends && pieces.depth != slow.depth))
			fail_msg("cut at %zu, it ends at %zu, not %zu, of %s", i % text.len, cut, want, text.ptr);
		nkc_buf_release(&out);
	}
	assert_in_range(ended, 1000, 19999);
}

#ifdef HAVE_JANSSON

static const nkc_value *last_member(const nkc_value *object, const char *key)
{
	const nkc_value *found = NULL;
	for (const nkc_value *member = nkc_value_first(object); member; member = member->next)
		if (nkc_str_is(member->key, key))
			found = member;
	return found;
}

static bool same(const nkc_value *ours, const json_t *theirs);

static bool same_number(const nkc_value *ours, const json_t *theirs)
{
	char text[64];
	snprintf(text, sizeof(text), "%.*s", NKC_STR_ARG(nkc_value_text(ours)));
	return json_is_integer(theirs) ? strtoll(text, NULL, 10) == json_integer_value(theirs)
				       : strtod(text, NULL) - json_real_value(theirs) == 0.0;
}

static bool same_array(const nkc_value *ours, const json_t *theirs)
{
	size_t index = 0;
	const nkc_value *element = nkc_value_first(ours);
	for (; element; element = element->next, index++)
		if (index >= json_array_size(theirs) || !same(element, json_array_get(theirs, index)))
			return false;
	return index == json_array_size(theirs);
}

static bool same_object(const nkc_value *ours, json_t *theirs)
{
	const char *key;
	json_t *value;
	json_object_foreach(theirs, key, value)
		if (!same(last_member(ours, key), value))
			return false;
	for (const nkc_value *member = nkc_value_first(ours); member; member = member->next) {
		char name[64];
		snprintf(name, sizeof(name), "%.*s", NKC_STR_ARG(member->key));
		if (!json_object_get(theirs, name))
			return false;
	}
	return true;
}

static bool same(const nkc_value *ours, const json_t *theirs)
{
	static const nkc_value_type types[] = {
		[JSON_NULL] = NKC_NULL,	    [JSON_FALSE] = NKC_FALSE, [JSON_TRUE] = NKC_TRUE,
		[JSON_INTEGER] = NKC_NUMBER, [JSON_REAL] = NKC_NUMBER, [JSON_STRING] = NKC_STRING,
		[JSON_ARRAY] = NKC_ARRAY,    [JSON_OBJECT] = NKC_OBJECT,
	};

	if (!ours || !theirs || ours->type != types[json_typeof(theirs)])
		return false;
	switch (json_typeof(theirs)) {
	case JSON_INTEGER:
	case JSON_REAL:
		return same_number(ours, theirs);
	case JSON_STRING:
		return nkc_str_eq(nkc_value_text(ours),
				  nkc_str_make(json_string_value(theirs), json_string_length(theirs)));
	case JSON_ARRAY:
		return same_array(ours, theirs);
	case JSON_OBJECT:
		return same_object(ours, (json_t *)(uintptr_t)theirs);
	default:
		return true;
	}
}

static void jansson_reads_the_same(void **state)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		const sample *s = &samples[i];
		json_t *theirs = json_loadb(s->text, s->len, JSON_DECODE_ANY, NULL);
		nkc_arena_reset(*state);
		nkc_value *ours = parse(*state, s->text, s->len);
		if ((theirs != NULL) != ((s->verdict == ACCEPT) != (s->jansson == DIFFERS)))
			fail_msg("sample %zu: jansson %s it: %s", i, theirs ? "accepts" : "rejects", s->text);
		if (theirs && ours && !same(ours, theirs))
			fail_msg("sample %zu means something else to jansson: %s", i, s->text);
		json_decref(theirs);
	}
}

/* What is written is JSON that jansson reads, and means what was read. */
static void what_is_written_reads_the_same(void **state)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		const sample *s = &samples[i];
		if (s->verdict == REJECT || s->jansson == DIFFERS)
			continue;
		nkc_arena_reset(*state);
		nkc_value *ours = parse(*state, s->text, s->len);
		assert_non_null(ours);
		for (int indent = -1; indent <= 1; indent++) {
			nkc_buf out = NKC_BUF_INIT;
			nkc_value_write(ours, indent, &out);
			json_t *theirs = json_loadb(out.ptr, out.len, JSON_DECODE_ANY, NULL);
			if (!theirs || !same(ours, theirs))
				fail_msg("sample %zu is written as %s", i, out.ptr);
			json_decref(theirs);
			nkc_buf_release(&out);
		}
	}
}

#else

static void jansson_reads_the_same(void **state)
{
	(void)state;
	skip();
}

static void what_is_written_reads_the_same(void **state)
{
	(void)state;
	skip();
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grammar_is_that_of_the_rfc),
		cmocka_unit_test(every_prefix_is_unfinished),
		cmocka_unit_test(strings_are_decoded),
		cmocka_unit_test(half_a_pair_is_kept_and_flagged),
		cmocka_unit_test(bytes_that_are_not_utf8_are_kept_and_flagged),
		cmocka_unit_test(nul_in_a_string_is_a_byte_like_others),
		cmocka_unit_test(numbers_stay_as_written),
		cmocka_unit_test(members_keep_their_order_and_may_stand_twice),
		cmocka_unit_test(every_value_knows_its_place),
		cmocka_unit_test(places_count_from_where_the_value_starts),
		cmocka_unit_test(depth_has_a_bound),
		cmocka_unit_test(a_record_holds_so_many_values),
		cmocka_unit_test(a_fault_points_at_its_byte),
		cmocka_unit_test(a_value_ends_where_its_brackets_close),
		cmocka_unit_test(jansson_reads_the_same),
		cmocka_unit_test(what_is_written_reads_the_same),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
