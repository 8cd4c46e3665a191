/*
 * Dates in .bib files.
 *
 * BibLaTeX: EDTF (ISO 8601-2:2019), which its manual's section 2.3.8 lists and biber parses.
 *
 * BibTeX, whose styles print year and month as they are:
 *   year = {2020}, month = mar, day = {4}    a date
 *   month = {Spring}                         a season (Spring, Summer, Autumn, Winter)
 *   year = {ca. 1650} {1650?} {350 BCE}      approximate, uncertain, before the common era; in this order together
 *   year = {1999--2004} {2013--}             years from and to, open at the end
 *   year = {199X}                            EDTF's digits that are not known
 *   year = {n.d.}                            the record says that the source has no date; not a date
 *   year = {forthcoming} {{[1999]}}          any other text: a literal
 */
#include "format/bibtex_write.h"
#include "format/latex.h"
#include "record/date.h"

static const char months[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
	                            "jul", "aug", "sep", "oct", "nov", "dec" };
static const char seasons[4][7] = { "Spring", "Summer", "Autumn", "Winter" };

static void put_number(nkc_buf *out, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	nkc_buf_put(out, digits + at, sizeof digits - at);
}

/* --- EDTF --- */

/* Digits that are not known, of the month or day, trouble biber: it is told the rest. */
static bool cut_unspecified(nkc_date_point *point)
{
	if (!(point->unspecified & (NKC_X_DAY | NKC_X_MONTH)))
		return false;
	if (point->unspecified & NKC_X_MONTH)
		point->month = 0;
	point->day = 0;
	point->unspecified = (uint8_t)(point->unspecified & ~(NKC_X_DAY | NKC_X_MONTH));
	return true;
}

/* BibLaTeX has no date in words; where the state of publication is printed, "forthcoming" has its place too. */
static bool put_state(nkc_bib *bib, nkc_str text)
{
	if (nkc_str_empty(text) || nkc_record_get(bib->record, NKC_VAR_STATUS))
		return false;
	nkc_bib_begin(bib, "pubstate");
	nkc_latex_put(bib->out, text, bib->latex);
	nkc_bib_end(bib);
	bib->taken_away[NKC_VAR_STATUS] = true;
	return false;
}

static bool put_edtf(nkc_bib *bib, const char *name, nkc_date *date)
{
	if (!date->structured && strcmp(name, "date") == 0)
		return put_state(bib, nkc_str_empty(date->literal) ? date->raw : date->literal);
	bool cut = cut_unspecified(&date->start);
	cut = (date->finish == NKC_DATE_CLOSED && cut_unspecified(&date->end)) || cut;
	if (!nkc_edtf_has_form(date))
		return false;
	nkc_bib_begin(bib, name);
	nkc_edtf_write(date, bib->out);
	nkc_bib_end(bib);
	return !cut;
}

/* --- what Zotero reads: a date or a range, else text --- */

static void put_zotero_point(nkc_buf *out, nkc_date_point *point)
{
	nkc_date plain = nkc_date_empty;
	plain.structured = true;
	plain.start = *point;
	if (point->month > 12) {
		nkc_buf_puts(out, seasons[(point->month - NKC_SPRING) % 4]);
		nkc_buf_putc(out, ' ');
		plain.start.month = 0;
	}
	plain.start.uncertain = plain.start.approximate = false;
	cut_unspecified(&plain.start);
	nkc_edtf_write(&plain, out);
}

static bool put_zotero(nkc_bib *bib, const char *name, nkc_date *date)
{
	nkc_str text = nkc_str_empty(date->literal) ? date->raw : date->literal;
	bool marked = date->start.uncertain || date->start.approximate || date->start.month > 12;
	if (!date->structured && nkc_str_empty(text))
		return false;
	nkc_bib_begin(bib, name);
	if (!date->structured) {
		nkc_latex_put(bib->out, text, bib->latex);
	} else if (date->begin == NKC_DATE_SINGLE) {
		put_zotero_point(bib->out, &date->start);
		if (date->finish == NKC_DATE_CLOSED) {
			nkc_buf_putc(bib->out, '/');
			put_zotero_point(bib->out, &date->end);
		}
	} else if (date->finish == NKC_DATE_CLOSED) {
		put_zotero_point(bib->out, &date->end);
	}
	nkc_bib_end(bib);
	return date->structured && date->begin == NKC_DATE_SINGLE && !marked && !date->start.unspecified &&
	       date->finish <= NKC_DATE_CLOSED && !(date->finish && date->end.month > 12) && !date->time.len;
}

/* --- year, month and day of BibTeX --- */

static bool is_plain_year(const nkc_date_point *point)
{
	return !point->month && !point->uncertain && !point->approximate && !point->unspecified && point->year > 0;
}

