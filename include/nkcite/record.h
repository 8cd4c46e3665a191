/*
 * record.h: one source (a CSL-JSON item) in memory.
 *
 * A record is a JSON object (value.h) with an index by CSL variable over it and
 * typed views of names and dates. The object stays the truth: nothing is lost
 * by reading, and what is not understood is kept in its place.
 */
#ifndef NKCITE_RECORD_H
#define NKCITE_RECORD_H

#include <nkcite/base.h>
#include <nkcite/diag.h>
#include <nkcite/value.h>
#include <nkcite/variables.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- names (CSL specification, "Names"; csl-data.json, name-variable) --- */

/* A person has family or given; an organisation has literal, which is never split. */
typedef struct nkc_name {
	nkc_str family;
	nkc_str given;
	nkc_str dropping_particle;     /* "de" in "Jean de La Fontaine": dropped when sorted */
	nkc_str non_dropping_particle; /* "van" in "Vincent van Gogh" */
	nkc_str suffix;                /* "Jr.", "III" */
	nkc_str literal;
	bool comma_suffix;    /* a comma stands before the suffix */
	bool static_ordering; /* family name first always (East Asian names) */
	bool parse_names;
	const nkc_value *value; /* where it stands */
} nkc_name;

/* --- dates (EDTF levels 0 and 1: ISO 8601-2:2019; CSL date objects) --- */

typedef struct nkc_date_point {
	int64_t year;  /* astronomical: 0 is 1 BCE, -43 is 44 BCE (EDTF; CSL counts -44) */
	uint8_t month; /* 1-12, a season 21-24 (spring, summer, autumn, winter), 0: none */
	uint8_t day;   /* 1-31, 0: none */
	/* EDTF X digits: 1 the day, 2 the month, 4 the year's last digit, 8 its last two */
	uint8_t unspecified;
	bool uncertain;   /* ? or % */
	bool approximate; /* ~ or % ("circa") */
} nkc_date_point;

typedef enum nkc_date_end {
	NKC_DATE_SINGLE = 0, /* no interval */
	NKC_DATE_CLOSED,     /* 2013-11-15/2013-11-17 */
	NKC_DATE_OPEN,       /* 2013-11/.. (end open), ../2013 (start open) */
	NKC_DATE_UNKNOWN     /* 2013/ (end unknown), /2013 (start unknown) */
} nkc_date_end;

typedef struct nkc_date {
	bool structured;       /* start (and end) hold a date; else only literal or raw does */
	nkc_date_point start;  /* not set when `begin` is OPEN or UNKNOWN */
	nkc_date_point end;    /* set when `finish` is CLOSED */
	nkc_date_end begin;    /* SINGLE (also for a normal interval), OPEN, UNKNOWN */
	nkc_date_end finish;   /* SINGLE, CLOSED, OPEN, UNKNOWN */
	nkc_str time;          /* "T08:53:00-04:00" behind a day, as written; else empty */
	nkc_str literal;       /* CSL: text to print in place of a date */
	nkc_str raw;           /* CSL: text that nkcite could not read as a date */
	const nkc_value *value;
} nkc_date;

/*
 * Parses an EDTF level 0 or 1 string. On NKC_EINVALID *code is the fault and
 * *at, *length the bytes of it within text. Never allocates. fault may be NULL.
 */
typedef struct nkc_edtf_fault {
	nkc_code code;
	size_t at, length;
	const char *what; /* "month 13", in a buffer of this struct */
	char buffer[64];
} nkc_edtf_fault;
NKC_API nkc_status nkc_edtf_parse(nkc_str text, nkc_date *date, nkc_edtf_fault *fault);

/* Writes EDTF; false when the date has no EDTF form (literal, raw): nothing is written then. */
NKC_API bool nkc_edtf_write(const nkc_date *date, nkc_buf *out);

/* A CSL date from a value: an EDTF string or a date object. NKC_EINVALID when it is neither. */
NKC_API nkc_status nkc_date_read(const nkc_value *value, nkc_date *date);

/*
 * Makes a CSL date object (date-parts, season, circa, literal, raw). An interval that goes on is
 * [[1987], [0]]. *exact (may be NULL) is false when something had to stay behind: uncertainty (? and %
 * become circa), X digits, an open or unknown start, an unknown end, a time, or when only one
 * end of an interval is approximate.
 */
NKC_API nkc_value *nkc_date_object(const nkc_date *date, nkc_arena *arena, bool *exact);

/* The year as CSL counts (no year 0: -1 is 1 BCE). */
NKC_API int64_t nkc_year_csl(int64_t astronomical);
NKC_API int64_t nkc_year_astronomical(int64_t csl);
/* 28 to 31. */
NKC_API int nkc_days_in_month(int64_t year, int month);

/* --- records --- */

typedef struct nkc_record nkc_record;

