#include "format/bibtex_item.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

/* --- the fields by name --- */

typedef struct nkc_bib_place {
	nkc_str name;
	uint8_t dialect;
	uint16_t field; /* index in nkc_bib_fields */
} nkc_bib_place;

struct nkc_bib_index {
	size_t count;
	nkc_bib_place places[];
};

static int compare_places(const void *a, const void *b)
{
	const nkc_bib_place *one = a, *other = b;
	int order = nkc_str_cmp(one->name, other->name);
	return order ? order : (int)one->field - (int)other->field;
}

static struct nkc_bib_index *make_index(void)
{
	struct nkc_bib_index *index =
	        nkc_malloc(sizeof *index + nkc_bib_field_count * NKC_BIB_DIALECTS * sizeof(nkc_bib_place));
	if (!index)
		return NULL;
	index->count = 0;
	for (size_t i = 0; i < nkc_bib_field_count; i++) {
		for (uint8_t dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++) {
			if (nkc_bib_fields[i].name[dialect])
				index->places[index->count++] =
					(nkc_bib_place){ nkc_str_from(nkc_bib_fields[i].name[dialect]),
					                 dialect, (uint16_t)i };
		}
	}
	qsort(index->places, index->count, sizeof *index->places, compare_places);
	return index;
}

nkc_status nkc_bib_maker_init(nkc_bib_maker *maker, nkc_bib_dialect file)
{
	*maker = (nkc_bib_maker){ .file = file };
	nkc_buf_init(&maker->text);
	maker->table = nkc_latex_table_new();
	maker->index = make_index();
	return maker->table && maker->index ? NKC_OK : NKC_ENOMEM;
}

void nkc_bib_maker_release(nkc_bib_maker *maker)
{
	nkc_latex_table_free(maker->table);
	nkc_free(maker->index);
	nkc_buf_release(&maker->text);
}

/* The first place of that name, or the count. */
static size_t find_name(const struct nkc_bib_index *index, nkc_str name)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (nkc_str_cmp(index->places[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The field of that name in items of that type: as the entry's own dialect has it, else as another has it, else as any
 * type has it.
 */
static const nkc_bib_field *find_field(const nkc_bib_maker *maker, nkc_str name, nkc_type type, bool *fits_type)
{
	const struct nkc_bib_index *index = maker->index;
	const nkc_bib_field *best = NULL;
	int quality = -1;
	for (size_t i = find_name(index, name); i < index->count && nkc_str_eq(index->places[i].name, name); i++) {
		const nkc_bib_place *place = &index->places[i];
		const nkc_bib_field *field = &nkc_bib_fields[place->field];
		bool fits = (field->types[place->dialect] & NKC_BIB_TYPE(type)) != 0;
		int rank = (fits ? 2 : 0) + (place->dialect == maker->dialect);
		if (rank > quality) {
			best = field;
			quality = rank;
		}
	}
	*fits_type = quality >= 2;
	return best;
}

/* --- entry types --- */

/* Entry types that nkcite does not write, or writes with a subtype only. */
static const struct alias {
	char name[16];
	nkc_type type;
} aliases[] = {
	{ "artwork", NKC_TYPE_GRAPHIC },         { "audio", NKC_TYPE_SONG },
	{ "blog", NKC_TYPE_POST_WEBLOG },        { "bookinbook", NKC_TYPE_CHAPTER },
	{ "conference", NKC_TYPE_PAPER_CONFERENCE }, { "electronic", NKC_TYPE_WEBPAGE },
	{ "image", NKC_TYPE_GRAPHIC },           { "jurisdiction", NKC_TYPE_LEGAL_CASE },
	{ "legal", NKC_TYPE_LEGISLATION },       { "legislation", NKC_TYPE_LEGISLATION },
	{ "letter", NKC_TYPE_PERSONAL_COMMUNICATION }, { "manual", NKC_TYPE_BOOK },
	{ "map", NKC_TYPE_MAP },                 { "mastersthesis", NKC_TYPE_THESIS },
	{ "movie", NKC_TYPE_MOTION_PICTURE },    { "music", NKC_TYPE_SONG },
	{ "mvbook", NKC_TYPE_BOOK },             { "mvcollection", NKC_TYPE_BOOK },
	{ "mvproceedings", NKC_TYPE_BOOK },      { "mvreference", NKC_TYPE_BOOK },
	{ "newspaper", NKC_TYPE_ARTICLE_NEWSPAPER }, { "patent", NKC_TYPE_PATENT },
	{ "performance", NKC_TYPE_PERFORMANCE }, { "proceedings", NKC_TYPE_BOOK },
	{ "reference", NKC_TYPE_BOOK },          { "review", NKC_TYPE_REVIEW },
	{ "standard", NKC_TYPE_STANDARD },       { "suppbook", NKC_TYPE_CHAPTER },
	{ "suppcollection", NKC_TYPE_CHAPTER },  { "suppperiodical", NKC_TYPE_ARTICLE_JOURNAL },
	{ "video", NKC_TYPE_MOTION_PICTURE },    { "webpage", NKC_TYPE_WEBPAGE },
	{ "www", NKC_TYPE_WEBPAGE },
};

static nkc_type find_alias(nkc_str entry)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
		if (nkc_str_is(entry, aliases[i].name))
			return aliases[i].type;
	}
	return NKC_TYPE_NONE;
}

nkc_type nkc_bib_type_find(nkc_str entry, nkc_str subtype, unsigned *dialects)
{
	nkc_type type = NKC_TYPE_NONE;
	*dialects = 0;
	bool thesis = nkc_str_is(entry, "mastersthesis") || nkc_str_is(entry, "phdthesis");
	if (thesis)
		entry = NKC_STR("phdthesis");
	for (size_t i = 0; i < nkc_bib_entry_count; i++) {
		const nkc_bib_entry *line = &nkc_bib_entries[i];
		nkc_str own = nkc_str_from(line->subtype);
		for (unsigned dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++) {
			if (!line->name[dialect] || !nkc_str_is(entry, line->name[dialect]) ||
			    !nkc_str_eq(own, subtype) || (type && line->type != type) ||
			    (!line->type && type))
				continue;
			type = line->type;
			*dialects |= 1u << dialect;
		}
	}
	if (thesis && type) /* aliases of BibLaTeX's thesis */
		*dialects |= 1u << NKC_BIBLATEX;
	return type;
}

/* --- text --- */

/* Is it what it means already? */
static bool is_plain(nkc_str text)
{
	char before = ' ';
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c < ' ' || strchr("\\{}$`~", c) || (c == ' ' && before == ' ') ||
		    ((c == '-' || c == '\'') && before == (char)c))
			return false;
		before = (char)c;
	}
	return before != ' ' || text.len == 0;
}

