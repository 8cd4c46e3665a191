#include "base/text.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/versions.h"

#include <pthread.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define TEXT_MAX ((size_t)1 << 24) /* lengths are int32_t in ICU; no key or title comes near */

void nkc_text_version(char version[NKC_VERSION_SIZE])
{
	UVersionInfo numbers;
	char text[U_MAX_VERSION_STRING_LENGTH];

	u_getVersion(numbers);
	u_versionToString(numbers, text);
	(void)snprintf(version, NKC_VERSION_SIZE, "%s", text);
}

static bool is_ascii(nkc_str text)
{
	return !nkc_utf8_has_high(text);
}

/* UTF-16 of the text with `room` units in all; NULL when memory is out. */
static UChar *to_utf16(nkc_str text, int32_t room, int32_t *len)
{
	UChar *wide = nkc_malloc((size_t)room * sizeof *wide);
	if (!wide)
		return NULL;
	UErrorCode error = U_ZERO_ERROR;
	u_strFromUTF8WithSub(wide, room, len, text.ptr, (int32_t)text.len, 0xFFFD, NULL, &error);
	if (U_FAILURE(error)) {
		nkc_free(wide);
		return NULL;
	}
	return wide;
}

static nkc_status put_utf16(const UChar *wide, int32_t len, nkc_buf *out)
{
	int32_t room = len * 3 + 1, got = 0;
	UErrorCode error = U_ZERO_ERROR;
	if (!nkc_buf_grow(out, (size_t)room))
		return nkc_buf_status(out);
	u_strToUTF8WithSub(out->ptr + out->len, room, &got, wide, len, 0xFFFD, NULL, &error);
	if (U_FAILURE(error))
		return NKC_EUNSUPPORTED;
	out->len += (size_t)got;
	out->ptr[out->len] = '\0';
	return NKC_OK;
}

/* Appends the text with the letters from `first` to `first` + 25 moved by `step`. */
static void put_ascii(nkc_str text, char first, int step, nkc_buf *out)
{
	if (!nkc_buf_grow(out, text.len))
		return;
	char *to = out->ptr + out->len;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		to[i] = c >= first && c < first + 26 ? (char)(c + step) : c;
	}
	out->len += text.len;
	out->ptr[out->len] = '\0';
}

static void put_lower_ascii(nkc_str text, nkc_buf *out)
{
	put_ascii(text, 'A', 'a' - 'A', out);
}

static void put_upper_ascii(nkc_str text, nkc_buf *out)
{
	put_ascii(text, 'a', 'A' - 'a', out);
}

/*
 * Rewrites the text, of which the array has room for more, in small ASCII letters. To open the rules costs as much as to
 * use them a thousand times, so they are kept; they serve one thread at a time.
 */
static void romanise(UChar *wide, int32_t *len, int32_t room, UErrorCode *error)
{
	static const UChar id[] = u"Any-Latin; Latin-ASCII; Lower; [:^ASCII:] Remove";
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static UTransliterator *rules;
	int32_t limit = *len;
	pthread_mutex_lock(&lock);
	if (!rules)
		rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, error);
	if (U_SUCCESS(*error))
		utrans_transUChars(rules, wide, len, room, 0, &limit, error);
	pthread_mutex_unlock(&lock);
}

nkc_status nkc_text_ascii(nkc_str text, nkc_buf *out)
{
	if (text.len > TEXT_MAX)
		return NKC_ELIMIT;
	if (is_ascii(text)) {
		put_lower_ascii(text, out);
		return nkc_buf_status(out);
	}
	/* A syllable may become a handful of letters. */
	int32_t room = (int32_t)text.len * 8 + 16, len = 0;
	UChar *wide = to_utf16(text, room, &len);
	if (!wide)
		return NKC_ENOMEM;
	UErrorCode error = U_ZERO_ERROR;
	romanise(wide, &len, room, &error);
	nkc_status status = U_SUCCESS(error) ? put_utf16(wide, len, out) : NKC_EUNSUPPORTED;
	nkc_free(wide);
	return status;
}

