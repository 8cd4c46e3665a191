#include "record/uri.h"

/* What a byte below 0x80 may be (RFC 3986, appendix A). */
enum {
	NAME = 1,    /* unreserved and sub-delims: in any part */
	PATH = 2,    /* ':' and '@': in paths */
	QUERY = 4,   /* '/' and '?': in queries and fragments, '/' in paths */
	HEX = 8,
	DIGIT = 16,
	ALPHA = 32,
	SCHEME = 64, /* besides letters and digits */
};

#define A (NAME | ALPHA)
#define H (NAME | ALPHA | HEX)
#define D (NAME | DIGIT | HEX)
static const unsigned char kinds[128] = {
	['a'] = H, ['b'] = H, ['c'] = H, ['d'] = H, ['e'] = H, ['f'] = H, ['g'] = A, ['h'] = A, ['i'] = A,
	['j'] = A, ['k'] = A, ['l'] = A, ['m'] = A, ['n'] = A, ['o'] = A, ['p'] = A, ['q'] = A, ['r'] = A,
	['s'] = A, ['t'] = A, ['u'] = A, ['v'] = A, ['w'] = A, ['x'] = A, ['y'] = A, ['z'] = A,
	['A'] = H, ['B'] = H, ['C'] = H, ['D'] = H, ['E'] = H, ['F'] = H, ['G'] = A, ['H'] = A, ['I'] = A,
	['J'] = A, ['K'] = A, ['L'] = A, ['M'] = A, ['N'] = A, ['O'] = A, ['P'] = A, ['Q'] = A, ['R'] = A,
	['S'] = A, ['T'] = A, ['U'] = A, ['V'] = A, ['W'] = A, ['X'] = A, ['Y'] = A, ['Z'] = A,
	['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D, ['7'] = D, ['8'] = D,
	['9'] = D,
	['-'] = NAME | SCHEME, ['.'] = NAME | SCHEME, ['+'] = NAME | SCHEME, ['_'] = NAME, ['~'] = NAME,
	['!'] = NAME, ['$'] = NAME, ['&'] = NAME, ['\''] = NAME, ['('] = NAME, [')'] = NAME, ['*'] = NAME,
	[','] = NAME, [';'] = NAME, ['='] = NAME,
	[':'] = PATH, ['@'] = PATH, ['/'] = QUERY, ['?'] = QUERY,
};
#undef A
#undef H
#undef D

static bool is(char c, unsigned kind)
{
	return (unsigned char)c < 128 && (kinds[(unsigned char)c] & kind);
}

static bool all_are(nkc_str text, unsigned kind)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is(text.ptr[i], kind))
			return false;
	}
	return text.len > 0;
}

/* --- splitting (RFC 3986, appendix B) --- */

/* Offset of the first of the bytes in `set`, or text.len. */
static size_t find_any(nkc_str text, const char *set)
{
	size_t at = 0;

	while (at < text.len && !(text.ptr[at] && strchr(set, text.ptr[at])))
		at++;
	return at;
}

static bool is_scheme(nkc_str text)
{
	return text.len > 0 && is(text.ptr[0], ALPHA) && all_are(text, ALPHA | DIGIT | SCHEME);
}

/* Offset of the last such byte, or text.len. */
static size_t find_last(nkc_str text, char byte)
{
	for (size_t at = text.len; at > 0; at--) {
		if (text.ptr[at - 1] == byte)
			return at - 1;
	}
	return text.len;
}

static void split_authority(nkc_uri *uri, nkc_str authority)
{
	size_t at = find_last(authority, '@');
	nkc_str host = authority;

	uri->has_authority = true;
	if (at < authority.len) {
		uri->has_userinfo = true;
		uri->userinfo = nkc_str_slice(authority, 0, at);
		host = nkc_str_slice(authority, at + 1, authority.len);
	}
	size_t colon = find_last(host, ':');
	if (colon < host.len &&
	    nkc_str_find_byte(nkc_str_slice(host, colon, host.len), ']') == host.len - colon) {
		uri->port = nkc_str_slice(host, colon + 1, host.len);
		host = nkc_str_slice(host, 0, colon);
	}
	uri->host = host;
}