nkc_str nkc_bib_decode(nkc_bib_maker *maker, nkc_str latex, unsigned flags)
{
	latex = nkc_str_trim(latex);
	if (is_plain(latex))
		return latex;
	nkc_buf_clear(&maker->text);
	nkc_latex_read(maker->table, &maker->text, latex, flags);
	return nkc_arena_str(maker->arena, nkc_buf_str(&maker->text));
}

/* A string value whose text is not copied again. */
static nkc_value *string(nkc_bib_maker *maker, nkc_str text)
{
	nkc_value *value = nkc_str_empty(text) ? NULL : nkc_value_new(maker->arena, NKC_STRING);
	if (!value)
		return NULL;
	value->u.text = text;
	value->flags |= NKC_VALUE_ESCAPED; /* it may hold what JSON escapes */
	return value;
}

/* --- an item under work --- */

typedef struct item {
	nkc_bib_maker *maker;
	const nkc_bib_raw *raw;
	nkc_type type;
	nkc_value *root;
	nkc_value *foreign; /* custom.bibtex */
	nkc_str own;
	bool set[NKC_VAR_COUNT];
	bool used[NKC_BIB_FIELDS_MAX];
} item;

static void set(item *it, nkc_var var, nkc_value *value)
{
	if (!value || it->set[var])
		return;
	it->set[var] = true;
	nkc_value_add(it->root, nkc_str_from(nkc_var_name(var)), value);
}

/* Keeps what means no variable. */
static void keep(item *it, const char *name, nkc_str text)
{
	nkc_arena *arena = it->maker->arena;
	if (!it->foreign)
		it->foreign = nkc_value_new(arena, NKC_OBJECT);
	nkc_value *value = it->foreign ? nkc_value_string(arena, text) : NULL;
	if (value)
		nkc_value_set(it->foreign, nkc_str_from(name), value);
}

static size_t find_raw(const item *it, const char *name)
{
	size_t i = 0;
	while (i < it->raw->count && !nkc_str_eq_nocase(it->raw->fields[i].name, nkc_str_from(name)))
		i++;
	return i;
}

/* The value of that field, which is used by that. */
static nkc_str use(item *it, const char *name)
{
	size_t i = find_raw(it, name);
	if (i == it->raw->count)
		return NKC_STR("");
	it->used[i] = true;
	return it->raw->fields[i].value;
}

