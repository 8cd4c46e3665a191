/*
 * Addresses: the examples of RFC 3986 and RFC 3987, and what they forbid.
 */
#include "record/uri.h"

#include "support/unit.h"

static nkc_uri_result judge(const char *text)
{
	nkc_uri uri;
	nkc_uri_fault fault;

	return nkc_uri_check(nkc_str_from(text), &uri, &fault);
}

/* The bytes at fault. */
static nkc_str fault_in(const char *text, nkc_uri_result result)
{
	nkc_uri uri;
	nkc_uri_fault fault;
	nkc_str whole = nkc_str_from(text);

	assert_int_equal(nkc_uri_check(whole, &uri, &fault), result);
	assert_true(fault.at + fault.length <= whole.len);
	return nkc_str_slice(whole, fault.at, fault.at + fault.length);
}

/* RFC 3986, section 1.1.2 and 3; RFC 3987, section 3.2.1 */
static void the_examples_of_the_standards_are_good(void **state)
{
	static const char *const good[] = {
		"ftp://ftp.is.co.za/rfc/rfc1808.txt",
		"http://www.ietf.org/rfc/rfc2396.txt",
		"ldap://[2001:db8::7]/c=GB?objectClass?one",
		"mailto:John.Doe@example.com",
		"news:comp.infosystems.www.servers.unix",
		"tel:+1-816-555-1212",
		"telnet://192.0.2.16:80/",
		"urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
		"foo://example.com:8042/over/there?name=ferret#nose",
		"http://www.example.org/D%C3%BCrst",
		"http://r\xC3\xA9sum\xC3\xA9.example.org",
		"http://example.com/?q=a/b?c:@d",
		"http://example.com/(a)'b'*,;=!$&+~",
		"https://example.com",
		"https://example.com/?",
		"https://example.com/#",
		"https://example.com:/a",
		"https://example.com./a",
		"https://xn--mnchen-3ya.de/",
		"https://a_b.example.com/",
		"file:///etc/passwd",
		"http://[::1]/",
		"http://[2001:db8:0:0:0:0:0:1]/",
		"http://[::ffff:192.0.2.1]/",
		"doi:10.1000/182",
		"https://ko.wikipedia.org/wiki/\xEB\xB6\x81\xED\x95\x9C",
		"http://example.com/?\xEE\x80\x80",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (judge(good[i]) != NKC_URI_GOOD)
			print_error("good[%zu]\n", i);
		assert_int_equal(judge(good[i]), NKC_URI_GOOD);
	}
}

/* RFC 3986, appendix B */
static void an_address_is_cut_into_its_parts(void **state)
{
	nkc_uri uri = nkc_uri_split(NKC_STR("http://me:pw@www.ics.uci.edu:80/pub/ietf/uri/?a=b#Related"));

	(void)state;
	assert_str(uri.scheme, "http");
	assert_str(uri.userinfo, "me:pw");
	assert_str(uri.host, "www.ics.uci.edu");
	assert_str(uri.port, "80");
	assert_str(uri.path, "/pub/ietf/uri/");
	assert_str(uri.query, "a=b");
	assert_str(uri.fragment, "Related");
	assert_true(uri.has_authority && uri.has_userinfo);
	uri = nkc_uri_split(NKC_STR("ldap://[2001:db8::7]:389/c"));
	assert_str(uri.host, "[2001:db8::7]");
	assert_str(uri.port, "389");
	uri = nkc_uri_split(NKC_STR("//host/path?q#f#g"));
	assert_str(uri.scheme, "");
	assert_str(uri.host, "host");
	assert_str(uri.fragment, "f#g");
	uri = nkc_uri_split(NKC_STR("a/b:c"));
	assert_str(uri.scheme, "");
	assert_str(uri.path, "a/b:c");
	uri = nkc_uri_split(NKC_STR(""));
	assert_str(uri.path, "");
	assert_false(uri.has_authority);
}

