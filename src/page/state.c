#include "page/page.h"

/* --- where values were read (custom.nkcite.provenance) and why they are missing (absent) --- */

static const nkc_value *own_member(nkc_record *record, nkc_str name)
{
	const nkc_value *own = nkc_value_find(nkc_record_get(record, NKC_VAR_CUSTOM), NKC_STR("nkcite"));
	const nkc_value *member = nkc_value_find(own, name);
	return nkc_value_is_list(member) ? member : NULL;
}

/* nkcite-record(5) has the words. */
static const struct {
	const char *word, *place;
} origins[] = {
	{ "url-path", "the address" },
	{ "content", "the text" },
	{ "page", "the page" },
	{ "other-copy", "another copy" },
};

static void put_origin(nkc_str word, nkc_buf *out)
{
	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
		if (nkc_str_is(word, origins[i].word)) {
			nkc_buf_puts(out, origins[i].place);
			return;
		}
	}
	page_put_text(word, out);
}

/* Is the value nobody's statement: an approximate date, a title in brackets? */
static bool is_guessed(nkc_record *record, nkc_var var)
{
	nkc_date date;
	if (nkc_record_date(record, var, &date))
		return date.structured && (date.start.approximate || date.start.uncertain || date.end.approximate ||
		                           date.end.uncertain);
	nkc_str text = nkc_str_trim(nkc_record_text(record, var));
	return var == NKC_VAR_TITLE && text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']';
}

/* "inferred from the text" */
static void put_reading(nkc_record *record, nkc_var var, nkc_str from, nkc_buf *out)
{
	nkc_buf_puts(out, !is_guessed(record, var) ? "read from " : var == NKC_VAR_TITLE ? "supplied from " :
	                                                                                   "inferred from ");
	put_origin(from, out);
}

/* --- the line of facts --- */

static void put_mark(const char *mark, nkc_buf *marks)
{
	nkc_buf_printf(marks, "%s%s", marks->len ? " " : "", mark);
}

static void put_missing(nkc_record *record, nkc_buf *out, nkc_buf *marks)
{
	const nkc_value *absent = own_member(record, NKC_STR("absent"));
	for (const nkc_value *member = nkc_value_first(absent); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		nkc_str why = nkc_value_text(member);
		if (var == NKC_VAR_NONE || var == NKC_VAR_ACCESSED || nkc_record_get(record, var))
			continue;
		bool stated = nkc_str_is(why, "none-stated");
		nkc_buf_printf(out, "<li class=\"flag\">%s%s%s</li>", stated ? "no " : "", page_var_name(var),
		               stated ? " stated" : nkc_str_is(why, "withheld") ? " withheld" : " not known");
		if (var == NKC_VAR_AUTHOR)
			put_mark("no-author", marks);
	}
}

static void put_inferred(nkc_record *record, nkc_buf *out, nkc_buf *marks)
{
	static const nkc_var shown[] = { NKC_VAR_TITLE, NKC_VAR_AUTHOR, NKC_VAR_ISSUED };
	const nkc_value *provenance = own_member(record, NKC_STR("provenance"));
	bool any = false;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const nkc_value *origin = nkc_value_find(provenance, nkc_str_from(nkc_var_name(shown[i])));
		nkc_str from = nkc_value_text(nkc_value_find(origin, NKC_STR("from")));
		bool guessed = is_guessed(record, shown[i]);
		if (!nkc_record_get(record, shown[i]) || (!guessed && (!from.len || nkc_str_is(from, "page"))))
			continue;
		nkc_buf_printf(out, "<li class=\"flag\">%s ", page_var_name(shown[i]));
		if (from.len)
			put_reading(record, shown[i], from, out);
		else
			nkc_buf_puts(out, shown[i] == NKC_VAR_TITLE ? "supplied" : "inferred");
		nkc_buf_puts(out, "</li>");
		any = true;
	}
	if (any)
		put_mark("inferred", marks);
}

static void put_viewed(nkc_record *record, nkc_buf *out)
{
	nkc_date date;
	if (!nkc_record_date(record, NKC_VAR_ACCESSED, &date))
		return;
	nkc_buf_puts(out, "<li>viewed ");
	page_put_date(&date, out);
	nkc_buf_puts(out, "</li>");
}

static void put_archived(nkc_record *record, nkc_buf *out, nkc_buf *marks)
{
	nkc_str location = nkc_str_trim(nkc_record_text(record, NKC_VAR_ARCHIVE_LOCATION));
	const nkc_value *captures = own_member(record, NKC_STR("captures"));
	bool linked = page_is_web_address(location), kept = nkc_value_first(captures) != NULL;
	if (linked) {
		nkc_buf_puts(out, "<li>");
		page_put_link(location, NKC_STR("archived copy"), out);
		nkc_buf_puts(out, "</li>");
	}
	if (kept)
		nkc_buf_puts(out, "<li>copy kept</li>");
	if (linked || kept)
		put_mark("archived", marks);
}

void page_put_facts(nkc_record *record, nkc_buf *out, nkc_buf *marks)
{
	nkc_buf_printf(out, "<ul class=\"facts\"><li>%s</li>", page_kind(nkc_record_type(record)));
	put_viewed(record, out);
	put_archived(record, out, marks);
	put_missing(record, out, marks);
	put_inferred(record, out, marks);
	nkc_buf_puts(out, "</ul>");
}

