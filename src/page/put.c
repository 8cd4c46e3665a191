#include "base/sha256.h"
#include "format/rich.h"
#include "page/page.h"
#include "record/date.h"

/* Control characters cannot be in HTML, and what is no character must not be; tab and line feed may. */
static bool is_allowed(uint32_t rune)
{
	return rune == '\t' || rune == '\n' ||
	       (rune >= ' ' && (rune < 0x7F || rune >= 0xA0) && (rune & 0xFFFE) != 0xFFFE);
}

void page_put_text(nkc_str text, nkc_buf *out)
{
	size_t run = 0;
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		const char *instead = rune == '&' ? "&amp;" : rune == '<' ? "&lt;" : rune == '>' ? "&gt;" :
		                      rune == '"' ? "&quot;" : rune == '\'' ? "&#39;" :
		                      rune == NKC_RUNE_BAD ? "\xef\xbf\xbd" : is_allowed(rune) ? NULL : "";
		if (!instead)
			continue;
		nkc_buf_put(out, text.ptr + run, from - run);
		nkc_buf_puts(out, instead);
		run = at;
	}
	nkc_buf_put(out, text.ptr + run, text.len - run);
}

void page_put_plain(nkc_str text, nkc_buf *out)
{
	nkc_str run;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces))
		page_put_text(run, out);
}

void page_put_json(nkc_str json, nkc_buf *out)
{
	for (;;) {
		size_t at = nkc_str_find_byte(json, '<');
		nkc_buf_put(out, json.ptr, at);
		if (at == json.len)
			return;
		nkc_buf_puts(out, "\\u003c");
		json = nkc_str_slice(json, at + 1, json.len);
	}
}

void page_put_attribute(const char *name, nkc_str text, nkc_buf *out)
{
	if (!text.len)
		return;
	nkc_buf_printf(out, " %s=\"", name);
	page_put_text(text, out);
	nkc_buf_putc(out, '"');
}

bool page_is_web_address(nkc_str url)
{
	return nkc_str_eq_nocase(nkc_str_slice(url, 0, 8), NKC_STR("https://")) ||
	       nkc_str_eq_nocase(nkc_str_slice(url, 0, 7), NKC_STR("http://"));
}

void page_put_link(nkc_str url, nkc_str text, nkc_buf *out)
{
	url = nkc_str_trim(url);
	if (!page_is_web_address(url)) {
		page_put_text(text, out);
		return;
	}
	nkc_buf_puts(out, "<a");
	page_put_attribute("href", url, out);
	nkc_buf_putc(out, '>');
	page_put_text(text, out);
	nkc_buf_puts(out, "</a>");
}

/* --- dates --- */

static const char *const months[] = {
	"",       "January", "February",  "March",   "April",    "May",      "June",
	"July",   "August",  "September", "October", "November", "December",
};
static const char *const seasons[] = { "spring", "summer", "autumn", "winter" };

static void put_year(const nkc_date_point *point, nkc_buf *out)
{
	if (point->unspecified & (NKC_X_YEAR | NKC_X_DECADE))
		nkc_buf_puts(out, "some year about ");
	if (point->year > 0)
		nkc_buf_printf(out, "%lld", (long long)point->year);
	else
		nkc_buf_printf(out, "%lld BCE", (long long)(1 - point->year));
}

static void put_point(const nkc_date_point *point, nkc_buf *out)
{
	if (point->approximate)
		nkc_buf_puts(out, "about ");
	if (point->month >= 1 && point->month <= 12) {
		if (point->day)
			nkc_buf_printf(out, "%d ", point->day);
		nkc_buf_printf(out, "%s ", months[point->month]);
	} else if (point->month >= NKC_SPRING && point->month <= NKC_WINTER) {
		nkc_buf_printf(out, "%s ", seasons[point->month - NKC_SPRING]);
	}
	put_year(point, out);
	if (point->uncertain)
		nkc_buf_puts(out, " (uncertain)");
}

void page_put_date(const nkc_date *date, nkc_buf *out)
{
	if (!date->structured) {
		page_put_text(date->literal.len ? date->literal : date->raw, out);
		return;
	}
	if (date->begin == NKC_DATE_OPEN || date->begin == NKC_DATE_UNKNOWN)
		nkc_buf_puts(out, "until ");
	else
		put_point(&date->start, out);
	if (date->finish == NKC_DATE_OPEN || date->finish == NKC_DATE_UNKNOWN)
		nkc_buf_puts(out, " and later");
	if (date->finish != NKC_DATE_CLOSED)
		return;
	nkc_buf_puts(out, date->begin == NKC_DATE_SINGLE ? " to " : "");
	put_point(&date->end, out);
}

/* --- hashes --- */

static void put_base64(const uint8_t *bytes, size_t count, nkc_buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < count; i += 3) {
		size_t left = count - i;
		uint32_t bits = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
		                (left > 2 ? bytes[i + 2] : 0);
		nkc_buf_putc(out, digits[bits >> 18]);
		nkc_buf_putc(out, digits[bits >> 12 & 63]);
		nkc_buf_putc(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		nkc_buf_putc(out, left > 2 ? digits[bits & 63] : '=');
	}
}

void page_put_hash(nkc_str text, nkc_buf *out)
{
	uint8_t digest[NKC_SHA256_SIZE];
	nkc_sha256(text, digest);
	nkc_buf_puts(out, "'sha256-");
	put_base64(digest, sizeof digest, out);
	nkc_buf_putc(out, '\'');
}
