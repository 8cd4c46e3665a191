/*
 * link.c: where what is rendered links to (specification, Appendix VI).
 */
#include "csl/link.h"

/* Identifiers that link, the better ones first; what stands before one that is no address. */
static const struct {
	nkc_var var;
	nkc_str base;
} links[] = {
	{ NKC_VAR_DOI, NKC_STR_INIT("https://doi.org/") },
	{ NKC_VAR_PMCID, NKC_STR_INIT("https://www.ncbi.nlm.nih.gov/pmc/articles/") },
	{ NKC_VAR_PMID, NKC_STR_INIT("https://www.ncbi.nlm.nih.gov/pubmed/") },
	{ NKC_VAR_URL, NKC_STR_INIT("") },
};

#define LINKS (sizeof links / sizeof *links)

/* Addresses that can do no harm; others ("javascript:") do not link. */
static bool has_scheme(nkc_str text)
{
	static const nkc_str schemes[] = {
		NKC_STR_INIT("https://"), NKC_STR_INIT("http://"), NKC_STR_INIT("ftp://"), NKC_STR_INIT("mailto:"),
	};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (text.len > schemes[i].len && nkc_str_eq_nocase(nkc_str_slice(text, 0, schemes[i].len), schemes[i]))
			return true;
	}
	return false;
}

/* A byte that an address cannot hold (RFC 3986), or of an identifier one that would mean something in an address. */
static bool is_encoded(char c, bool identifier)
{
	return c <= ' ' || c > '~' || strchr(identifier ? "\"<>\\^`{|}%#?" : "\"<>\\^`{|}", c);
}

static nkc_str encode(nkc_arena *arena, nkc_str base, nkc_str text, bool identifier)
{
	static const char digits[] = "0123456789ABCDEF";
	char *url = nkc_arena_alloc(arena, base.len + 3 * text.len + 1);
	if (!url)
		return NKC_STR("");
	memcpy(url, base.ptr, base.len);
	size_t len = base.len;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (!is_encoded(text.ptr[i], identifier)) {
			url[len++] = text.ptr[i];
			continue;
		}
		url[len++] = '%';
		url[len++] = digits[c >> 4];
		url[len++] = digits[c & 15];
	}
	return nkc_str_make(url, len);
}

nkc_str csl_link(nkc_arena *arena, nkc_var var, nkc_str text)
{
	static const nkc_str label = NKC_STR_INIT("doi:");
	size_t i = 0;
	while (i < LINKS && links[i].var != var)
		i++;
	text = nkc_str_trim(text);
	if (i == LINKS || !text.len)
		return NKC_STR("");
	if (has_scheme(text))
		return encode(arena, NKC_STR(""), text, false);
	if (text.len > label.len && nkc_str_eq_nocase(nkc_str_slice(text, 0, label.len), label))
		return encode(arena, links[0].base, nkc_str_trim(nkc_str_slice(text, label.len, text.len)), true);
	return links[i].base.len ? encode(arena, links[i].base, text, true) : NKC_STR("");
}

void csl_link_node(nkc_arena *arena, csl_out *node, nkc_str url)
{
	nkc_str *link = url.len ? nkc_arena_alloc(arena, sizeof *link) : NULL;
	if (link)
		*link = url;
	node->link = link;
}

nkc_str csl_link_to_entry(nkc_arena *arena, nkc_str id)
{
	return encode(arena, NKC_STR("#ref-"), id, false);
}

/* --- entries that print no identifier --- */

bool csl_has_link(const csl_out *node)
{
	if (csl_out_empty(node))
		return false;
	if (node->link)
		return true;
	const csl_out *child = node->kind == CSL_OUT_TEXT ? NULL : node->u.list.first;
	while (child && !csl_has_link(child))
		child = child->next;
	return child != NULL;
}

/* The title as it is rendered, without the affixes of what is around it; NULL: it is not. */
static csl_out *find_title(csl_out *node)
{
	if (csl_out_empty(node))
		return NULL;
	csl_out *found = NULL;
	for (csl_out *child = node->kind == CSL_OUT_TEXT ? NULL : node->u.list.first; child && !found;
	     child = child->next)
		found = find_title(child);
	return found ? found : node->tags & CSL_TAG_TITLE ? node : NULL;
}

/* Is it set in blocks anywhere? A link does not enclose those. */
static bool has_display(const csl_out *node)
{
	if (node->format && node->format->display)
		return true;
	const csl_out *child = node->kind == CSL_OUT_TEXT ? NULL : node->u.list.first;
	while (child && !has_display(child))
		child = child->next;
	return child != NULL;
}

void csl_link_entry(nkc_arena *arena, const csl_item *item, csl_out *entry)
{
	nkc_str url = NKC_STR("");
	for (size_t i = 0; i < LINKS && !url.len; i++)
		url = csl_link(arena, links[i].var, csl_item_text(item, links[i].var));
	if (!url.len || csl_has_link(entry))
		return;
	csl_out *title = find_title(entry);
	if (title)
		csl_link_node(arena, title, url);
	else if (!has_display(entry))
		csl_link_node(arena, entry, url);
}
