/*
 * own_styles.c: what the project's own styles make of known items. tests/csl/styles holds the items (items.json, beside the
 * records of records/) and a file of what is expected for each style, <style>.txt or <style>.<language>.txt:
 *
 *	seok2004put                     the item that is cited; in a note style line by line in the notes 1, 2, ...
 *		(Seok 2004)             the citation, as HTML
 *		Seok, Kay. 2004. ...    its entry in the bibliography; missing: not looked at; "-": it has none
 *	seok2004put page 12             the same item again, with a label and a locator
 *
 * Besides, every style renders every item in every locale without an empty text and without a finding.
 */
#include <config.h>

#include <dirent.h>
#include <nkcite/nkcite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 512
#define RECORDS (sizeof records / sizeof *records)
#define FILE_MAX ((size_t)1 << 20)

static const char *const records[] = { "amnesty2013abolishing", "freedom2021north", "seok2004put", "valdez2014north",
	                               "wertz2014chance" };
static const char *const languages[] = { "en-US", "en-GB", "fr-FR", "de-DE", "es-ES", "ko-KR", "zh-CN", "ja-JP" };

typedef struct test {
	nkc_buf root;
	nkc_arena *arena;
	nkc_diags *diags;
	nkc_locales *locales;
	nkc_buf items_text;
	const nkc_value *items;
	unsigned number, failed;
} test;

/* A cite that is to be rendered, and what is expected. */
typedef struct expected {
	nkc_str key, label, locator, citation, entry;
} expected;

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

static bool read_below(const test *t, const char *name, nkc_buf *out)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_printf(&path, "%s/%s", t->root.ptr, name);
	bool done = read_file(path.ptr, out);
	nkc_buf_release(&path);
	return done;
}

static void report(test *t, bool ok, const char *style, const char *what, nkc_str name)
{
	t->number++;
	t->failed += !ok;
	printf("%sok %u - %s: %s%.*s\n", ok ? "" : "not ", t->number, style, what, NKC_STR_ARG(name));
}

/* --- the document --- */

static void put_record(test *t, nkc_document *document, const char *file)
{
	nkc_buf name = NKC_BUF_INIT, text = NKC_BUF_INIT;
	nkc_record *record = nkc_record_new();
	nkc_buf_printf(&name, "records/%s", file);
	if (record && read_below(t, name.ptr, &text)) {
		nkc_source source = nkc_source_make(nkc_str_from(file), nkc_buf_str(&text));
		if (nkc_record_parse(record, nkc_buf_str(&text), &source, t->diags) == NKC_OK)
			(void)nkc_document_put_item(document, record);
	}
	nkc_record_free(record);
	nkc_buf_release(&text);
	nkc_buf_release(&name);
}

/* The seed records, then the items of items.json. */
static void put_items(test *t, nkc_document *document)
{
	for (size_t i = 0; i < RECORDS; i++) {
		nkc_buf file = NKC_BUF_INIT;
		nkc_buf_printf(&file, "%s.json", records[i]);
		put_record(t, document, file.ptr);
		nkc_buf_release(&file);
	}
	for (const nkc_value *item = nkc_value_first(t->items); item; item = item->next)
		(void)nkc_document_put_object(document, item);
}

static void put_cite(nkc_document *document, const expected *one, size_t at, bool note)
{
	nkc_cite cite = { .id = one->key, .label = one->label, .locator = one->locator };
	nkc_cluster cluster = { .note = note ? (uint32_t)at + 1 : 0, .cites = &cite, .count = 1 };
	cite.prefix = cite.suffix = cluster.id = cluster.infix = NKC_STR("");
	(void)nkc_document_put_cluster(document, &cluster, NKC_STR(""));
}