static void faults_are_found_at_their_bytes(void **state)
{
	(void)state;
	assert_str(fault_in("www.hrw.org/a", NKC_URI_NO_SCHEME), "www.hrw.org/a");
	assert_str(fault_in("1http://hrw.org", NKC_URI_NO_SCHEME), "1http://hrw.org");
	assert_str(fault_in("https://hrw.org/a b", NKC_URI_SPACE), " ");
	assert_str(fault_in("https://hrw.org/a\tb", NKC_URI_SPACE), "\t");
	assert_str(fault_in("https://hrw.org/a\xC2\xA0" "b", NKC_URI_SPACE), "\xC2\xA0");
	assert_str(fault_in("https://hrw.org/?q=a|b", NKC_URI_CHARACTER), "|");
	assert_str(fault_in("https://hrw.org/a#b#c", NKC_URI_CHARACTER), "#");
	assert_str(fault_in("https://hrw.org/[a]", NKC_URI_CHARACTER), "[");
	assert_str(fault_in("https://hrw.org/\xEF\xBF\xBD", NKC_URI_CHARACTER), "\xEF\xBF\xBD");
	assert_str(fault_in("https://hrw.org/\xEE\x80\x80", NKC_URI_CHARACTER), "\xEE\x80\x80");
	assert_str(fault_in("https://hrw.org/\xFF", NKC_URI_CHARACTER), "\xFF");
	assert_str(fault_in("https://hrw.org/a%2", NKC_URI_PERCENT), "%2");
	assert_str(fault_in("https://hrw.org/a%", NKC_URI_PERCENT), "%");
	assert_str(fault_in("https://hrw.org/a%2gb", NKC_URI_PERCENT), "%2g");
	assert_str(fault_in("https://hrw.org:70000/", NKC_URI_PORT), "70000");
	assert_str(fault_in("https://hrw.org:8o/", NKC_URI_PORT), "8o");
}

static void hosts_must_be_names_or_addresses(void **state)
{
	static const char *const bad[] = { "https://",
		                           "https:///a",
		                           "https:/hrw.org/a",
		                           "https:hrw.org",
		                           "https://.hrw.org/",
		                           "https://hrw..org/",
		                           "https://-hrw.org/",
		                           "https://hrw-.org/",
		                           "https://hrw!.org/",
		                           "http://[::1::]/",
		                           "http://[1:2:3]/",
		                           "http://[12345::]/",
		                           "http://[1:2:3:4:5:6:7:8:9]/",
		                           "http://[::256.0.0.1]/",
		                           "http://256.1.1.1/",
		                           "http://[:1]/",
		                           "http://1.2.3/" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (judge(bad[i]) != NKC_URI_HOST)
			print_error("bad[%zu]\n", i);
		assert_int_equal(judge(bad[i]), NKC_URI_HOST);
	}
}

static bool is_local(const char *text)
{
	nkc_uri uri = nkc_uri_split(nkc_str_from(text));

	return nkc_uri_is_local(&uri);
}

static void private_networks_are_known(void **state)
{
	static const char *const local[] = { "http://localhost/a", "http://a.localhost", "http://127.0.0.1",
		                             "http://10.1.2.3/",   "http://172.31.0.1",  "http://192.168.1.1",
		                             "http://169.254.1.1", "http://[::1]/",      "http://[fe80::1]/",
		                             "http://[FD00::1]/",  "http://nas.local/" };
	static const char *const public[] = { "http://www.hrw.org", "http://172.32.0.1",
		                              "http://11.1.2.3",    "http://[2001:db8::1]/",
		                              "http://local/",      "http://mylocalhost.org" };

	(void)state;
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		assert_true(is_local(local[i]));
	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++)
		assert_false(is_local(public[i]));
}

static void tracking_parameters_are_known(void **state)
{
	(void)state;
	assert_true(nkc_uri_is_tracking(NKC_STR("utm_source=mail")));
	assert_true(nkc_uri_is_tracking(NKC_STR("UTM_medium=x")));
	assert_true(nkc_uri_is_tracking(NKC_STR("fbclid=IwAR0")));
	assert_true(nkc_uri_is_tracking(NKC_STR("gclid")));
	assert_false(nkc_uri_is_tracking(NKC_STR("id=7")));
	assert_false(nkc_uri_is_tracking(NKC_STR("utm")));
	assert_false(nkc_uri_is_tracking(NKC_STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_standards_are_good),
		cmocka_unit_test(an_address_is_cut_into_its_parts),
		cmocka_unit_test(faults_are_found_at_their_bytes),
		cmocka_unit_test(hosts_must_be_names_or_addresses),
		cmocka_unit_test(private_networks_are_known),
		cmocka_unit_test(tracking_parameters_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
