/*
 * pandoc_note.c: citations as notes, and the marks around them: what pandoc's Text.Pandoc.Citeproc does when all is rendered.
 */
#include "paper/pandoc.h"

#include "base/text.h"

/* --- what a list of inlines begins and ends with --- */

static bool is_space(const nkc_value *node)
{
	return pandoc_is(node, "Space") || pandoc_is(node, "SoftBreak");
}

static bool is_word(const nkc_value *node)
{
	return pandoc_is(node, "Str");
}

static nkc_str word_of(const nkc_value *node)
{
	return is_word(node) ? nkc_value_text(pandoc_content(node)) : NKC_STR("");
}

static void set_word(nkc_pandoc *p, nkc_value *node, nkc_str text)
{
	nkc_value_set_text(pandoc_content(node), p->arena, text);
}

static nkc_value *last_of(const nkc_value *array)
{
	return nkc_value_is(array, NKC_ARRAY) ? array->u.list.last : NULL;
}

/* --- notes --- */

static bool is_note_span(const nkc_value *node)
{
	const nkc_value *classes = pandoc_is(node, "Span") ? pandoc_child(pandoc_child(pandoc_content(node), 0), 1) : NULL;
	return nkc_str_is(nkc_value_text(nkc_value_first(classes)), "csl-note");
}

static void append_word(nkc_pandoc *p, nkc_value *array, const char *text)
{
	pandoc_append(p, array, pandoc_string_node(p, "Str", nkc_str_from(text)));
}

static void append_space(nkc_pandoc *p, nkc_value *array)
{
	nkc_value *space = nkc_value_new(p->arena, NKC_OBJECT);
	if (space)
		nkc_value_add(space, NKC_STR("t"), nkc_value_string(p->arena, NKC_STR("Space")));
	pandoc_append(p, array, space);
}

static void move_all(nkc_pandoc *p, nkc_value *to, nkc_value *from)
{
	for (nkc_value *child = pandoc_take_all(from), *next; child; child = next) {
		next = child->next;
		pandoc_append(p, to, child);
	}
}

/* Quotes that close, behind which a full stop may stand. */
static size_t quote_at_end(nkc_str text)
{
	static const nkc_str quotes[] = { NKC_STR_INIT("\u201d"), NKC_STR_INIT("\u2019"), NKC_STR_INIT("\u00bb") };
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		if (nkc_str_ends(text, quotes[i]))
			return quotes[i].len;
	}
	return 0;
}

/* Takes away the full stop that a citation ends in, which is not to stand before a bracket. */
static void drop_final_period(nkc_pandoc *p, nkc_value *array)
{
	nkc_value *last = last_of(array);
	if (last && !is_word(last)) {
		drop_final_period(p, pandoc_inlines(last));
		return;
	}
	nkc_str text = word_of(last);
	size_t quote = quote_at_end(text);
	nkc_buf rest = NKC_BUF_INIT;
	if (text.len > quote && text.ptr[text.len - quote - 1] == '.') {
		nkc_buf_put_str(&rest, nkc_str_slice(text, 0, text.len - quote - 1));
		nkc_buf_put_str(&rest, nkc_str_slice(text, text.len - quote, text.len));
		set_word(p, last, nkc_buf_str(&rest));
		p->failed |= nkc_buf_status(&rest) != NKC_OK;
	}
	nkc_buf_release(&rest);
}

/* A word that a writer has put before a citation begins a sentence in a note: its first letter is a capital. */
static void capitalize(nkc_pandoc *p, const nkc_value *cite, nkc_value *inlines)
{
	const nkc_value *citation = pandoc_child(pandoc_child(pandoc_content(cite), 0), 0);
	nkc_value *word = nkc_value_first(inlines);
	nkc_buf text = NKC_BUF_INIT;
	size_t at = 0;
	if (!nkc_value_first(nkc_value_find(citation, NKC_STR("citationPrefix"))))
		return;
	while (word && !is_word(word))
		word = nkc_value_first(pandoc_inlines(word));
	nkc_str old = word_of(word);
	if (!old.len)
		return;
	nkc_buf_put_rune(&text, nkc_rune_to_title(nkc_utf8_next(old, &at)));
	nkc_buf_put_str(&text, nkc_str_slice(old, at, old.len));
	set_word(p, word, nkc_buf_str(&text));
	p->failed |= nkc_buf_status(&text) != NKC_OK;
	nkc_buf_release(&text);
}

