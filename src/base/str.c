#include <nkcite/base.h>

#include <config.h>

int nkc_str_cmp(nkc_str a, nkc_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool nkc_str_eq_nocase(nkc_str a, nkc_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

nkc_str nkc_str_trim(nkc_str s)
{
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	while (s.len && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	return s;
}

size_t nkc_str_find_byte(nkc_str s, char byte)
{
	const char *hit = s.len ? memchr(s.ptr, byte, s.len) : NULL;
	return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t nkc_str_find(nkc_str s, nkc_str what)
{
	if (what.len == 0)
		return 0;
	for (size_t at = 0; at + what.len <= s.len;) {
		const char *hit = memchr(s.ptr + at, what.ptr[0], s.len - what.len - at + 1);
		if (!hit)
			break;
		if (memcmp(hit, what.ptr, what.len) == 0)
			return (size_t)(hit - s.ptr);
		at = (size_t)(hit - s.ptr) + 1;
	}
	return s.len;
}

bool nkc_str_split(nkc_str *rest, char separator, nkc_str *piece)
{
	if (rest->len == 0)
		return false;
	size_t end = nkc_str_find_byte(*rest, separator);
	*piece = nkc_str_slice(*rest, 0, end);
	*rest = nkc_str_slice(*rest, end + 1, rest->len);
	return true;
}

const char *nkc_status_text(nkc_status status)
{
	static const char *const texts[] = {
		[NKC_OK] = "no error",
		[NKC_ENOMEM] = "out of memory",
		[NKC_EIO] = "input or output failed",
		[NKC_ESYNTAX] = "not of its format",
		[NKC_EINVALID] = "not valid",
		[NKC_ENOTFOUND] = "not found",
		[NKC_EUNSUPPORTED] = "not supported",
		[NKC_ELIMIT] = "a limit was passed",
	};
	size_t index = (size_t)status;
	return index < sizeof texts / sizeof *texts ? texts[index] : "unknown status";
}
