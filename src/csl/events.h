/*
 * events.h: what the engine hands to a markup (stages 8 to 10).
 *
 * The one header of this room that src/markup knows. Fonts are already resolved (flip-flop): a run says what it
 * looks like, not what it inherits.
 */
#ifndef NKC_SRC_CSL_EVENTS_H
#define NKC_SRC_CSL_EVENTS_H

#include <nkcite/buf.h>
#include <nkcite/markup.h>

typedef enum csl_event_kind {
	CSL_EVENT_TEXT,
	CSL_EVENT_ENTER, /* a span: what it is stands in `span` */
	CSL_EVENT_LEAVE
} csl_event_kind;

typedef enum csl_span {
	CSL_SPAN_ITALIC,
	CSL_SPAN_OBLIQUE,
	CSL_SPAN_NORMAL_STYLE, /* upright inside italics */
	CSL_SPAN_BOLD,
	CSL_SPAN_LIGHT,
	CSL_SPAN_NORMAL_WEIGHT,
	CSL_SPAN_SMALL_CAPS,
	CSL_SPAN_NORMAL_VARIANT,
	CSL_SPAN_UNDERLINE,
	CSL_SPAN_NO_DECORATION,
	CSL_SPAN_SUP,
	CSL_SPAN_SUB,
	CSL_SPAN_BASELINE,
	CSL_SPAN_BLOCK,        /* display */
	CSL_SPAN_LEFT_MARGIN,
	CSL_SPAN_RIGHT_INLINE,
	CSL_SPAN_INDENT,
	CSL_SPAN_LINK,         /* text: the address; of an allowed scheme, percent-encoded where need be */
	CSL_SPANS
} csl_span;

/* What a text is to the joining of punctuation. */
typedef enum csl_mark {
	CSL_MARK_NONE,
	CSL_MARK_OPEN_QUOTE,
	CSL_MARK_CLOSE_QUOTE,
	CSL_MARK_AFFIX, /* an affix or a delimiter: what a style puts around and between */
	CSL_MARK_FIELD, /* of a field itself: it does not move into the quotes before it */
	CSL_MARK_OWN    /* of what a writer typed: nor does it where a mark stands there already */
} csl_mark;

/* What becomes of the first character of a text where it meets the last of the text before: bits. */
enum {
	CSL_MEET_SPACE = 1, /* two spaces are one */
	CSL_MEET_SAME = 2,  /* two marks that are the same are one */
	CSL_MEET_MARKS = 4, /* other marks join, too */
	CSL_MEET_ENTER = 8, /* a mark goes into the quotes before, where marks do */
	CSL_MEET_ALL = 15
};

typedef struct csl_event {
	uint8_t kind; /* csl_event_kind */
	uint8_t span; /* csl_span */
	uint8_t mark; /* of a text, while it is set: csl_mark */
	uint8_t meet; /* likewise: how it meets the text before */
	bool quiet;   /* of a text: most markups write it as it is (nkc_utf8_is_quiet) */
	nkc_str text;
} csl_event;

/* A growing list of events; texts are borrowed from the scratch arena. */
typedef struct csl_events {
	csl_event *items;
	size_t count, cap;
	nkc_status status;
} csl_events;

/* Writes events in a markup (stage 10): what the engine asks of src/markup, which it knows by this alone. */
void nkc_markup_write(const nkc_markup *markup, const csl_events *events, nkc_buf *out);

#endif