static nkc_style *load_style(test *t, nkc_str name)
{
	nkc_style *style = NULL;
	nkc_buf file = NKC_BUF_INIT, xml = NKC_BUF_INIT;
	nkc_buf_printf(&file, "styles/%.*s.csl", NKC_STR_ARG(name));
	if (read_below(t, file.ptr, &xml))
		(void)nkc_style_parse(&style, nkc_buf_str(&xml), name, t->diags);
	nkc_buf_release(&xml);
	nkc_buf_release(&file);
	return style;
}

static nkc_document *new_document(test *t, const nkc_style *style, nkc_str language)
{
	nkc_document *document = NULL;
	if (style)
		(void)nkc_document_new(&document, style, t->locales, language,
		                       nkc_markup_find(NKC_STR("html")), t->diags);
	if (document) {
		nkc_document_set_links(document, false);
		put_items(t, document);
	}
	return document;
}

/* --- what is expected --- */

static size_t read_expected(nkc_str text, expected *list, size_t most)
{
	size_t count = 0;
	nkc_str line;
	while (nkc_str_split(&text, '\n', &line)) {
		if (nkc_str_starts(line, NKC_STR("\t")) && count) {
			expected *last = &list[count - 1];
			*(last->citation.len ? &last->entry : &last->citation) = nkc_str_slice(line, 1, line.len);
		} else if (line.len && count < most) {
			expected one = { .label = NKC_STR(""),
				         .locator = line,
				         .citation = NKC_STR(""),
				         .entry = NKC_STR("") };
			nkc_str_split(&one.locator, ' ', &one.key);
			nkc_str_split(&one.locator, ' ', &one.label);
			list[count++] = one;
		}
	}
	return count;
}

static nkc_str entry_of(nkc_document *document, nkc_str key)
{
	size_t count = 0;
	nkc_str id, text;
	(void)nkc_document_entry_count(document, &count);
	for (size_t i = 0; i < count; i++) {
		if (nkc_document_entry(document, i, &id, &text) == NKC_OK && nkc_str_eq(id, key))
			return text;
	}
	return NKC_STR("-");
}

static void compare(test *t, const char *file, const char *what, nkc_str key, nkc_str wanted, nkc_str got)
{
	bool same = nkc_str_eq(wanted, got);
	report(t, same, file, what, key);
	if (!same)
		printf("#   wanted %.*s\n#   got    %.*s\n", NKC_STR_ARG(wanted), NKC_STR_ARG(got));
}

static void run_list(test *t, const char *file, nkc_document *document, const expected *list, size_t count, bool note)
{
	nkc_str id, text;
	for (size_t i = 0; i < count; i++)
		put_cite(document, &list[i], i, note);
	for (size_t i = 0; i < count; i++) {
		text = NKC_STR("");
		(void)nkc_document_cluster(document, i, &id, &text);
		compare(t, file, "citation of ", list[i].key, list[i].citation, text);
		if (list[i].entry.len)
			compare(t, file, "entry of ", list[i].key, list[i].entry, entry_of(document, list[i].key));
	}
}

/* "apa.fr-FR.txt": style and language. */
static void run_file(test *t, const char *file)
{
	static expected list[LINES_MAX];
	nkc_buf text = NKC_BUF_INIT, path = NKC_BUF_INIT;
	nkc_str rest = nkc_str_from(file), name, language = NKC_STR("");
	nkc_str_split(&rest, '.', &name);
	if (!nkc_str_is(rest, "txt"))
		nkc_str_split(&rest, '.', &language);
	nkc_buf_printf(&path, "tests/csl/styles/%s", file);
	nkc_style *style = load_style(t, name);
	nkc_document *document = new_document(t, style, language);
	if (document && read_below(t, path.ptr, &text)) {
		size_t count = read_expected(nkc_buf_str(&text), list, LINES_MAX);
		run_list(t, file, document, list, count, nkc_style_is_note(style));
	} else {
		report(t, false, file, "cannot be read", NKC_STR(""));
	}
	nkc_document_free(document);
	nkc_style_free(style);
	nkc_buf_release(&path);
	nkc_buf_release(&text);
}

/* --- every style in every locale --- */

