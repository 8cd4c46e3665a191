/*
 * CSV (RFC 4180) for spreadsheets and people: one line a record under a line of names. It is written only, and tells what it
 * leaves out. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
#include "base/utf8.h"
#include "format/format.h"
#include "format/rich.h"
#include "format/values.h"
#include "record/record_impl.h"

/* The columns, in their order. */
static const nkc_var columns[] = {
	NKC_VAR_ID,          NKC_VAR_TYPE,        NKC_VAR_TITLE,
	NKC_VAR_AUTHOR,      NKC_VAR_EDITOR,      NKC_VAR_TRANSLATOR,
	NKC_VAR_ISSUED,      NKC_VAR_CONTAINER_TITLE, NKC_VAR_CONTAINER_TITLE_SHORT,
	NKC_VAR_COLLECTION_TITLE, NKC_VAR_COLLECTION_NUMBER, NKC_VAR_VOLUME,
	NKC_VAR_ISSUE,       NKC_VAR_PAGE,        NKC_VAR_NUMBER,
	NKC_VAR_EDITION,     NKC_VAR_VERSION,     NKC_VAR_CHAPTER_NUMBER,
	NKC_VAR_NUMBER_OF_PAGES, NKC_VAR_NUMBER_OF_VOLUMES, NKC_VAR_PUBLISHER,
	NKC_VAR_PUBLISHER_PLACE, NKC_VAR_EVENT_TITLE, NKC_VAR_EVENT_PLACE,
	NKC_VAR_GENRE,       NKC_VAR_MEDIUM,      NKC_VAR_LANGUAGE,
	NKC_VAR_URL,         NKC_VAR_ACCESSED,    NKC_VAR_DOI,
	NKC_VAR_ISBN,        NKC_VAR_ISSN,        NKC_VAR_PMID,
	NKC_VAR_PMCID,       NKC_VAR_ARCHIVE,     NKC_VAR_ARCHIVE_LOCATION,
	NKC_VAR_CALL_NUMBER, NKC_VAR_KEYWORD,     NKC_VAR_ABSTRACT,
	NKC_VAR_NOTE,        NKC_VAR_LICENSE,
};
#define COLUMNS (sizeof columns / sizeof *columns)

static bool is_column(nkc_var var)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i] == var)
			return true;
	}
	return false;
}

/* --- cells --- */

/* Spreadsheets take what begins so for a formula or a command (OWASP, "CSV Injection"). */
static bool is_formula(nkc_str text)
{
	nkc_str trimmed = nkc_str_trim(text);
	return (text.len && strchr("=+-@\t\r\n", text.ptr[0]) && text.ptr[0]) ||
	       (trimmed.len && strchr("=+-@", trimmed.ptr[0]) && trimmed.ptr[0]) ||
	       nkc_str_starts(trimmed, NKC_STR("\xEF\xBC\x9D")) || nkc_str_starts(trimmed, NKC_STR("\xEF\xBC\x8B")) ||
	       nkc_str_starts(trimmed, NKC_STR("\xEF\xBC\x8D")) || nkc_str_starts(trimmed, NKC_STR("\xEF\xBC\xA0"));
}

/* In quotes where RFC 4180 wants them, or where a reader might look for another separator. NUL is nothing that a cell holds. */
static void put_cell(nkc_buf *out, nkc_str text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.len && !quoted; i++)
		quoted = text.ptr[i] < ' ' || strchr("\",;|'", text.ptr[i]);
	quoted = quoted || (text.len && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' '));
	bool formula = is_formula(text);
	quoted = quoted || formula;
	nkc_buf_puts(out, quoted ? "\"" : "");
	nkc_buf_puts(out, formula ? "'" : "");
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = nkc_utf8_next(text, &at);
		if (rune == '"')
			nkc_buf_puts(out, "\"\"");
		else
			nkc_buf_put_rune(out, rune == 0 ? NKC_RUNE_BAD : rune);
	}
	nkc_buf_puts(out, quoted ? "\"" : "");
}

