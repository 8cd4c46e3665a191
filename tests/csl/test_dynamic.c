/*
 * A document that is changed at random gives, after each change, byte for byte what a fresh document gives, and tells exactly
 * what looks different. Styles of all kinds; NKCITE_CSL_SAMPLE may name a folder with more.
 */
#include <config.h>

#include "support/unit.h"

#include <dirent.h>
#include <nkcite/nkcite.h>
#include <stdlib.h>

#define ITEMS 24
#define CLUSTERS_MAX 40
#define CITES_MAX 4
#define STEPS 120
#define TEXT_MAX 16384

/* --- the styles: one of each kind, with all that makes clusters depend on each other --- */

#define HEAD(class, attributes)                                                                                      \
	"<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"" class "\" " attributes ">"         \
	"<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>"                         \
	"<macro name=\"author\"><names variable=\"author\"><name form=\"short\" initialize-with=\". \"/>"              \
	"<substitute><text variable=\"title\"/></substitute></names></macro>"                                         \
	"<macro name=\"year\"><date variable=\"issued\"><date-part name=\"year\"/></date></macro>"

#define BIBLIOGRAPHY(attributes, keys) \
	"<bibliography " attributes ">" keys "<layout suffix=\".\"><group delimiter=\". \">" \
	"<names variable=\"author\"><name name-as-sort-order=\"all\"/></names><text macro=\"year\"/>" \
	"<text variable=\"title\"/></group></layout></bibliography></style>"

#define BY_AUTHOR "<sort><key variable=\"author\"/><key macro=\"year\"/><key variable=\"title\"/></sort>"
#define AUTHOR_YEAR \
	"<layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><group delimiter=\" \"><text macro=\"author\"/>" \
	"<text macro=\"year\"/><text variable=\"locator\"/></group></layout></citation>"
#define ALL_MEANS \
	"et-al-min=\"3\" et-al-use-first=\"1\" disambiguate-add-names=\"true\" disambiguate-add-givenname=\"true\" " \
	"disambiguate-add-year-suffix=\"true\" "

static const char *const styles[] = {
	HEAD("in-text",
	     "") "<citation " ALL_MEANS
		 "givenname-disambiguation-rule=\"all-names\" collapse=\"year-suffix\">"
		 "<sort><key macro=\"author\"/><key macro=\"year\"/></sort>" AUTHOR_YEAR BIBLIOGRAPHY(
			 "subsequent-author-substitute=\"---\"", BY_AUTHOR),

	HEAD("in-text", "") "<citation " ALL_MEANS "givenname-disambiguation-rule=\"by-cite\">" AUTHOR_YEAR
		BIBLIOGRAPHY(
			"subsequent-author-substitute=\"---\" subsequent-author-substitute-rule=\"partial-each\"",
			"<sort><key macro=\"year\" sort=\"descending\"/><key variable=\"author\"/></sort>"),

	HEAD("in-text",
	     "") "<citation " ALL_MEANS "givenname-disambiguation-rule=\"primary-name-with-initials\" "
		 "et-al-subsequent-min=\"2\" et-al-subsequent-use-first=\"1\">" AUTHOR_YEAR BIBLIOGRAPHY(
			 "", BY_AUTHOR),

	HEAD("note",
	     "") "<citation et-al-min=\"3\" et-al-use-first=\"1\" near-note-distance=\"2\" "
		 "disambiguate-add-givenname=\"true\"><layout suffix=\".\" delimiter=\"; \"><choose>"
		 "<if position=\"ibid-with-locator\"><text term=\"ibid\"/><text variable=\"locator\" prefix=\" \"/></if>"
		 "<else-if position=\"ibid\"><text term=\"ibid\"/></else-if>"
		 "<else-if position=\"near-note\"><text macro=\"author\"/></else-if>"
		 "<else-if position=\"subsequent\"><group delimiter=\", \"><text macro=\"author\"/>"
		 "<choose><if disambiguate=\"true\"><text variable=\"title\"/></if></choose>"
		 "<text variable=\"first-reference-note-number\" prefix=\"n. \"/></group></else-if>"
		 "<else><group delimiter=\", \"><text macro=\"author\"/><text variable=\"title\"/><text macro=\"year\"/></group>"
		 "</else></choose></layout></citation>" BIBLIOGRAPHY("", BY_AUTHOR),

	HEAD("in-text",
	     "") "<citation collapse=\"citation-number\"><sort><key variable=\"citation-number\"/></sort>"
		 "<layout prefix=\"[\" suffix=\"]\" delimiter=\",\"><text variable=\"citation-number\"/></layout></citation>"
		 "<bibliography second-field-align=\"flush\"><layout><text variable=\"citation-number\" suffix=\" \"/>"
		 "<text variable=\"title\"/></layout></bibliography></style>",

	HEAD("in-text",
	     "") "<citation disambiguate-add-year-suffix=\"true\"><layout delimiter=\", \">"
		 "<text variable=\"citation-number\"/><text macro=\"author\" prefix=\" \"/></layout></citation>"
		 "<bibliography><sort><key macro=\"author\"/><key variable=\"citation-number\" sort=\"descending\"/></sort>"
		 "<layout><text variable=\"citation-number\" suffix=\" \"/><text variable=\"title\"/></layout></bibliography></style>",

	HEAD("in-text",
	     "") "<citation disambiguate-add-year-suffix=\"true\"><layout prefix=\"[\" suffix=\"]\">"
		 "<text variable=\"citation-label\"/></layout></citation>"
		 "<bibliography><layout><text variable=\"citation-label\" suffix=\" \"/><text variable=\"title\"/></layout>"
		 "</bibliography></style>",

	HEAD("note",
	     "") "<citation disambiguate-add-names=\"true\" disambiguate-add-givenname=\"true\" "
		 "givenname-disambiguation-rule=\"all-names-with-initials\" et-al-min=\"2\" et-al-use-first=\"1\">"
		 "<layout><text macro=\"author\"/><text variable=\"first-reference-note-number\" prefix=\" above \"/></layout>"
		 "</citation></style>",
};

