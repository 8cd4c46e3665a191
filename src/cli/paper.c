#include "cli/paper.h"

/* --- characters and lines --- */

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* The line that begins at `at`, without its end; *next is where the next begins. */
static nkc_str line_at(nkc_str text, size_t at, size_t *next)
{
	nkc_str rest = nkc_str_slice(text, at, text.len);
	size_t end = nkc_str_find_byte(rest, '\n');
	*next = at + end + (end < rest.len);
	if (end > 0 && rest.ptr[end - 1] == '\r')
		end--;
	return nkc_str_slice(rest, 0, end);
}

static size_t indent_of(nkc_str line)
{
	size_t columns = 0;
	for (size_t i = 0; i < line.len && is_one_of(line.ptr[i], " \t"); i++)
		columns += line.ptr[i] == '\t' ? 4 - columns % 4 : 1;
	return columns;
}

/* How often `c` stands at the beginning. */
static size_t run_of(nkc_str text, char c)
{
	size_t len = 0;
	while (len < text.len && text.ptr[len] == c)
		len++;
	return len;
}

/* --- metadata --- */

static nkc_str unquote(nkc_str value)
{
	value = nkc_str_trim(value);
	bool quoted = value.len > 1 && is_one_of(value.ptr[0], "\"'") && value.ptr[value.len - 1] == value.ptr[0];
	return quoted ? nkc_str_slice(value, 1, value.len - 1) : value;
}

static nkc_status add_bibliography(cli_paper *paper, nkc_str path)
{
	size_t count = paper->bibliography_count;
	nkc_str *paths = nkc_arena_alloc(paper->arena, (count + 1) * sizeof *paths);
	if (!paths)
		return NKC_ENOMEM;
	if (count)
		memcpy(paths, paper->bibliographies, count * sizeof *paths);
	paths[count] = path;
	paper->bibliographies = paths;
	paper->bibliography_count = count + 1;
	return NKC_OK;
}

#define BIBLIOGRAPHIES_MAX 100 /* files of one paper */

/* "[a.bib, b.bib]" or one path. */
static nkc_status add_bibliographies(cli_paper *paper, nkc_str value)
{
	nkc_status status = NKC_OK;
	value = nkc_str_trim(value);
	if (value.len > 1 && value.ptr[0] == '[' && value.ptr[value.len - 1] == ']')
		value = nkc_str_slice(value, 1, value.len - 1);
	while (value.len && status == NKC_OK && paper->bibliography_count < BIBLIOGRAPHIES_MAX) {
		size_t end = nkc_str_find_byte(value, ',');
		nkc_str path = unquote(nkc_str_slice(value, 0, end));
		if (path.len)
			status = add_bibliography(paper, path);
		value = nkc_str_slice(value, end + (end < value.len), value.len);
	}
	return status;
}

/* The keys behind each @ of a line: "@doe, @roe", "@*". */
static void add_nocite(cli_paper *paper, nkc_str line)
{
	for (size_t at = nkc_str_find_byte(line, '@'); at < line.len;) {
		size_t from = ++at;
		while (at < line.len && !is_one_of(line.ptr[at], " \t,;'\"]})"))
			at++;
		nkc_str key = nkc_str_slice(line, from + (from < at && line.ptr[from] == '{'), at);
		if (key.len)
			nkc_buf_put(&paper->nocite, (const char *)&key, sizeof key);
		at += nkc_str_find_byte(nkc_str_slice(line, at, line.len), '@');
	}
}

/* One line of the metadata: of YAML no more is needed than keys with a text or a list of texts. */
static nkc_status read_metadata(cli_paper *paper, nkc_str line, bool *listing, bool *uncited)
{
	nkc_str item = nkc_str_trim(line);
	bool goes_on = line.len && is_one_of(line.ptr[0], " \t-");
	*uncited = goes_on ? *uncited : nkc_str_starts(line, NKC_STR("nocite:"));
	if (*uncited)
		add_nocite(paper, line);
	if (*listing && nkc_str_starts(item, NKC_STR("- ")))
		return add_bibliographies(paper, nkc_str_slice(item, 2, item.len));
	size_t colon = nkc_str_find_byte(line, ':');
	nkc_str key = nkc_str_slice(line, 0, colon), value = nkc_str_slice(line, colon + (colon < line.len), line.len);
	*listing = nkc_str_eq(key, NKC_STR("bibliography"));
	if (*listing)
		return add_bibliographies(paper, value);
	if (nkc_str_eq(key, NKC_STR("csl")) || nkc_str_eq(key, NKC_STR("citation-style")))
		paper->style = unquote(value);
	else if (nkc_str_eq(key, NKC_STR("lang")))
		paper->language = unquote(value);
	else if (nkc_str_eq(key, NKC_STR("title")))
		paper->title = unquote(value);
	return NKC_OK;
}