/* The text in that form; NULL when memory is out. One character may become eighteen (U+FDFA), most become one. */
static UChar *normal_form(const UNormalizer2 *form, const UChar *wide, int32_t *len, UErrorCode *error)
{
	int32_t room = *len + 16, need = 0;
	for (;;) {
		UChar *normal = nkc_malloc((size_t)room * sizeof *normal);
		if (!normal)
			return NULL;
		*error = U_ZERO_ERROR;
		need = unorm2_normalize(form, wide, *len, normal, room, error);
		if (*error != U_BUFFER_OVERFLOW_ERROR) {
			*len = need;
			return normal;
		}
		nkc_free(normal);
		room = need + 1;
	}
}

static nkc_status normalize(const UNormalizer2 *form, nkc_str text, nkc_buf *out)
{
	if (text.len > TEXT_MAX)
		return NKC_ELIMIT;
	int32_t len = 0;
	UErrorCode error = U_ZERO_ERROR;
	UChar *wide = to_utf16(text, (int32_t)text.len + 1, &len);
	UChar *normal = wide ? normal_form(form, wide, &len, &error) : NULL;
	nkc_status status = NKC_ENOMEM;
	if (normal)
		status = U_SUCCESS(error) ? put_utf16(normal, len, out) : NKC_EUNSUPPORTED;
	nkc_free(wide);
	nkc_free(normal);
	return status;
}

nkc_status nkc_text_fold(nkc_str text, nkc_buf *out)
{
	if (is_ascii(text)) {
		put_lower_ascii(text, out);
		return nkc_buf_status(out);
	}
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&error);
	return U_SUCCESS(error) ? normalize(form, text, out) : NKC_EUNSUPPORTED;
}

nkc_status nkc_text_nfc(nkc_str text, nkc_buf *out)
{
	if (is_ascii(text)) {
		nkc_buf_put_str(out, text);
		return nkc_buf_status(out);
	}
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFCInstance(&error);
	return U_SUCCESS(error) ? normalize(form, text, out) : NKC_EUNSUPPORTED;
}

bool nkc_rune_is_upper(uint32_t rune)
{
	return rune < 0x80 ? rune >= 'A' && rune <= 'Z' : u_isUUppercase((UChar32)rune);
}

bool nkc_rune_is_lower(uint32_t rune)
{
	return rune < 0x80 ? rune >= 'a' && rune <= 'z' : u_isULowercase((UChar32)rune);
}

bool nkc_rune_is_letter(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
	return u_isUAlphabetic((UChar32)rune);
}

bool nkc_rune_is_private(uint32_t rune)
{
	return u_charType((UChar32)rune) == U_PRIVATE_USE_CHAR;
}

bool nkc_rune_is_control(uint32_t rune)
{
	return u_charType((UChar32)rune) == U_CONTROL_CHAR;
}

/* --- case --- */

typedef int32_t (*case_fn)(UChar *to, int32_t room, const UChar *from, int32_t len, const char *locale,
                           UErrorCode *error);

static void locale_name(nkc_str language, char name[64])
{
	size_t len = language.len < 63 ? language.len : 63;
	if (len)
		memcpy(name, language.ptr, len);
	name[len] = '\0';
}

static nkc_status change_case(case_fn change, nkc_str text, nkc_str language, nkc_buf *out)
{
	char locale[64];
	int32_t len = 0, room = (int32_t)text.len * 3 + 16;
	if (text.len > TEXT_MAX)
		return NKC_ELIMIT;
	locale_name(language, locale);
	UChar *wide = to_utf16(text, (int32_t)text.len + 1, &len);
	UChar *changed = nkc_malloc((size_t)room * sizeof *changed);
	nkc_status status = NKC_ENOMEM;
	if (wide && changed) {
		UErrorCode error = U_ZERO_ERROR;
		len = change(changed, room, wide, len, locale, &error);
		status = U_SUCCESS(error) ? put_utf16(changed, len, out) : NKC_EUNSUPPORTED;
	}
	nkc_free(wide);
	nkc_free(changed);
	return status;
}

