#include "format/bibtex_write.h"
#include "base/text.h"
#include "base/utf8.h"
#include "format/bibtex_item.h"
#include "format/latex.h"
#include "record/identifier.h"
#include "record/record_impl.h"

#include <stdio.h>

void nkc_bib_begin(nkc_bib *bib, const char *name)
{
	nkc_buf_put(bib->out, "  ", 2);
	nkc_buf_puts(bib->out, name);
	nkc_buf_put(bib->out, " = {", 4);
}

void nkc_bib_end(nkc_bib *bib)
{
	nkc_buf_put(bib->out, "},\n", 3);
}

static void put_word(nkc_bib *bib, const char *name, const char *word)
{
	nkc_bib_begin(bib, name);
	nkc_buf_puts(bib->out, word);
	nkc_bib_end(bib);
}

static const nkc_value *get(const nkc_bib *bib, nkc_var var)
{
	return bib->record->fields[var];
}

static nkc_str text_of(const nkc_bib *bib, nkc_var var)
{
	return nkc_value_text(get(bib, var));
}

static bool has_text(const nkc_bib *bib, nkc_var var)
{
	return !nkc_str_empty(text_of(bib, var));
}

static bool is_digits(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len > 0;
}

/* --- one function for each way to write a value; true: the field gives the value back --- */

typedef struct putting {
	const nkc_bib_field *field;
	const char *name; /* of the field in this dialect */
	const nkc_value *value;
	nkc_str text; /* of the value; empty when it is not a text or number */
} putting;

static bool put_plain(nkc_bib *bib, const char *name, nkc_str text, unsigned flags)
{
	nkc_bib_begin(bib, name);
	bool exact = nkc_latex_put(bib->out, text, bib->latex | flags);
	nkc_bib_end(bib);
	return exact;
}

static bool put_text(nkc_bib *bib, const putting *put)
{
	return put_plain(bib, put->name, put->text, NKC_LATEX_MARKUP);
}

/* The whole has its title in maintitle where the item names a volume of it. Read backwards so, in both formats. */
static bool put_volume(nkc_bib *bib, const putting *put)
{
	unsigned flags = NKC_LATEX_MARKUP | NKC_LATEX_NOCASE;
	const nkc_value *volume = get(bib, NKC_VAR_VOLUME_TITLE);
	bool broken = (volume->flags & (NKC_VALUE_BAD_UTF8 | NKC_VALUE_LONE)) || !nkc_value_is(volume, NKC_STRING);
	bib->native[NKC_VAR_VOLUME_TITLE] = true;
	bib->exact[NKC_VAR_VOLUME_TITLE] = put_plain(bib, put->name, nkc_value_text(volume), flags) && !broken;
	return put_plain(bib, "maintitle", put->text, flags);
}

static bool put_title(nkc_bib *bib, const putting *put)
{
	if (bib->dialect == NKC_BIBLATEX && put->field->var == nkc_bib_title_of_whole(bib->record->type) &&
	    has_text(bib, NKC_VAR_VOLUME_TITLE))
		return put_volume(bib, put);
	return put_plain(bib, put->name, put->text, NKC_LATEX_MARKUP | NKC_LATEX_NOCASE);
}

/* Line breaks stay: a line break and a line that begins without white space is one to the reader. */
static bool put_lines(nkc_bib *bib, const putting *put)
{
	return put_plain(bib, put->name, put->text, NKC_LATEX_MARKUP | NKC_LATEX_LINES);
}

/* Could BibLaTeX split it, or take it for "and others"? */
static bool is_list(nkc_str text)
{
	for (size_t i = 0; i + 5 <= text.len; i++) {
		if (text.ptr[i] == ' ' && nkc_str_eq_nocase(nkc_str_slice(text, i, i + 5), NKC_STR(" and ")))
			return true;
	}
	return nkc_str_eq_nocase(text, NKC_STR("others"));
}

/* Read backwards: one group in braces is the text in it. */
static bool put_list(nkc_bib *bib, const putting *put)
{
	bool braced = bib->format == NKC_BIBLATEX && is_list(put->text);
	nkc_bib_begin(bib, put->name);
	nkc_buf_puts(bib->out, braced ? "{" : "");
	bool exact = nkc_latex_put(bib->out, put->text, bib->latex);
	nkc_buf_puts(bib->out, braced ? "}" : "");
	nkc_bib_end(bib);
	return exact;
}

static bool put_names(nkc_bib *bib, const putting *put)
{
	return nkc_bib_put_names(bib, put->name, put->field->var);
}

/* editora, editorb, editorc, each with its editoratype, which is named as the variable is. */
static bool put_role(nkc_bib *bib, const putting *put)
{
	char name[] = "editora", type[] = "editoratype";
	if (bib->roles > 2)
		return false;
	name[6] = type[6] = (char)('a' + bib->roles);
	size_t before = bib->out->len;
	bool exact = nkc_bib_put_names(bib, name, put->field->var);
	if (bib->out->len == before)
		return false;
	put_word(bib, type, nkc_var_name(put->field->var));
	bib->roles++;
	return exact;
}

static bool put_address(nkc_bib *bib, const putting *put)
{
	nkc_bib_begin(bib, put->name);
	bool exact = nkc_latex_put_address(bib->out, put->text, bib->latex);
	nkc_bib_end(bib);
	return exact;
}

static unsigned roman_digit(char c)
{
	static const unsigned values[26] = { ['I' - 'A'] = 1,   ['V' - 'A'] = 5,   ['X' - 'A'] = 10,  ['L' - 'A'] = 50,
		                             ['C' - 'A'] = 100, ['D' - 'A'] = 500, ['M' - 'A'] = 1000 };
	c = (char)(c & ~0x20);
	return c >= 'A' && c <= 'Z' ? values[c - 'A'] : 0;
}

