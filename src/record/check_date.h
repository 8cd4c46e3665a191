/*
 * check_date.h: what other rules need of dates.
 */
#ifndef NKC_RECORD_CHECK_DATE_H
#define NKC_RECORD_CHECK_DATE_H

#include "record/check.h"

/* What nkc_check_date_value reports. */
#define NKC_DATE_FORM_CODES \
	NKC_CODE_DATE_SYNTAX, NKC_CODE_DATE_EDTF_LEVEL, NKC_CODE_DATE_YEAR_FORM, NKC_CODE_DATE_YEAR_RANGE, \
		NKC_CODE_DATE_YEAR_ZERO, NKC_CODE_DATE_MONTH_RANGE, NKC_CODE_DATE_DAY_RANGE, \
		NKC_CODE_DATE_SEASON, NKC_CODE_DATE_TIME, NKC_CODE_DATE_INTERVAL, NKC_CODE_DATE_PARTS

/* Reports what is wrong with a date in itself: its form and calendar. */
void nkc_check_date_value(const nkc_check *check, const nkc_value *value);

typedef enum nkc_guess {
	NKC_GUESS_NONE,
	NKC_GUESS_NEAR,   /* it has the form of EDTF, or nearly */
	NKC_GUESS_FOREIGN /* another notation */
} nkc_guess;

/*
 * Writes how a text that is not EDTF might be meant ("write 2004-11-13, 2004-11 or 2004") into hint, of NKC_HINT_SIZE
 * bytes. Reads what people write: 13 Nov 2004, November 13, 2004, 13.11.2004, 11/13/2004, 2004/11/13, 20041113,
 * 2004-13-11, c. 2013, 1999-2004, Spring 2013.
 */
nkc_guess nkc_date_guess(nkc_str text, char *hint);

#endif