/* --- what the document ought to hold --- */

typedef struct cite_model {
	unsigned item;
	unsigned locator; /* 0: none */
	bool suppressed;
} cite_model;

typedef struct cluster_model {
	unsigned id;
	unsigned note;
	unsigned mode;
	cite_model cites[CITES_MAX];
	unsigned count;
	char *text; /* as seen last; NULL: never */
} cluster_model;

typedef struct model {
	nkc_style *style;
	nkc_locales *locales;
	nkc_diags *diags;
	nkc_document *document;
	unsigned seed;
	unsigned versions[ITEMS]; /* 0: not there; else which of its readings */
	bool uncited[ITEMS];
	cluster_model clusters[CLUSTERS_MAX];
	unsigned count, next_id;
	char *entries[ITEMS]; /* by item, as seen last; NULL: not listed */
	unsigned listed[ITEMS], listed_count;
	size_t kept, rendered; /* how many clusters stayed, and changed */
} model;

static unsigned draw(model *m, unsigned below)
{
	m->seed = m->seed * 1103515245u + 12345u;
	return (m->seed >> 16) % below;
}

static nkc_str id_of(unsigned number, char letter, char out[16])
{
	int len = snprintf(out, 16, "%c%u", letter, number);
	return nkc_str_make(out, (size_t)len);
}