static bool has_word(nkc_str text)
{
	bool tag = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (!tag && (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'z')))
			return true;
		tag = tag ? c != '>' : c == '<';
	}
	return false;
}

static bool cite_is_full(nkc_document *document, nkc_str key, size_t at, bool note)
{
	expected one = { .key = key };
	nkc_str id, text = NKC_STR("");
	one.label = one.locator = NKC_STR("");
	put_cite(document, &one, at, note);
	(void)nkc_document_cluster(document, at, &id, &text);
	return has_word(text);
}

static bool is_full(test *t, nkc_document *document, bool note)
{
	nkc_str id, text;
	size_t at = 0, count = 0;
	bool full = true;
	for (; at < RECORDS; at++)
		full = cite_is_full(document, nkc_str_from(records[at]), at, note) && full;
	for (const nkc_value *item = nkc_value_first(t->items); item; item = item->next, at++)
		full = cite_is_full(document, nkc_value_text(nkc_value_find(item, NKC_STR("id"))), at, note) && full;
	(void)nkc_document_entry_count(document, &count);
	for (size_t i = 0; i < count; i++)
		full = full && nkc_document_entry(document, i, &id, &text) == NKC_OK && has_word(text);
	return full && count > 0;
}

static void run_locales(test *t, nkc_str name)
{
	nkc_style *style = load_style(t, name);
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		nkc_document *document = new_document(t, style, nkc_str_from(languages[i]));
		bool full = document && is_full(t, document, nkc_style_is_note(style));
		report(t, full && !nkc_diags_count(t->diags), languages[i], "nothing empty, no finding with ", name);
		nkc_document_free(document);
		nkc_diags_clear(t->diags);
	}
	nkc_style_free(style);
}

/* --- the run --- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Calls run for each file of the folder with that ending. */
static void each_file(test *t, const char *folder, const char *ending, void (*run)(test *t, const char *file))
{
	nkc_buf path = NKC_BUF_INIT;
	struct dirent **names = NULL;
	nkc_buf_printf(&path, "%s/%s", t->root.ptr, folder);
	int count = scandir(path.ptr, &names, NULL, by_name);
	for (int i = 0; i < count; i++) {
		if (nkc_str_ends(nkc_str_from(names[i]->d_name), nkc_str_from(ending)))
			run(t, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	nkc_buf_release(&path);
}

static void run_style(test *t, const char *file)
{
	nkc_str name = nkc_str_make(file, strlen(file) - strlen(".csl"));
	run_locales(t, name);
}

static bool set_up(test *t)
{
	const char *root = getenv("top_srcdir");
	nkc_value *items = NULL;
	nkc_buf locales = NKC_BUF_INIT;
	nkc_buf_puts(&t->root, root ? root : ".");
	nkc_buf_printf(&locales, "%s/styles/locales", root ? root : ".");
	t->arena = nkc_arena_new();
	t->diags = nkc_diags_new();
	bool done = t->arena && t->diags && nkc_locales_open(&t->locales, locales.ptr, t->diags) == NKC_OK &&
	            read_below(t, "tests/csl/styles/items.json", &t->items_text) &&
	            nkc_value_parse(&items, t->arena, nkc_buf_str(&t->items_text), NULL, NULL) == NKC_OK;
	t->items = items;
	nkc_buf_release(&locales);
	return done;
}

int main(void)
{
	test t = { .root = NKC_BUF_INIT, .items_text = NKC_BUF_INIT };
	if (set_up(&t)) {
		each_file(&t, "tests/csl/styles", ".txt", run_file);
		each_file(&t, "styles", ".csl", run_style);
	} else {
		report(&t, false, "styles", "the items and locales cannot be read", NKC_STR(""));
	}
	printf("1..%u\n", t.number);
	nkc_locales_close(t.locales);
	nkc_diags_free(t.diags);
	nkc_arena_free(t.arena);
	nkc_buf_release(&t.items_text);
	nkc_buf_release(&t.root);
	return t.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