/* 0 when it is not a roman number of a few letters. */
static unsigned read_roman(nkc_str text)
{
	unsigned number = 0, before = 0;
	for (size_t i = text.len; i-- > 0;) {
		unsigned digit = roman_digit(text.ptr[i]);
		if (!digit || text.len > 12)
			return 0;
		number = digit < before ? number - digit : number + digit;
		before = digit;
	}
	return number;
}

/*
 * biber drops a volume that is not a number. Its value is in the object then; a reader of the bibliography sees a
 * roman one as a number, and that of a journal behind the journal's title.
 */
static bool put_integer(nkc_bib *bib, const putting *put)
{
	if (bib->dialect != NKC_BIBLATEX || is_digits(put->text))
		return put_plain(bib, put->name, put->text, 0);
	unsigned number = read_roman(put->text);
	if (number) {
		nkc_bib_begin(bib, put->name);
		nkc_buf_printf(bib->out, "%u", number);
		nkc_bib_end(bib);
	} else if (nkc_str_is(nkc_str_from(bib->entry->name[NKC_BIBLATEX]), "article") &&
	           put->field->var == NKC_VAR_VOLUME) {
		put_plain(bib, "journaltitleaddon", put->text, 0);
	}
	return false;
}

/* Which hyphen of pages[at..end] stands between the first and the last page: the middle one of an odd number. */
static size_t find_range(nkc_str pages, size_t at, size_t end)
{
	size_t count = 0, seen = 0;
	for (size_t i = at; i < end; i++)
		count += pages.ptr[i] == '-';
	for (size_t i = at; i < end && count % 2; i++) {
		if (pages.ptr[i] == '-' && seen++ == count / 2)
			return i;
	}
	return end;
}

#define EN_DASH "\xe2\x80\x93"
#define EM_DASH "\xe2\x80\x94"

static bool put_page_range(nkc_bib *bib, nkc_str pages)
{
	/* The classic styles look for a hyphen to tell "page" from "pages". */
	const char *en_dash = bib->format == NKC_BIBTEX ? "{--}" : EN_DASH;
	size_t at = nkc_str_find(pages, NKC_STR(EN_DASH)), length = sizeof EN_DASH - 1;
	bool is_hyphen = at == pages.len;
	if (is_hyphen) {
		at = nkc_str_find(pages, NKC_STR("--"));
		length = at < pages.len ? 2 : 1;
		at = length == 2 ? at : find_range(pages, 0, pages.len);
	}
	bool exact = nkc_str_find(pages, NKC_STR(EM_DASH)) == pages.len; /* three hyphens, too, are one */
	exact = nkc_latex_put(bib->out, nkc_str_slice(pages, 0, at), bib->latex) && exact;
	if (at == pages.len)
		return exact;
	nkc_buf_puts(bib->out, is_hyphen ? "--" : en_dash);
	exact = exact && (!is_hyphen || length == 1);
	nkc_str last = nkc_str_slice(pages, at + length, pages.len);
	if (bib->latex & NKC_LATEX_ASCII) /* where a second en dash is two hyphens, which are one */
		exact = exact && nkc_str_find(last, NKC_STR(EN_DASH)) == last.len;
	return nkc_latex_put(bib->out, last, bib->latex) && exact;
}

/*
 * Read backwards: a hyphen and two of them are a hyphen, {--} (in BibLaTeX the character itself) is an en dash.
 */
static bool put_pages(nkc_bib *bib, const putting *put)
{
	bool exact = !nkc_bib_counts_pages(bib->record->type, nkc_str_trim(put->text));
	bool ended = nkc_str_ends(nkc_str_trim(put->text), NKC_STR(",")); /* with a comma behind which nothing stands */
	if (!exact)
		bib->taken_away[NKC_VAR_NUMBER_OF_PAGES] = !get(bib, NKC_VAR_NUMBER_OF_PAGES);
	if (bib->dialect == NKC_BIB_ZOTERO)
		return put_plain(bib, put->name, put->text, 0) && exact;
	nkc_str rest = put->text, pages;
	nkc_bib_begin(bib, put->name);
	while (nkc_str_split(&rest, ',', &pages)) {
		if (pages.ptr != put->text.ptr)
			nkc_buf_putc(bib->out, ',');
		/* A space behind a comma is no space at an end. */
		bool spaced = pages.ptr != put->text.ptr && nkc_str_starts(pages, NKC_STR(" "));
		nkc_buf_puts(bib->out, spaced ? " " : "");
		exact = put_page_range(bib, nkc_str_slice(pages, spaced, pages.len)) && exact;
	}
	nkc_bib_end(bib);
	return exact && !ended;
}

static const char ordinals[12][9] = { "First",   "Second", "Third", "Fourth", "Fifth",    "Sixth",
	                              "Seventh", "Eighth", "Ninth", "Tenth",  "Eleventh", "Twelfth" };

static bool is_ordinal(nkc_str text)
{
	for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++) {
		if (nkc_str_is(text, ordinals[i]))
			return true;
	}
	nkc_str ending = nkc_str_slice(text, text.len > 2 ? text.len - 2 : 0, text.len);
	bool counts = nkc_str_is(ending, "st") || nkc_str_is(ending, "nd") || nkc_str_is(ending, "rd") ||
	              nkc_str_is(ending, "th");
	return counts && is_digits(nkc_str_slice(text, 0, text.len - 2));
}

static const char *ordinal_ending(nkc_str digits)
{
	char last = digits.ptr[digits.len - 1], before = digits.len > 1 ? digits.ptr[digits.len - 2] : '0';
	if (before == '1')
		return "th";
	return last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
}