nkc_status cli_paper_open(cli_paper *paper, nkc_arena *arena, nkc_str text)
{
	nkc_str none = NKC_STR("");
	*paper = (cli_paper){ .text = text, .arena = arena, .style = none, .language = none, .title = none,
		              .marks = NKC_BUF_INIT, .nocite = NKC_BUF_INIT, .open = NKC_BUF_INIT,
		              .list_at = text.len };
	size_t next, at;
	bool listing = false, uncited = false, closed = false;
	nkc_status status = NKC_OK;
	if (!nkc_str_eq(nkc_str_trim(line_at(text, 0, &next)), NKC_STR("---")))
		return NKC_OK;
	for (at = next; at < text.len && status == NKC_OK && !closed; at = next) {
		nkc_str line = line_at(text, at, &next);
		closed = nkc_str_eq(line, NKC_STR("---")) || nkc_str_eq(line, NKC_STR("..."));
		if (!closed)
			status = read_metadata(paper, line, &listing, &uncited);
	}
	if (closed)
		paper->body = at;
	return status;
}

void cli_paper_release(cli_paper *paper)
{
	nkc_buf_release(&paper->marks);
	nkc_buf_release(&paper->nocite);
	nkc_buf_release(&paper->open);
}

/* --- inline --- */

/*
 * So far is looked for the end of what begins at a place: what is unclosed must not make a long paragraph cost its square. No
 * citation, tag or formula is longer.
 */
#define REACH 2000u

static size_t within(size_t at, size_t end)
{
	return end - at > REACH ? at + REACH : end;
}

typedef struct inliner {
	cli_paper *paper;
	const nkc_cite_parser *parser;
	nkc_str inside;
	nkc_status status;
} inliner;

static void add_mark(inliner *in, cli_mark mark)
{
	mark.inside = in->inside;
	nkc_buf_put(&in->paper->marks, (const char *)&mark, sizeof mark);
}

/* Behind the code that begins at `at`, or behind its backticks where none close it. */
static size_t code_end(nkc_str text, size_t at, size_t end)
{
	size_t ticks = run_of(nkc_str_slice(text, at, end), '`'), reach = within(at, end);
	for (size_t i = at + ticks; i < reach;) {
		size_t run = run_of(nkc_str_slice(text, i, end), '`');
		if (run == ticks)
			return i + run;
		i += run ? run : 1;
	}
	return at + ticks;
}

/* Behind the tag, comment or address in angle brackets at `at`; behind the bracket where it is none. */
static size_t tag_end(nkc_str text, size_t at, size_t end)
{
	nkc_str rest = nkc_str_slice(text, at + 1, within(at, end));
	char quote = '\0';
	if (nkc_str_starts(rest, NKC_STR("!--"))) {
		size_t close = nkc_str_find(rest, NKC_STR("-->"));
		return close < rest.len ? at + 1 + close + 3 : at + 1;
	}
	if (!rest.len || !(is_alnum(rest.ptr[0]) || is_one_of(rest.ptr[0], "/!?")))
		return at + 1;
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.ptr[i];
		if (c == '>' && !quote)
			return at + 1 + i + 1;
		if (is_one_of(c, "\"'"))
			quote = quote == c ? '\0' : quote ? quote : c;
	}
	return at + 1;
}

