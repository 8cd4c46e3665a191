/*
 * Finding a style by whatever people call it by, and the parent of a dependent one.
 */
#include <config.h>

#include "csl/style.h"
#include "csl/styles.h"

#include <nkcite/nearest.h>
#include <sys/stat.h>

#define PARENTS_MAX 4 /* a parent is independent, but a hostile one may name another, or itself */

static const nkc_str style_ending = NKC_STR_INIT(".csl");

static bool is_file(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_url(nkc_str name)
{
	return nkc_str_find(name, NKC_STR("://")) < name.len;
}

static nkc_str last_part(nkc_str path)
{
	size_t from = path.len;
	while (from > 0 && path.ptr[from - 1] != '/')
		from--;
	return nkc_str_slice(path, from, path.len);
}

/* Without its ending. */
static nkc_str short_name(nkc_str file)
{
	return nkc_str_ends(file, style_ending) ? nkc_str_slice(file, 0, file.len - style_ending.len) : file;
}

/* "http://www.zotero.org/styles/apa" and the same with https are one id. */
static nkc_str without_scheme(nkc_str id)
{
	size_t at = nkc_str_find(id, NKC_STR("://"));
	return at < id.len ? nkc_str_slice(id, at, id.len) : id;
}

static bool is_same_id(nkc_str a, nkc_str b)
{
	return a.len && nkc_str_eq(without_scheme(a), without_scheme(b));
}

/* --- by path --- */

static nkc_status find_path(nkc_styles *styles, nkc_str name, const nkc_style_info **out)
{
	nkc_str path = nkc_arena_str(styles->arena, name); /* ends in NUL */
	if (nkc_arena_status(styles->arena))
		return NKC_ENOMEM;
	if (!is_file(path.ptr))
		return NKC_ENOTFOUND;
	csl_found *found = csl_styles_entry(styles, short_name(last_part(path)), path, NKC_STR("file"));
	*out = found ? &found->info : NULL;
	return found ? NKC_OK : NKC_ENOMEM;
}

/* --- by short name --- */

static nkc_status find_in(nkc_styles *styles, const csl_styles_folder *folder, const char *below, nkc_str name,
                          const nkc_style_info **out)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_put_str(&path, folder->path);
	nkc_buf_puts(&path, below);
	nkc_buf_putc(&path, '/');
	nkc_buf_put_str(&path, name);
	nkc_buf_put_str(&path, style_ending);
	nkc_status status = nkc_buf_status(&path);
	if (!status && !is_file(path.ptr))
		status = NKC_ENOTFOUND;
	if (!status) {
		csl_found *found = csl_styles_entry(styles, name, nkc_buf_str(&path), folder->origin);
		*out = found ? &found->info : NULL;
		status = found ? NKC_OK : NKC_ENOMEM;
	}
	nkc_buf_release(&path);
	return status;
}

/* `id`: the one that it must have; empty: any. */
static nkc_status find_name(nkc_styles *styles, nkc_str name, nkc_str id, const nkc_style_info **out)
{
	if (name.len == 0 || name.ptr[0] == '.' || nkc_str_find_byte(name, '/') < name.len)
		return NKC_ENOTFOUND;
	for (const csl_styles_folder *folder = styles->folders; folder; folder = folder->next) {
		for (size_t i = 0; csl_style_folders[i]; i++) {
			nkc_status status = find_in(styles, folder, csl_style_folders[i], name, out);
			if (!status && id.len) {
				(void)nkc_styles_read(styles, *out, NULL);
				status = is_same_id((*out)->id, id) ? NKC_OK : NKC_ENOTFOUND;
			}
			if (status != NKC_ENOTFOUND)
				return status;
		}
	}
	if (id.len || !nkc_str_is(name, nkc_styles_default()))
		return NKC_ENOTFOUND;
	csl_found *found = csl_styles_entry(styles, name, NKC_STR(""), NKC_STR("built-in"));
	*out = found ? &found->info : NULL;
	return found ? NKC_OK : NKC_ENOMEM;
}