/* BibTeX's manual: "an ordinal, for example, Second". Read backwards, ordinals are numbers. */
static bool put_edition(nkc_bib *bib, const putting *put)
{
	nkc_str text = put->text;
	if (bib->dialect != NKC_BIBTEX || !is_digits(text) || text.len > 4 || text.ptr[0] == '0') {
		bool ambiguous = bib->format == NKC_BIBTEX && is_ordinal(text);
		return put_plain(bib, put->name, text, 0) && !ambiguous;
	}
	int64_t number = 0;
	nkc_value_int(put->value, &number);
	nkc_bib_begin(bib, put->name);
	if (number >= 1 && number <= (int64_t)(sizeof ordinals / sizeof *ordinals)) {
		nkc_buf_puts(bib->out, ordinals[number - 1]);
	} else {
		nkc_buf_put_str(bib->out, text);
		nkc_buf_puts(bib->out, ordinal_ending(text));
	}
	nkc_bib_end(bib);
	return true;
}

/* Genres that an entry type or a word of BibLaTeX's stands for. Read backwards, they are these texts; "" is no genre. */
static const struct genre {
	nkc_type type;
	nkc_bib_dialect dialect;
	const char *genre;
	const char *word;  /* a value of `type` that means it; NULL: none */
	const char *entry; /* an entry type that says it without such a field; NULL: none */
} genres[] = {
	{ NKC_TYPE_THESIS, NKC_BIBTEX, "PhD thesis", NULL, "phdthesis" },
	{ NKC_TYPE_THESIS, NKC_BIBTEX, "Master's thesis", NULL, "mastersthesis" },
	{ NKC_TYPE_THESIS, NKC_BIBTEX, "", "Thesis", NULL },
	{ NKC_TYPE_THESIS, NKC_BIBLATEX, "PhD thesis", "phdthesis", "phdthesis" },
	{ NKC_TYPE_THESIS, NKC_BIBLATEX, "Master's thesis", "mathesis", "mastersthesis" },
	{ NKC_TYPE_THESIS, NKC_BIBLATEX, "", "Thesis", NULL },
	/* BibLaTeX wants a type for every report. */
	{ NKC_TYPE_REPORT, NKC_BIBLATEX, "", "Report", NULL },
};

static const struct genre *find_genre(const nkc_bib *bib, nkc_str text)
{
	for (size_t i = 0; i < sizeof genres / sizeof *genres; i++) {
		if (genres[i].type == bib->record->type && genres[i].dialect == bib->dialect &&
		    nkc_str_is(text, genres[i].genre))
			return &genres[i];
	}
	return NULL;
}

static bool is_genre_word(const nkc_bib *bib, nkc_str text)
{
	for (size_t i = 0; i < sizeof genres / sizeof *genres; i++) {
		if (genres[i].dialect == bib->dialect && genres[i].word && nkc_str_is(text, genres[i].word))
			return true;
	}
	return false;
}

static bool put_genre(nkc_bib *bib, const putting *put)
{
	const struct genre *known = find_genre(bib, put->text);
	if (known && !known->entry)
		put_word(bib, put->name, known->word);
	if (known || nkc_str_empty(put->text))
		return true;
	return put_plain(bib, put->name, put->text, NKC_LATEX_MARKUP) && !is_genre_word(bib, put->text);
}

static bool is_misc(const nkc_bib *bib)
{
	return strcmp(bib->entry->name[bib->dialect], "misc") == 0;
}

/*
 * Of a misc the classic styles print howpublished and note and no url; those that know url print it beside howpublished.
 * So that an address stands once whatever the style, it is in howpublished alone, as programs look for it there: the
 * whole of it, with the outlet in front of the note. Importers, which print nothing, have the plain fields.
 */
static bool prints_address(const nkc_bib *bib)
{
	return bib->dialect == NKC_BIBTEX && bib->writer->options.target == NKC_TARGET_ANY && is_misc(bib) &&
	       has_text(bib, NKC_VAR_URL);
}

/* The name of the site or the like, as its own field has it; empty when the item names none. */
static bool put_outlet(nkc_bib *bib)
{
	nkc_str title = text_of(bib, NKC_VAR_CONTAINER_TITLE), publisher = text_of(bib, NKC_VAR_PUBLISHER);
	if (nkc_str_empty(title))
		return nkc_latex_put(bib->out, publisher, bib->latex);
	return nkc_latex_put(bib->out, title, bib->latex | NKC_LATEX_MARKUP);
}

static bool has_outlet(const nkc_bib *bib)
{
	return has_text(bib, NKC_VAR_CONTAINER_TITLE) || has_text(bib, NKC_VAR_PUBLISHER);
}

/* Read backwards: an outlet that journal or publisher names, too, says nothing new. */
static bool put_published(nkc_bib *bib, const putting *put)
{
	bool exact = true;
	if (prints_address(bib)) {
		nkc_bib_begin(bib, put->name);
		nkc_buf_puts(bib->out, "\\url{");
		exact = nkc_latex_put_address(bib->out, put->text, bib->latex);
		nkc_buf_putc(bib->out, '}');
		nkc_bib_end(bib);
		return exact;
	}
	if (has_outlet(bib) && is_misc(bib)) {
		nkc_bib_begin(bib, put->name);
		put_outlet(bib);
		nkc_bib_end(bib);
	}
	if (!nkc_str_empty(put->text)) {
		nkc_bib_begin(bib, "url");
		exact = nkc_latex_put_address(bib->out, put->text, bib->latex);
		nkc_bib_end(bib);
	}
	return exact;
}

