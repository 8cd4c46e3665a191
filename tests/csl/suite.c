/*
 * suite.c: runs the public CSL test suite (github.com/citation-style-language/test-suite, processor-tests/humans) through the
 * public interface. NKCITE_CSL_SUITE names its folder, NKCITE_CSL_LOCALES that of the locale files (else csl-locales
 * beside the suite). Without them there is nothing to run, and it says so.
 *
 * Each fixture is one TAP line. What is known to fail stands in known-failures.txt, which may only shrink: a fixture
 * of that list that passes fails the run.
 */
#include <config.h>

#include <dirent.h>
#include <nkcite/nkcite.h>
#include <stdio.h>
#include <stdlib.h>

#define SECTIONS_MAX 24
#define FILE_MAX ((size_t)4 << 20)

typedef struct section {
	nkc_str name, text;
} section;

typedef struct fixture {
	nkc_buf bytes;
	section sections[SECTIONS_MAX];
	size_t count;
	nkc_arena *arena;
} fixture;

typedef struct suite {
	const char *folder;
	nkc_locales *locales;
	nkc_diags *diags;
	nkc_buf known; /* names that are known to fail, a line each */
	unsigned number, failed;
} suite;

/* --- reading a fixture --- */

static bool read_file(const char *path, nkc_buf *out)
{
	char piece[65536];
	size_t got;
	FILE *in = fopen(path, "rb");
	if (!in)
		return false;
	while ((got = fread(piece, 1, sizeof piece, in)) > 0 && out->len < FILE_MAX)
		nkc_buf_put(out, piece, got);
	fclose(in);
	return nkc_buf_status(out) == NKC_OK;
}

/* "  >>===== MODE =====>>": the name between the signs; empty when the line is no such mark. */
static nkc_str mark_of(nkc_str line, const char *sign)
{
	nkc_str s = nkc_str_from(sign);
	size_t at = nkc_str_find(line, s);
	if (at == line.len)
		return NKC_STR("");
	nkc_str name = nkc_str_slice(line, at + s.len, line.len);
	while (name.len && (name.ptr[0] == '=' || name.ptr[0] == ' '))
		name = nkc_str_slice(name, 1, name.len);
	name = nkc_str_slice(name, 0, nkc_str_find(name, NKC_STR("==")));
	while (name.len && (name.ptr[name.len - 1] == '=' || name.ptr[name.len - 1] == ' '))
		name.len--;
	return name;
}

static void parse_sections(fixture *f)
{
	nkc_str rest = nkc_buf_str(&f->bytes), line, open = NKC_STR("");
	const char *start = NULL;
	while (nkc_str_split(&rest, '\n', &line)) {
		nkc_str begins = mark_of(line, ">>=="), ends = mark_of(line, "<<==");
		if (!open.len && begins.len) {
			open = begins;
			start = line.ptr + line.len + 1;
		} else if (open.len && nkc_str_eq(open, ends) && f->count < SECTIONS_MAX) {
			size_t len = line.ptr > start ? (size_t)(line.ptr - start) : 0;
			f->sections[f->count++] = (section){ open, nkc_str_make(start, len) };
			open = NKC_STR("");
		}
	}
}

static nkc_str section_of(const fixture *f, const char *name)
{
	for (size_t i = f->count; i-- > 0;) {
		if (nkc_str_is(f->sections[i].name, name))
			return f->sections[i].text;
	}
	return NKC_STR("");
}

static nkc_value *json_of(fixture *f, const char *name)
{
	nkc_value *value = NULL;
	nkc_str text = section_of(f, name);
	return text.len && nkc_value_parse(&value, f->arena, text, NULL, NULL) == NKC_OK ? value : NULL;
}

static nkc_str text_of(const nkc_value *object, const char *name)
{
	return nkc_value_text(nkc_value_find(object, nkc_str_from(name)));
}

static bool is_set(const nkc_value *object, const char *name)
{
	return nkc_value_truth(nkc_value_find(object, nkc_str_from(name)));
}

/* --- the document: its state after the last call --- */

