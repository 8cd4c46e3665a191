#include "markup/markup.h"

/* --- what every markup needs --- */

void markup_put_open(const char *open, nkc_str text, void (*escape)(nkc_str, nkc_buf *), nkc_buf *out)
{
	const char *place = strstr(open, "%s");
	if (!place) {
		nkc_buf_puts(out, open);
		return;
	}
	nkc_buf_put(out, open, (size_t)(place - open));
	if (escape)
		escape(text, out);
	else
		nkc_buf_put_str(out, text);
	nkc_buf_puts(out, place + 2);
}

size_t markup_plain_length(nkc_str text, size_t at, const char *special)
{
	size_t end = at;
	while (end < text.len && !strchr(special, text.ptr[end]))
		end++;
	return end - at;
}

void markup_put_anchor(nkc_str id, nkc_buf *out)
{
	for (size_t i = 0; i < id.len; i++)
		nkc_buf_putc(out, (unsigned char)id.ptr[i] <= ' ' ? '_' : id.ptr[i]);
}

/* --- clean text --- */

static bool is_space(uint32_t rune)
{
	return (rune >= '\t' && rune <= '\r') || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

/* Not to be written: it would command a terminal, or is not allowed in XML. */
static bool is_control(uint32_t rune)
{
	return rune < ' ' || (rune >= 0x7F && rune < 0xA0);
}

/* No character at all: a byte that is not UTF-8, or what Unicode sets apart. */
static bool is_bad(uint32_t rune)
{
	return rune == NKC_RUNE_BAD || (rune & 0xFFFE) == 0xFFFE;
}

/* Is it to stand as it is? */
static bool is_kept(uint32_t rune, bool one_line)
{
	if (!one_line && (rune == '\n' || rune == '\t'))
		return true;
	return !(is_space(rune) || is_bad(rune) || is_control(rune));
}

static bool is_clean(nkc_str text)
{
	for (size_t at = 0; at < text.len;) {
		unsigned char c = (unsigned char)text.ptr[at];
		if (c >= ' ' && c < 0x7F)
			at++;
		else if (!is_kept(nkc_utf8_next(text, &at), false))
			return false;
	}
	return true;
}

void markup_put_clean(nkc_str text, bool one_line, nkc_buf *out)
{
	size_t run = 0;
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t rune = nkc_utf8_next(text, &at);
		if (is_kept(rune, one_line))
			continue;
		nkc_buf_put(out, text.ptr + run, from - run);
		nkc_buf_puts(out, is_space(rune) ? " " : is_bad(rune) ? "\xef\xbf\xbd" : "");
		run = at;
	}
	nkc_buf_put(out, text.ptr + run, text.len - run);
}

/* --- events --- */

static void write_text(const nkc_markup *markup, const csl_event *event, nkc_buf *clean, nkc_buf *out)
{
	nkc_str text = event->text;
	if (event->quiet && markup->keeps_quiet) {
		nkc_buf_put_str(out, text);
	} else if (is_clean(text)) {
		markup->escape(text, false, out);
	} else {
		nkc_buf_clear(clean);
		markup_put_clean(text, false, clean);
		markup->escape(nkc_buf_str(clean), false, out);
	}
}

/* Spans as they nest. */
static void write_nested(const nkc_markup *markup, const csl_events *events, nkc_buf *out)
{
	nkc_buf clean = NKC_BUF_INIT;
	for (size_t i = 0; i < events->count; i++) {
		const csl_event *event = &events->items[i];
		const char *mark = event->kind == CSL_EVENT_ENTER ? markup->spans[event->span].open
		                                                  : markup->spans[event->span].close;
		if (event->kind == CSL_EVENT_TEXT)
			write_text(markup, event, &clean, out);
		else if (mark && event->text.len)
			markup_put_open(mark, event->text, markup->escape_link, out);
		else if (mark)
			nkc_buf_puts(out, mark);
	}
	if (nkc_buf_status(&clean) && !nkc_buf_status(out))
		out->status = nkc_buf_status(&clean);
	nkc_buf_release(&clean);
}

void nkc_markup_write(const nkc_markup *markup, const csl_events *events, nkc_buf *out)
{
	if (markup->flat)
		markup_write_flat(markup, events, out);
	else
		write_nested(markup, events, out);
}

void nkc_markup_escape(const nkc_markup *markup, nkc_str text, nkc_buf *out)
{
	csl_event event = { .kind = CSL_EVENT_TEXT, .text = text };
	csl_events events = { &event, 1, 1, NKC_OK };
	nkc_markup_write(markup, &events, out);
}

/* --- bibliographies and documents --- */

void nkc_markup_list_begin(const nkc_markup *markup, const nkc_markup_list *list, nkc_buf *out)
{
	if (markup->list_begin)
		markup->list_begin(list, out);
}

void nkc_markup_list_put(const nkc_markup *markup, const nkc_markup_list *list, nkc_str id, nkc_str text, nkc_buf *out)
{
	markup->list_put(list, id, text, out);
}

void nkc_markup_list_end(const nkc_markup *markup, const nkc_markup_list *list, nkc_buf *out)
{
	if (markup->list_end)
		markup->list_end(list, out);
}

void nkc_markup_head(const nkc_markup *markup, nkc_str title, nkc_buf *out)
{
	nkc_buf escaped = NKC_BUF_INIT;
	if (!markup->head)
		return;
	nkc_markup_escape(markup, title, &escaped);
	markup_put_open(markup->head, nkc_buf_str(&escaped), NULL, out);
	nkc_buf_release(&escaped);
}

void nkc_markup_foot(const nkc_markup *markup, nkc_buf *out)
{
	nkc_buf_puts(out, markup->foot ? markup->foot : "");
}
