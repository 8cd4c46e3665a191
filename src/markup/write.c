#include "markup/markup.h"

/* "%s" of the opening text is the URL or id, escaped. */
static void put_open(const nkc_markup *markup, const csl_event *event, nkc_buf *out)
{
	const char *open = markup->spans[event->span].open;
	const char *place = open ? strstr(open, "%s") : NULL;
	if (!open)
		return;
	if (!place) {
		nkc_buf_puts(out, open);
		return;
	}
	nkc_buf_put(out, open, (size_t)(place - open));
	markup->escape(event->text, out);
	nkc_buf_puts(out, place + 2);
}

void nkc_markup_write(const nkc_markup *markup, const csl_events *events, nkc_buf *out)
{
	for (size_t i = 0; i < events->count; i++) {
		const csl_event *event = &events->items[i];
		if (event->kind == CSL_EVENT_TEXT)
			markup->escape(event->text, out);
		else if (event->kind == CSL_EVENT_ENTER)
			put_open(markup, event, out);
		else if (markup->spans[event->span].close)
			nkc_buf_puts(out, markup->spans[event->span].close);
	}
}
