/*
 * date.h: what the files of src/record share about dates (the public part is in record.h).
 */
#ifndef NKC_RECORD_DATE_H
#define NKC_RECORD_DATE_H

#include <nkcite/record.h>

/* Years reach this far both ways: 15 digits, which JSON readers keep exactly even when they use doubles. */
#define NKC_YEAR_MAX INT64_C(999999999999999)

/* Months 21 to 24 of an nkc_date_point are seasons. */
enum {
	NKC_SPRING = 21,
	NKC_WINTER = 24
};

/* Bits of nkc_date_point.unspecified. */
enum {
	NKC_X_DAY = 1,
	NKC_X_MONTH = 2,
	NKC_X_YEAR = 4,
	NKC_X_DECADE = 8 /* the year's last two digits */
};

/* A date that says nothing. */
extern const nkc_date nkc_date_empty;

/* Can nkc_edtf_write write it? What it then writes is valid EDTF of level 0 or 1. */
bool nkc_edtf_has_form(const nkc_date *date);

/*
 * The first thing that is wrong with a date. `edtf.at` and `edtf.length` count in
 * the text of `value` when that is an EDTF string; else length is 0 and `value`
 * itself (a part, the season, the object) is at fault.
 */
typedef struct nkc_date_fault {
	nkc_edtf_fault edtf; /* code NKC_CODE_NONE: nothing is wrong */
	const nkc_value *value;
} nkc_date_fault;

/*
 * nkc_date_read that tells what is wrong. Of a date object with a fault it reads
 * what can be understood (the year of [2004, 45]) and returns NKC_OK; a string
 * that is not EDTF is NKC_EINVALID, and date->raw holds it.
 */
nkc_status nkc_date_inspect(const nkc_value *value, nkc_date *date, nkc_date_fault *fault);

/*
 * Does the date, which was read from value, hold all that value says, so that
 * EDTF can stand in its place and nkc_date_object gives the same value back?
 * True of any EDTF string. Of an object: only date-parts, season and circa
 * (JSON's true), in the form that nkc_date_object writes, but that digits may
 * stand in quotes.
 */
bool nkc_date_is_lossless(const nkc_value *value, const nkc_date *date);

#endif