/* Where a manuscript lies, for styles that know no archive: "Box 1, Public Library"; else what it is. */
static void put_whereabouts(nkc_bib *bib)
{
	static const nkc_var vars[] = { NKC_VAR_ARCHIVE_LOCATION, NKC_VAR_ARCHIVE, NKC_VAR_CALL_NUMBER, NKC_VAR_GENRE };
	size_t start = bib->out->len;
	for (size_t i = 0; i < sizeof vars / sizeof *vars; i++) {
		if (!has_text(bib, vars[i]) || (i >= 2 && bib->out->len > start))
			continue;
		nkc_buf_puts(bib->out, bib->out->len > start ? ", " : "");
		nkc_latex_put(bib->out, text_of(bib, vars[i]), bib->latex | NKC_LATEX_MARKUP);
	}
}

static bool shows_whereabouts(const nkc_bib *bib)
{
	return bib->dialect == NKC_BIBTEX && bib->record->type == NKC_TYPE_MANUSCRIPT && !is_misc(bib);
}

/*
 * What the classic styles would not print otherwise stands in front of the note, in braces, for some styles begin a note
 * with a small letter: behind an address in howpublished the outlet, of a manuscript where it lies.
 */
static bool put_before_note(nkc_bib *bib)
{
	size_t start = bib->out->len;
	nkc_buf_putc(bib->out, '{');
	if (prints_address(bib))
		put_outlet(bib);
	else if (shows_whereabouts(bib))
		put_whereabouts(bib);
	nkc_buf_putc(bib->out, '}');
	if (bib->out->len > start + 2)
		return true;
	nkc_buf_truncate(bib->out, start);
	return false;
}

/* Read backwards: such a group and the period behind it are taken off; {} tells that a note begins with its own. */
static bool put_note(nkc_bib *bib, const putting *put)
{
	size_t start = bib->out->len;
	nkc_bib_begin(bib, put->name);
	bool before = put_before_note(bib);
	if (!before && nkc_str_empty(put->text)) {
		nkc_buf_truncate(bib->out, start);
		return true;
	}
	if (before && !nkc_str_empty(put->text))
		nkc_buf_puts(bib->out, strchr(".?!", bib->out->ptr[bib->out->len - 2]) ? " " : ". ");
	size_t text = bib->out->len;
	bool exact = nkc_latex_put(bib->out, put->text, bib->latex | NKC_LATEX_MARKUP | NKC_LATEX_LINES);
	if (!before && shows_whereabouts(bib) && bib->out->ptr[text] == '{')
		nkc_buf_splice(bib->out, text, 0, NKC_STR("{}"));
	nkc_bib_end(bib);
	nkc_str number;
	nkc_var identifier = before ? NKC_VAR_NONE : nkc_bib_noted_identifier(put->text, &number);
	if (!identifier || get(bib, identifier))
		return exact;
	bib->taken_away[identifier] = true;
	return false;
}

/* Read backwards, "arxiv" is the archive "arXiv". */
static bool put_eprint(nkc_bib *bib, const putting *put)
{
	const char *kind = put->field->var == NKC_VAR_PMID    ? "pubmed"
	                   : put->field->var == NKC_VAR_PMCID ? "pmc"
	                                                      : "arxiv";
	bool arxiv = nkc_str_is(text_of(bib, NKC_VAR_ARCHIVE), "arXiv");
	if (bib->has_eprint || (put->field->var == NKC_VAR_ARCHIVE_LOCATION && !arxiv))
		return false;
	bib->has_eprint = true;
	bool exact = put_address(bib, put);
	put_word(bib, "eprinttype", kind);
	if (put->field->var == NKC_VAR_ARCHIVE_LOCATION)
		bib->native[NKC_VAR_ARCHIVE] = bib->exact[NKC_VAR_ARCHIVE] = true;
	return exact;
}

/* biber names every ISBN and ISSN that is not valid: it is given the first that is, the others are in the object. */
static bool put_identifier(nkc_bib *bib, const putting *put, nkc_id_result (*check)(nkc_str, nkc_id_digits *))
{
	nkc_id_digits digits;
	if (bib->dialect != NKC_BIBLATEX || check(put->text, &digits) == NKC_ID_GOOD)
		return put_plain(bib, put->name, put->text, 0);
	for (size_t at = 0; at < put->text.len;) {
		size_t end = at;
		while (end < put->text.len && !strchr(" ,;/", put->text.ptr[end]))
			end++;
		nkc_str one = nkc_str_slice(put->text, at, end);
		if (check(one, &digits) == NKC_ID_GOOD) {
			put_plain(bib, put->name, one, 0);
			break;
		}
		at = end + 1;
	}
	return false;
}

static bool put_isbn(nkc_bib *bib, const putting *put)
{
	return put_identifier(bib, put, nkc_isbn_check);
}

static bool put_issn(nkc_bib *bib, const putting *put)
{
	return put_identifier(bib, put, nkc_issn_check);
}

/* The tag itself, as Zotero wants it; for BibLaTeX babel's name of the language beside it. */
static bool put_language(nkc_bib *bib, const putting *put)
{
	const char *babel = bib->format == NKC_BIBLATEX ? nkc_bib_babel_name(put->text) : NULL;
	bool exact = put_list(bib, put);
	if (babel)
		put_word(bib, "langid", babel);
	/* A reader takes babel's names for the languages. */
	return exact && !nkc_bib_language_tag(put->text);
}

static bool put_date(nkc_bib *bib, const putting *put)
{
	return nkc_bib_put_date(bib, put->name, put->value);
}