static nkc_cite read_cite(const nkc_value *from)
{
	int64_t position = -1;
	nkc_cite cite = {
		.id = text_of(from, "id"),
		.locator = text_of(from, "locator"),
		.label = text_of(from, "label"),
		.prefix = text_of(from, "prefix"),
		.suffix = text_of(from, "suffix"),
		.suppress_author = is_set(from, "suppress-author"),
		.author_only = is_set(from, "author-only"),
		.near_note = is_set(from, "near-note"),
	};
	nkc_value_int(nkc_value_find(from, NKC_STR("position")), &position);
	cite.position = (uint8_t)(position + 1);
	return cite;
}

static nkc_mode mode_of(const nkc_value *properties)
{
	nkc_str mode = text_of(properties, "mode");
	return nkc_str_is(mode, "author-only")       ? NKC_MODE_AUTHOR_ONLY
	       : nkc_str_is(mode, "suppress-author") ? NKC_MODE_SUPPRESS_AUTHOR
	       : nkc_str_is(mode, "composite")       ? NKC_MODE_COMPOSITE
	                                             : NKC_MODE_NORMAL;
}

/* properties: of a citation; NULL: none. */
static void put_cluster(nkc_document *document, fixture *f, const nkc_value *items, const nkc_value *properties, nkc_str id,
                        int64_t note)
{
	nkc_cite *cites = nkc_arena_alloc(f->arena, (nkc_value_count(items) + 1) * sizeof *cites);
	nkc_cluster cluster = { .id = id, .note = (uint32_t)note, .cites = cites, .mode = mode_of(properties),
		                .infix = text_of(properties, "infix") };
	for (nkc_value *item = nkc_value_first(items); item && cites; item = item->next)
		cites[cluster.count++] = read_cite(item);
	(void)nkc_document_put_cluster(document, &cluster, NKC_STR("")); /* cites of unknown items are left out */
}

static int64_t note_in(const nkc_value *pair)
{
	int64_t note = 0;
	const nkc_value *number = nkc_value_first(pair) ? nkc_value_first(pair)->next : NULL;
	return nkc_value_int(number, &note) ? note : 0;
}

/* The citation of that id in the last call that has it. */
static const nkc_value *find_citation(const nkc_value *calls, nkc_str id)
{
	const nkc_value *found = NULL;
	for (const nkc_value *call = nkc_value_first(calls); call; call = call->next) {
		const nkc_value *citation = nkc_value_first(call);
		if (nkc_str_eq(text_of(citation, "citationID"), id))
			found = citation;
	}
	return found;
}

static void put_pairs(nkc_document *document, fixture *f, const nkc_value *calls, const nkc_value *pairs)
{
	for (const nkc_value *pair = nkc_value_first(pairs); pair; pair = pair->next) {
		nkc_str id = nkc_value_text(nkc_value_first(pair));
		const nkc_value *citation = find_citation(calls, id);
		if (citation)
			put_cluster(document, f, nkc_value_find(citation, NKC_STR("citationItems")),
			            nkc_value_find(citation, NKC_STR("properties")), id, note_in(pair));
	}
}

/* CITATIONS: each call is [citation, those before, those behind]; the last one gives the order. */
static void put_calls(nkc_document *document, fixture *f, const nkc_value *calls)
{
	const nkc_value *last = nkc_value_is_list(calls) ? calls->u.list.last : NULL;
	const nkc_value *citation = nkc_value_first(last);
	const nkc_value *before = citation ? citation->next : NULL, *behind = before ? before->next : NULL;
	int64_t note = 0;
	if (!citation)
		return;
	nkc_value *properties = nkc_value_find(citation, NKC_STR("properties"));
	nkc_value_int(nkc_value_find(properties, NKC_STR("noteIndex")), &note);
	put_pairs(document, f, calls, before);
	put_cluster(document, f, nkc_value_find(citation, NKC_STR("citationItems")), properties,
	            text_of(citation, "citationID"), note);
	put_pairs(document, f, calls, behind);
}

static nkc_str number_id(fixture *f, size_t number)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%zu", number);
	return nkc_arena_str(f->arena, nkc_str_make(text, (size_t)len));
}

/* Does the last list of BIBENTRIES, if there is one, name the item? */
static bool is_listed(const nkc_value *entries, nkc_str id)
{
	const nkc_value *last = nkc_value_is_list(entries) ? entries->u.list.last : NULL;
	if (!last)
		return true;
	for (const nkc_value *one = nkc_value_first(last); one; one = one->next) {
		if (nkc_str_eq(nkc_value_text(one), id))
			return true;
	}
	return false;
}