/* Behind the formula at `at` (pandoc: no space inside of its signs, no digit behind it); behind the sign where it is none. */
static size_t formula_end(nkc_str text, size_t at, size_t end)
{
	size_t signs = at + 1 < end && text.ptr[at + 1] == '$' ? 2 : 1;
	if (at + signs >= end || (signs == 1 && is_one_of(text.ptr[at + 1], " \t\n")))
		return at + signs;
	size_t reach = within(at, end);
	for (size_t i = at + signs; i < reach; i++) {
		if (text.ptr[i] == '\\') {
			i++;
			continue;
		}
		bool closes = text.ptr[i] == '$' && (signs == 1 || (i + 1 < end && text.ptr[i + 1] == '$'));
		char next = i + signs < end ? text.ptr[i + signs] : ' ';
		if (closes && (signs == 2 || (!is_one_of(text.ptr[i - 1], " \t\n") && !(next >= '0' && next <= '9'))))
			return i + signs;
	}
	return at + signs;
}

/* Where the bracket at `at` closes; end: nowhere. Brackets in code do not count. */
static size_t bracket_close(nkc_str text, size_t at, size_t end)
{
	char open = text.ptr[at], close = open == '(' ? ')' : ']';
	size_t depth = 0, reach = within(at, end);
	for (size_t i = at; i < reach;) {
		char c = text.ptr[i];
		if (c == '`') {
			i = code_end(text, i, end);
			continue;
		}
		depth += c == open;
		if (c == close && --depth == 0)
			return i;
		i += c == '\\' ? 2 : 1;
	}
	return end;
}

/* Behind what makes a bracket that closes before `at` a link: "(address)" or "[label]"; `at` where nothing does. */
static size_t link_end(nkc_str text, size_t at, size_t end)
{
	if (at >= end || !is_one_of(text.ptr[at], "(["))
		return at;
	size_t close = bracket_close(text, at, end);
	bool cites = text.ptr[at] == '[' && nkc_str_find_byte(nkc_str_slice(text, at, close), '@') < close - at;
	return close < end && !cites ? close + 1 : at;
}

/* Does emphasis of `marks` begin at `at`? Then *close is where it ends: before the same mark, with words inside. */
static bool is_emphasis(nkc_str text, size_t at, size_t marks, size_t *close)
{
	nkc_str mark = nkc_str_slice(text, at, at + marks), rest = nkc_str_slice(text, at + marks, text.len);
	size_t end = nkc_str_find(rest, mark);
	*close = at + marks + end;
	return end > 0 && end < rest.len && rest.ptr[0] != ' ' && rest.ptr[end - 1] != ' ';
}

static void put_rich(nkc_str text, nkc_buf *out, bool nested)
{
	for (size_t at = 0, close; at < text.len;) {
		char c = text.ptr[at];
		size_t marks = is_one_of(c, "*_") ? run_of(nkc_str_slice(text, at, text.len), c) : 0;
		bool within = c == '_' && at > 0 && is_alnum(text.ptr[at - 1]);
		if ((marks == 1 || marks == 2) && !nested && !within && is_emphasis(text, at, marks, &close)) {
			nkc_buf_puts(out, marks == 1 ? "<i>" : "<b>");
			put_rich(nkc_str_slice(text, at + marks, close), out, true);
			nkc_buf_puts(out, marks == 1 ? "</i>" : "</b>");
			at = close + marks;
			continue;
		}
		bool escape = c == '\\' && at + 1 < text.len && !is_alnum(text.ptr[at + 1]);
		at += escape;
		nkc_buf_put(out, text.ptr + at, 1);
		at++;
	}
}

/* Emphasis and escapes of Markdown in the rich text of CSL. */
static nkc_str rich_text(nkc_arena *arena, nkc_str text)
{
	nkc_buf rich = NKC_BUF_INIT;
	if (nkc_str_find_byte(text, '*') == text.len && nkc_str_find_byte(text, '_') == text.len &&
	    nkc_str_find_byte(text, '\\') == text.len)
		return text;
	put_rich(text, &rich, false);
	text = nkc_arena_str(arena, nkc_buf_str(&rich));
	nkc_buf_release(&rich);
	return text;
}

