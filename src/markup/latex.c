/*
 * latex.c: LaTeX text for pdfLaTeX, XeLaTeX and LuaLaTeX, with no package but hyperref where links are wanted.
 */
#include "markup/markup.h"

/* Straight quotes stand in the typewriter font, the one in which every encoding has them. */
static const char *const commands[128] = {
	['\\'] = "\\textbackslash{}", ['{'] = "\\{",
	['}'] = "\\}",                ['$'] = "\\$",
	['&'] = "\\&",                ['#'] = "\\#",
	['%'] = "\\%",                ['_'] = "\\_",
	['^'] = "\\textasciicircum{}", ['~'] = "\\textasciitilde{}",
	['<'] = "\\textless{}",       ['>'] = "\\textgreater{}",
	['|'] = "\\textbar{}",        ['`'] = "\\textasciigrave{}",
	['\''] = "\\textquotesingle{}", ['"'] = "{\\ttfamily\\char34}",
};

/* What pdfLaTeX knows no character for. */
static const struct {
	uint32_t rune;
	const char *command;
} characters[] = {
	{ 0xA0, "~" },          { 0xAD, "\\-" },
	{ 0x2002, "\\enspace{}" }, { 0x2003, "\\quad{}" },
	{ 0x2009, "\\," },      { 0x200A, "\\," },
	{ 0x200B, "\\hspace{0pt}" }, { 0x200C, "{}" },
	{ 0x200D, "" },         { 0x200E, "" },
	{ 0x200F, "" },         { 0x2010, "-" },
	{ 0x2011, "\\mbox{-}" }, { 0x2012, "\\textendash{}" },
	{ 0x2015, "\\textemdash{}" }, { 0x202F, "\\," },
	{ 0x2060, "" },         { 0x2032, "\\ensuremath{'}" },
	{ 0x2033, "\\ensuremath{''}" }, { 0x2212, "\\ensuremath{-}" },
	{ 0x2264, "\\ensuremath{\\leq}" }, { 0x2265, "\\ensuremath{\\geq}" },
	{ 0xFB00, "ff" },       { 0xFB01, "fi" },
	{ 0xFB02, "fl" },       { 0xFEFF, "" },
};

static const char *command_of(uint32_t rune)
{
	if (rune < 0x80)
		return commands[rune];
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		if (characters[i].rune == rune)
			return characters[i].command;
	}
	return NULL;
}

/* Two of these make another character; and a command may take "[" or "*" at the beginning for its own. */
static const char *guard(nkc_str text, size_t at, bool begins)
{
	char c = text.ptr[at];
	if (begins && (c == '[' || c == '*'))
		return "{}";
	if (c == '-' && nkc_str_ends(nkc_str_slice(text, 0, at), NKC_STR("\u2013")))
		return "{}";
	return at && (c == '-' || c == ',') && text.ptr[at - 1] == c ? "{}" : "";
}

static void escape(nkc_str text, bool first, nkc_buf *out)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		const char *command = command_of(rune);
		nkc_buf_puts(out, guard(text, from, first && from == 0));
		if (command)
			nkc_buf_puts(out, command);
		else
			nkc_buf_put(out, text.ptr + from, at - from);
	}
}

/* The characters that hyperref reads from behind a backslash. */
static void escape_link(nkc_str url, nkc_buf *out)
{
	for (size_t i = 0; i < url.len; i++) {
		if (url.ptr[i] == '$') {
			nkc_buf_puts(out, "\\%24");
			continue;
		}
		if (strchr("%#&_", url.ptr[i]))
			nkc_buf_putc(out, '\\');
		nkc_buf_putc(out, url.ptr[i]);
	}
}

/* A list environment is all that is needed; \href is made to print its text where hyperref is not loaded. */
static void list_begin(const nkc_markup_list *list, nkc_buf *out)
{
	nkc_buf_puts(out, "\\providecommand{\\href}[2]{#2}\n");
	if (list->line_spacing > 1)
		nkc_buf_printf(out, "\\begingroup\\linespread{%u}\\selectfont\n", list->line_spacing);
	nkc_buf_puts(out, "\\begin{list}{}{%\n");
	if (list->second_field)
		nkc_buf_printf(out, "  \\setlength{\\labelwidth}{%u.%uem}\\setlength{\\labelsep}{0.5em}%%\n",
		               list->label_width * 6 / 10, list->label_width * 6 % 10);
	else
		nkc_buf_puts(out, "  \\setlength{\\labelwidth}{0pt}\\setlength{\\labelsep}{0pt}%\n");
	const char *indent = list->second_field ? "\\dimexpr\\labelwidth+\\labelsep\\relax" :
	                     list->hanging_indent ? "1.5em" : "0pt";
	nkc_buf_printf(out, "  \\setlength{\\leftmargin}{%s}\\setlength{\\itemindent}{-\\leftmargin}%%\n", indent);
	if (list->in_margin)
		nkc_buf_puts(out, "  \\setlength{\\itemindent}{-\\leftmargin}\\setlength{\\leftmargin}{0pt}%\n");
	nkc_buf_printf(out, "  \\setlength{\\parsep}{0pt}\\setlength{\\itemsep}{%u\\baselineskip}}\n",
	               list->entry_spacing);
}

static void list_put(const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	(void)list, (void)id;
	nkc_buf_puts(out, "\\item{}");
	nkc_buf_put_str(out, text);
	nkc_buf_putc(out, '\n');
}

static void list_end(const nkc_markup_list *list, nkc_buf *out)
{
	nkc_buf_puts(out, list->line_spacing > 1 ? "\\end{list}\\endgroup\n" : "\\end{list}\n");
}

const nkc_markup nkc_markup_latex = {
	.name = "latex",
	.title = "LaTeX",
	.flat = true,
	.escape = escape,
	.escape_link = escape_link,
	.line_break = "\\par ",
	.spans = {
		[CSL_SPAN_ITALIC] = { "\\textit{", "}" },
		[CSL_SPAN_OBLIQUE] = { "\\textsl{", "}" },
		[CSL_SPAN_BOLD] = { "\\textbf{", "}" },
		[CSL_SPAN_LIGHT] = { "{\\fontseries{l}\\selectfont ", "}" },
		[CSL_SPAN_SMALL_CAPS] = { "\\textsc{", "}" },
		[CSL_SPAN_UNDERLINE] = { "\\underline{", "}" },
		[CSL_SPAN_SUP] = { "\\textsuperscript{", "}" },
		[CSL_SPAN_SUB] = { "\\textsubscript{", "}" },
		[CSL_SPAN_LEFT_MARGIN] = { "\\makebox[\\labelwidth][l]{", "}\\hspace{\\labelsep}" },
		[CSL_SPAN_INDENT] = { "\\begingroup\\advance\\leftskip 2em ", "\\par\\endgroup " },
		[CSL_SPAN_LINK] = { "\\href{%s}{", "}" },
	},
	.list_begin = list_begin,
	.list_put = list_put,
	.list_end = list_end,
	.head = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage[hidelinks]{hyperref}\n"
		"\\title{%s}\n\\begin{document}\n",
	.foot = "\\end{document}\n",
};