nkc_uri nkc_uri_split(nkc_str text)
{
	const nkc_str none = NKC_STR_INIT("");
	nkc_uri uri = { none, none, none, none, none, none, none, false, false };
	size_t colon = find_any(text, ":/?#");
	nkc_str rest = text;

	if (colon < text.len && text.ptr[colon] == ':' && is_scheme(nkc_str_slice(text, 0, colon))) {
		uri.scheme = nkc_str_slice(text, 0, colon);
		rest = nkc_str_slice(text, colon + 1, text.len);
	}
	if (nkc_str_starts(rest, NKC_STR("//"))) {
		rest = nkc_str_slice(rest, 2, rest.len);
		size_t end = find_any(rest, "/?#");
		split_authority(&uri, nkc_str_slice(rest, 0, end));
		rest = nkc_str_slice(rest, end, rest.len);
	}
	size_t hash = nkc_str_find_byte(rest, '#');
	uri.fragment = nkc_str_slice(rest, hash + 1, rest.len);
	rest = nkc_str_slice(rest, 0, hash);
	size_t mark = nkc_str_find_byte(rest, '?');
	uri.query = nkc_str_slice(rest, mark + 1, rest.len);
	uri.path = nkc_str_slice(rest, 0, mark);
	return uri;
}

/* --- characters --- */

/* ucschar (RFC 3987, section 2.2); private use is allowed in queries. */
static bool is_iri_rune(uint32_t rune, bool in_query)
{
	if (rune >= 0xE000 && rune <= 0xF8FF)
		return in_query;
	if (rune >= 0xF0000)
		return in_query && (rune & 0xFFFE) != 0xFFFE;
	if (rune >= 0x10000)
		return (rune & 0xFFFE) != 0xFFFE && !(rune >= 0xE0000 && rune < 0xE1000);
	return (rune >= 0xA0 && rune <= 0xD7FF) || (rune >= 0xF900 && rune <= 0xFDCF) ||
	       (rune >= 0xFDF0 && rune <= 0xFFEF);
}

/* Unicode's white space outside ASCII: IRIs may hold it, people cannot see it. */
static bool is_wide_space(uint32_t rune)
{
	return rune == 0xA0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200B) || rune == 0x2028 ||
	       rune == 0x2029 || rune == 0x202F || rune == 0x205F || rune == 0x3000 || rune == 0xFEFF;
}

static nkc_uri_result fail(nkc_uri_fault *fault, nkc_uri_result result, size_t at, size_t length)
{
	fault->at = at;
	fault->length = length;
	return result;
}

/* Judges text[from..to), a part whose ASCII characters are of these kinds. */
static nkc_uri_result check_part(nkc_str text, size_t from, size_t to, unsigned allowed, bool in_query,
                                 nkc_uri_fault *fault)
{
	nkc_str part = nkc_str_slice(text, 0, to);

	for (size_t at = from; at < to;) {
		unsigned char c = (unsigned char)text.ptr[at];
		if (c < 128 && kinds[c] & allowed) {
			at++;
		} else if (c == '%') {
			if (to - at < 3 || !is(text.ptr[at + 1], HEX) || !is(text.ptr[at + 2], HEX))
				return fail(fault, NKC_URI_PERCENT, at, to - at < 3 ? to - at : 3);
			at += 3;
		} else if (c < 128) {
			return fail(fault, c <= ' ' || c == 0x7F ? NKC_URI_SPACE : NKC_URI_CHARACTER, at, 1);
		} else {
			size_t start = at;
			uint32_t rune = nkc_utf8_next(part, &at);
			if (is_wide_space(rune))
				return fail(fault, NKC_URI_SPACE, start, at - start);
			if (!is_iri_rune(rune, in_query))
				return fail(fault, NKC_URI_CHARACTER, start, at - start);
		}
	}
	return NKC_URI_GOOD;
}

/* --- hosts --- */

/* Four numbers up to 255. */
static bool is_ipv4(nkc_str text, unsigned *numbers)
{
	nkc_str piece;
	size_t count = 0;

	while (nkc_str_split(&text, '.', &piece)) {
		if (count == 4 || piece.len > 3 || !all_are(piece, DIGIT) ||
		    (piece.len > 1 && piece.ptr[0] == '0'))
			return false;
		numbers[count] = 0;
		for (size_t i = 0; i < piece.len; i++)
			numbers[count] = numbers[count] * 10 + (unsigned)(piece.ptr[i] - '0');
		if (numbers[count++] > 255)
			return false;
	}
	return count == 4;
}

