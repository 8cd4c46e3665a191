/*
 * CSL date objects: what they mean, what they become, and when EDTF may stand in
 * their place. Objects come from the CSL test suite (date_*), csl-data.json 1.0.2
 * and what Zotero and citeproc-js write.
 */
#include "support/arena.h"

#include "base/json.h"
#include "base/mem.h"
#include "record/date.h"

#include <nkcite/buf.h>
#include <nkcite/record.h>
#include <nkcite/value.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* So much of a new arena comes from one allocation. */
#define ARENA_BLOCK 8192

/* The EDTF of a date, or "-" when it has none. */
static void assert_edtf(const char *json, const nkc_date *date, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;

	if (!nkc_edtf_write(date, &out))
		nkc_buf_puts(&out, "-");
	if (!nkc_str_is(nkc_buf_str(&out), expected))
		fail_msg("%s: means %s, not %s", json, out.ptr, expected);
	nkc_buf_release(&out);
}

static void assert_json(const char *from, const nkc_value *value, const char *expected)
{
	nkc_buf out = NKC_BUF_INIT;

	nkc_value_write(value, -1, &out);
	if (!nkc_str_is(nkc_buf_str(&out), expected))
		fail_msg("%s: becomes %s, not %s", from, out.ptr, expected);
	nkc_buf_release(&out);
}

/* --- objects that EDTF can replace --- */

static const struct {
	const char *object, *edtf;
} same[] = {
	{ "{\"date-parts\":[[1900]]}", "1900" },
	{ "{\"date-parts\":[[2005,12]]}", "2005-12" },
	{ "{\"date-parts\":[[1973,3,15]]}", "1973-03-15" },
	{ "{\"date-parts\":[[2000]],\"season\":1}", "2000-21" },
	{ "{\"date-parts\":[[2000]],\"season\":3}", "2000-23" },
	{ "{\"date-parts\":[[2000]],\"season\":4}", "2000-24" },
	{ "{\"date-parts\":[[2005,12,15]],\"circa\":true}", "2005-12-15~" },
	{ "{\"date-parts\":[[2000]],\"season\":2,\"circa\":true}", "2000-22~" },
	{ "{\"date-parts\":[[1999,1,2],[1999,1,4]]}", "1999-01-02/1999-01-04" },
	{ "{\"date-parts\":[[1987],[2003]]}", "1987/2003" },
	{ "{\"date-parts\":[[1987,8],[2003,10]]}", "1987-08/2003-10" },
	{ "{\"date-parts\":[[1987],[2003,10,1]]}", "1987/2003-10-01" },
	{ "{\"date-parts\":[[1987],[1987]]}", "1987/1987" },
	{ "{\"date-parts\":[[1999,21],[2001,22]]}", "1999-21/2001-22" },
	{ "{\"date-parts\":[[1987],[0]]}", "1987/.." },
	{ "{\"date-parts\":[[1999,21],[0]]}", "1999-21/.." },
	{ "{\"date-parts\":[[1987],[2003]],\"circa\":true}", "1987~/2003~" },
	{ "{\"date-parts\":[[1987],[0]],\"circa\":true}", "1987~/.." },
	{ "{\"date-parts\":[[-250]]}", "-0249" },
	{ "{\"date-parts\":[[-1]]}", "0000" },
	{ "{\"date-parts\":[[-44,3,15]]}", "-0043-03-15" },
	{ "{\"date-parts\":[[-27],[14]]}", "-0026/0014" },
	{ "{\"date-parts\":[[499]]}", "0499" },
	{ "{\"date-parts\":[[17000]]}", "Y17000" },
	{ "{\"date-parts\":[[-10001]]}", "Y-10000" },
};

static void an_object_and_its_edtf_give_each_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(same); i++) {
		const nkc_value *object = parse_json(same[i].object);
		nkc_date date, parsed;
		bool exact;

		assert_int_equal(nkc_date_read(object, &date), NKC_OK);
		assert_ptr_equal(date.value, object);
		assert_edtf(same[i].object, &date, same[i].edtf);
		if (!nkc_date_is_lossless(object, &date))
			fail_msg("%s: is said to lose something", same[i].object);

		assert_int_equal(nkc_edtf_parse(nkc_str_from(same[i].edtf), &parsed, NULL), NKC_OK);
		assert_json(same[i].edtf, nkc_date_object(&parsed, arena, &exact), same[i].object);
		if (!exact)
			fail_msg("%s: is said to be not exact", same[i].edtf);
	}
}