static bool (*const puts_how[])(nkc_bib *bib, const putting *put) = {
	[NKC_BIB_TEXT] = put_text,           [NKC_BIB_TITLE] = put_title,       [NKC_BIB_LINES] = put_lines,
	[NKC_BIB_LIST] = put_list,           [NKC_BIB_NAMES] = put_names,       [NKC_BIB_ROLE] = put_role,
	[NKC_BIB_ADDRESS] = put_address,     [NKC_BIB_INTEGER] = put_integer,   [NKC_BIB_PAGES] = put_pages,
	[NKC_BIB_EDITION] = put_edition,     [NKC_BIB_GENRE] = put_genre,       [NKC_BIB_PUBLISHED] = put_published,
	[NKC_BIB_NOTE] = put_note,           [NKC_BIB_EPRINT] = put_eprint,     [NKC_BIB_ISBN] = put_isbn,
	[NKC_BIB_ISSN] = put_issn,           [NKC_BIB_LANGUAGE] = put_language, [NKC_BIB_DATE] = put_date
};

/* --- fields --- */

/* Would the classic styles warn of the field ("can't use both author and editor fields", "number but no series")? */
static bool is_unwanted(const nkc_bib *bib, const nkc_bib_field *field)
{
	nkc_bib_types books = NKC_BIB_TYPE(NKC_TYPE_BOOK) | NKC_BIB_TYPE(NKC_TYPE_CLASSIC);
	if (bib->dialect != NKC_BIBTEX)
		return false;
	if (field->var == NKC_VAR_EDITOR)
		return (books & NKC_BIB_TYPE(bib->record->type)) && bib->native[NKC_VAR_AUTHOR];
	if (field->var == NKC_VAR_COLLECTION_NUMBER)
		return bib->native[NKC_VAR_VOLUME] || !bib->native[NKC_VAR_COLLECTION_TITLE];
	return false;
}

/*
 * The newer name of a variable, which the reader gives to its field; NONE for a variable that has none. In the object
 * the older name says that the field is its own, unless the newer name is there, too.
 */
static nkc_var newer_name(nkc_var var)
{
	switch (var) {
	case NKC_VAR_SHORTTITLE: return NKC_VAR_TITLE_SHORT;
	case NKC_VAR_JOURNALABBREVIATION: return NKC_VAR_CONTAINER_TITLE_SHORT;
	case NKC_VAR_EVENT: return NKC_VAR_EVENT_TITLE;
	default: return NKC_VAR_NONE;
	}
}

static bool is_text_how(nkc_bib_how how)
{
	return how != NKC_BIB_NAMES && how != NKC_BIB_ROLE && how != NKC_BIB_DATE;
}

/* These have something to write for items without the variable. */
static bool writes_without_value(nkc_bib_how how)
{
	return how == NKC_BIB_GENRE || how == NKC_BIB_PUBLISHED || how == NKC_BIB_NOTE;
}

static void put_field(nkc_bib *bib, const nkc_bib_field *field)
{
	putting put = { .field = field, .name = field->name[bib->dialect], .value = get(bib, field->var) };
	put.text = nkc_value_text(put.value);
	if (is_text_how(field->how) && nkc_str_empty(put.text) && !writes_without_value(field->how))
		return;
	size_t before = bib->out->len;
	bool exact = puts_how[field->how](bib, &put);
	if (!put.value)
		return;
	bib->native[field->var] = bib->native[field->var] || bib->out->len > before || exact;
	/* A reader has no way to tell 12 from "12". */
	bool wrong = (put.value->flags & (NKC_VALUE_BAD_UTF8 | NKC_VALUE_LONE)) || nkc_str_empty(put.text) ||
	             !nkc_value_is(put.value, NKC_STRING);
	nkc_var newer = newer_name(field->var);
	bib->exact[field->var] = exact && !newer && !(wrong && is_text_how(field->how));
}

/* A paper without a volume of proceedings has the name of its conference there; the object says that it has none. */
static void put_conference(nkc_bib *bib)
{
	if (bib->dialect == NKC_BIB_ZOTERO || bib->record->type != NKC_TYPE_PAPER_CONFERENCE ||
	    has_text(bib, NKC_VAR_CONTAINER_TITLE) || !has_text(bib, NKC_VAR_EVENT_TITLE))
		return;
	put_plain(bib, "booktitle", text_of(bib, NKC_VAR_EVENT_TITLE), NKC_LATEX_MARKUP | NKC_LATEX_NOCASE);
	bib->taken_away[NKC_VAR_CONTAINER_TITLE] = true;
}

/* "n.d." is better than nothing where the record says that the source has no date. Read backwards it is no date. */
static void put_no_date(nkc_bib *bib)
{
	if (bib->dialect == NKC_BIBTEX && get(bib, NKC_VAR_CUSTOM) &&
	    !nkc_str_empty(nkc_record_absent(bib->record, NKC_VAR_ISSUED)))
		put_word(bib, "year", "n.d.");
}

static void put_fields(nkc_bib *bib)
{
	nkc_bib_types type = NKC_BIB_TYPE(bib->record->type);
	for (size_t i = 0; i < nkc_bib_field_count; i++) {
		const nkc_bib_field *field = &nkc_bib_fields[i];
		if (!(field->types[bib->dialect] & type))
			continue;
		if (get(bib, field->var) || writes_without_value(field->how)) {
			nkc_var newer = newer_name(field->var);
			if (bib->native[newer])
				bib->exact[newer] = false; /* both are there, for one field */
			else if (!is_unwanted(bib, field))
				put_field(bib, field);
		} else if (field->var == NKC_VAR_ISSUED) {
			put_no_date(bib);
		} else if (field->var == NKC_VAR_CONTAINER_TITLE) {
			put_conference(bib);
		}
	}
}

/* --- beside the fields of the table --- */

/* So many bytes of a title are enough to sort by, and as much as a label should have. */
#define SORT_KEY_MAX 40

