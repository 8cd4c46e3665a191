/*
 * The folders of styles: which there are, what is in them, the text of a style, the locales beside them.
 */
#include <config.h>

#include "csl/styles.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/xml.h"
#include "csl/builtin.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *const csl_style_folders[] = { "", "/dependent", "/hidden", NULL };

static const char style_ending[] = ".csl";

nkc_status nkc_styles_new(nkc_styles **out)
{
	nkc_arena *arena = nkc_arena_new();
	nkc_styles *styles = arena ? nkc_arena_alloc(arena, sizeof *styles) : NULL;
	*out = styles;
	if (!styles) {
		nkc_arena_free(arena);
		return NKC_ENOMEM;
	}
	*styles = (nkc_styles){ .arena = arena };
	return NKC_OK;
}

void nkc_styles_free(nkc_styles *styles)
{
	if (styles)
		nkc_arena_free(styles->arena);
}

/* --- folders --- */

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

nkc_status nkc_styles_add(nkc_styles *styles, const char *path, const char *origin)
{
	csl_styles_folder **last = &styles->folders;
	if (!is_folder(path))
		return NKC_OK;
	while (*last) {
		if (nkc_str_is((*last)->path, path))
			return NKC_OK;
		last = &(*last)->next;
	}
	csl_styles_folder *folder = nkc_arena_alloc(styles->arena, sizeof *folder);
	if (!folder)
		return NKC_ENOMEM;
	*folder = (csl_styles_folder){ NULL, nkc_arena_str(styles->arena, nkc_str_from(path)),
		                       nkc_arena_str(styles->arena, nkc_str_from(origin)) };
	*last = folder;
	return nkc_arena_status(styles->arena);
}

bool nkc_styles_folder(const nkc_styles *styles, size_t index, nkc_str *path, nkc_str *origin)
{
	const csl_styles_folder *folder = styles->folders;
	while (folder && index--)
		folder = folder->next;
	if (!folder)
		return false;
	*path = folder->path;
	*origin = folder->origin;
	return true;
}

/* base/below */
static nkc_status add_below(nkc_styles *styles, nkc_str base, const char *below, const char *origin)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_put_str(&path, base);
	nkc_buf_puts(&path, below);
	nkc_status status = nkc_buf_status(&path);
	if (!status && base.len)
		status = nkc_styles_add(styles, path.ptr, origin);
	nkc_buf_release(&path);
	return status;
}

static nkc_str variable(const char *name)
{
	return nkc_str_from(getenv(name));
}

/* XDG Base Directory Specification: relative paths there are to be ignored. */
static nkc_status add_user_folder(nkc_styles *styles)
{
	nkc_str data = variable("XDG_DATA_HOME");
	if (data.len && data.ptr[0] == '/')
		return add_below(styles, data, "/nkcite/styles", "user");
	return add_below(styles, variable("HOME"), "/.local/share/nkcite/styles", "user");
}

/* Where pandoc has a user's styles. */
static nkc_status add_pandoc_folder(nkc_styles *styles)
{
	nkc_str data = variable("XDG_DATA_HOME");
	if (data.len && data.ptr[0] == '/')
		return add_below(styles, data, "/pandoc/csl", "pandoc");
	return add_below(styles, variable("HOME"), "/.local/share/pandoc/csl", "pandoc");
}

static nkc_status add_system_folders(nkc_styles *styles, const char *below, const char *origin)
{
	nkc_str folders = variable("XDG_DATA_DIRS"), folder;
	nkc_status status = NKC_OK;
	if (folders.len == 0)
		folders = NKC_STR("/usr/local/share:/usr/share");
	while (!status && nkc_str_split(&folders, ':', &folder)) {
		if (folder.len && folder.ptr[0] == '/')
			status = add_below(styles, folder, below, origin);
	}
	return status;
}