nkc_str nkc_bib_raw_get(const nkc_bib_raw *raw, const char *name)
{
	for (size_t i = 0; i < raw->count; i++) {
		if (nkc_str_eq_nocase(raw->fields[i].name, nkc_str_from(name)))
			return raw->fields[i].value;
	}
	return NKC_STR("");
}

/* --- one function for each way to read a value; NULL: it says nothing --- */

typedef nkc_value *(*read_fn)(item *it, const nkc_bib_field *field, nkc_str value);

static nkc_value *read_text(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	return string(it->maker, nkc_bib_decode(it->maker, value, NKC_LATEX_MARKUP));
}

/* "title: subtitle", the colon only where no mark stands. */
static nkc_str join_title(item *it, nkc_str title, const char *subtitle_name)
{
	nkc_str subtitle = nkc_bib_decode(it->maker, use(it, subtitle_name), NKC_LATEX_MARKUP | NKC_LATEX_NOCASE);
	if (nkc_str_empty(subtitle) || nkc_str_empty(title))
		return nkc_str_empty(title) ? subtitle : title;
	nkc_buf *text = &it->maker->text;
	bool marked = strchr("?!.:;", title.ptr[title.len - 1]) != NULL;
	nkc_buf_clear(text);
	nkc_buf_put_str(text, title);
	nkc_buf_puts(text, marked ? " " : ": ");
	nkc_buf_put_str(text, subtitle);
	return nkc_arena_str(it->maker->arena, nkc_buf_str(text));
}

static nkc_value *read_title(item *it, const nkc_bib_field *field, nkc_str value)
{
	nkc_str title = nkc_bib_decode(it->maker, value, NKC_LATEX_MARKUP | NKC_LATEX_NOCASE);
	if (field->var == NKC_VAR_TITLE)
		title = join_title(it, title, "subtitle");
	else if (field->var == NKC_VAR_CONTAINER_TITLE)
		title = join_title(it, title, "booksubtitle");
	if (field->var != nkc_bib_title_of_whole(it->type) || find_raw(it, "maintitle") == it->raw->count)
		return string(it->maker, title);
	/* a volume of a work in volumes */
	set(it, NKC_VAR_VOLUME_TITLE, string(it->maker, title));
	title = nkc_bib_decode(it->maker, use(it, "maintitle"), NKC_LATEX_MARKUP | NKC_LATEX_NOCASE);
	return string(it->maker, join_title(it, title, "mainsubtitle"));
}

static nkc_value *read_lines(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	return string(it->maker, nkc_bib_decode(it->maker, value, NKC_LATEX_MARKUP | NKC_LATEX_LINES));
}

static nkc_value *read_list(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	return string(it->maker, nkc_bib_decode(it->maker, value, 0));
}

static nkc_value *read_names(item *it, const nkc_bib_field *field, nkc_str value)
{
	bool others;
	nkc_value *names = nkc_bib_read_names(it->maker, value, &others);
	if (others) {
		char name[NKC_BIB_NAME_MAX];
		snprintf(name, sizeof name, "%s-others", nkc_var_name(field->var));
		keep(it, nkc_arena_str(it->maker->arena, nkc_str_from(name)).ptr, NKC_STR("true"));
	}
	return names;
}

/* What people and programs write in addresses, where a tilde is no accent. The longer one first. */
static const struct escape {
	char latex[19];
	char text[2];
} escapes[] = {
	{ "$\\sim$", "~" },  { "$\\tilde{~}$", "~" }, { "\\textasciitilde{}", "~" }, { "\\textasciitilde ", "~" },
	{ "\\textasciitilde", "~" }, { "\\~{}", "~" }, { "\\~", "~" },               { "\\%", "%" },
	{ "\\_", "_" },      { "$_$", "_" },           { "\\textunderscore{}", "_" },  { "\\#", "#" },
	{ "\\&", "&" },      { "\\$", "$" },          { "\\url", "" },                { "\\nolinkurl", "" },
	{ "\\-", "" },       { "\\/", "" },           { "\\{", "" },                  { "\\}", "" },
	{ "{", "" },         { "}", "" },
};

static bool put_unescaped(nkc_buf *out, nkc_str *rest)
{
	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
		nkc_str latex = nkc_str_from(escapes[i].latex);
		if (!nkc_str_starts(*rest, latex))
			continue;
		nkc_buf_puts(out, escapes[i].text);
		*rest = nkc_str_slice(*rest, latex.len, rest->len);
		return true;
	}
	return false;
}

