/*
 * Threads that share one compiled style and one set of locales render at the same time what one renders alone. Build with
 * -fsanitize=thread to have the sharing itself watched.
 */
#include <config.h>

#include "support/unit.h"

#include <nkcite/nkcite.h>
#include <pthread.h>
#include <stdlib.h>

#define THREADS 4
#define ROUNDS 3

typedef struct worker {
	const nkc_style *style;
	nkc_locales *locales;
	const nkc_value *items;
	nkc_str language;
	nkc_diags *diags; /* of its own */
	nkc_buf out;
	nkc_status status;
} worker;

static nkc_status put_all(nkc_document *document, const nkc_value *items)
{
	nkc_status status = NKC_OK;
	for (const nkc_value *item = nkc_value_first(items); item && !status; item = item->next) {
		nkc_cite cite;
		memset(&cite, 0, sizeof cite);
		cite.id = nkc_value_text(nkc_value_find(item, NKC_STR("id")));
		nkc_cluster cluster = { .id = cite.id, .cites = &cite, .count = 1 };
		status = nkc_document_put_object(document, item);
		if (!status)
			status = nkc_document_put_cluster(document, &cluster, NKC_STR(""));
	}
	return status;
}

static nkc_status put_texts(nkc_document *document, nkc_buf *out)
{
	nkc_str id, text;
	size_t count = 0;
	nkc_status status = nkc_document_entry_count(document, &count);
	for (size_t i = 0; !status && i < count; i++) {
		status = nkc_document_entry(document, i, &id, &text);
		nkc_buf_put_str(out, text);
	}
	for (size_t i = 0; !status && i < nkc_document_cluster_count(document); i++) {
		status = nkc_document_cluster(document, i, &id, &text);
		nkc_buf_put_str(out, text);
	}
	return status ? status : nkc_buf_status(out);
}

static void *work(void *data)
{
	worker *w = data;
	for (unsigned i = 0; i < ROUNDS && !w->status; i++) {
		nkc_document *document = NULL;
		nkc_buf_clear(&w->out);
		w->status = nkc_document_new(&document, w->style, w->locales, w->language,
		                             nkc_markup_find(NKC_STR("html")), w->diags);
		if (!w->status)
			w->status = put_all(document, w->items);
		if (!w->status)
			w->status = put_texts(document, &w->out);
		nkc_document_free(document);
	}
	return NULL;
}

static bool read_file(const char *folder, const char *name, nkc_buf *out)
{
	nkc_buf path = NKC_BUF_INIT;
	char piece[4096];
	size_t got;
	nkc_buf_printf(&path, "%s/%s", folder, name);
	FILE *in = fopen(path.ptr, "rb");
	while (in && (got = fread(piece, 1, sizeof piece, in)) > 0)
		nkc_buf_put(out, piece, got);
	if (in)
		fclose(in);
	nkc_buf_release(&path);
	return in && nkc_buf_status(out) == NKC_OK;
}

static void run_together(worker *first)
{
	pthread_t threads[THREADS];
	worker workers[THREADS];
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = *first;
		workers[i].out = (nkc_buf)NKC_BUF_INIT;
		workers[i].diags = nkc_diags_new();
		assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(workers[i].status, NKC_OK);
		work(first);
		assert_true(nkc_str_eq(nkc_buf_str(&workers[i].out), nkc_buf_str(&first->out)));
		nkc_buf_release(&workers[i].out);
		nkc_diags_free(workers[i].diags);
	}
}

static void threads_share_a_style(void **state)
{
	static const nkc_str languages[] = { NKC_STR_INIT(""), NKC_STR_INIT("de-DE"), NKC_STR_INIT("fr-FR") };
	const char *sources = getenv("top_srcdir");
	nkc_buf xml = NKC_BUF_INIT, json = NKC_BUF_INIT, folder = NKC_BUF_INIT;
	nkc_arena *arena = nkc_arena_new();
	nkc_value *items = NULL;
	nkc_style *style = NULL;
	(void)state;
	sources = sources ? sources : ".";
	assert_true(read_file(sources, "styles/apa.csl", &xml) &&
	            read_file(sources, "tests/corpus/varied.json", &json));
	nkc_buf_printf(&folder, "%s/styles/locales", sources);
	worker first = { .items = NULL, .diags = nkc_diags_new(), .out = NKC_BUF_INIT };
	assert_int_equal(nkc_value_parse(&items, arena, nkc_buf_str(&json), NULL, NULL), NKC_OK);
	assert_int_equal(nkc_style_parse(&style, nkc_buf_str(&xml), NKC_STR("apa"), first.diags), NKC_OK);
	first.items = items;
	first.style = style;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		/* locales of their own each time: the threads are the first to ask for the language */
		assert_int_equal(nkc_locales_open(&first.locales, folder.ptr, first.diags), NKC_OK);
		first.language = languages[i];
		run_together(&first);
		nkc_locales_close(first.locales);
	}
	assert_true(first.out.len > 50000);
	nkc_buf_release(&first.out);
	nkc_diags_free(first.diags);
	nkc_style_free(style);
	nkc_arena_free(arena);
	nkc_buf_release(&xml);
	nkc_buf_release(&json);
	nkc_buf_release(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(threads_share_a_style) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
