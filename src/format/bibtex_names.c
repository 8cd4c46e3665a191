/*
 * Names in .bib files: "von Last, First", "von Last, Jr, First", "{Organisation}", joined by " and "; and where
 * biber would miscount commas, BibLaTeX's extended form, "family={Last}", "given={First}".
 *
 * Read backwards: a name that is one group in braces is a literal; before the first comma, the leading words that
 * begin with a small letter are a particle, the rest is the family name (without its braces, when it is one
 * group); three parts have the suffix in the middle; a single word without a comma is a family name. A particle
 * is non-dropping in BibTeX, which sorts by it; in BibLaTeX it is when the entry has options = {useprefix=true}.
 */
#include "format/bibtex_write.h"
#include "format/bibtex_item.h"
#include "format/latex.h"

#include <stdio.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Does a no-break space, which is written as a tie, end at text[at]? */
static bool is_tie(nkc_str text, size_t at)
{
	return at > 0 && nkc_str_starts(nkc_str_slice(text, at - 1, text.len), NKC_STR("\xc2\xa0"));
}

/* BibTeX breaks names into words at these. */
static bool is_separator(nkc_str text, size_t at)
{
	char c = text.ptr[at];
	return c == ' ' || c == '-' || c == '~' || is_tie(text, at);
}

/* Is there the word "and", between spaces or at an end, in whatever case? */
static bool has_and(nkc_str text)
{
	for (size_t i = 0; i + 3 <= text.len; i++) {
		if ((text.ptr[i] | 0x20) != 'a' || !nkc_str_eq_nocase(nkc_str_slice(text, i, i + 3), NKC_STR("and")))
			continue;
		if ((i == 0 || text.ptr[i - 1] == ' ') && (i + 3 == text.len || text.ptr[i + 3] == ' '))
			return true;
	}
	return false;
}

/* Commands that biber does not decode: it would take the closing brace for an initial. */
static bool has_command(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (memchr("{}~\\^`|", text.ptr[i], 7))
			return true;
	}
	return false;
}

static bool needs_braces(const nkc_bib *bib, nkc_str text)
{
	return nkc_str_find_byte(text, ',') < text.len || has_and(text) ||
	       (bib->format == NKC_BIBLATEX && has_command(text));
}

/* Would BibTeX take some words of the family name for a particle? Those before the last that begin small. */
static bool has_particle_inside(nkc_str family)
{
	bool word_begins = true, small = false;
	for (size_t i = 0; i < family.len; i++) {
		if (word_begins && small)
			return true;
		small = word_begins ? is_lower(family.ptr[i]) : small;
		word_begins = is_separator(family, i);
	}
	return false;
}

static bool is_one_word(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_separator(text, i))
			return false;
	}
	return true;
}

static bool put_part(nkc_bib *bib, nkc_str text, bool braced)
{
	if (braced)
		nkc_buf_putc(bib->out, '{');
	size_t start = bib->out->len;
	bool exact = nkc_latex_put(bib->out, text, bib->latex | NKC_LATEX_NAME);
	if (!braced)
		return exact;
	/* A group that begins with a backslash is a special character to BibTeX. */
	if (bib->out->len > start && bib->out->ptr[start] == '\\')
		nkc_buf_splice(bib->out, start, 0, NKC_STR("{}"));
	nkc_buf_putc(bib->out, '}');
	return exact;
}

/* "van der ", or "d'" which is joined to what follows. BibTeX knows it by small letters. */
static bool put_particle(nkc_bib *bib, nkc_str particle)
{
	if (nkc_str_empty(particle))
		return true;
	bool exact = put_part(bib, particle, false) && !needs_braces(bib, particle);
	bool word_begins = true;
	for (size_t i = 0; i < particle.len; i++) {
		exact = exact && (!word_begins || is_lower(particle.ptr[i]));
		word_begins = particle.ptr[i] == ' ' || is_tie(particle, i);
	}
	char last = particle.ptr[particle.len - 1];
	if (last == '\'' || last == '-' || nkc_str_ends(particle, NKC_STR("\xe2\x80\x99")))
		return false;
	nkc_buf_putc(bib->out, ' ');
	return exact;
}

