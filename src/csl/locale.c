/*
 * Locales: files that are read once, and the chain of the specification ("Locale Fallback") flattened for a style.
 */
#include "base/file.h"
#include "base/mem.h"
#include "csl/builtin.h"
#include "csl/load.h"

#include <errno.h>
#include <pthread.h>
#include <sys/stat.h>

/* --- languages --- */

/* Which dialect a language means when none is named (locales.json of the CSL project). */
static const struct {
	nkc_str language, dialect;
} primary_dialects[] = {
#define PRIMARY(language, dialect) \
	{ \
		NKC_STR_INIT(language), NKC_STR_INIT(dialect) \
	}
	PRIMARY("af", "af-ZA"),
	PRIMARY("bal", "bal-PK"),
	PRIMARY("bg", "bg-BG"),
	PRIMARY("brh", "brh-PK"),
	PRIMARY("ca", "ca-AD"),
	PRIMARY("cs", "cs-CZ"),
	PRIMARY("cy", "cy-GB"),
	PRIMARY("da", "da-DK"),
	PRIMARY("de", "de-DE"),
	PRIMARY("el", "el-GR"),
	PRIMARY("en", "en-US"),
	PRIMARY("es", "es-ES"),
	PRIMARY("et", "et-EE"),
	PRIMARY("fa", "fa-IR"),
	PRIMARY("fi", "fi-FI"),
	PRIMARY("fr", "fr-FR"),
	PRIMARY("gl", "gl-ES"),
	PRIMARY("he", "he-IL"),
	PRIMARY("hi", "hi-IN"),
	PRIMARY("hr", "hr-HR"),
	PRIMARY("hu", "hu-HU"),
	PRIMARY("hy", "hy-AM"),
	PRIMARY("id", "id-ID"),
	PRIMARY("is", "is-IS"),
	PRIMARY("it", "it-IT"),
	PRIMARY("ja", "ja-JP"),
	PRIMARY("km", "km-KH"),
	PRIMARY("ko", "ko-KR"),
	PRIMARY("lij", "lij-IT"),
	PRIMARY("lt", "lt-LT"),
	PRIMARY("lv", "lv-LV"),
	PRIMARY("mn", "mn-MN"),
	PRIMARY("ms", "ms-MY"),
	PRIMARY("nb", "nb-NO"),
	PRIMARY("nl", "nl-NL"),
	PRIMARY("nn", "nn-NO"),
	PRIMARY("no", "nb-NO"),
	PRIMARY("pa", "pa-PK"),
	PRIMARY("pl", "pl-PL"),
	PRIMARY("pt", "pt-PT"),
	PRIMARY("ro", "ro-RO"),
	PRIMARY("ru", "ru-RU"),
	PRIMARY("sk", "sk-SK"),
	PRIMARY("sl", "sl-SI"),
	PRIMARY("sr", "sr-Latn-RS"),
	PRIMARY("sv", "sv-SE"),
	PRIMARY("th", "th-TH"),
	PRIMARY("tr", "tr-TR"),
	PRIMARY("uk", "uk-UA"),
	PRIMARY("vi", "vi-VN"),
	PRIMARY("zh", "zh-CN"),
	/* scripts and regions that tell more than the language */
	PRIMARY("sr-Cyrl", "sr-Cyrl-RS"),
	PRIMARY("zh-Hant", "zh-TW"),
	PRIMARY("zh-HK", "zh-TW"),
	PRIMARY("zh-MO", "zh-TW"),
#undef PRIMARY
};

#define LANGUAGE_MAX 32 /* bytes of a normalised language */

static nkc_str language_part(nkc_str language)
{
	return nkc_str_slice(language, 0, nkc_str_find_byte(language, '-'));
}

/* Is `whole` the language `part`, or one of its dialects? */
static bool is_of(nkc_str whole, nkc_str part)
{
	return nkc_str_starts(whole, part) && (whole.len == part.len || whole.ptr[part.len] == '-');
}