/* A new record {}. Owns its memory. */
NKC_API nkc_record *nkc_record_new(void);
NKC_API void nkc_record_free(nkc_record *record);
/* Empty again, for the next item of a stream. */
NKC_API void nkc_record_clear(nkc_record *record);

/*
 * Parses one JSON object. `source` may be NULL; when given, its window must
 * cover text, and it and text must outlive the record's content (strings are borrowed).
 * NKC_ESYNTAX with a finding when it is not one JSON object.
 */
NKC_API nkc_status nkc_record_parse(nkc_record *record, nkc_str text, nkc_source *source, nkc_diags *diags);

/* Where new values of this record live. */
NKC_API nkc_arena *nkc_record_arena(nkc_record *record);
/* The JSON object itself. After changing it: nkc_record_index. */
NKC_API nkc_value *nkc_record_root(const nkc_record *record);
/* Builds the index anew after changes to the object. */
NKC_API void nkc_record_index(nkc_record *record);

/* The id (a number is given as it was written); empty when there is none. */
NKC_API nkc_str nkc_record_id(const nkc_record *record);
NKC_API nkc_type nkc_record_type(const nkc_record *record);

/* The member of that variable; NULL when absent. (Of two, the last, as JSON readers do.) */
NKC_API nkc_value *nkc_record_get(const nkc_record *record, nkc_var var);
/* Text of a string or number variable; empty when absent. */
NKC_API nkc_str nkc_record_text(const nkc_record *record, nkc_var var);
/* The names of a name variable. *names lives in the record's arena. Returns how many. */
NKC_API size_t nkc_record_names(nkc_record *record, nkc_var var, const nkc_name **names);
/* A date; false when absent or not a date. */
NKC_API bool nkc_record_date(const nkc_record *record, nkc_var var, nkc_date *date);

/* Sets a string (or name, date, ... given as a value); NULL removes. The record is re-indexed. */
NKC_API nkc_status nkc_record_set(nkc_record *record, nkc_var var, nkc_value *value);
NKC_API nkc_status nkc_record_set_text(nkc_record *record, nkc_var var, nkc_str text);
/* Appends a name to a name variable. */
NKC_API nkc_status nkc_record_add_name(nkc_record *record, nkc_var var, const nkc_name *name);
/* Makes the JSON object of a name (empty parts are left out). */
NKC_API nkc_value *nkc_name_object(nkc_arena *arena, const nkc_name *name);

/* custom.nkcite.absent: why a variable is missing ("none-stated", "unknown", "withheld"), or empty. */
NKC_API nkc_str nkc_record_absent(const nkc_record *record, nkc_var var);

/*
 * Rewrites the four plain words (author as text, outlet, date, url) into CSL.
 * A plain word whose CSL field is there too and says something else is left alone.
 * Returns true when something changed.
 */
NKC_API bool nkc_record_expand(nkc_record *record);

/*
 * The name object of a person or organisation written in one line: "Wertz, Daniel" or "Human Rights Watch".
 * NULL for blank text, too. Particles stay with the name they stand with ("van Gogh, Vincent").
 */
NKC_API nkc_value *nkc_name_from_text(nkc_arena *arena, nkc_str text);

/* The canonical file: fixed order of keys, two-space indent, EDTF dates, a final newline. */
NKC_API nkc_status nkc_record_write(nkc_record *record, nkc_buf *out);

/*
 * Checks the record: structure, then meaning. Findings go to diags; what needs
 * more than one record (duplicates) is in library.h.
 */
typedef struct nkc_check_options {
	nkc_date_point today;  /* year, month, day; for "in the future" */
	nkc_str file_key;      /* the file's name without .json; empty: not from a library */
} nkc_check_options;
NKC_API void nkc_record_check(nkc_record *record, const nkc_check_options *options, nkc_diags *diags);

/*
 * Mends what can be mended without loss: plain words into CSL, date objects into EDTF, stray white space, entities,
 * labels in front of identifiers and pages, names of languages. A mend is made when its code is wanted in
 * diags (NULL: all are). Returns whether something changed; the record is then re-indexed.
 */
NKC_API bool nkc_record_fix(nkc_record *record, nkc_diags *diags);

/*
 * The same in the text of a record in a file of CSL-JSON, which other programs read, too: date objects stay, and what is
 * not mended keeps every byte. `text` holds the record and nothing else. Appends the mended text to out, or nothing
 * when there is nothing to mend. `record` is used for it. NKC_ESYNTAX when the text is no record.
 */
NKC_API nkc_status nkc_record_fix_text(nkc_record *record, nkc_str text, nkc_diags *diags, nkc_buf *out);

/* The place of a value (or, when part is given, of bytes part..part+length of its decoded text). */
NKC_API nkc_place nkc_record_place(const nkc_record *record, const nkc_value *value);

#ifdef __cplusplus
}
#endif

#endif