static bool parse_cites(inliner *in, nkc_str text, cli_mark *mark)
{
	nkc_arena *arena = in->paper->arena;
	nkc_status status = nkc_cite_parse(in->parser, text, arena, &mark->cites, &mark->count, NULL);
	if (status != NKC_OK && status != NKC_ESYNTAX)
		in->status = status;
	for (size_t i = 0; status == NKC_OK && i < mark->count; i++) {
		mark->cites[i].prefix = rich_text(arena, mark->cites[i].prefix);
		mark->cites[i].suffix = rich_text(arena, mark->cites[i].suffix);
	}
	return status == NKC_OK;
}

static void scan_inline(inliner *in, size_t at, size_t end);

/* What the bracket at `at` is: a note's reference, a link, a citation. Returns where to go on. */
static size_t scan_bracket(inliner *in, size_t at, size_t end)
{
	nkc_str text = in->paper->text;
	size_t close = bracket_close(text, at, end);
	if (close == end) {
		nkc_str rest = nkc_str_slice(text, at + 1, end);
		if (nkc_str_starts(rest, NKC_STR("@")) || nkc_str_starts(rest, NKC_STR("-@")))
			nkc_buf_put(&in->paper->open, (const char *)&at, sizeof at);
		return at + 1;
	}
	nkc_str content = nkc_str_slice(text, at + 1, close);
	if (nkc_str_starts(content, NKC_STR("^")) && nkc_str_find_byte(content, ' ') == content.len) {
		nkc_str label = nkc_str_slice(content, 1, content.len);
		add_mark(in, (cli_mark){ .kind = CLI_MARK_NOTE, .from = at, .to = close + 1, .label = label });
		return close + 1;
	}
	size_t behind = link_end(text, close + 1, end);
	if (behind > close + 1)
		return behind;
	cli_mark mark = { .kind = CLI_MARK_CITE, .from = at, .to = close + 1, .label = NKC_STR("") };
	bool span = close + 1 < end && text.ptr[close + 1] == '{';
	if (span || nkc_str_find_byte(content, '@') == content.len || !parse_cites(in, content, &mark))
		return at + 1;
	add_mark(in, mark);
	return close + 1;
}

/* Where the word at `at` ends that is a key; a key in braces ends with them. */
static size_t word_end(nkc_str text, size_t at, size_t end)
{
	char last = at + 1 < end && text.ptr[at + 1] == '{' ? '}' : ' ';
	size_t i = at + 1;
	while (i < end && text.ptr[i] != last && !is_one_of(text.ptr[i], "\r\n;"))
		i++;
	return i + (last == '}' && i < end && text.ptr[i] == '}');
}

/* The bracket behind the key of a textual citation: "@doe [p. 3]"; 0: there is none. *close is its other end. */
static size_t suffix_bracket(nkc_str text, size_t at, size_t end, size_t *close)
{
	while (at < end && is_one_of(text.ptr[at], " \r\n"))
		at++;
	if (at >= end || text.ptr[at] != '[' || (at + 1 < end && text.ptr[at + 1] == '^'))
		return 0;
	*close = bracket_close(text, at, end);
	return *close < end && !(*close + 1 < end && is_one_of(text.ptr[*close + 1], "([{")) ? at : 0;
}

/* "@doe, p. 3" of "@doe [p. 3]"; "@doe; @roe" of "@doe [@roe]". */
static bool parse_textual(inliner *in, nkc_str key, nkc_str content, cli_mark *mark)
{
	cli_mark others = *mark;
	nkc_buf whole = NKC_BUF_INIT;
	nkc_buf_put_str(&whole, key);
	nkc_buf_puts(&whole, parse_cites(in, content, &others) ? "; " : ", ");
	nkc_buf_put_str(&whole, content);
	nkc_str text = nkc_arena_str(in->paper->arena, nkc_buf_str(&whole));
	nkc_buf_release(&whole);
	return parse_cites(in, text, mark);
}

