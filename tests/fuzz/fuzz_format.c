/*
 * Readers and writers: whatever a reader makes of the input, every writer can write it, in UTF-8 and
 * by the grammar of its format; and what a format writes it reads again: as many records as went in.
 */
#include "fuzz.h"

#include "base/json.h"
#include "base/utf8.h"
#include "support/convert.h"

/*
 * As many entries as records: an @ at the start of a line outside of all braces. Braces count as BibTeX and
 * biber count them: a backslash before one changes nothing.
 */
static bool is_bibtex(nkc_str text, size_t count)
{
	int64_t depth = 0;
	for (size_t i = 0; i < text.len && depth >= 0; i++) {
		if (text.ptr[i] == '@' && depth == 0 && (i == 0 || text.ptr[i - 1] == '\n'))
			count--;
		depth += text.ptr[i] == '{' ? 1 : text.ptr[i] == '}' ? -1 : 0;
	}
	return depth == 0 && count == 0;
}

/* TY and ER in turn, as many as records: no value can end its record or begin another. */
static bool is_ris(nkc_str text, size_t count)
{
	nkc_str line;
	bool inside = false;
	while (nkc_str_split(&text, '\n', &line)) {
		bool begins = nkc_str_starts(line, NKC_STR("TY  - ")), ends = nkc_str_starts(line, NKC_STR("ER  -"));
		if ((line.len > 0 && line.ptr[line.len - 1] != '\r') || (begins && inside) || (ends && !inside))
			return false;
		inside = begins || (inside && !ends);
		count -= ends;
	}
	return !inside && count == 0;
}

static bool is_csljson(nkc_str text, size_t count)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_value *value;
	nkc_json_fault fault;
	size_t end;
	bool good = nkc_json_parse(arena, text, 0, &end, &value, &fault) == NKC_JSON_DONE &&
	            nkc_json_skip_space(text, end) == text.len && nkc_value_count(value) == count;
	nkc_arena_free(arena);
	return good;
}

/* One line a record, and no other. */
static bool is_csljsonl(nkc_str text, size_t count)
{
	for (size_t i = 0; i < text.len; i++)
		count -= text.ptr[i] == '\n';
	return count == 0;
}

static const struct {
	const char *format;
	bool (*holds)(nkc_str text, size_t count);
} grammars[] = {
	{ "bibtex", is_bibtex },     { "biblatex", is_bibtex },     { "ris", is_ris },
	{ "csljson", is_csljson },   { "csljsonl", is_csljsonl },
};

static void check_grammar(const nkc_format *format, nkc_str text, size_t count)
{
	MUST(nkc_utf8_valid(text));
	for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++)
		if (nkc_str_is(nkc_str_from(nkc_format_name(format)), grammars[i].format))
			MUST(grammars[i].holds(text, count));
}

static void read_back(const nkc_format *format, nkc_str written, size_t count)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_diags *diags = nkc_diags_new();
	size_t again;
	MUST(convert_text(format, nkc_format_find(NKC_STR("csljson")), written, &out, diags, &again) == NKC_OK);
	MUST(again == count);
	nkc_diags_free(diags);
	nkc_buf_release(&out);
}

static void through(const nkc_format *from, const nkc_format *to, nkc_str text)
{
	nkc_buf out = NKC_BUF_INIT;
	nkc_diags *diags = nkc_diags_new();
	size_t count;
	nkc_status status = convert_text(from, to, text, &out, diags, &count);
	MUST(status != NKC_ENOMEM);
	if (status == NKC_OK)
		check_grammar(to, nkc_buf_str(&out), count);
	if (status == NKC_OK && count > 0 && nkc_format_reads(to)) /* no records in JSON lines are an empty file */
		read_back(to, nkc_buf_str(&out), count);
	nkc_diags_free(diags);
	nkc_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	const nkc_format *from, *to;

	(void)nkc_format_sniff(text, NKC_STR("input"));
	for (size_t i = 0; (from = nkc_format_at(i)) != NULL; i++)
		for (size_t j = 0; nkc_format_reads(from) && (to = nkc_format_at(j)) != NULL; j++)
			if (nkc_format_writes(to))
				through(from, to, text);
	return 0;
}