static bool put_family(nkc_bib *bib, const nkc_name *name)
{
	bool alone = nkc_str_empty(name->given) && nkc_str_empty(name->suffix);
	bool particles = !nkc_str_empty(name->dropping_particle) || !nkc_str_empty(name->non_dropping_particle);
	/* An equals sign makes it an option, or a part of the extended form. */
	bool braced = needs_braces(bib, name->family) || has_particle_inside(name->family) ||
	              nkc_str_find_byte(name->family, '=') < name->family.len;
	bool exact = true;
	if (alone && !particles) {
		/* Braces would make it a literal. */
		braced = braced || !is_one_word(name->family) || nkc_str_eq_nocase(name->family, NKC_STR("others"));
		exact = !braced;
	} else if (particles && !is_one_word(name->family)) {
		braced = true;
	}
	size_t start = bib->out->len;
	exact = put_part(bib, name->family, braced) && exact;
	return exact && !(alone && !particles && /* such as a sign in braces */
	                  nkc_bib_is_literal(nkc_str_slice(nkc_buf_str(bib->out), start, bib->out->len)));
}

/* Zotero splits what stands behind the given name off again, so dropping particles go there. */
static bool put_given(nkc_bib *bib, const nkc_name *name)
{
	bool exact = put_part(bib, name->given, needs_braces(bib, name->given));
	if (bib->dialect == NKC_BIB_ZOTERO && !nkc_str_empty(name->dropping_particle)) {
		nkc_buf_putc(bib->out, ' ');
		put_part(bib, name->dropping_particle, false);
		exact = false;
	}
	return exact;
}

static bool put_person(nkc_bib *bib, const nkc_name *name)
{
	if (nkc_str_empty(name->family)) {
		put_part(bib, name->given, !is_one_word(name->given) || needs_braces(bib, name->given));
		return false;
	}
	bool exact = true;
	if (bib->dialect != NKC_BIB_ZOTERO || nkc_str_empty(name->given))
		exact = put_particle(bib, name->dropping_particle);
	exact = put_particle(bib, name->non_dropping_particle) && exact;
	exact = put_family(bib, name) && exact;
	if (nkc_str_empty(name->given)) /* a comma at the end is an error to BibTeX */
		return exact && nkc_str_empty(name->suffix);
	if (!nkc_str_empty(name->suffix)) {
		nkc_buf_put(bib->out, ", ", 2);
		exact = put_part(bib, name->suffix, needs_braces(bib, name->suffix)) && exact;
	}
	nkc_buf_put(bib->out, ", ", 2);
	return put_given(bib, name) && exact;
}

/* --- BibLaTeX's extended form --- */

static size_t count_commas(nkc_str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == ',';
	return count;
}

/* biber drops an entry with a name of more than two commas, be they in braces. */
static bool has_many_commas(const nkc_name *name)
{
	size_t commas = count_commas(name->family) + count_commas(name->given) + count_commas(name->suffix) +
	                count_commas(name->non_dropping_particle) + count_commas(name->dropping_particle);
	return commas && commas + !nkc_str_empty(name->given) + !nkc_str_empty(name->suffix) > 2;
}

/* The form has no escape for its own signs. */
static bool put_extended_part(nkc_bib *bib, const char *name, nkc_str text, bool *begun)
{
	if (nkc_str_empty(text))
		return true;
	if (nkc_str_find_byte(text, '=') < text.len || nkc_str_find_byte(text, '"') < text.len)
		return false;
	nkc_buf_puts(bib->out, *begun ? ", \"" : "\"");
	*begun = true;
	nkc_buf_puts(bib->out, name);
	nkc_buf_puts(bib->out, "={");
	bool exact = nkc_latex_put(bib->out, text, bib->latex | NKC_LATEX_NAME);
	nkc_buf_puts(bib->out, "}\"");
	return exact;
}

