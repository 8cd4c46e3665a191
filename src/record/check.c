#include "record/check.h"
#include "record/record_impl.h"

#include <stdio.h>

/* --- places --- */

/* The value of four hexadecimal digits; 0 when they are not all there. */
static unsigned hex4(nkc_str text, size_t at)
{
	unsigned value = 0;

	for (size_t i = at; i < at + 4; i++) {
		char c = i < text.len ? text.ptr[i] : '\0';
		unsigned digit;
		if (c >= '0' && c <= '9')
			digit = (unsigned)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			digit = (unsigned)((c | 32) - 'a' + 10);
		else
			return 0;
		value = value << 4 | digit;
	}
	return value;
}

/* Bytes of UTF-8 that the escape at raw[*at] stands for; *at moves behind it (RFC 8259, section 7). */
static size_t pass_escape(nkc_str raw, size_t *at)
{
	unsigned unit;

	if (*at + 1 >= raw.len || raw.ptr[*at + 1] != 'u') {
		*at += 2;
		return 1;
	}
	unit = hex4(raw, *at + 2);
	*at += 6;
	if (unit < 0x80)
		return 1;
	if (unit < 0x800)
		return 2;
	bool high = unit >= 0xD800 && unit < 0xDC00;
	if (high && *at + 1 < raw.len && raw.ptr[*at] == '\\' && raw.ptr[*at + 1] == 'u') {
		unsigned low = hex4(raw, *at + 2);
		if (low >= 0xDC00 && low < 0xE000) {
			*at += 6;
			return 4;
		}
	}
	return 3;
}

/* Offset in `raw`, from behind a string's opening quote, of byte `wanted` of the decoded text. */
static size_t raw_offset(nkc_str raw, size_t from, size_t wanted)
{
	size_t at = from, decoded = 0;

	while (decoded < wanted && at < raw.len) {
		size_t start = at;
		size_t made = 1;
		if (raw.ptr[at] == '\\')
			made = pass_escape(raw, &at);
		else
			at++;
		if (decoded + made > wanted)
			return start; /* inside of what one escape stands for */
		decoded += made;
	}
	return at < raw.len ? at : raw.len;
}

nkc_place nkc_check_at(const nkc_check *check, const nkc_value *value)
{
	return nkc_record_place(check->record, value);
}

nkc_place nkc_check_at_var(const nkc_check *check, nkc_var var)
{
	return nkc_check_at(check, nkc_check_get(check, var));
}

nkc_place nkc_check_key(const nkc_check *check, const nkc_value *member)
{
	nkc_place place = nkc_record_place(check->record, member);

	if (!(member->flags & NKC_VALUE_MADE) && place.offset >= member->at)
		place.offset = place.offset - member->at + member->key_at;
	return place;
}

nkc_place nkc_check_part(const nkc_check *check, const nkc_value *string, size_t at, size_t length)
{
	nkc_place place = nkc_record_place(check->record, string);
	size_t start = place.offset + 1; /* behind the quote */

	if (!place.source || string->flags & NKC_VALUE_MADE || string->type != NKC_STRING)
		return place;
	if (string->flags & NKC_VALUE_ESCAPED) {
		nkc_str raw = place.source->text;
		place.offset = raw_offset(raw, start, at);
		place.length = raw_offset(raw, place.offset, length) - place.offset;
	} else {
		place.offset = start + at;
		place.length = length;
	}
	return place;
}

/* --- reporting --- */

/* The longest message; longer ones are cut. */
#define MESSAGE_MAX 512

void nkc_check_report(const nkc_check *check, nkc_code code, nkc_place place, const char *hint,
                      const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list args;

	if (!nkc_diags_wants(check->diags, code))
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	nkc_diags_add(check->diags, code, &place, hint, "%s", message);
}

nkc_shown nkc_show(nkc_str text)
{
	nkc_shown shown;
	size_t len = text.len;

	if (len > NKC_SHOWN_MAX) {
		len = NKC_SHOWN_MAX;
		while (len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
			len--;
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		shown.text[i] = c < ' ' || c == 0x7F ? ' ' : (char)c;
	}
	strcpy(shown.text + len, len < text.len ? "..." : "");
	return shown;
}

/* --- looking --- */

bool nkc_value_is_blank(const nkc_value *value)
{
	if (!value || value->type == NKC_NULL)
		return true;
	if (value->type == NKC_STRING)
		return nkc_str_empty(nkc_str_trim(value->u.text));
	return nkc_value_is_list(value) && !value->u.list.first;
}

/* The plain word that can stand for the variable. */
static nkc_var plain_word(const nkc_check *check, nkc_var var)
{
	switch (var) {
	case NKC_VAR_ISSUED:
		return NKC_VAR_DATE;
	case NKC_VAR_URL:
		return NKC_VAR_URL_SHORT;
	default:
		return var == nkc_record_outlet_var(check->record) ? NKC_VAR_OUTLET : NKC_VAR_NONE;
	}
}

const nkc_value *nkc_check_get(const nkc_check *check, nkc_var var)
{
	const nkc_value *value = nkc_record_get(check->record, var);
	nkc_var word = value ? NKC_VAR_NONE : plain_word(check, var);

	return word ? nkc_record_get(check->record, word) : value;
}

nkc_str nkc_check_text(const nkc_check *check, nkc_var var)
{
	return nkc_value_text(nkc_check_get(check, var));
}

bool nkc_check_has(const nkc_check *check, nkc_var var)
{
	return !nkc_value_is_blank(nkc_check_get(check, var));
}

const nkc_value *nkc_check_own(const nkc_check *check, nkc_str part)
{
	const nkc_value *custom = nkc_record_get(check->record, NKC_VAR_CUSTOM);

	return custom ? nkc_value_find(nkc_value_find(custom, NKC_STR("nkcite")), part) : NULL;
}