/* Groups of one to four hexadecimal digits; how many 16-bit pieces they fill, 9 when malformed. */
static size_t ipv6_pieces(nkc_str text, bool last)
{
	nkc_str group;
	size_t pieces = 0;

	if (nkc_str_ends(text, NKC_STR(":")))
		return 9;
	while (nkc_str_split(&text, ':', &group)) {
		unsigned numbers[4];
		if (last && text.len == 0 && is_ipv4(group, numbers))
			pieces += 2;
		else if (group.len <= 4 && all_are(group, HEX))
			pieces++;
		else
			return 9;
		if (pieces > 8)
			return 9;
	}
	return pieces;
}

/* Eight pieces, or fewer with one "::" among them (RFC 3986, section 3.2.2). */
static bool is_ipv6(nkc_str text)
{
	size_t gap = nkc_str_find(text, NKC_STR("::"));

	if (gap == text.len)
		return ipv6_pieces(text, true) == 8;
	return ipv6_pieces(nkc_str_slice(text, 0, gap), false) +
	               ipv6_pieces(nkc_str_slice(text, gap + 2, text.len), true) <=
	       7;
}

/* Labels of 1 to 63 bytes that neither begin nor end with a hyphen (RFC 1123, section 2.1); a dot may end the name. */
static bool is_dns_name(nkc_str host)
{
	nkc_str label;

	if (nkc_str_ends(host, NKC_STR(".")))
		host.len--;
	if (host.len == 0 || host.len > 253 || nkc_str_ends(host, NKC_STR(".")))
		return false;
	while (nkc_str_split(&host, '.', &label)) {
		if (label.len == 0 || label.len > 63 || label.ptr[0] == '-' ||
		    label.ptr[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++) {
			char c = label.ptr[i];
			/* The underscore is against the rule, but in use; letters outside ASCII are IDNA's. */
			if ((unsigned char)c < 128 && !is(c, ALPHA | DIGIT) && c != '-' && c != '_' &&
			    c != '%')
				return false;
		}
	}
	return true;
}

/* What ends in a number is an address: no top-level domain is one. */
static bool ends_in_number(nkc_str host)
{
	nkc_str label;

	while (nkc_str_split(&host, '.', &label) && host.len)
		;
	return all_are(label, DIGIT);
}

static bool is_host(nkc_str host)
{
	unsigned numbers[4];

	if (nkc_str_starts(host, NKC_STR("[")))
		return nkc_str_ends(host, NKC_STR("]")) && is_ipv6(nkc_str_slice(host, 1, host.len - 1));
	return is_dns_name(host) && (!ends_in_number(host) || is_ipv4(host, numbers));
}

/* Of these schemes the authority is a host of the network and may not be empty. */
static bool needs_host(nkc_str scheme)
{
	return nkc_str_eq_nocase(scheme, NKC_STR("http")) || nkc_str_eq_nocase(scheme, NKC_STR("https")) ||
	       nkc_str_eq_nocase(scheme, NKC_STR("ftp"));
}

static bool is_port(nkc_str port)
{
	unsigned number = 0;

	if (port.len > 5)
		return false;
	for (size_t i = 0; i < port.len; i++) {
		if (!is(port.ptr[i], DIGIT))
			return false;
		number = number * 10 + (unsigned)(port.ptr[i] - '0');
	}
	return number <= 65535;
}

static size_t offset_of(nkc_str text, nkc_str part)
{
	return (size_t)(part.ptr - text.ptr);
}

static nkc_uri_result check_authority(nkc_str text, const nkc_uri *uri, nkc_uri_fault *fault)
{
	size_t host = offset_of(text, uri->host);
	nkc_uri_result result = NKC_URI_GOOD;

	if (uri->has_userinfo) {
		size_t from = offset_of(text, uri->userinfo);
		result = check_part(text, from, from + uri->userinfo.len, NAME | PATH, false, fault);
	}
	if (result == NKC_URI_GOOD && !nkc_str_starts(uri->host, NKC_STR("[")))
		result = check_part(text, host, host + uri->host.len, NAME, false, fault);
	if (result != NKC_URI_GOOD)
		return result;
	if (needs_host(uri->scheme) && !is_host(uri->host))
		return fail(fault, NKC_URI_HOST, host, uri->host.len);
	if (!is_port(uri->port))
		return fail(fault, NKC_URI_PORT, offset_of(text, uri->port), uri->port.len);
	return NKC_URI_GOOD;
}

nkc_uri_result nkc_uri_check(nkc_str text, nkc_uri *uri, nkc_uri_fault *fault)
{
	nkc_uri_result result;

	*uri = nkc_uri_split(text);
	fail(fault, NKC_URI_GOOD, 0, text.len);
	if (nkc_str_empty(uri->scheme))
		return NKC_URI_NO_SCHEME;
	if (uri->has_authority) {
		result = check_authority(text, uri, fault);
		if (result != NKC_URI_GOOD)
			return result;
	} else if (needs_host(uri->scheme)) {
		return fail(fault, NKC_URI_HOST, 0, uri->scheme.len + 1);
	}
	size_t path = offset_of(text, uri->path), query = path + uri->path.len;
	result = check_part(text, path, query, NAME | PATH | QUERY, false, fault);
	if (result != NKC_URI_GOOD || query == text.len)
		return result;
	/* Behind the path there are '?' and '#', of which a second '#' is none. */
	size_t hash = query + nkc_str_find_byte(nkc_str_slice(text, query, text.len), '#');
	result = check_part(text, query, hash, NAME | PATH | QUERY, true, fault);
	if (result != NKC_URI_GOOD || hash == text.len)
		return result;
	return check_part(text, hash + 1, text.len, NAME | PATH | QUERY, false, fault);
}

/* --- judging --- */

static bool is_local_ipv4(const unsigned *n)
{
	return n[0] == 10 || n[0] == 127 || (n[0] == 172 && n[1] >= 16 && n[1] <= 31) ||
	       (n[0] == 192 && n[1] == 168) || (n[0] == 169 && n[1] == 254) || n[0] == 0;
}

/* ::1, fc00::/7, fe80::/10 */
static bool is_local_ipv6(nkc_str host)
{
	nkc_str head = nkc_str_slice(host, 1, 4);

	return nkc_str_is(host, "[::1]") || nkc_str_eq_nocase(head, NKC_STR("fe8")) ||
	       nkc_str_eq_nocase(nkc_str_slice(head, 0, 2), NKC_STR("fc")) ||
	       nkc_str_eq_nocase(nkc_str_slice(head, 0, 2), NKC_STR("fd"));
}

bool nkc_uri_is_local(const nkc_uri *uri)
{
	static const char *const endings[] = { ".localhost", ".local", ".internal", ".lan" };
	unsigned numbers[4];

	if (nkc_str_starts(uri->host, NKC_STR("[")))
		return is_local_ipv6(uri->host);
	if (is_ipv4(uri->host, numbers))
		return is_local_ipv4(numbers);
	if (nkc_str_eq_nocase(uri->host, NKC_STR("localhost")))
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		nkc_str ending = nkc_str_from(endings[i]);
		if (uri->host.len > ending.len &&
		    nkc_str_eq_nocase(nkc_str_slice(uri->host, uri->host.len - ending.len, uri->host.len),
		                      ending))
			return true;
	}
	return false;
}

bool nkc_uri_is_tracking(nkc_str parameter)
{
	static const char *const names[] = { "fbclid",  "gclid",  "dclid",  "msclkid", "yclid",
		                             "igshid",  "mc_cid", "mc_eid", "_ga",     "_gl",
		                             "mkt_tok", "twclid", "wbraid", "gbraid",  "srsltid" };
	nkc_str name = nkc_str_slice(parameter, 0, nkc_str_find_byte(parameter, '='));

	if (nkc_str_eq_nocase(nkc_str_slice(name, 0, 4), NKC_STR("utm_")))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (nkc_str_is(name, names[i]))
			return true;
	}
	return false;
}