/* The primary dialect of the language, or the empty string. The longest entry counts. */
static nkc_str primary_of(nkc_str language)
{
	nkc_str found = NKC_STR("");
	size_t longest = 0;
	for (size_t i = 0; i < sizeof primary_dialects / sizeof *primary_dialects; i++) {
		nkc_str entry = primary_dialects[i].language;
		if (entry.len > longest && is_of(language, entry)) {
			found = primary_dialects[i].dialect;
			longest = entry.len;
		}
	}
	return found;
}

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char in_case(char c, bool upper)
{
	if (upper && c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return !upper && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* RFC 5646, section 2.1.1: the language in small letters, a script with a capital, a region in capitals; no more. */
nkc_str csl_language_normalize(nkc_arena *arena, nkc_str language)
{
	char text[LANGUAGE_MAX];
	size_t len = 0, from = 0;
	language = nkc_str_trim(language);
	while (from < language.len) {
		size_t to = from;
		while (to < language.len && is_alnum(language.ptr[to]))
			to++;
		size_t part = to - from;
		bool known = len == 0 ? part >= 2 && part <= 3 : part >= 2 && part <= 4;
		if (!known || len + part + 1 > sizeof text)
			break;
		if (len)
			text[len++] = '-';
		for (size_t i = 0; i < part; i++)
			text[len++] = in_case(language.ptr[from + i], from > 0 && (part < 4 || i == 0));
		if (to == language.len || (language.ptr[to] != '-' && language.ptr[to] != '_'))
			break;
		from = to + 1;
	}
	return nkc_arena_str(arena, nkc_str_make(text, len));
}

/* --- files --- */

typedef struct locale_file {
	struct locale_file *next;
	nkc_arena *arena; /* of the locale; NULL: there is no such file */
	csl_locale locale;
	char language[LANGUAGE_MAX + 1];
} locale_file;

typedef struct locale_folder {
	struct locale_folder *next;
	char path[];
} locale_folder;

struct nkc_locales {
	pthread_mutex_t lock; /* over `files` */
	locale_file *files;
	locale_folder *folders; /* in the order in which they are looked into */
};

static nkc_status parse_locale(locale_file *file, nkc_str xml, nkc_str name, nkc_diags *diags)
{
	nkc_arena *arena = nkc_arena_new(), *scratch = nkc_arena_new();
	nkc_status status = NKC_ENOMEM;
	if (arena && scratch) {
		csl_loader loader = { .arena = arena, .scratch = scratch, .diags = diags };
		loader.source = nkc_source_make(name, xml);
		nkc_xml_node *root;
		status = csl_load_xml(&loader, "locale", &root);
		if (!status)
			csl_load_locale(&loader, root, &file->locale);
		if (!status)
			status = nkc_arena_status(arena);
	}
	nkc_arena_free(scratch);
	if (status)
		nkc_arena_free(arena);
	else
		file->arena = arena;
	return status;
}

/* The bytes of a file. NKC_ENOTFOUND: there is none, or it cannot be read, which is a finding. */
static nkc_status read_file(const nkc_buf *path, nkc_diags *diags, nkc_buf *xml)
{
	nkc_status status = nkc_file_read(path->ptr, NKC_XML_SIZE_MAX, xml);
	if (status == NKC_EIO && errno != ENOENT)
		nkc_diags_add(diags, NKC_CODE_IO_READ, NULL, NULL, "%s: %s", path->ptr, strerror(errno));
	else if (status == NKC_ELIMIT)
		nkc_diags_add(diags, NKC_CODE_STYLE_LIMIT, NULL, NULL, "%s is larger than %zu MiB", path->ptr,
		              NKC_XML_SIZE_MAX >> 20);
	return status == NKC_EIO ? NKC_ENOTFOUND : status;
}

static nkc_status read_locale(const locale_folder *folder, locale_file *file, nkc_diags *diags)
{
	nkc_buf path = NKC_BUF_INIT, xml = NKC_BUF_INIT;
	nkc_buf_printf(&path, "%s/locales-%s.xml", folder->path, file->language);
	nkc_status status = nkc_buf_status(&path);
	if (!status)
		status = read_file(&path, diags, &xml);
	if (!status)
		status = parse_locale(file, nkc_buf_str(&xml), nkc_buf_str(&path), diags);
	nkc_buf_release(&xml);
	nkc_buf_release(&path);
	return status;
}

/* NKC_OK also when there is no such file, or none of use. */
static nkc_status load_file(const nkc_locales *locales, locale_file *file, nkc_diags *diags)
{
	nkc_status status = NKC_ENOTFOUND;
	for (const locale_folder *folder = locales->folders; folder && status == NKC_ENOTFOUND; folder = folder->next)
		status = read_locale(folder, file, diags);
	if (status && status != NKC_ENOMEM && !strcmp(file->language, "en-US"))
		status = parse_locale(file, csl_builtin_locale(), NKC_STR("locales-en-US.xml"), diags);
	return status == NKC_ENOMEM ? status : NKC_OK;
}

/* The locale of that file, NULL when there is none; held with the lock. */
static nkc_status get_file(nkc_locales *locales, nkc_str language, nkc_diags *diags, const csl_locale **out)
{
	locale_file *file = locales->files;
	while (file && !nkc_str_is(language, file->language))
		file = file->next;
	if (!file) {
		file = nkc_calloc(1, sizeof *file);
		if (!file)
			return NKC_ENOMEM;
		memcpy(file->language, language.ptr, language.len);
		nkc_status status = load_file(locales, file, diags);
		if (status) {
			nkc_free(file);
			return status;
		}
		file->next = locales->files;
		locales->files = file;
	}
	*out = file->arena ? &file->locale : NULL;
	return NKC_OK;
}

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

nkc_status nkc_locales_add(nkc_locales *locales, const char *path)
{
	size_t size = strlen(path) + 1;
	locale_folder **last = &locales->folders;
	if (!is_folder(path))
		return NKC_OK;
	locale_folder *folder = nkc_malloc(sizeof *folder + size);
	if (!folder)
		return NKC_ENOMEM;
	folder->next = NULL;
	memcpy(folder->path, path, size);
	while (*last)
		last = &(*last)->next;
	*last = folder;
	return NKC_OK;
}

nkc_status nkc_locales_open(nkc_locales **out, const char *folder, nkc_diags *diags)
{
	*out = NULL;
	if (folder && !is_folder(folder)) {
		nkc_diags_add(diags, NKC_CODE_IO_READ, NULL, NULL, "%s is not a folder that can be read",
		              folder);
		return NKC_EIO;
	}
	nkc_locales *locales = nkc_calloc(1, sizeof *locales);
	if (!locales || pthread_mutex_init(&locales->lock, NULL)) {
		nkc_free(locales);
		return NKC_ENOMEM;
	}
	if (folder && nkc_locales_add(locales, folder)) {
		nkc_locales_close(locales);
		return NKC_ENOMEM;
	}
	*out = locales;
	return NKC_OK;
}

void nkc_locales_close(nkc_locales *locales)
{
	if (!locales)
		return;
	for (locale_file *file = locales->files; file;) {
		locale_file *next = file->next;
		nkc_arena_free(file->arena);
		nkc_free(file);
		file = next;
	}
	for (locale_folder *folder = locales->folders; folder;) {
		locale_folder *next = folder->next;
		nkc_free(folder);
		folder = next;
	}
	pthread_mutex_destroy(&locales->lock);
	nkc_free(locales);
}

/* --- the chain --- */

static const csl_term_entry *merge_entries(nkc_arena *arena, const csl_term_entry *weak,
                                           const csl_term_entry *strong)
{
	csl_term_entry *entry = nkc_arena_alloc(arena, sizeof *entry);
	if (!entry)
		return weak;
	*entry = *weak;
	for (size_t i = 0; i < sizeof entry->forms / sizeof *entry->forms; i++) {
		if (strong->forms[i].present)
			entry->forms[i] = strong->forms[i];
	}
	for (size_t i = 0; i < sizeof entry->gendered / sizeof *entry->gendered; i++) {
		if (strong->gendered[i].present)
			entry->gendered[i] = strong->gendered[i];
	}
	if (strong->gender)
		entry->gender = strong->gender;
	return entry;
}

static void lay_terms(nkc_arena *arena, csl_locale *over, const csl_locale *strong)
{
	if (strong->has_ordinals)
		memset(over->terms + CSL_TERM_ORDINAL, 0,
		       (CSL_TERM_ORDINAL_99 - CSL_TERM_ORDINAL + 1) * sizeof *over->terms);
	for (unsigned i = 1; i < strong->term_count; i++) {
		const csl_term_entry *entry = strong->terms[i], *weak = over->terms[i];
		if (entry)
			over->terms[i] = weak ? merge_entries(arena, weak, entry) : entry;
	}
}

/* Lays a stronger locale over what is there. */
static void lay(nkc_arena *arena, csl_locale *over, const csl_locale *strong)
{
	if (!strong)
		return;
	lay_terms(arena, over, strong);
	for (unsigned i = 0; i < 2; i++) {
		if (strong->has_date[i]) {
			over->dates[i] = strong->dates[i];
			over->has_date[i] = true;
		}
	}
	if (strong->has_punctuation_in_quote) {
		over->punctuation_in_quote = strong->punctuation_in_quote;
		over->has_punctuation_in_quote = true;
	}
	if (strong->has_limit_day_ordinals) {
		over->limit_day_ordinals_to_day_1 = strong->limit_day_ordinals_to_day_1;
		over->has_limit_day_ordinals = true;
	}
	over->has_ordinals |= strong->has_ordinals;
}

/* The files of a language, the weakest first: en-US, the primary dialect, the dialect. */
static nkc_status get_files(nkc_locales *locales, nkc_str language, nkc_diags *diags,
                            const csl_locale *files[3])
{
	const nkc_str names[3] = { NKC_STR("en-US"), primary_of(language), language };
	nkc_status status = NKC_OK;
	pthread_mutex_lock(&locales->lock);
	for (unsigned i = 0; i < 3 && !status; i++) {
		bool again = i > 0 && (nkc_str_eq(names[i], names[i - 1]) || nkc_str_eq(names[i], names[0]));
		files[i] = NULL;
		if (names[i].len && !again)
			status = get_file(locales, names[i], diags, &files[i]);
	}
	pthread_mutex_unlock(&locales->lock);
	return status;
}

static void lay_style(nkc_arena *arena, csl_locale *over, const nkc_style *style, nkc_str language)
{
	for (unsigned i = 0; i < style->locale_count; i++) {
		if (nkc_str_eq(style->locales[i].language, language))
			lay(arena, over, &style->locales[i]);
	}
}

static csl_locale *new_locale(const nkc_style *style, nkc_arena *arena, nkc_str language)
{
	csl_locale *locale = nkc_arena_alloc(arena, sizeof *locale);
	if (!locale)
		return NULL;
	*locale = (csl_locale){ .language = language, .term_count = CSL_TERM_KNOWN + style->own_term_count };
	locale->terms = nkc_arena_alloc(arena, locale->term_count * sizeof *locale->terms);
	if (!locale->terms)
		return NULL;
	memset(locale->terms, 0, locale->term_count * sizeof *locale->terms);
	return locale;
}

/* Does the language name no region ("de", "zh-Hant")? */
static bool has_no_region(nkc_str language)
{
	size_t last = language.len;
	while (last > 0 && language.ptr[last - 1] != '-')
		last--;
	return last == 0 || language.len - last == 4;
}

/* The language that is meant: as asked for, else the style's, else en-US; a bare language is its primary dialect. */
static nkc_str choose_language(const nkc_style *style, nkc_str wanted, nkc_arena *arena, nkc_diags *diags)
{
	nkc_str asked = wanted.len ? wanted : style->default_locale;
	nkc_str language = csl_language_normalize(arena, asked);
	if (asked.len && language.len == 0)
		nkc_diags_add(diags, NKC_CODE_LOCALE_MISSING, NULL, NULL, "\"%.*s\" is not a language",
		              NKC_STR_ARG(asked));
	if (language.len == 0)
		return NKC_STR("en-US");
	nkc_str primary = primary_of(language);
	return has_no_region(language) && primary.len ? primary : language;
}

nkc_status csl_locale_resolve(const nkc_style *style, nkc_locales *locales, nkc_str language,
                              nkc_arena *arena, nkc_diags *diags, const csl_locale **out)
{
	const csl_locale *files[3];
	*out = NULL;
	language = choose_language(style, language, arena, diags);
	nkc_status status = get_files(locales, language, diags, files);
	if (status)
		return status;
	if (!files[1] && !files[2] && !nkc_str_eq(language_part(language), NKC_STR("en")))
		nkc_diags_add(diags, NKC_CODE_LOCALE_MISSING, NULL, NULL, "there is no locale file for %.*s",
		              NKC_STR_ARG(language));
	csl_locale *locale = new_locale(style, arena, language);
	if (!locale)
		return NKC_ENOMEM;
	for (unsigned i = 0; i < 3; i++)
		lay(arena, locale, files[i]);
	lay_style(arena, locale, style, NKC_STR(""));
	lay_style(arena, locale, style, language_part(language));
	if (nkc_str_find_byte(language, '-') < language.len)
		lay_style(arena, locale, style, language);
	*out = locale;
	return nkc_arena_status(arena);
}

/* --- asking --- */

bool csl_locale_term(const csl_locale *locale, csl_term term, csl_form form, bool plural, nkc_str *text)
{
	static const uint8_t weaker[] = {
		[CSL_FORM_LONG] = CSL_FORM_LONG,    [CSL_FORM_SHORT] = CSL_FORM_LONG,
		[CSL_FORM_VERB] = CSL_FORM_LONG,    [CSL_FORM_VERB_SHORT] = CSL_FORM_VERB,
		[CSL_FORM_SYMBOL] = CSL_FORM_SHORT,
	};
	const csl_term_entry *entry = term < locale->term_count ? locale->terms[term] : NULL;
	if (!entry || form > CSL_FORM_SYMBOL)
		return false;
	while (!entry->forms[form].present && form != CSL_FORM_LONG)
		form = (csl_form)weaker[form];
	if (!entry->forms[form].present)
		return false;
	*text = plural ? entry->forms[form].multiple : entry->forms[form].single;
	return true;
}

csl_gender csl_locale_gender(const csl_locale *locale, csl_term noun)
{
	const csl_term_entry *entry = noun < locale->term_count ? locale->terms[noun] : NULL;
	return entry ? (csl_gender)entry->gender : CSL_GENDER_NEUTER;
}

bool csl_locale_gendered(const csl_locale *locale, csl_term term, csl_gender gender, nkc_str *text)
{
	const csl_term_entry *entry = term < locale->term_count ? locale->terms[term] : NULL;
	if (!entry || gender == CSL_GENDER_NEUTER || !entry->gendered[gender].present)
		return csl_locale_term(locale, term, CSL_FORM_LONG, false, text);
	*text = entry->gendered[gender].single;
	return true;
}