/* An item's reading: few names, years and titles, so that many clash. */
static void put_item(model *m, nkc_document *document, unsigned item, unsigned version)
{
	static const char *const family[] = { "Doe", "Roe", "Doe", "Poe" };
	static const char *const given[] = { "John", "Jane", "Jill", "Ann Mary", "J." };
	nkc_buf json = NKC_BUF_INIT;
	nkc_arena *arena = nkc_arena_new();
	nkc_value *value = NULL;
	unsigned hash = (item * 7919 + version * 104729) >> 1;
	nkc_buf_printf(&json, "{\"id\":\"i%u\",\"type\":\"%s\",\"title\":\"%s %u\",\"author\":[", item,
	               hash % 5 ? "book" : "article-journal", hash % 3 ? "Work" : "Study", hash % 4);
	for (unsigned i = 0; i < hash % 4; i++)
		nkc_buf_printf(&json, "%s{\"family\":\"%s\",\"given\":\"%s\"}", i ? "," : "",
		               family[(hash / 3 + i) % 4], given[(hash / 7 + i * i) % 5]);
	nkc_buf_printf(&json, "],\"issued\":{\"date-parts\":[[%u]]}}", 2000 + hash % 2);
	assert_int_equal(nkc_value_parse(&value, arena, nkc_buf_str(&json), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_document_put_object(document, value), NKC_OK);
	nkc_arena_free(arena);
	nkc_buf_release(&json);
	(void)m;
}

static void put_cluster(nkc_document *document, const cluster_model *from, nkc_str before)
{
	char ids[CITES_MAX][16], locators[CITES_MAX][16], id[16];
	nkc_cite cites[CITES_MAX];
	nkc_cluster cluster = { .id = id_of(from->id, 'c', id),
		                .note = from->note,
		                .cites = cites,
		                .count = from->count,
		                .mode = (nkc_mode)from->mode };
	memset(cites, 0, sizeof cites);
	for (unsigned i = 0; i < from->count; i++) {
		cites[i].id = id_of(from->cites[i].item, 'i', ids[i]);
		if (from->cites[i].locator)
			cites[i].locator = id_of(from->cites[i].locator, '1', locators[i]);
		cites[i].suppress_author = from->cites[i].suppressed;
	}
	nkc_status status = nkc_document_put_cluster(document, &cluster, before);
	assert_true(status == NKC_OK || status == NKC_ENOTFOUND);
}

static void put_uncited(const model *m, nkc_document *document)
{
	char texts[ITEMS][16];
	nkc_str ids[ITEMS];
	size_t count = 0;
	for (unsigned i = 0; i < ITEMS; i++) {
		if (m->uncited[i])
			ids[count++] = id_of(i, 'i', texts[i]);
	}
	nkc_status status = nkc_document_set_uncited(document, ids, count);
	assert_true(status == NKC_OK || status == NKC_ENOTFOUND);
}

static nkc_document *open_document(const model *m)
{
	nkc_document *document = NULL;
	assert_int_equal(nkc_document_new(&document, m->style, m->locales, NKC_STR(""),
	                                  nkc_markup_find(NKC_STR("html")), m->diags),
	                 NKC_OK);
	return document;
}

/* --- changes --- */

/* Each tells whether there was anything to change. */

static bool change_item(model *m)
{
	unsigned item = draw(m, ITEMS);
	char id[16];
	if (m->versions[item] && draw(m, 3) == 0) {
		m->versions[item] = 0;
		assert_int_equal(nkc_document_remove_item(m->document, id_of(item, 'i', id)), NKC_OK);
		return true;
	}
	m->versions[item] = 1 + draw(m, 50);
	put_item(m, m->document, item, m->versions[item]);
	return true;
}

static bool change_uncited(model *m)
{
	unsigned item = draw(m, ITEMS);
	m->uncited[item] = !m->uncited[item];
	put_uncited(m, m->document);
	return true;
}

static void fill_cluster(model *m, cluster_model *cluster)
{
	cluster->count = 1 + draw(m, CITES_MAX);
	cluster->mode = draw(m, 8) ? 0 : draw(m, 4);
	for (unsigned i = 0; i < cluster->count; i++) {
		cluster->cites[i] = (cite_model){ draw(m, draw(m, 2) ? ITEMS : 4), draw(m, 3) ? 0 : 1 + draw(m, 3),
			                          draw(m, 10) == 0 };
	}
}

static void number_notes(model *m)
{
	char id[16];
	for (unsigned i = 0; i < m->count; i++) {
		unsigned note = m->clusters[i].note ? i / 2 + 1 : 0;
		if (note != m->clusters[i].note)
			nkc_document_set_note(m->document, id_of(m->clusters[i].id, 'c', id), note);
		m->clusters[i].note = note;
	}
}

static void open_place(model *m, unsigned at)
{
	memmove(m->clusters + at + 1, m->clusters + at, (m->count - at) * sizeof *m->clusters);
	m->count++;
}

static void close_place(model *m, unsigned at)
{
	m->count--;
	memmove(m->clusters + at, m->clusters + at + 1, (m->count - at) * sizeof *m->clusters);
}

static bool insert_cluster(model *m)
{
	unsigned at = draw(m, m->count + 1);
	char before[16];
	if (m->count == CLUSTERS_MAX)
		return false;
	open_place(m, at);
	m->clusters[at] = (cluster_model){ .id = m->next_id++, .note = nkc_style_is_note(m->style) && draw(m, 6) };
	fill_cluster(m, &m->clusters[at]);
	nkc_str next = at + 1 < m->count ? id_of(m->clusters[at + 1].id, 'c', before) : NKC_STR("");
	put_cluster(m->document, &m->clusters[at], next);
	return true;
}

static bool update_cluster(model *m)
{
	cluster_model *cluster = m->count ? &m->clusters[draw(m, m->count)] : NULL;
	if (!cluster)
		return false;
	fill_cluster(m, cluster);
	put_cluster(m->document, cluster, NKC_STR(""));
	return true;
}

static bool remove_cluster(model *m)
{
	char id[16];
	unsigned at = m->count ? draw(m, m->count) : 0;
	if (!m->count)
		return false;
	assert_int_equal(nkc_document_remove_cluster(m->document, id_of(m->clusters[at].id, 'c', id)), NKC_OK);
	free(m->clusters[at].text);
	close_place(m, at);
	return true;
}

static bool move_cluster(model *m)
{
	char id[16], before[16];
	if (m->count < 2)
		return false;
	unsigned from = draw(m, m->count), to = draw(m, m->count - 1);
	cluster_model moved = m->clusters[from];
	close_place(m, from);
	nkc_str next = to < m->count ? id_of(m->clusters[to].id, 'c', before) : NKC_STR("");
	open_place(m, to);
	m->clusters[to] = moved;
	assert_int_equal(nkc_document_move_cluster(m->document, id_of(moved.id, 'c', id), next), NKC_OK);
	return true;
}

static void change(model *m)
{
	static bool (*const changes[])(model *) = { insert_cluster, insert_cluster, insert_cluster, update_cluster,
		                                    remove_cluster, move_cluster,   change_item,    change_uncited };
	while (!changes[draw(m, 8)](m))
		;
	number_notes(m);
}

/* --- comparing --- */

static char *copy_of(nkc_str text)
{
	char *copy = malloc(text.len + 1);
	assert_non_null(copy);
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return copy;
}

static void compare_clusters(model *m, nkc_document *fresh)
{
	const size_t *changes = NULL;
	size_t count = 0, at = 0;
	nkc_str id, text, wanted;
	assert_int_equal(nkc_document_changes(m->document, &changes, &count), NKC_OK);
	assert_int_equal(nkc_document_cluster_count(m->document), m->count);
	for (unsigned i = 0; i < m->count; i++) {
		cluster_model *cluster = &m->clusters[i];
		assert_int_equal(nkc_document_cluster(m->document, i, &id, &text), NKC_OK);
		assert_int_equal(nkc_document_cluster(fresh, i, &id, &wanted), NKC_OK);
		char *now = copy_of(text), *then = copy_of(wanted);
		assert_string_equal(now, then);
		bool changed = !cluster->text || strcmp(cluster->text, now);
		assert_int_equal(nkc_document_cluster_changed(m->document, i), changed);
		if (changed)
			assert_int_equal(changes[at++], i);
		m->kept += !changed;
		m->rendered += changed;
		free(then);
		free(cluster->text);
		cluster->text = now;
	}
	assert_int_equal(at, count);
}

/* "i12" is 12. */
static unsigned number_of(nkc_str id)
{
	unsigned number = 0;
	for (size_t i = 1; i < id.len; i++)
		number = number * 10 + (unsigned)(id.ptr[i] - '0');
	return number;
}

static void compare_entries(model *m, nkc_document *fresh)
{
	char *seen[ITEMS] = { NULL };
	size_t count = 0, wanted = 0;
	nkc_str id, text, other, other_text;
	nkc_status status = nkc_document_entry_count(m->document, &count);
	assert_int_equal(nkc_document_entry_count(fresh, &wanted), status);
	assert_int_equal(count, wanted);
	bool moved = count != m->listed_count;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(nkc_document_entry(m->document, i, &id, &text), NKC_OK);
		assert_int_equal(nkc_document_entry(fresh, i, &other, &other_text), NKC_OK);
		assert_true(nkc_str_eq(id, other));
		unsigned item = number_of(id);
		char *now = copy_of(text), *then = copy_of(other_text);
		assert_string_equal(now, then);
		free(then);
		bool changed = !m->entries[item] || strcmp(m->entries[item], now);
		assert_int_equal(nkc_document_entry_changed(m->document, i), changed);
		moved |= i >= m->listed_count || m->listed[i] != item;
		m->listed[i] = item;
		seen[item] = now;
	}
	assert_int_equal(nkc_document_entries_moved(m->document), moved);
	m->listed_count = (unsigned)count;
	for (unsigned i = 0; i < ITEMS; i++) {
		free(m->entries[i]);
		m->entries[i] = seen[i];
	}
}

