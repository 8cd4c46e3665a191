#include "format/csljson.h"

#include "base/json.h"

static void write_begin(nkc_writer *writer, nkc_buf *out)
{
	(void)writer;
	nkc_buf_puts(out, "[\n");
}

static void write_record(nkc_writer *writer, nkc_record *record, nkc_buf *out)
{
	nkc_buf_puts(out, "  ");
	nkc_csljson_put_item(writer, record, false, out);
}

static void write_end(nkc_writer *writer, nkc_buf *out)
{
	nkc_buf_puts(out, writer->count ? "\n]\n" : "]\n");
}

/* What the members of an object say of it. */
typedef struct sight {
	bool type, id, item_type;
	unsigned members, variables; /* in all; of CSL, but for id and type */
	bool telling;                /* one that other kinds of JSON seldom have */
} sight;

static bool is_telling(nkc_var var)
{
	return var == NKC_VAR_TITLE || var == NKC_VAR_AUTHOR || var == NKC_VAR_ISSUED || var == NKC_VAR_CONTAINER_TITLE;
}

static void see_member(sight *seen, nkc_str key, nkc_str value)
{
	nkc_var var = nkc_var_find(key);
	seen->members++;
	seen->item_type |= nkc_str_is(key, "itemType"); /* Zotero's own JSON */
	seen->id |= var == NKC_VAR_ID;
	if (var == NKC_VAR_TYPE)
		seen->type |= nkc_type_find(nkc_str_slice(value, 1, value.len - (value.len > 0))) != NKC_TYPE_NONE;
	else
		seen->variables += var != NKC_VAR_NONE && var != NKC_VAR_ID;
	seen->telling |= is_telling(var);
}

/* The members of the object that begins at text[at], as far as the text goes. */
static void look(nkc_str text, size_t at, sight *seen)
{
	for (at++;;) {
		size_t key = nkc_json_skip_space(text, at), end = nkc_json_token_end(text, key);
		size_t colon = nkc_json_skip_space(text, end), value = nkc_json_skip_space(text, colon + 1);
		nkc_json_skip skip = { .indent = 0 };
		if (value >= text.len || text.ptr[key] != '"' || text.ptr[colon] != ':')
			return;
		see_member(seen, nkc_str_slice(text, key + 1, end - 1),
		           nkc_str_slice(text, value, nkc_json_token_end(text, value)));
		at = value;
		if (!nkc_json_skip_value(&skip, text, &at))
			return;
		at = nkc_json_skip_space(text, at);
		if (at >= text.len || text.ptr[at] != ',')
			return;
		at++;
	}
}

static int sniff(nkc_str head)
{
	sight seen = { .type = false };
	size_t at = nkc_json_skip_space(head, 0);
	if (at >= head.len || (head.ptr[at] != '[' && head.ptr[at] != '{'))
		return 0;
	if (head.ptr[at] == '[')
		at = nkc_json_skip_space(head, at + 1);
	if (at < head.len && head.ptr[at] == '{')
		look(head, at, &seen);
	if (seen.type)
		return 85;
	if (seen.members && (seen.item_type || !(seen.id || seen.telling)))
		return 0;
	return seen.telling || seen.variables > 1 ? 70 : 40;
}

static const nkc_writer_ops writer = {
	.separator = ",\n", .begin = write_begin, .record = write_record, .end = write_end
};

const nkc_format nkc_format_csljson = {
	.name = "csljson",
	.title = "CSL-JSON",
	.extensions = "json",
	.media_type = "application/vnd.citationstyles.csl+json",
	.sniff = sniff,
	.reader = &nkc_csljson_reader,
	.writer = &writer,
	.rereads = true,
	.carry_var = nkc_csljson_carry_var,
	.carry_type = nkc_csljson_carry_type,
};