static bool is_among(const nkc_str *ids, size_t count, nkc_str id)
{
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq(ids[i], id))
			return true;
	}
	return false;
}

static size_t put_items(nkc_document *document, fixture *f, nkc_str *ids, size_t most)
{
	nkc_value *calls = json_of(f, "CITATIONS"), *second = json_of(f, "INPUT2");
	nkc_value *items = calls && second ? second : json_of(f, "INPUT"), *entries = json_of(f, "BIBENTRIES");
	size_t count = 0;
	for (nkc_value *item = nkc_value_first(items); item && count < most; item = item->next) {
		if (!nkc_value_find(item, NKC_STR("id")))
			nkc_value_set(item, NKC_STR("id"), nkc_value_string(f->arena, number_id(f, 1000 + count)));
		nkc_str id = text_of(item, "id");
		if (!is_listed(entries, id))
			continue;
		nkc_document_put_object(document, item);
		if (!is_among(ids, count, id)) /* of two items with one id the later counts */
			ids[count++] = id;
	}
	return count;
}

/* Puts the ids into the order of the bibliography, in which the runner of the suite's makers cites what no section does. */
static void order_as_listed(nkc_document *document, nkc_str *ids, size_t count)
{
	size_t listed, done = 0;
	if (nkc_document_entry_count(document, &listed))
		return;
	for (size_t i = 0; i < listed; i++) {
		nkc_str id, text;
		nkc_document_entry(document, i, &id, &text);
		for (size_t k = done; k < count; k++) {
			if (!nkc_str_eq(ids[k], id))
				continue;
			nkc_str found = ids[k];
			memmove(ids + done + 1, ids + done, (k - done) * sizeof *ids);
			ids[done++] = found;
			break;
		}
	}
}

static void put_all(nkc_document *document, fixture *f, const nkc_style *style)
{
	nkc_str ids[512];
	bool citation = nkc_str_starts(nkc_str_trim(section_of(f, "MODE")), NKC_STR("citation"));
	size_t count = put_items(document, f, ids, 512), at = 0;
	nkc_value *calls = json_of(f, "CITATIONS"), *clusters = json_of(f, "CITATION-ITEMS");
	bool note = nkc_style_is_note(style);
	if (calls) {
		put_calls(document, f, calls);
		return;
	}
	nkc_document_set_uncited(document, ids, count);
	for (nkc_value *cluster = nkc_value_first(clusters); cluster; cluster = cluster->next, at++)
		put_cluster(document, f, cluster, NULL, number_id(f, at), note ? (int64_t)at + 1 : 0);
	if (clusters)
		return;
	if (citation)
		order_as_listed(document, ids, count);
	nkc_cite cites[512];
	memset(cites, 0, sizeof cites);
	for (size_t i = 0; i < count; i++) {
		cites[i].id = ids[i];
		cites[i].locator = cites[i].label = cites[i].prefix = cites[i].suffix = NKC_STR("");
	}
	for (size_t i = 0; i < (citation ? count > 0 : count); i++) {
		nkc_cluster cluster = { .id = number_id(f, i), .note = note ? (uint32_t)i + 1 : 0, .cites = cites + i,
			                .count = citation ? count : 1 };
		nkc_document_put_cluster(document, &cluster, NKC_STR(""));
	}
}

/* --- the answer --- */

static void put_bibliography(nkc_document *document, nkc_buf *out)
{
	size_t count = 0;
	nkc_document_entry_count(document, &count);
	nkc_buf_puts(out, "<div class=\"csl-bib-body\">\n");
	for (size_t i = 0; i < count; i++) {
		nkc_str id, text;
		if (nkc_document_entry(document, i, &id, &text) == NKC_OK)
			nkc_buf_printf(out, "<div class=\"csl-entry\">%.*s</div>\n", NKC_STR_ARG(text));
	}
	nkc_buf_puts(out, "</div>");
}

