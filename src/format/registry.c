#include "base/utf8.h"
#include "format/format.h"

#define NKC_FORMAT(name) extern const nkc_format nkc_format_##name;
#include "format/formats.inc"
#undef NKC_FORMAT

static const nkc_format *const formats[] = {
#define NKC_FORMAT(name) &nkc_format_##name,
#include "format/formats.inc"
#undef NKC_FORMAT
};

#define FORMATS (sizeof formats / sizeof *formats)

const nkc_format *nkc_format_at(size_t index)
{
	return index < FORMATS ? formats[index] : NULL;
}

static bool has_extension(const nkc_format *format, nkc_str extension)
{
	nkc_str rest = nkc_str_from(format->extensions), one;
	while (nkc_str_split(&rest, ',', &one)) {
		if (nkc_str_eq_nocase(one, extension))
			return true;
	}
	return false;
}

static const nkc_format *find_extension(nkc_str extension)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (has_extension(formats[i], extension))
			return formats[i];
	}
	return NULL;
}

const nkc_format *nkc_format_find(nkc_str name)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (nkc_str_eq_nocase(name, nkc_str_from(formats[i]->name)))
			return formats[i];
	}
	return find_extension(name);
}

static const nkc_format *sniff_text(nkc_str head, nkc_str filename)
{
	size_t dot = filename.len; /* behind the last dot of the name; 0: there is none */
	while (dot > 0 && filename.ptr[dot - 1] != '.')
		dot = filename.ptr[dot - 1] == '/' ? 0 : dot - 1;
	const nkc_format *best = NULL;
	int most = 0;
	for (size_t i = 0; i < FORMATS; i++) {
		int sure = formats[i]->sniff && formats[i]->reader ? formats[i]->sniff(head) : 0;
		if (sure && dot > 0 && has_extension(formats[i], nkc_str_slice(filename, dot, filename.len)))
			sure++; /* the name decides between equals only */
		if (sure > most) {
			most = sure;
			best = formats[i];
		}
	}
	return best || dot == 0 ? best : find_extension(nkc_str_slice(filename, dot, filename.len));
}

/* Of UTF-16, the characters that formats are known by are ASCII. */
static nkc_str narrow(nkc_str head, char *bytes)
{
	size_t len = 0;
	for (size_t at = 0; at < head.len; at++)
		if (head.ptr[at] && (unsigned char)head.ptr[at] < 0x80)
			bytes[len++] = head.ptr[at];
	return nkc_str_make(bytes, len);
}

/* A format is known by less than this. */
#define SNIFFED_MAX 4096

const nkc_format *nkc_format_sniff(nkc_str head, nkc_str filename)
{
	char bytes[SNIFFED_MAX];
	nkc_str mark = NKC_STR("\xEF\xBB\xBF");
	head = nkc_str_slice(head, 0, SNIFFED_MAX);
	if (nkc_utf16_suspected(head))
		head = narrow(head, bytes);
	if (nkc_str_starts(head, mark))
		head = nkc_str_slice(head, mark.len, head.len);
	return sniff_text(head, filename);
}

const char *nkc_format_name(const nkc_format *format)
{
	return format->name;
}

const char *nkc_format_title(const nkc_format *format)
{
	return format->title;
}

const char *nkc_format_extensions(const nkc_format *format)
{
	return format->extensions;
}

const char *nkc_format_media_type(const nkc_format *format)
{
	return format->media_type;
}

bool nkc_format_reads(const nkc_format *format)
{
	return format->reader != NULL;
}

bool nkc_format_writes(const nkc_format *format)
{
	return format->writer != NULL;
}

bool nkc_format_rereads(const nkc_format *format)
{
	return format->rereads;
}

nkc_carry nkc_format_carry_var(const nkc_format *format, nkc_type type, nkc_var var, const char **where)
{
	*where = "";
	return format->carry_var ? format->carry_var(type, var, where) : NKC_CARRY_NONE;
}

nkc_carry nkc_format_carry_type(const nkc_format *format, nkc_type type, const char **where)
{
	*where = "";
	return format->carry_type ? format->carry_type(type, where) : NKC_CARRY_NONE;
}

static const char *const targets[] = {
	[NKC_TARGET_ANY] = "any",         [NKC_TARGET_ZOTERO] = "zotero", [NKC_TARGET_MENDELEY] = "mendeley",
	[NKC_TARGET_ENDNOTE] = "endnote", [NKC_TARGET_JABREF] = "jabref",
};

nkc_status nkc_target_find(nkc_str name, nkc_target *target)
{
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		if (nkc_str_is(name, targets[i])) {
			*target = (nkc_target)i;
			return NKC_OK;
		}
	}
	return NKC_ENOTFOUND;
}

const char *nkc_target_name(nkc_target target)
{
	return targets[target];
}