/* The first words, up to markup. */
static nkc_str first_words(nkc_str text)
{
	if (nkc_str_starts(text, NKC_STR("<")))
		text = nkc_str_slice(text, nkc_str_find_byte(text, '>') + 1, text.len);
	text = nkc_str_slice(text, 0, nkc_str_find_byte(text, '<'));
	if (text.len <= SORT_KEY_MAX)
		return nkc_str_trim(text);
	size_t end = SORT_KEY_MAX;
	while (end && text.ptr[end] != ' ')
		end--;
	if (!end) /* a script without spaces: not within a character */
		for (end = SORT_KEY_MAX; end && (text.ptr[end] & 0xC0) == 0x80;)
			end--;
	return nkc_str_trim(nkc_str_slice(text, 0, end));
}

/*
 * BibTeX sorts and labels by author; without one it wants a key. In braces, since natbib would take brackets and
 * parentheses of a label for its own. Not read back.
 */
static void put_sort_key(nkc_bib *bib)
{
	bool sorted = bib->native[NKC_VAR_AUTHOR] ||
	              (bib->native[NKC_VAR_EDITOR] && strcmp(bib->entry->name[NKC_BIBTEX], "book") == 0) ||
	              (bib->native[NKC_VAR_PUBLISHER] && strcmp(bib->entry->name[NKC_BIBTEX], "manual") == 0);
	static const nkc_var sources[] = { NKC_VAR_TITLE_SHORT, NKC_VAR_TITLE, NKC_VAR_CONTAINER_TITLE, NKC_VAR_ID };
	for (size_t i = 0; !sorted && i < sizeof sources / sizeof *sources; i++) {
		nkc_str words = first_words(text_of(bib, sources[i]));
		sorted = !nkc_str_empty(words);
		if (!sorted)
			continue;
		nkc_bib_begin(bib, "key");
		nkc_buf_putc(bib->out, '{');
		size_t start = bib->out->len;
		nkc_latex_put(bib->out, words, bib->latex | NKC_LATEX_NAME);
		/* The first letters of a special character are not cut out of it: they would be half of one. */
		if (nkc_utf8_has_high(nkc_str_slice(nkc_buf_str(bib->out), start, bib->out->len)))
			nkc_buf_splice(bib->out, start, 0, NKC_STR("\\relax "));
		nkc_buf_putc(bib->out, '}');
		nkc_bib_end(bib);
	}
}

/* BibLaTeX drops particles in labels and sorting unless told otherwise. One option speaks for all names. */
static void put_name_options(nkc_bib *bib)
{
	if (!bib->non_dropping)
		return;
	put_word(bib, "options", "useprefix=true");
	for (unsigned var = 0; var < NKC_VAR_COUNT; var++)
		bib->exact[var] = bib->exact[var] && !bib->dropping[var];
}

/* --- fields that mean no variable, as a .bib file had them --- */

/* A name that no reader takes for something else, in small letters as the reader keeps it. */
static bool is_foreign_name(nkc_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (!(c >= 'a' && c <= 'z') &&
		    !(i && ((c >= '0' && c <= '9') || c == '-' || c == '_' || c == '+' || c == '.')))
			return false;
	}
	return name.len > 0 && name.len <= NKC_BIB_NAME_MAX && !nkc_bib_is_known(name);
}

/* Could it stand between braces: are those in it in pairs? */
static bool is_balanced(nkc_str value)
{
	size_t depth = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '{')
			depth++;
		else if (value.ptr[i] == '}' && depth-- == 0)
			return false;
	}
	return depth == 0;
}

static bool has_field(const nkc_bib *bib, size_t entry, nkc_str name)
{
	char begin[NKC_BIB_NAME_MAX + 8];
	snprintf(begin, sizeof begin, "\n  %.*s = ", NKC_STR_ARG(name));
	nkc_str text = nkc_buf_str(bib->out);
	return nkc_str_find(nkc_str_slice(text, entry, text.len), nkc_str_from(begin)) < text.len - entry;
}

static bool put_foreign_field(nkc_bib *bib, size_t entry, const nkc_value *member)
{
	nkc_str value = nkc_value_text(member);
	if (nkc_str_ends(member->key, NKC_STR("-others")) && nkc_str_is(value, "true"))
		return bib->native[nkc_var_find(
			nkc_str_slice(member->key, 0, member->key.len - 7))]; /* it is in the names */
	bool fits = nkc_value_is(member, NKC_STRING) && nkc_latex_is_clean(value) && is_balanced(value) &&
	            nkc_str_eq(value, nkc_str_trim(value)) && value.len;
	if (!fits || !is_foreign_name(member->key) || has_field(bib, entry, member->key))
		return false;
	nkc_bib_begin(bib, nkc_arena_str(bib->record->arena, member->key).ptr);
	nkc_buf_put_str(bib->out, value);
	nkc_bib_end(bib);
	return true;
}

/* Writes the fields of custom.bibtex (bibtex_item.h); what is left of custom then, NULL for nothing. */
static const nkc_value *put_foreign(nkc_bib *bib, size_t entry)
{
	const nkc_value *custom = get(bib, NKC_VAR_CUSTOM);
	if (bib->dialect == NKC_BIB_ZOTERO || !nkc_value_is(nkc_value_find(custom, NKC_STR("bibtex")), NKC_OBJECT))
		return custom;
	nkc_value *rest = nkc_value_dup(bib->record->arena, custom);
	nkc_value *foreign = nkc_value_find(rest, NKC_STR("bibtex"));
	for (nkc_value *member = nkc_value_first(foreign), *next; member; member = next) {
		next = member->next;
		if (put_foreign_field(bib, entry, member))
			nkc_value_remove(member);
	}
	if (foreign && !nkc_value_first(foreign))
		nkc_value_remove(foreign);
	return nkc_value_first(rest) ? rest : NULL;
}