static void put_citations(nkc_document *document, nkc_buf *out)
{
	for (size_t i = 0; i < nkc_document_cluster_count(document); i++) {
		nkc_str id, text = NKC_STR("");
		if (nkc_document_cluster(document, i, &id, &text) || !text.len)
			text = NKC_STR("[CSL STYLE ERROR: reference with no printed form.]");
		nkc_buf_put_str(out, text);
		nkc_buf_putc(out, '\n');
	}
}

static bool render(suite *s, fixture *f, nkc_buf *out)
{
	nkc_style *style = NULL;
	nkc_document *document = NULL;
	nkc_str mode = nkc_str_trim(section_of(f, "MODE"));
	bool done = nkc_style_parse(&style, section_of(f, "CSL"), NKC_STR("fixture"), s->diags) == NKC_OK &&
	            nkc_document_new(&document, style, s->locales, NKC_STR(""),
	                             nkc_markup_find(NKC_STR("html")), s->diags) == NKC_OK;
	if (done) {
		nkc_document_set_links(document, false); /* the fixtures have none */
		nkc_document_set_unsorted(document, nkc_str_find(mode, NKC_STR("nosort")) < mode.len);
		put_all(document, f, style);
		if (nkc_str_starts(mode, NKC_STR("bibliography")))
			put_bibliography(document, out);
		else
			put_citations(document, out);
	}
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_diags_clear(s->diags);
	return done;
}

/* --- comparing: blind to what the specification does not say --- */

static nkc_str skip_mark(nkc_str line)
{
	bool mark = nkc_str_starts(line, NKC_STR(">>[")) || nkc_str_starts(line, NKC_STR("..["));
	size_t end = mark ? nkc_str_find_byte(line, ']') : line.len;
	return end < line.len ? nkc_str_trim(nkc_str_slice(line, end + 1, line.len)) : line;
}

/* How a character is escaped in HTML. */
static bool put_entity(nkc_str rest, nkc_buf *out, size_t *len)
{
	static const char *const entities[][2] = {
		{ "&#38;", "&" },  { "&#x26;", "&" }, { "&amp;", "&" },      { "&#60;", "<" },
		{ "&#x3c;", "<" }, { "&lt;", "<" },   { "&#62;", ">" },      { "&gt;", ">" },
		{ "&#39;", "'" },  { "&apos;", "'" }, { "&quot;", "\"" },    { "&#34;", "\"" },
		{ "&#47;", "/" },  { "&#x2f;", "/" }, { "</sup><sup>", "" },
	};
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		nkc_str entity = nkc_str_from(entities[i][0]);
		if (!nkc_str_starts(rest, entity))
			continue;
		/* real markup must not come to equal escaped text */
		nkc_buf_puts(out, entity.ptr[0] == '&' ? "\x01" : "");
		nkc_buf_puts(out, entities[i][1]);
		*len = entity.len;
		return true;
	}
	return false;
}

/* Quotes and ampersands are the same escaped or not; angle brackets are not. */
static void put_plain(nkc_str text, nkc_buf *out)
{
	for (size_t at = 0; at < text.len;) {
		size_t len = 1;
		if (put_entity(nkc_str_slice(text, at, text.len), out, &len)) {
			at += len;
			continue;
		}
		if (strchr("&'\"/", text.ptr[at]) && !nkc_str_starts(nkc_str_slice(text, at, text.len), NKC_STR("/")))
			nkc_buf_putc(out, '\x01');
		nkc_buf_putc(out, text.ptr[at++]);
	}
}

/* White space around <div> and at the ends of lines does not count. */
static void normalise(nkc_str text, nkc_buf *out)
{
	nkc_str rest = text, line;
	while (nkc_str_split(&rest, '\n', &line)) {
		line = skip_mark(nkc_str_trim(line));
		while (line.len) {
			size_t div = nkc_str_find(line, NKC_STR("<div")), end = nkc_str_find(line, NKC_STR("</div>"));
			size_t at = div < end ? div : end;
			nkc_str before = nkc_str_trim(nkc_str_slice(line, 0, at));
			put_plain(before, out);
			nkc_buf_puts(out, before.len ? "\n" : "");
			if (at == line.len)
				break;
			nkc_str tag = nkc_str_slice(line, at, line.len);
			tag = nkc_str_slice(tag, 0, nkc_str_find_byte(tag, '>') + 1);
			nkc_buf_put_str(out, tag);
			nkc_buf_putc(out, '\n');
			line = nkc_str_slice(line, at + tag.len, line.len);
		}
	}
}