nkc_status nkc_styles_add_usual(nkc_styles *styles, const char *library)
{
	nkc_status status = add_below(styles, nkc_str_from(library), "/styles", "library");
	if (!status)
		status = add_user_folder(styles);
	if (!status)
		status = add_below(styles, variable("NKCITE_DATA"), "/styles", "nkcite");
	if (!status)
		status = nkc_styles_add(styles, NKCITE_DATADIR "/styles", "nkcite");
	if (!status)
		status = add_system_folders(styles, "/nkcite/styles", "nkcite");
	if (!status)
		status = add_system_folders(styles, "/citation-style-language/styles", "system");
	if (!status)
		status = add_pandoc_folder(styles);
	if (!status)
		status = add_below(styles, variable("HOME"), "/Zotero/styles", "zotero");
	return status;
}

/* locales of this folder: inside it, or (the system's package) beside it. */
static nkc_status add_locales(const csl_styles_folder *folder, nkc_locales *locales)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_printf(&path, "%s/locales", folder->path.ptr);
	nkc_status status = nkc_buf_status(&path);
	if (!status)
		status = nkc_locales_add(locales, path.ptr);
	nkc_buf_clear(&path);
	nkc_buf_printf(&path, "%s/../locales", folder->path.ptr);
	if (!status)
		status = nkc_buf_status(&path);
	if (!status)
		status = nkc_locales_add(locales, path.ptr);
	nkc_buf_release(&path);
	return status;
}

nkc_status nkc_styles_locales(const nkc_styles *styles, nkc_locales **out, nkc_diags *diags)
{
	nkc_status status = nkc_locales_open(out, NULL, diags);
	for (const csl_styles_folder *folder = styles->folders; folder && !status; folder = folder->next) {
		status = add_locales(folder, *out);
		if (status) {
			nkc_locales_close(*out);
			*out = NULL;
		}
	}
	return status;
}

/* --- what is in them --- */

csl_found *csl_styles_entry(nkc_styles *styles, nkc_str name, nkc_str path, nkc_str origin)
{
	csl_found *found = nkc_arena_alloc(styles->arena, sizeof *found);
	nkc_str none = NKC_STR("");
	if (!found)
		return NULL;
	*found = (csl_found){ .info = { nkc_arena_str(styles->arena, name), nkc_arena_str(styles->arena, path),
			                nkc_arena_str(styles->arena, origin), false, none, none, none, none, none,
			                none, none, none } };
	return nkc_arena_status(styles->arena) ? NULL : found;
}

/* What a listing gathers. */
typedef struct listing {
	nkc_styles *styles;
	nkc_buf found; /* of csl_found * */
	size_t order;
} listing;

static nkc_status list_style(listing *l, nkc_str name, nkc_str path, nkc_str origin)
{
	csl_found *found = csl_styles_entry(l->styles, name, path, origin);
	if (!found)
		return NKC_ENOMEM;
	found->order = l->order;
	nkc_buf_put(&l->found, (const char *)&found, sizeof found);
	return nkc_buf_status(&l->found);
}

static nkc_status list_file(listing *l, nkc_str folder, nkc_str file, nkc_str origin)
{
	nkc_str ending = nkc_str_from(style_ending);
	nkc_buf path = NKC_BUF_INIT;
	if (!nkc_str_ends(file, ending) || file.len == ending.len || file.ptr[0] == '.')
		return NKC_OK;
	nkc_buf_put_str(&path, folder);
	nkc_buf_putc(&path, '/');
	nkc_buf_put_str(&path, file);
	nkc_status status = nkc_buf_status(&path);
	if (!status)
		status = list_style(l, nkc_str_slice(file, 0, file.len - ending.len), nkc_buf_str(&path), origin);
	nkc_buf_release(&path);
	return status;
}

/* A folder that cannot be read has no styles. */
static nkc_status list_folder(listing *l, const csl_styles_folder *folder, const char *below)
{
	nkc_buf path = NKC_BUF_INIT;
	nkc_buf_put_str(&path, folder->path);
	nkc_buf_puts(&path, below);
	nkc_status status = nkc_buf_status(&path);
	DIR *dir = status ? NULL : opendir(path.ptr);
	struct dirent *entry;
	l->order++;
	while (dir && !status && (entry = readdir(dir)))
		status = list_file(l, nkc_buf_str(&path), nkc_str_from(entry->d_name), folder->origin);
	if (dir)
		closedir(dir);
	nkc_buf_release(&path);
	return status;
}