/* What has lost its author may begin in the mark that stood behind that. */
static void drop_first_marks(nkc_pandoc *p, nkc_value *inlines)
{
	nkc_value *first = nkc_value_first(inlines);
	nkc_str text = word_of(first);
	size_t len = 0;
	while (len < text.len && strchr(",;.:", text.ptr[len]))
		len++;
	if (len < text.len && len)
		set_word(p, first, nkc_str_slice(text, len, text.len));
	bool empty = first && is_word(first) && len == text.len;
	nkc_value *rest = empty ? pandoc_take_all(inlines)->next : pandoc_take_all(inlines);
	while (rest && is_space(rest))
		rest = rest->next;
	for (nkc_value *next; rest; rest = next) {
		next = rest->next;
		pandoc_append(p, inlines, rest);
	}
}

/* A new note of one paragraph with the inlines of a span. */
static nkc_value *note_of(nkc_pandoc *p, nkc_value *span)
{
	nkc_value *note = pandoc_node(p, "Note"), *paragraph = pandoc_node(p, "Para");
	move_all(p, pandoc_content(paragraph), pandoc_inlines(span));
	pandoc_append(p, pandoc_content(note), paragraph);
	return note;
}

/* A span that says nothing, as pandoc leaves it. */
static nkc_value *bare_span(nkc_value *span)
{
	nkc_value *attributes = pandoc_child(pandoc_content(span), 0);
	pandoc_take_all(pandoc_child(attributes, 1));
	return span;
}

/* Of "(Doe 2005) ..." in a note: all of a citation in brackets. */
static void put_brackets(nkc_pandoc *p, nkc_value *array, nkc_value *span, bool first)
{
	if (!first)
		append_space(p, array);
	append_word(p, array, "(");
	drop_final_period(p, pandoc_inlines(span));
	move_all(p, array, pandoc_inlines(span));
	append_word(p, array, ")");
}

/* Of "Doe, One" in a note: behind the author a comma. */
static void put_comma(nkc_pandoc *p, nkc_value *array, nkc_value *span, bool first, bool ends)
{
	if (!first) {
		append_word(p, array, ",");
		append_space(p, array);
	}
	if (!ends)
		drop_final_period(p, pandoc_inlines(span));
	move_all(p, array, pandoc_inlines(span));
}

static bool is_textual(const nkc_value *cite)
{
	const nkc_value *citation = pandoc_child(pandoc_child(pandoc_content(cite), 0), 0);
	return pandoc_is(nkc_value_find(citation, NKC_STR("citationMode")), "AuthorInText");
}

/* Does a sentence end before what follows? */
static bool ends_sentence(const nkc_value *next)
{
	while (pandoc_is(next, "Space"))
		next = next->next;
	nkc_str text = word_of(next);
	return !next || (is_word(next) && (!text.len || (text.ptr[0] >= 'A' && text.ptr[0] <= 'Z')));
}

typedef enum how { HOW_NOTE, HOW_BARE, HOW_BRACKETS, HOW_COMMA } how;

static void change_cite(nkc_pandoc *p, nkc_value *cite, how change)
{
	nkc_value *array = pandoc_inlines(cite);
	bool ends = ends_sentence(cite->next);
	for (nkc_value *child = pandoc_take_all(array), *next; child; child = next) {
		next = child->next;
		bool first = !nkc_value_first(array);
		if (!is_note_span(child)) {
			pandoc_append(p, array, child);
			continue;
		}
		drop_first_marks(p, pandoc_inlines(child));
		if (change == HOW_NOTE) {
			capitalize(p, cite, pandoc_inlines(child));
			pandoc_append(p, array, note_of(p, child));
		}
		else if (change == HOW_BARE)
			pandoc_append(p, array, bare_span(child));
		else if (change == HOW_BRACKETS)
			put_brackets(p, array, child, first);
		else
			put_comma(p, array, child, first, ends);
	}
}