static void digits_in_quotes_are_numbers(void **state)
{
	static const struct {
		const char *object, *edtf;
	} cases[] = {
		{ "{\"date-parts\":[[\"1965\",\"6\",\"1\"]]}", "1965-06-01" },
		{ "{\"date-parts\":[[\"2008\",9,25]]}", "2008-09-25" },
		{ "{\"date-parts\":[[\"1999\",\"22\"],[\"1999\",\"21\"]]}", "1999-22/1999-21" },
		{ "{\"date-parts\":[[\"-44\"]]}", "-0043" },
		{ "{\"date-parts\":[[\"2000\"]],\"season\":\"2\"}", "2000-22" },
		{ "{\"season\":2,\"date-parts\":[[2000]]}", "2000-22" },
		{ "{\"date-parts\":[[\"1987\"],[\"0\"]]}", "1987/.." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const nkc_value *object = parse_json(cases[i].object);
		nkc_date date;

		assert_int_equal(nkc_date_read(object, &date), NKC_OK);
		assert_edtf(cases[i].object, &date, cases[i].edtf);
		if (!nkc_date_is_lossless(object, &date))
			fail_msg("%s: is said to lose something", cases[i].object);
	}
}

/* --- objects that must stay, because EDTF would not give them back --- */

static const struct {
	const char *object, *edtf;
	nkc_code fault; /* what is wrong with it, if anything */
	const char *what;
} kept[] = {
	/* other ways to say what nkcite says in one way */
	{ "{\"date-parts\":[[2005,12,15]],\"circa\":1}", "2005-12-15~", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"circa\":\"true\"}", "2005~", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"circa\":\"1\"}", "2005~", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"circa\":false}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"circa\":0}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"circa\":\"\"}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[\"2005\",\"05\"]]}", "2005-05", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[\"+2005\"]]}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[\"0043\"]]}", "0043", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[\"2000\",\"\",\"\"]]}", "2000", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000,null]]}", "2000", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000,0,0]]}", "2000", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000,5,0]]}", "2000-05", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1999,21]]}", "1999-21", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1999,16]]}", "1999-24", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1965,24,0]]}", "1965-24", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1999,13],[2001,14]]}", "1999-21/2001-22", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000]],\"season\":21}", "2000-21", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000,22]],\"season\":2}", "2000-22", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000]],\"season\":\"Fall\"}", "2000-23", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2000]],\"season\":\"\"}", "2000", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1987],[]]}", "1987/..", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1987],[\"\"]]}", "1987/..", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[1987],[0,0]]}", "1987/..", NKC_CODE_NONE, NULL },
	{ "{\"raw\":\"2014-11-03\"}", "2014-11-03", NKC_CODE_NONE, NULL },
	{ "{\"raw\":\"2013-11/..\",\"circa\":true}", "2013-11~/..", NKC_CODE_NONE, NULL },

	/* more than a date */
	{ "{\"date-parts\":[[2005]],\"literal\":\"in press\"}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[\"1999\",\"21\"],[\"2001\",\"22\"]],\"raw\":\"Spring 1999 - Summer 2001\"}",
	  "1999-21/2001-22", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"raw\":\"2006\"}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2005]],\"calendar\":\"julian\"}", "2005", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[[2004]],\"date-parts\":[[2005]]}", "2005", NKC_CODE_NONE, NULL },

	/* EDTF cannot say it */
	{ "{\"date-parts\":[[17000,5]]}", "-", NKC_CODE_NONE, NULL },
	{ "{\"literal\":\"n.d.\"}", "-", NKC_CODE_NONE, NULL },
	{ "{\"raw\":\"Bogus Date\"}", "-", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[],\"literal\":\"(in press)\"}", "-", NKC_CODE_NONE, NULL },
	{ "{\"date-parts\":[],\"raw\":\"Bogus Date\"}", "-", NKC_CODE_NONE, NULL },

	/* something is wrong; what can be understood is */
	{ "{}", "-", NKC_CODE_DATE_PARTS, "it holds no date" },
	{ "{\"date-parts\":[]}", "-", NKC_CODE_DATE_PARTS, "it holds no date" },
	{ "{\"year\":2014}", "-", NKC_CODE_DATE_PARTS, "it holds no date" },
	{ "{\"date-parts\":[[]]}", "-", NKC_CODE_DATE_YEAR_ZERO, "a date without a year" },
	{ "{\"date-parts\":[[0]]}", "-", NKC_CODE_DATE_YEAR_ZERO, "a date without a year" },
	{ "{\"date-parts\":[[0],[2003]]}", "-", NKC_CODE_DATE_YEAR_ZERO, "a date without a year" },
	{ "{\"date-parts\":\"2014\"}", "-", NKC_CODE_DATE_PARTS, "date-parts that are not a list" },
	{ "{\"date-parts\":[2014,11]}", "-", NKC_CODE_DATE_PARTS, "a date that is not a list of numbers" },
	{ "{\"date-parts\":[[\"c2014\"]]}", "-", NKC_CODE_DATE_PARTS, "a part that is no whole number" },
	{ "{\"date-parts\":[[2014.5]]}", "-", NKC_CODE_DATE_PARTS, "a part that is no whole number" },
	{ "{\"date-parts\":[[2014,\"May\"]]}", "2014", NKC_CODE_DATE_PARTS,
	  "a part that is no whole number" },
	{ "{\"date-parts\":[[2014,[5]]]}", "2014", NKC_CODE_DATE_PARTS, "a part that is no whole number" },
	{ "{\"date-parts\":[[2014,5,1,8]]}", "2014-05-01", NKC_CODE_DATE_PARTS,
	  "more than year, month and day" },
	{ "{\"date-parts\":[[2014],[2015],[2016]]}", "2014/2015", NKC_CODE_DATE_PARTS,
	  "more than two dates" },
	{ "{\"date-parts\":[[9999999999999999]]}", "-", NKC_CODE_DATE_YEAR_RANGE, "year 9999999999999999" },
	{ "{\"date-parts\":[[1965,-1,1]]}", "1965", NKC_CODE_DATE_MONTH_RANGE, "month -1" },
	{ "{\"date-parts\":[[1965,13,1]]}", "1965-21", NKC_CODE_DATE_SEASON, "a day of a season" },
	{ "{\"date-parts\":[[1965,17]]}", "1965-21", NKC_CODE_DATE_MONTH_RANGE, "month 17" },
	{ "{\"date-parts\":[[1965,60,1]]}", "1965", NKC_CODE_DATE_MONTH_RANGE, "month 60" },
	{ "{\"date-parts\":[[2005,2,29]]}", "2005-02", NKC_CODE_DATE_DAY_RANGE, "day 29 in month 2 of 2005" },
	{ "{\"date-parts\":[[2005,2,-1]]}", "2005-02", NKC_CODE_DATE_DAY_RANGE, "day -1 in month 2 of 2005" },
	{ "{\"date-parts\":[[2005,0,7]]}", "2005", NKC_CODE_DATE_DAY_RANGE, "day 7 without a month" },
	{ "{\"date-parts\":[[2005],[2006,13,1]]}", "2005/2006-21", NKC_CODE_DATE_SEASON,
	  "a day of a season" },
	{ "{\"date-parts\":[[\"2013\",1,30]],\"season\":\"22:56:08\"}", "2013-01-30", NKC_CODE_DATE_SEASON,
	  "a season that is not 1 to 4" },
	{ "{\"date-parts\":[[2013]],\"season\":5}", "2013", NKC_CODE_DATE_SEASON,
	  "a season that is not 1 to 4" },
	{ "{\"date-parts\":[[2013,5]],\"season\":1}", "2013-05", NKC_CODE_DATE_SEASON,
	  "a season beside a month" },
	{ "{\"date-parts\":[[2013],[2014]],\"season\":1}", "2013/2014", NKC_CODE_DATE_SEASON,
	  "one season for an interval" },
};

