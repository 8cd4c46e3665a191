/*
 * Markups: whatever the text and however the spans nest, output is valid UTF-8 without controls, OOXML is well-formed, RTF is
 * ASCII, and braces and brackets that we open are closed.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "base/xml.h"
#include "markup/markup.h"

#define EVENTS_MAX 512
#define DEPTH_MAX 60

static csl_event items[EVENTS_MAX];

/* A byte below 0x20 enters a span of that number or, where it is odd and one is open, leaves the innermost; others are text. */
static csl_events read_events(nkc_str text)
{
	uint8_t open[DEPTH_MAX];
	size_t depth = 0, count = 0;
	for (size_t at = 0; at < text.len && count + DEPTH_MAX < EVENTS_MAX;) {
		uint8_t code = (uint8_t)text.ptr[at];
		size_t from = at++;
		if (code < 0x20 && (code & 1) && depth) {
			items[count++] = (csl_event){ .kind = CSL_EVENT_LEAVE, .span = open[--depth] };
		} else if (code < 2 * CSL_SPANS && code < 0x20 && depth < DEPTH_MAX) {
			open[depth++] = code / 2 % CSL_SPANS;
			items[count++] = (csl_event){ .kind = CSL_EVENT_ENTER, .span = open[depth - 1],
				                      .text = NKC_STR("https://e.example/a_b?c&d#(e)") };
		} else {
			while (at < text.len && (uint8_t)text.ptr[at] >= 0x20)
				at++;
			items[count++] = (csl_event){ .kind = CSL_EVENT_TEXT, .text = nkc_str_slice(text, from, at) };
		}
	}
	while (depth)
		items[count++] = (csl_event){ .kind = CSL_EVENT_LEAVE, .span = open[--depth] };
	return (csl_events){ items, count, EVENTS_MAX, NKC_OK };
}

/* Are braces that no backslash stands before in balance, at no place more closed than opened? */
static bool is_balanced(nkc_str text)
{
	long depth = 0;
	for (size_t i = 0; i < text.len && depth >= 0; i++) {
		if (text.ptr[i] == '\\')
			i++;
		else
			depth += (text.ptr[i] == '{') - (text.ptr[i] == '}');
	}
	return depth == 0;
}

static bool is_xml(nkc_str runs)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_buf whole = NKC_BUF_INIT;
	nkc_xml_node *root;
	nkc_xml_fault fault;
	nkc_buf_puts(&whole, "<w:p xmlns:w=\"w\">");
	nkc_buf_put_str(&whole, runs);
	nkc_buf_puts(&whole, "</w:p>");
	bool good = nkc_xml_parse(arena, nkc_buf_str(&whole), &root, &fault) == NKC_OK;
	nkc_buf_release(&whole);
	nkc_arena_free(arena);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	csl_events events = read_events(nkc_str_make((const char *)data, size));
	const nkc_markup *markup;
	nkc_buf out = NKC_BUF_INIT;
	for (size_t m = 0; (markup = nkc_markup_at(m)); m++) {
		const char *name = nkc_markup_name(markup);
		nkc_buf_clear(&out);
		nkc_markup_write(markup, &events, &out);
		nkc_str text = nkc_buf_str(&out);
		MUST(nkc_buf_status(&out) == NKC_OK && nkc_utf8_valid(text));
		for (size_t i = 0; i < text.len; i++)
			MUST((uint8_t)text.ptr[i] >= 0x20 || strchr("\n\t", text.ptr[i]));
		MUST(strcmp(name, "rtf") || !nkc_utf8_has_high(text));
		MUST((strcmp(name, "rtf") && strcmp(name, "latex")) || is_balanced(text));
		MUST(strcmp(name, "ooxml") || is_xml(text));
	}
	nkc_buf_release(&out);
	return 0;
}