/* A key outside brackets. Returns where to go on. */
static size_t scan_key(inliner *in, size_t at, size_t end)
{
	nkc_str text = in->paper->text;
	char before = at > in->paper->body ? text.ptr[at - 1] : ' ';
	bool hides = before == '-' && (at < 2 || !is_alnum(text.ptr[at - 2]));
	cli_mark mark = { .kind = hides ? CLI_MARK_CITE : CLI_MARK_TEXTUAL, .from = at - hides, .label = NKC_STR("") };
	if (is_alnum(before) || is_one_of(before, "/_.") ||
	    !parse_cites(in, nkc_str_slice(text, mark.from, word_end(text, at, end)), &mark))
		return at + 1;
	nkc_str id = mark.cites[0].id;
	size_t key_end = (size_t)(id.ptr + id.len - text.ptr), close;
	mark.to = key_end + (text.ptr[at + 1] == '{');
	nkc_str key = nkc_str_slice(text, mark.from, mark.to);
	size_t bracket = hides ? 0 : suffix_bracket(text, mark.to, end, &close);
	if (bracket && parse_textual(in, key, nkc_str_slice(text, bracket + 1, close), &mark))
		mark.to = close + 1;
	else
		parse_cites(in, key, &mark);
	add_mark(in, mark);
	return mark.to;
}

/* A footnote that is written in place: ^[text]. */
static size_t scan_note(inliner *in, size_t at, size_t end)
{
	size_t close = bracket_close(in->paper->text, at + 1, end);
	nkc_str outside = in->inside;
	if (close == end)
		return at + 1;
	add_mark(in, (cli_mark){ .kind = CLI_MARK_NOTE, .from = at, .to = at + 1, .label = NKC_STR("^") });
	in->inside = NKC_STR("^");
	scan_inline(in, at + 2, close);
	in->inside = outside;
	return close + 1;
}

static void scan_inline(inliner *in, size_t at, size_t end)
{
	nkc_str text = in->paper->text;
	while (at < end && in->status == NKC_OK) {
		char c = text.ptr[at], next = at + 1 < end ? text.ptr[at + 1] : '\0';
		if (c == '\\')
			at += 2;
		else if (c == '`')
			at = code_end(text, at, end);
		else if (c == '<')
			at = tag_end(text, at, end);
		else if (c == '$')
			at = formula_end(text, at, end);
		else if (c == '!' && next == '[')
			at = link_end(text, bracket_close(text, at + 1, end) + 1, end);
		else if (c == '^' && next == '[' && !in->inside.len)
			at = scan_note(in, at, end);
		else if (c == '[')
			at = scan_bracket(in, at, end);
		else if (c == '@')
			at = scan_key(in, at, end);
		else
			at++;
	}
}

/* --- blocks --- */

typedef struct blocks {
	inliner in;
	size_t from;         /* the paragraph so far; SIZE_MAX: none */
	char fence;          /* '`' or '~' in code */
	size_t fence_length;
	const char *html_end; /* what ends a block of HTML; "": a blank line; NULL: none */
	bool blank;          /* the line before was */
	bool indented;       /* code by indentation goes on */
	bool nested;         /* in a list or note: indentation is no code */
	bool in_refs;        /* in the div of the references */
	bool has_place;      /* it was found: no heading counts any more */
	size_t heading;      /* where the text of a heading of the references begins; 0: none */
} blocks;

static void end_paragraph(blocks *b, size_t at)
{
	if (b->from != SIZE_MAX)
		scan_inline(&b->in, b->from, at);
	b->from = SIZE_MAX;
}

/* Tags that begin a block of HTML, and what ends it (CommonMark 4.6); "": a blank line. */
static const struct {
	const char *begin, *end;
} html_blocks[] = {
	{ "<!--", "-->" },     { "<script", "</script>" }, { "<style", "</style>" }, { "<pre", "</pre>" },
	{ "<textarea", "</textarea>" }, { "<?", "?>" },    { "<![CDATA[", "]]>" },   { "<!", ">" },
	{ "<div", "" },        { "</div", "" },            { "<table", "" },         { "</table", "" },
	{ "<p", "" },          { "<section", "" },         { "</section", "" },      { "<details", "" },
	{ "</details", "" },   { "<figure", "" },          { "</figure", "" },       { "<blockquote", "" },
	{ "</blockquote", "" }, { "<ul", "" },             { "<ol", "" },            { "<li", "" },
	{ "<h1", "" },         { "<h2", "" },              { "<h3", "" },            { "<h4", "" },
	{ "<iframe", "" },     { "<center", "" },          { "<form", "" },          { "<hr", "" },
	{ "<article", "" },    { "<header", "" },          { "<footer", "" },        { "<nav", "" },
};

