/*
 * markdown.c: Markdown that says the same to CommonMark, GitHub and pandoc; what CommonMark has no mark for is a tag of HTML.
 */
#include "markup/markdown.h"

/* Markup wherever they stand: also citations, formulas, raised and struck text, tables, spans of pandoc. */
static const char everywhere[] = "\\`*_[]<>~^$@&{|\"'";

static bool is_ordinal(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '#';
}

/* Where a line begins with what numbers a list ("1.", "(a)", "iv)", "#."): the place of the mark to escape; else text.len. */
static size_t list_mark(nkc_str text)
{
	size_t begin = 0;
	while (begin < text.len && (text.ptr[begin] == ' ' || text.ptr[begin] == '('))
		begin++;
	size_t at = begin;
	while (at < text.len && is_ordinal(text.ptr[at]))
		at++;
	bool marks = at > begin && at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ')');
	return marks && (at + 1 == text.len || text.ptr[at + 1] == ' ') ? at : text.len;
}

/* Two of them are one mark ("--" a dash, "..." an ellipsis, "![" an image); at the end more may follow. */
static bool is_pair(nkc_str text, size_t at)
{
	char c = text.ptr[at], next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
	if (c == '!')
		return !next || next == '[';
	return (c == '-' || c == '.') && next == c;
}

/*
 * To GitHub a name between colons is a picture (":x:"; the longest has some thirty letters), and "://" an address that goes on
 * through marks.
 */
static bool is_colon_mark(nkc_str text, size_t at)
{
	size_t end = at + 1;
	if (text.ptr[at] != ':')
		return false;
	while (end < text.len && end < at + 40 && (is_ordinal(text.ptr[end]) || strchr("+-_", text.ptr[end])))
		end++;
	return (end > at + 1 && end < text.len && text.ptr[end] == ':') ||
	       nkc_str_starts(nkc_str_slice(text, at, text.len), NKC_STR("://"));
}

/*
 * Quotation marks that pandoc would pair with one of another place, or take for an apostrophe, as entities: inner ones, and an
 * outer one behind which none closes. NULL: what stands there is none of them.
 */
static const char *quote_entity(nkc_str text, size_t at, size_t last_close)
{
	if (text.ptr[at] != '\xE2')
		return NULL;
	nkc_str rest = nkc_str_slice(text, at, text.len);
	if (nkc_str_starts(rest, NKC_STR("\u2018")))
		return "&lsquo;";
	return at >= last_close && nkc_str_starts(rest, NKC_STR("\u201c")) ? "&ldquo;" : NULL;
}

/* Behind the last mark that closes an outer quotation. */
static size_t last_quote(nkc_str text)
{
	size_t end = text.len;
	while (end > 0 && !nkc_str_ends(nkc_str_slice(text, 0, end), NKC_STR("\u201d")))
		end--;
	return end;
}

/* Is it a mark at the beginning of a line: a heading, item, rule, definition, title block? */
static bool is_line_mark(char c)
{
	return strchr("#+-=:%", c) != NULL;
}

void markup_markdown_escape(nkc_str text, bool first, nkc_buf *out)
{
	size_t mark = first ? list_mark(text) : text.len, last_close = last_quote(text);
	bool begins = first;
	for (size_t at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		if (c == ' ' && at && text.ptr[at - 1] == ' ') /* several are one, but at a beginning or end */
			continue;
		const char *entity = quote_entity(text, at, last_close);
		if (entity) {
			nkc_buf_puts(out, entity);
			begins = false;
			at += 2;
			continue;
		}
		if (strchr(everywhere, c) || is_pair(text, at) || is_colon_mark(text, at) || at == mark ||
		    (begins && is_line_mark(c)))
			nkc_buf_putc(out, '\\');
		begins = begins && c == ' ';
		nkc_buf_putc(out, c);
	}
}

void markup_markdown_escape_link(nkc_str url, nkc_buf *out)
{
	for (size_t i = 0; i < url.len; i++) {
		if (strchr("()[]&*_~$@", url.ptr[i]))
			nkc_buf_putc(out, '\\');
		nkc_buf_putc(out, url.ptr[i]);
	}
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	(void)list, (void)id;
	nkc_buf_put_str(out, text);
	nkc_buf_puts(out, "\n\n");
}

const nkc_markup nkc_markup_markdown = {
	.name = "markdown",
	.title = "Markdown",
	.flat = true,
	.escape = markup_markdown_escape,
	.escape_link = markup_markdown_escape_link,
	.line_break = "\\\n",
	.address = "<%s>",
	.flanking = MARKUP_MARKDOWN_FLANKING,
	.glue = MARKUP_MARKDOWN_GLUE,
	.spans = {
		[CSL_SPAN_ITALIC] = { "*", "*" },
		[CSL_SPAN_OBLIQUE] = { "*", "*" },
		[CSL_SPAN_BOLD] = { "**", "**" },
		[CSL_SPAN_SMALL_CAPS] = { "<span style=\"font-variant:small-caps;\">", "</span>" },
		[CSL_SPAN_UNDERLINE] = { "<u>", "</u>" },
		[CSL_SPAN_SUP] = { "<sup>", "</sup>" },
		[CSL_SPAN_SUB] = { "<sub>", "</sub>" },
		[CSL_SPAN_LEFT_MARGIN] = { NULL, " " },
		[CSL_SPAN_LINK] = { "[", "](%s)" },
	},
	.list_put = list_put,
	.head = "# %s\n\n",
};