/* --- the object for what no field gives back --- */

static void put_escape(nkc_buf *out, uint32_t rune)
{
	if (rune > 0xFFFF) {
		put_escape(out, 0xD800 + ((rune - 0x10000) >> 10));
		rune = 0xDC00 + (rune & 0x3FF);
	}
	nkc_buf_printf(out, "\\u%04x", (unsigned)rune);
}

/*
 * Copies JSON with the braces in its texts as escapes, so that BibTeX counts only those in pairs, and with escapes
 * for what biber or TeX cannot read.
 */
static void put_json(nkc_buf *out, nkc_str json)
{
	size_t run = 0;
	bool in_text = false, clean = nkc_latex_is_clean(json);
	for (size_t i = 0; i < json.len;) {
		size_t at = i;
		uint32_t rune = clean ? (unsigned char)json.ptr[i++] : nkc_utf8_next(json, &i);
		if (rune == '"')
			in_text = !in_text;
		if (in_text && rune == '\\')
			i++; /* whatever is escaped is neither the end of the text nor a brace */
		if (!in_text || (rune != '{' && rune != '}' && rune != 0x7F && (clean || rune < 0x80)))
			continue;
		nkc_buf_put(out, json.ptr + run, at - run);
		put_escape(out, rune);
		run = i;
	}
	nkc_buf_put(out, json.ptr + run, json.len - run);
}

static void begin_rest(nkc_bib *bib, bool *begun)
{
	nkc_buf_puts(&bib->writer->scratch, *begun ? "," : "{");
	*begun = true;
}

/* One member; told, with the name as a C string. */
static void put_rest_member(nkc_bib *bib, const nkc_value *member, bool *begun)
{
	nkc_buf *scratch = &bib->writer->scratch;
	bool lossy = bib->writer->options.lossy;
	nkc_str name = nkc_arena_str(bib->record->arena, member->key);
	nkc_writer_tell(bib->writer, bib->record, name.ptr, lossy ? NKC_CARRY_NONE : NKC_CARRY_CONVENTION,
	                lossy ? "" : nkc_bib_rest_name(bib->format));
	if (lossy)
		return;
	begin_rest(bib, begun);
	nkc_json_put_string(scratch, member->key);
	nkc_buf_putc(scratch, ':');
	nkc_value_write(member, -1, scratch);
}

static bool is_carried(const nkc_bib *bib, const nkc_value *member)
{
	return member->atom != NKC_VAR_NONE && (bib->exact[member->atom] || get(bib, (nkc_var)member->atom) != member);
}

static void put_rest(nkc_bib *bib, const nkc_value *custom)
{
	bool begun = false;
	nkc_buf_clear(&bib->writer->scratch);
	for (const nkc_value *member = nkc_value_first(bib->record->root); member; member = member->next) {
		const nkc_value *left = member == get(bib, NKC_VAR_CUSTOM) ? custom : member;
		if (left && !is_carried(bib, member))
			put_rest_member(bib, left, &begun);
	}
	for (unsigned var = 0; var < NKC_VAR_COUNT && !bib->writer->options.lossy; var++) {
		if (!bib->taken_away[var])
			continue;
		begin_rest(bib, &begun);
		nkc_buf_printf(&bib->writer->scratch, "\"%s\":null", nkc_var_name((nkc_var)var));
	}
	if (!begun)
		return;
	nkc_buf_putc(&bib->writer->scratch, '}');
	nkc_bib_begin(bib, nkc_bib_rest_name(bib->format));
	put_json(bib->out, nkc_buf_str(&bib->writer->scratch));
	nkc_bib_end(bib);
}

/* --- the key --- */

/* What btparse (biber) takes in a key, but for what TeX or a shell would mind. */
static bool is_key_byte(unsigned char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return true;
	return c != '\0' && c < 0x80 && strchr("-_.:/+*!?;<>[]", c) != NULL;
}

static size_t high_run(nkc_str id, size_t at)
{
	size_t end = at;
	while (end < id.len && (unsigned char)id.ptr[end] >= 0x80)
		end++;
	return end - at;
}

/* Classic BibTeX has no letters beyond ASCII in keys; biber has. */
static void put_key_letters(nkc_bib *bib, nkc_str letters)
{
	if (!nkc_latex_is_clean(letters))
		return;
	if (bib->format == NKC_BIBLATEX)
		nkc_buf_put_str(bib->out, letters);
	else
		nkc_text_ascii(letters, bib->out);
}

static void put_key(nkc_bib *bib, nkc_str id)
{
	nkc_buf *out = bib->out;
	size_t start = out->len;
	bool gap = false;
	for (size_t i = 0; i < id.len; i++) {
		bool high = (unsigned char)id.ptr[i] >= 0x80;
		if (!high && !is_key_byte((unsigned char)id.ptr[i])) {
			gap = true;
			continue;
		}
		if (gap && out->len > start)
			nkc_buf_putc(out, '-');
		gap = false;
		size_t run = high ? high_run(id, i) : 1;
		if (high)
			put_key_letters(bib, nkc_str_slice(id, i, i + run));
		else
			nkc_buf_putc(out, id.ptr[i]);
		i += run - 1;
	}
	if (out->len == start)
		nkc_buf_puts(out, "ref");
	nkc_writer_key(bib->writer, out, start);
	nkc_str key = nkc_str_slice(nkc_buf_str(out), start, out->len);
	bib->exact[NKC_VAR_ID] = nkc_str_eq(id, key) && !nkc_value_is(get(bib, NKC_VAR_ID), NKC_NUMBER);
	if (nkc_str_eq(id, key))
		return;
	nkc_place place = nkc_record_place(bib->record, get(bib, NKC_VAR_ID));
	nkc_diags_add(bib->writer->diags, NKC_CODE_EXPORT_KEY, &place, NULL, "%s cannot hold \"%.*s\"; here it is %.*s",
	              bib->writer->format->title, NKC_STR_ARG(id), NKC_STR_ARG(key));
}