/* Verbatim; but people escape addresses, and put them into \url. Other commands are text. */
static nkc_value *read_address(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	nkc_buf *out = &it->maker->text;
	nkc_str rest = value = nkc_latex_unbrace(value);
	nkc_buf_clear(out);
	while (rest.len) {
		size_t run = 0; /* of bytes in which no escape begins */
		while (run < rest.len && rest.ptr[run] != '\\' && rest.ptr[run] != '{' && rest.ptr[run] != '}' &&
		       rest.ptr[run] != '$')
			run++;
		if (run == 0 && put_unescaped(out, &rest))
			continue;
		run += run == 0;
		nkc_buf_put(out, rest.ptr, run);
		rest = nkc_str_slice(rest, run, rest.len);
	}
	if (nkc_str_find_byte(nkc_buf_str(out), '\\') < out->len)
		return string(it->maker, nkc_bib_decode(it->maker, value, 0));
	if (nkc_str_eq(nkc_buf_str(out), value))
		return string(it->maker, value);
	return string(it->maker, nkc_arena_str(it->maker->arena, nkc_buf_str(out)));
}

static nkc_value *read_pages(item *it, const nkc_bib_field *field, nkc_str value)
{
	nkc_buf pages = NKC_BUF_INIT;
	for (size_t i = 0; i < value.len; i++) {
		if (nkc_str_starts(nkc_str_slice(value, i, value.len), NKC_STR("{--}"))) {
			nkc_buf_puts(&pages, "\xe2\x80\x93");
			i += 3;
		} else if (value.ptr[i] != '-' || i == 0 || value.ptr[i - 1] != '-') {
			nkc_buf_putc(&pages, value.ptr[i]);
		}
	}
	nkc_value *text = read_list(it, field, nkc_arena_str(it->maker->arena, nkc_buf_str(&pages)));
	nkc_buf_release(&pages);
	if (!nkc_bib_counts_pages(it->type, nkc_value_text(text)) || find_raw(it, "pagetotal") < it->raw->count)
		return text;
	set(it, NKC_VAR_NUMBER_OF_PAGES, text);
	return NULL;
}

static const struct ordinal {
	char word[9];
	char number[3];
} ordinals[] = { { "First", "1" },   { "Second", "2" }, { "Third", "3" }, { "Fourth", "4" },    { "Fifth", "5" },
	         { "Sixth", "6" },   { "Seventh", "7" }, { "Eighth", "8" }, { "Ninth", "9" },    { "Tenth", "10" },
	         { "Eleventh", "11" }, { "Twelfth", "12" } };

static bool is_digits(nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len > 0;
}

static nkc_value *read_edition(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	nkc_str text = nkc_bib_decode(it->maker, value, 0);
	if (it->maker->dialect != NKC_BIBTEX)
		return string(it->maker, text);
	for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++) {
		if (nkc_str_eq_nocase(text, nkc_str_from(ordinals[i].word)))
			return string(it->maker, nkc_str_from(ordinals[i].number));
	}
	nkc_str ending = nkc_str_slice(text, text.len > 2 ? text.len - 2 : 0, text.len);
	bool counts = nkc_str_is(ending, "st") || nkc_str_is(ending, "nd") || nkc_str_is(ending, "rd") ||
	              nkc_str_is(ending, "th");
	if (counts && is_digits(nkc_str_slice(text, 0, text.len - 2)))
		text = nkc_str_slice(text, 0, text.len - 2);
	return string(it->maker, text);
}

/* What the entry types and BibLaTeX's words stand for; "" is no genre. */
static const struct genre {
	nkc_type type;
	const char *word;
	const char *genre;
} genres[] = {
	{ NKC_TYPE_THESIS, "phdthesis", "PhD thesis" }, { NKC_TYPE_THESIS, "mathesis", "Master's thesis" },
	{ NKC_TYPE_THESIS, "bathesis", "Bachelor's thesis" }, { NKC_TYPE_THESIS, "candthesis", "Candidate thesis" },
	{ NKC_TYPE_THESIS, "Thesis", "" },              { NKC_TYPE_REPORT, "techreport", "Technical report" },
	{ NKC_TYPE_REPORT, "resreport", "Research report" }, { NKC_TYPE_REPORT, "Report", "" },
};

static nkc_value *read_genre(item *it, const nkc_bib_field *field, nkc_str value)
{
	for (size_t i = 0; i < sizeof genres / sizeof *genres; i++) {
		if (genres[i].type == it->type && nkc_str_is(value, genres[i].word) &&
		    (genres[i].genre[0] || it->maker->dialect != NKC_BIBTEX || it->type == NKC_TYPE_THESIS))
			return string(it->maker, nkc_str_from(genres[i].genre));
	}
	return read_text(it, field, value);
}

/* Is it the text of that field, too? */
static bool is_said(item *it, nkc_str text, const char *name)
{
	return nkc_str_eq(text, nkc_bib_decode(it->maker, nkc_bib_raw_get(it->raw, name), NKC_LATEX_MARKUP));
}

