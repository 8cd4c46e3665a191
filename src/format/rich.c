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
/* A tag's end is looked for so far: a text of tags without ends stays linear. */
#define REACH 4096
#define FACES (sizeof faces_known / sizeof *faces_known)

/* The face that a tag at the start of the text opens or closes, if it is (not) open and the rest closes it. */
static const face *tag_at(nkc_str text, unsigned open, bool *closes)
{
	for (size_t i = 0; i < FACES; i++) {
		const face *f = &faces_known[i];
		*closes = (open & f->bit) != 0;
		nkc_str tag = *closes ? f->close : f->open;
		nkc_str near = nkc_str_slice(text, 0, REACH);
		if (nkc_str_starts(text, tag) && (*closes || nkc_str_find(near, f->close) < near.len))
			return f;
	}
	return NULL;
}

bool nkc_rich_next(nkc_str *rest, nkc_str *run, unsigned *faces)
{
	bool closes;
	while (rest->len) {
		const face *f = rest->ptr[0] == '<' ? tag_at(*rest, *faces, &closes) : NULL;
		if (!f)
			break;
		*faces ^= f->bit;
		*rest = nkc_str_slice(*rest, (closes ? f->close : f->open).len, rest->len);
	}
	size_t end = 0;
	while (end < rest->len &&
	       (rest->ptr[end] != '<' || !tag_at(nkc_str_slice(*rest, end, rest->len), *faces, &closes)))
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