static bool is_same(nkc_str wanted, nkc_str got)
{
	nkc_buf a = NKC_BUF_INIT, b = NKC_BUF_INIT;
	normalise(wanted, &a);
	normalise(got, &b);
	bool same = nkc_str_eq(nkc_buf_str(&a), nkc_buf_str(&b));
	nkc_buf_release(&a);
	nkc_buf_release(&b);
	return same;
}

/* --- the run --- */

static bool is_known(const suite *s, nkc_str name)
{
	nkc_str rest = nkc_buf_str(&s->known), line;
	while (nkc_str_split(&rest, '\n', &line)) {
		if (nkc_str_eq(nkc_str_slice(line, 0, nkc_str_find_byte(line, ' ')), name))
			return true;
	}
	return false;
}

static void put_comment(const char *head, nkc_str text)
{
	nkc_str line;
	printf("# %s\n", head);
	while (nkc_str_split(&text, '\n', &line))
		printf("#   %.*s\n", NKC_STR_ARG(line));
}

static void run_fixture(suite *s, const char *file)
{
	fixture f = { .bytes = NKC_BUF_INIT, .arena = nkc_arena_new() };
	nkc_buf path = NKC_BUF_INIT, got = NKC_BUF_INIT;
	nkc_str name = nkc_str_make(file, strlen(file) - 4);
	nkc_buf_printf(&path, "%s/%s", s->folder, file);
	bool same = f.arena && read_file(path.ptr, &f.bytes);
	parse_sections(&f);
	same = same && render(s, &f, &got) && is_same(section_of(&f, "RESULT"), nkc_buf_str(&got));
	bool known = is_known(s, name);
	s->number++;
	s->failed += same == known;
	if (same != known)
		printf("ok %u - %.*s%s\n", s->number, NKC_STR_ARG(name), known ? " # SKIP known to fail" : "");
	else
		printf("not ok %u - %.*s%s\n", s->number, NKC_STR_ARG(name),
		       known ? ": passes; take it off the list" : "");
	if (!same && !known) {
		put_comment("wanted", section_of(&f, "RESULT"));
		put_comment("got", nkc_buf_str(&got));
	}
	nkc_arena_free(f.arena);
	nkc_buf_release(&f.bytes);
	nkc_buf_release(&path);
	nkc_buf_release(&got);
}

static int is_fixture(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return len > 4 && strcmp(entry->d_name + len - 4, ".txt") == 0;
}

static void run_all(suite *s)
{
	struct dirent **files = NULL;
	int count = scandir(s->folder, &files, is_fixture, alphasort);
	for (int i = 0; i < count; i++) {
		run_fixture(s, files[i]->d_name);
		free(files[i]);
	}
	free(files);
	printf("1..%u\n", s->number);
	s->failed += count <= 0;
}

static int skip(const char *why)
{
	printf("1..1\nok 1 - the public CSL suite # SKIP %s\n", why);
	return 0;
}

int main(void)
{
	suite s = { .folder = getenv("NKCITE_CSL_SUITE"), .known = NKC_BUF_INIT };
	const char *locales = getenv("NKCITE_CSL_LOCALES"), *sources = getenv("top_srcdir");
	nkc_buf beside = NKC_BUF_INIT, list = NKC_BUF_INIT;
	if (!s.folder || !*s.folder)
		return skip("NKCITE_CSL_SUITE names no folder");
	s.diags = nkc_diags_new();
	nkc_buf_printf(&beside, "%s/../csl-locales", s.folder);
	nkc_buf_printf(&list, "%s/tests/csl/known-failures.txt", sources ? sources : ".");
	read_file(list.ptr, &s.known);
	if (nkc_locales_open(&s.locales, locales ? locales : beside.ptr, s.diags) != NKC_OK)
		return skip("there are no locale files");
	run_all(&s);
	nkc_locales_close(s.locales);
	nkc_diags_free(s.diags);
	nkc_buf_release(&s.known);
	nkc_buf_release(&beside);
	nkc_buf_release(&list);
	return s.failed != 0;
}