static void what_edtf_would_not_give_back_stays_an_object(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kept); i++) {
		const nkc_value *object = parse_json(kept[i].object);
		nkc_date_fault fault;
		nkc_date date;

		assert_int_equal(nkc_date_inspect(object, &date, &fault), NKC_OK);
		assert_edtf(kept[i].object, &date, kept[i].edtf);
		if (nkc_date_is_lossless(object, &date))
			fail_msg("%s: is said to lose nothing", kept[i].object);
		if (fault.edtf.code != kept[i].fault)
			fail_msg("%s: %s (%s)", kept[i].object, nkc_code_get(fault.edtf.code)->name,
			         fault.edtf.code ? fault.edtf.what : "");
		if (fault.edtf.code)
			assert_string_equal(fault.edtf.what, kept[i].what);
	}
}

static void a_fault_of_an_object_names_the_value(void **state)
{
	const nkc_value *object = parse_json("{\"date-parts\":[[2005,2,1],[2005,2,30]]}");
	nkc_buf pointer = NKC_BUF_INIT;
	nkc_date_fault fault;
	nkc_date date;

	(void)state;
	assert_int_equal(nkc_date_inspect(object, &date, &fault), NKC_OK);
	assert_int_equal(fault.edtf.code, NKC_CODE_DATE_DAY_RANGE);
	assert_int_equal(fault.edtf.length, 0);
	nkc_value_pointer(fault.value, &pointer);
	assert_str(nkc_buf_str(&pointer), "/date-parts/1/2");
	nkc_buf_release(&pointer);
}