/* The citation that a note begins with, where the note is one paragraph: it needs no brackets. */
static const nkc_value *leading_cite(const nkc_value *note)
{
	const nkc_value *block = nkc_value_first(pandoc_content(note));
	const nkc_value *cite = block && !block->next && pandoc_is(block, "Para") ? nkc_value_first(pandoc_content(block)) : NULL;
	return pandoc_is(cite, "Cite") && !is_textual(cite) ? cite : NULL;
}

static void make_notes(nkc_pandoc *p, nkc_value *value, bool in_note, const nkc_value *leading)
{
	if (pandoc_is(value, "Cite")) {
		change_cite(p, value, !in_note ? HOW_NOTE : value == leading ? HOW_BARE :
		                      is_textual(value) ? HOW_COMMA : HOW_BRACKETS);
		return;
	}
	if (pandoc_is(value, "Note") && !in_note) {
		in_note = true;
		leading = leading_cite(value);
	}
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		make_notes(p, child, in_note, leading);
}

void pandoc_make_notes(nkc_pandoc *p)
{
	make_notes(p, p->meta, false, NULL);
	make_notes(p, p->blocks, false, NULL);
}

/* --- marks --- */

/* A citation that is raised counts as a note. */
static bool is_note(const nkc_value *node)
{
	return pandoc_is(node, "Note") || pandoc_is(node, "Superscript");
}

/* How many bytes of punctuation a word begins with; dashes are none. */
static size_t marks_length(nkc_str word)
{
	static const nkc_str others[] = {
		NKC_STR_INIT("\u201c"), NKC_STR_INIT("\u201d"), NKC_STR_INIT("\u2018"), NKC_STR_INIT("\u2019"),
		NKC_STR_INIT("\u00ab"), NKC_STR_INIT("\u00bb"), NKC_STR_INIT("\u2026"),
	};
	for (size_t at = 0;;) {
		nkc_str rest = nkc_str_slice(word, at, word.len);
		size_t len = rest.len && strchr("!\"#%&'()*,-./:;?@[\\]_{}", rest.ptr[0]) ? 1 : 0;
		for (size_t i = 0; i < sizeof others / sizeof *others && !len; i++)
			len = nkc_str_starts(rest, others[i]) ? others[i].len : 0;
		if (!len)
			return at;
		at += len;
	}
}

static bool begins_in_mark(const nkc_value *node)
{
	nkc_str text = word_of(node);
	return text.len && strchr(".,:;?!", text.ptr[0]);
}

/* Does the text before the note end in a mark, or in one within brackets or quotes? */
static bool ends_in_mark(nkc_pandoc *p, const nkc_value *array, const nkc_value *note)
{
	nkc_buf text = NKC_BUF_INIT;
	if (nkc_value_first(array) == note)
		return false;
	for (const nkc_value *child = nkc_value_first(array); child && child != note; child = child->next)
		pandoc_put_plain(child, &text);
	const char *marks = ".,;:!?";
	nkc_str all = nkc_buf_str(&text);
	size_t len = all.len > 0 ? quote_at_end(all) : 0;
	if (!len && all.len > 1 && strchr("\"')]}", all.ptr[all.len - 1]))
		len = 1;
	bool ends = !all.len || strchr(marks, all.ptr[all.len - 1]) ||
	            (len && all.len > len && strchr(marks, all.ptr[all.len - len - 1]));
	p->failed |= nkc_buf_status(&text) != NKC_OK;
	nkc_buf_release(&text);
	return ends;
}

/* A word of marks, appended: inside of quotes that end before, where the language wants it. */
static void append_marks(nkc_pandoc *p, nkc_value *array, nkc_str marks, bool in_quotes)
{
	nkc_value *last = last_of(array);
	bool moves = in_quotes && pandoc_is(last, "Quoted") && marks.len == 1 && strchr(".,", marks.ptr[0]);
	pandoc_append(p, moves ? pandoc_inlines(last) : array, pandoc_string_node(p, "Str", marks));
}

