#include "cli/text.h"

typedef struct range {
	uint32_t from, to;
} range;

/* Directions (Unicode Standard Annex 9) and line ends that could make a line read as another. */
static const range deceiving[] = {
	{ 0x0080, 0x009F }, { 0x061C, 0x061C }, { 0x200E, 0x200F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 },
};

/* Marks that stand on the letter before (Unicode general categories Mn and Me, and joiners). */
static const range narrow[] = {
	{ 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD }, { 0x0610, 0x061A }, { 0x064B, 0x065F },
	{ 0x0E34, 0x0E3A }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x200B, 0x200D }, { 0x20D0, 0x20F0 },
	{ 0x302A, 0x302D }, { 0x3099, 0x309A }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xE0100, 0xE01EF },
};

/* Wide and full-width characters (Unicode Standard Annex 11). */
static const range wide[] = {
	{ 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0xA4CF },
	{ 0xA960, 0xA97C }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF01, 0xFF60 },
	{ 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD },
};

static bool is_in(const range *ranges, size_t count, uint32_t rune)
{
	for (size_t i = 0; i < count && rune >= ranges[i].from; i++)
		if (rune <= ranges[i].to)
			return true;
	return false;
}
#define IS_IN(ranges, rune) is_in(ranges, sizeof(ranges) / sizeof((ranges)[0]), rune)

static uint32_t safe_rune(uint32_t rune)
{
	if (rune < 0x20 && rune != '\t')
		return 0x2400 + rune;
	if (rune == 0x7F)
		return 0x2421;
	return rune >= 0x80 && IS_IN(deceiving, rune) ? NKC_RUNE_BAD : rune;
}

void cli_put_safe(nkc_buf *out, nkc_str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = safe_rune(nkc_utf8_next(text, &at));
		if (rune < 0x80)
			nkc_buf_putc(out, (char)rune);
		else
			nkc_buf_put_rune(out, rune);
	}
}

size_t cli_columns(nkc_str text)
{
	size_t columns = 0;
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = safe_rune(nkc_utf8_next(text, &at));
		columns += rune < 0x300 ? 1 : IS_IN(narrow, rune) ? 0 : IS_IN(wide, rune) ? 2 : 1;
	}
	return columns;
}

nkc_str cli_text_head(nkc_str text, uint64_t count)
{
	size_t at = 0;
	for (uint64_t i = 0; i < count && at < text.len; i++)
		nkc_utf8_next(text, &at);
	return nkc_str_slice(text, 0, at);
}

void cli_put_count(nkc_buf *out, uint64_t count, const char *what)
{
	nkc_buf_printf(out, "%llu %s%s", (unsigned long long)count, what, count == 1 ? "" : "s");
}

static void put_paragraph(nkc_buf *out, nkc_str text, size_t indent, size_t width)
{
	nkc_str word;
	size_t column = 0;
	while (nkc_str_split(&text, ' ', &word)) {
		size_t columns = cli_columns(word);
		if (column && column + 1 + columns > width) {
			nkc_buf_putc(out, '\n');
			column = 0;
		}
		if (column)
			nkc_buf_putc(out, ' ');
		else
			nkc_buf_printf(out, "%*s", (int)indent, "");
		column = column ? column + 1 + columns : indent + columns;
		nkc_buf_put_str(out, word);
	}
	nkc_buf_putc(out, '\n');
}

void cli_put_wrapped(nkc_buf *out, nkc_str text, size_t indent, size_t width)
{
	nkc_str line;
	while (nkc_str_split(&text, '\n', &line)) {
		if (line.len == 0 || line.ptr[0] == ' ') { /* set as it is: an example, an empty line */
			nkc_buf_put_str(out, line);
			nkc_buf_putc(out, '\n');
		} else {
			put_paragraph(out, line, indent, width);
		}
	}
}