/* --- strings and other values --- */

static void a_string_is_edtf(void **state)
{
	const nkc_value *value = parse_json("\"2013-11~\"");
	nkc_date date;

	(void)state;
	assert_int_equal(nkc_date_read(value, &date), NKC_OK);
	assert_true(date.structured);
	assert_true(date.start.approximate);
	assert_edtf("2013-11~", &date, "2013-11~");
	assert_ptr_equal(date.value, value);
	assert_true(nkc_date_is_lossless(value, &date));
}

static void a_string_that_is_not_edtf_is_raw_and_invalid(void **state)
{
	const nkc_value *value = parse_json("\"2004-13-11\"");
	nkc_date_fault fault;
	nkc_date date;

	(void)state;
	assert_int_equal(nkc_date_inspect(value, &date, &fault), NKC_EINVALID);
	assert_false(date.structured);
	assert_str(date.raw, "2004-13-11");
	assert_ptr_equal(fault.value, value);
	assert_int_equal(fault.edtf.code, NKC_CODE_DATE_MONTH_RANGE);
	assert_int_equal(fault.edtf.at, 5);
	assert_int_equal(fault.edtf.length, 2);
	assert_false(nkc_date_is_lossless(value, &date));
}

static void other_values_are_no_dates(void **state)
{
	static const char *const values[] = { "2014", "true", "null", "[2014]", "[[2014]]" };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		nkc_date_fault fault;
		nkc_date date;

		assert_int_equal(nkc_date_inspect(parse_json(values[i]), &date, &fault), NKC_EINVALID);
		assert_int_equal(fault.edtf.code, NKC_CODE_DATE_SYNTAX);
		assert_false(date.structured);
	}
}

static void literal_and_raw_are_kept_beside_a_date(void **state)
{
	nkc_date date;

	(void)state;
	nkc_date_read(parse_json("{\"date-parts\":[[2005]],\"literal\":\"in press\",\"raw\":\"2006\"}"), &date);
	assert_true(date.structured);
	assert_str(date.literal, "in press");
	assert_str(date.raw, "2006");
	nkc_date_read(parse_json("{\"raw\":\"2014-11-03\"}"), &date);
	assert_true(date.structured);
	assert_str(date.raw, "");
}

/* --- objects made of dates --- */