static bool begins_tag(nkc_str line, nkc_str tag)
{
	char next = line.len > tag.len ? line.ptr[tag.len] : '>';
	return line.len >= tag.len && nkc_str_eq_nocase(nkc_str_slice(line, 0, tag.len), tag) &&
	       (!is_alnum(tag.ptr[tag.len - 1]) || is_one_of(next, " \t>/"));
}

static const char *html_end_of(nkc_str line)
{
	for (size_t i = 0; i < sizeof html_blocks / sizeof *html_blocks; i++) {
		if (begins_tag(line, nkc_str_from(html_blocks[i].begin)))
			return html_blocks[i].end;
	}
	return NULL;
}

/* Inside code or HTML? Then the line is looked at for its end only. */
static bool skip_line(blocks *b, nkc_str line)
{
	if (b->fence) {
		size_t run = run_of(line, b->fence);
		if (run >= b->fence_length && nkc_str_trim(nkc_str_slice(line, run, line.len)).len == 0)
			b->fence = '\0';
		return true;
	}
	if (!b->html_end)
		return false;
	bool ends = b->html_end[0] ? nkc_str_find(line, nkc_str_from(b->html_end)) < line.len : line.len == 0;
	b->html_end = ends ? NULL : b->html_end;
	return true;
}

/* Does code or HTML begin here? `line` is trimmed. */
static bool begins_skipped(blocks *b, nkc_str line)
{
	char c = line.len ? line.ptr[0] : '\0';
	size_t run = is_one_of(c, "`~") ? run_of(line, c) : 0;
	if (run >= 3 && (c == '~' || nkc_str_find_byte(nkc_str_slice(line, run, line.len), '`') == line.len - run)) {
		b->fence = c;
		b->fence_length = run;
		return true;
	}
	b->html_end = html_end_of(line);
	if (!b->html_end)
		return false;
	skip_line(b, line);
	return true;
}

static bool begins_item(nkc_str line)
{
	size_t digits = 0;
	while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
		digits++;
	size_t mark = digits ? digits : 0;
	bool bullet = !digits && line.len && is_one_of(line.ptr[0], "-+*");
	bool number = digits && mark < line.len && is_one_of(line.ptr[mark], ".)");
	return (bullet || number) && mark + 1 < line.len && is_one_of(line.ptr[mark + 1], " \t");
}

/* "[label]: ", of a footnote ("[^1]: ") or an address; 0: neither. Else where the text behind it begins. */
static size_t definition_end(nkc_str line)
{
	size_t close = line.len && line.ptr[0] == '[' ? nkc_str_find_byte(line, ']') : line.len;
	return close > 1 && close + 1 < line.len && line.ptr[close + 1] == ':' ? close + 2 : 0;
}

/* --- where the bibliography goes --- */

/* How headings of it are called. */
static bool is_list_heading(nkc_str title)
{
	static const nkc_str titles[] = {
		NKC_STR_INIT("references"),  NKC_STR_INIT("bibliography"), NKC_STR_INIT("works cited"),
		NKC_STR_INIT("sources"),     NKC_STR_INIT("literature"),   NKC_STR_INIT("literature cited"),
		NKC_STR_INIT("literatur"),   NKC_STR_INIT("literaturverzeichnis"), NKC_STR_INIT("quellen"),
		NKC_STR_INIT("bibliographie"), NKC_STR_INIT("r\u00e9f\u00e9rences"), NKC_STR_INIT("referencias"),
		NKC_STR_INIT("bibliograf\u00eda"), NKC_STR_INIT("\u53c2\u8003\u6587\u732e"),
		NKC_STR_INIT("\ucc38\uace0\ubb38\ud5cc"), NKC_STR_INIT("\u53c2\u8003\u8cc7\u6599"),
	};
	size_t attributes = nkc_str_find_byte(title, '{');
	title = nkc_str_trim(nkc_str_slice(title, 0, attributes));
	while (title.len && title.ptr[title.len - 1] == '#')
		title.len--;
	title = nkc_str_trim(title);
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		if (nkc_str_eq_nocase(title, titles[i]))
			return true;
	}
	return false;
}