/* --- values --- */

/* Without CSL's markup. */
static void put_text(nkc_buf *out, nkc_str text)
{
	nkc_str run;
	unsigned faces = 0;
	while (nkc_rich_next(&text, &run, &faces))
		nkc_buf_put_str(out, run);
}

static void put_names(nkc_buf *out, const nkc_value *names)
{
	for (const nkc_value *name = nkc_value_first(names); name; name = name->next) {
		size_t before = out->len;
		nkc_buf_puts(out, before ? "; " : "");
		size_t start = out->len;
		if (name->type == NKC_STRING)
			nkc_buf_put_str(out, name->u.text);
		else
			nkc_name_put_text(out, name);
		if (out->len == start)
			nkc_buf_truncate(out, before);
	}
}

static void put_date(nkc_buf *out, const nkc_value *date)
{
	nkc_str words = nkc_value_text(nkc_value_find(date, NKC_STR("literal")));
	if (nkc_value_is(date, NKC_STRING))
		nkc_buf_put_str(out, date->u.text);
	else if (!nkc_date_put_edtf(out, date))
		nkc_buf_put_str(out, words.len ? words : nkc_value_text(nkc_value_find(date, NKC_STR("raw"))));
}

static void put_value(nkc_buf *out, nkc_var var, const nkc_value *value)
{
	nkc_kind kind = nkc_var_kind(var);
	if (kind == NKC_KIND_NAMES)
		put_names(out, value);
	else if (kind == NKC_KIND_DATE)
		put_date(out, value);
	else
		put_text(out, nkc_value_text(value));
}

/* --- the format --- */

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "\xEF\xBB\xBF"); /* without it, Excel takes UTF-8 for something else */
	for (size_t i = 0; i < COLUMNS; i++)
		nkc_buf_printf(out, "%s%s", i ? "," : "", nkc_var_name(columns[i]));
	nkc_buf_puts(out, "\r\n");
}

/* What has no column is told. */
static void tell_others(nkc_writer *writer, nkc_record *record)
{
	for (const nkc_value *member = nkc_value_first(nkc_record_root(record)); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		if (var && is_column(var))
			continue;
		nkc_buf name = NKC_BUF_INIT;
		nkc_buf_put_str(&name, member->key);
		if (!nkc_buf_status(&name))
			nkc_writer_tell(writer, record, name.ptr, NKC_CARRY_NONE, "");
		nkc_buf_release(&name);
	}
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_buf *cell = &writer->scratch;
	for (size_t i = 0; i < COLUMNS; i++) {
		const nkc_value *value = nkc_record_get(record, columns[i]);
		nkc_buf_clear(cell);
		if (columns[i] == NKC_VAR_ID)
			nkc_buf_put_str(cell, nkc_writer_id(writer, record));
		else if (value)
			put_value(cell, columns[i], value);
		nkc_buf_puts(out, i ? "," : "");
		put_cell(out, nkc_buf_str(cell));
		if (nkc_buf_status(cell))
			out->status = nkc_buf_status(cell);
	}
	nkc_buf_puts(out, "\r\n");
	tell_others(writer, record);
}

static nkc_carry carry_var(nkc_type type, nkc_var var, const char **where)
{
	(void)type;
	*where = is_column(var) ? nkc_var_name(var) : "";
	return is_column(var) ? NKC_CARRY_NATIVE : NKC_CARRY_NONE;
}

static nkc_carry carry_type(nkc_type type, const char **where)
{
	*where = nkc_type_name(type);
	return NKC_CARRY_NATIVE;
}

static const nkc_writer_ops writer = { .begin = write_begin, .record = write_record };

const nkc_format nkc_format_csv = {
	.name = "csv",
	.title = "CSV, for spreadsheets",
	.extensions = "csv",
	.media_type = "text/csv",
	.writer = &writer,
	.carry_var = carry_var,
	.carry_type = carry_type,
};