/* A whole address, and not that by which an outlet goes. */
static bool is_address(const item *it, nkc_str text)
{
	bool scheme = nkc_str_starts(text, NKC_STR("http://")) || nkc_str_starts(text, NKC_STR("https://"));
	return scheme && nkc_str_find_byte(text, ' ') == text.len &&
	       !nkc_str_eq(text, nkc_str_trim(nkc_bib_raw_get(it->raw, "publisher"))) &&
	       !nkc_str_eq(text, nkc_str_trim(nkc_bib_raw_get(it->raw, "journal")));
}

/* "outlet, \url{address}", or one of the two. An outlet that has its own field is not said again. */
static nkc_value *read_published(item *it, const nkc_bib_field *field, nkc_str value)
{
	nkc_str published = nkc_latex_unbrace(value), address = NKC_STR("");
	size_t at = nkc_str_find(published, NKC_STR("\\url{"));
	if (at < published.len) {
		size_t end = nkc_latex_group_end(published, at + 4);
		address = nkc_str_slice(published, at + 5, end > at + 5 ? end - 1 : end);
		published = nkc_str_trim(nkc_str_slice(published, 0, at));
		if (nkc_str_ends(published, NKC_STR(",")))
			published = nkc_str_trim(nkc_str_slice(published, 0, published.len - 1));
	} else if (is_address(it, published)) {
		address = published;
		published = NKC_STR("");
	}
	if (find_raw(it, "url") == it->raw->count)
		set(it, NKC_VAR_URL, read_address(it, field, address));
	nkc_value *outlet = read_text(it, field, published);
	nkc_str text = nkc_value_text(outlet);
	nkc_var var = it->type == NKC_TYPE_WEBPAGE ? NKC_VAR_CONTAINER_TITLE : NKC_VAR_PUBLISHER;
	if (!outlet || is_said(it, text, "journal") || is_said(it, text, "publisher"))
		return NULL;
	if (it->set[var] || !nkc_str_empty(nkc_bib_raw_get(it->raw, "publisher")))
		keep(it, "howpublished", value);
	else
		set(it, var, outlet);
	return NULL;
}

/* Is it what bibtex_write.c, put_before_note, puts in front of a note? */
static bool is_before_note(const item *it, nkc_str group)
{
	if (it->type == NKC_TYPE_MANUSCRIPT && nkc_str_eq_nocase(it->raw->type, NKC_STR("unpublished")))
		return find_raw(it, "nkcite") < it->raw->count || nkc_str_eq(group, nkc_bib_raw_get(it->raw, "type")) ||
		       nkc_str_eq(group, nkc_bib_raw_get(it->raw, "library"));
	nkc_str outlet = nkc_bib_raw_get(it->raw, "journal");
	if (nkc_str_empty(outlet))
		outlet = nkc_bib_raw_get(it->raw, "publisher");
	return nkc_str_eq(group, outlet) && nkc_str_starts(nkc_bib_raw_get(it->raw, "howpublished"), NKC_STR("\\url{"));
}

static nkc_value *read_note(item *it, const nkc_bib_field *field, nkc_str value)
{
	size_t end = nkc_str_starts(value, NKC_STR("{")) ? nkc_latex_group_end(value, 0) : 0;
	if (end <= 2 || !is_before_note(it, nkc_str_slice(value, 1, end - 1))) {
		nkc_value *text = read_lines(it, field, value);
		nkc_str number;
		nkc_var var = nkc_bib_noted_identifier(nkc_value_text(text), &number);
		if (!var || it->set[var])
			return text;
		set(it, var, string(it->maker, number));
		return NULL;
	}
	nkc_str note = nkc_str_slice(value, end, value.len);
	return read_lines(it, field, nkc_str_slice(note, nkc_str_starts(note, NKC_STR(".")), note.len));
}

static nkc_value *read_eprint(item *it, const nkc_bib_field *field, nkc_str value)
{
	nkc_str kind = use(it, "eprinttype");
	if (nkc_str_empty(kind))
		kind = use(it, "archiveprefix");
	if (nkc_str_eq_nocase(kind, NKC_STR("pubmed"))) {
		set(it, NKC_VAR_PMID, read_address(it, field, value));
	} else if (nkc_str_eq_nocase(kind, NKC_STR("pmc"))) {
		set(it, NKC_VAR_PMCID, read_address(it, field, value));
	} else if (nkc_str_eq_nocase(kind, NKC_STR("arxiv"))) {
		set(it, NKC_VAR_ARCHIVE, string(it->maker, NKC_STR("arXiv")));
		set(it, NKC_VAR_ARCHIVE_LOCATION, read_address(it, field, value));
	} else {
		keep(it, "eprint", value);
		if (!nkc_str_empty(kind))
			keep(it, "eprinttype", kind);
	}
	return NULL;
}