/* --- the entry --- */

/* The genre tells a master's thesis from the others. */
static const char *entry_name(const nkc_bib *bib)
{
	static const char *const words[] = { "master", "magister", "m.a.", "m.sc", "msc ", "ma " };
	nkc_str genre = text_of(bib, NKC_VAR_GENRE);
	const struct genre *known = find_genre(bib, genre);
	if (known && known->entry)
		return known->entry;
	if (bib->dialect != NKC_BIBTEX || bib->record->type != NKC_TYPE_THESIS)
		return bib->entry->name[bib->dialect];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		nkc_str word = nkc_str_from(words[i]);
		if (nkc_str_eq_nocase(nkc_str_slice(genre, 0, word.len), word))
			return "mastersthesis";
	}
	return "phdthesis";
}

static void put_head(nkc_bib *bib)
{
	nkc_buf_putc(bib->out, '@');
	nkc_buf_puts(bib->out, entry_name(bib));
	nkc_buf_putc(bib->out, '{');
	put_key(bib, nkc_writer_id(bib->writer, bib->record));
	bib->taken_away[NKC_VAR_ID] = !get(bib, NKC_VAR_ID);
	nkc_buf_put(bib->out, ",\n", 2);
	bib->exact[NKC_VAR_TYPE] = bib->record->type != NKC_TYPE_NONE;
	bib->taken_away[NKC_VAR_TYPE] = !get(bib, NKC_VAR_TYPE);
}

static unsigned latex_flags(const nkc_writer *writer, nkc_bib_dialect format)
{
	unsigned flags = writer->options.target == NKC_TARGET_ZOTERO ? NKC_LATEX_HTML : 0;
	if (writer->options.charset == NKC_CHARSET_ASCII)
		flags |= NKC_LATEX_ASCII | NKC_LATEX_STRICT;
	else if (writer->options.charset == NKC_CHARSET_DEFAULT && format == NKC_BIBTEX && !flags)
		flags |= NKC_LATEX_ASCII;
	return flags;
}

void nkc_bib_put_entry(nkc_writer *writer, nkc_record *record, nkc_bib_dialect format, nkc_buf *out)
{
	nkc_bib bib = { .writer = writer, .record = record, .out = out, .format = format, .dialect = format };
	if (writer->options.target == NKC_TARGET_ZOTERO)
		bib.dialect = NKC_BIB_ZOTERO;
	bib.latex = latex_flags(writer, format);
	bib.entry = nkc_bib_entry_find(bib.dialect, record->type, record->fields);
	size_t start = out->len;
	put_head(&bib);
	put_fields(&bib);
	if (bib.entry->subtype)
		put_word(&bib, "entrysubtype", bib.entry->subtype);
	if (bib.dialect == NKC_BIBTEX)
		put_sort_key(&bib);
	if (bib.dialect != NKC_BIBTEX)
		put_name_options(&bib);
	put_rest(&bib, put_foreign(&bib, start));
	nkc_buf_put(out, "}\n", 2);
}

/* --- recognising a file --- */

static size_t skip_blanks(nkc_str text, size_t at)
{
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	return at;
}

/* "@article{", "@book (" */
static bool begins_entry(nkc_str head, size_t at)
{
	size_t name = at + 1;
	while (name < head.len && (head.ptr[name] | 0x20) >= 'a' && (head.ptr[name] | 0x20) <= 'z')
		name++;
	size_t open = skip_blanks(head, name);
	return name > at + 1 && open < head.len && (head.ptr[open] == '{' || head.ptr[open] == '(');
}

/* How sure is it that some entry begins in the text? At the beginning of a line it is no quotation. */
static int find_entry(nkc_str head)
{
	int sure = 0;
	for (size_t line = 0; line < head.len && sure < 90;) {
		size_t end = line;
		while (end < head.len && head.ptr[end] != '\n' && head.ptr[end] != '\r')
			end++;
		size_t first = skip_blanks(head, line);
		for (size_t at = first; at < end; at++) {
			if (head.ptr[at] == '@' && (at == first || strchr(" \t}", head.ptr[at - 1])) &&
			    begins_entry(head, at))
				sure = at == first ? 90 : sure ? sure : 50;
		}
		line = end + 1;
	}
	return sure;
}

/* Files may begin with kilobytes of remarks, of which the first tells Emacs or JabRef what they are. */
static bool has_mark(nkc_str head)
{
	return nkc_str_find(head, NKC_STR("-*-BibTeX-*-")) < head.len || nkc_str_starts(head, NKC_STR("% Encoding:"));
}

int nkc_bib_sniff(nkc_str head, nkc_bib_dialect format)
{
	static const char *const biblatex_words[] = { "journaltitle", "date = {", "@online",
		                                      "@report",      "@thesis",  "langid" };
	int sure = find_entry(head);
	if (!sure)
		return has_mark(head) && format == NKC_BIBTEX ? 55 : 0;
	for (size_t i = 0; i < sizeof biblatex_words / sizeof *biblatex_words; i++) {
		if (nkc_str_find(head, nkc_str_from(biblatex_words[i])) < head.len)
			return format == NKC_BIBLATEX ? sure : sure - 30;
	}
	return format == NKC_BIBTEX ? sure : sure - 30;
}