/* A document made in one go, its items in another order, gives the same. */
static void compare(model *m)
{
	nkc_document *fresh = open_document(m);
	for (unsigned i = ITEMS; i-- > 0;) {
		if (m->versions[i])
			put_item(m, fresh, i, m->versions[i]);
	}
	for (unsigned i = 0; i < m->count; i++)
		put_cluster(fresh, &m->clusters[i], NKC_STR(""));
	put_uncited(m, fresh);
	compare_clusters(m, fresh);
	compare_entries(m, fresh);
	nkc_document_free(fresh);
}

static void run(nkc_locales *locales, nkc_diags *diags, nkc_str xml, unsigned seed, unsigned steps)
{
	model m = { .locales = locales, .diags = diags, .seed = seed, .next_id = 1 };
	if (nkc_style_parse(&m.style, xml, NKC_STR("style"), diags) != NKC_OK)
		fail_msg("the style is none");
	m.document = open_document(&m);
	for (unsigned i = 0; i < ITEMS - 4; i++)
		put_item(&m, m.document, i, m.versions[i] = 1 + draw(&m, 50));
	for (unsigned i = 0; i < steps; i++) {
		for (unsigned changes = 1 + (draw(&m, 4) == 0) * draw(&m, 5); changes > 0; changes--)
			change(&m);
		nkc_document_update(m.document);
		compare(&m);
	}
	for (unsigned i = 0; i < m.count; i++)
		free(m.clusters[i].text);
	for (unsigned i = 0; i < ITEMS; i++)
		free(m.entries[i]);
	nkc_document_free(m.document);
	nkc_style_free(m.style);
	nkc_diags_clear(diags);
}

