/*
 * uri.h: the syntax of addresses: URI (RFC 3986) and IRI (RFC 3987).
 */
#ifndef NKC_RECORD_URI_H
#define NKC_RECORD_URI_H

#include <nkcite/base.h>

/* The parts of a URI (RFC 3986, section 3), borrowed from its text, without their delimiters. */
typedef struct nkc_uri {
	nkc_str scheme;
	nkc_str userinfo;
	nkc_str host; /* with the brackets of an IPv6 address */
	nkc_str port;
	nkc_str path;
	nkc_str query;
	nkc_str fragment;
	bool has_authority; /* "//" stands there */
	bool has_userinfo;
} nkc_uri;

typedef enum nkc_uri_result {
	NKC_URI_GOOD,
	NKC_URI_NO_SCHEME, /* a relative reference */
	NKC_URI_SPACE,     /* white space or a control character */
	NKC_URI_CHARACTER, /* another character that has to be percent-encoded */
	NKC_URI_PERCENT,   /* % without two hexadecimal digits */
	NKC_URI_HOST,      /* neither a host name nor an IP address */
	NKC_URI_PORT       /* not a number up to 65535 */
} nkc_uri_result;

/* The bytes of the text that are at fault. */
typedef struct nkc_uri_fault {
	size_t at, length;
} nkc_uri_fault;

/* Cuts the text into its parts, whatever they hold (RFC 3986, appendix B). */
nkc_uri nkc_uri_split(nkc_str text);

/* The first fault from the left; *uri is set in any case. */
nkc_uri_result nkc_uri_check(nkc_str text, nkc_uri *uri, nkc_uri_fault *fault);

/* Is it an address of the machine itself or of a private network (RFC 1918, RFC 3927, RFC 4193, RFC 6761)? */
bool nkc_uri_is_local(const nkc_uri *uri);

/* Does the parameter of a query ("utm_source=mail") only follow the reader? */
bool nkc_uri_is_tracking(nkc_str parameter);

#endif
