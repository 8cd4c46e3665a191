/*
 * dedupe.c: likely duplicates over many records.
 *
 * Of each record a few fingerprints are kept (of its id, DOI, ISBN, address, and title with year) in one
 * map to the record's number, and its id for the message: some tens of bytes a record, constant time each.
 */
#include "record/identifier.h"
#include "record/record_impl.h"
#include "record/uri.h"

#include "base/mem.h"
#include "base/set.h"

#include <nkcite/library.h>

struct nkc_dedupe {
	nkc_set seen;   /* fingerprint -> number of the record, from 1 */
	nkc_buf ids;    /* all ids, one behind the other */
	uint32_t *ends; /* where the id of record i ends in ids */
	size_t count, cap;
	nkc_buf scratch;
};

/* So many records and bytes of ids fit into the numbers; past them nothing is compared any more. */
#define RECORDS_MAX UINT32_MAX

/* What two records can have in common, in the order in which it is worth telling. */
typedef enum trait {
	TRAIT_ID,
	TRAIT_FORMER, /* the id it had before it was imported; never told, but found */
	TRAIT_DOI,
	TRAIT_ISBN,
	TRAIT_URL,
	TRAIT_TITLE,
	TRAIT_COUNT
} trait;

nkc_dedupe *nkc_dedupe_new(void)
{
	nkc_dedupe *dedupe = nkc_calloc(1, sizeof(*dedupe));

	if (!dedupe)
		return NULL;
	dedupe->seen = (nkc_set)NKC_MAP_INIT;
	nkc_buf_init(&dedupe->ids);
	nkc_buf_init(&dedupe->scratch);
	return dedupe;
}

void nkc_dedupe_free(nkc_dedupe *dedupe)
{
	if (!dedupe)
		return;
	nkc_set_release(&dedupe->seen);
	nkc_buf_release(&dedupe->ids);
	nkc_buf_release(&dedupe->scratch);
	nkc_free(dedupe->ends);
	nkc_free(dedupe);
}

/* --- the traits, normalised into a buffer; empty: not compared --- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static void put_lower(nkc_buf *out, nkc_str text)
{
	for (size_t i = 0; i < text.len; i++)
		nkc_buf_putc(out, lower(text.ptr[i]));
}

static void put_id(const nkc_record *record, nkc_buf *out)
{
	nkc_buf_put_str(out, nkc_record_id(record));
}

/* custom.nkcite.provenance.id.was */
static void put_former_id(const nkc_record *record, nkc_buf *out)
{
	static const nkc_str path[] = { NKC_STR_INIT("nkcite"), NKC_STR_INIT("provenance"),
		                        NKC_STR_INIT("id"), NKC_STR_INIT("was") };
	const nkc_value *value = nkc_record_get(record, NKC_VAR_CUSTOM);

	for (size_t i = 0; value && i < sizeof(path) / sizeof(path[0]); i++)
		value = nkc_value_find(value, path[i]);
	nkc_buf_put_str(out, nkc_value_text(value));
}

static void put_doi(const nkc_record *record, nkc_buf *out)
{
	nkc_str doi = nkc_doi_bare(nkc_record_text(record, NKC_VAR_DOI));

	if (nkc_doi_is_valid(doi))
		put_lower(out, doi);
}

/* Parts of a book share its ISBN. */
static bool is_part(nkc_type type)
{
	return type == NKC_TYPE_CHAPTER || type == NKC_TYPE_PAPER_CONFERENCE || type == NKC_TYPE_ENTRY ||
	       type == NKC_TYPE_ENTRY_DICTIONARY || type == NKC_TYPE_ENTRY_ENCYCLOPEDIA ||
	       type == NKC_TYPE_ARTICLE_JOURNAL || type == NKC_TYPE_FIGURE;
}

/* The first of several. Volumes share the ISBN of the set. */
static void put_isbn(const nkc_record *record, nkc_buf *out)
{
	nkc_str text = nkc_str_trim(nkc_record_text(record, NKC_VAR_ISBN));
	nkc_str volume = nkc_record_text(record, NKC_VAR_VOLUME);
	char isbn13[14];

	if (nkc_str_empty(text) || is_part(nkc_record_type(record)))
		return;
	if (!nkc_isbn_13(text, isbn13) &&
	    !nkc_isbn_13(nkc_str_slice(text, 0, nkc_str_find_byte(text, ' ')), isbn13))
		return;
	nkc_buf_puts(out, isbn13);
	nkc_buf_putc(out, ' ');
	nkc_buf_put_str(out, volume);
}