static nkc_value *read_language(item *it, const nkc_bib_field *field, nkc_str value)
{
	nkc_str text = nkc_bib_decode(it->maker, value, 0);
	const char *tag = nkc_bib_language_tag(text);
	(void)field;
	return string(it->maker, tag ? nkc_str_from(tag) : text);
}

/* year, month and day are one date, and date goes before them. */
static nkc_value *read_date(item *it, const nkc_bib_field *field, nkc_str value)
{
	if (field->var != NKC_VAR_ISSUED)
		return nkc_bib_read_date(it->maker, value);
	nkc_str date = use(it, "date"), year = use(it, "year"), month = use(it, "month"), day = use(it, "day");
	if (!nkc_str_empty(nkc_str_trim(date)))
		return nkc_bib_read_date(it->maker, date);
	return nkc_bib_read_year(it->maker, year, month, day);
}

/* editora with editoratype: the type is the role. */
static nkc_value *read_role(item *it, const nkc_bib_field *field, nkc_str value)
{
	(void)field;
	(void)value;
	static const char names[3][2][12] = { { "editora", "editoratype" }, { "editorb", "editorbtype" },
		                              { "editorc", "editorctype" } };
	for (size_t i = 0; i < 3; i++) {
		size_t at = find_raw(it, names[i][0]), kind = find_raw(it, names[i][1]);
		if (at == it->raw->count || kind == it->raw->count)
			continue;
		nkc_var var = nkc_var_find(it->raw->fields[kind].value);
		bool others;
		if (nkc_var_kind(var) != NKC_KIND_NAMES || it->set[var])
			continue;
		it->used[at] = it->used[kind] = true;
		set(it, var, nkc_bib_read_names(it->maker, it->raw->fields[at].value, &others));
	}
	return NULL;
}

static const read_fn reads_how[] = {
	[NKC_BIB_TEXT] = read_text,       [NKC_BIB_TITLE] = read_title,       [NKC_BIB_LINES] = read_lines,
	[NKC_BIB_LIST] = read_list,       [NKC_BIB_NAMES] = read_names,       [NKC_BIB_ROLE] = read_role,
	[NKC_BIB_ADDRESS] = read_address, [NKC_BIB_INTEGER] = read_list,      [NKC_BIB_PAGES] = read_pages,
	[NKC_BIB_EDITION] = read_edition, [NKC_BIB_GENRE] = read_genre,       [NKC_BIB_PUBLISHED] = read_published,
	[NKC_BIB_NOTE] = read_note,       [NKC_BIB_EPRINT] = read_eprint,     [NKC_BIB_ISBN] = read_list,
	[NKC_BIB_ISSN] = read_list,       [NKC_BIB_LANGUAGE] = read_language, [NKC_BIB_DATE] = read_date
};

/* --- fields that are not in the table --- */

/* Other names of the same fields. */
static const struct other {
	char name[18];
	char known[14];
} others[] = {
	{ "accessed", "urldate" },     { "annotation", "annote" },   { "day", "year" },
	{ "hyphenation", "langid" },   { "keyword", "keywords" },    { "lastchecked", "urldate" },
	{ "month", "year" },           { "origyear", "origdate" },   { "rights", "copyright" },
	{ "shortbooktitle", "shortjournal" }, { "tags", "keywords" },
};

static nkc_str known_name(const item *it, nkc_str name)
{
	/* Where both stand, address is the publisher's place and location that of the conference. */
	if (it->type == NKC_TYPE_PAPER_CONFERENCE && nkc_str_is(name, "location") &&
	    find_raw(it, "address") < it->raw->count)
		return NKC_STR("venue");
	/* MathSciNet: the name of the journal, and its abbreviation */
	if (nkc_str_is(name, "fjournal"))
		return NKC_STR("journal");
	if (nkc_str_is(name, "journal") && find_raw(it, "fjournal") < it->raw->count)
		return NKC_STR("shortjournal");
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (nkc_str_is(name, others[i].name))
			return nkc_str_from(others[i].known);
	}
	return name;
}

/* What speaks of other fields, or of how to print. */
static bool is_silent(nkc_str name)
{
	static const char *const silent[] = { "options",  "entrysubtype", "key",        "langid",
		                              "crossref", "xdata",        "langidopts", "hyphenation" };
	for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
		if (nkc_str_is(name, silent[i]))
			return true;
	}
	return false;
}

