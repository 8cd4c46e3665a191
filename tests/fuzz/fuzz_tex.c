/*
 * .aux files and control files of biblatex: whatever the lines say, each key is there once and has its place, and what is cited in
 * citations is among the keys.
 */
#include "fuzz.h"

#include <nkcite/tex.h>

static void check(nkc_tex *tex, nkc_str text)
{
	size_t count, citations;
	nkc_str file;
	const nkc_str *keys = nkc_tex_keys(tex, &count);
	for (size_t i = 0; i < count; i++) {
		nkc_place place = nkc_tex_place(tex, keys[i]);
		MUST(place.source && place.offset <= text.len);
		MUST(!nkc_tex_has(tex, keys[i]) && nkc_tex_wants(tex, keys[i]) && nkc_tex_has(tex, keys[i]));
	}
	const nkc_tex_citation *all = nkc_tex_citations(tex, &citations);
	for (size_t i = 0; i < citations; i++) {
		for (size_t k = 0; k < all[i].count; k++) {
			nkc_str id = all[i].cites[k].id;
			MUST(!nkc_str_trim(id).len || nkc_str_is(nkc_str_trim(id), "*") || nkc_tex_has(tex, nkc_str_trim(id)));
		}
	}
	MUST(nkc_tex_sections(tex, &count) && count > 0);
	while (nkc_tex_next_input(tex, &file))
		MUST(file.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nkc_str text = nkc_str_make((const char *)data, size);
	nkc_tex *tex;
	MUST(nkc_tex_new(&tex, NULL) == NKC_OK);
	nkc_status status = size && data[0] == '<' ? nkc_tex_read_control(tex, text, NKC_STR("x"))
	                                          : nkc_tex_read(tex, text, NKC_STR("x"));
	MUST(status == NKC_OK || status == NKC_ESYNTAX);
	check(tex, text);
	nkc_tex_free(tex);
	return 0;
}