/* Takes the marks off the words that follow; returns the first that stays. */
static nkc_value *take_marks(nkc_pandoc *p, nkc_value *next, nkc_buf *marks)
{
	while (is_word(next)) {
		nkc_str text = word_of(next);
		size_t len = marks_length(text);
		nkc_buf_put(marks, text.ptr, len);
		if (len < text.len) {
			if (len)
				set_word(p, next, nkc_str_slice(text, len, text.len));
			return next;
		}
		next = next->next;
	}
	return next;
}

typedef struct mover {
	nkc_pandoc *p;
	bool moves, in_quotes;
} mover;

/* "word [note]," becomes "word,[note]": what stands before is in the array, the note is appended. */
static nkc_value *put_spaced_note(const mover *m, nkc_value *array, nkc_value *cite, nkc_value *next)
{
	nkc_buf marks = NKC_BUF_INIT;
	if (m->moves)
		next = take_marks(m->p, next, &marks);
	if (marks.len)
		append_marks(m->p, array, nkc_buf_str(&marks), m->in_quotes);
	pandoc_append(m->p, array, cite);
	nkc_buf_release(&marks);
	return next;
}

/* "Doe[note]," becomes "Doe,[note]": the marks go into the citation, before its note. */
static nkc_value *put_author_note(const mover *m, nkc_value *array, nkc_value *cite, nkc_value *next)
{
	nkc_buf marks = NKC_BUF_INIT;
	nkc_value *inlines = pandoc_inlines(cite), *note = last_of(inlines);
	bool marked = ends_in_mark(m->p, inlines, note);
	next = take_marks(m->p, next, &marks);
	for (nkc_value *child = pandoc_take_all(inlines), *after; child; child = after) {
		after = child->next;
		if (child == note && !marked)
			append_marks(m->p, inlines, nkc_buf_str(&marks), m->in_quotes);
		pandoc_append(m->p, inlines, child);
	}
	pandoc_append(m->p, array, cite);
	nkc_buf_release(&marks);
	return next;
}

static bool is_lone_note(const nkc_value *node)
{
	const nkc_value *first = pandoc_is(node, "Cite") ? nkc_value_first(pandoc_inlines(node)) : NULL;
	return first && !first->next && is_note(first);
}

/* Does the citation end in the full stop that a sentence would have behind it? */
static bool doubles_stop(const nkc_value *cite)
{
	nkc_buf text = NKC_BUF_INIT;
	if (!nkc_str_is(word_of(cite->next), "."))
		return false;
	pandoc_put_plain(pandoc_inlines(cite), &text);
	bool ends = nkc_str_ends(nkc_buf_str(&text), NKC_STR("."));
	nkc_buf_release(&text);
	return ends;
}

static void move_marks(const mover *m, nkc_value *array)
{
	bool begun = false;
	for (nkc_value *node = pandoc_take_all(array), *next; node; node = next) {
		next = node->next;
		const nkc_value *last = last_of(array);
		if (begun && last && !is_space(last) && is_space(node) && is_lone_note(next)) {
			next = put_spaced_note(m, array, next, next->next);
		} else if (pandoc_is(node, "Cite") && m->moves && is_note(last_of(pandoc_inlines(node))) &&
		           begins_in_mark(next)) {
			next = put_author_note(m, array, node, next);
		} else {
			if (pandoc_is(node, "Cite") && doubles_stop(node))
				next = next->next;
			pandoc_append(m->p, array, node);
		}
		begun = true;
	}
}

/* In every list of inlines below. */
static void move_all_marks(const mover *m, nkc_value *value)
{
	nkc_value *first = nkc_value_is(value, NKC_ARRAY) ? nkc_value_first(value) : NULL;
	for (nkc_value *child = nkc_value_first(value); child; child = child->next)
		move_all_marks(m, child);
	bool cites = false;
	for (; first && !cites; first = first->next)
		cites = pandoc_is(first, "Cite");
	if (cites)
		move_marks(m, value);
}

void pandoc_move_marks(nkc_pandoc *p, bool moves, bool in_quotes)
{
	mover m = { p, moves, in_quotes };
	move_all_marks(&m, p->meta);
	move_all_marks(&m, p->blocks);
}