/* "Chicago Author-Date" is in the file chicago-author-date.csl. */
static nkc_status find_spelled(nkc_styles *styles, nkc_str name, const nkc_style_info **out)
{
	nkc_buf spelled = NKC_BUF_INIT;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		nkc_buf_putc(&spelled, c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	nkc_status status = nkc_buf_status(&spelled);
	if (!status)
		status = find_name(styles, nkc_buf_str(&spelled), NKC_STR(""), out);
	nkc_buf_release(&spelled);
	return status;
}

/* --- by what the styles say of themselves --- */

static bool has_id(const nkc_style_info *info, nkc_str id)
{
	return is_same_id(info->id, id);
}

static bool has_title(const nkc_style_info *info, nkc_str title)
{
	return info->title.len && nkc_str_eq_nocase(info->title, title);
}

static bool has_short_title(const nkc_style_info *info, nkc_str title)
{
	return info->title_short.len && nkc_str_eq_nocase(info->title_short, title);
}

/* The first in the order of names; what cannot be read has no title. */
static nkc_status find_said(nkc_styles *styles, nkc_str what, bool (*has)(const nkc_style_info *, nkc_str),
                            const nkc_style_info **out)
{
	const nkc_style_info *const *infos;
	size_t count;
	nkc_status status = nkc_styles_list(styles, &infos, &count);
	for (size_t i = 0; i < count && !status; i++) {
		if (infos[i]->shadowed && has != has_id)
			continue;
		if (nkc_styles_read(styles, infos[i], NULL) == NKC_ENOMEM)
			return NKC_ENOMEM;
		if (has(infos[i], what)) {
			*out = infos[i];
			return NKC_OK;
		}
	}
	return status ? status : NKC_ENOTFOUND;
}

/* A repository's address: the style with this id, else the one that is called so. */
static nkc_status find_id(nkc_styles *styles, nkc_str id, const nkc_style_info **out)
{
	nkc_str name = short_name(last_part(id));
	nkc_status status = find_name(styles, name, id, out);
	if (status == NKC_ENOTFOUND)
		status = find_said(styles, id, has_id, out);
	if (status == NKC_ENOTFOUND)
		status = find_name(styles, name, NKC_STR(""), out);
	return status;
}

static nkc_status find_title(nkc_styles *styles, nkc_str name, const nkc_style_info **out)
{
	nkc_status status = find_spelled(styles, name, out);
	if (status == NKC_ENOTFOUND)
		status = find_said(styles, name, has_title, out);
	if (status == NKC_ENOTFOUND)
		status = find_said(styles, name, has_short_title, out);
	return status == NKC_ENOTFOUND ? find_said(styles, name, has_id, out) : status;
}

static nkc_status find(nkc_styles *styles, nkc_str name, const nkc_style_info **out)
{
	nkc_status status = NKC_ENOTFOUND;
	if (nkc_str_ends(name, style_ending) || (nkc_str_find_byte(name, '/') < name.len && !is_url(name)))
		status = find_path(styles, name, out);
	if (status == NKC_ENOTFOUND && is_url(name))
		return find_id(styles, name, out);
	if (status == NKC_ENOTFOUND)
		status = find_name(styles, short_name(name), NKC_STR(""), out);
	return status == NKC_ENOTFOUND ? find_title(styles, name, out) : status;
}

static void report_missing(nkc_styles *styles, nkc_str name, nkc_diags *diags)
{
	const nkc_style_info *const *infos;
	nkc_nearest nearest;
	nkc_buf hint = NKC_BUF_INIT;
	size_t count;
	nkc_nearest_init(&nearest, short_name(last_part(name)));
	if (nkc_styles_list(styles, &infos, &count) == NKC_OK) {
		for (size_t i = 0; i < count; i++)
			nkc_nearest_offer(&nearest, infos[i]->name);
	}
	nkc_nearest_hint(&nearest, &hint);
	nkc_diags_add(diags, NKC_CODE_STYLE_NOT_FOUND, NULL, hint.len ? hint.ptr : NULL, "no style is called \"%.*s\"",
	              NKC_STR_ARG(name));
	nkc_buf_release(&hint);
}

nkc_status nkc_styles_find(nkc_styles *styles, nkc_str name, const nkc_style_info **out, nkc_diags *diags)
{
	*out = NULL;
	nkc_status status = find(styles, name, out);
	if (status == NKC_ENOTFOUND)
		report_missing(styles, name, diags);
	return status;
}

/* --- compiling it --- */

static nkc_status compile(nkc_styles *styles, const nkc_style_info *info, nkc_style **out, nkc_buf *xml,
                          nkc_diags *diags)
{
	nkc_str name = info->path;
	nkc_buf file = NKC_BUF_INIT;
	nkc_status status = nkc_styles_text(styles, info, xml, diags);
	if (name.len == 0) {
		nkc_buf_printf(&file, "%.*s.csl", NKC_STR_ARG(info->name));
		name = nkc_buf_str(&file);
	}
	if (!status)
		status = nkc_style_parse(out, nkc_buf_str(xml), name, diags);
	nkc_buf_release(&file);
	return status;
}

static void report_parent(const nkc_style_info *info, nkc_str parent, nkc_str xml, const char *what, nkc_diags *diags)
{
	nkc_source source = nkc_source_make(info->path, xml);
	size_t at = nkc_str_find(xml, parent);
	nkc_place place = { .source = &source, .offset = at < xml.len ? at : 0, .length = at < xml.len ? parent.len : 1 };
	nkc_diags_add(diags, NKC_CODE_STYLE_MISSING_PARENT, &place, NULL, "%s: %.*s", what, NKC_STR_ARG(parent));
}

/* Puts the parent in the place of the dependent style. NKC_ENOTFOUND: with a finding. */
static nkc_status follow(nkc_styles *styles, const nkc_style_info **info, nkc_style **style, nkc_buf *xml,
                         nkc_diags *diags)
{
	const nkc_style_info *parent;
	nkc_str language = nkc_style_default_locale(*style), id = nkc_style_parent(*style);
	nkc_status status = find_id(styles, id, &parent);
	if (status == NKC_ENOTFOUND)
		report_parent(*info, id, nkc_buf_str(xml), "the style's parent is not installed", diags);
	nkc_style *next = NULL;
	nkc_buf_clear(xml);
	if (!status)
		status = compile(styles, parent, &next, xml, diags);
	if (status)
		return status;
	if (language.len)
		next->default_locale = nkc_arena_str(next->arena, language);
	nkc_style_free(*style);
	*style = next;
	*info = parent;
	return nkc_arena_status(next->arena);
}

static bool is_dependent(const nkc_style *style)
{
	return !style->layouts[CSL_CITATION].present && style->parent.len > 0;
}

nkc_status nkc_styles_load(nkc_styles *styles, nkc_str name, nkc_style **out, const nkc_style_info **used,
                           nkc_diags *diags)
{
	const nkc_style_info *info;
	nkc_buf xml = NKC_BUF_INIT;
	*out = NULL;
	nkc_status status = nkc_styles_find(styles, name, &info, diags);
	if (!status)
		status = compile(styles, info, out, &xml, diags);
	for (unsigned i = 0; !status && is_dependent(*out) && i < PARENTS_MAX; i++)
		status = follow(styles, &info, out, &xml, diags);
	if (!status && is_dependent(*out)) {
		report_parent(info, (*out)->parent, nkc_buf_str(&xml), "a parent is no dependent style", diags);
		status = NKC_ENOTFOUND;
	}
	nkc_buf_release(&xml);
	if (status) {
		nkc_style_free(*out);
		*out = NULL;
	} else if (used) {
		*used = info;
	}
	return status;
}
