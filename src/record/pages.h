/*
 * pages.h: page ranges as people write them.
 */
#ifndef NKC_RECORD_PAGES_H
#define NKC_RECORD_PAGES_H

#include <nkcite/base.h>
#include <nkcite/variables.h>

/* Without "p.", "pp.", "pages", "S." before a number. */
nkc_str nkc_page_without_label(nkc_str text);

/* Without "Vol.", "no.", "2nd ed." beside a number, as they are met in that variable. */
nkc_str nkc_number_without_label(nkc_var var, nkc_str text);

/* A dash (one or several marks in a row, with the spaces around) between two letters or digits. */
typedef struct nkc_page_dash {
	size_t at, length;
	bool unusual; /* neither one hyphen nor one en dash without spaces */
} nkc_page_dash;

/* The first dash at or behind `from`. */
bool nkc_page_dash_find(nkc_str text, size_t from, nkc_page_dash *dash);

/*
 * Cuts the next range of two whole numbers off *rest ("121-164, 170-172"). A last number with fewer digits is completed by those
 * of the first: 1043-8 is 1043 to 1048.
 */
bool nkc_page_range_next(nkc_str *rest, nkc_str *range, uint64_t *first, uint64_t *last);

#endif