static const struct {
	const char *edtf, *object;
} less[] = {
	{ "2014?", "{\"date-parts\":[[2014]],\"circa\":true}" },
	{ "2014%", "{\"date-parts\":[[2014]],\"circa\":true}" },
	{ "201X", "{\"date-parts\":[[2010]],\"circa\":true}" },
	{ "20XX", "{\"date-parts\":[[2000]],\"circa\":true}" },
	{ "2004-XX", "{\"date-parts\":[[2004]]}" },
	{ "1985-04-XX", "{\"date-parts\":[[1985,4]]}" },
	{ "1985-XX-XX", "{\"date-parts\":[[1985]]}" },
	{ "2014-10-08T08:53:00-04:00", "{\"date-parts\":[[2014,10,8]]}" },
	{ "1987/", "{\"date-parts\":[[1987],[0]]}" },
	{ "/1987-05", "{\"date-parts\":[[1987,5]]}" },
	{ "../1987", "{\"date-parts\":[[1987]]}" },
	{ "../1987-21", "{\"date-parts\":[[1987]],\"season\":1}" },
	{ "../1987~", "{\"date-parts\":[[1987]],\"circa\":true}" },
	{ "1987~/1988", "{\"date-parts\":[[1987],[1988]],\"circa\":true}" },
	{ "1987/1988~", "{\"date-parts\":[[1987],[1988]],\"circa\":true}" },
	{ "1987~/1988%", "{\"date-parts\":[[1987],[1988]],\"circa\":true}" },
};

static void an_object_that_says_less_is_not_exact(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(less); i++) {
		nkc_date date;
		bool exact;

		assert_int_equal(nkc_edtf_parse(nkc_str_from(less[i].edtf), &date, NULL), NKC_OK);
		assert_json(less[i].edtf, nkc_date_object(&date, arena, &exact), less[i].object);
		if (exact)
			fail_msg("%s: is said to be exact", less[i].edtf);
	}
}

static void literal_and_raw_go_back_into_the_object(void **state)
{
	static const char *const objects[] = {
		"{\"literal\":\"n.d.\"}",
		"{\"raw\":\"Bogus Date\"}",
		"{\"date-parts\":[[2005]],\"literal\":\"in press\"}",
		"{\"date-parts\":[[1999,21],[2001,22]],\"raw\":\"Spring 1999 - Summer 2001\"}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(objects); i++) {
		nkc_date date;
		bool exact;

		assert_int_equal(nkc_date_read(parse_json(objects[i]), &date), NKC_OK);
		assert_json(objects[i], nkc_date_object(&date, arena, &exact), objects[i]);
		assert_true(exact);
	}
}

static void an_object_of_nothing_is_not_exact(void **state)
{
	bool exact = true;

	(void)state;
	assert_json("nothing", nkc_date_object(&nkc_date_empty, arena, &exact), "{}");
	assert_false(exact);
	assert_non_null(nkc_date_object(&nkc_date_empty, arena, NULL));
}

/* --- any object --- */

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static const char *one_of(const char *const *words, size_t count, uint32_t *seed)
{
	return words[next_random(seed) % count];
}

/* An object that may well be a date: every part is drawn from what is right, wrong and in between. */
static void put_object(nkc_buf *json, uint32_t *seed)
{
	static const char *const lists[] = { "[2004]",     "[2004,2]",  "[2004,2,29]", "[2005,2,29]",
		                             "[2004,21]",  "[2004,13]", "[-1]",        "[-44,3,15]",
		                             "[0]",        "[]",        "[0,0]",       "[17000]",
		                             "[17000,1]",  "[2004,0]",  "[\"2004\"]",  "2004",
		                             "[2004,21,1]" };
	static const char *const seasons[] = { "1", "4", "5", "21", "\"Summer\"", "null" };
	static const char *const flags[] = { "true", "false", "1", "\"true\"", "\"\"" };
	static const char *const texts[] = { "\"\"", "\"2004-02\"", "\"in press\"", "7" };

	nkc_buf_puts(json, "{\"date-parts\":[");
	nkc_buf_puts(json, one_of(lists, COUNT(lists), seed));
	for (uint32_t more = next_random(seed) % 5; more > 2; more--)
		nkc_buf_printf(json, ",%s", one_of(lists, COUNT(lists), seed));
	nkc_buf_puts(json, "]");
	if (next_random(seed) % 3 == 0)
		nkc_buf_printf(json, ",\"season\":%s", one_of(seasons, COUNT(seasons), seed));
	if (next_random(seed) % 3 == 0)
		nkc_buf_printf(json, ",\"circa\":%s", one_of(flags, COUNT(flags), seed));
	if (next_random(seed) % 8 == 0)
		nkc_buf_printf(json, ",\"literal\":%s", one_of(texts, COUNT(texts), seed));
	if (next_random(seed) % 8 == 0)
		nkc_buf_printf(json, ",\"raw\":%s", one_of(texts, COUNT(texts), seed));
	nkc_buf_puts(json, "}");
}

