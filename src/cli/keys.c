#include "cli/keys.h"

static nkc_str pattern_or_default(const char *pattern)
{
	return pattern ? nkc_str_from(pattern) : NKC_STR(NKC_KEY_PATTERN);
}

int cli_key_pattern_check(const cli_call *call, const char *pattern)
{
	nkc_record *record = nkc_record_new();
	nkc_buf key = NKC_BUF_INIT;
	nkc_status status = record ? nkc_key_propose(record, pattern_or_default(pattern), NULL, &key) : NKC_ENOMEM;

	nkc_buf_release(&key);
	nkc_record_free(record);
	if (status == NKC_EINVALID)
		return cli_usage_error(call, "'%s' is no pattern for keys: it may hold letters, digits, - _ + and "
		                             "{author} {year} {word} {title} {type} {outlet}, or {author~} in its own script", pattern);
	return cli_failed(status);
}

nkc_status cli_key_propose(nkc_record *record, const char *pattern, nkc_library *library)
{
	nkc_buf key = NKC_BUF_INIT;
	nkc_status status = nkc_key_propose(record, pattern_or_default(pattern), library, &key);

	if (status == NKC_OK)
		status = nkc_record_set_text(record, NKC_VAR_ID, nkc_buf_str(&key));
	nkc_buf_release(&key);
	return status;
}