/* Of a heading "# Title" the title. */
static bool is_heading(nkc_str line, nkc_str *title)
{
	size_t level = run_of(line, '#');
	*title = nkc_str_trim(nkc_str_slice(line, level, line.len));
	return level > 0 && level < 7 && (level == line.len || is_one_of(line.ptr[level], " \t"));
}

/* A div for the references, or a heading of theirs: the list goes before its end, or before the next heading. */
static void look_for_place(blocks *b, nkc_str line, nkc_str above, size_t at, size_t next)
{
	nkc_str title;
	size_t colons = run_of(line, ':');
	cli_paper *paper = b->in.paper;
	bool underlined = line.len && above.len && (run_of(line, '=') == line.len || run_of(line, '-') == line.len);
	if (colons >= 3 && b->in_refs) {
		end_paragraph(b, at);
		add_mark(&b->in, (cli_mark){ .kind = CLI_MARK_DIV_END, .from = at, .to = next, .label = NKC_STR("") });
		b->in_refs = false;
	} else if (colons >= 3 && nkc_str_find(line, NKC_STR("#refs")) < line.len) {
		end_paragraph(b, at);
		add_mark(&b->in, (cli_mark){ .kind = CLI_MARK_DIV, .from = at, .to = next, .label = NKC_STR("") });
		paper->list_at = next;
		b->in_refs = b->has_place = true;
	} else if (!b->has_place && (is_heading(line, &title) || underlined)) {
		bool list = is_list_heading(underlined ? above : title);
		if (b->heading && !list)
			paper->list_at = underlined ? at - above.len - 1 : at;
		b->heading = list ? next : 0;
		b->has_place = paper->list_at < paper->text.len;
	}
}

/* A line that is neither code nor HTML. */
static void scan_line(blocks *b, nkc_str raw, nkc_str line, size_t at)
{
	size_t offset = (size_t)(line.ptr - raw.ptr), definition = indent_of(raw) < 4 ? definition_end(line) : 0;
	bool outside = indent_of(raw) < 2;
	nkc_str title;
	if (b->blank && outside && line.len && !begins_item(line)) {
		b->nested = false;
		b->in.inside = NKC_STR("");
	}
	if (definition || begins_item(line)) {
		end_paragraph(b, at);
		b->nested = true;
	}
	bool note = definition && nkc_str_starts(line, NKC_STR("[^"));
	if (note)
		b->in.inside = nkc_str_slice(line, 2, definition - 2);
	b->indented = !b->nested && indent_of(raw) >= 4 && (b->indented || b->blank);
	if (is_heading(line, &title) || b->indented || (definition && !note))
		end_paragraph(b, at);
	if (!b->indented && (note || !definition) && b->from == SIZE_MAX)
		b->from = at + offset + definition;
}

nkc_status cli_paper_scan(cli_paper *paper, const nkc_cite_parser *parser)
{
	blocks b = { .in = { paper, parser, NKC_STR(""), NKC_OK }, .from = SIZE_MAX, .blank = true };
	nkc_str text = paper->text, above = NKC_STR("");
	for (size_t at = paper->body, next; at < text.len; at = next) {
		nkc_str raw = line_at(text, at, &next), line = nkc_str_trim(raw);
		bool plain = indent_of(raw) < 4 || b.nested;
		if (skip_line(&b, line)) {
			end_paragraph(&b, at);
		} else if (line.len == 0) {
			end_paragraph(&b, at);
			b.blank = true;
		} else if (plain && begins_skipped(&b, line)) {
			end_paragraph(&b, at);
			b.blank = false;
		} else {
			if (plain)
				look_for_place(&b, line, above, at, next);
			scan_line(&b, raw, line, at);
			b.blank = false;
		}
		above = line;
	}
	end_paragraph(&b, text.len);
	nkc_status status = nkc_buf_status(&paper->nocite) ? nkc_buf_status(&paper->nocite) : nkc_buf_status(&paper->open);
	status = status ? status : nkc_buf_status(&paper->marks);
	return b.in.status != NKC_OK ? b.in.status : status;
}