/* --- about the source --- */

static void put_term(const char *term, nkc_buf *out)
{
	nkc_buf_printf(out, "<dt>%s</dt><dd>", term);
}

static void end_term(nkc_buf *out)
{
	nkc_buf_puts(out, "</dd>\n");
}

static void put_at(const nkc_value *value, const char *before, nkc_buf *out)
{
	nkc_date date;
	if (!value || nkc_date_read(value, &date) != NKC_OK)
		return;
	nkc_buf_puts(out, before);
	page_put_date(&date, out);
}

static void put_origins(nkc_record *record, nkc_buf *out)
{
	const nkc_value *provenance = own_member(record, NKC_STR("provenance"));
	for (const nkc_value *origin = nkc_value_first(provenance); origin; origin = origin->next) {
		nkc_var var = nkc_var_find(origin->key);
		nkc_str from = nkc_value_text(nkc_value_find(origin, NKC_STR("from")));
		nkc_str note = nkc_value_text(nkc_value_find(origin, NKC_STR("note")));
		if (var == NKC_VAR_NONE || !from.len)
			continue;
		put_term(page_var_name(var), out);
		put_reading(record, var, from, out);
		put_at(nkc_value_find(origin, NKC_STR("at")), ", ", out);
		if (note.len)
			nkc_buf_puts(out, ": ");
		page_put_text(note, out);
		end_term(out);
	}
}

static void put_absent(nkc_record *record, nkc_buf *out)
{
	const nkc_value *absent = own_member(record, NKC_STR("absent"));
	for (const nkc_value *member = nkc_value_first(absent); member; member = member->next) {
		nkc_var var = nkc_var_find(member->key);
		nkc_str why = nkc_value_text(member);
		if (var == NKC_VAR_NONE || nkc_record_get(record, var))
			continue;
		put_term(page_var_name(var), out);
		nkc_buf_puts(out, nkc_str_is(why, "none-stated") ? "the source states none" :
		                  nkc_str_is(why, "withheld")    ? "withheld" : "not known");
		end_term(out);
	}
}

static void put_captures(nkc_record *record, nkc_buf *out)
{
	const nkc_value *captures = own_member(record, NKC_STR("captures"));
	for (const nkc_value *capture = nkc_value_first(captures); capture; capture = capture->next) {
		nkc_str hash = nkc_value_text(nkc_value_find(capture, NKC_STR("sha256")));
		put_term("copy kept", out);
		nkc_buf_puts(out, "SHA-256 <code>");
		page_put_text(hash, out);
		nkc_buf_puts(out, "</code>");
		put_at(nkc_value_find(capture, NKC_STR("at")), ", ", out);
		end_term(out);
	}
}

static void put_texts(nkc_record *record, nkc_buf *out)
{
	static const nkc_var texts[] = { NKC_VAR_KEYWORD, NKC_VAR_LICENSE, NKC_VAR_ABSTRACT };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		nkc_str text = nkc_str_trim(nkc_record_text(record, texts[i]));
		if (!text.len)
			continue;
		put_term(page_var_name(texts[i]), out);
		page_put_plain(text, out);
		end_term(out);
	}
}

static void put_archive(nkc_record *record, nkc_buf *out)
{
	nkc_str location = nkc_str_trim(nkc_record_text(record, NKC_VAR_ARCHIVE_LOCATION));
	nkc_str archive = nkc_str_trim(nkc_record_text(record, NKC_VAR_ARCHIVE));
	if (!location.len && !archive.len)
		return;
	put_term("archive", out);
	page_put_text(archive, out);
	if (location.len && archive.len)
		nkc_buf_puts(out, ", ");
	page_put_link(location, location, out);
	end_term(out);
}

/* An id as the fragment of an address: all but letters, digits and "-._~" is percent-encoded. */
static void put_fragment(nkc_str anchor, nkc_buf *out)
{
	for (size_t i = 0; i < anchor.len; i++) {
		unsigned char c = (unsigned char)anchor.ptr[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		             (c && strchr("-._~", c));
		nkc_buf_printf(out, plain ? "%c" : "%%%02X", c);
	}
}

void page_put_about(nkc_record *record, nkc_str anchor, nkc_buf *out)
{
	nkc_str id = nkc_record_id(record);
	nkc_buf_puts(out, "<div class=\"more\"><p class=\"tools\">"
	                  "<button type=\"button\" aria-haspopup=\"dialog\">Copy</button><a href=\"#");
	put_fragment(anchor, out);
	nkc_buf_puts(out, "\">Link</a></p><details><summary>About this source</summary>\n<dl>\n");
	if (id.len) {
		nkc_buf_puts(out, "<dt>key</dt><dd><code>");
		page_put_text(id, out);
		nkc_buf_puts(out, "</code></dd>\n");
	}
	put_origins(record, out);
	put_absent(record, out);
	put_archive(record, out);
	put_captures(record, out);
	put_texts(record, out);
	nkc_buf_puts(out, "</dl></details></div>\n");
}