static void put_query(nkc_buf *out, nkc_str query)
{
	nkc_str parameter;
	char separator = '?';

	while (nkc_str_split(&query, '&', &parameter)) {
		if (nkc_str_empty(parameter) || nkc_uri_is_tracking(parameter))
			continue;
		nkc_buf_putc(out, separator);
		nkc_buf_put_str(out, parameter);
		separator = '&';
	}
}

/* Without scheme, www, port, fragment, tracking, slash at the end. The address of a whole site is shared by all its pages. */
static void put_url(const nkc_record *record, nkc_buf *out)
{
	nkc_str url = nkc_record_text(record, NKC_VAR_URL);
	nkc_uri uri = nkc_uri_split(
		nkc_str_trim(nkc_str_empty(url) ? nkc_record_text(record, NKC_VAR_URL_SHORT) : url));
	nkc_str path = uri.path;

	while (nkc_str_ends(path, NKC_STR("/")))
		path.len--;
	if (nkc_str_empty(uri.host) || (nkc_str_empty(path) && nkc_str_empty(uri.query)))
		return;
	put_lower(out, nkc_str_starts(uri.host, NKC_STR("www.")) ? nkc_str_slice(uri.host, 4, uri.host.len)
	                                                         : uri.host);
	nkc_buf_put_str(out, path);
	put_query(out, uri.query);
	/* Addresses of scripts say which page they mean behind the "#!" or "#/". */
	if (nkc_str_starts(uri.fragment, NKC_STR("!")) || nkc_str_starts(uri.fragment, NKC_STR("/")))
		nkc_buf_put_str(out, uri.fragment);
}

/* Letters and digits of ASCII in lower case, all bytes of other characters. */
static void put_letters(nkc_buf *out, nkc_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = lower(text.ptr[i]);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
			nkc_buf_putc(out, c);
	}
}

/* Shorter titles ("Introduction", "Editorial") say too little. */
#define TITLE_MIN 12

/* What is not signed bears the same title more often: there the day counts, too. */
static void put_title(nkc_record *record, nkc_buf *out)
{
	const nkc_name *names;
	nkc_date date;

	put_letters(out, nkc_record_text(record, NKC_VAR_TITLE));
	if (out->len < TITLE_MIN) {
		nkc_buf_clear(out);
		return;
	}
	bool dated = nkc_record_date(record, NKC_VAR_ISSUED, &date) ||
	             nkc_record_date(record, NKC_VAR_DATE, &date);
	nkc_buf_printf(out, " %lld ", dated ? (long long)date.start.year : 0);
	if (nkc_record_names(record, NKC_VAR_AUTHOR, &names) > 0) {
		put_letters(out, names[0].family);
		put_letters(out, names[0].literal);
	} else if (dated) {
		nkc_buf_printf(out, "%u %u", date.start.month, date.start.day);
	}
	put_letters(out, nkc_record_text(record, NKC_VAR_VOLUME));
}

/* The seeds are far apart: small ones would be undone by short texts that differ in one letter ("a" and "b"). */
static uint64_t hash_of(const nkc_buf *text, trait which)
{
	uint64_t seed = ((uint64_t)which + 1) * UINT64_C(0xC2B2AE3D27D4EB4F);

	return text->len && !nkc_buf_status(text) ? nkc_hash(nkc_buf_str(text), seed) : 0;
}

/* The fingerprint of a trait; 0: the record has none. */
static uint64_t fingerprint(nkc_dedupe *dedupe, nkc_record *record, trait which)
{
	nkc_buf *out = &dedupe->scratch;

	nkc_buf_clear(out);
	switch (which) {
	case TRAIT_ID:
		put_id(record, out);
		break;
	case TRAIT_FORMER:
		put_former_id(record, out);
		break;
	case TRAIT_DOI:
		put_doi(record, out);
		break;
	case TRAIT_ISBN:
		put_isbn(record, out);
		break;
	case TRAIT_URL:
		put_url(record, out);
		break;
	case TRAIT_TITLE:
		put_title(record, out);
		break;
	case TRAIT_COUNT:
		break;
	}
	return hash_of(out, which);
}

/* --- finding and adding --- */

static nkc_str id_of(const nkc_dedupe *dedupe, uint32_t number)
{
	size_t from = number > 1 ? dedupe->ends[number - 2] : 0;

	return nkc_str_slice(nkc_buf_str(&dedupe->ids), from, dedupe->ends[number - 1]);
}

