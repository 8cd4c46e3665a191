#include "format/rich.h"

typedef struct face {
	unsigned bit;
	nkc_str open, close;
} face;

/* In the order in which they are opened. */
static const face faces_known[] = {
	{ NKC_RICH_NOCASE, NKC_STR_INIT("<span class=\"nocase\">"), NKC_STR_INIT("</span>") },
	{ NKC_RICH_SMALL_CAPS, NKC_STR_INIT("<span style=\"font-variant:small-caps;\">"), NKC_STR_INIT("</span>") },
	{ NKC_RICH_BOLD, NKC_STR_INIT("<b>"), NKC_STR_INIT("</b>") },
	{ NKC_RICH_ITALIC, NKC_STR_INIT("<i>"), NKC_STR_INIT("</i>") },
	{ NKC_RICH_SUP, NKC_STR_INIT("<sup>"), NKC_STR_INIT("</sup>") },
	{ NKC_RICH_SUB, NKC_STR_INIT("<sub>"), NKC_STR_INIT("</sub>") },
};
#define FACES (sizeof faces_known / sizeof *faces_known)

/* Beside the marks that are open, the state has those of which no more end in the text: each is looked for in vain but once. */
#define ENDLESS(bit) ((bit) << 16)

static bool has_end(const face *f, nkc_str text, unsigned *state)
{
	if (*state & ENDLESS(f->bit))
		return false;
	if (nkc_str_find(text, f->close) < text.len)
		return true;
	*state |= ENDLESS(f->bit);
	return false;
}

/* The face that a tag at the start of the text opens, if the rest closes it, or closes, if it is open. */
static const face *tag_at(nkc_str text, unsigned *state, bool *closes)
{
	for (size_t i = 0; i < FACES; i++) {
		const face *f = &faces_known[i];
		*closes = (*state & f->bit) != 0;
		if (nkc_str_starts(text, *closes ? f->close : f->open) && (*closes || has_end(f, text, state)))
			return f;
	}
	return NULL;
}

bool nkc_rich_next(nkc_str *rest, nkc_str *run, unsigned *faces)
{
	bool closes;
	while (rest->len) {
		const face *f = rest->ptr[0] == '<' ? tag_at(*rest, faces, &closes) : NULL;
		if (!f)
			break;
		*faces ^= f->bit;
		*rest = nkc_str_slice(*rest, (closes ? f->close : f->open).len, rest->len);
	}
	size_t end = 0;
	while (end < rest->len &&
	       (rest->ptr[end] != '<' || !tag_at(nkc_str_slice(*rest, end, rest->len), faces, &closes)))
		end++;
	*run = nkc_str_slice(*rest, 0, end);
	*rest = nkc_str_slice(*rest, end, rest->len);
	return end > 0;
}

void nkc_rich_put(nkc_buf *out, nkc_str run, unsigned faces, unsigned *before)
{
	for (size_t i = FACES; i-- > 0 && *before != faces;) {
		if (*before & faces_known[i].bit)
			nkc_buf_put_str(out, faces_known[i].close);
	}
	for (size_t i = 0; i < FACES && *before != faces; i++) {
		if (faces & faces_known[i].bit)
			nkc_buf_put_str(out, faces_known[i].open);
	}
	*before = faces;
	nkc_buf_put_str(out, run);
}