/* Has the language its own small i or capital I (Turkish, Azeri; Lithuanian keeps dots)? By two or three letters. */
static bool has_own_letters(nkc_str language)
{
	static const nkc_str languages[] = { NKC_STR_INIT("tr"), NKC_STR_INIT("tur"), NKC_STR_INIT("az"),
		                             NKC_STR_INIT("aze"), NKC_STR_INIT("lt"), NKC_STR_INIT("lit") };
	size_t end = 0;
	while (end < language.len && language.ptr[end] != '-' && language.ptr[end] != '_' && language.ptr[end] != '@')
		end++;
	nkc_str own = nkc_str_slice(language, 0, end);
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		if (nkc_str_eq_nocase(own, languages[i]))
			return true;
	}
	return false;
}

nkc_status nkc_text_upper(nkc_str text, nkc_str language, nkc_buf *out)
{
	if (is_ascii(text) && !has_own_letters(language)) {
		put_upper_ascii(text, out);
		return nkc_buf_status(out);
	}
	return change_case(u_strToUpper, text, language, out);
}

nkc_status nkc_text_lower(nkc_str text, nkc_str language, nkc_buf *out)
{
	if (is_ascii(text) && !has_own_letters(language)) {
		put_lower_ascii(text, out);
		return nkc_buf_status(out);
	}
	return change_case(u_strToLower, text, language, out);
}

size_t nkc_rune_superscript(nkc_str text, size_t *at, char plain[8])
{
	uint32_t rune = nkc_utf8_next(text, at);
	if (u_getIntPropertyValue((UChar32)rune, UCHAR_DECOMPOSITION_TYPE) != U_DT_SUPER)
		return 0;
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCInstance(&error);
	UChar wide[8];
	int32_t len = U_SUCCESS(error) ? unorm2_getRawDecomposition(form, (UChar32)rune, wide, 8, &error) : 0;
	int32_t got = 0;
	u_strToUTF8(plain, 8, &got, wide, len, &error);
	return U_SUCCESS(error) && len > 0 ? (size_t)got : 0;
}

uint32_t nkc_rune_to_title(uint32_t rune)
{
	if (rune < 0x80)
		return rune >= 'a' && rune <= 'z' ? rune - 'a' + 'A' : rune;
	return (uint32_t)u_totitle((UChar32)rune);
}

/* --- collation --- */

struct nkc_collator {
	UCollator *order;
};

nkc_status nkc_collator_open(nkc_collator **out, nkc_str language)
{
	char name[64];
	nkc_collator *collator = nkc_calloc(1, sizeof *collator);
	*out = NULL;
	if (!collator)
		return NKC_ENOMEM;
	locale_name(language, name);
	UErrorCode error = U_ZERO_ERROR;
	collator->order = ucol_open(name, &error);
	if (U_FAILURE(error)) {
		nkc_free(collator);
		return NKC_EUNSUPPORTED;
	}
	ucol_setAttribute(collator->order, UCOL_STRENGTH, UCOL_PRIMARY, &error);
	ucol_setAttribute(collator->order, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &error);
	ucol_setAttribute(collator->order, UCOL_NUMERIC_COLLATION, UCOL_ON, &error);
	*out = collator;
	return NKC_OK;
}

void nkc_collator_close(nkc_collator *collator)
{
	if (!collator)
		return;
	ucol_close(collator->order);
	nkc_free(collator);
}

/* What comes behind so much decides no order that anybody sees. */
static int32_t compared_length(nkc_str text)
{
	return (int32_t)(text.len < TEXT_MAX ? text.len : TEXT_MAX);
}

int nkc_collator_compare(const nkc_collator *collator, nkc_str a, nkc_str b)
{
	UErrorCode error = U_ZERO_ERROR;
	UCollationResult order = ucol_strcollUTF8(collator->order, a.ptr, compared_length(a), b.ptr, compared_length(b),
	                                          &error);
	return U_FAILURE(error) ? nkc_str_cmp(a, b) : (int)order;
}