/* Puts quoted digits out of their quotes: the one change that EDTF may make. */
static void unquote_years(nkc_buf *json)
{
	for (size_t at; (at = nkc_str_find(nkc_buf_str(json), NKC_STR("[\"2004\"]"))) < json->len;)
		nkc_buf_splice(json, at, strlen("[\"2004\"]"), NKC_STR("[2004]"));
}

static void what_is_lossless_comes_back_from_its_edtf(void **state)
{
	uint32_t seed = 8601;
	size_t lossless = 0;

	(void)state;
	for (size_t round = 0; round < 5000; round++) {
		nkc_buf json = NKC_BUF_INIT, edtf = NKC_BUF_INIT;
		const nkc_value *object;
		nkc_date date, again;
		bool exact;

		put_object(&json, &seed);
		object = parse_json(json.ptr);
		assert_int_equal(nkc_date_read(object, &date), NKC_OK);
		if (nkc_date_is_lossless(object, &date)) {
			lossless++;
			assert_true(nkc_edtf_write(&date, &edtf));
			assert_int_equal(nkc_edtf_parse(nkc_buf_str(&edtf), &again, NULL), NKC_OK);
			unquote_years(&json);
			assert_json(edtf.ptr, nkc_date_object(&again, arena, &exact), json.ptr);
			assert_true(exact);
		}
		nkc_buf_release(&json);
		nkc_buf_release(&edtf);
	}
	assert_true(lossless > 300 && lossless < 3000);
}

/* Every object must come out whole or leave the arena in failure, wherever memory ends. */
static void memory_that_ends_is_known_to_the_arena(void **state)
{
	nkc_date date;
	size_t whole = 0, rounds = 0;

	(void)state;
	nkc_date_read(parse_json("{\"date-parts\":[[2000,5],[2001]],\"circa\":true,\"literal\":\"spring\"}"),
	              &date);
	for (size_t used = 0; used < 1200; used += 16, rounds++) {
		nkc_arena *full = nkc_arena_new();
		nkc_value *object;

		nkc_arena_alloc(full, ARENA_BLOCK - used);
		nkc_mem_fail_at(1);
		object = nkc_date_object(&date, full, NULL);
		nkc_mem_fail_at(0);
		if (nkc_arena_status(full) == NKC_OK) {
			whole++;
			assert_json(
				"the date", object,
				"{\"date-parts\":[[2000,5],[2001]],\"circa\":true,\"literal\":\"spring\"}");
		}
		nkc_arena_free(full);
	}
	assert_true(whole > 0 && whole < rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_and_its_edtf_give_each_other),
		cmocka_unit_test(digits_in_quotes_are_numbers),
		cmocka_unit_test(what_edtf_would_not_give_back_stays_an_object),
		cmocka_unit_test(a_fault_of_an_object_names_the_value),
		cmocka_unit_test(a_string_is_edtf),
		cmocka_unit_test(a_string_that_is_not_edtf_is_raw_and_invalid),
		cmocka_unit_test(other_values_are_no_dates),
		cmocka_unit_test(literal_and_raw_are_kept_beside_a_date),
		cmocka_unit_test(an_object_that_says_less_is_not_exact),
		cmocka_unit_test(literal_and_raw_go_back_into_the_object),
		cmocka_unit_test(an_object_of_nothing_is_not_exact),
		cmocka_unit_test(what_is_lossless_comes_back_from_its_edtf),
		cmocka_unit_test(memory_that_ends_is_known_to_the_arena),
	};

	return cmocka_run_group_tests(tests, set_up_arena, tear_down_arena);
}