/* Keeps the record's id; its number, or 0 when memory or numbers are out. */
static uint32_t add_record(nkc_dedupe *dedupe, nkc_record *record)
{
	if (dedupe->count == RECORDS_MAX || nkc_record_id(record).len > UINT32_MAX - dedupe->ids.len)
		return 0;
	if (dedupe->count == dedupe->cap) {
		size_t cap = dedupe->cap ? dedupe->cap * 2 : 256;
		uint32_t *ends = nkc_realloc(dedupe->ends, cap * sizeof(*ends));
		if (!ends)
			return 0;
		dedupe->ends = ends;
		dedupe->cap = cap;
	}
	nkc_buf_put_str(&dedupe->ids, nkc_record_id(record));
	if (nkc_buf_status(&dedupe->ids))
		return 0;
	dedupe->ends[dedupe->count++] = (uint32_t)dedupe->ids.len;
	return (uint32_t)dedupe->count;
}

typedef struct told {
	nkc_code code;
	const char *what;
	nkc_var var;
} told;

static const told tellings[TRAIT_COUNT] = {
	[TRAIT_ID] = { NKC_CODE_DUPLICATE_ID, "id", NKC_VAR_ID },
	[TRAIT_DOI] = { NKC_CODE_DUPLICATE_DOI, "DOI", NKC_VAR_DOI },
	[TRAIT_ISBN] = { NKC_CODE_DUPLICATE_ISBN, "ISBN", NKC_VAR_ISBN },
	[TRAIT_URL] = { NKC_CODE_DUPLICATE_URL, "address", NKC_VAR_URL },
	[TRAIT_TITLE] = { NKC_CODE_DUPLICATE_TITLE, "title, author and year", NKC_VAR_TITLE },
};

static void report(const nkc_dedupe *dedupe, const nkc_record *record, trait which, uint32_t other,
                   nkc_diags *diags)
{
	const told *t = &tellings[which];
	nkc_value *value = nkc_record_get(record, t->var);
	nkc_place place = nkc_record_place(record, value ? value : nkc_record_root(record));
	nkc_str id = nkc_str_slice(id_of(dedupe, other), 0, NKC_KEY_MAX);

	if (which == TRAIT_ID)
		nkc_diags_add(diags, t->code, &place, NULL, "an earlier record has the id \"%.*s\", too",
		              NKC_STR_ARG(id));
	else
		nkc_diags_add(diags, t->code, &place, NULL, "the record \"%.*s\" has the same %s",
		              NKC_STR_ARG(id), t->what);
}

/* Only the strongest likeness is told, and a repeated id in any case. */
void nkc_dedupe_add(nkc_dedupe *dedupe, nkc_record *record, nkc_diags *diags)
{
	uint32_t number = add_record(dedupe, record), *value;
	bool done = false;

	if (number == 0)
		return;
	for (int i = 0; i < TRAIT_COUNT; i++) {
		uint64_t hash = fingerprint(dedupe, record, (trait)i);
		bool added;
		if (!hash || nkc_set_add(&dedupe->seen, hash, &added, &value))
			continue;
		if (added) {
			*value = number;
		} else if (!done && i != TRAIT_FORMER && nkc_diags_wants(diags, tellings[i].code)) {
			report(dedupe, record, (trait)i, *value, diags);
			done = i != TRAIT_ID;
		}
	}
}

/* The id of the record that the fingerprint belongs to; empty when it is new. */
static nkc_str look_up(nkc_dedupe *dedupe, uint64_t hash)
{
	uint32_t *value;
	bool added;

	if (!hash || !nkc_set_has(&dedupe->seen, hash) || nkc_set_add(&dedupe->seen, hash, &added, &value))
		return NKC_STR("");
	return id_of(dedupe, *value);
}

nkc_str nkc_dedupe_find(nkc_dedupe *dedupe, nkc_record *record)
{
	nkc_str found = look_up(dedupe, fingerprint(dedupe, record, TRAIT_ID));

	if (nkc_str_empty(found)) /* what is its id may have been another one's */
		found = look_up(dedupe, hash_of(&dedupe->scratch, TRAIT_FORMER));
	for (int i = TRAIT_FORMER; i < TRAIT_COUNT && nkc_str_empty(found); i++)
		found = look_up(dedupe, fingerprint(dedupe, record, (trait)i));
	return found;
}