bool nkc_bib_is_known(nkc_str name)
{
	static const char *const read_beside[] = { "subtitle",      "booksubtitle", "maintitle",
		                                   "mainsubtitle",  "date",         "fjournal",
		                                   "archiveprefix", "editorb",      "editorc",
		                                   "editoratype",   "editorbtype",  "editorctype",
		                                   "nkcite",        "verbc" };
	bool known = is_silent(name);
	for (size_t i = 0; i < sizeof read_beside / sizeof *read_beside; i++)
		known = known || nkc_str_is(name, read_beside[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		known = known || nkc_str_is(name, others[i].name);
	for (size_t i = 0; i < nkc_bib_field_count; i++) {
		for (unsigned dialect = 0; dialect < NKC_BIB_DIALECTS; dialect++)
			known = known || (nkc_bib_fields[i].name[dialect] &&
			                  nkc_str_is(name, nkc_bib_fields[i].name[dialect]));
	}
	/* An eprint of a kind that means no variable is kept. */
	return known && !nkc_str_is(name, "eprint");
}

/* first: fields that entries of the type have come first, those of other types fill what is left open then. */
static void read_field(item *it, size_t i, bool first)
{
	bool fits;
	char bytes[NKC_BIB_NAME_MAX + 1];
	const nkc_bib_raw_field *raw = &it->raw->fields[i];
	size_t len = raw->name.len < NKC_BIB_NAME_MAX ? raw->name.len : NKC_BIB_NAME_MAX;
	for (size_t j = 0; j < len; j++)
		bytes[j] = raw->name.ptr[j] >= 'A' && raw->name.ptr[j] <= 'Z'
		                   ? (char)(raw->name.ptr[j] | 0x20)
		                   : raw->name.ptr[j];
	bytes[len] = '\0';
	nkc_str name = nkc_str_make(bytes, len);
	it->used[i] = true;
	if (is_silent(name) || find_raw(it, bytes) < i) /* of two, the first */
		return;
	if ((nkc_str_is(name, "maintitle") || nkc_str_is(name, "mainsubtitle")) && first) {
		it->used[i] = false; /* read with title or booktitle */
		return;
	}
	if ((nkc_str_is(name, "eprinttype") || nkc_str_is(name, "archiveprefix")) &&
	    find_raw(it, "eprint") < it->raw->count)
		return; /* read with it */
	if ((nkc_str_is(name, "nkcite") || nkc_str_is(name, "verbc")) &&
	    nkc_str_starts(nkc_str_trim(raw->value), NKC_STR("{"))) {
		it->own = nkc_str_trim(raw->value);
		return;
	}
	const nkc_bib_field *field = find_field(it->maker, known_name(it, name), it->type, &fits);
	if (field && field->var == NKC_VAR_CONTAINER_TITLE && it->type == NKC_TYPE_BOOK)
		field = NULL; /* the title again, for those that refer to the book */
	if (first && field && !fits) {
		it->used[i] = false;
		return;
	}
	if (!field || (it->set[field->var] && field->how != NKC_BIB_PUBLISHED)) {
		keep(it, nkc_arena_str(it->maker->arena, name).ptr, raw->value);
		return;
	}
	nkc_value *value = reads_how[field->how](it, field, raw->value);
	if (value) {
		value->at = (uint32_t)raw->at;
		value->flags = (uint8_t)(value->flags & ~NKC_VALUE_MADE);
	}
	set(it, field->var, value);
}

/* --- the entry --- */

/* Fields that only one of the two has. */
static nkc_bib_dialect guess_dialect(const nkc_bib_maker *maker, const nkc_bib_raw *raw, unsigned dialects)
{
	static const char *const bibtex[] = { "year", "journal", "address", "nkcite" };
	static const char *const biblatex[] = { "date", "verbc", "journaltitle", "location" };
	if (dialects == 1u << NKC_BIB_ZOTERO)
		return NKC_BIB_ZOTERO;
	bool is_bibtex = dialects & (1u << NKC_BIBTEX), is_biblatex = dialects & (1u << NKC_BIBLATEX);
	if (is_bibtex != is_biblatex)
		return is_bibtex ? NKC_BIBTEX : NKC_BIBLATEX;
	for (size_t i = 0; i < sizeof bibtex / sizeof *bibtex; i++) {
		if (!nkc_str_empty(nkc_bib_raw_get(raw, biblatex[i])))
			return NKC_BIBLATEX;
		if (!nkc_str_empty(nkc_bib_raw_get(raw, bibtex[i])))
			return NKC_BIBTEX;
	}
	return maker->file;
}

/* The type, as far as the entry type tells; a misc with an address is a web page. */
static nkc_type find_type(const nkc_bib_raw *raw, nkc_str entry, unsigned *dialects)
{
	nkc_str subtype = nkc_str_trim(nkc_bib_raw_get(raw, "entrysubtype"));
	nkc_type type = nkc_bib_type_find(entry, subtype, dialects);
	if (!type && !nkc_str_empty(subtype))
		type = nkc_bib_type_find(entry, NKC_STR(""), dialects);
	if (!type)
		type = find_alias(entry);
	if (!type)
		type = NKC_TYPE_DOCUMENT;
	nkc_str published = nkc_bib_raw_get(raw, "howpublished");
	bool address = !nkc_str_empty(nkc_bib_raw_get(raw, "url")) ||
	               nkc_str_find(published, NKC_STR("\\url")) < published.len;
	if (type == NKC_TYPE_DOCUMENT && nkc_str_empty(subtype) && address &&
	    nkc_str_empty(nkc_bib_raw_get(raw, "doi")))
		type = NKC_TYPE_WEBPAGE;
	return type;
}

static bool has_option(nkc_str options, const char *option)
{
	return nkc_str_find(options, nkc_str_from(option)) < options.len;
}

/* @phdthesis and @mastersthesis say what kind of thesis they are, unless `type` does. */
static void set_thesis(item *it, nkc_str entry)
{
	if (find_raw(it, "type") < it->raw->count)
		return;
	if (nkc_str_is(entry, "phdthesis"))
		set(it, NKC_VAR_GENRE, string(it->maker, NKC_STR("PhD thesis")));
	else if (nkc_str_is(entry, "mastersthesis"))
		set(it, NKC_VAR_GENRE, string(it->maker, NKC_STR("Master's thesis")));
}

/* The language of the work is that of its title when nothing else is said. */
static void set_language(item *it)
{
	nkc_str babel = nkc_bib_raw_get(it->raw, "langid");
	if (nkc_str_empty(babel))
		babel = nkc_bib_raw_get(it->raw, "hyphenation");
	nkc_str variant = nkc_bib_raw_get(it->raw, "langidopts");
	const char *tag = NULL;
	if (nkc_str_starts(variant, NKC_STR("variant=")))
		tag = nkc_bib_language_tag(nkc_str_slice(variant, 8, variant.len));
	tag = tag ? tag : nkc_bib_language_tag(babel);
	if (tag)
		set(it, NKC_VAR_LANGUAGE, string(it->maker, nkc_str_from(tag)));
}

/* A title that a crossref gave, or none at all, may be in these. */
static void set_foreign(item *it)
{
	nkc_arena *arena = it->maker->arena;
	if (!it->foreign)
		return;
	nkc_value *custom = nkc_value_new(arena, NKC_OBJECT);
	if (!custom)
		return;
	nkc_value_add(custom, NKC_STR("bibtex"), it->foreign);
	set(it, NKC_VAR_CUSTOM, custom);
}

nkc_value *nkc_bib_item(nkc_bib_maker *maker, const nkc_bib_raw *raw, nkc_arena *arena, nkc_str *own)
{
	item it = { .maker = maker, .raw = raw, .own = NKC_STR("") };
	char bytes[NKC_BIB_NAME_MAX];
	size_t len = raw->type.len < sizeof bytes ? raw->type.len : sizeof bytes;
	unsigned dialects;
	for (size_t i = 0; i < len; i++)
		bytes[i] = raw->type.ptr[i] >= 'A' && raw->type.ptr[i] <= 'Z'
		                   ? (char)(raw->type.ptr[i] | 0x20)
		                   : raw->type.ptr[i];
	nkc_str entry = nkc_str_make(bytes, len);
	maker->arena = arena;
	it.root = nkc_value_new(arena, NKC_OBJECT);
	if (!it.root)
		return NULL;
	it.type = find_type(raw, entry, &dialects);
	maker->dialect = guess_dialect(maker, raw, dialects);
	maker->useprefix =
		maker->dialect == NKC_BIBTEX || has_option(nkc_bib_raw_get(raw, "options"), "useprefix=true");
	set(&it, NKC_VAR_ID, string(maker, raw->key));
	set(&it, NKC_VAR_TYPE, string(maker, nkc_str_from(nkc_type_name(it.type))));
	set_thesis(&it, entry);
	for (int first = 1; first >= 0; first--) {
		for (size_t i = 0; i < raw->count; i++) {
			if (!it.used[i])
				read_field(&it, i, first);
		}
	}
	set_language(&it);
	set_foreign(&it);
	*own = it.own;
	return it.root;
}