static bool put_extended(nkc_bib *bib, const nkc_name *name)
{
	bool non_dropping = !nkc_str_empty(name->non_dropping_particle), begun = false;
	bool exact = put_extended_part(bib, "family", name->family, &begun);
	exact = put_extended_part(bib, "given", name->given, &begun) && exact;
	exact = put_extended_part(bib, "prefix",
	                          non_dropping ? name->non_dropping_particle : name->dropping_particle,
	                          &begun) &&
	        exact;
	return put_extended_part(bib, "suffix", name->suffix, &begun) && exact;
}

/* --- a list of names --- */

static bool put_name(nkc_bib *bib, nkc_var var, const nkc_name *name)
{
	bool dropping = !nkc_str_empty(name->dropping_particle);
	bool non_dropping = !nkc_str_empty(name->non_dropping_particle);
	bool person = !nkc_str_empty(name->family) || !nkc_str_empty(name->given);
	if (!nkc_str_empty(name->literal))
		return put_part(bib, name->literal, true) && !person;
	bib->dropping[var] = bib->dropping[var] || dropping;
	bib->non_dropping = bib->non_dropping || non_dropping;
	bool exact = bib->dialect == NKC_BIBLATEX && has_many_commas(name) ? put_extended(bib, name)
	                                                                   : put_person(bib, name);
	return exact && !(dropping && (non_dropping || bib->format == NKC_BIBTEX));
}

/* Does the value hold nothing but the texts of an nkc_name? */
static bool is_plain_name(const nkc_value *value)
{
	static const nkc_str parts[] = { NKC_STR_INIT("family"),           NKC_STR_INIT("given"),
		                         NKC_STR_INIT("literal"),          NKC_STR_INIT("suffix"),
		                         NKC_STR_INIT("dropping-particle"), NKC_STR_INIT("non-dropping-particle") };
	for (const nkc_value *part = nkc_value_first(value); part; part = part->next) {
		size_t i = 0;
		while (i < sizeof parts / sizeof *parts && !nkc_str_eq(part->key, parts[i]))
			i++;
		if (i == sizeof parts / sizeof *parts || part->type != NKC_STRING || part->u.text.len == 0 ||
		    (part->flags & (NKC_VALUE_BAD_UTF8 | NKC_VALUE_LONE)))
			return false;
	}
	return value->type == NKC_OBJECT || value->type == NKC_STRING;
}

static bool are_plain_names(const nkc_value *list, size_t count)
{
	for (const nkc_value *value = nkc_value_first(list); value; value = value->next, count--) {
		if (!count || !is_plain_name(value))
			return false;
	}
	return nkc_value_is(list, NKC_ARRAY) && count == 0;
}

/* A file that the item was read from named more, without saying who. Zotero would take "others" for a name. */
static bool has_others(const nkc_bib *bib, nkc_var var)
{
	char name[NKC_BIB_NAME_MAX];
	snprintf(name, sizeof name, "%s-others", nkc_var_name(var));
	const nkc_value *foreign = nkc_value_find(nkc_record_get(bib->record, NKC_VAR_CUSTOM), NKC_STR("bibtex"));
	return bib->dialect != NKC_BIB_ZOTERO &&
	       nkc_str_is(nkc_value_text(nkc_value_find(foreign, nkc_str_from(name))), "true");
}

bool nkc_bib_put_names(nkc_bib *bib, const char *name, nkc_var var)
{
	const nkc_name *names;
	size_t count = nkc_record_names(bib->record, var, &names);
	if (!count)
		return false;
	bool exact = are_plain_names(nkc_record_get(bib->record, var), count);
	nkc_bib_begin(bib, name);
	for (size_t i = 0; i < count; i++) {
		if (i)
			nkc_buf_put(bib->out, " and ", 5);
		exact = put_name(bib, var, &names[i]) && exact;
	}
	if (has_others(bib, var))
		nkc_buf_puts(bib->out, " and others");
	nkc_bib_end(bib);
	bib->native[var] = true;
	return exact;
}