static void put_year(nkc_buf *out, const nkc_date_point *point)
{
	if (point->approximate)
		nkc_buf_puts(out, "ca. ");
	put_number(out, (uint64_t)(point->year > 0 ? point->year : 1 - point->year));
	for (unsigned digits = point->unspecified & NKC_X_DECADE ? 2
	                       : point->unspecified & NKC_X_YEAR ? 1
	                                                         : 0;
	     digits; digits--)
		out->ptr[out->len - digits] = 'X';
	if (point->uncertain)
		nkc_buf_putc(out, '?');
	if (point->year <= 0)
		nkc_buf_puts(out, " BCE");
}

/* What of the interval the year can say; true when that is all. */
static bool put_interval_end(nkc_bib *bib, const nkc_date *date)
{
	if (date->finish == NKC_DATE_SINGLE)
		return true;
	if (!is_plain_year(&date->start) || date->finish == NKC_DATE_UNKNOWN)
		return false;
	if (date->finish == NKC_DATE_CLOSED && !is_plain_year(&date->end))
		return false;
	nkc_buf_puts(bib->out, "--");
	if (date->finish == NKC_DATE_CLOSED)
		put_number(bib->out, (uint64_t)date->end.year);
	return true;
}

static void put_month(nkc_bib *bib, const nkc_date_point *point)
{
	if (point->month >= NKC_SPRING) {
		nkc_bib_begin(bib, "month");
		nkc_buf_puts(bib->out, seasons[(point->month - NKC_SPRING) % 4]);
		nkc_bib_end(bib);
	} else {
		/* The style's own name of the month. */
		nkc_buf_puts(bib->out, "  month = ");
		nkc_buf_puts(bib->out, months[(point->month - 1) % 12]);
		nkc_buf_puts(bib->out, ",\n");
	}
}

static bool put_bibtex_structured(nkc_bib *bib, nkc_date *date)
{
	bool open_start = date->begin != NKC_DATE_SINGLE;
	nkc_date_point *point = open_start ? &date->end : &date->start;
	if (open_start && date->finish != NKC_DATE_CLOSED)
		return false;
	bool exact = !open_start && !cut_unspecified(point) && !date->time.len;
	nkc_bib_begin(bib, "year");
	put_year(bib->out, point);
	exact = (open_start || put_interval_end(bib, date)) && exact;
	nkc_bib_end(bib);
	if (point->month)
		put_month(bib, point);
	if (point->day) {
		nkc_bib_begin(bib, "day");
		put_number(bib->out, point->day);
		nkc_bib_end(bib);
	}
	return exact;
}

/* Could the text be taken for one of the forms above? */
static bool looks_like_year(nkc_str text)
{
	return nkc_str_is(text, "n.d.") || nkc_str_starts(text, NKC_STR("ca. ")) ||
	       (text.ptr[0] >= '0' && text.ptr[0] <= '9');
}

static size_t find_bracket(nkc_str text)
{
	size_t at = 0;
	while (at < text.len && !memchr("()[]", text.ptr[at], 4))
		at++;
	return at;
}

static bool put_bibtex(nkc_bib *bib, nkc_date *date)
{
	nkc_str text = nkc_str_empty(date->literal) ? date->raw : date->literal;
	if (date->structured)
		return put_bibtex_structured(bib, date);
	if (nkc_str_empty(text))
		return false;
	/* natbib would take brackets of a label for its own. */
	bool braced = text.len != find_bracket(text);
	nkc_bib_begin(bib, "year");
	nkc_buf_puts(bib->out, braced ? "{" : "");
	bool exact = nkc_latex_put(bib->out, text, bib->latex);
	nkc_buf_puts(bib->out, braced ? "}" : "");
	nkc_bib_end(bib);
	return exact && !looks_like_year(text) && !nkc_str_empty(date->literal) && nkc_str_empty(date->raw);
}

/* A reader makes numbers of the parts and of the season, even where they were texts. */
static bool has_texts(const nkc_value *value)
{
	if (nkc_value_is(nkc_value_find(value, NKC_STR("season")), NKC_STRING))
		return true;
	const nkc_value *list = nkc_value_first(nkc_value_find(value, NKC_STR("date-parts")));
	for (; list; list = list->next) {
		for (const nkc_value *part = nkc_value_first(list); part; part = part->next) {
			if (nkc_value_is(part, NKC_STRING))
				return true;
		}
	}
	return false;
}

bool nkc_bib_put_date(nkc_bib *bib, const char *name, const nkc_value *value)
{
	nkc_date date;
	if (nkc_date_read(value, &date) != NKC_OK)
		return false;
	bool lossless = date.structured ? nkc_date_is_lossless(value, &date) && !has_texts(value)
	                                : nkc_value_count(value) == 1;
	bool exact;
	if (bib->dialect == NKC_BIB_ZOTERO)
		exact = put_zotero(bib, name, &date);
	else if (strcmp(name, "year") == 0)
		exact = put_bibtex(bib, &date);
	else
		exact = put_edtf(bib, name, &date);
	return lossless && exact;
}
