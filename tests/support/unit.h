/*
 * unit.h: what every unit test includes: cmocka with what it needs, and
 * assertions about borrowed strings.
 */
#ifndef NKC_TESTS_UNIT_H
#define NKC_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <nkcite/base.h>

/* The nkc_str (or what nkc_buf_str gives) is exactly that C string. */
#define assert_str(actual, expected) \
	assert_str_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_str_at(nkc_str actual, const char *expected, const char *file, int line)
{
	char shown[1024];

	if (nkc_str_is(actual, expected))
		return;
	snprintf(shown, sizeof(shown), "%.*s", NKC_STR_ARG(actual));
	_assert_string_equal(shown, expected, file, line);
	_fail(file, line); /* they differ behind a NUL or past what is shown */
}

#endif