static void an_update_gives_what_a_fresh_run_gives(void **state)
{
	nkc_diags *diags = nkc_diags_new();
	nkc_locales *locales = NULL;
	(void)state;
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		for (unsigned seed = 1; seed <= 3; seed++)
			run(locales, diags, nkc_str_from(styles[i]), seed, STEPS);
	}
	nkc_locales_close(locales);
	nkc_diags_free(diags);
}

static bool read_style(const char *folder, const char *name, nkc_buf *xml)
{
	nkc_buf path = NKC_BUF_INIT;
	char piece[TEXT_MAX];
	size_t got;
	nkc_buf_printf(&path, "%s/%s", folder, name);
	FILE *in = fopen(path.ptr, "rb");
	while (in && (got = fread(piece, 1, sizeof piece, in)) > 0)
		nkc_buf_put(xml, piece, got);
	if (in)
		fclose(in);
	nkc_buf_release(&path);
	return in && nkc_buf_status(xml) == NKC_OK;
}

/* The styles of the project, and those of a folder that the tester names. */
static void run_folder(const char *folder, unsigned steps)
{
	nkc_diags *diags = nkc_diags_new();
	nkc_locales *locales = NULL;
	DIR *dir = opendir(folder);
	assert_int_equal(nkc_locales_open(&locales, NULL, diags), NKC_OK);
	for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
		nkc_buf xml = NKC_BUF_INIT;
		size_t len = strlen(entry->d_name);
		if (len > 4 && !strcmp(entry->d_name + len - 4, ".csl") && read_style(folder, entry->d_name, &xml)) {
			print_message("# %s\n", entry->d_name);
			run(locales, diags, nkc_buf_str(&xml), 1, steps);
		}
		nkc_buf_release(&xml);
	}
	if (dir)
		closedir(dir);
	nkc_locales_close(locales);
	nkc_diags_free(diags);
}

static void so_with_whole_styles(void **state)
{
	const char *sources = getenv("top_srcdir"), *sample = getenv("NKCITE_CSL_SAMPLE");
	nkc_buf own = NKC_BUF_INIT;
	(void)state;
	nkc_buf_printf(&own, "%s/styles", sources ? sources : ".");
	run_folder(own.ptr, 40);
	if (sample && *sample)
		run_folder(sample, 40);
	nkc_buf_release(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_update_gives_what_a_fresh_run_gives),
		cmocka_unit_test(so_with_whole_styles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