static int compare_found(const void *a, const void *b)
{
	const csl_found *left = *(csl_found *const *)a, *right = *(csl_found *const *)b;
	int by_name = nkc_str_cmp(left->info.name, right->info.name);
	return by_name ? by_name : (left->order > right->order) - (left->order < right->order);
}

static nkc_status keep_listed(listing *l)
{
	csl_found **found = (void *)l->found.ptr;
	size_t count = l->found.len / sizeof *found;
	const nkc_style_info **listed = nkc_arena_alloc(l->styles->arena, count * sizeof *listed);
	if (!listed)
		return NKC_ENOMEM;
	qsort(found, count, sizeof *found, compare_found);
	for (size_t i = 0; i < count; i++) {
		found[i]->info.shadowed = i > 0 && nkc_str_eq(found[i]->info.name, found[i - 1]->info.name);
		listed[i] = &found[i]->info;
	}
	l->styles->listed = listed;
	l->styles->count = count;
	return NKC_OK;
}

nkc_status nkc_styles_list(nkc_styles *styles, const nkc_style_info *const **infos, size_t *count)
{
	listing l = { .styles = styles, .found = NKC_BUF_INIT };
	nkc_status status = NKC_OK;
	for (const csl_styles_folder *f = styles->listed ? NULL : styles->folders; f && !status; f = f->next) {
		for (size_t i = 0; csl_style_folders[i] && !status; i++)
			status = list_folder(&l, f, csl_style_folders[i]);
	}
	l.order++;
	if (!status && !styles->listed)
		status = list_style(&l, nkc_str_from(nkc_styles_default()), NKC_STR(""), NKC_STR("built-in"));
	if (!status && !styles->listed)
		status = keep_listed(&l);
	nkc_buf_release(&l.found);
	*infos = styles->listed;
	*count = styles->count;
	return status;
}

/* --- their texts --- */

const char *nkc_styles_default(void)
{
	return CSL_BUILTIN_STYLE;
}

nkc_status nkc_styles_text(const nkc_styles *styles, const nkc_style_info *info, nkc_buf *out, nkc_diags *diags)
{
	(void)styles;
	if (info->path.len == 0) {
		nkc_buf_put_str(out, csl_builtin_style());
		return nkc_buf_status(out);
	}
	nkc_status status = nkc_file_read(info->path.ptr, NKC_XML_SIZE_MAX, out);
	nkc_source source = nkc_source_make(info->path, NKC_STR(""));
	nkc_place place = { .source = &source };
	source.line = 0; /* the file as a whole */
	if (status == NKC_EIO)
		nkc_diags_add(diags, NKC_CODE_IO_READ, &place, NULL, "cannot be read: %s", strerror(errno));
	else if (status == NKC_ELIMIT)
		nkc_diags_add(diags, NKC_CODE_STYLE_LIMIT, &place, NULL, "it is larger than %zu MiB",
		              NKC_XML_SIZE_MAX >> 20);
	return status;
}

nkc_status nkc_styles_read(nkc_styles *styles, const nkc_style_info *info, nkc_diags *diags)
{
	csl_found *found = (csl_found *)info; /* all of them are */
	nkc_buf xml = NKC_BUF_INIT;
	if (found->read)
		return NKC_OK;
	found->read = true;
	nkc_status status = nkc_styles_text(styles, info, &xml, diags);
	if (!status) {
		status = csl_style_info_read(styles->arena, nkc_buf_str(&xml), &found->info);
		if (status && status != NKC_ENOMEM)
			nkc_diags_add(diags, NKC_CODE_STYLE_NOT_CSL, NULL, NULL, "%.*s is not a style",
			              NKC_STR_ARG(info->path));
	}
	nkc_buf_release(&xml);
	return status;
}
